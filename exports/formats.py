"""The formats by name, and the one entry that writes a report in one of them to a place."""

from __future__ import annotations

import dataclasses
import errno
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from exports.data import write_csv, write_json, write_plain_csv
from exports.errors import UnknownFormat
from exports.files import new_document, target_error
from exports.sheet import Report, Row, Rows
from exports.text import write_html, write_markdown, write_text
from exports.workbook import write_workbook

STANDARD_OUTPUT = "-"

Progress = Callable[[int, int], None]
"""Called with (rows written, rows in all) every few hundred rows. It cancels the export by raising; nothing stays."""

_STEP = 250


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report."""

    name: str
    suffix: str
    """With its dot."""
    put: Callable[[Report, IO[bytes]], None]
    """Writes the whole report to a binary stream, passing once through each sheet's rows."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(name, f".{name}", put)
        for name, put in (
            ("xlsx", write_workbook),
            ("csv", write_csv),
            ("md", write_markdown),
            ("txt", write_text),
            ("html", write_html),
            ("json", write_json),
        )
    }
)
"""Known formats, the usual one first."""

_PLAIN_CSV = Format("csv", ".csv", write_plain_csv)


def format_named(name: str) -> Format:
    """The format of this name, in any case, with or without a dot. Raises UnknownFormat."""
    try:
        return FORMATS[name.lower().removeprefix(".")]
    except KeyError:
        raise UnknownFormat(name, tuple(FORMATS)) from None


def write(
    report: Report,
    format_name: str,
    target: str | Path,
    *,
    overwrite: bool = False,
    plain: bool = False,
    progress: Progress | None = None,
    stdout: IO[bytes] | None = None,
) -> Path | None:
    """Write the report, whole or not at all.

    Args:
        report: What to write; its `file_name` gives way to the target's name.
        format_name: One of FORMATS.
        target: Path of the document, or `-` for standard output.
        overwrite: Replace a document of that name.
        plain: The CSV dialect for scripts; other formats have no other dialect.
        progress: Hears how far the writing is, and may stop it by raising.
        stdout: Stream for `-`; the process's own when None.

    Returns:
        The document's path, or None when it went to standard output.

    Raises:
        UnknownFormat: The name is not known.
        SheetTooLong: A sheet has more rows than a workbook holds.
        TargetError: One of its family; the target is as it was before.
        BrokenPipeError: Whoever read standard output went away.
    """
    chosen = format_named(format_name)
    if plain and chosen.name == "csv":
        chosen = _PLAIN_CSV
    watched = report if progress is None else _watched(report, progress)
    if str(target) == STANDARD_OUTPUT:
        _to_stream(chosen, watched, sys.stdout.buffer if stdout is None else stdout)
        return None
    path = Path(target)
    with new_document(path, overwrite=overwrite) as stream:
        chosen.put(dataclasses.replace(watched, file_name=path.name), stream)
    return path


def _to_stream(chosen: Format, report: Report, stdout: IO[bytes]) -> None:
    """Render first, send then: a failure while rendering sends nothing."""
    try:
        with tempfile.SpooledTemporaryFile(max_size=8 << 20) as whole:
            chosen.put(report, whole)
            whole.seek(0)
            shutil.copyfileobj(whole, stdout)
            stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise target_error(error, Path(STANDARD_OUTPUT)) from error


def _watched(report: Report, progress: Progress) -> Report:
    total = sum(len(sheet.rows) for sheet in report.sheets)
    counter = _Counter(progress, total)
    sheets = tuple(dataclasses.replace(sheet, rows=_WatchedRows(sheet.rows, counter)) for sheet in report.sheets)
    return dataclasses.replace(report, sheets=sheets)


class _Counter:
    """Counts rows over all sheets and tells at every step."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress(0, total)

    def add(self) -> None:
        self._done += 1
        if self._done % _STEP == 0 or self._done == self._total:
            self._progress(self._done, self._total)


@dataclass(frozen=True, slots=True)
class _WatchedRows:
    """Rows that count themselves while a writer passes through them, so that no writer needs to know."""

    rows: Rows
    counter: _Counter

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            yield row
            self.counter.add()

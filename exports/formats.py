"""The formats by name, and the one entry that writes a report in one of them to a place."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import IO

from db.file.systems import is_reader_gone
from exports.data import write_csv, write_json, write_plain_csv
from exports.errors import ExportCancelled, UnknownFormat, UnknownSheet
from exports.files import new_document, target_error
from exports.reading import for_people, for_programs
from exports.sheet import Report, Row, Rows
from exports.text import write_html, write_markdown, write_text
from sop.values import Frozen, Mutable, replace

STANDARD_OUTPUT = "-"
DATA = "Data Langkah"
"""Title of the sheet that the plain CSV holds where none is named."""

Progress = Callable[[int, int], None]
"""Called with (rows written, rows in all) at the start, every few hundred rows and at the end."""

Cancelled = Callable[[], bool]
"""Asked as often as progress is told; the first yes ends the writing, and nothing of it stays."""

_STEP = 250


class Readers(StrEnum):
    """For whom a format is, and so what is left out of it."""

    SPREADSHEET = "spreadsheet"
    """People who read it and go on working with it: what is empty is left out, what repeats itself is said once."""
    TABLES = "tables"
    """People whose spreadsheet takes the rows in: what is empty is left out, every row holds all its words."""
    PEOPLE = "people"
    """People who read it: sheets of data are left out too."""
    PROGRAMS = "programs"
    """Nothing is left out; what is told to people in words is a value."""


class Format(Frozen):
    """One way to write a report."""

    name: str
    suffix: str
    """With its dot."""
    put: Callable[[Report, IO[bytes]], None]
    """Writes the whole report to a binary stream, passing once through each sheet's rows."""
    readers: Readers = Readers.PEOPLE

    def told(self, report: Report) -> Report:
        """What this format tells of a report."""
        if self.readers is Readers.PROGRAMS:
            return for_programs(report)
        return for_people(report, data=self.readers is not Readers.PEOPLE, once=self.readers is not Readers.TABLES)


def _write_workbook(report: Report, stream: IO[bytes]) -> None:
    from exports.workbook import write_workbook  # eight files that only a workbook needs

    write_workbook(report, stream)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(name, f".{name}", put, readers)
        for name, put, readers in (
            ("xlsx", _write_workbook, Readers.SPREADSHEET),
            ("csv", write_csv, Readers.TABLES),
            ("md", write_markdown, Readers.PEOPLE),
            ("txt", write_text, Readers.PEOPLE),
            ("html", write_html, Readers.PEOPLE),
            ("json", write_json, Readers.PROGRAMS),
        )
    }
)
"""Known formats, the usual one first."""

_PLAIN_CSV = Format("csv", ".csv", write_plain_csv, Readers.PROGRAMS)


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
    sheet: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    stdout: IO[bytes] | None = None,
) -> Path | None:
    """Write the report, whole or not at all.

    Args:
        report: What to write; its `file_name` gives way to the target's name.
        format_name: One of FORMATS.
        target: Path of the document, or `-` for standard output.
        overwrite: Replace a document of that name.
        plain: The CSV dialect for scripts, which holds one sheet: *Data Langkah* where none is named. Other formats
            have no other dialect.
        sheet: Title of the one sheet to write, in any case; None for all of them.
        progress: Hears how far the writing is.
        cancelled: Whether nobody wants the document any more.
        stdout: Stream for `-`; the process's own when None.

    Returns:
        The document's path, or None when it went to standard output.

    Raises:
        UnknownFormat: The name is not known.
        UnknownSheet: The report has no such sheet.
        ExportCancelled: `cancelled` said so.
        SheetTooLong: A sheet has more rows than a workbook holds.
        TargetError: One of its family; the target is as it was before.
        BrokenPipeError: Whoever read standard output went away.
    """
    chosen = format_named(format_name)
    if plain and chosen.name == "csv":
        chosen = _PLAIN_CSV
    if sheet is None and chosen is _PLAIN_CSV:
        sheet = DATA if any(one.title == DATA for one in report.sheets) else report.sheets[0].title
    report = chosen.told(report if sheet is None else only(report, sheet))
    watch = _Watch(progress, cancelled, sum(len(one.rows) for one in report.sheets))
    if str(target) == STANDARD_OUTPUT:
        _to_stream(chosen, watch.over(report), watch, sys.stdout.buffer if stdout is None else stdout)
        return None
    path = Path(target)
    with new_document(path, overwrite=overwrite) as stream:
        chosen.put(replace(watch.over(report), file_name=path.name), stream)
        watch.tell()
    return path


def only(report: Report, title: str) -> Report:
    """The report with one sheet, by its title in any case. Raises UnknownSheet."""
    wanted = title.strip().casefold()
    found = tuple(sheet for sheet in report.sheets if sheet.title.casefold() == wanted)
    if not found:
        raise UnknownSheet(title, tuple(sheet.title for sheet in report.sheets))
    return replace(report, sheets=tuple(replace(sheet, charts=()) for sheet in found))


def _to_stream(chosen: Format, report: Report, watch: _Watch, stdout: IO[bytes]) -> None:
    """Render first, send then: a failure while rendering sends nothing."""
    try:
        with tempfile.SpooledTemporaryFile(max_size=8 << 20) as whole:
            chosen.put(report, whole)
            watch.tell()
            whole.seek(0)
            shutil.copyfileobj(whole, stdout)
            stdout.flush()
    except OSError as error:
        if is_reader_gone(error):
            raise BrokenPipeError(*error.args) from error
        raise target_error(error, Path(STANDARD_OUTPUT)) from error


class _Watch:
    """Counts the rows of all sheets as they pass, tells how many, and stops where nobody wants them any more."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None, total: int) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._total = total
        self._done = 0
        self.tell()

    def over(self, report: Report) -> Report:
        """The report with rows that count themselves; the report itself where nobody listens."""
        if self._progress is None and self._cancelled is None:
            return report
        sheets = tuple(replace(sheet, rows=_WatchedRows(sheet.rows, self)) for sheet in report.sheets)
        return replace(report, sheets=sheets)

    def add(self) -> None:
        self._done += 1
        if self._done % _STEP == 0:
            self.tell()

    def tell(self) -> None:
        """Say how far the writing is. Raises ExportCancelled."""
        if self._cancelled is not None and self._cancelled():
            raise ExportCancelled
        if self._progress is not None:
            self._progress(self._done, self._total)


class _WatchedRows(Mutable):
    """Rows that count themselves while a writer passes through them, so that no writer needs to know; once each,
    however often it looks at them."""

    rows: Rows
    watch: _Watch
    counted: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        for number, row in enumerate(self.rows, start=1):
            yield row
            if number > self.counted:
                self.counted = number
                self.watch.add()

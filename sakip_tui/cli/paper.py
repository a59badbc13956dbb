"""The recap as a document: which period, which format, which place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sakip_tui.cli.entry import Answer
from sakip_tui.cli.session import Session, account_name
from sakip_tui.recaps import (
    Origin,
    ReadRecap,
    again_line,
    export_folder,
    fetch_line,
    make_folder,
    read_offices,
    read_recap,
    write_recap,
)

if TYPE_CHECKING:
    from exports.formats import Progress

STANDARD_OUTPUT = "-"
_LONG_ROWS = 2_000
"""Below this an export is done before anybody has read how far it is."""


class _Asked(NamedTuple):
    """Where a recap goes and how."""

    target: str | None
    """As it was named; None for a workbook under our own name in the export folder."""
    format_name: str
    plain: bool
    """The CSV dialect for scripts."""
    rejudged: bool
    everybody: bool
    """Every SOP of every office of the database, side by side."""


def recap(session: Session) -> Answer | None:
    """`sakip rekap PERIODE`."""
    from exports import FORMATS, write

    asked = _asked(session, tuple(FORMATS))
    key = session.period()
    # Rows of many offices are read while they are written, all of one moment.
    with session.database.read() if asked.everybody else nullcontext():
        read = _read(session, asked, key)
        name = read.stem + FORMATS[asked.format_name].suffix
        chosen = _chosen(session, asked, name)
        replaced = asked.target not in (None, STANDARD_OUTPUT) and chosen.is_file()
        sys.stdout.flush()
        with _progress() as progress:
            place = write(
                replace(read.report, file_name=name),
                asked.format_name,
                chosen,
                overwrite=asked.target is not None,
                plain=asked.plain,
                progress=progress,
            )
    if place is None:
        return None
    document = {
        "period": key,
        "provisional": read.report.provisional,
        "format": asked.format_name,
        "path": str(place),
    }
    temporary = " (SEMENTARA)" if read.report.provisional else ""
    remarks = (f"Menggantikan dokumen yang sudah ada: {place}.",) if replaced else ()
    return Answer(document, lambda: f"Rekap {key}{temporary}: {place}", remarks)


def _read(session: Session, asked: _Asked, key: str) -> ReadRecap:
    if asked.everybody:
        return read_offices(session.database, key, session.now, rejudged=asked.rejudged)
    session.know_zone(session.office.zone)
    return read_recap(session.database, session.address, key, session.now, rejudged=asked.rejudged)


def _chosen(session: Session, asked: _Asked, name: str) -> Path:
    """The place that was named; else one in the export folder that nothing has taken."""
    from exports.files import free_target

    if asked.target is not None:
        return Path(asked.target)
    folder = export_folder(session.path)
    make_folder(folder)
    return free_target(folder, name)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """Tells on standard error, where somebody looks at it, how far a long export is; the line goes at the end."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // max(total, 1)
        if total >= _LONG_ROWS and percent > told:
            told = percent
            print(f"\rMenulis rekap: {percent:3d}%. Ctrl+C membatalkannya.", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if told >= 0:
            print(f"\r{' ' * 60}\r", end="", file=sys.stderr, flush=True)


def _asked(session: Session, known: tuple[str, ...]) -> _Asked:
    """What the options say. A text goes to standard output unless a document is named; a workbook to a
    document named after the period."""
    from sakip_tui.cli.values import Values

    values = Values(session)
    rejudged = values.choice("--kalender", ("terbaru",)) is not None
    target = session.arguments.text("--keluaran")
    wanted = (session.arguments.text("--format") or "").casefold().removeprefix(".")
    if wanted and wanted not in known:
        values.fault("--format", "pilihan-salah", wanted, known)
    if target is not None and (not target.strip() or "\0" in target):
        values.fault("--keluaran", "nama-tak-terpakai")
    named = target is not None and target != STANDARD_OUTPUT
    if named and not wanted:
        wanted = _ending(target)
        if wanted not in known:
            values.fault("--keluaran", "akhiran-tak-dikenal", str(target), tuple(f".{name}" for name in known))
    if not named and session.arguments.has("--json"):
        wanted, target = "json", STANDARD_OUTPUT
    wanted = wanted or ("txt" if target is None else "xlsx")
    if target is None and wanted != "xlsx":
        target = STANDARD_OUTPUT
    if target == STANDARD_OUTPUT and wanted == "xlsx" and sys.stdout.isatty():
        values.fault("--keluaran", "bukan-untuk-layar")
    plain = session.arguments.has("--polos")
    if plain and wanted in known and wanted != "csv":
        values.fault("--polos", "hanya-untuk-csv", wanted)
    values.check()
    return _Asked(target, wanted, plain, rejudged, session.arguments.has("--semua"))


def _ending(target: str | None) -> str:
    return Path(target or "").suffix.casefold().removeprefix(".")


def recap_of_closing(session: Session, period: str) -> tuple[Path | None, tuple[str, ...]]:
    """Write the recap of a period just closed into the export folder.

    Returns:
        Where it lies, or None; and what is to be said: how to fetch it from afar, or what went wrong and how to repeat
        it. The period stays closed either way.
    """
    from db.errors import DbError
    from exports.errors import ExportError
    from sakip_tui.notices import notice_of

    origin = _origin(session)
    account = account_name(session.environ)
    try:
        read = read_recap(session.database, session.address, period, session.now)
        with _progress() as progress:
            place = write_recap(read, export_folder(session.path), progress=progress)
    except (ExportError, DbError, OSError) as error:
        said = notice_of(error) or "Dokumennya tidak dapat ditulis."
        # A guest names no place on the host; theirs goes down the line.
        guests = session.locked and fetch_line(origin, period, f"rekap_{period}.xlsx", account, session.environ)
        again = f"Ulangi dengan: {guests or again_line(origin, period)}"
        return None, (f"Periode sudah ditutup, tetapi rekapnya belum tertulis. {said}\n{again}",)
    fetch = fetch_line(origin, period, place.name, account, session.environ)
    return place, () if fetch is None else (f"Ambil dari komputer Anda dengan: {fetch}",)


def _origin(session: Session) -> Origin:
    database = session.path if session.locked is None else None
    return Origin(database, session.arguments.text("--opd"), session.arguments.text("--sop-aktif"))

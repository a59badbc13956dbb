"""The recap as a document: which period, which format, which place."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from db import queries
from sakip_tui.cli.entry import Answer
from sakip_tui.cli.session import Session

if TYPE_CHECKING:
    from db.connection import Database
    from db.rows import Address
    from exports.sheet import Report
    from sop.work_calendar import WorkCalendar

STANDARD_OUTPUT = "-"
FOLDER = "rekap"
"""Beside the database: where a closing writes its recap."""


def recap(session: Session) -> Answer | None:
    """`sakip rekap PERIODE`."""
    from exports import FORMATS, write
    from exports.files import default_name, free_target

    target, format_name, rejudged = _asked(session, tuple(FORMATS))
    key = session.period()
    session.know_zone(session.office.zone)
    report = recap_of(session.database, session.address, key, session.now, rejudged=rejudged)
    closings = queries.board(session.database, session.address, key).state.periods[key].closings
    # After a reopening the name of the revision that was closed belongs to what was closed.
    revision = closings + 1 if report.provisional else closings
    suffix = FORMATS[format_name].suffix
    name = default_name(session.address.sop, key, revision, suffix, provisional=report.provisional)
    sys.stdout.flush()
    chosen = Path(target) if target is not None else free_target(Path(), name)
    replaced = target not in (None, STANDARD_OUTPUT) and chosen.is_file()
    place = write(replace(report, file_name=name), format_name, chosen, overwrite=target is not None)
    if place is None:
        return None
    document = {"period": key, "provisional": report.provisional, "format": format_name, "path": str(place)}
    temporary = " (SEMENTARA)" if report.provisional else ""
    remarks = (f"Menggantikan dokumen yang sudah ada: {place}.",) if replaced else ()
    return Answer(document, lambda: f"Rekap {key}{temporary}: {place}", remarks)


def _asked(session: Session, known: tuple[str, ...]) -> tuple[str | None, str, bool]:
    """(target, format, whether to judge anew). A text goes to standard output unless a document is named; a workbook
    to a document named after the period."""
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
    values.check()
    return target, wanted, rejudged


def _ending(target: str | None) -> str:
    return Path(target or "").suffix.casefold().removeprefix(".")


def recap_of(database: Database, address: Address, period: str, now: int, *, rejudged: bool = False) -> Report:
    """The recap of a period as a report.

    Raises:
        Unknown: The office keeps no such period.
        UnknownYear: Its year was not set up.
    """
    from exports.sheets import Source, descendants, recap_report
    from sop.refusals import Unknown

    board = queries.board(database, address, period)
    if period not in board.state.periods:
        raise Unknown("periode", period, tuple(board.state.periods))

    @lru_cache(maxsize=16)
    def calendar_at(revision: int) -> WorkCalendar:
        return queries.calendar(database, address.office, revision)

    below = [queries.recap(database, address, key) for key in descendants(period, board.state.periods)]
    source = Source(
        recap=queries.recap(database, address, period),
        log=queries.log(database, address, period=period, limit=None),
        below=below,
        calendar_at=calendar_at,
        rejudged=rejudged,
    )
    return recap_report(source, now)


def recap_of_closing(session: Session, period: str) -> tuple[Path | None, tuple[str, ...]]:
    """Write the recap of a period just closed into the folder beside the database.

    Returns:
        Where it lies, or None with a remark on what went wrong and how to repeat it: the period stays closed.
    """
    from exports.errors import ExportError
    from sakip_tui.notices import notice_of

    try:
        return write_closing(session.database, session.address, period, session.now), ()
    except (ExportError, OSError) as error:
        said = notice_of(error) or f"Map {session.path.parent / FOLDER} tidak dapat dibuat."
        again = f"Ulangi dengan: {_again(session, period)}"
        return None, (f"Periode sudah ditutup, tetapi rekapnya belum tertulis. {said}\n{again}",)


def _again(session: Session, period: str) -> str:
    """The command that writes a recap, on the same database, office and SOP."""
    from shlex import join

    named = [(name, session.arguments.text(name)) for name in ("--db", "--opd", "--sop-aktif")]
    given = [word for name, value in named if value is not None for word in (name, value)]
    return join(["sakip", "rekap", period, "-o", f"rekap_{period}.xlsx", *given])


def write_closing(database: Database, address: Address, period: str, now: int) -> Path:
    """The recap of a closed period as a workbook, in `rekap` beside the database.

    Raises:
        TargetError: One of its family.
        OSError: The folder cannot be made.
    """
    from exports import write
    from exports.files import default_name, free_target

    folder = database.path.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    closings = queries.board(database, address, period).state.periods[period].closings
    target = free_target(folder, default_name(address.sop, period, closings, ".xlsx"))
    written = write(recap_of(database, address, period, now), "xlsx", target)
    assert written is not None
    return written

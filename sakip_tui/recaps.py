"""A period's recap on its way from the database to a document: what it is called, where it goes, how it is fetched.

The command line and the desk write it in these steps: read in one short transaction, then write without the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from glob import escape
from pathlib import Path
from shlex import join, quote
from typing import TYPE_CHECKING, NamedTuple

from db import case_queries, queries
from db.file import systems
from db.kinerja_year import recap_data
from db.people import register
from db.recap_queries import keepers, log_length, log_lines, recaps
from db.signers import signers
from exports import write
from exports.files import default_name, free_target, safe_name, target_error
from exports.sheets import OneOffice, Source, descendants, offices_report, recap_report
from sakip_tui.views.brief import draft_lines
from sakip_tui.views.overview import overview_at
from sop.model.periods import keys_of, split
from sop.model.refusals import Unknown
from sop.model.state import PeriodPhase
from sop.time.instants import offset_of

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address
    from exports.formats import Cancelled, Progress
    from exports.sheet import Report
    from exports.sheets import CalendarAt
    from sop.time.work_calendar import WorkCalendar

FOLDER = "rekap"
"""Beside the database: the only place that documents go to unless somebody names another."""


class ReadRecap(NamedTuple):
    """A recap that needs the database no more."""

    report: Report
    stem: str
    """Name of its document without an ending: `rekap_<kode>_<periode>_r<revisi>`."""


class WrittenRecap(NamedTuple):
    """A recap that has become a document."""

    path: Path
    provisional: bool
    """The period is open."""
    fetch: str | None = None
    """The line that fetches it to the person's own computer; None for who sits at this one."""


def read_recap(database: Database, address: Address, period: str, now: int, *, rejudged: bool = False) -> ReadRecap:
    """The recap of a period, read in one transaction.

    Args:
        database: Open.
        address: Office and SOP.
        period: Key such as `2026-TW1`.
        now: Moment of printing, UTC epoch seconds.
        rejudged: Whether ended runs are judged anew by the calendar in force.

    Raises:
        Unknown: The office keeps no such period.
        UnknownYear: Its year was not set up.
    """
    with database.read():
        periods = case_queries.board(database, address, period).state.periods
        if period not in periods:
            raise Unknown("periode", period, tuple(periods))
        *below, recap = recaps(database, address, [*descendants(period, periods), period])
        log = tuple(log_lines(database, address, [period]))
        keys = [*(one.board.period for one in below), period]
        is_open = periods[period].phase is PeriodPhase.BUKA
        source = Source(
            recap,
            log,
            below,
            _calendars(database, address.office),
            rejudged,
            people=register(database, address.office),
            signers=signers(database, address.office),
            kinerja=recap_data(database, address, period, now),
            brief=draft_lines(overview_at(database, address, now, split(period)[0]), keys) if is_open else (),
        )
        report = recap_report(source, now)
    # After a reopening the name of the revision that was closed belongs to what was closed.
    revision = periods[period].closings + (1 if report.provisional else 0)
    judged_by = recap.board.calendar.revision if rejudged else None
    stem = default_name(
        called_after(address), period, revision, "", provisional=report.provisional, rejudged_by=judged_by
    )
    return ReadRecap(report, stem)


def kept_recap(database_path: Path, address: Address, period: str, closings: int) -> Path | None:
    """The newest workbook of a closing in the export folder; None where there is none.

    Args:
        database_path: Whose export folder.
        address: Office and SOP.
        period: Its key.
        closings: How often it was closed.
    """
    stem = default_name(called_after(address), period, closings, "")
    folder = export_folder(database_path)
    found = [folder / f"{stem}.xlsx", *folder.glob(f"{escape(stem)}_[0-9]*.xlsx")]
    return max((path for path in found if path.is_file()), key=lambda path: path.stat().st_mtime, default=None)


def called_after(address: Address) -> str:
    """What a document is called after: the SOP, and the office where its code is another."""
    return address.sop if address.office == address.sop else f"{address.office}_{address.sop}"


def read_offices(database: Database, period: str, now: int, *, rejudged: bool = False) -> ReadRecap:
    """One period of every SOP of every office of the database, side by side.

    Its rows are read office by office while they are written: hold `database.read()` around both, so that all are of
    one moment.

    Raises:
        Unknown: Nobody keeps such a period.
    """
    kept = keepers(database, period)
    if not kept:
        years = {year for office in queries.offices(database) for sop in office.sops for year in sop.years}
        raise Unknown("periode", period, tuple(key for year in sorted(years) for key in keys_of(year)))
    zones = {office.code: office.zone for office in queries.offices(database)}
    report = offices_report(
        period,
        [_one_office(database, address, keys, zones[address.office]) for address, keys in kept],
        now,
        log_hash=queries.head(database).hash,
        zone_offset_hours=offset_of(zones[kept[0][0].office]) // 3600,
        rejudged=rejudged,
    )
    ending = ("_sementara" if report.provisional else "") + ("_kalender-terbaru" if rejudged else "")
    return ReadRecap(report, safe_name(f"rekap_semua-kantor_{period}{ending}"))


def _one_office(database: Database, address: Address, keys: tuple[str, ...], zone: str) -> OneOffice:
    return OneOffice(
        read=lambda: recaps(database, address, keys, details=False),
        log=lambda: log_lines(database, address, keys),
        log_length=log_length(database, address, keys),
        zone=zone,
        calendar_at=_calendars(database, address.office),
    )


def _calendars(database: Database, office: str) -> CalendarAt:
    """The office's calendar by revision, each read once."""

    @lru_cache(maxsize=16)
    def calendar_at(revision: int) -> WorkCalendar:
        return case_queries.calendar(database, office, revision)

    return calendar_at


def write_recap(
    read: ReadRecap, folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Path:
    """Write a recap as a workbook of its own name into the folder, which is made where it is missing.

    Raises:
        ExportCancelled: `cancelled` said so.
        TargetError: One of its family.
    """
    make_folder(folder)
    target = free_target(folder, f"{read.stem}.xlsx")
    written = write(read.report, "xlsx", target, progress=progress, cancelled=cancelled)
    assert written is not None
    return written


def export_folder(database_path: Path) -> Path:
    """Where the recaps of a database go."""
    return database_path.parent / FOLDER


def made_folder(database_path: Path) -> Path:
    """The same, made where it is not there yet. Raises TargetError."""
    folder = export_folder(database_path)
    make_folder(folder)
    return folder


def make_folder(folder: Path) -> None:
    """Make the export folder for this person alone. Raises TargetError."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise target_error(error, folder) from error


class Origin(NamedTuple):
    """Where somebody works: what the command line needs to mean the same database, office and SOP again."""

    database: Path | None
    """None for a guest of an office host, whose key decides it."""
    office: str | None = None
    """As it was named; None where the database has one alone."""
    sop: str | None = None

    def words(self) -> list[str]:
        """`--db … --opd … --sop-aktif …`, as far as each is needed."""
        database = None if self.database is None else str(self.database.absolute())
        named = [("--db", database), ("--opd", self.office), ("--sop-aktif", self.sop)]
        return [word for name, value in named if value is not None for word in (name, value)]


def origin_of(database: Database, address: Address, path: Path | None) -> Origin:
    """What a command line has to name to mean this office and SOP, whatever was named at the start.

    Args:
        database: Open.
        address: The office and SOP.
        path: Where the database lies; None for a guest of an office host.
    """
    known = queries.offices(database)
    several = any(row.code == address.office and len(row.sops) > 1 for row in known)
    return Origin(path, address.office if len(known) > 1 else None, address.sop if several else None)


def write_for_screen(
    read: ReadRecap,
    database_path: Path,
    origin: Origin,
    period: str,
    account: str,
    environ: Mapping[str, str],
    *,
    progress: Progress,
    cancelled: Cancelled,
) -> WrittenRecap:
    """Write a recap into the export folder of a database, and say how it is fetched from elsewhere.

    Args:
        read: The recap.
        database_path: Whose export folder.
        origin: Where it was read, for the line that fetches it.
        period: Key of the period.
        account: Name of the account at this machine.
        environ: As in `fetch_line`.
        progress: Hears (rows written, rows in all).
        cancelled: Whether nobody wants the document any more.
    """
    path = write_recap(read, export_folder(database_path), progress=progress, cancelled=cancelled)
    fetch = fetch_line(origin, period, path.name, account, environ)
    return WrittenRecap(path, read.report.provisional, fetch)


def again_line(origin: Origin, period: str) -> str:
    """The command that writes a recap whose document failed."""
    # To another place than the one that failed.
    return systems.command_line(["sakip", "rekap", period, "-o", f"rekap_{period}.xlsx", *origin.words()])


def fetch_line(origin: Origin, period: str, name: str, account: str, environ: Mapping[str, str]) -> str | None:
    """The command that fetches a recap, for the person's own computer; None for who sits at this one.

    Args:
        origin: Where it was written.
        period: Key of the period.
        name: Name of the document there.
        account: Name of the account at this machine.
        environ: SSH_CONNECTION holds the address and port of the caller and of this machine.
    """
    parts = environ.get("SSH_CONNECTION", "").split()
    if len(parts) != 4:
        return None
    *_, host, port = parts
    way = ["ssh", *([] if port == "22" else ["-p", port]), f"{account}@{host}"]
    words = ["sakip", "rekap", period, *origin.words(), "-o", "-"]
    asked = join(words)
    # The far shell reads the words once more: what needs quotes there needs them around here as well.
    return f"{join(way)} {asked if asked == ' '.join(words) else quote(asked)} > {quote(name)}"

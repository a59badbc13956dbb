"""Reading with the flow of cases: an SOP, a board, a calendar, the log. Each is one short transaction."""

from __future__ import annotations

from collections.abc import Collection

from db import queries, recall, statements
from db.bidang import family
from db.file.connection import Database
from db.rows import Address, Board, LoggedEvent, SopRow
from db.year_data import read_through
from sop.form import toml_format
from sop.json_text import json_text
from sop.model.act import Act
from sop.model.definition import Sop
from sop.model.events import Event, undone_by
from sop.model.periods import keys_of, split
from sop.time.work_calendar import WorkCalendar
from sop.values import replace

_END = 2**63 - 1
"""No sequence number is larger."""
_EVERY = -1
"""As a limit: none."""


def imported_sops(database: Database) -> tuple[Sop, ...]:
    """The SOPs that were imported and that no office uses yet, each in its newest version."""
    with database.read():
        found = (sop_of(database, None, code) for code in queries.imported_codes(database))
        return tuple(each.sop for each in found if each is not None)


def sop_of(database: Database, office: str | None, code: str, version: int | None = None) -> SopRow | None:
    """A version of an SOP (the newest unless named) as an office has it; with no office, as it was imported.

    Returns:
        None where there is none such.
    """
    with database.read():
        office_id = None
        if office is not None:
            office_id = database.value(statements.OFFICE_OF_CODE, (office,))
            if office_id is None:
                return None
        row = database.row(statements.SOP_VERSION, (office_id, code, version))
        if row is None:
            return None
        number, definition = row
        sop = toml_format.from_canonical_json(definition)
        if office_id is not None:
            sop = recall.confirmed(database, sop, office_id, number)
        return SopRow(sop, number)


def board(database: Database, address: Address, period: str) -> Board:
    """Everything one period's board is drawn from.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear, UnknownPeriod: The address or key stands for nothing.
    """
    with database.read():
        return _board(database, address, split(period)[0], period, {period})


def year_board(database: Database, address: Address, year: int, now: int | None = None) -> Board:
    """As `board`, with the newest case of every period; `period` is empty.

    Args:
        database: Open.
        address: Which office and SOP.
        year: Which year.
        now: The bidang are those in force then; None for the list as it stands once every date is past.
    """
    with database.read():
        found = _board(database, address, year, "", set(keys_of(year)))
        if now is None:
            return found
        office_id = database.value(statements.OFFICE_OF_CODE, (address.office,))
        return replace(found, bidang=queries.bidang_of(database, office_id, now))


def _board(database: Database, address: Address, number: int, period: str, keys: set[str] | None) -> Board:
    year = recall.year(database, address, number)
    state = read_through(recall.load(database, year.id, keys).state)
    versions = recall.Versions(database, year.office_id, address.sop, year.version)
    used = {case.sop_version for case in state.cases.values()} | {year.version}
    return Board(
        address=address,
        office_name=database.rows(statements.OFFICE_NAMES, (year.office_id,))[0][1],
        zone=year.zone,
        period=period,
        state=state,
        versions={
            version: recall.confirmed(database, versions[version], year.office_id, version) for version in sorted(used)
        },
        newest_version=year.version,
        cadence=year.cadence,
        settings=year.settings,
        bidang=queries.bidang_of(database, year.office_id),
        calendar=recall.calendar_of(database, year.office_id, year.calendar_revision),
        head=queries.head(database),
        units=family(database, year.office_id),
        names=dict(database.rows(statements.NAMES, (year.office_id,))),
    )


def whole_year(database: Database, address: Address, year: int) -> Board:
    """As `year_board`, with every case there ever was. Inside a read."""
    return _board(database, address, year, "", None)


def calendar(database: Database, office: str, revision: int | None = None) -> WorkCalendar:
    """A revision of the office's calendar; None for the one in force. Raises UnknownOffice."""
    with database.read():
        row = database.row(statements.NEWEST_CALENDAR_OF_CODE, (office,))
        if row is None:
            raise queries.unknown_office(database, office)
        return recall.calendar_of(database, row[0], row[1] if revision is None else revision)


def log(
    database: Database,
    address: Address | None = None,
    *,
    period: str | None = None,
    step: int | None = None,
    bidang: Collection[str] | None = None,
    act: Act | None = None,
    by: str | None = None,
    since: int | None = None,
    until: int | None = None,
    before: int | None = None,
    limit: int | None = 100,
) -> tuple[LoggedEvent, ...]:
    """The log, newest first.

    Args:
        database: Open.
        address: Only events of that office, and of that SOP's years or of the office itself.
        period: Only those of that period; likewise `step`, `act` and `by`.
        bidang: Only those of runs under one of these names.
        since: Recorded at that moment or later.
        until: Recorded before that moment.
        before: With a smaller sequence number, to go on where the last page ended.
        limit: At most so many; None for all.
    """

    office, sop = (None, None) if address is None else address
    names = None if bidang is None else json_text([*bidang])
    filters = (period, step, names, None if act is None else json_text([act.value]), by, since, until)
    last = _END if before is None else before - 1
    with database.read():
        rows = database.rows(
            statements.NEWEST_LINES, (0, last, office, sop, *filters, _EVERY if limit is None else limit)
        )
    return tuple(LoggedEvent(recall.event_of(row[:-4]), *row[-4:]) for row in rows)


def undone(database: Database, address: Address, period: str) -> frozenset[int]:
    """Numbers of the events of a period that were taken back, perhaps on another step than they were done on."""
    return undone_by(line.event for line in log(database, address, period=period, act=Act.URUNG, limit=None))


def told(database: Database, address: Address, period: str, sequences: Collection[int]) -> dict[int, Event]:
    """Events of a period by their numbers; those that are not the period's are left out."""
    with database.read():
        found = [
            line.event
            for number in sequences
            for line in log(database, address, period=period, before=number + 1, limit=1)
        ]
    return {event.sequence: event for event in found if event.sequence in sequences}

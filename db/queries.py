"""Reading: one function for each question that a screen, a command or a report asks. Each is one short transaction.

Questions that `sakip status` asks import neither Peewee nor the flow of cases: both cost more than the answer.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from db import statements
from db.errors import UnknownAdoption, UnknownOffice, UnknownYear
from db.file.connection import Database
from db.log_chain import canonical
from db.moments import MOMENTS
from db.rows import (
    Address,
    AdoptedSop,
    Board,
    Head,
    LoggedEvent,
    OfficeRow,
    SopRow,
    Standing,
    StandingPeriod,
    StandingRun,
    Touch,
)
from sop.model.turn import OPEN

if TYPE_CHECKING:
    from sop.model.act import Act
    from sop.model.state import YearState
    from sop.time.work_calendar import WorkCalendar

_END = 2**63 - 1
"""No sequence number is larger."""
_EVERY = -1
"""As a limit: none."""


# ---------------------------------------------------------------------- what there is


def offices(database: Database) -> tuple[OfficeRow, ...]:
    """All offices with their SOPs, in the order in which they were set up."""
    with database.read():
        return tuple(
            OfficeRow(
                code,
                name,
                zone,
                tuple(name for (name,) in database.rows(statements.BIDANG_IN_FORCE, (office_id, MOMENTS.stop))),
                _adopted(database, office_id),
                database.value(statements.PEOPLE_COUNT, (office_id,)),
            )
            for office_id, code, name, zone in database.rows(statements.OFFICES)
        )


def _adopted(database: Database, office_id: int) -> tuple[AdoptedSop, ...]:
    years = database.rows(statements.YEARS_OF_OFFICE, (office_id,))
    return tuple(
        AdoptedSop(code, version, tuple(year for sop_code, year in years if sop_code == code))
        for code, version in database.rows(statements.ADOPTED_SOPS, (office_id,))
    )


def address_of(database: Database, office: str | None = None, sop: str | None = None) -> Address:
    """The office and SOP meant, where only one is possible or it is named. An SOP that was never set up is not meant.

    Raises:
        UnknownOffice, UnknownAdoption: The name stands for nothing, or (with None) several are possible or none is.
    """
    known = offices(database)
    codes = tuple(row.code for row in known)
    chosen = [row for row in known if row.code == office or (office is None and _may_mean(row, sop))]
    if len(chosen) != 1:
        raise UnknownOffice(code=office, known=codes)
    adopted = [item.code for item in chosen[0].sops if item.years]
    meant = [code for code in adopted if code == sop or sop is None]
    if len(meant) != 1:
        raise UnknownAdoption(office=chosen[0].code, sop=sop, known=tuple(adopted))
    return Address(chosen[0].code, meant[0])


def _may_mean(row: OfficeRow, sop: str | None) -> bool:
    return sop is None or any(item.code == sop for item in row.sops)


def sop_of(database: Database, office: str | None, code: str, version: int | None = None) -> SopRow | None:
    """A version of an SOP (the newest unless named) as an office has it; with no office, as it was imported.

    Returns:
        None where there is none such.
    """
    from db import recall
    from sop.form import toml_format

    with database.read():
        office_id = None
        if office is not None:
            office_id = database.value(statements.OFFICE_OF_CODE, (office,))
            if office_id is None:
                return None
        row = database.row(statements.SOP_VERSION, (office_id, code, version))
        if row is None:
            return None
        number, definition, content_hash, recorded, _ = row
        sop = toml_format.from_dict(json.loads(definition))
        if office_id is not None:
            sop = recall.confirmed(database, sop, office_id, number)
        return SopRow(sop, number, content_hash, recorded)


def office_codes(database: Database) -> tuple[str, ...]:
    """Codes of all offices, in the order in which they were set up."""
    return tuple(code for (code,) in database.rows(statements.OFFICE_CODES))


def imported_codes(database: Database) -> tuple[str, ...]:
    """Codes of SOPs that were imported before an office was set up."""
    return tuple(code for (code,) in database.rows(statements.IMPORTED_SOPS))


def zone(database: Database, office: str | None = None) -> str:
    """The time zone of an office; that of the first one in the file for moments that belong to none, Jakarta's where
    there is none."""
    found = database.value(statements.ZONE_OF_CODE_OR_FIRST, (office or "",))
    return str(found) if found is not None else "Asia/Jakarta"


# ---------------------------------------------------------------------- where it stands


def board(database: Database, address: Address, period: str) -> Board:
    """Everything one period's board is drawn from.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear, UnknownPeriod: The address or key stands for nothing.
    """
    from sop.model.periods import split

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
    from db import recall
    from sop.model.periods import keys_of

    with database.read():
        found = _board(database, address, year, "", set(keys_of(year)))
        if now is None:
            return found
        office_id = database.value(statements.OFFICE_OF_CODE, (address.office,))
        return found._replace(bidang=recall.bidang_of(database, office_id, now))


def _board(database: Database, address: Address, number: int, period: str, keys: set[str] | None) -> Board:
    from db import recall
    from db.bidang import family

    year = recall.year(database, address, number)
    state = recall.load(database, year.id, keys).state
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
        bidang=recall.bidang_of(database, year.office_id),
        calendar=recall.calendar_of(database, year.office_id, year.calendar_revision),
        head=head(database),
        units=family(database, year.office_id),
    )


def whole_year(database: Database, address: Address, year: int) -> Board:
    """As `year_board`, with every case there ever was. Inside a read."""
    return _board(database, address, year, "", None)


def calendar(database: Database, office: str, revision: int | None = None) -> WorkCalendar:
    """A revision of the office's calendar; None for the one in force. Raises UnknownOffice."""
    from db import recall

    with database.read():
        row = database.row(statements.NEWEST_CALENDAR_OF_CODE, (office,))
        if row is None:
            known = office_codes(database)
            raise UnknownOffice(code=office, known=known)
        return recall.calendar_of(database, row[0], row[1] if revision is None else revision)


def replayed_state(database: Database, address: Address, year: int) -> tuple[YearState, YearState]:
    """(what the rows hold, what replaying the log gives) for a whole year; in a sound file they are equal."""
    from db import recall
    from sop.acts.replay import replay

    with database.read():
        row = recall.year(database, address, year)
        versions = recall.Versions(database, row.office_id, address.sop, row.version)
        stored = recall.load(database, row.id, None).state
        return stored, replay(recall.history(database, row.id), versions, row.cadence)


def running_years(database: Database, address: Address) -> tuple[int, ...]:
    """The years of an office's SOP with an open period that has a case, in order."""
    with database.read():
        office_id = database.value(statements.OFFICE_OF_CODE, (address.office,))
        years = database.rows(statements.YEARS_WITH_OPEN_PERIODS, (office_id, address.sop))
    return tuple(year for _, year, _, count in years if count)


def standing(database: Database, address: Address, year: int | None = None) -> Standing:
    """Where every period stands, as plain values.

    Args:
        database: Open.
        address: Which office and SOP.
        year: Only that year; None for every year that has an open period, and the newest.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: The address stands for nothing, or was never set up.
    """
    with database.read():
        office = database.row(statements.OFFICE_OF_CODE, (address.office,))
        if office is None:
            known = office_codes(database)
            raise UnknownOffice(code=address.office, known=known)
        office_id, name, zone, settings = office
        years = database.rows(statements.YEARS_WITH_OPEN_PERIODS, (office_id, address.sop))
        if not years:
            adopted = tuple(item.code for item in _adopted(database, office_id) if item.years)
            raise UnknownAdoption(office=address.office, sop=address.sop, known=adopted)
        wanted = [row for row in years if row[1] == year or (year is None and (row[3] or row is years[-1]))]
        if not wanted:
            raise UnknownYear(year=year, known=tuple(row[1] for row in years))
        periods = tuple(period for row in wanted for period in _standing_periods(database, row[0]))
        newest = database.value(statements.NEWEST_SOP_NUMBER, (office_id, address.sop))
        used = {period.sop_version for period in periods if period.sop_version is not None} | {newest}
        revision, spec = database.rows(statements.NEWEST_CALENDAR, (office_id,))[0]
        definitions, confirmed = _definitions(database, office_id, address.sop, used)
        return Standing(
            address=address,
            office_name=name,
            zone=zone,
            settings=json.loads(settings),
            cadence=wanted[-1][2],
            calendar_revision=revision,
            calendar_spec=json.loads(spec),
            definitions=definitions,
            confirmed=confirmed,
            newest_version=newest,
            periods=periods,
        )


def _definitions(
    database: Database, office_id: int, sop: str, used: Iterable[int]
) -> tuple[dict[int, Any], dict[int, frozenset[tuple[int, str]]]]:
    definitions: dict[int, Any] = {}
    confirmed: dict[int, frozenset[tuple[int, str]]] = {}
    for version in sorted(used):
        definition, version_id = database.rows(statements.SOP_DEFINITION, (office_id, sop, version))[0]
        definitions[version] = json.loads(definition)
        confirmed[version] = frozenset(
            (step, field) for step, field in database.rows(statements.CONFIRMED_FIELDS, (version_id,))
        )
    return definitions, confirmed


def _standing_periods(database: Database, year_id: int) -> Iterable[StandingPeriod]:
    found = database.rows(statements.STANDING_PERIODS, (year_id,))
    for key, has_case, phase, revision, closings, reopenings, waivers, last_case, *case in found:
        case_id, case_phase, case_revision, sop_version, opened, gate_since, holds, regions = case
        runs = _standing_runs(database, case_id) if case_id is not None and phase == "buka" else ()
        yield StandingPeriod(
            key,
            bool(has_case),
            phase,
            revision,
            closings,
            reopenings,
            {child: waiver[1] for child, waiver in json.loads(waivers).items()},
            case_phase,
            case_revision,
            last_case,
            sop_version,
            opened,
            gate_since,
            _intervals(holds) if holds else (),
            {int(first): tuple(names) for first, names in json.loads(regions).items()} if regions else {},
            tuple(runs),
        )


def _standing_runs(database: Database, case_id: int) -> Iterable[StandingRun]:
    found = database.rows(statements.STANDING_RUNS, (case_id,))
    for step, bidang, attempt, phase, revision, holder, ready, started, ended, pauses in found:
        yield StandingRun(
            step,
            bidang or None,
            attempt,
            phase,
            revision,
            holder,
            ready,
            started,
            ended,
            _intervals(pauses) if phase in OPEN else (),
        )


def _intervals(text: str) -> tuple[tuple[int, int | None], ...]:
    return tuple((start, end) for start, end in json.loads(text)) if text != "[]" else ()


# ---------------------------------------------------------------------- what happened


def head(database: Database) -> Head:
    """The newest event of the whole log."""
    return database.tables.head(database.rows)


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
    from db import recall

    office, sop = (None, None) if address is None else address
    names = None if bidang is None else canonical([*bidang])
    filters = (period, step, names, None if act is None else canonical([act.value]), by, since, until)
    last = _END if before is None else before - 1
    with database.read():
        rows = database.rows(
            statements.NEWEST_LINES, (0, last, office, sop, *filters, _EVERY if limit is None else limit)
        )
    return tuple(LoggedEvent(recall.event_of(row[:-5]), *row[-5:]) for row in rows)


def touches(database: Database, year_id: int, entity: str, most: int) -> list[Touch]:
    """The newest events of a year that raised the entity's revision, the last one first; `most` of them at most."""
    # LIKE narrows down what the exact comparison below then settles.
    found: list[Touch] = []
    for *touch, touched in database.rows(statements.TOUCHING, (year_id, f"%{_like(entity)}%")):
        if len(found) == most:
            break
        if entity in json.loads(touched):
            found.append(Touch(*touch))
    return found


def _like(text: str) -> str:
    """A part of the text without characters that LIKE or JSON would read differently."""
    return text.split("%", 1)[0].split("_", 1)[0].split('"', 1)[0].split("\\", 1)[0]

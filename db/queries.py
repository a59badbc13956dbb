"""Reading: one function for each question that a screen, a command or a report asks. Each is one short transaction.

This is what `sakip status` asks too, so nothing here knows the flow of cases, which costs more than the
answer: what needs it stands in `case_queries.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from db import statements
from db.errors import UnknownAdoption, UnknownOffice, UnknownYear
from db.file.connection import Database
from db.moments import MOMENTS
from db.rows import (
    Address,
    AdoptedSop,
    Head,
    OfficeRow,
    Standing,
    StandingPeriod,
    StandingRun,
    Touch,
)
from sop.model.turn import OPEN
from sop.time.instants import civil, offset_of

# ---------------------------------------------------------------------- what there is


def offices(database: Database) -> tuple[OfficeRow, ...]:
    """All offices with their SOPs, in the order in which they were set up."""
    with database.read():
        return tuple(
            OfficeRow(
                code,
                name,
                zone,
                bidang_of(database, office_id),
                _adopted(database, office_id),
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


def bidang_of(database: Database, office_id: int, moment: int = MOMENTS.stop) -> tuple[str, ...]:
    """The office's bidang in force at a moment, in order; without one the list as it stands once every date is past."""
    return tuple(name for (name,) in database.rows(statements.BIDANG_IN_FORCE, (office_id, moment)))


def unknown_office(database: Database, code: str) -> UnknownOffice:
    """For a code that stands for no office, with those that do."""
    return UnknownOffice(code=code, known=office_codes(database))


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


def running_years(database: Database, address: Address) -> tuple[int, ...]:
    """The years of an office's SOP with an open period that has a case, in order."""
    with database.read():
        office_id = database.value(statements.OFFICE_OF_CODE, (address.office,))
        years = database.rows(statements.YEARS_WITH_OPEN_PERIODS, (office_id, address.sop))
    return tuple(year for _, year, _, count in years if count)


def year_at_work(database: Database, office: str, now: int, sop: str | None = None) -> int | None:
    """The year that is seen first (rules 3.11): the oldest with something running, else the year of today where it was
    set up, else the newest.

    Args:
        database: Open.
        office: Code of the office.
        now: The moment of looking.
        sop: Code of the SOP; None for all of the office's.

    Returns:
        None where no year was set up.
    """
    row = next((row for row in offices(database) if row.code == office), None)
    sops = [] if row is None else [item for item in row.sops if sop in (None, item.code)]
    years = sorted({year for item in sops for year in item.years})
    if row is None or len(years) < 2:
        return years[0] if years else None
    running = [year for item in sops for year in running_years(database, Address(office, item.code))]
    today = civil(now, offset_of(row.zone)).year
    return min(running) if running else today if today in years else years[-1]


def standing(database: Database, address: Address, year: int | None = None, now: int | None = None) -> Standing:
    """Where every period stands, as plain values.

    Args:
        database: Open.
        address: Which office and SOP.
        year: Only that year; None for every year that has an open period, the one at work and the newest.
        now: The moment of looking, by which a year without anything open may be the one at work.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: The address stands for nothing, or was never set up.
    """
    with database.read():
        office = database.row(statements.OFFICE_OF_CODE, (address.office,))
        if office is None:
            raise unknown_office(database, address.office)
        office_id, name, zone, settings = office
        years = database.rows(statements.YEARS_WITH_OPEN_PERIODS, (office_id, address.sop))
        if not years:
            adopted = tuple(item.code for item in _adopted(database, office_id) if item.years)
            raise UnknownAdoption(office=address.office, sop=address.sop, known=adopted)
        at_work = None if now is None or year is not None else year_at_work(database, address.office, now, address.sop)
        wanted = [row for row in years if row[1] in (year, at_work) or (year is None and (row[3] or row is years[-1]))]
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
    for key, has_case, phase, revision, closings, reopenings, waivers, *case in found:
        case_id, case_phase, case_revision, sop_version, gate_since, holds, regions = case
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
            sop_version,
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

"""Reading the state of a reporting year back from its rows, and its log. For `store.py` and `queries.py`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from db import statements
from db.case_rows import Values, case_state, period_state, run_of_row
from db.confirmations import confirmations
from db.errors import UnknownAdoption, UnknownOffice, UnknownYear
from db.file.connection import Database, Row
from db.moments import MOMENTS, moment_or_none
from db.rows import Address
from db.settings_text import settings_of
from db.year_data import YearData
from sop.form import toml_format
from sop.model.act import Act
from sop.model.bidang import ListedBidang
from sop.model.definition import Cadence, Sop, with_confirmed
from sop.model.events import Event
from sop.model.settings import Settings
from sop.model.state import CaseKey, CaseState, PeriodState, RunKey, RunState, YearState
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from sop.values import Frozen, Mutable, field

_ACTS = {act.value: act for act in Act}
"""Looking an act up here takes a fifth of what its enum takes, and a year of many offices has 100 000 of them."""


class Year(Frozen):
    """A reporting year and what its office has in force."""

    office_id: int
    id: int
    office: str
    zone: str
    settings: Settings
    cadence: Cadence | None
    calendar_revision: int
    version: int
    """The newest version of the SOP."""
    number: int


class Recalled(Mutable):
    """A state, and the rows it came from."""

    state: YearState
    period_ids: dict[str, int] = field(default_factory=dict)
    case_ids: dict[CaseKey, int] = field(default_factory=dict)
    run_ids: dict[CaseKey, dict[RunKey, int]] = field(default_factory=dict)


def year(database: Database, address: Address, number: int) -> Year:
    """The reporting year `number` of an adopted SOP.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: With what there is.
    """
    # Five small questions take a third of the time of one with aggregates in subqueries.
    office = database.row(statements.OFFICE_OF_CODE, (address.office,))
    if office is None:
        raise _unknown(database, address, number)
    office_id, _, zone, settings = office
    row = database.row(statements.YEAR_OF, (office_id, address.sop, number))
    if row is None:
        raise _unknown(database, address, number)
    year_id, cadence = row
    return Year(
        office_id,
        year_id,
        address.office,
        zone,
        settings_of(settings),
        Cadence(cadence) if cadence is not None else None,
        calendar_revision=database.value(statements.NEWEST_CALENDAR_NUMBER, (office_id,)),
        version=database.value(statements.NEWEST_SOP_NUMBER, (office_id, address.sop)),
        number=number,
    )


def _unknown(database: Database, address: Address, number: int) -> Exception:
    """Which part of an address stands for nothing."""
    offices = [code for (code,) in database.rows(statements.OFFICE_CODES)]
    if address.office not in offices:
        return UnknownOffice(code=address.office, known=tuple(offices))
    codes = tuple(code for (code,) in database.rows(statements.ADOPTED_SOPS_OF_CODE, (address.office,)))
    if address.sop not in codes:
        return UnknownAdoption(office=address.office, sop=address.sop, known=codes)
    years = database.rows(statements.YEARS_OF_SOP, address)
    return UnknownYear(year=number, known=tuple(known for known, _ in years))


def periods_of(database: Database, year_id: int) -> dict[str, tuple[int, PeriodState]]:
    """Key -> (row id, state), in the order in which periods close."""
    return {row[1]: (row[0], period_state(row[1:])) for row in sorted(database.rows(statements.PERIODS, (year_id,)))}


def load(database: Database, year_id: int, keys: Collection[str] | None) -> Recalled:
    """All periods of a year, with the newest case of each period of `keys`; None for every case there ever was."""
    periods = periods_of(database, year_id)
    cases: dict[CaseKey, CaseState] = {}
    data = YearData(database, year_id) if database.row(statements.DATA_PERIODS, (year_id,)) is not None else {}
    state = YearState(periods={key: period for key, (_, period) in periods.items()}, cases=cases, data=data)
    loaded = Recalled(state, period_ids={key: row_id for key, (row_id, _) in periods.items()})
    for key, (row_id, period) in periods.items():
        if period.last_case and (keys is None or key in keys):
            for row in _case_rows(database, row_id, None if keys is None else period.last_case):
                case, case_ids = _case(database, key, row)
                cases[case.key] = case
                loaded.case_ids[case.key] = row[0]
                loaded.run_ids[case.key] = case_ids
    return loaded


def _case_rows(database: Database, period_id: int, number: int | None) -> list[Row]:
    if number is None:
        return database.rows(statements.CASES, (period_id,))
    return database.rows(statements.CASE_OF_NUMBER, (period_id, number))


def _case(database: Database, key: str, row: Values) -> tuple[CaseState, dict[RunKey, int]]:
    runs: dict[RunKey, RunState] = {}
    ids: dict[RunKey, int] = {}
    for values in database.rows(statements.RUNS, (row[0],)):
        run = run_of_row(values)
        run_key = run.key
        runs[run_key] = run
        ids[run_key] = values[0]
    return case_state(key, row[1:], runs), ids


def history(database: Database, year_id: int, period: str | None = None) -> list[Event]:
    """The events of a year (of one of its periods) by sequence."""
    if period is None:
        return [event_of(row) for row in database.rows(statements.HISTORY, (year_id,))]
    return [event_of(row) for row in database.rows(statements.HISTORY_OF_PERIOD, (year_id, period))]


def event(database: Database, year_id: int, sequence: int) -> Event | None:
    """One event of a year by its sequence number."""
    row = database.row(statements.EVENT, (sequence, year_id))
    return None if row is None else event_of(row)


def event_of(row: Row) -> Event:
    """From who and when (`event_from`), what it touches and its data, as the statements of events ask for them."""
    return event_from(row[:-2], json.loads(row[-1]), tuple(json.loads(row[-2])))


def event_from(row: Row, data: Mapping[str, Any], touches: tuple[str, ...] = ()) -> Event:
    """From values in the order of `sql.log.WHO_AND_WHEN`, and what has been read of the others."""
    sequence, act, at, recorded, by, for_lane, period, case, step, bidang, attempt, late_entry, doubted = row
    if at not in MOMENTS or recorded not in MOMENTS:
        raise ValueError(sequence)
    return Event(
        sequence=sequence,
        act=_ACTS[act],
        at=at,
        recorded=recorded,
        by=by,
        for_lane=for_lane,
        period=period,
        case=case,
        step=step,
        bidang=bidang,
        attempt=attempt,
        late_entry=late_entry == 1,
        doubted=doubted == 1,
        touches=touches,
        data=data,
    )


def listed_bidang(database: Database, office_id: int) -> tuple[ListedBidang, ...]:
    """Every name of the office's list, in order, and when it holds."""
    rows = database.rows(statements.BIDANG_WITH_DATES, (office_id,))
    return tuple(ListedBidang(name, moment_or_none(since), moment_or_none(until)) for name, since, until in rows)


def calendar_of(database: Database, office_id: int, revision: int) -> WorkCalendar:
    """One revision of the office's calendar."""
    return _calendar(database.value(statements.CALENDAR_SPEC, (office_id, revision)), revision)


@lru_cache(maxsize=8)
def _calendar(spec: str, revision: int) -> WorkCalendar:
    """The same for the same text: a calendar never changes, and checking its days and laying out its years takes longer
    than all else that a board is read from."""
    return WorkCalendar(CalendarSpec.from_dict(json.loads(spec)), revision)


class Versions(Mapping[int, Sop]):
    """The versions of an office's SOP by number, read when asked for and then kept: they never change."""

    def __init__(self, database: Database, office_id: int, sop_code: str, newest: int) -> None:
        self._database = database
        self._key = (office_id, sop_code)
        self._read: dict[int, Sop] = {}
        self.newest = newest

    def __getitem__(self, number: int) -> Sop:
        if number not in self._read:
            definition = self._database.value(statements.SOP_DEFINITION, (*self._key, number))
            if definition is None:
                raise KeyError(number)
            self._read[number] = toml_format.from_canonical_json(definition)
        return self._read[number]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and 1 <= number <= self.newest

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, self.newest + 1))

    def __len__(self) -> int:
        return self.newest


def confirmed(database: Database, sop: Sop, office_id: int, version: int) -> Sop:
    """The SOP with the values that the office confirmed shown as such."""
    return with_confirmed(sop, confirmations(database, office_id, sop.code, version))

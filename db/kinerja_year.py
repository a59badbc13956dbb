"""The data kinerja of a reporting year as its flow stands: for the judges of acts, for screens, commands and recaps."""

from __future__ import annotations

from collections.abc import Mapping

from db import recall, statements
from db.file.connection import Database
from db.office_rows import load
from db.rows import Address
from sop.acts.data_seats import accompanied, steps_by
from sop.acts.procedure import Procedure, cadences, procedure
from sop.kinerja.recap import KinerjaRecap, kinerja_recap
from sop.kinerja.register import register_of
from sop.kinerja.state import DataPeriod, KinerjaState
from sop.model.definition import Cadence, Sop
from sop.model.periods import split
from sop.model.state import CaseState, YearState
from sop.values import replace


def register_in(database: Database, address: Address, year: recall.Year, moment: int) -> KinerjaState:
    """The register of the office of a year, within a transaction; its bidang as of a moment."""
    state = load(database, {year.office})[year.office]
    newest = recall.Versions(database, year.office_id, address.sop, year.version)[year.version]
    closed = (key for (key,) in database.rows(statements.CLOSED_PERIODS, (year.office_id,)))
    return register_of(state, cadences(newest, year.cadence), closed, moment)


def data_before(database: Database, address: Address, year: recall.Year) -> Mapping[str, DataPeriod]:
    """The data of the year before, as its flow stands, within a transaction; empty where there was none."""
    row = database.row(statements.YEAR_OF, (year.office_id, address.sop, year.number - 1))
    if row is None:
        return {}
    loaded = recall.load(database, row[0], None).state
    versions = recall.Versions(database, year.office_id, address.sop, year.version)
    cadence = None if row[1] is None else Cadence(row[1])
    return _as_it_stands(KinerjaState(), loaded, versions, cadence).periods


def data_of(database: Database, address: Address, number: int, moment: int) -> KinerjaState:
    """All data of an office as the flow of a year stands.

    Args:
        database: Where.
        address: Which office and SOP.
        number: Of the reporting year.
        moment: A bidang that ended by then is nobody's any more.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: The address stands for nothing.
    """
    with database.read():
        year = recall.year(database, address, number)
        loaded = recall.load(database, year.id, None).state
        versions = recall.Versions(database, year.office_id, address.sop, year.version)
        return _as_it_stands(register_in(database, address, year, moment), loaded, versions, year.cadence)


def recap_data(database: Database, address: Address, period: str, moment: int) -> KinerjaRecap | None:
    """The figures that a period's recap is made of, of this year and the one before; None for an office without
    indicators, and for a period in which none is reported.

    Args:
        database: Where.
        address: Which office and SOP.
        period: Its key.
        moment: A bidang that ended by then is nobody's any more.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: The address stands for nothing.
    """
    with database.read():
        number, _ = split(period)
        year = recall.year(database, address, number)
        if database.row(statements.HAS_INDICATORS, (year.office_id,)) is None:
            return None
        state = data_of(database, address, number, moment)
        earlier = data_before(database, address, year)
        return kinerja_recap(replace(state, periods={**earlier, **state.periods}), period)


def _as_it_stands(
    register: KinerjaState, state: YearState, versions: Mapping[int, Sop], cadence: Cadence | None
) -> KinerjaState:
    def steps(case: CaseState) -> Procedure:
        found = procedure(versions[case.sop_version], case.period, cadence)
        assert found is not None
        return found

    return accompanied(register, state.data, state.periods, state.cases, steps_by(steps))

"""Indicators and targets of an office, for screens and command line."""

from __future__ import annotations

from db import statements
from db.file.connection import Database
from db.office_acts import definition_of, office_record
from db.office_rows import load
from sop.kinerja.register import register_of
from sop.kinerja.state import KinerjaState
from sop.model.definition import Cadence
from sop.model.office import OfficeState


def register(database: Database, office: str, moment: int) -> KinerjaState:
    """What an office has of indicators and targets, its bidang as of a moment. Raises UnknownOffice."""
    with database.read():
        record = office_record(database, office)
        state = load(database, {office})[office]
        return register_of(state, cadences_of(database, state), closed_periods(database, record.id), moment)


def cadences_of(database: Database, state: OfficeState) -> frozenset[Cadence]:
    """The cadences that have steps in the office's SOPs, within a transaction."""
    find = definition_of(database)
    found: set[Cadence] = set()
    for code, sop in state.sops.items():
        chosen = {Cadence(year.cadence) for year in state.years if year.sop == code and year.cadence is not None}
        named = {step.cadence for step in find(sop.versions[-1].hash).steps if step.cadence is not None}
        found |= named or chosen or {Cadence.TRIWULAN}
    return frozenset(found)


def closed_periods(database: Database, office_id: int) -> frozenset[str]:
    """Keys of the periods of an office that are closed, within a transaction."""
    return frozenset(key for (key,) in database.rows(statements.CLOSED_PERIODS, (office_id,)))

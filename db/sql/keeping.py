"""Writing the log and the state of a year, row by row: what every act needs. The columns are those of the models."""

from __future__ import annotations

from peewee import SQL, Query

from db.models import Case, ClosedPeriod, LogLine, Period, Run
from db.sql.columns import given, state_of

_EVENT = LogLine._meta.sorted_fields
_PERIOD = [Period.reporting_year, *state_of(Period)]
_CASE = [Case.period, *state_of(Case)]
_RUN = [Run.case, *state_of(Run)]
_CLOSING = [ClosedPeriod.period, *state_of(ClosedPeriod)]


@given(*_EVENT)
def add_event(*values: SQL) -> Query:
    """One line of the log; no statement ever changes or deletes one."""
    return LogLine.insert(dict(zip(_EVENT, values, strict=True)))


@given(*_CASE)
def add_case(*values: SQL) -> Query:
    """Gives the row's id."""
    return Case.insert(dict(zip(_CASE, values, strict=True))).returning(Case.id)


@given(*_RUN)
def add_run(*values: SQL) -> Query:
    """A run of a case."""
    return Run.insert(dict(zip(_RUN, values, strict=True)))


@given(*_CLOSING)
def add_closing(*values: SQL) -> Query:
    """What a closing froze."""
    return ClosedPeriod.insert(dict(zip(_CLOSING, values, strict=True)))


@given(*_PERIOD)
def add_period(*values: SQL) -> Query:
    """A period of a year."""
    return Period.insert(dict(zip(_PERIOD, values, strict=True)))


@given(*state_of(Period), "id")
def change_period(*values: SQL) -> Query:
    """All that acts can change of a period."""
    return Period.update(dict(zip(state_of(Period), values, strict=False))).where(Period.id == values[-1])


@given(*state_of(Case), "id")
def change_case(*values: SQL) -> Query:
    """All that acts can change of a case."""
    return Case.update(dict(zip(state_of(Case), values, strict=False))).where(Case.id == values[-1])


@given(*state_of(Run), "id")
def change_run(*values: SQL) -> Query:
    """All that acts can change of a run."""
    return Run.update(dict(zip(state_of(Run), values, strict=False))).where(Run.id == values[-1])


def forget_run(run_id: SQL) -> Query:
    """Only a run that was undone: it never was."""
    return Run.delete().where(Run.id == run_id)

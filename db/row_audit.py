"""Is every row what the log says: periods, cases and runs of each year, and everything that an office has beside them.

The chain is checked before (`audit.py`): what a log that is not whole says proves nothing of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from db import recall, statements
from db.audit import UNREADABLE, verify_chain
from db.case_rows import (
    RUN_COLUMNS,
    case_state,
    case_values,
    period_values,
    run_state,
    run_values,
)
from db.data_rows import stored_rows, told_rows
from db.file.connection import Database, Row
from db.office_acts import definition_of
from db.office_rows import differing_rows, load
from db.queries import office_codes
from db.rows import Address, OfficesReport
from db.signers import signers
from sop.acts.replay import OFFICE_SCOPED, replay, replay_file
from sop.acts.signers import digest_of
from sop.json_text import json_text
from sop.model.events import Event
from sop.model.pelaksana import NO_OFFICE

_ROWS_OF_YEAR = {
    "periods": statements.EVERY_PERIOD,
    "cases": statements.EVERY_CASE,
    "runs": statements.EVERY_RUN,
}
"""Table -> its rows of a year, by what they say and not by their numbers."""
_FLAGS = [RUN_COLUMNS.index(name) for name in ("loop_target", "valid", "taken_over", "late_entry", "doubted")]


def differing_years(database: Database) -> tuple[tuple[Address, int], ...]:
    """The reporting years whose rows are not what replaying the log gives; empty for a sound file."""
    years = database.rows(statements.ALL_YEARS)
    differing: list[tuple[Address, int]] = []
    for office, sop, year in years:
        try:
            is_same = _is_year_as_told(database, Address(office, sop), year)
        except UNREADABLE:
            # A row that cannot be read is not what the log gives either.
            is_same = False
        if not is_same:
            differing.append((Address(office, sop), year))
    return tuple(differing)


def _is_year_as_told(database: Database, address: Address, number: int) -> bool:
    """Whether the periods, cases and runs of a year are, row by row, what its events make."""
    with database.read():
        year = recall.year(database, address, number)
        versions = recall.Versions(database, year.office_id, address.sop, year.version)
        told = replay(recall.history(database, year.id), versions, year.cadence)
        rows = {table: database.rows(sql, (year.id,)) for table, sql in _ROWS_OF_YEAR.items()}
        data = stored_rows(database, year.id)
    cases = {case.key: case for case in told.cases.values()}
    runs = {(*key, *run_values(run)[:3]): run for key, case in cases.items() for run in case.runs.values()}
    return (
        _are_same(rows["periods"], [period_values(period) for period in told.periods.values()])
        and _are_same(rows["cases"], [(key[0], *case_values(case)) for key, case in cases.items()], _case_read)
        and all(_are_same(data[table], wanted) for table, wanted in told_rows(told.data).items())
        and _are_same(rows["runs"], [(*key[:2], *run_values(run)) for key, run in runs.items()], _run_read)
    )


def _are_same(stored: list[Row], told: list[Row], read: Callable[[Row], object] | None = None) -> bool:
    """Whether rows are the same, whatever their order. One that an older program wrote is compared by what it says."""
    left, wanted = Counter(stored), Counter(told)
    left, wanted = left - wanted, wanted - left
    if read is None or not left or not wanted:
        return not left and not wanted
    return sorted(map(repr, map(read, left.elements()))) == sorted(map(repr, map(read, wanted.elements())))


def _case_read(row: Row) -> object:
    return case_state(row[0], row[1:], {})


def _run_read(row: Row) -> object:
    """Flags as they stand, as a run would take any number for one."""
    return row[:2], run_state(row[2:]), [type(value) for value in row], [row[place + 2] for place in _FLAGS]


def offices_beside_the_log(database: Database) -> OfficesReport:
    """Whether the rows of every office, beside its cases, are those that the log tells of."""
    with database.read():
        try:
            stored = load(database)
            told = replay_file(_office_events(database), definition_of(database))
            differing = [*differing_rows(stored, told.offices), *_strange_officials(database)]
        except UNREADABLE:
            # A row that cannot be read is not what the log gives either.
            return OfficesReport(((NO_OFFICE, "unreadable"),), 0)
    return OfficesReport(tuple(dict.fromkeys(differing)), told.since)


def _strange_officials(database: Database) -> Iterator[tuple[str, str]]:
    """Where what is kept of an official is not what the log has the hash of."""
    for office in office_codes(database):
        if any(digest_of(row.signer, row.salt) != row.state.digest for row in signers(database, office)):
            yield office, "signers"


def _office_events(database: Database) -> Iterator[tuple[str | None, Event]]:
    acts = json_text(sorted(act.value for act in OFFICE_SCOPED))
    for office, *row in database.rows(statements.EVENTS_OF_ACTS, (acts,)):
        yield office, recall.event_of(tuple(row))


def problem(database: Database) -> str:
    """The first thing that is wrong with the log, or the years whose rows are not what it says; empty for neither."""
    report = verify_chain(database)
    if report.problem is not None:
        return f"{report.problem} {report.broken_at}"
    return " ".join(str(year) for _, year in differing_years(database))

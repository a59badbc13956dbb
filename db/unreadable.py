"""Why something of the file cannot be read: a value that another program or a bad disk left there, and where it stands.

Reading trusts what this program wrote: rows become values without a check of each. What fails then fails somewhere,
often far from the row. So nothing is looked for until something fails that nobody expected; then every value of every
table is read once by the reader of its column, and the first that cannot be is what the failure means.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any

import apsw

from db import data_rows, statements
from db.case_rows import VERDICT_FIELDS, run_state
from db.errors import DatabaseDamaged, DbError, StateDiffers, ValueUnreadable
from db.file import cells
from db.file.connection import Database
from db.moments import moment, moment_or_none
from db.people import roles_of
from db.settings_text import settings_of
from db.statements import COLUMNS
from sop.form import toml_format
from sop.kinerja.form import indicator_from_json, target_from_json
from sop.kinerja.state import ClosedData
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.errors import FaultyInput, SopError, UnknownPeriod, UnknownZone
from sop.model.pelaksana import MembershipKind
from sop.model.periods import split
from sop.model.refusals import Refused, StaleRevision, Unknown
from sop.model.state import Answer, CasePhase, Opening, PeriodPhase, RunPhase
from sop.time.deadline import Verdict
from sop.time.instants import offset_of
from sop.time.work_calendar import CalendarSpec

Reader = Callable[[Any], object]
"""Reads one value that is not null. Raises anything where it cannot."""


def _listed(read: Callable[..., object]) -> Reader:
    """Of a JSON list of lists, each read by its parts."""
    return lambda text: [read(*each) for each in _of(list, text)]


def _of(kind: type, text: str) -> Any:
    """JSON of a kind. Raises TypeError for another."""
    value = json.loads(text)
    if type(value) is not kind:
        raise TypeError(type(value).__name__)
    return value


def _is(kind: type, *values: object) -> None:
    """Raises TypeError unless all are of that kind or None."""
    if not all(value is None or type(value) is kind for value in values):
        raise TypeError(kind.__name__)


def _interval(start: int, end: int | None) -> None:
    moment(start)
    moment_or_none(end)


def _of_step(step: int, bidang: str | None, number: int) -> None:
    """A run, by its attempt; what vanished, by the revision."""
    _is(int, step, number)
    _is(str, bidang)


def _tick(item: int, by: str, at: int) -> None:
    _is(int, item)
    _is(str, by)
    moment(at)


def _evidence(number: object, dated: object, location: object, file_name: object, sha256: object) -> None:
    _is(str, number, dated, location, file_name, sha256)


def _input(child: str, count: int) -> None:
    split(child)
    _is(int, count)


def _waivers(text: str) -> None:
    for child, (at, reopenings) in _of(dict, text).items():
        _input(child, reopenings)
        moment(at)


def _regions(text: str) -> None:
    for first, frozen in _of(dict, text).items():
        int(first)
        _is(list, frozen)
        _is(str, *frozen)


def _region_floors(text: str) -> None:
    for first, floor in _of(dict, text).items():
        int(first)
        moment(floor)


def _verdict(text: str) -> None:
    verdict = Verdict.from_dict(dict(zip(VERDICT_FIELDS, _of(list, text), strict=False)))
    moment_or_none(verdict.due_at)


def _closed(text: str) -> None:
    closed = ClosedData(0, _of(dict, text))
    # Both are read where they are looked at.
    _is(dict, closed.report.to_dict())
    _is(dict, closed.leaves)


SHAPES: Mapping[str, Reader] = {
    "moment": moment,
    "zone": offset_of,
    "settings": settings_of,
    "calendar_spec": lambda text: CalendarSpec.from_dict(json.loads(text)),
    "definition": toml_format.from_canonical_json,
    "cadence": Cadence,
    "period_key": split,
    "period_phase": PeriodPhase,
    "waivers": _waivers,
    "case_phase": CasePhase,
    "intervals": _listed(_interval),
    "regions": _regions,
    "region_floors": _region_floors,
    "runs": lambda text: [run_state(tuple(values)) for values in _of(list, text)],
    "vanished": _listed(_of_step),
    "run_phase": RunPhase,
    "opening": Opening,
    "run_keys": _listed(_of_step),
    "answer": Answer,
    "ticks": _listed(_tick),
    "evidence": _listed(_evidence),
    "inputs": _listed(_input),
    "verdict": _verdict,
    "numbers": lambda text: _is(int, *_of(list, text)),
    "act": Act,
    "texts": lambda text: _is(str, *_of(list, text)),
    "object": lambda text: _of(dict, text),
    "roles": roles_of,
    "membership_kind": MembershipKind,
    "flag": {0: False, 1: True}.__getitem__,
}
"""Shape of a column -> its reader."""
_OF_DATA: Mapping[tuple[str, str], Reader] = {
    ("indicator_versions", "definition"): lambda text: indicator_from_json(_of(dict, text)),
    ("targets", "value"): lambda text: target_from_json(json.loads(text)),
    ("data_periods", "rolled"): data_rows.rolled_of,
    ("data_periods", "taken"): data_rows.taken_of,
    ("forms", "rows"): data_rows.form_rows_of,
    ("data_rows", "isian"): data_rows.isian_of,
    ("data_rows", "mark"): data_rows.mark_of,
    ("data_rows", "accepted"): data_rows.isian_of,
    ("data_closings", "kept"): _closed,
}
"""What has the shape of an object, and a reader that asks more of it."""
READERS: Mapping[str, Mapping[str, Reader]] = {
    table: {
        column: _OF_DATA.get((table, column), SHAPES[shape])
        for column, shape in shapes.items()
        if shape is not None and shape in SHAPES
    }
    for table, shapes in COLUMNS.items()
}
"""Table -> column -> its reader. What stands in no line is read as it lies: a name, a number, a hash. A draft that
cannot be read is passed over by whoever asks for it, and is no damage."""
_TELLS_OF_INPUT = frozenset(
    {("offices", "zone"), ("calendar_revisions", "spec"), ("sop_versions", "definition"), ("periods", "key")}
)
"""Columns whose readers raise what a faulty input raises as well."""


_OF_A_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, apsw.SQLError)
"""What goes wrong where a value is not what it was taken for."""
_REFERENCES = (
    ("calendar_revisions", "revision", statements.CALENDARS_OUT_OF_ORDER),
    ("confirmations", "step", statements.CONFIRMATIONS_WITHOUT_STEP),
    ("reporting_years", "cadence", statements.YEARS_WITHOUT_CADENCE),
    ("cases", "sop_version", statements.CASES_WITHOUT_VERSION),
    ("closings", "calendar_revision", statements.CLOSINGS_WITHOUT_CALENDAR),
)
"""(table, column, question for the rows in which it points to what is not there): what no foreign key says."""


def explained(database: Database, error: BaseException) -> DbError | None:
    """What an error means where a value of the file is to blame, with its place; None where none is.

    Args:
        database: Open, and not in a transaction.
        error: What was raised while the file was worked with.
    """
    if isinstance(error, Refused | Unknown | StaleRevision):
        return None
    undecodable = isinstance(error, DatabaseDamaged) and isinstance(error.__cause__, UnicodeDecodeError)
    if not (undecodable or isinstance(error, (SopError, *_OF_A_VALUE))):
        return None
    try:
        if isinstance(error, FaultyInput | UnknownZone | UnknownPeriod):
            return next(unreadable(database, _TELLS_OF_INPUT), None)
        if isinstance(error, SopError):
            return None
        found = chain(unreadable(database), _orphans(database), _strays(database))
        return next(found, None) or _differing(database)
    except DbError as worse:
        return worse


def damages(database: Database, *, full: bool) -> list[ValueUnreadable]:
    """Every column with a value that cannot be read or points to what is not there; the log's own only in a full check,
    since it is long and its chain shows a change as well."""
    looked = frozenset(each for each in cells.columns(database) if full or each[0] != "events")
    found = list(unreadable(database, looked))
    # What points where is asked only of what can be read.
    return found or list(_strays(database))


def unreadable(database: Database, only: frozenset[tuple[str, str]] | None = None) -> Iterator[ValueUnreadable]:
    """Every value that cannot be read, one of each column at most.

    Args:
        database: Open.
        only: (table, column) that are looked at; None for all.
    """
    for table, column in cells.columns(database):
        if only is None or (table, column) in only:
            row = _first_bad(database, table, column, READERS.get(table, {}).get(column))
            if row is not None:
                yield ValueUnreadable(path=str(database.path), table=table, row=row, column=column)


def _first_bad(database: Database, table: str, column: str, read: Reader | None) -> int | None:
    """The row of the first value that cannot be read."""
    try:
        found = cells.values(database, table, column)
    except DatabaseDamaged:
        return cells.first_undecodable(database, table, column)
    if read is None:
        return None
    good: set[Any] = set()
    for row, value in found:
        if value in good:
            continue
        try:
            read(value)
        except Exception:
            return int(row)
        good.add(value)
    return None


def _orphans(database: Database) -> Iterator[ValueUnreadable]:
    """Rows that point nowhere by a foreign key."""
    for cell in cells.orphans(database):
        yield ValueUnreadable(path=str(database.path), table=cell.table, row=cell.row, column=cell.column)


def _strays(database: Database) -> Iterator[ValueUnreadable]:
    """Values that point to what is not there, as no foreign key says; asked where every value can be read."""
    for table, column, question in _REFERENCES:
        row = database.value(question)
        if row is not None:
            yield ValueUnreadable(path=str(database.path), table=table, row=row, column=column)


def _differing(database: Database) -> StateDiffers | None:
    """A year whose rows can all be read and are not what the log gives."""
    from db.row_audit import differing_years

    with suppress(DbError):
        for address, year in differing_years(database):
            return StateDiffers(path=str(database.path), office=address.office, sop=address.sop, year=year)
    return None

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

from db.case_rows import run_state
from db.errors import DatabaseDamaged, DbError, StateDiffers, ValueUnreadable
from db.file.connection import Database
from db.moments import moment
from db.people import roles_of
from db.recall import settings_of
from sop.form import toml_format
from sop.model.definition import Cadence
from sop.model.errors import FaultyInput, SopError, UnknownPeriod, UnknownZone
from sop.model.events import Act
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
    if end is not None:
        moment(end)


def _run_key(step: int, bidang: str | None, attempt: int) -> None:
    _is(int, step, attempt)
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


def _vanished(step: int, bidang: str, revision: int) -> None:
    _is(int, step, revision)
    _is(str, bidang)


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
    from db.case_rows import VERDICT_FIELDS

    verdict = Verdict.from_dict(dict(zip(VERDICT_FIELDS, _of(list, text), strict=False)))
    if verdict.due_at is not None:
        moment(verdict.due_at)


def _numbers(text: str) -> None:
    _is(int, *_of(list, text))


def _texts(text: str) -> None:
    _is(str, *_of(list, text))


def _settings(text: str) -> None:
    settings_of(text)


READERS: Mapping[str, Mapping[str, Reader]] = {
    "offices": {"zone": offset_of, "settings": _settings},
    "bidang": {"since": moment, "until": moment},
    "calendar_revisions": {"spec": lambda text: CalendarSpec.from_dict(json.loads(text)), "recorded": moment},
    "sop_versions": {"definition": lambda text: toml_format.from_dict(json.loads(text)), "recorded": moment},
    "confirmations": {"at": moment},
    "reporting_years": {"cadence": Cadence},
    "periods": {
        "key": split,
        "phase": PeriodPhase,
        "moment": moment,
        "closed_at": moment,
        "waivers": _waivers,
    },
    "cases": {
        "phase": CasePhase,
        "opened": moment,
        "moment": moment,
        "ended": moment,
        "holds": _listed(_interval),
        "gate_since": moment,
        "regions": _regions,
        "region_floors": _region_floors,
        "retired": lambda text: [run_state(tuple(values)) for values in _of(list, text)],
        "vanished": _listed(_vanished),
    },
    "runs": {
        "phase": RunPhase,
        "ready": moment,
        "opening": Opening,
        "origins": _listed(_run_key),
        "started": moment,
        "ended": moment,
        "work": _listed(_interval),
        "pauses": _listed(_interval),
        "waits": _listed(_interval),
        "paused_from": RunPhase,
        "answer": Answer,
        "ticks": _listed(_tick),
        "evidence": _listed(_evidence),
        "inputs": _listed(_input),
        "verdict": _verdict,
        "acts": _numbers,
    },
    "events": {
        "recorded": moment,
        "at": moment,
        "act": Act,
        "period": split,
        "touches": _texts,
        "data": lambda text: _of(dict, text),
    },
    "closings": {"at": moment, "figures": lambda text: _of(dict, text)},
    "people": {"role": roles_of},
    "memberships": {"since": moment, "until": moment, "kind": MembershipKind},
    "pins": {"locked_until": moment, "changed": moment},
    "drafts": {"saved": moment},
    "anchors": {"verified": moment},
}
"""Table -> column -> its reader. What stands in no line is read as it lies: a name, a number, a hash. A draft that
cannot be read is passed over by whoever asks for it, and is no damage."""
_TELLS_OF_INPUT = frozenset(
    {("offices", "zone"), ("calendar_revisions", "spec"), ("sop_versions", "definition"), ("periods", "key")}
)
"""Columns whose readers raise what a faulty input raises as well."""


_OF_A_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, apsw.SQLError)
"""What goes wrong where a value is not what it was taken for."""
_OF_YEAR = "JOIN periods p ON p.id = c.period_id JOIN reporting_years y ON y.id = p.reporting_year_id"
_REFERENCES = (
    (
        "calendar_revisions",
        "revision",
        "SELECT r.id FROM calendar_revisions r WHERE r.revision <> "
        "(SELECT count(*) FROM calendar_revisions b WHERE b.office_id = r.office_id AND b.id <= r.id)",
    ),
    (
        "confirmations",
        "step",
        "SELECT c.id FROM confirmations c JOIN sop_versions v ON v.id = c.sop_version_id WHERE NOT EXISTS "
        "(SELECT 1 FROM json_each(v.definition, '$.steps') s WHERE json_extract(s.value, '$.number') = c.step)",
    ),
    (
        "reporting_years",
        "cadence",
        "SELECT y.id FROM reporting_years y "
        "JOIN sop_versions v ON v.office_id = y.office_id AND v.sop_code = y.sop_code, "
        "json_each(v.definition, '$.steps') s WHERE y.cadence IS NULL AND json_extract(s.value, '$.cadence') IS NULL",
    ),
    (
        "cases",
        "sop_version",
        f"SELECT c.id FROM cases c {_OF_YEAR} WHERE NOT EXISTS (SELECT 1 FROM sop_versions v "
        "WHERE v.office_id = y.office_id AND v.sop_code = y.sop_code AND v.version = c.sop_version)",
    ),
    (
        "closings",
        "calendar_revision",
        f"SELECT c.id FROM closings c {_OF_YEAR} WHERE NOT EXISTS (SELECT 1 FROM calendar_revisions r "
        "WHERE r.office_id = y.office_id AND r.revision = c.calendar_revision)",
    ),
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
    looked = frozenset(each for each in _columns(database) if full or each[0] != "events")
    found = list(unreadable(database, looked))
    # What points where is asked only of what can be read.
    return found or list(_strays(database))


def unreadable(database: Database, only: frozenset[tuple[str, str]] | None = None) -> Iterator[ValueUnreadable]:
    """Every value that cannot be read, one of each column at most.

    Args:
        database: Open.
        only: (table, column) that are looked at; None for all.
    """
    for table, column in _columns(database):
        if only is None or (table, column) in only:
            row = _first_bad(database, table, column, READERS.get(table, {}).get(column))
            if row is not None:
                yield ValueUnreadable(path=str(database.path), table=table, row=row, column=column)


def _columns(database: Database) -> list[tuple[str, str]]:
    sql = (
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.rowid, c.cid"
    )
    return database.rows(sql)


def _first_bad(database: Database, table: str, column: str, read: Reader | None) -> int | None:
    """The row of the first value that cannot be read. Text that is no UTF-8 spoils the whole answer of the engine."""
    try:
        found = database.rows(f'SELECT rowid, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY rowid')
    except DatabaseDamaged:
        return _first_undecodable(database, table, column)
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


def _first_undecodable(database: Database, table: str, column: str) -> int | None:
    for (row,) in database.rows(f'SELECT rowid FROM "{table}" ORDER BY rowid'):
        try:
            database.rows(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,))
        except DatabaseDamaged:
            return int(row)
    return None


def _orphans(database: Database) -> Iterator[ValueUnreadable]:
    """Rows that point nowhere by a foreign key."""
    for table, row, _, number in database.rows("PRAGMA foreign_key_check"):
        columns = {each[0]: each[3] for each in database.rows(f'PRAGMA foreign_key_list("{table}")')}
        yield ValueUnreadable(path=str(database.path), table=table, row=row, column=columns.get(number))


def _strays(database: Database) -> Iterator[ValueUnreadable]:
    """Values that point to what is not there, as no foreign key says; asked where every value can be read."""
    for table, column, question in _REFERENCES:
        row = database.value(question)
        if row is not None:
            yield ValueUnreadable(path=str(database.path), table=table, row=row, column=column)


def _differing(database: Database) -> StateDiffers | None:
    """A year whose rows can all be read and are not what the log gives."""
    from db.audit import differing_years

    with suppress(DbError):
        for address, year in differing_years(database):
            return StateDiffers(path=str(database.path), office=address.office, sop=address.sop, year=year)
    return None

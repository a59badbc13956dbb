"""The data kinerja of a year as rows and back. What they mean is `sop/kinerja/state.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from db import statements
from db.file.connection import Database, Row
from db.moments import moment
from sop.json_text import json_text
from sop.kinerja.form import FormRevision, FormRow, Owner
from sop.kinerja.isian import Isian
from sop.kinerja.state import ClosedData, DataPeriod, FillTurn, IsianRow, RowMark

_Rows = dict[tuple[Any, ...], tuple[Any, ...]]


def read(database: Database, year_id: int) -> dict[str, DataPeriod]:
    """Period -> what is kept of its data, of the periods that have some."""
    found: dict[str, DataPeriod] = {}
    forms = _forms(database, year_id)
    fillings = _fillings(database, year_id)
    closings: dict[str, tuple[ClosedData, ...]] = {}
    for key, number, kept in database.rows(statements.DATA_CLOSINGS, (year_id,)):
        closings[key] = (*closings.get(key, ()), ClosedData(number, _dict(kept)))
    for key, revision, rolled, taken in database.rows(statements.DATA_PERIODS, (year_id,)):
        found[key] = DataPeriod(
            key,
            revision=revision,
            forms=forms.get(key, {}),
            fillings=fillings.get(key, {}),
            rolled=None if rolled is None else rolled_of(rolled),
            taken=None if taken is None else taken_of(taken),
            closings=closings.get(key, ()),
        )
    return found


def _forms(database: Database, year_id: int) -> dict[str, dict[Owner, tuple[FormRevision, ...]]]:
    found: dict[str, dict[Owner, tuple[FormRevision, ...]]] = {}
    for key, owner, number, rows in database.rows(statements.FORMS, (year_id,)):
        form = FormRevision(number, form_rows_of(rows))
        of_period = found.setdefault(key, {})
        of_period[owner or None] = (*of_period.get(owner or None, ()), form)
    return found


def _fillings(database: Database, year_id: int) -> dict[str, dict[Owner, dict[FillTurn, dict[str, IsianRow]]]]:
    found: dict[str, dict[Owner, dict[FillTurn, dict[str, IsianRow]]]] = {}
    for key, owner, case, attempt, indicator, *values in database.rows(statements.DATA_ROWS, (year_id,)):
        turns = found.setdefault(key, {}).setdefault(owner or None, {})
        turns.setdefault((case, attempt), {})[indicator] = _row(*values)
    return found


def _row(isian: str | None, changes: str, word: str | None, mark: str | None, accepted: str | None) -> IsianRow:
    return IsianRow(
        None if isian is None else isian_of(isian),
        tuple(json.loads(changes)),
        word,
        None if mark is None else mark_of(mark),
        None if accepted is None else isian_of(accepted),
    )


def rolled_of(text: str) -> tuple[tuple[Owner, FormRow], ...]:
    """(owner, row) of those that were rolled up."""
    return tuple((each["owner"], FormRow.from_dict(each["row"])) for each in _dict(text)["rows"])


def taken_of(text: str) -> dict[str, int]:
    """Child -> the number of its closing that was taken in."""
    return {str(child): int(number) for child, number in _dict(text).items()}


def form_rows_of(text: str) -> tuple[FormRow, ...]:
    """The rows of a form that was sent."""
    return tuple(FormRow.from_dict(row) for row in _dict(text)["rows"])


def isian_of(text: str) -> Isian:
    """What was filled in."""
    return Isian.from_dict(_dict(text))


def mark_of(text: str) -> RowMark:
    """The mark that sent a row back."""
    kept = _dict(text)
    return RowMark(str(kept["note"]), str(kept["by"]), moment(kept["at"]), bool(kept["answered"]))


def _dict(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError(text[:40])
    return found


# ---------------------------------------------------------------------- writing


def keep(
    database: Database, ids: Mapping[str, int], before: Mapping[str, DataPeriod], after: Mapping[str, DataPeriod]
) -> None:
    """Write what differs, within a transaction.

    Args:
        database: In a write transaction.
        ids: Period -> its row.
        before: As it was read.
        after: As it is now.
    """
    for key, period in after.items():
        then, place = before.get(key), ids[key]
        if then == period:
            continue
        head = tuple(period_row(period))
        if then is None:
            database.rows(statements.ADD_DATA_PERIOD, (place, *head))
        elif tuple(period_row(then)) != head:
            database.rows(statements.CHANGE_DATA_PERIOD, (*head, place))
        _keep_forms(database, place, then, period)
        _keep_rows(database, place, then, period)
        known = 0 if then is None else len(then.closings)
        for closing in period.closings[known:]:
            database.rows(statements.ADD_DATA_CLOSING, (place, *closing_row(closing)))


def _keep_forms(database: Database, place: int, then: DataPeriod | None, now: DataPeriod) -> None:
    old, new = ({} if then is None else form_rows(then)), form_rows(now)
    for key in old:
        if old[key] != new.get(key):
            database.rows(statements.FORGET_FORM, (place, *key))
    for key, values in new.items():
        if values != old.get(key):
            database.rows(statements.ADD_FORM, (place, *key, *values))


def _keep_rows(database: Database, place: int, then: DataPeriod | None, now: DataPeriod) -> None:
    old, new = ({} if then is None else filled_rows(then)), filled_rows(now)
    gone = [(place, *key) for key in old if key not in new]
    if gone:
        database.many(statements.FORGET_DATA_ROW, gone)
    for key, values in new.items():
        if key not in old:
            database.rows(statements.ADD_DATA_ROW, (place, *key, *values))
        elif values != old[key]:
            database.rows(statements.CHANGE_DATA_ROW, (*values, place, *key))


def period_row(period: DataPeriod) -> Iterator[Any]:
    """Revision, rolled, taken."""
    yield period.revision
    rolled = period.rolled
    yield (
        None
        if rolled is None
        else json_text({"rows": [{"owner": owner, "row": row.to_dict()} for owner, row in rolled]})
    )
    yield None if period.taken is None else json_text(dict(period.taken))


def form_rows(period: DataPeriod) -> _Rows:
    """(owner, number) -> (rows,)."""
    return {
        (owner or "", form.number): (json_text({"rows": [row.to_dict() for row in form.rows]}),)
        for owner, sent in period.forms.items()
        for form in sent
    }


def filled_rows(period: DataPeriod) -> _Rows:
    """(owner, case, attempt, indicator) -> isian, changes, word, mark, accepted."""
    return {
        (owner or "", *turn, key): (
            None if row.isian is None else json_text(row.isian.to_dict()),
            json_text(list(row.changes)),
            row.word,
            None
            if row.mark is None
            else json_text(
                {"note": row.mark.note, "by": row.mark.by, "at": row.mark.at, "answered": row.mark.answered}
            ),
            None if row.accepted is None else json_text(row.accepted.to_dict()),
        )
        for owner, turns in period.fillings.items()
        for turn, rows in turns.items()
        for key, row in rows.items()
    }


def closing_row(closing: ClosedData) -> tuple[int, str]:
    """Number and what was frozen, as they are kept."""
    return closing.number, json_text(dict(closing.kept))


def told_rows(data: Mapping[str, DataPeriod]) -> Mapping[str, list[Row]]:
    """Table -> the rows that data make, as `stored_rows` gives them."""
    return {
        "data_periods": [(key, *period_row(period)) for key, period in data.items()],
        "forms": [
            (key, *place, *values) for key, period in data.items() for place, values in form_rows(period).items()
        ],
        "data_rows": [
            (key, *place, *values) for key, period in data.items() for place, values in filled_rows(period).items()
        ],
        "data_closings": [(key, *closing_row(each)) for key, period in data.items() for each in period.closings],
    }


def stored_rows(database: Database, year_id: int) -> Mapping[str, list[Row]]:
    """Table -> its rows of a year, by what they say and not by their numbers."""
    asked = {
        "data_periods": statements.DATA_PERIODS,
        "forms": statements.FORMS,
        "data_rows": statements.DATA_ROWS,
        "data_closings": statements.DATA_CLOSINGS,
    }
    return {table: database.rows(sql, (year_id,)) for table, sql in asked.items()}

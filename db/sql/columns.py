"""The columns of a table that a state is kept in, and naming what a statement is given where its parameters do not."""

from __future__ import annotations

from collections.abc import Callable

from peewee import Field, Query

from db.models import Table

_Question = Callable[..., Query]


def state_of(table: type[Table]) -> list[Field]:
    """The columns of a table beside its id and the row that it belongs to: what replaying gives."""
    return list(table._meta.sorted_fields[2:])


def given(*parts: Field | str) -> Callable[[_Question], _Question]:
    """Say what a statement is given: the values of columns, and what else has a name."""

    def name(question: _Question) -> _Question:
        names = (part if isinstance(part, str) else part.column_name for part in parts)
        question.given = tuple(names)  # type: ignore[attr-defined]
        return question

    return name

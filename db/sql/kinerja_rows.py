"""The data kinerja of a year's periods: forms, rows, closings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq

from peewee import SQL, Expression, Query

from db.models import ClosedFigures, DataBook, FilledRow, IndicatorLine, Period, SentForm
from db.sql.columns import given, state_of

_FILLED = state_of(FilledRow)
_KEY = [FilledRow.period, *_FILLED[:4]]
_REST = _FILLED[4:]


def has_indicators(office_id: SQL) -> Query:
    """One row where the office has any indicator."""
    return IndicatorLine.select(IndicatorLine.id).where(IndicatorLine.office == office_id).limit(1)


def data_periods(year_id: SQL) -> Query:
    """Period, revision, what was rolled up and what was taken in, of every period of a year that has data."""
    return (
        DataBook.select(Period.key, DataBook.revision, DataBook.rolled, DataBook.taken)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(DataBook.id)
    )


def forms(year_id: SQL) -> Query:
    """Period, owner, number and frozen rows of every form that was sent out."""
    return (
        SentForm.select(Period.key, SentForm.owner, SentForm.number, SentForm.rows)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(SentForm.id)
    )


def data_rows(year_id: SQL) -> Query:
    """Every row of a year's data, each beside the key of its period."""
    return (
        FilledRow.select(Period.key, *_FILLED)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(FilledRow.id)
    )


def data_closings(year_id: SQL) -> Query:
    """Period, number and what was frozen, of every closing."""
    return (
        ClosedFigures.select(Period.key, ClosedFigures.number, ClosedFigures.kept)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(ClosedFigures.id)
    )


def add_data_period(period_id: SQL, revision: SQL, rolled: SQL, taken: SQL) -> Query:
    """The data of a period, with what its rows do not say."""
    return DataBook.insert(period=period_id, revision=revision, rolled=rolled, taken=taken)


def change_data_period(revision: SQL, rolled: SQL, taken: SQL, period_id: SQL) -> Query:
    """In place of what was kept of it."""
    return DataBook.update(revision=revision, rolled=rolled, taken=taken).where(DataBook.period == period_id)


def add_form(period_id: SQL, owner: SQL, number: SQL, rows: SQL) -> Query:
    """A form that was sent out: its rows as JSON."""
    return SentForm.insert(period=period_id, owner=owner, number=number, rows=rows)


def forget_form(period_id: SQL, owner: SQL, number: SQL) -> Query:
    """Only one whose sending was undone."""
    return SentForm.delete().where(SentForm.period == period_id, SentForm.owner == owner, SentForm.number == number)


def _named(key: Sequence[SQL]) -> Iterator[Expression]:
    return map(eq, _KEY, key)


@given(*_KEY, *_REST)
def add_data_row(*values: SQL) -> Query:
    """What an owner fills in for an indicator, in one attempt of a case."""
    return FilledRow.insert(dict(zip([*_KEY, *_REST], values, strict=True)))


@given(*_REST, *_KEY)
def change_data_row(*values: SQL) -> Query:
    """All that acts can change of a row."""
    return FilledRow.update(dict(zip(_REST, values, strict=False))).where(*_named(values[len(_REST) :]))


@given(*_KEY)
def forget_data_row(*key: SQL) -> Query:
    """Only a row whose filling was undone."""
    return FilledRow.delete().where(*_named(key))


def add_data_closing(period_id: SQL, number: SQL, kept: SQL) -> Query:
    """What a closing froze of the data."""
    return ClosedFigures.insert(period=period_id, number=number, kept=kept)

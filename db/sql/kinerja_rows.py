"""The data kinerja of a year's periods: forms, rows, closings."""

from __future__ import annotations

from peewee import SQL, Query

from db.models import ClosedFigures, DataBook, FilledRow, IndicatorLine, Period, SentForm

_FILLED = [*FilledRow._meta.sorted_fields[2:]]


def has_indicators(office_id: SQL) -> Query:
    return IndicatorLine.select(IndicatorLine.id).where(IndicatorLine.office == office_id).limit(1)


def data_periods(year_id: SQL) -> Query:
    return (
        DataBook.select(Period.key, DataBook.revision, DataBook.rolled, DataBook.taken)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(DataBook.id)
    )


def forms(year_id: SQL) -> Query:
    return (
        SentForm.select(Period.key, SentForm.owner, SentForm.number, SentForm.rows)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(SentForm.id)
    )


def data_rows(year_id: SQL) -> Query:
    return (
        FilledRow.select(Period.key, *_FILLED)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(FilledRow.id)
    )


def data_closings(year_id: SQL) -> Query:
    return (
        ClosedFigures.select(Period.key, ClosedFigures.number, ClosedFigures.kept)
        .join(Period)
        .where(Period.reporting_year == year_id)
        .order_by(ClosedFigures.id)
    )


def add_data_period(period_id: SQL, revision: SQL, rolled: SQL, taken: SQL) -> Query:
    return DataBook.insert(period=period_id, revision=revision, rolled=rolled, taken=taken)


def change_data_period(revision: SQL, rolled: SQL, taken: SQL, period_id: SQL) -> Query:
    return DataBook.update(revision=revision, rolled=rolled, taken=taken).where(DataBook.period == period_id)


def add_form(period_id: SQL, owner: SQL, number: SQL, rows: SQL) -> Query:
    return SentForm.insert(period=period_id, owner=owner, number=number, rows=rows)


def forget_form(period_id: SQL, owner: SQL, number: SQL) -> Query:
    return SentForm.delete().where(SentForm.period == period_id, SentForm.owner == owner, SentForm.number == number)


def add_data_row(
    period_id: SQL,
    owner: SQL,
    case_number: SQL,
    attempt: SQL,
    indicator: SQL,
    isian: SQL,
    changes: SQL,
    word: SQL,
    mark: SQL,
    accepted: SQL,
) -> Query:
    return FilledRow.insert(
        period=period_id,
        owner=owner,
        case_number=case_number,
        attempt=attempt,
        indicator=indicator,
        isian=isian,
        changes=changes,
        word=word,
        mark=mark,
        accepted=accepted,
    )


def change_data_row(
    isian: SQL,
    changes: SQL,
    word: SQL,
    mark: SQL,
    accepted: SQL,
    period_id: SQL,
    owner: SQL,
    case_number: SQL,
    attempt: SQL,
    indicator: SQL,
) -> Query:
    return FilledRow.update(isian=isian, changes=changes, word=word, mark=mark, accepted=accepted).where(
        FilledRow.period == period_id,
        FilledRow.owner == owner,
        FilledRow.case_number == case_number,
        FilledRow.attempt == attempt,
        FilledRow.indicator == indicator,
    )


def forget_data_row(period_id: SQL, owner: SQL, case_number: SQL, attempt: SQL, indicator: SQL) -> Query:
    return FilledRow.delete().where(
        FilledRow.period == period_id,
        FilledRow.owner == owner,
        FilledRow.case_number == case_number,
        FilledRow.attempt == attempt,
        FilledRow.indicator == indicator,
    )


def add_data_closing(period_id: SQL, number: SQL, kept: SQL) -> Query:
    return ClosedFigures.insert(period=period_id, number=number, kept=kept)

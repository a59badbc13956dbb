"""Indicators and targets of an office, read as wholes."""

from __future__ import annotations

from peewee import SQL, Query

from db.models import IndicatorLine, Period, ReportingYear, TargetBook, TargetLine


def indicators_of_office(office_id: SQL) -> Query:
    """Every version of every indicator, as they came: code, number, beginning, periods closed by then, definition."""
    return (
        IndicatorLine.select(
            IndicatorLine.indicator,
            IndicatorLine.number,
            IndicatorLine.since,
            IndicatorLine.closed,
            IndicatorLine.definition,
        )
        .where(IndicatorLine.office == office_id)
        .order_by(IndicatorLine.id)
    )


def target_sets_of_office(office_id: SQL) -> Query:
    """Id, year, number, document and beginning of every set, by year and number."""
    return (
        TargetBook.select(TargetBook.id, TargetBook.year, TargetBook.number, TargetBook.document, TargetBook.since)
        .where(TargetBook.office == office_id)
        .order_by(TargetBook.year, TargetBook.number)
    )


def targets_of_set(target_set: SQL) -> Query:
    """Indicator, period and value, by both."""
    return (
        TargetLine.select(TargetLine.indicator, TargetLine.period, TargetLine.value)
        .where(TargetLine.target_set == target_set)
        .order_by(TargetLine.indicator, TargetLine.period)
    )


def closed_periods(office_id: SQL) -> Query:
    """Keys of the periods that are closed in any of the office's SOPs."""
    return (
        Period.select(Period.key)
        .join(ReportingYear)
        .where(ReportingYear.office == office_id, Period.phase == "tutup")
        .distinct()
    )

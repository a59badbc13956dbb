"""Rows in which a value points to what is not there, as no foreign key says."""

from __future__ import annotations

from typing import Any

from peewee import SQL, Node, Query, Select, fn

from db.models import CalendarRevision, Case, ClosedPeriod, Confirmation, Period, ReportingYear, SopVersion

_Earlier = CalendarRevision.alias()
_STEP = SQL("step.value")


def _steps(definition: Any) -> Any:
    return fn.json_each(definition, "$.steps").alias("step")


def _without(rows: Query) -> Node:
    return fn.NOT(fn.EXISTS(rows))


def calendars_out_of_order() -> Query:
    """Revisions of an office that are not numbered from 1 on as they came."""
    before = _Earlier.select(fn.COUNT(_Earlier.id)).where(
        _Earlier.office == CalendarRevision.office, _Earlier.id <= CalendarRevision.id
    )
    return CalendarRevision.select(CalendarRevision.id).where(CalendarRevision.revision != before)


def confirmations_without_step() -> Query:
    """Confirmations of a step that the version does not have."""
    step = Select((_steps(SopVersion.definition),), (SQL("1"),)).where(
        fn.json_extract(_STEP, "$.number") == Confirmation.step
    )
    return Confirmation.select(Confirmation.id).join(SopVersion).where(_without(step))


def years_without_cadence() -> Query:
    """Where neither the office nor the SOP names one."""
    silent = Select((_steps(SopVersion.definition),), (SQL("1"),)).where(fn.json_extract(_STEP, "$.cadence").is_null())
    return (
        ReportingYear.select(ReportingYear.id)
        .join(
            SopVersion,
            on=((SopVersion.office == ReportingYear.office) & (SopVersion.sop_code == ReportingYear.sop_code)),
        )
        .where(ReportingYear.cadence.is_null(), fn.EXISTS(silent))
    )


def cases_without_version() -> Query:
    """Cases on a version of an SOP that the office does not have."""
    version = SopVersion.select(SQL("1")).where(
        SopVersion.office == ReportingYear.office,
        SopVersion.sop_code == ReportingYear.sop_code,
        SopVersion.version == Case.sop_version,
    )
    return Case.select(Case.id).join(Period).join(ReportingYear).where(_without(version))


def closings_without_calendar() -> Query:
    """Closings by a revision of the calendar that the office does not have."""
    calendar = CalendarRevision.select(SQL("1")).where(
        CalendarRevision.office == ReportingYear.office, CalendarRevision.revision == ClosedPeriod.calendar_revision
    )
    return ClosedPeriod.select(ClosedPeriod.id).join(Period).join(ReportingYear).where(_without(calendar))

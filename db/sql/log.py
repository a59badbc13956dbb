"""Events: one by one, a year's, a period's, a stretch of the log, what was told of a subject."""

from __future__ import annotations

from typing import Any

from peewee import JOIN, SQL, Expression, Field, Query, Select, fn

from db.models import Closing, Event, Period, ReportingYear
from sop.model.events import Act

WHO_AND_WHEN: tuple[Field, ...] = (
    *(Event.sequence, Event.act, Event.at, Event.recorded, Event.by_person, Event.for_lane, Event.period),
    *(Event.case_number, Event.step, Event.bidang, Event.attempt, Event.late_entry, Event.doubted),
)
"""In the order in which `recall.event_from` reads them."""
_EVENT = (*WHO_AND_WHEN, Event.touches, Event.data)
_LINE = (*_EVENT, Event.office, ReportingYear.sop_code, Event.host, Event.token, Event.hash)
_ON_SOPS = [Act.SIAPKAN.value, Act.SOP_IMPOR.value, Act.SOP_TETAPKAN.value]


def _each(listed: SQL) -> Select:
    """The values of a JSON list."""
    return Select((fn.json_each(listed),), (SQL("value"),))


def _any(column: Field, listed: SQL) -> Expression:
    """One of a JSON list; anything where none is given."""
    return listed.is_null() | column.in_(_each(listed))


def _if_given(value: SQL, condition: Expression) -> Expression:
    return value.is_null() | condition


def head() -> Query:
    return Event.select(Event.sequence, Event.hash).order_by(Event.sequence.desc()).limit(1)


def last_recorded() -> Query:
    return Event.select(Event.recorded).order_by(Event.sequence.desc()).limit(1)


def hash_of_event(sequence: SQL) -> Query:
    return Event.select(Event.hash).where(Event.sequence == sequence)


def recorded_of_event(sequence: SQL) -> Query:
    return Event.select(Event.recorded).where(Event.sequence == sequence)


def event(sequence: SQL, year_id: SQL) -> Query:
    return Event.select(*_EVENT).where(Event.sequence == sequence, Event.reporting_year == year_id)


def events_of_acts(acts: SQL) -> Query:
    """The office and the event, of a JSON list of acts, in the order of the log."""
    return Event.select(Event.office, *_EVENT).where(Event.act.in_(_each(acts))).order_by(Event.sequence)


def event_of_token(token: SQL) -> Query:
    return Event.select(*_EVENT, Event.hash, Event.command_hash).where(Event.token == token)


def history(year_id: SQL) -> Query:
    return Event.select(*_EVENT).where(Event.reporting_year == year_id).order_by(Event.sequence)


def history_of_period(year_id: SQL, period: SQL) -> Query:
    return Event.select(*_EVENT).where(Event.reporting_year == year_id, Event.period == period).order_by(Event.sequence)


def who_and_when_of_period(year_id: SQL, period: SQL) -> Query:
    """What a sheet tells of an event; what it touches is left out."""
    return (
        Event.select(*WHO_AND_WHEN)
        .where(Event.reporting_year == year_id, Event.period == period)
        .order_by(Event.sequence)
    )


def lines_of_periods(year_id: SQL, periods: SQL) -> Query:
    """Periods as a JSON list."""
    return (
        Event.select(*WHO_AND_WHEN, Event.data, Event.host, Event.token, Event.hash)
        .where(Event.reporting_year == year_id, Event.period.in_(_each(periods)))
        .order_by(Event.sequence)
    )


def line_count_of_periods(year_id: SQL, periods: SQL) -> Query:
    """Periods as a JSON list."""
    return Event.select(SQL("count(*)")).where(Event.reporting_year == year_id, Event.period.in_(_each(periods)))


def touching(year_id: SQL, like: SQL) -> Query:
    """LIKE narrows down what an exact comparison then settles."""
    return (
        Event.select(
            *(Event.sequence, Event.act, Event.by_person, Event.for_lane, Event.at, Event.recorded, Event.touches)
        )
        .where(Event.reporting_year == year_id, Event.touches**like)
        .order_by(Event.sequence.desc())
    )


# ---------------------------------------------------------------------- a stretch of the log


def _wanted(step: SQL, bidang: SQL, acts: SQL, by: SQL, since: SQL, until: SQL) -> Expression:
    """Each of them where it is given; bidang and acts as JSON lists."""
    return (
        _if_given(step, Event.step == step)
        & _any(Event.bidang, bidang)
        & _any(Event.act, acts)
        & _if_given(by, Event.by_person == by)
        & _if_given(since, Event.recorded >= since)
        & _if_given(until, Event.recorded < until)
    )


def _lines(first: SQL, last: SQL, wanted: Expression, order: Any, limit: SQL) -> Query:
    return (
        Event.select(*_LINE)
        .join(ReportingYear, JOIN.LEFT_OUTER)
        .where(Event.sequence.between(first, last), wanted)
        .order_by(order)
        .limit(limit)
    )


def _of_office(office: SQL, sop: SQL, period: SQL) -> Expression:
    """The office's own and those of the years of one of its SOPs; all of the file where no office is given."""
    # Not by the year's index, which would have the whole log sorted for its newest lines.
    is_of_sop = Event.reporting_year.is_null() | (ReportingYear.sop_code == sop)
    return _if_given(office, (Event.office == office) & is_of_sop) & _if_given(period, Event.period == period)


def newest_lines(
    first: SQL,
    last: SQL,
    office: SQL,
    sop: SQL,
    period: SQL,
    step: SQL,
    bidang: SQL,
    acts: SQL,
    by: SQL,
    since: SQL,
    until: SQL,
    limit: SQL,
) -> Query:
    wanted = _of_office(office, sop, period) & _wanted(step, bidang, acts, by, since, until)
    return _lines(first, last, wanted, Event.sequence.desc(), limit)


def oldest_lines(
    first: SQL,
    last: SQL,
    office: SQL,
    sop: SQL,
    period: SQL,
    step: SQL,
    bidang: SQL,
    acts: SQL,
    by: SQL,
    since: SQL,
    until: SQL,
    limit: SQL,
) -> Query:
    wanted = _of_office(office, sop, period) & _wanted(step, bidang, acts, by, since, until)
    return _lines(first, last, wanted, Event.sequence.asc(), limit)


def newest_lines_of_period(
    first: SQL,
    last: SQL,
    year_id: SQL,
    period: SQL,
    step: SQL,
    bidang: SQL,
    acts: SQL,
    by: SQL,
    since: SQL,
    until: SQL,
    limit: SQL,
) -> Query:
    """By the index of years and periods."""
    wanted = (Event.reporting_year == year_id) & (Event.period == period)
    return _lines(first, last, wanted & _wanted(step, bidang, acts, by, since, until), Event.sequence.desc(), limit)


def oldest_lines_of_period(
    first: SQL,
    last: SQL,
    year_id: SQL,
    period: SQL,
    step: SQL,
    bidang: SQL,
    acts: SQL,
    by: SQL,
    since: SQL,
    until: SQL,
    limit: SQL,
) -> Query:
    """By the index of years and periods."""
    wanted = (Event.reporting_year == year_id) & (Event.period == period)
    return _lines(first, last, wanted & _wanted(step, bidang, acts, by, since, until), Event.sequence.asc(), limit)


# ---------------------------------------------------------------------- what was told of a subject


def told_of_sop(office: SQL, sequence: SQL, code: SQL) -> Query:
    """What was set up, imported and changed of an SOP up to an event."""
    return (
        Event.select(Event.act, Event.step, Event.by_person, Event.at, Event.data)
        .where(
            Event.office == office,
            Event.sequence <= sequence,
            Event.act.in_(_ON_SOPS),
            fn.json_extract(Event.data, "$.sop.code") == code,
        )
        .order_by(Event.sequence)
    )


def told_of_sops(office: SQL) -> Query:
    return (
        Event.select(Event.by_person, Event.data)
        .where(Event.office == office, Event.act.in_(_ON_SOPS))
        .order_by(Event.sequence)
    )


def told_of_calendars(office: SQL) -> Query:
    return (
        Event.select(Event.sequence, Event.act, Event.by_person, Event.data)
        .where(Event.office == office, Event.act.in_([Act.KALENDER.value, Act.SIAPKAN.value]))
        .order_by(Event.sequence.desc())
    )


def told_of_pin(touches: SQL) -> Query:
    """The newest event of PINs that touched just this, as JSON."""
    return (
        Event.select(Event.data)
        .where(Event.act == Act.PIN.value, Event.touches == touches)
        .order_by(Event.sequence.desc())
        .limit(1)
    )


def closings(year_id: SQL) -> Query:
    """What closings froze, with what their events keep of the SOP."""
    return (
        Closing.select(
            *(Period.key, Closing.revision, Closing.event, Closing.at, Closing.figures, Closing.calendar_revision),
            *(Closing.head_hash, fn.json_extract(Event.data, "$.sop")),
        )
        .join(Period)
        .join_from(Closing, Event)
        .where(Period.reporting_year == year_id)
        .order_by(Period.key, Closing.revision)
    )


# ---------------------------------------------------------------------- what touched an office


def _touches(office: SQL, touching: Expression) -> Query:
    """Newest first; with no office, of what was done to none."""
    return (
        Event.select(Event.sequence, Event.act, Event.by_person, Event.for_lane, Event.at, Event.recorded)
        .where(Event.office >> office, touching)
        .order_by(Event.sequence.desc())
    )


def touches_of_entity(office: SQL, touches: SQL) -> Query:
    """Those that touched just this, as JSON."""
    return _touches(office, Event.touches == touches)


def touches_of_acts(office: SQL, acts: SQL) -> Query:
    """A JSON list of acts."""
    return _touches(office, Event.act.in_(_each(acts)))


def touches_of_sop(office: SQL, code: SQL) -> Query:
    return _touches(office, Event.act.in_(_ON_SOPS) & (fn.json_extract(Event.data, "$.sop.code") == code))


def latest_of_act(office: SQL, act: SQL) -> Query:
    """The latest effective moment of an act on an office."""
    return Event.select(fn.MAX(Event.at)).where(Event.office >> office, Event.act == act)


def cards_of_question(command_hash: SQL) -> Query:
    """The cards that the events of one question were about."""
    return (
        Event.select(Event.sequence, ReportingYear.sop_code, Event.period, Event.step, Event.bidang)
        .join(ReportingYear)
        .where(Event.command_hash == command_hash)
        .order_by(Event.sequence)
    )

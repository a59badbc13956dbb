"""Events: one by one, a year's, a period's, a stretch of the log, what was told of a subject."""

from __future__ import annotations

from peewee import JOIN, SQL, Expression, Field, Query, Select, fn

from db.models import ClosedPeriod, LogLine, Period, ReportingYear
from db.sql.columns import given
from sop.model.act import Act

WHO_AND_WHEN: tuple[Field, ...] = (
    *(LogLine.sequence, LogLine.act, LogLine.at, LogLine.recorded, LogLine.by_person, LogLine.for_lane, LogLine.period),
    *(LogLine.case_number, LogLine.step, LogLine.bidang, LogLine.attempt, LogLine.late_entry, LogLine.doubted),
)
"""In the order in which `recall.event_from` reads them."""
_EVENT = (*WHO_AND_WHEN, LogLine.touches, LogLine.data)
_LINE = (*_EVENT, LogLine.office, ReportingYear.sop_code, LogLine.host, LogLine.hash)
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
    """Sequence number and hash of the newest event."""
    return LogLine.select(LogLine.sequence, LogLine.hash).order_by(LogLine.sequence.desc()).limit(1)


def last_recorded() -> Query:
    """When the newest event was recorded."""
    return LogLine.select(LogLine.recorded).order_by(LogLine.sequence.desc()).limit(1)


def hash_of_event(sequence: SQL) -> Query:
    """Hash of the event of that number."""
    return LogLine.select(LogLine.hash).where(LogLine.sequence == sequence)


def recorded_of_event(sequence: SQL) -> Query:
    """When the event of that number was recorded."""
    return LogLine.select(LogLine.recorded).where(LogLine.sequence == sequence)


def event(sequence: SQL, year_id: SQL) -> Query:
    """One event of a year, as `recall.event_of` reads it."""
    return LogLine.select(*_EVENT).where(LogLine.sequence == sequence, LogLine.reporting_year == year_id)


def events_of_acts(acts: SQL) -> Query:
    """The office and the event, of a JSON list of acts, in the order of the log."""
    return LogLine.select(LogLine.office, *_EVENT).where(LogLine.act.in_(_each(acts))).order_by(LogLine.sequence)


def event_of_token(token: SQL) -> Query:
    """The event that a command of that token became, its hash, and the hash of that command."""
    return LogLine.select(*_EVENT, LogLine.hash, LogLine.command_hash).where(LogLine.token == token)


def history(year_id: SQL) -> Query:
    """Every event of a year, in the order of the log."""
    return LogLine.select(*_EVENT).where(LogLine.reporting_year == year_id).order_by(LogLine.sequence)


def history_of_period(year_id: SQL, period: SQL) -> Query:
    """Those of one period of a year, in the order of the log."""
    return (
        LogLine.select(*_EVENT)
        .where(LogLine.reporting_year == year_id, LogLine.period == period)
        .order_by(LogLine.sequence)
    )


def who_and_when_of_period(year_id: SQL, period: SQL) -> Query:
    """What a sheet tells of an event; what it touches is left out."""
    return (
        LogLine.select(*WHO_AND_WHEN)
        .where(LogLine.reporting_year == year_id, LogLine.period == period)
        .order_by(LogLine.sequence)
    )


def lines_of_periods(year_id: SQL, periods: SQL) -> Query:
    """Periods as a JSON list."""
    return (
        LogLine.select(*WHO_AND_WHEN, LogLine.data, LogLine.host, LogLine.hash)
        .where(LogLine.reporting_year == year_id, LogLine.period.in_(_each(periods)))
        .order_by(LogLine.sequence)
    )


def line_count_of_periods(year_id: SQL, periods: SQL) -> Query:
    """Periods as a JSON list."""
    return LogLine.select(SQL("count(*)")).where(LogLine.reporting_year == year_id, LogLine.period.in_(_each(periods)))


def touching(year_id: SQL, like: SQL) -> Query:
    """LIKE narrows down what an exact comparison then settles."""
    return (
        LogLine.select(
            *(
                LogLine.sequence,
                LogLine.act,
                LogLine.by_person,
                LogLine.at,
                LogLine.recorded,
                LogLine.touches,
            )
        )
        .where(LogLine.reporting_year == year_id, LogLine.touches**like)
        .order_by(LogLine.sequence.desc())
    )


# ---------------------------------------------------------------------- a stretch of the log


_NARROWING = ("step", "bidang", "acts", "by", "since", "until", "limit")
"""What narrows a stretch down, each where it is given; bidang and acts as JSON lists."""


def _lines(
    first: SQL,
    last: SQL,
    within: Expression,
    step: SQL,
    bidang: SQL,
    acts: SQL,
    by: SQL,
    since: SQL,
    until: SQL,
    limit: SQL,
) -> Select:
    wanted = (
        _if_given(step, LogLine.step == step)
        & _any(LogLine.bidang, bidang)
        & _any(LogLine.act, acts)
        & _if_given(by, LogLine.by_person == by)
        & _if_given(since, LogLine.recorded >= since)
        & _if_given(until, LogLine.recorded < until)
    )
    return (
        LogLine.select(*_LINE)
        .join(ReportingYear, JOIN.LEFT_OUTER)
        .where(LogLine.sequence.between(first, last), within & wanted)
        .limit(limit)
    )


def _of_office(office: SQL, sop: SQL, period: SQL) -> Expression:
    """The office's own, those of the years of one of its SOPs, and those of the whole file, which are of no office; all
    where no office is given."""
    # Not by the year's index, which would have the whole log sorted for its newest lines.
    is_of_sop = LogLine.reporting_year.is_null() | (ReportingYear.sop_code == sop)
    is_of_office = LogLine.office.is_null() | ((LogLine.office == office) & is_of_sop)
    return _if_given(office, is_of_office) & _if_given(period, LogLine.period == period)


def _of_period(year_id: SQL, period: SQL) -> Expression:
    return (LogLine.reporting_year == year_id) & (LogLine.period == period)


@given("first", "last", "office", "sop", "period", *_NARROWING)
def newest_lines(first: SQL, last: SQL, office: SQL, sop: SQL, period: SQL, *narrowing: SQL) -> Query:
    """Of the whole log between two numbers, the newest first; what is NULL narrows nothing down."""
    return _lines(first, last, _of_office(office, sop, period), *narrowing).order_by(LogLine.sequence.desc())


@given("first", "last", "office", "sop", "period", *_NARROWING)
def oldest_lines(first: SQL, last: SQL, office: SQL, sop: SQL, period: SQL, *narrowing: SQL) -> Query:
    """As `newest_lines`, the oldest first."""
    return _lines(first, last, _of_office(office, sop, period), *narrowing).order_by(LogLine.sequence.asc())


@given("first", "last", "year_id", "period", *_NARROWING)
def newest_lines_of_period(first: SQL, last: SQL, year_id: SQL, period: SQL, *narrowing: SQL) -> Query:
    """By the index of years and periods."""
    return _lines(first, last, _of_period(year_id, period), *narrowing).order_by(LogLine.sequence.desc())


@given("first", "last", "year_id", "period", *_NARROWING)
def oldest_lines_of_period(first: SQL, last: SQL, year_id: SQL, period: SQL, *narrowing: SQL) -> Query:
    """By the index of years and periods."""
    return _lines(first, last, _of_period(year_id, period), *narrowing).order_by(LogLine.sequence.asc())


# ---------------------------------------------------------------------- what was told of a subject


def told_of_sop(office: SQL, sequence: SQL, code: SQL) -> Query:
    """What was set up, imported and changed of an SOP up to an event."""
    return (
        LogLine.select(LogLine.act, LogLine.step, LogLine.by_person, LogLine.at, LogLine.data)
        .where(
            LogLine.office == office,
            LogLine.sequence <= sequence,
            LogLine.act.in_(_ON_SOPS),
            fn.json_extract(LogLine.data, "$.sop.code") == code,
        )
        .order_by(LogLine.sequence)
    )


def told_of_sops(office: SQL) -> Query:
    """Who set up, imported or changed any SOP of the office, and what the events carry."""
    return (
        LogLine.select(LogLine.by_person, LogLine.data)
        .where(LogLine.office == office, LogLine.act.in_(_ON_SOPS))
        .order_by(LogLine.sequence)
    )


def told_of_calendars(office: SQL) -> Query:
    """What changed the office's calendar, the latest first."""
    return (
        LogLine.select(LogLine.act, LogLine.by_person, LogLine.data)
        .where(LogLine.office == office, LogLine.act.in_([Act.KALENDER.value, Act.SIAPKAN.value]))
        .order_by(LogLine.sequence.desc())
    )


def told_of_the_page(office: SQL, sequence: SQL) -> Query:
    """What changed after an event of what stands on pages that are signed, in the order of the log."""
    return (
        LogLine.select(LogLine.sequence, LogLine.data)
        .where(
            LogLine.office == office,
            LogLine.sequence > sequence,
            LogLine.act.in_([Act.PENGATURAN.value, Act.PEJABAT.value]),
        )
        .order_by(LogLine.sequence)
    )


def told_of_pin(touches: SQL) -> Query:
    """The newest event of PINs that touched just this, as JSON."""
    return (
        LogLine.select(LogLine.data)
        .where(LogLine.act == Act.PIN.value, LogLine.touches == touches)
        .order_by(LogLine.sequence.desc())
        .limit(1)
    )


def closings(year_id: SQL) -> Query:
    """What closings froze, with what their events keep of the SOP."""
    return (
        ClosedPeriod.select(
            *(
                Period.key,
                ClosedPeriod.revision,
                ClosedPeriod.event,
                ClosedPeriod.at,
                ClosedPeriod.figures,
                ClosedPeriod.calendar_revision,
            ),
            *(ClosedPeriod.head_hash, fn.json_extract(LogLine.data, "$.sop")),
        )
        .join(Period)
        .join_from(ClosedPeriod, LogLine)
        .where(Period.reporting_year == year_id)
        .order_by(Period.key, ClosedPeriod.revision)
    )


# ---------------------------------------------------------------------- what touched an office


def _touches(office: SQL, touching: Expression) -> Query:
    """Newest first; with no office, of what was done to none."""
    return (
        LogLine.select(LogLine.sequence, LogLine.act, LogLine.by_person, LogLine.at, LogLine.recorded)
        .where(LogLine.office >> office, touching)
        .order_by(LogLine.sequence.desc())
    )


def touches_of_entity(office: SQL, touches: SQL) -> Query:
    """Those that touched just this, as JSON."""
    return _touches(office, LogLine.touches == touches)


def touches_of_acts(office: SQL, acts: SQL) -> Query:
    """A JSON list of acts."""
    return _touches(office, LogLine.act.in_(_each(acts)))


def touches_of_sop(office: SQL, code: SQL) -> Query:
    """Those that set up, imported or changed one SOP of the office."""
    return _touches(office, LogLine.act.in_(_ON_SOPS) & (fn.json_extract(LogLine.data, "$.sop.code") == code))


def latest_of_act(office: SQL, act: SQL) -> Query:
    """The latest effective moment of an act on an office."""
    return LogLine.select(fn.MAX(LogLine.at)).where(LogLine.office >> office, LogLine.act == act)


def cards_of_question(command_hash: SQL) -> Query:
    """The cards that the events of one question were about."""
    return (
        LogLine.select(LogLine.sequence, ReportingYear.sop_code, LogLine.period, LogLine.step, LogLine.bidang)
        .join(ReportingYear)
        .where(LogLine.command_hash == command_hash)
        .order_by(LogLine.sequence)
    )

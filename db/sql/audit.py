"""What checking asks: the chain of the log, what it refers to, every row of a year, up to where it was found whole."""

from __future__ import annotations

from peewee import JOIN, SQL, Query, fn

from db.models import Anchor, CalendarRevision, Case, ClosedPeriod, LogLine, Period, Run, SopVersion
from db.sql.columns import state_of
from sop.model.act import Act

_REFERRING = [Act.SIAPKAN.value, Act.SOP_IMPOR.value, Act.SOP_TETAPKAN.value, Act.KALENDER.value, Act.TUTUP.value]


def chain(after: SQL, limit: SQL) -> Query:
    """Whole events in their order: what the hash covers, the hash before it, the hash."""
    return LogLine.select().where(LogLine.sequence > after).order_by(LogLine.sequence).limit(limit)


def referring_events() -> Query:
    """Those that name a definition or a calendar by its hash, or repeat a closing."""
    return LogLine.select(
        LogLine.sequence, LogLine.act, LogLine.at, LogLine.reporting_year, LogLine.period, LogLine.data
    ).where(LogLine.act.in_(_REFERRING))


def frozen_closings() -> Query:
    """What every closing froze, to be held against its event; the period NULL where it is gone."""
    return ClosedPeriod.select(
        *(
            Period.reporting_year,
            Period.key,
            ClosedPeriod.revision,
            ClosedPeriod.event,
            ClosedPeriod.at,
            ClosedPeriod.figures,
        ),
        *(ClosedPeriod.calendar_revision, ClosedPeriod.head_hash),
    ).join(Period, JOIN.LEFT_OUTER)


def definitions_and_hashes() -> Query:
    """Every version of every SOP, to be held against its hash."""
    return SopVersion.select(SopVersion.definition, SopVersion.content_hash)


def calendars_and_hashes() -> Query:
    """Every revision of every calendar, to be held against its hash."""
    return CalendarRevision.select(CalendarRevision.spec, CalendarRevision.content_hash)


def events_of_mark(beginning: SQL) -> Query:
    """Those whose hash begins so."""
    return LogLine.select(LogLine.sequence).where(fn.SUBSTR(LogLine.hash, 1, fn.LENGTH(beginning)) == beginning)


def anchored_event(sequence: SQL) -> Query:
    """What is told of the event that an anchor names."""
    return LogLine.select(
        LogLine.sequence, LogLine.hash, LogLine.recorded, LogLine.act, LogLine.by_person, LogLine.office
    ).where(LogLine.sequence == sequence)


def last_anchor() -> Query:
    """Up to which event the log was found whole, its hash then, and when that was."""
    return (
        Anchor.select(Anchor.sequence, Anchor.hash, Anchor.verified)
        .order_by(Anchor.sequence.desc(), Anchor.id.desc())
        .limit(1)
    )


def forget_anchors_from(sequence: SQL) -> Query:
    """Anchors on events that are in the log no longer."""
    return Anchor.delete().where(Anchor.sequence >= sequence)


def add_anchor(sequence: SQL, hash: SQL, verified: SQL) -> Query:
    """That the log was found whole up to an event."""
    return Anchor.insert(sequence=sequence, hash=hash, verified=verified)


def every_period(year_id: SQL) -> Query:
    """The rows of a year's periods, as replaying gives them."""
    return Period.select(*state_of(Period)).where(Period.reporting_year == year_id)


def every_case(year_id: SQL) -> Query:
    """Of a year, each beside the key of its period."""
    return Case.select(Period.key, *state_of(Case)).join(Period).where(Period.reporting_year == year_id)


def every_run(year_id: SQL) -> Query:
    """Of a year, each beside the key of its period and the number of its case."""
    return (
        Run.select(Period.key, Case.number, *state_of(Run))
        .join(Case)
        .join(Period)
        .where(Period.reporting_year == year_id)
    )

"""How an open run stands against its standard: due, late, most of its time used, not begun, how long it has queued.

The one place that answers this. Cards, the dashboard, forecasts, sheets and `sakip status` hand over what they know of
a run and word the answer. Nothing here loads the flow of cases: `sakip status` reads plain rows.
"""

from __future__ import annotations

import datetime as dt
from enum import IntEnum

from sop.model.definition import Waktu
from sop.model.errors import CalendarGap
from sop.model.settings import Settings
from sop.time.deadline import (
    UNIT_RULE,
    Clocks,
    DueState,
    Interval,
    clock_start,
    due_at,
    due_state,
    is_not_started,
    late_seconds,
    queue_seconds,
    used_and_standard,
)
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, replace


class Urgency(IntEnum):
    """How much an open run presses; a run has the first that holds."""

    LATE = 0
    RISK = 1
    NOT_STARTED = 2
    """Waited for too long and not started by anybody; not late, as its clock starts with the work."""
    TODAY = 3
    """Due before the day is over."""
    WEEK = 4
    """Due before the week is over, Sunday included."""


class Timed(Frozen):
    """What the time of a run is measured by."""

    waktu: Waktu | None
    """The standard; None where the document has none."""
    ready: int
    started: int | None
    stopped: tuple[Interval, ...] = ()
    """Pauses of the run and holds of its case."""
    clocks: Clocks = UNIT_RULE
    """How the office counts the standard."""

    @property
    def clock_from(self) -> int | None:
        """When the clock of the standard started; None before, and without a standard."""
        if self.waktu is None:
            return None
        return clock_start(self.waktu, self.ready, self.started, self.clocks.begins)


class Stand(Frozen):
    """How a run stands against its standard at one moment. None where there is nothing to measure."""

    due_at: int | None = None
    state: DueState | None = None
    late_seconds: int | None = None
    used_seconds: int | None = None
    standard_seconds: int | None = None
    queue_seconds: int | None = None
    """How long it has queued, or did before it was started; None for one that nothing has opened, for one that ended
    without having been started, and beyond the calendar's horizon.
    """
    not_started: bool = False
    """Waited for too long, and not late: its clock starts with the work."""

    @property
    def late(self) -> bool:
        return self.state is DueState.LATE

    @property
    def at_risk(self) -> bool:
        return self.state is DueState.SOON

    @property
    def used_share(self) -> float | None:
        """Used working time over the standard's; above 1 when late."""
        if self.used_seconds is None or not self.standard_seconds:
            return None
        return self.used_seconds / self.standard_seconds


def stand(run: Timed, now: int, calendar: WorkCalendar, settings: Settings) -> Stand:
    """Where an open run stands at `now`, without the times that only a reader of this one run asks for: how much of the
    standard is used, how long it queued.

    Raises:
        CalendarGap: `now` lies beyond the calendar.
    """
    begun = run.clock_from
    if begun is None:
        days = settings.start_days
        return Stand(not_started=is_not_started(run.waktu, None, run.ready, run.stopped, calendar, now=now, days=days))
    due = due_of(run, now, calendar)
    state = due_state(begun, due, now, run.stopped, calendar, settings.at_risk_percent)
    return Stand(due, state, late_seconds(due, now, run.stopped, calendar))


def measured(run: Timed, now: int, calendar: WorkCalendar, settings: Settings) -> Stand:
    """As `stand`, with every time of it."""
    found = stand(run, now, calendar, settings)
    used, standard = used_of(run, found.due_at, now, calendar)
    return replace(found, used_seconds=used, standard_seconds=standard, queue_seconds=queued(run, now, calendar))


def due_of(run: Timed, now: int, calendar: WorkCalendar) -> int | None:
    """The due moment of an open run; None without a standard, before its clock starts and beyond the calendar."""
    first = run.clocks.count_first_day
    return due_at(run.waktu, run.clock_from, run.stopped, calendar, now=now, count_first_day=first)


def used_of(run: Timed, due: int | None, until: int, calendar: WorkCalendar) -> tuple[int | None, int | None]:
    """(used, standard) in working seconds up to `until`; (None, None) without a due moment."""
    begun = run.clock_from
    if begun is None or due is None:
        return None, None
    return used_and_standard(begun, due, until, run.stopped, calendar)


def queued(run: Timed, now: int, calendar: WorkCalendar) -> int | None:
    """Working seconds that a run has queued, or did before it was started; None beyond the calendar's horizon."""
    try:
        return queue_seconds(run.ready, run.started, run.stopped, calendar, now=now)
    except CalendarGap:
        return None


def urgency_of(found: Stand, now: int, calendar: WorkCalendar) -> Urgency | None:
    """How much an open run presses at `now`; None for one that can wait."""
    if found.late:
        return Urgency.LATE
    if found.at_risk:
        return Urgency.RISK
    if found.due_at is None:
        return Urgency.NOT_STARTED if found.not_started else None
    today, day = calendar.date_of(now), calendar.date_of(found.due_at)
    if day <= today:
        return Urgency.TODAY
    return Urgency.WEEK if day <= today + dt.timedelta(days=6 - today.weekday()) else None

"""What a standard time makes of a calendar: due moment, lateness, share used, and the verdict of an ended run.

Every instant is UTC epoch seconds and every duration working seconds. `now` is always an argument. Nothing here knows
what a run is; `sop/acts/flow.py` turns events into the moments and intervals asked for.

An interval is (start, end), half-open; an end of None is still open and runs to `now`. Pauses may overlap (a paused run
in a held case): each second counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import Any

from sop.model.definition import DayKind, Unit, Waktu
from sop.model.errors import CalendarGap
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen

Interval = tuple[int, int | None]
Closed = tuple[tuple[int, int], ...]
"""Intervals in order, apart from each other, none empty."""

AT_RISK_PERCENT = 80
"""Share of the standard after which a run is at risk; the office may set its own."""
START_DAYS = 1
"""Working days after its ready in which a step should be started; the office may set its own."""


class ClockStart(StrEnum):
    """Which moment of a run starts the clock of its standard."""

    READY = "siap"
    STARTED = "mulai"


class PauseRule(IntEnum):
    """Which rule says what a pause does that begins when the standard is used up. Numbers are stored for good."""

    LATENESS = 1
    """Until the end of 2026: it moved nothing, and its working time was lateness like any other."""
    NEVER_LATE = 2
    """One that begins before working time has passed since the due moment moves it; none is ever lateness."""


class Clocks(Frozen):
    """How an office counts the standard of one step; with the calendar it makes the due moment."""

    begins: ClockStart | None = None
    """None is the rule of the unit: hari from ready, menit and jam from started."""
    count_first_day: bool = False
    """Whether hari kerja counts the day the clock starts."""
    pauses: PauseRule = PauseRule.NEVER_LATE


UNIT_RULE = Clocks()
"""As the rules have it where an office has set nothing."""


class DueState(StrEnum):
    """How a run with a due moment stands."""

    ON_TIME = "on_time"
    SOON = "soon"
    """At risk: most of the standard is used."""
    LATE = "late"
    """Working time outside every pause has passed since the due moment."""


class Verdict(Frozen):
    """Figures of an ended run, frozen with the calendar revision and the clocks that they were judged by.

    None means not known, never 0.
    """

    due_at: int | None
    """None without a standard, without a clock start, or beyond the horizon."""
    late_seconds: int | None
    """None is *tidak dinilai*; 0 is on time."""
    judged: bool
    queue_seconds: int | None
    """Ready to started less pauses; None without a start."""
    work_seconds: int | None
    """Time in dikerjakan; None without a start."""
    decision_seconds: int | None
    """Time in keputusan; None for a run that never stood there."""
    cycle_seconds: int | None
    """Ready to ended less pauses."""
    after_hours: bool
    """Whether work began or stopped outside working hours."""
    calendar_revision: int
    begins: ClockStart | None = None
    """The office's setting for the clock of the step then; None is the rule of the unit."""
    count_first_day: bool | None = None
    """The office's setting for hari kerja then; None in verdicts from before the clocks were kept."""
    waktu: Waktu | None = None
    """The standard then, kept when the case goes to another version of the SOP; None: its step still says it."""
    pauses: PauseRule = PauseRule.LATENESS
    """The rule then; verdicts from before it was kept were judged by the first."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Verdict:
        """Read the fields by name, as events carry them; the clocks and the rule may be missing."""
        begins, waktu = data.get("begins"), data.get("waktu")
        read = {
            "begins": None if begins is None else ClockStart(begins),
            "waktu": None if waktu is None else _waktu(waktu),
            "pauses": PauseRule(data.get("pauses", PauseRule.LATENESS)),
        }
        return cls(**{**data, **read})

    @property
    def clocks(self) -> Clocks | None:
        """What it was judged by; None where that was not kept."""
        return None if self.count_first_day is None else Clocks(self.begins, self.count_first_day, self.pauses)

    @property
    def is_late(self) -> bool:
        """Whether the run was judged and found late."""
        return bool(self.late_seconds)


def standard_of(waktu: Waktu | None, verdict: Verdict | None) -> Waktu | None:
    """The standard that a run is held to: the one its verdict kept, else its step's `waktu`."""
    return verdict.waktu if verdict is not None and verdict.waktu is not None else waktu


def _waktu(data: Mapping[str, Any]) -> Waktu:
    kind = data.get("day_kind")
    return Waktu(**{**data, "unit": Unit(data["unit"]), "day_kind": None if kind is None else DayKind(kind)})


def merge_intervals(intervals: Iterable[Interval], now: int) -> Closed:
    """The union of the intervals, open ones ending at `now`; empty and backward ones vanish."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((start, now if end is None else end) for start, end in intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def clock_start(waktu: Waktu, ready: int, started: int | None, begins: ClockStart | None = None) -> int | None:
    """When the clock of a standard starts; None when that has not happened yet.

    Args:
        waktu: The standard. One in hari counts from ready, others from started, unless `begins` says otherwise.
        ready: When the run became ready.
        started: When work was started.
        begins: The office's setting for this step.
    """
    return ready if (begins or unit_rule(waktu)) is ClockStart.READY else started


def unit_rule(waktu: Waktu) -> ClockStart:
    """Which moment starts the clock where the office has set nothing: hari count from ready, others from started."""
    return ClockStart.READY if waktu.unit is Unit.HARI else ClockStart.STARTED


def due_at(
    waktu: Waktu | None,
    clock_start: int | None,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    *,
    now: int,
    count_first_day: bool = False,
    rule: PauseRule = PauseRule.NEVER_LATE,
) -> int | None:
    """The moment a standard is used up, its pauses included.

    menit and jam: working time from the clock start. hari kerja: close of business of the last of that many working
    days. hari kalender: likewise by calendar days, a closed day giving way to the next open one. Pauses move the moment
    on by their working length.

    Args:
        waktu: The standard; None where the document has none.
        clock_start: See the function of that name; None before the clock starts.
        pauses: Any intervals; what lies before the clock start does not count, nor does one that begins when working
            time has passed since the due moment.
        calendar: Hours and holidays of the office.
        now: Where open pauses end.
        count_first_day: Whether hari kerja counts the day the clock starts (the office's setting).
        rule: By which an ended run was judged.

    Returns:
        None without a standard, before the clock starts, or when the moment lies beyond the calendar's horizon.
    """
    if waktu is None or clock_start is None:
        return None
    try:
        due = _unpaused_due(waktu, clock_start, calendar, count_first_day)
        return _moved_on(due, clock_start, merge_intervals(pauses, now), calendar, rule)
    except CalendarGap:
        return None


def _unpaused_due(waktu: Waktu, clock_start: int, calendar: WorkCalendar, count_first_day: bool) -> int:
    if waktu.days is None:
        return calendar.add(clock_start, waktu.seconds or 0)
    if waktu.day_kind is DayKind.KALENDER:
        return calendar.add_calendar_days(clock_start, waktu.days)
    return calendar.add_working_days(clock_start, waktu.days, count_first_day)


def _moved_on(due: int, clock_start: int, pauses: Closed, calendar: WorkCalendar, rule: PauseRule) -> int:
    """The due moment after the pauses that move it, where each one met may bring the next within reach."""
    for start, end in pauses:
        if not moves(due, start, calendar, rule):
            break
        due = _after(due, clock_start, start, end, calendar)
    return due


def moves(due: int, start: int, calendar: WorkCalendar, rule: PauseRule = PauseRule.NEVER_LATE) -> bool:
    """Whether a pause that begins at `start` moves the due moment, as it has been moved so far.

    It does while no working time lies between the two: before the due moment, on its stroke, or in the night after it.
    One that begins later finds the standard overrun and moves nothing.
    """
    if rule is PauseRule.LATENESS:
        return start < due
    return start <= due or calendar.diff(due, start) <= 0


def _after(moment: int, clock_start: int, start: int, end: int, calendar: WorkCalendar) -> int:
    """`moment` moved on by the working length that a pause has since the clock start."""
    return calendar.add(moment, calendar.diff(max(start, clock_start), end)) if end > clock_start else moment


def late_seconds(
    due: int | None,
    until: int,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    rule: PauseRule = PauseRule.NEVER_LATE,
) -> int | None:
    """Working time since the due moment, less the pauses in it; 0 when on time, None without a due moment.

    Args:
        due: As `due_at` gave it for the same pauses.
        until: The run's end; for a running one, now. Open pauses end there.
        pauses: Of the run and of its case.
        calendar: As in `due_at`.
        rule: As in `due_at`.
    """
    if due is None:
        return None
    after = () if rule is PauseRule.LATENESS else merge_intervals(pauses, until)
    return _net(due, until, after, calendar)


def left_seconds(due: int, until: int, pauses: Iterable[Interval], calendar: WorkCalendar) -> int:
    """Working time left until the due moment; below 0 that by which it is late. Arguments as in `late_seconds`."""
    ahead = calendar.diff(until, due)
    return ahead if ahead > 0 else -_net(due, until, merge_intervals(pauses, until), calendar)


def used_and_standard(
    clock_start: int, due: int, until: int, pauses: Iterable[Interval], calendar: WorkCalendar
) -> tuple[int, int]:
    """Working time used until then, and what the standard allows: pauses are out of both, open ones end at `until`."""
    return _used_and_standard(clock_start, due, until, merge_intervals(pauses, until), calendar)


def due_state(
    clock_start: int | None,
    due: int | None,
    now: int,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    at_risk_percent: int = AT_RISK_PERCENT,
) -> DueState | None:
    """How a run stands at `now`; None without a clock start or due moment."""
    if clock_start is None or due is None:
        return None
    closed = merge_intervals(pauses, now)
    if now > due and _net(due, now, closed, calendar) > 0:
        return DueState.LATE
    used, standard = _used_and_standard(clock_start, due, now, closed, calendar)
    return DueState.SOON if used * 100 >= standard * at_risk_percent else DueState.ON_TIME


def at_risk_at(
    clock_start: int,
    due: int,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    *,
    now: int,
    at_risk_percent: int = AT_RISK_PERCENT,
) -> int:
    """The earliest moment at which a run is at risk.

    It may fall on closing time; a warning waits for `WorkCalendar.next_open` of it. Raises CalendarGap.
    """
    closed = merge_intervals(pauses, now)
    _, standard = _used_and_standard(clock_start, due, now, closed, calendar)
    # Rounded up, so that the moment is the first second at which the share is reached.
    allowed = -(-standard * at_risk_percent // 100)
    moment = calendar.add(clock_start, allowed)
    for start, end in closed:
        if calendar.diff(moment, start) >= 0:
            # The share is reached before this pause, or on the stroke of it.
            break
        moment = _after(moment, clock_start, start, end, calendar)
    return moment


def next_change_at(
    clock_start: int,
    due: int,
    now: int,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    at_risk_percent: int = AT_RISK_PERCENT,
) -> int | None:
    """When `due_state` gives another answer, if no pause begins or ends; None when it never will within the horizon.

    While a pause is open the answer moves along with `now`.
    """
    kept = list(pauses)
    state = due_state(clock_start, due, now, kept, calendar, at_risk_percent)
    try:
        if state is DueState.ON_TIME:
            return at_risk_at(clock_start, due, kept, calendar, now=now, at_risk_percent=at_risk_percent)
        if state is DueState.SOON:
            return calendar.next_open(due) + 1
    except CalendarGap:
        pass
    return None


def queue_seconds(
    ready: int, started: int | None, pauses: Iterable[Interval], calendar: WorkCalendar, *, now: int
) -> int:
    """Working time from ready to started (`now` while it waits), less pauses."""
    return _net(ready, now if started is None else started, merge_intervals(pauses, now), calendar)


def start_by(ready: int, pauses: Iterable[Interval], calendar: WorkCalendar, *, now: int, days: int) -> int | None:
    """Until when a step waits to be started without anybody having to be told; pauses move it on as a due moment.

    Args:
        ready: When the run became ready.
        pauses: Of the run and of its case.
        calendar: Hours and holidays of the office.
        now: Where open pauses end.
        days: The office's setting: the close of business of so many working days after the day of `ready`.

    Returns:
        None beyond the calendar's horizon.
    """
    return due_at(_days(days), ready, pauses, calendar, now=now)


def is_not_started(
    waktu: Waktu | None,
    clock_from: int | None,
    ready: int,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    *,
    now: int,
    days: int,
) -> bool:
    """Whether an open run with a standard has been waited for too long, while nobody has started its clock.

    It is not late: a clock that starts with the work does not run yet. Arguments as in `start_by`; `clock_from` is what
    `clock_start` gives.
    """
    if waktu is None or clock_from is not None:
        return False
    moment = start_by(ready, pauses, calendar, now=now, days=days)
    return moment is not None and moment < now


def _days(count: int) -> Waktu:
    return Waktu(f"{count} hari", count, Unit.HARI, DayKind.KERJA)


def work_seconds(intervals: Iterable[Interval], pauses: Iterable[Interval], calendar: WorkCalendar, *, now: int) -> int:
    """Working time within the intervals, less pauses: of the dikerjakan intervals the time worked, of the keputusan
    intervals the time a decision took.
    """
    closed = merge_intervals(pauses, now)
    return sum(_net(start, end, closed, calendar) for start, end in merge_intervals(intervals, now))


def cycle_seconds(
    ready: int, ended: int | None, pauses: Iterable[Interval], calendar: WorkCalendar, *, now: int
) -> int:
    """Working time from ready to ended (`now` while it is open), less pauses."""
    return _net(ready, now if ended is None else ended, merge_intervals(pauses, now), calendar)


def is_after_hours(intervals: Iterable[Interval], calendar: WorkCalendar) -> bool:
    """Whether work began or stopped outside working hours, or lasted without any of it in them.

    The strokes at which hours open and close belong to them at either end of work: nothing was worked beside them.
    """

    def is_beside(moment: int) -> bool:
        return not calendar.is_open(moment) and not calendar.is_open(moment - 1)

    return any(
        is_beside(start) or (end is not None and (is_beside(end) or (start < end and not calendar.diff(start, end))))
        for start, end in intervals
    )


def judge(
    waktu: Waktu | None,
    *,
    ready: int,
    started: int | None,
    ended: int,
    work: Iterable[Interval],
    decisions: Iterable[Interval],
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    clocks: Clocks = UNIT_RULE,
) -> Verdict:
    """The verdict of an ended run.

    Args:
        waktu: The standard; None where the document has none.
        ready: When the run became ready.
        started: When work was started; None leaves the run unjudged.
        ended: When it ended; later parts of any interval do not count.
        work: Intervals in dikerjakan.
        decisions: Intervals in keputusan; empty for a step without a decision.
        pauses: Intervals in ditunda and those in which the case was held.
        calendar: The revision to judge by.
        clocks: To judge by; another rule of pauses than the one in force only to tell what a frozen verdict would be.

    Returns:
        Figures that would reach beyond the calendar's horizon are None.
    """
    worked, decided, paused = (_until(ended, intervals) for intervals in (work, decisions, pauses))
    due = None
    if waktu is not None:
        begun = clock_start(waktu, ready, started, clocks.begins)
        due = due_at(
            waktu, begun, paused, calendar, now=ended, count_first_day=clocks.count_first_day, rule=clocks.pauses
        )
    try:
        # All figures are asked for before any is kept: beyond the horizon none of them is known.
        late = late_seconds(due, ended, paused, calendar, clocks.pauses) if started is not None else None
        queue = queue_seconds(ready, started, paused, calendar, now=ended) if started is not None else None
        busy = work_seconds(worked, paused, calendar, now=ended) if started is not None else None
        decision = work_seconds(decided, paused, calendar, now=ended) if decided else None
        cycle = cycle_seconds(ready, ended, paused, calendar, now=ended)
        after_hours = is_after_hours(worked + decided, calendar)
    except CalendarGap:
        late = queue = busy = decision = cycle = None
        after_hours = False
    return Verdict(
        due_at=due,
        late_seconds=late,
        judged=late is not None,
        queue_seconds=queue,
        work_seconds=busy,
        decision_seconds=decision,
        cycle_seconds=cycle,
        after_hours=after_hours,
        calendar_revision=calendar.revision,
        begins=clocks.begins,
        count_first_day=clocks.count_first_day,
        pauses=clocks.pauses,
    )


def _until(ended: int, intervals: Iterable[Interval]) -> list[Interval]:
    return [(start, ended if end is None else min(end, ended)) for start, end in intervals]


def _used_and_standard(clock_start: int, due: int, now: int, pauses: Closed, calendar: WorkCalendar) -> tuple[int, int]:
    return _net(clock_start, now, pauses, calendar), _net(clock_start, due, pauses, calendar)


def _net(start: int, end: int, pauses: Closed, calendar: WorkCalendar) -> int:
    """Working time between two moments less that of the pauses between them; 0 when the moments are out of order."""
    if end <= start:
        return 0
    seconds = calendar.diff(start, end)
    for begin, finish in pauses:
        if begin < end and finish > start:
            seconds -= calendar.diff(max(start, begin), min(end, finish))
    return seconds

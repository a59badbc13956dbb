"""How much working time a step has taken in all its attempts, how much rework made void, and work at odd hours."""

from __future__ import annotations

from collections.abc import Sequence

from sop.model.errors import CalendarGap
from sop.model.state import CaseState, RunState
from sop.time.deadline import Interval, is_after_hours, queue_seconds, work_seconds
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen


class StepTime(Frozen):
    """Working seconds summed over the attempts of a step; what still runs counts up to now."""

    attempts: int
    queue_seconds: int
    work_seconds: int
    decision_seconds: int
    rework_seconds: int
    """Of the work, that of attempts overtaken by rework or cut off."""


def step_time(case: CaseState, step: int, bidang: str | None, calendar: WorkCalendar, now: int) -> StepTime | None:
    """Add up the attempts of a step.

    Args:
        case: Where they are.
        step: Number of the step.
        bidang: Whose attempts; None for all of them.
        calendar: For what was never judged; ended attempts count as their verdict froze them.
        now: Moment of looking.

    Returns:
        None before the first attempt, and where some of it lies beyond the calendar.
    """
    runs = [run for run in case.runs.values() if run.step == step and (bidang is None or run.bidang == bidang)]
    try:
        parts = [(run, _parts(run, case.holds, calendar, now)) for run in runs]
    except CalendarGap:
        return None
    if not parts:
        return None
    queued, worked, decided = (sum(part[index] for _, part in parts) for index in range(3))
    overtaken = sum(part[1] for run, part in parts if not run.valid and not run.taken_over)
    return StepTime(max(run.attempt for run in runs), queued, worked, decided, overtaken)


def is_worked_after_hours(run: RunState, calendar: WorkCalendar) -> bool:
    """Whether work on a run or its decision began or stopped outside office hours: as its verdict says, of an open run
    as far as it goes.
    """
    if run.verdict is not None:
        return run.verdict.after_hours
    try:
        return run.is_open and is_after_hours((*run.work, *run.waits), calendar)
    except CalendarGap:
        return False


def _parts(run: RunState, holds: Sequence[Interval], calendar: WorkCalendar, now: int) -> tuple[int, int, int]:
    """Queue, work and decision time of one attempt. A result taken over cost nothing but its waiting."""
    verdict = run.verdict
    if verdict is not None and verdict.work_seconds is not None:
        return verdict.queue_seconds or 0, verdict.work_seconds, verdict.decision_seconds or 0
    until = now if run.ended is None else run.ended
    stopped = (*run.pauses, *holds)
    started = until if run.started is None else run.started
    return (
        queue_seconds(run.ready, started, stopped, calendar, now=until),
        work_seconds(run.work, stopped, calendar, now=until),
        work_seconds(run.waits, stopped, calendar, now=until),
    )

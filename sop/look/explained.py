"""How the due moment of a run came about, day by day: open as it stands at a moment, ended as it was judged."""

from __future__ import annotations

from collections.abc import Sequence

from sop.model.definition import Step
from sop.model.state import Interval, RunState
from sop.time.deadline import Clocks, standard_of
from sop.time.explain import Explanation, explanation
from sop.time.work_calendar import WorkCalendar


def explained_run(
    run: RunState, step: Step, holds: Sequence[Interval], clocks: Clocks, calendar: WorkCalendar, now: int
) -> Explanation:
    """
    Args:
        run: An attempt of the step.
        step: As the version of the run's case has it.
        holds: Of the case.
        clocks: `Settings.clocks_of` the step, with the run's verdict.
        calendar: For an ended run the revision that it was judged by.
        now: Moment of looking.
    """
    return explanation(
        standard_of(step.mutu_baku.waktu, run.verdict),
        ready=run.ready,
        started=run.started,
        pauses=run.pauses,
        holds=holds,
        calendar=calendar,
        now=now if run.ended is None else run.ended,
        clocks=clocks,
    )

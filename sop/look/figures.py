"""The figures of rules part 5: what a period's runs add up to. Whole numbers only; a missing figure is None, never 0.

Worked out from runs and their frozen verdicts, so a closed quarter's figures stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sop.model.context import Context
from sop.model.periods import children_of
from sop.model.state import Answer, CaseState, RunPhase, RunState, YearState
from sop.time.deadline import Interval, work_seconds
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, asdict


class Figures(Frozen):
    """Counts and working seconds over some runs of one case."""

    ended: int
    """Valid runs that ended by work: skipped and taken-over ones stand apart."""
    judged: int
    """Of these, with a standard and a start."""
    on_time: int
    late: int
    unjudged: int
    skipped: int
    taken_over: int
    cancelled: int
    overtaken: int
    """Ended runs that rework overtook."""
    queue_seconds: int | None
    work_seconds: int | None
    cycle_seconds: int | None
    decision_seconds: int | None
    decisions: int
    """Decision steps whose attempt 1 was answered."""
    first_pass: int
    """Of these, answered Ya at attempt 1, whatever overtook it later."""
    rework_seconds: int
    """Working time of overtaken and cancelled runs."""
    late_entries: int
    doubted: int

    @property
    def on_time_share(self) -> float | None:
        return self.on_time / self.judged if self.judged else None

    @property
    def first_pass_share(self) -> float | None:
        return self.first_pass / self.decisions if self.decisions else None


def figures_of(runs: Iterable[RunState], holds: Sequence[Interval], calendar: WorkCalendar) -> Figures:
    """Add up some runs of one case.

    Args:
        runs: In any order, overtaken and cancelled ones included.
        holds: The case's holds; working time stands still in them.
        calendar: For the work of runs that were never judged (cancelled ones).
    """
    kept = list(runs)
    done = [run for run in kept if run.is_worked]
    verdicts = [run.verdict for run in done if run.verdict is not None]
    judged = [verdict for verdict in verdicts if verdict.judged]
    late = sum(verdict.is_late for verdict in judged)
    rework = [run for run in kept if not run.valid and not run.taken_over]
    first_answers = [run.answer for run in kept if run.attempt == 1 and run.answer is not None]
    return Figures(
        ended=len(done),
        judged=len(judged),
        on_time=len(judged) - late,
        late=late,
        unjudged=len(done) - len(judged),
        skipped=sum(run.phase is RunPhase.DILEWATI and run.valid for run in kept),
        taken_over=sum(run.taken_over and run.valid for run in kept),
        cancelled=sum(run.phase is RunPhase.DIBATALKAN for run in kept),
        overtaken=sum(not run.valid and run.phase is RunPhase.SELESAI for run in kept),
        queue_seconds=total(verdict.queue_seconds for verdict in verdicts),
        work_seconds=total(verdict.work_seconds for verdict in verdicts),
        cycle_seconds=total(verdict.cycle_seconds for verdict in verdicts),
        decision_seconds=total(verdict.decision_seconds for verdict in verdicts),
        decisions=len(first_answers),
        first_pass=sum(answer is Answer.YA for answer in first_answers),
        rework_seconds=sum(_worked(run, holds, calendar) for run in rework),
        late_entries=sum(run.late_entry for run in kept),
        doubted=sum(run.doubted for run in kept),
    )


class Portion(Frozen):
    """What one lane, or one person, has of a case's figures."""

    runs: int
    """How many count for it, in whatever state."""
    open: int
    worked: Figures
    """Of those runs. The decision time among them is what its own runs waited for others."""
    decided: int
    """Valid decisions taken."""
    decision_seconds: int | None
    """How long those had waited for their answer."""


def parted(
    runs: Iterable[RunState],
    holds: Sequence[Interval],
    calendar: WorkCalendar,
    worked_by: Callable[[RunState], str | None],
    decided_by: Callable[[RunState], str | None],
) -> dict[str | None, Portion]:
    """The figures of a case shared out: every run to whoever worked on it, every valid decision to whoever took it.

    Whatever the two say, the parts add up to the case. None stands for nobody, and may have a part too.

    Args:
        runs: As for `figures_of`.
        holds: As there.
        calendar: As there.
        worked_by: The lane or person that a run counts for.
        decided_by: The lane or person that took a run's valid decision.
    """
    worked: dict[str | None, list[RunState]] = {}
    decided: dict[str | None, list[RunState]] = {}
    for run in runs:
        worked.setdefault(worked_by(run), []).append(run)
        if run.valid and run.answer is not None:
            decided.setdefault(decided_by(run), []).append(run)
    return {
        name: Portion(
            len(worked.get(name, ())),
            sum(run.is_open for run in worked.get(name, ())),
            figures_of(worked.get(name, ()), holds, calendar),
            len(decided.get(name, ())),
            total(run.verdict.decision_seconds for run in decided.get(name, ()) if run.verdict is not None),
        )
        for name in dict.fromkeys((*worked, *decided))
    }


def total(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _worked(run: RunState, holds: Sequence[Interval], calendar: WorkCalendar) -> int:
    if run.verdict is not None and run.verdict.work_seconds is not None:
        return run.verdict.work_seconds
    if not run.work or run.ended is None:
        return 0
    return work_seconds(run.work, (*run.pauses, *holds), calendar, now=run.ended)


def case_figures(case: CaseState, calendar: WorkCalendar) -> Figures:
    """The figures of a whole case, retired runs included."""
    return figures_of([*case.runs.values(), *case.retired], case.holds, calendar)


def period_figures(state: YearState, period: str, context: Context) -> dict[str, Any]:
    """What a closing freezes: the figures of the period's last case, and the closings of its children.

    Returns:
        JSON values: `own` (the fields of Figures; None for a pure roll-up) and `children` (key -> closing number,
        None for one that was waived).
    """
    case = state.case_of(period)
    own = asdict(case_figures(case, context.calendar)) if case is not None else None
    children = {
        key: (state.periods[key].closings if state.periods[key].closings else None)
        for key in children_of(period)
        if key in state.periods
    }
    return {"own": own, "children": children}

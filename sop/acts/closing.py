"""Whether a period can be closed, and what stands in the way: one answer for the rule, the screens and every report."""

from __future__ import annotations

from typing import NamedTuple

from sop.acts.gates import stale_children, waiting_children
from sop.acts.procedure import Procedure
from sop.model.definition import Step
from sop.model.periods import last_day
from sop.model.state import CasePhase, PeriodPhase, RunState, YearState
from sop.model.turn import lane_of
from sop.time.instants import civil
from sop.values import Frozen


class OpenWork(NamedTuple):
    """A run that is still open, and whose turn it is."""

    step: int
    bidang: str | None
    phase: str
    """A RunPhase value."""
    lane: str


class Closing(Frozen):
    """How a period stands to its closing."""

    is_open: bool
    """Whether it was opened, and not closed since."""
    case_phase: CasePhase | None
    """Of its newest case; None for a pure roll-up, and before the first."""
    is_over: bool
    """Whether its case is finished or stopped; a pure roll-up has nothing to finish."""
    work: tuple[OpenWork, ...]
    """What is open of its case, by step."""
    children: tuple[str, ...]
    """Periods below that are neither closed nor waived."""
    stale: tuple[str, ...]
    """Periods below that were reopened since they were taken in, and not waived."""

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in the way but that it may not have been opened."""
        return self.is_over and not self.children and not self.stale

    @property
    def may_close(self) -> bool:
        """Whether only the closing is left."""
        return self.is_open and self.is_free

    @property
    def is_all_done(self) -> bool:
        """As `may_close`, and what was to be done is done: the case was not stopped."""
        return self.may_close and self.case_phase is not CasePhase.DIHENTIKAN


def closing_of(year: YearState, period: str, steps: Procedure | None) -> Closing:
    """How a period stands to its closing.

    Args:
        year: State with the period's newest case loaded.
        period: Period key.
        steps: What its case runs; None for a pure roll-up.
    """
    state, case = year.periods[period], year.case_of(period)
    is_over = not state.has_case if case is None else case.phase in (CasePhase.SELESAI, CasePhase.DIHENTIKAN)
    work: tuple[OpenWork, ...] = ()
    if case is not None and steps is not None and not is_over:
        runs = sorted(case.open_runs(), key=lambda run: (run.step, run.bidang or ""))
        work = tuple(_work(steps.steps[run.step], run) for run in runs)
    return Closing(
        is_open=state.phase is PeriodPhase.BUKA,
        case_phase=None if case is None else case.phase,
        is_over=is_over,
        work=work,
        children=tuple(waiting_children(state, year.periods)),
        stale=tuple(stale_children(year, period, steps)),
    )


def still_runs(period: str, at: int, offset: int) -> bool:
    """Whether a period's last day is yet to come: it may be closed then, and whoever closes it is told.

    Args:
        period: Period key.
        at: When it is closed.
        offset: The office's, in seconds east of UTC.
    """
    return civil(at, offset).date() < last_day(period)


def _work(step: Step, run: RunState) -> OpenWork:
    return OpenWork(run.step, run.bidang, run.phase.value, lane_of(step.pelaksana, step.decider, run.phase))

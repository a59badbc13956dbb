"""What a period waits for from the periods below it (rule 4): gates, waivers, stale input."""

from __future__ import annotations

from collections.abc import Mapping

from sop.acts.procedure import Procedure
from sop.model.periods import children_of
from sop.model.state import CasePhase, PeriodPhase, PeriodState, YearState


def is_gate_met(period: PeriodState, periods: Mapping[str, PeriodState]) -> bool:
    """Every child period that is kept is closed, or waived since its last reopening."""
    return not waiting_children(period, periods)


def waiting_children(period: PeriodState, periods: Mapping[str, PeriodState]) -> list[str]:
    """Child periods a gate still waits for."""
    return [
        child
        for child in children_of(period.key)
        if child in periods and periods[child].phase is not PeriodPhase.TUTUP and not is_waived(period, periods[child])
    ]


def is_waived(period: PeriodState, child: PeriodState) -> bool:
    """Whether a period goes on without a child: waived, and not reopened since."""
    waiver = period.waivers.get(child.key)
    return waiver is not None and waiver.reopenings == child.reopenings


def taken_in_at(period: PeriodState, periods: Mapping[str, PeriodState]) -> list[int]:
    """When the children were closed, or waived, that a first step finished now takes in."""
    found: list[int | None] = []
    for key in children_of(period.key):
        child = periods.get(key)
        if child is not None and child.phase is PeriodPhase.TUTUP:
            found.append(child.closed_at)
        elif child is not None and is_waived(period, child):
            found.append(period.waivers[key].at)
    return [moment for moment in found if moment is not None]


def stale_children(year: YearState, period: str, steps: Procedure | None) -> list[str]:
    """Child periods reopened since the first step took them in, and not waived since.

    Empty while the first step is not finished: it will take them in anew.
    """
    case = year.case_of(period)
    if case is None or steps is None or case.phase is CasePhase.DIHENTIKAN:
        return []
    stale: list[str] = []
    for run in case.runs.values():
        if run.step == steps.first and run.is_done and run.inputs is not None:
            for child, reopenings in run.inputs:
                waiver = year.periods[period].waivers.get(child)
                known = max(reopenings, waiver.reopenings if waiver else 0)
                if year.periods[child].reopenings > known and child not in stale:
                    stale.append(child)
    return stale

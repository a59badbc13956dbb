"""On which runs the data of a period hang, as its case stands: which step sends forms, takes rows, accepts them.

A run that opens carries the rows of the one before along whatever led to it, and an act undone leaves nothing behind,
because nothing of this is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sop.acts.procedure import Procedure, Region, lanes_of
from sop.kinerja.form import Owner
from sop.kinerja.state import CheckSeat, DataPeriod, DataSeat, KinerjaState
from sop.model.definition import Cadence, DataRole, Step
from sop.model.periods import cadence_of
from sop.model.state import CaseKey, CasePhase, CaseState, PeriodState, RunPhase
from sop.values import replace


class DataSteps(NamedTuple):
    """What the steps of one cadence are to its data."""

    formulir: int
    """Its first opening sends the forms out."""
    isian: Step
    """Its runs take the rows."""
    region: Region | None
    """Where the isian step is done per bidang."""
    rest: Step
    """Whose run takes the rows that no bidang's run takes: the first step after the join, or the isian step itself."""
    check: Step
    """Its end accepts: periksa, without one the last."""
    marks: bool
    """Whether it is a periksa."""


def data_steps(steps: Procedure, cadence: Cadence) -> DataSteps | None:
    """What the steps of a cadence are to its data; None where the SOP says nothing of them. Of a semester or year that
    says nothing the first step takes the rows."""
    parts = {step.data: step for step in steps.steps.values() if step.data is not None}
    isian = parts.get(DataRole.ISIAN)
    if isian is None and cadence is not Cadence.TRIWULAN:
        isian = steps.steps[steps.first]
    if isian is None:
        return None
    region = steps.region_of(isian.number)
    return DataSteps(
        parts.get(DataRole.FORMULIR, isian).number,
        isian,
        region,
        isian if region is None else steps.steps[region.join],
        parts.get(DataRole.PERIKSA, steps.steps[steps.numbers[-1]]),
        DataRole.PERIKSA in parts,
    )


StepsOf = Callable[[CaseState], "DataSteps | None"]


def steps_by(procedure_of: Callable[[CaseState], Procedure]) -> StepsOf:
    """What the steps of a case are to its data, by what the case runs."""
    return lambda case: data_steps(procedure_of(case), cadence_of(case.period))


def accompanied(
    register: KinerjaState,
    data: Mapping[str, DataPeriod],
    periods: Mapping[str, PeriodState],
    cases: Mapping[CaseKey, CaseState],
    steps_of: StepsOf,
) -> KinerjaState:
    """The data of a year as its flow stands.

    Args:
        register: Indicators, targets and settings of the office, and what other years left behind.
        data: What is kept of the year's periods.
        periods: Of the year.
        cases: The newest of each period, as far as it is looked at.
        steps_of: What the steps of a case are to its data.
    """
    found = dict(register.periods)
    for key, period in periods.items():
        kept = data.get(key) or DataPeriod(key)
        now = replace(kept, phase=period.phase, closing=period.closings)
        case = cases.get((key, period.last_case))
        steps = None if case is None else steps_of(case)
        if case is not None and steps is not None:
            now = replace(
                now,
                held=case.phase is CasePhase.DITAHAN,
                seats=dict(_seats(kept, case, steps)),
                check=_check(case, steps),
            )
        found[key] = now
    return replace(register, periods=found)


def _seats(kept: DataPeriod, case: CaseState, steps: DataSteps) -> Iterator[tuple[Owner, DataSeat]]:
    frozen = None if steps.region is None else case.regions.get(steps.region.first, ())
    for owner in kept.forms:
        bidang = place_of(owner, frozen)
        step = steps.rest if bidang is None else steps.isian
        run = case.current((step.number, bidang))
        if run is not None:
            seat = DataSeat(case.number, run.step, bidang, run.attempt, step.pelaksana, run.phase, run.valid)
            yield owner, replace(seat, holder=run.holder, shared=frozen is None)


def place_of(owner: Owner, frozen: tuple[str, ...] | None) -> str | None:
    """The bidang of the isian run that an owner's rows hang on; None where they hang on no bidang's run.

    Args:
        owner: Whose rows.
        frozen: The list frozen at the region's entry; None where the isian step is not per bidang. The office's own
            rows and those of an owner outside the list hang on the first step after the join.
    """
    return owner if frozen is not None and owner in frozen else None


def _check(case: CaseState, steps: DataSteps) -> CheckSeat:
    newest = [run for run in case.newest().values() if run.step == steps.check.number]
    finished = bool(newest) and all(run.valid and run.phase is RunPhase.SELESAI for run in newest)
    return CheckSeat(lanes_of(steps.check), steps.marks, finished)

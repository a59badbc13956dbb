"""Who stands where in a per-bidang region, and whom a loop-back sends back to which of its steps (rule 3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sop.acts.procedure import Procedure, Region
from sop.model.refusals import Refused, Rule
from sop.model.state import CaseState, RunPhase, RunState, Slot

Returns = Mapping[str, int]
"""Bidang -> the step at which it re-enters its region."""
ValidRuns = Mapping[Slot, RunState]
"""`CaseState.valid_runs`: found in one walk, since a search for each bidang would cost bidang times runs."""


def is_left_out(run: RunState) -> bool:
    """Whether gabung wrote the run as skipped: of the valid ones no other act ends one from outside."""
    return run.valid and run.phase is RunPhase.DILEWATI and run.cut_by is not None


def left_out(runs: ValidRuns, region: Region) -> dict[str, int]:
    """Bidang that gabung left out -> the first step of the region that they so never did."""
    found: dict[str, int] = {}
    for (step, bidang), run in runs.items():
        if bidang is not None and region.holds(step) and is_left_out(run):
            found[bidang] = min(step, found.get(bidang, step))
    return found


def has_finished(runs: ValidRuns, step: int, bidang: str) -> bool:
    """Whether a bidang is through a step of its region."""
    run = runs.get((step, bidang))
    return run is not None and run.is_done


def unfinished(runs: ValidRuns, steps: Procedure, region: Region, bidang: str) -> list[int]:
    """The steps of its region that a bidang is not through, in order."""
    return [number for number in steps.numbers if region.holds(number) and not has_finished(runs, number, bidang)]


def sent_back(case: CaseState, region: Region, target: int, named: Collection[str] | None) -> dict[str, int]:
    """Who re-enters the region, and where.

    Args:
        case: As it stands.
        region: The one that the target lies in; entered.
        target: One of its steps.
        named: Only these bidang of the frozen list; None for all of it.

    Returns:
        Those that have reached the target, at the target. One that gabung left out only where it is named, and then no
        later than at the first step that it never did.

    Raises:
        Refused: A bidang named has not finished the target, or nobody has reached it.
    """
    frozen = case.regions.get(region.first, ())
    runs = case.valid_runs()
    never_did = left_out(runs, region)
    if named is None:
        found = {name: target for name in frozen if name not in never_did and (target, name) in runs}
    else:
        early = tuple(name for name in named if name not in never_did and not has_finished(runs, target, name))
        if early:
            raise Refused(Rule.TARGET_NOT_FINISHED, target=target, bidang=early)
        found = {name: min(target, never_did.get(name, target)) for name in frozen if name in named}
    if not found:
        raise Refused(Rule.TARGET_NOT_FINISHED, target=target, bidang=frozen)
    return found

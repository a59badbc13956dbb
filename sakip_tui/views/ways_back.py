"""Where a card can be handed back to, and which bidang do it again. Pure values; the rules have the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sop.acts.loop_back import ValidRuns, has_finished
from sop.acts.procedure import Procedure, Region
from sop.model.state import CaseState
from sop.values import Frozen

if TYPE_CHECKING:
    from sop.look.card import Card


class WayBack(Frozen):
    """One step that a card can go back to."""

    target: int
    source: int
    """The step that it is handed back from."""
    bidang: tuple[str, ...] = ()
    """Who can be chosen to do it again; empty where everybody does."""


def ways_back(case: CaseState | None, steps: Procedure | None, card: Card) -> tuple[WayBack, ...]:
    """The steps that a card can go back to, nearest first; empty where it cannot."""
    if case is None or steps is None or card.summary:
        return ()
    runs = case.valid_runs()
    region = steps.region_of(card.step)
    if region is not None:
        return () if (card.step, card.bidang) not in runs else _of_bidang(case, runs, steps, card, region)
    if (card.step, None) in runs:
        return tuple(
            WayBack(number, card.step, _frozen(case, steps.region_of(number)))
            for number in reversed(steps.numbers)
            if number < card.step
        )
    joined = steps.region_joined_at(card.step)
    return () if joined is None else _from_waiting_join(case, runs, steps, joined)


def _frozen(case: CaseState, region: Region | None) -> tuple[str, ...]:
    return () if region is None else case.regions.get(region.first, ())


def _of_bidang(case: CaseState, runs: ValidRuns, steps: Procedure, card: Card, region: Region) -> tuple[WayBack, ...]:
    """While the join waits nobody has to wait for the last bidang to have the first one mend its form; once it has
    opened, it is the step at work that hands back."""
    assert card.bidang is not None
    waits = (region.join, None) not in runs
    source = card.step if waits else max(run.step for run in case.open_runs() or runs.values())
    own = [
        WayBack(number, source, _done(case, runs, region, number))
        for number in reversed(steps.numbers)
        if region.holds(number) and number <= card.step and has_finished(runs, number, card.bidang)
    ]
    return (*own, *(WayBack(number, source) for number in reversed(steps.numbers) if number < region.first))


def _from_waiting_join(case: CaseState, runs: ValidRuns, steps: Procedure, region: Region) -> tuple[WayBack, ...]:
    """From a step that still waits for some bidang: those that finished a step of the region may do it again."""
    inside = (number for number in reversed(steps.numbers) if region.holds(number))
    found = (WayBack(number, region.join, _done(case, runs, region, number)) for number in inside)
    return tuple(way for way in found if way.bidang)


def _done(case: CaseState, runs: ValidRuns, region: Region, step: int) -> tuple[str, ...]:
    return tuple(name for name in _frozen(case, region) if has_finished(runs, step, name))

"""What follows what: the steps one period's case runs, and their per-bidang regions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sop.model.definition import Cadence, Sop, Step
from sop.model.periods import cadence_of
from sop.values import Frozen


class Region(Frozen):
    """Consecutive per-bidang steps of one cadence; `join` is the step that waits for all of them."""

    first: int
    last: int
    join: int

    def holds(self, step: int) -> bool:
        return self.first <= step <= self.last


class Procedure:
    """The steps that one period's case runs, with what follows what."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self.steps = {step.number: step for step in steps}
        self.numbers = tuple(sorted(self.steps))
        self.first = self.numbers[0]
        self.regions = tuple(self._regions())

    def _regions(self) -> Iterable[Region]:
        start: int | None = None
        for index, number in enumerate(self.numbers):
            if self.steps[number].per_bidang:
                start = number if start is None else start
            elif start is not None:
                yield Region(start, self.numbers[index - 1], number)
                start = None

    def region_of(self, step: int) -> Region | None:
        return next((region for region in self.regions if region.holds(step)), None)

    def region_joined_at(self, step: int) -> Region | None:
        return next((region for region in self.regions if region.join == step), None)

    def step_before(self, step: int) -> int | None:
        """The step before; None at the cadence's first."""
        index = self.numbers.index(step)
        return self.numbers[index - 1] if index else None

    def next_of(self, step: int) -> int | None:
        """The step after; None at the cadence's last."""
        index = self.numbers.index(step) + 1
        return self.numbers[index] if index < len(self.numbers) else None


# Bounded: a definition that is read again is another key, and a session that stays open reads it all day.
@lru_cache(maxsize=64)
def _procedure(sop: _ById, cadence: Cadence, chosen: Cadence | None) -> Procedure | None:
    steps = [step for step in sop.value.steps if (step.cadence or chosen) is cadence]
    return Procedure(steps) if steps else None


class _ById:
    """Lets an unhashable definition be a cache key: versions are immutable and few."""

    __slots__ = ("value",)

    def __init__(self, value: Sop) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.value is self.value


def procedure(sop: Sop, period: str, chosen: Cadence | None) -> Procedure | None:
    """What a case of that period runs; None where the cadence has no step (a pure roll-up)."""
    return _procedure(_ById(sop), cadence_of(period), chosen)


def cadences(sop: Sop, chosen: Cadence | None) -> set[Cadence]:
    """The cadences that have steps."""
    return {cadence for step in sop.steps if (cadence := step.cadence or chosen) is not None}


def lanes_of(step: Step) -> tuple[str, ...]:
    """Who works on a step or decides it, in that order."""
    return tuple(dict.fromkeys((*step.pelaksana, *((step.decider,) if step.decider is not None else ()))))

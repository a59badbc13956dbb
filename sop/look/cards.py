"""What stands on the board: one card a step (and one a bidang in a region), reached or not.

Pure values made from the state and the definition. What depends on the time of looking (late, at risk, share used) is
not in a `Card` but in its `Stand`: see `card.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sop.acts.gates import stale_children, waiting_children
from sop.acts.handing import handed
from sop.acts.procedure import Procedure, Region
from sop.loading import load
from sop.look.card import WAITING, Card, Wait
from sop.look.standing import Timed
from sop.look.year import Snapshot, sop_of, steps_of
from sop.model.definition import Basis, Field, Step
from sop.model.state import (
    CasePhase,
    CaseState,
    PeriodPhase,
    RunPhase,
    RunState,
)
from sop.model.turn import lane_of
from sop.time.deadline import standard_of
from sop.values import Frozen, replace
from sop.words.people import person_called

if TYPE_CHECKING:
    from sop.look.data_progress import RowProgress

DATA_PROGRESS = "sop.look.data_progress:progress_by_run"
"""Loaded for a year that has data kinerja."""


def board_cards(year: Snapshot, period: str, apart: Collection[int] | None = None) -> list[Card]:
    """The cards of a period in step order, a region step's summary before its bidang.

    Args:
        year: With the period's newest case.
        period: Period key.
        apart: Region steps whose bidang are wanted even while the step has reached none of them; None for all.

    Returns:
        Empty for a pure roll-up.
    """
    steps = steps_of(year, period)
    return [] if steps is None else list(_Dealer(year, period, steps, apart).deal())


class StepCards(Frozen):
    """A step with those of its bidang whose time runs."""

    card: Card
    """Of a region step the one that stands for all bidang."""
    attempt: int
    """The highest one; 0 before the first."""
    running: tuple[Card, ...] = ()


def step_cards(year: Snapshot, period: str) -> list[StepCards]:
    """As `board_cards`, one for each step: dealing thousands of bidang would cost more than drawing the screen."""
    steps = steps_of(year, period)
    return [] if steps is None else list(_Dealer(year, period, steps).deal_steps())


class _Dealer:
    """Makes the cards of one period."""

    def __init__(self, year: Snapshot, period: str, steps: Procedure, apart: Collection[int] | None = None) -> None:
        self.year, self.period, self.steps = year.state, year.state.periods[period], steps
        self.sop, self.bidang, self.settings, self.apart = sop_of(year, period).code, year.bidang, year.settings, apart
        self.names = year.names
        self.case: CaseState | None = self.year.case_of(period)
        self.stale = tuple(stale_children(self.year, period, steps))
        self.newest = self.case.newest() if self.case is not None else {}
        self.reached = {run.step for run in self.newest.values() if self._is_shown(run)}
        self.clocks = {number: self.settings.clocks_of(self.sop, number) for number in steps.steps}
        self.data: Mapping[tuple[int, str | None], RowProgress] = {}
        if period in self.year.data:
            self.data = load(DATA_PROGRESS)(self.year, period, steps)
        self.through: dict[int, set[str]] = {}
        self.of_step = {number: _of_step(step) for number, step in steps.steps.items()}
        self.entered = {
            region.first: any(run.valid and region.holds(run.step) for run in self.newest.values())
            for region in steps.regions
        }

    def deal(self) -> Iterator[Card]:
        for number in self.steps.numbers:
            step = self.steps.steps[number]
            region = self.steps.region_of(number)
            if region is None:
                yield self._single(step)
                continue
            names = self._names(region)
            yield self._summary(step, names)
            if self.apart is None or number in self.apart or number in self.reached:
                yield from (self._part(step, region, name) for name in names)

    def deal_steps(self) -> Iterator[StepCards]:
        """One card for each step, and of its bidang only those whose time runs."""
        for number in self.steps.numbers:
            step, region = self.steps.steps[number], self.steps.region_of(number)
            if region is None:
                card = self._single(step)
                yield StepCards(card, card.attempt or 0)
                continue
            names = self._names(region)
            runs = [run for name in names if (run := self._shown(number, name)) is not None]
            running = (run for run in runs if run.is_open and self._has_clock(step, run))
            yield StepCards(
                self._summary(step, names),
                max((run.attempt for run in runs), default=0),
                tuple(self._of_run(step, run) for run in running),
            )

    def _has_clock(self, step: Step, run: RunState) -> bool:
        """Whether the clock of the run's standard has started."""
        timed = Timed(step.mutu_baku.waktu, run.ready, run.started, clocks=self.clocks[step.number])
        return timed.clock_from is not None

    def _names(self, region: Region) -> tuple[str, ...]:
        """The frozen list while the region stands, else the office's."""
        if self.case is not None and region.first in self.case.regions and self.entered[region.first]:
            return self.case.regions[region.first]
        return self.bidang

    def _card(
        self, step: Step, bidang: str | None, *, state: str = WAITING, lane: str | None = None, **more: Any
    ) -> Card:
        return Card(
            bidang=bidang,
            state=state,
            lane=lane or step.pelaksana[0],
            summary=step.per_bidang and bidang is None,
            data=self._rows(step, bidang) if self.data else None,
            **self.of_step[step.number],
            **more,
        )

    def _single(self, step: Step) -> Card:
        run = self._shown(step.number, None)
        region = self.steps.region_joined_at(step.number)
        more: dict[str, Any] = {}
        if region is not None:
            names = self._names(region)
            more["joined"] = handed(_valid_phase(self.newest.get((region.last, name))) for name in names)
        if run is None:
            return self._card(step, None, waiting_for=self._waits(step, region), **more)
        if step.number == self.steps.first and run.is_done:
            more["stale"] = self.stale
        return self._of_run(step, run, **more)

    def _part(self, step: Step, region: Region, bidang: str) -> Card:
        run = self._shown(step.number, bidang)
        if run is not None:
            return self._of_run(step, run)
        previous = self.steps.step_before(step.number) if step.number > region.first else None
        waits = (Wait("langkah", str(previous)),) if previous is not None else self._waits(step, None)
        if self.case is None:
            waits = self._waits(step, None)
        return self._card(step, bidang, waiting_for=waits)

    def _summary(self, step: Step, names: tuple[str, ...]) -> Card:
        """All bidang of a region step in one: it stands where the most urgent work is."""
        runs = {name: self._shown(step.number, name) for name in names}
        states = {run.phase for run in runs.values() if run is not None}
        order = (RunPhase.DIKERJAKAN, RunPhase.DITUNDA, RunPhase.SIAP)
        state = next((phase.value for phase in order if phase in states), WAITING)
        missing = [name for name, run in runs.items() if run is None or not run.is_done]
        region = self.steps.region_of(step.number)
        if names and not missing:
            state = RunPhase.SELESAI.value
        if state == WAITING and len(missing) == len(names):
            waits = self._waits(step, None)
        else:
            waits = tuple(Wait("bidang", name) for name in missing)
        return self._card(
            step,
            None,
            state=state,
            joined=handed(map(_valid_phase, runs.values()), gives=region is None or step.number == region.last),
            waiting_for=waits,
            stale=self.stale if step.number == self.steps.first and state == RunPhase.SELESAI else (),
        )

    def _rows(self, step: Step, bidang: str | None) -> RowProgress | None:
        """Of a summary those of all bidang together."""
        own = self.data.get((step.number, bidang))
        if own is not None or not step.per_bidang or bidang is not None:
            return own
        parts = [each for (number, _), each in self.data.items() if number == step.number]
        return type(parts[0])(*map(sum, zip(*parts, strict=True))) if parts else None

    def _through(self, region: Region) -> set[str]:
        """Bidang that are through the region."""
        if region.first not in self.through:
            runs = ((name, self.newest.get((region.last, name))) for name in self._names(region))
            self.through[region.first] = {name for name, run in runs if run is not None and run.is_done}
        return self.through[region.first]

    def _shown(self, step: int, bidang: str | None) -> RunState | None:
        """The valid run; of a stopped case the last one, whatever became of it."""
        run = self.newest.get((step, bidang))
        return run if run is not None and self._is_shown(run) else None

    def _is_shown(self, run: RunState) -> bool:
        return run.valid or (self.case is not None and self.case.phase is CasePhase.DIHENTIKAN)

    def _waits(self, step: Step, joined: Region | None) -> tuple[Wait, ...]:
        if self.case is None:
            if self.period.phase is PeriodPhase.TUTUP:
                return ()
            children = self._children(step)
            return (Wait("buka", self.period.key), *children)
        if step.number == self.steps.first:
            held = (Wait("ditahan", ""),) if self.case.phase is CasePhase.DITAHAN else ()
            return (*self._children(step), *held)
        if joined is not None and self.entered[joined.first]:
            through = self._through(joined)
            return tuple(Wait("bidang", name) for name in self._names(joined) if name not in through)
        previous = self.steps.step_before(step.number)
        return (Wait("langkah", str(previous)),)

    def _children(self, step: Step) -> tuple[Wait, ...]:
        if step.number != self.steps.first:
            return ()
        return tuple(Wait("periode", child) for child in waiting_children(self.period, self.year.periods))

    def _of_run(self, step: Step, run: RunState, **more: Any) -> Card:
        assert self.case is not None
        waktu, clocks = step.mutu_baku.waktu, self.clocks[step.number]
        if run.verdict is not None:
            waktu = standard_of(waktu, run.verdict)
            clocks = self.settings.clocks_of(self.sop, step.number, run.verdict)
        timed = Timed(waktu, run.ready, run.started, (*run.pauses, *self.case.holds), clocks)
        card = self._card(
            step,
            run.bidang,
            state=run.phase.value,
            lane=lane_of(step.pelaksana, step.decider, run.phase),
            attempt=run.attempt,
            revision=run.revision,
            holder=run.holder,
            holder_name=None if run.holder is None else person_called(self.names, run.holder),
            ready_at=run.ready,
            started_at=run.started,
            ended_at=run.ended,
            clock_from=timed.clock_from,
            clocks=clocks,
            stopped=timed.stopped,
            waits=run.waits,
            answer=run.answer,
            taken_over=run.taken_over,
            late_entry=run.late_entry,
            doubted=run.doubted,
            note=run.note,
            ticks=run.ticks,
            evidence=run.evidence,
            verdict=run.verdict,
            **more,
        )
        return card if waktu is step.mutu_baku.waktu else replace(card, waktu=waktu)


def _valid_phase(run: RunState | None) -> RunPhase | None:
    return run.phase if run is not None and run.valid else None


def _of_step(step: Step) -> dict[str, Any]:
    """What every card of a step has in common."""
    return {
        "step": step.number,
        "title": step.title.text,
        "lanes": step.pelaksana,
        "decider": step.decider,
        "waktu": step.mutu_baku.waktu,
        "assumed": assumed_fields(step),
        "asks_decision": step.decision is not None,
    }


def assumed_fields(step: Step) -> tuple[str, ...]:
    """Fields of a step that still rest on an assumption and that decide who acts and where work goes."""
    return tuple(
        name
        for name in (Field.PELAKSANA, Field.DECIDER, Field.YA, Field.TIDAK)
        if (ground := step.bases.get(name)) is not None and ground.basis is Basis.ASUMSI
    )

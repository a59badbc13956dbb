"""Where a reporting year stands at one moment, for whoever answers for it: what presses, whose turn it is, who has
handed in, how far every period is, and the figures of rules part 5.

Worked out from the runs and not from cards, and what many runs have in common once: a region of 2,000 bidang is one
question of the calendar, not 2,000. The words are made on the top floor; forecasts are `forecast.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sop.acts.closing import closing_of
from sop.acts.gates import is_waived
from sop.acts.handing import Handed, handed
from sop.acts.procedure import Procedure, Region
from sop.look.figures import Figures, case_figures, total
from sop.look.forecast import median
from sop.look.progress import progress
from sop.look.standing import Stand, Timed, Urgency, queued, stand, urgency_of
from sop.look.year import Snapshot, frozen_in, steps_of
from sop.model.definition import Step, Waktu
from sop.model.errors import CalendarGap
from sop.model.periods import first_day, keys_of, parent_of, split
from sop.model.state import (
    WARN_FROM_ATTEMPT,
    CaseKey,
    CasePhase,
    CaseState,
    PeriodPhase,
    PeriodState,
    RunPhase,
    RunState,
    Slot,
)
from sop.model.turn import lane_of
from sop.time.deadline import Clocks
from sop.time.elapsed import working_days_since
from sop.values import fields
from sop.words.people import person_called


class Spot(NamedTuple):
    """The place of a run on the year's board."""

    period: str
    step: int
    bidang: str | None = None


class Pressing(NamedTuple):
    """An open run that is late, waits to be started for too long, or will be due soon."""

    spot: Spot
    title: str
    lane: str
    holder: str | None
    phase: RunPhase
    urgency: Urgency
    due_at: int | None
    """None while nobody has started it."""
    late_seconds: int
    queue_seconds: int
    """How long it has queued, or did before it was started."""
    ready_at: int


class LaneLoad(NamedTuple):
    """What lies with one lane."""

    lane: str
    queue: int
    """Ready, and not begun."""
    active: int
    """Begun, paused or waiting for this lane's Ya or Tidak."""
    late: int
    """Of both."""
    oldest_days: int | None
    """Working days that the oldest of the queue has waited; None for no queue."""
    holders: tuple[str, ...]
    """Who holds what is begun, in the order of the alphabet."""
    first: Spot
    """What presses most: late before due, due before the rest, then the one that became ready first."""


class Handing(NamedTuple):
    """One bidang of a region."""

    bidang: str
    step: int
    """Where it stands; the region's last once it is through."""
    phase: RunPhase | None
    """None where no run stands: the region is being looked at while it changes."""
    since: int | None
    """While it is missing: when the step became ready for it."""
    days: int | None
    """While it is missing: working days since then, the day itself not counted."""
    through_at: int | None
    """When its last step ended, handed in or skipped; None while it is missing."""
    late: bool
    """Of a bidang that is through: whether its last step was judged late. Of a missing one: whether it is now."""
    holder: str | None = None

    @property
    def is_skipped(self) -> bool:
        return self.through_at is not None and self.phase is RunPhase.DILEWATI

    @property
    def handed_in_at(self) -> int | None:
        return None if self.is_skipped else self.through_at


class RegionStand(NamedTuple):
    """An entered region of a case under way."""

    period: str
    first: int
    last: int
    join: int
    bidang: tuple[Handing, ...]
    """Missing ones first, those that wait longest in front; then the others as they came in."""

    @property
    def handed(self) -> Handed:
        return handed(None if one.through_at is None else one.phase for one in self.bidang)


class PeriodStand(NamedTuple):
    """How far a period is."""

    key: str
    has_case: bool
    phase: PeriodPhase
    case_phase: CasePhase | None
    done: int
    total: int
    """Steps; 0 for a pure roll-up."""
    closings: int
    front: tuple[int, ...]
    """Steps with an open run."""
    waiting: tuple[str, ...]
    """Of an open period: children that it waits for, to begin or to close."""
    opens_on: dt.date | None
    """Not opened although nothing waits for anything else: since when it may be. None where it was waived above."""
    is_waived: bool
    """The period above goes on without it."""
    may_close: bool
    """All work is done and nothing stands in the way: only the closing is left."""
    figures: Figures | None
    """None without a case, and for a stopped one, which stands apart."""
    stale: tuple[str, ...] = ()
    """Of an open period: children reopened since it took them in, and not waived."""
    rounds: tuple[tuple[int, int], ...] = ()
    """(step, attempt) of what is open and comes round once too often; of bidang the highest attempt."""

    @property
    def is_settled(self) -> bool:
        """Closed, or gone on without: nothing of it is awaited any more."""
        return self.phase is PeriodPhase.TUTUP or self.is_waived


class Pace(NamedTuple):
    """How long a step takes, from the year's ended runs: medians in working seconds."""

    step: int
    title: str
    waktu: Waktu | None
    runs: int
    cycle_seconds: int
    queue_seconds: int | None
    work_seconds: int | None


class Dashboard(NamedTuple):
    """A year at one moment."""

    year: int
    now: int
    pressing: tuple[Pressing, ...]
    """By urgency; the latest first, then what queued longest where nothing is due, then the nearest due moment."""
    lanes: tuple[LaneLoad, ...]
    """Lanes with something open: late first, then the fullest."""
    regions: tuple[RegionStand, ...]
    periods: tuple[PeriodStand, ...]
    """In the order in which they close."""
    figures: Figures | None
    """Of all periods together; None where no case has begun."""
    slowest: tuple[Pace, ...]
    """Every step that has an ended run, the slowest first."""
    steps_of: Mapping[str, tuple[int, ...]]
    """Period key -> the steps of its case, for periods that have one; in the order in which they close."""

    def tally(self, urgency: Urgency) -> int:
        """How many open runs press that much."""
        return sum(one.urgency is urgency for one in self.pressing)

    def by_name(self, names: Mapping[str, str]) -> Dashboard:
        """The same with names in the place of codes, for people; a code without one stays.

        Args:
            names: Code of a person -> name.
        """

        def called(code: str | None) -> str | None:
            return None if code is None else person_called(names, code)

        def of_lane(one: LaneLoad) -> LaneLoad:
            return one._replace(holders=tuple(sorted(person_called(names, code) for code in one.holders)))

        return self._replace(
            pressing=tuple(one._replace(holder=called(one.holder)) for one in self.pressing),
            lanes=tuple(map(of_lane, self.lanes)),
            regions=tuple(
                one._replace(bidang=tuple(each._replace(holder=called(each.holder)) for each in one.bidang))
                for one in self.regions
            ),
        )


def dashboard(year: Snapshot, now: int) -> Dashboard:
    """Where the year stands at `now`; the newest case of every period is looked at."""
    return _Looker(year, now).look()


def summed(parts: Iterable[Figures]) -> Figures | None:
    """Several cases as one; what is missing in all of them stays missing. None for no case."""
    kept = list(parts)
    if not kept:
        return None
    sums = {name: total(getattr(one, name) for one in kept) for name in fields(Figures)}
    return Figures(**sums)  # type: ignore[arg-type]


class _Press(NamedTuple):
    """How much an open run presses."""

    stand: Stand
    urgency: Urgency | None

    @property
    def order(self) -> tuple[int, int, int]:
        """What presses more comes first: late before due, due before the rest."""
        urgency = len(Urgency) if self.urgency is None else int(self.urgency)
        return urgency, -(self.stand.late_seconds or 0), self.stand.due_at or 1 << 62


class _Opened(NamedTuple):
    """A case that work is done on."""

    steps: Procedure
    case: CaseState
    runs: tuple[RunState, ...]
    """Its open runs, found once: asking two thousand runs for their phase takes a millisecond."""


class _Looker:
    """Looks at one year once."""

    def __init__(self, year: Snapshot, now: int) -> None:
        self.whole, self.year, self.versions = year, year.state, year.versions
        self.settings, self.calendar, self.now = year.settings, year.calendar, now
        self.today = self.calendar.date_of(now)
        self._presses: dict[object, _Press] = {}
        self._queues: dict[object, int] = {}
        self._days: dict[dt.date, int] = {}
        self._clocks: dict[tuple[int, int], Clocks] = {}
        self._ended: dict[CaseKey, frozenset[Slot]] = {}

    def look(self) -> Dashboard:
        opened = [self._opened(case) for case in self._cases() if self._is_open(case)]
        presses = {
            id(run): self._press(steps.steps[run.step], run, case) for steps, case, runs in opened for run in runs
        }
        periods = tuple(self._period(self.year.periods[key]) for key in self._keys())
        return Dashboard(
            year=split(next(iter(self.year.periods)))[0],
            now=self.now,
            pressing=self._pressing(opened, presses),
            lanes=self._lanes(opened, presses),
            regions=tuple(
                self._region(case, region, presses)
                for steps, case, _ in opened
                for region in steps.regions
                if self._is_entered(case, region)
            ),
            periods=periods,
            figures=summed(one.figures for one in periods if one.figures is not None),
            slowest=self._slowest(),
            steps_of={case.period: self._steps(case).numbers for case in self._cases()},
        )

    # ------------------------------------------------------------------ what there is
    def _keys(self) -> list[str]:
        number = split(next(iter(self.year.periods)))[0]
        return [key for key in keys_of(number) if key in self.year.periods]

    def _cases(self) -> Iterator[CaseState]:
        """The newest case of every period."""
        for key in self._keys():
            case = self.year.case_of(key)
            if case is not None:
                yield case

    def _is_open(self, case: CaseState) -> bool:
        running = case.phase in (CasePhase.BERJALAN, CasePhase.DITAHAN)
        return running and self.year.periods[case.period].phase is PeriodPhase.BUKA

    def _steps(self, case: CaseState) -> Procedure:
        steps = steps_of(self.whole, case.period)
        assert steps is not None, "a case runs steps"
        return steps

    def _opened(self, case: CaseState) -> _Opened:
        steps = self._steps(case)
        return _Opened(steps, case, tuple(run for run in case.open_runs() if run.step in steps.steps))

    def _done(self, case: CaseState) -> frozenset[Slot]:
        """Slots with a valid ended run, found once for each case."""
        if case.key not in self._ended:
            self._ended[case.key] = case.done_slots()
        return self._ended[case.key]

    @staticmethod
    def _is_entered(case: CaseState, region: Region) -> bool:
        """Whether the region is being gone through, or was, since the case last came to it."""
        if region.first not in case.regions:
            return False
        return any(run.valid and region.holds(run.step) for run in case.runs.values())

    # ------------------------------------------------------------------ how a run stands
    def _press(self, step: Step, run: RunState, case: CaseState) -> _Press:
        timed = self._timed(step, run, case)
        begun = timed.clock_from
        # What does not change how a run stands is left out: a region of 2,000 bidang is one question.
        key = (case.period, step.number, begun, run.ready if begun is None else None, timed.stopped)
        if key not in self._presses:
            found = stand(timed, self.now, self.calendar, self.settings)
            self._presses[key] = _Press(found, urgency_of(found, self.now, self.calendar))
        return self._presses[key]

    def _timed(self, step: Step, run: RunState, case: CaseState) -> Timed:
        key = (case.sop_version, step.number)
        if key not in self._clocks:
            self._clocks[key] = self.settings.clocks_of(self.versions[case.sop_version].code, step.number)
        return Timed(step.mutu_baku.waktu, run.ready, run.started, (*run.pauses, *case.holds), self._clocks[key])

    def _queued(self, timed: Timed) -> int:
        key = (timed.ready, timed.started, timed.stopped)
        if key not in self._queues:
            self._queues[key] = queued(timed, self.now, self.calendar) or 0
        return self._queues[key]

    def _waited(self, since: int) -> int | None:
        """Working days since a moment; None where no calendar reaches."""
        day = self.calendar.date_of(since)
        if day not in self._days:
            try:
                self._days[day] = working_days_since(since, self.now, self.calendar)
            except CalendarGap:
                return None
        return self._days[day]

    # ------------------------------------------------------------------ what presses, and whose turn it is
    def _pressing(self, opened: Sequence[_Opened], presses: Mapping[int, _Press]) -> tuple[Pressing, ...]:
        found = [
            Pressing(
                Spot(case.period, run.step, run.bidang),
                steps.steps[run.step].title.text,
                _turn(steps, run),
                run.holder,
                run.phase,
                press.urgency,
                press.stand.due_at,
                press.stand.late_seconds or 0,
                self._queued(self._timed(steps.steps[run.step], run, case)),
                run.ready,
            )
            for steps, case, runs in opened
            for run in runs
            if (press := presses[id(run)]).urgency is not None
        ]
        return tuple(sorted(found, key=_by_urgency))

    def _lanes(self, opened: Sequence[_Opened], presses: Mapping[int, _Press]) -> tuple[LaneLoad, ...]:
        of_lane: dict[str, list[tuple[CaseState, RunState, _Press]]] = {}
        for steps, case, runs in opened:
            for run in runs:
                lane = _turn(steps, run)
                of_lane.setdefault(lane, []).append((case, run, presses[id(run)]))
        loads = [self._load(lane, found) for lane, found in of_lane.items()]
        return tuple(sorted(loads, key=lambda load: (-load.late, -load.queue - load.active)))

    def _load(self, lane: str, found: Sequence[tuple[CaseState, RunState, _Press]]) -> LaneLoad:
        queue = [run for _, run, _ in found if _is_queued(run)]
        case, first, _ = min(found, key=lambda one: (*one[2].order, one[1].ready))
        return LaneLoad(
            lane=lane,
            queue=len(queue),
            active=len(found) - len(queue),
            late=sum(press.urgency is Urgency.LATE for _, _, press in found),
            oldest_days=self._waited(min(run.ready for run in queue)) if queue else None,
            holders=tuple(sorted({run.holder for _, run, _ in found if run.holder is not None})),
            first=Spot(case.period, first.step, first.bidang),
        )

    # ------------------------------------------------------------------ who has handed in
    def _region(self, case: CaseState, region: Region, presses: Mapping[int, _Press]) -> RegionStand:
        newest: dict[str, RunState] = {}
        for run in case.runs.values():
            if run.valid and run.bidang is not None and region.holds(run.step):
                known = newest.get(run.bidang)
                if known is None or run.step > known.step:
                    newest[run.bidang] = run
        done = self._done(case)
        found = [
            self._handing(name, newest.get(name), region, presses, (region.last, name) in done)
            for name in case.regions[region.first]
        ]
        missing = sorted((one for one in found if one.through_at is None), key=lambda one: one.since or 0)
        there = sorted((one for one in found if one.through_at is not None), key=lambda one: one.through_at or 0)
        return RegionStand(case.period, region.first, region.last, region.join, (*missing, *there))

    def _handing(
        self, name: str, run: RunState | None, region: Region, presses: Mapping[int, _Press], is_through: bool
    ) -> Handing:
        if run is None:
            return Handing(name, region.first, None, None, None, None, False)
        if is_through:
            late = run.verdict is not None and run.verdict.is_late
            return Handing(name, run.step, run.phase, None, None, run.ended, late, run.holder)
        press = presses.get(id(run))
        late = press is not None and press.urgency is Urgency.LATE
        return Handing(name, run.step, run.phase, run.ready, self._waited(run.ready), None, late, run.holder)

    # ------------------------------------------------------------------ periods
    def _period(self, period: PeriodState) -> PeriodStand:
        case = self.year.case_of(period.key)
        steps = steps_of(self.whole, period.key)
        closing = closing_of(self.year, period.key, steps)
        total = 0 if steps is None else len(steps.numbers)
        done = 0 if steps is None or case is None else progress(frozen_in(steps, case), self._done(case))[0]
        waiting = closing.children
        begins = first_day(period.key)
        waived = self._is_waived(period)
        may_open = begins <= self.today and not waiting and not waived
        stands_apart = case is None or case.phase is CasePhase.DIHENTIKAN
        return PeriodStand(
            key=period.key,
            has_case=period.has_case,
            phase=period.phase,
            case_phase=None if case is None else case.phase,
            done=done,
            total=total,
            closings=period.closings,
            front=() if case is None else tuple(sorted({run.step for run in case.open_runs()})),
            waiting=waiting if period.phase is PeriodPhase.BUKA else (),
            opens_on=begins if may_open and period.phase is PeriodPhase.BELUM else None,
            is_waived=waived,
            stale=closing.stale if period.phase is PeriodPhase.BUKA else (),
            may_close=closing.is_all_done,
            figures=None if case is None or stands_apart else case_figures(case, self.calendar),
            rounds=() if case is None or period.phase is not PeriodPhase.BUKA else _rounds(case),
        )

    def _is_waived(self, period: PeriodState) -> bool:
        """Whether the period above goes on without this one."""
        above = parent_of(period.key)
        parent = None if above is None else self.year.periods.get(above)
        return parent is not None and is_waived(parent, period)

    # ------------------------------------------------------------------ how long steps take
    def _slowest(self) -> tuple[Pace, ...]:
        runs: dict[int, list[RunState]] = {}
        for case in self._cases():
            if case.phase is not CasePhase.DIHENTIKAN:
                for run in case.runs.values():
                    if run.is_worked:
                        runs.setdefault(run.step, []).append(run)
        titles = {step.number: step for version in sorted(self.versions) for step in self.versions[version].steps}
        paces = [
            pace
            for number, found in runs.items()
            if number in titles and (pace := _pace(titles[number], found)) is not None
        ]
        return tuple(sorted(paces, key=lambda pace: (-pace.cycle_seconds, pace.step)))


def _turn(steps: Procedure, run: RunState) -> str:
    step = steps.steps[run.step]
    return lane_of(step.pelaksana, step.decider, run.phase)


def _is_queued(run: RunState) -> bool:
    return run.phase is RunPhase.SIAP or (run.phase is RunPhase.DITUNDA and run.started is None)


def _by_urgency(one: Pressing) -> tuple[int, int, int]:
    waited = -one.queue_seconds if one.due_at is None else one.due_at
    return one.urgency, -one.late_seconds, waited


def _rounds(case: CaseState) -> tuple[tuple[int, int], ...]:
    """Steps with an open run that the pengelola is warned of, and its attempt."""
    found: dict[int, int] = {}
    for run in case.open_runs():
        if run.attempt >= WARN_FROM_ATTEMPT:
            found[run.step] = max(run.attempt, found.get(run.step, 0))
    return tuple(sorted(found.items()))


def _pace(step: Step, runs: Sequence[RunState]) -> Pace | None:
    verdicts = [run.verdict for run in runs if run.verdict is not None]
    cycles = [one.cycle_seconds for one in verdicts if one.cycle_seconds is not None]
    if not cycles:
        return None
    queues = [one.queue_seconds for one in verdicts if one.queue_seconds is not None]
    works = [one.work_seconds for one in verdicts if one.work_seconds is not None]
    return Pace(
        step.number,
        step.title.text,
        step.mutu_baku.waktu,
        len(cycles),
        median(cycles),
        median(queues) if queues else None,
        median(works) if works else None,
    )

"""When a case and its period will be finished, if everything goes as the standards (or past runs) say.

Works on plain values, so that the overview of the command line can ask without loading the flow of cases; `outlook.py`
makes them from a state. Every decision is taken to be answered Ya, nobody waits between two steps, and what should have
been done by now is taken to be done at the next working moment: a forecast is the earliest finish that is still
believable, not a promise. Of what was never opened nobody can say when it ends, nor of what waits for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sop.look.standing import Timed, due_of
from sop.model.definition import Waktu
from sop.model.errors import CalendarGap
from sop.time.deadline import Clocks, ClockStart, Interval, cycle_seconds, late_seconds
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, replace

LEAST_RUNS = 3
"""Past runs of a step from which on their median says more than its standard."""

Slot = tuple[int, str | None]


class Grounds(StrEnum):
    """What the time of one step was taken from."""

    STANDARD = "mutu_baku"
    MEDIAN = "median"
    """Of the cycle times of past runs."""
    NOTHING = "tanpa_mutu_baku"
    """The document has no standard and there are too few past runs: no time at all."""


class Stage(Frozen):
    """One step of a period's path."""

    step: int
    waktu: Waktu | None
    begins: ClockStart | None = None
    """The office's setting."""
    bidang: tuple[str, ...] | None = None
    """Who does it, where it is done per bidang: the frozen list of its region where one stands, else the office's."""
    past: tuple[int, ...] = ()
    """Cycle times of past runs in working seconds."""
    is_decided: bool = False
    """Whether it ends with a Ya or a Tidak."""

    @property
    def whose(self) -> tuple[str | None, ...]:
        """The bidang that go through it, or nobody in particular."""
        return (None,) if self.bidang is None else self.bidang


class Underway(Frozen):
    """A run under way."""

    ready: int
    started: int | None
    stopped: tuple[Interval, ...] = ()
    """Pauses, and the holds of its case."""


class Outlook(Frozen):
    """A period, as far as its forecast needs it."""

    key: str
    is_closed: bool = False
    is_open: bool = False
    """Whether it was opened, and not closed since."""
    stages: tuple[Stage, ...] = ()
    """Empty for a pure roll-up."""
    children: tuple[str, ...] = ()
    """Kept periods directly below that are neither closed nor waived."""
    is_stopped: bool = False
    """Its case was stopped and no other begun: nobody can say when it ends."""
    is_held: bool = False
    is_stale: bool = False
    """It took in a period that was reopened since: its first step is done again, or the pengelola waives it."""
    done: frozenset[Slot] = frozenset()
    """Slots with a valid ended run."""
    open_runs: Mapping[Slot, Underway] = MappingProxyType({})
    target: dt.date | None = None
    """The office's target for the period."""


class Leg(Frozen):
    """One step (of one bidang) on the way."""

    step: int
    bidang: str | None
    starts_at: int
    """Ready; for a run that is under way the moment it became ready."""
    ends_at: int
    grounds: Grounds
    runs: int
    """Past runs behind a median; 0 otherwise."""
    seconds: int | None
    """The median in working seconds; None otherwise."""
    under_way: bool
    overdue: bool
    """Should have ended before now: it is taken to end at the next working moment."""
    decisive: bool
    """In a region: whether this bidang is the latest, which the next step waits for. Elsewhere always."""
    is_decided: bool = False
    """Whether it ends with a Ya or a Tidak."""


class Delay(Frozen):
    """A child period before the first step."""

    name: str
    """Key of the period."""
    until: int


class Forecast(Frozen):
    """When a period is finished, and how that came about."""

    period: str
    case_at: int | None
    """When its last step ends; None where nothing is left to do, for a roll-up, or where nobody can say."""
    period_at: int | None
    """When it can be closed, its children included; None where nobody can say, or for a closed one."""
    legs: tuple[Leg, ...]
    waits: tuple[Delay, ...]
    is_stopped: bool = False
    is_held: bool = False
    """The case is held: counted as if it went on now."""
    is_stale: bool = False
    """All work is done, but on input that a reopened period made stale."""
    only_closing: bool = False
    """All work is done and nothing stands in the way: the period may be closed now."""
    beyond_calendar: bool = False
    unopened: tuple[str, ...] = ()
    """Keys of the periods that were never opened and that it waits for, itself among them."""
    target: dt.date | None = None
    off_days: int | None = None
    """Working days between the target and the forecast: above 0 after it, below 0 ahead of it."""
    off_seconds: int | None = None
    """The same in working time, from the end of the target's day."""

    @property
    def is_behind(self) -> bool:
        """Whether the target will be missed."""
        return self.off_seconds is not None and self.off_seconds > 0

    def is_missed(self, now: int, calendar: WorkCalendar) -> bool:
        """Whether the target went by or will."""
        return self.is_behind or (self.target is not None and is_gone(self.target, now, calendar))


class Forecasts(Mapping[str, Forecast]):
    """The forecasts of a year, each worked out when somebody looks at it: with many bidang one takes its time."""

    def __init__(self, seer: _Seer) -> None:
        self._seer = seer

    def __getitem__(self, key: str) -> Forecast:
        return self._seer.forecast(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._seer.outlooks)

    def __len__(self) -> int:
        return len(self._seer.outlooks)


def forecasts(
    outlooks: Mapping[str, Outlook], calendar: WorkCalendar, now: int, *, count_first_day: bool = False
) -> Forecasts:
    """The forecast of every period of a year.

    Args:
        outlooks: Key -> outlook, children included.
        calendar: The revision in force.
        now: Reading of the clock.
        count_first_day: The office's setting for hari kerja.
    """
    return Forecasts(_Seer(outlooks, calendar, now, count_first_day))


def median(values: Sequence[int]) -> int:
    """The middle value; between two of them, the mean rounded down."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


class _Seer:
    """Looks ahead in one year; each period once."""

    def __init__(
        self, outlooks: Mapping[str, Outlook], calendar: WorkCalendar, now: int, count_first_day: bool
    ) -> None:
        self.outlooks, self.calendar, self.now, self.count_first_day = outlooks, calendar, now, count_first_day
        self._soonest: int | None = None
        self.known: dict[str, Forecast] = {}
        self._alike: dict[tuple[Any, ...], Leg] = {}
        """A leg of nobody in particular, for each that was worked out: most bidang of a region stand alike."""

    def forecast(self, key: str) -> Forecast:
        if key not in self.known:
            try:
                self.known[key] = self._worked_out(self.outlooks[key])
            except CalendarGap:
                self.known[key] = Forecast(key, None, None, (), (), beyond_calendar=True)
        return self.known[key]

    @property
    def soonest(self) -> int:
        """The first working moment from now on: nothing is finished before. Raises CalendarGap."""
        if self._soonest is None:
            self._soonest = self.calendar.next_open(self.now)
        return self._soonest

    def _worked_out(self, outlook: Outlook) -> Forecast:
        if outlook.is_closed:
            return Forecast(outlook.key, None, None, (), (), target=outlook.target)
        if not outlook.is_open:
            return Forecast(outlook.key, None, None, (), (), unopened=(outlook.key,), target=outlook.target)
        waits = self._waits(outlook)
        unknown = any(self.forecast(key).period_at is None for key in outlook.children)
        if outlook.is_stopped or unknown:
            below = [self.forecast(key) for key in outlook.children]
            return Forecast(
                outlook.key,
                None,
                None,
                (),
                waits,
                is_stopped=outlook.is_stopped,
                beyond_calendar=any(each.beyond_calendar for each in below),
                unopened=tuple(key for each in below for key in each.unopened),
                target=outlook.target,
            )
        gate = max((wait.until for wait in waits), default=self.soonest)
        legs = tuple(self._legs(outlook, gate))
        if outlook.is_stale and not legs:
            return Forecast(outlook.key, None, None, (), waits, is_stale=True, target=outlook.target)
        ends = [leg.ends_at for leg in legs]
        period_at = max([gate, *ends])
        target = outlook.target
        off_days, off_seconds = (None, None) if target is None else off_target(target, period_at, self.calendar)
        return Forecast(
            outlook.key,
            max(ends, default=None),
            period_at,
            legs,
            waits,
            is_held=outlook.is_held,
            only_closing=not legs and not waits,
            target=outlook.target,
            off_days=off_days,
            off_seconds=off_seconds,
        )

    def _waits(self, outlook: Outlook) -> tuple[Delay, ...]:
        found = []
        for child in outlook.children:
            until = self.forecast(child).period_at
            if until is not None:
                found.append(Delay(child, until))
        return tuple(found)

    # ------------------------------------------------------------------ along the path
    def _legs(self, outlook: Outlook, gate: int) -> Iterator[Leg]:
        """The steps that are left. The gate holds the first of them back only while the first step is among them."""
        moment = self.soonest
        for index, stages in enumerate(_grouped(outlook.stages)):
            if index == 0 and any(not self._is_done(outlook, stage) for stage in stages):
                moment = gate
            legs = [
                leg
                for bidang in stages[0].whose
                for leg in self._chain(outlook, stages, bidang, moment, gate if index == 0 else self.soonest)
            ]
            latest = max((leg.ends_at for leg in legs), default=moment)
            last = {leg.bidang for leg in legs if leg.ends_at == latest}
            for leg in legs:
                yield leg if leg.bidang in last else replace(leg, decisive=False)
            moment = max(moment, latest)

    def _chain(
        self, outlook: Outlook, stages: Sequence[Stage], bidang: str | None, moment: int, least: int
    ) -> Iterator[Leg]:
        """The steps of one bidang (or the one step) from `moment` on; a run under way ends at `least` or later."""
        for stage in stages:
            slot = (stage.step, bidang)
            if slot in outlook.done:
                continue
            run = outlook.open_runs.get(slot)
            # A stage holds all that its steps of other bidang have in common; it lives as long as its outlook.
            at: tuple[Any, ...] = (id(stage), moment) if run is None else (id(stage), run, least)
            found = self._alike.get(at)
            if found is None:
                found = self._ahead(stage, moment) if run is None else self._under_way(stage, run, least)
                self._alike[at] = found
            leg = replace(found, bidang=bidang)
            yield leg
            moment = leg.ends_at

    @staticmethod
    def _is_done(outlook: Outlook, stage: Stage) -> bool:
        return outlook.done.issuperset((stage.step, bidang) for bidang in stage.whose)

    def _ahead(self, stage: Stage, ready: int) -> Leg:
        """A step that nobody has begun."""
        grounds, middle = _grounds(stage)
        ends = ready
        if middle is not None:
            ends = self.calendar.add(ready, middle)
        elif stage.waktu is not None:
            ends = self._due(Timed(stage.waktu, ready, ready, (), self._clocks(stage)))
        return _leg(stage, ready, ends, grounds, middle)

    def _under_way(self, stage: Stage, run: Underway, least: int) -> Leg:
        """A run that is open; what should have ended by now ends at the next working moment."""
        grounds, middle = _grounds(stage)
        ends, overdue = self.soonest, False
        if stage.waktu is not None:
            timed = Timed(stage.waktu, run.ready, run.started, run.stopped, self._clocks(stage))
            if timed.clock_from is None:
                ends = self._due(Timed(stage.waktu, self.now, self.now, (), timed.clocks))
            else:
                due = self._due(timed)
                ends = max(due, self.soonest)
                # Late is what is late by the standard, also where past runs were faster than that.
                overdue = bool(late_seconds(due, self.now, run.stopped, self.calendar))
        if middle is not None:
            used = cycle_seconds(run.ready, None, run.stopped, self.calendar, now=self.now)
            ends = self.calendar.add(self.soonest, max(0, middle - used))
        leg = _leg(stage, run.ready, max(ends, least), grounds, middle)
        return replace(leg, under_way=True, overdue=overdue)

    def _clocks(self, stage: Stage) -> Clocks:
        return Clocks(stage.begins, self.count_first_day)

    def _due(self, timed: Timed) -> int:
        due = due_of(timed, self.now, self.calendar)
        if due is None:
            raise CalendarGap(
                instant=timed.clock_from or timed.ready,
                first_year=self.calendar.first_year,
                last_year=self.calendar.last_year,
                revision=self.calendar.revision,
            )
        return due


def is_gone(target: dt.date, now: int, calendar: WorkCalendar) -> bool:
    """Whether a target's day went by."""
    return calendar.date_of(now) > target


def off_target(target: dt.date, moment: int, calendar: WorkCalendar) -> tuple[int, int]:
    """How far a moment lies from a target: (working days, working seconds), above 0 when it is later."""
    evening = calendar.instant(target, 86_400)
    day = calendar.date_of(moment)
    first, last, sign = (target, day, 1) if day > target else (day, target, -1)
    return sign * calendar.open_days_after(first, last), calendar.diff(evening, moment)


def _grouped(stages: Sequence[Stage]) -> Iterator[tuple[Stage, ...]]:
    """Single steps, and the regions of consecutive per-bidang steps."""
    for is_region, found in groupby(stages, key=lambda stage: stage.bidang is not None):
        if is_region:
            yield tuple(found)
        else:
            yield from ((stage,) for stage in found)


def _grounds(stage: Stage) -> tuple[Grounds, int | None]:
    if len(stage.past) >= LEAST_RUNS:
        return Grounds.MEDIAN, median(stage.past)
    return (Grounds.NOTHING if stage.waktu is None else Grounds.STANDARD), None


def _leg(stage: Stage, starts: int, ends: int, grounds: Grounds, middle: int | None) -> Leg:
    runs = len(stage.past) if grounds is Grounds.MEDIAN else 0
    return Leg(stage.step, None, starts, ends, grounds, runs, middle, False, False, True, stage.is_decided)

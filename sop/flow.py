"""How a case moves: the structural consequences of an accepted act.

Everything here is about shape: which run opens, which is overtaken, when a join or a gate lets through. Whether an act
is allowed, and what its times and verdicts are, was settled before (`acts.py`) and stands in the event.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sop.deadline import Verdict
from sop.definition import Cadence, Sop, Step
from sop.periods import cadence_of, children_of, parent_of
from sop.state import (
    GATE,
    Answer,
    CaseKey,
    CasePhase,
    CaseState,
    Evidence,
    Interval,
    Opening,
    PeriodPhase,
    PeriodState,
    RunKey,
    RunPhase,
    RunState,
    Slot,
    Tick,
    Waiver,
    YearState,
)

if TYPE_CHECKING:
    from sop.events import Event


@dataclass(frozen=True, slots=True)
class Region:
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

    def next_of(self, step: int) -> int | None:
        """The step after; None at the cadence's last."""
        index = self.numbers.index(step) + 1
        return self.numbers[index] if index < len(self.numbers) else None


@cache
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


def normalise_target(
    steps: Procedure, target: int, source: int, source_bidang: str | None, bidang: Collection[str] | None
) -> int:
    """Where a loop-back really goes.

    A target inside a per-bidang region means its first step, unless the source is a run of the same region and the only
    bidang sent back is its own: then just that bidang returns to the very step.
    """
    region = steps.region_of(target)
    if region is None:
        return target
    own = source_bidang is not None and bidang is not None and set(bidang) == {source_bidang}
    return target if own and region.holds(source) else region.first


def is_gate_met(period: PeriodState, periods: Mapping[str, PeriodState]) -> bool:
    """Every child period that is kept is closed, or waived since its last reopening."""
    return not waiting_children(period, periods)


def waiting_children(period: PeriodState, periods: Mapping[str, PeriodState]) -> list[str]:
    """Child periods a gate still waits for."""
    return [
        child
        for child in children_of(period.key)
        if child in periods and periods[child].phase is not PeriodPhase.TUTUP and not _is_waived(period, periods[child])
    ]


def _is_waived(period: PeriodState, child: PeriodState) -> bool:
    waiver = period.waivers.get(child.key)
    return waiver is not None and waiver.reopenings == child.reopenings


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


def run_entity(case: CaseKey, slot: Slot) -> str:
    """Name of a slot in `Event.touches`."""
    return f"{_run_prefix(case)}{slot[0]}:{slot[1] or ''}"


def _run_prefix(case: CaseKey) -> str:
    return f"r:{case[0]}#{case[1]}:"


def case_entity(case: CaseKey) -> str:
    return f"c:{case[0]}#{case[1]}"


def period_entity(period: str) -> str:
    return f"p:{period}"


def _slot_of(text: str) -> Slot:
    step, _, bidang = text.partition(":")
    return int(step), bidang or None


def _own_values(case: CaseState) -> CaseState:
    """A case without what counts elsewhere: its runs and revisions."""
    return replace(case, runs={}, vanished={}, revision=0)


class Draft:
    """A reporting year while events are applied to it; `freeze` gives the state.

    Work on values, not on rows: runs, cases and periods are replaced as wholes.
    """

    def __init__(self, versions: Mapping[int, Sop], cadence: Cadence | None, state: YearState | None = None) -> None:
        self.versions = versions
        self.cadence = cadence
        self.periods: dict[str, PeriodState] = dict(state.periods) if state else {}
        self.cases: dict[CaseKey, CaseState] = dict(state.cases) if state else {}
        self.revisions: dict[str, int] = {}
        if state:
            self._recall_revisions(state)
        self.entered_region = False
        """Whether an event entered a per-bidang region afresh and so used the office's bidang list."""

    def _recall_revisions(self, state: YearState) -> None:
        for period in state.periods.values():
            self.revisions[period_entity(period.key)] = period.revision
        for case in state.cases.values():
            self.revisions[case_entity(case.key)] = case.revision
            for slot, revision in case.vanished.items():
                self.revisions[run_entity(case.key, slot)] = revision
            for run in case.runs.values():
                self.revisions[run_entity(case.key, run.slot)] = run.revision

    def freeze(self) -> YearState:
        """The state, with revisions filled in."""
        return YearState(
            periods={
                key: replace(period, revision=self.revisions.get(period_entity(key), 0))
                for key, period in self.periods.items()
            },
            cases={key: self._frozen_case(case) for key, case in self.cases.items()},
        )

    def _frozen_case(self, case: CaseState) -> CaseState:
        runs: dict[RunKey, RunState] = {}
        prefix = _run_prefix(case.key)
        gone = {entity: number for entity, number in self.revisions.items() if entity.startswith(prefix)}
        for name, run in case.runs.items():
            entity = run_entity(case.key, run.slot)
            gone.pop(entity, None)
            revision = self.revisions.get(entity, 0)
            runs[name] = run if run.revision == revision else replace(run, revision=revision)
        return replace(
            case,
            revision=self.revisions.get(case_entity(case.key), 0),
            runs=runs,
            vanished={_slot_of(entity.removeprefix(prefix)): number for entity, number in gone.items()},
        )

    def changed_since(self, before: YearState) -> tuple[str, ...]:
        """The entities whose value differs from `before`, sorted: what an event touches."""
        # Frozen, because a replayed draft knows the revisions of its entities but has not written them into them.
        after = self.freeze()
        touched = {period_entity(key) for key, period in after.periods.items() if before.periods.get(key) != period}
        for key in after.cases.keys() | before.cases.keys():
            now, then = after.cases.get(key), before.cases.get(key)
            if now is None or then is None or _own_values(now) != _own_values(then):
                touched.add(case_entity(key))
            mine, theirs = (now.runs if now else {}), (then.runs if then else {})
            touched.update(
                run_entity(key, name[:2])
                for name in mine.keys() | theirs.keys()
                if mine.get(name) is not theirs.get(name) and mine.get(name) != theirs.get(name)
            )
        return tuple(sorted(touched))

    def apply(self, event: Event, undone: bool = False) -> None:
        """Take an event in. One undone later only counts in the revisions; one of the office changes no case."""
        if event.act.value == "mulai-ulang":
            self._carry_revisions(event)
        for entity in event.touches:
            self.revisions[entity] = self.revisions.get(entity, 0) + 1
        effect = _EFFECTS.get(event.act.value)
        if effect is not None and not undone:
            effect(self, event)

    def _carry_revisions(self, event: Event) -> None:
        """A new case goes on counting where the one before stopped, so that what was seen of that one is stale."""
        assert event.period is not None
        assert event.case is not None
        before, now = (event.period, event.case - 1), (event.period, event.case)
        prefix = _run_prefix(before)
        for entity, revision in list(self.revisions.items()):
            if entity.startswith(prefix):
                self.revisions[_run_prefix(now) + entity.removeprefix(prefix)] = revision
        self.revisions[case_entity(now)] = self.revisions.get(case_entity(before), 0)

    # ------------------------------------------------------------------ lookups
    def case(self, event: Event) -> CaseState:
        assert event.period is not None
        assert event.case is not None
        return self.cases[event.period, event.case]

    def run(self, event: Event) -> RunState:
        assert event.step is not None
        assert event.attempt is not None
        return self.case(event).runs[event.step, event.bidang, event.attempt]

    def steps(self, case: CaseState) -> Procedure:
        steps = procedure(self.versions[case.sop_version], case.period, self.cadence)
        assert steps is not None
        return steps

    # ------------------------------------------------------------------ writing values
    def put_case(self, case: CaseState) -> None:
        self.cases[case.key] = case

    def put_run(self, key: CaseKey, run: RunState) -> None:
        case = self.cases[key]
        runs = dict(case.runs)
        runs[run.key] = run
        self.cases[key] = replace(case, runs=runs)

    def put_period(self, period: PeriodState) -> None:
        self.periods[period.key] = period

    # ------------------------------------------------------------------ opening
    def open_run(
        self,
        key: CaseKey,
        slot: Slot,
        ready: int,
        event: Event,
        opening: Opening,
        origins: tuple[RunKey, ...] = (),
        loop_target: bool = False,
    ) -> None:
        previous = self.cases[key].current(slot)
        self.put_run(
            key,
            RunState(
                step=slot[0],
                bidang=slot[1],
                attempt=previous.attempt + 1 if previous else 1,
                phase=RunPhase.SIAP,
                ready=ready,
                opened_by=event.sequence,
                opening=opening,
                origins=origins,
                loop_target=loop_target,
            ),
        )

    def enter(
        self,
        key: CaseKey,
        step: int,
        ready: int,
        event: Event,
        opening: Opening,
        origins: tuple[RunKey, ...] = (),
        *,
        fresh: bool = True,
        loop_target: bool = False,
    ) -> None:
        """Open a step; at a region's start one run for each bidang, the list frozen anew on a fresh entry."""
        case = self.cases[key]
        region = self.steps(case).region_of(step)
        if region is None:
            self.open_run(key, (step, None), ready, event, opening, origins, loop_target)
            return
        if fresh or region.first not in case.regions:
            self.entered_region = True
            frozen = tuple(event.data.get("bidang_list", ()))
            floors = {first: floor for first, floor in case.region_floors.items() if first != region.first}
            self.put_case(replace(case, regions={**case.regions, region.first: frozen}, region_floors=floors))
        for bidang in self.cases[key].regions[region.first]:
            self.open_run(key, (region.first, bidang), ready, event, opening, origins, loop_target)

    def advance(self, key: CaseKey, run: RunState, event: Event) -> None:
        """Open what follows a run that ended validly (rule 1), or finish the case."""
        case = self.cases[key]
        steps = self.steps(case)
        region = steps.region_of(run.step)
        assert run.ended is not None
        if region is not None:
            if run.step == region.last:
                self.join(key, region, event)
            else:
                following = steps.next_of(run.step)
                assert following is not None
                self.open_run(key, (following, run.bidang), run.ended, event, Opening.ADVANCE, (run.key,))
            return
        following = steps.next_of(run.step)
        if following is None:
            self.put_case(replace(case, phase=CasePhase.SELESAI, ended=run.ended))
        else:
            self.enter(key, following, run.ended, event, Opening.ADVANCE, (run.key,))

    def join(self, key: CaseKey, region: Region, event: Event) -> None:
        """Open the step after a region once every frozen bidang is through (rule 2)."""
        case = self.cases[key]
        if case.valid_run((region.join, None)) is not None:
            return
        ends: list[RunState] = []
        for bidang in case.regions[region.first]:
            run = case.valid_run((region.last, bidang))
            if run is None or not run.is_done:
                return
            ends.append(run)
        ready = max([run.ended or 0 for run in ends] + [case.region_floors.get(region.first, 0)])
        join_is_region = self.steps(case).region_of(region.join)
        assert join_is_region is None
        self.enter(key, region.join, ready, event, Opening.JOIN, tuple(run.key for run in ends))

    # ------------------------------------------------------------------ cutting and looping back
    def cut(self, key: CaseKey, run: RunState, at: int, event: Event) -> None:
        """Take a run out of validity: an open one is cancelled, an ended one stays as overtaken history."""
        if run.is_open:
            run = replace(_closed_intervals(run, at), phase=RunPhase.DIBATALKAN, ended=at)
        self.put_run(key, replace(run, valid=False, cut_by=event.sequence))

    def loop_back(
        self,
        key: CaseKey,
        target: int,
        at: int,
        event: Event,
        origins: tuple[RunKey, ...],
        bidang: Collection[str] | None = None,
    ) -> None:
        """Send the case back to `target` (rule 3), or only the named bidang of its region."""
        case = self.cases[key]
        steps = self.steps(case)
        region = steps.region_of(target)
        for run in overtaken_by(case, steps, target, bidang):
            self.cut(key, run, at, event)
        if case.phase is CasePhase.SELESAI:
            self.put_case(replace(self.cases[key], phase=CasePhase.BERJALAN, ended=None))
        if bidang is not None and region is not None:
            ready = max(at, self.gate_floor(case)) if target == steps.first else at
            for name in case.regions[region.first]:
                if name in bidang:
                    self.open_run(key, (target, name), ready, event, Opening.LOOP_BACK, origins, loop_target=True)
        elif target == steps.first and self.has_gate(case.period):
            self.put_case(replace(self.cases[key], gate_since=at))
            self.try_gate(case.period, event, loop_back=True)
        else:
            self.enter(key, target, at, event, Opening.LOOP_BACK, origins, fresh=False, loop_target=True)

    # ------------------------------------------------------------------ gates
    def has_gate(self, period: str) -> bool:
        return any(child in self.periods for child in children_of(period))

    def try_gate(self, key: str, event: Event, loop_back: bool = False) -> None:
        """Open the first step of the period's case if nothing below holds it back any more (rule 4)."""
        period = self.periods[key]
        case = self.cases.get((key, period.last_case))
        if case is None or case.gate_since is None or case.phase is not CasePhase.BERJALAN:
            return
        if not is_gate_met(period, self.periods):
            return
        steps = self.steps(case)
        floor = self.gate_floor(case)
        reentry = loop_back or any(run.step == steps.first for run in case.runs.values())
        sender = sent_back_by(case)
        self.put_case(replace(case, gate_since=None, region_floors={**case.region_floors, GATE: floor}))
        self.enter(
            case.key,
            steps.first,
            max(case.gate_since, floor),
            event,
            Opening.LOOP_BACK if reentry else Opening.ENTRY,
            (sender.key,) if sender is not None else (),
            fresh=not reentry,
            loop_target=reentry,
        )

    def gate_floor(self, case: CaseState) -> int:
        """The latest of the case's opening, its children's closings and the waivers."""
        period = self.periods[case.period]
        moments = [case.opened]
        for child in children_of(case.period):
            state = self.periods.get(child)
            if state is None:
                continue
            if state.phase is PeriodPhase.TUTUP and state.closed_at is not None:
                moments.append(state.closed_at)
            if _is_waived(period, state):
                moments.append(period.waivers[child].at)
        return max(moments)

    def begin_case(self, event: Event) -> None:
        """A new case of the event's period, from its first step or its gate."""
        assert event.period is not None
        assert event.case is not None
        key = (event.period, event.case)
        gated = self.has_gate(event.period)
        self.put_case(
            CaseState(
                period=event.period,
                number=event.case,
                sop_version=int(event.data["sop_version"]),
                phase=CasePhase.BERJALAN,
                opened=event.at,
                moment=event.at,
                gate_since=event.at if gated else None,
            )
        )
        period = self.periods[event.period]
        self.put_period(
            replace(
                period, phase=PeriodPhase.BUKA, last_case=event.case, moment=max(event.at, period.moment or event.at)
            )
        )
        if gated:
            self.try_gate(event.period, event)
        else:
            self.enter(key, self.steps(self.cases[key]).first, event.at, event, Opening.ENTRY)

    def inputs_of(self, case: CaseState) -> tuple[tuple[str, int], ...]:
        """What a first step takes in when it is finished now."""
        return tuple(
            (child, self.periods[child].reopenings) for child in children_of(case.period) if child in self.periods
        )


def overtaken_by(
    case: CaseState, steps: Procedure, target: int, bidang: Collection[str] | None = None
) -> list[RunState]:
    """The valid runs that a loop-back to `target` takes out: at or after it, or just the named bidang's and
    everything after their join."""
    region = steps.region_of(target)
    overtaken: list[RunState] = []
    for run in case.runs.values():
        if not run.valid or run.step < target:
            continue
        inside = region is not None and region.holds(run.step)
        if bidang is not None and inside and run.bidang not in bidang:
            continue
        overtaken.append(run)
    return overtaken


def sent_back_by(case: CaseState) -> RunState | None:
    """While a case waits at its gate: the decision whose Tidak sent it there. None for its opening or a kembalikan."""
    last = max((run.cut_by for run in case.runs.values() if run.cut_by is not None), default=None)
    return next((run for run in case.runs.values() if run.cut_by == last and last in run.acts), None)


def _close(intervals: tuple[Interval, ...], at: int) -> tuple[Interval, ...]:
    if intervals and intervals[-1][1] is None:
        return (*intervals[:-1], (intervals[-1][0], at))
    return intervals


def _closed_intervals(run: RunState, at: int) -> RunState:
    return replace(run, work=_close(run.work, at), pauses=_close(run.pauses, at), waits=_close(run.waits, at))


# ---------------------------------------------------------------------- effects, one per act
def _acted(run: RunState, event: Event) -> RunState:
    """Mark a run as acted on by this event."""
    note = event.data.get("note")
    return replace(
        run,
        acts=(*run.acts, event.sequence),
        late_entry=run.late_entry or event.late_entry,
        doubted=run.doubted or event.doubted,
        note=note if isinstance(note, str) else run.note,
    )


def _verdict_of(event: Event, run: RunState) -> Verdict | None:
    found = event.data.get("verdicts", {}).get(run_label(run.key))
    return Verdict(**found) if found is not None else run.verdict


def run_label(key: RunKey) -> str:
    """Name of a run inside its case, for event data: `3:Bidang A#1`."""
    return f"{key[0]}:{key[1] or ''}#{key[2]}"


def _mulai(draft: Draft, event: Event) -> None:
    run = draft.run(event)
    draft.put_run(
        draft.case(event).key,
        replace(
            _acted(run, event),
            phase=RunPhase.DIKERJAKAN,
            holder=event.data["holder"],
            started=event.at if run.started is None else run.started,
            work=(*run.work, (event.at, None)),
        ),
    )


def _lepas(draft: Draft, event: Event) -> None:
    run = _closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(draft.case(event).key, replace(run, phase=RunPhase.SIAP, holder=None))


def _tugaskan(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    draft.put_run(draft.case(event).key, replace(run, holder=event.data["holder"]))


def _tunda(draft: Draft, event: Event) -> None:
    run = _closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.DITUNDA, paused_from=run.phase, pauses=(*run.pauses, (event.at, None))),
    )


def _lanjut(draft: Draft, event: Event) -> None:
    run = _closed_intervals(_acted(draft.run(event), event), event.at)
    back = run.paused_from or RunPhase.SIAP
    work = (*run.work, (event.at, None)) if back is RunPhase.DIKERJAKAN else run.work
    draft.put_run(draft.case(event).key, replace(run, phase=back, paused_from=None, work=work))


def _ajukan(draft: Draft, event: Event) -> None:
    run = _closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.KEPUTUSAN, handed_in_by=event.by, waits=(*run.waits, (event.at, None))),
    )


def _tarik(draft: Draft, event: Event) -> None:
    run = _closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.DIKERJAKAN, handed_in_by=None, work=(*run.work, (event.at, None))),
    )


def _end(draft: Draft, event: Event, run: RunState, phase: RunPhase, **changes: Any) -> RunState:
    """Write a run's end; the caller goes on from it."""
    ended = replace(_closed_intervals(_acted(run, event), event.at), phase=phase, ended=event.at, paused_from=None)
    if changes:
        ended = replace(ended, **changes)
    ended = replace(ended, verdict=_verdict_of(event, ended))
    case = draft.case(event)
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        ended = replace(ended, inputs=_taken_in(draft, case, ended))
    draft.put_run(case.key, ended)
    return ended


def _taken_in(draft: Draft, case: CaseState, run: RunState) -> tuple[tuple[str, int], ...]:
    """A skipped or taken-over first step has not looked at its children again: it keeps what was taken in before."""
    if run.taken_over or run.phase is RunPhase.DILEWATI:
        for attempt in range(run.attempt - 1, 0, -1):
            earlier = case.runs.get((run.step, run.bidang, attempt))
            if earlier is not None and earlier.inputs is not None:
                return earlier.inputs
    return draft.inputs_of(case)


def _selesai(draft: Draft, event: Event) -> None:
    run = draft.run(event)
    start = event.data.get("started")
    if start is not None:
        run = replace(
            run, started=start if run.started is None else run.started, work=(*run.work, (int(start), event.at))
        )
    ended = _end(draft, event, run, RunPhase.SELESAI, holder=run.holder or event.data.get("holder"))
    draft.advance(draft.case(event).key, ended, event)


def _putuskan(draft: Draft, event: Event) -> None:
    answer = Answer(event.data["answer"])
    run = _end(draft, event, draft.run(event), RunPhase.SELESAI, answer=answer)
    case = draft.case(event)
    if answer is Answer.YA:
        draft.advance(case.key, run, event)
        return
    steps = draft.steps(case)
    decision = steps.steps[run.step].decision
    assert decision is not None
    target = normalise_target(steps, decision.tidak, run.step, run.bidang, None)
    draft.loop_back(case.key, target, event.at, event, (run.key,))


def _lewati(draft: Draft, event: Event) -> None:
    run = _end(draft, event, draft.run(event), RunPhase.DILEWATI)
    draft.advance(draft.case(event).key, run, event)


def _pakai_lama(draft: Draft, event: Event) -> None:
    run = _end(draft, event, draft.run(event), RunPhase.SELESAI, taken_over=True, started=None)
    draft.advance(draft.case(event).key, run, event)


def _koreksi(draft: Draft, event: Event) -> None:
    run = corrected(_acted(draft.run(event), event), event.data.get("started"), event.data.get("ended"))
    for field, build in (("evidence", Evidence),):
        if field in event.data:
            run = replace(run, evidence=tuple(build(**item) for item in event.data[field]))
    key = draft.case(event).key
    draft.put_run(key, run)
    _move_successors(draft, key, run, event)


def corrected(run: RunState, started: int | None, ended: int | None) -> RunState:
    """The run with another start or end; the first and last stretch of work move along."""
    if started is not None:
        work = ((started, run.work[0][1]), *run.work[1:]) if run.work else ((started, run.ended),)
        run = replace(run, started=started, work=work)
    if ended is not None and run.ended is not None:
        old = run.ended
        # Handed in and decided in the same second: only the stretch that the end closed moves along.
        if run.waits and run.handed_in_by is not None:
            return replace(run, ended=ended, waits=_moved_end(run.waits, old, ended))
        run = replace(run, ended=ended, work=_moved_end(run.work, old, ended))
    return run


def _moved_end(intervals: tuple[Interval, ...], old: int, new: int) -> tuple[Interval, ...]:
    if intervals and intervals[-1][1] == old:
        return (*intervals[:-1], (intervals[-1][0], new))
    return intervals


def _move_successors(draft: Draft, key: CaseKey, run: RunState, event: Event) -> None:
    case = draft.cases[key]
    for following in successors(case, run.key):
        draft.put_run(key, replace(following, ready=ready_of(case, following, draft.steps(case))))
    _recompute_verdicts(draft, key, event)
    steps = draft.steps(case)
    if case.phase is CasePhase.SELESAI and run.valid and steps.next_of(run.step) is None:
        draft.put_case(replace(draft.cases[key], ended=run.ended))
    if case.gate_since is not None and sent_back_by(case) == run and run.ended is not None:
        draft.put_case(replace(draft.cases[key], gate_since=run.ended))


def _recompute_verdicts(draft: Draft, key: CaseKey, event: Event) -> None:
    """Take over verdicts worked out anew. A run whose end was undone since has none."""
    verdicts = event.data.get("verdicts", {})
    for run in draft.cases[key].runs.values():
        if run.phase is RunPhase.SELESAI and run_label(run.key) in verdicts:
            draft.put_run(key, replace(run, verdict=_verdict_of(event, run)))


def successors(case: CaseState, key: RunKey) -> list[RunState]:
    """Runs in the view whose ready comes from the end of that run."""
    return [run for run in case.runs.values() if key in run.origins]


def ready_of(case: CaseState, run: RunState, steps: Procedure) -> int:
    """A run's ready worked out again from the ends it depends on."""
    ends = [case.runs[origin].ended or 0 for origin in run.origins]
    region = steps.region_joined_at(run.step)
    floor = case.region_floors.get(region.first, 0) if region is not None and run.opening is Opening.JOIN else 0
    if run.step == steps.first:
        floor = min(case.region_floors.get(GATE, 0), run.ready)
    return max([*ends, floor])


def _urung(draft: Draft, event: Event) -> None:
    """The act itself was left out of the replay; what is left are verdicts that leaned on it."""
    _recompute_verdicts(draft, draft.case(event).key, event)


def _centang(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    item = int(event.data["item"])
    ticks = tuple(tick for tick in run.ticks if tick.item != item)
    if event.data["on"]:
        ticks = (*ticks, Tick(item, event.by, event.at))
    draft.put_run(draft.case(event).key, replace(run, ticks=ticks))


def _dokumen(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    evidence = Evidence(**event.data["evidence"])
    draft.put_run(draft.case(event).key, replace(run, evidence=(*run.evidence, evidence)))


def _komentar(draft: Draft, event: Event) -> None:
    """A remark changes no state."""


def _siapkan(draft: Draft, event: Event) -> None:
    for item in event.data["periods"]:
        has_case = bool(item["has_case"])
        draft.put_period(
            PeriodState(key=item["key"], has_case=has_case, phase=PeriodPhase.BELUM if has_case else PeriodPhase.BUKA)
        )


def _buka(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def _kembalikan(draft: Draft, event: Event) -> None:
    named = event.data.get("bidang")
    case = draft.case(event)
    draft.loop_back(case.key, int(event.data["target"]), event.at, event, (), tuple(named) if named else None)
    _case_moved(draft, event)


def _case_moved(draft: Draft, event: Event, **changes: Any) -> None:
    case = draft.case(event)
    draft.put_case(replace(case, moment=max(case.moment, event.at), **changes))


def _tahan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    _case_moved(draft, event, phase=CasePhase.DITAHAN, holds=(*case.holds, (event.at, None)))


def _lanjutkan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    # A case is held while it ran on after a kembalikan; with that undone it is finished, as it was.
    phase = CasePhase.BERJALAN if case.ended is None else CasePhase.SELESAI
    _case_moved(draft, event, phase=phase, holds=_close(case.holds, event.at))
    draft.try_gate(case.period, event)


def _hentikan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    for run in case.open_runs():
        draft.cut(case.key, run, event.at, event)
    _case_moved(
        draft,
        event,
        phase=CasePhase.DIHENTIKAN,
        ended=event.at,
        holds=_close(case.holds, event.at),
        gate_since=None,
    )


def _mulai_ulang(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def _gabung(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    steps = draft.steps(case)
    region = steps.region_of(int(event.data["region"]))
    assert region is not None
    for bidang in event.data["missing"]:
        for number in (number for number in steps.numbers if region.holds(number)):
            _skip(draft, case.key, (number, bidang), event)
    _case_moved(draft, event)
    draft.join(case.key, region, event)


def _skip(draft: Draft, key: CaseKey, slot: Slot, event: Event) -> None:
    """Leave a step of a missing bidang out: close its open run, or write one that never began."""
    run = draft.cases[key].valid_run(slot)
    if run is not None and not run.is_open:
        return
    if run is None:
        draft.open_run(key, slot, event.at, event, Opening.ADVANCE)
        run = draft.cases[key].valid_run(slot)
        assert run is not None
    skipped = replace(_closed_intervals(run, event.at), phase=RunPhase.DILEWATI, ended=event.at, paused_from=None)
    case = draft.cases[key]
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        skipped = replace(skipped, inputs=_taken_in(draft, case, skipped))
    draft.put_run(key, replace(skipped, cut_by=event.sequence))


def _ubah_bidang(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    region = draft.steps(case).region_of(int(event.data["region"]))
    assert region is not None
    added, removed = event.data["added"], set(event.data["removed"])
    for run in list(case.runs.values()):
        if run.valid and region.holds(run.step) and run.bidang in removed:
            draft.cut(case.key, run, event.at, event)
    frozen = (*(name for name in case.regions[region.first] if name not in removed), *added)
    _case_moved(
        draft,
        event,
        regions={**case.regions, region.first: frozen},
        region_floors={**case.region_floors, region.first: event.at},
    )
    for name in added:
        draft.open_run(case.key, (region.first, name), event.at, event, Opening.ADDED)
    draft.join(case.key, region, event)


def _bebaskan(draft: Draft, event: Event) -> None:
    assert event.period is not None
    period = draft.periods[event.period]
    child = event.data["child"]
    waiver = Waiver(event.at, draft.periods[child].reopenings)
    draft.put_period(
        replace(
            period,
            waivers={**period.waivers, child: waiver},
            moment=max(event.at, period.moment or event.at),
        )
    )
    draft.try_gate(event.period, event)


def _tutup(draft: Draft, event: Event) -> None:
    assert event.period is not None
    period = draft.periods[event.period]
    draft.put_period(
        replace(
            period,
            phase=PeriodPhase.TUTUP,
            closings=period.closings + 1,
            closed_at=event.at,
            moment=max(event.at, period.moment or event.at),
        )
    )
    parent = parent_of(event.period)
    if parent is not None and parent in draft.periods:
        draft.try_gate(parent, event)


def _buka_kembali(draft: Draft, event: Event) -> None:
    assert event.period is not None
    period = draft.periods[event.period]
    draft.put_period(
        replace(
            period,
            phase=PeriodPhase.BUKA,
            reopenings=period.reopenings + 1,
            moment=max(event.at, period.moment or event.at),
        )
    )


def _pindah_versi(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    image = {int(old): int(new) for old, new in event.data["steps"].items()}
    taken_in = {run.inputs for run in case.runs.values() if run.valid and run.inputs is not None}
    moved = migrated(case, int(event.data["sop_version"]), image, draft.steps(case))
    first = draft.steps(moved).first
    if taken_in and not any(run.inputs is not None for run in moved.runs.values() if run.valid):
        # The step that took the children in has no image: what follows it answers for them now.
        inputs = min(taken_in)
        runs = {
            key: replace(run, inputs=inputs) if run.step == first and run.is_done else run
            for key, run in moved.runs.items()
        }
        moved = replace(moved, runs=runs)
    draft.put_case(moved)
    _case_moved(draft, event)


def migrated(case: CaseState, version: int, image: Mapping[int, int], steps: Procedure) -> CaseState:
    """The case on another SOP version: runs take the number of their step's image, the others retire to history."""

    def moved(key: RunKey) -> RunKey:
        return image[key[0]], key[1], key[2]

    runs: dict[RunKey, RunState] = {}
    retired = list(case.retired)
    for run in case.runs.values():
        if run.step in image:
            origins = tuple(moved(origin) for origin in run.origins if origin[0] in image)
            runs[moved(run.key)] = replace(run, step=image[run.step], origins=origins)
        else:
            # Its slot keeps the revision, so that a new step of that number goes on counting.
            retired.append(replace(run, valid=False, revision=0))
    firsts: dict[int, int] = {GATE: GATE}
    for region in steps.regions:
        kept = [image[number] for number in steps.numbers if region.holds(number) and number in image]
        if kept:
            firsts[region.first] = kept[0]
    return replace(
        case,
        sop_version=version,
        runs=runs,
        retired=tuple(retired),
        regions={firsts[first]: frozen for first, frozen in case.regions.items() if first in firsts},
        region_floors={firsts[first]: floor for first, floor in case.region_floors.items() if first in firsts},
    )


_EFFECTS: dict[str, Callable[[Draft, Event], None]] = {
    "mulai": _mulai,
    "lepas": _lepas,
    "tugaskan": _tugaskan,
    "tunda": _tunda,
    "lanjut": _lanjut,
    "ajukan": _ajukan,
    "tarik": _tarik,
    "putuskan": _putuskan,
    "selesai": _selesai,
    "lewati": _lewati,
    "pakai-lama": _pakai_lama,
    "koreksi": _koreksi,
    "urung": _urung,
    "centang": _centang,
    "dokumen": _dokumen,
    "komentar": _komentar,
    "siapkan": _siapkan,
    "buka": _buka,
    "kembalikan": _kembalikan,
    "tahan": _tahan,
    "lanjutkan": _lanjutkan,
    "hentikan": _hentikan,
    "mulai-ulang": _mulai_ulang,
    "gabung": _gabung,
    "ubah-bidang": _ubah_bidang,
    "bebaskan": _bebaskan,
    "tutup": _tutup,
    "buka-kembali": _buka_kembali,
    "pindah-versi": _pindah_versi,
}

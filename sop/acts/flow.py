"""How a case moves: which run opens, which is overtaken, when a join or a gate lets through.

A `Draft` is a reporting year while acts take effect on it; what each act does with these moves stands beside its judge
in its family. Whether an act is allowed, and what its times and verdicts are, was settled before and stands in the
event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sop.acts.gates import is_gate_met, is_waived
from sop.acts.loop_back import Returns, is_left_out
from sop.acts.procedure import Procedure, Region, procedure
from sop.loading import load
from sop.model.definition import Cadence, Sop
from sop.model.events import Event
from sop.model.periods import children_of
from sop.model.state import (
    GATE,
    CaseKey,
    CasePhase,
    CaseState,
    Interval,
    Opening,
    PeriodPhase,
    PeriodState,
    RunKey,
    RunPhase,
    RunState,
    Slot,
    YearState,
)
from sop.values import replace

if TYPE_CHECKING:
    from sop.kinerja.state import DataPeriod

BLANK_DATA = "sop.kinerja.state:DataPeriod"
"""Loaded for an office with data alone."""
_DATA = "d:"


def run_entity(case: CaseKey, slot: Slot) -> str:
    """Name of a slot in `Event.touches`."""
    return f"{_run_prefix(case)}{slot[0]}:{slot[1] or ''}"


def _run_prefix(case: CaseKey) -> str:
    return f"r:{case[0]}#{case[1]}:"


def case_entity(case: CaseKey) -> str:
    return f"c:{case[0]}#{case[1]}"


def period_entity(period: str) -> str:
    return f"p:{period}"


def data_entity(period: str) -> str:
    return f"{_DATA}{period}"


def run_label(key: RunKey) -> str:
    """Name of a run inside its case, for event data: `3:Bidang A#1`."""
    return f"{key[0]}:{key[1] or ''}#{key[2]}"


def _slot_of(text: str) -> Slot:
    step, _, bidang = text.partition(":")
    return int(step), bidang or None


def _differing(data: Mapping[str, DataPeriod], before: Mapping[str, DataPeriod]) -> set[str]:
    """Periods whose data differ, whatever their revision."""
    plain = ({key: replace(period, revision=0) for key, period in each.items()} for each in (data, before))
    now, then = ({key: period for key, period in each.items() if period != _empty(key)} for each in plain)
    return {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}


def _empty(key: str) -> DataPeriod:
    found: DataPeriod = load(BLANK_DATA)(key)
    return found


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
        self.data: Mapping[str, DataPeriod] = state.data if state else {}
        self.revisions: dict[str, int] = {}
        self._began: Mapping[CaseKey, CaseState] = state.cases if state else {}
        self._raised: set[str] = set()
        """Entities whose revision was raised."""
        self._is_told_anew = state is None
        """Whether everything in it was made by events: then it knows revisions that stand in no value yet."""
        if state:
            self._recall_revisions(state)
        self.entered_region = False
        """Whether an event entered a per-bidang region afresh and so used the office's bidang list."""

    def _recall_revisions(self, state: YearState) -> None:
        for period in state.periods.values():
            self.revisions[period_entity(period.key)] = period.revision
        for case in state.cases.values():
            self.revisions[case_entity(case.key)] = case.revision
            prefix = _run_prefix(case.key)
            for (step, bidang), revision in case.vanished.items():
                self.revisions[f"{prefix}{step}:{bidang or ''}"] = revision
            for (step, bidang, _), run in case.runs.items():
                self.revisions[f"{prefix}{step}:{bidang or ''}"] = run.revision

    def raise_revisions(self, entities: Iterable[str]) -> None:
        """One event touched these."""
        for entity in entities:
            self.revisions[entity] = self.revisions.get(entity, 0) + 1
            self._raised.add(entity)

    def freeze(self) -> YearState:
        """The state, with revisions filled in."""
        return YearState(
            periods={key: self._frozen_period(period) for key, period in self.periods.items()},
            cases={key: self._frozen_case(case) for key, case in self.cases.items()},
            data=self._frozen_data(),
        )

    def _frozen_data(self) -> Mapping[str, DataPeriod]:
        """As it was where no act touched it: it is read only where somebody looks at it."""
        revisions = {
            entity.removeprefix(_DATA): number for entity, number in self.revisions.items() if entity.startswith(_DATA)
        }
        if not revisions:
            return self.data
        kept = {key: period for key, period in self.data.items() if key not in revisions}
        # What was undone leaves its revision behind, which only grows.
        blank = load(BLANK_DATA)
        return kept | {key: replace(self.data.get(key) or blank(key), revision=n) for key, n in revisions.items()}

    def _frozen_period(self, period: PeriodState) -> PeriodState:
        revision = self.revisions.get(period_entity(period.key), 0)
        return period if period.revision == revision else replace(period, revision=revision)

    def _frozen_case(self, case: CaseState) -> CaseState:
        """The case itself where nothing of it differs: of a year's cases an act changes one or two."""
        runs: dict[RunKey, RunState] = {}
        prefix, own = _run_prefix(case.key), case_entity(case.key)
        if self._began.get(case.key) is case and not any(
            entity == own or entity.startswith(prefix) for entity in self._raised
        ):
            return case
        gone = {entity: number for entity, number in self.revisions.items() if entity.startswith(prefix)}
        for name, run in case.runs.items():
            entity = f"{prefix}{name[0]}:{name[1] or ''}"
            gone.pop(entity, None)
            revision = self.revisions.get(entity, 0)
            runs[name] = run if run.revision == revision else replace(run, revision=revision)
        revision = self.revisions.get(own, 0)
        vanished = {_slot_of(entity.removeprefix(prefix)): number for entity, number in gone.items()}
        is_same = revision == case.revision and vanished == case.vanished
        if is_same and all(run is case.runs[name] for name, run in runs.items()):
            return case
        return replace(case, revision=revision, runs=runs, vanished=vanished)

    def changed_since(self, before: YearState) -> tuple[str, ...]:
        """The entities whose value differs from `before`, sorted: what an event touches."""
        # Frozen, because a replayed draft knows the revisions of its entities but has not written them into them.
        after = self.freeze() if self._is_told_anew else self
        touched = {period_entity(key) for key, period in after.periods.items() if before.periods.get(key) != period}
        for key in after.cases.keys() | before.cases.keys():
            now, then = after.cases.get(key), before.cases.get(key)
            if now is then:
                continue
            if now is None or then is None or _own_values(now) != _own_values(then):
                touched.add(case_entity(key))
            mine, theirs = (now.runs if now else {}), (then.runs if then else {})
            touched.update(
                run_entity(key, name[:2])
                for name in mine.keys() | theirs.keys()
                if mine.get(name) is not theirs.get(name) and mine.get(name) != theirs.get(name)
            )
        if self.data is not before.data:
            touched |= {data_entity(key) for key in _differing(self.data, before.data)}
        return tuple(sorted(touched))

    def carry_revisions(self, event: Event) -> None:
        """A new case goes on counting where the one before stopped, so that what was seen of that one is stale."""
        now = event.case_key
        before = (now[0], now[1] - 1)
        prefix = _run_prefix(before)
        for entity, revision in list(self.revisions.items()):
            if entity.startswith(prefix):
                self.revisions[_run_prefix(now) + entity.removeprefix(prefix)] = revision
        self.revisions[case_entity(now)] = self.revisions.get(case_entity(before), 0)

    def put_data(self, period: DataPeriod) -> None:
        before = self.data.get(period.key)
        self.revisions.setdefault(data_entity(period.key), 0 if before is None else before.revision)
        self.data = {**self.data, period.key: period}

    # ------------------------------------------------------------------ lookups
    def case(self, event: Event) -> CaseState:
        """The case that an event names."""
        return self.cases[event.case_key]

    def period(self, event: Event) -> PeriodState:
        """The period that an event names."""
        assert event.period is not None
        return self.periods[event.period]

    def run(self, event: Event) -> RunState:
        """The run that an event names."""
        assert event.step is not None
        assert event.attempt is not None
        return self.case(event).runs[event.step, event.bidang, event.attempt]

    def steps(self, case: CaseState) -> Procedure:
        """The steps that a case goes through, by its own version of the SOP."""
        steps = procedure(self.versions[case.sop_version], case.period, self.cadence)
        assert steps is not None
        return steps

    # ------------------------------------------------------------------ writing values
    def put_case(self, case: CaseState) -> None:
        """In place of the case of that key, or as a new one."""
        self.cases[case.key] = case

    def put_run(self, key: CaseKey, run: RunState) -> None:
        """In the case of that key, in place of the run of the same attempt, or as a new one."""
        case = self.cases[key]
        runs = dict(case.runs)
        runs[run.key] = run
        self.cases[key] = replace(case, runs=runs)

    def put_period(self, period: PeriodState) -> None:
        """In place of the period of that key, or as a new one."""
        self.periods[period.key] = period

    def move_period(self, event: Event, **changes: Any) -> None:
        """Change the period that an event names, as an act of its own."""
        period = self.period(event)
        self.put_period(replace(period, moment=max(event.at, period.moment or event.at), **changes))

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
        """Open a step; at a region's start one run for each bidang, the list frozen anew on a fresh entry.

        Back at the start of a region those that gabung left out stay so.
        """
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
        here = {run.bidang for run in case.runs.values() if run.valid and run.step == region.first}
        for bidang in self.cases[key].regions[region.first]:
            if bidang not in here:
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
            run = replace(closed_intervals(run, at), phase=RunPhase.DIBATALKAN, ended=at)
        self.put_run(key, replace(run, valid=False, cut_by=event.sequence))

    def loop_back(
        self,
        key: CaseKey,
        target: int,
        event: Event,
        origins: tuple[RunKey, ...],
        returns: Returns | None = None,
        *,
        past_gate: bool = False,
    ) -> None:
        """Send the case back to `target` (rule 3).

        Args:
            key: The case.
            target: The step.
            event: The Tidak or kembalikan.
            origins: The decision that sends it back; none for a kembalikan.
            returns: Of a target inside a region, who re-enters it and where.
            past_gate: Whether a closed gate does not hold them up.
        """
        case = self.cases[key]
        steps = self.steps(case)
        for run in overtaken_by(case, steps, target, returns):
            self.cut(key, run, event.at, event)
        if case.phase is CasePhase.SELESAI:
            self.put_case(replace(self.cases[key], phase=CasePhase.BERJALAN, ended=None))
        # Whoever is still at the first step holds it open for those that come back to it.
        is_held_open = any(
            run.valid and run.step == steps.first and not is_left_out(run) for run in self.cases[key].runs.values()
        )
        if target == steps.first and self.has_gate(case.period) and not is_held_open and not past_gate:
            self.put_case(replace(self.cases[key], gate_since=event.at))
            self.try_gate(case.period, event, loop_back=True)
        elif returns is None:
            self.enter(key, target, event.at, event, Opening.LOOP_BACK, origins, fresh=False, loop_target=True)
        else:
            region = steps.region_of(target)
            assert region is not None
            for name in (name for name in case.regions[region.first] if name in returns):
                step = returns[name]
                ready = max(event.at, self.gate_floor(case)) if step == steps.first else event.at
                self.open_run(key, (step, name), ready, event, Opening.LOOP_BACK, origins, loop_target=True)

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
            if is_waived(period, state):
                moments.append(period.waivers[child].at)
        return max(moments)

    def begin_case(self, event: Event) -> None:
        """A new case of the event's period, from its first step or its gate."""
        key = event.case_key
        gated = self.has_gate(key[0])
        self.put_case(
            CaseState(
                period=key[0],
                number=key[1],
                sop_version=int(event.data["sop_version"]),
                phase=CasePhase.BERJALAN,
                opened=event.at,
                moment=event.at,
                gate_since=event.at if gated else None,
            )
        )
        self.move_period(event, phase=PeriodPhase.BUKA, last_case=event.case)
        if gated:
            self.try_gate(key[0], event)
        else:
            self.enter(key, self.steps(self.cases[key]).first, event.at, event, Opening.ENTRY)

    def inputs_of(self, case: CaseState) -> tuple[tuple[str, int], ...]:
        """What a first step takes in when it is finished now."""
        return tuple(
            (child, self.periods[child].reopenings) for child in children_of(case.period) if child in self.periods
        )


def send_back(draft: Draft, event: Event, target: int, origins: tuple[RunKey, ...]) -> None:
    """A loop-back as its event says it: where to, and in a region who re-enters it at which step."""
    case = draft.case(event)
    region = draft.steps(case).region_of(target)
    if region is None:
        draft.loop_back(case.key, target, event, origins)
        return
    returns = event.data.get("returns")
    if returns is not None:
        draft.loop_back(case.key, target, event, origins, returns)
        return
    # An event of before that was written down goes by the rule of its day: a Tidak into a region meant its start, and
    # no bidang named all of them; those named went past the gate.
    named = event.data.get("bidang")
    goal = target if "target" in event.data else region.first
    everybody = dict.fromkeys(named or case.regions[region.first], goal)
    draft.loop_back(case.key, goal, event, origins, everybody, past_gate=bool(named))


def overtaken_by(case: CaseState, steps: Procedure, target: int, returns: Returns | None = None) -> list[RunState]:
    """The valid runs that a loop-back to `target` takes out: at or after it; of a target inside a region those of who
    returns, from where each re-enters, and everything after the join."""
    region = steps.region_of(target)
    if region is None or returns is None:
        return [run for run in case.runs.values() if run.valid and run.step >= target]
    last = region.last

    def goes(run: RunState) -> bool:
        if run.step > last:
            return True
        return run.bidang is not None and run.bidang in returns and run.step >= returns[run.bidang]

    return [run for run in case.runs.values() if run.valid and goes(run)]


def sent_back_by(case: CaseState) -> RunState | None:
    """While a case waits at its gate: the decision whose Tidak sent it there. None for its opening or a kembalikan."""
    last = max((run.cut_by for run in case.runs.values() if run.cut_by is not None), default=None)
    return next((run for run in case.runs.values() if run.cut_by == last and last in run.acts), None)


def close_last(intervals: tuple[Interval, ...], at: int, was: int | None = None) -> tuple[Interval, ...]:
    """With another end of the last one, where it is still open, or ended when it is said to."""
    if intervals and intervals[-1][1] == was:
        return (*intervals[:-1], (intervals[-1][0], at))
    return intervals


def closed_intervals(run: RunState, at: int) -> RunState:
    return replace(
        run, work=close_last(run.work, at), pauses=close_last(run.pauses, at), waits=close_last(run.waits, at)
    )

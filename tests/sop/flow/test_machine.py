"""Any walk through any SOP keeps every sentence of rules part 6.

The shapes walked: three cadences with gates, a region with five bidang, and made-up ones with regions at the start, of
one step and of three, with a decision before one.

The rules of the machine propose acts that fit the state, so that loop-backs through fan-outs, undo, late
entries, holds and reopenings really happen; `test_every_kind_occurs` counts them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, currently_in_test_context, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sop.acts.replay import replay
from sop.look.cards import board_cards
from sop.model.act import CASE_ACTS, PERIOD_ACTS, Act
from sop.model.commands import Command, Typed
from sop.model.context import Outcome
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.refusals import Refused, Rule, StaleRevision
from sop.model.state import Answer, CasePhase, CaseState, Evidence, PeriodPhase, RunPhase, RunState
from tests.sop.flow import invariants, shapes
from tests.sop.flow.book import DAY, HOUR, MINUTE, Book, copied, minute, revisions, second

PICK = st.integers(0, 2**16 - 1)
WAIT = st.sampled_from((0, 1, 40, 10 * MINUTE, 3 * HOUR, DAY, 4 * DAY))
WHEN = st.sampled_from(("now", "now", "now", "bound", "minute", "after", "early"))


class Walk(RuleBasedStateMachine):
    """One reporting year under whatever acts come."""

    shape: ClassVar[Callable[[], shapes.Shape]]
    seen: ClassVar[Counter[str]] = Counter()
    checks: ClassVar[tuple[Callable[[Book], None], ...]] = (*invariants.SENTENCES, *invariants.BESIDE)

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(type(self).shape(), now="2025-11-03 08:00", pace=0)
        self.book.versions[2] = self.book.sop
        self.book.is_checked = False  # One of the sentences does it.
        self.looks: list[dict[str, int]] = []

    # ------------------------------------------------------------------ machinery
    def ask(self, command: Command) -> Outcome | None:
        """Try a command; a refusal must change nothing."""
        book = self.book
        before, written = copied(book.state), len(book.log)
        self.announce_error(f"{command.act} {command.period} {command.step} {command.bidang or ''}")
        try:
            outcome = book.apply(command)
        except SopError as refusal:
            assert book.state == before, "a refused command changed the state"
            assert len(book.log) == written, "a refused command was written down"
            self.announce_error(f"  refused: {refusal}")
            self.seen[f"refused {refusal.rule}" if isinstance(refusal, Refused) else type(refusal).__name__] += 1
            return None
        for sentence in self.checks:
            sentence(book)
        self.count(outcome)
        return outcome

    def announce_error(self, text: str) -> None:
        if currently_in_test_context():
            note(text)

    def count(self, outcome: Outcome) -> None:
        event, book, seen = outcome.event, self.book, self.seen
        seen[event.act.value] += 1
        seen["late entry"] += event.late_entry
        seen["doubted"] += event.doubted
        seen["warned of many attempts"] += bool(outcome.warnings)
        before = book.states[event.sequence - 1]
        if event.act is Act.URUNG:
            seen[f"urung of {event.data['act']}"] += 1
            taken = book.log[int(event.data["undoes"]) - 1]
            opened = sum(
                run.opened_by == taken.sequence for case in before.cases.values() for run in case.runs.values()
            )
            seen["urung closed a fan-out"] += opened > 1
            seen["urung closed a join"] += any(
                run.opened_by == taken.sequence and len(run.origins) > 1
                for case in before.cases.values()
                for run in case.runs.values()
            )
            seen["second urung"] += book.log[-2].act is Act.URUNG
        if event.act in (Act.PUTUSKAN, Act.KEMBALIKAN) and event.period is not None:
            now, then = book.case(event.period), before.case_of(event.period)
            assert then is not None
            cut = [run for run in then.runs.values() if run.valid and not now.runs[run.key].valid]
            seen["loop-back through a fan-out"] += len({run.bidang for run in cut} - {None}) > 1
            self.count_return(then, event)
            seen["loop-back to a gate"] += now.gate_since is not None
            seen["loop-back from a finished case"] += then.phase is CasePhase.SELESAI
            seen["loop-back cut open siblings"] += sum(run.is_open for run in cut) > 1
        if event.act is Act.BUKA_KEMBALI and event.period is not None:
            parents = [case for case in book.state.cases.values() if case.runs and case.period != event.period]
            seen["reopened under a parent"] += any(
                event.period in dict(run.inputs or ()) for case in parents for run in case.runs.values()
            )
        if event.act is Act.TUTUP:
            seen["closed again"] += int(event.data["closing"]) > 1
        if event.act is Act.LANJUTKAN and event.period is not None:
            then = before.case_of(event.period)
            seen["gate opened at lanjutkan"] += then is not None and then.gate_since is not None

    def count_return(self, then: CaseState, event: Event) -> None:
        """What kinds of return into a region there were."""
        named, returns, seen = event.data.get("bidang"), event.data.get("returns") or {}, self.seen
        who = "some bidang" if named else "all bidang"
        seen[f"loop-back of {who}"] += bool(returns)
        seen[f"{event.act} named bidang"] += bool(named)
        seen["return to the middle of a region"] += any(step not in then.regions for step in returns.values())
        seen["return from a join that waits"] += bool(event.data.get("sources"))
        seen["return to the step that was finished"] += event.step == event.data.get("target")
        seen["return of one left out"] += any(
            (run := then.valid_run((step, name))) is not None and run.phase is RunPhase.DILEWATI and bool(run.cut_by)
            for name, step in returns.items()
        )
        left_out = any(run.valid and run.cut_by is not None for run in then.runs.values())
        seen["one left out stayed so"] += bool(returns) and left_out and not named

    def typed(self, how: str, bound: int) -> Typed | None:
        if how == "now":
            return None
        moment = {"bound": bound, "minute": bound, "after": bound + 17 * MINUTE, "early": bound - 5 * MINUTE}[how]
        return minute(moment) if how in ("minute", "after") else second(moment)

    def pick_run(self, pick: int, runs: Iterable[tuple[CaseState, RunState]]) -> tuple[CaseState, RunState] | None:
        found = list(runs)
        return found[pick % len(found)] if found else None

    def open_runs(self) -> list[tuple[CaseState, RunState]]:
        state = self.book.state
        cases = [case for key in state.periods if (case := state.case_of(key)) is not None]
        return [(case, run) for case in cases for run in case.open_runs()]

    def shown_runs(self) -> list[tuple[CaseState, RunState]]:
        state = self.book.state
        cases = [case for key in state.periods if (case := state.case_of(key)) is not None]
        slots = [(case, slot) for case in cases for slot in dict.fromkeys(run.slot for run in case.runs.values())]
        return [(case, run) for case, slot in slots if (run := case.current(slot)) is not None]

    def living_cases(self) -> list[CaseState]:
        state = self.book.state
        return [case for key in state.periods if (case := state.case_of(key)) is not None]

    # ------------------------------------------------------------------ rules
    @initialize(pick=PICK, stage=st.sampled_from(("fresh", "under way", "deep", "parent", "parent", "finished")))
    def begin(self, pick: int, stage: str) -> None:
        """Walks start at different stages, so that short ones see late steps too."""
        book = self.book
        book.pace = MINUTE
        keys = [key for key, period in book.state.periods.items() if period.has_case]
        if stage == "parent":
            parents = [key for key in book.state.periods if invariants.children_of(key)]
            parent = parents[pick % len(parents)]
            self.close_below(parent)
            if book.state.periods[parent].has_case:
                book.do("buka", parent)
                keys = [parent]
        if stage in ("under way", "deep", "finished"):
            book.do("buka", keys[0])
        if stage == "finished":
            book.complete(keys[0])
        if stage in ("deep", "parent") and book.state.case_of(keys[0]) is not None:
            for _ in range(pick % (4 + 3 * len(book.bidang))):
                if book.case(keys[0]).open_runs():
                    book.finish(keys[0], *book.open_steps(keys[0])[-1 if pick & 64 else 0])
        book.pace = 0

    def close_below(self, parent: str) -> None:
        for child in invariants.children_of(parent):
            if child in self.book.state.periods:
                self.close_below(child)
                self.book.close(child)

    @rule(wait=WAIT)
    def time_passes(self, wait: int) -> None:
        self.book.now += wait

    @rule(back=st.sampled_from((30, HOUR, 2 * DAY)))
    def clock_goes_back(self, back: int) -> None:
        self.book.now -= back

    @rule(pick=PICK, wait=WAIT, count=st.integers(1, 6))
    def march(self, pick: int, count: int, wait: int = 40) -> None:
        """The plain way on, several steps of it."""
        for turn in range(count):
            found = self.pick_run(pick + turn, self.open_runs())
            if found is None:
                return
            case, run = found
            self.book.now += wait
            step = self.book.versions[case.sop_version].step(run.step)
            if run.phase is RunPhase.SIAP and step.decision is None:
                self.ask(Command(Act.SELESAI, case.period, run.step, run.bidang))
            elif run.phase is RunPhase.SIAP:
                self.ask(Command(Act.MULAI, case.period, run.step, run.bidang))
            elif run.phase is RunPhase.DITUNDA:
                self.ask(Command(Act.LANJUT, case.period, run.step, run.bidang))
            elif step.decision is None:
                self.ask(Command(Act.SELESAI, case.period, run.step, run.bidang))
            elif run.phase is RunPhase.DIKERJAKAN and step.decider not in step.pelaksana:
                self.ask(Command(Act.AJUKAN, case.period, run.step, run.bidang))
            else:
                self.ask(Command(Act.PUTUSKAN, case.period, run.step, run.bidang, answer=Answer.YA))

    @rule(pick=PICK, kind=PICK, how=WHEN, reason=st.booleans())
    def work(self, pick: int, kind: int, how: str, reason: bool) -> None:
        """Any act on an open run."""
        found = self.pick_run(pick, self.open_runs())
        if found is None:
            return
        case, run = found
        step = self.book.versions[case.sop_version].step(run.step)
        acts = {
            RunPhase.SIAP: (Act.MULAI, Act.MULAI, Act.SELESAI, Act.SELESAI, Act.PAKAI_LAMA, Act.PAKAI_LAMA, Act.LEWATI),
            RunPhase.DIKERJAKAN: (Act.SELESAI, Act.AJUKAN, Act.PUTUSKAN, Act.LEPAS, Act.TUGASKAN),
            RunPhase.DITUNDA: (Act.LANJUT, Act.LANJUT, Act.LEWATI, Act.SELESAI),
            RunPhase.KEPUTUSAN: (Act.PUTUSKAN, Act.TARIK, Act.TARIK, Act.TUGASKAN),
        }[run.phase]
        acts = (*acts, *((Act.TUNDA,) if run.phase in (RunPhase.SIAP, RunPhase.DIKERJAKAN) else ()))
        act = acts[kind % len(acts)]
        if step.decision is not None and act in (Act.SELESAI, Act.PAKAI_LAMA):
            act = Act.MULAI
        bound = max(run.last_moment, case.last_wall) if how in ("minute", "early") else run.last_moment
        started = second(bound) if act is Act.SELESAI and kind % 5 == 0 else None
        self.ask(
            Command(
                act,
                case.period,
                run.step,
                run.bidang,
                at=self.typed(how, bound),
                started=started,
                reason="susulan" if reason or act in (Act.TUNDA, Act.LEWATI, Act.TUGASKAN) else None,
                note="catatan" if kind % 3 else None,
                answer=Answer.TIDAK if kind % 2 else Answer.YA,
                holder="orang lain",
                seen=run.revision if kind % 4 else None,
            )
        )

    @rule(pick=PICK, named=PICK)
    def say_tidak(self, pick: int, named: int) -> None:
        """Where a decision step is open, it is answered Tidak, to some bidang where it goes into a region."""
        deciding = [
            (case, run)
            for case, run in self.open_runs()
            if self.book.versions[case.sop_version].step(run.step).decision is not None
        ]
        found = self.pick_run(pick, deciding)
        if found is None:
            return
        case, run = found
        step = self.book.versions[case.sop_version].step(run.step)
        if run.phase is RunPhase.DITUNDA:
            self.ask(Command(Act.LANJUT, case.period, run.step))
        if run.phase is RunPhase.SIAP:
            self.ask(Command(Act.MULAI, case.period, run.step))
        if run.phase is not RunPhase.KEPUTUSAN and step.decider not in step.pelaksana:
            self.ask(Command(Act.AJUKAN, case.period, run.step))
        names: tuple[str, ...] = ()
        assert step.decision is not None
        if self.book.versions[case.sop_version].step(step.decision.tidak).per_bidang and named % 2:
            names = some_of(next(iter(case.regions.values()), ()), named >> 1)
        self.ask(Command(Act.PUTUSKAN, case.period, run.step, answer=Answer.TIDAK, note="belum sesuai", named=names))

    @rule(pick=PICK, back=PICK, named=PICK, how=WHEN)
    def hand_back(self, pick: int, back: int, named: int, how: str) -> None:
        """kembalikan from anything that was reached, and from a join that still waits."""
        reached = [(case, run) for case, run in self.shown_runs() if run.valid]
        late = sorted(reached, key=lambda pair: -pair[1].step)[: max(1, len(reached) // 2)]
        found = self.pick_run(pick, late)
        if found is None:
            return
        case, run = found
        sop = self.book.versions[case.sop_version]
        source = run.step
        if run.bidang is not None and pick % 3 == 0:
            source = next(step.number for step in sop.steps if step.number > run.step and not step.per_bidang)
        numbers = [number for number in sorted({other.step for other in case.runs.values()}) if number < source]
        numbers += [source] if run.bidang is not None and source == run.step else []
        if not numbers:
            return
        goal = numbers[back % len(numbers)]
        names: tuple[str, ...] = ()
        if sop.step(goal).per_bidang and named % 3:
            names = some_of(next(iter(case.regions.values()), ()), named)
            if run.bidang is not None and named % 2:
                names = (run.bidang,)
        bound = max([case.last_moment])
        self.ask(
            Command(
                Act.KEMBALIKAN,
                case.period,
                source,
                run.bidang if source == run.step and named % 5 else None,
                at=self.typed(how, bound),
                target=goal,
                named=names,
                note="diulang",
                reason="susulan",
                seen=case.revision,
            )
        )

    @rule(pick=PICK, times=st.integers(1, 3))
    def undo(self, pick: int, times: int) -> None:
        """urung of what the last acts touched, several times on end."""
        for turn in range(times):
            slot = self.slot_to_undo(pick + turn if pick % 2 else pick % 4)
            if slot is not None:
                self.ask(Command(Act.URUNG, *slot))

    def slot_to_undo(self, pick: int) -> tuple[str, int, str | None] | None:
        """Where to undo one of the last acts that still stand: on its run, or on one that it opened."""
        book = self.book
        gone = {int(event.data["undoes"]) for event in book.log if event.act is Act.URUNG}
        standing = [
            event
            for event in reversed(book.log)
            if event.sequence not in gone
            and event.act not in PERIOD_ACTS
            and event.act not in (Act.URUNG, Act.KOMENTAR)
        ]
        if not standing:
            return None
        event = standing[pick % min(len(standing), 4)]
        if event.period is None or (case := book.state.case_of(event.period)) is None or case.number != event.case:
            return None
        if event.act not in CASE_ACTS and event.step is not None:
            return event.period, event.step, event.bidang
        opened = [run for run in case.runs.values() if run.opened_by == event.sequence]
        return (event.period, opened[0].step, opened[0].bidang) if opened else None

    @rule(pick=PICK, shift=st.sampled_from((-2 * HOUR, -20 * MINUTE, -1, 1, 20 * MINUTE, 2 * HOUR)), which=PICK)
    def correct(self, pick: int, shift: int, which: int) -> None:
        """koreksi of start, end or evidence of anything done."""
        done = [(case, run) for case, run in self.shown_runs() if run.phase is RunPhase.SELESAI]
        found = self.pick_run(pick, done)
        if found is None:
            return
        case, run = found
        started = second(run.started + shift) if run.started is not None and which % 3 == 0 else None
        ended = second(run.ended + shift) if run.ended is not None and which % 3 == 1 else None
        evidence = Evidence(number="12/SPT") if which % 3 == 2 else None
        self.ask(
            Command(
                Act.KOREKSI,
                case.period,
                run.step,
                run.bidang,
                started=started,
                ended=ended,
                evidence=evidence,
                note="salah catat" if which % 2 else None,
                reason="salah catat",
            )
        )

    @rule(pick=PICK, kind=PICK)
    def remark(self, pick: int, kind: int) -> None:
        """centang, dokumen and komentar, in any state."""
        found = self.pick_run(pick, self.shown_runs())
        if found is None:
            return
        case, run = found
        act = (Act.CENTANG, Act.DOKUMEN, Act.KOMENTAR)[kind % 3]
        self.ask(
            Command(
                act,
                case.period,
                run.step,
                run.bidang,
                item=0,
                on=bool(kind & 8),
                evidence=Evidence(number="1"),
                note="catatan",
            )
        )

    @rule(pick=PICK, kind=PICK, how=WHEN)
    def manage(self, pick: int, kind: int, how: str) -> None:
        """Acts on a whole case."""
        cases = self.living_cases()
        if not cases:
            return
        held = [case for case in cases if case.phase is CasePhase.DITAHAN]
        cases = held if held and pick % 4 else cases
        case = cases[pick % len(cases)]
        acts = {
            CasePhase.BERJALAN: (Act.TAHAN, Act.TAHAN, Act.HENTIKAN, Act.PINDAH_VERSI),
            CasePhase.DITAHAN: (Act.LANJUTKAN, Act.LANJUTKAN, Act.LANJUTKAN, Act.HENTIKAN),
            CasePhase.SELESAI: (Act.TAHAN,),
            CasePhase.DIHENTIKAN: (Act.MULAI_ULANG,),
        }[case.phase]
        act = acts[kind % len(acts)]
        if act is Act.HENTIKAN and kind % 3:
            return
        self.ask(
            Command(
                act,
                case.period,
                at=self.typed(how, case.last_moment),
                reason="perlu",
                seen=case.revision,
                version=3 - case.sop_version,
                image={step.number: step.number for step in self.book.sop.steps},
            )
        )

    @rule(pick=PICK, kind=PICK, how=WHEN)
    def change_region(self, pick: int, kind: int, how: str) -> None:
        """gabung and ubah-bidang, where a region was entered."""
        cases = [case for case in self.living_cases() if any(run.is_open and run.bidang for run in case.runs.values())]
        if not cases:
            return
        case = cases[pick % len(cases)]
        frozen = next(iter(case.regions.values()))
        at = self.typed(how, case.last_moment)
        if kind % 3 == 0:
            done = self.ask(Command(Act.GABUNG, case.period, at=at, reason="tanpa " + frozen[-1], seen=case.revision))
            if done is not None and kind % 2:
                self.hand_back_past_gabung(done, kind)
            return
        added = (f"Baru {kind % 4}",) if kind % 3 == 1 or kind & 16 else ()
        removed = (frozen[kind % len(frozen)],) if kind % 3 == 2 else ()
        self.ask(Command(Act.UBAH_BIDANG, case.period, at=at, reason="mutasi", added=added, removed=removed))

    def hand_back_past_gabung(self, joined: Outcome, kind: int) -> None:
        """The step after a join that gabung closed sends back: those that it left out by name, or the others."""
        event = joined.event
        assert event.period is not None
        case = self.book.case(event.period)
        join = next(
            (run.step for run in case.runs.values() if run.opened_by == event.sequence and not run.bidang), None
        )
        if join is None:
            return
        first = int(event.data["region"])
        goal = first + kind // 8 % (join - first)
        names = some_of(tuple(event.data["missing"]), kind) if kind & 4 else ()
        self.ask(Command(Act.KEMBALIKAN, case.period, join, target=goal, named=names, note="menyusul"))

    @rule(pick=PICK, kind=st.sampled_from((Act.BUKA, Act.TUTUP, Act.TUTUP, Act.BUKA_KEMBALI, Act.BEBASKAN)), how=WHEN)
    def turn_page(self, pick: int, kind: Act, how: str) -> None:
        """Acts on a period."""
        state = self.book.state
        wanted = {Act.BUKA: PeriodPhase.BELUM, Act.BUKA_KEMBALI: PeriodPhase.TUTUP}.get(kind, PeriodPhase.BUKA)
        keys = [key for key, period in state.periods.items() if period.phase is wanted]
        if not keys:
            return
        if kind is Act.TUTUP:
            done = [k for k in keys if (case := state.case_of(k)) is None or case.phase is not CasePhase.BERJALAN]
            keys = done or keys
        key = keys[pick % len(keys)]
        children = invariants.children_of(key)
        child = children[pick // 7 % len(children)] if children else None
        self.ask(
            Command(
                kind,
                key,
                at=self.typed(how, state.periods[key].moment or self.book.now),
                reason="sebelum program dipakai",
                child=child,
                seen=state.periods[key].revision,
            )
        )

    @rule(pick=PICK)
    def reopen_below(self, pick: int) -> None:
        """A child is reopened and closed again while its parent works with it."""
        state = self.book.state
        closed = [key for key, period in state.periods.items() if period.phase is PeriodPhase.TUTUP]
        if not closed:
            return
        key = closed[pick % len(closed)]
        self.ask(Command(Act.BUKA_KEMBALI, key, reason="ada yang keliru"))
        if pick & 64:
            self.ask(Command(Act.TUTUP, key))

    @rule(pick=PICK)
    def rework_under_a_parent(self, pick: int) -> None:
        """A child is reopened under a parent, whose case goes back to its first step and waits at the gate again."""
        book = self.book
        state = book.state
        found = [
            (case, children)
            for case in self.living_cases()
            if (children := [k for k in invariants.children_of(case.period) if k in state.periods])
            and case.phase in (CasePhase.BERJALAN, CasePhase.SELESAI)
            and all(state.periods[child].phase is PeriodPhase.TUTUP for child in children)
            and len({run.step for run in case.runs.values() if run.valid}) > 1
        ]
        if not found:
            return
        case, children = found[pick % len(found)]
        child = children[pick // 5 % len(children)]
        steps = sorted({run.step for run in case.runs.values() if run.valid})
        self.ask(Command(Act.BUKA_KEMBALI, child, reason="ada yang keliru"))
        self.ask(Command(Act.KEMBALIKAN, case.period, steps[-1], target=steps[0], note="angka berubah"))
        self.ask(Command(Act.SELESAI, case.period, steps[0]))
        if pick & 512:
            self.ask(Command(Act.TUTUP, child))

    @rule()
    def look(self) -> None:
        """Somebody opens a board and leaves it standing."""
        self.looks.append(dict(revisions(self.book.state)))

    @rule(pick=PICK, kind=PICK)
    def act_on_an_old_look(self, pick: int, kind: int) -> None:
        """A stale revision is always refused, whatever else would be wrong."""
        if not self.looks:
            return
        old, now = self.looks[pick % len(self.looks)], revisions(self.book.state)
        stale = sorted(name for name, number in old.items() if now[name] != number)
        if not stale:
            return
        name = stale[kind % len(stale)]
        where, _, rest = name.partition(":")
        period, _, slot = rest.partition(":")
        if where == "p":
            acts: tuple[Act, ...] = tuple(sorted(PERIOD_ACTS))
        elif where == "c":
            acts = tuple(sorted(CASE_ACTS))
        else:
            acts = (Act.MULAI, Act.SELESAI, Act.LEWATI, Act.URUNG, Act.KOREKSI, Act.CENTANG, Act.PUTUSKAN, Act.TUGASKAN)
        number, _, bidang = slot.partition(":")
        command = Command(
            acts[kind % len(acts)],
            period,
            int(number) if number else None,
            bidang or None,
            seen=old[name],
            reason="alasan",
            note="catatan",
            answer=Answer.YA,
            holder="orang lain",
            item=0,
            child="",
        )
        written = len(self.book.log)
        refused_for: object = None
        try:
            self.book.apply(command)
        except StaleRevision:
            refused_for = Rule.PERIOD_CLOSED
        except Refused as refusal:
            refused_for = refusal.rule
        assert refused_for is Rule.PERIOD_CLOSED, f"{name} is stale, yet {command.act} met {refused_for}"
        assert len(self.book.log) == written, f"{command.act} on a stale view of {name}"
        self.seen["stale refused"] += 1

    # ------------------------------------------------------------------ after each rule
    @invariant()
    def board_shows_every_open_run_once(self) -> None:
        book = self.book
        for key in book.state.periods:
            case = book.state.case_of(key)
            cards = board_cards(book, key)
            shown = [(card.step, card.bidang) for card in cards if card.is_open and not card.summary]
            mine = [] if case is None else [run.slot for run in case.open_runs()]
            assert sorted(shown, key=str) == sorted(mine, key=str)


def some_of(frozen: tuple[str, ...], bits: int) -> tuple[str, ...]:
    """Some bidang of a list, at least one."""
    return tuple(name for index, name in enumerate(frozen) if (bits >> index) & 1) or frozen[:1]


class NineSteps(Walk):
    shape = staticmethod(shapes.nine_steps)
    seen: ClassVar[Counter[str]] = Counter()


class SevenSteps(Walk):
    shape = staticmethod(shapes.seven_steps)
    seen: ClassVar[Counter[str]] = Counter()


class Edges(Walk):
    shape = staticmethod(shapes.edges)
    seen: ClassVar[Counter[str]] = Counter()


class Decisions(Walk):
    shape = staticmethod(shapes.decisions)
    seen: ClassVar[Counter[str]] = Counter()


class OneStepRegion(Walk):
    shape = staticmethod(shapes.one_step_region)
    seen: ClassVar[Counter[str]] = Counter()


WALKS = (NineSteps, SevenSteps, Edges, Decisions, OneStepRegion)
MORE = int(os.environ.get("SAKIP_CASES", "1"))
"""How many times the usual samples."""
CASES = 50 * MORE
"""Walks of each shape."""


@pytest.mark.parametrize("machine", WALKS, ids=lambda machine: machine.__name__)
def test_every_walk_keeps_the_invariants(machine: type[Walk]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=CASES,
            stateful_step_count=30,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


STEPS = 120
_WAITS = (0, 0, 1, 40, 10 * MINUTE, 3 * HOUR, DAY)
_HOWS = ("now", "now", "now", "bound", "minute", "after", "early")


def stroll(machine: type[Walk], seed: int, steps: int = STEPS) -> Walk:
    """A long walk by a seeded chance of our own: the same on every machine and under every version of hypothesis."""
    chance = Random(f"{machine.__name__} {seed}")
    walk = machine()

    def pick() -> int:
        return chance.randrange(2**16)

    def how() -> str:
        return chance.choice(_HOWS)

    turns: tuple[tuple[int, Callable[[], None]], ...] = (
        (6, lambda: walk.march(pick(), chance.randint(1, 6), chance.choice(_WAITS))),
        (6, lambda: walk.work(pick(), pick(), how(), chance.random() < 0.8)),
        (2, lambda: walk.say_tidak(pick(), pick())),
        (3, lambda: walk.hand_back(pick(), pick(), pick(), how())),
        (3, lambda: walk.undo(pick(), chance.randint(1, 3))),
        (2, lambda: walk.correct(pick(), chance.choice((-HOUR, -MINUTE, 1, HOUR)), pick())),
        (1, lambda: walk.remark(pick(), pick())),
        (2, lambda: walk.manage(pick(), pick(), how())),
        (2, lambda: walk.change_region(pick(), pick(), how())),
        (4, lambda: walk.turn_page(pick(), chance.choice((Act.BUKA, Act.TUTUP, Act.TUTUP, Act.BEBASKAN)), how())),
        (1, lambda: walk.reopen_below(pick())),
        (1, lambda: walk.rework_under_a_parent(pick())),
        (1, walk.look),
        (1, lambda: walk.act_on_an_old_look(pick(), pick())),
        (1, lambda: walk.time_passes(chance.choice(_WAITS))),
    )
    back = (1, lambda: walk.clock_goes_back(chance.choice((30, HOUR))))
    choices = [turn for weight, turn in (*turns, back) for _ in range(weight)]
    walk.begin(pick(), chance.choice(("fresh", "under way", "deep", "parent", "parent", "finished")))
    for _ in range(steps):
        chance.choice(choices)()
        walk.board_shows_every_open_run_once()
    book = walk.book
    assert replay(book.log, book.versions, book.cadence) == book.state
    return walk


STROLLS = 8
"""Seeds of each shape in a common run."""
COMMON = (
    *("buka", "tutup", "bebaskan", "buka-kembali", "closed again", "mulai", "lepas", "tugaskan", "tunda", "lanjut"),
    *(
        "selesai",
        "lewati",
        "pakai-lama",
        "koreksi",
        "centang",
        "dokumen",
        "komentar",
        "kembalikan",
        "tahan",
        "lanjutkan",
    ),
    *("hentikan", "mulai-ulang", "ajukan", "tarik", "putuskan", "gabung", "ubah-bidang", "pindah-versi"),
    *("late entry", "doubted", "warned of many attempts", "second urung", "stale refused", "reopened under a parent"),
    *(
        "loop-back through a fan-out",
        "loop-back of some bidang",
        "loop-back of all bidang",
        "kembalikan named bidang",
        "putuskan named bidang",
        "return to the middle of a region",
        "return from a join that waits",
        "return to the step that was finished",
        "return of one left out",
        "one left out stayed so",
        "loop-back from a finished case",
        "loop-back to a gate",
    ),
    *("loop-back cut open siblings", "urung closed a fan-out", "urung closed a join", "gate opened at lanjutkan"),
    *(f"urung of {act}" for act in ("selesai", "putuskan", "kembalikan", "gabung", "ubah-bidang", "koreksi", "mulai")),
    *(
        f"refused {rule}"
        for rule in ("built-on", "cut-since", "case-held", "gate-closed", "close-blocked", "before-bound")
    ),
)
"""What the strolls of all shapes together must have met."""


def test_strolls_keep_the_invariants_and_meet_every_kind() -> None:
    """Counted over all shapes: an act that never happened was never tested."""
    for machine in WALKS:
        machine.seen.clear()
    walked = [stroll(machine, seed) for machine in WALKS for seed in range(STROLLS)]
    seen = sum((machine.seen for machine in WALKS), Counter[str]())
    missing = [kind for kind in COMMON if not seen[kind]]
    assert not missing, f"the strolls never met: {missing}"
    assert sum(len(walk.book.log) for walk in walked) > 1000


@pytest.mark.long
@pytest.mark.parametrize("machine", WALKS, ids=lambda machine: machine.__name__)
def test_many_strolls_keep_the_invariants(machine: type[Walk]) -> None:
    for seed in range(1000, 1000 + 100 * MORE):
        stroll(machine, seed)

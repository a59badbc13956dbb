"""Each sentence of rules part 6 has a fault that it catches: a walk over broken code must break that very sentence.

The walks are those of `test_machine.stroll` with one sentence checked, so a kill cannot come from another one; a few
faults that only long walks meet have a scene of their own. A fault that survives fails the target. `TABLE` is the list
of faults; `make faults` runs them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from sop.acts import case_acts, closing, corrections, decide, flow, gates, loop_back, run_acts
from sop.acts.deed import Deed
from sop.acts.flow import Draft
from sop.acts.ruling import Ruling
from sop.acts.run_moves import acted, end_run
from sop.model.act import CASE_ACTS, Act
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.refusals import Refused, StaleRevision
from sop.model.state import Answer, CaseKey, RunPhase, RunState
from sop.values import replace
from tests.sop.flow import invariants, shapes
from tests.sop.flow.book import S1, TW1, TW2, Book, second
from tests.sop.flow.test_machine import WALKS, Walk, stroll

Patch = pytest.MonkeyPatch
SEEDS = 25


def _with_effect(patch: Patch, deeds: dict[Act, Deed], act: Act, effect: Callable[[Draft, Event], None]) -> None:
    """Let an act do something else, when it happens and when it is replayed."""
    patch.setitem(deeds, act, deeds[act]._replace(effect=effect))


def _target_left_standing(patch: Patch) -> None:
    """Who returns to a step of a region keeps the result there."""
    overtaken = flow.overtaken_by

    def overtaken_by(case: Any, steps: Any, target: int, returns: Any = None) -> list[RunState]:
        found = overtaken(case, steps, target, returns)
        return [run for run in found if run.bidang is None or (returns or {}).get(run.bidang) != run.step]

    patch.setattr(flow, "overtaken_by", overtaken_by)


def _target_means_the_start(patch: Patch) -> None:
    """A target inside a region sends those meant back to its first step."""
    meant = loop_back.sent_back

    def sent_back(case: Any, region: Any, target: int, named: Any) -> dict[str, int]:
        return dict.fromkeys(meant(case, region, target, named), region.first)

    for module in (case_acts, run_acts):
        patch.setattr(module, "sent_back", sent_back)


def _left_out_come_along(patch: Patch) -> None:
    """One that gabung left out returns with the others, at the target."""
    patch.setattr(loop_back, "left_out", lambda runs, region: {})


def _named_unheeded(patch: Patch) -> None:
    """A Tidak that names bidang sends all of them back."""
    meant = loop_back.sent_back
    patch.setattr(run_acts, "sent_back", lambda case, region, target, named: meant(case, region, target, None))


def _waiver_outlives_a_reopening(patch: Patch) -> None:
    """A child waived once is not waited for any more, however often it is reopened."""

    def is_waived(period: Any, child: Any) -> bool:
        return child.key in period.waivers

    patch.setattr(gates, "is_waived", is_waived)
    patch.setattr(flow, "is_waived", is_waived)


def _attempt_skipped(patch: Patch) -> None:
    """The attempt after a loop-back counts twice."""
    opened = Draft.open_run

    def open_run(self: Draft, key: CaseKey, slot: Any, *rest: Any, **more: Any) -> None:
        again = self.cases[key].current(slot) is not None
        opened(self, key, slot, *rest, **more)
        run = self.cases[key].current(slot)
        if again and run is not None:
            runs = {name: other for name, other in self.cases[key].runs.items() if other is not run}
            run = replace(run, attempt=run.attempt + 1)
            self.cases[key] = replace(self.cases[key], runs={**runs, run.key: run})

    patch.setattr(Draft, "open_run", open_run)


def _cut_run_left_open(patch: Patch) -> None:
    """A loop-back makes open runs invalid without cancelling them."""

    def cut(self: Draft, key: CaseKey, run: RunState, at: int, event: Event) -> None:
        self.put_run(key, replace(run, valid=False, cut_by=event.sequence))

    patch.setattr(Draft, "cut", cut)


def _no_bound(patch: Patch) -> None:
    """A typed time is not held against what is recorded of the run."""
    patch.setattr(run_acts, "_bound", lambda *_: 0)


def _gate_deaf_to_closings(patch: Patch) -> None:
    """The last child's closing does not open the gate."""
    tried = Draft.try_gate

    def try_gate(self: Draft, key: str, event: Event, loop_back: bool = False) -> None:
        if event.act is not Act.TUTUP:
            tried(self, key, event, loop_back)

    patch.setattr(Draft, "try_gate", try_gate)


def _join_left_standing(patch: Patch) -> None:
    """With bidang named, what follows the join is not overtaken."""
    overtaken = flow.overtaken_by

    def overtaken_by(case: Any, steps: Any, target: int, returns: Any = None) -> list[RunState]:
        found = overtaken(case, steps, target, returns)
        return found if returns is None else [run for run in found if run.bidang is not None]

    patch.setattr(flow, "overtaken_by", overtaken_by)


def _join_on_the_first_arrival(patch: Patch) -> None:
    """A join opens as soon as one bidang is through."""
    joined = Draft.join

    def join(self: Draft, key: CaseKey, region: Any, event: Event) -> None:
        case = self.cases[key]
        done = tuple(
            name
            for name in case.regions[region.first]
            if (run := case.valid_run((region.last, name))) is not None and run.is_done
        )
        self.cases[key] = replace(case, regions={**case.regions, region.first: done})
        joined(self, key, region, event)
        self.cases[key] = replace(self.cases[key], regions=case.regions)

    patch.setattr(Draft, "join", join)


def _tidak_taken_for_ya(patch: Patch) -> None:
    """A Tidak lets the case go on."""

    def putuskan(draft: Draft, event: Event) -> None:
        run = end_run(draft, event, draft.run(event), RunPhase.SELESAI, answer=Answer(event.data["answer"]))
        draft.advance(draft.case(event).key, run, event)

    _with_effect(patch, run_acts.DEEDS, Act.PUTUSKAN, putuskan)


def _opened_runs_unrevised(patch: Patch) -> None:
    """Only the run acted on counts on, not those that the act opened or cut."""
    changed = Draft.changed_since

    def changed_since(self: Draft, before: Any) -> tuple[str, ...]:
        return changed(self, before)[:1]

    patch.setattr(Draft, "changed_since", changed_since)


def _undo_touches_everything(patch: Patch) -> None:
    """An urung raises the revisions of the whole year."""

    def changed_since(self: Draft, before: Any) -> tuple[str, ...]:
        return tuple(self.revisions) if len(self.revisions) > 12 else changed(self, before)

    changed = Draft.changed_since
    patch.setattr(Draft, "changed_since", changed_since)


def _refusal_leaves_a_mark(patch: Patch) -> None:
    """A refused command has raised a revision by then."""
    phase = Ruling.require_phase

    def require_phase(self: Ruling, run: RunState, *phases: Any) -> None:
        try:
            phase(self, run, *phases)
        except Refused:
            periods: Any = self.state.periods
            periods[self.period.key] = replace(self.period, revision=self.period.revision + 1)
            raise

    patch.setattr(Ruling, "require_phase", require_phase)


def _remark_takes_two_numbers(patch: Patch) -> None:
    """A komentar is numbered past the next free number."""
    told = run_acts.judge_komentar

    def komentar(judged: Ruling) -> Event:
        event = told(judged)
        return replace(event, sequence=event.sequence + 1)

    patch.setitem(run_acts.DEEDS, Act.KOMENTAR, run_acts.DEEDS[Act.KOMENTAR]._replace(judge=komentar))


def _case_revision_unread(patch: Patch) -> None:
    """Acts on a case do not compare the revision that was seen."""
    checked = Ruling.check_revision

    def check_revision(self: Ruling, run: RunState | None = None) -> None:
        if self.command.act not in CASE_ACTS:
            checked(self, run)

    patch.setattr(Ruling, "check_revision", check_revision)


def _new_case_counts_from_zero(patch: Patch) -> None:
    """mulai-ulang begins to count anew, so a view of the stopped case fits again."""
    patch.setattr(Draft, "carry_revisions", lambda self, event: None)


def _undo_counts_as_an_act(patch: Patch) -> None:
    """An urung leaves itself behind on the run."""

    def urung(draft: Draft, event: Event) -> None:
        case = draft.case(event)
        run = case.current((event.step or 0, event.bidang))
        if run is not None:
            draft.put_run(case.key, acted(run, event))

    _with_effect(patch, corrections.DEEDS, Act.URUNG, urung)


def _lock_left_open(patch: Patch) -> None:
    """A closed period takes acts on."""
    patch.setattr(Ruling, "refuse_if_closed", lambda self: None)


def _list_not_written_down(patch: Patch) -> None:
    """The event that enters a region does not carry the frozen list."""
    taken_in = decide._taken_in

    def without_list(ruling: Ruling, event: Event) -> Any:
        event, draft = taken_in(ruling, event)
        return replace(event, data={name: value for name, value in event.data.items() if name != "bidang_list"}), draft

    patch.setattr(decide, "_taken_in", without_list)


def _stale_input_overlooked(patch: Patch) -> None:
    """A parent closes on what it took in before a child was reopened."""
    patch.setattr(closing, "stale_children", lambda *_: [])


def _open_child_overlooked(patch: Patch) -> None:
    """A parent closes over an open child."""
    patch.setattr(closing, "waiting_children", lambda *_: [])


def _hold_unheeded(patch: Patch) -> None:
    """Moments inside a hold are accepted."""
    patch.setattr(
        Ruling, "at_work", lambda self, case, bound, typed=None: self.effective(bound, typed or self.command.at)
    )


def _doubt_unmarked(patch: Patch) -> None:
    """An act at a bound after the reading is not marked."""
    judged = Ruling.effective

    def effective(self: Ruling, *rest: Any) -> tuple[int, bool, bool]:
        at, late, _ = judged(self, *rest)
        return at, late, False

    patch.setattr(Ruling, "effective", effective)


def _pause_counted_as_work(patch: Patch) -> None:
    """tunda leaves the stretch of work running."""

    def closed(run: RunState, at: int) -> RunState:
        return replace(run, pauses=flow.close_last(run.pauses, at), waits=flow.close_last(run.waits, at))

    def tunda(draft: Draft, event: Event) -> None:
        run = closed(acted(draft.run(event), event), event.at)
        run = replace(run, phase=RunPhase.DITUNDA, paused_from=run.phase, pauses=(*run.pauses, (event.at, None)))
        draft.put_run(draft.case(event).key, run)

    _with_effect(patch, run_acts.DEEDS, Act.TUNDA, tunda)


def _a_start_typed_inside_a_hold() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.do("buka", TW1)
    book.do("tahan", TW1, reason="audit")
    book.do("lanjutkan", TW1)
    book.apply(Command(Act.MULAI, TW1, 1, at=second(book.case(TW1).holds[0][0] + 1)))
    invariants.holds_stop_the_clock(book)


def _a_close_on_a_stale_input() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.close(TW1, TW2)
    book.complete(S1)
    book.do("buka-kembali", TW1, reason="keliru")
    book.do("tutup", TW1)
    book.do("tutup", S1)
    invariants.closed_parent_knows_its_children(book)


def _a_close_over_a_child_reopened_since_it_was_waived() -> None:
    book = Book(shapes.seven_steps(), now="2025-11-03 08:00")
    book.close(TW1)
    book.do("bebaskan", S1, child=TW2, reason="sebelum program dipakai")
    book.close(TW2)
    book.do("buka-kembali", TW2, reason="keliru")
    try:
        book.do("tutup", S1)
    except Refused:
        return
    invariants.closed_parent_knows_its_children(book)


def _a_pause_at_work() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.do("buka", TW1)
    for act in ("mulai", "tunda", "lanjut"):
        book.do(act, TW1, 1, reason="rapat")
    invariants.work_stretches_apart(book)


def _an_old_view_of_a_new_case() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.do("buka", TW1)
    seen = book.run(TW1, 1).revision
    book.do("hentikan", TW1, reason="batal")
    book.do("mulai-ulang", TW1, reason="lagi")
    try:
        book.apply(Command(Act.MULAI, TW1, 1, seen=seen))
    except StaleRevision:
        return
    raise AssertionError("a stale view was acted on")


@dataclass(frozen=True)
class Fault:
    """One seeded fault and the sentence that must catch it."""

    seed: Callable[[Patch], None]
    sentence: Callable[[Book], None] | None
    """None where the walk itself is the check: refusals and stale views."""
    scene: Callable[[], None] | None = None
    """Plays it out where no walk of sensible length would."""


TABLE = (
    Fault(_target_left_standing, invariants.one_valid_run_per_slot),
    Fault(_target_means_the_start, invariants.loop_back_sends_back_whom_it_means),
    Fault(_left_out_come_along, invariants.loop_back_sends_back_whom_it_means),
    Fault(_named_unheeded, invariants.loop_back_sends_back_whom_it_means),
    Fault(
        _waiver_outlives_a_reopening,
        invariants.closed_parent_knows_its_children,
        _a_close_over_a_child_reopened_since_it_was_waived,
    ),
    Fault(_attempt_skipped, invariants.attempts_without_gap),
    Fault(_cut_run_left_open, invariants.open_is_valid),
    Fault(_no_bound, invariants.moments_in_order),
    Fault(_gate_deaf_to_closings, invariants.something_open_or_gate),
    Fault(_join_left_standing, invariants.done_before_front_nothing_after),
    Fault(_join_on_the_first_arrival, invariants.done_before_front_nothing_after),
    Fault(_tidak_taken_for_ya, invariants.finished_case_is_whole),
    Fault(_opened_runs_unrevised, invariants.one_event_one_revision),
    Fault(_undo_touches_everything, invariants.one_event_one_revision),
    Fault(_refusal_leaves_a_mark, None),
    Fault(_remark_takes_two_numbers, invariants.sequence_without_gap),
    Fault(_case_revision_unread, None),
    Fault(_new_case_counts_from_zero, None, _an_old_view_of_a_new_case),
    Fault(_undo_counts_as_an_act, invariants.undo_restores_the_view),
    Fault(_lock_left_open, invariants.closed_accepts_only_remarks),
    Fault(_list_not_written_down, invariants.replay_gives_the_state),
    Fault(_stale_input_overlooked, invariants.closed_parent_knows_its_children, _a_close_on_a_stale_input),
    Fault(_open_child_overlooked, invariants.closed_parent_knows_its_children),
    Fault(_hold_unheeded, invariants.holds_stop_the_clock, _a_start_typed_inside_a_hold),
    Fault(_doubt_unmarked, invariants.nothing_in_the_future),
    Fault(_pause_counted_as_work, invariants.work_stretches_apart, _a_pause_at_work),
)


def killed(fault: Fault, machine: type[Walk], seed: int) -> bool:
    """Whether a walk over the broken code breaks the sentence. Other breakage does not count."""
    try:
        if fault.scene is not None:
            fault.scene()
        else:
            stroll(machine, seed)
    except AssertionError as error:
        if fault.sentence is None:
            return "refused command" in str(error) or "stale" in str(error)
        frames = error.__traceback__
        names = set()
        while frames is not None:
            names.add(frames.tb_frame.f_code.co_name)
            frames = frames.tb_next
        return fault.sentence.__name__ in names
    except (SopError, LookupError, TypeError, ValueError):
        return False
    return False


@pytest.mark.faults
@pytest.mark.parametrize("fault", TABLE, ids=lambda fault: fault.seed.__name__.lstrip("_"))
def test_a_seeded_fault_is_caught_by_its_sentence(fault: Fault, monkeypatch: Patch) -> None:
    monkeypatch.setattr(Walk, "checks", (fault.sentence,) if fault.sentence is not None else ())
    fault.seed(monkeypatch)
    walks = ((machine, seed) for seed in range(SEEDS) for machine in WALKS)
    assert any(killed(fault, machine, seed) for machine, seed in walks), f"{fault.seed.__doc__} nobody noticed"


@pytest.mark.faults
@pytest.mark.parametrize("fault", [fault for fault in TABLE if fault.scene], ids=lambda fault: fault.scene.__name__)
def test_a_scene_passes_over_sound_code(fault: Fault) -> None:
    """So that a kill is the fault's doing."""
    assert not killed(fault, WALKS[0], 0)


def test_every_sentence_has_a_fault() -> None:
    caught = {fault.sentence for fault in TABLE}
    assert caught == {*invariants.SENTENCES, *invariants.BESIDE, None}

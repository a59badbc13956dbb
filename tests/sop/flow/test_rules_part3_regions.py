"""Rules part 3, loop-backs into a per-bidang region: who goes back where. The docstrings quote the sentence meant."""

from __future__ import annotations

import pytest

from sop.acts.gates import stale_children
from sop.acts.procedure import procedure
from sop.acts.replay import replay
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.refusals import Rule
from sop.model.state import Answer, RunPhase
from sop.values import replace
from tests.sop.flow import invariants, shapes
from tests.sop.flow.book import S1, TW1, TW2, Book

SLOTS_OF_A = ((2, "A"), (3, "A"), (4, "A"))


@pytest.fixture
def fan() -> Book:
    """A region 2-4 between plain steps, opened and entered by A, B and C; decisions at 5 (to 1) and 6 (to 3)."""
    book = Book(shapes.decisions(), now="2025-11-03 08:00")
    book.reach(TW1, 2)
    return book


@pytest.fixture
def one() -> Book:
    """A region of one step, 2, entered by A, B and C; the decision at the join, 3, sends back to it."""
    book = Book(shapes.one_step_region(), now="2025-11-03 08:00")
    book.reach(TW1, 2)
    return book


def through(book: Book, *bidang: str) -> None:
    """Bring these bidang through what is left of their region."""
    for name in bidang:
        for step, whose in book.open_steps(TW1):
            if whose == name:
                for number in range(step, 5):
                    book.finish(TW1, number, name)


def attempts(book: Book, step: int) -> dict[str | None, int]:
    return {run.bidang: run.attempt for run in book.case(TW1).newest().values() if run.step == step}


# ---------------------------------------------------------------------- a target inside a region
def test_a_target_inside_a_region_is_re_entered_at_it(fan: Book) -> None:
    """Those that have reached the target re-enter *at it*, their earlier steps of the region stay valid."""
    through(fan, "A", "B", "C")
    fan.finish(TW1, 5)
    event = fan.tidak(TW1, 6).event
    assert fan.open_steps(TW1) == [(3, "A"), (3, "B"), (3, "C")]
    assert all(fan.run(TW1, 2, name).valid for name in "ABC")
    assert attempts(fan, 3) == {"A": 2, "B": 2, "C": 2}
    assert (event.data["target"], event.data["returns"]) == (3, {"A": 3, "B": 3, "C": 3})
    assert {run.ready for run in fan.case(TW1).open_runs()} == {event.at}
    through(fan, "A", "B", "C")
    assert fan.open_steps(TW1) == [(5, None)]
    assert fan.run(TW1, 5).attempt == 2


def test_everything_after_the_join_becomes_not_valid_and_the_join_reopens(fan: Book) -> None:
    """With one bidang named the others stay valid; the join waits for that one alone."""
    fan.complete(TW1)
    fan.do("kembalikan", TW1, 7, target=4, named=("b",), note="salah")
    case = fan.case(TW1)
    assert fan.open_steps(TW1) == [(4, "B")]
    assert not any(case.runs[number, None, 1].valid for number in (5, 6, 7))
    assert all(case.runs[number, name, 1].valid for number in (2, 3, 4) for name in "AC")
    assert [case.runs[number, "B", 1].valid for number in (2, 3, 4)] == [True, True, False]
    fan.finish(TW1, 4, "B")
    run = fan.run(TW1, 5)
    assert (run.attempt, run.ready) == (2, fan.run(TW1, 4, "B").ended)


def test_tidak_may_name_bidang_where_its_target_lies_in_a_region(fan: Book) -> None:
    through(fan, "A", "B", "C")
    fan.finish(TW1, 5)
    fan.do("mulai", TW1, 6)
    no = {"answer": Answer.TIDAK, "note": "angka A dan C"}
    fan.refuses(FaultyInput, "putuskan", TW1, 6, answer=Answer.YA, named=("A",))
    event = fan.do("putuskan", TW1, 6, named=("c", "A"), **no).event
    assert fan.open_steps(TW1) == [(3, "A"), (3, "C")]
    assert fan.run(TW1, 4, "B").valid
    assert (event.data["bidang"], event.data["returns"]) == (["C", "A"], {"A": 3, "C": 3})
    fan.do("urung", TW1, 6)
    assert fan.phase(TW1, 6) is RunPhase.DIKERJAKAN
    assert fan.open_steps(TW1) == [(6, None)]


def test_tidak_names_no_bidang_where_its_target_lies_in_none(fan: Book) -> None:
    through(fan, "A", "B", "C")
    fan.do("mulai", TW1, 5)
    fan.do("ajukan", TW1, 5)
    no = {"answer": Answer.TIDAK, "note": "ulang"}
    fan.refuses(Rule.BIDANG_OUTSIDE_REGION, "putuskan", TW1, 5, named=("A",), **no)
    assert fan.do("putuskan", TW1, 5, **no).event.data["target"] == 1


def test_a_region_of_one_step_goes_back_whole_or_by_name(one: Book) -> None:
    for name in "ABC":
        one.finish(TW1, 2, name)
    one.tidak(TW1, 3)
    assert one.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]
    for name in "ABC":
        one.finish(TW1, 2, name)
    one.do("mulai", TW1, 3)
    one.do("putuskan", TW1, 3, answer=Answer.TIDAK, note="B saja", named=("B",))
    assert one.open_steps(TW1) == [(2, "B")]
    assert attempts(one, 2) == {"A": 2, "B": 3, "C": 2}


# ---------------------------------------------------------------------- while the join waits
def test_while_the_join_waits_each_bidang_has_its_own_source(fan: Book) -> None:
    """The last step that it finished; never a source that was not reached."""
    through(fan, "A")
    fan.finish(TW1, 2, "B")
    fan.do("mulai", TW1, 2, bidang="C")
    before = fan.run(TW1, 2, "C")
    event = fan.do("kembalikan", TW1, 5, target=2, named=("A", "B"), note="isi lagi").event
    assert event.data["sources"] == {"A": 4, "B": 2}
    assert event.step == 4
    assert fan.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]
    assert fan.run(TW1, 2, "C") == before
    fan.do("urung", TW1, 2, bidang="B")
    assert fan.open_steps(TW1) == [(2, "C"), (3, "B")]
    assert fan.run(TW1, 4, "A").valid


def test_the_step_that_a_bidang_finished_may_be_the_target(fan: Book) -> None:
    """And this step itself may be the target."""
    through(fan, "A")
    event = fan.do("kembalikan", TW1, 4, target=4, named=("A",), note="salah hitung").event
    assert (event.step, event.data["sources"]) == (4, {"A": 4})
    assert fan.open_steps(TW1) == [(2, "B"), (2, "C"), (4, "A")]
    assert [fan.run(TW1, *slot).attempt for slot in SLOTS_OF_A] == [1, 1, 2]
    fan.do("urung", TW1, 4, bidang="A")
    assert fan.run(TW1, 4, "A").phase is RunPhase.SELESAI
    fan.do("kembalikan", TW1, 5, target=4, named=("A",), note="dari yang menghimpun")
    assert fan.log[-1].step == 4


def test_one_that_has_not_finished_the_target_is_refused_by_name(fan: Book) -> None:
    """Those that have not reached it go on untouched (a *named* one that has not is refused)."""
    through(fan, "A")
    fan.finish(TW1, 2, "B")
    for named in (("B",), ("A", "B"), ("A", "B", "C")):
        refusal = fan.refuses(Rule.TARGET_NOT_FINISHED, "kembalikan", TW1, 5, target=3, named=named, note="x")
        assert refusal.facts["bidang"] == tuple(name for name in named if name != "A")
    fan.refuses(Rule.TARGET_NOT_FINISHED, "kembalikan", TW1, 3, target=3, named=("B",), note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 4, target=2, named=("B",), note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 6, target=2, named=("A",), note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 5, target=2, note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 5, target=1, note="x")
    fan.refuses(Rule.TARGET_NOT_EARLIER, "kembalikan", TW1, 3, target=4, named=("A",), note="x")


def test_a_bidang_at_work_goes_back_from_the_step_that_it_is_at(fan: Book) -> None:
    for number in (2, 3):
        fan.finish(TW1, number, "A")
    event = fan.do("kembalikan", TW1, 4, target=3, named=("A",), note="kurang").event
    assert (event.step, event.data["sources"]) == (4, {"A": 4})
    assert fan.open_steps(TW1) == [(2, "B"), (2, "C"), (3, "A")]
    assert fan.run(TW1, 2, "A").valid


def test_from_inside_a_region_no_bidang_named_means_the_bidang_of_the_source(fan: Book) -> None:
    for name in "AB":
        for number in (2, 3):
            fan.finish(TW1, number, name)
    fan.refuses(FaultyInput, "kembalikan", TW1, 4, target=3, note="x")
    event = fan.do("kembalikan", TW1, 4, bidang="b", target=2, note="kurang").event
    assert event.data["bidang"] == ["B"]
    assert fan.open_steps(TW1) == [(2, "B"), (2, "C"), (4, "A")]
    event = fan.do("kembalikan", TW1, 4, target=3, note="kurang").event
    assert event.data["bidang"] == ["A"]
    assert fan.open_steps(TW1) == [(2, "B"), (2, "C"), (3, "A")]


def test_a_return_is_undone_although_another_bidang_went_back_since(fan: Book) -> None:
    """Not while a later loop-back stands on what it made: the same runs, or a region open only through it."""
    through(fan, "A", "B")
    fan.do("kembalikan", TW1, 4, target=4, named=("A",), note="salah")
    fan.do("kembalikan", TW1, 4, target=3, named=("B",), note="salah")
    fan.do("urung", TW1, 4, bidang="A")
    assert fan.open_steps(TW1) == [(2, "C"), (3, "B")]
    fan.do("urung", TW1, 3, bidang="B")
    assert fan.open_steps(TW1) == [(2, "C")]


def test_from_inside_a_region_to_a_step_before_it_the_whole_case_goes(fan: Book) -> None:
    through(fan, "A")
    fan.do("kembalikan", TW1, 2, target=1, note="format berubah")
    assert fan.open_steps(TW1) == [(1, None)]


# ---------------------------------------------------------------------- those that gabung left out
@pytest.fixture
def left_out(fan: Book) -> Book:
    """A is through; gabung left B out from step 3 on and C altogether; the case stands at 5."""
    through(fan, "A")
    fan.finish(TW1, 2, "B")
    fan.do("gabung", TW1, reason="tanpa B dan C")
    return fan


def test_gabung_writes_down_whom_it_skipped_and_which_steps(left_out: Book) -> None:
    """Whom gabung skipped stands in the event."""
    assert left_out.log[-1].data["skipped"] == {"B": [3, 4], "C": [2, 3, 4]}


def test_one_skipped_by_gabung_stays_skipped_unless_named(left_out: Book) -> None:
    left_out.finish(TW1, 5)
    left_out.tidak(TW1, 6)
    assert left_out.open_steps(TW1) == [(3, "A")]
    assert {left_out.phase(TW1, 4, name) for name in "BC"} == {RunPhase.DILEWATI}
    assert all(left_out.run(TW1, 4, name).valid for name in "BC")
    through(left_out, "A")
    assert left_out.open_steps(TW1) == [(5, None)]


def test_one_skipped_by_gabung_re_enters_at_the_first_step_so_skipped(left_out: Book) -> None:
    event = left_out.do("kembalikan", TW1, 5, target=4, named=("B", "C"), note="menyusul").event
    assert event.data["returns"] == {"B": 3, "C": 2}
    assert left_out.open_steps(TW1) == [(2, "C"), (3, "B")]
    assert left_out.run(TW1, 2, "B").valid
    assert left_out.run(TW1, 4, "A").valid
    through(left_out, "B", "C")
    assert left_out.open_steps(TW1) == [(5, None)]
    left_out.complete(TW1)


def test_one_skipped_by_gabung_does_an_earlier_target_again(left_out: Book) -> None:
    """Every valid run at or after the target becomes not valid: B did the target before it was left out."""
    left_out.do("kembalikan", TW1, 5, target=2, named=("B",), note="isian lama")
    assert left_out.open_steps(TW1) == [(2, "B")]
    assert left_out.run(TW1, 2, "B").attempt == 2


def test_one_that_gabung_skipped_and_is_named_at_its_last_step_begins_with_the_first_so_skipped(fan: Book) -> None:
    """One skipped by gabung stays skipped unless named, and then re-enters at the first step so skipped."""
    through(fan, "A", "B")
    fan.finish(TW1, 2, "C")
    fan.do("gabung", TW1, reason="tanpa C")
    event = fan.do("kembalikan", TW1, 5, target=4, named=("C",), note="menyusul").event
    assert event.data["returns"] == {"C": 3}
    assert fan.open_steps(TW1) == [(3, "C")]


def test_one_that_was_skipped_in_its_last_steps_while_the_join_waits_begins_at_the_target(fan: Book) -> None:
    """The join takes selesai and dilewati alike as the end of a step, so the last step that it finished is the one so
    skipped, and this very step may be the target; those that have reached the target re-enter at it."""
    through(fan, "A")
    fan.finish(TW1, 2, "C")
    for number in (3, 4):
        fan.do("lewati", TW1, number, bidang="C", reason="tidak ada data")
    event = fan.do("kembalikan", TW1, 5, target=4, named=("C",), note="ternyata ada").event
    assert (event.data["returns"], event.data["sources"]) == ({"C": 4}, {"C": 4})
    assert fan.open_steps(TW1) == [(2, "B"), (4, "C")]
    assert fan.run(TW1, 3, "C").valid


def test_one_that_the_pengelola_skipped_is_no_different_from_one_that_handed_in(fan: Book) -> None:
    through(fan, "A", "B")
    for number in (2, 3, 4):
        fan.do("lewati", TW1, number, bidang="C", reason="tidak ada data")
    fan.finish(TW1, 5)
    fan.tidak(TW1, 6)
    assert fan.open_steps(TW1) == [(3, "A"), (3, "B"), (3, "C")]


# ---------------------------------------------------------------------- pakai-lama
def test_pakai_lama_takes_the_target_where_the_loop_back_named_no_bidang(fan: Book) -> None:
    """Never the loop-back's target, except inside a region where the loop-back named no bidang."""
    through(fan, "A", "B", "C")
    fan.finish(TW1, 5)
    fan.tidak(TW1, 6)
    fan.do("pakai-lama", TW1, 3, bidang="A")
    assert fan.run(TW1, 3, "A").taken_over
    fan.do("kembalikan", TW1, 4, target=3, named=("A",), note="tetap salah")
    fan.refuses(Rule.LOOP_TARGET, "pakai-lama", TW1, 3, bidang="A")
    fan.do("pakai-lama", TW1, 3, bidang="B")


def test_pakai_lama_does_not_take_the_target_of_a_tidak_that_named_bidang(one: Book) -> None:
    for name in "ABC":
        one.finish(TW1, 2, name)
    one.do("mulai", TW1, 3)
    one.do("putuskan", TW1, 3, answer=Answer.TIDAK, note="B", named=("B",))
    one.refuses(Rule.LOOP_TARGET, "pakai-lama", TW1, 2, bidang="B")
    one.finish(TW1, 2, "B")
    one.do("mulai", TW1, 3)
    one.do("kembalikan", TW1, 3, target=2, note="semua")
    for name in "AC":
        one.do("pakai-lama", TW1, 2, bidang=name)


# ---------------------------------------------------------------------- a region behind a gate
@pytest.fixture
def gated() -> Book:
    """A semester whose first step, 4, is a region of A and B behind the gate; 5 decides and sends back to it."""
    book = Book(shapes.edges(), now="2025-11-03 08:00")
    book.close(TW1, TW2)
    book.do("buka", S1)
    book.reach(S1, 5)
    return book


def test_a_tidak_to_a_gated_region_waits_for_the_child_and_may_be_taken_over(gated: Book) -> None:
    """Set once per attempt; while a child is open the first step stays menunggu."""
    gated.do("mulai", S1, 5)
    gated.do("buka-kembali", TW2, reason="keliru")
    gated.do("kembalikan", S1, 5, target=4, note="ulang")
    assert gated.open_steps(S1) == []
    gated.do("tutup", TW2)
    assert gated.open_steps(S1) == [(4, "A"), (4, "B")]
    assert gated.run(S1, 4, "A").ready == gated.state.periods[TW2].closed_at
    gated.do("pakai-lama", S1, 4, bidang="A")


def test_all_of_them_named_wait_at_the_gate_as_well(gated: Book) -> None:
    """While a child is open and not waived the first step stays menunggu."""
    gated.do("buka-kembali", TW2, reason="keliru")
    gated.do("kembalikan", S1, 5, target=4, named=("A", "B"), note="ulang")
    assert gated.open_steps(S1) == []
    gated.do("tutup", TW2)
    assert gated.open_steps(S1) == [(4, "A"), (4, "B")]
    gated.refuses(Rule.LOOP_TARGET, "pakai-lama", S1, 4, bidang="A")


def test_one_left_out_stays_so_behind_the_gate(gated: Book) -> None:
    gated.do("kembalikan", S1, 5, target=4, named=("B",), note="ulang")
    gated.do("gabung", S1, reason="tanpa B")
    gated.do("mulai", S1, 5)
    gated.do("buka-kembali", TW2, reason="keliru")
    gated.do("kembalikan", S1, 5, target=4, note="ulang")
    assert gated.open_steps(S1) == []
    gated.do("tutup", TW2)
    assert gated.open_steps(S1) == [(4, "A")]
    gated.do("selesai", S1, 4, bidang="A")
    assert gated.open_steps(S1) == [(5, None)]
    invariants.check(gated)


def test_stale_input_is_finished_again_for_every_frozen_bidang(gated: Book) -> None:
    """Per bidang: for every frozen one."""
    gated.do("buka-kembali", TW2, reason="keliru")
    gated.do("tutup", TW2)
    gated.do("kembalikan", S1, 5, target=4, named=("A",), note="angka berubah")
    gated.do("selesai", S1, 4, bidang="A")
    assert stale_children(gated.state, S1, procedure(gated.sop, S1, gated.cadence)) == [TW2]
    gated.do("kembalikan", S1, 5, target=4, named=("B",), note="angka berubah")
    gated.do("selesai", S1, 4, bidang="B")
    assert stale_children(gated.state, S1, procedure(gated.sop, S1, gated.cadence)) == []


# ---------------------------------------------------------------------- logs of before
@pytest.mark.parametrize("act", [Act.PUTUSKAN, Act.KEMBALIKAN, Act.GABUNG])
def test_events_of_before_say_nothing_of_it_and_replay_as_they_did(fan: Book, act: Act) -> None:
    """3.7 Events of before a rule changed replay by the rule of their day."""
    if act is Act.GABUNG:
        through(fan, "A")
        fan.finish(TW1, 2, "B")
        fan.do("gabung", TW1, reason="tanpa B dan C")
    else:
        through(fan, "A", "B", "C")
        fan.finish(TW1, 5)
        if act is Act.PUTUSKAN:
            fan.tidak(TW1, 6)
        else:
            fan.do("kembalikan", TW1, 6, target=2, note="ulang")
    new = ("returns", "sources", "skipped", *(("target",) if act is Act.PUTUSKAN else ()))
    old = replace(fan.log[-1], data={name: value for name, value in fan.log[-1].data.items() if name not in new})
    case = replay([*fan.log[:-1], old], fan.versions, fan.cadence).case_of(TW1)
    assert case is not None
    if act is Act.GABUNG:
        assert case.runs.keys() == fan.case(TW1).runs.keys()
        assert all(run.phase is fan.case(TW1).runs[key].phase for key, run in case.runs.items())
    else:
        assert sorted(run.slot for run in case.open_runs()) == [(2, "A"), (2, "B"), (2, "C")]

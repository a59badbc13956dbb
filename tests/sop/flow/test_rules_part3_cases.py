"""Rules part 3, the acts on a case or a period and the numbered rules. The docstrings quote the sentence meant."""

from __future__ import annotations

import pytest

from sop.acts.closing import Closing, closing_of
from sop.acts.gates import is_waived, stale_children
from sop.acts.procedure import procedure
from sop.look.cards import board_cards
from sop.model.act import OFFICE_ACTS, Act
from sop.model.definition import Unit, Waktu
from sop.model.errors import SopError
from sop.model.refusals import Refused, Rule, StaleRevision, Unknown
from sop.model.state import Answer, CasePhase, Evidence, PeriodPhase, RunPhase
from sop.values import replace
from tests.sop.flow import shapes
from tests.sop.flow.book import (
    DAY,
    HOUR,
    MINUTE,
    S1,
    S2,
    TH,
    TW1,
    TW2,
    TW3,
    TW4,
    Book,
    at,
    minute,
    second,
)

REASON = "sebelum program dipakai"


@pytest.fixture
def nine() -> Book:
    """Three cadences with gates; late enough in the year to open anything."""
    return Book(shapes.nine_steps(), now="2025-11-03 08:00")


@pytest.fixture
def fan() -> Book:
    """A region 2-4 between plain steps, opened and entered by A, B and C."""
    book = Book(shapes.decisions(), now="2025-11-03 08:00")
    book.reach(TW1, 2)
    return book


@pytest.fixture
def half(nine: Book) -> Book:
    """TW1 and TW2 closed, the semester at its first step."""
    nine.close(TW1, TW2)
    nine.do("buka", S1)
    return nine


def through(book: Book, *bidang: str) -> None:
    """Bring these bidang through the region."""
    for name in bidang:
        for number in (2, 3, 4):
            book.finish(TW1, number, name)


# ---------------------------------------------------------------------- buka
def test_buka_is_not_before_the_periods_first_day() -> None:
    book = Book(shapes.nine_steps(), now="2025-06-30 23:59")
    book.refuses(Rule.BEFORE_PERIOD, "buka", TW3)
    book.now = at("2025-07-01 00:00")
    book.do("buka", TW3)
    assert book.case(TW3).opened == book.run(TW3, 1).ready == at("2025-07-01 00:00")


def test_buka_typed_before_the_first_day_is_refused(nine: Book) -> None:
    nine.refuses(Rule.BEFORE_PERIOD, "buka", TW4, at=minute("2025-09-30 15:00"), reason="susulan")
    nine.do("buka", TW4, at=minute("2025-10-01 08:00"), reason="susulan")
    assert nine.log[-1].late_entry


def test_the_next_period_may_open_while_one_is_open(nine: Book) -> None:
    nine.do("buka", TW1)
    nine.do("buka", TW2)
    nine.do("buka", S1)
    nine.refuses(Rule.PERIOD_IS_OPEN, "buka", TW1)


def test_buka_is_not_under_a_closed_ancestor(nine: Book) -> None:
    nine.close(TW1)
    nine.do("buka", S1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    nine.close(S1)
    refusal = nine.refuses(Rule.ANCESTOR_CLOSED, "buka", TW2)
    assert refusal.facts["ancestor"] == S1


def test_a_pure_roll_up_has_no_buka_and_closes_like_any_period() -> None:
    """A period whose cadence has no step has no case: open from set-up, without buka."""
    book = Book(shapes.seven_steps(), now="2025-11-03 08:00")
    assert book.state.periods[S1].phase is PeriodPhase.BUKA
    book.refuses(Rule.NO_CASE, "buka", S1)
    book.refuses(Rule.NO_CASE, "mulai", S1, 1)
    book.refuses(Rule.CLOSE_BLOCKED, "tutup", S1)
    book.close(TW1, TW2)
    book.do("tutup", S1)
    book.do("buka-kembali", S1, reason="keliru")
    assert book.do("tutup", S1).event.data["closing"] == 2


def test_a_period_with_no_steps_at_or_below_it_is_not_kept_and_counts_as_met() -> None:
    """The quarters of a 7-step SOP adopted as tahunan."""
    seven = shapes.seven_steps()
    book = Book(shapes.Shape(seven.sop, shapes.Cadence.TAHUNAN, seven.bidang), now="2025-11-03 08:00")
    assert list(book.state.periods) == [TH]
    outcome = book.do("buka", TH)
    assert book.run(TH, 1).ready == outcome.event.at
    book.close(TH)
    assert outcome.state.periods.keys() == {TH}


def test_a_kembalikan_that_opened_nothing_is_not_undone(nine: Book) -> None:
    """One that opened nothing is not undone: here the gate is shut."""
    nine.close(TW1, TW2)
    nine.complete(S1)
    nine.do("buka-kembali", TW1, reason="keliru")
    nine.do("kembalikan", S1, 8, target=6, note="ulang")
    assert nine.open_steps(S1) == []
    for step in (6, 7, 8):
        nine.refuses(Rule.CUT_SINCE, "urung", S1, step)


def test_nothing_is_done_in_a_period_that_is_not_open(nine: Book) -> None:
    nine.refuses(Rule.PERIOD_NOT_OPEN, "mulai", TW1, 1)
    nine.refuses(Rule.PERIOD_NOT_OPEN, "tahan", TW1, reason="x")
    nine.refuses(Rule.PERIOD_NOT_OPEN, "tutup", TW1)
    nine.refuses(Unknown, "buka", "2024-TW1")


def test_an_sop_with_per_bidang_steps_needs_a_bidang() -> None:
    """An SOP with per-bidang steps cannot be set up without a bidang."""
    book = Book(shapes.edges())
    book.bidang = ()
    book.refuses(Rule.NO_BIDANG, "buka", TW1)


# ---------------------------------------------------------------------- loop-back
def test_tidak_makes_everything_from_the_target_invalid(half: Book) -> None:
    """Every valid run at or after the target becomes not valid; the target opens with attempt + 1."""
    half.reach(S1, 8)
    half.tidak(S1, 8)
    case = half.case(S1)
    assert not case.runs[7, None, 1].valid
    assert not case.runs[8, None, 1].valid
    assert case.runs[6, None, 1].valid
    assert (half.run(S1, 7).attempt, half.run(S1, 7).loop_target) == (2, True)
    assert half.run(S1, 7).ready == case.runs[8, None, 1].ended


def test_a_loop_back_cuts_off_what_is_open(fan: Book) -> None:
    """Open ones dibatalkan."""
    fan.do("mulai", TW1, 2, bidang="A")
    fan.do("selesai", TW1, 2, bidang="B")
    fan.do("kembalikan", TW1, 2, target=1, note="ulang")
    case = fan.case(TW1)
    assert case.runs[2, "A", 1].phase is RunPhase.DIBATALKAN
    assert case.runs[2, "A", 1].work[-1][1] is not None
    assert case.runs[2, "B", 1].phase is RunPhase.SELESAI
    assert case.runs[3, "B", 1].phase is RunPhase.DIBATALKAN
    assert fan.open_steps(TW1) == [(1, None)]


def test_kembalikan_reopens_a_finished_case(fan: Book) -> None:
    """selesai in an open period → berjalan."""
    fan.complete(TW1)
    fan.do("kembalikan", TW1, 7, target=6, note="tanda tangan")
    case = fan.case(TW1)
    assert (case.phase, case.ended) == (CasePhase.BERJALAN, None)
    fan.complete(TW1)
    assert fan.case(TW1).phase is CasePhase.SELESAI


def test_kembalikan_names_an_earlier_step_that_was_reached_and_says_why(fan: Book) -> None:
    """Comment; to a named earlier step."""
    fan.refuses(Rule.COMMENT_NEEDED, "kembalikan", TW1, 2, target=1)
    fan.refuses(Rule.TARGET_NOT_EARLIER, "kembalikan", TW1, 2, target=2, note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 5, target=1, note="x")
    fan.refuses(Rule.NOT_REACHED, "kembalikan", TW1, 3, target=2, named=("A",), note="x")
    fan.refuses(Unknown, "kembalikan", TW1, 2, target=0, note="x")
    fan.refuses(Rule.BIDANG_OUTSIDE_REGION, "kembalikan", TW1, 2, target=1, named=("A",), note="x")
    through(fan, "A")
    fan.refuses(Unknown, "kembalikan", TW1, 4, target=2, named=("Z",), note="x")


def test_a_loop_back_keeps_the_frozen_list_and_a_fresh_entry_freezes_anew(fan: Book) -> None:
    """A loop-back keeps the frozen bidang list; only a fresh entry from the step before freezes anew."""
    through(fan, "A", "B", "C")
    fan.bidang = ("A", "B", "D")
    fan.do("kembalikan", TW1, 5, target=2, note="ulang")
    assert fan.case(TW1).regions == {2: ("A", "B", "C")}
    through(fan, "A", "B", "C")
    fan.do("kembalikan", TW1, 5, target=1, note="ulang")
    fan.finish(TW1, 1)
    assert fan.case(TW1).regions == {2: ("A", "B", "D")}
    assert fan.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "D")]
    assert (fan.run(TW1, 2, "A").attempt, fan.run(TW1, 2, "D").attempt) == (3, 1)
    through(fan, "A", "B", "D")
    assert fan.open_steps(TW1) == [(5, None)]


def test_steps_between_are_done_again_or_taken_over(fan: Book) -> None:
    """Steps between must be done again (or pakai-lama)."""
    through(fan, "A", "B", "C")
    fan.tidak(TW1, 5)
    fan.do("selesai", TW1, 1)
    for name in "ABC":
        for number in (2, 3, 4):
            fan.do("pakai-lama", TW1, number, bidang=name)
    assert fan.open_steps(TW1) == [(5, None)]


def test_the_pengelola_is_warned_from_the_fourth_attempt_on(nine: Book) -> None:
    nine.reach(TW1, 2)
    for attempt in (2, 3, 4):
        outcome = nine.do("kembalikan", TW1, 2, target=1, note="ulang")
        assert outcome.warnings == (("attempt:1:#4:4",) if attempt == 4 else ())
        outcome = nine.do("selesai", TW1, 1)
        assert outcome.warnings == (("attempt:2:#4:4",) if attempt == 4 else ())


def test_a_fourth_attempt_that_a_childs_closing_opens_is_warned_of(half: Book) -> None:
    half.reach(S1, 7)
    for _ in range(2):
        half.do("kembalikan", S1, 7, target=6, note="ulang")
        half.finish(S1, 6)
    half.do("buka-kembali", TW1, reason="keliru")
    half.do("kembalikan", S1, 7, target=6, note="ulang")
    assert half.waits(S1, 6)
    assert half.do("tutup", TW1).warnings == ("attempt:6:#4:4",)


def test_a_step_may_say_tidak_to_itself() -> None:
    book = Book(shapes.edges(), now="2025-11-03 08:00")
    for child in (TW1, TW2, S1, TW3, TW4, S2):
        book.close(child)
    book.do("buka", TH)
    book.tidak(TH, 6)
    assert (book.run(TH, 6).attempt, book.run(TH, 6).phase) == (2, RunPhase.SIAP)
    book.close(TH)


# ---------------------------------------------------------------------- fan-out and join
def test_entering_a_region_opens_one_run_for_each_frozen_bidang(fan: Book) -> None:
    """2. Each bidang goes alone."""
    fan.bidang = ("A",)
    assert fan.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]
    through(fan, "C")
    assert fan.open_steps(TW1) == [(2, "A"), (2, "B")]


def test_a_run_of_a_region_is_pointed_at_by_bidang(fan: Book) -> None:
    fan.refuses(SopError, "mulai", TW1, 2)
    fan.refuses(Unknown, "mulai", TW1, 2, bidang="Z")
    fan.do("mulai", TW1, 2, bidang=" b ")
    assert fan.phase(TW1, 2, "B") is RunPhase.DIKERJAKAN
    fan.refuses(SopError, "mulai", TW1, 1, bidang="A")


def test_the_join_is_ready_at_the_latest_end(fan: Book) -> None:
    """Ready = the latest of their ends, also when the latest was recorded before the others."""
    through(fan, "A", "B")
    fan.now += HOUR
    late = fan.now
    for number in (2, 3):
        fan.finish(TW1, number, "C")
    fan.do("selesai", TW1, 4, bidang="C")
    ended = fan.run(TW1, 4, "C").ended
    assert fan.run(TW1, 5).ready == ended
    assert ended is not None
    assert ended > late
    assert len(fan.run(TW1, 5).origins) == 3


def test_a_skipped_bidang_counts_for_the_join(fan: Book) -> None:
    """A valid selesai or dilewati run of the region's last step."""
    through(fan, "A", "B")
    for number in (2, 3, 4):
        fan.do("lewati", TW1, number, bidang="C", reason="tidak ada")
    assert fan.open_steps(TW1) == [(5, None)]


# ---------------------------------------------------------------------- gabung, ubah-bidang
def test_gabung_closes_the_join_without_the_missing(fan: Book) -> None:
    """Their open run becomes dilewati and a dilewati run is written for each later step of the region."""
    through(fan, "A")
    fan.finish(TW1, 2, "B")
    fan.do("mulai", TW1, 3, bidang="B")
    outcome = fan.do("gabung", TW1, reason="B dan C tidak mengirim")
    assert outcome.event.data["missing"] == ["B", "C"]
    assert fan.run(TW1, 2, "B").phase is RunPhase.SELESAI
    skipped = [(3, "B"), (4, "B"), (2, "C"), (3, "C"), (4, "C")]
    assert {fan.phase(TW1, *slot) for slot in skipped} == {RunPhase.DILEWATI}
    assert fan.run(TW1, 5).ready == outcome.event.at


def test_gabung_needs_a_reason_and_somebody_who_handed_in(fan: Book) -> None:
    """At least one must have handed in; a skipped one has not."""
    for number in (2, 3, 4):
        fan.do("lewati", TW1, number, bidang="A", reason="kosong")
    fan.refuses(Rule.NOBODY_HANDED_IN, "gabung", TW1, reason="habis waktu")
    through(fan, "B")
    fan.refuses(Rule.REASON_NEEDED, "gabung", TW1)
    fan.do("gabung", TW1, reason="tanpa C")
    fan.refuses(Rule.NO_OPEN_REGION, "gabung", TW1, reason="lagi")


def test_the_recorded_reason_of_gabung_names_every_missing_bidang(fan: Book) -> None:
    """ "reason that names them": names that were not typed are put before it."""
    through(fan, "A")
    outcome = fan.do("gabung", TW1, reason="b tidak mengirim sampai batas waktu")
    assert outcome.event.data["reason"] == "Tanpa C: b tidak mengirim sampai batas waktu"


def test_gabung_is_not_before_what_was_handed_in(fan: Book) -> None:
    through(fan, "A")
    ended = fan.run(TW1, 4, "A").ended
    assert ended is not None
    fan.now += HOUR
    fan.refuses(Rule.BEFORE_BOUND, "gabung", TW1, reason="tanpa B, C", at=second(ended - 1))
    fan.do("gabung", TW1, reason="tanpa B, C", at=second(ended))


def test_a_bidang_added_opens_at_the_regions_start(fan: Book) -> None:
    """Added: opens at the region's start, ready = the change."""
    through(fan, "A", "B")
    outcome = fan.do("ubah-bidang", TW1, added=("D",), reason="bidang baru")
    run = fan.run(TW1, 2, "D")
    assert (run.ready, run.attempt) == (outcome.event.at, 1)
    through(fan, "C", "D")
    assert fan.open_steps(TW1) == [(5, None)]


def test_a_bidang_removed_is_out_and_the_join_looked_at_again(fan: Book) -> None:
    """Removed: its runs not valid; the join is looked at again, its ready not before the change."""
    through(fan, "A", "B")
    fan.finish(TW1, 2, "C")
    fan.now += 2 * HOUR
    outcome = fan.do("ubah-bidang", TW1, removed=("c",), reason="dilebur")
    assert not fan.run(TW1, 2, "C").valid
    assert fan.run(TW1, 3, "C").phase is RunPhase.DIBATALKAN
    assert fan.run(TW1, 5).ready == outcome.event.at
    ended = fan.run(TW1, 4, "B").ended
    assert ended is not None
    fan.do("koreksi", TW1, 4, bidang="B", ended=second(ended + 1))
    assert fan.run(TW1, 5).ready == outcome.event.at


def test_ubah_bidang_guards(fan: Book) -> None:
    """Only while the region is open: reason; never the last one."""
    fan.refuses(Rule.REASON_NEEDED, "ubah-bidang", TW1, added=("D",))
    fan.refuses(Rule.NOTHING_CHANGED, "ubah-bidang", TW1, reason="x")
    fan.refuses(Rule.BIDANG_PRESENT, "ubah-bidang", TW1, added=("a",), reason="x")
    fan.refuses(Unknown, "ubah-bidang", TW1, removed=("Z",), reason="x")
    fan.refuses(Rule.LAST_BIDANG, "ubah-bidang", TW1, removed=("A", "B", "C"), reason="x")
    through(fan, "A", "B", "C")
    fan.refuses(Rule.NO_OPEN_REGION, "ubah-bidang", TW1, added=("D",), reason="x")
    fan.do("kembalikan", TW1, 5, target=2, named=("A",), note="ulang")
    fan.do("ubah-bidang", TW1, removed=("A",), reason="dilebur")
    assert fan.open_steps(TW1) == [(5, None)]


def test_a_bidang_that_comes_back_goes_on_with_its_attempts(fan: Book) -> None:
    fan.finish(TW1, 2, "A")
    fan.do("ubah-bidang", TW1, removed=("A",), reason="keliru")
    fan.do("ubah-bidang", TW1, added=("A",), reason="kembali")
    assert fan.run(TW1, 2, "A").attempt == 2
    fan.do("pakai-lama", TW1, 2, bidang="A")


# ---------------------------------------------------------------------- tahan, hentikan
def test_a_hold_counts_as_one_pause(nine: Book) -> None:
    """Runs keep their state; the held interval counts as a pause, once."""
    nine.do("buka", TW1, at=minute("2025-11-03 08:00"))
    nine.do("mulai", TW1, 1, at=minute("2025-11-03 08:10"))
    nine.now = at("2025-11-03 08:20")
    nine.do("tunda", TW1, 1, reason="rapat")
    nine.now = at("2025-11-03 08:40")
    nine.do("tahan", TW1, reason="audit")
    assert nine.phase(TW1, 1) is RunPhase.DITUNDA
    nine.now = at("2025-11-03 09:40")
    nine.do("lanjutkan", TW1)
    nine.do("lanjut", TW1, 1)
    nine.now = at("2025-11-03 09:55")
    nine.do("selesai", TW1, 1)
    verdict = nine.run(TW1, 1).verdict
    assert verdict is not None
    assert verdict.cycle_seconds == (10 + 10 + 5) * MINUTE


def test_while_held_only_remarks_and_corrections_pass(fan: Book) -> None:
    """Every run act but komentar, centang, dokumen and koreksi is refused meanwhile."""
    fan.do("mulai", TW1, 2, bidang="A")
    fan.refuses(Rule.REASON_NEEDED, "tahan", TW1)
    fan.do("tahan", TW1, reason="audit")
    more = {"bidang": "A", "reason": "x", "note": "x", "holder": "x"}
    for act in ("mulai", "lepas", "tugaskan", "tunda", "lanjut", "selesai", "lewati", "pakai-lama", "urung"):
        fan.refuses(Rule.CASE_HELD, act, TW1, 2, **more)
    fan.refuses(Rule.CASE_HELD, "kembalikan", TW1, 2, target=1, note="x")
    fan.refuses(Rule.CASE_HELD, "gabung", TW1, reason="x")
    fan.refuses(Rule.CASE_HELD, "tahan", TW1, reason="x")
    fan.do("komentar", TW1, 2, bidang="A", note="x")
    fan.do("dokumen", TW1, 2, bidang="A", evidence=Evidence("1"))
    fan.do("centang", TW1, 1, item=0)
    fan.do("koreksi", TW1, 1, note="x")
    fan.do("lanjutkan", TW1)
    fan.refuses(Rule.CASE_PHASE, "lanjutkan", TW1)
    fan.do("selesai", TW1, 2, bidang="A")


def test_nothing_is_recorded_within_a_hold(fan: Book) -> None:
    fan.do("tahan", TW1, reason="audit")
    fan.now += HOUR
    fan.do("lanjutkan", TW1)
    held = fan.case(TW1).holds[0]
    fan.now += HOUR
    for moment in (held[0] + 1, (held[1] or 0) - 1):
        fan.refuses(Rule.IN_HOLD, "mulai", TW1, 2, bidang="A", at=second(moment))


def test_a_gate_opens_at_lanjutkan(nine: Book) -> None:
    """A gate opens at lanjutkan; the step's ready is by rule 4 all the same."""
    nine.do("buka", S1)
    nine.do("tahan", S1, reason="audit")
    nine.close(TW1, TW2)
    closed = nine.state.periods[TW2].closed_at
    assert nine.waits(S1, 6)
    nine.do("lanjutkan", S1)
    assert nine.run(S1, 6).ready == closed


def test_hentikan_ends_the_case_and_mulai_ulang_makes_a_new_one(fan: Book) -> None:
    """The new case opens its first step at its own opening."""
    fan.finish(TW1, 2, "A")
    fan.refuses(Rule.REASON_NEEDED, "hentikan", TW1)
    fan.refuses(Rule.CASE_PHASE, "mulai-ulang", TW1, reason="x")
    fan.do("hentikan", TW1, reason="dibatalkan pimpinan")
    case = fan.case(TW1)
    assert (case.phase, case.ended, case.open_runs()) == (CasePhase.DIHENTIKAN, fan.log[-1].at, [])
    assert case.runs[2, "B", 1].phase is RunPhase.DIBATALKAN
    assert case.runs[2, "A", 1].phase is RunPhase.SELESAI
    fan.refuses(Rule.CASE_PHASE, "mulai", TW1, 2, bidang="B")
    fan.refuses(Rule.CASE_PHASE, "hentikan", TW1, reason="x")
    outcome = fan.do("mulai-ulang", TW1, reason="lanjut lagi")
    assert fan.case(TW1).number == 2
    assert fan.run(TW1, 1).ready == outcome.event.at
    assert fan.run(TW1, 1).attempt == 1


def test_what_was_seen_of_a_stopped_case_is_stale_in_the_next(nine: Book) -> None:
    """A stale revision is always refused: a new case goes on counting."""
    nine.do("buka", TW1)
    run, case = nine.run(TW1, 1).revision, nine.case(TW1).revision
    nine.do("hentikan", TW1, reason="x")
    nine.do("mulai-ulang", TW1, reason="x")
    nine.refuses(StaleRevision, "mulai", TW1, 1, seen=run)
    nine.refuses(StaleRevision, "tahan", TW1, reason="x", seen=case)
    nine.do("mulai", TW1, 1, seen=nine.run(TW1, 1).revision)


def test_a_held_case_may_be_stopped_and_a_stopped_one_closed(nine: Book) -> None:
    nine.do("buka", TW1)
    nine.do("tahan", TW1, reason="audit")
    nine.do("hentikan", TW1, reason="batal")
    assert nine.case(TW1).holds[0][1] == nine.case(TW1).ended
    nine.do("tutup", TW1)


def test_mulai_ulang_at_a_gate_waits_again(half: Book) -> None:
    half.do("hentikan", S1, reason="batal")
    half.do("buka-kembali", TW2, reason="keliru")
    half.do("mulai-ulang", S1, reason="lagi")
    assert half.waits(S1, 6)
    half.do("tutup", TW2)
    assert half.run(S1, 6).ready == half.state.periods[TW2].closed_at


# ---------------------------------------------------------------------- gate
def test_the_gate_waits_for_every_child_closed_or_waived(nine: Book) -> None:
    """4. The first step is menunggu until every child period is closed or waived."""
    nine.do("buka", S1)
    refusal = nine.refuses(Rule.GATE_CLOSED, "mulai", S1, 6)
    assert refusal.facts["children"] == (TW1, TW2)
    nine.close(TW1)
    assert nine.waits(S1, 6)
    nine.refuses(Rule.REASON_NEEDED, "bebaskan", S1, child=TW2)
    outcome = nine.do("bebaskan", S1, child=TW2, reason=REASON)
    assert nine.run(S1, 6).ready == outcome.event.at


def test_the_gates_ready_is_the_latest_of_opening_closings_and_waivers(nine: Book) -> None:
    nine.close(TW1, TW2)
    closed = nine.state.periods[TW2].closed_at
    assert closed is not None
    nine.now += DAY
    nine.do("buka", S1, at=second(closed - HOUR))
    assert nine.run(S1, 6).ready == closed
    nine.close(TW3, TW4)
    outcome = nine.do("buka", S2)
    assert nine.run(S2, 6).ready == outcome.event.at


def test_a_loop_back_to_the_first_step_passes_the_gate_again(half: Book) -> None:
    """Ready = the latest of … the step's reopening by a loop-back …, set once per attempt."""
    half.reach(S1, 7)
    half.do("buka-kembali", TW1, reason="keliru")
    half.tidak(S1, 7)
    assert half.waits(S1, 6)
    half.refuses(Rule.GATE_CLOSED, "mulai", S1, 6)
    half.do("tutup", TW1)
    run = half.run(S1, 6)
    assert (run.attempt, run.loop_target, run.ready) == (2, True, half.state.periods[TW1].closed_at)
    half.refuses(Rule.LOOP_TARGET, "pakai-lama", S1, 6)


def test_one_opened_by_a_loop_back_keeps_its_ready_and_the_correction_may_not_come_after_it(half: Book) -> None:
    half.reach(S1, 7)
    half.tidak(S1, 7)
    back = half.run(S1, 6).ready
    half.refuses(Rule.SUCCESSOR_MOVED, "koreksi", S1, 7, ended=second(back + 1))
    event = half.do("koreksi", S1, 7, ended=second(back - 60)).event
    assert half.run(S1, 6).ready == back
    assert event.data["keeps"] == ["6:#2"]
    half.do("mulai", S1, 6)
    half.do("koreksi", S1, 7, ended=second(back))
    half.do("urung", S1, 7)
    half.do("urung", S1, 7)
    assert (half.run(S1, 6).ready, half.run(S1, 7).ended) == (back, back)


def test_a_loop_back_that_waits_at_the_gate_keeps_its_reopening(half: Book) -> None:
    half.reach(S1, 7)
    half.do("buka-kembali", TW1, reason="keliru")
    half.tidak(S1, 7)
    back = half.run(S1, 7).ended
    assert back is not None
    half.refuses(Rule.SUCCESSOR_MOVED, "koreksi", S1, 7, ended=second(back + 1))
    half.do("koreksi", S1, 7, ended=second(back - 60))
    assert half.case(S1).gate_since == back


def test_the_ready_of_overtaken_runs_moves_along_too(half: Book) -> None:
    """The ready of the runs that it opened moves along, overtaken ones too."""
    half.reach(S1, 8)
    half.tidak(S1, 8)
    ended = half.run(S1, 6).ended
    assert ended is not None
    half.do("koreksi", S1, 6, ended=second(ended - 60))
    first, second_one = half.case(S1).runs[7, None, 1], half.case(S1).runs[7, None, 2]
    assert (first.valid, first.ready) == (False, ended - 60)
    assert second_one.ready > ended


def test_a_tidak_is_not_undone_once_the_gate_it_waited_at_has_opened_and_work_began(half: Book) -> None:
    """Nothing it opened or helped open (run, join, gate) carries an act."""
    half.reach(S1, 7)
    half.do("buka-kembali", TW1, reason="keliru")
    half.tidak(S1, 7)
    half.do("tutup", TW1)
    half.do("mulai", S1, 6)
    half.refuses(Rule.BUILT_ON, "urung", S1, 7)
    half.do("urung", S1, 6)
    half.do("urung", S1, 7)
    assert half.phase(S1, 7) is RunPhase.KEPUTUSAN


def test_an_open_first_step_is_not_finished_while_a_child_is_open(half: Book) -> None:
    """If it is open already, it cannot be finished."""
    half.do("buka-kembali", TW2, reason="keliru")
    half.do("mulai", S1, 6)
    half.refuses(Rule.GATE_CLOSED, "selesai", S1, 6)
    half.refuses(Rule.GATE_CLOSED, "lewati", S1, 6, reason="x")
    half.do("tutup", TW2)
    half.do("selesai", S1, 6)
    assert half.run(S1, 6).inputs == ((TW1, 0), (TW2, 1))


def test_the_only_step_behind_a_gate_is_not_decided_while_a_child_is_open() -> None:
    book = Book(shapes.edges(), now="2025-11-03 08:00")
    for child in (TW1, TW2, S1, TW3, TW4, S2):
        book.close(child)
    book.do("buka", TH)
    book.do("mulai", TH, 6)
    book.do("buka-kembali", S2, reason="keliru")
    for answer in Answer:
        book.refuses(Rule.GATE_CLOSED, "putuskan", TH, 6, answer=answer, note="x")


def test_a_reopened_child_makes_the_input_stale(half: Book) -> None:
    """Basi: the parent cannot close until its first step is finished again or the pengelola waives it."""
    half.complete(S1)
    half.do("buka-kembali", TW1, reason="keliru")
    half.do("tutup", TW1)
    refusal = half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1)
    assert refusal.facts["stale"] == (TW1,)
    assert refusal.facts["children"] == ()
    half.do("kembalikan", S1, 7, target=6, note="angka TW1 berubah")
    half.complete(S1)
    half.do("tutup", S1)


def test_pakai_lama_and_lewati_do_not_freshen_a_stale_input(half: Book) -> None:
    """(pakai-lama and lewati do not count)."""
    half.complete(S1)
    half.do("buka-kembali", TW1, reason="keliru")
    half.do("tutup", TW1)
    half.do("kembalikan", S1, 7, target=6, note="ulang")
    half.do("mulai", S1, 6)
    half.do("lewati", S1, 6, reason="sudah")
    half.complete(S1)
    assert half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["stale"] == (TW1,)


def test_lewati_after_a_cancelled_attempt_does_not_freshen_it_either(half: Book) -> None:
    half.complete(S1)
    half.do("buka-kembali", TW1, reason="keliru")
    half.do("tutup", TW1)
    half.do("kembalikan", S1, 8, target=6, note="ulang")
    half.do("lewati", S1, 6, reason="sudah")
    half.do("kembalikan", S1, 7, target=6, note="ulang lagi")
    half.do("lewati", S1, 6, reason="sudah")
    half.complete(S1)
    assert half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["stale"] == (TW1,)


def test_a_waiver_clears_a_stale_input_until_the_child_is_reopened_again(half: Book) -> None:
    half.complete(S1)
    half.refuses(Rule.NOTHING_TO_WAIVE, "bebaskan", S1, child=TW1, reason="x")
    half.refuses(Rule.NOT_A_CHILD, "bebaskan", S1, child=TW3, reason="x")
    half.do("buka-kembali", TW1, reason="keliru")
    half.do("bebaskan", S1, child=TW1, reason="tidak mengubah angka")
    half.do("tutup", S1)
    half.do("tutup", TW1)
    half.refuses(Rule.ANCESTOR_CLOSED, "buka-kembali", TW1, reason="x")
    half.do("buka-kembali", S1, reason="x")
    half.do("buka-kembali", TW1, reason="x")
    half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1)


def test_a_waiver_before_opening_counts_in_the_gate(nine: Book) -> None:
    nine.close(TW1)
    waived = nine.do("bebaskan", S1, child=TW2, reason=REASON).event.at
    nine.now += HOUR
    nine.refuses(Rule.BEFORE_BOUND, "buka", S1, at=second(waived - 1))
    nine.do("buka", S1, at=second(waived))
    assert nine.run(S1, 6).ready == waived


def test_named_bidang_pass_a_gated_region_start_by_the_gates_formula() -> None:
    """They re-enter at once, since the others hold the step open, but none is finished while a child is open."""
    book = Book(shapes.edges(), now="2025-11-03 08:00")
    book.close(TW1, TW2)
    book.do("buka", S1)
    book.reach(S1, 5)
    book.do("buka-kembali", TW2, reason="keliru")
    book.do("kembalikan", S1, 5, target=4, named=("B",), note="ulang")
    assert book.open_steps(S1) == [(4, "B")]
    book.refuses(Rule.GATE_CLOSED, "selesai", S1, 4, bidang="B")
    book.refuses(Rule.GATE_CLOSED, "gabung", S1, reason="tanpa B")
    book.do("tutup", TW2)
    book.do("selesai", S1, 4, bidang="B")
    assert stale_children(book.state, S1, None) == []
    book.complete(S1)
    assert book.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["stale"] == (TW2,)


# ---------------------------------------------------------------------- tutup, buka-kembali
def test_tutup_says_what_is_open_and_whose(fan: Book) -> None:
    """Otherwise refused with what is open and whose."""
    refusal = fan.refuses(Rule.CLOSE_BLOCKED, "tutup", TW1)
    assert refusal.facts["open"] == tuple((2, name, "siap", shapes.KABID) for name in "ABC")
    through(fan, "A", "B", "C")
    fan.do("mulai", TW1, 5)
    fan.do("ajukan", TW1, 5)
    refusal = fan.refuses(Rule.CLOSE_BLOCKED, "tutup", TW1)
    assert refusal.facts["open"] == ((5, None, "keputusan", shapes.SEKRETARIS),)


def test_tutup_freezes_figures_calendar_and_hash(nine: Book) -> None:
    nine.complete(TW1)
    outcome = nine.do("tutup", TW1)
    data = outcome.event.data
    assert (data["closing"], data["calendar_revision"], len(data["head"])) == (1, 1, 64)
    assert data["figures"]["own"]["ended"] == 5
    assert nine.state.periods[TW1].closed_at == outcome.event.at


def test_tutup_is_not_before_the_last_moment_inside_or_a_childs_closing(half: Book) -> None:
    half.complete(S1)
    last = half.case(S1).last_moment
    half.now += HOUR
    half.refuses(Rule.BEFORE_BOUND, "tutup", S1, at=second(last - 1))
    half.do("tutup", S1, at=second(last))


def test_a_closed_period_accepts_only_komentar_and_buka_kembali(nine: Book) -> None:
    """5. Closed: every act but reading, komentar and buka-kembali is refused."""
    nine.close(TW1)
    details = {
        "reason": "x",
        "note": "x",
        "holder": "x",
        "item": 0,
        "evidence": Evidence("1"),
        "answer": Answer.YA,
        "target": 1,
        "child": TW1,
        "version": 1,
        "added": ("A",),
        "at": minute("2025-11-03 08:10"),
    }
    allowed = {Act.KOMENTAR, Act.BUKA_KEMBALI}
    for act in set(Act) - allowed - OFFICE_ACTS:
        nine.refuses(Rule.PERIOD_CLOSED, act, TW1, 2, **details)
    nine.do("komentar", TW1, 1, note="boleh")
    nine.do("buka-kembali", TW1, reason="keliru")


def test_ancestors_are_reopened_outermost_first_and_close_as_r_plus_1(nine: Book) -> None:
    """No ancestor closed (the outermost is reopened first); next close is r+1."""
    for key in (TW1, TW2, S1, TW3, TW4, S2, TH):
        nine.close(key)
    assert nine.refuses(Rule.ANCESTOR_CLOSED, "buka-kembali", TW1, reason="x").facts["ancestor"] == TH
    assert nine.refuses(Rule.ANCESTOR_CLOSED, "buka-kembali", S1, reason="x").facts["ancestor"] == TH
    nine.refuses(Rule.REASON_NEEDED, "buka-kembali", TH)
    nine.do("buka-kembali", TH, reason="x")
    assert nine.refuses(Rule.ANCESTOR_CLOSED, "buka-kembali", TW1, reason="x").facts["ancestor"] == S1
    nine.do("buka-kembali", S1, reason="x")
    nine.do("buka-kembali", TW1, reason="x")
    nine.refuses(Rule.PERIOD_IS_OPEN, "buka-kembali", TW1, reason="x")
    assert nine.do("tutup", TW1).event.data["closing"] == 2
    nine.refuses(Rule.CLOSE_BLOCKED, "tutup", S1)
    nine.do("bebaskan", S1, child=TW1, reason="tidak mengubah")
    nine.do("tutup", S1)
    nine.do("bebaskan", TH, child=S1, reason="tidak mengubah")
    nine.do("tutup", TH)


def test_a_reopened_period_can_be_worked_on(nine: Book) -> None:
    nine.close(TW1)
    nine.do("buka-kembali", TW1, reason="keliru")
    nine.do("kembalikan", TW1, 5, target=4, note="salah jumlah")
    nine.close(TW1)
    assert nine.state.periods[TW1].closings == 2


def test_the_last_step_is_not_undone_once_the_parents_gate_opened_and_work_began(half: Book) -> None:
    """Nothing it helped open (gate) carries an act."""
    half.do("mulai", S1, 6)
    half.do("buka-kembali", TW2, reason="keliru")
    half.refuses(Rule.BUILT_ON, "urung", TW2, 5)
    half.do("urung", S1, 6)
    half.do("urung", TW2, 5)
    assert half.case(TW2).phase is CasePhase.BERJALAN


def test_a_childs_end_is_not_moved_past_the_parents_start(half: Book) -> None:
    """Koreksi is refused if a parent would precede its new ready."""
    half.do("mulai", S1, 6)
    started = half.run(S1, 6).started
    assert started is not None
    half.do("buka-kembali", TW2, reason="keliru")
    half.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW2, 5, ended=second(started + 1))
    half.do("koreksi", TW2, 5, ended=second(started))


def test_a_child_that_the_parent_waived_is_corrected_whatever_the_parent_does(nine: Book) -> None:
    """Refused if … a parent that took it in (not one that waived it) would precede its new ready."""
    nine.close(TW1)
    nine.complete(TW2)
    nine.do("buka", S1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    nine.do("mulai", S1, 6)
    started = nine.run(S1, 6).started
    assert started is not None
    nine.now += HOUR
    nine.do("koreksi", TW2, 5, ended=second(started + 60))
    assert nine.case(TW2).ended == started + 60
    nine.do("urung", TW2, 5)
    # Closed before the first step is finished it is taken, and counts from then on.
    nine.do("tutup", TW2)
    nine.do("buka-kembali", TW2, reason="keliru")
    nine.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW2, 5, ended=second(started + 60))
    nine.do("bebaskan", S1, child=TW2, reason="tidak mengubah")
    nine.do("koreksi", TW2, 5, ended=second(started + 60))


def test_a_waiver_between_passes_nothing_on_to_the_case_above() -> None:
    """The same through a pure roll-up: what the semester waived is no input of the year."""
    quarter, year = shapes.Cadence.TRIWULAN, shapes.Cadence.TAHUNAN
    book = Book(shapes.Shape(shapes.sop_of([shapes.step(1, cadence=quarter), shapes.step(2, cadence=year)])))
    book.now = at("2025-11-03 08:00")
    book.complete(TW1)
    book.do("bebaskan", S1, child=TW1, reason=REASON)
    book.close(TW2, S1, TW3, TW4, S2)
    book.do("buka", TH)
    book.do("mulai", TH, 2)
    book.do("koreksi", TW1, 1, ended=second(book.now))


def test_the_last_step_of_a_waived_child_is_undone_whatever_the_parent_does(nine: Book) -> None:
    """Nothing it helped open (gate): the waiver had opened it, not the closing."""
    nine.close(TW1)
    nine.complete(TW2)
    nine.do("buka", S1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    nine.do("mulai", S1, 6)
    nine.do("tutup", TW2)
    nine.do("buka-kembali", TW2, reason="keliru")
    nine.do("urung", TW2, 5)
    assert nine.case(TW2).phase is CasePhase.BERJALAN


# ---------------------------------------------------------------------- pindah-versi
@pytest.fixture
def versions(fan: Book) -> Book:
    """Version 2 swaps nothing, 3 lacks step 1, 4 has no per-bidang steps, 5 asks a decision at step 1."""
    steps = fan.sop.steps
    fan.versions[2] = shapes.sop_of(steps)
    fan.versions[3] = shapes.renumbered(
        shapes.sop_of([s for s in steps if s.number != 5]), {2: 1, 3: 2, 4: 3, 6: 4, 7: 5}
    )
    fan.versions[4] = shapes.sop_of([shapes.step(number) for number in range(1, 8)])
    fan.versions[5] = shapes.sop_of([shapes.step(1, decider=shapes.STAF, ya=2, tidak=1), *steps[1:]])
    return fan


IDENTITY = {number: number for number in range(1, 8)}


def test_pindah_versi_carries_the_runs_over(versions: Book) -> None:
    through(versions, "A", "B", "C")
    before = versions.run(TW1, 5)
    versions.do("pindah-versi", TW1, version=2, image=IDENTITY, reason="SOP baru")
    assert versions.case(TW1).sop_version == 2
    assert versions.run(TW1, 5) == before
    versions.complete(TW1)


def test_an_ended_run_is_held_to_the_standard_it_was_judged_by_whatever_the_version(versions: Book) -> None:
    """Pindah-versi never touches the verdict of ended ones; a correction judges by the same standard again."""
    through(versions, "A", "B", "C")
    longer = Waktu("5 jam", 5, Unit.JAM)
    versions.versions[2] = shapes.sop_of(
        [replace(step, mutu_baku=replace(step.mutu_baku, waktu=longer)) for step in versions.sop.steps]
    )
    before = versions.run(TW1, 1).verdict
    assert before is not None
    versions.do("pindah-versi", TW1, version=2, image=IDENTITY, reason="SOP baru")
    moved = versions.run(TW1, 1).verdict
    assert moved is not None
    assert replace(moved, waktu=None) == before
    cards = board_cards(versions, TW1)
    assert {card.step: card.waktu for card in cards}[1] == versions.sop.step(1).mutu_baku.waktu
    versions.do("koreksi", TW1, 1, note="salah ketik")
    corrected = versions.run(TW1, 1).verdict
    assert corrected == moved
    versions.finish(TW1, 5)
    later = versions.run(TW1, 5).verdict
    assert later is not None
    assert later.due_at is not None
    assert later.due_at - versions.run(TW1, 5).started >= 5 * 3600  # type: ignore[operator]


def test_pindah_versi_is_refused_while_a_region_is_half_joined(versions: Book) -> None:
    """No region half joined."""
    versions.refuses(Rule.REGION_HALF_JOINED, "pindah-versi", TW1, version=2, image=IDENTITY, reason="x")
    versions.do("hentikan", TW1, reason="x")
    versions.refuses(Rule.CASE_PHASE, "pindah-versi", TW1, version=2, image=IDENTITY, reason="x")


def test_pindah_versi_renumbers_what_has_an_image_and_retires_the_rest(versions: Book) -> None:
    through(versions, "A", "B", "C")
    versions.finish(TW1, 5)
    image = {2: 1, 3: 2, 4: 3, 6: 4, 7: 5}
    versions.do("pindah-versi", TW1, version=3, image=image, reason="SOP baru")
    case = versions.case(TW1)
    assert versions.open_steps(TW1) == [(4, None)]
    assert case.regions == {1: ("A", "B", "C")}
    assert {run.step for run in case.retired} == {1, 5}
    versions.finish(TW1, 4)
    versions.finish(TW1, 5)
    assert versions.case(TW1).phase is CasePhase.SELESAI


def test_pindah_versi_keeps_a_region_whose_first_step_went(versions: Book) -> None:
    """Every step before the new front is the image of a valid ended one."""
    through(versions, "A", "B", "C")
    steps = versions.sop.steps
    image = {1: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6}
    versions.versions[6] = shapes.sop_of(
        [
            steps[0],
            shapes.step(2, shapes.KABID, per_bidang=True),
            shapes.step(3, shapes.KABID, per_bidang=True),
            shapes.step(4, shapes.KASUBAG, decider=shapes.SEKRETARIS, ya=5, tidak=2),
            shapes.step(5),
            shapes.step(6),
        ]
    )
    versions.do("pindah-versi", TW1, version=6, image=image, reason="SOP baru")
    assert versions.case(TW1).regions == {2: ("A", "B", "C")}
    versions.do("mulai", TW1, 4)
    versions.do("ajukan", TW1, 4)
    versions.do("putuskan", TW1, 4, answer=Answer.TIDAK, note="ulang")
    assert versions.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]


@pytest.mark.parametrize(
    ("version", "image", "fault"),
    [
        (2, {1: 1, 2: 2, 3: 3, 4: 4}, ("open-without-image", 5)),
        (2, {1: 1, 2: 3, 3: 2, 4: 4, 5: 5}, ("order", 1)),
        (2, {1: 1, 2: 1, 5: 5}, ("two-to-one", 1)),
        (2, {9: 1, 5: 5}, ("unknown-old", 9)),
        (2, {1: 9, 5: 5}, ("unknown-new", 9)),
        (2, {1: 1, 2: 2, 3: 3, 5: 5}, ("not-done", 4)),
        (4, IDENTITY, ("per-bidang-differs", 2)),
        (5, IDENTITY, ("no-answer", 1)),
        (4, {1: 1, 5: 2}, ("no-decision", 2)),
    ],
)
def test_pindah_versi_names_what_the_map_cannot_carry(
    versions: Book, version: int, image: dict[int, int], fault: tuple[str, int]
) -> None:
    """Else refused by name."""
    through(versions, "A", "B", "C")
    versions.do("mulai", TW1, 5)
    versions.do("ajukan", TW1, 5)
    refusal = versions.refuses(Rule.MAP_UNSOUND, "pindah-versi", TW1, version=version, image=image, reason="x")
    assert isinstance(refusal, Refused)
    assert fault in refusal.facts["faults"]  # type: ignore[operator]


def test_pindah_versi_needs_another_version_and_a_running_case(versions: Book) -> None:
    through(versions, "A", "B", "C")
    versions.refuses(Rule.NOTHING_CHANGED, "pindah-versi", TW1, version=1, image=IDENTITY, reason="x")
    versions.refuses(Unknown, "pindah-versi", TW1, version=99, image=IDENTITY, reason="x")
    versions.do("tahan", TW1, reason="x")
    versions.refuses(Rule.CASE_HELD, "pindah-versi", TW1, version=2, image=IDENTITY, reason="x")


def test_a_skipped_first_step_still_shows_its_stale_input(half: Book) -> None:
    """lewati does not count as finishing again: the card keeps the mark that the closing is refused for."""
    half.reach(S1, 7)
    half.do("buka-kembali", TW1, reason="x")
    half.do("tutup", TW1)
    half.do("kembalikan", S1, 7, target=6, note="ulang")
    half.do("lewati", S1, 6, reason="x")
    first = board_cards(half, S1)[0]
    assert first.state == RunPhase.DILEWATI
    assert first.stale == (TW1,)


def test_a_case_whose_first_step_has_no_image_still_knows_its_children(half: Book) -> None:
    """Stale input is seen after pindah-versi too."""
    half.reach(S1, 8)
    steps = [step for step in half.sop.steps if step.number != 6]
    half.versions[2] = shapes.sop_of(
        [shapes.step(7, cadence=steps[5].cadence), shapes.step(8, cadence=steps[5].cadence)]
    )
    half.do("pindah-versi", S1, version=2, image={7: 7, 8: 8}, reason="SOP baru")
    half.do("selesai", S1, 8)
    half.do("buka-kembali", TW1, reason="x")
    half.do("tutup", TW1)
    assert half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["stale"] == (TW1,)


def test_a_new_case_runs_on_the_version_in_force(nine: Book) -> None:
    nine.versions[2] = nine.sop
    nine.current_version = 2
    nine.do("buka", TW1)
    assert nine.case(TW1).sop_version == 2
    nine.do("hentikan", TW1, reason="x")
    nine.versions[3] = shapes.sop_of([shapes.step(1, cadence=nine.sop.steps[-1].cadence)])
    nine.current_version = 3
    nine.refuses(Rule.NO_CASE, "mulai-ulang", TW1, reason="x")


# ---------------------------------------------------------------------- recording late, clock, concurrency
def test_a_typed_minute_is_raised_to_the_bound_it_equals(nine: Book) -> None:
    """6. A typed minute covers its seconds: it is raised to the bound where it equals it to the minute."""
    nine.now += 37
    nine.do("buka", TW1)
    bound = nine.run(TW1, 1).ready
    nine.do("mulai", TW1, 1, at=minute(bound))
    assert nine.run(TW1, 1).started == bound
    nine.refuses(Rule.BEFORE_BOUND, "selesai", TW1, 1, at=minute(bound - MINUTE))


def test_an_act_more_than_a_working_day_late_needs_a_reason_and_is_marked(nine: Book) -> None:
    nine.do("buka", TW1, at=minute("2025-11-03 08:00"))
    nine.now = at("2025-11-04 16:00")
    nine.do("mulai", TW1, 1, at=minute("2025-11-03 09:00"))
    assert nine.run(TW1, 1).late_entry
    nine.now = at("2025-11-04 16:01")
    nine.refuses(Rule.LATE_REASON_NEEDED, "selesai", TW1, 1, at=minute("2025-11-03 10:00"))
    nine.do("selesai", TW1, 1, at=minute("2025-11-03 10:00"), reason="lupa mencatat")
    assert nine.log[-1].late_entry
    nine.now = at("2025-11-05 08:00")
    nine.do("mulai", TW1, 2)
    assert not nine.run(TW1, 2).late_entry


def test_nothing_is_recorded_in_the_future(nine: Book) -> None:
    """ready ≤ start ≤ end ≤ now."""
    nine.do("buka", TW1)
    nine.refuses(Rule.FUTURE, "mulai", TW1, 1, at=minute(nine.now + HOUR))
    nine.refuses(Rule.FUTURE, "selesai", TW1, 1, started=minute(nine.now + HOUR))
    nine.refuses(Rule.BEFORE_BOUND, "selesai", TW1, 1, started=second(nine.now), at=second(nine.now - 1))


def test_a_clock_that_went_back_is_doubted_and_never_negative(nine: Book) -> None:
    """9. An act without a typed time whose bound lies after the reading takes effect at the bound, jam diragukan."""
    nine.do("buka", TW1)
    nine.do("mulai", TW1, 1)
    bound = nine.run(TW1, 1).started
    nine.now -= 3 * HOUR
    outcome = nine.do("selesai", TW1, 1)
    run = nine.run(TW1, 1)
    assert (outcome.event.at, outcome.event.doubted, run.doubted) == (bound, True, True)
    assert outcome.event.recorded < outcome.event.at
    assert run.verdict is not None
    assert run.verdict.work_seconds == 0
    nine.refuses(Rule.FUTURE, "mulai", TW1, 2, at=minute((bound or 0) + MINUTE))
    nine.now += 4 * HOUR
    nine.do("koreksi", TW1, 1, ended=second((bound or 0) + 60))
    assert nine.run(TW1, 1).ended == (bound or 0) + 60


def test_a_stale_revision_is_told_before_anything_else(fan: Book) -> None:
    """8. A stale revision is refused with who changed what and when."""
    case, run = fan.case(TW1).revision, fan.run(TW1, 2, "A").revision
    fan.do("mulai", TW1, 2, bidang="A", seen=run)
    refusal = fan.refuses(StaleRevision, "mulai", TW1, 2, bidang="A", seen=run)
    assert (refusal.facts["seen"], refusal.facts["found"]) == (run, run + 1)
    fan.do("tahan", TW1, reason="x", seen=case)
    fan.refuses(StaleRevision, "tahan", TW1, reason="x", seen=case)
    fan.refuses(StaleRevision, "hentikan", TW1, seen=case)
    period = fan.state.periods[TW1].revision
    fan.do("lanjutkan", TW1)
    fan.complete(TW1)
    fan.do("tutup", TW1, seen=period)
    fan.refuses(StaleRevision, "buka-kembali", TW1, reason="x", seen=period)


def test_an_act_raises_the_revision_of_its_own_case_even_when_nothing_else_differs(nine: Book) -> None:
    """One accepted command = revision + 1: two kembalikan in one second count twice."""
    nine.pace = 0
    nine.reach(TW1, 2)
    for _ in range(2):
        revision = nine.case(TW1).revision
        nine.do("kembalikan", TW1, 2, target=1, note="ulang")
        assert nine.case(TW1).revision == revision + 1
        nine.do("selesai", TW1, 1)


def test_a_waived_child_that_goes_on_does_not_move_its_parents_closing(half: Book) -> None:
    half.complete(S1)
    ended = half.case(S1).last_moment
    half.do("buka-kembali", TW2, reason="keliru")
    half.do("bebaskan", S1, child=TW2, reason="tidak mengubah angka")
    waived = half.log[-1].at
    half.now += HOUR
    half.do("tutup", TW2)
    half.do("buka-kembali", TW2, reason="lagi")
    half.do("bebaskan", S1, child=TW2, reason="tidak mengubah angka")
    assert half.log[-1].at > waived > ended
    half.refuses(Rule.BEFORE_BOUND, "tutup", S1, at=second(waived))
    half.do("tutup", TW2)
    half.do("tutup", S1)


def test_a_pure_roll_up_between_passes_the_guards_on_to_the_case_above() -> None:
    """Triwulan and tahunan with nothing per semester: the year works with what the quarter closed."""
    quarter, year = shapes.Cadence.TRIWULAN, shapes.Cadence.TAHUNAN
    sop = shapes.sop_of([shapes.step(1, cadence=quarter), shapes.step(2, cadence=year)])
    book = Book(shapes.Shape(sop), now="2025-11-03 08:00")
    book.close(TW1, TW2, S1, TW3, TW4, S2)
    book.do("buka", TH)
    book.do("mulai", TH, 2)
    started = book.run(TH, 2).started
    assert started is not None
    book.do("buka-kembali", S1, reason="keliru")
    book.do("buka-kembali", TW1, reason="keliru")
    book.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW1, 1, ended=second(started + 1))
    book.refuses(Rule.BUILT_ON, "urung", TW1, 1)
    book.refuses(Rule.GATE_CLOSED, "selesai", TH, 2)


def test_office_events_in_the_log_change_no_case(nine: Book) -> None:
    """Settings, people, rights, calendar and SOP changes are events of the same log."""
    nine.do("buka", TW1)
    before = nine.state
    event = nine.log[-1]
    for act in (Act.KALENDER, Act.PENGATURAN, Act.PENGGUNA, Act.SOP_IMPOR, Act.SOP_TETAPKAN):
        nine.log.append(replace(event, sequence=len(nine.log) + 1, act=act, touches=(), data={}))
    assert nine.replayed() == before


# ---------------------------------------------------------------------- whether a period can close
def closing(book: Book, period: str) -> Closing:
    return closing_of(book.state, period, procedure(book.sop, period, book.cadence))


def test_one_function_says_whether_a_period_can_close_and_whose_turn_it_is(half: Book) -> None:
    """tutup: case selesai or dihentikan, children closed or waived, nothing stale."""
    assert not closing(half, S1).may_close
    assert closing(half, S1).work == ((6, None, "siap", half.sop.step(6).pelaksana[0]),)
    half.complete(S1)
    assert closing(half, S1).may_close
    half.do("buka-kembali", TW1, reason="keliru")
    assert (closing(half, S1).may_close, closing(half, S1).children, closing(half, S1).stale) == (False, (TW1,), (TW1,))
    half.do("tutup", TW1)
    stale = closing(half, S1)
    assert (stale.may_close, stale.children, stale.stale) == (False, (), (TW1,))
    assert half.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["stale"] == stale.stale
    half.do("bebaskan", S1, child=TW1, reason="tidak mengubah angka")
    assert closing(half, S1).may_close
    half.do("tutup", S1)
    assert (closing(half, S1).is_free, closing(half, S1).may_close) == (True, False)


def test_a_pure_roll_up_can_close_once_its_children_are(fan: Book) -> None:
    assert closing(fan, S1).children == (TW1, TW2)
    fan.close(TW1)
    fan.do("bebaskan", S1, child=TW2, reason=REASON)
    assert closing(fan, S1).may_close
    fan.do("tutup", S1)
    assert not closing(fan, TW3).is_free


def test_a_waiver_covers_no_later_reopening(nine: Book) -> None:
    """4. The gate and the closing wait for every child that is open and not waived since it was reopened."""
    nine.close(TW1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    assert is_waived(nine.state.periods[S1], nine.state.periods[TW2])
    nine.close(TW2)
    nine.do("buka-kembali", TW2, reason="keliru")
    assert not is_waived(nine.state.periods[S1], nine.state.periods[TW2])
    nine.do("buka", S1)
    assert nine.waits(S1, 6)
    assert closing(nine, S1).children == (TW2,)
    nine.do("hentikan", S1, reason="batal")
    assert nine.refuses(Rule.CLOSE_BLOCKED, "tutup", S1).facts["children"] == (TW2,)


def test_a_waived_child_that_closed_after_the_first_step_is_told_at_the_parents_close(nine: Book) -> None:
    """ "TW II ditutup sesudah langkah 6 selesai: hasilnya belum masuk", as a warning."""
    nine.close(TW1)
    nine.do("buka", S1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    nine.complete(S1)
    nine.close(TW2)
    outcome = nine.do("tutup", S1)
    assert outcome.warnings == (f"uncounted:{TW2}:6",)
    nine.do("buka-kembali", S1, reason="angka TW II")
    nine.do("kembalikan", S1, 8, target=6, note="angka TW II")
    nine.complete(S1)
    assert nine.do("tutup", S1).warnings == ()


def test_a_waived_child_that_closed_before_the_first_step_was_finished_is_taken(nine: Book) -> None:
    nine.close(TW1)
    nine.do("buka", S1)
    nine.do("bebaskan", S1, child=TW2, reason=REASON)
    nine.do("mulai", S1, 6)
    nine.close(TW2)
    nine.complete(S1)
    assert nine.do("tutup", S1).warnings == ()

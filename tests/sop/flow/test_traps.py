"""What users of other systems ran into, numbered as in the notes on traps (9-15, 18, 20, 24)."""

from __future__ import annotations

import pytest

from sop.acts.procedure import procedure
from sop.model.refusals import Refused, Rule, StaleRevision
from sop.model.state import Answer, CasePhase, PeriodPhase, RunPhase
from tests.sop.flow import invariants, shapes
from tests.sop.flow.book import HOUR, MINUTE, S1, TW1, TW2, Book, at, minute, second


@pytest.fixture
def fan() -> Book:
    book = Book(shapes.seven_steps(), now="2025-11-03 08:00")
    book.reach(TW1, 3)
    return book


def through(book: Book, *bidang: str) -> None:
    for name in bidang:
        for number in (3, 4):
            book.finish(TW1, number, name)


def test_trap_9_each_attempt_has_its_own_clock_and_the_full_standard(fan: Book) -> None:
    book = Book(shapes.decisions(), now="2025-11-03 08:00")
    book.do("buka", TW1)
    book.do("mulai", TW1, 1)
    book.now += HOUR
    book.do("selesai", TW1, 1)
    first = book.run(TW1, 1).verdict
    book.do("kembalikan", TW1, 2, target=1, note="ulang")
    book.do("mulai", TW1, 1)
    book.now += 10 * MINUTE
    book.do("selesai", TW1, 1)
    again = book.run(TW1, 1)
    assert first is not None
    assert again.verdict is not None
    assert first.is_late
    assert not again.verdict.is_late
    assert again.verdict.due_at == (again.started or 0) + 30 * MINUTE
    assert book.case(TW1).opened == book.log[1].at


def test_trap_10_a_second_pass_begins_with_nothing_of_the_first(fan: Book) -> None:
    fan.do("mulai", TW1, 3, bidang="Umum")
    fan.do("tunda", TW1, 3, bidang="Umum", reason="rapat")
    fan.do("kembalikan", TW1, 3, target=2, note="ulang")
    fan.finish(TW1, 2)
    run = fan.run(TW1, 3, "Umum")
    assert (run.attempt, run.phase, run.holder, run.started) == (2, RunPhase.SIAP, None, None)
    assert (run.work, run.pauses, run.acts, run.ticks, run.note) == ((), (), (), (), None)


def test_trap_11_the_join_counts_only_runs_of_the_current_round(fan: Book) -> None:
    through(fan, "Umum", "Latas", "Penta", "Hubin")
    fan.do("kembalikan", TW1, 4, target=3, named=("Umum", "Latas", "Penta", "Hubin"), note="ulang semua")
    through(fan, "Sekretariat")
    assert fan.waits(TW1, 5)
    through(fan, "Umum", "Latas", "Penta")
    assert fan.waits(TW1, 5)
    through(fan, "Hubin")
    assert fan.open_steps(TW1) == [(5, None)]
    assert all(fan.case(TW1).runs[origin].valid for origin in fan.run(TW1, 5).origins)


def test_trap_12_a_fan_out_left_half_done_opens_again_for_every_bidang(fan: Book) -> None:
    through(fan, "Umum")
    fan.do("mulai", TW1, 3, bidang="Latas")
    fan.do("kembalikan", TW1, 3, target=2, note="format berubah")
    case = fan.case(TW1)
    assert case.runs[3, "Latas", 1].phase is RunPhase.DIBATALKAN
    assert case.runs[3, "Latas", 1].ended == fan.log[-1].at
    assert case.runs[4, "Umum", 1].phase is RunPhase.SELESAI
    fan.finish(TW1, 2)
    assert fan.open_steps(TW1) == [(3, name) for name in sorted(shapes.BIDANG)]
    fan.do("pakai-lama", TW1, 3, bidang="Umum")
    fan.do("pakai-lama", TW1, 4, bidang="Umum")
    through(fan, *shapes.BIDANG[1:])
    assert fan.open_steps(TW1) == [(5, None)]


def test_trap_13_a_target_in_the_middle_of_a_region_leaves_one_valid_run_each(fan: Book) -> None:
    through(fan, *shapes.BIDANG)
    fan.do("kembalikan", TW1, 5, target=4, note="salah")
    assert fan.open_steps(TW1) == [(4, name) for name in sorted(shapes.BIDANG)]
    invariants.one_valid_run_per_slot(fan)
    for name in shapes.BIDANG:
        fan.finish(TW1, 4, name)
    invariants.check(fan)


def test_trap_14_a_join_fires_once_when_all_arrive_in_the_same_second(fan: Book) -> None:
    fan.pace = 0
    through(fan, *shapes.BIDANG)
    runs = [run for run in fan.case(TW1).runs.values() if run.step == 5]
    assert [(run.attempt, run.ready) for run in runs] == [(1, fan.now)]


def test_trap_15_of_two_people_on_one_card_the_second_is_told_who_was_faster(fan: Book) -> None:
    seen = fan.run(TW1, 3, "Umum").revision
    fan.do("komentar", TW1, 3, bidang="Umum", note="saya ambil")
    fan.do("mulai", TW1, 3, bidang="Umum", seen=seen)
    for act in ("mulai", "selesai", "lewati", "urung", "tunda", "tugaskan", "koreksi", "centang", "dokumen"):
        refusal = fan.refuses(StaleRevision, act, TW1, 3, bidang="Umum", seen=seen, reason="x")
        assert refusal.facts["found"] == seen + 1
    assert fan.log[-1].touches == (f"r:{TW1}#1:3:Umum",)


def test_trap_15_another_bidangs_work_does_not_make_a_view_stale(fan: Book) -> None:
    seen = fan.run(TW1, 3, "Latas").revision
    through(fan, "Umum")
    fan.do("mulai", TW1, 3, bidang="Latas", seen=seen)


def test_trap_18_work_is_recorded_afterwards_between_ready_and_now() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.do("buka", TW1)
    book.now = at("2025-11-05 09:00")
    started, ended = minute("2025-11-03 09:00"), minute("2025-11-03 09:10")
    book.refuses(Rule.LATE_REASON_NEEDED, "selesai", TW1, 1, started=started, at=ended)
    event = book.do("selesai", TW1, 1, started=started, at=ended, reason="listrik padam").event
    assert (event.at, event.recorded, event.late_entry) == (ended.at, at("2025-11-05 09:00"), True)
    assert book.run(TW1, 2).ready == ended.at
    book.refuses(Rule.BEFORE_BOUND, "mulai", TW1, 2, at=second(ended.at - 1), reason="x")


def test_trap_18_a_closing_is_recorded_afterwards_too() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.complete(TW1)
    ended = book.case(TW1).ended
    assert ended is not None
    book.now += 10 * HOUR
    assert book.do("tutup", TW1, at=second(ended)).event.at == ended
    assert book.state.periods[TW1].closed_at == ended


def test_trap_20_a_closed_period_is_locked_whatever_time_is_typed() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.close(TW1)
    closed = book.state.periods[TW1].closed_at
    book.now += HOUR
    for moment in (None, second((closed or 0) - 1), second(book.now)):
        book.refuses(Rule.PERIOD_CLOSED, "dokumen", TW1, 1, at=moment, reason="x")
        book.refuses(Rule.PERIOD_CLOSED, "koreksi", TW1, 1, at=moment, note="x")
        book.refuses(Rule.PERIOD_CLOSED, "bebaskan", TW1, at=moment, child=TW1, reason="x")


def test_trap_20_a_reopened_period_takes_work_again_and_closes_as_the_next_revision() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.close(TW1)
    book.do("buka-kembali", TW1, reason="salah angka")
    assert book.state.periods[TW1].phase is PeriodPhase.BUKA
    book.do("koreksi", TW1, 5, note="angka dibetulkan")
    assert book.do("tutup", TW1).event.data["closing"] == 2


def test_trap_20_a_typed_time_is_not_before_the_reopening() -> None:
    """The period's own last act bounds what is done in it."""
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.close(TW1)
    book.now += HOUR
    book.do("buka-kembali", TW1, reason="salah")
    reopened = book.log[-1].at
    book.do("kembalikan", TW1, 5, target=4, note="x")
    book.refuses(Rule.BEFORE_BOUND, "mulai", TW1, 4, at=second(reopened - 1), reason="x")


def test_trap_24_a_bidang_taken_out_does_not_hold_the_join_up(fan: Book) -> None:
    through(fan, *shapes.BIDANG[:4])
    fan.do("ubah-bidang", TW1, removed=(shapes.BIDANG[4],), reason="dilebur")
    assert fan.open_steps(TW1) == [(5, None)]


def test_trap_24_the_last_bidang_is_never_taken_out(fan: Book) -> None:
    for name in shapes.BIDANG[:4]:
        fan.do("ubah-bidang", TW1, removed=(name,), reason="dilebur")
    with pytest.raises(Refused) as caught:
        fan.do("ubah-bidang", TW1, removed=(shapes.BIDANG[4],), reason="dilebur")
    assert caught.value.rule is Rule.LAST_BIDANG
    fan.refuses(Rule.LAST_BIDANG, "ubah-bidang", TW1, removed=(shapes.BIDANG[4],), added=("Baru",), reason="x")


def test_trap_24_a_bidang_skipped_by_gabung_counts_but_a_cancelled_run_does_not(fan: Book) -> None:
    through(fan, *shapes.BIDANG[:4])
    fan.do("mulai", TW1, 3, bidang=shapes.BIDANG[4])
    fan.do("kembalikan", TW1, 4, bidang="Umum", target=3, named=("Umum",), note="x")
    fan.do("kembalikan", TW1, 3, target=2, note="x")
    assert fan.waits(TW1, 5)
    fan.finish(TW1, 2)
    through(fan, *shapes.BIDANG[:4])
    fan.do("gabung", TW1, reason="tanpa Sekretariat")
    assert fan.open_steps(TW1) == [(5, None)]


def test_every_shape_walks_to_its_end() -> None:
    """Any legal walk through any SOP ends: the plain way finishes every period of every shape."""
    for made in (shapes.nine_steps, shapes.seven_steps, shapes.edges, shapes.decisions):
        book = Book(made(), now="2025-11-03 08:00", pace=60)
        for key in list(book.state.periods):
            book.close(key)
            invariants.check(book)
            case = book.state.case_of(key)
            assert case is None or case.phase is CasePhase.SELESAI
        assert all(period.phase is PeriodPhase.TUTUP for period in book.state.periods.values())


def test_a_procedure_knows_its_regions_and_what_follows() -> None:
    steps = procedure(shapes.decisions().sop, TW1, shapes.decisions().cadence)
    assert steps is not None
    assert [(region.first, region.last, region.join) for region in steps.regions] == [(2, 4, 5)]
    assert [steps.next_of(number) for number in steps.numbers] == [2, 3, 4, 5, 6, 7, None]
    nine = shapes.nine_steps()
    for key, numbers in ((TW1, (1, 2, 3, 4, 5)), (S1, (6, 7, 8)), ("2025-TH", (9,)), (TW2, (1, 2, 3, 4, 5))):
        found = procedure(nine.sop, key, None)
        assert found is not None
        assert found.numbers == numbers
    assert Answer.YA.value == "ya"

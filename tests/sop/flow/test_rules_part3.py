"""Rules part 3, the acts on a run: each guard and effect of the first table. The docstrings quote the sentence."""

from __future__ import annotations

import pytest

from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Role
from sop.model.refusals import Rule, StaleRevision, Unknown
from sop.model.settings import EvidenceRule, Settings
from sop.model.state import Answer, CasePhase, Evidence, RunPhase
from sop.time.work_calendar import SpecialDay, WorkCalendar
from sop.values import replace
from tests.sop.flow import shapes
from tests.sop.flow.book import CALENDAR, DAY, HOUR, MINUTE, TW1, Book, Person, at, minute, second

STAF, KASUBAG, KABID, SEKRETARIS = shapes.STAF, shapes.KASUBAG, shapes.KABID, shapes.SEKRETARIS


@pytest.fixture
def book() -> Book:
    """A case with a region of three steps, just opened by everybody."""
    made = Book(shapes.decisions())
    made.do("buka", TW1)
    return made


@pytest.fixture
def office() -> Book:
    """The same with people registered."""
    made = Book(shapes.decisions())
    made.register(
        Person("kelola", Role.PENGELOLA),
        Person("staf", Role.PELAKSANA, (STAF,)),
        Person("staf2", Role.PELAKSANA, (STAF,)),
        Person("kabid-a", Role.PELAKSANA, ((KABID, "A"),)),
        Person("kabid-b", Role.PELAKSANA, ((KABID, "B"),)),
        Person("kasubag", Role.PELAKSANA, (KASUBAG,)),
        Person("sekretaris", Role.PELAKSANA, (SEKRETARIS,)),
        Person("tamu", Role.PENGAMAT, (STAF,)),
        Person("admin", Role.ADMIN),
    )
    made.do("buka", TW1, by="kelola")
    return made


# ---------------------------------------------------------------------- mulai, lepas, tugaskan
def test_mulai_makes_the_actor_holder_and_starts_the_work(office: Book) -> None:
    office.do("mulai", TW1, 1, by="staf")
    run = office.run(TW1, 1)
    assert (run.phase, run.holder) == (RunPhase.DIKERJAKAN, "staf")
    assert run.work == ((run.started, None),)


def test_mulai_begins_only_from_siap(book: Book) -> None:
    book.do("mulai", TW1, 1)
    book.refuses(Rule.WRONG_PHASE, "mulai", TW1, 1)
    book.do("tunda", TW1, 1, reason="rapat")
    book.refuses(Rule.PAUSED, "mulai", TW1, 1)


def test_a_step_that_nothing_opened_is_waiting(book: Book) -> None:
    refusal = book.refuses(Rule.NOT_REACHED, "mulai", TW1, 5)
    assert refusal.facts["front"] == (1,)
    book.refuses(Rule.NOT_REACHED, "mulai", TW1, 2, bidang="A")
    book.refuses(Unknown, "mulai", TW1, 99)


def test_an_overtaken_step_is_waiting_again(book: Book) -> None:
    """A step between target and decision is not acted on before it comes round."""
    book.reach(TW1, 5)
    book.tidak(TW1, 5)
    book.refuses(Rule.NOT_REACHED, "mulai", TW1, 5)
    book.refuses(Rule.NOT_REACHED, "selesai", TW1, 2, bidang="A")


def test_lepas_keeps_the_first_start(office: Book) -> None:
    """No holder; the first start stays."""
    office.do("mulai", TW1, 1, by="staf")
    started = office.run(TW1, 1).started
    office.do("lepas", TW1, 1, by="staf")
    run = office.run(TW1, 1)
    assert (run.phase, run.holder, run.started) == (RunPhase.SIAP, None, started)
    office.do("mulai", TW1, 1, by="staf2")
    run = office.run(TW1, 1)
    assert (run.holder, run.started) == ("staf2", started)
    assert len(run.work) == 2


def test_lepas_is_for_the_holder_or_the_pengelola(office: Book) -> None:
    office.do("mulai", TW1, 1, by="staf")
    office.refuses(Rule.HOLDER_ONLY, "lepas", TW1, 1, by="staf2")
    office.do("lepas", TW1, 1, by="kelola")


def test_tugaskan_needs_the_pengelola_or_the_holder_with_a_reason(office: Book) -> None:
    office.refuses(Rule.HOLDER_ONLY, "tugaskan", TW1, 1, by="staf", holder="staf2", reason="cuti")
    office.do("tugaskan", TW1, 1, by="kelola", holder="staf")
    assert office.run(TW1, 1).phase is RunPhase.SIAP
    office.do("mulai", TW1, 1, by="staf")
    office.refuses(Rule.REASON_NEEDED, "tugaskan", TW1, 1, by="staf", holder="staf2")
    before = office.run(TW1, 1)
    office.do("tugaskan", TW1, 1, by="staf", holder="staf2", reason="cuti")
    after = office.run(TW1, 1)
    assert after.holder == "staf2"
    assert (after.started, after.work, after.ready) == (before.started, before.work, before.ready)


def test_tugaskan_goes_to_somebody_of_the_lane(office: Book) -> None:
    """Target belongs to the lane."""
    office.refuses(Rule.NOT_IN_LANE, "tugaskan", TW1, 1, by="kelola", holder="kasubag")
    office.refuses(Rule.NOT_IN_LANE, "tugaskan", TW1, 1, by="kelola", holder="siapa")
    office.refuses(FaultyInput, "tugaskan", TW1, 1, by="kelola", holder="  ")


def test_tugaskan_works_in_every_open_state_and_in_no_other(book: Book) -> None:
    book.do("tugaskan", TW1, 1, holder="x")
    book.do("mulai", TW1, 1)
    book.do("tunda", TW1, 1, reason="rapat")
    book.do("tugaskan", TW1, 1, holder="y")
    book.do("lanjut", TW1, 1)
    book.finish(TW1, 1)
    book.refuses(Rule.WRONG_PHASE, "tugaskan", TW1, 1, holder="z")
    book.reach(TW1, 5)
    book.do("mulai", TW1, 5)
    book.do("ajukan", TW1, 5)
    book.do("tugaskan", TW1, 5, holder="z")
    assert book.run(TW1, 5).holder == "z"


# ---------------------------------------------------------------------- tunda, lanjut
def test_tunda_from_siap_returns_to_siap(office: Book) -> None:
    """In siap any lane member; lanjut returns to the state before."""
    office.refuses(Rule.REASON_NEEDED, "tunda", TW1, 1, by="staf")
    office.do("tunda", TW1, 1, by="staf", reason="menunggu data")
    run = office.run(TW1, 1)
    assert (run.phase, run.started, run.work) == (RunPhase.DITUNDA, None, ())
    office.do("lanjut", TW1, 1, by="staf2")
    run = office.run(TW1, 1)
    assert run.phase is RunPhase.SIAP
    assert run.pauses[0][1] is not None


def test_tunda_from_dikerjakan_is_the_holders_and_returns_to_work(office: Book) -> None:
    office.do("mulai", TW1, 1, by="staf")
    office.refuses(Rule.HOLDER_ONLY, "tunda", TW1, 1, by="staf2", reason="rapat")
    office.do("tunda", TW1, 1, by="staf", reason="rapat")
    assert office.run(TW1, 1).work[-1][1] is not None
    office.refuses(Rule.HOLDER_ONLY, "lanjut", TW1, 1, by="staf2")
    office.do("lanjut", TW1, 1, by="kelola")
    run = office.run(TW1, 1)
    assert (run.phase, run.holder) == (RunPhase.DIKERJAKAN, "staf")
    assert run.work[-1][1] is None


def test_a_paused_run_is_not_finished_nor_paused_again(book: Book) -> None:
    book.do("mulai", TW1, 1)
    book.do("tunda", TW1, 1, reason="rapat")
    book.refuses(Rule.PAUSED, "selesai", TW1, 1)
    book.refuses(Rule.PAUSED, "tunda", TW1, 1, reason="lagi")
    book.do("lanjut", TW1, 1)
    book.refuses(Rule.WRONG_PHASE, "lanjut", TW1, 1)


def test_a_pause_is_left_out_of_the_working_time(book: Book) -> None:
    book.do("mulai", TW1, 1, at=minute("2025-01-06 08:10"))
    book.now = at("2025-01-06 08:20")
    book.do("tunda", TW1, 1, reason="rapat")
    book.now = at("2025-01-06 09:20")
    book.do("lanjut", TW1, 1)
    book.now = at("2025-01-06 09:35")
    book.do("selesai", TW1, 1)
    verdict = book.run(TW1, 1).verdict
    assert verdict is not None
    assert verdict.work_seconds == 25 * MINUTE
    assert not verdict.is_late


# ---------------------------------------------------------------------- ajukan, tarik, putuskan
def test_ajukan_hands_in_and_only_the_one_who_did_draws_back(office: Book) -> None:
    office.register(Person("kasubag2", Role.PELAKSANA, (KASUBAG,)))
    _to_five(office)
    office.do("mulai", TW1, 5, by="kasubag")
    office.do("ajukan", TW1, 5, by="kasubag2")
    run = office.run(TW1, 5)
    assert (run.phase, run.handed_in_by, run.holder) == (RunPhase.KEPUTUSAN, "kasubag2", "kasubag")
    office.refuses(Rule.HOLDER_ONLY, "tarik", TW1, 5, by="kasubag")
    office.do("tarik", TW1, 5, by="kasubag2")
    run = office.run(TW1, 5)
    assert (run.phase, run.handed_in_by) == (RunPhase.DIKERJAKAN, None)
    assert run.waits[-1][1] is not None
    assert run.work[-1][1] is None


def _to_five(office: Book) -> None:
    office.do("selesai", TW1, 1, by="kelola")
    for bidang in "ABC":
        for number in (2, 3, 4):
            office.do("selesai", TW1, number, bidang=bidang, by="kelola")


def test_only_decision_steps_are_handed_in_or_decided(book: Book) -> None:
    """Decision step only; a decision step ends by no other way than Ya or Tidak."""
    book.do("mulai", TW1, 1)
    book.refuses(Rule.NO_DECISION_STEP, "ajukan", TW1, 1)
    book.refuses(Rule.NO_DECISION_STEP, "putuskan", TW1, 1, answer=Answer.YA)
    book.refuses(Rule.NO_DECISION_STEP, "tarik", TW1, 1)
    book.reach(TW1, 5)
    book.refuses(Rule.DECISION_STEP, "selesai", TW1, 5)
    book.refuses(Rule.DECISION_STEP, "lewati", TW1, 5, reason="libur")
    book.refuses(Rule.DECISION_STEP, "pakai-lama", TW1, 5)
    book.refuses(Rule.WRONG_PHASE, "ajukan", TW1, 5)


def test_another_lane_decides_only_what_was_handed_in(office: Book) -> None:
    """keputusan (or dikerjakan, if one lane does both)."""
    _to_five(office)
    office.do("mulai", TW1, 5, by="kasubag")
    office.refuses(Rule.NOT_HANDED_IN, "putuskan", TW1, 5, by="sekretaris", answer=Answer.YA)
    office.do("ajukan", TW1, 5, by="kasubag")
    office.refuses(Rule.NOT_MEMBER, "putuskan", TW1, 5, by="kasubag", answer=Answer.YA)
    office.refuses(Rule.WRONG_LANE, "putuskan", TW1, 5, by="kelola", answer=Answer.YA, on_behalf=KASUBAG)
    outcome = office.do("putuskan", TW1, 5, by="kelola", answer=Answer.YA, on_behalf=SEKRETARIS)
    assert (outcome.event.by, outcome.event.for_lane) == ("kelola", SEKRETARIS)
    assert office.open_steps(TW1) == [(6, None)]


def test_one_lane_that_does_both_decides_at_once(book: Book) -> None:
    book.reach(TW1, 6)
    book.refuses(Rule.WRONG_PHASE, "putuskan", TW1, 6, answer=Answer.YA)
    book.do("mulai", TW1, 6)
    book.do("putuskan", TW1, 6, answer=Answer.YA)
    run = book.run(TW1, 6)
    assert (run.phase, run.answer, run.waits) == (RunPhase.SELESAI, Answer.YA, ())


def test_tidak_needs_a_comment_and_an_answer_is_needed(book: Book) -> None:
    book.reach(TW1, 6)
    book.do("mulai", TW1, 6)
    book.refuses(Rule.COMMENT_NEEDED, "putuskan", TW1, 6, answer=Answer.TIDAK)
    book.refuses(Rule.COMMENT_NEEDED, "putuskan", TW1, 6, answer=Answer.TIDAK, note=" \u200b ")
    book.refuses(FaultyInput, "putuskan", TW1, 6)
    book.do("putuskan", TW1, 6, answer=Answer.TIDAK, note="angka belum cocok")
    assert book.run(TW1, 6).note == "angka belum cocok"


# ---------------------------------------------------------------------- selesai
def test_selesai_from_work_opens_the_next_step(office: Book) -> None:
    """1. Advance: a finished step opens the next of its case, ready at the effective end of the finished one."""
    office.do("mulai", TW1, 1, by="staf")
    office.do("selesai", TW1, 1, by="staf2")
    run = office.run(TW1, 1)
    assert (run.phase, run.holder) == (RunPhase.SELESAI, "staf")
    assert {office.run(TW1, 2, name).ready for name in "ABC"} == {run.ended}


def test_selesai_from_siap_without_a_start_is_not_judged(book: Book) -> None:
    """From siap a start is asked for; without one `started` is null and the time verdict is "tidak dinilai"."""
    book.do("selesai", TW1, 1)
    run = book.run(TW1, 1)
    assert (run.started, run.work) == (None, ())
    assert run.verdict is not None
    assert not run.verdict.judged
    assert run.verdict.late_seconds is None


def test_selesai_from_siap_with_a_start_is_judged(book: Book) -> None:
    book.now = at("2025-01-06 11:00")
    book.do("selesai", TW1, 1, started=minute("2025-01-06 09:00"), at=minute("2025-01-06 09:40"))
    run = book.run(TW1, 1)
    assert run.work == ((at("2025-01-06 09:00"), at("2025-01-06 09:40")),)
    assert run.verdict is not None
    assert run.verdict.late_seconds == 10 * MINUTE
    assert run.late_entry


def test_a_start_is_only_typed_where_none_runs(book: Book) -> None:
    book.do("mulai", TW1, 1)
    book.refuses(Rule.WRONG_PHASE, "selesai", TW1, 1, started=minute(book.now))


def test_selesai_after_lepas_keeps_the_first_start(book: Book) -> None:
    book.do("mulai", TW1, 1)
    started = book.run(TW1, 1).started
    book.do("lepas", TW1, 1)
    book.do("selesai", TW1, 1)
    run = book.run(TW1, 1)
    assert run.started == started
    assert run.verdict is not None
    assert run.verdict.judged
    assert run.verdict.work_seconds == 10 * MINUTE


@pytest.mark.parametrize("rule", [EvidenceRule.DOCUMENT, EvidenceRule.CHECKLIST])
def test_required_evidence_is_present_before_a_step_is_finished(book: Book, rule: EvidenceRule) -> None:
    """Required evidence present (setting: none)."""
    book.settings = Settings(evidence=rule)
    book.do("mulai", TW1, 1)
    refusal = book.refuses(Rule.EVIDENCE_MISSING, "selesai", TW1, 1)
    assert refusal.facts["missing"] == (("dokumen",) if rule is EvidenceRule.DOCUMENT else ("surat", "data"))
    book.do("dokumen", TW1, 1, evidence=Evidence(number="12/SPT/2025"))
    book.do("centang", TW1, 1, item=0)
    book.do("centang", TW1, 1, item=1)
    book.do("selesai", TW1, 1)


# ---------------------------------------------------------------------- lewati, pakai-lama
def test_lewati_is_the_pengelolas_with_a_reason_from_any_open_state(office: Book) -> None:
    office.refuses(Rule.MANAGER_ONLY, "lewati", TW1, 1, by="staf", reason="tidak perlu")
    office.refuses(Rule.REASON_NEEDED, "lewati", TW1, 1, by="kelola")
    office.do("tunda", TW1, 1, by="staf", reason="rapat")
    office.do("lewati", TW1, 1, by="kelola", reason="tidak perlu")
    run = office.run(TW1, 1)
    assert (run.phase, run.verdict) == (RunPhase.DILEWATI, None)
    assert office.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]
    office.refuses(Rule.WRONG_PHASE, "lewati", TW1, 1, by="kelola", reason="lagi")


def test_pakai_lama_takes_over_the_preceding_result(book: Book) -> None:
    """A new run takes over the result of the preceding attempt: started null, outside on-time."""
    book.reach(TW1, 5)
    book.tidak(TW1, 5)
    book.finish(TW1, 1)
    book.do("pakai-lama", TW1, 2, bidang="A")
    run = book.run(TW1, 2, "A")
    assert (run.attempt, run.taken_over, run.started, run.verdict) == (2, True, None, None)
    assert book.phase(TW1, 3, "A") is RunPhase.SIAP


def test_pakai_lama_is_never_for_the_loop_backs_target(book: Book) -> None:
    book.reach(TW1, 5)
    book.tidak(TW1, 5)
    book.refuses(Rule.LOOP_TARGET, "pakai-lama", TW1, 1)


def test_pakai_lama_needs_a_finished_attempt_right_before(book: Book) -> None:
    book.refuses(Rule.NO_EARLIER_RESULT, "pakai-lama", TW1, 1)
    book.do("selesai", TW1, 1)
    book.do("lewati", TW1, 2, bidang="A", reason="kosong")
    for bidang in "BC":
        book.do("selesai", TW1, 2, bidang=bidang)
    book.do("kembalikan", TW1, 3, target=1, note="ulang")
    book.do("selesai", TW1, 1)
    book.refuses(Rule.NO_EARLIER_RESULT, "pakai-lama", TW1, 2, bidang="A")
    book.do("mulai", TW1, 2, bidang="B")
    book.refuses(Rule.WRONG_PHASE, "pakai-lama", TW1, 2, bidang="B")
    book.do("pakai-lama", TW1, 2, bidang="C")
    # A result taken over can be taken over again, but not past a cancelled attempt.
    book.do("kembalikan", TW1, 3, target=1, note="ulang")
    book.do("selesai", TW1, 1)
    book.refuses(Rule.NO_EARLIER_RESULT, "pakai-lama", TW1, 2, bidang="B")
    book.do("pakai-lama", TW1, 2, bidang="C")


# ---------------------------------------------------------------------- koreksi
def test_koreksi_moves_times_and_the_verdict(book: Book) -> None:
    """Changes times, notes, evidence; the time verdict is recomputed, old and new logged."""
    book.do("mulai", TW1, 1, at=minute("2025-01-06 08:00"))
    book.now = at("2025-01-06 09:00")
    book.do("selesai", TW1, 1, note="lama")
    verdict = book.run(TW1, 1).verdict
    assert verdict is not None
    assert verdict.late_seconds == 30 * MINUTE
    outcome = book.do("koreksi", TW1, 1, ended=minute("2025-01-06 08:20"), note="keliru jam", evidence=Evidence("9"))
    run = book.run(TW1, 1)
    assert run.ended == at("2025-01-06 08:20")
    assert run.work == ((at("2025-01-06 08:00"), at("2025-01-06 08:20")),)
    assert run.verdict is not None
    assert run.verdict.late_seconds == 0
    assert (run.note, run.evidence) == ("keliru jam", (Evidence("9"),))
    before, after = outcome.event.data["before"], outcome.event.data["after"]
    assert (before["ended"], before["note"]) == (at("2025-01-06 09:00"), "lama")
    assert (after["ended"], after["note"]) == (at("2025-01-06 08:20"), "keliru jam")
    assert (before["verdict"]["late_seconds"], after["verdict"]["late_seconds"]) == (30 * MINUTE, 0)


def test_koreksi_judges_by_the_calendar_of_the_run(book: Book) -> None:
    """Recomputed under the run's calendar revision."""
    book.do("mulai", TW1, 1, at=minute("2025-01-06 08:00"))
    book.now = at("2025-01-06 09:00")
    book.do("selesai", TW1, 1)
    closed = SpecialDay(CALENDAR.date_of(book.now), (), "libur mendadak")
    book.calendar = WorkCalendar(replace(CALENDAR.spec, days=(closed,)), 2)
    book.calendars[2] = book.calendar
    book.do("koreksi", TW1, 1, ended=minute("2025-01-06 08:50"))
    verdict = book.run(TW1, 1).verdict
    assert verdict is not None
    assert (verdict.calendar_revision, verdict.late_seconds) == (1, 20 * MINUTE)


def test_koreksi_moves_the_successors_ready_and_verdict_along(book: Book) -> None:
    """The successor's ready moves along and an ended successor's verdict is recomputed in the same event."""
    book.now = at("2025-01-06 08:00")
    book.do("selesai", TW1, 1, at=second(book.now))
    book.now = at("2025-01-06 09:00")
    book.do("mulai", TW1, 2, bidang="A")
    book.now = at("2025-01-06 09:20")
    book.do("selesai", TW1, 2, bidang="A")
    verdict = book.run(TW1, 2, "A").verdict
    assert verdict is not None
    assert verdict.queue_seconds == HOUR
    book.do("koreksi", TW1, 1, ended=minute("2025-01-06 08:40"))
    assert {book.run(TW1, 2, name).ready for name in "ABC"} == {at("2025-01-06 08:40")}
    verdict = book.run(TW1, 2, "A").verdict
    assert verdict is not None
    assert verdict.queue_seconds == 20 * MINUTE


def test_koreksi_is_refused_where_a_successor_would_precede(book: Book) -> None:
    """Refused if any moment of a successor (start, pause, end) would precede its new ready."""
    book.do("selesai", TW1, 1)
    first = book.now
    book.do("tunda", TW1, 2, bidang="B", reason="menunggu")
    refusal = book.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW1, 1, ended=second(first + 1))
    assert refusal.facts["bidang"] == "B"
    book.do("koreksi", TW1, 1, ended=second(first))
    assert book.run(TW1, 2, "B").ready == first


def test_koreksi_of_one_bidang_moves_the_join_only_if_it_is_the_latest(book: Book) -> None:
    book.reach(TW1, 5)
    ready = book.run(TW1, 5).ready
    early = book.run(TW1, 4, "A")
    assert early.ended is not None
    book.do("koreksi", TW1, 4, bidang="A", ended=second(early.ended + 1))
    assert book.run(TW1, 5).ready == ready
    book.do("koreksi", TW1, 4, bidang="A", ended=second(ready + 30))
    assert book.run(TW1, 5).ready == ready + 30
    book.do("mulai", TW1, 5)
    started = book.run(TW1, 5).started
    assert started is not None
    book.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW1, 4, bidang="B", ended=second(started + 1))


def test_koreksi_keeps_the_moments_in_order(book: Book) -> None:
    """The run's moments stay in order."""
    book.do("mulai", TW1, 1)
    book.do("tunda", TW1, 1, reason="rapat")
    book.do("lanjut", TW1, 1)
    book.do("selesai", TW1, 1)
    run = book.run(TW1, 1)
    paused, resumed = run.pauses[0]
    assert resumed is not None
    book.refuses(Rule.OUT_OF_ORDER, "koreksi", TW1, 1, started=second(paused + 1))
    book.refuses(Rule.OUT_OF_ORDER, "koreksi", TW1, 1, ended=second(resumed - 1))
    book.refuses(Rule.OUT_OF_ORDER, "koreksi", TW1, 1, started=second(run.ready - 1))
    book.refuses(Rule.FUTURE, "koreksi", TW1, 1, ended=second(book.now + 1))
    book.do("koreksi", TW1, 1, started=second(paused), ended=second(resumed))


def test_koreksi_never_changes_an_answer_nor_gives_a_taken_over_run_a_start(book: Book) -> None:
    book.reach(TW1, 6)
    book.tidak(TW1, 6)
    book.do("koreksi", TW1, 6, note="catatan", answer=Answer.YA)
    assert book.run(TW1, 6).answer is Answer.TIDAK
    book.reach(TW1, 3)
    book.do("pakai-lama", TW1, 3, bidang="A")
    book.refuses(Rule.TAKEN_OVER, "koreksi", TW1, 3, bidang="A", started=second(book.now))
    book.refuses(Rule.NOTHING_CHANGED, "koreksi", TW1, 3, bidang="A")


def test_koreksi_works_where_handing_in_and_deciding_fell_in_one_minute(book: Book) -> None:
    """Typed minutes coincide: only the wait for the answer is stretched."""
    book.reach(TW1, 5)
    book.do("mulai", TW1, 5)
    moment = minute(book.now)
    book.do("ajukan", TW1, 5, at=moment)
    book.do("putuskan", TW1, 5, at=moment, answer=Answer.YA)
    run = book.run(TW1, 5)
    assert run.work[-1][1] == run.ended == run.waits[-1][0]
    assert run.ended is not None
    book.do("koreksi", TW1, 5, ended=second(run.ended + 5 * MINUTE))
    after = book.run(TW1, 5)
    assert (after.work, after.waits[-1]) == (run.work, (run.ended, run.ended + 5 * MINUTE))


def test_koreksi_is_for_the_holder_or_the_pengelola_on_what_is_done(office: Book) -> None:
    office.do("mulai", TW1, 1, by="staf")
    office.refuses(Rule.WRONG_PHASE, "koreksi", TW1, 1, by="staf", note="x")
    office.do("selesai", TW1, 1, by="staf")
    office.refuses(Rule.HOLDER_ONLY, "koreksi", TW1, 1, by="staf2", note="x")
    office.refuses(Rule.WRONG_LANE, "koreksi", TW1, 1, by="staf", note="x", on_behalf=KASUBAG)
    office.do("koreksi", TW1, 1, by="staf", note="x")
    office.do("koreksi", TW1, 1, by="kelola", note="y")


def test_koreksi_to_a_moment_long_past_needs_a_reason_and_is_marked(book: Book) -> None:
    """6. More than one working day late needs a reason; such entries are marked."""
    book.do("mulai", TW1, 1)
    book.do("selesai", TW1, 1)
    ended = book.run(TW1, 1).ended
    assert ended is not None
    assert not book.run(TW1, 1).late_entry
    book.now = at("2025-01-08 08:00")
    book.refuses(Rule.LATE_REASON_NEEDED, "koreksi", TW1, 1, ended=second(ended - 60))
    book.do("koreksi", TW1, 1, note="catatan saja")
    assert not book.run(TW1, 1).late_entry
    book.do("koreksi", TW1, 1, ended=second(ended - 60), reason="jam keliru")
    assert book.run(TW1, 1).late_entry


def test_koreksi_by_minutes_leaves_seconds_that_they_cover(book: Book) -> None:
    """A typed minute covers its seconds: a form that shows minutes changes nothing by itself."""
    book.now += 37
    book.do("mulai", TW1, 1)
    book.now += 5
    book.do("selesai", TW1, 1)
    run = book.run(TW1, 1)
    assert run.started is not None
    assert run.ended is not None
    book.do("koreksi", TW1, 1, started=minute(run.started), ended=minute(run.ended), note="baru")
    after = book.run(TW1, 1)
    assert (after.started, after.ended) == (run.started, run.ended)


def test_koreksi_lies_outside_a_hold_and_works_during_one(book: Book) -> None:
    book.do("mulai", TW1, 1)
    book.do("selesai", TW1, 1)
    book.do("tahan", TW1, reason="audit")
    held = book.case(TW1).holds[0][0]
    book.do("koreksi", TW1, 1, note="boleh")
    book.refuses(Rule.IN_HOLD, "koreksi", TW1, 1, ended=second(held + 1))
    book.do("lanjutkan", TW1)
    book.refuses(Rule.IN_HOLD, "koreksi", TW1, 1, ended=second(held + 1))
    book.do("koreksi", TW1, 1, ended=second(held))


def test_koreksi_does_not_end_a_run_after_what_overtook_it(book: Book) -> None:
    book.complete(TW1)
    book.do("kembalikan", TW1, 7, target=5, note="ulang")
    back = book.run(TW1, 5).ready
    book.refuses(Rule.SUCCESSOR_MOVED, "koreksi", TW1, 7, ended=second(back + 1))
    book.do("koreksi", TW1, 7, ended=second(back))


def test_koreksi_of_the_end_moves_the_case_end_with_it(book: Book) -> None:
    book.complete(TW1)
    ended = book.case(TW1).ended
    assert ended is not None
    book.do("koreksi", TW1, 7, ended=second(ended - 60))
    case = book.case(TW1)
    assert case.ended == ended - 60
    assert case.last_moment == ended - 60


# ---------------------------------------------------------------------- urung
def test_urung_is_for_the_author_within_15_minutes_or_the_pengelola(office: Book) -> None:
    office.do("mulai", TW1, 1, by="staf")
    office.refuses(Rule.UNDO_TOO_LATE, "urung", TW1, 1, by="staf2")
    office.now = office.log[-1].recorded + 15 * MINUTE + 1
    office.refuses(Rule.UNDO_TOO_LATE, "urung", TW1, 1, by="staf")
    office.now -= 1
    office.do("urung", TW1, 1, by="staf")
    assert office.phase(TW1, 1) is RunPhase.SIAP
    office.do("mulai", TW1, 1, by="staf")
    office.now += 5 * DAY
    office.do("urung", TW1, 1, by="kelola")


def test_urung_closes_the_fan_out_it_opened(book: Book) -> None:
    before = book.state
    book.do("selesai", TW1, 1)
    book.do("urung", TW1, 1)
    assert book.open_steps(TW1) == [(1, None)]
    assert book.run(TW1, 1).phase is RunPhase.SIAP
    assert book.case(TW1).runs.keys() == before.cases[TW1, 1].runs.keys()


def test_urung_is_refused_while_what_it_opened_carries_an_act(book: Book) -> None:
    """Nothing it opened or helped open carries an act not itself undone."""
    book.do("selesai", TW1, 1)
    book.do("mulai", TW1, 2, bidang="B")
    refusal = book.refuses(Rule.BUILT_ON, "urung", TW1, 1)
    assert refusal.facts["bidang"] == "B"
    book.do("urung", TW1, 2, bidang="B")
    book.do("urung", TW1, 1)


def test_a_remark_does_not_stand_in_the_way_of_urung_but_evidence_does(book: Book) -> None:
    book.do("selesai", TW1, 1)
    book.do("komentar", TW1, 2, bidang="A", note="halo")
    book.do("dokumen", TW1, 2, bidang="A", evidence=Evidence("1"))
    book.refuses(Rule.BUILT_ON, "urung", TW1, 1)
    book.do("urung", TW1, 2, bidang="A")
    book.do("urung", TW1, 1)


def test_an_untouched_join_closes_again_for_anyone_who_helped_open_it(book: Book) -> None:
    book.reach(TW1, 5)
    book.do("urung", TW1, 4, bidang="A")
    assert book.waits(TW1, 5)
    assert book.open_steps(TW1) == [(4, "A")]
    book.finish(TW1, 4, "A")
    book.do("mulai", TW1, 5)
    book.refuses(Rule.BUILT_ON, "urung", TW1, 4, bidang="B")


def test_a_second_urung_takes_the_act_before(book: Book) -> None:
    book.do("mulai", TW1, 1)
    book.do("tunda", TW1, 1, reason="rapat")
    book.do("lanjut", TW1, 1)
    for phase in (RunPhase.DITUNDA, RunPhase.DIKERJAKAN, RunPhase.SIAP):
        book.do("urung", TW1, 1)
        assert book.phase(TW1, 1) is phase
    refusal = book.refuses(Rule.NOTHING_TO_UNDO, "urung", TW1, 1)
    assert refusal.facts["opened_by"] is Act.BUKA


def test_undone_runs_leave_the_view_and_their_attempt_number_is_free_again(book: Book) -> None:
    """Undone runs leave the view and their attempt number is free again; revisions only grow."""
    book.do("selesai", TW1, 1)
    revision = book.run(TW1, 2, "A").revision
    book.do("urung", TW1, 1)
    assert book.case(TW1).vanished[2, "A"] > revision
    book.refuses(StaleRevision, "mulai", TW1, 2, bidang="A", seen=revision)
    book.do("selesai", TW1, 1)
    run = book.run(TW1, 2, "A")
    assert run.attempt == 1
    assert run.revision > revision + 1
    book.refuses(StaleRevision, "mulai", TW1, 2, bidang="A", seen=revision)


def test_urung_of_a_tidak_brings_everything_back(book: Book) -> None:
    book.reach(TW1, 6)
    book.do("mulai", TW1, 6)
    before = book.case(TW1)
    book.do("putuskan", TW1, 6, answer=Answer.TIDAK, note="belum")
    book.do("urung", TW1, 6)
    after = book.case(TW1)
    assert [(run.key, run.phase, run.valid) for run in after.runs.values()] == [
        (run.key, run.phase, run.valid) for run in before.runs.values()
    ]


def test_a_run_cut_by_a_later_act_is_not_undone_before_that_act(book: Book) -> None:
    book.reach(TW1, 5)
    book.do("mulai", TW1, 5)
    book.do("kembalikan", TW1, 5, target=1, note="ulang")
    refusal = book.refuses(Rule.CUT_SINCE, "urung", TW1, 5)
    assert refusal.facts["act"] is Act.KEMBALIKAN
    book.refuses(Rule.CUT_SINCE, "urung", TW1, 4, bidang="A")
    book.do("urung", TW1, 1)
    assert book.phase(TW1, 5) is RunPhase.DIKERJAKAN
    book.do("urung", TW1, 5)


def test_kembalikan_is_undone_on_a_step_it_opened(book: Book) -> None:
    book.complete(TW1)
    book.do("kembalikan", TW1, 6, target=4, named=("B",), note="salah")
    assert book.case(TW1).phase is CasePhase.BERJALAN
    book.do("urung", TW1, 4, bidang="B")
    assert book.case(TW1).phase is CasePhase.SELESAI
    assert book.open_steps(TW1) == []


def test_gabung_is_undone_on_the_join_it_opened(book: Book) -> None:
    book.do("selesai", TW1, 1)
    for bidang in "AB":
        for number in (2, 3, 4):
            book.do("selesai", TW1, number, bidang=bidang)
    book.do("mulai", TW1, 2, bidang="C")
    book.do("gabung", TW1, reason="tanpa C")
    book.refuses(Rule.CUT_SINCE, "urung", TW1, 2, bidang="C")
    book.do("urung", TW1, 5)
    assert book.open_steps(TW1) == [(2, "C")]
    assert book.phase(TW1, 2, "C") is RunPhase.DIKERJAKAN
    assert (4, "C", 1) not in book.case(TW1).runs


def test_ubah_bidang_is_undone_on_a_step_it_opened_the_last_first(book: Book) -> None:
    book.do("selesai", TW1, 1)
    book.do("ubah-bidang", TW1, added=("D",), reason="baru")
    book.do("ubah-bidang", TW1, added=("E",), removed=("A",), reason="baru")
    book.refuses(Rule.BUILT_ON, "urung", TW1, 2, bidang="D")
    book.do("urung", TW1, 2, bidang="E")
    assert book.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C"), (2, "D")]
    book.do("urung", TW1, 2, bidang="D")
    assert book.case(TW1).regions == {2: ("A", "B", "C")}


def test_urung_of_a_koreksi_meets_koreksis_guard(book: Book) -> None:
    book.do("selesai", TW1, 1)
    ended = book.run(TW1, 1).ended
    assert ended is not None
    book.now += HOUR
    book.do("koreksi", TW1, 1, ended=second(ended - 5 * MINUTE))
    book.do("mulai", TW1, 2, bidang="A", at=second(ended - 60))
    book.refuses(Rule.SUCCESSOR_MOVED, "urung", TW1, 1)
    book.do("urung", TW1, 2, bidang="A")
    book.do("urung", TW1, 1)
    assert book.run(TW1, 2, "A").ready == ended


def test_urung_of_a_koreksi_meets_no_other_guard(book: Book) -> None:
    """urung of a koreksi meets koreksi's guard and no other: neither a later loop-back nor a hold stands in its way."""
    book.complete(TW1)
    ended = book.run(TW1, 6).ended
    assert ended is not None
    book.do("koreksi", TW1, 6, ended=second(ended - 60))
    book.do("kembalikan", TW1, 7, target=6, note="ulang")
    book.do("mulai", TW1, 6)
    book.do("tahan", TW1, reason="audit")
    book.do("koreksi", TW1, 1, note="salah ketik")
    book.do("urung", TW1, 1)
    book.do("lanjutkan", TW1)
    book.do("putuskan", TW1, 6, answer=Answer.YA)
    assert book.case(TW1).runs[6, None, 1].ended == ended - 60


def test_urung_of_a_koreksi_on_an_overtaken_run(book: Book) -> None:
    book.reach(TW1, 6)
    book.tidak(TW1, 6)
    ended = book.run(TW1, 5).ended
    assert ended is not None
    book.do("koreksi", TW1, 5, ended=second(ended - 60))
    book.do("kembalikan", TW1, 3, bidang="A", target=2, note="ulang")
    assert book.run(TW1, 5).cut_by is not None
    book.do("urung", TW1, 5)
    assert book.run(TW1, 5).ended == ended


def test_urung_of_a_koreksi_meets_the_order_of_moments_and_holds(book: Book) -> None:
    """Koreksi's guard: the run's moments stay in order, and none falls into a hold."""
    book.do("selesai", TW1, 1)
    first = book.run(TW1, 1).ended
    assert first is not None
    book.do("mulai", TW1, 2, bidang="A")
    started = book.run(TW1, 2, "A").started
    assert started is not None
    book.do("selesai", TW1, 2, bidang="A")
    book.do("koreksi", TW1, 2, bidang="A", started=second(started + 120))
    book.do("koreksi", TW1, 1, ended=second(started + 60))
    book.refuses(Rule.OUT_OF_ORDER, "urung", TW1, 2, bidang="A")
    book.do("urung", TW1, 1)
    book.do("urung", TW1, 2, bidang="A")
    ended = book.run(TW1, 2, "A").ended
    assert ended is not None
    book.do("koreksi", TW1, 2, bidang="A", ended=second(ended - 300))
    book.do("tahan", TW1, reason="audit", at=second(ended - 200))
    book.do("lanjutkan", TW1)
    book.refuses(Rule.IN_HOLD, "urung", TW1, 2, bidang="A")


def test_urung_of_a_koreksi_gives_the_successors_verdict_back(book: Book) -> None:
    book.do("selesai", TW1, 1)
    ended = book.run(TW1, 1).ended
    assert ended is not None
    book.do("mulai", TW1, 2, bidang="A")
    book.do("koreksi", TW1, 1, ended=second(ended - 10 * MINUTE))
    book.do("selesai", TW1, 2, bidang="A")
    verdict = book.run(TW1, 2, "A").verdict
    assert verdict is not None
    assert verdict.queue_seconds == 20 * MINUTE
    book.do("urung", TW1, 1)
    verdict = book.run(TW1, 2, "A").verdict
    assert verdict is not None
    assert verdict.queue_seconds == 10 * MINUTE


def test_urung_of_a_koreksi_after_a_tidak_is_not_mistaken_for_a_cut(book: Book) -> None:
    book.reach(TW1, 6)
    book.tidak(TW1, 6)
    book.do("koreksi", TW1, 6, note="catatan")
    book.do("urung", TW1, 6)
    assert book.run(TW1, 6).answer is Answer.TIDAK


def test_urung_of_the_last_step_reopens_the_case(book: Book) -> None:
    book.complete(TW1)
    book.do("urung", TW1, 7)
    case = book.case(TW1)
    assert (case.phase, case.ended) == (CasePhase.BERJALAN, None)
    assert book.phase(TW1, 7) is RunPhase.DIKERJAKAN


# ---------------------------------------------------------------------- centang, dokumen, komentar
def test_centang_and_dokumen_are_taken_in_any_state(book: Book) -> None:
    book.do("centang", TW1, 1, item=1)
    book.refuses(Rule.ALREADY_TICKED, "centang", TW1, 1, item=1)
    book.refuses(Unknown, "centang", TW1, 1, item=2)
    book.do("selesai", TW1, 1)
    book.do("centang", TW1, 1, item=1, on=False)
    book.do("dokumen", TW1, 1, evidence=Evidence(location="lemari 3"))
    book.refuses(FaultyInput, "dokumen", TW1, 1, evidence=Evidence(location=" "))
    run = book.run(TW1, 1)
    assert (run.ticks, run.evidence) == ((), (Evidence(location="lemari 3"),))


def test_komentar_is_anybodys_and_raises_no_revision(office: Book) -> None:
    before = office.state
    office.do("komentar", TW1, 1, by="tamu", note="kapan selesai?")
    office.do("komentar", TW1, 5, by="admin", note="belum sampai")
    assert office.state == before
    office.refuses(Rule.COMMENT_NEEDED, "komentar", TW1, 1, by="tamu")
    office.refuses(Rule.NOT_MEMBER, "komentar", TW1, 1, by="kasubag", note="x", on_behalf=STAF)


def test_ticks_and_evidence_are_not_typed_before_the_last_moment_of_the_run(book: Book) -> None:
    """6. No act's effective time lies before the last effective moment of any run it acts on."""
    book.do("mulai", TW1, 1)
    started = book.run(TW1, 1).started
    assert started is not None
    book.refuses(Rule.BEFORE_BOUND, "centang", TW1, 1, item=0, at=second(started - 1))
    book.refuses(Rule.BEFORE_BOUND, "dokumen", TW1, 1, evidence=Evidence("1"), at=second(started - 1))
    book.do("centang", TW1, 1, item=0, at=second(started))


def test_urung_raises_the_revisions_of_what_it_changed_and_of_nothing_else(book: Book) -> None:
    book.do("selesai", TW1, 1)
    book.do("mulai", TW1, 2, bidang="A")
    book.do("mulai", TW1, 2, bidang="B")
    assert book.do("urung", TW1, 2, bidang="A").event.touches == (f"r:{TW1}#1:2:A",)


def test_a_tidak_is_not_undone_once_the_region_it_reopened_was_changed(book: Book) -> None:
    book.reach(TW1, 6)
    book.tidak(TW1, 6)
    book.do("ubah-bidang", TW1, added=("D",), reason="baru")
    refusal = book.refuses(Rule.BUILT_ON, "urung", TW1, 6)
    assert refusal.facts["act"] is Act.UBAH_BIDANG
    book.do("urung", TW1, 2, bidang="D")
    book.do("urung", TW1, 6)


def test_a_kembalikan_inside_the_region_is_undone_although_a_bidang_came_since(book: Book) -> None:
    book.do("selesai", TW1, 1)
    book.do("selesai", TW1, 2, bidang="A")
    book.do("kembalikan", TW1, 3, target=2, named=("A",), note="kurang")
    book.do("ubah-bidang", TW1, added=("D",), reason="baru")
    book.do("urung", TW1, 2, bidang="A")
    assert book.open_steps(TW1) == [(2, "B"), (2, "C"), (2, "D"), (3, "A")]


def test_a_finished_case_is_finished_again_though_it_was_held_between(book: Book) -> None:
    book.complete(TW1)
    book.do("kembalikan", TW1, 7, target=6, note="ulang")
    book.do("tahan", TW1, reason="audit")
    book.do("lanjutkan", TW1)
    book.do("urung", TW1, 6)
    case = book.case(TW1)
    assert (case.phase, case.open_runs()) == (CasePhase.SELESAI, [])


def test_of_two_kembalikan_the_last_is_undone_first(book: Book) -> None:
    book.complete(TW1)
    book.do("kembalikan", TW1, 7, target=2, named=("A",), note="ulang")
    book.do("kembalikan", TW1, 4, target=2, named=("B",), note="ulang")
    book.refuses(Rule.BUILT_ON, "urung", TW1, 2, bidang="A")
    book.do("urung", TW1, 2, bidang="B")
    book.do("urung", TW1, 2, bidang="A")
    assert book.case(TW1).phase is CasePhase.SELESAI

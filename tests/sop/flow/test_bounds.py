"""What a typed time may not lie before (rule 6), and how the refusal names what set the bound."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sop.acts import ruling
from sop.acts.ruling import Ruling
from sop.model.refusals import Refused, Rule
from sop.values import replace
from tests.sop.flow import shapes
from tests.sop.flow.book import DAY, HOUR, MINUTE, S1, TH, TW1, TW2, Book, at, minute, second

REASON = "dicatat kemudian"


@pytest.fixture
def book() -> Book:
    """TW I open, step 1 at work since 08.10."""
    book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
    book.do("buka", TW1)
    book.do("mulai", TW1, 1)
    return book


@pytest.fixture
def half() -> Book:
    """TW I and II closed, S1 open and its first step siap."""
    book = Book(shapes.nine_steps(), now="2025-07-01 08:00")
    book.close(TW1, TW2)
    book.do("buka", S1)
    return book


def refused(book: Book, act: str, *place: object, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        book.do(act, *place, **more)  # type: ignore[arg-type]
    return caught.value


def setter(refusal: Refused) -> tuple[object, ...]:
    """What set the bound: the act, or the step, and where."""
    facts = refusal.facts
    return tuple(facts[name] for name in ("set_by", "step", "period") if facts.get(name) is not None)


class TestWorkThatWasDoneBefore:
    def test_a_hold_since_then_does_not_bound_it(self, book: Book) -> None:
        done = book.now
        book.now += HOUR
        held = book.do("tahan", TW1, reason="audit").event.at
        book.now += DAY
        resumed = book.do("lanjutkan", TW1).event.at
        for moment in (held + 1, resumed - 1):
            book.refuses(Rule.IN_HOLD, "selesai", TW1, 1, at=second(moment), reason=REASON)
        event = book.do("selesai", TW1, 1, at=second(done), reason=REASON).event
        assert (event.at, event.late_entry) == (done, True)
        assert (book.run(TW1, 1).ended, book.run(TW1, 2).ready) == (done, done)

    def test_a_start_and_an_end_may_stand_on_both_sides_of_a_hold(self, book: Book) -> None:
        book.do("selesai", TW1, 1)
        begun = book.run(TW1, 2).ready
        book.now += HOUR
        held = book.do("tahan", TW1, reason="audit").event.at
        book.now += HOUR
        resumed = book.do("lanjutkan", TW1).event.at
        book.refuses(Rule.IN_HOLD, "selesai", TW1, 2, started=second(held + 1), at=second(resumed + 1), reason=REASON)
        book.do("selesai", TW1, 2, started=second(begun), at=second(resumed), reason=REASON)
        assert (book.run(TW1, 2).started, book.run(TW1, 2).ended) == (begun, resumed)

    def test_a_minute_that_holds_the_end_of_a_hold_is_raised_to_it(self, book: Book) -> None:
        book.now += HOUR
        book.do("tahan", TW1, reason="audit")
        book.now += HOUR + 17
        resumed = book.do("lanjutkan", TW1).event.at
        assert book.do("selesai", TW1, 1, at=minute(resumed)).event.at == resumed
        assert book.do("koreksi", TW1, 1, ended=minute(resumed), note="x").event.data["after"]["ended"] == resumed

    def test_an_untyped_act_inside_a_hold_takes_effect_at_its_end_in_doubt(self, book: Book) -> None:
        book.now += HOUR
        book.do("tahan", TW1, reason="audit")
        book.now += HOUR
        resumed = book.do("lanjutkan", TW1).event.at
        book.now = resumed - 5 * MINUTE
        event = book.do("selesai", TW1, 1).event
        assert (event.at, event.doubted) == (resumed, True)

    def test_a_closing_and_a_reopening_since_then_do_not_bound_it(self) -> None:
        book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
        book.close(TW1)
        true_end = (book.run(TW1, 5).started or 0) + MINUTE
        book.now += DAY
        book.do("buka-kembali", TW1, reason="salah catat")
        book.do("urung", TW1, 5)
        event = book.do("selesai", TW1, 5, at=second(true_end), reason=REASON).event
        assert event.at == true_end
        assert book.case(TW1).ended == true_end

    def test_it_lies_behind_the_opening_and_the_runs_own_moments(self, book: Book) -> None:
        refusal = refused(book, "selesai", TW1, 1, at=second(at("2025-04-06 10:00")), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("langkah", 1))
        assert refusal.facts["bound"] == book.run(TW1, 1).started
        book.do("selesai", TW1, 1)
        refusal = refused(book, "mulai", TW1, 2, at=second(book.run(TW1, 2).ready - 1), reason=REASON)
        assert setter(refusal) == ("langkah", 1)


class TestWhatEndsTheCase:
    def ready_to_end(self) -> tuple[Book, int]:
        """A book whose last step was at work before a hold; the end of that."""
        book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
        book.do("buka", TW1)
        for step in (1, 2, 3, 4):
            book.do("selesai", TW1, step, started=second(book.now))
        book.do("mulai", TW1, 5)
        book.now += HOUR
        book.do("tahan", TW1, reason="audit")
        book.now += HOUR
        resumed = book.do("lanjutkan", TW1).event.at
        return book, resumed

    def test_it_does_not_lie_before_the_last_lanjutkan(self) -> None:
        book, resumed = self.ready_to_end()
        begun = book.run(TW1, 5).started or 0
        refusal = refused(book, "selesai", TW1, 5, at=second(begun + MINUTE), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("lanjutkan", TW1))
        book.do("selesai", TW1, 5, at=second(resumed))

    def test_nor_does_a_correction_bring_it_there(self) -> None:
        book, resumed = self.ready_to_end()
        begun = book.run(TW1, 5).started or 0
        book.do("selesai", TW1, 5)
        refusal = refused(book, "koreksi", TW1, 5, ended=second(begun + MINUTE), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("lanjutkan", TW1))
        book.do("koreksi", TW1, 5, ended=minute(resumed), reason=REASON)
        assert book.run(TW1, 5).ended == resumed

    def test_an_earlier_step_may_lie_before_the_hold(self, book: Book) -> None:
        book.now += HOUR
        book.do("tahan", TW1, reason="audit")
        book.now += HOUR
        book.do("lanjutkan", TW1)
        book.do("selesai", TW1, 1)
        book.do("koreksi", TW1, 1, ended=second((book.run(TW1, 1).started or 0) + MINUTE), reason=REASON)


class TestRecordedLate:
    """Acts of less than a minute ago are of now; acts of more than a working day ago want a reason."""

    def entry(self, seconds: int, reason: str | None = None) -> bool:
        """Whether a start typed so long after it happened counts as recorded late."""
        book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
        book.do("buka", TW1)
        begun = book.now
        book.now += seconds
        event = book.do("mulai", TW1, 1, at=second(begun), reason=reason).event
        assert book.run(TW1, 1).late_entry is event.late_entry
        return event.late_entry

    def minute_counts(self) -> None:
        assert [self.entry(seconds) for seconds in (0, 59, 60, 61)] == [False, False, True, True]

    def test_a_minute_makes_it_late(self) -> None:
        self.minute_counts()

    @pytest.mark.faults
    @pytest.mark.parametrize("seconds", [59, 61])
    def test_another_boundary_is_noticed(self, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Seeded: the boundary lies a second beside the minute."""
        monkeypatch.setattr(ruling, "LATE_SECONDS", seconds)
        with pytest.raises(AssertionError):
            self.minute_counts()

    def working_day_counts(self) -> None:
        # Typed on Monday: the next working day closes on Tuesday at 16.00.
        closing = at("2025-04-08 16:00") - at("2025-04-07 08:10")
        assert [self.wants_a_reason(closing + more) for more in (0, 1)] == [False, True]
        assert self.entry(closing + 1, REASON)

    def wants_a_reason(self, seconds: int) -> bool:
        try:
            self.entry(seconds)
        except Refused as refusal:
            return refusal.rule is Rule.LATE_REASON_NEEDED
        return False

    def test_the_close_of_the_next_working_day_asks_for_a_reason(self) -> None:
        self.working_day_counts()

    @pytest.mark.faults
    @pytest.mark.parametrize("moved", [-1, 1])
    def test_another_closing_is_noticed(self, moved: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Seeded: the boundary lies a second beside the close of business."""
        judged = Ruling.is_very_late
        monkeypatch.setattr(Ruling, "is_very_late", lambda self, moment: _beside(judged, self, moment, moved))
        with pytest.raises(AssertionError):
            self.working_day_counts()


def _beside(judged: Callable[[Ruling, int], bool], found: Ruling, moment: int, moved: int) -> bool:
    found.context = replace(found.context, now=found.context.now + moved)
    try:
        return judged(found, moment)
    finally:
        found.context = replace(found.context, now=found.context.now - moved)


class TestFirstStepBehindAGate:
    def test_it_is_not_finished_before_the_closing_that_it_takes_in(self, half: Book) -> None:
        half.do("mulai", S1, 6)
        half.do("buka-kembali", TW2, reason="data menyusul")
        half.now += HOUR
        closed = half.do("tutup", TW2).event.at
        refusal = refused(half, "selesai", S1, 6, at=second(closed - 1), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("tutup", TW2))
        half.do("selesai", S1, 6, at=second(closed), reason=REASON)

    def test_nor_before_the_waiver(self, half: Book) -> None:
        half.do("mulai", S1, 6)
        half.do("buka-kembali", TW2, reason="data menyusul")
        half.now += HOUR
        waived = half.do("bebaskan", S1, child=TW2, reason="tidak ditunggu").event.at
        refusal = refused(half, "selesai", S1, 6, at=second(waived - 1), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("bebaskan", S1))
        half.do("selesai", S1, 6, at=second(waived), reason=REASON)

    def test_a_correction_stays_behind_what_was_taken_in_and_heeds_nothing_later(self, half: Book) -> None:
        half.do("mulai", S1, 6)
        half.do("buka-kembali", TW2, reason="data menyusul")
        half.now += HOUR
        closed = half.do("tutup", TW2).event.at
        half.do("selesai", S1, 6)
        half.now += HOUR
        half.do("buka-kembali", TW1, reason="salah angka")
        half.do("tutup", TW1)
        refusal = refused(half, "koreksi", S1, 6, ended=second(closed - 1), reason=REASON)
        assert setter(refusal) == ("tutup", TW2)
        half.do("koreksi", S1, 6, ended=second(closed), reason=REASON)


class TestPeriods:
    def test_nothing_opens_before_the_reopening_of_what_stands_above(self) -> None:
        book = Book(shapes.nine_steps(), now="2025-07-01 08:00")
        book.close(TW1)
        book.do("bebaskan", S1, child=TW2, reason="sebelum program dipakai")
        book.close(S1)
        closed = book.log[-1].at
        book.now += HOUR
        reopened = book.do("buka-kembali", S1, reason="keliru").event.at
        book.now += HOUR
        # A waiver since then is the period's last act and no bound of what lies below.
        book.do("bebaskan", TH, child=S1, reason="tidak ditunggu")
        for act, period in (("buka", TW2), ("buka-kembali", TW1)):
            refusal = refused(book, act, period, at=second(closed + 1), reason=REASON)
            assert (refusal.rule, refusal.facts["bound"]) == (Rule.BEFORE_BOUND, reopened)
            assert setter(refusal) == ("buka-kembali", S1)
        assert book.do("buka-kembali", TW1, at=second(reopened), reason=REASON).event.at == reopened
        assert book.do("buka", TW2, at=minute(reopened), reason=REASON).event.at == reopened

    def test_a_waiver_lies_behind_everything_in_its_own_case(self, half: Book) -> None:
        half.do("mulai", S1, 6)
        started = half.run(S1, 6).started or 0
        half.do("buka-kembali", TW2, at=second(started - MINUTE), reason="data menyusul")
        refusal = refused(half, "bebaskan", S1, child=TW2, at=second(started - 1), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("langkah", 6))

    def test_a_bidang_is_not_added_before_the_region_was_entered(self) -> None:
        fan = Book(shapes.seven_steps(), now="2025-04-07 08:00")
        fan.do("buka", TW1)
        for step in (1, 2):
            fan.do("selesai", TW1, step, started=second(fan.now))
        entered = fan.run(TW1, 3, fan.bidang[0]).ready
        fan.now += HOUR
        refusal = refused(fan, "ubah-bidang", TW1, added=("Aset Daerah",), at=second(entered - 1), reason="ditambah")
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("langkah", 2))
        fan.do("ubah-bidang", TW1, added=("Aset Daerah",), at=second(entered), reason="ditambah")
        assert fan.run(TW1, 3, "Aset Daerah").ready == entered

    def test_a_return_lies_behind_the_reopening_of_its_period(self) -> None:
        book = Book(shapes.nine_steps(), now="2025-04-07 08:00")
        book.close(TW1)
        book.now += HOUR
        reopened = book.do("buka-kembali", TW1, reason="keliru").event.at
        refusal = refused(book, "kembalikan", TW1, 5, target=4, note="x", at=second(reopened - 1), reason=REASON)
        assert (refusal.rule, setter(refusal)) == (Rule.BEFORE_BOUND, ("buka-kembali", TW1))

    def test_a_case_begun_anew_after_a_reopening_is_bounded_by_its_own_opening(self, book: Book) -> None:
        book.do("hentikan", TW1, reason="salah periode")
        book.do("tutup", TW1, reason="dihentikan")
        book.now += HOUR
        book.do("buka-kembali", TW1, reason="keliru")
        book.now += HOUR
        begun = book.do("mulai-ulang", TW1, reason="dikerjakan lagi").event.at
        book.now += HOUR
        refusal = refused(book, "selesai", TW1, 1, started=second(begun - 1), at=second(begun + 1), reason=REASON)
        assert (refusal.rule, refusal.facts["bound"]) == (Rule.BEFORE_BOUND, begun)
        assert setter(refusal) == ("mulai-ulang", TW1)

"""What the dashboard says is what the cards of the board say, through any walk; and the figures of rules part 5."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from sakip_tui.views.dashboard_words import chores_of, period_state
from sop.look.card import Card, standing
from sop.look.cards import board_cards
from sop.look.dashboard import Dashboard, Spot, dashboard, summed
from sop.look.figures import Figures, case_figures
from sop.look.forecast import forecasts
from sop.look.outlook import outlooks, thinned
from sop.look.standing import Stand, Urgency
from sop.look.year import progress_of
from sop.model.state import CasePhase, PeriodPhase, RunPhase
from sop.time.elapsed import working_days_since
from tests.sop.flow import shapes
from tests.sop.flow.book import CALENDAR, DAY, HOUR, MINUTE, S1, TW1, TW2, TW3, Book, at
from tests.sop.flow.test_machine import WALKS, Walk, stroll

DONE = (RunPhase.SELESAI, RunPhase.DILEWATI)


def seen(book: Book, now: int | None = None) -> Dashboard:
    return dashboard(book, book.now if now is None else now)


def cards_of(book: Book, key: str) -> list[Card]:
    return board_cards(book, key)


def open_cards(book: Book, now: int) -> Iterator[tuple[str, Card, Stand]]:
    """Every card that somebody has to do something about."""
    for key, period in book.state.periods.items():
        case = book.state.case_of(key)
        if period.phase is PeriodPhase.BUKA and case is not None and case.phase is not CasePhase.DIHENTIKAN:
            for card in cards_of(book, key):
                if card.is_open and not card.summary:
                    yield key, card, standing(card, now, book.calendar, book.settings)


def counted(cards: list[Card]) -> tuple[int, int]:
    """(done, of all) steps, as a reader of the board counts them."""
    steps = [card for card in cards if card.bidang is None]
    return sum(card.state in ("selesai", "dilewati") for card in steps), len(steps)


def urgency_of(stands: Stand, now: int) -> Urgency | None:
    """Told from a card's standing alone."""
    if stands.late:
        return Urgency.LATE
    if stands.at_risk:
        return Urgency.RISK
    if stands.not_started:
        return Urgency.NOT_STARTED
    if stands.due_at is None:
        return None
    due, today = CALENDAR.date_of(stands.due_at), CALENDAR.date_of(now)
    monday = today - dt.timedelta(days=today.weekday())
    return Urgency.TODAY if due <= today else Urgency.WEEK if due < monday + dt.timedelta(days=7) else None


def agrees_with_the_board(book: Book) -> None:
    """One sentence of the walks below."""
    now = book.now + 2 * HOUR
    found = seen(book, now)
    told = list(open_cards(book, now))
    wanted = {
        (
            *(Spot(key, card.step, card.bidang), urgency, card.lane, card.holder, stands.due_at),
            *(stands.late_seconds or 0, stands.queue_seconds),
        )
        for key, card, stands in told
        if (urgency := urgency_of(stands, now)) is not None
    }
    assert {
        (one.spot, one.urgency, one.lane, one.holder, one.due_at, one.late_seconds, one.queue_seconds)
        for one in found.pressing
    } == wanted
    lanes = Counter(card.lane for _, card, _ in told)
    assert {load.lane: load.queue + load.active for load in found.lanes} == dict(lanes)
    late = Counter(card.lane for _, card, stands in told if stands.late)
    assert {load.lane: load.late for load in found.lanes if load.late} == dict(late)
    order = [(-load.late, -load.queue - load.active) for load in found.lanes]
    assert order == sorted(order)
    waiting = Counter(
        card.lane
        for _, card, _ in told
        if card.state == RunPhase.SIAP or (card.state == RunPhase.DITUNDA and card.started_at is None)
    )
    assert {load.lane: load.queue for load in found.lanes if load.queue} == dict(waiting)
    for one in found.periods:
        cards = cards_of(book, one.key)
        case = book.state.case_of(one.key)
        if case is None or case.phase is not CasePhase.DIHENTIKAN:
            # The board shows of a stopped case how it was cut; here only what was done counts.
            assert (one.done, one.total) == counted(cards) == progress_of(book, one.key), one.key
    for region in found.regions:
        cards = [card for card in cards_of(book, region.period) if card.step == region.last]
        summary = next(card for card in cards if card.summary)
        assert summary.joined == region.handed
        through = {card.bidang for card in cards if not card.summary and card.state in DONE}
        assert {one.bidang for one in region.bidang if one.through_at is not None} == through
    ahead = outlooks(book, {})
    thin = forecasts({key: thinned(each) for key, each in ahead.items()}, book.calendar, now)
    for key, whole in forecasts(ahead, book.calendar, now).items():
        assert (thin[key].case_at, thin[key].period_at) == (whole.case_at, whole.period_at), key


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
@pytest.mark.parametrize("seed", range(4))
def test_the_dashboard_agrees_with_the_board_through_any_walk(walk: type[Walk], seed: int) -> None:
    class Watched(walk):  # type: ignore[misc, valid-type]
        checks = (agrees_with_the_board,)

    assert len(stroll(Watched, seed).book.log) > 5


# ---------------------------------------------------------------------- single sentences


@pytest.fixture
def book() -> Book:
    return Book(shapes.decisions(), now="2025-01-06 08:00")


def test_before_anything_is_open_nothing_is_told_as_zero(book: Book) -> None:
    found = seen(book)
    assert (found.pressing, found.lanes, found.regions, found.slowest) == ((), (), (), ())
    assert found.figures is None
    assert all(one.figures is None and one.done == 0 for one in found.periods)


def test_a_case_without_an_ended_run_has_no_share_and_no_time(book: Book) -> None:
    book.do("buka", TW1)
    figures = seen(book).figures
    assert figures is not None
    assert (figures.on_time_share, figures.first_pass_share) == (None, None)
    assert (figures.queue_seconds, figures.work_seconds) == (None, None)


def test_figures_of_several_periods_are_added_and_what_is_missing_in_all_stays_missing() -> None:
    book = Book(shapes.nine_steps(), now="2025-07-07 08:00")
    book.close(TW1, TW2)
    found = seen(book)
    assert found.figures is not None
    parts = [case_figures(book.case(key), book.calendar) for key in (TW1, TW2)]
    assert found.figures.ended == parts[0].ended + parts[1].ended == 10
    assert found.figures.queue_seconds == sum(part.queue_seconds or 0 for part in parts)
    assert found.figures.decision_seconds is None
    assert summed([]) is None


def test_a_stopped_case_stands_apart_from_the_years_figures(book: Book) -> None:
    book.reach(TW1, 2)
    assert seen(book).figures is not None
    book.do("hentikan", TW1, reason="SOP baru")
    found = seen(book)
    assert found.figures is None
    assert found.slowest == ()


def test_bidang_are_told_missing_ones_first_with_the_working_days_they_have_waited(book: Book) -> None:
    book.reach(TW1, 2)
    for step in (2, 3, 4):
        book.finish(TW1, step, "B")
    later = at("2025-01-13 10:00")
    (region,) = seen(book, later).regions
    assert (region.first, region.last, region.join, region.handed.handed_in) == (2, 4, 5, 1)
    assert [one.bidang for one in region.bidang] == ["A", "C", "B"]
    missing, _, there = region.bidang
    # From Monday 6 to Monday 13 January: five working days after the first.
    assert (missing.days, missing.handed_in_at, missing.step) == (5, None, 2)
    assert (there.days, there.handed_in_at) == (None, book.run(TW1, 4, "B").ended)


def test_a_region_left_by_a_loop_back_is_no_longer_told(book: Book) -> None:
    book.reach(TW1, 5)
    assert seen(book).regions[0].handed.handed_in == 3
    book.tidak(TW1, 5)
    assert seen(book).regions == ()


def test_urgency_goes_from_this_week_to_late(book: Book) -> None:
    book.do("buka", TW1)
    book.do("mulai", TW1, 1)
    begun = book.run(TW1, 1).started
    assert begun is not None
    for passed, urgency in ((0, Urgency.TODAY), (25, Urgency.RISK), (30, Urgency.RISK), (31, Urgency.LATE)):
        (one,) = seen(book, begun + passed * MINUTE).pressing
        assert one.urgency is urgency, passed
    # Started at the end of Monday's last quarter of an hour: due on Tuesday.
    book = Book(shapes.decisions(), now="2025-01-06 15:40")
    book.do("buka", TW1)
    book.do("mulai", TW1, 1)
    (one,) = seen(book).pressing
    assert one.urgency is Urgency.WEEK


def test_what_presses_most_comes_first_in_its_lane(book: Book) -> None:
    book.reach(TW1, 2)
    book.do("mulai", TW1, 2, bidang="C")
    (load,) = seen(book, book.now + 3 * HOUR).lanes
    assert load.first == Spot(TW1, 2, "C")
    assert (load.queue, load.active, load.late, load.holders) == (2, 1, 1, ("kasubag",))


def test_the_decider_has_the_turn_once_work_is_handed_in(book: Book) -> None:
    book.reach(TW1, 5)
    assert [load.lane for load in seen(book).lanes] == [book.sop.step(5).pelaksana[0]]
    book.do("mulai", TW1, 5)
    book.do("ajukan", TW1, 5)
    assert [load.lane for load in seen(book).lanes] == [book.sop.step(5).decider]


def test_periods_say_what_can_be_done_with_them() -> None:
    book = Book(shapes.nine_steps(), now="2025-07-07 08:00")
    stands = {one.key: one for one in seen(book).periods}
    assert stands[TW3].opens_on == dt.date(2025, 7, 1)
    assert stands[S1].opens_on is None, "it waits for its quarters"
    book.complete(TW1)
    assert {one.key for one in seen(book).periods if one.may_close} == {TW1}
    book.do("buka", S1)
    book.do("bebaskan", S1, child=TW2, reason="sebelum program dipakai")
    stands = {one.key: one for one in seen(book).periods}
    assert (stands[TW2].is_waived, stands[TW2].opens_on) == (True, None)
    assert stands[S1].waiting == (TW1,)


def test_a_period_that_the_rules_do_not_let_close_is_not_said_to_be_left_to_close() -> None:
    book = Book(shapes.nine_steps(), now="2025-11-03 08:00")
    book.close(TW1, TW2)
    book.complete(S1)
    assert {one.key: one.may_close for one in seen(book).periods}[S1]
    book.do("buka-kembali", TW1, reason="keliru")
    book.do("tutup", TW1)
    stand = next(one for one in seen(book).periods if one.key == S1)
    assert (stand.may_close, stand.stale) == (False, (TW1,))
    assert period_state(stand) == ("masukan basi", "risk")
    assert [chore.text for chore in chores_of([stand])] == [
        "masukan Semester I basi karena TW I dibuka kembali: ulangi, atau pilih Tidak menunggu"
    ]
    whole = outlooks(book, {})
    found = forecasts(whole, book.calendar, book.now)[S1]
    assert (found.only_closing, found.is_stale, found.period_at) == (False, True, None)


def test_the_pengelola_is_told_of_a_fourth_attempt_as_long_as_it_is_open(book: Book) -> None:
    """From the 4th attempt on the pengelola is warned, whoever brought it about."""
    book.reach(TW1, 6)
    for _ in range(3):
        assert all(not one.rounds for one in seen(book).periods)
        book.tidak(TW1, 6)
        book.reach(TW1, 6)
    stand = next(one for one in seen(book).periods if one.key == TW1)
    assert stand.rounds == ((6, 4),)
    assert "langkah 6 TW I sudah putaran ke-4" in chores_of([stand])[-1].text


def test_the_slowest_step_is_first_by_the_median_of_queue_and_work(book: Book) -> None:
    book.do("buka", TW1)
    book.now += 2 * HOUR
    book.finish(TW1, 1)
    for bidang in ("A", "B", "C"):
        book.finish(TW1, 2, bidang)
    first, second = seen(book).slowest
    assert (first.step, first.runs, second.step, second.runs) == (1, 1, 2, 3)
    verdicts = [book.run(TW1, 2, bidang).verdict for bidang in ("A", "B", "C")]
    cycles = sorted(one.cycle_seconds or 0 for one in verdicts if one is not None)
    assert second.cycle_seconds == cycles[1]


def test_working_days_leave_out_the_day_itself_and_closed_days() -> None:
    friday = at("2025-01-10 09:00")
    waited = [working_days_since(friday, friday + days * DAY, CALENDAR) for days in range(5)]
    assert waited == [0, 0, 0, 1, 2]


def test_figures_of_nothing_cannot_be_taken_for_zero() -> None:
    nothing = Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0, 0, 0, 0, 0)
    assert summed([nothing]) == nothing


def test_of_two_that_began_together_only_the_one_that_was_not_paused_is_late(book: Book) -> None:
    book.reach(TW1, 2)
    book.pace = 0
    for bidang in ("A", "B"):
        book.do("mulai", TW1, 2, bidang=bidang)
    book.do("tunda", TW1, 2, bidang="B", reason="menunggu data")
    found = seen(book, book.now + HOUR)
    assert [(one.spot.bidang, one.urgency) for one in found.pressing if one.urgency is Urgency.LATE] == [
        ("A", Urgency.LATE)
    ]


def test_a_forecast_asks_once_for_bidang_that_stand_alike(book: Book) -> None:
    book.reach(TW1, 2)
    book.finish(TW1, 2, "B")
    ahead = outlooks(book, {})[TW1]
    kept = {stage.step: stage.bidang for stage in thinned(ahead).stages}
    assert kept == {1: None, 2: ("A", "B"), 3: ("A", "B"), 4: ("A", "B"), 5: None, 6: None, 7: None}


def two_quarters() -> Book:
    """The first quarter at its first step; the second in its fan-out, three bidang queued in another lane."""
    book = Book(shapes.decisions(), now="2025-04-07 08:00")
    book.do("buka", TW1)
    book.reach(TW2, 2)
    book.pace = 0
    return book


def test_a_late_lane_comes_before_a_full_one_and_of_two_late_ones_the_one_with_more() -> None:
    book = two_quarters()
    one, three = book.sop.step(1).pelaksana[0], book.sop.step(2).pelaksana[0]
    assert [load.lane for load in seen(book).lanes] == [three, one], "nothing is late: the fullest first"
    book.do("mulai", TW1, 1)
    found = seen(book, book.now + HOUR)
    assert [(load.lane, load.late) for load in found.lanes] == [(one, 1), (three, 0)]
    for bidang in ("A", "B"):
        book.do("mulai", TW2, 2, bidang=bidang)
    found = seen(book, book.now + 3 * HOUR)
    assert [(load.lane, load.late) for load in found.lanes] == [(three, 2), (one, 1)]


def test_of_two_late_lanes_the_one_with_more_late_cards_comes_before_the_fuller_one() -> None:
    book = Book(shapes.decisions(), now="2025-07-07 08:00")
    for period in (TW2, TW3):
        book.do("buka", period)
    book.reach(TW1, 2)
    book.pace = 0
    one, three = book.sop.step(1).pelaksana[0], book.sop.step(2).pelaksana[0]
    for period in (TW2, TW3):
        book.do("mulai", period, 1)
    book.do("mulai", TW1, 2, bidang="A")
    lanes = seen(book, book.now + 3 * HOUR).lanes
    assert [(load.lane, load.late, load.queue + load.active) for load in lanes] == [(one, 2, 2), (three, 1, 3)]


def test_what_is_latest_presses_first_then_what_is_due_next() -> None:
    book = two_quarters()
    book.do("mulai", TW1, 1)
    for bidang in ("B", "A"):
        book.now += 8 * MINUTE
        book.do("mulai", TW2, 2, bidang=bidang)
    order = [Spot(TW1, 1), Spot(TW2, 2, "B"), Spot(TW2, 2, "A")]
    for now, urgency in ((book.now, Urgency.TODAY), (book.now + 3 * HOUR, Urgency.LATE)):
        found = seen(book, now).pressing
        assert {one.urgency for one in found} == {urgency}
        assert [one.spot for one in found] == order

"""What cards say of their time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_tui.board.foot import Finish, card_lines, looking_ahead
from sakip_tui.board.words import Glance
from sakip_tui.glyphs import ASCII, MARK_WORDS
from sakip_tui.views.board import CardColumn, CardView, build_board
from sakip_tui.views.card_words import Mood, marks, next_change, time_label, wait_text
from sakip_tui.views.offers import Onlooker
from sop.look.card import Card, Wait
from sop.look.cards import board_cards
from sop.look.outlook import forecasts_of
from sop.model.act import Act
from sop.model.commands import Typed
from sop.model.pelaksana import Actor
from sop.model.settings import Settings
from sop.time.deadline import ClockStart
from sop.time.work_calendar import WorkCalendar
from sop.values import replace
from sop.words.periods import period_short
from tests.fakes import LIMA_PULUH_KOTA, TUESDAY, FakeDesk, open_period, run_act, walk


def card_of(desk: FakeDesk, step: int, bidang: str | None = None, period: str = "2026-TW1") -> Card:
    cards = board_cards(desk.rows, period)
    return next(card for card in cards if card.step == step and card.bidang == bidang)


def label_of(desk: FakeDesk, step: int, bidang: str | None = None) -> str:
    return time_label(card_of(desk, step, bidang), desk.clock(), desk.calendar, desk.settings).text


def test_a_card_that_waits_says_for_what() -> None:
    desk = FakeDesk()
    assert label_of(desk, 1) == "belum dibuka"
    open_period(desk)
    assert label_of(desk, 2) == "tunggu langkah 1"


def test_a_ready_card_says_how_long_it_has_queued() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.clock.move(minutes=20)
    assert label_of(desk, 1) == "antre 20 menit"


def test_a_running_card_counts_minutes_against_its_standard() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    desk.clock.move(minutes=12, seconds=59)
    label = time_label(card_of(desk, 1), desk.clock(), desk.calendar, desk.settings)
    assert label.text == "12/15 menit"
    assert label.mood is Mood.RISK
    assert label.share == pytest.approx(779 / 900)


def test_a_late_card_says_by_how_much_and_lunch_does_not_count() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    desk.clock.move(minutes=15)
    assert label_of(desk, 1) == "15/15 menit"
    desk.clock.move(seconds=30)
    assert label_of(desk, 1) == "lewat, kurang dari 1 menit"
    # 10.15 to 12.00 and 13.00 to 13.20, as nobody works from 12 to 13.
    desk.clock.now = TUESDAY + 3 * 3600 + 20 * 60
    assert label_of(desk, 1) == "lewat 2 jam 5 menit"


def test_a_standard_in_days_counts_days_from_ready() -> None:
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(run_act(Act.TUTUP, 0, period))
    open_period(desk, "2026-S1")
    card = card_of(desk, 6, period="2026-S1")

    def text(at: int) -> str:
        return time_label(card, at, desk.calendar, desk.settings).text

    now = desk.clock()
    day = 86_400
    assert text(now) == "hari ke-1 dari 2"
    assert text(now + day) == "hari ke-1 dari 2", "the day it became ready is not counted"
    assert text(now + 2 * day) == "hari ke-2 dari 2"
    assert text(now + 3 * day) == "lewat 1 hari"
    assert text(now + 6 * day) == "lewat 2 hari", "Friday, then Monday: the week-end does not count"


def test_a_finished_card_of_days_stands_as_it_was_judged_whatever_is_set_later() -> None:
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(run_act(Act.TUTUP, 0, period))
    open_period(desk, "2026-S1")
    desk.clock.now += 2 * 86_400
    walk(desk, [6], "2026-S1")
    before = label_at(desk)
    assert before == "tepat waktu, terpakai 78% dari 2 hari"
    desk.settings = Settings(count_first_day=True, clock_starts={"6": ClockStart.STARTED})
    assert label_at(desk) == before


def test_a_finished_card_of_days_is_not_numbered_by_a_later_calendar() -> None:
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(run_act(Act.TUTUP, 0, period))
    open_period(desk, "2026-S1")
    desk.clock.now += 2 * 86_400
    walk(desk, [6], "2026-S1")
    card = card_of(desk, 6, period="2026-S1")
    shorter = WorkCalendar(desk.calendar.spec, desk.calendar.revision + 1)
    found = time_label(card, desk.clock(), shorter, desk.settings)
    assert (found.text, found.short) == ("tepat waktu, terpakai 78% dari 2 hari", "78%/2 hr")
    assert time_label(card, desk.clock(), desk.calendar, desk.settings) == found, "the same before the calendar changed"


def test_a_step_that_hands_out_is_finished_and_only_the_last_one_of_a_region_hands_in() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    first, last = (step.number for step in desk.sop.steps if step.per_bidang)
    walk(desk, range(1, last + 1))
    told = [card_of(desk, number).joined for number in (first, last)]
    count = len(desk.bidang)
    assert [each.words for each in told if each is not None] == [f"{count} selesai", f"{count} menyerahkan"]


def label_at(desk: FakeDesk) -> str:
    return time_label(card_of(desk, 6, period="2026-S1"), desk.clock(), desk.calendar, desk.settings).text


def test_a_paused_card_says_so_and_its_time_stands_still() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    desk.clock.move(minutes=4)
    desk.act(run_act(Act.TUNDA, 1, reason="rapat"))
    desk.clock.move(minutes=30)
    assert label_of(desk, 1) == "ditunda, 4/15 menit"
    assert "paused" in marks(card_of(desk, 1), Mood.CALM)


def test_a_finished_card_keeps_what_it_took() -> None:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1], minutes=12)
    desk.clock.move(minutes=500)
    assert label_of(desk, 1) == "12/15 menit"


def test_a_step_finished_without_a_start_is_not_judged() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.SELESAI, 1))
    assert label_of(desk, 1) == "waktu tidak dinilai"


def test_a_summary_counts_its_bidang() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    desk.act(run_act(Act.SELESAI, 3, bidang="Pelatihan"))
    assert label_of(desk, 3) == "1 selesai, 4 belum"


MARKED: dict[str, dict[str, object]] = {
    "held": {"stopped": ((TUESDAY, None),)},
    "stale": {"stale": True},
    "joint": {"lanes": ("Penyusun Bahan Evaluasi, Rencana, Program dan Laporan", "Bidang")},
    "late_entry": {"late_entry": True},
    "doubted": {"doubted": True},
    "assumed": {"assumed": ("pelaksana",)},
}
"""Mark -> what of a card has it. The others are what the sentence says already: late, not begun, paused, a gate."""


@pytest.mark.parametrize("mark", MARKED)
def test_what_each_sign_of_the_selected_card_means_stands_below_the_board(mark: str) -> None:
    """On the smallest screen it was cut off; where it needs the room, the line on the period gives way to it."""
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    desk.clock.move(minutes=9)
    view = build_board(desk.rows, "2026-TW1")
    plain = replace(card_of(desk, 1), holder_name="Agus Hidayat Kusumawardhana", assumed=())

    def lines(card: Card, width: int = 80) -> list[str]:
        label = time_label(card, desk.clock(), desk.calendar, desk.settings)
        onlooker = Onlooker(Actor("budi", everybody=True), desk.calendar.date_of(desk.clock()))
        glance = Glance(view, desk.rows, onlooker, desk.clock(), ASCII)
        shown = CardView(card, CardColumn.DIKERJAKAN)
        ahead = Finish([(("TW I: perkiraan", "muted"),)])
        drawn = card_lines(glance, shown, label, width, 2, "kartu 1/1", "", None, ahead)
        return ["".join(text for text, _ in line) for line in drawn]

    marked = replace(plain, **MARKED[mark])  # type: ignore[arg-type]
    assert mark in marks(marked, Mood.CALM)
    told = lines(marked)
    assert len(told) == 3, "the board does not move"
    assert f"{ASCII.marks[mark]} {MARK_WORDS[mark]}" in " ".join(" ".join(told).split())
    assert lines(plain, 120)[-1] == "TW I: perkiraan"


SHORT = (("TW I: perkiraan selesai Jum 4 Des 14.38", "muted"), ("TW I: perkiraan Jum 4 Des", "muted"))


@pytest.mark.parametrize(
    ("title", "sent_back", "width", "line", "end"),
    [
        ("Merekap", "", 80, 0, "  TW I: perkiraan selesai Jum 4 Des 14.38  kartu 1/2"),
        ("Merekap laporan kinerja triwulan", "", 80, 0, "  TW I: perkiraan Jum 4 Des  kartu 1/2"),
        ("Merekap laporan kinerja triwulan tiap bidang", "", 80, 0, "bidang       TW I: perkiraan Jum 4 Des"),
        ("Merekap laporan kinerja triwulan semua bidang dinas", "", 80, 0, "bidang…     TW I: perkiraan Jum 4 Des"),
        ("Merekap", "Dikembalikan oleh Rina: angka", 80, -1, "    TW I: perkiraan selesai Jum 4 Des 14.38"),
        ("Merekap", f"Dikembalikan oleh Rina: angka{' salah' * 5}", 80, -1, "    TW I: perkiraan Jum 4 Des"),
        ("Merekap laporan kinerja triwulan", "", 60, 0, "kartu 1/2"),
    ],
)
def test_when_a_period_is_finished_is_told_where_a_card_takes_its_line(
    title: str, sent_back: str, width: int, line: int, end: str
) -> None:
    """On the smallest screen the late card that the morning begins with takes both lines, and the question of the
    morning, when it will be over, had no answer."""
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    desk.clock.move(minutes=9)
    card = replace(card_of(desk, 1), title=title, holder_name="Agus Hidayat", doubted=True, stale=True)
    label = time_label(card, desk.clock(), desk.calendar, desk.settings)
    onlooker = Onlooker(Actor("budi", everybody=True), desk.calendar.date_of(desk.clock()))
    glance = Glance(build_board(desk.rows, "2026-TW1"), desk.rows, onlooker, desk.clock(), ASCII)
    ahead = Finish([((SHORT[0][0] + "; tanpa antre", "muted"),)], SHORT)
    shown = CardView(card, CardColumn.DIKERJAKAN)
    drawn = card_lines(glance, shown, label, width, 2, "kartu 1/2", sent_back, None, ahead)
    told = ["".join(text for text, _ in spans).rstrip() for spans in drawn]
    assert told[line].endswith(end), told
    assert max(map(len, told)) <= width
    assert len(told) == 3 + bool(sent_back), "the board does not move"
    assert sum("TW I: perkiraan" in each for each in told) == (width == 80)


def test_a_forecast_in_short_says_that_the_target_is_missed_without_colour() -> None:
    desk = FakeDesk()
    open_period(desk)
    onlooker = Onlooker(Actor("budi", everybody=True), desk.calendar.date_of(desk.clock()))

    def short(target: str) -> list[str]:
        rows = replace(desk.rows, settings=replace(desk.settings, targets={"2026-TW1": target}))
        glance = Glance(build_board(rows, "2026-TW1"), rows, onlooker, desk.clock(), ASCII)
        found = forecasts_of(rows, desk.past, desk.clock())["2026-TW1"]
        return [text for text, _ in looking_ahead(glance, found, 80, 2).short]

    longer, day = short("2026-12-31")
    assert longer.startswith("TW I: perkiraan selesai ")
    assert longer == f"{day.replace('perkiraan', 'perkiraan selesai')} {longer[-5:]}"
    assert short("2026-04-01") == [f"! {longer}", f"! {day}"]


def test_what_is_waited_for_is_said_in_a_few_words() -> None:
    assert wait_text([Wait("periode", "2026-TW1"), Wait("periode", "2026-TW2")]) == "tunggu TW I, TW II"
    assert wait_text([Wait("bidang", "A"), Wait("bidang", "B")]) == "tunggu 2 bidang"
    assert wait_text([Wait("bidang", "A")]) == "tunggu A"
    assert wait_text([]) == ""
    assert period_short("2026-S2") == "Semester II"


@given(start=st.integers(0, 8 * 3600), look=st.integers(0, 6 * 3600))
def test_no_label_changes_before_its_next_change_is_due(start: int, look: int) -> None:
    """The tick sleeps until `next_change`: a label that changed sooner would be shown wrong."""
    desk = FakeDesk()
    desk.clock.now = TUESDAY - 2 * 3600 + start
    desk.act(run_act(Act.BUKA, 0))
    desk.act(run_act(Act.MULAI, 1, at=Typed(desk.clock.now)))
    card = card_of(desk, 1)
    now = desk.clock.now + look
    text = time_label(card, now, desk.calendar, desk.settings)
    change = next_change(card, now, desk.calendar, desk.settings)
    assert change is not None
    assert change > now
    just_before = time_label(card, change - 1, desk.calendar, desk.settings)
    assert (just_before.text, just_before.mood) == (text.text, text.mood)
    after = time_label(card, change, desk.calendar, desk.settings)
    assert (after.text, after.mood) != (text.text, text.mood)

"""What is offered can be done: by whoever looks, at that moment. What cannot be done is told before a form."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from sakip_tui.board import words
from sakip_tui.board.foot import foot_keys, nobody_lines
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.views.board import build_board, done_words
from sakip_tui.views.offers import CanDo, Onlooker, unopened, unopened_words
from sop.look.year import Tally
from sop.model.act import Act
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import PeriodPhase
from sop.values import replace
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, TUESDAY, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_keys import Table, at_table

STAFF = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership("Sekretaris Dinas")}))
MANAGER = Actor("hadi", frozenset({Role.PENGELOLA}))


def desk_of(actor: Actor) -> FakeDesk:
    """A desk of somebody, before anything was opened."""
    return FakeDesk(actor=actor)


async def refused_without_a_form(table: Table, key: str, *said: str) -> None:
    await table.press(key)
    await table.until_said(*said)
    assert not isinstance(table.pilot.app.screen, FormPrompt)


# ---------------------------------------------------------------------- opening
async def test_a_period_that_is_yet_to_come_is_not_offered_for_opening_and_says_from_when_on_it_is() -> None:
    async with at_table(desk_of(MANAGER)) as table:
        table.board.show_period("2026-TW3")
        await until(table.pilot, lambda: "TW III belum dibuka" in table.info)
        assert "dapat dibuka paling awal 1 Juli 2026" in table.info
        assert "Tekan o" not in table.info
        assert "Buka periode" not in table.keys
        await refused_without_a_form(table, "o", "dibuka paling awal")
        table.board.show_period("2026-TW1")
        await until(table.pilot, lambda: "Tekan o untuk membukanya" in table.info)
        assert "o Buka periode" in table.keys


async def test_whoever_may_not_open_a_period_is_told_who_does_and_gets_no_form() -> None:
    async with at_table(desk_of(STAFF)) as table:
        table.board.show_period("2026-TW1")
        await until(table.pilot, lambda: "TW I belum dibuka; pengelola yang membukanya" in table.info)
        assert "Tekan o" not in table.info
        await refused_without_a_form(table, "o", "pengelola")
        table.board.show_period("2026-TW3")
        await until(table.pilot, lambda: "pengelola yang membukanya, paling awal 1 Juli 2026" in table.info)


def test_a_period_under_a_closed_one_says_what_is_opened_first() -> None:
    desk = desk_of(MANAGER)
    view = build_board(desk.rows, "2026-TW1")
    closed = tuple(replace(each, phase=PeriodPhase.TUTUP) if each.key == "2026-S1" else each for each in view.periods)
    card = next(iter(view.cards.values()))
    onlooker = Onlooker(MANAGER, dt.date(2026, 4, 14))
    told = unopened_words("TW I", unopened(replace(view, periods=closed), onlooker), "")
    assert told == "TW I belum dibuka, dan baru dapat dibuka sesudah Semester I dibuka kembali"
    assert card.card.step == 1


# ---------------------------------------------------------------------- closing
async def test_closing_is_told_to_others_as_the_pengelolas() -> None:
    desk = FakeDesk(actor=STAFF)
    everybody = Actor("budi", everybody=True)
    desk.actor = everybody
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5])
    desk.actor = STAFF
    async with at_table(desk) as table:
        table.board.show_period("2026-TW1")
        await until(table.pilot, lambda: "Semua langkah TW I selesai" in table.info)
        assert "Pengelola yang menutup periodenya" in table.info
        assert "Tekan x" not in table.info
        await refused_without_a_form(table, "x", "pengelola")


# ---------------------------------------------------------------------- acts with a form
@pytest.mark.parametrize("key", ["s", "t", "w"])
async def test_an_act_of_another_lane_is_refused_before_its_form(key: str) -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.actor = replace(STAFF, memberships=frozenset({Membership("Kepala Dinas")}))
    async with at_table(desk) as table:
        await refused_without_a_form(table, key, "Anda tidak memegang lajur Sekretaris Dinas")


async def test_another_time_offers_what_is_of_ones_own_lane() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.actor = STAFF
    async with at_table(desk) as table:
        await table.press("w")
        prompt = await table.asks()
        assert [choice.code for choice in prompt.form.choices] == ["selesai", "mulai", "tunda"]


# ---------------------------------------------------------------------- the keys at the foot
_FIELDS = ("start", "finish", "pause", "hand_in", "hand_back", "undo", "fold", "waive")


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_card_the_recap_the_acts_and_the_menu_are_always_among_the_keys(width: int) -> None:
    view = build_board(FakeDesk().rows, "2026-TW1")
    plain = next(iter(view.cards.values()))
    with_data = replace(plain, card=replace(plain.card, data="isian"))
    for card, number in itertools.product((plain, with_data), range(2 ** len(_FIELDS))):
        able = CanDo(note=True, export=True, **{name: bool(number >> bit & 1) for bit, name in enumerate(_FIELDS)})
        lines = foot_keys(able, card, 7, width >= 100, width)
        text = "\n".join("".join(part for part, _ in line) for line in lines)
        for words_ in ("Enter Kartu", "e Rekap", "i Tindakan", "n Menu", "? Bantuan"):
            assert words_ in text, (able, words_)


def test_a_finished_card_names_the_bidang_whose_turn_is_next() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=("Penempatan", "Pelatihan Kerja"))
    open_period(desk)
    walk(desk, [1, 2])
    desk.act(run_act(Act.SELESAI, 3, bidang="Pelatihan Kerja"))
    view = build_board(desk.rows, "2026-TW1", {3: True, 4: True})
    said = done_words(view, view.cards[3, "Pelatihan Kerja"].card)
    assert said.startswith("Langkah 3 (Pelatihan Kerja) sudah selesai; berikutnya langkah 3 Penempatan (")


# ---------------------------------------------------------------------- who sits here
@pytest.mark.parametrize("width", [72, 80, 100, 120])
@pytest.mark.parametrize("name", ["Rina Astuti", "Raden Mas Sastroatmodjo Hadikusumo"])
@pytest.mark.parametrize("tally", [Tally(), Tally(late=12, not_started=3), Tally(not_started=3), Tally(late=2)])
@pytest.mark.parametrize("days", [0, 5])
def test_the_head_names_who_acts_whatever_presses(width: int, name: str, tally: Tally, days: int) -> None:
    calendar = FakeDesk().calendar
    office = "SOP Dinas Pemberdayaan Masyarakat dan Desa, Dinas Tenaga Kerja"
    line = words.header(office, name, TUESDAY + days * 86_400, calendar, width, tally, 2027)
    text = "".join(part for part, _ in line)
    assert f"sebagai {name[:11]}" in text, text
    assert ("terlambat" in text) == bool(tally.late), text
    assert len(text) <= width


async def test_an_office_without_people_says_so_and_where_they_are_registered() -> None:
    async with at_table(FakeDesk()) as table:
        assert "Belum ada yang terdaftar" in table.info
        assert "Tekan n lalu u" in table.info


def test_an_office_with_people_says_nothing_of_it() -> None:
    rows = replace(FakeDesk(TANGERANG).rows, names={"rina": "Rina Astuti"})
    assert nobody_lines(rows, Onlooker(MANAGER, dt.date(2026, 4, 14)), 80) == []

"""The ways back on the board: waiving a gate, taking acts back, why a step is to be redone, and cards that stay put."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from sakip_tui.case_file.screen import CardScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.widgets.ink import Lines
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.state import RunPhase
from tests.fakes import LIMA_PULUH_KOTA, FakeClock, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_keys import Table, at_table

NOVEMBER = 1_794_278_400
"""Tuesday 10 November 2026, 10.00 WIB."""


def body(table: Table) -> str:
    return "\n".join(table.prompt.form.body)


async def test_d_waives_the_periods_in_the_way_one_by_one_and_the_step_becomes_ready() -> None:
    desk = FakeDesk(clock=FakeClock(NOVEMBER))
    open_period(desk, "2026-S2")
    async with at_table(desk) as table:
        await table.press("6")
        assert "d Tidak menunggu" in table.keys
        await table.press("d")
        prompt = await table.asks()
        assert "TW III dan TW IV" in body(table)
        assert [choice.code for choice in prompt.form.choices] == ["2026-TW3", "2026-TW4"]
        await table.type_into("reason", "sebelum program dipakai")
        await table.press("enter")
        await table.until_said("TW III tidak ditunggu lagi", "Tersimpan")
        await table.press("d")
        await table.asks()
        assert "Semester II menunggu TW IV ditutup" in body(table)
        await table.type_into("reason", "sebelum program dipakai")
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(6, period="2026-S2") is RunPhase.SIAP)
        await table.until_said("Tersimpan")
        assert "d Tidak menunggu" not in table.keys


async def test_d_asks_nothing_where_nothing_is_waited_for_and_nobody_but_the_pengelola() -> None:
    desk = FakeDesk(clock=FakeClock(NOVEMBER))
    open_period(desk, "2026-S2")
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("1", "d")
        assert "tidak menunggu periode lain" in table.said
    desk.actor = Actor("siti", frozenset({Role.PENGAMAT}))
    async with at_table(desk) as table:
        await table.press("6")
        assert "d Tidak menunggu" not in table.keys
        await table.press("d")
        assert "pengelola" in table.said


async def test_opening_a_semester_says_what_its_first_step_will_wait_for() -> None:
    async with at_table(FakeDesk(clock=FakeClock(NOVEMBER))) as table:
        await table.press("6", "o")
        await table.asks()
        assert "menunggu TW III dan TW IV ditutup" in body(table)
        assert "menjadi siap" not in body(table)


def sent_back_desk() -> FakeDesk:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1, 2])
    desk.elsewhere(Command(Act.KEMBALIKAN, "2026-TW1", step=3, target=1, note="angka bidang belum cocok"))
    return desk


async def test_u_takes_back_a_kembalikan_on_the_step_it_opened() -> None:
    desk = sent_back_desk()
    async with at_table(desk) as table:
        assert table.board.selected == (1, "")
        assert "u Urungkan" in table.keys
        await table.press("u")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        assert '"kembalikan" dari langkah 3 oleh akun siti' in body(table)
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SELESAI)
        assert table.phase(3) is RunPhase.SIAP


async def test_u_with_nothing_to_take_back_says_so() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("m")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        await table.until_said("Tersimpan")
        await table.press("u")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        assert '"mulai" oleh akun budi' in body(table)
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SIAP)
        await table.until_said("Tersimpan")
        await table.press("u")
        assert table.said == "Belum ada tindakan yang dapat diurungkan pada langkah ini."


async def test_a_step_opened_by_a_tidak_is_not_the_place_to_undo_it() -> None:
    desk = sent_back_desk()
    case = desk.state.case_of("2026-TW1")
    assert case is not None
    async with at_table(desk) as table:
        await table.press("m")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        desk.clock.move(minutes=3)
        await table.press("s")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.SIAP)
        await until(table.pilot, lambda: (2, "") in table.board.view.cards)
        table.board.select((2, ""))
        assert "u Urungkan" not in table.keys


async def test_the_comment_stands_on_the_card_that_must_be_redone_and_on_its_page() -> None:
    async with at_table(sent_back_desk()) as table:
        words = "Dikembalikan oleh akun siti dari langkah 3: angka bidang belum cocok"
        await until(table.pilot, lambda: words in " ".join(table.info.split()))
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
        await until(table.pilot, lambda: words in " ".join(page(table.pilot).split()))
        assert "Diulang karena" in page(table.pilot)


async def test_what_made_each_attempt_necessary_stays_on_the_page_when_that_attempt_is_done() -> None:
    """Also of a step between, which nobody sent back to; and of the attempt that a second return began."""
    desk = sent_back_desk()
    walk(desk, [1, 2])
    desk.elsewhere(Command(Act.KEMBALIKAN, "2026-TW1", step=3, target=2, note="jumlahnya keliru"))
    walk(desk, [2])
    first = "Dikembalikan oleh akun siti dari langkah 3: angka bidang belum cocok"
    second = "Dikembalikan oleh akun siti dari langkah 3: jumlahnya keliru"
    async with at_table(desk, size=(100, 90)) as table:
        for step, causes in ((1, [first]), (2, [first, second])):
            table.board.select((step, ""))
            await table.press("enter")
            await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
            await until(table.pilot, lambda: "Putaran 2" in page(table.pilot))
            said = " ".join(page(table.pilot).split())
            told = said.split("Putaran 2", 1)[1].split("Jumlah waktu")[0]
            assert [told.count(f"Diulang karena {cause}") for cause in causes] == [1] * len(causes)
            assert "Diulang karena" not in said.split("Putaran 2", 1)[0]
            await table.press("escape")


async def test_a_step_between_says_on_its_page_while_it_is_open_what_it_is_done_again_for() -> None:
    desk = sent_back_desk()
    walk(desk, [1])
    async with at_table(desk) as table:
        assert table.board.selected == (2, "")
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
        await until(table.pilot, lambda: "angka bidang belum cocok" in " ".join(page(table.pilot).split()))


def page(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one("#list", Lines).text


@pytest.fixture
def bidang_desk() -> FakeDesk:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    return desk


async def test_space_twice_comes_back_to_the_same_bidang(bidang_desk: FakeDesk) -> None:
    async with at_table(bidang_desk) as table:
        await table.press("down", "down")
        chosen = table.board.selected
        assert chosen == (3, bidang_desk.bidang[2])
        await table.press("space", "space")
        assert table.board.selected == chosen


async def test_space_on_a_summary_goes_to_the_first_open_bidang(bidang_desk: FakeDesk) -> None:
    first, second = bidang_desk.bidang[:2]
    bidang_desk.act(run_act(Act.MULAI, 3, bidang=first))
    bidang_desk.act(run_act(Act.SELESAI, 3, bidang=first))
    async with at_table(bidang_desk) as table:
        table.board.select((3, second))
        await table.press("space")
        table.board.selection._last_bidang.clear()
        assert table.board.selected == (3, "")
        await table.press("space")
        assert table.board.selected == (3, second)


async def test_cards_shown_by_bidang_stay_so_when_the_last_one_is_done(bidang_desk: FakeDesk) -> None:
    for name in bidang_desk.bidang[:-1]:
        bidang_desk.act(run_act(Act.MULAI, 3, bidang=name))
        bidang_desk.act(run_act(Act.SELESAI, 3, bidang=name))
    last = bidang_desk.bidang[-1]
    bidang_desk.act(run_act(Act.MULAI, 3, bidang=last))
    async with at_table(bidang_desk) as table:
        table.board.select((3, last))
        await table.press("s")
        await until(table.pilot, lambda: table.phase(3, last) is RunPhase.SELESAI)
        await table.until_said("Tersimpan")
        table.board.select((3, last))
        await table.press("space")
        assert table.board.selected == (3, "")
        await table.press("r", "2", "1")
        assert (3, "") in table.board.view.cards


async def test_what_was_folded_stays_folded_after_an_act(bidang_desk: FakeDesk) -> None:
    async with at_table(bidang_desk) as table:
        await table.press("space")
        bidang_desk.elsewhere(run_act(Act.MULAI, 3, bidang=bidang_desk.bidang[0]))
        table.board.reload()
        await until(table.pilot, lambda: table.board.rows.head == bidang_desk.rows.head)
        await table.pilot.pause()
        assert table.board.selected == (3, "")


# ---------------------------------------------------------------------- words and first steps
async def test_a_period_is_named_as_people_say_it(bidang_desk: FakeDesk) -> None:
    async with at_table(bidang_desk) as table:
        await table.press("o")
        assert "TW I 2026" in table.said
        assert "2026-TW1" not in table.said


async def test_capital_letters_act_as_small_ones() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("M")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)


async def test_the_first_start_shows_the_quarter_of_today() -> None:
    async with at_table(FakeDesk(clock=FakeClock(NOVEMBER))) as table:
        assert table.board.period == "2026-TW4"


async def test_an_act_key_on_the_card_page_says_where_acts_are_done(bidang_desk: FakeDesk) -> None:
    async with at_table(bidang_desk) as table:
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
        await table.press("m")
        assert "kembali ke papan" in table.pilot.app.screen.query_one("#about", Lines).text


async def test_a_column_says_how_many_cards_lie_below_the_edge() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=tuple(f"Bidang {n:03d}" for n in range(80)))
    open_period(desk)
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        heads = table.board.query_one("#heads", Lines)
        assert " ↓" in heads.text
        await table.press("end")
        assert " ↑" in heads.text


async def test_the_recaps_place_stays_in_view_on_a_closed_period() -> None:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5])
    desk.act(Command(Act.TUTUP, "2026-TW1"))
    async with at_table(desk) as table:
        await table.press("1", "e")
        await table.until_said("Rekap ditulis")
        await table.press("left")
        assert str(Path("rekap/2026-TW1.xlsx")) in table.info

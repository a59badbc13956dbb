"""After an act the selection stands on what comes next for the person, while `u` still means the act just made."""

from __future__ import annotations

import pytest

from sakip_tui.places import Left
from sakip_tui.prompts.base import FormPrompt
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import RunPhase
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_keys import Table, at_table


def desk_of(*lanes_of_step: int, roles: frozenset[Role] = frozenset({Role.PELAKSANA})) -> FakeDesk:
    """A desk at which somebody sits who holds the lanes of these steps."""
    desk = FakeDesk(TANGERANG)
    held = {lane for number in lanes_of_step for lane in desk.sop.step(number).pelaksana}
    open_period(desk)
    desk.actor = Actor("budi", roles, frozenset(Membership(lane) for lane in held))
    return desk


async def finished(table: Table, step: int) -> None:
    """Start and finish the selected step as people do."""
    await table.press("m")
    await until(table.pilot, lambda: table.phase(step) is RunPhase.DIKERJAKAN)
    await table.press("s")
    await until(table.pilot, lambda: table.phase(step) is RunPhase.SELESAI and "Tersimpan" in table.said)


async def test_one_stays_with_what_one_has_begun() -> None:
    async with at_table(desk_of(1)) as table:
        await table.press("m")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        assert table.board.selected == (1, "")


async def test_who_manages_goes_on_to_the_step_that_was_opened() -> None:
    desk = desk_of(1, roles=frozenset({Role.PENGELOLA}))
    async with at_table(desk) as table:
        await finished(table, 1)
        assert table.board.selected is not None
        assert table.board.selected[0] == 2


async def test_u_takes_back_the_act_just_made_and_not_one_of_the_next_card() -> None:
    desk = desk_of(1, roles=frozenset({Role.PENGELOLA}))
    async with at_table(desk) as table:
        await finished(table, 1)
        assert "u Urungkan" in table.keys
        await table.press("u")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        assert table.board.selected == (1, "")


async def test_once_moved_on_u_means_the_card_one_stands_on() -> None:
    desk = desk_of(1, roles=frozenset({Role.PENGELOLA}))
    async with at_table(desk) as table:
        await finished(table, 1)
        there = table.board.selected
        await table.press("down", "up")
        assert table.board.selected == there
        await table.press("u")
        await table.until_said("Belum ada tindakan")
        assert table.phase(1) is RunPhase.SELESAI


async def test_one_stays_with_a_finished_card_that_one_writes_a_remark_on() -> None:
    desk = desk_of(1, roles=frozenset({Role.PENGELOLA}))
    async with at_table(desk) as table:
        await finished(table, 1)
        table.board.select((1, ""))
        await table.press("c")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.press(*"arsip", "enter")
        await until(table.pilot, lambda: "Catatan tersimpan" in table.said)
        assert table.board.selected == (1, "")


async def test_with_nothing_else_to_do_one_stays() -> None:
    async with at_table(desk_of(1)) as table:
        await finished(table, 1)
        assert table.board.selected == (1, "")


@pytest.mark.parametrize("key", ["m", "s", "t"])
async def test_a_key_on_a_finished_card_says_so_and_what_comes_next(key: str) -> None:
    desk = desk_of(1)
    async with at_table(desk) as table:
        await finished(table, 1)
        await table.press(key)
        await table.until_said("Langkah 1 sudah selesai; berikutnya langkah 2")


async def test_the_help_says_where_another_time_can_be_told_and_where_not() -> None:
    async with at_table(desk_of(1)) as table:
        assert "w" not in await table.board.hindrances()
        await finished(table, 1)
        assert (await table.board.hindrances())["w"] == "Tidak ada yang dapat dicatat pada langkah ini sekarang."


async def test_of_bidang_the_next_one_of_the_same_person_comes_next() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    step = next(step for step in desk.sop.steps if step.per_bidang)
    walk(desk, range(1, step.number))
    for bidang in desk.bidang:
        desk.act(run_act(Act.MULAI, step.number, bidang=bidang))
    desk.actor = Actor("budi", frozenset({Role.PELAKSANA}), frozenset({Membership(step.pelaksana[0])}))
    async with at_table(desk) as table:
        first = desk.bidang[0]
        table.board.show_card(step.number, first)
        await table.press("s")
        await until(table.pilot, lambda: table.phase(step.number, first) is RunPhase.SELESAI)
        await table.until_said("Tersimpan")
        card = table.board.card
        assert card is not None
        assert card.card.is_open
        assert card.card.bidang in desk.bidang


async def test_who_manages_finishes_a_step_for_every_bidang_before_the_next_step() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=("Sekretariat", "Bidang Tiga", "Bidang Dua"))
    open_period(desk)
    step = next(step for step in desk.sop.steps if step.per_bidang)
    walk(desk, range(1, step.number - 1))
    before = desk.sop.step(step.number - 1)
    desk.act(run_act(Act.MULAI, before.number))
    async with at_table(desk) as table:
        table.board.show_card(before.number)
        await table.press("s")
        # In the order of the office's list, and not of the alphabet.
        await until(table.pilot, lambda: table.board.selected == (step.number, desk.bidang[0]))
        for bidang, following in zip(desk.bidang, (*desk.bidang[1:], None), strict=True):
            desk.act(run_act(Act.MULAI, step.number, bidang=bidang))
            table.board.reload()
            await until(table.pilot, lambda b=bidang: table.phase(step.number, b) is RunPhase.DIKERJAKAN)
            await table.press("s")
            then = (step.number, following) if following else (step.number + 1, desk.bidang[0])
            await until(table.pilot, lambda key=then: table.board.selected == key)


async def test_what_was_sent_back_on_another_screen_is_selected_and_in_view_after_it() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, range(1, 5))
    async with at_table(desk) as table:
        board = table.board
        board.show_card(5)
        again = Command(Act.KEMBALIKAN, "2026-TW1", step=5, target=4, named=(desk.bidang[0],), note="angka tertukar")
        desk.act(again)
        board.going.come_back(Left(is_changed=True))
        await until(table.pilot, lambda: board.selected == (4, desk.bidang[0]))
        assert board.picture.arrangement.places[4, desk.bidang[0]].top >= board.picture.top


async def test_at_the_end_u_means_the_last_act_and_is_not_offered_once_the_period_is_closed() -> None:
    desk = FakeDesk(TANGERANG)
    open_period(desk)
    last = max(table_step.number for table_step in desk.sop.steps if table_step.cadence is Cadence.TRIWULAN)
    walk(desk, range(1, last - 1))
    async with at_table(desk) as table:
        table.board.show_card(last - 1)
        await finished(table, last - 1)
        await finished(table, last)
        assert table.board.selection.just_done is None
        assert "u Urungkan" in table.keys
        await table.press("x")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.press("enter")
        await table.until_said("Rekap")
        assert "u Urungkan" not in table.keys


async def test_a_period_that_has_not_begun_is_refused_before_anything_is_asked() -> None:
    async with at_table(FakeDesk(TANGERANG)) as table:
        table.board.show_period("2026-TW3")
        await table.press("o")
        await table.until_said("dibuka paling awal 1 Juli 2026")
        assert not isinstance(table.pilot.app.screen, FormPrompt)


@pytest.mark.parametrize(("keys", "opens"), [(("m",), False), (("m", "s"), True)])
async def test_taking_an_act_back_speaks_of_what_it_opened_only_where_it_opens_something(
    keys: tuple[str, ...], opens: bool
) -> None:
    async with at_table(desk_of(1)) as table:
        for key in keys:
            table.board.select((1, ""))
            await table.press(key)
            await until(table.pilot, lambda: "Tersimpan" in table.said)
            table.board.hush()
        table.board.select((1, ""))
        await table.press("u")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        told = " ".join(table.pilot.app.screen.form.body)  # type: ignore[attr-defined]
        assert ("bersama langkah yang dibukanya" in told) is opens

"""After an act the selection stands on what comes next for the person, while `u` still means the act just made."""

from __future__ import annotations

import pytest

from sakip_tui.prompts.base import FormPrompt
from sop.model.act import Act
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

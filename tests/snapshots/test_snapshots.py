"""How the screens look, each once at two sizes, empty and crowded. Look at the report before accepting a change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.case_file.screen import CardScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.menu import MenuPrompt
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.state import Answer
from tests.fakes import LIMA_PULUH_KOTA, FakeDesk, open_period, run_act, until, walk

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]


def app_of(desk: FakeDesk) -> SakipApp:
    return SakipApp(desk, desk.clock, (desk.opened, desk.rows))


def empty() -> FakeDesk:
    return FakeDesk()


def crowded() -> FakeDesk:
    """A fan-out of 40 bidang in every state there is."""
    names = tuple(f"Bidang {number:02d}" for number in range(1, 41))
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=names)
    open_period(desk)
    walk(desk, [1, 2], minutes=20)
    for index, name in enumerate(names[:24]):
        desk.act(run_act(Act.MULAI, 3, bidang=name))
        if index % 4 == 1:
            desk.act(run_act(Act.TUNDA, 3, bidang=name, reason="menunggu data"))
        if index % 4 == 2:
            desk.clock.move(minutes=3)
            desk.act(run_act(Act.SELESAI, 3, bidang=name))
    desk.clock.now += 3 * 3600
    return desk


def deciding() -> FakeDesk:
    """The second attempt of a semester waits for Ya or Tidak."""
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(Command(Act.TUTUP, period))
    open_period(desk, "2026-S1")
    walk(desk, [6], "2026-S1")
    for _ in range(2):
        desk.act(run_act(Act.MULAI, 7, "2026-S1"))
        desk.clock.move(minutes=20)
        desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
        if desk.state.case_of("2026-S1").current((7, None)).attempt == 1:  # type: ignore[union-attr]
            desk.act(run_act(Act.PUTUSKAN, 7, "2026-S1", answer=Answer.TIDAK, note="angka TW II belum cocok"))
            walk(desk, [6], "2026-S1")
    return desk


async def whole(pilot: Pilot[Any]) -> None:
    """Wait until the board says when its period will be finished: that comes after the first picture."""
    board = pilot.app.screen
    assert isinstance(board, BoardScreen)
    await until(pilot, lambda: board.forecasts)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("made", [empty, crowded, deciding])
def test_board(snap_compare: Compare, made: Callable[[], FakeDesk], size: tuple[int, int]) -> None:
    assert snap_compare(app_of(made()), run_before=whole, terminal_size=size)


def test_board_one_column_at_a_time(snap_compare: Compare) -> None:
    assert snap_compare(app_of(crowded()), run_before=whole, terminal_size=(62, 20))


@pytest.mark.parametrize("size", [(70, 24), (60, 18), (50, 14), (200, 50)])
def test_board_in_narrow_and_wide_terminals(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(deciding()), run_before=whole, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["i", "n", "f"])
def test_menus_of_the_board(snap_compare: Compare, key: str, size: tuple[int, int]) -> None:
    async def ask(pilot: Pilot[Any]) -> None:
        await whole(pilot)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuPrompt))
        await pilot.pause()

    assert snap_compare(app_of(crowded()), run_before=ask, terminal_size=size)


def test_board_with_a_filter(snap_compare: Compare) -> None:
    async def choose(pilot: Pilot[Any]) -> None:
        await whole(pilot)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuPrompt))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        await pilot.pause()

    assert snap_compare(app_of(crowded()), run_before=choose, terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_decision_prompt(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def ask(pilot: Pilot[Any]) -> None:
        await whole(pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt) and pilot.app.focused)
        await pilot.press("down")

    assert snap_compare(app_of(deciding()), run_before=ask, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_card_page(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardScreen) and pilot.app.screen.history)
        await pilot.pause()

    assert snap_compare(app_of(deciding()), run_before=look, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_first_start(snap_compare: Compare, size: tuple[int, int]) -> None:
    desk = FakeDesk()

    async def wait(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt) and pilot.app.focused)
        await pilot.pause()

    assert snap_compare(SakipApp(desk, desk.clock, None), run_before=wait, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_help(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(empty()), press=["question_mark"], terminal_size=size)

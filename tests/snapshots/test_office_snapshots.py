"""How calendar and settings look, each at two sizes. Look at the report before accepting a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db.holiday_source import filling
from sakip_tui.app import SakipApp
from sakip_tui.calendar.screen import CalendarScreen
from sakip_tui.glyphs import UNICODE
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.places import CardAt, Here
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.settings.screen import SettingsScreen
from sakip_tui.widgets.ink import Lines
from sop.time.office_calendar import edited
from tests.fakes import FakeClock, FakeDesk, office_file, until
from tests.snapshots.test_snapshots import SIZES, Compare


def filled() -> FakeDesk:
    desk = FakeDesk()
    desk.kept = [edited(desk.kept[0], [filling(2026), filling(2027)])]
    return desk


async def to_calendar(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press("g")
    await until(pilot, lambda: isinstance(pilot.app.screen, CalendarScreen))
    screen = pilot.app.screen
    assert isinstance(screen, CalendarScreen)
    # The screen reads the calendar anew when it opens; what was filled is known only then.
    await until(pilot, lambda: screen.kept.calendar.filled == {2026, 2027})
    await pilot.press(*keys)
    await pilot.pause()


def app_of(desk: FakeDesk) -> SakipApp:
    return SakipApp(desk, desk.clock, (desk.opened, desk.rows))


@pytest.mark.parametrize("size", SIZES)
def test_a_month_of_ramadan_and_leave(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def look(pilot: Pilot[Any]) -> None:
        await to_calendar(pilot, "pageup")

    assert snap_compare(app_of(filled()), run_before=look, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_day_is_changed(snap_compare: Compare, size: tuple[int, int]) -> None:
    async def ask(pilot: Pilot[Any]) -> None:
        await to_calendar(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt) and pilot.app.focused)
        await pilot.pause()

    assert snap_compare(app_of(filled()), run_before=ask, terminal_size=size)


@pytest.mark.parametrize("size", [*SIZES, (60, 18)])
def test_settings(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    clock = FakeClock()
    office_file(tmp_path / "kantor.db")
    desk = OfficeDesk(tmp_path / "kantor.db", "budi", clock)
    plain = FakeDesk()

    async def look(pilot: Pilot[Any]) -> None:
        office = await desk.office()
        assert office is not None
        screen = SettingsScreen(Here(desk, clock, office, await desk.board(2026), CardAt("2026-TW2"), UNICODE))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: "Batas segera" in screen.query_one("#list", Lines).text)
        await pilot.press("down", "down", "down")

    assert snap_compare(SakipApp(plain, clock, (plain.opened, plain.rows)), run_before=look, terminal_size=size)

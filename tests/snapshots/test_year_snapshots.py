"""How the dashboard and the log look at two sizes, empty and crowded. Look at the report before accepting a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sakip_tui.app import SakipApp
from sakip_tui.dashboard.screen import DashboardScreen
from sakip_tui.history.screen import HistoryScreen
from sakip_tui.office_desk import OfficeDesk
from tests.fakes import FakeClock, office_file, until
from tests.tui.year import MONDAY, demo_file

Compare = Callable[..., bool]
SIZES = [(80, 24), (120, 40)]
OFFICES: dict[str, Callable[[Path], object]] = {"empty": office_file, "demo": demo_file}


def app_of(path: Path) -> SakipApp:
    clock = FakeClock(MONDAY)
    desk = OfficeDesk(path, "kasubag", clock)

    async def look() -> Any:
        office = await desk.office()
        assert office is not None
        return office, await desk.board(office.year)

    return SakipApp(desk, clock, asyncio.run(look()))


async def look_at_dashboard(pilot: Pilot[Any]) -> None:
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, DashboardScreen) and pilot.app.screen.forecasts)
    await pilot.pause()


async def look_at_log(pilot: Pilot[Any]) -> None:
    await pilot.press("y")
    await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen) and pilot.app.screen._is_read)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("look", [look_at_dashboard, look_at_log])
def test_year(snap_compare: Compare, tmp_path: Path, office: str, look: Any, size: tuple[int, int]) -> None:
    OFFICES[office](tmp_path / "kantor.db")
    assert snap_compare(app_of(tmp_path / "kantor.db"), run_before=look, terminal_size=size)


def test_dashboard_in_three_columns(snap_compare: Compare, tmp_path: Path) -> None:
    demo_file(tmp_path / "kantor.db")
    assert snap_compare(app_of(tmp_path / "kantor.db"), run_before=look_at_dashboard, terminal_size=(200, 50))

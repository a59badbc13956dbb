"""How the Alur looks at two sizes, never opened and under way. Look at the report before accepting a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sakip_tui.flow_chart.screen import FlowScreen
from tests.fakes import LIMA_PULUH_KOTA, office_file, until
from tests.snapshots.test_year_snapshots import OFFICES, SIZES, Compare, app_of


async def look(pilot: Pilot[Any]) -> None:
    await pilot.press("z")
    await until(pilot, lambda: isinstance(pilot.app.screen, FlowScreen))
    await pilot.pause()


async def look_large(pilot: Pilot[Any]) -> None:
    await look(pilot)
    await pilot.press("end", "up", "up", "space")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("office", OFFICES)
def test_flow_chart(snap_compare: Compare, tmp_path: Path, office: str, size: tuple[int, int]) -> None:
    OFFICES[office](tmp_path / "kantor.db")
    assert snap_compare(app_of(tmp_path / "kantor.db"), run_before=look, terminal_size=size)


def test_flow_chart_with_symbols_of_the_paper(snap_compare: Compare, tmp_path: Path) -> None:
    OFFICES["demo"](tmp_path / "kantor.db")
    assert snap_compare(app_of(tmp_path / "kantor.db"), run_before=look_large, terminal_size=(120, 40))


def test_flow_chart_of_bidang_on_a_wide_screen(snap_compare: Compare, tmp_path: Path) -> None:
    office_file(tmp_path / "kantor.db", LIMA_PULUH_KOTA)
    assert snap_compare(app_of(tmp_path / "kantor.db"), run_before=look, terminal_size=(200, 50))

"""How the screens without a module of their own look, at two sizes. Look at the report before accepting a change."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from sakip_tui.app import SakipApp
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.recaps import Origin
from tests.fakes import FakeClock, office_file
from tests.snapshots.test_snapshots import SIZES, Compare
from tests.tui.screens import WAYS, busy_office, go, still
from tests.tui.year import MONDAY, demo_file

SHOWN = (
    *("cari", "kartu", "susulan", "tindakan", "sop", "isi-sop", "salinan", "rincian", "saring-riwayat"),
    *("pengguna", "pengguna-kosong", "daftarkan", "pin", "ganti-orang", "kunci", "riwayat-pengaturan"),
)
EMPTY = ("kartu", "tindakan", "isi-sop", "kalender", "salinan")


@pytest.fixture(autouse=True)
def _one_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands on a screen name the database, which lies somewhere else in every run."""
    monkeypatch.setattr(Origin, "words", lambda self: ["--db", "kantor.db"])


def app_of(path: Path) -> SakipApp:
    clock = FakeClock(MONDAY)
    desk = OfficeDesk(path, "kasubag", clock)

    async def look() -> Any:
        office = await desk.office()
        assert office is not None
        return office, await desk.board(office.year)

    app = SakipApp(desk, clock, asyncio.run(look()))
    app.copy_to_clipboard = lambda text: None  # type: ignore[method-assign]
    return app


def compared(snap_compare: Compare, path: Path, name: str, size: tuple[int, int]) -> bool:
    async def visit(pilot: Pilot[Any]) -> None:
        await still(pilot)
        await go(pilot, next(way for way in WAYS if way.name == name))
        await still(pilot)

    return snap_compare(app_of(path), run_before=visit, terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SHOWN)
def test_screen_at_work(snap_compare: Compare, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    path = tmp_path / "kantor.db"
    way = next(way for way in WAYS if way.name == name)
    busy_office(path) if way.needs_people else demo_file(path)
    assert compared(snap_compare, path, name, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", EMPTY)
def test_screen_before_anything_was_done(
    snap_compare: Compare, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    assert compared(snap_compare, path, name, size)

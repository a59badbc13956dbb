"""How the screens of data kinerja look in the demo office at two sizes. Read the report before accepting a change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from textual.pilot import Pilot

from db import opening, seed
from db.seed_indicators import measure
from sakip_tui.imports.screen import FindingsScreen
from tests.exports.forms.sent import office, put, taken, written
from tests.snapshots.test_screens_snapshots import app_of
from tests.snapshots.test_snapshots import SIZES, Compare
from tests.tui.screens import WAYS, go, still
from tests.tui.year import MONDAY

FAULTY: dict[str, Any] = {
    "realisasi_1": "1.234",
    "indikator_1": "Nama lain",
    "batas_waktu_1": "31/02/2026",
    "pembilang_2": "banyak",
    "kode_3": "IK-99",
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office with its indicators: one form in, one returned with a mark, one not filled."""
    path = tmp_path_factory.mktemp("contoh") / "contoh.db"
    with opening.open(path, create=True) as database:
        measure(database, seed.build(database, MONDAY), MONDAY, seed.MANAGER)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def compared(
    snap_compare: Compare,
    path: Path,
    name: str,
    size: tuple[int, int],
    *keys: str,
    then: Callable[[Any], None] | None = None,
) -> bool:
    """Go to a screen, press keys, and do something with the screen on top."""

    async def visit(pilot: Pilot[Any]) -> None:
        await still(pilot)
        await go(pilot, next(way for way in WAYS if way.name == name))
        await still(pilot)
        await pilot.press(*keys)
        await still(pilot)
        if then is not None:
            then(pilot.app.screen)
            await still(pilot)

    return snap_compare(app_of(path), run_before=visit, terminal_size=size)


@pytest.fixture
def path(measured: Path, tmp_path: Path) -> Path:
    return Path(copyfile(measured, tmp_path / "kantor.db"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["indikator", "data", "analisa"])
def test_screen(snap_compare: Compare, path: Path, name: str, size: tuple[int, int]) -> None:
    assert compared(snap_compare, path, name, size)


@pytest.mark.parametrize("size", SIZES)
def test_data_of_a_form_that_came_back_with_a_mark(snap_compare: Compare, path: Path, size: tuple[int, int]) -> None:
    assert compared(snap_compare, path, "data", size, "left", "end", "up", "up")


@pytest.mark.parametrize("size", SIZES)
def test_a_row_is_filled(snap_compare: Compare, path: Path, size: tuple[int, int]) -> None:
    assert compared(snap_compare, path, "data", size, "left", "end", "up", "up", "enter")


@pytest.mark.parametrize("size", SIZES)
def test_faults_of_a_form(snap_compare: Compare, path: Path, size: tuple[int, int]) -> None:
    held = office()
    reading = taken(held, put(written(held), **FAULTY))

    def show(screen: Any) -> None:
        screen.app.push_screen(FindingsScreen(screen.here, "formulir-pelatihan.xlsx", reading.faults))

    assert compared(snap_compare, path, "data", size, then=show)

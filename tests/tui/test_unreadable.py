"""A value that another program left in the file while a screen is open: told with its place, and the screen stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db import opening, queries
from db.errors import ValueUnreadable
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.office_desk import OfficeDesk
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import FakeClock, office_file, until

TW1 = "2026-TW1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "kantor.db"
    office_file(file)
    with opening.open(file) as database:
        store = Store(database, FakeClock())
        store.apply(queries.address_of(database), Command(Act.BUKA, TW1), Actor("budi", everybody=True))
    return file


_SPOIL = """
import json, sqlite3, sys
path, table, column, value = sys.argv[1:]
other = sqlite3.connect(path, isolation_level=None)
for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    other.execute(f"DROP TRIGGER {trigger}")
other.execute(f"UPDATE {table} SET {column} = ?", (json.loads(value),))
other.close()
"""


def spoil(path: Path, table: str, column: str, value: Any) -> None:
    """Another program writes over a column. A process of its own: a second engine in this one, when it closes the file,
    takes the locks of the first away."""
    subprocess.run([sys.executable, "-c", _SPOIL, str(path), table, column, json.dumps(value)], check=True)


PLACES = [
    ("runs", "phase", "melamun"),
    ("runs", "ready", 2**62),
    ("runs", "origins", "{"),
    ("cases", "regions", "[]"),
    ("periods", "phase", "setengah buka"),
    ("periods", "closed_at", 2**62),
    ("offices", "settings", '{"paper": "folio kuno"}'),
]


async def begun(path: Path) -> SakipApp:
    desk = OfficeDesk(path, "budi", FakeClock())
    office = await desk.office()
    assert office is not None
    return SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))


def shown(app: SakipApp) -> str:
    return " ".join("\n".join(widget.text for widget in app.screen.query("Lines")).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("table", "column", "value"), PLACES)
async def test_an_open_board_says_where_and_stays(path: Path, table: str, column: str, value: Any) -> None:
    app = await begun(path)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.screen.card is not None)
        before = app.screen
        spoil(path, table, column, value)
        await pilot.press("r")
        await until(pilot, lambda: f"kolom {column}" in shown(app))
        assert f"tabel {table}" in shown(app)
        assert app.screen is before


@pytest.mark.parametrize(
    ("place", "table", "column", "value"),
    [
        ("riwayat", "events", "act", "meramal"),
        ("riwayat", "events", "recorded", 2**62),
        ("kalender", "calendar_revisions", "spec", "{}"),
    ],
)
async def test_another_screen_says_where_as_well(path: Path, place: str, table: str, column: str, value: Any) -> None:
    app = await begun(path)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.screen.card is not None)
        spoil(path, table, column, value)
        app.screen.action_open_place(place)  # type: ignore[attr-defined]
        await until(pilot, lambda: f"kolom {column}" in shown(app) and f"tabel {table}" in shown(app))


@pytest.mark.parametrize(("table", "column", "value"), PLACES)
async def test_the_desk_gives_the_place_to_whoever_asks(path: Path, table: str, column: str, value: Any) -> None:
    spoil(path, table, column, value)
    desk = OfficeDesk(path, "budi", FakeClock())
    with pytest.raises(ValueUnreadable) as caught:
        await desk.board(2026)
    assert (caught.value.facts["table"], caught.value.facts["column"]) == (table, column)
    await desk.close()


async def test_what_nobody_expected_on_a_sound_file_stays_unexpected(path: Path) -> None:
    desk = OfficeDesk(path, "budi", FakeClock())

    def wrong(*_: object) -> None:
        raise KeyError("salah sendiri")

    with pytest.raises(KeyError):
        await desk.ask(wrong)
    await desk.close()

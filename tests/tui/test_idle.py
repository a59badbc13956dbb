"""The very second at which an untouched screen locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import opening
from db.settings_store import change_settings
from db.store import Store
from sakip_tui.board.screen import BoardScreen
from sakip_tui.people.entrance import LockScreen
from sop.model.pelaksana import Actor
from tests.fakes import TANGERANG, FakeClock, until
from tests.tui.test_people_screen import begun, path

__all__ = ["path"]


@pytest.mark.parametrize("minutes", [1, 5])
async def test_a_screen_locks_once_the_offices_minutes_are_full_and_not_before(path: Path, minutes: int) -> None:
    with opening.open(path) as database:
        store = Store(database, FakeClock())
        if minutes != 5:
            change_settings(store, TANGERANG, {"idle_minutes": minutes}, Actor("adm"))
    app = await begun(path, "adm")
    seconds = [0.0]
    app.seconds = lambda: seconds[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        seconds[0] = minutes * 60 - 0.001
        await app.look_for_somebody()
        assert isinstance(app.screen, BoardScreen)
        seconds[0] = minutes * 60
        await app.look_for_somebody()
        await until(pilot, lambda: isinstance(app.screen, LockScreen))

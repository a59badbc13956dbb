"""An office in a file on the real board, for tests of the screens that one goes to from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from db import opening, seed
from db.rows import Address
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.widgets.ink import Lines
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import FakeClock, until

MONDAY = 1_795_402_800
"""Monday 23 November 2026, 10.00 WIB."""


def demo_file(path: Path, now: int = MONDAY) -> Address:
    """The demo office as it stands at `now`."""
    with opening.open(path, create=True) as database:
        return seed.build(database, now)


def act_elsewhere(path: Path, address: Address, now: int, *commands: Command, by: str = "siti") -> None:
    """Somebody else acts, from another program."""
    with opening.open(path) as database:
        store = Store(database, lambda: now, "lain")
        for command in commands:
            store.apply(address, command, Actor(by, everybody=True))


class Seat:
    """Somebody at the board of a real file."""

    def __init__(self, pilot: Pilot[None], path: Path, clock: FakeClock) -> None:
        self.pilot, self.path, self.clock = pilot, path, clock
        self.copied: list[str] = []

    @property
    def app(self) -> SakipApp:
        assert isinstance(self.pilot.app, SakipApp)
        return self.pilot.app

    @property
    def screen(self) -> Any:
        return self.pilot.app.screen

    def text(self, name: str) -> str:
        return str(self.screen.query_one(f"#{name}", Lines).text)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def go(self, key: str, kind: type[Any]) -> Any:
        """Press the key of a place and wait for its screen."""
        await self.pilot.press(key)
        await until(self.pilot, lambda: isinstance(self.screen, kind))
        await self.pilot.pause()
        return self.screen

    async def until(self, condition: Any) -> None:
        await until(self.pilot, condition)


@asynccontextmanager
async def seated(
    path: Path, size: tuple[int, int] = (80, 24), now: int = MONDAY, glyphs: Glyphs = UNICODE, person: str = "kasubag"
) -> AsyncIterator[Seat]:
    """Sit down at the board of the office in a file."""
    clock = FakeClock(now)
    desk = OfficeDesk(path, person, clock)
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, clock, (office, await desk.board(office.year)), glyphs)
    async with app.run_test(size=size) as pilot:
        seat = Seat(pilot, path, clock)
        app.copy_to_clipboard = seat.copied.append  # type: ignore[method-assign, assignment]
        yield seat

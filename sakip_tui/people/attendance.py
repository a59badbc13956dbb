"""Who attends the screen: a person that signed in, and the lock when nobody has touched a key for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.app import App, ReturnType

from db.errors import DbError
from db.people import lock_minutes
from sakip_tui.screens import SCREENS
from sop.loading import load

if TYPE_CHECKING:
    from textual.screen import Screen

    from db.rows import Address, Board
    from sakip_tui.desk import Desk, Office

LOOK_SECONDS = 5.0
"""How often it is asked whether anybody is still there."""
_SHORTEST = 60.0
"""Seconds that any office lets pass; until then nothing is read."""


class Attended(App[ReturnType]):
    """An app that locks, and lets another person sit down. Mixed into the program's own."""

    desk: Desk
    seconds: Callable[[], float] = staticmethod(monotonic)
    """Counts up; replaced in tests."""
    _touched = 0.0

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self._touched = self.seconds()
        await super().on_event(event)

    def attend(self) -> None:
        """Begin to look whether anybody is there."""
        self._touched = self.seconds()
        self.set_interval(LOOK_SECONDS, self.look_for_somebody)

    async def look_for_somebody(self) -> None:
        """Lock where nobody touched a key for as long as the office lets, and whoever sits here has a PIN."""
        idle = self.seconds() - self._touched
        if idle < _SHORTEST:
            return
        lock_screen, sign_in_screen = load(SCREENS["lock"]), load(SCREENS["sign in"])
        if any(isinstance(screen, lock_screen) for screen in self.screen_stack):
            return
        if len(self.screen_stack) == 1 and isinstance(self.screen, sign_in_screen):
            # Nobody sits here yet. Later that screen stays beneath the board of whoever signed in.
            return
        person = self.desk.person
        try:
            minutes = await self.desk.ask(lambda database, address: lock_minutes(database, address.office, person))
        except DbError:
            # Nothing is set up yet, or nothing can be read: the screen says so itself.
            return
        if minutes is not None and idle >= minutes * 60:
            self.push_screen(lock_screen(self.desk))

    @work(group="enter", exclusive=True)
    async def enter(self) -> None:
        """Show the board to whoever has just signed in; nothing of the person before stays in view."""
        shown = self.year_on_view()
        # Closing the screens comes first: what they keep as unsent is the person's who typed it.
        for screen in self.screen_stack:
            keep = getattr(screen, "hang_up", None)
            if keep is not None:
                keep()
        while len(self.screen_stack) > 1:
            await self.screen.dismiss(None)
            # The screen beneath hears of it through its queue.
            heard = asyncio.Event()
            self.screen.call_next(heard.set)
            await heard.wait()
        await self.desk.sit_down()
        office = await self.desk.office()
        assert office is not None
        # Whoever sits down at a board finds the year that was on it.
        year = shown[1] if shown is not None and shown[0] == office.address else office.year
        board = await self.desk.board(year)
        await self.push_screen(self.board_screen(office, board))

    def year_on_view(self) -> tuple[Address, int] | None:
        """The office and year of the board that is open, beneath whatever lies over it; None for no board."""
        raise NotImplementedError

    def board_screen(self, office: Office, board: Board) -> Screen[Any]:
        """The board of an office."""
        raise NotImplementedError

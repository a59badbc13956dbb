"""The first screen of a file that is gone or damaged while copies of it lie beside it: back to one, or a new office.

As on the screen of the copies, what is agreed to is done once the program has let go of the file (`restoring.py`).
"""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from db.errors import DbError
from db.restoration import difference
from sakip_tui.backups.questions import ANEW, copy_named, require_word, restoring, what_now, which_copy
from sakip_tui.backups.restoring import RestoreWish
from sakip_tui.clock import Clock
from sakip_tui.desk import Desk
from sakip_tui.notices import notice_of
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import EMPTY
from sakip_tui.widgets.ink import InkedScreen, Lines
from sop.loading import load
from sop.model.errors import FaultyInput

if TYPE_CHECKING:
    from db.backup_names import BackupFile
    from db.restoration import Divergence
    from sakip_tui.prompts.form import Form, Response
    from sakip_tui.views.loss import Loss


NEXT = MappingProxyType({"welcome": "sakip_tui.setup.screen:WelcomeScreen"})
"""Loaded for whoever begins anew."""


class LostScreen(InkedScreen[None]):
    """Asks what is to become of it; Escape goes back one question, and at the first one leaves."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LostScreen { layout: vertical; overflow: hidden; }
    LostScreen Lines { width: 1fr; height: 2; }
    """

    def __init__(self, desk: Desk, clock: Clock, loss: Loss) -> None:
        """
        Args:
            desk: The door to the database.
            clock: Reading of the clock.
            loss: What is left.
        """
        super().__init__()
        self.desk, self.clock, self.loss = desk, clock, loss

    def compose(self) -> ComposeResult:
        yield Lines(id="lost")

    def on_mount(self) -> None:
        self._say("")
        self.ask()

    def _say(self, text: str) -> None:
        self.lines("#lost").show([((" Papan kerja SAKIP", "strong"),), ((f" {text}", "text"),)])

    @work(group="lost")
    async def ask(self) -> None:
        while True:
            answer = await self._answer(what_now(self.loss, self.desk.is_guest))
            if answer is None:
                self.app.exit()
                return
            if answer.choice == ANEW:
                await self.app.push_screen(load(NEXT["welcome"])(self.desk, self.clock))
                return
            if await self._restored():
                return

    async def _answer(self, form: Form, before: Response = EMPTY, problem: str = "") -> Response | None:
        answer: Response | None = await self.app.push_screen_wait(FormPrompt(form, before, problem))
        return answer

    async def _restored(self) -> bool:
        """Whether a copy was chosen and agreed to."""
        answer, problem = EMPTY, ""
        while True:
            given = await self._answer(which_copy(self.loss), answer, problem)
            if given is None:
                return False
            answer, problem = given, ""
            one = copy_named(self.loss.copies, given.choice)
            if one is None:
                continue
            self._say("Salinan sedang diperiksa dan dibandingkan.")
            try:
                found = await asyncio.to_thread(difference, one.path, self.loss.place, self.clock())
            except DbError as error:
                problem = str(notice_of(error))
                continue
            finally:
                self._say("")
            if await self._agreed(one, found):
                self.app.exit(RestoreWish(one.path, None))
                return True

    async def _agreed(self, one: BackupFile, found: Divergence) -> bool:
        answer, problem = EMPTY, ""
        while True:
            is_missing = self.loss.is_missing
            form = restoring(one, found, is_missing=is_missing, is_damaged=not is_missing)
            given = await self._answer(form, answer, problem)
            if given is None:
                return False
            try:
                require_word(given)
            except FaultyInput as error:
                answer, problem = given, str(notice_of(error))
            else:
                return True

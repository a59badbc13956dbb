"""A screen that asks by prompts, does what is answered, and loses nothing that was typed.

What is typed and not sent is kept in the database by what was asked (see `prompts/drafts.py`), and offered again: after
Escape, after a refusal, after a dropped line.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from textual import work

from db.errors import DbError
from sakip_tui.draft_places import SURE, DraftPlace
from sakip_tui.prompts.drafts import KEPT, Drafts
from sakip_tui.widgets.watching import PATIENCE_SECONDS, WatchingScreen
from sop.acts.rights import require_right
from sop.model.act import Act
from sop.model.commands import Typed
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused
from sop.time.instants import parse_date, parse_instant

if TYPE_CHECKING:
    from sakip_tui.prompts.form import Form, Response

ResultT = TypeVar("ResultT")

Place = tuple[str, ...]
"""(prompt, what else tells apart what it is about ...), as a screen names it; see `AskingScreen.draft_place`."""
Do = Callable[["Response", str], Awaitable[str | None]]
"""(answer, token) -> what to say once it is done, or None."""


BUSY = "Masih dikerjakan. Tunggu sebentar, lalu tekan lagi."


class AskedAgain(Exception):
    """The person went back to the form: it is shown again as it was filled in."""


class AskingScreen(WatchingScreen[ResultT]):
    """Made by its own screens, never shown itself."""

    _drafts: Drafts | None = None

    def __init__(self) -> None:
        super().__init__()
        self._free = asyncio.Event()
        """Not set from a key to its prompt, and from an answer to what comes of it: a key typed ahead starts nothing
        else."""
        self._free.set()
        self._answered: dict[DraftPlace, Response] = {}
        """What was typed there is answered and not done yet."""

    @property
    def _busy(self) -> bool:
        return not self._free.is_set()

    @_busy.setter
    def _busy(self, busy: bool) -> None:
        if busy:
            self._free.clear()
        else:
            self._free.set()

    async def is_free(self, *others: asyncio.Event) -> bool:
        """Wait a moment for what was answered before to be done, or asked again; where that takes longer, say so.

        Args:
            others: What has to be set as well.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                for event in (self._free, *others):
                    await event.wait()
        except TimeoutError:
            self.announce(BUSY)
            return False
        return True

    def on_done(self) -> None:
        """What was answered is done, so that what is on view is old."""
        self.read_anew()

    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        """Where a prompt of this screen keeps what is typed.

        Args:
            prompt: Its name on this screen.
            about: What it is asked about.
        """
        raise NotImplementedError

    def read_moment(self, text: str, place: str) -> Typed:
        """A moment typed in the field of that name; a minute covers its seconds. Raises FaultyInput."""
        return Typed(*parse_instant(text, self.zone_offset, self.clock(), place))

    def read_day(self, text: str, place: str) -> dt.date:
        """A day, as `read_moment`."""
        return parse_date(text, self.zone_offset, self.clock(), place)

    def refusal_of(self, actor: Actor, act: Act) -> str:
        """Why somebody has no right to an act on the office; empty where there is one."""
        try:
            require_right(actor, act)
        except Refused as refused:
            return (self.notice(refused) or "").replace("\n", " ")
        return ""

    @property
    def drafts(self) -> Drafts:
        if self._drafts is None:
            self._drafts = Drafts(self.desk, self.notice)
        return self._drafts

    async def ask(self, place: Place, form: Form, do: Do, problem: str = "") -> None:
        """Put a question, and do what is answered. What cannot be taken is asked again with the reason.

        Returns once the question stands there: a key typed ahead goes to it.

        Args:
            place: Names the draft of what was typed.
            form: The question.
            do: What comes of an answer.
            problem: Why the answer before could not be taken.
        """
        if self._busy:
            return
        self._busy = True
        self.said = ""
        kept_at = self.draft_place(*place)
        try:
            prompt = await self.drafts.prompt(kept_at, form, problem)
        finally:
            self._busy = False

        def answered(answer: Response | None) -> None:
            if answer is not None:
                self._busy = True
                self._answered = {} if prompt.unsent is None else {kept_at: prompt.unsent}
                self._do(place, form, do, answer)
            elif prompt.unsent is not None:
                self.announce(KEPT)

        await self.app.push_screen(prompt, answered)

    async def ask_whether(self, place: Place, form: Form) -> Response:
        """Ask whether an answer is meant, before it is done.

        Args:
            place: Of the question that was answered.
            form: The second question.

        Raises:
            AskedAgain: It is not.
        """
        if not self.is_on_top:
            # Locked meanwhile, or left to another person.
            raise AskedAgain
        kept_at = self.draft_place(f"{place[0]}-{SURE}", *place[1:])
        prompt = await self.drafts.prompt(kept_at, form)
        answer: Response | None = await self.app.push_screen_wait(prompt)
        if answer is None:
            raise AskedAgain
        if prompt.unsent is not None:
            self._answered[kept_at] = prompt.unsent
        return answer

    @work(group="act")
    async def _do(self, place: Place, form: Form, do: Do, answer: Response) -> None:
        problem: str | None = None
        try:
            said = await do(answer, uuid4().hex)
        except AskedAgain:
            problem = ""
        except DbError as error:
            # Somebody was faster, or nothing can be written: what the form was made from may be old by now.
            self._keep_answered()
            self.announce_error(error)
            self.read_anew()
            return
        except Exception as error:
            problem = self.notice(error, form.labels)
            if problem is None:
                raise
        finally:
            self._busy = False
        if problem is not None:
            if self.is_on_top:
                await self.ask(place, form, do, problem)
            else:
                self._keep_answered()
            return
        for kept_at in (self.draft_place(*place), *self._answered):
            self.drafts.forget(kept_at)
        self._answered = {}
        if said:
            self.announce(said)
        self.on_done()

    def leave(self, result: ResultT | None) -> None:
        """Close the screen; not while an answer is being done, since nobody would hear what came of it."""
        if self._busy:
            self.announce(BUSY)
        else:
            self.dismiss(result)

    def hang_up(self) -> None:
        """The terminal is gone: keep what waits for a second answer. A prompt keeps itself what stands in it."""
        if self._busy and self.app.screen is not self:
            # Without a prompt that asks whether it is meant it is being written, and may well arrive.
            self._keep_answered()

    def _keep_answered(self) -> None:
        for place, unsent in self._answered.items():
            self.drafts.keep(place, unsent)

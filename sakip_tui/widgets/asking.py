"""A screen that asks by prompts, does what is answered, and loses nothing that was typed.

What is typed and not sent is kept in the database by the place it was typed at, and offered again: after Escape, after
a refusal, after a dropped line.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

from textual import work

from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import EMPTY, Answer, Form
from sakip_tui.widgets.watching import WatchingScreen

ResultT = TypeVar("ResultT")

Place = tuple[object, ...]
"""Names what was typed: of which prompt, for which thing."""
Do = Callable[[Answer, str], Awaitable[str | None]]
"""(answer, token) -> what to say once it is done, or None."""


class AskedAgain(Exception):
    """The person went back to the form: it is shown again as it was filled in."""


class AskingScreen(WatchingScreen[ResultT]):
    """Made by its own screens, never shown itself."""

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        """From a key to its prompt and from an answer to what comes of it: a key typed ahead starts nothing else."""
        self._drafts: dict[Place, Answer] = {}
        self._asking: tuple[Place, FormPrompt] | None = None
        """The prompt that is open, and the place of its draft."""
        self._answered: Place | None = None
        """What was typed there is answered and not done yet."""

    def draft_name(self, place: Place) -> str:
        """What a draft of that place is kept under in the database."""
        raise NotImplementedError

    def read_anew(self) -> None:
        """Read what is on view again, after something was done or somebody was faster."""

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
        try:
            prompt = FormPrompt(form, await self._draft_at(place), problem)
        finally:
            self._busy = False
        self._asking = (place, prompt)

        def answered(answer: Answer | None) -> None:
            self._asking = None
            self._drafts[place] = prompt.draft
            if answer is not None:
                self._busy = True
                self._answered = place if prompt.has_typed else None
                self._do(place, form, do, answer)
            elif prompt.has_typed:
                self._keep(place, prompt.draft)
                self.say("Dibatalkan. Tulisan Anda disimpan dan muncul lagi bila tombol yang sama ditekan.")
            else:
                self._forget(place)

        await self.app.push_screen(prompt, answered)

    @work(group="act")
    async def _do(self, place: Place, form: Form, do: Do, answer: Answer) -> None:
        from db.errors import DbError

        problem: str | None = None
        try:
            said = await do(answer, uuid4().hex)
        except AskedAgain:
            problem = ""
        except DbError as error:
            # Somebody was faster, or nothing can be written: what the form was made from may be old by now.
            self._keep_answered()
            self.tell(error)
            self.read_anew()
            return
        except Exception as error:
            problem = self.notice(error)
            if problem is None:
                raise
        finally:
            self._busy = False
        if problem is not None:
            if self.is_attached:
                await self.ask(place, form, do, problem)
            return
        self._forget(place)
        if said:
            self.say(said)
        self.read_anew()

    # ------------------------------------------------------------------ what was typed and not sent
    async def _draft_at(self, place: Place) -> Answer:
        if place in self._drafts:
            return self._drafts[place]
        try:
            kept = await self.desk.draft(self.draft_name(place))
        except Exception as error:
            # A draft that cannot be read must not keep anybody from acting.
            if self.notice(error) is None:
                raise
            return EMPTY
        return EMPTY if kept is None else Answer(None, {str(name): str(text) for name, text in kept.items()})

    def _keep(self, place: Place, draft: Answer) -> None:
        self._drafts[place] = draft
        self.desk.keep_draft(self.draft_name(place), dict(draft.values))

    def _forget(self, place: Place) -> None:
        if self._drafts.pop(place, None) is not None:
            self.desk.keep_draft(self.draft_name(place), None)

    def hang_up(self) -> None:
        """The terminal is gone: keep what stands in an open prompt, or waits for a second answer."""
        if self._asking is not None:
            place, prompt = self._asking
            prompt.draft = prompt.typed_so_far()
            if prompt.has_typed:
                self._keep(place, prompt.draft)
        elif self._busy and self.app.screen is not self:
            # Under a prompt that asks whether it is meant; without one it is being written, and may well arrive.
            self._keep_answered()

    def _keep_answered(self) -> None:
        if self._answered is not None:
            self._keep(self._answered, self._drafts[self._answered])

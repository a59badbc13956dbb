"""What is typed and picked in the prompts of a screen and not sent: offered again there, kept in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from sop.loading import load

if TYPE_CHECKING:
    from sakip_tui.desk import Desk
    from sakip_tui.draft_places import DraftPlace
    from sakip_tui.prompts.base import FormPrompt
    from sakip_tui.prompts.form import Form, Response

LATER: Mapping[str, str] = {
    "prompt": "sakip_tui.prompts.base:FormPrompt",
    "restored": "sakip_tui.prompts.keeping:restored",
    "stored": "sakip_tui.prompts.keeping:stored",
    "nothing": "sakip_tui.prompts.form:EMPTY",
}
"""Loaded at the first prompt: the board is there before anybody asks for one."""
KEPT = "Dibatalkan. Isian Anda disimpan dan muncul lagi bila tombol yang sama ditekan."


class Drafts:
    """The drafts of one person, as a screen meets them."""

    def __init__(self, desk: Desk, notice: Callable[[BaseException], object | None]) -> None:
        """
        Args:
            desk: The door to the database.
            notice: What an error says to people; None for one that nobody expected.
        """
        self._desk, self._notice = desk, notice
        self._held: dict[DraftPlace, Response] = {}
        """What is to stand in each prompt again: all that it was answered with, or what was unsent when it was left."""

    async def prompt(self, place: DraftPlace, form: Form, problem: str = "") -> FormPrompt:
        """A prompt that goes on from what was typed there, and keeps what is typed when it is left.

        Args:
            place: What is asked, about what.
            form: The question.
            problem: Why the answer before could not be taken.
        """
        make: type[FormPrompt] = load(LATER["prompt"])
        return make(form, await self.kept(place), problem, partial(self._heard, place))

    async def kept(self, place: DraftPlace) -> Response:
        """What was typed there and not sent; empty for nothing."""
        if place in self._held:
            return self._held[place]
        try:
            kept = await self._desk.draft(place)
        except Exception as error:
            # A draft that cannot be read must not keep anybody from acting.
            if self._notice(error) is None:
                raise
            kept = None
        found: Response = load(LATER["nothing"]) if kept is None else load(LATER["restored"])(kept)
        return found

    def _heard(self, place: DraftPlace, prompt: FormPrompt, is_answered: bool) -> None:
        unsent = prompt.unsent
        if is_answered:
            self._held[place] = prompt.draft
        elif unsent is not None:
            # The same as after a new start.
            self._held[place] = unsent
            self.keep(place, unsent)
        else:
            self.forget(place)

    def keep(self, place: DraftPlace, unsent: Response) -> None:
        """Keep what was typed there, until it is sent or thrown away."""
        self._desk.keep_draft(place, load(LATER["stored"])(unsent))

    def forget(self, place: DraftPlace) -> None:
        """It was sent, or nothing was typed."""
        self._held.pop(place, None)
        self._desk.keep_draft(place, None)

"""A screen whose keys can be looked up and run: what `?` opens, loaded when somebody presses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding

from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.widgets.ink import InkedScreen
from sakip_tui.widgets.keys import act_as_small
from sop.loading import load

ResultT = TypeVar("ResultT")

HELP = "sakip_tui.widgets.help:HelpScreen"
Signs = Sequence[tuple[str, str]]
"""(sign, what it means) of what stands on a screen."""


class HelpedScreen(InkedScreen[ResultT]):
    """Made by its own screens, never shown itself."""

    glyphs: Glyphs = UNICODE
    NAME: ClassVar[str] = ""
    """What the screen is called in its help."""

    # ------------------------------------------------------------------ what each screen says
    def help_name(self) -> str:
        """The same, for one that is called after what it shows."""
        return self.NAME

    def help_signs(self) -> Signs:
        """What its signs mean."""
        return ()

    async def hindrances(self) -> Mapping[str, str]:
        """Key -> why it can do nothing now; no entry for one that can."""
        return {}

    # ------------------------------------------------------------------ opening it
    def action_help(self) -> None:
        self.app.push_screen(load(HELP)(self), self._run)

    def _run(self, key: str | None) -> None:
        if key is not None:
            self.press(key)

    async def on_key(self, event: events.Key) -> None:
        await act_as_small(self, event)

    def own_keys(self) -> list[Binding]:
        """The keys of this screen with words, the most particular in front; none twice."""
        found: list[Binding] = []
        known: set[str] = set()
        for kind in type(self).__mro__:
            if not kind.__module__.startswith("sakip_tui."):
                continue
            for item in kind.__dict__.get("BINDINGS", ()):
                if isinstance(item, Binding) and item.description and not known & set(item.key.split(",")):
                    known |= set(item.key.split(","))
                    found.append(item)
        return found

"""Lines that say which cell of them was clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from sakip_tui.widgets.ink import Lines


class ClickableLines(Lines):
    """Lines of which a click picks one."""

    class Clicked(Message):
        """A cell was clicked."""

        def __init__(self, x: int, y: int) -> None:
            super().__init__()
            self.x, self.y = x, y

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(event.x, event.y))


def stacked(above: Sequence[str], middle: str, below: Sequence[str]) -> ComposeResult:
    """Lines one below the other, made by their ids; those in the middle can be clicked."""
    for name in above:
        yield Lines(id=name)
    yield ClickableLines(id=middle)
    for name in below:
        yield Lines(id=name)

"""The lines of the table that one types into: hands what is typed, pasted and clicked to its screen."""

from __future__ import annotations

from textual import events
from textual.message import Message

from sakip_tui.widgets.clickable import ClickableLines


class TypedTable(ClickableLines):
    """Lines that have the focus; letters are text here."""

    can_focus = True

    class Typed(Message):
        """A character."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    class Pasted(Message):
        """Something was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key types something."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.is_printable:
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(self.Pasted(event.text))

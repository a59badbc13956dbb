"""A line of a form that is typed: what stood there from before is named and replaced, and a paste becomes one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from sakip_tui.prompts.form import FormField
from sakip_tui.terminal_input import Paste
from sop.model.texts import LONGEST, clean

OLD_ENTERED = "tulisan tadi, Ctrl+U mengosongkan"
OLD = "tulisan tadi, ketik untuk mengganti, Ctrl+U mengosongkan"
"""Stands at a field that holds what was typed before and never sent; once the cursor was moved into it, typing adds."""
_FRAME = 6
"""Cells of a field in which its hint cannot stand."""
_MAY_BE_EMPTY = "boleh kosong"
"""A hint that says nothing about what stands in its line."""


class TextField(Input):
    """A line to be typed. Its cursor does not blink, since each blink would travel over the line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+u", "empty", "Kosongkan isian ini")]

    _old: str | None = None
    """What was typed before and never sent, while it stands there."""

    class Cut(Message):
        """More was pasted than a line holds; the rest is left out."""

    def __init__(self, spec: FormField, value: str, turn: Callable[[int], bool], *, is_old: bool = False) -> None:
        """
        Args:
            spec: What is asked.
            value: What stands there at first.
            turn: Takes an arrow to the side (-1, 1) that has nothing to move in here; False where it has no use for it.
            is_old: Whether that was typed before and never sent.
        """
        super().__init__(value=value, placeholder=spec.hint, id=f"field-{spec.name}", max_length=LONGEST, compact=False)
        self.spec = spec
        self.cursor_blink = False
        self.border_title = spec.label.replace("[", "\\[")
        self._turn = turn
        self._old = value if is_old else None
        # Where something stands in the line from the start, what may stand there is told at its lower edge.
        self._hint_beneath = spec.hint if spec.value and spec.hint != _MAY_BE_EMPTY else ""
        self._show_beneath()

    def _on_focus(self, event: events.Focus) -> None:
        # Textual selects everything in a field that is entered, and the next letter replaces it. That suits a value
        # that was put there or came back from before; what was typed just now goes on at its end.
        self.select_on_focus = self.is_as_given

    def watch_selection(self) -> None:
        """Whoever moves the cursor into what was typed before goes on with it, and typing replaces it no more."""
        if self._old is not None and self.has_focus:
            self._show_beneath()

    @property
    def is_as_given(self) -> bool:
        """Whether nothing else stands there than what was there at first."""
        return self.value in (self.spec.value, self._old)

    def give_way(self) -> None:
        """Be empty for what is typed over something else, where entering this would let it replace what stands here."""
        if self.is_as_given:
            self.value = ""

    def watch_value(self, value: str) -> None:
        """What was typed before is gone once something else stands there."""
        if self._old is not None and value != self._old:
            self._old = None
            self._show_beneath()

    def on_resize(self) -> None:
        self._show_beneath()

    def _show_beneath(self) -> None:
        """What stands there from before, else what may stand there, where there is room for all of it."""
        if self._old is not None:
            is_entered = self.has_focus and self.selection.is_empty
            self.border_subtitle = OLD_ENTERED if is_entered else OLD
        elif self._hint_beneath and not self.is_hint_cut(self.outer_size.width):
            self.border_subtitle = self._hint_beneath.replace("[", "\\[")
        else:
            self.border_subtitle = None

    def is_hint_cut(self, width: int) -> bool:
        """Whether its frame, so many cells wide, has no room for the hint; 0 for a width that is not known yet."""
        return 0 < width - _FRAME < cell_len(clean(self.spec.hint))

    def action_empty(self) -> None:
        """Take away all that stands there, wherever the cursor is."""
        self.value = ""

    def action_cursor_left(self, select: bool = False) -> None:
        """With nothing to move in, and nothing done yet, the choice at the left."""
        if self.value or not self._turn(-1):
            super().action_cursor_left(select)

    def action_cursor_right(self, select: bool = False) -> None:
        """With nothing to move in, and nothing done yet, the choice at the right."""
        if self.value or not self._turn(1):
            super().action_cursor_right(select)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual takes the first line of what is pasted and drops the rest; nothing that was pasted may vanish unseen.
        self.put_in(event)
        event.stop()
        event.prevent_default()

    def put_in(self, event: events.Paste) -> None:
        """Put what was pasted in at the cursor, as one line."""
        text = clean(event.text)
        if text:
            self.replace(text, *self.selection) if not self.selection.is_empty else self.insert_text_at_cursor(text)
        if isinstance(event, Paste) and event.is_cut:
            self.post_message(self.Cut())

"""The part of a form that scrolls where the screen is small: what lies between refusal and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Questions(VerticalScroll, inherit_bindings=False):
    """Scrolls by the page and by the wheel. Arrows are not its own: they choose or go to another line, whether or not
    there is room for all."""

    can_focus = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", "Satu layar ke atas"),
        Binding("pagedown", "page_down", "Satu layar ke bawah"),
    ]

    def __init__(self, moved: Callable[[], object], resized: Callable[[], object]) -> None:
        """
        Args:
            moved: Called when other lines of it are in view.
            resized: Called when it has another size.
        """
        super().__init__(id="questions")
        self._moved, self._resized = moved, resized

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def watch_virtual_size(self) -> None:
        """Lines came or went."""
        self._tell()

    def _tell(self, then: Callable[[], object] | None = None) -> None:
        # What was put off may still scroll it once its form was taken down.
        if self.is_mounted and self.parent is not None:
            self.call_after_refresh(then or self._moved)

    def on_resize(self) -> None:
        self._tell()
        # A refusal that came took the place of lines here, perhaps of those that are typed in.
        self._tell(self._resized)

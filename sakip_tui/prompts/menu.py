"""A modal list: answers the code of what was chosen, or None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.widgets.hints import hints
from sakip_tui.widgets.ink import InkedModal, Lines
from sakip_tui.widgets.menu import MenuItem, MenuList

_ABOUT_LINES = 5
"""At most so many lines below the list in which all is said of the picked item; the list itself cuts it."""
_FRAME = 4
"""Lines that are neither list nor about: frame, rule and keys."""


class MenuPrompt(InkedModal[str | None]):
    """Asks to choose one of a list."""

    AUTO_FOCUS = "#menu-list"
    DEFAULT_CSS = """
    MenuPrompt { align: center middle; background: transparent; }
    MenuPrompt #menu {
        width: 100; max-width: 100%; height: auto; max-height: 100%;
        border: round ansi_cyan; padding: 0 1; background: ansi_default;
    }
    MenuPrompt MenuList { width: 1fr; height: auto; }
    MenuPrompt Lines { width: 1fr; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Kembali")]

    def __init__(self, title: str, items: Sequence[MenuItem], glyphs: Glyphs = UNICODE, picked: str = "") -> None:
        """
        Args:
            title: Over the list.
            items: What can be chosen, at least one.
            glyphs: Signs that the terminal can show.
            picked: Code of what is picked at first.
        """
        super().__init__()
        self._title = title
        self._about = self._most = -1
        """Lines below the list, and of the list at most; as last laid out."""
        self.list = MenuList(items, picked, glyphs)

    def compose(self) -> ComposeResult:
        with Vertical(id="menu") as box:
            box.border_title = self._title.replace("[", "\\[")
            yield self.list
            yield Lines(id="menu-about")
            yield Lines(id="menu-keys")

    def on_mount(self) -> None:
        keys = [("Enter", "Pilih"), ("Esc", "Kembali"), ("panah", "Pindah")]
        if any(item.key for item in self.list.items):
            keys.append(("huruf", "Langsung"))
        keys.append(("Ctrl+L", "Gambar ulang"))
        self.lines("#menu-keys").show([hints(keys)])
        # Before the first layout: a list that is drawn in one height and then in another is sent twice.
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        room, most = self.app.size.height - _FRAME + 1, min(_ABOUT_LINES, max(1, self.app.size.height // 5))
        about = self.list.about_lines(self._width, most, self.list.items)
        if self.list.height > room - about:
            # What lies below the edge is said there. Lines that say nothing of the picked item are better part of it.
            about = max(1, self.list.about_lines(self._width, most, [self.list.item]))
        if about != self._about:
            self._about = about
            self.lines("#menu-about").styles.height = about
        if room - about != self._most:
            self._most = room - about
            self.list.styles.max_height = max(1, self._most)
        self._tell()

    def on_menu_list_picked(self) -> None:
        self._fit()

    def _tell(self) -> None:
        """All of what is to be said of the picked item."""
        lines = self.lines("#menu-about")
        lines.show(self.list.told_lines(self._width, lines.room))

    @property
    def _width(self) -> int:
        """Cells inside the frame."""
        return max(20, min(100, self.app.size.width) - 4)

    def on_menu_list_chosen(self) -> None:
        item = self.list.item
        if item.is_possible:
            self.dismiss(item.code)
        else:
            # Why not stands below the list already; the bell says that the key was heard.
            self._tell()
            self.app.bell()

    def action_leave(self) -> None:
        self.dismiss(None)

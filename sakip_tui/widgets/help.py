"""The keys of a screen, made from its bindings, and what the signs on the cards mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from sakip_tui.glyphs import MARK_WORDS, UNICODE, Glyphs
from sakip_tui.text import wrapped
from sakip_tui.widgets.ink import InkedModal, InkedScreen, Line, Lines
from sakip_tui.widgets.keys import act_as_small

_TEXT_WIDTH = 64
"""Cells of a line inside the frame."""
KEY_NAMES = {
    "up": "panah atas",
    "down": "panah bawah",
    "left": "panah kiri",
    "right": "panah kanan",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "enter": "Enter",
    "space": "spasi",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "escape": "Esc",
    "question_mark": "?",
    "slash": "/",
    "full_stop": "titik",
    "comma": "koma",
    "ctrl+s": "Ctrl+S",
    "ctrl+l": "Ctrl+L",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
"""What the keyboard calls a key."""


def key_words(keys: str) -> str:
    """`up,k` -> `panah atas, k`."""
    return ", ".join(KEY_NAMES.get(key, key) for key in keys.split(","))


def card_signs(glyphs: Glyphs) -> list[tuple[str, str]]:
    """What the signs on the cards mean."""
    signs = [(glyphs.marks[mark], text) for mark, text in MARK_WORDS.items()]
    return [*signs, ("p2", "putaran kedua: langkah ini diulang"), ("3/5", "tiga dari lima bidang sudah")]


def help_lines(bindings: Iterable[BindingType], signs: Iterable[tuple[str, str]], about: str) -> list[Line]:
    """Every key with what it does, the seven keys of the periods in one line; then the signs of the screen."""
    rows: list[tuple[str, str]] = []
    for binding in bindings:
        if not isinstance(binding, Binding) or not binding.description:
            continue
        if binding.key.isdigit() and binding.key != "0":
            if binding.key == "1":
                rows.append(("1 sampai 7", "Periode menurut nomornya"))
            continue
        rows.append((key_words(binding.key), binding.description))
    widest = max(len(keys) for keys, _ in rows)
    lines: list[Line] = []
    for keys, text in rows:
        parts = wrapped(text, max(20, _TEXT_WIDTH - widest - 2), 4)
        lines.append(((keys.ljust(widest + 2), "key"), (parts[0], "text")))
        lines += [((" " * (widest + 2), "text"), (part, "text")) for part in parts[1:]]
    signs = tuple(signs)
    lines += [(), ((about, "strong"),)] if signs else []
    lines += [((sign.ljust(widest + 2), "key"), (text, "text")) for sign, text in signs]
    return lines


class HelpScreen(InkedModal[None]):
    """Shows the keys of the screen beneath."""

    AUTO_FOCUS = "#help"
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: transparent; }
    HelpScreen #help {
        width: 70; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round ansi_cyan; background: ansi_default; scrollbar-size-vertical: 1;
    }
    HelpScreen Lines { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,q", "dismiss", "Kembali"),
        Binding("j", "scroll('down')", "Ke bawah"),
        Binding("k", "scroll('up')", "Ke atas"),
    ]

    def __init__(
        self,
        name: str,
        bindings: Iterable[BindingType],
        glyphs: Glyphs = UNICODE,
        signs: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        """
        Args:
            name: Of the screen.
            bindings: Its keys.
            glyphs: Signs that the terminal can show.
            signs: What stands on that screen and what it means; None for the signs on cards.
        """
        super().__init__()
        self._title = f"Bantuan: {name}"
        bindings = list(bindings)
        known = {item.key for item in bindings if isinstance(item, Binding)}
        shared = [item for item in InkedScreen.BINDINGS if isinstance(item, Binding) and item.key not in known]
        about = "Tanda pada kartu" if signs is None else "Tanda di layar ini"
        self._lines = help_lines([*bindings, *shared], card_signs(glyphs) if signs is None else signs, about)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help") as box:
            box.border_title = self._title.replace("[", "\\[")
            box.border_subtitle = "panah: gulir, Esc: kembali"
            yield Lines(id="help-lines")

    def on_mount(self) -> None:
        self.lines("#help-lines").show(self._lines)

    async def on_key(self, event: events.Key) -> None:
        await act_as_small(self, event)

    def action_scroll(self, direction: str) -> None:
        box = self.query_one("#help", VerticalScroll)
        box.scroll_relative(y=1 if direction == "down" else -1, animate=False)

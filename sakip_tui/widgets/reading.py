"""A text to be read: a page over the screen it belongs to, scrolled by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sakip_tui.text import cut, wrapped
from sakip_tui.widgets.copying import BY_HAND
from sakip_tui.widgets.helped import HelpedScreen
from sakip_tui.widgets.hints import hints
from sakip_tui.widgets.ink import Line, Lines
from sakip_tui.widgets.keys import paging, stepping
from sop.model.texts import clean

_MOST = 400
"""Lines of one paragraph: 10,000 characters on the narrowest screen are fewer."""


class ReadingScreen(HelpedScreen[None]):
    """Shows paragraphs, wrapped to the width there is."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReadingScreen { layout: vertical; overflow: hidden; }
    ReadingScreen Lines { width: 1fr; height: 1; }
    ReadingScreen #reading { height: 1fr; margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Kembali"),
        *stepping("Ke atas", "Ke bawah", "scroll"),
        *paging("Ke awal", "Ke akhir", ends=("-1", "1"), space=True),
        Binding("c", "copy_all", "Salin seluruh teks ini"),
        Binding("question_mark", "help", "Bantuan"),
    ]

    def __init__(self, title: str, paragraphs: Sequence[tuple[str, str]], about: str = "") -> None:
        """
        Args:
            title: Stands on top.
            paragraphs: (text, ink) each; an empty text is a blank line.
            about: A sentence below the title on what to do with the text.
        """
        super().__init__()
        self._title, self._paragraphs, self._about = title, tuple(paragraphs), about
        self.first = 0
        """First line in view."""
        self._text: list[Line] = []
        self._said = ""
        """A sentence beside the keys until the text moves."""

    def compose(self) -> ComposeResult:
        yield Lines(id="reading-title")
        yield Lines(id="reading")
        yield Lines(id="reading-keys")

    def on_resize(self) -> None:
        width = self.size.width
        if not width:
            return
        room = max(10, width - 2)
        self._text = [((line, "muted"),) for line in wrapped(self._about, room, 6)] if self._about else []
        self._text += [()] if self._about else []
        for text, ink in self._paragraphs:
            # Cleaned here for whatever screen hands it in.
            self._text += [((line, ink),) for line in wrapped(clean(text), room, _MOST)] if text else [()]
        title = cut(f" {clean(self._title)}", width)
        self.lines("#reading-title").show([((title.ljust(width), "banner"),)])
        self._show()

    @property
    def _visible(self) -> int:
        return max(1, self.size.height - 2)

    def _show(self) -> None:
        most = max(0, len(self._text) - self._visible)
        self.first = max(0, min(self.first, most))
        self.lines("#reading").show(self._text[self.first : self.first + self._visible])
        below = len(self._text) - self.first - self._visible
        keys = hints([("Esc", "Kembali"), ("c", "Salin"), *([("panah", "Gulir")] if most else ())], " ")
        more = f"{below} baris lagi di bawah" if below > 0 else ""
        self.lines("#reading-keys").show([(*keys, (self._said or more, "muted"))])

    def action_scroll(self, lines: int) -> None:
        self._said = ""
        self.first += lines
        self._show()

    def action_page(self, step: int) -> None:
        self.action_scroll(step * max(1, self._visible - 1))

    def action_copy_all(self) -> None:
        self.app.copy_to_clipboard("\n".join(text for text, _ in self._paragraphs))
        self._said = f"Disalin. {BY_HAND}"
        self._show()

    def help_name(self) -> str:
        return self._title

    def action_edge(self, way: int) -> None:
        self.action_scroll(way * len(self._text))

    def action_leave(self) -> None:
        self.dismiss()

    def turn_wheel(self, way: int) -> None:
        self.action_scroll(3 * way)

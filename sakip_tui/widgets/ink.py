"""Text in a few named inks, drawn line by line: what the board, its bars and the card page are made of.

Meaning is never in the ink alone: every ink goes with a word or a sign.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._callback import invoke
from textual.app import ScreenStackError
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget

from sakip_tui.text import wrapped
from sakip_tui.textual_workarounds import SparingApp
from sakip_tui.widgets.hints import character_of, key_at
from sakip_tui.widgets.keys import keys_at_actions
from sakip_tui.widgets.spans import PICKED, Line, Span, spread, width_of

__all__ = ["Inked", "InkedModal", "InkedScreen", "Line", "Lines", "Span", "spread", "width_of"]

ResultT = TypeVar("ResultT")


_RED, _GREEN, _YELLOW, _CYAN, _GREY = (f"color({number})" for number in (1, 2, 3, 6, 8))
"""By number, as Textual names those of a frame: what has one colour is then sent as one."""


def _ink(color: str = "default", *, bold: bool | None = None, reverse: bool | None = None) -> Style:
    return Style(color=color, bgcolor="default", bold=bold, reverse=reverse)


INKS = MappingProxyType(
    {
        "text": _ink(),
        "strong": _ink(bold=True),
        "muted": _ink(_GREY),
        "late": _ink(_RED, bold=True),
        "risk": _ink(_YELLOW, bold=True),
        "done": _ink(_GREEN),
        "lane": _ink(_CYAN),
        "rule": _ink(_GREY),
        "key": _ink(_CYAN, bold=True),
        "picked": _ink(reverse=True),
        "banner": _ink(bold=True, reverse=True),
    }
)
"""Colours by meaning, in the terminal's own sixteen: each goes with a word or a sign. Not in the stylesheet, which
would work out each of them for every screen."""

_PICKED = Style(reverse=True)


@lru_cache(maxsize=512)
def style_of(name: str) -> Style:
    """The style of an ink, over the terminal's own background."""
    shown = name.removesuffix(PICKED)
    # What stands behind the sign is the key that a click there means (see `hints.py`).
    base, picked = shown.partition("@")[0], len(shown) < len(name)
    return INKS[base] + _PICKED if picked else INKS[base]


def _is_here(node: MessagePump) -> bool:
    """Whether it is on a screen, or the app, and is not being taken away."""
    return not isinstance(node, Widget) or (node.is_attached and not node._pruning)


REPAINT_WORDS = "Gambar ulang seluruh layar, misalnya sesudah ada tulisan asing"
"""What `r` and Ctrl+L do on every screen."""


class InkedScreen(Screen[ResultT]):
    """A screen made of lines in inks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reload", REPAINT_WORDS),
        # Before whatever has the focus: a line that is typed in has no use for it.
        Binding("ctrl+l", "repaint", REPAINT_WORDS, priority=True),
    ]

    LEAVING: ClassVar[Sequence[BindingType]] = ()
    """Keys that the help names last."""

    SMALLEST: ClassVar[tuple[int, int]] = (30, 8)
    """Cells and lines from which on it shows what it is about; below, nothing is done that nobody could see."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Gather the keys that stand at the actions, before Textual reads them."""
        own = vars(cls)
        cls.BINDINGS = [*own.get("BINDINGS", ()), *keys_at_actions(cls), *own.get("LEAVING", ())]
        super().__init_subclass__(**options)

    def action_repaint(self) -> None:
        """Clear the terminal and draw everything."""
        if isinstance(self.app, SparingApp):
            self.app.repaint()

    def action_reload(self) -> None:
        """The same; a screen that has read something also reads it anew."""
        self.action_repaint()

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self.laid_out = asyncio.Event()
        """Set once it has its size and has drawn itself; what is pressed waits for that (see `typed_ahead.py`)."""

    def on_resize(self) -> None:
        self.laid_out.set()
        if not self.is_too_small:
            self.query("#too-small").remove()
            return
        if not self.query("#too-small"):
            cover = Lines(id="too-small")
            cover.styles.dock, cover.styles.layer, cover.styles.height = "top", "_loading", "100%"
            self.mount(cover)
        self.query_one("#too-small", Lines).show(too_small(*self.app.size, self.SMALLEST))

    @property
    def is_too_small(self) -> bool:
        """Whether there is no room for it, so that only this is said, and only the keys that leave do something."""
        return any(has < needs for has, needs in zip(self.app.size, self.SMALLEST, strict=True))

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time, be drawn once: with what it shows at its size, and in the styles it was put together in.

        Textual styles every widget a second time, and draws all of them before any was told its size.
        """
        if self.stack_updates:
            return
        event.prevent_default()
        event.refresh_styles = False
        with self.app.batch_update():
            super()._on_screen_resume(event)

    @property
    def is_on_top(self) -> bool:
        """Whether this screen is the one that keys go to."""
        try:
            return self.app.screen is self
        except ScreenStackError:
            return False

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Leave once, whether somebody still waits for the answer or not.

        Keys pressed faster than screens change reach one that has left already; those do nothing.
        """
        if not self.is_on_top:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
            return nothing
        for asked in self._result_callbacks[-1:]:
            if asked.future is not None and asked.future.done():
                # Whoever asked was called off meanwhile.
                asked.future = None
        return super().dismiss(result)

    async def _invoke_and_clear_callbacks(self) -> None:
        """Do what was put off until the next picture, but for widgets that left meanwhile.

        Textual hands it to the screen that is on top when a widget is idle: perhaps the one below the widget's own.
        """
        waiting = [*self._callbacks]
        self._callbacks.clear()
        for callback, asking in waiting:
            if _is_here(asking):
                with asking._context():
                    await invoke(callback)

    def turn_wheel(self, way: int) -> None:
        """The wheel of the mouse was turned by one notch: 1 for down, -1 for up."""

    def on_mouse_scroll_down(self) -> None:
        self.turn_wheel(1)

    def on_mouse_scroll_up(self) -> None:
        self.turn_wheel(-1)

    def press(self, key: str) -> None:
        """Do what a key does: it goes the way of every key that is pressed, behind those that wait already."""
        self.app.post_message(events.Key(key, character_of(key)))

    def lines(self, query: str) -> Lines:
        """The lines of that name.

        A screen may be gone by the time that what was read for it arrives, or not be made yet: then these are lines
        that nobody sees, and drawing goes on for nobody.
        """
        try:
            return self.query_one(query, Lines)
        except NoMatches:
            if self.is_on_top and self.is_mounted and not self._pruning:
                raise
            return Lines()


class InkedModal(ModalScreen[ResultT], InkedScreen[ResultT]):
    """The same over another screen. Textual takes CSS from the first base alone, so what that lacks is named again."""


class Inked(Widget):
    """A widget on an `InkedScreen` that writes in its inks."""

    can_focus = False

    def inked(self, spans: Iterable[Span], width: int) -> Strip:
        """A strip of exactly `width` cells."""
        segments: list[Segment] = []
        used = 0
        for text, ink in spans:
            size = cell_len(text)
            if used + size > width:
                text = set_cell_size(text, max(0, width - used))
                size = max(0, width - used)
            if text:
                segments.append(Segment(text, style_of(ink)))
            used += size
        if used < width:
            segments.append(Segment(" " * (width - used), style_of("text")))
        return Strip(segments, width).simplify()


def too_small(width: int, height: int, smallest: tuple[int, int]) -> list[Line]:
    """What to do about a terminal in which a screen has no room."""
    text = (
        f"Layar ini {width} kolom x {height} baris; perlu paling sedikit {smallest[0]} x {smallest[1]}. "
        "Perbesar jendelanya atau perkecil hurufnya. Tekan q untuk keluar."
    )
    return [((line, "text"),) for line in wrapped(text, max(10, width - 1), max(1, height))]


class Lines(Inked):
    """A few lines of inked text. Setting them again repaints only those that differ."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """What stands there, for tests and for copying."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    @property
    def room(self) -> int:
        """How many lines high it was told to be; 0 where nobody has."""
        return 0 if self.styles.height is None else int(self.styles.height.value)

    def stand(self, height: int) -> None:
        """Be so many lines high; what is so already is not laid out again."""
        if self.styles.height is None or self.room != height:
            self.styles.height = height

    def show(self, lines: Sequence[Line]) -> None:
        """Replace the contents."""
        before, self._lines = self._lines, tuple(lines)
        for y in range(max(len(before), len(self._lines))):
            old = before[y] if y < len(before) else ()
            new = self._lines[y] if y < len(self._lines) else ()
            if old != new:
                self.refresh(Region(0, y, self.size.width or 1, 1))

    def render_line(self, y: int) -> Strip:
        spans = self._lines[y] if y < len(self._lines) else ()
        return self.inked(spans, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """A click on a written key is the key."""
        key = key_at(self._lines[event.y], event.x) if 0 <= event.y < len(self._lines) else None
        screen = self.screen
        if key is not None and isinstance(screen, InkedScreen):
            event.stop()
            screen.press(key)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._lines))

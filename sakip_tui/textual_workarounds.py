"""What Textual 8.2.8 does that a slow line or a vanished terminal cannot bear, mended in one place.

* Textual never compares frames: every layout sends the whole screen again, a start three to five times. `Painter` keeps
  what the terminal shows and sends only the cells that differ.
* Textual prints a traceback of its own when it cannot go on. `SparingApp` keeps the error, for its caller to raise.
* Textual leaves a hang-up to the system's default, which kills without unmounting, or (where the signal is ignored)
  spins for ever on an empty read. `Lifeline` turns both into an orderly exit.
* Textual takes any flood of keys a key at a time, and ends without a word at a byte that is no UTF-8: `terminal_input`.
* Textual lets a key that the screen before still had before it act on the screen on top, though that holds nothing yet:
  Enter held down answered a prompt that nobody had seen, with nothing. `SparingApp` drops such a key.
* Textual has a worker that asks something wait for the app's own affairs, and ends the app, without a word, when that
  worker is called off. `SparingApp` keeps the two apart.
* Textual remembers the two backgrounds of a widget together with the widget's drawn lines, so that those of the last
  thousand closed forms stay in memory. Here the colours alone are remembered.
* Textual remembers what it worked out of places and sizes, some thirty thousand answers, long after the terminal has
  another size. `SparingApp` drops them when the size changes.
* Textual goes on after a stop by starting its reader and its writer a second time, so that two readers tear every key
  apart, and never draws again. `Lifeline` and `SparingApp.repaint` take the terminal back as it was and draw all of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._context import NoActiveAppError
from textual._segment_tools import make_blank
from textual._styles_cache import StylesCache
from textual.app import App, ScreenError
from textual.css.query import QueryError
from textual.css.scalar import Scalar
from textual.dom import DOMError
from textual.geometry import Region
from textual.message_pump import MessagePumpClosed
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import MountError
from textual.worker import WorkerFailed

from sakip_tui.terminal_input import driver_for
from sakip_tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from textual import events
    from textual.actions import ActionParseResult
    from textual.color import Color
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.theme import Theme
    from textual.widget import AwaitMount

ReturnT = TypeVar("ReturnT")
Cell = tuple[str, str]
"""(text, SGR codes). The text is empty in the right half of a wide character."""

BLANK: Cell = (" ", "")
"""A cell as clearing the screen leaves it."""

_PLAIN = {
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("█▓▁▂▃▄▅▆▇", "#"),
    "░": ".",
    "▌": ">",
    "▲": "+",
    "○": "@",
    "…": "~",
    "✓": "v",
    "·": ".",
    "↑": "^",
    "↓": "v",
}
"""What stands in for a sign where the terminal does not speak UTF-8; for all others a question mark."""

_FLAG_LETTERS = {chr(0x1F1E6 + number): chr(ord("A") + number) for number in range(26)}
"""Two of these make a flag; terminals do not agree how wide one is, so they are shown as the letters they stand for."""
_WIDER = "\ufe0f"
"""Turns the sign before it into a picture, which some terminals draw in two cells and others in one."""
_UNDRAWN = frozenset({*map(chr, range(0xFE00, 0xFE10)), "\u20e3", *map(chr, range(0x1F3FB, 0x1F400))})
"""Change how the sign before them looks and, in some terminals only, its width: variants, keycaps, shades of skin."""

_WORTH_SKIPPING = 5
"""Moving the cursor over fewer equal cells than this costs more than sending them again."""
_WORTH_ERASING = 5
_AS_AT_FIRST = "\x0f\x1b(B\x1b[?6l\x1b[4l\x1b[r\x1b[?1049h\x1b[?25l\x1b[?1004h"
"""Letters and not line drawing, no margins, nothing pushed aside; another screen, no cursor, tell of the focus."""
_IS_GONE = (
    QueryError,
    ScreenError,
    DOMError,
    MountError,
    MessagePumpClosed,
    NoActiveAppError,
    asyncio.InvalidStateError,
)
"""What Textual answers to whoever draws on a screen that has been taken down, or puts a question there."""
_GRACE_SECONDS = 4.0
"""How long an orderly exit may take once the terminal is gone."""


class Painter:
    """The terminal's contents as last sent, and the shortest way to the next ones."""

    def __init__(self, width: int, height: int, color_system: ColorSystem, plain: bool = False) -> None:
        """
        Args:
            width: Cells of a line.
            height: Lines.
            color_system: Colours that the terminal has.
            plain: Whether only ASCII may be sent, since the terminal does not speak UTF-8.
        """
        self.width, self.height = width, height
        self.color_system = color_system
        self.plain = plain
        self.rows: list[list[Cell]] = [[BLANK] * width for _ in range(height)]
        """What the terminal is to show: all that was painted so far."""
        self.is_known = False
        """Whether the terminal shows that. Where it may not, the screen is cleared and everything sent again."""

    def forget(self) -> None:
        """Somebody else has written to the terminal, or it may have."""
        self.is_known = False

    def paint(self, pieces: Iterable[tuple[int, int, Iterable[Segment]]]) -> str:
        """What to send so that the terminal shows the pieces: (x, y, segments), later ones over earlier ones."""
        out: list[str] = []
        wanted: dict[int, list[Cell]] = {}
        if not self.is_known:
            # An update may hold a few cells only; whatever else was painted before is lost with the clearing.
            wanted = dict(enumerate(self.rows))
            self.rows = [[BLANK] * self.width for _ in range(self.height)]
            out.append("\x1b[0m\x1b[H\x1b[2J")
            self.is_known = True
        for x, y, segments in pieces:
            if not 0 <= y < self.height:
                continue
            row = wanted.get(y)
            if row is None:
                row = wanted[y] = list(self.rows[y])
            cells = self._cells(segments)[: self.width - x]
            row[x : x + len(cells)] = cells
        codes = ""
        for y in sorted(wanted):
            row, shown = wanted[y], self.rows[y]
            if row != shown:
                _mend(row)
                codes = self._write_row(out, y, shown, row, codes)
                self.rows[y] = row
        if codes:
            out.append("\x1b[0m")
        return "".join(out)

    def _cells(self, segments: Iterable[Segment]) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in segments:
            if control:
                continue
            codes = _codes(style, self.color_system) if style is not None else ""
            if text.isascii() and text.isprintable():
                cells.extend([(char, codes) for char in text])
                continue
            before = ""
            for char in text:
                if not char.isprintable():
                    # The last door before the terminal: no control that somebody wrote into a text is obeyed there.
                    cells.extend([(" ", codes)] * cell_len(char))
                    continue
                if char in _UNDRAWN:
                    if char == _WIDER and before and cell_len(before + char) > cell_len(before):
                        # Laid out as two cells: the sign itself takes one everywhere.
                        cells.append((" ", codes))
                    continue
                before = char = _FLAG_LETTERS.get(char, char)
                width = cell_len(char)
                if self.plain and not char.isascii() and width:
                    cells.extend([(_PLAIN.get(char, "?"), codes)] * width)
                    continue
                if width == 0 and cells:
                    drawn, its_codes = cells[-1]
                    cells[-1] = (drawn + char, its_codes)
                elif width:
                    cells.append((char, codes))
                    cells.extend([("", codes)] * (width - 1))
        return cells

    def _write_row(self, out: list[str], y: int, shown: list[Cell], row: list[Cell], codes: str) -> str:
        """Append what turns one row into the other; returns the SGR codes in force afterwards."""
        end = self.width
        while end and row[end - 1] == BLANK:
            end -= 1
        erases = sum(cell != BLANK for cell in shown[end:]) >= _WORTH_ERASING
        if not erases:
            end = self.width
        cursor: int | None = None
        for start, stop in _runs(shown[:end], row[:end]):
            if cursor is None:
                out.append(f"\x1b[{y + 1};{start + 1}H" if start else f"\x1b[{y + 1}H")
            else:
                out.append(f"\x1b[{start - cursor}C")
            codes = _write_cells(out, row[start:stop], codes)
            cursor = stop
        if erases:
            if cursor is None:
                out.append(f"\x1b[{y + 1};{end + 1}H")
            elif cursor < end:
                out.append(f"\x1b[{end - cursor}C")
            if codes:
                out.append("\x1b[0m")
                codes = ""
            out.append("\x1b[K")
        return codes


def _mend(row: list[Cell]) -> None:
    """Replace halves of wide characters whose other half was painted over by blanks, as a terminal does."""
    for x, (text, codes) in enumerate(row):
        if not text:
            if not x or cell_len(row[x - 1][0]) != 2:
                row[x] = (" ", codes)
        elif not text.isascii() and cell_len(text) == 2 and (x + 1 == len(row) or row[x + 1][0]):
            row[x] = (" ", codes)


def _runs(shown: list[Cell], row: list[Cell]) -> Iterator[tuple[int, int]]:
    """(start, stop) of the stretches to send, small gaps included, never beginning inside a wide character."""
    start: int | None = None
    last = 0
    for x, (old, new) in enumerate(zip(shown, row, strict=True)):
        if old == new:
            continue
        if start is not None and x - last > _WORTH_SKIPPING:
            yield start, last
            start = None
        if start is None:
            start = x
            while start and not row[start][0]:
                start -= 1
        last = x + 1
        while last < len(row) and not row[last][0]:
            last += 1
    if start is not None:
        yield start, last


def _write_cells(out: list[str], cells: list[Cell], codes: str) -> str:
    for text, wanted in cells:
        if wanted != codes:
            if not wanted:
                out.append("\x1b[0m")
            elif codes:
                out.append(f"\x1b[0;{wanted}m")
            else:
                out.append(f"\x1b[{wanted}m")
            codes = wanted
        out.append(text)
    return codes


@lru_cache(maxsize=1024)
def _backgrounds(base: Color, background: Color) -> tuple[VisualStyle, VisualStyle]:
    """(inside a border, outside it), as `StylesCache.get_inner_outer`, which remembers who asked as well."""
    return VisualStyle(background=base + background), VisualStyle(background=base)


StylesCache.get_inner_outer = staticmethod(_backgrounds)  # type: ignore[assignment]


_ANSWERS_OF_A_SIZE = (
    *(answer for answer in vars(Region).values() if hasattr(answer, "cache_clear")),
    Strip.blank,
    Scalar.resolve,
    make_blank,
)
"""What Textual remembers by places and widths."""


def _forget_sizes() -> None:
    for answer in _ANSWERS_OF_A_SIZE:
        answer.cache_clear()


@lru_cache(maxsize=512)
def _codes(style: Style, color_system: ColorSystem) -> str:
    """SGR codes of a style. Those of the terminal's own colours are left out: a cleared cell has them already."""
    return ";".join(code for code in style._make_ansi_codes(color_system).split(";") if code not in ("", "39", "49"))


def _is_whole(update: CompositorUpdate, size: Size) -> bool:
    """Whether it draws every cell of a terminal of that size."""
    return isinstance(update, LayoutUpdate) and update.region == size.region


def _pieces(update: CompositorUpdate) -> Iterator[tuple[int, int, Iterable[Segment]]]:
    """Where the strips of an update stand."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, x1, x2 in update.spans:
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is not None and x <= x2 and end > x1:
                    yield x, y, chop


class SparingApp(TypedAhead[ReturnT]):
    """An app that sends only what changed."""

    def __init__(self, *, plain: bool = False) -> None:
        """
        Args:
            plain: Whether only ASCII may be sent.
        """
        # Said at once and not by the theme alone: NO_COLOR picks its filter before a theme can be set, and the one for
        # other themes paints black on black.
        super().__init__(ansi_color=True)
        # Nothing here has any, and each screen would carry a widget for them.
        self._disable_tooltips = True
        self.plain = plain
        self._painter: Painter | None = None

    def get_driver_class(self) -> type[Driver]:
        return driver_for(super().get_driver_class())

    def wear(self, theme: Theme) -> None:
        """Begin with a theme, before anything was parsed. To set it would have Textual parse and lay all out twice."""
        self.register_theme(theme)
        self.set_reactive(App.theme, theme.name)
        for name, is_on in (
            (f"-theme-{theme.name}", True),
            ("-dark-mode", theme.dark),
            ("-light-mode", not theme.dark),
        ):
            self.set_class(is_on, name, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    async def _flush_next_callbacks(self) -> None:
        # A worker that puts a question waits for what the app has still to do, such as taking down the worker's own
        # screen; called off by that, it would call off the app with it.
        if self._next_callbacks:
            await asyncio.shield(super()._flush_next_callbacks())

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        # From Python 3.12 on Textual has tasks begin at once, and a screen may be put together before Textual reads its
        # stylesheet: its parts would have no styles until something else styles them.
        self._load_screen_css(self.get_screen(screen))
        return super()._get_screen(screen)

    def panic(self, *renderables: Any) -> None:
        """End without printing: errors that bring their own rendering come here."""
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and not self._running and isinstance(error.error, _IS_GONE):
            # The app is being left, and a worker finds the parts of its screen gone that it wanted to draw on. Whatever
            # else goes wrong by then is told all the same: it may have been an act.
            return
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def run_or_raise(self, *, mouse: bool = True) -> ReturnT | None:
        """Run to the end. Raises what ended the program, once the terminal is as it was."""
        left = self.run(mouse=mouse)
        error = self._exception
        # What went wrong in a worker comes wrapped; people are told about what it was.
        if isinstance(error, WorkerFailed):
            error = cast("Exception", error.error)
        if error is not None:
            raise error
        return left

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As Textual's; False, with nothing done, for an action of a screen that is not composed yet."""
        if default_namespace not in (None, self) and not self.screen.is_mounted:
            return False
        return await super().run_action(action, default_namespace, namespaces)

    def repaint(self) -> None:
        """Take the terminal back, clear it and draw everything: others have written to it, or changed its ways."""
        driver = self._driver
        if driver is None or self.is_headless or not self._running or self._closed:
            return
        _take_back(driver)
        self.forget_terminal()
        if self._painter is not None:
            self._send(self._painter.paint(()))
        self.screen.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that changed its size has moved its contents about, even where it has its old size again."""
        if event.size == self._size:
            self.repaint()
        else:
            _forget_sizes()
            self.forget_terminal()

    def forget_terminal(self) -> None:
        """Send everything at the next refresh: the terminal may show something else by now."""
        if self._painter is not None:
            self._painter.forget()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is None:
            # Nothing is to be sent, so what the terminal shows is still known.
            self.post_display_hook()
            return
        driver = self._driver
        sparing = (
            isinstance(renderable, LayoutUpdate | ChopsUpdate)
            and driver is not None
            and not driver.is_inline
            and not self.is_headless
        )
        if not sparing:
            self.forget_terminal()
            super()._display(screen, renderable)
            return
        try:
            if self._batch_count or not self._running or self._closed:
                return
            try:
                before, painter = self._painter, self._painter_for_now()
                if painter is not before and not _is_whole(renderable, self.size):
                    # A part alone would stand on a cleared screen: a window dragged there and back before its screen
                    # was told has its old size again, and Textual sees nothing to lay out.
                    self.screen.refresh()
                output = painter.paint(_pieces(renderable))
            except Exception as error:
                self._handle_exception(error)
                return
            self._send(output)
        finally:
            self.post_display_hook()

    def _send(self, output: str) -> None:
        driver = self._driver
        if not output or driver is None:
            return
        self._begin_update()
        try:
            self._write_in_chunks(output)
        finally:
            self._end_update()
        driver.flush()

    def _painter_for_now(self) -> Painter:
        width, height = self.size
        painter = self._painter
        if painter is None or (painter.width, painter.height) != (width, height):
            # A terminal that changed its size has moved its contents about: begin with a clear screen.
            painter = self._painter = Painter(
                width, height, self.console._color_system or ColorSystem.STANDARD, self.plain
            )
        return painter

    def _write_in_chunks(self, output: str) -> None:
        assert self._driver is not None
        # Textual issue 2548: long writes fail on Windows.
        size = 8192 if sys.platform == "win32" else len(output)
        for start in range(0, len(output), size):
            self._driver.write(output[start : start + size])


def _take_back(driver: Driver) -> None:
    """Put the terminal into the state that the driver put it into at the start, whatever it was told since."""
    if sys.platform != "win32":
        import termios
        import tty

        from textual.drivers.linux_driver import LinuxDriver

        if isinstance(driver, LinuxDriver):
            with contextlib.suppress(termios.error):
                modes = termios.tcgetattr(driver.fileno)
                modes[tty.LFLAG] = driver._patch_lflag(modes[tty.LFLAG])
                modes[tty.IFLAG] = driver._patch_iflag(modes[tty.IFLAG])
                modes[tty.CC][termios.VMIN] = 1
                termios.tcsetattr(driver.fileno, termios.TCSANOW, modes)
            driver.write(_AS_AT_FIRST)
            driver._enable_mouse_support()
            driver._enable_bracketed_paste()
            driver._disable_line_wrap()


class Lifeline:
    """Ends the app in order when its terminal goes away: by signal, or noticed by looking once a second.

    A process that was stopped and goes on finds a terminal that others have used meanwhile: it takes it back.
    """

    def __init__(self, app: SparingApp[Any], on_cut: Callable[[], None] | None = None) -> None:
        """
        Args:
            app: What is ended.
            on_cut: Called once before, to keep what would be lost.
        """
        self.app = app
        self._is_put_away = False
        """Whether the terminal was given back before a stop that was asked for."""
        self._on_cut = on_cut
        self._parent = os.getppid() if hasattr(os, "getppid") else 0
        self._poll: select.poll | None = None
        if sys.platform != "win32" and sys.__stdin__ is not None:
            self._poll = select.poll()
            self._poll.register(sys.__stdin__.fileno(), 0)

    def attach(self) -> None:
        """Take the signals of a hang-up, of a request to end, to stop and to go on, and of processor time used up. Call
        inside the running loop.
        """
        loop = asyncio.get_running_loop()
        answers = {
            **dict.fromkeys(("SIGHUP", "SIGTERM", "SIGXCPU"), self.cut),
            "SIGTSTP": self.stop,
            "SIGCONT": self.go_on,
        }
        for name, answer in answers.items():
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has no add_signal_handler; closing its window ends the process there.
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, answer)

    def stop(self) -> None:
        """Give the terminal back and stop, until somebody has the process go on."""
        driver = self.app._driver
        if driver is not None and sys.platform != "win32":
            self._is_put_away = True
            driver.suspend_application_mode()
            os.kill(os.getpid(), signal.SIGSTOP)

    def go_on(self) -> None:
        """After a stop: take the terminal back. One that nobody gave back has its reader and its writer still."""
        driver = self.app._driver
        if self._is_put_away and driver is not None:
            self._is_put_away = False
            driver.resume_application_mode()
        self.app.repaint()

    def look(self) -> None:
        """End the app when the terminal has hung up or the parent process is gone (a signal may have been ignored)."""
        if self.is_cut():
            self.cut()

    def is_cut(self) -> bool:
        if self._poll is not None:
            for _, flags in self._poll.poll(0):
                if flags & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                    return True
        return bool(self._parent) and sys.platform != "win32" and os.getppid() != self._parent

    def cut(self) -> None:
        """Exit in order; a writer that is stuck on a dead terminal is not waited for."""
        last_resort = threading.Timer(_GRACE_SECONDS, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
        on_cut, self._on_cut = self._on_cut, None
        try:
            if on_cut is not None:
                on_cut()
        finally:
            self.app.exit()

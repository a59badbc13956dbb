"""What Textual 8.2.8 does that a slow line or a vanished terminal cannot bear, mended in one place.

* Textual never compares frames: every layout sends the whole screen again, a start three to five times. Here only the
  cells that differ are sent: `painter.py`.
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
* Textual leaves out what a timer is late for, be it all there was: where the processor was busy elsewhere for eight
  thousandths of a second, a window's new size was never looked at again. Here what goes off once goes off late.
* Textual reads a screen's stylesheet after the screen has begun, which on Python 3.12 and later is too late for its
  parts. `SparingApp` reads it before.
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
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
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
from textual.timer import Timer
from textual.widget import MountError
from textual.worker import WorkerFailed

from sakip_tui.painter import Painter, is_whole, pieces_of
from sakip_tui.terminal_input import driver_for
from sakip_tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from textual import events
    from textual.actions import ActionParseResult
    from textual.color import Color
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.screen import Screen
    from textual.theme import Theme
    from textual.widget import AwaitMount

ReturnT = TypeVar("ReturnT")
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


@lru_cache(maxsize=1024)
def _backgrounds(base: Color, background: Color) -> tuple[VisualStyle, VisualStyle]:
    """(inside a border, outside it), as `StylesCache.get_inner_outer`, which remembers who asked as well."""
    return VisualStyle(background=base + background), VisualStyle(background=base)


StylesCache.get_inner_outer = staticmethod(_backgrounds)  # type: ignore[assignment]


_start_timer = Timer._start


def _start_surely(self: Timer) -> None:
    """Start a timer; one that goes off once does so late rather than never."""
    self._skip = self._skip and self._repeat != 0
    _start_timer(self)


Timer._start = _start_surely  # type: ignore[method-assign]


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
        # From Python 3.12 on Textual has tasks begin at once: a screen may be put together before this returns.
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
                if painter is not before and not is_whole(renderable, self.size):
                    # A part alone would stand on a cleared screen: a window dragged there and back before its screen
                    # was told has its old size again, and Textual sees nothing to lay out.
                    self.screen.refresh()
                output = painter.paint(pieces_of(renderable))
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

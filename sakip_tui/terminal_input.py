"""How keys reach Textual 8.2.8: through `Intake`, on Linux and on Windows. See there for what goes wrong without it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import XTermParser

from sakip_tui import first_frame
from sakip_tui.intake import Intake, Pasted, Utf8OrLatin1

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message

_READ_BYTES = 65_536
_LONGEST_BURST = 1 << 20
"""Bytes read before any of them is handed on: what comes at once is looked at as one."""
_LOOK_SECONDS = 0.1
"""How long to wait for a key before looking whether the program ends, or an escape stayed alone."""


class Paste(events.Paste):
    """As Textual's, and whether something of it was left out."""

    def __init__(self, text: str, is_cut: bool) -> None:
        super().__init__(text)
        self.is_cut = is_cut


class MeasuredParser(XTermParser):
    """Textual's parser, fed with what the intake lets through."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._intake = Intake()

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
        yield from self._handed_on(self._intake.take(data))

    def tick(self) -> Iterable[Message]:
        yield from self._handed_on(self._intake.waited())
        yield from super().tick()

    def _handed_on(self, pieces: Iterable[str | Pasted]) -> Iterator[Message]:
        for piece in pieces:
            if isinstance(piece, Pasted):
                yield Paste(piece.text, piece.is_cut)
            else:
                yield from super().feed(piece)


def driver_for(usual: type[Driver]) -> type[Driver]:
    """The driver to run with instead of Textual's usual one for this system."""
    if sys.platform == "win32":
        from textual.drivers import win32

        win32.XTermParser = MeasuredParser  # type: ignore[misc]
        return _behind_the_frame(usual)
    from textual.drivers.linux_driver import LinuxDriver

    if not issubclass(usual, LinuxDriver):
        return usual

    class MeasuredDriver(LinuxDriver):
        """Textual's, whose reading of keys bears any bytes, and ends when the terminal is gone."""

        def run_input_thread(self) -> None:
            try:
                self._read_keys()
            except Exception as error:
                # Textual would end without a word: nobody could tell why.
                self._app.call_later(self._app._handle_exception, error)

        def _read_keys(self) -> None:
            parser, decoder = MeasuredParser(self._debug), Utf8OrLatin1()
            while not self.exit_event.is_set():
                data = self._burst()
                if data is None:
                    return
                text = decoder.decode(data) if data else decoder.rest()
                for message in (*(parser.feed(text) if text else ()), *parser.tick()):
                    self.process_message(message)

        def _burst(self) -> bytes | None:
            """All that has come; empty when nothing did for a while, None when nothing will any more."""
            read = bytearray()
            while len(read) < _LONGEST_BURST and select.select([self.fileno], [], [], 0 if read else _LOOK_SECONDS)[0]:
                try:
                    data = os.read(self.fileno, _READ_BYTES)
                except OSError:
                    return None
                if not data:
                    return None
                read += data
            return bytes(read)

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            before = first_frame.modes_before()
            if before is not None:
                # What it found is the frame's; what it is to leave behind is what was there before that.
                self.attrs_before = before  # type: ignore[assignment]

    return _behind_the_frame(MeasuredDriver)


def _behind_the_frame(usual: type[Driver]) -> type[Driver]:
    """A driver that takes the other screen over from the first frame, where that stands there already.

    Asked for twice, some terminals come back from it with the cursor at another place.
    """

    class DriverBehindTheFrame(usual):  # type: ignore[valid-type, misc]
        def write(self, data: str) -> None:
            if data != first_frame.OTHER_SCREEN or not first_frame.stands():
                super().write(data)

        def start_application_mode(self) -> None:
            super().start_application_mode()
            # Not before: an app that is called off while it takes the screen puts nothing away.
            first_frame.hand_over()

    return DriverBehindTheFrame

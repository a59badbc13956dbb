"""The real program in a pseudo-terminal, at a moment of the test's choosing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.terminal import Terminal
from tests.tui.started import ROOT

SCROLLBAR = dict.fromkeys(map(ord, "▁▂▃▄▅▆▇█"), " ")
"""Comes a moment after the lines beside it, and says nothing."""
REPEATS = 30
CLEARS = b"\x1b[2J"
"""What the program begins with when it draws everything anew."""


@contextmanager
def program(
    command: tuple[str, ...], path: Path, person: str, size: tuple[int, int] = (80, 24), **environment: str
) -> Iterator[Terminal]:
    """The program of `command` on a database file."""
    given = {"SAKIP_PENGGUNA": person, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **environment}
    with Terminal((*command, "--db", str(path)), size, given, str(path.parent)) as terminal:
        yield terminal


def sent_by(terminal: Terminal) -> bytes:
    """Every byte that came from the program so far."""
    return b"".join(data for _, data in terminal.chunks)


def drawn_anew(terminal: Terminal, before: str) -> None:
    """Have the program draw everything anew, and wait until that shows what stood there before."""
    for columns in (terminal.columns + 1, terminal.columns):
        known = sent_by(terminal).count(CLEARS)
        terminal.blank()
        terminal.resize(columns, terminal.rows)
        terminal.wait_for(lambda _, known=known: sent_by(terminal).count(CLEARS) > known)
    try:
        terminal.wait_for(lambda shown: shown.translate(SCROLLBAR) == before.translate(SCROLLBAR))
    except TimeoutError as error:
        raise AssertionError(f"{error}\n-- before:\n{before}") from error


def hold_down(terminal: Terminal, key: str, condition: str) -> None:
    """Press a key over and over until the screen shows a text.

    No more often than a keyboard repeats one in a second: a busy machine answers fewer than come, and whatever is
    pressed next would wait behind thousands, or be taken for one flood with them.
    """
    repeats = iter([key] * REPEATS)
    terminal.wait_for(lambda shown: condition in shown or terminal.press(*itertools.islice(repeats, 1)))

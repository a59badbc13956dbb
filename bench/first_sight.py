"""What is seen first: the frame before everything else, and the demo office that a newcomer opens.

Each start beside its baseline, in turn: `python -c print`, and a bare Textual app.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.terminal import Terminal

FRAMES, STARTS = 31, 7
PRINT = (sys.executable, "-c", "print(1)")
PROGRAM = (sys.executable, "-m", "sakip_tui")
BARE = (sys.executable, "-m", "bench.baselines", "bare")


def figures() -> Iterator[Figure]:
    """First bytes in milliseconds, and the start of the demo in processor seconds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = str(Path(folder) / "kantor.db")
        pairs = [(_first_bytes(PRINT), _first_bytes((*PROGRAM, "--db", place))) for _ in range(FRAMES)]
    yield Figure("first bytes of python -c print", 1000 * median(plain for plain, _ in pairs), "ms")
    yield Figure(
        "the frame's first bytes, after those", 1000 * median(frame - plain for plain, frame in pairs), "ms", 15
    )
    _start((*PROGRAM, "contoh"), "DIKERJAKAN")  # compiles
    starts = [(_start(BARE, "SIAP SEDIA"), _start((*PROGRAM, "contoh"), "DIKERJAKAN")) for _ in range(STARTS)]
    yield Figure("start, a bare app: processor", median(bare for bare, _ in starts), "s")
    yield Figure("start, sakip contoh: processor", median(demo for _, demo in starts), "s")
    yield Figure("start, sakip contoh, of a bare app's", median(demo / bare for bare, demo in starts), "x", 2)


def _first_bytes(command: tuple[str, ...]) -> float:
    """Seconds from the start of a program until it sends something."""
    with Terminal(command, environment=ENVIRONMENT) as terminal:
        while not terminal.read(1.0):
            pass
        return terminal.chunks[0][0] - terminal.began


def _start(command: tuple[str, ...], text: str) -> float:
    """Processor seconds of a program until its screen shows a text."""
    with Terminal(command, environment=ENVIRONMENT) as terminal:
        terminal.wait_for(text)
        return terminal.usage().cpu_seconds

"""The board over a slow line: 64 kbit/s with a round trip of 300 ms, simulated between program and terminal.

Whoever reads the pseudo-terminal stands for the line. Each byte reaches the person's terminal one after the other, at
8,000 bytes a second and half a round trip after it was sent; a question that the program asks the terminal is answered
half a round trip after it arrived there. The program's output is taken from it no faster than the line carries it, so
that it meets a full line as behind `sshd`. What the line's own framing would add is left out.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from bench.board import FIRST_CARD, RUNS, SIZE, command
from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.offices import make
from bench.terminal import ANSWERS, Terminal, first_time_of

BYTES_A_SECOND = 8000
ROUND_TRIP = 0.3
LIMIT = 2.5
CARDS = 300
_READ_AT_ONCE = 512
_QUIET = 0.6
"""Seconds of silence after which the first screen is taken to be whole: the forecast's line has come too."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a start was seen at the far end, in seconds since the program was started."""

    whole: float
    """The last byte of the first screen, forecast included."""
    sent: int


def start(words: tuple[str, ...], text: str) -> Arrival:
    """Start a program over the line, wait for its text and for silence, and leave it."""
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        arrived: list[tuple[float, bytes]] = []
        answers: deque[tuple[float, bytes]] = deque()
        free_at = terminal.began
        end = terminal.began + 20
        while (now := monotonic()) < end:
            while answers and answers[0][0] <= now:
                terminal.type(answers.popleft()[1].decode())
            if free_at > now:
                # The line is still carrying what it took.
                sleep(min(free_at - now, 0.02))
                continue
            data = terminal.take(0.02, _READ_AT_ONCE)
            if data:
                free_at = max(free_at, monotonic()) + len(data) / BYTES_A_SECOND
                at = free_at + ROUND_TRIP / 2
                arrived.append((at, data))
                answers.extend((at + ROUND_TRIP / 2, answer) for question, answer in ANSWERS if question in data)
                continue
            is_quiet = arrived and not answers and now > arrived[-1][0] + _QUIET
            if is_quiet and first_time_of(arrived, text, SIZE) is not None:
                return Arrival(arrived[-1][0] - terminal.began, sum(len(data) for _, data in arrived))
        raise TimeoutError(f"{text!r} did not come")


def figures() -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-", dir=os.environ.get("SAKIP_BENCH_FOLDER")) as folder:
        home = Path(folder)
        words = command("bench.screen_app", str(make(home / "kantor.db", CARDS)))
        # The first start compiles; an installed program is compiled already.
        start(words, FIRST_CARD)
        found = [start(words, FIRST_CARD) for _ in range(RUNS)]
        yield Figure("64 kbit/s, 300 ms: first full screen", median(one.whole for one in found), "s", LIMIT)
        yield Figure("64 kbit/s, 300 ms: sent", median(one.sent for one in found), "B")

"""How soon the program notices what happens around it: somebody else's act, and a line that breaks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic

from bench.board import FIRST_CARD, SIZE, command
from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.offices import OFFICE_TIME, PERIOD, make
from bench.terminal import Terminal
from db import opening, queries
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor

RUNS = 7
RUNNING, READY = 8, 16
"""Cards at work when the office is made, and ready ones beside them."""
NEWS_SECONDS = 1.5
BROKEN_SECONDS = 2.0


def figures() -> Iterator[Figure]:
    """The table: the slowest of some runs, each beside what it may take."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        path = make(Path(folder) / "kantor.db", 30, RUNNING)
        words = command("bench.screen_app", str(path))
        news, broken = [], []
        for number in range(RUNS):
            with Terminal(words, SIZE, ENVIRONMENT) as terminal:
                terminal.wait_for(FIRST_CARD)
                news.append(_news(terminal, path, number))
                began = monotonic()
                terminal.hang_up()
                terminal.ended()
                broken.append(monotonic() - began)
    yield Figure("somebody else's act is shown: slowest", max(news), "s", NEWS_SECONDS)
    yield Figure("somebody else's act is shown: median", median(news), "s")
    yield Figure("a line breaks until the program has ended: slowest", max(broken), "s", BROKEN_SECONDS)


def _news(terminal: Terminal, path: Path, number: int) -> float:
    """Another connection starts one more of the cards; seconds until the board says so."""
    with opening.open(path) as database:
        store = Store(database, lambda: OFFICE_TIME)
        started = Command(Act.MULAI, PERIOD, step=3, bidang=f"Bidang {RUNNING + number + 1:04d}")
        store.apply(queries.address_of(database), started, Actor("siti", everybody=True))
    began = monotonic()
    terminal.wait_for(f"SIAP {READY - number - 1} ")
    return monotonic() - began

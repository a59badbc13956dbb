"""The board, measured from outside in a pseudo-terminal of 80x24, COLORTERM unset.

Everything is measured in one run, in turn: a bare Textual app, a DataTable of 50 rows, and boards of 30, 300 and 2,000
cards from real database files. Medians over `RUNS` starts.

What still misses its limit, and why: `docs/decisions/0008`.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.offices import make, make_deciding
from bench.terminal import Terminal, first_time_of, settle

RUNS = 7
PRESSES = 40
IDLE_SECONDS = 60
SIZES = (30, 300, 2000)
SIZE = (80, 24)
TIMERS = 8
FIRST_CARD = "kartu 1/"
"""Stands below the cards, where the first of its column is selected."""
DECISION = "Apakah hasil"
"""Stands in the prompt that asks for a decision, and not on the board."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start, until the text is on the screen and silence."""

    cpu_seconds: float
    wall_seconds: float
    sent: int
    """Bytes until the first quiet screen."""
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Presses:
    """Many presses of one key."""

    bytes_median: float
    bytes_p95: float
    milliseconds_median: float
    milliseconds_p95: float
    """From the key to the last byte before silence."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A minute without a key."""

    sent: int
    cpu_seconds: float
    stuck: int
    """Labels that did not say one minute more at its end; all eight when they could not be read."""


def command(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *words)


def start(words: tuple[str, ...], text: str) -> Start:
    """Start a program, wait for its text and for silence, and leave it."""
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        at_text = None
        end = monotonic() + 20
        seen = 0
        while at_text is None and monotonic() < end:
            terminal.read(0.05)
            if len(terminal.chunks) != seen:
                seen = len(terminal.chunks)
                at_text = first_time_of(terminal.chunks, text, SIZE)
        if at_text is None:
            raise TimeoutError(f"{text!r} did not come:\n{terminal.text()}")
        settle(terminal, 0.4)
        usage = terminal.usage()
        return Start(usage.cpu_seconds, at_text[0] - terminal.began, terminal.sent, usage.peak_mb)


def press(words: tuple[str, ...], text: str, keys: tuple[str, ...], before: tuple[str, ...] = ()) -> Presses:
    """Press keys in turn, each once silence has come back."""
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        terminal.wait_for(text)
        settle(terminal, 0.5)
        for key in before:
            terminal.press(key)
            settle(terminal, 0.2)
        sizes: list[int] = []
        times: list[float] = []
        for index in range(PRESSES):
            count, first = terminal.sent, len(terminal.chunks)
            began = monotonic()
            terminal.press(keys[index % len(keys)])
            settle(terminal, 0.15)
            if terminal.sent > count:
                sizes.append(terminal.sent - count)
                times.append((terminal.chunks[-1][0] - began) * 1000)
                assert len(terminal.chunks) > first
        return Presses(median(sizes), _p95(sizes), median(times), _p95(times))


def opened(words: tuple[str, ...], text: str, key: str, shows: str) -> int:
    """Bytes from a key until what it opens is whole."""
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        terminal.wait_for(text)
        settle(terminal, 1.0)
        count = terminal.sent
        terminal.press(key)
        terminal.wait_for(shows)
        settle(terminal, 0.4)
        return terminal.sent - count


def _p95(values: list[int] | list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def idle(words: tuple[str, ...], text: str) -> Idle:
    """A minute at a fixed office time with eight minute timers in view and live refresh on."""
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        terminal.wait_for(text)
        settle(terminal, 0.5)
        # Scrolls until all eight cards at work are in view.
        terminal.press("end")
        settle(terminal, 2.5)
        labels = _minute_labels(terminal)
        count, used = terminal.sent, terminal.usage().cpu_seconds
        end = monotonic() + IDLE_SECONDS
        while monotonic() < end:
            terminal.read(0.2)
        after = _minute_labels(terminal)
        moved = sum(now == then + 1 for then, now in zip(labels, after, strict=False))
        return Idle(terminal.sent - count, terminal.usage().cpu_seconds - used, max(0, TIMERS - moved))


def _minute_labels(terminal: Terminal) -> list[int]:
    return [int(found) for found in re.findall(r"(\d+)/90", terminal.text())]


def figures() -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        home = Path(folder)
        bare, table = command("bench.baselines", "bare"), command("bench.baselines", "table")
        boards = {size: command("bench.screen_app", str(make(home / f"{size}.db", size))) for size in SIZES}
        watched = {"bare": (bare, "SIAP SEDIA"), "table": (table, "Langkah 20")}
        watched |= {str(size): (words, FIRST_CARD) for size, words in boards.items()}
        for words, text in watched.values():
            # The first start compiles; an installed program is compiled already.
            start(words, text)
        starts: dict[str, list[Start]] = {name: [] for name in watched}
        for _ in range(RUNS):
            for name, (words, text) in watched.items():
                starts[name].append(start(words, text))
        yield from _start_figures(starts)
        baseline = press(table, "Langkah 20", ("down",))
        yield Figure("DataTable, next row: p95", baseline.milliseconds_p95, "ms")
        yield Figure("DataTable, next row: median", baseline.bytes_median, "B")
        for size, words in boards.items():
            moved = press(words, FIRST_CARD, ("down", "up"))
            yield Figure(f"{size} cards, next card: median", moved.bytes_median, "B", 600)
            yield Figure(f"{size} cards, next card: p95", moved.milliseconds_p95, "ms", 2 * baseline.milliseconds_p95)
        for size in SIZES[1:]:
            # From the foot of what is in view every further card scrolls the board by one.
            scrolled = press(boards[size], FIRST_CARD, ("down",), ("left", "pagedown"))
            yield Figure(f"{size} cards, scroll one card: median", scrolled.bytes_median, "B", 2100)
        for size in SIZES[1:]:
            paged = press(boards[size], FIRST_CARD, ("pagedown", "pagedown", "pageup", "pageup"), ("left",))
            yield Figure(f"{size} cards, one screen further: p95", paged.bytes_p95, "B", 6 * 1024)
        asking = command("bench.screen_app", str(make_deciding(home / "keputusan.db")))
        prompts = [opened(asking, FIRST_CARD, "p", DECISION) for _ in range(RUNS)]
        yield Figure("decision prompt, opened: median", median(prompts), "B", 9 * 1024)
        rested = idle(boards[30], FIRST_CARD)
        yield Figure(f"30 cards, {IDLE_SECONDS} s idle, eight timers", rested.sent, "B", 1024)
        yield Figure(f"30 cards, {IDLE_SECONDS} s idle: processor", rested.cpu_seconds, "s", 0.2)
        yield Figure("timers in view that did not move on by a minute", rested.stuck, "", 0)


def _start_figures(starts: dict[str, list[Start]]) -> Iterator[Figure]:
    def cpu(name: str) -> float:
        return median(item.cpu_seconds for item in starts[name])

    def memory(name: str) -> float:
        return median(item.peak_mb for item in starts[name])

    for name in ("bare", "table"):
        yield Figure(f"start, {name}: processor", cpu(name), "s")
        yield Figure(f"start, {name}: memory", memory(name), "MB")
    for size, limit in zip(SIZES, (1.25, 1.35, 1.5), strict=True):
        yield Figure(f"start, {size} cards: processor, of a bare app's", cpu(str(size)) / cpu("bare"), "x", limit)
        yield Figure(f"start, {size} cards: memory, of a bare app's", memory(str(size)) / memory("bare"), "x", 1.35)
        yield Figure(f"start, {size} cards: until quiet", median(run.sent for run in starts[str(size)]), "B", 10_240)

"""A megabyte of escapes pasted on the board: processor time and memory that it adds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.board import SIZE, command, environment
from bench.figures import Figure
from bench.screens import build
from bench.terminal import Terminal, settle

ESCAPES = 1_000_000
CARDS, EVENTS = 30, 40
MOST_SECONDS, MOST_MB = 1.0, 50.0


def added(path: Path, pyc: Path, begins: str, ends: str) -> tuple[float, float]:
    """(processor seconds, MB) that the paste added, until a key after it was answered."""
    with Terminal(command("bench.screen_app", str(path)), SIZE, environment(pyc)) as terminal:
        terminal.wait_for("MENUNGGU")
        settle(terminal, 2.0)
        process = psutil.Process(terminal.pid)
        memory, used = process.memory_info().rss, terminal.usage().cpu_seconds
        data = (begins + "\x1b" * ESCAPES + ends).encode()
        while data:
            data = data[terminal.write(data[:4096]) :]
            terminal.read(0)
        terminal.press("?")
        terminal.wait_for("Bantuan: Papan", 120.0)
        return terminal.usage().cpu_seconds - used, (process.memory_info().rss - memory) / (1 << 20)


def figures() -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        path, pyc = build(Path(folder) / "kantor.db", CARDS, EVENTS), Path(folder) / "pyc"
        for name, begins, ends in (("with marks", "\x1b[200~", "\x1b[201~"), ("without marks", "", "")):
            seconds, megabytes = added(path, pyc, begins, ends)
            yield Figure(f"pasted {name}: processor", seconds, "s", MOST_SECONDS)
            yield Figure(f"pasted {name}: memory", megabytes, "MB", MOST_MB)

"""A megabyte of rubbish at the board, pasted or sent by the line: processor time and memory that it adds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.board import SIZE, command
from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.screens import build
from bench.terminal import Terminal, settle
from sakip_tui.intake import LOST_SECONDS

BYTES = 1_000_000
FLOODS = {
    "escapes in marks": (b"\x1b[200~", b"\x1b", b"\x1b[201~"),
    "escapes": (b"", b"\x1b", b""),
    "paste without an end": (b"\x1b[200~", b"kata lain ", b""),
    "control sequence without an end": (b"\x1b[", b"1;", b""),
    "title without an end": (b"\x1b]0;", b"judul ", b""),
    "device string without an end": (b"\x1bP", b"q#0;2;", b""),
    "program string without an end": (b"\x1b_", b"Gf=24;", b""),
    "half characters": (b"", b"\xe6\xbc", b""),
}
"""How each begins, what it goes on with, how it ends."""
CARDS, EVENTS = 30, 40
MOST_SECONDS, MOST_MB = 1.0, 50.0


def added(path: Path, flood: tuple[bytes, bytes, bytes]) -> tuple[float, float]:
    """(processor seconds, MB) that the flood added, until a key after it was answered."""
    begins, goes_on, ends = flood
    with Terminal(command("bench.screen_app", str(path)), SIZE, ENVIRONMENT) as terminal:
        terminal.wait_for("MENUNGGU")
        settle(terminal, 2.0)
        process = psutil.Process(terminal.pid)
        memory, used = process.memory_info().rss, terminal.usage().cpu_seconds
        data = begins + goes_on * (BYTES // len(goes_on)) + ends
        while data:
            data = data[terminal.write(data[:4096]) :]
            terminal.read(0)
        # What never ends swallows what comes right behind it.
        settle(terminal, 2 * LOST_SECONDS if begins and not ends else 0.5, 2 * LOST_SECONDS)
        terminal.press("?")
        terminal.wait_for("Bantuan: Papan", 120.0)
        return terminal.usage().cpu_seconds - used, (process.memory_info().rss - memory) / (1 << 20)


def figures() -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        path = build(Path(folder) / "kantor.db", CARDS, EVENTS)
        for name, flood in FLOODS.items():
            seconds, megabytes = added(path, flood)
            yield Figure(f"{name}: processor", seconds, "s", MOST_SECONDS)
            yield Figure(f"{name}: memory", megabytes, "MB", MOST_MB)

"""Commands and board of this program against those of an earlier commit, in turn: CPU of the whole process.

    python -m bench.against COMMIT [PAIRS]

Each round runs the program of before, that of now, and that of now once more. What counts is the ratio of the lower
quartiles, and only where the two runs of now (A/A) lie within two in a hundred. Not part of `make bench`: it needs git
and some minutes.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.board import SIZE
from bench.installed import as_installed
from bench.terminal import Terminal, settle

HOME = Path(__file__).resolve().parents[1]
PAIRS = 41
LIMIT = 1.05
_PACKAGES = ("db", "sop", "exports", "sakip_tui")
_PERIOD = "2026-TW1"
_SET_UP = (
    ("siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2026", "--nama", "Kantor"),
    ("periode", "buka", _PERIOD),
    ("mulai", _PERIOD, "1"),
)
COMMANDS = {
    "status --json": ("status", "--json"),
    "an act": ("komentar", _PERIOD, "1", "x"),
    "rekap as text": ("rekap", _PERIOD, "-o", "-", "--format", "txt"),
    "rekap as a workbook": ("rekap", _PERIOD, "-o", "-", "--format", "xlsx"),
}
_FIRST_CARD = "MENUNGGU"
"""On a board of before as on one of now."""
_KEYS = ("down", "up") * 10


class Program(NamedTuple):
    """A checkout, and a database of its own."""

    sources: Path
    database: Path

    def cpu(self, words: Sequence[str]) -> float:
        """CPU seconds of one command. On Linux RUSAGE_CHILDREN grows by exactly that child."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, **self._environment}
        subprocess.run(
            [*self._command, *words], cwd=self.sources, env=environment, check=True, stdout=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def board(self) -> tuple[float, float]:
        """CPU seconds from the start until the board is silent, and of one move from card to card after that."""
        with Terminal(self._command, SIZE, self._environment, str(self.sources)) as terminal:
            terminal.wait_for(_FIRST_CARD)
            settle(terminal, 0.4)
            started = terminal.usage().cpu_seconds
            for key in _KEYS:
                terminal.press(key)
                settle(terminal, 0.1)
            return started, (terminal.usage().cpu_seconds - started) / len(_KEYS)

    @property
    def _command(self) -> tuple[str, ...]:
        return (sys.executable, "-m", "sakip_tui", "--db", str(self.database))

    @property
    def _environment(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.sources), "LANG": "C.UTF-8"}


def unpacked(commit: str, folder: Path) -> Path:
    """The packages of a commit, in a folder of their own. Raises CalledProcessError where git knows no such commit."""
    packed = subprocess.run(["git", "archive", commit, *_PACKAGES], cwd=HOME, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def main(commit: str, pairs: int = PAIRS) -> int:
    """Print a line for each command; returns how many take more than `LIMIT` where the figure counts."""
    missed = 0
    with as_installed(), tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        before = Program(unpacked(commit, Path(folder) / "before"), Path(folder) / "before.db")
        now = Program(HOME, Path(folder) / "now.db")
        for program in (before, now):
            for made in _SET_UP:
                program.cpu(made)
        for name, words in COMMANDS.items():
            rounds = [[program.cpu(words) for program in (before, now, now)] for _ in range(pairs)]
            missed += _is_missed(name, rounds)
        boards = [[program.board() for program in (before, now, now)] for _ in range(pairs)]
        missed += _is_missed("start of the board", [[start for start, _ in each] for each in boards])
        missed += _is_missed("to the next card", [[key for _, key in each] for each in boards])
    return missed


def _is_missed(name: str, rounds: Sequence[Sequence[float]]) -> bool:
    """Print a line about rounds of (before, now, now again), in seconds; whether it counts and takes too much."""
    old, new, same = (sorted(each)[len(each) // 4] for each in zip(*rounds, strict=True))
    counts = abs(same / new - 1) <= 0.02
    told = "" if counts else "   does not count"
    print(f"{name:<22}{old * 1000:8.2f} ms {new * 1000:8.2f} ms   {new / old:.3f} x   A/A {same / new:.3f}{told}")
    return bool(counts and new / old > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:3])))

"""Commands of this program against those of an earlier commit, in turn: CPU of the whole process.

    python -m bench.against COMMIT [PAIRS]

Each round runs the program of before, that of now, and that of now once more. What counts is the ratio of the lower
quartiles, and only where the two runs of now (A/A) lie within two in a hundred. Not part of `make bench`: it needs git
and some minutes. Start and keys of the screens are measured in `screens.py`.
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

from bench.installed import as_installed

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


class Program(NamedTuple):
    """A checkout, and a database of its own."""

    sources: Path
    database: Path

    def cpu(self, words: Sequence[str]) -> float:
        """CPU seconds of one command. On Linux RUSAGE_CHILDREN grows by exactly that child."""
        command = [sys.executable, "-m", "sakip_tui", "--db", str(self.database), *words]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(self.sources)}
        subprocess.run(command, cwd=self.sources, env=environment, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
            for words in _SET_UP:
                program.cpu(words)
        for name, words in COMMANDS.items():
            costs: tuple[list[float], ...] = ([], [], [])
            for _ in range(pairs):
                for kept, program in zip(costs, (before, now, now), strict=True):
                    kept.append(program.cpu(words))
            old, new, same = (sorted(each)[len(each) // 4] for each in costs)
            counts = abs(same / new - 1) <= 0.02
            missed += counts and new / old > LIMIT
            told = "" if counts else "   does not count"
            print(
                f"{name:<22}{old * 1000:8.1f} ms {new * 1000:8.1f} ms   {new / old:.3f} x   A/A {same / new:.3f}{told}"
            )
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:3])))

"""A person at the command line: `office(...)` runs commands in this process, on a real file, at a set time."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sakip_tui.cli.entry import main

FEBRUARY = 1_771_111_800
"""2026-02-15 06:30 WIB: a year of 2025 can be recorded in full."""
TOP = Path(__file__).resolve().parents[2]


POSIX_HOST = pytest.mark.skipif(sys.platform == "win32", reason="an office host is a POSIX machine")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Desk:
    """One database and the commands given to it."""

    path: Path
    now: int = FEBRUARY
    person: str = "kasubag"
    extra: tuple[str, ...] = field(default_factory=tuple)

    def __call__(self, *words: str) -> Said:
        """Any command, in this process."""
        return run(*words, "--db", str(self.path), "--sebagai", self.person, *self.extra, now=self.now)

    def do(self, line: str, *words: str) -> Any:
        """A command that must be accepted; returns its JSON document."""
        said = self(*line.split(), *words, "--json")
        assert said.code == 0, (line, words, said.err)
        return said.json

    def refused(self, code: int, line: str, *words: str) -> str:
        """A command that must fail with that code and leave the database as it was; returns what it said."""
        before = self.dump()
        said = self(*line.split(), *words)
        assert (said.code, said.out) == (code, ""), (line, words, said)
        assert self.dump() == before
        return said.err

    def dump(self) -> list[str]:
        """Every row of every table."""
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as connection:
            return list(connection.iterdump())

    def process(self, *words: str) -> subprocess.Popen[str]:
        """The same as a process of its own, on the clock of this computer."""
        command = [sys.executable, "-m", "sakip_tui", *words, "--db", str(self.path), "--sebagai", self.person]
        return subprocess.Popen(
            command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )


def run(*words: str, now: int = FEBRUARY) -> Said:
    """One command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(words), lambda: now)
        out.flush()
        err.flush()
    raw = out.buffer.getvalue()  # type: ignore[attr-defined]
    return Said(code, raw.decode("utf-8", "replace"), err.buffer.getvalue().decode(), raw)  # type: ignore[attr-defined]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A place for a database; nothing is set up there yet."""
    return Desk(tmp_path / "kantor.db")


NINE = "disnaker-kota-tangerang"
SEVEN = "dpmd-nganjuk"
BIDANG = ("Pemerintahan Desa", "Keuangan Desa", "Pemberdayaan", "Kelembagaan", "Sekretariat")
LATE = ("--alasan", "dicatat kemudian")


@pytest.fixture
def nine(desk: Desk) -> Desk:
    """A 9-step SOP set up for 2025."""
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    return desk


@pytest.fixture
def seven(desk: Desk) -> Desk:
    """A 7-step SOP with five bidang set up for 2025."""
    desk.do(f"siapkan --sop {SEVEN} --tahun 2025", *(word for name in BIDANG for word in ("--bidang", name)))
    return desk


def opened(desk: Desk, period: str, at: str) -> None:
    """Open a period at a moment."""
    desk.do(f"periode buka {period} --pada {at}", *LATE)


def finish(desk: Desk, period: str, step: int, day: str, bidang: str | None = None) -> Any:
    """Do a step in five minutes of a day's tenth hour, later steps later."""
    which = () if bidang is None else ("--bidang", bidang)
    begun = 6 * (step - 1)
    times = f"--mulai {day}T09:{begun:02d} --selesai {day}T09:{begun + 5:02d}"
    return desk.do(f"selesai {period} {step} {times}", *which, *LATE)

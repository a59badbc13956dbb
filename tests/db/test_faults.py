"""A fault at every call of the engine, in every command that writes: all of the act or nothing, and words for a person.

The n-th statement of a command raises what a bad disk (IOERR), a full one (FULL) or another program's lock (BUSY)
would, before it is run or (a commit whose answer is lost) after. In the short run each command meets a few of its
statements, SAKIP_CASES=100 asks for all of them.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest

from db.file import connection
from tests.cli.conftest import LATE, Desk, Said, run
from tests.db.office import dump

SHARE = int(os.environ.get("SAKIP_CASES", "1")) / 100
SEVEN, NINE = "dpmd-nganjuk", "disnaker-kota-tangerang"
AT = "2025-04-21T"
TW1, TW2 = "2025-TW1", "2025-TW2"
SOON = "2026-02-15T06:00"

FAULTS: dict[str, tuple[type[apsw.Error], str, str]] = {
    "IOERR": (apsw.IOError, "disk I/O error", "tidak dapat dibuka atau dibaca"),
    "FULL": (apsw.FullError, "database or disk is full", "penuh"),
    "BUSY": (apsw.BusyError, "database is locked", "sedang dipakai"),
}

COMMANDS: dict[str, tuple[str, ...]] = {
    "siapkan": ("siapkan", "--sop", NINE, "--tahun", "2026"),
    "periode buka": ("periode", "buka", TW2, "--pada", "2025-07-21T08:00", *LATE),
    "mulai": ("mulai", TW1, "1", *LATE),
    "selesai": ("selesai", TW1, "1", *LATE),
    "selesai with both times": ("selesai", TW1, "1", "--mulai", f"{AT}08:10", "--selesai", f"{AT}08:20", *LATE),
    "tunda": ("tunda", TW1, "1", *LATE),
    "lewati": ("lewati", TW1, "1", *LATE),
    "tugaskan": ("tugaskan", TW1, "1", "kasubag", *LATE),
    "centang": ("centang", TW1, "1", "1", *LATE),
    "dokumen": ("dokumen", TW1, "1", "--nomor", "7/2025", *LATE),
    "komentar": ("komentar", TW1, "1", "catatan"),
    "berkas tahan": ("berkas", "tahan", TW1, *LATE),
    "berkas hentikan": ("berkas", "hentikan", TW1, *LATE),
    "kalender libur": ("kalender", "libur", "2026-06-15", "libur daerah", *LATE),
    "pengaturan ubah": ("pengaturan", "ubah", "--batas-segera", "70", *LATE),
    "sop tetapkan": ("sop", "tetapkan", NINE, "8", "--tidak-ke", "7"),
    "lepas": ("lepas", TW1, "2", *LATE),
    "urung": ("urung", TW1, "2", *LATE),
    "kembalikan": ("kembalikan", TW1, "2", "--ke", "1", "--catatan", "kurang", *LATE),
    "koreksi": ("koreksi", TW1, "1", "--catatan", "diperbaiki", *LATE),
    "berkas lanjutkan": ("berkas", "lanjutkan", TW1, *LATE),
    "periode tutup": ("periode", "tutup", TW1, *LATE),
    "periode buka-kembali": ("periode", "buka-kembali", TW1, *LATE),
    "pulihkan": ("pulihkan", "--ya"),
    "periksa": ("periksa", "--penuh"),
}
"""What is given to each command; each begins from the scene of the same name, or from a case with step 1 ready."""

_READY = (("periode", "buka", TW1, "--pada", f"{AT}08:00", *LATE),)
_STARTED = (
    *_READY,
    ("selesai", TW1, "1", "--pada", f"{AT}08:10", *LATE),
    ("mulai", TW1, "2", "--pada", f"{AT}08:20", *LATE),
)
_DONE = (*_READY, *(("selesai", TW1, str(step), "--pada", f"{AT}08:{10 * step}", *LATE) for step in range(1, 6)))
_CLOSED = (*_DONE, ("periode", "tutup", TW1, "--pada", f"{AT}10:00", *LATE))
_HELD = (*_READY, ("berkas", "tahan", TW1, "--pada", f"{AT}09:00", *LATE))
SCENES: dict[str, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(("lepas", "urung", "kembalikan", "koreksi"), _STARTED),
    "berkas lanjutkan": _HELD,
    "periode tutup": _DONE,
    "periode buka-kembali": _CLOSED,
}


class Fuse:
    """Counts the statements of a command and blows at one of them."""

    def __init__(self) -> None:
        self.count = 0
        self.at: int | None = None
        self.fault = FAULTS["IOERR"]
        self.after = False

    def before(self) -> None:
        self.count += 1
        if self.count == self.at and not self.after:
            raise self.fault[0](self.fault[1])

    def afterwards(self) -> None:
        if self.count == self.at and self.after:
            raise self.fault[0](self.fault[1])


FUSE = Fuse()


class FusedCursor(apsw.Cursor):
    """Runs a statement unless the fuse blows."""

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        FUSE.before()
        done = super().execute(*args, **kwargs)
        FUSE.afterwards()
        return done

    def executemany(self, *args: Any, **kwargs: Any) -> Any:
        FUSE.before()
        return super().executemany(*args, **kwargs)


class FusedConnection(apsw.Connection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cursor_factory = FusedCursor


@contextmanager
def fused(at: int | None = None, fault: str = "IOERR", after: bool = False) -> Iterator[Fuse]:
    """While every connection that is opened has the fuse in it."""
    FUSE.count, FUSE.at, FUSE.fault, FUSE.after = 0, at, FAULTS[fault], after
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apsw, "Connection", FusedConnection)
        yield FUSE


class Scene:
    """A database as a command finds it, and what becomes of a copy of it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.words = folder, COMMANDS[name]
        self.path = folder / "awal.db"
        desk = Desk(self.path)
        desk.do(f"siapkan --sop {NINE} --tahun 2025")
        for words in SCENES.get(name, _READY):
            desk.do(words[0], *words[1:])
        if name == "pulihkan":
            # A backup of the scene, and an act since, so that restoring changes something.
            desk.do("cadangkan", str(folder / "salinan.db"))
            self.words = (*self.words, str(folder / "salinan.db"))
            desk.do(f"komentar {TW1} 1", "sesudah cadangan")
        shutil.rmtree(folder / "cadangan", ignore_errors=True)
        self.before = content(self.path)
        self.copy = folder / "salin" / "awal.db"

    def run(self, at: int | None, fault: str = "IOERR", after: bool = False) -> tuple[Said, int]:
        """The command on a fresh copy of the scene: (what it said, statements it came to)."""
        shutil.rmtree(self.copy.parent, ignore_errors=True)
        self.copy.parent.mkdir()
        shutil.copy(self.path, self.copy)
        with fused(at, fault, after) as fuse:
            said = run(*self.words, "--db", str(self.copy), "--sebagai", "kasubag")
        return said, fuse.count


@pytest.mark.parametrize("name", COMMANDS)
def test_a_fault_at_any_statement_leaves_all_of_the_act_or_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What locks out would wait for seconds otherwise.
    monkeypatch.setattr(connection, "_WAL_TRIES", 1)
    monkeypatch.chdir(tmp_path)
    scene = Scene(tmp_path, name)
    said, statements = scene.run(None)
    assert said.code == 0, said.err
    complete = content(scene.copy)
    assert statements > 10
    cases = [(at, fault, after) for at in range(1, statements + 1) for fault in FAULTS for after in (False, True)]
    if SHARE < 1:
        chance = random.Random(name)
        cases = chance.sample(cases, max(12, int(len(cases) * SHARE)))
    undone = 0
    for at, fault, after in cases:
        said, _ = scene.run(at, fault, after)
        case = (name, at, fault, after, said)
        found = content(scene.copy)
        if name == "pulihkan" and found != scene.before:
            # Which log was replaced depends on whether it could be read.
            assert any("'pulihkan'" in line for line in found), case
        else:
            assert found in (scene.before, complete), case
        assert said.code in (0, 5), case
        assert "Traceback" not in said.err, case
        assert "tidak terduga" not in said.err, case
        if said.code == 5 and name not in ("pulihkan", "periksa"):
            assert FAULTS[fault][2] in said.err, case
            if found != scene.before and not after:
                assert "sudah tercatat" in said.err, case
        undone += found == scene.before
    assert undone, "no fault came before the act was kept, so nothing was tried"


def content(path: Path) -> list[str]:
    """What the office has in the file; what the engine or a check noted for itself is none of it."""
    return [line for line in dump(path) if not line.startswith(("sqlite_", "anchors: ("))]

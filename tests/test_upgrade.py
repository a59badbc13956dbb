"""Upgrading and going back with the program in a folder of its own: two versions beside each other, one database.

The newer one is this program with one more step of the schema.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.file.connection import SCHEMA_VERSION

TOP = Path(__file__).resolve().parent.parent
STEP = "def apply(database):\n    pass\n"
NEWER = SCHEMA_VERSION + 1


class Program:
    """One version, as the folder that a zip is unpacked to."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder, self.database = folder, database

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        own = [sys.executable, "-I", str(self.folder / "mulai.py"), "--db", str(self.database), "--sebagai", "kasubag"]
        return subprocess.run(
            [*own, *words], capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
        )

    def do(self, *words: str) -> Any:
        said = self(*words, "--json")
        assert said.returncode == 0, (words, said.stderr)
        return json.loads(said.stdout)


def folder_of(place: Path) -> Path:
    packages = place / "paket"
    packages.mkdir(parents=True)
    for name in ("sop", "db", "exports", "sakip_tui"):
        shutil.copytree(TOP / name, packages / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(TOP / "bundle" / "files" / "mulai.py", place / "mulai.py")
    return place


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (path, before)
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Program]:
    top = tmp_path_factory.mktemp("map é")
    database = top / "data" / "kantor.db"
    database.parent.mkdir()
    old, new = folder_of(top / "sakip-0.1"), folder_of(top / "sakip-0.2")
    db = new / "paket" / "db"
    (db / "migrations" / f"m{NEWER:04}_next.py").write_text(STEP, encoding="utf-8")
    runner = db / "migrations" / "runner.py"
    replaced(runner, "from db.migrations import (\n", f"from db.migrations import (\n    m{NEWER:04}_next,\n")
    replaced(runner, '.apply,\n)\n"""The first', f'.apply,\n    m{NEWER:04}_next.apply,\n)\n"""The first')
    connection = db / "file" / "connection.py"
    replaced(connection, f"SCHEMA_VERSION = {SCHEMA_VERSION}\n", f"SCHEMA_VERSION = {NEWER}\n")
    return Program(old, database), Program(new, database)


def schema_of(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return int(version)


def test_an_upgrade_keeps_a_copy_and_the_old_program_goes_back_to_it(programs: tuple[Program, Program]) -> None:
    old, new = programs
    database = old.database
    old.do("siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2025")
    old.do("periode", "buka", "2025-TW1", "--pada", "2025-04-01T08:00", "--alasan", "susulan")
    before = old.do("riwayat")

    # Up: opened by the newer one, the older state lies beside it.
    assert new.do("status")["periods"][0]["period_state"] == "buka"
    assert schema_of(database) == NEWER
    kept = database.with_name(f"kantor-skema{SCHEMA_VERSION}.db")
    assert schema_of(kept) == SCHEMA_VERSION
    new.do("komentar", "2025-TW1", "1", "dicatat dengan yang baru")
    assert len(new.do("riwayat")) == len(before) + 1

    # The older one neither reads nor writes what it does not know, and says why.
    refused = old("komentar", "2025-TW1", "1", "dengan yang lama")
    assert refused.returncode == 5
    assert "versi yang lebih baru" in refused.stderr

    # And back.
    said = old("pulihkan", str(kept), "--ya")
    assert said.returncode == 0, said.stderr
    assert schema_of(database) == SCHEMA_VERSION
    after = old.do("riwayat")
    assert [event["hash"] for event in after[-len(before) :]] == [event["hash"] for event in before]
    assert old("periksa", "--penuh").returncode == 0

    # What was recorded in between is not lost: it lies among the backups, for the newer program.
    (aside,) = [path for path in (database.parent / "cadangan").iterdir() if "sebelum-pulih" in path.name]
    assert schema_of(aside) == NEWER
    look = Program(new.folder, aside.with_name("lihat.db"))
    assert look("pulihkan", str(aside), "--ya").returncode == 0
    assert "menulis catatan pada langkah 1" in look("riwayat").stdout

    # Up again, as on the first day.
    assert new("status").returncode == 0
    assert schema_of(database) == NEWER
    assert os.path.exists(database.with_name(f"kantor-skema{SCHEMA_VERSION}-2.db"))

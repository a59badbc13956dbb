"""Values that another program left in the file: told as damage with the place, never as something nobody expected."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from db import opening, seed, unreadable
from db.models import TABLES
from db.people_pins import set_pin
from db.store import Store
from sakip_tui.machine import account_name
from sop.model.pelaksana import Actor
from tests.cli.conftest import FEBRUARY, LATE, SEVEN, Desk, Said, finish, opened, run

COMMANDS = (
    "status",
    "papan 2025-TW1",
    "riwayat",
    "pengguna daftar",
    "periksa",
    "rekap 2025-TW1 -o -",
    "rekap 2025-TW2 -o - --format txt",
    "dasbor",
    "mulai 2025-TW1 3 --bidang Dua",
)
TEXTS: tuple[Any, ...] = ("sampah", '{"a":1}')
NUMBERS: tuple[Any, ...] = (2**62,)
UNEXPECTED = "tidak terduga"
OLD_FILE = Path(__file__).parents[1] / "db" / "old_files" / "schema1.db.gz"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with a row in every table: one period at work, one closed, people, a lane, a PIN, an anchor."""
    desk = Desk(tmp_path_factory.mktemp("utuh") / "kantor.db")
    desk.do(f"siapkan --sop {SEVEN} --tahun 2025 --bidang Satu --bidang Dua")
    opened(desk, "2025-TW1", "2025-04-01T08:00")
    for step in (1, 2):
        finish(desk, "2025-TW1", step, "2025-04-01")
    desk.do("dokumen 2025-TW1 2 --nomor 12")
    desk.do("mulai 2025-TW1 3 --bidang Satu")
    desk.do("periode buka 2025-TW2 --pada 2025-07-01T08:00", *LATE)
    desk.do("berkas hentikan 2025-TW2 --alasan kosong")
    desk.do("periode tutup 2025-TW2")
    desk.do("bidang ganti-nama Dua Tiga")
    desk.do("indikator tambah IK-1 --nama Peserta --satuan orang --sejak 2025-TW3")
    desk.do("indikator target IK-1 2025-TW3 25")
    desk.do(f"sop tetapkan {SEVEN} 1 --pelaksana", "Sekretaris Dinas")
    desk.do(f"pengguna tambah Wening --peran admin --kode adm --akun {account_name(os.environ)}")
    desk.person = "adm"
    desk.do("pengguna tambah Bagas --peran pengelola --kode atur")
    lane = desk.do("papan 2025-TW1")["cards"][0]["lane"]
    desk.do("pengguna lajur atur", lane, "--sampai", "2099-01-01")
    desk.do("periksa")
    with opening.open(desk.path) as database:
        set_pin(Store(database, lambda: desk.now), SEVEN, "atur", "481516", Actor("atur"))
        database.rows("INSERT INTO drafts (person, place, content, saved) VALUES ('adm', 'x', '{}', 1)")
    return desk.path.read_bytes()


OF_DATA = {"data_periods", "forms", "data_rows", "data_closings"}
"""Tables that have rows once forms of data kinerja are out, and the period that they are of is closed."""


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with a row in each of those."""
    desk = Desk(tmp_path_factory.mktemp("data") / "kantor.db")
    desk.do("siapkan --sop disperinaker-lima-puluh-kota --tahun 2025 --bidang Satu")
    desk.do("indikator tambah IK-1 --satuan orang --bidang Satu --nama Peserta")
    desk.do("indikator target IK-1 2025-TW3 25")
    opened(desk, "2025-TW3", "2025-10-06T08:00")
    for step in (1, 2):
        finish(desk, "2025-TW3", step, "2025-10-06")
    finish(desk, "2025-TW3", 3, "2025-10-06", "Satu")
    desk.do("data isi 2025-TW3 IK-1 20")
    finish(desk, "2025-TW3", 4, "2025-10-06", "Satu")
    for step in range(5, 8):
        finish(desk, "2025-TW3", step, "2025-10-06")
    desk.do("periode tutup 2025-TW3 --pada 2025-10-06T10:00", *LATE)
    return desk.path.read_bytes()


def spoilt(path: Path, content: bytes, table: str, column: str, value: Any) -> bool:
    """Write a file in which another program has put a value in all rows, or else in the last; False where it cannot."""
    path.write_bytes(content)
    path.chmod(0o600)
    for suffix in ("-wal", "-shm", "-gate"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        for where in ("", f"WHERE rowid = (SELECT max(rowid) FROM {table})"):
            with contextlib.suppress(sqlite3.IntegrityError):
                return bool(other.execute(f"UPDATE {table} SET {column} = ? {where}", (value,)).rowcount)
    return False


def said(path: Path, words: str) -> Said:
    return run(*words.split(), "--db", str(path), now=FEBRUARY)


def columns(content: bytes, path: Path) -> dict[str, dict[str, str]]:
    """Table -> column -> type."""
    path.write_bytes(content)
    with contextlib.closing(sqlite3.connect(path)) as other:
        return {
            table._meta.table_name: {
                row[1]: row[2] for row in other.execute(f"PRAGMA table_info({table._meta.table_name})")
            }
            for table in TABLES
        }


@pytest.mark.parametrize("table", [table._meta.table_name for table in TABLES])
def test_no_value_of_a_table_ends_a_command_in_a_way_that_nobody_expected(
    sound: bytes, tmp_path: Path, table: str
) -> None:
    path = tmp_path / "kantor.db"
    for column, kind in columns(sound, path)[table].items():
        for value in (*(TEXTS if kind == "TEXT" else NUMBERS), None):
            if not spoilt(path, sound, table, column, value):
                continue
            for words in COMMANDS:
                told = said(path, words)
                place = (table, column, value, words, told.err[:300])
                assert told.code in (0, 2, 3, 5), place
                assert UNEXPECTED not in told.err, place
                if told.code == 5 and words != "periksa":
                    assert "Basis data rusak: " in told.err, place


FLAG = unreadable.READERS["people"]["active"]
READ = [
    (table, column, "sampah" if table != "offices" or column != "zone" else "Asia/Sampah")
    for table, readers in unreadable.READERS.items()
    for column, reader in readers.items()
    # A flag that is neither 0 nor 1 the engine keeps out, whoever writes it.
    if reader not in (unreadable.moment, FLAG)
]
FAR = [
    (table, column, 2**62)
    for table, readers in unreadable.READERS.items()
    for column, reader in readers.items()
    if reader is unreadable.moment
]


@pytest.mark.parametrize(("table", "column", "value"), READ + FAR, ids=lambda value: str(value)[:20])
def test_a_value_that_cannot_be_read_is_named_with_table_row_and_column(
    sound: bytes, gathered: bytes, tmp_path: Path, table: str, column: str, value: Any
) -> None:
    path = tmp_path / "kantor.db"
    assert spoilt(path, gathered if table in OF_DATA else sound, table, column, value)
    told = said(path, "periksa --penuh --json")
    assert (told.code, UNEXPECTED in told.err) == (5, False)
    assert {"table": table, "column": column} in [
        {"table": each["table"], "column": each["column"]} for each in told.json["unreadable"]
    ]
    assert all(isinstance(each["row"], int) for each in told.json["unreadable"])


@pytest.mark.parametrize(
    ("words", "table", "column", "value"),
    [
        ("papan 2025-TW1", "offices", "settings", '{"paper":"folio kuno"}'),
        ("status", "offices", "zone", "Mars/Olympus"),
        ("papan 2025-TW1", "calendar_revisions", "spec", "{}"),
        ("papan 2025-TW1", "sop_versions", "definition", "[]"),
        ("papan 2025-TW1", "runs", "phase", "melamun"),
        ("papan 2025-TW1", "runs", "started", 2**62),
        ("riwayat", "events", "act", "meramal"),
        ("riwayat", "events", "data", "{"),
        ("pengguna daftar", "memberships", "kind", "kehormatan"),
        ("rekap 2025-TW2 -o -", "closings", "figures", "["),
        ("mulai 2025-TW1 3 --bidang Dua", "cases", "holds", '[["pagi", null]]'),
    ],
)
def test_the_command_that_meets_it_names_the_place(
    sound: bytes, tmp_path: Path, words: str, table: str, column: str, value: Any
) -> None:
    path = tmp_path / "kantor.db"
    assert spoilt(path, sound, table, column, value)
    told = said(path, words)
    assert (told.code, told.raw) == (5, b"")
    assert f"isi kolom {column} di baris " in told.err
    assert f" tabel {table} tidak terbaca" in told.err
    assert "pulihkan cadangan" in told.err


def test_text_that_is_no_utf8_is_named_with_its_place(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    assert spoilt(path, sound, "people", "name", "Wening")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE people SET name = CAST(X'E9E9' AS TEXT) WHERE code = 'atur'")
    told = said(path, "pengguna daftar")
    assert (told.code, "kolom name di baris 2 tabel people" in told.err) == (5, True)


def test_a_row_that_can_be_read_and_is_not_what_the_log_gives_is_damage_too(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    assert spoilt(path, sound, "runs", "step", 7)
    told = said(path, "periksa --penuh")
    assert told.code == 5
    assert spoilt(path, sound, "cases", "sop_version", 9)
    told = said(path, "papan 2025-TW1")
    assert (told.code, "kolom sop_version di baris 1 tabel cases" in told.err) == (5, True)


def test_a_fault_that_was_typed_stays_what_it_is(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    assert spoilt(path, sound, "drafts", "content", "sampah")
    told = said(path, "riwayat --sejak pagi-pagi")
    assert (told.code, "pagi-pagi" in told.err) == (2, True)


def test_sound_files_hold_nothing_that_cannot_be_read(sound: bytes, tmp_path: Path) -> None:
    demo, old, made = (tmp_path / name for name in ("contoh.db", "lama.db", "utuh.db"))
    with opening.open(demo, create=True) as database:
        seed.build(database, FEBRUARY)
    old.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    made.write_bytes(sound)
    for path in (demo, old, made):
        path.chmod(0o600)
        with opening.open(path) as database:
            assert unreadable.damages(database, full=True) == []
            assert unreadable.explained(database, KeyError("x")) is None


def test_every_column_that_holds_more_than_itself_has_a_reader(sound: bytes, tmp_path: Path) -> None:
    """JSON, moments, and the codes of an enumeration."""
    there = columns(sound, tmp_path / "kantor.db")
    for table, readers in unreadable.READERS.items():
        assert set(readers) <= set(there[table]), table
    with contextlib.closing(sqlite3.connect(tmp_path / "kantor.db")) as other:
        for table, kinds in there.items():
            for column in kinds:
                values = [value for (value,) in other.execute(f"SELECT {column} FROM {table}") if value is not None]
                holds = [value for value in values if re.match(r"[\[{]|17\d{8}$", str(value))]
                assert not holds or column in unreadable.READERS[table] or (table, column) in NOT_READ, (table, column)


NOT_READ = {("drafts", "content")}
"""Passed over where it cannot be read."""

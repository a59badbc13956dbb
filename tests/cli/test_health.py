"""`sakip periksa` finds what somebody changed behind the program's back."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from tests.cli.conftest import Desk, opened


def meddle(desk: Desk, *statements: str) -> None:
    """What somebody with another program does to the file."""
    with contextlib.closing(sqlite3.connect(desk.path)) as connection, connection:
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_sound_office_has_no_problem_but_is_told_of_its_calendar(nine: Desk) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    health = nine.do("periksa --penuh")
    assert (health["sound"], health["problems"], health["chain"]["checked"]) == (True, [], 2)
    assert health["chain"]["hash"] == nine.do("riwayat")[0]["hash"]
    assert health["calendar_gaps"] == []
    nine.do("siapkan --tahun 2040")
    gaps = nine.do("periksa")["calendar_gaps"]
    assert [(gap["year"], gap["collective_leave_filled"]) for gap in gaps] == [(2040, False)]
    assert tuple(int(part) for part in health["engine"].split(".")) >= (3, 51, 3)
    assert "Tidak ada masalah." in nine("periksa").out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE events SET by_person = 'orang-lain' WHERE sequence = 2", "urutan 2"),
        ("UPDATE events SET sequence = 9 WHERE sequence = 2", "ada nomor yang hilang"),
        ("UPDATE sop_versions SET definition = replace(definition, 'Menit', 'Jam')", "isi sebuah SOP"),
        ("UPDATE runs SET ended = ended - 60 WHERE ended IS NOT NULL", "tidak sama dengan riwayatnya"),
    ],
)
def test_change_behind_its_back_is_found(nine: Desk, statement: str, told: str) -> None:
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    nine.do("selesai 2025-TW1 1 --pada 2025-04-21T08:30 --alasan x")
    meddle(nine, statement)
    said = nine("periksa", "--penuh")
    assert said.code == 5
    assert told in said.out
    assert nine("periksa", "--penuh", "--json").json["sound"] is False

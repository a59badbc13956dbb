"""`sakip periksa` finds what somebody changed behind the program's back."""

from __future__ import annotations

import contextlib
import sqlite3
import sys

import apsw
import pytest

from db import audit, opening
from db.file import opening as file_opening
from sop.values import replace
from tests.cli.conftest import LATE, Desk, opened


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
    assert "Tidak ada masalah." in nine("periksa", "--penuh").out


def test_a_quick_check_says_what_it_did_not_look_at(nine: Desk) -> None:
    """Neither what was looked at before, and when that was, nor the rows; only what looks at everything finds no
    problem at all."""
    first = nine("periksa").out
    assert "1 catatan diperiksa" in first
    assert "Tidak diperiksa: apakah keadaan kantor sama dengan riwayatnya." in first
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    nine.now += 3600
    again = nine("periksa").out
    assert "1 catatan diperiksa" in again
    assert "1 catatan sebelumnya sudah diperiksa pada Min 15 Feb 2026 06.30" in again
    assert "Tidak diperiksa: 1 catatan sebelumnya; apakah keadaan kantor sama" in again
    for said in (first, again):
        assert "sakip periksa --penuh" in said
        assert "Tidak ada masalah" not in said
    document = nine.do("periksa")
    assert document["full"] is False
    assert document["chain"]["since_checked_at"] == "2026-02-15T07:30:00+07:00"
    nine.now += 3600
    assert "2 catatan diperiksa" in nine("periksa", "--penuh").out
    assert "2 catatan sebelumnya sudah diperiksa pada Min 15 Feb 2026 08.30" in nine("periksa").out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE events SET at = at - 86400 WHERE sequence = 2", "tidak utuh di urutan 2"),
        ("UPDATE runs SET ended = ended - 60 WHERE ended IS NOT NULL", "tidak sama dengan riwayatnya"),
    ],
)
def test_the_command_on_a_recap_finds_what_was_changed_before_the_last_check(
    nine: Desk, statement: str, told: str
) -> None:
    """`periksa --jangkar` looks at everything, whatever was found whole before."""
    opened(nine, "2025-TW1", "2025-04-21T08:00")
    nine.do("selesai 2025-TW1 1 --pada 2025-04-21T08:30 --alasan x")
    mark = nine.do("jangkar")["hash"][:16]
    said = nine("periksa", "--jangkar", mark)
    assert said.code == 0
    assert "Semua catatan sampai nomor itu masih sama seperti waktu sidik itu dicetak." in said.out
    assert "Tidak ada masalah." in said.out
    meddle(nine, statement)
    said = nine("periksa", "--jangkar", mark)
    assert said.code == 5
    assert told in said.out
    assert ("Tidak semua catatan sampai nomor itu masih sama" in said.out) is ("events" in statement)


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


# --- what surrounds the file -----------------------------------------------------------------------------------------


def test_little_room_a_long_log_and_strangers_are_told_after_an_act_and_by_the_check(
    nine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = audit.surroundings(nine.path)
    assert nine.do("periksa")["advice"] == []
    for change, told in (
        ({"free_bytes": 199 * 1024 * 1024}, "Sisa disk tinggal 199 MB"),
        ({"log_bytes": 65 * 1024 * 1024}, "Catatan sementara mesin sudah 65 MB"),
        ({"open_to_others": ("kantor.db",)}, "Akun lain di komputer ini dapat membuka basis datanya"),
        ({"file_system": "nfs4"}, "Basis data ada di map jaringan (nfs4)"),
    ):
        monkeypatch.setattr(audit, "surroundings", lambda path, change=change: replace(seen, **change))
        assert told in nine("periksa").out
        assert told in nine("komentar", "2025-TW1", "1", "x").err or told in nine("siapkan", "--tahun", "2031").err
        assert told not in nine("status").err, "reading is not interrupted by it"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_folder_in_which_others_may_write_is_told(nine: Desk) -> None:
    nine.path.parent.chmod(0o770)
    assert str(nine.path.parent) in nine.do("periksa")["open_to_others"]
    nine.path.parent.chmod(0o1777)
    assert nine.do("periksa")["open_to_others"] == [], "where only the owner may rename, others do no harm"
    nine.path.parent.chmod(0o755)
    assert nine.do("periksa")["open_to_others"] == []


def test_a_network_file_system_is_refused_with_the_remedy(nine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_opening, "network_kind", lambda place: "cifs")
    said = nine("status")
    assert said.code == 5
    assert "map jaringan (cifs)" in said.err
    assert "lewat SSH" in said.err


def test_a_writer_that_waits_in_vain_hears_that_the_database_is_in_use(
    nine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(opening.open.__kwdefaults__, "wait_seconds", 0.01)
    other = apsw.Connection(str(nine.path))
    other.execute("BEGIN IMMEDIATE")
    said = nine("periode", "buka", "2025-TW1", "--pada", "2025-04-21T08:00", *LATE)
    assert said.code == 5
    assert "sedang dipakai" in said.err
    assert nine("status").code == 0, "a writer keeps nobody from reading"
    other.execute("ROLLBACK")
    other.close()
    opened(nine, "2025-TW1", "2025-04-21T08:00")

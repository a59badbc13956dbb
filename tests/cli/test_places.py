"""What lies where the database is meant to be: a link that leads nowhere, another program's document, a folder that is
kept alike on several computers; and what killed programs left behind."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db.file import backup
from db.file.synced_folders import synced_by
from tests.cli.conftest import NINE, Desk, Said, run

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links want a right there")
SET_UP = f"siapkan --sop {NINE} --tahun 2025"


# --- a link that leads nowhere ----------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("line", [SET_UP, "contoh", "status", "periksa", "pulihkan {backup} --ya", "cadangkan"])
def test_a_link_that_leads_nowhere_is_left_and_told(nine: Desk, tmp_path: Path, line: str) -> None:
    copied = tmp_path / "cadangan.db"
    nine.do("cadangkan", str(copied))
    link, target = tmp_path / "tautan.db", tmp_path / "disk lepas" / "kantor.db"
    link.symlink_to(target)
    said = Desk(link)(*line.replace("{backup}", str(copied)).split())
    assert said.code in (2, 5)
    assert "tautan ke" in said.err or "sudah ada" in said.err
    assert link.is_symlink()
    assert os.readlink(link) == str(target)
    assert not target.parent.exists()


@POSIX
def test_a_link_to_a_database_is_the_database(nine: Desk, tmp_path: Path) -> None:
    """Whoever comes by the link and whoever comes by the name stand in one queue and see one log."""
    link = tmp_path / "meja" / "tautan.db"
    link.parent.mkdir()
    link.symlink_to(nine.path)
    Desk(link).do("periode buka 2025-TW1 --pada 2025-04-21T08:00 --alasan kemudian")
    assert nine.do("riwayat")[0]["act"] == "buka"
    # The day's backup lies beside the database too.
    assert sorted(file.name for file in link.parent.iterdir()) == ["tautan.db"]


# --- another program's document ---------------------------------------------------------------------------------------


def of_another_program(path: Path, application: int) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA application_id={application}")
        other.execute("CREATE TABLE surat (isi)")
        other.execute("INSERT INTO surat VALUES ('penting')")
    other.close()


@pytest.mark.parametrize("kind", ["database", "database without a number", "text"])
def test_restoring_replaces_nothing_that_was_never_ours(nine: Desk, tmp_path: Path, kind: str) -> None:
    copied = tmp_path / "cadangan.db"
    nine.do("cadangkan", str(copied))
    other = tmp_path / "milik-lain.db"
    if kind == "text":
        other.write_text("surat penting\n" * 500, encoding="utf-8")
    else:
        of_another_program(other, 0x12345678 if kind == "database" else 0)
    before = other.read_bytes()
    said = run("pulihkan", str(copied), "--ya", "--db", str(other), "--sebagai", "kasubag")
    assert said.code == 5
    assert "bukan basis data sakip" in said.err
    assert "Tidak ada yang diganti" in said.err
    assert other.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if "pulih" in file.name] == []


# --- left behind ------------------------------------------------------------------------------------------------------


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_a_copy_half_made_by_a_killed_program_goes_with_the_next_one_to_that_folder(nine: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "diska lepas"
    folder.mkdir()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as at_work:
        left = folder / f"kantor-lama.db{backup.UNFINISHED}-{dead_process()}"
        beside = folder / f"{left.name}-journal"
        made_now = folder / f"kantor-baru.db{backup.UNFINISHED}-{at_work.pid}"
        others = [folder / name for name in ("kerja.sebagian-besar.docx", f"x{backup.UNFINISHED}-12a", "lain.db")]
        for file in (left, beside, made_now, *others):
            file.write_bytes(b"x")
        nine.do("cadangkan", str(folder))
        at_work.communicate(b"\n")
    assert not left.exists()
    assert not beside.exists()
    assert made_now.exists(), "somebody is at work on it"
    assert all(file.exists() for file in others)
    # What nobody has touched for a day is nobody's, whatever computer made it.
    old = folder / f"kantor-tua.db{backup.UNFINISHED}-{os.getpid()}"
    old.write_bytes(b"x")
    os.utime(old, (1, 1))
    nine.now += 60
    nine.do("cadangkan", str(folder))
    assert not old.exists()


def test_a_recap_half_written_by_a_killed_program_goes_with_the_next_one_to_that_folder(
    nine: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "rekapan"
    folder.mkdir()
    left, fresh, other = (folder / name for name in (f".sakip-{'0' * 16}.tmp", f".sakip-{'1' * 16}.tmp", ".sakip.tmp"))
    for file in (left, fresh, other):
        file.write_bytes(b"x")
    for file in (left, other):
        os.utime(file, (1, 1))
    nine.do(f"rekap 2025-TW1 --format csv -o {folder / 'rekap.csv'}")
    assert sorted(file.name for file in folder.iterdir()) == sorted([fresh.name, other.name, "rekap.csv"])


# --- folders kept alike on several computers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Pemerintah Kota", "OneDrive"),
        ("Dropbox (Pribadi)/kantor", "Dropbox"),
        ("Google Drive/sakip", "Google Drive"),
        ("Drive Saya", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("dropboxan", None),
        ("Dokumen", None),
    ],
)
def test_a_folder_is_known_by_its_name(tmp_path: Path, folder: str, program: str | None) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    assert synced_by(place / "kantor.db", {}) == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".dropbox", "Dropbox"), (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"), (".stfolder", "Syncthing")],
)
def test_a_folder_is_known_by_what_the_program_keeps_in_it(tmp_path: Path, mark: str, program: str) -> None:
    place = tmp_path / "arsip" / "kantor"
    place.mkdir(parents=True)
    (tmp_path / "arsip" / mark).write_bytes(b"")
    assert synced_by(place / "kantor.db", {}) == program


def test_a_folder_is_known_by_what_the_program_says_of_itself(tmp_path: Path) -> None:
    place, home = tmp_path / "arsip" / "kantor", tmp_path / "rumah"
    place.mkdir(parents=True)
    (home / ".dropbox").mkdir(parents=True)
    assert synced_by(place / "kantor.db", {"OneDriveCommercial": str(tmp_path / "arsip")}) == "OneDrive"
    assert synced_by(home / "kantor.db", {"HOME": str(home)}) is None, (
        "Dropbox keeps its own things in everybody's home"
    )
    told = home / ".dropbox" / "info.json"
    told.write_text(json.dumps({"personal": {"path": str(tmp_path / "arsip"), "host": 1}}), encoding="utf-8")
    assert synced_by(place / "kantor.db", {"HOME": str(home)}) == "Dropbox"
    for broken in ("", "[]", '{"personal": 3}', "{}"):
        told.write_text(broken, encoding="utf-8")
        assert synced_by(place / "kantor.db", {"HOME": str(home)}) is None


def test_who_works_in_such_a_folder_is_warned_after_each_act_and_by_the_check(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "OneDrive - Pemkab" / "kantor.db")
    warned: list[Said] = [desk(*line.split()) for line in (SET_UP, "periode buka 2025-TW1 --alasan kemudian")]
    for said in warned:
        assert said.code == 0
        assert "disamakan oleh OneDrive" in said.err
    assert desk("status").err == ""
    checked = desk.do("periksa")
    assert checked["synced_by"] == "OneDrive"
    assert checked["sound"] is True
    assert any("disamakan oleh OneDrive" in advice for advice in checked["advice"])

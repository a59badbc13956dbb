"""Disks that are full, that turn read-only, and that hand back other bytes than were written.

Small file systems of the kernel's own (tmpfs) stand in for the disk; only root can mount them, elsewhere these are
skipped. Flipped bytes need nothing.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from db import audit, opening, row_audit
from db.errors import DatabaseFull, DatabaseReadOnly
from db.file.connection import Database, meaning_of
from db.store import Store
from sakip_tui.office_desk import OfficeDesk
from sop.model.act import Act
from sop.model.commands import Command
from tests.cli.conftest import LATE, Desk, run
from tests.db.office import EVERYBODY, Clock, adopt, dump
from tests.db.test_belonging import killed_at_work
from tests.fakes import FakeClock, office_file, run_act

SIZES = range(300, 1300, 20)
"""Kilobytes: from too little for an empty office to some hundred acts."""
PLACES = 50
TW1 = "2025-TW1"
Mount = Callable[[int], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a file system of so many kilobytes; called again, in place of the one before."""
    disk = tmp_path / "disk"
    disk.mkdir()

    if sys.platform != "linux":
        pytest.skip("small file systems are mounted the Linux way")

    def mounted(kilobytes: int) -> Path:
        subprocess.run(["umount", "-l", str(disk)], check=False, capture_output=True)
        wanted = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(wanted, check=False).returncode != 0:
            pytest.skip("no small file system can be mounted here")
        return disk

    yield mounted
    subprocess.run(["umount", "-l", str(disk)], check=False, capture_output=True)


def fill(ballast: Path) -> None:
    """Leave no byte on the disk."""
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, b"x" * 4096)
    except OSError:
        os.close(handle)


def work_until_full(path: Path, clock: Clock) -> list[tuple[int, str]]:
    """Set an office up and remark until something stands in the way; what was acknowledged."""
    acknowledged: list[tuple[int, str]] = []

    def work(database: Database) -> None:
        store = Store(database, clock)
        address = adopt(store)
        store.apply(address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
        while True:
            done = store.apply(address, Command(Act.KOMENTAR, "2026-TW1", step=1, note="x" * 900), EVERYBODY)
            acknowledged.append((done.sequence, done.hash))

    with pytest.raises(DatabaseFull), opening.open(path, create=True) as database:
        work(database)
    return acknowledged


def test_at_fifty_sizes_of_a_disk_nothing_acknowledged_is_lost_and_the_cause_is_named(
    mount: Mount, tmp_path: Path
) -> None:
    kept = []
    for size in SIZES:
        path = mount(size) / "kantor.db"
        acknowledged = work_until_full(path, Clock())
        kept.append(len(acknowledged))
        said = run("siapkan", "--sop", "dpmd-nganjuk", "--tahun", "2031", "--bidang", "Satu", "--db", str(path))
        assert said.code == 5, (size, said)
        assert "penuh" in said.err, (size, said)
        # Looking needs no room beyond what is there; where it does, it says so.
        roomier = tmp_path / f"{size}.db"
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                shutil.copy(f"{path}{suffix}", f"{roomier}{suffix}")
        if acknowledged:
            with opening.open(roomier) as database:
                assert database.rows("SELECT sequence, hash FROM events WHERE act = 'komentar'") == acknowledged
                assert database.rows("PRAGMA integrity_check") == [("ok",)]
                assert audit.verify_chain(database).problem is None
                assert row_audit.differing_years(database) == ()
    assert len(kept) == 50
    assert kept[0] == 0
    assert kept[-1] > 50


def test_a_full_disk_refuses_the_act_and_takes_the_next_one_once_there_is_room(mount: Mount) -> None:
    disk = mount(2000)
    desk = Desk(disk / "kantor.db")
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025")
    desk.do(f"periode buka {TW1} --pada 2025-04-21T08:00", *LATE)
    ballast = disk / "lain.bin"
    fill(ballast)
    said = desk("selesai", TW1, "1", *LATE)
    assert said.code == 5
    assert "penuh" in said.err
    # A copy has no room either and leaves no piece behind.
    said = desk("cadangkan")
    assert said.code == 5
    assert "penuh" in said.err
    assert list(disk.rglob("*.sebagian*")) == []
    ballast.unlink()
    assert [line["act"] for line in desk.do("riwayat")] == ["buka", "siapkan"]
    desk.do(f"selesai {TW1} 1", *LATE)
    assert desk.do("periksa --penuh")["sound"] is True


def test_a_disk_mounted_anew_for_reading_says_so_and_loses_nothing(mount: Mount, tmp_path: Path) -> None:
    disk = mount(4000)
    desk = Desk(disk / "kantor.db")
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025")
    desk.do(f"periode buka {TW1} --pada 2025-04-21T08:00", *LATE)
    before = desk.dump()
    for options in ("remount,ro", "remount,rw"):
        subprocess.run(["mount", "-o", options, str(disk)], check=True)
        for words in (
            ("selesai", TW1, "1", *LATE),
            ("status",),
            ("siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2026"),
            ("cadangkan",),
        ):
            said = desk(*words)
            if options == "remount,ro" and words != ("status",):
                assert said.code == 5, (words, said)
                assert "hanya dapat dibaca" in said.err, (words, said)
            else:
                assert said.code == 0, (words, said)
        if options == "remount,ro":
            shutil.copy(desk.path, tmp_path / "salinan.db")
            assert Desk(tmp_path / "salinan.db").dump() == before
    assert desk.do("periksa --penuh")["sound"] is True


@pytest.mark.parametrize("is_left", [False, True], ids=["closed", "killed"])
@pytest.mark.parametrize("hindrance", ["full", "remount,ro"])
def test_what_cannot_be_written_is_read_whether_its_log_was_folded_or_left(
    mount: Mount, hindrance: str, is_left: bool
) -> None:
    disk = mount(4000)
    desk = Desk(disk / "kantor.db")
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025")
    desk.do(f"periode buka {TW1} --pada 2025-04-21T08:00", *LATE)
    acts = 2
    if is_left:
        killed_at_work(desk.path, 5, "disnaker-kota-tangerang", "2025-TW1")
        acts += 5
    ballast = disk / "lain.bin"
    if hindrance == "full":
        fill(ballast)
    else:
        subprocess.run(["mount", "-o", hindrance, str(disk)], check=True)
    before = list(disk.iterdir())
    for line in ("status", f"papan {TW1}", "periksa --penuh", f"rekap {TW1} -o - --format csv", "jangkar"):
        said = desk(*line.split())
        assert said.code == 0, (line, said)
    assert len(desk.do("riwayat")) == acts
    # A copy goes where there is room.
    desk.do("cadangkan", str(disk.parent / f"salinan-{hindrance}.db"))
    if hindrance == "full":
        # Folding what was left has made some room.
        fill(ballast)
    said = desk("selesai", TW1, "1", *LATE)
    assert said.code == 5
    assert {"full": "penuh", "remount,ro": "hanya dapat dibaca"}[hindrance] in said.err
    assert {file.name for file in disk.iterdir()} <= {*(file.name for file in before), "kantor.db-shm", "kantor.db-wal"}
    if hindrance == "full":
        ballast.unlink()
    else:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    desk.do(f"selesai {TW1} 1", *LATE)
    assert len(desk.do("riwayat")) == acts + 1
    assert desk.do("periksa --penuh")["sound"] is True


async def test_a_screen_on_a_full_disk_reads_and_writes_as_soon_as_there_is_room(mount: Mount) -> None:
    disk = mount(4000)
    path = disk / "kantor.db"
    office_file(path)
    fill(disk / "lain.bin")
    desk = OfficeDesk(path, "budi", FakeClock())
    office = await desk.office()
    assert office is not None
    seen = await desk.data_version()
    assert await desk.data_version() == seen
    with pytest.raises(DatabaseFull):
        await desk.apply(Command(Act.BUKA, "2026-TW1"))
    (disk / "lain.bin").unlink()
    # Somebody else was faster: the screen, which read the file as it was, notices.
    with opening.open(path) as other:
        Store(other, FakeClock()).apply(office.address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
    assert await desk.data_version() != seen
    await desk.apply(run_act(Act.MULAI, 1))
    assert (await desk.board(2026)).state.case_of("2026-TW1") is not None
    await desk.close()


def test_a_disk_that_turned_read_only_under_an_open_program_is_told_as_that() -> None:
    error = apsw.IOError("disk I/O error")
    assert isinstance(meaning_of(error, Path("a.db"), system_errno=errno.EROFS), DatabaseReadOnly)
    assert isinstance(meaning_of(error, Path("a.db"), system_errno=errno.ENOSPC), DatabaseFull)


# --- bytes that changed ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a year of work in one file, and a backup of it."""
    path = tmp_path_factory.mktemp("utuh") / "kantor.db"
    assert run("contoh", "--db", str(path), now=1_795_000_000).code == 0
    assert run("cadangkan", str(path.with_name("cadangan.db")), "--db", str(path)).code == 0
    assert run("periksa", "--penuh", "--db", str(path)).code == 0
    return path


@pytest.mark.parametrize("share", range(5))
def test_a_database_damaged_at_any_place_is_found_and_says_what_to_do(sound: Path, tmp_path: Path, share: int) -> None:
    """A place may hold nothing: then every row reads as before, and that is all that counts."""
    content = sound.read_bytes()
    before = dump(sound)
    chance = random.Random(share)
    found = 0
    for number in range(PLACES // 5):
        path = tmp_path / f"{number}.db"
        place = chance.randrange(len(content) - 64)
        hurt = bytearray(content)
        hurt[place : place + 64] = bytes(byte ^ 0x55 for byte in hurt[place : place + 64])
        path.write_bytes(hurt)
        said = run("periksa", "--penuh", "--db", str(path), "--opd", "contoh")
        assert "Traceback" not in said.err
        assert "tidak terduga" not in said.err, (place, said)
        if said.code == 0:
            assert dump(path) == before, place
            continue
        found += 1
        assert said.code == 5
        assert "ulihkan" in said.out + said.err, (place, said)
        for words in (("status",), ("papan",), ("riwayat",)):
            answer = run(*words, "--db", str(path), "--opd", "contoh")
            assert "Traceback" not in answer.err
            assert answer.code in (0, 2, 3, 5)
        done = run("pulihkan", "--ya", str(sound.with_name("cadangan.db")), "--db", str(path))
        assert done.code == 0, (place, done)
        assert run("periksa", "--penuh", "--db", str(path)).code == 0
    assert found, "every place held nothing, so nothing was tried"

"""A log beside a file that is not its own: found out before the engine touches either; what is honest is taken.

Real files and real processes: the log is left by a program that is killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from db import opening, queries
from db.errors import BackupFailed, BackupUnsound, DatabaseReplaced, ForeignLog
from db.file import aside, backup
from db.file.connection import Database
from db.file.replacing import APART
from db.restoration import Restoration
from db.rows import Head
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY, MORNING, NGANJUK, TANGERANG, Clock, adopt
from tests.moved_clock import unmoved

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="kills the POSIX way")
pytestmark = POSIX
TW1 = "2026-TW1"
TOP = Path(__file__).resolve().parents[2]
KILLED = -9

_WORK = """
import os, signal, sys
from pathlib import Path
from db import opening
from db.store import Store
from sop.model.commands import Command
from sop.model.act import Act
from sop.model.pelaksana import Actor
from db.rows import Address
path, office, count, period, *more = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:]
database = opening.open(path)
store = Store(database, lambda: 1_770_000_000)
for number in range(count):
    command = Command(Act.KOMENTAR, period, step=1, note=f"{number} " * 50)
    store.apply(Address(office, office), command, Actor("budi", everybody=True))
    if number == count // 2 and more:
        database.fold()
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_at_work(path: Path, count: int = 60, office: str = TANGERANG, period: str = TW1, *more: str) -> None:
    """A program that acts and is killed: its log stays."""
    program = [sys.executable, "-c", _WORK, str(path), office, str(count), period, *more]
    done = subprocess.run(program, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == KILLED, done.stderr
    assert Path(f"{path}-wal").stat().st_size > 4096


def office(path: Path, sop: str = TANGERANG) -> None:
    with opening.open(path, create=True) as database:
        store = Store(database, Clock())
        address = adopt(store, sop, bidang=("Satu", "Dua") if sop == NGANJUK else ())
        store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
        for number in range(30):
            store.apply(address, Command(Act.KOMENTAR, TW1, step=1, note=f"awal {number} " * 40), EVERYBODY)


def head(path: Path) -> Head:
    with opening.open(path) as database:
        return queries.head(database)


def reading(path: Path) -> subprocess.CompletedProcess[str]:
    """A command that only reads, as a process of its own."""
    command = [sys.executable, "-m", "sakip_tui", "--db", str(path), "riwayat"]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office with a log of sixty acts left by a killed program, and copies from before: a backup, a plain one."""
    path = tmp_path / "kantor" / "kantor.db"
    office(path)
    with opening.open(path) as database:
        backup.copy(database, tmp_path / "cadangan.db")
    shutil.copy2(path, tmp_path / "polos.db")
    # Work since, closed in order: folded into the file.
    with opening.open(path) as database:
        store = Store(database, Clock())
        for number in range(20):
            store.apply(
                queries.address_of(database),
                Command(Act.KOMENTAR, TW1, step=2, note=f"sesudah {number} " * 40),
                EVERYBODY,
            )
    killed_at_work(path)
    return path


@pytest.fixture
def unlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be looked into on copies: the gate has to know it."""

    def refuse(place: Path) -> None:
        raise AssertionError(f"{place} was looked into")

    monkeypatch.setattr(aside, "Aside", refuse)


def over(source: Path, path: Path) -> None:
    """As `cp`: the same file, other bytes."""
    shutil.copyfile(source, path)


def over_with_times(source: Path, path: Path) -> None:
    """As `cp -p`."""
    shutil.copy2(source, path)


def in_place_of(source: Path, path: Path) -> None:
    """As `mv`, and as a program that keeps two computers alike: another file."""
    new = path.with_name("baru.tmp")
    shutil.copyfile(source, new)
    os.replace(new, path)


WAYS = (over, over_with_times, in_place_of)


def stamps(path: Path) -> list[bytes]:
    return [Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")]


# --- not its own ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("older", ["cadangan.db", "polos.db", "lain.db"])
def test_a_file_put_over_one_whose_log_stayed_is_refused_before_the_engine_touches_either(
    path: Path, tmp_path: Path, older: str, way: Callable[[Path, Path], None]
) -> None:
    """An older backup, an older plain copy of the same file, another office: each with the log of what lay there."""
    if older == "lain.db":
        office(tmp_path / older, NGANJUK)
    way(tmp_path / older, path)
    before = stamps(path)
    for _ in range(2):
        said = reading(path)
        assert said.returncode == 5, said
        assert "bukan miliknya" in said.stderr
        assert "sakip pulihkan" in said.stderr
        assert stamps(path) == before
    with pytest.raises(ForeignLog):
        opening.open(path)
    assert stamps(path) == before


@pytest.mark.parametrize("way", WAYS)
def test_restoring_is_the_way_out_and_keeps_file_and_log(
    path: Path, tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    way(tmp_path / "polos.db", path)
    before = stamps(path)
    with Restoration(tmp_path / "cadangan.db", path, MORNING) as restoration:
        assert restoration.difference.lost_count is None
        kept = restoration.carry_out("kasubag").kept
    assert kept is not None
    assert [kept.read_bytes(), Path(f"{kept}-wal{APART}").read_bytes()] == before
    assert not Path(f"{kept}-wal").exists()
    with opening.open(path) as database:
        assert database.rows("PRAGMA integrity_check") == [("ok",)]
        assert queries.head(database).sequence == 33
    assert reading(path).returncode == 0


def test_a_file_that_is_gone_but_for_its_log_is_not_made_anew_over_it(path: Path) -> None:
    log = Path(f"{path}-wal").read_bytes()
    path.unlink()
    command = [sys.executable, "-m", "sakip_tui", "--db", str(path), "siapkan", "--sop", TANGERANG, "--tahun", "2026"]
    said = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert said.returncode == 5
    assert "bukan miliknya" in said.stderr
    assert Path(f"{path}-wal").read_bytes() == log
    assert not path.exists()


@pytest.mark.parametrize("is_there", [False, True], ids=["gone", "without a byte"])
@pytest.mark.parametrize("command", [("riwayat",), ("status",), ("papan",), ("selesai", TW1, "1"), ("periksa",)])
def test_whoever_meets_a_log_without_its_file_is_told_of_the_log_and_not_to_set_up_an_office(
    path: Path, command: tuple[str, ...], is_there: bool
) -> None:
    log = Path(f"{path}-wal").read_bytes()
    path.unlink()
    if is_there:
        path.touch(0o600)
    words = [sys.executable, "-m", "sakip_tui", *command, "--db", str(path)]
    said = subprocess.run(words, cwd=TOP, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (5, ""), said
    assert "bukan miliknya" in said.stderr
    assert "siapkan" not in said.stderr
    assert Path(f"{path}-wal").read_bytes() == log
    assert path.exists() is is_there


@pytest.mark.parametrize("is_there", [False, True], ids=["gone", "without a byte"])
def test_a_file_that_is_gone_but_for_its_log_is_restored_as_its_notice_says(
    path: Path, tmp_path: Path, is_there: bool
) -> None:
    log = Path(f"{path}-wal").read_bytes()
    path.unlink()
    if is_there:
        path.touch(0o600)
    words = ("pulihkan", str(tmp_path / "cadangan.db"), "--ya", "--sebagai", "kasubag", "--db", str(path))
    command = [sys.executable, "-m", "sakip_tui", *words]
    said = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said
    assert reading(path).returncode == 0
    assert any(each.read_bytes() == log for each in path.parent.rglob(f"*-wal{APART}"))


def test_a_backup_with_a_log_of_another_beside_it_is_neither_opened_nor_restored_from(
    path: Path, tmp_path: Path
) -> None:
    beside = tmp_path / "cadangan.db"
    killed_at_work(beside)
    over(tmp_path / "polos.db", beside)
    before = stamps(beside)
    said = reading(beside)
    assert said.returncode == 5
    assert "bukan miliknya" in said.stderr
    with pytest.raises(BackupUnsound) as refused:
        Restoration(beside, path, MORNING)
    assert refused.value.facts["why"] == "log"
    assert stamps(beside) == before


def test_a_log_begun_anew_under_a_slow_copy_of_the_folder_is_refused(path: Path, tmp_path: Path) -> None:
    """As rsync copies: the file, then the gate, and the log when it has been folded and begun anew."""
    there = tmp_path / "pindah"
    there.mkdir()
    for name in ("kantor.db", "kantor.db-gate"):
        shutil.copy2(path.parent / name, there / name)
    killed_at_work(path, 200, TANGERANG, TW1, "lipat")
    shutil.copy2(f"{path}-wal", there / "kantor.db-wal")
    moved = there / "kantor.db"
    before = stamps(moved)
    assert reading(moved).returncode == 5
    assert stamps(moved) == before


def test_a_journal_of_a_restore_is_not_applied_to_a_file_put_over_it(path: Path, tmp_path: Path) -> None:
    """The engine knows a journal by its name alone, as it does a log."""
    newest = head(path)
    program = f"""
import apsw, os, signal
database = apsw.Connection({str(path)!r})
database.execute("PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN; CREATE TABLE sementara (isi)").fetchall()
database.execute("UPDATE runs SET note = 'x'").fetchall()
for number in range(200):
    database.execute("INSERT INTO sementara VALUES (randomblob(9000))").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""

    def stop_halfway() -> None:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.returncode == KILLED, done.stderr
        assert Path(f"{path}-journal").stat().st_size > 512

    stop_halfway()
    # Its own journal takes it back.
    assert head(path) == newest
    stop_halfway()
    over(tmp_path / "cadangan.db", path)
    before = [path.read_bytes(), Path(f"{path}-journal").read_bytes()]
    assert reading(path).returncode == 5
    assert [path.read_bytes(), Path(f"{path}-journal").read_bytes()] == before


# --- honest -----------------------------------------------------------------------------------------------------------


def test_after_a_kill_the_same_place_is_opened_without_looking_into_copies(path: Path, unlooked: None) -> None:
    assert head(path).sequence == 112


def moved(path: Path, folder: Path) -> None:
    os.rename(path.parent, folder)


def copied(path: Path, folder: Path) -> None:
    """A machine's copy, a backup of the whole folder: bytes and times."""
    shutil.copytree(path.parent, folder)


def synchronised(path: Path, folder: Path) -> None:
    subprocess.run(["rsync", "-a", f"{path.parent}/", f"{folder}/"], check=True, env=unmoved())


@pytest.mark.parametrize("way", [moved, copied, synchronised])
def test_a_folder_that_was_moved_or_copied_whole_is_opened_without_looking_into_copies(
    path: Path, tmp_path: Path, way: Callable[[Path, Path], None], unlooked: None
) -> None:
    if way is synchronised and shutil.which("rsync") is None:
        pytest.skip("no rsync here")
    way(path, tmp_path / "baru")
    assert head(tmp_path / "baru" / "kantor.db").sequence == 112


def test_another_device_number_refuses_nobody(path: Path, unlooked: None) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == path.stat().st_dev:
        pytest.skip("no second file system here")
    folder = memory / f"sakip-uji-{os.getpid()}"
    try:
        shutil.copytree(path.parent, folder)
        assert head(folder / "kantor.db").sequence == 112
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_times(path: Path) -> None:
    """As `cp -r`, or a packer that keeps whole seconds."""
    os.utime(path)


def without_gate(path: Path) -> None:
    Path(f"{path}-gate").unlink()


def gate_of_before(path: Path) -> None:
    """As the program before this one leaves it."""
    Path(f"{path}-gate").write_bytes(b"")


def torn_gate(path: Path) -> None:
    gate = Path(f"{path}-gate")
    gate.write_bytes(gate.read_bytes()[:20])


def gate_of_another(path: Path) -> None:
    other = path.parent.parent / "lain" / "kantor.db"
    office(other)
    killed_at_work(other, 3)
    shutil.copy2(f"{other}-gate", f"{path}-gate")


@pytest.mark.parametrize("change", [without_times, without_gate, gate_of_before, torn_gate, gate_of_another])
def test_what_the_gate_does_not_know_is_looked_into_found_sound_and_known_from_then_on(
    path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(path)
    with opening.open(path) as database:
        assert queries.head(database).sequence == 112
        killed_at_work(path, 2)
        # Beside an open program the log stays, and whoever comes next need not look.
        monkeypatch.setattr(aside, "Aside", None)
        assert head(path).sequence == 114


def test_without_a_log_another_file_is_taken_as_it_is(path: Path, tmp_path: Path, unlooked: None) -> None:
    head(path)
    assert not Path(f"{path}-wal").exists()
    over(tmp_path / "cadangan.db", path)
    assert head(path).sequence == 32


def test_several_that_open_an_unknown_log_at_once_all_find_every_act(path: Path) -> None:
    without_gate(path)
    program = [
        sys.executable,
        "-c",
        "import sys; from db import opening, queries\n"
        "with opening.open(sys.argv[1]) as database: print(queries.head(database).sequence)",
        str(path),
    ]
    started = [subprocess.Popen(program, cwd=TOP, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert [process.communicate()[0].strip() for process in started] == ["112"] * 6
    assert head(path).sequence == 112


def test_another_programs_database_with_a_log_is_told_as_that_and_left(tmp_path: Path) -> None:
    path = tmp_path / "lain.sqlite"
    program = (
        "import apsw, os\n"
        f"one = apsw.Connection({str(path)!r})\n"
        "one.execute('PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)').fetchall()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    before = stamps(path)
    said = reading(path)
    assert said.returncode == 5
    assert "bukan basis data sakip" in said.stderr
    assert stamps(path) == before


# --- under an open program --------------------------------------------------------------------------------------------


def deleted_index(source: Path, path: Path) -> None:
    Path(f"{path}-shm").unlink()


@pytest.fixture
def open_office(path: Path) -> Iterator[Database]:
    with opening.open(path) as database:
        store = Store(database, Clock(MORNING + 86_400))
        store.apply(queries.address_of(database), Command(Act.KOMENTAR, TW1, step=1, note="terakhir"), EVERYBODY)
        yield database


@pytest.mark.parametrize("way", [*WAYS, deleted_index])
@pytest.mark.parametrize("is_folded", [False, True])
def test_an_open_program_notices_neither_reads_nor_writes_on_nor_folds_its_log_into_the_other_file(
    open_office: Database, path: Path, tmp_path: Path, way: Callable[[Path, Path], None], is_folded: bool
) -> None:
    if is_folded:
        open_office.fold()
    address = queries.address_of(open_office)
    open_office.look()
    way(tmp_path / "cadangan.db", path)
    with pytest.raises(DatabaseReplaced):
        open_office.look()
    store = Store(open_office, Clock(MORNING + 90_000))
    with pytest.raises(DatabaseReplaced):
        store.apply(address, Command(Act.KOMENTAR, TW1, step=1, note="hilang"), EVERYBODY)
    with pytest.raises((DatabaseReplaced, BackupFailed)):
        backup.copy(open_office, tmp_path / "salinan.db")
    before = stamps(path)
    open_office.close()
    assert stamps(path) == before


def test_other_bytes_in_the_file_are_looked_into_once_and_again_when_they_change(
    open_office: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []

    class Counted(aside.Aside):
        def __init__(self, place: Path) -> None:
            looks.append(place)
            super().__init__(place)

    monkeypatch.setattr(aside, "Aside", Counted)
    over(tmp_path / "cadangan.db", path)
    for _ in range(5):
        with pytest.raises(DatabaseReplaced):
            open_office.look()
    assert len(looks) == 1
    os.utime(path, ns=(1, 1))
    for _ in range(5):
        with pytest.raises(DatabaseReplaced):
            open_office.look()
    assert len(looks) == 2


def test_what_another_file_took_the_name_of_is_kept_and_can_be_restored(
    open_office: Database, path: Path, tmp_path: Path
) -> None:
    """As a program that keeps two computers alike does: the acts since its copy would be gone with the last screen."""
    before = queries.head(open_office)
    in_place_of(tmp_path / "cadangan.db", path)
    kept = set()
    for _ in range(2):
        with pytest.raises(DatabaseReplaced) as told:
            open_office.look()
        kept.add(told.value.facts["kept"])
    open_office.close()
    (copied,) = kept
    assert isinstance(copied, str)
    assert head(Path(copied)) == before
    with Restoration(Path(copied), path, MORNING) as restoration:
        restoration.carry_out("kasubag")
    assert head(path).sequence == before.sequence + 1


def test_a_log_that_cannot_be_read_is_told_as_that(path: Path) -> None:
    log = Path(f"{path}-wal")
    log.unlink()
    log.mkdir()
    said = reading(path)
    assert said.returncode == 5
    assert "tidak dapat dibuka atau dibaca" in said.stderr


def test_a_log_that_is_deleted_under_an_open_program_is_folded_into_the_file_before_its_acts_are_gone(
    open_office: Database, path: Path
) -> None:
    before = queries.head(open_office)
    Path(f"{path}-wal").unlink()
    with pytest.raises(DatabaseReplaced):
        open_office.look()
    open_office.close()
    assert head(path) == before


def test_a_log_that_another_program_folded_back_is_no_other_file(open_office: Database, path: Path) -> None:
    """Somebody looks into the file with another program, which knows nothing of the gate."""
    for mode in ("PASSIVE", "TRUNCATE"):
        with apsw.Connection(str(path)) as other:
            assert other.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()[0][0] == 0
        other.close()
        open_office.look()
        store = Store(open_office, Clock(MORNING + 90_000))
        store.apply(queries.address_of(open_office), Command(Act.KOMENTAR, TW1, step=1, note=mode), EVERYBODY)

"""Opening a file: what is refused and how it is called, what is set up, and what a full or busy disk says."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from db import audit, case_queries, opening, queries, row_audit
from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    EngineTooOld,
    NetworkFileSystem,
    NotOurDatabase,
    SchemaTooNew,
    SchemaTooOld,
    UnknownOffice,
)
from db.file import opening as file_opening
from db.file.connection import APPLICATION_ID, SCHEMA_VERSION, Database, meaning_of
from db.file.filesystems import mounted_kind, network_kind
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY, add_office, dump
from tests.waiting import holds

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and signals of POSIX")


# --- opening --------------------------------------------------------------------------------------------------------


@POSIX
def test_a_new_file_and_its_folder_belong_to_their_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        with opening.open(path, create=True) as database, database.write():
            database.rows("PRAGMA user_version")
            files = sorted(path.parent.iterdir())
            assert [file.name for file in files] == ["sakip.db", "sakip.db-gate", "sakip.db-shm", "sakip.db-wal"]
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_missing_file_is_not_made_unless_asked_for(path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        opening.open(path)
    assert not path.parent.exists()


def test_a_file_is_found_again_with_its_content(path: Path) -> None:
    with opening.open(path, create=True) as first:
        add_office(first, "a", "A")
    with opening.open(path, create=True) as again:
        assert again.rows("SELECT code FROM offices") == [("a",)]


def test_a_file_without_a_byte_holds_no_office_until_it_is_made_a_database(tmp_path: Path) -> None:
    path = tmp_path / "baru.db"
    path.touch()
    with pytest.raises(UnknownOffice):
        opening.open(path)
    assert path.stat().st_size == 0
    with opening.open(path, create=True) as database:
        assert database.rows("SELECT code FROM offices") == []


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lain.db"
    content = b"bukan basis data" * 100
    path.write_bytes(content)
    with pytest.raises(NotOurDatabase):
        opening.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lain.db"
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
    other.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(NotOurDatabase):
            opening.open(path, create=create)
    assert path.read_bytes() == before


def test_a_folder_in_place_of_a_file_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        opening.open(tmp_path)


def test_a_damaged_file_is_called_damaged(path: Path) -> None:
    with opening.open(path, create=True) as database:
        for number in range(200):
            add_office(database, f"{number}", "x" * 500)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(DatabaseDamaged), opening.open(path) as database, database.read():
        database.rows("SELECT * FROM offices")


def test_the_engine_is_set_up_as_the_store_needs_it(database: Database) -> None:
    settings = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cache_size": -8000,
        "journal_size_limit": 67108864,
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }
    assert {name: database.value(f"PRAGMA {name}") for name in settings} == settings


def test_the_schema_cannot_be_rewritten_behind_its_back(database: Database) -> None:
    database.rows("PRAGMA writable_schema=1")
    with pytest.raises(apsw.SQLError, match="may not be modified"):
        database.rows("DELETE FROM sqlite_master WHERE type = 'trigger'")


def test_an_old_engine_is_refused_before_the_file_is_touched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.51.2")
    with pytest.raises(EngineTooOld) as refused:
        opening.open(path, create=True)
    assert refused.value.facts == {"found": "3.51.2", "needed": "3.51.3"}
    assert not path.exists()


def test_reading_a_board_imports_no_peewee(path: Path) -> None:
    """Importing Peewee takes as long as `sakip status` may take as a whole."""
    with opening.open(path, create=True):
        pass
    program = (
        "import sys; from db import opening, queries, store\n"
        f"database = opening.open({str(path)!r}); queries.offices(database)\n"
        "print('peewee' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


# --- file systems ----------------------------------------------------------------------------------------------------

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /mnt/kantor rw - nfs4 server:/kantor rw
31 30 0:27 / /mnt/kantor/lokal rw - ext4 /dev/vdb rw
32 22 0:28 / /mnt/nama\\040panjang rw - fuse.sshfs u@h:/ rw
33 22 0:29 / /mnt/kantorlain rw - xfs /dev/vdc rw
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/data", "ext4"),
        ("/mnt/kantor", "nfs4"),
        ("/mnt/kantor/2026/data", "nfs4"),
        ("/mnt/kantor/lokal/data", "ext4"),
        ("/mnt/nama panjang/x", "fuse.sshfs"),
        ("/mnt/kantorlain", "xfs"),
    ],
)
def test_the_nearest_mount_tells_the_kind_of_file_system(place: str, kind: str) -> None:
    assert mounted_kind(place, MOUNTS) == kind


@POSIX
def test_a_network_file_system_is_refused_by_name(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    for kind, network in (("cifs", True), ("fuse.gvfsd", True), ("ext4", False), ("tmpfs", False)):
        table.write_text(f"22 1 0:1 / / rw - {kind} device rw\n", encoding="utf-8")
        assert (network_kind(path, str(table)) is not None) is network
    monkeypatch.setattr(file_opening, "network_kind", lambda place: "nfs4")
    with pytest.raises(NetworkFileSystem) as refused:
        opening.open(path, create=True)
    assert refused.value.facts["kind"] == "nfs4"
    assert not path.exists()


# --- schema ----------------------------------------------------------------------------------------------------------


def test_a_newer_file_is_refused_at_the_door(path: Path) -> None:
    with opening.open(path, create=True) as database:
        database.rows(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with pytest.raises(SchemaTooNew) as refused:
        opening.open(path)
    assert (refused.value.facts["found"], refused.value.facts["known"]) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)


@pytest.mark.parametrize(("step", "error"), [(1, SchemaTooNew), (-1, SchemaTooOld)])
def test_a_file_migrated_or_restored_under_an_open_program_is_no_longer_written(
    store: Store, address: Address, path: Path, step: int, error: type[Exception]
) -> None:
    with opening.open(path) as other:
        other.rows(f"PRAGMA user_version={SCHEMA_VERSION + step}")
    before = dump(path)
    with pytest.raises(error):
        store.apply(address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
    assert dump(path) == before


# --- full, read-only, busy -------------------------------------------------------------------------------------------


def test_a_full_disk_is_named_and_takes_nothing_with_it(store: Store, address: Address, path: Path) -> None:
    database = store.database
    store.apply(address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
    before = dump(path)
    database.rows(f"PRAGMA max_page_count={database.value('PRAGMA page_count')}")
    done: list[int] = []

    def fill() -> None:
        while True:
            command = Command(Act.KOMENTAR, "2026-TW1", step=1, note="x" * 3000)
            done.append(store.apply(address, command, EVERYBODY).sequence)

    with pytest.raises(DatabaseFull):
        fill()
    assert len(dump(path)) == len(before) + len(done)
    database.rows("PRAGMA max_page_count=100000")
    store.apply(address, Command(Act.MULAI, "2026-TW1", step=1), EVERYBODY)


def test_a_full_disk_is_told_and_keeps_nothing(database: Database) -> None:
    database.rows(f"PRAGMA max_page_count={database.value('PRAGMA page_count')}")

    def fill() -> None:
        with database.write():
            for number in range(200):
                add_office(database, f"{number}", "x" * 3000)

    with pytest.raises(DatabaseFull):
        fill()
    assert database.value("SELECT count(*) FROM offices") == 0


def test_the_deepest_cause_is_the_one_that_is_told(path: Path) -> None:
    hidden = apsw.SQLError("cannot rollback - no transaction is active")
    hidden.__context__ = apsw.FullError("database or disk is full")
    assert isinstance(meaning_of(hidden, path), DatabaseFull)
    assert meaning_of(ValueError("x"), path) is None
    assert meaning_of(apsw.ConstraintError("UNIQUE"), path) is None


@POSIX
def test_a_file_size_limit_counts_as_a_full_disk(path: Path) -> None:
    """A process of its own: the limit cannot be raised again."""
    program = f"""
import resource
from db import opening
from db.errors import DatabaseFull
from tests.db.office import add_office
database = opening.open({str(path)!r}, create=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
kept = 0
try:
    while True:
        with database.write():
            add_office(database, f"{{kept}}", "x" * 3000)
        kept += 1
except DatabaseFull:
    print(kept)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with opening.open(path) as database:
        assert database.value("SELECT count(*) FROM offices") == int(done.stdout) > 0
        assert database.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_says_so(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o500)
    with pytest.raises(DatabaseReadOnly):
        opening.open(path, create=True)


def test_a_file_opened_read_only_says_so_when_it_is_written(path: Path) -> None:
    with opening.open(path, create=True) as database:
        database.rows("PRAGMA query_only=1")
        with pytest.raises(DatabaseReadOnly), database.write():
            database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', 'a', 'a', '{}')")


def test_a_write_gives_up_at_its_deadline_when_another_program_holds_the_lock(path: Path) -> None:
    with opening.open(path, create=True, wait_seconds=0.2) as database:
        # Not by the sqlite3 module: two engines in one process do not see each other's locks.
        other = apsw.Connection(str(path))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy) as caught, database.write():
            pass
        assert caught.value.facts["waited_seconds"] >= 0.2
        other.execute("ROLLBACK")
        other.close()
        with database.write():
            pass


@POSIX
def test_a_stopped_writer_at_the_head_of_the_queue_does_not_hold_the_others_for_ever(path: Path) -> None:
    program = f"""
from db import opening
database = opening.open({str(path)!r})
with database.write():
    print("held", flush=True)
    input()
"""
    with opening.open(path, create=True, wait_seconds=0.3) as database:
        holder = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            holder.send_signal(signal.SIGSTOP)
            for _ in range(2):
                with pytest.raises(DatabaseBusy), database.write():
                    pass
            holder.kill()
            holder.wait()
            # Those that gave up are served now and let go; none of them may take the file with it.
            holds(lambda: not [one for one in threading.enumerate() if one.name == "sakip-gate"])
            for _ in range(5):
                with database.write():
                    pass
        finally:
            holder.kill()
            holder.communicate()


def test_a_write_has_the_lock_before_it_reads_anything(database: Database, path: Path) -> None:
    """A read that becomes a write later fails at once when somebody was faster, whatever the patience."""
    other = apsw.Connection(str(path))
    with database.write(), pytest.raises(apsw.BusyError):
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_part_of_a_write_is_kept_with_all_of_it_and_not_before(database: Database, path: Path) -> None:
    told: list[str] = []
    with database.write():
        with database.write():
            add_office(database, "bagian", "bagian")
            database.when_kept(lambda: told.append("kept"))
        with opening.open(path) as other:
            assert [office.code for office in queries.offices(other)] == []
        assert told == []
        before = database.commits
    assert (database.commits - before, told) == (1, ["kept"])
    assert [office.code for office in queries.offices(database)] == ["bagian"]


def test_a_part_that_fails_spoils_the_whole_whoever_catches_its_error(database: Database) -> None:
    def part() -> None:
        with database.write():
            add_office(database, "bagian", "bagian")
            raise LookupError

    def whole() -> None:
        with database.write():
            add_office(database, "sebelumnya", "sebelumnya")
            with pytest.raises(LookupError):
                part()
            add_office(database, "sesudahnya", "sesudahnya")

    with pytest.raises(RuntimeError, match="a part of this transaction failed"):
        whole()
    assert queries.offices(database) == ()
    with database.write():
        add_office(database, "berikutnya", "berikutnya")
    assert [office.code for office in queries.offices(database)] == ["berikutnya"]


def test_a_refused_write_leaves_no_transaction_behind(database: Database) -> None:
    def stumble() -> None:
        with database.write():
            database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', 'a', 'a', '{}')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert database.value("SELECT count(*) FROM offices") == 0
    with database.write():
        pass


def test_data_version_moves_with_the_commits_of_others_only(database: Database, path: Path) -> None:
    def insert(into: Database, code: str) -> None:
        with into.write():
            into.rows("INSERT INTO offices (code, name, zone, settings) VALUES (?, '', '', '')", (code,))

    seen = database.data_version()
    insert(database, "a")
    assert database.data_version() == seen
    with opening.open(path) as other:
        insert(other, "b")
    assert database.data_version() != seen


def test_text_does_not_slip_into_a_column_of_numbers(database: Database) -> None:
    with pytest.raises(apsw.ConstraintError):
        database.rows("INSERT INTO anchors (sequence, hash, verified) VALUES ('satu', '', 1)")


def test_no_question_leaves_a_read_transaction_behind(store: Store, address: Address) -> None:
    """An open one keeps the engine from folding its log back, for as long as somebody looks at a screen."""
    store.apply(address, Command(Act.BUKA, "2026-TW1"), EVERYBODY)
    database = store.database
    asked = (
        lambda: queries.offices(database),
        lambda: queries.standing(database, address),
        lambda: case_queries.year_board(database, address, 2026),
        lambda: queries.head(database),
        lambda: audit.verify_chain(database),
        lambda: row_audit.differing_years(database),
        lambda: database.data_version(),
    )
    for question in asked:
        question()
        # A reader would leave pages in the log: busy is 0 where nobody holds it.
        assert database.rows("PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)]
    for _ in range(200):
        store.apply(address, Command(Act.KOMENTAR, "2026-TW1", step=1, note="x" * 9000), EVERYBODY)
    log = database.path.with_name(database.path.name + "-wal")
    assert log.stat().st_size < 8 * 1024 * 1024

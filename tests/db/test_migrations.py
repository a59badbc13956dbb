"""Bringing files up to date: the tables are those of the models, a copy is kept, a newer file is left alone."""

from __future__ import annotations

import contextlib
import gzip
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import audit, opening, people, queries
from db.errors import BackupFailed, DatabaseBusy, SchemaTooNew
from db.file import backup
from db.file.connection import SCHEMA_VERSION, Database
from db.file.gate import Gate
from db.file.standing import standing
from db.migrations import runner
from db.models import TABLES
from db.row_audit import offices_beside_the_log
from db.signers_store import name_signer
from db.sql import text
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.pelaksana import Actor, Role
from tests.db.office import replayed_state

OLD_FILES = Path(__file__).parent / "old_files"


def schema(database: Database) -> list[str]:
    """The statements behind tables and indexes, spaces aside."""
    rows = database.rows(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(spaced(text) for (text,) in rows)


def spaced(statement: str) -> str:
    return re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", statement)).strip()


def test_a_new_file_is_what_the_models_describe(database: Database) -> None:
    assert schema(database) == sorted(map(spaced, text.schema()))


def test_every_table_is_strict(database: Database) -> None:
    tables = database.rows(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"
    )
    assert len(tables) == len(TABLES)
    assert {strict for _, strict in tables} == {1}


def test_the_version_a_program_knows_is_the_number_of_its_migrations() -> None:
    """The first version needs none: it was the first that an empty file was given."""
    assert len(runner.MIGRATIONS) == SCHEMA_VERSION - 1


def add_a_table(database: Database) -> None:
    database.rows("CREATE TABLE tambahan (x INTEGER) STRICT")


def test_an_older_file_is_copied_and_then_brought_up_to_date(database: Database, path: Path) -> None:
    database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', '', '', '')")
    runner.migrate(database, (*runner.MIGRATIONS, add_a_table))
    assert database.schema_version() == SCHEMA_VERSION + 1
    assert database.value("SELECT count(*) FROM tambahan") == 0
    kept = path.with_name(f"sakip-skema{SCHEMA_VERSION}.db")
    with opening.open(kept) as copy:
        assert copy.schema_version() == SCHEMA_VERSION
        assert copy.rows("SELECT code FROM offices") == [("a",)]


def test_a_step_that_fails_leaves_the_file_as_it_was(database: Database) -> None:
    def stumble(database: Database) -> None:
        add_a_table(database)
        raise ZeroDivisionError

    before = schema(database)
    with pytest.raises(ZeroDivisionError):
        runner.migrate(database, (*runner.MIGRATIONS, stumble))
    assert schema(database) == before
    assert database.schema_version() == SCHEMA_VERSION


def test_a_program_that_is_older_than_the_one_migrating_beside_it_stops(database: Database) -> None:
    database.rows(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    with pytest.raises(SchemaTooNew):
        runner.migrate(database)


def test_programs_that_make_the_file_at_the_same_time_end_with_one_file(path: Path) -> None:
    program = f"from db import opening; opening.open({str(path)!r}, create=True).close()"
    started = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(4)]
    for process in started:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    with opening.open(path) as database:
        assert database.schema_version() == SCHEMA_VERSION
        assert database.rows("PRAGMA integrity_check") == [("ok",)]


def test_nobody_can_take_the_journal_of_a_file_that_is_being_made_for_one_that_was_left_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing the first page lays a journal beside the file: whoever opens it then has to stand in the queue behind."""
    turns: list[str] = []

    def turn() -> str:
        beside = Gate(path)
        try:
            with beside.held(0):
                return "taken"
        except DatabaseBusy:
            return "refused"
        finally:
            beside.close()

    def trace(connection: apsw.Connection) -> None:
        def before(_: apsw.Cursor, statement: str, __: object) -> bool:
            if statement.endswith("journal_mode=WAL"):
                # On a thread of its own: on Windows one thread may stand in the queue twice.
                with ThreadPoolExecutor(1) as other:
                    turns.append(other.submit(turn).result())
            return True

        connection.exec_trace = before

    monkeypatch.setattr(apsw, "connection_hooks", [*apsw.connection_hooks, trace])
    opening.open(path, create=True).close()
    assert turns == ["refused"]


def test_a_file_whose_making_was_killed_is_made_the_next_time(path: Path, tmp_path: Path) -> None:
    left: list[bytes] = []

    class Page(apsw.VFSFile):
        def xWrite(self, data: bytes, offset: int) -> None:
            left.append(journal.read_bytes())
            super().xWrite(data, offset)

    class Watched(apsw.VFS):
        def __init__(self) -> None:
            super().__init__("watched", "")

        def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:
            return (Page if flags[0] & apsw.SQLITE_OPEN_MAIN_DB else apsw.VFSFile)("", name, flags)

    watched = Watched()
    made = apsw.Connection(str(tmp_path / "setengah.db"), vfs="watched")
    journal = Path(f"{made.filename}-journal")
    made.execute("PRAGMA journal_mode=WAL")
    made.close()
    watched.unregister()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.with_name(f"{path.name}-journal").write_bytes(left[0])
    assert standing(path).log
    opening.open(path, create=True).close()
    with opening.open(path) as database:
        assert database.schema_version() == SCHEMA_VERSION


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_copy_is_whole_private_and_never_takes_a_name_that_is_taken(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "salinan.db"
    database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', '', '', '')")
    backup.copy(database, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with opening.open(target) as copied:
        assert copied.rows("SELECT code FROM offices") == [("a",)]
    before = target.read_bytes()
    with pytest.raises(BackupFailed):
        backup.copy(database, target)
    with pytest.raises(BackupFailed):
        backup.copy(database, tmp_path / "tidak" / "ada.db")
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.sebagian")] == []


def assert_stated_once(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> None:
    """Every event is as it was, hashes included, and one was added: how the offices stood when the file was opened."""
    assert after[:-1] == before
    assert after[-1][3] == Act.PANGKAL


@pytest.fixture
def schema_2(tmp_path: Path) -> Path:
    """A file that the program of schema 2 made: an office with people, drafts and PINs, and one without people."""
    path = tmp_path / "lama.db"
    path.write_bytes(gzip.decompress((OLD_FILES / "schema2.db.gz").read_bytes()))
    return path


def test_a_file_of_schema_2_keeps_every_row_and_everybody_the_role_they_have(
    schema_2: Path, database: Database
) -> None:
    with contextlib.closing(apsw.Connection(str(schema_2))) as old:
        assert old.pragma("user_version") == 2
        tables = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {table: old.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}
        roles = old.execute("SELECT code, role FROM people").fetchall()
    assert {role for _, role in roles} == {role.value for role in Role}
    assert all(before[table] for table in ("people", "memberships", "pins", "drafts", "runs"))
    with opening.open(schema_2) as opened:
        assert schema(opened) == schema(database)
        after = {table: opened.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}
        assert_stated_once(before.pop("events"), after.pop("events"))
        assert after == before
        assert opened.rows("PRAGMA foreign_key_check") == []
        # What a screen of the program before reads while it is open, before it meets the schema.
        assert opened.rows("SELECT code, role FROM people") == roles
        held = {row.code: row.roles for row in people.register(opened, "disnaker-kota-tangerang")}
        assert held == {code: (Role(role),) for code, role in roles}
        assert audit.verify_chain(opened).problem is None
        for office in ("disnaker-kota-tangerang", "dpmd-nganjuk"):
            stored, replayed = replayed_state(opened, queries.address_of(opened, office), 2026)
            assert stored == replayed


@pytest.fixture
def schema_1(tmp_path: Path) -> Path:
    """A file that the program of schema 1 made: an office under way, and a person with a lane."""
    path = tmp_path / "lama.db"
    path.write_bytes(gzip.decompress((OLD_FILES / "schema1.db.gz").read_bytes()))
    return path


def test_a_file_of_schema_1_becomes_what_a_new_file_is_and_keeps_its_rows(schema_1: Path, database: Database) -> None:
    kept = ("offices", "people", "periods", "cases", "runs", "events", "sop_versions", "calendar_revisions")
    with contextlib.closing(apsw.Connection(str(schema_1))) as old:
        assert old.pragma("user_version") == 1
        before = {table: old.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in kept}
        bidang = old.execute("SELECT id, name, position, active FROM bidang ORDER BY id").fetchall()
        memberships = old.execute("SELECT id, person_id, lane, bidang, since, until FROM memberships").fetchall()
    assert all((bidang, memberships, before["runs"], before["people"]))
    with opening.open(schema_1) as opened:
        assert opened.schema_version() == SCHEMA_VERSION
        assert schema(opened) == schema(database)
        after = {table: opened.rows(f"SELECT * FROM {table} ORDER BY 1") for table in kept}
        assert_stated_once(before.pop("events"), after.pop("events"))
        assert after == before
        assert opened.rows("SELECT id, name, position, active FROM bidang ORDER BY id") == bidang
        rows = opened.rows("SELECT id, person_id, lane, bidang, since, until FROM memberships")
        assert rows == memberships
        assert opened.rows("SELECT kind FROM memberships") == [("tetap",)]
        assert opened.rows("SELECT since, until, successor_id FROM bidang LIMIT 1") == [(None, None, None)]
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]
        assert opened.rows("PRAGMA foreign_key_check") == []


def test_the_log_of_a_file_of_schema_1_is_whole_and_its_work_goes_on(schema_1: Path) -> None:
    with opening.open(schema_1) as opened:
        assert audit.verify_chain(opened).problem is None
        address = queries.address_of(opened)
        stored, replayed = replayed_state(opened, address, 2026)
        assert stored == replayed
        opened.rows("DELETE FROM memberships")
        opened.rows("DELETE FROM people")
        store = Store(opened, lambda: 1_775_100_000)
        done = store.apply(address, Command(Act.SELESAI, "2026-TW1", step=2), Actor("kasubag", everybody=True))
        assert done.event.act is Act.SELESAI
    kept = schema_1.with_name("lama-skema1.db")
    with contextlib.closing(apsw.Connection(str(kept))) as copy:
        assert copy.pragma("user_version") == 1


def test_a_file_of_schema_5_gains_a_table_and_loses_nothing(tmp_path: Path, database: Database) -> None:
    """An office of the program of schema 5: a closed quarter, one under way, nobody named who signs."""
    path = tmp_path / "lama.db"
    path.write_bytes(gzip.decompress((OLD_FILES / "schema5.db.gz").read_bytes()))
    with contextlib.closing(apsw.Connection(str(path))) as old:
        assert old.pragma("user_version") == 5
        tables = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {table: old.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}
    assert "signers" not in before
    with opening.open(path) as opened:
        assert opened.schema_version() == SCHEMA_VERSION
        assert schema(opened) == schema(database)
        assert {table: opened.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables} == before
        assert opened.rows("SELECT * FROM signers") == []
        assert audit.verify_chain(opened).problem is None
        assert offices_beside_the_log(opened).differing == ()
        address = queries.address_of(opened)
        stored, replayed = replayed_state(opened, address, 2026)
        assert stored == replayed
        store = Store(opened, lambda: 1_783_000_000)
        somebody = Actor("kasubag", everybody=True)
        name_signer(store, address.office, SignerNamed("Kepala Dinas", Signer("Pejabat")), somebody)
        reopened = Command(Act.BUKA_KEMBALI, "2026-TW1", reason="salah hitung")
        for command in (reopened, Command(Act.TUTUP, "2026-TW1")):
            done = store.apply(address, command, somebody)
        assert done.event.data["signers"] == {"Kepala Dinas": "t1"}
        assert "signers" not in opened.value("SELECT data FROM events WHERE act = 'tutup' ORDER BY sequence LIMIT 1")

"""Bringing files up to date: the tables are those of the models, a copy is kept, a newer file is left alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import apsw
import pytest
from peewee import SchemaManager

from db import backup, connection
from db.connection import SCHEMA_VERSION, Database
from db.errors import BackupFailed, SchemaTooNew
from db.migrations import runner
from db.models import TABLES
from db.shared import SharedConnection


def schema(source: Database | SharedConnection) -> list[str]:
    """The statements behind tables and indexes, spaces aside."""
    sql = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY name"
    rows = source.rows(sql) if isinstance(source, Database) else source.execute_sql(sql).fetchall()
    return [re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", text)).strip() for (text,) in rows]


def test_the_migrations_make_what_the_models_describe(database: Database) -> None:
    described = SharedConnection(apsw.Connection(":memory:"))
    for table in TABLES:
        SchemaManager(table, described).create_all()
    assert schema(database) == schema(described)


def test_every_table_is_strict(database: Database) -> None:
    tables = database.rows(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"
    )
    assert len(tables) == len(TABLES)
    assert {strict for _, strict in tables} == {1}


def test_the_version_a_program_knows_is_the_number_of_its_migrations() -> None:
    assert len(runner.MIGRATIONS) == SCHEMA_VERSION


def add_a_table(database: Database) -> None:
    database.rows("CREATE TABLE tambahan (x INTEGER) STRICT")


def test_an_older_file_is_copied_and_then_brought_up_to_date(database: Database, path: Path) -> None:
    database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', '', '', '')")
    runner.migrate(database, (*runner.MIGRATIONS, add_a_table))
    assert database.schema_version() == SCHEMA_VERSION + 1
    assert database.value("SELECT count(*) FROM tambahan") == 0
    kept = path.with_name(f"sakip-skema{SCHEMA_VERSION}.db")
    with connection.open(kept) as copy:
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
    program = f"from db import connection; connection.open({str(path)!r}, create=True).close()"
    started = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(4)]
    for process in started:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    with connection.open(path) as database:
        assert database.schema_version() == SCHEMA_VERSION
        assert database.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_copy_is_whole_private_and_never_takes_a_name_that_is_taken(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "salinan.db"
    database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', '', '', '')")
    backup.copy(database, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with connection.open(target) as copied:
        assert copied.rows("SELECT code FROM offices") == [("a",)]
    before = target.read_bytes()
    with pytest.raises(BackupFailed):
        backup.copy(database, target)
    with pytest.raises(BackupFailed):
        backup.copy(database, tmp_path / "tidak" / "ada.db")
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.sebagian")] == []

"""What somebody changes with another program is seen by `periksa --penuh`, or named in docs/LOG.md as not covered.

Every column of every table is changed to a value that could stand there, every row of a table is taken out, alone and
with all that points to it, and one is added; each time in a fresh copy of a file that was lived in.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import office_rows, opening, row_audit
from db.office_rows import OFFICE_TABLES
from db.statements import COLUMNS
from sakip_tui.cli import session
from sop.model.office import OfficeState
from tests.cli.conftest import Said, run
from tests.db.lived_in import ACCOUNT, live

LOG = Path(__file__).resolve().parents[2] / "docs" / "LOG.md"
OLD_FILES = Path(__file__).parent / "old_files"
NO_STATE = ("drafts", "anchors")
"""Tables of what is no state of the office."""
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_POINTING = (
    'SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f '
    "WHERE m.type = 'table' AND f.\"table\" = ?"
)
_OF_AN_OFFICE = tuple(table.name for table in OFFICE_TABLES)
_PLENTY = 6
"""So many rows of a table are taken out."""


def uncovered() -> set[tuple[str, str]]:
    """(table, column) of every line of the page's table of what a check cannot see; `*` for all of a table."""
    text = LOG.read_text(encoding="utf-8").partition("## Yang tidak tercakup")[2].partition("\n## ")[0]
    rows = (line.split("|") for line in text.splitlines() if line.startswith("|"))
    lines = (re.findall("`([a-z_*]+)`", row[1] + row[2]) for row in rows)
    return {(table, column) for table, *columns in filter(None, lines) for column in columns}


def is_covered(table: str, column: str) -> bool:
    return not uncovered() & {(table, column), ("*", column), (table, "*")}


class Tampered:
    """A file, and what becomes of copies of it."""

    def __init__(self, sound: Path, folder: Path) -> None:
        self.sound, self.folder = sound, folder
        with closing(apsw.Connection(str(sound))) as raw:
            self.rows = {
                table: [dict(zip(columns, row, strict=True)) for row in _rows(raw, table, columns)]
                for table, columns in COLUMNS.items()
            }
            self.pointing = {table: raw.execute(_POINTING, (table,)).fetchall() for table in COLUMNS}

    def seen(self, *statements: tuple[str, tuple[Any, ...]]) -> bool | None:
        """Whether a check sees what these do, triggers and keys out of the way; None where they change nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        path = self.folder / "kantor.db"
        shutil.copy(self.sound, path)
        with closing(apsw.Connection(str(path))) as raw:
            triggers = raw.execute(_TRIGGERS).fetchall()
            before = raw.total_changes()
            try:
                with raw:
                    for name, _ in triggers:
                        raw.execute(f"DROP TRIGGER {name}")
                    for sql, values in statements:
                        raw.execute(sql, values)
                    changed = raw.total_changes() - before
                    for _, sql in triggers:
                        raw.execute(sql)
            except apsw.ConstraintError:
                return None
        return check(path).code != 0 if changed else None

    def edits(self, table: str, column: str) -> Iterator[bool]:
        """Whether a check sees a few values that could stand in that column."""
        statement = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
        tried = 0
        pool = list(dict.fromkeys(row[column] for row in self.rows[table]))
        for row in self.rows[table]:
            for value in _others(row[column], pool, COLUMNS[table][column]):
                found = self.seen((statement, (value, row.get("id", row.get("sequence")))))
                if found is not None:
                    tried += 1
                    yield found
            if tried >= 2:
                return

    def with_its_own(self, table: str, row: int) -> Iterator[tuple[str, int]]:
        """A row and all that points to it, those first; what the log has stays."""
        for other, column in self.pointing[table]:
            for each in self.rows[other]:
                if each[column] == row and other != table:
                    yield from self.with_its_own(other, each.get("id", each.get("sequence")))
        yield table, row


def _rows(raw: apsw.Connection, table: str, columns: Any) -> list[tuple[Any, ...]]:
    return raw.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()


def _others(value: Any, pool: list[Any], shape: str | None) -> Iterator[Any]:
    """What could stand in place of a value, the likeliest first."""
    yield from [other for other in pool if other is not None and other != value][:1]
    if value is None:
        yield from ([1_751_500_000] if shape == "moment" else ["lain", 1]) if set(pool) == {None} else []
    elif isinstance(value, int):
        yield 1 - value if shape == "flag" else value + 1
    elif value[:1] in "[{" and value:
        yield value.replace("0", "1", 1) if "0" in value else "[[1,null,1]]"
    else:
        yield value.replace("2025", "2026") if "2025" in value else f"{value}x"


def check(path: Path) -> Said:
    """The whole check, by the command."""
    return run("periksa", "--penuh", "--json", "--db", str(path))


@pytest.fixture(scope="module")
def tampered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    folder = tmp_path_factory.mktemp("tampered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "account_name", lambda environ: ACCOUNT)
        live(folder / "kantor.db")
        assert check(folder / "kantor.db").json["sound"]
        yield Tampered(folder / "kantor.db", folder / "salinan")


@pytest.fixture(scope="module", params=["schema1", "schema2", "two_offices"])
def stated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tampered:
    """A file of an older program, which opening brought up to date."""
    folder = tmp_path_factory.mktemp("stated")
    path = folder / "kantor.db"
    path.write_bytes(gzip.decompress((OLD_FILES / f"{request.param}.db.gz").read_bytes()))
    opening.open(path).close()
    return Tampered(path, folder / "salinan")


def test_what_an_older_file_does_not_tell_is_named_as_not_covered_and_never_as_changed(stated: Tampered) -> None:
    said = check(stated.sound)
    (number,) = [event["sequence"] for event in stated.rows["events"] if event["act"] == "pangkal"]
    assert (said.json["sound"], said.json["uncovered_before"]) == (True, number)
    words = run("periksa", "--penuh", "--db", str(stated.sound)).out
    assert f"keadaan kantor sejak catatan {number}; yang sebelumnya belum tercakup" in words
    assert "tidak sama" not in words


def test_an_office_of_an_older_file_is_covered_from_where_it_was_stated(stated: Tampered) -> None:
    unseen = [
        (table, column)
        for table in _OF_AN_OFFICE
        for column in COLUMNS[table]
        if stated.rows[table] and is_covered(table, column) and not all(stated.edits(table, column))
    ]
    assert unseen == []


def test_every_table_holds_something_that_can_be_changed(tampered: Tampered) -> None:
    assert [table for table, rows in tampered.rows.items() if not rows and table not in NO_STATE] == []


def test_what_the_page_calls_uncovered_is_there() -> None:
    known = {(table, column) for table, columns in COLUMNS.items() for column in (*columns, "*")}
    assert uncovered() - {("*", "id")} <= known


@pytest.mark.parametrize("table", COLUMNS)
def test_a_changed_value_is_seen_in_every_column_that_the_page_does_not_except(table: str, tampered: Tampered) -> None:
    unseen = []
    for column in COLUMNS[table]:
        found = list(tampered.edits(table, column)) if is_covered(table, column) else [True]
        if not found or not all(found):
            unseen.append((column, found))
    assert unseen == []


@pytest.mark.parametrize("table", [table for table in COLUMNS if table not in NO_STATE])
def test_a_row_that_is_taken_out_or_added_is_seen(table: str, tampered: Tampered) -> None:
    rows = tampered.rows[table]
    key = "sequence" if table == "events" else "id"
    for row in rows[-_PLENTY:]:
        own = list(dict.fromkeys(tampered.with_its_own(table, row[key])))
        for taken in ([(table, row[key])], own):
            deletions = [
                (f"DELETE FROM {each} WHERE {'sequence' if each == 'events' else 'id'} = ?", (number,))
                for each, number in taken
            ]
            assert tampered.seen(*deletions), (table, row, taken)
    assert _added(tampered, table, rows[-1]), table


def _added(tampered: Tampered, table: str, row: dict[str, Any]) -> bool | None:
    """Whether a check sees a row like another one, its key changed as far as it must be."""
    key = "sequence" if table == "events" else "id"
    insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    for column, value in row.items():
        for other in () if column == key else _others(value, [], COLUMNS[table][column]):
            new = row | {key: row[key] + 1, column: other}
            found = tampered.seen((insert, tuple(new.values())))
            if found is not None:
                return found
    return None


@pytest.mark.faults
@pytest.mark.parametrize("fault", ["rows of an office are compared by their keys alone", "runs are not compared"])
def test_a_check_that_looks_away_is_noticed(fault: str, tampered: Tampered, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded: the check passes over what the test of that table changes."""
    if fault.startswith("rows"):
        differing = office_rows.OFFICE_TABLES
        keyed = [table._replace(rows=partial(_keys_alone, table.rows)) for table in differing]
        monkeypatch.setattr(office_rows, "OFFICE_TABLES", tuple(keyed))
        assert not all(tampered.edits("offices", "zone"))
    else:
        monkeypatch.setattr(row_audit, "_are_same", lambda stored, told, read=None: len(stored) == len(told))
        assert not all(tampered.edits("runs", "holder"))


def _keys_alone(rows: Any, office: OfficeState) -> Iterator[tuple[Any, dict[str, Any]]]:
    return ((key, {}) for key, _ in rows(office))

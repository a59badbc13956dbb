"""A file of every schema there was, with people, two SOPs, two offices, closings: it opens, and loses nothing.

How the files came about stands in `old_files/two_offices.py`.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from db import audit, opening, queries, row_audit
from db.file.connection import SCHEMA_VERSION, Database
from db.log_chain import mark_of
from db.rows import Address
from sakip_tui.cli import session
from sop.model.act import Act
from tests.db.office import replayed_state
from tests.db.old_files.two_offices import ACCOUNT, NGANJUK, TANGERANG
from tests.db.test_old_logs import NOW, said

FOLDER = Path(__file__).parent / "old_files"
FILES = {1: "two_offices_1", 2: "two_offices", 3: "two_offices_3", 4: "two_offices_4", 5: "two_offices_5"}
"""Schema -> the file that its program left."""
CLOSED = ((TANGERANG, "2025-TW1"), (NGANJUK, "2025-TW1"), (NGANJUK, "2025-TW3"))
BY_THE_PROGRAM = {Act.ATURAN, Act.PANGKAL}
"""What opening an older file may add to its log."""
JUDGED_ANEW = ("runs", "cases", "periods")
"""Tables in which an open period may be judged by the rule of today."""


@pytest.fixture(autouse=True)
def at_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "account_name", lambda environ: ACCOUNT)


@pytest.fixture(params=FILES)
def version(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def old_file(version: int, tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    path.write_bytes(gzip.decompress((FOLDER / f"{FILES[version]}.db.gz").read_bytes()))
    return path


def raw_rows(path: Path) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Table -> its columns and rows, read by the engine alone."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as raw:
        tables = [
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        columns = {name: [row[1] for row in raw.execute(f"PRAGMA table_info({name})")] for name in tables}
        return {name: (columns[name], raw.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()) for name in tables}


def test_the_file_is_what_it_says(old_file: Path, version: int) -> None:
    with closing(apsw.Connection(str(old_file))) as raw:
        assert raw.pragma("user_version") == version
    held = {table: len(rows) for table, (_, rows) in raw_rows(old_file).items()}
    assert (held["offices"], held["closings"]) == (2, 4)
    assert len({row[2] for row in raw_rows(old_file)["sop_versions"][1]}) == 2
    assert held["people"] >= 3
    assert held["memberships"] > 0


def test_opening_it_keeps_every_row_and_every_hash(old_file: Path) -> None:
    before = raw_rows(old_file)
    with opening.open(old_file) as database:
        assert database.schema_version() == SCHEMA_VERSION
        events = before["events"][1]
        after = rows_of(database, "events", before["events"][0])
        assert after[: len(events)] == events, "what the log said it says, its hashes included"
        assert {Act(row[before["events"][0].index("act")]) for row in after[len(events) :]} <= BY_THE_PROGRAM
        for table, (columns, rows) in before.items():
            if table not in ("events", *JUDGED_ANEW):
                assert rows_of(database, table, columns) == rows, table
        assert audit.verify_chain(database).problem is None
        assert row_audit.differing_years(database) == ()
        assert row_audit.offices_beside_the_log(database).differing == ()
        for office in (TANGERANG, NGANJUK):
            stored, replayed = replayed_state(database, Address(office, office), 2025)
            assert stored == replayed


def rows_of(database: Database, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    return database.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")


@pytest.mark.parametrize(("office", "period"), CLOSED)
def test_a_closed_recap_is_the_same_bytes_from_whichever_copy_and_whenever_it_is_printed(
    old_file: Path, version: int, office: str, period: str
) -> None:
    """From the file that was brought up to date, and from the copy of before beside it, brought up to date later."""
    words = ("--opd", office, "rekap", period, "-o", "-", "--format")
    endings = ("json", "txt", "md")
    first = [said(old_file, *words, ending) for ending in endings]
    copy = old_file.with_name(f"kantor-skema{version}.db")
    with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as raw:
        assert raw.pragma("user_version") == version
    again = [said(copy, *words, ending) for ending in endings]
    for one, other in zip(first, again, strict=True):
        assert without_head(one, old_file) == without_head(other, copy)
    later = said(old_file, *words, "txt", now=NOW + 7 * 86_400)
    changed = [line for line, new in zip(first[1].splitlines(), later.splitlines(), strict=True) if line != new]
    assert {"icetak" in line for line in changed} == {True}, "nothing but when it was printed"


def without_head(text: str, path: Path) -> str:
    """A recap without the hash of the log's newest event: each opening states anew, at its own moment."""
    with opening.open(path) as database:
        head = queries.head(database).hash
    assert mark_of(head) in text
    return text.replace(head, "sidik").replace(mark_of(head), "sidik")

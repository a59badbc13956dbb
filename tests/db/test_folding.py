"""The log is folded back while nobody writes, so that a plain copy of the file is nearly always current."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db import opening, queries
from db.errors import DatabaseBusy, DbError
from db.file import aside, connection
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY

TW1 = "2026-TW1"


@pytest.fixture
def screen(store: Store, address: Address, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A second program that keeps the file open, and whose idle seconds are over at once."""
    monkeypatch.setattr(connection, "IDLE_SECONDS", 0.0)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    with opening.open(path) as opened:
        yield opened


def remark(store: Store, address: Address, note: str) -> None:
    store.apply(address, Command(Act.KOMENTAR, TW1, step=1, note=note * 500), EVERYBODY)


def plain_copy(path: Path) -> int:
    """The newest event in the file alone; 0 where nothing was folded into it yet."""
    target = path.with_name("polos.db")
    target.unlink(missing_ok=True)
    # Not by shutil: this process has the file open.
    aside.copy_bytes(path, target)
    try:
        with opening.open(target) as copied:
            return queries.head(copied).sequence
    except DbError:
        return 0


def test_a_plain_copy_is_current_once_nobody_has_written_since_the_last_look(
    store: Store, address: Address, screen: Database, path: Path
) -> None:
    for number in range(5):
        remark(store, address, f"{number}")
        assert plain_copy(path) < queries.head(screen).sequence
        screen.rest()
        assert plain_copy(path) < queries.head(screen).sequence, "somebody has written since the last look"
        screen.rest()
        assert plain_copy(path) == queries.head(screen).sequence


def test_folding_makes_no_other_screen_read_anew(
    store: Store, address: Address, screen: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opening.open(path) as third:
        remark(store, address, "x")
        seen = [each.data_version() for each in (screen, third, store.database)]
        assert screen.fold()
        assert [each.data_version() for each in (screen, third, store.database)] == seen
        # The gate knows what was written: nobody has to look into copies.
        monkeypatch.setattr(aside, "Aside", None)
        for each in (screen, third, store.database):
            each.look()
        remark(store, address, "y")
        assert third.data_version() != seen[1]


def test_whoever_writes_is_not_waited_for(store: Store, address: Address, screen: Database) -> None:
    remark(store, address, "x")
    # On a thread of its own: on Windows one thread may stand in the queue twice.
    with ThreadPoolExecutor(1) as other, store.database.write():
        with pytest.raises(DatabaseBusy):
            other.submit(screen.fold).result()
        other.submit(screen.rest).result()
        other.submit(screen.rest).result()


def test_a_reader_of_an_older_view_leaves_the_rest_for_the_next_look(
    store: Store, address: Address, screen: Database, path: Path
) -> None:
    with opening.open(path) as reader:
        remark(store, address, "x")
        with reader.read():
            queries.head(reader)
            remark(store, address, "y")
            screen.rest()
            screen.rest()
            assert plain_copy(path) < queries.head(screen).sequence
        screen.rest()
        assert plain_copy(path) == queries.head(screen).sequence


def test_what_is_folded_already_is_not_asked_for_again(
    store: Store, address: Address, screen: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark(store, address, "x")
    screen.rest()
    screen.rest()

    def refuse() -> bool:
        raise AssertionError("folded again")

    monkeypatch.setattr(screen, "fold", refuse)
    for _ in range(3):
        screen.rest()

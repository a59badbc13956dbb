"""A database in a temporary folder, a clock that is told the time, and an office to work in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import opening
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from tests.db.office import Clock, adopt


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "sakip.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with opening.open(path, create=True) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> Store:
    return Store(database, clock, "pc-uji")


@pytest.fixture
def address(store: Store) -> Address:
    """Disnaker Kota Tangerang, 2026, nine steps, without a bidang."""
    return adopt(store)

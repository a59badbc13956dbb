"""A database for an office to live in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import opening
from db.file.connection import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opening.open(tmp_path / "sakip.db", create=True) as opened:
        yield opened

"""Brings a file up to this program's schema: a loop over an ordered list, each step in its own transaction, and what
the rules of today make of it with the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db import schema
from db.errors import SchemaTooNew
from db.file import backup
from db.file.connection import Database
from db.migrations import (
    m0002_people,
    m0003_roles,
    m0004_pauses,
    m0005_stated,
    m0006_signers,
    m0007_indicators,
    m0008_data,
    m0009_salts,
)
from db.rejudging import judge_open_periods
from db.stating import TELLS_ALL, state_offices

MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m0002_people.apply,
    m0003_roles.apply,
    m0004_pauses.apply,
    m0005_stated.apply,
    m0006_signers.apply,
    m0007_indicators.apply,
    m0008_data.apply,
    m0009_salts.apply,
)
"""The first takes a file from version 1 to version 2, and so on. Only ever added to."""


def migrate(
    database: Database, steps: tuple[Callable[[Database], None], ...] = MIGRATIONS, *, copies: bool = True
) -> None:
    """Make the tables of today in an empty file; in an older one take the steps that it has not taken yet.

    A file with content is copied first, unless `copies` is False. Another program may do the same at the same time, so
    the version is read again inside each transaction.

    Raises:
        SchemaTooNew: The other program was a newer one.
        DbError: As `Database.write`; the file stands at the last finished step.
    """
    found = database.schema_version()
    if found == 0:
        with database.write(check_schema=False):
            if database.schema_version() == 0:
                schema.make(database)
        return
    newest = len(steps) + 1
    if copies and found < newest:
        backup.copy(database, free_name(database.path, found))
    for number, step in enumerate(steps, 2):
        with database.write(check_schema=False):
            version = database.schema_version()
            if version > newest:
                raise SchemaTooNew(path=str(database.path), found=version, known=newest)
            if version < number:
                step(database)
                database.mark(schema_version=number)
                if number == newest:
                    # With the last step, as it works on the tables of today.
                    judge_open_periods(database)
                    if found < TELLS_ALL:
                        state_offices(database)


def free_name(path: Path, version: int) -> Path:
    """`sakip.db` -> `sakip-skema1.db`, or `sakip-skema1-2.db` where that is taken."""
    candidate = path.with_stem(f"{path.stem}-skema{version}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-skema{version}-{number}")
    return candidate

"""Opening an office's file: a file (`db/file/opening.py`) with the tables of this program in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db import statements
from db.backup_names import is_nothing
from db.file import opening
from db.file.connection import WAIT_SECONDS, Database, Reader, Tables
from db.rows import EMPTY_LOG, Head
from sop.loading import load

LATER = {
    "migrate": "db.migrations.runner:migrate",
    "problem": "db.row_audit:problem",
    "unreadable": "db.audit:UNREADABLE",
    "rescue": "db.backup_plan:rescue",
}
"""Needed for an empty or older file, beside an unknown log, and when another file took the name of this one."""


def _bring_up_to_date(database: Database, copies: bool) -> None:
    load(LATER["migrate"])(database, copies=copies)


def _problem(database: Database) -> str:
    found: str = load(LATER["problem"])(database)
    return found


def _is_unreadable(error: Exception) -> bool:
    return isinstance(error, load(LATER["unreadable"]))


def _rescue(database: Database) -> Path | None:
    kept: Path | None = load(LATER["rescue"])(database)
    return kept


def _head(ask: Reader) -> Head:
    found = ask(statements.HEAD, ())
    return Head(*found[0]) if found else EMPTY_LOG


def _hash_of(ask: Reader, sequence: int) -> str | None:
    found = ask(statements.HASH_OF_EVENT, (sequence,))
    return found[0][0] if found else None


TABLES = Tables(
    _bring_up_to_date,
    _problem,
    _is_unreadable,
    _rescue,
    _head,
    _hash_of,
    mark=b'CREATE TABLE "sop_versions"',
)


def open(
    path: Path | str,
    *,
    create: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    copies: bool = True,
    settles: bool = True,
) -> Database:
    """As `db.file.opening.open_file`, which tells what is given and what is raised."""
    return opening.open_file(path, TABLES, create=create, wait_seconds=wait_seconds, copies=copies, settles=settles)


@contextmanager
def making(path: Path | str, close: Callable[[], None]) -> Iterator[None]:
    """While a file is made where there is none, and something done in it: where that fails the place is left as it
    was, unless somebody else has recorded something there meanwhile.

    Args:
        path: Where.
        close: Lets go of the file, however far it got.
    """
    stood = opening.lying(path)
    is_new = is_nothing(Path(path))
    try:
        yield
    except BaseException:
        if is_new:
            close()
            opening.take_back(path, stood, TABLES)
        raise

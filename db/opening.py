"""Opening an office's file: a file (`db/file/opening.py`) with the tables of this program in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from db.file import opening
from db.file.belonging import settle
from db.file.connection import WAIT_SECONDS, Database, Tables
from db.file.gate import Gate
from sop.loading import load

LATER = {
    "migrate": "db.migrations.runner:migrate",
    "problem": "db.row_audit:problem",
    "unreadable": "db.audit:UNREADABLE",
    "rescue": "db.file.backup_plan:rescue",
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


TABLES = Tables(_bring_up_to_date, _problem, _is_unreadable, _rescue)


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


def settle_log(place: Path, gate: Gate, wait_seconds: float, *, is_held: bool = False) -> None:
    """As `db.file.belonging.settle`, for an office's file."""
    settle(place, gate, wait_seconds, partial(opening.refuse_unsound, tables=TABLES), is_held=is_held)

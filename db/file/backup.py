"""A checked copy of the database, made while others work."""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from db.errors import BackupFailed, DatabaseReplaced, DbError
from db.file import leftovers
from db.file.connection import APPLICATION_ID, Database, Tables
from db.file.soundness import faults
from db.file.systems import NO_SPACE, flush

if TYPE_CHECKING:
    from db.rows import Head

UNFINISHED = ".sebagian"
"""Ends the name of a copy that is still being made."""
PREPARED = ".pulih"
"""In the name of a verified copy that waits to take the place of the database."""
LEFT = re.compile(
    rf".+(?:{re.escape(UNFINISHED)}|{re.escape(PREPARED)})-(?P<process>\d+)(?:-(?:wal|shm|journal|gate))?"
)
"""The names of both, and of what the engine and the gate have beside them."""


def copy(database: Database, target: Path, *, looks: bool = True) -> Head:
    """Copy the whole database to a new file, readable by its owner only.

    The copy is made by the engine in one step (copying the file alone would lose what still stands in its log, and the
    engine's stepwise backup never ends beside a busy writer), checked, flushed to disk, and only then given its name.

    Args:
        database: Not in a transaction.
        target: A name that is not taken.
        looks: Whether what is open has to be what lies at its place; no for rescuing what no longer does.

    Returns:
        The newest event that the copy holds.

    Raises:
        BackupFailed: The target exists or cannot be written, or the copy is not sound; nothing is left behind.
        DatabaseReplaced: What was opened no longer lies there.
    """
    if os.path.lexists(target):
        raise BackupFailed(path=str(target), detail="exists", why="taken")
    unfinished = target.with_name(f"{target.name}{UNFINISHED}-{os.getpid()}")
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise failed(target, error) from error
    leftovers.sweep(target.parent, LEFT, unfinished.stat().st_mtime)
    try:
        if looks:
            database.look(check_schema=False)
        database.rows("VACUUM INTO ?", (str(unfinished),))
        head = _check(unfinished, target, database.tables)
        if head.sequence and database.tables.hash_of(database.rows, head.sequence) != head.hash:
            raise BackupFailed(path=str(target), detail=f"event {head.sequence}", why="unsound")
        flush(unfinished)
        _name(unfinished, target)
    except DbError as error:
        if isinstance(error, BackupFailed | DatabaseReplaced):
            raise
        cause = error.__cause__ if isinstance(error.__cause__, apsw.Error) else error
        raise failed(target, cause, database.system_errno) from error
    except (OSError, apsw.Error) as error:
        raise failed(target, error, database.system_errno) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return head


def _name(unfinished: Path, target: Path) -> None:
    """Give a finished copy its name, unless that was taken meanwhile."""
    if sys.platform == "win32":
        unfinished.rename(target)
        return
    try:
        # A hard link refuses a name that is taken, which a rename does not.
        os.link(unfinished, target)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no hard links.
        unfinished.rename(target)
    else:
        unfinished.unlink()
    flush(target.parent)


def _check(path: Path, target: Path, tables: Tables) -> Head:
    """The newest event of a sound copy."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        found = faults(lambda sql: connection.execute(sql).fetchall(), 3)
        application = connection.execute("PRAGMA application_id").fetchall()
        head = tables.head(lambda sql, values: connection.execute(sql, values).fetchall())
    if found or application != [(APPLICATION_ID,)]:
        raise BackupFailed(path=str(target), detail="; ".join(found), why="unsound")
    return head


def failed(target: Path, error: Exception, system_errno: int = 0) -> BackupFailed:
    """What the system's or the engine's refusal to make a copy means."""
    number = error.errno if isinstance(error, OSError) else system_errno
    why: str | None = None
    if isinstance(error, apsw.FullError) or number in NO_SPACE:
        why = "full"
    elif isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError) or number in (
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
    ):
        why = "read-only"
    elif number == errno.EEXIST:
        why = "taken"
    elif isinstance(error, apsw.CorruptError | apsw.NotADBError):
        why = "unsound"
    elif isinstance(error, apsw.BusyError | apsw.LockedError):
        why = "busy"
    return BackupFailed(path=str(target), detail=str(error), why=why)

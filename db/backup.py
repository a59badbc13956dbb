"""A checked copy of the database, made while others work."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import apsw

from db.connection import APPLICATION_ID, Database
from db.errors import BackupFailed


def copy(database: Database, target: Path) -> Path:
    """Copy the whole database to a new file, readable by its owner only.

    The copy is made by the engine in one step (copying the file alone would lose what still stands in its log, and the
    engine's stepwise backup never ends beside a busy writer), checked, flushed to disk, and only then given its name.

    Args:
        database: Not in a transaction.
        target: A name that is not taken.

    Returns:
        The target.

    Raises:
        BackupFailed: The target exists or cannot be written, or the copy is not sound; nothing is left behind.
    """
    unfinished = target.with_name(target.name + ".sebagian")
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupFailed(path=str(unfinished), detail=str(error)) from error
    try:
        database.rows("VACUUM INTO ?", (str(unfinished),))
        _check(unfinished)
        _flush(unfinished)
        # A hard link refuses a name that was taken meanwhile, which a rename does not.
        if sys.platform == "win32":
            unfinished.rename(target)
        else:
            os.link(unfinished, target)
            unfinished.unlink()
            _flush(target.parent)
    except (OSError, apsw.Error) as error:
        raise BackupFailed(path=str(target), detail=str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _check(path: Path) -> None:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        application = connection.execute("PRAGMA application_id").fetchall()
    finally:
        connection.close()
    if found != [("ok",)] or application != [(APPLICATION_ID,)]:
        raise BackupFailed(path=str(path), detail="; ".join(str(line) for (line,) in found[:3]))


def _flush(path: Path) -> None:
    """Have the system write a file (or a folder's list of names) to disk."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

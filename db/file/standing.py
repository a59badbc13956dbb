"""How a database lies on the disk: the file, and the log or journal that a program which ended by force left beside it.

The engine knows a log by its name alone. Beside a file that was copied back by hand it applies the log all the same,
which destroys the file and the acts in the log. So the writers keep in the gate how file and log stood when they last
belonged together. Neither folder nor device is part of that: a folder may be moved, a machine copied.
"""

from __future__ import annotations

import os
from pathlib import Path

from db.errors import DatabaseUnreachable
from sop.values import Frozen

LOGS = ("-wal", "-journal")
"""Ends of the names of what the engine applies to a file: its log, and the journal of a restore."""

_HEAD = 32
"""Bytes of a log's header; a log that is no longer holds nothing."""
_NAMES = slice(8, 24)
"""Where both kinds say which log it is: counter and salts, or nonce. Source: sqlite.org, the database file format."""


class Fingerprint(Frozen):
    """What would be otherwise if another file, or another log, lay there."""

    size: int
    """Bytes of the file; 0 where there is none."""
    written: int
    """When the file was written last, in nanoseconds: a copy that keeps this moment has these bytes."""
    log: str
    """Which log lies beside it with something in it; empty for none."""


def standing(path: Path) -> Fingerprint:
    """How the database at a path stands now. Raises DatabaseUnreachable where that cannot be told."""
    try:
        try:
            found = os.stat(path)
            size, written = found.st_size, found.st_mtime_ns
        except FileNotFoundError:
            size, written = 0, 0
        return Fingerprint(size, written, _log(path))
    except OSError as error:
        raise DatabaseUnreachable(path=str(path), detail=str(error)) from error


def identity(path: str | Path) -> tuple[int, int] | None:
    """Which file lies at a path, as long as the machine is up; None for none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _log(path: Path) -> str:
    """Names each log that has something in it; empty for none."""
    names = []
    for suffix in LOGS:
        # Not locked by the engine, so closing it drops nobody's lock.
        try:
            file = os.open(f"{path}{suffix}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            continue
        try:
            head = os.read(file, _HEAD + 1)
        finally:
            os.close(file)
        # The engine begins a log with zeros where it is done with it.
        if len(head) > _HEAD and head[0]:
            names.append(f"{suffix}:{head[_NAMES].hex()}")
    return " ".join(names)

"""Reading a database where the engine cannot make its files: on a full disk, in a folder that may not be written."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import apsw

from db.errors import DatabaseBusy
from db.file.aside import Aside
from db.file.gate import Gate
from db.file.standing import standing


class Readable(NamedTuple):
    """A way in."""

    connection: apsw.Connection
    aside: Aside | None
    """The copies that are read in place of the file; to be closed after the connection."""


def connect(place: Path, gate: Gate) -> Readable:
    """The first way that is open, from what others may go on writing to what is as it is now.

    Args:
        place: A file that is known to belong to the log beside it.
        gate: The writers' queue of that file.

    Raises:
        apsw.Error, DbError: There is none.
    """
    # Where somebody has the file open the engine's files are there already; a backup needs none.
    found = _readable(str(place), apsw.SQLITE_OPEN_READONLY)
    if found is None and standing(place).log:
        _fold_alone(place, gate)
    if found is None and not standing(place).log:
        # The file alone holds everything. Nobody writes it as long as nobody can make the engine's files either.
        found = _readable(f"{place.as_uri()}?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    if found is not None:
        return Readable(found, None)
    aside = Aside(place)
    try:
        return Readable(apsw.Connection(str(aside.copy), flags=apsw.SQLITE_OPEN_READWRITE), aside)
    except BaseException:
        aside.close()
        raise


def _readable(address: str, flags: int) -> apsw.Connection | None:
    """None where the engine cannot read it that way."""
    try:
        connection = apsw.Connection(address, flags=flags)
    except apsw.Error:
        return None
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except apsw.Error:
        connection.close()
        return None
    return connection


def _fold_alone(place: Path, gate: Gate) -> None:
    """Fold the log back on a full disk: alone with the file, the engine keeps its index of the log in memory."""
    # Nothing is done where somebody has it open, or where the folder may not be written either.
    with (
        suppress(apsw.Error, DatabaseBusy),
        closing(apsw.Connection(str(place), flags=apsw.SQLITE_OPEN_READWRITE)) as connection,
        gate.held(0),
    ):
        connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        connection.execute("PRAGMA synchronous=FULL").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

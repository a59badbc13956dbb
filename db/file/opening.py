"""Opening one database file, for writing, or for reading only where nothing can be written.

What is known of the tables in it comes from whoever opens it (`db/opening.py`).
"""

from __future__ import annotations

import errno
import os
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from db.errors import (
    DanglingLink,
    DatabaseFull,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
    DbError,
    EngineTooOld,
    ForeignLog,
    NetworkFileSystem,
    NotOurDatabase,
    SchemaTooNew,
    UnknownOffice,
)
from db.file.belonging import settle
from db.file.connection import READ_WAIT_MS, WAIT_SECONDS, Database, Tables, translated
from db.file.filesystems import network_kind
from db.file.gate import Gate
from db.file.soundness import dangling, faults
from db.file.standing import standing
from db.file.systems import NO_SPACE
from sop.loading import load

if TYPE_CHECKING:
    from db.file.aside import Aside
    from db.file.reading_only import Readable

OLDEST_ENGINE = (3, 51, 3)
"""Earlier engines can corrupt a file in WAL mode that two connections write. Source: sqlite.org, the WAL-reset bug."""
_FILES = ("", "-wal", "-shm", "-gate")
"""Ends of the names of a database and of what it has beside it."""
LATER = {"reading": "db.file.reading_only:connect"}
"""Needed on a full disk, and in a folder that may not be written."""


def open_file(
    path: Path | str,
    tables: Tables,
    *,
    create: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    copies: bool = True,
    settles: bool = True,
) -> Database:
    """Open a database file of ours, bringing an older one up to date (after a copy of it was made).

    Where the disk is full, or the folder may not be written, the file is opened for reading only, as it is now
    (`Database.reads_only`).

    Args:
        path: The file.
        tables: What is known of the tables in it.
        create: Whether to make it, and its folder, where there is none.
        wait_seconds: How long a write waits for its turn before `DatabaseBusy`.
        copies: Whether an older file is copied before it is brought up to date; no for what is a copy itself.
        settles: Whether a log beside the file has to be known as its own; no for what is being looked into.

    Raises:
        EngineTooOld, NetworkFileSystem, DatabaseMissing, DatabaseUnreachable, DatabaseReadOnly, DatabaseDamaged,
        NotOurDatabase, ForeignLog, SchemaTooNew, DatabaseBusy, DatabaseFull: As their names say; nothing was changed.
        DanglingLink: As `real_place`.
        UnknownOffice: The file has no byte in it yet, and making one was not asked for.
    """
    found = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if found < OLDEST_ENGINE:
        raise EngineTooOld(found=apsw.sqlite_lib_version(), needed=".".join(map(str, OLDEST_ENGINE)))
    place = real_place(path)
    kind = network_kind(place)
    if kind is not None:
        raise NetworkFileSystem(path=str(place), kind=kind)
    if create:
        make_file(place)
    else:
        _refuse_nothing(place)
    gate = Gate(place)
    try:
        if settles:
            settle(place, gate, READ_WAIT_MS / 1000, partial(refuse_unsound, tables=tables, create=create))
        try:
            _refuse_read_only(place)
            return _for_writing(place, wait_seconds, gate, tables, create=create, copies=copies)
        except (DatabaseFull, DatabaseReadOnly, DatabaseUnreachable) as error:
            if create or not settles:
                raise
            return _for_reading(place, wait_seconds, gate, tables, error)
    except BaseException:
        gate.close()
        raise


def _for_writing(
    place: Path, wait_seconds: float, gate: Gate, tables: Tables, *, create: bool, copies: bool
) -> Database:
    with translated(place):
        database = Database(place, _connect(place), wait_seconds, gate, tables)
    try:
        database.prepare(create=create, copies=copies)
    except BaseException:
        database.close()
        raise
    return database


def _for_reading(place: Path, wait_seconds: float, gate: Gate, tables: Tables, why: DbError) -> Database:
    """The file as it is now, where it cannot be written. Raises `why` where it cannot be read either; SchemaTooNew."""
    found: Readable
    try:
        found = load(LATER["reading"])(place, gate)
    except (apsw.Error, DbError):
        raise why from None
    database = Database(place, found.connection, wait_seconds, gate, tables, why, found.aside)
    try:
        database.prepare_reading()
    except SchemaTooNew:
        database.close()
        raise
    except (apsw.Error, DbError):
        database.close()
        raise why from None
    return database


def real_place(path: Path | str) -> Path:
    """Where a database lies, its links resolved: there the engine has its files beside it, and the gate is.

    Raises:
        DanglingLink: A link leads to where nothing is, as to a disk that is not there today.
    """
    place = Path(os.path.realpath(path))
    if not place.exists() and os.path.islink(path):
        raise DanglingLink(path=str(path), target=str(place))
    return place


def make_file(place: Path) -> None:
    """An empty file that only its owner may read; the engine gives its side files the same mode."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise _cannot_open(error, place) from error


def lying(path: Path | str) -> frozenset[str]:
    """Which there are of a database and the files beside it."""
    place = os.path.realpath(path)
    return frozenset(file for suffix in _FILES if os.path.lexists(file := f"{place}{suffix}"))


def take_back(path: Path | str, stood: frozenset[str], tables: Tables) -> None:
    """Leave the place as it was before a file was made there, unless somebody has recorded something in it meanwhile.

    Where it cannot be written, nothing was made either.

    Args:
        path: The file, not open here any more.
        stood: What was lying there before, the file itself without a byte.
        tables: What is known of the tables in it.
    """
    place = Path(os.path.realpath(path))
    if not place.exists():
        return
    with suppress(OSError, DbError, apsw.Error), closing(Gate(place)) as gate, gate.held(0):
        # Whoever opened it meanwhile waits for the turn, and is told then that the file is gone.
        if _has_acts(place, tables):
            return
        for file in (f"{place}{suffix}" for suffix in _FILES):
            if file not in stood:
                Path(file).unlink(missing_ok=True)
        if str(place) in stood:
            os.truncate(place, 0)


def _has_acts(place: Path, tables: Tables) -> bool:
    if not place.stat().st_size:
        # Not looked into: whoever opens a file without a byte has the engine throw away the log beside it.
        return False
    with closing(apsw.Connection(str(place), flags=apsw.SQLITE_OPEN_READWRITE)) as opened:
        try:
            return tables.head(lambda sql, values: opened.execute(sql, values).fetchall()).sequence > 0
        except apsw.SQLError:
            # It has not even tables.
            return False


def _refuse_nothing(place: Path) -> None:
    """No file, or one without a byte, as mktemp makes them; with a log beside it that is an office that lost its file.

    Raises:
        DatabaseMissing, UnknownOffice, ForeignLog, DatabaseUnreachable: As their names say.
    """
    nothing: DbError
    try:
        size = place.stat().st_size
    except NotADirectoryError:
        # Nothing can lie beside it either.
        raise DatabaseMissing(path=str(place)) from None
    except FileNotFoundError:
        nothing = DatabaseMissing(path=str(place))
    except OSError as error:
        raise DatabaseUnreachable(path=str(place), detail=str(error)) from error
    else:
        if size > 0 or not place.is_file():
            return
        nothing = UnknownOffice(code=None, known=())
    log = standing(place).log
    raise ForeignLog(path=str(place), detail=log) if log else nothing


def _refuse_read_only(place: Path) -> None:
    """Opening writes the side files of the log: without them the engine only says that it cannot open the file."""
    for needed in (place, place.parent):
        if not os.access(needed, os.W_OK):
            raise DatabaseReadOnly(path=str(place), detail=str(needed))


def _cannot_open(error: OSError, place: Path) -> DbError:
    """What the system's refusal to make a file means."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return DatabaseReadOnly(path=str(place), detail=str(error))
    if error.errno in NO_SPACE:
        return DatabaseFull(path=str(place))
    return DatabaseUnreachable(path=str(place), detail=str(error))


def _connect(place: Path) -> apsw.Connection:
    connection = apsw.Connection(str(place), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        # First of all, since any statement may meet a lock.
        connection.set_busy_timeout(READ_WAIT_MS)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_unsound(aside: Aside, place: Path, tables: Tables, *, create: bool = False) -> None:
    """Let the engine apply the log to the copy, and judge what comes of it.

    Args:
        aside: The copies.
        place: Where the originals lie.
        tables: What is known of the tables in them.
        create: Whether nothing at all may come of a journal, as where a program was killed while it made the file; a
            log has acts in it.

    Raises:
        ForeignLog: That is no sound office of ours.
        NotOurDatabase: It is another program's.
        DatabaseFull: There is no room to look.
    """
    create = create and standing(aside.copy).log.startswith("-journal")
    try:
        with open_file(aside.copy, tables, create=create, copies=False, settles=False) as database:
            problem = _problem(database) or tables.problem(database)
    except SchemaTooNew:
        # Its program knows it, and has its say when it is opened.
        return
    except NotOurDatabase as error:
        raise NotOurDatabase(path=str(place)) from error
    except DatabaseFull as error:
        raise DatabaseFull(path=str(place)) from error
    except Exception as error:
        if not isinstance(error, DbError) and not tables.is_unreadable(error):
            raise
        problem = str(error)
    if problem:
        raise ForeignLog(path=str(place), detail=problem)


def _problem(database: Database) -> str:
    """What the engine finds wrong with a file; empty where nothing is."""
    found = faults(database.rows, 1)
    if found:
        return found[0]
    lost = dangling(database.rows)
    return f"foreign key of {lost[0]}" if lost else ""

"""Putting a sound copy of a backup in the place of a database, alone with the file and keeping what it replaces.

The file itself stays and only its pages are replaced, in one transaction of the engine: whoever opens it meanwhile
waits and then sees the restored office, and a crash leaves either the old or the new one. What the log has to tell of
it is added in `db/restoration.py`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from db.errors import (
    BackupUnsound,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseInUse,
    ForeignLog,
    NetworkFileSystem,
    NotOurDatabase,
)
from db.file import backup
from db.file.aside import contents, copy_bytes
from db.file.belonging import settle
from db.file.connection import APPLICATION_ID, SCHEMA_VERSION, Tables, translated
from db.file.filesystems import network_kind
from db.file.gate import Gate
from db.file.opening import make_file, real_place, refuse_unsound
from db.file.soundness import dangling, faults
from db.file.standing import LOGS
from db.file.systems import flush

_WAIT_SECONDS = 2.0
_SIDES = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\0"
APART = ".terpisah"
"""Ends the name of a log that is kept beside a file to which it does not belong."""


class Replacement:
    """A sound copy of a backup, beside the place where it may go."""

    def __init__(self, source: Path, place: Path, tables: Tables) -> None:
        """
        Args:
            source: The backup.
            place: The database.
            tables: What is known of the tables in both.

        Raises:
            BackupUnsound: The backup is missing or not sound; nothing was changed.
            BackupFailed: There is no room beside the database to prepare it.
            NetworkFileSystem: The database would lie on one.
            DanglingLink: The database is a link that leads to nothing.
            NotOurDatabase: What lies there has never been ours, so it is not replaced.
        """
        self.place, self._tables = real_place(place), tables
        self.prepared = self.place.with_name(f"{self.place.name}{backup.PREPARED}-{os.getpid()}")
        kind = network_kind(self.place)
        if kind is not None:
            raise NetworkFileSystem(path=str(self.place), kind=kind)
        _refuse_another_programs(self.place, tables.mark)
        try:
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise backup.failed(self.place, error) from error
        try:
            _prepare(source, self.prepared, tables)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Take the prepared copy away."""
        for suffix in ("", *_SIDES, "-gate"):
            with suppress(OSError):
                Path(f"{self.prepared}{suffix}").unlink(missing_ok=True)

    def make_one_file(self) -> None:
        """Fold the log of the closed copy back for good, so that the file alone holds everything."""
        with translated(self.prepared), closing(_for_writing(self.prepared)) as single:
            single.execute("PRAGMA journal_mode=DELETE").fetchall()

    def carry_out(self, keeps_at: Callable[[], Path]) -> Path | None:
        """Replace the database.

        Args:
            keeps_at: Gives the place, not taken yet, where what is replaced is kept.

        Returns:
            That place; None where there was nothing.

        Raises:
            DatabaseInUse: Others have the database open.
            BackupFailed: What is there could not be kept, so it was not replaced either.
        """
        with _queue(self.place) as gate:
            try:
                _settle(self.place, gate, self._tables, is_held=True)
                return self._replace_pages(keeps_at)
            except ForeignLog:
                return self._replace_bytes(keeps_at(), apart=True)
            except (NotOurDatabase, DatabaseDamaged):
                # Not even the engine can take hold of what is there.
                return self._replace_bytes(keeps_at())

    def _replace_pages(self, keeps_at: Callable[[], Path]) -> Path | None:
        """Through the engine: alone with the file, all pages at once."""
        existed = self.place.exists() and self.place.stat().st_size > 0
        if not existed:
            make_file(self.place)
        with translated(self.place), closing(_for_writing(self.place)) as target:
            _hold_alone(target, self.place)
            kept = keeps_at() if existed else None
            if kept is not None:
                _copy_pages(target, kept)
            prepared = apsw.Connection(str(self.prepared), flags=apsw.SQLITE_OPEN_READONLY)
            with closing(prepared) as source, target.backup("main", source, "main") as pages:
                pages.step(-1)
        return kept

    def _replace_bytes(self, kept: Path, *, apart: bool = False) -> Path:
        """Where the engine must not, or cannot, take hold of it: the bytes are kept, log included, and written over.

        Args:
            kept: Where to.
            apart: Whether the log is not the file's own, so that it is kept under a name that the engine does not know.
        """
        try:
            with _alone(self.place):
                copy_bytes(self.place, kept)
                for suffix in LOGS:
                    with suppress(FileNotFoundError):
                        _copy_file(Path(f"{self.place}{suffix}"), Path(f"{kept}{suffix}{APART if apart else ''}"))
                flush(kept.parent)
                for suffix in _SIDES:
                    Path(f"{self.place}{suffix}").unlink(missing_ok=True)
                with open(self.prepared, "rb") as new, open(self.place, "wb") as old_file:
                    shutil.copyfileobj(new, old_file)
                    old_file.flush()
                    os.fsync(old_file.fileno())
        except OSError as error:
            raise backup.failed(kept, error) from error
        return kept


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Lock others out of a file that the engine does not open as a database. Raises DatabaseInUse."""
    if not place.exists():
        yield
        return
    file = apsw.VFSFile("", str(place), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READWRITE, 0])
    try:
        file.xLock(apsw.SQLITE_LOCK_SHARED)
        file.xLock(apsw.SQLITE_LOCK_EXCLUSIVE)
        yield
    except apsw.BusyError as error:
        raise DatabaseInUse(path=str(place)) from error
    finally:
        with suppress(apsw.Error):
            file.xUnlock(apsw.SQLITE_LOCK_NONE)
        file.xClose()


@contextmanager
def _queue(place: Path) -> Iterator[Gate]:
    """At the head of the writers' queue, so that nobody begins an act meanwhile."""
    try:
        with closing(Gate(place)) as gate, gate.held(_WAIT_SECONDS):
            yield gate
    except DatabaseBusy as error:
        raise DatabaseInUse(path=str(place)) from error


def _settle(place: Path, gate: Gate, tables: Tables, *, is_held: bool = False) -> None:
    settle(place, gate, _WAIT_SECONDS, partial(refuse_unsound, tables=tables), is_held=is_held)


def _for_writing(path: Path) -> apsw.Connection:
    return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)


def _hold_alone(target: apsw.Connection, place: Path) -> None:
    """Lock others out until the connection closes. Leaving WAL is possible only for who is alone with the file."""
    target.set_busy_timeout(int(_WAIT_SECONDS * 1000))
    try:
        target.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        mode = target.execute("PRAGMA journal_mode=DELETE").fetchall()
        target.execute("PRAGMA synchronous=FULL").fetchall()
        target.execute("BEGIN EXCLUSIVE; COMMIT")
    except (apsw.BusyError, apsw.LockedError) as error:
        raise DatabaseInUse(path=str(place)) from error
    if mode != [("delete",)]:
        raise DatabaseInUse(path=str(place))


def _copy_pages(source: apsw.Connection, target: Path) -> None:
    """Keep the file page by page, damage included. Raises BackupFailed."""
    try:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_for_writing(target)) as copied, copied.backup("main", source, "main") as pages:
            pages.step(-1)
        flush(target)
        flush(target.parent)
    except (OSError, apsw.FullError, apsw.ReadOnlyError) as error:
        with suppress(OSError):
            target.unlink()
        raise backup.failed(target, error) from error


def _copy_file(source: Path, target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as new, open(source, "rb") as old:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())


def _refuse_another_programs(place: Path, mark: bytes) -> None:
    """A slip in `--db` must not put an office over another program's document.

    What is damaged says little. It has been ours where its header says so, where our tables are still named in it or in
    its log, or where it is no database at all any more and the gate stands beside it.
    """
    if not place.is_file() or place.stat().st_size == 0:
        return
    try:
        head = next(iter(contents(place)))
        is_ours = any(_holds(Path(f"{place}{suffix}"), mark) for suffix in ("", *LOGS))
    except (apsw.Error, OSError):
        # Whatever keeps it from being read keeps it from being replaced.
        return
    is_database = head.startswith(_MAGIC)
    says_ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    if (is_database and says_ours) or is_ours or (not is_database and Gate(place).exists):
        return
    raise NotOurDatabase(path=str(place), is_kept=True)


def _holds(path: Path, mark: bytes) -> bool:
    before = b""
    for piece in contents(path):
        if mark in before + piece:
            return True
        before = piece[-len(mark) :]
    return False


# ---------------------------------------------------------------------- verifying
def _prepare(source: Path, prepared: Path, tables: Tables) -> None:
    """A sound copy of the backup. Raises BackupUnsound, BackupFailed."""
    try:
        os.close(os.open(prepared, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise backup.failed(prepared, error) from error
    opened = _opened(source, tables)
    try:
        _refuse_unsound(opened, source)
        opened.execute("VACUUM INTO ?", (str(prepared),))
    except (apsw.FullError, apsw.ReadOnlyError) as error:
        raise backup.failed(prepared, error, opened.system_errno) from error
    except apsw.NotADBError as error:
        raise unsound(source, "foreign", str(error)) from error
    except (apsw.Error, UnicodeDecodeError) as error:
        raise unsound(source, "damaged", str(error)) from error
    finally:
        opened.close()


def _opened(source: Path, tables: Tables) -> apsw.Connection:
    """The backup, read only. One on a medium that cannot be written has no place for the engine's side files."""
    if not os.path.isfile(source):
        raise unsound(source, "missing", "")
    _refuse_foreign_log(source, tables)
    try:
        opened = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            opened.set_busy_timeout(int(_WAIT_SECONDS * 1000))
            opened.execute("PRAGMA schema_version").fetchall()
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            opened.close()
            if Path(f"{source}-wal").exists():
                raise
            address = f"{source.absolute().as_uri()}?immutable=1"
            opened = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    except apsw.NotADBError as error:
        raise unsound(source, "foreign", str(error)) from error
    except apsw.Error as error:
        why = "damaged" if isinstance(error, apsw.CorruptError) or _is_torn(source) else "unreadable"
        raise unsound(source, why, str(error)) from error
    return opened


def _refuse_foreign_log(source: Path, tables: Tables) -> None:
    """A backup that somebody worked in has a log of its own beside it, or that of what lay there before."""
    try:
        with closing(Gate(source)) as gate:
            _settle(source, gate, tables)
    except ForeignLog as error:
        raise unsound(source, "log", str(error)) from error
    except NotOurDatabase as error:
        raise unsound(source, "foreign", str(error)) from error


def _is_torn(source: Path) -> bool:
    """Whether the end of the file is missing: its header tells how many pages it had."""
    with open(source, "rb") as file:
        header = file.read(32)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return len(header) == 32 and source.stat().st_size < page_size * pages


def _refuse_unsound(opened: apsw.Connection, source: Path) -> None:
    """Ours, not newer than this program, whole, and without rows that point nowhere."""
    application, version = (
        opened.execute(f"PRAGMA {name}").fetchall()[0][0] for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        raise unsound(source, "foreign", f"{application:#x}" if isinstance(application, int) else "")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise unsound(source, "newer", str(version))

    def ask(sql: str) -> list[Any]:
        return opened.execute(sql).fetchall()

    found = faults(ask, 5)
    if found:
        raise unsound(source, "damaged", "; ".join(found))
    lost = dangling(ask)
    if lost:
        raise unsound(source, "dangling", lost[0])


def unsound(source: Path, why: str, detail: str) -> BackupUnsound:
    """A backup that cannot be restored from."""
    return BackupUnsound(path=str(source), why=why, detail=detail)

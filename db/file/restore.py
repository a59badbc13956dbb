"""Putting a backup in the place of the database: verified first, alone with the file, keeping what it replaces.

The file itself stays and only its pages are replaced, in one transaction of the engine: whoever opens it meanwhile
waits and then sees the restored office, and a crash leaves either the old or the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from db import audit, opening, queries, statements
from db.errors import (
    BackupUnsound,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseInUse,
    DbError,
    ForeignLog,
    NetworkFileSystem,
    NotOurDatabase,
)
from db.file import backup, backup_plan
from db.file.aside import contents, copy_bytes
from db.file.connection import APPLICATION_ID, SCHEMA_VERSION, Database, translated
from db.file.filesystems import network_kind
from db.file.gate import Gate
from db.file.opening import make_file, real_place
from db.file.soundness import dangling, faults
from db.file.standing import LOGS
from db.file.systems import flush
from db.log_chain import FIRST_PREVIOUS
from db.rows import Head, LoggedEvent
from db.store import Store
from sop.model.act import Act
from sop.model.events import Event

MOST_LISTED = 1000
"""Lost acts that are told one by one; all are counted."""
_WAIT_SECONDS = 2.0
_SIDES = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\0"
_OUR_TABLE = b'CREATE TABLE "sop_versions"'
APART = ".terpisah"
"""Ends the name of a log that is kept beside a file to which it does not belong."""


class Divergence(NamedTuple):
    """The backup beside the database that it would replace."""

    backup: Head
    recorded: int | None
    """When the backup's newest event was recorded; None for an empty log."""
    current: Head | None
    """None where the database is missing or cannot be read."""
    common: int
    """Up to this sequence number both logs are the same."""
    lost: tuple[LoggedEvent, ...]
    """Acts that only the database holds, the newest first, at most `MOST_LISTED`."""
    lost_count: int | None
    """None where the database cannot be read."""
    gained_count: int
    """Acts that only the backup holds: 0 for a backup of this database."""


class Restored(NamedTuple):
    """What became of it."""

    sequence: int
    hash: str
    """Of the event that records it, the newest of the restored log."""
    kept: Path | None
    """What was replaced; None where there was nothing."""


class Restoration:
    """A backup that has been found sound, beside the place where it may go. Use as a context manager."""

    def __init__(self, source: Path, place: Path, now: int) -> None:
        """
        Args:
            source: The backup.
            place: The database.
            now: Reading of the clock.

        Raises:
            BackupUnsound: The backup is missing or not sound; nothing was changed.
            BackupFailed: There is no room beside the database to prepare it.
            NetworkFileSystem: The database would lie on one.
            DanglingLink: The database is a link that leads to nothing.
            NotOurDatabase: What lies there has never been ours, so it is not replaced.
        """
        self.source, self.place, self._now = source, real_place(place), now
        self._zone = ""
        self.prepared = self.place.with_name(f"{self.place.name}{backup.PREPARED}-{os.getpid()}")
        kind = network_kind(self.place)
        if kind is not None:
            raise NetworkFileSystem(path=str(self.place), kind=kind)
        _refuse_another_programs(self.place)
        try:
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise backup.failed(self.place, error) from error
        try:
            _prepare(source, self.prepared)
            self.difference = _compare(self.prepared, self.place)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Restoration:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the prepared copy away."""
        _take_away(self.prepared)

    def carry_out(self, by: str, host: str | None = None) -> Restored:
        """Replace the database.

        Args:
            by: Code of who asks.
            host: Name of the machine, for the log.

        Raises:
            DatabaseInUse: Others have the database open.
            BackupFailed: What is there could not be kept, so it was not replaced either.
            DbError: As `Database.write`.
        """
        event, digest = self._record(by, host)
        with _queue(self.place) as gate:
            try:
                opening.settle_log(self.place, gate, _WAIT_SECONDS, is_held=True)
                kept = self._replace_pages()
            except ForeignLog:
                kept = self._replace_bytes(apart=True)
            except (NotOurDatabase, DatabaseDamaged):
                # Not even the engine can take hold of what is there.
                kept = self._replace_bytes()
        return Restored(event.sequence, digest, kept)

    def _record(self, by: str, host: str | None) -> tuple[Event, str]:
        """Add to the prepared copy, before it is seen, what log it replaces."""
        found = self.difference
        data: dict[str, Any] = {
            "backup": {"sequence": found.backup.sequence, "hash": found.backup.hash},
            "replaced": None
            if found.current is None
            else {"sequence": found.current.sequence, "hash": found.current.hash},
            "lost": found.lost_count,
        }
        with opening.open(self.prepared, copies=False) as database, database.write():
            offices = database.rows(statements.OFFICE_CODES)
            self._zone = queries.zone(database)
            store = Store(database, lambda: self._now, host)
            head = queries.head(database)
            event = Event(head.sequence + 1, Act.PULIHKAN, self._now, self._now, by, data=data)
            # Of one office it stands in that office's log; several share it.
            digest = store.record(event, head, offices[0][0] if len(offices) == 1 else None, None)
        # The copy is one file again.
        _rollback_journal(self.prepared)
        return event, digest

    # ------------------------------------------------------------------ replacing
    def _kept_path(self) -> Path:
        folder = backup_plan.make_folder(self.place)
        moment = backup_plan.local(self._now, self._zone)
        stem = f"{self.place.stem}-sebelum-pulih-{moment:%Y-%m-%d-%H%M%S}"
        candidate, number = folder / f"{stem}{self.place.suffix}", 1
        while os.path.lexists(candidate):
            number += 1
            candidate = folder / f"{stem}-{number}{self.place.suffix}"
        return candidate

    def _replace_pages(self) -> Path | None:
        """Through the engine: alone with the file, all pages at once."""
        existed = self.place.exists() and self.place.stat().st_size > 0
        if not existed:
            make_file(self.place)
        with translated(self.place):
            target = apsw.Connection(str(self.place), flags=apsw.SQLITE_OPEN_READWRITE)
            try:
                _hold_alone(target, self.place)
                kept = self._kept_path() if existed else None
                if kept is not None:
                    _copy_pages(target, kept)
                source = apsw.Connection(str(self.prepared), flags=apsw.SQLITE_OPEN_READONLY)
                try:
                    with target.backup("main", source, "main") as pages:
                        pages.step(-1)
                finally:
                    source.close()
            finally:
                target.close()
        return kept

    def _replace_bytes(self, *, apart: bool = False) -> Path | None:
        """Where the engine must not, or cannot, take hold of it: the bytes are kept, log included, and written over.

        Args:
            apart: Whether the log is not the file's own, so that it is kept under a name that the engine does not know.
        """
        kept = self._kept_path()
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
    gate = Gate(place)
    try:
        with gate.held(_WAIT_SECONDS):
            yield gate
    except DatabaseBusy as error:
        raise DatabaseInUse(path=str(place)) from error
    finally:
        gate.close()


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
        copied = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            with copied.backup("main", source, "main") as pages:
                pages.step(-1)
        finally:
            copied.close()
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


def _refuse_another_programs(place: Path) -> None:
    """A slip in `--db` must not put an office over another program's document.

    What is damaged says little. It has been ours where its header says so, where our tables are still named in it or in
    its log, or where it is no database at all any more and the gate stands beside it.
    """
    if not place.is_file() or place.stat().st_size == 0:
        return
    try:
        head = next(iter(contents(place)))
        is_ours = any(_names_our_tables(Path(f"{place}{suffix}")) for suffix in ("", *LOGS))
    except (apsw.Error, OSError):
        # Whatever keeps it from being read keeps it from being replaced.
        return
    is_database = head.startswith(_MAGIC)
    says_ours = int.from_bytes(head[68:72], "big") == APPLICATION_ID
    if (is_database and says_ours) or is_ours or (not is_database and Gate(place).exists):
        return
    raise NotOurDatabase(path=str(place), is_kept=True)


def _names_our_tables(path: Path) -> bool:
    before = b""
    for piece in contents(path):
        if _OUR_TABLE in before + piece:
            return True
        before = piece[-len(_OUR_TABLE) :]
    return False


# ---------------------------------------------------------------------- verifying
def _prepare(source: Path, prepared: Path) -> None:
    """A sound copy of the backup. Raises BackupUnsound, BackupFailed."""
    try:
        os.close(os.open(prepared, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise backup.failed(prepared, error) from error
    opened = _opened(source)
    try:
        _refuse_unsound(opened, source)
        opened.execute("VACUUM INTO ?", (str(prepared),))
    except (apsw.FullError, apsw.ReadOnlyError) as error:
        raise backup.failed(prepared, error, opened.system_errno) from error
    except apsw.NotADBError as error:
        raise _unsound(source, "foreign", str(error)) from error
    except (apsw.Error, UnicodeDecodeError) as error:
        raise _unsound(source, "damaged", str(error)) from error
    finally:
        opened.close()
    _refuse_broken_log(prepared, source)


def _opened(source: Path) -> apsw.Connection:
    """The backup, read only. One on a medium that cannot be written has no place for the engine's side files."""
    if not os.path.isfile(source):
        raise _unsound(source, "missing", "")
    _refuse_foreign_log(source)
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
        raise _unsound(source, "foreign", str(error)) from error
    except apsw.Error as error:
        why = "damaged" if isinstance(error, apsw.CorruptError) or _is_torn(source) else "unreadable"
        raise _unsound(source, why, str(error)) from error
    return opened


def _refuse_foreign_log(source: Path) -> None:
    """A backup that somebody worked in has a log of its own beside it, or that of what lay there before."""
    gate = Gate(source)
    try:
        opening.settle_log(source, gate, _WAIT_SECONDS)
    except ForeignLog as error:
        raise _unsound(source, "log", str(error)) from error
    except NotOurDatabase as error:
        raise _unsound(source, "foreign", str(error)) from error
    finally:
        gate.close()


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
        raise _unsound(source, "foreign", f"{application:#x}" if isinstance(application, int) else "")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise _unsound(source, "newer", str(version))

    def ask(sql: str) -> list[Any]:
        return opened.execute(sql).fetchall()

    found = faults(ask, 5)
    if found:
        raise _unsound(source, "damaged", "; ".join(found))
    lost = dangling(ask)
    if lost:
        raise _unsound(source, "dangling", lost[0])


def _refuse_broken_log(prepared: Path, source: Path) -> None:
    """The chain is whole, after what an older schema needs was done to the copy."""
    try:
        with opening.open(prepared, copies=False) as database:
            report = audit.verify_chain(database)
    except (DatabaseDamaged, NotOurDatabase) as error:
        raise _unsound(source, "damaged", str(error)) from error
    if report.problem is not None:
        raise _unsound(source, "chain", f"{report.problem} {report.broken_at}")


def _unsound(source: Path, why: str, detail: str) -> BackupUnsound:
    return BackupUnsound(path=str(source), why=why, detail=detail)


# ---------------------------------------------------------------------- comparing
def _compare(prepared: Path, place: Path) -> Divergence:
    with opening.open(prepared, copies=False) as restored:
        head = queries.head(restored)
        recorded = restored.value(statements.RECORDED_OF_EVENT, (head.sequence,))
        alone = Divergence(head, recorded, None, 0, (), None, head.sequence)
        try:
            with opening.open(place) as current, current.read():
                newest = queries.head(current)
                common = _common(restored, current, min(head.sequence, newest.sequence))
                count = newest.sequence - common
                lost = queries.log(current, limit=min(count, MOST_LISTED)) if count else ()
        except (DbError, apsw.Error, *audit.UNREADABLE):
            # Missing or damaged: that is what restoring is for.
            return alone
        return Divergence(head, recorded, newest, common, lost, count, head.sequence - common)


def _common(one: Database, other: Database, most: int) -> int:
    """The newest sequence number at which both logs have the same hash: where two chains part, they stay apart."""

    def same(sequence: int) -> bool:
        hashes = [log.value(statements.HASH_OF_EVENT, (sequence,)) for log in (one, other)]
        return bool(hashes[0] == hashes[1] != FIRST_PREVIOUS)

    if most == 0 or same(most):
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return low


# ---------------------------------------------------------------------- files
def _rollback_journal(path: Path) -> None:
    """Fold the log of a closed file back for good, so that the file alone holds everything."""
    with translated(path):
        single = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            single.execute("PRAGMA journal_mode=DELETE").fetchall()
        finally:
            single.close()


def _take_away(path: Path) -> None:
    for suffix in ("", *_SIDES, "-gate"):
        with suppress(OSError):
            Path(f"{path}{suffix}").unlink(missing_ok=True)

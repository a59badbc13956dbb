"""One open database file: its transactions, and what the engine's complaints mean. How it is opened is `opening.py`.

What is asked of the tables is in `statements.py`, which Peewee wrote from the queries of `sql/`; here they are run.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import apsw

from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseReplaced,
    DatabaseUnreachable,
    DbError,
    NotOurDatabase,
    SchemaTooNew,
    SchemaTooOld,
)
from db.file.gate import Gate
from db.file.standing import Fingerprint, identity, standing
from db.file.systems import NO_SPACE
from sop.loading import load
from sop.values import Frozen

if TYPE_CHECKING:
    from db.file.aside import Aside
    from db.rows import Head

APPLICATION_ID = 0x53414B50
"""`SAKP`, in the header of every file of ours."""
SCHEMA_VERSION = 9
"""Version that this program reads and writes; `migrations/` brings older files up to it."""
WAIT_SECONDS = 10.0
"""How long a write waits for its turn unless told otherwise."""
IDLE_SECONDS = 5.0
"""How long nobody has written when an open program folds the log back."""
READ_WAIT_MS = 5000
"""How long a reading waits for a lock, in milliseconds."""
_WAL_TRIES = 100
_WAL_PAUSE = 0.02
LATER = {"aside": "db.file.aside:Aside"}
"""Needed when another program wrote the file."""
_PRAGMAS = ("synchronous=FULL", "trusted_schema=0", "cache_size=-8000", "journal_size_limit=67108864")

_BESIDE = ("-wal", "-shm")
"""Ends of the names of the files that the engine has open beside the database."""

Row = tuple[Any, ...]
Reader = Callable[[str, Sequence[Any]], list[Row]]
"""(SQL, values) -> rows: how a file is asked, open as a `Database` or not."""


class Tables(Frozen):
    """What whoever opens a file knows of the tables in it."""

    bring_up_to_date: Callable[[Database, bool], None]
    """Makes the tables of today in an empty or older file; with True an older one is copied first."""
    problem: Callable[[Database], str]
    """What is wrong with what the tables hold; empty where nothing is."""
    is_unreadable: Callable[[Exception], bool]
    """Whether that is what reading gives where bytes have changed."""
    rescue: Callable[[Database], Path | None]
    """Keeps a copy of what is open and no longer lies at its place; None where there can be none."""
    head: Callable[[Reader], Head]
    """The newest event that a file holds."""
    hash_of: Callable[[Reader, int], str | None]
    """Hash of the event with that sequence number; None where there is none."""
    mark: bytes
    """Stands among the bytes of a file with these tables, and of no other."""


class Database:
    """One open file. Used from one thread at a time."""

    def __init__(
        self,
        path: Path,
        connection: apsw.Connection,
        wait_seconds: float,
        gate: Gate,
        tables: Tables,
        reads_only: DbError | None = None,
        aside: Aside | None = None,
    ) -> None:
        self.path = path
        self.wait_seconds = wait_seconds
        self.reads_only = reads_only
        """Why nothing can be written, so that this is the file as it was when it was opened; None as a rule."""
        self._aside = aside
        self.tables = tables
        self._connection = connection
        self._gate = gate
        self._waits_ms = READ_WAIT_MS
        self._files = {"": identity(path)}
        """Which files are open: the database and, from the first reading on, those that the engine has beside it."""
        self._stood: Fingerprint | None = None
        self._foreign: Fingerprint | None = None
        """How it stood when other bytes were found in it: that is looked into once, page by page, not every second."""
        self._log_written, self._log_rests_since, self._is_folded = 0, 0.0, False
        self._is_rescued = False
        self._kept: str | None = None
        self.commits = 0
        """Write transactions that were kept since it was opened."""
        self._told_when_kept: list[Callable[[], None]] = []
        self._is_writing, self._has_failed = False, False
        """Whether a write transaction is open, and whether a part of it failed."""

    # ------------------------------------------------------------------ opening and closing
    def prepare(self, *, create: bool = False, copies: bool = True) -> None:
        """Check that the file is ours, set the connection up, migrate what is older. Errors as in `opening.py`."""
        with self.read():
            if self.value("PRAGMA application_id") != APPLICATION_ID and not (create and self._is_empty()):
                raise NotOurDatabase(path=str(self.path))
        with self._translated():
            version = self.schema_version()
            if version > SCHEMA_VERSION:
                raise SchemaTooNew(path=str(self.path), found=version, known=SCHEMA_VERSION)
            if self._journal_mode() != "wal":
                raise DatabaseUnreachable(path=str(self.path), detail="journal_mode")
            for pragma in _PRAGMAS:
                self.rows(f"PRAGMA {pragma}")
            self._enforce_foreign_keys()
        # Whoever reads keeps these from being taken away by whoever closes the database last.
        self._files |= {suffix: identity(f"{self.path}{suffix}") for suffix in _BESIDE}
        self._stood = standing(self.path)
        if version < SCHEMA_VERSION:
            self.tables.bring_up_to_date(self, copies)

    def prepare_reading(self) -> None:
        """The same where nothing can be written: an older file cannot be brought up to date either."""
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise NotOurDatabase(path=str(self.path))
        self.require_schema()
        self._connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        for pragma in _PRAGMAS:
            self.rows(f"PRAGMA {pragma}")
        self._stood = standing(self.path)

    def _journal_mode(self) -> str:
        """The journal mode once WAL is set.

        That writes the file, with a journal beside it, so it is done at the head of the queue: whoever looks in between
        would take the journal for one that a program left behind.

        SQLite gives up at once, without its busy handler, where a program without our queue makes the same file at that
        moment; then a moment later decides.
        """
        with suppress(DatabaseBusy):
            if self.value("PRAGMA journal_mode") == "wal":
                return "wal"
        with self._gate.held(self.wait_seconds):
            for _ in range(_WAL_TRIES):
                try:
                    if self.value("PRAGMA journal_mode=WAL") == "wal":
                        return "wal"
                except DatabaseBusy:
                    sleep(_WAL_PAUSE)
            return str(self.value("PRAGMA journal_mode=WAL"))

    def _is_empty(self) -> bool:
        return (self.value("PRAGMA application_id"), self.value("SELECT count(*) FROM sqlite_master")) == (0, 0)

    def _enforce_foreign_keys(self) -> None:
        """The pragma is silently ignored where it cannot be set, so it is read back."""
        self.rows("PRAGMA foreign_keys=1")
        if self.value("PRAGMA foreign_keys") != 1:
            raise DatabaseUnreachable(path=str(self.path), detail="foreign_keys")

    def close(self) -> None:
        """Close the file; doing it again is harmless.

        Whoever closes it last has the engine fold its log back and delete it. Not where another file was put there
        meanwhile: then the log stays for whoever looks into it.
        """
        if self._stood is not None and (self._changed_file() is not None or not self._is_as_known()):
            self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        self._stood = None
        self._connection.close()
        self._gate.close()
        if self._aside is not None:
            self._aside.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ asking
    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Run one statement and fetch all it gives. A half-read cursor would keep a read transaction open.

        Raises:
            DbError: What the engine's complaint means, as for every question here; a mistake of ours as the engine
                tells it.
        """
        try:
            return self._connection.execute(sql, values).fetchall()
        except apsw.Error as error:
            raise self._meant(error) from error
        except UnicodeDecodeError as error:
            # The engine keeps what it is given and hands back what it finds.
            raise DatabaseDamaged(path=str(self.path), detail=str(error)) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row; None where there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row; None where there is none."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        try:
            self._connection.executemany(sql, rows)
        except apsw.Error as error:
            raise self._meant(error) from error

    def _meant(self, error: apsw.Error) -> Exception:
        """What an engine error means; itself where it is a mistake of ours.

        A table or column that is not there is no mistake in a file that was migrated a moment ago.
        """
        if isinstance(error, apsw.SQLError):
            try:
                self.require_schema()
            except DbError as meaning:
                return meaning
        return meaning_of(error, self.path, self._waits_ms / 1000, self._connection.system_errno) or error

    @property
    def system_errno(self) -> int:
        """The system's number behind the engine's last error; 0 where there is none."""
        return self._connection.system_errno

    def data_version(self) -> int:
        """Changes whenever another connection has committed. Compare it only with itself."""
        with self._translated():
            return int(self.value("PRAGMA data_version"))

    def engine_time(self) -> int:
        """UTC epoch seconds as the engine reads them: a file is opened in many places, and asks no clock of theirs."""
        return int(self.value("SELECT unixepoch()"))

    def learn_plans(self) -> None:
        """Let the engine look how the tables are filled, so that it finds the better index."""
        self.rows("PRAGMA optimize")

    def schema_version(self) -> int:
        """The schema version of the file."""
        return int(self.value("PRAGMA user_version"))

    def mark(self, *, schema_version: int, application_id: int | None = None) -> None:
        """Write into the header which version the tables are, and whose file it is. In a write transaction."""
        if application_id is not None:
            self.rows(f"PRAGMA application_id={application_id}")
        self.rows(f"PRAGMA user_version={schema_version}")

    def schema(self) -> list[tuple[str, str]]:
        """(name, statement) of each table, index and trigger that the file was given."""
        return self.rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")

    # ------------------------------------------------------------------ transactions
    @contextmanager
    def read(self) -> Iterator[None]:
        """One consistent view for several questions. Keep it short: an open one makes the log file grow."""
        with self._translated():
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()

    @contextmanager
    def write(self, *, check_schema: bool = True) -> Iterator[None]:
        """One write transaction: all of it or, after any exception, nothing.

        Within another one it is a part of that: nothing is kept before that ends, and nothing where a part failed.

        Args:
            check_schema: Whether to refuse a file of another schema version, as every write but a migration does.

        Raises:
            DatabaseBusy: Others wrote for all of `wait_seconds`.
            SchemaTooNew, SchemaTooOld: The file was migrated or restored since it was opened.
            DatabaseFull, DatabaseReadOnly, DatabaseUnreachable: Why it is open for reading only.
        """
        if self.reads_only is not None:
            raise type(self.reads_only)(**self.reads_only.facts)
        if self._is_writing:
            with self._part():
                yield
            return
        began = monotonic()
        with self._translated(began), self._gate.held(self.wait_seconds) as seconds_left:
            self._refuse_other_file(is_held=True)
            self._wait_at_most(seconds_left)
            self._connection.execute("BEGIN IMMEDIATE")
            self._told_when_kept.clear()
            self._is_writing, self._has_failed = True, False
            try:
                if check_schema:
                    self.require_schema()
                yield
                if self._has_failed:
                    raise RuntimeError("a part of this transaction failed, so none of it can be kept")
                self._connection.execute("COMMIT")
                self.commits += 1
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._is_writing = False
            for tell in self._told_when_kept:
                tell()
            self._let_the_gate_know()

    @contextmanager
    def _part(self) -> Iterator[None]:
        """Within a write transaction: whatever fails here spoils all of it, whoever catches the error."""
        try:
            yield
        except BaseException:
            self._has_failed = True
            raise

    def when_kept(self, tell: Callable[[], None]) -> None:
        """Call this once the write transaction that is open has been kept; never where it is rolled back."""
        self._told_when_kept.append(tell)

    def _roll_back(self) -> None:
        """End a transaction that is still open; a full disk has ended it already."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _wait_at_most(self, seconds: float) -> None:
        """The engine's own wait: for a reader that recovers the log, a backup, a program without our queue."""
        milliseconds = max(1, int(seconds * 1000))
        if milliseconds != self._waits_ms:
            self._connection.set_busy_timeout(milliseconds)
            self._waits_ms = milliseconds

    # ------------------------------------------------------------------ the log
    def rest(self) -> None:
        """Fold the log back once nobody has written for some seconds; for whoever keeps the file open, every second.

        A plain copy of the file is then nearly always current. What stands in the way is met at the next call.
        """
        if self.reads_only is not None:
            return
        try:
            written = os.stat(f"{self.path}-wal").st_mtime_ns
        except OSError:
            return
        if written != self._log_written:
            self._log_written, self._log_rests_since, self._is_folded = written, monotonic(), False
        elif not self._is_folded and monotonic() - self._log_rests_since >= IDLE_SECONDS:
            with suppress(DbError):
                self._is_folded = self.fold()

    def fold(self) -> bool:
        """Fold the log back into the file as far as nobody is in the way; returns whether all of it is.

        Nobody waits, and nobody's `data_version` moves: the log stays as it is, so that no screen reads anew.

        Raises:
            DatabaseBusy: Somebody writes.
            DatabaseReplaced, DatabaseFull: Nothing was folded, or not all.
        """
        with self._translated(), self._gate.held(0):
            self._refuse_other_file(is_held=True)
            (found,) = self.rows("PRAGMA wal_checkpoint(PASSIVE)")
            self._let_the_gate_know()
        is_busy, pages, folded = found
        return not is_busy and pages == folded

    # ------------------------------------------------------------------ the file under the connection
    def look(self, *, check_schema: bool = True) -> None:
        """Refuse to go on where the file, or one of the engine's beside it, is no longer what was opened.

        Whoever keeps a file open asks before each answer: the engine goes on reading the old one, or a mixture.

        Args:
            check_schema: Whether to refuse another schema version as well.

        Raises:
            DatabaseReplaced: Another file was put in its place, or over it.
            SchemaTooNew, SchemaTooOld: It was migrated or restored since it was opened.
        """
        if self.reads_only is not None:
            if standing(self.path) != self._stood:
                raise DatabaseReplaced(path=str(self.path))
            return
        with self._translated():
            self._refuse_other_file()
            if check_schema:
                self.require_schema()

    def _refuse_other_file(self, *, is_held: bool = False) -> None:
        changed = self._changed_file()
        if changed is not None:
            if changed == "-wal":
                self._rescue_log(is_held=is_held)
            raise DatabaseReplaced(path=f"{self.path}{changed}", kept=self._rescued() if changed == "" else None)
        if self._is_as_known():
            return
        # The same file with other bytes, and no writer has let the gate know of them yet.
        with suppress(DatabaseBusy), nullcontext() if is_held else self._gate.held(0):
            if self._is_as_known():
                return
            found = standing(self.path)
            if found == self._foreign or not self._sees_what_lies_there():
                self._foreign = found
                raise DatabaseReplaced(path=str(self.path))
            self._gate.learn(found)
            self._stood = found

    def _changed_file(self) -> str | None:
        """The end of the name of the first file that is no longer the one that is open; None where all are."""
        for suffix, opened in self._files.items():
            found = identity(f"{self.path}{suffix}")
            if opened is None:
                # The engine makes its files when they are first needed.
                self._files[suffix] = found
            elif found != opened:
                return suffix
        return None

    def _rescued(self) -> str | None:
        """Where a copy is kept of what is open here: another file took its name, so it is gone with this program."""
        if not self._is_rescued and self.path.exists():
            self._is_rescued, kept = True, self.tables.rescue(self)
            self._kept = None if kept is None else str(kept)
        return self._kept

    def _rescue_log(self, *, is_held: bool) -> None:
        """Fold back a log that was deleted while it is open here, before its acts are gone with this program."""
        with suppress(DbError), nullcontext() if is_held else self._gate.held(0):
            if self._is_as_known() and not os.path.lexists(f"{self.path}-wal"):
                self.rows("PRAGMA wal_checkpoint(PASSIVE)")
                self._let_the_gate_know()

    def _is_as_known(self) -> bool:
        """Whether the file was written by nobody but writers who let the gate know."""
        stood = self._stood
        try:
            found = os.stat(self.path)
        except OSError:
            return False
        if stood is not None and (stood.size, stood.written) == (found.st_size, found.st_mtime_ns):
            return True
        known = self._gate.known()
        if known is None or (known.size, known.written) != (found.st_size, found.st_mtime_ns):
            return False
        self._stood = known
        return True

    def _sees_what_lies_there(self) -> bool:
        """Whether the engine's view of the file is what another program would find, page by page: as after one that
        knows no gate has folded the log back."""
        aside: Aside
        with load(LATER["aside"])(self.path) as aside:
            return aside.fits and aside.pages() == self._connection.serialize("main")

    def _let_the_gate_know(self) -> None:
        """After a commit: it may have begun the log anew, or folded it back into the file."""
        found = standing(self.path)
        if found != self._stood:
            self._gate.learn(found)
            self._stood = found

    def require_schema(self) -> None:
        """Refuse a file of another schema version. Raises SchemaTooNew, SchemaTooOld."""
        version = self.schema_version()
        if version > SCHEMA_VERSION:
            raise SchemaTooNew(path=str(self.path), found=version, known=SCHEMA_VERSION)
        if version < SCHEMA_VERSION:
            raise SchemaTooOld(path=str(self.path), found=version, known=SCHEMA_VERSION)

    @contextmanager
    def _translated(self, began: float | None = None) -> Iterator[None]:
        with translated(self.path, began, self._connection):
            yield


@contextmanager
def translated(path: Path, began: float | None = None, connection: apsw.Connection | None = None) -> Iterator[None]:
    """While the engine works on a file: its complaints as what they mean to a person.

    Args:
        path: The file.
        began: When the work began, by the monotonic clock.
        connection: Knows the system's number behind the engine's last error.
    """
    try:
        yield
    except DbError:
        raise
    except Exception as error:
        waited = 0.0 if began is None else monotonic() - began
        meaning = meaning_of(error, path, waited, connection.system_errno if connection is not None else 0)
        if meaning is None:
            raise
        raise meaning from error


def meaning_of(error: BaseException, path: Path, waited_seconds: float = 0.0, system_errno: int = 0) -> DbError | None:
    """What an engine error says to a person; None when it is none, or a mistake of ours.

    What follows a full disk may report only that there is nothing to roll back: the true cause stands further down
    the chain, so the whole chain is looked at, the deepest first.

    Args:
        error: What was raised.
        path: The database file.
        waited_seconds: How long the failed write had been under way.
        system_errno: The system's number behind the engine's last error.
    """
    if not isinstance(error, apsw.Error):
        return None
    for cause in reversed(list(_chain(error))):
        if isinstance(cause, apsw.Error):
            meaning = _meaning(cause, str(path), waited_seconds, system_errno)
            if meaning is not None:
                return meaning
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _meaning(error: apsw.Error, path: str, waited_seconds: float, system_errno: int) -> DbError | None:
    detail = str(error)
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return DatabaseBusy(path=path, waited_seconds=round(waited_seconds, 1))
    if isinstance(error, apsw.FullError):
        return DatabaseFull(path=path)
    if isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError):
        return DatabaseReadOnly(path=path, detail=detail)
    if isinstance(error, apsw.NotADBError):
        return NotOurDatabase(path=path)
    if isinstance(error, apsw.CorruptError | apsw.FormatError):
        return DatabaseDamaged(path=path, detail=detail)
    if isinstance(error, apsw.IOError | apsw.CantOpenError):
        # The engine calls only one of the three ways to run out of space a full disk.
        if system_errno in NO_SPACE:
            return DatabaseFull(path=path)
        # As after the system has found the disk faulty and mounted it anew for reading only.
        if system_errno == errno.EROFS:
            return DatabaseReadOnly(path=path, detail=detail)
        return DatabaseUnreachable(path=path, detail=detail)
    return None

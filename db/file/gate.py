"""A fair queue for writers of one database file.

SQLite's busy handler sleeps and polls, so under load one process may starve for seconds. A kernel lock on a side file
serves writers about in turn; on Windows a mutex of the system does (`windows_queue.py`). Where neither can be had the
engine's own lock and its timeout must do.

The side file also remembers how the database stood when a writer left it (`standing.py`).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from db.errors import DatabaseBusy
from db.file.standing import Fingerprint

if TYPE_CHECKING:
    from db.file.windows_queue import Queue

_LINE = 256
"""Bytes of what is remembered, filled up with blanks: written over in one piece, on a full disk too."""
_TWICE = " | "
"""Between the two times that it stands there: a line that is torn differs."""
_NO_LOG = "-"
_SHARED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Gate:
    """The side file `<database>-gate`, open as long as its owner."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + "-gate")
        self._file: int | None = None
        self._queue: Queue | None = None
        """On Windows alone."""

    @contextmanager
    def held(self, seconds: float) -> Iterator[float]:
        """Hold the queue's head; yields the seconds left of the deadline.

        Args:
            seconds: How long to wait; with 0 the turn is taken at once or not at all.

        Raises:
            DatabaseBusy: The deadline passed first, as behind a process that was stopped while it held the lock.
        """
        if sys.platform == "win32":
            with self._held_on_windows(seconds) as left:
                yield left
            return
        if not self._opened():
            # No queue, or none possible here (read-only folder): the engine will say what is wrong.
            yield seconds
            return
        began = monotonic()
        self._acquire(seconds)
        try:
            yield max(0.0, seconds - (monotonic() - began))
        finally:
            self._release()

    @property
    def exists(self) -> bool:
        """Whether the side file is there: somebody has written the database as ours."""
        return self._path.exists()

    @contextmanager
    def _held_on_windows(self, seconds: float) -> Iterator[float]:
        from db.file.windows_queue import Queue

        if self._queue is None:
            try:
                self._queue = Queue(self._database)
            except OSError:
                yield seconds
                return
        began = monotonic()
        if not self._queue.take(seconds):
            raise DatabaseBusy(path=str(self._database), waited_seconds=seconds)
        try:
            yield max(0.0, seconds - (monotonic() - began))
        finally:
            self._queue.give_back()

    def close(self) -> None:
        """Let go of the side file; it stays on disk, for deleting it would split the queue in two."""
        if self._queue is not None:
            self._queue.close()
            self._queue = None
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _opened(self) -> bool:
        if self._file is None:
            try:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | _SHARED, 0o600)
            except OSError:
                return False
        return True

    # ------------------------------------------------------------------ remembering
    def known(self) -> Fingerprint | None:
        """How the database stood when a writer last left it; None where that is not known.

        Reading takes no turn, so a line that is just being written is not known yet.
        """
        try:
            file = os.open(self._path, os.O_RDONLY | _SHARED)
        except OSError:
            return None
        try:
            line = os.read(file, _LINE)
        finally:
            os.close(file)
        return _read(line)

    def learn(self, standing: Fingerprint) -> None:
        """Remember how the database stands; called at the head of the queue.

        Where that cannot be written it stays unknown, which costs whoever opens the database a look into copies.
        """
        if not self._opened():
            return
        assert self._file is not None
        with suppress(OSError):
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, _written(standing))

    def _acquire(self, seconds: float) -> None:
        import fcntl

        assert self._file is not None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if seconds <= 0:
                raise DatabaseBusy(path=str(self._database), waited_seconds=0) from None
            self._queue_up(seconds)

    def _queue_up(self, seconds: float) -> None:
        """Wait in the kernel's queue with a deadline.

        Only a thread can do that: a signal would need the main thread, and polling would give the place in the queue
        away. A thread that came too late lets go by itself, with the file it was given.
        """
        assert self._file is not None
        waiter = _Waiter(self._file)
        waiter.start()
        try:
            granted = waiter.granted.wait(seconds)
        except BaseException:
            self._leave(waiter)
            raise
        if not granted and not self._leave(waiter, keep=True):
            raise DatabaseBusy(path=str(self._database), waited_seconds=seconds)

    def _leave(self, waiter: _Waiter, keep: bool = False) -> bool:
        """Stop waiting; whether the lock was granted at the last moment, in which case `keep` says what to do."""
        in_time = waiter.came_in_time()
        if not in_time:
            self._file = None
        elif not keep:
            self._release()
        return in_time

    def _release(self) -> None:
        import fcntl

        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def _written(standing: Fingerprint) -> bytes:
    text = f"{standing.size} {standing.written} {standing.log or _NO_LOG}"
    return f"{text}{_TWICE}{text}".ljust(_LINE - 1).encode() + b"\n"


def _read(line: bytes) -> Fingerprint | None:
    """None where the line is not whole."""
    text, _, again = line.decode("ascii", "replace").rstrip().partition(_TWICE)
    parts = text.split(" ", 2)
    if text != again or len(parts) != 3 or not (parts[0].isdigit() and parts[1].isdigit()):
        return None
    size, written, log = parts
    return Fingerprint(int(size), int(written), "" if log == _NO_LOG else log)


class _Waiter(threading.Thread):
    """Blocks on the lock so that its owner can look at the clock."""

    def __init__(self, file: int) -> None:
        super().__init__(name="sakip-gate", daemon=True)
        self._file = file
        self._decided = threading.Lock()
        self._given_up = False
        self.granted = threading.Event()

    def run(self) -> None:
        import fcntl

        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._decided:
            if self._given_up:
                os.close(self._file)
            else:
                self.granted.set()

    def came_in_time(self) -> bool:
        """Give up, unless the lock was granted at the last moment."""
        with self._decided:
            self._given_up = not self.granted.is_set()
            return not self._given_up

"""The file behind a desk: opening it when it is first needed, opening it anew, letting go of it.

Every method runs on the desk's own thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import opening
from db.errors import DatabaseReplaced
from sakip_tui.clock import Clock, running_beside
from sop.loading import load

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.store import Store

LATER = MappingProxyType({"store": "db.store:Store", "explained": "db.unreadable:explained"})
"""Loaded at the first act and the first error: the first picture does without."""


class DeskFile:
    """A database file that is opened when it is needed."""

    def __init__(self, path: Path, clock: Clock, host: str | None) -> None:
        """
        Args:
            path: The database file.
            clock: Reading of the clock.
            host: Name of this machine, for the log.
        """
        self.path, self._clock, self._host = path, clock, host
        self.opened: Database | None = None
        """The open database; None before the first question and after `close`."""
        self._store: Store | None = None
        self._openings = 0

    @property
    def database(self) -> Database:
        """The open database, as long as it is what lies at its place."""
        if self.opened is None:
            return self._open()
        try:
            self.opened.look()
        except DatabaseReplaced:
            if self.opened.reads_only is None:
                raise
            # It was the file as it was then; somebody has written since, so there is room again.
            return self._open()
        return self.opened

    def _open(self) -> Database:
        """Open the file, anew where it is open."""
        self.close()
        self.opened = opened = opening.open(self.path)
        self._openings += 1
        return opened

    @contextmanager
    def created(self) -> Iterator[None]:
        """With the file, made where there is none; one that was made for nothing is taken away again."""
        with opening.making(self.path, self.close):
            if self.opened is None:
                self.opened = opening.open(self.path, create=True)
            yield

    @property
    def store(self) -> Store:
        """The writing side."""
        if self.database.reads_only is not None:
            # Meanwhile there may be room on the disk.
            self._open()
        if self._store is None:
            make: type[Store] = load(LATER["store"])
            self._store = make(self.database, self._clock, self._host, running_beside(self._clock))
        return self._store

    def data_version(self) -> int:
        """Changes whenever somebody else has committed."""
        version = self.database.data_version()
        # Of another connection it may be the same by chance.
        return self._openings << 32 | version

    def explained(self, error: BaseException) -> BaseException | None:
        """What an error means where a value in the database is to blame."""
        if self.opened is None:
            return None
        meant: BaseException | None = load(LATER["explained"])(self.opened, error)
        return meant

    def rest(self) -> None:
        """What is best done while nobody writes."""
        if self.opened is not None:
            self.opened.rest()

    def close(self) -> None:
        """Let go of the file."""
        if self.opened is not None:
            self.opened.close()
            self.opened = self._store = None

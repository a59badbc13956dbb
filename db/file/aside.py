"""Copies of a database file and its log, to be looked into before the engine touches either."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import apsw

from db.errors import DatabaseFull, DatabaseUnreachable
from db.file.standing import LOGS, standing
from db.file.systems import NO_SPACE

ASIDE = "sakip-periksa-"
"""Begins the name of a folder in which copies are looked into."""
LEFT = re.compile(rf"{re.escape(ASIDE)}(?P<process>\d+)-.+")
"""The names of those folders; the number is that of the process."""
_CHUNK = 1 << 20


class Aside:
    """A database file and its log, copied into a folder of their own as they stood together."""

    def __init__(self, place: Path) -> None:
        """Copy them: into the folder for temporary files, or where that has no room beside the database.

        Raises:
            DatabaseFull: There is no room for them.
            DatabaseUnreachable: They cannot be read.
        """
        self._place = place
        for base in (None, place.parent):
            try:
                self._folder = tempfile.TemporaryDirectory(
                    prefix=f"{ASIDE}{os.getpid()}-", dir=base, ignore_cleanup_errors=True
                )
            except OSError:
                # Not even a folder can be made there.
                continue
            self.copy = Path(self._folder.name) / place.name
            try:
                self.fits = self._copy()
            except OSError as error:
                self.close()
                if error.errno not in NO_SPACE:
                    raise DatabaseUnreachable(path=str(place), detail=str(error)) from error
            except BaseException:
                self.close()
                raise
            else:
                return
        raise DatabaseFull(path=str(place))

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the copies away."""
        self._folder.cleanup()

    def _copy(self) -> bool:
        """Whether the copies fit: they do unless the log was begun anew meanwhile.

        Pages that are just being folded back stand in the copy of the log too, whatever the copy of the file has.
        """
        before = standing(self._place).log
        copy_bytes(self._place, self.copy)
        for suffix in LOGS:
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{self._place}{suffix}", f"{self.copy}{suffix}")
        return standing(self._place).log == before

    def pages(self) -> bytes | None:
        """All pages of the copy with its log applied; None where the engine cannot read them."""
        try:
            with closing(apsw.Connection(str(self.copy), flags=apsw.SQLITE_OPEN_READWRITE)) as opened:
                return opened.serialize("main")
        except apsw.Error:
            return None


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a database file byte by byte; a source that is not there gives an empty copy.

    Raises:
        OSError, apsw.Error: The target cannot be written, the source cannot be read.
    """
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as copy:
        for piece in contents(source):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a database file as they lie there, read through the engine's own file layer.

    A handle of ours, when it is closed, would drop every lock that the engine holds on that file in this process
    (POSIX); the engine keeps count of its own.
    """
    if not path.exists():
        return
    file = apsw.VFSFile("", str(path), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        size = file.xFileSize()
        for offset in range(0, size, _CHUNK):
            yield file.xRead(min(_CHUNK, size - offset), offset)
    finally:
        file.xClose()

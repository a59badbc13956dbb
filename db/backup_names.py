"""The folder of backups: how the copies in it are named, and which there are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from itertools import count
from pathlib import Path
from typing import NamedTuple

FOLDER = "cadangan"
"""Beside the database."""
_MOMENT = "%Y-%m-%d-%H%M%S"


class BackupKind(Enum):
    """Why a copy was made; the value is what its name has after that of the database."""

    DAILY = r"(\d{4}-\d{2}-\d{2})(?:-\d{1,2})?"
    BY_HAND = r"\d{4}-\d{2}-\d{2}-\d{6}"
    BEFORE_RESTORING = r"sebelum-pulih-\d{4}-\d{2}-\d{2}-\d{6}(?:-\d+)?"
    BEFORE_REPLACEMENT = r"sebelum-diganti-\d+(?:-\d+)?"


class BackupFile(NamedTuple):
    """One copy."""

    path: Path
    kind: BackupKind
    made: int
    """When it was last written, UTC epoch seconds."""
    size: int
    """Bytes."""


# ---------------------------------------------------------------------- names
def folder_of(database: Path) -> Path:
    """Where the backups of a database lie."""
    return database.parent / FOLDER


def daily_paths(database: Path, day: date) -> Iterator[Path]:
    """`kantor.db` -> `cadangan/kantor-2026-11-21.db`, and `…-2026-11-21-2.db` where that is a copy of another file."""
    return _numbered(database, day.isoformat())


def manual_path(database: Path, moment: datetime) -> Path:
    """`cadangan/kantor-2026-11-21-143205.db`: asked for by a person, so no plan takes it away."""
    return next(_numbered(database, f"{moment:{_MOMENT}}"))


def replaced_paths(database: Path, newest: int) -> Iterator[Path]:
    """`cadangan/kantor-sebelum-diganti-113.db`: what another file took the place of, by its newest event."""
    return _numbered(database, f"sebelum-diganti-{newest}")


def restored_path(database: Path, moment: datetime) -> Path:
    """`cadangan/kantor-sebelum-pulih-2026-11-21-143205.db`, not taken yet: what a backup took the place of."""
    wanted = _numbered(database, f"sebelum-pulih-{moment:{_MOMENT}}")
    return next(path for path in wanted if not os.path.lexists(path))


def _numbered(database: Path, middle: str) -> Iterator[Path]:
    """The name itself, then the same with a number, for where it is taken."""
    for number in count(1):
        end = "" if number == 1 else f"-{number}"
        yield folder_of(database) / f"{database.stem}-{middle}{end}{database.suffix}"


# ---------------------------------------------------------------------- what there is
def backup_files(database: Path) -> tuple[BackupFile, ...]:
    """The copies of a database in its folder of backups, the newest first. Files of other names are passed over, and so
    is one that cannot be looked at.

    Args:
        database: Where the database lies, or would.
    """
    found: list[BackupFile] = []
    with suppress(OSError):
        for path in folder_of(database).iterdir():
            kind = next((kind for kind in BackupKind if _match(kind, database, path)), None)
            with suppress(OSError):
                if kind is not None and path.is_file():
                    about = path.stat()
                    found.append(BackupFile(path, kind, int(about.st_mtime), about.st_size))
    return tuple(sorted(found, key=lambda one: (one.made, one.path.name), reverse=True))


def is_nothing(database: Path) -> bool:
    """Whether there is no database to ask; a document without a byte, as mktemp makes them, is none yet."""
    try:
        return database.stat().st_size == 0
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        # There is something; opening it will say what is wrong.
        return False


def daily_backups(database: Path) -> Iterator[tuple[date, Path]]:
    """The automatic backups there are under its name, whichever file they are copies of."""
    for one in backup_files(database):
        match = _match(BackupKind.DAILY, database, one.path)
        if match is not None:
            with suppress(ValueError):
                yield date.fromisoformat(match[1]), one.path


def _match(kind: BackupKind, database: Path, path: Path) -> re.Match[str] | None:
    """Whether a file is called like a copy of that kind."""
    return re.fullmatch(f"{re.escape(database.stem)}-{kind.value}{re.escape(database.suffix)}", path.name)

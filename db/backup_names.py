"""The folder of backups: how the copies in it are named, and which there are."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple

FOLDER = "cadangan"
"""Beside the database."""
_MOMENT = "%Y-%m-%d-%H%M%S"


class BackupKind(Enum):
    """Why a copy was made; the value is what its name has after that of the database."""

    DAILY = r"(\d{4}-\d{2}-\d{2})"
    BY_HAND = r"\d{4}-\d{2}-\d{2}-\d{6}"
    BEFORE_RESTORING = r"sebelum-pulih-\d{4}-\d{2}-\d{2}-\d{6}(?:-\d+)?"
    BEFORE_REPLACEMENT = r"sebelum-diganti-\d+"


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


def daily_path(database: Path, day: date) -> Path:
    """`kantor.db` -> `cadangan/kantor-2026-11-21.db`."""
    return _named(database, day.isoformat())


def manual_path(database: Path, moment: datetime) -> Path:
    """`cadangan/kantor-2026-11-21-143205.db`: asked for by a person, so no plan takes it away."""
    return _named(database, f"{moment:{_MOMENT}}")


def replaced_path(database: Path, newest: int) -> Path:
    """`cadangan/kantor-sebelum-diganti-113.db`: what another file took the place of, by its newest event."""
    return _named(database, f"sebelum-diganti-{newest}")


def restored_path(database: Path, moment: datetime) -> Path:
    """`cadangan/kantor-sebelum-pulih-2026-11-21-143205.db`, or with a number where that is taken: what a backup took
    the place of."""
    middle = f"sebelum-pulih-{moment:{_MOMENT}}"
    candidate, number = _named(database, middle), 1
    while os.path.lexists(candidate):
        number += 1
        candidate = _named(database, f"{middle}-{number}")
    return candidate


def _named(database: Path, middle: str) -> Path:
    return folder_of(database) / f"{database.stem}-{middle}{database.suffix}"


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


def daily_backups(database: Path) -> dict[date, Path]:
    """The automatic backups there are."""
    found: dict[date, Path] = {}
    for one in backup_files(database):
        match = _match(BackupKind.DAILY, database, one.path)
        if match is not None:
            with suppress(ValueError):
                found[date.fromisoformat(match[1])] = one.path
    return found


def _match(kind: BackupKind, database: Path, path: Path) -> re.Match[str] | None:
    """Whether a file is called like a copy of that kind."""
    return re.fullmatch(f"{re.escape(database.stem)}-{kind.value}{re.escape(database.suffix)}", path.name)

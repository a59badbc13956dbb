"""The copies that lie in the folder of backups: which there are, of what kind and of when."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from db.backup_plan import folder_of


class BackupKind(Enum):
    """Why a copy was made; the value is what its name has after that of the database."""

    DAILY = r"\d{4}-\d{2}-\d{2}"
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


def backup_files(database: Path) -> tuple[BackupFile, ...]:
    """The copies of a database in its folder of backups, the newest first. Files of other names are passed over, and so
    is one that cannot be looked at.

    Args:
        database: Where the database lies, or would.
    """
    start, end = f"{database.stem}-", database.suffix
    found: list[BackupFile] = []
    with suppress(OSError):
        for path in folder_of(database).iterdir():
            if not (path.name.startswith(start) and path.name.endswith(end)):
                continue
            middle = path.name[len(start) : len(path.name) - len(end)]
            kind = next((kind for kind in BackupKind if re.fullmatch(kind.value, middle)), None)
            with suppress(OSError):
                if kind is not None and path.is_file():
                    about = path.stat()
                    found.append(BackupFile(path, kind, int(about.st_mtime), about.st_size))
    return tuple(sorted(found, key=lambda one: (one.made, one.path.name), reverse=True))

"""A document that somebody names to be taken in: found, bounded, read. What it says is read elsewhere."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sop.form.faults import shown
from sop.kinerja.form_fault import LARGEST_WORKBOOK
from sop.model.errors import Fault, FaultyInput

_CAUSES: Mapping[type[Exception], str] = {
    FileNotFoundError: "tidak ada",
    PermissionError: "tidak diizinkan",
    IsADirectoryError: "itu map",
    NotADirectoryError: "mapnya tidak ada",
    UnicodeDecodeError: "isinya bukan teks",
    ValueError: "namanya tidak dapat dipakai",
}


class Document(NamedTuple):
    """What was found under a name."""

    data: bytes
    """Its beginning where it is larger than it may be: one byte more than that."""
    size: int
    """Bytes of the whole."""


def named_document(name: str, most: int = LARGEST_WORKBOOK, place: str = "") -> Document:
    """A document somebody named; a name may begin with a home folder.

    Args:
        name: As typed.
        most: Bytes that it may have.
        place: Where it was asked for, for a fault.

    Raises:
        FaultyInput: It is no plain document, or cannot be read.
    """
    try:
        path = _path(name)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A device or a pipe would never end.
            raise _fault(name, "itu map" if stat.S_ISDIR(found.st_mode) else "bukan dokumen biasa", place)
        with open(path, "rb") as stream:
            return Document(stream.read(most + 1), found.st_size)
    except (OSError, ValueError) as error:
        raise unreadable(name, error, place) from error


def unreadable(name: str, error: Exception, place: str = "") -> FaultyInput:
    """What the system's refusal means for whoever named it."""
    cause = next((words for kind, words in _CAUSES.items() if isinstance(error, kind)), "ditolak sistem")
    return _fault(name, cause, place)


def _fault(name: str, cause: str, place: str) -> FaultyInput:
    return FaultyInput((Fault(place, "tak-terbaca", shown(name), (cause,)),))


def _path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:
        # Nobody's home folder: a name that happens to begin so.
        return Path(name)

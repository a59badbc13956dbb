"""The SHA-256 of an evidence file, read a piece at a time: a scan of gigabytes must not keep a screen from its keys."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

_PIECE_BYTES = 4 << 20


def digesting(path: Path) -> Iterator[str | None]:
    """None for each piece that was read, the digest last.

    Raises:
        OSError, ValueError: It cannot be read, or no file can have this name.
    """
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
            yield None
    yield digest.hexdigest()


async def looked_at(given: str) -> tuple[str, str | None]:
    """(name, SHA-256) of a file as somebody wrote it; as written and None where it cannot be read here.

    Each piece is read in a thread, and the next one only when it is still wanted: leaving the program ends it.
    """
    try:
        path = await asyncio.to_thread(_ordinary_file, given)
        if path is None:
            return given, None
        pieces = digesting(path)
        while (digest := await asyncio.to_thread(next, pieces)) is None:
            pass
    except (OSError, ValueError, RuntimeError):
        # A home folder that is not known is a RuntimeError.
        return given, None
    return path.name, digest


def _ordinary_file(given: str) -> Path | None:
    path = Path(given).expanduser()
    return path if path.is_file() else None

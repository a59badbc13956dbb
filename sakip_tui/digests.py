"""The SHA-256 of an evidence file, read a piece at a time: a scan of gigabytes must not keep a screen from its keys."""

from __future__ import annotations

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

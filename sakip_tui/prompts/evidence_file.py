"""A computer file named in a prompt, looked at while the screen stays in use."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sakip_tui import digests


async def looked_at(given: str) -> tuple[str, str | None]:
    """(name, SHA-256) of a file as somebody wrote it; as written and None where it cannot be read here.

    Each piece is read in a thread, and the next one only when it is still wanted: leaving the program ends it.
    """
    try:
        path = await asyncio.to_thread(_ordinary_file, given)
        if path is None:
            return given, None
        pieces = digests.digesting(path)
        while (digest := await asyncio.to_thread(next, pieces)) is None:
            pass
    except (OSError, ValueError, RuntimeError):
        # A home folder that is not known is a RuntimeError.
        return given, None
    return path.name, digest


def _ordinary_file(given: str) -> Path | None:
    path = Path(given).expanduser()
    return path if path.is_file() else None

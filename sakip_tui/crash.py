"""What nobody expected: kept in a log whose path the person is told, never on the screen.

Exit code 5 stands for it: the contract knows 0, 2, 3, 4 and 5 alone, and what a caller may do is the same as for a
database that cannot be used: look at what was said, and ask for help.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sakip_tui.machine import data_folder

NAME = "kesalahan.log"
MOST_BYTES = 256 * 1024
"""A log that grew beyond this becomes `kesalahan.log.1`, in place of the one before."""
_MOST_OF_ONE = 32 * 1024
"""Characters kept of one error: an endless recursion has much to tell and little to say."""


def keep(error: BaseException, command: str, now: int, environ: Mapping[str, str]) -> str:
    """Write an error down.

    What people typed stays out of it, but for what the error itself says: the command is named without its values, and
    the traceback holds lines of the program and no variables.

    Args:
        error: What was raised.
        command: The words of the command, without what it was given.
        now: Reading of the clock.
        environ: Tells where this person's data lies.

    Returns:
        A sentence that says where it lies, or why it could not be kept.
    """
    folder = data_folder(environ)
    place = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_room(place)
        handle = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {now} {command or 'papan'}\n{_told(error)}\n")
    except OSError:
        return f"Catatannya tidak dapat disimpan ({type(error).__name__})."
    return f"Catatannya ada di {place}."


def _make_room(place: Path) -> None:
    """Keep what was written before, once over."""
    with suppress(FileNotFoundError):
        if place.stat().st_size > MOST_BYTES:
            place.replace(place.with_name(place.name + ".1"))


def _told(error: BaseException) -> str:
    """The traceback; of a very long one its beginning and its end."""
    text = "".join(traceback.format_exception(error, limit=-40))
    if len(text) <= _MOST_OF_ONE:
        return text
    half = _MOST_OF_ONE // 2
    return f"{text[:half]}\n...\n{text[-half:]}"

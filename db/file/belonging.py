"""Does the log beside a file belong to it? Looked into on copies, before the engine touches either.

A moved folder, a restored machine and a killed program are honest: with its log their file is sound. A file that was
put over another one, whose log stayed, is not.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from db.file.gate import Gate
from db.file.standing import Fingerprint, standing
from sop.loading import load

if TYPE_CHECKING:
    from db.file.aside import Aside

    Judge = Callable[[Aside, Path], None]

LATER = {"aside": "db.file.aside:Aside"}
"""Needed where the gate does not know the log."""
_TRIES = 3
"""So often is looked again where others wrote meanwhile."""


def settle(place: Path, gate: Gate, wait_seconds: float, judge: Judge, *, is_held: bool = False) -> Fingerprint:
    """Refuse a file with a log that is not its own; let the gate know what it did not know and what is sound.

    Nothing but a few bytes is read where the gate knows file and log, or where there is no log.

    Args:
        place: The database file, its links resolved.
        gate: The writers' queue of that file.
        wait_seconds: How long to wait for whoever writes.
        judge: Given copies of both, refuses what is no sound file of ours.
        is_held: Whether the caller stands at the head of the queue.

    Raises:
        ForeignLog: They do not belong together; nothing was touched.
        NotOurDatabase: It is another program's.
        DatabaseFull: There is no room to look into copies.
        DatabaseUnreachable: It cannot be read.
        DatabaseBusy: Somebody wrote for all of `wait_seconds`.
    """
    found = standing(place)
    for _ in range(_TRIES):
        if not found.log or found == gate.known():
            break
        # Whoever writes the file stands in the queue, and lets the gate know before leaving it.
        with nullcontext() if is_held else gate.held(wait_seconds):
            found = standing(place)
            if not found.log or found == gate.known():
                break
            aside: Aside = load(LATER["aside"])(place)
        with aside:
            if aside.fits:
                judge(aside, place)
        with nullcontext() if is_held else gate.held(wait_seconds):
            now = standing(place)
            if aside.fits and now == found:
                gate.learn(now)
                break
        found = now
    return found

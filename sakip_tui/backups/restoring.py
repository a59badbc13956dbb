"""Restoring what was chosen on the screen, once the program has let go of the file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from db.errors import DbError
from db.restoration import Restoration
from sakip_tui.notices import notice_of


class RestoreWish(NamedTuple):
    """Whoever sat at the screens saw what would be lost, and wants this backup back."""

    source: Path
    by: str
    """Code of who asks, who has the right to."""


def restore(place: Path, wish: RestoreWish, now: int, host: str | None) -> str:
    """Put a backup in the place of the file that the screens had open. What became of it, in a sentence.

    Args:
        place: The database.
        wish: What was asked for.
        now: Reading of the clock.
        host: Name of this machine, for the log.
    """
    try:
        with Restoration(wish.source, place, now) as restoration:
            done = restoration.carry_out(wish.by, host)
    except DbError as error:
        return f"Tidak dipulihkan. {notice_of(error)}".replace("\n", " ")
    kept = "" if done.kept is None else f" Yang digantikan disimpan sebagai {done.kept.name}."
    return f"Dipulihkan dari {wish.source.name}.{kept}"

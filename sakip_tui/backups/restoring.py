"""Restoring what was chosen on the screen, once the program has let go of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from db.errors import DbError
from db.restoration import Restoration
from sakip_tui.notices import notice_of
from sop.model.errors import SopError


class RestoreWish(NamedTuple):
    """Whoever sat at the screens saw what would be lost, and wants this backup back."""

    source: Path
    by: str | None
    """Code of who asks, who has the right to; None where no office was open that could tell."""


def restore(place: Path, wish: RestoreWish, now: int, host: str | None, who_may: Callable[[Path], str]) -> str:
    """Put a backup in the place of the file that the screens had open. What became of it, in a sentence.

    Args:
        place: The database.
        wish: What was asked for.
        now: Reading of the clock.
        host: Name of this machine, for the log.
        who_may: Gives the code of who asks, by the backup that was prepared; asked where the wish does not say.
    """
    try:
        with Restoration(wish.source, place, now) as restoration:
            done = restoration.carry_out(wish.by or who_may(restoration.prepared), host)
    except (DbError, SopError) as error:
        return f"Tidak dipulihkan. {notice_of(error)}".replace("\n", " ")
    kept = "" if done.kept is None else f" Yang digantikan disimpan sebagai {done.kept.name}."
    return f"Dipulihkan dari {wish.source.name}.{kept}"

"""Restoring what was chosen on the screen, once the program has let go of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from db.errors import DbError
from db.restoration import Restoration, Vouched
from sakip_tui.notices import notice_of
from sop.model.errors import SopError

WhoMay = Callable[[Path], tuple[str, Vouched]]


class RestoreWish(NamedTuple):
    """Whoever sat at the screens saw what would be lost, and wants this backup back."""

    source: Path
    by: str | None
    """Code of who asks, who has the right to; None where no office was open that could tell."""
    vouched: Vouched | None = None
    """What stands behind them."""


def restore(place: Path, wish: RestoreWish, now: int, host: str | None, who_may: WhoMay) -> str:
    """Put a backup in the place of the file that the screens had open. What became of it, in a sentence.

    Args:
        place: The database.
        wish: What was asked for.
        now: Reading of the clock.
        host: Name of this machine, for the log.
        who_may: Gives who asks and what stands behind them, by the backup that was prepared; asked where the wish does
            not say.
    """
    try:
        with Restoration(wish.source, place, now) as restoration:
            by, vouched = (wish.by, wish.vouched) if wish.by is not None else who_may(restoration.prepared)
            done = restoration.carry_out(by, host, vouched)
    except (DbError, SopError) as error:
        return f"Tidak dipulihkan. {notice_of(error)}".replace("\n", " ")
    kept = "" if done.kept is None else f" Yang digantikan disimpan sebagai {done.kept.name}."
    return f"Dipulihkan dari {wish.source.name}.{kept}"

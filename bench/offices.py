"""Offices for the benchmark: real database files with boards of a wanted number of cards."""

from __future__ import annotations

from pathlib import Path

from db import opening
from db.adoption import Adoption, set_up
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor

OFFICE_TIME = 1_776_135_600
"""Tuesday 14 April 2026, 10.00 WIB."""
SOP = "disperinaker-lima-puluh-kota"
PERIOD = "2026-TW1"
_OTHERS = 6
"""Cards beside those of the region step that is open: 1, 2, the summary of 4, 5, 6 and 7."""
_ACTOR = Actor("budi", everybody=True)


def make(path: Path, cards: int, running: int = 8) -> Path:
    """An office whose TW I shows that many cards, some of them at work with a minute timer.

    Args:
        path: Where the file goes; one that is there is kept as it is.
        cards: Cards on the board.
        running: How many are started, each some seconds after the other.
    """
    if path.exists():
        return path
    bidang = tuple(f"Bidang {number:04d}" for number in range(1, cards - _OTHERS + 1))
    now = OFFICE_TIME - 8 * 3600
    temporary = path.with_suffix(".part")
    for leftover in path.parent.glob(f"{temporary.name}*"):
        leftover.unlink()
    with opening.open(temporary, create=True) as database:
        store = Store(database, lambda: now)
        address = set_up(store, Adoption(catalog.load(SOP), 2026, bidang=bidang), _ACTOR).address

        def act(kind: Act, step: int | None, at: int, of: str | None = None) -> None:
            nonlocal now
            now = at
            _apply(store, address, Command(kind, PERIOD, step=step, bidang=of, at=Typed(at)))

        morning = OFFICE_TIME - 7200
        act(Act.BUKA, None, morning)
        for step in (1, 2):
            act(Act.MULAI, step, morning + step * 900)
            act(Act.SELESAI, step, morning + step * 900 + 600)
        for index, name in enumerate(bidang[:running]):
            act(Act.MULAI, 3, OFFICE_TIME - 1200 + index * 7, name)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    temporary.rename(path)
    return path


def make_deciding(path: Path) -> Path:
    """An office whose Semester I waits for one decision, Ya or Tidak, selected when the board opens."""
    if path.exists():
        return path
    now, period, morning = OFFICE_TIME, "2026-S1", OFFICE_TIME - 7200
    with opening.open(path, create=True) as database:
        store = Store(database, lambda: now)
        address = set_up(store, Adoption(catalog.load("disnaker-kota-tangerang"), 2026), _ACTOR).address
        _apply(store, address, Command(Act.BUKA, period, at=Typed(morning)))
        for child in ("2026-TW1", "2026-TW2"):
            why = "sebelum program dipakai"
            _apply(store, address, Command(Act.BEBASKAN, period, child=child, at=Typed(morning), reason=why))
        for kind, step, minutes in ((Act.MULAI, 6, 5), (Act.SELESAI, 6, 15), (Act.MULAI, 7, 20), (Act.AJUKAN, 7, 40)):
            _apply(store, address, Command(kind, period, step=step, at=Typed(morning + minutes * 60)))
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _apply(store: Store, address: Address, command: Command) -> None:
    store.apply(address, command, _ACTOR)

"""Going from the board to a screen and back: what the screen is made from, and how it is left.

A screen is made from what the board holds (`Here`) and dismisses with a `Left`, or with None for plain going back.
Which screens there are is `screens.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.glyphs import Glyphs


class CardAt(Frozen):
    """A card to go to."""

    period: str
    step: int | None = None
    """None for the period alone."""
    bidang: str | None = None


class Left(Frozen):
    """How a screen was left."""

    card: CardAt | None = None
    """The board shows this card."""
    is_changed: bool = False
    """The board reads the database again."""
    place: str | None = None
    """Code of the place to go to next."""
    said: str = ""
    """What the board tells of it."""


class Opened:
    """Mixed into a screen that opens over the board."""

    def __init__(self, here: Here) -> None:
        super().__init__()
        self.here, self.rows = here, here.rows
        self.desk, self.clock, self.glyphs = here.desk, here.clock, here.glyphs

    @property
    def known_names(self) -> Mapping[str, str]:
        return self.rows.names

    @property
    def zone_offset(self) -> int:
        return self.rows.calendar.offset


class Here(Frozen):
    """What the board hands to a screen."""

    desk: Desk
    clock: Clock
    office: Office
    rows: Board
    """The year's board as last read."""
    card: CardAt
    """The period on view, and the selected card where there is one."""
    glyphs: Glyphs

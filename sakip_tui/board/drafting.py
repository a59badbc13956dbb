"""The board's own drafts: where its prompts keep them, and what is said of them after a start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from sakip_tui.board.live import LiveBoard
from sakip_tui.draft_places import BOARD, DraftPlace
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.prompts.drafts import Drafts
from sakip_tui.views.board import Key

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office


class DraftingBoard(LiveBoard):
    """A board that loses nothing that was typed."""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(desk, clock, office, board, glyphs)
        self.drafts = Drafts(desk, self._notice)

    def on_mount(self) -> None:
        # Not before the first picture stands and the start is over.
        self.set_timer(1.0, self.recall_drafts)

    def _draft_place(self, name: str, period: str | None, key: Key | None) -> DraftPlace:
        """The prompt of that name, for a card or (None) for the period."""
        step, bidang = key if key is not None else (None, None)
        return DraftPlace(BOARD, name, *self.rows.address, period=period, step=step, bidang=bidang or None)

    @work(group="drafts")
    async def recall_drafts(self) -> None:
        """After a start: say what was left unsent."""
        places: tuple[DraftPlace, ...] = ()
        with self.untold():
            places = await self.desk.draft_places()
        office, sop = self.rows.address
        here = [place for place in places if place.office == office and (place.screen != BOARD or place.sop == sop)]
        told = [place.words for place in here if place.words]
        if told and not self.said:
            more = f" dan {len(told) - 1} lagi" if len(told) > 1 else ""
            self.announce(
                f"Ada tulisan Anda yang belum dikirim: {told[0]}{more}. Ulangi tindakan itu; tulisannya muncul lagi."
            )

"""What somebody typed into a prompt and did not send: kept in the database, offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from sakip_tui.board.labels import period_named
from sakip_tui.board.live import LiveBoard
from sakip_tui.board.view import Key
from sakip_tui.glyphs import UNICODE, Glyphs
from sop.texts import clean

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.prompts.base import FormPrompt
    from sakip_tui.prompts.form import Answer

DRAFT_NAMES = {
    "finish": "waktu selesai",
    "pause": "alasan tunda",
    "decide": "catatan keputusan",
    "hand_back": "catatan pengembalian",
    "waive": "alasan bebaskan",
    "note": "catatan",
    "another_time": "catatan susulan",
    "open": "pembukaan periode",
    "close": "penutupan periode",
}
"""Name of a prompt -> what one types there; the others are named by their act."""


class DraftingBoard(LiveBoard):
    """A board that loses nothing that was typed."""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(desk, clock, office, board, glyphs)
        self._drafts: dict[str, Answer] = {}
        """Place -> what was typed there and not sent, since the start."""
        self._asking: tuple[str, FormPrompt] | None = None
        """The prompt that is open, and the place of its draft."""

    def on_mount(self) -> None:
        # Not before the first picture stands and the start is over.
        self.set_timer(1.0, self.recall_drafts)

    def _place(self, name: str, period: str, key: Key | None) -> str:
        """Names a draft in the database: of which office and SOP, of which prompt, for which card."""
        office, sop = self.rows.address
        step, bidang = key if key is not None else (0, "")
        return "/".join((office, sop, name, period, str(step), bidang))

    async def _draft_at(self, place: str) -> Answer:
        """What was typed there before, since the start or in an earlier session."""
        from sakip_tui.prompts.form import EMPTY, Answer

        if place in self._drafts:
            return self._drafts[place]
        try:
            kept = await self.desk.draft(place)
        except Exception as error:
            # A draft that cannot be read must not keep anybody from acting.
            if self._notice(error) is None:
                raise
            return EMPTY
        return EMPTY if kept is None else Answer(None, {str(name): str(text) for name, text in kept.items()})

    def _keep(self, place: str, draft: Answer) -> None:
        self._drafts[place] = draft
        self.desk.keep_draft(place, dict(draft.values))

    def _forget(self, place: str) -> None:
        self._drafts.pop(place, None)
        self.desk.keep_draft(place, None)

    def hang_up(self) -> None:
        """The terminal is gone: keep what stands in an open prompt."""
        if self._asking is not None:
            place, prompt = self._asking
            prompt.draft = prompt.typed_so_far()
            if prompt.has_typed:
                self._keep(place, prompt.draft)

    @work(group="drafts")
    async def recall_drafts(self) -> None:
        """After a start: say what was left unsent."""
        try:
            places = await self.desk.draft_places()
        except Exception as error:
            if self._notice(error) is None:
                raise
            return
        mine = [parts for place in places if len(parts := place.split("/", 5)) == 6]
        office, sop = self.rows.address
        here = [parts for parts in mine if parts[:2] == [office, sop]]
        if here and not self.said:
            _, _, name, period, step, bidang = here[0]
            card = f"langkah {step}" + (f" ({clean(bidang)})" if bidang else "")
            where = f"{period_named(period)}" + (f", {card}" if step != "0" else "")
            more = f" dan {len(here) - 1} lagi" if len(here) > 1 else ""
            self.say(
                f"Ada tulisan Anda yang belum dikirim: {DRAFT_NAMES.get(name, name)} untuk {where}{more}. "
                "Ulangi tindakan itu; tulisannya muncul lagi."
            )

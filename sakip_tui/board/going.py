"""Ways from the board to other screens and back: the menu, the places of `sakip_tui.places`, card and help."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual import events, work

from sakip_tui.board.looking import LookingBoard
from sakip_tui.places import CardAt, Here, Left
from sakip_tui.screens import PAST_WORK, PLACES, SCREENS
from sakip_tui.views.board import next_for
from sakip_tui.widgets.helped import Signs
from sakip_tui.widgets.keys import act_as_small
from sop.loading import load
from sop.look.card import WAITING
from sop.model.state import CasePhase, PeriodPhase
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.views.board import BoardView
    from sakip_tui.widgets.menu import MenuItem


CARD_SIGNS = "sakip_tui.widgets.help:card_signs"
"""Loaded with the help."""


class GoingBoard(LookingBoard):
    """A board from which one goes to other screens."""

    _left_behind: BoardView | None = None
    """The board as it was before one went to a screen on which something was done; None once it was read anew."""

    def _replaced(self) -> None:
        super()._replaced()
        before, self._left_behind = self._left_behind, None
        key = self.selected
        if before is None or key is None or before.period != self.period or key not in before.cards:
            return
        if before.cards[key].card.is_open and self.view.cards[key].card.state == WAITING:
            # What one stood on waits now for what was sent back: that is to be done, and maybe out of view.
            self.select(next_for(before, self.view, key, self.office.actor))

    async def on_key(self, event: events.Key) -> None:
        await act_as_small(self, event)

    @property
    def here(self) -> Here:
        """What a screen of a place is made from."""
        card = self.card.card if self.card is not None else None
        at = CardAt(self.period, card.step, card.bidang) if card is not None else CardAt(self.period)
        return Here(self.desk, self.clock, self.office, self.rows, at, self.glyphs)

    def action_open_place(self, code: str) -> None:
        """Go to the place of that code."""
        place = next(item for item in PLACES if item.code == code)
        self._hush()
        self.app.push_screen(place.open(self.here), self._come_back)

    async def action_at_another_time(self) -> None:
        """As everywhere; of a step that is not reached the table of all of them, as nothing can be told of it alone."""
        period, card = self.view.current, self.card
        is_running = period.phase is PeriodPhase.BUKA and period.case_phase is CasePhase.BERJALAN
        if is_running and card is not None and card.card.state == WAITING:
            self.action_open_place(PAST_WORK)
        else:
            await super().action_at_another_time()

    def _come_back(self, left: Left | None) -> None:
        if left is None:
            return
        if left.is_changed:
            self._left_behind = self.whole
            self.reload()
        if left.card is not None:
            self.go_to(left.card, left.said)
        if left.place is not None:
            self.action_open_place(left.place)
        if left.said and left.card is None:
            self.announce(left.said)

    @work(group="go", exclusive=True)
    async def go_to(self, at: CardAt, said: str = "") -> None:
        """Put a card on view, of whichever period and year; its step unfolded where one bidang is meant.

        Args:
            at: Which.
            said: What to tell once it is there.
        """
        year = int(at.period.partition("-")[0])
        if year != self.year:
            try:
                board = await self.desk.board(year)
            except Exception as error:
                self.announce_error(error)
                return
            self.show_year(board, at.period)
        elif at.period not in self.rows.state.periods:
            return
        else:
            self.show_period(at.period)
        if at.step is not None:
            self.show_card(at.step, at.bidang)
        if said:
            self.announce(said)

    async def action_menu(self) -> None:

        self._hush()
        menu_item: type[MenuItem] = load(SCREENS["menu item"])
        items = [menu_item(place.code, place.key or place.letter, place.name, place.purpose) for place in PLACES]
        items += [
            menu_item("pindah", "k", "Ganti kantor, SOP, tahun", "Semua yang ada di basis data ini"),
            menu_item("bantuan", "?", "Bantuan", "Semua tombol di papan dan arti tandanya"),
            menu_item("keluar", "q", "Keluar", "Tutup program; semuanya sudah tersimpan"),
        ]
        await self.app.push_screen(load(SCREENS["menu"])("Menu", items, self.glyphs), self._menu_chosen)

    def _menu_chosen(self, code: str | None) -> None:
        match code:
            case None:
                return
            case "pindah":
                self.action_switch()
            case "bantuan":
                self.action_help()
            case "keluar":
                self.action_quit()
            case _:
                self.action_open_place(code)

    @work(group="go", exclusive=True)
    async def action_switch(self) -> None:
        """Choose another office, SOP or year of this database."""

        self._hush()
        try:
            choices = await self.desk.choices()
        except Exception as error:
            self.announce_error(error)
            return
        menu_item: type[MenuItem] = load(SCREENS["menu item"])
        items: list[tuple[MenuItem, tuple[str, str, int]]] = []
        chosen = ""
        names = Counter(office.name for office in choices)
        for office in choices:
            named = clean(office.name) + (f" ({office.code})" if names[office.name] > 1 else "")
            heading = named if len(office.sops) > 1 else ""
            for sop, title, years, own in office.sops:
                for year in years:
                    code = str(len(items))
                    is_here = (office.code, sop) == self.office.address[:2] and year == self.year
                    chosen = code if is_here else chosen
                    # Of several SOPs the office stands above them: their titles are often one and the same.
                    name = f"{year} {f'SOP {own}' if own else named}"
                    told = clean(title) + (" (sedang dibuka)" if is_here else "")
                    items.append((menu_item(code, "", name, told, heading=heading), (office.code, sop, year)))
                    heading = ""
        answer = await self.app.push_screen_wait(
            load(SCREENS["menu"])("Ganti kantor, SOP, tahun", [item for item, _ in items], self.glyphs, chosen)
        )
        if answer is None or answer == chosen:
            return
        _, (office_code, sop_code, year) = items[int(answer)]
        try:
            self.office = await self.desk.switch(office_code, sop_code)
            board = await self.desk.board(year)
        except Exception as error:
            self.announce_error(error)
            return
        self.show_year(board)
        own = f", SOP {self.office.sop_name}" if self.office.sop_name else ""
        self.announce(f"Yang dibuka sekarang: {clean(board.office_name)} {year}{own}.")

    def action_open_card(self) -> None:
        self._hush()
        if self.card is not None:
            self.app.push_screen(load(SCREENS["card"])(self.here, self.view, self.card), self._come_back)

    def action_help(self) -> None:
        self._hush()
        super().action_help()

    def help_name(self) -> str:
        return "Papan"

    def help_signs(self) -> Signs:
        signs: Signs = load(CARD_SIGNS)(self.glyphs)
        return signs

    def action_quit(self) -> None:
        self.app.exit()

"""Ways from the board to other screens and back: the menu, the places of `sakip_tui.places`, the card's page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sakip_tui.places import CardAt, Here, Left
from sakip_tui.screens import PAST_WORK, PLACES, SCREENS
from sakip_tui.views.offers import for_all_bidang
from sop.acts.rights import may
from sop.loading import load
from sop.look.card import WAITING
from sop.model.act import Act
from sop.model.state import CasePhase, PeriodPhase
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.board.acting import Acting
    from sakip_tui.board.surface import Surface
    from sakip_tui.views.board import BoardView
    from sakip_tui.widgets.menu import MenuItem


_NEW = "baru"
"""Chosen to set a further office up."""


class Going:
    """Whoever leaves a board for another screen, and comes back to it."""

    def __init__(self, screen: Surface, acting: Acting) -> None:
        self._screen, self._acting = screen, acting
        self._left_behind: BoardView | None = None
        """The board as it was before one went to a screen on which something was done; None once it was read anew."""

    @property
    def here(self) -> Here:
        """What a screen of a place is made from."""
        screen, selection = self._screen, self._screen.selection
        card = selection.card.card if selection.card is not None else None
        at = CardAt(selection.period, card.step, card.bidang) if card is not None else CardAt(selection.period)
        return Here(screen.desk, screen.clock, selection.office, selection.rows, at, screen.glyphs)

    def open_place(self, code: str) -> None:
        """Go to the place of that code."""
        place = next(item for item in PLACES if item.code == code)
        self._screen.hush()
        self._screen.app.push_screen(place.open(self.here), self.come_back)

    def open_card(self) -> None:
        """Go to the page of the selected card."""
        selection = self._screen.selection
        self._screen.hush()
        if selection.card is not None:
            page = load(SCREENS["card"])(self.here, selection.view, selection.card)
            self._screen.app.push_screen(page, self.come_back)

    async def at_another_time(self) -> None:
        """Ask for the moments of a step; of one that is not reached, or stands for several bidang, the table of all of
        them, as nothing can be told of it alone."""
        selection = self._screen.selection
        period, card = selection.view.current, selection.card
        is_running = period.phase is PeriodPhase.BUKA and period.case_phase is CasePhase.BERJALAN
        if (
            is_running
            and card is not None
            and (card.card.state == WAITING or for_all_bidang(selection.view, card.card))
        ):
            self.open_place(PAST_WORK)
        else:
            await self._acting.at_another_time()

    def come_back(self, left: Left | None) -> None:
        """Show what a screen that was left says of it; None for plain going back."""
        if left is None:
            return
        screen = self._screen
        if left.is_changed:
            self._left_behind = screen.selection.whole
            screen.reload()
        if left.card is not None:
            self.go_to(left.card, left.said)
        if left.place is not None:
            self.open_place(left.place)
        if left.said and left.card is None:
            screen.announce(left.said)

    def see_what_was_done(self) -> None:
        """The board was read anew: stand where there is something to do after what was done on another screen."""
        before, self._left_behind = self._left_behind, None
        if before is not None and (key := self._screen.selection.after_absence(before)) is not None:
            self._screen.select(key)

    def go_to(self, at: CardAt, said: str = "") -> None:
        """Put a card on view, of whichever period and year; its step unfolded where one bidang is meant.

        Args:
            at: Which.
            said: What to tell once it is there.
        """
        self._screen.run_worker(self._go_to(at, said), group="go", exclusive=True)

    async def _go_to(self, at: CardAt, said: str) -> None:
        screen, selection = self._screen, self._screen.selection
        year = int(at.period.partition("-")[0])
        if year != selection.year:
            board = await screen.or_say(screen.desk.board(year))
            if board is None:
                return
            screen.show_year(board, at.period)
        elif at.period not in selection.rows.state.periods:
            return
        else:
            screen.show_period(at.period)
        if at.step is not None:
            screen.show_card(at.step, at.bidang)
        if said:
            screen.announce(said)

    async def switch(self) -> None:
        """Choose another office, SOP or year of this database."""
        screen, selection = self._screen, self._screen.selection
        screen.hush()
        choices = await screen.or_say(screen.desk.choices())
        if choices is None:
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
                    is_here = (office.code, sop) == selection.office.address[:2] and year == selection.year
                    chosen = code if is_here else chosen
                    # Of several SOPs the office stands above them: their titles are often one and the same.
                    name = f"{year} {f'SOP {own}' if own else named}"
                    told = clean(title) + (" (sedang dibuka)" if is_here else "")
                    items.append((menu_item(code, "", name, told, heading=heading), (office.code, sop, year)))
                    heading = ""
        rows = [item for item, _ in items]
        is_admin = may(selection.office.actor, Act.PENGGUNA)
        about = "SOP, bidang dan orangnya sendiri" if is_admin else "Admin yang menyiapkannya."
        rows.append(menu_item(_NEW, "", "Kantor baru", about, is_possible=is_admin, heading="Di basis data ini"))
        answer = await screen.app.push_screen_wait(
            load(SCREENS["menu"])("Ganti kantor, SOP, tahun", rows, screen.glyphs, chosen)
        )
        if answer is None or answer == chosen:
            return
        if answer == _NEW:
            taken = [office.code for office in choices]
            made = await screen.app.push_screen_wait(load(SCREENS["welcome"])(screen.desk, screen.clock, taken))
            if made is None:
                return
            office_code, sop_code, year = made.code, made.sop, made.year
        else:
            _, (office_code, sop_code, year) = items[int(answer)]
        try:
            selection.office = await screen.desk.switch(office_code, sop_code)
            board = await screen.desk.board(year)
        except Exception as error:
            screen.announce_error(error)
            return
        screen.show_year(board)
        own = f", SOP {selection.office.sop_name}" if selection.office.sop_name else ""
        screen.announce(f"Yang dibuka sekarang: {clean(board.office_name)} {year}{own}.")


def places_menu() -> list[MenuItem]:
    """The rows of the menu: every place, then what is done on the board itself."""
    menu_item: type[MenuItem] = load(SCREENS["menu item"])
    items = [menu_item(place.code, place.key or place.letter, place.name, place.purpose) for place in PLACES]
    return [
        *items,
        menu_item("pindah", "k", "Ganti kantor, SOP, tahun", "Yang ada di basis data ini, atau kantor baru"),
        menu_item("bantuan", "?", "Bantuan", "Semua tombol di papan dan arti tandanya"),
        menu_item("keluar", "q", "Keluar", "Tutup program; semuanya sudah tersimpan"),
    ]

"""Finding one's way among many cards: filters and the search."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sakip_tui.board.choosing import ChoosingBoard
from sakip_tui.board.finding import NO_FILTER, Filter, counted_by_bidang, found, matches
from sakip_tui.screens import SCREENS
from sakip_tui.views.board import CardView, Key
from sop.loading import load
from sop.model.texts import clean
from sop.words.periods import period_label

if TYPE_CHECKING:
    from sakip_tui.prompts.form import Form, Response
    from sakip_tui.widgets.menu import MenuItem


SEARCH = "sakip_tui.board.search_form:search_form"
"""Loaded at the first search."""


Hit = tuple[int, Key]
"""(number of the period in the year, card): in this order the search goes."""


class LookingBoard(ChoosingBoard):
    """A board that shows less, or jumps to what is looked for."""

    sought = ""
    """What was looked for last; empty for nothing."""

    # ------------------------------------------------------------------ filters
    async def action_filter(self) -> None:

        self._hush()
        at = self.filter
        lanes = dict.fromkeys(lane for view in self.whole.cards.values() for lane in view.card.lanes)
        # One walk for all of them: an office may have very many bidang.
        each = [view.card for view in self._build().cards.values() if self._matches(at._replace(bidang=None), view)]
        of_bidang = counted_by_bidang(each, self.rows.bidang, self.rows.units)
        options: list[tuple[str, str, Filter]] = [
            ("", "Milik saya", at._replace(mine=not at.mine)),
            ("", "Terlambat", at._replace(late=not at.late)),
        ]
        options += (("Lajur", clean(lane), at._replace(lane=None if at.lane == lane else lane)) for lane in lanes)
        options += (
            ("Bidang", clean(name), at._replace(bidang=None if at.bidang == name else name))
            for name in self.rows.bidang
        )
        menu_item: type[MenuItem] = load(SCREENS["menu item"])
        items, kinds = [], {""}
        for index, (kind, name, after) in enumerate(options):
            is_on = sum(bool(part) for part in after) < sum(bool(part) for part in at)
            count = of_bidang[after.bidang] if kind == "Bidang" and after.bidang is not None else self._count(after)
            detail = "tekan Enter untuk menghapus saringan ini" if is_on else f"{count} kartu"
            items.append(
                menu_item(
                    str(index), "", f"[{'x' if is_on else ' '}] {name}", detail, heading="" if kind in kinds else kind
                )
            )
            kinds.add(kind)
        if at.is_on:
            items.insert(0, menu_item("semua", "", "Tampilkan semua kartu", "hapus semua saringan (juga dengan Esc)"))

        def chose(code: str | None) -> None:
            if code is not None:
                self.show_only(NO_FILTER if code == "semua" else options[int(code)][2])

        await self.app.push_screen(load(SCREENS["menu"])("Saring kartu", items, self.glyphs), chose)

    def _matches(self, wanted: Filter, view: CardView) -> bool:
        return matches(wanted, view.card, self.office.actor, self._is_late, self.rows.units)

    def _count(self, wanted: Filter) -> int:
        board = self.whole if wanted.bidang is None else self._build()
        return sum(self._matches(wanted, view) for view in board.cards.values())

    def show_only(self, wanted: Filter) -> None:
        """Show the cards that match; the others are counted in the header."""
        self.filter, self.top = wanted, 0
        self._replace_view(self._built())
        if not self.view.cards and wanted.is_on:
            self.announce("Tidak ada kartu yang cocok dengan saringan ini. Tekan Esc untuk menampilkan semua kartu.")

    def action_clear(self) -> None:
        """Esc: what is under way first, then the filter."""
        self._hush()
        if self._exporting is not None:
            self._exporting.leave()
        elif self.filter.is_on:
            self.show_only(NO_FILTER)

    # ------------------------------------------------------------------ the search
    async def action_search(self) -> None:

        self._hush()
        form: Form = load(SEARCH)(self.sought)
        place = self._draft_place("cari", None, None)

        def answered(answer: Response | None) -> None:
            if answer is not None:
                self.drafts.forget(place)
                self.sought = answer.text("text") or ""
                self._find(0)

        await self.app.push_screen(await self.drafts.prompt(place, form), answered)

    async def action_find(self, step: int) -> None:
        """The next (or with -1 the previous) card of the last search."""
        self._hush()
        if self.sought:
            self._find(step)
        else:
            await self.action_search()

    def _find(self, step: int) -> None:
        periods = [item.key for item in self.view.periods]
        hits = [
            (number, key)
            for number, period in enumerate(periods)
            for key in found(self._apart(period), self.sought, self.rows.units)
        ]
        if not hits:
            among = "di antara kartu yang disaring" if self.filter.is_on else "di semua periode"
            self.announce(
                f'"{clean(self.sought)}" tidak ditemukan {among} {self.year}. Tekan / untuk mencari yang lain.', "late"
            )
            return
        index = self._next(hits, (periods.index(self.period), self.selected or (0, "")), step)
        number, (card, bidang) = hits[index]
        self.show_period(periods[number])
        self.show_card(card, bidang or None)
        more = " Titik: berikutnya, koma: sebelumnya." if len(hits) > 1 else ""
        where = period_label(self.period)
        self.announce(f'"{clean(self.sought)}": kartu {index + 1} dari {len(hits)} yang cocok, di {where}.{more}')

    @staticmethod
    def _next(hits: list[Hit], here: Hit, step: int) -> int:
        """Where in the list to go to: from the selected card on, round at the ends."""
        at = bisect_left(hits, here)
        is_on_one = hits[at : at + 1] == [here]
        # Between two of them the one at `at` is the next already.
        return (at + (step if is_on_one else min(step, 0))) % len(hits)

"""Finding one's way among many cards: filters and the search."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sakip_tui.board.finding import NO_FILTER, Filter, counted_by_bidang, found, matches
from sakip_tui.screens import SCREENS
from sakip_tui.views.board import CardView, Key
from sop.loading import load
from sop.model.texts import clean
from sop.words.periods import period_label

if TYPE_CHECKING:
    from sakip_tui.board.selection import Selection
    from sakip_tui.board.surface import Surface
    from sakip_tui.prompts.form import Form, Response
    from sakip_tui.widgets.menu import MenuItem


SEARCH = "sakip_tui.board.search_form:search_form"
"""Loaded at the first search."""


Hit = tuple[int, Key]
"""(number of the period in the year, card): in this order the search goes."""


class Looking:
    """Whoever shows less of a board, or jumps to what is looked for."""

    def __init__(self, screen: Surface) -> None:
        self._screen = screen
        self._sought = ""
        """What was looked for last; empty for nothing."""

    # ------------------------------------------------------------------ filters
    async def choose_filter(self) -> None:
        """Show what the board may be narrowed to, each with how many cards it would show."""
        screen, selection = self._screen, self._screen.selection
        at, rows = selection.filter, selection.rows
        lanes = dict.fromkeys(lane for view in selection.whole.cards.values() for lane in view.card.lanes)
        # One walk for all of them: an office may have very many bidang.
        without = at._replace(bidang=None)
        each = [view.card for view in selection.each().cards.values() if _matches(selection, without, view)]
        of_bidang = counted_by_bidang(each, rows.bidang, rows.units)
        options: list[tuple[str, str, Filter]] = [
            ("", "Milik saya", at._replace(mine=not at.mine)),
            ("", "Terlambat", at._replace(late=not at.late)),
        ]
        options += (("Lajur", clean(lane), at._replace(lane=None if at.lane == lane else lane)) for lane in lanes)
        options += (
            ("Bidang", clean(name), at._replace(bidang=None if at.bidang == name else name)) for name in rows.bidang
        )
        menu_item: type[MenuItem] = load(SCREENS["menu item"])
        items, kinds = [], {""}
        for index, (kind, name, after) in enumerate(options):
            is_on = sum(bool(part) for part in after) < sum(bool(part) for part in at)
            is_counted = kind == "Bidang" and after.bidang is not None
            count = of_bidang[after.bidang or ""] if is_counted else _count(selection, after)
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
                screen.show_only(NO_FILTER if code == "semua" else options[int(code)][2])

        await screen.app.push_screen(load(SCREENS["menu"])("Saring kartu", items, screen.glyphs), chose)

    # ------------------------------------------------------------------ the search
    async def search(self) -> None:
        """Ask what is looked for, and go to the first card that holds it."""
        if not await self._screen.is_free():
            return
        form: Form = load(SEARCH)(self._sought)

        async def do(answer: Response, token: str) -> None:
            self._sought = answer.text("text") or ""
            self._find(0)

        await self._screen.ask(("cari",), form, do)

    async def find(self, step: int) -> None:
        """The next (or with -1 the previous) card of the last search."""
        if self._sought:
            self._find(step)
        else:
            await self.search()

    def _find(self, step: int) -> None:
        screen, selection = self._screen, self._screen.selection
        periods = [item.key for item in selection.view.periods]
        boards = [selection.each_shown(period) for period in periods]

        def hits_of(may_name: bool) -> list[tuple[int, Key]]:
            return [
                (number, key)
                for number, board in enumerate(boards)
                for key in found(board, self._sought, selection.rows.units, may_name=may_name)
            ]

        hits = hits_of(False) or hits_of(True)
        if not hits:
            among = "di antara kartu yang disaring" if selection.filter.is_on else "di semua periode"
            screen.announce(
                f'"{clean(self._sought)}" tidak ditemukan {among} {selection.year}. Tekan / untuk mencari yang lain.',
                "late",
            )
            return
        index = _next(hits, (periods.index(selection.period), selection.key or (0, "")), step)
        number, (card, bidang) = hits[index]
        screen.show_period(periods[number])
        screen.show_card(card, bidang or None)
        more = " Titik: berikutnya, koma: sebelumnya." if len(hits) > 1 else ""
        where = period_label(selection.period)
        screen.announce(f'"{clean(self._sought)}": kartu {index + 1} dari {len(hits)} yang cocok, di {where}.{more}')


def _matches(selection: Selection, wanted: Filter, view: CardView) -> bool:
    return matches(wanted, view.card, selection.office.actor, selection.is_late, selection.rows.units)


def _count(selection: Selection, wanted: Filter) -> int:
    board = selection.whole if wanted.bidang is None else selection.each()
    return sum(_matches(selection, wanted, view) for view in board.cards.values())


def _next(hits: list[Hit], here: Hit, step: int) -> int:
    """Where in the list to go to: from the selected card on, round at the ends."""
    at = bisect_left(hits, here)
    is_on_one = hits[at : at + 1] == [here]
    # Between two of them the one at `at` is the next already.
    return (at + (step if is_on_one else min(step, 0))) % len(hits)

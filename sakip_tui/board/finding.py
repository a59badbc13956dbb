"""Which cards of a board are looked for: filters that can be combined, and the search. Pure values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from sakip_tui.text import folded
from sakip_tui.views.board import BandView, BoardView, CardColumn, Key
from sop.look.card import WAITING, Card
from sop.model.bidang import NO_FAMILY, Family
from sop.model.pelaksana import Actor
from sop.model.texts import clean
from sop.values import replace


class Filter(NamedTuple):
    """What a card must be to be shown; all of it together."""

    mine: bool = False
    late: bool = False
    lane: str | None = None
    bidang: str | None = None

    @property
    def is_on(self) -> bool:
        return self != NO_FILTER

    @property
    def words(self) -> str:
        """`milik saya, lajur Kasubag`."""
        parts = ("milik saya" if self.mine else "", "terlambat" if self.late else "")
        named = (f"lajur {clean(self.lane)}" if self.lane else "", clean(self.bidang) if self.bidang else "")
        return ", ".join(part for part in (*parts, *named) if part)


NO_FILTER = Filter()


def matches(
    wanted: Filter, card: Card, actor: Actor, is_late: Callable[[Card], bool], units: Family = NO_FAMILY
) -> bool:
    """Whether the filter shows a card.

    Args:
        wanted: The filter.
        card: The card.
        actor: Who sits here, for `mine`: what this person holds, and what nobody holds in a lane of theirs.
        is_late: Whether a card is late by now.
        units: A card keeps the name that its bidang had; the filter may know it by another.
    """
    if wanted.mine and not _is_mine(card, actor):
        return False
    if wanted.lane is not None and wanted.lane != card.lane and wanted.lane not in card.lanes:
        return False
    if wanted.bidang is not None and not _is_of(card, units.names_of(wanted.bidang)):
        return False
    return not wanted.late or is_late(card)


def _is_mine(card: Card, actor: Actor) -> bool:
    if card.holder is not None:
        return card.holder == actor.code
    return not actor.everybody and actor.holds(card.lane, card.bidang)


def _is_of(card: Card, names: Collection[str]) -> bool:
    """The bidang's own card, or one that stands for it beside others."""
    if card.bidang is not None or not card.summary:
        return card.bidang in names
    return card.state == WAITING or any(wait.kind == "bidang" and wait.name in names for wait in card.waiting_for)


def counted_by_bidang(cards: Iterable[Card], names: Iterable[str], units: Family = NO_FAMILY) -> Counter[str]:
    """How many of the cards a filter for each bidang shows (see `_is_of`)."""
    counts: Counter[str] = Counter()
    for_all = 0
    for card in cards:
        if card.bidang is not None:
            counts[units.present_name(card.bidang)] += 1
        elif card.summary and card.state == WAITING:
            for_all += 1
        elif card.summary:
            counts.update({units.present_name(wait.name) for wait in card.waiting_for if wait.kind == "bidang"})
    counts.update(dict.fromkeys(names, for_all))
    return counts


def filtered(
    board: BoardView, wanted: Filter, actor: Actor, is_late: Callable[[Card], bool], units: Family = NO_FAMILY
) -> BoardView:
    """The board with the matching cards only; lanes without any go."""
    if not wanted.is_on:
        return board
    bands = []
    for band in board.bands:
        cells = tuple(
            tuple(view for view in cell if matches(wanted, view.card, actor, is_late, units)) for cell in band.cells
        )
        if any(cells):
            bands.append(BandView(band.lane, band.assumed, cells))
    return replace(
        board,
        bands=tuple(bands),
        counts=tuple(sum(len(band.cells[column]) for band in bands) for column in CardColumn),
        cards={view.key: view for band in bands for cell in band.cells for view in cell},
    )


def found(board: BoardView, text: str, units: Family = NO_FAMILY, *, may_name: bool = False) -> list[Key]:
    """The cards whose number, title, bidang (by any of its names), holder or lane holds the text, in step order.

    Args:
        board: Where to look.
        text: What is looked for.
        units: The names of the bidang.
        may_name: Whether a number alone may be part of a bidang's name, as one beside words may; else it is a step's.
    """
    wanted = folded(text).split()
    may_name = may_name or len(wanted) > 1
    cards = board.cards.items() if wanted else ()
    return sorted(key for key, view in cards if _holds(view.card, wanted, units, may_name=may_name))


def _holds(card: Card, wanted: Iterable[str], units: Family, *, may_name: bool) -> bool:
    names = () if card.bidang is None else units.names_of(card.bidang)
    words = folded(" ".join((card.title, *names, card.holder or "", card.holder_name or "", *card.lanes)))
    numbers = {str(card.step), *(folded(" ".join(names)).split() if may_name else ())}
    return all(word in numbers if word.isdigit() else word in words for word in wanted)

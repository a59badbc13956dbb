"""How many cells everything takes: column widths, card heights, which card lies under which line. Pure arithmetic.

Lines are counted from the top of the first band; what of them is visible is the screen's business. Bands have one
height across all columns, so that lanes line up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import StrEnum

from rich.cells import cell_len

from sakip_tui.text import wrapped
from sakip_tui.views.board import COLUMN_NAMES, BandView, BoardView, CardColumn, CardView, Key, shown
from sop.values import Frozen

LEAST_WIDTH = 14
"""Below as many cells for each column, one column is shown at a time."""
GUTTER = 2
"""Cells left of a card's text: the cursor and a space."""
ROOMY_WIDTH = 100
"""Cells from which on a card has edges of its own."""
_DENSITIES = (
    (3, 1, True, 2),
    (3, 1, True, 1),
    (3, 0, True, 1),
    (3, 1, True, 0),
    (3, 0, True, 0),
    (2, 1, True, 0),
    (2, 0, True, 0),
    (2, 0, False, 0),
    (1, 0, True, 0),
)
"""(title lines at most, blank lines after a card, whether waiting cards say what they wait for, how many lines cards
have for holder and due moment where the column is wide), the roomiest first.

What a step waits for is mostly the one before it, so its title goes before that.
"""
_NARROW_CARD = 40
"""Cells of text below which a bidang's name goes without the word Bidang."""
_WIDE_CARD, _WIDE_ROOMY_CARD = 26, 16
"""Cells of text from which on holder and due moment have a line of their own; of a card with edges, which stands where
there is room below."""
_ONE_LINE_OF_MORE = 42
"""Cells of text from which on both have room on one line."""
_CROWDED = 60
"""With more cards than this no other density than the last is tried."""


class Direction(StrEnum):
    """Where the selection goes."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    FIRST = "first"
    LAST = "last"


class LineAt(Frozen):
    """What lies on one line of one column."""

    band: int
    row: int
    """0 for the band's heading; within a card, its line from 0."""
    card: CardView | None = None
    lines: tuple[str, ...] = ()
    """Of the card: its title, wrapped."""
    says_time: bool = True
    says_more: int = 0
    is_foot: bool = False
    """Whether it is the card's lower edge."""


class Footprint(Frozen):
    """Where a card stands."""

    view: CardView
    column: int
    top: int
    height: int
    """Without the blank lines after it."""
    lines: tuple[str, ...]
    """Its title, wrapped; empty where it has one line only, which `Layout.spot` works out."""
    says_time: bool = True
    """A line after the title says its time; else the title is all."""
    says_more: int = 0
    """So many lines at its end say who holds it and when it is due."""
    has_foot: bool = False
    """A line below all that is its lower edge."""


def is_narrow(width: int) -> bool:
    """Whether columns side by side would be too narrow to read; a terminal of less than 80 cells always is."""
    return width < 80 or (width - len(COLUMN_NAMES) + 1) // len(COLUMN_NAMES) < LEAST_WIDTH


class Layout:
    """One board laid out for one size. Built anew when either changes."""

    def __init__(self, board: BoardView, width: int, height: int, shown: CardColumn = CardColumn.SIAP) -> None:
        """
        Args:
            board: What is laid out.
            width: Cells of all columns together.
            height: Visible lines, to choose how roomy the cards are.
            shown: In narrow form the column on view: it alone decides how high the bands are.
        """
        self.board = board
        self.width, self.room = width, height
        self.is_narrow = is_narrow(width)
        self.is_roomy = width >= ROOMY_WIDTH
        """Whether cards have edges."""
        self.shown = shown
        self.widths = self._widths()
        self.lefts = tuple(sum(self.widths[:column]) for column in range(len(self.widths)))
        self.places: dict[Key, Footprint] = {}
        self.band_tops: list[int] = []
        self.height = 0
        self._columns: list[list[Footprint]] = []
        self._tops: list[list[int]] = []
        densities = _DENSITIES if len(board.cards) <= _CROWDED else _DENSITIES[-1:]
        for density in densities:
            self._place(*density)
            if self.height <= height:
                break

    def suits(self, board: BoardView, width: int, height: int, shown: CardColumn) -> bool:
        """Whether laying that out would come to the same: where there are many cards it takes its time."""
        is_as_high = height == self.room or len(board.cards) > _CROWDED
        is_as_shown = shown == self.shown or not self.is_narrow
        return board is self.board and width == self.width and is_as_high and is_as_shown

    def _widths(self) -> tuple[int, ...]:
        """Widths with the dividers; an empty column gives its room to those with cards."""
        if self.is_narrow:
            return (self.width,) * len(COLUMN_NAMES)
        least = [len(name) + 3 if not count else 0 for name, count in zip(COLUMN_NAMES, self.board.counts, strict=True)]
        busy = [column for column, size in enumerate(least) if not size]
        if not busy:
            busy, least = list(range(len(COLUMN_NAMES))), [0] * len(COLUMN_NAMES)
        share, rest = divmod(self.width - sum(least), len(busy))
        widths = list(least)
        for index, column in enumerate(busy):
            widths[column] = share + (index < rest)
        return tuple(widths)

    def text_width(self, column: int) -> int:
        """Cells for a card's text: the column less gutter, divider or edge, and one cell of air."""
        return max(1, self.widths[column] - GUTTER - 1 - self.is_roomy)

    def _place(self, most_lines: int, gap: int, says_waits: bool, says_more: int) -> None:
        self.places.clear()
        self.band_tops = []
        self._columns = [[] for _ in CardColumn]
        top = 0
        for band in self.board.bands:
            self.band_tops.append(top)
            heights = [
                self._place_cell(band, column, top + 1, most_lines, gap, says_waits, says_more) for column in CardColumn
            ]
            if not self.is_narrow:
                top += 1 + max(1, *heights)
            elif heights[self.shown]:
                top += 1 + heights[self.shown]
        self.height = top
        self._tops = [[place.top for place in column] for column in self._columns]

    def _place_cell(
        self, band: BandView, column: CardColumn, top: int, most_lines: int, gap: int, says_waits: bool, says_more: int
    ) -> int:
        width = self.text_width(column)
        if width < (_WIDE_ROOMY_CARD if self.is_roomy else _WIDE_CARD) or column == CardColumn.MENUNGGU:
            says_more = 0
        elif not self.is_roomy or width >= _ONE_LINE_OF_MORE:
            says_more = min(says_more, 1)
        says_time = says_waits or column != CardColumn.MENUNGGU
        at = top
        for view in band.cells[column]:
            # Where one line is all there is room for, it is worked out for the cards in view only.
            lines = title_lines(view, width, most_lines) if most_lines > 1 else ()
            more = 0 if view.card.summary else says_more
            # The lower edge takes the line that keeps cards apart: edges cost no lines.
            foot = self.is_roomy and gap > 0
            height = (len(lines) or 1) + says_time + more + foot
            place = Footprint(view, column, at, height, lines, says_time, more, foot)
            self.places[view.key] = place
            self._columns[column].append(place)
            at += height + gap - foot
        return at - top

    def spot(self, column: int, line: int) -> LineAt | None:
        """What lies there; None below the last band."""
        if not 0 <= line < self.height:
            return None
        band = bisect_right(self.band_tops, line) - 1
        if line == self.band_tops[band]:
            return LineAt(band, 0)
        index = bisect_right(self._tops[column], line) - 1
        if index >= 0:
            place = self._columns[column][index]
            if line < place.top + place.height:
                lines = place.lines or title_lines(place.view, self.text_width(column), 1)
                row = line - place.top
                is_foot = place.has_foot and row == place.height - 1
                return LineAt(band, row, place.view, lines, place.says_time, place.says_more, is_foot)
        return LineAt(band, line - self.band_tops[band])

    def number_of(self, key: Key) -> tuple[int, int]:
        """(which one, of how many) in its column, from 1; (0, 0) for a card that is not here."""
        place = self.places.get(key)
        if place is None:
            return 0, 0
        tops = self._tops[place.column]
        return bisect_right(tops, place.top), len(tops)

    def hidden(self, column: int, top: int, visible: int) -> tuple[int, int]:
        """(above, below): cards of a column that begin before the first visible line or after the last one."""
        tops = self._tops[column]
        return bisect_left(tops, top), len(tops) - bisect_left(tops, top + visible)

    def in_view(self, top: int, bottom: int) -> Iterator[Footprint]:
        """The cards of which some line lies between two lines, the second excluded."""
        for column, tops in zip(self._columns, self._tops, strict=True):
            for place in column[max(0, bisect_right(tops, top) - 1) : bisect_left(tops, bottom)]:
                if place.top + place.height > top:
                    yield place

    def scrolled_to(self, key: Key | None, top: int, visible: int) -> int:
        """The first visible line that shows the card, moved as little as possible; the band's heading with it."""
        most = max(0, self.height - visible)
        place = self.places.get(key) if key is not None else None
        if place is not None:
            band_top = self.band_tops[bisect_right(self.band_tops, place.top) - 1]
            # The line above the card, or its heading, is kept in view: a band's heading covers the first visible line.
            upper = band_top if place.top == band_top + 1 else place.top - 1
            if upper < top:
                top = upper
            elif place.top + place.height > top + visible:
                top = place.top + place.height - visible
        return max(0, min(top, most))

    def neighbour(self, key: Key | None, direction: Direction) -> Key | None:
        """The card the selection moves to; the same one at the edge, None on an empty board."""
        if key is None or key not in self.places:
            return next(iter(self.places), None)
        place = self.places[key]
        column = self._columns[place.column]
        index = column.index(place)
        match direction:
            case Direction.UP:
                return column[max(0, index - 1)].view.key
            case Direction.DOWN:
                return column[min(len(column) - 1, index + 1)].view.key
            case Direction.FIRST:
                return column[0].view.key
            case Direction.LAST:
                return column[-1].view.key
            case Direction.LEFT | Direction.RIGHT:
                return self._sideways(place, -1 if direction is Direction.LEFT else 1).view.key

    def _sideways(self, place: Footprint, step: int) -> Footprint:
        """The nearest card of the next column that has any: in the same band if there is one there."""
        column = place.column + step
        while 0 <= column < len(self._columns):
            others = self._columns[column]
            if others:
                band = self._band_of(place)
                return min(others, key=lambda other: (self._band_of(other) != band, abs(other.top - place.top)))
            column += step
        return place

    def _band_of(self, place: Footprint) -> int:
        return bisect_right(self.band_tops, place.top)

    def paged(self, key: Key | None, lines: int) -> Key | None:
        """The card in the same column about that many lines further; negative for up."""
        if key is None or key not in self.places:
            return next(iter(self.places), None)
        place = self.places[key]
        tops = self._tops[place.column]
        wanted = place.top + lines
        index = bisect_right(tops, wanted) - 1
        if lines > 0:
            index = max(index, self._columns[place.column].index(place) + 1)
        return self._columns[place.column][max(0, min(index, len(tops) - 1))].view.key

    def at(self, column: int, line: int) -> Key | None:
        """The card under a line of a column; for the mouse."""
        spot = self.spot(column, line)
        return spot.card.key if spot is not None and spot.card is not None else None


def title_lines(view: CardView, width: int, most: int) -> tuple[str, ...]:
    """`4 Menyusun laporan…` in at most that many lines. A mark may stand at the end of the first one.

    Of one bidang its name comes first, since that tells the cards of a step apart: it is cut last of all.
    """
    number, bidang = view.card.step, view.card.bidang
    if bidang is None:
        return wrapped(f"{number} {view.title}", width, most)
    name = shown(bidang)
    if width < _NARROW_CARD:
        # Else every bidang of a narrow column would read `Bidang Pem…`.
        name = name.removeprefix("Bidang ")
    title = shown(view.card.title)
    if cell_len(f"{number} {name}:") <= width:
        return wrapped(f"{number} {name}: {title}", width, most)
    lines = wrapped(f"{number} {name}", width, most)
    return lines if len(lines) == most else (*lines, *wrapped(title, width, most - len(lines)))

"""The rows of a sheet's page: how high each is, where each page ends, and so how many pages there are.

Widths are `pages.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from exports.sheet import Paper
from exports.workbook.pages import PIXELS, SCALE, usable_points

ROW_POINTS = 12.75
"""Height of a row without a height of its own."""
LINE_POINTS = 12
_TITLE_POINTS = 18
MOST_LINES = 30
"""Excel's rows are at most 409 points high; a longer text goes on in the appendix."""
_SURE_HEIGHT = 0.97
_LEAST_ROWS = 3
"""Rows that the last page has, or they stand on the page before."""
_LEAST_TOGETHER = 2
"""Rows of a table that stand over the words below it."""
_FEW_WORDS = 8
"""Lines of words that have no page for themselves: the table's last rows stand over them."""


def _page_room(paper: Paper, scale: int) -> float:
    """Points of rows that a page holds in every program."""
    return usable_points(paper)[1] * _SURE_HEIGHT * 100 / scale


def rows_of_chart(height: int) -> int:
    """Rows that so many pixels cover, with one of air."""
    return int(height / PIXELS // ROW_POINTS) + 2


class PageRows:
    """The heights of a page's rows, and where its pages end."""

    def __init__(self, page: Any, *, said: bool = True) -> None:
        """
        Args:
            page: Of XlsxWriter.
            said: Whether heights are said at all: XlsxWriter keeps each in memory, a hundred thousand take 40 MB.
        """
        self._page = page
        self.said = said
        if said:
            page.set_default_row(ROW_POINTS)
        self._points: dict[int, float] = {}
        """Rows with a height of their own."""
        self._whole: list[range] = []
        """Rows that no page's end may come between."""
        self._wished: list[range] = []
        """Rows that none should come between, where that costs no page."""

    def fit(self, row: int, lines: int) -> None:
        """Give the row room for so many lines of text."""
        if lines > 1:
            self.set(row, min(lines, MOST_LINES + 2) * LINE_POINTS)

    def make_room(self, row: int, lines: int) -> None:
        """Make the row as high as so many lines of text need, if it is lower."""
        if min(lines, MOST_LINES + 2) * LINE_POINTS > self.height(row):
            self.fit(row, lines)

    def fit_title(self, rows: Iterable[int]) -> None:
        """Give these rows room for a line of the title's letters."""
        for row in rows:
            self.set(row, _TITLE_POINTS)

    def set(self, row: int, points: float) -> None:
        """Say how high the row is."""
        if self.said:
            self._page.set_row(row, points)
            self._points[row] = points

    def keep_whole(self, rows: range) -> None:
        """Let no page end inside these rows, where one page holds them."""
        self._whole.append(rows)

    def wish_whole(self, rows: range) -> None:
        """The same, unless it costs a page."""
        self._wished.append(rows)

    def end_pages(
        self,
        last: int,
        table: range | None,
        paper: Paper,
        scale: int = SCALE,
        most: int = 1 << 20,
        begin: Callable[[int], None] = lambda row: None,
    ) -> tuple[int, int]:
        """Say where each page ends.

        Args:
            last: The row below everything that is printed.
            table: From the row of its heads on, which further pages of it repeat; None for none.
            paper: Its size.
            scale: Percent in which it is printed.
            most: Pages; rows beyond are not printed.
            begin: Told of each row of the table that begins a page, once, from the first on; it may make it higher.

        Returns:
            How many pages the rows take, 0 where heights are not said and so nobody knows; and the row below what is
            printed.
        """
        if not self.said:
            return 0, last
        room = _page_room(paper, scale)
        told: set[int] = set()
        ends = self._ends(last, table, room)
        while table is not None:
            new = next((row for row in ends if table.start + 1 < row < table.stop and row not in told), None)
            if new is None:
                break
            told.add(new)
            begin(new)
            ends = self._ends(last, table, room)
        if len(ends) >= most:
            last, ends = ends[most - 1], ends[: most - 1]
        if ends:
            self._page.set_h_pagebreaks(ends)
        if table is not None and ends and ends[0] < table.stop:
            self._page.repeat_rows(table.start)
        return len(ends) + 1, last

    def _ends(self, last: int, table: range | None, room: float) -> list[int]:
        """The rows that begin a new page."""
        ends = self._ends_of(last, table, room, self._whole)
        if not self._wished or not ends:
            return ends
        tidy = self._ends_of(last, table, room, [*self._whole, *self._wished])
        return tidy if len(tidy) <= len(ends) else ends

    def _ends_of(self, last: int, table: range | None, room: float, kept: Sequence[range]) -> list[int]:
        heights = [self.height(row) for row in range(last)]
        if table is None:
            return page_breaks(heights, kept, None, room)
        whole = [*kept, range(table.start, table.start + 2)]
        ends = page_breaks(heights, whole, None, room)
        long = table.stop - table.start > 2 * _LEAST_ROWS
        if ends and ends[0] >= table.stop and long and last - ends[-1] < _FEW_WORDS:
            # A few words alone are no page: the last rows come along.
            whole.append(range(table.stop - _LEAST_ROWS, last))
            return page_breaks(heights, whole, table.start, room)
        if ends and ends[0] < table.stop:
            # Only a table that is cut has its head repeated, and the room for it taken.
            if table.stop - table.start > _LEAST_ROWS + 1:
                # Nor does it stand over words alone: the last rows come along with what is below them.
                whole.append(range(table.stop - _LEAST_TOGETHER, last))
            ends = page_breaks(heights, whole, table.start, room)
            if table.stop - 1 in ends:
                # Its last row stands alone: another comes along, unless that costs a page.
                tidy = page_breaks(heights, [*whole, range(table.stop - 2, table.stop)], table.start, room)
                ends = tidy if len(tidy) <= len(ends) else ends
        return ends

    def held(self, row: int, wanted: int, least: float, paper: Paper, scale: int) -> int:
        """How many of the wanted pixels a drawing takes that begins at this row: fewer, but not under that share of
        them, where the page that everything above it stands on then holds it."""
        if not self.said:
            return wanted
        left = _page_room(paper, scale) - sum(map(self.height, range(row)))
        rows = int(left // ROW_POINTS)
        most = int((rows - 1) * ROW_POINTS * PIXELS) - 1
        return most if rows_of_chart(wanted) > rows and most >= wanted * least else wanted

    def height(self, row: int) -> float:
        """Points of a row."""
        return self._points.get(row, ROW_POINTS)


def page_breaks(heights: Sequence[float], whole: Sequence[range], head: int | None, room: float) -> list[int]:
    """The rows that begin a new page.

    Args:
        heights: Of every row, in points.
        whole: Rows that belong on one page; what no page holds is cut all the same.
        head: The row that every page after its own repeats.
        room: Points of a page.
    """
    repeated = 0.0 if head is None else heights[head]
    starts = _group_starts(heights, whole, room - repeated)
    breaks: list[int] = []
    used = 0.0
    for start, end in zip(starts, [*starts[1:], len(heights)], strict=True):
        height = sum(heights[start:end])
        if used and used + height > room:
            breaks.append(start)
            used = repeated if head is not None and start > head else 0.0
        used += height
    if breaks and len(heights) - breaks[-1] < _LEAST_ROWS:
        _move_last(breaks, starts, heights, room - repeated)
    return breaks


def _move_last(breaks: list[int], starts: Sequence[int], heights: Sequence[float], room: float) -> None:
    """Let the last page begin so much earlier that it has enough rows."""
    before = breaks[-2] if len(breaks) > 1 else 0
    for start in reversed([start for start in starts if before + _LEAST_ROWS < start < breaks[-1]]):
        if sum(heights[start:]) > room:
            return
        breaks[-1] = start
        if len(heights) - start >= _LEAST_ROWS:
            return


def _group_starts(heights: Sequence[float], whole: Sequence[range], room: float) -> list[int]:
    """First rows of what is not cut: of each range that a page holds, and of every row outside of one."""
    inside: set[int] = set()
    for rows in whole:
        if sum(heights[rows.start : rows.stop]) <= room:
            inside.update(range(rows.start + 1, min(rows.stop, len(heights))))
    return [row for row in range(len(heights)) if row not in inside]

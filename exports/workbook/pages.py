"""The page that a sheet is printed on: its set-up, the heights of its rows, and where the paper ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from db.log_chain import mark_of
from exports.display import printed_text
from exports.sheet import Column, Paper, Report
from exports.workbook.looks import WORDS
from exports.workbook.names import coded

PAPER_CODES: Mapping[Paper, int] = MappingProxyType({Paper.A4: 9, Paper.F4: 14})
"""Excel knows papers by number only. 14 is Folio, 8.5 x 13 inches: 215.9 x 330.2 mm, within a millimetre of F4."""

_PAPER_POINTS: Mapping[Paper, tuple[float, float]] = MappingProxyType({Paper.A4: (842, 595), Paper.F4: (936, 612)})
"""Width and height, lying."""

_SIDE_INCHES, _END_INCHES = 0.4, 0.7
_POINTS = 72

_SHARE_UNITS = 76
"""Of the 255 units of a header or footer, what each of its three parts may take beside the codes."""

_WORDS_SHARE = 0.86

ROW_POINTS = 12.75
"""Height of a row without a height of its own; said in the workbook, so that all programs lay out alike."""

_LINE_POINTS = 12
_TITLE_POINTS = 18
_HIGHEST_LINES = 34
"""Excel's rows are at most 409 points high; a longer text is read in the cell itself."""

_DOUBT = 0.08
"""Share of a page by which programs differ in where it ends: each measures letters, and so columns, in its own way."""


def set_up_page(page: Any, report: Report) -> None:
    """Lying, one page wide; office, SEMENTARA and period at the head; document, page, print time and log at the
    foot."""
    page.set_landscape()
    page.set_paper(PAPER_CODES[report.paper])
    page.fit_to_pages(1, 0)
    page.set_margins(left=_SIDE_INCHES, right=_SIDE_INCHES, top=_END_INCHES, bottom=_END_INCHES)
    state = "SEMENTARA" if report.provisional else ""
    head = f"&L&8 {coded(report.office, _SHARE_UNITS)}&C&B{state}&R&8 {coded(report.period, _SHARE_UNITS)}"
    printed = coded(f"Dicetak {printed_text(report)} · log {mark_of(report.log_hash)}", _SHARE_UNITS)
    foot = f"&L&8 {coded(report.file_name, _SHARE_UNITS)}&C&8 Halaman &P dari &N&R&8 {printed}"
    # Of one size on all sheets, however far a wide one is scaled down.
    page.set_header(head, {"scale_with_doc": False})
    page.set_footer(foot, {"scale_with_doc": False})


def usable_points(paper: Paper) -> tuple[float, float]:
    """Width and height of the paper between its margins."""
    width, height = _PAPER_POINTS[paper]
    return width - 2 * _SIDE_INCHES * _POINTS, height - 2 * _END_INCHES * _POINTS


def column_width(column: Column) -> float:
    """Width in Excel's unit, a digit of its usual font of 11 points. Ours has 9: words need less, digits hardly."""
    return round(column.width * _WORDS_SHARE + 1, 1) if column.kind in WORDS else column.width


def column_pixels(width: float) -> int:
    """Pixels of a column of that width."""
    return int(width * 7 + 5)


def text_room(characters: int) -> int:
    """Characters of usual text that fit on a line of a column of that many."""
    return max(int(characters * 1.04 - 0.5), 1)


def lines_of(text: str, room: int) -> int:
    """Lines that the text takes with room for so many characters, words kept whole where they fit."""
    room = max(room, 1)
    if len(text) > room * _HIGHEST_LINES:
        return _HIGHEST_LINES
    count = 0
    for line in text.split("\n"):
        left = 0
        for word in line.split(" "):
            length = len(word)
            if length < left:
                left -= length + 1
            else:
                count += 1 + length // (room + 1)
                left = room - length % (room + 1)
    return count


class PageRows:
    """The heights of a page's rows. They are said, since programs measure a folded text differently, if at all."""

    def __init__(self, page: Any, *, said: bool = True) -> None:
        """
        Args:
            page: Of XlsxWriter.
            said: Whether heights are said at all: XlsxWriter keeps each in memory, a hundred thousand take 40 MB.
        """
        self._page = page
        self._said = said
        if said:
            page.set_default_row(ROW_POINTS)
        self._points: dict[int, float] = {}
        """Rows with a height of their own."""
        self._breaks: list[int] = []
        """Rows that begin a new page."""

    def fit(self, row: int, lines: int) -> None:
        """Give the row room for so many lines of text."""
        if lines > 1:
            self._set(row, min(lines, _HIGHEST_LINES) * _LINE_POINTS + 1)

    def fit_title(self, rows: Iterable[int]) -> None:
        """Give these rows room for a line of the title's letters."""
        for row in rows:
            self._set(row, _TITLE_POINTS)

    def _set(self, row: int, points: float) -> None:
        if self._said:
            self._page.set_row(row, points)
            self._points[row] = points

    def keep_whole(self, row: int, points: float, *, head: int | None, width: float, paper: Paper) -> None:
        """Begin a new page at the row where a block of that height would be cut by the end of this one.

        Args:
            row: Where the block begins.
            points: Its height.
            head: The row that is repeated on every page after its own; None for none.
            width: Points across of all that is printed; what is wider than the paper is scaled down.
            paper: Its size.
        """
        across, down = usable_points(paper)
        shown = down * max(1.0, width / across)
        repeated = 0.0 if head is None else self._height(head)
        if points > shown * (1 - _DOUBT) - repeated:
            return  # no page holds it
        # Where each program ends a page is not known to the point: it must be whole in all of them.
        rooms = (shown * (1 - _DOUBT), shown, shown * (1 + _DOUBT))
        used = [self._used_on_last_page(row, room, repeated, head) for room in rooms]
        if max(used) > repeated and any(part + points > room for part, room in zip(used, rooms, strict=True)):
            self._breaks.append(row)
            self._page.set_h_pagebreaks(self._breaks)

    def _used_on_last_page(self, end: int, room: float, repeated: float, head: int | None) -> float:
        """Points that the rows before `end` take on the page where they end."""
        used = 0.0
        for row in range(end):
            height = self._height(row)
            if used + height > room or row in self._breaks:
                used = repeated if head is not None and row > head else 0.0
            used += height
        return repeated if end in self._breaks else used

    def _height(self, row: int) -> float:
        return self._points.get(row, ROW_POINTS)

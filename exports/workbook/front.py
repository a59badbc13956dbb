"""The page that is signed: letterhead, large figures, findings, one small table and the place to sign, upright on one
page whatever it holds.

A form and no table: its cells are merged over a grid of narrow columns. Every height is worked out before anything is
written, since the page is shared out: what is signed stands whole, letters become smaller before words give way, titles
give way before findings, findings before the rows of the table, and what is left out is told where to be found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from exports.characters import one_line, visible
from exports.display import BLANK, DRAFT, ELECTRONIC, PROVISIONAL, printed_text, signing_blocks, signing_line
from exports.sheet import Front, Headline, Paper, Report, Row, Sheet, Signature
from exports.workbook.letters import folded, width_of
from exports.workbook.looks import FRONT_LETTERS, TABLE_LETTERS, Looks
from exports.workbook.names import no_rich_text
from exports.workbook.pages import PAPER_CODES, PAPER_POINTS
from sop.values import Frozen

_GRID = 24
"""Columns of the grid."""
_WHOLE = (0, _GRID - 1)
"""First and last of them."""
_GRID_PIXELS = {Paper.A4: 25, Paper.F4: 26}
"""Of each. A LibreOffice without Arial makes them a fifth wider and prints the page in 88 percent: letters of 10.5
points are then still more than 9."""
_MARGIN_INCHES = 0.79
"""20 mm."""
_SURE_HEIGHT = 0.97
_LEAST_SCALE = 0.89
"""In which a page is printed that would not hold everything, before anything is left out of it. As small a
LibreOffice without Arial prints every page, for its width, and would else leave the rest of its height empty."""
_LINE, _TABLE_LINE = 13.5, 11.5
"""Points of a line of usual letters, and of those of the table."""
_PADDING = 7
"""Pixels of a cell that no letter stands in."""
_FIGURE_LINE, _KOP_LINE, _GAP = 27.0, 16.0, 6.0
_TABLE_SHARE = 0.6
"""Of what findings and table share, what the table may always have."""
_CUTS = ((9, 9), (4, 9), (3, 9), (2, 4), (1, 3), (1, 2), (1, 1))
"""Lines that a title and other words of the table may take, tried in turn until all rows fit."""
_FROM_UNTIL = re.compile(r"\d-\d")
_SIGN_ROOM = 3


class _Cell(Frozen):
    """Words over some columns of the grid."""

    first: int
    last: int
    text: str
    look: str = "front"


class _Line(Frozen):
    """A row of the page."""

    points: float
    cells: tuple[_Cell, ...] = ()


def write_front(page: Any, looks: Looks, report: Report, sheet: Sheet, front: Front) -> None:
    """Write the page.

    Args:
        page: Of XlsxWriter, empty.
        looks: Of its workbook.
        report: Its paper, and when it was printed.
        sheet: Its table, of texts, and its signature.
        front: Everything else.
    """
    paper = report.paper
    pixels = _GRID_PIXELS[paper]
    page.hide_gridlines(2)
    page.set_portrait()
    page.set_paper(PAPER_CODES[paper])
    page.set_margins(*[_MARGIN_INCHES] * 4)
    page.center_horizontally()
    page.fit_to_pages(1, 1)
    if front.draft:
        page.set_tab_color("#9C0006")
    lines = _Page(report, sheet, front, pixels).lines()
    # Columns of the grid that no cell begins in are one: each cell of a merge has its price.
    cells = [cell for line in lines for cell in line.cells]
    edges = sorted({0, _GRID, *(cell.first for cell in cells), *(cell.last + 1 for cell in cells)})
    place = {edge: number for number, edge in enumerate(edges)}
    for number, (edge, end) in enumerate(pairwise(edges)):
        page.set_column_pixels(number, number, (end - edge) * pixels)
    for row, line in enumerate(lines):
        page.set_row(row, line.points)
        for cell in line.cells:
            look = looks.words(cell.look)
            first, last = place[cell.first], place[cell.last + 1] - 1
            if last > first:
                page.merge_range(row, first, row, last, "", look)
            page.write_string(row, first, no_rich_text(visible(cell.text)), look)
    page.print_area(0, 0, len(lines) - 1, len(edges) - 2)


class _Page:
    """Shares the page out."""

    def __init__(self, report: Report, sheet: Sheet, front: Front, pixels: int) -> None:
        self._report, self._sheet, self._front, self._pixels = report, sheet, front, pixels

    def lines(self) -> list[_Line]:
        """Every row from top to bottom."""
        above = [*self._letterhead(), *self._title(), *self._headlines()]
        below = [
            *self._paragraph(self._front.kinerja),
            *self._paragraph(self._front.changes),
            *self._signing(),
            *self._proof(),
        ]
        height = PAPER_POINTS[self._report.paper][1] - 2 * _MARGIN_INCHES * 72
        room = height * _SURE_HEIGHT / _LEAST_SCALE - sum(line.points for line in (*above, *below))
        return [*above, *self._findings_and_table(room), *below]

    # ------------------------------------------------------------------ parts of fixed height
    def _letterhead(self) -> list[_Line]:
        lines = [one_line(text) for text in self._front.letterhead if text.strip()]
        found = [self._block(text, "front_kop", _KOP_LINE) for text in lines[:2]]
        found += [self._block(text, "front_centred") for text in lines[2:]]
        return [*found, _Line(4.0, (_Cell(*_WHOLE, "", "front_rule"),)), _Line(_GAP)] if found else []

    def _title(self) -> list[_Line]:
        found: list[_Line] = []
        if self._front.draft:
            found += [self._block(f"{DRAFT}. {PROVISIONAL}.", "front_draft"), _Line(_GAP)]
        found += [self._block(one_line(text), "front_title", _KOP_LINE) for text in self._front.title]
        if self._front.identity:
            found.append(self._block(one_line(self._front.identity), "front_centred"))
        return [*found, _Line(_GAP)]

    def _headlines(self) -> list[_Line]:
        """Large figures beside each other, each over its words."""
        shown = self._front.headlines
        if not shown:
            return []
        beside = list(zip(shown, _shared([1] * len(shown)), strict=True))
        figures = [_Cell(first, last, one.figure, self._figure_look(one, first, last)) for one, (first, last) in beside]
        words = [
            _Cell(first, last, f"{one.words}\n{one.beside}" if one.beside else one.words, "front_centred_top")
            for one, (first, last) in beside
        ]
        most = max(self._count(cell.text, cell.first, cell.last) for cell in words)
        return [_Line(_FIGURE_LINE, tuple(figures)), _Line(most * _LINE + 1, tuple(words)), _Line(_GAP)]

    def _figure_look(self, one: Headline, first: int, last: int) -> str:
        """A long one, as a date is, has smaller letters."""
        room = self._room(first, last)
        return next(
            (
                look
                for look, size in (("front_figure", 20), ("front_figure_small", 15))
                if width_of(one.figure, size, bold=True) <= room
            ),
            "front_figure_least",
        )

    def _paragraph(self, sentences: tuple[str, ...]) -> list[_Line]:
        return [_Line(_GAP), self._small(" ".join(sentences), "front_small")] if sentences else []

    def _signing(self) -> list[_Line]:
        signature = self._sheet.signature
        if signature is None or not signature.signatories:
            return []
        found = [_Line(_GAP)]
        for first in range(0, len(signature.signatories), 3):
            found += self._signing_row(signature, first)
        if signature.electronic:
            found.append(self._block(ELECTRONIC, "front_boxed"))
        return found

    def _signing_row(self, signature: Signature, first: int) -> list[_Line]:
        blocks = signing_blocks(signature)[first : first + 3]
        is_last = first + 3 >= len(signature.signatories)
        spans = {1: [(12, 23)], 2: [(0, 10), (13, 23)], 3: [(0, 7), (8, 15), (16, 23)]}[len(blocks)]
        parts = [(heading, position, name, rest) for heading, position, _, _, _, name, *rest in blocks]
        found: list[_Line] = []
        if is_last:
            found.append(self._block(signing_line(signature), "front_centred", span=spans[-1]))
        found.append(self._row(spans, [part[0] for part in parts], "front_centred"))
        found.append(self._row(spans, [part[1] for part in parts], "front_centred_top"))
        found += [_Line(_LINE)] * _SIGN_ROOM
        named = [part[2] for part in parts]
        found.append(self._row(spans, [BLANK[:18] if name == BLANK else name for name in named], "front_name"))
        deepest = max(len(part[3]) for part in parts)
        for place in range(deepest):
            # Without a rank the NIP stands directly under the name.
            words = [part[3][place] if place < len(part[3]) else "" for part in parts]
            found.append(self._row(spans, words, "front_centred_top"))
        return found

    def _proof(self) -> list[_Line]:
        words = " · ".join(filter(None, (self._front.proof, f"dicetak {printed_text(self._report)}")))
        return [_Line(_GAP), self._small(words.strip(), "front_proof")]

    # ------------------------------------------------------------------ what shares the rest
    def _findings_and_table(self, room: float) -> list[_Line]:
        """Findings and table in that room; what does not fit is left out from their ends."""
        title = self._block(one_line(self._front.findings_title), "front_head")
        findings = [
            self._numbered(number, text) if len(self._front.findings) > 1 else self._block(text)
            for number, text in enumerate(self._front.findings, start=1)
        ]
        room -= title.points + _GAP
        wanted = _height(findings)
        table: list[_Line] = []
        for place, most in enumerate(_CUTS):
            table = self._table(most)
            if wanted + _height(table) <= room:
                table = self._grown(table, _CUTS[:place], room - wanted)
                return [title, *findings, _Line(_GAP), *table]
        kept_for_table = min(_height(table), room * _TABLE_SHARE)
        # Where the table's share leaves no room for a line of findings, they have all of it.
        shown = self._cut(findings, room - kept_for_table, 1, "temuan lain")
        shown = shown or self._cut(findings, room, 0, "temuan lain")
        left = room - _height(shown)
        if _height(table) <= left:
            table = self._grown(table, _CUTS[:-1], left)
        return [title, *shown, _Line(_GAP), *self._cut(table, left, 1, "baris lain")]

    def _cut(self, lines: list[_Line], room: float, least: int, what: str) -> list[_Line]:
        """As many of the lines as fit, with a line that says how many more there are and where."""
        if _height(lines) <= room:
            return lines
        count = len(lines)
        while count > least:
            count -= 1
            shown = [*lines[:count], self._block(f"… dan {len(lines) - count} {what}, {self._front.elsewhere}.")]
            if _height(shown) <= room:
                return shown
        return []

    def _numbered(self, number: int, text: str) -> _Line:
        """A finding beside its number."""
        points = self._count(text, 1, _GRID - 1) * _LINE + 1
        return _Line(points, (_Cell(0, 0, f"{number}."), _Cell(1, _GRID - 1, visible(text))))

    def _table(self, most: tuple[int, int]) -> list[_Line]:
        """Heads and rows, each cell that may be cut of at most so many lines: the first of them, and the others."""
        columns = self._sheet.columns
        if not columns or not len(self._sheet.rows):
            return []
        heads = [column.title for column in columns]
        spans = _shared([column.width for column in columns])
        head = self._row(spans, heads, "front_column", TABLE_LETTERS, _TABLE_LINE, bold=True)
        return [head, *(self._table_row(row, spans, most) for row in self._sheet.rows)]

    def _table_row(self, row: Row, spans: Sequence[tuple[int, int]], most: tuple[int, int]) -> _Line:
        texts = [self._unparted(_words(cell), span) for cell, span in zip(row, spans, strict=True)]
        places = {column.key: place for place, column in enumerate(self._sheet.columns)}
        cut = [places[key] for key in self._front.cut if key in places]
        # The last to be cut first: beside what stays high no other cell is cut lower.
        whole = {*places.values()} - {*cut}
        high = max((self._table_lines(texts[place], spans[place]) for place in whole), default=1)
        for place in reversed(cut):
            texts[place] = self._shortened(texts[place], spans[place], max(high, most[place != cut[0]]))
            high = max(high, self._table_lines(texts[place], spans[place]))
        return self._row(spans, texts, "front_cell", TABLE_LETTERS, _TABLE_LINE)

    def _unparted(self, text: str, span: tuple[int, int]) -> str:
        """The text, folded here where a program would part what it tells from when until when at its hyphen."""
        lines = folded(text, self._room(*span), TABLE_LETTERS) if _FROM_UNTIL.search(text) else ()
        return "\n".join(lines) if len(lines) > 1 else text

    def _table_lines(self, text: str, span: tuple[int, int]) -> int:
        return self._count(text, *span, size=TABLE_LETTERS)

    def _grown(self, table: list[_Line], more: Sequence[tuple[int, int]], room: float) -> list[_Line]:
        """The table with more lines in its rows, from the first on, as long as there is room for them."""
        spans = _shared([column.width for column in self._sheet.columns])
        left = room - _height(table)
        for most in reversed(more):
            for place, row in enumerate(self._sheet.rows, start=1):
                line = self._table_row(row, spans, most)
                if 0 < line.points - table[place].points <= left:
                    left -= line.points - table[place].points
                    table[place] = line
        return table

    def _shortened(self, text: str, span: tuple[int, int], most: int) -> str:
        """The text, or its first words with an ellipsis where it takes more lines than that, and what always stays."""
        lines = folded(one_line(text), self._room(*span), TABLE_LETTERS)
        if len(lines) <= most:
            return one_line(text)
        kept = self._front.uncut
        end = f" … {kept}" if kept and one_line(text).endswith(f" {kept}") else " …"
        words = " ".join(lines[:most]).split(" ")
        while len(words) > 1 and self._count(" ".join(words) + end, *span, size=TABLE_LETTERS) > most:
            words.pop()
        return " ".join(words) + end

    # ------------------------------------------------------------------ rows
    def _row(
        self,
        spans: Sequence[tuple[int, int]],
        texts: Sequence[str],
        look: str,
        size: float = FRONT_LETTERS,
        line: float = _LINE,
        *,
        bold: bool = False,
    ) -> _Line:
        """Words beside each other in a row as high as the highest of them."""
        bold = bold or look == "front_name"
        counts = [self._count(text, *span, size=size, bold=bold) for text, span in zip(texts, spans, strict=True)]
        cells = tuple(_Cell(*span, text, look) for text, span in zip(texts, spans, strict=True))
        return _Line(max(counts) * line + 1, cells)

    def _block(self, text: str, look: str = "front", line: float = _LINE, span: tuple[int, int] = _WHOLE) -> _Line:
        """Words folded over these columns."""
        bold = look in ("front_kop", "front_title", "front_draft", "front_head")
        scale = line / _LINE
        count = len(folded(visible(text), self._room(*span) / scale, FRONT_LETTERS, bold))
        return _Line(count * line + 1, (_Cell(*span, visible(text), look),))

    def _small(self, text: str, look: str) -> _Line:
        """Words over all columns in the letters of the table."""
        count = self._count(text, *_WHOLE, size=TABLE_LETTERS)
        return _Line(count * _TABLE_LINE + 1, (_Cell(*_WHOLE, visible(text), look),))

    def _count(self, text: str, first: int, last: int, *, size: float = FRONT_LETTERS, bold: bool = False) -> int:
        return len(folded(visible(text), self._room(first, last), size, bold))

    def _room(self, first: int, last: int) -> float:
        return (last - first + 1) * self._pixels - _PADDING


def _words(cell: object) -> str:
    """A cell of the table; a dash where nothing is known, as its words have it."""
    return "-" if cell is None else visible(str(cell))


def _height(lines: Sequence[_Line]) -> float:
    return sum(line.points for line in lines)


def _shared(weights: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) columns of the grid for parts of these weights, side by side over all of it."""
    total, done, first = sum(weights), 0, 0
    spans: list[tuple[int, int]] = []
    for place, weight in enumerate(weights):
        done += weight
        left = len(weights) - place - 1
        end = min(max(round(done / total * _GRID), first + 1), _GRID - left)
        spans.append((first, end - 1))
        first = end
    return spans

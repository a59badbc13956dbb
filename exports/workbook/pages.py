"""The page that a sheet is printed on: how wide its columns are, and which of them share a page. Its rows are
`page_rows.py`'s.

The writer settles all of it and says it in the workbook, so that every program prints the same pages: what each would
work out by itself from its own letters differs by a row or a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from db.log_chain import mark_of
from exports.display import printed_text, shown, ticked, yes_no
from exports.sheet import Cast, Column, Kind, Paper, Report, Sheet
from exports.workbook.letters import folded, longest_word, width_of
from exports.workbook.looks import LETTERS, WORDS, is_bold, signs_after
from exports.workbook.names import coded
from sop.values import Frozen

PAPER_CODES: Mapping[Paper, int] = MappingProxyType({Paper.A4: 9, Paper.F4: 14})
"""Excel knows papers by number only. 14 is Folio, 8.5 x 13 inches: 215.9 x 330.2 mm, within a millimetre of F4."""

PAPER_POINTS: Mapping[Paper, tuple[float, float]] = MappingProxyType({Paper.A4: (595, 842), Paper.F4: (612, 936)})
"""Short and long side."""

_SIDE_INCHES, _END_INCHES = 0.4, 0.6
_POINTS = 72
PIXELS = 96 / 72
"""In a point."""

_SHARE_UNITS = 76
"""Of the 255 units of a header or footer, what each of its three parts may take beside the codes."""

_OFFICE_UNITS = 130
"""What the left one may take where nothing stands in the middle."""

SCALE, _BAND_SCALE = 89, 85
"""Percent in which a table is printed, and one that is too wide for a page: letters of 9 points are more than 8, and
more than 7.5. Said and not left to the program, which would take another for each of its fonts, and with it other
pages."""

_WIDEST_MEASURE = 1.21
"""Times that a LibreOffice without Arial makes a column wider than Excel does."""
_SURE_WIDTH = 0.985

_PADDING = 8
"""Pixels of a column that no letter stands in."""
_INDENT = 10
"""Pixels between a figure and the words to its right."""
_BUTTON = 16
"""Pixels that the filter's button takes of a head."""
_NARROWEST, WIDEST = 35, 460
"""Pixels of a column of words."""
_HALVINGS = 20
"""Of a page's width until what is left of it is less than a pixel for any column."""
_NEVER_FOLDED = 100
"""Pixels of a text that stands on one line: a moment with its day, a state."""
_WIDEST_WORD = 420
"""Pixels; a longer word is cut."""


class PaperLayout(Frozen):
    """How a table's columns lie on paper."""

    widths: tuple[int, ...]
    """Pixels of each column."""
    printed: int
    """How many columns are printed, from the left."""
    bands: tuple[int, ...]
    """First column of each further page across; empty where all stand on one."""
    repeated: int
    """Columns that further pages across repeat."""
    across: float
    """Pixels that words outside the table may take."""

    @property
    def scale(self) -> int:
        """Percent."""
        return _BAND_SCALE if self.bands else SCALE


def page_scale(layout: PaperLayout | None) -> int:
    """Percent in which a sheet is printed; None stands for one of words alone."""
    return SCALE if layout is None else layout.scale


def across(paper: Paper, scale: int = SCALE) -> float:
    """Pixels of columns that one lying page shows in every program's measure."""
    return usable_points(paper)[0] * PIXELS * _SURE_WIDTH / _WIDEST_MEASURE / (scale / 100)


def room_of(pixels: float) -> float:
    """Pixels of a column that letters may take."""
    return max(pixels - _PADDING, 1)


def laid_out(sheet: Sheet, heads: Sequence[str], paper: Paper, *, known: bool) -> PaperLayout:
    """Widths in which no word is broken, and which columns share a page.

    Args:
        sheet: With columns.
        heads: Their heads as they will be written.
        paper: Its size.
        known: Whether its rows may be looked at; those of a long log are read once, while they are written.
    """
    columns = sheet.columns
    limit = across(paper)
    found = _rooms(sheet, heads, limit, known=known)
    found = _alike(columns, found)
    most = [one.most for one in found]
    printed = sum(not column.off_paper for column in columns)
    if sum(one.least for one in found[:printed]) > limit + 1:
        # Before a table goes on beside itself, moments and states are folded too.
        found = [one._replace(least=one.tight or one.least) for one in found]
    if sum(one.least for one in found[:printed]) <= limit + 1:
        widths = [*_shared_out(found[:printed], limit), *(one.wanted for one in found[printed:])]
        # What lies beside the printed part cuts words off that flow over its edge.
        room = limit if printed == len(columns) else min(limit, sum(widths[:printed]))
        return PaperLayout(tuple(int(width) for width in widths), printed, (), 0, room)
    if sheet.for_data:
        # Nobody reads it on paper: what one page holds shows what it is.
        fitting = [place for place in range(printed) if sum(most[: place + 1]) <= limit]
        shown = max(len(fitting), 1)
        return PaperLayout(tuple(int(width) for width in most), shown, (), 0, sum(most[:shown]))
    return _in_bands([int(one.wanted) for one in found], printed, sheet.frozen_columns, paper)


def _alike(columns: Sequence[Column], found: Sequence[_Room]) -> list[_Room]:
    """The rooms, with one for all columns that stand beside each other for comparison."""
    beside = [room for column, room in zip(columns, found, strict=True) if column.alike]
    if len(beside) < 2:
        return list(found)
    common = _Room(*map(max, zip(*beside, strict=True)))
    return [common if column.alike else room for column, room in zip(columns, found, strict=True)]


def _in_bands(widths: Sequence[int], printed: int, frozen: int, paper: Paper) -> PaperLayout:
    """Columns that one page cannot hold, on several beside each other that begin with the same ones."""
    room = across(paper, _BAND_SCALE)
    kept = frozen if sum(widths[:frozen]) < room / 2 else 0
    bands: list[int] = []
    used = 0.0
    for place in range(printed):
        if used + widths[place] > room and used > sum(widths[:kept]):
            bands.append(place)
            used = float(sum(widths[:kept]))
        used += widths[place]
    return PaperLayout(tuple(widths), printed, tuple(bands), kept if bands else 0, room)


def _rooms(sheet: Sheet, heads: Sequence[str], limit: float, *, known: bool) -> list[_Room]:
    """The room of each column. What no paper shows has its usual width: measuring is for pages."""
    cells = list(zip(*sheet.rows, strict=True)) if known and len(sheet.rows) else [()] * len(sheet.columns)
    marked = _marked_texts(sheet) if known else {}
    found: list[_Room] = []
    used = 0.0
    for column, head, of_column in zip(sheet.columns, heads, cells, strict=True):
        seen = known and not column.off_paper and not (sheet.for_data and used > limit)
        found.append(_width(column, head, of_column if seen else None, marked.get(column.key, ())))
        used += found[-1].most
    return found


class _Room(NamedTuple):
    """Pixels that a column may take."""

    least: float
    """No word is broken in it."""
    wanted: float
    most: float
    """No text of it is folded."""
    load: float = 0.0
    """How much there is to fold in it, beside other columns."""
    tight: float = 0.0
    """No word is broken in it, and every text may be folded; 0 where that is the least anyway."""


def _shared_out(found: Sequence[_Room], limit: float) -> list[float]:
    """The page shared out among columns by what each has to fold, so that rows become low."""

    def widths(share: float) -> list[float]:
        return [min(max(one.load * share, one.least), one.most) for one in found]

    if sum(one.most for one in found) <= limit:
        return [one.most for one in found]
    low, high = 0.0, limit
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= limit else (low, middle)
    return widths(low)


def _marked_texts(sheet: Sheet) -> Mapping[str, list[tuple[str, bool]]]:
    """Key of a column of words -> (what a marked cell of it shows, whether in bold letters)."""
    places = {column.key: place for place, column in enumerate(sheet.columns) if column.kind in WORDS}
    found: dict[str, list[tuple[str, bool]]] = {}
    if not sheet.marks:
        return found
    rows = tuple(sheet.rows)
    for (row, key), marks in sheet.marks.items():
        if key in places and row < len(rows) and (cell := rows[row][places[key]]) is not None:
            text = words_of(cell, sheet.columns[places[key]].kind)
            found.setdefault(key, []).append((f"{text}{signs_after(marks)}", is_bold(marks)))
    return found


def words_of(cell: Any, kind: Kind) -> str:
    """A cell of words as it is read."""
    return ticked(cell) if kind is Kind.TICKED else yes_no(cell) if kind is Kind.YES_NO else str(cell)


def _width(column: Column, head: str, cells: Sequence[Any] | None, marked: Sequence[tuple[str, bool]] = ()) -> _Room:
    """The room of a column: a text is folded where there is too little of it, a figure never."""
    of_head = longest_word(head, LETTERS, bold=True) + _PADDING
    if column.kind not in WORDS and column.kind is not Kind.MIXED:
        fixed = float(column.width * 7 + 5) if cells is None else _figure_pixels(column, cells)
        fixed = max(fixed, of_head)
        return _Room(fixed, fixed, fixed)
    usual = max(column.width * 6.4 + _PADDING, of_head)
    if cells is None:
        return _Room(usual, usual, usual)
    texts = Counter(
        cell if isinstance(cell, str) else _typed_text(cell, column.kind) for cell in cells if cell is not None
    )
    words = {word for text in texts for word in text.split()}
    lines = {part for text in texts for part in text.split("\n")}
    word = max((width_of(one, LETTERS) for one in _longest(words)), default=0.0)
    line = max((width_of(one, LETTERS) for one in _longest(lines)), default=0.0)
    for text, bold in set(marked):
        word = max(word, longest_word(text, LETTERS, bold))
        line = max(line, *(width_of(part, LETTERS, bold) for part in text.split("\n")))
    word, line = min(word, _WIDEST_WORD), line + 2
    least = max(of_head, (line if line <= _NEVER_FOLDED else word) + _PADDING, _NARROWEST)
    most = max(least, min(line + _PADDING, WIDEST))
    # What makes the sum of all lines least where each text takes as many as its length over its column's width, with
    # long texts, which make rows high, counting twice.
    load = sum(len(text) ** 2 * times for text, times in texts.items()) ** (1 / 3)
    return _Room(least, max(least, min(usual, most)), most, load, max(of_head, word + _PADDING, _NARROWEST))


def _figure_pixels(column: Column, cells: Sequence[Any]) -> float:
    """What the widest figure of the column takes, with a sign beside it."""
    if column.kind in _FIGURES:
        return width_of(_FIGURES[column.kind], LETTERS) + _PADDING + _INDENT
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    most = max(map(abs, numbers), default=0)
    if column.kind in (Kind.DURATION, Kind.DIFFERENCE):
        most //= 36 if column.kind is Kind.DURATION else 6
    digits = len(f"{most:,.{column.decimals}f}")
    return width_of("0" * (digits + 2), LETTERS) + _PADDING + _INDENT


_FIGURES: Mapping[Kind, str] = MappingProxyType(
    {Kind.INSTANT: "28 Mei 2026 08.00 !*", Kind.DATE: "Kam, 28 Mei 2026 ~", Kind.PERCENT: "100,0% !"}
)
"""The widest that a cell of that kind shows."""


def _typed_text(cell: Any, kind: Kind) -> str:
    """What a cell shows, or something as wide."""
    if not isinstance(cell, Cast):
        return words_of(cell, kind)
    if cell.kind in WORDS:
        return words_of(cell.value, cell.kind)
    # A figure is never folded: no blank stands in it. Two digits more are for a sign, or the room after it.
    widest = _FIGURES.get(cell.kind)
    return ("0" * len(shown(cell, 0)) if widest is None else widest.replace(" ", "_")) + "00"


def _longest(texts: Iterable[str]) -> list[str]:
    """Those of the texts that may be the widest: not less than half as long as the longest."""
    found = list(texts)
    most = max(map(len, found), default=0)
    return [text[:200] for text in found if len(text) * 2 >= most]


def usable_points(paper: Paper) -> tuple[float, float]:
    """Width and height of the lying paper between its margins."""
    short, long = PAPER_POINTS[paper]
    return long - 2 * _SIDE_INCHES * _POINTS, short - 2 * _END_INCHES * _POINTS


def page_lines(report: Report) -> tuple[str, str]:
    """(head, foot) of every page: office, SEMENTARA and period; document, page, print time and log."""
    state = "SEMENTARA" if report.provisional else ""
    office = coded(report.office, _SHARE_UNITS if state else _OFFICE_UNITS)
    printed = coded(f"Dicetak {printed_text(report)} · sidik {mark_of(report.log_hash)}", _SHARE_UNITS)
    return (
        f"&L&8 {office}&C&B{state}&R&8 {coded(report.period, _SHARE_UNITS)}",
        f"&L&8 {coded(report.file_name, _SHARE_UNITS)}&C&8 Halaman &P dari &N&R&8 {printed}",
    )


def set_up_page(page: Any, paper: Paper, lines: tuple[str, str], layout: PaperLayout | None) -> None:
    """Lay the page.

    Args:
        page: Of XlsxWriter.
        paper: Its size.
        lines: Head and foot.
        layout: Of its table; None for a sheet of words.
    """
    page.set_landscape()
    page.set_paper(PAPER_CODES[paper])
    page.set_print_scale(page_scale(layout))
    if layout is not None and layout.bands:
        page.set_v_pagebreaks(list(layout.bands))
        if layout.repeated:
            page.repeat_columns(0, layout.repeated - 1)
    page.set_margins(left=_SIDE_INCHES, right=_SIDE_INCHES, top=_END_INCHES, bottom=_END_INCHES)
    # Of one size on all sheets, however far a wide one is scaled down.
    page.set_header(lines[0], {"scale_with_doc": False})
    page.set_footer(lines[1], {"scale_with_doc": False})


def head_lines(head: str, pixels: float) -> int:
    """Lines that a column's head takes beside the filter's button."""
    room = max(room_of(pixels) - _BUTTON, longest_word(head, LETTERS, bold=True) + 1)
    return len(folded(head, room, LETTERS, bold=True))

"""The rows of a sheet, each cell written with its own type and never guessed from its text, so that nothing typed
becomes a formula or a link; and the appendix that takes what does not fit into a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from inspect import unwrap
from itertools import islice
from types import MethodType
from typing import Any

from exports.characters import visible
from exports.display import date_text, instant_text, signs, zone_of_rows
from exports.sheet import Cast, Cell, Column, Kind, Mark, Row, Sheet
from exports.workbook.letters import BOLD, folded
from exports.workbook.looks import LETTERS, NO_MARKS, Looks, is_bold, signs_after
from exports.workbook.names import CELL_UNITS, pieces, units
from exports.workbook.page_rows import MOST_LINES, PageRows
from exports.workbook.pages import WIDEST, room_of, words_of
from sop.kinerja.form_cell import letters_of, place_of

_APPENDIX_LINES = 24
"""Lines of a piece of the appendix: it is seen, and printed, whole."""
_SURE_LETTER = 1.2
"""Share of a letter's size that no usual letter is wider than: what is shorter needs no measuring."""

_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Excel believes in 29 February 1900; earlier dates would be off by a day and are written as words."""
_FIRST_SERIAL = (_FIRST_DAY - _DAY_ZERO).days
_EPOCH_SERIAL = (date(1970, 1, 1) - _DAY_ZERO).days
_DAY = 86_400

_CELL_NAMED = re.compile(r"\[(\w+)(:?)\]")
"""What a formula of a sheet names: a cell of its row, or a column above it."""

_Put = Callable[[int, int, Any, Any], int]
"""Writes a value that is there to (row, column) with a look; returns the lines it takes in its column, 0 for one."""


class Appendix:
    """Text beyond what a cell holds: the cell keeps the beginning and a number, the rest stands here under it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: list[Row] = []
        self._cells = 0

    def begun(self, text: str, page_name: str, row: int, col: int, most: int = CELL_UNITS) -> str:
        """The beginning of the text, not more than so many units, with a mark; the rest is kept, in as many rows as it
        needs."""
        self._cells += 1
        mark = f" … [lanjutan di lembar {self._name}, nomor {self._cells}]"
        first = pieces(text, min(most, CELL_UNITS - len(mark)))[0]
        place = place_of(row + 1, col + 1)
        rest = _seen_whole(text[len(first) :])
        self._rows.extend((self._cells, page_name, place, number, piece) for number, piece in enumerate(rest, start=1))
        return first + mark

    def sheet(self) -> Sheet | None:
        """The appendix as a sheet; None where everything fitted."""
        if not self._rows:
            return None
        return Sheet(
            title=self._name,
            columns=(
                Column("number", "Nomor", Kind.INTEGER),
                Column("sheet", "Lembar", width=20),
                Column("place", "Sel", width=9),
                Column("part", "Bagian", Kind.INTEGER),
                Column("text", "Lanjutan teks", width=120),
            ),
            rows=tuple(self._rows),
            lines=("Lanjutan teks yang terlalu panjang untuk satu sel.",),
            about="Lanjutan teks yang panjang",
            annex=True,
        )


def _seen_whole(text: str) -> Iterator[str]:
    """The text in pieces that a row of the appendix shows whole; joined they are the text."""
    room = room_of(WIDEST)
    while text:
        # No more letters stand in so many lines: none is narrower than a quarter of its size.
        near = text[: _APPENDIX_LINES * int(room / (LETTERS / 4))]
        lines = folded(near, room, LETTERS)
        taken = len(near) if len(lines) <= _APPENDIX_LINES else sum(len(line) + 1 for line in lines[:_APPENDIX_LINES])
        yield text[:taken]
        text = text[taken:]


class Cells:
    """Writes the rows of one page."""

    def __init__(
        self,
        page: Any,
        rows: PageRows,
        looks: Looks,
        offset_hours: int,
        appendix: Appendix,
        widths: Sequence[int | None],
    ) -> None:
        """
        Args:
            page: Of XlsxWriter.
            rows: Its rows, whose heights the texts settle.
            looks: Of its workbook.
            offset_hours: Hours east of UTC, for moments.
            appendix: Takes what a cell does not show.
            widths: Pixels of each column; None for one that no paper shows, whose texts make no row higher.
        """
        self._page = page
        self._widths = widths
        self._rows = rows
        self._looks = looks
        self._offset_hours = offset_hours
        self._appendix = appendix
        self._write_string = _by_number(page.write_string)
        self._write_number = _by_number(page.write_number)
        self._write_blank = _by_number(page.write_blank)
        self._puts: dict[tuple[Kind, int | None, frozenset[Mark]], _Put] = {}
        self._letters: Mapping[str, str] = {}
        """Key of a column -> its letters."""
        self._first = 0
        """The first row of the table."""

    def write(self, sheet: Sheet, first: int) -> int:
        """Write every row of the sheet from page row `first` on; returns the first row below."""
        marks = _by_row(sheet.marks)
        self._letters = {column.key: letters_of(number) for number, column in enumerate(sheet.columns, start=1)}
        self._first = first
        puts = [self._put(column.kind, width) for column, width in zip(sheet.columns, self._widths, strict=True)]
        usual = [self._looks.cell(column.kind, column.decimals) for column in sheet.columns]
        blank = self._write_blank
        zone = None if sheet.zone is None else zone_of_rows(sheet, self._offset_hours)
        row = first
        # The loop that every cell passes through: what depends on the column alone is settled above.
        for index, cells in enumerate(sheet.rows):
            if zone is not None:
                self._offset_hours = zone(cells)
            if (marked := marks.get(index)) is not None:
                lines = self._write_marked(row, sheet.columns, cells, marked, puts, usual)
            else:
                lines = 1
                for number, (value, put, look) in enumerate(zip(cells, puts, usual, strict=True)):
                    if value is None:
                        blank(row, number, None, look)
                    elif (taken := put(row, number, value, look)) > lines:
                        lines = taken
            if lines > 1:
                self._rows.fit(row, lines)
            row += 1
        return row

    def say_again(self, sheet: Sheet, first: int, row: int) -> None:
        """Say what a row of the table leaves out because the one above says it: a page begins with it.

        Args:
            sheet: Whose rows were written.
            first: Page row of its first row.
            row: The page row.
        """
        places = [place for place, column in enumerate(sheet.columns) if column.once]
        if not places:
            return
        rows = list(islice(iter(sheet.rows), row - first + 1))
        marks = {key: found for (index, key), found in sheet.marks.items() if index == row - first}
        for place in places:
            cells = [cells[place] for cells in rows]
            said = next((cell for cell in reversed(cells) if cell != ""), None)
            if cells[-1] == "" and isinstance(said, str):
                column = sheet.columns[place]
                look = self._looks.cell(column.kind, 0, marks.get(column.key, NO_MARKS))
                put = self._put(column.kind, self._widths[place], marks.get(column.key, NO_MARKS))
                self._rows.make_room(row, put(row, place, said, look))

    def _write_marked(
        self,
        row: int,
        columns: tuple[Column, ...],
        cells: Row,
        marked: Mapping[str, frozenset[Mark]],
        puts: Sequence[_Put],
        usual: Sequence[Any],
    ) -> int:
        """Write a row that has marks; returns the lines it takes."""
        lines = 1
        for number, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            marks = marked.get(column.key)
            if marks:
                taken = self._write_with_marks(row, number, cell, column, marks)
            elif cell is None:
                self._write_blank(row, number, None, usual[number])
                continue
            else:
                taken = puts[number](row, number, cell, usual[number])
            if taken > lines:
                lines = taken
        return lines

    def _write_with_marks(self, row: int, col: int, cell: Cell, column: Column, marks: frozenset[Mark]) -> int:
        if cell is None:
            # A number's look shows words as they are; the look of text would add the sign once more.
            self._write_string(row, col, signs(marks), self._looks.cell(Kind.INTEGER, 0, marks))
            return 1
        kind, value, decimals = column.kind, cell, column.decimals
        if isinstance(cell, Cast):
            kind, value, decimals = cell.kind, cell.value, cell.decimals
        look = self._looks.cell(kind, decimals, marks)
        if isinstance(cell, Cast) and cell.formula:
            return self._write_formula(row, col, cell, look)
        return self._put(kind, self._widths[col], marks)(row, col, value, look)

    def _put(self, kind: Kind, width: int | None, marks: frozenset[Mark] = NO_MARKS) -> _Put:
        """What writes a value of that kind, with these marks, into a column of that width."""
        put = self._puts.get((kind, width, marks))
        if put is None:
            put = self._puts[kind, width, marks] = self._new_put(kind, width, marks)
        return put

    def _new_put(self, kind: Kind, width: int | None, marks: frozenset[Mark]) -> _Put:
        number: _Put = self._write_number
        match kind:
            case Kind.TEXT if width is None:
                return self._write_unseen
            case Kind.TEXT:
                assert width is not None
                return self._text_put(room_of(width), marks)
            case Kind.YES_NO | Kind.TICKED:
                put_text = self._put(Kind.TEXT, width, marks)
                return lambda row, col, value, look: put_text(row, col, words_of(value, kind), look)
            case Kind.INSTANT:
                return self._write_instant
            case Kind.DATE:
                return self._write_date
            case Kind.DURATION:
                return lambda row, col, value, look: number(row, col, value / _DAY, look)
            case Kind.DIFFERENCE:
                return lambda row, col, value, look: number(row, col, value / 60, look)
            case Kind.MIXED:
                return lambda row, col, value, look: self._write_typed(row, col, value, width)
            case _:
                return number

    def _text_put(self, room: float, marks: frozenset[Mark]) -> _Put:
        """What writes a text into a column of so much room: a sign behind it and bold letters need more."""
        after, bold = signs_after(marks), is_bold(marks)
        sure = int(room / (LETTERS * _SURE_LETTER * (BOLD if bold else 1))) - len(after)
        put_string = self._write_string

        def put_text(row: int, col: int, value: str, look: Any) -> int:
            text = value if value.isascii() and value.isprintable() else visible(value)
            lines = 1
            if len(text) > sure or "\n" in text:
                parts = folded(text + after, room, LETTERS, bold)
                lines = len(parts)
                if lines > MOST_LINES or len(text) > CELL_UNITS // 2:
                    return self._write_long(row, col, text, look, parts, room)
            if text.startswith("<r>"):
                self._write_whole(row, col, text, look)
            else:
                put_string(row, col, text, look)
            return lines

        return put_text

    def _write_typed(self, row: int, col: int, cell: Cast, width: int | None) -> int:
        if cell.formula:
            return self._write_formula(row, col, cell, self._looks.cell(cell.kind, cell.decimals))
        return self._put(cell.kind, width)(row, col, cell.value, self._looks.cell(cell.kind, cell.decimals))

    def _write_formula(self, row: int, col: int, cell: Cast, look: Any) -> int:
        """Write a value that a formula of other cells gives; the value stands there for who does not compute."""

        def place(named: re.Match[str]) -> str:
            letters = self._letters[named[1]]
            return f"{letters}{self._first + 1}:{letters}{row}" if named[2] else f"{letters}{row + 1}"

        value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        self._page.write_formula(row, col, _CELL_NAMED.sub(place, cell.formula), look, value)
        return 1

    def _write_long(self, row: int, col: int, text: str, look: Any, lines: Sequence[str], room: float) -> int:
        """Write what a row, or a cell, may not hold; returns how many lines of it stand there."""
        unseen = self._rows.said and len(lines) > MOST_LINES
        if unseen or units(text) > CELL_UNITS:
            seen = sum(len(line) + 1 for line in lines[: MOST_LINES - 4]) if self._rows.said else CELL_UNITS
            text = self._appendix.begun(text, self._page.get_name(), row, col, seen)
            lines = folded(text, room, LETTERS)
        self._write_whole(row, col, text, look)
        return len(lines)

    def _write_unseen(self, row: int, col: int, value: str, look: Any) -> int:
        """As `_text_put`, in a column that no paper shows: the cell holds all that Excel lets it hold."""
        text = value if value.isascii() and value.isprintable() else visible(value)
        if len(text) <= CELL_UNITS // 2 and not text.startswith("<r>"):
            self._write_string(row, col, text, look)
            return 0
        if units(text) > CELL_UNITS:
            text = self._appendix.begun(text, self._page.get_name(), row, col)
        self._write_whole(row, col, text, look)
        return 0

    def _write_whole(self, row: int, col: int, text: str, look: Any) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML and would not escape it; as two runs it is escaped.
            self._page.write_rich_string(row, col, text[:1], self._looks.words("run"), text[1:], look)
        else:
            self._write_string(row, col, text, look)

    def _write_instant(self, row: int, col: int, value: int, look: Any) -> int:
        serial = (value + self._offset_hours * 3600) / _DAY + _EPOCH_SERIAL
        if serial < _FIRST_SERIAL:
            self._write_string(row, col, instant_text(value, self._offset_hours), look)
        else:
            self._write_number(row, col, serial, look)
        return 1

    def _write_date(self, row: int, col: int, value: date, look: Any) -> int:
        if value < _FIRST_DAY:
            self._write_string(row, col, date_text(value), look)
        else:
            self._write_number(row, col, (value - _DAY_ZERO).days, look)
        return 1


def _by_number(method: Any) -> Any:
    """A method of XlsxWriter's page without its look for names such as `A1`, which it has at every cell."""
    return MethodType(unwrap(method.__func__), method.__self__)


def _by_row(marks: Mapping[tuple[int, str], frozenset[Mark]]) -> Mapping[int, Mapping[str, frozenset[Mark]]]:
    """Marks by row and then by column key, so that a row without any costs one look."""
    found: dict[int, dict[str, frozenset[Mark]]] = {}
    for (row, key), of_cell in marks.items():
        found.setdefault(row, {})[key] = of_cell
    return found

"""The drawing in cells: columns, rows, symbols and arrows, and the window of it that a screen shows. Pure.

A row is drawn when it comes into view. Left of everything stand the step numbers, which stay while the columns scroll;
only columns that have room as a whole are shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from sakip_tui.flow_chart.canvas import Canvas, Cell, Pencil
from sakip_tui.flow_chart.columns import Track, Tracks
from sakip_tui.flow_chart.painter import RowPainter, ink_of
from sakip_tui.flow_chart.plan import Plan
from sakip_tui.flow_chart.routes import RIGHT, routes, widths
from sakip_tui.glyphs import Glyphs
from sakip_tui.text import cut, padded, wrapped
from sakip_tui.views.flow_chart import ChartView, page_words
from sop.look.flow_chart import Shape
from sop.model.texts import clean

if TYPE_CHECKING:
    from sakip_tui.widgets.ink import Line, Span

_HEAD_LINES = 3


class Size(NamedTuple):
    """How roomy the rows are."""

    symbol: int
    """Lines of a symbol: 3 as on paper, or 1."""
    title: int
    """Lines of a step's wording at most; the whole of it is told below the drawing."""
    state: int
    """Lines below the wording that say where the step stands; its sign always stands beside the number."""


LARGE = Size(3, 4, 2)
SMALL = (Size(1, 4, 1), Size(1, 3, 1), Size(1, 2, 0))
"""The roomiest first."""


class Plot:
    """One chart laid out for one width."""

    def __init__(self, view: ChartView, width: int, glyphs: Glyphs, pencil: Pencil, size: Size) -> None:
        """
        Args:
            view: What is drawn.
            width: Cells of a line.
            glyphs: Signs of the screen.
            pencil: Signs of the drawing.
            size: How roomy the rows are.
        """
        self.view, self.width, self.glyphs, self.pencil = view, width, glyphs, pencil
        self.size = size
        self.symbol_height = size.symbol
        ways = routes(view.chart)
        numbers = [str(one.step.number) for one in view.steps.values()]
        self._digits = max([2, *map(len, numbers)])
        self.columns = Tracks(view, max(1, width - self.frozen), widths(ways))
        self.plan = Plan(view, glyphs, pencil, size.symbol, self.columns, ways)
        self._titles = [self._title(index) for index in range(len(view.chart.rows))]
        self.heights = [self._height(index) for index in range(len(view.chart.rows))]
        self.tops: list[int] = []
        self.height = 0
        for height in self.heights:
            self.tops.append(self.height)
            self.height += height
        self._drawn: dict[int, list[list[Cell]]] = {}

    @property
    def frozen(self) -> int:
        """Cells of the step numbers: cursor, number, space, state, mark, rule."""
        return self._digits + 5

    # ------------------------------------------------------------------ the window
    def heads(self, first: int, *, with_groups: bool) -> list[Line]:
        """The heads over the columns from a given one on; all of them equally wide.

        Args:
            first: Index of the first column in view.
            with_groups: A line above that says which are actors and which Mutu Baku.
        """
        shown = self.columns.shown(first)
        parts = [self._head(column) for column in shown]
        count = max([1, *map(len, parts)])
        lines: list[Line] = []
        if with_groups:
            lines.append(self._groups(shown))
        for y in range(count):
            text = "".join(
                padded(part[y] if y < len(part) else "", column.width)
                for part, column in zip(parts, shown, strict=True)
            )
            number = f" {'No':>{self._digits}}" if y == 0 else ""
            lines.append(((number.ljust(self.frozen - 1), "lane"), (self.glyphs.divider, "rule"), (text, "lane")))
        return [_trimmed(line) for line in lines]

    def _head(self, column: Track) -> tuple[str, ...]:
        pad, room = column.before, column.width - column.before - column.after - 1
        return tuple(" " * pad + line for line in head_lines(column.name, room, _HEAD_LINES, self.glyphs.ellipsis))

    def _groups(self, shown: Sequence[Track]) -> Line:
        """`Pelaksana` over the actors, `Mutu Baku` over what each step must meet."""
        text = ""
        last = ""
        for column in shown:
            name = "" if column.group == last else column.group
            text += padded(cut(name, column.width - 1, self.glyphs.ellipsis), column.width)
            last = column.group
        return ((" " * (self.frozen - 1), "lane"), (self.glyphs.divider, "rule"), (text, "muted"))

    def lines(self, top: int, count: int, first: int, selected: int | None) -> list[Line]:
        """The lines in view.

        Args:
            top: The first one.
            count: How many there is room for.
            first: Index of the first column in view.
            selected: Row that the cursor stands on.
        """
        return [self._line(y, first, selected) for y in range(top, min(top + count, self.height))]

    def _line(self, y: int, first: int, selected: int | None) -> Line:
        row = bisect_right(self.tops, y) - 1
        start, end = self.columns.window(first)
        spans: list[Span] = [*self._number(row, y - self.tops[row], row == selected)]
        spans += _merged(self._row(row)[y - self.tops[row]][start:end])
        return _trimmed(spans)

    def _number(self, row: int, y: int, is_selected: bool) -> list[Span]:
        """The frozen part of a line: cursor, number and state; the attempt below."""
        cursor: Span = (self.glyphs.cursor if is_selected else " ", "key")
        view = self.view.steps.get(row)
        text, ink, signs, sign_ink = "", "text", "", "text"
        if view is not None and y == 0:
            text, ink = str(view.step.number), "strong" if is_selected else "text"
            signs = self.pencil.signs[view.card.state] + (self.glyphs.marks[view.mark] if view.mark else "")
            sign_ink = ink_of(view)
        elif view is not None and y == 1 and view.attempt > 1:
            text, ink = f"ptr {view.attempt}", "risk"
        elif view is None and y == 0 and self._is_shut(row):
            signs, sign_ink = self.glyphs.marks["gate"], "risk"
        room = self.frozen - 2
        number = text.rjust(self._digits)
        return [
            cursor,
            # An attempt takes the place of the signs too.
            ((number + " ")[:room], ink),
            (signs.ljust(room - len(number) - 1)[: max(0, room - len(number) - 1)], sign_ink),
            (self.glyphs.divider, "rule"),
        ]

    def _is_shut(self, row: int) -> bool:
        """Whether a row is a pentagon whose gate waits."""
        one = self.view.chart.rows[row]
        return one.symbols[0].shape is Shape.PAGE and bool(self.view.sections[one.part].waits)

    def row_at(self, y: int) -> int | None:
        """The row that a line belongs to."""
        return bisect_right(self.tops, y) - 1 if 0 <= y < self.height else None

    def scrolled_to(self, selected: int | None, top: int, room: int) -> int:
        """The first line in view that shows a row whole, moved as little as possible."""
        if selected is not None:
            stops = self.view.stops
            # What stands before the first step and after the last is never selected, so it comes into view with them.
            first = 0 if stops and selected == stops[0] else self.tops[selected]
            last = self.height if stops and selected == stops[-1] else self.tops[selected] + self.heights[selected]
            if last > top + room:
                top = last - room
            if first < top:
                top = first if last - first <= room or selected != stops[-1] else self.tops[selected]
        return max(0, min(top, self.height - room))

    # ------------------------------------------------------------------ one row
    def _height(self, row: int) -> int:
        arrow = row + 1 < len(self.view.chart.rows)
        return max(self.symbol_height + arrow + self._needs_line(row), len(self._titles[row]))

    def _needs_line(self, row: int) -> bool:
        """Whether a Tidak has no room beside its own arrow."""
        way = next((one for one in self.plan.ways if one.loop.source == row), None)
        if way is None:
            return False
        step, x = self.view.steps[row].step, self.columns.middle(self.view.chart.rows[row].exit)
        low, high = self.columns.lane_span
        # The diamond's half, its mark and a cell of the arrow stand between.
        room = {RIGHT: high - x - 5, -RIGHT: x - low - 3, 0: 0}[way.side]
        return room < len(self.plan.tidak(step))

    def _title(self, row: int) -> tuple[Span, ...]:
        """What stands in the wide column of a row: the step's wording, and below it where the step stands."""
        room = self.columns.title.width - 1
        one = self.view.chart.rows[row]
        view = self.view.steps.get(row)
        if view is None:
            if one.symbols[0].shape is not Shape.PAGE:
                return ()
            text = page_words(self.view.sections[one.part])
            return tuple((line, "lane") for line in self._wrapped(text, room, 3))
        lines = [(line, "text") for line in self._wrapped(clean(view.step.title.text), room, self.size.title)]
        # Of a case that was never opened every step would say the same, as the heading does.
        if not any(wait.kind == "buka" for wait in view.card.waiting_for):
            left = self.size.state or min(1, self.size.title - len(lines))
            lines += [(line, ink_of(view)) for line in self._wrapped(view.words, room, left)] if left else []
        return tuple(lines)

    def _wrapped(self, text: str, width: int, most: int) -> tuple[str, ...]:
        lines = wrapped(text, width, most)
        return (
            lines if self.glyphs.ellipsis == "…" else tuple(line.replace("…", self.glyphs.ellipsis) for line in lines)
        )

    def _row(self, row: int) -> list[list[Cell]]:
        if row not in self._drawn:
            self._drawn[row] = self._draw(row)
        return self._drawn[row]

    def _draw(self, row: int) -> list[list[Cell]]:
        height = self.heights[row]
        columns = self.columns
        canvas = Canvas(columns.lanes_width, height)
        RowPainter(self.plan, row, canvas).paint()
        view = self.view.steps.get(row)
        texts: dict[str, Sequence[Span]] = {"title": self._titles[row]}
        for column in columns.quality:
            text = "" if view is None else column.text_of(view.step)
            told = self._wrapped(text, column.width - 1, height) if text else ()
            texts[column.key] = [(line, "text") for line in told]
        found: list[list[Cell]] = []
        for y in range(height):
            line: list[Cell] = []
            drawn = canvas.cells(y, self.pencil.joints)
            for column in columns.all:
                if column.key.startswith("lane"):
                    line += self._lane_cells(drawn, column)
                    continue
                lines = texts[column.key]
                text, ink = lines[y] if y < len(lines) else ("", "text")
                line += [*_cells(text, ink, column.width - 1), (self.pencil.column, "muted")]
            found.append(line)
        return found

    def _lane_cells(self, drawn: Sequence[Cell | None], column: Track) -> list[Cell]:
        start = column.left - self.columns.lanes_left
        cells = [cell or (" ", "text") for cell in drawn[start : start + column.width]]
        border = column.width - column.after - 1
        if drawn[start + border] is None:
            cells[border] = (self.pencil.column, "muted")
        return cells


def head_lines(name: str, width: int, most: int, ellipsis: str = "…") -> tuple[str, ...]:
    """A column's head in at most that many lines; a word that is longer than a line is shortened as offices do, or
    goes on in the next line where its end tells it from another one."""
    words = clean(name).split()[: most * 4]
    lines = _set([_parted(word, width) for word in words], width)
    if len(lines) > most or any(cell_len(line) > width for line in lines):
        lines = _set([(shortened(word, width, ellipsis),) for word in words], width)
    if len(lines) > most:
        return (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width, ellipsis))
    return tuple(lines)


def _set(words: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Words one after the other in lines; the parts of one begin lines of their own."""
    lines: list[str] = []
    for first, *others in words:
        if lines and cell_len(lines[-1]) + 1 + cell_len(first) <= width:
            lines[-1] += f" {first}"
        else:
            lines.append(first)
        lines += others
    return lines


def _parted(word: str, width: int) -> tuple[str, ...]:
    """A word whose end tells it from another one in two lines where it is too long for one; any other shortened."""
    parts = wrapped(word, width, 2) if word.casefold() in _ALIKE else ()
    return tuple(parts) if "".join(part.removesuffix("-") for part in parts) == word else (shortened(word, width),)


_ALIKE = frozenset({"sekretaris", "sekretariat"})
"""Words that begin alike and stand for different people: their ends tell them apart."""
_END = 2


def shortened(word: str, width: int, ellipsis: str = "…") -> str:
    """`Koordinator` -> `Koordin.`: cut after a consonant that a vowel follows, as Indonesian abbreviations are."""
    if cell_len(word) <= width:
        return word
    if word.casefold() in _ALIKE and width > _END + 2:
        return cut(word, width - _END, ellipsis) + word[-_END:]
    for size in range(min(width - 1, len(word) - 1), 2, -1):
        start = word[:size]
        ends_well = start[-1].lower() not in "aiueo" and word[size].lower() in "aiueo"
        if ends_well and start.isalpha() and cell_len(start) < width:
            return start + "."
    return cut(word, width, ellipsis)


def _cells(text: str, ink: str, width: int) -> list[Cell]:
    """Exactly that many cells."""
    found: list[Cell] = []
    for char in text:
        size = cell_len(char)
        if size and len(found) + size <= width:
            found.append((char, ink))
            if size == 2:
                found.append(("", ink))
    return found + [(" ", "text")] * (width - len(found))


def _merged(cells: Sequence[Cell]) -> list[Span]:
    """Neighbours of one ink as one span; a blank takes the ink before it."""
    found: list[Span] = []
    for char, ink in cells:
        if found and (found[-1][1] == ink or char == " "):
            found[-1] = (found[-1][0] + char, found[-1][1])
        else:
            found.append((char, ink))
    return found


def _trimmed(spans: Sequence[Span]) -> Line:
    """Without blanks at the end: what a cleared screen already shows need not be sent."""
    kept = list(spans)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return tuple(kept)

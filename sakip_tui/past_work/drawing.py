"""How the table is drawn: cells to lines, and which cell a click means. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.cells import cell_len

from sakip_tui.past_work.grid import COLUMNS, REASON_ROW, CellAt, Grid
from sakip_tui.text import cut, padded
from sakip_tui.widgets.spans import Line, Span
from sop.acts.past_work import START
from sop.form.past_rows import PastLine
from sop.model.texts import clean
from sop.values import Frozen
from sop.words.time import moment_short

_WIDE = 76
_WITH_LANES = 100
"""Cells from which on every row names its lane; below that the line under the table does, for the row one is in."""
_LANE = 24
_ROOMY, _ROOMY_LANE = 120, 34
_REASON = "alasan: "
_EMPTY, _NOT_NEEDED = "kosong", "tidak perlu diisi"


class Widths(NamedTuple):
    """Cells of the columns."""

    step: int
    lane: int
    """0 where the lanes have no room."""
    time: int
    note: int

    @property
    def lefts(self) -> tuple[int, int, int]:
        """Where each of `COLUMNS` begins."""
        first = self.step + self.lane
        return first, first + self.time, first + 2 * self.time

    def of(self, column: int) -> int:
        return self.note if column == len(COLUMNS) - 1 else self.time


def widths(width: int) -> Widths:
    """The columns of a table of that many cells."""
    time = 18 if width >= _WIDE else 13
    lane = 0 if width < _WITH_LANES else _LANE if width < _ROOMY else _ROOMY_LANE
    note = max(8, (width - lane - 2 * time) * 2 // 5)
    return Widths(max(6, width - lane - 2 * time - note), lane, time, note)


class TableNews(Frozen):
    """What is known of the rows beside what was typed."""

    titles: Mapping[int, str]
    """Step -> its title."""
    lanes: Mapping[int, str]
    """Step -> whose it is, and in whose name it is recorded."""
    decisions: frozenset[int]
    """The steps that are answered Ya."""
    faults: Mapping[tuple[int, int], str]
    """(row, index of the column) -> what is wrong there."""
    offset: int
    """Seconds that the office's zone lies east of UTC."""
    now: int
    waiting: frozenset[int] = frozenset()
    """The rows that wait for data, and are not wrong."""

    def fault_of(self, row: int) -> str:
        """What is wrong in a row; empty for nothing."""
        return next((self.faults[row, column] for column in range(len(COLUMNS)) if (row, column) in self.faults), "")


def reason_line(grid: Grid, name: str, width: int, is_faulty: bool) -> Line:
    """The title, and at its right the reason."""
    left = cut(f" Tabel susulan {name}", max(10, width // 2))
    room = max(8, width - cell_len(left) - len(_REASON) - 3)
    text = _shown(grid, CellAt(REASON_ROW, 0), room - 1)
    ink = "late" if is_faulty else "text"
    cell = padded(text + (" !" if is_faulty else ""), room)
    return (
        (left, "strong"),
        (" " * max(1, width - cell_len(left) - len(_REASON) - room - 1), "text"),
        (_REASON, "muted"),
        (cell, f"{ink}+picked" if grid.spot.row == REASON_ROW else ink),
    )


def header(width: int) -> Line:
    sizes = widths(width)
    names = ("Langkah", "Pelaksana", "Mulai", "Selesai", "Catatan")
    rooms = (sizes.step, sizes.lane, sizes.time, sizes.time, sizes.note)
    named = [(padded(name, room), "muted") for name, room in zip(names, rooms, strict=True) if room]
    # Each over what it names: the rows begin with the sign of the one that one is on.
    return (("  ", "muted"), (named[0][0][:-2], "muted"), *named[1:])


def row_line(grid: Grid, row: int, told: TableNews, width: int) -> Line:
    """One row."""
    sizes, line = widths(width), grid.lines[row]
    is_here = grid.spot.row == row
    name = clean(line.bidang) if line.bidang else told.titles.get(line.step, "")
    ya = ": Ya" if line.step in told.decisions else ""
    sign = "+" if line[:2] in grid.new else "-" if line[:2] in grid.gone else " "
    label = padded(cut(f"{line.step} {name}{ya}", sizes.step - 3), sizes.step - 2)
    spans: list[Span] = [(">" if is_here else " ", "key"), (sign, "key"), (label, "strong" if is_here else "text")]
    if sizes.lane:
        spans.append((padded(cut(told.lanes.get(line.step, ""), sizes.lane - 2), sizes.lane), "lane"))
    return (*spans, *(_cell(grid, CellAt(row, column), told, sizes.of(column)) for column in range(len(COLUMNS))))


def _cell(grid: Grid, spot: CellAt, told: TableNews, room: int) -> Span:
    is_here = grid.spot == spot
    fault = told.faults.get((spot.row, spot.column))
    text, ink = _shown(grid, spot, room - 3), "late" if fault else "text"
    line = grid.lines[spot.row]
    if COLUMNS[spot.column] == START and line.begun is not None:
        text, ink = cut(moment_short(line.begun, told.offset, told.now), room - 1), "muted"
    elif spot.column == len(COLUMNS) - 1 and not text and not is_here:
        # What is wrong in the row stands where nothing else does.
        told_fault = told.fault_of(spot.row)
        text, ink = (cut(told_fault, room - 1), "late") if told_fault else (_empty_words(grid, line), "muted")
    if fault and text and spot.column < len(COLUMNS) - 1:
        text = f"{text} !"
    return padded(text, room - 1) + " ", f"{ink}+picked" if is_here else ink


def _empty_words(grid: Grid, line: PastLine) -> str:
    """What stands in the last cell of an empty row."""
    return "" if not line.is_empty else _NOT_NEEDED if line[:2] in grid.gone else _EMPTY


def _shown(grid: Grid, spot: CellAt, room: int) -> str:
    """What of a cell there is room for: its end while it is typed into."""
    text = clean(grid.text(spot)) if not grid.text(spot).endswith(" ") else clean(grid.text(spot)) + " "
    if cell_len(text) <= room:
        return text
    if grid.spot == spot and grid.is_typed_into:
        while cell_len(text) > room - 1:
            text = text[1:]
        return f"…{text}"
    return cut(text, room)


def column_at(x: int, width: int) -> int:
    """The column that a click in that cell of a row means."""
    lefts = widths(width).lefts
    return max((number for number, left in enumerate(lefts) if x >= left), default=0)

"""The cells of the table, the cursor over them, and what keys do to both. Pure: draws nothing, asks nobody.

As in a spreadsheet: what is typed takes the place of the cell under the cursor, arrows and Tab move, Enter goes down to
where a row of Tabs began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sop.acts.past_work import END, START
from sop.form.past_rows import NOTE, PastLine
from sop.model.texts import LONGEST, clean

REASON_ROW = -1
"""Row of the one cell that holds the reason for all."""
REASON = "alasan"
COLUMNS = (START, END, NOTE)
_FIELDS = {START: "started", END: "ended", NOTE: "note"}
_STRAY = 2
"""As many letters are a slip of the finger: they are not worth being kept."""


class CellAt(NamedTuple):
    """A cell."""

    row: int
    """`REASON_ROW`, or the index of a row."""
    column: int
    """Index in `COLUMNS`; of the reason always 0."""


class Grid:
    """What is typed, and where the cursor stands."""

    def __init__(self, lines: Sequence[PastLine] = (), reason: str = "") -> None:
        self.lines = list(lines)
        self.reason = reason
        self.given = reason
        """The reason that was put there, and not typed."""
        self.spot = self.first()
        self.is_typed_into = False
        """Whether the cell under the cursor was typed into since the cursor came."""
        self._home: int | None = None
        """Column in which a row of Tabs began."""
        self.new: frozenset[tuple[int, str | None]] = frozenset()
        """(step, bidang) of the rows that came by what was typed: whoever goes down a column does not expect them."""
        self.gone: frozenset[tuple[int, str | None]] = frozenset()
        """Of those that need not be filled any more by what was typed, and stay so that those below do not move up."""

    def first(self) -> CellAt:
        """Where one begins: the reason while it lacks, else the first row."""
        if not self.reason or not self.lines:
            return CellAt(REASON_ROW, 0)
        return CellAt(0, 1 if self.is_locked(CellAt(0, 0)) else 0)

    # ------------------------------------------------------------------ what stands there
    def text(self, spot: CellAt) -> str:
        if spot.row == REASON_ROW:
            return self.reason
        found: str = getattr(self.lines[spot.row], _FIELDS[COLUMNS[spot.column]])
        return found

    def put(self, spot: CellAt, text: str) -> bool:
        """Write into a cell; False where that cannot be."""
        if self.is_locked(spot):
            return False
        text = text[:LONGEST]
        if spot.row == REASON_ROW:
            self.reason = text
        else:
            given: dict[str, Any] = {_FIELDS[COLUMNS[spot.column]]: text}
            self.lines[spot.row] = self.lines[spot.row]._replace(**given)
        return True

    def is_locked(self, spot: CellAt) -> bool:
        """Whether the cell holds a start that is recorded already."""
        return spot.row != REASON_ROW and COLUMNS[spot.column] == START and self.lines[spot.row].begun is not None

    @property
    def filled(self) -> list[int]:
        """The rows with something in them."""
        return [row for row, line in enumerate(self.lines) if not line.is_empty]

    # ------------------------------------------------------------------ moving
    def go(self, spot: CellAt) -> None:
        """Put the cursor there, or as near as there is a cell."""
        row = max(REASON_ROW, min(len(self.lines) - 1, spot.row))
        column = 0 if row == REASON_ROW else max(0, min(len(COLUMNS) - 1, spot.column))
        self.spot = CellAt(row, column)
        self.is_typed_into = False

    def move(self, rows: int, columns: int) -> None:
        """An arrow."""
        self._home = None
        self.go(CellAt(self.spot.row + rows, self.spot.column + columns))

    def tab(self, step: int) -> None:
        """The next cell to type in, in the next row after the last one."""
        if self._home is None:
            self._home = self.spot.column
        cells = [CellAt(REASON_ROW, 0), *(CellAt(row, col) for row in range(len(self.lines)) for col in range(3))]
        open_cells = [spot for spot in cells if not self.is_locked(spot) or spot == self.spot]
        index = open_cells.index(self.spot) + step
        if 0 <= index < len(open_cells):
            self.go(open_cells[index])

    def enter(self) -> None:
        """Down, to the column in which a row of Tabs began; past rows that came meanwhile, where others lie below.

        What is typed down a column from paper is thus typed into the rows that were there when it began.
        """
        column = self.spot.column if self._home is None else self._home
        self._home = None
        below = range(self.spot.row + 1, len(self.lines))
        meant = next((row for row in below if not (self.lines[row][:2] in self.new and self.lines[row].is_empty)), None)
        spot = CellAt(self.spot.row + 1 if meant is None else meant, column)
        if spot.row < len(self.lines):
            self.go(spot._replace(column=1) if self.is_locked(spot) else spot)

    # ------------------------------------------------------------------ typing
    def type(self, character: str) -> bool:
        """A character into the cell under the cursor; the first one replaces what stood there."""
        before = self.text(self.spot) if self.is_typed_into else ""
        if not self.put(self.spot, before + character):
            return False
        self.is_typed_into = True
        return True

    def erase(self) -> bool:
        """Backspace: the last letter, of a cell that was not typed into all of it."""
        text = self.text(self.spot)
        if not text or not self.put(self.spot, text[:-1] if self.is_typed_into else ""):
            return False
        self.is_typed_into = True
        return True

    def clear(self) -> bool:
        """Delete: the whole cell."""
        if not self.text(self.spot) or not self.put(self.spot, ""):
            return False
        self.is_typed_into = False
        return True

    def repeat(self) -> bool:
        """What stands in the cell above; False where there is none or nothing in it."""
        above = CellAt(self.spot.row - 1, self.spot.column)
        if self.spot.row <= 0 or not self.text(above):
            return False
        done = self.put(self.spot, self.text(above))
        self.is_typed_into = False
        return done

    def fill_down(self) -> int:
        """What stands in the cell into the empty ones below it, of the same step and down to the next one with
        something in it; how many they were."""
        text = self.text(self.spot)
        if self.spot.row == REASON_ROW or not text:
            return 0
        count = 0
        for spot in self.below:
            if self.text(spot):
                break
            count += self.put(spot, text)
        return count

    @property
    def below(self) -> list[CellAt]:
        """The cells below the cursor that belong to the same step, without recorded starts."""
        row, column = self.spot
        step = self.lines[row].step if row != REASON_ROW else None
        end = row + 1
        while end < len(self.lines) and self.lines[end].step == step:
            end += 1
        return [spot for spot in (CellAt(each, column) for each in range(row + 1, end)) if not self.is_locked(spot)]

    def paste(self, text: str) -> None:
        """Cells as a spreadsheet copies them, lines and tabs, from the cursor on to the right and down."""
        for down, line in enumerate(text.rstrip("\r\n").split("\n")):
            for right, cell in enumerate(line.rstrip("\r").split("\t")):
                spot = CellAt(self.spot.row + down, self.spot.column + right)
                if spot.row < len(self.lines) and spot.column < len(COLUMNS):
                    if self.spot.row == REASON_ROW and (down or right):
                        continue
                    self.put(spot, clean(cell))
        self.is_typed_into = False

    # ------------------------------------------------------------------ keeping
    def draft(self) -> dict[str, str] | None:
        """What was typed, to be kept; None for nothing."""
        found = {
            f"{line.step}/{column}/{line.bidang or ''}": text
            for row, line in enumerate(self.lines)
            for number, column in enumerate(COLUMNS)
            if (text := self.text(CellAt(row, number))).strip()
        }
        if self.reason != self.given:
            found[REASON] = self.reason
        return found if any(len(text.strip()) > _STRAY for text in found.values()) else None

    def recall(self, draft: Mapping[str, str]) -> None:
        """Put back what was kept, where its row is still to be filled."""
        for row, line in enumerate(self.lines):
            for number, column in enumerate(COLUMNS):
                text = draft.get(f"{line.step}/{column}/{line.bidang or ''}")
                if text:
                    self.put(CellAt(row, number), text)
        self.reason = draft.get(REASON, self.reason)
        self.go(self.first())

    def with_lines(self, lines: Sequence[PastLine]) -> list[PastLine]:
        """Take other rows, with what was typed into those that are still there; returns those that were lost."""
        typed = {(line.step, line.bidang): line for line in self.lines}
        here = None if self.spot.row == REASON_ROW else self.lines[self.spot.row]
        ahead = [] if here is None else [line[:2] for line in self.lines[self.spot.row :]]
        self.lines = [
            line
            if (old := typed.pop((line.step, line.bidang), None)) is None
            else line._replace(started="" if line.begun is not None else old.started, ended=old.ended, note=old.note)
            for line in lines
        ]
        row_of = {line[:2]: row for row, line in enumerate(self.lines)}
        spot, is_typed_into = self.spot, self.is_typed_into
        # Where the row itself is gone, the one that stood below it is the next to be filled.
        stays = next((row_of[key] for key in ahead if key in row_of), spot.row)
        self.go(spot if here is None else spot._replace(row=stays))
        self.is_typed_into = is_typed_into and (here is None or here[:2] in row_of)
        return [line for line in typed.values() if not line.is_empty]

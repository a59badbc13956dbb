"""A piece of the drawing being made: lines that join where they meet, and texts over them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

Cell = tuple[str, str]
"""(character, ink); the second cell of a wide character holds the empty text."""

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
_JOINTS = {
    NORTH: "│",
    SOUTH: "│",
    NORTH | SOUTH: "│",
    EAST: "─",
    WEST: "─",
    EAST | WEST: "─",
    EAST | SOUTH: "┌",
    SOUTH | WEST: "┐",
    NORTH | EAST: "└",
    NORTH | WEST: "┘",
    NORTH | EAST | SOUTH: "├",
    NORTH | SOUTH | WEST: "┤",
    EAST | SOUTH | WEST: "┬",
    NORTH | EAST | WEST: "┴",
    NORTH | EAST | SOUTH | WEST: "┼",
}


class Pencil(NamedTuple):
    """The signs that a terminal can show."""

    joints: Mapping[int, str]
    """Directions that meet in a cell -> the line there."""
    up: str
    down: str
    left: str
    right: str
    column: str
    """Between the columns of the actors."""
    box: tuple[str, str, str, str]
    """Top left, top right, bottom left, bottom right corner."""
    capsule: tuple[str, str, str, str]
    signs: Mapping[str, str]
    """State of a card -> its sign."""


_STATES = ("menunggu", "siap", "dikerjakan", "ditunda", "keputusan", "selesai", "dilewati", "dibatalkan")
LINES = Pencil(
    joints=_JOINTS,
    up="▲",
    down="▼",
    left="◄",
    right="►",
    column="┊",
    box=("┌", "┐", "└", "┘"),
    capsule=("╭", "╮", "╰", "╯"),
    signs=dict(zip(_STATES, "·○●=◆✓-x", strict=True)),
)
PLAIN = Pencil(
    joints={
        bits: "|" if not bits & (EAST | WEST) else "-" if not bits & (NORTH | SOUTH) else "+" for bits in range(1, 16)
    },
    up="^",
    down="v",
    left="<",
    right=">",
    column=":",
    box=("+", "+", "+", "+"),
    capsule=(".", ".", "'", "'"),
    signs=dict(zip(_STATES, ".o*=Kv-x", strict=True)),
)
"""For terminals that show ASCII only."""


class Canvas:
    """So many lines of so many cells."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._bits = [[0] * width for _ in range(height)]
        self._inks = [["rule"] * width for _ in range(height)]
        self._texts: list[list[Cell | None]] = [[None] * width for _ in range(height)]

    def line(self, points: Sequence[tuple[int, int]], ink: str = "text") -> None:
        """A line along (x, y) points, each straight above, below or beside the one before."""
        for (x, y), (to_x, to_y) in pairwise(points):
            step_x, step_y = _sign(to_x - x), _sign(to_y - y)
            ahead = EAST if step_x > 0 else WEST if step_x < 0 else SOUTH if step_y > 0 else NORTH
            back = {EAST: WEST, WEST: EAST, NORTH: SOUTH, SOUTH: NORTH}[ahead]
            while (x, y) != (to_x, to_y):
                self._join(x, y, ahead, ink)
                x, y = x + step_x, y + step_y
                self._join(x, y, back, ink)

    def edge(self, x: int, y: int, side: int, ink: str = "text") -> None:
        """Let what stands at a cell go on beyond the canvas: `NORTH` or `SOUTH`."""
        self._join(x, y, side, ink)

    def _join(self, x: int, y: int, bits: int, ink: str) -> None:
        if 0 <= x < self.width and 0 <= y < self.height:
            self._bits[y][x] |= bits
            self._inks[y][x] = ink

    def write(self, x: int, y: int, text: str, ink: str) -> None:
        """Text over whatever is there; what lies outside is left out."""
        for char in text:
            size = cell_len(char)
            if size and 0 <= x <= self.width - size and 0 <= y < self.height:
                self._texts[y][x] = (char, ink)
                if size == 2:
                    self._texts[y][x + 1] = ("", ink)
            x += size

    def is_free(self, x: int, y: int, size: int, beside: int = 0) -> bool:
        """Whether a text has room there; it may cover lines that run in the directions `beside` only."""
        if x < 0 or x + size > self.width or not 0 <= y < self.height:
            return False
        return all(self._texts[y][at] is None and not self._bits[y][at] & ~beside for at in range(x, x + size))

    def cells(self, y: int, joints: Mapping[int, str]) -> list[Cell | None]:
        """One line; None where nothing was drawn."""
        found: list[Cell | None] = []
        for text, bits, ink in zip(self._texts[y], self._bits[y], self._inks[y], strict=True):
            found.append(text if text is not None else (joints[bits], ink) if bits else None)
        return found


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)

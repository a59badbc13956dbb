"""What is sent to a terminal: only the cells that differ from what it shows already.

Textual never compares frames; over a slow line every cell counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

if TYPE_CHECKING:
    from textual.geometry import Size

Cell = tuple[str, str]
"""(text, SGR codes). The text is empty in the right half of a wide character."""

BLANK: Cell = (" ", "")
"""A cell as clearing the screen leaves it."""

_PLAIN = {
    **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("│┃║", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("█▓▁▂▃▄▅▆▇", "#"),
    "░": ".",
    "▌": ">",
    "▲": "+",
    "○": "@",
    "…": "~",
    "✓": "v",
    "·": ".",
    "↑": "^",
    "↓": "v",
}
"""What stands in for a sign where the terminal does not speak UTF-8; for all others a question mark."""

_FLAG_LETTERS = {chr(0x1F1E6 + number): chr(ord("A") + number) for number in range(26)}
"""Two of these make a flag; terminals do not agree how wide one is, so they are shown as the letters they stand for."""
_WIDER = "\ufe0f"
"""Turns the sign before it into a picture, which some terminals draw in two cells and others in one."""
_UNDRAWN = frozenset({*map(chr, range(0xFE00, 0xFE10)), "\u20e3", *map(chr, range(0x1F3FB, 0x1F400))})
"""Change how the sign before them looks and, in some terminals only, its width: variants, keycaps, shades of skin."""

_WORTH_SKIPPING = 5
"""Moving the cursor over fewer equal cells than this costs more than sending them again."""
_WORTH_ERASING = 5


class Painter:
    """The terminal's contents as last sent, and the shortest way to the next ones."""

    def __init__(self, width: int, height: int, color_system: ColorSystem, plain: bool = False) -> None:
        """
        Args:
            width: Cells of a line.
            height: Lines.
            color_system: Colours that the terminal has.
            plain: Whether only ASCII may be sent, since the terminal does not speak UTF-8.
        """
        self.width, self.height = width, height
        self.color_system = color_system
        self.plain = plain
        self.rows: list[list[Cell]] = [[BLANK] * width for _ in range(height)]
        """What the terminal is to show: all that was painted so far."""
        self.is_known = False
        """Whether the terminal shows that. Where it may not, the screen is cleared and everything sent again."""

    def forget(self) -> None:
        """Somebody else has written to the terminal, or it may have."""
        self.is_known = False

    def paint(self, pieces: Iterable[tuple[int, int, Iterable[Segment]]]) -> str:
        """What to send so that the terminal shows the pieces: (x, y, segments), later ones over earlier ones."""
        out: list[str] = []
        wanted: dict[int, list[Cell]] = {}
        if not self.is_known:
            # An update may hold a few cells only; whatever else was painted before is lost with the clearing.
            wanted = dict(enumerate(self.rows))
            self.rows = [[BLANK] * self.width for _ in range(self.height)]
            out.append("\x1b[0m\x1b[H\x1b[2J")
            self.is_known = True
        for x, y, segments in pieces:
            if not 0 <= y < self.height:
                continue
            row = wanted.get(y)
            if row is None:
                row = wanted[y] = list(self.rows[y])
            cells = self._cells(segments)[: self.width - x]
            row[x : x + len(cells)] = cells
        codes = ""
        for y in sorted(wanted):
            row, shown = wanted[y], self.rows[y]
            if row != shown:
                _mend(row)
                codes = self._write_row(out, y, shown, row, codes)
                self.rows[y] = row
        if codes:
            out.append("\x1b[0m")
        return "".join(out)

    def _cells(self, segments: Iterable[Segment]) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in segments:
            if control:
                continue
            codes = _codes(style, self.color_system) if style is not None else ""
            if text.isascii() and text.isprintable():
                cells.extend([(char, codes) for char in text])
                continue
            before = ""
            for char in text:
                if not char.isprintable():
                    # The last door before the terminal: no control that somebody wrote into a text is obeyed there.
                    cells.extend([(" ", codes)] * cell_len(char))
                    continue
                if char in _UNDRAWN:
                    if char == _WIDER and before and cell_len(before + char) > cell_len(before):
                        # Laid out as two cells: the sign itself takes one everywhere.
                        cells.append((" ", codes))
                    continue
                before = char = _FLAG_LETTERS.get(char, char)
                width = cell_len(char)
                if self.plain and not char.isascii() and width:
                    cells.extend([(_PLAIN.get(char, "?"), codes)] * width)
                    continue
                if width == 0 and cells:
                    drawn, its_codes = cells[-1]
                    cells[-1] = (drawn + char, its_codes)
                elif width:
                    cells.append((char, codes))
                    cells.extend([("", codes)] * (width - 1))
        return cells

    def _write_row(self, out: list[str], y: int, shown: list[Cell], row: list[Cell], codes: str) -> str:
        """Append what turns one row into the other; returns the SGR codes in force afterwards."""
        end = self.width
        while end and row[end - 1] == BLANK:
            end -= 1
        erases = sum(cell != BLANK for cell in shown[end:]) >= _WORTH_ERASING
        if not erases:
            end = self.width
        cursor: int | None = None
        for start, stop in _runs(shown[:end], row[:end]):
            if cursor is None:
                out.append(f"\x1b[{y + 1};{start + 1}H" if start else f"\x1b[{y + 1}H")
            else:
                out.append(f"\x1b[{start - cursor}C")
            codes = _write_cells(out, row[start:stop], codes)
            cursor = stop
        if erases:
            if cursor is None:
                out.append(f"\x1b[{y + 1};{end + 1}H")
            elif cursor < end:
                out.append(f"\x1b[{end - cursor}C")
            if codes:
                out.append("\x1b[0m")
                codes = ""
            out.append("\x1b[K")
        return codes


def _mend(row: list[Cell]) -> None:
    """Replace halves of wide characters whose other half was painted over by blanks, as a terminal does."""
    for x, (text, codes) in enumerate(row):
        if not text:
            if not x or cell_len(row[x - 1][0]) != 2:
                row[x] = (" ", codes)
        elif not text.isascii() and cell_len(text) == 2 and (x + 1 == len(row) or row[x + 1][0]):
            row[x] = (" ", codes)


def _runs(shown: list[Cell], row: list[Cell]) -> Iterator[tuple[int, int]]:
    """(start, stop) of the stretches to send, small gaps included, never beginning inside a wide character."""
    start: int | None = None
    last = 0
    for x, (old, new) in enumerate(zip(shown, row, strict=True)):
        if old == new:
            continue
        if start is not None and x - last > _WORTH_SKIPPING:
            yield start, last
            start = None
        if start is None:
            start = x
            while start and not row[start][0]:
                start -= 1
        last = x + 1
        while last < len(row) and not row[last][0]:
            last += 1
    if start is not None:
        yield start, last


def _write_cells(out: list[str], cells: list[Cell], codes: str) -> str:
    for text, wanted in cells:
        if wanted != codes:
            if not wanted:
                out.append("\x1b[0m")
            elif codes:
                out.append(f"\x1b[0;{wanted}m")
            else:
                out.append(f"\x1b[{wanted}m")
            codes = wanted
        out.append(text)
    return codes


@lru_cache(maxsize=512)
def _codes(style: Style, color_system: ColorSystem) -> str:
    """SGR codes of a style. Those of the terminal's own colours are left out: a cleared cell has them already."""
    return ";".join(code for code in style._make_ansi_codes(color_system).split(";") if code not in ("", "39", "49"))


def is_whole(update: CompositorUpdate, size: Size) -> bool:
    """Whether it draws every cell of a terminal of that size."""
    return isinstance(update, LayoutUpdate) and update.region == size.region


def pieces_of(update: CompositorUpdate) -> Iterator[tuple[int, int, Iterable[Segment]]]:
    """Where the strips of an update stand."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, x1, x2 in update.spans:
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is not None and x <= x2 and end > x1:
                    yield x, y, chop

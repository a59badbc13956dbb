"""Text for people: tables and wrapped lines within the width of the terminal. No colour is ever used."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80
_NARROWEST = 6
_HEAD_PADDING = 2
"""What tabulate adds to a column that is no wider than its head."""
_LONGEST_KEPT = 16
"""A word longer than this may be cut where room is short."""


def width() -> int:
    """Columns to fill: those of the terminal, 80 where there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return WIDTH
    return max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, 200))


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most so many columns; a word that is longer is cut."""
    return textwrap.wrap(text, max(columns, 10), subsequent_indent=indent) or [""]


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], flexible: Sequence[int] = (0,)) -> str:
    """A table within the width.

    Args:
        heads: Column heads.
        rows: Cells; None is shown as `-`.
        flexible: Indices of the columns that give way, their text wrapped.
    """
    # An answer for a program needs no table, and this module is on its way.
    from tabulate import tabulate

    cells = [["-" if cell is None else printable(str(cell)) for cell in row] for row in rows]
    limits: list[int | None] = [None] * len(heads)
    widest, spare = _widths(heads, cells, flexible)
    if sum(widest[index] for index in flexible) > spare:
        words = {
            index: max(len(heads[index]) + _HEAD_PADDING, _longest_word(row[index] for row in cells))
            for index in flexible
        }
        if sum(min(words[index], _LONGEST_KEPT, widest[index]) for index in flexible) > spare:
            # Rather a head on two lines than a word in two pieces.
            heads = [
                head if index in flexible else "\n".join(textwrap.wrap(head, max(map(len, head.split()))))
                for index, head in enumerate(heads)
            ]
            widest, spare = _widths(heads, cells, flexible)
        for index, columns in _shared_out(spare, {index: widest[index] for index in flexible}, words).items():
            limits[index] = columns
    return str(
        tabulate(
            cells,
            headers=list(heads),
            tablefmt="simple",
            disable_numparse=True,
            maxcolwidths=limits if cells else None,
        )
    )


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]], flexible: Sequence[int]) -> tuple[list[int], int]:
    """How wide each column would be by itself, and what the others leave to those that give way."""
    widest = [
        max(max(map(len, head.split("\n"))) + _HEAD_PADDING, *(len(row[index]) for row in cells), 0)
        for index, head in enumerate(heads)
    ]
    others = sum(wide for index, wide in enumerate(widest) if index not in flexible)
    return widest, width() - 2 * (len(heads) - 1) - others


def _longest_word(texts: Iterable[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def _shared_out(spare: int, wanted: dict[int, int], words: dict[int, int]) -> dict[int, int]:
    """Columns for each that gives way: room for its longest word first, then the rest by what each still wants."""
    least = {index: min(words[index], _LONGEST_KEPT, wanted[index]) for index in wanted}
    left = spare - sum(least.values())
    if left < 0:
        return {index: max(_NARROWEST, spare * least[index] // sum(least.values())) for index in wanted}
    short = {index: wanted[index] - least[index] for index in wanted}
    return {index: least[index] + left * short[index] // max(1, sum(short.values())) for index in wanted}


def printable(text: str) -> str:
    """What acts on a terminal shown as `?`; everything kept was cleaned, but a document's name was not."""
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)


def titled(title: str, body: str) -> str:
    """A heading with its text beneath."""
    return f"{title}\n{body}" if body else title

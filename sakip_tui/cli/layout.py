"""Text for people: tables and wrapped lines within the width of the terminal. No colour is ever used."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest

WIDTH = 80
_NARROWEST = 6
_HEAD_PADDING = 2
"""Blanks after a head that is as wide as its column."""
_GAP = "  "
_LONGEST_KEPT = 16
"""A word longer than this may be cut where room is short."""


def width() -> int:
    """Columns to fill: those of the terminal, 80 where there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return WIDTH
    return max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, 200))


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Lines of at most so many columns; a word that is longer is cut."""
    from textwrap import wrap

    return wrap(text, max(columns, 10), subsequent_indent=indent) or [""]


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], flexible: Sequence[int] = (0,)) -> str:
    """A table within the width.

    Args:
        heads: Column heads.
        rows: Cells; None is shown as `-`.
        flexible: Indices of the columns that give way, their text wrapped.
    """
    cells = [["-" if cell is None else printable(str(cell)) for cell in row] for row in rows]
    widest = [
        max(len(head) + _HEAD_PADDING, *(_columns(row[index]) for row in cells)) if cells else len(head) + _HEAD_PADDING
        for index, head in enumerate(heads)
    ]
    limits: list[int | None] = [None] * len(heads)
    spare = width() - 2 * (len(heads) - 1) - sum(wide for index, wide in enumerate(widest) if index not in flexible)
    if sum(widest[index] for index in flexible) > spare:
        words = {
            index: max(len(heads[index]) + _HEAD_PADDING, _longest_word(row[index] for row in cells))
            for index in flexible
        }
        for index, columns in _shared_out(spare, {index: widest[index] for index in flexible}, words).items():
            limits[index] = columns
    return _drawn(heads, [[_broken(text, limit) for text, limit in zip(row, limits, strict=True)] for row in cells])


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[list[str]]]) -> str:
    """Heads over a rule over rows of cells, each a list of lines.

    Drawn here, as the library that draws the exports takes longer to import than any command to answer.
    """
    widths = [
        max([len(head) + _HEAD_PADDING, *(_columns(line) for row in rows for line in row[index])])
        for index, head in enumerate(heads)
    ]
    lines = [list(heads), ["-" * wide for wide in widths]]
    for row in rows:
        lines += (list(line) for line in zip_longest(*row, fillvalue=""))
    return "\n".join(
        _GAP.join(text + " " * (wide - _columns(text)) for text, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _broken(text: str, limit: int | None) -> list[str]:
    """A cell's lines of at most so many columns, of any length without a limit; one empty line for an empty cell."""
    text = text.strip()
    if limit is None or _columns(text) <= limit:
        return [text]
    from textwrap import wrap

    # A text with wide characters is broken as if all were: never too long, and rare.
    return wrap(text, limit if _columns(text) == len(text) else max(1, limit // 2)) or [""]


def _columns(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


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

"""How wide words are on paper: measured before any program sets them, so that no word is broken and no line cut.

Widths are those of Arial. A LibreOffice that has neither Arial nor its twin sets DejaVu Sans in wider columns; a letter
that would need more of such a column than Arial's of its own counts with that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_BY_WIDTH: Mapping[int, str] = {
    191: "'",
    230: "ijl",
    260: "|",
    278: " ,./:;I[]\\\\",
    291: "f",
    324: "t",
    331: "!",
    333: "()-`",
    334: "{}",
    340: "r",
    380: '"',
    400: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    611: "FTZ",
    667: "&ABEKPSVXY",
    692: "+<=>~",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
"""Thousandths of the letter's size -> letters."""

_OTHER, _WIDE = 700, 1000
_WIDE_FROM = "\u1100"
"""From here on signs take a whole square; what lies between is counted like a wide letter."""
_KNOWN: Mapping[str, int] = {
    **{letter: width for width, letters in _BY_WIDTH.items() for letter in letters},
    **dict.fromkeys("\u00b7\u2019\u2018", 320),
    "\u2013": 560,
    "\u2026": 1000,
}
BOLD = 1.12
"""Times that bold letters are wider."""
_PIXELS = 96 / 72
"""In a point."""


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """Pixels that one line of text takes.

    Args:
        text: Without newlines.
        size: Of its letters, in points.
        bold: Whether they are.
    """
    units = 0
    for letter in text:
        found = _KNOWN.get(letter)
        units += found if found is not None else _WIDE if letter >= _WIDE_FROM else _OTHER
    return units / 1000 * size * _PIXELS * (BOLD if bold else 1.0)


@lru_cache(maxsize=8192)
def folded(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit, as a program folds them: between words, and inside one only where it alone is wider
    than the room.

    Args:
        text: Newlines begin a new line.
        room: Pixels.
        size: Of its letters, in points.
        bold: Whether they are.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        blank = width_of(" ", size, bold)
        for word in paragraph.split(" "):
            width = width_of(word, size, bold)
            if line and used + blank + width > room:
                lines.append(line)
                line, used = "", 0.0
            elif line:
                line, used = f"{line} {word}", used + blank + width
                continue
            while width > room and len(word) > 1:
                fitting = _fitting(word, room, size, bold)
                lines.append(word[:fitting])
                word = word[fitting:]
                width = width_of(word, size, bold)
            line, used = word, width
        lines.append(line)
    return tuple(lines)


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many letters of the word fit, at least one."""
    used = 0.0
    for place, letter in enumerate(word):
        used += width_of(letter, size, bold)
        if used > room:
            return max(place, 1)
    return len(word)


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """Pixels of the widest word."""
    return max((width_of(word, size, bold) for word in text.split()), default=0.0)

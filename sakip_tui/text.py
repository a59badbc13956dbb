"""Text cut, wrapped and padded to cells of the terminal, in which some characters take two. Pure.

The one place that does: sheets and the tables of the command line count characters, and wrap with the standard library.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len

_NARROW = 40
"""Cells below which a line may end in the middle of a sentence rather than leave most of itself empty."""
_WORDY = 16
"""Cells from which on whole words are worth more than some letters of the next one."""
_LEFT_OVER = " .,;:("
"""What has no sense before an ellipsis."""
_BEHIND_A_WORD = ":;,.)"
_JOINTS = "/\\_"
"""Behind these an address may go on in the next line."""
_VOWELS = frozenset("aiueoAIUEO")
_ONE_SOUND = frozenset(("ng", "ny", "sy", "kh"))
"""Two letters that stay together."""


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Text in lines of at most `width` cells, whole words where possible; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        if cell_len(rest) <= width:
            lines.append(rest)
            rest = ""
        elif len(lines) == most - 1:
            lines.append(cut(rest, width))
            rest = ""
        else:
            head, rest = _broken(rest, width)
            lines.append(head)
    return tuple(lines) or ("",)


def fitting(text: str, width: int) -> str:
    """The longest beginning of at most `width` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return text[:index]
    return text


def _broken(text: str, width: int) -> tuple[str, str]:
    """A line of whole words, and the rest; a word longer than the line is parted, with a hyphen, between syllables."""
    fits = fitting(text, width) or text[:1]
    if len(fits) < len(text) and text[len(fits)] != " ":
        space = fits.rfind(" ")
        # A number alone on its line reads worse than a word cut in two.
        if space > (width // 3 if width < _NARROW else 0):
            return fits[:space], text[space + 1 :]
        place = _syllable(text, space + 1, len(fits))
        if place is not None:
            return f"{text[:place]}-", text[place:]
        # The address of a document: behind a map or a part of its name, so that its ending stays in one piece.
        joint = max(fits.rfind(sign) for sign in _JOINTS) + 1
        if joint > max(space + 1, width // 3):
            return fits[:joint], text[joint:]
    return fits.rstrip(), text[len(fits) :].lstrip()


def _syllable(text: str, start: int, end: int) -> int | None:
    """Where the Indonesian word that begins at `start` and does not fit before `end` may be parted: before a consonant
    that a vowel follows, with room for the hyphen. None where it is no plain word, or too little of it would stand
    before the hyphen."""
    word = text[start:].split(" ", 1)[0].rstrip(_BEHIND_A_WORD)
    if not (word.isascii() and word.isalpha()):
        return None
    for place in range(min(end - 1, start + len(word) - 1), start + 2, -1):
        pair = text[place - 1 : place + 1].casefold()
        if text[place] not in _VOWELS and text[place + 1 : place + 2] in _VOWELS and pair not in _ONE_SOUND:
            return place
    return None


@lru_cache(maxsize=2048)
def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Text of at most `width` cells, ending in an ellipsis where something is left out: behind a whole word, unless
    that would leave half of the room empty, or there is so little that every letter tells something."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ellipsis[:width]
    head = fitting(text, width - 1)
    space = head.rfind(" ")
    if width >= _WORDY and text[len(head)] != " " and cell_len(head[: max(0, space)]) >= width // 2:
        head = head[:space]
    if width >= _NARROW:
        # What is begun and not said, a number perhaps without its noun, tells less than the dots alone.
        told = max(head.rfind("; "), head.rfind(", "))
        head = head[:told] if cell_len(head[: max(0, told)]) >= width * 3 // 4 else head
    return head.rstrip(_LEFT_OVER + ellipsis) + ellipsis


def brief(text: str, width: int, ellipsis: str = "…") -> str:
    """Text of at most `width` cells: all of it, or its first sentence where that has room, or as `cut`."""
    first = text[: text.find(". ") + 1]
    if first and cell_len(text) > width >= cell_len(first):
        return first
    return cut(text, width, ellipsis)


def folded(text: str) -> str:
    """Without case and accents, for comparing what is looked for."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def padded(text: str, width: int) -> str:
    """Text with blanks behind it up to `width` cells; longer text stays as it is."""
    return text + " " * max(0, width - cell_len(text))


def fitted(text: str, width: int) -> str:
    """Text in exactly so many cells, cut or with blanks behind it."""
    return padded(cut(text, width), width)

"""Words that must fit where Excel sets limits: names of sheets and tables, heads, properties, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exports.characters import one_line
from exports.sheet import Column

CELL_UNITS = 32_767
"""UTF-16 units that Excel keeps in one cell."""

SHEET_NAME_UNITS = 31
PROPERTY_UNITS = 255
HEAD_UNITS = 255


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that Excel accepts, one for each title: at most 31 units, no `[]:*?/\\`, no two alike in any case."""
    taken: set[str] = {"history"}  # Excel keeps this one for itself
    names: list[str] = []
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\]", "-", one_line(title)).strip("'") or "Lembar"
        name = pieces(plain, SHEET_NAME_UNITS)[0].rstrip("' ")
        number = 1
        while name.lower() in taken:
            number += 1
            ending = f" ({number})"
            name = pieces(plain, SHEET_NAME_UNITS - len(ending))[0] + ending
        taken.add(name.lower())
        names.append(name)
    return names


def unique_heads(columns: tuple[Column, ...]) -> list[str]:
    """Titles of one line each, no two alike in any case and none empty, as named tables ask."""
    taken: set[str] = set()
    heads: list[str] = []
    for column in columns:
        plain = no_rich_text(short(column.title, HEAD_UNITS - 6)) or column.key
        title, number = plain, 1
        while title.lower() in taken:
            number += 1
            title = f"{plain} ({number})"
        taken.add(title.lower())
        heads.append(title)
    return heads


def table_name(title: str, number: int) -> str:
    """`tbl_Langkah_2`: letters, digits and `_` only, and no two alike in one workbook, as `number` differs."""
    return f"tbl_{re.sub('[^A-Za-z0-9]+', '_', title)[:60]}_{number}"


def units(text: str) -> int:
    """UTF-16 units: what Excel counts. An emoji is two."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, first: int, others: int | None = None) -> list[str]:
    """The text cut into pieces of at most so many UTF-16 units; joined they are the text."""
    found: list[str] = []
    start = used = 0
    room = first
    for position, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if used + size > room:
            found.append(text[start:position])
            start, used, room = position, 0, first if others is None else others
        used += size
    return [*found, text[start:]]


def short(text: str, length: int) -> str:
    """The text on one line, cut with an ellipsis where it has more than `length` UTF-16 units."""
    plain = one_line(text)
    return plain if units(plain) <= length else pieces(plain, length - 1)[0] + "…"


def coded(text: str, length: int) -> str:
    """Words for a page's header or footer, where `&` begins a code and is written twice; at most `length` units."""
    plain = short(text, length)
    while units(code := plain.replace("&", "&&")) > length:
        plain = pieces(plain.removesuffix("…"), units(plain) - 2)[0].rstrip("&") + "…"
    return code


def no_rich_text(text: str) -> str:
    """A blank in front of what XlsxWriter would take for finished XML."""
    return f" {text}" if text.startswith("<r>") else text

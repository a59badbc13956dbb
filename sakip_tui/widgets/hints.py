"""Keys as they are written on a screen, so that whoever clicks on one gets what the key does. Pure.

A hint keeps its key in the ink of its spans (`key@enter`), where nothing draws it; in sentences it is what stands
behind "tekan". What a click on it does is the business of `ink.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from sakip_tui.widgets.spans import PICKED, Line, Span, width_of

KEY_NAMES = {
    "up": "panah atas",
    "down": "panah bawah",
    "left": "panah kiri",
    "right": "panah kanan",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "enter": "Enter",
    "space": "spasi",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "escape": "Esc",
    "question_mark": "?",
    "slash": "/",
    "full_stop": "titik",
    "comma": "koma",
    "ctrl+s": "Ctrl+S",
    "ctrl+d": "Ctrl+D",
    "backspace": "Backspace",
    "delete": "Del",
    "f1": "F1",
    "f2": "F2",
    "ctrl+l": "Ctrl+L",
    "ctrl+o": "Ctrl+O",
    "ctrl+q": "Ctrl+Q",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "quotation_mark": '"',
}
"""What the keyboard calls a key."""
MEANT = {"panah": "down", "panah atas/bawah": "down", "panah kiri/kanan": "right"}
MEANT |= {f"1-{last}": "tab" for last in range(1, 8)}
"""Words and signs for keys -> the one that a click on them stands for; of several the one that goes on, not back."""
_KEYS = {name.casefold(): key for key, name in KEY_NAMES.items()} | MEANT
_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "full_stop": ".", "comma": ","}
_ALWAYS = ("?", "Esc")
"""Keys that every line of keys names."""
_SAID = re.compile(r"\b[Tt]ekan (?:tombol )?(\S+?)(?=[.,;:)]*(?:\s|$))")
"""A key in a sentence: `Tekan u untuk mengurungkannya.`"""


def key_words(keys: str) -> str:
    """`up,k` -> `panah atas, k`."""
    return ", ".join(KEY_NAMES.get(key, key) for key in keys.split(","))


def key_of(written: str) -> str | None:
    """The key that a word or letter on the screen stands for; None for no key."""
    if len(written) == 1 and (written.isalnum() or written == "!"):
        return written
    return _KEYS.get(written.casefold())


def character_of(key: str) -> str | None:
    """What a key types; None for one that types nothing."""
    name = KEY_NAMES.get(key, "")
    return _CHARACTERS.get(key) or (key if len(key) == 1 else name if len(name) == 1 else None)


def hint(key: str, word: str, before: str = "", behind: str = "") -> list[Span]:
    """A key and what it does: the spans of it. Of several keys in one (`PgUp PgDn`) each is its own.

    Args:
        key: As it is written.
        word: What it does.
        before: Stands in front, and is no part of the hint.
        behind: Stands behind.
    """
    spans: list[Span] = [(before, "text")] if before else []
    written = [key] if key_of(key) is not None else key.split(" ")
    for index, one in enumerate(written):
        known = key_of(one)
        tail = f"@{known}" if known is not None else ""
        spans.append(((" " if index else "") + one, f"key{tail}"))
        if index == len(written) - 1 and word:
            spans.append((f" {word}", f"text{tail}"))
    return [*spans, (behind, "text")] if behind else spans


def hints(keys: Iterable[tuple[str, str]], before: str = "") -> Line:
    """(key, word) pairs on one line, however long."""
    spans: list[Span] = []
    for key, word in keys:
        spans += hint(key, word, before if not spans else "", "  ")
    return tuple(spans)


def key_at(line: Sequence[Span], x: int) -> str | None:
    """The key whose hint stands in that cell of a line; None where there is none."""
    left = 0
    for text, ink in line:
        width = cell_len(text)
        if left <= x < left + width:
            key = ink.removesuffix(PICKED).partition("@")[2]
            return key or _said_at("".join(one for one, _ in line), x)
        left += width
    return None


def _said_at(text: str, x: int) -> str | None:
    """The key that a sentence names in that cell."""
    for found in _SAID.finditer(text):
        start = cell_len(text[: found.start(1)])
        if start <= x < start + cell_len(found[1]):
            return key_of(found[1])
    return None


def key_line(keys: Sequence[tuple[str, str]], width: int) -> Line:
    """(key, word) pairs in one line: the help and the way back always, of the others as many as there is room for."""
    kept = [pair for pair in keys if pair[0] in _ALWAYS]
    for pair in keys:
        if pair not in kept:
            tried = [one for one in keys if one in kept or one == pair]
            if is_one_line(tried, width):
                kept = tried
    return key_lines([kept], width)[0]


def is_one_line(keys: Sequence[tuple[str, str]], width: int) -> bool:
    """Whether (key, word) pairs have room on one line."""
    return len(key_lines([keys], width)) == 1


def key_lines(groups: Sequence[Sequence[tuple[str, str]]], width: int) -> list[Line]:
    """(key, word) pairs, each group on a line of its own, broken where it is too long."""
    lines: list[Line] = []
    for group in groups:
        spans: list[Span] = [(" ", "text")]
        for key, word in group:
            needed = cell_len(key) + 1 + cell_len(word) + 2
            if width_of(spans) + needed - 2 > width and len(spans) > 1:
                lines.append(tuple(spans[:-1]))
                spans = [(" ", "text")]
            spans += hint(key, word, behind="  ")
        lines.append(tuple(spans[:-1]) if len(spans) > 1 else tuple(spans))
    return lines

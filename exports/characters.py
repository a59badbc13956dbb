"""Characters that would act instead of being read: made visible, never silently dropped.

What a person typed may hold terminal escapes, marks that turn the reading direction, or code points that no XML file
may carry. On paper each of them appears as a sign of its own; every other character stays as it is.
"""

from __future__ import annotations

import re

UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"  # direction marks, no width
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # halves, private use, no characters
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # tags, private planes
)
"""One code point that must not reach paper, a terminal or a cell as it is. ZWJ and ZWNJ are readable: emoji and
several scripts need them."""

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_BLANKS = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with every line end as a newline and every unreadable character as a sign (`␛`, `[U+202E]`)."""
    if text.isascii() and text.isprintable():
        return text
    return UNREADABLE.sub(_sign, _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The visible text with each run of blanks, tabs and newlines as one blank: for headings and names."""
    return _BLANKS.sub(" ", visible(text)).strip()


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"[U+{code:04X}]"

"""What a list is made of: entries of one line or several, with or without a key to pick them by."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from sakip_tui.text import cut
from sakip_tui.widgets.spans import Line


class Entry(NamedTuple):
    """One entry of the list."""

    lines: tuple[Line, ...]
    key: Hashable | None = None
    """What the entry is known by; None for a heading, which is never picked."""


def heading_of(title: str, width: int = 78) -> Entry:
    """A heading with an empty line above it."""
    return Entry(((), ((cut(title, width), "lane"),)))

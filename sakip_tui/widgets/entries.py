"""What a list is made of: entries of one line or several, with or without a key to pick them by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from sakip_tui.text import cut
from sakip_tui.widgets.spans import Line


class Entry(NamedTuple):
    """One entry of the list."""

    lines: Sequence[Line]
    key: Hashable | None = None
    """What the entry is known by; None for a heading, which is never picked."""


class Drawn(Sequence[Line]):
    """One line of an entry that is made once somebody looks at it: of a long list few are on view."""

    def __init__(self, draw: Callable[[], Line]) -> None:
        self._draw = draw

    @cached_property
    def _line(self) -> Line:
        return self._draw()

    def __len__(self) -> int:
        return 1

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        return (self._line,)[index]


def heading_of(title: str, width: int = 78) -> Entry:
    """A heading with an empty line above it."""
    return Entry(((), ((cut(title, width), "lane"),)))


def remark(*lines: str) -> tuple[Entry]:
    """What stands in a list that has nothing to pick from."""
    return (Entry(tuple(((line, "muted"),) for line in lines)),)


BEING_READ = remark("Sedang dibaca.")

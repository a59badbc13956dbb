"""Text in named inks, before anything draws it: free of Textual, so that the command line can tell the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

Span = tuple[str, str]
"""(text, ink). Add `+picked` to an ink for the selected thing."""
Line = tuple[Span, ...]
PICKED = "+picked"


def width_of(spans: Iterable[Span]) -> int:
    """Cells that the spans take."""
    return sum(cell_len(text) for text, _ in spans)


def picked(line: Iterable[Span]) -> Line:
    """The line one is on. It is one bar: parts in inks of their own, turned round, would look like fields of it."""
    return tuple((text, f"strong{PICKED}") for text, _ in line)


def spread(left: Sequence[Span], right: Sequence[Span], width: int) -> Line:
    """Both ends of a line; the right one gives way where there is no room for both."""
    room = width - width_of(left) - width_of(right)
    if room < 1:
        return tuple(left)
    return (*left, (" " * room, "text"), *right)

"""Text in named inks, before anything draws it: free of Textual, so that the command line can tell the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from sakip_tui.text import wrapped

Span = tuple[str, str]
"""(text, ink). Add `+picked` to an ink for the selected thing."""
Line = tuple[Span, ...]
PICKED = "+picked"


SAYS = "Pemberitahuan"
"""Stands over a sentence that a screen says."""


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


def ruled(title: str, width: int, rule: str) -> Line:
    """A heading that goes on as a rule to the end of the line."""
    name = f"{rule} {title} "
    return ((name + rule * max(0, width - cell_len(name)), "lane"),)


def headed(title: str, text: str, width: int, most: int, ink: str = "text", least: int = 0) -> list[Line]:
    """A bar with a title, and a text below it.

    Args:
        title: On the bar.
        text: Wrapped in lines of the width, at most `most`.
        width: Cells of a line.
        most: Lines of the text.
        ink: Of the text.
        least: Lines in all at least, the last ones empty.
    """
    lines: list[Line] = [((f" {line}", ink),) for line in wrapped(text, max(10, width - 2), most)]
    return [((f" {title}".ljust(width), "banner"),), *lines, *[()] * (least - 1 - len(lines))]

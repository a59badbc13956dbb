"""Words of a command line that cannot be read: how they are shown, and which known ones they are like."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sop.form.faults import shown

__all__ = ["alike", "shown"]


def alike(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three known words that are much like this one."""
    return tuple(get_close_matches(word.casefold()[:60], list(known), n=3))

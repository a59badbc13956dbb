"""Whether the engine finds a file whole, whatever its tables hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[[str], list[Any]]
"""Runs a statement on the file and gives its rows."""


def faults(ask: Ask, most: int, *, is_quick: bool = False) -> tuple[str, ...]:
    """What the engine finds wrong with the pages of a file, in its words; empty for a sound one.

    Args:
        ask: On the file.
        most: At most so many.
        is_quick: Leave the indexes out, which takes half the time.
    """
    found = [str(line) for (line,) in ask(f"PRAGMA {'quick' if is_quick else 'integrity'}_check({most})")]
    return () if found == ["ok"] else tuple(found)


def dangling(ask: Ask) -> tuple[str, ...]:
    """The table of every row that points to no row by a foreign key; empty for a sound file."""
    return tuple(str(table) for table, *_ in ask("PRAGMA foreign_key_check"))

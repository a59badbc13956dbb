"""The command that starts the real program at a moment of the test's choosing."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def words(now: int) -> tuple[str, ...]:
    """The command that starts the program with a clock that stands still."""
    return (sys.executable, "-m", "tests.tui.at_a_moment", str(now))

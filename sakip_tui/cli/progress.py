"""How far a long export is, told on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exports.formats import Progress

_LONG_ROWS = 2_000
"""Below this an export is done before anybody has read how far it is."""


@contextmanager
def told_progress() -> Iterator[Progress | None]:
    """Tells on standard error, where somebody looks at it, how far a long export is; the line goes at the end."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    told = -1

    def show(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // max(total, 1)
        if total >= _LONG_ROWS and percent > told:
            told = percent
            print(f"\rMenulis rekap: {percent:3d}%. Ctrl+C membatalkannya.", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if told >= 0:
            print(f"\r{' ' * 60}\r", end="", file=sys.stderr, flush=True)

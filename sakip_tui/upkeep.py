"""Looks after the office's file behind a screen: some seconds after it was painted and every hour from then on.

On a thread and a connection of its own, so that nobody's act waits for a copy. What is looked after is `aftercare.py`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from sakip_tui.clock import Clock
from sop.loading import load

LOOK = "sakip_tui.aftercare:look_after_file"
"""Loaded at the first look: the start of a screen does without it."""
FIRST_LOOK_SECONDS = 3.0
"""After the screen was opened."""
LOOK_AGAIN_SECONDS = 3600.0
"""A screen may stay open for days, and each of them wants its backup."""


class Upkeep:
    """Looks after the file of an open screen."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """
        Args:
            path: The database file.
            clock: Reading of the clock.
        """
        self._path, self._clock = path, clock

    async def look(self) -> tuple[str, ...]:
        """What a person should know. A program that ends meanwhile does not wait; the next one begins anew."""
        found: Future[tuple[str, ...]] = Future()
        threading.Thread(target=self._work, args=(found,), name="sakip-upkeep", daemon=True).start()
        return await asyncio.wrap_future(found)

    def _work(self, found: Future[tuple[str, ...]]) -> None:
        if not found.set_running_or_notify_cancel():
            return
        looked: Callable[[Path, int], tuple[str, ...]] = load(LOOK)
        found.set_result(looked(self._path, self._clock()))

"""A recap being written while the board stays in use: how far it is, and whether somebody still wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable

BEGUN = "Rekap sedang ditulis"


class Exporting:
    """One export under way. Progress is told in tenths, so that a slow line carries ten sentences and not thousands."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        """
        Args:
            announce: Puts a sentence on the screen; called on the screen's own thread.
        """
        self._announce = announce
        self._left = threading.Event()
        self._tenths = 0

    def heard(self, done: int, total: int) -> None:
        """Take in (rows written, rows in all)."""
        tenths = 10 * done // total if total else 0
        if tenths > self._tenths and not self.is_left():
            self._tenths = tenths
            self._announce(f"{BEGUN}: {tenths * 10}%. Esc membatalkannya.")

    def leave(self) -> None:
        """Nobody wants it any more; what was written of it goes."""
        self._left.set()

    def is_left(self) -> bool:
        """Whether nobody wants it any more. May be asked on any thread."""
        return self._left.is_set()

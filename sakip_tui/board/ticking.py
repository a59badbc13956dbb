"""The clock of the board: wakes it when something in view says something else, and not before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.timer import Timer

    from sakip_tui.clock import Clock

_SOON = 0.02
"""Least wait in seconds, so that a clock running behind its timer cannot spin."""


class Ticking:
    """One wait at a time."""

    def __init__(self, clock: Clock, wait: Callable[[float], Timer]) -> None:
        """
        Args:
            clock: Reading of the clock.
            wait: Begins a timer of so many seconds, at whose end the board is brought up to the time.
        """
        self._clock, self._wait = clock, wait
        self._timer: Timer | None = None

    def wait_for(self, moments: Iterable[int | None]) -> None:
        """Wait for the first of the moments, or for the next minute: the time of day stands in the header.

        Args:
            moments: Epoch seconds; None for what does not change by itself.
        """
        self.pause()
        now = self._clock()
        moment = min((at for at in moments if at is not None), default=now + 60)
        self._timer = self._wait(max(_SOON, min(moment, now - now % 60 + 60) - now))

    def pause(self) -> None:
        """Wait for nothing more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

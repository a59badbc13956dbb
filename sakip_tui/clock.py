"""What time it is: the one place that asks. Everybody else is handed a `Clock`."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Gives the reading in UTC epoch seconds."""


def system_clock() -> int:
    """The reading of this computer's clock."""
    return int(time.time())

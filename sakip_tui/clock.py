"""What time it is: the one place that asks. Everybody else is handed a `Clock`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

Clock = Callable[[], int]
"""Gives the reading in UTC epoch seconds."""


def system_clock() -> int:
    """The reading of this computer's clock."""
    return int(time.time())


def running_beside(clock: Clock) -> Callable[[], tuple[str, int] | None]:
    """What counts how long this computer has been running, beside its own clock; beside a told clock nothing does."""
    return running_time if clock is system_clock else _unknown


def running_time() -> tuple[str, int] | None:
    """Which start of this computer it runs since, and for how many seconds; no setting of the clock changes either.

    The start has no name on Windows; None elsewhere but on Linux, where no counter goes on while the computer sleeps.
    """
    if sys.platform == "win32":
        return "", int(time.monotonic())
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return boot, int(float(Path("/proc/uptime").read_text(encoding="ascii").split()[0]))
    except (OSError, ValueError, IndexError):
        return None


def _unknown() -> None:
    return None

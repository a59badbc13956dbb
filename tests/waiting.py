"""Waiting for what other processes and threads do, however slow the machine is.

Nothing here is a pause: what waits returns as soon as its condition holds, and fails, with what there was instead,
after `SECONDS`. What an app does is waited for by `resting.at_rest` and `fakes.until`, what stands on a terminal by its
`wait_for`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 120.0
"""How long anything may take before it is taken for something that never comes: no promise to anybody, only an end."""
STEP = 0.005
"""Seconds between two looks at what others do."""


def holds(condition: Callable[[], object], seconds: float = SECONDS, otherwise: Callable[[], object] = str) -> None:
    """Wait for what other processes or threads do; `otherwise` gives what is shown when it never comes true."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"the condition never held\n{otherwise()}")
        time.sleep(STEP)

"""The suite at another date: `faketime -f '@2027-03-08 23:50:00' python -m pytest -n auto`, and what cannot stand that.

faketime moves every clock of a process from within, by a library that is loaded before all others.
"""

from __future__ import annotations

import os
import threading
import time

MONOTONIC = "FAKETIME_DONT_FAKE_MONOTONIC"
"""Keeps the monotonic clock as it is.

With it moved too, whatever a thread waits for with a limit is never given up: the limit is a moment of the moved clock,
and the kernel counts on its own. Our gate and our last resort at a hang-up wait so.
"""


def keep_monotonic() -> None:
    """Let the programs that are started from here, pytest's workers first of all, wait with limits that end.

    Where the clock has been kept already, faketime hands the kernel a time before zero for each `time.sleep` of Python
    3.11 and later, and the kernel refuses it; waiting for what never comes is as long.
    """
    if "FAKETIME" in os.environ and MONOTONIC in os.environ:
        setattr(time, "sleep", lambda seconds: threading.Event().wait(seconds))  # noqa: B010 - nothing pauses here
    os.environ[MONOTONIC] = "1"


def unmoved() -> dict[str, str]:
    """The environment for a program that cannot stand faketime; it runs on the computer's own clock.

    LibreOffice hangs under it. rsync gives each copy the moved time of the file, which is moved once more when it is
    read. A process that is started with its standard output closed finds it open: the library opens a document of its
    own, which takes the lowest free number.
    """
    moved = ("LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED", MONOTONIC)
    return {name: value for name, value in os.environ.items() if name not in moved}

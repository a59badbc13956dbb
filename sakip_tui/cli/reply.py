"""What a command answers, and the exit codes of the contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sop.values import Frozen

DONE, FAULTY, REFUSED, OVERTAKEN, DATABASE = 0, 2, 3, 4, 5
INTERRUPTED = 130
"""As shells report a program that Ctrl-C ended."""


class Reply(Frozen):
    """What a command answers."""

    document: Any
    """JSON values, for `--json`."""
    text: Callable[[], str]
    """For people; called only where it is printed."""
    remarks: tuple[str, ...] = ()
    """Beside the answer, on standard error."""
    code: int = DONE

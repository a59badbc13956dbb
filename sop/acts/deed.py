"""What an act is in code: its judge, its effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sop.model.events import Event


class Deed(NamedTuple):
    """What an act is in code. A family's module holds one for each of its acts, in `DEEDS`."""

    judge: Callable[[Any], Event] | None
    """What becomes of a command (ruling of its scope -> event), or why it is refused. None: nobody asks for it."""
    effect: Callable[[Any, Event], None]
    """What the event does to the state of its scope: the same when it happens and whenever the log is replayed."""
    in_year: Callable[[Any, Event], None] | None = None
    """What an act on the office is to the reporting year that it begins; None for one that begins none."""

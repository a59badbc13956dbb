"""What of a past period is still to be told, as rows to fill in: for the screen and the command line. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sop.acts.past_work import OpenSlot
from sop.form.past_rows import PastLine
from sop.model.periods import first_day

_EPOCH = dt.date(1970, 1, 1)


def lines_of(slots: Iterable[OpenSlot]) -> tuple[PastLine, ...]:
    """An empty row for each."""
    return tuple(PastLine(slot.step, slot.bidang, seen=slot.revision, begun=slot.started) for slot in slots)


def opened_or_may(period: str, opened: int | None, offset: int) -> int:
    """When a period was opened, or from when on it may be.

    Args:
        period: Its key.
        opened: When its case was; None where it was not.
        offset: The office's, in seconds east of UTC.
    """
    return (first_day(period) - _EPOCH).days * 86_400 - offset if opened is None else opened

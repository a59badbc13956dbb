"""What of a past period is still to be told, as rows to fill in: for the screen and the command line. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sop.acts.past_work import OpenSlot, slots_asked
from sop.form.past_rows import PastLine, ReadRows
from sop.model.periods import first_day
from sop.time.instants import midnight

RowKey = tuple[int, str | None]
"""(step, bidang) of a row."""


def lines_of(slots: Iterable[OpenSlot]) -> tuple[PastLine, ...]:
    """An empty row for each."""
    return tuple(PastLine(slot.step, slot.bidang, seen=slot.revision, begun=slot.started) for slot in slots)


def keys_asked(slots: Sequence[OpenSlot], lines: Sequence[PastLine], read: ReadRows, opened: int) -> frozenset[RowKey]:
    """The rows that there will be, by when the step before a region ended.

    Args:
        slots: All that there may be.
        lines: What was typed.
        read: How it was read.
        opened: When the period was opened, or may have been.
    """
    ended: Mapping[int, int] = {
        line.step: row.ended.at for line, row in zip(lines, read.rows, strict=True) if row.ended is not None
    }
    return frozenset((slot.step, slot.bidang) for slot in slots_asked(slots, ended, opened))


def lines_shown(
    slots: Sequence[OpenSlot], lines: Sequence[PastLine], wanted: Collection[RowKey]
) -> tuple[PastLine, ...]:
    """An empty row for each that is wanted, and for each typed into.

    Args:
        slots: All that there may be.
        lines: What was typed.
        wanted: Rows to show whatever stands in them.
    """
    typed = {(line.step, line.bidang) for line in lines if not line.is_empty}
    return lines_of(slot for slot in slots if (key := (slot.step, slot.bidang)) in wanted or key in typed)


def opened_or_may(period: str, opened: int | None, offset: int) -> int:
    """When a period was opened, or from when on it may be.

    Args:
        period: Its key.
        opened: When its case was; None where it was not.
        offset: The office's, in seconds east of UTC.
    """
    return midnight(first_day(period), offset) if opened is None else opened

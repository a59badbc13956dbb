"""The JSON shape of one line of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sakip_tui.cli.shapes import Document, iso
from sop.words.event_values import plain

if TYPE_CHECKING:
    from db.rows import LoggedEvent


def event_document(logged: LoggedEvent, offset: int) -> Document:
    """One line of the log."""
    event = logged.event
    return {
        "sequence": event.sequence,
        "recorded_at": iso(event.recorded, offset),
        "effective_at": iso(event.at, offset),
        "by": event.by,
        "for_lane": event.for_lane,
        "act": event.act.value,
        "period": event.period,
        "step": event.step,
        "bidang": event.bidang,
        "details": plain(event.data, offset),
        "hash": logged.hash,
        "attempt": event.attempt,
        "case": event.case,
        "late_entry": event.late_entry,
        "clock_doubted": event.doubted,
        "office": logged.office,
        "sop": logged.sop,
        "host": logged.host,
    }

"""Events as iCalendar (RFC 5545): lines, escapes and folds. What an event is about is the caller's.

Written here and read back by a library in the tests: what we write of the standard is these few properties, and a
library brings a zone database for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exports.characters import visible

FOLD = 75
"""Octets of a line, its break not counted."""
_PRODUCT = "-//sakip-tui//Tenggat SAKIP//ID"


class CalendarEvent(NamedTuple):
    """One VEVENT. Moments are UTC epoch seconds."""

    uid: str
    sequence: int
    """Grows whenever the event may have changed."""
    start: int
    end: int | None
    """None for a moment."""
    summary: str
    description: str
    alarm_at: int | None = None
    tentative: bool = False
    """It may still move by itself."""


def icalendar(name: str, events: Iterable[CalendarEvent], stamped: int) -> bytes:
    """The whole document.

    Args:
        name: What the calendar is called where it is shown.
        events: In the order in which they are written.
        stamped: When it was made, UTC epoch seconds: of two documents with the same sequence the later one is newer.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event_lines(event, stamped)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event_lines(event: CalendarEvent, stamped: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_utc(stamped)}"
    yield f"DTSTART:{_utc(event.start)}"
    if event.end is not None:
        yield f"DTEND:{_utc(event.end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    # A due moment keeps nobody busy.
    yield "TRANSP:TRANSPARENT"
    if event.alarm_at is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER;VALUE=DATE-TIME:{_utc(event.alarm_at)}"
        yield f"DESCRIPTION:{_text(event.summary)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _utc(moment: int) -> str:
    return f"{dt.datetime.fromtimestamp(moment, dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: separators escaped, a break as `\\n`, a sign for what would act instead of being read."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(visible(line) for line in escaped.splitlines())


def _folded(line: str) -> bytes:
    """The line in pieces of at most FOLD octets, none of which cuts a character."""
    pieces: list[bytes] = []
    piece = b""
    for char in line:
        octets = char.encode("utf-8")
        if len(piece) + len(octets) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"

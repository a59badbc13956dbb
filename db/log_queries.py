"""Reading the log a window at a time, for whoever scrolls through it: never the whole of it, never a sorted part.

The log has an index for one period of one year; everything else is found by walking along the sequence numbers, a
bounded stretch for each question, so that a question about something rare does not hold up the one after it.
"""

from __future__ import annotations

from typing import NamedTuple

from db import people, recall, statements
from db.bidang import family
from db.file.connection import Database
from db.queries import head
from db.rows import Address, LoggedEvent
from sop.json_text import json_text

STRETCH = 20_000
"""Sequence numbers that one question walks along at most."""


class LogFilter(NamedTuple):
    """Which events are wanted; None (or nothing) for all."""

    period: str | None = None
    step: int | None = None
    bidang: str | None = None
    """By any name that its unit has or had."""
    acts: tuple[str, ...] = ()
    """Codes of acts."""
    by: str | None = None
    """Code of who typed it."""
    since: int | None = None
    """Recorded at that moment or later."""
    until: int | None = None
    """Recorded before that moment."""

    @property
    def is_empty(self) -> bool:
        """Whether it lets every event through."""
        return self == LogFilter()


class _Order(NamedTuple):
    """The statements that go along the log in one direction."""

    of_office: str
    of_period: str
    """By the index of years and periods."""


_NEWEST = _Order(statements.NEWEST_LINES, statements.NEWEST_LINES_OF_PERIOD)
_OLDEST = _Order(statements.OLDEST_LINES, statements.OLDEST_LINES_OF_PERIOD)


class LogWindow(NamedTuple):
    """A stretch of the log."""

    events: tuple[LoggedEvent, ...]
    """Newest first."""
    reached: int
    """Every wanted event between where the question began and this sequence number is among them, both included."""
    is_end: bool
    """There is nothing further in that direction."""


def older(
    database: Database, address: Address, wanted: LogFilter, before: int | None, limit: int, stretch: int = STRETCH
) -> LogWindow:
    """What was recorded before a sequence number, the nearest first.

    Args:
        database: Open.
        address: Events of that office, and of that SOP's years or of the office itself.
        wanted: Narrows them down.
        before: A sequence number; None for the newest.
        limit: At most so many.
        stretch: Sequence numbers to walk along at most.
    """
    with database.read():
        newest = head(database).sequence
        begin = newest + 1 if before is None else before
        last = 1 if _by_index(wanted) else max(1, begin - stretch)
        found = _rows(database, address, wanted, _NEWEST, (last, begin - 1), limit)
    reached = found[-1].event.sequence if len(found) == limit else last
    return LogWindow(tuple(found), reached, reached <= 1)


def newer(
    database: Database, address: Address, wanted: LogFilter, after: int, limit: int, stretch: int = STRETCH
) -> LogWindow:
    """As `older`, for what was recorded after a sequence number; 0 for the oldest."""
    with database.read():
        newest = head(database).sequence
        last = newest if _by_index(wanted) else min(newest, after + stretch)
        found = _rows(database, address, wanted, _OLDEST, (after + 1, last), limit)
    reached = found[-1].event.sequence if len(found) == limit else max(last, after)
    return LogWindow(tuple(reversed(found)), reached, reached >= newest)


def _by_index(wanted: LogFilter) -> bool:
    return wanted.period is not None


def _rows(
    database: Database,
    address: Address,
    wanted: LogFilter,
    order: _Order,
    between: tuple[int, int],
    limit: int,
) -> list[LoggedEvent]:
    filters = (
        wanted.step,
        None if wanted.bidang is None else json_text(_names_of(database, address, wanted.bidang)),
        json_text(wanted.acts) if wanted.acts else None,
        wanted.by,
        wanted.since,
        wanted.until,
        limit,
    )
    if wanted.period is None:
        rows = database.rows(order.of_office, (*between, *address, None, *filters))
    else:
        year_id = database.value(statements.YEAR_OF_PERIOD, (*address, wanted.period))
        rows = database.rows(order.of_period, (*between, year_id, wanted.period, *filters))
    return [LoggedEvent(recall.event_of(row[:-4]), *row[-4:]) for row in rows]


def _names_of(database: Database, address: Address, bidang: str) -> tuple[str, ...]:
    return family(database, people.office_id_of(database, address.office)).names_of(bidang)

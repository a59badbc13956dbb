"""Reading the log a window at a time, for whoever scrolls through it: never the whole of it, never a sorted part.

The log has an index for one period of one year; everything else is found by walking along the sequence numbers, a
bounded stretch for each question, so that a question about something rare does not hold up the one after it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from db.bidang import family
from db.file.connection import Database
from db.rows import Address, LoggedEvent

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
        return self == LogFilter()


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
        newest = database.value("SELECT max(sequence) FROM events") or 0
        begin = newest + 1 if before is None else before
        last = 1 if _by_index(wanted) else max(1, begin - stretch)
        found = _rows(database, address, wanted, last, begin - 1, "DESC", limit)
    reached = found[-1].event.sequence if len(found) == limit else last
    return LogWindow(tuple(found), reached, reached <= 1)


def newer(
    database: Database, address: Address, wanted: LogFilter, after: int, limit: int, stretch: int = STRETCH
) -> LogWindow:
    """As `older`, for what was recorded after a sequence number; 0 for the oldest."""
    with database.read():
        newest = database.value("SELECT max(sequence) FROM events") or 0
        last = newest if _by_index(wanted) else min(newest, after + stretch)
        found = _rows(database, address, wanted, after + 1, last, "ASC", limit)
    reached = found[-1].event.sequence if len(found) == limit else max(last, after)
    return LogWindow(tuple(reversed(found)), reached, reached >= newest)


def _by_index(wanted: LogFilter) -> bool:
    return wanted.period is not None


def _rows(
    database: Database, address: Address, wanted: LogFilter, first: int, last: int, order: str, limit: int
) -> list[LoggedEvent]:
    from db import recall

    sql, values = _question(database, address, wanted)
    columns = ", ".join(f"e.{name}" for name in recall.EVENT_COLUMNS)
    rows = database.rows(
        f"SELECT {columns}, e.office, y.sop_code, e.host, e.token, e.hash FROM events e "
        f"LEFT JOIN reporting_years y ON y.id = e.reporting_year_id "
        f"WHERE e.sequence BETWEEN ? AND ? AND {sql} ORDER BY e.sequence {order} LIMIT ?",
        (first, last, *values, limit),
    )
    return [LoggedEvent(recall.event_of(row[:-5]), *row[-5:]) for row in rows]


def _question(database: Database, address: Address, wanted: LogFilter) -> tuple[str, list[Any]]:
    years = [
        number
        for (number,) in database.rows(
            "SELECT y.id FROM reporting_years y JOIN offices o ON o.id = y.office_id "
            "WHERE o.code = ? AND y.sop_code = ?",
            (address.office, address.sop),
        )
    ]
    marks = ", ".join("?" for _ in years)
    if _by_index(wanted) and years:
        parts = [f"e.reporting_year_id IN ({marks})", "e.period = ?"]
        values: list[Any] = [*years, wanted.period]
    else:
        # The plus keeps the year's index out: it would have the whole log sorted for its newest lines.
        parts = ["e.office = ?", f"(+e.reporting_year_id IS NULL OR +e.reporting_year_id IN ({marks}))"]
        values = [address.office, *years]
        if wanted.period is not None:
            parts.append("e.period = ?")
            values.append(wanted.period)
    if wanted.bidang is not None:
        office_id = database.value("SELECT id FROM offices WHERE code = ?", (address.office,))
        names = family(database, office_id).names_of(wanted.bidang)
        parts.append(f"e.bidang IN ({', '.join('?' for _ in names)})")
        values += names
    plain = (("e.step = ?", wanted.step), ("e.by_person = ?", wanted.by))
    for part, value in (*plain, ("e.recorded >= ?", wanted.since), ("e.recorded < ?", wanted.until)):
        if value is not None:
            parts.append(part)
            values.append(value)
    if wanted.acts:
        parts.append(f"e.act IN ({', '.join('?' for _ in wanted.acts)})")
        values += wanted.acts
    return " AND ".join(parts), values

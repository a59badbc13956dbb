"""What is to be looked at again of special hours that were just put in a calendar. Told, and never refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from sop.time.office_calendar import OfficeCalendar, RowChange
from sop.time.work_calendar import DateRange
from sop.values import Frozen

LONGEST = 31
"""Days: Ramadan has thirty at most, and other hours for longer are rare enough to be looked at twice."""


class RangeDoubt(Frozen):
    """One range of special hours that may be a slip."""

    range: DateRange
    days: int
    is_long: bool
    over: tuple[DateRange, ...]
    """Ranges with days in common in which this one's hours hold."""
    under: tuple[DateRange, ...]
    """Likewise those whose hours hold."""


def range_doubts(calendar: OfficeCalendar, changed: Iterable[RowChange]) -> Iterator[RangeDoubt]:
    """The ranges among the changed rows that are implausibly long, or have days in common with others.

    Args:
        calendar: After the change.
        changed: Its rows.
    """
    ranges = calendar.spec.ranges
    for row in changed:
        if row.kind != "rentang" or row.after is None:
            continue
        first, last = map(dt.date.fromisoformat, row.key.split("/"))
        place, item = next((at, each) for at, each in enumerate(ranges) if (each.first, each.last) == (first, last))
        # Of two over one day the later in the list wins.
        over, under = (
            tuple(each for each in part if each.first <= last and first <= each.last)
            for part in (ranges[:place], ranges[place + 1 :])
        )
        days = (last - first).days + 1
        if days > LONGEST or over or under:
            yield RangeDoubt(item, days, days > LONGEST, over, under)

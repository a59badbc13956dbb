"""An oracle for working time: counts civil minutes one after the other, and seconds inside a minute where it must.

Shares no code with `sop`: it reads the fields of a definition and finds everything by walking. Also the calendars and
moments the tests of this floor agree on.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from hypothesis import strategies as st

from sop.time.work_calendar import (
    DEFAULT_WEEKLY,
    RAMADAN_WEEKLY,
    CalendarSpec,
    DateRange,
    Spans,
    SpecialDay,
    SpecialKind,
    Weekly,
)

OFFSETS = {"Asia/Jakarta": 25200, "Asia/Makassar": 28800, "Asia/Jayapura": 32400}


def cases(count: int) -> int:
    """Number of samples of a property; the environment variable SAKIP_CASES multiplies it."""
    return count * int(os.environ.get("SAKIP_CASES", "1"))


class Reckoned(NamedTuple):
    """A clock as somebody with a pencil finds it; working seconds."""

    due: int
    late: int
    used: int
    standard: int
    """What the clock allows: from its start to the due moment, less the pauses that moved it."""


class MinuteCounter:
    """Working seconds of every civil minute of some whole years, kept in one long list."""

    def __init__(self, spec: CalendarSpec, first_year: int, last_year: int) -> None:
        self.spec = spec
        self.offset = OFFSETS[spec.zone]
        self.first = dt.date(first_year, 1, 1)
        self.start = self.moment(self.first)
        self.shapes: list[Spans] = []
        day = self.first
        while day.year <= last_year:
            self.shapes.append(self.spans_on(day))
            day += dt.timedelta(days=1)
        self.end = self.moment(day)
        known: dict[Spans, list[int]] = {}
        self.minutes: list[int] = []
        for shape in self.shapes:
            if shape not in known:
                known[shape] = [self._in_minute(shape, minute) for minute in range(1440)]
            self.minutes.extend(known[shape])
        self.before = [0, *accumulate(self.minutes)]

    def moment(self, day: dt.date, clock: str = "00:00:00") -> int:
        """Instant of a civil time, by way of the standard library's zones rather than the calendar's arithmetic."""
        zone = dt.timezone(dt.timedelta(seconds=self.offset))
        return int(dt.datetime.combine(day, dt.time.fromisoformat(clock), zone).timestamp())

    def spans_on(self, day: dt.date) -> Spans:
        """The hours that hold on a day, read straight from the definition."""
        chosen = weekly = self.spec.weekly[day.weekday()]
        for item in self.spec.ranges:
            if weekly and item.first <= day and day <= item.last:
                chosen = item.weekly[day.weekday()]
        for special in self.spec.days:
            if special.date == day:
                chosen = special.spans
        return chosen

    def is_open(self, t: int) -> bool:
        """Whether the second beginning at `t` is worked."""
        days, second = divmod(t - self.start, 86400)
        return any(second in range(start, end) for start, end in self.shapes[days])

    @staticmethod
    def _in_minute(shape: Spans, minute: int) -> int:
        seconds = range(minute * 60, minute * 60 + 60)
        if not any(edge in seconds for span in shape for edge in span):
            return 60 if any(seconds[0] in range(start, end) for start, end in shape) else 0
        return sum(any(second in range(start, end) for start, end in shape) for second in seconds)

    def counted(self, t: int) -> int:
        """Working seconds before `t`: whole minutes from the list, the rest second by second."""
        minute, rest = divmod(t - self.start, 60)
        return self.before[minute] + sum(self.is_open(t - back) for back in range(1, rest + 1))

    def diff(self, a: int, b: int) -> int:
        """Working seconds from `a` to `b`."""
        return self.counted(b) - self.counted(a)

    def add(self, t: int, seconds: int) -> int | None:
        """The first instant with that much behind it, walking forward; None when the years end too soon."""
        while seconds > 0:
            if t == self.end:
                return None
            minute, rest = divmod(t - self.start, 60)
            if rest == 0 and self.minutes[minute] < seconds:
                t, seconds = t + 60, seconds - self.minutes[minute]
            else:
                t, seconds = t + 1, seconds - self.is_open(t)
        return t

    def reckoned(self, start: int, unpaused: int, pauses: Iterable[tuple[int, int]], until: int) -> Reckoned | None:
        """A clock by the words of the rule, minute by minute.

        Args:
            start: When the clock started, on a full minute as everything here.
            unpaused: The due moment without any pause.
            pauses: Pauses and holds, in any order and over one another.
            until: Moment of looking.

        Returns:
            None where the years end before the due moment.
        """
        stopped = {minute for begin, end in pauses for minute in range(max(begin, start), min(end, until), 60)}
        due, moved, begin, is_late = unpaused, 0, None, False
        for minute in range(start, until + 60, 60):
            if minute in stopped:
                begin = minute if begin is None else begin
            elif begin is not None:
                if not is_late and (begin <= due or self._worked(due, begin) == 0):
                    length = self._worked(begin, minute)
                    later = self.add(due, length)
                    if later is None:
                        return None
                    due, moved = later, moved + length
                else:
                    is_late = True
                begin = None
        going = [minute for minute in range(start, until, 60) if minute not in stopped]
        return Reckoned(
            due,
            sum(self._minute(minute) for minute in going if minute >= due),
            sum(self._minute(minute) for minute in going),
            self._worked(start, due) - moved,
        )

    def _worked(self, start: int, end: int) -> int:
        return sum(self._minute(minute) for minute in range(start, end, 60))

    def _minute(self, t: int) -> int:
        return self.minutes[(t - self.start) // 60]

    def closings(self) -> list[tuple[dt.date, int]]:
        """(day, last instant of business) of every day with working time."""
        return [
            (self.first + dt.timedelta(days=number), self.start + number * 86400 + shape[-1][1])
            for number, shape in enumerate(self.shapes)
            if shape
        ]

    def edges(self) -> list[int]:
        """Every opening, closing and midnight, with the seconds on both sides."""
        found: set[int] = set()
        for number, shape in enumerate(self.shapes):
            midnight = self.start + number * 86400
            for second in (0, *(edge for span in shape for edge in span)):
                found.update((midnight + second - 1, midnight + second, midnight + second + 1))
        return sorted(t for t in found if self.start <= t < self.end)


def _day(day: str, name: str, spans: Spans = (), kind: SpecialKind = SpecialKind.LIBUR) -> SpecialDay:
    return SpecialDay(dt.date.fromisoformat(day), spans, name, "SKB", True, kind)


HALF_DAY: Spans = ((27000, 41400),)
SIX_DAYS: Weekly = (*(((27000, 50400),),) * 4, ((27000, 41400),), ((27000, 46800),), ())

PLAIN = CalendarSpec("Asia/Jakarta")
OFFICE = CalendarSpec(
    "Asia/Jakarta",
    DEFAULT_WEEKLY,
    (
        DateRange(dt.date(2025, 3, 1), dt.date(2025, 3, 30), RAMADAN_WEEKLY, "Ramadan 1446 H"),
        DateRange(dt.date(2026, 2, 19), dt.date(2026, 3, 20), RAMADAN_WEEKLY, "Ramadan 1447 H"),
        # Inside Ramadan, so that the later range must win; Wednesday closes.
        DateRange(
            dt.date(2026, 3, 9),
            dt.date(2026, 3, 13),
            (HALF_DAY, HALF_DAY, (), HALF_DAY, HALF_DAY, HALF_DAY, HALF_DAY),
            "Pekan khusus",
        ),
    ),
    (
        _day("2025-08-17", "Kemerdekaan"),
        _day("2025-08-18", "Cuti bersama", kind=SpecialKind.CUTI_BERSAMA),
        _day("2026-01-01", "Tahun baru"),
        _day("2026-03-19", "Nyepi"),
        _day("2026-03-20", "Cuti bersama Idulfitri", kind=SpecialKind.CUTI_BERSAMA),
        _day("2026-03-23", "Cuti bersama Idulfitri", kind=SpecialKind.CUTI_BERSAMA),
        _day("2026-03-24", "Cuti bersama Idulfitri", kind=SpecialKind.CUTI_BERSAMA),
        _day("2026-04-03", "Wafat Yesus Kristus"),
        _day("2026-12-24", "Setengah hari", HALF_DAY, SpecialKind.KHUSUS),
        # A Saturday at work until midnight, and a Sunday from midnight on.
        _day("2026-06-27", "Tutup buku", ((72000, 86400),), SpecialKind.KHUSUS),
        _day("2026-06-28", "Tutup buku", ((0, 3600), (3601, 3723)), SpecialKind.KHUSUS),
    ),
)
"""The richest calendar: two ranges over one another, half day, night shift over midnight, odd seconds."""

SIX_DAY_WEEK = CalendarSpec("Asia/Makassar", SIX_DAYS, OFFICE.ranges, OFFICE.days)
THIN = CalendarSpec(
    "Asia/Jayapura",
    ((), ((0, 86400),), (), ((28801, 28802), (86399, 86400)), (), (), ((0, 1),)),
    days=(_day("2026-01-06", "Libur di hari utama"),),
)
"""Whole days, single seconds at both ends of a day, and closed days in between."""

SPECS = {"plain": PLAIN, "office": OFFICE, "six_days": SIX_DAY_WEEK, "thin": THIN}

_YEAR = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@st.composite
def spans(draw: st.DrawFn, most: int = 3) -> Spans:
    """Hours of one day, touching spans and both ends of the day included."""
    edge = st.one_of(st.integers(0, 96).map(lambda quarter: quarter * 900), st.integers(0, 86400))
    edges = sorted(draw(st.sets(edge, max_size=2 * most)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    if len(pairs) > 1 and draw(st.booleans()):
        pairs[1] = (pairs[0][1], pairs[1][1])
    return tuple(pairs)


weeks = st.tuples(*[spans()] * 7)


@st.composite
def specs(draw: st.DrawFn) -> CalendarSpec:
    """Any calendar that opens every week, its overrides in 2026."""
    weekly = draw(st.one_of(st.just(DEFAULT_WEEKLY), weeks.filter(any)))
    ranges = []
    for _ in range(draw(st.integers(0, 3))):
        first, last = sorted((draw(_YEAR), draw(_YEAR)))
        ranges.append(DateRange(first, last, draw(weeks), draw(st.text(max_size=5)), certain=draw(st.booleans())))
    days = []
    for day in draw(st.sets(_YEAR, max_size=6)):
        kind = draw(st.sampled_from(SpecialKind))
        own = draw(spans()) if kind is SpecialKind.KHUSUS else ()
        days.append(SpecialDay(day, own, draw(st.text(max_size=5)), "", draw(st.booleans()), kind))
    return CalendarSpec(draw(st.sampled_from(sorted(OFFSETS))), weekly, tuple(ranges), tuple(days))

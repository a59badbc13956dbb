"""Why a due moment is what it is, day by day: which time counted, which days did not and why, which pauses.

Made for an auditor: every line says what it adds, and the lines add up to the due moment exactly. The rule itself
stands in `deadline.py`; here it is told again from the single days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from sop.model.definition import DayKind, Waktu
from sop.time.deadline import (
    UNIT_RULE,
    Clocks,
    ClockStart,
    Interval,
    PauseRule,
    clock_start,
    due_at,
    merge_intervals,
    moves,
    unit_rule,
)
from sop.time.work_calendar import DayReason, WorkCalendar
from sop.values import Frozen


class Unexplained(StrEnum):
    """Why there is no due moment."""

    NO_STANDARD = "tanpa_mutu_baku"
    """The document has no standard time for the step."""
    NOT_STARTED = "belum_mulai"
    """The clock of this standard starts with the work, which has not begun."""
    BEYOND_CALENDAR = "di_luar_kalender"
    """It would lie beyond the calendar's years."""


class Part(StrEnum):
    """What a line adds to."""

    STANDARD = "mutu_baku"
    PAUSES = "jeda"
    """Working time of the pauses, made up for after the last day of a standard in hari."""


class Skip(StrEnum):
    """Why a day adds nothing."""

    START_DAY = "hari_mulai"
    """The day on which the clock started is not counted (the office's setting)."""
    CLOSED = "tutup"
    """No working hours; the line's `reason` says by which row of the calendar."""
    NOTHING_LEFT = "sudah_lewat"
    """Open, but none of its hours lie between the clock start and the due moment."""
    PAUSED = "jeda"
    """All of its hours were paused."""


class CountedDay(Frozen):
    """One line: a civil day and what it adds."""

    day: dt.date
    part: Part
    reason: DayReason
    """Which row of the calendar ruled the day, with its hours."""
    spans: tuple[tuple[int, int], ...]
    """The working time looked at, as instants: the day's hours between the clock start and the due moment."""
    paused_seconds: int
    """Of these, paused."""
    seconds: int
    """Working time that the line adds; 0 in the days of a standard in hari, which add a number."""
    number: int | None
    """Which of the counted days of a standard in hari this is, from 1."""
    skip: Skip | None
    """Why it adds nothing; None for a day that counts."""


class Stop(StrEnum):
    """What made the clock stand still."""

    PAUSE = "jeda"
    """The step was paused."""
    HOLD = "berkas_ditahan"
    """The whole case was held."""


class PauseEffect(StrEnum):
    """What a pause did to the due moment."""

    MOVES = "menggeser"
    BEFORE_CLOCK = "sebelum_jam_mulai"
    """It was over when the clock started."""
    TOO_LATE = "sesudah_tenggat"
    """It began when working time had passed since the due moment: it moves nothing, and is no lateness either."""
    LATENESS = "terhitung_lewat"
    """As TOO_LATE, by the rule of before: its working time counted as lateness."""
    NO_WORKING_TIME = "tanpa_jam_kerja"
    """None of it lies in working hours."""
    COVERED = "tercakup"
    """What it holds is counted with the one before it."""


class CountedPause(Frozen):
    """One stretch in which the clock stood still, and what it did. Shared time counts with the first of them."""

    start: int
    end: int
    """For one that still lasts, now."""
    is_open: bool
    working_seconds: int
    """By so much it moves the due moment; 0 unless its effect is MOVES."""
    stop: Stop = Stop.PAUSE
    effect: PauseEffect = PauseEffect.MOVES


class Explanation(Frozen):
    """How a due moment came about."""

    waktu: Waktu | None
    begins: ClockStart | None
    """Which moment starts the clock; None without a standard."""
    starts_at: int | None
    due_at: int | None
    unexplained: Unexplained | None
    """Why `due_at` is None."""
    days: tuple[CountedDay, ...]
    pauses: tuple[CountedPause, ...]
    calendar_revision: int
    estimated: bool = False
    """Whether any of the days rests on an estimate that the office has not confirmed."""

    @property
    def counted_seconds(self) -> int:
        """Working time of the standard's own lines: for menit and jam the whole standard."""
        return sum(line.seconds for line in self.days if line.part is Part.STANDARD)

    @property
    def counted_days(self) -> int:
        """Days counted: for hari the whole standard."""
        return max((line.number or 0 for line in self.days), default=0)

    @property
    def made_up_seconds(self) -> int:
        """Working time added after the last day of a standard in hari; equals that of the pauses."""
        return sum(line.seconds for line in self.days if line.part is Part.PAUSES)


def explanation(
    waktu: Waktu | None,
    *,
    ready: int,
    started: int | None,
    pauses: Iterable[Interval],
    calendar: WorkCalendar,
    now: int,
    clocks: Clocks = UNIT_RULE,
    holds: Iterable[Interval] = (),
) -> Explanation:
    """Tell a due moment day by day.

    Args:
        waktu: The standard; None where the document has none.
        ready: When the run became ready.
        started: When work was started.
        pauses: Intervals in ditunda.
        calendar: The revision to explain by: for an ended run the one it was judged by.
        now: Where open pauses end; for an ended run its end.
        clocks: What the office has set for this step; for an ended run what it was judged by.
        holds: Intervals in which the case was held.
    """
    revision = calendar.revision
    if waktu is None:
        return Explanation(None, None, None, None, Unexplained.NO_STANDARD, (), (), revision)
    which = clocks.begins or unit_rule(waktu)
    start = clock_start(waktu, ready, started, which)
    if start is None:
        return Explanation(waktu, which, None, None, Unexplained.NOT_STARTED, (), (), revision)
    stops = [
        ((begin, None if end is None else min(end, now)), stop)
        for stop, intervals in ((Stop.PAUSE, pauses), (Stop.HOLD, holds))
        for begin, end in intervals
        if begin <= now and end != begin
    ]
    stretches = [interval for interval, _ in stops]
    due = due_at(waktu, start, stretches, calendar, now=now, count_first_day=clocks.count_first_day, rule=clocks.pauses)
    if due is None:
        return Explanation(waktu, which, start, None, Unexplained.BEYOND_CALENDAR, (), (), revision)
    teller = _Teller(waktu, start, due, stretches, calendar, now, clocks.count_first_day)
    lines = tuple(teller.days())
    return Explanation(
        waktu,
        which,
        start,
        due,
        None,
        lines,
        tuple(_pauses(stops, start, due, calendar, now, clocks.pauses)),
        revision,
        any(not line.reason.certain for line in lines),
    )


def _pauses(
    stops: list[tuple[Interval, Stop]], start: int, due: int, calendar: WorkCalendar, now: int, rule: PauseRule
) -> Iterator[CountedPause]:
    """Every pause in order with what it did; the working time of those that moved the due moment adds up."""
    reached = start
    for (begin, last), stop in sorted(stops, key=lambda item: (item[0][0], item[1])):
        end = now if last is None else last
        moved = 0
        if not moves(due, begin, calendar, rule):
            effect = PauseEffect.LATENESS if rule is PauseRule.LATENESS else PauseEffect.TOO_LATE
        elif end <= start:
            effect = PauseEffect.BEFORE_CLOCK
        else:
            moved = calendar.diff(max(begin, reached), end) if end > reached else 0
            effect = PauseEffect.MOVES
            if not moved:
                is_covered = calendar.diff(max(begin, start), end) > 0
                effect = PauseEffect.COVERED if is_covered else PauseEffect.NO_WORKING_TIME
            reached = max(reached, end)
        yield CountedPause(begin, end, last is None, moved, stop, effect)


class _Teller:
    """Walks from the clock start to a due moment that is known."""

    def __init__(
        self,
        waktu: Waktu,
        start: int,
        due: int,
        stretches: list[Interval],
        calendar: WorkCalendar,
        now: int,
        count_first_day: bool,
    ) -> None:
        self.waktu, self.start, self.due, self.calendar = waktu, start, due, calendar
        self.count_first_day = count_first_day
        self.stopped = [span for span in merge_intervals(stretches, now) if span[1] > start and span[0] < due]

    def days(self) -> Iterator[CountedDay]:
        if self.waktu.days is None:
            yield from self._hours(Part.STANDARD, self.start)
            return
        closing = self.start
        for line in self._numbered():
            closing = max(closing, line.spans[-1][1]) if line.spans else closing
            yield line
        if closing < self.due:
            # Nothing is left of the last day counted, which has its line already.
            yield from (line for line in self._hours(Part.PAUSES, closing) if line.skip is not Skip.NOTHING_LEFT)

    def _hours(self, part: Part, start: int) -> Iterator[CountedDay]:
        """A line for each day from `start` to the due moment, with the working time it adds."""
        for reason in self.calendar.day_reasons(self.calendar.date_of(start), self.calendar.date_of(self.due)):
            spans = self._clipped(reason, start, self.due)
            paused = self._paused(spans) if part is Part.STANDARD else 0
            seconds = sum(end - begin for begin, end in spans) - paused
            skip = None if seconds else Skip.PAUSED if spans else self._closed_or_past(reason)
            yield CountedDay(reason.day, part, reason, spans, paused, seconds, None, skip)

    def _numbered(self) -> Iterator[CountedDay]:
        """A line for each day up to the last one that a standard in hari counts."""
        wanted = self.waktu.days or 0
        first = self.calendar.date_of(self.start)
        number = 0
        day = first
        while True:
            reason = self.calendar.day_reason(day)
            counts, skip = self._counts(reason, first)
            number += counts
            # A closed last day of hari kalender counts, and gives way to the next open one.
            is_last = number >= wanted and reason.is_open and (counts or self.waktu.day_kind is DayKind.KALENDER)
            whole = self._clipped(reason, self.calendar.instant(day, 0), self.calendar.instant(day, 86_400))
            spans = whole if is_last or counts else ()
            yield CountedDay(day, Part.STANDARD, reason, spans, 0, 0, number if counts else None, skip)
            if is_last:
                return
            day += dt.timedelta(days=1)

    def _counts(self, reason: DayReason, first: dt.date) -> tuple[bool, Skip | None]:
        if self.waktu.day_kind is DayKind.KALENDER:
            counted = reason.day > first and (reason.day - first).days <= (self.waktu.days or 0)
            if counted:
                return True, None
            return False, Skip.START_DAY if reason.day == first else None if reason.is_open else Skip.CLOSED
        if not reason.is_open:
            return False, Skip.CLOSED
        if reason.day > first:
            return True, None
        # As the first of them a day counts only while some of it lies ahead.
        ahead = self.start < self.calendar.instant(first, reason.spans[-1][1])
        if self.count_first_day:
            return ahead, None if ahead else Skip.NOTHING_LEFT
        return False, Skip.START_DAY

    def _clipped(self, reason: DayReason, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The day's hours between two moments, as instants."""
        hours = (
            (
                max(self.calendar.instant(reason.day, begin), start),
                min(self.calendar.instant(reason.day, close), end),
            )
            for begin, close in reason.spans
        )
        return tuple((begin, close) for begin, close in hours if begin < close)

    def _paused(self, spans: tuple[tuple[int, int], ...]) -> int:
        shared = ((max(begin, start), min(close, end)) for begin, close in spans for start, end in self.stopped)
        return sum(close - begin for begin, close in shared if begin < close)

    @staticmethod
    def _closed_or_past(reason: DayReason) -> Skip:
        return Skip.NOTHING_LEFT if reason.is_open else Skip.CLOSED

"""What an office does to its calendar: fills a year, edits rows, confirms estimates; and what a year still lacks.

A calendar of `work_calendar.py` says which hours count. An `OfficeCalendar` adds what the office decided itself, so
that filling a year again never undoes that. Where the rows of a filling come from is `db/holiday_source.py`; words for
people are `sop/words/calendar.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, assert_never

from sop.form.faults import FaultCode
from sop.json_text import json_text
from sop.model.errors import Fault, FaultyInput, UnknownPeriod
from sop.model.periods import end_of_month, first_day, last_day
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import LONGEST_NAME, clean_or_none, needed_text
from sop.time.work_calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    WEEKDAYS,
    CalendarSpec,
    DateRange,
    DayReason,
    SpecialDay,
    Weekly,
    WorkCalendar,
)
from sop.values import Frozen, replace

Span = tuple[dt.date, dt.date]
"""First and last day of a range, both included; no two ranges of an office have the same."""


class Gap(StrEnum):
    """What a year still lacks. None of them ever stands in the way of an act."""

    HOLIDAYS = "libur"
    """The year was never filled: it counts by the weekly hours."""
    COLLECTIVE_LEAVE = "cuti_bersama"
    """No joint decree on collective leave is recorded yet."""
    ESTIMATES = "perkiraan"
    """Some of its rows are estimates that the office has not confirmed."""


class OfficeCalendar(Frozen):
    """One revision of an office's calendar, and what in it is the office's own decision."""

    spec: CalendarSpec
    filled: frozenset[int] = frozenset()
    """Years that were filled, whatever became of their rows."""
    own_days: frozenset[dt.date] = frozenset()
    """Days that the office added, changed, confirmed or removed; a filling leaves them as they are."""
    own_ranges: frozenset[str] = frozenset()
    """Names of ranges likewise."""

    def to_dict(self) -> dict[str, object]:
        """JSON values; `CalendarSpec.from_dict` reads the same, and leaves out what the office decided."""
        office = {
            "filled": sorted(self.filled),
            "own_days": [day.isoformat() for day in sorted(self.own_days)],
            "own_ranges": sorted(self.own_ranges),
        }
        return {**self.spec.to_dict(), "office": office}

    @property
    def text(self) -> str:
        """The one JSON text of it, as it is stored: keys sorted, no spaces, characters as they are."""
        return json_text(self.to_dict())

    @property
    def content_hash(self) -> str:
        """SHA-256 of `text`, hexadecimal."""
        # Whoever only reads needs none of it: it brings a whole library of ciphers along.
        from hashlib import sha256

        return sha256(self.text.encode()).hexdigest()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OfficeCalendar:
        """What `to_dict` wrote. Rows of a plain calendar all count as the office's own. Raises FaultyInput."""
        spec = CalendarSpec.from_dict(data)
        office = data.get("office")
        if office is None:
            return cls.own(spec)
        return cls(
            spec,
            frozenset(office["filled"]),
            frozenset(dt.date.fromisoformat(day) for day in office["own_days"]),
            frozenset(office["own_ranges"]),
        )

    @classmethod
    def own(cls, spec: CalendarSpec) -> OfficeCalendar:
        """A calendar that the office wrote itself."""
        return cls(
            spec,
            own_days=frozenset(item.date for item in spec.days),
            own_ranges=frozenset(item.name for item in spec.ranges),
        )

    def day(self, date: dt.date) -> SpecialDay | None:
        """The row of a single day."""
        return next((item for item in self.spec.days if item.date == date), None)

    def range_of(self, span: Span) -> DateRange | None:
        """The range with exactly these days."""
        return next((item for item in self.spec.ranges if (item.first, item.last) == span), None)

    def estimates(self, year: int) -> int:
        """How many rows of the year are estimates."""
        days = sum(not item.certain for item in self.spec.days if item.date.year == year)
        return days + sum(not item.certain for item in self.spec.ranges if item.first.year == year)


# ---------------------------------------------------------------------- what can be asked of a calendar


class PutDay(Frozen):
    """Add a day, or change the row that stands there."""

    day: SpecialDay


class DropDay(Frozen):
    """Take a day's row away. Under an office's row the national one comes back; else it counts by its week again."""

    date: dt.date
    national: SpecialDay | None = None
    """What the national layer has of the day."""


class PutRange(Frozen):
    """Add a range, or change the one that has the days `replaces`."""

    range: DateRange
    replaces: Span | None = None


class DropRange(Frozen):
    """Take a range away; the national one of its name comes back under one of the office's."""

    span: Span
    national: DateRange | None = None
    """What the national layer has by that name."""


class PutWeekly(Frozen):
    """Other hours of the week, seven days, Monday first."""

    weekly: Weekly


class Confirm(Frozen):
    """Make estimates certain: the days from `first` to `last` and the ranges that begin there."""

    first: dt.date
    last: dt.date


class FillYear(Frozen):
    """Bring in the holidays and proposed ranges of a year."""

    year: int
    days: tuple[SpecialDay, ...]
    ranges: tuple[DateRange, ...] = ()
    restores: bool = False
    """Whether rows that the office removed come back too."""


class TakeBack(Frozen):
    """Take the last change back: the calendar is again what it was at an earlier revision."""

    revision: int
    calendar: OfficeCalendar


Edit = PutDay | DropDay | PutRange | DropRange | PutWeekly | Confirm | FillYear | TakeBack


def edited(calendar: OfficeCalendar, edits: Iterable[Edit]) -> OfficeCalendar:
    """The calendar after some edits, one after the other.

    Raises:
        FaultyInput: A name, date or hours that cannot be taken.
        Unknown: No such day (`hari`) or range (`rentang`) to remove, change or confirm.
        Refused: It would be the calendar that it is (NOTHING_CHANGED).
    """
    after = calendar
    for edit in edits:
        after = _edited(after, edit)
    if after.spec == calendar.spec and after.filled == calendar.filled:
        raise Refused(Rule.NOTHING_CHANGED)
    return after


def _edited(calendar: OfficeCalendar, edit: Edit) -> OfficeCalendar:
    match edit:
        case PutDay(day):
            _require_horizon(day.date)
            kept = tuple(item for item in calendar.spec.days if item.date != day.date)
            return _with_days(calendar, (*kept, replace(day, **_cleaned(day))), {day.date})
        case DropDay():
            return _dropped_day(calendar, edit)
        case PutRange():
            return _put_range(calendar, edit)
        case DropRange():
            return _dropped_range(calendar, edit)
        case TakeBack(_, before):
            return before
        case PutWeekly(weekly):
            return _put_weekly(calendar, weekly)
        case Confirm(first, last):
            return _confirmed(calendar, first, last)
        case FillYear():
            return _filled(calendar, edit)
        case _:
            assert_never(edit)


def _dropped_day(calendar: OfficeCalendar, edit: DropDay) -> OfficeCalendar:
    gone = _require_day(calendar, edit.date)
    others = [item for item in calendar.spec.days if item.date != edit.date]
    if edit.national is None or gone == edit.national or edit.date not in calendar.own_days:
        return _with_days(calendar, others, {edit.date})
    below = _with_days(calendar, [*others, edit.national], ())
    return replace(below, own_days=below.own_days - {edit.date})


def _dropped_range(calendar: OfficeCalendar, edit: DropRange) -> OfficeCalendar:
    gone = _require_range(calendar, edit.span)
    others = [item for item in calendar.spec.ranges if item != gone]
    if edit.national is None or gone == edit.national or gone.name not in calendar.own_ranges:
        return _with_ranges(calendar, others, {gone.name})
    below = _with_ranges(calendar, [edit.national, *others], ())
    return replace(below, own_ranges=below.own_ranges - {gone.name})


def given_back(calendar: OfficeCalendar, edit: DropDay | DropRange, national: FillYear) -> DropDay | DropRange:
    """An edit that takes an office's row away, with what the national layer has below it.

    Args:
        calendar: The calendar in force; a year that was never filled has no national layer.
        edit: The day or range.
        national: All that the national layer has of its year.
    """
    if national.year not in calendar.filled:
        return edit
    if isinstance(edit, DropDay):
        return replace(edit, national=next((item for item in national.days if item.date == edit.date), None))
    gone = calendar.range_of(edit.span)
    named = (item for item in national.ranges if gone is not None and item.name == gone.name)
    return replace(edit, national=next(named, None))


def removed(calendar: OfficeCalendar, national: FillYear) -> tuple[SpecialDay | DateRange, ...]:
    """National rows of a year that the office removed, so that a filling leaves them out."""
    names = {item.name for item in calendar.spec.ranges}
    days = [item for item in national.days if item.date in calendar.own_days and calendar.day(item.date) is None]
    ranges = [item for item in national.ranges if item.name in calendar.own_ranges and item.name not in names]
    return (*days, *ranges)


def _put_range(calendar: OfficeCalendar, edit: PutRange) -> OfficeCalendar:
    item = replace(edit.range, **_cleaned(edit.range))
    _require_order(item.first, item.last)
    _require_horizon(item.first)
    _require_horizon(item.last)
    span = (item.first, item.last)
    before = calendar.range_of(span) if edit.replaces is None else _require_range(calendar, edit.replaces)
    if edit.replaces not in (None, span) and calendar.range_of(span) is not None:
        raise FaultyInput((Fault("rentang", FaultCode.TANGGAL_GANDA, item.name),), source="kalender")
    # A changed range keeps its place, since of two over one day the later wins; a new one wins over those there are.
    ranges = (
        (*calendar.spec.ranges, item)
        if before is None
        else tuple(item if other == before else other for other in calendar.spec.ranges)
    )
    return _with_ranges(calendar, ranges, {item.name, *((before.name,) if before is not None else ())})


def _put_weekly(calendar: OfficeCalendar, weekly: Weekly) -> OfficeCalendar:
    """A weekday that opens anew opens in the ranges too: they had no hours for it because it was closed."""
    spec = replace(calendar.spec, weekly=weekly)
    opened = [index for index in range(len(WEEKDAYS)) if weekly[index] and not calendar.spec.weekly[index]]
    ranges = tuple(replace(item, weekly=_at_least(item.weekly, weekly, opened)) for item in spec.ranges)
    return replace(calendar, spec=replace(spec, ranges=ranges))


def _at_least(weekly: Weekly, usual: Weekly, weekdays: Iterable[int]) -> Weekly:
    """`weekly` with the usual hours on those of the weekdays for which it has none."""
    chosen = set(weekdays)
    return tuple(usual[index] if index in chosen and not spans else spans for index, spans in enumerate(weekly))


def _confirmed(calendar: OfficeCalendar, first: dt.date, last: dt.date) -> OfficeCalendar:
    _require_order(first, last)
    days = {item.date for item in calendar.spec.days if first <= item.date <= last and not item.certain}
    begun = [item for item in calendar.spec.ranges if first <= item.first <= last and not item.certain]
    if not days and not begun and first == last:
        _require_day(calendar, first)
    sure = [replace(item, certain=True) if item.date in days else item for item in calendar.spec.days]
    after = _with_days(calendar, sure, days)
    ranges = [replace(item, certain=True) if item in begun else item for item in after.spec.ranges]
    return _with_ranges(after, ranges, {item.name for item in begun})


def _filled(calendar: OfficeCalendar, edit: FillYear) -> OfficeCalendar:
    """The rows of an earlier filling give way to these; what the office did stays, and goes before."""
    _require_horizon(dt.date(edit.year, 1, 1))
    if edit.restores:
        back = removed(calendar, edit)
        calendar = replace(
            calendar,
            own_days=calendar.own_days - {item.date for item in back if isinstance(item, SpecialDay)},
            own_ranges=calendar.own_ranges - {item.name for item in back if isinstance(item, DateRange)},
        )
    spec, own = calendar.spec, calendar.own_days
    days = [item for item in spec.days if item.date.year != edit.year or item.date in own]
    days += [item for item in edit.days if item.date not in own and item.date.year == edit.year]
    kept = [item for item in spec.ranges if item.first.year != edit.year or item.name in calendar.own_ranges]
    mine = [item for item in kept if item.name in calendar.own_ranges]
    workdays = [index for index in range(len(WEEKDAYS)) if spec.weekly[index]]
    proposed = [
        replace(item, weekly=_at_least(item.weekly, spec.weekly, workdays))
        for item in edit.ranges
        if item.name not in calendar.own_ranges and not any(_stands_for(other, item) for other in mine)
    ]
    others = sorted([*proposed, *(item for item in kept if item not in mine)], key=lambda item: item.first)
    # The office's own come last, so that their hours inside a proposed range win.
    spec = replace(spec, days=tuple(days), ranges=(*others, *mine))
    return replace(calendar, spec=spec, filled=calendar.filled | {edit.year})


def _stands_for(own: DateRange, proposed: DateRange) -> bool:
    """Whether the office wrote down the same Ramadan itself, under a name of its own."""
    overlap = own.first <= proposed.last and proposed.first <= own.last
    return overlap and all("ramad" in item.name.casefold() for item in (own, proposed))


def _with_days(calendar: OfficeCalendar, days: Iterable[SpecialDay], decided: Iterable[dt.date]) -> OfficeCalendar:
    spec = replace(calendar.spec, days=tuple(days))
    return replace(calendar, spec=spec, own_days=calendar.own_days | set(decided))


def _with_ranges(calendar: OfficeCalendar, ranges: Iterable[DateRange], decided: Iterable[str]) -> OfficeCalendar:
    spec = replace(calendar.spec, ranges=tuple(ranges))
    return replace(calendar, spec=spec, own_ranges=calendar.own_ranges | set(decided))


def _require_day(calendar: OfficeCalendar, date: dt.date) -> SpecialDay:
    found = calendar.day(date)
    if found is None:
        near = sorted(calendar.spec.days, key=lambda item: abs((item.date - date).days))[:5]
        raise Unknown("hari", date.isoformat(), tuple(item.date.isoformat() for item in near))
    return found


def _require_range(calendar: OfficeCalendar, span: Span) -> DateRange:
    found = calendar.range_of(span)
    if found is None:
        known = tuple(f"{item.first}/{item.last} ({item.name})" for item in calendar.spec.ranges)
        raise Unknown("rentang", f"{span[0]}/{span[1]}", known)
    return found


def _require_order(first: dt.date, last: dt.date) -> None:
    if first > last:
        raise FaultyInput((Fault("rentang", FaultCode.AWAL_SESUDAH_AKHIR, f"{first} sampai {last}"),))


def _require_horizon(date: dt.date) -> None:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        fault = Fault("tanggal", "bilangan-di-luar-batas", date.isoformat(), (f"{FIRST_YEAR}-{LAST_YEAR}",))
        raise FaultyInput((fault,))


def _cleaned(item: SpecialDay | DateRange) -> dict[str, Any]:
    name = needed_text(item.name, "nama")
    return {"name": name, "source": clean_or_none(item.source, "sumber", LONGEST_NAME) or ""}


# ---------------------------------------------------------------------- what changed, and what is missing


class RowChange(Frozen):
    """One row of a calendar before and after; None where there is none. JSON values as in `CalendarSpec.to_dict`."""

    kind: str
    """`hari`, `rentang`, `jam_mingguan` or `tahun_diisi`."""
    key: str
    """ISO date, `first/last`, weekday or year."""
    before: Any
    after: Any


def changes(before: OfficeCalendar, after: OfficeCalendar) -> tuple[RowChange, ...]:
    """Every row that differs, by kind and date."""
    was, now = before.spec.to_dict(), after.spec.to_dict()
    found = [
        *_differing("jam_mingguan", _weekdays(was), _weekdays(now)),
        *_differing("hari", _rows(was, "days", "date"), _rows(now, "days", "date")),
        *_differing("rentang", _rows(was, "ranges", "first", "last"), _rows(now, "ranges", "first", "last")),
    ]
    years = sorted(after.filled - before.filled)
    return (*found, *(RowChange("tahun_diisi", str(year), None, True) for year in years))


def _weekdays(spec: Mapping[str, Any]) -> dict[str, Any]:
    return dict(zip(WEEKDAYS, spec["weekly"], strict=True))


def _rows(spec: Mapping[str, Any], part: str, *keys: str) -> dict[str, Any]:
    return {"/".join(row[key] for key in keys): row for row in spec[part]}


def _differing(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[RowChange]:
    keys = list(before) if kind == "jam_mingguan" else sorted({*before, *after})
    rows = ((key, before.get(key), after.get(key)) for key in keys)
    return [RowChange(kind, key, was, now) for key, was, now in rows if was != now]


def gaps(calendar: OfficeCalendar, year: int) -> tuple[Gap, ...]:
    """What the year lacks, the gravest first."""
    if year not in calendar.filled and not calendar.spec.has_holidays(year):
        return (Gap.HOLIDAYS,)
    leave = () if calendar.spec.has_collective_leave(year) else (Gap.COLLECTIVE_LEAVE,)
    return (*leave, *((Gap.ESTIMATES,) if calendar.estimates(year) else ()))


# ---------------------------------------------------------------------- how much work a stretch of days holds


class Totals(Frozen):
    """Working days and working time of some calendar days."""

    working_days: int
    working_seconds: int


def totals(calendar: WorkCalendar, first: dt.date, last: dt.date) -> Totals:
    """What the days from `first` to `last` hold, both included. Raises CalendarGap."""
    open_days = [reason for reason in calendar.day_reasons(first, last) if reason.is_open]
    return Totals(len(open_days), sum(reason.working_seconds for reason in open_days))


def month_days(calendar: WorkCalendar, year: int, month: int) -> tuple[DayReason, ...]:
    """Every day of a month with why it counts as it does. Raises CalendarGap."""
    return tuple(calendar.day_reasons(*month_span(year, month)))


def month_span(year: int, month: int) -> Span:
    """First and last day of a month."""
    return dt.date(year, month, 1), end_of_month(year, month)


def period_span(key: str) -> Span:
    """First and last day of a reporting period. Raises UnknownPeriod."""
    return first_day(key), last_day(key)


def end_of_period(key: str) -> dt.date | None:
    """The last day of a reporting period; None for what is none."""
    try:
        return period_span(key)[1]
    except UnknownPeriod:
        return None

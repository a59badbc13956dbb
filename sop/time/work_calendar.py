"""Working days and hours of one office: what counts, adding working time, measuring it.

`CalendarSpec` is the definition, a frozen value the database keeps as one JSON per revision. `WorkCalendar` answers
questions about it on instants, which are UTC epoch seconds. What a standard time makes of these answers is
`deadline.py`; words for people are `sop/words/time.py`.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain

from sop.form.faults import FaultCode
from sop.model.errors import CalendarGap, Fault, FaultyInput
from sop.time.instants import ZONES, offset_of
from sop.values import Frozen, force_setattr

DAY = 86_400
"""Seconds of a civil day; also the legal end of a span that runs to 24:00."""

EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()
FIRST_YEAR = 2000
LAST_YEAR = 2060
"""Default horizon. Years are laid out only when a question reaches them, so a wide horizon costs nothing."""

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Places of the seven lists of `Weekly`, as faults name them."""

Spans = tuple[tuple[int, int], ...]
"""Half-open (start, end) in seconds of the day, in order, not overlapping; empty for a closed day."""

Weekly = tuple[Spans, ...]
"""Seven `Spans`, Monday first."""


def hours(*spans: str) -> Spans:
    """`hours("07:30-12:00", "13:00-16:00")` -> spans in seconds; `24:00` is the end of the day."""
    return tuple((_clock(start), _clock(end)) for start, _, end in (span.partition("-") for span in spans))


def _clock(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 3600 + int(minute) * 60


def _five_days(mon_to_thu: Spans, friday: Spans) -> Weekly:
    return (mon_to_thu, mon_to_thu, mon_to_thu, mon_to_thu, friday, (), ())


DEFAULT_WEEKLY: Weekly = _five_days(hours("07:30-12:00", "13:00-16:00"), hours("07:30-11:30", "13:00-16:30"))
"""37.5 hours a week. Source: Perpres 21/2023 art. 4; the office may set its own."""

RAMADAN_WEEKLY: Weekly = _five_days(hours("08:00-12:00", "12:30-15:00"), hours("08:00-11:30", "12:30-15:30"))
"""32.5 hours a week. Source: Perpres 21/2023 art. 4; the office may set its own."""


class SpecialKind(StrEnum):
    """Why a single day differs from its week."""

    LIBUR = "libur"
    """National or regional holiday; never has hours."""
    CUTI_BERSAMA = "cuti_bersama"
    """Collective leave set by joint decree; never has hours."""
    KHUSUS = "khusus"
    """Hours of its own, such as a half day; without hours, a day the office itself closes."""


class DayRule(StrEnum):
    """Which part of the calendar decided a day."""

    WEEKLY = "mingguan"
    RANGE = "rentang"
    SPECIAL = "hari"


class DateRange(Frozen):
    """Hours that replace the weekly ones from `first` to `last`, both included. Never opens a closed weekday."""

    first: dt.date
    last: dt.date
    weekly: Weekly
    name: str
    source: str = ""
    certain: bool = True
    """False for an estimate (perkiraan) the office has not confirmed."""


class SpecialDay(Frozen):
    """One day with spans of its own; wins over ranges and weekly hours, and may open a closed weekday."""

    date: dt.date
    spans: Spans
    name: str
    source: str = ""
    certain: bool = True
    """False for an estimate (perkiraan) the office has not confirmed."""
    kind: SpecialKind = SpecialKind.LIBUR


class DayReason(Frozen):
    """Why a day counts as it does."""

    day: dt.date
    spans: Spans
    rule: DayRule
    name: str = ""
    """Name of the range or special day; empty for the weekly hours."""
    source: str = ""
    kind: SpecialKind | None = None
    certain: bool = True

    @property
    def is_open(self) -> bool:
        """Whether any of the day is working time."""
        return bool(self.spans)

    @property
    def working_seconds(self) -> int:
        """Working time of the whole day."""
        return sum(end - start for start, end in self.spans)


class CalendarSpec(Frozen):
    """Definition of one calendar revision. Raises FaultyInput, all faults at once, when it is not sound.

    Of two ranges over one day the later in `ranges` wins. `days` is kept by date, whatever order it came in, so that
    equal calendars compare equal and write the same JSON.
    """

    zone: str
    weekly: Weekly = DEFAULT_WEEKLY
    ranges: tuple[DateRange, ...] = ()
    days: tuple[SpecialDay, ...] = ()

    def __post_init__(self) -> None:
        faults = tuple(_faults_of(self))
        if faults:
            raise FaultyInput(faults, source="kalender")
        force_setattr(self, "days", tuple(sorted(self.days, key=lambda special: special.date)))

    def to_dict(self) -> dict[str, object]:
        """JSON-able form; `from_dict` gives the equal spec back."""
        return {
            "zone": self.zone,
            "weekly": _weekly_to_lists(self.weekly),
            "ranges": [
                {
                    "first": item.first.isoformat(),
                    "last": item.last.isoformat(),
                    "weekly": _weekly_to_lists(item.weekly),
                    "name": item.name,
                    "source": item.source,
                    "certain": item.certain,
                }
                for item in self.ranges
            ],
            "days": [
                {
                    "date": item.date.isoformat(),
                    "spans": [list(span) for span in item.spans],
                    "name": item.name,
                    "source": item.source,
                    "certain": item.certain,
                    "kind": item.kind.value,
                }
                for item in self.days
            ],
        }

    @classmethod
    def from_dict(cls, data: object) -> CalendarSpec:
        """The spec `to_dict` wrote. Raises FaultyInput for anything else, whatever its shape."""
        reader = _Reader()
        table = reader.table(data, "")
        spec = (
            reader.text(table, "zone", ""),
            reader.weekly(table.get("weekly"), _WEEKLY),
            tuple(reader.date_range(item, place) for item, place in reader.items(table, "ranges")),
            tuple(reader.special_day(item, place) for item, place in reader.items(table, "days")),
        )
        if reader.faults:
            raise FaultyInput(tuple(reader.faults), source="kalender")
        return cls(*spec)

    def has_holidays(self, year: int) -> bool:
        """Whether any holiday or collective leave of the year is recorded; else it counts by weekly hours alone."""
        return any(item.date.year == year and item.kind is not SpecialKind.KHUSUS for item in self.days)

    def has_collective_leave(self, year: int) -> bool:
        """Whether cuti bersama of the year is recorded."""
        return any(item.date.year == year and item.kind is SpecialKind.CUTI_BERSAMA for item in self.days)


def _weekly_to_lists(weekly: Weekly) -> list[list[list[int]]]:
    return [[list(span) for span in spans] for spans in weekly]


def _faults_of(spec: CalendarSpec) -> Iterator[Fault]:
    if spec.zone not in ZONES:
        yield Fault("zona", FaultCode.ZONA_TAK_DIKENAL, str(spec.zone), tuple(ZONES))
    yield from _weekly_faults(spec.weekly, _WEEKLY)
    if not any(spec.weekly) and not any(item.spans for item in spec.days):
        yield Fault(_WEEKLY, FaultCode.TIDAK_PERNAH_BUKA)
    for number, item in enumerate(spec.ranges, 1):
        place = f"rentang {number}"
        if item.first > item.last:
            yield Fault(place, FaultCode.AWAL_SESUDAH_AKHIR, f"{item.first} sampai {item.last}")
        yield from _weekly_faults(item.weekly, place)
    seen: set[dt.date] = set()
    for special in spec.days:
        place = f"hari {special.date}"
        if special.date in seen:
            yield Fault(place, FaultCode.TANGGAL_GANDA, special.name)
        seen.add(special.date)
        yield from _span_faults(special.spans, place)
        if special.spans and special.kind is not SpecialKind.KHUSUS:
            yield Fault(place, FaultCode.LIBUR_DENGAN_JAM, special.kind.value, (SpecialKind.KHUSUS.value,))


def _weekly_faults(weekly: Weekly, place: str) -> Iterator[Fault]:
    if len(weekly) != len(WEEKDAYS):
        yield Fault(place, FaultCode.BUKAN_TUJUH_HARI, str(len(weekly)), ("7",))
        return
    for weekday, spans in zip(WEEKDAYS, weekly, strict=True):
        yield from _span_faults(spans, f"{place} · {weekday}")


def _span_faults(spans: Spans, place: str) -> Iterator[Fault]:
    reached = 0
    for start, end in spans:
        found = f"{_dotted(start)}-{_dotted(end)}"
        if not 0 <= start <= DAY or not 0 <= end <= DAY:
            yield Fault(place, FaultCode.JAM_DI_LUAR_HARI, found)
        elif start >= end:
            yield Fault(place, FaultCode.JAM_TERBALIK, found)
        elif start < reached:
            yield Fault(place, FaultCode.JAM_TUMPANG_TINDIH, found)
        reached = max(reached, end)


def _dotted(seconds: int) -> str:
    """`07.30`, with seconds where there are any."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}.{minutes % 60:02}" + (f".{rest:02}" if rest else "")


_WEEKLY = "jam mingguan"
_PLACES = {
    "zone": "zona",
    "weekly": _WEEKLY,
    "ranges": "rentang",
    "days": "hari",
    "first": "hari pertama",
    "last": "hari terakhir",
    "date": "tanggal",
    "spans": "jam",
    "name": "nama",
    "source": "sumber",
    "certain": "kepastian",
    "kind": "jenis",
}
"""Key of the JSON form -> what the place is called in a fault."""


class _Reader:
    """Reads the JSON form, gathering faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, place: str, code: str, found: object, *known: str) -> None:
        self.faults.append(Fault(place, code, _shown(found), known))

    def table(self, data: object, place: str) -> Mapping[str, object]:
        if isinstance(data, Mapping):
            return data
        self.fault(place, FaultCode.JENIS_SALAH, data, "tabel")
        return {}

    def items(self, table: Mapping[str, object], key: str) -> Iterator[tuple[Mapping[str, object], str]]:
        listed = table.get(key, [])
        if not isinstance(listed, list | tuple):
            self.fault(_PLACES[key], FaultCode.JENIS_SALAH, listed, "daftar")
            return
        for number, item in enumerate(listed, 1):
            place = f"{_PLACES[key]} {number}"
            if isinstance(item, Mapping):
                yield item, place
            else:
                self.fault(place, FaultCode.JENIS_SALAH, item, "tabel")

    def text(self, table: Mapping[str, object], key: str, place: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.fault(f"{place} · {_PLACES[key]}" if place else _PLACES[key], FaultCode.JENIS_SALAH, value, "teks")
        return ""

    def flag(self, table: Mapping[str, object], key: str, place: str) -> bool:
        value = table.get(key, True)
        if not isinstance(value, bool):
            self.fault(f"{place} · {_PLACES[key]}", FaultCode.JENIS_SALAH, value, "true atau false")
        return value is True

    def date(self, table: Mapping[str, object], key: str, place: str) -> dt.date:
        value = table.get(key)
        try:
            day = dt.date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        # Other ISO forms (20260101, 2026-W01-4) are read by some versions of Python only.
        if day is not None and day.isoformat() == value:
            return day
        self.fault(f"{place} · {_PLACES[key]}", FaultCode.TANGGAL_TAK_TERBACA, value, "2026-01-31")
        return dt.date.min

    def spans(self, value: object, place: str) -> Spans:
        if not isinstance(value, list | tuple):
            self.fault(place, FaultCode.JENIS_SALAH, value, "daftar")
            return ()
        read: list[tuple[int, int]] = []
        for span in value:
            match span:
                case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
                    read.append((start, end))
                case _:
                    self.fault(place, FaultCode.RENTANG_JAM_TAK_TERBACA, span, "[27000, 43200]")
        return tuple(read)

    def weekly(self, value: object, place: str) -> Weekly:
        if not isinstance(value, list | tuple) or len(value) != len(WEEKDAYS):
            self.fault(place, FaultCode.BUKAN_TUJUH_HARI, value, "7")
            return ((),) * 7
        return tuple(self.spans(spans, f"{place} · {weekday}") for weekday, spans in zip(WEEKDAYS, value, strict=True))

    def date_range(self, item: Mapping[str, object], place: str) -> DateRange:
        return DateRange(
            first=self.date(item, "first", place),
            last=self.date(item, "last", place),
            weekly=self.weekly(item.get("weekly"), place),
            name=self.text(item, "name", place),
            source=self.text(item, "source", place, ""),
            certain=self.flag(item, "certain", place),
        )

    def special_day(self, item: Mapping[str, object], place: str) -> SpecialDay:
        kind = item.get("kind", SpecialKind.LIBUR.value)
        known = tuple(each.value for each in SpecialKind)
        if kind not in known:
            self.fault(f"{place} · jenis", FaultCode.NILAI_TAK_DIKENAL, kind, *known)
            kind = SpecialKind.KHUSUS.value
        return SpecialDay(
            date=self.date(item, "date", place),
            spans=self.spans(item.get("spans", []), place),
            name=self.text(item, "name", place),
            source=self.text(item, "source", place, ""),
            certain=self.flag(item, "certain", place),
            kind=SpecialKind(kind),
        )


def _shown(found: object) -> str:
    """A fault quotes what was found, but never a whole file."""
    return repr(found)[:80]


class _Table(Frozen):
    """Whole years laid out flat. Replaced as a whole when it grows, so another thread sees the old one or the new one.

    `done[i]` is the working time before span i, counted from the table's own start; positions are compared only within
    one table.
    """

    first_year: int
    last_year: int
    start: int
    end: int
    opens: list[int]
    closes: list[int]
    done: list[int]
    """One longer than `opens`; strictly increasing, as no span is empty."""
    days: list[int]
    """Ordinals of the days with working time."""
    day_closes: list[int]
    """Close of business of each of `days`."""

    def position(self, t: int) -> int:
        """Working seconds between the table's start and `t`."""
        index = bisect_right(self.opens, t) - 1
        if index < 0:
            return 0
        close = self.closes[index]
        return self.done[index] + (t if t < close else close) - self.opens[index]

    def followed_by(self, later: _Table) -> _Table:
        """This table and the one of the years just after it."""
        shift = self.done[-1]
        return _Table(
            first_year=self.first_year,
            last_year=later.last_year,
            start=self.start,
            end=later.end,
            opens=self.opens + later.opens,
            closes=self.closes + later.closes,
            done=self.done + [shift + seconds for seconds in later.done[1:]],
            days=self.days + later.days,
            day_closes=self.day_closes + later.day_closes,
        )


class WorkCalendar:
    """Questions about one calendar revision, on instants in UTC epoch seconds.

    Creating one lays nothing out; years are laid out when a question first reaches them, and kept. Every method raises
    CalendarGap when question or answer lies outside the horizon, and never clamps. Counts below zero are a programming
    error (ValueError).
    """

    def __init__(
        self, spec: CalendarSpec, revision: int, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
    ) -> None:
        if not dt.MINYEAR < first_year <= last_year < dt.MAXYEAR:
            raise ValueError(f"horizon {first_year}..{last_year}")
        self.spec = spec
        self.revision = revision
        self.first_year = first_year
        self.last_year = last_year
        self.offset = offset_of(spec.zone)
        """Seconds east of UTC."""
        self.start = self._new_year(first_year)
        self.end = self._new_year(last_year + 1)
        """First instant after the horizon; still legal as the end of an interval."""
        self._specials = {item.date.toordinal(): item for item in spec.days}
        self._table: _Table | None = None

    def diff(self, a: int, b: int) -> int:
        """Working seconds from `a` to `b`; negative when `b` lies before `a`."""
        table = self._table_over(a, b)
        return table.position(b) - table.position(a)

    def add(self, t: int, seconds: int) -> int:
        """The earliest instant not before `t` with that much working time since `t`.

        An exact fit ends at closing time, not at the next opening. `seconds` 0 gives `t` itself.
        """
        table = self._table_over(t, t)
        if seconds <= 0:
            return _unmoved(t, seconds)
        target = table.position(t) + seconds
        while target > table.done[-1]:
            # Growing at the back leaves the positions in front as they are.
            table = self._grown_later(table, t)
        index = bisect_left(table.done, target) - 1
        return table.opens[index] + target - table.done[index]

    def sub(self, t: int, seconds: int) -> int:
        """The latest instant not after `t` with that much working time until `t`. `seconds` 0 gives `t` itself."""
        table = self._table_over(t, t)
        if seconds <= 0:
            return _unmoved(t, seconds)
        while (target := table.position(t) - seconds) < 0:
            table = self._grown_earlier(table, t)
        index = bisect_right(table.done, target) - 1
        return table.opens[index] + target - table.done[index]

    def add_working_days(self, t: int, count: int, count_first_day: bool = False) -> int:
        """Close of business of the `count`-th working day after the civil day of `t`; `count` from 1.

        With `count_first_day` the day of `t` is the first one, provided some of its working time still lies ahead: a
        due moment never precedes its own start.
        """
        _require_days(count)
        table = self._table_over(t, t)
        today = self._ordinal(t)
        while True:
            index = bisect_left(table.days, today)
            is_counted = index < len(table.days) and table.days[index] == today
            if is_counted and not (count_first_day and t < table.day_closes[index]):
                index += 1
            if index + count <= len(table.days):
                return table.day_closes[index + count - 1]
            table = self._grown_later(table, t)

    def add_calendar_days(self, t: int, count: int) -> int:
        """Close of business of the `count`-th calendar day after that of `t`; the next one when that day is closed."""
        _require_days(count)
        table = self._table_over(t, t)
        wanted = self._ordinal(t) + count
        while True:
            index = bisect_left(table.days, wanted)
            if index < len(table.days):
                return table.day_closes[index]
            table = self._grown_later(table, t)

    def next_open(self, t: int) -> int:
        """The earliest working instant not before `t`; `t` itself when the office is open."""
        table = self._table_over(t, t)
        while True:
            index = bisect_right(table.closes, t)
            if index < len(table.opens):
                return max(t, table.opens[index])
            table = self._grown_later(table, t)

    def is_open(self, t: int) -> bool:
        """Whether the second that begins at `t` is working time."""
        table = self._table_over(t, t + 1)
        index = bisect_right(table.opens, t) - 1
        return index >= 0 and t < table.closes[index]

    def spans_of(self, day: dt.date) -> Spans:
        """Working spans of a civil day, in seconds of the day."""
        return self.day_reason(day).spans

    def day_reason(self, day: dt.date) -> DayReason:
        """Which rule decided the day, and with what spans."""
        if not self.first_year <= day.year <= self.last_year:
            raise self._gap(self._midnight(day.toordinal()))
        match self._ruling(day, self.spec.ranges):
            case spans, SpecialDay(name=name, source=source, kind=kind, certain=certain):
                return DayReason(day, spans, DayRule.SPECIAL, name, source, kind, certain)
            case spans, DateRange(name=name, source=source, certain=certain):
                return DayReason(day, spans, DayRule.RANGE, name, source, None, certain)
            case spans, _:
                return DayReason(day, spans, DayRule.WEEKLY)

    def day_reasons(self, first: dt.date, last: dt.date) -> Iterator[DayReason]:
        """As `day_reason`, of each day from `first` to `last`."""
        return (self.day_reason(first + dt.timedelta(days=number)) for number in range((last - first).days + 1))

    def open_days_after(self, first: dt.date, last: dt.date) -> int:
        """Working days from the day after `first` to `last`."""
        return sum(reason.is_open for reason in self.day_reasons(first + dt.timedelta(days=1), last))

    def date_of(self, t: int) -> dt.date:
        """The civil day of `t` in the office zone."""
        try:
            return dt.date.fromordinal(self._ordinal(t))
        except (ValueError, OverflowError):
            raise self._gap(t) from None

    def instant(self, day: dt.date, seconds: int) -> int:
        """The instant `seconds` (0 to 86400) after the local midnight that begins `day`."""
        if not 0 <= seconds <= DAY:
            raise ValueError(f"seconds {seconds}")
        return self._midnight(day.toordinal()) + seconds

    def _ordinal(self, t: int) -> int:
        return (t + self.offset) // DAY + EPOCH_ORDINAL

    def _midnight(self, ordinal: int) -> int:
        return (ordinal - EPOCH_ORDINAL) * DAY - self.offset

    def _new_year(self, year: int) -> int:
        return self._midnight(dt.date(year, 1, 1).toordinal())

    def _gap(self, t: int) -> CalendarGap:
        return CalendarGap(instant=t, first_year=self.first_year, last_year=self.last_year, revision=self.revision)

    def _ruling(self, day: dt.date, ranges: Sequence[DateRange]) -> tuple[Spans, SpecialDay | DateRange | None]:
        """Spans of a day and what gave them. The one place that knows precedence: single day, later range, week."""
        special = self._specials.get(day.toordinal())
        if special is not None:
            return special.spans, special
        weekday = day.weekday()
        spans = self.spec.weekly[weekday]
        if spans:
            for item in reversed(ranges):
                if item.first <= day <= item.last:
                    return item.weekly[weekday], item
        return spans, None

    def _table_over(self, a: int, b: int) -> _Table:
        """A table that covers both instants."""
        table = self._table
        if table is not None and table.start <= a <= table.end and table.start <= b <= table.end:
            return table
        years = self._year(a), self._year(b)
        return self._grown(table, min(years), max(years))

    def _year(self, t: int) -> int:
        if not self.start <= t <= self.end:
            raise self._gap(t)
        return min(self.date_of(t).year, self.last_year)

    def _grown_later(self, table: _Table, t: int) -> _Table:
        """`table` with as many years again behind it, so that a long search costs few steps."""
        if table.last_year == self.last_year:
            raise self._gap(t)
        more = table.last_year - table.first_year + 1
        return self._grown(table, table.first_year, min(table.last_year + more, self.last_year))

    def _grown_earlier(self, table: _Table, t: int) -> _Table:
        if table.first_year == self.first_year:
            raise self._gap(t)
        more = table.last_year - table.first_year + 1
        return self._grown(table, max(table.first_year - more, self.first_year), table.last_year)

    def _grown(self, table: _Table | None, first_year: int, last_year: int) -> _Table:
        """`table` and the years asked for, without a gap between; years it already has stay."""
        if table is None:
            table = self._laid_out(first_year, last_year)
        if first_year < table.first_year:
            table = self._laid_out(first_year, table.first_year - 1).followed_by(table)
        if table.last_year < last_year:
            table = table.followed_by(self._laid_out(table.last_year + 1, last_year))
        self._table = table
        return table

    def _laid_out(self, first_year: int, last_year: int) -> _Table:
        opens: list[int] = []
        closes: list[int] = []
        done = [0]
        days: list[int] = []
        day_closes: list[int] = []
        total = 0
        for ordinal, spans in chain.from_iterable(map(self._open_days, range(first_year, last_year + 1))):
            midnight = self._midnight(ordinal)
            for start, end in spans:
                opens.append(midnight + start)
                closes.append(midnight + end)
                total += end - start
                done.append(total)
            days.append(ordinal)
            day_closes.append(closes[-1])
        return _Table(
            first_year=first_year,
            last_year=last_year,
            start=self._new_year(first_year),
            end=self._new_year(last_year + 1),
            opens=opens,
            closes=closes,
            done=done,
            days=days,
            day_closes=day_closes,
        )

    def _open_days(self, year: int) -> Iterator[tuple[int, Spans]]:
        """(ordinal, spans) of the days with working time."""
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        ranges = [item for item in self.spec.ranges if item.last >= first and item.first <= last]
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            spans, _ = self._ruling(dt.date.fromordinal(ordinal), ranges)
            if spans:
                yield ordinal, spans


def _unmoved(t: int, seconds: int) -> int:
    if seconds < 0:
        raise ValueError(f"seconds {seconds}")
    return t


def _require_days(count: int) -> None:
    if count < 1:
        raise ValueError(f"count {count}")

"""Due moments over 2025 to 2027 against an independent minute counter: 4,000 cases, `make minutes` 25 times as many.

Standards in every unit, moments at any second, with lunch, Friday, Ramadan, holidays, half days and pauses. The oracle
shares no code with `sop`: it counts minutes one by one, and seconds inside a minute.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_right

import pytest

from sop.model.definition import DayKind, Unit, Waktu
from sop.time.deadline import Clocks, due_at, late_seconds, used_and_standard
from sop.time.explain import explanation
from sop.time.work_calendar import RAMADAN_WEEKLY, CalendarSpec, DateRange, SpecialDay, SpecialKind, WorkCalendar, hours
from tests.sop.minute_counter import OFFICE, SIX_DAY_WEEK, MinuteCounter, cases

FIRST, LAST = 2025, 2027
RICH = CalendarSpec(
    "Asia/Makassar",
    OFFICE.weekly,
    (*OFFICE.ranges, DateRange(dt.date(2027, 2, 8), dt.date(2027, 3, 9), RAMADAN_WEEKLY, "Ramadan 1448 H")),
    (
        *OFFICE.days,
        *(
            SpecialDay(dt.date(2027, month, day), (), "Libur", kind=SpecialKind.LIBUR)
            for month, day in ((1, 1), (3, 10), (3, 11), (5, 6), (8, 17))
        ),
        SpecialDay(dt.date(2027, 12, 24), hours("07:30-11:30"), "Setengah hari", kind=SpecialKind.KHUSUS),
        SpecialDay(dt.date(2025, 12, 24), hours("07:30-10:00"), "Setengah hari", kind=SpecialKind.KHUSUS),
    ),
)
SPECS = {"office": OFFICE, "six_days": SIX_DAY_WEEK, "rich": RICH}
Pause = tuple[int, int]


class Oracle:
    """Due moments by counting."""

    def __init__(self, spec: CalendarSpec) -> None:
        self.minutes = MinuteCounter(spec, FIRST, LAST + 1)
        self.closings = self.minutes.closings()
        self.close_moments = [moment for _, moment in self.closings]

    def due(self, waktu: Waktu, start: int, pauses: list[Pause], first_day: bool) -> int | None:
        if waktu.unit is not Unit.HARI:
            seconds = round(waktu.value * (60 if waktu.unit is Unit.MENIT else 3600))
            unpaused = self.used_up(start, seconds)
        else:
            unpaused = self.last_close(waktu, start, first_day)
        return None if unpaused is None else self.after(start, unpaused, pauses)

    def last_close(self, waktu: Waktu, start: int, first_day: bool) -> int | None:
        """The close of business of the last day counted, found by walking the days that have one."""
        day = self.minutes.first + dt.timedelta(days=(start - self.minutes.start) // 86400)
        wanted = int(waktu.value)
        if waktu.day_kind is DayKind.KALENDER:
            last = day + dt.timedelta(days=wanted)
            return next((moment for each, moment in self.closings if each >= last), None)
        counted = 0
        for each, moment in self.closings[max(0, bisect_right(self.close_moments, start) - 3) :]:
            if each > day or (each == day and first_day and start < moment):
                counted += 1
                if counted == wanted:
                    return moment
        return None

    def after(self, start: int, unpaused: int, pauses: list[Pause]) -> int | None:
        """A due moment, later by the working time of the pauses that begin before any working time has passed since it,
        as it moves."""
        moment: int | None = unpaused
        for begin, end in union(pauses):
            if moment is None or (begin > moment and self.minutes.diff(moment, begin) > 0):
                break
            if end > start:
                moment = self.used_up(moment, self.minutes.diff(max(begin, start), end))
        return moment

    def late(self, due: int, until: int, pauses: list[Pause]) -> int:
        """Working seconds since the due moment that lie in no pause."""
        inside = [(max(begin, due), min(end, until)) for begin, end in union(pauses)]
        return self.minutes.diff(due, until) - sum(self.minutes.diff(*pause) for pause in inside if pause[0] < pause[1])

    def used_up(self, start: int, seconds: int) -> int | None:
        """The first instant with that many working seconds behind it."""
        low, high = start, self.minutes.end - 86400
        if self.minutes.diff(start, high) < seconds:
            return None
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.minutes.diff(start, middle) < seconds else (low, middle)
        return low


def union(pauses: list[Pause]) -> list[Pause]:
    """Overlapping pauses as one, by sweeping over their ends."""
    ends = sorted(
        [(begin, 0) for begin, end in pauses if begin < end] + [(end, 1) for begin, end in pauses if begin < end]
    )
    depth, since, found = 0, 0, []
    for moment, is_end in ends:
        if depth == 0:
            since = moment
        depth += -1 if is_end else 1
        if depth == 0:
            found.append((since, moment))
    return found


def standard(chance: random.Random) -> Waktu:
    kind = chance.randrange(5)
    if kind == 0:
        value = chance.choice((2, 5, 15, 30, 45, 60, 90, chance.randrange(1, 3000)))
        return Waktu(f"{value} menit", value, Unit.MENIT)
    if kind in (1, 2):
        half = chance.randrange(1, 120) / 2
        return Waktu(f"{half} jam", half, Unit.JAM)
    count = chance.choice((1, 2, 3, 7, 14, 120, chance.randrange(1, 60)))
    return Waktu(f"{count} hari", count, Unit.HARI, DayKind.KERJA if kind == 3 else DayKind.KALENDER)


def moment(chance: random.Random, oracle: Oracle, edges: list[int]) -> int:
    """Any second of the three years; every third one beside an opening, a closing or a midnight."""
    year_end = oracle.minutes.moment(dt.date(LAST, 12, 31))
    if chance.random() < 0.33:
        return min(chance.choice(edges), year_end)
    return chance.randrange(oracle.minutes.start, year_end)


@pytest.mark.parametrize("name", SPECS)
def test_due_moments_equal_the_minute_counter_to_the_second(name: str) -> None:
    chance = random.Random(f"{name} 2026")
    oracle, calendar = Oracle(SPECS[name]), WorkCalendar(SPECS[name], 1, FIRST, LAST + 1)
    edges = oracle.minutes.edges()
    for number in range(cases(4_000) // len(SPECS) + 1):
        waktu, start = standard(chance), moment(chance, oracle, edges)
        pauses = []
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            begin = start + chance.randrange(-86_400, 12 * 86_400)
            pauses.append((begin, begin + chance.choice((0, 900, 3_600, chance.randrange(4 * 86_400)))))
        first_day = chance.random() < 0.2
        if chance.random() < 0.1 and (unpaused := oracle.due(waktu, start, pauses, first_day)) is not None:
            # One that begins exactly when the standard is used up still counts; a working second later it does not.
            pauses.append((unpaused + chance.randrange(-1, 2), unpaused + 7_200))
        now = start + 40 * 86_400
        case = (name, number, waktu.text, start, pauses, first_day)
        expected = oracle.due(waktu, start, pauses, first_day)
        found = due_at(waktu, start, pauses, calendar, now=now, count_first_day=first_day)
        if expected is None or expected > oracle.minutes.moment(dt.date(LAST + 1, 12, 20)):
            continue
        assert found == expected, case
        assert found is not None
        until = min(found + chance.randrange(20 * 86_400), oracle.minutes.end - 1)
        assert late_seconds(found, until, pauses, calendar) == oracle.late(found, until, pauses), case
        if number % 20 == 0 and waktu.unit is not Unit.HARI:
            used, _ = used_and_standard(start, found, found, pauses, calendar)
            assert used == waktu.seconds, case
            told = explanation(
                waktu,
                ready=start,
                started=start,
                pauses=pauses,
                calendar=calendar,
                now=now,
                clocks=Clocks(None, first_day),
            )
            assert told.counted_seconds == waktu.seconds, case


def test_the_oracle_knows_an_office_by_hand() -> None:
    """The counter itself, on moments that anybody can reckon."""
    oracle = Oracle(RICH)
    start = oracle.minutes.moment(dt.date(2026, 2, 19), "09:00:00")
    two_days = Waktu("2 hari", 2, Unit.HARI, DayKind.KERJA)
    assert oracle.due(two_days, start, [], False) == oracle.minutes.moment(dt.date(2026, 2, 23), "15:00:00")
    late = oracle.minutes.moment(dt.date(2026, 1, 8), "15:50:00")
    half_hour = Waktu("30 menit", 30, Unit.MENIT)
    assert oracle.due(half_hour, late, [], False) == oracle.minutes.moment(dt.date(2026, 1, 9), "07:50:00")
    assert oracle.due(half_hour, late, [(late, late + 300)], False) == oracle.minutes.moment(
        dt.date(2026, 1, 9), "07:55:00"
    )

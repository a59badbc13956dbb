"""Working time against two oracles (a minute counter, an opening-hours evaluator), and the properties users rely on."""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from sop.model.errors import CalendarGap, FaultyInput, UnknownZone
from sop.time.instants import offset_of
from sop.time.work_calendar import (
    DEFAULT_WEEKLY,
    RAMADAN_WEEKLY,
    CalendarSpec,
    DateRange,
    DayRule,
    Spans,
    SpecialDay,
    SpecialKind,
    WorkCalendar,
    hours,
)
from tests.sop.minute_counter import OFFICE, PLAIN, SPECS, THIN, MinuteCounter, cases, specs

DAY = 86400
WEEK = 7 * DAY

OFFICE_CALENDAR = WorkCalendar(OFFICE, 1)
CALENDARS = {name: WorkCalendar(spec, 1) for name, spec in SPECS.items()}

any_calendar = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
instants = st.one_of(
    st.integers(OFFICE_CALENDAR.instant(dt.date(2025, 1, 1), 0), OFFICE_CALENDAR.instant(dt.date(2027, 12, 31), 0)),
    # Civil edges of the office are worth more than the seconds between them.
    st.builds(
        OFFICE_CALENDAR.instant,
        st.dates(dt.date(2026, 2, 1), dt.date(2026, 7, 31)),
        st.sampled_from([0, 27000, 28800, 41400, 43199, 43200, 45000, 46800, 54000, 57600, 59400, 86399, 86400]),
    ),
)
amounts = st.one_of(st.integers(0, 3 * 3600), st.integers(0, 400 * 3600))


def at(text: str, calendar: WorkCalendar = OFFICE_CALENDAR) -> int:
    moment = dt.datetime.fromisoformat(text)
    return calendar.instant(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second)


def shown(t: int, calendar: WorkCalendar = OFFICE_CALENDAR) -> str:
    second = (t + calendar.offset) % 86_400
    return f"{calendar.date_of(t)} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


@pytest.fixture(scope="module", params=sorted(SPECS))
def counted(request: pytest.FixtureRequest) -> tuple[WorkCalendar, MinuteCounter]:
    spec = SPECS[request.param]
    return WorkCalendar(spec, 1, 2025, 2027), MinuteCounter(spec, 2025, 2027)


def samples(counter: MinuteCounter, count: int) -> list[tuple[int, int]]:
    """Pairs at most 7, 60 or 200 days apart, half of them beginning or ending on an edge."""
    source = random.Random(20260401)
    edges = counter.edges()
    pairs = []
    for number in range(count):
        a = source.choice(edges) if number % 2 else source.randrange(counter.start, counter.end)
        b = a + source.randrange(source.choice((7, 60, 200)) * DAY)
        if number % 3 == 0:
            b = source.choice(edges)
        pairs.append((a, min(b, counter.end)))
    return pairs


class TestAgainstTheMinuteCounter:
    def test_diff_counts_the_same_seconds(self, counted: tuple[WorkCalendar, MinuteCounter]) -> None:
        calendar, counter = counted
        for a, b in samples(counter, cases(600)):
            assert calendar.diff(a, b) == counter.diff(a, b), (shown(a, calendar), shown(b, calendar))

    def test_add_ends_where_walking_ends(self, counted: tuple[WorkCalendar, MinuteCounter]) -> None:
        calendar, counter = counted
        source = random.Random(1)
        for t, _ in samples(counter, cases(100)):
            seconds = source.randrange(source.choice((3600, 60 * 3600)))
            expected = counter.add(t, seconds)
            if expected is None:
                with pytest.raises(CalendarGap):
                    calendar.add(t, seconds)
            else:
                assert calendar.add(t, seconds) == expected, (shown(t, calendar), seconds)

    def test_is_open_on_both_sides_of_every_edge(self, counted: tuple[WorkCalendar, MinuteCounter]) -> None:
        calendar, counter = counted
        for t in counter.edges():
            assert calendar.is_open(t) == counter.is_open(t), shown(t, calendar)

    def test_spans_of_every_day(self, counted: tuple[WorkCalendar, MinuteCounter]) -> None:
        calendar, counter = counted
        for number, spans in enumerate(counter.shapes):
            assert calendar.spans_of(counter.first + dt.timedelta(days=number)) == spans

    def test_adding_days_counts_down_the_list_of_working_days(
        self, counted: tuple[WorkCalendar, MinuteCounter]
    ) -> None:
        calendar, counter = counted
        closings = counter.closings()
        source = random.Random(2)
        for t, _ in samples(counter, cases(150)):
            count = source.randrange(1, 30)
            today = counter.first + dt.timedelta(days=(t - counter.start) // DAY)
            after = [close for day, close in closings if day > today]
            including = [close for day, close in closings if day >= today and close > t]
            for remaining, count_first_day in ((after, False), (including, True)):
                if count <= len(remaining):
                    assert calendar.add_working_days(t, count, count_first_day) == remaining[count - 1]
                else:
                    with pytest.raises(CalendarGap):
                        calendar.add_working_days(t, count, count_first_day)
            wanted = [close for day, close in closings if day >= today + dt.timedelta(days=count)]
            if wanted:
                assert calendar.add_calendar_days(t, count) == wanted[0]

    @settings(max_examples=cases(12), deadline=None)
    @given(spec=specs(), data=st.data())
    def test_any_calendar_at_all(self, spec: CalendarSpec, data: st.DataObject) -> None:
        calendar, counter = WorkCalendar(spec, 1, 2026, 2026), MinuteCounter(spec, 2026, 2026)
        moments = st.one_of(st.integers(counter.start, counter.end - 1), st.sampled_from(counter.edges()))
        for a, b in data.draw(st.lists(st.tuples(moments, moments), min_size=8, max_size=12)):
            assert calendar.diff(a, b) == counter.diff(a, b)
            assert calendar.is_open(a) == counter.is_open(a)
            seconds = abs(counter.diff(a, b)) // 7
            expected = counter.add(a, seconds)
            assert expected is None or calendar.add(a, seconds) == expected

    @pytest.mark.long
    def test_a_hundred_thousand_intervals(self, counted: tuple[WorkCalendar, MinuteCounter]) -> None:
        calendar, counter = counted
        for a, b in samples(counter, 25_000):
            assert calendar.diff(a, b) == counter.diff(a, b)


def opening_hours_text() -> str:
    """The office calendar as an opening-hours expression, written by hand."""
    ramadan = "Mo-Th 08:00-12:00,12:30-15:00; {0} Fr 08:00-11:30,12:30-15:30"
    return "; ".join(
        [
            "Mo-Th 07:30-12:00,13:00-16:00; Fr 07:30-11:30,13:00-16:30",
            "2025 Mar 01-2025 Mar 30 " + ramadan.format("2025 Mar 01-2025 Mar 30"),
            "2026 Feb 19-2026 Mar 20 " + ramadan.format("2026 Feb 19-2026 Mar 20"),
            "2026 Mar 09-2026 Mar 13 Mo-Tu,Th-Fr 07:30-11:30; 2026 Mar 09-2026 Mar 13 We off",
            *(
                f"{day} off"
                for day in (
                    "2025 Aug 17",
                    "2025 Aug 18",
                    "2026 Jan 01",
                    "2026 Mar 19",
                    "2026 Mar 20",
                    "2026 Mar 23",
                    "2026 Mar 24",
                    "2026 Apr 03",
                )
            ),
            "2026 Dec 24 07:30-11:30",
            "2026 Jun 27 20:00-24:00",
        ]
    )


def test_opening_hours_sees_the_same_spans_in_two_years() -> None:
    """The evaluator knows whole minutes only, so the Sunday with odd seconds is left to the minute counter."""
    without_seconds = tuple(item for item in OFFICE.days if item.date != dt.date(2026, 6, 28))
    calendar = WorkCalendar(CalendarSpec(OFFICE.zone, OFFICE.weekly, OFFICE.ranges, without_seconds), 1)
    first, after = dt.date(2025, 1, 1), dt.date(2027, 1, 1)
    found: list[tuple[dt.datetime, dt.datetime]] = []
    midnight = dt.time()
    for start, end, state, _ in OpeningHours(opening_hours_text()).intervals(
        dt.datetime.combine(first, midnight), dt.datetime.combine(after, midnight)
    ):
        if str(state) == "open":
            found.append((start, end))
    expected: list[tuple[dt.datetime, dt.datetime]] = []
    for number in range((after - first).days):
        day = first + dt.timedelta(days=number)
        start_of_day = dt.datetime.combine(day, midnight)
        expected.extend(
            (start_of_day + dt.timedelta(seconds=start), start_of_day + dt.timedelta(seconds=end))
            for start, end in calendar.spans_of(day)
        )
    assert len(expected) > 900
    assert found == expected


class TestMeasuring:
    @settings(max_examples=cases(80), deadline=None)
    @given(calendar=any_calendar, a=instants, b=instants, c=instants)
    def test_the_parts_of_an_interval_sum_to_the_whole(self, calendar: WorkCalendar, a: int, b: int, c: int) -> None:
        assert calendar.diff(a, b) + calendar.diff(b, c) == calendar.diff(a, c)

    @settings(max_examples=cases(80), deadline=None)
    @given(calendar=any_calendar, a=instants, b=instants)
    def test_it_is_antisymmetric_and_never_longer_than_wall_time(self, calendar: WorkCalendar, a: int, b: int) -> None:
        assert calendar.diff(a, b) == -calendar.diff(b, a)
        assert 0 <= calendar.diff(min(a, b), max(a, b)) <= abs(b - a)

    @settings(max_examples=cases(60), deadline=None)
    @given(calendar=any_calendar, t=instants)
    def test_a_second_counts_exactly_when_the_office_is_open(self, calendar: WorkCalendar, t: int) -> None:
        assert calendar.diff(t, t + 1) == calendar.is_open(t)

    @settings(max_examples=cases(60), deadline=None)
    @given(calendar=any_calendar, t=instants)
    def test_the_next_opening_is_open_and_nothing_is_lost_on_the_way(self, calendar: WorkCalendar, t: int) -> None:
        opened = calendar.next_open(t)
        assert opened >= t
        assert calendar.is_open(opened)
        assert calendar.diff(t, opened) == 0
        assert calendar.next_open(opened) == opened

    @settings(max_examples=cases(40), deadline=None)
    @given(a=instants, b=instants)
    def test_a_second_revision_without_changes_gives_the_same_answer(self, a: int, b: int) -> None:
        again = WorkCalendar(CalendarSpec.from_dict(json.loads(json.dumps(OFFICE.to_dict()))), 2)
        assert again.diff(a, b) == OFFICE_CALENDAR.diff(a, b)

    def test_a_holiday_contributes_nothing(self) -> None:
        assert OFFICE_CALENDAR.diff(at("2025-08-18 00:00"), at("2025-08-19 00:00")) == 0

    def test_a_plain_week_is_37_and_a_half_hours_and_one_in_ramadan_32_and_a_half(self) -> None:
        assert OFFICE_CALENDAR.diff(at("2026-02-02 00:00"), at("2026-02-09 00:00")) == 37.5 * 3600
        assert OFFICE_CALENDAR.diff(at("2026-02-23 00:00"), at("2026-03-02 00:00")) == 32.5 * 3600


class TestAdding:
    @settings(max_examples=cases(100), deadline=None)
    @given(calendar=any_calendar, t=instants, seconds=amounts)
    def test_what_is_added_is_measured_back(self, calendar: WorkCalendar, t: int, seconds: int) -> None:
        due = calendar.add(t, seconds)
        assert due >= t
        assert calendar.diff(t, due) == seconds

    @settings(max_examples=cases(100), deadline=None)
    @given(calendar=any_calendar, t=instants, seconds=amounts.filter(bool))
    def test_one_second_earlier_is_not_enough(self, calendar: WorkCalendar, t: int, seconds: int) -> None:
        assert calendar.diff(t, calendar.add(t, seconds) - 1) == seconds - 1

    @settings(max_examples=cases(100), deadline=None)
    @given(calendar=any_calendar, t=instants, seconds=amounts.filter(bool))
    def test_going_back_finds_the_latest_instant(self, calendar: WorkCalendar, t: int, seconds: int) -> None:
        begun = calendar.sub(t, seconds)
        assert calendar.diff(begun, t) == seconds
        assert calendar.diff(begun + 1, t) == seconds - 1

    @settings(max_examples=cases(60), deadline=None)
    @given(calendar=any_calendar, t=instants, first=amounts, second=amounts)
    def test_adding_twice_is_adding_the_sum(self, calendar: WorkCalendar, t: int, first: int, second: int) -> None:
        assert calendar.add(calendar.add(t, first), second) == calendar.add(t, first + second)
        assert calendar.sub(calendar.sub(t, first), second) == calendar.sub(t, first + second)

    def test_nothing_added_moves_nothing_even_at_night(self) -> None:
        night = at("2026-04-01 23:00")
        assert OFFICE_CALENDAR.add(night, 0) == OFFICE_CALENDAR.sub(night, 0) == night

    @settings(max_examples=cases(60), deadline=None)
    @given(
        t=instants, seconds=amounts, count=st.integers(1, 40), day=st.dates(dt.date(2026, 1, 1), dt.date(2026, 8, 31))
    )
    def test_one_more_holiday_never_makes_a_due_moment_earlier(
        self, t: int, seconds: int, count: int, day: dt.date
    ) -> None:
        kept = tuple(item for item in OFFICE.days if item.date != day)
        more = WorkCalendar(
            CalendarSpec(OFFICE.zone, OFFICE.weekly, OFFICE.ranges, (*kept, SpecialDay(day, (), "Libur baru"))), 2
        )
        assert more.add(t, seconds) >= OFFICE_CALENDAR.add(t, seconds)
        assert more.add_working_days(t, count) >= OFFICE_CALENDAR.add_working_days(t, count)
        assert more.add_calendar_days(t, count) >= OFFICE_CALENDAR.add_calendar_days(t, count)

    @pytest.mark.parametrize(
        ("start", "added", "end"),
        [
            ("2026-01-08 15:50:00", 1800, "2026-01-09 07:50:00"),
            ("2026-01-08 15:30:00", 1800, "2026-01-08 16:00:00"),  # an exact fit ends at closing time
            ("2026-01-08 11:59:59", 1, "2026-01-08 12:00:00"),
            ("2026-01-08 11:59:59", 2, "2026-01-08 13:00:01"),
            ("2026-01-08 12:30:00", 60, "2026-01-08 13:01:00"),  # begun in the break
            ("2026-01-09 11:30:00", 1, "2026-01-09 13:00:01"),  # the Friday break is longer
            ("2026-01-09 16:29:00", 120, "2026-01-12 07:31:00"),  # over a weekend
            ("2026-01-10 10:00:00", 60, "2026-01-12 07:31:00"),  # begun on a Saturday
            ("2026-02-18 15:59:00", 120, "2026-02-19 08:01:00"),  # into Ramadan
            ("2026-02-19 11:59:00", 120, "2026-02-19 12:31:00"),  # its break is shorter
            ("2026-03-10 11:29:00", 120, "2026-03-12 07:31:00"),  # later range: half days, Wednesday closed
            ("2026-12-24 11:29:00", 120, "2026-12-25 07:31:00"),  # half day
            ("2026-06-27 23:59:50", 20, "2026-06-28 00:00:10"),  # open across midnight
            ("2026-06-27 23:59:50", 10, "2026-06-28 00:00:00"),
            ("2026-06-28 00:59:59", 2, "2026-06-28 01:00:02"),  # a break of one second
        ],
    )
    def test_boundaries(self, start: str, added: int, end: str) -> None:
        assert shown(OFFICE_CALENDAR.add(at(start), added)) == end

    @pytest.mark.parametrize(
        ("end", "taken", "start"),
        [
            ("2026-01-09 07:30:00", 1800, "2026-01-08 15:30:00"),
            ("2026-01-08 16:00:00", 3 * 3600, "2026-01-08 13:00:00"),  # the latest: opening, not the close before it
            ("2026-01-08 12:30:00", 60, "2026-01-08 11:59:00"),
            ("2026-01-12 07:30:00", 60, "2026-01-09 16:29:00"),
        ],
    )
    def test_boundaries_backwards(self, end: str, taken: int, start: str) -> None:
        assert shown(OFFICE_CALENDAR.sub(at(end), taken)) == start


class TestAddingDays:
    @pytest.mark.parametrize(
        ("start", "count", "counted", "end"),
        [
            ("2026-02-11 09:00", 2, False, "2026-02-13 16:30:00"),
            ("2026-02-11 09:00", 2, True, "2026-02-12 16:00:00"),
            ("2026-02-11 16:00", 1, True, "2026-02-12 16:00:00"),  # nothing of that day is left
            ("2026-02-11 15:59", 1, True, "2026-02-11 16:00:00"),
            ("2026-02-14 09:00", 1, True, "2026-02-16 16:00:00"),  # a Saturday is never the first day
            ("2026-02-14 09:00", 1, False, "2026-02-16 16:00:00"),
            ("2026-12-23 09:00", 1, False, "2026-12-24 11:30:00"),  # a half day ends early
        ],
    )
    def test_working_days_end_at_close_of_business(self, start: str, count: int, counted: bool, end: str) -> None:
        assert shown(OFFICE_CALENDAR.add_working_days(at(start), count, counted)) == end

    @pytest.mark.parametrize(
        ("start", "count", "end"),
        [
            ("2026-02-11 09:00", 2, "2026-02-13 16:30:00"),
            ("2026-02-11 09:00", 3, "2026-02-16 16:00:00"),  # a Saturday gives way to Monday
            ("2026-03-17 09:00", 2, "2026-03-25 16:00:00"),  # Nyepi and everything after it
        ],
    )
    def test_calendar_days_give_way_when_closed(self, start: str, count: int, end: str) -> None:
        assert shown(OFFICE_CALENDAR.add_calendar_days(at(start), count)) == end

    def test_days_are_not_hours(self) -> None:
        """Issue on Ramadan: 2 hari from a Thursday morning is Monday's close, 15 jam is Monday before noon."""
        start = at("2026-02-19 09:00")
        assert shown(OFFICE_CALENDAR.add_working_days(start, 2)) == "2026-02-23 15:00:00"
        assert shown(OFFICE_CALENDAR.add(start, 15 * 3600)) == "2026-02-23 11:00:00"

    def test_a_decree_on_collective_leave_moves_three_days_by_one(self) -> None:
        """18 August 2025 became cuti bersama by a decree of 7 August."""
        before, after = WorkCalendar(PLAIN, 1), OFFICE_CALENDAR
        start = at("2025-08-14 10:00")
        assert shown(before.add_working_days(start, 3)) == "2025-08-19 16:00:00"
        assert shown(after.add_working_days(start, 3)) == "2025-08-20 16:00:00"

    @pytest.mark.parametrize("count", [0, -1])
    def test_less_than_a_day_is_no_count(self, count: int) -> None:
        for method in (OFFICE_CALENDAR.add_working_days, OFFICE_CALENDAR.add_calendar_days):
            with pytest.raises(ValueError, match="count"):
                method(at("2026-02-11 09:00"), count)


class TestPrecedence:
    @pytest.mark.parametrize(
        ("day", "rule", "name", "spans"),
        [
            (dt.date(2026, 2, 18), DayRule.WEEKLY, "", hours("07:30-12:00", "13:00-16:00")),
            (dt.date(2026, 2, 20), DayRule.RANGE, "Ramadan 1447 H", hours("08:00-11:30", "12:30-15:30")),
            (dt.date(2026, 3, 10), DayRule.RANGE, "Pekan khusus", hours("07:30-11:30")),
            (dt.date(2026, 3, 11), DayRule.RANGE, "Pekan khusus", ()),
            (dt.date(2026, 3, 19), DayRule.SPECIAL, "Nyepi", ()),
            (dt.date(2026, 2, 21), DayRule.WEEKLY, "", ()),
            (dt.date(2026, 6, 27), DayRule.SPECIAL, "Tutup buku", hours("20:00-24:00")),
        ],
    )
    def test_a_day_says_which_rule_decided_it(self, day: dt.date, rule: DayRule, name: str, spans: Spans) -> None:
        reason = OFFICE_CALENDAR.day_reason(day)
        assert (reason.day, reason.rule, reason.name, reason.spans) == (day, rule, name, spans)
        assert reason.is_open == bool(spans)

    def test_a_range_never_opens_a_closed_weekday(self) -> None:
        always = (hours("00:00-24:00"),) * 7
        ranged = DateRange(dt.date(2026, 1, 1), dt.date(2026, 12, 31), always, "Setahun")
        calendar = WorkCalendar(CalendarSpec("Asia/Jakarta", DEFAULT_WEEKLY, (ranged,)), 1)
        assert calendar.spans_of(dt.date(2026, 1, 3)) == ()
        assert calendar.spans_of(dt.date(2026, 1, 5)) == always[0]

    def test_a_later_range_reopens_what_an_earlier_one_closed(self) -> None:
        closed = DateRange(dt.date(2026, 1, 1), dt.date(2026, 1, 31), ((),) * 7, "Tutup")
        opened = DateRange(dt.date(2026, 1, 12), dt.date(2026, 1, 12), RAMADAN_WEEKLY, "Buka")
        for ranges, spans in (((closed, opened), RAMADAN_WEEKLY[0]), ((opened, closed), ())):
            calendar = WorkCalendar(CalendarSpec("Asia/Jakarta", DEFAULT_WEEKLY, ranges), 1)
            assert calendar.spans_of(dt.date(2026, 1, 12)) == spans

    def test_a_range_reaches_over_new_year_and_both_its_ends_count(self) -> None:
        for first, last in (((2026, 12, 31), (2027, 1, 1)), ((2026, 12, 31), (2026, 12, 31)), ((2026, 1, 1),) * 2):
            ranged = DateRange(dt.date(*first), dt.date(*last), RAMADAN_WEEKLY, "Rentang")
            spec = CalendarSpec("Asia/Jakarta", ranges=(ranged,))
            for day in (ranged.first, ranged.last):
                calendar = WorkCalendar(spec, 1)
                noon = calendar.instant(day, 12 * 3600)
                assert not calendar.is_open(calendar.instant(day, 7 * 3600 + 45 * 60)), day
                assert calendar.diff(calendar.instant(day, 0), noon) < 4 * 3600 + 1

    def test_an_estimate_is_told_apart_and_a_year_without_holidays_is_noticed(self) -> None:
        estimate = SpecialDay(dt.date(2027, 1, 1), (), "Tahun baru", "holidays", certain=False)
        spec = CalendarSpec("Asia/Jakarta", days=(estimate,))
        assert not WorkCalendar(spec, 1).day_reason(dt.date(2027, 1, 1)).certain
        assert spec.has_holidays(2027)
        assert not spec.has_collective_leave(2027)
        assert not spec.has_holidays(2028)
        assert OFFICE.has_collective_leave(2026)


class TestHorizon:
    calendar = WorkCalendar(PLAIN, 7, 2025, 2026)

    def test_beyond_it_every_question_is_refused_and_none_is_clamped(self) -> None:
        calendar = self.calendar
        inside = at("2026-12-31 15:00")
        for outside in (calendar.start - 1, calendar.end + 1, 10**30, -(10**30)):
            questions: list[tuple[Callable[..., object], tuple[int, ...]]] = [
                (calendar.diff, (inside, outside)),
                (calendar.diff, (outside, inside)),
                (calendar.add, (outside, 0)),
                (calendar.sub, (outside, 1)),
                (calendar.next_open, (outside,)),
                (calendar.is_open, (outside,)),
                (calendar.add_working_days, (outside, 1)),
                (calendar.add_calendar_days, (outside, 1)),
            ]
            for ask, arguments in questions:
                with pytest.raises(CalendarGap):
                    ask(*arguments)

    def test_it_refuses_exactly_when_the_remaining_time_is_short(self) -> None:
        start = at("2026-12-30 10:00")
        left = self.calendar.diff(start, self.calendar.end)
        assert shown(self.calendar.add(start, left)) == "2026-12-31 16:00:00"
        with pytest.raises(CalendarGap):
            self.calendar.add(start, left + 1)
        behind = self.calendar.diff(self.calendar.start, start)
        assert shown(self.calendar.sub(start, behind)) == "2025-01-01 07:30:00"
        with pytest.raises(CalendarGap):
            self.calendar.sub(start, behind + 1)

    def test_after_the_last_opening_there_is_no_next_one(self) -> None:
        with pytest.raises(CalendarGap) as refused:
            self.calendar.next_open(at("2026-12-31 16:00"))
        assert refused.value.facts["last_year"] == 2026
        assert refused.value.facts["revision"] == 7

    def test_days_outside_it_have_no_hours(self) -> None:
        for day in (dt.date(2024, 12, 31), dt.date(2027, 1, 1)):
            with pytest.raises(CalendarGap):
                self.calendar.spans_of(day)

    def test_a_calendar_closed_for_years_still_answers(self) -> None:
        shut = DateRange(dt.date(2026, 1, 1), dt.date(2030, 12, 31), ((),) * 7, "Tutup")
        calendar = WorkCalendar(CalendarSpec("Asia/Jakarta", ranges=(shut,)), 1)
        start = at("2027-05-05 10:00")
        assert shown(calendar.next_open(start)) == "2031-01-01 07:30:00"
        assert shown(calendar.add(start, 60)) == "2031-01-01 07:31:00"
        assert shown(calendar.sub(start, 60)) == "2025-12-31 15:59:00"
        assert shown(calendar.add_calendar_days(start, 1)) == "2031-01-01 16:00:00"

    def test_the_order_of_questions_changes_no_answer(self) -> None:
        pairs = [(at(f"{year}-06-01 09:00"), at(f"{year + 3}-02-03 11:00")) for year in range(2001, 2055, 4)]
        expected = [WorkCalendar(OFFICE, 1).diff(a, b) for a, b in pairs]
        for seed in range(5):
            order = list(range(len(pairs)))
            random.Random(seed).shuffle(order)
            calendar = WorkCalendar(OFFICE, 1)
            assert {i: calendar.diff(*pairs[i]) for i in order} == dict(enumerate(expected))

    def test_threads_may_ask_while_years_are_laid_out(self) -> None:
        """The database worker and the screen share one calendar."""
        expected = {
            year: OFFICE_CALENDAR.diff(at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00"))
            for year in range(2001, 2059)
        }
        for _ in range(3):
            shared = WorkCalendar(OFFICE, 1)
            wrong: list[int] = []

            def ask(seed: int, shared: WorkCalendar = shared, wrong: list[int] = wrong) -> None:
                years = list(expected)
                random.Random(seed).shuffle(years)
                wrong.extend(
                    year
                    for year in years
                    if shared.diff(at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00")) != expected[year]
                )

            threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert wrong == []

    def test_opening_a_wide_horizon_lays_out_nothing(self) -> None:
        calendar = WorkCalendar(OFFICE, 1, 1900, 2200)
        assert vars(calendar)["_table"] is None
        calendar.diff(at("2026-04-01 08:00"), at("2026-04-02 08:00"))
        table = vars(calendar)["_table"]
        assert (table.first_year, table.last_year) == (2026, 2026)


class TestDefinition:
    @settings(max_examples=cases(40), deadline=None)
    @given(spec=specs())
    def test_json_gives_the_equal_definition_back(self, spec: CalendarSpec) -> None:
        assert CalendarSpec.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec

    def test_days_are_kept_by_date_whatever_order_they_came_in(self) -> None:
        assert CalendarSpec(OFFICE.zone, OFFICE.weekly, OFFICE.ranges, OFFICE.days[::-1]) == OFFICE

    @pytest.mark.parametrize(
        ("spans", "code"),
        [
            (((0, 0),), "jam-terbalik"),
            (((3600, 1800),), "jam-terbalik"),
            (((0, 100), (50, 200)), "jam-tumpang-tindih"),
            (((5000, 6000), (0, 100)), "jam-tumpang-tindih"),
            (((-1, 100),), "jam-di-luar-hari"),
            (((0, 86401),), "jam-di-luar-hari"),
        ],
    )
    def test_hours_that_make_no_sense_are_refused(self, spans: Spans, code: str) -> None:
        with pytest.raises(FaultyInput) as refused:
            CalendarSpec("Asia/Jakarta", (spans, *DEFAULT_WEEKLY[1:]))
        assert [(fault.place, fault.code) for fault in refused.value.faults] == [("jam mingguan · senin", code)]

    def test_touching_spans_and_whole_days_are_legal(self) -> None:
        CalendarSpec("Asia/Jakarta", (((0, 100), (100, 86400)), *DEFAULT_WEEKLY[1:]))

    def test_every_fault_is_named_at_once(self) -> None:
        with pytest.raises(FaultyInput) as refused:
            CalendarSpec(
                "Asia/Tokyo",
                DEFAULT_WEEKLY[:6],
                (DateRange(dt.date(2026, 2, 2), dt.date(2026, 2, 1), (((9, 3),), *DEFAULT_WEEKLY[1:]), "Terbalik"),),
                (
                    SpecialDay(dt.date(2026, 1, 1), (), "Tahun baru"),
                    SpecialDay(dt.date(2026, 1, 1), ((0, 60),), "Tahun baru", kind=SpecialKind.CUTI_BERSAMA),
                ),
            )
        assert sorted(fault.code for fault in refused.value.faults) == [
            "awal-sesudah-akhir",
            "bukan-tujuh-hari",
            "jam-terbalik",
            "libur-dengan-jam",
            "tanggal-ganda",
            "zona-tak-dikenal",
        ]

    def test_places_and_hours_of_a_fault_are_named_as_the_office_does(self) -> None:
        weekly = (((45000, 27000),), *DEFAULT_WEEKLY[1:])
        span = DateRange(dt.date(2026, 2, 2), dt.date(2026, 2, 1), DEFAULT_WEEKLY, "Terbalik")
        with pytest.raises(FaultyInput) as refused:
            CalendarSpec("Asia/Jakarta", weekly, (span,))
        assert refused.value.source == "kalender"
        assert [(fault.place, fault.found) for fault in refused.value.faults] == [
            ("jam mingguan · senin", "12.30-07.30"),
            ("rentang 1", "2026-02-02 sampai 2026-02-01"),
        ]

    def test_a_calendar_that_never_opens_is_refused(self) -> None:
        with pytest.raises(FaultyInput):
            CalendarSpec("Asia/Jakarta", ((),) * 7)

    @pytest.mark.parametrize("zone", ["Europe/Berlin", "", "asia/jakarta", "UTC"])
    def test_zones_outside_indonesia_are_refused(self, zone: str) -> None:
        with pytest.raises(UnknownZone):
            offset_of(zone)

    def test_a_damaged_file_names_every_place(self) -> None:
        data: dict[str, Any] = json.loads(json.dumps(OFFICE.to_dict()))
        data["weekly"][0] = [[27000, "12:00"]]
        data["ranges"][1]["first"] = "2026-02-30"
        data["days"][2]["kind"] = "cuti"
        data["days"][3]["name"] = None
        data["days"][4] = "libur"
        data["days"][5]["date"] = "20260324"
        data["days"][6]["date"] = "2026-W14-5"
        with pytest.raises(FaultyInput) as refused:
            CalendarSpec.from_dict(data)
        assert [(fault.place, fault.code) for fault in refused.value.faults] == [
            ("jam mingguan · senin", "rentang-jam-tak-terbaca"),
            ("rentang 2 · hari pertama", "tanggal-tak-terbaca"),
            ("hari 3 · jenis", "nilai-tak-dikenal"),
            ("hari 4 · nama", "jenis-salah"),
            ("hari 5", "jenis-salah"),
            ("hari 6 · tanggal", "tanggal-tak-terbaca"),
            ("hari 7 · tanggal", "tanggal-tak-terbaca"),
        ]

    junk = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2026-01-01"),
        lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
        max_leaves=12,
    )

    @settings(max_examples=cases(80), deadline=None)
    @given(data=junk, key=st.sampled_from(["zone", "weekly", "ranges", "days"]), whole=st.booleans())
    def test_nothing_but_a_fault_comes_of_junk(self, data: object, key: str, whole: bool) -> None:
        try:
            CalendarSpec.from_dict(data if whole else {**OFFICE.to_dict(), key: data})
        except FaultyInput as refused:
            named = refused.faults
            assert named

    @settings(max_examples=cases(60), deadline=None)
    @given(
        data=junk,
        part=st.sampled_from(["ranges", "days"]),
        key=st.text(max_size=3)
        | st.sampled_from(["first", "last", "weekly", "name", "source", "certain", "date", "spans", "kind"]),
    )
    def test_nor_of_junk_inside_an_entry(self, data: object, part: str, key: str) -> None:
        table: dict[str, Any] = json.loads(json.dumps(OFFICE.to_dict()))
        table[part][0][key] = data
        try:
            CalendarSpec.from_dict(table)
        except FaultyInput as refused:
            named = refused.faults
            assert named


def test_the_thin_calendar_counts_its_single_seconds() -> None:
    calendar = WorkCalendar(THIN, 1)
    thursday = calendar.instant(dt.date(2026, 1, 8), 0)
    assert calendar.diff(thursday, thursday + DAY) == 2
    assert calendar.add(thursday, 2) == thursday + DAY
    assert calendar.add(thursday, 3) == calendar.instant(dt.date(2026, 1, 11), 1)


def test_closings_grow_with_the_count() -> None:
    start = at("2026-01-02 09:00")
    due = [OFFICE_CALENDAR.add_working_days(start, count) for count in range(1, 600)]
    assert all(earlier < later for earlier, later in pairwise(due))
    assert shown(due[-1])[:4] == "2028"

"""Due moments, lateness, shares and verdicts, as an office would reckon them by hand."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.look.standing import Timed, used_of
from sop.model.definition import DayKind, Unit, Waktu
from sop.time.deadline import (
    Clocks,
    ClockStart,
    DueState,
    Interval,
    PauseRule,
    Verdict,
    at_risk_at,
    clock_start,
    cycle_seconds,
    due_at,
    due_state,
    is_after_hours,
    is_not_started,
    judge,
    late_seconds,
    merge_intervals,
    next_change_at,
    queue_seconds,
    used_and_standard,
    work_seconds,
)
from sop.time.work_calendar import DEFAULT_WEEKLY, CalendarSpec, DateRange, SpecialDay, WorkCalendar
from sop.values import asdict, replace
from tests.sop.minute_counter import OFFICE, PLAIN, cases

CALENDAR = WorkCalendar(OFFICE, 3)


def menit(value: float) -> Waktu:
    return Waktu(f"{value} menit", value, Unit.MENIT)


def jam(value: float) -> Waktu:
    return Waktu(f"{value} jam", value, Unit.JAM)


def hari(value: int, kind: DayKind = DayKind.KERJA) -> Waktu:
    return Waktu(f"{value} hari", value, Unit.HARI, kind)


def at(text: str, calendar: WorkCalendar = CALENDAR) -> int:
    moment = dt.datetime.fromisoformat(text)
    return calendar.instant(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second)


def shown(t: int | None, calendar: WorkCalendar = CALENDAR) -> str | None:
    if t is None:
        return None
    second = (t + calendar.offset) % 86_400
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}" + (f":{second % 60:02d}" if second % 60 else "")
    return f"{calendar.date_of(t)} {clock}"


def between(*texts: str) -> tuple[Interval, ...]:
    """`between("2026-04-01 08:00/09:00", "2026-04-01 10:00/")` -> intervals of one day each; open at the end."""
    found: list[Interval] = []
    for text in texts:
        start, _, end = text.partition("/")
        if end and len(end) < 10:
            end = f"{start[:10]} {end}"
        found.append((at(start), at(end) if end else None))
    return tuple(found)


class TestMerging:
    def test_overlaps_count_once_and_open_ones_run_to_now(self) -> None:
        assert merge_intervals([(50, None), (10, 20), (15, 30), (30, 40), (12, 13)], 60) == ((10, 40), (50, 60))

    def test_empty_and_backward_ones_vanish(self) -> None:
        assert merge_intervals([(10, 10), (20, 15), (70, None)], 60) == ()

    @settings(max_examples=cases(60), deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=8), st.integers(0, 60))
    def test_a_second_is_in_the_union_exactly_when_it_is_in_one(self, intervals: list[Interval], now: int) -> None:
        merged = merge_intervals(intervals, now)
        inside = {t for start, end in merged for t in range(start, end)}
        assert inside == {t for start, end in intervals for t in range(start, now if end is None else end)}
        assert all(before[1] < after[0] for before, after in pairwise(merged))


class TestDue:
    @pytest.mark.parametrize(
        ("waktu", "start", "due"),
        [
            (menit(30), "2026-01-08 15:50", "2026-01-09 07:50"),
            (menit(15), "2026-01-08 11:50", "2026-01-08 13:05"),
            (jam(1.5), "2026-01-09 10:30", "2026-01-09 13:30"),
            (menit(10), "2026-01-08 15:50", "2026-01-08 16:00"),
            (jam(3), "2026-02-18 14:30", "2026-02-19 09:30"),
            (hari(2), "2026-02-11 09:00", "2026-02-13 16:30"),
            (hari(1), "2026-02-13 23:00", "2026-02-16 16:00"),
            (hari(4, DayKind.KALENDER), "2026-02-11 09:00", "2026-02-16 16:00"),
            (hari(4), "2026-02-11 09:00", "2026-02-17 16:00"),
            (hari(7, DayKind.KALENDER), "2026-02-11 09:00", "2026-02-18 16:00"),
            (hari(2, DayKind.KALENDER), "2026-02-11 09:00", "2026-02-13 16:30"),
        ],
    )
    def test_without_pauses(self, waktu: Waktu, start: str, due: str) -> None:
        assert shown(due_at(waktu, at(start), (), CALENDAR, now=at(start))) == due

    def test_collective_leave_moves_three_working_days_by_one(self) -> None:
        for spec, due in ((PLAIN, "2025-08-19 16:00"), (OFFICE, "2025-08-20 16:00")):
            calendar = WorkCalendar(spec, 1)
            start = at("2025-08-14 10:00", calendar)
            assert shown(due_at(hari(3), start, (), calendar, now=start), calendar) == due

    def test_two_days_in_ramadan_in_the_middle_zone(self) -> None:
        calendar = WorkCalendar(CalendarSpec("Asia/Makassar", DEFAULT_WEEKLY, OFFICE.ranges[:2]), 1)
        start = at("2026-02-19 09:00", calendar)
        assert shown(due_at(hari(2), start, (), calendar, now=start), calendar) == "2026-02-23 15:00"

    def test_the_first_day_counts_where_the_office_says_so(self) -> None:
        start = at("2026-02-11 09:00")
        assert shown(due_at(hari(2), start, (), CALENDAR, now=start, count_first_day=True)) == "2026-02-12 16:00"

    def test_no_standard_and_no_start_have_no_due_moment(self) -> None:
        assert due_at(None, 0, (), CALENDAR, now=0) is None
        assert due_at(menit(5), None, (), CALENDAR, now=0) is None

    @pytest.mark.parametrize("waktu", [jam(2), hari(1), hari(1, DayKind.KALENDER)])
    def test_beyond_the_horizon_there_is_no_due_moment(self, waktu: Waktu) -> None:
        calendar = WorkCalendar(PLAIN, 1, 2026, 2026)
        start = at("2026-12-31 15:00")
        assert due_at(waktu, start, (), calendar, now=start) is None

    @pytest.mark.parametrize(
        ("waktu", "pauses", "due"),
        [
            # 10:00 + 60 menit, paused 15 minutes of it.
            (menit(60), ["2026-04-01 10:30/10:45"], "2026-04-01 11:15"),
            # Two pauses over one another count once.
            (menit(60), ["2026-04-01 10:30/10:45", "2026-04-01 10:40/10:50"], "2026-04-01 11:20"),
            # The second pause is met only because the first one moved the due moment.
            (menit(60), ["2026-04-01 10:30/10:45", "2026-04-01 11:10/11:20"], "2026-04-01 11:25"),
            # From the very due moment on a pause still moves it; a second of overrun later it does not.
            (menit(60), ["2026-04-01 11:00/11:30"], "2026-04-01 11:30"),
            (menit(60), ["2026-04-01 10:59:59/11:30"], "2026-04-01 11:30:01"),
            (menit(60), ["2026-04-01 11:00:01/11:30"], "2026-04-01 11:00"),
            # In the break after the due moment nothing is overrun yet, nor after a pause that moved it there.
            (menit(120), ["2026-04-01 12:15/13:10"], "2026-04-01 13:10"),
            (menit(60), ["2026-04-01 11:00/12:00", "2026-04-01 12:30/13:05"], "2026-04-01 13:05"),
            # Before the clock starts nothing counts.
            (menit(60), ["2026-04-01 09:00/10:10"], "2026-04-01 11:10"),
            (menit(60), ["2026-04-01 08:00/10:00"], "2026-04-01 11:00"),
            # A night and a holiday add nothing of their own: paused Wednesday 10:30 to Monday 08:00.
            (menit(60), ["2026-04-01 10:30/2026-04-06 08:00"], "2026-04-06 08:30"),
            # A break inside a pause adds nothing.
            (menit(120), ["2026-04-01 11:00/13:30"], "2026-04-01 14:30"),
            # hari: working length after the close of day k, into the next day.
            (hari(1), ["2026-04-01 10:30/11:30"], "2026-04-06 08:30"),
            (hari(1), ["2026-04-02 15:30/2026-04-06 09:00"], "2026-04-06 09:30"),
            (hari(1), ["2026-04-02 16:00/2026-04-06 09:00"], "2026-04-06 09:00"),
            (hari(1), ["2026-04-04 10:00/2026-04-06 09:00"], "2026-04-06 09:00"),
            (hari(1), ["2026-04-06 07:30:01/2026-04-06 09:00"], "2026-04-02 16:00"),
        ],
    )
    def test_pauses_move_it_by_their_working_length(self, waktu: Waktu, pauses: list[str], due: str) -> None:
        start = at("2026-04-01 10:00")
        assert shown(due_at(waktu, start, between(*pauses), CALENDAR, now=start)) == due

    def test_an_open_pause_moves_it_along_with_now(self) -> None:
        start, pauses = at("2026-04-01 10:00"), between("2026-04-01 10:30/")
        moments = ["2026-04-01 10:30", "2026-04-01 11:00", "2026-04-01 12:30", "2026-04-02 07:30"]
        due = [shown(due_at(menit(60), start, pauses, CALENDAR, now=at(now))) for now in moments]
        assert due == ["2026-04-01 11:00", "2026-04-01 11:30", "2026-04-01 13:30", "2026-04-02 08:00"]


SHORT = CalendarSpec(
    "Asia/Jakarta",
    (((100, 130), (140, 150)), ((100, 125),), (), ((0, 10), (86390, 86400)), ((100, 130),), (), ()),
    (DateRange(dt.date(2026, 1, 12), dt.date(2026, 1, 16), (((100, 105),),) * 7, "Sempit"),),
    (SpecialDay(dt.date(2026, 1, 6), (), "Libur"),),
)
"""Days of seconds, so that every worked second of a month can be listed."""
BRIEF = WorkCalendar(SHORT, 1)
FIRST_DAY = dt.date(2026, 1, 1)
WORKED = [
    BRIEF.instant(day, 0) + second
    for day in (FIRST_DAY + dt.timedelta(days=number) for number in range(60))
    for start, end in BRIEF.spans_of(day)
    for second in range(start, end)
]

moments = st.one_of(
    st.sampled_from(WORKED[: len(WORKED) // 2]),
    st.builds(lambda t, off: t + off, st.sampled_from(WORKED[: len(WORKED) // 2]), st.integers(-3, 3)),
)
strokes = st.builds(
    lambda t, off: t + off,
    st.sampled_from([t for before, after in pairwise(WORKED[:300]) if before + 1 < after for t in (before + 1, after)]),
    st.integers(-1, 1),
)
"""Moments at which hours open or close, or a second beside them."""
pause_lists = st.lists(st.tuples(moments, st.integers(0, 40) | st.integers(0, 300_000)), max_size=5).map(
    lambda drawn: [(start, start + length) for start, length in drawn]
)
standards = st.one_of(
    st.integers(1, 90).map(lambda seconds: menit(seconds / 60)),
    st.builds(hari, st.integers(1, 5), st.sampled_from(DayKind)),
)


def listed(start: int, end: int, pauses: list[tuple[int, int]]) -> list[int]:
    """The worked seconds of an interval outside every pause, one by one."""
    return [t for t in WORKED if start <= t < end and not any(begin <= t < finish for begin, finish in pauses)]


class TestAgainstAListOfSeconds:
    @settings(max_examples=cases(150), deadline=None)
    @given(waktu=standards, start=moments, pauses=pause_lists)
    def test_the_due_moment_comes_before_the_first_second_too_many(
        self, waktu: Waktu, start: int, pauses: list[tuple[int, int]]
    ) -> None:
        unpaused = due_at(waktu, start, (), BRIEF, now=start)
        assert unpaused is not None
        allowed = len(listed(start, unpaused, []))
        assert allowed == (waktu.seconds or allowed)
        # Due where the first second begins that is one too many: at the end of the worked second before it.
        overrun = listed(start, WORKED[-1], pauses)[allowed]
        assert due_at(waktu, start, pauses, BRIEF, now=start) == WORKED[WORKED.index(overrun) - 1] + 1

    @settings(max_examples=cases(100), deadline=None)
    @given(waktu=standards, start=moments, pauses=pause_lists, now=moments, percent=st.integers(1, 99))
    def test_state_and_share_follow_from_the_seconds_used(
        self, waktu: Waktu, start: int, pauses: list[tuple[int, int]], now: int, percent: int
    ) -> None:
        due = due_at(waktu, start, pauses, BRIEF, now=now)
        assert due is not None
        standard, used = len(listed(start, due, pauses)), len(listed(start, now, pauses))
        assert used_and_standard(start, due, now, pauses, BRIEF) == (used, standard)
        state = due_state(start, due, now, pauses, BRIEF, percent)
        late = max(0, used - standard)
        assert late_seconds(due, now, pauses, BRIEF) == late
        if late:
            assert state is DueState.LATE
        else:
            assert state is (DueState.SOON if used * 100 >= percent * standard else DueState.ON_TIME)

    @settings(max_examples=cases(100), deadline=None)
    @given(waktu=standards, start=moments, pauses=pause_lists, now=moments, percent=st.integers(1, 99))
    def test_the_state_changes_exactly_when_announced(
        self, waktu: Waktu, start: int, pauses: list[tuple[int, int]], now: int, percent: int
    ) -> None:
        due = due_at(waktu, start, pauses, BRIEF, now=now)
        assert due is not None
        before = due_state(start, due, now, pauses, BRIEF, percent)
        change = next_change_at(start, due, now, pauses, BRIEF, percent)
        assert (change is None) == (before is DueState.LATE)
        if change is not None:
            assert change > now
            assert due_state(start, due, change - 1, pauses, BRIEF, percent) is before
            assert due_state(start, due, change, pauses, BRIEF, percent) is not before

    @settings(max_examples=cases(80), deadline=None)
    @given(intervals=pause_lists, pauses=pause_lists, start=moments, end=moments)
    def test_work_and_queue_and_cycle_are_the_seconds_outside_pauses(
        self, intervals: list[tuple[int, int]], pauses: list[tuple[int, int]], start: int, end: int
    ) -> None:
        worked = {t for begin, finish in intervals for t in listed(begin, finish, pauses)}
        assert work_seconds(intervals, pauses, BRIEF, now=start) == len(worked)
        spent = len(listed(start, end, pauses))
        assert queue_seconds(start, end, pauses, BRIEF, now=end) == spent
        assert queue_seconds(start, None, pauses, BRIEF, now=end) == spent
        assert cycle_seconds(start, end, pauses, BRIEF, now=end) == spent
        assert cycle_seconds(start, None, pauses, BRIEF, now=end) == spent

    @settings(max_examples=cases(60), deadline=None)
    @given(waktu=standards, start=moments, pauses=pause_lists, extra=pause_lists)
    def test_one_more_pause_never_makes_a_due_moment_earlier(
        self, waktu: Waktu, start: int, pauses: list[tuple[int, int]], extra: list[tuple[int, int]]
    ) -> None:
        due, later = (due_at(waktu, start, held, BRIEF, now=start) for held in (pauses, pauses + extra))
        assert due is not None
        assert later is not None
        assert later >= due

    @settings(max_examples=cases(60), deadline=None)
    @given(waktu=standards, start=moments, day=st.dates(FIRST_DAY, dt.date(2026, 2, 10)))
    def test_one_more_holiday_never_makes_a_due_moment_earlier(self, waktu: Waktu, start: int, day: dt.date) -> None:
        kept = tuple(item for item in SHORT.days if item.date != day)
        more = WorkCalendar(replace(SHORT, days=(*kept, SpecialDay(day, (), "Libur baru"))), 2)
        due, later = (due_at(waktu, start, (), calendar, now=start) for calendar in (BRIEF, more))
        assert due is not None
        assert later is not None
        assert later >= due


class TestState:
    start = at("2026-04-01 10:00")

    @pytest.mark.parametrize(
        ("now", "state", "used"),
        [
            ("2026-04-01 10:00", DueState.ON_TIME, 0),
            ("2026-04-01 10:23:59", DueState.ON_TIME, 1439),
            ("2026-04-01 10:24", DueState.SOON, 1440),
            ("2026-04-01 10:30", DueState.SOON, 1800),
            ("2026-04-01 10:30:01", DueState.LATE, 1801),
        ],
    )
    def test_thirty_minutes_pass(self, now: str, state: DueState, used: int) -> None:
        due = due_at(menit(30), self.start, (), CALENDAR, now=at(now))
        assert due is not None
        assert due_state(self.start, due, at(now), (), CALENDAR) is state
        assert used_and_standard(self.start, due, at(now), (), CALENDAR) == (used, 1800)

    def test_a_due_moment_at_closing_time_is_late_only_when_the_office_has_opened_again(self) -> None:
        start = at("2026-04-01 15:30")
        due = due_at(menit(30), start, (), CALENDAR, now=start)
        assert due is not None
        for now in ("2026-04-01 16:00", "2026-04-01 22:00", "2026-04-02 07:30"):
            assert due_state(start, due, at(now), (), CALENDAR) is DueState.SOON
            assert late_seconds(due, at(now), (), CALENDAR) == 0
        assert due_state(start, due, at("2026-04-02 07:30:01"), (), CALENDAR) is DueState.LATE

    def test_a_pause_of_what_is_late_already_makes_it_no_later(self) -> None:
        pauses = between("2026-04-01 10:34/")
        for now in ("2026-04-01 10:34", "2026-04-01 15:00", "2026-04-14 10:00"):
            due = due_at(menit(30), self.start, pauses, CALENDAR, now=at(now))
            assert shown(due) == "2026-04-01 10:30"
            assert due is not None
            assert due_state(self.start, due, at(now), pauses, CALENDAR) is DueState.LATE
            assert late_seconds(due, at(now), pauses, CALENDAR) == 240
            assert used_and_standard(self.start, due, at(now), pauses, CALENDAR) == (34 * 60, 30 * 60)

    def test_the_risk_begins_on_the_second_even_where_a_pause_does(self) -> None:
        pauses = between("2026-04-01 10:24/11:24")
        due = due_at(menit(30), self.start, pauses, CALENDAR, now=self.start)
        assert shown(due) == "2026-04-01 11:30"
        assert due is not None
        assert shown(at_risk_at(self.start, due, pauses, CALENDAR, now=self.start)) == "2026-04-01 10:24"

    def test_a_pause_keeps_the_state_where_it_is(self) -> None:
        pauses = between("2026-04-01 10:20/")
        for now in ("2026-04-01 10:20", "2026-04-01 15:00", "2026-04-07 10:00"):
            due = due_at(menit(30), self.start, pauses, CALENDAR, now=at(now))
            assert due is not None
            assert due_state(self.start, due, at(now), pauses, CALENDAR) is DueState.ON_TIME
            assert used_and_standard(self.start, due, at(now), pauses, CALENDAR) == (1200, 1800)

    def test_without_a_due_moment_there_is_no_state(self) -> None:
        assert due_state(self.start, None, self.start, (), CALENDAR) is None
        assert due_state(None, None, self.start, (), CALENDAR) is None
        assert used_of(Timed(menit(30), self.start, self.start), None, self.start, CALENDAR) == (None, None)
        assert late_seconds(None, self.start, (), CALENDAR) is None

    def test_the_warning_waits_for_the_office_to_open(self) -> None:
        start = at("2026-04-01 15:36")
        due = due_at(menit(30), start, (), CALENDAR, now=start)
        assert due is not None
        moment = at_risk_at(start, due, (), CALENDAR, now=start)
        assert shown(moment) == "2026-04-01 16:00"
        assert shown(CALENDAR.next_open(moment)) == "2026-04-02 07:30"
        assert CALENDAR.next_open(moment) == CALENDAR.sub(due, 6 * 60)


class TestNotStarted:
    ready = at("2026-04-01 09:00")

    @pytest.mark.parametrize(
        ("waktu", "begins", "pauses", "days", "since"),
        [
            # The close of business of the next working day: Thursday, since Friday is a holiday it stays so.
            (menit(30), None, [], 1, "2026-04-02 16:00:01"),
            (menit(30), None, [], 2, "2026-04-06 16:00:01"),
            (hari(2), ClockStart.STARTED, [], 1, "2026-04-02 16:00:01"),
            # An hour of pause is an hour more, on the next working day.
            (menit(30), None, ["2026-04-01 10:00/11:00"], 1, "2026-04-06 08:30:01"),
            # A hold over the whole time moves it all along.
            (menit(30), None, ["2026-04-01 10:00/2026-04-07 10:00"], 1, "2026-04-08 16:00:01"),
        ],
    )
    def test_it_is_told_once_the_office_has_closed_on_the_next_working_day(
        self, waktu: Waktu, begins: ClockStart | None, pauses: list[str], days: int, since: str
    ) -> None:
        stopped = between(*pauses)
        begun = clock_start(waktu, self.ready, None, begins)
        for moment, expected in ((at(since) - 1, False), (at(since), True)):
            found = is_not_started(waktu, begun, self.ready, stopped, CALENDAR, now=moment, days=days)
            assert found is expected

    @pytest.mark.parametrize(
        ("waktu", "started", "begins"),
        [
            (None, None, None),
            (hari(3), None, None),  # Its clock runs since it is ready.
            (menit(30), None, ClockStart.READY),
            (menit(30), "2026-04-01 10:00", None),
        ],
    )
    def test_what_has_a_clock_or_no_standard_is_never_told(
        self, waktu: Waktu | None, started: str | None, begins: ClockStart | None
    ) -> None:
        begun = None
        if waktu is not None:
            begun = clock_start(waktu, self.ready, None if started is None else at(started), begins)
        assert not is_not_started(waktu, begun, self.ready, (), CALENDAR, now=at("2026-06-01 09:00"), days=1)

    def test_while_it_is_paused_nothing_is_told_anew(self) -> None:
        pauses = between("2026-04-01 10:00/")
        assert not is_not_started(menit(5), None, self.ready, pauses, CALENDAR, now=at("2026-05-04 09:00"), days=1)

    def test_beyond_the_horizon_nothing_is_told(self) -> None:
        calendar = WorkCalendar(PLAIN, 1, 2026, 2026)
        ready = at("2026-12-31 15:00")
        assert not is_not_started(menit(5), None, ready, (), calendar, now=ready, days=1)


class TestClockStart:
    def test_days_run_from_ready_and_minutes_from_the_start(self) -> None:
        assert clock_start(hari(2), 100, None) == 100
        assert clock_start(menit(2), 100, None) is None
        assert clock_start(jam(2), 100, 200) == 200

    def test_the_office_may_say_otherwise(self) -> None:
        assert clock_start(hari(2), 100, 200, ClockStart.STARTED) == 200
        assert clock_start(menit(2), 100, None, ClockStart.READY) == 100


class TestAfterHours:
    @pytest.mark.parametrize(
        ("interval", "after_hours"),
        [
            ("2026-04-01 08:00/16:00", False),
            ("2026-04-01 15:50/2026-04-02 07:50", False),  # the night lies between, nobody worked in it
            ("2026-04-01 15:50/16:00:01", True),
            ("2026-04-01 07:29:59/08:00", True),
            ("2026-04-01 12:30/13:30", True),
            ("2026-04-03 09:00/10:00", True),  # a holiday
            ("2026-04-01 07:30/07:30", False),
            ("2026-04-01 15:00/", False),
            ("2026-04-01 11:00/13:00", False),  # the stroke that ends the break
            ("2026-04-01 15:00/2026-04-02 07:30", False),
            ("2026-04-01 12:00/13:30", False),
            ("2026-04-01 16:00/16:00", False),
            ("2026-04-01 12:00/13:00", True),  # from stroke to stroke, and all of it in the break
            ("2026-04-01 16:00/2026-04-02 07:30", True),
            ("2026-04-01 16:00/16:01", True),
            ("2026-04-01 12:00:01/", True),
        ],
    )
    def test_it_is_seen_where_work_begins_or_stops(self, interval: str, after_hours: bool) -> None:
        """Work outside hours is shown as such: a step finished at 13.00 sharp is none, and was printed as one."""
        assert is_after_hours(between(interval), CALENDAR) is after_hours

    @settings(max_examples=cases(200), deadline=None)
    @given(start=strokes, end=strokes | st.none())
    def test_against_the_list_of_seconds(self, start: int, end: int | None) -> None:
        if end is not None:
            start, end = sorted((start, end))
        worked = frozenset(WORKED)
        is_beside = any({moment - 1, moment}.isdisjoint(worked) for moment in (start, end) if moment is not None)
        has_none = end is not None and end > start and worked.isdisjoint(range(start, end))
        assert is_after_hours([(start, end)], BRIEF) is (is_beside or has_none)


class TestVerdict:
    def test_every_part_of_a_decided_run_is_told_apart(self) -> None:
        verdict = judge(
            menit(60),
            ready=at("2026-04-01 08:00"),
            started=at("2026-04-01 09:00"),
            ended=at("2026-04-01 11:20"),
            work=between("2026-04-01 09:00/09:30", "2026-04-01 09:50/10:20"),
            decisions=between("2026-04-01 10:20/11:20"),
            # Paused while worked on; the case was held for part of that, and once more while the decider waited.
            pauses=between("2026-04-01 09:30/09:50", "2026-04-01 09:40/09:50", "2026-04-01 10:30/10:40"),
            calendar=CALENDAR,
        )
        assert shown(verdict.due_at) == "2026-04-01 10:20"
        assert asdict(verdict) == {
            "due_at": at("2026-04-01 10:20"),
            # From 10.20 to 11.20, less the ten minutes of the second hold.
            "late_seconds": 50 * 60,
            "judged": True,
            "queue_seconds": 60 * 60,
            "work_seconds": 60 * 60,
            "decision_seconds": 50 * 60,
            "cycle_seconds": 170 * 60,
            "after_hours": False,
            "calendar_revision": 3,
            "begins": None,
            "count_first_day": False,
            "waktu": None,
            "pauses": PauseRule.NEVER_LATE,
        }
        assert verdict.is_late
        assert Verdict.from_dict(asdict(verdict)) == verdict

    def test_the_rule_of_before_is_kept_for_what_was_judged_by_it(self) -> None:
        asked = {
            "ready": at("2026-04-01 08:00"),
            "started": at("2026-04-01 08:00"),
            "ended": at("2026-04-07 08:05"),
            "work": between("2026-04-01 08:00/09:04", "2026-04-07 08:00/08:05"),
            "decisions": (),
            "pauses": between("2026-04-01 09:04/2026-04-07 08:00"),
            "calendar": CALENDAR,
        }
        now, then = (judge(menit(60), clocks=Clocks(pauses=rule), **asked) for rule in reversed(PauseRule))  # type: ignore[arg-type]
        assert (now.late_seconds, now.pauses) == (9 * 60, PauseRule.NEVER_LATE)
        assert (then.late_seconds, then.pauses) == (
            CALENDAR.diff(at("2026-04-01 09:00"), at("2026-04-07 08:05")),
            PauseRule.LATENESS,
        )
        assert now.due_at == then.due_at == at("2026-04-01 09:00")
        kept = {name: value for name, value in asdict(then).items() if name != "pauses"}
        assert Verdict.from_dict(kept) == then

    def test_a_decision_taken_in_the_evening_is_marked(self) -> None:
        verdict = judge(
            hari(1),
            ready=at("2026-04-01 08:00"),
            started=at("2026-04-01 08:00"),
            ended=at("2026-04-01 19:00"),
            work=between("2026-04-01 08:00/10:00"),
            decisions=between("2026-04-01 10:00/19:00"),
            pauses=(),
            calendar=CALENDAR,
        )
        assert verdict.after_hours
        assert verdict.decision_seconds == 5 * 3600

    def test_without_a_start_nothing_is_judged_and_nothing_is_zero(self) -> None:
        for waktu, due in ((menit(60), None), (hari(1), "2026-04-02 16:00")):
            verdict = judge(
                waktu,
                ready=at("2026-04-01 08:00"),
                started=None,
                ended=at("2026-04-07 09:00"),
                work=(),
                decisions=(),
                pauses=(),
                calendar=CALENDAR,
            )
            assert shown(verdict.due_at) == due
            assert not verdict.judged
            assert not verdict.is_late
            assert (verdict.late_seconds, verdict.queue_seconds, verdict.work_seconds) == (None, None, None)
            assert verdict.decision_seconds is None
            assert verdict.cycle_seconds == CALENDAR.diff(at("2026-04-01 08:00"), at("2026-04-07 09:00"))

    def test_without_a_standard_the_times_are_still_told(self) -> None:
        verdict = judge(
            None,
            ready=at("2026-04-01 08:00"),
            started=at("2026-04-01 08:30"),
            ended=at("2026-04-01 09:00"),
            work=between("2026-04-01 08:30/09:00"),
            decisions=(),
            pauses=(),
            calendar=CALENDAR,
        )
        assert (verdict.due_at, verdict.late_seconds, verdict.judged) == (None, None, False)
        assert (verdict.queue_seconds, verdict.work_seconds) == (1800, 1800)

    def test_a_case_held_after_the_end_changes_no_verdict(self) -> None:
        begun, ended = at("2026-04-01 08:00"), at("2026-04-01 08:10")
        judged = [
            judge(
                menit(60),
                ready=begun,
                started=begun,
                ended=ended,
                work=[(begun, None)],
                decisions=(),
                pauses=held,
                calendar=CALENDAR,
            )
            for held in ((), between("2026-04-01 08:30/09:30"), between("2026-04-01 08:30/"))
        ]
        assert judged[0] == judged[1] == judged[2]
        assert judged[0].work_seconds == 600

    def test_of_a_pause_that_outlasts_the_run_only_the_part_within_counts(self) -> None:
        """A case is held while its run is corrected to have ended before."""
        begun = at("2026-04-01 08:00")
        judged = [
            judge(
                menit(60),
                ready=begun,
                started=begun,
                ended=at("2026-04-01 08:10"),
                work=[(begun, None)],
                decisions=(),
                pauses=between(held),
                calendar=CALENDAR,
            )
            for held in ("2026-04-01 08:05/09:30", "2026-04-01 08:05/", "2026-04-01 08:05/08:10")
        ]
        assert judged[0] == judged[1] == judged[2]
        assert shown(judged[0].due_at) == "2026-04-01 09:05"

    def test_ended_in_the_evening_of_the_due_day_is_on_time_and_marked(self) -> None:
        verdict = judge(
            hari(1),
            ready=at("2026-04-01 08:00"),
            started=at("2026-04-02 15:00"),
            ended=at("2026-04-02 21:00"),
            work=between("2026-04-02 15:00/21:00"),
            decisions=(),
            pauses=(),
            calendar=CALENDAR,
        )
        assert (verdict.late_seconds, verdict.after_hours, verdict.work_seconds) == (0, True, 3600)

    def test_beyond_the_horizon_nothing_is_known_and_nothing_breaks(self) -> None:
        calendar = WorkCalendar(PLAIN, 9, 2025, 2025)
        start = at("2026-04-01 08:00")
        verdict = judge(
            menit(5),
            ready=start,
            started=start,
            ended=start + 60,
            work=[(start, None)],
            decisions=(),
            pauses=(),
            calendar=calendar,
        )
        assert (verdict.due_at, verdict.late_seconds, verdict.cycle_seconds) == (None, None, None)
        assert verdict.calendar_revision == 9

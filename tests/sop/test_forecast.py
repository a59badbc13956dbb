"""When a case and its period will be finished, and how that came about."""

from __future__ import annotations

import datetime as dt

import pytest

from sop.look.forecast import Forecast, Grounds, Outlook, Stage, Underway, forecasts, median
from sop.model.definition import Waktu
from sop.time.deadline import ClockStart
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from sop.values import replace
from sop.words.forecast import finish_words, how_words, target_words
from tests.sop.test_deadline import at, hari, jam, menit, shown

CALENDAR = WorkCalendar(CalendarSpec("Asia/Jakarta"), 1)
NOW = at("2026-04-07 09:00")
HOUR = 3600


def quarter(*standards: Waktu | None, **changes: object) -> Outlook:
    """An open quarter with single steps of these standards, none of them begun."""
    stages = tuple(Stage(number, waktu) for number, waktu in enumerate(standards, 1))
    base = Outlook("2026-TW1", is_open=True, stages=stages)
    return replace(base, **changes)


def ahead(*outlooks: Outlook, now: int = NOW, calendar: WorkCalendar = CALENDAR) -> Forecast:
    """The forecast of the last of the outlooks."""
    return forecasts({each.key: each for each in outlooks}, calendar, now)[outlooks[-1].key]


def ready(moment: str, started: str | None = None, *stopped: tuple[str, str | None]) -> Underway:
    return Underway(
        at(moment),
        None if started is None else at(started),
        tuple((at(begin), None if end is None else at(end)) for begin, end in stopped),
    )


class TestAlongThePath:
    def test_standards_follow_each_other_in_working_time(self) -> None:
        found = ahead(quarter(jam(2), hari(1), menit(30), open_runs={(1, None): ready("2026-04-07 08:00")}))
        assert [shown(leg.ends_at) for leg in found.legs] == [
            "2026-04-07 11:00",
            "2026-04-08 16:00",
            "2026-04-09 08:00",
        ]
        assert found.case_at == found.period_at == found.legs[-1].ends_at
        assert all(leg.grounds is Grounds.STANDARD and leg.decisive for leg in found.legs)

    def test_a_run_at_work_ends_when_it_is_due(self) -> None:
        run = ready("2026-04-07 08:00", "2026-04-07 08:30")
        (leg,) = ahead(quarter(jam(2), open_runs={(1, None): run})).legs
        assert (shown(leg.ends_at), leg.under_way, leg.overdue) == ("2026-04-07 10:30", True, False)

    def test_what_should_have_been_done_is_done_now(self) -> None:
        run = ready("2026-04-06 08:00", "2026-04-06 08:00")
        first, second = ahead(quarter(jam(1), jam(1), open_runs={(1, None): run})).legs
        assert (first.ends_at, first.overdue) == (NOW, True)
        assert shown(second.ends_at) == "2026-04-07 10:00"

    def test_a_pause_moves_the_end_of_the_run(self) -> None:
        run = ready("2026-04-07 08:00", "2026-04-07 08:00", ("2026-04-07 08:30", None))
        (leg,) = ahead(quarter(jam(1), open_runs={(1, None): run})).legs
        assert shown(leg.ends_at) == "2026-04-07 09:30"

    def test_the_offices_clock_setting_counts(self) -> None:
        stage = Stage(1, jam(2), ClockStart.READY)
        found = ahead(quarter(stages=(stage,), open_runs={(1, None): ready("2026-04-07 08:00")}))
        assert shown(found.case_at) == "2026-04-07 10:00"

    def test_three_past_runs_speak_louder_than_the_standard(self) -> None:
        for past, grounds, end in (
            ((HOUR, 2 * HOUR), Grounds.STANDARD, "2026-04-07 09:15"),
            ((HOUR, 2 * HOUR, 5 * HOUR), Grounds.MEDIAN, "2026-04-07 11:00"),
            ((HOUR, HOUR, 2 * HOUR, 5 * HOUR), Grounds.MEDIAN, "2026-04-07 10:30"),
        ):
            (leg,) = ahead(quarter(stages=(Stage(1, menit(15), past=past),))).legs
            assert (leg.grounds, shown(leg.ends_at)) == (grounds, end)
            assert leg.runs == (len(past) if grounds is Grounds.MEDIAN else 0)

    def test_of_a_run_under_way_the_rest_of_the_median_is_left(self) -> None:
        stage = Stage(1, menit(15), past=(3 * HOUR,) * 3)
        paused = ready("2026-04-07 08:00", "2026-04-07 08:00", ("2026-04-07 08:30", "2026-04-07 09:00"))
        found = ahead(quarter(stages=(stage,), open_runs={(1, None): paused}))
        # Half an hour is used, two and a half are left: to noon is 3 hours, so 11:30.
        assert shown(found.case_at) == "2026-04-07 11:30"
        long_ago = ready("2026-04-06 08:00")
        (leg,) = ahead(quarter(stages=(stage,), open_runs={(1, None): long_ago})).legs
        assert (leg.ends_at, leg.overdue) == (NOW, False), "slower than others were, but its time has not begun"
        (leg,) = ahead(
            quarter(stages=(stage,), open_runs={(1, None): ready("2026-04-06 08:00", "2026-04-06 08:00")})
        ).legs
        assert (leg.ends_at, leg.overdue) == (NOW, True)
        quick = Stage(1, jam(4), past=(0, 0, 0))
        (leg,) = ahead(
            quarter(stages=(quick,), open_runs={(1, None): ready("2026-04-07 08:00", "2026-04-07 08:00")})
        ).legs
        assert (leg.ends_at, leg.overdue) == (NOW, False), "late is what is late by the standard"

    def test_a_step_without_standard_or_past_takes_no_time_and_says_so(self) -> None:
        first, second = ahead(quarter(None, jam(1), open_runs={(1, None): ready("2026-04-07 08:00")})).legs
        assert (first.grounds, first.ends_at) == (Grounds.NOTHING, NOW)
        assert shown(second.ends_at) == "2026-04-07 10:00"

    def test_done_steps_have_no_leg(self) -> None:
        found = ahead(
            quarter(jam(1), jam(1), done=frozenset({(1, None)}), open_runs={(2, None): ready("2026-04-07 08:00")})
        )
        assert [leg.step for leg in found.legs] == [2]


class TestRegions:
    def region(self, **changes: object) -> Outlook:
        names = ("A", "B")
        stages = (Stage(1, jam(1), bidang=names), Stage(2, jam(1), bidang=names), Stage(3, jam(1)))
        return quarter(stages=stages, **changes)

    def test_the_join_waits_for_the_latest_bidang(self) -> None:
        found = ahead(
            self.region(
                done=frozenset({(1, "A")}),
                open_runs={(2, "A"): ready("2026-04-07 08:00"), (1, "B"): ready("2026-04-07 08:00")},
            )
        )
        assert [(leg.step, leg.bidang, shown(leg.ends_at), leg.decisive) for leg in found.legs] == [
            (2, "A", "2026-04-07 10:00", False),
            (1, "B", "2026-04-07 10:00", True),
            (2, "B", "2026-04-07 11:00", True),
            (3, None, "2026-04-07 12:00", True),
        ]

    def test_a_bidang_that_is_through_has_no_leg(self) -> None:
        found = ahead(
            self.region(done=frozenset({(1, "A"), (2, "A"), (1, "B")}), open_runs={(2, "B"): ready("2026-04-07 08:00")})
        )
        assert [(leg.step, leg.bidang) for leg in found.legs] == [(2, "B"), (3, None)]


class TestPeriods:
    def semester(self, **changes: object) -> Outlook:
        base = Outlook(
            "2026-S1",
            is_open=True,
            stages=(Stage(6, hari(2)), Stage(7, jam(1))),
            children=("2026-TW1",),
        )
        return replace(base, **changes)

    def test_the_gate_waits_for_the_children(self) -> None:
        child = quarter(jam(2), open_runs={(1, None): ready("2026-04-07 08:00")})
        found = ahead(child, self.semester())
        assert [(wait.name, shown(wait.until)) for wait in found.waits] == [("2026-TW1", "2026-04-07 11:00")]
        assert [shown(leg.ends_at) for leg in found.legs] == ["2026-04-09 16:00", "2026-04-10 08:30"]

    def test_a_first_step_already_open_cannot_end_before_the_gate(self) -> None:
        child = quarter(hari(3), open_runs={(1, None): ready("2026-04-07 08:00")})
        open_step = {(6, None): ready("2026-04-06 08:00")}
        found = ahead(child, self.semester(open_runs=open_step))
        assert shown(found.legs[0].ends_at) == "2026-04-10 16:30"

    def test_once_the_first_step_is_done_only_the_closing_waits(self) -> None:
        child = quarter(hari(3), open_runs={(1, None): ready("2026-04-07 08:00")})
        done = self.semester(done=frozenset({(6, None)}), open_runs={(7, None): ready("2026-04-07 08:00")})
        found = ahead(child, done)
        assert shown(found.case_at) == "2026-04-07 10:00"
        assert shown(found.period_at) == "2026-04-10 16:30"

    def test_of_what_was_never_opened_nobody_can_say_when_it_ends_nor_of_what_waits_for_it(self) -> None:
        later = quarter(jam(1), is_open=False)
        found = ahead(later)
        assert (found.period_at, found.legs, found.unopened) == (None, (), ("2026-TW1",))
        above = ahead(later, self.semester())
        assert (above.period_at, above.unopened) == (None, ("2026-TW1",))
        assert finish_words(above, CALENDAR.offset, NOW) == "belum dapat diperkirakan, TW I 2026 belum dibuka"

    @pytest.mark.parametrize("past", [(), (HOUR,) * 3])
    def test_outside_hours_what_is_late_ends_at_the_next_working_moment(self, past: tuple[int, ...]) -> None:
        """On a Saturday nothing is finished, and the step after it begins on Monday too."""
        run = ready("2026-04-10 08:00", "2026-04-10 08:00")
        stages = (Stage(1, jam(1), past=past), Stage(2, jam(1)))
        found = ahead(quarter(stages=stages, open_runs={(1, None): run}), now=at("2026-04-11 10:00"))
        assert [shown(leg.ends_at) for leg in found.legs] == ["2026-04-13 07:30", "2026-04-13 08:30"]
        assert how_words(found).startswith("langkah 1 sudah lewat; tanpa antre; ")

    def test_only_where_something_is_still_decided_a_ya_is_taken_for_granted(self) -> None:
        """An SOP without a Ya or Tidak has nothing to be answered, and what was answered is not asked again."""
        stages = (Stage(1, jam(1), is_decided=True), Stage(2, jam(1)))
        asked = ahead(quarter(stages=stages))
        assert how_words(asked).startswith("bila semua diputus Ya, tanpa antre; ")
        answered = ahead(quarter(stages=stages, done=frozenset({(1, None)})))
        assert how_words(answered).startswith("tanpa antre; ")

    @pytest.mark.parametrize(
        ("done", "told"),
        [((), "1-5"), ((1, 2, 3), "4, 5"), ((3,), "1, 2, 4, 5"), ((2,), "1, 3-5"), ((1, 2, 4), "3, 5")],
    )
    def test_many_steps_in_a_row_are_told_by_the_first_and_the_last(self, done: tuple[int, ...], told: str) -> None:
        found = ahead(quarter(*[jam(1)] * 5, done=frozenset((step, None) for step in done)))
        assert how_words(found) == f"tanpa antre; mutu baku langkah {told}"

    def test_a_roll_up_is_as_far_as_its_children(self) -> None:
        child = quarter(jam(2), open_runs={(1, None): ready("2026-04-07 08:00")})
        roll_up = Outlook("2026-S1", is_open=True, children=("2026-TW1",))
        found = ahead(child, roll_up)
        assert (found.case_at, shown(found.period_at)) == (None, "2026-04-07 11:00")

    def test_when_all_is_done_only_the_closing_is_left(self) -> None:
        found = ahead(quarter(jam(1), done=frozenset({(1, None)})))
        assert (found.only_closing, found.case_at) == (True, None)

    def test_nobody_can_say_when_a_stopped_case_ends_nor_what_waits_for_it(self) -> None:
        child = quarter(jam(2), is_stopped=True)
        assert ahead(child).period_at is None
        assert ahead(child).is_stopped
        assert ahead(child, self.semester()).period_at is None

    def test_a_held_case_is_told_as_if_it_went_on_now(self) -> None:
        found = ahead(quarter(jam(1), is_held=True, open_runs={(1, None): ready("2026-04-07 08:00")}))
        assert (found.is_held, shown(found.period_at)) == (True, "2026-04-07 10:00")

    def test_beyond_the_calendar_there_is_no_forecast(self) -> None:
        short = WorkCalendar(CalendarSpec("Asia/Jakarta"), 1, 2026, 2026)
        found = ahead(quarter(hari(300)), calendar=short)
        assert (found.period_at, found.beyond_calendar) == (None, True)


class TestTargets:
    @pytest.mark.parametrize(
        ("target", "days", "behind"),
        [
            (dt.date(2026, 4, 7), 1, True),
            (dt.date(2026, 4, 8), 0, False),
            (dt.date(2026, 4, 10), -2, False),
            (dt.date(2026, 4, 3), 3, True),
            (dt.date(2026, 4, 12), -2, False),
        ],
    )
    def test_a_target_is_that_many_working_days_off(self, target: dt.date, days: int, behind: bool) -> None:
        found = ahead(quarter(hari(1), target=target, open_runs={(1, None): ready("2026-04-07 08:00")}))
        assert shown(found.period_at) == "2026-04-08 16:00"
        assert (found.off_days, found.is_behind) == (days, behind)

    def test_a_target_that_lies_ahead_is_not_told_as_reached(self) -> None:
        for day, words in (
            (8, "akan tercapai"),
            (10, "akan tercapai, 2 hari kerja lebih awal"),
            (7, "akan terlewati 1 hari kerja"),
        ):
            target = dt.date(2026, 4, day)
            found = ahead(quarter(hari(1), target=target, open_runs={(1, None): ready("2026-04-07 08:00")}))
            assert target_words(found, target, NOW, CALENDAR) == words

    def test_without_a_target_nothing_is_off(self) -> None:
        found = ahead(quarter(hari(1)))
        assert (found.target, found.off_days, found.off_seconds, found.is_behind) == (None, None, None, False)


def test_the_median_lies_in_the_middle() -> None:
    assert [median(values) for values in ([3], [5, 1, 3], [1, 4], [4, 1, 3, 2])] == [3, 3, 2, 2]

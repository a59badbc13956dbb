"""An explanation adds up to the due moment exactly, and says why each day counts or does not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.model.definition import DayKind, Unit, Waktu
from sop.time.deadline import Clocks, ClockStart, Interval, PauseRule, due_at
from sop.time.explain import Explanation, Part, PauseEffect, Skip, Stop, Unexplained, explanation
from sop.time.work_calendar import WorkCalendar
from sop.words.calendar import line_words, pause_words
from tests.sop.minute_counter import OFFICE, SPECS, cases, specs
from tests.sop.test_deadline import at, between, hari, jam, menit, shown

CALENDAR = WorkCalendar(OFFICE, 7)


def told(waktu: Waktu | None, start: str, *pauses: str, now: str = "2026-12-31 23:00") -> Explanation:
    moment = at(start)
    return explanation(waktu, ready=moment, started=moment, pauses=between(*pauses), calendar=CALENDAR, now=at(now))


def require_sum(found: Explanation) -> None:
    """Every number of the explanation leads to its due moment."""
    waktu, start, due = found.waktu, found.starts_at, found.due_at
    assert waktu is not None
    assert start is not None
    assert due is not None
    lines = found.days
    for line in lines:
        whole = sum(end - begin for begin, end in line.spans)
        if line.number is None and not (waktu.days is not None and line.part is Part.STANDARD):
            assert line.seconds == whole - line.paused_seconds
        assert (line.skip is None) or line.seconds == 0
    if waktu.days is None:
        assert found.counted_seconds == waktu.seconds
        worked = [span for line in lines for span in line.spans]
        assert worked[0][0] >= start
        assert worked[-1][1] == due
        assert [line.day for line in lines] == sorted({line.day for line in lines})
        assert sum(line.paused_seconds for line in lines) == sum(pause.working_seconds for pause in found.pauses)
    else:
        assert found.counted_days == waktu.days
        assert found.made_up_seconds == sum(pause.working_seconds for pause in found.pauses)
        last = [span for line in lines for span in line.spans][-1]
        assert last[1] == due


class TestByHand:
    def test_thirty_minutes_over_a_night(self) -> None:
        found = told(menit(30), "2026-01-08 15:50")
        assert shown(found.due_at) == "2026-01-09 07:50"
        assert [(str(line.day), line.seconds) for line in found.days] == [("2026-01-08", 600), ("2026-01-09", 1200)]

    def test_two_days_in_ramadan_skip_the_weekend_by_name(self) -> None:
        found = told(hari(2), "2026-02-19 09:00")
        assert shown(found.due_at) == "2026-02-23 15:00"
        assert [(str(line.day)[5:], line.number, line.skip) for line in found.days] == [
            ("02-19", None, Skip.START_DAY),
            ("02-20", 1, None),
            ("02-21", None, Skip.CLOSED),
            ("02-22", None, Skip.CLOSED),
            ("02-23", 2, None),
        ]
        assert found.days[-1].reason.name == "Ramadan 1447 H"
        assert found.calendar_revision == 7

    def test_collective_leave_is_named_with_its_source(self) -> None:
        found = told(hari(3), "2025-08-14 10:00", now="2025-08-14 10:00")
        assert shown(found.due_at) == "2025-08-20 16:00"
        monday = next(line for line in found.days if line.day == dt.date(2025, 8, 18))
        assert (monday.skip, monday.reason.name, monday.reason.source) == (Skip.CLOSED, "Cuti bersama", "SKB")

    def test_a_pause_stands_in_its_day(self) -> None:
        found = told(menit(60), "2026-04-01 10:00", "2026-04-01 10:30/10:45")
        assert shown(found.due_at) == "2026-04-01 11:15"
        assert (found.days[0].paused_seconds, found.days[0].seconds) == (900, 3600)
        assert [(pause.working_seconds, pause.is_open) for pause in found.pauses] == [(900, False)]

    def test_a_pause_of_a_standard_in_days_is_made_up_after_the_last_day(self) -> None:
        found = told(hari(1), "2026-04-01 08:00", "2026-04-01 09:00/11:00")
        assert shown(found.due_at) == "2026-04-06 09:30"
        made_up = [line for line in found.days if line.part is Part.PAUSES]
        assert [(str(line.day)[5:], line.seconds) for line in made_up if line.seconds] == [("04-06", 7200)]

    @pytest.mark.parametrize(
        ("span", "effect", "moved"),
        [
            ("2026-04-01 10:30/10:45", PauseEffect.MOVES, 900),
            ("2026-04-01 11:00/11:30", PauseEffect.MOVES, 1800),
            ("2026-04-01 11:01/11:30", PauseEffect.TOO_LATE, 0),
            ("2026-04-01 08:00/10:00", PauseEffect.BEFORE_CLOCK, 0),
            ("2026-04-01 09:30/10:15", PauseEffect.MOVES, 900),
        ],
    )
    def test_every_pause_is_named_with_what_it_did(self, span: str, effect: PauseEffect, moved: int) -> None:
        found = told(menit(60), "2026-04-01 10:00", span)
        assert [(pause.effect, pause.working_seconds) for pause in found.pauses] == [(effect, moved)]
        assert found.due_at == at("2026-04-01 11:00") + moved
        require_sum(found)

    def test_a_day_says_how_long_of_it_was_a_pause(self) -> None:
        found = told(jam(3), "2026-04-01 08:00", "2026-04-01 09:00/09:30")
        assert line_words(found.days[0]) == "3 jam, jeda 30 menit"
        assert "jeda" not in line_words(told(jam(3), "2026-04-01 08:00").days[0])

    def test_a_pause_over_lunch_moves_nothing(self) -> None:
        found = told(jam(3), "2026-04-01 10:00", "2026-04-01 12:00/13:00")
        assert [pause.effect for pause in found.pauses] == [PauseEffect.NO_WORKING_TIME]
        assert "di luar jam kerja" in pause_words(found.pauses[0], CALENDAR.offset)

    def test_a_pause_in_the_break_after_the_due_moment_moves_it_by_what_lies_behind_the_break(self) -> None:
        found = told(menit(120), "2026-04-01 10:00", "2026-04-01 12:15/13:10")
        assert [(pause.effect, pause.working_seconds) for pause in found.pauses] == [(PauseEffect.MOVES, 600)]
        assert shown(found.due_at) == "2026-04-01 13:10"
        require_sum(found)

    def test_a_run_judged_by_the_rule_of_before_is_told_by_it(self) -> None:
        moment, pauses = at("2026-04-01 10:00"), between("2026-04-01 11:00/11:30")
        found = explanation(
            menit(60),
            ready=moment,
            started=moment,
            pauses=pauses,
            calendar=CALENDAR,
            now=at("2026-04-01 12:00"),
            clocks=Clocks(pauses=PauseRule.LATENESS),
        )
        assert shown(found.due_at) == "2026-04-01 11:00"
        assert [pause.effect for pause in found.pauses] == [PauseEffect.LATENESS]
        assert "tidak dihitung terlambat" not in pause_words(found.pauses[0], CALENDAR.offset)

    def test_a_pause_within_a_hold_counts_once_and_both_are_named(self) -> None:
        moment = at("2026-04-01 10:00")
        found = explanation(
            menit(60),
            ready=moment,
            started=moment,
            pauses=between("2026-04-01 10:30/10:45"),
            holds=between("2026-04-01 10:20/10:50"),
            calendar=CALENDAR,
            now=at("2026-04-02 10:00"),
        )
        assert [(pause.stop, pause.effect, pause.working_seconds) for pause in found.pauses] == [
            (Stop.HOLD, PauseEffect.MOVES, 1800),
            (Stop.PAUSE, PauseEffect.COVERED, 0),
        ]
        assert shown(found.due_at) == "2026-04-01 11:30"
        assert [pause_words(pause, CALENDAR.offset).split()[0] for pause in found.pauses] == ["Berkas", "Jeda"]
        require_sum(found)

    def test_a_pause_that_lasts_says_so(self) -> None:
        found = told(menit(60), "2026-04-01 10:00", "2026-04-01 10:30/", now="2026-04-01 11:00")
        assert [(pause.working_seconds, pause.is_open) for pause in found.pauses] == [(1800, True)]

    def test_a_closed_last_calendar_day_gives_way_to_the_next_open_one(self) -> None:
        found = told(hari(4, DayKind.KALENDER), "2026-02-11 09:00")
        assert shown(found.due_at) == "2026-02-16 16:00"
        assert [line.number for line in found.days] == [None, 1, 2, 3, 4, None]

    def test_an_estimate_among_the_days_is_said(self) -> None:
        doubtful = WorkCalendar(
            type(OFFICE)(OFFICE.zone, OFFICE.weekly, OFFICE.ranges, (*OFFICE.days[:-1], _doubtful("2026-04-02"))), 1
        )
        moment = at("2026-04-01 10:00")
        args = {"ready": moment, "started": moment, "pauses": (), "calendar": doubtful, "now": moment}
        assert explanation(hari(2), **args).estimated  # type: ignore[arg-type]
        assert not explanation(menit(5), **args).estimated  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("waktu", "started", "why"),
        [
            (None, True, Unexplained.NO_STANDARD),
            (menit(5), False, Unexplained.NOT_STARTED),
            (hari(3), True, Unexplained.BEYOND_CALENDAR),
        ],
    )
    def test_where_there_is_no_due_moment_it_says_why(
        self, waktu: Waktu | None, started: bool, why: Unexplained
    ) -> None:
        calendar = WorkCalendar(OFFICE, 1, 2026, 2026)
        moment = at("2026-12-30 15:00")
        found = explanation(
            waktu, ready=moment, started=moment if started else None, pauses=(), calendar=calendar, now=moment
        )
        assert (found.due_at, found.unexplained, found.days) == (None, why, ())

    def test_the_offices_clock_setting_is_told(self) -> None:
        ready, started = at("2026-04-01 08:00"), at("2026-04-01 10:00")
        args = {"ready": ready, "started": started, "pauses": (), "calendar": CALENDAR, "now": started}
        assert explanation(menit(30), clocks=Clocks(ClockStart.READY), **args).starts_at == ready  # type: ignore[arg-type]
        assert explanation(menit(30), **args).begins is ClockStart.STARTED  # type: ignore[arg-type]
        assert explanation(hari(1), **args).begins is ClockStart.READY  # type: ignore[arg-type]


def _doubtful(day: str) -> object:
    return type(OFFICE.days[0])(dt.date.fromisoformat(day), (), "Perkiraan", "", False)


class TestWholeYears:
    @pytest.mark.parametrize("start", ["2026-01-02 09:00", "2026-07-01 08:00"])
    def test_a_hundred_and_twenty_days_are_told_one_by_one(self, start: str) -> None:
        found = told(hari(120), start)
        require_sum(found)
        assert max(line.number or 0 for line in found.days) == 120
        # Every civil day between stands there once.
        first, last = found.days[0].day, found.days[-1].day
        assert [line.day for line in found.days] == [
            first + dt.timedelta(days=number) for number in range((last - first).days + 1)
        ]
        closed = [line for line in found.days if line.skip is Skip.CLOSED]
        assert all(not line.reason.is_open for line in closed)
        assert len(found.days) == 120 + len(closed) + 1


waktus = st.one_of(
    st.integers(1, 3000).map(menit),
    st.integers(1, 200).map(lambda half: jam(half / 2)),
    st.integers(1, 40).map(hari),
    st.integers(1, 60).map(lambda days: hari(days, DayKind.KALENDER)),
)


@settings(max_examples=cases(150), deadline=None)
@given(st.data())
def test_every_explanation_adds_up_to_the_due_moment(data: st.DataObject) -> None:
    spec = data.draw(st.one_of(st.sampled_from(sorted(SPECS)).map(SPECS.__getitem__), specs()))
    calendar = WorkCalendar(spec, 3, 2024, 2029)
    start = calendar.instant(dt.date(2026, 1, 1), 0) + data.draw(st.integers(0, 300 * 86_400))
    begins = st.integers(start - 86_400, start + 20 * 86_400)
    pauses: list[Interval] = [
        (begin, begin + data.draw(st.integers(0, 3 * 86_400))) for begin in data.draw(st.lists(begins, max_size=3))
    ]
    waktu = data.draw(waktus)
    now = start + 60 * 86_400
    first = data.draw(st.booleans())
    found = explanation(
        waktu, ready=start, started=start, pauses=pauses, calendar=calendar, now=now, clocks=Clocks(None, first)
    )
    assert found.due_at == due_at(waktu, start, pauses, calendar, now=now, count_first_day=first)
    if found.due_at is not None:
        require_sum(found)
    assert waktu.unit in Unit

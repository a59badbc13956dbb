"""What a pause does to a clock, before, at and after the due moment: every place says what a pencil finds."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from sop.look.card import Card, standing
from sop.look.forecast import Outlook, Stage, Underway, forecasts
from sop.model.definition import DayKind, Waktu
from sop.model.settings import Settings
from sop.time.deadline import (
    Clocks,
    DueState,
    due_at,
    due_state,
    judge,
    late_seconds,
    left_seconds,
    used_and_standard,
)
from sop.time.explain import PauseEffect, explanation
from sop.time.work_calendar import WorkCalendar
from sop.values import replace
from tests.sop.minute_counter import OFFICE, MinuteCounter, Reckoned, cases
from tests.sop.test_deadline import hari, jam, menit

SPEC = replace(OFFICE, days=tuple(day for day in OFFICE.days if day.date != dt.date(2026, 6, 28)))
"""Breaks, two Ramadans, a half day, a night shift, holidays; every hour on a full minute."""
PENCIL = MinuteCounter(SPEC, 2026, 2026)
CALENDAR = WorkCalendar(SPEC, 3)
FIRST_READY = PENCIL.moment(dt.date(2026, 1, 2))
SETTINGS = Settings()

standards = st.one_of(
    st.integers(1, 240).map(menit),
    st.integers(1, 20).map(lambda half: jam(half / 2)),
    st.integers(1, 4).map(hari),
    st.integers(1, 6).map(lambda days: hari(days, DayKind.KALENDER)),
)
MINUTE, DAY = 60, 1440


@dataclasses.dataclass(frozen=True)
class Clock:
    """A clock with its pauses and holds, and what the pencil makes of it."""

    waktu: Waktu
    start: int
    pauses: tuple[tuple[int, int], ...]
    holds: tuple[tuple[int, int], ...]
    until: int
    count_first_day: bool
    found: Reckoned

    @property
    def stopped(self) -> tuple[tuple[int, int], ...]:
        return (*self.pauses, *self.holds)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Pauses lie around the clock start and around the due moment, the minute itself and the nights included."""
    waktu, first = draw(standards), draw(st.booleans())
    start = FIRST_READY + MINUTE * draw(st.integers(0, 240 * DAY))
    unpaused = due_at(waktu, start, (), CALENDAR, now=start, count_first_day=first)
    assert unpaused is not None
    around = st.sampled_from((start, unpaused)).flatmap(
        lambda moment: st.one_of(st.integers(-90, 90), st.integers(-3 * DAY, 3 * DAY), st.sampled_from((-1, 0, 1))).map(
            lambda minutes: moment + MINUTE * minutes
        )
    )
    spans = st.tuples(around, st.integers(0, 300) | st.integers(0, 4 * DAY)).map(
        lambda drawn: (drawn[0], drawn[0] + MINUTE * drawn[1])
    )
    pauses, holds = draw(st.lists(spans, max_size=3)), draw(st.lists(spans, max_size=2))
    until = max(start, draw(around)) + MINUTE * draw(st.integers(0, 300) | st.integers(0, 6 * DAY))
    pauses, holds = ([(begin, min(end, until)) for begin, end in drawn if begin < until] for drawn in (pauses, holds))
    found = PENCIL.reckoned(start, unpaused, (*pauses, *holds), until)
    assert found is not None
    return Clock(waktu, start, tuple(pauses), tuple(holds), until, first, found)


@settings(max_examples=cases(150), deadline=None)
@given(clocks())
def test_a_clock_that_runs_is_what_the_pencil_finds(clock: Clock) -> None:
    due = due_at(
        clock.waktu, clock.start, clock.stopped, CALENDAR, now=clock.until, count_first_day=clock.count_first_day
    )
    found = clock.found
    assert due == found.due
    assert late_seconds(due, clock.until, clock.stopped, CALENDAR) == found.late
    assert used_and_standard(clock.start, found.due, clock.until, clock.stopped, CALENDAR) == (
        found.used,
        found.standard,
    )
    assert found.late == max(0, found.used - found.standard)
    state = due_state(clock.start, due, clock.until, clock.stopped, CALENDAR)
    assert (state is DueState.LATE) == (found.late > 0)
    left = left_seconds(found.due, clock.until, clock.stopped, CALENDAR)
    assert -left == found.late if found.late else left >= 0


@settings(max_examples=cases(120), deadline=None)
@given(clocks())
def test_card_verdict_explanation_and_forecast_say_the_same(clock: Clock) -> None:
    found = clock.found
    card = _card(clock)
    stands = standing(card, clock.until, CALENDAR, SETTINGS)
    assert (stands.due_at, stands.late_seconds, stands.late) == (found.due, found.late, found.late > 0)
    assert (stands.used_seconds, stands.standard_seconds) == (found.used, found.standard)

    verdict = judge(
        clock.waktu,
        ready=clock.start,
        started=clock.start,
        ended=clock.until,
        work=((clock.start, clock.until),),
        decisions=(),
        pauses=clock.stopped,
        calendar=CALENDAR,
        clocks=Clocks(count_first_day=clock.count_first_day),
    )
    assert (verdict.due_at, verdict.late_seconds, verdict.is_late) == (found.due, found.late, found.late > 0)
    ended = replace(card, state="selesai", ended_at=clock.until, verdict=verdict)
    assert standing(ended, clock.until + 9 * DAY * MINUTE, CALENDAR, SETTINGS).late_seconds == found.late

    told = explanation(
        clock.waktu,
        ready=clock.start,
        started=clock.start,
        pauses=clock.pauses,
        holds=clock.holds,
        calendar=CALENDAR,
        now=clock.until,
        clocks=Clocks(count_first_day=clock.count_first_day),
    )
    assert told.due_at == found.due
    moved = sum(pause.working_seconds for pause in told.pauses)
    assert moved == PENCIL.diff(clock.start, found.due) - found.standard
    assert all(pause.start > found.due for pause in told.pauses if pause.effect is PauseEffect.TOO_LATE)

    stage, run = Stage(1, clock.waktu), Underway(clock.start, clock.start, clock.stopped)
    outlook = Outlook("2026-TW1", is_open=True, stages=(stage,), open_runs={(1, None): run})
    (leg,) = forecasts({"2026-TW1": outlook}, CALENDAR, clock.until, count_first_day=clock.count_first_day)[
        "2026-TW1"
    ].legs
    assert (leg.ends_at, leg.overdue) == (max(found.due, CALENDAR.next_open(clock.until)), found.late > 0)


@settings(max_examples=cases(80), deadline=None)
@given(clocks(), st.integers(1, 4 * DAY))
def test_a_pause_that_lasts_makes_nothing_later(clock: Clock, minutes: int) -> None:
    """A clock stopped at the moment of looking stands as it stood, however long it stays so."""
    later = clock.until + MINUTE * minutes
    stands = [
        standing(_card(clock, ((clock.until, None),)), moment, CALENDAR, SETTINGS) for moment in (clock.until, later)
    ]
    assert stands[0].late_seconds == stands[1].late_seconds == clock.found.late
    assert stands[0].used_share == stands[1].used_share
    assert stands[0].state is stands[1].state


def _card(clock: Clock, more: tuple[tuple[int, int | None], ...] = ()) -> Card:
    return Card(
        step=1,
        title="Langkah",
        bidang=None,
        state="dikerjakan",
        lane="A",
        lanes=("A",),
        decider=None,
        waktu=clock.waktu,
        summary=False,
        ready_at=clock.start,
        started_at=clock.start,
        clock_from=clock.start,
        clocks=Clocks(None, clock.count_first_day),
        stopped=(*clock.stopped, *more),
    )

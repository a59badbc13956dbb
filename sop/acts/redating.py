"""When the open runs of an office are due, and what a change of its calendar or settings makes of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sop.look.standing import Timed, due_of
from sop.model.definition import Waktu
from sop.model.settings import Settings
from sop.time.deadline import Interval
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen, asdict


class OpenRun(Frozen):
    """Which run of an office."""

    sop: str
    period: str
    case: int
    step: int
    bidang: str | None
    attempt: int


class RunUnderClock(OpenRun):
    """An open run, as far as its due moment needs it."""

    waktu: Waktu
    ready: int
    started: int | None
    stopped: tuple[Interval, ...]


class Redated(OpenRun):
    """An open run's due moment before and after a change; None where there is none."""

    before: int | None
    after: int | None


def redated(
    runs: Sequence[RunUnderClock],
    before: tuple[WorkCalendar, Settings],
    after: tuple[WorkCalendar, Settings],
    now: int,
) -> tuple[Redated, ...]:
    """The due moment of every open run that has one, under one calendar and settings and under others."""
    found = []
    for run in runs:
        was, will = _due(run, *before, now), _due(run, *after, now)
        if was is not None or will is not None:
            found.append(Redated(run.sop, run.period, run.case, run.step, run.bidang, run.attempt, was, will))
    return tuple(found)


def _due(run: RunUnderClock, calendar: WorkCalendar, settings: Settings, now: int) -> int | None:
    clocks = settings.clocks_of(run.sop, run.step)
    return due_of(Timed(run.waktu, run.ready, run.started, run.stopped, clocks), now, calendar)


def dues_data(dues: Sequence[Redated]) -> list[dict[str, Any]]:
    """How an event lists them."""
    return [asdict(due) for due in dues]

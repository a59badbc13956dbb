"""What whoever acts should know beforehand, though no rule stands in the way: the same sentence on every way."""

from __future__ import annotations

from sop.model.act import Act
from sop.model.errors import CalendarGap
from sop.model.periods import last_day
from sop.time.instants import civil
from sop.time.work_calendar import WorkCalendar
from sop.words.periods import period_short
from sop.words.time import clock, date_short, moment_short


def still_runs_words(period: str) -> str:
    """Of a period that is closed before its last day."""
    last = last_day(period)
    return (
        f"{period_short(period)} masih berjalan sampai {date_short(last)} {last.year}; yang terjadi sesudah ditutup "
        "tidak tercatat di dalamnya."
    )


def odd_hours_words(started: int | None, ended: int | None, calendar: WorkCalendar, now: int) -> str:
    """What work told for these moments is worth, where it began or ended outside working hours; empty where it did not.

    Args:
        started: When it began; None where that is not told.
        ended: When it ended; None where it goes on.
        calendar: The office's.
        now: Moment of looking.
    """
    try:
        return _odd_hours(started, ended, calendar, now)
    except CalendarGap:
        return ""


def _odd_hours(started: int | None, ended: int | None, calendar: WorkCalendar, now: int) -> str:
    starts_odd = started is not None and not calendar.is_open(started)
    # Stopping on the stroke of closing time is within the hours.
    ends_odd = ended is not None and not (calendar.is_open(ended) or calendar.is_open(ended - 1))
    if started is not None and ended is not None and starts_odd and calendar.diff(started, ended) <= 0:
        return (
            f"{_said(started, calendar, now)} sampai {_said(ended, calendar, now, started)} di luar jam kerja: waktu "
            "kerjanya tercatat 0 menit."
        )
    told = []
    if started is not None and starts_odd:
        counted = _said(calendar.next_open(started), calendar, now, started)
        told.append(f"{_said(started, calendar, now)} di luar jam kerja: waktu kerjanya dihitung sejak {counted}.")
    if ended is not None and ends_odd:
        counted = _said(calendar.sub(ended, 1) + 1, calendar, now, ended)
        worth = f": waktu kerjanya dihitung sampai {counted}" if started is not None else ""
        told.append(f"{_said(ended, calendar, now)} di luar jam kerja{worth}.")
    return " ".join(told)


def act_words(act: Act, at: int, started: int | None, ended: int | None, calendar: WorkCalendar, now: int) -> str:
    """What the typed moments of an act on a step are worth; empty where they lie within working hours.

    Args:
        act: Which.
        at: Its effective moment.
        started: When the step began, by it or before; None where that is not known.
        ended: When it ended; None where it did not.
        calendar: The office's.
        now: Moment of looking.
    """
    match act:
        case Act.SELESAI | Act.KOREKSI:
            return odd_hours_words(started, ended, calendar, now)
        case Act.MULAI | Act.LANJUT:
            return odd_hours_words(at, None, calendar, now)
        case Act.AJUKAN | Act.PUTUSKAN | Act.TUNDA:
            return odd_hours_words(None, at, calendar, now)
        case _:
            return ""


def _said(t: int, calendar: WorkCalendar, now: int, beside: int | None = None) -> str:
    """A moment; the time alone where the day is that of the one told beside it."""
    offset = calendar.offset
    if beside is not None and civil(t, offset).date() == civil(beside, offset).date():
        return clock(t, offset)
    return moment_short(t, offset, now)

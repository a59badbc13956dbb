"""Indonesian words of forecasts, the same on paper and on screen. Every board needs these alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sop.look.forecast import Forecast, Grounds, Leg, is_gone, off_target
from sop.time.work_calendar import WorkCalendar
from sop.words.labels import listed
from sop.words.periods import period_label
from sop.words.time import duration, moment_short

GROUNDS_LABELS: Mapping[str, str] = {
    Grounds.STANDARD: "mutu baku",
    Grounds.MEDIAN: "median",
    Grounds.NOTHING: "tanpa mutu baku",
}


def assumed_words(legs: Iterable[Leg]) -> str:
    """What a forecast takes for granted: `bila semua diputus Ya, tanpa antre`, where something is still decided."""
    return "bila semua diputus Ya, tanpa antre" if any(leg.is_decided for leg in legs) else "tanpa antre"


def finish_words(found: Forecast, offset: int, now: int) -> str:
    """`perkiraan selesai Sen 4 Mei 16.00`, or why nobody can say."""
    if found.only_closing:
        return "tinggal ditutup"
    if found.period_at is None:
        unopened = listed([period_label(key) for key in found.unopened])
        reasons = (
            (bool(unopened), f"{unopened} belum dibuka"),
            (found.is_stopped, "berkasnya dihentikan"),
            (found.is_stale, "masukannya basi"),
            (found.beyond_calendar, "di luar kalender"),
        )
        why = next((words for holds, words in reasons if holds), "")
        return f"belum dapat diperkirakan{', ' + why if why else ''}"
    return f"perkiraan selesai {moment_short(found.period_at, offset, now)}"


def how_words(found: Forecast) -> str:
    """What a forecast takes for granted and rests on: `langkah 7 sudah lewat; bila semua diputus Ya, tanpa antre;
    median langkah 7`. Empty where nothing is left to do."""
    steps: dict[str, list[int]] = {}
    late: list[int] = []
    for leg in found.legs:
        named = steps.setdefault(GROUNDS_LABELS[leg.grounds], [])
        if leg.decisive and leg.step not in named:
            named.append(leg.step)
        if leg.overdue and leg.step not in late:
            late.append(leg.step)
    parts = [f"langkah {_numbers(late)} sudah lewat"] if late else []
    parts += [assumed_words(found.legs)] if found.legs else []
    parts += [f"{name} langkah {_numbers(numbers)}" for name, numbers in steps.items() if numbers]
    if found.is_held:
        parts.append("berkas ditahan, dihitung seolah dilanjutkan sekarang")
    return "; ".join(parts)


def _numbers(steps: list[int]) -> str:
    """`1, 3-5`: three or more in a row by the first and the last."""
    runs: list[list[int]] = []
    for number in sorted(steps):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def target_words(found: Forecast, target: dt.date, now: int, calendar: WorkCalendar) -> str:
    """How a period that is not over stands to the office's target; said the same wherever it is told.

    Args:
        found: When it is expected to be over.
        target: The day on which the office wants it closed.
        now: Reading of the clock.
        calendar: The revision in force.

    Returns:
        `akan tercapai`, `akan tercapai, 2 hari kerja lebih awal`, `akan terlewati 3 hari kerja`, and of a day that went
        by how long ago that is: `terlewati 2 hari kerja`, `baru terlewati` where none of it was worked.
    """
    if is_gone(target, now, calendar):
        days, seconds = off_target(target, now, calendar)
        return _by(days, seconds) if days or seconds else "baru terlewati"
    if found.off_seconds is None or found.off_days is None:
        return "belum dapat dibandingkan"
    if found.is_behind:
        return f"akan {_by(found.off_days, found.off_seconds)}"
    return f"akan tercapai, {-found.off_days} hari kerja lebih awal" if found.off_days else "akan tercapai"


def _by(days: int, seconds: int) -> str:
    return f"terlewati {days} hari kerja" if days else f"terlewati {duration(seconds)}"


def grounds_words(leg: Leg) -> str:
    """`median 4 langkah lalu, 1 jam 5 menit`, `mutu baku`."""
    words = GROUNDS_LABELS[leg.grounds]
    if leg.grounds is Grounds.MEDIAN:
        words = f"{words} {leg.runs} putaran lalu, {duration(leg.seconds or 0)}"
    return f"{words}; sudah lewat" if leg.overdue else words

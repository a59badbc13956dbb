"""Indonesian words of forecasts, the same on paper and on screen. Every board needs these alone."""

from __future__ import annotations

from collections.abc import Mapping

from sop.look.forecast import Forecast, Grounds, Leg
from sop.words.time import duration, moment_short

GROUNDS_LABELS: Mapping[str, str] = {
    Grounds.STANDARD: "mutu baku",
    Grounds.MEDIAN: "median",
    Grounds.NOTHING: "tanpa mutu baku",
}


def finish_words(found: Forecast, offset: int, now: int) -> str:
    """`perkiraan selesai Sen 4 Mei 16.00`, or why nobody can say."""
    if found.only_closing:
        return "tinggal ditutup"
    if found.period_at is None:
        reasons = (
            (found.is_stopped, "berkasnya dihentikan"),
            (found.is_stale, "masukannya basi"),
            (found.beyond_calendar, "di luar kalender"),
        )
        why = next((words for holds, words in reasons if holds), "")
        return f"belum dapat diperkirakan{', ' + why if why else ''}"
    return f"perkiraan selesai {moment_short(found.period_at, offset, now)}"


def how_words(found: Forecast) -> str:
    """What a forecast rests on: `median langkah 7; mutu baku langkah 8; langkah 7 sudah lewat`; empty for nothing."""
    steps: dict[str, list[int]] = {}
    for leg in found.legs:
        for name in (GROUNDS_LABELS[leg.grounds], *(("sudah lewat",) if leg.overdue else ())):
            if leg.decisive and leg.step not in steps.setdefault(name, []):
                steps[name].append(leg.step)
    parts = [f"{name} langkah {', '.join(map(str, numbers))}" for name, numbers in steps.items() if numbers]
    if found.is_held:
        parts.append("berkas ditahan, dihitung seolah dilanjutkan sekarang")
    return "; ".join(parts)


def off_words(found: Forecast) -> str:
    """How a forecast stands to the office's target."""
    if found.off_seconds is None or found.off_days is None:
        return "belum dapat dibandingkan"
    if found.off_seconds <= 0:
        return f"tercapai, {-found.off_days} hari kerja lebih awal" if found.off_days else "tercapai"
    return passed_words(found.off_days, found.off_seconds)


def passed_words(days: int, seconds: int) -> str:
    """By how much a target is missed, in working days, or in working time where it is less than one."""
    if not days and not seconds:
        return "baru terlewati"
    return f"terlewati {days} hari kerja" if days else f"terlewati {duration(seconds)}"


def grounds_words(leg: Leg) -> str:
    """`median 4 langkah lalu, 1 jam 5 menit`, `mutu baku`."""
    words = GROUNDS_LABELS[leg.grounds]
    if leg.grounds is Grounds.MEDIAN:
        words = f"{words} {leg.runs} putaran lalu, {duration(leg.seconds or 0)}"
    return f"{words}; sudah lewat" if leg.overdue else words

"""Indonesian words of the calendar, of explained due moments and of forecasts, the same on paper and on screen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sop.definition import DayKind, Waktu
from sop.explain import CountedDay, Part, Skip, Unexplained
from sop.forecast import Grounds, Leg
from sop.labels_time import days, duration
from sop.office_calendar import Gap
from sop.work_calendar import DayReason, DayRule, SpecialKind

# Members of two StrEnums with one value are equal and share a hash, so each type has a table of its own.
CALENDAR_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Gap: {
        Gap.HOLIDAYS: "libur belum diisi",
        Gap.COLLECTIVE_LEAVE: "cuti bersama belum ditetapkan",
        Gap.ESTIMATES: "ada perkiraan yang belum dipastikan",
    },
    Unexplained: {
        Unexplained.NO_STANDARD: "SOP tidak menyebut mutu baku waktu untuk langkah ini",
        Unexplained.NOT_STARTED: "waktunya dihitung sejak mulai, dan langkah ini belum dimulai",
        Unexplained.BEYOND_CALENDAR: "tenggatnya di luar tahun-tahun kalender",
    },
    Part: {Part.STANDARD: "mutu baku", Part.PAUSES: "pengganti jeda"},
    Skip: {
        Skip.START_DAY: "hari mulai tidak dihitung",
        Skip.CLOSED: "tutup",
        Skip.NOTHING_LEFT: "di luar rentang yang dihitung",
        Skip.PAUSED: "jeda",
    },
    Grounds: {
        Grounds.STANDARD: "mutu baku",
        Grounds.MEDIAN: "median",
        Grounds.NOTHING: "tanpa mutu baku",
    },
}


def certainty(certain: bool) -> str:
    """`pasti` or `perkiraan`."""
    return "pasti" if certain else "perkiraan"


def day_words(reason: DayReason) -> str:
    """Why a day is as it is: `Cuti bersama Idulfitri`, `akhir pekan`, `jam Ramadan 1447 H`; empty for a usual day."""
    if reason.rule is DayRule.WEEKLY:
        return "" if reason.is_open else "bukan hari kerja"
    doubt = "" if reason.certain else " (perkiraan)"
    prefix = {SpecialKind.LIBUR: "libur: ", SpecialKind.CUTI_BERSAMA: "", None: "jam "}.get(reason.kind, "")
    return f"{prefix}{reason.name}{doubt}"


def line_words(line: CountedDay) -> str:
    """What a line of an explanation adds, or why it adds nothing."""
    if line.number is not None:
        return f"hari ke-{line.number}"
    if line.skip is Skip.CLOSED:
        return day_words(line.reason) or CALENDAR_LABELS[Skip][Skip.CLOSED]
    if line.skip is not None:
        return CALENDAR_LABELS[Skip][line.skip]
    if line.part is Part.STANDARD and not line.seconds:
        return "hari kerja berikutnya"
    added = duration(line.seconds)
    return f"{added} pengganti jeda" if line.part is Part.PAUSES else added


def standard_words(waktu: Waktu) -> str:
    """`30 menit`, `2 hari kerja`, `4 hari kalender`: the standard as it is counted."""
    if waktu.days is not None:
        return f"{days(waktu.days)} {'kalender' if waktu.day_kind is DayKind.KALENDER else 'kerja'}"
    return duration(waktu.seconds or 0)


def grounds_words(leg: Leg) -> str:
    """`median 4 langkah lalu, 1 jam 5 menit`, `mutu baku`."""
    words = CALENDAR_LABELS[Grounds][leg.grounds]
    if leg.grounds is Grounds.MEDIAN:
        words = f"{words} {leg.runs} putaran lalu, {duration(leg.seconds or 0)}"
    return f"{words}; sudah lewat" if leg.overdue else words

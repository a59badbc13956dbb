"""Indonesian words of the calendar and of explained due moments, the same on paper and on screen.

Those of forecasts are `forecast.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sop.look.forecast import Grounds
from sop.model.definition import DayKind, Waktu
from sop.time.explain import CountedDay, CountedPause, Explanation, Part, PauseEffect, Skip, Stop, Unexplained
from sop.time.office_calendar import Gap
from sop.time.step_time import StepTime
from sop.time.work_calendar import DayReason, DayRule, SpecialKind
from sop.words.forecast import GROUNDS_LABELS
from sop.words.time import clock, days, duration, full_minutes, moment_short

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
    Stop: {Stop.PAUSE: "Jeda", Stop.HOLD: "Berkas ditahan"},
    PauseEffect: {
        PauseEffect.MOVES: "tenggat bergeser",
        PauseEffect.BEFORE_CLOCK: "selesai sebelum waktunya mulai dihitung, tenggat tidak bergeser",
        PauseEffect.TOO_LATE: "baru mulai sesudah mutu bakunya habis, tenggat tidak bergeser dan jeda ini tidak "
        "dihitung terlambat",
        PauseEffect.LATENESS: "baru mulai sesudah mutu bakunya habis, tenggat tidak bergeser",
        PauseEffect.NO_WORKING_TIME: "di luar jam kerja, tenggat tidak bergeser",
        PauseEffect.COVERED: "sudah terhitung bersama jeda lain",
    },
    Grounds: GROUNDS_LABELS,
}

_PACKAGE = "paket holidays"
"""How rows that the program filled in say where they come from, before the release."""
_PACKAGE_WORDS = "daftar hari libur nasional yang ikut program, terbitan"


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


def unexplained_words(why: Unexplained | None) -> str:
    """Why there is no due moment; None for a step without a standard."""
    return CALENDAR_LABELS[Unexplained][why or Unexplained.NO_STANDARD]


def line_words(line: CountedDay) -> str:
    """What a line of an explanation adds, or why it adds nothing, and how long of it was a pause."""
    return _added_words(line) + (f", jeda {duration(line.paused_seconds)}" if line.paused_seconds else "")


def _added_words(line: CountedDay) -> str:
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


def spans_words(line: CountedDay, offset: int) -> str:
    """`07.30-12.00 13.00-16.00`: the working time looked at, in the zone `offset` seconds east of UTC."""
    return " ".join(f"{clock(start, offset)}-{_closing(end, offset)}" for start, end in line.spans)


def _closing(t: int, offset: int) -> str:
    """The end of a span: midnight ends the day it belongs to."""
    return "24.00" if (t + offset) % 86_400 == 0 else clock(t, offset)


def source_words(line: CountedDay) -> str:
    """The row of the calendar that ruled a day, and where it comes from; empty for a usual day."""
    reason = line.reason
    if not reason.name:
        return ""
    doubt = "" if reason.certain else ", perkiraan"
    source = f" ({named_source(reason.source)}{doubt})" if reason.source else doubt
    return f"{reason.name}{source}"


def named_source(source: str) -> str:
    """Where a row of the calendar comes from, as people call it: `SKB 3 Menteri`, and the list that the program brings
    along by what it is."""
    return source.replace(_PACKAGE, _PACKAGE_WORDS) if source.startswith(_PACKAGE) else source


def pause_words(pause: CountedPause, offset: int) -> str:
    """`Jeda Sen 13 Apr 09.00 - Sen 13 Apr 10.00: tenggat bergeser 1 jam waktu kerja.`"""
    return f"{CALENDAR_LABELS[Stop][pause.stop]} {pause_span(pause, offset)}: {pause_effect(pause)}."


def pause_span(pause: CountedPause, offset: int) -> str:
    """`Sen 13 Apr 09.00 - Sen 13 Apr 10.00`"""
    end = "berlangsung" if pause.is_open else moment_short(pause.end, offset)
    return f"{moment_short(pause.start, offset)} - {end}"


def pause_effect(pause: CountedPause) -> str:
    """`tenggat bergeser 1 jam waktu kerja`, or why it did not."""
    words = CALENDAR_LABELS[PauseEffect][pause.effect]
    return f"{words} {duration(pause.working_seconds)} waktu kerja" if pause.effect is PauseEffect.MOVES else words


AFTER_HOURS = "dikerjakan di luar jam kerja"
OLD_RULE = "dinilai menurut aturan lama, yang menghitung jeda sesudah tenggat sebagai keterlambatan"
"""Of a frozen verdict of a closed period."""


def step_time_rows(found: StepTime) -> tuple[tuple[str, str], ...]:
    """Label and text: what a step took in all its attempts, and how much of that rework made void."""
    parts = [f"antre {_whole_minutes(found.queue_seconds)}", f"kerja {_whole_minutes(found.work_seconds)}"]
    if found.decision_seconds:
        parts.append(f"menunggu putusan {_whole_minutes(found.decision_seconds)}")
    rows = [("Jumlah waktu", f"{', '.join(parts)}, dalam {found.attempts} putaran")]
    if found.rework_seconds:
        spent = _whole_minutes(found.rework_seconds)
        rows.append(("Di antaranya", f"{spent} kerja yang diulang, pada putaran yang tidak berlaku lagi"))
    return tuple(rows)


def _whole_minutes(seconds: int) -> str:
    return duration(full_minutes(seconds))


def sum_words(found: Explanation) -> str:
    """What the lines of an explanation add up to."""
    if found.waktu is None or found.waktu.days is None:
        return f"Jumlah: {duration(found.counted_seconds)} waktu kerja."
    made_up = f", ditambah {duration(found.made_up_seconds)} pengganti jeda" if found.made_up_seconds else ""
    kind = "kalender" if any(line.number and not line.reason.is_open for line in found.days) else ""
    return f"Jumlah: {found.counted_days} hari {kind}".rstrip() + f"{made_up}."


def standard_words(waktu: Waktu) -> str:
    """`30 menit`, `2 hari kerja`, `4 hari kalender`: the standard as it is counted."""
    if waktu.days is not None:
        return f"{days(waktu.days)} {'kalender' if waktu.day_kind is DayKind.KALENDER else 'kerja'}"
    return duration(waktu.seconds or 0)

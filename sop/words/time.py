"""Indonesian words for dates, times of day and durations, the same on paper and on screen."""

from __future__ import annotations

import datetime as dt
import re

from sop.time.instants import civil, offset_of
from sop.time.work_calendar import Spans

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DAYS_SHORT = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_POINT = re.compile(r"(?<=\d)\.(?=\d{1,2}(?!\d))")
"""A point before decimals."""
DAY_EXAMPLE = "misalnya 1/10/2026"
"""Beside a line in which a day is typed."""
ZONE_LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def date_long(day: dt.date) -> str:
    """`Kamis, 15 Oktober 2026`."""
    return f"{DAYS[day.weekday()]}, {date_plain(day)}"


def date_plain(day: dt.date) -> str:
    """`15 Oktober 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_short(day: dt.date) -> str:
    """`Kam 15 Okt`."""
    return f"{DAYS_SHORT[day.weekday()]} {day.day} {MONTHS_SHORT[day.month - 1]}"


def clock(t: int, offset: int) -> str:
    """`09.31`, in the zone `offset` seconds east of UTC."""
    return civil(t, offset).strftime("%H.%M")


def moment_short(t: int, offset: int, now: int | None = None) -> str:
    """`Kam 15 Okt 09.31`; with the year, `Kam 15 Okt 2027 09.31`, when it is not that of `now`."""
    day = civil(t, offset).date()
    year = "" if now is None or civil(now, offset).year == day.year else f" {day.year}"
    return f"{date_short(day)}{year} {clock(t, offset)}"


def moment_long(t: int, zone: str) -> str:
    """`Kamis, 15 Oktober 2026 pukul 09.31 WIB`. Raises UnknownZone."""
    offset = offset_of(zone)
    return f"{date_long(civil(t, offset).date())} pukul {clock(t, offset)} {ZONE_LABELS[zone]}"


def full_minutes(seconds: int) -> int:
    """Without the seconds beyond the last full minute."""
    return seconds - seconds % 60


def moment_near(t: int, offset: int, now: int) -> str:
    """`pukul 09.40`, where the day is not today's `Sen 19 Okt 16.00`."""
    if civil(t, offset).date() == civil(now, offset).date():
        return f"pukul {clock(t, offset)}"
    return moment_short(t, offset, now)


def standard_text(cell: str) -> str:
    """`1.5 jam` -> `1,5 jam`: a standard as it is told, which the document may write with a point."""
    return _POINT.sub(",", cell)


def duration(seconds: int) -> str:
    """`1 jam 5 menit`, `30 detik`, `0 menit`; seconds beyond a whole minute are dropped, less than a minute stays
    seconds: what is told changes once a minute at most, and what is late is never `0 menit`.

    Hours are never turned into days: how long a working day is depends on the day.
    """
    return _duration(seconds, "jam", "menit", "detik")


def duration_short(seconds: int) -> str:
    """`1 j 5 m`, for narrow columns."""
    return _duration(seconds, "j", "m", "d")


def _duration(seconds: int, hour_word: str, minute_word: str, second_word: str) -> str:
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{sign}{hours} {hour_word}" + (f" {minutes} {minute_word}" if minutes else "")
    return f"{sign}{left} {second_word}" if left and not minutes else f"{sign}{minutes} {minute_word}"


def days(count: int) -> str:
    """`2 hari`."""
    return f"{count} hari"


def hours_of(spans: Spans) -> str:
    """`07.30-12.00 dan 13.00-16.00`; `tutup` for a day without spans."""
    texts = [f"{_time_of_day(start)}-{_time_of_day(end)}" for start, end in spans]
    if len(texts) > 1:
        return f"{', '.join(texts[:-1])} dan {texts[-1]}"
    return texts[0] if texts else "tutup"


def _time_of_day(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours:02d}.{minutes:02d}" + (f".{left:02d}" if left else "")

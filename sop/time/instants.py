"""Instants (UTC epoch seconds) and the civil time of an office: its zone, what people type, what JSON shows.

Words for people are `sop/words/time.py`; working time is `work_calendar.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress

from sop.form.faults import FaultCode
from sop.model.errors import Fault, FaultyInput, UnknownZone

ZONES: dict[str, int] = {"Asia/Jakarta": 7 * 3600, "Asia/Makassar": 8 * 3600, "Asia/Jayapura": 9 * 3600}
"""Zone -> seconds east of UTC. Indonesia has no daylight saving time, and a PC may lack a zone database."""

FIRST_TYPED_YEAR = 2000
LAST_TYPED_YEAR = 2099
"""Years a person can mean; others are slips of the finger."""

LONGEST = 60
"""Characters read of what is typed; every accepted form is shorter."""

ENDS_AHEAD = dt.timedelta(days=150)
"""Near a day so far ahead of today, a day and month without a year is of the past month or still to come."""

MOMENT_EXAMPLES = (
    "08.15",
    "kemarin 14.00",
    "3/4 09.30",
    "3/4/2026 09.30",
    "3 Apr 2026 09.30",
    "2026-04-01 08:00",
    "2026-04-01T08:00+07:00",
)
DATE_EXAMPLES = ("2026-04-01", "1/4/2026", "1 Apr 2026", "hari ini", "kemarin")

_MONTHS = (
    *("januari jan", "februari pebruari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul"),
    *("agustus agu agt ags", "september sep sept", "oktober okt", "november nopember nov nop", "desember des"),
)
"""What people call the months, and what this program prints."""
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAYS = ("senin sen", "selasa sel", "rabu rab", "kamis kam", "jumat jum jum'at", "sabtu sab", "minggu min ahad")
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ZONE_WORDS = {"wib": 7 * 3600, "wita": 8 * 3600, "wit": 9 * 3600}

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DAY = (
    r"(?P<word>hari\s+ini|kemarin)"
    r"|(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    rf"|(?:(?P<weekday>{_any_of(_WEEKDAY_OF)})(?:,\s*|\s+))?(?:"
    r"(?P<day>[0-9]{1,2})(?:/(?P<month>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?"
    r"|-(?P<dash_month>[0-9]{1,2})-(?P<dash_year>[0-9]{4}|[0-9]{2})"
    rf"|\s+(?P<month_name>{_any_of(_MONTH_OF)})(?:\s+(?P<named_year>[0-9]{{4}}))?))"
)
_TIME = r"(?:(?:pukul|jam)\s+)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2}))?"
_OFFSET = r"(?P<utc>z)|(?P<sign>[+-])(?P<off_hour>[0-9]{2}):?(?P<off_minute>[0-9]{2})|(?P<zone>wib|wita|wit)"
_MOMENT = rf"(?:(?:{_DAY})(?:\s+|(?<=[0-9])t))?{_TIME}(?:\s?(?:{_OFFSET}))?"
"""This and the day are compiled where somebody types: the board is there sooner."""


def offset_of(zone: str) -> int:
    """Seconds east of UTC. Raises UnknownZone, as other zones may have daylight saving time."""
    if zone not in ZONES:
        raise UnknownZone(zone=zone, known=tuple(ZONES))
    return ZONES[zone]


def civil(t: int, offset: int) -> dt.datetime:
    """The aware datetime of an instant, `offset` seconds east of UTC."""
    return (_EPOCH + dt.timedelta(seconds=t)).astimezone(dt.timezone(dt.timedelta(seconds=offset)))


def midnight(day: dt.date, offset: int) -> int:
    """The moment at which a day begins that many seconds east of UTC."""
    return (day - _EPOCH.date()).days * 86_400 - offset


def format_iso(t: int, offset: int) -> str:
    """`2026-04-01T08:00:00+07:00`."""
    return civil(t, offset).isoformat()


def parse_instant(
    text: str,
    offset: int,
    now: int,
    place: str = "waktu",
    *,
    day: dt.date | None = None,
    since: dt.date | None = None,
) -> tuple[int, int]:
    """What a person typed as a moment.

    A time alone is today's. A day and month without a year is the latest such date that is not after today; with its
    weekday, as this program prints it, the nearest one that falls on it. An ISO form may carry an offset of its own,
    any form the name of its zone; every other is in the office's zone. 24.00 ends the day.

    Args:
        text: One of the forms of `MOMENT_EXAMPLES`; `:` and `.` both divide a time, seconds may follow.
        offset: The office's, in seconds east of UTC.
        now: Instant that says what today is.
        place: Where the text stands, for the faults.
        day: Whose time a time alone is, instead of today's.
        since: Where something known began: a day and month without a year is the first such date from there on, unless
            that is still to come.

    Returns:
        (instant, precision): precision is 1 when seconds were typed, else 60, as a typed minute covers its seconds.

    Raises:
        FaultyInput: Every fault of the text, with the forms that would be accepted.
    """
    bare = _bare(text, place, MOMENT_EXAMPLES)
    match = re.fullmatch(_MOMENT, bare, re.IGNORECASE)
    if match is None or (match["iso_year"] is None and (match["utc"] or match["sign"])):
        # An offset belongs to the ISO form only: 08:15-09:00 is somebody's interval, not a zone.
        if re.fullmatch(_DAY, bare, re.IGNORECASE):
            # One that there is not lacks more than a time.
            parse_date(bare, offset, now, place)
            raise FaultyInput((Fault(place, FaultCode.JAM_BELUM_DISEBUT, bare, MOMENT_EXAMPLES),))
        raise FaultyInput((Fault(place, FaultCode.SAAT_TAK_TERBACA, bare, MOMENT_EXAMPLES),))
    faults: list[Fault] = []
    seconds = _seconds_of_day(match, place, faults)
    east = _typed_offset(match, offset, place, faults)
    today = civil(now, offset).date()
    if day is None or any(match[name] for name in ("word", "iso_year", "day")):
        day = _typed_date(match, today, place, faults, since=since)
    if faults:
        raise FaultyInput(tuple(faults))
    instant = midnight(day, east) + seconds
    return instant, 60 if match["second"] is None else 1


def parse_date(text: str, offset: int, now: int, place: str = "tanggal", near: dt.date | None = None) -> dt.date:
    """What a person typed as a day: `2026-04-01`, `1/4/2026`, `1/4`, `hari ini`, `kemarin`.

    A day and month without a year is read as in `parse_instant`, for what has happened; with `near`, for what is
    planned, it is the one closest to that day.

    Raises FaultyInput.
    """
    bare = _bare(text, place, DATE_EXAMPLES)
    match = re.fullmatch(_DAY, bare, re.IGNORECASE)
    if match is None:
        raise FaultyInput((Fault(place, FaultCode.TANGGAL_TAK_TERBACA, bare, DATE_EXAMPLES),))
    faults: list[Fault] = []
    day = _typed_date(match, civil(now, offset).date(), place, faults, near)
    if faults:
        raise FaultyInput(tuple(faults))
    return day


def _bare(text: str, place: str, known: tuple[str, ...]) -> str:
    bare = text.strip()
    if not bare:
        raise FaultyInput((Fault(place, FaultCode.ISIAN_KOSONG, "", known),))
    if len(bare) > LONGEST:
        raise FaultyInput((Fault(place, FaultCode.ISIAN_TERLALU_PANJANG, bare[:LONGEST], known),))
    return bare


def _seconds_of_day(match: re.Match[str], place: str, faults: list[Fault]) -> int:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > 86_400:
        faults.append(Fault(place, FaultCode.JAM_TIDAK_ADA, match.group()[match.start("hour") :], ("00.00", "24.00")))
    return seconds


def _typed_offset(match: re.Match[str], offset: int, place: str, faults: list[Fault]) -> int:
    if match["utc"]:
        return 0
    if match["zone"] is not None:
        return _ZONE_WORDS[match["zone"].lower()]
    if match["sign"] is None:
        return offset
    hour, minute = int(match["off_hour"]), int(match["off_minute"])
    if hour > 14 or minute > 59:
        faults.append(
            Fault(
                place,
                FaultCode.SELISIH_ZONA_TIDAK_ADA,
                match.group()[match.start("sign") :],
                ("+07:00", "+08:00", "+09:00"),
            )
        )
    return (hour * 3600 + minute * 60) * (-1 if match["sign"] == "-" else 1)


def _typed_date(
    match: re.Match[str],
    today: dt.date,
    place: str,
    faults: list[Fault],
    near: dt.date | None = None,
    since: dt.date | None = None,
) -> dt.date:
    if match["iso_year"]:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    elif match["day"]:
        day = int(match["day"])
        name = match["month_name"]
        month = _MONTH_OF[name.lower()] if name else int(match["month"] or match["dash_month"])
        typed = match["year"] or match["dash_year"] or match["named_year"]
        weekday = None if match["weekday"] is None else _WEEKDAY_OF[match["weekday"].lower()]
        if typed is None and weekday is not None:
            return _on_weekday(day, month, weekday, near or since or today, match, faults, place)
        if typed is None:
            return _yearless(day, month, today, near, since, place, faults)
        year = int(typed) if len(typed) == 4 else FIRST_TYPED_YEAR + int(typed)
        with suppress(ValueError):
            if weekday is not None and dt.date(year, month, day).weekday() != weekday:
                faults.append(Fault(place, FaultCode.HARI_TIDAK_COCOK, _day_of(match)))
    else:
        return today - dt.timedelta(days=1) if (match["word"] or "").lower() == "kemarin" else today
    if not FIRST_TYPED_YEAR <= year <= LAST_TYPED_YEAR:
        faults.append(Fault(place, FaultCode.TAHUN_DI_LUAR_JANGKAUAN, str(year), (str(today.year),)))
        return today
    try:
        return dt.date(year, month, day)
    except ValueError:
        faults.append(Fault(place, FaultCode.TANGGAL_TIDAK_ADA, f"{day}/{month}/{year}"))
        return today


def _on_weekday(
    day: int, month: int, weekday: int, middle: dt.date, match: re.Match[str], faults: list[Fault], place: str
) -> dt.date:
    """That day of this year, the last or the next, whichever falls on the weekday; the program leaves out the year of
    what is printed only where it is the present one."""
    found = _dates_around(middle, 1, month, day)
    fitting = [each for each in found if each.weekday() == weekday]
    if not fitting:
        code = FaultCode.HARI_TIDAK_COCOK if found else FaultCode.TANGGAL_TIDAK_ADA
        faults.append(Fault(place, code, _day_of(match)))
        return middle
    return min(reversed(fitting), key=lambda each: abs(each - middle))


def _dates_around(middle: dt.date, years: int, month: int, day: int) -> list[dt.date]:
    """That day of so many years before and after, and of its own, where it exists."""
    found = []
    for year in range(middle.year - years, middle.year + years + 1):
        with suppress(ValueError):
            found.append(dt.date(year, month, day))
    return found


def _day_of(match: re.Match[str]) -> str:
    """What was typed of the day: `Sen 1 Okt 2026`."""
    begin = match.start("weekday") if match["weekday"] is not None else match.start("day")
    ends = (match.end(name) for name in ("month", "year", "dash_year", "month_name", "named_year"))
    return match.string[begin : max(ends)]


def _yearless(
    day: int,
    month: int,
    today: dt.date,
    near: dt.date | None,
    since: dt.date | None,
    place: str,
    faults: list[Fault],
) -> dt.date:
    """The latest such date until today, the first from `since` to today, or the one closest to `near`; of two the later
    one."""
    middle = today if near is None else near
    # Eight years hold a 29 February wherever they begin, even around 2100.
    found = _dates_around(middle, 8, month, day)
    if near is None:
        past = [date for date in found if date <= today]
        from_there = [date for date in past if since is not None and date >= since]
        found = from_there[:1] or past[-1:]
    if not found:
        faults.append(Fault(place, FaultCode.TANGGAL_TIDAK_ADA, f"{day}/{month}"))
        return today
    return min(reversed(found), key=lambda date: abs(date - middle))

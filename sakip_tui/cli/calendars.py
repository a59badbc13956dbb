"""The working calendar: a month of it, when a standard is used up, working time between two moments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import case_queries, queries
from sakip_tui.cli.layout import table
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.cli.values import Values
from sop.form.waktu import parse
from sop.model.periods import key_of
from sop.time.deadline import due_at
from sop.time.instants import civil
from sop.time.office_calendar import month_days, period_span, totals
from sop.words.labels import label
from sop.words.time import MONTHS, date_short, duration, hours_of, moment_long

if TYPE_CHECKING:
    from sop.time.work_calendar import DayReason, WorkCalendar

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


def _calendar(session: Session) -> WorkCalendar:
    session.know_zone(session.office.zone)
    return case_queries.calendar(session.database, session.address.office)


def month(session: Session) -> Reply:
    """`sakip kalender lihat [BULAN]`; this month unless one is named."""
    values = Values(session)
    first = _first_day(values, session)
    values.check()
    assert first is not None
    calendar = _calendar(session)
    days = month_days(calendar, first.year, first.month)
    document = {
        "month": f"{first:%Y-%m}",
        "revision": calendar.revision,
        "holidays_filled": calendar.spec.has_holidays(first.year),
        "collective_leave_filled": calendar.spec.has_collective_leave(first.year),
        "estimates": sum(not day.certain for day in days),
        "working_days": sum(day.is_open for day in days),
        "working_seconds": sum(day.working_seconds for day in days),
        "quarter": _quarter_document(calendar, first),
        "days": [_day_document(day) for day in days],
    }
    return Reply(document, lambda: _month_text(first, days, document))


def _first_day(values: Values, session: Session) -> dt.date | None:
    given = values.text("BULAN")
    if given is None:
        return civil(session.now, session.zone_offset).date().replace(day=1)
    match = _MONTH.fullmatch(given.strip())
    if match is None or not 2000 <= int(match[1]) <= 2099 or not 1 <= int(match[2]) <= 12:
        values.fault("BULAN", "bulan-tak-terbaca", given)
        return None
    return dt.date(int(match[1]), int(match[2]), 1)


def _day_document(day: DayReason) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "open": day.is_open,
        "spans": [[_time(start), _time(end)] for start, end in day.spans],
        "working_seconds": day.working_seconds,
        "rule": day.rule.value,
        "name": day.name or None,
        "source": day.source or None,
        "kind": None if day.kind is None else day.kind.value,
        "certain": day.certain,
    }


def _quarter_document(calendar: WorkCalendar, first: dt.date) -> dict[str, Any]:
    """Working days and time of the quarter that the month belongs to."""
    key = key_of(first.year, f"TW{(first.month - 1) // 3 + 1}")
    found = totals(calendar, *period_span(key))
    return {"period": key, "working_days": found.working_days, "working_seconds": found.working_seconds}


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _month_text(first: dt.date, days: Sequence[DayReason], document: dict[str, Any]) -> str:
    rows = []
    for day in days:
        why = day.name
        if day.kind is not None:
            why = f"{why} ({label(day.kind)})"
        if not day.certain:
            why += ", perkiraan"
        rows.append((date_short(day.day), hours_of(day.spans), why))
    lines = [f"{MONTHS[first.month - 1]} {first.year}, kalender revisi {document['revision']}"]
    lines.append(table(("Hari", "Jam kerja", "Keterangan"), rows, flexible=(2,)))
    quarter = document["quarter"]
    for what, held in (("Sebulan", document), (quarter["period"], quarter)):
        lines.append(f"{what}: {held['working_days']} hari kerja, {duration(held['working_seconds'])}.")
    if not document["holidays_filled"]:
        lines.append(f"Libur {first.year} belum diisi; dihitung menurut jam mingguan saja.")
    elif not document["collective_leave_filled"]:
        lines.append(f"Cuti bersama {first.year} belum ditetapkan.")
    return "\n".join(lines)


def due(session: Session) -> Reply:
    """`sakip kalender hitung WAKTU DURASI`: when a standard that starts then is used up."""
    values = Values(session)
    begun = values.moment("WAKTU")
    standard = values.typed("DURASI", lambda text: parse(text, place=("DURASI",)))
    values.check()
    assert begun is not None
    assert standard is not None
    calendar = _calendar(session)
    settings = queries.standing(session.database, session.address).settings
    first = bool(settings.get("count_first_day", False))
    moment = due_at(standard, begun.at, (), calendar, now=session.now, count_first_day=first)
    offset = session.zone_offset
    document = {
        "from": iso(begun.at, offset),
        "standard": standard.text,
        "due_at": iso(moment, offset),
        "value": standard.value,
        "unit": standard.unit.value,
        "day_kind": None if standard.day_kind is None else standard.day_kind.value,
        "unfilled_years": _unfilled(calendar, begun.at, moment, offset),
    }
    said = (
        "Tenggatnya di luar kalender."
        if moment is None
        else f"Tenggat {standard.text}: {moment_long(moment, session.office.zone)}."
    )
    return Reply(document, lambda: "\n".join((said, *_unfilled_lines(document))))


def _unfilled(calendar: WorkCalendar, one: int, other: int | None, offset: int) -> list[int]:
    """Years between two moments, in whichever order, whose holidays nobody has filled in."""
    years = [civil(moment, offset).year for moment in (one, other) if moment is not None]
    return [year for year in range(min(years), max(years) + 1) if not calendar.spec.has_holidays(year)]


def _unfilled_lines(document: dict[str, Any]) -> list[str]:
    return [f"Libur {year} belum diisi; dihitung menurut jam mingguan saja." for year in document["unfilled_years"]]


def between(session: Session) -> Reply:
    """`sakip kalender selisih DARI SAMPAI`."""
    values = Values(session)
    start, end = values.moment("DARI"), values.moment("SAMPAI")
    values.check()
    assert start is not None
    assert end is not None
    calendar = _calendar(session)
    seconds = calendar.diff(start.at, end.at)
    offset = session.zone_offset
    document = {
        "from": iso(start.at, offset),
        "to": iso(end.at, offset),
        "working_seconds": seconds,
        "unfilled_years": _unfilled(calendar, start.at, end.at, offset),
    }
    said = f"Waktu kerja di antaranya: {duration(seconds)}."
    return Reply(document, lambda: "\n".join((said, *_unfilled_lines(document))))

"""Changing the working calendar: filling a year, single days, ranges, the hours of the week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import people
from db.calendar_queries import calendar_revisions, office_calendar
from db.calendar_rows import CalendarChanged
from db.calendar_store import change_calendar, preview
from db.holiday_source import filling
from db.office_acts import Given
from sakip_tui.cli.beside import beside, lanes_of
from sakip_tui.cli.layout import printable, table, width, wrapped
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.options import WEEKDAYS
from sakip_tui.views.redated import redated_document
from sop.form.faults import FaultCode
from sop.model.refusals import Refused, Rule
from sop.time.office_calendar import (
    Confirm,
    DropDay,
    DropRange,
    Edit,
    Gap,
    OfficeCalendar,
    PutDay,
    PutRange,
    PutWeekly,
    Span,
    TakeBack,
    gaps,
    given_back,
    removed,
)
from sop.time.range_doubts import range_doubts
from sop.time.typed_hours import laid_over, parse_hours, ramadan_week
from sop.time.work_calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    DateRange,
    Spans,
    SpecialDay,
    SpecialKind,
)
from sop.values import replace
from sop.words.calendar import CALENDAR_LABELS
from sop.words.calendar_changes import range_doubt_words, row_words
from sop.words.event_values import plain
from sop.words.people import person_called
from sop.words.time import moment_short

if TYPE_CHECKING:
    from db.calendar_rows import CalendarPreview
    from sop.acts.redating import Redated

_WAY_BACK = "Bila keliru: sakip kalender urung, lalu tulis lagi; --ganti AWAL/AKHIR mengganti rentang yang sudah ada."
_MOST_ROWS = 4
"""Rows of one revision that are told."""


def fill(session: Session) -> Reply:
    """`sakip kalender isi TAHUN`. A year that has nothing new is no error."""
    values = Values(session)
    year = values.number("TAHUN", FIRST_YEAR, LAST_YEAR)
    values.check()
    assert year is not None

    calendar, _ = _in_force(session)
    national = replace(filling(year), restores=session.arguments.has("--yang-dihapus"))
    gone = () if national.restores else removed(calendar, national)
    try:
        return _and_removed(_change(session, values, [national], year), year, gone)
    except Refused as refused:
        if refused.rule is not Rule.NOTHING_CHANGED:
            raise
    calendar, revision = _in_force(session)
    document = {
        "revision": revision,
        "changes": [],
        "due": [],
        "year": year,
        "gaps": [gap.value for gap in gaps(calendar, year)],
        "repeated": False,
    }
    lines = [f"Kalender {year} sudah terisi; tidak ada yang berubah.", *_gap_lines(calendar, year)]
    return _and_removed(Reply(document, lambda: "\n".join(lines)), year, gone)


def _and_removed(reply: Reply, year: int, gone: Sequence[SpecialDay | DateRange]) -> Reply:
    """The reply to a filling, and which national rows the office once removed."""
    if not gone:
        return reply
    named = ", ".join(printable(item.name) for item in gone)
    said = f"Dulu dihapus kantor dan tidak diisi: {named}. Agar tampil lagi: sakip kalender isi {year} --yang-dihapus."
    document = {**reply.document, "left_out": [item.name for item in gone]}
    text = reply.text
    return replace(reply, document=document, text=lambda: "\n".join([text(), *wrapped(said, width())]))


def put_day(session: Session) -> Reply:
    """`sakip kalender libur TANGGAL NAMA`."""
    values = Values(session)
    day = values.day("TANGGAL", values.today)
    spans = _hours(values, "--jam")
    leave = session.arguments.has("--cuti-bersama")
    if leave and spans:
        values.fault("--jam", FaultCode.LIBUR_DENGAN_JAM, "cuti bersama", ("khusus",))
    values.check()
    assert day is not None
    kind = SpecialKind.CUTI_BERSAMA if leave else SpecialKind.LIBUR if spans is None else SpecialKind.KHUSUS
    certain = not session.arguments.has("--perkiraan")
    name, source = values.text("NAMA") or "", values.text("--sumber") or "kantor"
    row = SpecialDay(day, spans or (), name, source, certain, kind)
    return _change(session, values, [PutDay(row)], day.year)


def put_range(session: Session) -> Reply:
    """`sakip kalender jam-khusus AWAL AKHIR`: what is not said of a weekday stays as in the week."""
    values = Values(session)
    first, last = values.day("AWAL", values.today), values.day("AKHIR", values.today)
    replaced = _span(values, "--ganti")
    given = _weekdays(values)
    ramadan = session.arguments.has("--ramadan")
    if not given and not ramadan and not values.faults:
        values.fault("", "opsi-wajib", "--jam, --ramadan, atau jam satu hari seperti --senin")
    values.check()
    assert first is not None
    assert last is not None
    calendar, _ = _in_force(session)
    usual = calendar.spec.weekly
    weekly = laid_over(ramadan_week(usual) if ramadan else usual, usual, given)
    name = values.text("--nama") or ("Ramadan" if ramadan else "Jam khusus")
    source = values.text("--sumber") or ("Perpres 21/2023" if ramadan else "kantor")
    row = DateRange(first, last, weekly, name, source, not session.arguments.has("--perkiraan"))
    return _change(session, values, [PutRange(row, replaced)], first.year)


def put_weekly(session: Session) -> Reply:
    """`sakip kalender jam-kerja`: what is not said of a weekday stays."""
    values = Values(session)
    given = _weekdays(values)
    if not given and not values.faults:
        values.fault("", "opsi-wajib", "--jam, atau jam satu hari seperti --senin,")
    values.check()
    calendar, _ = _in_force(session)
    usual = calendar.spec.weekly
    return _change(session, values, [PutWeekly(laid_over(usual, usual, given))], None)


def drop(session: Session) -> Reply:
    """`sakip kalender hapus AWAL [AKHIR]`."""
    values = Values(session)
    first, last = values.day("AWAL", values.today), values.day("AKHIR", values.today)
    values.check()
    assert first is not None
    edit = DropDay(first) if last is None else DropRange((first, last))
    calendar, _ = _in_force(session)
    if first.year in calendar.filled:
        edit = given_back(calendar, edit, filling(first.year))
    return _change(session, values, [edit], first.year)


def confirm(session: Session) -> Reply:
    """`sakip kalender pastikan AWAL [AKHIR]`; a year alone stands for all of it."""
    values = Values(session)
    year = (values.text("AWAL") or "").strip()
    if year.isdigit() and len(year) == 4:
        number = values.number("AWAL", FIRST_YEAR, LAST_YEAR)
        values.check()
        assert number is not None
        return _change(session, values, [Confirm(dt.date(number, 1, 1), dt.date(number, 12, 31))], number)
    first, last = values.day("AWAL", values.today), values.day("AKHIR", values.today)
    values.check()
    assert first is not None
    return _change(session, values, [Confirm(first, first if last is None else last)], first.year)


def take_back(session: Session) -> Reply:
    """`sakip kalender urung`: the last change is taken back; done again, it is there again."""
    values = Values(session)
    values.check()
    _, revision = _in_force(session)
    if revision < 2:
        raise Refused(Rule.NOTHING_TO_UNDO)
    before, number = office_calendar(session.database, session.address.office, revision - 1)
    return _change(session, values, [TakeBack(number, before)], None)


def revisions(session: Session) -> Reply:
    """`sakip kalender revisi`, the newest first, each with the rows that it changed."""
    rows = calendar_revisions(session.database, session.address.office)
    offset, names = session.zone_offset, people.names(session.database, session.address.office)
    document = [
        {
            "revision": row.revision,
            "recorded_at": iso(row.recorded, offset),
            "act": row.act,
            "by": row.by,
            "reason": row.reason,
            "changed_rows": len(row.changes),
            "changes": [plain(change, offset) for change in row.changes],
            "hash": row.content_hash,
        }
        for row in rows
    ]
    cells = [
        (
            row.revision,
            moment_short(row.recorded, offset, session.now),
            row.by and person_called(names, row.by),
            _rows_words(row.changes),
            row.reason,
        )
        for row in rows
    ]
    return Reply(
        document, lambda: table(("Revisi", "Dicatat", "Oleh", "Baris berubah", "Alasan"), cells, flexible=(3, 4))
    )


def _rows_words(changed: Sequence[Mapping[str, Any]]) -> str | None:
    """Each row with its old and new value; of a whole year only the first ones and how many more."""
    told = [row_words(row["kind"], row["key"], row["before"], row["after"]) for row in changed[:_MOST_ROWS]]
    more = len(changed) - len(told)
    return printable("; ".join([*told, *([f"dan {more} baris lagi"] if more else ())])) or None


# ---------------------------------------------------------------------- what is asked


def _hours(values: Values, name: str) -> Spans | None:
    """Hours given with an option; None when it was not."""
    return values.typed(name, lambda text: parse_hours(text, name))


def _weekdays(values: Values) -> dict[int, Spans]:
    """Weekday -> its hours; -1 for those of every working weekday."""
    options = ((-1, "--jam"), *((index, f"--{day}") for index, day in enumerate(WEEKDAYS)))
    found = ((index, _hours(values, name)) for index, name in options)
    return {index: spans for index, spans in found if spans is not None}


def _span(values: Values, name: str) -> Span | None:
    given = values.text(name)
    if given is None:
        return None
    first, _, last = given.partition("/")
    try:
        return dt.date.fromisoformat(first.strip()), dt.date.fromisoformat(last.strip())
    except ValueError:
        values.fault(name, FaultCode.TANGGAL_TAK_TERBACA, given, ("2027-02-08/2027-03-09",))
        return None


# ---------------------------------------------------------------------- what becomes of it


def _in_force(session: Session) -> tuple[OfficeCalendar, int]:
    return office_calendar(session.database, session.address.office)


def _change(session: Session, values: Values, edits: Sequence[Edit], year: int | None) -> Reply:
    given = beside(values, lanes_of(session))
    session.know_zone(session.office.zone)

    if session.arguments.has("--coba"):
        tried = preview(session.database, session.address.office, edits, session.now)
        return _answer(session, tried, tried.after, year)
    done = change_calendar(
        store(session),
        session.address.office,
        edits,
        actor(session),
        Given(**given.circumstances),
    )
    calendar, _ = _in_force(session)
    answer = _answer(session, done, calendar, year)
    return replace(answer, remarks=(*answer.remarks, *given.remarks))


def _answer(
    session: Session, outcome: CalendarChanged | CalendarPreview, calendar: OfficeCalendar, year: int | None
) -> Reply:
    offset = session.zone_offset
    is_done = isinstance(outcome, CalendarChanged)
    moved = [due for due in outcome.dues if due.before != due.after]
    doubts = [said for each in range_doubts(calendar, outcome.changes) for said in range_doubt_words(each)]
    document: Document = {
        "revision": outcome.revision,
        "changes": [
            {
                "kind": each.kind,
                "key": each.key,
                "before": plain(each.before, offset),
                "after": plain(each.after, offset),
            }
            for each in outcome.changes
        ],
        "due": redated_document(outcome.dues, offset),
        "year": year,
        "gaps": [] if year is None else [gap.value for gap in gaps(calendar, year)],
        "warnings": doubts,
        "repeated": outcome.repeated if isinstance(outcome, CalendarChanged) else False,
        "rehearsed": not is_done,
    }
    lines = [f"Kalender revisi {outcome.revision}: {len(outcome.changes)} baris berubah."]
    if not is_done:
        lines = [f"Percobaan saja: {len(outcome.changes)} baris kalender akan berubah."]
    if moved:
        lines += [
            "",
            "Tenggat yang bergeser:" if is_done else "Tenggat yang akan bergeser:",
            _dues_table(session, moved),
        ]
    else:
        lines.append("Tidak ada tenggat langkah terbuka yang bergeser.")
    lines += [] if year is None else _gap_lines(calendar, year)
    back = (_WAY_BACK,) if doubts and is_done else ()
    return Reply(document, lambda: "\n".join(lines), (*doubts, *back))


def _dues_table(session: Session, moved: Sequence[Redated]) -> str:
    offset, now = session.zone_offset, session.now

    def words(moment: int | None) -> str | None:
        return None if moment is None else moment_short(moment, offset, now)

    rows = [
        (due.period, f"{due.step}" + (f" ({due.bidang})" if due.bidang else ""), words(due.before), words(due.after))
        for due in moved
    ]
    return table(("Periode", "Langkah", "Sebelumnya", "Sekarang"), rows, flexible=(1,))


def _gap_lines(calendar: OfficeCalendar, year: int) -> list[str]:
    """What the year still lacks, one sentence each."""
    return [f"{year}: {CALENDAR_LABELS[Gap][gap]}." for gap in gaps(calendar, year)]

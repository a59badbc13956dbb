"""`sakip susulan`: a whole past period at once, from lines; all of them or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from db import case_queries
from db.past_work import PastPeriod, PastRecord, check_past, past_period, record_past
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import iso
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.documents_in import named_document, unreadable
from sakip_tui.notices import warning_line
from sakip_tui.views.past_rows import lines_of, opened_or_may
from sop.acts.past_work import PastWork, Told, slots_asked
from sop.form.faults import FaultCode
from sop.form.past_rows import PastLine, parse_lines, read_rows, written_lines
from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import RefusedRows
from sop.words.forewarning import odd_hours_words
from sop.words.periods import period_label

STANDARD_INPUT = "-"
MOST_BYTES = 1_000_000
_ABOUT = (
    "# {period}: yang masih perlu dicatat. Isi mulai dan selesai, misalnya 2/7 09.00 dan 09.12; jam saja berarti",
    "# hari di baris atasnya. Baris yang tidak diisi dilewatkan. Langkah keputusan dicatat dijawab Ya.",
)


def past_work(session: Session) -> Reply:
    """`sakip susulan PERIODE DOKUMEN`, and with `--contoh` the lines still to do."""
    period, values = session.period(), Values(session)
    if session.arguments.has("--contoh"):
        return _example(session, period)
    if session.arguments.text("--pada") is not None:
        values.fault("--pada", "waktu-di-baris")
    if values.text("DOKUMEN") is None:
        values.fault("DOKUMEN", "tanpa-dokumen")
    seen = values.number("--revisi")
    values.check()
    session.know_zone(session.office.zone)
    lines = parse_lines(_text_of(values.text("DOKUMEN") or ""))
    found = past_period(store(session), session.address, period, actor(session))
    works = _works(session, period, lines, found)
    told = Told(values.text("--alasan"), values.text("--atas-nama"))
    if session.arguments.has("--coba"):
        done = check_past(store(session), session.address, period, works, told, actor(session))
    else:
        token = values.text("--token") or uuid4().hex
        done = record_past(store(session), session.address, period, works, told, actor(session), token, seen)
    refused = tuple(
        (f"baris {line.line}", refusal)
        for line, refusal in zip(lines, done.refusals, strict=True)
        if refusal is not None
    )
    if refused:
        raise RefusedRows(refused, tuple(lines[row].line for row in done.left), period)
    remarks = (*_worth(session, lines, works, found), *map(warning_line, done.warnings))
    document = _document(session, period, works, done, remarks)
    return Reply(document, lambda: _said(session, period, works, done), remarks)


def _example(session: Session, period: str) -> Reply:
    found = past_period(store(session), session.address, period, actor(session))
    slots = slots_asked(found.slots, {}, opened_or_may(period, found.opened, session.zone_offset))
    lines = lines_of(slots)
    named = period_label(period)
    document = {"period": period, "rows": [{"step": each.step, "bidang": each.bidang} for each in lines]}
    if not lines:
        return Reply(document, lambda: f"{named}: tidak ada lagi yang perlu dicatat.")
    about = "\n".join(line.format(period=named) for line in _ABOUT)
    return Reply(document, lambda: f"{about}\n{written_lines(lines)}")


def _works(session: Session, period: str, lines: tuple[PastLine, ...], found: PastPeriod) -> list[PastWork]:
    """Every line, read. Raises FaultyInput with all faults."""
    begun = {(slot.step, slot.bidang): slot.started for slot in found.slots}
    known = [line._replace(begun=begun.get((line.step, line.bidang))) for line in lines]
    opened = opened_or_may(period, found.opened, session.zone_offset)
    read = read_rows(known, session.zone_offset, session.now, opened)
    if read.faults:
        raise FaultyInput(
            tuple(
                Fault(
                    f"baris {lines[each.row].line}, {each.column}", each.fault.code, each.fault.found, each.fault.known
                )
                for each in read.faults
            )
        )
    return [row.work for row in read.rows if row.work is not None]


def _worth(session: Session, lines: Sequence[PastLine], works: Sequence[PastWork], found: PastPeriod) -> Iterator[str]:
    """What is to be known of the rows' moments: work outside working hours does not count."""
    begun = {(slot.step, slot.bidang): slot.started for slot in found.slots}
    calendar = case_queries.calendar(session.database, session.address.office)
    for line, work in zip(lines, works, strict=True):
        started = begun.get((work.step, work.bidang)) if work.started is None else work.started.at
        told = odd_hours_words(started, work.ended.at, calendar, session.now)
        if told:
            yield f"Baris {line.line}: {told}"


def _text_of(name: str) -> str:
    """What a document or standard input holds. Raises FaultyInput."""
    data = _standard_input() if name == STANDARD_INPUT else named_document(name, MOST_BYTES, "DOKUMEN").data
    if len(data) > MOST_BYTES:
        size = (Fault("DOKUMEN", FaultCode.DOKUMEN_TERLALU_BESAR, f"lebih dari {MOST_BYTES}", (str(MOST_BYTES),)),)
        raise FaultyInput(size)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultyInput((Fault("DOKUMEN", FaultCode.BUKAN_UTF8),)) from error


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise unreadable(STANDARD_INPUT, error, "DOKUMEN") from error


def _document(
    session: Session, period: str, works: list[PastWork], done: PastRecord, remarks: Sequence[str]
) -> dict[str, Any]:
    offset = session.zone_offset
    return {
        "period": period,
        "recorded": not session.arguments.has("--coba"),
        "repeated": done.repeated,
        "acts": done.acts,
        "rows": [
            {
                "step": work.step,
                "bidang": work.bidang,
                "started_at": iso(work.started.at if work.started is not None else None, offset),
                "ended_at": iso(work.ended.at, offset),
                "note": work.note,
            }
            for work in works
        ],
        "warnings": list(remarks),
    }


def _said(session: Session, period: str, works: list[PastWork], done: PastRecord) -> str:
    count = f"{period_label(period)}: {len(works)} baris"
    if session.arguments.has("--coba"):
        return f"{count} dapat dicatat. Belum ada yang diubah."
    again = " Token ini sudah dipakai; tidak ada yang ditambahkan." if done.repeated else ""
    return f"{count} dicatat.{again}"

"""A form that was sent out, and what people do to it before it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from exports.forms.form_out import HEAD_ROW, FormPaper, write_form
from sakip_tui.data_forms import opened_form
from sop.kinerja.form import Owner
from sop.kinerja.form_columns import COLUMNS, ISIAN_SHEET
from sop.kinerja.form_reading import FormGround, FormReading, read_form
from sop.kinerja.form_tag import FormTag, SentRow, digest_of
from sop.kinerja.state import IsianRow
from sop.time.instants import parse_date
from tests.sop.kinerja.office import INDICATORS, MANAGER, QUARTERS, A, Office, quarter_rows, run_quarter

TW = "2026-TW2"
OFFICE_CODE, OFFICE_NAME = "dinas-contoh", "Dinas Contoh"
TODAY = dt.date(2026, 7, 6)
FIRST = HEAD_ROW + 1
LETTER = {column.key: place for place, column in enumerate(COLUMNS, start=1)}


def office() -> Office:
    """A first quarter that is closed and a second one whose forms are out."""
    found = Office()
    found.define(*INDICATORS)
    targets: dict[tuple[str, str], Decimal | str | None] = {("IK-4", key): "WTP" for key in QUARTERS}
    for key in QUARTERS:
        targets[("IK-1", key)] = Decimal(100)
        targets[("IK-2", key)] = Decimal("85.5")
        targets[("IK-3", key)] = Decimal("12.5")
    targets[("IK-5", "2026-S1")] = Decimal(80)
    found.aim(targets)
    run_quarter(found, QUARTERS[0], quarter_rows(90, 50, 100, "11.5", "WDP"))
    found.open(TW)
    return found


def tag(held: Office, owner: Owner = A, period: str = TW) -> FormTag:
    state = held.state.period(period)
    form, seat, rows = state.form(owner), state.seats.get(owner), state.rows(owner)
    assert form is not None
    case, attempt = (1, 1) if seat is None else seat.turn
    sent = {
        row.key: SentRow(rows.get(row.key, IsianRow()).revision, digest_of(rows.get(row.key, IsianRow()).isian))
        for row in form.rows
    }
    return FormTag(OFFICE_CODE, OFFICE_NAME, period, owner, form.number, case, attempt, sent)


def written(held: Office, owner: Owner = A, period: str = TW, **changes: Any) -> bytes:
    """The form as it goes out."""
    rows = held.state.period(period).rows(owner)
    paper = FormPaper(
        changes.get("tag") or tag(held, owner, period),
        [(row, rows.get(row.key, IsianRow())) for row in held.state.period(period).form_rows(owner)],
        held.state.settings,
    )
    stream = BytesIO()
    write_form(paper, stream)
    return stream.getvalue()


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The form after somebody opened it, did something and saved it."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(data: bytes, **cells: Any) -> bytes:
    """The form with cells filled: `realisasi_1=90` writes into the first row of that column."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            column, _, row = name.rpartition("_")
            book[ISIAN_SHEET].cell(FIRST + int(row) - 1, LETTER[column]).value = value

    return edited(data, change)


def read_day(text: str) -> dt.date:
    return parse_date(text, 7 * 3600, int(dt.datetime(2026, 7, 6, 3, tzinfo=dt.UTC).timestamp()))


def ground(held: Office, **changes: Any) -> FormGround:
    facts: dict[str, Any] = {
        "office": OFFICE_CODE,
        "office_name": OFFICE_NAME,
        "reader": MANAGER.code,
        "today": TODAY,
        "read_date": read_day,
        "positions": ("Kasubag", "Kepala Bidang"),
        "people": {"staf-a": "Staf A", "staf-b": "Staf B"},
    }
    return FormGround(held.state, **(facts | changes))


def take_form(data: bytes, against: FormGround) -> FormReading:
    found = opened_form(data)
    return found if isinstance(found, FormReading) else read_form(found, against)


def taken(held: Office, data: bytes, **changes: Any) -> FormReading:
    return take_form(data, ground(held, **changes))


def faults(reading: FormReading) -> list[tuple[str, str]]:
    return [(finding.cell.rpartition("!")[2], finding.kind.value) for finding in reading.faults]


def warned(reading: FormReading) -> list[str]:
    return [finding.kind.value for finding in reading.warnings]

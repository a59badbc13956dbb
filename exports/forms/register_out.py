"""The register of indicators and targets as a workbook: what an office has, or an empty one to be filled in."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]

from exports.characters import visible
from exports.forms.validation import choice
from sop.kinerja.register_columns import REGISTER_SHEET, register_columns, register_texts
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import reported_in, target_for

_LINES = 200
"""Rows that offer choices."""
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_GUIDE = (
    "Satu baris untuk satu indikator; Kode, Indikator dan Satuan wajib. Yang dikosongkan memakai: jenis angka, "
    "arah naik, konsolidasi jumlah, desimal 0, bidang Kantor."
)


def write_register(state: KinerjaState, year: int, stream: IO[bytes]) -> None:
    """Write the register as .xlsx.

    Args:
        state: What the office has.
        year: Whose targets are written: those in force for each period.
        stream: Binary; receives the finished workbook at once.
    """
    finished = BytesIO()
    book = xlsxwriter.Workbook(
        finished,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": f"Indikator dan target {year}", "created": _CREATED})
    font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    plain = book.add_format({**font, "text_wrap": True, "border": 1, "border_color": "#A6A6A6"})
    head = book.add_format({**font, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#D9E2EC"})
    sheet = book.add_worksheet(REGISTER_SHEET)
    sheet.write_string(0, 0, f"Indikator dan target {year}", book.add_format({**font, "bold": True}))
    sheet.write_string(1, 0, _GUIDE, book.add_format(font))
    columns = register_columns(year)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(3, place, column.heading, head)
        if column.choices:
            sheet.data_validation(4, place, 3 + _LINES, place, choice(list(column.choices)))
    for row, versions in enumerate(state.indicators.values(), start=4):
        indicator = versions[-1].indicator
        texts = register_texts(indicator, state.owner_of(indicator))
        numbers = book.add_format(
            {
                **font,
                "border": 1,
                "border_color": "#A6A6A6",
                "num_format": "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else ""),
            }
        )
        for place, column in enumerate(columns):
            if column.key in texts:
                sheet.write_string(row, place, visible(texts[column.key]), plain)
            elif reported_in(indicator, column.key):
                aim = target_for(state.targets, indicator.key, column.key)
                _write(sheet, row, place, None if aim is None else aim.value, numbers, plain)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    stream.write(finished.getbuffer())


def _write(sheet: Any, row: int, place: int, value: Any, numbers: Any, plain: Any) -> None:
    if value is None:
        sheet.write_blank(row, place, None, numbers)
    elif isinstance(value, str):
        sheet.write_string(row, place, visible(value), plain)
    elif f"{float(value):.15g}" == f"{value:.15g}" and float(value) == value:
        sheet.write_number(row, place, float(value), numbers)
    else:
        # Excel keeps fifteen digits; a longer number is a text, which is read to its last digit.
        sheet.write_string(row, place, f"{value:f}".replace(".", ","), plain)

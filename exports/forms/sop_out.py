"""An SOP as a workbook of tables, or the empty one for an office to fill in."""

from __future__ import annotations

from math import ceil
from typing import IO, Any

from exports.characters import visible
from exports.forms.book import new_book
from exports.forms.validation import choice
from sop.form.table_words import (
    DETAILS_SHEET,
    GUIDE_SHEET,
    IDENTITY_SHEET,
    LINES,
    MARKS,
    STEPS_SHEET,
    YES,
    ZONE,
    ZONE_WORDS,
    StepColumn,
)
from sop.form.table_writing import GUIDE, SopTables
from sop.model.definition import Cadence

_LINES = 60
"""Rows of the steps that offer choices and have borders."""
_WIDTHS = {
    StepColumn.NUMBER: 5,
    StepColumn.TITLE: 44,
    StepColumn.KELENGKAPAN: 34,
    StepColumn.KELUARAN: 24,
    StepColumn.KETERANGAN: 18,
}
_LINE_HEIGHT = 13.5
"""Points of a line of ten-point letters."""
_SPARE = 1.15
"""Lines break between words."""
_LANE_WIDTH, _OTHER_WIDTH = 15, 11
_MOST_CHOICES = {
    StepColumn.CADENCE: [each.value for each in Cadence],
    StepColumn.PER_BIDANG: [YES],
    StepColumn.JOINT: [YES],
}


def write_sop(tables: SopTables, stream: IO[bytes]) -> None:
    """Write the tables as .xlsx.

    Args:
        tables: Of an SOP, or the empty ones.
        stream: Binary; receives the finished workbook at once.
    """
    with new_book(stream, "SOP") as book:
        font = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        border = {"border": 1, "border_color": "#A6A6A6"}
        looks = {
            "plain": book.add_format({**font, **border, "num_format": "@"}),
            "mark": book.add_format({**font, **border, "align": "center", "num_format": "@"}),
            "head": book.add_format({**font, **border, "bold": True, "bg_color": "#D9E2EC", "align": "center"}),
            "label": book.add_format({**font, **border, "bold": True, "bg_color": "#D9E2EC"}),
            "free": book.add_format(font),
            "title": book.add_format({**font, "bold": True, "font_size": 12}),
        }
        _guide(book.add_worksheet(GUIDE_SHEET), looks)
        _identity(book.add_worksheet(IDENTITY_SHEET), tables, looks)
        _steps(book.add_worksheet(STEPS_SHEET), tables, looks)
        _details(book.add_worksheet(DETAILS_SHEET), tables, looks)


def _guide(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(GUIDE):
        sheet.write_string(row, 0, line, looks["title" if row == 0 else "free"])
    sheet.hide_gridlines(2)


def _identity(sheet: Any, tables: SopTables, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for row, (words, text) in enumerate(tables.identity):
        sheet.write_string(row, 0, words, looks["label"])
        _write(sheet, row, 1, text, looks["plain"])
        _fit(sheet, row, (text, 80))
        if words == LINES[ZONE]:
            sheet.data_validation(row, 1, row, 1, choice(list(ZONE_WORDS)))
    _on_paper(sheet)


def _steps(sheet: Any, tables: SopTables, looks: dict[str, Any]) -> None:
    named = {column.value: column for column in StepColumn}
    last = max(_LINES, len(tables.steps))
    widths: list[float] = []
    for place, head in enumerate(tables.heads):
        is_lane = place in tables.lanes
        column = None if is_lane else named.get(head)
        width = _LANE_WIDTH if is_lane else _OTHER_WIDTH if column is None else _WIDTHS.get(column, _OTHER_WIDTH)
        widths.append(width)
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, visible(head), looks["head"])
        choices = list(MARKS) if is_lane else [] if column is None else _MOST_CHOICES.get(column, [])
        if choices:
            sheet.data_validation(1, place, last, place, choice(choices))
        is_long = column in (StepColumn.TITLE, StepColumn.KELENGKAPAN, StepColumn.KELUARAN, StepColumn.KETERANGAN)
        for row in range(last):
            text = tables.steps[row][place] if row < len(tables.steps) else ""
            _write(sheet, row + 1, place, text, looks["plain" if is_long else "mark"])
    for row, texts in enumerate((tables.heads, *tables.steps)):
        _fit(sheet, row, *zip(texts, widths, strict=True))
    sheet.freeze_panes(1, 2)
    _on_paper(sheet)
    sheet.repeat_rows(0)


def _details(sheet: Any, tables: SopTables, looks: dict[str, Any]) -> None:
    for column, (head, width) in enumerate((("Tempat", 14), ("Hal", 34), ("Isi", 90), ("Selama tertulis", 40))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, looks["head"])
    for row, detail in enumerate(tables.details, start=1):
        sheet.write_string(row, 0, detail.place, looks["plain"])
        sheet.write_string(row, 1, visible(detail.path), looks["plain"])
        if isinstance(detail.value, str):
            _write(sheet, row, 2, detail.value, looks["plain"])
        else:
            sheet.write_number(row, 2, detail.value, looks["free"])
        _write(sheet, row, 3, detail.held, looks["plain"])
        _fit(sheet, row, (str(detail.value), 90), (detail.held, 40))
    sheet.freeze_panes(1, 0)
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    if text:
        sheet.write_string(row, column, visible(text), look)
    else:
        sheet.write_blank(row, column, None, look)


def _fit(sheet: Any, row: int, *cells: tuple[str, float]) -> None:
    """Room for the longest of the row's texts, each with its column's width: few programs make it by themselves."""
    lines = max((ceil(len(text) * _SPARE / width) for text, width in cells if text), default=1)
    if lines > 1:
        sheet.set_row(row, lines * _LINE_HEIGHT)

"""Sheets for other programs: CSV as Indonesian spreadsheets read it, a plain CSV for scripts, and JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import IO, Any

from exports.characters import UNREADABLE, one_line, visible
from exports.display import (
    PROVISIONAL,
    facts,
    lines_above,
    lines_below,
    local,
    mark_words,
    sheet_title,
    ticked,
    yes_no,
    zone_of_rows,
)
from exports.sheet import Cast, Column, Kind, Report, Row, Sheet, Signature, typed
from sop.values import asdict

_FORMULA = re.compile(r"\s*(?!-\Z)[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""What a spreadsheet may take for a formula at the start of a cell, fullwidth forms too; a hyphen alone is none."""

_MONTH = "(?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec)[a-z]{0,7}"
_RETYPED = re.compile(
    rf"\s*(?:(?:rp\.?|idr|[$€£])?\s*[(]?[.,]?\d[\d\s.,:/%()-]*(?:e[+-]?\d+)?\s*(?:am|pm)?"
    rf"|\d{{1,4}}[\s/.-]*{_MONTH}(?:[\s/.,-]*\d{{1,4}})?(?:\s+\d{{1,2}}[.:]\d{{2}}(?:[.:]\d{{2}})?)?|{_MONTH}[\s/.,-]*\d{{1,4}}(?:[\s,]+\d{{2,4}})?"
    r"|true|false|benar|salah)\s*",
    re.IGNORECASE,
)
"""Text that an Indonesian or English spreadsheet would turn into a number, a date, a time or a truth value. It holds
no quote and begins with none of `= + - @`."""

_Words = Callable[[Any, int], str]
_INDONESIAN: Mapping[Kind, _Words] = MappingProxyType(
    {
        Kind.TEXT: lambda value, offset: kept_as_text(value),
        Kind.INTEGER: lambda value, offset: str(value),
        Kind.NUMBER: lambda value, offset: _digits(value).replace(".", ","),
        Kind.PERCENT: lambda value, offset: _digits(Decimal(repr(value)) * 100).replace(".", ",") + "%",
        Kind.INSTANT: lambda value, offset: f"{local(value, offset):%d/%m/%Y %H:%M:%S}",
        Kind.DATE: lambda value, offset: f"{value:%d/%m/%Y}",
        Kind.DURATION: lambda value, offset: f"{value // 3600}:{value % 3600 // 60:02d}:{value % 60:02d}",
        # Two decimals of a minute tell every second apart.
        Kind.DIFFERENCE: lambda value, offset: _digits(round(Decimal(value) / 60, 2)).replace(".", ","),
        Kind.YES_NO: lambda value, offset: yes_no(value),
        Kind.TICKED: lambda value, offset: ticked(value),
    }
)
_PLAIN: Mapping[Kind, _Words] = MappingProxyType(
    {
        Kind.TEXT: lambda value, offset: guarded(value),
        Kind.INTEGER: lambda value, offset: str(value),
        Kind.NUMBER: lambda value, offset: _digits(value),
        Kind.PERCENT: lambda value, offset: _digits(value),
        Kind.INSTANT: lambda value, offset: local(value, offset).isoformat(),
        Kind.DATE: lambda value, offset: value.isoformat(),
        Kind.DURATION: lambda value, offset: str(value),
        Kind.DIFFERENCE: lambda value, offset: str(value),
        Kind.YES_NO: lambda value, offset: "true" if value else "false",
        Kind.TICKED: lambda value, offset: "true" if value else "false",
    }
)


def write_csv(report: Report, stream: IO[bytes]) -> None:
    """CSV for Excel with Indonesian settings: UTF-8 with BOM, `;`, decimal comma, `31/12/2026 16:00:00`, durations
    `j:mm:ss`, differences in minutes. Sheets follow each other as `_tables` says."""
    stream.write(b"\xef\xbb\xbf")
    _tables(report, stream)


def write_plain_csv(report: Report, stream: IO[bytes]) -> None:
    """CSV for scripts: one table, the report's first; heads are the columns' keys as in JSON. UTF-8 without BOM, `,`,
    decimal point, ISO times with offset, durations and differences in whole seconds, shares as fractions, `true` and
    `false`; a missing value is empty."""
    lines = csv.writer(_Utf8(stream), delimiter=",", lineterminator="\r\n")
    for sheet in report.sheets[:1]:
        lines.writerow([column.key for column in sheet.columns])
        lines.writerows(_written_rows(report, sheet, _PLAIN))


def _tables(report: Report, stream: IO[bytes]) -> None:
    """The report's facts, then each sheet: a title line, its lines, heads, rows and notes, between blank lines.

    A sheet with marks has one more column, *Tanda*, that spells them out, so that the figures stay figures.
    """
    lines = csv.writer(_Utf8(stream), delimiter=";", lineterminator="\r\n")
    lines.writerow([guarded(one_line(report.title))])
    if report.provisional:
        lines.writerow([PROVISIONAL])
    lines.writerows([label, guarded(one_line(value))] for label, value in facts(report))
    for sheet in report.sheets:
        lines.writerow([])
        lines.writerow([guarded(sheet_title(report, sheet))])
        lines.writerows([guarded(line)] for line in lines_above(sheet))
        if sheet.columns:
            heads = [guarded(one_line(column.title)) for column in sheet.columns]
            lines.writerow(heads + (["Tanda"] if sheet.marks else []))
            for index, cells in enumerate(_written_rows(report, sheet, _INDONESIAN)):
                lines.writerow(cells + ([_row_marks(sheet, index)] if sheet.marks else []))
        lines.writerows([guarded(note)] for note in lines_below(sheet))


class _Utf8:
    """What `csv` writes to. A TextIOWrapper would close our stream when an export breaks off."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode("utf-8"))


def guarded(text: str) -> str:
    """The visible text, with a leading quote where a spreadsheet would take it for a formula."""
    harmless = visible(text)
    return "'" + harmless if _FORMULA.match(harmless) else harmless


def kept_as_text(text: str) -> str:
    """The visible text; as `="0045"` where a spreadsheet would make a number, a date or a truth value of it. Quotes
    alone do not keep it from that."""
    # What has several lines is no figure to any of them.
    return f'="{text}"' if "\n" not in text and _RETYPED.fullmatch(text) else guarded(text)


def _written_rows(report: Report, sheet: Sheet, written: Mapping[Kind, _Words]) -> Iterator[list[str]]:
    offset_of = zone_of_rows(sheet, report.zone_offset_hours)
    for row in sheet.rows:
        offset = offset_of(row)
        cells = zip(row, sheet.columns, strict=True)
        yield [_written(typed(cell, column), offset, written) for cell, column in cells]


def _written(cell: Cast | None, offset_hours: int, written: Mapping[Kind, _Words]) -> str:
    return "" if cell is None else written[cell.kind](cell.value, offset_hours)


def _row_marks(sheet: Sheet, index: int) -> str:
    """`Mulai: dicatat susulan; Kerja: terlambat` for one row."""
    found = ((column, sheet.marks.get((index, column.key))) for column in sheet.columns)
    return guarded("; ".join(f"{one_line(column.title)}: {mark_words(marks)}" for column, marks in found if marks))


def _digits(value: float | Decimal) -> str:
    """Every digit of the number, never in powers of ten; no needless zeros."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_json(report: Report, stream: IO[bytes]) -> None:
    """One JSON document, UTF-8, one row per line.

    Keys of a row are the columns' keys; instants are ISO with the office's offset, dates ISO, durations and differences
    whole seconds, shares fractions, missing values null. A cell of a MIXED column is {"kind", "value"}. Text is exact,
    but code points that act on a terminal are written as escapes. Marks stand beside the rows as
    {"row": from 0, "column": key, "marks": [code]}.
    """
    offset = report.zone_offset_hours
    head = {
        "title": report.title,
        "office": report.office,
        "sop": report.sop,
        "period": report.period,
        "state": report.state,
        "provisional": report.provisional,
        "printed_at": local(report.printed_at, offset).isoformat(),
        "log_hash": report.log_hash,
        "file_name": report.file_name,
    }
    _put(stream, _json(head)[:-1] + ', "sheets": [')
    for number, sheet in enumerate(report.sheets):
        around: dict[str, object] = {
            "title": sheet.title,
            "lines": sheet.lines,
            "notes": sheet.notes,
            **({} if sheet.front is None else {"front": asdict(sheet.front)}),
            **({} if sheet.signature is None else {"signature": _signature(sheet.signature)}),
            "columns": [{"key": c.key, "title": c.title, "kind": c.kind} for c in sheet.columns],
            "marks": [
                {"row": row, "column": key, "marks": sorted(marks)} for (row, key), marks in sorted(sheet.marks.items())
            ],
        }
        _put(stream, (",\n" if number else "\n") + _json(around)[:-1] + ', "rows": [')
        of_row = zone_of_rows(sheet, offset)
        for index, row in enumerate(sheet.rows):
            _put(stream, (",\n" if index else "\n") + _json(_json_row(row, sheet.columns, of_row(row))))
        _put(stream, "]}")
    _put(stream, "]}\n")


def _signature(signature: Signature) -> dict[str, object]:
    day = None if signature.date is None else signature.date.isoformat()
    return {**asdict(signature), "date": day}


def _json_row(row: Row, columns: tuple[Column, ...], offset_hours: int) -> dict[str, object]:
    return {
        column.key: _json_cell(typed(cell, column), column.kind is Kind.MIXED, offset_hours)
        for cell, column in zip(row, columns, strict=True)
    }


def _json_cell(cell: Cast | None, with_kind: bool, offset_hours: int) -> object:
    if cell is None:
        return None
    value: object = cell.value
    if cell.kind is Kind.INSTANT and isinstance(cell.value, int):
        value = local(cell.value, offset_hours).isoformat()
    elif isinstance(cell.value, date):
        value = cell.value.isoformat()
    elif isinstance(cell.value, Decimal):
        value = float(cell.value)
    return {"kind": cell.kind, "value": value} if with_kind else value


def _json(value: object) -> str:
    return UNREADABLE.sub(_escape, json.dumps(value, ensure_ascii=False, allow_nan=False))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if ord(match[0]) > 0x7F else f"\\u{ord(match[0]):04x}"


def _put(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode("utf-8"))

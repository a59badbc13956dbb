"""The cells of one sheet that hold something, each with formula, value and whether its format shows percent.

openpyxl 3.1 keeps the formula or the value of a cell, never both, and hands rows out whole, padded to their last
column: a cell at XFD1048576 makes millions. So its own sheet parser is asked, row by row as the file has them, and told
to keep the formula's text beside the value. It is no public class; the tests of forms notice when a release changes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser  # type: ignore[import-untyped]

from sop.kinerja.form_cell import CellKind, FormCell

LONGEST_TEXT = 32_767
"""Characters of a cell's text that are looked at; Excel keeps no more."""
_LONGEST_FORMULA = 200
_LONGEST_FORMAT = 300
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What of a number format is printed as it stands, or only told to the program."""
_LINE_ENDS = re.compile(r"_x000[DdAa]_")


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Values, with the formulas beside them."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        found["formula"] = None if formula is None else f"={formula.text or ''}"[:_LONGEST_FORMULA]
        return found


def cells_of(sheet: Any) -> Mapping[tuple[int, int], FormCell]:
    """Every cell that holds something: (row, column) -> it.

    Args:
        sheet: Of a workbook opened read-only for its values.

    Raises:
        Exception: Whatever openpyxl raises for a sheet that it cannot read.
    """
    book = sheet.parent
    percent: dict[int, bool] = {}
    found: dict[tuple[int, int], FormCell] = {}
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            [_plain(text) for text in sheet._shared_strings],
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, cells in parser.parse():
            for cell in cells:
                formula, value, style = cell.pop("formula"), cell["value"], cell["style_id"]
                if value is None and formula is None:
                    continue
                if style not in percent:
                    percent[style] = _is_percent(ReadOnlyCell(sheet, **cell).number_format)
                found[cell["row"], cell["column"]] = _read(value, cell["data_type"], percent[style], formula)
    return found


def _is_percent(number_format: str | None) -> bool:
    return "%" in _LITERAL.sub("", (number_format or "")[:_LONGEST_FORMAT])


def _plain(text: str) -> str:
    """A text as a cell shows it, no longer than one can be."""
    return _LINE_ENDS.sub(" ", text[:LONGEST_TEXT])


def _read(value: Any, data_type: str, percent: bool, formula: str | None) -> FormCell:
    match value:
        case None:
            return FormCell(formula=formula, percent=percent)
        case bool():
            return FormCell(CellKind.BENAR_SALAH, value, formula=formula)
        case int() | float():
            return FormCell(CellKind.ANGKA, value, percent, formula)
        case dt.datetime():
            return FormCell(CellKind.TANGGAL, value.date(), formula=formula)
        case dt.date():
            return FormCell(CellKind.TANGGAL, value, formula=formula)
        case dt.time() | dt.timedelta():
            return FormCell(CellKind.TANGGAL, str(value), formula=formula)
        case _ if data_type == "e":
            return FormCell(CellKind.GALAT, str(value)[:LONGEST_TEXT], formula=formula)
        case _:
            text = str(value)
            return FormCell(CellKind.TEKS, text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT], formula=formula)

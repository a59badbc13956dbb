"""Sentences on the sheet Petunjuk of a workbook that somebody fills: as wide as paper, each row as high as its lines.

What they say stands with the workbook that they explain.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

LINE_POINTS = 13.5
"""Height of one line of ten-point letters."""
_WIDER = 0.9
"""Share of a column's digits that a line of letters fills before it is wrapped: bold ones and capitals are wider."""
_A4 = 9


def told_at(sheet: Any, row: int, told: tuple[str, ...], widths: tuple[int, ...], looks: tuple[Any, ...]) -> None:
    """Write one row of texts, as high as the longest of them needs.

    Excel and LibreOffice fit rows to wrapped text only once somebody edits it, and on a protected sheet nobody does.

    Args:
        sheet: Of xlsxwriter.
        row: From 0.
        told: A text for each column from the first on.
        widths: Of those columns, in digits.
        looks: Their formats.
    """
    for place, (text, look) in enumerate(zip(told, looks, strict=True)):
        sheet.write_string(row, place, text, look)
    sheet.set_row(row, max(map(lines_of, told, widths)) * LINE_POINTS)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many digits; one for nothing."""
    return max(1, len(wrap(text, max(1, int(width * _WIDER)))))


def fit_to_paper(sheet: Any, widths: tuple[int, ...]) -> None:
    """Columns of these widths in digits on upright A4, all of them on one page's width."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)

"""Native charts: drawn by the spreadsheet itself from the cells, so that they change with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from exports.characters import one_line
from exports.sheet import Chart, ChartKind, Kind, Sheet
from exports.workbook.looks import FONT, number_format
from exports.workbook.names import short
from sop.values import Frozen

_FONT = {"name": FONT["font_name"], "size": 9}
_FILLS: tuple[Mapping[str, object], ...] = (
    {"fill": {"color": "#1F4E79"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#C55A11", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#A6A6A6"}},
    {"pattern": {"pattern": "small_check", "fg_color": "#548235", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#9DC3E6"}},
    {"pattern": {"pattern": "wide_downward_diagonal", "fg_color": "#7030A0", "bg_color": "#FFFFFF"}},
)
"""One for each series: dark and light, filled and hatched, so that a copier without colour keeps them apart."""

_LIMIT = {"color": "#9C0006", "width": 1.5, "dash_type": "dash"}
_PALE = {"color": "#D9D9D9", "width": 0.5}
_TYPES: Mapping[ChartKind, str] = MappingProxyType({ChartKind.COLUMN: "column", ChartKind.BAR: "bar"})
_LEAST_HEIGHT = 165
"""Pixels; a line of charts so high stands below the key figures of a quarter on their page."""
_TITLE_UNITS = 120
_ALT_UNITS = 1000
_REFERENCE = re.compile(r"!(?=\$?[A-Z]+\$?\d)")
_LABELLED = 40
"""More values than this and the figures over them would lie upon each other."""


class Footing(Frozen):
    """Where a sheet's table stands in the workbook."""

    name: str
    """Of the page."""
    head: int
    """Row of its column heads."""
    sheet: Sheet


def height_of(chart: Chart, rows: int) -> int:
    """Pixels that a chart of so many categories needs."""
    if chart.kind is ChartKind.COLUMN:
        return _LEAST_HEIGHT
    return min(max(_LEAST_HEIGHT, 90 + rows * (14 + 11 * len(chart.values))), 640)


def categories_of(chart: Chart, sheet: Sheet) -> range:
    """The rows of the source sheet that the chart draws."""
    first, end = chart.rows or (0, len(sheet.rows))
    return range(first, min(end, len(sheet.rows)))


def native_chart(book: Any, chart: Chart, source: Footing, width: int, height: int) -> Any:
    """The chart, to be inserted with `alternative_text`."""
    drawn = book.add_chart({"type": _TYPES[chart.kind]})
    rows = categories_of(chart, source.sheet)
    first, last = source.head + 1 + rows.start, source.head + rows.stop
    keys = [column.key for column in source.sheet.columns]
    names = keys.index(chart.category)
    shape = "#,##0"
    labelled = len(rows) * len(chart.values) <= _LABELLED
    for number, key in enumerate(chart.values):
        col = keys.index(key)
        shape = _shape_of(source.sheet, col, rows)
        series: dict[str, object] = {
            "name": [source.name, source.head, col],
            "categories": [source.name, first, names, last, names],
            "values": [source.name, first, col, last, col],
            "gap": 60,
            "border": {"color": "#404040", "width": 0.5},
            **_FILLS[number % len(_FILLS)],
        }
        if labelled:
            # On white, so that the line at the limit does not strike a figure out.
            label = {"value": True, "num_format": shape, "font": {**_FONT, "size": 8}}
            series["data_labels"] = {**label, "fill": {"color": "#FFFFFF"}} if chart.line else label
        drawn.add_series(series)
    drawn.set_title({"name": harmless_title(chart.title), "name_font": {**_FONT, "size": 10, "bold": True}})
    drawn.set_size({"width": width, "height": height})
    # Where every value is written, an axis with figures of its own would only say it less exactly.
    figures: dict[str, object] = {
        "num_format": shape,
        "num_font": _FONT,
        "min": 0,
        "visible": not labelled,
        "major_gridlines": {"visible": not labelled, "line": _PALE},
    }
    # Every bar has its name, of two lines at most: a program that finds them too close leaves out every other one.
    font = {**_FONT, "size": 8} if chart.kind is ChartKind.BAR else _FONT
    named: dict[str, object] = {"num_font": font, "interval_unit": 1}
    if chart.line:
        drawn.combine(_line(book, chart, source, first, last))
    elif shape.endswith("%"):
        # Room behind a full bar for its figure, which is wider than high.
        figures["max"] = 1.35 if chart.kind is ChartKind.BAR else 1.1
    if chart.kind is ChartKind.BAR:
        # A lying chart counts from below; the table is read from above.
        drawn.set_y_axis({**named, "reverse": True})
        drawn.set_x_axis({**figures, "label_position": "high"})
    else:
        drawn.set_x_axis(named)
        drawn.set_y_axis(figures)
    if len(chart.values) == 1:
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "bottom", "font": _FONT})
    return drawn


def _line(book: Any, chart: Chart, source: Footing, first: int, last: int) -> Any:
    """The line over the columns."""
    line = book.add_chart({"type": "line"})
    keys = [column.key for column in source.sheet.columns]
    col, names = keys.index(chart.line), keys.index(chart.category)
    line.add_series(
        {
            "name": [source.name, source.head, col],
            "categories": [source.name, first, names, last, names],
            "values": [source.name, first, col, last, col],
            "line": _LIMIT,
        }
    )
    return line


def _shape_of(sheet: Sheet, col: int, rows: range) -> str:
    """Number format of the values: the column's, or of a MIXED column that of the first value drawn."""
    column = sheet.columns[col]
    if column.kind is not Kind.MIXED:
        return number_format(column.kind, column.decimals)
    for index, row in enumerate(sheet.rows):
        cell: Any = row[col]
        if index in rows and cell is not None:
            return number_format(cell.kind, cell.decimals)
    return "#,##0"


def harmless_title(text: str) -> str:
    """A title that is not taken for a reference to a cell, as `=Langkah!A1` would be."""
    return _REFERENCE.sub("! ", short(text, _TITLE_UNITS))


def alternative_text(chart: Chart) -> str:
    """What the chart shows, in words."""
    text = one_line(chart.alt_text)
    return text if len(text) <= _ALT_UNITS else short(text, _ALT_UNITS)

"""What documents for people leave out: columns that are empty throughout, rows that hold nothing but zeros, words that
the row above has said, values whose words they get, and, where nobody will work with them, sheets of data. Programs get
everything, with values in place of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from exports.sheet import Cast, Cell, Chart, Kind, Mark, Report, Row, Rows, Sheet
from sop.values import Frozen, replace
from sop.words.labels import listed

_NOTHING: frozenset[object] = frozenset({None, ""})
NONE_OF = "Tidak ada (nol)"


def for_people(report: Report, *, data: bool, once: bool) -> Report:
    """The report as people read it.

    Args:
        report: As it was made.
        data: Whether sheets and columns that are there to be worked with are wanted.
        once: Whether what rows share with those above them is said once.
    """
    in_words = [_in_words(sheet) for sheet in report.sheets if data or not sheet.for_data]
    kept = [_readable(sheet, data=data, once=once) for sheet in in_words]
    columns = {sheet.title: {column.key for column in sheet.columns} for sheet in kept}
    return replace(report, sheets=tuple(_with_charts(sheet, columns) for sheet in kept))


def for_programs(report: Report) -> Report:
    """The report as programs take it: no column of words that another holds as a value."""
    return replace(report, sheets=tuple(_in_values(sheet) for sheet in report.sheets))


def _in_values(sheet: Sheet) -> Sheet:
    value_of = {column.key: column.words_of for column in sheet.columns if column.words_of}
    if not value_of:
        return sheet
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for (row, key), found in sheet.marks.items():
        place = row, value_of.get(key, key)
        marks[place] = marks.get(place, frozenset()) | found
    return _of_places(
        replace(sheet, marks=marks), [place for place, column in enumerate(sheet.columns) if not column.words_of]
    )


def _in_words(sheet: Sheet) -> Sheet:
    """The sheet without what only programs get."""
    kept = [place for place, column in enumerate(sheet.columns) if not column.programs]
    if len(kept) < len(sheet.columns):
        sheet = _of_places(sheet, kept)
    mixed = {place for place, column in enumerate(sheet.columns) if column.kind is Kind.MIXED}
    if mixed and isinstance(sheet.rows, tuple):
        rows = (
            tuple(_worded(cell) if place in mixed else cell for place, cell in enumerate(row)) for row in sheet.rows
        )
        sheet = replace(sheet, rows=tuple(rows))
    return sheet


def _worded(cell: Cell) -> Cell:
    return Cast(Kind.TEXT, cell.words) if isinstance(cell, Cast) and cell.words else cell


def _of_places(sheet: Sheet, kept: Sequence[int]) -> Sheet:
    """The sheet with these of its columns and their marks."""
    columns = tuple(replace(sheet.columns[place], words_of="") for place in kept)
    keys = {column.key for column in columns}
    rows: Rows = Chosen(sheet.rows, kept)
    return replace(
        sheet,
        columns=columns,
        rows=tuple(rows) if isinstance(sheet.rows, tuple) else rows,
        marks={place: found for place, found in sheet.marks.items() if place[1] in keys},
        frozen_columns=sum(place < sheet.frozen_columns for place in kept),
    )


class Chosen(Frozen):
    """Some of the cells of each row, chosen while somebody passes through them."""

    rows: Rows
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        if len(self.places) < 2:
            return iter(tuple(row[place] for place in self.places) for row in self.rows)
        return map(itemgetter(*self.places), self.rows)


def _with_charts(sheet: Sheet, columns: Mapping[str, set[str]]) -> Sheet:
    """The sheet without charts of columns that are gone."""
    if not sheet.charts:
        return sheet
    return replace(sheet, charts=tuple(chart for chart in sheet.charts if _is_drawn(chart, sheet, columns)))


def _is_drawn(chart: Chart, sheet: Sheet, columns: Mapping[str, set[str]]) -> bool:
    return {chart.category, *chart.values, *filter(None, (chart.line,))} <= columns.get(
        chart.source or sheet.title, set()
    )


def _readable(sheet: Sheet, *, data: bool, once: bool) -> Sheet:
    rows = sheet.rows
    # Rows that are read while they are written are passed through once.
    if not isinstance(rows, tuple) or not sheet.columns or sheet.front is not None:
        return sheet
    if sheet.zeros_apart:
        sheet = _without_zeros(sheet, rows)
        rows = tuple(sheet.rows)
    if once and any(column.once for column in sheet.columns):
        rows = tuple(_said_once(rows, [place for place, column in enumerate(sheet.columns) if column.once]))
        sheet = replace(sheet, rows=rows)
    marked = {key for _, key in sheet.marks}
    columns_of = list(zip(*rows, strict=True)) if rows else [("?",)] * len(sheet.columns)
    kept = [
        place
        for place, (column, cells) in enumerate(zip(sheet.columns, columns_of, strict=True))
        if (data or not column.off_paper or column.key == sheet.zone)
        and (column.key in marked or not set(cells) <= _NOTHING)
    ]
    return sheet if len(kept) == len(sheet.columns) else _of_places(sheet, kept)


def _said_once(rows: tuple[Row, ...], places: Sequence[int]) -> Iterator[Row]:
    """The rows without the words that they share with the one above; a row of another first cell has all of them."""
    above: Row = ()
    for row in rows:
        if above and row[0] == above[0]:
            yield tuple(
                "" if place in places and cell is not None and cell == above[place] else cell
                for place, cell in enumerate(row)
            )
        else:
            yield row
        above = row


def _without_zeros(sheet: Sheet, rows: tuple[Row, ...]) -> Sheet:
    """The figures that are zero told in one line below the others; those that are missing are left out."""
    zeros = [index for index, row in enumerate(rows) if _is_zero(row)]
    missing = {index for index, row in enumerate(rows) if all(cell is None for cell in row[1:])}
    gone = {*zeros, *missing}
    if not gone or len(gone) == len(rows):
        return sheet
    place_of = {index: place for place, index in enumerate(index for index in range(len(rows)) if index not in gone)}
    marks: dict[tuple[int, str], frozenset[Mark]] = {
        (place_of[index], key): found for (index, key), found in sheet.marks.items() if index in place_of
    }
    line = (f"{NONE_OF}: {listed([str(rows[index][0]) for index in zeros])}.",) if zeros else ()
    return replace(
        sheet,
        rows=tuple(rows[index] for index in place_of),
        marks=marks,
        notes=(*line, *sheet.notes),
    )


def _is_zero(row: Row) -> bool:
    values = [_bare(cell) for cell in row[1:] if cell is not None]
    return bool(values) and all(value == 0 and not isinstance(value, str) for value in values)


def _bare(cell: Cell) -> object:
    return cell.value if isinstance(cell, Cast) else cell

"""Where pages end: no page begins with words that nobody can place, none holds a few words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from db import opening
from exports import format_named, write
from exports.sheet import Chart, ChartKind, Column, Kind, Mark, Paper, Report, Sheet
from exports.workbook.page_rows import PageRows
from sop.form import catalog
from tests.exports.samples import report
from tests.exports.years import crowd, lived_year


class Page:
    """What a page of XlsxWriter is told."""

    def __init__(self) -> None:
        self.ends: list[int] = []
        self.repeated: int | None = None

    def set_default_row(self, points: float) -> None: ...

    def set_row(self, row: int, points: float) -> None: ...

    def set_h_pagebreaks(self, ends: list[int]) -> None:
        self.ends = ends

    def repeat_rows(self, row: int) -> None:
        self.repeated = row


def page_of(last: int, table: range, points: float, whole: tuple[range, ...] = ()) -> Page:
    """Where pages end of a sheet of rows that are all so high."""
    page = Page()
    rows = PageRows(page)
    for row in range(last):
        rows.set(row, points)
    for kept in whole:
        rows.keep_whole(kept)
    rows.end_pages(last, table, Paper.A4)
    return page


def test_a_few_words_have_no_page_for_themselves() -> None:
    """Thirty-five rows fill a page; the words below them take the last three rows along."""
    table = range(4, 34)
    (end,) = page_of(37, table, 15.5).ends
    assert end == table.stop - 3
    assert page_of(37, table, 15.5).repeated == table.start
    # Many words are a page.
    assert page_of(34 + 12, table, 15.5).ends[0] >= table.stop
    # All of it fits: nothing ends.
    assert page_of(37, table, 10).ends == []


def test_a_table_does_not_go_on_with_one_row_unless_that_saves_a_page() -> None:
    table = range(4, 36)
    (end,) = page_of(36 + 14, table, 15.5).ends
    assert end == table.stop - 2
    # Two rows under the head that is repeated and these words would take another page.
    assert page_of(36 + 33, table, 15.5).ends == [table.stop - 1]


def test_what_is_wished_whole_is_so_where_that_costs_no_page() -> None:
    """The first lines of the words below a table stay together, unless they would push the last ones to a page more."""

    def begun(last: int) -> list[int]:
        page = Page()
        rows = PageRows(page)
        for row in range(last):
            rows.set(row, 15.5)
        rows.wish_whole(range(33, 37))
        rows.end_pages(last, range(4, 32), Paper.A4)
        return page.ends

    assert begun(50) == [33]
    assert begun(35 + 35) == [35], "a page holds thirty-five rows"


# ---------------------------------------------------------------------- the recaps
class Book(NamedTuple):
    """A recap as its workbook tells it, and the workbook as openpyxl finds it."""

    told: Report
    pages: dict[str, Any]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    folder = tmp_path_factory.mktemp("tahun")
    found: dict[str, Book] = {}
    for code in (*catalog.codes(), "ramai"):
        with opening.open(folder / f"{code}.db", create=True) as database:
            kantor = crowd(database) if code == "ramai" else lived_year(database, code)
            for period in ("TW1",) if code == "ramai" else ("TW1", "TW4", "S1", "TH"):
                what = kantor.recap(period)
                found[f"{code} {period}"] = Book(format_named("xlsx").told(what), written(what))
    return found


def written(what: Report) -> dict[str, Any]:
    stream = BytesIO()
    write(what, "xlsx", "-", stdout=stream)
    return {page.title: page for page in load_workbook(BytesIO(stream.getvalue())).worksheets}


def beginnings(page: Any) -> Iterator[int]:
    """Rows of openpyxl, from 1, that begin a further page."""
    return (one.id + 1 for one in page.row_breaks.brk)


def test_a_page_begins_with_all_that_its_first_row_leaves_to_the_one_above(books: dict[str, Book]) -> None:
    seen = 0
    for name, (told, pages) in books.items():
        for sheet in told.sheets:
            places = [place for place, column in enumerate(sheet.columns, start=1) if column.once]
            if not places:
                continue
            page = pages[sheet.title]
            ((table,),) = [[page.tables[key] for key in page.tables]]
            first, last = (int(number) for number in re.findall(r"\d+", table.ref))
            for row in beginnings(page):
                if not first < row <= last:
                    continue
                for place in places:
                    if tuple(sheet.rows)[row - first - 1][place - 1] == "":
                        seen += 1
                        assert page.cell(row, place).value, (name, sheet.title, row)
    assert seen > 20


def test_no_page_of_words_is_nearly_empty(books: dict[str, Book]) -> None:
    for name, (told, pages) in books.items():
        for sheet in told.sheets:
            if sheet.front is not None or not len(sheet.rows):
                continue
            page = pages[sheet.title]
            ends = [row for row in beginnings(page) if row <= page.max_row]
            ((table,),) = [[page.tables[key] for key in page.tables]]
            below = int(re.findall(r"\d+", table.ref)[1])
            for row in ends[-1:]:
                held = sum(page.cell(other, 1).value is not None for other in range(row, page.max_row + 1))
                assert row <= below or held >= 8 or sheet.charts, (name, sheet.title, row)


def test_no_note_is_parted_and_no_page_ends_behind_what_leads_on(books: dict[str, Book]) -> None:
    for name, (told, pages) in books.items():
        for sheet in told.sheets:
            if sheet.front is not None or not sheet.notes:
                continue
            page = pages[sheet.title]
            lines = {row: page.cell(row, 1).value for row in range(1, page.max_row + 1)}
            for row in beginnings(page):
                before = lines.get(row - 1)
                if not isinstance(before, str) or before == lines.get(row):
                    continue
                assert not str(before).endswith(":"), (name, sheet.title, before)
                whole = [note for note in sheet.notes if before in note and note != before]
                cut = [note for note in whole if isinstance(lines.get(row), str) and lines[row] in note]
                assert not cut, (name, sheet.title, cut)


@pytest.mark.parametrize("before", [0, 1])
def test_what_leads_on_stands_on_the_page_of_what_it_leads_to(before: int) -> None:
    """Fifty heads with one line each: wherever the page ends, it is not behind a head."""
    notes = (*("Catatan.",) * before, *(line for number in range(50) for line in (f"Daftar {number}:", "1. Butir.")))
    page = written(report(Sheet("Langkah", (Column("text", "Uraian"),), (("Satu",),), notes=notes)))["Langkah"]
    begun = list(beginnings(page))
    assert len(begun) > 1
    assert {page.cell(row, 1).value for row in begun} != {"1. Butir."}
    assert not [row for row in begun if page.cell(row - 1, 1).value.endswith(":")]


def test_no_line_of_a_heading_begins_with_the_dot_between_its_parts(books: dict[str, Book]) -> None:
    for name, book in books.items():
        for title, page in book.pages.items():
            for row in range(1, 12):
                assert not str(page.cell(row, 1).value).strip().startswith("·"), (name, title)


def test_columns_that_stand_beside_each_other_are_as_wide(books: dict[str, Book]) -> None:
    for name, (told, pages) in books.items():
        for sheet in told.sheets:
            alike = {place for place, column in enumerate(sheet.columns, start=1) if column.alike}
            dimensions = pages[sheet.title].column_dimensions.values()
            widths = {round(one.width, 1) for one in dimensions if alike & {*range(one.min, one.max + 1)}}
            assert len(widths) <= 1, (name, sheet.title, widths)


def test_words_said_again_are_marked_as_they_were() -> None:
    """An assumption stays one at the top of the next page, and the row becomes high enough."""
    long = "Pejabat Pengelola Informasi dan Dokumentasi"
    rows = tuple((1, long, number) for number in range(60))
    sheet = Sheet(
        "Langkah",
        (Column("step", "No", Kind.INTEGER), Column("lane", "Pelaksana", once=True), Column("n", "N", Kind.INTEGER)),
        rows,
        marks=MappingProxyType({(row, "lane"): frozenset({Mark.ASSUMED}) for row in range(60)}),
    )
    page = written(report(sheet))["Langkah"]
    for row in beginnings(page):
        assert page.cell(row, 2).value == long
        assert page.cell(row, 2).font.italic
    for row, after in pairwise([*beginnings(page), page.max_row]):
        assert all(page.cell(other, 2).value in (None, "") for other in range(row + 1, after))


def test_no_chart_is_drawn_of_days_that_are_none(books: dict[str, Book]) -> None:
    drawn: list[tuple[str, Chart]] = [
        (name, chart)
        for name, book in books.items()
        for sheet in book.told.sheets
        for chart in sheet.charts
        if chart.kind is ChartKind.BAR and chart.values == ("waiting_days",)
    ]
    assert drawn
    for name, chart in drawn:
        (source,) = [one for one in books[name].told.sheets if one.title == chart.source]
        place = [column.key for column in source.columns].index("waiting_days")
        assert any(row[place] for row in source.rows), name

"""The workbook as Excel and openpyxl find it: typed cells, harmless words, tables, print set-up."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.characters import visible
from exports.display import signs
from exports.errors import SheetTooLong
from exports.sheet import SIGNS, Cast, Cell, Column, Kind, Mark, Paper, Report, Row, Sheet, typed
from exports.workbook import document, write_workbook
from exports.workbook.letters import folded
from exports.workbook.looks import LETTERS
from exports.workbook.page_rows import LINE_POINTS, ROW_POINTS
from sop.values import replace
from tests.exports.samples import FIGURES, HOSTILE, LONG, NINE, STEPS, report


def rendered(what: Report) -> bytes:
    stream = BytesIO()
    write_workbook(what, stream)
    return stream.getvalue()


def opened(what: Report) -> Any:
    return load_workbook(BytesIO(rendered(what)))


def head_row(page: Any) -> int:
    """Row number of the column heads: the last one that stays on the screen."""
    return int(re.sub(r"\D", "", page.freeze_panes)) - 1


def rows_of(page: Any, sheet: Sheet) -> list[list[object]]:
    """Values below the heads, as many as the sheet has."""
    head = head_row(page)
    cells = page.iter_rows(
        min_row=head + 1, max_row=head + len(sheet.rows), max_col=len(sheet.columns), values_only=True
    )
    # `_x0041_` is stored as `_x005F_x0041_`; openpyxl undoes that in shared strings, not in those of a streamed sheet.
    return [[value.replace("x005F_", "") if isinstance(value, str) else value for value in row] for row in cells]


def expected(cell: Cast | None, offset_hours: int = 7) -> object:
    """What Excel should hold for a cell, independent of the writer's arithmetic."""
    if cell is None:
        return None
    value: Any = cell.value
    match cell.kind:
        case Kind.TEXT:
            return visible(value)
        case Kind.YES_NO:
            return "Ya" if value else "Tidak"
        case Kind.TICKED:
            return "dicentang" if value else "belum dicentang"
        case Kind.INSTANT:
            return datetime(1970, 1, 1) + timedelta(seconds=value, hours=offset_hours)  # noqa: DTZ001 - as Excel has it
        case Kind.DATE:
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001
        case Kind.DURATION:
            return timedelta(seconds=value)
        case Kind.DIFFERENCE:
            return value / 60
        case _:
            return value


def same(found: Any, wanted: Any) -> bool:
    """Equal, but for the sixteenth digit of a number and for the microseconds of Excel's fractions of a day."""
    if type(wanted) in (datetime, timedelta):
        return type(found) is type(wanted) and bool(abs(found - wanted) < timedelta(milliseconds=2))
    if isinstance(wanted, int | float):
        return isinstance(found, int | float) and math.isclose(found, wanted, rel_tol=1e-14)
    return bool(found == wanted)


def assert_read_back(page: Any, sheet: Sheet) -> None:
    said: dict[str, Any] = {}
    for index, (found, row) in enumerate(zip(rows_of(page, sheet), sheet.rows, strict=True)):
        for value, cell, column in zip(found, row, sheet.columns, strict=True):
            marks = sheet.marks.get((index, column.key), frozenset())
            wanted = signs(marks) if cell is None and marks else expected(typed(cell, column))
            # The first row of a page says again what it shares with the one above.
            again = column.once and cell == "" and value == said[column.key]
            assert again or same(value, wanted), (column, value, wanted)
            if cell != "":
                said[column.key] = value


def text_sheet(*texts: str) -> Sheet:
    return Sheet("Catatan", (Column("text", "Catatan", width=60),), tuple((text,) for text in texts))


_CELLS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(max_size=40) | st.sampled_from(HOSTILE),
    Kind.INTEGER: st.integers(-(10**14), 10**14),
    Kind.NUMBER: st.floats(-1e12, 1e12, allow_subnormal=False),
    Kind.PERCENT: st.floats(0, 10, allow_subnormal=False),
    Kind.INSTANT: st.integers(0, 4_102_444_800),
    Kind.DATE: st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    Kind.DURATION: st.integers(0, 10**8),
    Kind.DIFFERENCE: st.integers(-(10**7), 10**7),
    Kind.YES_NO: st.booleans(),
    Kind.TICKED: st.booleans(),
}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any sheet: some columns of any kinds, some rows with missing cells, some marks."""
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=6))
    columns = tuple(
        Column(
            f"k{number}_seconds", draw(st.text(max_size=20)), kind, draw(st.integers(0, 60)), draw(st.integers(0, 3))
        )
        for number, kind in enumerate(kinds)
    )

    def cell(column: Column) -> Cell:
        if draw(st.integers(0, 5)) == 0:
            return None
        if column.kind is Kind.MIXED:
            kind = draw(st.sampled_from(list(_CELLS)))
            return Cast(kind, draw(_CELLS[kind]), 1)
        return draw(_CELLS[column.kind])  # type: ignore[no-any-return]

    rows = tuple(tuple(cell(column) for column in columns) for _ in range(draw(st.integers(0, 6))))
    places = st.tuples(st.integers(0, 6), st.sampled_from([column.key for column in columns]))
    marks = draw(st.dictionaries(places, st.frozensets(st.sampled_from(list(Mark)), min_size=1), max_size=4))
    return Sheet(draw(st.text(max_size=40)), columns, rows, marks=marks)


@settings(max_examples=60)
@given(sheets(), st.booleans())
def test_any_sheet_reads_back_as_it_was(sheet: Sheet, streamed: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if streamed:
            patch.setattr(document, "TABLE_ROWS", 0)
        page = opened(report(sheet)).worksheets[0]
    assert_read_back(page, sheet)


def test_dates_durations_and_numbers_arrive_with_their_types() -> None:
    book = opened(report())
    assert_read_back(book["Langkah"], STEPS)
    assert_read_back(book["Ringkasan"], FIGURES)
    first = rows_of(book["Langkah"], STEPS)[0]
    assert [type(value) for value in first] == [int, str, str, datetime, timedelta, int, float, str, datetime]


def test_a_missing_value_is_an_empty_cell_and_never_zero() -> None:
    sheet = replace(STEPS, marks={})
    assert rows_of(opened(report(sheet)).worksheets[0], sheet)[2] == [3, "Mengolah data", *[None] * 7]


@pytest.mark.parametrize("table_rows", [document.TABLE_ROWS, 0])
def test_no_typed_text_becomes_a_formula_or_a_link(monkeypatch: pytest.MonkeyPatch, table_rows: int) -> None:
    monkeypatch.setattr(document, "TABLE_ROWS", table_rows)
    hostile = Sheet(
        title="=1+1",
        columns=tuple(Column(f"k{number}", text) for number, text in enumerate(HOSTILE)),
        rows=(tuple(HOSTILE), tuple(reversed(HOSTILE))),
        lines=HOSTILE,
        notes=HOSTILE,
    )
    evil = replace(report(hostile), office=" ".join(HOSTILE), file_name="&A&[File]" * 40)
    with zipfile.ZipFile(BytesIO(rendered(evil))) as package:
        for name in package.namelist():
            content = package.read(name).decode("utf-8")
            assert "<f>" not in content, name
            assert "<f " not in content, name
            assert "<hyperlink" not in content, name
            assert "hyperlink" not in content or name.startswith("[Content"), name
    assert_read_back(load_workbook(BytesIO(rendered(evil))).worksheets[0], hostile)


def test_a_text_cell_stays_text_when_somebody_edits_it() -> None:
    page = opened(report(text_sheet("=1+1"))).worksheets[0]
    cell = page.cell(head_row(page) + 1, 1)
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_what_does_not_fit_into_a_cell_continues_in_the_appendix() -> None:
    sheet = text_sheet("pendek", LONG)
    book = opened(report(sheet))
    begun = rows_of(book["Catatan"], sheet)[1][0]
    assert isinstance(begun, str)
    assert len(begun.encode("utf-16-le")) // 2 <= 32_767
    head, mark = begun.split(" … ")
    assert mark == "[lanjutan di lembar Lampiran teks, nomor 1]"
    appendix = book["Lampiran teks"]
    rest = [row for row in appendix.iter_rows(min_row=head_row(appendix) + 1, values_only=True) if row[0] == 1]
    assert head + "".join(row[4] for row in rest) == LONG
    assert {row[1:3] for row in rest} == {("Catatan", f"A{head_row(book['Catatan']) + 2}")}


def test_an_emoji_counts_twice_as_excel_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long sheet, whose rows have no heights, a cell holds whatever Excel lets it hold."""
    monkeypatch.setattr(document, "TABLE_ROWS", 1)
    sheet = text_sheet("😀" * 20_000, "😀" * 16_383)
    book = opened(report(sheet))
    (cut,), (whole,) = rows_of(book["Catatan"], sheet)
    assert isinstance(cut, str)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert "Lampiran teks" in cut
    assert whole == "😀" * 16_383


def test_what_a_page_cannot_show_of_a_text_is_printed_whole_in_the_appendix() -> None:
    """Excel shows no row higher than 409 points: words below that are on no paper."""
    sheet = text_sheet("kata " * 3000, "baris\n" * 100)
    book = opened(report(sheet))
    for page in book.worksheets:
        for row in page.iter_rows(min_row=head_row(page) + 1, max_row=page.max_row):
            height = page.row_dimensions[row[0].row].height or ROW_POINTS
            assert height <= 409
            for cell in row:
                width = page.column_dimensions[cell.column_letter].width * 7
                lines = len(folded(str(cell.value or ""), width, LETTERS))
                assert lines * LINE_POINTS <= height + 1, (page.title, cell.coordinate)


def test_there_is_no_appendix_where_everything_fits() -> None:
    assert opened(report()).sheetnames == ["Ringkasan", "Langkah"]


def test_marks_show_a_sign_without_colour_and_leave_the_value_typed() -> None:
    page = opened(report()).worksheets[1]
    row = head_row(page) + 2
    assert page.cell(row, 5).number_format == '[h]:mm" !"'
    assert page.cell(row, 5).value == timedelta(minutes=41)
    assert page.cell(row, 2).number_format == '@" !"'
    assert page.cell(row, 8).number_format == '@" !*"'
    assert page.cell(row + 1, 4).value == "/", "a missing value shows the sign alone"
    words = [page.cell(number, 1).value for number in range(1, row)]
    assert "Tanda: ! terlambat; ? asumsi, belum ditetapkan kantor; * dicatat susulan; / dilewati" in words


def test_every_mark_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(Mark)
    assert len({sign for sign, _ in SIGNS.values()}) == len(Mark)


def test_every_sheet_of_an_open_period_says_sementara() -> None:
    for provisional in (True, False):
        for page in opened(report(provisional=provisional)).worksheets:
            heading = " ".join(str(page.cell(row, 1).value) for row in range(1, 5))
            assert ("SEMENTARA" in heading) is provisional
            assert ("SEMENTARA" in (page.oddHeader.center.text or "")) is provisional


@pytest.mark.parametrize(("paper", "code"), [(Paper.A4, 9), (Paper.F4, 14)])
def test_pages_are_landscape_with_repeated_heads_and_letters_of_a_readable_size(paper: Paper, code: int) -> None:
    many = replace(STEPS, rows=tuple(STEPS.rows) * 30, marks={})
    page = opened(replace(report(FIGURES, many), paper=paper, file_name="a & b.xlsx")).worksheets[1]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", code)
    assert page.page_setup.scale / 100 * LETTERS >= 7.5
    assert page.row_breaks.brk
    assert page.print_title_rows == f"${head_row(page)}:${head_row(page)}"
    assert "a && b.xlsx" in page.oddFooter.left.text
    assert page.oddFooter.center.text.endswith("Halaman &P dari &N")
    assert "Dicetak 1 Apr 2026 09.20 WIB · sidik 3f9a3f9a3f9a3f9a" in page.oddFooter.right.text


def test_heads_are_frozen_filtered_and_named_and_nothing_is_merged() -> None:
    page = opened(report()).worksheets[1]
    (table,) = page.tables.values()
    head = head_row(page)
    assert table.ref == f"A{head}:I{head + 4}"
    assert table.autoFilter.ref == table.ref
    assert re.fullmatch(r"tbl_\w+", table.name)
    assert page.freeze_panes == f"C{head + 1}"
    assert not page.merged_cells.ranges


def test_a_long_sheet_has_filters_instead_of_a_named_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "TABLE_ROWS", 3)
    page = opened(report()).worksheets[1]
    assert not page.tables
    assert page.auto_filter.ref == f"A{head_row(page)}:I{head_row(page) + 4}"


def test_a_sheet_without_rows_says_so() -> None:
    page = opened(report(replace(STEPS, rows=(), marks={}))).worksheets[0]
    assert "Belum ada baris." in [row[0].value for row in page.iter_rows(max_col=1)]
    assert not page.tables


def test_a_sheet_of_words_needs_no_columns() -> None:
    page = opened(report(Sheet("Catatan", lines=("satu\ndua",)))).worksheets[0]
    assert [page.cell(row, 1).value for row in (3, 4)] == ["satu", "dua"]


def test_sheet_names_are_accepted_by_excel_and_differ() -> None:
    titles = ("Langkah", "LANGKAH", "a/b:c*?[d]\\", "x" * 40, "x" * 40, "", "History", "'kutip'", "Lampiran teks")
    names = opened(report(*(Sheet(title) for title in titles))).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    assert all(1 <= len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(report()) == rendered(report())
    monkeypatch.setattr(document, "TABLE_ROWS", 0)
    assert rendered(report()) == rendered(report())


def test_document_properties_tell_office_period_and_log() -> None:
    properties = opened(report()).properties
    assert properties.title == "Rekap SAKIP TW I 2026"
    assert properties.creator == "Disnaker Kota Tangerang"
    assert properties.description == "Sidik riwayat " + "3f9a" * 16
    assert properties.created.replace(tzinfo=UTC) == datetime.fromtimestamp(NINE + 1234, UTC)


def test_a_folded_text_gets_a_row_high_enough() -> None:
    page = opened(report(text_sheet("pendek", "kata " * 100, "satu\ndua\ntiga"))).worksheets[0]
    heights = [page.row_dimensions[head_row(page) + number].height for number in (1, 2, 3)]
    assert heights[0] == ROW_POINTS
    assert heights[1] > 5 * 11
    assert heights[2] > 3 * 11


def test_a_date_before_excel_counts_is_written_in_words() -> None:
    sheet = Sheet("Lama", (Column("day", "Hari", Kind.DATE),), ((date(1899, 12, 31),), (date(1900, 3, 1),)))
    assert rows_of(opened(report(sheet)).worksheets[0], sheet) == [["Min, 31 Des 1899"], [datetime(1900, 3, 1)]]  # noqa: DTZ001


class _Endless:
    def __len__(self) -> int:
        return 1_048_576

    def __iter__(self) -> Iterator[Row]:
        raise AssertionError("the rows were asked for")


def test_a_sheet_longer_than_excel_is_refused_before_a_row_is_read() -> None:
    with pytest.raises(SheetTooLong) as refused:
        rendered(report(Sheet("Riwayat", STEPS.columns, _Endless())))
    assert (refused.value.title, refused.value.rows) == ("Riwayat", 1_048_576)

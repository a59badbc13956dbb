"""Charts that the spreadsheet draws itself, as the package holds them, and what no page's end may cut."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from exports.sheet import Chart, ChartKind, Column, Front, Headline, Kind, Paper, Report, Row, Sheet
from exports.workbook import document, write_workbook
from exports.workbook.names import coded, units
from exports.workbook.page_rows import PageRows
from exports.workbook.pages import usable_points
from sop.values import replace
from tests.exports.samples import HOSTILE, LONG, report
from tests.exports.test_workbook import head_row, opened

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PAGE_LINE_UNITS = 255
"""UTF-16 units that Excel takes in a page's header or footer, codes included."""

LANES = Sheet(
    "Pelaksana",
    (
        Column("lane", "Pelaksana", width=30),
        Column("work_seconds", "Kerja (j:mm)", Kind.DURATION),
        Column("standard_seconds", "Mutu baku (j:mm)", Kind.DURATION),
        Column("share", "Tepat waktu", Kind.PERCENT),
    ),
    (("Staf", 600, 900, 1.0), ("Kasubag", 1800, 900, 0.5), ("Sekretaris", None, 900, None)),
)
WORK = Chart(
    ChartKind.BAR,
    "Waktu kerja dan mutu baku",
    "Staf di bawah mutu baku, Kasubag di atasnya.",
    "lane",
    ("work_seconds", "standard_seconds"),
    source="Pelaksana",
)
SHARE = Chart(
    ChartKind.COLUMN, "Tepat waktu", "Staf seluruhnya, Kasubag separuh.", "lane", ("share",), "Pelaksana", (0, 2)
)


def rendered(what: Report) -> zipfile.ZipFile:
    stream = BytesIO()
    write_workbook(what, stream)
    return zipfile.ZipFile(stream)


def summary(*charts: Chart, rows: tuple[Row, ...] = (("Langkah", "5"),)) -> Sheet:
    columns = (Column("figure", "Ukuran", width=36), Column("value", "Nilai", width=20))
    return Sheet("Ringkasan", columns, rows, charts=charts)


def parts(package: zipfile.ZipFile, begin: str) -> list[Any]:
    names = sorted(name for name in package.namelist() if name.startswith(begin))
    return [ElementTree.fromstring(package.read(name)) for name in names]


def test_charts_are_native_and_point_at_the_cells_they_draw() -> None:
    what = report(summary(WORK, SHARE), LANES)
    work, share = parts(rendered(what), "xl/charts/chart")
    head = head_row(opened(what)["Pelaksana"])
    references = [node.text for node in work.iter(f"{_CHART}f")]
    assert references == [
        f"Pelaksana!$B${head}",
        f"Pelaksana!$A${head + 1}:$A${head + 3}",
        f"Pelaksana!$B${head + 1}:$B${head + 3}",
        f"Pelaksana!$C${head}",
        f"Pelaksana!$A${head + 1}:$A${head + 3}",
        f"Pelaksana!$C${head + 1}:$C${head + 3}",
    ]
    assert f"Pelaksana!$D${head + 1}:$D${head + 2}" in [node.text for node in share.iter(f"{_CHART}f")]
    formats = {node.get("formatCode") for node in work.iter(f"{_CHART}numFmt")}
    assert "[h]:mm" in formats


def test_every_chart_says_what_it_shows() -> None:
    (drawing,) = parts(rendered(report(summary(WORK, SHARE), LANES)), "xl/drawings/drawing")
    said = [node.get("descr") for node in drawing.iter(f"{_DRAWING}cNvPr")]
    assert said == [WORK.alt_text, SHARE.alt_text]


def test_series_differ_without_colour() -> None:
    (work,) = parts(rendered(report(summary(WORK), LANES)), "xl/charts/chart")
    first, second = work.iter(f"{_CHART}ser")
    patterns = [
        list(series.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}pattFill"))
        for series in (first, second)
    ]
    assert [bool(found) for found in patterns] == [False, True]


@pytest.mark.parametrize("table_rows", [document.TABLE_ROWS, 0])
def test_hostile_words_are_words_in_charts_and_heads(monkeypatch: pytest.MonkeyPatch, table_rows: int) -> None:
    monkeypatch.setattr(document, "TABLE_ROWS", table_rows)
    for text in (*HOSTILE, "=Pelaksana!$A$1", "nilai!A1", "=1!B2", LONG):
        chart = replace(WORK, title=text, alt_text=text or "-")
        lanes = replace(LANES, columns=(Column("lane", text), *LANES.columns[1:]), rows=((text, 1, 2, 0.5),))
        sheet = summary(chart, rows=((text, text),))
        what = replace(report(sheet, lanes), title=text, state=text, period=text, sop=text, subject=text)
        package = rendered(what)
        for name in package.namelist():
            content = package.read(name).decode("utf-8")
            assert "<f>" not in content and "<f " not in content, (text, name)  # noqa: PT018
            assert "<hyperlink" not in content, (text, name)
        (drawn,) = parts(package, "xl/charts/chart")
        allowed = {"Ringkasan", "Pelaksana"}
        assert {(node.text or "").split("!")[0] for node in drawn.iter(f"{_CHART}f")} <= allowed
        title = drawn.find(f".//{_CHART}title")
        assert title is None or not list(title.iter(f"{_CHART}f")), text


def test_headers_and_footers_hold_no_code_of_the_offices_name() -> None:
    for text in ("&A &[File] &&& &D", "&" * 200, "Dinas A & B", "&B&U" + "x" * 300, "😀" * 200):
        what = replace(report(), office=text, period=text, file_name=f"{text[:80]}.xlsx")
        page = opened(what).worksheets[0]
        for part in (page.oddHeader, page.oddFooter):
            whole = "".join(item.text or "" for item in (part.left, part.center, part.right))
            assert len(whole.encode("utf-16-le")) // 2 <= _PAGE_LINE_UNITS
        left = coded(text, 76)
        assert units(left) <= 76
        assert not re.search(r"(?<!&)&(?!&)", left.replace("&&", "")), left


class _Page:
    """Stands for a page of XlsxWriter."""

    def __init__(self) -> None:
        self.breaks: list[int] = []

    def set_default_row(self, points: float) -> None: ...

    def set_row(self, row: int, points: float) -> None: ...

    def set_h_pagebreaks(self, breaks: list[int]) -> None:
        self.breaks = list(breaks)


@pytest.mark.parametrize(
    ("before", "lines", "scale", "breaks"),
    [
        (10, 10, 100, []),  # room enough
        (25, 10, 100, [25]),  # would be cut
        (25, 10, 50, []),  # scaled down to a half, twice as much fits
    ],
)
def test_a_chart_that_would_be_cut_begins_a_new_page(before: int, lines: int, scale: int, breaks: list[int]) -> None:
    page = _Page()
    rows = PageRows(page)
    height = usable_points(Paper.A4)[1]
    for row in range(before + lines):
        rows.set(row, height / 30)
    rows.keep_whole(range(before, before + lines))
    rows.end_pages(before + lines, None, Paper.A4, scale)
    assert page.breaks == breaks


def test_what_no_page_holds_is_cut_all_the_same() -> None:
    page = _Page()
    rows = PageRows(page)
    for row in range(50):
        rows.set(row, usable_points(Paper.A4)[1] / 30)
    rows.keep_whole(range(5, 50))
    rows.end_pages(50, None, Paper.A4, 100)
    assert page.breaks
    assert page.breaks[0] > 5


def test_hostile_words_are_words_on_the_page_that_is_signed() -> None:
    """Every cell of its table, whose columns are not those that give way for want of room."""
    columns = (Column("title", "Langkah", width=6), Column("outcome", "Hasil", width=4))
    for text in (*HOSTILE, LONG[:200]):
        front = Front((text,), (text,), text, True, (Headline(text, text, text),), text, (text,), text, ("title",))
        package = rendered(report(Sheet("Pengesahan", columns, ((text, text),), front=front)))
        for name in package.namelist():
            assert not re.search(r"<f[ >]|<hyperlink", package.read(name).decode("utf-8")), (text, name)

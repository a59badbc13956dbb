"""A real recap says the same in all its formats: every cell of the workbook, of JSON, both CSV, text and Markdown."""

from __future__ import annotations

import csv
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db import opening, queries
from exports import format_named, write
from exports.characters import visible
from exports.display import shown, signs
from exports.sheet import Cast, Cell, Column, Kind, Report, Sheet, typed
from exports.workbook.looks import LETTERS
from sakip_tui.recaps import read_recap
from sop.values import replace
from tests.cli.conftest import Desk
from tests.cli.test_year import lived
from tests.exports.samples import HOSTILE, LONG
from tests.exports.test_workbook import assert_read_back

CODES = ("disnaker-kota-tangerang", "disperinaker-lima-puluh-kota")
PERIODS = ("2025-TW1", "2025-S1", "2025-TH")
WIB = timezone(timedelta(hours=7))


@pytest.fixture(scope="module", params=CODES)
def recaps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """The recaps of a lived year, and one of a period that is open again."""
    desk = Desk(tmp_path_factory.mktemp("tahun") / "kantor.db")
    lived(request.param, desk)
    with opening.open(desk.path) as database:
        address = queries.address_of(database)
        return [read_recap(database, address, period, desk.now).report for period in PERIODS]


def drawn(report: Report, format_name: str, *, plain: bool = False) -> bytes:
    stream = BytesIO()
    write(report, format_name, "-", plain=plain, stdout=stream)
    return stream.getvalue()


def told(report: Report, format_name: str) -> list[Sheet]:
    """What a format tells of a report, but for the page that is signed, which is a form and no table."""
    return [sheet for sheet in format_named(format_name).told(report).sheets if sheet.front is None]


def values(sheet: Sheet) -> list[list[Cast | None]]:
    return [[typed(cell, column) for cell, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows]


def test_every_cell_of_the_workbook_equals_the_row_it_came_from(recaps: list[Report]) -> None:
    for report in recaps:
        book = load_workbook(BytesIO(drawn(report, "xlsx")))
        names = [sheet.title for sheet in format_named("xlsx").told(report).sheets]
        assert [name for name in book.sheetnames if name != "Lampiran"] == names
        for sheet in told(report, "xlsx"):
            assert_read_back(book[sheet.title], sheet)


def test_every_sheet_of_a_real_recap_is_ready_for_paper(recaps: list[Report]) -> None:
    for report in recaps:
        front, *pages = load_workbook(BytesIO(drawn(report, "xlsx"))).worksheets
        assert front.page_setup.orientation == "portrait"
        assert front.sheet_properties.pageSetUpPr.fitToPage
        for page in pages:
            assert page.page_setup.orientation == "landscape"
            assert page.page_setup.scale / 100 * LETTERS >= 7.5
            assert page.freeze_panes
            assert not page.merged_cells.ranges
            assert "Halaman &P dari &N" in page.oddFooter.center.text


def _json_value(cell: Cast | None, column: Column) -> object:
    if cell is None:
        return None
    value: Any = cell.value
    if cell.kind is Kind.INSTANT:
        value = datetime.fromtimestamp(value, WIB).isoformat()
    elif isinstance(value, date):
        value = value.isoformat()
    return {"kind": cell.kind.value, "value": value} if column.kind is Kind.MIXED else value


def test_json_holds_the_same_figures(recaps: list[Report]) -> None:
    for report in recaps:
        document = json.loads(drawn(report, "json"))
        for sheet, found in zip(format_named("json").told(report).sheets, document["sheets"], strict=True):
            wanted = [
                {column.key: _json_value(cell, column) for cell, column in zip(row, sheet.columns, strict=True)}
                for row in values(sheet)
            ]
            assert found["rows"] == wanted, sheet.title


def _csv_value(cell: Cast | None, text: str, plain: bool) -> object:
    """The value that a cell of a CSV stands for, to the last second; text as it stands."""
    if cell is None:
        return None if text == "" else text
    match cell.kind:
        case Kind.INSTANT if plain:
            return int(datetime.fromisoformat(text).timestamp())
        case Kind.INSTANT:
            return int(datetime.strptime(text, "%d/%m/%Y %H:%M:%S").replace(tzinfo=WIB).timestamp())
        case Kind.DURATION if not plain:
            hours, minutes, seconds = map(int, text.split(":"))
            return hours * 3600 + minutes * 60 + seconds
        case Kind.DIFFERENCE if not plain:
            return round(float(text.replace(",", ".")) * 60)
        case Kind.PERCENT if not plain:
            return pytest.approx(float(text.rstrip("%").replace(",", ".")) / 100)
        case Kind.NUMBER | Kind.PERCENT:
            return pytest.approx(float(text.replace(",", ".")))
        case Kind.INTEGER | Kind.DURATION | Kind.DIFFERENCE:
            return int(text)
        case Kind.YES_NO:
            return text in ("Ya", "true")
        case Kind.DATE:
            return date.fromisoformat(text) if plain else datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
        case Kind.TICKED:
            return text == "dicentang"
        case _:
            return (re.sub(r'^="(.*)"$', r"\1", text) or text).removeprefix("'")


@pytest.mark.parametrize("plain", [False, True])
def test_csv_holds_the_same_figures(recaps: list[Report], plain: bool) -> None:
    for report in recaps:
        text = drawn(report, "csv", plain=plain).decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline=""), delimiter="," if plain else ";"))
        wanted_sheets = (
            [one for one in told(report, "json") if one.title == "Data Langkah"] if plain else told(report, "csv")
        )
        for sheet in wanted_sheets:
            heads = [column.key if plain else column.title for column in sheet.columns]
            begin = next(
                number
                for number, line in enumerate(lines)
                if [head.removeprefix("'") for head in line[: len(heads)]] == heads
            )
            del lines[:begin]
            for row, line in zip(values(sheet), lines[1:], strict=False):
                for cell, found in zip(row, line, strict=False):
                    wanted = None if cell is None else cell.value
                    wanted = visible(wanted).removeprefix("'") if isinstance(wanted, str) else wanted
                    assert _csv_value(cell, found, plain) == wanted, (sheet.title, line)


def _words(sheet: Sheet) -> list[dict[str, str]]:
    """Each row as people read it, without blanks: how a text folds is not its meaning."""
    return [
        {
            column.key: _bare(visible(shown(cell, 7)) + signs(sheet.marks.get((index, column.key), frozenset())))
            for cell, column in zip(row, sheet.columns, strict=True)
        }
        for index, row in enumerate(values(sheet))
    ]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_plain_text_holds_the_same_figures_within_120_characters(recaps: list[Report]) -> None:
    for report in recaps:
        text = drawn(report, "txt").decode()
        assert max(map(len, text.splitlines())) <= 120
        for sheet in (sheet for sheet in told(report, "txt") if sheet.columns and len(sheet.rows)):
            body = re.split(rf"\n{re.escape(sheet.title)}\n-+\n", text, maxsplit=1)[1]
            read: list[dict[str, str]] = [{} for _ in sheet.rows]
            for table in re.findall(r"(?:^[+|].*\n)+", body, re.MULTILINE):
                heads, rows = _grid(table)
                keys = [next(c.key for c in sheet.columns if _bare(c.title) == head) for head in heads]
                assert len(rows) == len(read)
                for row, found in zip(rows, read, strict=True):
                    found |= dict(zip(keys, row, strict=True))
                if len(read[0]) == len(sheet.columns):
                    break
            assert read == _words(sheet), sheet.title


def _grid(table: str) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a grid table; the lines of a folded cell joined."""
    found: list[list[str]] = []
    for block in re.split(r"^\+[-=+]+\n", table, flags=re.MULTILINE)[1:-1]:
        lines = block.splitlines()
        edges = [number for number, character in enumerate(table.splitlines()[0]) if character == "+"]
        found.append([_bare("".join(line[a + 1 : b] for line in lines)) for a, b in itertools.pairwise(edges)])
    return found[0], found[1:]


def test_markdown_holds_the_same_figures(recaps: list[Report]) -> None:
    for report in recaps:
        text = drawn(report, "md").decode()
        for sheet in (sheet for sheet in told(report, "md") if sheet.columns and len(sheet.rows)):
            body = text.split(f"\n## {sheet.title.replace('&', '&amp;')}\n", 1)[1]
            table = next(iter(re.findall(r"(?:^\|.*\n)+", body, re.MULTILINE)))
            rows = [re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in table.splitlines()[2:]]
            found = [[_bare(_unescaped(cell)) for cell in row] for row in rows]
            assert found == [list(row.values()) for row in _words(sheet)], sheet.title


def _unescaped(cell: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", cell.replace("<br>", "\n"))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_a_recap_on_paper_takes_the_offices_paper(desk: Desk, tmp_path: Path) -> None:
    desk.do("siapkan --sop disnaker-kota-tangerang --tahun 2025")
    place = tmp_path / "r.xlsx"
    desk.do(f"rekap 2025-TW1 -o {place}")
    assert {int(page.page_setup.paperSize) for page in load_workbook(place).worksheets} == {9}


def test_hostile_words_in_every_cell_of_every_sheet_stay_words(recaps: list[Report]) -> None:
    corpus = itertools.cycle((*HOSTILE, LONG))
    for report in recaps[:2]:
        hostile = replace(report, sheets=tuple(_poisoned(sheet, corpus) for sheet in report.sheets))
        document = drawn(hostile, "xlsx")
        with zipfile.ZipFile(BytesIO(document)) as package:
            for name in package.namelist():
                content = package.read(name).decode("utf-8")
                assert not re.search(r"<f[ >]|<hyperlink", content), name
        book = load_workbook(BytesIO(document))
        for sheet in format_named("xlsx").told(hostile).sheets:
            page = book[sheet.title]
            texts = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
            assert {cell.data_type for cell in texts} <= {"s", "inlineStr"}
            whole = {cell.value for cell in texts}
            typed_in = {cell for row in sheet.rows for cell in row if isinstance(cell, str) and cell.strip()}
            if sheet.front is None:
                assert {visible(text) for text in typed_in if text != LONG and "_x" not in text} <= whole
        assert "Lampiran teks" in book.sheetnames


def _poisoned(sheet: Sheet, corpus: Iterator[str]) -> Sheet:
    """The sheet with every typed word replaced."""

    def cell(value: Cell) -> Cell:
        if isinstance(value, Cast):
            return Cast(Kind.TEXT, next(corpus)) if value.kind is Kind.TEXT else value
        return next(corpus) if isinstance(value, str) else value

    rows = tuple(tuple(cell(value) for value in row) for row in sheet.rows)
    words = {"lines": (next(corpus), next(corpus)), "notes": (next(corpus), next(corpus))}
    return replace(sheet, rows=rows, **words)

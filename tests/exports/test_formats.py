"""The one entry: known formats, the same figures in all of them, standard output, progress and cancelling."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports import FORMATS, format_named, write
from exports.errors import DiskFull, ExportCancelled, TargetExists, UnknownFormat
from exports.sheet import Column, Kind, Sheet
from sop.values import replace
from tests.exports.samples import NINE, report

COUNTS = Sheet(
    "Angka",
    (
        Column("number", "No", Kind.INTEGER),
        Column("name", "Nama"),
        Column("share", "Bagian", Kind.PERCENT),
        Column("missing", "Kosong", Kind.NUMBER),
    ),
    tuple((number, f"bidang {number}", number / 100, None) for number in range(1, 13)),
)
WANTED = [(number, f"bidang {number}", number, None) for number in range(1, 13)]


def figures(name: str, content: bytes) -> list[tuple[int, str, int, None]]:
    """(number, name, share in percent, missing) as a reader of this format finds them. Documents for people leave out
    the column that is empty throughout."""
    if name == "xlsx":
        page = load_workbook(BytesIO(content)).worksheets[0]
        rows = [row for row in page.iter_rows(max_col=3, values_only=True) if isinstance(row[0], int)]
        return [(int(a), str(b), round(float(c) * 100), None) for a, b, c in rows]
    text = content.decode("utf-8-sig")
    if name == "json":
        rows = json.loads(text)["sheets"][0]["rows"]
        return [(row["number"], row["name"], round(row["share"] * 100), row["missing"]) for row in rows]
    if name == "csv":
        cells = [row for row in csv.reader(StringIO(text), delimiter=";") if row and row[0].isdigit()]
    elif name == "html":
        lines = re.findall(r"<tr><td.*?</tr>", text)
        cells = [[html.unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)] for line in lines]
    else:
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "%" in line]
    return [(int(a), b, int(c.rstrip("%")), None) for a, b, c in cells]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_same_figures(tmp_path: Path, name: str) -> None:
    path = write(report(COUNTS), name, tmp_path / f"rekap.{name}")
    assert path == tmp_path / f"rekap.{name}"
    assert figures(name, path.read_bytes()) == WANTED


@pytest.mark.parametrize("name", FORMATS)
def test_standard_output_gets_the_same_bytes_as_a_document(tmp_path: Path, name: str) -> None:
    stream = BytesIO()
    assert write(report(COUNTS), name, "-", stdout=stream) is None
    path = write(report(COUNTS), name, tmp_path / "rekap.xlsx")
    assert path is not None
    assert stream.getvalue() == path.read_bytes()


def test_the_footer_names_the_document_as_it_is_called(tmp_path: Path) -> None:
    write(report(), "txt", tmp_path / "nama-lain.txt")
    assert "Dokumen nama-lain.txt" in (tmp_path / "nama-lain.txt").read_text(encoding="utf-8")


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as error:
        write(report(), "pdf", tmp_path / "rekap.pdf")
    assert (error.value.found, error.value.known) == ("pdf", ("xlsx", "csv", "md", "txt", "html", "json"))
    assert format_named(".XLSX") is FORMATS["xlsx"]


def test_the_plain_dialect_is_for_csv_only(tmp_path: Path) -> None:
    write(report(), "csv", tmp_path / "a.csv", plain=True)
    write(report(), "txt", tmp_path / "a.txt", plain=True)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[1] == "Langkah selesai,3"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("Rekap SAKIP")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_standard_output_is_named_as_such() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(DiskFull) as error:
        write(report(), "xlsx", "-", stdout=full)
    assert str(error.value.path) == "-"


@pytest.mark.parametrize("name", FORMATS)
def test_progress_tells_rows_written_of_all(tmp_path: Path, name: str) -> None:
    heard: list[tuple[int, int]] = []
    many = replace(COUNTS, rows=tuple(COUNTS.rows) * 50)
    write(report(many, COUNTS), name, tmp_path / "x", progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 612), (250, 612), (500, 612), (612, 612)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_cancelled_export_leaves_nothing(tmp_path: Path, name: str, asked: int) -> None:
    """At the start, among the rows, and when all but the name is done."""
    many = replace(COUNTS, rows=tuple(COUNTS.rows) * 25)
    stream = BytesIO()
    for target in (tmp_path / "rekap", "-"):
        answers = iter([False] * (asked - 1) + [True])
        with pytest.raises(ExportCancelled):
            write(report(many), name, target, cancelled=lambda answers=answers: next(answers), stdout=stream)  # type: ignore[misc]
    assert not list(tmp_path.iterdir())
    assert stream.getvalue() == b""


def test_nothing_is_computed_for_a_target_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "rekap.xlsx").write_bytes(b"lama")
    heard: list[int] = []
    with pytest.raises(TargetExists):
        write(report(), "xlsx", tmp_path / "rekap.xlsx", progress=lambda done, total: heard.append(done))
    assert heard == [0]


def test_importing_the_floor_loads_no_writing_library() -> None:
    code = "import sys, exports; print(sorted({'xlsxwriter', 'tabulate', 'textual', 'peewee'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_sheets_with_contradictions_are_refused_when_built() -> None:
    with pytest.raises(ValueError, match="same key"):
        Sheet("x", (Column("a", "A"), Column("a", "B")))
    with pytest.raises(ValueError, match="_seconds"):
        Column("work", "Kerja", Kind.DURATION)
    with pytest.raises(ValueError, match="unknown columns"):
        Sheet("x", (Column("a", "A"),), ((NINE,),), marks={(0, "b"): frozenset()})


def test_documents_that_are_read_say_a_word_once_and_data_say_it_in_every_row() -> None:
    sheet = Sheet(
        "Data Langkah",
        (Column("number", "No", Kind.INTEGER), Column("name", "Uraian", once=True), Column("other", "Oleh")),
        ((1, "Merekap", "a"), (1, "Merekap", "a"), (2, "Merekap", "a")),
    )

    def times(name: str, *, plain: bool = False) -> int:
        stream = BytesIO()
        write(report(sheet), name, "-", plain=plain, stdout=stream)
        return stream.getvalue().count(b"Merekap")

    assert {name: times(name) for name in ("json", "csv", "txt", "html", "md")} == {
        "json": 3,
        "csv": 3,
        "txt": 2,
        "html": 2,
        "md": 2,
    }
    assert times("csv", plain=True) == 3
    stream = BytesIO()
    write(report(sheet), "xlsx", "-", stdout=stream)
    page = load_workbook(stream).worksheets[0]
    assert [row[1] or "" for row in page.iter_rows(values_only=True) if isinstance(row[0], int)] == [
        "Merekap",
        "",
        "Merekap",
    ]

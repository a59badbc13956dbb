"""What gives way on the page that is signed where it has no room for everything, cell by cell as it is written."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from exports.sheet import Column, Front, Row, Sheet
from exports.workbook import write_workbook
from tests.exports.samples import report

COLUMNS = (
    Column("title", "Langkah", width=8),
    Column("lane", "Pelaksana", width=5),
    Column("span", "Mulai-selesai", width=8),
    Column("outcome", "Hasil", width=3),
)
TITLE = "Menghimpun data dan informasi kinerja dari masing-masing bidang lalu menyampaikannya kepada kepala subbagian"
LANE = "Penyusun Bahan Evaluasi, Rencana, Program dan Laporan (asumsi)"
LONG_OUTCOME = "17 bidang selesai, 3 dilewati, 2 terlambat, dikoreksi"


def written(rows: list[Row], findings: int = 1, cut: tuple[str, ...] = ("title", "lane")) -> list[str]:
    """Every text of the page."""
    told = tuple(f"Terlambat: langkah {number}, Sekretaris, lewat 5 menit." for number in range(1, findings + 1))
    front = Front(
        ("KANTOR",), ("REKAP",), "", False, (), "Temuan", told, "selengkapnya di lembar Langkah", cut, "(asumsi)"
    )
    stream = BytesIO()
    write_workbook(report(Sheet("Pengesahan", COLUMNS, tuple(rows), front=front)), stream)
    cells = load_workbook(stream)["Pengesahan"].iter_rows(values_only=True)
    return [str(cell) for row in cells for cell in row if cell is not None]


def test_words_are_whole_where_the_page_holds_them() -> None:
    found = written([(TITLE, LANE, "", LONG_OUTCOME)] * 10, findings=5)
    assert (found.count(TITLE), found.count(LANE)) == (10, 10)


def test_titles_give_way_before_those_who_did_it() -> None:
    lane = f"Kepala Subbagian Perencanaan, Keuangan, dan {LANE}"
    found = written([(f"{TITLE}; {TITLE}", lane, "", "tepat")] * 8)
    assert found.count(lane) == 8
    assert any(text.startswith("Menghimpun data") and text.endswith(" …") for text in found)


def test_no_word_gives_way_beside_a_cell_that_stays_as_high() -> None:
    """Where the page is so full that words of one line only are left, a row is still as high as its highest cell."""
    found = written([(TITLE, LANE, "", LONG_OUTCOME)] + [(TITLE, LANE, "", "tepat")] * 44)
    assert found.count(TITLE) == found.count(LANE) == 1
    assert "Penyusun … (asumsi)" in found


def test_findings_give_way_before_the_rows_of_the_table() -> None:
    found = written([(f"Periode {number}", "tutup", "", "tepat") for number in range(1, 29)], findings=60, cut=())
    assert "Periode 28" in found
    assert sum(text.startswith("Terlambat:") for text in found) > 5
    assert any("temuan lain, selengkapnya di lembar Langkah" in text for text in found)


def test_a_span_of_time_is_parted_before_its_hours_and_what_is_unknown_is_a_dash() -> None:
    """A program would go on behind the hyphen."""
    found = written([("Merekap", "Sekretaris", "8 menit", "31 Mar 08.03-08.07"), ("Merekap", None, "0", "tepat")])
    assert "31 Mar\n08.03-08.07" in found
    assert found.count("-") == 1

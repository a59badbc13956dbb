"""CSV for Excel as a spreadsheet takes it in, set to Indonesian and to English: what was text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports import write
from exports.sheet import Column, Kind, Sheet
from tests.exports.office_suite import converted, needs_office
from tests.exports.samples import report

pytestmark = needs_office

TEXTS = (
    *("0045", "1234567890123456", "197001011990031001", "3/4", "1-2", "12E5", "08123", "1e5"),
    *("1,5", "1.234", "1.234,50", "10%", "Rp 5.000", "Rp5.000", "(5)", "$3", "9.999.999.999", "0,045", " 7 "),
    *("2026-01-02", "1 Jan 2026", "2 Mei 2026", "Agt 2026", "12:30", "12.30", "5 pm", "1.2.3"),
    *("True", "FALSE", "Benar", "SALAH", "188/120/K/411.307/2019"),
    *("Bidang 4", "IK-2.1", "W1", "1 dari 2", "Triwulan I", "3 jam 30 menit", "n/a", "-"),
)
_FILTER = "CSV:59,34,76,1,,{},false,true"
"""Semicolon, quotes, UTF-8, from line 1, no forced formats, a language, cells without quotes, numbers seen."""


@pytest.mark.parametrize("language", [1057, 1033], ids=["Indonesian", "English"])
def test_every_text_stays_text_in_a_spreadsheet(language: int, tmp_path: Path) -> None:
    sheet = Sheet(
        "Catatan",
        (Column("number", "No", Kind.INTEGER), Column("text", "Teks"), Column("again", "Lagi")),
        tuple((number, text, text) for number, text in enumerate(TEXTS, start=1)),
    )
    file = write(report(sheet), "csv", tmp_path / "catatan.csv")
    assert file is not None
    (book,) = converted([file], "xlsx", tmp_path, f"--infilter={_FILTER.format(language)}")
    rows = [row for row in load_workbook(book, data_only=True).active.iter_rows(values_only=True) if row[0] is not None]
    found = {row[0]: row[1:3] for row in rows if isinstance(row[0], int)}
    assert {number: found.get(number) for number in range(1, len(TEXTS) + 1)} == {
        number: (text, text) for number, text in enumerate(TEXTS, start=1)
    }

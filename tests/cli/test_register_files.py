"""`sakip indikator ekspor` and `impor`: the register out and in, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Desk

TARGETS = {"2026-TW1": 15, "2026-TW2": 16, "2026-TW3": 17, "2026-TW4": 18, "2026-S1": 19, "2026-S2": 20, "2026-TH": 21}
"""Period -> place of its column."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path / "kantor.db")
    found.do("siapkan --sop dpmd-nganjuk --tahun 2026", "--bidang", "Bidang A", "--bidang", "Bidang B")
    return found


def filled(desk: Desk, *rows: Sequence[Any]) -> str:
    """The template of the office with rows typed into it."""
    path = desk.path.with_name("indikator.xlsx")
    desk.do("indikator ekspor", "-o", str(path))
    book = openpyxl.load_workbook(path)
    for row in rows:
        book["Indikator"].append(row)
    book.save(path)
    return str(path)


def row(code: str, name: str, unit: str, jenis: str | None = None, **targets: Any) -> list[Any]:
    """A line of the register, most of it left to its defaults."""
    cells: list[Any] = [code, name, unit, jenis, *[None] * 18]
    for key, value in targets.items():
        cells[TARGETS[f"2026-{key}"]] = value
    return cells


COUNT = row("IK-1", "Jumlah peserta", "orang", TW1=25, TH=100)
GRADE = row("IK-2", "Opini", "Opini", "predikat", TH="wtp")


def test_the_template_of_an_empty_office_takes_indicators_and_targets_in(desk: Desk) -> None:
    path = filled(desk, COUNT, GRADE)
    tried = desk.do("indikator impor --coba", path)
    assert (tried["files"][0]["taken"], tried["added"], tried["targets"]) == (False, 2, 3)
    assert desk.do("indikator daftar")["indicators"] == []
    done = desk.do("indikator impor", path)
    assert (done["files"][0]["taken"], done["added"], done["changed"], done["targets"]) == (True, 2, 0, 3)
    one, two = desk.do("indikator daftar")["indicators"]
    assert (one["code"], one["targets"]) == ("IK-1", {"2026-TW1": "25", "2026-TH": "100"})
    assert (two["kind"], two["consolidation"], two["targets"]) == ("predikat", "akhir", {"2026-TH": "WTP"})


def test_what_is_exported_changes_nothing_when_it_is_imported(desk: Desk) -> None:
    desk.do("indikator impor", filled(desk, COUNT, GRADE))
    log = len(desk.do("riwayat"))
    again = desk.do("indikator impor", filled(desk))
    assert (again["added"], again["changed"], again["targets"]) == (0, 0, 0)
    assert len(desk.do("riwayat")) == log


def test_a_changed_line_is_a_version_and_a_changed_target_a_target(desk: Desk) -> None:
    desk.do("indikator impor", filled(desk, COUNT))
    path = filled(desk)
    book = openpyxl.load_workbook(path)
    page = book["Indikator"]
    page.cell(5, 2).value = "Jumlah peserta pelatihan"
    page.cell(5, TARGETS["2026-TW1"] + 1).value = 30
    book.save(path)
    done = desk.do("indikator impor --token sekali", path)
    assert (done["added"], done["changed"], done["targets"]) == (0, 1, 1)
    (one,) = desk.do("indikator daftar")["indicators"]
    assert (one["name"], one["version"], one["targets"]["2026-TW1"]) == ("Jumlah peserta pelatihan", 2, "30")


def test_one_faulty_line_keeps_all_of_them_out_and_every_fault_has_its_cell(desk: Desk) -> None:
    faulty = row("IK-3", "x", "", "miring", TW1="1.234")
    foreign = row("IK-4", "y", "orang", TW2="1.234", TH=True)
    foreign[8] = "Bidang Z"
    path = filled(desk, COUNT, faulty, COUNT, foreign, row("IK-5", "z", "orang", TW2="1.234", TH=True))
    said = desk("indikator", "impor", path, "--json")
    assert said.code == 2
    found = [(each["cell"], each["kind"]) for each in json.loads(said.out)["files"][0]["faults"]]
    assert found == [
        ("Indikator!D6", "pilihan-salah"),
        ("Indikator!C6", "isian-wajib"),
        ("Indikator!A7", "kode-ganda"),
        ("Indikator!I8", "bidang-tak-dikenal"),
        ("Indikator!Q9", "angka-mendua"),
        ("Indikator!V9", "benar-salah-untuk-angka"),
    ]
    assert desk.do("indikator daftar")["indicators"] == []


def test_a_bidang_that_is_not_there_is_quoted_and_the_nearest_is_offered(desk: Desk) -> None:
    strange = row("IK-1", "Jumlah peserta", "orang", TW1=25)
    strange[8] = "Bidan B"
    (fault,) = json.loads(desk("indikator", "impor", filled(desk, strange), "--json").out)["files"][0]["faults"]
    assert fault["problem"] == 'Tidak ada bidang yang bernama "Bidan B".'
    assert fault["remedy"] == "Mungkin maksudnya Bidang B. Pilih Bidang B atau Bidang A atau Kantor."


def test_the_template_offers_the_bidang_and_explains_its_columns(desk: Desk) -> None:
    book = openpyxl.load_workbook(filled(desk))
    (offered,) = [
        each.formula1
        for each in book["Indikator"].data_validations.dataValidation
        if "I5" in str(each.sqref).split(":")
    ]
    place = offered.removeprefix("Petunjuk!").replace("$", "")
    assert [cell.value for (cell,) in book["Petunjuk"][place]] == ["Bidang A", "Bidang B", "Kantor"]
    explained = {line[0].value for line in book["Petunjuk"].iter_rows(max_row=11)}
    assert {"Pembilang dan Penyebut", "Faktor", "Dilaporkan tiap", "Dipakai"} <= explained
    assert book["Indikator"].cell(4, 22).value == "Target Tahun 2026"


def test_parts_of_a_ratio_are_told_and_not_taken_for_another_kind(desk: Desk) -> None:
    """For a rasio the words of pembilang and penyebut and its factor."""
    share = row("IK-1", "Lulusan yang terserap", "%", "persen", TW1=25)
    share[11:14] = ["lulusan bekerja", "lulusan", 1000]
    done = desk.do("indikator impor", filled(desk, share))
    told = done["files"][0]["warnings"]
    assert [(each["cell"], each["kind"]) for each in told] == [
        ("Indikator!L5", "hanya-rasio"),
        ("Indikator!M5", "hanya-rasio"),
        ("Indikator!N5", "hanya-rasio"),
    ]
    (one,) = desk.do("indikator daftar")["indicators"]
    assert not one["numerator"]


def test_a_register_of_before_is_read_whose_year_stands_twice_and_whose_cadence_had_a_name_of_its_own(
    desk: Desk,
) -> None:
    path = filled(desk, COUNT)
    book = openpyxl.load_workbook(path)
    sheet = book["Indikator"]
    sheet.cell(4, 22).value = "Target Tahun 2026 2026"
    (head,) = [cell for cell in sheet[4] if cell.value == "Dilaporkan tiap"]
    head.value = "Kadens"
    sheet.cell(5, head.column).value = "semester"
    for place in range(16, 22):
        sheet.cell(5, place).value = None
    book.save(path)
    assert desk.do("indikator impor", path)["targets"] == 1
    (one,) = desk.do("indikator daftar")["indicators"]
    assert one["cadence"] == "semester"


def test_a_document_that_is_no_register_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"halo")
    assert "bukan berkas Excel" in desk("indikator", "impor", str(tmp_path / "a.xlsx")).out
    assert desk("indikator", "impor", str(tmp_path / "a.xlsx")).code == 2
    desk.refused(2, "indikator impor", str(tmp_path / "tidak-ada.xlsx"))
    desk.refused(2, "indikator impor", str(tmp_path))
    book = openpyxl.Workbook()
    book.save(tmp_path / "b.xlsx")
    assert "Indikator" in desk("indikator", "impor", str(tmp_path / "b.xlsx")).out

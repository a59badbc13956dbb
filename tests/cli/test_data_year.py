"""A year of data kinerja as an office lives it: forms out and back, a faulty one, rows returned, closings, a PK
Perubahan in October, semester and year, a correction. Every figure is that of a table computed by hand.

The same in seven steps with five bidang and in nine without any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.kinerja_store import target_command
from sop.kinerja.form_columns import ISIAN_SHEET
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.refusals import Refused, Rule
from tests.cli.conftest import Desk
from tests.cli.data_year import (
    CHANGED,
    HALVES,
    LETTER,
    MEANS,
    PERIODS,
    QUARTERS,
    YEAR,
    FiveBidang,
    NineSteps,
    Year,
    expected,
    put,
    typed,
)
from tests.exports.office_suite import converted, needs_office

OFFICES = [FiveBidang, NineSteps]
WORDS = {
    "kendala": "hujan\nlebat = banjir",
    "tindak_lanjut": "+ pompa",
    "pic": "Kepala Bidang",
    "batas_waktu": date(2027, 1, 2),
    "bukti": "@foto 1/2",
}


def as_saved(forms: Sequence[Path], folder: Path) -> Sequence[Path]:
    """Forms as openpyxl saved them."""
    return forms


def by_libreoffice(forms: Sequence[Path], folder: Path) -> Sequence[Path]:
    """Forms after somebody saved them as .ods in LibreOffice, and as .xlsx again."""
    sheets = converted(forms, "ods", folder / "ods")
    return converted(sheets, "xlsx:Calc MS Excel 2007 XML", folder / "kembali")


@pytest.mark.parametrize("office", OFFICES)
def test_a_year_gives_the_figures_that_were_computed_by_hand(office: type[Year], tmp_path: Path) -> None:
    year = office(tmp_path / "k.db")
    _first_quarter(year, tmp_path, as_saved)
    _second_quarter(year, tmp_path)
    year.roll_up(HALVES[0])
    _third_quarter(year, tmp_path)
    year.on("2027-01-04")
    year.begin(QUARTERS[3])
    year.fill_all(QUARTERS[3], 3)
    year.finish(QUARTERS[3], 3)
    for period in (HALVES[1], YEAR):
        year.roll_up(period)
    for place, period in enumerate(PERIODS):
        assert year.figures(period) == (expected(period), MEANS[place]), period

    _correct(year)
    changed = {"2026-TW4": "150", "2026-S2": "175", "2026-TH": "137,50"}
    means = {"2026-TW4": "88,54 (20 dari 22)"}
    for place, period in enumerate(PERIODS):
        table = expected(period) | ({"A02": changed[period]} if period in changed else {})
        assert year.figures(period) == (table, means.get(period, MEANS[place])), period
    assert year.say("periksa", "--penuh").code == 0


@needs_office
@pytest.mark.parametrize("office", OFFICES)
def test_forms_that_libreoffice_saved_give_the_same_figures(office: type[Year], tmp_path: Path) -> None:
    """xlsx to ods to xlsx, then taken in; after that the form as it was before says nothing new in any cell."""
    year = office(tmp_path / "k.db")
    _first_quarter(year, tmp_path, by_libreoffice)
    assert year.figures(QUARTERS[0]) == (expected(QUARTERS[0]), MEANS[0])


def _first_quarter(year: Year, folder: Path, through: Callable[[Sequence[Path], Path], Sequence[Path]]) -> None:
    """By forms that come back filled, with words, a day, and a cell that shows percent.

    Args:
        year: The office.
        folder: For the documents.
        through: What the filled forms go through before they are handed in.
    """
    period = QUARTERS[0]
    year.on("2026-04-01")
    year.begin(period)
    forms = year.forms(period, folder / "f1")
    assert set(forms) == {*year.owners(), None}
    filled = {owner: forms[owner] for owner in year.owners()}
    for owner, form in filled.items():
        put(form, {code: typed(isian) | WORDS for code, isian in year.rows(owner, 0).items()})
    _as_percent(filled[year.first()], "A03", 0.76)
    found = year.taken(*through(list(filled.values()), folder))
    assert [each["taken"] for each in found] == [True] * len(filled), found
    # What went through the other program says the same in every cell as what it was made of.
    assert all(each["unchanged"] for each in year.taken(*filled.values()))
    said = year.say("data", "lihat", period, "--json").json["rows"][0]["isian"]
    assert {key: said[key] for key in WORDS} == WORDS | {
        "kendala": "hujan lebat = banjir",
        "batas_waktu": "2027-01-02",
    }
    for owner in year.owners():
        year.hand_in(period, owner)
    if isinstance(year, FiveBidang):
        with pytest.raises(Refused) as refusal:
            year.act(Act.SELESAI, period, 5)
        assert (refusal.value.rule, refusal.value.facts["rows"]) == (Rule.ROWS_MISSING, ((None, "K01"),))
    year.finish(period, 0)


def _second_quarter(year: Year, folder: Path) -> None:
    """One form with twelve faults; one owner's form returned for two rows."""
    period, owner = QUARTERS[1], year.first()
    year.on("2026-07-01")
    year.begin(period)
    for each in list(year.owners())[1:]:
        year.fill(period, each, year.rows(each, 1))
        year.hand_in(period, each)
    only = () if owner is None else ("--bidang", owner.casefold())
    form = year.forms(period, folder / "f2", *only)[owner]
    wrong: Mapping[str, Mapping[str, Any]] = {
        "A01": {"realisasi": "1.234", "indikator": "Nama lain", "batas_waktu": "31/02/2026"},
        "A02": {"realisasi": "abc", "satuan": "orang"},
        "A03": {"realisasi": date(2026, 5, 1), "target": 81},
        "A04": {"realisasi": True, "target": 11},
        "A05": {"realisasi": "Z", "batas_waktu": "besok lusa"},
    }
    bad = folder / "salah.xlsx"
    bad.write_bytes(form.read_bytes())
    put(bad, wrong, {"kode": "A01", "realisasi": 1}, {"kode": "X99", "realisasi": 1})
    before = Desk(year.path).dump()
    said = year.say("data", "impor", str(bad), "--json")
    (found,) = said.json["files"]
    assert said.code == 2
    assert len(found["faults"]) == 12, found["faults"]
    assert all(fault["cell"] and fault["problem"] and fault["remedy"] for fault in found["faults"])
    assert Desk(year.path).dump() == before
    listed = openpyxl.load_workbook(found["fault_list"]).worksheets[0]
    assert [listed.cell(row, 1).value for row in range(4, 16)] == [fault["cell"] for fault in found["faults"]]

    first = year.rows(owner, 1) | {"A01": Isian(Keadaan.TERISI, Decimal(11))}
    put(form, {code: typed(isian) for code, isian in first.items()})
    (found,) = year.taken(form)
    assert found["taken"], found
    year.hand_in(period, owner)
    year.check(period, 1)
    assert year.say("data", "tandai", period, "A01", "A02", "--catatan", "samakan dengan laporan").code == 0
    whose = "" if owner is None else f" ({owner})"
    assert f"belum dijawab: A01, A02{whose}." in year.say("selesai", period, str(year.PERIKSA)).err
    named = () if owner is None else (owner,)
    year.act(Act.KEMBALIKAN, period, year.PERIKSA, target=year.ISIAN, named=named, note="dua baris ditandai")
    with pytest.raises(Refused) as refusal:
        year.hand_in(period, owner)
    assert refusal.value.rule is Rule.ROWS_MARKED
    form = year.forms(period, folder / "f2", *only)[owner]
    put(form, {"A01": {"realisasi": 12}, "A02": {"alasan_perubahan": "sudah sesuai laporan"}})
    (found,) = year.taken(form)
    assert found["taken"], found
    year.hand_in(period, owner)
    year.act(Act.SELESAI, period, year.PERIKSA - 1)
    year.close(period)


def _third_quarter(year: Year, folder: Path) -> None:
    """In October the forms are out when the PK Perubahan comes: no form of before is taken any more, where it has other
    targets, and no period that is closed is touched."""
    period, owner = QUARTERS[2], year.first()
    year.on("2026-10-05")
    year.begin(period)
    forms = year.forms(period, folder / "f3")
    put(forms[owner], {code: typed(isian) for code, isian in year.rows(owner, 2).items()})
    with pytest.raises(Refused) as refusal:
        year.define(target_command({("A01", QUARTERS[1]): Decimal(1)}, 2, since=QUARTERS[1]))
    assert refusal.value.rule is Rule.PERIOD_CLOSED
    year.define(target_command(CHANGED, 2, document="PK Perubahan 2026", since=period))
    said = year.say("data", "formulir", period, "--json")
    numbers = {form["bidang"]: form["form_revision"] for form in said.json["forms"]}
    assert numbers == {each: 2 if each == owner else 1 for each in forms}
    (found,) = year.taken(forms[owner])
    assert [(fault["kind"], fault["read"]) for fault in found["faults"] if "revisi" in fault["kind"]] == [
        ("revisi-lama", "f1")
    ]
    assert "A01" in found["faults"][0]["problem"] + found["faults"][0]["remedy"]
    form = year.forms(period, folder / "f3")[owner]
    put(form, {code: typed(isian) for code, isian in year.rows(owner, 2).items()})
    (found,) = year.taken(form)
    assert found["taken"], found
    year.hand_in(period, owner)
    for each in list(year.owners())[1:]:
        year.fill(period, each, year.rows(each, 2))
        year.hand_in(period, each)
    year.finish(period, 2)


def _correct(year: Year) -> None:
    """Reopened from the outermost down, one value mended, closed again."""
    for period in (YEAR, HALVES[1], QUARTERS[3]):
        year.act(Act.BUKA_KEMBALI, period, reason="salah ketik")
    assert year.say("data", "koreksi", QUARTERS[3], "A02", "2", "--alasan", "salah ketik").code == 0
    year.act(Act.TUTUP, QUARTERS[3])
    for period in (HALVES[1], YEAR):
        year.roll_up_again(period)


def _as_percent(form: Path, code: str, value: float) -> None:
    """A realisasi as Excel keeps it when somebody types `76%`."""
    book = openpyxl.load_workbook(form)
    sheet = book[ISIAN_SHEET]
    row = next(line[0].row for line in sheet.iter_rows(max_col=1) if line[0].value == code)
    cell = sheet.cell(row, LETTER["realisasi"])
    cell.value, cell.number_format = value, "0%"
    book.save(form)

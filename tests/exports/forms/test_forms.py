"""A form out and in again: what goes out comes back, from openpyxl as from LibreOffice."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.forms.fault_list import write_findings
from exports.forms.form_out import HEAD_ROW
from exports.forms.guide import LINE_POINTS
from sop.kinerja.achievement import achievement
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS
from sop.kinerja.form import Owner
from sop.kinerja.form_columns import GUIDE_SHEET, ISIAN_SHEET, OPEN_COLUMNS, TAG_SHEET
from sop.kinerja.indicator import Arah, Indicator, Jenis
from sop.kinerja.isian import Isian, Keadaan, realized, worth
from sop.kinerja.number import printed
from sop.model.state import RunPhase
from sop.values import replace
from tests.exports.forms.sent import FIRST, LETTER, TW, edited, office, put, tag, taken, warned, written
from tests.moved_clock import unmoved
from tests.sop.kinerja.office import OFFICE, A, B, Office, rasio, terisi

WORDS = {"kendala": "hujan = banjir", "tindak_lanjut": "+ pompa", "pic": "Kasubag", "bukti": "@foto"}
FULL = {
    A: {
        "IK-1": terisi(95, **WORDS, batas_waktu=dt.date(2026, 12, 31), pendorong="-"),
        "IK-2": rasio("40.25", 50),
    },
    B: {
        "IK-3": terisi("12.5"),
        "IK-5": Isian(Keadaan.BELUM_ADA, reason="rilis \u00bd tahun; \U0001f642"),
    },
    OFFICE: {"IK-4": Isian(Keadaan.TERISI, grade="WTP")},
}


def filled() -> Office:
    held = office()
    for owner in (A, B):
        held.fill(TW, owner, rows=FULL[owner])
        held.finish(TW, owner)
    held.fill(TW, OFFICE, rows=FULL[OFFICE])
    return held


@pytest.mark.parametrize("owner", [A, B, OFFICE])
def test_what_goes_out_comes_back_and_changes_nothing(owner: Owner) -> None:
    held = filled()
    reading = taken(held, written(held, owner))
    assert reading.changes_nothing
    assert (reading.faults, reading.warnings) == ((), ())


@pytest.mark.parametrize("owner", [A, B, OFFICE])
def test_a_filled_form_says_the_same_in_an_office_where_nothing_stands(owner: Owner) -> None:
    held = filled()
    empty = office()
    for each in (A, B):
        empty.move(TW, each, RunPhase.SELESAI)
    data = written(held, owner, tag=tag(empty, owner))
    assert taken(empty, data).rows == FULL[owner]


numbers = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda units: Decimal(units).scaleb(-1))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=40).map(
    lambda text: " ".join(text.split()) or None
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers, texts, texts, st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_any_row_comes_back_as_it_left(number: Decimal, kendala: str | None, bukti: str | None, day: dt.date) -> None:
    held = office()
    held.fill(TW, B, rows={"IK-3": Isian(Keadaan.TERISI, number, kendala=kendala, bukti=bukti, batas_waktu=day)})
    stands = held.state.period(TW).rows(B)["ik-3"].isian
    data = written(held, B)
    assert taken(held, data).changes_nothing
    reading = taken(office(), written(held, B, tag=tag(office(), B)))
    assert (reading.faults, reading.rows) == ((), {"IK-3": stands})


def test_the_same_form_is_the_same_file() -> None:
    held = filled()
    assert written(held) == written(held)


def test_only_what_is_to_be_filled_is_open() -> None:
    held = office()
    book = openpyxl.load_workbook(BytesIO(written(held)))
    assert book.sheetnames == [GUIDE_SHEET, ISIAN_SHEET, TAG_SHEET]
    assert book[TAG_SHEET].sheet_state == "veryHidden"
    page = book[ISIAN_SHEET]
    assert page.protection.sheet
    assert not page.protection.password
    for name, place in LETTER.items():
        is_open = name in OPEN_COLUMNS
        # The first indicator is no rasio, so its pembilang and penyebut are closed.
        closed_here = name in ("pembilang", "penyebut")
        assert page.cell(FIRST, place).protection.locked is (not is_open or closed_here), name
        assert page.cell(FIRST + 1, place).protection.locked is not is_open, name
    assert page.cell(HEAD_ROW, 1).protection.locked
    assert {str(each.sqref) for each in page.data_validations.dataValidation if each.type == "list"} == {"I5", "I6"}


def test_each_sentence_of_the_guide_has_the_height_that_it_needs() -> None:
    """Row heights are said: nobody edits a protected sheet, so that Excel would fit none to its wrapped text."""
    page = openpyxl.load_workbook(BytesIO(written(office())))[GUIDE_SHEET]
    heights = {str(line[0].value)[:2]: page.row_dimensions[line[0].row].height for line in page.iter_rows(max_col=1)}
    assert heights["7."] == 3 * heights["6."]
    assert (page.page_setup.paperSize, page.sheet_properties.pageSetUpPr.fitToPage) == (9, True)


def test_each_row_of_the_form_has_the_height_that_its_words_need() -> None:
    held = office()
    long = terisi(90, kendala="Narasumber terlambat datang karena banjir, dan lembar hadirnya hilang " * 3)
    plain = openpyxl.load_workbook(BytesIO(written(held)))[ISIAN_SHEET].row_dimensions
    held.fill(TW, A, rows={"IK-1": long})
    filled = openpyxl.load_workbook(BytesIO(written(held)))[ISIAN_SHEET].row_dimensions
    assert plain[FIRST].height == 3 * LINE_POINTS
    assert filled[FIRST].height > 8 * LINE_POINTS
    assert filled[FIRST + 1].height == plain[FIRST + 1].height
    assert plain[HEAD_ROW].height == 2 * LINE_POINTS


def test_a_printed_form_is_read_without_a_glass() -> None:
    """Its columns share two pages beside each other, each with the codes and the heads."""
    page = openpyxl.load_workbook(BytesIO(written(office())))[ISIAN_SHEET]
    assert (page.page_setup.fitToWidth, page.print_title_cols, page.print_title_rows) == (2, "$A:$A", "$4:$4")


def test_a_faulty_form_is_no_act() -> None:
    held = office()
    reading = taken(held, put(written(held), realisasi_1="banyak", realisasi_2=80))
    with pytest.raises(ValueError, match="faulty"):
        reading.command()


def test_a_form_is_taken_in_by_the_act_of_filling_and_a_second_time_changes_nothing() -> None:
    held = office()
    data = put(written(held), realisasi_1=95, pembilang_2=40, penyebut_2=50)
    command = taken(held, data).command()
    held.fill(command.period or "", command.owner, rows=command.rows, words=command.words, seen=command.seen)
    assert held.state.period(TW).rows(A)["ik-1"].isian == terisi(95)
    assert taken(held, data).changes_nothing


def test_two_copies_filled_by_two_people_are_taken_one_after_the_other() -> None:
    held = office()
    form = written(held)
    first, second = put(form, realisasi_1=95), put(form, pembilang_2=40, penyebut_2=50)
    for data in (first, second):
        command = taken(held, data, reader="staf-a").command()
        held.fill(TW, A, rows=command.rows, seen=command.seen)
    rows = held.state.period(TW).rows(A)
    assert (rows["ik-1"].isian, rows["ik-2"].isian) == (terisi(95), rasio(40, 50))


def test_faults_are_a_workbook_beside_the_form() -> None:
    held = office()
    reading = taken(held, put(written(held), realisasi_1="=1+1; banyak", kode_3="IK-99"))
    stream = BytesIO()
    write_findings("formulir.xlsx", reading.faults, stream)
    lines = list(openpyxl.load_workbook(BytesIO(stream.getvalue())).active.iter_rows(min_row=3, values_only=True))
    assert [line[:3] for line in lines] == [
        ("Sel", "Kode", "Tertulis"),
        ("Isian!L5", "IK-1", "=1+1; banyak"),
        ("Isian!A7", "", "IK-99") if lines[2][1] == "" else ("Isian!A7", None, "IK-99"),
    ]


# --- LibreOffice ------------------------------------------------------------------------------------------------------

office_suite = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(source: Path, kind: str) -> Path:
    folder = source.parent / kind.partition(":")[0]
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, env=unmoved())
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


@office_suite
def test_a_form_comes_back_from_libreoffice(tmp_path: Path) -> None:
    held = office()
    data = put(
        written(held), realisasi_1=95, pembilang_2=40.25, penyebut_2=50, kendala_1="hujan", batas_waktu_1="2/1/27"
    )
    (tmp_path / "form.xlsx").write_bytes(data)
    back = converted(converted(tmp_path / "form.xlsx", "ods"), "xlsx:Calc MS Excel 2007 XML")
    reading = taken(held, back.read_bytes())
    assert (reading.faults, warned(reading)) == ((), [])
    assert reading.rows == taken(held, data).rows
    book = openpyxl.load_workbook(back)
    assert book[TAG_SHEET].sheet_state == "hidden"
    assert book[ISIAN_SHEET].protection.sheet
    bare = edited(back.read_bytes(), lambda found: found.remove(found[TAG_SHEET]))
    assert taken(held, bare).rows == reading.rows


@office_suite
def test_the_capaian_that_a_form_shows_is_ours(tmp_path: Path) -> None:
    kinds = [
        (Indicator("N-1", "naik", "x", decimals=2, owner=A), Decimal("12.5"), terisi("11.3")),
        (Indicator("N-2", "naik di atas", "x", owner=A), Decimal(3), terisi(50)),
        (Indicator("N-3", "nol", "x", owner=A), Decimal(0), terisi(0)),
        (Indicator("N-4", "nol meleset", "x", owner=A), Decimal(0), terisi(2)),
        (Indicator("T-1", "turun", "x", arah=Arah.TURUN, owner=A), Decimal(7), terisi(9)),
        (Indicator("T-2", "turun jauh", "x", arah=Arah.TURUN, owner=A), Decimal(7), terisi(90)),
        (Indicator("S-1", "tetap", "x", arah=Arah.TETAP, owner=A), Decimal(7), terisi(6)),
        (Indicator("R-1", "rasio", "%", Jenis.RASIO, owner=A, pembilang="a", penyebut="b"), Decimal(85), rasio(2, 3)),
    ]
    held = Office()
    held.define(*(indicator for indicator, _, _ in kinds))
    held.aim({(indicator.code, TW): target for indicator, target, _ in kinds})
    held.open(TW)
    held.fill(TW, A, rows={indicator.code: isian for indicator, _, isian in kinds})
    (tmp_path / "form.xlsx").write_bytes(written(held))
    page = converted(
        tmp_path / "form.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    )
    found = page if page.exists() else next((tmp_path / "csv").glob("*.csv"))
    with found.open(encoding="utf-8", newline="") as stream:
        shown = [line[LETTER["capaian"] - 1] for line in list(csv.reader(stream))[HEAD_ROW:]]
    wanted = []
    for indicator, target, isian in kinds:
        value, aim = realized(isian, indicator, held.state.settings), worth(target, indicator, held.state.settings)
        assert value is not None
        assert aim is not None
        ours = achievement(indicator.arah, value, aim, held.state.settings)
        assert ours is not None
        wanted.append(printed(ours.row, CAPAIAN_DECIMALS))
    assert [printed(Fraction(each), CAPAIAN_DECIMALS) for each in shown] == wanted
    assert (wanted[0], wanted[1]) == ("90,40", "1.666,67")


def test_a_tag_that_is_too_long_for_a_property_stands_on_its_sheet_alone() -> None:
    held = office()
    long = replace(tag(held), office="o" * 300)
    assert long.badge() is None
    reading = taken(held, written(held, tag=long))
    assert [finding.kind.value for finding in reading.faults] == ["opd-lain"]

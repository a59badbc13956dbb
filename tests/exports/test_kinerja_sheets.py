"""The sheets of data kinerja: figures as computed by hand, formulas that give them again, words, promises, changes."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db import opening
from exports import write
from exports.sheet import Cast, Report
from exports.sheets.capaian import BY_PERIOD_TITLE, TITLE
from exports.sheets.report import recap_report
from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.follow_up import FollowUpStanding, follow_ups
from sop.kinerja.number import rounded
from sop.kinerja.recap import kinerja_recap
from sop.kinerja.value_changes import SavedRows, value_changes
from sop.values import replace
from sop.words.figure_words import formula_sentences, summary_sentences
from tests.exports.kantor import Kantor, dicts, sheet_of
from tests.exports.measured import PROMISE, REASON, crowded_quarter, half_year, measured
from tests.exports.office_suite import converted, needs_office
from tests.sop.kinerja.office import MANAGER, A, Office, terisi

SHEETS = (TITLE, BY_PERIOD_TITLE, "Data bidang", "Tindak lanjut", "Perubahan nilai")


@pytest.fixture(scope="module")
def kantor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with opening.open(tmp_path_factory.mktemp("ukur") / "sakip.db", create=True) as database:
        yield Kantor(database, "disnaker-kota-tangerang")


def recap(kantor: Kantor, period: str, office: Office | None = None) -> Report:
    return recap_report(measured(kantor.source(period), office or half_year()), kantor.now)


def shown(report: Report, title: str, *keys: str) -> dict[str, tuple[str, ...]]:
    """Code (of a mean its words) -> texts of these columns."""
    return {
        str(row["code"] or row["indicator"]): tuple("-" if row[key] is None else str(row[key]) for key in keys)
        for row in dicts(sheet_of(report, title))
    }


def test_a_quarter_shows_what_the_hand_computes(kantor: Kantor) -> None:
    report = recap(kantor, "TW2")
    keys = ("target", "value", "achievement", "counted", "to_date", "predicate", "note")
    assert shown(report, TITLE, *keys) == {
        "IK-1": ("120", "150", "125", "100", "109.09", "Sangat Tinggi", "-"),
        "IK-2": ("60", "75", "125", "100", "98.96", "Sangat Tinggi", "-"),
        "IK-3": ("30", "30", "100", "100", "100", "Sangat Tinggi", "-"),
        "IK-4": ("WTP", "WTP", "100", "100", "100", "Sangat Tinggi", "-"),
        "Rata-rata kantor (4 dari 4)": ("-", "-", "-", "100", "-", "-", "-"),
        "Rata-rata Bidang Pelatihan (2 dari 2)": ("-", "-", "-", "100", "-", "-", "-"),
        "Rata-rata Bidang Penempatan (1 dari 1)": ("-", "-", "-", "100", "-", "-", "-"),
        "Rata-rata Kantor (1 dari 1)": ("-", "-", "-", "100", "-", "-", "-"),
    }
    assert sheet_of(report, TITLE).notes == formula_sentences(FigureSettings())


def test_what_is_missing_stands_outside_the_mean_and_says_why(kantor: Kantor) -> None:
    report = recap(kantor, "S1")
    assert shown(report, TITLE, "counted", "note")["IK-5"] == ("-", f"belum ada: {REASON}")
    front = sheet_of(report, "Pengesahan").front
    assert front is not None
    assert front.kinerja == (
        "Capaian kinerja: rata-rata 99,74 (4 dari 5).",
        "Di bawah target: IK-2 (98,96).",
        "Di luar rata-rata: 1 belum ada.",
    )


def test_a_semester_stands_beside_its_quarters(kantor: Kantor) -> None:
    report = recap(kantor, "S1")
    keys = ("2026_tw1_value", "2026_tw1_achievement", "2026_tw2_achievement", "2026_s1_value", "2026_s1_achievement")
    assert shown(report, BY_PERIOD_TITLE, *keys)["IK-1"] == ("90", "90", "125", "240", "109.09")
    assert shown(report, BY_PERIOD_TITLE, *keys)["IK-4"] == ("WDP", "75", "100", "WTP", "100")
    assert shown(report, BY_PERIOD_TITLE, *keys)["Rata-rata kantor"] == ("-", "82.08", "100", "-", "99.74")


def test_an_office_without_indicators_has_none_of_these_sheets(kantor: Kantor) -> None:
    report = recap(kantor, "S1", Office())
    assert not {sheet.title for sheet in report.sheets} & {*SHEETS}
    assert sheet_of(report, "Pengesahan").front.kinerja == ()  # type: ignore[union-attr]


def test_a_promise_is_carried_on_until_the_target_is_reached() -> None:
    """Tindak lanjut (PIC, batas, carried on until done)."""
    state = half_year().state
    first, second = (kinerja_recap(state, key) for key in ("2026-TW1", "2026-TW2"))
    assert first is not None
    assert second is not None

    def standing(recap: Any, period: str, day: dt.date) -> list[tuple[str, str | None, str]]:
        found = follow_ups((*recap.others, recap.own), period, day)
        return [(one.text, one.pic, one.standing.value) for one in found]

    early, late = dt.date(2026, 6, 30), dt.date(2026, 7, 1)
    assert standing(first, "2026-TW1", early) == [(PROMISE, "Kasi", FollowUpStanding.BERJALAN)]
    assert standing(first, "2026-TW1", late) == [(PROMISE, "Kasi", FollowUpStanding.LEWAT_BATAS)]
    assert standing(second, "2026-TW2", late) == [(PROMISE, "Kasi", FollowUpStanding.TERCAPAI)]
    third = Office(state)
    third.open("2026-TW3")
    third.fill("2026-TW3", A, MANAGER, rows={"IK-1": terisi(60, tindak_lanjut="Lain")})
    again = kinerja_recap(third.state, "2026-TW3")
    assert standing(again, "2026-TW3", late) == [("Lain", None, FollowUpStanding.BERJALAN)]


@pytest.mark.parametrize(("value", "standing"), [(159, FollowUpStanding.BERJALAN), (160, FollowUpStanding.TERCAPAI)])
def test_a_promise_is_done_by_the_target_and_by_nothing_less(value: int, standing: FollowUpStanding) -> None:
    office = Office(half_year().state)
    for period, row in (("2026-TW3", terisi(60, tindak_lanjut=PROMISE)), ("2026-TW4", terisi(value))):
        office.open(period)
        office.fill(period, A, MANAGER, rows={"IK-1": row})
    found = kinerja_recap(office.state, "2026-TW4")
    assert found is not None
    told = follow_ups((*found.others, found.own), "2026-TW4", dt.date(2026, 12, 31))
    assert [(one.text, one.standing) for one in told] == [(PROMISE, standing)]


def test_what_lies_below_target_without_a_promise_is_told_beside_the_promises(kantor: Kantor) -> None:
    office = Office(half_year().state)
    office.open("2026-TW3")
    office.fill("2026-TW3", A, MANAGER, rows={"IK-1": terisi(60, kendala="Kelas penuh")})
    report = recap(kantor, "TW3", office)
    told = {
        row["code"]: (row["obstacles"], row["follow_up"], row["state"])
        for row in dicts(sheet_of(report, "Tindak lanjut"))
    }
    assert told["IK-1"] == ("Kelas penuh", None, "belum ditulis")


def test_a_value_changed_after_it_was_handed_in_is_told_with_its_reason(kantor: Kantor) -> None:
    saved = SavedRows(
        "koreksi-nilai",
        1,
        "kasubag",
        {
            "case": 1,
            "attempt": 1,
            "rows": {
                "ik-3": {
                    "old": {"keadaan": "terisi", "value": "31"},
                    "new": {"keadaan": "terisi", "value": "30"},
                    "word": "Salah ketik",
                }
            },
        },
    )
    (change,) = value_changes([saved])
    assert (change.key, change.is_correction, change.word) == ("ik-3", True, "Salah ketik")
    first = replace(saved, act="isi")
    assert value_changes([first]) == []
    assert len(value_changes([replace(first, data={**saved.data, "attempt": 2})])) == 1
    (row,) = dicts(sheet_of(recap(kantor, "TW2"), "Perubahan nilai"))
    assert (row["code"], row["kind"], row["before"], row["after"]) == (
        "IK-3",
        "sejak penutupan",
        "31,0, capaian 96,67",
        "30,0, capaian 100,00",
    )


def test_a_long_list_of_what_is_below_target_is_cut_and_counted() -> None:
    held = kinerja_recap(crowded_quarter().state, "2026-TW1")
    assert held is not None
    mean, below, out = summary_sentences(held.own)
    assert "(32 dari 40)" in mean
    assert below.count("IK-") == 6
    assert below.endswith(" lainnya.")
    assert out == "Di luar rata-rata: 8 belum ada."


# ---------------------------------------------------------------------- formulas
@needs_office
def test_the_formulas_of_the_workbook_give_the_same_figures(kantor: Kantor, tmp_path: Path) -> None:
    """Every figure that is worked on in Excel is computed there as here: written as 0, it comes back."""
    report = recap(kantor, "S1")
    sheets = [sheet for sheet in report.sheets if sheet.title in SHEETS[:2]]
    emptied = [
        replace(
            sheet,
            rows=tuple(
                tuple(replace(cell, value=0) if isinstance(cell, Cast) and cell.formula else cell for cell in row)
                for row in sheet.rows
            ),
        )
        for sheet in sheets
    ]
    options = tmp_path / "profil" / "user"
    options.mkdir(parents=True)
    (options / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        "<value>0</value></prop></item></oor:items>"
    )
    source = write(replace(report, sheets=tuple(emptied)), "xlsx", tmp_path / "rumus.xlsx")
    assert source is not None
    # 59 is `;`, 34 `"`, 76 UTF-8, -1 all sheets.
    converted([source], "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1", tmp_path)
    checked = 0
    for sheet in sheets:
        lines = list(csv.reader((tmp_path / f"rumus-{sheet.title}.csv").open(encoding="utf-8"), delimiter=";"))
        heads = next(line for line in lines if sheet.columns[1].title in line and sheet.columns[0].title in line)
        first = lines.index(heads) + 1
        for line, row in zip(lines[first:], sheet.rows, strict=False):
            for column, cell in zip(sheet.columns, row, strict=True):
                if isinstance(cell, Cast) and cell.formula and isinstance(cell.value, Decimal):
                    found = Decimal(line[heads.index(column.title)].replace(",", "."))
                    assert rounded(found, cell.decimals) == cell.value, (column.key, line)
                    checked += 1
    assert checked > 20

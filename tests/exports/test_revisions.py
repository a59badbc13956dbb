"""What a page of a later revision says of the one before: every figure that is another now, or that there is none."""

from __future__ import annotations

from db.file.connection import Database
from exports.sheet import Report
from exports.sheets.report import recap_report
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from tests.db.office import TANGERANG
from tests.exports.kantor import Kantor, bare, sheet_of
from tests.exports.measured import again, half_year, many_corrected, measured
from tests.exports.test_sheets_frozen import closed
from tests.sop.kinerja.office import MANAGER, B, Office, terisi

__all__ = ["closed"]

SAME = "Angkanya tidak berubah."
NO_ROWS = ("Tidak ada angka yang berubah.",)


def turned(database: Database, period: str = "TW1", closings: int = 2) -> Kantor:
    """A quarter that was closed so often, with nothing done to its steps between."""
    kantor = Kantor(database, TANGERANG)
    first = 1 if period == "TW1" else 92
    kantor.do(Act.BUKA, period, None, f"{first} 08.00")
    for step in range(1, 6):
        kantor.do(Act.SELESAI, period, step, f"{first} 09.{step}0", started=f"{first} 09.{step}0", later=1)
    for number in range(closings):
        if number:
            kantor.do(Act.BUKA_KEMBALI, period, None, f"{first} 1{number}.00", reason="angka final")
        kantor.do(Act.TUTUP, period, None, f"{first} 1{number}.10")
    return kantor


def front_words(report: Report) -> str:
    front = sheet_of(report, "Pengesahan").front
    assert front is not None
    return " ".join(front.changes)


def changed(report: Report) -> dict[str, list[object]]:
    sheet = sheet_of(report, "Perubahan")
    return {str(title): [bare(cell) for cell in cells] for title, *cells in sheet.rows}


def test_a_corrected_value_is_told_on_the_page_that_is_signed(database: Database) -> None:
    """Reports of a reopened period (r2 and on) say who reopened it, when and why, and what figures changed."""
    kantor = turned(database, "TW2")
    report = recap_report(measured(kantor.source("TW2"), half_year()), kantor.now)
    words = front_words(report)
    assert SAME not in words
    assert words.endswith(
        "Alasan: angka final. Rata-rata capaian 99,17 menjadi 100,00, realisasi IK-3 31,0 menjadi 30,0 dan capaian "
        "IK-3 96,67 menjadi 100,00."
    )
    assert sheet_of(report, "Perubahan").notes == ()
    told = {title: [str(value) for value in values] for title, values in changed(report).items()}
    assert told == {
        "Rata-rata capaian": ["99.17", "100"],
        "Realisasi IK-3": ["31", "30"],
        "Capaian IK-3": ["96.67", "100"],
    }


def test_a_value_that_is_missing_now_is_a_figure_that_changed(database: Database) -> None:
    missing = Isian(Keadaan.BELUM_ADA, reason="menunggu data pusat")
    office = again(half_year(), "2026-TW1", B, IK_3=missing)
    kantor = turned(database)
    words = front_words(recap_report(measured(kantor.source("TW1"), office), kantor.now))
    assert "realisasi IK-3 36,0 menjadi belum ada" in words
    assert "indikator dalam rata-rata 4 menjadi 3" in words.casefold()


def test_the_page_compares_with_the_closing_before_and_the_sheet_with_all(database: Database) -> None:
    office = again(again(half_year(), "2026-TW1", B, IK_3=terisi(33)), "2026-TW1")
    kantor = turned(database, closings=3)
    report = recap_report(measured(kantor.source("TW1"), office), kantor.now)
    assert front_words(report).endswith(SAME)
    assert [str(value) for value in changed(report)["Realisasi IK-3"]] == ["36", "33", "33"]


def test_only_where_nothing_is_another_the_page_says_so(database: Database) -> None:
    kantor = turned(database)
    office = again(half_year(), "2026-TW1")
    for source in (kantor.source("TW1"), measured(kantor.source("TW1"), office)):
        report = recap_report(source, kantor.now)
        assert front_words(report).endswith(f"Alasan: angka final. {SAME}")
        assert (sheet_of(report, "Perubahan").notes, changed(report)) == (NO_ROWS, {})


def test_a_draft_tells_what_is_another_since_the_closing(database: Database) -> None:
    kantor = turned(database, closings=1)
    kantor.do(Act.BUKA_KEMBALI, "TW1", None, "1 11.00", reason="angka final")
    office = Office(half_year().state)
    office.reopen("2026-TW1")
    office.act(MANAGER, Act.KOREKSI_NILAI, period="2026-TW1", owner=B, rows={"IK-3": terisi(33)}, reason="angka final")
    report = recap_report(measured(kantor.source("TW1"), office), kantor.now)
    assert "realisasi IK-3 36,0 menjadi 33,0" in front_words(report)
    assert [str(value) for value in changed(report)["Realisasi IK-3"]] == ["36", "33"]


def test_many_values_are_counted_on_the_page_and_listed_on_the_sheet(database: Database) -> None:
    kantor = turned(database)
    office = many_corrected()
    report = recap_report(measured(kantor.source("TW1"), office), kantor.now)
    assert front_words(report).endswith(f"dan {11 * 2 - 4} angka indikator lainnya (lembar Perubahan).")
    assert sum("IK-" in title for title in changed(report)) == 11 * 2


def test_a_semester_names_the_quarter_that_was_closed_again(closed: Kantor) -> None:
    do = closed.do
    do(Act.BEBASKAN, "S1", None, "10 15.30", child="2026-TW2", reason="sebelum program dipakai")
    do(Act.TUTUP, "S1", None, "10 15.40")
    do(Act.BUKA_KEMBALI, "S1", None, "10 15.41", reason="jam salah ketik")
    do(Act.BUKA_KEMBALI, "TW1", None, "10 15.42", reason="jam salah ketik")
    assert front_words(closed.recap("S1")).endswith("Revisi TW I 2026 1 menjadi belum ada.")
    do(Act.TUTUP, "TW1", None, "10 15.43")
    do(Act.TUTUP, "S1", None, "10 15.44")
    report = closed.recap("S1")
    assert front_words(report).endswith("Revisi TW I 2026 1 menjadi 2.")
    assert changed(report) == {"Revisi TW I 2026": [1, 2]}


def test_where_the_closing_before_knew_no_indicators_their_mean_tells_it(database: Database) -> None:
    kantor = turned(database)
    office = Office(half_year().state)
    found = measured(kantor.source("TW1"), office)
    words = front_words(recap_report(found, kantor.now))
    assert words.endswith(
        "Rata-rata capaian belum ada menjadi 82,08 dan indikator dalam rata-rata belum ada menjadi 4."
    )

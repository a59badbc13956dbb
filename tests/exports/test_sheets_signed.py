"""What stands on the page that is signed: figures, findings, steps, and whoever signs."""

from __future__ import annotations

import datetime as dt

from db.file.connection import Database
from db.settings_store import change_settings
from exports.sheet import Paper, Signatory
from sop.model.act import Act
from tests.db.office import EVERYBODY, NGANJUK, TANGERANG
from tests.exports.kantor import NAMED, Kantor, begun, dicts, in_region, sheet_of
from tests.fakes import LIMA_PULUH_KOTA


def closed(kantor: Kantor) -> Kantor:
    """TW I of `begun`, done and closed."""
    for step, minute in ((2, 30), (3, 40), (4, 50), (5, 55)):
        kantor.do(Act.SELESAI, "TW1", step, f"1 09.{minute}")
    kantor.do(Act.TUTUP, "TW1", None, "1 10.00")
    return kantor


def test_nobody_signs_what_may_still_change(database: Database) -> None:
    kantor = begun(database)
    page = sheet_of(kantor.recap("TW1"), "Pengesahan")
    assert page.signature is None
    assert page.front is not None
    assert page.front.draft
    page = sheet_of(closed(kantor).recap("TW1"), "Pengesahan")
    assert page.signature is not None
    assert page.front is not None
    assert not page.front.draft


def test_the_approver_signs_under_the_day_of_the_closing(database: Database) -> None:
    signature = sheet_of(closed(begun(database)).recap("TW1"), "Pengesahan").signature
    assert signature is not None
    assert signature.signatories == (Signatory("Mengetahui", "Kepala Dinas Ketenagakerjaan Kota Tangerang"),)
    assert (signature.place, signature.date) == ("", dt.date(2026, 2, 2))


def test_the_office_names_who_signs_where_on_what_paper(database: Database) -> None:
    kantor = begun(database)
    asked = {"signatories": ["Kasubag Perencanaan", "Kepala Dinas"], "signing_place": "Tangerang", "paper": "F4"}
    change_settings(kantor.store, kantor.address.office, asked, EVERYBODY)
    report = closed(kantor).recap("TW1")
    signature = sheet_of(report, "Pengesahan").signature
    assert signature is not None
    assert signature.signatories == (
        Signatory("Disusun oleh", "Kasubag Perencanaan"),
        Signatory("Mengetahui", "Kepala Dinas"),
    )
    assert signature.place == "Tangerang"
    assert report.paper is Paper.F4


PLANNING = "Sub Koordinator Program dan Pelaporan"


def test_a_page_of_which_nothing_was_judged_boasts_of_nothing(database: Database) -> None:
    """Its sentences agree: how many steps, which of them, and that nobody knows whether they were in time."""
    kantor = Kantor(database, LIMA_PULUH_KOTA, NAMED)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    for step in (1, 2, 3, 4, 5, 6, 7):
        for bidang in NAMED if step in (3, 4) else (None,):
            kantor.do(Act.SELESAI, "TW1", step, f"1 09.{step}0" if step < 6 else f"1 10.{step}", bidang=bidang)
    kantor.do(Act.TUTUP, "TW1", None, "1 11.00")
    page = sheet_of(kantor.recap("TW1"), "Pengesahan")
    front = page.front
    assert front is not None
    assert [(one.figure, one.words) for one in front.headlines[:2]] == [
        ("7 dari 7", "langkah selesai"),
        ("0 langkah", "dinilai waktunya"),
    ]
    assert front.findings[0] == "Tidak ada langkah yang waktunya dinilai; semua bidang menyerahkan."
    assert (
        "Waktunya tidak dinilai: langkah 1, 2, 3 (3 bidang), 4 (3 bidang), 5, 6 dan 7, tanpa waktu mulai atau tanpa "
        "waktu baku." in front.findings
    )
    rows = {row["step"]: row for row in dicts(page)}
    assert rows[3]["time"] == "baku 1,5 jam"
    told = [(rows[step]["lane"], rows[step]["outcome"]) for step in (3, 4)]
    assert told == [(f"{PLANNING} (asumsi)", "3 bidang selesai"), ("Kabid", "3 bidang selesai")], "who, then how many"
    assert (rows[6]["lane"].endswith("(asumsi)"), front.uncut) == (True, "(asumsi)")


def test_the_page_to_sign_says_what_is_not_handed_in_yet_and_what_never_will_be(database: Database) -> None:
    kantor = in_region(database)
    open_page = sheet_of(kantor.recap("TW1"), "Pengesahan").front
    kantor.do(Act.GABUNG, "TW1", None, "3 09.40", reason="pejabatnya dinas luar")
    joined = sheet_of(kantor.recap("TW1"), "Pengesahan").front
    assert open_page is not None
    assert joined is not None
    assert open_page.title[-1] == "Triwulan I Tahun 2026"
    assert open_page.findings[0] == f"Belum menyerahkan: {NAMED[1]} dan {NAMED[2]}."
    rows = {row["step"]: row for row in dicts(sheet_of(kantor.recap("TW1"), "Pengesahan"))}
    assert rows[4]["outcome"] == "1 bidang selesai, 2 dilewati"
    assert joined.findings[0].startswith(f"Tidak menyerahkan: {NAMED[1]} dan {NAMED[2]}. Alasan:")


def test_what_a_page_leaves_out_is_looked_for_where_it_stands(database: Database) -> None:
    """A year may have a step of its own, and its findings are still those of all its quarters."""
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    kantor.do(Act.BEBASKAN, "TH", None, "1 09.00", child="2026-S1", reason="tidak ada laporan")
    kantor.do(Act.BEBASKAN, "TH", None, "1 09.00", child="2026-S2", reason="tidak ada laporan")
    kantor.do(Act.BUKA, "TH", None, "1 09.05")
    for period, sheet in (("TW1", "Langkah"), ("TH", "Ringkasan")):
        front = sheet_of(kantor.recap(period), "Pengesahan").front
        assert front is not None
        assert front.elsewhere == f"selengkapnya di lembar {sheet}"


def test_a_time_beside_its_standard_reads_one_way(database: Database) -> None:
    kantor = Kantor(database, NGANJUK, ("Sekretariat",))
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    kantor.do(Act.MULAI, "TW1", 1, "1 08.00")
    kantor.do(Act.SELESAI, "TW1", 1, "1 09.07")
    kantor.do(Act.MULAI, "TW1", 2, "1 09.07")
    kantor.do(Act.SELESAI, "TW1", 2, "1 09.11")
    times = [row["time"] for row in dicts(sheet_of(kantor.recap("TW1"), "Pengesahan"))]
    assert times[:2] == ["1 jam 7 menit dari 5 menit", "4/5 menit"]
    for step, moment in ((3, "1 09.30"), (4, "1 10.00"), (5, "2 09.00")):
        kantor.do(Act.MULAI, "TW1", step, moment, bidang="Sekretariat" if step < 5 else None)
        kantor.do(Act.SELESAI, "TW1", step, moment, bidang="Sekretariat" if step < 5 else None)
    times = [row["time"] for row in dicts(sheet_of(kantor.recap("TW1"), "Pengesahan"))]
    assert times[4] == "1 dari 1 hari", "1/2 hari would be half a day"


def test_a_pause_that_goes_on_is_told_by_its_beginning(database: Database) -> None:
    kantor = begun(database)
    kantor.do(Act.TUNDA, "TW1", 2, "1 09.30", reason="listrik padam")
    front = sheet_of(kantor.recap("TW1"), "Pengesahan").front
    assert front is not None
    (told,) = (line for line in front.findings if line.startswith("Ditunda"))
    assert "sejak Sen 2 Feb 09.30 belum dilanjutkan. Alasan: listrik padam." in told
    kantor.do(Act.LANJUT, "TW1", 2, "1 10.00")
    front = sheet_of(kantor.recap("TW1"), "Pengesahan").front
    assert front is not None
    assert any("30 menit waktu kerja" in line for line in front.findings)

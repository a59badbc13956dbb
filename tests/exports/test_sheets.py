"""What stands on each sheet of a recap."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from db.calendar_store import change_calendar
from db.file.connection import Database
from db.people import PersonRow
from exports.sheet import Mark
from exports.sheets import recap_report
from exports.sheets.sop_form import sop_form
from sop.form import catalog
from sop.model.act import Act
from sop.model.definition import Basis, Field
from sop.model.pelaksana import Role
from sop.model.state import Answer, Evidence
from sop.time.office_calendar import PutDay
from sop.time.work_calendar import SpecialDay
from sop.values import replace
from tests.db.office import EVERYBODY, NGANJUK, TANGERANG
from tests.exports.kantor import MONDAY, NAMED, Kantor, at, bare, begun, dicts, figures, in_region, sheet_of
from tests.fakes import LIMA_PULUH_KOTA


# ---------------------------------------------------------------------- the whole recap
def test_open_period_is_provisional_and_a_closed_one_is_not(database: Database) -> None:
    kantor = begun(database)
    assert kantor.recap("TW1").provisional
    for step, minute in ((2, 30), (3, 40), (4, 50), (5, 55)):
        kantor.do(Act.SELESAI, "TW1", step, f"1 09.{minute}")
    kantor.do(Act.TUTUP, "TW1", None, "1 10.00")
    report = kantor.recap("TW1")
    assert (report.provisional, report.state) == (False, "Tutup, revisi 1")
    assert figures(report)["Ditutup"] == at("1 10.00")


def test_what_is_missing_is_empty_and_never_zero(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    shown = figures(kantor.recap("TW1"))
    assert shown["Keadaan periode"] == "Belum dibuka"
    assert {shown[name] for name in ("Langkah selesai dikerjakan", "Terlambat", "Persentase tepat waktu")} == {None}
    assert [row["state_words"] for row in dicts(sheet_of(kantor.recap("TW1"), "Data Langkah"))] == ["Menunggu"] * 5
    assert [row["remark"] for row in dicts(sheet_of(kantor.recap("TW1"), "Langkah"))] == ["Menunggu"] * 5


def test_figures_that_nothing_measured_stay_empty_beside_counts_that_are_zero(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    shown = figures(kantor.recap("TW1"))
    assert shown["Langkah selesai dikerjakan"] == 0
    assert (shown["Waktu kerja yang berlaku (jam:menit)"], shown["Persentase tepat waktu"]) == (None, None)
    row = dicts(sheet_of(kantor.recap("TW1"), "Mutu Baku"))[0]
    assert (row["ended"], row["work_mean_seconds"], row["on_time_share"]) == (0, None, None)


def test_charts_draw_only_what_was_measured_and_never_one_bar_alone(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    kantor.do(Act.MULAI, "TW1", 1, "1 08.10")
    kantor.do(Act.SELESAI, "TW1", 1, "1 08.20")
    assert sheet_of(kantor.recap("TW1"), "Ringkasan").charts == ()
    kantor.do(Act.MULAI, "TW1", 2, "1 08.30")
    kantor.do(Act.SELESAI, "TW1", 2, "1 08.45")
    report = kantor.recap("TW1")
    of_steps, of_lanes = sheet_of(report, "Ringkasan").charts
    assert (of_steps.source, of_steps.line) == ("Mutu Baku", "limit_share")
    lanes = dicts(sheet_of(report, of_lanes.source))
    assert of_lanes.rows == (0, sum(row["group"] == "Pelaksana" for row in lanes))


# ---------------------------------------------------------------------- single sheets
def test_langkah_marks_what_a_reader_must_know(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    kantor.do(Act.MULAI, "TW1", 1, "1 08.01")
    kantor.do(Act.SELESAI, "TW1", 1, "1 19.00")
    kantor.do(Act.SELESAI, "TW1", 2, "2 08.30", started="2 08.10", later=3600)
    kantor.do(Act.LEWATI, "TW1", 3, "2 10.00", reason="tidak ada data baru")
    kantor.do(Act.KEMBALIKAN, "TW1", 4, "2 10.10", target=2, note="angka tertukar")
    sheet = sheet_of(kantor.recap("TW1"), "Data Langkah")
    rows = dicts(sheet)
    found = {(rows[row]["step"], rows[row]["attempt"], key): marks for (row, key), marks in sheet.marks.items()}
    assert found[1, 1, "difference_seconds"] == found[1, 1, "on_time"] == {Mark.LATE}
    assert found[1, 1, "work_seconds"] == {Mark.AFTER_HOURS}
    assert found[2, 1, "late_entry"] == {Mark.LATE_ENTRY}
    assert found[3, 1, "state_words"] == {Mark.SKIPPED, Mark.OVERTAKEN}
    assert found[2, 1, "state_words"] == {Mark.OVERTAKEN}
    assert found[2, 1, "lane"] == {Mark.ASSUMED}
    assert (2, 2, "state_words") not in found
    assert rows[0]["difference_seconds"] == 60 * (239 + 180 - 15)
    assert rows[1]["difference_seconds"] == -600
    paper = sheet_of(kantor.recap("TW1"), "Langkah")
    assert paper.marks[0, "difference_words"] == {Mark.LATE}
    told = {(row["step"], row["attempt"]): row for row in dicts(paper)}
    assert told[1, 1]["difference_words"] == "lewat 6 jam 44 menit"
    assert told[1, 1]["remark"] == "Di luar jam kerja"
    assert told[2, 1]["remark"] == "Tidak dihitung: diulang: angka tertukar; Dicatat susulan"
    assert told[3, 1]["remark"] == "Tidak dihitung: diulang: angka tertukar; Dilewati: tidak ada data baru"


def test_a_remark_says_why_once_and_goes_on_behind_a_sentence(database: Database) -> None:
    """Who says Tidak says why the step is done again."""
    kantor = Kantor(database, TANGERANG)
    for child in ("TW1", "TW2"):
        kantor.do(Act.BEBASKAN, "S1", None, "1 08.00", child=f"2026-{child}", reason="tidak ada laporan")
    kantor.do(Act.BUKA, "S1", None, "1 08.00")
    kantor.do(Act.SELESAI, "S1", 6, "1 08.20")
    kantor.do(Act.MULAI, "S1", 7, "1 08.30")
    kantor.do(Act.AJUKAN, "S1", 7, "1 09.00")
    kantor.do(Act.PUTUSKAN, "S1", 7, "1 09.30", answer=Answer.TIDAK, note="Angka tertukar.")
    told = {(row["step"], row["attempt"]): row["remark"] for row in dicts(sheet_of(kantor.recap("S1"), "Langkah"))}
    assert told[7, 1] == "Tidak dihitung: diulang: Angka tertukar; Putusan Tidak"


def test_open_steps_show_how_they_stand_when_printed(database: Database) -> None:
    kantor = begun(database)
    for now, expected in (("1 09.10", None), ("1 09.25", Mark.AT_RISK), ("1 09.45", Mark.LATE)):
        kantor.now = at(now)
        sheet = sheet_of(kantor.recap("TW1"), "Data Langkah")
        row = dicts(sheet)[1]
        assert (row["due_at"], row["difference_seconds"]) == (at("1 09.30"), at(now) - at("1 09.30"))
        assert sheet.marks.get((1, "difference_seconds")) == (None if expected is None else {expected})
        assert row["on_time"] is None, "nothing is judged before it has ended"


def test_bidang_says_who_handed_in_and_who_did_not(database: Database) -> None:
    kantor = in_region(database)
    kantor.now = at("5 10.00")
    sheet = sheet_of(kantor.recap("TW1"), "Bidang")
    rows = {row["bidang"]: row for row in dicts(sheet)}
    assert list(rows) == list(NAMED)
    done, at_work, waiting = (rows[name] for name in NAMED)
    assert (done["state"], done["handed_in_at"], done["waiting_days"]) == ("Sudah menyerahkan", at("3 09.20"), 2)
    assert (at_work["state"], at_work["handed_in_at"], at_work["waiting_days"]) == ("Siap di langkah 4", None, 4)
    assert (waiting["state"], waiting["work_seconds"]) == ("Siap di langkah 3", None)
    assert sheet.notes == ("Belum menyerahkan: Pemberdayaan, Sekretariat.",)


def test_bidang_tells_the_joined_the_removed_and_those_to_do_it_again_apart(database: Database) -> None:
    kantor = in_region(database)
    kantor.do(Act.UBAH_BIDANG, "TW1", None, "3 09.30", removed=(NAMED[1],), reason="digabung dengan keuangan")
    kantor.do(Act.GABUNG, "TW1", None, "3 09.40", reason="Sekretariat menyusul tahun depan")
    sheet = sheet_of(kantor.recap("TW1"), "Bidang")
    assert {row["bidang"]: row["state"] for row in dicts(sheet)} == {
        NAMED[0]: "Sudah menyerahkan",
        NAMED[2]: "Dilewati",
        NAMED[1]: "Dikeluarkan",
    }
    assert sheet.notes == (), "nobody is waited for any more"
    kantor.do(Act.KEMBALIKAN, "TW1", 5, "3 09.50", target=2, note="format keliru")
    sheet = sheet_of(kantor.recap("TW1"), "Bidang")
    assert [row["state"] for row in dicts(sheet)][:2] == ["Harus diulang"] * 2
    assert sheet.notes == ("Belum menyerahkan: Keuangan, Sekretariat.",)


def test_pelaksana_has_no_row_for_what_was_only_skipped(database: Database) -> None:
    kantor = in_region(database)
    kantor.do(Act.GABUNG, "TW1", None, "3 09.40", reason="dua bidang menyusul tahun depan")
    kantor.do(Act.SELESAI, "TW1", 5, "3 10.00", started="3 09.50", later=3600)
    kantor.do(Act.MULAI, "TW1", 6, "3 11.10")
    rows = dicts(sheet_of(kantor.recap("TW1"), "Pelaksana"))
    assert all(any(value for key, value in row.items() if key not in ("group", "name")) for row in rows), rows
    assert "(belum dipegang siapa pun)" not in {row["name"] for row in rows}


def test_bidang_is_left_out_where_no_step_is_done_per_bidang(database: Database) -> None:
    assert "Bidang" not in [sheet.title for sheet in begun(database).recap("TW1").sheets]


def test_kelengkapan_tells_who_ticked_what_and_which_papers_prove_it(database: Database) -> None:
    kantor = begun(database)
    kantor.do(Act.CENTANG, "TW1", 2, "1 09.05", item=1)
    paper = Evidence(number="800/12", dated="2026-02-02", location="map 3", sha256="ab" * 32)
    kantor.do(Act.DOKUMEN, "TW1", 2, "1 09.06", evidence=paper)
    rows = [row for row in dicts(sheet_of(kantor.recap("TW1"), "Kelengkapan & Dokumen")) if row["step"] == 2]
    items = catalog.load(TANGERANG).step(2).mutu_baku.kelengkapan
    assert [(row["item"], row["present"], row["by"], row["at"]) for row in rows[:2]] == [
        (items[0], False, None, None),
        (items[1], True, "kasubag", at("1 09.05")),
    ]
    assert (rows[2]["kind"], rows[2]["item"], rows[2]["dated"]) == ("Dokumen", "800/12", dt.date(2026, 2, 2))
    assert (rows[2]["by"], rows[2]["at"], rows[2]["location"]) == ("kasubag", at("1 09.06"), "map 3")


def test_keputusan_holds_answers_and_returns_but_not_what_was_undone(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "S1", None, "1 08.00")
    for child in ("TW1", "TW2"):
        kantor.do(Act.BEBASKAN, "S1", None, "1 08.05", child=f"2026-{child}", reason="sebelum program dipakai")
    kantor.do(Act.SELESAI, "S1", 6, "1 08.30")
    kantor.do(Act.MULAI, "S1", 7, "1 08.40")
    kantor.do(Act.AJUKAN, "S1", 7, "1 09.00")
    kantor.do(Act.PUTUSKAN, "S1", 7, "1 10.00", answer=Answer.YA)
    kantor.do(Act.URUNG, "S1", 7, "1 10.05")
    kantor.do(Act.PUTUSKAN, "S1", 7, "1 10.30", answer=Answer.TIDAK, note="tabel kosong")
    sheet = sheet_of(kantor.recap("S1"), "Keputusan")
    (row,) = dicts(sheet)
    assert (row["answer_words"], row["target"], row["note"]) == ("Tidak", 6, "tabel kosong")
    assert (row["handed_in_at"], row["decision_seconds"]) == (at("1 09.00"), 5400)
    assert sheet.marks[0, "target"] == {Mark.ASSUMED}


@pytest.mark.parametrize("scenario", [begun, in_region])
def test_perhitungan_waktu_adds_up_to_the_standard_and_ends_at_the_due_moment(
    scenario: Callable[[Database], Kantor], database: Database
) -> None:
    """One row where a standard in minutes runs out on the day it began, else line by line; bidang that share a
    calculation stand beside each other."""
    kantor = scenario(database)
    report = kantor.recap("TW1")
    due = {
        (row["step"], row["bidang"], row["attempt"]): row["due_at"]
        for row in dicts(sheet_of(report, "Data Langkah"))
        if row["due_at"] is not None
    }
    sop = catalog.load(kantor.sop)
    explained: set[tuple[int, str | None, int]] = set()
    group: list[dict[str, Any]] = []
    names: str | None = None
    for row in dicts(sheet_of(report, "Perhitungan waktu")):
        names = row["bidang"] or (names if group else None)
        group.append(row)
        if row["line"] != "Tenggat":
            continue
        assert len(group) == 1 or group[0]["line"] == "Mulai dihitung"
        waktu = sop.step(row["step"]).mutu_baku.waktu
        assert waktu is not None
        if waktu.seconds is not None:
            lines = group if len(group) == 1 else [one for one in group if one["line"] == "Hari"]
            assert sum(one["added_seconds"] or 0 for one in lines) == waktu.seconds
        for name in [None] if names is None else re.split(", dan |, | dan ", names):
            key = (row["step"], name, row["attempt"])
            assert due[key] == row["moment"]
            explained.add(key)
        group = []
    assert not group
    assert explained == due.keys()


def test_perhitungan_waktu_names_the_holiday_and_folds_plain_days(database: Database) -> None:
    kantor = Kantor(database, TANGERANG)
    holiday = SpecialDay(dt.date(2026, 2, 4), (), "Hari jadi kota", source="Keputusan wali kota")
    change_calendar(kantor.store, kantor.address.office, [PutDay(holiday)], EVERYBODY)
    kantor.do(Act.BUKA, "S1", None, "1 08.00")
    for child in ("TW1", "TW2"):
        kantor.do(Act.BEBASKAN, "S1", None, "1 08.05", child=f"2026-{child}", reason="sebelum program dipakai")
    kantor.do(Act.SELESAI, "S1", 6, "1 08.30")
    rows = dicts(sheet_of(kantor.recap("S1"), "Perhitungan waktu"))
    of_six = [row for row in rows if row["step"] == 6]
    assert [row["counted"] for row in of_six if row["line"] == "Hari"] == [
        "hari mulai tidak dihitung",
        "hari ke-1",
        "libur: Hari jadi kota",
        "hari ke-2",
    ]
    assert of_six[3]["grounds"] == "Hari jadi kota (Keputusan wali kota)"
    assert of_six[-1]["moment"] == at("4 16.00")
    of_seven = [row for row in rows if row["step"] == 7]
    assert len(of_seven) < 40, "120 working days are not told one by one"
    last = [row for row in of_seven if "sampai" in (row["counted"] or "")][-1]
    assert last["counted"].split(";")[0].endswith("hari ke-120")


def test_days_that_bidang_have_in_common_are_told_once(database: Database) -> None:
    kantor = Kantor(database, NGANJUK, NAMED)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    for step in (1, 2):
        kantor.do(Act.SELESAI, "TW1", step, f"1 08.{step}0")
    for minute, name in enumerate(NAMED, start=30):
        kantor.do(Act.SELESAI, "TW1", 3, f"1 08.{minute}", bidang=name)
    for minute, name in enumerate(NAMED, start=30):
        kantor.do(Act.SELESAI, "TW1", 4, f"2 08.{minute}", bidang=name)
    rows = [row for row in dicts(sheet_of(kantor.recap("TW1"), "Perhitungan waktu")) if row["step"] == 4]
    lines = {name: [row["line"] for row in rows if row["bidang"] == name] for name in NAMED}
    told = [name for name in NAMED if len(lines[name]) > 1]
    assert len(told) == 1, lines
    assert "Hari" in lines[told[0]]
    others = [row for row in rows if row["bidang"] != told[0]]
    assert all(f"hari-harinya sama dengan {told[0]}, putaran 1" in row["counted"] for row in others)
    dues = {row["bidang"]: row["moment"] for row in rows if row["line"] == "Tenggat"}
    assert dues == dict.fromkeys(NAMED, at("3 16.00")), "each still has its due moment"


def test_ringkasan_says_each_thing_once(database: Database) -> None:
    """A roll-up has all findings there: what is one of them is no note as well."""
    kantor = Kantor(database, LIMA_PULUH_KOTA, NAMED)
    kantor.do(Act.BUKA, "TW1", None, "1 08.00")
    for child in ("TW1", "TW2"):
        kantor.do(Act.BEBASKAN, "S1", None, "1 09.00", child=f"2026-{child}", reason="tidak ada laporan")
    kantor.do(Act.TUTUP, "S1", None, "1 09.05")
    for period, anew, waived in (("TW1", False, 0), ("S1", False, 2), ("S1", True, 2)):
        notes = sheet_of(kantor.recap(period, rejudged=anew), "Ringkasan").notes
        assert sum("asumsi" in note for note in notes) == 1, notes
        assert sum("idak ditunggu" in note for note in notes) == waived, notes
        assert sum("Bukan angka penutupan" in note for note in notes) == anew, notes


def test_what_was_all_done_in_the_next_year_is_told_without_it(database: Database) -> None:
    kantor = Kantor(database, NGANJUK, ("Sekretariat",))
    kantor.do(Act.BUKA, "TW4", None, "338 08.00")
    kantor.do(Act.MULAI, "TW4", 1, "338 08.00")
    kantor.do(Act.SELESAI, "TW4", 1, "338 08.04")
    sheet = sheet_of(kantor.recap("TW4"), "Langkah")
    assert dicts(sheet)[0]["started_words"] == "5 Jan 08.00"
    assert "Tanggal tanpa tahun: 2027." in sheet.lines[0]
    kantor = Kantor(database, TANGERANG)
    kantor.do(Act.BUKA, "TW3", None, "330 15.50")
    kantor.do(Act.MULAI, "TW3", 1, "332 15.55")
    kantor.do(Act.SELESAI, "TW3", 1, "338 08.04")
    sheet = sheet_of(kantor.recap("TW3"), "Langkah")
    assert [dicts(sheet)[0][key] for key in ("started_words", "ended_words")] == ["30 Des 15.55", "5 Jan 2027 08.04"]
    assert "tanpa tahun" not in sheet.lines[0]


def test_riwayat_reads_as_sentences_and_keeps_the_chain(database: Database) -> None:
    kantor = in_region(database)
    kantor.do(Act.KEMBALIKAN, "TW1", 4, "3 10.00", target=3, named=(NAMED[0],), note="angka desa tertukar")
    source = kantor.source("TW1")
    rows = dicts(sheet_of(recap_report(source, kantor.now), "Riwayat"))
    assert [row["hash"] for row in rows] == [
        line.hash for line in sorted(source.log, key=lambda line: line.event.sequence)
    ]
    assert rows[0]["sentence"] == "kasubag membuka TW I 2026"
    assert "kasubag menyelesaikan langkah 3 (Keuangan)" in [row["sentence"] for row in rows]
    assert rows[-1]["sentence"] == (
        "kasubag mengembalikan dari langkah 4 ke langkah 3, hanya Keuangan: angka desa tertukar"
    )


def test_everybody_has_one_name_on_all_sheets(database: Database) -> None:
    """Whoever acted, and whom a step was given to."""
    kantor = begun(database)
    kantor.do(Act.TUGASKAN, "TW1", 2, "1 09.10", holder="p4")
    people = tuple(
        PersonRow(code, name, (Role.PELAKSANA,), None, True, False, None, ())
        for code, name in (("kasubag", "Rina Astuti"), ("p4", "Dewi Anggraini"), ("p5", "Yusuf Maulana"))
    )
    report = recap_report(replace(kantor.source("TW1"), people=people), kantor.now)
    assert [row["name"] for row in dicts(sheet_of(report, "Orang"))] == ["Rina Astuti", "Dewi Anggraini"]
    told = dicts(sheet_of(report, "Riwayat"))[-1]["sentence"]
    assert told == "Rina Astuti menugaskan langkah 2 kepada Dewi Anggraini"
    words = [cell for sheet in report.sheets if sheet.title != "Orang" for row in sheet.rows for cell in row]
    assert not any(re.search(r"\bp4\b", str(cell)) for cell in words)


@pytest.mark.parametrize("code", catalog.codes())
def test_form_never_prints_an_assumption_as_a_fact_of_the_document(code: str, database: Database) -> None:
    sop = catalog.load(code)
    kantor = Kantor(database, code, NAMED if any(step.per_bidang for step in sop.steps) else ())
    sheet = sop_form(kantor.source("TW1"))
    rows = dicts(sheet)
    assert [row["number"] for row in rows] == [step.number for step in sop.steps]
    for index, (row, step) in enumerate(zip(rows, sop.steps, strict=True)):
        drawn = {
            lane: row[f"lane_{place}"]
            for place, lane in enumerate(sop.lane_names, start=1)
            if row[f"lane_{place}"] is not None
        }
        assert set(drawn) == {*step.pelaksana, *((step.decider,) if step.decider else ())}
        for place, lane in enumerate(sop.lane_names, start=1):
            if lane in drawn:
                field = Field.DECIDER if lane == step.decider else Field.PELAKSANA
                assumed = step.ground(field).basis is Basis.ASUMSI
                assert not assumed or "(asumsi)" in drawn[lane]
                assert not assumed or Mark.ASSUMED in sheet.marks[index, f"lane_{place}"]
        if step.decision is not None:
            assert "◇" in drawn[step.decider or ""]
            assert f"Tidak: ke {step.decision.tidak}" in drawn[step.decider or ""]
    keys = [column.key for column in sheet.columns]
    lacks = all(step.mutu_baku.keterangan is None for step in sop.steps)
    assert ("keterangan" in keys) is not lacks, "a column that the document lacks is not drawn"


def test_form_stops_saying_assumed_once_the_office_has_confirmed(database: Database) -> None:
    from db.sop_versions import confirm_sop

    kantor = Kantor(database, TANGERANG)
    before = dicts(sop_form(kantor.source("TW1")))[1]
    assert any("(asumsi)" in str(value) for value in before.values())
    lane = catalog.load(TANGERANG).step(2).pelaksana[0]
    confirm_sop(kantor.store, kantor.address, 2, {Field.PELAKSANA: lane}, EVERYBODY)
    after = dicts(sop_form(kantor.source("TW1")))[1]
    assert not any("(asumsi)" in str(value) for value in after.values())
    assert "ditetapkan: pelaksana" in after["basis"]


# ---------------------------------------------------------------------- roll-ups
def test_tren_shows_the_difference_to_the_period_before_and_leaves_gaps(database: Database) -> None:
    kantor = Kantor(database, TANGERANG, now=MONDAY + 121 * 86_400)
    for period, last in (("TW1", "1 08.55"), ("TW2", "121 08.35")):
        day = last.split()[0]
        kantor.do(Act.BUKA, period, None, f"{day} 08.00")
        kantor.do(Act.MULAI, period, 1, f"{day} 08.10")
        kantor.do(Act.SELESAI, period, 1, last)
    rows = {row["name"]: row for row in dicts(sheet_of(kantor.recap("S1"), "Tren"))}
    first, second = rows["TW I 2026"], rows["TW II 2026"]
    assert (first["work_seconds"], first["work_change_seconds"]) == (2700, None)
    assert (second["work_seconds"], second["work_change_seconds"]) == (1500, -1200)
    assert (first["on_time_share"], second["on_time_share"], second["on_time_change"]) == (0.0, 0.0, 0.0)
    assert rows["Seluruh triwulan"]["work_seconds"] == 4200
    assert (rows["Semester I 2026"]["ended"], rows["Semester I 2026"]["work_seconds"]) == (None, None)
    assert [column.title for column in sheet_of(kantor.recap("S1"), "Ringkasan").columns] == [
        "Ukuran",
        "TW I",
        "TW II",
        "Semester I",
        "Seluruhnya",
    ]


def test_year_shows_four_quarters_and_two_semesters(database: Database) -> None:
    kantor = begun(database)
    rows = dicts(sheet_of(kantor.recap("TH"), "Tren"))
    assert [row["name"] for row in rows] == [
        *(f"TW {number} 2026" for number in ("I", "II", "III", "IV")),
        "Semester I 2026",
        "Semester II 2026",
        "Tahun 2026",
    ]


def test_roll_up_adds_up_its_periods_beside_them(database: Database) -> None:
    """The year of an SOP whose steps all lie in quarters has no figures of its own to sign."""
    kantor = in_region(database)
    own = figures(kantor.recap("TW1"))
    report = kantor.recap("TH")
    sheet = sheet_of(report, "Ringkasan")
    front = sheet_of(report, "Pengesahan").front
    assert front is not None
    assert front.findings
    assert {f"Temuan {number}: {text}" for number, text in enumerate(front.findings, start=1)} <= set(sheet.notes), (
        "the page that is signed names this sheet for the findings that it has no room for"
    )
    total = {str(row[0]): bare(row[-1]) for row in sheet.rows}
    measured = {title: value for title, value in own.items() if total[title] is not None}
    assert {title: total[title] for title in measured} == measured
    assert total["Langkah selesai dikerjakan"] == 5
    assert (total["Waktu putusan (jam:menit)"], figures(report)["Langkah selesai dikerjakan"]) == (None, None)

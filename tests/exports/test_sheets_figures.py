"""Every figure of Ringkasan, told once more from the rows of Riwayat alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.file.connection import Database
from exports.sheet import Report
from sop.form import catalog
from sop.model.act import Act
from sop.model.state import Answer
from tests.db.office import NGANJUK, TANGERANG
from tests.exports.kantor import Kantor, dicts, figures, sheet_of
from tests.exports.oracle import Oracle

LATE_LANE = "Sub Koordinator Perencanaan"
NAMED = ("Keuangan", "Pemberdayaan", "Sekretariat")


def quarter(database: Database) -> tuple[Kantor, str, tuple[int, ...]]:
    """Late and on time, a pause over noon, a hold, a skip, an end without a start, a handing back, an earlier result
    taken over, a correction, an undone act and late entries."""
    kantor = Kantor(database, TANGERANG)
    do = kantor.do
    do(Act.BUKA, "TW1", None, "1 08.00")
    do(Act.MULAI, "TW1", 1, "1 08.10")
    do(Act.SELESAI, "TW1", 1, "1 08.50")
    do(Act.MULAI, "TW1", 2, "1 09.00")
    do(Act.TUNDA, "TW1", 2, "1 09.10", reason="menunggu data")
    do(Act.LANJUT, "TW1", 2, "1 13.20")
    do(Act.TAHAN, "TW1", None, "1 13.25", reason="ada kunjungan")
    do(Act.LANJUTKAN, "TW1", None, "2 08.00")
    do(Act.SELESAI, "TW1", 2, "2 08.45")
    do(Act.SELESAI, "TW1", 3, "2 08.49", started="2 08.46", later=3600)
    do(Act.SELESAI, "TW1", 4, "2 10.00")
    do(Act.MULAI, "TW1", 5, "2 10.05")
    do(Act.KEMBALIKAN, "TW1", 5, "2 10.20", target=3, note="angka tertukar")
    do(Act.SELESAI, "TW1", 3, "2 10.32")
    do(Act.PAKAI_LAMA, "TW1", 4, "2 10.40")
    do(Act.MULAI, "TW1", 5, "2 10.45")
    do(Act.SELESAI, "TW1", 5, "2 11.00")
    do(Act.URUNG, "TW1", 5, "2 11.05")
    do(Act.LEWATI, "TW1", 5, "2 11.10", reason="sudah disampaikan dalam rapat")
    do(Act.KOREKSI, "TW1", 1, "2 13.00", started="1 08.36", ended="1 08.47", note="jam keliru")
    return kantor, "TW1", (1, 2, 3, 4, 5)


def semester(database: Database) -> tuple[Kantor, str, tuple[int, ...]]:
    """Standards in hari, a Tidak at 7, a Tidak at 8, work outside hours, a long wait for an answer."""
    kantor = Kantor(database, TANGERANG)
    do = kantor.do
    do(Act.BUKA, "S1", None, "1 08.00")
    for child in ("TW1", "TW2"):
        do(Act.BEBASKAN, "S1", None, "1 08.05", child=f"2026-{child}", reason="sebelum program dipakai")
    do(Act.MULAI, "S1", 6, "1 08.30")
    do(Act.SELESAI, "S1", 6, "4 16.00")
    do(Act.MULAI, "S1", 7, "5 06.30")
    do(Act.AJUKAN, "S1", 7, "5 10.00")
    do(Act.PUTUSKAN, "S1", 7, "5 14.00", answer=Answer.TIDAK, note="tabel belum lengkap")
    do(Act.MULAI, "S1", 6, "8 09.00")
    do(Act.SELESAI, "S1", 6, "8 09.30")
    do(Act.MULAI, "S1", 7, "8 10.00")
    do(Act.AJUKAN, "S1", 7, "8 11.00")
    do(Act.PUTUSKAN, "S1", 7, "8 15.00", answer=Answer.YA)
    do(Act.MULAI, "S1", 8, "8 15.10")
    do(Act.PUTUSKAN, "S1", 8, "9 09.00", answer=Answer.TIDAK, note="angka tidak cocok")
    do(Act.MULAI, "S1", 7, "9 09.10")
    do(Act.AJUKAN, "S1", 7, "9 09.40")
    do(Act.PUTUSKAN, "S1", 7, "9 09.50", answer=Answer.YA)
    do(Act.MULAI, "S1", 8, "9 10.00")
    do(Act.PUTUSKAN, "S1", 8, "9 10.30", answer=Answer.YA)
    return kantor, "S1", (6, 7, 8)


def with_bidang(database: Database) -> tuple[Kantor, str, tuple[int, ...]]:
    """Three bidang at their own pace, one sent back alone, a clock set back, the last steps still open."""
    kantor = Kantor(database, NGANJUK, NAMED)
    do = kantor.do
    do(Act.BUKA, "TW1", None, "1 08.00")
    for step, hour in ((1, "08"), (2, "09")):
        do(Act.MULAI, "TW1", step, f"1 {hour}.10")
        do(Act.SELESAI, "TW1", step, f"1 {hour}.14")
    for minute, name in enumerate(NAMED):
        do(Act.MULAI, "TW1", 3, f"1 10.1{minute}", bidang=name)
        do(Act.SELESAI, "TW1", 3, f"1 10.2{minute * 2}", bidang=name)
        do(Act.MULAI, "TW1", 4, f"1 10.3{minute}", bidang=name)
    for day, name in ((1, NAMED[0]), (3, NAMED[1]), (5, NAMED[2])):
        do(Act.SELESAI, "TW1", 4, f"{day} 14.00", bidang=name)
    do(Act.MULAI, "TW1", 5, "5 14.10")
    do(Act.KEMBALIKAN, "TW1", 5, "5 14.30", target=3, named=(NAMED[1],), note="angka desa tertukar")
    do(Act.MULAI, "TW1", 3, "5 14.40", bidang=NAMED[1])
    do(Act.SELESAI, "TW1", 3, "5 14.45", bidang=NAMED[1])
    do(Act.SELESAI, "TW1", 4, "8 09.00", started="8 08.00", later=7200, bidang=NAMED[1])
    do(Act.MULAI, "TW1", 5, "8 11.30")
    do(Act.SELESAI, "TW1", 5, "8 11.20")
    do(Act.MULAI, "TW1", 6, "8 13.00")
    return kantor, "TW1", (1, 2, 3, 4, 5, 6, 7)


Scenario = Callable[[Database], tuple[Kantor, str, tuple[int, ...]]]
SCENARIOS: tuple[Scenario, ...] = (quarter, semester, with_bidang)


def told_again(report: Report, kantor: Kantor, numbers: tuple[int, ...]) -> dict[str, object]:
    return Oracle(dicts(sheet_of(report, "Riwayat")), catalog.load(kantor.sop), numbers).figures()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_figure_of_the_summary_follows_from_the_log_alone(scenario: Scenario, database: Database) -> None:
    kantor, period, numbers = scenario(database)
    report = kantor.recap(period)
    shown = {title.removesuffix(" (asumsi)"): value for title, value in figures(report).items()}
    expected = told_again(report, kantor, numbers)
    assert {title: shown.get(title) for title in expected} == pytest.approx(expected)
    untold = {"Keadaan periode", "Keadaan berkas", "Dibuka", "Berkas berakhir", "Ditutup", "Kalender revisi"}
    assert {title for title, value in shown.items() if value is not None} <= untold | expected.keys()


def test_scenarios_hold_what_they_are_meant_to_hold(database: Database) -> None:
    """The comparison above proves little where every figure is zero."""
    kantor, period, numbers = quarter(database)
    expected = told_again(kantor.recap(period), kantor, numbers)
    zero = {title for title, value in expected.items() if not value}
    of_decisions = {
        *("Waktu putusan (jam:menit)", "Keputusan pertama"),
        *("Disetujui pada pengajuan pertama", "Persentase disetujui pada pengajuan pertama"),
    }
    assert zero == of_decisions | {"Masih terbuka", "Jam diragukan", f"Persentase tepat waktu: {LATE_LANE}"}


def test_a_clock_set_back_is_counted_as_doubted(database: Database) -> None:
    kantor, period, numbers = with_bidang(database)
    assert told_again(kantor.recap(period), kantor, numbers)["Jam diragukan"] == 1


def test_oracle_shares_no_rule_with_the_program() -> None:
    source = Path(sys.modules["tests.exports.oracle"].__file__ or "").read_text("utf-8")
    assert not any(f"sop.{name}" in source.split('"""', 2)[2] for name in ("figures", "deadline", "flow", "effects"))


def people(database: Database) -> tuple[Kantor, str, tuple[int, ...]]:
    """A lane that only decides, somebody who only decides, work of several, a step that nobody has in hand."""
    kantor = Kantor(database, TANGERANG)
    do = kantor.do
    do(Act.BUKA, "S1", None, "1 08.00")
    for child in ("TW1", "TW2"):
        do(Act.BEBASKAN, "S1", None, "1 08.05", child=f"2026-{child}", reason="sebelum program dipakai")
    do(Act.MULAI, "S1", 6, "1 08.30", by="staf")
    do(Act.SELESAI, "S1", 6, "4 16.00", by="staf")
    do(Act.MULAI, "S1", 7, "5 08.30", by="sub")
    do(Act.AJUKAN, "S1", 7, "5 10.00", by="sub")
    do(Act.PUTUSKAN, "S1", 7, "5 14.00", by="kabid", answer=Answer.TIDAK, note="tabel belum lengkap")
    do(Act.SELESAI, "S1", 6, "8 09.30", by="wakil")
    do(Act.MULAI, "S1", 7, "8 10.00", by="sub")
    do(Act.AJUKAN, "S1", 7, "8 11.00", by="sub")
    do(Act.PUTUSKAN, "S1", 7, "8 15.00", by="kabid", answer=Answer.YA)
    return kantor, "S1", (6, 7, 8)


@pytest.mark.parametrize("scenario", [*SCENARIOS, people])
def test_every_figure_of_lanes_and_people_follows_from_the_log_and_adds_up_to_it(
    scenario: Scenario, database: Database
) -> None:
    kantor, period, numbers = scenario(database)
    report = kantor.recap(period)
    rows = dicts(sheet_of(report, "Pelaksana"))
    oracle = Oracle(dicts(sheet_of(report, "Riwayat")), catalog.load(kantor.sop), numbers)
    whole = oracle.whole()
    for group, expected in zip(("Pelaksana", "Orang"), oracle.parts(), strict=True):
        shown = {
            str(row["name"]).removesuffix(" (asumsi)"): {key: row[key] for key in whole}
            for row in rows
            if row["group"] == group
        }
        assert {"" if name.startswith("(") else name: row for name, row in shown.items()} == expected
        for key in whole.keys() - {"on_time_share"}:
            assert sum(row[key] or 0 for row in shown.values()) == (whole[key] or 0), (group, key)


def test_a_lane_and_a_person_that_only_decide_are_told(database: Database) -> None:
    kantor, period, _ = people(database)
    rows = {(row["group"], row["name"]): row for row in dicts(sheet_of(kantor.recap(period), "Pelaksana"))}
    waited = 3 * 3600
    for place in (("Pelaksana", "Kepala Bidang (asumsi)"), ("Orang", "kabid")):
        assert (rows[place]["decided"], rows[place]["decision_seconds"], rows[place]["ended"]) == (1, waited, 0)
    assert rows["Orang", "(belum dipegang siapa pun)"]["open"] == 1
    sheet = sheet_of(kantor.recap(period), "Pelaksana")
    assert any("masih berlaku" in line for line in sheet.lines)


def test_lanes_and_people_add_up_to_the_period(database: Database) -> None:
    kantor, period, _ = quarter(database)
    report = kantor.recap(period)
    rows = dicts(sheet_of(report, "Pelaksana"))
    whole = figures(report)
    for group in ("Pelaksana", "Orang"):
        mine = [row for row in rows if row["group"] == group]
        assert sum(row["ended"] for row in mine) == whole["Langkah selesai dikerjakan"]
        assert sum(row["work_seconds"] or 0 for row in mine) == whole["Waktu kerja yang berlaku (jam:menit)"]
        assert sum(row["late"] for row in mine) == whole["Terlambat"]
    steps = dicts(sheet_of(report, "Mutu Baku"))
    assert sum(row["on_time"] for row in steps) == whole["Tepat waktu"]

"""What reading commands say beside the bare answer: gaps in the calendar, the office's choice, banners."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NINE, SEVEN, Desk, opened, run

TW1 = "2025-TW1"


def test_a_year_without_holidays_is_told_with_the_due_moment(nine: Desk) -> None:
    due = ("kalender", "hitung", "2027-12-30T08:00", "5 hari")
    assert "Libur 2028 belum diisi" in nine(*due).out
    assert 2028 in nine(*due, "--json").json["unfilled_years"]
    between = ("kalender", "selisih", "2028-01-05T08:00", "2027-12-30T08:00")
    assert "Libur 2028 belum diisi" in nine(*between).out
    assert nine("kalender", "selisih", "2025-01-05T08:00", "2025-01-06T08:00", "--json").json["unfilled_years"] == []


def test_the_log_takes_a_date_alone(nine: Desk) -> None:
    assert [row["act"] for row in nine.do("riwayat --sejak 2026-02-15")] == ["siapkan"]
    assert nine.do("riwayat --sejak 2026-02-16") == []
    assert nine.do("riwayat --sampai 15/2/2026") == []
    assert nine("riwayat", "--sejak", "entah").code == 2


def test_explaining_a_step_that_is_none_is_faulty_input(nine: Desk) -> None:
    assert "1, 2, 3, 4 dan 5" in nine.refused(2, f"kalender jelaskan {TW1} 9")
    opened(nine, TW1, "2025-04-21T08:00")
    nine.refused(2, f"kalender jelaskan {TW1} 9")
    nine.refused(3, f"kalender jelaskan {TW1} 5")


def test_an_sop_is_shown_with_what_must_be_at_hand_and_in_indonesian() -> None:
    said = run("sop", "lihat", NINE).out
    assert "Langkah 1, kelengkapan:" in said
    assert "kepala kolom, kelengkapan" in said
    assert "headings" not in said


def test_the_cadence_an_office_chose_is_shown(desk: Desk) -> None:
    desk.do(f"siapkan --sop {SEVEN} --tahun 2025 --kadens semester --bidang A")
    assert desk.do(f"sop lihat {SEVEN}")["chosen_cadence"] == "semester"
    assert run("sop", "lihat", SEVEN, "--json").json["chosen_cadence"] is None


def test_a_document_that_is_too_large_is_told_with_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("besar.toml").write_bytes(b" " * 5_000_000)
    Path("mapnya").mkdir()
    assert "5000000 bita" in run("sop", "periksa", "besar.toml").err
    assert run("sop", "periksa", "mapnya").err == "mapnya tidak dapat dibaca: itu map.\n"


def test_a_clock_that_went_back_is_told_on_top(nine: Desk) -> None:
    nine.do(f"periode buka {TW1}", "--alasan", "dicatat kemudian")
    nine.now -= 3600
    for line in ("status", "ringkas", f"papan {TW1}"):
        said = nine(*line.split())
        assert "Jam diragukan" in "".join(said.out.splitlines(keepends=True)[:6]), line
    nine.now += 7200
    assert "Jam diragukan" not in nine("status").out


def test_stale_input_is_told_on_top(nine: Desk) -> None:
    nine.extra = ("--alasan", "sebelum program dipakai")
    for quarter in ("2025-TW1", "2025-TW2"):
        nine.do("periode buka 2025-S1") if quarter == "2025-TW1" else None
        opened_late(nine, quarter)
    for word in ("mulai", "selesai"):
        nine.do(f"{word} 2025-S1 6")
    nine.do("periode buka-kembali 2025-TW1")
    nine.extra = ()
    for line in ("status", "ringkas", "papan 2025-S1"):
        assert "Masukan basi: 2025-TW1" in nine(*line.split()).out, line


def opened_late(desk: Desk, quarter: str) -> None:
    """A quarter opened, stopped and closed."""
    for line in ("periode buka", "berkas hentikan", "periode tutup"):
        desk.do(f"{line} {quarter}")

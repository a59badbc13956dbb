"""`sakip susulan`: a whole past period from lines, all of it or nothing, every fault by its line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, opened

TW1 = "2025-TW1"
LINES = (
    "1;;21/4 09.00;09.12;",
    "2;;22/4 09.00;09.25;dari agenda",
    "3;;08.00 ;08.02;",
    "",
    "# langkah 4 dikerjakan sore",
    "4;;22/4 13.00;24/4 14.00;",
    "5;;25/4/2025 08.00;Jum 25 Apr 2025 08.20;",
)


def lines(tmp_path: Path, *told: str) -> str:
    path = tmp_path / "susulan.csv"
    path.write_text("\n".join(("langkah;bidang;mulai;selesai;catatan", *told)), encoding="utf-8")
    return str(path)


def mended(text: str, old: str, new: str) -> str:
    return new if text == old else text


SOUND = tuple(mended(each, LINES[2], "3;;09.30;09.32") for each in LINES)


def test_a_quarter_is_recorded_at_once_and_can_be_closed(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    tried = nine("susulan", TW1, lines(tmp_path, *SOUND), "--coba", *LATE)
    assert (tried.code, "5 baris dapat dicatat" in tried.out) == (0, True)
    assert nine.do(f"papan {TW1}")["cards"][0]["state"] == "siap"
    done = nine.do(f"susulan {TW1}", lines(tmp_path, *SOUND), "--token", "satu", *LATE)
    assert (done["acts"], done["rows"][2]["started_at"]) == (5, "2025-04-22T09:30:00+07:00")
    again = nine.do(f"susulan {TW1}", lines(tmp_path, *SOUND), "--token", "satu", *LATE)
    assert (again["repeated"], again["acts"]) == (True, 0)
    cards = nine.do(f"papan {TW1}")["cards"]
    assert [card["state"] for card in cards] == ["selesai"] * 5
    assert cards[4]["ended_at"] == "2025-04-25T08:20:00+07:00"
    assert nine("periksa", "--penuh").code == 0
    nine.do(f"periode tutup {TW1}")


def test_a_line_outside_working_hours_is_told_before_it_is_recorded(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    told = lines(tmp_path, LINES[0], "2;;Sab 26/4 09.00;10.00;")
    worth = "Sab 26 Apr 2025 09.00 sampai 10.00 di luar jam kerja: waktu kerjanya tercatat 0 menit."
    tried = nine("susulan", TW1, told, "--coba", *LATE)
    assert (tried.code, tried.err.strip()) == (0, f"Baris 3: {worth}")
    done = nine.do(f"susulan {TW1}", told, *LATE)
    assert done["warnings"] == [f"Baris 3: {worth}"]
    alone = nine("selesai", TW1, "3", "--mulai", "2025-05-03T09:00", "--selesai", "2025-05-03T10:00", *LATE)
    assert (alone.code, alone.err.strip()) == (0, worth.replace("26 Apr", "3 Mei"))
    usual = nine("selesai", TW1, "4", "--mulai", "2025-05-05T09:00", "--selesai", "2025-05-05T10:00", *LATE)
    assert (usual.code, usual.err) == (0, "")


def test_every_line_that_a_rule_refuses_is_told_and_nothing_is_recorded(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    wrong = [mended(each, LINES[4], "9;;24/4 08.00;24/4 09.00") for each in LINES]
    said = nine.refused(3, f"susulan {TW1}", lines(tmp_path, *wrong), *LATE)
    assert "baris 4: Waktu Sel 22 Apr 2025 08.00 lebih awal daripada yang tercatat pada langkah 2" in said
    assert "baris 6: Langkah 9 tidak dikenal" in said
    # Steps 4 and 5 cannot be reached because of step 3: that is no fault of theirs.
    assert "baris 7" not in said


def test_every_fault_is_told_by_line_and_column(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    said = nine.refused(2, f"susulan {TW1}", lines(tmp_path, "1;;lusa;09.00", "2;;10.00;09.00", "3;;09.00;"))
    assert 'baris 2, mulai: Tulisan "lusa" tidak terbaca' in said
    assert "baris 3, selesai: Selesai sebelum mulai" in said
    assert "baris 4, selesai: Isinya kosong" in said
    said = nine.refused(2, f"susulan {TW1}", lines(tmp_path, "satu;;9.00;9.10", "1;9.00"))
    assert "baris 2, langkah" in said
    assert "baris 3: Di baris ini ada 2 kolom" in said


def test_the_example_is_what_is_still_to_do_and_is_taken_when_filled(
    seven: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    shown = seven("susulan", TW1, "--contoh").out.splitlines()
    rows = [line for line in shown if line[:1].isdigit()]
    assert rows[2:4] == [f"3;{BIDANG[0]};;;", f"3;{BIDANG[1]};;;"]
    assert len(rows) == 5 + 2 * len(BIDANG)
    filled = "\n".join(f"{row[:-3]};2{row[0]}/4 09.00;09.05;" for row in rows)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(filled.encode())))
    done = seven.do(f"susulan {TW1} -", *LATE)
    assert done["acts"] == len(rows)
    assert [line for line in seven("susulan", TW1, "--contoh").out.splitlines() if line[:1].isdigit()] == []


def test_a_decision_is_recorded_as_answered_yes(nine: Desk, tmp_path: Path) -> None:
    for period in (TW1, "2025-TW2"):
        opened(nine, period, "2025-07-01T08:00")
        nine.do(f"susulan {period}", lines(tmp_path, *(f"{n};;{n + 1}/7 09.00;09.02" for n in range(1, 6))), *LATE)
        nine.do(f"periode tutup {period} --pada 2025-07-07T08:00", *LATE)
    opened(nine, "2025-S1", "2025-07-08T08:00")
    nine.do("susulan 2025-S1", lines(tmp_path, *(f"{n};;{n + 3}/7 09.00;09.02" for n in (6, 7, 8))), *LATE)
    told = nine.do("riwayat 2025-S1")
    assert [each["details"]["answer"] for each in told if each["act"] == "putuskan"] == ["ya", "ya"]
    assert nine.do("papan 2025-S1")["state"] == "selesai"


def test_a_moment_of_its_own_has_no_place_beside_the_lines(nine: Desk, tmp_path: Path) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    assert "--pada: Waktunya ditulis di tiap baris" in nine.refused(
        2, f"susulan {TW1} --pada 09.00", lines(tmp_path, *SOUND)
    )
    assert "sudah berubah" in nine.refused(4, f"susulan {TW1} --revisi 9", lines(tmp_path, *SOUND), *LATE)


def test_rows_that_wait_for_data_are_told_with_what_is_done_first(seven: Desk, tmp_path: Path) -> None:
    """All of it or nothing; but the forms go out only once the steps before are recorded."""
    opened(seven, TW1, "2025-04-21T08:00")
    seven.do("indikator tambah IK-1 --satuan orang --nama Peserta --bidang", BIDANG[0])
    told = ["1;;21/4 09.00;09.10;", "2;;21/4 10.00;10.10;"]
    told += [f"3;{name};22/4 09.00;09.10;" for name in BIDANG]
    told += [f"4;{name};22/4 10.00;10.10;" for name in BIDANG]
    told += ["5;;23/4 09.00;09.10;"]
    said = seven.refused(3, f"susulan {TW1}", lines(tmp_path, *told), *LATE)
    assert "Tidak satu pun dicatat." in said
    assert f"Belum diisi: IK-1 ({BIDANG[0]})" in said
    assert "Catat dulu yang lain, tanpa baris 9 dan 14" in said
    assert f"sakip data isi {TW1} KODE NILAI; lalu catat baris 9 dan 14" in said
    assert seven.refused(3, f"susulan {TW1}", lines(tmp_path, *told), "--coba", *LATE) == said
    first = [row for row in told if row != f"4;{BIDANG[0]};22/4 10.00;10.10;" and not row.startswith("5")]
    assert seven.do(f"susulan {TW1}", lines(tmp_path, *first), *LATE)["acts"] == 11
    seven.do(f"data isi {TW1} IK-1 25 --alasan terlambat")
    assert seven.do(f"susulan {TW1}", lines(tmp_path, *(row for row in told if row not in first)), *LATE)["acts"] == 2


def test_a_line_that_is_wrong_keeps_the_others_from_being_offered_first(seven: Desk, tmp_path: Path) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    seven.do("indikator tambah IK-1 --satuan orang --nama Peserta --bidang", BIDANG[0])
    told = ["1;;21/4 09.00;09.10;", "2;;20/4 10.00;10.10;", *(f"3;{name};22/4 09.00;09.10;" for name in BIDANG)]
    said = seven.refused(3, f"susulan {TW1}", lines(tmp_path, *told), *LATE)
    assert "Betulkan, lalu ulangi." in said
    assert "Catat dulu" not in said

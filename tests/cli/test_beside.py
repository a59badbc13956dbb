"""What every writing command takes is taken by those that act on an office too, and never passed over in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sakip_tui.cli.commands import GRAMMAR
from sop.form import catalog
from tests.cli.conftest import NINE, SEVEN, Desk

EVERY = {"--pada", "--alasan", "--atas-nama", "--revisi", "--token"}
SETTLE = f"sop tetapkan {NINE} 7"
LANE = "Sekretaris Dinas"


def own_sop(tmp_path: Path) -> str:
    path = tmp_path / "sendiri.toml"
    path.write_text(
        catalog.text(NINE).replace('keluaran = "Disposisi"', 'keluaran = "Disposisi Kepala"'), encoding="utf-8"
    )
    return str(path)


def test_every_writing_command_takes_all_five() -> None:
    writing = [verb for verb in GRAMMAR.verbs.values() if any(option.name == "--token" for option in verb.options)]
    assert {"siapkan", "sop impor", "sop tetapkan", "pengaturan ubah", "kalender isi"} <= {v.name for v in writing}
    assert [verb.name for verb in writing if not {option.name for option in verb.options} >= EVERY] == []


@pytest.mark.parametrize("line", [SETTLE, f"siapkan --sop {NINE} --tahun 2026", "pengaturan ubah --batas-segera 70"])
def test_the_reason_of_an_act_on_the_office_is_kept(nine: Desk, line: str) -> None:
    nine.do(line, "--alasan", "rapat pimpinan")
    assert nine.do("riwayat")[0]["details"]["reason"] == "rapat pimpinan"


@pytest.mark.parametrize("line", [SETTLE, f"siapkan --sop {NINE} --tahun 2026", "pengaturan ubah --batas-segera 70"])
def test_an_act_on_the_office_is_refused_at_another_revision(nine: Desk, line: str) -> None:
    assert re.search("sudah (berubah|diubah oleh kasubag)", nine.refused(4, line, "--revisi", "9"))


@pytest.mark.parametrize("line", [SETTLE, "kalender libur 2025-08-18 Cuti", "pengaturan ubah --batas-segera 70"])
def test_a_lane_that_is_none_is_refused_with_those_there_are(nine: Desk, line: str) -> None:
    assert LANE in nine.refused(2, line, "--atas-nama", "Bupati")


def test_a_moment_ahead_is_refused(nine: Desk, tmp_path: Path) -> None:
    for words in (SETTLE.split(), ["siapkan", "--tahun", "2026"], ["sop", "impor", own_sop(tmp_path)]):
        nine.refused(3, " ".join(words), "--pada", "2030-01-01T08:00")


def test_a_lane_is_checked_and_it_is_said_that_it_is_not_kept(nine: Desk) -> None:
    said = nine(*SETTLE.split(), "--atas-nama", LANE.upper(), "--revisi", "1")
    assert said.code == 0
    assert "--atas-nama" in said.err


def test_an_act_on_the_office_takes_effect_at_the_moment_given(nine: Desk, tmp_path: Path) -> None:
    """The moment, the reason and the mark of a late entry stand in the log, as for an act on a card."""
    late = ("--pada", "2026-02-12T08:00", "--alasan", "dicatat kemudian")
    for words in (SETTLE.split(), ["sop", "impor", own_sop(tmp_path)]):
        assert nine(*words, *late).code == 0
        newest = nine.do("riwayat")[0]
        assert newest["effective_at"].startswith("2026-02-12T08:00")
        assert newest["details"]["reason"] == "dicatat kemudian"
        assert newest["effective_at"] < newest["recorded_at"]


@pytest.mark.parametrize("line", [SETTLE, "pengaturan ubah --batas-segera 70"])
def test_an_act_on_the_office_far_back_asks_why(nine: Desk, line: str) -> None:
    assert "alasan" in nine.refused(3, line, "--pada", "2026-01-05T08:00")


def test_an_act_on_the_office_does_not_go_behind_the_last_one(nine: Desk) -> None:
    assert "06.30" in nine.refused(3, "siapkan --tahun 2027", "--pada", "2026-02-12T08:00", "--alasan", "lupa")


def test_a_new_office_takes_them_before_it_is_there(desk: Desk) -> None:
    beside = ("--pada", "2026-02-13T08:00", "--alasan", "mulai memakai", "--revisi", "0", "--atas-nama", LANE)
    desk.do(f"siapkan --sop {NINE} --tahun 2025", *beside)
    assert desk.do("riwayat")[0]["details"]["reason"] == "mulai memakai"


def test_a_repeated_token_is_a_repetition_whatever_was_seen(nine: Desk) -> None:
    line = f"{SETTLE} --tidak-ke 7 --revisi 1 --token t1"
    assert not nine.do(line)["repeated"]
    assert nine.do(line)["repeated"]


def test_an_import_happens_once_for_a_token(nine: Desk, tmp_path: Path) -> None:
    words = ("sop", "impor", own_sop(tmp_path), "--token", "t2", "--alasan", "salah ketik", "--revisi", "1")
    assert not nine(*words, "--json").json["repeated"]
    assert nine(*words, "--json").json["repeated"]


# ---------------------------------------------------------------------- which SOP
def test_settling_an_unknown_sop_names_the_known_ones(nine: Desk) -> None:
    said = nine.refused(2, "sop tetapkan xx 7 --tidak-ke 6")
    assert "xx" in said
    assert NINE in said
    assert "lebih dari satu kantor" not in said


@pytest.mark.parametrize("line", [f"sop tetapkan {SEVEN} 3", f"status --sop-aktif {SEVEN}"])
def test_an_sop_of_the_catalog_that_the_office_does_not_use_is_told_as_such(nine: Desk, line: str) -> None:
    assert f"Kantor ini tidak memakai SOP {SEVEN}" in nine.refused(2, line)

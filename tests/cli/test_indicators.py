"""`sakip indikator`: defining, targets, what is refused and what is told beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path / "kantor.db")
    found.do("siapkan --sop dpmd-nganjuk --tahun 2026", "--bidang", "Bidang A", "--bidang", "Bidang B")
    return found


def defined(desk: Desk, code: str = "IK-1", *more: str) -> None:
    desk.do(f"indikator tambah {code} --satuan orang", "--nama", "Jumlah peserta", *more)


def test_an_office_without_indicators_says_how_to_begin(desk: Desk) -> None:
    assert desk.do("indikator daftar") == {"year": 2026, "indicators": []}
    assert "sakip indikator tambah" in desk("indikator", "daftar").out


def test_an_indicator_and_its_targets_are_listed(desk: Desk) -> None:
    defined(desk, "IK-1", "--bidang", "bidang a")
    desk.do("indikator target ik-1 2026-TW1 25")
    said = desk.do("indikator target IK-1 2026-TH 100 --dokumen PK")
    assert said["indicator"]["targets"] == {"2026-TW1": "25", "2026-TH": "100"}
    (one,) = desk.do("indikator daftar")["indicators"]
    assert (one["code"], one["unit"], one["bidang"], one["kind"], one["since"]) == (
        *("IK-1", "orang", "Bidang A", "angka"),
        "2026-TW1",
    )
    text = desk("indikator", "daftar").out
    assert "TW I 25" in text
    assert "Tahun 2026 100" in text


def test_a_perubahan_holds_from_its_period_on(desk: Desk) -> None:
    defined(desk)
    for name in ("TW1", "TW3", "TH"):
        desk.do(f"indikator target IK-1 2026-{name} 10")
    desk.do("indikator target IK-1 2026-TW3 20 --set 2 --sejak 2026-TW3 --dokumen", "PK Perubahan")
    desk.do("indikator target IK-1 2026-TW4 30")
    (one,) = desk.do("indikator daftar")["indicators"]
    assert one["targets"] == {"2026-TW1": "10", "2026-TW3": "20", "2026-TW4": "30", "2026-TH": "10"}
    assert "2026-TW3" in desk.refused(2, "indikator target IK-1 2026-TW1 5 --set 2")


def test_targets_that_do_not_fit_are_told_and_taken(desk: Desk) -> None:
    defined(desk)
    for name in ("TW1", "TW2", "TW3", "TW4"):
        desk.do(f"indikator target IK-1 2026-{name} 10")
    said = desk.do("indikator target IK-1 2026-TH 50")
    assert [(each["code"], each["known"]) for each in said["warnings"]] == [("jumlah-target-berbeda", ["40"])]
    assert "Perhatian" in desk("indikator", "target", "IK-1", "2026-TH", "60").err


@pytest.mark.parametrize(
    ("value", "words"),
    [("1.234", ("1234", "1,234")), ("banyak", ("banyak",)), ("2,5", ("2,5", "0")), ("5%", ("persen",))],
)
def test_a_target_that_can_mean_two_things_or_none_is_refused(desk: Desk, value: str, words: tuple[str, ...]) -> None:
    defined(desk)
    said = desk.refused(2, "indikator target IK-1 2026-TW1", value)
    assert all(word in said for word in words)


def test_every_fault_of_a_definition_is_told_at_once(desk: Desk) -> None:
    said = desk.refused(2, "indikator tambah", "k!", "--nama", " ", "--satuan", "x", "--jenis", "predikat")
    assert all(word in said for word in ("k!", "nama", "Opini"))
    assert "Bidang B" in desk.refused(2, "indikator tambah IK-1 --nama a --satuan b --bidang zz")


def test_a_code_is_defined_once_and_ended_for_good(desk: Desk) -> None:
    defined(desk)
    assert "IK-1" in desk.refused(3, "indikator tambah ik-1 --nama a --satuan b")
    said = desk.do("indikator ubah ik-1 --sejak 2026-TW3", "--nama", "Peserta pelatihan")
    assert (said["indicator"]["name"], said["indicator"]["version"]) == ("Peserta pelatihan", 2)
    desk.do("indikator ubah ik-1 --sejak 2026-TW4 --akhiri")
    assert "(tidak dipakai" in desk("indikator", "daftar").out
    desk.refused(3, "indikator ubah ik-1 --nama lagi")
    assert "IK-1" in desk.refused(2, "indikator ubah zz --nama a")


def test_history_and_check_tell_of_it(desk: Desk) -> None:
    defined(desk)
    desk.do("indikator target IK-1 2026-TW1 25")
    said = desk("riwayat").out
    assert "menetapkan indikator IK-1" in said
    assert "menetapkan 1 target 2026" in said
    assert desk("periksa", "--penuh").code == 0

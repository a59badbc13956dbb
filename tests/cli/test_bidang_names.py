"""A bidang is found under every name that it has or had, wherever one is typed."""

from __future__ import annotations

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

TW1 = "2025-TW1"
OLD, NEW = BIDANG[0], "Bina Desa"


@pytest.fixture
def renamed(seven: Desk) -> Desk:
    """Five bidang at work; the first has another name since, and two of the others became one."""
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    seven.do("bidang ganti-nama", OLD, NEW)
    return seven


@pytest.mark.parametrize("name", [NEW, NEW.upper(), OLD, OLD.lower()])
def test_a_reminder_reaches_a_renamed_bidang_under_each_name(renamed: Desk, name: str) -> None:
    text = renamed("ringkas", "--bidang", name).out
    assert text.startswith(f"Yth. Bidang {NEW}, ")
    assert f"langkah 3 (tercatat sebagai {OLD})" in text
    assert "tidak ada langkah" not in text
    document = renamed.do("ringkas --bidang", name)
    assert (document["bidang"], document["names"]) == (NEW, [OLD, NEW])
    assert [card["bidang"] for card in document["cards"]] == [OLD]


def test_a_receipt_goes_to_the_bidang_as_it_is_called_now(renamed: Desk) -> None:
    for step in (3, 4):
        finish(renamed, TW1, step, "2025-04-22", NEW)
    assert renamed("ringkas", "--bidang", OLD).out.startswith(f"Tanda terima untuk Bidang {NEW}: ")


@pytest.mark.parametrize("name", [NEW, OLD])
def test_every_command_that_takes_a_bidang_takes_both_names(renamed: Desk, name: str) -> None:
    done = renamed.do(f"mulai {TW1} 3 --pada 2025-04-22T08:00 --bidang", name, *LATE)
    assert done["card"]["bidang"] == OLD
    assert renamed.do(f"kartu {TW1} 3 --bidang", name)["card"]["state"] == "dikerjakan"
    assert renamed.do(f"kalender jelaskan {TW1} 3 --bidang", name)["from"] == "2025-04-22T08:00:00+07:00"
    renamed.do(f"komentar {TW1} 3", "dicek", "--bidang", name)
    assert [line["act"] for line in renamed.do("riwayat --bidang", name)] == ["komentar", "mulai"]
    renamed.do(f"selesai {TW1} 3 --pada 2025-04-22T09:00 --bidang", name, *LATE)
    finish(renamed, TW1, 4, "2025-04-23", name)
    renamed.do(f"kembalikan {TW1} 5 --ke 3 --catatan keliru --bidang", name)
    assert renamed.do(f"riwayat {TW1}")[0]["details"]["bidang"] == [OLD]
    renamed.do(f"berkas ubah-bidang {TW1} --hapus", name, "--alasan", "bubar")
    assert renamed.do(f"riwayat {TW1}")[0]["details"]["removed"] == [OLD]


def test_an_old_name_added_to_a_region_is_the_bidang_that_is_in_it(renamed: Desk) -> None:
    for name in (NEW, OLD):
        said = renamed.refused(3, f"berkas ubah-bidang {TW1} --alasan lagi --tambah", name)
        assert "sudah ada di langkah ini" in said


def test_a_merged_bidang_is_reminded_of_all_that_its_parts_owe(renamed: Desk) -> None:
    renamed.do("bidang gabung --ke Gabungan --bidang", BIDANG[1], "--bidang", BIDANG[2])
    text = renamed("ringkas", "--bidang", "gabungan").out
    assert f"(tercatat sebagai {BIDANG[1]})" in text
    assert f"(tercatat sebagai {BIDANG[2]})" in text
    # An act is on one of the two: which, must be said.
    said = renamed.refused(2, f"mulai {TW1} 3 --bidang Gabungan")
    assert BIDANG[1] in said
    assert BIDANG[2] in said
    renamed.do(f"mulai {TW1} 3 --bidang", BIDANG[1])


@pytest.mark.parametrize(
    "line",
    [f"{words} --bidang Kelautan" for words in ("ringkas", "riwayat", f"mulai {TW1} 3", f"kartu {TW1} 3")],
)
def test_an_unknown_name_is_refused_with_the_known_ones(renamed: Desk, line: str) -> None:
    said = renamed.refused(2, line)
    assert 'Bidang "Kelautan" tidak dikenal' in said
    assert BIDANG[1] in said


def test_a_part_of_a_name_is_taken_wherever_one_is_typed(renamed: Desk) -> None:
    """The old name's part too; what several names have is refused with them."""
    assert renamed.do(f"mulai {TW1} 3 --pada 2025-04-22T08:00 --bidang pember", *LATE)["card"]["bidang"] == BIDANG[2]
    assert renamed.do(f"kartu {TW1} 3 --bidang pemerintahan")["card"]["bidang"] == OLD
    assert renamed.do(f"kalender jelaskan {TW1} 3 --bidang pemberdayaan")["from"] == "2025-04-22T08:00:00+07:00"
    assert [line["act"] for line in renamed.do("riwayat --bidang pember")] == ["mulai"]
    assert renamed("ringkas", "--bidang", "bidang kelem").out.startswith(f"Yth. Bidang {BIDANG[3]}, ")
    said = renamed.refused(2, f"berkas ubah-bidang {TW1} --hapus desa --alasan bubar")
    assert f"{OLD}, {BIDANG[1]}" in said
    assert '"desa" ada pada nama beberapa bidang' in said
    assert "sudah ada di langkah ini" in renamed.refused(3, f"berkas ubah-bidang {TW1} --alasan lagi --tambah kelem")
    renamed.do("pengguna tambah Ani --kode kasubag --peran admin")
    renamed.do("pengguna lajur kasubag Bidang --bidang keuangan")
    (held,) = renamed.do("pengguna daftar")["people"][0]["lanes"]
    assert held["bidang"] == BIDANG[1]
    renamed.do("pengguna lajur kasubag Bidang --akhiri --bidang keuangan")
    (held,) = renamed.do("pengguna daftar")["people"][0]["lanes"]
    assert held["held_now"] is False
    renamed.do("bidang akhiri sekret")
    assert "Sekretariat" in {row["name"] for row in renamed.do("bidang daftar")["bidang"] if row["until"]}


def test_of_many_names_the_nearest_are_told(renamed: Desk) -> None:
    for number in range(12):
        renamed.do("bidang tambah", f"Unit Pelaksana {number}")
    said = renamed.refused(2, "bidang akhiri Kelembagan")
    assert f"Yang paling mirip: {BIDANG[3]}, " in said
    assert "lagi tidak disebut di sini" in said


def test_a_lane_is_given_and_ended_under_either_name(renamed: Desk) -> None:
    renamed.do("pengguna tambah Ani --kode kasubag --peran admin")
    renamed.do("pengguna tambah Siti --kode rina --peran pelaksana")
    renamed.do("pengguna lajur rina Bidang --bidang", OLD)
    (held,) = next(one for one in renamed.do("pengguna daftar")["people"] if one["code"] == "rina")["lanes"]
    assert held["bidang"] == NEW
    assert "sudah dipegangnya sejak" in renamed.refused(3, "pengguna lajur rina Bidang --bidang", NEW)
    renamed.do("pengguna lajur rina Bidang --akhiri --bidang", OLD)
    (held,) = next(one for one in renamed.do("pengguna daftar")["people"] if one["code"] == "rina")["lanes"]
    assert held["held_now"] is False


def test_an_ended_name_is_renamed_as_the_bidang_it_became(renamed: Desk) -> None:
    renamed.do("bidang ganti-nama", OLD, "Bina Pemerintahan")
    names = {row["name"]: row["successor"] for row in renamed.do("bidang daftar")["bidang"]}
    assert (names[OLD], names[NEW]) == (NEW, "Bina Pemerintahan")

"""`sakip alur`: the drawing of an SOP for those who do not see it, drawn, and as a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import LATE, Desk, finish, opened

TW1 = "2025-TW1"
CODES = (
    "dpmptsp-balangan",
    "disperinaker-lima-puluh-kota",
    "bappedalitbang-balangan",
    "dpmd-nganjuk",
    "disnaker-kota-tangerang",
)


def block(text: str, number: int) -> str:
    """What is told of one step."""
    return next(part for part in text.split("\n\n") if part.startswith(f"{number}. "))


def test_each_step_is_told_with_its_symbol_its_arrow_and_its_mutu_baku(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    finish(nine, TW1, 1, "2025-04-21")
    said = nine("alur", TW1)
    assert said.code == 0
    assert "TW I 2025: berjalan 1/5" in said.out
    assert "Semester I 2025: belum dibuka" in said.out
    first = block(said.out, 1)
    assert "Simbol: kapsul Mulai di kolom Sekretaris Dinas" in first
    assert "Panah: ke langkah 2" in first
    assert "Keadaan: Selesai" in first
    assert "Kelengkapan: Perjanjian Kinerja, Rencana aksi" in first
    assert "Pelaksana: Sub Koordinator Perencanaan (asumsi)" in block(said.out, 2)
    assert "Panah: ke penghubung halaman" in block(said.out, 5)
    seventh = block(said.out, 7)
    assert "belah ketupat di kolom Kepala Bidang, kotak di kolom Sub Koordinator Perencanaan" in " ".join(
        seventh.split()
    )
    assert "Ya: lanjut ke langkah 8" in seventh
    assert "Tidak: kembali ke langkah 6 (asumsi)" in seventh
    assert "Panah" not in seventh
    assert "Panah: tidak ada, di sini alur selesai" in block(said.out, 9)
    assert "segi lima penghubung halaman di kolom Sekretaris Dinas. Lanjut ke Semester I" in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_without_a_period_it_tells_the_one_that_the_board_shows_first(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    assert nine.do("alur")["period"] == TW1


def test_the_document_gives_every_row_with_its_symbols_and_its_state(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    nine.do(f"mulai {TW1} 1 --pada 2025-04-21T08:10", *LATE)
    found = nine.do(f"alur {TW1}")
    assert found["sop"] == "disnaker-kota-tangerang"
    assert [one["period"] for one in found["sections"]] == [TW1, "2025-S1", "2025-TH"]
    assert found["sections"][1]["waiting_for"] == [TW1, "2025-TW2"]
    steps = {row["step"]: row for row in found["rows"] if row["step"] is not None}
    assert list(steps) == list(range(1, 10))
    assert steps[1]["state"] == "dikerjakan"
    assert steps[1]["attempt"] == 1
    assert steps[2]["state"] == "menunggu"
    assert steps[2]["assumed"] == ["pelaksana"]
    assert (steps[7]["ya"], steps[7]["tidak"]) == (8, 6)
    assert (steps[8]["ya"], steps[8]["tidak"]) == ("akhir", 7)
    assert steps[7]["symbols"] == [
        {"lane": "Kepala Bidang", "shape": "diamond"},
        {"lane": "Sub Koordinator Perencanaan", "shape": "box"},
    ]
    pages = [row for row in found["rows"] if row["step"] is None]
    assert [row["symbols"][0]["shape"] for row in pages] == ["page", "page"]


def test_a_region_step_tells_how_many_bidang_are_through(seven: Desk) -> None:
    steps = {row["step"]: row for row in seven.do(f"alur {TW1}")["rows"]}
    assert steps[3]["per_bidang"] is True
    assert steps[3]["joined"][0] == 0
    assert "Per bidang: tiap bidang mengerjakannya sendiri (tersirat)" in block(seven("alur", TW1).out, 3)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("columns", [60, 80, 132])
def test_drawn_it_shows_every_column_of_every_sop(
    tmp_path: Path, code: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "kantor.db")
    desk.do(f"siapkan --sop {code} --tahun 2025 --bidang Umum --bidang Keuangan")
    monkeypatch.setenv("COLUMNS", str(columns))
    said = desk("alur", TW1, "--gambar")
    assert said.code == 0
    for words in ("Uraian kegiatan", "Pelaksana", "Mutu Baku", "Kelengkapan", "Waktu", "Output", "Mulai", "Selesai"):
        assert words in said.out, words
    assert all(len(line) <= columns for line in said.out.split("belah ketupat:")[0].splitlines()[3:])
    assert "belah ketupat" in said.out


def test_an_unknown_period_is_refused_with_the_known_ones(nine: Desk) -> None:
    said = nine.refused(2, "alur 2025-TW9")
    assert "2025-TW9" in said
    assert "2031" in nine.refused(2, "alur 2031-TW1")


def test_hostile_text_of_an_sop_stays_text(nine: Desk, tmp_path: Path) -> None:
    given = nine("sop", "ekspor", "disnaker-kota-tangerang").out
    hostile = given.replace('title = "Merekap laporan kinerja triwulan"', 'title = "[/x] [@click=app.quit] rekap"')
    assert hostile != given
    source = tmp_path / "sop.toml"
    source.write_text(hostile.replace("disnaker-kota-tangerang", "uji"), encoding="utf-8")
    other = Desk(tmp_path / "lain.db")
    assert other("sop", "impor", str(source)).code == 0
    assert other("siapkan", "--sop", "uji", "--tahun", "2025", "--bidang", "Umum").code == 0
    for words in ((), ("--gambar",)):
        said = other("alur", TW1, *words)
        assert said.code == 0, said.err
        assert "[/x]" in said.out

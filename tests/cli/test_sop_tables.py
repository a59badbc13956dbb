"""An office types its SOP into the template as offices do: what is taken, and what is said of the usual slips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Desk, Said, run

LANES = ("Kasubag Program", "Kepala Bidang", "Sekretaris", "Kepala Dinas")
LINES = {
    "Kode SOP": "dinas-sosial-contoh",
    "Kantor": "Dinas Sosial Kabupaten Contoh",
    "Zona waktu": "WIB",
    "Nomor": "065/12/SOP/2026",
    "Nama SOP": "Pengumpulan data kinerja",
    "Disahkan oleh": "Kepala Dinas Sosial",
}
STEPS: tuple[dict[str, Any], ...] = (
    {"Kegiatan": "Menyusun format data", LANES[0]: "●", "Kelengkapan": "Renstra, Renja", "Waktu": "2 hari"},
    {"Kegiatan": "Membagikan format ke bidang", LANES[0]: "●", "Kelengkapan": "Format", "Waktu": "30 menit"},
    {"Kegiatan": "Mengisi format", LANES[1]: "●", "Kelengkapan": "Format", "Waktu": "3 hari kerja", "Per bidang": "ya"},
    {"Kegiatan": "Menghimpun isian", LANES[0]: "●", "Kelengkapan": "1. Isian\n2. Bukti", "Waktu": "1,5 jam"},
    {"Kegiatan": "Memeriksa", LANES[2]: "●◇", "Waktu": "1 jam", "Ya ke": 6, "Tidak ke": 4, "Kelengkapan": "Draf"},
    {
        "Kegiatan": "Mengesahkan",
        LANES[3]: "◇",
        "Waktu": "1 hari",
        "Ya ke": "akhir",
        "Tidak ke": 5,
        "Kelengkapan": "Draf",
    },
)
"""A 7-step kind of SOP: per bidang, two decisions, no period named."""
CADENCES: tuple[dict[str, Any], ...] = (
    {"Kegiatan": "Merekap triwulan", LANES[0]: "●", "Waktu": "2 hari", "Periode": "triwulan", "Kelengkapan": "Data"},
    {"Kegiatan": "Menyusun semester", LANES[0]: "●", "Waktu": "2 hari", "Periode": "semester", "Kelengkapan": "Data"},
    {"Kegiatan": "Menyusun LKjIP", LANES[0]: "●", "Waktu": "5 hari", "Periode": "tahunan", "Kelengkapan": "Data"},
)
SHARED: tuple[dict[str, Any], ...] = (
    {"Kegiatan": "Menyiapkan", LANES[0]: "●", LANES[1]: "●", "Bersama": "ya", "Waktu": "1 hari", "Kelengkapan": ""},
    {"Kegiatan": "Menyimpan", LANES[2]: "●", "Waktu": "15 menit", "Kelengkapan": "Berkas", "Output": "Arsip"},
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty workbook, as the program gives it."""
    path = tmp_path_factory.mktemp("templat") / "templat.xlsx"
    assert run("sop", "ekspor", "--format", "xlsx", "-o", str(path)).code == 0
    return path


def filled(template: Path, steps: tuple[dict[str, Any], ...], slip: Callable[[Workbook], None] | None = None) -> str:
    """The template with the lines and steps of an office, and perhaps a slip; returns its path."""
    book = load_workbook(template)
    identity, table = book["Identitas"], book["Langkah"]
    for row in identity.iter_rows(max_col=2):
        if row[0].value in LINES:
            row[1].value = LINES[row[0].value]
    for column, name in enumerate(LANES, start=3):
        table.cell(1, column).value = name
    heads = {cell.value: cell.column for cell in table[1]}
    for number, step in enumerate(steps, start=1):
        for head, value in {"No": number, **step}.items():
            table.cell(number + 1, heads[head]).value = value
    if slip is not None:
        slip(book)
    path = template.with_name("sop.xlsx")
    book.save(path)
    return str(path)


def checked(template: Path, steps: tuple[dict[str, Any], ...], slip: Callable[[Workbook], None] | None = None) -> Said:
    return run("sop", "periksa", filled(template, steps, slip))


@pytest.mark.parametrize(("steps", "number"), [(STEPS, 6), (CADENCES, 3), (SHARED, 2)])
def test_what_an_office_types_is_sound_and_nothing_is_doubted(
    template: Path, steps: tuple[dict[str, Any], ...], number: int
) -> None:
    said = checked(template, steps)
    assert said.code == 0, said.err
    assert f"dinas-sosial-contoh: {number} langkah, tidak ada kesalahan." in said.out


def test_it_is_taken_in_and_an_office_works_with_it(template: Path, desk: Desk) -> None:
    assert desk("sop", "impor", filled(template, STEPS)).code == 0
    desk.do("siapkan --sop dinas-sosial-contoh --tahun 2026 --bidang Rehabilitasi --bidang Pemberdayaan")
    shown = desk.do("sop lihat dinas-sosial-contoh")
    assert [step["pelaksana"] for step in shown["steps"][4:]] == [[LANES[2]], [LANES[3]]]
    assert shown["steps"][4]["decision"] == {"ya": 6, "tidak": 4}
    assert shown["steps"][3]["kelengkapan"] == ["Isian", "Bukti"]
    assert shown["steps"][2]["per_bidang"] is True
    assert shown["identity"]["nomor"] == "065/12/SOP/2026"
    # Marks that the office copied from its paper are the paper's word; a diamond alone implies who does the work.
    assert [step["basis"]["pelaksana"] for step in shown["steps"]] == ["tertulis"] * 5 + ["tersirat"]


@pytest.mark.parametrize("head", ["Output", "Keluaran"])
def test_output_is_read_under_the_head_that_templates_once_had_too(template: Path, desk: Desk, head: str) -> None:
    def headed(book: Workbook) -> None:
        (cell,) = [cell for cell in book["Langkah"][1] if cell.value == "Output"]
        cell.value = head

    assert desk("sop", "impor", filled(template, SHARED, headed)).code == 0
    assert desk.do("sop lihat dinas-sosial-contoh")["steps"][1]["keluaran"] == "Arsip"


def _set(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    def slip(book: Workbook) -> None:
        book[sheet][cell].value = value

    return slip


def _two(*slips: Callable[[Workbook], None]) -> Callable[[Workbook], None]:
    def slip(book: Workbook) -> None:
        for each in slips:
            each(book)

    return slip


SLIPS: dict[str, tuple[Callable[[Workbook], None], str]] = {
    "x for a mark": (_set("Langkah", "C3", "x"), 'Langkah!C3 (langkah 2, pelaksana): Tanda "x" tidak dikenal.'),
    "a unit forgotten": (_set("Langkah", "I3", 30), 'Langkah!I3 (langkah 2, waktu): Waktu "30" tidak bersatuan.'),
    "a time that Excel made a date": (
        _set("Langkah", "I3", dt.date(2026, 2, 1)),
        'Langkah!I3 (langkah 2, waktu): Sel ini berisi tanggal atau jam ("2026-02-01"), bukan tulisan.',
    ),
    "a word for minggu": (_set("Langkah", "I2", "1 minggu"), 'Langkah!I2 (langkah 1, waktu): Satuan "minggu" tidak'),
    "no mark": (_set("Langkah", "C2", None), "Langkah!C2 (langkah 1, pelaksana): Langkah ini tidak punya pelaksana."),
    "a diamond without targets": (
        _set("Langkah", "E5", "◇"),
        "Langkah!L5 (langkah 4, keputusan, ya menuju): Tujuan Ya belum ditulis.",
    ),
    "Tidak ahead": (
        _set("Langkah", "M6", 6),
        "Langkah!M6 (langkah 5, keputusan, tidak kembali ke): Tidak menuju langkah 6 yang lebih belakang.",
    ),
    "a row that goes on": (
        _set("Langkah", "H8", "Bukti dukung"),
        "Langkah!A8: Baris ini tidak bernomor. Beri nomor langkahnya, atau pindahkan isinya ke baris langkah di",
    ),
    "a number twice": (_set("Langkah", "A4", 2), "Langkah!A4 (langkah 2, nomor): Nomor langkah 2 dipakai dua kali."),
    "a zone from the telephone": (
        _set("Identitas", "B3", "GMT+7"),
        "Identitas!B3 (zona waktu): Nilai GMT+7 tidak dapat dipakai di sini. Pilihannya: Asia/Jakarta",
    ),
    "a code as people write it": (
        _set("Identitas", "B1", "Dinas Sosial"),
        "Identitas!B1 (kode): Kode Dinas Sosial tidak sah.",
    ),
    "a column without a name": (
        _two(_set("Langkah", "E1", None)),
        "Langkah!E1: Kolom ini bertanda, tetapi kepalanya belum menyebut pelaksana.",
    ),
    "a head that was changed": (
        _set("Langkah", "B1", "Apa"),
        "Langkah!A1: Kolom Kegiatan tidak ada.",
    ),
    "two lanes without a word": (
        _set("Langkah", "D2", "●"),
        "Langkah!P2 (langkah 1, dikerjakan bersama): Beberapa pelaksana (Kasubag Program, Kepala Bidang) tanpa tanda",
    ),
}


ALONE = ("a number twice", "a column without a name", "a head that was changed", "a unit forgotten", "no mark")
"""Slips that stand in the way of another one."""


@pytest.mark.parametrize("names", [tuple(set(SLIPS) - set(ALONE)), *((name,) for name in ALONE)])
def test_every_slip_is_told_at_once_by_its_cell(template: Path, names: tuple[str, ...]) -> None:
    said = checked(template, STEPS, _two(*(SLIPS[name][0] for name in names)))
    assert (said.code, said.out) == (2, "")
    assert [name for name in names if SLIPS[name][1] not in said.err] == []


def test_one_slip_is_one_fault(template: Path) -> None:
    for name in ("x for a mark", "a zone from the telephone"):
        assert checked(template, STEPS, SLIPS[name][0]).err.count("\n- ") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 rusak", "Dokumen ini rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Simpan sebagai Buku Kerja Excel"),
        (b"PK\x03\x04" + b"0" * 2_100_000, "paling besar"),
        (b"No;Kegiatan", "Simpan sebagai Buku Kerja Excel"),
    ],
    ids=["damaged", "an old one", "too large", "text"],
)
def test_another_kind_of_file_says_what_it_is(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "sop.xlsx"
    path.write_bytes(content)
    said = run("sop", "periksa", str(path))
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_recap_is_no_sop(template: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Ringkasan"
    path = tmp_path / "lain.xlsx"
    book.save(path)
    said = run("sop", "periksa", str(path))
    assert said.code == 2
    assert "Lembar Identitas tidak ada" in said.err
    assert "Lembar Langkah tidak ada" in said.err


def test_an_export_without_a_place_goes_to_the_export_folder(nine: Desk) -> None:
    told = nine.do("sop ekspor disnaker-kota-tangerang --format xlsx")
    assert Path(told["path"]).parent == nine.path.parent / "rekap"
    assert "tidak ada kesalahan" in nine("sop", "periksa", told["path"]).out


def test_a_template_wants_the_format_named() -> None:
    said = run("sop", "ekspor")
    assert said.code == 2
    assert "--format xlsx" in said.err

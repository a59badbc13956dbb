"""The register of indicators and targets as a workbook: what an office has, or an empty one to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from exports.characters import visible
from exports.forms.book import new_book
from exports.forms.guide import fit_to_paper, told_at
from exports.forms.validation import choice
from sop.kinerja.register_columns import (
    REGISTER_GUIDE_SHEET,
    REGISTER_SHEET,
    register_columns,
    register_texts,
)
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import reported_in, target_for
from sop.words.figure_words import OFFICE_OWNER

_LINES = 200
"""Rows that offer choices."""
_GUIDE = (
    "Satu baris untuk satu indikator; Kode, Indikator dan Satuan wajib. Yang dikosongkan memakai: jenis angka, "
    f"arah naik, konsolidasi jumlah, desimal 0, bidang Kantor. Arti setiap kolom ada di lembar {REGISTER_GUIDE_SHEET}."
)
_MEANINGS = (
    ("Kode", "Kode indikator di kantor ini, misalnya IK-1. Kode yang sudah ada diubah; kode baru ditambahkan."),
    (
        "Jenis",
        "angka: sebuah bilangan. persen: persen yang diketik langsung. rasio: pembilang dibagi penyebut, dihitung "
        "program. predikat: kata dari sebuah skala; satuannya Opini atau Predikat.",
    ),
    ("Arah", "naik: makin tinggi makin baik. turun: makin rendah makin baik. tetap: dijaga tetap."),
    (
        "Konsolidasi",
        "Bagaimana triwulan menjadi semester dan tahun. jumlah: dijumlahkan. akhir: nilai terakhir. rata: "
        "rata-rata. Predikat selalu akhir.",
    ),
    ("Desimal", "Banyaknya angka di belakang koma, 0 sampai 4."),
    (
        "Dilaporkan tiap",
        "triwulan, semester, atau tahunan. Targetnya diisi di periode sepanjang itu dan "
        "yang lebih panjang; target setahun boleh kosong, dan lalu dihitung dari target periodenya.",
    ),
    ("Bidang", "Yang menyerahkan datanya, dipilih dari daftar di bawah. Kantor: bukan bidang mana pun."),
    (
        "Pembilang dan Penyebut",
        "Hanya untuk rasio: apa yang dihitung di atas dan di bawah garis, misalnya lulusan yang "
        "bekerja dan semua lulusan. Bidang mengisi kedua angkanya. Untuk jenis lain dikosongkan.",
    ),
    ("Faktor", "Hanya untuk rasio: pengali hasil baginya. Kosong berarti 100, jadi hasilnya persen."),
    ("Dipakai", "ya: ada di formulir. tidak: indikator berakhir, dan kodenya tidak dipakai lagi untuk yang lain."),
    ("Target", "Boleh kosong; yang kosong tidak mencabut target yang sudah tercatat."),
)
"""Column -> what is meant by it, on the sheet Petunjuk."""
_GUIDE_WIDTHS = (26, 80)


def write_register(state: KinerjaState, year: int, stream: IO[bytes]) -> None:
    """Write the register as .xlsx.

    Args:
        state: What the office has.
        year: Whose targets are written: those in force for each period.
        stream: Binary; receives the finished workbook at once.
    """
    title = f"Indikator dan target {year}"
    with new_book(stream, title) as book:
        font = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        plain = book.add_format({**font, "text_wrap": True, "border": 1, "border_color": "#A6A6A6"})
        head = book.add_format({**font, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#D9E2EC"})
        sheet = book.add_worksheet(REGISTER_SHEET)
        sheet.write_string(0, 0, title, book.add_format({**font, "bold": True}))
        sheet.write_string(1, 0, _GUIDE, book.add_format(font))
        columns = register_columns(year)
        bidang = _guide(book, (*state.bidang, OFFICE_OWNER))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(3, place, column.heading, head)
            offered = bidang if column.key == "bidang" else list(column.choices)
            if offered:
                sheet.data_validation(4, place, 3 + _LINES, place, choice(offered))
        for row, versions in enumerate(state.indicators.values(), start=4):
            indicator = versions[-1].indicator
            texts = register_texts(indicator, state.owner_of(indicator))
            numbers = book.add_format(
                {
                    **font,
                    "border": 1,
                    "border_color": "#A6A6A6",
                    "num_format": "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else ""),
                }
            )
            for place, column in enumerate(columns):
                if column.key in texts:
                    sheet.write_string(row, place, visible(texts[column.key]), plain)
                elif reported_in(indicator, column.key):
                    aim = target_for(state.targets, indicator.key, column.key)
                    _write(sheet, row, place, None if aim is None else aim.value, numbers, plain)
        sheet.freeze_panes(4, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def _guide(book: Any, owners: Sequence[str]) -> str:
    """The sheet that says what the columns mean, and the range in it from which a bidang is picked."""
    font = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    plain, strong = book.add_format(font), book.add_format({**font, "bold": True})
    sheet = book.add_worksheet(REGISTER_GUIDE_SHEET)
    fit_to_paper(sheet, _GUIDE_WIDTHS)
    for row, meaning in enumerate(_MEANINGS):
        told_at(sheet, row, meaning, _GUIDE_WIDTHS, (strong, plain))
    first = len(_MEANINGS) + 2
    sheet.write_string(first - 1, 0, "Nama bidang", strong)
    for row, name in enumerate(owners, start=first):
        sheet.write_string(row, 0, visible(name), plain)
    return f"={REGISTER_GUIDE_SHEET}!$A${first + 1}:$A${first + len(owners)}"


def _write(sheet: Any, row: int, place: int, value: Any, numbers: Any, plain: Any) -> None:
    if value is None:
        sheet.write_blank(row, place, None, numbers)
    elif isinstance(value, str):
        sheet.write_string(row, place, visible(value), plain)
    elif f"{float(value):.15g}" == f"{value:.15g}" and float(value) == value:
        sheet.write_number(row, place, float(value), numbers)
    else:
        # Excel keeps fifteen digits; a longer number is a text, which is read to its last digit.
        sheet.write_string(row, place, f"{value:f}".replace(".", ","), plain)

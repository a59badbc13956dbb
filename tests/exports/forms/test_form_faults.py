"""Every fault and warning of a form, seeded once by file: what is said, and of which cell. Rules part 7."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from exports.forms.form_out import HEAD_ROW
from sop.kinerja.form import Owner
from sop.kinerja.form_columns import ISIAN_SHEET, TAG_SHEET
from sop.kinerja.form_fault import FormFault, FormWarning
from sop.kinerja.indicator import Indicator
from sop.model.act import Act
from sop.model.state import RunPhase
from sop.values import replace
from tests.exports.forms.sent import LETTER, TW, edited, faults, office, put, tag, taken, warned, written
from tests.sop.kinerja.office import MANAGER, OFFICE, OTHER_A, A, B, Office, rasio, terisi


def sheet(data: bytes, change: Callable[[Any], None]) -> bytes:
    return edited(data, lambda book: change(book[ISIAN_SHEET]))


def cell(data: bytes, column: str, row: int, value: object, **looks: Any) -> bytes:
    def change(page: Any) -> None:
        found = page.cell(HEAD_ROW + row, LETTER[column])
        found.value = value
        for name, look in looks.items():
            setattr(found, name, look)

    return sheet(data, change)


def without_parts(data: bytes, *names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
    return stream.getvalue()


def heading(data: bytes, column: str, text: str | None) -> bytes:
    return sheet(data, lambda page: setattr(page.cell(HEAD_ROW, LETTER[column]), "value", text))


def cached(data: bytes, value: bytes) -> bytes:
    """The form with what the formula of the first realisasi was last calculated to."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet2.xml"):
                text = text.replace(b"<f>A1*2</f><v></v>", b"<f>A1*2</f>" + value)
                text = text.replace(b"<f>A1*2</f><v />", b"<f>A1*2</f>" + value)
                text = text.replace(b"<f>A1*2</f><v/>", b"<f>A1*2</f>" + value)
            new.writestr(name, text)
    return stream.getvalue()


CELLS: list[tuple[str, Owner, dict[str, Any], list[tuple[str, str]]]] = [
    ("no number", A, {"realisasi_1": "banyak"}, [("L5", "bukan-angka")]),
    ("ambiguous text", A, {"realisasi_1": "1.234"}, [("L5", "angka-mendua")]),
    ("ambiguous number", B, {"realisasi_1": 1.234}, [("L5", "angka-mendua")]),
    ("comma for thousands", A, {"realisasi_1": "1,234.5"}, [("L5", "angka-asing")]),
    ("grouped wrongly", A, {"realisasi_1": "12.34.567"}, [("L5", "pengelompokan-salah")]),
    ("with an exponent", A, {"realisasi_1": "1e5"}, [("L5", "angka-ilmiah")]),
    ("in brackets", A, {"realisasi_1": "(5)"}, [("L5", "angka-dalam-kurung")]),
    ("too many decimals", A, {"realisasi_1": "5,5"}, [("L5", "terlalu-banyak-desimal")]),
    ("too many digits", A, {"realisasi_1": 10**16}, [("L5", "terlalu-banyak-digit")]),
    ("percent in a text", A, {"realisasi_1": "85%"}, [("L5", "persen-tanpa-satuan")]),
    ("rupiah for people", A, {"realisasi_1": "Rp 85"}, [("L5", "rupiah-tanpa-satuan")]),
    ("a dash", A, {"realisasi_1": "-"}, [("L5", "minta-keadaan")]),
    ("not available", A, {"realisasi_1": "n/a"}, [("L5", "minta-keadaan")]),
    ("an error value", A, {"realisasi_1": "#DIV/0!"}, [("L5", "galat-rumus")]),
    ("a formula never calculated", A, {"realisasi_1": "=A1*2"}, [("L5", "rumus-tanpa-nilai")]),
    ("a date for a number", A, {"realisasi_1": dt.date(2026, 1, 2)}, [("L5", "tanggal-untuk-angka")]),
    ("a time for a number", A, {"realisasi_1": dt.time(8, 30)}, [("L5", "tanggal-untuk-angka")]),
    ("a truth value for a number", A, {"realisasi_1": True}, [("L5", "benar-salah-untuk-angka")]),
    ("a date for words", A, {"realisasi_1": 5, "kendala_1": dt.date(2026, 1, 2)}, [("O5", "angka-untuk-teks")]),
    ("a grade that is none", OFFICE, {"realisasi_1": "Istimewa"}, [("L5", "predikat-tak-dikenal")]),
    ("a number for a grade", OFFICE, {"realisasi_1": 4}, [("L5", "predikat-tak-dikenal")]),
    (
        "filled and belum ada",
        A,
        {"realisasi_1": 5, "keadaan_1": "Belum ada", "alasan_1": "x"},
        [("L5", "terisi-dan-kosong")],
    ),
    ("a keadaan that is none", A, {"keadaan_1": "Mungkin"}, [("I5", "keadaan-tak-dikenal")]),
    ("terisi without a value", A, {"keadaan_1": "Terisi"}, [("L5", "nilai-belum-ada")]),
    ("words without a value", A, {"kendala_1": "hujan"}, [("L5", "nilai-belum-ada")]),
    ("belum ada without a reason", A, {"keadaan_1": "Belum ada"}, [("T5", "alasan-kurang")]),
    ("half a rasio", A, {"pembilang_2": 5}, [("K6", "rasio-tidak-lengkap")]),
    (
        "a rasio that differs",
        A,
        {"pembilang_2": 40, "penyebut_2": 50, "realisasi_2": 81},
        [("L6", "rasio-berbeda")],
    ),
    ("parts of what is no rasio", A, {"realisasi_1": 5, "pembilang_1": 5}, [("J5", "bukan-rasio")]),
    ("an impossible date", A, {"realisasi_1": 5, "batas_waktu_1": "31/2/2026"}, [("R5", "tanggal-mustahil")]),
    ("a number for a date", A, {"realisasi_1": 5, "batas_waktu_1": 5}, [("R5", "tanggal-mustahil")]),
    ("a text too long", A, {"realisasi_1": 5, "kendala_1": "x" * 10_001}, [("O5", "teks-terlalu-panjang")]),
    ("an unknown code", A, {"kode_3": "IK-99"}, [("A7", "kode-tak-dikenal")]),
    ("a doubled code", A, {"kode_3": "ik-1"}, [("A7", "kode-ganda")]),
    ("a row without a code", A, {"realisasi_3": 5}, [("A7", "isian-wajib")]),
    ("a missing code", A, {"kode_2": None}, [("A6", "isian-wajib"), ("", "kode-hilang")]),
    ("another target", A, {"target_1": 50}, [("G5", "sel-terkunci-berubah")]),
    ("another name", A, {"indikator_1": "Jumlah yang lain"}, [("C5", "sel-terkunci-berubah")]),
    ("another last period", A, {"lalu_1": "95"}, [("H5", "sel-terkunci-berubah")]),
]


@pytest.mark.parametrize(("owner", "cells", "found"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_fault_is_named_with_its_cell(owner: Owner, cells: dict[str, Any], found: list[tuple[str, str]]) -> None:
    held = office()
    if owner is OFFICE:
        for each in (A, B):
            held.move(TW, each, RunPhase.SELESAI)
    reading = taken(held, put(written(held, owner), **cells))
    assert faults(reading) == found


def test_percent_format_is_refused_where_the_unit_is_none() -> None:
    held = office()
    data = cell(written(held), "realisasi", 1, 0.85, number_format="0%")
    assert faults(taken(held, data)) == [("L5", "persen-tanpa-satuan")]


def test_a_percent_sign_that_is_only_printed_is_no_percent_format() -> None:
    held = office()
    data = cell(written(held), "realisasi", 1, 85, number_format='0"%"')
    assert taken(held, data).rows["IK-1"] == terisi(85)


def test_percent_format_is_times_a_hundred_where_the_unit_is_percent() -> None:
    held = Office()
    held.define(Indicator("IK-9", "Serapan", "%", decimals=2, owner=A))
    held.aim({("IK-9", TW): 90})
    held.open(TW)
    reading = taken(held, cell(written(held), "realisasi", 1, 0.8555, number_format="0.00%"))
    assert reading.rows["IK-9"] == terisi("85.55")
    assert warned(reading) == []
    reading = taken(held, cell(written(held), "realisasi", 1, 0.85))
    assert (reading.rows["IK-9"], warned(reading)) == (terisi("0.85"), ["pecahan-untuk-persen"])


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("a text", lambda data: b"halo", "bukan-xlsx"),
        ("nothing", lambda data: b"", "bukan-xlsx"),
        ("an old workbook", lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "bukan-xlsx"),
        (
            "a password",
            lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "berkata-sandi",
        ),
        ("too many bytes", lambda data: data + b"\0" * (2 * 1024 * 1024), "terlalu-besar"),
        ("half of it", lambda data: data[: len(data) // 2], "rusak"),
        ("another zip file", lambda data: without_parts(data, "[Content_Types].xml"), "bukan-xlsx"),
        ("no sheet", lambda data: without_parts(data, "xl/workbook.xml"), "rusak"),
        ("a workbook of somebody's own", lambda data: edited(data, lambda book: _bare(book)), "bukan-formulir"),
        ("a tag changed by hand", lambda data: edited(data, lambda book: _retagged(book)), "tanda-rusak"),
        ("without its sheet", lambda data: edited(data, lambda book: book.remove(book[ISIAN_SHEET])), "lembar-hilang"),
        ("without a column", lambda data: heading(data, "kendala", None), "kolom-hilang"),
    ],
)
def test_a_file_that_is_no_form_is_refused(name: str, change: Callable[[bytes], bytes], code: str) -> None:
    held = office()
    reading = taken(held, change(written(held)))
    assert faults(reading)[0][1] == code
    assert not reading.rows


def _bare(book: Any) -> None:
    book.remove(book[TAG_SHEET])
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def _retagged(book: Any) -> None:
    page = book[TAG_SHEET]
    page["A2"].value = page["A2"].value.replace("Pelatihan", "Penempatan")


def test_a_doubled_column_is_named() -> None:
    held = office()
    data = sheet(written(held), lambda page: setattr(page.cell(HEAD_ROW, 25), "value", "KENDALA "))
    assert faults(taken(held, data)) == [("Y4", "kolom-ganda")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"office": "dinas-lain"}, "opd-lain"),
        ({"period": "2026-TW1"}, "periode-lain"),
        ({"owner": B, "one_owner": True}, "pemilik-lain"),
        ({"owner": OFFICE, "one_owner": True}, "pemilik-lain"),
    ],
)
def test_a_form_of_another_office_period_or_owner_is_refused(changes: dict[str, Any], code: str) -> None:
    held = office()
    assert faults(taken(held, put(written(held), realisasi_1=90), **changes)) == [("", code)]


def test_a_form_of_a_period_or_owner_without_forms_is_refused() -> None:
    held = office()
    own = tag(held)
    other = written(held, tag=replace(own, owner="Bidang Lain"))
    assert faults(taken(held, other)) == [("", "pemilik-lain")]
    other = written(held, tag=replace(own, period="2026-TW3"))
    assert faults(taken(held, other)) == [("", "periode-lain")]
    other = written(held, tag=replace(own, number=7))
    assert faults(taken(held, other)) == [("", "revisi-tak-dikenal")]


def test_an_older_form_says_what_changed_since() -> None:
    held = office()
    old = put(written(held), realisasi_1=90)
    held.aim({("IK-1", TW): 120})
    assert held.send(TW)
    reading = taken(held, old)
    assert faults(reading) == [("", "revisi-lama")]
    assert (reading.faults[0].read, reading.faults[0].known) == ("f1", ("IK-1 target 100 \u2192 120",))
    assert not taken(held, put(written(held), realisasi_1=90)).faults


def test_twelve_faults_are_named_at_once() -> None:
    held = office()
    data = put(
        written(held),
        realisasi_1="banyak",
        kendala_1=dt.date(2026, 1, 2),
        batas_waktu_1="31/2/2026",
        keadaan_1="Mungkin",
        target_1=7,
        pembilang_2="1.234",
        penyebut_2="(5)",
        satuan_2="orang",
        realisasi_2="1e5",
        pic_2=True,
        kode_3="IK-99",
        realisasi_4=5,
    )
    assert len(faults(taken(held, data))) == 12


def test_a_row_somebody_else_changed_is_named_and_others_are_not_in_the_way() -> None:
    held = office()
    data = put(written(held), realisasi_1=90, pembilang_2=1, penyebut_2=2)
    held.fill(TW, A, OTHER_A, rows={"IK-1": terisi(80)})
    reading = taken(held, data, reader="staf-a")
    assert faults(reading) == [("A5", "diubah-orang-lain")]
    assert reading.faults[0].known == ("staf-a2",)
    assert not taken(held, data, reader="staf-a2").faults
    mine = put(written(held), realisasi_1=91)
    assert not taken(held, mine, reader="staf-a").faults


def test_a_row_that_nobody_touched_leaves_what_others_said_since() -> None:
    held = office()
    data = put(written(held), pembilang_2=1, penyebut_2=2)
    held.fill(TW, A, OTHER_A, rows={"IK-1": terisi(80)})
    reading = taken(held, data)
    assert not reading.faults
    assert set(reading.rows) == {"IK-2"}


def test_without_the_hidden_sheet_the_form_is_known_and_rows_that_others_changed_are_in_the_way() -> None:
    held = office()
    data = edited(put(written(held), realisasi_1=90), lambda book: book.remove(book[TAG_SHEET]))
    assert taken(held, data).rows == {"IK-1": terisi(90)}
    held.fill(TW, A, OTHER_A, rows={"IK-1": terisi(80)})
    assert faults(taken(held, data, reader="staf-a")) == [("A5", "diubah-orang-lain")]


def test_what_was_accepted_wants_a_word_to_change_and_a_mark_an_answer() -> None:
    held = office()
    held.fill(TW, A, rows={"IK-1": terisi(90), "IK-2": rasio(1, 2)})
    held.finish(TW, A)
    held.fill(TW, B, rows={"IK-3": terisi(5), "IK-5": terisi(70)})
    held.finish(TW, B)
    held.check(TW)
    held.send_back(TW, A)
    data = written(held)
    assert faults(taken(held, put(data, realisasi_1=91))) == [("U5", "alasan-perubahan-kurang")]
    reading = taken(held, put(data, realisasi_1=91, alasan_perubahan_1="salah hitung"))
    assert (reading.rows, reading.words) == ({"IK-1": terisi(91)}, {"IK-1": "salah hitung"})
    held.finish(TW, A)
    held.act(MANAGER, Act.TANDAI, period=TW, owner=A, codes=("IK-2",), note="lampirkan")
    held.send_back(TW, A)
    reading = taken(held, put(written(held), alasan_perubahan_2="sudah benar"))
    assert (reading.rows, reading.words) == ({}, {"IK-2": "sudah benar"})
    assert taken(held, written(held)).changes_nothing


WARNED: list[tuple[str, Owner, dict[str, Any], list[str]]] = [
    ("the same as last time", A, {"realisasi_1": 90}, ["sama-dengan-lalu"]),
    ("more than three times the target", A, {"realisasi_1": 301}, ["lebih-tiga-kali"]),
    ("three times the target", A, {"realisasi_1": 300}, []),
    ("a batas waktu gone by", A, {"realisasi_1": 5, "batas_waktu_1": "5/7/2026"}, ["batas-lewat"]),
    ("a batas waktu of today", A, {"realisasi_1": 5, "batas_waktu_1": dt.date(2026, 7, 6)}, []),
    ("rounded", A, {"realisasi_1": 5.5}, ["dibulatkan"]),
    ("a dot for a comma", B, {"realisasi_1": "5.5"}, ["titik-desimal"]),
    ("a name for a PIC", A, {"realisasi_1": 5, "pic_1": "Pak Budi"}, ["pic-teks-bebas"]),
    ("a position for a PIC", A, {"realisasi_1": 5, "pic_1": "kepala bidang"}, []),
    ("one that no SOP names", A, {"realisasi_1": 5, "pic_1": "Kabid. Perindustrian"}, []),
    ("a penyebut of zero", A, {"pembilang_2": 0, "penyebut_2": 0}, ["penyebut-nol"]),
]


@pytest.mark.parametrize(("owner", "cells", "found"), [case[1:] for case in WARNED], ids=[case[0] for case in WARNED])
def test_what_looks_odd_is_taken_and_told(owner: Owner, cells: dict[str, Any], found: list[str]) -> None:
    held = office()
    reading = taken(held, put(written(held, owner), **cells))
    assert (faults(reading), warned(reading)) == ([], found)
    assert reading.rows


def test_a_form_that_was_sent_out_under_an_earlier_heading_is_still_read() -> None:
    held = office()
    reading = taken(held, heading(put(written(held), realisasi_1=5, pic_1="Kepala Bidang"), "pic", "PIC (jabatan)"))
    assert (faults(reading), warned(reading)) == ([], [])
    assert reading.rows["IK-1"].pic == "Kepala Bidang"


def test_a_formula_with_a_value_is_taken_and_told() -> None:
    held = office()
    data = cached(put(written(held), realisasi_1="=A1*2"), b"<v>95</v>")
    reading = taken(held, data)
    assert reading.rows == {"IK-1": terisi(95)}
    assert [(each.kind, each.read, each.known) for each in reading.warnings] == [(FormWarning.RUMUS, "=A1*2", ("95",))]


def test_extra_sheets_and_columns_are_told() -> None:
    held = office()

    def change(book: Any) -> None:
        book.create_sheet("Coretan")["A1"] = 5
        book[ISIAN_SHEET].cell(HEAD_ROW + 1, 24).value = "lihat lampiran"

    reading = taken(held, edited(put(written(held), realisasi_1=5), change))
    assert not reading.faults
    assert [(each.kind.value, each.cell, each.read) for each in reading.warnings] == [
        ("lembar-tambahan", "", "Coretan"),
        ("kolom-tambahan", "Isian!X4", "X"),
    ]


def test_rows_and_columns_may_stand_in_any_order() -> None:
    held = office()
    data = put(written(held), realisasi_1=95, pembilang_2=1, penyebut_2=2)

    def shuffle(page: Any) -> None:
        lines = [[found.value for found in row] for row in page.iter_rows(min_row=HEAD_ROW)]
        page.delete_rows(HEAD_ROW, 10)
        for line in [lines[0], [], lines[2], lines[1]]:
            page.append(list(reversed(line)))

    # The formula of the capaian is locked and not read; reversed it points elsewhere.
    assert taken(held, sheet(data, shuffle)).rows == taken(held, data).rows


def test_every_fault_that_a_form_can_have_is_seeded() -> None:
    seeded = {code for case in CELLS for _, code in case[3]}
    elsewhere = {
        *("bukan-xlsx", "berkata-sandi", "terlalu-besar", "rusak", "bukan-formulir", "tanda-rusak", "opd-lain"),
        *("periode-lain", "pemilik-lain", "revisi-lama", "revisi-tak-dikenal", "lembar-hilang", "kolom-hilang"),
        *("kolom-ganda", "diubah-orang-lain", "alasan-perubahan-kurang"),
    }
    of_definitions = {
        *("kode-tidak-sah", "di-luar-batas", "kadens-terlalu-halus", "predikat-bukan-akhir", "skala-tak-dikenal"),
        *("periode-bukan-kadensnya", "pilihan-salah", "bidang-tak-dikenal"),
    }
    assert seeded | elsewhere | of_definitions == {kind.value for kind in FormFault}

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sop.form import catalog, checks, toml_format
from sop.model.definition import HEADING_KEYS, IDENTITY_KEYS, LIST_KEYS, Field, Sop
from sop.model.errors import FaultyInput
from sop.values import replace
from tests.sop.generated_sops import SOPS

SMALL = """
format = 1
code = "dinas-contoh"
office = "Dinas Contoh"
zone = "Asia/Jakarta"
zone_basis = "asumsi"
pelaksana = ["Sekretaris", { name = "Kabid", original = "Kabld" }]

[identity]
nomor = "7"
tanggal_revisi = ""
absent = ["tanggal_efektif"]

[[steps]]
number = 1
title = "Menyusun format"
pelaksana = ["Sekretaris"]
kelengkapan_text = "Renstra, Renja"
waktu = "2 hari"

[[steps]]
number = 2
title = "Mengesahkan"
pelaksana = ["Kabid"]
decider = "Kabid"
decision = { ya = "akhir", tidak = 1 }
waktu = { text = "1.5 jam", original = "1.5 lam" }
"""


def faults_of(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(FaultyInput) as caught:
        toml_format.parse(text)
    return [(fault.place, fault.code) for fault in caught.value.faults]


def with_line(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


# Reading and writing


@given(SOPS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_the_same(sop: Sop) -> None:
    assert toml_format.parse(toml_format.dump(sop)) == sop


@given(SOPS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_stored_reads_back_the_same(sop: Sop) -> None:
    stored = toml_format.canonical_json(sop)
    restored = toml_format.from_dict(json.loads(stored))
    assert restored == sop
    assert toml_format.canonical_json(restored) == stored


@given(SOPS)
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_file_and_storage_hold_the_same_keys(sop: Sop) -> None:
    assert tomllib.loads(toml_format.dump(sop)) == toml_format.to_dict(sop)


def test_short_forms_are_read() -> None:
    sop = toml_format.parse(SMALL)
    assert sop.lanes[1].original == "Kabld"
    assert sop.steps[0].mutu_baku.kelengkapan == ("Renstra", "Renja")
    assert sop.steps[1].mutu_baku.waktu is not None
    assert sop.steps[1].mutu_baku.waktu.original == "1.5 lam"
    assert sop.steps[1].decision is not None
    assert sop.steps[1].decision.ya is None


def test_absent_line_empty_line_and_unmentioned_line_stay_apart() -> None:
    identity = toml_format.parse(SMALL).identity
    assert identity["tanggal_efektif"] is None
    assert identity["tanggal_revisi"] is not None
    assert identity["tanggal_revisi"].text == ""
    assert "alamat" not in identity


def test_file_of_another_system_is_read_alike() -> None:
    from_windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert toml_format.parse(from_windows) == toml_format.parse(SMALL)


def test_hash_follows_content_not_layout() -> None:
    sop = toml_format.parse(SMALL)
    moved = toml_format.parse(
        SMALL.replace('code = "dinas-contoh"\n', "", 1).replace("office", 'code="dinas-contoh"\noffice', 1)
    )
    assert toml_format.content_hash(moved) == toml_format.content_hash(sop)
    other = replace(sop, office="Dinas Lain")
    assert toml_format.content_hash(other) != toml_format.content_hash(sop)


def test_whole_number_of_days_hashes_alike_however_it_was_built() -> None:
    sop = toml_format.parse(SMALL)
    standard = sop.steps[0].mutu_baku.waktu
    assert standard is not None
    step = replace(sop.steps[0], mutu_baku=replace(sop.steps[0].mutu_baku, waktu=replace(standard, value=2)))
    assert toml_format.content_hash(replace(sop, steps=(step, *sop.steps[1:]))) == toml_format.content_hash(sop)


# Faults of form

HUGE = "9" * 400
LONG = f'{{ text = "x", value = {HUGE}, unit = "jam" }}'
ONE_FAULT = [
    (("format = 1", "format = 2"), ("format", "format-tak-didukung")),
    (("format = 1\n", ""), ("format", "kunci-hilang")),
    (('"dinas-contoh"', '"Dinas Contoh"'), ("code", "kode-tidak-sah")),
    (('office = "Dinas Contoh"', "office = 3"), ("office", "jenis-salah")),
    (('zone_basis = "asumsi"', 'zone_basis = "kira"'), ("zone_basis", "nilai-tak-dikenal")),
    (('nomor = "7"', 'nomer = "7"'), ("identity · nomer", "kunci-tak-dikenal")),
    (('nomor = "7"', "nomor = 2026-01-01"), ("identity · nomor", "jenis-salah")),
    (('"tanggal_efektif"', '"tanggal_efek"'), ("identity · absent", "nilai-tak-dikenal")),
    (('"tanggal_efektif"', '"nomor"'), ("identity · absent", "tidak-ada-tetapi-berisi")),
    (("number = 1\n", ""), ("langkah ke-1 · number", "kunci-hilang")),
    (("number = 1\n", "number = 0\n"), ("langkah ke-1 · number", "bilangan-di-luar-batas")),
    (("number = 1\n", "number = true\n"), ("langkah ke-1 · number", "jenis-salah")),
    (('"Menyusun format"', '"  "'), ("langkah 1 · title", "teks-kosong")),
    (('title = "Menyusun format"\n', ""), ("langkah 1 · title", "kunci-hilang")),
    (('title = "Menyusun format"', 'judul = "x"\ntitle = "x"'), ("langkah 1 · judul", "kunci-tak-dikenal")),
    (('"Menyusun format"', '"Menyusun\\u202Eformat"'), ("langkah 1 · title", "karakter-terlarang")),
    (('"Menyusun format"', '"Menyusun\\u0000format"'), ("langkah 1 · title", "karakter-terlarang")),
    (('"Menyusun format"', '"Menyusun\\nformat"'), ("langkah 1 · title", "karakter-terlarang")),
    (('"Menyusun format"', f'"{"x" * 2001}"'), ("langkah 1 · title", "teks-terlalu-panjang")),
    (('pelaksana = ["Sekretaris"]', "pelaksana = [1]"), ("langkah 1 · pelaksana · ke-1", "jenis-salah")),
    (('pelaksana = ["Kabid"]', 'pelaksana = ["Kabid"]\njoint = "ya"'), ("langkah 2 · joint", "jenis-salah")),
    (("number = 2\n", 'number = 2\ncadence = "bulanan"\n'), ("langkah 2 · cadence", "nilai-tak-dikenal")),
    (('"2 hari"', '"2"'), ("langkah 1 · waktu", "satuan-tidak-ada")),
    (('"2 hari"', '{ text = "2 hari", day_kind = "libur" }'), ("langkah 1 · waktu · day_kind", "nilai-tak-dikenal")),
    (('"2 hari"', '{ text = "entah", value = 1 }'), ("langkah 1 · waktu · unit", "kunci-hilang")),
    (('"2 hari"', LONG), ("langkah 1 · waktu · value", "bilangan-di-luar-batas")),
    (('ya = "akhir", ', ""), ("langkah 2 · decision · ya", "ya-hilang")),
    ((', tidak = 1', ""), ("langkah 2 · decision · tidak", "tidak-hilang")),
    (('ya = "akhir"', 'ya = "selesai"'), ("langkah 2 · decision · ya", "jenis-salah")),
    (("tidak = 1", f"tidak = {HUGE}"), ("langkah 2 · decision · tidak", "bilangan-di-luar-batas")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), ONE_FAULT)
def test_one_fault_is_named_with_its_place_and_nothing_else(change: tuple[str, str], expected: tuple[str, str]) -> None:
    assert faults_of(with_line(*change)) == [expected]


def test_unknown_key_suggests_the_nearest() -> None:
    with pytest.raises(FaultyInput) as caught:
        toml_format.parse(with_line('waktu = "2 hari"', 'wakto = "2 hari"'))
    assert caught.value.faults[0].known[0] == "waktu"


def test_a_text_for_a_step_is_no_step() -> None:
    assert ("langkah ke-1", "jenis-salah") in faults_of('steps = ["satu"]')


def test_invalid_toml_gives_line_and_column() -> None:
    assert faults_of('format = 1\ncode = = "a"\n') == [("baris 2 · kolom 8", "toml-tidak-sah")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("office = \N{LEFT DOUBLE QUOTATION MARK}Dinas\N{RIGHT DOUBLE QUOTATION MARK}", "toml-kutip-lengkung"),
        ('office = "Dinas\N{RIGHT DOUBLE QUOTATION MARK}', "toml-kutip-lengkung"),
        ("pelaksana = [\N{LEFT SINGLE QUOTATION MARK}Kasubag\N{RIGHT SINGLE QUOTATION MARK}]", "toml-kutip-lengkung"),
        ('office = "Dinas', "toml-kutip-terbuka"),
        ('office = Dinas"', "toml-kutip-terbuka"),
        ("office = Dinas", "toml-tanpa-kutip"),
        ("per_bidang = ya", "toml-ya-tidak"),
        ("joint = True # bersama", "toml-ya-tidak"),
        ("[steps]\nnumber = 1\n[steps]", "toml-kurung-satu"),
        ("[[steps]", "toml-kurung-satu"),
    ],
)
def test_the_usual_slips_are_told_by_their_cause(line: str, code: str) -> None:
    ((place, found),) = faults_of(f"format = 1\n{line}\n")
    assert (place.startswith("baris "), found) == (True, code)


def test_one_bracket_around_a_single_step_is_told_as_that() -> None:
    assert ("steps", "toml-kurung-satu") in faults_of("[steps]\nnumber = 1")


@pytest.mark.parametrize(("written", "meant"), [("judul", "title"), ("Kegiatan", "title"), ("nomor", "number")])
def test_an_indonesian_key_suggests_the_one_it_stands_for_and_is_told_once(written: str, meant: str) -> None:
    text = SMALL.replace(f"{meant} = ", f"{written} = ", 1)
    assert text != SMALL
    _, faults = toml_format.draft(text)
    (fault,) = faults
    assert (fault.code, fault.known[0]) == ("kunci-tak-dikenal", meant)


@pytest.mark.parametrize("key", ["zone", "office", "code"])
def test_a_missing_key_is_told_once(key: str) -> None:
    text = "\n".join(line for line in SMALL.splitlines() if not line.startswith(f"{key} ="))
    assert faults_of(text) == [(key, "kunci-hilang")]


def test_stored_value_of_another_shape_is_refused() -> None:
    stored = toml_format.to_dict(toml_format.parse(SMALL))
    stored["steps"][0]["pelaksana"] = "Sekretaris"
    with pytest.raises(FaultyInput) as caught:
        toml_format.from_dict(stored)
    assert [fault.code for fault in caught.value.faults] == ["simpanan-rusak", "jenis-salah"]


def test_what_a_fault_shows_is_one_short_printable_line() -> None:
    hostile = "\\u001B]0;judul\\u0007" + "x" * 5000
    with pytest.raises(FaultyInput) as caught:
        toml_format.parse(SMALL + f'"{hostile}" = 1\n')
    for fault in caught.value.faults:
        for text in (fault.place, fault.found, *fault.known):
            assert text.isprintable()
            assert len(text) < 200


# Hostile files

HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "five megabytes": (b"x" * 5_000_000, "dokumen-terlalu-besar"),
    "too many bytes in few characters": ("#" + "\N{SNOWMAN}" * 30_000, "dokumen-terlalu-besar"),
    "a NUL": (b"format = 1\n\0", "toml-tidak-sah"),
    "no UTF-8": (b"\xff\xfe\x00", "bukan-utf8"),
    "half a surrogate": ("office = '\ud800'", "bukan-utf8"),
    "20,000 dots": ("a." * 20_000 + "a = 1", "kunci-terlalu-dalam"),
    "20,000 dots in a table head": ("[" + "a." * 20_000 + "a]", "kunci-terlalu-dalam"),
    "20,000 dots with spaces": ("a . " * 15_000 + "a = 1", "kunci-terlalu-dalam"),
    "quoted parts with dots between": ("'a'." * 12_000 + "a = 1", "kunci-terlalu-dalam"),
    "dots in an inline table": ("a = {" + "b." * 9 + "b = 1}", "kunci-terlalu-dalam"),
    "brackets": ("a = " + "[" * 30_000, "bersarang-terlalu-dalam"),
    "braces": ("a = " + "{a=" * 15_000, "bersarang-terlalu-dalam"),
    "a number of 60,000 digits": ("a = " + "9" * 60_000, "toml-tidak-sah"),
    "open quotes": ('"""' * 20_000, "toml-tidak-sah"),
    "many unknown keys": ("\n".join(f"k{n} = 1" for n in range(5_000)), "terlalu-banyak-kesalahan"),
    "many empty steps": ("[[steps]]\n" * 6_000, "terlalu-banyak-kesalahan"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused(name: str) -> None:
    """How soon is measured by `bench.reading`."""
    content, code = HOSTILE[name]
    assert code in [found for _, found in faults_of(content)]


def test_dots_in_texts_and_comments_are_no_keys() -> None:
    dots = "a." * 50
    text = with_line('"Menyusun format"', f'"{dots}"').replace("[identity]", f"# {dots}\n[identity]")
    assert toml_format.parse(text).steps[0].title.text == dots


def read_damaged_file(data: st.DataObject) -> None:
    text = catalog.text(data.draw(st.sampled_from(catalog.codes())))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        until = min(len(text), at + data.draw(st.integers(0, 40)))
        put = data.draw(st.text(max_size=8) | st.sampled_from(['"', "'''", "[[steps]]", "\n", "=", "{", "9" * 99, "."]))
        text = text[:at] + put + text[until:]
    with suppress(FaultyInput):
        checks.read(text)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_file_is_read_or_refused_never_worse(data: st.DataObject) -> None:
    read_damaged_file(data)


@pytest.mark.long
@given(st.data())
@settings(max_examples=20_000, deadline=None)
def test_thousands_of_damaged_files_are_read_or_refused_never_worse(data: st.DataObject) -> None:
    read_damaged_file(data)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused_never_worse(content: bytes) -> None:
    with pytest.raises(FaultyInput):
        toml_format.parse(content)


def test_example_of_the_format_page_is_a_sound_sop() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "FORMAT_SOP.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert checks.read(example).code == "dinas-contoh"
    for key in (*IDENTITY_KEYS, *LIST_KEYS, *HEADING_KEYS, *Field):
        assert f"`{key}`" in page

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.form import waktu
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.errors import Fault, FaultyInput

UNDERSTOOD = [
    ("15 Menit", None, 15, Unit.MENIT, None),
    ("1.5 jam", None, 1.5, Unit.JAM, None),
    ("1,5 Jam", None, 1.5, Unit.JAM, None),
    ("1,25 jam", None, 1.25, Unit.JAM, None),
    ("2 (dua) hari", None, 2, Unit.HARI, DayKind.KERJA),
    ("2(dua)hari kerja", None, 2, Unit.HARI, DayKind.KERJA),
    ("120 (seratus dua puluh) Hari", None, 120, Unit.HARI, DayKind.KERJA),
    ("1,5 (satu setengah) jam", None, 1.5, Unit.JAM, None),
    ("11 (sebelas) jam", None, 11, Unit.JAM, None),
    ("2 hari kalender", None, 2, Unit.HARI, DayKind.KALENDER),
    ("3 HARI KERJA", None, 3, Unit.HARI, DayKind.KERJA),
    ("  10   menit ", None, 10, Unit.MENIT, None),
    ("15Menit", None, 15, Unit.MENIT, None),
    ("10", "Waktu (menit)", 10, Unit.MENIT, None),
    ("2", "Waktu (hari kalender)", 2, Unit.HARI, DayKind.KALENDER),
    ("2 hari", "Waktu (menit)", 2, Unit.HARI, DayKind.KERJA),
]

REFUSED = [
    ("1.5 lam", None, [("satuan-tak-dikenal", ("jam", "hari", "menit"))]),
    ("2 hri", None, [("satuan-tak-dikenal", ("hari", "menit", "jam"))]),
    ("2 minggu", None, [("satuan-tak-dikenal", None)]),
    ("15 menit.", None, [("waktu-tak-terbaca", None)]),
    ("10", None, [("satuan-tidak-ada", ("menit", "jam", "hari"))]),
    ("10", "Waktu", [("satuan-tidak-ada", None)]),
    ("10", "Waktu (lam)", [("satuan-tak-dikenal", ("jam", "hari", "menit"))]),
    ("0 menit", None, [("waktu-nol", None)]),
    ("0,00 jam", None, [("waktu-nol", None)]),
    ("-2 hari", None, [("waktu-negatif", None)]),
    ("\N{MINUS SIGN}2 hari", None, [("waktu-negatif", None)]),
    ("1,5 hari", None, [("hari-pecahan", None)]),
    ("367 hari", None, [("waktu-terlalu-besar", ("366 hari",))]),
    ("9" * 90 + " menit", None, [("waktu-terlalu-besar", None)]),
    ("1.500 menit", None, [("angka-mendua", None)]),
    ("2 (tiga) hari", None, [("bilangan-bertentangan", ("dua",))]),
    ("2 (dva) hari", None, [("bilangan-bertentangan", ("dua",))]),
    ("2 hari libur", None, [("jenis-hari-tak-dikenal", None)]),
    ("15 menit kerja", None, [("waktu-tak-terbaca", None)]),
    ("1 jam 30 menit", None, [("waktu-tak-terbaca", None)]),
    ("2-3 hari", None, [("waktu-tak-terbaca", None)]),
    ("15 %", None, [("waktu-tak-terbaca", None)]),
    ("dua hari", None, [("waktu-tanpa-angka", None)]),
    ("\N{ARABIC-INDIC DIGIT TWO} hari", None, [("waktu-tanpa-angka", None)]),
    ("", None, [("teks-kosong", None)]),
    (" \t ", None, [("teks-kosong", None)]),
    ("1 menit" + " " * 200, None, [("waktu-tak-terbaca", None)]),
    ("-1.5 lam", None, [("satuan-tak-dikenal", ("jam", "hari", "menit")), ("waktu-negatif", None)]),
]


def faults_of(text: str, header: str | None = None) -> tuple[Fault, ...]:
    with pytest.raises(FaultyInput) as caught:
        waktu.parse(text, header)
    return caught.value.faults


@pytest.mark.parametrize(("text", "header", "value", "unit", "kind"), UNDERSTOOD)
def test_plain_cell_is_understood(
    text: str, header: str | None, value: float, unit: Unit, kind: DayKind | None
) -> None:
    assert waktu.parse(text, header) == Waktu(text, value, unit, kind, header)


@pytest.mark.parametrize(("text", "header", "expected"), REFUSED)
def test_unclear_cell_is_refused_with_every_fault(
    text: str, header: str | None, expected: list[tuple[str, tuple[str, ...] | None]]
) -> None:
    found = faults_of(text, header)
    assert [fault.code for fault in found] == [code for code, _ in expected]
    for fault, (_, known) in zip(found, expected, strict=True):
        assert known is None or fault.known == known


def test_unknown_unit_names_the_word_and_the_place() -> None:
    with pytest.raises(FaultyInput) as caught:
        waktu.parse("1.5 lam", place=("langkah 4", "waktu"))
    assert caught.value.faults[0].place == "langkah 4 · waktu"
    assert caught.value.faults[0].found == "lam"


def test_days_never_become_minutes() -> None:
    days, hours = waktu.parse("2 hari"), waktu.parse("1.5 jam")
    assert (days.days, days.seconds) == (2, None)
    assert (hours.days, hours.seconds) == (None, 5400)


@given(st.integers(1, 366), st.sampled_from(Unit), st.sampled_from(["", " kerja", " kalender"]))
def test_every_whole_number_of_a_year_is_understood(number: int, unit: Unit, kind: str) -> None:
    text = f"{number} {unit.value}{kind if unit is Unit.HARI else ''}"
    assert (waktu.parse(text).value, waktu.parse(text).unit) == (number, unit)


@given(st.text(max_size=120), st.none() | st.text(max_size=40))
def test_any_text_is_a_standard_or_a_fault(text: str, header: str | None) -> None:
    try:
        standard = waktu.parse(text, header)
    except FaultyInput:
        return
    assert standard.value > 0
    assert (standard.day_kind is not None) is (standard.unit is Unit.HARI)

"""Numbers as people type them and as Excel keeps them: what is taken, what is refused and why, how they are printed."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.kinerja.form_fault import FormFault, FormWarning
from sop.kinerja.number import canonical, exact, printed, read_excel_number, read_number, rounded
from sop.model.errors import FaultyInput
from tests.sop.kinerja import oracle

FORMS = [
    # typed, satuan, decimals, value
    ("85", "orang", 0, "85"),
    ("0", "orang", 0, "0"),
    ("85,5", "nilai", 1, "85.5"),
    ("1.234,5", "nilai", 2, "1234.5"),
    ("1.234.567", "orang", 0, "1234567"),
    ("1.234.567,89", "nilai", 2, "1234567.89"),
    ("Rp 1.234.567", "Rp", 0, "1234567"),
    ("Rp1.234.567", "juta rupiah", 0, "1234567"),
    ("rp. 1.234.567,50", "Rupiah", 2, "1234567.5"),
    ("Rp 1.234.567", "", 0, "1234567"),
    ("-Rp 5", "Rp", 0, "-5"),
    ("Rp -5", "Rp", 0, "-5"),
    ("85%", "%", 0, "85"),
    ("85,25 %", "Persen", 2, "85.25"),
    ("-5", "nilai", 0, "-5"),
    ("\u22125", "nilai", 0, "-5"),
    ("\u20135,5", "nilai", 1, "-5.5"),
    ("-0", "nilai", 0, "0"),
    ("1,234", "nilai", 3, "1.234"),
    ("0.125", "nilai", 3, "0.125"),
    ("1234.567", "nilai", 3, "1234.567"),
    ("85.5", "nilai", 1, "85.5"),
    ("85.55", "nilai", 2, "85.55"),
    ("12.3456", "nilai", 4, "12.3456"),
    (" 85 ", "nilai", 0, "85"),
    ("\u00a085\u202f", "nilai", 0, "85"),
    ("007", "nilai", 0, "7"),
    ("999999999999999", "Rp", 0, "999999999999999"),
]
REFUSED = [
    # typed, satuan, decimals, fault, known
    ("1.234", "orang", 0, FormFault.ANGKA_MENDUA, ("1234", "1,234")),
    ("1.234", "nilai", 3, FormFault.ANGKA_MENDUA, ("1234", "1,234")),
    ("-12.345", "nilai", 4, FormFault.ANGKA_MENDUA, ("-12345", "-12,345")),
    ("Rp 12.345", "Rp", 0, FormFault.ANGKA_MENDUA, ("12345", "12,345")),
    ("123.456%", "%", 2, FormFault.ANGKA_MENDUA, ("123456", "123,456")),
    ("1,234.5", "nilai", 2, FormFault.ANGKA_ASING, ()),
    ("1,234,567", "nilai", 2, FormFault.ANGKA_ASING, ()),
    ("12.34.567", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("0.123.456", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("1.234.56", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("1234.567,8", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("1,2,3", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    (",5", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("5,", "nilai", 2, FormFault.PENGELOMPOKAN_SALAH, ()),
    ("1e5", "nilai", 2, FormFault.ANGKA_ILMIAH, ()),
    ("1,5E-3", "nilai", 4, FormFault.ANGKA_ILMIAH, ()),
    ("(5)", "nilai", 0, FormFault.ANGKA_DALAM_KURUNG, ()),
    ("(Rp 5.000)", "Rp", 0, FormFault.ANGKA_DALAM_KURUNG, ()),
    ("85,55", "nilai", 1, FormFault.TERLALU_BANYAK_DESIMAL, ("1",)),
    ("1,234", "nilai", 2, FormFault.TERLALU_BANYAK_DESIMAL, ("2",)),
    ("1,000", "orang", 0, FormFault.TERLALU_BANYAK_DESIMAL, ("0",)),
    ("85%", "orang", 0, FormFault.PERSEN_TANPA_SATUAN, ("orang",)),
    ("Rp 5", "orang", 0, FormFault.RUPIAH_TANPA_SATUAN, ("orang",)),
    ("1000000000000000", "Rp", 0, FormFault.TERLALU_BANYAK_DIGIT, ("15",)),
    ("-", "orang", 0, FormFault.MINTA_KEADAAN, ()),
    ("\u2014", "orang", 0, FormFault.MINTA_KEADAAN, ()),
    ("n/a", "orang", 0, FormFault.MINTA_KEADAAN, ()),
    ("N/A", "orang", 0, FormFault.MINTA_KEADAAN, ()),
    ("Belum", "orang", 0, FormFault.MINTA_KEADAAN, ()),
    ("", "orang", 0, FormFault.ISIAN_WAJIB, ()),
    ("   ", "orang", 0, FormFault.ISIAN_WAJIB, ()),
    ("delapan", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("120 orang", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("1_000", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("\u0663\u0664", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("\uff18\uff15", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("nan", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("inf", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("+5", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("--5", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("-Rp -5", "Rp", 0, FormFault.BUKAN_ANGKA, ()),
    ("5 5", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    (".", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("=5", "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("1" * 41, "orang", 0, FormFault.BUKAN_ANGKA, ()),
    ("9" * 1_000_000, "orang", 0, FormFault.BUKAN_ANGKA, ()),
]


@pytest.mark.parametrize(("typed", "satuan", "decimals", "value"), FORMS)
def test_a_number_that_means_one_thing_is_taken(typed: str, satuan: str, decimals: int, value: str) -> None:
    found, _ = read_number(typed, satuan, decimals)
    assert str(found) == value


@pytest.mark.parametrize(("typed", "satuan", "decimals", "kind", "known"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_can_mean_two_things_or_none_is_refused(
    typed: str, satuan: str, decimals: int, kind: FormFault, known: tuple[str, ...]
) -> None:
    with pytest.raises(FaultyInput) as refusal:
        read_number(typed, satuan, decimals, "Isian!H7")
    [fault] = refusal.value.faults
    assert (fault.code, fault.place, fault.known) == (kind.value, "Isian!H7", known)
    assert len(fault.found) <= 60


@pytest.mark.parametrize("typed", ["85.5", "0.125", "1234.567"])
def test_a_dot_read_as_a_comma_is_echoed(typed: str) -> None:
    assert read_number(typed, "nilai", 4)[1] is FormWarning.TITIK_DESIMAL


@pytest.mark.parametrize("typed", ["85,5", "1.234.567", "85"])
def test_a_number_in_the_offices_own_writing_is_not_echoed(typed: str) -> None:
    assert read_number(typed, "nilai", 4)[1] is None


@given(st.integers(-(10**19) + 1, 10**19 - 1), st.integers(0, 4))
def test_what_is_printed_is_read_back(units: int, places: int) -> None:
    value = Fraction(units, 10**4)
    text = printed(value, places)
    alone = places == 0 and 1000 <= abs(rounded(value, 0)) < 1_000_000
    if alone:
        # 1.234 is refused as such: the one text that the program prints and does not take.
        with pytest.raises(FaultyInput):
            read_number(text, "nilai", places)
        text = text.replace(".", "")
    if abs(rounded(value, places)) < 10**15:
        assert read_number(text, "nilai", places)[0] == rounded(value, places)


@given(st.fractions(), st.integers(0, 4))
def test_printing_agrees_with_long_division(value: Fraction, places: int) -> None:
    assert printed(value, places) == oracle.printed(value, places)


@given(st.fractions(min_value=-(10**30), max_value=10**30), st.integers(0, 4))
def test_rounding_is_exact_whatever_the_decimal_context(value: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 3
        assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)
        assert printed(value, places) == oracle.printed(value, places)


@given(st.text(max_size=60), st.sampled_from(["%", "Rp", "orang", ""]), st.integers(0, 4))
def test_any_text_is_a_number_or_one_known_fault(typed: str, satuan: str, decimals: int) -> None:
    try:
        value, _ = read_number(typed, satuan, decimals)
    except FaultyInput as refusal:
        [fault] = refusal.faults
        assert FormFault(fault.code)
        assert fault.found.isprintable()
    else:
        assert value == exact(value)
        assert rounded(value, decimals) == value


@given(st.text(alphabet="0123456789.,-% Rp()e", max_size=20), st.integers(0, 4))
def test_a_taken_number_is_what_its_digits_say(typed: str, decimals: int) -> None:
    """Every accepted text keeps its digits: only dots that divide thousands go, and one comma or dot stays."""
    try:
        value, note = read_number(typed, "%", decimals)
    except FaultyInput:
        return
    digits = "".join(char for char in typed if char.isdigit() or char in ".,")
    mark = "." if note is FormWarning.TITIK_DESIMAL else ","
    whole, _, fraction = digits.partition(mark)
    expected = Fraction(int(whole.replace(".", "")) * 10 ** len(fraction) + int(fraction or 0), 10 ** len(fraction))
    assert abs(Fraction(value)) == expected


EXCEL = [
    # number, percent format, satuan, decimals, value, was rounded
    (85, False, "orang", 0, "85", False),
    (85.0, False, "orang", 0, "85", False),
    (66.66666666666667, False, "nilai", 2, "66.67", True),
    (0.1 + 0.2, False, "nilai", 2, "0.3", True),
    (0.85, True, "%", 2, "85", False),
    (0.07, True, "%", 0, "7", False),
    (1.234, True, "%", 2, "123.4", False),
    (0.01234, True, "%", 2, "1.23", True),
    (2.675, False, "nilai", 3, "2.675", False),
    (0.125, False, "nilai", 2, "0.13", True),
    (-0.125, False, "nilai", 2, "-0.13", True),
    (0.005, False, "nilai", 2, "0.01", True),
    (5e-324, False, "nilai", 2, "0", True),
    (-0.0, False, "nilai", 2, "0", False),
    (1e14, False, "Rp", 0, "100000000000000", False),
    (1.2345, False, "nilai", 2, "1.23", True),
    (1234.5, False, "nilai", 1, "1234.5", False),
    (1234.567, False, "nilai", 2, "1234.57", True),
    (0.125, False, "nilai", 0, "0", True),
]


@pytest.mark.parametrize(("number", "percent", "satuan", "decimals", "value", "was_rounded"), EXCEL)
def test_a_number_cell_is_its_shortest_decimal_rounded_half_up(
    number: float, percent: bool, satuan: str, decimals: int, value: str, was_rounded: bool
) -> None:
    found, changed = read_excel_number(number, percent_format=percent, satuan=satuan, decimals=decimals)
    assert (str(found), changed) == (value, was_rounded)


@pytest.mark.parametrize(
    ("number", "percent", "satuan", "decimals", "kind"),
    [
        (1.234, False, "orang", 0, FormFault.ANGKA_MENDUA),
        (-12.345, False, "orang", 2, FormFault.ANGKA_MENDUA),
        (0.85, True, "orang", 2, FormFault.PERSEN_TANPA_SATUAN),
        (1e15, False, "Rp", 0, FormFault.TERLALU_BANYAK_DIGIT),
        (10**400, False, "Rp", 0, FormFault.TERLALU_BANYAK_DIGIT),
        (999999999999999.9, False, "Rp", 0, FormFault.TERLALU_BANYAK_DIGIT),
        (1e308, False, "Rp", 0, FormFault.TERLALU_BANYAK_DIGIT),
        (99999999999999.0, True, "%", 0, FormFault.TERLALU_BANYAK_DIGIT),
        (math.inf, False, "Rp", 0, FormFault.BUKAN_ANGKA),
        (math.nan, False, "Rp", 0, FormFault.BUKAN_ANGKA),
    ],
)
def test_a_number_cell_that_cannot_be_meant_is_refused(
    number: float, percent: bool, satuan: str, decimals: int, kind: FormFault
) -> None:
    with pytest.raises(FaultyInput) as refusal:
        read_excel_number(number, percent_format=percent, satuan=satuan, decimals=decimals)
    assert refusal.value.faults[0].code == kind.value


def test_a_number_cell_of_three_places_is_plain_where_the_indicator_has_as_many() -> None:
    assert read_excel_number(1.234, percent_format=False, satuan="nilai", decimals=3) == (Decimal("1.234"), False)


@given(st.floats() | st.integers(), st.booleans(), st.integers(0, 4))
def test_any_number_cell_is_a_value_or_one_known_fault(number: float, percent: bool, decimals: int) -> None:
    try:
        value, changed = read_excel_number(number, percent_format=percent, satuan="%", decimals=decimals)
    except FaultyInput as refusal:
        FormFault(refusal.faults[0].code)
        return
    true = Fraction(Decimal(repr(number))) * (100 if percent else 1)
    assert abs(Fraction(value) - true) <= Fraction(1, 2 * 10**decimals)
    assert changed == (Fraction(value) != true)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_one_number_has_one_text(value: Decimal) -> None:
    assert Decimal(canonical(value)) == value
    assert canonical(Decimal(f"{value:.7f}")) == canonical(value)
    assert str(exact(value)) == canonical(value)

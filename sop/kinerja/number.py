"""Numbers as people type them and as Excel keeps them, read without a guess; and printed as an office prints them.

Only what can mean one thing is taken. `1.234` is 1234 to an Indonesian and 1,234 to a machine: it is refused with both
readings. Values are exact decimals from here on; nothing is ever kept as a float.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from sop.form.faults import shown
from sop.kinerja.form_fault import FormFault, FormWarning
from sop.kinerja.indicator import PERCENT_WORDS
from sop.model.errors import Fault, FaultyInput

LONGEST_NUMBER = 40
"""Characters that are looked at; the longest number taken is shorter."""
MOST_DIGITS = 15
"""Before the comma: as many as Excel keeps."""

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = "-\u2212\u2013"
_NUMBER = re.compile(
    rf"(?P<sign>[{_MINUS}]?) ?(?P<money>rp\.? ?)?(?P<inner>[{_MINUS}]?)"
    r"(?P<body>[0-9.,]*[0-9][0-9.,]*) ?(?P<percent>%?)",
    re.IGNORECASE | re.ASCII,
)
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<fraction>[0-9]+))?")
_COMMA = re.compile(r"(?P<whole>[0-9]+),(?P<fraction>[0-9]+)")
_DOT = re.compile(r"(?P<whole>[0-9]+)\.(?P<fraction>[0-9]+)")
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_SCIENTIFIC = re.compile(rf"[{_MINUS}+]?[0-9][0-9.,]*e[{_MINUS}+]?[0-9]+", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*[0-9][^()]*\)")
_NO_VALUE = frozenset(
    {"-", "\u2212", "\u2013", "\u2014", "--", "n/a", "na", "n.a.", "belum", "belum ada", "tidak ada", "tidak berlaku"}
    | {"nihil", "kosong", "tba", "?"}
)
_MONEY_WORDS = re.compile(r"\b(?:rp|rupiah)\b", re.IGNORECASE)


def read_number(text: str, satuan: str, decimals: int, place: str = "nilai") -> tuple[Decimal, FormWarning | None]:
    """What somebody typed as a number.

    Args:
        text: As typed: `85`, `85,5`, `1.234,5`, `1.234.567`, `Rp 1.234.567`, `85%`, `-5`.
        satuan: The indicator's; a percent sign is taken where it is %, Rp where it is money or nothing is known of it.
        decimals: How many places the indicator has.
        place: Where it stands, for the fault.

    Returns:
        (value, TITIK_DESIMAL where a dot was read as a comma and is to be echoed, else None).

    Raises:
        FaultyInput: Its one fault has a FormFault value as code.
    """
    bare = _SPACES.sub(" ", text[: LONGEST_NUMBER + 1]).strip()

    def refuse(kind: FormFault, *known: str) -> NoReturn:
        raise FaultyInput((Fault(place, kind.value, shown(bare), known),))

    if not bare:
        refuse(FormFault.ISIAN_WAJIB)
    if bare.casefold() in _NO_VALUE:
        refuse(FormFault.MINTA_KEADAAN)
    if len(text.strip()) > LONGEST_NUMBER:
        refuse(FormFault.BUKAN_ANGKA)
    match = _NUMBER.fullmatch(bare)
    if match is None or (match["sign"] and match["inner"]):
        if _SCIENTIFIC.fullmatch(bare):
            refuse(FormFault.ANGKA_ILMIAH)
        refuse(FormFault.ANGKA_DALAM_KURUNG if _BRACKETED.fullmatch(bare) else FormFault.BUKAN_ANGKA)
    if match["percent"] and satuan.strip().casefold() not in PERCENT_WORDS:
        refuse(FormFault.PERSEN_TANPA_SATUAN, satuan)
    if match["money"] and satuan.strip() and not _MONEY_WORDS.search(satuan):
        refuse(FormFault.RUPIAH_TANPA_SATUAN, satuan)

    body, sign = match["body"], "-" if match["sign"] or match["inner"] else ""
    if _TWO_READINGS.fullmatch(body):
        refuse(FormFault.ANGKA_MENDUA, *both_readings(sign + body))
    split = _PLAIN.fullmatch(body) or _GROUPED.fullmatch(body) or _COMMA.fullmatch(body) or _DOT.fullmatch(body)
    if split is None:
        refuse(FormFault.ANGKA_ASING if _ENGLISH.fullmatch(body) else FormFault.PENGELOMPOKAN_SALAH)
    groups = split.groupdict()
    whole, fraction = (groups.get("whole") or body).replace(".", ""), groups.get("fraction") or ""
    if len(fraction) > decimals:
        refuse(FormFault.TERLALU_BANYAK_DESIMAL, str(decimals))
    if len(whole.lstrip("0")) > MOST_DIGITS:
        refuse(FormFault.TERLALU_BANYAK_DIGIT, str(MOST_DIGITS))
    value = exact(Decimal(f"{sign}{whole}.{fraction or 0}"))
    return value, FormWarning.TITIK_DESIMAL if split.re is _DOT else None


def both_readings(text: str) -> tuple[str, str]:
    """`-1.234` -> what it says with the dot for thousands, and with the dot for a comma."""
    return text.replace(".", ""), text.replace(".", ",")


def read_excel_number(
    number: int | float, *, percent_format: bool, satuan: str, decimals: int, place: str = "nilai"
) -> tuple[Decimal, bool]:
    """What a number cell of a workbook means.

    Args:
        number: As the file keeps it; its shortest decimal is what somebody sees who opens the cell.
        percent_format: Whether the cell's format shows it with a percent sign.
        satuan: The indicator's.
        decimals: How many places the indicator has.
        place: Where it stands, for the fault.

    Returns:
        (value rounded half up to the indicator's places, whether that changed it).

    Raises:
        FaultyInput: Its one fault has a FormFault value as code.
    """

    def refuse(kind: FormFault, *known: str) -> NoReturn:
        raise FaultyInput((Fault(place, kind.value, shown(str(number)[:LONGEST_NUMBER]), known),))

    if isinstance(number, int) and abs(number) >= 10**MOST_DIGITS:
        refuse(FormFault.TERLALU_BANYAK_DIGIT, str(MOST_DIGITS))
    raw = Decimal(repr(number))
    if not raw.is_finite():
        refuse(FormFault.BUKAN_ANGKA)
    if raw and raw.adjusted() >= MOST_DIGITS:
        refuse(FormFault.TERLALU_BANYAK_DIGIT, str(MOST_DIGITS))
    if percent_format and satuan.strip().casefold() not in PERCENT_WORDS:
        refuse(FormFault.PERSEN_TANPA_SATUAN, satuan)
    meant = Fraction(raw) * 100 if percent_format else Fraction(raw)
    written = canonical(raw.copy_abs())
    if not percent_format and decimals < 3 and _TWO_READINGS.fullmatch(written):
        refuse(FormFault.ANGKA_MENDUA, *both_readings(("-" if raw < 0 else "") + written))
    value = rounded(meant, decimals)
    if value and value.adjusted() >= MOST_DIGITS:
        refuse(FormFault.TERLALU_BANYAK_DIGIT, str(MOST_DIGITS))
    return value, Fraction(value) != meant


def exact(value: Decimal) -> Decimal:
    """The same number in the one shape in which it is kept: no exponent, no trailing zeros, no negative zero."""
    return Decimal(canonical(value))


def canonical(value: Decimal) -> str:
    """A decimal as it is kept and as JSON has it: `76.5`, `1200`, `0`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rounded(value: Fraction | Decimal, decimals: int) -> Decimal:
    """Half up (away from zero) to a number of places, exactly."""
    return exact(Decimal(f"{_last_places(value, decimals)}E-{decimals}"))


def printed(value: Fraction | Decimal, decimals: int) -> str:
    """`1.388,90`: as an office prints it, with exactly that many places."""
    places = _last_places(value, decimals)
    digits = str(abs(places)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{'-' if places < 0 else ''}{grouped}{',' if fraction else ''}{fraction}"


def _last_places(value: Fraction | Decimal, decimals: int) -> int:
    """A number in units of its last place, half up; whole numbers alone are exact whatever the decimal context."""
    scaled = Fraction(value) * Fraction(10) ** decimals
    size = abs(scaled)
    whole: int = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    return whole if scaled >= 0 else -whole

"""The Waktu cell: from `2 (dua) hari` to a standard time.

Reads one cell, or the DURASI of `sakip kalender hitung`. Nothing is guessed: what does not say number and unit plainly
is refused with what would have been understood. What the time is worth on a calendar is not decided here.
"""

from __future__ import annotations

import re

from sop.form.faults import FaultCode, Faults, nearest_first
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.errors import FaultyInput

LONGEST_TEXT = 100
"""Characters of a cell; the longest one seen in a document has 11."""

LARGEST = {Unit.MENIT: 366 * 24 * 60, Unit.JAM: 366 * 24, Unit.HARI: 366}
"""A standard longer than a year outlives every period there is."""

FORMS = ("15 menit", "1,5 jam", "2 (dua) hari", "3 hari kerja", "2 hari kalender")
"""What is understood, for whoever wrote something else."""

_CELL = re.compile(
    r"(?P<sign>[-\u2212\u2013]?)\s*(?P<whole>[0-9]+)(?:[.,](?P<fraction>[0-9]+))?"
    r"\s*(?:\((?P<words>[^()]*)\))?\s*(?P<unit>[^\W\d_]*)\s*(?P<rest>.*)"
)
_HEADER_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_UNITS = tuple(unit.value for unit in Unit)
_DAY_KINDS = tuple(kind.value for kind in DayKind)
_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def parse(text: str, header: str | None = None, place: tuple[str, ...] = ("waktu",)) -> Waktu:
    """Read one cell.

    Args:
        text: The cell: `15 Menit`, `1.5 jam`, `1,5 Jam`, `2 (dua) hari`, `2 hari kalender`, or a bare number.
        header: The column head. Its unit, `Waktu (menit)`, counts only for a cell that is a bare number; a unit in
            the cell wins.
        place: Where the cell stands, for the faults.

    Returns:
        The standard, `text` and `header` as given. `hari` without a word for the kind of day counts working days.

    Raises:
        FaultyInput: Every fault of the cell.
    """
    faults = Faults()
    cell = " ".join(text[: LONGEST_TEXT + 1].split())
    if not cell:
        faults.add(place, FaultCode.TEKS_KOSONG, known=FORMS)
        raise FaultyInput(tuple(faults.found))
    match = _CELL.fullmatch(cell) if len(text) <= LONGEST_TEXT else None
    if match is None:
        has_digit = any("0" <= char <= "9" for char in cell)
        code = FaultCode.WAKTU_TAK_TERBACA if has_digit else FaultCode.WAKTU_TANPA_ANGKA
        faults.add(place, code, cell, FORMS)
        raise FaultyInput(tuple(faults.found))

    value = float(f"{match['whole']}.{match['fraction'] or 0}")
    unit, day_kind = _unit(match["unit"], match["rest"], cell, header, faults, place)
    if len(match["fraction"] or "") > 2:
        faults.add(place, FaultCode.ANGKA_MENDUA, cell)
    if match["words"] is not None and match["words"].casefold().strip() not in (spelled := _spellings(value)):
        faults.add(place, FaultCode.BILANGAN_BERTENTANGAN, cell, spelled)
    if match["sign"]:
        faults.add(place, FaultCode.WAKTU_NEGATIF, cell)
    elif value == 0:
        faults.add(place, FaultCode.WAKTU_NOL, cell)
    if unit is Unit.HARI and not value.is_integer():
        faults.add(place, FaultCode.HARI_PECAHAN, cell)
    if unit is not None and value > LARGEST[unit]:
        faults.add(place, FaultCode.WAKTU_TERLALU_BESAR, cell, (f"{LARGEST[unit]} {unit.value}",))
    if faults.found or unit is None:
        raise FaultyInput(tuple(faults.found))
    return Waktu(text=text, value=value, unit=unit, day_kind=day_kind, header=header)


def header_unit(header: str | None) -> str | None:
    """The word in brackets that ends a column head, lower case: `Waktu (menit)` -> `menit`; None without one."""
    match = _HEADER_UNIT.search(header[-LONGEST_TEXT:]) if header else None
    return match[1].strip().casefold() if match else None


def names_day_kind(text: str, header: str | None = None) -> bool:
    """Whether the cell or its head says which days count, so that nothing else may be set."""
    words = f"{text} {header or ''}".casefold()
    return any(kind in words for kind in _DAY_KINDS)


def _unit(
    word: str, rest: str, cell: str, header: str | None, faults: Faults, place: tuple[str, ...]
) -> tuple[Unit | None, DayKind | None]:
    """Unit and kind of day of a cell; unit None when a fault was noted for it."""
    if not word and not rest:
        word, _, rest = (header_unit(header) or "").partition(" ")
        if not word:
            faults.add(place, FaultCode.SATUAN_TIDAK_ADA, cell, _UNITS)
            return None, None
    name = word.casefold()
    if not name:
        faults.add(place, FaultCode.WAKTU_TAK_TERBACA, cell, FORMS)
        return None, None
    if name not in _UNITS:
        faults.add(place, FaultCode.SATUAN_TAK_DIKENAL, word, nearest_first(word, _UNITS))
        return None, None
    unit = Unit(name)
    if unit is Unit.HARI:
        kind = rest.strip().casefold() or DayKind.KERJA.value
        if kind in _DAY_KINDS:
            return unit, DayKind(kind)
        faults.add(place, FaultCode.JENIS_HARI_TAK_DIKENAL, rest, nearest_first(rest, _DAY_KINDS))
    elif rest:
        faults.add(place, FaultCode.WAKTU_TAK_TERBACA, cell, FORMS)
    return unit, None


def _spellings(value: float) -> tuple[str, ...]:
    """A number in words, most usual first; empty for one that nobody writes out."""
    whole, fraction = int(value), value - int(value)
    if not 0 < value < 1000 or fraction not in (0, 0.5):
        return ()
    spelled = _spell(whole)
    if not fraction:
        return (spelled,)
    return (f"{spelled} setengah", f"{spelled} koma lima") if whole else ("setengah", "nol koma lima")


def _spell(number: int) -> str:
    """0 to 999 in Indonesian; empty for 0."""
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return f"{_ONES[number // 10]} puluh {_ONES[number % 10]}".strip()
    hundreds = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
    return f"{hundreds} {_spell(number % 100)}".strip()

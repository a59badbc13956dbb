"""What a bidang says of one indicator in one period, what it is worth, and what makes it impossible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form_fault import FormFault
from sop.kinerja.indicator import Indicator, Jenis, TargetValue
from sop.kinerja.number import canonical, exact, printed, rounded
from sop.model.errors import Fault
from sop.model.texts import LONGEST, clean_or_none
from sop.values import Frozen, asdict, replace


class Keadaan(StrEnum):
    """What somebody said of a row. A row of which nobody said anything is no row: belum diisi."""

    TERISI = "terisi"
    """It has a value; zero is one."""
    BELUM_ADA = "belum_ada"
    TIDAK_BERLAKU = "tidak_berlaku"


class Isian(Frozen):
    """One row as it was filled in. Texts are None where nothing was said."""

    keadaan: Keadaan
    value: Decimal | None = None
    """The realisasi of angka and persen; of a rasio what was typed beside its parts, if anything."""
    grade: str | None = None
    """The realisasi of a predikat, a word of its scale."""
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    reason: str | None = None
    """Why there is no value."""
    pendorong: str | None = None
    """Faktor pendorong."""
    kendala: str | None = None
    tindak_lanjut: str | None = None
    pic: str | None = None
    """Who sees to the tindak lanjut: a position, or a registered person's code."""
    batas_waktu: dt.date | None = None
    bukti: str | None = None
    """Which evidence there is."""

    @property
    def is_filled(self) -> bool:
        return self.keadaan is Keadaan.TERISI

    def to_dict(self) -> dict[str, Any]:
        """JSON values: decimals as canonical text, a date as ISO; what nobody said is left out."""
        return {name: _plain(value) for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Isian:
        """Read what `to_dict` wrote."""
        held: dict[str, Any] = dict(data)
        held["keadaan"] = Keadaan(held["keadaan"])
        for name in NUMBERS:
            if name in held:
                held[name] = Decimal(held[name])
        if "batas_waktu" in held:
            held["batas_waktu"] = dt.date.fromisoformat(held["batas_waktu"])
        return cls(**held)


NUMBERS = ("value", "pembilang", "penyebut")
PART_DECIMALS = 2
"""Places that a pembilang or penyebut may have, whatever the quotient has: people and rupiah are counted in them."""
TEXTS = ("reason", "pendorong", "kendala", "tindak_lanjut", "pic", "bukti")


def cleaned(isian: Isian, indicator: Indicator, settings: FigureSettings) -> Isian:
    """The same, fit to keep: texts clean, numbers in their one shape, a predikat spelled as its scale spells it."""
    held: dict[str, Any] = {name: clean_or_none(getattr(isian, name), name) for name in TEXTS}
    for name in NUMBERS:
        number = getattr(isian, name)
        held[name] = None if number is None else exact(number)
    if isian.grade is not None:
        graded = settings.graded(indicator.satuan, isian.grade)
        held["grade"] = isian.grade if graded is None else graded[0]
    return replace(isian, **held)


def worth(given: TargetValue | None, indicator: Indicator, settings: FigureSettings) -> Fraction | None:
    """A number or a word of a scale as an exact number; None for nothing, and for a word that the scale has no more."""
    if given is None or isinstance(given, Decimal):
        return None if given is None else Fraction(given)
    graded = settings.graded(indicator.satuan, given)
    return None if graded is None else Fraction(graded[1])


def quotient(pembilang: Fraction, penyebut: Fraction, factor: int) -> Fraction | None:
    """What pembilang and penyebut give; None where the penyebut is 0."""
    return pembilang / penyebut * factor if penyebut else None


def realized(isian: Isian | None, indicator: Indicator, settings: FigureSettings) -> Fraction | None:
    """The realisasi of a row as an exact number. None where it is missing, and where a penyebut is 0."""
    if isian is None or not isian.is_filled:
        return None
    if indicator.jenis is Jenis.RASIO:
        if isian.pembilang is None or isian.penyebut is None:
            return None
        return quotient(Fraction(isian.pembilang), Fraction(isian.penyebut), indicator.factor)
    return worth(isian.grade if indicator.jenis is Jenis.PREDIKAT else isian.value, indicator, settings)


def isian_faults(isian: Isian, indicator: Indicator, settings: FigureSettings) -> list[Fault]:
    """Everything that makes a row impossible, by the field it stands in; empty for a sound one."""
    found: list[Fault] = []

    def wrong(field: str, kind: FormFault, read: object = "", known: tuple[str, ...] = ()) -> None:
        found.append(Fault(field, kind.value, str(read), known))

    parts = (isian.pembilang, isian.penyebut)
    if not isian.is_filled:
        for field in ("value", "grade", "pembilang", "penyebut"):
            if getattr(isian, field) is not None:
                wrong(field, FormFault.TERISI_DAN_KOSONG, getattr(isian, field), (isian.keadaan.value,))
        if not isian.reason:
            wrong("reason", FormFault.ALASAN_KURANG, isian.keadaan.value)
    elif indicator.jenis is Jenis.PREDIKAT:
        scale = settings.scale_of(indicator.satuan)
        if isian.grade is None:
            wrong("grade", FormFault.NILAI_BELUM_ADA, known=tuple(scale))
        elif settings.graded(indicator.satuan, isian.grade) is None:
            wrong("grade", FormFault.PREDIKAT_TAK_DIKENAL, isian.grade, tuple(scale))
    elif indicator.jenis is Jenis.RASIO:
        if isian.pembilang is None or isian.penyebut is None:
            missing = "pembilang" if isian.pembilang is None else "penyebut"
            wrong(missing, FormFault.RASIO_TIDAK_LENGKAP, known=(indicator.pembilang, indicator.penyebut))
        else:
            given = quotient(Fraction(isian.pembilang), Fraction(isian.penyebut), indicator.factor)
            if isian.value is not None and (given is None or not _agree(isian.value, given)):
                shown = () if given is None else (printed(given, indicator.decimals),)
                wrong("value", FormFault.RASIO_BERBEDA, printed(isian.value, _places(isian.value)), shown)
    elif isian.value is None:
        wrong("value", FormFault.NILAI_BELUM_ADA)
    if isian.is_filled and indicator.jenis is not Jenis.RASIO and any(part is not None for part in parts):
        wrong("pembilang" if parts[0] is not None else "penyebut", FormFault.BUKAN_RASIO)
    if isian.is_filled and isian.value is not None and indicator.jenis is Jenis.PREDIKAT:
        wrong("value", FormFault.PREDIKAT_TAK_DIKENAL, isian.value, tuple(settings.scale_of(indicator.satuan)))
    if isian.value is not None and _places(isian.value) > indicator.decimals:
        wrong("value", FormFault.TERLALU_BANYAK_DESIMAL, canonical(isian.value), (str(indicator.decimals),))
    for field, part in zip(("pembilang", "penyebut"), parts, strict=True):
        if part is not None and _places(part) > PART_DECIMALS:
            wrong(field, FormFault.TERLALU_BANYAK_DESIMAL, canonical(part), (str(PART_DECIMALS),))
    for field in TEXTS:
        text = getattr(isian, field)
        if text is not None and len(text) > LONGEST:
            wrong(field, FormFault.TEKS_TERLALU_PANJANG, len(text), (str(LONGEST),))
    return found


def _places(value: Decimal) -> int:
    """How many places after the comma a decimal needs."""
    exponent = exact(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _agree(typed: Decimal, given: Fraction) -> bool:
    """Whether a typed quotient is the true one as far as its own places go."""
    return rounded(given, _places(typed)) == typed


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return canonical(value)
    return value.isoformat() if isinstance(value, dt.date) else value

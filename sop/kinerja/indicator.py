"""What an indicator is, in one of its versions, and what makes a definition impossible.

How a figure follows from it is `achievement.py` and `rollup.py`; in which periods it is reported is `reporting.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from sop.kinerja.form_fault import FormFault
from sop.model.definition import Cadence
from sop.model.errors import Fault
from sop.model.texts import LONGEST, LONGEST_NAME, clean
from sop.values import Frozen


class Jenis(StrEnum):
    """What kind of value an indicator has."""

    ANGKA = "angka"
    PERSEN = "persen"
    RASIO = "rasio"
    """Pembilang over penyebut, times a factor."""
    PREDIKAT = "predikat"
    """A word of one of the office's scales."""


class Arah(StrEnum):
    """Which way is good."""

    NAIK = "naik"
    TURUN = "turun"
    TETAP = "tetap"


class Konsolidasi(StrEnum):
    """How the figures of several periods become one."""

    JUMLAH = "jumlah"
    AKHIR = "akhir"
    """The last one stands."""
    RATA = "rata"


MOST_DECIMALS = 4
LONGEST_CODE = 30
PERCENT_WORDS = frozenset({"%", "persen"})
"""Satuan that mean hundredths, in lower case."""
_CADENCES = tuple(Cadence)
"""Finest first."""
_CODE_SIGNS = frozenset(".-/_ ")


class Indicator(Frozen):
    """An indicator as one version of it defines it. Codes are compared whatever their case."""

    code: str
    """Unique in the office and never given to another one."""
    name: str
    satuan: str
    """Unit of measure. Of a predikat the name of the scale that its words belong to."""
    jenis: Jenis = Jenis.ANGKA
    arah: Arah = Arah.NAIK
    konsolidasi: Konsolidasi = Konsolidasi.JUMLAH
    decimals: int = 0
    """0 to 4 places that a value may have."""
    cadence: Cadence = Cadence.TRIWULAN
    """From which it is reported: of a semester's it has no quarterly figure."""
    owner: str | None = None
    """The bidang that hands it in; None is the office itself."""
    sasaran: str = ""
    document: str = ""
    """The document that it stands in."""
    pembilang: str = ""
    """Of a rasio: what is counted above the line."""
    penyebut: str = ""
    factor: int = 100
    """Of a rasio: what the quotient is multiplied by."""
    active: bool = True
    """False in the version that ends it."""

    @property
    def key(self) -> str:
        """The code as it is compared."""
        return self.code.casefold()

    @property
    def is_percent(self) -> bool:
        """Whether a typed 85% means 85."""
        return self.jenis is not Jenis.PREDIKAT and self.satuan.strip().casefold() in PERCENT_WORDS


class IndicatorVersion(Frozen):
    """A definition that holds from a period on (see `reporting.holds`)."""

    number: int
    """1, 2, 3 of that code."""
    since: str
    """Period key."""
    indicator: Indicator
    closed: frozenset[str] = frozenset()
    """Periods that were closed when it was made: it never holds there, though they be reopened."""


def indicator_faults(indicator: Indicator, finest: Cadence, scales: Iterable[str], place: str = "") -> list[Fault]:
    """Everything that makes a definition impossible; empty for a sound one.

    Args:
        indicator: As it was typed.
        finest: The finest cadence of the office's SOP.
        scales: Names of the office's scales of predikat.
        place: Where it stands, for the faults: `baris 7`.
    """
    found: list[Fault] = []

    def wrong(field: str, kind: FormFault, read: object = "", known: Sequence[object] = ()) -> None:
        where = " · ".join(filter(None, (place, field)))
        found.append(Fault(where, kind.value, str(read)[:LONGEST_NAME], tuple(str(each) for each in known)))

    code = indicator.code
    is_plain = all(char.isalnum() or char in _CODE_SIGNS for char in code) and code == clean(code)
    if not (code and is_plain and len(code) <= LONGEST_CODE):
        wrong("kode", FormFault.KODE_TIDAK_SAH, code, (LONGEST_CODE,))
    texts = {"nama": indicator.name, "satuan": indicator.satuan}
    if indicator.jenis is Jenis.RASIO:
        texts |= {"pembilang": indicator.pembilang, "penyebut": indicator.penyebut}
    for field, text in texts.items():
        if not text.strip():
            wrong(field, FormFault.ISIAN_WAJIB)
    for field in ("name", "satuan", "sasaran", "document", "pembilang", "penyebut"):
        if len(getattr(indicator, field)) > LONGEST:
            wrong(field, FormFault.TEKS_TERLALU_PANJANG, len(getattr(indicator, field)), (LONGEST,))
    if not 0 <= indicator.decimals <= MOST_DECIMALS:
        wrong("desimal", FormFault.DI_LUAR_BATAS, indicator.decimals, (0, MOST_DECIMALS))
    if not 1 <= indicator.factor <= 1_000_000_000:
        wrong("faktor", FormFault.DI_LUAR_BATAS, indicator.factor, (1, 1_000_000_000))
    if _CADENCES.index(indicator.cadence) < _CADENCES.index(finest):
        wrong("kadens", FormFault.KADENS_TERLALU_HALUS, indicator.cadence, (finest,))
    if indicator.jenis is Jenis.PREDIKAT:
        if indicator.konsolidasi is not Konsolidasi.AKHIR:
            wrong("konsolidasi", FormFault.PREDIKAT_BUKAN_AKHIR, indicator.konsolidasi, (Konsolidasi.AKHIR,))
        known = tuple(scales)
        if indicator.satuan.strip() and indicator.satuan.casefold() not in {name.casefold() for name in known}:
            wrong("satuan", FormFault.SKALA_TAK_DIKENAL, indicator.satuan, known)
    if indicator.jenis is Jenis.PERSEN and indicator.satuan.strip() and not indicator.is_percent:
        wrong("satuan", FormFault.PERSEN_TANPA_SATUAN, indicator.satuan, ("%",))
    return found


TargetValue = Decimal | str
"""What is aimed at: a number, or of a predikat a word of its scale."""

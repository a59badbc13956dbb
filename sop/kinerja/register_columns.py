"""The columns of the register as a workbook: what an indicator is, then what is aimed at in each period of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi
from sop.model.definition import Cadence
from sop.model.periods import keys_of
from sop.model.texts import clean
from sop.words.figure_words import owner_words
from sop.words.periods import period_label, period_short

REGISTER_SHEET = "Indikator"
REGISTER_GUIDE_SHEET = "Petunjuk"
ENDED_WORD = "tidak"
"""In the column of what is still used."""


class RegisterColumn(NamedTuple):
    """One column."""

    key: str
    heading: str
    width: int
    """In digits."""
    choices: tuple[str, ...] = ()
    """What it offers; empty for what is typed."""


DEFINING = (
    RegisterColumn("kode", "Kode", 12),
    RegisterColumn("nama", "Indikator", 40),
    RegisterColumn("satuan", "Satuan", 12),
    RegisterColumn("jenis", "Jenis", 11, tuple(Jenis)),
    RegisterColumn("arah", "Arah", 9, tuple(Arah)),
    RegisterColumn("konsolidasi", "Konsolidasi", 12, tuple(Konsolidasi)),
    RegisterColumn("desimal", "Desimal", 9, tuple("01234")),
    RegisterColumn("kadens", "Dilaporkan tiap", 12, tuple(Cadence)),
    RegisterColumn("bidang", "Bidang", 24),
    RegisterColumn("sasaran", "Sasaran", 30),
    RegisterColumn("dokumen", "Dokumen", 22),
    RegisterColumn("pembilang", "Pembilang", 24),
    RegisterColumn("penyebut", "Penyebut", 24),
    RegisterColumn("faktor", "Faktor", 9),
    RegisterColumn("dipakai", "Dipakai", 9, ("ya", ENDED_WORD)),
)


RATIO_COLUMNS = ("pembilang", "penyebut", "faktor")
"""What only a rasio is made of."""


def register_columns(year: int) -> tuple[RegisterColumn, ...]:
    """All columns of a year's register; a target's key is its period."""
    aims = (RegisterColumn(period, f"Target {period_label(period)}", 13) for period in keys_of(year))
    return *DEFINING, *aims


def columns_named(headings: Mapping[int, str], year: int) -> dict[str, list[int]]:
    """Key -> the places where a column stands.

    Args:
        headings: Place of a column -> what stands at its head.
        year: Whose targets are looked for.
    """
    # A register of before heads the year's target with its year twice, and calls the cadence by its code.
    keys = {"kadens": "kadens"} | {
        f"target {period_short(period)} {year}".casefold(): period for period in keys_of(year)
    }
    keys |= {column.heading.casefold(): column.key for column in register_columns(year)}
    found: dict[str, list[int]] = {}
    for place, heading in sorted(headings.items()):
        key = keys.get(clean(heading[:100]).casefold())
        if key is not None:
            found.setdefault(key, []).append(place)
    return found


def register_texts(indicator: Indicator, owner: str | None) -> dict[str, str]:
    """What the defining columns say of an indicator; `owner` is who hands it in today."""
    is_ratio = indicator.jenis is Jenis.RASIO
    return {
        "kode": indicator.code,
        "nama": indicator.name,
        "satuan": indicator.satuan,
        "jenis": indicator.jenis.value,
        "arah": indicator.arah.value,
        "konsolidasi": indicator.konsolidasi.value,
        "desimal": str(indicator.decimals),
        "kadens": indicator.cadence.value,
        "bidang": owner_words(owner),
        "sasaran": indicator.sasaran,
        "dokumen": indicator.document,
        "pembilang": indicator.pembilang,
        "penyebut": indicator.penyebut,
        "faktor": str(indicator.factor) if is_ratio else "",
        "dipakai": "ya" if indicator.active else ENDED_WORD,
    }

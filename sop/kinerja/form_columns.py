"""The columns of a form's sheet Isian: which are locked, what stands in the locked ones, where a column is found again.

Paper and reading share this table, so that what is written is what is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sop.kinerja.form import FormRow
from sop.kinerja.indicator import Indicator, Jenis, TargetValue
from sop.kinerja.isian import Keadaan
from sop.model.texts import clean
from sop.words.kinerja import DATA_LABELS
from sop.words.periods import period_label

ISIAN_SHEET = "Isian"
GUIDE_SHEET = "Petunjuk"
TAG_SHEET = "_sakip"
BADGE = "sakip-formulir"
"""Name of the document property."""

STATE_WORDS: Mapping[Keadaan, str] = {keadaan: DATA_LABELS[Keadaan][keadaan].capitalize() for keadaan in Keadaan}
"""What the column Keadaan offers."""


class FormColumn(NamedTuple):
    """One column."""

    key: str
    heading: str
    width: int
    """In digits."""
    locked: Callable[[FormRow], str | Decimal] | None = None
    """What stands in it, where nobody may change that; None for what is to be filled."""


def _explained(row: FormRow) -> str:
    indicator = row.indicator
    words = DATA_LABELS[type(indicator.arah)][indicator.arah]
    if indicator.jenis is Jenis.RASIO:
        words += f"; {indicator.pembilang} / {indicator.penyebut} x {indicator.factor}"
    return words


def _target(row: FormRow) -> TargetValue:
    return "" if row.target is None else row.target


COLUMNS = (
    FormColumn("kode", "Kode", 10, lambda row: row.indicator.code),
    FormColumn("sasaran", "Sasaran", 24, lambda row: row.indicator.sasaran),
    FormColumn("indikator", "Indikator", 34, lambda row: row.indicator.name),
    FormColumn("satuan", "Satuan", 9, lambda row: row.indicator.satuan),
    FormColumn("untuk", "Untuk", 13, lambda row: period_label(row.period)),
    FormColumn("cara", "Cara dihitung", 26, _explained),
    FormColumn("target", "Target", 12, _target),
    FormColumn("lalu", "Periode lalu", 12, lambda row: row.previous or ""),
    FormColumn("keadaan", "Keadaan", 13),
    FormColumn("pembilang", "Pembilang", 12),
    FormColumn("penyebut", "Penyebut", 12),
    FormColumn("realisasi", "Realisasi", 12),
    FormColumn("capaian", "Capaian (%)", 11),
    FormColumn("pendorong", "Faktor pendorong", 26),
    FormColumn("kendala", "Kendala", 26),
    FormColumn("tindak_lanjut", "Tindak lanjut", 26),
    FormColumn("pic", "Penanggung jawab (jabatan)", 18),
    FormColumn("batas_waktu", "Batas waktu", 13),
    FormColumn("bukti", "Bukti dukung", 22),
    FormColumn("alasan", "Alasan belum ada / tidak berlaku", 26),
    FormColumn("alasan_perubahan", "Alasan perubahan", 26),
    FormColumn("catatan", "Catatan pemeriksa", 26),
)
NUMBER_COLUMNS = ("pembilang", "penyebut", "realisasi")
TEXT_COLUMNS: Mapping[str, str] = {
    "pendorong": "pendorong",
    "kendala": "kendala",
    "tindak_lanjut": "tindak_lanjut",
    "pic": "pic",
    "bukti": "bukti",
    "alasan": "reason",
}
"""Column -> field of `Isian`."""
SHOWN_COLUMNS = ("capaian", "catatan")
"""Locked and never read: what they show follows from the rest, or from what was said of it since."""
OPEN_COLUMNS = tuple(column.key for column in COLUMNS if column.locked is None and column.key not in SHOWN_COLUMNS)
BY_KEY: Mapping[str, FormColumn] = {column.key: column for column in COLUMNS}
_LONGEST_HEADING = 100
_FORMER_HEADINGS = {"pic (jabatan)": "pic"}
"""Of forms that were sent out before: they come back long afterwards."""
_BY_HEADING: Mapping[str, str] = {**_FORMER_HEADINGS, **{column.heading.casefold(): column.key for column in COLUMNS}}


def column_named(heading: str) -> str | None:
    """The key of the column with that heading, whatever its case and blanks; None for one that is not ours."""
    return _BY_HEADING.get(clean(heading[:_LONGEST_HEADING]).casefold())


def takes_parts(indicator: Indicator) -> bool:
    """Whether pembilang and penyebut are filled; their cells are locked elsewhere."""
    return indicator.jenis is Jenis.RASIO

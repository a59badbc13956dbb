"""An SOP as a workbook of tables: what its sheets, columns, lines and marks are called (`docs/FORMAT_SOP.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from sop.words.sop import IDENTITY_WORDS, LIST_WORDS

GUIDE_SHEET = "Petunjuk"
IDENTITY_SHEET = "Identitas"
STEPS_SHEET = "Langkah"
DETAILS_SHEET = "Rincian"
SHEETS = (IDENTITY_SHEET, STEPS_SHEET, DETAILS_SHEET)
"""Those that are read."""

DOES = "●"
"""In the column of whoever does the step."""
DECIDES = "◇"
"""In the column of whoever answers Ya or Tidak."""
MARKS = (DOES, DECIDES, DOES + DECIDES)
YES = "ya"
UNNAMED = "(nama pelaksana)"
"""Head of a column that nobody has named yet."""
EMPTY_TEXT = "(kosong)"
"""In the details: the document has the line, and nothing stands in it."""
NOT_THERE = "(tidak ada)"
"""In the details: the document does not have what the other sheets would make one think."""
WHOLE = "SOP"
"""In the details: of no step in particular."""


class StepColumn(Enum):
    """The columns of the steps beside those of the pelaksana, which stand between Kegiatan and Kelengkapan."""

    NUMBER = "No"
    TITLE = "Kegiatan"
    KELENGKAPAN = "Kelengkapan"
    WAKTU = "Waktu"
    KELUARAN = "Output"
    KETERANGAN = "Keterangan"
    YA = "Ya ke"
    TIDAK = "Tidak ke"
    CADENCE = "Periode"
    PER_BIDANG = "Per bidang"
    JOINT = "Bersama"

    def __str__(self) -> str:
        return self.value


NEEDED = (StepColumn.NUMBER, StepColumn.TITLE, StepColumn.KELENGKAPAN, StepColumn.WAKTU)
"""Without these the table cannot be read."""
CALLED: Mapping[str, StepColumn] = MappingProxyType(
    {column.value.casefold(): column for column in StepColumn}
    | {
        "no.": StepColumn.NUMBER,
        "nomor": StepColumn.NUMBER,
        "aktivitas": StepColumn.TITLE,
        "uraian": StepColumn.TITLE,
        "uraian kegiatan": StepColumn.TITLE,
        "persyaratan/kelengkapan": StepColumn.KELENGKAPAN,
        "persyaratan / kelengkapan": StepColumn.KELENGKAPAN,
        "keluaran": StepColumn.KELUARAN,
        "kadens": StepColumn.CADENCE,
    }
)
"""A head as it may be written, in small letters -> the column. `Waktu (menit)` is a Waktu too."""
CODE, OFFICE, ZONE = "code", "office", "zone"
LINES: Mapping[str, str] = MappingProxyType(
    {CODE: "Kode SOP", OFFICE: "Kantor", ZONE: "Zona waktu"} | IDENTITY_WORDS | LIST_WORDS
)
"""The lines of the identity, in the order in which they are written: key -> what it is called."""
ZONE_WORDS: Mapping[str, str] = MappingProxyType(
    {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
)

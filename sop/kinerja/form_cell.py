"""One cell of a workbook as it was found, without the library that found it, and the sheet it stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto

from sop.form.faults import shown
from sop.kinerja.number import canonical
from sop.values import Frozen, field


class CellKind(Enum):
    """What a cell holds."""

    KOSONG = auto()
    TEKS = auto()
    ANGKA = auto()
    BENAR_SALAH = auto()
    TANGGAL = auto()
    GALAT = auto()


class FormCell(Frozen):
    """One cell."""

    kind: CellKind = CellKind.KOSONG
    value: str | int | float | bool | dt.date | None = None
    """Of a formula what it was last calculated to. A moment or a time of day comes as a date or as its text."""
    percent: bool = False
    """Whether its format shows a percent sign."""
    formula: str | None = None
    """`=A1*2`; None where none stands."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything: no value, no formula, no text but blanks."""
        return self.formula is None and (self.kind is CellKind.KOSONG or not self.text.strip())

    @property
    def text(self) -> str:
        """What it says, as plain text; dates as ISO."""
        match self.value:
            case None:
                return ""
            case bool():
                return "BENAR" if self.value else "SALAH"
            case int() | float():
                return _number(self.value)
            case dt.date():
                return self.value.isoformat()
            case text:
                return text

    @property
    def shown(self) -> str:
        """What it says, in one short line that can be printed."""
        return shown(self.text if self.formula is None or self.value is not None else self.formula)


EMPTY = FormCell()


class FormFile(Frozen):
    """A workbook as far as a form is concerned."""

    grid: Mapping[tuple[int, int], FormCell] | None = None
    """(row, column), both from 1, of the cells of Isian that hold something; None where the sheet is gone."""
    tag_lines: tuple[str, ...] | None = None
    """First column of the hidden sheet; None where it is gone."""
    badge: str | None = None
    """The document property."""
    other_sheets: tuple[str, ...] = field(default=())
    """Sheets that are not the form's."""


def place_of(row: int, column: int) -> str:
    """(12, 28) -> `AB12`."""
    return f"{letters_of(column)}{row}"


def letters_of(column: int) -> str:
    """What programs call a column, from 1: 28 -> `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(value: int | float) -> str:
    number = Decimal(repr(value))
    return canonical(number) if number.is_finite() and number.adjusted() < 40 else str(value)

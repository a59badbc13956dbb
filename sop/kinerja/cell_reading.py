"""The open cells of one row of a form, made into what a bidang says; every fault and warning with its cell.

Nothing is guessed: what can mean two things is a fault, what was taken though it looks odd is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal

from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form import FormRow
from sop.kinerja.form_cell import CellKind, FormCell
from sop.kinerja.form_columns import NUMBER_COLUMNS, STATE_WORDS, TEXT_COLUMNS
from sop.kinerja.form_fault import CellFinding, FormFault, FormWarning
from sop.kinerja.indicator import Jenis
from sop.kinerja.isian import PART_DECIMALS, Isian, Keadaan, isian_faults, realized
from sop.kinerja.number import canonical, printed, read_excel_number, read_number
from sop.kinerja.position import is_position
from sop.model.errors import Fault, FaultyInput
from sop.model.texts import LONGEST, clean_or_none
from sop.values import Mutable, field

DateReader = Callable[[str], dt.date]
"""What somebody typed as a day. Raises FaultyInput."""
_STATES: Mapping[str, Keadaan] = {
    **{words.casefold(): keadaan for keadaan, words in STATE_WORDS.items()},
    **{keadaan.value: keadaan for keadaan in Keadaan},
}
_COLUMN_OF = {
    "value": "realisasi",
    "grade": "realisasi",
    "pembilang": "pembilang",
    "penyebut": "penyebut",
    **{name: column for column, name in TEXT_COLUMNS.items()},
}
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


class RowCells(Mutable):
    """The open cells of one row, and what is found while they are read."""

    row: FormRow
    cells: Mapping[str, FormCell]
    """Column -> its cell, those that hold something."""
    places: Mapping[str, str]
    """Column -> `Isian!H12`."""
    settings: FigureSettings
    read_date: DateReader
    faults: list[CellFinding] = field(default_factory=list)
    warnings: list[CellFinding] = field(default_factory=list)

    def wrong(self, kind: FormFault, column: str, known: Iterable[str] = (), read: str | None = None) -> None:
        self.faults.append(self._finding(kind, column, known, read))

    def odd(self, kind: FormWarning, column: str, known: Iterable[str] = (), read: str | None = None) -> None:
        self.warnings.append(self._finding(kind, column, known, read))

    def cell(self, column: str) -> FormCell | None:
        """The cell of a column, None where nothing stands in it or nothing that can be read; then a fault says so."""
        cell = self.cells.get(column)
        if cell is None or cell.is_empty:
            return None
        if cell.kind is CellKind.GALAT:
            self.wrong(FormFault.GALAT_RUMUS, column)
            return None
        if cell.formula is not None:
            if cell.kind is CellKind.KOSONG or not cell.text.strip():
                self.wrong(FormFault.RUMUS_TANPA_NILAI, column)
                return None
            self.odd(FormWarning.RUMUS, column, (cell.shown,), cell.formula)
        return cell

    def _finding(
        self, kind: FormFault | FormWarning, column: str, known: Iterable[str], read: str | None
    ) -> CellFinding:
        cell = self.cells.get(column)
        said = ("" if cell is None else cell.shown) if read is None else read
        return CellFinding(kind, self.places.get(column, ""), self.row.indicator.code, said, tuple(known))


def read_row(cells: RowCells) -> tuple[Isian | None, str | None]:
    """What a row says, and why it changes.

    Returns:
        (isian, word): isian is None for a row of which nothing is said. Where `cells.faults` grew, it is not to be
        used.
    """
    before = len(cells.faults)
    numbers = {column: _number(cells, column) for column in NUMBER_COLUMNS if not _is_grade(cells, column)}
    grade = _grade(cells) if cells.row.indicator.jenis is Jenis.PREDIKAT else None
    texts = {name: _text(cells, column) for column, name in TEXT_COLUMNS.items()}
    day = _day(cells)
    word = _text(cells, "alasan_perubahan")
    stated = _state(cells)
    said = [*numbers.values(), grade, *texts.values(), day]
    if stated is None and all(each is None for each in said):
        return None, word
    if len(cells.faults) > before:
        return None, word
    isian = Isian(
        stated or Keadaan.TERISI,
        numbers.get("realisasi"),
        grade,
        numbers["pembilang"],
        numbers["penyebut"],
        batas_waktu=day,
        **texts,
    )
    for fault in isian_faults(isian, cells.row.indicator, cells.settings):
        cells.wrong(FormFault(fault.code), _COLUMN_OF[fault.place], _known_of(fault), _read_of(fault))
    return isian, word


def warn_of(cells: RowCells, isian: Isian, today: dt.date, people: Iterable[str]) -> None:
    """What is told of a row that is taken.

    Args:
        cells: The row; its warnings grow.
        isian: What it says.
        today: For a batas waktu gone by.
        people: Positions, and codes of registered people, that a PIC may be.
    """
    row, indicator = cells.row, cells.row.indicator
    value = realized(isian, indicator, cells.settings)
    words = isian.grade or ("" if value is None else printed(value, indicator.decimals))
    column = "realisasi" if "realisasi" in cells.cells else "pembilang"
    if isian.is_filled and words and words == row.previous:
        cells.odd(FormWarning.SAMA_DENGAN_LALU, column, ("periode lalu",), words)
    if value is not None and isinstance(row.target, Decimal) and 0 < 3 * row.target < value:
        cells.odd(FormWarning.LEBIH_TIGA_KALI, column, (printed(row.target, indicator.decimals),), words)
    if isian.value is not None and indicator.is_percent and 0 < abs(isian.value) < 1:
        cell = cells.cells.get("realisasi")
        if cell is not None and not cell.percent and "%" not in cell.text:
            cells.odd(FormWarning.PECAHAN_UNTUK_PERSEN, "realisasi", (words,))
    if isian.penyebut == 0:
        cells.odd(FormWarning.PENYEBUT_NOL, "penyebut")
    if isian.batas_waktu is not None and isian.batas_waktu < today:
        cells.odd(FormWarning.BATAS_LEWAT, "batas_waktu")
    if isian.pic is not None and not is_position(isian.pic, people):
        cells.odd(FormWarning.PIC_TEKS_BEBAS, "pic")


def number_of(cell: FormCell, satuan: str, decimals: int) -> tuple[Decimal, FormWarning | None]:
    """What a cell says as a number.

    Args:
        cell: Holds something.
        satuan: Of what it counts.
        decimals: How many places it may have.

    Returns:
        (value, DIBULATKAN or TITIK_DESIMAL where that is to be told).

    Raises:
        FaultyInput: Its one fault has a FormFault value as code.
    """
    match cell.value:
        case None:
            fault = FormFault.RUMUS_TANPA_NILAI
        case _ if cell.kind is CellKind.GALAT:
            fault = FormFault.GALAT_RUMUS
        case bool():
            fault = FormFault.BENAR_SALAH_UNTUK_ANGKA
        case _ if cell.kind is CellKind.TANGGAL:
            fault = FormFault.TANGGAL_UNTUK_ANGKA
        case int() | float():
            value, was_rounded = read_excel_number(
                cell.value, percent_format=cell.percent, satuan=satuan, decimals=decimals
            )
            return value, FormWarning.DIBULATKAN if was_rounded else None
        case _:
            return read_number(cell.text, satuan, decimals)
    raise FaultyInput((Fault("nilai", fault.value, cell.shown),))


def _is_grade(cells: RowCells, column: str) -> bool:
    return column == "realisasi" and cells.row.indicator.jenis is Jenis.PREDIKAT


def _number(cells: RowCells, column: str) -> Decimal | None:
    """A number cell or a typed number."""
    cell = cells.cell(column)
    if cell is None:
        return None
    indicator = cells.row.indicator
    is_part = column != "realisasi"
    satuan, decimals = ("", PART_DECIMALS) if is_part else (indicator.satuan, indicator.decimals)
    try:
        value, told = number_of(cell, satuan, decimals)
        if told is not None:
            as_read = printed(value, decimals) if told is FormWarning.DIBULATKAN else canonical(value).replace(".", ",")
            cells.odd(told, column, (as_read,))
        return value
    except FaultyInput as error:
        for fault in error.faults:
            known = fault.known
            if is_part and fault.code == FormFault.PERSEN_TANPA_SATUAN:
                known = (getattr(indicator, column) or column,)
            cells.wrong(FormFault(fault.code), column, known)
    return None


def _grade(cells: RowCells) -> str | None:
    """A word of the scale; whether it is one is judged with the row."""
    cell = cells.cell("realisasi")
    if cell is None:
        return None
    if cell.kind is CellKind.TEKS:
        return clean_or_none(cell.text[:LONGEST], "realisasi")
    scale = cells.settings.scale_of(cells.row.indicator.satuan)
    cells.wrong(FormFault.PREDIKAT_TAK_DIKENAL, "realisasi", scale)
    return None


def _text(cells: RowCells, column: str) -> str | None:
    cell = cells.cell(column)
    if cell is None:
        return None
    if cell.kind in (CellKind.TANGGAL, CellKind.BENAR_SALAH):
        cells.wrong(FormFault.ANGKA_UNTUK_TEKS, column)
        return None
    if len(cell.text) > LONGEST:
        cells.wrong(FormFault.TEKS_TERLALU_PANJANG, column, (str(LONGEST),), str(len(cell.text)))
        return None
    return clean_or_none(cell.text, column)


def _day(cells: RowCells) -> dt.date | None:
    cell = cells.cell("batas_waktu")
    if cell is None:
        return None
    day: dt.date | None = None
    match cell.value:
        case dt.date():
            day = cell.value
        case str():
            with suppress(FaultyInput):
                day = cells.read_date(cell.text)
    if day is None or not _FIRST_DAY <= day <= _LAST_DAY:
        cells.wrong(FormFault.TANGGAL_MUSTAHIL, "batas_waktu")
        return None
    return day


def _state(cells: RowCells) -> Keadaan | None:
    cell = cells.cell("keadaan")
    if cell is None:
        return None
    found = _STATES.get(" ".join(cell.text.casefold().split()))
    if found is None:
        cells.wrong(FormFault.KEADAAN_TAK_DIKENAL, "keadaan", STATE_WORDS.values())
    return found


def _read_of(fault: Fault) -> str | None:
    """What a fault of the row as a whole read; None for the cell as it stands."""
    if fault.code == FormFault.ALASAN_KURANG:
        return STATE_WORDS[Keadaan(fault.found)]
    return fault.found if fault.code == FormFault.RASIO_BERBEDA else None


def _known_of(fault: Fault) -> tuple[str, ...]:
    if fault.code == FormFault.TERISI_DAN_KOSONG:
        return tuple(STATE_WORDS[Keadaan(each)] for each in fault.known)
    return fault.known

"""The form of one owner as a workbook: Petunjuk, Isian, and hidden what the form says of itself.

Locked without a password, so that nobody fills the wrong cell by accident and everybody can look. The same form gives
the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

from exports.characters import visible
from exports.forms.book import new_book
from exports.forms.capaian_formula import capaian_formula
from exports.forms.guide import LINE_POINTS, fit_to_paper, lines_of, told_at
from exports.forms.validation import choice
from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form import FormRow
from sop.kinerja.form_cell import place_of
from sop.kinerja.form_columns import (
    BADGE,
    COLUMNS,
    GUIDE_SHEET,
    ISIAN_SHEET,
    NUMBER_COLUMNS,
    STATE_WORDS,
    TAG_SHEET,
    TEXT_COLUMNS,
    FormColumn,
    takes_parts,
)
from sop.kinerja.form_tag import FormTag
from sop.kinerja.indicator import Jenis
from sop.kinerja.isian import PART_DECIMALS, Isian
from sop.kinerja.state import IsianRow
from sop.values import Frozen
from sop.words.figure_words import owner_words
from sop.words.periods import period_label

_GUIDE_WIDTHS = (100,)
_PAGES_WIDE, _MARGIN = 2, 0.4
"""Pages beside each other, each with the codes; inches."""
_LEAST_LINES = 3
"""Of a row, so that what is written into it can be read."""
HEAD_ROW = 4
"""Row of the headings, from 1."""
_PLACES: Mapping[str, int] = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
_FONT: Mapping[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_CELL: Mapping[str, Any] = {**_FONT, "border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_LOCKED: Mapping[str, Any] = {**_CELL, "bg_color": "#EDEDED"}
_OPEN: Mapping[str, Any] = {**_CELL, "bg_color": "#FFF9DB", "locked": False}
_DATE = "dd/mm/yyyy"
_MOST = 10**15


class FormPaper(Frozen):
    """What a form is made of."""

    tag: FormTag
    rows: Sequence[tuple[FormRow, IsianRow]]
    """Each with what stands in it now."""
    settings: FigureSettings
    deadline: str = ""
    """Until when it is wanted, in words; empty where nothing is set."""


def write_form(paper: FormPaper, stream: IO[bytes]) -> None:
    """Write the form as .xlsx.

    Args:
        paper: The form.
        stream: Binary; receives the finished workbook at once.
    """
    title = f"Formulir data kinerja {period_label(paper.tag.period)}"
    with new_book(stream, title, company=visible(paper.tag.office_name)) as book:
        _Form(book, paper, title).fill()


class _Form:
    """One workbook while it is filled."""

    def __init__(self, book: Any, paper: FormPaper, title: str) -> None:
        self.book, self.paper, self.title = book, paper, title
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, base: Mapping[str, Any], **more: Any) -> Any:
        """One format object for each look."""
        wanted = {**base, **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format(wanted)
        return self._looks[key]

    def fill(self) -> None:
        tag = self.paper.tag
        badge = tag.badge()
        if badge is not None:
            self.book.set_custom_property(BADGE, badge, "text")
        guide = self.book.add_worksheet(GUIDE_SHEET)
        isian = self.book.add_worksheet(ISIAN_SHEET)
        hidden = self.book.add_worksheet(TAG_SHEET)
        self._guide(guide)
        self._isian(isian)
        for number, line in enumerate(tag.lines()):
            hidden.write_string(number, 0, line)
        hidden.protect()
        hidden.very_hidden()
        isian.activate()
        isian.set_first_sheet()

    def _guide(self, sheet: Any) -> None:
        tag = self.paper.tag
        head = (
            self.title,
            visible(tag.office_name),
            f"{visible(owner_words(tag.owner))}, formulir f{tag.number}, putaran {tag.attempt}",
            *((f"Dikembalikan paling lambat {self.paper.deadline}.",) if self.paper.deadline else ()),
        )
        fit_to_paper(sheet, _GUIDE_WIDTHS)
        strong, plain = self.look(_FONT, bold=True, text_wrap=True), self.look(_FONT, text_wrap=True)
        for number, line in enumerate(head):
            told_at(sheet, number, (line,), _GUIDE_WIDTHS, (strong,))
        for number, line in enumerate(GUIDE_LINES, start=len(head) + 1):
            told_at(sheet, number, (line,), _GUIDE_WIDTHS, (plain,))
        sheet.protect()

    def _isian(self, sheet: Any) -> None:
        tag = self.paper.tag
        sheet.write_string(0, 0, f"{self.title} - {visible(tag.office_name)}", self.look(_FONT, bold=True))
        line = (
            f"{visible(owner_words(tag.owner))}, f{tag.number}. Isi sel kuning saja; cara mengisinya di {GUIDE_SHEET}."
        )
        sheet.write_string(1, 0, line, self.look(_FONT))
        for column in COLUMNS:
            place = _PLACES[column.key] - 1
            sheet.set_column(place, place, column.width)
            sheet.write_string(
                HEAD_ROW - 1, place, column.heading, self.look(_CELL, bold=True, bg_color="#D9E2EC", align="center")
            )
        sheet.set_row(HEAD_ROW - 1, max(lines_of(column.heading, column.width) for column in COLUMNS) * LINE_POINTS)
        for number, (row, standing) in enumerate(self.paper.rows, start=HEAD_ROW + 1):
            for column in COLUMNS:
                self._cell(sheet, number, column, row, standing)
            # On a protected sheet nobody fits a row to its text.
            needed = max(lines_of(_shown(column, row, standing), column.width) for column in COLUMNS)
            sheet.set_row(number - 1, max(needed, _LEAST_LINES) * LINE_POINTS)
        sheet.freeze_panes(HEAD_ROW, _PLACES["indikator"])
        sheet.set_landscape()
        sheet.set_paper(9)
        # All columns on one page would be set in letters of three points.
        sheet.fit_to_pages(_PAGES_WIDE, 0)
        sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        sheet.repeat_rows(HEAD_ROW - 1)
        sheet.repeat_columns(0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _cell(self, sheet: Any, number: int, column: FormColumn, row: FormRow, standing: IsianRow) -> None:
        at = number - 1, _PLACES[column.key] - 1
        indicator, isian = row.indicator, standing.isian
        if column.locked is not None:
            self._value(sheet, at, column.locked(row), self._number_look(_LOCKED, indicator.decimals), _LOCKED)
        elif column.key == "capaian":
            formula = capaian_formula(
                row, {key: place_of(number, place) for key, place in _PLACES.items()}, self.paper.settings
            )
            look = self.look(_LOCKED, num_format="0.00")
            if formula is None:
                sheet.write_blank(*at, None, look)
            else:
                sheet.write_formula(*at, formula, look, "")
        elif column.key == "catatan":
            note = "" if standing.mark is None else standing.mark.note
            self._value(sheet, at, note, None, _LOCKED)
        elif column.key in NUMBER_COLUMNS:
            self._number_cell(sheet, at, column.key, row, isian)
        elif column.key == "keadaan":
            sheet.data_validation(*at, *at, choice(list(STATE_WORDS.values())))
            self._value(sheet, at, "" if isian is None else STATE_WORDS[isian.keadaan], None, _OPEN)
        elif column.key == "batas_waktu":
            look = self.look(_OPEN, num_format=_DATE)
            sheet.data_validation(*at, *at, _DAY)
            if isian is None or isian.batas_waktu is None:
                sheet.write_blank(*at, None, look)
            else:
                sheet.write_datetime(*at, dt.datetime.combine(isian.batas_waktu, dt.time()), look)
        else:
            name = TEXT_COLUMNS.get(column.key)
            text = None if isian is None or name is None else getattr(isian, name)
            self._value(sheet, at, text or "", None, _OPEN)

    def _number_cell(self, sheet: Any, at: tuple[int, int], key: str, row: FormRow, isian: Isian | None) -> None:
        """Realisasi, pembilang or penyebut; those that the indicator does not have are locked and empty."""
        indicator = row.indicator
        if key == "realisasi" and indicator.jenis is Jenis.PREDIKAT:
            sheet.data_validation(*at, *at, choice(list(self.paper.settings.scale_of(indicator.satuan))))
            self._value(sheet, at, "" if isian is None else isian.grade or "", None, _OPEN)
            return
        if key != "realisasi" and not takes_parts(indicator):
            sheet.write_blank(*at, None, self.look(_LOCKED))
            return
        decimals = indicator.decimals if key == "realisasi" else PART_DECIMALS
        number = None if isian is None else getattr(isian, "value" if key == "realisasi" else key)
        sheet.data_validation(*at, *at, _NUMBER)
        look = self._number_look(_OPEN, decimals)
        if number is None:
            sheet.write_blank(*at, None, look)
        else:
            self._value(sheet, at, number, look, _OPEN)

    def _value(
        self, sheet: Any, at: tuple[int, int], value: str | Decimal, look: Any, words: Mapping[str, Any]
    ) -> None:
        """A text, a number, or an empty cell that looks the same."""
        if isinstance(value, Decimal) and _is_kept(value):
            sheet.write_number(*at, float(value), look)
        elif isinstance(value, Decimal):
            # Excel keeps fifteen digits; a longer number is a text, which is read to its last digit.
            sheet.write_string(*at, f"{value:f}".replace(".", ","), self.look(words, num_format="@"))
        elif value:
            sheet.write_string(*at, visible(value), self.look(words, num_format="@"))
        else:
            sheet.write_blank(*at, None, self.look(words, num_format="@"))

    def _number_look(self, base: Mapping[str, Any], decimals: int) -> Any:
        return self.look(base, num_format="#,##0" + ("." + "0" * decimals if decimals else ""))


def _shown(column: FormColumn, row: FormRow, standing: IsianRow) -> str:
    """The words of a cell that may take several lines; empty for a number, a day and a choice."""
    if column.locked is not None:
        return str(column.locked(row))
    if column.key == "catatan":
        return "" if standing.mark is None else standing.mark.note
    name = TEXT_COLUMNS.get(column.key)
    return "" if name is None or standing.isian is None else getattr(standing.isian, name) or ""


def _is_kept(value: Decimal) -> bool:
    """Whether a number survives in a workbook's cell."""
    return Decimal(f"{float(value):.15g}") == value


_NUMBER: Mapping[str, Any] = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -_MOST,
    "maximum": _MOST,
    "error_title": "Tulis angka",
    "error_message": "Tulis angkanya saja, misalnya 85,5. Bila belum ada, kosongkan dan pilih keadaannya.",
}
_DAY: Mapping[str, Any] = {
    "validate": "date",
    "criteria": "between",
    "minimum": dt.date(1990, 1, 1),
    "maximum": dt.date(2100, 12, 31),
    "error_title": "Tulis tanggal",
    "error_message": "Tulis tanggalnya, misalnya 31/12/2026.",
}
GUIDE_LINES = (
    "1. Isi lembar Isian, sel kuning saja. Sel abu-abu terkunci: target, nama dan satuan diubah oleh pengelola.",
    "2. Realisasi ditulis sebagai angka, misalnya 85,5. Nol ditulis 0; sel kosong berarti belum diisi.",
    "3. Bila pembilang dan penyebut kuning, isi keduanya; realisasinya dihitung sendiri.",
    "4. Bila nilainya belum ada atau indikatornya tidak berlaku, pilih Keadaan dan tulis alasannya.",
    "5. Nilai yang ditulis 85% diterima hanya bila satuannya persen. Hindari menulis 1.234: tulis 1234.",
    "6. Penanggung jawab diisi jabatan, bukan nama orang, karena tersimpan di riwayat.",
    "7. Baris yang sudah pernah diterima dan sekarang berbeda memerlukan Alasan perubahan. Baris yang bercatatan "
    "pemeriksa dijawab dengan nilai baru, atau dengan Alasan perubahan bila nilainya tetap.",
    "8. Jangan menambah atau menghapus baris dan kolom. Simpan sebagai .xlsx, lalu kembalikan ke pengelola.",
)

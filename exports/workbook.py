"""Sheets to an Excel workbook: formats, widths and print set-up in one place.

Every cell is written with its own type and never guessed from its text, so that nothing typed becomes a formula or a
link. The same report gives the same bytes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO, Any

from exports.characters import one_line, visible
from exports.display import (
    NO_ROWS,
    PROVISIONAL,
    date_text,
    instant_text,
    legend,
    ordered,
    printed_text,
    signs,
    yes_no,
)
from exports.errors import SheetTooLong
from exports.sheet import Cell, Column, Kind, Mark, Paper, Report, Sheet, Typed

TABLE_ROWS = 20_000
"""Above this many rows on a sheet the workbook is written row by row to disk, with filters instead of named tables:
XlsxWriter keeps every cell of a table in memory."""

CELL_UNITS = 32_767
"""UTF-16 units that Excel keeps in one cell."""

SHEET_ROWS = 1_048_576
APPENDIX = "Lampiran teks"

_PAPER_CODES: Mapping[Paper, int] = MappingProxyType({Paper.A4: 9, Paper.F4: 14})
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Excel believes in 29 February 1900; earlier dates would be off by a day and are written as words."""
_EPOCH_SERIAL = (date(1970, 1, 1) - _DAY_ZERO).days
_DAY = 86_400

_BORDER = "#A6A6A6"
_FONT = {"font_name": "Arial", "font_size": 9}
"""Every Windows has Arial and every LibreOffice a twin of the same widths, so that estimated heights hold."""

_LINE_POINTS = 12
_HIGHEST_LINES = 34
"""Excel's rows are at most 409 points high; a longer text is read in the cell itself."""

_APPENDIX_UNITS = 3_000
"""Pieces of this length are seen, and printed, whole."""

_LOOKS: Mapping[Mark, Mapping[str, object]] = MappingProxyType(
    {
        Mark.LATE: {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
        Mark.AT_RISK: {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
        Mark.ASSUMED: {"italic": True, "bg_color": "#EDEDED"},
        Mark.DOUBTFUL_CLOCK: {"bg_color": "#FCE4D6"},
        Mark.LATE_ENTRY: {"bg_color": "#DDEBF7"},
        Mark.SKIPPED: {"font_color": "#595959", "bg_color": "#EDEDED"},
        Mark.TAKEN_OVER: {"bg_color": "#E2EFDA"},
        Mark.OVERTAKEN: {"font_color": "#7F7F7F", "font_strikeout": True},
        Mark.ESTIMATE: {"italic": True},
    }
)
_NUMBER_FORMATS: Mapping[Kind, str] = MappingProxyType(
    {
        # Text format, so that pressing F2 and Enter on "=1+1" does not turn it into a formula.
        Kind.TEXT: "@",
        Kind.YES_NO: "@",
        Kind.INTEGER: "#,##0",
        Kind.INSTANT: '[$-421]d mmm yyyy hh"."mm',
        Kind.DATE: "[$-421]ddd, d mmm yyyy",
        Kind.DURATION: "[h]:mm",
        Kind.DIFFERENCE: "+#,##0.0;-#,##0.0;0",
        Kind.MIXED: "General",  # of missing cells; the others bring their kind
    }
)
_WORDS = frozenset({Kind.TEXT, Kind.YES_NO})
_NOTHING: frozenset[Mark] = frozenset()


def write_workbook(report: Report, stream: IO[bytes]) -> None:
    """Write the report as .xlsx.

    Args:
        report: Sheets with up to 20,000 rows become named tables; with a longer one the whole workbook is written with
            little memory and has filters only.
        stream: Binary, need not be seekable; receives nothing when writing fails.

    Raises:
        SheetTooLong: A sheet does not fit Excel.
        OSError: The stream or the folder for temporary files refuses.
    """
    import xlsxwriter.exceptions  # type: ignore[import-untyped]  # here, for the 20 ms that only a workbook pays

    for sheet in report.sheets:
        if len(sheet.rows) > SHEET_ROWS - 1000:
            raise SheetTooLong(sheet.title, len(sheet.rows))
    streamed = any(len(sheet.rows) > TABLE_ROWS for sheet in report.sheets)
    # Finished in memory first: a zip file cut off by a full disk tries to finish itself when it is collected.
    finished = BytesIO()
    with TemporaryDirectory(prefix="sakip-", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(
            finished,
            {
                "constant_memory": streamed,
                "in_memory": not streamed,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        try:
            _Document(book, report, tables=not streamed).fill()
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise _cause(error) from error
        finally:
            for worksheet in book.worksheets():
                if worksheet.row_data_fh is not None:  # its own temporary file, which Windows would not delete open
                    worksheet.row_data_fh.close()
    stream.write(finished.getbuffer())


def _cause(error: Exception) -> OSError:
    """The system's refusal that XlsxWriter wraps."""
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, OSError) else OSError(str(error))


class _Document:
    """One workbook being filled. XlsxWriter has no types of its own, hence Any for its objects."""

    def __init__(self, book: Any, report: Report, *, tables: bool) -> None:
        self._book = book
        self._report = report
        self._tables = tables
        self._names = _sheet_names([sheet.title for sheet in report.sheets] + [APPENDIX])
        self._formats: dict[tuple[object, ...], Any] = {}
        self._cut: list[tuple[Cell, ...]] = []
        """Rows of the appendix: what did not fit into its cell."""
        self._cut_cells = 0
        self._writers: dict[Kind, Callable[[Any, int, int, Any, Any], Any]] = {
            Kind.TEXT: self._write_text,
            Kind.YES_NO: lambda page, row, col, value, look: page.write_string(row, col, yes_no(value), look),
            Kind.INTEGER: lambda page, row, col, value, look: page.write_number(row, col, value, look),
            Kind.NUMBER: lambda page, row, col, value, look: page.write_number(row, col, value, look),
            Kind.PERCENT: lambda page, row, col, value, look: page.write_number(row, col, value, look),
            Kind.INSTANT: self._write_instant,
            Kind.DATE: self._write_date,
            Kind.DURATION: lambda page, row, col, value, look: page.write_number(row, col, value / _DAY, look),
            Kind.DIFFERENCE: lambda page, row, col, value, look: page.write_number(row, col, value / 60, look),
        }

    def fill(self) -> None:
        self._set_properties()
        for name, sheet in zip(self._names, self._report.sheets, strict=False):
            self._write_sheet(name, sheet)
        if self._cut:
            self._write_sheet(self._names[-1], self._appendix())

    def _set_properties(self) -> None:
        report = self._report
        created = datetime.fromtimestamp(report.printed_at, UTC)
        self._book.set_properties(
            {
                "title": _short(report.title, 200),
                "subject": _short(report.period, 200),
                "author": _short(report.office, 200),
                "company": _short(report.office, 200),
                "category": "SAKIP",
                "status": "SEMENTARA" if report.provisional else _short(report.state, 200),
                "comments": f"Jejak log {_short(report.log_hash, 200)}",
                "created": created,
            }
        )

    # One sheet, from top to bottom: with little memory a row once left cannot be written any more.

    def _write_sheet(self, name: str, sheet: Sheet) -> None:
        page = self._book.add_worksheet(name)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
        row = self._write_heading(page, sheet)
        if sheet.columns:
            row = self._write_table(page, sheet, row)
        self._write_lines(page, row + 1, self._closing(sheet), sheet, self._look("line"))
        self._set_up_print(page)

    def _write_heading(self, page: Any, sheet: Sheet) -> int:
        """Title, identity, state, lines, legend; returns the row of the column heads."""
        report = self._report
        row = self._write_lines(page, 0, (f"{report.title} · {sheet.title}",), sheet, self._look("title"))
        if report.provisional:
            row = self._write_lines(page, row, (PROVISIONAL,), sheet, self._look("provisional"))
            page.set_tab_color("#9C0006")
        identity = (report.office, f"SOP: {report.sop}", f"Periode: {report.period}", f"Keadaan: {report.state}")
        row = self._write_lines(page, row, (" · ".join(identity),), sheet, self._look("line"))
        lines = [*sheet.lines, legend(sheet)]
        if sheet.columns and not len(sheet.rows):
            lines.append(NO_ROWS)
        row = self._write_lines(page, row, filter(None, lines), sheet, self._look("line"))
        return row + 1

    def _closing(self, sheet: Sheet) -> tuple[str, ...]:
        return (*sheet.notes, f"Jejak log: {self._report.log_hash}")

    def _write_lines(self, page: Any, row: int, lines: Iterable[str], sheet: Sheet, look: Any) -> int:
        """Words outside the table, folded to its width; they flow over the empty cells to their right, so that no
        cell is merged. Returns the next free row."""
        width = max(120, sum(column.width for column in sheet.columns))
        for line in lines:
            for paragraph in visible(line).split("\n"):
                for part in textwrap.wrap(paragraph, width) or [""]:
                    page.write_string(row, 0, _no_rich_text(part), look)
                    row += 1
        return row

    def _write_table(self, page: Any, sheet: Sheet, head: int) -> int:
        """Column heads and rows; returns the first row below."""
        heads = _unique_heads(sheet.columns)
        look = self._look("head")
        # Three characters of a head belong to the filter's button.
        widths = (column.width - 3 for column in sheet.columns)
        _fit_row(page, head, max(map(_lines, heads, widths)))
        for number, title in enumerate(heads):
            page.write_string(head, number, title, look)
        below = self._write_rows(page, sheet, head + 1)
        last = len(sheet.columns) - 1
        if self._tables and below > head + 1:
            page.add_table(
                head,
                0,
                below - 1,
                last,
                {
                    "name": f"tbl_{re.sub('[^A-Za-z0-9]+', '_', sheet.title)[:60]}_{len(self._book.worksheets())}",
                    "columns": [{"header": title, "header_format": look} for title in heads],
                    "style": None,
                },
            )
        elif below > head + 1:
            page.autofilter(head, 0, below - 1, last)
        page.freeze_panes(head + 1, min(sheet.frozen_columns, last))
        page.repeat_rows(head)
        page.ignore_errors({"number_stored_as_text": f"A1:{_column_letters(last)}{max(below, 1)}"})
        return below

    def _write_rows(self, page: Any, sheet: Sheet, row: int) -> int:
        marks = sheet.marks
        columns = [
            (number, column, self._cell_look(column.kind, column.decimals, _NOTHING))
            for number, column in enumerate(sheet.columns)
        ]
        for index, cells in enumerate(sheet.rows):
            lines = 1
            for (number, column, usual), cell in zip(columns, cells, strict=True):
                found = marks.get((index, column.key), _NOTHING) if marks else _NOTHING
                kind: Kind = column.kind
                value: Any = cell
                look = usual
                if isinstance(cell, Typed):
                    kind, value = cell.kind, cell.value
                    look = self._cell_look(kind, cell.decimals, found)
                elif found:
                    look = self._cell_look(kind, column.decimals, found)
                if value is None:
                    self._write_missing(page, row, number, found, usual)
                    continue
                written = self._writers[kind](page, row, number, value, look)
                if kind is Kind.TEXT and (len(written) > column.width or "\n" in written):
                    lines = max(lines, _lines(written, column.width))
            _fit_row(page, row, lines)
            row += 1
        return row

    # Cells

    def _write_missing(self, page: Any, row: int, col: int, marks: frozenset[Mark], look: Any) -> None:
        if marks:
            # A number's look shows words as they are; the look of text would add the sign once more.
            page.write_string(row, col, signs(marks), self._cell_look(Kind.INTEGER, 0, marks))
        else:
            page.write_blank(row, col, None, look)

    def _write_text(self, page: Any, row: int, col: int, value: str, look: Any) -> str:
        """Write what was typed, made visible; returns what stands in the cell."""
        text = visible(value)
        if len(text) > CELL_UNITS // 2 and _units(text) > CELL_UNITS:
            text = self._shortened(text, page.get_name(), row, col)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML and would not escape it; as two runs it is escaped.
            page.write_rich_string(row, col, text[:1], self._look("run"), text[1:], look)
        else:
            page.write_string(row, col, text, look)
        return text

    def _shortened(self, text: str, page_name: str, row: int, col: int) -> str:
        """The beginning of the text with a mark; the rest goes to the appendix, in as many rows as it needs."""
        self._cut_cells += 1
        mark = f" … [lanjutan di lembar {self._names[-1]}, nomor {self._cut_cells}]"
        first, *rest = _pieces(text, CELL_UNITS - len(mark), _APPENDIX_UNITS)
        place = f"{_column_letters(col)}{row + 1}"
        self._cut.extend(
            (self._cut_cells, page_name, place, number, piece) for number, piece in enumerate(rest, start=1)
        )
        return first + mark

    def _write_instant(self, page: Any, row: int, col: int, value: int, look: Any) -> None:
        offset = self._report.zone_offset_hours
        serial = (value + offset * 3600) / _DAY + _EPOCH_SERIAL
        if serial < (_FIRST_DAY - _DAY_ZERO).days:
            page.write_string(row, col, instant_text(value, offset), look)
        else:
            page.write_number(row, col, serial, look)

    def _write_date(self, page: Any, row: int, col: int, value: date, look: Any) -> None:
        if value < _FIRST_DAY:
            page.write_string(row, col, date_text(value), look)
        else:
            page.write_number(row, col, (value - _DAY_ZERO).days, look)

    def _appendix(self) -> Sheet:
        return Sheet(
            title=self._names[-1],
            columns=(
                Column("number", "Nomor", Kind.INTEGER),
                Column("sheet", "Lembar", width=20),
                Column("place", "Sel", width=9),
                Column("part", "Bagian", Kind.INTEGER),
                Column("text", "Lanjutan teks", width=120),
            ),
            rows=tuple(self._cut),
            lines=("Teks yang melebihi 32.767 huruf tidak muat dalam satu sel; lanjutannya ada di sini.",),
        )

    # Looks

    def _look(self, name: str) -> Any:
        if (name,) not in self._formats:
            self._formats[(name,)] = self._book.add_format(dict(_WORD_LOOKS[name]))
        return self._formats[(name,)]

    def _cell_look(self, kind: Kind, decimals: int, marks: frozenset[Mark]) -> Any:
        key = (kind, decimals, marks)
        if key not in self._formats:
            look: dict[str, object] = {
                **_FONT,
                "valign": "top",
                "border": 4,
                "border_color": _BORDER,
                "num_format": _number_format(kind, decimals, marks),
                "text_wrap": kind in _WORDS,
                "align": "left" if kind in _WORDS else "right",
                "indent": 1 if kind in _WORDS else 0,
            }
            for mark in reversed(ordered(marks)):
                look |= _LOOKS[mark]
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _set_up_print(self, page: Any) -> None:
        report = self._report
        page.set_landscape()
        page.set_paper(_PAPER_CODES[report.paper])
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        state = "SEMENTARA" if report.provisional else ""
        page.set_header(f"&L&8 {_coded(report.office, 90)}&C&B{state}&R&8 {_coded(report.period, 60)}")
        printed = f"Dicetak {printed_text(report)} · log {_coded(report.log_hash, 16)}"
        page.set_footer(f"&L&8 {_coded(report.file_name, 90)}&C&8 Halaman &P dari &N&R&8 {printed}")


_WORD_LOOKS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "title": {**_FONT, "bold": True, "font_size": 13},
        "provisional": {**_FONT, "bold": True, "font_size": 11, "font_color": "#9C0006"},
        "line": _FONT,
        "run": _FONT,
        "head": {
            **_FONT,
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "border": 1,
            "border_color": _BORDER,
            "bg_color": "#D9E2E7",
        },
    }
)


def _number_format(kind: Kind, decimals: int, marks: frozenset[Mark]) -> str:
    """Excel's code for this kind. Signs of marks are part of it: the value stays a number, and the sign is read
    without colour."""
    if kind in (Kind.NUMBER, Kind.PERCENT):
        code = ("#,##0" if kind is Kind.NUMBER else "0") + ("." + "0" * decimals if decimals else "")
        code += "%" if kind is Kind.PERCENT else ""
    else:
        code = _NUMBER_FORMATS[kind]
    return ";".join(f'{section}" {signs(marks)}"' for section in code.split(";")) if marks else code


def _lines(text: str, width: int) -> int:
    """Lines that the text takes in a column of that many characters, words folded; an estimate on the safe side."""
    # A column's width counts digits of 11 points; ours are 9.
    room = max(width * 11 // 10, 1)
    return sum(-(-max(len(line), 1) // room) for line in text[: room * _HIGHEST_LINES].split("\n"))


def _fit_row(page: Any, row: int, lines: int) -> None:
    """Give the row room for its text. Excel would measure by itself, LibreOffice and others do not."""
    if lines > 1:
        page.set_row(row, min(lines, _HIGHEST_LINES) * _LINE_POINTS + 1)


def _units(text: str) -> int:
    """UTF-16 units: what Excel counts. An emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _pieces(text: str, first: int, others: int) -> list[str]:
    """The text cut into pieces of at most so many UTF-16 units; joined they are the text."""
    pieces: list[str] = []
    start = used = 0
    room = first
    for position, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if used + size > room:
            pieces.append(text[start:position])
            start, used, room = position, 0, others
        used += size
    return [*pieces, text[start:]]


def _sheet_names(titles: list[str]) -> list[str]:
    """Names that Excel accepts, one for each title: at most 31 units, no `[]:*?/\\`, no two alike in any case."""
    taken: set[str] = {"history"}  # Excel keeps this one for itself
    names: list[str] = []
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\]", "-", one_line(title)).strip("'") or "Lembar"
        name = _pieces(plain, 31, 31)[0].rstrip("' ")
        number = 1
        while name.lower() in taken:
            number += 1
            ending = f" ({number})"
            name = _pieces(plain, 31 - len(ending), 31)[0] + ending
        taken.add(name.lower())
        names.append(name)
    return names


def _unique_heads(columns: tuple[Column, ...]) -> list[str]:
    """Titles of one line each, no two alike in any case and none empty, as named tables ask."""
    taken: set[str] = set()
    heads: list[str] = []
    for column in columns:
        plain = _no_rich_text(_short(column.title, 200)) or column.key
        title, number = plain, 1
        while title.lower() in taken:
            number += 1
            title = f"{plain} ({number})"
        taken.add(title.lower())
        heads.append(title)
    return heads


def _no_rich_text(text: str) -> str:
    """A blank in front of what XlsxWriter would take for finished XML."""
    return f" {text}" if text.startswith("<r>") else text


def _short(text: str, length: int) -> str:
    plain = one_line(text)
    return plain if len(plain) <= length else plain[: length - 1] + "…"


def _coded(text: str, length: int) -> str:
    """Words for a page's header or footer, where `&` begins a code."""
    plain = _short(text, length)
    while len(coded := plain.replace("&", "&&")) > length:
        plain = _short(plain, len(plain) - 1)
    return coded


def _column_letters(number: int) -> str:
    """0 -> `A`, 26 -> `AA`."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

"""One workbook from top to bottom: which sheets, in which order, and what stands above and below each table.

The same report gives the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import IO, Any

from exports.characters import visible
from exports.display import NO_ROWS, PROVISIONAL, legend
from exports.errors import SheetTooLong
from exports.sheet import Report, Sheet
from exports.workbook.cells import Appendix, Cells, fit_row, lines_of
from exports.workbook.looks import Looks
from exports.workbook.names import column_letters, no_rich_text, sheet_names, table_name, unique_heads
from exports.workbook.pages import set_properties, set_up_page

TABLE_ROWS = 20_000
"""Above this many rows on a sheet the workbook is written row by row to disk, with filters instead of named tables:
XlsxWriter keeps every cell of a table in memory."""

SHEET_ROWS = 1_048_576
_AROUND = 1000
"""Rows of a sheet that heading and notes may take."""

APPENDIX = "Lampiran teks"
_LINE_WIDTH = 120
"""Characters that words outside a table may always take, however narrow the table is."""


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
        if len(sheet.rows) > SHEET_ROWS - _AROUND:
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
    """One workbook being filled."""

    def __init__(self, book: Any, report: Report, *, tables: bool) -> None:
        self._book = book
        self._report = report
        self._tables = tables
        *self._names, appendix = sheet_names([sheet.title for sheet in report.sheets] + [APPENDIX])
        self._looks = Looks(book)
        self._appendix = Appendix(appendix)

    def fill(self) -> None:
        """Write every sheet, and the appendix where one is needed."""
        set_properties(self._book, self._report)
        for name, sheet in zip(self._names, self._report.sheets, strict=True):
            self._write_sheet(name, sheet)
        appendix = self._appendix.sheet()
        if appendix is not None:
            self._write_sheet(appendix.title, appendix)

    # One sheet, from top to bottom: with little memory a row once left cannot be written any more.

    def _write_sheet(self, name: str, sheet: Sheet) -> None:
        page = self._book.add_worksheet(name)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
        row = self._write_heading(page, sheet)
        if sheet.columns:
            row = self._write_table(page, sheet, row)
        self._write_lines(page, row + 1, (*sheet.notes, f"Jejak log: {self._report.log_hash}"), sheet)
        set_up_page(page, self._report)

    def _write_heading(self, page: Any, sheet: Sheet) -> int:
        """Title, identity, state, lines, legend; returns the row of the column heads."""
        report = self._report
        row = self._write_lines(page, 0, (f"{report.title} · {sheet.title}",), sheet, "title")
        if report.provisional:
            row = self._write_lines(page, row, (PROVISIONAL,), sheet, "provisional")
            page.set_tab_color("#9C0006")
        identity = (report.office, f"SOP: {report.sop}", f"Periode: {report.period}", f"Keadaan: {report.state}")
        lines = [" · ".join(identity), *sheet.lines, legend(sheet)]
        if sheet.columns and not len(sheet.rows):
            lines.append(NO_ROWS)
        return self._write_lines(page, row, filter(None, lines), sheet) + 1

    def _write_lines(self, page: Any, row: int, lines: Iterable[str], sheet: Sheet, look: str = "line") -> int:
        """Words outside the table, folded to its width; they flow over the empty cells to their right, so that no
        cell is merged. Returns the next free row."""
        width = max(_LINE_WIDTH, sum(column.width for column in sheet.columns))
        for line in lines:
            for paragraph in visible(line).split("\n"):
                for part in textwrap.wrap(paragraph, width) or [""]:
                    page.write_string(row, 0, no_rich_text(part), self._looks.words(look))
                    row += 1
        return row

    def _write_table(self, page: Any, sheet: Sheet, head: int) -> int:
        """Column heads and rows; returns the first row below."""
        heads = unique_heads(sheet.columns)
        look = self._looks.words("head")
        # Three characters of a head belong to the filter's button.
        fit_row(
            page,
            head,
            max(lines_of(title, column.width - 3) for title, column in zip(heads, sheet.columns, strict=True)),
        )
        for number, title in enumerate(heads):
            page.write_string(head, number, title, look)
        below = Cells(page, self._looks, self._report.zone_offset_hours, self._appendix).write(sheet, head + 1)
        last = len(sheet.columns) - 1
        if self._tables and below > head + 1:
            page.add_table(
                head,
                0,
                below - 1,
                last,
                {
                    "name": table_name(sheet.title, len(self._book.worksheets())),
                    "columns": [{"header": title, "header_format": look} for title in heads],
                    "style": None,
                },
            )
        elif below > head + 1:
            page.autofilter(head, 0, below - 1, last)
        page.freeze_panes(head + 1, min(sheet.frozen_columns, last))
        page.repeat_rows(head)
        page.ignore_errors({"number_stored_as_text": f"A1:{column_letters(last)}{max(below, 1)}"})
        return below

"""One workbook from top to bottom: which sheets, in which order, and what stands above and below each table.

The same report gives the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple

from exports.characters import visible
from exports.display import NO_ROWS, PROVISIONAL, legend
from exports.errors import SheetTooLong
from exports.sheet import Chart, Paper, Report, Sheet
from exports.workbook.cells import Appendix, Cells
from exports.workbook.charts import Footing, alternative_text, categories_of, height_of, native_chart
from exports.workbook.looks import FONT, Looks
from exports.workbook.names import column_letters, no_rich_text, sheet_names, table_name, unique_heads
from exports.workbook.pages import (
    ROW_POINTS,
    PageRows,
    column_pixels,
    column_width,
    lines_of,
    set_up_page,
    usable_points,
)
from exports.workbook.properties import set_properties
from exports.workbook.signature import block_rows, printed_pixels, write_signature

TABLE_ROWS = 20_000
"""Above this many rows on a sheet the workbook is written row by row to disk, with filters instead of named tables:
XlsxWriter keeps every cell of a table in memory."""

_SMALL_ROWS = 2_000
"""Up to this many rows in all the parts are put together in memory, which is faster; a text kept there takes four bytes
a character."""

SHEET_ROWS = 1_048_576
_AROUND = 1000
"""Rows of a sheet that heading and notes may take."""

APPENDIX = "Lampiran teks"
_WIDEST_CHART = 620
_CHART_GAP = 16
"""Pixels."""
_CHART_DROP = 4
"""Pixels below the edge of its row, so that its frame never lies on the end of a page."""
_PIXELS = 96 / 72
"""In a point."""
_SURE_SHARE = 0.92
"""Of the paper's width, what is narrower in every program's measure, so that nothing is scaled down for it."""

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
    lengths = [len(sheet.rows) for sheet in report.sheets]
    streamed = max(lengths, default=0) > TABLE_ROWS
    # Finished in memory first: a zip file cut off by a full disk tries to finish itself when it is collected.
    finished = BytesIO()
    with TemporaryDirectory(prefix="sakip-", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(
            finished,
            {
                "constant_memory": streamed,
                "in_memory": not streamed and sum(lengths) <= _SMALL_ROWS,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                # Columns are measured in digits of this one; of ten points it gives all programs the same seven pixels.
                "default_format_properties": {"font_name": FONT["font_name"], "font_size": 10},
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


def _wrapped(paragraph: str, width: int) -> list[str]:
    """The paragraph in lines of that width; a blank one stays a line."""
    return [paragraph] if len(paragraph) <= width else textwrap.wrap(paragraph, width) or [""]


class _ChartLine(NamedTuple):
    """Charts that stand beside each other."""

    charts: tuple[Chart, ...]
    height: int
    """Pixels."""
    rows: int
    """Rows that they cover, with one of air."""


class _Ending(NamedTuple):
    """What stands below the notes of a sheet."""

    lines: list[_ChartLine]
    signed: list[list[tuple[int, str]]]
    """Rows of the block to sign."""
    head: int | None
    """The row of column heads, which every page repeats."""
    across: int
    """Pixels that the charts may take."""
    printed: float
    """Points across of all that is printed."""
    paper: Paper

    @property
    def rows(self) -> int:
        return sum(line.rows for line in self.lines) + len(self.signed)

    def keep_whole(self, rows: PageRows, row: int, count: int) -> None:
        """Begin a new page where so many rows would be cut by the end of this one."""
        rows.keep_whole(row, count * ROW_POINTS, head=self.head, width=self.printed, paper=self.paper)


class _Waiting(NamedTuple):
    """A chart that has its place, but whose source may stand further on."""

    page: Any
    row: int
    left: int
    """Pixels from the left edge."""
    width: int
    height: int
    chart: Chart
    source: str
    """Name of the page it draws."""


class _Document:
    """One workbook being filled."""

    def __init__(self, book: Any, report: Report, *, tables: bool) -> None:
        self._book = book
        self._report = report
        self._tables = tables
        *self._names, appendix = sheet_names([sheet.title for sheet in report.sheets] + [APPENDIX])
        self._looks = Looks(book)
        self._appendix = Appendix(appendix)
        self._places: dict[str, Footing] = {}
        """Name of a page -> where its table stands."""
        self._waiting: list[_Waiting] = []

    def fill(self) -> None:
        """Write every sheet, and the appendix where one is needed."""
        set_properties(self._book, self._report)
        for name, sheet in zip(self._names, self._report.sheets, strict=True):
            self._write_sheet(name, sheet)
        appendix = self._appendix.sheet()
        if appendix is not None:
            self._write_sheet(appendix.title, appendix)
        # Last, when it is known where the tables stand that charts draw.
        for waiting in self._waiting:
            self._insert_chart(waiting)

    # One sheet, from top to bottom: with little memory a row once left cannot be written any more.

    def _write_sheet(self, name: str, sheet: Sheet) -> None:
        page = self._book.add_worksheet(name)
        rows = PageRows(page, said=self._tables or len(sheet.rows) <= TABLE_ROWS)
        set_up_page(page, self._report)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column_width(column))
        row = head = self._write_heading(page, rows, sheet)
        if sheet.columns:
            self._places[name] = Footing(name, head, sheet)
            row = self._write_table(page, rows, sheet, head)
        words = self._folded((*sheet.notes, f"Jejak log: {self._report.log_hash}"), sheet)
        if not sheet.charts and sheet.signature is None:
            self._write_folded(page, row + 1, words)
            return
        ending = self._ending(sheet, head if sheet.columns else None)
        # Where one page holds notes, charts and signature, all stand on one.
        ending.keep_whole(rows, row + 1, len(words) + 1 + ending.rows)
        row = self._write_folded(page, row + 1, words)
        self._write_ending(page, rows, sheet, ending, row + 1)

    def _ending(self, sheet: Sheet, head: int | None) -> _Ending:
        """What comes below the notes: charts, two beside each other, then the place to sign."""
        widths = [column_width(column) for column in sheet.columns]
        signed = block_rows(sheet.signature, widths) if sheet.signature is not None else []
        paper = self._report.paper
        across = max(sum(map(column_pixels, widths)), int(usable_points(paper)[0] * _PIXELS * _SURE_SHARE))
        lines: list[_ChartLine] = []
        for first in range(0, len(sheet.charts), 2):
            pair = sheet.charts[first : first + 2]
            height = max(height_of(chart, len(categories_of(chart, self._source(chart, sheet)))) for chart in pair)
            lines.append(_ChartLine(pair, height, int(height / _PIXELS // ROW_POINTS) + 2))
        printed = max(across, printed_pixels(signed, widths)) / _PIXELS
        return _Ending(lines, signed, head, across, printed, paper)

    def _write_ending(self, page: Any, rows: PageRows, sheet: Sheet, ending: _Ending, row: int) -> None:
        """Place the charts and write the block to sign; none of them is cut by the end of the paper."""
        wide = min(ending.across // 2 - _CHART_GAP, _WIDEST_CHART)
        for line in ending.lines:
            ending.keep_whole(rows, row, line.rows)
            for number, chart in enumerate(line.charts):
                left = number * (wide + _CHART_GAP)
                source = self._source_name(chart, page)
                self._waiting.append(_Waiting(page, row, left, wide, line.height, chart, source))
            row += line.rows
        if ending.signed:
            ending.keep_whole(rows, row, len(ending.signed))
            widths = [column_width(column) for column in sheet.columns]
            write_signature(page, row, ending.signed, self._looks.words("line"), widths)

    def _source(self, chart: Chart, sheet: Sheet) -> Sheet:
        """The sheet whose rows a chart draws."""
        return next((one for one in self._report.sheets if one.title == chart.source), sheet)

    def _source_name(self, chart: Chart, page: Any) -> str:
        """The name of that sheet's page."""
        titles = [sheet.title for sheet in self._report.sheets]
        return self._names[titles.index(chart.source)] if chart.source in titles else str(page.get_name())

    def _insert_chart(self, waiting: _Waiting) -> None:
        chart = waiting.chart
        source = self._places.get(waiting.source)
        if source is None or not categories_of(chart, source.sheet):
            return
        drawn = native_chart(self._book, chart, source, waiting.width, waiting.height)
        options = {
            "x_offset": waiting.left,
            "y_offset": _CHART_DROP,
            "object_position": 2,
            "description": alternative_text(chart),
        }
        waiting.page.insert_chart(waiting.row, 0, drawn, options)

    def _write_heading(self, page: Any, rows: PageRows, sheet: Sheet) -> int:
        """Title, identity, state, lines, legend; returns the row of the column heads."""
        report = self._report
        row = self._write_lines(page, 0, (f"{report.title} · {sheet.title}",), sheet, "title")
        rows.fit_title(range(row))
        if report.provisional:
            row = self._write_lines(page, row, (PROVISIONAL,), sheet, "provisional")
            page.set_tab_color("#9C0006")
        identity = (report.office, f"SOP: {report.sop}", f"Periode: {report.period}", f"Keadaan: {report.state}")
        lines = [" · ".join(identity), *sheet.lines, legend(sheet)]
        if sheet.columns and not len(sheet.rows):
            lines.append(NO_ROWS)
        return self._write_lines(page, row, filter(None, lines), sheet) + 1

    def _write_lines(self, page: Any, row: int, lines: Iterable[str], sheet: Sheet, look: str = "line") -> int:
        """Words outside the table; returns the next free row."""
        return self._write_folded(page, row, self._folded(lines, sheet), look)

    def _folded(self, lines: Iterable[str], sheet: Sheet) -> list[str]:
        """Words outside a table, folded to its width; they flow over the empty cells to their right, so that no cell
        is merged."""
        width = max(_LINE_WIDTH, sum(column.width for column in sheet.columns))
        paragraphs = (paragraph for line in lines for paragraph in visible(line).split("\n"))
        return [no_rich_text(part) for paragraph in paragraphs for part in _wrapped(paragraph, width)]

    def _write_folded(self, page: Any, row: int, parts: list[str], look: str = "line") -> int:
        for part in parts:
            page.write_string(row, 0, part, self._looks.words(look))
            row += 1
        return row

    def _write_table(self, page: Any, rows: PageRows, sheet: Sheet, head: int) -> int:
        """Column heads and rows; returns the first row below."""
        heads = unique_heads(sheet.columns)
        look = self._looks.words("head")
        # Three characters of a head belong to the filter's button.
        widths = (column.width - 3 for column in sheet.columns)
        rows.fit(head, max(map(lines_of, heads, widths)))
        for number, title in enumerate(heads):
            page.write_string(head, number, title, look)
        below = Cells(page, rows, self._looks, self._report.zone_offset_hours, self._appendix).write(sheet, head + 1)
        last = len(sheet.columns) - 1
        if self._tables and below > head + 1:
            page.add_table(
                head,
                0,
                below - 1,
                last,
                {
                    "name": table_name(sheet.table or sheet.title, len(self._book.worksheets())),
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

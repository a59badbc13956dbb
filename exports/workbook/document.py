"""One workbook from top to bottom: which sheets, in which order, and what stands above and below each table.

The same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple

from exports.characters import visible
from exports.display import NO_ROWS, PROVISIONAL, legend
from exports.errors import SheetTooLong
from exports.sheet import Chart, ChartKind, Report, Sheet
from exports.workbook.cells import Appendix, Cells
from exports.workbook.charts import Footing, alternative_text, categories_of, height_of, native_chart
from exports.workbook.contents import CONTENTS, SheetInBook, contents_sheet
from exports.workbook.front import write_front
from exports.workbook.letters import folded, width_of
from exports.workbook.looks import FONT, LETTERS, TITLE_LETTERS, Looks
from exports.workbook.names import no_rich_text, sheet_names, table_name, unique_heads
from exports.workbook.page_rows import PageRows, rows_of_chart
from exports.workbook.pages import (
    PaperLayout,
    across,
    head_lines,
    laid_out,
    page_lines,
    page_scale,
    set_up_page,
)
from exports.workbook.properties import set_properties
from sop.kinerja.form_cell import place_of

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
_NO_LIMIT = 1 << 20
_FIRST_WORDS = 3
"""Lines of the words below a table that no page's end parts."""
_BESIDE = 3
"""Charts on one line."""
_CHART_GAP = 16
"""Pixels."""
_CHART_SHARE = 0.92
"""Of the page's width: programs differ in how wide they make columns of no width of their own."""
_CHART_SHRINK = 0.75
"""Of the height that a line of charts wants, what it is content with where the page then holds it."""
_CHART_STRETCH = 2
"""Times its own height that a chart beside a higher one is drawn at most."""
_NAMED = 10
"""Lying bars whose names a chart of usual width has room for."""
_CHART_DROP = 4
"""Pixels below the edge of its row, so that its frame never lies on the end of a page."""


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
        titles = [sheet.title for sheet in report.sheets]
        *self._names, appendix, contents = sheet_names([*titles, APPENDIX, CONTENTS])
        self._looks = Looks(book)
        self._lines = page_lines(report)
        self._appendix = Appendix(appendix)
        self._contents = contents
        self._places: dict[str, Footing] = {}
        """Name of a page -> where its table stands."""
        self._waiting: list[_Waiting] = []
        self._listed: list[SheetInBook] = []
        """Every sheet so far with the pages that it takes."""

    def fill(self) -> None:
        """Write every sheet, a list of those that are printed on request before the first of them, and the appendix
        where one is needed."""
        set_properties(self._book, self._report)
        divider = None
        for name, sheet in zip(self._names, self._report.sheets, strict=True):
            if sheet.annex and divider is None:
                # Its place is here, its words are known last.
                divider = len(self._listed), self._book.add_worksheet(self._contents)
            self._write_sheet(self._book.add_worksheet(name), name, sheet)
        appendix = self._appendix.sheet()
        if appendix is not None:
            self._write_sheet(self._book.add_worksheet(appendix.title), appendix.title, appendix)
        if divider is not None:
            place, page = divider
            self._write_sheet(page, self._contents, contents_sheet(self._contents, self._listed, place))
        # Last, when it is known where the tables stand that charts draw.
        for waiting in self._waiting:
            self._insert_chart(waiting)

    # One sheet, from top to bottom: with little memory a row once left cannot be written any more.

    def _write_sheet(self, page: Any, name: str, sheet: Sheet) -> None:
        report = self._report
        if sheet.front is not None:
            write_front(page, self._looks, report, sheet, sheet.front)
            self._listed.append(SheetInBook(sheet, name, 1))
            return
        rows = PageRows(page, said=self._tables or len(sheet.rows) <= TABLE_ROWS)
        heads = unique_heads(sheet.columns)
        layout = laid_out(sheet, heads, report.paper, known=rows.said) if sheet.columns else None
        set_up_page(page, report.paper, self._lines, layout)
        for number, width in enumerate(layout.widths if layout is not None else ()):
            page.set_column_pixels(number, number, width)
        words = across(report.paper) if layout is None else layout.across
        row = head = self._write_heading(page, rows, sheet, words)
        cells: Cells | None = None
        if layout is not None:
            self._places[name] = Footing(name, head, sheet)
            row, cells = self._write_table(page, rows, sheet, heads, head, layout)
        if sheet.notes:
            row = self._write_notes(page, rows, row + 1, sheet.notes, words)
        if sheet.charts:
            row = self._place_charts(page, rows, sheet, row + 1, words, page_scale(layout))
        table = range(head, head + 1 + len(sheet.rows)) if len(sheet.rows) else None
        most = 1 if sheet.for_data and rows.said else _NO_LIMIT
        scale = page_scale(layout)
        begin = partial(cells.say_again, sheet, head + 1) if cells is not None else _nothing
        down, end = rows.end_pages(row, table, report.paper, scale, most, begin)
        if layout is not None and (layout.printed < len(sheet.columns) or end < row):
            page.print_area(0, 0, end - 1, layout.printed - 1)
        if table is not None and not rows.said:
            page.repeat_rows(head)
        self._listed.append(SheetInBook(sheet, name, down * (1 + len(layout.bands) if layout is not None else 1)))

    def _place_charts(self, page: Any, rows: PageRows, sheet: Sheet, row: int, room: float, scale: int) -> int:
        """Leave room for the charts, up to three beside each other; returns the row below."""
        beside = min(len(sheet.charts), _BESIDE)
        for first in range(0, len(sheet.charts), beside):
            group = sheet.charts[first : first + beside]
            sources = [self._source(chart, page, sheet) for chart in group]
            counts = [len(categories_of(chart, source)) for chart, (_, source) in zip(group, sources, strict=True)]
            wanted = [height_of(chart, count) for chart, count in zip(group, counts, strict=True)]
            height = rows.held(row, max(wanted), _CHART_SHRINK, self._report.paper, scale)
            taken = rows_of_chart(height)
            rows.keep_whole(range(row, row + taken))
            shares = [
                1.5 if chart.kind is ChartKind.BAR and count > _NAMED else 1
                for chart, count in zip(group, counts, strict=True)
            ]
            unit = room * _CHART_SHARE / max(sum(shares), beside)
            left = 0
            for chart, (source, _), own, share in zip(group, sources, wanted, shares, strict=True):
                wide = min(int(unit * share) - _CHART_GAP, _WIDEST_CHART)
                high = min(height, own * _CHART_STRETCH)
                self._waiting.append(_Waiting(page, row, left, wide, high, chart, source))
                left += wide + _CHART_GAP
            row += taken
        return row

    def _source(self, chart: Chart, page: Any, sheet: Sheet) -> tuple[str, Sheet]:
        """The sheet whose rows a chart draws, behind the name of its page: its own where it names no other."""
        pages = zip(self._names, self._report.sheets, strict=True)
        return next((found for found in pages if found[1].title == chart.source), (page.get_name(), sheet))

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

    def _write_heading(self, page: Any, rows: PageRows, sheet: Sheet, room: float) -> int:
        """Title, identity, state, lines, legend; returns the row of the column heads."""
        report = self._report
        titles = self._folded((f"{report.title} · {sheet.title}",), room * LETTERS / TITLE_LETTERS / 1.1)
        row = self._write_folded(page, 0, titles, "title")
        rows.fit_title(range(row))
        if report.provisional:
            row = self._write_folded(page, row, self._folded((PROVISIONAL,), room / 1.4), "provisional")
            page.set_tab_color("#9C0006")
        identity = (report.office, f"SOP: {report.sop}", f"Periode: {report.period}", f"Keadaan: {report.state}")
        lines = [*sheet.lines, legend(sheet)]
        if sheet.columns and not len(sheet.rows):
            lines.append(NO_ROWS)
        folded_lines = self._folded([*_joined(identity, room), *filter(None, lines)], room)
        return self._write_folded(page, row, folded_lines) + 1

    def _write_notes(self, page: Any, rows: PageRows, row: int, notes: Sequence[str], room: float) -> int:
        """Words below the table: no page ends inside one of them, nor behind one that leads to the next, nor behind the
        first of many; returns the row below."""
        starts = [row]
        for note in notes:
            starts.append(self._write_folded(page, starts[-1], self._folded([note], room)))
        below = starts[-1]
        for note, start, end in zip(notes, starts, starts[1:], strict=False):
            rows.keep_whole(range(start, min(end + note.rstrip().endswith(":"), below)))
        rows.wish_whole(range(row, min(row + _FIRST_WORDS, below)))
        return below

    def _folded(self, lines: Iterable[str], room: float) -> list[str]:
        """Words outside a table, folded to the page; they flow over the empty cells to their right, so that no cell
        is merged."""
        return [no_rich_text(part) for line in lines for part in folded(visible(line), room, LETTERS)]

    def _write_folded(self, page: Any, row: int, parts: list[str], look: str = "line") -> int:
        for part in parts:
            page.write_string(row, 0, part, self._looks.words(look))
            row += 1
        return row

    def _write_table(
        self, page: Any, rows: PageRows, sheet: Sheet, heads: list[str], head: int, layout: PaperLayout
    ) -> tuple[int, Cells]:
        """Column heads and rows; returns the first row below, and what wrote them."""
        look = self._looks.words("head")
        rows.fit(head, max(map(head_lines, heads, layout.widths)))
        as_table = self._tables and len(sheet.rows) > 0
        if not as_table:  # a table writes its own
            for number, title in enumerate(heads):
                page.write_string(head, number, title, look)
        seen = [width if number < layout.printed else None for number, width in enumerate(layout.widths)]
        cells = Cells(page, rows, self._looks, self._report.zone_offset_hours, self._appendix, seen)
        below = cells.write(sheet, head + 1)
        last = len(sheet.columns) - 1
        if as_table:
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
        page.ignore_errors({"number_stored_as_text": f"A1:{place_of(max(below, 1), last + 1)}"})
        return below, cells


def _nothing(row: int) -> None:
    """No row of a sheet without a table has anything to say again."""


def _joined(parts: Sequence[str], room: float) -> Iterator[str]:
    """Parts of a line with a dot between them, on as many lines as they need: no line begins with a dot, and only a
    part that no line holds is folded."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and width_of(visible(longer), LETTERS) > room:
            yield line
            line = part
        else:
            line = longer
    yield line

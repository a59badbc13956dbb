"""Sheets as text: plain tables, Markdown and HTML, drawn by tabulate from the same words.

Text that a person typed is made harmless in three ways, one for each reader; the marks' signs stand in the cells.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

from exports.characters import one_line, visible
from exports.display import (
    NO_ROWS,
    PROVISIONAL,
    facts,
    lines_above,
    lines_below,
    ordered,
    printed_text,
    sheet_title,
    shown,
    signing_blocks,
    signing_line,
    signs,
    zone_of_rows,
)
from exports.sheet import Column, Kind, Mark, Paper, Report, Sheet, typed
from sop.values import replace

if TYPE_CHECKING:
    from tabulate import TableFormat

WIDTH = 120
"""Characters across that plain text may take: what a terminal, a chat and a lying page all show whole."""
_LINE = 100
_WIDEST = 60
"""Characters of the widest column of plain text."""
_LEAST_HEAD = 8
_SHARED = 96
"""Characters that the columns of the page that is signed share out: their widths are parts of its width."""
_GRID = 3
"""Characters that lines and blanks take beside a column."""

_CUT = frozenset({Kind.TEXT, Kind.MIXED})
_LEFT = frozenset({Kind.TEXT, Kind.YES_NO, Kind.TICKED, Kind.MIXED, Kind.DATE, Kind.INSTANT})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_LINE_START = re.compile(r"^\s*(\d*)([-+=.)])")

_STYLE = """\
body { font-family: Calibri, Carlito, sans-serif; margin: 1.5em; color: #1a1a1a; }
table { border-collapse: collapse; margin: .5em 0; font-size: .85em; }
th, td { border: 1px solid #999; padding: .2em .5em; vertical-align: top; text-align: left; }
th { background: #e7ecef; }
.figure { text-align: right; }
.provisional { border: 2px solid #9c0006; padding: .4em; font-weight: bold; }
.late { background: #ffc7ce; } .at_risk { background: #ffeb9c; } .assumed { font-style: italic; }
.signed { break-inside: avoid; display: inline-block; vertical-align: bottom; margin: 2em 4em 0 0; }
footer { margin-top: 2em; font-size: .8em; }
@page { size: LYING; margin: 12mm; }
@page signed { size: UPRIGHT; margin: 20mm; }
.front { page: signed; break-after: page; max-width: 50em; font-size: 10pt; }
.front p { margin: .35em 0; } .front .signed { margin-top: 1em; } .front td, .front th { padding: .1em .4em; }
h2 { break-after: avoid; }
.t { mso-number-format: "\\@"; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }"""

_PAGE_STYLE = """\
table { width: 100%; } td { white-space: pre-line; } td:first-child { white-space: nowrap; }
h2 { font-size: 1.05em; margin: 1em 0 .3em; break-after: avoid; } p { margin: .2em 0; }"""
"""Of a page that is no report, besides."""
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">\n'

_PAGE_MILLIMETRES: Mapping[Paper, tuple[int, int]] = MappingProxyType({Paper.A4: (210, 297), Paper.F4: (215, 330)})
"""Short and long side."""

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}

_PADDED = 120
"""Characters of the longest cell up to which columns of Markdown are padded."""

_Draw = Callable[[str, frozenset[Mark], Column], str]


def write_text(report: Report, stream: IO[bytes]) -> None:
    """Plain text, UTF-8, at most 120 characters wide: facts, then each sheet under its underlined title. Long text is
    wrapped to its column; a table too wide is cut into several that all begin with the same first columns."""
    parts = [_underlined(one_line(report.title), "=")]
    if report.provisional:
        parts.append(PROVISIONAL + ".")
    parts.append("\n".join(_fact(label, one_line(value)) for label, value in facts(report)))
    for sheet in report.sheets:
        parts.append(_underlined(sheet_title(report, sheet), "-"))
        parts.extend(_wrapped(visible(line), _LINE) for line in lines_above(sheet))
        parts.extend(_narrow_tables(report, sheet))
        parts.extend(_wrapped(visible(note), _LINE) for note in lines_below(sheet))
        parts.extend("\n".join(block).strip() for block in _signing(sheet))
    parts.append(_wrapped(f"Dokumen {one_line(report.file_name)}, dicetak {printed_text(report)}", _LINE))
    _send(stream, parts)


def _fact(label: str, value: str) -> str:
    return "\n".join(textwrap.wrap(f"{label:<13}: {value}", WIDTH, subsequent_indent=" " * 15))


def _narrow_tables(report: Report, sheet: Sheet) -> list[str]:
    """The table in pieces no wider than the page; several begin with the columns that stay in view when scrolling."""
    if not sheet.columns:
        return []
    if sheet.front is not None:
        part = max(_SHARED // sum(column.width for column in sheet.columns), 1)
        sheet = replace(sheet, columns=tuple(replace(column, width=column.width * part) for column in sheet.columns))
    rows = _drawn(report, sheet, _plain)
    if not rows:
        return [NO_ROWS]
    heads = [_wrapped(one_line(column.title), max(column.width, _LEAST_HEAD)) for column in sheet.columns]
    # tabulate gives a head two blanks more than it needs.
    columns = zip(heads, zip(*rows, strict=True), strict=True)
    widths = [max(_widest(head) + 2, *map(_widest, cells)) + _GRID for head, cells in columns]
    return [
        _tabulated(
            [[row[number] for number in band] for row in rows],
            [heads[number] for number in band],
            [sheet.columns[number] for number in band],
            "grid",
        )
        for band in _bands(widths, sheet.frozen_columns)
    ]


def _bands(widths: list[int], frozen: int) -> list[list[int]]:
    """The columns cut into bands that fit the page, in order, each after the frozen columns; each of the others stands
    in one band."""
    if sum(widths) < WIDTH:
        return [list(range(len(widths)))]
    kept = frozen if sum(widths[:frozen]) <= WIDTH // 2 else min(frozen, 1)
    first = list(range(kept))
    room = WIDTH - 1 - sum(widths[:kept])
    bands: list[list[int]] = [[]]
    left = room
    for number in range(kept, len(widths)):
        if widths[number] > left and bands[-1]:
            bands.append([])
            left = room
        bands[-1].append(number)
        left -= widths[number]
    return [first + band for band in bands]


def _widest(cell: str) -> int:
    return max(map(len, cell.split("\n")))


def _signing(sheet: Sheet) -> list[tuple[str, ...]]:
    """The lines of each place to sign, the first under place and date; none for a sheet that nobody signs."""
    if sheet.signature is None:
        return []
    first, *others = signing_blocks(sheet.signature) or [()]
    return [(signing_line(sheet.signature), *first), *others]


def write_markdown(report: Report, stream: IO[bytes]) -> None:
    """Markdown with pipe tables, UTF-8. No typed character acts as markup or as HTML; newlines become `<br>`."""
    parts = [f"# {_markdown(one_line(report.title))}"]
    if report.provisional:
        parts.append(f"**{PROVISIONAL}.**")
    parts.append("\n".join(f"- {label}: {_markdown(one_line(value))}" for label, value in facts(report)))
    for sheet in report.sheets:
        parts.append(f"## {_markdown(sheet_title(report, sheet))}")
        parts.extend(_paragraph(line) for line in lines_above(sheet))
        parts.append(_table(report, sheet, "pipe", _markdown_cell, lambda head: _markdown(one_line(head))))
        parts.extend(_paragraph(note) for note in lines_below(sheet))
        parts.extend("<br>".join(map(_markdown, block)) for block in _signing(sheet))
    parts.append(f"Dokumen {_markdown(one_line(report.file_name))}, dicetak {printed_text(report)}")
    _send(stream, parts)


def write_html(report: Report, stream: IO[bytes]) -> None:
    """A whole HTML5 document, UTF-8, that loads and runs nothing; printable as it is."""
    parts = [_page_head(report.title, _style(report.paper), _VIEWPORT)]
    if report.provisional:
        parts.append(f'<p class="provisional">{PROVISIONAL}.</p>')
    rows = (f"<tr><th>{label}</th><td>{html.escape(one_line(value))}</td></tr>" for label, value in facts(report))
    parts.append("\n".join(("<table>", *rows, "</table>")))
    for sheet in report.sheets:
        signed = "" if sheet.front is None else ' class="front"'
        parts.append(f"<section{signed}>\n<h2>{html.escape(sheet_title(report, sheet))}</h2>")
        parts.extend(f"<p>{_html(line)}</p>" for line in lines_above(sheet))
        drawn = _table(report, sheet, _html_look(sheet), _html_cell, lambda head: html.escape(one_line(head)))
        parts.append(f"<p>{drawn}</p>" if drawn == NO_ROWS else drawn)
        parts.extend(f"<p>{_html(note)}</p>" for note in lines_below(sheet))
        parts.extend(f'<p class="signed">{"<br>".join(map(_html, block))}</p>' for block in _signing(sheet))
        parts.append("</section>")
    file_name = html.escape(one_line(report.file_name))
    parts.append(f"<footer>Dokumen {file_name}, dicetak {printed_text(report)}</footer>\n</body>\n</html>")
    _send(stream, parts, between="\n")


class Heading(NamedTuple):
    """A heading of a page."""

    words: str


class PageTable(NamedTuple):
    """A table of a page; without heads its rows are names with what belongs to them."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]


PagePart = str | Heading | PageTable
"""A paragraph, a heading, a table."""


def printable_page(title: str, parts: Iterable[PagePart], paper: Paper) -> str:
    """A printable HTML5 page."""
    head = _page_head(title, f"{_style(paper)}\n{_PAGE_STYLE}")
    return "\n".join((head, "\n".join(map(_part, parts)), "</body>\n</html>"))


def _page_head(title: str, style: str, more: str = "") -> str:
    """Everything of an HTML document down to its first heading."""
    words = html.escape(one_line(title))
    return (
        '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"{more}<title>{words}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<h1>{words}</h1>"
    )


def _part(part: PagePart) -> str:
    if isinstance(part, str):
        return f"<p>{_html(part)}</p>"
    if isinstance(part, Heading):
        return f"<h2>{html.escape(one_line(part.words))}</h2>"
    heads = "".join(f"<th>{html.escape(one_line(head))}</th>" for head in part.heads)
    first = f"<thead><tr>{heads}</tr></thead>\n" if part.heads else ""
    rows = ("".join(f"<td>{html.escape(visible(cell))}</td>" for cell in row) for row in part.rows)
    return f"<table>\n{first}" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def _style(paper: Paper) -> str:
    short, long = _PAGE_MILLIMETRES[paper]
    return _STYLE.replace("LYING", f"{long}mm {short}mm").replace("UPRIGHT", f"{short}mm {long}mm")


def _table(report: Report, sheet: Sheet, look: str | TableFormat, draw: _Draw, draw_head: Callable[[str], str]) -> str:
    """The table in one of tabulate's looks; NO_ROWS for one without rows, empty for a sheet without columns."""
    if not sheet.columns:
        return ""
    rows = _drawn(report, sheet, draw)
    heads = [draw_head(column.title) for column in sheet.columns]
    return _tabulated(rows, heads, sheet.columns, look) if rows else NO_ROWS


def _drawn(report: Report, sheet: Sheet, draw: _Draw) -> list[list[str]]:
    """The sheet's cells as finished words."""
    nothing: frozenset[Mark] = frozenset()
    offset = zone_of_rows(sheet, report.zone_offset_hours)
    return [
        [
            draw(shown(typed(cell, column), offset(row)), sheet.marks.get((index, column.key), nothing), column)
            for cell, column in zip(row, sheet.columns, strict=True)
        ]
        for index, row in enumerate(sheet.rows)
    ]


def _tabulated(rows: list[list[str]], heads: Sequence[str], columns: Sequence[Column], look: str | TableFormat) -> str:
    from tabulate import tabulate  # 15 ms that only a text export pays

    # Padding helps the eye in a plain file, but one long cell would pad every other row to its length.
    padded = max(len(cell) for row in rows for cell in row) <= _PADDED or look == "grid"
    return tabulate(
        rows,
        headers=heads,
        tablefmt=look,
        # Our cells are finished words: tabulate must not guess that "08123" or "1e5" is a number.
        disable_numparse=True,
        stralign="left" if padded else None,
        colalign=["left" if column.kind in _LEFT else "right" for column in columns] if padded else None,
    )


_CELL_CLASSES: Mapping[Kind, str] = MappingProxyType({Kind.TEXT: ' class="t" sdnum="1033;0;@"'})
"""Excel takes the class, LibreOffice the attribute: a text that looks like a number stays a text."""


def _html_look(sheet: Sheet) -> TableFormat:
    """The look of an HTML table whose cells are already escaped, with classes instead of padding."""
    from tabulate import Line, TableFormat

    classes = [
        _CELL_CLASSES.get(column.kind, "" if column.kind in _LEFT else ' class="figure"') for column in sheet.columns
    ]

    def head(cells: list[str], widths: list[int], aligns: list[str]) -> str:
        return "<tr>" + "".join(f'<th scope="col">{cell.strip()}</th>' for cell in cells) + "</tr>"

    def row(cells: list[str], widths: list[int], aligns: list[str]) -> str:
        return (
            "<tr>"
            + "".join(f"<td{name}>{cell.strip()}</td>" for name, cell in zip(classes, cells, strict=True))
            + "</tr>"
        )

    return TableFormat(
        lineabove=Line("<table>\n<thead>", "", "", ""),
        linebelowheader=Line("</thead>\n<tbody>", "", "", ""),
        linebetweenrows=None,
        linebelow=Line("</tbody>\n</table>", "", "", ""),
        headerrow=head,
        datarow=row,
        padding=0,
        with_header_hide=None,
    )


def _plain(text: str, marks: frozenset[Mark], column: Column) -> str:
    # A figure is never cut in two, however narrow its column.
    return _wrapped(_signed(visible(text).expandtabs(4), marks), min(column.width, _WIDEST), cut=column.kind in _CUT)


def _markdown_cell(text: str, marks: frozenset[Mark], column: Column) -> str:
    return _markdown(_signed(visible(text), marks))


def _html_cell(text: str, marks: frozenset[Mark], column: Column) -> str:
    if not marks:
        return _html(text)
    return f'<span class="{" ".join(ordered(marks))}">{_html(_signed(text, marks))}</span>'


def _signed(text: str, marks: frozenset[Mark]) -> str:
    return f"{text} {signs(marks)}" if marks else text


def _markdown(text: str) -> str:
    escaped = _MARKDOWN.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)
    return escaped.replace("\n", "<br>")


def _paragraph(text: str) -> str:
    """Markdown of a whole paragraph, whose beginning must not make it a list, a heading or code."""
    return _LINE_START.sub(r"\1\\\2", _markdown(visible(text)).lstrip())


def _html(text: str) -> str:
    return html.escape(visible(text)).replace("\n", "<br>")


def _wrapped(text: str, width: int, *, cut: bool = True) -> str:
    """Each line of the text folded to the width; blank lines stay. `cut` lets a longer word be broken."""
    folded = (textwrap.wrap(line, width, break_long_words=cut) or [""] for line in text.split("\n"))
    return "\n".join(line for lines in folded for line in lines)


def _underlined(title: str, with_sign: str) -> str:
    return f"{title}\n{with_sign * len(title)}"


def _send(stream: IO[bytes], parts: list[str], between: str = "\n\n") -> None:
    stream.write((between.join(part for part in parts if part) + "\n").encode("utf-8"))

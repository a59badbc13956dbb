"""What stands around the cells: print set-up of a page, and the properties of the document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from exports.display import printed_text
from exports.sheet import Paper, Report
from exports.workbook.names import PROPERTY_UNITS, coded, short

PAPER_CODES: Mapping[Paper, int] = MappingProxyType({Paper.A4: 9, Paper.F4: 14})
"""Excel knows papers by number only. 14 is Folio, 8.5 x 13 inches: 215.9 x 330.2 mm, within a millimetre of F4."""

_SHARE_UNITS = 76
"""Of the 255 units of a header or footer, what each of its three parts may take beside the codes."""


def set_up_page(page: Any, report: Report) -> None:
    """Landscape, one page wide; office, SEMENTARA and period at the head, document, page, print time and log at the
    foot."""
    page.set_landscape()
    page.set_paper(PAPER_CODES[report.paper])
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    state = "SEMENTARA" if report.provisional else ""
    page.set_header(f"&L&8 {coded(report.office, _SHARE_UNITS)}&C&B{state}&R&8 {coded(report.period, _SHARE_UNITS)}")
    printed = coded(f"Dicetak {printed_text(report)} · log {short(report.log_hash, 16)}", _SHARE_UNITS)
    page.set_footer(f"&L&8 {coded(report.file_name, _SHARE_UNITS)}&C&8 Halaman &P dari &N&R&8 {printed}")


def set_properties(book: Any, report: Report) -> None:
    """What the system shows of a document without opening it."""

    def words(text: str) -> str:
        return short(text, PROPERTY_UNITS)

    book.set_properties(
        {
            "title": words(report.title),
            "subject": words(report.period),
            "author": words(report.office),
            "company": words(report.office),
            "category": "SAKIP",
            "status": "SEMENTARA" if report.provisional else words(report.state),
            "comments": words(f"Jejak log {report.log_hash}"),
            "created": datetime.fromtimestamp(report.printed_at, UTC),
        }
    )

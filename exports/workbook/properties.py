"""What the system shows of a document without opening it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from exports.sheet import Report
from exports.workbook.names import PROPERTY_UNITS, short


def set_properties(book: Any, report: Report) -> None:
    """Title, subject, office, state, log and date of creation."""

    def words(text: str) -> str:
        return short(text, PROPERTY_UNITS)

    book.set_properties(
        {
            "title": words(report.title),
            "subject": words(report.subject or report.period),
            "author": words(report.office),
            "company": words(report.office),
            "category": "SAKIP",
            "status": "SEMENTARA" if report.provisional else words(report.state),
            "comments": words(f"Sidik riwayat {report.log_hash}"),
            "created": datetime.fromtimestamp(report.printed_at, UTC),
        }
    )

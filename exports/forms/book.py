"""A workbook that somebody fills, while it is made: written to its stream at once when it is whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]

_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The same for every one, so that the same contents give the same bytes: when it was made stands in the log."""


@contextmanager
def new_book(stream: IO[bytes], title: str, **properties: str) -> Iterator[Any]:
    """A workbook of xlsxwriter, in which what people typed is text and nothing else.

    Args:
        stream: Binary; receives the finished workbook.
        title: Of the document.
        properties: Others of it, as xlsxwriter calls them.
    """
    finished = BytesIO()
    book = xlsxwriter.Workbook(
        finished,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": _CREATED, **properties})
    yield book
    book.close()
    stream.write(finished.getbuffer())

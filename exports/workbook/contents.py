"""The divider before what is printed only on request: which sheets there are, on which pages, and which to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exports.sheet import Column, Kind, Row, Sheet

CONTENTS = "Lampiran"

_COLUMNS = (
    Column("sheet", "Lembar", width=24),
    Column("about", "Isi", width=60),
    Column("count", "Jumlah halaman", Kind.INTEGER, width=9),
    Column("pages", "Halaman", width=12),
    Column("printed", "Kapan dicetak", width=36),
)


class SheetInBook(NamedTuple):
    """A sheet as it came out."""

    sheet: Sheet
    name: str
    pages: int
    """0 where nobody knows."""


def contents_sheet(title: str, listed: Sequence[SheetInBook], place: int) -> Sheet:
    """The divider.

    Args:
        title: Its own.
        listed: Every other sheet in the order of the workbook.
        place: How many of them stand before it.
    """
    rows: list[Row] = []
    page: int | None = 1
    last_before = 0
    signed = bool(listed) and listed[0].sheet.front is not None
    for number, one in enumerate(listed):
        if number == place:
            last_before = 0 if page is None else page - 1
            page = None if page is None else page + 1  # the divider's own
        span = None if page is None or not one.pages else _span(page, page + one.pages - 1)
        rows.append((one.name, one.sheet.about or None, one.pages or None, span, _when(one.sheet, signed=signed)))
        page = None if span is None or page is None else page + one.pages
    lines = ["Nomor halaman berlaku bila seluruh berkas kerja dicetak sekaligus."]
    if signed:
        told = f"Cetak halaman 1 untuk ditandatangani, {_pages(last_before)} untuk dibaca bersama"
        lines.insert(0, f"{told}; lembar di belakang lembar ini hanya bila diminta pemeriksa.")
    return Sheet(title, _COLUMNS, tuple(rows), tuple(lines), table="lampiran")


def _pages(last: int) -> str:
    return f"halaman 1 sampai {last}" if last > 1 else "halaman yang sama"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _when(sheet: Sheet, *, signed: bool) -> str:
    if sheet.front is not None:
        return "Belum: tunggu periode ditutup" if sheet.front.draft else "Untuk ditandatangani"
    if sheet.for_data:
        return "Tidak perlu: untuk diolah di komputer"
    if sheet.annex:
        return "Bila diminta pemeriksa"
    return "Bersama lembar Pengesahan" if signed else "Untuk dibaca"

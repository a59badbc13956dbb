"""Plain text, Markdown and HTML: byte for byte on a small sheet, and harmless on hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from typing import IO

import pytest
from markdown_it import MarkdownIt

from exports.characters import visible
from exports.sheet import Column, Kind, Mark, Report, Sheet
from exports.text import write_html, write_markdown, write_text
from sop.values import replace
from tests.exports.samples import HOSTILE, LONG, NINE, report

SMALL = Sheet(
    title="Langkah",
    columns=(
        Column("number", "No", Kind.INTEGER),
        Column("title", "Uraian", width=18),
        Column("ended_at", "Selesai", Kind.INSTANT),
        Column("work_seconds", "Kerja", Kind.DURATION),
    ),
    rows=((1, "Mengumpulkan data | berkas\nbidang", NINE, 3900), (2, "False", None, None)),
    notes=("Waktu dalam jam kerja.",),
    marks={(0, "work_seconds"): frozenset({Mark.LATE})},
)


def drawn(write: Callable[[Report, IO[bytes]], None], what: Report) -> str:
    stream = BytesIO()
    write(what, stream)
    return stream.getvalue().decode("utf-8")


def test_plain_text_is_exactly_this() -> None:
    assert drawn(write_text, report(SMALL, provisional=True)) == (
        """\
Rekap SAKIP TW I 2026
=====================

SEMENTARA: periode ini belum ditutup, angkanya masih dapat berubah.

Kantor       : Disnaker Kota Tangerang
SOP          : Pengumpulan Data Kinerja
Periode      : TW I 2026
Keadaan      : Buka
Dicetak      : 1 Apr 2026 09.20 WIB
Sidik riwayat: 3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a

Langkah (SEMENTARA)
-------------------

Tanda: ! terlambat

+------+-------------------+------------------+---------+
|   No | Uraian            | Selesai          |   Kerja |
+======+===================+==================+=========+
|    1 | Mengumpulkan data | 1 Apr 2026 09.00 |  1:05 ! |
|      | | berkas          |                  |         |
|      | bidang            |                  |         |
+------+-------------------+------------------+---------+
|    2 | False             | -                |       - |
+------+-------------------+------------------+---------+

Waktu dalam jam kerja.

Dokumen rekap.xlsx, dicetak 1 Apr 2026 09.20 WIB
"""
    )


def test_markdown_is_exactly_this() -> None:
    assert drawn(write_markdown, report(SMALL)) == (
        """\
# Rekap SAKIP TW I 2026

- Kantor: Disnaker Kota Tangerang
- SOP: Pengumpulan Data Kinerja
- Periode: TW I 2026
- Keadaan: Tutup, revisi 1
- Dicetak: 1 Apr 2026 09.20 WIB
- Sidik riwayat: 3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a3f9a

## Langkah

Tanda: ! terlambat

|   No | Uraian                                | Selesai          |   Kerja |
|-----:|:--------------------------------------|:-----------------|--------:|
|    1 | Mengumpulkan data \\| berkas<br>bidang | 1 Apr 2026 09.00 |  1:05 ! |
|    2 | False                                 | -                |       - |

Waktu dalam jam kerja.

Dokumen rekap.xlsx, dicetak 1 Apr 2026 09.20 WIB
"""
    )


def test_the_html_table_is_exactly_this() -> None:
    document = drawn(write_html, report(SMALL))
    assert document.startswith('<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n')
    assert document[document.index("<section>") : document.index("<footer>")] == (
        """\
<section>
<h2>Langkah</h2>
<p>Tanda: ! terlambat</p>
<table>
<thead>
<tr><th scope="col">No</th><th scope="col">Uraian</th><th scope="col">Selesai</th><th scope="col">Kerja</th></tr>
</thead>
<tbody>
<tr><td class="figure">1</td><td class="t" sdnum="1033;0;@">Mengumpulkan data | berkas<br>bidang</td>\
<td>1 Apr 2026 09.00</td>\
<td class="figure"><span class="late">1:05 !</span></td></tr>
<tr><td class="figure">2</td><td class="t" sdnum="1033;0;@">False</td><td>-</td><td class="figure">-</td></tr>
</tbody>
</table>
<p>Waktu dalam jam kerja.</p>
</section>
"""
    )


def hostile_report(*, width: int = 200) -> Report:
    sheet = Sheet(
        title=HOSTILE[19],
        columns=(Column("number", "No", Kind.INTEGER), Column("text", HOSTILE[24], width=width)),
        rows=tuple(enumerate(HOSTILE)),
        lines=HOSTILE,
        notes=HOSTILE,
    )
    return replace(report(sheet), office="# <b>kantor</b> [x](y)", title="\x1b[31m<i>judul</i>")


class _Page(HTMLParser):
    """Collects tags and the text of body cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "td":
            self.cells.append("")
        elif tag == "br" and "td" in self.open:
            self.cells[-1] += "\n"
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data


def test_hostile_text_stays_text_in_html() -> None:
    page = _Page()
    page.feed(drawn(write_html, hostile_report()))
    assert not page.open, "every element is closed"
    ours = {"html", "head", "meta", "title", "style", "body", "section", "footer", "h1", "h2", "p", "br"}
    assert page.tags <= ours | {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "scope", "sdnum"}
    texts = page.cells[-2 * len(HOSTILE) + 1 :: 2]
    assert [text.strip() for text in texts] == [visible(text).strip() for text in HOSTILE]


def test_hostile_text_stays_text_in_markdown() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(drawn(write_markdown, hostile_report()))
    blocks = {token.type for token in tokens}
    assert not blocks & {"html_block", "fence", "code_block", "blockquote_open", "ordered_list_open", "hr"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    inlines = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inlines} <= {"text", "text_special", "html_inline", "softbreak"}
    assert {child.content for child in inlines if child.type == "html_inline"} == {"<br>"}
    cells = [
        "".join("\n" if part.type == "html_inline" else part.content for part in tokens[number + 1].children or [])
        for number, token in enumerate(tokens)
        if token.type == "td_open"
    ]
    assert [text.strip() for text in cells[1::2]] == [visible(text).strip() for text in HOSTILE]


def test_hostile_text_leaves_no_control_byte_in_plain_text() -> None:
    document = drawn(write_text, hostile_report(width=60))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", document)
    for text in ("True", "False", "08123", "1e5", "nan"):
        assert re.search(rf"\| {text} +\|", document), text


@pytest.mark.parametrize("write", [write_text, write_markdown, write_html])
def test_one_long_text_does_not_swell_the_other_rows(write: Callable[[Report, IO[bytes]], None]) -> None:
    column = (Column("text", "Catatan", width=60),)
    long = len(drawn(write, report(Sheet("Catatan", column, ((LONG,), *[("pendek",)] * 50)))))
    assert long < 4 * len(LONG)


@pytest.mark.parametrize("write", [write_text, write_markdown, write_html])
def test_a_sheet_without_rows_says_so(write: Callable[[Report, IO[bytes]], None]) -> None:
    assert "Belum ada baris." in drawn(write, report(Sheet("Langkah", SMALL.columns)))
    assert "Belum ada baris." not in drawn(write, report(Sheet("Catatan", lines=("hanya kata",))))

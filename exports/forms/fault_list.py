"""What is wrong with forms as a workbook beside them, for the bidang that has to mend it: cell, what stands there, what
to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from exports.characters import visible
from exports.forms.book import new_book
from sop.kinerja.form_fault import CellFinding, FormFault
from sop.words.form_faults import finding_words

_HEADINGS = (("Sel", 14), ("Kode", 12), ("Tertulis", 26), ("Masalah", 60), ("Yang perlu dilakukan", 60), ("Jenis", 12))


def write_findings(name: str, findings: Sequence[CellFinding], stream: IO[bytes]) -> None:
    """Write the faults and warnings of one form as .xlsx.

    Args:
        name: Of the form's file.
        findings: In the order in which they are told.
        stream: Binary; receives the finished workbook at once.
    """
    with new_book(stream, "Daftar kesalahan formulir") as book:
        plain = book.add_format(
            {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        )
        bold = book.add_format(
            {"font_name": "Arial", "font_size": 10, "bold": True, "bg_color": "#D9E2EC", "border": 1}
        )
        sheet = book.add_worksheet("Kesalahan")
        sheet.write_string(
            0, 0, f"Yang ditemukan di {visible(name)}", book.add_format({"font_name": "Arial", "bold": True})
        )
        for column, (heading, width) in enumerate(_HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, heading, bold)
        for number, finding in enumerate(findings, start=3):
            words = finding_words(finding)
            kind = "Kesalahan" if isinstance(finding.kind, FormFault) else "Peringatan"
            line = (finding.cell, finding.code, finding.read, words.problem, words.remedy, kind)
            for column, text in enumerate(line):
                sheet.write_string(number, column, visible(text), plain)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

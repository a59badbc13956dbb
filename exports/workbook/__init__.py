"""Sheets to an Excel workbook: typed cells, named tables, native charts, a place to sign, pages ready for paper.

`document` puts one together; beside it lies one file for each thing that can change by itself: names, looks, cells,
pages, charts and the signature. XlsxWriter has no types of its own, hence Any for its objects.
"""

from exports.workbook.document import write_workbook

__all__ = ["write_workbook"]

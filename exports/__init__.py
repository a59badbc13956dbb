"""Paper: the report of a period as a workbook, as tables of text, and as data for other programs.

This floor turns `Sheet` values into documents. It knows nothing of screens and speaks no SQL.
"""

from exports.formats import FORMATS, Format, format_named, write

__all__ = ["FORMATS", "Format", "format_named", "write"]

"""From the rows of a period to the sheets of its recap. One file a sheet; `report` puts a recap together, `offices`
compares several offices.

Pure: values in, `Report` out. What a sheet looks like on paper or on a screen is the writers' affair; how a figure is
worked out is `sop.look.figures`.
"""

from exports.sheets.offices import OneOffice, offices_report
from exports.sheets.report import descendants, recap_report
from exports.sheets.source import CalendarAt, Source

__all__ = ["CalendarAt", "OneOffice", "Source", "descendants", "offices_report", "recap_report"]

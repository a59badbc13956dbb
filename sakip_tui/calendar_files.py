"""Due moments and targets as a document for other calendars, for the screen and the command line alike.

Which events there are is `views/due_events.py`, how they are written `exports/icalendar.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from db import queries
from db.file.connection import Database
from db.rows import Address
from exports.files import new_document, safe_name
from exports.icalendar import icalendar
from sakip_tui.recaps import called_after, made_folder
from sakip_tui.views.due_events import DueEvents, due_events
from sakip_tui.views.overview import overview_at
from sop.model.periods import split
from sop.model.refusals import Unknown


class CalendarRead(NamedTuple):
    """What a calendar holds, and its document."""

    due: DueEvents
    whole: bytes
    offset: int
    """Seconds that the office's zone lies east of UTC."""


def calendar_read(database: Database, address: Address, now: int, period: str | None = None) -> CalendarRead:
    """The calendar of an office, or of one period of it; None for all. Raises Unknown."""
    # The number of the newest event belongs to the rows that it led to.
    with database.read():
        sequence = queries.head(database).sequence
        overview = overview_at(database, address, now, None if period is None else split(period)[0])
    if period is not None and period not in overview.year.periods:
        raise Unknown("periode", period, tuple(overview.year.periods))
    found = due_events(overview, sequence, period)
    whole = icalendar(f"SAKIP {overview.standing.office_name}", (one.event for one in found.events), now)
    return CalendarRead(found, whole, overview.year.offset)


def write_calendar(found: CalendarRead, path: Path) -> None:
    """Put the document in place of one of that name. Raises TargetError."""
    with new_document(path, overwrite=True) as stream:
        stream.write(found.whole)


def calendar_written(database: Database, address: Address, now: int) -> tuple[DueEvents, Path]:
    """The calendar of an office in the export folder: what it holds, and where. Raises TargetError."""
    # The same name each time: who has taken it in takes the next one in over it.
    path = made_folder(database.path) / f"{safe_name(f'tenggat_{called_after(address)}')}.ics"
    found = calendar_read(database, address, now)
    write_calendar(found, path)
    return found.due, path


def count_words(found: DueEvents) -> str:
    """`4 tenggat dan target`."""
    return f"{len(found.events)} tenggat dan target"


def beside_words(found: DueEvents) -> tuple[str, ...]:
    """What is not in the calendar, and why."""
    if not found.without_due:
        return () if found.events else ("Tidak ada tenggat atau target yang terbuka; kalendernya kosong.",)
    return (
        f"{found.without_due} langkah terbuka belum punya tenggat (waktunya mulai berjalan saat langkahnya dikerjakan, "
        "atau dokumennya tidak menyebut waktu), jadi tidak ikut.",
    )

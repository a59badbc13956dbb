"""Reading the calendar as an office keeps it, and its revisions. Each question is one short transaction."""

from __future__ import annotations

import json

from db import statements
from db.calendar_rows import CalendarRow
from db.calendar_store import kept
from db.file.connection import Database
from db.moments import moment
from db.office_acts import office_record
from sop.time.office_calendar import OfficeCalendar


def office_calendar(database: Database, office: str, revision: int | None = None) -> tuple[OfficeCalendar, int]:
    """A revision of the office's calendar (None for the one in force) with what the office decided, and its number.

    Raises:
        UnknownOffice: The code stands for nothing.
    """
    with database.read():
        record = office_record(database, office)
        number = record.calendar_revision if revision is None else revision
        return kept(database, record.id, number), number


def calendar_revisions(database: Database, office: str) -> tuple[CalendarRow, ...]:
    """Every revision, the newest first: when it was recorded, by whom and why. Raises UnknownOffice."""
    with database.read():
        record = office_record(database, office)
        told = {}
        for act, by, text in database.rows(statements.TOLD_OF_CALENDARS, (office,)):
            data = json.loads(text)
            # Of a revision that several events name, the first is the one that made it.
            told[data["calendar"]["revision"]] = (act, by, data.get("reason"), tuple(data.get("changes", ())))
        rows = database.rows(statements.CALENDAR_LIST, (record.id,))
    nobody = (None, None, None, ())
    return tuple(
        CalendarRow(number, moment(recorded), digest, *told.get(number, nobody)) for number, recorded, digest in rows
    )

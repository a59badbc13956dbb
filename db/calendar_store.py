"""Writing the working calendar, and showing what a change would be. What may happen is `sop/acts/calendar_acts.py`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from db import statements
from db.calendar_rows import CalendarChanged, CalendarPreview
from db.file.connection import Database
from db.holiday_source import filling
from db.office_acts import NOTHING_GIVEN, Given, OfficeRecord, Scene, office_record, open_runs, perform, question
from db.office_rows import Supplement
from db.rows import Applied
from db.store import Store
from sop.acts.calendar_acts import CalendarEdits, moved_dues
from sop.acts.redating import Redated
from sop.model.act import Act
from sop.model.events import Event
from sop.model.pelaksana import Actor
from sop.time.office_calendar import Edit, OfficeCalendar, RowChange, changes, edited
from sop.time.work_calendar import LAST_YEAR, CalendarSpec


def change_calendar(
    store: Store,
    office: str,
    edits: Sequence[Edit],
    actor: Actor,
    given: Given = NOTHING_GIVEN,
) -> CalendarChanged:
    """Change the office's calendar, or nothing.

    Args:
        store: Where.
        office: Code of the office.
        edits: What to change, done one after the other and kept as one revision.
        actor: The pengelola or an admin.
        given: What was seen is the revision that was on view. A moment is for the log: due moments are worked out as of
            now.

    Raises:
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Somebody changed the calendar since `seen`.
        Unknown, FaultyInput: As `sop.time.office_calendar.edited`.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """
    given = given.cleaned()
    asked = question(Act.KALENDER.value, office, actor.code, given.reason, [repr(edit) for edit in edits])

    def gather(scene: Scene) -> CalendarEdits:
        before = kept(scene.database, scene.there.id, scene.there.calendar_revision)
        return CalendarEdits(edits, before, partial(open_runs, scene.database, scene.there.id))

    def beside(scene: Scene, event: Event, written: Supplement) -> None:
        after = edited(kept(scene.database, scene.there.id, scene.there.calendar_revision), edits)
        written.texts[after.content_hash] = after.text

    return _changed(perform(store, Act.KALENDER, office, actor, given, asked, gather, beside=beside))


def first_calendar(zone: str, year: int) -> OfficeCalendar:
    """What a new office begins with: the default hours, this year and the next filled."""
    return edited(OfficeCalendar(CalendarSpec(zone)), [filling(each) for each in _years(year)])


def next_calendar(database: Database, record: OfficeRecord, year: int) -> tuple[OfficeCalendar, OfficeCalendar]:
    """The revision in force, and it with a year and the one after filled where that has not been done: the same where
    nothing is left to fill. Within a transaction."""
    before = kept(database, record.id, record.calendar_revision)
    left = [each for each in _years(year) if each not in before.filled]
    return before, edited(before, [filling(each) for each in left]) if left else before


def _years(year: int) -> list[int]:
    return [each for each in (year, year + 1) if each <= LAST_YEAR]


def preview(
    database: Database, office: str, edits: Sequence[Edit], now: int, *, changed_only: bool = True
) -> CalendarPreview:
    """What a change would be, before it is made. Nothing is written.

    Args:
        database: Open.
        office: Code of the office.
        edits: As in `change_calendar`.
        now: Reading of the clock.
        changed_only: Leave out the open runs whose due moment stays.

    Raises:
        Refused, Unknown, FaultyInput: As `sop.time.office_calendar.edited`.
        UnknownOffice: The code stands for nothing.
    """
    with database.read():
        record = office_record(database, office)
        before = kept(database, record.id, record.calendar_revision)
        after = edited(before, edits)
        runs = open_runs(database, record.id)
        dues = moved_dues(before, after, record.calendar_revision, runs, record.settings, now)
    shown = tuple(due for due in dues if due.before != due.after or not changed_only)
    return CalendarPreview(record.calendar_revision, after, changes(before, after), shown)


def kept(database: Database, office_id: int, revision: int) -> OfficeCalendar:
    """A revision with what the office decided in it, within a transaction."""
    spec = database.value(statements.CALENDAR_SPEC, (office_id, revision))
    return OfficeCalendar.from_dict(json.loads(spec))


def _changed(done: Applied) -> CalendarChanged:
    data = done.event.data
    return CalendarChanged(
        done.sequence,
        data["calendar"]["revision"],
        tuple(RowChange(**change) for change in data["changes"]),
        tuple(Redated(**due) for due in data["due"]),
        done.repeated,
    )

"""Writing the working calendar: every change is a new revision and one event that lists what it re-dates.

Ended runs are never touched: their verdicts stay as they were judged, by the revision they were judged by.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from db.calendar_rows import CalendarChanged, CalendarPreview, Redated
from db.errors import StaleCase
from db.file.connection import Database
from db.holiday_source import filling
from db.log_chain import canonical, text_hash
from db.models import CalendarRevision
from db.office_acts import dues_data, effective, manager, office_record, open_runs, question, redated
from db.queries import head
from db.recall import settings_of
from db.rows import Applied, Touch
from db.staleness import stale_case
from db.store import Store
from sop.model.commands import Typed
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.settings import Settings
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.office_calendar import Edit, OfficeCalendar, RowChange, changes, edited
from sop.time.work_calendar import LAST_YEAR, CalendarSpec, WorkCalendar


def change_calendar(
    store: Store,
    office: str,
    edits: Sequence[Edit],
    actor: Actor,
    *,
    reason: str | None = None,
    seen: int | None = None,
    at: Typed | None = None,
    token: str | None = None,
) -> CalendarChanged:
    """Change the office's calendar, or nothing.

    Args:
        store: Where.
        office: Code of the office.
        edits: What to change, done one after the other and kept as one revision.
        actor: The pengelola or an admin.
        reason: Why, for the log.
        seen: Revision of the calendar that was on view; None trusts luck.
        at: Since when the office says it holds, for the log; None for now. Due moments are worked out as of now.
        token: The same token acts once.

    Raises:
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Somebody changed the calendar since `seen`.
        Unknown, FaultyInput: As `sop.time.office_calendar.edited`.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """
    token = clean_or_none(token, "token", LONGEST_NAME)
    reason = clean_or_none(reason, "alasan")
    asked = question(Act.KALENDER.value, office, actor.code, reason, [repr(edit) for edit in edits])
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, asked)) is not None:
            return _again(earlier)
        record = office_record(database, office)
        now = store.now()
        actor = manager(store, record.id, actor, Act.KALENDER, now)
        moment, late = effective(database, record, Act.KALENDER, at, reason, now)
        if seen is not None and seen != record.calendar_revision:
            raise _stale(database, office, actor, seen, record.calendar_revision)
        data = renewed(store, record.id, record.settings, record.calendar_revision, edits, now)
        if reason is not None:
            data["reason"] = reason
        newest = head(database)
        event = Event(newest.sequence + 1, Act.KALENDER, moment, now, actor.code, late_entry=late, data=data)
        digest = store.record(event, newest, office, None, token, asked)
    return _changed(event, digest)


def renewed(
    store: Store, office_id: int, settings: Settings, revision: int, edits: Sequence[Edit], now: int
) -> dict[str, Any]:
    """Keep the next revision, within a transaction.

    Returns:
        What its event says: `calendar` (revision, hash, the revision before), `changes` row by row, and `due` of every
        open run before and after.

    Raises:
        As `sop.time.office_calendar.edited`.
    """
    database = store.database
    before = kept(database, office_id, revision)
    after = edited(before, edits)
    text = canonical(after.to_dict())
    digest = text_hash(text)
    CalendarRevision.insert(
        office=office_id, revision=revision + 1, spec=text, content_hash=digest, recorded=now
    ).execute(database.peewee)
    dues = _dues(database, office_id, settings, before, after, revision, now)
    return {
        "calendar": {"revision": revision + 1, "hash": digest, "before": revision},
        "changes": [asdict(change) for change in changes(before, after)],
        "due": dues_data(dues),
    }


def first_calendar(zone: str, year: int) -> OfficeCalendar:
    """What a new office begins with: the default hours, this year and the next filled."""
    return edited(OfficeCalendar(CalendarSpec(zone)), [filling(each) for each in _years(year)])


def next_calendar(store: Store, office_id: int, year: int, now: int) -> dict[str, Any]:
    """Fill a year and the one after it where that has not been done, within a transaction.

    Returns:
        What the event of the set-up says: as `renewed`, or only `calendar` where nothing was left to fill.
    """
    row = store.database.rows(
        "SELECT c.revision, c.content_hash, o.settings FROM calendar_revisions c JOIN offices o ON o.id = c.office_id "
        "WHERE o.id = ? ORDER BY c.revision DESC LIMIT 1",
        (office_id,),
    )[0]
    revision, digest, settings = row
    filled = kept(store.database, office_id, revision).filled
    left = [each for each in _years(year) if each not in filled]
    if not left:
        return {"calendar": {"revision": revision, "hash": digest}}
    return renewed(store, office_id, settings_of(settings), revision, [filling(each) for each in left], now)


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
        dues = _dues(database, record.id, record.settings, before, after, record.calendar_revision, now)
    shown = tuple(due for due in dues if due.before != due.after or not changed_only)
    return CalendarPreview(record.calendar_revision, after, changes(before, after), shown)


def kept(database: Database, office_id: int, revision: int) -> OfficeCalendar:
    """A revision with what the office decided in it, within a transaction."""
    sql = "SELECT spec FROM calendar_revisions WHERE office_id = ? AND revision = ?"
    return OfficeCalendar.from_dict(json.loads(database.value(sql, (office_id, revision))))


def _dues(
    database: Database,
    office_id: int,
    settings: Settings,
    before: OfficeCalendar,
    after: OfficeCalendar,
    revision: int,
    now: int,
) -> tuple[Redated, ...]:
    was, will = WorkCalendar(before.spec, revision), WorkCalendar(after.spec, revision + 1)
    return redated(open_runs(database, office_id), (was, settings), (will, settings), now)


def _stale(database: Database, office: str, actor: Actor, seen: int, found: int) -> StaleCase:
    sql = (
        "SELECT sequence, act, by_person, for_lane, at, recorded FROM events WHERE office = ? AND act IN (?, ?) "
        "ORDER BY sequence DESC LIMIT ?"
    )
    rows = database.rows(sql, (office, Act.KALENDER.value, Act.SIAPKAN.value, max(found - seen, 1)))
    return stale_case("kalender", seen, found, [Touch(*row) for row in rows], actor.code)


def _changed(event: Event, digest: str, repeated: bool = False) -> CalendarChanged:
    data = event.data
    return CalendarChanged(
        event.sequence,
        digest,
        data["calendar"]["revision"],
        tuple(RowChange(**change) for change in data["changes"]),
        tuple(Redated(**due) for due in data["due"]),
        repeated,
    )


def _again(earlier: Applied) -> CalendarChanged:
    return _changed(earlier.event, earlier.hash, repeated=True)

"""Setting an office up, or its next year: one write transaction and one event of the same log as the acts on a case.

What may happen is `sop/acts/setting_up.py`.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from db import identity, people_store, statements
from db.calendar_store import first_calendar, next_calendar
from db.case_rows import period_values
from db.file.connection import Database
from db.office_acts import Given, Scene, office_of, office_record, open_runs, question, settle
from db.office_rows import Supplement
from db.queries import office_codes
from db.rows import Address, Applied, SetUp
from db.store import Store
from sop.acts.calendar_acts import moved_dues, renewal
from sop.acts.flow import Draft
from sop.acts.setting_up import begin_year, cleaned, new_office
from sop.model.act import Act
from sop.model.events import Event
from sop.model.office_commands import Adoption, SettingUp
from sop.model.pelaksana import Actor
from sop.time.office_calendar import OfficeCalendar
from sop.time.work_calendar import WorkCalendar

__all__ = ["Adoption", "office_meant", "set_up"]


def set_up(store: Store, asked: Adoption, actor: Actor) -> SetUp:
    """Make an office, or the next year of one: its SOP, bidang, calendar and the periods of the year.

    Raises:
        Refused: Somebody without the right, per-bidang steps without a bidang, a moment that cannot be, or a token
            used for something else. In a file with people a further office is set up by an admin of one of them. That
            year is there already.
        StaleCase: Another version of the SOP came since `asked.seen`.
        FaultyInput: A name, zone, cadence, year or bidang that cannot be taken, all named at once; a further office
            that was given no code.
    """
    wanted = cleaned(asked)
    given = Given(wanted.reason, wanted.seen, wanted.at, wanted.token)
    digest = question(Act.SIAPKAN.value, actor.code, *_plain(wanted))
    database = store.database
    with database.write():
        if given.token is not None and (earlier := store.earlier(given.token, digest)) is not None:
            return _set_up(earlier)
        code = office_meant(database, wanted)
        scene = _scene(store, code, wanted, actor)
        before, after = _calendars(scene, wanted)

        def gather(scene: Scene) -> SettingUp:
            told = _told(scene, before, after)
            if scene.record is not None or scene.actor.everybody:
                return SettingUp(wanted, told)
            founder = people_store.founder_of(database, scene.actor)
            return SettingUp(wanted, told, founder, office_codes(database))

        def beside(scene: Scene, event: Event, written: Supplement) -> None:
            if before != after:
                written.texts[after.content_hash] = after.text
            person = event.data.get("person", {})
            if person.get("pin"):
                row = people_store.pin_of(database, person["by_office"], person["code"])
                written.rows["pins", (person["code"],)] = row

        def year_of(event: Event) -> int:
            return _begin(database, code, event)

        in_force = partial(WorkCalendar, after.spec, 1) if scene.record is None else None
        return _set_up(settle(store, Act.SIAPKAN, scene, given, digest, gather, beside, year_of, in_force))


def _plain(wanted: Adoption) -> tuple[Any, ...]:
    """JSON values for what is asked."""
    cadence = None if wanted.cadence is None else wanted.cadence.value
    named = (wanted.sop.code, wanted.office, wanted.name, wanted.zone, wanted.year)
    return (*named, list(wanted.bidang), cadence, wanted.reason)


def _set_up(done: Applied) -> SetUp:
    data = done.event.data
    address = Address(data["office"]["code"], data["sop"]["code"])
    keys = tuple(period["key"] for period in data["periods"])
    return SetUp(done.sequence, done.hash, address, data["year"], keys, data["office"]["new"], done.repeated)


def office_meant(database: Database, wanted: Adoption) -> str:
    """Code of the office meant, which may not be there yet."""
    if wanted.office is not None:
        return wanted.office
    adopters = database.rows(statements.OFFICES_WITH_SOP, (wanted.sop.code,))
    return str(adopters[0][0]) if len(adopters) == 1 else wanted.sop.code


def _scene(store: Store, code: str, wanted: Adoption, actor: Actor) -> Scene:
    """The office that is there, or the one to be made."""
    database, now = store.database, store.now()
    if database.row(statements.OFFICE_OF_CODE, (code,)) is None:
        return Scene(database, None, new_office(code, wanted), identity.asking(database, None, actor, now), now)
    record = office_record(database, code)
    office = office_of(store, code)
    return Scene(database, record, office, identity.asking(database, record.id, actor, now), now)


def _calendars(scene: Scene, wanted: Adoption) -> tuple[OfficeCalendar | None, OfficeCalendar]:
    """The revision in force, None in a new office, and the one that is from then on."""
    if scene.record is not None:
        return next_calendar(scene.database, scene.record, wanted.year)
    if wanted.calendar is not None:
        return None, OfficeCalendar.from_dict(wanted.calendar.to_dict())
    return None, first_calendar(scene.office.zone, wanted.year)


def _told(scene: Scene, before: OfficeCalendar | None, after: OfficeCalendar) -> dict[str, Any]:
    """What the event says of the calendar."""
    if before is None or scene.record is None:
        return {"calendar": {"revision": 1, "hash": after.content_hash}}
    if before == after:
        revision, digest = scene.office.calendars[-1]
        return {"calendar": {"revision": revision, "hash": digest}}
    runs = open_runs(scene.database, scene.record.id)
    in_force = scene.record.calendar_revision
    return renewal(before, after, in_force, moved_dues(before, after, in_force, runs, scene.record.settings, scene.now))


def _begin(database: Database, code: str, event: Event) -> int:
    """Row of the year that was begun, with its periods."""
    sop, number = event.data["sop"]["code"], event.data["year"]
    year_id: int = dict(database.rows(statements.YEARS_OF_SOP, (code, sop)))[number]
    draft = Draft({}, None)
    begin_year(draft, event)
    database.many(statements.ADD_PERIOD, [(year_id, *period_values(period)) for period in draft.periods.values()])
    return year_id

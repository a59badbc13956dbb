"""Writing the office's settings: one transaction, one event, and what the change re-dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from db.calendar_rows import Redated, SettingsChanged
from db.file.connection import Database
from db.log_chain import canonical
from db.models import Office
from db.office_acts import dues_data, effective, manager, office_record, open_runs, question, redated
from db.queries import head, sop_of
from db.recall import calendar_of
from db.rows import Address, Applied, Touch
from db.staleness import stale_case
from db.store import Store
from sop.acts.settings_change import CLOCKS, changed_settings, setting_changes
from sop.model.commands import Typed
from sop.model.definition import Sop
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.periods import keys_of, split
from sop.model.settings import Settings
from sop.model.texts import LONGEST_NAME, clean_or_none

_DEFINITIONS = "SELECT sop_code, definition FROM sop_versions WHERE office_id = ? ORDER BY sop_code"


def change_settings(
    store: Store,
    office: str,
    asked: Mapping[str, Any],
    actor: Actor,
    *,
    reason: str | None = None,
    seen: int | None = None,
    at: Typed | None = None,
    token: str | None = None,
) -> SettingsChanged:
    """Change what the office may set, or nothing. Verdicts of ended runs stay as they are.

    Args:
        store: Where.
        office: Code of the office.
        asked: As in `sop.acts.settings_change.changed_settings`.
        actor: The pengelola or an admin.
        reason: Why, for the log.
        seen: How often the settings had been changed when they were on view; None trusts luck.
        at: Since when the office says it holds, for the log; None for now. Due moments are worked out as of now.
        token: The same token acts once.

    Raises:
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Somebody changed the settings since `seen`.
        FaultyInput: A name or value that cannot be taken.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """
    token = clean_or_none(token, "token", LONGEST_NAME)
    reason = clean_or_none(reason, "alasan")
    digest_of_question = question(Act.PENGATURAN.value, office, actor.code, reason, repr(sorted(asked.items())))
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, digest_of_question)) is not None:
            return _again(earlier)
        record = office_record(database, office)
        now = store.now()
        actor = manager(store, record.id, actor, Act.PENGATURAN, now)
        moment, late = effective(database, record, Act.PENGATURAN, at, reason, now)
        _refuse_stale(database, office, actor, seen)
        after = changed_settings(record.settings, asked, _steps(database, record.id))
        Office.update(settings=canonical(after.to_dict())).where(Office.id == record.id).execute(database.peewee)
        changed = setting_changes(record.settings, after)
        data: dict[str, Any] = {"settings": changed, "due": []}
        if CLOCKS & changed.keys():
            calendar = store.calendar(record.id, record.calendar_revision)
            runs = open_runs(database, record.id)
            data["due"] = dues_data(redated(runs, (calendar, record.settings), (calendar, after), now))
        if reason is not None:
            data["reason"] = reason
        newest = head(database)
        event = Event(newest.sequence + 1, Act.PENGATURAN, moment, now, actor.code, late_entry=late, data=data)
        digest = store.record(event, newest, office, None, token, digest_of_question)
    return _changed(event, digest)


class SettingsFile(NamedTuple):
    """The settings of an office with what one needs to see to change them."""

    settings: Settings
    seen: int
    """How often they were changed; hand it to `change_settings`."""
    office_name: str
    zone: str
    bidang: tuple[str, ...]
    sops: tuple[Sop, ...]
    """The newest version of each SOP of the office, in the order in which they were taken up."""
    periods: tuple[str, ...]
    """Keys of the periods of every year that was set up, in order."""


def settings_file(database: Database, address: Address) -> SettingsFile:
    """Everything that a screen of settings shows. Raises UnknownOffice."""
    with database.read():
        record = office_record(database, address.office)
        name, zone = database.rows("SELECT name, zone FROM offices WHERE id = ?", (record.id,))[0]
        bidang = database.rows(
            "SELECT name FROM bidang WHERE office_id = ? AND active = 1 ORDER BY position", (record.id,)
        )
        codes = database.rows(
            "SELECT sop_code FROM sop_versions WHERE office_id = ? GROUP BY sop_code ORDER BY min(id)", (record.id,)
        )
        sops = [sop_of(database, address.office, code) for (code,) in codes]
        keys = database.rows(
            "SELECT DISTINCT p.key FROM periods p JOIN reporting_years y ON p.reporting_year_id = y.id "
            "WHERE y.office_id = ?",
            (record.id,),
        )
        return SettingsFile(
            record.settings,
            len(_changes(database, address.office)),
            name,
            zone,
            tuple(each for (each,) in bidang),
            tuple(found.sop for found in sops if found is not None),
            tuple(sorted((key for (key,) in keys), key=_closing_order)),
        )


def _closing_order(key: str) -> tuple[int, int]:
    year, _ = split(key)
    return year, keys_of(year).index(key)


def preview_settings(database: Database, office: str, asked: Mapping[str, Any], now: int) -> tuple[Redated, ...]:
    """The open runs that a change of settings would re-date, before it is made. Nothing is written.

    Raises:
        Refused, FaultyInput, UnknownOffice: As `change_settings`.
    """
    with database.read():
        record = office_record(database, office)
        after = changed_settings(record.settings, asked, _steps(database, record.id))
        if not CLOCKS & setting_changes(record.settings, after).keys():
            return ()
        calendar = calendar_of(database, record.id, record.calendar_revision)
        runs = open_runs(database, record.id)
        dues = redated(runs, (calendar, record.settings), (calendar, after), now)
    return tuple(due for due in dues if due.before != due.after)


def _steps(database: Database, office_id: int) -> dict[str, frozenset[int]]:
    """SOP code -> the step numbers of all its versions in the office, since cases may still run on old ones."""
    known: dict[str, frozenset[int]] = {}
    for code, definition in database.rows(_DEFINITIONS, (office_id,)):
        numbers = {int(step["number"]) for step in json.loads(definition)["steps"]}
        known[code] = known.get(code, frozenset()) | numbers
    return known


def _refuse_stale(database: Database, office: str, actor: Actor, seen: int | None) -> None:
    if seen is None:
        return
    changes = _changes(database, office)
    if len(changes) != seen:
        raise stale_case("pengaturan", seen, len(changes), changes, actor.code)


def _changes(database: Database, office: str) -> list[Touch]:
    """Who changed the settings of an office and when, the newest first."""
    sql = (
        "SELECT sequence, act, by_person, for_lane, at, recorded FROM events WHERE office = ? AND act = ? "
        "ORDER BY sequence DESC"
    )
    return [Touch(*row) for row in database.rows(sql, (office, Act.PENGATURAN.value))]


def _changed(event: Event, digest: str, repeated: bool = False) -> SettingsChanged:
    dues = tuple(Redated(**due) for due in event.data["due"])
    return SettingsChanged(event.sequence, digest, event.data["settings"], dues, repeated)


def _again(earlier: Applied) -> SettingsChanged:
    return _changed(earlier.event, earlier.hash, repeated=True)

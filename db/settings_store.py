"""Writing the office's settings, and reading what a change of them needs.

What may be set is `sop/acts/settings_change.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from db import statements
from db.calendar_rows import SettingsChanged
from db.case_queries import sop_of
from db.file.connection import Database
from db.office_acts import NOTHING_GIVEN, Given, Scene, office_record, open_runs, perform, question, touches_of
from db.queries import bidang_of
from db.recall import calendar_of
from db.rows import Address, Applied
from db.signers import SignerRow, signers
from db.store import Store
from sop.acts.redating import Redated, redated
from sop.acts.settings_change import CLOCKS, SETTINGS_ENTITY, SettingsAsked, changed_settings, setting_changes
from sop.model.act import Act
from sop.model.definition import Sop
from sop.model.pelaksana import Actor
from sop.model.periods import keys_of, split
from sop.model.settings import Settings


def change_settings(
    store: Store,
    office: str,
    asked: Mapping[str, Any],
    actor: Actor,
    given: Given = NOTHING_GIVEN,
) -> SettingsChanged:
    """Change what the office may set, or nothing. Verdicts of ended runs stay as they are.

    Args:
        store: Where.
        office: Code of the office.
        asked: As in `sop.acts.settings_change.changed_settings`.
        actor: The pengelola or an admin.
        given: What was seen is how often the settings had been changed. A moment is for the log: due moments are worked
            out as of now.

    Raises:
        Refused: Somebody without the right, nothing changed, a moment that cannot be, or a token used for something
            else.
        StaleCase: Somebody changed the settings since `seen`.
        FaultyInput: A name or value that cannot be taken.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """
    given = given.cleaned()
    digest = question(Act.PENGATURAN.value, office, actor.code, given.reason, repr(sorted(asked.items())))

    def gather(scene: Scene) -> SettingsAsked:
        runs = partial(open_runs, scene.database, scene.there.id)
        return SettingsAsked(asked, _steps(scene.database, scene.there.id), runs)

    return _changed(perform(store, Act.PENGATURAN, office, actor, given, digest, gather))


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
    signers: tuple[SignerRow, ...] = ()
    """The officials who were named to sign recaps."""


def settings_file(database: Database, address: Address) -> SettingsFile:
    """Everything that a screen of settings shows. Raises UnknownOffice."""
    with database.read():
        record = office_record(database, address.office)
        _, name, zone = database.rows(statements.OFFICE_NAMES, (record.id,))[0]
        codes = database.rows(statements.ADOPTED_SOPS, (record.id,))
        sops = [sop_of(database, address.office, code) for code, _ in codes]
        keys = database.rows(statements.PERIOD_KEYS, (record.id,))
        return SettingsFile(
            record.settings,
            len(touches_of(database, address.office, SETTINGS_ENTITY)),
            name,
            zone,
            bidang_of(database, record.id),
            tuple(found.sop for found in sops if found is not None),
            tuple(sorted((key for (key,) in keys), key=_closing_order)),
            signers(database, address.office),
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
    for code, definition in database.rows(statements.DEFINITIONS_OF_OFFICE, (office_id,)):
        numbers = {int(step["number"]) for step in json.loads(definition)["steps"]}
        known[code] = known.get(code, frozenset()) | numbers
    return known


def _changed(done: Applied) -> SettingsChanged:
    data = done.event.data
    dues = tuple(Redated(**due) for due in data["due"])
    return SettingsChanged(done.sequence, data["settings"], dues, done.repeated)

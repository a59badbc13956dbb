"""Acts on an office: one write transaction, one event each. What may happen is judged in `sop.acts.office_decide`; here
the office is loaded, the event recorded, and the rows kept in which the state after it differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from db import identity, people, recall, statements
from db.errors import StaleCase
from db.file.connection import Database
from db.log_chain import text_hash
from db.office_rows import Named, Supplement, keep, load
from db.queries import head, unknown_office
from db.rows import Applied, Touch
from db.settings_text import settings_of
from db.staleness import stale_case
from db.store import Store, reused
from sop.acts.calendar_acts import CALENDAR_ENTITY
from sop.acts.office_decide import decide_on_office
from sop.acts.office_flow import DefinitionOf, OfficeDraft
from sop.acts.office_ruling import Asked, OfficeContext
from sop.acts.redating import RunUnderClock
from sop.acts.settings_change import SETTINGS_ENTITY
from sop.form import toml_format
from sop.json_text import json_text
from sop.model.act import Act
from sop.model.commands import Typed
from sop.model.definition import Sop, Waktu
from sop.model.events import Event
from sop.model.office import OfficeState, Personal
from sop.model.pelaksana import NO_OFFICE, Actor
from sop.model.refusals import StaleRevision, Unknown
from sop.model.settings import Settings
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.deadline import Interval
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen

_TOUCHING: Mapping[str, tuple[Act, ...]] = {
    CALENDAR_ENTITY: (Act.KALENDER, Act.SIAPKAN),
    SETTINGS_ENTITY: (Act.PENGATURAN,),
}
"""Entity -> which events touch it, where they do not name it."""


class Given(NamedTuple):
    """What every act on an office takes beside its own details."""

    reason: str | None = None
    seen: int | None = None
    """Revision that was on view; None for whatever stands."""
    at: Typed | None = None
    """Effective moment; None for now."""
    token: str | None = None

    def cleaned(self) -> Given:
        """With texts fit to keep. Raises FaultyInput."""
        return self._replace(
            token=clean_or_none(self.token, "token", LONGEST_NAME), reason=clean_or_none(self.reason, "alasan")
        )


NOTHING_GIVEN = Given()


class OfficeRecord(Frozen):
    """An office as an act on it finds it."""

    id: int
    settings: Settings
    calendar_revision: int


class Scene(NamedTuple):
    """What the details of an act are gathered from, within its transaction."""

    database: Database
    record: OfficeRecord | None
    """None where the act is on no office that is there."""
    office: OfficeState
    actor: Actor
    """With the rights in force."""
    now: int

    @property
    def there(self) -> OfficeRecord:
        """The record, for an act on an office that is there."""
        assert self.record is not None
        return self.record


Fulfilled = Callable[[Database, int, str], bool]
"""Whether a person (row of the office, code) is as was asked, in what the log must not hold."""


def perform(
    store: Store,
    act: Act,
    office: str | None,
    actor: Actor,
    given: Given,
    asked: str,
    gather: Callable[[Scene], Any],
    *,
    own: str | None = None,
    fulfilled: Fulfilled | None = None,
    beside: Callable[[Scene, Event, Supplement], None] | None = None,
) -> Applied:
    """Do one act on an office in one transaction with one event, or nothing.

    Args:
        store: Where.
        act: What is asked.
        office: Code of the office; None for an SOP that waits for one.
        actor: Who asks.
        given: Cleaned.
        asked: Hash of the question, beside a token. No name and no PIN goes into it, since it stays in the log.
        gather: The details of the act, from what its judge may know.
        own: Code of the person whose own matter it is; see `Asked.own`.
        fulfilled: Whether the person has the name, account or PIN that was asked for, which are not in `asked`: a
            repeated token is told as done only where so, else as used for another question.
        beside: Adds what is written beside the state: a PIN, a calendar.

    Raises:
        Refused, FaultyInput, Unknown, StaleCase, UnknownOffice, UnknownPerson: Nothing was changed.
    """
    database = store.database
    with database.write():
        if given.token is not None and (earlier := store.earlier(given.token, asked)) is not None:
            if fulfilled is not None:
                code = str(earlier.event.data["code"])
                if not fulfilled(database, people.office_id_of(database, office or NO_OFFICE), code):
                    raise reused(given.token, earlier.event)
            return earlier
        record = None if office is None else office_record(database, office)
        now = store.now()
        code = office or NO_OFFICE
        state = office_of(store, code)
        actor = identity.asking(database, None if record is None else record.id, actor, now)
        return settle(store, act, Scene(database, record, state, actor, now), given, asked, gather, beside, own=own)


def settle(
    store: Store,
    act: Act,
    scene: Scene,
    given: Given,
    asked: str,
    gather: Callable[[Scene], Any],
    beside: Callable[[Scene, Event, Supplement], None] | None = None,
    year_of: Callable[[Event], int] | None = None,
    calendar: Callable[[], WorkCalendar] | None = None,
    own: str | None = None,
) -> Applied:
    """As `perform`, once it is known who asks: judge, keep the rows, record. Within a transaction.

    Args:
        store, act, given, asked, gather, beside, own: As in `perform`.
        scene: The office, and who asks.
        year_of: Makes the rows of a reporting year that the event begins, and gives its row.
        calendar: Counts the days of a late entry in an office that is made now.
    """
    database, record, before, actor, now = scene
    newest = head(database)
    draft = OfficeDraft(before.code, {before.code: before}, definition_of(database))
    try:
        context = _context(store, act, scene, newest.sequence + 1, calendar)
        wanted = Asked(given.reason, given.seen, given.at, own)
        outcome = decide_on_office(act, draft, partial(gather, scene), wanted, actor, context)
    except StaleRevision as stale:
        raise _stale(database, before.code or None, stale, actor) from stale
    except Unknown as unknown:
        if unknown.kind != "orang" or record is None:
            raise
        raise people.unknown(database, record.id, unknown.name, is_meant=True) from None
    event = outcome.event
    kept = Supplement(now)
    if outcome.sop is not None:
        kept.texts[toml_format.content_hash(outcome.sop)] = toml_format.canonical_json(outcome.sop)
    if outcome.personal is not None:
        kept.rows["people", (_person_of(event),)] = _personal_values(outcome.personal)
    if beside is not None:
        beside(scene, event, kept)
    keep(database, before if record is not None or before.code == NO_OFFICE else None, outcome.office, kept)
    year_id = None if year_of is None else year_of(event)
    digest = store.record(event, newest, before.code or None, year_id, given.token, asked)
    if store.offices is not None:
        store.offices[outcome.office.code] = outcome.office
    return Applied(event.sequence, digest, event)


def office_of(store: Store, code: str) -> OfficeState:
    """An office as it stands, within a transaction; an empty one for a code that stands for none yet."""
    found = None if store.offices is None else store.offices.get(code)
    return found or load(store.database, {code}).get(code) or OfficeState(code)


def _context(
    store: Store, act: Act, scene: Scene, sequence: int, calendar: Callable[[], WorkCalendar] | None
) -> OfficeContext:
    database, record, office, now = scene.database, scene.record, scene.office.code or None, scene.now
    in_force = calendar if record is None else partial(store.calendar, record.id, record.calendar_revision)
    bound = database.value(statements.LATEST_OF_ACT, (office, act.value))
    return OfficeContext(now, sequence, in_force, bound, lambda entity: len(touches_of(database, office, entity)))


def _person_of(event: Event) -> str:
    """The person whose name and account stand beside an event."""
    return str(event.data.get("person", event.data)["code"])


def _personal_values(personal: Personal) -> Named:
    return {"personal_name": personal.name, "account": personal.account}


def definition_of(database: Database) -> DefinitionOf:
    """Finds a definition of the file by its hash, each read once."""

    @cache
    def find(digest: str) -> Sop:
        text = database.value(statements.DEFINITION_OF_HASH, (digest,))
        return toml_format.from_canonical_json(text)

    return find


def touches_of(database: Database, office: str | None, entity: str) -> list[Touch]:
    """What touched an entity, newest first."""
    if entity.startswith("sop:"):
        found = database.rows(statements.TOUCHES_OF_SOP, (office, entity.removeprefix("sop:")))
    elif entity in _TOUCHING:
        acts = json_text([act.value for act in _TOUCHING[entity]])
        found = database.rows(statements.TOUCHES_OF_ACTS, (office, acts))
    else:
        found = database.rows(statements.TOUCHES_OF_ENTITY, (office, json_text([entity])))
    return [Touch(*row) for row in found]


def refuse_stale(database: Database, office: str, entity: str, seen: int | None, actor: Actor) -> None:
    """Raises StaleCase where an entity was touched since it was seen."""
    touches = touches_of(database, office, entity)
    if seen is not None and len(touches) != seen:
        raise stale_case(entity, seen, len(touches), touches, actor.code)


def _stale(database: Database, office: str | None, stale: StaleRevision, actor: Actor) -> StaleCase:
    touches = touches_of(database, office, stale.entity)
    # Where a revision is a number of its own, the newest events stand for those that made it.
    if stale.entity.startswith("sop:") or stale.entity == CALENDAR_ENTITY:
        touches = touches[: max(stale.found - stale.seen, 1)]
    return stale_case(stale.entity, stale.seen, stale.found, touches, actor.code)


def office_record(database: Database, code: str) -> OfficeRecord:
    """The office of that code, within a transaction. Raises UnknownOffice."""
    row = database.row(statements.OFFICE_OF_CODE, (code,))
    if row is None:
        raise unknown_office(database, code)
    office_id, _, _, settings = row
    revision = database.value(statements.NEWEST_CALENDAR_NUMBER, (office_id,))
    return OfficeRecord(office_id, settings_of(settings), revision)


def question(*parts: Any) -> str:
    """A hash of what is asked, so that a token stands for one question. Parts are JSON values."""
    return text_hash(json_text(parts))


# ---------------------------------------------------------------------- due moments of open runs


def open_runs(database: Database, office_id: int) -> tuple[RunUnderClock, ...]:
    """The open runs of all years of an office whose step has a standard."""
    return tuple(_open_runs(database, office_id))


def _open_runs(database: Database, office_id: int) -> Iterator[RunUnderClock]:
    sops: dict[str, recall.Versions] = {}
    standards: dict[tuple[str, int], dict[int, Waktu | None]] = {}
    rows = database.rows(statements.OPEN_RUNS, (office_id,))
    for sop, period, case, version, holds, step, bidang, attempt, ready, started, pauses in rows:
        if sop not in sops:
            newest = database.value(statements.NEWEST_SOP_NUMBER, (office_id, sop))
            sops[sop] = recall.Versions(database, office_id, sop, newest)
        if (sop, version) not in standards:
            standards[sop, version] = _standards(sops[sop][version])
        waktu = standards[sop, version].get(step)
        if waktu is not None:
            stopped = (*_intervals(pauses), *_intervals(holds))
            yield RunUnderClock(sop, period, case, step, bidang or None, attempt, waktu, ready, started, stopped)


def _standards(sop: Sop) -> dict[int, Waktu | None]:
    return {step.number: step.mutu_baku.waktu for step in sop.steps}


def _intervals(text: str) -> tuple[Interval, ...]:
    return () if text == "[]" else tuple((start, end) for start, end in json.loads(text))

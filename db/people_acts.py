"""What acts on the register and on the bidang list share: rights, token, moment, revision, one event each.

The revision of a person (`u:<code>`) and of the bidang list (`b:`) is the number of events that touched it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from db.file.connection import Database
from db.log_chain import canonical
from db.office_acts import OfficeRecord, effective, manager, office_record, question
from db.people import office_id_of
from db.queries import head
from db.rows import Touch
from db.staleness import stale_case
from db.store import Store, reused
from sop.model.commands import Typed
from sop.model.events import Act, Event
from sop.model.pelaksana import Actor
from sop.model.texts import LONGEST_NAME, clean_or_none

BIDANG_ENTITY = "b:"


class Given(NamedTuple):
    """What every writing act takes beside its own details."""

    reason: str | None = None
    seen: int | None = None
    """Revision that was on view; None trusts luck."""
    at: Typed | None = None
    """Effective moment; None for now."""
    token: str | None = None


NOTHING_GIVEN = Given()


class RegisterChanged(NamedTuple):
    """What became of such an act."""

    sequence: int
    hash: str
    act: Act
    entity: str
    data: dict[str, Any]
    """What the event carries."""
    repeated: bool = False

    @property
    def code(self) -> str:
        """Code of the person concerned."""
        return str(self.data["code"])


class Outcome(NamedTuple):
    """What the work of an act gives back."""

    entity: str
    data: dict[str, Any]


class Ground(NamedTuple):
    """What the work of an act stands on."""

    database: Database
    record: OfficeRecord
    actor: Actor
    moment: int
    now: int
    seen: int | None

    def refuse_stale(self, entity: str) -> None:
        """Raises StaleCase where the entity was touched since it was seen."""
        if self.seen is None:
            return
        touched = _touched(self.database, self.record.code, entity)
        if len(touched) != self.seen:
            raise stale_case(entity, self.seen, len(touched), touched, self.actor.code)


Work = Callable[[Ground], Outcome]
Told = Callable[[Database, int, str], bool]
"""Whether a person (row of the office, code) is as was asked, in what the log must not hold."""
Entitled = Callable[[Store, int, Actor, int], Actor]


def person_entity(code: str) -> str:
    """How an event names a person."""
    return f"u:{code}"


def revision_of(database: Database, office: str, entity: str) -> int:
    """How many events touched a person or the bidang list."""
    return len(_touched(database, office, entity))


def _touched(database: Database, office: str, entity: str) -> list[Touch]:
    """What touched an entity, newest first."""
    sql = (
        "SELECT sequence, act, by_person, for_lane, at, recorded FROM events WHERE office = ? AND touches = ? "
        "ORDER BY sequence DESC"
    )
    return [Touch(*row) for row in database.rows(sql, (office, canonical([entity])))]


def perform(
    store: Store,
    office: str,
    actor: Actor,
    act: Act,
    asked: tuple[Any, ...],
    given: Given,
    work: Work,
    entitled: Entitled | None = None,
    stands: Told | None = None,
) -> RegisterChanged:
    """Do one act in one transaction with one event, or nothing.

    Args:
        store: Where.
        office: Code of the office.
        actor: Who asks.
        act: What the log calls it.
        asked: JSON values that tell one question from another, beside a token; no name and no PIN among them, since
            their hash stays in the log.
        given: What stands beside.
        work: Changes the rows and says what the event carries.
        entitled: Who may; without, whom `sop.acts.rights` names.
        stands: Whether the person has the name, account or PIN that was asked for, which are not in `asked`: a repeated
            token is told as done only where so, else as used for another question.

    Raises:
        Refused, StaleCase, UnknownOffice, UnknownPerson: Nothing was changed; and whatever `work` raises.
    """
    token = clean_or_none(given.token, "token", LONGEST_NAME)
    reason = clean_or_none(given.reason, "alasan")
    digest_of_question = question(act.value, office, actor.code, reason, *asked)
    database = store.database
    with database.write():
        if token is not None and (earlier := store.earlier(token, digest_of_question)) is not None:
            event = earlier.event
            done = RegisterChanged(
                event.sequence, earlier.hash, event.act, event.touches[0], dict(event.data), repeated=True
            )
            if stands is not None and not stands(database, office_id_of(database, office), done.code):
                raise reused(token, event)
            return done
        record = office_record(database, office)
        now = store.now()
        if entitled is None:
            actor = manager(store, record.id, actor, act, now)
        else:
            actor = entitled(store, record.id, actor, now)
        moment, late = effective(database, record, act, given.at, reason, now)
        entity, data = work(Ground(database, record, actor, moment, now, given.seen))
        if reason is not None:
            data = {**data, "reason": reason}
        newest = head(database)
        event = Event(newest.sequence + 1, act, moment, now, actor.code, late_entry=late, touches=(entity,), data=data)
        digest = store.record(event, newest, office, None, token, digest_of_question)
    return RegisterChanged(event.sequence, digest, act, entity, data)

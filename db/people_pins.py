"""PINs: what somebody signs in with where several people share one account.

Kept as argon2id. A wrong PIN is counted before the PIN is looked at, so that many guesses at once are no way around
the lock; the count and the lock lie in the database, so starting the program anew does not help either. How long a
lock has stood is counted by the machine's running time, which nobody sets; the clock and the log's last reading answer
only where that is not known, as after a restart of the machine.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from db import people, statements
from db.file.connection import Database
from db.office_acts import Scene
from db.office_rows import Supplement
from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, person_entity, register_act
from db.queries import head
from db.store import Store
from sop.json_text import json_text
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.office_commands import PinChange
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 6, 12
FREE_TRIES = 5
"""Wrong PINs in a row before the first lock."""
LONGEST_LOCK = 3600
_FIRST_LOCK = 60


def lock_seconds(failures: int) -> int:
    """How long a PIN is locked after so many wrong ones in a row: 5 -> 60, 6 -> 120 ... up to an hour; else 0."""
    if failures < FREE_TRIES:
        return 0
    return min(LONGEST_LOCK, _FIRST_LOCK << min(failures - FREE_TRIES, 10))


# ---------------------------------------------------------------------- setting


def set_pin(
    store: Store, office: str, code: str, pin: str | None, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Give a person a new PIN, or (None) take it away. Everybody may set their own, an admin anybody's.

    Raises:
        FaultyInput: Not six to twelve digits, or one that is guessed first.
        Refused: Neither the person nor an admin, or there is no PIN to take away.
        UnknownPerson, StaleCase: As `people_store.change_person`.
    """
    if pin is not None:
        refuse_weak(pin)
    # Outside the transaction: it takes as long as many writes.
    digest = None if pin is None else _hasher().hash(pin)

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        if digest is not None:
            values = {"pin": digest, "failures": 0, "locked_until": None, "changed": scene.now}
            kept.rows["pins", (code,)] = values

    def fulfilled(database: Database, office_id: int, code: str) -> bool:
        kept = _pin_row(database, office_id, code)[1]
        return kept is None if pin is None else kept is not None and _fits(kept, pin)

    details = PinChange(code, "cabut" if pin is None else "pasang")
    return register_act(
        store,
        office,
        actor,
        Act.PIN,
        ("pasang" if pin else "cabut", code),
        given,
        lambda scene: details,
        own=code,
        fulfilled=fulfilled,
        beside=beside,
    )


def unlock_pin(store: Store, office: str, code: str, actor: Actor, given: Given = NOTHING_GIVEN) -> RegisterChanged:
    """Let a locked person try again at once. By an admin.

    Raises:
        Refused: Not an admin who asks, no PIN, or nothing to unlock.
        UnknownPerson, StaleCase: As `people_store.change_person`.
    """

    def gather(scene: Scene) -> PinChange:
        return PinChange(code, "buka-kunci", _pin_row(scene.database, scene.there.id, code)[2])

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        person_id = _pin_row(scene.database, scene.there.id, code)[0]
        scene.database.rows(statements.FORGIVE, (person_id,))

    return register_act(store, office, actor, Act.PIN, ("buka-kunci", code), given, gather, beside=beside)


def refuse_weak(pin: str) -> None:
    """Raises FaultyInput for what is no PIN, or one that anybody tries first."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise FaultyInput((Fault("PIN", "pin-bentuk", known=(str(SHORTEST), str(LONGEST))),))
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise FaultyInput((Fault("PIN", "pin-mudah"),))


# ---------------------------------------------------------------------- signing in


def sign_in(store: Store, office: str, code: str, pin: str) -> None:
    """Let pass whoever knows the PIN of an active person.

    Raises:
        Refused: PIN_WRONG (`left` tries before the next lock), PIN_LOCKED (`until`), or NO_PIN.
        UnknownPerson: No active person has that code.
        DatabaseBusy, DatabaseFull, DatabaseReadOnly, SchemaTooNew: As `Database.write`.
    """
    database = store.database
    with database.write():
        office_id = people.office_id_of(database, office)
        person_id, digest, failures, locked_until = _pin_row(database, office_id, code)
        now = store.now()
        if digest is None:
            raise Refused(Rule.NO_PIN, person=code)
        left = 0
        if locked_until is not None:
            left = _lock_left(store, person_id, code, failures, locked_until, now)
        until: int | None = now + left
        if not left:
            failures += 1
            lock = lock_seconds(failures)
            until = now + lock if lock else None
            database.rows(statements.COUNT_FAILURES, (failures, until, person_id))
    if left:
        raise Refused(Rule.PIN_LOCKED, person=code, until=until)
    if not _fits(digest, pin):
        if until is not None:
            _log_lock(store, office, code, failures, until)
            raise Refused(Rule.PIN_LOCKED, person=code, until=until)
        raise Refused(Rule.PIN_WRONG, person=code, left=FREE_TRIES - failures)
    with database.write():
        # Only what this very PIN was: one that was changed meanwhile keeps its count.
        database.rows(statements.FORGIVE_OF_HASH, (person_id, digest))


def _lock_left(store: Store, person_id: int, code: str, failures: int, until: int, now: int) -> int:
    """Seconds for which a lock still holds; 0 where it is over. Never more than it was meant to last."""
    meant = lock_seconds(failures)
    database = store.database
    told = _told_lock(database, code, until)
    began, running = None if told is None else told.get("running"), store.running()
    if began is not None and running is not None and began[0] == running[0] and began[1] <= running[1]:
        since_then = int(running[1] - began[1])
        return max(0, meant - since_then)
    reached = now
    if told is not None:
        # A reading past the end that stands in the log was reached, whatever the clock was set to since.
        reached = max(now, database.value(statements.LAST_RECORDED))
    if reached >= until:
        return 0
    if now < until - meant:
        # The clock was set back: the lock counts down from here, or it would last until the clock is there again.
        database.rows(statements.COUNT_FAILURES, (failures, now + meant, person_id))
    return min(meant, until - now)


def _told_lock(database: Database, code: str, until: int) -> dict[str, Any] | None:
    """What the log says of a lock; None where it is not this one's, or the clock was set back and its end moved."""
    text = database.value(statements.TOLD_OF_PIN, (json_text([person_entity(code)]),))
    told: dict[str, Any] = {} if text is None else json.loads(text)
    return told if told.get("until") == until else None


def _log_lock(store: Store, office: str, code: str, failures: int, until: int) -> None:
    database, running = store.database, store.running()
    with database.write():
        newest, now = head(database), store.now()
        data: dict[str, Any] = {"code": code, "change": "terkunci", "failures": failures, "until": until}
        if running is not None:
            data["running"] = list(running)
        entity = person_entity(code)
        store.record(
            Event(newest.sequence + 1, Act.PIN, now, now, code, touches=(entity,), data=data), newest, office, None
        )


def _pin_row(database: Database, office_id: int, code: str) -> tuple[int, str | None, int, int | None]:
    row = database.row(statements.PIN, (office_id, code))
    if row is None:
        raise people.unknown(database, office_id, code)
    person_id, digest, failures, locked_until = row
    return person_id, digest, failures or 0, locked_until


def _hasher() -> PasswordHasher:
    """Source of the costs: OWASP Password Storage Cheat Sheet, argon2id with 19 MiB, two passes, one lane."""
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def _fits(digest: str, pin: str) -> bool:
    """Whether the PIN is the one kept; argon2 compares in constant time."""
    from argon2.exceptions import VerificationError

    wrong: Any = VerificationError
    try:
        return bool(_hasher().verify(digest, pin))
    except wrong:
        return False

"""Handing over every open card that a person holds: one tugaskan each, all of them or none."""

from __future__ import annotations

from typing import NamedTuple

from db import people
from db.connection import Database
from db.rows import Address, Applied
from db.store import Store
from sop.commands import Command
from sop.events import Act
from sop.pelaksana import Actor
from sop.refusals import Refused, Rule

_HELD = (
    "SELECT y.sop_code, p.key, c.phase, r.step, r.bidang, r.revision FROM reporting_years y "
    "JOIN periods p ON p.reporting_year_id = y.id JOIN cases c ON c.period_id = p.id AND c.number = p.last_case "
    "JOIN runs r ON r.case_id = c.id WHERE y.office_id = ? AND p.phase = 'buka' AND r.valid = 1 AND r.holder = ? "
    "AND r.phase IN ('siap', 'dikerjakan', 'ditunda', 'keputusan') "
    "ORDER BY y.year, y.sop_code, p.id, r.step, r.bidang"
)


class HeldCard(NamedTuple):
    """An open card and who it is with."""

    sop: str
    period: str
    step: int
    bidang: str | None
    revision: int
    is_held_up: bool
    """Its case is held (ditahan): nothing but remarks is taken there."""


class HandedOver(NamedTuple):
    """What became of a handing over."""

    cards: tuple[HeldCard, ...]
    """The cards that changed hands, one event each."""
    left: tuple[HeldCard, ...]
    """Cards of held cases; they stay, and are handed over once the case goes on."""
    events: tuple[Applied, ...]


def cards_of(database: Database, office: str, person: str) -> tuple[HeldCard, ...]:
    """The open cards that a person holds, of all SOPs and years. Raises UnknownOffice."""
    with database.read():
        return _cards(database, people.office_id_of(database, office), person)


def hand_over(
    store: Store, office: str, source: str, target: str, actor: Actor, *, reason: str | None = None
) -> HandedOver:
    """Give every open card of one person to another, in one transaction. By the pengelola.

    Args:
        store: Where.
        office: Code of the office.
        source: Code of who holds the cards; may be inactive by now.
        target: Code or account of who gets them; must belong to the lane of each.
        actor: The pengelola.
        reason: Why, for the log.

    Raises:
        Refused: Not the pengelola, the target misses a lane (`allowed`), or there is no card to hand over.
        UnknownPerson: The actor or the target is nobody active.
    """
    database = store.database
    with database.write():
        office_id = people.office_id_of(database, office)
        entitled = store.in_force(office_id, actor, store.now())
        if not entitled.manages:
            raise Refused(Rule.MANAGER_ONLY, act=Act.TUGASKAN)
        if not entitled.everybody and people.code_of(database, office_id, target) is None:
            raise people.unknown(database, office_id, target)
        held = _cards(database, office_id, source)
        movable = tuple(card for card in held if not card.is_held_up)
        if not movable or source == target:
            raise Refused(Rule.NOTHING_CHANGED, person=source)
        events = tuple(
            store.apply_within(
                Address(office, card.sop),
                Command(Act.TUGASKAN, card.period, step=card.step, bidang=card.bidang, holder=target, reason=reason),
                actor,
            )
            for card in movable
        )
    return HandedOver(movable, tuple(card for card in held if card.is_held_up), events)


def _cards(database: Database, office_id: int, person: str) -> tuple[HeldCard, ...]:
    return tuple(
        HeldCard(sop, period, step, bidang or None, revision, phase == "ditahan")
        for sop, period, phase, step, bidang, revision in database.rows(_HELD, (office_id, person))
    )

"""Handing over every open card that a person holds: one tugaskan each, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from db import people, statements
from db.case_queries import year_board
from db.file.connection import Database
from db.office_acts import office_record, question, refuse_stale
from db.people_acts import NOTHING_GIVEN, Given, person_entity
from db.rows import Address
from db.store import Store
from sop.acts.rights import require_manager
from sop.look.year import sop_of
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from sop.model.periods import split
from sop.model.refusals import Refused, Rule
from sop.model.texts import LONGEST_NAME, clean_or_none

if TYPE_CHECKING:
    from db.rows import Board


class HeldCard(NamedTuple):
    """An open card and who it is with."""

    sop: str
    period: str
    step: int
    bidang: str | None
    is_held_up: bool
    """Its case is held (ditahan): nothing but remarks is taken there."""


class HandedOver(NamedTuple):
    """What became of a handing over."""

    cards: tuple[HeldCard, ...]
    """The cards that changed hands, one event each."""
    left: tuple[HeldCard, ...]
    """Cards of held cases; they stay, and are handed over once the case goes on."""
    sequences: tuple[int, ...]
    """The numbers of those events."""
    repeated: bool = False
    """The token had been used before: the cards changed hands then, nothing happened now."""


def cards_of(database: Database, office: str, person: str) -> tuple[HeldCard, ...]:
    """The open cards that a person holds, of all SOPs and years. Raises UnknownOffice."""
    with database.read():
        return open_cards(database, people.office_id_of(database, office), person)


def takers(database: Database, office: str, source: str, among: Iterable[str], now: int) -> frozenset[str]:
    """Of some codes those who belong to the lane of every open card that a person holds; cards of held cases aside.

    Raises UnknownOffice.
    """
    with database.read():
        office_id = people.office_id_of(database, office)
        needed = set()
        boards: dict[tuple[str, int], Board] = {}
        for card in open_cards(database, office_id, source):
            if card.is_held_up:
                continue
            year = split(card.period)[0]
            board = boards.get((card.sop, year))
            if board is None:
                board = boards[card.sop, year] = year_board(database, Address(office, card.sop), year, now)
            step = next(step for step in sop_of(board, card.period).steps if step.number == card.step)
            needed.add((step.pelaksana, card.bidang))
        return frozenset(
            code
            for code in among
            if all(people.belongs(database, office_id, code, lanes, bidang, now) for lanes, bidang in needed)
        )


def hand_over(
    store: Store, office: str, source: str, target: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> HandedOver:
    """Give every open card of one person to another, in one transaction. By the pengelola.

    Args:
        store: Where.
        office: Code of the office.
        source: Code of who holds the cards; may be inactive by now.
        target: Code of who gets them; must belong to the lane of each.
        actor: The pengelola.
        given: Reason and moment of each event; the revision is that of the person; the token is the first event's,
            and all of them bear the hash of the whole question.

    Raises:
        Refused: Not the pengelola, the target misses a lane (`allowed`), there is no card to hand over, all of them
            are of held cases, or the token was used for something else.
        UnknownPerson: The actor or the target is nobody active.
        StaleCase: Somebody changed the person since `given.seen`.
    """
    database = store.database
    token = clean_or_none(given.token, "token", LONGEST_NAME)
    # The token stands in it, so that the events of one handing over are told from those of the same asked again.
    asked = None if token is None else question("alihkan", office, actor.code, source, target, given.reason, token)
    with database.write():
        if token is not None and (earlier := _earlier(store, token, asked)) is not None:
            return earlier
        record = office_record(database, office)
        now = store.now()
        entitled = store.in_force(record.id, actor, now)
        require_manager(entitled, Act.TUGASKAN)
        if not entitled.everybody and people.code_of(database, record.id, target) != target:
            raise people.unknown(database, record.id, target, is_meant=True)
        refuse_stale(database, office, person_entity(source), given.seen, entitled)
        held = open_cards(database, record.id, source)
        movable = tuple(card for card in held if not card.is_held_up)
        if held and not movable and source != target:
            raise Refused(Rule.CASE_HELD, period=held[0].period)
        if not movable or source == target:
            raise Refused(Rule.NOTHING_CHANGED, person=source)
        sequences = tuple(
            store.apply_within(
                Address(office, card.sop),
                _command(card, target, given, token if number == 0 else None),
                actor,
                asked=asked,
            ).sequence
            for number, card in enumerate(movable)
        )
    return HandedOver(movable, tuple(card for card in held if card.is_held_up), sequences)


def _command(card: HeldCard, target: str, given: Given, token: str | None) -> Command:
    return Command(
        Act.TUGASKAN,
        card.period,
        step=card.step,
        bidang=card.bidang,
        holder=target,
        reason=given.reason,
        at=given.at,
        token=token,
    )


def _earlier(store: Store, token: str, asked: str | None) -> HandedOver | None:
    """What a token handed over before; None for a new one. Raises Refused where it did something else."""
    if store.earlier(token, asked) is None:
        return None
    rows = store.database.rows(statements.CARDS_OF_QUESTION, (asked,))
    cards = tuple(HeldCard(sop, period, step, bidang, False) for _, sop, period, step, bidang in rows)
    return HandedOver(cards, (), tuple(row[0] for row in rows), repeated=True)


def open_cards(database: Database, office_id: int, person: str) -> tuple[HeldCard, ...]:
    """As `cards_of`, by the row of the office and within a transaction."""
    return tuple(
        HeldCard(sop, period, step, bidang or None, phase == "ditahan")
        for sop, period, phase, step, bidang in database.rows(statements.OPEN_RUNS_OF_HOLDER, (office_id, person))
    )

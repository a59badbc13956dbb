"""Who somebody is in an office, and what they may there: the one place that decides it, for every command and screen.

It is decided by the file (rules part 3). While nobody is registered anywhere in it, whoever is named holds every right.
From the first person on, in whichever office, somebody is a person of the one office acted on, or none. An office that
stands without people in such a file is read by whoever may read the file; an admin of another one sets it going.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from db import people, statements
from db.file.connection import Database
from sop.acts.rights import SETTING_UP, may
from sop.model.act import Act
from sop.model.pelaksana import NO_OFFICE, Actor
from sop.model.refusals import Refused, Rule
from sop.values import Frozen


class Proof(StrEnum):
    """By what it is known who somebody is."""

    NAME = "name"
    """Said, and no more: counts while nobody is registered."""
    ACCOUNT = "account"
    """The account at the operating system: its person in each office of the file."""
    CODE = "code"
    """A code that somebody trusted vouches for, such as the key of an office host: that person in each office."""
    PIN = "pin"
    """The PIN of a person of one office; it proves nothing in another one, whose person of that code is another."""


class Identity(Frozen):
    """Who somebody said or proved to be."""

    name: str
    """The account, the code, or what was said."""
    proof: Proof
    office: str | None = None
    """Where the PIN was typed."""


def is_open(database: Database) -> bool:
    """Whether nobody is registered anywhere in the file, so that everybody may do everything."""
    return database.row(statements.ANYBODY) is None


def actor(database: Database, office: str, identity: Identity, now: int) -> Actor:
    """Who acts in an office, with the rights held there. In an office without people: somebody who only reads.

    Raises:
        UnknownOffice: No office has that code.
        UnknownPerson: The office has people, and this is none of the active ones.
        Refused: IDENTITY_UNPROVEN, where another office's PIN was typed.
    """
    with database.read():
        office_id = people.office_id_of(database, office)
        if is_open(database):
            return Actor(identity.name, everybody=True)
        if not people.is_staffed(database, office_id):
            return _outsider(database, identity, now)
        code = code_in(database, office, identity)
        if code is None and identity.proof is Proof.PIN and identity.office != office:
            raise Refused(Rule.IDENTITY_UNPROVEN, claimed=identity.name, office=office)
        found = None if code is None else people.registered(database, office_id, code, now)
        if found is None:
            raise people.unknown(database, office_id, identity.name)
        return found


def code_in(database: Database, office: str, identity: Identity) -> str | None:
    """The code of the active person of an office that somebody proved to be; None for none of them."""
    office_id = people.office_id_of(database, office)
    match identity.proof:
        case Proof.ACCOUNT:
            return people.code_of_account(database, office_id, identity.name)
        case Proof.CODE:
            return people.active_code(database, office_id, identity.name)
        case Proof.PIN if identity.office == office:
            return people.active_code(database, office_id, identity.name)
    return None


def is_somebody(database: Database, identity: Identity) -> bool:
    """Whether it is an active person of any office, or nobody is registered in the file."""
    staffed = people.staffed_offices(database)
    return not staffed or any(code_in(database, office, identity) is not None for office, _ in staffed)


def in_force(database: Database, office_id: int, claimed: Actor, now: int) -> Actor:
    """The actor with the rights that are registered, whatever was claimed; as given while nobody is. In a transaction.

    Raises:
        UnknownPerson: The office has people, and none of the active ones has this code.
    """
    return Register(database, office_id).in_force(claimed, now)


class Register:
    """Who may what in one office, each person read once: for acts of one transaction, none of which changes it."""

    def __init__(self, database: Database, office_id: int) -> None:
        self._database, self._office_id = database, office_id
        self._entries: dict[str, people.RegisterEntry] = {}

    @cached_property
    def is_open(self) -> bool:
        """Whether nobody is registered anywhere in the file."""
        return is_open(self._database)

    @cached_property
    def _is_staffed(self) -> bool:
        return people.is_staffed(self._database, self._office_id)

    def in_force(self, claimed: Actor, now: int) -> Actor:
        """As `in_force`."""
        if self.is_open:
            return claimed
        if not self._is_staffed:
            return Actor(claimed.code, frozenset(), home=claimed.home)
        entry = self._entries.get(claimed.code) or people.entry_of(self._database, self._office_id, claimed.code)
        if entry is None:
            raise people.unknown(self._database, self._office_id, claimed.code)
        self._entries[claimed.code] = entry
        return entry.at(now)


def asking(database: Database, office_id: int | None, claimed: Actor, now: int) -> Actor:
    """Who asks for an act on an office, with the rights of the one register that speaks: its own, or where it has no
    people or is not there (None) that of the office that vouches, else no right. As given while nobody is registered.
    In a transaction.

    Raises:
        UnknownPerson: The office has people, and none of the active ones has this code.
    """
    if office_id is not None and people.is_staffed(database, office_id):
        return in_force(database, office_id, claimed, now)
    if is_open(database):
        return claimed
    return at_home(database, claimed, now) or Actor(claimed.code, frozenset(), home=claimed.home or NO_OFFICE)


def at_home(database: Database, claimed: Actor, now: int) -> Actor | None:
    """The actor with the rights held in the office that vouches for them; None for nobody. In a transaction."""
    office_id = database.value(statements.OFFICE_OF_CODE, (claimed.home,))
    return None if office_id is None else people.registered(database, office_id, claimed.code, now)


def actor_of_file(database: Database, identity: Identity, act: Act, now: int, office: str | None = None) -> Actor:
    """Who does something that concerns the whole file. As `vouched_actor`, without the office."""
    return vouched_actor(database, identity, act, now, office)[1]


def vouched_actor(
    database: Database, identity: Identity, act: Act, now: int, office: str | None = None
) -> tuple[str | None, Actor]:
    """Who does something that concerns the whole file, such as copying it, with the rights held in one office of it;
    and the code of that office, None while nobody is registered.

    Args:
        database: Of the file.
        identity: Who asks.
        act: What is asked.
        now: UTC epoch seconds.
        office: Code of the office whose rights count; None for the first in which it is the person's to do, else for
            the first in which they are anybody.

    Raises:
        UnknownOffice: No office has the code.
        UnknownPerson: An active person in none of them.
        Refused: OFFICE_WITHOUT_PEOPLE, of the office that was named.
    """
    with database.read():
        if is_open(database):
            return None, Actor(identity.name, everybody=True)
        if office is not None and not people.is_staffed(database, people.office_id_of(database, office)):
            raise Refused(Rule.OFFICE_WITHOUT_PEOPLE)
        meant = [each for each in people.staffed_offices(database) if office in (None, each[0])]
        found = [
            (code, known)
            for code, office_id in meant
            if (name := code_in(database, code, identity)) is not None
            and (known := people.registered(database, office_id, name, now)) is not None
        ]
        if not found:
            raise people.unknown(database, meant[0][1], identity.name)
    return next(((code, each) for code, each in found if may(each, act)), found[0])


def _outsider(database: Database, identity: Identity, now: int) -> Actor:
    """Who reads an office without people; as an admin of another one they may register its first person."""
    for office, office_id in people.staffed_offices(database):
        code = code_in(database, office, identity)
        known = None if code is None else people.registered(database, office_id, code, now)
        if known is not None and known.roles & SETTING_UP:
            return Actor(known.code, frozenset(), home=office)
    return Actor(identity.name, frozenset())

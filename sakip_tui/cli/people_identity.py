"""Who a command comes from: the key of an office host, the account of the operating system, or a name with a PIN.

What that person is and may do in an office is `db.identity`'s to say, by the file: while nobody is registered in it, a
name that is given stands for itself (rules part 3). Once there are people, the account's own person reads without more,
and records with the PIN where there is one; anybody else is proven with the PIN. `pin_asking.py` asks for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from db import identity, opening, people, queries
from db.errors import DbError
from db.identity import Identity, Proof
from sakip_tui.cli.recording import records
from sop.loading import load
from sop.model.refusals import Refused, Rule

if TYPE_CHECKING:
    from db.file.connection import Database
    from sakip_tui.cli.session import Session
    from sop.model.pelaksana import Actor


ASK_PIN = "sakip_tui.cli.pin_asking:prove"
"""Loaded where somebody has to type a PIN."""


class Seat(NamedTuple):
    """Who sits at the screen."""

    identity: Identity
    """As far as it is known; the name is empty for somebody unknown."""
    is_proven: bool
    """Whether nothing more is asked; else the screen asks for the PIN, this person's first, in that office."""


def identity_in(session: Session, database: Database, office: str | None, *, acts: bool | None = None) -> Identity:
    """Who asks, as far as it is proven; a PIN is asked for once in a command.

    Args:
        session: The command.
        database: The file that is to know them.
        office: Code of the office acted on; None where the act concerns the whole file.
        acts: Whether an act is recorded; None where the command's words say so.

    Raises:
        FaultyInput: A name was given that says nothing.
        Refused, UnknownPerson: Once there are people, it is none of them, or not proven.
    """
    if session.kept_identity is None:
        try:
            session.kept_identity = identified(session, database, office, acts=acts)
        except Refused:
            if session.offset is None:
                # Asked before the office is known otherwise; a PIN that is locked is told with its end.
                session.know_zone(queries.zone(database, office))
            raise
    return session.kept_identity


def actor_in(session: Session, office: str) -> Actor:
    """Who asks, with the rights held in an office. Raises as `identity_in`; and UnknownOffice."""
    return identity.actor(session.database, office, identity_in(session, session.database, office), session.now)


def actor(session: Session) -> Actor:
    """Who asks, with the rights held in the office meant. Raises as `actor_in`, and as `Session.address`."""
    return actor_in(session, session.address.office)


def identified(session: Session, database: Database, office: str | None, *, acts: bool | None = None) -> Identity:
    """Who asks, as far as it is proven; the PIN is asked for where that needs one.

    Args:
        session: The command.
        database: The file that is to know them.
        office: Code of the office acted on; None where the act concerns the file, or an office that is not there yet.
        acts: As in `identity_in`.

    Raises:
        Refused: IDENTITY_LOCKED, or what `pin_asking.prove` raises.
        UnknownPerson: There are people, and this is none of them.
    """
    claimed, own = session.claimed, own_identity(session)
    if identity.is_open(database):
        return Identity(_locked_or(session.locked, claimed, claimed or own.name), Proof.NAME)
    found: tuple[str, str] | None = None
    staffed = _where_known(database, office)
    for code, office_id in staffed:
        mine = identity.code_in(database, code, own)
        known = mine if claimed is None else people.code_of(database, office_id, claimed)
        if known is not None and known == mine:
            recording = records(session.arguments) if acts is None else acts
            if session.locked is None and recording and people.has_pin(database, office_id, known):
                load(ASK_PIN)(session, database, code, known)
            return own
        found = found or (None if known is None else (code, known))
    _locked_or(session.locked, claimed, claimed or own.name)
    if found is None:
        raise people.unknown(database, staffed[0][1], claimed or own.name)
    load(ASK_PIN)(session, database, *found)
    return Identity(found[1], Proof.PIN, found[0])


def own_identity(session: Session) -> Identity:
    """Who asks without saying more: the person of the key, else the account's own."""
    if session.locked is not None:
        return Identity(session.locked, Proof.CODE)
    return Identity(session.account, Proof.ACCOUNT)


def seat(session: Session) -> Seat:
    """As `identified`, for the screen, which asks by itself whoever is not proven.

    Raises:
        Refused: IDENTITY_LOCKED.
    """
    claimed, own = session.claimed, own_identity(session)
    if session.locked is not None:
        _locked_or(session.locked, claimed, session.locked)
        return Seat(own, is_proven=True)
    # While nobody is registered a name proves itself; the account's own person goes on when people are.
    said = Seat(own if claimed is None else Identity(claimed, Proof.NAME), is_proven=True)
    if not session.has_database:
        return said
    # What is wrong with a file that does not open is told by the screen itself.
    with suppress(DbError), opening.open(session.path) as database:
        if identity.is_open(database):
            return said
        wanted = session.arguments.text("--opd")
        if wanted is not None and not people.is_staffed(database, people.office_id_of(database, wanted)):
            # Nobody can sign in there, and nothing can be done there; reading needs no name.
            return Seat(own, is_proven=True)
        staffed = _where_known(database, wanted)
        proposed = Seat(Identity("", Proof.NAME, staffed[0][0]), is_proven=False)
        for code, office_id in staffed:
            mine = identity.code_in(database, code, own)
            known = mine if claimed is None else people.code_of(database, office_id, claimed)
            if known is not None and known == mine and not people.has_pin(database, office_id, known):
                return Seat(own, is_proven=True)
            if known is not None:
                return Seat(Identity(known, Proof.NAME, code), is_proven=False)
        return proposed
    return said


def _where_known(database: Database, office: str | None) -> tuple[tuple[str, int], ...]:
    """Where somebody is looked for, (code, row) each: in the office meant; for one without people in all others."""
    staffed = people.staffed_offices(database)
    return tuple(each for each in staffed if office in (None, each[0])) or staffed


def _locked_or(locked: str | None, claimed: str | None, otherwise: str) -> str:
    """The locked person. Raises Refused where another is claimed."""
    if locked is None:
        return otherwise
    if claimed is not None and claimed != locked:
        raise Refused(Rule.IDENTITY_LOCKED, person=locked, claimed=claimed)
    return locked

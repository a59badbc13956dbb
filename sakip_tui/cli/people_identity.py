"""Who a command comes from: the key of an office host, the account of the operating system, or a name with a PIN.

What that person is and may do in an office is `db.identity`'s to say, by the file: while nobody is registered in it, a
name that is given stands for itself (rules part 3). Once there are people, the account's own person reads without more,
and records with the PIN where there is one; anybody else is proven with the PIN. `pin_asking.py` asks for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sop.model.refusals import Refused, Rule

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.identity import Identity
    from sakip_tui.cli.session import Session

_MAY_NAME_NOTHING = frozenset({("siapkan",), ("contoh",)})
"""Commands whose `--opd` may name an office that is not in the file yet."""
_FINDS_THE_FILE_CLOSED = frozenset({("pulihkan",)})
"""Commands that must find nobody in the file, not even themselves."""


class Seat(NamedTuple):
    """Who sits at the screen."""

    identity: Identity
    """As far as it is known; the name is empty for somebody unknown."""
    is_proven: bool
    """Whether nothing more is asked; else the screen asks for the PIN, this person's first, in that office."""


def admit(session: Session) -> None:
    """Before a command is answered: whether its office is there, and whether a guest of an office host is somebody.

    What is wrong with a database that does not open is left to the command to tell.

    Raises:
        UnknownPerson: A guest who is no active person of any office, in a file that has people: a key may outlast the
            person's time there.
        UnknownOffice: `--opd` names no office of the file.
    """
    from db import identity, people
    from db.errors import DbError, UnknownOffice, UnknownPerson
    from db.file import connection

    wanted = session.arguments.text("--opd")
    if session.arguments.verb.words in _MAY_NAME_NOTHING:
        wanted = None
    if not session.has_database or (session.locked is None and wanted is None):
        return
    refusal: DbError | None = None
    with suppress(DbError), connection.open(session.path) as database:
        known = tuple(code for (code,) in database.rows("SELECT code FROM offices ORDER BY id"))
        if session.locked is not None and not identity.is_somebody(database, own_identity(session)):
            first, _ = people.staffed_offices(database)[0]
            refusal = UnknownPerson(name=session.locked, office=first, known=(), by_key=True)
        elif wanted is not None and wanted not in known:
            refusal = UnknownOffice(code=wanted, known=known)
    if refusal is not None:
        raise refusal


def prove(session: Session) -> None:
    """Before a command is answered: find who asks where it records an act or names somebody, and ask for the PIN.

    Raises:
        As `identified`; and what is wrong with the database.
    """
    from db.errors import DbError
    from db.file import connection
    from sakip_tui.cli.recording import BOARD, ELSEWHERE, records

    words = session.arguments.verb.words
    if words in ELSEWHERE or (words == BOARD and session.is_at_terminal) or not session.has_database:
        return
    if not records(session.arguments) and session.claimed is None:
        return
    if words not in _FINDS_THE_FILE_CLOSED:
        session.identity_in(session.database, _office_acted_on(session))
        return
    database: Database | None = None
    with suppress(DbError):
        # One that does not open is what is to be restored: then the backup says who asks.
        database = connection.open(session.path)
    if database is not None:
        with database:
            session.identity_in(database, session.arguments.text("--opd"))


def _office_acted_on(session: Session) -> str | None:
    """Code of the office that the command is about; None for one that is not there yet, or where it cannot be told."""
    from db import queries
    from db.errors import UnknownAdoption, UnknownOffice

    codes = [row.code for row in queries.offices(session.database)]
    wanted = session.arguments.text("--opd")
    if wanted is not None or len(codes) == 1:
        return wanted if wanted in codes else None if wanted is not None else codes[0]
    with suppress(UnknownAdoption, UnknownOffice):
        return session.address.office
    return None


def identified(session: Session, database: Database, office: str | None) -> Identity:
    """Who asks, as far as it is proven; the PIN is asked for where that needs one.

    Args:
        session: The command.
        database: The file that is to know them.
        office: Code of the office acted on; None where the act concerns the file, or an office that is not there yet.

    Raises:
        Refused: IDENTITY_LOCKED, or what `pin_asking.prove` raises.
        UnknownPerson: There are people, and this is none of them.
    """
    from db import identity, people
    from db.identity import Identity, Proof
    from sakip_tui.cli import pin_asking
    from sakip_tui.cli.recording import records

    claimed, own = session.claimed, own_identity(session)
    if identity.is_open(database):
        return Identity(_locked_or(session.locked, claimed, claimed or own.name), Proof.NAME)
    found: tuple[str, str] | None = None
    staffed = _where_known(database, office)
    for code, office_id in staffed:
        mine = identity.code_in(database, code, own)
        known = mine if claimed is None else people.code_of(database, office_id, claimed)
        if known is not None and known == mine:
            if session.locked is None and records(session.arguments) and people.has_pin(database, office_id, known):
                pin_asking.prove(session, database, code, known)
            return own
        found = found or (None if known is None else (code, known))
    _locked_or(session.locked, claimed, claimed or own.name)
    if found is None:
        raise people.unknown(database, staffed[0][1], claimed or own.name)
    pin_asking.prove(session, database, *found)
    return Identity(found[1], Proof.PIN, found[0])


def own_identity(session: Session) -> Identity:
    """Who asks without saying more: the person of the key, else the account's own."""
    from db.identity import Identity, Proof

    if session.locked is not None:
        return Identity(session.locked, Proof.CODE)
    return Identity(session.account, Proof.ACCOUNT)


def seat(session: Session) -> Seat:
    """As `identified`, for the screen, which asks by itself whoever is not proven.

    Raises:
        Refused: IDENTITY_LOCKED.
    """
    from db import identity, people
    from db.errors import DbError
    from db.file import connection
    from db.identity import Identity, Proof

    claimed, own = session.claimed, own_identity(session)
    if session.locked is not None:
        _locked_or(session.locked, claimed, session.locked)
        return Seat(own, is_proven=True)
    # While nobody is registered a name proves itself; the account's own person goes on when people are.
    said = Seat(own if claimed is None else Identity(claimed, Proof.NAME), is_proven=True)
    if not session.has_database:
        return said
    # What is wrong with a file that does not open is told by the screen itself.
    with suppress(DbError), connection.open(session.path) as database:
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
    from db import people

    staffed = people.staffed_offices(database)
    return tuple(each for each in staffed if office in (None, each[0])) or staffed


def _locked_or(locked: str | None, claimed: str | None, otherwise: str) -> str:
    """The locked person. Raises Refused where another is claimed."""
    if locked is None:
        return otherwise
    if claimed is not None and claimed != locked:
        raise Refused(Rule.IDENTITY_LOCKED, person=locked, claimed=claimed)
    return locked

"""Before a command is answered: whether its office is there, and who asks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from db import identity, opening, people, queries
from db.errors import DbError, UnknownAdoption, UnknownOffice, UnknownPerson
from sakip_tui.cli.people_identity import identity_in, own_identity
from sakip_tui.cli.session import Session

if TYPE_CHECKING:
    from db.file.connection import Database

_MAY_NAME_NOTHING = frozenset({("siapkan",), ("contoh",)})
"""Commands whose `--opd` may name an office that is not in the file yet."""
_FINDS_THE_FILE_CLOSED = frozenset({("pulihkan",)})
"""Commands that must find nobody in the file, not even themselves."""


def admit(session: Session) -> None:
    """Before a command is answered: whether its office is there, and whether a guest of an office host is somebody.

    What is wrong with a database that does not open is left to the command to tell.

    Raises:
        UnknownPerson: A guest who is no active person of any office, in a file that has people: a key may outlast the
            person's time there.
        UnknownOffice: `--opd` names no office of the file.
    """
    wanted = session.arguments.text("--opd")
    if session.arguments.verb.words in _MAY_NAME_NOTHING:
        wanted = None
    if not session.has_database or (session.locked is None and wanted is None):
        return
    refusal: DbError | None = None
    with suppress(DbError), opening.open(session.path) as database:
        known = queries.office_codes(database)
        if session.locked is not None and not identity.is_somebody(database, own_identity(session)):
            first, _ = people.staffed_offices(database)[0]
            refusal = UnknownPerson(name=session.locked, office=first, known=(), by_key=True)
        elif wanted is not None and wanted not in known:
            refusal = UnknownOffice(code=wanted, known=known)
    if refusal is not None:
        raise refusal


def prove(session: Session) -> None:
    """Before a command is answered that records an act or names somebody: find who asks, and ask for the PIN.

    Raises:
        As `identified`; and what is wrong with the database.
    """
    if session.arguments.verb.words not in _FINDS_THE_FILE_CLOSED:
        identity_in(session, session.database, _office_acted_on(session))
        return
    database: Database | None = None
    with suppress(DbError):
        # One that does not open is what is to be restored: then the backup says who asks.
        database = opening.open(session.path)
    if database is not None:
        with database:
            identity_in(session, database, session.arguments.text("--opd"))


def _office_acted_on(session: Session) -> str | None:
    """Code of the office that the command is about; None for one that is not there yet, or where it cannot be told."""
    codes = [row.code for row in queries.offices(session.database)]
    wanted = session.arguments.text("--opd")
    if wanted is not None or len(codes) == 1:
        return wanted if wanted in codes else None if wanted is not None else codes[0]
    with suppress(UnknownAdoption, UnknownOffice):
        return session.address.office
    return None

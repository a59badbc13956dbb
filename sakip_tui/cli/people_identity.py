"""Who acts: the locked connection, the account of the operating system, or a name with a PIN; in this order.

While nobody is registered, a name that is given stands for itself (rules part 3). Once there are people, the account's
own person reads without more, and records with the PIN where there is one; anybody else has to be proven with the PIN
of that person. `pin_asking.py` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from sop.refusals import Refused, Rule

if TYPE_CHECKING:
    from db.connection import Database
    from sakip_tui.cli.session import Session


class Seat(NamedTuple):
    """Who sits at the screen."""

    person: str | None
    """Code or name; None for somebody unknown."""
    is_proven: bool
    """Whether nothing more is asked; else the screen asks for the PIN, this person's first."""


def prove(session: Session) -> None:
    """Before a command is answered: find who asks where it records an act or names somebody, and ask for the PIN.

    Raises:
        As `identified`.
    """
    from sakip_tui.cli.recording import BOARD, ELSEWHERE, records

    words = session.arguments.verb.words
    if words in ELSEWHERE or (words == BOARD and session.is_at_terminal):
        return
    if records(session.arguments) or session.names_somebody:
        _ = session.person


def identified(session: Session, claimed: str | None, is_option: bool, account: str) -> str:
    """Name under which a command acts.

    Args:
        session: The command.
        claimed: What `--sebagai` or SAKIP_PENGGUNA says; None for neither.
        is_option: Whether it was said with `--sebagai`: a locked connection refuses that and ignores the other.
        account: Name of the account at the operating system.

    Raises:
        Refused: IDENTITY_LOCKED, or what `pin_asking.prove` raises.
        UnknownPerson: There are people, and this is none of them.
    """
    from sakip_tui.cli.recording import records

    if session.locked is not None and not is_option:
        claimed = None
    with _staffed_office(session) as staffed:
        if staffed is None:
            return _locked_or(session.locked, claimed, claimed or account)
        database, office, office_id = staffed
        from db import people
        from sakip_tui.cli import pin_asking

        own = session.locked or people.code_of_account(database, office_id, account)
        code = own if claimed is None else people.code_of(database, office_id, claimed)
        if code is None or code != own:
            _locked_or(session.locked, claimed, claimed or account)
        if code is None:
            raise people.unknown(database, office_id, claimed or account)
        needs_pin = code != own or (records(session.arguments) and people.has_pin(database, office_id, code))
        if session.locked is None and needs_pin:
            pin_asking.prove(session, database, office, code)
        return code


def seat(session: Session, claimed: str | None, is_option: bool, account: str) -> Seat:
    """As `identified`, for the screen, which asks by itself whoever is not proven.

    Raises:
        Refused: IDENTITY_LOCKED.
    """
    if session.locked is not None:
        return Seat(_locked_or(session.locked, claimed if is_option else None, session.locked), is_proven=True)
    with _staffed_office(session) as staffed:
        if staffed is None:
            return Seat(claimed or account, is_proven=True)
        database, _, office_id = staffed
        from db import people

        own = people.code_of_account(database, office_id, account)
        code = own if claimed is None else people.code_of(database, office_id, claimed)
        is_proven = code is not None and code == own and not people.has_pin(database, office_id, code)
        return Seat(code, is_proven)


def admit(session: Session) -> None:
    """Keep out a guest of an office host who is nobody in it, or no more: a key may outlast the person's time there.

    What is wrong with a database that does not open is left to the command to tell.

    Raises:
        UnknownPerson: Every office of the file has people, and this is none of the active ones.
    """
    from db import connection, people
    from db.errors import DbError, UnknownPerson

    assert session.locked is not None
    if not session.has_database:
        return
    with suppress(DbError), connection.open(session.path) as database:
        staffed = people.staffed_offices(database)
        is_open = database.row("SELECT 1 FROM offices WHERE id NOT IN (SELECT office_id FROM people)") is not None
        known = any(people.code_of(database, office_id, session.locked) == session.locked for _, office_id in staffed)
        if is_open or known or not staffed:
            return
        stranger = UnknownPerson(name=session.locked, office=staffed[0][0], known=(), by_key=True)
    raise stranger


def _locked_or(locked: str | None, claimed: str | None, otherwise: str) -> str:
    """The locked person. Raises Refused where another is claimed."""
    if locked is None:
        return otherwise
    if claimed is not None and claimed != locked:
        raise Refused(Rule.IDENTITY_LOCKED, person=locked, claimed=claimed)
    return locked


@contextmanager
def _staffed_office(session: Session) -> Iterator[tuple[Database, str, int] | None]:
    """The office meant, where it has people: (database, its code, its row). None where it has none, or cannot be told.

    A connection of its own where the command has none yet: restoring must find the file closed.
    """
    from db import connection, people
    from db.errors import DbError

    if not session.has_database:
        yield None
        return
    opened = session.__dict__.get("database")
    try:
        database = opened if opened is not None else connection.open(session.path)
    except DbError:
        # What is wrong with it is told by the command itself; nothing is written to a file that does not open.
        yield None
        return
    try:
        wanted = session.arguments.text("--opd")
        meant = [row for row in people.staffed_offices(database) if wanted in (None, row[0])]
        yield (database, meant[0][0], meant[0][1]) if meant else None
    finally:
        if opened is None:
            database.close()

"""Who somebody is: the rights and lanes of a registered person. Registering people comes with the people issue."""

from __future__ import annotations

from collections.abc import Sequence

from db.connection import Database
from db.errors import UnknownPerson
from sop.pelaksana import Actor, Membership, Role

_PERSON = "SELECT id, code, role FROM people WHERE office_id = ? AND active = 1 AND (code = ? OR account = ?)"
_LANES = "SELECT lane, bidang FROM memberships WHERE person_id = ? AND since <= ? AND (until IS NULL OR until > ?)"


def actor(database: Database, office_id: int, name: str, now: int) -> Actor:
    """The person of that code or account, with the lanes held at `now`; everybody while nobody is registered.

    Raises:
        UnknownPerson: There are people, and this is none of them.
    """
    found = sorted(database.rows(_PERSON, (office_id, name, name)), key=lambda row: row[1] != name)
    if not found:
        if database.value("SELECT count(*) FROM people WHERE office_id = ?", (office_id,)):
            raise UnknownPerson(name=name, known=_codes(database, office_id))
        return Actor(name, everybody=True)
    person_id, code, role = found[0]
    lanes = database.rows(_LANES, (person_id, now, now))
    return Actor(code, Role(role), frozenset(Membership(lane, bidang) for lane, bidang in lanes))


def belongs(database: Database, office_id: int, name: str, lanes: Sequence[str], bidang: str | None, now: int) -> bool:
    """Whether the person holds one of the lanes for that bidang; False for somebody unknown."""
    try:
        return actor(database, office_id, name, now).lane_among(lanes, bidang) is not None
    except UnknownPerson:
        return False


def _codes(database: Database, office_id: int) -> tuple[str, ...]:
    sql = "SELECT code FROM people WHERE office_id = ? AND active = 1 ORDER BY code"
    return tuple(code for (code,) in database.rows(sql, (office_id,)))

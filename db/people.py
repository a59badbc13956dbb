"""The register of an office: its people, and the roles and lanes of each at a moment.

Names stand here alone; the log holds codes. What changes the register stands in `people_store.py`, who somebody at the
keyboard is in `identity.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db import statements
from db.bidang import family
from db.errors import UnknownPerson
from db.file.connection import Database, Row
from db.moments import moment, moment_or_none
from db.queries import unknown_office
from db.settings_text import settings_of
from sop.model.bidang import Family
from sop.model.pelaksana import Actor, HeldLane, Membership, MembershipKind, Role, in_order
from sop.values import Frozen


class PersonRow(Frozen):
    """One line of the register."""

    code: str
    name: str
    """Empty where the personal data were blanked."""
    roles: tuple[Role, ...]
    """In the order of `Role`; at least one."""
    account: str | None
    is_active: bool
    has_pin: bool
    locked_until: int | None
    """Until when the PIN is locked after wrong ones; may lie in the past."""
    lanes: tuple[HeldLane, ...]

    @property
    def is_admin(self) -> bool:
        """Whether they register people and put PINs right."""
        return self.is_active and Role.ADMIN in self.roles


# ---------------------------------------------------------------------- the register


def register(database: Database, office: str) -> tuple[PersonRow, ...]:
    """Everybody who was ever registered, in that order. Raises UnknownOffice."""
    with database.read():
        office_id = office_id_of(database, office)
        lanes = lanes_by_person(database.rows(statements.LANES_OF_OFFICE, (office_id,)))
        return tuple(
            PersonRow(
                code,
                name,
                roles_of(roles),
                account,
                bool(active),
                bool(pin),
                moment_or_none(locked),
                tuple(lanes.get(person_id, ())),
            )
            for person_id, code, name, roles, account, active, pin, locked in database.rows(
                statements.REGISTER, (office_id,)
            )
        )


def lanes_by_person(rows: Iterable[Row]) -> dict[int, list[HeldLane]]:
    """Row of a person -> lanes, in the order of rows of (person, lane, bidang, kind, since, until)."""
    lanes: dict[int, list[HeldLane]] = {}
    for person_id, lane, bidang, kind, since, until in rows:
        held = HeldLane(lane, bidang, MembershipKind(kind), moment(since), moment_or_none(until))
        lanes.setdefault(person_id, []).append(held)
    return lanes


def roles_of(text: str) -> tuple[Role, ...]:
    """Roles as the table holds them."""
    return in_order(Role(word) for word in text.split(","))


def names(database: Database, office: str) -> dict[str, str]:
    """Code -> name, without those whose data were blanked: for showing a name beside a code. Raises UnknownOffice."""
    with database.read():
        return dict(database.rows(statements.NAMES, (office_id_of(database, office),)))


def names_in_file(database: Database) -> dict[str, str]:
    """Code -> name of whom it means in every office of the file that knows it: what was done to the whole file is
    recorded under the code alone."""
    found: dict[str, set[str]] = {}
    with database.read():
        for _, office_id in staffed_offices(database):
            for code, name, _ in database.rows(statements.NAMES_AND_ACCOUNTS, (office_id,)):
                found.setdefault(code, set()).add(name)
    return {code: next(iter(names)) for code, names in found.items() if len(names) == 1 and "" not in names}


def office_id_of(database: Database, office: str) -> int:
    """Row of an office. Raises UnknownOffice."""
    found = database.value(statements.OFFICE_OF_CODE, (office,))
    if found is None:
        raise unknown_office(database, office)
    return int(found)


def staffed_offices(database: Database) -> tuple[tuple[str, int], ...]:
    """(code, row) of every office in which somebody is registered."""
    return tuple((code, office_id) for code, office_id in database.rows(statements.STAFFED_OFFICES))


def is_staffed(database: Database, office_id: int) -> bool:
    """Whether anybody is registered in that office."""
    return database.row(statements.ANYBODY_OF, (office_id,)) is not None


def code_of(database: Database, office_id: int, name: str) -> str | None:
    """The code of the active person with that code or account; None for nobody. A code goes before an account."""
    return active_code(database, office_id, name) or code_of_account(database, office_id, name)


def active_code(database: Database, office_id: int, code: str) -> str | None:
    """That code, where it is an active person's; None for nobody's."""
    return None if database.row(statements.ACTIVE_PERSON, (office_id, code)) is None else code


def code_of_account(database: Database, office_id: int, account: str) -> str | None:
    """The code of the active person whose account this is; None for nobody."""
    found = database.value(statements.CODE_OF_ACCOUNT, (office_id, account))
    return None if found is None else str(found)


def lock_minutes(database: Database, office: str, person: str) -> int | None:
    """Minutes without a key after which this person's screen locks; None for somebody without a PIN."""
    with database.read():
        row = database.row(statements.SETTINGS_OF_PIN_HOLDER, (office, person))
    return None if row is None else settings_of(row[0]).idle_minutes


def has_pin(database: Database, office_id: int, code: str) -> bool:
    """Whether an active person has a PIN."""
    row = database.row(statements.PIN, (office_id, code))
    return row is not None and row[1] is not None


# ---------------------------------------------------------------------- rights


class RegisterEntry(Frozen):
    """An active person of a register, with every lane held at any time."""

    code: str
    roles: frozenset[Role]
    office: str
    lanes: tuple[tuple[Membership, int, int | None], ...]
    """Each with since and until. A lane held for one bidang counts for every name that the bidang has had."""

    def at(self, now: int) -> Actor:
        """The person with the lanes held then."""
        held = (lane for lane, since, until in self.lanes if since <= now and (until is None or until > now))
        return Actor(self.code, self.roles, frozenset(held), home=self.office)


def entry_of(database: Database, office_id: int, code: str) -> RegisterEntry | None:
    """The active person of that code; None for nobody."""
    row = database.row(statements.ACTIVE_PERSON, (office_id, code))
    if row is None:
        return None
    person_id, roles, office = row
    units = family(database, office_id)
    lanes = tuple(
        (Membership(lane, unit, MembershipKind(kind)), since, until)
        for lane, bidang, kind, since, until in database.rows(statements.LANES_OF_PERSON, (person_id,))
        for unit in _names_of(bidang, units)
    )
    return RegisterEntry(code, frozenset(roles_of(roles)), office, lanes)


def registered(database: Database, office_id: int, code: str, now: int) -> Actor | None:
    """The active person of that code, with the lanes held at `now`; None for nobody."""
    entry = entry_of(database, office_id, code)
    return None if entry is None else entry.at(now)


def belongs(database: Database, office_id: int, name: str, lanes: Sequence[str], bidang: str | None, now: int) -> bool:
    """Whether the person holds one of the lanes for that bidang; False for somebody unknown."""
    found = registered(database, office_id, name, now)
    return found is not None and found.lane_among(lanes, bidang) is not None


def stands_for(
    database: Database, office_id: int, person: str, lanes: Sequence[str], bidang: str | None, now: int, *, ever: bool
) -> frozenset[str]:
    """Whose act it is that a person typed for one of the lanes (`sop.model.context.Context.stands_for`).

    Args:
        database: In a transaction.
        office_id: Row of the office.
        person: Code of who typed.
        lanes: Lanes that the act may be recorded for.
        bidang: Whose run it is, where the step is per bidang.
        now: UTC epoch seconds.
        ever: Whether a lane that the person held once counts as well.

    Returns:
        The person, where the person holds one of the lanes; else whoever does; else the lanes as such.
    """
    units = family(database, office_id)
    if ever:
        rows = database.rows(statements.LANES_EVER, (office_id, person, now))
        if any(lane in lanes and _covers(held, bidang, units) for lane, held in rows):
            return frozenset((person,))
    members = frozenset(
        code
        for code, roles, lane, held in database.rows(statements.MEMBERS_AT, (office_id, now))
        if lane in lanes and roles != Role.PENGAMAT and _covers(held, bidang, units)
    )
    if person in members:
        return frozenset((person,))
    return members or frozenset(f"lajur {lane}" for lane in lanes)


def _names_of(bidang: str | None, units: Family) -> tuple[str | None, ...]:
    return (None,) if bidang is None else units.names_of(bidang)


def _covers(held: str | None, bidang: str | None, units: Family) -> bool:
    return held is None or bidang is None or bidang in units.names_of(held)


def unknown(database: Database, office_id: int, name: str, *, is_meant: bool = False) -> UnknownPerson:
    """The error for somebody who is not there, with those who are; `is_meant` where it is not the one who asks."""
    code = database.value(statements.OFFICE_NAMES, (office_id,))
    return UnknownPerson(name=name, office=code, known=_codes(database, office_id), is_meant=is_meant)


def _codes(database: Database, office_id: int) -> tuple[str, ...]:
    return tuple(code for (code,) in database.rows(statements.ACTIVE_CODES, (office_id,)))

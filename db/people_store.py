"""Writing the register: people, their roles, and the lanes they hold. One transaction and one event each.

Events name codes and say what changed, never a name or an account; so a person's data can be blanked and the chain of
the log still holds.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any, NamedTuple

from db import identity, people
from db.bidang import family
from db.file.connection import Database
from db.office_acts import by_home, manager
from db.people_acts import NOTHING_GIVEN, Given, Ground, Outcome, RegisterChanged, Told, perform, person_entity
from db.people_cards import open_cards
from db.recall import bidang_of
from db.store import Store
from sop.acts.rights import SETTING_UP
from sop.form import toml_format
from sop.model.bidang import Family, listed_name
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Act
from sop.model.pelaksana import FIRST_ROLES, Actor, MembershipKind, Role, in_order
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import LONGEST_NAME, clean, clean_or_none

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST_ACCOUNT = 64


class NewPerson(NamedTuple):
    """Somebody to be registered."""

    name: str
    roles: Set[Role]
    """The first of an office is pengelola and admin, whatever stands here."""
    code: str | None = None
    """Letters, digits and hyphens, and no part of the name; None for the next free `p<n>`."""
    account: str | None = None
    """Name of the account at the operating system, where the person works under one of their own."""


class PersonChange(NamedTuple):
    """What is to be changed; None leaves it."""

    name: str | None = None
    roles: Set[Role] | None = None
    """All that the person shall have."""
    account: str | None = None
    """Empty takes the account away."""
    is_active: bool | None = None


class Lane(NamedTuple):
    """A lane to be held."""

    lane: str
    bidang: str | None = None
    """None for all of them."""
    kind: MembershipKind = MembershipKind.TETAP
    since: int | None = None
    """None for the moment of the act."""
    until: int | None = None
    """None for as long as nobody ends it."""


class _Row(NamedTuple):
    id: int
    code: str
    name: str
    roles: tuple[Role, ...]
    account: str | None
    active: int


def add_person(
    store: Store, office: str, person: NewPerson, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Register somebody. From the first one on, pengelola and admin together, rights are those of the register.

    In a file where other offices have people, the first one here is registered by an admin of theirs; where that is the
    admin's own name, code, account and PIN come along.

    Raises:
        FaultyInput: Everything that is wrong with the person, at once.
        Refused: Not an admin who asks.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """

    def work(ground: Ground) -> Outcome:
        database, office_id = ground.database, ground.record.id
        is_first = not people.is_staffed(database, office_id)
        if is_first and _is_self(database, person, ground.actor):
            return Outcome(
                person_entity(ground.actor.code),
                {**bring_along(database, office_id, ground.actor), "change": "tambah", "first": True},
            )
        faults: list[Fault] = []
        name = _name(person.name, faults)
        account = _account(database, office_id, person.account, None, faults)
        code = _free_code(database, office_id, person.code, name, faults)
        roles = _roles(FIRST_ROLES if is_first else person.roles, faults)
        if is_first and person.account is None:
            faults.append(Fault("akun", "akun-pertama"))
        if faults:
            raise FaultyInput(tuple(faults))
        ground.refuse_stale(person_entity(code))
        database.rows(
            "INSERT INTO people (office_id, code, name, role, account, active) VALUES (?, ?, ?, ?, ?, 1)",
            (office_id, code, name, people.roles_text(roles), account),
        )
        data: dict[str, Any] = {"code": code, "change": "tambah", "roles": list(roles)}
        if is_first:
            data["first"] = True
            if ground.actor.home is not None:
                data["by_office"] = ground.actor.home
        return Outcome(person_entity(code), data)

    asked = ("tambah", person.code, list(in_order(person.roles)), person.account is not None)
    stands = _stands(person.name, person.account)
    return perform(store, office, actor, Act.PENGGUNA, asked, given, work, _registrar, stands)


def _registrar(store: Store, office_id: int, actor: Actor, now: int) -> Actor:
    """Who may register: an admin here; in an office without people an admin of another office of the file."""
    database = store.database
    if identity.is_open(database) or people.is_staffed(database, office_id):
        return manager(store, office_id, actor, Act.PENGGUNA, now)
    return by_home(database, actor, Act.PENGGUNA, SETTING_UP, now)


def bring_along(database: Database, office_id: int, admin: Actor) -> dict[str, Any]:
    """Make an admin of another office the first person of this one: the same code, name, account and PIN.

    Returns:
        How an event tells it: `code`, `roles`, and as `by_office` the office that the admin comes from.
    """
    own = _person(database, people.office_id_of(database, admin.home or ""), admin.code)
    roles = in_order(FIRST_ROLES)
    person_id = database.insert(
        "INSERT INTO people (office_id, code, name, role, account, active) VALUES (?, ?, ?, ?, ?, 1)",
        (office_id, own.code, own.name, people.roles_text(roles), own.account),
    )
    database.rows(
        "INSERT INTO pins (person_id, hash, failures, locked_until, changed) "
        "SELECT ?, hash, failures, locked_until, changed FROM pins WHERE person_id = ?",
        (person_id, own.id),
    )
    return {"code": own.code, "roles": list(roles), "by_office": admin.home}


def _is_self(database: Database, person: NewPerson, admin: Actor) -> bool:
    """Whether somebody who registers in an office without people means themselves."""
    if admin.home is None:
        return False
    own = _person(database, people.office_id_of(database, admin.home), admin.code)
    is_named = clean(person.name).casefold() == own.name.casefold()
    return is_named and person.code in (None, own.code) and person.account in (None, own.account)


def change_person(
    store: Store, office: str, code: str, change: PersonChange, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Change name, roles, account, or whether the person is active.

    Raises:
        FaultyInput: Everything that is wrong with it, at once.
        Refused: Not an admin who asks, nothing changed, or no active admin would be left.
        UnknownPerson: No such person, or the actor is none.
        StaleCase: Somebody changed the person since `given.seen`.
    """

    def work(ground: Ground) -> Outcome:
        database, office_id = ground.database, ground.record.id
        row = _person(database, office_id, code)
        ground.refuse_stale(person_entity(row.code))
        faults: list[Fault] = []
        name = row.name if change.name is None else _name(change.name, faults)
        if change.name is not None and not faults and _shares_a_word(row.code, name):
            faults.append(Fault("nama", "kode-memuat-nama", row.code))
        account = row.account
        if change.account is not None:
            account = _account(database, office_id, change.account or None, row.id, faults)
        roles = row.roles if change.roles is None else _roles(change.roles, faults)
        if faults:
            raise FaultyInput(tuple(faults))
        active = row.active if change.is_active is None else int(change.is_active)
        after = _Row(row.id, row.code, name, roles, account, active)
        changed = [
            part for part in ("name", "account", "roles", "active") if getattr(after, part) != getattr(row, part)
        ]
        if not changed:
            raise Refused(Rule.NOTHING_CHANGED, person=row.code)
        _keep_an_admin(database, office_id, row, after)
        database.rows(
            "UPDATE people SET name = ?, role = ?, account = ?, active = ? WHERE id = ?",
            (name, people.roles_text(roles), account, active, row.id),
        )
        data: dict[str, Any] = {"code": row.code, "change": "ubah", "changed": changed}
        if roles != row.roles:
            data["roles"] = {"before": list(row.roles), "after": list(roles)}
        if active != row.active:
            data["active"] = {"before": bool(row.active), "after": bool(active)}
        return Outcome(person_entity(row.code), data)

    roles = None if change.roles is None else list(in_order(change.roles))
    asked = ("ubah", code, change.name is not None, roles, change.account is not None, change.is_active)
    stands = _stands(change.name, change.account)
    return perform(store, office, actor, Act.PENGGUNA, asked, given, work, stands=stands)


def blank_person(
    store: Store, office: str, code: str, typed: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Take the personal data away, for ever: name, account, PIN, drafts. The code stays, and with it the log.

    Args:
        store: Where.
        office: Code of the office.
        code: Whose.
        typed: The code once more, as whoever asks typed it when told that this is for ever.
        actor: An admin.
        given: What stands beside.

    Raises:
        FaultyInput: `typed` is another code.
        Refused: Not an admin who asks, the person is active or holds open cards, or nothing is left to blank.
        UnknownPerson, StaleCase: As `change_person`.
    """

    def work(ground: Ground) -> Outcome:
        database, office_id = ground.database, ground.record.id
        row = _person(database, office_id, code)
        ground.refuse_stale(person_entity(row.code))
        refusal = why_not_blank(row.code, bool(row.active), len(open_cards(database, office_id, row.code)))
        if refusal is not None:
            raise refusal
        if typed.strip().casefold() != row.code:
            raise FaultyInput((Fault("kode", "kode-diketik-lagi", typed[:60], (row.code,)),))
        if not row.name and row.account is None:
            raise Refused(Rule.NOTHING_CHANGED, person=row.code)
        database.rows("UPDATE people SET name = '', account = NULL WHERE id = ?", (row.id,))
        database.rows("DELETE FROM pins WHERE person_id = ?", (row.id,))
        database.rows("DELETE FROM drafts WHERE person = ?", (row.code,))
        return Outcome(person_entity(row.code), {"code": row.code, "change": "kosongkan"})

    return perform(store, office, actor, Act.PENGGUNA, ("kosongkan", code), given, work)


def why_not_blank(code: str, is_active: bool, cards: int) -> Refused | None:
    """Why a person's data cannot be blanked now: it is for ever, so only once they have left. None where they can."""
    if is_active:
        return Refused(Rule.BLANK_ACTIVE, person=code)
    return Refused(Rule.BLANK_HOLDS, person=code, cards=cards) if cards else None


# ---------------------------------------------------------------------- lanes


def give_lane(
    store: Store, office: str, code: str, lane: Lane, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let a person hold a lane, from a moment, until another where one is given.

    Raises:
        Unknown: No SOP of the office has the lane, or the list has no such bidang.
        FaultyInput: It would end before it begins.
        Refused: Not an admin who asks, or the person holds it then already.
        UnknownPerson, StaleCase: As `change_person`.
    """

    def work(ground: Ground) -> Outcome:
        database, office_id = ground.database, ground.record.id
        row = _person(database, office_id, code)
        ground.refuse_stale(person_entity(row.code))
        name = _known("lajur", lane.lane, lanes_of(database, office_id))
        units = family(database, office_id)
        bidang = None
        if lane.bidang is not None:
            bidang = listed_name(lane.bidang.strip()[:LONGEST_NAME], bidang_of(database, office_id), units.names_of)
        since = ground.moment if lane.since is None else lane.since
        if lane.until is not None and lane.until <= since:
            raise FaultyInput((Fault("sampai", "sampai-sebelum-sejak"),))
        held = database.rows(
            "SELECT bidang FROM memberships WHERE person_id = ? AND lane = ? "
            "AND (until IS NULL OR until > ?) AND (? IS NULL OR since < ?)",
            (row.id, name, since, lane.until, lane.until),
        )
        if any(_is_same_unit(unit, bidang, units) for (unit,) in held):
            raise Refused(Rule.NOTHING_CHANGED, person=row.code, lane=name)
        database.rows(
            "INSERT INTO memberships (person_id, lane, bidang, since, until, kind) VALUES (?, ?, ?, ?, ?, ?)",
            (row.id, name, bidang, since, lane.until, lane.kind.value),
        )
        data = {"code": row.code, "change": "beri", "lane": name, "bidang": bidang, "kind": lane.kind.value}
        return Outcome(person_entity(row.code), {**data, "since": since, "until": lane.until})

    asked = ("beri", code, lane.lane, lane.bidang, lane.kind.value, lane.since, lane.until)
    return perform(store, office, actor, Act.HAK, asked, given, work)


def end_lane(
    store: Store,
    office: str,
    code: str,
    lane: str,
    bidang: str | None,
    until: int | None,
    actor: Actor,
    given: Given = NOTHING_GIVEN,
) -> RegisterChanged:
    """End a lane that a person holds or is to hold, at a moment (None: that of the act).

    Raises:
        Refused: Not an admin who asks, or the person does not hold it beyond that moment.
        Unknown, UnknownPerson, StaleCase: As `give_lane`.
    """

    def work(ground: Ground) -> Outcome:
        database, office_id = ground.database, ground.record.id
        row = _person(database, office_id, code)
        ground.refuse_stale(person_entity(row.code))
        held = database.rows(
            "SELECT id, lane, bidang, since, until FROM memberships WHERE person_id = ? ORDER BY id", (row.id,)
        )
        name = _known("lajur", lane, tuple(dict.fromkeys(each[1] for each in held)))
        end = ground.moment if until is None else until
        units = family(database, office_id)
        ending = [
            (row_id, since)
            for row_id, each, unit, since, ends in held
            if each == name and _is_same_unit(unit, bidang, units) and (ends is None or ends > end)
        ]
        if not ending:
            raise Refused(Rule.NOTHING_CHANGED, person=row.code, lane=name)
        for row_id, since in ending:
            # One that had not begun by then never holds; its row stays, since the log tells of it.
            database.rows("UPDATE memberships SET until = ? WHERE id = ?", (max(end, since), row_id))
        data = {"code": row.code, "change": "akhiri", "lane": name, "bidang": bidang, "until": end}
        return Outcome(person_entity(row.code), data)

    return perform(store, office, actor, Act.HAK, ("akhiri", code, lane, bidang, until), given, work)


def lanes_of(database: Database, office_id: int) -> tuple[str, ...]:
    """Every lane of every version of the office's SOPs, the newest version first: running cases keep older ones."""
    sql = "SELECT definition FROM sop_versions WHERE office_id = ? ORDER BY sop_code, version DESC"
    found: dict[str, None] = {}
    for (text,) in database.rows(sql, (office_id,)):
        found.update(dict.fromkeys(toml_format.from_dict(_json(text)).lane_names))
    return tuple(found)


# ---------------------------------------------------------------------- checks


def _json(text: str) -> Any:
    import json

    return json.loads(text)


def _person(database: Database, office_id: int, code: str) -> _Row:
    """Anybody ever registered, by code. Raises UnknownPerson."""
    sql = "SELECT id, code, name, role, account, active FROM people WHERE office_id = ? AND code = ?"
    row = database.row(sql, (office_id, code.strip().casefold()))
    if row is None:
        raise people.unknown(database, office_id, code)
    return _Row(row[0], row[1], row[2], people.roles_of(row[3]), row[4], row[5])


def _is_same_unit(held: str | None, asked: str | None, units: Family) -> bool:
    """Whether a lane is held for the bidang asked about, under whatever name; None stands for all bidang."""
    if held is None or asked is None:
        return held is asked
    return units.present_name(held).casefold() == units.present_name(asked.strip()).casefold()


def _stands(name: str | None, account: str | None) -> Told:
    """Whether a person bears the name and the account that were asked for; None asks for none."""

    def stands(database: Database, office_id: int, code: str) -> bool:
        row = _person(database, office_id, code)
        return (name is None or clean(name) == row.name) and (account is None or clean(account) == (row.account or ""))

    return stands


def _keep_an_admin(database: Database, office_id: int, before: _Row, after: _Row) -> None:
    """Without an active admin nobody could ever register anybody again."""
    was, is_one = ((Role.ADMIN in row.roles and row.active == 1) for row in (before, after))
    if was and not is_one:
        sql = "SELECT role FROM people WHERE office_id = ? AND active = 1 AND id <> ?"
        others = database.rows(sql, (office_id, before.id))
        if not any(Role.ADMIN in people.roles_of(roles) for (roles,) in others):
            raise Refused(Rule.LAST_ADMIN, person=before.code)


def _roles(roles: Set[Role], faults: list[Fault]) -> tuple[Role, ...]:
    if not roles:
        faults.append(Fault("peran", "peran-kosong"))
    return in_order(roles)


def _name(text: str, faults: list[Fault]) -> str:
    try:
        name = clean_or_none(text, "nama", LONGEST_NAME)
    except FaultyInput as error:
        faults += error.faults
        return ""
    if name is None:
        faults.append(Fault("nama", "teks-kosong"))
    return name or ""


def _account(
    database: Database, office_id: int, text: str | None, own_id: int | None, faults: list[Fault]
) -> str | None:
    try:
        account = clean_or_none(text, "akun", _LONGEST_ACCOUNT)
    except FaultyInput as error:
        faults += error.faults
        return None
    if account is None:
        if text is not None:
            faults.append(Fault("akun", "teks-kosong"))
        return None
    taken = database.rows("SELECT id, code FROM people WHERE office_id = ? AND account = ?", (office_id, account))
    if any(row_id != own_id for row_id, _ in taken):
        faults.append(Fault("akun", "akun-dipakai", account, (taken[0][1],)))
    # An account that is somebody's code would let its owner be taken for that person.
    other = database.rows("SELECT id FROM people WHERE office_id = ? AND code = ?", (office_id, account))
    if any(row_id != own_id for (row_id,) in other):
        faults.append(Fault("akun", "akun-dipakai", account, (account,)))
    return account


def _free_code(database: Database, office_id: int, text: str | None, name: str, faults: list[Fault]) -> str:
    taken = {code for (code,) in database.rows("SELECT code FROM people WHERE office_id = ?", (office_id,))}
    # The key of an office host stands for a code in the whole file, so there one code is one person.
    elsewhere = database.rows("SELECT code, name FROM people WHERE office_id <> ?", (office_id,))
    if text is None:
        taken |= {code for code, _ in elsewhere}
    else:
        taken |= {code for code, other in elsewhere if other.casefold() != name.casefold()}
    accounts = database.rows("SELECT account FROM people WHERE office_id = ? AND account IS NOT NULL", (office_id,))
    taken_or_account = taken | {account for (account,) in accounts}
    if text is None:
        return next(f"p{n}" for n in range(1, len(taken_or_account) + 2) if f"p{n}" not in taken_or_account)
    code = text.strip().casefold()
    if not _CODE.fullmatch(code):
        faults.append(Fault("kode", "kode-pengguna", text[:60]))
    elif code in taken_or_account:
        faults.append(Fault("kode", "kode-dipakai", code))
    elif _shares_a_word(code, name):
        faults.append(Fault("kode", "kode-memuat-nama", code))
    return code


def _shares_a_word(code: str, name: str) -> bool:
    """Whether a word of the name stands in the code: the code stays in the log for good."""
    return any(word in code for word in _WORD.findall(name.casefold()))


def _known(kind: str, text: str, known: tuple[str, ...]) -> str:
    for name in known:
        if name.casefold() == text.strip().casefold():
            return name
    raise Unknown(kind, text[:LONGEST_NAME], known)

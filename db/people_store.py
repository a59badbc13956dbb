"""Writing the register: people, their roles, and the lanes they hold. What may happen is `sop/acts/people_acts.py`."""

from __future__ import annotations

from collections.abc import Iterator

from db import people, statements
from db.file.connection import Database
from db.office_acts import Fulfilled, Scene
from db.office_rows import Named, Supplement, load
from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, register_act
from db.people_cards import open_cards
from db.store import Store
from sop.acts.people_acts import why_not_blank
from sop.form import toml_format
from sop.model.act import Act
from sop.model.definition import DataRole, Sop
from sop.model.events import Event
from sop.model.office import Personal
from sop.model.office_commands import (
    Alteration,
    Blanking,
    Founder,
    GivenLane,
    LaneEnded,
    LaneGiven,
    NewPerson,
    PersonChange,
    Registration,
)
from sop.model.pelaksana import Actor, in_order
from sop.model.texts import clean

__all__ = [
    "GivenLane",
    "NewPerson",
    "PersonChange",
    "add_person",
    "blank_person",
    "change_person",
    "end_lane",
    "give_lane",
    "lanes_of",
    "lanes_per_bidang",
    "rows_by_owner",
    "why_not_blank",
]


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

    def gather(scene: Scene) -> Registration:
        own = scene.actor if not scene.office.people and scene.actor.home is not None else None
        return Registration(
            person, known(scene), elsewhere(scene), None if own is None else founder_of(scene.database, own)
        )

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        if event.data.get("pin"):
            kept.rows["pins", (event.data["code"],)] = pin_of(scene.database, event.data["by_office"], event.by)

    asked = ("tambah", person.code, list(in_order(person.roles)), person.account is not None)
    fulfilled = _bears(person.name, person.account)
    return register_act(
        store,
        office,
        actor,
        Act.PENGGUNA,
        asked,
        given,
        gather,
        fulfilled=fulfilled,
        beside=beside,
    )


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

    def gather(scene: Scene) -> Alteration:
        return Alteration(code, change, known(scene))

    roles = None if change.roles is None else list(in_order(change.roles))
    asked = ("ubah", code, change.name is not None, roles, change.account is not None, change.is_active)
    fulfilled = _bears(change.name, change.account)
    return register_act(store, office, actor, Act.PENGGUNA, asked, given, gather, fulfilled=fulfilled)


def blank_person(
    store: Store, office: str, code: str, typed: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Take the personal data away, for ever: name, account, PIN, drafts in this office.

    The code stays, and with it the log.

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

    def gather(scene: Scene) -> Blanking:
        cards = len(open_cards(scene.database, scene.there.id, code.strip().casefold()))
        return Blanking(code, typed, known(scene), cards)

    def beside(scene: Scene, event: Event, kept: Supplement) -> None:
        scene.database.rows(statements.FORGET_DRAFTS_OF, (event.data["code"], office))

    return register_act(store, office, actor, Act.PENGGUNA, ("kosongkan", code), given, gather, beside=beside)


# ---------------------------------------------------------------------- lanes


def give_lane(
    store: Store, office: str, code: str, lane: GivenLane, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let a person hold a lane, from a moment, until another where one is given.

    Raises:
        Unknown: No SOP of the office has the lane, or the list has no such bidang.
        FaultyInput: It would end before it begins, or a bidang says nothing of this lane.
        Refused: Not an admin who asks, or the person holds it then already.
        UnknownPerson, StaleCase: As `change_person`.
    """

    def gather(scene: Scene) -> LaneGiven:
        lanes = lanes_per_bidang(scene.database, scene.there.id)
        by_owner = rows_by_owner(scene.database, scene.there.id)
        of_bidang = frozenset(name for name, is_parted in lanes.items() if is_parted or by_owner)
        return LaneGiven(code, lane, tuple(lanes), of_bidang)

    asked = ("beri", code, lane.lane, lane.bidang, lane.kind.value, lane.since, lane.until)
    return register_act(store, office, actor, Act.HAK, asked, given, gather)


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
    details = LaneEnded(code, lane, bidang, until)
    asked = ("akhiri", code, lane, bidang, until)
    return register_act(store, office, actor, Act.HAK, asked, given, lambda scene: details)


def lanes_of(database: Database, office_id: int) -> tuple[str, ...]:
    """Every lane of every version of the office's SOPs, the newest version first: running cases keep older ones."""
    return tuple(lanes_per_bidang(database, office_id))


def lanes_per_bidang(database: Database, office_id: int) -> dict[str, bool]:
    """As `lanes_of`: lane -> whether it acts in a step that is done per bidang."""
    found: dict[str, bool] = {}
    for sop in _definitions(database, office_id):
        parted = {lane for step in sop.steps if step.per_bidang for lane in step.pelaksana}
        for lane in sop.lane_names:
            found[lane] = found.get(lane, False) or lane in parted
    return found


def rows_by_owner(database: Database, office_id: int) -> bool:
    """Whether some SOP of the office has the rows of data of all bidang filled in one step: by whoever holds a lane,
    whichever it is, for the bidang."""
    steps = (step for sop in _definitions(database, office_id) for step in sop.steps)
    return any(step.data is DataRole.ISIAN and not step.per_bidang for step in steps)


def _definitions(database: Database, office_id: int) -> Iterator[Sop]:
    """Every version of the office's SOPs, the newest first."""
    rows = database.rows(statements.DEFINITIONS_OF_OFFICE, (office_id,))
    return (toml_format.from_canonical_json(text) for _, text in rows)


# ---------------------------------------------------------------------- what stands beside the log


def known(scene: Scene) -> dict[str, Personal]:
    """Code -> name and account of everybody in the office."""
    rows = scene.database.rows(statements.NAMES_AND_ACCOUNTS, (scene.there.id,))
    return {code: Personal(name, account) for code, name, account in rows}


def elsewhere(scene: Scene) -> tuple[tuple[str, str], ...]:
    """(code, name) of everybody in the other offices of the file."""
    rows = scene.database.rows(statements.NAMES_ELSEWHERE, (scene.there.id,))
    return tuple((code, name) for code, name in rows)


def founder_of(database: Database, admin: Actor) -> Founder:
    """An admin of another office, with what comes along."""
    home = admin.home or ""
    person = load(database, {home})[home].people[admin.code]
    row = database.row(statements.NAME_AND_ACCOUNT, (people.office_id_of(database, home), admin.code))
    assert row is not None
    return Founder(person, Personal(*row), home)


def pin_of(database: Database, office: str, code: str) -> Named:
    """The PIN of a person as its row holds it, for one that comes along."""
    row = database.row(statements.PIN_OF_CODE, (office, code))
    assert row is not None
    return dict(zip(("pin", "failures", "locked_until", "changed"), row, strict=True))


def _bears(name: str | None, account: str | None) -> Fulfilled:
    """Whether a person bears the name and the account that were asked for; None asks for none."""

    def fulfilled(database: Database, office_id: int, code: str) -> bool:
        row = database.row(statements.NAME_AND_ACCOUNT, (office_id, code))
        assert row is not None
        return (name is None or clean(name) == row[0]) and (account is None or clean(account) == (row[1] or ""))

    return fulfilled

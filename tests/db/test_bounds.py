"""Spans that have a beginning and an end, at their very seconds: the first counts, the last no more."""

from __future__ import annotations

import pytest

from db import case_queries, drafts, people
from db.bidang import bidang_rows
from db.bidang_store import rename_bidang
from db.log_queries import LogFilter, older
from db.people_acts import Given
from db.people_store import GivenLane, NewPerson, add_person, end_lane, give_lane, lanes_of
from db.row_audit import offices_beside_the_log
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Actor, Membership, MembershipKind, Role
from sop.model.refusals import Refused, Rule
from tests.db.office import EVERYBODY, MORNING, NGANJUK, adopt

TW1 = "2026-TW1"
ADMIN = Actor("adm")
HOUR = 3600
SINCE, UNTIL = MORNING + 2 * HOUR, MORNING + 4 * HOUR


class Still:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def still() -> Still:
    return Still()


@pytest.fixture
def store(database, still) -> Store:  # type: ignore[no-untyped-def]
    return Store(database, still, "pc-uji")


@pytest.fixture
def office(store: Store) -> Address:
    """TW I is open; `a1` holds the first step's lane from SINCE until UNTIL."""
    address = adopt(store)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "wening"), EVERYBODY)
    add_person(store, address.office, NewPerson("Citra", {Role.PELAKSANA}, "a1"), ADMIN)
    give_lane(store, address.office, "a1", GivenLane(lane(store), since=SINCE, until=UNTIL), ADMIN)
    return address


def lane(store: Store) -> str:
    return lanes_of(store.database, 1)[0]


def step_of(store: Store, address: Address) -> int:
    found = case_queries.sop_of(store.database, address.office, address.sop)
    assert found is not None
    return next(step.number for step in found.sop.steps if lane(store) in step.pelaksana)


MOMENTS = [(SINCE - 1, False), (SINCE, True), (UNTIL - 1, True), (UNTIL, False)]


def lanes_at(store: Store, moment: int) -> frozenset[Membership]:
    """What the person holds at a moment."""
    known = people.registered(store.database, 1, "a1", moment)
    assert known is not None
    return known.memberships


@pytest.mark.parametrize(("moment", "holds"), MOMENTS)
def test_a_lane_is_held_from_its_first_second_to_before_its_last(
    store: Store, office: Address, moment: int, holds: bool
) -> None:
    assert bool(lanes_at(store, moment)) is holds
    assert people.belongs(store.database, 1, "a1", (lane(store),), None, moment) is holds
    (held,) = next(row for row in people.register(store.database, office.office) if row.code == "a1").lanes
    assert held.holds_at(moment) is holds


@pytest.mark.parametrize(("moment", "holds"), MOMENTS)
def test_who_holds_the_lane_may_act_in_these_seconds_and_in_no_other(
    store: Store, office: Address, still: Still, moment: int, holds: bool
) -> None:
    still.now = moment
    command = Command(Act.MULAI, TW1, step=step_of(store, office))
    if holds:
        assert store.apply(office, command, Actor("a1")).event.by == "a1"
    else:
        with pytest.raises(Refused) as caught:
            store.apply(office, command, Actor("a1"))
        assert caught.value.rule is Rule.NOT_MEMBER


@pytest.mark.parametrize(("moment", "holds"), MOMENTS)
def test_an_act_typed_for_the_lane_is_its_holders_in_these_seconds_and_the_lanes_else(
    store: Store, office: Address, moment: int, holds: bool
) -> None:
    named = people.stands_for(store.database, 1, "adm", (lane(store),), None, moment, ever=False)
    assert named == (frozenset({"a1"}) if holds else frozenset({f"lajur {lane(store)}"}))
    # Once it was held it counts for work done then, whoever holds it now.
    ever = people.stands_for(store.database, 1, "a1", (lane(store),), None, moment, ever=True)
    assert (ever == {"a1"}) is (moment >= SINCE)


@pytest.mark.parametrize(
    ("since", "until", "is_free"),
    [
        (UNTIL, None, True),
        (UNTIL - 1, None, False),
        (MORNING, SINCE, True),
        (MORNING, SINCE + 1, False),
        (SINCE, UNTIL, False),
        (UNTIL, UNTIL + 1, True),
    ],
)
def test_a_lane_is_given_again_from_the_second_it_ended_and_up_to_the_one_it_begins(
    store: Store, office: Address, still: Still, since: int, until: int | None, is_free: bool
) -> None:
    still.now = SINCE
    wanted = GivenLane(lane(store), since=since, until=until)
    if is_free:
        give_lane(store, office.office, "a1", wanted, ADMIN)
    else:
        with pytest.raises(Refused) as caught:
            give_lane(store, office.office, "a1", wanted, ADMIN)
        assert caught.value.rule is Rule.NOTHING_CHANGED


@pytest.mark.parametrize(("now", "is_put_right"), [(SINCE - 1, True), (SINCE, False)])
def test_a_lane_that_has_not_begun_is_put_right_by_giving_it_again(
    store: Store, office: Address, still: Still, now: int, is_put_right: bool
) -> None:
    """docs/RULES.md: "A lane that has not begun is put right by giving it again"."""
    still.now = now

    def give(since: int, until: int | None, given: Given) -> None:
        wanted = GivenLane(lane(store), kind=MembershipKind.PLT, since=since, until=until)
        give_lane(store, office.office, "a1", wanted, ADMIN, given)

    # Whether it has begun is a matter of the clock, whatever moment was typed.
    late = Given(at=Typed(MORNING), reason="menurut surat")

    if is_put_right:
        give(SINCE + HOUR, None, late)
        (row,) = next(row for row in people.register(store.database, office.office) if row.code == "a1").lanes
        assert row[2:] == (MembershipKind.PLT, SINCE + HOUR, None)
        with pytest.raises(Refused):
            give(SINCE + HOUR, None, Given())
        # One that was given up before it began stands in nobody's way, and is not given up twice.
        end_lane(store, office.office, "a1", lane(store), None, now, ADMIN)
        with pytest.raises(Refused):
            end_lane(store, office.office, "a1", lane(store), None, now, ADMIN)
        give(SINCE, UNTIL, Given())
    else:
        with pytest.raises(Refused) as caught:
            give(SINCE + HOUR, None, late)
        assert caught.value.facts["since"] == SINCE
    assert lanes_at(store, SINCE)
    assert not lanes_at(store, UNTIL)
    assert offices_beside_the_log(store.database).differing == ()


@pytest.mark.parametrize(("length", "is_one"), [(0, False), (-1, False), (1, True)])
def test_a_lane_lasts_a_second_at_least(store: Store, office: Address, length: int, is_one: bool) -> None:
    wanted = GivenLane(lane(store), since=UNTIL, until=UNTIL + length)
    if is_one:
        give_lane(store, office.office, "a1", wanted, ADMIN)
        assert lanes_at(store, UNTIL)
        assert not lanes_at(store, UNTIL + 1)
    else:
        with pytest.raises(FaultyInput):
            give_lane(store, office.office, "a1", wanted, ADMIN)


@pytest.mark.parametrize(("end", "ends"), [(UNTIL, False), (UNTIL - 1, True), (SINCE, True), (SINCE - 1, True)])
def test_a_lane_is_ended_before_it_would_end_by_itself(store: Store, office: Address, end: int, ends: bool) -> None:
    if not ends:
        with pytest.raises(Refused) as caught:
            end_lane(store, office.office, "a1", lane(store), None, end, ADMIN)
        assert caught.value.rule is Rule.NOTHING_CHANGED
        return
    end_lane(store, office.office, "a1", lane(store), None, end, ADMIN)
    (row,) = next(row for row in people.register(store.database, office.office) if row.code == "a1").lanes
    assert row.until == max(end, SINCE), "no lane ends before it begins"
    ever = people.stands_for(store.database, 1, "a1", (lane(store),), None, UNTIL, ever=True)
    assert (ever == {"a1"}) is (end > SINCE), "one that never began does not count as held once"
    for moment in (SINCE - 1, SINCE, UNTIL - 1):
        held = bool(lanes_at(store, moment))
        assert held is (SINCE <= moment < end), moment


def test_the_log_is_asked_from_a_second_to_before_another(store: Store, office: Address, still: Still) -> None:
    still.now = SINCE
    store.apply(office, Command(Act.KOMENTAR, TW1, step=1, note="satu"), ADMIN)
    still.now = UNTIL
    store.apply(office, Command(Act.KOMENTAR, TW1, step=1, note="dua"), ADMIN)

    def notes(since: int | None, until: int | None) -> list[str]:
        found = case_queries.log(store.database, office, act=Act.KOMENTAR, since=since, until=until)
        lines = older(store.database, office, LogFilter(acts=("komentar",), since=since, until=until), None, 10).events
        assert len(lines) == len(found)
        return [str(one.event.data["note"]) for one in found]

    assert notes(SINCE, UNTIL) == ["satu"]
    assert notes(SINCE + 1, UNTIL + 1) == ["dua"]
    assert notes(SINCE, UNTIL + 1) == ["dua", "satu"]
    assert notes(None, SINCE) == []


def test_a_bidang_that_goes_on_under_another_name_does_so_from_one_second(store: Store, still: Still) -> None:
    address = adopt(store, NGANJUK, bidang=("Satu", "Dua"))
    still.now = SINCE
    rename_bidang(store, address.office, "Satu", "Tiga", EVERYBODY)
    rows = {row.name: row for row in bidang_rows(store.database, address.office)}
    assert (rows["Satu"].until, rows["Tiga"].since, rows["Tiga"].until) == (SINCE, SINCE, None)


def test_what_was_typed_is_forgotten_after_a_month_and_not_a_second_before(store: Store, still: Still) -> None:
    drafts.save(store.database, "a1", "x", {"a": "b"}, MORNING)
    drafts.save(store.database, "a2", "y", {}, MORNING + drafts.KEEP_SECONDS)
    assert drafts.load(store.database, "a1", "x") == {"a": "b"}
    drafts.save(store.database, "a2", "y", {}, MORNING + drafts.KEEP_SECONDS + 1)
    assert drafts.load(store.database, "a1", "x") is None
    assert drafts.places(store.database, "a2") == ("y",)


@pytest.mark.parametrize(("moment", "is_free"), [(SINCE, True), (SINCE + 1, False), (UNTIL - 1, False), (UNTIL, True)])
def test_an_act_recorded_late_falls_into_no_second_of_a_hold(
    store: Store, still: Still, moment: int, is_free: bool
) -> None:
    """What was done on the stroke of tahan came before it; from the second of lanjutkan on acts count again."""
    address = adopt(store)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    for now, act in ((SINCE, Act.TAHAN), (UNTIL, Act.LANJUTKAN)):
        still.now = now
        store.apply(address, Command(act, TW1, reason="audit"), EVERYBODY)
    still.now = UNTIL + HOUR
    command = Command(Act.MULAI, TW1, step=1, at=Typed(moment))
    if is_free:
        assert store.apply(address, command, EVERYBODY).event.at == moment
    else:
        with pytest.raises(Refused):
            store.apply(address, command, EVERYBODY)

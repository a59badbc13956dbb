"""How long a PIN stays locked whatever the clock is set to, and what a token stands for where a secret was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import opening
from db.people_acts import Given
from db.people_cards import cards_of, hand_over
from db.people_pins import set_pin, sign_in
from db.people_store import GivenLane, NewPerson, PersonChange, add_person, change_person, give_lane, lanes_of
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from tests.db.office import EVERYBODY, MORNING, Clock, adopt

TW1, TW2 = "2026-TW1", "2026-TW2"
ADMIN, MANAGER = Actor("adm"), Actor("atur")
PIN, WRONG = "481516", "481517"
HOUR, DAY = 3600, 86_400


class Machine:
    """A computer whose clock anybody sets, and which counts since its start on its own."""

    def __init__(self) -> None:
        self.clock = MORNING
        self.start, self.seconds = "pagi", 500

    def runs_on(self, seconds: int) -> None:
        self.clock += seconds
        self.seconds += seconds

    def restart(self) -> None:
        self.start, self.seconds = f"{self.start} lagi", 20

    def store(self, path: Path, *, counts: bool = True) -> Store:
        """A program begun anew on the file."""
        running = (lambda: (self.start, self.seconds)) if counts else (lambda: None)
        return Store(opening.open(path), lambda: self.clock, "pc-uji", running)


@pytest.fixture
def office(store: Store) -> Address:
    address = adopt(store)
    add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "wening"), EVERYBODY)
    add_person(store, address.office, NewPerson("Bagas", {Role.PENGELOLA}, "atur"), ADMIN)
    for code, name in (("a1", "Citra"), ("b1", "Damar"), ("c1", "Endah")):
        add_person(store, address.office, NewPerson(name, {Role.PENGELOLA}, code), ADMIN)
    set_pin(store, address.office, "a1", PIN, ADMIN)
    return address


def tried(store: Store, office: Address, pin: str = PIN) -> Rule | None:
    """What a PIN met with; None where it let pass. The program ends."""
    with store.database:
        now = store.now()
        try:
            sign_in(store, office.office, "a1", pin)
        except Refused as error:
            told = error.facts.get("until")
            assert told is None or (isinstance(told, int) and now < told <= now + HOUR), "it is told when it ends"
            return error.rule
    return None


def locked(machine: Machine, path: Path, office: Address, *, counts: bool = True) -> None:
    met = [tried(machine.store(path, counts=counts), office, WRONG) for _ in range(5)]
    assert met == [Rule.PIN_WRONG] * 4 + [Rule.PIN_LOCKED]


# --- the lock and the clock -------------------------------------------------------------------------------------------


def test_a_clock_set_forward_opens_no_lock_early(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office)
    machine.clock += DAY
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(59)
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(1)
    assert tried(machine.store(path), office) is None


def test_a_clock_set_back_holds_no_lock_longer(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office)
    machine.clock -= DAY
    machine.runs_on(59)
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(1)
    assert tried(machine.store(path), office) is None


@pytest.mark.parametrize("counts", [True, False])
def test_a_lock_met_under_a_clock_that_ran_ahead_ends_once_the_clock_is_right_again(
    office: Address, path: Path, counts: bool
) -> None:
    machine = Machine()
    machine.clock += 400 * DAY
    locked(machine, path, office, counts=counts)
    machine.clock -= 400 * DAY
    # The log's last reading lies ahead now, and before the end of the lock.
    assert tried(machine.store(path, counts=counts), office) is Rule.PIN_LOCKED
    machine.runs_on(60)
    assert tried(machine.store(path, counts=counts), office) is None


def test_after_a_restart_the_clock_answers_and_it_may_have_been_set_back(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office)
    machine.restart()
    machine.runs_on(30)
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.clock -= DAY
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(59)
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(1)
    assert tried(machine.store(path), office) is None


def test_a_lock_that_the_log_saw_end_is_over_though_the_clock_was_set_back(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office, counts=False)
    machine.runs_on(HOUR)
    with machine.store(path).database as database:
        writer = Store(database, lambda: machine.clock)
        change_person(writer, office.office, "b1", PersonChange(name="Damar W"), ADMIN)
    machine.clock -= DAY
    assert tried(machine.store(path, counts=False), office) is None


def test_the_next_lock_is_counted_from_its_own_beginning(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office)
    machine.runs_on(60)
    assert tried(machine.store(path), office, WRONG) is Rule.PIN_LOCKED
    machine.runs_on(119)
    machine.clock += DAY
    assert tried(machine.store(path), office) is Rule.PIN_LOCKED
    machine.runs_on(1)
    assert tried(machine.store(path), office) is None


def test_trying_while_it_is_locked_neither_counts_nor_lengthens_it(office: Address, path: Path) -> None:
    machine = Machine()
    locked(machine, path, office)
    for _ in range(6):
        machine.runs_on(9)
        assert tried(machine.store(path), office, WRONG) is Rule.PIN_LOCKED
    machine.runs_on(6)
    assert tried(machine.store(path), office) is None


# --- what a token stands for ------------------------------------------------------------------------------------------


def reused(act: object) -> None:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    assert caught.value.rule is Rule.TOKEN_REUSED


def test_a_token_with_another_pin_is_not_told_as_done(store: Store, office: Address) -> None:
    """The log cannot hold what the PIN was, so the two questions look the same there."""
    set_pin(store, office.office, "b1", PIN, ADMIN, Given(token="t"))
    assert set_pin(store, office.office, "b1", PIN, ADMIN, Given(token="t")).repeated
    reused(lambda: set_pin(store, office.office, "b1", "234217", ADMIN, Given(token="t")))
    sign_in(store, office.office, "b1", PIN)


def test_a_token_with_another_name_or_account_is_not_told_as_done(store: Store, office: Address) -> None:
    first = add_person(
        store, office.office, NewPerson("Fajar", {Role.PELAKSANA}, None, "fajar"), ADMIN, Given(token="t")
    )
    same = NewPerson(" Fajar ", {Role.PELAKSANA}, None, "fajar")
    assert add_person(store, office.office, same, ADMIN, Given(token="t")).code == first.code
    for other in (
        NewPerson("Gilang", {Role.PELAKSANA}, None, "fajar"),
        NewPerson("Fajar", {Role.PELAKSANA}, None, "g"),
    ):
        reused(lambda other=other: add_person(store, office.office, other, ADMIN, Given(token="t")))
    change_person(store, office.office, first.code, PersonChange(account=""), ADMIN, Given(token="u"))
    assert change_person(store, office.office, first.code, PersonChange(account=""), ADMIN, Given(token="u")).repeated
    reused(lambda: change_person(store, office.office, first.code, PersonChange(account="x"), ADMIN, Given(token="u")))


@pytest.fixture
def both_open(store: Store, office: Address, clock: Clock) -> Address:
    """TW I and TW II are open, and three people hold every lane."""
    clock.now += 100 * DAY
    for key in (TW1, TW2):
        store.apply(office, Command(Act.BUKA, key), MANAGER)
    for lane in lanes_of(store.database, 1):
        for code in ("a1", "b1", "c1"):
            give_lane(store, office.office, code, GivenLane(lane), ADMIN)
    return office


def test_handing_over_another_persons_cards_is_not_told_as_done(store: Store, both_open: Address) -> None:
    office = both_open
    for key, code in ((TW1, "a1"), (TW2, "c1")):
        store.apply(office, Command(Act.TUGASKAN, key, step=1, holder=code, token=f"beri {code}"), MANAGER)
    # A token that looks like one made from another is only itself.
    store.apply(office, Command(Act.KOMENTAR, TW1, step=1, note="x", token="t/2"), MANAGER)
    done = hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="t"))
    assert hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="t")).sequences == done.sequences
    reused(lambda: hand_over(store, office.office, "c1", "b1", MANAGER, Given(token="t")))
    reused(lambda: hand_over(store, office.office, "c1", "b1", MANAGER, Given(token="beri c1")))
    assert len(cards_of(store.database, office.office, "c1")) == 1


def test_several_cards_of_one_handing_over_are_told_again_all_of_them(store: Store, both_open: Address) -> None:
    office = both_open
    for key in (TW1, TW2):
        store.apply(office, Command(Act.TUGASKAN, key, step=1, holder="a1"), MANAGER)
    done = hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="t"))
    again = hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="t"))
    assert (len(done.cards), again.repeated, again.sequences) == (2, True, done.sequences)
    assert [(card.period, card.step) for card in again.cards] == [(card.period, card.step) for card in done.cards]
    # Back, and over once more: the same words under another token are another handing over.
    hand_over(store, office.office, "b1", "a1", MANAGER)
    once_more = hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="u"))
    assert hand_over(store, office.office, "a1", "b1", MANAGER, Given(token="u")).sequences == once_more.sequences


def test_the_store_counts_what_stands_in_the_log_and_nothing_else(store: Store, office: Address, clock: Clock) -> None:
    before = store.recorded
    with pytest.raises(Refused):
        store.apply(office, Command(Act.SELESAI, TW1, step=1), MANAGER)
    sign_in(store, office.office, "a1", PIN)
    assert store.recorded == before
    store.apply(office, Command(Act.BUKA, TW1), MANAGER)
    assert store.recorded == before + 1

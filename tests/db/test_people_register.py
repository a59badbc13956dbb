"""People, lanes, PINs and bidang: what may be changed by whom, what it leads to, and what the log never holds."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db import audit, bidang, case_queries, drafts, opening, people, queries, row_audit
from db.adoption import Adoption, set_up
from db.bidang_store import add_bidang, merge_bidang, rename_bidang
from db.errors import StaleCase, UnknownPerson
from db.people_acts import Given, revision_of
from db.people_cards import cards_of, hand_over
from db.people_pins import lock_seconds, set_pin, sign_in, unlock_pin
from db.people_store import (
    GivenLane,
    NewPerson,
    PersonChange,
    add_person,
    blank_person,
    change_person,
    end_lane,
    give_lane,
    lanes_per_bidang,
    rows_by_owner,
)
from db.rows import Address
from db.settings_store import change_settings
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Actor, MembershipKind, Role
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import Answer
from sop.values import replace
from tests.db.office import BIDANG, EVERYBODY, NGANJUK, Clock, adopt, dump
from tests.fakes import LIMA_PULUH_KOTA

TW1 = "2026-TW1"
ADMIN, MANAGER = Actor("adm"), Actor("atur")
NAMES = {"adm": "Wening Rahayu", "atur": "Bagas Pratama", "a1": "Citra Lestari", "b1": "Damar Wibowo"}
ACCOUNTS = {"adm": "wrahayu", "atur": "bpratama", "a1": "clestari"}
DAY = 86_400


@pytest.fixture
def office(store: Store) -> Address:
    """Tangerang, TW I open, with an admin who is nothing else, a pengelola and two pelaksana."""
    address = adopt(store)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    roles = {"adm": Role.ADMIN, "atur": Role.PENGELOLA}
    for code, name in NAMES.items():
        actor = EVERYBODY if code == "adm" else ADMIN
        person = NewPerson(name, {roles.get(code, Role.PELAKSANA)}, code, ACCOUNTS.get(code))
        add_person(store, address.office, person, actor)
    change_person(store, address.office, "adm", PersonChange(roles={Role.ADMIN}), ADMIN)
    return address


def lanes(store: Store, address: Address) -> tuple[str, ...]:
    found = case_queries.sop_of(store.database, address.office, address.sop)
    assert found is not None
    return found.sop.step(1).pelaksana


def give(store: Store, address: Address, code: str, lane: str, **details: object) -> None:
    give_lane(store, address.office, code, GivenLane(lane, **details), ADMIN)  # type: ignore[arg-type]


def refused(rule: Rule, act: object) -> None:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    assert caught.value.rule is rule


# --- registering ------------------------------------------------------------------------------------------------------


def test_the_first_person_is_pengelola_and_admin_and_ends_the_start_without_people(store: Store, path: Path) -> None:
    address = adopt(store)
    before = dump(path)
    with pytest.raises(FaultyInput) as faulty:
        add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}), EVERYBODY)
    assert [fault.code for fault in faulty.value.faults] == ["akun-pertama"]
    assert dump(path) == before
    done = add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, None, "wening"), EVERYBODY)
    assert done.data == {"code": "p1", "change": "tambah", "roles": ["pengelola", "admin"], "first": True}
    with pytest.raises(UnknownPerson):
        store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    assert store.apply(address, Command(Act.BUKA, TW1), Actor("p1")).event.by == "p1"
    assert audit.verify_chain(store.database).problem is None


def test_only_an_admin_changes_the_register(store: Store, office: Address, path: Path) -> None:
    before = dump(path)
    for actor in (MANAGER, Actor("a1"), Actor("a1", frozenset({Role.ADMIN})), Actor("a1", everybody=True)):
        for act in (
            lambda actor=actor: add_person(store, office.office, NewPerson("X", {Role.ADMIN}), actor),
            lambda actor=actor: change_person(store, office.office, "a1", PersonChange(roles={Role.ADMIN}), actor),
            lambda actor=actor: blank_person(store, office.office, "b1", "b1", actor),
            lambda actor=actor: give_lane(store, office.office, "a1", GivenLane(lanes(store, office)[0]), actor),
            lambda actor=actor: set_pin(store, office.office, "b1", "481516", actor),
            lambda actor=actor: rename_bidang(store, office.office, "A", "B", actor),
        ):
            refused(Rule.ADMIN_ONLY, act)
    assert dump(path) == before


def test_everything_wrong_with_a_person_is_named_at_once(store: Store, office: Address, path: Path) -> None:
    before = dump(path)
    with pytest.raises(FaultyInput) as faulty:
        add_person(store, office.office, NewPerson(" ", {Role.ADMIN}, "Kode Panjang!", "bpratama"), ADMIN)
    assert [(fault.place, fault.code) for fault in faulty.value.faults] == [
        ("nama", "teks-kosong"),
        ("akun", "akun-dipakai"),
        ("kode", "kode-pengguna"),
    ]
    assert dump(path) == before


@pytest.mark.parametrize(
    ("code", "fault"), [("sekar", "kode-memuat-nama"), ("a1", "kode-dipakai"), ("wrahayu", "kode-dipakai")]
)
def test_a_code_is_no_name_and_stands_for_one_person(store: Store, office: Address, code: str, fault: str) -> None:
    with pytest.raises(FaultyInput) as faulty:
        add_person(store, office.office, NewPerson("Sekar Ayu", {Role.PELAKSANA}, code), ADMIN)
    assert [each.code for each in faulty.value.faults] == [fault]


def test_the_last_admin_stays_one(store: Store, office: Address) -> None:
    for change in (PersonChange(roles={Role.PENGELOLA}), PersonChange(is_active=False)):
        refused(Rule.LAST_ADMIN, lambda change=change: change_person(store, office.office, "adm", change, ADMIN))
    refused(Rule.BLANK_ACTIVE, lambda: blank_person(store, office.office, "adm", "adm", ADMIN))
    change_person(store, office.office, "atur", PersonChange(roles={Role.ADMIN}), ADMIN)
    change_person(store, office.office, "adm", PersonChange(is_active=False), ADMIN)
    with pytest.raises(UnknownPerson):
        change_person(store, office.office, "a1", PersonChange(name="X"), ADMIN)


def test_a_change_that_was_overtaken_is_refused_and_says_by_whom(store: Store, office: Address) -> None:
    seen = revision_of(store.database, office.office, "u:a1")
    change_person(store, office.office, "a1", PersonChange(roles={Role.PENGAMAT}), ADMIN, Given(seen=seen))
    with pytest.raises(StaleCase) as stale:
        change_person(store, office.office, "a1", PersonChange(roles={Role.ADMIN}), ADMIN, Given(seen=seen))
    assert (stale.value.facts["by"], stale.value.facts["act"]) == ("adm", "pengguna")


def test_the_same_token_registers_once(store: Store, office: Address) -> None:
    person = NewPerson("Sekar Ayu", {Role.PELAKSANA})
    first = add_person(store, office.office, person, ADMIN, Given(token="t1"))
    again = add_person(store, office.office, person, ADMIN, Given(token="t1"))
    assert (again.code, again.repeated, first.repeated) == (first.code, True, False)
    assert len(people.register(store.database, office.office)) == len(NAMES) + 1


def test_the_log_holds_no_name_and_no_account_and_blanking_leaves_it_whole(
    store: Store, office: Address, path: Path
) -> None:
    change_person(store, office.office, "a1", PersonChange(name="Citra Kirana", account="ckirana"), ADMIN)
    give(store, office, "a1", lanes(store, office)[0])
    store.apply(office, Command(Act.TUGASKAN, TW1, step=1, holder="ckirana"), MANAGER)
    set_pin(store, office.office, "a1", "481516", ADMIN, Given(token="p"))
    store.apply(office, Command(Act.SELESAI, TW1, step=1), MANAGER)
    change_person(store, office.office, "a1", PersonChange(is_active=False), ADMIN)
    blank_person(store, office.office, "a1", "a1", ADMIN)
    told = [line for line in dump(path) if line.startswith(("events:", "runs:"))]
    for secret in (*NAMES.values(), *ACCOUNTS.values(), "Citra", "Kirana", "ckirana", "481516"):
        assert not [line for line in told if secret in line], secret
    assert [line for line in dump(path) if "Citra" in line or "ckirana" in line] == []
    assert [row.name for row in people.register(store.database, office.office) if row.code == "a1"] == [""]
    assert audit.verify_chain(store.database).problem is None
    assert row_audit.differing_years(store.database) == ()


def test_blanking_takes_what_was_typed_in_this_office_and_leaves_another_offices_namesake(
    store: Store, office: Address
) -> None:
    """Identity is looked up in one office only: the same code elsewhere may be somebody else."""
    here, there = f'{{"office":"{office.office}","prompt":"catatan"}}', '{"office":"lain","prompt":"catatan"}'
    before = f"{office.office}/{office.sop}/catatan/{TW1}/1/"
    stays = {there, f"lain/{office.sop}/catatan/{TW1}/1/"}
    for place in (here, before, "tidak terbaca", "{}", *stays):
        drafts.save(store.database, "a1", place, {"catatan": "rahasia"}, 1_770_000_000)
    drafts.save(store.database, "b1", here, {"catatan": "milik orang lain"}, 1_770_000_000)
    change_person(store, office.office, "a1", PersonChange(is_active=False), ADMIN)
    blank_person(store, office.office, "a1", "a1", ADMIN)
    assert set(drafts.places(store.database, "a1")) == stays
    assert drafts.places(store.database, "b1") == (here,)


def test_blanking_needs_an_inactive_person_without_an_open_card_and_the_code_typed(
    store: Store, office: Address, path: Path
) -> None:
    def blank(typed: str = "a1") -> None:
        blank_person(store, office.office, "a1", typed, ADMIN)

    give(store, office, "a1", lanes(store, office)[0])
    store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1"))
    before = dump(path)
    refused(Rule.BLANK_ACTIVE, blank)
    assert dump(path) == before
    change_person(store, office.office, "a1", PersonChange(is_active=False), ADMIN)
    before = dump(path)
    refused(Rule.BLANK_HOLDS, blank)
    assert dump(path) == before
    store.apply(office, Command(Act.TAHAN, TW1, reason="audit"), MANAGER)
    refused(Rule.BLANK_HOLDS, blank)
    store.apply(office, Command(Act.LANJUTKAN, TW1, reason="selesai"), MANAGER)
    store.apply(office, Command(Act.SELESAI, TW1, step=1), MANAGER)
    before = dump(path)
    for typed in ("", "a", "b1", "Citra Lestari"):
        with pytest.raises(FaultyInput) as faulty:
            blank(typed)
        assert [fault.code for fault in faulty.value.faults] == ["kode-diketik-lagi"]
    assert dump(path) == before
    blank(" A1 ")
    refused(Rule.NOTHING_CHANGED, blank)
    assert audit.verify_chain(store.database).problem is None


# --- lanes ------------------------------------------------------------------------------------------------------------


def test_a_lane_counts_from_its_first_moment_to_before_its_last(store: Store, office: Address, clock: Clock) -> None:
    lane = lanes(store, office)[0]
    give(store, office, "a1", lane, kind=MembershipKind.PLT, since=clock.now + DAY, until=clock.now + 2 * DAY)
    refused(Rule.NOT_MEMBER, lambda: store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1")))
    clock.now += DAY + 60
    known = people.registered(store.database, 1, "a1", clock.now)
    assert known is not None
    (held,) = known.memberships
    assert held.kind is MembershipKind.PLT
    store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1"))
    clock.now += DAY
    refused(Rule.NOT_MEMBER, lambda: store.apply(office, Command(Act.SELESAI, TW1, step=1), Actor("a1")))


def test_a_lane_is_ended_and_one_that_is_held_is_not_given_twice(store: Store, office: Address) -> None:
    lane = lanes(store, office)[0]
    give(store, office, "a1", lane.upper())
    refused(Rule.NOTHING_CHANGED, lambda: give(store, office, "a1", lane))
    end_lane(store, office.office, "a1", lane, None, None, ADMIN)
    refused(Rule.NOT_MEMBER, lambda: store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1")))
    refused(Rule.NOTHING_CHANGED, lambda: end_lane(store, office.office, "a1", lane, None, None, ADMIN))
    give(store, office, "a1", lane)
    store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1"))


def test_lanes_and_bidang_that_are_not_there_are_refused_by_name(store: Store, office: Address) -> None:
    with pytest.raises(Unknown) as lane:
        give(store, office, "a1", "Bupati")
    assert lane.value.kind == "lajur"
    with pytest.raises(Unknown) as unit:
        give(store, office, "a1", lanes(store, office)[0], bidang="Bidang Z")
    assert unit.value.kind == "bidang"
    with pytest.raises(FaultyInput):
        give(store, office, "a1", lanes(store, office)[0], since=100, until=100)


# --- handing over -----------------------------------------------------------------------------------------------------


def test_every_open_card_passes_to_another_with_an_event_each(store: Store, office: Address) -> None:
    lane = lanes(store, office)[0]
    give(store, office, "a1", lane)
    store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1"))
    refused(Rule.NOT_IN_LANE, lambda: hand_over(store, office.office, "a1", "b1", MANAGER))
    give(store, office, "b1", lane)
    for actor in (ADMIN, Actor("a1"), Actor("b1")):
        refused(Rule.MANAGER_ONLY, lambda actor=actor: hand_over(store, office.office, "a1", "b1", actor))
    done = hand_over(store, office.office, "a1", "b1", MANAGER, Given("cuti", token="alih"))
    assert [(card.period, card.step) for card in done.cards] == [(TW1, 1)]
    newest = case_queries.log(store.database)[0].event
    assert (newest.sequence, newest.act, newest.data["reason"]) == (done.sequences[0], Act.TUGASKAN, "cuti")
    again = hand_over(store, office.office, "a1", "b1", MANAGER, Given("cuti", token="alih"))
    assert (again.repeated, again.sequences) == (True, done.sequences)
    assert cards_of(store.database, office.office, "a1") == ()
    assert [card.step for card in cards_of(store.database, office.office, "b1")] == [1]
    refused(Rule.NOTHING_CHANGED, lambda: hand_over(store, office.office, "a1", "b1", MANAGER))


def test_cards_of_a_held_case_stay_and_are_named(store: Store, office: Address) -> None:
    for code in ("a1", "b1"):
        give(store, office, code, lanes(store, office)[0])
    store.apply(office, Command(Act.MULAI, TW1, step=1), Actor("a1"))
    store.apply(office, Command(Act.TAHAN, TW1, reason="audit"), MANAGER)
    refused(Rule.CASE_HELD, lambda: hand_over(store, office.office, "a1", "b1", MANAGER))
    assert [card.is_held_up for card in cards_of(store.database, office.office, "a1")] == [True]


# --- who decides ------------------------------------------------------------------------------------------------------


def _until_decision(store: Store, address: Address, by: Actor) -> None:
    """The pengelola takes both quarters and step 6; step 7 of the semester is worked on and handed in by `by`."""
    for key in (TW1, "2026-TW2"):
        if key != TW1:
            store.apply(address, Command(Act.BUKA, key), MANAGER)
        for step in range(1, 6):
            store.apply(address, Command(Act.SELESAI, key, step=step), MANAGER)
        store.apply(address, Command(Act.TUTUP, key), MANAGER)
    store.apply(address, Command(Act.BUKA, "2026-S1"), MANAGER)
    store.apply(address, Command(Act.SELESAI, "2026-S1", step=6), MANAGER)
    store.apply(address, Command(Act.MULAI, "2026-S1", step=7), by)
    store.apply(address, Command(Act.AJUKAN, "2026-S1", step=7), by)


@pytest.fixture
def judged(store: Store, office: Address, clock: Clock) -> Address:
    """Step 7 works in one lane and is decided in another; `a1` holds both, `b1` only decides."""
    found = case_queries.sop_of(store.database, office.office, office.sop)
    assert found is not None
    step = found.sop.step(7)
    assert step.decider is not None
    if step.decider in step.pelaksana:
        pytest.skip("this SOP gives both to one lane")
    clock.now += 200 * DAY
    give(store, office, "a1", step.pelaksana[0])
    give(store, office, "a1", step.decider)
    give(store, office, "b1", step.decider)
    change_settings(store, office.office, {"decider_apart": True}, MANAGER)
    return office


YA = Command(Act.PUTUSKAN, "2026-S1", step=7, answer=Answer.YA)


def test_who_did_the_work_does_not_decide_on_it_where_the_office_wants_that(store: Store, judged: Address) -> None:
    _until_decision(store, judged, Actor("a1"))
    refused(Rule.DECIDER_APART, lambda: store.apply(judged, YA, Actor("a1")))
    assert store.apply(judged, YA, Actor("b1")).event.by == "b1"


def test_recording_for_a_lane_counts_as_the_lanes_people(store: Store, judged: Address) -> None:
    """The pengelola typed both, but the work is a1's and the decision a1's or b1's: b1 may have decided."""
    _until_decision(store, judged, MANAGER)
    assert store.apply(judged, YA, MANAGER).event.by == "atur"


def test_recording_for_a_lane_whose_only_person_did_the_work_is_refused(store: Store, judged: Address) -> None:
    _until_decision(store, judged, Actor("a1"))
    change_person(store, judged.office, "b1", PersonChange(is_active=False), ADMIN)
    refused(Rule.DECIDER_APART, lambda: store.apply(judged, YA, MANAGER))


def test_a_lane_given_up_since_the_work_does_not_make_it_another_persons(store: Store, judged: Address) -> None:
    _until_decision(store, judged, Actor("a1"))
    found = case_queries.sop_of(store.database, judged.office, judged.sop)
    assert found is not None
    end_lane(store, judged.office, "a1", found.sop.step(7).pelaksana[0], None, None, ADMIN)
    refused(Rule.DECIDER_APART, lambda: store.apply(judged, YA, Actor("a1")))


def test_without_the_setting_one_person_may_do_both(store: Store, judged: Address) -> None:
    change_settings(store, judged.office, {"decider_apart": False}, MANAGER)
    _until_decision(store, judged, Actor("a1"))
    store.apply(judged, YA, Actor("a1"))


# --- PINs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("failures", "seconds"), [(4, 0), (5, 60), (6, 120), (10, 1920), (11, 3600), (99, 3600)])
def test_a_lock_doubles_up_to_an_hour(failures: int, seconds: int) -> None:
    assert lock_seconds(failures) == seconds


@pytest.mark.parametrize(
    "pin",
    ["12345", "1234567890123", "12345a", "\uff11\uff12\uff13\uff14\uff15\uff16", "123456", "987654", "777777", ""],
)
def test_a_pin_that_is_none_or_guessed_first_is_refused(store: Store, office: Address, pin: str) -> None:
    with pytest.raises(FaultyInput):
        set_pin(store, office.office, "a1", pin, ADMIN)


def test_five_wrong_pins_lock_even_the_right_one_until_time_or_an_admin_opens(
    store: Store, office: Address, clock: Clock
) -> None:
    set_pin(store, office.office, "a1", "481516", Actor("a1"))
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused) as wrong:
            sign_in(store, office.office, "a1", "481517")
        assert (wrong.value.rule, wrong.value.facts["left"]) == (Rule.PIN_WRONG, left)
    refused(Rule.PIN_LOCKED, lambda: sign_in(store, office.office, "a1", "481517"))
    refused(Rule.PIN_LOCKED, lambda: sign_in(store, office.office, "a1", "481516"))
    assert case_queries.log(store.database)[0].event.data["change"] == "terkunci"
    clock.now += 61
    refused(Rule.PIN_LOCKED, lambda: sign_in(store, office.office, "a1", "481517"))
    clock.now += 61
    refused(Rule.PIN_LOCKED, lambda: sign_in(store, office.office, "a1", "481516"))
    refused(Rule.ADMIN_ONLY, lambda: unlock_pin(store, office.office, "a1", Actor("b1")))
    unlock_pin(store, office.office, "a1", ADMIN)
    sign_in(store, office.office, "a1", "481516")
    with pytest.raises(Refused) as wrong:
        sign_in(store, office.office, "a1", "481517")
    assert wrong.value.facts["left"] == 4
    refused(Rule.NO_PIN, lambda: sign_in(store, office.office, "b1", "481516"))


def test_many_guesses_at_once_get_no_more_tries_than_one_after_the_other(
    store: Store, office: Address, path: Path
) -> None:
    set_pin(store, office.office, "a1", "481516", ADMIN)

    def guess(number: int) -> Rule:
        with opening.open(path) as own:
            try:
                sign_in(Store(own, Clock()), office.office, "a1", f"4815{number:02d}")
            except Refused as error:
                return error.rule
        raise AssertionError(number)

    with ThreadPoolExecutor(8) as pool:
        met = list(pool.map(guess, range(20, 36)))
    assert sorted(met) == [Rule.PIN_LOCKED] * 12 + [Rule.PIN_WRONG] * 4
    assert store.database.value("SELECT failures FROM pins") == 5


def test_a_pin_is_kept_as_argon2id_with_the_costs_decided_on(store: Store, office: Address) -> None:
    set_pin(store, office.office, "a1", "481516", ADMIN)
    assert store.database.value("SELECT hash FROM pins").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    set_pin(store, office.office, "a1", None, ADMIN)
    refused(Rule.NO_PIN, lambda: sign_in(store, office.office, "a1", "481516"))


# --- bidang -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def regional(store: Store) -> Address:
    """Nganjuk, with three bidang; `a1` holds the per-bidang lane for the first one only."""
    address = adopt(store, NGANJUK, bidang=BIDANG)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "wening"), EVERYBODY)
    add_person(store, address.office, NewPerson("Bagas", {Role.PENGELOLA}, "atur"), ADMIN)
    add_person(store, address.office, NewPerson("Citra", {Role.PELAKSANA}, "a1"), ADMIN)
    return address


def _region(store: Store, address: Address) -> tuple[int, str]:
    """The first per-bidang step, entered, and its lane."""
    found = case_queries.sop_of(store.database, address.office, address.sop)
    assert found is not None
    step = next(step for step in found.sop.steps if step.per_bidang)
    for before in range(1, step.number):
        store.apply(address, Command(Act.SELESAI, TW1, step=before), MANAGER)
    return step.number, step.pelaksana[0]


def test_runs_keep_the_old_name_and_members_of_the_new_name_act_on_them(store: Store, regional: Address) -> None:
    step, lane = _region(store, regional)
    rename_bidang(store, regional.office, BIDANG[0].upper(), "Bidang Bina Desa", ADMIN)
    give(store, regional, "a1", lane, bidang="Bidang Bina Desa")
    state = case_queries.board(store.database, regional, TW1).state
    frozen = {run.bidang for case in state.cases.values() for run in case.runs.values() if run.bidang}
    assert frozen == set(BIDANG)
    store.apply(regional, Command(Act.MULAI, TW1, step=step, bidang=BIDANG[0]), Actor("a1"))
    other = Command(Act.MULAI, TW1, step=step, bidang=BIDANG[1])
    refused(Rule.NOT_MEMBER, lambda: store.apply(regional, other, Actor("a1")))
    assert queries.offices(store.database)[0].bidang == ("Bidang Bina Desa", *BIDANG[1:])


def test_the_next_fan_out_uses_the_new_names_and_old_members_stay_members(store: Store, regional: Address) -> None:
    found = case_queries.sop_of(store.database, regional.office, regional.sop)
    assert found is not None
    lane = next(step for step in found.sop.steps if step.per_bidang).pelaksana[0]
    give(store, regional, "a1", lane, bidang=BIDANG[0])
    merge_bidang(store, regional.office, BIDANG[:2], "Bidang Desa", ADMIN)
    step, _ = _region(store, regional)
    case = case_queries.board(store.database, regional, TW1).state.case_of(TW1)
    assert case is not None
    assert {run.bidang for run in case.runs.values() if run.step == step} == {"Bidang Desa", BIDANG[2]}
    store.apply(regional, Command(Act.MULAI, TW1, step=step, bidang="Bidang Desa"), Actor("a1"))


def test_a_bidang_does_not_enter_a_region_twice_under_its_new_name(store: Store, regional: Address) -> None:
    _region(store, regional)
    rename_bidang(store, regional.office, BIDANG[0], "Bidang Desa", ADMIN)
    twice = Command(Act.UBAH_BIDANG, TW1, added=("bidang desa",), reason="nama baru")
    refused(Rule.BIDANG_PRESENT, lambda: store.apply(regional, twice, MANAGER))
    done = store.apply(regional, replace(twice, removed=(BIDANG[0],)), MANAGER)
    assert (done.event.data["added"], done.event.data["removed"]) == (["Bidang Desa"], [BIDANG[0]])


def test_merging_into_one_of_the_list_and_renaming_twice_lead_to_one_present_name(
    store: Store, regional: Address
) -> None:
    merge_bidang(store, regional.office, (BIDANG[0],), BIDANG[1], ADMIN)
    rename_bidang(store, regional.office, BIDANG[1], "Bidang Desa", ADMIN)
    units = bidang.family(store.database, 1)
    assert {units.present_name(name) for name in BIDANG[:2]} == {"Bidang Desa"}
    assert set(units.names_of("Bidang Desa")) == {*BIDANG[:2], "Bidang Desa"}
    assert units.present_name(BIDANG[2]) == BIDANG[2]
    rows = {row.name: row for row in bidang.bidang_rows(store.database, regional.office)}
    assert (rows[BIDANG[0]].successor, rows[BIDANG[0]].is_active) == (BIDANG[1], False)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda s, o: rename_bidang(s, o, BIDANG[0], BIDANG[1], ADMIN), "bidang-ada"),
        (lambda s, o: rename_bidang(s, o, BIDANG[0], " ", ADMIN), "teks-kosong"),
        (lambda s, o: merge_bidang(s, o, BIDANG[:1], "Baru", ADMIN), "gabung-kurang"),
        (lambda s, o: merge_bidang(s, o, ("X", "Y"), "Baru", ADMIN), "pilihan-salah"),
    ],
)
def test_a_name_never_stands_for_two_bidang(
    store: Store, regional: Address, path: Path, act: object, code: str
) -> None:
    before = dump(path)
    with pytest.raises(FaultyInput) as faulty:
        act(store, regional.office)  # type: ignore[operator]
    assert {fault.code for fault in faulty.value.faults} == {code}
    assert dump(path) == before


def test_a_name_that_ended_is_not_used_again(store: Store, regional: Address) -> None:
    rename_bidang(store, regional.office, BIDANG[0], "Bidang Desa", ADMIN)
    with pytest.raises(FaultyInput):
        rename_bidang(store, regional.office, BIDANG[1], BIDANG[0], ADMIN)


def test_the_next_year_takes_an_ended_name_for_the_bidang_it_became(store: Store, regional: Address) -> None:
    rename_bidang(store, regional.office, BIDANG[0], "Bidang Desa", ADMIN)
    asked = Adoption(catalog.load(NGANJUK), 2027, bidang=(BIDANG[0], BIDANG[1]))
    set_up(store, asked, MANAGER)
    assert queries.offices(store.database)[0].bidang == ("Bidang Desa", *BIDANG[1:])


def test_the_hash_function_is_loaded_only_when_a_pin_is_used() -> None:
    program = "import sys, db.people_pins, sakip_tui.cli.people_acts; sys.exit('argon2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_lane_is_held_for_a_bidang_only_where_that_says_something(store: Store) -> None:
    """A step of it is done per bidang, or rows of data are filled by whoever holds any lane with their owner's bidang
    (docs/RULES.md, part 7)."""
    address = adopt(store, LIMA_PULUH_KOTA, bidang=("Pemberdayaan", "Sekretariat"))
    add_person(store, address.office, NewPerson("Wening", {Role.ADMIN}, "adm", "wrahayu"), EVERYBODY)
    parted = lanes_per_bidang(store.database, 1)
    one, whole = (next(name for name, is_parted in parted.items() if is_parted is wanted) for wanted in (True, False))
    give(store, address, "adm", one, bidang="Pemberdayaan")
    with pytest.raises(FaultyInput) as faulty:
        give(store, address, "adm", whole, bidang="Pemberdayaan")
    assert [(each.place, each.code, each.found) for each in faulty.value.faults] == [
        ("bidang", "lajur-tanpa-bidang", whole)
    ]
    give(store, address, "adm", whole)


def test_where_one_step_takes_the_rows_of_all_any_lane_may_be_held_for_a_bidang(store: Store, office: Address) -> None:
    for name in ("Penempatan", "Pelatihan"):
        add_bidang(store, office.office, name, None, ADMIN)
    lane = lanes(store, office)[0]
    assert not lanes_per_bidang(store.database, 1)[lane]
    assert rows_by_owner(store.database, 1)
    give(store, office, "a1", lane, bidang="Penempatan")

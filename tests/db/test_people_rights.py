"""docs/HAK.md against the program: every act, every role, every lane; and people at random."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import opening
from db.adoption import Adoption, set_up
from db.bidang_store import rename_bidang
from db.calendar_store import change_calendar
from db.errors import UnknownPerson
from db.kinerja_store import define, indicator_command, target_command
from db.people_pins import set_pin
from db.people_store import GivenLane, NewPerson, PersonChange, add_person, change_person, give_lane
from db.rows import Address
from db.settings_store import change_settings
from db.signers_store import name_signer
from db.sop_versions import confirm_sop, import_sop
from db.store import Store
from sop.acts import case_acts
from sop.acts.rights import may, require_right
from sop.acts.ruling import Ruling
from sop.kinerja.indicator import Indicator
from sop.model.act import OFFICE_ACTS, PROGRAM_ACTS, Act
from sop.model.events import Event
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from sop.time.office_calendar import PutDay
from sop.time.work_calendar import SpecialDay, SpecialKind
from sop.words.labels import LABELS
from tests.db.office import Clock
from tests.db.rights_office import (
    LANES,
    NOVEMBER,
    ROLE_SETS,
    SCENES,
    STAF,
    Position,
    RightsOffice,
    act_of,
    is_barred,
    table,
)
from tests.sop.flow.shapes import decisions, sop_of, step

TABLE = table()
OFFICE = [row for row in TABLE if act_of(row) in OFFICE_ACTS]
HELD = (frozenset[tuple[str, str | None]](), *(frozenset({lane}) for lane in LANES), frozenset(LANES))
"""Nobody's lane, each lane, all of them."""


def test_the_table_names_every_act_there_is_and_every_scene_is_played() -> None:
    assert {act_of(row) for row in TABLE} == set(Act) - PROGRAM_ACTS
    assert not any(may(Actor("admin", frozenset(Role)), act) for act in PROGRAM_ACTS)
    assert set(SCENES) == set(TABLE) - set(OFFICE)
    assert set(LABELS[Act]) == {act.value for act in Act}


@pytest.mark.parametrize("row", SCENES)
def test_an_act_on_a_run_case_or_period_is_open_to_those_the_table_lets(
    row: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    scene = SCENES[row]
    office = RightsOffice(tmp_path / "kantor.db", scene)
    request.addfinalizer(office.database.close)
    people = [(f"{'-'.join(sorted(roles))}-{n}", roles, lanes) for roles in ROLE_SETS for n, lanes in enumerate(HELD)]
    for code, roles, lanes in people:
        office.enter(code, roles, lanes)
    tried = 0
    for code, roles, lanes in people:
        for is_holder in (False, True):
            # Several roles together allow what one of them does.
            allowed = any(scene.allows(TABLE[row][role], Position(lanes, is_holder)) for role in roles)
            met = office.tries(scene, code, is_holder=is_holder)
            said = f"{code} {sorted(lanes, key=str)} holder={is_holder}: {met}"
            assert is_barred(met) is not allowed, said
            if allowed and not scene.always_other_refusal:
                assert met is None, said
            tried += 1
    assert tried == len(ROLE_SETS) * len(HELD) * 2


# --- acts on the office -----------------------------------------------------------------------------------------------


def _day(store: Store, office: str, actor: Actor) -> object:
    import datetime as dt

    day = SpecialDay(dt.date(2025, 11, 20), (), "Libur daerah", "kantor", True, SpecialKind.LIBUR)
    return change_calendar(store, office, [PutDay(day)], actor)


def _target(store: Store, office: str, actor: Actor) -> object:
    """A target needs an indicator, which somebody who may has defined."""
    defining = indicator_command(Indicator("IK-1", "Peserta", "orang"), "2025-TW1")
    define(store, office, [defining], Actor("pengelola-0"))
    return define(store, office, [target_command({("IK-1", "2025-TW1"): Decimal(5)})], actor)


_OFFICE_ACTS: dict[str, Callable[[Store, str, Actor], object]] = {
    "siapkan": lambda store, office, actor: set_up(store, Adoption(decisions().sop, 2026, office=office), actor),
    "sop-impor": lambda store, office, actor: import_sop(
        store, sop_of((step(1, STAF), step(2, STAF)), "lain"), actor, office=office
    ),
    "sop-tetapkan": lambda store, office, actor: confirm_sop(store, Address(office, "contoh"), 1, {}, actor),
    "kalender": _day,
    "pengaturan": lambda store, office, actor: change_settings(store, office, {"at_risk_percent": 70}, actor),
    "pengguna": lambda store, office, actor: change_person(
        store, office, "penerima", PersonChange(roles={Role.PENGAMAT}), actor
    ),
    "hak": lambda store, office, actor: give_lane(store, office, "admin-lain", GivenLane(STAF), actor),
    "pin (milik sendiri)": lambda store, office, actor: set_pin(store, office, actor.code, "481516", actor),
    "pin (milik orang lain)": lambda store, office, actor: set_pin(store, office, "penerima", "481516", actor),
    "pulihkan": lambda store, office, actor: require_right(store.in_force(1, actor, NOVEMBER), Act.PULIHKAN),
    "bidang": lambda store, office, actor: rename_bidang(store, office, "A", "A baru", actor),
    "indikator": lambda store, office, actor: define(
        store, office, [indicator_command(Indicator("IK-1", "Peserta", "orang"), "2025-TW1")], actor
    ),
    "target": _target,
    "pejabat": lambda store, office, actor: name_signer(
        store, office, SignerNamed("Kepala Dinas", Signer("Nama")), actor
    ),
}


@pytest.fixture(scope="module")
def staffed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with somebody of every role, without a lane and with all of them."""
    path = tmp_path_factory.mktemp("hak") / "kantor.db"
    office = RightsOffice(path)
    for roles in ROLE_SETS:
        for number, lanes in enumerate((HELD[0], HELD[-1])):
            office.enter(f"{'-'.join(sorted(roles))}-{number}", roles, lanes)
    office.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    office.database.close()
    return path


@pytest.mark.parametrize("row", OFFICE)
def test_an_act_on_the_office_is_open_to_the_roles_the_table_lets(row: str, staffed_file: Path, tmp_path: Path) -> None:
    for roles in ROLE_SETS:
        for number in (0, 1):
            code = f"{'-'.join(sorted(roles))}-{number}"
            path = tmp_path / f"{code}.db"
            shutil.copy(staffed_file, path)
            met: Exception | None = None
            with opening.open(path) as database:
                store = Store(database, Clock(NOVEMBER + 3600))
                try:
                    # What the caller claims to be counts for nothing.
                    _OFFICE_ACTS[row](store, "contoh", Actor(code, frozenset({Role.ADMIN}), everybody=True))
                except Refused as error:
                    met = error
            conditions = {TABLE[row][role] for role in roles}
            assert conditions <= {"ya", "tidak"}
            assert is_barred(met) is ("ya" not in conditions), f"{code}: {met}"
            assert "ya" not in conditions or met is None, f"{code}: {met}"


def test_registering_is_tried_as_well_as_changing(staffed_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "salinan.db"
    shutil.copy(staffed_file, path)
    with opening.open(path) as database:
        store = Store(database, Clock(NOVEMBER + 3600))
        for role in Role:
            person = NewPerson("Sekar", {Role.ADMIN}, f"baru-{role.value[:6]}")
            if TABLE["pengguna"][role] == "ya":
                add_person(store, "contoh", person, Actor(f"{role}-0"))
            else:
                with pytest.raises(Refused) as refused:
                    add_person(store, "contoh", person, Actor(f"{role}-0"))
                assert refused.value.rule is Rule.ADMIN_ONLY


def test_what_the_screens_ask_says_what_the_table_says() -> None:
    """The keys that a screen offers, and what it refuses before anything is typed, are `sop.acts.rights`'s to say."""
    for row, conditions in TABLE.items():
        act = act_of(row)
        if set(conditions.values()) <= {"ya", "tidak"} and act is not Act.KOMENTAR and row != "pin (milik sendiri)":
            for roles in ROLE_SETS:
                allowed = any(conditions[role] == "ya" for role in roles)
                assert may(Actor("x", roles), act) is allowed, (row, roles)


# --- refused by default -----------------------------------------------------------------------------------------------


def test_an_act_that_asks_nobodys_right_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new act whose writer forgot to ask who may do it."""
    scene = SCENES["tahan"]
    office = RightsOffice(tmp_path / "kantor.db", scene)
    office.enter("kelola", Role.PENGELOLA)

    def forgetful(ruling: Ruling) -> Event:
        return ruling.event(ruling.plain_effective(0))

    deed = case_acts.DEEDS[Act.TAHAN]
    monkeypatch.setitem(case_acts.DEEDS, Act.TAHAN, deed._replace(judge=forgetful))
    assert is_barred(office.tries(scene, "kelola"))


# --- people at random -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RightsOffice]]:
    folder = tmp_path_factory.mktemp("acak")
    made = {row: RightsOffice(folder / f"{number}.db", scene) for number, (row, scene) in enumerate(SCENES.items())}
    yield made
    for office in made.values():
        office.database.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.sampled_from(sorted(SCENES)),
    roles=st.sampled_from(ROLE_SETS),
    lanes=st.frozensets(st.sampled_from(LANES)),
    begins=st.sampled_from((-86_400, 86_400)),
    ends=st.sampled_from((None, -3600, 3600)),
    is_active=st.booleans(),
    is_holder=st.booleans(),
)
def test_no_person_ever_does_what_the_table_refuses(
    scenes: dict[str, RightsOffice],
    row: str,
    roles: frozenset[Role],
    lanes: frozenset[tuple[str, str | None]],
    begins: int,
    ends: int | None,
    is_active: bool,
    is_holder: bool,
) -> None:
    office, scene = scenes[row], SCENES[row]
    now = office.clock.now
    code = f"acak-{office.database.value('SELECT count(*) FROM people')}"
    until = None if ends is None else now + ends
    office.enter(code, roles, lanes, since=now + begins, until=until, active=is_active)
    holds_now = begins < 0 and (until is None or (ends is not None and ends > 0))
    position = Position(lanes if holds_now else frozenset(), is_holder)
    if not is_active:
        # Somebody who left wrote and holds nothing under this code by now.
        is_holder = False
    allowed = is_active and any(scene.allows(TABLE[row][role], position) for role in roles)
    met = office.tries(scene, code, is_holder=is_holder)
    if not allowed:
        assert is_barred(met) or isinstance(met, UnknownPerson), f"{row} {roles} {lanes} {met}"
    elif not scene.always_other_refusal:
        assert met is None, f"{row} {roles} {lanes} {met}"

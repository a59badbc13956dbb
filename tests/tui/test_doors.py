"""Who may do what on the screens, and who somebody is in another office of the same file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from db import opening, people
from db.adoption import Adoption, set_up
from db.errors import UnknownPerson
from db.identity import Identity, Proof
from db.people_pins import set_pin
from db.people_store import NewPerson, PersonChange, add_person, change_person
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.people.screen import PeopleScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.widgets.ink import Lines
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from tests.db.office import NGANJUK, forget_people
from tests.fakes import TANGERANG, FakeClock, office_file, until

PIN = "481516"
OTHER = "dinas-lain"
EVERYBODY = Actor("siapa", everybody=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two offices with people, of whom `p1` is a reader here and the admin there, and one without anybody."""
    file = tmp_path / "kantor.db"
    office_file(file)
    with opening.open(file) as database:
        store = Store(database, FakeClock())
        add_person(store, TANGERANG, NewPerson("Wening", {Role.ADMIN}, "adm", "akun-adm"), EVERYBODY)
        change_person(store, TANGERANG, "adm", PersonChange(roles={Role.ADMIN}), Actor("adm"))
        add_person(store, TANGERANG, NewPerson("Bagas", {Role.PENGELOLA}, "atur", "akun-atur"), Actor("adm"))
        add_person(store, TANGERANG, NewPerson("Citra", {Role.PENGAMAT}, "p1", "akun-p1"), Actor("adm"))
        founder = Actor("adm", home=TANGERANG)
        set_up(store, Adoption(catalog.load(TANGERANG), 2026, OTHER, name="Dinas Lain"), founder)
        add_person(store, OTHER, NewPerson("Zaki", {Role.ADMIN}, "z1", "akun-atur"), Actor("adm"))
        # As a file of before may have it: another person under a code that is somebody's here.
        database.rows("UPDATE people SET code = 'p1' WHERE code = 'z1'")
        set_up(store, Adoption(catalog.load(NGANJUK), 2026, NGANJUK, bidang=("Satu",)), founder)
        forget_people(database, NGANJUK)
        set_pin(store, TANGERANG, "p1", PIN, Actor("adm"))
    return file


def by_account(path: Path, account: str, office: str | None = TANGERANG) -> OfficeDesk:
    who = Identity(account, Proof.ACCOUNT)
    return OfficeDesk(path, account, FakeClock(), office, identity=who, account=account)


# --- who somebody is in another office --------------------------------------------------------------------------------


async def test_the_accounts_own_person_is_another_one_in_another_office(path: Path) -> None:
    desk = by_account(path, "akun-atur")
    here = await desk.office()
    assert here is not None
    assert (here.actor.code, here.actor.roles, desk.person) == ("atur", {Role.PENGELOLA}, "atur")
    there = await desk.switch(OTHER, TANGERANG)
    assert (there.actor.code, there.actor.roles, desk.person) == ("p1", {Role.ADMIN}, "p1")
    await desk.close()


async def test_a_code_opens_no_office_in_which_it_is_somebody_elses(path: Path) -> None:
    desk = by_account(path, "akun-p1")
    assert await desk.office() is not None
    with pytest.raises(UnknownPerson):
        await desk.switch(OTHER, TANGERANG)
    with pytest.raises(UnknownPerson):
        await desk.switch(OTHER, TANGERANG)
    found = await desk.office()
    assert found is not None
    assert (found.address.office, found.actor.roles) == (TANGERANG, {Role.PENGAMAT})
    await desk.close()


async def test_a_pin_proves_nothing_in_another_office(path: Path) -> None:
    desk = OfficeDesk(
        path, "", FakeClock(), TANGERANG, identity=Identity("p1", Proof.NAME, TANGERANG), account="bersama"
    )
    await desk.sign_in("p1", PIN)
    await desk.sit_down()
    assert desk.person == "p1"
    with pytest.raises(Refused) as refused:
        await desk.switch(OTHER, TANGERANG)
    assert (refused.value.rule, refused.value.facts["office"]) == (Rule.IDENTITY_UNPROVEN, OTHER)
    await desk.close()


async def test_whoever_goes_on_by_account_after_the_pin_is_known_in_other_offices_too(path: Path) -> None:
    with opening.open(path) as database:
        set_pin(Store(database, FakeClock()), TANGERANG, "atur", PIN, Actor("adm"))
    name = Identity("atur", Proof.NAME, TANGERANG)
    desk = OfficeDesk(path, "", FakeClock(), TANGERANG, identity=name, account="akun-atur")
    await desk.sign_in("atur", PIN)
    await desk.sit_down()
    assert (await desk.switch(OTHER, TANGERANG)).actor.code == "p1"
    await desk.close()


async def test_an_office_without_people_is_read_and_nothing_is_done_in_it(path: Path) -> None:
    desk = by_account(path, "akun-atur")
    office = await desk.switch(NGANJUK, NGANJUK)
    assert (office.actor.is_outsider, office.actor.home) == (True, OTHER), "an admin of another office"
    assert (await desk.board(2026)).address.office == NGANJUK
    for command in (Command(Act.BUKA, "2026-TW1"), Command(Act.KOMENTAR, "2026-TW1", step=1, note="x")):
        with pytest.raises(Refused) as refused:
            await desk.apply(command)
        assert refused.value.rule is Rule.OFFICE_WITHOUT_PEOPLE
    (reason,) = await desk.obstacles([Command(Act.BUKA, "2026-TW1")])
    assert isinstance(reason, Refused)
    await desk.close()


# --- what the screens offer and refuse --------------------------------------------------------------------------------


@asynccontextmanager
async def at_board(desk: OfficeDesk) -> AsyncIterator[Pilot[None]]:
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and "i Tindakan" in shown(pilot))
        yield pilot


def shown(pilot: Pilot[None]) -> str:
    return "\n".join(widget.text for widget in pilot.app.screen.query(Lines))


async def go(pilot: Pilot[None], place: str, words: str) -> None:
    pilot.app.screen.action_open_place(place)  # type: ignore[attr-defined]
    await until(pilot, lambda: words in shown(pilot))


OFFERED = {
    "akun-adm": {"sop": ("p Siapkan",), "pengaturan": ("Enter Ubah",), "pengguna": ("a Daftarkan",)},
    "akun-atur": {"sop": ("p Siapkan",), "pengaturan": ("Enter Ubah",), "pengguna": ()},
    "akun-p1": {"sop": (), "pengaturan": (), "pengguna": ()},
}
KEYS = {
    "sop": ("p Siapkan", "p", "Dipakai kantor"),
    "pengaturan": ("Enter Ubah", "enter", "Batas segera"),
    "pengguna": ("a Daftarkan", "a", "Wening"),
}


@pytest.mark.parametrize("account", OFFERED)
@pytest.mark.parametrize("place", KEYS)
async def test_a_key_is_offered_to_whom_the_rules_let_and_refused_with_who_may(
    path: Path, account: str, place: str
) -> None:
    """An admin was refused on the screen of SOPs with a sentence that admins may."""
    offer, key, words = KEYS[place]
    may = offer in OFFERED[account][place]
    async with at_board(by_account(path, account)) as pilot:
        await go(pilot, place, words)
        screen = pilot.app.screen
        assert (offer in shown(pilot)) is may
        await pilot.press(key)
        if may:
            await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))
        else:
            await until(pilot, lambda: "Hanya " in shown(pilot))
            assert pilot.app.screen is screen
            role = "admin" if place == "pengguna" else "pengelola atau admin"
            assert f"Hanya {role} yang boleh" in shown(pilot)


async def test_an_admin_settles_what_an_sop_leaves_open_and_moves_no_case(path: Path) -> None:
    async with at_board(by_account(path, "akun-adm")) as pilot:
        await go(pilot, "sop", "Dipakai kantor")
        await pilot.press("home", "enter")
        await until(pilot, lambda: "n Yang belum" in shown(pilot))
        await pilot.press("n")
        await until(pilot, lambda: "t Tetapkan" in shown(pilot))
        await pilot.press("m")
        await until(pilot, lambda: "Hanya pengelola yang boleh" in shown(pilot))
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))


@pytest.mark.parametrize(("account", "may"), [("akun-adm", False), ("akun-atur", True), ("akun-p1", False)])
async def test_opening_a_period_is_offered_to_the_pengelola(path: Path, account: str, may: bool) -> None:
    async with at_board(by_account(path, account)) as pilot:
        assert ("o Buka periode" in shown(pilot)) is may
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, MenuPrompt))


async def test_the_first_person_of_an_office_without_people_is_registered_on_the_screen(path: Path) -> None:
    async with at_board(by_account(path, "akun-adm", NGANJUK)) as pilot:
        await go(pilot, "pengguna", "belum ada yang terdaftar")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))
        pilot.app.screen.query_one("#field-nama", Input).value = "wening"
        await pilot.press("ctrl+s")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, PeopleScreen) and "terdaftar dengan kode adm" in shown(pilot)
        )
    with opening.open(path) as database:
        (row,) = people.register(database, NGANJUK)
        assert (row.code, row.name, row.account, row.roles) == (
            "adm",
            "Wening",
            "akun-adm",
            (Role.PENGELOLA, Role.ADMIN),
        )


async def test_nobody_else_registers_anybody_in_an_office_without_people(path: Path) -> None:
    async with at_board(by_account(path, "akun-p1", NGANJUK)) as pilot:
        await go(pilot, "pengguna", "belum ada yang terdaftar")
        assert "a Daftarkan" not in shown(pilot)
        await pilot.press("a")
        await until(pilot, lambda: "hanya dapat dibaca. Minta admin" in " ".join(shown(pilot).split()))
        assert isinstance(pilot.app.screen, PeopleScreen)

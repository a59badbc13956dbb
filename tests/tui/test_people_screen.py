"""People on the screen: signing in, the lock, changing person, and the register."""

from __future__ import annotations

from asyncio import Event as Gate
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from db import case_queries, opening, people, queries
from db.errors import UnknownPerson
from db.file.connection import Database
from db.identity import Identity, Proof
from db.people_pins import set_pin
from db.people_store import GivenLane, NewPerson, PersonChange, add_person, change_person, end_lane, give_lane
from db.rows import Address
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.notices import notice_of
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.people import questions
from sakip_tui.people.entrance import LockScreen, PinPrompt, PinScreen, SignInScreen
from sakip_tui.people.screen import PeopleScreen, staff
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Options
from sakip_tui.widgets.ink import Lines
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from sop.words.sop import work_of_lane
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, FakeClock, office_file, until

PINS = {"adm": "481516", "atur": "234217"}
LANE = "Sekretaris Dinas"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office whose admin and pengelola have PINs, with a pelaksana who has none."""
    file = tmp_path / "kantor.db"
    office_file(file)
    clock = FakeClock()
    with opening.open(file) as database:
        store = Store(database, clock)
        everybody = Actor("siapa", everybody=True)
        add_person(store, TANGERANG, NewPerson("Wening", {Role.ADMIN}, "adm", "akun-adm"), everybody)
        add_person(store, TANGERANG, NewPerson("Bagas", {Role.PENGELOLA}, "atur"), Actor("adm"))
        add_person(store, TANGERANG, NewPerson("Citra", {Role.PELAKSANA}, "a1"), Actor("adm"))
        for code, pin in PINS.items():
            set_pin(store, TANGERANG, code, pin, Actor("adm"))
        for code in ("a1", "atur"):
            give_lane(store, TANGERANG, code, GivenLane(people_lane(store)), Actor("adm"))
    return file


def people_lane(store: Store) -> str:
    found = case_queries.sop_of(store.database, TANGERANG, TANGERANG)
    assert found is not None
    return found.sop.step(1).pelaksana[0]


def nobody(path: Path) -> SakipApp:
    """The program where the account stands for nobody."""
    return SakipApp(OfficeDesk(path, "", FakeClock()), FakeClock(), None, asks_who=True)


async def begun(path: Path, person: str) -> SakipApp:
    desk = OfficeDesk(path, person, FakeClock())
    office = await desk.office()
    assert office is not None
    return SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))


async def type_pin(pilot: Pilot[Any], pin: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    await pilot.press(*pin, "enter")


def shown(app: SakipApp) -> str:
    return "\n".join(widget.text for widget in app.screen.query("Lines"))  # type: ignore[attr-defined]


async def test_somebody_unknown_chooses_a_person_and_types_the_pin(path: Path) -> None:
    app = nobody(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Bagas" in shown(app))
        assert "Citra" not in shown(app)
        await pilot.press("down")
        await type_pin(pilot, "999999")
        await until(pilot, lambda: "tidak cocok" in shown(app))
        assert not isinstance(app.screen, BoardScreen)
        # All of it: what to do stands last, and was cut off below.
        told = app.screen.query_one("#told", Lines)
        await until(pilot, lambda: told.size.height >= told.text.count("\n") + 1)
        assert told.text.endswith("lagi.")
        await type_pin(pilot, PINS["atur"])
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert (app.desk.person, app.screen.office.actor.roles) == ("atur", {Role.PENGELOLA})  # type: ignore[attr-defined]


class SlowRegister(OfficeDesk):
    """A desk on a busy machine: what it is asked is answered when the test lets it."""

    may_answer: Gate

    async def ask(self, question: Callable[[Database, Address], Any]) -> Any:
        await self.may_answer.wait()
        return await super().ask(question)


async def test_a_pin_typed_before_the_names_stand_there_is_taken_whole(path: Path) -> None:
    desk = SlowRegister(path, "atur", FakeClock())
    desk.may_answer = Gate()
    app = SakipApp(desk, FakeClock(), None, asks_who=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Siapa Anda" in shown(app))
        await pilot.press(*PINS["atur"], "enter")
        assert "Bagas" not in shown(app)
        desk.may_answer.set()
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert app.desk.person == "atur"


async def test_a_pin_typed_before_the_names_is_tried_on_nobody_who_did_not_choose(path: Path) -> None:
    desk = SlowRegister(path, "", FakeClock())
    desk.may_answer = Gate()
    app = SakipApp(desk, FakeClock(), None, asks_who=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Siapa Anda" in shown(app))
        await pilot.press(*PINS["atur"], "enter")
        desk.may_answer.set()
        await until(pilot, lambda: "Bagas" in shown(app))
        assert "tidak cocok" not in shown(app)
        assert app.screen.query_one(Input).value == PINS["atur"]


async def test_enter_on_a_name_costs_no_try_and_the_remedy_of_a_lock_is_in_view(path: Path) -> None:
    app = nobody(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Bagas" in shown(app))
        for _ in range(6):
            await pilot.press("enter")
        await until(pilot, lambda: "Ketik PIN-nya" in shown(app))
        for left in (4, 3, 2, 1):
            await type_pin(pilot, "999999")
            await until(pilot, lambda left=left: f"Sisa kesempatan: {left}" in shown(app))
        await type_pin(pilot, "999999")
        await until(pilot, lambda: "terkunci sampai" in shown(app))
        told = app.screen.query_one("#told", Lines)
        assert "admin" in told.text
        assert max(len(line) for line in told.text.split("\n")) <= 80


async def test_without_anybody_to_choose_it_says_whom_to_ask(path: Path) -> None:
    with opening.open(path) as database:
        database.rows("DELETE FROM pins")
    app = nobody(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Minta admin" in shown(app))
        await pilot.press("escape", "enter")
        assert isinstance(app.screen, SignInScreen)


@pytest.fixture
def own(path: Path) -> Path:
    """The account's own person, Rina, is registered and has no PIN."""
    with opening.open(path) as database:
        person = NewPerson("Rina Astuti", {Role.ADMIN, Role.PENGELOLA}, "adm2", "akun-ini")
        add_person(Store(database, FakeClock()), TANGERANG, person, Actor("adm"))
    return path


async def seated(path: Path, identity: Identity) -> SakipApp:
    desk = OfficeDesk(path, identity.name, FakeClock(), identity=identity, account="akun-ini")
    office = await desk.office()
    assert office is not None
    return SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))


OWN = Identity("akun-ini", Proof.ACCOUNT)


async def test_where_nobody_has_a_pin_it_says_who_the_account_is_and_where_pins_are_made(own: Path) -> None:
    with opening.open(own) as database:
        database.rows("DELETE FROM pins")
    app = await seated(own, OWN)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.action_open_place("ganti-orang")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "belum ada" in shown(app))
        told = " ".join(shown(app).split())
        assert "Akun komputer ini terdaftar sebagai Rina Astuti" in told
        assert "pasang di Pengguna (n lalu u) dengan p" in told
        assert "tidak terdaftar" not in told
        await pilot.press("enter", "escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_the_person_of_the_account_sits_down_again_without_a_start(own: Path) -> None:
    app = await seated(own, OWN)
    async with app.run_test(size=(80, 24)) as pilot:
        for code, name in (("atur", "Bagas"), ("adm2", "Rina Astuti")):
            app.screen.action_open_place("ganti-orang")  # type: ignore[attr-defined]
            await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "tanpa PIN" in shown(app))
            screen = app.screen
            assert isinstance(screen, SignInScreen)
            names = [row.code for row in screen.people or ()]
            await pilot.press(*["down"] * names.index(code))
            await until(pilot, lambda name=name: any(name in x for x in shown(app).split("\n") if x.startswith(">")))
            await pilot.press(*PINS.get(code, ""), "enter")
            await until(pilot, lambda code=code: isinstance(app.screen, BoardScreen) and app.desk.person == code)


async def test_the_person_of_the_account_is_asked_for_a_pin_that_was_made_meanwhile(own: Path) -> None:
    app = await seated(own, OWN)
    with opening.open(own) as database:
        set_pin(Store(database, FakeClock()), TANGERANG, "adm2", "573920", Actor("adm"))
    with pytest.raises(Refused) as refusal:
        await app.desk.sign_in_as_own()
    assert refusal.value.rule is Rule.PIN_WRONG
    await app.desk.close()


async def test_who_came_by_a_key_is_offered_nobody_else(own: Path) -> None:
    desk = OfficeDesk(own, "a1", FakeClock(), is_locked=True, account="akun-ini")
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.action_open_place("ganti-orang")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Sambungan ini milik Citra" in shown(app))
        assert not any(name in shown(app) for name in ("Bagas", "Wening", "Rina"))


async def test_the_screen_of_who_signed_in_locks_as_well(path: Path) -> None:
    app = nobody(path)
    seconds = [0.0]
    app.seconds = lambda: seconds[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Bagas" in shown(app))
        seconds[0] += 10_000
        await app.look_for_somebody()
        assert isinstance(app.screen, SignInScreen), "there is nobody to lock out"
        await pilot.press("down")
        await type_pin(pilot, PINS["atur"])
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        app.screen.action_open_place("ganti-orang")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, SignInScreen))
        seconds[0] += 10_000
        await app.look_for_somebody()
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        await app.look_for_somebody()
        assert sum(isinstance(screen, LockScreen) for screen in app.screen_stack) == 1


async def test_the_screen_locks_after_a_while_without_a_key_and_keeps_what_was_typed(path: Path) -> None:
    app = await begun(path, "adm")
    seconds = [0.0]
    app.seconds = lambda: seconds[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        app.screen.action_open_place("pengguna")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and "Citra" in shown(app))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        app.screen.query_one("#field-nama", Input).focus()
        await pilot.press(*"Sekar")
        seconds[0] = 299.0
        await app.look_for_somebody()
        assert isinstance(app.screen, FormPrompt)
        seconds[0] = 301.0
        await app.look_for_somebody()
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        await app.look_for_somebody()
        await type_pin(pilot, "999999")
        await until(pilot, lambda: "tidak cocok" in shown(app))
        await pilot.press("escape", "q")
        assert isinstance(app.screen, LockScreen)
        await type_pin(pilot, PINS["adm"])
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        assert app.screen.query_one("#field-nama", Input).value == "Sekar"


async def test_a_key_puts_the_lock_off_and_without_a_pin_there_is_none(path: Path) -> None:
    app = await begun(path, "a1")
    seconds = [0.0]
    app.seconds = lambda: seconds[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        seconds[0] = 10_000.0
        await app.look_for_somebody()
        assert isinstance(app.screen, BoardScreen)
        with opening.open(path) as database:
            set_pin(Store(database, FakeClock()), TANGERANG, "a1", "234217", Actor("a1"))
        await pilot.press("down")
        await app.look_for_somebody()
        assert isinstance(app.screen, BoardScreen)
        seconds[0] += 301.0
        await app.look_for_somebody()
        await until(pilot, lambda: isinstance(app.screen, LockScreen))


async def test_another_person_sits_down_and_finds_the_board_and_nothing_typed(path: Path) -> None:
    app = await begun(path, "adm")
    seconds = [0.0]
    app.seconds = lambda: seconds[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        app.screen.action_open_place("pengguna")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and "Citra" in shown(app))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        seconds[0] = 301.0
        await app.look_for_somebody()
        await until(pilot, lambda: isinstance(app.screen, LockScreen))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Bagas" in shown(app))
        await pilot.press("down")
        await type_pin(pilot, PINS["atur"])
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.desk.person == "atur")
        assert not [screen for screen in app.screen_stack if isinstance(screen, PinScreen | FormPrompt | PeopleScreen)]
        assert app.screen.office.actor.manages  # type: ignore[attr-defined]


async def test_what_the_person_before_typed_stays_theirs(path: Path) -> None:
    with opening.open(path) as database:
        address = queries.address_of(database)
        Store(database, FakeClock()).apply(address, Command(Act.BUKA, "2026-TW1"), Actor("atur"))
        set_pin(Store(database, FakeClock()), TANGERANG, "a1", "234217", Actor("a1"))
    app = await begun(path, "a1")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.screen.card is not None)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt) and isinstance(app.focused, Input))
        await pilot.press(*"rahasia")
        app.push_screen(SignInScreen(app.desk, can_go_back=True))
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Bagas" in shown(app))
        await pilot.press("down")
        await type_pin(pilot, PINS["atur"])
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.desk.person == "atur")
        await pilot.pause()
    with opening.open(path) as database:
        assert {person for (person,) in database.rows("SELECT person FROM drafts")} == {"a1"}
        assert "rahasia" in str(database.rows("SELECT content FROM drafts"))


async def test_nobody_else_sits_down_on_a_locked_connection(path: Path) -> None:
    from sop.model.refusals import Refused, Rule

    desk = OfficeDesk(path, "atur", FakeClock(), is_locked=True)
    with pytest.raises(Refused) as refused:
        await desk.sign_in("adm", PINS["adm"])
    assert refused.value.rule is Rule.IDENTITY_LOCKED
    await desk.sign_in("atur", PINS["atur"])
    await desk.sit_down()
    assert desk.person == "atur"
    await desk.close()


async def test_whoever_came_in_by_a_key_and_is_nobody_by_now_is_sent_to_the_admin(path: Path) -> None:
    desk = OfficeDesk(path, "a1", FakeClock(), is_locked=True)
    await desk.office()
    with opening.open(path) as database:
        change_person(Store(database, FakeClock()), TANGERANG, "a1", PersonChange(is_active=False), Actor("adm"))
    with pytest.raises(UnknownPerson) as refused:
        await desk.obstacles([Command(Act.BUKA, "2026-TW1")])
    said = str(notice_of(refused.value))
    assert "Minta admin kantor" in said
    assert "--sebagai" not in said
    await desk.close()


async def test_while_nobody_is_registered_nobody_signs_in_and_escape_leads_back(tmp_path: Path) -> None:
    file = tmp_path / "kantor.db"
    office_file(file)
    app = await begun(file, "siapa")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        app.screen.action_open_place("ganti-orang")  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, SignInScreen) and "Belum ada orang" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


# --- the register -----------------------------------------------------------------------------------------------------


async def _at_people(app: SakipApp, pilot: Pilot[Any], reads: str = "Citra") -> PeopleScreen:
    await until(pilot, lambda: isinstance(app.screen, BoardScreen))
    app.screen.action_open_place("pengguna")  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, PeopleScreen) and reads in shown(app))
    found = app.screen
    assert isinstance(found, PeopleScreen)
    return found


def registered(path: Path) -> dict[str, people.PersonRow]:
    with opening.open(path) as database:
        return {row.code: row for row in people.register(database, TANGERANG)}


async def test_an_admin_registers_somebody_and_gives_a_lane(path: Path) -> None:
    app = await begun(path, "adm")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        app.screen.query_one("#field-nama", Input).value = "Sekar"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen and "Sekar" in shown(app))
        assert registered(path)["p1"].roles == (Role.PELAKSANA,)
        await until(pilot, lambda: screen.picked == "p1")
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        app.screen.query_one("#field-kedudukan", Options).focus()
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: registered(path)["p1"].lanes)
        assert registered(path)["p1"].lanes[0].kind.value == "plt"


async def test_how_the_days_of_a_lane_are_read_is_told_and_ending_one_to_come_ends_no_other(path: Path) -> None:
    app = await begun(path, "adm")
    clock = FakeClock()
    with opening.open(path) as database:
        store = Store(database, clock)
        lane = people_lane(store)
        held = next(row for row in people.register(database, TANGERANG) if row.code == "a1").lanes
        assert [each.lane for each in held] == [lane]
        end_lane(store, TANGERANG, "a1", lane, None, clock.now + 86_400, Actor("adm"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        app.screen.query_one("#field-sejak", Input).value = "1/2/2099"
        app.screen.query_one("#field-sampai", Input).value = "3/2/2099"
        await until(pilot, lambda: "Berlaku sejak 1 Februari 2099 sampai 3 Februari 2099." in shown(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen and "Selama belum mulai" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.screen is screen and "berakhir bagi Citra" in shown(app))
    now, later = registered(path)["a1"].lanes
    assert now.until == clock.now + 86_400
    assert later.until == later.since


def test_a_lane_that_works_per_bidang_says_what_no_bidang_means(tmp_path: Path) -> None:
    address = office_file(tmp_path / "kantor.db", LIMA_PULUH_KOTA).address
    with opening.open(tmp_path / "kantor.db") as database:
        add_person(
            Store(database, FakeClock()),
            address.office,
            NewPerson("Sekar", {Role.ADMIN}, "adm", "akun-adm"),
            Actor("siapa", everybody=True),
        )
        office = staff(database, address)
    form = questions.give_lane(office.rows[0], office.lanes, office.bidang, catalog.load(LIMA_PULUH_KOTA), str)
    told = {choice.code: choice.detail for choice in form.choices}
    assert "untuk semua bidang" in told["Kabid"]
    assert told["Kabid"].startswith("Langkah 4. ")
    assert told["Kepala Dinas"] == "Langkah 1."
    assert told["Sekretaris"] == "Tidak ada langkahnya di SOP ini."


def test_what_a_lane_does_and_decides_is_told_by_the_numbers_of_its_steps() -> None:
    sop = catalog.load(TANGERANG)
    assert work_of_lane(sop, "Sub Koordinator Perencanaan") == "langkah 2, 4, 7 dan 9"
    assert work_of_lane(sop, "Kepala Bidang") == "memutus langkah 7"
    # Step 8 is decided by whoever does it.
    assert work_of_lane(sop, "Sekretaris Dinas") == "langkah 1, 5 dan 8"


async def test_a_pin_is_typed_twice_and_never_shown(path: Path) -> None:
    app = await begun(path, "a1")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PinPrompt))
        await pilot.press(*"123456", "enter", *"123456", "enter")
        await until(pilot, lambda: isinstance(app.screen, PinPrompt) and app.screen.problem)
        assert "mudah" in app.screen.problem  # type: ignore[attr-defined]
        # The first one is the mistyped one: it must be typed again too.
        await pilot.press(*"481599", "enter", *"481516", "enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "first")
        await pilot.press(*"481516", "enter", *"481516", "enter")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: registered(path)["a1"].has_pin)
        assert "daftarkan admin kedua" not in shown(app)


async def test_the_only_admin_is_told_what_comes_of_forgetting_the_pin(path: Path) -> None:
    app = await begun(path, "adm")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("adm")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PinPrompt))
        await pilot.press(*"730914", "enter", *"730914", "enter")
        await until(pilot, lambda: app.screen is screen and "daftarkan admin kedua" in " ".join(shown(app).split()))


async def test_others_read_and_change_nothing(path: Path) -> None:
    app = await begun(path, "atur")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        before = registered(path)
        for key in ("a", "e", "l", "n", "z", "u", "p"):
            await pilot.press(key)
            await until(pilot, lambda: "Hanya admin" in shown(app))
            assert app.screen is screen
            screen.said = ""
        assert registered(path) == before


async def test_who_is_made_inactive_leaves_the_cards_to_somebody_who_can_take_them(path: Path) -> None:
    """Only those who hold the lanes are offered; the card goes along with the act."""
    clock = FakeClock()
    with opening.open(path) as database:
        store = Store(database, clock)
        address = queries.address_of(database)
        add_person(store, TANGERANG, NewPerson("Dahlia", {Role.PELAKSANA}, "a2"), Actor("adm"))
        store.apply(address, Command(Act.BUKA, "2026-TW1"), Actor("atur"))
        store.apply(address, Command(Act.MULAI, "2026-TW1", step=1), Actor("a1"))
    app = await begun(path, "adm")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        assert "sebagai Wening" in shown_board(app), "the header calls people by their names"
        screen.pick("a1")
        await until(pilot, lambda: "1 kartu terbuka" in shown(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        assert isinstance(app.screen, FormPrompt)
        assert [choice.code for choice in app.screen.form.choices] == ["atur", "tetap"]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen and "Citra sekarang nonaktif" in shown(app))
        assert "1 kartu beralih kepada Bagas" in shown(app)


def shown_board(app: SakipApp) -> str:
    board = next(screen for screen in app.screen_stack if isinstance(screen, BoardScreen))
    return board.query_one("#header", Lines).text


async def test_a_pengelola_hands_all_cards_over(path: Path) -> None:
    clock = FakeClock()
    with opening.open(path) as database:
        store = Store(database, clock)
        address = queries.address_of(database)
        store.apply(address, Command(Act.BUKA, "2026-TW1"), Actor("atur"))
        store.apply(address, Command(Act.MULAI, "2026-TW1", step=1), Actor("a1"))
    app = await begun(path, "atur")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await _at_people(app, pilot)
        screen.pick("a1")
        await until(pilot, lambda: "1 kartu terbuka" in shown(app))
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, FormPrompt))
        await pilot.press("down", "ctrl+s")
        await until(pilot, lambda: app.screen is screen and "beralih kepada Bagas" in shown(app))


async def begun_at(desk: OfficeDesk) -> SakipApp:
    office = await desk.office()
    assert office is not None
    return SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))


@asynccontextmanager
async def at_register(app: SakipApp) -> AsyncIterator[Pilot[Any]]:
    async with app.run_test(size=(100, 40)) as pilot:
        await _at_people(app, pilot, "orang aktif")
        yield pilot


async def registering(pilot: Pilot[Any]) -> FormPrompt:
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))
    assert isinstance(pilot.app.screen, FormPrompt)
    return pilot.app.screen


async def test_whoever_is_named_otherwise_than_the_account_gets_in_again_after_registering_the_first(
    tmp_path: Path,
) -> None:
    """SAKIP_PENGGUNA, or `--sebagai`, says a name; the account is what lets somebody in without a PIN."""
    file = tmp_path / "kantor.db"
    office_file(file)
    desk = OfficeDesk(file, "rina", FakeClock(), identity=Identity("rina", Proof.NAME), account="kasubag")
    app = await begun_at(desk)
    async with at_register(app) as pilot:
        form = await registering(pilot)
        assert form.query_one("#field-akun", Input).value == "kasubag"
        form.query_one("#field-nama", Input).value = "Rina"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Sejak ini Anda bekerja sebagai Rina" in shown(app))
    again = OfficeDesk(file, "", FakeClock(), identity=Identity("kasubag", Proof.ACCOUNT), account="kasubag")
    found = await again.office()
    assert found is not None
    assert found.actor.code == "p1"
    await again.close()


async def test_an_account_that_shuts_out_whoever_types_it_is_told_before_and_after(tmp_path: Path) -> None:
    file = tmp_path / "kantor.db"
    office_file(file)
    desk = OfficeDesk(file, "rina", FakeClock(), identity=Identity("rina", Proof.NAME), account="kasubag")
    app = await begun_at(desk)
    async with at_register(app) as pilot:
        form = await registering(pilot)
        warned = "Orang ini masuk dari akun komputer kepala; dari akun kasubag"
        assert warned not in shown(app)
        form.query_one("#field-nama", Input).value = "Rina"
        form.query_one("#field-akun", Input).value = "kepala"
        await until(pilot, lambda: warned in shown(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PeopleScreen) and warned in shown(app))
        assert "Keluar, lalu buka lagi" in shown(app)


async def test_taking_away_the_account_that_one_is_in_by_is_told_where_there_is_no_pin(tmp_path: Path) -> None:
    file = tmp_path / "kantor.db"
    office_file(file)
    with opening.open(file) as database:
        everybody = Actor("siapa", everybody=True)
        add_person(Store(database, FakeClock()), TANGERANG, NewPerson("Rina", {Role.ADMIN}, None, "kasubag"), everybody)
    own = Identity("kasubag", Proof.ACCOUNT)
    app = await begun_at(OfficeDesk(file, "", FakeClock(), identity=own, account="kasubag"))
    async with at_register(app) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))
        pilot.app.screen.query_one("#field-akun", Input).value = ""
        await until(pilot, lambda: "Tanpa akun komputer dan tanpa PIN orang ini tidak dapat masuk" in shown(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PeopleScreen))
    with opening.open(file) as database:
        set_pin(Store(database, FakeClock()), TANGERANG, "p1", "481516", Actor("p1"))
    app = await begun_at(OfficeDesk(file, "", FakeClock(), identity=own, account="kasubag"))
    async with at_register(app) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrompt))
        pilot.app.screen.query_one("#field-akun", Input).value = ""
        await pilot.press("tab")
        assert "tidak dapat masuk" not in shown(app)

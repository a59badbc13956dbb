"""Who has a PIN is asked for it at every start of the screens; the real program in a pseudo-terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from bench.terminal import Terminal
from db import opening, queries
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.people_pins import set_pin
from db.people_store import NewPerson, add_person
from db.store import Store
from sakip_tui.machine import account_name
from sakip_tui.office_desk import OfficeDesk
from sop.form import catalog
from sop.model.pelaksana import Actor, Role
from tests.db.office import NGANJUK, forget_people
from tests.fakes import TANGERANG, FakeClock, office_file
from tests.tui.test_real_binary import PROGRAM, ROOT

ACCOUNT = account_name(os.environ)
PIN = "481516"
ASKS, BOARD = "Siapa Anda?", "MENUNGGU"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The account's own person is `wening`, registered after `atur`, who has a PIN as well."""
    file = tmp_path / "kantor.db"
    office_file(file)
    with opening.open(file) as database:
        store = Store(database, FakeClock())
        everybody = Actor("siapa", everybody=True)
        add_person(store, TANGERANG, NewPerson("Bagas", {Role.ADMIN}, "atur", "akun-lain"), everybody)
        add_person(store, TANGERANG, NewPerson("Wening", {Role.ADMIN}, "adm", ACCOUNT), Actor("atur"))
        for code in ("atur", "adm"):
            set_pin(store, TANGERANG, code, PIN, Actor("atur"))
    return file


def started(path: Path, *words: str) -> Iterator[Terminal]:
    given = {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    with Terminal((*PROGRAM, *words, "--db", str(path)), (80, 24), given, str(path.parent)) as terminal:
        yield terminal


def test_every_start_asks_the_accounts_own_person_for_the_pin(path: Path) -> None:
    for _ in range(2):
        for terminal in started(path):
            terminal.wait_for(ASKS)
            assert BOARD not in terminal.text()
            terminal.wait_for("> Wening  adm")
            terminal.type(PIN)
            terminal.press("enter")
            terminal.wait_for(BOARD)
            terminal.press("q")
            assert terminal.ended() == 0


def test_naming_oneself_or_a_wrong_pin_opens_nothing(path: Path) -> None:
    for words in (("--sebagai", "adm"), ()):
        for terminal in started(path, *words):
            terminal.wait_for("> Wening  adm")
            terminal.type("481517")
            terminal.press("enter")
            terminal.wait_for("tidak cocok")
            assert BOARD not in terminal.text()


def test_who_comes_by_a_key_is_not_asked(path: Path) -> None:
    given = {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "SSH_ORIGINAL_COMMAND": ""}
    words = (*PROGRAM, "--pengguna", "adm", "--db", str(path))
    with Terminal(words, (80, 24), given, str(path.parent)) as terminal:
        terminal.wait_for(BOARD)


def test_where_nobody_has_a_pin_the_board_opens_at_once(path: Path) -> None:
    with opening.open(path) as database:
        database.rows("DELETE FROM pins")
    for terminal in started(path):
        terminal.wait_for(BOARD)


def without_people(database: Database) -> None:
    """A second office, which has nobody."""
    adopted = Adoption(catalog.load(NGANJUK), 2026, NGANJUK, bidang=("Satu",))
    set_up(Store(database, FakeClock()), adopted, Actor("adm", home=TANGERANG))
    forget_people(database, NGANJUK)


def test_with_several_offices_in_the_file_it_asks_in_one_that_has_people(path: Path) -> None:
    with opening.open(path) as database:
        without_people(database)
    for terminal in started(path):
        terminal.wait_for("> Wening  adm")
        terminal.type(PIN)
        terminal.press("enter")
        terminal.wait_for(BOARD)
    with opening.open(path) as database:
        assert len(queries.offices(database)) == 2


async def test_somebody_unknown_signs_in_where_people_are(path: Path) -> None:
    with opening.open(path) as database:
        without_people(database)
    desk = OfficeDesk(path, "", FakeClock())
    assert await desk.ask(lambda _, address: address.office) == TANGERANG
    await desk.close()

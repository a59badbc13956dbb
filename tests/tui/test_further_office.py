"""A further office of a file: set up from the board by whoever may, with the questions of the first start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from db import opening, queries
from db.identity import Identity, Proof
from db.people import register
from db.people_pins import set_pin
from db.people_store import NewPerson, add_person
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.prompts.picking import Choices
from sop.model.pelaksana import Actor, Role
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, FakeClock, office_file, shown, until
from tests.tui.test_board_keys import Table
from tests.tui.test_first_start import asked

RINA = Identity("akun-rina", Proof.ACCOUNT)
PIN = "481516"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An office with an admin and a pengamat."""
    file = tmp_path / "kantor.db"
    office_file(file)
    with opening.open(file) as database:
        store = Store(database, FakeClock())
        first = NewPerson("Rina", {Role.ADMIN, Role.PENGELOLA}, "atur", "akun-rina")
        add_person(store, TANGERANG, first, Actor("siapa", everybody=True))
        add_person(store, TANGERANG, NewPerson("Tamu", {Role.PENGAMAT}, "p1", "akun-tamu"), Actor("atur"))
        set_pin(store, TANGERANG, "atur", PIN, Actor("atur"))
    return file


@asynccontextmanager
async def at_board(path: Path, who: Identity = RINA) -> AsyncIterator[Table]:
    desk = OfficeDesk(path, "", FakeClock(), identity=who)
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, FakeClock(), (office, await desk.board(office.year)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Table(pilot, desk)  # type: ignore[arg-type]


async def choices_of(table: Table) -> MenuPrompt:
    await table.press("n")
    await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
    await table.press("k")
    await until(table.pilot, lambda: "Kantor baru" in shown(table.pilot.app))
    screen = table.pilot.app.screen
    assert isinstance(screen, MenuPrompt)
    return screen


async def begin(table: Table) -> None:
    await choices_of(table)
    await table.press("end", "enter")
    prompt = await asked(table.pilot, "Kantor baru")
    picked = prompt.query_one(Choices)
    picked.pick([choice.code for choice in picked.choices].index(LIMA_PULUH_KOTA))
    await table.press("enter")


async def finish(table: Table) -> None:
    """Answer all but SOP and code."""
    for title in ("Nama kantor", "Zona waktu", "Tahun"):
        await asked(table.pilot, title)
        await table.press("enter")
    prompt = await asked(table.pilot, "Bidang")
    prompt.query_one("#field-bidang", Input).value = "Bidang A, Bidang B"
    await table.press("enter")
    await asked(table.pilot, "Seberapa sering")
    await table.press("enter")
    await until(table.pilot, lambda: table.pilot.app.screen is table.board and table.said)


def offices(path: Path) -> list[str]:
    with opening.open(path) as database:
        return [row.code for row in queries.offices(database)]


async def test_an_admin_sets_a_further_office_up_and_stands_on_its_board(path: Path) -> None:
    async with at_board(path) as table:
        await begin(table)
        await asked(table.pilot, "Kode kantor")
        await table.press("enter")
        await finish(table)
        assert table.said.startswith("Yang dibuka sekarang: Dinas Perindustrian")
        assert table.board.rows.address == (LIMA_PULUH_KOTA, LIMA_PULUH_KOTA)
        assert "o Buka periode" in table.keys
    assert offices(path) == [TANGERANG, LIMA_PULUH_KOTA]
    with opening.open(path) as database:
        (founder,) = register(database, LIMA_PULUH_KOTA)
        assert (founder.code, founder.name) == ("atur", "Rina")


@pytest.mark.parametrize(
    ("code", "said"), [(TANGERANG, f"Kode {TANGERANG} sudah dipakai"), ("x" * 65, "paling panjang 64")]
)
async def test_a_code_that_cannot_be_taken_is_asked_again(path: Path, code: str, said: str) -> None:
    """With that of another office the act would prepare an SOP of it instead."""
    async with at_board(path) as table:
        await begin(table)
        prompt = await asked(table.pilot, "Kode kantor")
        assert TANGERANG in " ".join(prompt.form.body)
        prompt.query_one("#field-code", Input).value = code
        await table.press("enter")
        await until(table.pilot, lambda: said in " ".join(shown(table.pilot.app).split()))
    assert offices(path) == [TANGERANG]


async def test_escape_leads_back_to_the_board_and_makes_nothing(path: Path) -> None:
    async with at_board(path) as table:
        await begin(table)
        await asked(table.pilot, "Kode kantor")
        await table.press("escape")
        await asked(table.pilot, "Kantor baru")
        await table.press("escape")
        await until(table.pilot, lambda: table.pilot.app.screen is table.board)
        assert table.board.rows.address.office == TANGERANG
    assert offices(path) == [TANGERANG]


async def test_whoever_may_not_reads_who_does(path: Path) -> None:
    async with at_board(path, Identity("akun-tamu", Proof.ACCOUNT)) as table:
        menu = await choices_of(table)
        item = menu.list.items[-1]
        assert (item.name, item.is_possible) == ("Kantor baru", False)
        assert item.detail == "Admin yang menyiapkannya."


async def test_whoever_came_by_a_pin_is_told_to_sign_in_there(path: Path) -> None:
    """A PIN counts in its own office alone; the new one is made, and the old one stays on view."""
    async with at_board(path, Identity("atur", Proof.PIN, TANGERANG)) as table:
        await begin(table)
        await asked(table.pilot, "Kode kantor")
        await table.press("enter")
        await finish(table)
        assert f"buka dengan sakip --opd {LIMA_PULUH_KOTA} dan masuk dengan PIN" in table.said
        assert table.board.rows.address.office == TANGERANG
    assert offices(path) == [TANGERANG, LIMA_PULUH_KOTA]

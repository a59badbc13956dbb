"""The menu, the places, another office or year, drafts: on a real file where the database matters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from db import opening
from db.adoption import Adoption, set_up
from db.errors import DatabaseBusy
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.calendar.screen import CalendarScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.places import CardAt, Left
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.screens import PLACES
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.ink import Lines
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import FIVE_BIDANG, LIMA_PULUH_KOTA, FakeClock, FakeDesk, office_file, open_period, until
from tests.tui.test_board_finding import fanned_out
from tests.tui.test_board_keys import Table, at_table


@asynccontextmanager
async def at_file(path: Path, clock: FakeClock, person: str = "budi") -> AsyncIterator[Table]:
    """A board on a database file."""
    desk = OfficeDesk(path, person, clock)
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, clock, (office, await desk.board(office.year)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield Table(pilot, desk)  # type: ignore[arg-type]


@pytest.fixture
def one_office(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.db"
    office_file(path)
    return path


@pytest.fixture
def two_offices(one_office: Path) -> Path:
    with opening.open(one_office) as database:
        asked = Adoption(catalog.load(LIMA_PULUH_KOTA), 2026, office="dua", bidang=FIVE_BIDANG)
        set_up(Store(database, FakeClock()), asked, Actor("budi", everybody=True))
    return one_office


async def menu_at(pilot: Pilot[None]) -> MenuPrompt:
    await until(pilot, lambda: isinstance(pilot.app.screen, MenuPrompt))
    screen = pilot.app.screen
    assert isinstance(screen, MenuPrompt)
    return screen


async def calendar_at(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, CalendarScreen) and pilot.app.screen.query("#month"))
    await pilot.pause()


async def opened(table: Table) -> None:
    """Open TW I and put it on view."""
    await table.board.desk.apply(Command(Act.BUKA, "2026-TW1", reason="begitu"))
    await table.press("r", "1")
    await until(table.pilot, lambda: table.board.view.case is not None)


# ---------------------------------------------------------------------- places
async def test_the_menu_lists_every_place_with_its_key() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("n")
        menu = await menu_at(table.pilot)
        assert {(item.code, item.key) for item in menu.list.items} >= {
            (place.code, place.key or place.letter) for place in PLACES
        }
        await table.press("escape")
        await until(table.pilot, lambda: table.pilot.app.screen is table.board)


async def test_a_place_opens_by_its_key_from_board_and_menu() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("g")
        await calendar_at(table.pilot)
        await table.press("escape")
        await until(table.pilot, lambda: table.pilot.app.screen is table.board)
        await table.press("n")
        await menu_at(table.pilot)
        await table.press("g")
        await calendar_at(table.pilot)


async def test_the_menu_leads_to_the_help() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("n")
        await menu_at(table.pilot)
        await table.press("question_mark")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))


def test_no_key_of_the_board_has_two_meanings() -> None:
    keys = [key for item in BoardScreen.BINDINGS if isinstance(item, Binding) for key in item.key.split(",")]
    assert len(keys) == len(set(keys))


async def test_a_screen_left_for_a_card_brings_the_board_there() -> None:
    desk = fanned_out()
    async with at_table(desk) as table:
        await table.press("2", "space")
        table.board.going.come_back(Left(card=CardAt("2026-TW1", 3, desk.bidang[2])))
        await until(table.pilot, lambda: table.board.selected == (3, desk.bidang[2]))
        assert table.board.period == "2026-TW1"


async def test_a_screen_left_for_a_place_opens_that_place() -> None:
    async with at_table(FakeDesk()) as table:
        table.board.going.come_back(Left(place="kalender"))
        await calendar_at(table.pilot)


async def test_a_changed_database_is_read_again_after_a_screen() -> None:
    desk = FakeDesk()
    async with at_table(desk) as table:
        await table.press("1")
        open_period(desk)
        table.board.going.come_back(Left(is_changed=True))
        await until(table.pilot, lambda: table.board.view.case is not None)


# ---------------------------------------------------------------------- offices
async def test_another_office_is_chosen_from_the_menu(two_offices: Path) -> None:
    async with at_file(two_offices, FakeClock()) as table:
        name = table.board.rows.office_name
        await table.press("n")
        menu = await menu_at(table.pilot)
        menu.list.pick([item.code for item in menu.list.items].index("pindah"))
        await table.press("enter")
        await until(table.pilot, lambda: table.pilot.app.screen not in (menu, table.board))
        choice = await menu_at(table.pilot)
        assert len(choice.list.items) == 3
        assert "sedang dibuka" in choice.list.item.detail
        await table.press("down", "enter")
        await table.until_said("Yang dibuka sekarang")
        assert table.board.rows.office_name != name
        await table.press("1", "o")
        await table.asks()
        await table.press("ctrl+s")
        await until(table.pilot, lambda: table.board.view.case is not None)
        assert table.board.rows.address.office == "dua"


# ---------------------------------------------------------------------- drafts
async def test_what_was_typed_before_escape_is_offered_after_a_new_start(one_office: Path) -> None:
    clock = FakeClock()
    async with at_file(one_office, clock) as table:
        await opened(table)
        await table.press("c")
        await table.asks()
        await table.press(*"angka", "escape")
        await table.until_said("Dibatalkan")
    async with at_file(one_office, clock) as table:
        await table.until_said("belum dikirim", "catatan", "TW I 2026", "langkah 1")
        await table.press("1", "c")
        prompt = await table.asks()
        assert prompt.draft.values["note"] == "angka"
        await table.press("ctrl+s")
        await table.until_said("Catatan tersimpan")
        assert await table.board.desk.draft_places() == ()


async def test_a_hang_up_keeps_what_stands_in_the_prompt(one_office: Path) -> None:
    clock = FakeClock()
    async with at_file(one_office, clock) as table:
        await opened(table)
        await table.press("t")
        await table.asks()
        await table.press(*"menunggu")
        app = table.pilot.app
        assert isinstance(app, SakipApp)
        app.hang_up()
    async with at_file(one_office, clock) as table:
        await table.press("1", "t")
        assert (await table.asks()).draft.values["reason"] == "menunggu"


async def test_what_could_not_be_written_is_offered_again_after_a_broken_line() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        await table.press(*"angka")
        desk.failure_of_acts = DatabaseBusy(seconds=10)
        await table.press("ctrl+s")
        await table.until_said("sedang dipakai")
        (kept,) = desk.drafts.values()
        assert kept["note"] == "angka"


async def test_a_prompt_left_without_typing_leaves_no_draft() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        await table.press("escape")
        await until(table.pilot, lambda: table.pilot.app.screen is table.board)
        assert not desk.drafts


# ---------------------------------------------------------------------- small terminals
@pytest.mark.parametrize("width", [60, 70, 79])
async def test_below_eighty_cells_one_column_stands_under_a_strip_of_all(width: int) -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk, (width, 20)) as table:
        assert sum(column.display for column in table.board.picture.columns) == 1
        heads = table.board.query_one("#heads", Lines).text
        assert all(name[:5] in heads for name in ("Menunggu", "Siap", "Dikerjakan", "Keputusan", "Selesai"))

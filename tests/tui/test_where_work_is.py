"""Where the board begins, and what it says at once: the year and period that want somebody, and what is late."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db import opening
from db.adoption import Adoption, set_up
from db.people_pins import set_pin
from db.people_store import NewPerson, add_person
from db.store import Store
from sakip_tui.board import words
from sakip_tui.board.foot import foot_keys
from sakip_tui.board.screen import BoardScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.people.entrance import SignInScreen
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.views.board import first_period
from sakip_tui.views.offers import CanDo
from sop.form import catalog
from sop.look.year import Tally, tally_in
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor, Role
from sop.model.state import CasePhase
from tests.db.office import NGANJUK
from tests.fakes import TANGERANG, TUESDAY, FakeClock, FakeDesk, office_file, open_period, run_act, until, walk
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import at_table

DAY = 86_400
NOVEMBER = TUESDAY + 217 * DAY
"""Tuesday 17 November 2026, 10.00 WIB."""
EVERYBODY = Actor("budi", everybody=True)
PIN = "481516"


def prepared(path: Path, now: int = NOVEMBER, *, runs: bool = True) -> Path:
    """An office with two years, in the first of which TW IV may be running."""
    office_file(path, now=now)
    with opening.open(path) as database:
        store = Store(database, lambda: now)
        found = set_up(store, Adoption(catalog.load(TANGERANG), 2027), EVERYBODY)
        if runs:
            store.apply(found.address, Command(Act.BUKA, "2026-TW4", reason="begitu"), EVERYBODY)
    return path


# ---------------------------------------------------------------------- the year
async def first_year(path: Path, now: int) -> int:
    desk = OfficeDesk(path, "budi", FakeClock(now))
    office = await desk.office()
    await desk.close()
    assert office is not None
    return office.year


async def test_the_year_with_something_running_comes_before_a_newer_one(tmp_path: Path) -> None:
    """ "Last year's open periods stay workable and are what one sees first (the year with something running, else the
    year of today)" """
    path = prepared(tmp_path / "kantor.db")
    assert await first_year(path, NOVEMBER) == 2026
    # In the next year as well, until it is closed.
    assert await first_year(path, NOVEMBER + 60 * DAY) == 2026


async def test_where_nothing_runs_it_is_the_year_of_today(tmp_path: Path) -> None:
    path = prepared(tmp_path / "kantor.db", runs=False)
    assert await first_year(path, NOVEMBER) == 2026
    assert await first_year(path, NOVEMBER + 60 * DAY) == 2027
    assert await first_year(path, NOVEMBER + 800 * DAY) == 2027


async def test_a_year_that_is_over_says_so_and_how_to_get_to_this_one(tmp_path: Path) -> None:
    """Who comes in the next year sees what still runs in the last one, and does not take it for this one."""
    path = prepared(tmp_path / "kantor.db")
    async with at_file(path, FakeClock(NOVEMBER + 60 * DAY)) as table:
        assert " 2027 " in table.board.lines("#header").text
        table.board.greet()
        await table.until_said("Yang tampil tahun 2026", "Tahun 2027 juga sudah disiapkan", "tekan n lalu k")
    async with at_file(path, FakeClock(NOVEMBER)) as table:
        assert " 2026 " not in table.board.lines("#header").text
        await table.board.greet().wait()
        assert not table.said


def test_a_period_that_only_waits_to_be_closed_comes_before_one_that_was_never_opened() -> None:
    desk = FakeDesk()
    open_period(desk, "2026-TW2")
    walk(desk, range(1, 6), "2026-TW2")
    case = desk.rows.state.case_of("2026-TW2")
    assert case is not None
    assert case.phase is CasePhase.SELESAI
    assert first_period(desk.rows, desk.clock()) == "2026-TW2"


async def test_the_year_stands_before_the_periods_and_first_in_the_choice_of_years(tmp_path: Path) -> None:
    path = prepared(tmp_path / "kantor.db")
    async with at_file(path, FakeClock(NOVEMBER)) as table:
        assert table.board.lines("#periods").text.startswith(" 2026  ")
        table.board.action_switch()
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        menu = table.pilot.app.screen
        assert isinstance(menu, MenuPrompt)
        *years, new = menu.list.items
        assert [item.name[:5] for item in years] == ["2026 ", "2027 "]
        assert new.name == "Kantor baru"


async def test_no_two_rows_of_the_choice_are_equal(tmp_path: Path) -> None:
    path = prepared(tmp_path / "kantor.db")
    with opening.open(path) as database:
        store = Store(database, lambda: NOVEMBER)
        same = catalog.load(TANGERANG)
        set_up(store, Adoption(same, 2026, office="dua", bidang=("Umum",)), EVERYBODY)
    async with at_file(path, FakeClock(NOVEMBER)) as table:
        table.board.action_switch()
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        menu = table.pilot.app.screen
        assert isinstance(menu, MenuPrompt)
        rows = [(item.name, item.detail.replace(" (sedang dibuka)", "")) for item in menu.list.items]
        assert len(rows) == 4
        assert rows[-1][0] == "Kantor baru"
        assert len(set(rows)) == len(rows)


async def test_two_sops_of_one_office_are_told_apart_in_the_choice_the_notice_and_the_title(tmp_path: Path) -> None:
    path = prepared(tmp_path / "kantor.db", runs=False)
    with opening.open(path) as database:
        another = Adoption(catalog.load(NGANJUK), 2026, office=TANGERANG)
        set_up(Store(database, lambda: NOVEMBER), another, EVERYBODY)
    async with at_file(path, FakeClock(NOVEMBER)) as table:
        titles = {table.board.lines("#header").text[:30]}
        table.board.action_switch()
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        menu = table.pilot.app.screen
        assert isinstance(menu, MenuPrompt)
        other = next(n for n, item in enumerate(menu.list.items) if "Pemberdayaan" in item.name)
        assert menu.list.items[other].name.startswith("2026 SOP Dinas Pemberdayaan")
        assert menu.list.items[0].heading
        menu.list.pick(other)
        menu.list.action_choose()
        await table.until_said("SOP Dinas Pemberdayaan")
        titles.add(table.board.lines("#header").text[:30])
        assert len(titles) == 2, titles


async def test_the_period_on_view_and_the_way_to_another_one_are_written_without_colour() -> None:
    async with at_table(FakeDesk()) as table:
        assert "Tab Periode" in table.keys
        assert "[TW II " in table.board.lines("#periods").text
        table.board.show_period("2026-TW3")
        await until(table.pilot, lambda: "[TW III " in table.board.lines("#periods").text)
        assert table.board.lines("#periods").text.count("[") == 1


@pytest.mark.parametrize("width", [100, 120])
def test_the_way_back_to_a_period_is_written_where_it_costs_no_line(width: int) -> None:
    able = CanDo(start=True, finish=True)

    def text(numbers: int, cells: int) -> list[str]:
        return ["".join(part for part, _ in line) for line in foot_keys(able, None, 7, bool(numbers), cells)]

    assert "1-7 Periode" in " ".join(text(7, width))
    assert "Shift+Tab" not in " ".join(text(7, width))
    assert "Tab Periode  Shift+Tab Sebelumnya" in " ".join(text(0, width))
    assert len(text(0, width)) == len(text(7, width)) == 2
    assert "Shift+Tab" not in " ".join(text(0, 60))


async def test_whoever_signs_in_finds_the_year_that_was_on_the_board(tmp_path: Path) -> None:
    path = prepared(tmp_path / "kantor.db")
    with opening.open(path) as database:
        store = Store(database, lambda: NOVEMBER)
        add_person(store, TANGERANG, NewPerson("Wening", {Role.ADMIN, Role.PENGELOLA}, "adm", "akun"), EVERYBODY)
        set_pin(store, TANGERANG, "adm", PIN, Actor("adm"))
    async with at_file(path, FakeClock(NOVEMBER), "adm") as table:
        app = table.pilot.app
        table.board.show_year(await table.desk.board(2027))
        app.push_screen(SignInScreen(table.board.desk, can_go_back=True))
        await until(table.pilot, lambda: isinstance(app.screen, SignInScreen) and app.screen.people)
        await table.press(*PIN, "enter")
        await until(table.pilot, lambda: isinstance(app.screen, BoardScreen))
        assert isinstance(app.screen, BoardScreen)
        assert app.screen.year == 2027


# ---------------------------------------------------------------------- the period
def two_running(late: str) -> FakeDesk:
    """TW I and TW II under way, nothing started; the first step of `late` was begun, and its time is over."""
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
    desk.act(run_act(Act.MULAI, 1, late))
    desk.clock.move(minutes=60)
    return desk


@pytest.mark.parametrize("late", ["2026-TW1", "2026-TW2"])
def test_the_period_with_something_late_comes_first(late: str) -> None:
    desk = two_running(late)
    assert first_period(desk.rows, desk.clock()) == late


def test_of_two_periods_that_are_as_pressing_the_older_one_comes_first() -> None:
    desk = two_running("2026-TW2")
    desk.act(run_act(Act.MULAI, 1, "2026-TW1", at=Typed(desk.clock() - 3000), reason="dicatat kemudian"))
    assert tally_in(desk.rows, "2026-TW1", desk.clock()).late == 1
    assert first_period(desk.rows, desk.clock()) == "2026-TW1"


def test_what_nobody_begins_comes_before_what_goes_on_in_time() -> None:
    desk = FakeDesk()
    open_period(desk, "2026-TW2", at=TUESDAY - 5 * DAY)
    walk(desk, [1], "2026-TW2")
    assert first_period(desk.rows, desk.clock()) == "2026-TW2"
    desk.clock.move(minutes=5 * 24 * 60)
    open_period(desk, "2026-TW1")
    assert tally_in(desk.rows, "2026-TW2", desk.clock()).not_started == 1
    assert first_period(desk.rows, desk.clock()) == "2026-TW2"


def test_where_nothing_is_under_way_it_is_the_period_of_today() -> None:
    desk = FakeDesk()
    assert first_period(desk.rows, TUESDAY) == "2026-TW2"


@pytest.mark.parametrize("width", range(76, 130))
def test_the_count_in_the_header_stands_apart_from_the_offices_name(width: int) -> None:
    """`Dinas Contoh Kota Tangerang 1 belum dimulai` read as if the number were the office's."""
    told = words.header("Dinas Contoh Kota Tangerang", "", TUESDAY, FakeDesk().calendar, width, Tally(0, 1, 0, 3))
    text = "".join(part for part, _ in told)
    assert re.search(r"\S  +1 belum dimulai  ", text), text
    assert len(text) <= width


# ---------------------------------------------------------------------- late at once
def test_the_head_of_the_board_tells_what_is_late_before_it_tells_the_hour() -> None:
    desk = FakeDesk()
    sunday = TUESDAY + 5 * DAY
    told = words.header("Dinas Tenaga Kerja Kota Tangerang", "rina", sunday, desk.calendar, 80, Tally(2, 1, 0, 3))
    text = "".join(span[0] for span in told)
    assert "! 2 terlambat, 1 belum dimulai" in text
    assert "di luar jam kerja" not in text
    wide = words.header("Dinas Tenaga Kerja Kota Tangerang", "rina", sunday, desk.calendar, 120, Tally(2, 1, 0, 3))
    text = "".join(span[0] for span in wide)
    assert text.index("terlambat") < text.index("di luar jam kerja")


def test_nobody_is_called_by_the_account_of_the_computer() -> None:
    desk = FakeDesk()
    told = words.header("Dinas Tenaga Kerja", words.seated({}, "root"), TUESDAY, desk.calendar, 80)
    assert "root" not in "".join(text for text, _ in told)
    assert words.seated({"a1": "Rina"}, "a1") == "Rina"


def test_without_anything_late_the_head_says_that_the_office_is_shut() -> None:
    desk = FakeDesk()
    told = words.header("Dinas Tenaga Kerja", "rina", TUESDAY + 5 * DAY, desk.calendar, 80)
    text = "".join(span[0] for span in told)
    assert "di luar jam kerja" in text
    assert "terlambat" not in text


async def test_a_period_that_is_not_on_view_shows_that_something_in_it_is_late() -> None:
    desk = two_running("2026-TW2")
    async with at_table(desk) as table:
        await table.press("1")
        assert table.board.period == "2026-TW1"
        assert "TW II 0/5 !" in table.board.lines("#periods").text
        assert "! 1 terlambat" in table.board.lines("#header").text


@pytest.mark.parametrize("width", [80, 100, 120])
async def test_dasbor_rekap_and_search_stand_on_the_line_of_keys(width: int) -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk, size=(width, 24)) as table:
        for key in ("v Dasbor", "/ Cari", "e Rekap", "i Tindakan", "n Menu", "? Bantuan", "q Keluar"):
            assert key in table.keys, key
        assert len(table.keys.splitlines()) == 2

"""Every key of the calendar, on a desk without a database and on a real file that somebody else writes to as well."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db import opening
from db.calendar_store import change_calendar
from db.errors import DatabaseBusy
from db.office_acts import Given
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.calendar.screen import CalendarScreen
from sakip_tui.desk import Desk
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.picking import Options
from sakip_tui.prompts.text_field import TextField
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.ink import Lines
from sop.model.pelaksana import Actor, Membership
from sop.time.office_calendar import Edit, OfficeCalendar, PutDay
from sop.time.work_calendar import SpecialDay, SpecialKind, hours
from tests.fakes import (
    LIMA_PULUH_KOTA,
    TANGERANG,
    TUESDAY,
    FakeClock,
    FakeDesk,
    office_file,
    open_period,
    until,
    walk,
)
from tests.tui.screens import help_text
from tests.tui.started import ROOT, words


class Wall:
    """A calendar under test: its screen, and what a person would read."""

    def __init__(self, pilot: Pilot[None], desk: Any) -> None:
        self.pilot, self.desk = pilot, desk

    @property
    def screen(self) -> CalendarScreen:
        return next(screen for screen in self.pilot.app.screen_stack if isinstance(screen, CalendarScreen))

    @property
    def said(self) -> str:
        return self.screen.said

    @property
    def prompt(self) -> FormPrompt:
        screen = self.pilot.app.screen
        assert isinstance(screen, FormPrompt)
        return screen

    def text(self, name: str) -> str:
        return self.screen.query_one(f"#{name}", Lines).text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def asks(self, *, about: str = "") -> FormPrompt:
        """Wait for a prompt whose title holds some words."""

        def stands() -> bool:
            screen = self.pilot.app.screen
            return isinstance(screen, FormPrompt) and about in screen.form.title and bool(self.pilot.app.focused)

        await until(self.pilot, stands)
        return self.prompt

    async def fill_in(self, **texts: str) -> None:
        for name, text in texts.items():
            self.prompt.query_one(f"#field-{name}", TextField).value = text
        await self.pilot.pause()

    async def turn(self, name: str) -> None:
        """To the next of what a line may hold."""
        self.prompt.query_one(f"#field-{name}", Options).focus()
        await self.press("right")

    async def submit(self) -> None:
        await self.press("ctrl+s")

    async def save(self) -> str:
        """Say yes to what it would re-date; returns what was shown before."""
        prompt = await self.asks(about="Simpan perubahan")
        shown = "\n".join(prompt.form.body)
        await self.submit()
        await until(self.pilot, lambda: "Kalender revisi" in self.said)
        return shown

    async def go_to(self, day: dt.date) -> None:
        self.screen.select(day)
        await self.pilot.pause()

    async def until_said(self, *words: str) -> None:
        await until(self.pilot, lambda: all(word in self.said for word in words))


@asynccontextmanager
async def at_wall(desk: Any, size: tuple[int, int] = (80, 24), clock: FakeClock | None = None) -> AsyncIterator[Wall]:
    office = await desk.office()
    app = SakipApp(desk, clock or desk.clock, (office, await desk.board(2026)))
    # The board that one comes from needs more room than the calendar.
    async with app.run_test(size=(max(size[0], 60), max(size[1], 18))) as pilot:
        await pilot.pause()
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, CalendarScreen))
        await pilot.resize_terminal(*size)
        await pilot.pause()
        yield Wall(pilot, desk)


def filled_desk(*years: int, code: str = TANGERANG) -> FakeDesk:
    desk = FakeDesk(code)
    from db.holiday_source import filling
    from sop.time.office_calendar import edited

    desk.kept = [edited(desk.kept[0], [filling(year) for year in years or (2026,)])]
    return desk


def running_desk() -> FakeDesk:
    """A step with a standard of days is open: its due moment is Thursday."""
    desk = filled_desk(code=LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4])
    return desk


# ---------------------------------------------------------------------- what is shown
async def test_the_month_of_today_is_on_view_with_its_totals() -> None:
    async with at_wall(filled_desk()) as wall:
        assert "April 2026" in wall.text("calendar-title")
        assert "[14]*" in wall.text("month")
        assert "21 hari kerja" in wall.text("totals")
        assert "TW II 2026" in wall.text("totals")
        assert "Selasa, 14 April 2026, hari ini" in wall.text("day")


async def test_libur_cuti_bersama_ramadan_and_estimates_are_named_in_words() -> None:
    async with at_wall(filled_desk(2026, 2027)) as wall:
        await wall.go_to(dt.date(2026, 3, 20))
        assert all(word in wall.text("month") for word in ("libur", "cuti", "Rama", "tutup"))
        assert "Ramadan" in wall.text("totals")
        assert "cuti bersama" in wall.text("day").casefold()
        await wall.go_to(dt.date(2027, 3, 10))
        assert "?" in wall.text("month")
        assert "perkiraan" in wall.text("day")
        assert "2027: ada perkiraan yang belum dipastikan" in " ".join(wall.text("totals").split())


async def test_an_unfilled_year_says_so() -> None:
    async with at_wall(FakeDesk()) as wall:
        assert "libur belum diisi" in wall.text("totals")


@pytest.mark.parametrize("size", [(40, 16), (60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_whole_month_is_in_view_at_any_size(size: tuple[int, int]) -> None:
    async with at_wall(filled_desk(), size) as wall:
        await wall.go_to(dt.date(2026, 8, 31))
        grid = wall.screen.query_one("#month", Lines)
        assert len(grid.text.splitlines()) <= grid.size.height
        assert "[31]" in grid.text
        assert "kerja" in wall.text("totals") + wall.text("day")


# ---------------------------------------------------------------------- moving about
@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("left", (2026, 4, 13)),
        ("h", (2026, 4, 13)),
        ("right", (2026, 4, 15)),
        ("l", (2026, 4, 15)),
        ("up", (2026, 4, 7)),
        ("k", (2026, 4, 7)),
        ("down", (2026, 4, 21)),
        ("j", (2026, 4, 21)),
        ("home", (2026, 4, 1)),
        ("end", (2026, 4, 30)),
        ("pageup", (2026, 3, 14)),
        ("pagedown", (2026, 5, 14)),
        ("less_than_sign", (2025, 4, 14)),
        ("greater_than_sign", (2027, 4, 14)),
    ],
)
async def test_keys_move_by_day_week_month_and_year(key: str, day: tuple[int, int, int]) -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.press(key)
        assert wall.screen.selected == dt.date(*day)
        await wall.press("0")
        assert wall.screen.selected == dt.date(2026, 4, 14)


async def test_a_shorter_month_takes_its_last_day_and_the_horizon_is_said() -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.go_to(dt.date(2026, 3, 31))
        await wall.press("pageup")
        assert wall.screen.selected == dt.date(2026, 2, 28)
        await wall.go_to(dt.date(2060, 12, 31))
        await wall.press("right")
        assert wall.screen.selected == dt.date(2060, 12, 31)
        assert "2000 sampai 2060" in wall.said


async def test_a_click_picks_the_day_under_it() -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.pilot.click("#month", offset=(2, 8))
        await wall.pilot.pause()
        assert wall.screen.selected == dt.date(2026, 4, 13)


# ---------------------------------------------------------------------- changes, on both desks
@asynccontextmanager
async def either(kind: str, path: Path) -> AsyncIterator[tuple[Wall, Desk]]:
    clock = FakeClock()
    desk: Any
    if kind == "fake":
        desk = filled_desk(2026, 2027)
        desk.clock = clock
    else:
        office_file(path / "kantor.db")
        desk = OfficeDesk(path / "kantor.db", "budi", clock)
    async with at_wall(desk, clock=clock) as wall:
        yield wall, desk


async def in_force(desk: Desk) -> OfficeCalendar:
    return (await desk.kept_calendar()).calendar


BOTH = pytest.mark.parametrize("kind", ["fake", "real"])


@BOTH
async def test_enter_adds_a_holiday_after_showing_what_it_does(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("right", "enter")
        await wall.asks(about="15 April 2026")
        await wall.fill_in(name="Banjir", source="Surat 12/2026")
        await wall.submit()
        shown = await wall.save()
        assert "15 April 2026: tanpa baris sendiri menjadi libur" in shown
        row = (await in_force(desk)).day(dt.date(2026, 4, 15))
        assert row is not None
        assert (row.name, row.source, row.kind, row.certain) == ("Banjir", "Surat 12/2026", SpecialKind.LIBUR, True)
        assert "libur" in wall.text("month")
        assert "revisi 2" in wall.text("calendar-title")


@BOTH
async def test_a_half_day_takes_its_hours_as_the_command_line_does(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("enter")
        await wall.asks()
        await wall.press("down", "down")
        await wall.fill_in(name="Setengah hari", hours="07:30-11.30")
        await wall.turn("certainty")
        await wall.submit()
        await wall.save()
        row = (await in_force(desk)).day(dt.date(2026, 4, 14))
        assert row is not None
        assert (row.spans, row.kind, row.certain) == (hours("07:30-11:30"), SpecialKind.KHUSUS, False)


@BOTH
async def test_a_faulty_hour_is_said_and_nothing_typed_is_lost(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, _desk):
        await wall.press("enter")
        await wall.asks()
        await wall.press("down", "down")
        await wall.fill_in(name="Setengah hari", hours="siang")
        await wall.turn("certainty")
        await wall.submit()
        await until(wall.pilot, lambda: isinstance(wall.pilot.app.screen, FormPrompt) and wall.prompt.problem)
        assert "siang" in wall.prompt.problem
        assert wall.prompt.query_one("#field-hours", TextField).value == "siang"
        assert wall.prompt.query_one("#field-certainty", Options).value == "perkiraan"
        assert wall.screen.kept.revision == 1


@BOTH
async def test_x_removes_a_day_and_p_confirms_an_estimate(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.go_to(dt.date(2026, 8, 17))
        await wall.press("x")
        await wall.asks(about="Hapus")
        await wall.submit()
        await wall.save()
        assert (await in_force(desk)).day(dt.date(2026, 8, 17)) is None
        await wall.go_to(dt.date(2027, 1, 1))
        await wall.press("p")
        await wall.asks(about="Pastikan")
        await wall.submit()
        await wall.save()
        row = (await in_force(desk)).day(dt.date(2027, 1, 1))
        assert row is not None
        assert row.certain
        await wall.press("p")
        await wall.asks(about="Pastikan")
        await wall.press("s")
        await wall.submit()
        await wall.save()
        assert (await in_force(desk)).estimates(2027) == 0


@BOTH
async def test_i_fills_a_year_and_says_when_there_is_nothing_new(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("i")
        await wall.asks(about="Isi libur")
        await wall.fill_in(year="2028")
        await wall.submit()
        await wall.save()
        assert 2028 in (await in_force(desk)).filled
        await wall.go_to(dt.date(2028, 5, 2))
        assert "2028: cuti bersama belum ditetapkan" in " ".join(wall.text("totals").split())
        await wall.press("i")
        await wall.asks(about="Isi libur")
        await wall.submit()
        await wall.until_said("2028 sudah terisi")
        await wall.press("i")
        await wall.asks(about="Isi libur")
        await wall.fill_in(year="dua ribu")
        await wall.submit()
        await until(wall.pilot, lambda: isinstance(wall.pilot.app.screen, FormPrompt) and wall.prompt.problem)
        assert "Tahun" in wall.prompt.problem


@BOTH
async def test_n_makes_a_range_and_changes_the_one_under_the_day(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("n")
        await wall.asks(about="Rentang")
        await wall.press("down")
        await wall.fill_in(last="17/4/2026", hours="08.00-12.00", days="Jumat 08.00-11.00", name="Listrik padam")
        await wall.submit()
        await wall.save()
        found = (await in_force(desk)).range_of((dt.date(2026, 4, 14), dt.date(2026, 4, 17)))
        assert found is not None
        assert found.weekly[1] == hours("08:00-12:00")
        assert found.weekly[4] == hours("08:00-11:00")
        assert found.weekly[5] == ()
        await wall.press("n")
        await wall.asks(about="Ubah rentang Listrik padam")
        await wall.fill_in(last="20/4/2026")
        await wall.submit()
        await wall.save()
        changed = (await in_force(desk)).range_of((dt.date(2026, 4, 14), dt.date(2026, 4, 20)))
        assert changed is not None
        assert changed.weekly == found.weekly
        await wall.press("x")
        await wall.asks(about="Hapus")
        await wall.submit()
        await wall.save()
        assert not any(item.name == "Listrik padam" for item in (await in_force(desk)).spec.ranges)


async def test_a_range_too_long_or_over_another_says_so_before_it_is_saved() -> None:
    """ "A range longer than a month, or over another one, is taken and told" """
    async with at_wall(filled_desk()) as wall:
        await wall.press("n")
        await wall.asks(about="Rentang")
        await wall.fill_in(first="10/3/2026", last="9/5/2026", name="Ramadan panjang")
        await wall.submit()
        shown = " ".join((await wall.save()).split())
        assert "Ramadan panjang: 61 hari, lebih dari sebulan" in shown
        assert re.search(
            r"Ramadan panjang bertumpuk dengan Ramadan 1447 H \(19 Februari 2026 sampai 20 Maret 2026\); "
            r"pada hari yang sama berlaku jam rentang ini",
            shown,
        ), shown
        # One that is neither says nothing.
        await wall.go_to(dt.date(2026, 6, 1))
        await wall.press("n")
        await wall.asks(about="Rentang")
        await wall.fill_in(last="30/6/2026", name="Jam pagi")
        await wall.submit()
        shown = await wall.save()
        assert "bertumpuk" not in shown
        assert "sebulan" not in shown


@BOTH
async def test_w_changes_the_week_and_leaves_what_is_not_said(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        before = (await in_force(desk)).spec.weekly
        await wall.press("w")
        await wall.asks(about="mingguan")
        await wall.fill_in(days="Sabtu 07.30-12.00")
        await wall.submit()
        await wall.save()
        after = (await in_force(desk)).spec.weekly
        assert after[5] == hours("07:30-12:00")
        assert after[:5] == before[:5]


@BOTH
async def test_escape_at_the_preview_changes_nothing_and_returns_to_the_form(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("enter")
        await wall.asks()
        await wall.fill_in(name="Banjir")
        await wall.submit()
        await wall.asks(about="Simpan perubahan")
        await wall.press("escape")
        await wall.asks(about="14 April")
        assert wall.prompt.query_one("#field-name", TextField).value == "Banjir"
        await wall.press("escape")
        await wall.until_said("Dibatalkan")
        assert (await desk.kept_calendar()).revision == 1
        await wall.press("enter")
        await wall.asks()
        assert wall.prompt.query_one("#field-name", TextField).value == "Banjir"


@BOTH
async def test_a_line_that_breaks_at_the_preview_leaves_a_draft(kind: str, tmp_path: Path) -> None:
    async with either(kind, tmp_path) as (wall, desk):
        await wall.press("enter")
        await wall.asks()
        await wall.fill_in(name="Banjir")
        await wall.submit()
        await wall.asks(about="Simpan perubahan")
        app = wall.pilot.app
        assert isinstance(app, SakipApp)
        app.hang_up()
        (place,) = await desk.draft_places()
        assert (await desk.draft(place) or {})["name"] == "Banjir"
        assert (await desk.kept_calendar()).revision == 1


# ---------------------------------------------------------------------- re-dating, refusals, others
async def test_the_preview_names_each_due_moment_before_and_after() -> None:
    async with at_wall(running_desk()) as wall:
        await wall.press("right", "enter")
        await wall.asks()
        await wall.fill_in(name="Banjir")
        await wall.submit()
        prompt = await wall.asks(about="Simpan perubahan")
        shown = "\n".join(prompt.form.body)
        assert "tenggat langkah terbuka akan bergeser" in shown
        assert re.search(r"TW I 2026 langkah 5: \w+ \d+ \w+ \d\d\.\d\d menjadi \w+ \d+ \w+ \d\d\.\d\d\b", shown)
        assert "menjadi" in shown
        assert len(wall.desk.kept) == 1
        await wall.submit()
        await wall.until_said("1 tenggat langkah terbuka bergeser")


async def test_the_board_shows_the_new_due_moment_on_return() -> None:
    async with at_wall(running_desk()) as wall:
        await wall.press("right", "enter")
        await wall.asks()
        await wall.fill_in(name="Banjir")
        await wall.submit()
        await wall.save()
        await wall.press("escape")
        board = wall.pilot.app.screen
        assert isinstance(board, BoardScreen)
        await until(wall.pilot, lambda: board.rows.calendar.revision == 2)


@pytest.mark.parametrize(("key", "words"), [("x", "tidak ada yang dapat dihapus"), ("p", "Tidak ada perkiraan")])
async def test_a_key_with_nothing_to_do_says_so(key: str, words: str) -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.press(key)
        assert words in wall.said


async def test_somebody_without_the_right_is_refused_in_words() -> None:
    desk = filled_desk()
    desk.actor = Actor("rina", memberships=frozenset({Membership("Sekretaris Dinas")}))
    async with at_wall(desk) as wall:
        for key in ("enter", "n", "i", "w"):
            await wall.press(key)
            await wall.until_said("pengelola atau admin")
            assert isinstance(wall.pilot.app.screen, CalendarScreen), "nothing is typed that cannot be kept"
        assert len(desk.kept) == 1


async def test_a_busy_database_is_said_and_the_form_comes_back_as_typed() -> None:
    desk = filled_desk()
    async with at_wall(desk) as wall:
        await wall.press("enter")
        await wall.asks()
        await wall.fill_in(name="Banjir")
        desk.failure_of_acts = DatabaseBusy(path="kantor.db", waited_seconds=10.0)
        await wall.submit()
        await wall.until_said("sedang dipakai")
        await wall.press("enter")
        await wall.asks()
        assert wall.prompt.query_one("#field-name", TextField).value == "Banjir"


async def test_help_names_every_key_and_sign() -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.press("question_mark")
        await until(wall.pilot, lambda: isinstance(wall.pilot.app.screen, HelpScreen))
        text = help_text(wall.pilot.app.screen)
        assert all(words in text for words in ("Isi libur setahun", "perkiraan", "Rentang jam khusus", "PgUp"))
        assert "putaran kedua" not in text
        await wall.press("escape")
        assert isinstance(wall.pilot.app.screen, CalendarScreen)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_goes_back_to_the_board(key: str) -> None:
    async with at_wall(filled_desk()) as wall:
        await wall.press(key)
        assert isinstance(wall.pilot.app.screen, BoardScreen)


def test_no_key_of_the_calendar_has_two_meanings() -> None:
    keys = [key for binding in CalendarScreen.BINDINGS for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert len(keys) == len(set(keys))


# ---------------------------------------------------------------------- a second program on the same file
def elsewhere(path: Path, *edits: Edit) -> None:
    with opening.open(path) as database:
        change_calendar(Store(database, FakeClock()), TANGERANG, edits, Actor("siti", everybody=True))


FLOOD = SpecialDay(dt.date(2026, 4, 22), (), "Banjir", "kantor")


async def test_what_somebody_else_changes_appears_and_the_day_stays_picked(tmp_path: Path) -> None:
    async with either("real", tmp_path) as (wall, _desk):
        await wall.press("down")
        process = await asyncio.create_subprocess_exec(
            *_second_program(tmp_path / "kantor.db"), cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
        )
        assert await process.wait() == 0
        await wall.until_said("diubah dari tempat lain", "revisi 2")
        assert wall.screen.selected == dt.date(2026, 4, 21)
        assert "Banjir" in wall.text("totals")


def _second_program(path: Path) -> Sequence[str]:
    command = "kalender", "libur", "2026-04-22", "Banjir", "--db", str(path), "--sebagai", "siti"
    return (*words(TUESDAY), *command)


async def test_a_change_of_a_calendar_that_moved_on_is_refused_and_the_new_one_shown(tmp_path: Path) -> None:
    async with either("real", tmp_path) as (wall, desk):
        wall.screen._watch.pause()  # type: ignore[union-attr]
        await wall.press("enter")
        await wall.asks()
        await wall.fill_in(name="Pemadaman")
        await wall.submit()
        await wall.asks(about="Simpan perubahan")
        elsewhere(tmp_path / "kantor.db", PutDay(FLOOD))
        await wall.submit()
        await wall.until_said("siti")
        await until(wall.pilot, lambda: wall.screen.kept.revision == 2)
        assert (await in_force(desk)).day(dt.date(2026, 4, 14)) is None
        await wall.press("enter")
        await wall.asks()
        assert wall.prompt.query_one("#field-name", TextField).value == "Pemadaman"
        await wall.submit()
        await wall.save()
        calendar = await in_force(desk)
        assert calendar.day(dt.date(2026, 4, 14)) is not None
        assert calendar.day(dt.date(2026, 4, 22)) is not None
        assert (await desk.board(2026)).calendar.revision == 3


async def test_r_reads_the_calendar_anew(tmp_path: Path) -> None:
    async with either("real", tmp_path) as (wall, _):
        wall.screen._watch.pause()  # type: ignore[union-attr]
        elsewhere(tmp_path / "kantor.db", PutDay(FLOOD))
        assert "Banjir" not in wall.text("totals")
        await wall.press("r")
        await until(wall.pilot, lambda: "Banjir" in wall.text("totals"))


async def test_confirming_says_so_in_few_words() -> None:
    async with at_wall(filled_desk(2027)) as wall:
        await wall.go_to(dt.date(2027, 1, 1))
        await wall.press("p")
        await wall.asks(about="Pastikan")
        await wall.submit()
        prompt = await wall.asks(about="Simpan")
        assert prompt.form.body[0] == "1 Januari 2027: Tahun Baru Masehi dipastikan"


async def test_special_hours_are_named_whole_in_the_narrowest_grid() -> None:
    desk = filled_desk()
    half = SpecialDay(dt.date(2026, 4, 15), ((27_000, 41_400),), "Rapat", kind=SpecialKind.KHUSUS)
    shut = SpecialDay(dt.date(2026, 4, 16), (), "Banjir", kind=SpecialKind.KHUSUS)
    await desk.change_calendar([PutDay(half), PutDay(shut)], Given(seen=len(desk.kept), token="t"))
    async with at_wall(desk) as wall:
        await until(wall.pilot, lambda: "khusus" in wall.text("month"))
        week = next(line for line in wall.text("month").splitlines() if "khusus" in line)
        assert week.split() == ["khusus", "tutup", "tutup", "tutup"]


def found(folder: Path) -> list[Path]:
    return list(folder.rglob("tenggat_*.ics"))


async def test_t_writes_the_due_moments_for_other_calendars_and_c_copies_where(tmp_path: Path) -> None:
    """The same document as `sakip kalender ics`, in the export folder, and written anew each time."""
    async with either("real", tmp_path) as (wall, _desk):
        assert "t Ke ponsel" in wall.screen.lines("#calendar-keys").text
        for _ in range(2):
            await wall.press("t")
            await until(wall.pilot, lambda: f"tenggat_{TANGERANG}.ics" in wall.said)
            (path,) = found(tmp_path)
            assert str(path) in wall.said
            assert "tahan Shift sambil menyorot" in wall.said
            assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
            path.write_text("lama")
            await wall.press("right")
        await wall.press("t")
        await until(wall.pilot, lambda: f"tenggat_{TANGERANG}.ics" in wall.said)
        assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
        await wall.press("c")
        assert wall.pilot.app.clipboard == str(path)
        await wall.press("right", "c")
        assert str(path) not in wall.pilot.app.clipboard

"""Every key of the Alur, on a real file that somebody else writes to as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from db import case_queries
from db.errors import DatabaseBusy
from db.file.connection import Database
from db.rows import Address, Board
from sakip_tui.board.screen import BoardScreen
from sakip_tui.flow_chart.screen import FlowScreen
from sakip_tui.glyphs import ASCII
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.reading import ReadingScreen
from sop.model.act import Act
from sop.model.commands import Command
from tests.fakes import LIMA_PULUH_KOTA, TUESDAY, office_file, run_act
from tests.tui.screens import help_text
from tests.tui.year import Seat, act_elsewhere, demo_file, seated

QUARTER = "2026-TW4"
HALF = "2026-S1"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    demo_file(tmp_path / "kantor.db")
    return tmp_path / "kantor.db"


@pytest.fixture
def seven(tmp_path: Path) -> tuple[Path, Address]:
    """An office whose SOP has one cadence and per-bidang steps, before its first opening."""
    return tmp_path / "kantor.db", office_file(tmp_path / "kantor.db", LIMA_PULUH_KOTA).address


async def opened(seat: Seat, period: str | None = None) -> FlowScreen:
    screen = await seat.go("z", FlowScreen)
    assert isinstance(screen, FlowScreen)
    if period is not None:
        while screen.period != period:
            await seat.press("tab")
    return screen


def number_of(screen: FlowScreen) -> int:
    assert screen.selected is not None
    return screen.view.steps[screen.selected].step.number


def cursor_line(seat: Seat) -> str:
    return next(line for line in seat.text("flow").split("\n") if line.startswith("▌"))


# ---------------------------------------------------------------------- what it shows
async def test_it_opens_at_the_step_selected_on_the_board(demo: Path) -> None:
    async with seated(demo) as seat:
        board = seat.screen
        screen = await opened(seat)
        assert screen.period == board.period
        assert number_of(screen) == board.selected[0]
        assert cursor_line(seat).strip("▌ ").startswith(str(number_of(screen)))


async def test_80x24_shows_the_actors_the_cases_and_what_the_selected_step_asks(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat, QUARTER)
        assert "TW IV berjalan 1/5" in seat.text("flow-title")
        assert "Semester II" in seat.text("flow-title")
        for name in ("No", "Uraian kegiatan", "Sekreta-", "ris Dinas", "Kepala", "Bidang", "Staf"):
            assert name in seat.text("flow-heads")
        assert "3 kolom" in seat.text("flow-heads")
        assert "[● 2/5]?" in seat.text("flow")
        about = seat.text("flow-about")
        assert f"Langkah {number_of(screen)} TW IV: Merekap laporan kinerja triwulan" in about
        assert "2 menyerahkan, 3 belum" in about
        for words in ("Enter Kartu", "i Penjelasan", "? Bantuan"):
            assert words in seat.text("flow-keys")


async def test_the_ascii_set_draws_without_any_other_sign(demo: Path) -> None:
    async with seated(demo, glyphs=ASCII) as seat:
        await opened(seat, HALF)
        await seat.press("end")
        for name in ("flow-title", "flow-heads", "flow", "flow-about"):
            assert seat.text(name).isascii(), name
        assert "Tidak ^7" in seat.text("flow")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_at_every_size_the_selected_step_is_in_view_whole(demo: Path, size: tuple[int, int]) -> None:
    async with seated(demo, size) as seat:
        screen = await opened(seat, HALF)
        await seat.press("home")
        for number in range(1, 10):
            assert number_of(screen) == number
            assert sum(line.startswith("▌") for line in seat.text("flow").split("\n")) == min(
                screen.drawing.heights[screen.selected or 0], screen.room
            )
            await seat.press("down")


@pytest.mark.parametrize("size", [(59, 17), (30, 8), (10, 3)])
async def test_a_terminal_too_small_for_it_does_no_harm(demo: Path, size: tuple[int, int]) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        before = number_of(screen)
        await seat.pilot.resize_terminal(*size)
        await seat.press("home", "right", "down", "space", "end", "left")
        # Where nothing can be seen nothing is done.
        there = before if screen.is_too_small else 9
        assert number_of(screen) == there
        await seat.pilot.resize_terminal(80, 24)
        await seat.until(lambda: f"Langkah {there}" in seat.text("flow-about"))


async def test_a_resize_lays_it_out_anew(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        assert "Mutu Baku" not in seat.text("flow-heads")
        await seat.pilot.resize_terminal(200, 60)
        await seat.until(lambda: "Mutu Baku" in seat.text("flow-heads"))
        assert "kolom ►" not in seat.text("flow-heads")
        assert screen.drawing.columns.hidden(0) == (0, 0)


# ---------------------------------------------------------------------- moving about
@pytest.mark.parametrize(("down", "up"), [("down", "up"), ("j", "k"), ("J", "K")])
async def test_these_keys_go_from_step_to_step(demo: Path, down: str, up: str) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home", down, down)
        assert number_of(screen) == 3
        await seat.press(up)
        assert number_of(screen) == 2
        assert "Langkah 2" in seat.text("flow-about")


async def test_home_and_end_go_to_the_first_and_the_last_step(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("end")
        assert number_of(screen) == 9
        assert "(Selesai)" in seat.text("flow")
        await seat.press("down")
        assert number_of(screen) == 9
        await seat.press("home")
        assert number_of(screen) == 1
        assert "(Mulai" in seat.text("flow")


async def test_page_keys_go_a_screen_at_a_time(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home", "pagedown")
        there = number_of(screen)
        assert there >= 4, "most of what was in view is passed"
        await seat.press("pagedown")
        assert number_of(screen) > there
        await seat.press("pageup", "pageup", "pageup")
        assert number_of(screen) == 1


@pytest.mark.parametrize(("right", "left"), [("right", "left"), ("l", "h")])
async def test_these_keys_scroll_sideways_while_numbers_and_heads_stay(demo: Path, right: str, left: str) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat, QUARTER)
        await seat.press("home", right)
        assert "Uraian kegiatan" not in seat.text("flow-heads")
        assert "Kelengkapan" in seat.text("flow-heads")
        assert "Perjanjian" in seat.text("flow")
        assert cursor_line(seat).startswith("▌ 1 ✓")
        while screen.first < screen.drawing.columns.last_stop:
            await seat.press(right)
        assert "Output" in seat.text("flow-heads")
        await seat.press(right)
        assert "sudah tampil" in seat.text("flow-about")
        for _ in range(9):
            await seat.press(left)
        assert "Uraian kegiatan" in seat.text("flow-heads")
        assert "Ini kolom pertama." in seat.text("flow-about")
        await seat.press("down")
        assert "Ini kolom pertama." not in seat.text("flow-about")


async def test_space_changes_between_symbols_of_one_line_and_those_of_the_paper(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat, HALF)
        assert "┌─────┐" not in seat.text("flow")
        await seat.press("home", "space")
        assert "╭───────╮" in seat.text("flow")
        await seat.press("space")
        assert "╭───────╮" not in seat.text("flow")
        assert "(Mulai" in seat.text("flow")


async def test_a_screen_with_room_for_them_begins_with_symbols_of_the_paper(seven: tuple[Path, Address]) -> None:
    async with seated(seven[0], (120, 60), TUESDAY) as seat:
        await opened(seat)
        assert "╭───────╮" in seat.text("flow")


async def test_tab_and_numbers_change_the_period(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("1")
        assert screen.period == "2026-TW1"
        assert "TW I " in seat.text("flow-title")
        await seat.press("tab")
        assert screen.period == "2026-TW2"
        await seat.press("shift+tab", "shift+tab")
        assert screen.period == "2026-TH"
        for number, period in enumerate(("TW1", "TW2", "TW3", "TW4", "S1", "S2", "TH"), start=1):
            await seat.press(str(number))
            assert screen.period == f"2026-{period}"


async def test_a_period_that_the_sop_does_not_keep_is_said_so(tmp_path: Path) -> None:
    from db import opening
    from db.adoption import Adoption, set_up
    from db.store import Store
    from sop.form import catalog
    from sop.model.definition import Cadence
    from sop.model.pelaksana import Actor
    from tests.fakes import FIVE_BIDANG

    path = tmp_path / "kantor.db"
    with opening.open(path, create=True) as database:
        asked = Adoption(catalog.load(LIMA_PULUH_KOTA), 2026, bidang=FIVE_BIDANG, cadence=Cadence.TAHUNAN)
        set_up(Store(database, lambda: TUESDAY), asked, Actor("budi", everybody=True))
    async with seated(path, now=TUESDAY) as seat:
        screen = await opened(seat)
        assert screen.period == "2026-TH"
        await seat.press("1")
        assert screen.period == "2026-TH"
        assert "SOP ini tidak memakai periode itu." in seat.text("flow-about")


# ---------------------------------------------------------------------- where one goes from here
async def test_enter_goes_to_the_step_s_card_also_in_another_period(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat, QUARTER)
        await seat.press("end", "up", "up")
        assert number_of(screen) == 7
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: seat.screen.period == "2026-S2" and seat.screen.selected == (7, ""))


@pytest.mark.parametrize("key", ["escape", "q", "z", "Z"])
async def test_these_keys_go_back_to_the_board(demo: Path, key: str) -> None:
    async with seated(demo) as seat:
        period = seat.screen.period
        await opened(seat)
        await seat.press(key)
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        assert seat.screen.period == period


async def test_i_tells_everything_of_a_step_and_the_whole_names_of_the_columns(demo: Path) -> None:
    async with seated(demo, (80, 60)) as seat:
        await opened(seat, HALF)
        await seat.press("end", "up", "up", "i")
        assert isinstance(seat.screen, ReadingScreen)
        text = seat.text("reading")
        assert "Tidak: kembali ke langkah 6 (asumsi)" in text
        assert "Asumsi tujuan Tidak: Tercetak di kolom Kepala Seksi" in text
        assert "5. Staf Penyusun Evaluasi Kinerja" in text
        await seat.press("escape")
        assert isinstance(seat.screen, FlowScreen)


async def test_the_help_names_every_key_and_every_sign(demo: Path) -> None:
    async with seated(demo, (120, 60)) as seat:
        await opened(seat)
        await seat.press("question_mark")
        assert isinstance(seat.screen, HelpScreen)
        text = help_text(seat.screen)
        for words in ("belah ketupat", "segi lima", "Simbol besar", "Ke kartunya", "asumsi", "keputusan"):
            assert words in text
        await seat.press("escape")
        assert isinstance(seat.screen, FlowScreen)


async def test_a_click_selects_a_step_and_a_second_one_opens_its_card(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat, QUARTER)
        await seat.press("home")
        await seat.pilot.click("#flow", offset=(10, 4))
        await seat.pilot.pause()
        assert number_of(screen) == 3
        await seat.pilot.click("#flow", offset=(40, 5))
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: seat.screen.selected == (3, "") and seat.screen.period == QUARTER)


async def test_a_click_on_a_pentagon_selects_nothing(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat, QUARTER)
        await seat.press("home")
        await seat.pilot.click("#flow", offset=(10, 11))
        await seat.pilot.pause()
        assert number_of(screen) == 1


async def test_the_wheel_goes_from_step_to_step(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home")
        body = screen.query_one("#flow")
        for event, number in ((MouseScrollDown, 2), (MouseScrollDown, 3), (MouseScrollUp, 2)):
            await seat.pilot._post_mouse_events([event], body, (5, 5), button=0)
            await seat.pilot.pause()
            assert number_of(screen) == number


# ---------------------------------------------------------------------- alive
async def test_what_somebody_else_does_appears_with_the_selection_kept(seven: tuple[Path, Address]) -> None:
    path, address = seven
    async with seated(path, now=TUESDAY) as seat:
        screen = await opened(seat, "2026-TW1")
        await seat.press("home", "down", "down")
        await screen.poll()
        act_elsewhere(path, address, TUESDAY, Command(Act.BUKA, "2026-TW1"), run_act(Act.MULAI, 1))
        await screen.poll()
        await seat.until(lambda: "(Mulai ●)" in seat.text("flow"))
        assert number_of(screen) == 3
        assert "TW I berjalan 0/7" in seat.text("flow-title")


async def test_r_reads_again_and_says_so(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = case_queries.year_board

    def counted(database: Database, address: Address, year: int, now: int | None = None) -> Board:
        calls.append(1)
        return real(database, address, year, now)

    monkeypatch.setattr(case_queries, "year_board", counted)
    async with seated(demo) as seat:
        await opened(seat)
        before = len(calls)
        await seat.press("r")
        await seat.until(lambda: len(calls) > before)
        assert "Dimuat ulang." in seat.text("flow-about")


async def test_a_minute_later_the_times_are_said_anew(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await screen.poll()
        before = seat.text("flow-title")
        seat.clock.move(minutes=3)
        await screen.poll()
        await seat.until(lambda: seat.text("flow-title") != before)


async def test_a_busy_database_is_said_and_nothing_is_lost(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        shown = seat.text("flow")

        async def busy() -> int:
            raise DatabaseBusy(path=str(demo))

        monkeypatch.setattr(screen.desk, "data_version", busy)
        await screen.poll()
        await seat.pilot.pause()
        assert "Pemberitahuan" in seat.text("flow-about")
        assert seat.text("flow") == shown


async def test_what_was_never_opened_says_so_in_the_title_and_not_on_every_row(seven: tuple[Path, Address]) -> None:
    async with seated(seven[0], (120, 60), TUESDAY) as seat:
        await opened(seat)
        assert "belum dibuka" in seat.text("flow-title")
        assert "elum dibuka" not in seat.text("flow")
        assert "Belum dibuka" in seat.text("flow-about")

"""Every key of the dashboard, on a real file that somebody else writes to as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from db import case_queries, queries
from db.errors import DatabaseBusy
from sakip_tui.board.screen import BoardScreen
from sakip_tui.dashboard.screen import DashboardScreen
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.reading import ReadingScreen
from sop.model.act import Act
from sop.model.commands import Command
from tests.cli.conftest import run
from tests.fakes import LIMA_PULUH_KOTA, office_file, run_act
from tests.tui.screens import help_text
from tests.tui.year import MONDAY, Seat, act_elsewhere, demo_file, seated

QUARTER = "2026-TW4"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    demo_file(tmp_path / "kantor.db")
    return tmp_path / "kantor.db"


async def opened(seat: Seat) -> DashboardScreen:
    screen = await seat.go("v", DashboardScreen)
    assert isinstance(screen, DashboardScreen)
    await seat.until(lambda: screen.forecasts)
    await seat.pilot.pause()
    return screen


def line_of(seat: Seat) -> str:
    """The selected line."""
    return next(line for line in seat.text("dashboard").split("\n") if "▌" in line)


async def to(seat: Seat, words: str) -> None:
    """Go down until the selected line holds these words."""
    await seat.press("home")
    for _ in range(60):
        if words in line_of(seat):
            return
        await seat.press("down")
    raise AssertionError(f"no line says {words!r}")


async def test_one_screen_of_80x24_says_where_the_quarter_stands_and_whose_turn_it_is(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        shown = seat.text("dashboard")
        assert "TW IV       ██░░░░░░ 1/5   langkah 2" in shown
        assert "Semester I  ███░░░░░ 1/3   langkah 7" in shown
        assert "perkiraan" in shown
        assert "Sub Koordinator Perencanaan  staf-3, staf-4" in shown
        assert "Kepala Bidang" in shown
        assert "1 terlambat" in seat.text("dashboard-headline")
        assert "3 bidang belum menyerahkan" in seat.text("dashboard-headline")
        assert "TW IV 2 Hubungan Industrial" in line_of(seat), "what is late is selected first"


async def test_enter_on_a_line_goes_to_its_card(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await to(seat, "Pengawasan")
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        board = seat.screen
        await seat.until(lambda: board.period == QUARTER and board.selected == (2, "Pengawasan"))


async def test_enter_on_a_period_goes_to_where_it_stands(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await to(seat, "Semester I ")
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: seat.screen.period == "2026-S1" and seat.screen.selected == (7, ""))


async def test_on_the_line_of_a_period_stands_what_its_forecast_rests_on(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await to(seat, "TW IV ")
        told = seat.text("dashboard-headline")
        assert told.strip().startswith("Perkiraan TW IV: langkah 2 sudah lewat; tanpa antre; ")
        assert "…" not in told
        await to(seat, "Semester I ")
        assert "bila semua diputus Ya, tanpa antre" in seat.text("dashboard-headline")
        await to(seat, "TW III ")
        assert "1 terlambat" in seat.text("dashboard-headline")


@pytest.mark.parametrize("key", ["escape", "q", "v", "V"])
async def test_these_keys_go_back_to_the_board(demo: Path, key: str) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press(key)
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))


async def test_arrows_letters_and_ends_move_through_the_lines(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        for home, end, down, up in (("home", "end", "down", "up"), ("home", "end", "j", "k")):
            await seat.press(home)
            first = screen.selected
            assert first == ("period", "2026-TW1")
            await seat.press(down)
            assert screen.selected == ("period", "2026-TW2")
            await seat.press(up)
            assert screen.selected == first
            await seat.press(up)
            assert screen.selected == first
            await seat.press(end)
            last = screen.selected
            assert last is not None
            assert last[0] == "pace"
            await seat.press(down)
            assert screen.selected == last
            assert line_of(seat)


async def test_pages_move_by_a_screen_and_keep_the_selected_line_in_view(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home", "pagedown", "pagedown")
        assert screen.top > 0
        assert line_of(seat)
        await seat.press("pageup", "pageup")
        assert (screen.top, screen.selected) == (0, ("period", "2026-TW1"))


async def test_tab_goes_from_section_to_section_and_round(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home")
        seen = []
        for _ in range(6):
            assert screen.selected is not None
            seen.append(screen.selected[0])
            await seat.press("tab")
        assert seen == ["period", "press", "lane", "bidang", "figure", "pace"]
        assert screen.selected == ("period", "2026-TW1")
        await seat.press("shift+tab")
        assert "langkah" not in line_of(seat)
        assert screen._parts["lama"].items[0].key == screen.selected


async def test_left_and_right_go_to_the_column_beside(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await seat.press("home", "right")
        assert screen.page.place(screen.selected)[0] == 1
        await seat.press("l")
        assert screen.page.place(screen.selected)[0] == 1
        await seat.press("left")
        assert screen.page.place(screen.selected)[0] == 0
        await seat.press("l", "h")
        assert screen.page.place(screen.selected)[0] == 0


async def test_in_one_column_left_and_right_go_by_section(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home", "right")
        assert screen.selected is not None
        assert screen.selected[0] == "press"
        await seat.press("left")
        assert screen.selected == ("period", "2026-TW1")


def crowd(path: Path) -> Path:
    """Forty bidang, two of which have handed in and thirty of which are late."""
    names = tuple(f"Bidang {number:02d}" for number in range(1, 41))
    address = office_file(path, LIMA_PULUH_KOTA, names, MONDAY - 20 * 86_400).address
    then = MONDAY - 4 * 86_400
    acts = [Command(Act.BUKA, "2026-TW1")]
    for step in (1, 2):
        acts += [run_act(Act.MULAI, step), run_act(Act.SELESAI, step)]
    acts += [run_act(Act.MULAI, 3, bidang=name) for name in names[:30]]
    acts += [run_act(Act.SELESAI, 3, bidang=name) for name in names[:2]]
    act_elsewhere(path, address, then, *acts)
    return path


async def test_the_space_bar_shows_a_section_whole_and_folds_it_again(tmp_path: Path) -> None:
    async with seated(crowd(tmp_path / "kantor.db")) as seat:
        screen = await opened(seat)
        assert "Bidang 20" not in seat.text("dashboard")
        await to(seat, "lagi; spasi menampilkan semuanya")
        await seat.press("space")
        assert screen.selected is not None
        assert screen.selected[0] == "press"
        assert screen.page.shown_of("perhatian") == 40
        await seat.press("space")
        assert screen.page.shown_of("perhatian") < 40
        assert screen.selected == screen._parts["perhatian"].items[0].key


async def test_enter_on_the_line_that_stands_for_more_shows_them(tmp_path: Path) -> None:
    async with seated(crowd(tmp_path / "kantor.db")) as seat:
        screen = await opened(seat)
        await to(seat, "lagi; spasi menampilkan semuanya")
        await seat.press("enter")
        assert screen.page.shown_of("perhatian") == 40


async def test_a_whole_section_has_nothing_to_show(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("space")
        assert "sudah tampil seluruhnya" in seat.text("dashboard-headline")
        await seat.press("down")
        assert "terlambat" in seat.text("dashboard-headline")


async def test_c_copies_what_ringkas_says_and_shows_it(demo: Path) -> None:
    said = run("ringkas", "--db", str(demo), "--sebagai", "kasubag", now=MONDAY).out.rstrip("\n")
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("c")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        await seat.pilot.pause()
        assert seat.copied == [said]
        shown = seat.text("reading")
        # Run as it is printed, it means the office on the screen, wherever that lies.
        assert f"sakipringkas--db{demo}" in "".join(shown.split())
        assert "TW IV 2026: 1 dari 5 langkah selesai" in shown
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.screen, DashboardScreen))


@pytest.mark.parametrize(("bidang", "words"), [("Pengawasan", "Yang kami tunggu"), ("Pelatihan Kerja", "Tanda terima")])
async def test_b_on_a_bidang_gives_its_reminder_or_its_receipt(demo: Path, bidang: str, words: str) -> None:
    said = run("ringkas", "--bidang", bidang, "--db", str(demo), "--sebagai", "kasubag", now=MONDAY).out.rstrip("\n")
    assert words in said
    async with seated(demo) as seat:
        await opened(seat)
        await to(seat, bidang)
        await seat.press("b")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        assert seat.copied == [said]


async def test_b_elsewhere_says_what_it_is_for(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("home", "b")
        assert "Pilih dulu baris sebuah bidang" in seat.text("dashboard-headline")
        assert seat.copied == []


async def test_what_somebody_else_does_shows_and_the_selected_line_stays(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await to(seat, "Pengawasan")
        await screen.poll()
        chosen = screen.selected
        other = "Hubungan Industrial"
        address = screen.rows.address
        act_elsewhere(demo, address, MONDAY, run_act(Act.SELESAI, 2, QUARTER, bidang=other))
        await screen.poll()
        await seat.until(lambda: "3 menyerahkan, 2 belum" in seat.text("dashboard"))
        assert screen.selected == chosen
        assert "terlambat" not in seat.text("dashboard-headline")


async def test_when_the_selected_line_is_gone_its_neighbour_is_selected(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await screen.poll()
        gone = screen.selected
        assert gone is not None
        assert gone[0] == "press"
        act_elsewhere(demo, screen.rows.address, MONDAY, run_act(Act.SELESAI, 2, QUARTER, bidang="Hubungan Industrial"))
        await screen.poll()
        await seat.until(lambda: screen.selected not in (None, gone))
        assert line_of(seat)


async def test_times_move_on_by_themselves(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        assert "lewat 11 j 30 m" in seat.text("dashboard")
        await screen.poll()
        seat.clock.move(minutes=7)
        await screen.poll()
        await seat.pilot.pause()
        assert "lewat 11 j 37 m" in seat.text("dashboard")


async def test_a_database_that_is_busy_is_said_and_the_old_picture_stays(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise DatabaseBusy(path=str(demo))

    async with seated(demo) as seat:
        await opened(seat)
        with monkeypatch.context() as patch:
            patch.setattr(case_queries, "year_board", busy)
            patch.setattr(queries, "standing", busy)
            await seat.press("r")
            await seat.until(lambda: "sedang dipakai" in seat.text("dashboard-headline"))
            assert "TW IV" in seat.text("dashboard")
            await seat.press("down")
            await seat.press("c")
            await seat.until(lambda: "sedang dipakai" in seat.text("dashboard-headline"))
        assert seat.copied == []


async def test_r_reads_again(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        before = screen.rows
        await seat.press("r")
        await seat.until(lambda: screen.rows is not before)


async def test_help_names_every_key(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("question_mark")
        await seat.until(lambda: isinstance(seat.screen, HelpScreen))
        assert "Pengingat untuk bidang" in help_text(seat.screen)
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.screen, DashboardScreen))


async def test_a_click_selects_and_a_second_one_goes(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.pilot.click("#dashboard", offset=(5, 4))
        await seat.pilot.pause()
        assert screen.selected == ("period", QUARTER)
        await seat.pilot.click("#dashboard", offset=(5, 4))
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))


async def test_the_wheel_moves_the_selection(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("home")
        body = screen.query_one("#dashboard")
        for event, key in ((MouseScrollDown, ("period", "2026-TW2")), (MouseScrollUp, ("period", "2026-TW1"))):
            await seat.pilot._post_mouse_events([event], body, (5, 5), button=0)
            await seat.pilot.pause()
            assert screen.selected == key


async def test_an_office_that_has_not_begun_says_what_to_do(tmp_path: Path) -> None:
    office_file(tmp_path / "kantor.db")
    async with seated(tmp_path / "kantor.db") as seat:
        await opened(seat)
        shown = seat.text("dashboard")
        assert "TW I belum dibuka, boleh sejak Kam 1 Jan" in shown
        assert "Belum ada langkah per bidang" in shown
        await seat.press("end")
        assert "Belum ada langkah yang selesai" in seat.text("dashboard")
        assert "belum ada" in seat.text("dashboard")


HOSTILE = "[/][@click=app.quit]x[/]\x1b]52;c;aGk=\x07\x9b31m\u202eevil\u200b😀" + "panjang " * 10


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 18)])
async def test_typed_text_is_harmless_and_nothing_is_wider_than_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    from rich.cells import cell_len

    path = tmp_path / "kantor.db"
    names = ("[/][@click=app.quit]x[/]", "B\U0001f600" * 20, "Sekretariat")
    address = office_file(path, LIMA_PULUH_KOTA, names, MONDAY - 20 * 86_400).address
    acts = [Command(Act.BUKA, "2026-TW1")]
    for step in (1, 2):
        acts += [run_act(Act.MULAI, step), run_act(Act.SELESAI, step)]
    acts += [run_act(Act.MULAI, 3, bidang=name) for name in names[:2]]
    act_elsewhere(path, address, MONDAY - 4 * 86_400, *acts, by=HOSTILE[:60])
    async with seated(path, size) as seat:
        screen = await opened(seat)
        for _ in range(4):
            for name in ("dashboard-header", "dashboard-headline", "dashboard", "dashboard-keys"):
                text = seat.text(name)
                assert all(cell_len(line.rstrip()) <= size[0] for line in text.split("\n")), name
                assert not set(text) & set("\x1b\x07\x9b\u202e\u200b")
            await seat.press("pagedown")
        assert "[/][@click=app.quit]" in "\n".join(
            "".join(text for text, _ in screen.page.line(y, None)) for y in range(screen.page.length)
        )

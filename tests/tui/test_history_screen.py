"""Every key of the log, on a real file that somebody else writes to as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp

from db import case_queries, log_queries, opening
from db.bidang_store import rename_bidang
from db.errors import DatabaseBusy
from db.rows import Address
from db.store import Store
from sakip_tui.board.screen import BoardScreen
from sakip_tui.history.kinds import KINDS
from sakip_tui.history.pile import MOST_HELD
from sakip_tui.history.screen import HistoryScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.text_field import TextField
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.reading import ReadingScreen
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.events import Event
from sop.model.pelaksana import Actor
from tests.fakes import office_file, run_act
from tests.tui.screens import help_text
from tests.tui.year import MONDAY, Seat, act_elsewhere, demo_file, seated

QUARTER = "2026-TW4"
NEWEST, PAGE = 176, 100
"""Entries of the demo office's log, and how many are read at once."""
EVERYBODY = Actor("budi", everybody=True)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    demo_file(tmp_path / "kantor.db")
    return tmp_path / "kantor.db"


async def opened(seat: Seat) -> HistoryScreen:
    screen = await seat.go("y", HistoryScreen)
    assert isinstance(screen, HistoryScreen)
    await settled(seat, screen)
    return screen


async def settled(seat: Seat, screen: HistoryScreen) -> None:
    """Wait until nothing is being read."""
    await seat.until(lambda: screen._is_read and not screen._going and not screen.workers._workers)
    await seat.pilot.pause()


def sequences(screen: HistoryScreen) -> list[int]:
    return [one.event.sequence for one in screen.pile.events]


def lines(seat: Seat) -> list[str]:
    return seat.text("history").split("\n")


def chosen(screen: HistoryScreen) -> int:
    assert screen.current is not None
    return screen.current.event.sequence


async def test_the_newest_is_on_top_and_reads_as_a_sentence(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        assert sequences(screen) == list(range(NEWEST, NEWEST - PAGE, -1))
        assert "kasubag-perencanaan menulis catatan pada langkah 2 TW IV" in lines(seat)[0]
        told = " ".join(line.strip() for line in seat.text("history-about").split("\n"))
        assert 'bidang Sekretariat: "Mohon dikirim sebelum akhir pekan."' in told
        assert f"no. {NEWEST} dari {NEWEST}" in seat.text("history-title")
        assert "Hanya: p periode  l langkah  o orang  t tindakan ini" in seat.text("history-filter")


async def test_arrows_letters_pages_and_ends_move(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        for down, up in (("down", "up"), ("j", "k")):
            await seat.press(down, down)
            assert chosen(screen) == NEWEST - 2
            await seat.press(up, up, up)
            assert chosen(screen) == NEWEST
        await seat.press("pagedown")
        assert chosen(screen) == NEWEST - screen.lines_in_view
        await seat.press("space")
        assert chosen(screen) == NEWEST - 2 * screen.lines_in_view
        await seat.press("pageup", "pageup", "pageup")
        assert chosen(screen) == NEWEST
        await seat.press("end")
        await settled(seat, screen)
        assert chosen(screen) == 1
        assert "▌" in lines(seat)[-1]
        await seat.press("down")
        assert chosen(screen) == 1
        await seat.press("home")
        assert (chosen(screen), screen.top) == (NEWEST, 0)


async def test_enter_goes_to_the_card(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("down", "down", "enter")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))
        await seat.until(lambda: seat.screen.period == QUARTER and seat.screen.selected == (2, "Pengawasan"))
        assert screen is not seat.screen


async def test_enter_on_an_act_of_the_office_shows_the_whole_entry(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("end", "enter")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        await seat.pilot.pause()
        assert "menyiapkan tahun 2025 untuk Dinas Contoh" in seat.text("reading")


async def test_d_shows_everything_with_the_hash(demo: Path) -> None:
    with opening.open(demo) as database:
        line = case_queries.log(database, limit=1)[0]
    async with seated(demo, (120, 40)) as seat:
        await opened(seat)
        await seat.press("d")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        await seat.pilot.pause()
        shown = seat.text("reading")
        assert line.hash in shown
        assert "Berlaku: Jum 20 Nov 09.00" in shown
        assert "catatan: Mohon dikirim sebelum akhir pekan." in shown
        assert "Komputer: contoh" in shown
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.screen, HistoryScreen))


async def test_a_long_entry_scrolls(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.pilot.resize_terminal(80, 12)
        await seat.press("end", "d")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        await seat.pilot.pause()
        assert "baris lagi di bawah" in seat.text("reading-keys")
        for key, first in (("down", 1), ("j", 2), ("up", 1), ("k", 0), ("pagedown", 9), ("pageup", 0), ("space", 9)):
            await seat.press(key)
            assert seat.screen.first == first, key
        await seat.press("end")
        assert "baris lagi" not in seat.text("reading-keys")
        await seat.press("home")
        assert seat.screen.first == 0
        await seat.press("q")
        await seat.until(lambda: isinstance(seat.screen, HistoryScreen))


@pytest.mark.parametrize("key", ["escape", "q", "y", "Q"])
async def test_these_keys_go_back_to_the_board(demo: Path, key: str) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press(key)
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))


@pytest.mark.parametrize(
    ("key", "words", "same"),
    [
        ("p", "TW IV 2026", lambda event: event.period == QUARTER),
        ("l", "langkah 2", lambda event: event.step == 2),
        ("o", "oleh staf-4", lambda event: event.by == "staf-4"),
        ("t", "pekerjaan", lambda event: event.act in KINDS["kerja"][1]),
    ],
)
async def test_a_key_narrows_to_what_is_like_this_line_and_again_widens(
    demo: Path, key: str, words: str, same: Callable[[Event], bool]
) -> None:
    with opening.open(demo) as database:
        wanted = [one.event.sequence for one in case_queries.log(database, limit=NEWEST) if same(one.event)]
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("down", "down")
        before = chosen(screen)
        await seat.press(key)
        await settled(seat, screen)
        assert f"Saringan: {words}. Esc menghapusnya." in seat.text("history-filter")
        shown = sequences(screen)
        assert shown
        assert shown == wanted[: len(shown)]
        assert chosen(screen) == before
        await seat.press(key)
        await settled(seat, screen)
        assert screen.wanted.is_empty
        assert chosen(screen) == before


async def test_filters_add_up_and_escape_takes_them_all_away_before_it_leaves(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("down", "down", "p")
        await settled(seat, screen)
        await seat.press("o")
        await settled(seat, screen)
        assert sequences(screen) == [NEWEST - 2, NEWEST - 3]
        assert "TW IV 2026, oleh staf-4" in seat.text("history-filter")
        await seat.press("escape")
        await settled(seat, screen)
        assert len(sequences(screen)) == PAGE
        assert seat.screen is screen
        await seat.press("escape")
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))


async def test_an_act_of_the_office_has_no_period_to_narrow_to(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("end", "p")
        assert "tentang kantor" in seat.text("history-filter")
        assert screen.wanted.is_empty


async def fill_in(seat: Seat, **texts: str) -> None:
    for name, text in texts.items():
        seat.screen.query_one(f"#field-{name}", TextField).value = text
    await seat.pilot.pause()


async def asks(seat: Seat) -> FormPrompt:
    await seat.until(lambda: isinstance(seat.screen, FormPrompt) and seat.pilot.app.focused)
    prompt = seat.screen
    assert isinstance(prompt, FormPrompt)
    return prompt


async def test_f_asks_for_every_part_of_a_filter(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await seat.press("f")
        await asks(seat)
        await fill_in(seat, period="tw iv", step="2", by="STAF-4", since="19/11/2026", until="20/11/2026")
        await seat.press("ctrl+s")
        await seat.until(lambda: seat.screen is screen)
        await seat.until(lambda: not screen.wanted.is_empty)
        await settled(seat, screen)
        assert sequences(screen) == [NEWEST - 2, NEWEST - 3]
        shown = seat.text("history-filter")
        assert "TW IV 2026, langkah 2" in shown
        assert "sejak 19 November 2026, sampai 20 November 2026" in shown


async def test_a_kind_of_act_is_chosen_in_the_form(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await seat.press("f")
        await asks(seat)
        await seat.press("down", "down", "down")
        await seat.press("ctrl+s")
        await seat.until(lambda: screen.wanted.acts)
        await settled(seat, screen)
        assert "Saringan: koreksi dan urung." in seat.text("history-filter")


async def test_a_bidang_is_found_under_its_old_and_its_new_name(demo: Path) -> None:
    with opening.open(demo) as database:
        rename_bidang(Store(database, lambda: MONDAY), "contoh", "Pengawasan", "Pengawasan Ketenagakerjaan", EVERYBODY)
    found = []
    for name in ("pengawasan", "PENGAWASAN KETENAGAKERJAAN"):
        async with seated(demo, (120, 40)) as seat:
            screen = await opened(seat)
            await seat.press("f")
            await asks(seat)
            await fill_in(seat, bidang=name)
            await seat.press("ctrl+s")
            await seat.until(lambda screen=screen: screen.wanted.bidang == "Pengawasan Ketenagakerjaan")
            await settled(seat, screen)
            found.append(sequences(screen))
            assert all(one.event.bidang == "Pengawasan" for one in screen.pile.events)
    assert found[0] == found[1] != []


async def test_an_unknown_bidang_is_asked_again_with_the_known_ones(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await seat.press("f")
        await asks(seat)
        await fill_in(seat, bidang="Perikanan")
        await seat.press("ctrl+s")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt) and seat.screen.problem)
        prompt = await asks(seat)
        assert '"Perikanan" tidak dikenal' in prompt.problem
        assert "Pengawasan" in prompt.problem
        await seat.press("escape")
        await seat.until(lambda: seat.screen is screen)


async def test_what_cannot_be_read_is_asked_again_with_the_reason(demo: Path) -> None:
    async with seated(demo, (120, 40)) as seat:
        screen = await opened(seat)
        await seat.press("f")
        await asks(seat)
        await fill_in(seat, step="dua", since="kapan-kapan")
        await seat.press("ctrl+s")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt) and seat.screen.problem)
        prompt = await asks(seat)
        assert '"dua" bukan bilangan bulat' in prompt.problem
        assert "kapan-kapan" in prompt.problem
        assert prompt.query_one("#field-step", TextField).value == "dua"
        await fill_in(seat, step="", since="", period="TW9")
        await seat.press("ctrl+s")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt) and "TW9" in seat.screen.problem)
        await asks(seat)
        await seat.press("escape")
        await seat.until(lambda: seat.screen is screen)
        assert screen.wanted.is_empty


async def test_nothing_found_says_how_to_go_on(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("f")
        await asks(seat)
        await fill_in(seat, by="tidak ada")
        await seat.press("ctrl+s")
        await seat.until(lambda: screen.wanted.by == "tidak ada")
        await settled(seat, screen)
        assert "Tidak ada catatan yang cocok" in seat.text("history")
        await seat.press("down", "enter", "d", "p", "pagedown")
        assert seat.screen is screen


async def test_what_somebody_else_does_comes_on_top(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await screen.poll()
        address = Address("contoh", "disnaker-kota-tangerang")
        act_elsewhere(demo, address, MONDAY, Command(Act.KOMENTAR, QUARTER, step=1, note="baru saja"))
        await screen.poll()
        await seat.until(lambda: len(sequences(screen)) == PAGE + 1)
        await seat.pilot.pause()
        assert chosen(screen) == NEWEST + 1, "who looks at the newest goes on looking at the newest"
        assert "baru saja" in seat.text("history-about")
        await seat.press("down", "down")
        act_elsewhere(demo, address, MONDAY, Command(Act.KOMENTAR, QUARTER, step=1, note="sekali lagi"))
        await screen.poll()
        await seat.until(lambda: len(sequences(screen)) == PAGE + 2)
        assert chosen(screen) == NEWEST - 1, "who looks at something else keeps it"


async def test_many_that_come_at_once_all_come(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await screen.poll()
        address = Address("contoh", "disnaker-kota-tangerang")
        notes = [Command(Act.KOMENTAR, QUARTER, step=1, note=f"catatan {number}") for number in range(230)]
        act_elsewhere(demo, address, MONDAY, *notes)
        await screen.poll()
        await seat.until(lambda: chosen(screen) == NEWEST + 230)
        assert sequences(screen) == list(range(NEWEST + 230, NEWEST - PAGE, -1))


async def test_a_database_that_is_busy_is_said_and_asked_again(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise DatabaseBusy(path=str(demo))

    async with seated(demo) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(log_queries, "older", busy)
            screen = await seat.go("y", HistoryScreen)
            await seat.until(lambda: screen.said)
            assert "sedang dipakai" in seat.text("history-filter")
        await seat.press("r")
        await settled(seat, screen)
        assert len(sequences(screen)) == PAGE


async def test_what_is_filtered_out_does_not_come(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("down", "down", "o")
        await settled(seat, screen)
        await screen.poll()
        address = Address("contoh", "disnaker-kota-tangerang")
        act_elsewhere(demo, address, MONDAY, Command(Act.KOMENTAR, QUARTER, step=1, note="lain"))
        await screen.poll()
        await seat.until(lambda: screen.newest == NEWEST + 1)
        assert NEWEST + 1 not in sequences(screen)


async def test_r_reads_again_and_keeps_the_line(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.press("down", "down", "down", "r")
        await settled(seat, screen)
        assert chosen(screen) == NEWEST - 3


async def test_help_names_every_key(demo: Path) -> None:
    async with seated(demo) as seat:
        await opened(seat)
        await seat.press("question_mark")
        await seat.until(lambda: isinstance(seat.screen, HelpScreen))
        assert "Hanya orang pada baris ini" in help_text(seat.screen)


async def test_a_click_selects_and_a_second_one_goes(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        await seat.pilot.click("#history", offset=(10, 2))
        await seat.pilot.pause()
        assert chosen(screen) == NEWEST - 2
        await seat.pilot.click("#history", offset=(10, 2))
        await seat.until(lambda: isinstance(seat.screen, BoardScreen))


async def test_the_wheel_moves_the_selection(demo: Path) -> None:
    async with seated(demo) as seat:
        screen = await opened(seat)
        body = screen.query_one("#history")
        for event, number in ((MouseScrollDown, NEWEST - 3), (MouseScrollUp, NEWEST)):
            await seat.pilot._post_mouse_events([event], body, (5, 5), button=0)
            await seat.pilot.pause()
            assert chosen(screen) == number


async def test_a_long_log_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    address = office_file(path).address
    notes = [Command(Act.KOMENTAR, "2026-TW1", step=1, note=f"catatan {number}") for number in range(1300)]
    act_elsewhere(path, address, MONDAY, Command(Act.BUKA, "2026-TW1"), *notes)
    async with seated(path) as seat:
        screen = await opened(seat)
        assert len(sequences(screen)) <= 200
        newest = chosen(screen)
        seen = []
        for _ in range(90):
            await seat.press("pagedown")
            await settled(seat, screen)
            seen.append(chosen(screen))
            assert len(sequences(screen)) <= MOST_HELD
            assert sequences(screen) == list(range(sequences(screen)[0], sequences(screen)[-1] - 1, -1))
        assert seen == sorted(seen, reverse=True)
        assert seen[-1] == 1
        assert sequences(screen)[0] < newest, "what lies far behind is let go"
        for _ in range(90):
            await seat.press("pageup")
            await settled(seat, screen)
        assert chosen(screen) == newest
        await seat.press("end")
        await settled(seat, screen)
        assert chosen(screen) == 1
        await seat.press("home")
        await settled(seat, screen)
        assert chosen(screen) == newest


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 18)])
async def test_typed_text_is_harmless_and_nothing_is_wider_than_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "kantor.db"
    address = office_file(path).address
    evil = "[/][@click=app.quit]x[/]\x1b]52;c;aGk=\x07\x9b31m\u202eevil\u200b\U0001f600 " + "panjang " * 1200
    acts = [
        Command(Act.BUKA, "2026-TW1"),
        Command(Act.KOMENTAR, "2026-TW1", step=1, note=evil[:10_000]),
        run_act(Act.MULAI, 1),
        run_act(Act.TUNDA, 1, reason="[b]menunggu[/b] [/x]"),
    ]
    act_elsewhere(path, address, MONDAY, *acts, by="[red]siti[/]")
    async with seated(path, size) as seat:
        await opened(seat)
        for _ in range(4):
            for name in ("history-title", "history-filter", "history", "history-about", "history-keys"):
                text = seat.text(name)
                assert all(cell_len(line.rstrip()) <= size[0] for line in text.split("\n")), name
                assert not set(text) & set("\x1b\x07\x9b\u202e\u200b")
            await seat.press("down")
        assert "[red]siti[/]" in seat.text("history")
        await seat.press("home", "down", "down", "d")
        await seat.until(lambda: isinstance(seat.screen, ReadingScreen))
        await seat.pilot.pause()
        assert "[/][@click=app.quit]" in seat.text("reading")
        assert all(cell_len(line) <= size[0] for line in seat.text("reading").split("\n"))

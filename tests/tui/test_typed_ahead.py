"""Keys that come faster than screens change, and screens that are gone by the time that something was read for them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from db.errors import DatabaseFull
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.calendar.screen import CalendarScreen
from sakip_tui.dashboard.screen import DashboardScreen
from sakip_tui.flow_chart.screen import FlowScreen
from sakip_tui.history.screen import HistoryScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.past_work.screen import PastWorkScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import Form, FormField
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.prompts.text_field import TextField
from sakip_tui.screens import PLACES
from sakip_tui.textual_workarounds import SparingApp
from sakip_tui.widgets import watching
from sakip_tui.widgets.ink import InkedScreen
from sakip_tui.widgets.menu import MenuItem
from sakip_tui.widgets.watching import WatchingScreen
from sop.model.act import Act
from sop.model.commands import Command
from tests.fakes import FakeClock, FakeDesk, until
from tests.tui.screens import busy_office
from tests.tui.test_board_keys import at_table
from tests.tui.year import MONDAY, demo_file, seated
from tests.waiting import SECONDS, STEP


def type_ahead(app: App[Any], *keys: str) -> None:
    """Everything at once, as a slow line or quick fingers deliver it."""
    for key in keys:
        is_letter = len(key) == 1
        app.post_message(events.Key(_character_to_key(key) if is_letter else key, key if is_letter else None))


async def test_what_is_typed_ahead_goes_into_the_prompt_that_the_first_key_opens(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        type_ahead(seat.app, "c", *"rangkuman qusut", "left", "X")
        await seat.until(
            lambda: (
                isinstance(seat.screen, FormPrompt)
                and [field.value for field in seat.screen.query("#field-note").results(TextField)]
                == ["rangkuman qusuXt"]
            )
        )


async def test_what_is_pressed_while_the_app_leaves_is_meant_for_nobody() -> None:
    """Where closing takes a while a key that waited for its turn found no screen, and ended the program loudly."""
    async with at_table(FakeDesk()) as table:
        app = table.pilot.app
        assert isinstance(app, SakipApp)

        async def until_all_screens_are_gone() -> None:
            await until(table.pilot, lambda: not app.screen_stack)

        app._until_laid_out = until_all_screens_are_gone  # type: ignore[method-assign]
        type_ahead(app, "down", "up")


async def test_what_is_typed_right_after_tab_goes_into_the_field_that_it_leads_to(tmp_path: Path) -> None:
    """What stood there is replaced, as it is by somebody who types slowly."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    names = ("number", "dated", "place")
    fields = tuple(FormField(name, name, value="lama" if name == "dated" else "") for name in names)
    wanted = {"number": "abh", "dated": "cdg", "place": "ef"}
    async with seated(path) as seat:
        for _ in range(5):
            prompt = FormPrompt(Form("Surat", fields=fields))
            seat.app.push_screen(prompt)
            await seat.until(lambda prompt=prompt: seat.screen is prompt and prompt.laid_out.is_set())
            type_ahead(seat.app, *"ab", "tab", *"cd", "tab", *"ef", "shift+tab", "end", "g", "tab", "tab", *"h")
            await seat.until(
                lambda prompt=prompt: {field.spec.name: field.value for field in prompt.query(TextField)} == wanted
            )
            await seat.press("escape")


async def test_a_menu_is_answered_by_what_was_typed_ahead(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    number = [place.code for place in PLACES].index("kalender")
    async with seated(path) as seat:
        type_ahead(seat.app, "n", "home", *("down",) * number, "enter", "right", "enter", *"Banjir")
        await seat.until(
            lambda: (
                isinstance(seat.screen, FormPrompt)
                and [field.value for field in seat.screen.query("#field-name").results(TextField)] == ["Banjir"]
            )
        )
        assert "24 November" in seat.screen.form.title


@pytest.mark.parametrize("place", [place.code for place in PLACES if place.code != "ganti-orang"])
@pytest.mark.parametrize("size", [(1, 1), (80, 24)], ids=["one cell", "usual"])
async def test_keys_and_clicks_at_a_screen_that_is_not_made_yet_harm_nothing(
    place: str, size: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path, size) as seat:
        await seat.until(lambda: seat.screen.laid_out.is_set())
        for way in ("right", "down", "space", "end", "tab", "pagedown", "r", "left"):
            board = seat.screen
            board.action_open_place(place)
            # Not a moment for the screen to be made.
            type_ahead(seat.app, way, "home", way)
            await seat.until(lambda: not isinstance(seat.screen, BoardScreen) and seat.screen.laid_out.is_set())
            if seat.screen.is_too_small:
                # No key but those that end the program does anything there.
                await seat.screen.dismiss(None)
            else:
                type_ahead(seat.app, "escape")
            await seat.until(lambda board=board: seat.screen is board)


@pytest.mark.parametrize(
    ("key", "kind", "again"),
    [
        ("v", DashboardScreen, "reload"),
        ("v", DashboardScreen, "look_ahead"),
        ("y", HistoryScreen, "begin"),
        ("y", HistoryScreen, "catch_up"),
        ("z", FlowScreen, "reload"),
        ("g", CalendarScreen, "reload"),
    ],
)
async def test_what_was_read_for_a_screen_that_has_left_is_shown_to_nobody(
    key: str, kind: type[InkedScreen[Any]], again: str, tmp_path: Path
) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        board = seat.screen
        screen = await seat.go(key, kind)
        getattr(screen, again)()
        type_ahead(seat.app, "escape")
        await seat.until(lambda: seat.screen is board)
        await seat.until(lambda: not screen.is_running)
        # Whatever is still under way when its widgets are gone.
        screen.draw()
        screen.announce("terlambat")
        assert seat.screen is board


async def test_a_screen_that_lacks_what_it_should_have_still_says_so(tmp_path: Path) -> None:
    """The lines that nobody sees are for screens that are gone, and not for mistakes of ours."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        await seat.until(lambda: seat.screen.is_mounted)
        with pytest.raises(Exception, match="No nodes match"):
            seat.screen.lines("#tidak-ada")


async def test_what_a_form_put_off_is_not_done_once_it_leaves(tmp_path: Path) -> None:
    """Its fields tell of a change of size when their frame may be gone already."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        await seat.go("g", CalendarScreen)
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt))
        prompt = seat.screen
        done: list[bool] = []
        prompt._callbacks.append((prompt.tell_beyond, prompt))  # type: ignore[attr-defined]
        prompt._callbacks.append((lambda: done.append(True), prompt))
        await prompt._invoke_and_clear_callbacks()
        assert done == [True]
        await seat.press("escape")
        await seat.until(lambda: not prompt.is_attached)
        prompt._callbacks.append((prompt.tell_beyond, prompt))  # type: ignore[attr-defined]
        await prompt._invoke_and_clear_callbacks()


async def test_a_prompt_whose_asker_was_called_off_can_be_left(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        board = seat.screen
        for key in ("enter", "escape"):

            async def ask() -> None:
                prompt = MenuPrompt("Menu", [MenuItem("a", "", "Satu", "")])
                await board.app.push_screen(prompt, wait_for_dismiss=True)

            worker = board.run_worker(ask(), group="asks")
            await seat.until(lambda: isinstance(seat.screen, MenuPrompt) and seat.screen.laid_out.is_set())
            worker.cancel()
            await seat.until(lambda worker=worker: worker.is_finished)
            await seat.press(key)
            await seat.until(lambda: seat.screen is board)


async def test_a_screen_under_a_prompt_does_not_take_the_prompt_away(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        calendar = await seat.go("g", CalendarScreen)
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt))
        prompt = seat.screen
        calendar.action_leave()
        await seat.pilot.pause()
        assert seat.screen is prompt


async def test_a_worker_that_asks_while_its_screen_leaves_does_not_end_the_program(tmp_path: Path) -> None:
    """It waits for what the app has still to do; called off by that, it used to take the app with it."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        board = seat.screen
        for _ in range(5):
            calendar = await seat.go("g", CalendarScreen)
            begun = asyncio.Event()

            async def ask(calendar: Any = calendar, begun: asyncio.Event = begun) -> None:
                begun.set()
                calendar.dismiss(None)
                await seat.app.push_screen_wait(MenuPrompt("Menu", [MenuItem("a", "", "Satu", "")]))

            calendar.run_worker(ask(), group="asks")
            await begun.wait()
            await seat.until(lambda calendar=calendar: not calendar.is_running)
            while seat.screen is not board:
                await seat.press("escape")
        assert seat.app.is_running
        await seat.press("question_mark")
        await seat.until(lambda: type(seat.screen).__name__ == "HelpScreen")


@pytest.mark.parametrize("error", [NoMatches("#lanes"), ScreenStackError(), asyncio.InvalidStateError()])
def test_a_worker_that_finds_its_screen_gone_while_one_leaves_is_nobodys_affair(error: Exception) -> None:
    app = SparingApp[None]()
    app._handle_exception(WorkerFailed(error))
    assert app._exception is None


@pytest.mark.parametrize("error", [ValueError("salah hitung"), DatabaseFull(path="kantor.db")])
def test_whatever_else_fails_in_a_worker_while_one_leaves_is_told(error: Exception) -> None:
    app = SparingApp[None]()
    failed = WorkerFailed(error)
    app._handle_exception(failed)
    assert app._exception is failed


async def test_a_screen_stays_until_it_is_told_what_became_of_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    async with seated(path) as seat:
        calendar = await seat.go("g", CalendarScreen)
        tried, may_go_on = seat.app.desk.try_calendar, asyncio.Event()

        async def slow(edits: Any) -> Any:
            await may_go_on.wait()
            return await tried(edits)

        seat.app.desk.try_calendar = slow  # type: ignore[method-assign]
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.screen, FormPrompt) and seat.screen.query("#field-name"))
        seat.screen.query_one("#field-name", TextField).value = "Banjir"
        await seat.press("ctrl+s")
        await seat.until(lambda: seat.screen is calendar)
        await seat.press("escape")
        await seat.until(lambda: "Masih dikerjakan" in calendar.said)
        may_go_on.set()
        await seat.until(lambda: isinstance(seat.screen, FormPrompt) and "Simpan" in seat.screen.form.title)


async def test_an_act_that_was_asked_for_is_done_though_nobody_waits_for_it(tmp_path: Path) -> None:
    """Whoever asked may leave before its turn at the database comes."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    desk = OfficeDesk(path, "kasubag", FakeClock(MONDAY))
    may_go_on = threading.Event()
    before = asyncio.create_task(desk.ask(lambda database, address: may_go_on.wait(SECONDS)))
    act = asyncio.create_task(desk.apply(Command(Act.KOMENTAR, "2026-TW4", step=1, note="tetap tercatat")))
    # Both stand in the queue once each has been begun.
    await asyncio.sleep(0)
    act.cancel()
    may_go_on.set()
    await before
    assert any("tetap tercatat" in str(item.event) for item in await desk.history("2026-TW4"))
    await desk.close()


FIRST_KEYS = {"pengguna": "l", "bidang": "e", "sop": "enter", "pengaturan": "h", "riwayat": "d", "susulan": "x"}
"""Place -> a key that is about its rows."""


@pytest.fixture
def people_file(tmp_path: Path) -> Path:
    busy_office(tmp_path / "kantor.db")
    return tmp_path / "kantor.db"


@contextlib.asynccontextmanager
async def opening_slowly(path: Path, place: str) -> AsyncIterator[tuple[Pilot[None], asyncio.Event]]:
    """A screen whose rows come only once an event is set, as on a busy machine."""
    clock = FakeClock(MONDAY)
    desk = OfficeDesk(path, "kasubag", clock)
    office = await desk.office()
    assert office is not None
    app = SakipApp(desk, clock, (office, await desk.board(office.year)))
    may_answer = asyncio.Event()

    def held(told: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def answer(*given: Any) -> Any:
            await may_answer.wait()
            return await told(*given)

        return answer

    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        desk.ask, desk.write = held(desk.ask), held(desk.write)  # type: ignore[method-assign]
        app.screen.action_open_place(place)  # type: ignore[attr-defined]
        await until(pilot, lambda: isinstance(app.screen, WatchingScreen) and app.screen.READS_FIRST)
        yield pilot, may_answer
        may_answer.set()


@pytest.mark.parametrize("place", FIRST_KEYS)
async def test_a_key_about_rows_that_are_still_read_waits_for_them(
    place: str, people_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PATIENCE_SECONDS", SECONDS)
    async with opening_slowly(people_file, place) as (pilot, may_answer):
        screen = pilot.app.screen
        type_ahead(pilot.app, FIRST_KEYS[place])
        await pilot.pause()
        assert pilot.app.screen is screen
        may_answer.set()
        if isinstance(screen, PastWorkScreen):
            await until(pilot, lambda: screen.grid.text(screen.grid.spot) == "x")
        else:
            await until(pilot, lambda: pilot.app.screen is not screen)


@pytest.mark.parametrize("place", FIRST_KEYS)
async def test_where_rows_take_long_a_key_says_so_and_escape_leads_back(
    place: str, people_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PATIENCE_SECONDS", STEP)
    async with opening_slowly(people_file, place) as (pilot, _):
        screen = pilot.app.screen
        assert isinstance(screen, WatchingScreen)
        await until(pilot, screen.may_press.is_set)
        type_ahead(pilot.app, FIRST_KEYS[place])
        await until(pilot, lambda: screen.said == WatchingScreen.READING)
        type_ahead(pilot.app, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))

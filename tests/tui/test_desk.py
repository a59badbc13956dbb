"""The real desk and the fake one behave alike where a screen can notice; the real one shares its file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from textual.events import Key

from db.errors import DatabaseBusy, StaleCase
from db.file import connection
from db.rows import Address
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.board.view import Column
from sakip_tui.desk import Desk, NewOffice, OfficeDesk
from sakip_tui.widgets.ink import Lines
from sop.look.outlook import PastRuns
from sop.model.commands import Command
from sop.model.events import Act
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused
from tests.fakes import TANGERANG, FakeClock, FakeDesk, office_file, run_act, until


@pytest_asyncio.fixture(params=["fake", "real"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = FakeClock()
    made: Desk
    if request.param == "fake":
        made = FakeDesk(clock=clock)
    else:
        office_file(tmp_path / "kantor.db")
        made = OfficeDesk(tmp_path / "kantor.db", "budi", clock)
    yield made
    await made.close()


async def test_a_desk_knows_its_office_and_who_sits_there(desk: Desk) -> None:
    office = await desk.office()
    assert office is not None
    assert office.years == (2026,)
    assert office.actor.manages
    assert desk.person == "budi"


async def test_an_act_shows_in_the_next_snapshot(desk: Desk) -> None:
    done = await desk.apply(Command(Act.BUKA, "2026-TW1"))
    assert done.event.act is Act.BUKA
    await desk.apply(run_act(Act.MULAI, 1))
    board = await desk.board(2026)
    case = board.state.case_of("2026-TW1")
    assert case is not None
    run = case.valid_run((1, None))
    assert run is not None
    assert run.holder == "budi"


async def test_a_refused_act_raises_its_rule_and_changes_nothing(desk: Desk) -> None:
    before = (await desk.board(2026)).state
    with pytest.raises(Refused):
        await desk.apply(run_act(Act.MULAI, 1))
    assert (await desk.board(2026)).state == before


async def test_what_moved_on_since_it_was_seen_is_refused(desk: Desk) -> None:
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    await desk.apply(run_act(Act.MULAI, 1, seen=1))
    with pytest.raises(StaleCase):
        await desk.apply(run_act(Act.TUNDA, 1, seen=1, reason="rapat"))


async def test_the_same_token_acts_once(desk: Desk) -> None:
    first = await desk.apply(Command(Act.BUKA, "2026-TW1", token="satu"))
    again = await desk.apply(Command(Act.BUKA, "2026-TW1", token="satu"))
    assert first.event.sequence == again.event.sequence


async def test_the_history_is_newest_first(desk: Desk) -> None:
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    await desk.apply(run_act(Act.MULAI, 1))
    await desk.apply(run_act(Act.SELESAI, 1))
    acts = [item.event.act for item in await desk.history("2026-TW1", 1)]
    assert acts[:2] == [Act.SELESAI, Act.MULAI]


async def test_ones_own_acts_do_not_look_like_somebody_elses(desk: Desk) -> None:
    before = await desk.data_version()
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    assert await desk.data_version() == before


# ---------------------------------------------------------------------- the real one
def elsewhere(path: Path, *commands: Command) -> None:
    """Somebody else acts over a connection of their own."""
    with connection.open(path) as database:
        store = Store(database, FakeClock())
        for command in commands:
            store.apply(Address(TANGERANG, TANGERANG), command, Actor("siti", everybody=True))


async def test_an_office_is_made_where_there_was_none(tmp_path: Path) -> None:
    desk = OfficeDesk(tmp_path / "baru" / "kantor.db", "budi", FakeClock())
    assert await desk.office() is None
    office = await desk.set_up(NewOffice(TANGERANG, "Dinas Kita", "Asia/Jakarta", 2026))
    board = await desk.board(office.years[-1])
    assert board.office_name == "Dinas Kita"
    await desk.close()


async def test_another_connections_commit_changes_the_version(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    desk = OfficeDesk(path, "budi", FakeClock())
    before = await desk.data_version()
    elsewhere(path, Command(Act.BUKA, "2026-TW1"))
    assert await desk.data_version() != before
    await desk.close()


async def test_waiting_for_a_lock_leaves_the_screen_alive(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    desk = OfficeDesk(path, "budi", FakeClock())
    await desk.office()
    with connection.open(path) as other, other.write():
        act = asyncio.ensure_future(desk.apply(Command(Act.BUKA, "2026-TW1")))
        await asyncio.sleep(0)
        assert not act.done(), "the loop goes on, and the act still waits"
    done = await act
    assert done.event.act is Act.BUKA
    await desk.close()


async def test_quitting_during_a_write_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()
    apply = Store.apply

    def told(*given: Any) -> Any:
        begun.set()
        return apply(*given)

    monkeypatch.setattr(Store, "apply", told)
    path = tmp_path / "kantor.db"
    office_file(path)
    desk = OfficeDesk(path, "budi", FakeClock())
    app = await at_board(desk)
    async with app.run_test() as pilot:
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen) and app.screen.view.period == "2026-TW1")
        with connection.open(path) as other, other.write():
            await pilot.press("o")
            await until(pilot, lambda: not isinstance(app.screen, BoardScreen) and app.focused)
            # Not by the pilot, which would wait for the act.
            app.post_message(Key("enter", "\r"))
            await until(pilot, begun.is_set)
            app.exit()
            await until(pilot, lambda: app._closed or app._closing)
    with connection.open(path) as database:
        from db import queries

        state = queries.year_board(database, Address(TANGERANG, TANGERANG), 2026).state
    assert state.periods["2026-TW1"].phase == "buka"


async def at_board(desk: OfficeDesk) -> SakipApp:
    office = await desk.office()
    assert office is not None
    return SakipApp(desk, FakeClock(), (office, await desk.board(2026)))


async def test_live_refresh_keeps_the_selection_and_a_stale_act_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    elsewhere(path, Command(Act.BUKA, "2026-TW1"))
    app = await at_board(OfficeDesk(path, "budi", FakeClock()))
    async with app.run_test() as pilot:
        board: Any = app.screen
        await board.poll()
        await pilot.press("left")
        chosen = board.selected
        elsewhere(path, run_act(Act.MULAI, 1))
        await until(pilot, lambda: board.view.cards[1, ""].column == Column.DIKERJAKAN)
        assert board.selected == chosen
        board.select((1, ""))
        # Somebody finishes it in the very moment before the next look.
        board._poll.pause()
        elsewhere(path, run_act(Act.SELESAI, 1))
        await pilot.press("s")
        await until(pilot, lambda: "siti" in board.said or "sudah" in board.said)
        await until(pilot, lambda: board.view.cards[1, ""].column == Column.SELESAI)


async def test_what_somebody_wrote_while_the_board_opened_appears(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    app = await at_board(OfficeDesk(path, "budi", FakeClock()))
    elsewhere(path, Command(Act.BUKA, "2026-TW1"))
    async with app.run_test() as pilot:
        board: Any = app.screen
        await until(pilot, lambda: board.rows.state.periods["2026-TW1"].phase == "buka")


class SlowPast(FakeDesk):
    """Answers about the past only when the board is being left."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = asyncio.Event()

    async def past_runs(self) -> PastRuns:
        await self.may_answer.wait()
        return {}


async def test_a_forecast_that_comes_while_the_board_is_left_is_no_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = SlowPast()
    app = SakipApp(desk, desk.clock, (desk.opened, desk.rows))

    leaves = Lines._message_loop_exit

    async def gone(lines: Lines) -> None:
        await leaves(lines)
        desk.may_answer.set()
        for _ in range(10):
            await asyncio.sleep(0)

    async with app.run_test() as pilot:
        await pilot.pause()
        monkeypatch.setattr(Lines, "_message_loop_exit", gone)


async def test_a_busy_database_is_a_notice_and_not_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    desk = OfficeDesk(path, "budi", FakeClock())
    app = await at_board(desk)
    async with app.run_test() as pilot:
        board: Any = app.screen

        async def busy(year: int) -> Any:
            raise DatabaseBusy(path=str(path), waited_seconds=10.0)

        monkeypatch.setattr(desk, "board", busy)
        await pilot.press("r")
        await until(pilot, lambda: "sedang dipakai" in board.said)

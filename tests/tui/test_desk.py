"""The real desk and the fake one behave alike where a screen can notice; the real one shares its file."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from textual.events import Key

from db import opening
from db.errors import DatabaseBusy, StaleCase
from db.office_acts import Given
from db.people_pins import set_pin
from db.people_store import NewPerson, add_person
from db.rows import Address
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.after import board_after
from sakip_tui.board.screen import BoardScreen
from sakip_tui.desk import Desk, NewOffice
from sakip_tui.draft_places import BOARD, DraftPlace
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.views.board import CardColumn
from sakip_tui.widgets.ink import Lines
from sop.look.outlook import PastRuns
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from sop.time.office_calendar import PutDay
from sop.time.work_calendar import SpecialDay, SpecialKind
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


PINS = {"budi": "481516", "siti": "234217"}


@pytest_asyncio.fixture(params=["fake", "real"])
async def staffed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk at which budi sits, of an office in which budi and siti have PINs."""
    made: Desk
    if request.param == "fake":
        fake = FakeDesk()
        fake.pins = PINS
        made = fake
    else:
        path = tmp_path / "kantor.db"
        office_file(path)
        with opening.open(path) as database:
            store = Store(database, FakeClock())
            for name, code, actor in (
                ("Wening", "budi", Actor("siapa", everybody=True)),
                ("Bagas", "siti", Actor("budi")),
            ):
                add_person(store, TANGERANG, NewPerson(name, {Role.ADMIN}, code, f"akun-{code}"), actor)
            for code, pin in PINS.items():
                set_pin(store, TANGERANG, code, pin, Actor("budi"))
        made = OfficeDesk(path, "budi", FakeClock())
    await made.office()
    yield made
    await made.close()


async def test_whoever_gives_the_right_pin_sits_at_the_desk_once_they_sit_down(staffed: Desk) -> None:
    await staffed.sign_in("siti", PINS["siti"])
    assert staffed.person == "budi"
    await staffed.sit_down()
    assert staffed.person == "siti"


async def test_a_wrong_pin_lets_nobody_sit_down(staffed: Desk) -> None:
    with pytest.raises(Refused) as refused:
        await staffed.sign_in("siti", PINS["budi"])
    assert refused.value.rule is Rule.PIN_WRONG
    await staffed.sit_down()
    assert staffed.person == "budi"


def test_the_fake_desk_is_a_whole_desk() -> None:
    asked = {name for name in dir(Desk) if not name.startswith("_")}
    assert asked <= set(dir(FakeDesk()))
    assert {"ask", "write", "sit_down"} <= asked


async def test_a_desk_knows_its_office_and_who_sits_there(desk: Desk) -> None:
    office = await desk.office()
    assert office is not None
    assert office.year == 2026
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


async def test_what_an_act_gives_back_is_what_the_next_snapshot_shows(desk: Desk) -> None:
    for command in (
        Command(Act.BUKA, "2026-TW1"),
        run_act(Act.MULAI, 1),
        run_act(Act.SELESAI, 1),
        run_act(Act.URUNG, 1),
        Command(Act.TAHAN, "2026-TW1", reason="menunggu"),
        Command(Act.HENTIKAN, "2026-TW1", reason="batal"),
        Command(Act.MULAI_ULANG, "2026-TW1", reason="mulai lagi"),
    ):
        before = await desk.board(2026)
        after = board_after(before, (await desk.apply(command)).after)
        assert after is not None
        snapshot = await desk.board(2026)
        assert (after.state, after.head) == (snapshot.state, snapshot.head), command.act


async def test_an_act_done_before_gives_no_state_to_draw(desk: Desk) -> None:
    await desk.apply(Command(Act.BUKA, "2026-TW1", token="satu"))
    board = await desk.board(2026)
    again = await desk.apply(Command(Act.BUKA, "2026-TW1", token="satu"))
    assert again.after is None or board_after(board, again.after) == board


async def test_obstacles_are_the_refusals_that_acts_would_meet(desk: Desk) -> None:
    refusals = await desk.obstacles([Command(Act.BUKA, "2026-TW1"), run_act(Act.MULAI, 1)])
    assert refusals[0] is None
    assert isinstance(refusals[1], Refused)
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    refusals = await desk.obstacles([Command(Act.BUKA, "2026-TW1"), run_act(Act.MULAI, 1)])
    assert isinstance(refusals[0], Refused)
    assert refusals[1] is None


async def test_what_is_typed_and_not_sent_is_kept_until_it_is_forgotten(desk: Desk) -> None:
    office = await desk.office()
    assert office is not None
    place = DraftPlace(BOARD, "pause", *office.address, period="2026-TW1", step=1)
    assert await desk.draft(place) is None
    desk.keep_draft(place, {"reason": "rapat"})
    assert await desk.draft(place) == {"reason": "rapat"}
    assert await desk.draft_places() == (place,)
    desk.keep_draft(place, None)
    assert await desk.draft(place) is None
    assert await desk.draft_places() == ()


async def test_the_office_can_be_chosen_and_is_the_one_on_view(desk: Desk) -> None:
    office = await desk.office()
    assert office is not None
    (choice,) = await desk.choices()
    (sop,) = choice.sops
    assert (choice.code, sop.code, sop.years) == (*office.address, (2026,))
    assert await desk.switch(choice.code, sop.code) == office


async def test_a_changed_calendar_is_in_force_and_a_stale_one_is_refused(desk: Desk) -> None:
    kept = await desk.kept_calendar()
    edits = [PutDay(SpecialDay(dt.date(2026, 3, 4), (), "Banjir", "kantor", True, SpecialKind.LIBUR))]
    tried = await desk.try_calendar(edits)
    assert (await desk.kept_calendar()).revision == kept.revision
    done = await desk.change_calendar(edits, Given(reason="banjir", seen=kept.revision, token="satu"))
    assert [each.key for each in done.changes] == [each.key for each in tried.changes]
    assert (await desk.kept_calendar()).revision == done.revision == kept.revision + 1
    with pytest.raises(StaleCase):
        await desk.change_calendar(edits, Given(reason="banjir", seen=kept.revision, token="dua"))


async def test_the_history_is_newest_first(desk: Desk) -> None:
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    await desk.apply(run_act(Act.MULAI, 1))
    await desk.apply(run_act(Act.SELESAI, 1))
    acts = [item.event.act for item in await desk.history("2026-TW1", 1)]
    assert acts[:2] == [Act.SELESAI, Act.MULAI]


async def test_single_acts_of_a_period_are_told_by_their_numbers(desk: Desk) -> None:
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    started = (await desk.apply(run_act(Act.MULAI, 1))).event
    await desk.apply(run_act(Act.SELESAI, 1))
    told = await desk.told("2026-TW1", {started.sequence, started.sequence + 100})
    assert {number: event.act for number, event in told.items()} == {started.sequence: Act.MULAI}
    assert await desk.told("2026-TW1", ()) == {}


async def test_ones_own_acts_do_not_look_like_somebody_elses(desk: Desk) -> None:
    before = await desk.data_version()
    await desk.apply(Command(Act.BUKA, "2026-TW1"))
    assert await desk.data_version() == before


# ---------------------------------------------------------------------- the real one
def elsewhere(path: Path, *commands: Command) -> None:
    """Somebody else acts over a connection of their own."""
    with opening.open(path) as database:
        store = Store(database, FakeClock())
        for command in commands:
            store.apply(Address(TANGERANG, TANGERANG), command, Actor("siti", everybody=True))


async def test_an_office_is_made_where_there_was_none(tmp_path: Path) -> None:
    desk = OfficeDesk(tmp_path / "baru" / "kantor.db", "budi", FakeClock())
    assert await desk.office() is None
    office = await desk.set_up(NewOffice(TANGERANG, "Dinas Kita", "Asia/Jakarta", 2026))
    board = await desk.board(office.year)
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
    with opening.open(path) as other, other.write():
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
        with opening.open(path) as other, other.write():
            await pilot.press("o")
            await until(pilot, lambda: not isinstance(app.screen, BoardScreen) and app.focused)
            # Not by the pilot, which would wait for the act.
            app.post_message(Key("enter", "\r"))
            await until(pilot, begun.is_set)
            app.exit()
            await until(pilot, lambda: app._closed or app._closing)
    with opening.open(path) as database:
        from db import case_queries

        state = case_queries.year_board(database, Address(TANGERANG, TANGERANG), 2026).state
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
        await until(pilot, lambda: board.view.cards[1, ""].column == CardColumn.DIKERJAKAN)
        assert board.selected == chosen
        board.select((1, ""))
        # Somebody finishes it in the very moment before the next look.
        board._watch.pause()
        elsewhere(path, run_act(Act.SELESAI, 1))
        await pilot.press("s")
        await until(pilot, lambda: "siti" in board.said or "sudah" in board.said)
        await until(pilot, lambda: board.view.cards[1, ""].column == CardColumn.SELESAI)


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

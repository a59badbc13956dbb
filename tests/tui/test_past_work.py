"""The table for a whole past period: an old quarter in few keys, Excel's habits, faults in their cells, all or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from db import opening
from db.bidang_store import add_bidang, end_bidang
from db.kinerja_store import define, indicator_command
from db.store import Store
from sakip_tui.filling.screen import DataScreen
from sakip_tui.past_work.drawing import widths
from sakip_tui.past_work.grid import REASON_ROW, CellAt, Grid
from sakip_tui.past_work.screen import PastWorkScreen
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.prompts.text_field import TextField
from sop.form.past_rows import PastLine
from sop.kinerja.indicator import Indicator
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor
from sop.model.state import PeriodPhase
from tests.fakes import FIVE_BIDANG, LIMA_PULUH_KOTA, TANGERANG, FakeClock, office_file, until
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import Table

TW3 = "2026-TW3"
NOW = int(dt.datetime.fromisoformat("2026-11-29T09:00+07:00").timestamp())
OPENED = int(dt.datetime.fromisoformat("2026-07-01T07:30+07:00").timestamp())
NAMED = {" ": "space", "/": "slash", ".": "full_stop", '"': "quotation_mark"}
ROWS = (
    ("2/7 09.00", "09.12"),
    ("3/7 09.00", "09.25"),
    ("6/7 09.00", "09.20"),
    ("7/7 09.00", "09.40"),
    ("8/7 08.00", "08.30"),
)
MOST_KEYS = 60
"""What an old quarter may take beside the letters of its times and its reason."""


class Counting:
    """Presses keys; letters of what is told are not counted."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.keys = 0

    @property
    def screen(self) -> PastWorkScreen:
        found = self.table.pilot.app.screen
        assert isinstance(found, PastWorkScreen)
        return found

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.table.press(*keys)

    async def tell(self, text: str) -> None:
        await self.table.press(*(NAMED.get(character, character) for character in text))

    async def open_table(self) -> None:
        await self.press("n", "w")
        await until(self.table.pilot, lambda: isinstance(self.table.pilot.app.screen, PastWorkScreen))
        await until(self.table.pilot, lambda: self.screen._told.titles)

    async def checked(self) -> None:
        """Until the rules have said what they have to say."""
        await until(
            self.table.pilot, lambda: not self.screen._is_checking and len(self.screen._refusals) == len(self.lines)
        )

    @property
    def lines(self) -> list[PastLine]:
        return self.screen.grid.lines

    async def fill(self, rows: tuple[tuple[str, str], ...] = ROWS) -> None:
        for started, ended in rows:
            await self.tell(started)
            await self.press("tab")
            await self.tell(ended)
            await self.press("enter")


@asynccontextmanager
async def at_board(folder: Path, *, is_open: bool = True, code: str = TANGERANG) -> AsyncIterator[Counting]:
    """The board of an office shows its third quarter."""
    path = folder / "kantor.db"
    address = office_file(path, code, now=OPENED).address
    if is_open:
        with opening.open(path) as database:
            command = Command(Act.BUKA, TW3, at=Typed(OPENED, 60), reason="dari agenda")
            Store(database, lambda: NOW).apply(address, command, Actor("budi", everybody=True))
    async with at_file(path, FakeClock(NOW)) as table:
        table.board.show_period(TW3)
        yield Counting(table)


# ---------------------------------------------------------------------- the screen
async def test_an_old_quarter_goes_from_open_to_closed_in_few_keys(tmp_path: Path) -> None:
    async with at_board(tmp_path, is_open=False) as hand:
        table = hand.table
        await hand.press("o")
        await table.asks()
        await hand.tell("1/7 07.30")
        await hand.press("tab")
        await hand.tell("dari agenda")
        await hand.press("enter")
        await table.until_said("TW III: dibuka")
        await hand.open_table()
        await hand.fill()
        await hand.press("ctrl+s")
        await table.until_said("5 baris susulan dicatat.")
        await hand.press("x")
        await table.asks()
        await hand.press("enter")
        await until(table.pilot, lambda: table.board.rows.state.periods[TW3].phase is PeriodPhase.TUTUP)
        assert hand.keys <= MOST_KEYS, hand.keys
        case = table.board.rows.state.case_of(TW3)
        assert case is not None
        assert {run.late_entry for run in case.runs.values()} == {True}


async def test_a_fault_stands_in_its_row_and_nothing_is_recorded(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.fill((*ROWS[:2], ("2/7 09.00", "08.20"), ("lusa", "9.00")))
        await hand.checked()
        screen = hand.screen
        assert "2 dari 5 lengkap, 2 keliru" in screen.lines("#sum").text
        rows = screen.lines("#list").text.splitlines()
        assert "08.20 !" in rows[2]
        assert "Selesai sebelum" in rows[2]
        assert "lusa !" in rows[3]
        await hand.press("ctrl+s")
        assert screen.said.startswith("Belum ada yang dicatat. Selesai sebelum mulai.")
        assert screen.grid.spot == CellAt(2, 1)
        await hand.tell("09.20")
        await hand.press("down", "left")
        await hand.tell("2/7 10.00")
        await hand.checked()
        assert "3/7" not in rows[2]
        # By the rules now: step 3 began before step 2 had ended.
        await until(hand.table.pilot, lambda: (2, 0) in screen._told.faults)
        assert "lebih awal daripada yang tercatat pada langkah 2" in screen._told.faults[2, 0]


async def test_a_row_outside_working_hours_is_told_while_it_is_typed(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.fill((ROWS[0], ("Sab 4/7 09.00", "10.00")))
        await hand.checked()
        about, total = hand.screen.lines("#about"), hand.screen.lines("#sum")
        assert "2 dari 5 lengkap, 1 di luar jam kerja." in total.text
        await hand.press("up")
        await until(hand.table.pilot, lambda: "Sab 4 Jul 09.00 sampai 10.00 di luar jam kerja: waktu" in about.text)
        await hand.press("up")
        assert "di luar jam kerja" not in about.text


async def test_what_was_typed_is_there_again_and_typing_replaces_it(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.tell("2/7 09.00")
        await hand.press("escape")
        await hand.table.until_said("disimpan")
        await hand.open_table()
        await until(hand.table.pilot, lambda: hand.lines[0].started == "2/7 09.00")
        assert hand.screen.said.startswith("Tulisan tadi")
        await hand.tell("3/7")
        assert hand.lines[0].started == "3/7"
        await hand.press("delete")
        await hand.tell("x")
        await hand.press("escape")
        await until(hand.table.pilot, lambda: hand.table.pilot.app.screen is hand.table.board)
        await hand.open_table()
        assert hand.screen.grid.filled == []


async def test_what_somebody_else_records_leaves_the_table(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.fill(ROWS[:2])
        with opening.open(tmp_path / "kantor.db") as database:
            done = Command(Act.SELESAI, TW3, step=1, started=Typed(OPENED, 60), at=Typed(OPENED + 600, 60), reason="x")
            Store(database, lambda: NOW).apply(hand.table.board.rows.address, done, Actor("sri", everybody=True))
        await until(hand.table.pilot, lambda: len(hand.lines) == 4)
        assert hand.lines[0].started == ROWS[1][0]
        assert "Langkah 1 baru saja dicatat orang lain" in hand.screen.said


async def test_a_click_puts_the_cursor_into_the_cell(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.table.pilot.click("#list", offset=(widths(80).lefts[1] + 2, 3))
        await hand.tell("09.12")
        assert hand.lines[3].ended == "09.12"


async def test_a_row_that_is_being_typed_is_no_fault_until_everything_is_to_be_recorded(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.tell("2/7 09.00")
        await hand.press("tab")
        screen = hand.screen
        assert "0 dari 5 lengkap, 1 baru sebagian." in screen.lines("#sum").text
        assert "kosong" not in screen.lines("#list").text.splitlines()[0]
        await hand.press("ctrl+s")
        assert screen.said.startswith("Belum ada yang dicatat. Selesai belum diisi. Contoh:")
        assert "1 keliru" in screen.lines("#sum").text


async def test_why_filling_down_fills_nothing_is_true_and_the_keys_are_written(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.press("ctrl+d")
        assert "Isi dulu sel ini" in hand.screen.said
        await hand.tell("2/7 09.00")
        await hand.press("ctrl+d")
        assert "Langkah 1 tidak punya baris lagi" in hand.screen.said
        keys = hand.screen.lines("#table-keys").text
        for key in ("panah", "Tab", "Shift+Tab", "Backspace", "Ctrl+D", "Ctrl+S", "F2 Periode lain", "Esc"):
            assert key in keys, key


async def test_w_on_a_step_that_is_not_reached_opens_the_table_and_f2_leads_to_another_period(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        waiting = next(key for key, view in hand.table.board.view.cards.items() if view.card.state == "menunggu")
        hand.table.board.select(waiting)
        await hand.press("w")
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, PastWorkScreen))
        await until(hand.table.pilot, lambda: hand.screen._told.titles)
        assert "Tabel susulan TW III 2026" in hand.screen.lines("#reason").text
        await hand.tell("2/7 09.00")
        await hand.press("f2")
        await until(hand.table.pilot, lambda: hand.screen._told.titles)
        assert hand.screen.period != TW3
        assert hand.screen.grid.filled == []
        while hand.screen.period != TW3:
            await hand.press("f2")
            await until(hand.table.pilot, lambda: hand.screen._told.titles)
        assert hand.lines[0].started == "2/7 09.00"


async def test_w_on_a_step_of_all_bidang_takes_them_all_at_once(tmp_path: Path) -> None:
    async with at_board(tmp_path, code=LIMA_PULUH_KOTA) as hand:
        board = hand.table.board
        await hand.open_table()
        for row in (("1/7 08.00", "08.10"), ("1/7 08.20", "08.30")):
            await hand.fill((row,))
        hand.screen.grid.reason = "dari agenda"
        await hand.press("ctrl+s")
        await hand.table.until_said("2 baris susulan dicatat.")
        await until(hand.table.pilot, lambda: (3, FIVE_BIDANG[0]) in board.view.cards)
        board.show_card(3, FIVE_BIDANG[0])
        await hand.press("space")
        await until(hand.table.pilot, lambda: board.selected == (3, ""))
        hand.keys = 0
        await hand.press("w")
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, PastWorkScreen))
        await until(hand.table.pilot, lambda: hand.screen._told.titles)
        await hand.tell("2/7 09.00")
        await hand.press("ctrl+d", "tab")
        await hand.tell("09.15")
        await hand.press("ctrl+d", "ctrl+s")
        await hand.table.until_said("5 baris susulan dicatat.")
        case = board.rows.state.case_of(TW3)
        assert case is not None
        assert sum(run.step == 3 and run.is_done for run in case.runs.values()) == 5
        assert hand.keys <= 5


async def test_what_waits_for_data_is_recorded_after_them_and_the_rest_at_once(tmp_path: Path) -> None:
    """The form goes out once the steps before are recorded; those stood in the same table, which recorded none."""
    waiting = FIVE_BIDANG[0]
    async with at_board(tmp_path, code=LIMA_PULUH_KOTA) as hand:
        board = hand.table.board
        indicator = indicator_command(Indicator("IK-1", "Peserta", "orang", owner=waiting), TW3)
        await board.desk.write(lambda store, at, actor: define(store, at.office, [indicator], actor))
        await hand.open_table()
        hand.screen.grid.reason = "dari agenda"
        for row, line in enumerate(hand.lines):
            hand.lines[row] = line._replace(started=f"{line.step}/7 09.00", ended="09.10")
        hand.screen._changed()
        await hand.checked()
        await until(hand.table.pilot, lambda: "1 menunggu data" in hand.screen._telling.sum())
        assert "keliru" not in hand.screen._telling.sum()
        total = len(hand.lines)
        await hand.press("ctrl+s")
        await hand.table.until_said("11 baris susulan dicatat.")
        said = hand.table.said
        assert f"Masih {total - 11} baris yang belum. Langkah 4 ({waiting}) menunggu data IK-1 ({waiting})." in said
        assert "Tekan = untuk mengisinya; sesudah itu catat sisanya di tabel ini." in said
        await until(hand.table.pilot, lambda: board.selected == (4, waiting))
        await hand.press("equals_sign")
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, DataScreen))
        await until(hand.table.pilot, lambda: "belum diisi" in hand.table.pilot.app.screen.lines("#list").text)  # type: ignore[attr-defined]
        await hand.press("enter")
        prompt = await hand.table.asks()
        prompt.query_one("#field-nilai", TextField).value = "25"
        await hand.press("ctrl+s")
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, DataScreen))
        await until(hand.table.pilot, lambda: "tersimpan" in hand.table.pilot.app.screen.said)  # type: ignore[attr-defined]
        await hand.press("escape")
        await until(hand.table.pilot, lambda: hand.table.pilot.app.screen is board)
        await hand.open_table()
        assert len(hand.lines) == total - 11
        assert all(line.ended == "09.10" for line in hand.lines), "what was typed is there again"
        await hand.checked()
        await hand.press("ctrl+s")
        await hand.table.until_said(f"{total - 11} baris susulan dicatat.")


async def test_where_the_first_row_waits_for_data_nothing_is_recorded_and_the_way_is_told(tmp_path: Path) -> None:
    async with at_board(tmp_path, is_open=False) as hand:
        indicator = indicator_command(Indicator("IK-1", "Peserta", "orang"), TW3)
        await hand.table.board.desk.write(lambda store, at, actor: define(store, at.office, [indicator], actor))
        command = Command(Act.BUKA, TW3, at=Typed(OPENED, 60), reason="dari agenda")
        await hand.table.board.desk.write(lambda store, at, actor: store.apply(at, command, actor))
        await hand.press("r")
        await hand.open_table()
        hand.screen.grid.reason = "dari agenda"
        hand.lines[0] = hand.lines[0]._replace(started="2/7 09.00", ended="09.12")
        hand.screen._changed()
        await hand.checked()
        await hand.press("ctrl+s")
        await until(hand.table.pilot, lambda: "Belum ada yang dicatat" in hand.screen.said)
        assert "Langkah 1 menunggu data IK-1" in hand.screen.said
        assert "Esc, lalu = pada kartunya" in hand.screen.said


async def test_rows_that_come_or_go_by_a_typed_date_are_told_and_move_nobody_from_the_row_meant(tmp_path: Path) -> None:
    """A row of another bidang came between those that were typed into one after the other: the times landed one off."""
    async with at_board(tmp_path, code=LIMA_PULUH_KOTA) as hand:
        office = hand.table.board.rows.address.office
        with opening.open(tmp_path / "kantor.db") as database:
            store = Store(database, lambda: NOW)
            add_bidang(store, office, "Bidang Baru", OPENED + 9 * 86_400, Actor("budi", everybody=True))
            end_bidang(store, office, FIVE_BIDANG[1], OPENED + 9 * 86_400, Actor("budi", everybody=True))
        await hand.open_table()
        total = hand.screen.lines("#sum")
        before = [line[:2] for line in hand.lines]
        assert "bertanda" not in total.text
        await hand.fill((("1/7 08.00", "08.10"),))
        await hand.tell("20/7 08.20")
        await hand.press("tab")
        await hand.tell("08.30")
        said = total.text.replace("\n", " ")
        assert "Baris baru, bertanda +: Bidang Baru (langkah 3 dan 4). Enter melewatinya." in said
        assert f"Tidak diisi lagi, bertanda -: {FIVE_BIDANG[1]} (langkah 3 dan 4)." in said
        assert f"2 dari {len(before)} lengkap." in said
        assert [line[:2] for line in hand.lines if line.bidang != "Bidang Baru"] == before
        shown = hand.screen.lines("#list").text.splitlines()
        assert [row.strip()[:1] for row in shown if row.startswith(" +") or row.startswith(" -")] == ["-", "+"] * 2
        await hand.press("enter")
        for number in range(2, len(before)):
            await hand.tell(f"21/7 08.{number + 10}")
            await hand.press("enter")
        texts = {line[:2]: line.started for line in hand.lines}
        assert [texts[key] for key in before[2:]] == [f"21/7 08.{number + 10}" for number in range(2, len(before))]
        assert {texts[key] for key in texts.keys() - set(before)} == {""}
        hand.screen.grid.go(CellAt(before.index((3, FIVE_BIDANG[1])), 1))
        await hand.press("left")
        assert "tidak perlu diisi, karena bidangnya tidak ada" in " ".join(hand.screen.lines("#about").text.split())


async def test_what_the_table_amounts_to_is_read_to_its_end(tmp_path: Path) -> None:
    async with at_board(tmp_path, code=LIMA_PULUH_KOTA) as hand:
        await hand.open_table()
        await hand.fill((*ROWS[:2], ("Sab 4/7 09.00", "10.00"), ("lusa", "9.00"), ("8/7 08.00", "")))
        await hand.checked()
        total = hand.screen.lines("#sum")
        lines = total.text.splitlines()
        assert len(lines) == total.size.height == 2
        assert all(len(line) <= 80 for line in lines)
        assert "1 di luar jam kerja. Betulkan dulu" in " ".join(line.strip() for line in lines)
        assert lines[-1].endswith("lalu Ctrl+S.")


async def test_a_fault_in_another_cell_of_the_row_says_which(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        await hand.tell("lusa")
        about = hand.screen.lines("#about")
        said = about.text
        await hand.press("right")
        await until(hand.table.pilot, lambda: about.text.strip().startswith("Mulai: "))
        assert not said.strip().startswith("Mulai: ")


async def test_of_a_period_that_is_not_open_the_table_names_the_key_that_opens_it(tmp_path: Path) -> None:
    """Esc, then `o`: the board stands by then on the period of the table, whichever it was before."""
    async with at_board(tmp_path) as hand:
        hand.table.board.show_period("2026-TW2")
        await hand.open_table()
        while hand.screen.period != TW3:
            await hand.press("f2")
            await until(hand.table.pilot, lambda: hand.screen._told.titles)
        period = hand.screen.period
        await hand.press("escape")
        await until(
            hand.table.pilot,
            lambda: hand.table.board.period == period and hand.table.pilot.app.screen is hand.table.board,
        )


async def test_of_a_period_that_is_yet_to_come_the_table_names_no_key_that_refuses(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path, TANGERANG, now=OPENED)
    async with at_file(path, FakeClock(OPENED)) as table:
        table.board.show_period("2026-TW4")
        hand = Counting(table)
        await hand.open_table()
        told = hand.screen._telling.sum()
        assert told == "TW IV belum dibuka; dapat dibuka paling awal 1 Oktober 2026. Yang diketik di sini tersimpan."


async def test_whose_a_row_is_stands_below_the_table_and_where_there_is_room_in_it(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.open_table()
        lane = next(iter(hand.screen._told.lanes.values()))
        assert lane not in hand.screen.lines("#list").text
        assert f"Langkah 1, {lane}: " in hand.screen.lines("#about").text
        await hand.tell("2/7 09.00")
        assert f"Langkah 1, {lane}." in hand.screen.lines("#about").text.replace("\n", " ")
        await hand.table.pilot.resize_terminal(100, 30)
        await until(hand.table.pilot, lambda: "Pelaksana" in hand.screen.lines("#header").text)
        shown = hand.screen.lines("#list").text.split("\n")
        for row, line in zip(shown, hand.lines, strict=False):
            assert hand.screen._told.lanes[line.step][:12] in row
        await hand.table.pilot.click("#list", offset=(widths(100).lefts[1] + 2, 2))
        assert (hand.screen.grid.spot.row, hand.screen.grid.spot.column) == (2, 1)


async def test_the_list_of_acts_leads_to_the_table_and_no_two_of_its_acts_share_a_letter(tmp_path: Path) -> None:
    async with at_board(tmp_path) as hand:
        await hand.press("i")
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, MenuPrompt))
        menu = hand.table.pilot.app.screen
        assert isinstance(menu, MenuPrompt)
        letters = [item.key for item in menu.list.items if item.key]
        assert len(set(letters)) == len(letters)
        by_name = {item.name: item for item in menu.list.items}
        for name in ("Lewati", "Lanjut tanpa yang belum", "Ubah bidang", "Waktu lain"):
            assert by_name[name].key, name
        await hand.press(by_name["Tabel susulan"].key)
        await until(hand.table.pilot, lambda: isinstance(hand.table.pilot.app.screen, PastWorkScreen))


# ---------------------------------------------------------------------- the cells
def grid(rows: int = 3, reason: str = "agenda") -> Grid:
    return Grid([PastLine(number + 1, None) for number in range(rows)], reason)


def test_enter_goes_down_to_where_a_row_of_tabs_began() -> None:
    cells = grid()
    cells.tab(1)
    cells.tab(1)
    assert cells.spot == CellAt(0, 2)
    cells.enter()
    assert cells.spot == CellAt(1, 0)
    cells.move(0, 1)
    cells.enter()
    assert cells.spot == CellAt(2, 1)


def test_a_quotation_mark_repeats_and_filling_down_takes_the_empty_cells_of_the_step_down_to_a_filled_one() -> None:
    cells = Grid([*(PastLine(3, name) for name in ("A", "B", "C", "D", "E")), PastLine(4, "A")], "agenda")
    for letter in "9.00":
        cells.type(letter)
    cells.enter()
    assert cells.repeat()
    cells.go(CellAt(3, 0))
    cells.type("8")
    cells.go(CellAt(0, 0))
    assert cells.fill_down() == 0
    cells.go(CellAt(1, 0))
    assert cells.fill_down() == 1
    assert [line.started for line in cells.lines] == ["9.00", "9.00", "9.00", "8", "", ""]
    cells.go(CellAt(3, 0))
    assert cells.fill_down() == 1
    assert cells.lines[5].started == ""
    cells.go(CellAt(0, 1))
    assert not cells.repeat()


def test_the_cursor_goes_to_the_next_row_that_is_left_where_its_own_is_done_by_others() -> None:
    cells = grid(5)
    cells.go(CellAt(2, 1))
    cells.type("9")
    lost = cells.with_lines([PastLine(2, None), PastLine(4, None), PastLine(5, None)])
    assert ([line.step for line in lost], cells.spot, cells.is_typed_into) == ([3], CellAt(1, 1), False)
    cells.with_lines([PastLine(2, None)])
    assert cells.spot == CellAt(0, 1)


def test_cells_of_a_spreadsheet_are_pasted_right_and_down() -> None:
    cells = grid(2)
    cells.paste("2/7 09.00\t09.12\tok\tlebih\r\n3/7 09.00\t09.25\r\n4/7\t1\r\n")
    assert [line[2:5] for line in cells.lines] == [("2/7 09.00", "09.12", "ok"), ("3/7 09.00", "09.25", "")]


def test_a_recorded_start_is_no_cell_to_type_in() -> None:
    cells = Grid([PastLine(1, None, begun=OPENED), PastLine(2, None)], "agenda")
    assert cells.spot == CellAt(0, 1)
    cells.move(0, -1)
    assert not cells.type("9")
    cells.go(CellAt(0, 2))
    cells.tab(-1)
    cells.tab(-1)
    assert cells.spot == CellAt(REASON_ROW, 0)


@pytest.mark.parametrize(("typed", "is_kept"), [("s", False), ("ab", False), ("9.0", True)])
def test_a_stray_key_is_not_kept(typed: str, is_kept: bool) -> None:
    cells = grid()
    for letter in typed:
        cells.type(letter)
    assert (cells.draft() is not None) == is_kept

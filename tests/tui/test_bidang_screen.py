"""The screen of the office's bidang: what it shows, and that each key changes the list as the command line does."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from db import opening
from db.bidang import bidang_rows
from sakip_tui.bidang import questions
from sakip_tui.bidang.screen import BidangScreen
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.form import Response
from sakip_tui.prompts.picking import Marks
from sakip_tui.prompts.text_field import TextField
from sakip_tui.views.bidang import last_day_words
from tests.fakes import FIVE_BIDANG, FakeClock, office_file, until
from tests.tui.test_board_going import at_file
from tests.tui.test_board_keys import Table

NEW = "Aset"
OFFSET = 7 * 3600


@asynccontextmanager
async def at_list(folder: Path) -> AsyncIterator[Table]:
    """The list of an office without people is on view."""
    path = folder / "kantor.db"
    office_file(path)
    async with at_file(path, FakeClock()) as found:
        found.board.action_open_place("bidang")
        await until(found.pilot, lambda: isinstance(found.pilot.app.screen, BidangScreen) and screen_of(found).picked)
        yield found


def screen_of(table: Table) -> BidangScreen:
    return next(screen for screen in table.pilot.app.screen_stack if isinstance(screen, BidangScreen))


async def fill(table: Table, key: str, **values: str) -> None:
    """Press a key and answer its form."""
    await table.press(key)
    await table.asks()
    for name, text in values.items():
        await table.type_into(name, text)
    await table.press("ctrl+s")
    await until(table.pilot, lambda: screen_of(table).said or not isinstance(table.pilot.app.screen, FormPrompt))
    await until(table.pilot, lambda: screen_of(table).said)


def names(table: Table) -> list[str]:
    path = table.board.desk._file.path  # type: ignore[attr-defined]
    with opening.open(path) as database:
        return [row.name for row in bidang_rows(database, table.board.rows.address.office) if row.until is None]


async def test_a_takes_one_up_from_a_day(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await fill(table, "a", nama=NEW, sejak="1-10-2026")
        assert screen_of(table).said.startswith("Aset ada di daftar bidang sejak 1 Oktober 2026.")
        await until(table.pilot, lambda: "Mulai kemudian" in screen_of(table).lines("#list").text)
        assert names(table) == [*FIVE_BIDANG, NEW]


async def test_e_ends_the_picked_one_after_its_last_day(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await fill(table, "e", sampai="31-12-2026")
        assert screen_of(table).said.startswith("Sekretariat ada di daftar bidang sampai 31 Desember 2026.")
        assert "Sekretariat" not in names(table)


async def test_g_gives_it_another_name(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await fill(table, "g", nama="Sekretariat Dinas")
        assert "Sekretariat sekarang Sekretariat Dinas." in screen_of(table).said
        await until(table.pilot, lambda: "Sudah berakhir" in screen_of(table).lines("#list").text)


async def test_m_merges_it_with_those_that_are_marked(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await table.press("m")
        await table.asks()
        marks = table.prompt.query_one(Marks)
        marks.marked = {FIVE_BIDANG[1]}
        table.prompt.query_one("#field-nama", TextField).value = "Umum"
        await table.press("ctrl+s")
        await until(table.pilot, lambda: screen_of(table).said)
        assert names(table) == ["Umum", *FIVE_BIDANG[2:]]


async def test_a_day_that_is_none_is_asked_again(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await table.press("a")
        await table.asks()
        await table.type_into("nama", NEW)
        await table.type_into("sejak", "lusa")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt) and table.prompt.problem)
        assert "Hari pertama" in table.prompt.problem
        assert names(table) == list(FIVE_BIDANG)


async def test_what_the_rules_refuse_names_the_line_as_the_form_does(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await table.press("g")
        await table.asks()
        await table.type_into("nama", FIVE_BIDANG[0])
        await table.press("ctrl+s")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt) and table.prompt.problem)
        assert table.prompt.problem.startswith("Nama baru: ")


def test_a_first_day_without_a_year_is_the_nearest_one_and_is_read_out_before_it_counts() -> None:
    november = int(dt.datetime(2026, 11, 16, 2, tzinfo=dt.UTC).timestamp())
    for typed, read in (("1/10", "1 Oktober 2026"), ("1/12", "1 Desember 2026"), ("2/1", "2 Januari 2027")):
        answer = Response(None, {"nama": NEW, "sejak": typed})
        assert questions.first_day_read(answer, OFFSET, november) == f"Hari pertamanya {read}."
    last = questions.end_moment(Response(None, {"sampai": "31/3"}), OFFSET, november)
    assert last is not None
    assert last_day_words(last, OFFSET) == "31 Maret 2027", "a last day is rather one ahead"
    assert questions.first_day_read(Response(None, {"sejak": "1/"}), OFFSET, november) == ""


async def test_a_name_given_up_before_its_first_day_is_told_as_such(tmp_path: Path) -> None:
    async with at_list(tmp_path) as table:
        await fill(table, "a", nama=NEW, sejak="1/10/2059")
        await table.press("end")
        await fill(table, "g", nama="Aset Daerah")
        shown = "\n".join(
            "".join(text for text, _ in line) for entry in screen_of(table).listed(80) for line in entry.lines
        )
        assert "tidak sempat berlaku" in shown

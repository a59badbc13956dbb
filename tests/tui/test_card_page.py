"""Every key of the card's page, on a desk in memory and on a file that somebody else writes to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db import opening
from db.rows import Address
from db.store import Store
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.case_file.screen import CardScreen
from sakip_tui.office_desk import OfficeDesk
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.text_field import TextField
from sakip_tui.widgets.ink import Lines
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import Answer
from tests.fakes import (
    LIMA_PULUH_KOTA,
    TANGERANG,
    TUESDAY,
    FakeClock,
    FakeDesk,
    office_file,
    open_period,
    run_act,
    until,
    walk,
)
from tests.tui.screens import help_text


class Page:
    """The page under test, and what a person would read."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def screen(self) -> CardScreen:
        return next(screen for screen in self.pilot.app.screen_stack if isinstance(screen, CardScreen))

    def text(self, name: str = "list") -> str:
        return self.screen.query_one(f"#{name}", Lines).text

    @property
    def whole(self) -> str:
        return "\n".join("".join(text for text, _ in line) for entry in self.screen.entries for line in entry.lines)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def fill_in(self, **texts: str) -> None:
        await until(self.pilot, lambda: isinstance(self.pilot.app.screen, FormPrompt) and self.pilot.app.focused)
        for name, text in texts.items():
            self.pilot.app.screen.query_one(f"#field-{name}", TextField).value = text
        await self.press("ctrl+s")


@asynccontextmanager
async def card_page(
    desk: Any, size: tuple[int, int] = (80, 24), select: tuple[int, str] | None = None, period: str = "1"
) -> AsyncIterator[Page]:
    office = await desk.office()
    app = SakipApp(desk, desk.clock if hasattr(desk, "clock") else FakeClock(), (office, await desk.board(2026)))
    async with app.run_test(size=size) as pilot:
        board = app.screen
        assert isinstance(board, BoardScreen)
        await pilot.press(period)
        await pilot.pause()
        if select is not None:
            board.show_card(select[0], select[1] or None)
            await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.entries)
        yield Page(pilot)


def running(code: str = TANGERANG) -> FakeDesk:
    desk = FakeDesk(code)
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    return desk


async def test_space_ticks_an_item_and_takes_the_tick_away() -> None:
    desk = running()
    async with card_page(desk) as page:
        page.screen.pick(("kelengkapan", 0))
        await page.press("space")
        await until(page.pilot, lambda: "budi" in page.whole and len(page.screen.card.card.ticks) == 1)
        await page.press("space")
        await until(page.pilot, lambda: not page.screen.card.card.ticks)


async def test_space_elsewhere_says_what_to_pick() -> None:
    async with card_page(running()) as page:
        await page.press("home", "space")
        assert "butir kelengkapan" in page.screen.said


async def test_a_document_is_filed_from_the_page() -> None:
    async with card_page(running()) as page:
        await page.press("d")
        await page.fill_in(number="045/12/2026", location="lemari 2")
        await until(page.pilot, lambda: "045/12/2026" in page.whole)
        assert "lemari 2" in page.whole


async def test_a_document_without_anything_is_asked_again() -> None:
    async with card_page(running()) as page:
        await page.press("d")
        await page.fill_in()
        await until(page.pilot, lambda: getattr(page.pilot.app.screen, "problem", ""))


@pytest.mark.parametrize("role", [Role.PENGAMAT, Role.PELAKSANA])
async def test_whose_lane_it_is_not_is_asked_for_no_document(role: Role) -> None:
    """Ticking and filing were offered to everybody, and the form was refused once it was filled in."""
    desk = running()
    desk.actor = Actor("tamu", frozenset({role}), frozenset({Membership(desk.sop.step(2).pelaksana[0])}))
    async with card_page(desk) as page:
        assert "Dokumen" not in page.text("list-keys")
        assert "Centang" not in page.text("list-keys")
        page.screen.pick(("kelengkapan", 0))
        await page.press("d")
        await until(page.pilot, lambda: "Anda tidak memegang lajur" in page.screen.said)
        assert page.pilot.app.screen is page.screen


async def test_whose_lane_it_is_files_and_ticks() -> None:
    desk = running()
    desk.actor = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(desk.sop.step(1).pelaksana[0])}))
    async with card_page(desk) as page:
        assert "d Dokumen" in page.text("list-keys")
        assert "spasi Centang" in page.text("list-keys")


async def test_a_note_is_written_from_the_page() -> None:
    async with card_page(running()) as page:
        await page.press("c")
        await page.fill_in(note="[/] sudah ditelepon \u202e")
        await until(page.pilot, lambda: "[/] sudah ditelepon" in page.whole)
        assert "\u202e" not in page.whole


async def test_tab_goes_from_section_to_section() -> None:
    async with card_page(running()) as page:
        seen = [page.screen.picked]
        for _ in range(4):
            await page.press("tab")
            seen.append(page.screen.picked)
        assert len(set(seen)) == 5
        await page.press("shift+tab")
        assert page.screen.picked == seen[3]


async def test_t_leads_to_the_account_of_the_due_moment() -> None:
    async with card_page(running()) as page:
        await page.press("t")
        await until(page.pilot, lambda: "Tenggat dihitung begini" in page.text("list"))
        assert "Jam mulai" in page.text("list"), "what the line announces is in view"
        assert "Jumlah" in page.text("list")


async def test_the_card_of_all_bidang_says_where_their_due_moments_are() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3])
    async with card_page(desk, select=(3, "")) as page:
        await page.press("t")
        assert "Tiap bidang punya tenggat sendiri" in page.text("about")


async def test_what_happens_next_names_the_step_and_whose_it_is() -> None:
    async with card_page(running()) as page:
        assert "langkah 2, Sub Koordinator Perencanaan" in " ".join(page.whole.split())


async def test_a_join_says_which_bidang_are_missing() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    sop = desk.sop
    region = [step.number for step in sop.steps if step.per_bidang]
    async with card_page(desk, (100, 40), (region[-1], desk.bidang[0])) as page:
        words = " ".join(page.whole.split())
        assert "terbuka sesudah semua bidang menyerahkan" in words
        assert desk.bidang[1] in words


async def test_a_decision_shows_both_branches_and_its_comments() -> None:
    desk = FakeDesk()
    open_period(desk, "2026-S1")
    for child in ("2026-TW1", "2026-TW2"):
        desk.act(Command(Act.BEBASKAN, "2026-S1", child=child, reason="sebelum program dipakai"))
    walk(desk, [6], "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    desk.act(run_act(Act.PUTUSKAN, 7, "2026-S1", answer=Answer.TIDAK, note="angka belum cocok"))
    walk(desk, [6], "2026-S1")
    async with card_page(desk, (100, 40), (7, ""), period="3") as page:
        words = " ".join(page.whole.split())
        assert "kembali ke langkah 6" in words
        assert "langkah 8" in words
        assert "angka belum cocok" in words


async def test_what_somebody_else_writes_comes_into_view(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    office_file(path)
    address = Address(TANGERANG, TANGERANG)
    with opening.open(path) as database:
        Store(database, lambda: TUESDAY).apply(address, Command(Act.BUKA, "2026-TW1"), Actor("budi", everybody=True))
    desk = OfficeDesk(path, "budi", FakeClock(TUESDAY + 600))
    async with card_page(desk) as page:
        await until(page.pilot, lambda: page.screen._version is not None)
        with opening.open(path) as database:
            Store(database, lambda: TUESDAY + 300).apply(
                address, Command(Act.KOMENTAR, "2026-TW1", step=1, note="dari seberang"), Actor("sari", everybody=True)
            )
        await until(page.pilot, lambda: "dari seberang" in page.whole)


async def test_help_and_the_ways_back() -> None:
    async with card_page(running()) as page:
        await page.press("question_mark")
        await until(page.pilot, lambda: type(page.pilot.app.screen).__name__ == "HelpScreen")
        assert "Centang butir" in help_text(page.pilot.app.screen)
        await page.press("escape", "escape")
        await until(page.pilot, lambda: isinstance(page.pilot.app.screen, BoardScreen))

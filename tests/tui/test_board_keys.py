"""Every key of the board, on a desk without a database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from db.errors import DatabaseBusy
from sakip_tui.app import SakipApp
from sakip_tui.board.screen import BoardScreen
from sakip_tui.case_file.screen import CardScreen
from sakip_tui.desk import Office
from sakip_tui.prompts import questions
from sakip_tui.prompts.base import FormPrompt
from sakip_tui.prompts.matter import Matter
from sakip_tui.prompts.picking import Choices, Marks
from sakip_tui.prompts.text_field import TextField
from sakip_tui.views.board import CardColumn
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.ink import Lines
from sakip_tui.widgets.menu import MenuList
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import PeriodPhase, RunPhase
from tests.fakes import LIMA_PULUH_KOTA, FakeDesk, open_period, run_act, until, walk
from tests.tui.screens import help_text


class Table:
    """A board under test: the app, its screen, its desk, and what a person would read."""

    def __init__(self, pilot: Pilot[None], desk: FakeDesk) -> None:
        self.pilot, self.desk = pilot, desk

    @property
    def board(self) -> BoardScreen:
        return next(screen for screen in self.pilot.app.screen_stack if isinstance(screen, BoardScreen))

    @property
    def said(self) -> str:
        return self.board.said

    @property
    def keys(self) -> str:
        return self.board.query_one("#keys", Lines).text

    @property
    def info(self) -> str:
        return self.board.query_one("#info", Lines).text

    @property
    def prompt(self) -> FormPrompt:
        screen = self.pilot.app.screen
        assert isinstance(screen, FormPrompt)
        return screen

    def phase(self, step: int, bidang: str | None = None, period: str = "2026-TW1") -> RunPhase | None:
        case = self.desk.state.case_of(period)
        run = case.current((step, bidang)) if case is not None else None
        return run.phase if run is not None else None

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def asks(self) -> FormPrompt:
        """Wait for a prompt that is ready to be typed in."""
        await until(self.pilot, lambda: isinstance(self.pilot.app.screen, FormPrompt) and self.pilot.app.focused)
        return self.prompt

    async def until_said(self, *words: str) -> None:
        await until(self.pilot, lambda: all(word in self.said for word in words))

    async def type_into(self, name: str, text: str) -> None:
        self.prompt.query_one(f"#field-{name}", TextField).value = text
        await self.pilot.pause()


@asynccontextmanager
async def at_table(desk: FakeDesk, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Table]:
    app = SakipApp(desk, desk.clock, (desk.opened, desk.rows))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Table(pilot, desk)


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    open_period(desk)
    return desk


# ---------------------------------------------------------------------- moving about
@pytest.mark.parametrize(("arrow", "letter"), [("up", "k"), ("down", "j"), ("left", "h"), ("right", "l")])
async def test_letters_move_as_arrows_do(arrow: str, letter: str) -> None:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1, 2])
    moves = {"up": "down", "down": "up", "left": "right", "right": "left"}
    async with at_table(desk) as table:
        await table.press(moves[arrow], moves[arrow])
        start = table.board.selected
        await table.press(arrow)
        by_arrow = table.board.selected
        table.board.select(start)
        await table.press(letter)
        assert table.board.selected == by_arrow


async def test_home_and_end_go_to_the_first_and_last_card_of_the_column(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("left", "end")
        assert table.board.selected == (3, "")
        await table.press("home")
        assert table.board.selected == (5, "")


async def test_page_keys_cross_a_crowded_column() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=tuple(f"Bidang {n:03d}" for n in range(80)))
    open_period(desk)
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        await table.press("pagedown", "pagedown")
        step, bidang = table.board.selected or (0, "")
        assert step == 3
        assert int(bidang.removeprefix("Bidang ")) >= 10
        assert table.board.picture.top > 0
        await table.press("pageup", "pageup", "pageup")
        assert table.board.selected == (3, "Bidang 000")


async def test_the_number_of_a_period_shows_it_and_tab_goes_round(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("3")
        assert table.board.period == "2026-S1"
        await table.press("tab")
        assert table.board.period == "2026-TW3"
        await table.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert table.board.period == "2026-TH"
        assert "belum dibuka" in table.info


async def test_the_line_of_a_card_that_nobody_begins_says_so_once(desk: FakeDesk) -> None:
    desk.clock.move(minutes=3 * 24 * 60)
    async with at_table(desk, (140, 40)) as table:
        assert "antre" in table.info
        assert table.info.count("belum dimulai") == 1


async def test_space_shows_a_step_by_bidang_or_as_one() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        assert table.board.selected == (3, desk.bidang[0])
        await table.press("space")
        assert table.board.selected == (3, "")
        assert "0 selesai, 5 belum" in " ".join(table.info.split())
        await table.press("m")
        assert "spasi" in table.said
        assert "w mencatat semua bidang sekaligus" in table.said
        await table.press("space")
        assert table.board.selected == (3, desk.bidang[0])


async def test_a_click_selects_and_the_wheel_scrolls_but_neither_is_needed(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.pilot.click("#column-menunggu", offset=(5, 1))
        await table.pilot.pause()
        assert table.board.selected == (5, "")


# ---------------------------------------------------------------------- acts
async def test_m_starts_and_s_finishes_and_the_selection_goes_on_to_the_next_card(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("m")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        await until(
            table.pilot, lambda: table.board.card is not None and table.board.card.column == CardColumn.DIKERJAKAN
        )
        desk.clock.move(minutes=3)
        await table.press("s")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SELESAI)
        await table.until_said("Langkah 1", "Tersimpan", "Tekan u")
        assert table.board.selected == (2, "")
        assert table.phase(2) is RunPhase.SIAP


async def test_nothing_shows_before_the_desk_has_it(desk: FakeDesk) -> None:
    desk.may_act.clear()
    async with at_table(desk) as table:
        await table.press("m")
        assert table.board.card is not None
        assert table.board.card.column == CardColumn.SIAP
        desk.may_act.set()
        await until(table.pilot, lambda: table.board.card and table.board.card.column == CardColumn.DIKERJAKAN)


async def test_a_key_pressed_twice_acts_once(desk: FakeDesk) -> None:
    desk.may_act.clear()
    async with at_table(desk) as table:
        await table.press("m", "m")
        desk.may_act.set()
        await table.until_said("Tersimpan")
        assert [command.act for command in desk.asked] == [Act.MULAI]


async def test_what_is_asked_is_asked_of_what_the_act_before_leaves(desk: FakeDesk) -> None:
    """`m` and `s` in quick succession: of a step that is being started nobody is asked when it was."""
    desk.may_act.clear()
    async with at_table(desk) as table:
        wait = table.board.is_free

        async def released(*others: asyncio.Event) -> bool:
            desk.may_act.set()
            return await wait(*others)

        table.board.is_free = released  # type: ignore[method-assign]
        await table.press("m", "s")
        await until(table.pilot, lambda: [command.act for command in desk.asked] == [Act.MULAI, Act.SELESAI])
        assert table.board.is_on_top


async def test_a_form_waits_no_longer_than_a_person_would(desk: FakeDesk) -> None:
    """The database is locked: the board says so, and goes on taking keys."""
    desk.may_act.clear()
    async with at_table(desk) as table:
        await table.press("m", "t")
        await table.until_said("Masih dikerjakan")
        assert table.board.is_on_top
        await table.press("end", "home")
        assert not table.said
        desk.may_act.set()
        await table.until_said("Tersimpan")


async def test_finishing_what_was_never_started_asks_when_it_began(desk: FakeDesk) -> None:
    desk.clock.move(minutes=30)
    async with at_table(desk) as table:
        await table.press("s")
        prompt = await table.asks()
        assert "Kapan mulai dikerjakan?" in "\n".join(prompt.form.body)
        await table.press(*"10.05")
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SELESAI)
        run = desk.state.case_of("2026-TW1").valid_run((1, None))  # type: ignore[union-attr]
        assert run is not None
        assert run.started == desk.clock() - 25 * 60
        assert run.verdict is not None
        assert run.verdict.judged


async def test_a_time_that_cannot_be_read_is_said_in_the_prompt_and_the_text_stays(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("s")
        await table.asks()
        await table.press(*"besok", "enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt) and table.prompt.problem)
        await table.asks()
        assert "besok" in table.prompt.problem
        assert table.prompt.query_one("#field-started", Input).value == "besok"
        assert table.phase(1) is RunPhase.SIAP


async def test_t_pauses_with_a_reason_and_resumes(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("m")
        await table.until_said("Tersimpan")
        await table.press("t")
        await table.asks()
        await table.press("enter")
        assert "Alasan belum diisi." in str(table.prompt.query_one("#problem").render())
        await table.press(*"rapat", "enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DITUNDA)
        await until(table.pilot, lambda: "Lanjutkan" in table.keys)
        await table.press("t")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)


def semester_desk() -> FakeDesk:
    """Step 7 of the first half is at work."""
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(Command(Act.TUTUP, period))
    open_period(desk, "2026-S1")
    walk(desk, [6], "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    return desk


async def test_a_hands_in_and_p_asks_ya_or_tidak_saying_what_each_does() -> None:
    desk = semester_desk()
    async with at_table(desk) as table:
        assert table.board.period == "2026-S1"
        await table.press("a")
        await until(table.pilot, lambda: table.phase(7, period="2026-S1") is RunPhase.KEPUTUSAN)
        await until(table.pilot, lambda: "Putuskan" in table.keys)
        await table.press("p")
        prompt = await table.asks()
        details = {choice.code: choice.detail for choice in prompt.form.choices}
        assert "langkah 8" in details["ya"]
        assert "Sekretaris Dinas" in details["ya"]
        assert "langkah 6" in details["tidak"]
        assert "Staf Penyusun Evaluasi Kinerja" in details["tidak"]
        await table.press("down", "enter")
        assert isinstance(table.pilot.app.focused, TextField), "Tidak asks for a comment"
        await table.press(*"belum", "space", *"lengkap", "enter")
        await until(table.pilot, lambda: table.phase(6, period="2026-S1") is RunPhase.SIAP)
        case = desk.state.case_of("2026-S1")
        assert case is not None
        assert case.current((6, None)).attempt == 2  # type: ignore[union-attr]
        assert desk.events[-1].data["note"] == "belum lengkap"


async def test_ya_moves_on_without_a_comment() -> None:
    desk = semester_desk()
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    async with at_table(desk) as table:
        await table.press("p")
        await table.asks()
        assert table.prompt.query_one(Choices).code == "ya"
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(8, period="2026-S1") is RunPhase.SIAP)


async def test_the_choice_that_enter_takes_stands_out_exactly_while_the_list_has_the_focus(desk: FakeDesk) -> None:
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        await table.press("b")
        await table.asks()
        choices = table.prompt.query_one(Choices)

        def stands_out() -> bool:
            drawn = map(choices.render_line, range(choices.size.height))
            return any(segment.style is not None and segment.style.reverse for strip in drawn for segment in strip)

        for _ in range(2):
            table.prompt.set_focus(None)
            await table.pilot.pause()
            assert not stands_out()
            choices.focus()
            await table.pilot.pause()
            assert stands_out()


async def test_b_hands_back_to_an_earlier_step_with_a_comment(desk: FakeDesk) -> None:
    walk(desk, [1, 2])
    async with at_table(desk) as table:
        assert table.board.selected == (3, "")
        await table.press("b")
        await table.asks()
        assert [choice.code for choice in table.prompt.form.choices] == ["2", "1"]
        await table.press("down", "enter")
        await table.press(*"ulangi", "enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SIAP)


async def test_b_with_a_bidang_sends_only_that_one_back() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4])
    async with at_table(desk) as table:
        assert table.board.selected == (5, "")
        await table.press("b")
        await table.asks()
        assert [choice.code for choice in table.prompt.form.choices] == ["4", "3", "2", "1"]
        await table.press("shift+tab", "right", "right", "space")
        await table.type_into("note", "angka belum cocok")
        await table.press("tab", "enter")
        await until(table.pilot, lambda: table.phase(4, "Pelatihan") is RunPhase.SIAP)
        assert table.phase(4, "Pengawasan") is RunPhase.SELESAI
        assert table.phase(3, "Pelatihan") is RunPhase.SELESAI


async def test_bidang_are_asked_for_only_where_the_target_is_done_per_bidang() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4])
    async with at_table(desk) as table:
        await table.press("b")
        await table.asks()
        marks = table.prompt.query_one(Marks)
        assert marks.display
        await table.press("shift+tab", "space", "shift+tab", "down", "down")
        assert not marks.display
        await table.type_into("note", "ulangi semua")
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(2) is RunPhase.SIAP)
        assert desk.asked[-1].named == ()


async def test_escape_keeps_what_was_chosen_and_marked_with_what_was_typed() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4])
    async with at_table(desk) as table:
        await table.press("b")
        await table.asks()
        await table.press("shift+tab", "space", "shift+tab", "down")
        await table.type_into("note", "angka belum cocok")
        chosen, marked = table.prompt.query_one(Choices).code, table.prompt.query_one(Marks).value
        assert chosen != table.prompt.form.proposed
        assert marked
        await table.press("escape")
        await table.press("b")
        await table.asks()
        assert table.prompt.query_one(Choices).code == chosen
        assert table.prompt.query_one(Marks).value == marked
        assert table.prompt.query_one("#field-note", TextField).value == "angka belum cocok"


async def test_a_bidang_that_is_handed_back_by_its_own_card_is_marked_at_first() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3])
    async with at_table(desk) as table:
        view = table.board.view
        card = next(item for item in view.cards.values() if item.card.step == 4 and item.card.bidang)
        form = questions.hand_back(Matter(view, card.card)).form
        assert form.marks is not None
        assert form.marks.marked == {card.card.bidang}


@pytest.mark.parametrize(("walked", "step", "all_of_them"), [([1, 2], 3, True), ([1, 2, 3], 4, False)])
async def test_a_return_that_takes_every_bidang_along_says_so(walked: list[int], step: int, all_of_them: bool) -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, walked)
    async with at_table(desk) as table:
        view = table.board.view
        card = next(item.card for item in view.cards.values() if item.card.step == step and item.card.bidang)
        said = " ".join(questions.hand_back(Matter(view, card)).form.body)
        assert ("membuat semua bidang mengulang" in said) is all_of_them


async def test_one_form_that_was_handed_in_goes_back_alone_while_the_others_work_on() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    region = [step.number for step in desk.sop.steps if step.per_bidang]
    first = desk.bidang[0]
    for number in region:
        desk.act(run_act(Act.MULAI, number, bidang=first))
        desk.act(run_act(Act.SELESAI, number, bidang=first))
    async with at_table(desk) as table:
        table.board.show_card(region[-1], first)
        await table.press("b")
        await table.asks()
        assert f"hanya {first} mengulang" in table.prompt.form.choices[0].detail
        await table.type_into("note", "isi kolom 4")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: table.phase(region[-1], first) is RunPhase.SIAP)
        case = desk.state.case_of("2026-TW1")
        assert case is not None
        again = case.valid_run((region[-1], first))
        assert again is not None
        assert again.attempt == 2, "the step that it finished is done again, not the whole form"
        assert all(run.attempt == 1 for run in case.runs.values() if run.valid and run.bidang not in (None, first))


async def test_the_step_that_waits_for_bidang_hands_back_those_that_are_chosen() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    first, second = desk.bidang[:2]
    for number, bidang in ((3, first), (4, first), (3, second)):
        desk.act(run_act(Act.MULAI, number, bidang=bidang))
        desk.act(run_act(Act.SELESAI, number, bidang=bidang))
    async with at_table(desk) as table:
        table.board.show_card(5)
        await table.press("b")
        await table.asks()
        assert [choice.code for choice in table.prompt.form.choices] == ["4", "3"]
        assert table.prompt.query_one(Marks).spec.options == (first, second)
        await table.press("down")
        await table.type_into("note", "isi kolom 4")
        await table.press("ctrl+s")
        await until(table.pilot, lambda: "Tandai paling sedikit satu bidang" in table.prompt.problem)
        await table.asks()
        table.prompt.query_one(Marks).focus()
        await table.press("right", "space", "ctrl+s")
        await until(table.pilot, lambda: table.phase(3, second) is RunPhase.SIAP)
        assert table.phase(4, first) is RunPhase.SELESAI
        assert (desk.events[-1].step, desk.events[-1].data["returns"]) == (3, {second: 3})


async def test_typing_in_a_field_that_tab_comes_back_to_goes_on_at_its_end() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4])
    async with at_table(desk) as table:
        await table.press("b")
        await table.asks()
        note = table.prompt.query_one("#field-note", TextField)
        assert table.pilot.app.focused is note
        await table.press(*"angka", "tab")
        while table.pilot.app.focused is not note:
            await table.press("tab")
        await table.press("x")
        await until(table.pilot, lambda: note.value == "angkax")


async def test_a_refused_prompt_shows_why_where_and_what_to_press() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk, (80, 24)) as table:
        await table.press("s")
        await table.asks()
        await table.type_into("at", "besok")
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt) and table.prompt.problem)
        await table.asks()
        assert table.pilot.app.focused is table.prompt.query_one("#field-at")
        assert "Selesai: " in table.prompt.problem
        assert "kemarin 14.00" in table.prompt.problem
        assert "2026-04-01" not in table.prompt.problem
        await table.pilot.pause()
        for shown in ("#problem", "#field-at", "#form-keys"):
            assert visible(table, shown), shown


@pytest.mark.parametrize("size", [(80, 24), (60, 12)])
async def test_the_keys_and_the_refusal_of_a_prompt_are_always_in_view(size: tuple[int, int]) -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5, 6])
    async with at_table(desk) as table:
        await table.press("b")
        await table.asks()
        # The board has no room in the smaller one; a form does.
        await table.pilot.resize_terminal(*size)
        await table.press("enter")
        for shown in ("#problem", "#field-note", "#form-keys"):
            await until(table.pilot, lambda shown=shown: visible(table, shown))  # type: ignore[misc]


async def test_enter_in_a_later_line_says_what_an_earlier_one_lacks() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3, 4, 5, 6])
    async with at_table(desk) as table:
        await table.press("b")
        prompt = await table.asks()
        later = [field for field in prompt.query(TextField) if field.display][-1]
        assert not later.spec.required
        later.focus()
        await table.press("x", "enter")
        assert "Catatan belum diisi." in str(prompt.query_one("#problem").render())
        assert table.pilot.app.focused is prompt.query_one("#field-note")


async def test_tidak_without_a_comment_says_that_one_is_needed() -> None:
    desk = semester_desk()
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    async with at_table(desk) as table:
        await table.press("p")
        await table.asks()
        await table.press("down", "enter")
        assert "Catatan belum diisi." in str(table.prompt.query_one("#problem").render())


def visible(table: Table, selector: str) -> bool:
    """Whether all of a widget is on the screen."""
    place = table.prompt.find_widget(table.prompt.query_one(selector))
    return bool(place.region.area) and place.clip.contains_region(place.region)


async def test_u_takes_the_last_act_back(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("m")
        await table.until_said("Tersimpan")
        await table.press("u")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SIAP)


async def test_c_writes_a_remark(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        await table.press(*"halo", "enter")
        await until(table.pilot, lambda: desk.events[-1].act is Act.KOMENTAR)
        assert desk.events[-1].data["note"] == "halo"


async def test_w_records_an_act_at_another_time(desk: FakeDesk) -> None:
    desk.clock.move(minutes=40)
    async with at_table(desk) as table:
        await table.press("w")
        await table.asks()
        await table.press("down")
        assert table.prompt.query_one(Choices).code == "mulai"
        await table.type_into("at", "10.20")
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.DIKERJAKAN)
        run = desk.state.case_of("2026-TW1").valid_run((1, None))  # type: ignore[union-attr]
        assert run is not None
        assert run.started == desk.clock() - 20 * 60
        assert run.late_entry


async def test_o_opens_and_x_closes_a_period_and_the_recap_is_written() -> None:
    desk = FakeDesk()
    async with at_table(desk) as table:
        await table.press("1")
        assert "Buka periode" in table.keys
        await table.press("o")
        await table.asks()
        await table.press("enter")
        await until(table.pilot, lambda: table.phase(1) is RunPhase.SIAP)
        await until(table.pilot, lambda: "Mulai" in table.keys)
        walk(desk, [1, 2, 3, 4, 5])
        await table.press("r")
        await until(table.pilot, lambda: "Tutup periode" in table.keys)
        await table.press("x")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.asks()
        await table.press("enter")
        await until(table.pilot, lambda: desk.state.periods["2026-TW1"].phase is PeriodPhase.TUTUP)
        await until(table.pilot, lambda: desk.recaps == ["2026-TW1"])
        await table.until_said("Rekap ditulis")


async def test_closing_too_early_says_what_is_still_open_and_shows_no_form(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("x")
        await table.until_said("belum dapat ditutup: langkah 1 siap di Sekretaris Dinas")
        assert not isinstance(table.pilot.app.screen, FormPrompt)
        assert desk.state.periods["2026-TW1"].phase is PeriodPhase.BUKA


async def test_e_writes_the_recap_and_says_where(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("e")
        await table.until_said("Rekap ditulis", "2026-TW1.xlsx")


async def test_enter_opens_the_card_and_escape_comes_back(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
        await table.press("down", "up", "pagedown", "end", "home")
        page = table.pilot.app.screen.query_one("#list", Lines).text
        assert "Keadaan" in page
        await table.press("escape")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, BoardScreen))
        assert table.board.selected == (1, "")


async def test_the_help_names_every_key_of_the_board(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("question_mark")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))
        text = help_text(table.pilot.app.screen)
        for key in "msaptbucwoxerq":
            assert f"\n{key} " in text
        for sign in ("·  di belakang nama periode", "?  asumsi"):
            assert sign in text, "each sign is explained where it stands"
        await table.press("escape")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, BoardScreen))


async def test_the_help_finds_what_is_typed_and_runs_it(desk: FakeDesk) -> None:
    """By a word of what it does or by the key itself; what cannot be done says why and is not run."""
    async with at_table(desk) as table:
        await table.press("question_mark")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))
        screen = table.pilot.app.screen
        found = screen.query_one(MenuList)
        await until(table.pilot, lambda: any(not item.is_possible for item in found.items))
        await table.press(*"putuskan")
        assert [item.key for item in found.items] == ["a", "p"]
        assert not found.item.is_possible
        assert found.item.detail.endswith(".")
        await table.press("enter")
        assert table.pilot.app.screen is screen
        await table.press("escape", "v")
        assert found.item.key == "v", "a key is found by its letter, before words that hold it"
        await table.press("enter")
        await until(table.pilot, lambda: type(table.pilot.app.screen).__name__ == "DashboardScreen")


async def test_q_leaves_and_lets_go_of_the_database(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.pilot.press("q")
    assert desk.closed


async def test_ctrl_c_says_in_indonesian_how_to_leave(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("ctrl+c")
        await table.until_said("tekan q")


def test_no_key_of_the_board_has_two_meanings() -> None:
    keys = [key for binding in BoardScreen.BINDINGS for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert len(keys) == len(set(keys))


async def test_an_act_is_drawn_from_what_it_gave_back_without_reading_the_board_again(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        # The first look at the file reads the board once more.
        await until(
            table.pilot,
            lambda: (
                table.board._version is not None and not any(worker.group == "reload" for worker in table.board.workers)
            ),
        )
        read = desk.boards_read
        step = table.board.card.card.step
        await table.press("m")
        await table.until_said("Tersimpan")
        assert table.phase(step) is RunPhase.DIKERJAKAN
        assert desk.boards_read == read


# ---------------------------------------------------------------------- refusals
async def test_an_act_that_does_not_fit_is_refused_in_a_sentence(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("left", "m")
        await table.until_said("Langkah 5", "belum sampai gilirannya")
        await table.press("p")
        await table.until_said("belum sampai gilirannya")
        await table.press("right")
        assert table.said == "", "the next key takes the notice away"
        await table.press("p")
        await table.until_said("tidak meminta keputusan")


async def test_a_stranger_to_the_lane_is_told_whose_it_is() -> None:
    siti = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership("Staf Penyusun Evaluasi Kinerja")}))
    desk = FakeDesk(actor=siti)
    desk.act(Command(Act.BUKA, "2026-TW1"), Actor("kasubag", frozenset({Role.PENGELOLA})))
    async with at_table(desk) as table:
        await table.press("m")
        await table.until_said("Sekretaris Dinas")
        assert table.phase(1) is RunPhase.SIAP


async def test_a_step_somebody_else_moved_is_not_overwritten(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        desk.elsewhere(run_act(Act.MULAI, 1))
        await table.press("m")
        await table.until_said("sudah")
        await until(table.pilot, lambda: table.board.card and table.board.card.column == CardColumn.DIKERJAKAN)
        assert desk.events[-1].by == "siti"


async def test_a_busy_database_is_said_and_nothing_is_lost(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        await table.press(*"penting")
        desk.failure_of_acts = DatabaseBusy(path="kantor.db", waited_seconds=10.0)
        await table.press("enter")
        await table.until_said("sedang dipakai")
        await table.press("c")
        await table.asks()
        assert table.prompt.query_one("#field-note", Input).value == "penting"


async def test_escape_keeps_what_was_typed(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        await table.press(*"setengah", "escape")
        await table.until_said("disimpan")
        assert desk.asked == []
        await table.press("c")
        await table.asks()
        assert table.prompt.query_one("#field-note", Input).value == "setengah"


async def test_a_paste_of_several_lines_keeps_them_all(desk: FakeDesk) -> None:
    from textual.events import Paste

    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        field = table.prompt.query_one("#field-note", TextField)
        field.post_message(Paste("satu\r\ndua\x1b[31m\ntiga"))
        await until(table.pilot, lambda: "tiga" in field.value)
        assert field.value == "satu dua[31m tiga"


# ---------------------------------------------------------------------- others, and time
async def test_what_somebody_else_did_appears_and_keeps_the_selection(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("left")
        chosen = table.board.selected
        await table.board.poll()
        desk.elsewhere(run_act(Act.MULAI, 1))
        await table.board.poll()
        await until(table.pilot, lambda: table.board.view.cards[1, ""].column == CardColumn.DIKERJAKAN)
        assert table.board.selected == chosen


async def test_a_tick_repaints_only_labels_that_changed(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.act(run_act(Act.MULAI, 1))
    async with at_table(desk) as table:
        painted: list[object] = []
        column = table.board.query_one("#column-dikerjakan")
        monkeypatch.setattr(type(column), "repaint_time", lambda self, key: painted.append(key))
        desk.clock.move(seconds=20)
        table.board.tick()
        assert painted == []
        desk.clock.move(seconds=40)
        table.board.tick()
        assert set(painted) == {(1, "")}
        assert table.board.picture.labels[1, ""].text == "1/15 menit"


async def test_control_characters_and_markup_are_shown_harmless() -> None:
    names = ("[/x] Bidang", "Data\x1b]52;c;aGFsbw==\x07", "[@click=app.quit]Umum", "Kanan\u202ekiri")
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=names)
    open_period(desk)
    walk(desk, [1, 2])
    async with at_table(desk, (120, 40)) as table:
        text = "\n".join(view.title for view in table.board.view.cards.values())
        assert "\x1b" not in text
        assert "\u202e" not in text
        await table.press("c")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, FormPrompt))
        await table.press("escape", "enter")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, CardScreen))
        assert "\x1b" not in table.pilot.app.screen.query_one("#list", Lines).text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 20), (62, 18)])
async def test_the_board_fits_its_terminal(size: tuple[int, int]) -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3])
    async with at_table(desk, size) as table:
        assert table.board.max_scroll_y == 0
        for lines in table.board.query(Lines):
            for line in lines.text.splitlines():
                assert len(line) <= size[0]


async def test_resizing_lays_the_board_out_anew(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.pilot.resize_terminal(64, 24)
        await until(table.pilot, lambda: table.board.picture.arrangement.is_narrow)
        assert sum(column.display for column in table.board.picture.columns) == 1
        await table.press("left")
        assert table.board.query_one("#column-menunggu").display
        await table.pilot.resize_terminal(120, 40)
        await until(table.pilot, lambda: not table.board.picture.arrangement.is_narrow)
        assert all(column.display for column in table.board.picture.columns)


# ---------------------------------------------------------------------- faster than the screen
def typed_at_once(app: SakipApp, *keys: str) -> None:
    """Keys that arrive in one write: all are queued before the first is looked at."""
    for key in keys:
        app.post_message(events.Key(key, {"enter": "\r"}.get(key, key if len(key) == 1 else None)))


@pytest.mark.parametrize(
    ("key", "text", "act"), [("c", "halo", Act.KOMENTAR), ("t", "rapat", Act.TUNDA), ("s", "", Act.SELESAI)]
)
async def test_a_prompt_answers_once_however_often_enter_is_pressed(
    desk: FakeDesk, key: str, text: str, act: Act
) -> None:
    desk.clock.move(minutes=30)
    async with at_table(desk) as table:
        await table.press(key)
        await table.asks()
        typed_at_once(table.pilot.app, *text, "enter", "enter", "enter")  # type: ignore[arg-type]
        await until(table.pilot, lambda: desk.events[-1].act is act)
        await table.pilot.pause()
        assert [command.act for command in desk.asked] == [act]
        assert table.pilot.app.is_running


async def test_escape_pressed_twice_leaves_a_prompt_only(desk: FakeDesk) -> None:
    async with at_table(desk) as table:
        await table.press("c")
        await table.asks()
        typed_at_once(table.pilot.app, "escape", "escape", "escape")  # type: ignore[arg-type]
        await until(table.pilot, lambda: table.pilot.app.screen is table.board)
        await table.pilot.pause()


class SlowToTell(FakeDesk):
    """A desk whose reading takes its time: between the board and the office an act finds room."""

    def __init__(self) -> None:
        super().__init__()
        self.may_tell = asyncio.Event()
        self.may_tell.set()

    async def office(self) -> Office | None:
        found = await super().office()
        await self.may_tell.wait()
        return found


async def test_a_reading_that_began_before_an_act_does_not_take_its_place() -> None:
    desk = SlowToTell()
    open_period(desk)
    async with at_table(desk) as table:
        read = desk.boards_read
        desk.may_tell.clear()
        table.board.reload()
        await until(table.pilot, lambda: desk.boards_read > read)
        await table.press("m")
        await table.until_said("Langkah 1: dimulai. Tersimpan.")
        desk.may_tell.set()
        await until(table.pilot, lambda: not any(worker.group == "reload" for worker in table.board.workers))
        assert (case := table.board.rows.state.case_of(table.board.period)) is not None
        assert (run := case.current((1, None))) is not None
        assert run.phase is RunPhase.DIKERJAKAN

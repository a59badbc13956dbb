"""Menu and help: nothing of them is unreadable at 80 columns, and what they say of their own keys is true."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from sakip_tui.acts import FACE_OF, FACES
from sakip_tui.dashboard.screen import DashboardScreen
from sakip_tui.glyphs import ASCII, UNICODE
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.widgets.help import HelpScreen, card_signs, help_items, matching
from sakip_tui.widgets.ink import InkedModal, Lines
from sakip_tui.widgets.menu import MenuItem, MenuList
from sop.words.terms import TERMS
from tests.fakes import FakeDesk, open_period, until
from tests.tui.test_board_keys import at_table

LONG = "Lanjut tanpa yang belum menyerahkan formulirnya sampai batas yang ditetapkan"


def test_of_the_picked_item_everything_is_told_below_the_list_its_cut_name_too() -> None:
    items = [MenuItem("a", "a", LONG, "Dengan alasan. " * 4), MenuItem("b", "b", "Tunda", "Waktu berhenti")]
    drawn = MenuList(items)
    assert drawn.told(items[0], 76).startswith(f"{LONG}: Dengan alasan.")
    assert drawn.told(items[1], 76) == "", "its own line says all of it"
    assert drawn.told(items[1]._replace(is_possible=False), 76) == "Waktu berhenti", "the answer to Enter on it"
    assert drawn.about_lines(76, 5, items) == 2
    assert MenuList([items[1]]).about_lines(76, 5, [items[1]]) == 0


def test_one_long_key_takes_no_room_from_the_other_rows() -> None:
    """`m, s, a, p, b, u, w, o, x, e, i` left ten cells for what every key of a card is for."""
    items = [
        MenuItem("y", "y", "Salin baris ini", "Untuk ditempel di percakapan atau surat"),
        MenuItem("m", "m, s, a, p, b, u, w, o, x, e, i", "Tindakan lain", "Di papan"),
    ]
    drawn = MenuList(items)
    rows = ["".join(text for text, _ in drawn._drawn(item, False, 76)) for item in items]
    assert all(part in row for row, item in zip(rows, items, strict=True) for part in item[1:4])
    assert max(map(len, rows)) <= 76


def test_a_reason_too_long_for_its_row_is_its_first_sentence_there() -> None:
    item = MenuItem("a", "a", "Ajukan", "Langkah 2 tidak meminta keputusan. Selesaikan dengan s.", is_possible=False)
    drawn = MenuList([item])
    assert "".join(text for text, _ in drawn._drawn(item, False, 56)).rstrip().endswith("meminta keputusan.")
    assert drawn.told(item, 56).endswith("dengan s.")


async def test_no_row_of_the_menu_ends_in_an_ellipsis_at_80_columns() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("n")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        drawn = table.pilot.app.screen.query_one(MenuList)
        await until(table.pilot, lambda: drawn.size.height == drawn.height)
        rows = [drawn.render_line(y).text.rstrip() for y in range(drawn.height)]
        assert len(rows) > 10
        assert not [row for row in rows if UNICODE.ellipsis in row]


def test_what_each_act_is_for_is_whole_in_the_list_of_acts_at_80_columns() -> None:
    """Three ways to go on without a bidang stand there: which one is meant is told before one is picked."""
    drawn = MenuList([MenuItem(face.act, face.key or face.letter, face.name, face.about) for face in FACES])
    for item in drawn.items:
        row = "".join(text for text, _ in drawn._drawn(item, False, 76))
        assert item.detail in row, row
    without = [FACE_OF[act].about for act in ("bebaskan", "gabung", "ubah-bidang", "lewati")]
    assert all(about.startswith("Bila ") for about in without)
    assert len(set(without)) == len(without)


@pytest.mark.parametrize("key", ["i", "n", "question_mark", "w"])
async def test_what_opens_is_laid_out_once_so_that_it_is_sent_once(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one height and then in another, a list went over the line twice: 6 kB for the help instead of 3.5."""
    heights: list[int] = []
    begun = InkedModal.on_resize

    def watched(screen: InkedModal[Any]) -> None:
        begun(screen)
        heights.append(next(iter(screen.query("#menu, #help, #form"))).size.height)

    monkeypatch.setattr(InkedModal, "on_resize", watched, raising=False)
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press(key)
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, InkedModal) and bool(heights))
        await table.pilot.pause()
        shown = next(iter(table.pilot.app.screen.query("#menu, #help, #form")))
        assert {*heights, shown.size.height} == {shown.size.height}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
@pytest.mark.parametrize("key", ["i", "question_mark"])
async def test_no_row_of_a_list_is_cut_in_the_middle_of_a_word(key: str, size: tuple[int, int]) -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk, size) as table:
        await table.press(key)
        await until(table.pilot, lambda: bool(table.pilot.app.screen.query(MenuList)))
        drawn = table.pilot.app.screen.query_one(MenuList)
        await until(table.pilot, lambda: drawn.size.width > 0)
        cuts = 0
        for item in drawn.items:
            for text, _ in drawn._drawn(item, False, drawn.size.width):
                head = text.strip().removesuffix(UNICODE.ellipsis)
                whole = next((each for each in (item.name, item.detail) if head and each.startswith(head)), head)
                if text.rstrip().endswith(UNICODE.ellipsis):
                    cuts += 1
                    assert whole[len(head)] in " .,;:(", (text, whole)
        assert cuts or size[0] > 80 or key == "i"


async def test_every_reason_in_the_list_of_acts_is_readable_to_its_end() -> None:
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("i")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        screen = table.pilot.app.screen
        drawn = screen.query_one(MenuList)
        for index, item in enumerate(drawn.items):
            drawn.pick(index)
            about = screen.query_one("#menu-about", Lines)
            await until(
                table.pilot,
                lambda about=about, item=item: about.text.split() == (drawn.told(item, 76) or drawn.beyond).split(),
            )
            assert not item.detail.startswith("Langkah 1 sedang"), "the step stands over the list"


async def test_esc_in_the_help_says_that_it_takes_the_search_away_first() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("question_mark")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))
        screen = table.pilot.app.screen
        keys = screen.query_one("#help-keys", Lines)
        assert "Esc Kembali" in keys.text
        await table.press(*"tanda")
        await until(table.pilot, lambda: "Esc Hapus pencarian" in keys.text)
        assert any(item.key == "ptr 2" for item in screen.query_one(MenuList).items)
        await table.press("escape")
        await until(table.pilot, lambda: "Esc Kembali" in keys.text)
        assert not screen.query_one(Input).value


def test_a_section_of_the_help_is_found_by_its_heading_and_no_sign_means_two_things() -> None:
    for glyphs in (UNICODE, ASCII):
        signs = card_signs(glyphs)
        items = help_items([], {}, signs)
        assert [item.key for item in matching(items, "tanda layar")] == [sign for sign, _ in signs]
        beyond = {part[:-1] for part in f"{glyphs.more_above}1 {glyphs.more_below}2".split()}
        assert glyphs.marks["doubted"] not in beyond


@pytest.mark.parametrize("word", ["median", "antre", "perkiraan", "tenggat", "asumsi", "putaran", "basi", UNICODE.dot])
async def test_a_word_or_sign_of_a_screen_is_found_and_explained(word: str) -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("v")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, DashboardScreen))
        for key in ("escape", "question_mark") if word == UNICODE.dot else ("question_mark",):
            await table.press(key)
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))
        screen = table.pilot.app.screen
        screen.query_one("#help-typed", Input).value = word
        await until(table.pilot, lambda: 0 < len(screen.query_one(MenuList).items) < 12)
        items = screen.query_one(MenuList).items
        assert any(item.name.casefold().startswith(f"{word}:") or item.key == word for item in items), items


async def test_a_question_mark_finds_what_the_sign_means() -> None:
    async with at_table(FakeDesk()) as table:
        await table.press("question_mark")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, HelpScreen))
        await table.press("question_mark")
        drawn = table.pilot.app.screen.query_one(MenuList)
        await until(table.pilot, lambda: any(item.name.startswith("asumsi:") for item in drawn.items[:2]))


def test_no_word_is_explained_twice_and_they_stand_by_the_alphabet() -> None:
    words = [word.casefold() for word, _ in TERMS]
    assert words == sorted(set(words))


async def test_a_list_that_is_cut_keeps_no_empty_lines_below_it_for_what_other_items_say() -> None:
    """The reasons of those below the edge took three lines, in which their names could stand."""
    desk = FakeDesk()
    open_period(desk)
    async with at_table(desk) as table:
        await table.press("i")
        await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
        screen = table.pilot.app.screen
        assert isinstance(screen, MenuPrompt)
        about = screen.query_one("#menu-about", Lines)

        def heights() -> tuple[int, int]:
            return screen.list.size.height, about.size.height

        await until(table.pilot, lambda: heights() == (20, 1))
        assert about.text.endswith("baris lagi")
        longest = max(screen.list.items, key=lambda item: len(screen.list.told(item, 76)))
        screen.list.pick(screen.list.items.index(longest))
        await until(table.pilot, lambda: heights()[1] > 1 and sum(heights()) == 21)
        assert about.text.endswith(screen.list.told(longest, 76)[-20:])

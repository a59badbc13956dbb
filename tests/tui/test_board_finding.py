"""Filters and the search of the board, key by key."""

from __future__ import annotations

import pytest

from sakip_tui.board.finding import Filter, counted_by_bidang, filtered, folded, found, matches
from sakip_tui.prompts.menu import MenuPrompt
from sakip_tui.views.board import build_board
from sakip_tui.widgets.ink import Lines
from sop.model.act import Act
from sop.model.bidang import Family
from sop.model.pelaksana import Actor, Membership, Role
from sop.words.periods import period_label
from tests.fakes import LIMA_PULUH_KOTA, FakeDesk, open_period, run_act, until, walk
from tests.tui.test_board_keys import Table, at_table


def fanned_out() -> FakeDesk:
    """Step 3 of five bidang is open; one of them is at work, one through."""
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    desk.act(run_act(Act.MULAI, 3, bidang=desk.bidang[0]))
    desk.act(run_act(Act.MULAI, 3, bidang=desk.bidang[1]))
    desk.clock.move(minutes=5)
    desk.act(run_act(Act.SELESAI, 3, bidang=desk.bidang[1]))
    return desk


async def menu_of(table: Table, key: str) -> MenuPrompt:
    await table.press(key)
    await until(table.pilot, lambda: isinstance(table.pilot.app.screen, MenuPrompt))
    screen = table.pilot.app.screen
    assert isinstance(screen, MenuPrompt)
    return screen


async def choose(table: Table, key: str, name: str) -> None:
    """Open a menu and choose the item of that name."""
    menu = await menu_of(table, key)
    index = next(number for number, item in enumerate(menu.list.items) if item.name.removeprefix("[ ] ") == name)
    menu.list.pick(index)
    await table.press("enter")
    await until(table.pilot, lambda: table.pilot.app.screen is table.board)


def filter_line(table: Table) -> str:
    return table.board.query_one("#filter", Lines).text


async def test_a_filter_says_how_many_of_all_cards_it_shows_and_esc_ends_it() -> None:
    async with at_table(fanned_out()) as table:
        before = len(table.board.view.cards)
        await choose(table, "f", "Milik saya")
        assert {view.card.holder for view in table.board.view.cards.values()} == {"budi"}
        shown = len(table.board.view.cards)
        assert 0 < shown < before
        assert f"{shown} dari {before} kartu" in filter_line(table)
        assert "milik saya" in filter_line(table)
        await table.press("escape")
        assert len(table.board.view.cards) == before
        assert not table.board.query_one("#filter").display


async def test_filters_combine() -> None:
    desk = fanned_out()
    async with at_table(desk, (120, 40)) as table:
        await choose(table, "f", "Milik saya")
        await choose(table, "f", desk.bidang[0])
        assert list(table.board.view.cards) == [(3, desk.bidang[0])]
        assert f"milik saya, {desk.bidang[0]}" in filter_line(table)
        menu = await menu_of(table, "f")
        assert menu.list.items[0].code == "semua"
        await table.press("home", "enter")
        await until(table.pilot, lambda: not table.board.selection.filter.is_on)


async def test_the_menu_counts_what_each_filter_would_show() -> None:
    desk = fanned_out()
    for name in desk.bidang:
        async with at_table(desk) as table:
            menu = await menu_of(table, "f")
            told = {item.name.removeprefix("[ ] "): item.detail for item in menu.list.items}
            await table.press("escape")
            await choose(table, "f", name)
            assert told[name] == f"{len(table.board.view.cards)} kartu"


async def test_a_lane_filter_shows_that_lane_only() -> None:
    async with at_table(fanned_out()) as table:
        lane = next(iter(table.board.view.cards.values())).card.lane
        await choose(table, "f", lane)
        assert {view.card.lane for view in table.board.view.cards.values()} <= {lane}


async def test_a_card_that_becomes_late_joins_the_late_ones() -> None:
    desk = FakeDesk()
    open_period(desk)
    walk(desk, [1])
    desk.act(run_act(Act.MULAI, 2))
    async with at_table(desk) as table:
        await choose(table, "f", "Terlambat")
        assert not table.board.view.cards
        assert "Tidak ada kartu yang cocok" in table.said
        desk.clock.move(minutes=24 * 60)
        table.board.tick()
        assert list(table.board.view.cards) == [(2, "")]


async def test_what_becomes_ready_is_told_although_the_filter_hides_it() -> None:
    desk = FakeDesk()
    open_period(desk)
    desk.act(run_act(Act.MULAI, 1))
    async with at_table(desk) as table:
        await choose(table, "f", "Milik saya")
        await table.press("s")
        await table.until_said("Berikutnya: langkah 2")


async def test_search_goes_to_the_card_and_round() -> None:
    desk = fanned_out()
    async with at_table(desk) as table:
        await table.press("slash")
        await table.asks()
        await table.press(*"sekretariat", "enter")
        await table.until_said("yang cocok")
        assert table.board.selected is not None
        first = table.board.selected
        assert first[1] == "Sekretariat"
        await table.press("full_stop")
        assert table.board.selected != first
        await table.press("comma")
        assert table.board.selected == first


async def test_search_finds_in_every_period_of_the_year_and_says_where() -> None:
    """The year comes round to the card that one began at."""
    async with at_table(fanned_out(), (100, 30)) as table:
        await table.press("slash")
        await table.asks()
        await table.press(*"7", "enter")
        await table.until_said("yang cocok")
        seen = []
        for _ in range(8):
            assert table.board.selected is not None
            assert f"di {period_label(table.board.period)}" in table.said
            seen.append((table.board.period, table.board.selected))
            await table.press("full_stop")
        assert len({period for period, _ in seen}) > 1
        assert {key[0] for _, key in seen} == {7}
        first = seen[0]
        assert first in seen[1:]
        await table.press("comma")
        assert (table.board.period, table.board.selected) == seen[-1]


async def test_search_tells_what_it_did_not_find() -> None:
    async with at_table(fanned_out()) as table:
        await table.press("slash")
        await table.asks()
        await table.press(*"zzz", "enter")
        await table.until_said("tidak ditemukan di semua periode 2026")


async def test_a_full_stop_without_a_search_asks_what_to_look_for() -> None:
    async with at_table(fanned_out()) as table:
        await table.press("full_stop")
        assert (await table.asks()).form.title.startswith("Cari kartu")


@pytest.mark.parametrize(("typed", "stored"), [("cafe", "Café"), ("PELATIHAN", "pelatihan"), ("ﬁ", "fi")])
def test_search_knows_neither_case_nor_accents(typed: str, stored: str) -> None:
    assert folded(typed) == folded(stored)


def test_a_number_looks_for_the_step_of_that_number_only() -> None:
    desk = fanned_out()
    board = build_board(desk.rows, "2026-TW1")
    assert {key[0] for key in found(board, "3")} == {3}


def test_a_number_in_the_name_of_a_bidang_is_found_beside_words_or_where_no_step_has_it() -> None:
    """`seksi 12` found nothing, and `12` neither: a number was that of a step and nothing else."""
    desk = FakeDesk(LIMA_PULUH_KOTA, bidang=("Seksi 3", "Seksi 12"))
    open_period(desk)
    walk(desk, [1, 2])
    board = build_board(desk.rows, "2026-TW1")
    assert {key for key in found(board, "seksi 12") if key[1]} == {(3, "Seksi 12")}
    assert found(board, "12") == []
    assert {key[1] for key in found(board, "12", may_name=True)} == {"Seksi 12"}
    assert {key[0] for key in found(board, "3")} == {3}, "a number alone is a step's"


def test_what_nobody_holds_in_my_lane_is_mine() -> None:
    desk = fanned_out()
    board = build_board(desk.rows, "2026-TW1")
    card = board.cards[3, desk.bidang[2]].card
    mine = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(card.lane, desk.bidang[2])}))
    other = Actor("siti", frozenset({Role.PELAKSANA}), frozenset({Membership(card.lane, desk.bidang[3])}))
    assert matches(Filter(mine=True), card, mine, lambda card: False)
    assert not matches(Filter(mine=True), card, other, lambda card: False)


def test_filter_count_and_search_know_a_bidang_by_its_new_name() -> None:
    desk = fanned_out()
    old, new = desk.bidang[1], "Nama Baru"
    units = Family([(old, new), (new, None)])
    board = build_board(desk.rows, "2026-TW1")
    cards = [view.card for view in board.cards.values()]
    wanted = {card.key for card in cards if matches(Filter(bidang=old), card, desk.actor, lambda card: False)}
    assert wanted
    for name in (old, new):
        shown = filtered(board, Filter(bidang=name), desk.actor, lambda card: False, units)
        assert set(shown.cards) == wanted
    assert counted_by_bidang(cards, (new,), units)[new] == len(wanted)
    assert found(board, "nama baru", units) == found(board, old, units) != []

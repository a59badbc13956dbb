"""The board on a large screen: cards with edges, and what needs somebody where the cards leave room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from db import case_queries, opening, queries, seed
from db.rows import Board
from sakip_tui.board.attention import LEAST, attention
from sakip_tui.board.column import BoardColumn
from sakip_tui.glyphs import ASCII, UNICODE, Glyphs
from sakip_tui.views.board import build_board
from sop.look.year import tally_in
from tests.tui.year import MONDAY, Seat, seated

QUARTER = "2026-TW4"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office with its people, on 23 November; only read."""
    path = tmp_path_factory.mktemp("lebar") / "kantor.db"
    with opening.open(path, create=True) as database:
        seed.build(database, MONDAY, "kasubag")
    return path


@pytest.fixture(scope="module")
def rows(demo: Path) -> Board:
    with opening.open(demo) as database:
        return case_queries.year_board(database, queries.address_of(database), 2026, MONDAY)


def told(rows: Board, most: int = 12, period: str = QUARTER, glyphs: Glyphs = UNICODE) -> list[str]:
    tallies = {key: tally_in(rows, key, MONDAY) for key in rows.state.periods}
    forms: Mapping[int, bool] = {}
    lines = attention(build_board(rows, period, forms), rows, {}, tallies, MONDAY, 120, most, glyphs)
    return ["".join(text for text, _ in line) for line in lines]


def test_what_is_late_comes_first_with_its_holder_and_due_moment(rows: Board) -> None:
    heading, late, idle, soon, missing, other = told(rows)
    assert "Perlu perhatian" in heading
    assert late.startswith(" ! Terlambat")
    for part in ("2 Hubungan Industrial", "Agus Hidayat", "lewat", "tenggat"):
        assert part in late
    assert "Belum dimulai" in idle
    assert "Sekretariat" in idle
    assert soon.startswith("   Segera jatuh tempo 2 Pengawasan"), "as on the dashboard, whose heading is the same"
    assert missing.endswith("langkah 2: Hubungan Industrial, Pengawasan, Sekretariat ".rstrip())
    assert "1 terbuka" in other


def test_what_has_no_room_is_named_by_what_it_is(rows: Board) -> None:
    """A count of three beside the dashboard's three, which were others, was read as the whole."""
    lines = told(rows, LEAST)
    assert len(lines) == LEAST
    assert lines[-1].strip() == "v Dasbor memuat juga: belum dimulai, segera jatuh tempo, belum menyerahkan, Semester I"
    assert told(rows, LEAST + 2)[-1].strip() == "v Dasbor memuat juga: belum menyerahkan, Semester I"
    assert told(rows, LEAST - 1) == []


def test_a_closed_period_needs_nobody(rows: Board) -> None:
    assert told(rows, period="2026-TW1") == []


def drawn(seat: Seat) -> list[str]:
    """The lines of the columns side by side."""
    columns = seat.screen.query(BoardColumn)
    return ["".join(column.render_line(y).text for column in columns) for y in range(seat.screen.picture.visible_lines)]


@pytest.mark.parametrize(("glyphs", "foot"), [(UNICODE, "╰─"), (ASCII, "+-")])
async def test_cards_have_edges_from_a_hundred_columns_on(demo: Path, glyphs: Glyphs, foot: str) -> None:
    async with seated(demo, (120, 40), glyphs=glyphs, person=seed.MANAGER) as seat:
        lines = drawn(seat)
        assert sum(line.count(foot) for line in lines) >= 7
        assert any("Agus Hidayat" in line for line in lines), "the holder by name"
        assert any("tenggat Jum 20 Nov" in line or "tenggat Kam 19 Nov" in line for line in lines)
        shown = seat.text("attention")
        assert "Terlambat" in shown
        assert all(len(line) <= 120 for line in lines)


async def test_eighty_columns_stay_as_lean_as_they_are(demo: Path) -> None:
    async with seated(demo, person=seed.MANAGER) as seat:
        assert not any("╰" in line for line in drawn(seat))
        assert seat.screen.query_one("#attention").size.height == 0

"""How the board is laid out: lanes line up, the selection moves over every card, text is cut and never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sakip_tui.board.layout import Direction, Layout, title_lines
from sakip_tui.text import cut, wrapped
from sakip_tui.views.board import BoardView, CardColumn, build_board, first_card, kept_selection
from sakip_tui.views.offers import can_do
from sop.acts.handing import Handed
from sop.form import catalog
from sop.model.act import Act
from sop.values import replace
from tests.fakes import LIMA_PULUH_KOTA, TANGERANG, FakeDesk, open_period, run_act, walk

SIZES = ((80, 17), (120, 33), (200, 43), (60, 12), (300, 5))


def view_of(desk: FakeDesk, period: str = "2026-TW1", forms: dict[int, bool] | None = None) -> BoardView:
    return build_board(desk.rows, period, forms)


def busy_desk(code: str) -> FakeDesk:
    """Some steps done, one under way."""
    desk = FakeDesk(code)
    open_period(desk)
    numbers = sorted(
        step.number for step in desk.sop.steps if (step.cadence or desk.cadence) and step.cadence in (None, "triwulan")
    )
    walk(desk, numbers[:3])
    return desk


@pytest.mark.parametrize("code", catalog.codes())
@pytest.mark.parametrize("size", SIZES)
def test_every_card_is_on_the_board_once_and_no_two_overlap(code: str, size: tuple[int, int]) -> None:
    view = view_of(busy_desk(code))
    layout = Layout(view, *size)
    assert set(layout.places) == set(view.cards)
    for column in (layout.shown,) if layout.is_narrow else CardColumn:
        lines = [(place.top, place.top + place.height) for place in layout.places.values() if place.column == column]
        for (_, end), (start, _) in zip(sorted(lines), sorted(lines)[1:], strict=False):
            assert end <= start
    if not layout.is_narrow:
        assert sum(layout.widths) == size[0]


@pytest.mark.parametrize("code", catalog.codes())
@pytest.mark.parametrize("size", SIZES[:3])
def test_lanes_line_up_across_all_columns(code: str, size: tuple[int, int]) -> None:
    """A card lies between its lane's heading and the next one, in every column."""
    view = view_of(busy_desk(code))
    layout = Layout(view, *size)
    for index, band in enumerate(view.bands):
        top = layout.band_tops[index]
        bottom = layout.band_tops[index + 1] if index + 1 < len(view.bands) else layout.height
        for cell in band.cells:
            for card in cell:
                place = layout.places[card.key]
                assert top < place.top
                assert place.top + place.height <= bottom


def test_below_eighty_cells_one_column_is_shown_at_a_time() -> None:
    view = view_of(busy_desk(LIMA_PULUH_KOTA))
    assert not Layout(view, 80, 17).is_narrow
    assert Layout(view, 79, 17).is_narrow


def test_an_empty_column_gives_its_room_to_the_others() -> None:
    desk = FakeDesk()
    open_period(desk)
    layout = Layout(view_of(desk), 80, 17)
    assert layout.widths[CardColumn.MENUNGGU] > layout.widths[CardColumn.KEPUTUSAN]


def test_arrows_reach_every_card() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2, 3])
    desk.act(run_act(Act.MULAI, 4, bidang="Pelatihan"))
    desk.act(run_act(Act.SELESAI, 4, bidang="Pengawasan"))
    view = view_of(desk)
    layout = Layout(view, 80, 17)
    reached = {first_card(view)}
    frontier = list(reached)
    while frontier:
        key = frontier.pop()
        for direction in Direction:
            found = layout.neighbour(key, direction)
            if found not in reached:
                reached.add(found)
                frontier.append(found)
    assert reached == set(view.cards)


def test_a_move_at_the_edge_stays_where_it_is() -> None:
    view = view_of(busy_desk(LIMA_PULUH_KOTA))
    layout = Layout(view, 80, 17)
    last = layout.neighbour(first_card(view), Direction.LAST)
    assert layout.neighbour(last, Direction.DOWN) == last


def test_sideways_prefers_a_card_of_the_same_lane() -> None:
    desk = FakeDesk()
    open_period(desk)
    layout = Layout(view_of(desk), 80, 17)
    # Step 1 is ready, step 5 waits in the same lane; steps 2, 3 and 4 wait in others.
    assert layout.neighbour((1, ""), Direction.LEFT) == (5, "")


@given(visible=st.integers(1, 40), start=st.integers(0, 200), index=st.integers(0, 30))
def test_scrolling_shows_the_whole_selected_card(visible: int, start: int, index: int) -> None:
    view = view_of(busy_desk(LIMA_PULUH_KOTA))
    layout = Layout(view, 80, 5)
    key = sorted(layout.places)[index % len(layout.places)]
    place = layout.places[key]
    top = layout.scrolled_to(key, start, visible)
    assert 0 <= top <= max(0, layout.height - visible)
    if visible >= place.height + 1:
        assert top <= place.top
        assert place.top + place.height <= top + visible
        assert place.top > top or top == 0, "the first line may be covered by the lane's heading"


def test_bidang_stand_one_by_one_while_their_step_is_open_and_together_before_and_after() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    assert (3, "") in view_of(desk).cards
    walk(desk, [1, 2])
    view = view_of(desk)
    assert (3, "") not in view.cards
    assert {key for key in view.cards if key[0] == 3} == {(3, name) for name in desk.bidang}
    assert view.cards[3, "Pelatihan"].share == Handed(0, 0, 5, gives=False)
    folded = view_of(desk, forms={3: False})
    assert (3, "") in folded.cards
    walk(desk, [3])
    assert (3, "") in view_of(desk).cards


def test_the_selection_stays_with_its_step_when_its_form_changes() -> None:
    desk = FakeDesk(LIMA_PULUH_KOTA)
    open_period(desk)
    walk(desk, [1, 2])
    folded = view_of(desk, forms={3: False})
    assert kept_selection(folded, (3, "Pelatihan")) == (3, "")
    assert kept_selection(view_of(desk), (3, "Pelatihan")) == (3, "Pelatihan")


def test_only_touched_cards_count_as_changed() -> None:
    desk = FakeDesk()
    open_period(desk)
    before = view_of(desk)
    desk.act(run_act(Act.MULAI, 1))
    after = view_of(desk)
    assert {key for key, card in after.cards.items() if before.cards.get(key) != card} == {(1, "")}
    assert before.cards.keys() == after.cards.keys()


def test_a_decision_stands_in_the_deciders_lane() -> None:
    desk = FakeDesk()
    for period in ("2026-TW1", "2026-TW2"):
        open_period(desk, period)
        walk(desk, [1, 2, 3, 4, 5], period)
        desk.act(run_act(Act.TUTUP, 0, period))
    open_period(desk, "2026-S1")
    walk(desk, [6], "2026-S1")
    desk.act(run_act(Act.MULAI, 7, "2026-S1"))
    desk.act(run_act(Act.AJUKAN, 7, "2026-S1"))
    view = view_of(desk, "2026-S1")
    band = next(band for band in view.bands if band.cells[CardColumn.KEPUTUSAN])
    assert band.lane == "Kepala Bidang"
    able = can_do(view, view.cards[7, ""].card)
    assert able.decide
    assert not able.finish


def test_keys_are_offered_only_where_they_make_sense() -> None:
    desk = FakeDesk()
    view = view_of(desk)
    able = can_do(view, view.cards[1, ""].card)
    assert able.open_period
    assert not any((able.start, able.finish, able.undo, able.decide))
    open_period(desk)
    view = view_of(desk)
    assert can_do(view, view.cards[1, ""].card).start
    assert not can_do(view, view.cards[2, ""].card).start
    walk(desk, [1, 2, 3, 4, 5])
    view = view_of(desk)
    assert can_do(view, view.cards[5, ""].card).close_period


@given(text=st.text(max_size=200), width=st.integers(1, 60), most=st.integers(1, 6))
def test_wrapped_text_never_exceeds_its_room(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@given(words=st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=12))
def test_wrapping_loses_no_word_where_there_is_room(words: list[str]) -> None:
    text = " ".join(words)
    assert "".join(wrapped(text, 20, 100)).replace(" ", "") == text.replace(" ", "")


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert cut("Mengumpulkan data", 8) == "Mengump…"


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("Menyusun laporan kinerja", 20, "Menyusun laporan…"),
        ("Menyusun laporan kinerja", 17, "Menyusun laporan…"),
        ("Milik saya, terlambat, lajur", 26, "Milik saya, terlambat…"),
        ("3 Perindustrian", 14, "3 Perindustri…"),
        ("Kepala Perindustrian Besar", 17, "Kepala Perindust…"),
        ("Cuti bersama", 10, "Cuti bers…"),
        ("Belum dibuka. Buka dulu", 17, "Belum dibuka…"),
        ("Pernah dipotong… dan lagi", 20, "Pernah dipotong…"),
        ("Selesai oleh Budi Rab 11 Nov 08.45; 25/30 menit; 1 menyerahkan, 4 belum", 68, "*; 1 menyerahkan…"),
        (
            "Menunggu Ya atau Tidak sejak Jum 13 Nov 11.00; hari ke-49 dari 120; tenggat Sen",
            76,
            "*hari ke-49 dari 120…",
        ),
        ("Mengumpulkan data, yang masih harus dikumpulkan dari semua seksi", 50, "*yang masih harus dikumpulkan…"),
    ],
)
def test_a_cut_leaves_whole_words_unless_half_of_the_room_were_lost(text: str, width: int, told: str) -> None:
    """And a line of a sentence ends behind what was said whole, if little is lost; `*` stands for all before."""
    found = cut(text, width)
    assert found == told or (told[0] == "*" and found == text[: text.index(told[1:-1])] + told[1:])


def test_the_card_of_a_bidang_names_it_whole_before_anything_else() -> None:
    view = next(iter(view_of(busy_desk(TANGERANG)).cards.values()))
    of_bidang = replace(view, card=replace(view.card, step=3, bidang="Bidang Perindustrian", title="Mengolah data"))
    assert title_lines(of_bidang, 15, 1) == ("3 Perindustrian",)
    assert title_lines(of_bidang, 15, 2) == ("3 Perindustrian", "Mengolah data")
    assert title_lines(of_bidang, 26, 1) == ("3 Perindustrian: Mengolah…",)
    assert title_lines(of_bidang, 16, 2) == ("3 Perindustrian:", "Mengolah data")
    assert title_lines(of_bidang, 12, 2) == ("3 Perindust-", "rian")
    assert cut("pas", 3) == "pas"


@pytest.mark.parametrize(
    ("text", "width", "first"),
    [
        ("5 Mensosialisasikan laporan", 14, "5 Mensosiali-"),
        ("mempertanggungjawabkan", 12, "mempertang-"),
        ("/alamat/map/panjang.xlsx", 13, "/alamat/map/"),
        ("/alamat/rekap_2026-TW1_r1_sementara.xlsx", 38, "/alamat/rekap_2026-TW1_r1_"),
        ("C:\\Rekap\\2026-TW1_sementara.xlsx", 30, "C:\\Rekap\\2026-TW1_"),
        ("alamatpanjangtanpasambungan.xlsx", 31, "alamatpanjangtanpasambungan.xls"),
        ("Laporan kinerja", 9, "Laporan"),
    ],
)
def test_a_word_longer_than_its_line_is_parted_between_syllables(text: str, width: int, first: str) -> None:
    lines = wrapped(text, width, 9)
    assert lines[0] == first
    assert "".join(line.removesuffix("-") for line in lines).replace(" ", "") == text.replace(" ", "")

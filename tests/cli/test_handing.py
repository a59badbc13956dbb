"""Handed in and skipped are told apart wherever the bidang of a region are counted."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import BIDANG, LATE, Desk, finish, opened

TW1 = "2025-TW1"
WORDS = "2 menyerahkan, 3 dilewati"


@pytest.fixture
def gathered(seven: Desk) -> Desk:
    """Two bidang handed in; the join was closed without the other three."""
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    for name in BIDANG[:2]:
        for step, day in ((3, "2025-04-22"), (4, "2025-04-23")):
            finish(seven, TW1, step, day, name)
    seven.do(f"berkas gabung {TW1} --pada 2025-04-24T08:00 --alasan", "tidak menyerahkan")
    return seven


def told(desk: Desk, line: str) -> str:
    """What a command says, in one line; of the board the column of states alone, whose cells are folded."""
    lines = desk(*line.split()).out.splitlines()
    heads = next((one for one in lines if "Keadaan" in one and "Tenggat" in one), None)
    if line.startswith("papan"):
        assert heads is not None
        begin, end = heads.index("Keadaan"), heads.index("Tenggat")
        lines = [one[begin:end] for one in lines]
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize(
    "line",
    [
        f"papan {TW1}",
        f"kartu {TW1} 5",
        "dasbor",
        "status",
        "ringkas",
        f"rekap {TW1} --format txt -o -",
        f"rekap {TW1} --format csv -o -",
    ],
)
def test_after_gabung_two_handed_in_and_three_were_skipped(gathered: Desk, line: str) -> None:
    said = told(gathered, line)
    assert WORDS in said
    assert "5 dari 5" not in said
    # Five minutes of five is another matter.
    assert "5/5" not in re.sub(r"5/5 (menit|\|)", "", said)


def test_half_way_the_missing_are_told_beside_them(seven: Desk) -> None:
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    for name in BIDANG[:2]:
        finish(seven, TW1, 3, "2025-04-22", name)
    finish(seven, TW1, 4, "2025-04-23", BIDANG[0])
    seven.do(f"lewati {TW1} 4 --pada 2025-04-23T10:00 --bidang", BIDANG[1], *LATE)
    for line in ("status", "ringkas", "dasbor", f"papan {TW1}"):
        assert "1 menyerahkan, 1 dilewati, 3 belum" in told(seven, line), line


def test_programs_are_given_both_counts(gathered: Desk) -> None:
    board = gathered.do(f"papan {TW1}")["cards"]
    join = next(card for card in board if card["step"] == 5)
    region = next(card for card in board if card["step"] == 4 and card["bidang"] is None)
    assert (join["joined"], join["skipped"]) == ([2, 5], 3)
    assert (region["joined"], region["skipped"]) == ([2, 5], 3)
    assert next(card for card in board if card["step"] == 1)["skipped"] is None
    (period,) = [one for one in gathered.do("status")["periods"] if one["period"] == TW1]
    assert period["regions"] == [{"first": 3, "last": 4, "joined": [2, 5], "skipped": 3}]
    (chart,) = [row for row in gathered.do(f"alur {TW1}")["rows"] if row.get("step") == 5]
    assert (chart["joined"], chart["skipped"]) == ([2, 5], 3)
    (region,) = gathered.do("dasbor")["regions"]
    assert (region["joined"], region["skipped"]) == ([2, 5], 3)
    assert [one["bidang"] for one in region["bidang"] if one["handed_in_at"] is not None] == list(BIDANG[:2])
    assert [one["bidang"] for one in region["bidang"] if one["skipped_at"] is not None] == list(BIDANG[2:])


def test_the_card_of_the_join_says_the_same_in_status_and_on_the_board(gathered: Desk) -> None:
    gathered.do(f"mulai {TW1} 5 --pada 2025-04-24T09:00", *LATE)
    (card,) = [one for one in gathered.do("status")["late"] if one["step"] == 5]
    (board,) = [one for one in gathered.do(f"papan {TW1}")["cards"] if one["step"] == 5]
    assert (card["joined"], card["skipped"]) == (board["joined"], board["skipped"]) == ([2, 5], 3)


def test_who_was_skipped_is_given_no_receipt(gathered: Desk) -> None:
    text = gathered("ringkas", "--bidang", BIDANG[4]).out
    assert "Tanda terima" not in text
    assert f"dilewati Kam 24 Apr 2025 08.00 untuk {BIDANG[4]}" in text
    document = gathered.do("ringkas --bidang", BIDANG[4])
    assert document["received"] == []
    assert [one["step"] for one in document["skipped"]] == [4]
    assert gathered("ringkas", "--bidang", BIDANG[0]).out.startswith("Tanda terima")


def test_a_step_that_two_lanes_share_lies_with_the_first_of_them(seven: Desk) -> None:
    """Rules part 2: either lane may act, the card stands in the first lane, marked joint."""
    opened(seven, TW1, "2025-04-21T08:00")
    for step in (1, 2):
        finish(seven, TW1, step, "2025-04-21")
    shared = next(step for step in seven.do("sop lihat dpmd-nganjuk")["steps"] if step["number"] == 3)
    assert (shared["joint"], len(shared["pelaksana"])) == (True, 2)
    first, second = shared["pelaksana"]
    assert seven.do("status")["turn"] == {first: len(BIDANG)}
    shown = told(seven, "status")
    assert f"Giliran {first}" in shown
    assert f"Giliran {second}" not in shown

"""Two people at once, and one command that arrives twice: the program as processes of their own on one file."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import LATE, Desk, opened
from tests.waiting import SECONDS

TW1 = "2025-TW1"


@pytest.fixture
def card(nine: Desk) -> Desk:
    """Step 1 ready, at revision 1."""
    opened(nine, TW1, "2025-04-21T08:00")
    return nine


@pytest.mark.parametrize("seen", [("--revisi", "1"), ()], ids=["revision given", "no revision given"])
def test_of_two_processes_on_one_card_one_wins_and_the_other_hears_who_and_when(
    card: Desk, seen: tuple[str, ...]
) -> None:
    racers = []
    for person in ("sekretaris", "staf"):
        card.person = person
        racers.append((person, card.process("mulai", TW1, "1", *seen, "--json")))
    ended = {person: (process.communicate(timeout=SECONDS), process.returncode) for person, process in racers}
    codes = {person: code for person, (_, code) in ended.items()}
    assert sorted(codes.values()) == [0, 4], ended
    winner = next(person for person, code in codes.items() if code == 0)
    loser = next(person for person, code in codes.items() if code == 4)
    (won, _), _ = ended[winner]
    (lost, complaint), _ = ended[loser]
    assert json.loads(won)["card"]["holder"] == winner
    assert lost == ""
    assert complaint.startswith(f"Langkah 1 {TW1} sudah diubah oleh {winner}: mulai, ")
    assert [line["by"] for line in card.do(f"riwayat {TW1} --tindakan mulai")] == [winner]


def test_same_token_happens_once_and_answers_alike(card: Desk) -> None:
    first = card.do(f"mulai {TW1} 1 --token a1 --pada 2025-04-21T08:05", *LATE)
    before = card.dump()
    again = card.do(f"mulai {TW1} 1 --token a1 --pada 2025-04-21T08:05", *LATE)
    assert card.dump() == before
    assert (again["sequence"], again["hash"], again["repeated"]) == (first["sequence"], first["hash"], True)
    assert (first["repeated"], again["card"]) == (False, first["card"])
    assert "Token ini sudah dipakai" in card.refused(3, f"selesai {TW1} 1 --token a1")


def test_same_token_from_two_processes_happens_once(card: Desk) -> None:
    racers = [card.process("mulai", TW1, "1", "--token", "satu", "--json") for _ in range(2)]
    answers = [process.communicate(timeout=SECONDS) for process in racers]
    assert [process.returncode for process in racers] == [0, 0], answers
    assert len({json.loads(out)["sequence"] for out, _ in answers}) == 1
    assert sorted(json.loads(out)["repeated"] for out, _ in answers) == [False, True]


def test_closing_twice_with_one_token_closes_once(card: Desk) -> None:
    for step in range(1, 6):
        times = f"--mulai 2025-04-21T09:{step}0 --selesai 2025-04-21T09:{step}5"
        card.do(f"selesai {TW1} {step} {times}", *LATE)
    first = card.do(f"periode tutup {TW1} --token tutup-1")
    assert card.do(f"periode tutup {TW1} --token tutup-1")["sequence"] == first["sequence"]
    assert card.do(f"papan {TW1}")["closing_revision"] == 1

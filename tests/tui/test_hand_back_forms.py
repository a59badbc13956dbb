"""What the prompts of kembalikan and of a Tidak offer: the steps that a card can go back to, and whose they are."""

from __future__ import annotations

import pytest

from sakip_tui.prompts import questions
from sakip_tui.prompts.form import Response
from sakip_tui.prompts.matter import Matter
from sakip_tui.views.board import BoardView, build_board
from sakip_tui.views.offers import can_do
from sop.look.card import Card
from sop.model.commands import Typed
from tests.sop.flow import shapes
from tests.sop.flow.book import TW1, Book


@pytest.fixture
def book() -> Book:
    """A region 2-4 of A, B and C between plain steps; the decision at 6 sends back to 3."""
    made = Book(shapes.decisions(), now="2025-11-03 08:00")
    made.reach(TW1, 2)
    return made


def board(book: Book) -> BoardView:
    apart = dict.fromkeys((2, 3, 4), True)
    return build_board(book, TW1, apart)


def card_at(view: BoardView, step: int, bidang: str | None = None) -> Card:
    return view.cards[step, bidang or ""].card


def read(text: str, place: str) -> Typed:
    raise AssertionError("no time was typed")


def answered(book: Book, step: int, bidang: str | None, choice: str, *marked: str) -> None:
    """Answer the prompt of kembalikan on a card, and do what it asks."""
    view = board(book)
    question = questions.hand_back(Matter(view, card_at(view, step, bidang)))
    answer = Response(choice, {"note": "ulang", "bidang": "\n".join(marked)})
    book.apply(question.command(answer, read))


def offered(book: Book, step: int, bidang: str | None = None) -> list[str]:
    view = board(book)
    card = card_at(view, step, bidang)
    if not can_do(view, card).hand_back:
        return []
    return [choice.code for choice in questions.hand_back(Matter(view, card)).form.choices]


def test_a_bidang_is_offered_its_own_steps_and_those_before_the_region(book: Book) -> None:
    book.finish(TW1, 2, "A")
    assert offered(book, 3, "A") == ["2", "1"]
    assert offered(book, 2, "A") == ["2", "1"], "the step that it finished may be done again"
    assert offered(book, 2, "B") == ["1"]
    answered(book, 3, "A", "2", "A")
    assert book.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]


def test_a_waiting_join_is_offered_what_bidang_have_finished(book: Book) -> None:
    assert offered(book, 5) == []
    for number in (2, 3):
        book.finish(TW1, number, "B")
    book.finish(TW1, 2, "C")
    assert offered(book, 5) == ["3", "2"]
    view = board(book)
    form = questions.hand_back(Matter(view, card_at(view, 5))).form
    assert form.marks is not None
    assert form.marks.options == ("B", "C")
    answered(book, 5, None, "2", "B", "C")
    assert book.open_steps(TW1) == [(2, "A"), (2, "B"), (2, "C")]


def test_once_the_join_is_open_a_bidang_goes_back_from_the_step_at_work(book: Book) -> None:
    book.reach(TW1, 6)
    assert offered(book, 4, "B") == ["4", "3", "2", "1"]
    answered(book, 4, "B", "4", "B")
    assert book.open_steps(TW1) == [(4, "B")]
    assert book.log[-1].step == 6


def test_from_after_the_join_no_mark_means_all_but_those_that_gabung_left_out(book: Book) -> None:
    for number in (2, 3, 4):
        book.finish(TW1, number, "A")
    for number in (2, 3, 4):
        book.finish(TW1, number, "B")
    book.do("gabung", TW1, reason="tanpa C")
    assert offered(book, 5) == ["4", "3", "2", "1"]
    view = board(book)
    marks = questions.hand_back(Matter(view, card_at(view, 5))).form.marks
    assert marks is not None
    assert marks.label == "Hanya bidang yang ditandai (tanpa tanda: semua bidang kecuali C, yang dulu ditinggal)"
    answered(book, 5, None, "3")
    assert book.open_steps(TW1) == [(3, "A"), (3, "B")]


def test_a_tidak_into_a_region_asks_which_bidang(book: Book) -> None:
    book.reach(TW1, 6)
    book.do("mulai", TW1, 6)
    view = board(book)
    question = questions.decide(Matter(view, card_at(view, 6)))
    assert question.form.marks is not None
    assert question.form.marks.options == ("A", "B", "C")
    assert not question.form.marks.applies("ya")
    assert "Kembali ke langkah 3" in question.form.choices[1].detail
    book.apply(question.command(Response("tidak", {"note": "B", "bidang": "B"}), read))
    assert book.open_steps(TW1) == [(3, "B")]


def test_a_tidak_to_a_plain_step_asks_for_no_bidang(book: Book) -> None:
    book.reach(TW1, 5)
    book.do("mulai", TW1, 5)
    book.do("ajukan", TW1, 5)
    view = board(book)
    assert questions.decide(Matter(view, card_at(view, 5))).form.marks is None

"""A period's cards as they stand at one moment: what the board, an answer to an act and a reminder are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from db.rows import Board
from sakip_tui.cli.shapes import Document, card_document
from sop.acts.closing import Closing, closing_of
from sop.acts.procedure import procedure
from sop.look.cards import Card, board_cards, standing
from sop.look.standing import Stand
from sop.model.definition import Sop


@dataclass(frozen=True, slots=True)
class Dealt:
    """One card with its standing."""

    card: Card
    standing: Stand

    def document(self, offset: int) -> Document:
        return card_document(self.card, self.standing, offset)


def sop_of(board: Board, period: str) -> Sop:
    """The version that the period's case runs on; the newest while there is none."""
    case = board.state.case_of(period)
    return board.versions[board.newest_version if case is None else case.sop_version]


def deal(board: Board, period: str, now: int) -> list[Dealt]:
    """The cards of a period by step; empty for a pure roll-up."""
    cards = board_cards(board.state, period, sop_of(board, period), board.cadence, board.bidang, board.settings)
    return [Dealt(card, standing(card, now, board.calendar, board.settings)) for card in cards]


def closing_in(board: Board, period: str) -> Closing:
    """Whether a period can be closed, and what stands in the way."""
    return closing_of(board.state, period, procedure(sop_of(board, period), period, board.cadence))

"""A period's cards as they stand at one moment: what the board, an answer to an act and a reminder are drawn from."""

from __future__ import annotations

from db.rows import Board
from sakip_tui.cli.shapes import Document, card_document, iso, period_document
from sop.look.card import Card, standing
from sop.look.cards import board_cards
from sop.look.standing import Stand
from sop.look.year import version_of
from sop.values import Frozen


class Dealt(Frozen):
    """One card with its standing."""

    card: Card
    standing: Stand

    def document(self, offset: int) -> Document:
        return card_document(self.card, self.standing, offset)


def deal(board: Board, period: str, now: int) -> list[Dealt]:
    """The cards of a period by step; empty for a pure roll-up."""
    cards = board_cards(board, period)
    return [Dealt(card, standing(card, now, board.calendar, board.settings)) for card in cards]


def board_document(board: Board, cards: list[Document], now: int, offset: int) -> Document:
    """The whole board of a period."""
    return {
        **period_document(board, board.period),
        "office": board.address.office,
        "office_name": board.office_name,
        "sop": board.address.sop,
        # A roll-up has no steps, and what its periods ran on stands with them.
        "sop_version": version_of(board, board.period) if board.state.periods[board.period].has_case else None,
        "now": iso(now, offset),
        "cards": cards,
    }

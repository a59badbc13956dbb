"""The year that `[PERIODE]` means, for commands that tell of a whole one."""

from __future__ import annotations

from db import case_queries, queries
from db.rows import Board
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import require_period
from sop.model.periods import split


def year_asked(session: Session) -> tuple[Board, str | None]:
    """The year of the period that is named, else the newest; and that period. Raises Unknown, UnknownYear."""
    period = session.period_given()
    named = period or queries.standing(session.database, session.address).periods[-1].key
    board = case_queries.year_board(session.database, session.address, split(named)[0], session.now)
    if period is not None:
        require_period(board, period)
    return board, period

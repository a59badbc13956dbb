"""The year and the period that `[PERIODE]` means, for commands that tell of a whole year: unnamed those that the board
shows first."""

from __future__ import annotations

from db import case_queries, queries
from db.rows import Board
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import require_period
from sakip_tui.views.board import first_period
from sop.model.periods import split


def year_asked(session: Session) -> tuple[Board, str]:
    """The year of the period that is named, and that period. Raises Unknown, UnknownYear."""
    period = session.period_given()
    year = split(period)[0] if period is not None else year_at_work(session)
    board = case_queries.year_board(session.database, session.address, year, session.now)
    if period is None:
        return board, first_period(board, session.now)
    require_period(board, period)
    return board, period


def year_at_work(session: Session) -> int:
    """The year that the board opens on."""
    address = session.address
    found = queries.year_at_work(session.database, address.office, session.now, address.sop)
    assert found is not None
    return found

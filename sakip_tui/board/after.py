"""A board after an act, from what the act gave back: nothing is read a second time. Pure values."""

from __future__ import annotations

from db.rows import Board
from sakip_tui.desk import After
from sop.model.state import YearState
from sop.values import replace


def board_after(board: Board, after: After | None) -> Board | None:
    """The board with what an act made of it.

    Args:
        board: As it was read before the act.
        after: What the act left behind; None for one that was done before.

    Returns:
        None where the board has to be read anew: the act was done before, is of another year or office, or there is
        now a case or an SOP version that the board does not hold.
    """
    if after is None or after.address != board.address or after.state.periods.keys() != board.state.periods.keys():
        return None
    known = {**board.state.cases, **after.state.cases}
    newest = {(key, period.last_case) for key, period in after.state.periods.items() if period.last_case}
    if not newest <= known.keys():
        return None
    cases = {key: case for key, case in known.items() if key in newest}
    if not {case.sop_version for case in cases.values()} <= board.versions.keys():
        return None
    return replace(board, state=YearState(after.state.periods, cases), head=after.head)

"""How the due moment of a card came about, day by day: for its page and for `sakip kartu --json`. Pure."""

from __future__ import annotations

from sakip_tui.views.board import BoardView, CardView
from sop.look.explained import explained_run
from sop.time.explain import Explanation
from sop.time.work_calendar import WorkCalendar


def explained(view: CardView, board: BoardView, calendar: WorkCalendar, now: int) -> Explanation | None:
    """How the due moment of a card came about.

    Args:
        view: The card.
        board: The period it stands on.
        calendar: For an ended step the revision that it was judged by.
        now: Moment of looking.

    Returns:
        None for a step that has not been reached, or a card that stands for several bidang.
    """
    case, step = board.case, board.step_of(view.card)
    run = None if case is None else case.current((view.card.step, view.card.bidang))
    if case is None or step is None or run is None:
        return None
    return explained_run(run, step, case.holds, view.card.clocks, calendar, now)


def judged_by(view: CardView, board: BoardView) -> int | None:
    """Revision of the calendar that a card's verdict rests on; None while it has none."""
    run = None if board.case is None else board.case.current((view.card.step, view.card.bidang))
    return None if run is None or run.verdict is None else run.verdict.calendar_revision

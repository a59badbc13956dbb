"""What the flow's own acts do to the data of a period: what a first step takes in, what a closing freezes.

Which run the rows of an owner hang on follows from the cases as they stand (`sop/acts/data_seats.py`). Pure: each
returns the state after.
"""

from __future__ import annotations

from sop.kinerja.consolidation import leaves_below, live_report
from sop.kinerja.state import ClosedData, KinerjaState
from sop.model.periods import children_of
from sop.values import replace


def taken_in(state: KinerjaState, key: str) -> KinerjaState:
    """The first step of a semester or year is finished, or a roll-up is closed: which closing of each child it took. A
    child that was waived before it was ever closed is not among them, and its figures are missing."""
    children = {child: state.period(child).closing for child in children_of(key) if child in state.closed}
    return state.with_period(replace(state.period(key), taken=children))


def frozen(state: KinerjaState, key: str, number: int) -> ClosedData | None:
    """What a closing freezes: values, targets, settings and all that is computed; None where there is nothing of it. A
    roll-up takes its children in now."""
    if state.period(key).taken is None and children_of(key):
        state = taken_in(state, key)
    report, leaves = live_report(state, key), leaves_below(state, key)
    return ClosedData.of(number, report, leaves) if report.rows or leaves else None


def closed(state: KinerjaState, key: str, found: ClosedData) -> KinerjaState:
    """A period is closed with what was frozen."""
    period = state.period(key)
    if period.taken is None and children_of(key):
        period = taken_in(state, key).period(key)
    return state.with_period(replace(period, closings=(*period.closings, found)))


def reopened(state: KinerjaState, key: str, *, rolls_up: bool) -> KinerjaState:
    """A closed period is open again. What its first step took in stands until that is done again; a pure roll-up looks
    at its children anew."""
    return state.with_period(replace(state.period(key), taken=None)) if rolls_up else state

"""What the flow of a case does to its data: runs that open carry rows along, periksa accepts, a closing freezes.

Called by the effects of the flow's own acts, with what their events hold. Pure: each returns the state after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sop.kinerja.checking import accepted
from sop.kinerja.consolidation import leaves_below, live_report
from sop.kinerja.form import Owner
from sop.kinerja.state import CheckSeat, ClosedData, DataSeat, FillTurn, KinerjaState
from sop.model.periods import children_of
from sop.model.state import PeriodPhase


def opened(state: KinerjaState, key: str) -> KinerjaState:
    """A period is open from here on."""
    return state.with_period(replace(state.period(key), phase=PeriodPhase.BUKA))


def held(state: KinerjaState, key: str, is_held: bool) -> KinerjaState:
    """The period's case stands still, or goes on."""
    return state.with_period(replace(state.period(key), held=is_held))


def seated(state: KinerjaState, key: str, owners: Iterable[Owner], seat: DataSeat) -> KinerjaState:
    """The run that the rows of some owners hang on, as it is now. A new attempt begins with the rows of the last one,
    whatever led to it, in a new case too; marks and what was accepted go along."""
    period = state.period(key)
    for owner in owners:
        turns = period.fillings.get(owner, {})
        if seat.turn not in turns:
            last: FillTurn | None = max((turn for turn in turns if turn < seat.turn), default=None)
            rows = {} if last is None else turns[last]
            period = period.with_rows(owner, seat.turn, rows)
        period = replace(period, seats={**period.seats, owner: seat})
    return state.with_period(period)


def place_of(owner: Owner, frozen: tuple[str, ...] | None) -> str | None:
    """The bidang of the isian run that an owner's rows hang on; None where they hang on no bidang's run.

    Args:
        owner: Whose rows.
        frozen: The list frozen at the region's entry; None where the isian step is not per bidang. The office's own
            rows and those of an owner outside the list hang on the first step after the join.
    """
    return owner if frozen is not None and owner in frozen else None


def check_began(state: KinerjaState, key: str, check: CheckSeat) -> KinerjaState:
    """The step that accepts is reached, or done anew."""
    return state.with_period(replace(state.period(key), check=replace(check, finished=False)))


def check_finished(state: KinerjaState, key: str) -> KinerjaState:
    """The step that accepts is selesai: every row that is unmarked or answered is accepted. Lewati calls nothing."""
    after = accepted(state, key)
    period = after.period(key)
    return after.with_period(replace(period, check=replace(period.check, finished=True)))


def taken_in(state: KinerjaState, key: str, closings: Mapping[str, int]) -> KinerjaState:
    """The first step of a semester or year is finished: which closing of each child it took. A child that was waived
    before it was ever closed is not among them, and its figures are missing."""
    return state.with_period(replace(state.period(key), taken=dict(closings)))


def closed(state: KinerjaState, key: str) -> KinerjaState:
    """A period is closed: values, targets, settings and all that is computed are frozen. A roll-up takes its children
    in now."""
    period = state.period(key)
    if period.taken is None:
        children = {child: len(state.period(child).closings) for child in children_of(key) if child in state.closed}
        state = taken_in(state, key, children)
        period = state.period(key)
    frozen = ClosedData(live_report(state, key), dict(leaves_below(state, key)))
    return state.with_period(replace(period, phase=PeriodPhase.TUTUP, closings=(*period.closings, frozen)))


def reopened(state: KinerjaState, key: str) -> KinerjaState:
    """A closed period is open again. What its first step took in stands until that is done again; a roll-up looks at
    its children anew."""
    period = state.period(key)
    taken = period.taken if period.seats else None
    return state.with_period(replace(period, phase=PeriodPhase.BUKA, taken=taken))

"""tandai and terima, and what finishing the step that accepts does to the rows."""

from __future__ import annotations

from sop.kinerja.data_act import DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.state import EMPTY_ROW, DataPeriod, KinerjaState, RowMark
from sop.model.refusals import Refused, Rule
from sop.model.state import RunPhase
from sop.values import replace


def judge_tandai(ruling: DataRuling) -> DataEvent:
    period = ruling.open_period()
    form = ruling.form(period)
    _require_marking(period)
    lane = ruling.require_checker(period.check.lanes)
    seat = ruling.seat(period)
    ruling.require_handed_in(seat)
    if ruling.note is None:
        raise Refused(Rule.COMMENT_NEEDED, act=ruling.command.act)
    rows = period.rows(ruling.command.owner)
    marks = {row.key: rows.get(row.key, EMPTY_ROW).mark for row in ruling.rows_named(form, ruling.command.codes)}
    fresh = [key for key, mark in marks.items() if mark is None or mark.answered or mark.note != ruling.note]
    if not fresh:
        raise Refused(Rule.NOTHING_CHANGED, period=period.key, owner=ruling.command.owner)
    return ruling.event({"case": seat.case, "attempt": seat.attempt, "rows": fresh, "note": ruling.note}, lane)


def effect_tandai(state: KinerjaState, event: DataEvent) -> KinerjaState:
    return _remarked(state, event, RowMark(event.data["note"], event.by, event.at))


def judge_terima(ruling: DataRuling) -> DataEvent:
    period = ruling.open_period()
    form = ruling.form(period)
    _require_marking(period)
    lane = ruling.require_checker(period.check.lanes)
    seat = ruling.seat(period)
    rows = period.rows(ruling.command.owner)
    named = ruling.rows_named(form, ruling.command.codes)
    bare = tuple(row.indicator.code for row in named if rows.get(row.key, EMPTY_ROW).mark is None)
    if bare or not named:
        raise Refused(Rule.NOT_MARKED, rows=bare, owner=ruling.command.owner)
    data = {"case": seat.case, "attempt": seat.attempt, "rows": [row.key for row in named]}
    return ruling.event(data, lane)


def effect_terima(state: KinerjaState, event: DataEvent) -> KinerjaState:
    return _remarked(state, event, None)


def refuse_marked(state: KinerjaState, key: str) -> None:
    """The guard of selesai and of lewati on periksa. Raises Refused while a mark stands unanswered."""
    period = state.period(key)
    marked = period.marked([owner for owner, seat in period.seats.items() if seat.counts])
    if marked:
        raise Refused(Rule.ROWS_MARKED, period=key, rows=tuple(marked))


def accepted(state: KinerjaState, key: str) -> KinerjaState:
    """What finishing the step that accepts makes of the rows: each that is unmarked or answered is accepted."""
    period = state.period(key)
    for owner, seat in period.seats.items():
        if not seat.counts or seat.phase is not RunPhase.SELESAI:
            continue
        rows, keys = period.rows(owner), [row.key for row in period.form_rows(owner)]
        held = {key: rows[key] for key in keys if key in rows and not rows[key].wants_answer}
        taken = {key: replace(row, mark=None, accepted=row.isian or row.accepted) for key, row in held.items()}
        period = period.with_rows(owner, seat.turn, taken)
    return state.with_period(period)


def _require_marking(period: DataPeriod) -> None:
    if not period.check.marks:
        raise Refused(Rule.NO_PERIKSA, period=period.key)
    if period.check.finished:
        raise Refused(Rule.PERIKSA_DONE, period=period.key)


def _remarked(state: KinerjaState, event: DataEvent, mark: RowMark | None) -> KinerjaState:
    period = state.period(event.period or "")
    turn = int(event.data["case"]), int(event.data["attempt"])
    rows = period.rows_at(event.owner, turn)
    put = {key: replace(rows.get(key, EMPTY_ROW), mark=mark) for key in event.data["rows"]}
    return state.with_period(period.with_rows(event.owner, turn, put))

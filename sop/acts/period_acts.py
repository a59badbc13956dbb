"""The acts on a period (second table of rules part 3): judge and effect of each side by side."""

from __future__ import annotations

from typing import Any

from sop.acts.closing import closing_of
from sop.acts.deed import Deed
from sop.acts.flow import Draft
from sop.acts.gates import stale_children, waiting_children
from sop.acts.rejudge import judged_anew, take_new_verdicts
from sop.acts.ruling import Ruling
from sop.loading import load
from sop.look.figures import period_figures
from sop.look.signers import frozen_signers
from sop.model.act import Act
from sop.model.events import ENDING_ACTS, Event
from sop.model.periods import ancestors_of, children_of, first_day, parent_of
from sop.model.refusals import Refused, Rule
from sop.model.state import CasePhase, PeriodPhase, Waiver

FROZEN_DATA = "sop.acts.data_flow:frozen"
"""What a closing freezes of data kinerja: loaded for an office with indicators alone."""


def judge_buka(ruling: Ruling) -> Event:
    lane = ruling.managed_period()
    ruling.require_procedure()
    if ruling.period.phase is not PeriodPhase.BELUM:
        raise Refused(Rule.PERIOD_IS_OPEN, period=ruling.period.key)
    _refuse_under_closed_ancestor(ruling)
    first = first_day(ruling.period.key)
    opening = ruling.context.calendar.instant(first, 0)
    at, late, doubted = ruling.plain_effective(max(ruling.period.moment or 0, _ancestors_reopened(ruling)))
    if at < opening:
        raise Refused(Rule.BEFORE_PERIOD, period=ruling.period.key, first_day=opening, typed=at)
    data = {"sop_version": ruling.context.current_version}
    return ruling.event((at, late, doubted), lane=lane, case=1, data=data)


def effect_buka(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def _refuse_under_closed_ancestor(ruling: Ruling) -> None:
    """The outermost closed ancestor is named: it is the one to reopen first."""
    closed = [
        key
        for key in ancestors_of(ruling.period.key)
        if key in ruling.state.periods and ruling.state.periods[key].phase is PeriodPhase.TUTUP
    ]
    if closed:
        raise Refused(Rule.ANCESTOR_CLOSED, period=ruling.period.key, ancestor=closed[-1], closed=tuple(closed))


def _ancestors_reopened(ruling: Ruling) -> int:
    """The last reopening of any ancestor: nothing below it was opened while it was closed."""
    above = [key for key in ancestors_of(ruling.period.key) if key in ruling.state.periods]
    if not any(ruling.state.periods[key].reopenings for key in above):
        return 0
    found = (event.at for event in ruling.context.history() if event.act is Act.BUKA_KEMBALI and event.period in above)
    return max(found, default=0)


def judge_bebaskan(ruling: Ruling) -> Event:
    lane = ruling.managed_period()
    child = (ruling.command.child or "").strip().upper()
    kept = tuple(key for key in children_of(ruling.period.key) if key in ruling.state.periods)
    if child not in kept:
        raise Refused(Rule.NOT_A_CHILD, period=ruling.period.key, child=child, children=kept)
    ruling.require_reason()
    in_the_way = child in waiting_children(ruling.period, ruling.state.periods)
    stale = child in stale_children(ruling.state, ruling.period.key, ruling.steps)
    if not in_the_way and not stale:
        raise Refused(Rule.NOTHING_TO_WAIVE, period=ruling.period.key, child=child)
    own = ruling.case.last_moment if ruling.case is not None else None
    moments = [ruling.period.moment, ruling.state.periods[child].moment, own]
    bound = max(moment or 0 for moment in moments)
    return ruling.event(ruling.plain_effective(bound), lane=lane, data={"child": child})


def effect_bebaskan(draft: Draft, event: Event) -> None:
    period = draft.period(event)
    child = event.data["child"]
    waiver = Waiver(event.at, draft.periods[child].reopenings)
    draft.move_period(event, waivers={**period.waivers, child: waiver})
    draft.try_gate(period.key, event)


def judge_tutup(ruling: Ruling) -> Event:
    lane = ruling.managed_period()
    if ruling.period.phase is PeriodPhase.BELUM:
        raise Refused(Rule.PERIOD_NOT_OPEN, period=ruling.period.key)
    state, period, case = ruling.state, ruling.period, ruling.case
    closing = closing_of(state, period.key, ruling.steps)
    if not closing.is_free:
        raise Refused(
            Rule.CLOSE_BLOCKED,
            period=period.key,
            open=closing.work,
            phase=closing.case_phase,
            children=closing.children,
            stale=closing.stale,
        )
    moments = [period.moment, case.last_moment if case is not None else None]
    for key in children_of(period.key):
        child = state.periods.get(key)
        if child is not None:
            moments.append(child.closed_at if child.phase is PeriodPhase.TUTUP else None)
            moments.append(period.waivers[key].at if key in period.waivers else None)
    bound = max(moment or 0 for moment in moments)
    when = ruling.plain_effective(bound)
    data = {
        "closing": period.closings + 1,
        "figures": period_figures(state, period.key, ruling.context),
        "calendar_revision": ruling.context.calendar.revision,
        "head": ruling.context.head,
        "sop": _sop_as_it_stands(ruling),
    }
    if signers := frozen_signers(ruling.context.signers(), period.key):
        data["signers"] = signers
    uncounted = uncounted_children(ruling)
    if uncounted:
        data["uncounted"] = uncounted
    if ruling.register is not None and (kinerja := load(FROZEN_DATA)(ruling, period.closings + 1)) is not None:
        data["kinerja"] = kinerja
    return ruling.event(when, lane=lane, data=data)


def effect_tutup(draft: Draft, event: Event) -> None:
    period = draft.period(event)
    draft.move_period(event, phase=PeriodPhase.TUTUP, closings=period.closings + 1, closed_at=event.at)
    parent = parent_of(period.key)
    if parent is not None and parent in draft.periods:
        draft.try_gate(parent, event)


def _sop_as_it_stands(ruling: Ruling) -> dict[str, Any]:
    """What a closing freezes of the SOP: the newest version, and what the office had confirmed of each. A definition
    never changes, so nothing else of it has to be kept."""
    context = ruling.context
    confirmed = {
        str(version): [list(one) for one in context.confirmed(version)] for version in sorted(context.versions)
    }
    return {
        "version": context.current_version,
        "confirmed": {version: found for version, found in confirmed.items() if found},
    }


def uncounted_children(ruling: Ruling) -> dict[str, int]:
    """Waived children that closed after the first step was finished -> that step: what they closed with is not in.

    By the order of the log: a closing may be recorded afterwards for a moment before the step's end.
    """
    case, period = ruling.case, ruling.period
    if case is None or case.phase is not CasePhase.SELESAI:
        return {}
    closed = [
        key
        for key in children_of(period.key)
        if key in period.waivers and ruling.state.periods[key].phase is PeriodPhase.TUTUP
    ]
    first = ruling.require_procedure().first
    runs = [run for run in case.runs.values() if run.step == first and run.valid]
    if not closed or not runs:
        return {}
    log = ruling.context.history()
    acts = {event.sequence: event.act for event in log}
    finished = min(max(number for number in run.acts if acts[number] in ENDING_ACTS) for run in runs if run.acts)
    last_closing = {event.period: event.sequence for event in log if event.act is Act.TUTUP}
    return {key: first for key in closed if last_closing[key] > finished}


def judge_buka_kembali(ruling: Ruling) -> Event:
    ruling.check_revision()
    lane = ruling.require_manager()
    if ruling.period.phase is not PeriodPhase.TUTUP:
        raise Refused(Rule.PERIOD_IS_OPEN, period=ruling.period.key, phase=ruling.period.phase)
    _refuse_under_closed_ancestor(ruling)
    ruling.require_reason()
    context = ruling.context
    calendar_at = context.calendar_at or (lambda revision: context.calendar)
    judged = judged_anew(ruling.state, [ruling.period.key], context.versions, context.settings, calendar_at)
    data = {"judged": judged} if judged else None
    bound = max(ruling.period.moment or 0, _ancestors_reopened(ruling))
    return ruling.event(ruling.plain_effective(bound), lane=lane, data=data)


def effect_buka_kembali(draft: Draft, event: Event) -> None:
    take_new_verdicts(draft, event)
    draft.move_period(event, phase=PeriodPhase.BUKA, reopenings=draft.period(event).reopenings + 1)


DEEDS = {
    Act.BUKA: Deed(judge_buka, effect_buka),
    Act.BEBASKAN: Deed(judge_bebaskan, effect_bebaskan),
    Act.TUTUP: Deed(judge_tutup, effect_tutup),
    Act.BUKA_KEMBALI: Deed(judge_buka_kembali, effect_buka_kembali),
}

"""Putting right what was recorded: koreksi changes an ended run's facts, urung takes the last act back.

Neither deletes anything (rule 7): both are events, and the state is what replaying the log makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sop.acts.case_acts import open_region
from sop.acts.deed import Deed
from sop.acts.flow import Draft, close_last, run_label, sent_back_by
from sop.acts.gates import is_waived
from sop.acts.procedure import Procedure
from sop.acts.rejudge import is_judged_by_old_rule
from sop.acts.ruling import Ruling, raised
from sop.acts.run_acts import evidence_data
from sop.acts.run_moves import acted, recompute_verdicts
from sop.model.act import DATA_ACTS, SPECS, Act, Undo
from sop.model.commands import Typed
from sop.model.events import ENDING_ACTS, Event, undone_by
from sop.model.periods import ancestors_of
from sop.model.refusals import Refused, Rule
from sop.model.state import (
    GATE,
    Answer,
    CaseKey,
    CasePhase,
    CaseState,
    Evidence,
    Opening,
    PeriodState,
    RunKey,
    RunPhase,
    RunState,
)
from sop.values import asdict, replace

UNDO_SECONDS = 15 * 60
"""How long the author of an act may take it back."""


def judge_koreksi(ruling: Ruling) -> Event:
    """Change times, note or evidence of an ended run; ready and verdicts of what followed move along."""
    case, step, run = ruling.require_run()
    ruling.require_phase(run, RunPhase.SELESAI)
    ruling.require_holder(run)
    lane = ruling.lane_of(step)
    command = ruling.command
    if run.taken_over and command.started is not None:
        raise Refused(Rule.TAKEN_OVER, step=run.step, bidang=run.bidang)
    floor = _finished_after(ruling, case, run)
    started = None if command.started is None else _meant(command.started, run.started, run.ready, case)
    ended = None if command.ended is None else _meant(command.ended, run.ended, max(_before_end(run), floor), case)
    data: dict[str, Any] = {}
    if started not in (None, run.started):
        data["started"] = started
    if ended not in (None, run.ended):
        data["ended"] = ended
    if command.evidence is not None:
        data["evidence"] = [evidence_data(command.evidence)]
    if not data and ruling.note is None:
        raise Refused(Rule.NOTHING_CHANGED, step=run.step, bidang=run.bidang)
    changed = corrected(run, started, ended)
    moved = _moved(case, changed, ruling.require_procedure())
    _check_koreksi(ruling, moved, run, changed)
    following = successors(moved, run.key)
    judged = [changed] if changed.verdict is not None else []
    judged += [other for other in following if _is_judged(other) and not _is_sent_back(other)]
    data["verdicts"] = ruling.verdicts(moved, judged)
    data["keeps"] = [run_label(other.key) for other in following if _is_sent_back(other)]
    data["before"] = _times(run)
    note = run.note if ruling.note is None else ruling.note
    data["after"] = _times(changed) | {"note": note, "verdict": data["verdicts"].get(run_label(run.key))}
    at, late, doubted = ruling.plain_effective(max(run.last_moment, changed.last_moment))
    for moment in (started, ended):
        if moment is not None and moment not in (run.started, run.ended):
            late = ruling.is_late_entry(moment) or late
    return ruling.event((at, late, doubted), lane=lane, run=run, data=data)


def effect_koreksi(draft: Draft, event: Event) -> None:
    run = corrected(acted(draft.run(event), event), event.data.get("started"), event.data.get("ended"))
    if "evidence" in event.data:
        run = replace(run, evidence=tuple(Evidence(**item) for item in event.data["evidence"]))
    key = event.case_key
    draft.put_run(key, run)
    _move_successors(draft, key, run, event)


def corrected(run: RunState, started: int | None, ended: int | None) -> RunState:
    """The run with another start or end; the first and last stretch of work move along."""
    if started is not None:
        work = ((started, run.work[0][1]), *run.work[1:]) if run.work else ((started, run.ended),)
        run = replace(run, started=started, work=work)
    if ended is not None and run.ended is not None:
        old = run.ended
        # Handed in and decided in the same second: only the stretch that the end closed moves along.
        if run.waits and run.handed_in_by is not None:
            return replace(run, ended=ended, waits=close_last(run.waits, ended, old))
        run = replace(run, ended=ended, work=close_last(run.work, ended, old))
    return run


def _move_successors(draft: Draft, key: CaseKey, run: RunState, event: Event) -> None:
    case = draft.cases[key]
    # Who was sent back by the run keeps its ready; before that stood in the event, it moved along as well.
    keeps = event.data.get("keeps")
    for following in successors(case, run.key):
        if keeps is None or run_label(following.key) not in keeps:
            draft.put_run(key, replace(following, ready=ready_of(case, following, draft.steps(case))))
    recompute_verdicts(draft, key, event)
    steps = draft.steps(case)
    if case.phase is CasePhase.SELESAI and run.valid and steps.next_of(run.step) is None:
        draft.put_case(replace(draft.cases[key], ended=run.ended))
    if keeps is None and case.gate_since is not None and sent_back_by(case) == run and run.ended is not None:
        draft.put_case(replace(draft.cases[key], gate_since=run.ended))


def successors(case: CaseState, key: RunKey) -> list[RunState]:
    """Runs in the view whose ready comes from the end of that run."""
    return [run for run in case.runs.values() if key in run.origins]


def ready_of(case: CaseState, run: RunState, steps: Procedure) -> int:
    """A run's ready worked out again from the ends it depends on."""
    ends = [case.runs[origin].ended or 0 for origin in run.origins]
    region = steps.region_joined_at(run.step)
    floor = case.region_floors.get(region.first, 0) if region is not None and run.opening is Opening.JOIN else 0
    if run.step == steps.first:
        floor = min(case.region_floors.get(GATE, 0), run.ready)
    return max([*ends, floor])


def _times(run: RunState) -> dict[str, Any]:
    return {
        "started": run.started,
        "ended": run.ended,
        "note": run.note,
        "verdict": asdict(run.verdict) if run.verdict is not None else None,
    }


def _meant(typed: Typed, known: int | None, bound: int, case: CaseState) -> int:
    """A typed minute that covers the known moment leaves it; else it is raised to a bound within the same minute, the
    end of a hold among them.
    """
    if known is not None and typed.at <= known < typed.at + typed.width:
        return known
    resumed = [end for start, end in case.holds if end is not None and start < typed.at]
    return max(raised(typed, each) for each in (bound, *resumed))


def _finished_after(ruling: Ruling, case: CaseState, run: RunState) -> int:
    """What a corrected end stays behind, beside the run's own moments; 0 for a run whose end let nothing through."""
    if not run.valid or run.answer is Answer.TIDAK or run.ended is None:
        return 0
    return ruling.finishing_bound(case, run, known=run.ended)


def _before_end(run: RunState) -> int:
    """The last moment of a run before its end."""
    return max((moment for moment in run.moments() if moment != run.ended), default=run.ready)


def _is_judged(run: RunState) -> bool:
    return run.phase is RunPhase.SELESAI and run.verdict is not None


def _check_order(ruling: Ruling, case: CaseState, run: RunState, changed: RunState) -> None:
    """ready <= start <= every stretch in turn <= end <= now, and nothing new inside a hold."""
    stretches = sorted((*changed.work, *changed.pauses, *changed.waits), key=_start_and_end)
    in_order = [changed.ready]
    if changed.started is not None:
        in_order.append(changed.started)
    for start, end in stretches:
        in_order += [start, start if end is None else end]
    assert changed.ended is not None
    in_order.append(changed.ended)
    if in_order != sorted(in_order):
        raise Refused(Rule.OUT_OF_ORDER, step=run.step, bidang=run.bidang, ready=run.ready, moments=tuple(in_order))
    if changed.ended > ruling.context.now and changed.ended != run.ended:
        raise Refused(Rule.FUTURE, typed=changed.ended, now=ruling.context.now)
    for moment in {changed.started, changed.ended} - {run.started, run.ended, None}:
        assert moment is not None
        for start, end in case.holds:
            if start < moment and (end is None or moment < end):
                raise Refused(Rule.IN_HOLD, typed=moment, start=start, end=end)


def _start_and_end(interval: tuple[int, int | None]) -> tuple[int, int]:
    return interval[0], interval[0] if interval[1] is None else interval[1]


def _check_koreksi(ruling: Ruling, moved: CaseState, run: RunState, changed: RunState) -> None:
    """The guard of koreksi, and of taking one back.

    Args:
        ruling: Of the act.
        moved: The case with the run changed and what follows moved along.
        run: The run as it stands.
        changed: As it is to stand.

    Raises:
        Refused: Moments would be out of order, inside a hold or in the future, or before those that lean on them.
    """
    _check_order(ruling, moved, run, changed)
    _check_let_through(ruling, moved, run, changed)
    _check_overtaken(moved, run, changed)
    _check_parent(ruling, moved, run, changed)
    _check_successors(moved, changed)


def _check_let_through(ruling: Ruling, case: CaseState, run: RunState, changed: RunState) -> None:
    """A corrected end stays behind what the step had to wait for."""
    floor = _finished_after(ruling, case, run)
    if changed.ended != run.ended and (changed.ended or 0) < floor:
        raise ruling.before(changed.ended or 0, floor)


def _check_overtaken(case: CaseState, run: RunState, changed: RunState) -> None:
    """An overtaken run cannot come to end after the act that overtook it, nor a Tidak after the reopening it made."""
    if run.cut_by is None or changed.ended == run.ended:
        return
    if run.cut_by in run.acts:
        waiting = sent_back_by(case)
        is_at_gate = case.gate_since is not None and waiting is not None and waiting.key == run.key
        limit = case.gate_since if is_at_gate else None
    else:
        opened = [other.ready for other in case.runs.values() if other.opened_by == run.cut_by]
        limit = min(opened, default=case.moment)
    assert changed.ended is not None
    if limit is not None and changed.ended > limit:
        raise Refused(Rule.SUCCESSOR_MOVED, step=run.step, bidang=run.bidang, moment=limit)


def _check_parent(ruling: Ruling, case: CaseState, run: RunState, changed: RunState) -> None:
    """A case cannot come to end after the parent period has begun to work with it."""
    if case.phase is not CasePhase.SELESAI or run.ended == changed.ended or not run.valid:
        return
    if ruling.require_procedure().next_of(run.step) is not None:
        return
    assert changed.ended is not None
    for other in _runs_that_took_in(ruling):
        early = [moment for moment in other.moments() if moment < changed.ended]
        if early and other.valid:
            raise Refused(Rule.SUCCESSOR_MOVED, step=other.step, bidang=other.bidang, moment=min(early))


def _runs_that_took_in(ruling: Ruling) -> Iterator[RunState]:
    """Runs of the first step of the nearest case above. What was waived on the way up is no input of it."""
    child = ruling.period
    for period in _periods_above(ruling):
        if is_waived(period, child):
            return
        child = period
    yield from _first_runs_above(ruling)


def _periods_above(ruling: Ruling) -> Iterator[PeriodState]:
    """The periods above up to the nearest that has a case. Pure roll-ups between pass on."""
    for key in ancestors_of(ruling.period.key):
        period = ruling.state.periods.get(key)
        if period is not None:
            yield period
            if period.has_case:
                return


def _first_runs_above(ruling: Ruling) -> Iterator[RunState]:
    """Runs of the first step of the nearest case above, which its gate opened."""
    for period in _periods_above(ruling):
        case = ruling.state.case_of(period.key) if period.has_case else None
        if case is not None and case.runs:
            first = min(run.step for run in case.runs.values())
            yield from (run for run in case.runs.values() if run.step == first)


def _is_sent_back(run: RunState) -> bool:
    """Whether a loop-back opened it: it keeps its ready."""
    return run.opening is Opening.LOOP_BACK


def _moved(case: CaseState, changed: RunState, steps: Procedure) -> CaseState:
    """The case with the corrected run, and the readies that lean on its end moved along."""
    runs = {**case.runs, changed.key: changed}
    moved = replace(case, runs=runs)
    for following in successors(moved, changed.key):
        if not _is_sent_back(following):
            runs[following.key] = replace(following, ready=ready_of(moved, following, steps))
    return moved


def _check_successors(case: CaseState, changed: RunState) -> None:
    """Refused if any moment of a successor would precede its new ready, or one sent back has its ready before it."""
    assert changed.ended is not None
    for following in successors(case, changed.key):
        moments = [following.ready] if _is_sent_back(following) else list(following.moments())
        bound = changed.ended if _is_sent_back(following) else following.ready
        early = [moment for moment in moments if moment < bound]
        if early:
            raise Refused(Rule.SUCCESSOR_MOVED, step=following.step, bidang=following.bidang, moment=min(early))


def judge_urung(ruling: Ruling) -> Event:
    """Take back the run's last act: replay the year without it."""
    case, step, run = ruling.require_run()
    log = list(ruling.context.history())
    events = {event.sequence: event for event in log}
    is_koreksi = bool(run.acts) and events[run.acts[-1]].act is Act.KOREKSI
    if not is_koreksi:
        ruling.require_case(CasePhase.BERJALAN, CasePhase.SELESAI)
    ruling.lane_of(step)
    target = _act_to_undo(run, events)
    _check_author(ruling, target)
    if not is_koreksi:
        _check_not_cut(run, target, events)
        _check_nothing_built_on(ruling, case, run, target, log)
    when = ruling.plain_effective(max(target.at, run.last_moment))
    details = {"undoes": target.sequence, "act": target.act.value}
    event = ruling.event(when, lane=target.for_lane, run=run, data=details)
    leaning = _verdicts_leaning_on(ruling, event, case, run, target, log)
    return replace(event, data={**event.data, "verdicts": leaning}) if leaning else event


def effect_urung(draft: Draft, event: Event) -> None:
    """The act itself was left out of the replay; what is left are verdicts that leaned on it."""
    recompute_verdicts(draft, event.case_key, event)


def _act_to_undo(run: RunState, events: dict[int, Event]) -> Event:
    if run.acts:
        return events[run.acts[-1]]
    opener = events.get(run.opened_by)
    if opener is not None and SPECS[opener.act].undo is Undo.ON_WHAT_IT_OPENED:
        return opener
    raise Refused(
        Rule.NOTHING_TO_UNDO,
        step=run.step,
        bidang=run.bidang,
        opened_by=opener.act if opener is not None else None,
        opened_step=opener.step if opener is not None else None,
    )


def _check_author(ruling: Ruling, target: Event) -> None:
    if ruling.actor.manages:
        ruling.grant()
        return
    fresh = ruling.context.now - target.recorded <= UNDO_SECONDS
    if not ruling.is_author(target.by) or not fresh:
        raise Refused(Rule.UNDO_TOO_LATE, by=target.by, recorded=target.recorded)


def _check_not_cut(run: RunState, target: Event, events: dict[int, Event]) -> None:
    """A run cut by a later act is not undone before that act."""
    if run.cut_by is not None and run.cut_by > target.sequence:
        cutter = events[run.cut_by]
        raise Refused(Rule.CUT_SINCE, act=cutter.act, by=cutter.by, at=cutter.at, step=cutter.step)


def _check_nothing_built_on(ruling: Ruling, case: CaseState, run: RunState, target: Event, log: list[Event]) -> None:
    """Nothing the act opened or helped open carries an act not itself undone."""
    for other in case.runs.values():
        helped = target.act in ENDING_ACTS and run.key in other.origins
        if not helped and other.opened_by != target.sequence:
            continue
        since = (event for event in log if event.sequence > target.sequence and event.act in DATA_ACTS)
        filled = any(
            (event.case, event.step, event.bidang, event.attempt) == (case.number, *other.key) for event in since
        )
        if other.acts or filled or other.cut_by not in (None, target.sequence):
            raise Refused(Rule.BUILT_ON, step=other.step, bidang=other.bidang, attempt=other.attempt)
    undone = undone_by(log)
    closing: int | None = None
    for event in log:
        if event.sequence <= target.sequence or event.sequence in undone or event.period != target.period:
            continue
        if closing is None and event.act is Act.TUTUP and target.act in ENDING_ACTS:
            closing = event.sequence
        if event.case == target.case and _leans_on(ruling, event, target, log):
            raise Refused(Rule.BUILT_ON, step=event.step, bidang=event.bidang, act=event.act)
    for entry in _first_runs_above(ruling) if closing is not None else ():
        # A gate that a waiver had opened before was not opened by the closing.
        if entry.opened_by >= (closing or 0) and (entry.acts or entry.cut_by is not None):
            raise Refused(Rule.BUILT_ON, step=entry.step, bidang=entry.bidang, attempt=entry.attempt)


def _leans_on(ruling: Ruling, event: Event, target: Event, log: list[Event]) -> bool:
    """Whether a later act on the case stands on what the earlier one made: the same runs, or a region that was open
    only through it."""
    both = set(event.touches) & set(target.touches)
    if event.act is Act.PINDAH_VERSI:
        return bool(both)
    if SPECS[event.act].undo is not Undo.ON_WHAT_IT_OPENED:
        return False
    if any(entity.startswith("r:") for entity in both):
        return True
    if event.act is not Act.KEMBALIKAN:
        return target.act is Act.UBAH_BIDANG or not _was_region_open(ruling, target, log, int(event.data["region"]))
    region = ruling.require_procedure().region_of(int(event.data["target"]))
    return region is not None and not _was_region_open(ruling, target, log, region.first)


def _was_region_open(ruling: Ruling, target: Event, log: list[Event], first: int) -> bool:
    """Whether the region that was joined or changed later was open before the act already."""
    gone = undone_by(log)
    earlier = [event for event in log if event.sequence < target.sequence and event.sequence not in gone]
    draft = ruling.replayed(earlier)
    case = draft.cases[target.case_key]
    region = open_region(case, draft.steps(case))
    return region is not None and region.first == first


def _verdicts_leaning_on(
    ruling: Ruling, undoing: Event, case: CaseState, run: RunState, target: Event, log: list[Event]
) -> dict[str, Any]:
    """Undoing a koreksi meets koreksi's guard; verdicts that were worked out since then are worked out anew."""
    if target.act is not Act.KOREKSI:
        return {}
    before = ruling.replayed([*log, undoing]).cases[case.key]
    restored = before.runs[run.key]
    _check_koreksi(ruling, before, run, restored)
    again = [other for other in successors(before, run.key) if _is_judged(other)]
    since = (event for event in log if event.sequence > target.sequence)
    if any(_judges(event, case.period, run) for event in since) or is_judged_by_old_rule(restored, before.holds):
        again.append(restored)
    return ruling.verdicts(before, again)


def _judges(event: Event, period: str, run: RunState) -> bool:
    """Whether an event gave the run a verdict, worked out from what was recorded of it then."""
    own = {"period": period, "step": run.step, "bidang": run.bidang, "attempt": run.attempt}.items()
    return run_label(run.key) in event.data.get("verdicts", {}) or any(
        own <= item.items() for item in event.data.get("judged", ())
    )


DEEDS = {
    Act.KOREKSI: Deed(judge_koreksi, effect_koreksi),
    Act.URUNG: Deed(judge_urung, effect_urung),
}

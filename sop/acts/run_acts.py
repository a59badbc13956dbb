"""The acts on a run (first table of rules part 3), judge and effect of each side by side.

Correcting and undoing stand in `corrections.py`.
"""

from __future__ import annotations

from typing import Any

from sop.acts.deed import Deed
from sop.acts.flow import Draft, closed_intervals, overtaken_by, send_back
from sop.acts.loop_back import sent_back
from sop.acts.procedure import lanes_of
from sop.acts.ruling import Ruling
from sop.acts.run_moves import acted, end_run
from sop.loading import load
from sop.model.act import Act
from sop.model.definition import Step
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import OPEN_PHASES, Answer, CasePhase, CaseState, Evidence, Interval, RunPhase, RunState, Tick
from sop.model.texts import LONGEST_NAME, clean_or_none, needed_text
from sop.values import replace

REFUSE_ROWS = "sop.acts.data_flow:refuse_rows"
"""Loaded for an office with indicators alone."""


def _open_for(ruling: Ruling) -> tuple[CaseState, Step, RunState]:
    """The run an act of daily work points at: period open, nothing seen stale, case running."""
    case, step, run = ruling.require_run()
    ruling.require_case(CasePhase.BERJALAN, CasePhase.SELESAI)
    if not run.valid:
        raise ruling.not_reached(case, step, run.bidang)
    return case, step, run


def _refuse_rows(ruling: Ruling, run: RunState, *, skips: bool = False) -> None:
    """Rules part 7: a run is not finished while rows that hang on it are belum diisi, or a mark stands."""
    if ruling.register is not None:
        load(REFUSE_ROWS)(ruling, run, skips=skips)


def _bound(case: CaseState, run: RunState) -> int:
    """The last effective moment of the run, and its case's opening. A hold or a reopening since then bounds nothing."""
    return max(run.last_moment, case.opened)


def judge_mulai(ruling: Ruling) -> Event:
    """A ready step, by somebody of its lane."""
    case, step, run = _open_for(ruling)
    ruling.require_phase(run, RunPhase.SIAP)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    when = ruling.at_work(case, _bound(case, run))
    return ruling.event(when, lane=lane, run=run, data={"holder": ruling.actor.code})


def effect_mulai(draft: Draft, event: Event) -> None:
    """Who began it holds it; a start that was there already stays."""
    run = draft.run(event)
    begun = replace(
        acted(run, event),
        phase=RunPhase.DIKERJAKAN,
        holder=event.data["holder"],
        started=event.at if run.started is None else run.started,
        work=(*run.work, (event.at, None)),
    )
    draft.put_run(event.case_key, begun)


def judge_lepas(ruling: Ruling) -> Event:
    """A step at work, by its holder."""
    case, step, run = _open_for(ruling)
    ruling.require_phase(run, RunPhase.DIKERJAKAN)
    ruling.require_holder(run)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    return ruling.event(ruling.at_work(case, _bound(case, run)), lane=lane, run=run)


def effect_lepas(draft: Draft, event: Event) -> None:
    """Nobody holds it and it is ready again; its work stops, its first start stays."""
    run = closed_intervals(acted(draft.run(event), event), event.at)
    draft.put_run(event.case_key, replace(run, phase=RunPhase.SIAP, holder=None))


def judge_tugaskan(ruling: Ruling) -> Event:
    """An open step, by its holder (with a reason) or the pengelola, to somebody of its lane."""
    case, step, run = _open_for(ruling)
    ruling.require_phase(run, *OPEN_PHASES)
    ruling.require_holder(run)
    if not ruling.actor.manages:
        ruling.require_reason()
    person = needed_text(ruling.command.holder, "nama")
    if not ruling.context.belongs(person, step.pelaksana, run.bidang):
        raise Refused(Rule.NOT_IN_LANE, person=person, allowed=step.pelaksana)
    when = ruling.at_work(case, _bound(case, run))
    return ruling.event(when, lane=ruling.lane_of(step), run=run, data={"holder": person})


def effect_tugaskan(draft: Draft, event: Event) -> None:
    """Another holder; no clock begins anew."""
    run = acted(draft.run(event), event)
    draft.put_run(event.case_key, replace(run, holder=event.data["holder"]))


def judge_tunda(ruling: Ruling) -> Event:
    """A step that is ready or at work, with a reason."""
    case, step, run = _open_for(ruling)
    ruling.require_phase(run, RunPhase.SIAP, RunPhase.DIKERJAKAN)
    lane = _pausing_lane(ruling, step, run, run.phase)
    ruling.require_reason()
    return ruling.event(ruling.at_work(case, _bound(case, run)), lane=lane, run=run)


def effect_tunda(draft: Draft, event: Event) -> None:
    """Work stops and a pause begins; where it was is kept for `effect_lanjut`."""
    run = closed_intervals(acted(draft.run(event), event), event.at)
    draft.put_run(
        event.case_key,
        replace(run, phase=RunPhase.DITUNDA, paused_from=run.phase, pauses=(*run.pauses, (event.at, None))),
    )


def judge_lanjut(ruling: Ruling) -> Event:
    """A paused step, by whoever might have paused it."""
    case, step, run = _open_for(ruling)
    ruling.require_phase(run, RunPhase.DITUNDA)
    lane = _pausing_lane(ruling, step, run, run.paused_from or RunPhase.SIAP)
    return ruling.event(ruling.at_work(case, _bound(case, run)), lane=lane, run=run)


def effect_lanjut(draft: Draft, event: Event) -> None:
    """The pause ends, and the step is back where it was."""
    run = closed_intervals(acted(draft.run(event), event), event.at)
    back = run.paused_from or RunPhase.SIAP
    work = (*run.work, (event.at, None)) if back is RunPhase.DIKERJAKAN else run.work
    draft.put_run(event.case_key, replace(run, phase=back, paused_from=None, work=work))


def _pausing_lane(ruling: Ruling, step: Step, run: RunState, phase: RunPhase) -> str:
    """A card in siap may be paused by any lane member; one at work only by who holds it."""
    if phase is RunPhase.DIKERJAKAN:
        ruling.require_holder(run)
    return ruling.require_lane(step.pelaksana, run.bidang)


def judge_ajukan(ruling: Ruling) -> Event:
    """A decision step at work, by somebody of the lane that works at it."""
    case, step, run = _open_for(ruling)
    if step.decision is None:
        raise Refused(Rule.NO_DECISION_STEP, step=step.number)
    ruling.require_phase(run, RunPhase.DIKERJAKAN)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    ruling.require_evidence(run, step)
    _refuse_rows(ruling, run)
    return ruling.event(ruling.at_work(case, _bound(case, run)), lane=lane, run=run)


def effect_ajukan(draft: Draft, event: Event) -> None:
    """Work stops and the wait for the decision begins."""
    run = closed_intervals(acted(draft.run(event), event), event.at)
    draft.put_run(
        event.case_key,
        replace(run, phase=RunPhase.KEPUTUSAN, handed_in_by=event.by, waits=(*run.waits, (event.at, None))),
    )


def judge_tarik(ruling: Ruling) -> Event:
    """What was handed in and not decided, by whoever handed it in."""
    case, step, run = _open_for(ruling)
    if step.decision is None:
        raise Refused(Rule.NO_DECISION_STEP, step=step.number)
    ruling.require_phase(run, RunPhase.KEPUTUSAN)
    if not ruling.is_author(run.handed_in_by):
        raise Refused(Rule.HOLDER_ONLY, holder=run.handed_in_by)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    return ruling.event(ruling.at_work(case, _bound(case, run)), lane=lane, run=run)


def effect_tarik(draft: Draft, event: Event) -> None:
    """The wait ends and work goes on."""
    run = closed_intervals(acted(draft.run(event), event), event.at)
    draft.put_run(
        event.case_key,
        replace(run, phase=RunPhase.DIKERJAKAN, handed_in_by=None, work=(*run.work, (event.at, None))),
    )


def judge_putuskan(ruling: Ruling) -> Event:
    """Ya, or Tidak with a comment, by the deciding lane; of a step at work only where one lane does both."""
    case, step, run = _open_for(ruling)
    if step.decision is None or step.decider is None:
        raise Refused(Rule.NO_DECISION_STEP, step=step.number)
    if ruling.command.answer is None:
        raise FaultyInput((Fault("putusan", "putusan-ya-tidak", known=tuple(Answer)),))
    if run.phase is RunPhase.DIKERJAKAN and step.decider not in step.pelaksana:
        raise Refused(Rule.NOT_HANDED_IN, step=step.number, decider=step.decider)
    ruling.require_phase(run, RunPhase.KEPUTUSAN, RunPhase.DIKERJAKAN)
    lane = ruling.require_lane((step.decider,), run.bidang)
    ruling.require_apart(step, run)
    answer = ruling.command.answer
    data: dict[str, Any] = {"answer": answer.value}
    bound = max(_bound(case, run), ruling.finishing_bound(case, run) if answer is Answer.YA else 0)
    ruling.refuse_if_gate_closed(step)
    if answer is Answer.TIDAK:
        data["note"] = ruling.require_comment()
        going_back = _going_back(ruling, case, step.decision.tidak)
        data |= going_back
        overtaken = overtaken_by(case, ruling.require_procedure(), step.decision.tidak, going_back.get("returns"))
        bound = max([bound, *(other.last_moment for other in overtaken)])
    else:
        if ruling.command.named:
            raise FaultyInput((Fault("bidang", "bidang-hanya-untuk-tidak", found=", ".join(ruling.command.named)),))
        ruling.require_evidence(run, step)
        _refuse_rows(ruling, run)
    when = ruling.at_work(case, bound)
    data["verdicts"] = ruling.verdicts(case, [_ended(run, when[0])])
    return ruling.event(when, lane=lane, run=run, data=data)


def effect_putuskan(draft: Draft, event: Event) -> None:
    """The run ends. With Ya what follows it opens, with Tidak the case goes back."""
    answer = Answer(event.data["answer"])
    run = end_run(draft, event, draft.run(event), RunPhase.SELESAI, answer=answer)
    case = draft.case(event)
    if answer is Answer.YA:
        draft.advance(case.key, run, event)
        return
    decision = draft.steps(case).steps[run.step].decision
    assert decision is not None
    send_back(draft, event, int(event.data.get("target", decision.tidak)), (run.key,))


def _going_back(ruling: Ruling, case: CaseState, target: int) -> dict[str, Any]:
    """What a Tidak writes down of where the case goes: the step, and in a region who re-enters it."""
    named = ruling.named_bidang(case, target)
    region = ruling.require_procedure().region_of(target)
    data: dict[str, Any] = {"target": target}
    if region is not None:
        data["returns"] = sent_back(case, region, target, named)
    if named is not None:
        data["bidang"] = list(named)
    return data


def judge_selesai(ruling: Ruling) -> Event:
    """A step at work, or one that is ready: its start is then as given, or not known."""
    case, step, run = _open_for(ruling)
    if step.decision is not None:
        raise Refused(Rule.DECISION_STEP, step=step.number)
    ruling.require_phase(run, RunPhase.SIAP, RunPhase.DIKERJAKAN)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    ruling.refuse_if_gate_closed(step)
    ruling.require_evidence(run, step)
    _refuse_rows(ruling, run)
    bound = max(_bound(case, run), ruling.finishing_bound(case, run))
    data: dict[str, Any] = {"holder": ruling.actor.code}
    late = False
    if ruling.command.started is not None:
        if run.phase is RunPhase.DIKERJAKAN:
            raise Refused(Rule.WRONG_PHASE, step=run.step, bidang=run.bidang, phase=run.phase, allowed=(RunPhase.SIAP,))
        start, late, _ = ruling.at_work(case, _bound(case, run), ruling.command.started)
        data["started"] = start
        bound = max(bound, start)
        begun = run.started if run.started is not None else start
        run_at_work = replace(run, started=begun, work=(*run.work, (start, None)))
    else:
        run_at_work = run
    at, end_late, doubted = ruling.at_work(case, bound)
    data["verdicts"] = ruling.verdicts(case, [_ended(run_at_work, at)])
    return ruling.event((at, late or end_late, doubted), lane=lane, run=run, data=data)


def effect_selesai(draft: Draft, event: Event) -> None:
    """The run ends with what the event carries, and what follows it opens."""
    run = draft.run(event)
    start = event.data.get("started")
    if start is not None:
        run = replace(
            run, started=start if run.started is None else run.started, work=(*run.work, (int(start), event.at))
        )
    ended = end_run(draft, event, run, RunPhase.SELESAI, holder=run.holder or event.data.get("holder"))
    draft.advance(event.case_key, ended, event)


def judge_lewati(ruling: Ruling) -> Event:
    """An open step that decides nothing, by the pengelola, with a reason."""
    case, step, run = _open_for(ruling)
    lane = ruling.require_manager_for(step)
    if step.decision is not None:
        raise Refused(Rule.DECISION_STEP, step=step.number)
    ruling.require_phase(run, *OPEN_PHASES)
    ruling.require_reason()
    ruling.refuse_if_gate_closed(step)
    _refuse_rows(ruling, run, skips=True)
    bound = max(_bound(case, run), ruling.finishing_bound(case, run))
    return ruling.event(ruling.at_work(case, bound), lane=lane, run=run)


def effect_lewati(draft: Draft, event: Event) -> None:
    """The run ends without having been done, and what follows it opens."""
    run = end_run(draft, event, draft.run(event), RunPhase.DILEWATI)
    draft.advance(event.case_key, run, event)


def judge_pakai_lama(ruling: Ruling) -> Event:
    """A ready step without a decision whose attempt before was done; a loop-back's target where it named no bidang."""
    case, step, run = _open_for(ruling)
    if step.decision is not None:
        raise Refused(Rule.DECISION_STEP, step=step.number)
    ruling.require_phase(run, RunPhase.SIAP)
    lane = ruling.require_lane(step.pelaksana, run.bidang)
    earlier = case.runs.get((run.step, run.bidang, run.attempt - 1))
    if run.loop_target and not _may_keep_its_result(ruling, run, earlier):
        raise Refused(Rule.LOOP_TARGET, step=step.number, bidang=run.bidang)
    if earlier is None or earlier.phase is not RunPhase.SELESAI:
        raise Refused(Rule.NO_EARLIER_RESULT, step=step.number, bidang=run.bidang)
    ruling.refuse_if_gate_closed(step)
    _refuse_rows(ruling, run)
    bound = max(_bound(case, run), ruling.finishing_bound(case, run))
    return ruling.event(ruling.at_work(case, bound), lane=lane, run=run)


def effect_pakai_lama(draft: Draft, event: Event) -> None:
    """A run that ends at once with the earlier result, without a start and without a verdict."""
    run = end_run(draft, event, draft.run(event), RunPhase.SELESAI, taken_over=True, started=None)
    draft.advance(event.case_key, run, event)


def _may_keep_its_result(ruling: Ruling, run: RunState, earlier: RunState | None) -> bool:
    """Whether the target of a loop-back may be taken over: in a region, where the loop-back meant every bidang."""
    if run.bidang is None or earlier is None or earlier.cut_by is None:
        return False
    event = ruling.context.event(earlier.cut_by)
    return event is not None and not event.data.get("bidang")


def judge_centang(ruling: Ruling) -> Event:
    """An item of the completeness list that is not ticked (or unticked) already."""
    case, step, run = ruling.require_run()
    lane = ruling.require_lane(lanes_of(step), run.bidang)
    items = step.mutu_baku.kelengkapan
    item = ruling.command.item
    if item is None or not 0 <= item < len(items):
        raise Unknown("butir", "" if item is None else str(item + 1), items)
    if ruling.command.on == any(tick.item == item for tick in run.ticks):
        raise Refused(Rule.ALREADY_TICKED, step=step.number, bidang=run.bidang, item=items[item], on=ruling.command.on)
    data = {"item": item, "on": ruling.command.on}
    return ruling.event(ruling.plain_effective(_bound(case, run)), lane=lane, run=run, data=data)


def effect_centang(draft: Draft, event: Event) -> None:
    """Who ticked it and when; nothing once the tick is taken off."""
    run = acted(draft.run(event), event)
    item = int(event.data["item"])
    ticks = tuple(tick for tick in run.ticks if tick.item != item)
    if event.data["on"]:
        ticks = (*ticks, Tick(item, event.by, event.at))
    draft.put_run(event.case_key, replace(run, ticks=ticks))


def judge_dokumen(ruling: Ruling) -> Event:
    """Evidence of a step, open or ended."""
    case, step, run = ruling.require_run()
    lane = ruling.require_lane(lanes_of(step), run.bidang)
    data = {"evidence": evidence_data(ruling.command.evidence)}
    return ruling.event(ruling.plain_effective(_bound(case, run)), lane=lane, run=run, data=data)


def effect_dokumen(draft: Draft, event: Event) -> None:
    """One more piece of evidence."""
    run = acted(draft.run(event), event)
    evidence = Evidence(**event.data["evidence"])
    draft.put_run(event.case_key, replace(run, evidence=(*run.evidence, evidence)))


def evidence_data(evidence: Evidence | None) -> dict[str, Any]:
    """Evidence as event data, cleaned. Raises FaultyInput when it says nothing."""
    names = ("number", "dated", "location", "file_name", "sha256")
    data = {name: clean_or_none(getattr(evidence, name, None), name, LONGEST_NAME * 4) for name in names}
    if not any(data.values()):
        raise FaultyInput((Fault("dokumen", "dokumen-kosong"),))
    return data


def judge_komentar(ruling: Ruling) -> Event:
    """A remark by anybody, in closed periods too; it needs no run."""
    if ruling.note is None:
        raise Refused(Rule.COMMENT_NEEDED, act=Act.KOMENTAR)
    ruling.grant()
    step = ruling.step_of(ruling.command.step)
    bidang = None
    run = None
    if ruling.case is not None:
        region = ruling.require_procedure().region_of(step.number)
        if region is None or ruling.command.bidang is not None:
            bidang = ruling.bidang_of(ruling.case, step)
        run = ruling.case.current((step.number, bidang))
    if ruling.command.seen is not None and run is not None:
        ruling.check_revision(run)
    return ruling.event(ruling.plain_effective(0), lane=ruling.lane_of(step), run=run, step=step.number)


def effect_komentar(draft: Draft, event: Event) -> None:
    """A remark changes no state."""


def _ended(run: RunState, at: int) -> RunState:
    """The run as it will stand once it has ended, for judging."""
    return replace(
        run, ended=at, work=_closed(run.work, at), pauses=_closed(run.pauses, at), waits=_closed(run.waits, at)
    )


def _closed(intervals: tuple[Interval, ...], at: int) -> tuple[Interval, ...]:
    return tuple((start, at if end is None else end) for start, end in intervals)


DEEDS = {
    Act.MULAI: Deed(judge_mulai, effect_mulai),
    Act.LEPAS: Deed(judge_lepas, effect_lepas),
    Act.TUGASKAN: Deed(judge_tugaskan, effect_tugaskan),
    Act.TUNDA: Deed(judge_tunda, effect_tunda),
    Act.LANJUT: Deed(judge_lanjut, effect_lanjut),
    Act.AJUKAN: Deed(judge_ajukan, effect_ajukan),
    Act.TARIK: Deed(judge_tarik, effect_tarik),
    Act.PUTUSKAN: Deed(judge_putuskan, effect_putuskan),
    Act.SELESAI: Deed(judge_selesai, effect_selesai),
    Act.LEWATI: Deed(judge_lewati, effect_lewati),
    Act.PAKAI_LAMA: Deed(judge_pakai_lama, effect_pakai_lama),
    Act.CENTANG: Deed(judge_centang, effect_centang),
    Act.DOKUMEN: Deed(judge_dokumen, effect_dokumen),
    Act.KOMENTAR: Deed(judge_komentar, effect_komentar),
}

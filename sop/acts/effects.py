"""What each act does to a reporting year: one small function an act, over the moves that `flow.py` offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sop.acts.flow import Draft, close_last, closed_intervals, run_label, sent_back_by
from sop.acts.loop_back import unfinished
from sop.acts.procedure import Procedure
from sop.model.periods import parent_of
from sop.model.state import (
    GATE,
    Answer,
    CaseKey,
    CasePhase,
    CaseState,
    Evidence,
    Interval,
    Opening,
    PeriodPhase,
    PeriodState,
    RunKey,
    RunPhase,
    RunState,
    Slot,
    Tick,
    Waiver,
)
from sop.time.deadline import Verdict

if TYPE_CHECKING:
    from sop.model.events import Event


def _acted(run: RunState, event: Event) -> RunState:
    """Mark a run as acted on by this event."""
    note = event.data.get("note")
    return replace(
        run,
        acts=(*run.acts, event.sequence),
        late_entry=run.late_entry or event.late_entry,
        doubted=run.doubted or event.doubted,
        note=note if isinstance(note, str) else run.note,
    )


def _verdict_of(event: Event, run: RunState) -> Verdict | None:
    found = event.data.get("verdicts", {}).get(run_label(run.key))
    return Verdict.from_dict(found) if found is not None else run.verdict


def _mulai(draft: Draft, event: Event) -> None:
    run = draft.run(event)
    draft.put_run(
        draft.case(event).key,
        replace(
            _acted(run, event),
            phase=RunPhase.DIKERJAKAN,
            holder=event.data["holder"],
            started=event.at if run.started is None else run.started,
            work=(*run.work, (event.at, None)),
        ),
    )


def _lepas(draft: Draft, event: Event) -> None:
    run = closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(draft.case(event).key, replace(run, phase=RunPhase.SIAP, holder=None))


def _tugaskan(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    draft.put_run(draft.case(event).key, replace(run, holder=event.data["holder"]))


def _tunda(draft: Draft, event: Event) -> None:
    run = closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.DITUNDA, paused_from=run.phase, pauses=(*run.pauses, (event.at, None))),
    )


def _lanjut(draft: Draft, event: Event) -> None:
    run = closed_intervals(_acted(draft.run(event), event), event.at)
    back = run.paused_from or RunPhase.SIAP
    work = (*run.work, (event.at, None)) if back is RunPhase.DIKERJAKAN else run.work
    draft.put_run(draft.case(event).key, replace(run, phase=back, paused_from=None, work=work))


def _ajukan(draft: Draft, event: Event) -> None:
    run = closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.KEPUTUSAN, handed_in_by=event.by, waits=(*run.waits, (event.at, None))),
    )


def _tarik(draft: Draft, event: Event) -> None:
    run = closed_intervals(_acted(draft.run(event), event), event.at)
    draft.put_run(
        draft.case(event).key,
        replace(run, phase=RunPhase.DIKERJAKAN, handed_in_by=None, work=(*run.work, (event.at, None))),
    )


def _end(draft: Draft, event: Event, run: RunState, phase: RunPhase, **changes: Any) -> RunState:
    """Write a run's end; the caller goes on from it."""
    ended = replace(closed_intervals(_acted(run, event), event.at), phase=phase, ended=event.at, paused_from=None)
    if changes:
        ended = replace(ended, **changes)
    ended = replace(ended, verdict=_verdict_of(event, ended))
    case = draft.case(event)
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        ended = replace(ended, inputs=_taken_in(draft, case, ended))
    draft.put_run(case.key, ended)
    return ended


def _taken_in(draft: Draft, case: CaseState, run: RunState) -> tuple[tuple[str, int], ...]:
    """A skipped or taken-over first step has not looked at its children again: it keeps what was taken in before."""
    if run.taken_over or run.phase is RunPhase.DILEWATI:
        for attempt in range(run.attempt - 1, 0, -1):
            earlier = case.runs.get((run.step, run.bidang, attempt))
            if earlier is not None and earlier.inputs is not None:
                return earlier.inputs
    return draft.inputs_of(case)


def _selesai(draft: Draft, event: Event) -> None:
    run = draft.run(event)
    start = event.data.get("started")
    if start is not None:
        run = replace(
            run, started=start if run.started is None else run.started, work=(*run.work, (int(start), event.at))
        )
    ended = _end(draft, event, run, RunPhase.SELESAI, holder=run.holder or event.data.get("holder"))
    draft.advance(draft.case(event).key, ended, event)


def _putuskan(draft: Draft, event: Event) -> None:
    answer = Answer(event.data["answer"])
    run = _end(draft, event, draft.run(event), RunPhase.SELESAI, answer=answer)
    case = draft.case(event)
    if answer is Answer.YA:
        draft.advance(case.key, run, event)
        return
    decision = draft.steps(case).steps[run.step].decision
    assert decision is not None
    _send_back(draft, event, int(event.data.get("target", decision.tidak)), (run.key,))


def _send_back(draft: Draft, event: Event, target: int, origins: tuple[RunKey, ...]) -> None:
    """A loop-back as its event says it: where to, and in a region who re-enters it at which step."""
    case = draft.case(event)
    region = draft.steps(case).region_of(target)
    if region is None:
        draft.loop_back(case.key, target, event, origins)
        return
    returns = event.data.get("returns")
    if returns is not None:
        draft.loop_back(case.key, target, event, origins, returns)
        return
    # An event of before that was written down goes by the rule of its day: a Tidak into a region meant its start, and
    # no bidang named all of them; those named went past the gate.
    named = event.data.get("bidang")
    goal = target if "target" in event.data else region.first
    everybody = dict.fromkeys(named or case.regions[region.first], goal)
    draft.loop_back(case.key, goal, event, origins, everybody, past_gate=bool(named))


def _lewati(draft: Draft, event: Event) -> None:
    run = _end(draft, event, draft.run(event), RunPhase.DILEWATI)
    draft.advance(draft.case(event).key, run, event)


def _pakai_lama(draft: Draft, event: Event) -> None:
    run = _end(draft, event, draft.run(event), RunPhase.SELESAI, taken_over=True, started=None)
    draft.advance(draft.case(event).key, run, event)


def _koreksi(draft: Draft, event: Event) -> None:
    run = corrected(_acted(draft.run(event), event), event.data.get("started"), event.data.get("ended"))
    for field, build in (("evidence", Evidence),):
        if field in event.data:
            run = replace(run, evidence=tuple(build(**item) for item in event.data[field]))
    key = draft.case(event).key
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
            return replace(run, ended=ended, waits=_moved_end(run.waits, old, ended))
        run = replace(run, ended=ended, work=_moved_end(run.work, old, ended))
    return run


def _moved_end(intervals: tuple[Interval, ...], old: int, new: int) -> tuple[Interval, ...]:
    if intervals and intervals[-1][1] == old:
        return (*intervals[:-1], (intervals[-1][0], new))
    return intervals


def _move_successors(draft: Draft, key: CaseKey, run: RunState, event: Event) -> None:
    case = draft.cases[key]
    # Who was sent back by the run keeps its ready; before that stood in the event, it moved along as well.
    keeps = event.data.get("keeps")
    for following in successors(case, run.key):
        if keeps is None or run_label(following.key) not in keeps:
            draft.put_run(key, replace(following, ready=ready_of(case, following, draft.steps(case))))
    _recompute_verdicts(draft, key, event)
    steps = draft.steps(case)
    if case.phase is CasePhase.SELESAI and run.valid and steps.next_of(run.step) is None:
        draft.put_case(replace(draft.cases[key], ended=run.ended))
    if keeps is None and case.gate_since is not None and sent_back_by(case) == run and run.ended is not None:
        draft.put_case(replace(draft.cases[key], gate_since=run.ended))


def _recompute_verdicts(draft: Draft, key: CaseKey, event: Event) -> None:
    """Take over verdicts worked out anew. A run whose end was undone since has none."""
    verdicts = event.data.get("verdicts", {})
    for run in draft.cases[key].runs.values():
        if run.phase is RunPhase.SELESAI and run_label(run.key) in verdicts:
            draft.put_run(key, replace(run, verdict=_verdict_of(event, run)))


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


def _urung(draft: Draft, event: Event) -> None:
    """The act itself was left out of the replay; what is left are verdicts that leaned on it."""
    _recompute_verdicts(draft, draft.case(event).key, event)


def _centang(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    item = int(event.data["item"])
    ticks = tuple(tick for tick in run.ticks if tick.item != item)
    if event.data["on"]:
        ticks = (*ticks, Tick(item, event.by, event.at))
    draft.put_run(draft.case(event).key, replace(run, ticks=ticks))


def _dokumen(draft: Draft, event: Event) -> None:
    run = _acted(draft.run(event), event)
    evidence = Evidence(**event.data["evidence"])
    draft.put_run(draft.case(event).key, replace(run, evidence=(*run.evidence, evidence)))


def _komentar(draft: Draft, event: Event) -> None:
    """A remark changes no state."""


def _siapkan(draft: Draft, event: Event) -> None:
    for item in event.data["periods"]:
        has_case = bool(item["has_case"])
        draft.put_period(
            PeriodState(key=item["key"], has_case=has_case, phase=PeriodPhase.BELUM if has_case else PeriodPhase.BUKA)
        )


def _buka(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def _kembalikan(draft: Draft, event: Event) -> None:
    _send_back(draft, event, int(event.data["target"]), ())
    _case_moved(draft, event)


def _case_moved(draft: Draft, event: Event, **changes: Any) -> None:
    case = draft.case(event)
    draft.put_case(replace(case, moment=max(case.moment, event.at), **changes))


def _tahan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    _case_moved(draft, event, phase=CasePhase.DITAHAN, holds=(*case.holds, (event.at, None)))


def _lanjutkan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    # A case is held while it ran on after a kembalikan; with that undone it is finished, as it was.
    phase = CasePhase.BERJALAN if case.ended is None else CasePhase.SELESAI
    _case_moved(draft, event, phase=phase, holds=close_last(case.holds, event.at))
    draft.try_gate(case.period, event)


def _hentikan(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    for run in case.open_runs():
        draft.cut(case.key, run, event.at, event)
    _case_moved(
        draft,
        event,
        phase=CasePhase.DIHENTIKAN,
        ended=event.at,
        holds=close_last(case.holds, event.at),
        gate_since=None,
    )


def _mulai_ulang(draft: Draft, event: Event) -> None:
    draft.begin_case(event)


def _gabung(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    steps = draft.steps(case)
    region = steps.region_of(int(event.data["region"]))
    assert region is not None
    runs = case.valid_runs()
    for bidang in event.data["missing"]:
        # Before the steps left out stood in the event, they were those that the bidang was not through.
        left_out = event.data["skipped"][bidang] if "skipped" in event.data else unfinished(runs, steps, region, bidang)
        for number in left_out:
            _skip(draft, case.key, (int(number), bidang), event)
    _case_moved(draft, event)
    draft.join(case.key, region, event)


def _skip(draft: Draft, key: CaseKey, slot: Slot, event: Event) -> None:
    """Leave a step of a missing bidang out: close its open run, or write one that never began."""
    run = draft.cases[key].valid_run(slot)
    if run is None:
        draft.open_run(key, slot, event.at, event, Opening.ADVANCE)
        run = draft.cases[key].valid_run(slot)
        assert run is not None
    skipped = replace(closed_intervals(run, event.at), phase=RunPhase.DILEWATI, ended=event.at, paused_from=None)
    case = draft.cases[key]
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        skipped = replace(skipped, inputs=_taken_in(draft, case, skipped))
    draft.put_run(key, replace(skipped, cut_by=event.sequence))


def _ubah_bidang(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    region = draft.steps(case).region_of(int(event.data["region"]))
    assert region is not None
    added, removed = event.data["added"], set(event.data["removed"])
    for run in list(case.runs.values()):
        if run.valid and region.holds(run.step) and run.bidang in removed:
            draft.cut(case.key, run, event.at, event)
    frozen = (*(name for name in case.regions[region.first] if name not in removed), *added)
    _case_moved(
        draft,
        event,
        regions={**case.regions, region.first: frozen},
        region_floors={**case.region_floors, region.first: event.at},
    )
    for name in added:
        draft.open_run(case.key, (region.first, name), event.at, event, Opening.ADDED)
    draft.join(case.key, region, event)


def _bebaskan(draft: Draft, event: Event) -> None:
    assert event.period is not None
    period = draft.periods[event.period]
    child = event.data["child"]
    waiver = Waiver(event.at, draft.periods[child].reopenings)
    draft.put_period(
        replace(
            period,
            waivers={**period.waivers, child: waiver},
            moment=max(event.at, period.moment or event.at),
        )
    )
    draft.try_gate(event.period, event)


def _tutup(draft: Draft, event: Event) -> None:
    assert event.period is not None
    period = draft.periods[event.period]
    draft.put_period(
        replace(
            period,
            phase=PeriodPhase.TUTUP,
            closings=period.closings + 1,
            closed_at=event.at,
            moment=max(event.at, period.moment or event.at),
        )
    )
    parent = parent_of(event.period)
    if parent is not None and parent in draft.periods:
        draft.try_gate(parent, event)


def _buka_kembali(draft: Draft, event: Event) -> None:
    assert event.period is not None
    _aturan(draft, event)
    period = draft.periods[event.period]
    draft.put_period(
        replace(
            period,
            phase=PeriodPhase.BUKA,
            reopenings=period.reopenings + 1,
            moment=max(event.at, period.moment or event.at),
        )
    )


def _aturan(draft: Draft, event: Event) -> None:
    """Verdicts of a rule that changed give way to new ones. A run whose end was undone since has none."""
    for item in event.data.get("judged", ()):
        case = draft.cases[item["period"], item["case"]]
        key, verdict = (item["step"], item["bidang"], item["attempt"]), Verdict.from_dict(item["after"])
        if item["retired"]:
            retired = tuple(replace(run, verdict=verdict) if run.key == key else run for run in case.retired)
            draft.put_case(replace(case, retired=retired))
        elif key in case.runs and case.runs[key].phase is RunPhase.SELESAI:
            draft.put_run(case.key, replace(case.runs[key], verdict=verdict))


def _pindah_versi(draft: Draft, event: Event) -> None:
    case = draft.case(event)
    image = {int(old): int(new) for old, new in event.data["steps"].items()}
    taken_in = {run.inputs for run in case.runs.values() if run.valid and run.inputs is not None}
    moved = migrated(case, int(event.data["sop_version"]), image, draft.steps(case))
    first = draft.steps(moved).first
    if taken_in and not any(run.inputs is not None for run in moved.runs.values() if run.valid):
        # The step that took the children in has no image: what follows it answers for them now.
        inputs = min(taken_in)
        runs = {
            key: replace(run, inputs=inputs) if run.step == first and run.is_done else run
            for key, run in moved.runs.items()
        }
        moved = replace(moved, runs=runs)
    draft.put_case(moved)
    _case_moved(draft, event)


def _with_standard(run: RunState, steps: Procedure) -> RunState:
    """An ended run keeps the standard it was judged by: the step of that number may have another one from now on."""
    verdict = run.verdict
    if verdict is None or verdict.waktu is not None:
        return run
    return replace(run, verdict=replace(verdict, waktu=steps.steps[run.step].mutu_baku.waktu))


def migrated(case: CaseState, version: int, image: Mapping[int, int], steps: Procedure) -> CaseState:
    """The case on another SOP version: runs take the number of their step's image, the others retire to history."""

    def moved(key: RunKey) -> RunKey:
        return image[key[0]], key[1], key[2]

    runs: dict[RunKey, RunState] = {}
    retired = list(case.retired)
    for run in (_with_standard(run, steps) for run in case.runs.values()):
        if run.step in image:
            origins = tuple(moved(origin) for origin in run.origins if origin[0] in image)
            runs[moved(run.key)] = replace(run, step=image[run.step], origins=origins)
        else:
            # Its slot keeps the revision, so that a new step of that number goes on counting.
            retired.append(replace(run, valid=False, revision=0))
    firsts: dict[int, int] = {GATE: GATE}
    for region in steps.regions:
        kept = [image[number] for number in steps.numbers if region.holds(number) and number in image]
        if kept:
            firsts[region.first] = kept[0]
    return replace(
        case,
        sop_version=version,
        runs=runs,
        retired=tuple(retired),
        regions={firsts[first]: frozen for first, frozen in case.regions.items() if first in firsts},
        region_floors={firsts[first]: floor for first, floor in case.region_floors.items() if first in firsts},
    )


EFFECTS: dict[str, Callable[[Draft, Event], None]] = {
    "mulai": _mulai,
    "lepas": _lepas,
    "tugaskan": _tugaskan,
    "tunda": _tunda,
    "lanjut": _lanjut,
    "ajukan": _ajukan,
    "tarik": _tarik,
    "putuskan": _putuskan,
    "selesai": _selesai,
    "lewati": _lewati,
    "pakai-lama": _pakai_lama,
    "koreksi": _koreksi,
    "urung": _urung,
    "centang": _centang,
    "dokumen": _dokumen,
    "komentar": _komentar,
    "siapkan": _siapkan,
    "aturan": _aturan,
    "buka": _buka,
    "kembalikan": _kembalikan,
    "tahan": _tahan,
    "lanjutkan": _lanjutkan,
    "hentikan": _hentikan,
    "mulai-ulang": _mulai_ulang,
    "gabung": _gabung,
    "ubah-bidang": _ubah_bidang,
    "bebaskan": _bebaskan,
    "tutup": _tutup,
    "buka-kembali": _buka_kembali,
    "pindah-versi": _pindah_versi,
}


def apply(draft: Draft, event: Event, undone: bool = False) -> None:
    """Take an event in. One undone later only counts in the revisions; one of the office changes no case."""
    if event.act.value == "mulai-ulang":
        draft.carry_revisions(event)
    for entity in event.touches:
        draft.revisions[entity] = draft.revisions.get(entity, 0) + 1
    effect = EFFECTS.get(event.act.value)
    if effect is not None and not undone:
        effect(draft, event)

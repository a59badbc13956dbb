"""What several acts do to a run: mark it as acted on, end it, give it its verdict."""

from __future__ import annotations

from typing import Any

from sop.acts.flow import Draft, closed_intervals, run_label
from sop.model.events import Event
from sop.model.state import CaseKey, CaseState, RunPhase, RunState
from sop.time.deadline import Verdict
from sop.values import replace


def acted(run: RunState, event: Event) -> RunState:
    """Mark a run as acted on by this event."""
    note = event.data.get("note")
    return replace(
        run,
        acts=(*run.acts, event.sequence),
        late_entry=run.late_entry or event.late_entry,
        doubted=run.doubted or event.doubted,
        note=note if isinstance(note, str) else run.note,
    )


def verdict_of(event: Event, run: RunState) -> Verdict | None:
    found = event.data.get("verdicts", {}).get(run_label(run.key))
    return Verdict.from_dict(found) if found is not None else run.verdict


def end_run(draft: Draft, event: Event, run: RunState, phase: RunPhase, **changes: Any) -> RunState:
    """Write a run's end; the caller goes on from it."""
    ended = replace(closed_intervals(acted(run, event), event.at), phase=phase, ended=event.at, paused_from=None)
    if changes:
        ended = replace(ended, **changes)
    ended = replace(ended, verdict=verdict_of(event, ended))
    case = draft.case(event)
    if draft.has_gate(case.period) and run.step == draft.steps(case).first:
        ended = replace(ended, inputs=taken_in(draft, case, ended))
    draft.put_run(case.key, ended)
    return ended


def taken_in(draft: Draft, case: CaseState, run: RunState) -> tuple[tuple[str, int], ...]:
    """A skipped or taken-over first step has not looked at its children again: it keeps what was taken in before."""
    if run.taken_over or run.phase is RunPhase.DILEWATI:
        for attempt in range(run.attempt - 1, 0, -1):
            earlier = case.runs.get((run.step, run.bidang, attempt))
            if earlier is not None and earlier.inputs is not None:
                return earlier.inputs
    return draft.inputs_of(case)


def recompute_verdicts(draft: Draft, key: CaseKey, event: Event) -> None:
    """Take over verdicts worked out anew. A run whose end was undone since has none."""
    verdicts = event.data.get("verdicts", {})
    for run in draft.cases[key].runs.values():
        if run.phase is RunPhase.SELESAI and run_label(run.key) in verdicts:
            draft.put_run(key, replace(run, verdict=verdict_of(event, run)))

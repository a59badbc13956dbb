"""Cases, periods and runs as rows and back. Which rows are wanted is asked elsewhere; here is only their form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, fields
from functools import lru_cache
from typing import Any

from db.log_chain import canonical
from db.moments import moment as of_moment
from db.moments import moment_or_none
from sop.model.state import (
    Answer,
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
    Tick,
    Waiver,
)
from sop.time.deadline import Verdict

PERIOD_COLUMNS = (
    *("key", "has_case", "phase", "moment", "revision", "closings", "reopenings", "closed_at", "waivers"),
    "last_case",
)
CASE_COLUMNS = (
    *("number", "sop_version", "phase", "opened", "moment", "revision", "ended", "holds", "gate_since", "regions"),
    *("region_floors", "retired", "vanished"),
)
RUN_COLUMNS = (
    *("step", "bidang", "attempt", "phase", "ready", "opened_by", "opening", "origins", "loop_target", "valid"),
    *("revision", "holder", "started", "ended", "work", "pauses", "waits", "paused_from", "handed_in_by", "answer"),
    *("taken_over", "note", "ticks", "evidence", "inputs", "verdict", "acts", "cut_by", "late_entry", "doubted"),
)

_LISTS = frozenset({"origins", "work", "pauses", "waits", "ticks", "evidence", "acts"})
RUN_SELECTED = ", ".join(f"nullif({name}, '[]')" if name in _LISTS else name for name in RUN_COLUMNS)
"""RUN_COLUMNS as a statement asks for them: an empty list as NULL, else thousands of rows would each bring its text."""

Values = tuple[Any, ...]
_NONE = "[]"
_PHASE_OF = {phase.value: phase for phase in RunPhase}
_OPENING_OF = {opening.value: opening for opening in Opening}
# Looked up, as an office with many bidang has thousands of runs: asking the enumeration takes ten times as long.
VERDICT_FIELDS = tuple(field.name for field in fields(Verdict))


def period_values(period: PeriodState) -> Values:
    """In the order of PERIOD_COLUMNS."""
    waivers = {child: [waiver.at, waiver.reopenings] for child, waiver in period.waivers.items()}
    return (
        period.key,
        int(period.has_case),
        period.phase.value,
        period.moment,
        period.revision,
        period.closings,
        period.reopenings,
        period.closed_at,
        canonical(waivers),
        period.last_case,
    )


@lru_cache(maxsize=1024)
def period_state(row: Values) -> PeriodState:
    """From values in the order of PERIOD_COLUMNS."""
    key, has_case, phase, moment, revision, closings, reopenings, closed_at, waivers, last_case = row
    return PeriodState(
        key=key,
        has_case=bool(has_case),
        phase=PeriodPhase(phase),
        moment=moment_or_none(moment),
        revision=revision,
        closings=closings,
        reopenings=reopenings,
        closed_at=moment_or_none(closed_at),
        waivers={child: Waiver(*waiver) for child, waiver in json.loads(waivers).items()},
        last_case=last_case,
    )


def case_values(case: CaseState) -> Values:
    """In the order of CASE_COLUMNS."""
    return (
        case.number,
        case.sop_version,
        case.phase.value,
        case.opened,
        case.moment,
        case.revision,
        case.ended,
        _list(case.holds),
        case.gate_since,
        canonical({str(first): list(frozen) for first, frozen in case.regions.items()}),
        canonical({str(first): floor for first, floor in case.region_floors.items()}),
        _list([run_values(run) for run in case.retired]),
        _list(sorted([step, bidang or "", revision] for (step, bidang), revision in case.vanished.items())),
    )


def case_state(period: str, row: Values, runs: Mapping[RunKey, RunState]) -> CaseState:
    """From values in the order of CASE_COLUMNS, and the runs in its view."""
    (number, sop_version, phase, opened, moment, revision, ended, holds, gate_since) = row[:9]
    regions, region_floors, retired, vanished = row[9:]
    return CaseState(
        period=period,
        number=number,
        sop_version=sop_version,
        phase=CasePhase(phase),
        opened=of_moment(opened),
        moment=of_moment(moment),
        revision=revision,
        ended=moment_or_none(ended),
        holds=_intervals(holds),
        gate_since=moment_or_none(gate_since),
        regions={int(first): tuple(frozen) for first, frozen in json.loads(regions).items()},
        region_floors={int(first): floor for first, floor in json.loads(region_floors).items()},
        runs=runs,
        retired=tuple(run_state(tuple(values)) for values in json.loads(retired)),
        vanished={(step, bidang or None): number for step, bidang, number in json.loads(vanished)},
    )


def run_values(run: RunState) -> Values:
    """In the order of RUN_COLUMNS."""
    return (
        run.step,
        run.bidang or "",
        run.attempt,
        run.phase.value,
        run.ready,
        run.opened_by,
        run.opening.value,
        _list(run.origins),
        int(run.loop_target),
        int(run.valid),
        run.revision,
        run.holder,
        run.started,
        run.ended,
        _list(run.work),
        _list(run.pauses),
        _list(run.waits),
        run.paused_from and run.paused_from.value,
        run.handed_in_by,
        run.answer and run.answer.value,
        int(run.taken_over),
        run.note,
        _list([(tick.item, tick.by, tick.at) for tick in run.ticks]),
        _list([astuple(evidence) for evidence in run.evidence]),
        None if run.inputs is None else canonical(run.inputs),
        None if run.verdict is None else canonical(verdict_values(run.verdict)),
        _list(run.acts),
        run.cut_by,
        int(run.late_entry),
        int(run.doubted),
    )


@lru_cache(maxsize=8192)
def run_of_row(row: Values) -> RunState:
    """From the row's id and its values in the order of RUN_SELECTED.

    Kept by its values, as a long session reads the same rows over and over: reading is half of what an act costs.
    """
    return run_state(row[1:])


def run_state(row: Values) -> RunState:
    """From values in the order of RUN_COLUMNS; None, too, is an empty list."""
    (step, bidang, attempt, phase, ready, opened_by, opening, origins, loop_target, valid) = row[:10]
    (revision, holder, started, ended, work, pauses, waits, paused_from, handed_in_by, answer) = row[10:20]
    (taken_over, note, ticks, evidence, inputs, verdict, acts, cut_by, late_entry, doubted) = row[20:]
    return RunState(
        step=step,
        bidang=bidang or None,
        attempt=attempt,
        phase=_PHASE_OF[phase],
        ready=of_moment(ready),
        opened_by=opened_by,
        opening=_OPENING_OF[opening],
        origins=() if _is_empty(origins) else _origins(origins),
        loop_target=bool(loop_target),
        valid=bool(valid),
        revision=revision,
        holder=holder,
        started=moment_or_none(started),
        ended=moment_or_none(ended),
        work=_intervals(work),
        pauses=_intervals(pauses),
        waits=_intervals(waits),
        paused_from=None if paused_from is None else RunPhase(paused_from),
        handed_in_by=handed_in_by,
        answer=None if answer is None else Answer(answer),
        taken_over=bool(taken_over),
        note=note,
        ticks=() if _is_empty(ticks) else tuple(Tick(*one) for one in json.loads(ticks)),
        evidence=() if _is_empty(evidence) else tuple(Evidence(*one) for one in json.loads(evidence)),
        inputs=None if inputs is None else tuple((child, count) for child, count in json.loads(inputs)),
        verdict=None if verdict is None else _verdict(json.loads(verdict)),
        acts=() if _is_empty(acts) else tuple(json.loads(acts)),
        cut_by=cut_by,
        late_entry=bool(late_entry),
        doubted=bool(doubted),
    )


def verdict_values(verdict: Verdict) -> Values:
    """The fields in order."""
    return (
        verdict.due_at,
        verdict.late_seconds,
        verdict.judged,
        verdict.queue_seconds,
        verdict.work_seconds,
        verdict.decision_seconds,
        verdict.cycle_seconds,
        verdict.after_hours,
        verdict.calendar_revision,
        verdict.begins,
        verdict.count_first_day,
        None if verdict.waktu is None else asdict(verdict.waktu),
        int(verdict.pauses),
    )


def _verdict(values: list[Any]) -> Verdict:
    """From `verdict_values`; a list from before the clocks were kept ends with the calendar's revision."""
    return Verdict.from_dict(dict(zip(VERDICT_FIELDS, values, strict=False)))


@lru_cache(maxsize=1024)
def _origins(text: str) -> tuple[RunKey, ...]:
    """Kept, as all bidang of a region come from the same run."""
    return tuple((one[0], one[1], one[2]) for one in json.loads(text))


def _list(values: object) -> str:
    return canonical(values) if values else _NONE


def _is_empty(text: str | None) -> bool:
    return text is None or text == _NONE


def _intervals(text: str | None) -> tuple[Interval, ...]:
    if text is None or text == _NONE:
        return ()
    return tuple((of_moment(start), moment_or_none(end)) for start, end in json.loads(text))

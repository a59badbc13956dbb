"""What a forecast needs to know of a reporting year, taken from its state. The forecast itself is `forecast.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sop.acts.procedure import Procedure
from sop.look.forecast import Forecasts, Outlook, Slot, Stage, Underway, forecasts
from sop.look.year import Snapshot, closing_in, sop_of, steps_of, version_of
from sop.model.settings import Settings
from sop.model.state import CasePhase, CaseState, PeriodPhase
from sop.values import replace

PastRuns = Mapping[tuple[int, int], tuple[int, ...]]
"""(SOP version, step) -> cycle times of past runs in working seconds."""


def forecasts_of(year: Snapshot, past: PastRuns, now: int) -> Forecasts:
    """The forecast of every period of a year, each worked out when somebody looks at it.

    Args:
        year: With the newest case of every period.
        past: What earlier runs took.
        now: Reading of the clock.
    """
    thin = {key: thinned(outlook) for key, outlook in outlooks(year, past).items()}
    return forecasts(thin, year.calendar, now, count_first_day=year.settings.count_first_day)


def outlooks(year: Snapshot, past: PastRuns) -> dict[str, Outlook]:
    """Every period of a year for `forecast.forecasts`. Arguments as in `forecasts_of`."""
    return {key: _outlook(year, key, past) for key in year.state.periods}


def _outlook(year: Snapshot, key: str, past: PastRuns) -> Outlook:
    period, case = year.state.periods[key], year.state.case_of(key)
    steps, closing = steps_of(year, key), closing_in(year, key)
    return Outlook(
        key=key,
        is_closed=period.phase is PeriodPhase.TUTUP,
        is_open=period.phase is PeriodPhase.BUKA,
        stages=() if steps is None else _stages(year, key, steps, case, past),
        children=closing.children,
        is_stopped=case is not None and case.phase is CasePhase.DIHENTIKAN and period.phase is PeriodPhase.BUKA,
        is_held=case is not None and case.phase is CasePhase.DITAHAN,
        is_stale=bool(closing.stale),
        done=frozenset() if case is None else case.done_slots(),
        open_runs={} if case is None else _open_runs(case),
        target=_target(year.settings, key),
    )


def _stages(year: Snapshot, key: str, steps: Procedure, case: CaseState | None, past: PastRuns) -> tuple[Stage, ...]:
    frozen = {} if case is None else case.regions
    sop, version = sop_of(year, key).code, version_of(year, key)
    stages = []
    for number in steps.numbers:
        region = steps.region_of(number)
        stages.append(
            Stage(
                number,
                steps.steps[number].mutu_baku.waktu,
                year.settings.clock_start_of(sop, number),
                None if region is None else frozen.get(region.first, year.bidang),
                past.get((version, number), ()),
                steps.steps[number].decision is not None,
            )
        )
    return tuple(stages)


def _open_runs(case: CaseState) -> dict[Slot, Underway]:
    return {
        run.slot: Underway(run.ready, run.started, (*run.pauses, *case.holds))
        for run in case.runs.values()
        if run.valid and run.is_open
    }


def _target(settings: Settings, key: str) -> dt.date | None:
    target = settings.targets.get(key)
    return None if target is None else dt.date.fromisoformat(target)


def thinned(outlook: Outlook) -> Outlook:
    """The same forecast from less: of bidang that stand alike in a region, one stands for all of them."""
    stages: list[Stage] = []
    kept: tuple[str, ...] | None = None
    for index, stage in enumerate(outlook.stages):
        if stage.bidang is None:
            kept = None
        elif kept is None:
            region = [stage.step]
            for other in outlook.stages[index + 1 :]:
                if other.bidang is None:
                    break
                region.append(other.step)
            kept = _unlike(outlook, stage.bidang, region)
        stages.append(stage if kept is None else replace(stage, bidang=kept))
    return replace(outlook, stages=tuple(stages))


def _unlike(outlook: Outlook, bidang: Sequence[str], steps: Sequence[int]) -> tuple[str, ...]:
    done = {name for step, name in outlook.done if step in steps}
    begun = {name for step, name in outlook.open_runs if step in steps}
    found: dict[object, str] = {}
    for name in bidang:
        # Where nothing has happened yet, one look at the whole bidang settles it.
        slots = [(step, name) for step in steps] if name in done or name in begun else []
        found.setdefault(tuple((slot in outlook.done, outlook.open_runs.get(slot)) for slot in slots), name)
    return tuple(found.values())

"""What a forecast needs to know of a reporting year, taken from its state. The forecast itself is `forecast.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sop.acts.closing import closing_of
from sop.acts.procedure import Procedure, procedure
from sop.look.forecast import OpenRun, Outlook, Slot, Stage
from sop.model.definition import Cadence, Sop
from sop.model.periods import first_day
from sop.model.settings import Settings
from sop.model.state import CasePhase, CaseState, PeriodPhase, YearState

PastRuns = Mapping[tuple[int, int], tuple[int, ...]]
"""(SOP version, step) -> cycle times of past runs in working seconds."""


def outlooks(
    year: YearState,
    versions: Mapping[int, Sop],
    newest_version: int,
    cadence: Cadence | None,
    bidang: tuple[str, ...],
    settings: Settings,
    past: PastRuns,
) -> dict[str, Outlook]:
    """Every period of a year for `forecast.forecasts`.

    Args:
        year: State with the newest case of every period loaded.
        versions: Number -> SOP, for the versions in use and the newest.
        newest_version: What a case that is not open yet will run on.
        cadence: The office's choice where the SOP names no period.
        bidang: The office's list, for regions not entered yet.
        settings: Of the office.
        past: What earlier runs took.
    """
    return {key: _outlook(year, key, versions, newest_version, cadence, bidang, settings, past) for key in year.periods}


def _outlook(
    year: YearState,
    key: str,
    versions: Mapping[int, Sop],
    newest_version: int,
    cadence: Cadence | None,
    bidang: tuple[str, ...],
    settings: Settings,
    past: PastRuns,
) -> Outlook:
    period, case = year.periods[key], year.case_of(key)
    version = newest_version if case is None else case.sop_version
    steps = procedure(versions[version], key, cadence)
    closing = closing_of(year, key, steps)
    return Outlook(
        key=key,
        is_closed=period.phase is PeriodPhase.TUTUP,
        is_open=period.phase is PeriodPhase.BUKA,
        first_day=first_day(key),
        stages=() if steps is None else _stages(steps, versions[version].code, version, case, bidang, settings, past),
        children=closing.children,
        is_stopped=case is not None and case.phase is CasePhase.DIHENTIKAN and period.phase is PeriodPhase.BUKA,
        is_held=case is not None and case.phase is CasePhase.DITAHAN,
        is_stale=bool(closing.stale),
        done=frozenset() if case is None else _done(case),
        open_runs={} if case is None else _open_runs(case),
        target=_target(settings, key),
    )


def _stages(
    steps: Procedure,
    sop: str,
    version: int,
    case: CaseState | None,
    bidang: tuple[str, ...],
    settings: Settings,
    past: PastRuns,
) -> tuple[Stage, ...]:
    frozen = {} if case is None else case.regions
    stages = []
    for number in steps.numbers:
        region = steps.region_of(number)
        stages.append(
            Stage(
                number,
                steps.steps[number].mutu_baku.waktu,
                settings.clock_start_of(sop, number),
                None if region is None else frozen.get(region.first, bidang),
                past.get((version, number), ()),
            )
        )
    return tuple(stages)


def _done(case: CaseState) -> frozenset[Slot]:
    return frozenset(run.slot for run in case.runs.values() if run.is_done)


def _open_runs(case: CaseState) -> dict[Slot, OpenRun]:
    return {
        run.slot: OpenRun(run.ready, run.started, (*run.pauses, *case.holds))
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
        stages.append(stage if kept is None else stage._replace(bidang=kept))
    return outlook._replace(stages=tuple(stages))


def _unlike(outlook: Outlook, bidang: Sequence[str], steps: Sequence[int]) -> tuple[str, ...]:
    done = {name for step, name in outlook.done if step in steps}
    begun = {name for step, name in outlook.open_runs if step in steps}
    found: dict[object, str] = {}
    for name in bidang:
        # Where nothing has happened yet, one look at the whole bidang settles it.
        slots = [(step, name) for step in steps] if name in done or name in begun else []
        found.setdefault(tuple((slot in outlook.done, outlook.open_runs.get(slot)) for slot in slots), name)
    return tuple(found.values())

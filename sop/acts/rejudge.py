"""Judging an ended run again: under another calendar, to be shown beside the frozen verdict and never over it; and by a
rule that changed since, which replaces the verdict while the period is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sop.acts.deed import Deed
from sop.acts.flow import Draft
from sop.acts.ruling import judged
from sop.model.act import Act
from sop.model.definition import Sop, Waktu
from sop.model.events import Event
from sop.model.settings import Settings
from sop.model.state import CaseState, PeriodPhase, RunPhase, RunState, YearState
from sop.time.deadline import Clocks, Interval, PauseRule, Verdict, merge_intervals
from sop.time.work_calendar import WorkCalendar
from sop.values import asdict, replace


def rejudged(
    run: RunState, holds: Sequence[Interval], waktu: Waktu | None, calendar: WorkCalendar, clocks: Clocks
) -> Verdict | None:
    """What the verdict of a run would be; only the calendar is another one.

    Args:
        run: Any run.
        holds: Intervals in which its case was held.
        waktu: The standard of its step in the version its case runs on.
        calendar: The revision to judge by.
        clocks: As its verdict froze them (`Settings.clocks_of`), the rule of pauses included.

    Returns:
        None for a run without a verdict: it is open, was skipped or cut off, or took over an earlier result.
    """
    is_judged = run.verdict is not None and run.ended is not None
    return judged(run, holds, waktu, calendar, clocks) if is_judged else None


def with_new_verdict(
    run: RunState, holds: Sequence[Interval], waktu: Waktu | None, calendar: WorkCalendar, clocks: Clocks
) -> RunState:
    """The run with the verdict it would have; as it is where it has none."""
    verdict = rejudged(run, holds, waktu, calendar, clocks)
    return run if verdict is None else replace(run, verdict=verdict)


def is_judged_by_old_rule(run: RunState, holds: Sequence[Interval]) -> bool:
    """Whether a run had a pause after its due moment and was judged when that still counted as lateness.

    Args:
        run: Any run.
        holds: Intervals in which its case was held.
    """
    verdict = run.verdict
    if verdict is None or verdict.due_at is None or run.ended is None or verdict.pauses is PauseRule.NEVER_LATE:
        return False
    pauses = merge_intervals((*run.pauses, *holds), run.ended)
    return any(start < run.ended and end > verdict.due_at for start, end in pauses)


def judged_anew(
    state: YearState,
    periods: Iterable[str],
    versions: Mapping[int, Sop],
    settings: Settings,
    calendar_at: Callable[[int], WorkCalendar],
) -> list[dict[str, Any]]:
    """The verdicts of some periods that an old rule of pauses gave, as the rule in force gives them.

    Args:
        state: With every case of the periods loaded.
        periods: Keys.
        versions: Number -> SOP.
        settings: Of the office.
        calendar_at: The office's calendar by revision; each run is judged by the one of its verdict.

    Returns:
        JSON values for an event: period, case, step, bidang, attempt, retired (whether the run's step is gone from the
        case), before and after (fields of Verdict).
    """
    wanted = set(periods)
    cases = (case for key, case in sorted(state.cases.items()) if key[0] in wanted)
    return [each for case in cases for each in _judged_anew(case, versions[case.sop_version], settings, calendar_at)]


def open_periods(state: YearState) -> list[str]:
    """Keys of the periods whose verdicts still follow the rules."""
    return [key for key, period in state.periods.items() if period.phase is PeriodPhase.BUKA]


def _judged_anew(
    case: CaseState, sop: Sop, settings: Settings, calendar_at: Callable[[int], WorkCalendar]
) -> Iterator[dict[str, Any]]:
    for run, retired in (*((run, False) for run in case.runs.values()), *((run, True) for run in case.retired)):
        if run.verdict is None or not is_judged_by_old_rule(run, case.holds):
            continue
        # A run whose step is gone keeps its standard in its verdict.
        waktu = None if retired else sop.step(run.step).mutu_baku.waktu
        clocks = replace(settings.clocks_of(sop.code, run.step, run.verdict), pauses=PauseRule.NEVER_LATE)
        after = rejudged(run, case.holds, waktu, calendar_at(run.verdict.calendar_revision), clocks)
        assert after is not None
        yield {
            "period": case.period,
            "case": case.number,
            "step": run.step,
            "bidang": run.bidang,
            "attempt": run.attempt,
            "retired": retired,
            "before": asdict(run.verdict),
            "after": asdict(after),
        }


def take_new_verdicts(draft: Draft, event: Event) -> None:
    """Verdicts of a rule that changed give way to new ones. A run whose end was undone since has none."""
    for item in event.data.get("judged", ()):
        case = draft.cases[item["period"], item["case"]]
        key, verdict = (item["step"], item["bidang"], item["attempt"]), Verdict.from_dict(item["after"])
        if item["retired"]:
            retired = tuple(replace(run, verdict=verdict) if run.key == key else run for run in case.retired)
            draft.put_case(replace(case, retired=retired))
        elif key in case.runs and case.runs[key].phase is RunPhase.SELESAI:
            draft.put_run(case.key, replace(case.runs[key], verdict=verdict))


DEEDS = {Act.ATURAN: Deed(None, take_new_verdicts)}

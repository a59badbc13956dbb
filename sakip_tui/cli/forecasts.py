"""Forecasts from the plain rows of `db.queries.standing`, without loading the flow of cases.

A test holds them to what `sop.look.outlook` makes of the full state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sakip_tui.cli.overview import DONE, OPEN, waktu_of
from sop.look.forecast import Forecast, OpenRun, Outlook, Stage, forecasts
from sop.model.periods import children_of, first_day

if TYPE_CHECKING:
    from db.rows import StandingPeriod
    from sakip_tui.cli.overview import Overview


class Ahead(NamedTuple):
    """What a forecast needs beside the rows."""

    bidang: tuple[str, ...]
    """The office's list."""
    past: Mapping[tuple[int, int], tuple[int, ...]]
    """As `db.calendar_queries.past_cycles`."""
    stale: Mapping[str, tuple[str, ...]]
    """Open period whose input is stale -> the children reopened since: see `sop.acts.closing`."""


def forecasts_of(overview: Overview, ahead: Ahead) -> Mapping[str, Forecast]:
    """The forecast of every period that the overview holds."""
    known = {period.key: period for period in overview.standing.periods}
    outlooks = {key: _outlook(overview, period, known, ahead) for key, period in known.items()}
    first = overview.settings.count_first_day
    return forecasts(outlooks, overview.calendar, overview.now, count_first_day=first)


def _outlook(overview: Overview, period: StandingPeriod, known: Mapping[str, StandingPeriod], ahead: Ahead) -> Outlook:
    stopped = period.holds
    return Outlook(
        key=period.key,
        is_closed=period.phase == "tutup",
        is_open=period.phase == "buka",
        first_day=first_day(period.key),
        stages=tuple(_stages(overview, period, ahead)),
        children=tuple(
            key
            for key in children_of(period.key)
            if (child := known.get(key)) is not None
            and child.phase != "tutup"
            and period.waived.get(key) != child.reopenings
        ),
        is_stopped=period.phase == "buka" and period.case_phase == "dihentikan",
        is_held=period.case_phase == "ditahan",
        is_stale=period.key in ahead.stale,
        done=frozenset((run.step, run.bidang) for run in period.runs if run.phase in DONE),
        open_runs={
            (run.step, run.bidang): OpenRun(run.ready, run.started, (*run.pauses, *stopped))
            for run in period.runs
            if run.phase in OPEN
        },
        target=overview.target_of(period),
    )


def _stages(overview: Overview, period: StandingPeriod, ahead: Ahead) -> list[Stage]:
    version = overview.standing.newest_version if period.sop_version is None else period.sop_version
    stages: list[Stage] = []
    bidang: tuple[str, ...] | None = None
    for number, row in overview.steps_of(period).items():
        if not row.get("per_bidang"):
            bidang = None
        elif bidang is None:
            # The first step of a region: the list it was entered with, else the office's.
            bidang = period.regions.get(number, ahead.bidang)
        stages.append(
            Stage(
                number,
                waktu_of(row.get("waktu")),
                overview.settings.clock_start_of(overview.standing.address.sop, number),
                bidang,
                ahead.past.get((version, number), ()),
            )
        )
    return stages

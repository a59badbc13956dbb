"""Forecasts from the plain rows of `db.queries.standing`, without loading the flow of cases.

A test holds them to what `sop.look.outlook` makes of the full state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sakip_tui.views.plain_year import PlainYear, waktu_of
from sop.look.forecast import Forecast, Outlook, Stage, Underway, forecasts
from sop.model.turn import DONE, OPEN

if TYPE_CHECKING:
    from db.rows import StandingPeriod


class Ahead(NamedTuple):
    """What a forecast needs beside the rows."""

    bidang: tuple[str, ...]
    """The office's list."""
    past: Mapping[tuple[int, int], tuple[int, ...]]
    """As `db.past_runs.past_cycles`."""
    stale: Mapping[str, tuple[str, ...]]
    """Open period whose input is stale -> the children reopened since: see `sop.acts.closing`."""


def forecasts_of(year: PlainYear, ahead: Ahead, now: int) -> Mapping[str, Forecast]:
    """The forecast of every period that the rows hold."""
    outlooks = {key: _outlook(year, period, ahead) for key, period in year.periods.items()}
    return forecasts(outlooks, year.calendar, now, count_first_day=year.settings.count_first_day)


def _outlook(year: PlainYear, period: StandingPeriod, ahead: Ahead) -> Outlook:
    return Outlook(
        key=period.key,
        is_closed=period.phase == "tutup",
        is_open=period.phase == "buka",
        stages=tuple(_stages(year, period, ahead)),
        children=year.awaited(period),
        is_stopped=period.phase == "buka" and period.case_phase == "dihentikan",
        is_held=period.case_phase == "ditahan",
        is_stale=period.key in ahead.stale,
        done=frozenset((run.step, run.bidang) for run in period.runs if run.phase in DONE),
        open_runs={
            (run.step, run.bidang): Underway(run.ready, run.started, (*run.pauses, *period.holds))
            for run in period.runs
            if run.phase in OPEN
        },
        target=year.target_of(period),
    )


def _stages(year: PlainYear, period: StandingPeriod, ahead: Ahead) -> list[Stage]:
    stages: list[Stage] = []
    bidang: tuple[str, ...] | None = None
    for number, row in year.steps_of(period).items():
        if not row.get("per_bidang"):
            bidang = None
        elif bidang is None:
            # The first step of a region: the list it was entered with, else the office's.
            bidang = period.regions.get(number, ahead.bidang)
        stages.append(
            Stage(
                number,
                waktu_of(row.get("waktu")),
                year.settings.clock_start_of(year.standing.address.sop, number),
                bidang,
                ahead.past.get((year.version_of(period), number), ()),
                "decision" in row,
            )
        )
    return stages

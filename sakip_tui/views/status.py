"""Where every period stands: progress, what is late, what is due, whose turn it is.

Works on the plain rows of `db.queries.standing` and not on the flow of cases: `sakip status` is asked by scripts and
prompts, and importing the flow costs more than everything else together. A test holds it to what the board says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sakip_tui.views.ahead import Ahead, forecasts_of
from sakip_tui.views.plain_year import OPEN, PlainYear, waktu_of
from sop.look.standing import Timed, measured
from sop.model.turn import lane_of
from sop.time.instants import civil, format_iso
from sop.time.work_calendar import DAY

if TYPE_CHECKING:
    from db.rows import Standing, StandingPeriod, StandingRun
    from sop.look.forecast import Forecast

Document = dict[str, Any]


class Overview:
    """One SOP of one office at one moment."""

    def __init__(self, standing: Standing, now: int, ahead: Ahead | None = None) -> None:
        self.standing = standing
        self.year = PlainYear(standing)
        self.ahead = ahead
        """What forecasts need beside; without it there are none."""
        self.now = now

    @cached_property
    def cards(self) -> dict[str, list[Document]]:
        """Period key -> its open cards by step, one for each bidang."""
        return {
            period.key: [self._card(period, run) for run in period.runs if run.phase in OPEN]
            for period in self.standing.periods
            if period.phase == "buka"
        }

    # ------------------------------------------------------------------ the answer
    def document(self) -> Document:
        """The shape of `sakip status --json`."""
        cards = [card for found in self.cards.values() for card in found]
        turn: dict[str, int] = {}
        for card in cards:
            turn[card["lane"]] = turn.get(card["lane"], 0) + 1
        return {
            "now": format_iso(self.now, self.year.offset),
            "office": self.standing.address.office,
            "office_name": self.standing.office_name,
            "sop": self.standing.address.sop,
            "periods": self.periods(),
            "late": [card for card in cards if card["late"]],
            "not_started": sorted(
                (card for card in cards if card["not_started"]), key=lambda card: -(card["queue_seconds"] or 0)
            ),
            "due": self._due(cards),
            "turn": turn,
        }

    def periods(self) -> list[Document]:
        """One line for each period, in the order in which they close."""
        return [self._period(period) for period in self.standing.periods]

    def _due(self, cards: Iterable[Document]) -> list[Document]:
        """Not late yet, but at risk or due before the day is over; the nearest first."""
        midnight = civil(self.now, self.year.offset).date().isoformat() + "T24"
        soon = [
            card
            for card in cards
            if card["due_at"] is not None and not card["late"] and (card["at_risk"] or card["due_at"] < midnight)
        ]
        return sorted(soon, key=lambda card: str(card["due_at"]))

    def _period(self, period: StandingPeriod) -> Document:
        done, total = self.year.progress(period)
        return {
            "period": period.key,
            "period_state": period.phase,
            "period_revision": period.revision,
            "closing_revision": period.closings,
            "state": period.case_phase,
            "case_revision": period.case_revision,
            "done": done,
            "total": total,
            "late": sum(card["late"] for card in self.cards.get(period.key, ())),
            "forecast_at": self._forecast_at(period),
            "waiting_for": list(self.year.waits(period)),
            **self._target(period),
            "regions": [
                {
                    "first": region.first,
                    "last": region.last,
                    "joined": [region.handed.handed_in, region.handed.total],
                    "skipped": region.handed.skipped,
                }
                for region in self.year.regions(period)
            ],
        }

    def _target(self, period: StandingPeriod) -> Document:
        """The last second of the office's target day, and whether it went by with the period still open."""
        day = self.year.target_of(period)
        if day is None:
            return {"target_at": None, "target_passed": False}
        ends = self.year.calendar.instant(day, DAY) - 1
        return {
            "target_at": self._iso(ends),
            "target_passed": self.now > ends and period.phase != "tutup" and not self.year.is_waived(period),
        }

    def _forecast_at(self, period: StandingPeriod) -> str | None:
        """When an open period can be closed; None once only the closing is left."""
        found = self.forecasts.get(period.key)
        if found is None or period.phase != "buka" or found.only_closing:
            return None
        return self._iso(found.period_at)

    @cached_property
    def forecasts(self) -> Mapping[str, Forecast]:
        """Period key -> when it will be finished."""
        return {} if self.ahead is None else forecasts_of(self.year, self.ahead, self.now)

    # ------------------------------------------------------------------ cards
    def _card(self, period: StandingPeriod, run: StandingRun) -> Document:
        step = self.year.steps_of(period)[run.step]
        clocks = self.year.settings.clocks_of(self.standing.address.sop, run.step)
        timed = Timed(waktu_of(step.get("waktu")), run.ready, run.started, (*run.pauses, *period.holds), clocks)
        stands = measured(timed, self.now, self.year.calendar, self.year.settings)
        share = stands.used_share
        handed = self.year.handed(period, run.step)
        return {
            "step": run.step,
            "title": _text(step["title"]),
            "bidang": run.bidang,
            "attempt": run.attempt,
            "state": run.phase,
            "lane": lane_of(step["pelaksana"], step.get("decider"), run.phase),
            "holder": run.holder,
            "revision": run.revision,
            "ready_at": self._iso(run.ready),
            "started_at": self._iso(run.started),
            "ended_at": self._iso(run.ended),
            "due_at": self._iso(stands.due_at),
            "late": stands.late,
            "at_risk": stands.at_risk,
            "used_share": None if share is None else round(share, 4),
            "waiting_for": [],
            "assumed": self.year.is_assumed(period, step),
            "joined": None if handed is None else [handed.handed_in, handed.total],
            "skipped": None if handed is None else handed.skipped,
            "late_seconds": stands.late_seconds,
            "queue_seconds": stands.queue_seconds,
            "not_started": stands.not_started,
            "period": period.key,
        }

    def _iso(self, t: int | None) -> str | None:
        return None if t is None else format_iso(t, self.year.offset)


def _text(written: str | Mapping[str, str]) -> str:
    return written if isinstance(written, str) else written["text"]

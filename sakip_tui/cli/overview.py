"""Where every period stands: progress, what is late, what is due, whose turn it is.

Works on the plain rows of `db.queries.standing` and not on the flow of cases: `sakip status` is asked by scripts and
prompts, and importing the flow costs more than everything else together. A test holds it to what the board says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from sop.acts.handing import Handed, handed
from sop.form.waktu import parse
from sop.look.standing import Timed, measured
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.periods import CADENCE, split
from sop.model.settings import Settings
from sop.model.turn import lane_of
from sop.time.instants import ZONES, civil, format_iso
from sop.time.work_calendar import DAY, CalendarSpec, WorkCalendar

if TYPE_CHECKING:
    from db.rows import Standing, StandingPeriod, StandingRun
    from sakip_tui.cli.forecasts import Ahead
    from sop.look.forecast import Forecast

Document = dict[str, Any]
OPEN = ("siap", "dikerjakan", "ditunda", "keputusan")
DONE = ("selesai", "dilewati")
_ASSUMABLE = ("pelaksana", "decider", "ya", "tidak")


class RegionRuns(NamedTuple):
    """A per-bidang region of a case, from the plain rows."""

    first: int
    last: int
    frozen: tuple[str, ...]
    missing: tuple[tuple[str, StandingRun | None], ...]
    """Bidang that are not through, each with its open run; those that wait longest in front."""
    done: Mapping[str, StandingRun]
    """Bidang -> its ended run of the last step."""

    @property
    def handed(self) -> Handed:
        return handed(self.done[name].phase if name in self.done else None for name in self.frozen)


class Overview:
    """One SOP of one office at one moment."""

    def __init__(self, standing: Standing, now: int) -> None:
        self.standing = standing
        self.ahead: Ahead | None = None
        """What forecasts need beside; without it there are none."""
        self.now = now
        self.settings = Settings.from_dict(standing.settings)
        self.offset = ZONES[standing.zone]
        self._tables: dict[tuple[int, str], dict[int, Mapping[str, Any]]] = {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar(CalendarSpec.from_dict(self.standing.calendar_spec), self.standing.calendar_revision)

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
            "now": format_iso(self.now, self.offset),
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
        midnight = civil(self.now, self.offset).date().isoformat() + "T24"
        soon = [
            card
            for card in cards
            if card["due_at"] is not None and not card["late"] and (card["at_risk"] or card["due_at"] < midnight)
        ]
        return sorted(soon, key=lambda card: str(card["due_at"]))

    def _period(self, period: StandingPeriod) -> Document:
        done, total = self._progress(period)
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
            "waiting_for": list(self._waits(period)),
            **self._target(period),
            "regions": [
                {
                    "first": region.first,
                    "last": region.last,
                    "joined": [region.handed.handed_in, region.handed.total],
                    "skipped": region.handed.skipped,
                }
                for region in self.regions(period)
            ],
        }

    def _target(self, period: StandingPeriod) -> Document:
        """The last second of the office's target day, and whether it went by with the period still open."""
        day = self.target_of(period)
        if day is None:
            return {"target_at": None, "target_passed": False}
        parent = next((one for one in self.standing.periods if period.key in one.waived), None)
        is_waived = parent is not None and parent.waived[period.key] == period.reopenings
        ends = self.calendar.instant(day, DAY) - 1
        return {
            "target_at": self._iso(ends),
            "target_passed": self.now > ends and period.phase != "tutup" and not is_waived,
        }

    def target_of(self, period: StandingPeriod) -> dt.date | None:
        """The day on which the office wants the period closed; None where it named none."""
        target = self.settings.targets.get(period.key)
        return None if target is None else dt.date.fromisoformat(target)

    def _forecast_at(self, period: StandingPeriod) -> str | None:
        """When an open period can be closed; None once only the closing is left."""
        found = self.forecasts.get(period.key)
        if found is None or period.phase != "buka" or found.only_closing:
            return None
        return self._iso(found.period_at)

    @cached_property
    def forecasts(self) -> Mapping[str, Forecast]:
        """Period key -> when it will be finished."""
        if self.ahead is None:
            return {}
        from sakip_tui.cli.forecasts import forecasts_of

        return forecasts_of(self, self.ahead)

    # ------------------------------------------------------------------ progress
    def _progress(self, period: StandingPeriod) -> tuple[int, int]:
        """(done, of all) steps; a per-bidang step is done when every frozen bidang is."""
        steps = self.steps_of(period)
        if period.phase == "tutup":
            return (len(steps) if period.case_phase == "selesai" else 0), len(steps)
        done: dict[int, set[str | None]] = {}
        for run in period.runs:
            if run.phase in DONE:
                done.setdefault(run.step, set()).add(run.bidang)
        return sum(self._is_through(period, step, done.get(number, set())) for number, step in steps.items()), len(
            steps
        )

    def _is_through(self, period: StandingPeriod, step: Mapping[str, Any], done: set[str | None]) -> bool:
        if not step.get("per_bidang"):
            return None in done
        frozen = next((names for first, names in period.regions.items() if self._holds(period, first, step)), ())
        return bool(frozen) and set(frozen) <= done

    def _holds(self, period: StandingPeriod, first: int, step: Mapping[str, Any]) -> bool:
        """Whether a step lies in the region that begins at `first`: per-bidang steps without a gap between."""
        between = [
            row.get("per_bidang") for number, row in self.steps_of(period).items() if first <= number <= step["number"]
        ]
        return bool(between) and all(between)

    def _waits(self, period: StandingPeriod) -> Iterator[str]:
        """Child periods that the period's gate waits for."""
        if period.phase != "buka" or (period.has_case and period.gate_since is None):
            return
        from sop.model.periods import children_of

        known = {other.key: other for other in self.standing.periods}
        for key in children_of(period.key):
            child = known.get(key)
            if child is not None and child.phase != "tutup" and period.waived.get(key) != child.reopenings:
                yield f"{key} ditutup"

    def steps_of(self, period: StandingPeriod) -> dict[int, Mapping[str, Any]]:
        """The steps of the period's cadence by number, as the SOP file has them."""
        version = period.sop_version if period.sop_version is not None else self.standing.newest_version
        cadence = CADENCE[split(period.key)[1]].value
        key = (version, cadence)
        if key not in self._tables:
            rows = self.standing.definitions[version]["steps"]
            mine = (row for row in rows if row.get("cadence", self.standing.cadence) == cadence)
            self._tables[key] = {row["number"]: row for row in mine}
        return self._tables[key]

    # ------------------------------------------------------------------ bidang
    def regions(self, period: StandingPeriod) -> Iterator[RegionRuns]:
        """The per-bidang regions that the case of an open period is in, or went through."""
        steps = self.steps_of(period)
        for first, names in period.regions.items():
            if period.phase != "buka" or not steps.get(first, {}).get("per_bidang"):
                continue
            numbers = takewhile(
                lambda number: steps[number].get("per_bidang"), (number for number in steps if number >= first)
            )
            last = max(numbers)
            inside = [run for run in period.runs if first <= run.step <= last]
            done = {run.bidang: run for run in inside if run.step == last and run.phase in DONE and run.bidang}
            open_runs = {run.bidang: run for run in inside if run.phase in OPEN}
            missing = sorted(
                ((name, open_runs.get(name)) for name in names if name not in done),
                key=lambda pair: pair[1].ready if pair[1] is not None else 1 << 62,
            )
            if inside:
                yield RegionRuns(first, last, names, tuple(missing), done)

    def _handed(self, period: StandingPeriod, step: int) -> Handed | None:
        """How far the bidang are that a step gathers; None for a step that gathers none."""
        steps = self.steps_of(period)
        before = max((number for number in steps if number < step), default=None)
        if before is None or steps[step].get("per_bidang") or not steps[before].get("per_bidang"):
            return None
        return next((region.handed for region in self.regions(period) if region.last == before), None)

    # ------------------------------------------------------------------ cards
    def _card(self, period: StandingPeriod, run: StandingRun) -> Document:
        step = self.steps_of(period)[run.step]
        clocks = self.settings.clocks_of(self.standing.address.sop, run.step)
        timed = Timed(waktu_of(step.get("waktu")), run.ready, run.started, (*run.pauses, *period.holds), clocks)
        stands = measured(timed, self.now, self.calendar, self.settings)
        share = stands.used_share
        handed = self._handed(period, run.step)
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
            "assumed": self._is_assumed(period, step),
            "joined": None if handed is None else [handed.handed_in, handed.total],
            "skipped": None if handed is None else handed.skipped,
            "late_seconds": stands.late_seconds,
            "queue_seconds": stands.queue_seconds,
            "not_started": stands.not_started,
            "period": period.key,
        }

    def _is_assumed(self, period: StandingPeriod, step: Mapping[str, Any]) -> bool:
        version = period.sop_version if period.sop_version is not None else self.standing.newest_version
        settled = self.standing.confirmed.get(version, frozenset())
        bases = step.get("basis", {})
        return any(
            name in bases and _basis(bases[name]) == "asumsi" and (step["number"], name) not in settled
            for name in _ASSUMABLE
        )

    def _iso(self, t: int | None) -> str | None:
        return None if t is None else format_iso(t, self.offset)


def _text(written: str | Mapping[str, str]) -> str:
    return written if isinstance(written, str) else written["text"]


def _basis(ground: str | Mapping[str, Any]) -> str:
    return ground if isinstance(ground, str) else str(ground["basis"])


def waktu_of(value: str | Mapping[str, Any] | None) -> Waktu | None:
    """The Waktu cell of an SOP that is kept, and so known to be sound."""
    if value is None or isinstance(value, str):
        return None if value is None else parse(value)
    if "value" in value:
        kind = DayKind(value["day_kind"]) if "day_kind" in value else None
        return Waktu(value["text"], float(value["value"]), Unit(value["unit"]), kind)
    read = parse(value["text"], value.get("header"))
    if "day_kind" not in value:
        return read
    return Waktu(read.text, read.value, read.unit, DayKind(value["day_kind"]))

"""Where every period stands: progress, what is late, what is due, whose turn it is.

The read model of `sakip status`, `sakip periode daftar` and `sakip ringkas`, and of the dashboard's texts to paste. It
works on the plain rows of `db.queries.standing` and not on the flow of cases: scripts and prompts ask for a status, and
importing the flow costs more than everything else together. Its cards are those of the board; a test holds them to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from db import queries
from db.past_runs import office_bidang, past_cycles
from sakip_tui.views.ahead import Ahead, forecasts_of
from sakip_tui.views.plain_year import PlainYear, RegionRuns
from sop.loading import load
from sop.look.card import Card, standing
from sop.look.standing import Stand
from sop.model.errors import CalendarGap
from sop.model.periods import children_of
from sop.model.turn import OPEN
from sop.time.instants import civil
from sop.time.work_calendar import DAY

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address, Standing, StandingPeriod
    from sop.look.forecast import Forecast

FLOW = MappingProxyType({"board": "db.case_queries:board", "closing": "sop.look.year:closing_in"})
"""What only an office needs that has reopened a period: the flow of its cases."""
DOUBTED = "Jam diragukan: ada waktu yang tercatat lebih maju daripada jam komputer; periksa jam komputer ini."


class OpenCard(NamedTuple):
    """A card that somebody has to act on."""

    period: str
    card: Card
    stand: Stand


class PeriodLine(NamedTuple):
    """Where one period stands."""

    row: StandingPeriod
    done: int
    total: int
    """Steps; 0 for a pure roll-up."""
    late: int
    forecast_at: int | None
    """When an open period can be closed; None once only the closing is left."""
    waiting_for: tuple[str, ...]
    """What its gate waits for, in words."""
    target: dt.date | None
    target_at: int | None
    """The last second of the office's target day."""
    target_passed: bool
    """Whether it went by with the period still open."""
    regions: tuple[RegionRuns, ...]

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def is_open(self) -> bool:
        """Whether the period was opened, and not closed since."""
        return self.row.phase == "buka"


class Overview:
    """One SOP of one office at one moment."""

    def __init__(self, rows: Standing, now: int, ahead: Ahead | None = None) -> None:
        self.standing = rows
        self.year = PlainYear(rows)
        self.ahead = ahead
        """What forecasts need beside; without it there are none."""
        self.now = now

    # ------------------------------------------------------------------ cards
    @cached_property
    def cards(self) -> Mapping[str, Sequence[OpenCard]]:
        """Open period -> its open cards by step, one for each bidang."""
        return {
            period.key: [
                self._stood(period.key, self.year.card(period, run)) for run in period.runs if run.phase in OPEN
            ]
            for period in self.standing.periods
            if period.phase == "buka"
        }

    def _stood(self, period: str, card: Card) -> OpenCard:
        return OpenCard(period, card, standing(card, self.now, self.year.calendar, self.year.settings))

    @cached_property
    def all_cards(self) -> Sequence[OpenCard]:
        """The cards of every period."""
        return [one for found in self.cards.values() for one in found]

    @property
    def late(self) -> Sequence[OpenCard]:
        """Those past their due moment, by period and step."""
        return [one for one in self.all_cards if one.stand.late]

    @property
    def not_started(self) -> Sequence[OpenCard]:
        """Those that have waited for too long, the longest first."""
        found = (one for one in self.all_cards if one.stand.not_started)
        return sorted(found, key=lambda one: -(one.stand.queue_seconds or 0))

    @property
    def due(self) -> Sequence[OpenCard]:
        """Those that are not late yet, but at risk or due before the day is over; the nearest first."""
        soon = [
            (one.stand.due_at, one)
            for one in self.all_cards
            if one.stand.due_at is not None
            and not one.stand.late
            and (one.stand.at_risk or self.day_of(one.stand.due_at) <= self.today)
        ]
        return [one for _, one in sorted(soon, key=lambda pair: pair[0])]

    @property
    def turn(self) -> Mapping[str, int]:
        """Lane -> its open cards."""
        found: dict[str, int] = {}
        for one in self.all_cards:
            found[one.card.lane] = found.get(one.card.lane, 0) + 1
        return found

    # ------------------------------------------------------------------ periods
    @cached_property
    def periods(self) -> Sequence[PeriodLine]:
        """One line for each period, in the order in which they close."""
        return [self._line(period) for period in self.standing.periods]

    def _line(self, period: StandingPeriod) -> PeriodLine:
        done, total = self.year.progress(period)
        target = self.year.target_of(period)
        ends = None if target is None else self.year.calendar.instant(target, DAY) - 1
        is_over = ends is not None and self.now > ends
        return PeriodLine(
            row=period,
            done=done,
            total=total,
            late=sum(one.stand.late for one in self.cards.get(period.key, ())),
            forecast_at=self._forecast_at(period),
            waiting_for=tuple(self.year.waits(period)),
            target=target,
            target_at=ends,
            target_passed=is_over and period.phase != "tutup" and not self.year.is_waived(period),
            regions=tuple(self.year.regions(period)),
        )

    def _forecast_at(self, period: StandingPeriod) -> int | None:
        found = self.forecasts.get(period.key)
        if found is None or period.phase != "buka" or found.only_closing:
            return None
        return found.period_at

    @cached_property
    def forecasts(self) -> Mapping[str, Forecast]:
        """Period key -> when it will be finished."""
        return {} if self.ahead is None else forecasts_of(self.year, self.ahead, self.now)

    # ------------------------------------------------------------------ the day
    @cached_property
    def today(self) -> dt.date:
        """The civil day of looking, in the office's zone."""
        return self.day_of(self.now)

    def day_of(self, moment: int) -> dt.date:
        """The civil day of a moment, in the office's zone; also beyond the calendar."""
        return civil(moment, self.year.offset).date()

    @property
    def is_office_open(self) -> bool:
        """Whether somebody is there to read a warning; yes where the calendar does not know."""
        try:
            return self.year.calendar.is_open(self.now)
        except CalendarGap:
            return True


def overview_at(database: Database, address: Address, now: int, year: int | None = None) -> Overview:
    """Where an office stands, with forecasts. Raises UnknownYear."""
    rows = queries.standing(database, address, year, now)
    stale = stale_periods(database, address, rows)
    return Overview(rows, now, Ahead(office_bidang(database, address.office), past_cycles(database, address), stale))


def stale_periods(database: Database, address: Address, rows: Standing) -> dict[str, tuple[str, ...]]:
    """Open periods whose input is stale -> the children that were reopened since it was taken in."""
    known = {period.key: period for period in rows.periods}
    found: dict[str, tuple[str, ...]] = {}
    for period in known.values():
        reopened = any(known[key].reopenings for key in children_of(period.key) if key in known)
        # Only where a child was ever reopened: the flow of a case costs more than the rest of the answer.
        if period.phase == "buka" and period.has_case and reopened:
            stale = load(FLOW["closing"])(load(FLOW["board"])(database, address, period.key), period.key).stale
            if stale:
                found[period.key] = stale
    return found


# ---------------------------------------------------------------------- what is said first
def banners(overview: Overview) -> list[str]:
    """What every reader must know first: input that is stale, and a clock that cannot be trusted."""
    opened = [period for period in overview.standing.periods if period.phase == "buka"]
    stale = {} if overview.ahead is None else overview.ahead.stale
    found = [stale_line(key, children) for key, children in stale.items()]
    moments = (moment for period in opened for run in period.runs for moment in (run.ready, run.started, run.ended))
    if any((moment or 0) > overview.now for moment in moments):
        found.append(DOUBTED)
    return found


def stale_line(period: str, children: Sequence[str]) -> str:
    """The banner of a period whose input is stale."""
    return f"Masukan basi: {', '.join(sorted(children))} dibuka kembali sesudah dipakai {period}."


def is_worth_telling(overview: Overview, cards: Iterable[OpenCard], periods: Collection[str]) -> bool:
    """Whether one of these open cards is late, waits to be started for too long or is due today, or one of these
    periods is past its target. Outside office hours nothing is: a warning waits until somebody is there to read it.

    Args:
        overview: Where they stand.
        cards: Of the whole office, or of one bidang.
        periods: Keys of the periods that are its business.
    """
    return overview.is_office_open and (
        any(one.stand.late or one.stand.not_started or _is_due_today(overview, one) for one in cards)
        or any(line.target_passed for line in overview.periods if line.key in periods)
    )


def _is_due_today(overview: Overview, one: OpenCard) -> bool:
    due = one.stand.due_at
    return due is not None and overview.day_of(due) == overview.today

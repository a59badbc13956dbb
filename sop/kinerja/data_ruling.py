"""The ground that acts on data are judged on: where they point, who asks, and the checks that they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sop.kinerja.data_act import DataCommand, DataEvent
from sop.kinerja.form import FormRevision, FormRow, Owner
from sop.kinerja.form_fault import FormFault
from sop.kinerja.state import DataPeriod, DataSeat, KinerjaState
from sop.model.errors import Fault, FaultyInput
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule
from sop.model.state import PeriodPhase, RunPhase
from sop.model.texts import clean_or_none


def shares_rows(actor: Actor, seat: DataSeat, owner: Owner) -> bool:
    """Whether rows are somebody's of the owner's bidang to fill, whichever lane they hold: where one step takes all."""
    is_of_bidang = any(held.bidang == owner for held in actor.memberships)
    return seat.shared and owner is not None and is_of_bidang and not actor.only_looks


def fills(actor: Actor, seat: DataSeat, owner: Owner) -> bool:
    """Whether rows are somebody's to fill, as far as roles and lanes go."""
    return shares_rows(actor, seat, owner) or does_step(actor, seat.lanes, seat.bidang)


def does_step(actor: Actor, lanes: Sequence[str], bidang: str | None = None) -> bool:
    """Whether a step of those lanes (of that bidang) is somebody's to do: to mark and accept rows, to hand them in."""
    return actor.manages or actor.lane_among(lanes, bidang) is not None


class DataRuling:
    """One command held against one state."""

    def __init__(
        self, state: KinerjaState, command: DataCommand, actor: Actor, at: int, lane: str | None = None
    ) -> None:
        """
        Args:
            state: All data of the office.
            command: What is asked.
            actor: Who asks.
            at: Effective moment, UTC epoch seconds.
            lane: Which the act is recorded for, where one was named.
        """
        self.state = state
        self.command = command
        self.actor = actor
        self.at = at
        self.lane = lane
        self.is_granted = False
        """Whether a check said that the act is the actor's to do."""
        self.reason = clean_or_none(command.reason, "alasan")
        self.note = clean_or_none(command.note, "catatan")

    def event(self, data: Mapping[str, Any], lane: str | None = None) -> DataEvent:
        command = self.command
        return DataEvent(self.at, self.actor.code, command.period, command.owner, lane, data)

    # ------------------------------------------------------------------ where it points
    def open_period(self, *, may_be_held: bool = False) -> DataPeriod:
        """The period, open and (but for a correction) not held."""
        period = self.state.period(self.command.period or "")
        if period.phase is PeriodPhase.TUTUP:
            raise Refused(Rule.PERIOD_CLOSED, period=period.key)
        if period.phase is not PeriodPhase.BUKA:
            raise Refused(Rule.PERIOD_NOT_OPEN, period=period.key)
        if period.held and not may_be_held:
            raise Refused(Rule.CASE_HELD, period=period.key)
        return period

    def form(self, period: DataPeriod) -> FormRevision:
        """What the owner was sent."""
        form = period.form(self.command.owner)
        if form is None or not form.rows:
            raise Refused(Rule.NO_FORM, period=period.key, owner=self.command.owner)
        return form

    def seat(self, period: DataPeriod) -> DataSeat:
        """The run that the owner's rows hang on, reached and still valid."""
        seat = period.seats.get(self.command.owner)
        if seat is None or not seat.valid:
            step = None if seat is None else seat.step
            raise Refused(Rule.NOT_REACHED, period=period.key, step=step, bidang=self.command.owner)
        return seat

    def require_handed_in(self, seat: DataSeat) -> None:
        if seat.phase is not RunPhase.SELESAI:
            raise Refused(Rule.ROWS_NOT_HANDED_IN, step=seat.step, bidang=seat.bidang, phase=seat.phase)

    def rows_named(self, form: FormRevision, codes: Iterable[str]) -> list[FormRow]:
        """The rows of a form that codes name, whatever their case. Raises FaultyInput for all that name none."""
        found = {code: form.row(code.casefold()) for code in codes}
        known = tuple(row.indicator.code for row in form.rows)
        faults = [
            Fault(code, FormFault.KODE_TAK_DIKENAL.value, code, known) for code, row in found.items() if row is None
        ]
        if faults:
            raise FaultyInput(tuple(faults))
        return [row for row in found.values() if row is not None]

    # ------------------------------------------------------------------ who asks
    def require_manager(self) -> None:
        if not self.actor.manages:
            raise Refused(Rule.MANAGER_ONLY, act=self.command.act)
        self.is_granted = True

    def require_filler(self, seat: DataSeat) -> str | None:
        """Let pass whoever fills these rows, and say for which lane; None for the bidang's people of other lanes."""
        owner = self.command.owner
        if self.lane is None and shares_rows(self.actor, seat, owner):
            self.is_granted = True
            return self.actor.lane_among(seat.lanes, seat.bidang)
        return self._require_lane(seat.lanes, seat.bidang, seat.bidang or owner)

    def require_checker(self, lanes: Sequence[str]) -> str | None:
        """Let pass a lane of periksa and the pengelola, and say for which lane."""
        return self._require_lane(lanes, None, None)

    def _require_lane(self, lanes: Sequence[str], bidang: str | None, told: str | None) -> str | None:
        wanted = lanes if self.lane is None else (self.lane,)
        if self.lane is not None and self.lane not in lanes:
            raise Refused(Rule.WRONG_LANE, lane=self.lane, allowed=tuple(lanes))
        held = self.actor.lane_among(wanted, bidang)
        if held is None and not self.actor.manages:
            raise Refused(Rule.NOT_MEMBER, allowed=tuple(wanted), bidang=told)
        self.is_granted = True
        return held or next(iter(wanted), None)

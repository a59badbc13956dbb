"""A small office with indicators of every kind, its people, and the least of a flow that its data hang on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sop.kinerja import accompany
from sop.kinerja.checking import accepted, effect_tandai, effect_terima, judge_tandai, judge_terima, refuse_marked
from sop.kinerja.data_act import DataCommand, DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.defining import effect_indikator, effect_target, judge_indikator, judge_target
from sop.kinerja.filling import effect_isi, effect_koreksi_nilai, judge_isi, judge_koreksi_nilai, refuse_unfilled
from sop.kinerja.form import Owner
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi, TargetValue
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.issuing import Sending, due, effect_formulir, judge_formulir, sent
from sop.kinerja.state import CheckSeat, ClosedData, DataSeat, KinerjaState
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor, Membership, Role
from sop.model.state import PeriodPhase, RunPhase
from sop.values import replace

A, B, OFFICE = "Bidang Pelatihan", "Bidang Penempatan", None
OWNERS: tuple[Owner, ...] = (A, B, OFFICE)
LANE, JOIN_LANE, CHECK_LANE = "Bidang", "Kasubag", "Sekretaris"
ISIAN, JOIN, CHECK = 4, 5, 6

MANAGER = Actor("kasubag", frozenset({Role.PENGELOLA}))
PERSON_A = Actor("staf-a", memberships=frozenset({Membership(LANE, A)}))
OTHER_A = Actor("staf-a2", memberships=frozenset({Membership(LANE, A)}))
PERSON_B = Actor("staf-b", memberships=frozenset({Membership(LANE, B)}))
CHECKER = Actor("sekretaris", memberships=frozenset({Membership(CHECK_LANE)}))
VISITOR = Actor("tamu", frozenset({Role.PENGAMAT}), frozenset({Membership(LANE, A)}))
PEOPLE = (MANAGER, PERSON_A, OTHER_A, PERSON_B, CHECKER, VISITOR)

DEEDS = {
    Act.INDIKATOR: (judge_indikator, effect_indikator),
    Act.TARGET: (judge_target, effect_target),
    Act.FORMULIR: (judge_formulir, effect_formulir),
    Act.ISI: (judge_isi, effect_isi),
    Act.KOREKSI_NILAI: (judge_koreksi_nilai, effect_koreksi_nilai),
    Act.TANDAI: (judge_tandai, effect_tandai),
    Act.TERIMA: (judge_terima, effect_terima),
}

INDICATORS = (
    Indicator("IK-1", "Jumlah peserta pelatihan", "orang", owner=A),
    Indicator(
        "IK-2",
        "Lulusan yang terserap",
        "%",
        Jenis.RASIO,
        konsolidasi=Konsolidasi.RATA,
        decimals=2,
        owner=A,
        pembilang="lulusan bekerja",
        penyebut="lulusan",
    ),
    Indicator("IK-3", "Lama penempatan", "hari", arah=Arah.TURUN, konsolidasi=Konsolidasi.AKHIR, decimals=1, owner=B),
    Indicator("IK-4", "Opini mutu", "Opini", Jenis.PREDIKAT, konsolidasi=Konsolidasi.AKHIR, owner=None),
    Indicator(
        "IK-5", "Kepuasan layanan", "%", Jenis.PERSEN, konsolidasi=Konsolidasi.RATA, cadence=Cadence.SEMESTER, owner=B
    ),
)
QUARTERS = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")


def terisi(value: str | int, **words: Any) -> Isian:
    return Isian(Keadaan.TERISI, Decimal(value), **words)


def rasio(above: str | int, below: str | int, **words: Any) -> Isian:
    return Isian(Keadaan.TERISI, pembilang=Decimal(above), penyebut=Decimal(below), **words)


@dataclass
class Office:
    """A state, and everything that made it: replaying the log must give the state."""

    state: KinerjaState = field(
        default_factory=lambda: KinerjaState(cadences=frozenset({Cadence.TRIWULAN}), bidang=(A, B))
    )
    log: list[Callable[[KinerjaState], KinerjaState]] = field(default_factory=list)
    first: KinerjaState | None = None
    at: int = 0

    def __post_init__(self) -> None:
        self.first = self.state

    # --- acts on data
    def act(self, actor: Actor, act: Act, **details: Any) -> DataEvent:
        self.at += 60
        judge, effect = DEEDS[act]
        event = judge(DataRuling(self.state, DataCommand(act, **details), actor, self.at))
        kept = replace(event, data=json.loads(json.dumps(event.data)))
        self.step(lambda state: effect(state, kept))
        return kept

    def step(self, change: Callable[[KinerjaState], KinerjaState]) -> None:
        self.state = change(self.state)
        self.log.append(change)

    def replayed(self) -> KinerjaState:
        assert self.first is not None
        state = self.first
        for change in self.log:
            state = change(state)
        return state

    def define(self, *indicators: Indicator, since: str = "2026-TW1") -> None:
        for indicator in indicators:
            self.act(MANAGER, Act.INDIKATOR, indicator=indicator, since=since)

    def aim(self, targets: Mapping[tuple[str, str], TargetValue | None], number: int = 1, **details: Any) -> DataEvent:
        return self.act(MANAGER, Act.TARGET, targets=targets, number=number, **details)

    def fill(self, key: str, owner: Owner, actor: Actor = MANAGER, **details: Any) -> DataEvent:
        return self.act(actor, Act.ISI, period=key, owner=owner, **details)

    # --- the least of a flow
    def open(self, key: str) -> None:
        """The period opens, its forms go out, and the two bidang's runs begin."""
        self.flow(key, phase=PeriodPhase.BUKA)
        self.send(key)
        self.flow(key, check=CheckSeat((CHECK_LANE,)))
        for owner in (A, B):
            self.seat(key, owner, DataSeat(1, ISIAN, owner, 1, (LANE,)))

    def send(self, key: str) -> bool:
        found = due(self.state, key)
        if found is None:
            return False
        kept = Sending.from_dict(json.loads(json.dumps(found.to_dict())))
        assert kept == found
        self.step(lambda state: sent(state, key, kept))
        return True

    def seat(self, key: str, owner: Owner, seat: DataSeat) -> None:
        self.flow(key, seats={**self.state.period(key).seats, owner: seat})

    def flow(self, key: str, **changes: Any) -> None:
        """What the cases of the period would say."""
        self.step(lambda state: state.with_period(replace(state.period(key), **changes)))

    def move(self, key: str, owner: Owner, phase: RunPhase, **changes: Any) -> None:
        self.seat(key, owner, replace(self.state.period(key).seats[owner], phase=phase, **changes))

    def finish(self, key: str, owner: Owner, *, skip: bool = False, holder: str | None = None) -> None:
        """selesai, or lewati, of the run of some rows; the join's run opens behind both bidang."""
        seat = self.state.period(key).seats[owner]
        if not skip:
            refuse_unfilled(self.state, key, seat.step, seat.bidang)
        self.move(key, owner, RunPhase.DILEWATI if skip else RunPhase.SELESAI, holder=holder)
        seats = self.state.period(key).seats
        ended = [seats[each].valid and not seats[each].is_open for each in (A, B)]
        join = seats.get(OFFICE)
        if owner is not OFFICE and all(ended) and (join is None or not join.valid):
            attempt = 1 if join is None else join.attempt + 1
            self.seat(key, OFFICE, DataSeat(1, JOIN, None, attempt, (JOIN_LANE,)))

    def send_back(self, key: str, *owners: Owner) -> None:
        """kembalikan to the isian step of these bidang: everything after the join becomes not valid."""
        seats = self.state.period(key).seats
        for owner in owners:
            self.seat(
                key, owner, replace(seats[owner], attempt=seats[owner].attempt + 1, phase=RunPhase.SIAP, holder=None)
            )
        if OFFICE in seats:
            join = seats[OFFICE]
            phase = RunPhase.DIBATALKAN if join.is_open else join.phase
            self.seat(key, OFFICE, replace(join, valid=False, phase=phase))
        self.flow(key, check=replace(self.state.period(key).check, finished=False))

    def check(self, key: str) -> None:
        """periksa is finished."""
        refuse_marked(self.state, key)
        self.step(lambda state: accepted(state, key))
        self.flow(key, check=replace(self.state.period(key).check, finished=True))

    def close(self, key: str) -> None:
        number = self.state.period(key).closing + 1
        found = accompany.frozen(self.state, key, number)
        if found is not None:
            kept = ClosedData(number, json.loads(json.dumps(dict(found.kept))))
            self.step(lambda state: accompany.closed(state, key, kept))
        self.flow(key, phase=PeriodPhase.TUTUP, closing=number)

    def reopen(self, key: str) -> None:
        rolls_up = not self.state.period(key).seats
        self.step(lambda state: accompany.reopened(state, key, rolls_up=rolls_up))
        self.flow(key, phase=PeriodPhase.BUKA)


def quarter_rows(count: int, above: int, below: int, days: str, opinion: str) -> dict[Owner, dict[str, Isian]]:
    return {
        A: {"IK-1": terisi(count), "IK-2": rasio(above, below)},
        B: {"IK-3": terisi(days)},
        OFFICE: {"IK-4": Isian(Keadaan.TERISI, grade=opinion)},
    }


def run_quarter(office: Office, key: str, rows: Mapping[Owner, Mapping[str, Isian]]) -> None:
    """A whole quarter, from its opening to its closing."""
    office.open(key)
    for owner in OWNERS:
        office.fill(key, owner, rows=rows[owner])
        office.finish(key, owner)
    office.check(key)
    office.close(key)

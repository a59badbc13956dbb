"""Data kinerja under any walk of a year: acts of the flow and on rows at random, and after each the invariants of rules
part 7. That replaying the log gives the state, rows and forms and frozen figures among it, is the book's own check.
"""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from sop.acts import data_flow
from sop.acts.data_seats import accompanied, steps_by
from sop.acts.decide import decide
from sop.acts.procedure import procedure
from sop.kinerja.consolidation import live_report
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import Owner
from sop.kinerja.indicator import Indicator, IndicatorVersion, TargetValue
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.state import IsianRow, KinerjaState
from sop.kinerja.target import TargetKey, TargetSet
from sop.model.act import DATA_ACTS, Act
from sop.model.commands import Command
from sop.model.context import Context
from sop.model.definition import Cadence
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.state import Answer, CasePhase, PeriodPhase, RunPhase, YearState
from sop.values import replace
from tests.sop.flow.book import EVERYBODY, Book, copied
from tests.sop.flow.shapes import decisions

OWNERS: tuple[Owner, ...] = ("A", "B", "C", None)
INDICATORS = (
    *(Indicator(f"IK-{name}{number}", "Jumlah", "orang", owner=name) for name in "AB" for number in (1, 2)),
    Indicator("IK-C1", "Jumlah", "orang", owner="C"),
    Indicator("IK-K1", "Jumlah", "orang"),
    Indicator("IK-S1", "Jumlah", "orang", owner="A", cadence=Cadence.SEMESTER),
)
REGISTER = KinerjaState(
    cadences=frozenset({Cadence.TRIWULAN}),
    bidang=("A", "B", "C"),
    indicators={each.key: (IndicatorVersion(1, "2025-TW1", each),) for each in INDICATORS},
)
PERIODS = ("2025-TW1", "2025-TW2", "2025-S1")
_ODD = (Act.LEWATI, Act.PAKAI_LAMA, Act.TUNDA, Act.URUNG, Act.GABUNG, Act.KEMBALIKAN, Act.KEMBALIKAN)
_CASE = (Act.BUKA, Act.TUTUP, Act.TUTUP, Act.BUKA_KEMBALI, Act.TAHAN, Act.LANJUTKAN, Act.LANJUTKAN)
_OVER = {CasePhase.DITAHAN: Act.LANJUTKAN, CasePhase.DIHENTIKAN: Act.MULAI_ULANG, CasePhase.SELESAI: Act.TUTUP}
_NEXT = {RunPhase.DITUNDA: Act.LANJUT, RunPhase.KEPUTUSAN: Act.PUTUSKAN}
_ROWS = (Act.ISI,) * 6 + (Act.TANDAI, Act.TERIMA, Act.KOREKSI_NILAI, Act.FORMULIR)


class DataBook(Book):
    """A book of an office with indicators."""

    aimed = 10

    def context(self) -> Context:
        return replace(super().context(), register=lambda moment: self.known)

    @property
    def known(self) -> KinerjaState:
        """The register, with the target that is in force."""
        keys = ("2025-TW1", "2025-TW2")
        values: dict[TargetKey, TargetValue] = {(INDICATORS[0].key, key): Decimal(self.aimed) for key in keys}
        return replace(REGISTER, targets=(TargetSet(2025, 1, "PK", "2025-TW1", values),))

    def data(self, state: YearState | None = None) -> KinerjaState:
        """The data as the flow stands."""
        held = self.state if state is None else state

        def steps(case: Any) -> Any:
            return procedure(self.sop, case.period, self.cadence)

        return accompanied(self.known, held.data, held.periods, held.cases, steps_by(steps))


def walked(seed: int, acts: int = 400) -> tuple[DataBook, Counter[Act]]:
    chance, book, done = random.Random(seed), DataBook(decisions()), Counter[Act]()
    for _ in range(acts):
        command = _command(chance, book)
        before, held = book.state, copied(book.state)
        try:
            outcome = book.apply(command)
        except SopError:
            assert book.state == held, f"a refused {command.act} left something behind"
            continue
        done[command.act] += 1
        _check(book, before, outcome.event)
        if command.act is Act.ISI and command.data is not None:
            turned = replace(command.data, rows=dict(reversed(command.data.rows.items())))
            context = replace(book.context(), now=book.now - book.pace, sequence=outcome.event.sequence)
            again = decide(before, replace(command, data=turned), EVERYBODY, context)
            assert again.state == book.state, "the order of rows changed something"
    return book, done


def _command(chance: random.Random, book: DataBook) -> Command:
    period = chance.choice(PERIODS)
    case = book.state.case_of(period)
    kind = chance.random()
    if case is None:
        return Command(Act.BUKA if period in book.data().periods and chance.random() < 0.9 else Act.TUTUP, period)
    if kind < 0.05:
        act = Act.HENTIKAN if chance.random() < 0.05 else chance.choice(_CASE)
        return Command(act, period, reason="x", note="x")
    if kind < 0.5:
        act, owner = chance.choice(_ROWS), chance.choice(OWNERS)
        if act is Act.FORMULIR:
            book.aimed += 1
        codes = [each.code for each in INDICATORS if each.owner == owner]
        if period != "2025-TW2" and "IK-S1" in codes:
            codes.remove("IK-S1")
        rows = {code: _isian(chance) for code in codes if chance.random() < 0.9}
        words = dict.fromkeys(codes, "karena") if chance.random() < 0.8 else {}
        asked = DataCommand(act, owner=owner, rows=rows, words=words, codes=tuple(chance.sample(codes, 1)))
        return Command(act, period, reason="x", note="periksa", data=asked)
    if case.phase in _OVER and chance.random() < 0.5:
        return Command(_OVER[case.phase], period, reason="x")
    run = chance.choice(case.open_runs() or list(case.runs.values()))
    decides = book.sop.step(run.step).decision is not None
    act = _NEXT.get(run.phase, Act.SELESAI)
    if decides and act is Act.SELESAI:
        act = Act.MULAI if run.phase is RunPhase.SIAP else Act.AJUKAN
    return Command(
        chance.choice(_ODD) if chance.random() < 0.12 else act,
        period,
        run.step,
        run.bidang,
        reason="A, B dan C tidak menyerahkan",
        note="x",
        answer=Answer.YA if chance.random() < 0.85 else Answer.TIDAK,
        target=chance.randint(1, max(1, run.step - 1)),
    )


def _isian(chance: random.Random) -> Isian | None:
    if chance.random() < 0.03:
        return None
    if chance.random() < 0.1:
        return Isian(Keadaan.BELUM_ADA, reason="belum")
    return Isian(Keadaan.TERISI, Decimal(chance.randint(0, 20)))


def _check(book: DataBook, before: YearState, event: Event) -> None:
    key = event.period
    if key is None:
        return
    if before.periods[key].phase is PeriodPhase.TUTUP:
        assert event.act is Act.BUKA_KEMBALI, f"a closed period took {event.act}"
    state, then = book.data(), book.data(before)
    if event.act is Act.ISI:
        case = before.cases[key, event.case or 0]
        run = case.runs[event.step or 0, event.bidang, event.attempt or 0]
        assert run.valid, "an isian without a valid run"
        assert run.phase in (RunPhase.SIAP, RunPhase.DIKERJAKAN)
    for period in state.periods.values():
        for row in live_report(state, period.key).rows:
            seat = period.seats.get(row.owner)
            if row.isian is not None and row.row.period == period.key:
                assert seat is not None, "an isian that hangs on nothing is counted"
                assert seat.counts, "an isian is counted whose run does not"
    if event.act is Act.SELESAI and event.step == 2:
        _all_filled(state, key, event.bidang)
    if event.act is Act.PUTUSKAN and event.step == 6 and event.data["answer"] == "ya":
        marked = state.period(key).marked(OWNERS)
        assert not marked, f"accepted with a mark on {marked}"
    if event.act is Act.TUTUP and "kinerja" in event.data:
        found = state.period(key).frozen()
        assert found is not None
        assert found.report == live_report(then, key), "a closing froze other figures than were seen"
    if event.act in DATA_ACTS:
        assert {name for name in book.state.data if book.state.data[name] != before.data.get(name)} == {key}


def _all_filled(state: KinerjaState, key: str, bidang: str | None) -> None:
    period = state.period(key)
    missing = [
        row.indicator.code
        for owner, seat in period.seats.items()
        if (seat.step, seat.bidang) == (2, bidang)
        for row in period.form_rows(owner)
        if period.rows(owner).get(row.key, IsianRow()).isian is None
    ]
    assert not missing, f"finished without {missing}"


def _every_walk() -> None:
    for seed in range(6):
        walked(seed)


@pytest.mark.parametrize("seed", range(6))
def test_the_data_hold_their_invariants_on_any_walk(seed: int) -> None:
    book, _ = walked(seed)
    assert book.state.data


def test_the_walks_do_every_act_on_rows_and_close_with_figures() -> None:
    done: Counter[Act] = Counter()
    closings = 0
    for seed in range(6):
        book, counted = walked(seed)
        done += counted
        closings += sum(len(period.closings) for period in book.state.data.values())
    assert all(done[act] for act in DATA_ACTS), done
    assert closings


@pytest.mark.faults
@pytest.mark.parametrize("fault", ["rows are not asked for", "rows of any run count"])
def test_a_rule_that_looks_away_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "rows are not asked for":
        monkeypatch.setattr(data_flow, "refuse_unfilled", lambda *given: None)
    else:
        monkeypatch.setattr("sop.kinerja.state.DataSeat.is_open", True)
    with pytest.raises(AssertionError):
        _every_walk()

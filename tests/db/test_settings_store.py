"""The office's settings in the database: what they move, and what was judged by the old ones and stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from db import case_queries, case_rows, kinerja_queries, row_audit
from db.adoption import Adoption, set_up
from db.office_acts import Given
from db.rows import Address
from db.settings_store import change_settings
from db.store import Store
from exports.sheet import Sheet
from sakip_tui.recaps import read_recap
from sop.acts.rejudge import rejudged
from sop.acts.replay import replay
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.errors import FaultyInput
from sop.model.settings import TurunFormula
from sop.model.state import RunState
from sop.time.deadline import Clocks, ClockStart, PauseRule, Verdict
from sop.values import replace
from tests.db.office import EVERYBODY, Clock
from tests.sop.flow.shapes import sop_of, step

TW3 = "2025-TW3"


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+07:00").timestamp())


def lasting(number: int, days: int) -> Any:
    """A step with a standard in working days."""
    made = step(number, "Staf")
    waktu = Waktu(f"{days} hari", days, Unit.HARI, DayKind.KERJA)
    return replace(made, mutu_baku=replace(made.mutu_baku, waktu=waktu))


@pytest.fixture
def clock() -> Clock:
    return Clock(at("2025-07-01 08:00"))


@pytest.fixture
def office(store: Store) -> Address:
    """Two steps of one day each: the first from Mon 14 July 08:00, ended on Wed 16 July 10:00, a day late."""
    address = set_up(store, Adoption(sop_of([lasting(1, 1), lasting(2, 1)]), 2025), EVERYBODY).address
    do(store, address, Act.BUKA, "2025-07-14 08:00")
    do(store, address, Act.MULAI, "2025-07-14 09:00", 1)
    do(store, address, Act.SELESAI, "2025-07-16 10:00", 1)
    return address


def do(store: Store, address: Address, act: Act, when: str, number: int | None = None, **more: Any) -> None:
    moment = at(when)
    store._clock.now = max(store._clock.now, moment)  # type: ignore[attr-defined]
    command = Command(act, TW3, step=number, at=Typed(moment), reason="susulan", **more)
    store.apply(address, command, EVERYBODY)


def run_of(store: Store, address: Address, number: int) -> RunState:
    case = case_queries.board(store.database, address, TW3).state.case_of(TW3)
    assert case is not None
    found = case.current((number, None))
    assert found is not None
    return found


def verdict_of(store: Store, address: Address, number: int) -> Verdict:
    verdict = run_of(store, address, number).verdict
    assert verdict is not None
    return verdict


def set_(store: Store, address: Address, **asked: Any) -> None:
    change_settings(store, address.office, asked, EVERYBODY, Given(reason="kesepakatan rapat"))


class TestFrozenClocks:
    def test_a_verdict_keeps_the_clocks_it_was_judged_by(self, store: Store, office: Address) -> None:
        set_(store, office, count_first_day=True, clock_starts={"contoh/2": "mulai"})
        do(store, office, Act.MULAI, "2025-07-17 08:00", 2)
        do(store, office, Act.SELESAI, "2025-07-17 10:00", 2)
        assert verdict_of(store, office, 1).clocks == Clocks(None, False)
        assert verdict_of(store, office, 2).clocks == Clocks(ClockStart.STARTED, True)
        assert verdict_of(store, office, 2).due_at == at("2025-07-17 16:00")
        assert row_audit.differing_years(store.database) == ()

    def test_a_koreksi_after_other_settings_judges_by_the_old_ones(self, store: Store, office: Address) -> None:
        before = verdict_of(store, office, 1)
        assert (before.due_at, before.is_late) == (at("2025-07-15 16:00"), True)
        # By these the clock would start on the 16th and nothing would be late.
        set_(store, office, clock_starts={"contoh/1": "mulai"})
        do(store, office, Act.KOREKSI, "2025-07-16 12:00", 1, ended=Typed(at("2025-07-16 09:00")))
        after = verdict_of(store, office, 1)
        assert (after.due_at, after.is_late) == (before.due_at, True)
        assert (after.clocks, after.late_seconds) == (before.clocks, 5400)

    def test_an_ended_successor_is_judged_again_by_its_own_clocks(self, store: Store, office: Address) -> None:
        do(store, office, Act.MULAI, "2025-07-17 08:00", 2)
        do(store, office, Act.SELESAI, "2025-07-17 10:00", 2)
        set_(store, office, count_first_day=True)
        do(store, office, Act.KOREKSI, "2025-07-17 11:00", 1, ended=Typed(at("2025-07-15 15:00")))
        assert run_of(store, office, 2).ready == at("2025-07-15 15:00")
        # Ready on the 15th, which is not counted: due at the close of the 16th and not of the 15th.
        assert verdict_of(store, office, 2).due_at == at("2025-07-16 16:00")
        assert row_audit.differing_years(store.database) == ()

    def test_a_recap_by_the_latest_calendar_changes_only_the_calendar(self, store: Store, office: Address) -> None:
        set_(store, office, count_first_day=True)
        board = case_queries.board(store.database, office, TW3)
        run = run_of(store, office, 1)
        clocks = board.settings.clocks_of(office.sop, 1, run.verdict)
        assert rejudged(run, (), board.versions[1].step(1).mutu_baku.waktu, board.calendar, clocks) == run.verdict

    def test_a_verdict_from_before_the_clocks_were_kept_is_still_read(self, store: Store, office: Address) -> None:
        run = run_of(store, office, 1)
        assert run.verdict is not None
        old = replace(run.verdict, begins=None, count_first_day=None, pauses=PauseRule.LATENESS)
        row = list(case_rows.run_values(replace(run, verdict=old)))
        place = case_rows.RUN_COLUMNS.index("verdict")
        row[place] = row[place].replace(",null,null,null,1]", "]")
        assert row[place].count(",") == 8
        assert case_rows.run_state(tuple(row)).verdict == old
        told = {
            name: value
            for name, value in _fields(run.verdict).items()
            if name not in ("begins", "count_first_day", "pauses")
        }
        assert Verdict.from_dict(told) == old
        # What was not kept is taken from the setting, as it was before.
        settings = case_queries.board(store.database, office, TW3).settings
        assert settings.clocks_of(office.sop, 1, old) == Clocks(None, False, PauseRule.LATENESS)

    def test_an_old_log_without_the_clocks_replays_as_it_did(self, store: Store, office: Address) -> None:
        log = [line.event for line in reversed(case_queries.log(store.database, office, limit=None))]
        board = case_queries.board(store.database, office, TW3)
        old = [replace(event, data=_without_clocks(event.data)) for event in log]
        assert old != log
        then = replay(old, board.versions, board.cadence).cases[TW3, 1].runs[1, None, 1].verdict
        assert then == replace(verdict_of(store, office, 1), begins=None, count_first_day=None)


def _without_clocks(data: Mapping[str, Any]) -> dict[str, Any]:
    verdicts = {
        label: {name: value for name, value in found.items() if name not in ("begins", "count_first_day")}
        for label, found in data.get("verdicts", {}).items()
    }
    return {**data, "verdicts": verdicts} if verdicts else dict(data)


def _fields(verdict: Verdict) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in Verdict.__slots__}


class TestClosedPeriods:
    def test_other_settings_leave_the_recap_of_a_closed_period_as_it_is(self, store: Store, office: Address) -> None:
        do(store, office, Act.MULAI, "2025-07-17 08:00", 2)
        do(store, office, Act.SELESAI, "2025-07-17 10:00", 2)
        do(store, office, Act.TUTUP, "2025-10-01 08:00")
        before = recap(store, office)
        set_(store, office, count_first_day=True, clock_starts={"1": "mulai", "contoh/2": "mulai"}, at_risk_percent=50)
        assert recap(store, office) == before


def recap(store: Store, office: Address) -> tuple[Sheet, ...]:
    return tuple(read_recap(store.database, office, TW3, at("2025-10-02 08:00")).report.sheets)


class TestSteps:
    def test_a_setting_is_of_one_sop_and_a_bare_one_of_all(self, store: Store, office: Address) -> None:
        other = set_up(store, Adoption(sop_of([lasting(1, 1)], "lain"), 2025, office=office.office), EVERYBODY).address
        set_(store, office, clock_starts={"lain/1": "mulai", "2": "mulai"})
        settings = case_queries.board(store.database, office, TW3).settings
        assert settings.clock_start_of(office.sop, 1) is None
        assert settings.clock_start_of(other.sop, 1) is ClockStart.STARTED
        assert settings.clock_start_of(office.sop, 2) is ClockStart.STARTED
        set_(store, office, clock_starts={"contoh/2": "siap"})
        settings = case_queries.board(store.database, office, TW3).settings
        assert settings.clock_start_of(office.sop, 2) is ClockStart.READY
        assert settings.clock_start_of(other.sop, 2) is ClockStart.STARTED

    @pytest.mark.parametrize("key", ["lain/1", "contoh/9", "9", "contoh/x"])
    def test_a_step_that_no_sop_has_is_a_fault(self, store: Store, office: Address, key: str) -> None:
        with pytest.raises(FaultyInput) as faulty:
            set_(store, office, clock_starts={key: "mulai"})
        assert faulty.value.faults[0].place == f"langkah {key}"

    def test_only_the_named_sop_is_re_dated(self, store: Store, office: Address) -> None:
        other = set_up(store, Adoption(sop_of([lasting(1, 1)], "lain"), 2025, office=office.office), EVERYBODY).address
        do(store, other, Act.BUKA, "2025-07-16 11:00")
        done = change_settings(store, office.office, {"clock_starts": {"lain/1": "mulai"}}, EVERYBODY)
        moved = [(due.sop, due.step, due.after) for due in done.dues if due.before != due.after]
        assert moved == [("lain", 1, None)]


def test_what_figures_depend_on_is_set_and_checked_like_everything_else(store: Store, office: Address) -> None:
    """Formulas, caps, limits and scales (rules part 7); a scale of the office takes the place of one of that name."""
    asked = {
        "turun": "kebalikan",
        "row_cap": "120",
        "mean_cap": "tanpa",
        "predicate_limits": ("95", "80,5", "70", "60"),
    }
    change_settings(store, office.office, asked | {"scales": ("opini: B=2, A = 3.5",)}, EVERYBODY)
    register = kinerja_queries.register(store.database, office.office, 0)
    figures = register.settings
    assert (figures.turun, figures.row_cap, figures.mean_cap) == (TurunFormula.KEBALIKAN, 120, None)
    assert figures.limits == (Decimal(95), Decimal("80.5"), Decimal(70), Decimal(60))
    assert list(figures.scale_of("Opini").items()) == [("A", Decimal("3.5")), ("B", Decimal(2))]
    assert next(iter(figures.scale_of("Predikat"))) == "AA"
    wrong = {"row_cap": "130", "predicate_limits": ("90", "91", "65", "50"), "scales": ("Opini", "X: A=1")}
    with pytest.raises(FaultyInput) as error:
        change_settings(store, office.office, wrong, EVERYBODY)
    assert len(error.value.faults) == 4

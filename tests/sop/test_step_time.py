"""What a step has taken in all its attempts."""

from __future__ import annotations

from sop.model.state import CasePhase, CaseState, Interval, Opening, RunPhase, RunState
from sop.time.deadline import judge
from sop.time.step_time import StepTime, step_time
from sop.words.calendar import step_time_rows
from tests.sop.test_deadline import CALENDAR, at, between, menit

HOUR = 3600


def attempt(
    number: int, ready: str, worked: str, *, valid: bool = True, waited: str = "", judged: bool = True
) -> RunState:
    """An ended attempt that was ready, worked on, and then waited for a decision."""
    work, waits = between(worked), between(waited) if waited else ()
    ended = max(end or 0 for _, end in (*work, *waits))
    found = RunState(
        3,
        None,
        number,
        RunPhase.SELESAI if judged else RunPhase.DIBATALKAN,
        at(ready),
        1,
        Opening.ADVANCE,
        valid=valid,
        started=work[0][0],
        ended=ended,
        work=work,
        waits=waits,
    )
    if not judged:
        return found
    return RunState(**{name: getattr(found, name) for name in RunState.__slots__} | {"verdict": _judged(found)})


def _judged(run: RunState):  # type: ignore[no-untyped-def]
    assert run.ended is not None
    return judge(
        menit(60),
        ready=run.ready,
        started=run.started,
        ended=run.ended,
        work=run.work,
        decisions=run.waits,
        pauses=(),
        calendar=CALENDAR,
    )


def case_of(*runs: RunState, holds: tuple[Interval, ...] = ()) -> CaseState:
    opened = at("2026-04-01 08:00")
    kept = {run.key: run for run in runs}
    return CaseState("2026-TW1", 1, 1, CasePhase.BERJALAN, opened, opened, holds=holds, runs=kept)


FIRST = attempt(1, "2026-04-01 08:00", "2026-04-01 09:00/10:00", valid=False, waited="2026-04-01 10:00/10:30")
CUT = attempt(2, "2026-04-01 11:00", "2026-04-01 11:00/11:30", valid=False, judged=False)


def test_attempts_add_up_and_overtaken_work_stands_apart() -> None:
    last = attempt(3, "2026-04-01 13:00", "2026-04-01 14:00/15:00")
    found = step_time(case_of(FIRST, CUT, last), 3, None, CALENDAR, at("2026-04-02 08:00"))
    assert found == StepTime(3, 2 * HOUR, 2 * HOUR + 1800, 1800, HOUR + 1800)
    assert step_time_rows(found) == (
        ("Jumlah waktu", "antre 2 jam, kerja 2 jam 30 menit, menunggu putusan 30 menit, dalam 3 putaran"),
        ("Di antaranya", "1 jam 30 menit kerja yang diulang, pada putaran yang tidak berlaku lagi"),
    )


def test_what_still_runs_counts_up_to_now_and_holds_do_not_count() -> None:
    begun = at("2026-04-01 09:00")
    running = RunState(
        3, None, 1, RunPhase.DIKERJAKAN, at("2026-04-01 08:00"), 1, Opening.ENTRY, started=begun, work=((begun, None),)
    )
    held = case_of(running, holds=between("2026-04-01 09:30/10:00"))
    found = step_time(held, 3, None, CALENDAR, at("2026-04-01 11:00"))
    assert found == StepTime(1, HOUR, HOUR + 1800, 0, 0)
    assert [name for name, _ in step_time_rows(found)] == ["Jumlah waktu"]


def test_a_step_not_reached_has_no_time() -> None:
    assert step_time(case_of(FIRST), 4, None, CALENDAR, at("2026-04-02 08:00")) is None

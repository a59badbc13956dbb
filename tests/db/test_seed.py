"""The demo office tells one believable year, whatever day it is opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db import audit, case_queries, opening, people, queries, recall, row_audit, seed, unreadable
from db.rows import Board
from db.seed_story import BIDANG
from sop.look.year import tally_in
from sop.model.act import Act
from sop.model.state import Answer, CasePhase, CaseState, PeriodPhase, RunPhase, RunState

_DAYS = {
    "new year": "2026-01-01 09:00",
    "in January, the year before at work": "2026-01-09 12:00",
    "in Ramadan": "2026-03-11 14:30",
    "after Idulfitri": "2026-03-26 07:00",
    "last day of a quarter": "2026-06-30 16:00",
    "first days of a half": "2026-07-08 10:00",
    "a half just begun": "2026-07-15 10:00",
    "a Sunday": "2026-10-18 23:30",
    "in November, the next year prepared": "2026-11-23 10:00",
    "last day of a year": "2026-12-31 17:00",
    "a year no decree is known for": "2029-05-21 08:00",
    "a leap day": "2028-02-29 11:00",
}


def at(text: str) -> int:
    """A moment in Tangerang."""
    return int(dt.datetime.fromisoformat(f"{text}+07:00").timestamp())


@pytest.mark.parametrize("day", _DAYS.values(), ids=_DAYS.keys())
def test_the_demo_office_tells_a_believable_year(tmp_path: Path, day: str) -> None:
    now = at(day)
    with opening.open(tmp_path / "kantor.db", create=True) as database:
        address = seed.build(database, now, "budi")
        running = queries.running_years(database, address)
        years = {year: case_queries.whole_year(database, address, year) for year in (running[0] - 1, running[0])}
        rows = [recall.year(database, address, year).id for year in years]
        events = [event for row in rows for event in recall.history(database, row)]
        assert len(people.register(database, seed.OFFICE)) == len(seed.CODES)
        assert audit.verify_chain(database).problem is None
        assert not row_audit.differing_years(database)
        assert not unreadable.damages(database, full=True)
    assert all(event.at < now for event in events), "nothing is recorded that is still to come"

    before, this = years.values()
    assert {period.phase for period in before.state.periods.values()} == {PeriodPhase.TUTUP}, "last year is closed"
    current = _quarter_at_work(this)
    quarters = [key for key in this.state.periods if "TW" in key]
    assert all(this.state.periods[key].phase is PeriodPhase.TUTUP for key in quarters if key < current)
    assert all(this.state.periods[key].phase is PeriodPhase.BELUM for key in quarters if key > current)

    case = this.state.case_of(current)
    assert case is not None
    handed_in = {run.bidang for run in case.runs.values() if run.step == 2 and run.phase is RunPhase.SELESAI}
    assert handed_in == set(BIDANG[:2]), "a fan-out half handed in"
    tally = tally_in(this, current, now)
    assert (tally.late, tally.not_started) == (1, 1)
    others = [tally_in(this, key, now) for key in this.state.periods if key != current]
    assert not sum(other.late for other in others)

    acts = {event.act for event in events}
    assert Act.BEBASKAN not in acts, "nothing is waived"
    assert any(event.data.get("answer") == Answer.TIDAK.value for event in events)
    ended = [run for year in years.values() for case in year.state.cases.values() for run in case.runs.values()]
    assert any(_is_late(run) for run in ended), "one step was late"


def _is_late(run: RunState) -> bool:
    return run.phase is RunPhase.SELESAI and run.verdict is not None and bool(run.verdict.late_seconds)


def _quarter_at_work(year: Board) -> str:
    (found,) = [case.period for case in year.state.cases.values() if "TW" in case.period and _is_at_work(year, case)]
    return found


def _is_at_work(year: Board, case: CaseState) -> bool:
    return year.state.periods[case.period].phase is PeriodPhase.BUKA and case.phase is CasePhase.BERJALAN

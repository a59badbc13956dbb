"""The indicators of the demo office: believable, and in every state that a screen has to show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from db import opening, seed
from db.kinerja_year import data_of
from db.seed_indicators import measure
from sop.kinerja.consolidation import filled_rows
from sop.kinerja.isian import Keadaan
from sop.kinerja.target import check_targets

NOVEMBER = 1_794_969_600
"""Wednesday 18 November 2026, 09.40 WIB."""


def test_eighteen_indicators_of_three_bidang_stand_in_every_state(tmp_path: Path) -> None:
    with opening.open(tmp_path / "contoh.db", create=True) as database:
        address = seed.build(database, NOVEMBER)
        measure(database, address, NOVEMBER, seed.MANAGER)
        state = data_of(database, address, 2026, NOVEMBER)
    assert Counter(state.owner_of(held[-1].indicator) for held in state.indicators.values()) == dict.fromkeys(
        seed.BIDANG[:3], 6
    )
    (period,) = [key for key in state.periods if state.period(key).forms]
    rows = [row.report for row in filled_rows(state, period)]
    said = Counter(None if row.isian is None else row.isian.keadaan for row in rows)
    assert said == {Keadaan.TERISI: 11, Keadaan.BELUM_ADA: 1, None: 6}
    assert [row.row.indicator.code for row in rows if row.marked] == ["IK-2.4"]
    # One has handed in, one has its form back for the mark, one has not filled anything yet.
    seats = {owner: state.period(period).seats[owner] for owner in seed.BIDANG[:3]}
    assert [(seat.is_open, seat.attempt) for seat in seats.values()] == [(False, 1), (True, 2), (True, 1)]
    assert {row.owner for row in rows if row.marked} == {seed.BIDANG[1]}
    assert {row.owner for row in rows if row.isian is None} == {seed.BIDANG[2]}
    # A year's targets fit those of its quarters wherever all of them could still be set.
    findings = [
        found
        for held in state.indicators.values()
        for found in check_targets(held[-1].indicator, state.targets, 2026, state.settings)
    ]
    assert findings == []

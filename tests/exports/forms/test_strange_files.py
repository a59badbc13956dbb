"""Whatever is handed in as a form is read or refused as such, quickly and without much memory, and changes nothing.

`make forms` asks for 10,000 damaged files in one process and 300 in processes of their own under a limit of memory.
"""

from __future__ import annotations

import random
import tracemalloc

import pytest

from sop.kinerja.form_fault import FormFault
from tests.exports.forms.mutations import bombs, mutated
from tests.exports.forms.sent import office, put, taken, written
from tests.sop.minute_counter import cases

OFFICE = office()
FORM = put(written(OFFICE), realisasi_1=95, pembilang_2=40, penyebut_2=50, kendala_1="hujan")
BOMBS = list(bombs(written(OFFICE)))
READ = {"one cell at the end", "a validation of two million ranges", "one text of 18 MB"}
"""Large or strange, and harmless once bounded: refused for what they are not, or read without what nobody needs."""
MOST_MEGABYTES = 100


@pytest.mark.parametrize("share", range(4))
def test_a_damaged_form_is_read_or_refused_with_its_faults(share: int) -> None:
    chance = random.Random(f"forms {share}")
    for _ in range(cases(100)):
        reading = taken(OFFICE, mutated(FORM, chance))
        assert reading.faults or set(reading.rows) <= {"IK-1", "IK-2"}
        for finding in (*reading.faults, *reading.warnings):
            assert finding.read.isprintable()


@pytest.mark.parametrize(("name", "data"), BOMBS, ids=[name for name, _ in BOMBS])
def test_a_bomb_is_refused_within_bounds(name: str, data: bytes) -> None:
    tracemalloc.start()
    try:
        reading = taken(OFFICE, data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.faults
    assert peak < MOST_MEGABYTES * 1024 * 1024
    if name not in READ and "entity" not in name:
        assert {finding.kind for finding in reading.faults} <= {
            *(FormFault.TERLALU_BESAR, FormFault.RUSAK, FormFault.KOLOM_HILANG),
        }


def test_nothing_from_outside_is_read() -> None:
    reading = taken(OFFICE, dict(BOMBS)["an entity from outside"])
    assert [finding.kind for finding in reading.faults] == [FormFault.RUSAK]

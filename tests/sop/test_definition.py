from __future__ import annotations

import pytest

from sop.model.definition import Basis, Cadence, Field, Ground, MutuBaku, Step, Unit, Waktu, Written


def test_unstated_basis_counts_as_an_assumption() -> None:
    step = Step(1, Written("Menyusun"), Cadence.TRIWULAN, ("Staf",), MutuBaku((), None, None, None, None))
    assert step.ground(Field.PELAKSANA) == Ground(Basis.ASUMSI)


def test_stated_basis_is_given_back() -> None:
    ground = Ground(Basis.TERTULIS, "[]")
    step = Step(
        1, Written("Menyusun"), None, ("Staf",), MutuBaku((), None, None, None, None), bases={"pelaksana": ground}
    )
    assert step.ground("pelaksana") is ground


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        (Step(1, Written("a"), None, ("S",), MutuBaku((), None, None, None, None)), ["pelaksana"]),
        (
            Step(
                *(1, Written("a"), Cadence.TAHUNAN, ("S", "B")),
                MutuBaku((), None, Waktu("2 hari", 2, Unit.HARI), None, None),
                per_bidang=True,
                joint=True,
            ),
            ["pelaksana", "cadence", "per_bidang", "joint", "day_kind"],
        ),
    ],
)
def test_a_basis_is_asked_for_what_the_step_holds(step: Step, fields: list[str]) -> None:
    assert list(step.grounded) == fields


def test_half_hours_are_whole_seconds() -> None:
    assert Waktu("1.5 jam", 1.5, Unit.JAM).seconds == 5400

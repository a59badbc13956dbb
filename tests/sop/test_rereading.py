"""What an office hears where the catalog reads its document otherwise by now."""

from __future__ import annotations

import pytest

from sop.acts.amendment import Amendment, amended
from sop.form import catalog
from sop.form.rereading import rereadings
from sop.model.definition import Basis, Field, Ground, Sop
from sop.values import replace

BALANGAN = "dpmptsp-balangan"


def as_adopted(code: str, step: int, decider: str, basis: Basis) -> Sop:
    """The catalog's SOP as it stood when the decider of a step was read otherwise."""
    sop = catalog.load(code)
    return replace(
        sop,
        steps=tuple(
            replace(each, decider=decider, bases={**each.bases, Field.DECIDER: Ground(basis)})
            if each.number == step
            else each
            for each in sop.steps
        ),
    )


@pytest.mark.parametrize("code", catalog.codes())
def test_what_was_adopted_today_is_read_as_the_catalog_reads_it(code: str) -> None:
    assert rereadings(catalog.load(code), catalog.load(code)) == ()


def test_another_decider_is_told_with_both_readings() -> None:
    adopted = as_adopted(BALANGAN, 8, "Sekretaris", Basis.ASUMSI)
    (one,) = rereadings(adopted, catalog.load(BALANGAN))
    assert (one.step, one.key) == (8, "decider")
    assert (one.own, one.own_basis) == ("Sekretaris", Basis.ASUMSI)
    assert (one.shipped, one.shipped_basis) == ("Kepala Bidang", Basis.ASUMSI)


def test_the_same_value_on_another_basis_is_told() -> None:
    adopted = as_adopted(BALANGAN, 7, "Kepala Bidang", Basis.TERSIRAT)
    (one,) = rereadings(adopted, catalog.load(BALANGAN))
    assert (one.own, one.shipped) == ("Kepala Bidang", "Kepala Bidang")
    assert (one.own_basis, one.shipped_basis) == (Basis.TERSIRAT, Basis.ASUMSI)


def test_what_the_office_settled_is_its_own() -> None:
    assert rereadings(as_adopted(BALANGAN, 8, "Sekretaris", Basis.DITETAPKAN), catalog.load(BALANGAN)) == ()
    changed = amended(
        catalog.load(BALANGAN), [Amendment("langkah 4", "pelaksana", "Kepala Seksi")], "budi", 1_771_111_800
    )
    assert rereadings(changed, catalog.load(BALANGAN)) == ()


def test_a_file_that_states_no_basis_claims_none() -> None:
    sop = catalog.load(BALANGAN)
    bare = replace(sop, steps=tuple(replace(step, bases={}) for step in sop.steps))
    assert rereadings(bare, sop) == ()

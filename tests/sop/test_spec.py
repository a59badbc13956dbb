"""The table of acts: every act once, its judge and effect found, and nothing that only a typing error would name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sop.acts.families import FAMILIES, deed
from sop.loading import load
from sop.model.act import CASE_ACTS, DATA_ACTS, OFFICE_ACTS, PERIOD_ACTS, PROGRAM_ACTS, RUN_ACTS, SPECS, Act, Own
from sop.model.pelaksana import Role
from tests.db.rights_office import table


def test_every_act_stands_in_the_table_once_and_in_one_scope() -> None:
    assert set(SPECS) == set(Act)
    scopes = (RUN_ACTS, CASE_ACTS, PERIOD_ACTS, DATA_ACTS, OFFICE_ACTS)
    assert sorted(act for acts in scopes for act in acts) == sorted(Act)


@pytest.mark.parametrize("act", sorted(RUN_ACTS | CASE_ACTS | PERIOD_ACTS | DATA_ACTS))
def test_an_act_on_a_period_is_judged_and_takes_effect_in_its_family(act: Act) -> None:
    found = deed(act)
    assert found is not None
    assert found.judge is not None
    assert {found.judge.__module__, found.effect.__module__} == {FAMILIES[SPECS[act].family].partition(":")[0]}


def test_a_family_holds_the_acts_that_the_table_gives_it() -> None:
    for family, deeds in FAMILIES.items():
        meant = {act for act, spec in SPECS.items() if spec.family == family}
        assert set(load(deeds)) == meant


def test_the_table_of_rights_is_what_the_specs_say() -> None:
    """docs/HAK.md, row by row; what the program really lets is `tests/db/test_people_rights.py`'s."""
    said = {}
    for act, spec in SPECS.items():
        if act in PROGRAM_ACTS:
            continue
        for situation, own in spec.own.items():
            row = f"{act} ({situation})" if situation else act.value
            beside = dict.fromkeys(Role, "tidak" if own is None else own.value)
            # Whoever only looks holds no lane.
            beside[Role.PENGAMAT] = "ya" if own is Own.ANYBODY else "tidak"
            said[row] = beside | dict.fromkeys(spec.roles, "ya")
    assert said == table()


def test_what_only_reads_loads_no_rule_of_an_act() -> None:
    program = "import sys, sop.acts.rights; print(*[name for name in sys.modules if name.startswith('sop.acts.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"sop.acts.rights"}

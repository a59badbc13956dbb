"""Where judge and effect of each family of acts stand: the one place that loads them, each when it is first needed.

An act of daily work needs no rule of correcting, closing or setting up; loading them all would be a fifth of what it
costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sop.acts.deed import Deed
from sop.loading import load
from sop.model.act import SPECS, Act

FAMILIES: Mapping[str, str] = {
    "run": "sop.acts.run_acts:DEEDS",
    "corrections": "sop.acts.corrections:DEEDS",
    "data": "sop.acts.data_acts:DEEDS",
    "case": "sop.acts.case_acts:DEEDS",
    "period": "sop.acts.period_acts:DEEDS",
    "program": "sop.acts.rejudge:DEEDS",
    "setting up": "sop.acts.setting_up:DEEDS",
    "people": "sop.acts.people_acts:DEEDS",
    "bidang": "sop.acts.bidang_acts:DEEDS",
    "signers": "sop.acts.signers:DEEDS",
    "settings": "sop.acts.settings_change:DEEDS",
    "calendar": "sop.acts.calendar_acts:DEEDS",
    "sop": "sop.acts.sop_acts:DEEDS",
    "kinerja": "sop.acts.indicator_acts:DEEDS",
    "file": "sop.acts.file_acts:DEEDS",
}
"""Family -> where the judge and the effect of each of its acts stand."""


def deed(act: Act) -> Deed:
    """Judge and effect of an act."""
    return _deeds(SPECS[act].family)[act]


@cache
def _deeds(family: str) -> Mapping[Act, Deed]:
    found: Mapping[Act, Deed] = load(FAMILIES[family])
    return found

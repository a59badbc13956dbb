"""Where judge and effect of each family of acts stand: the one place that loads them, each when it is first needed.

An act of daily work needs no rule of correcting, closing or setting up; loading them all would be a fifth of what it
costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from sop.acts.spec import SPECS, Deed
from sop.model.events import Act

FAMILIES: Mapping[str, str] = {
    "run": "sop.acts.run_acts",
    "corrections": "sop.acts.corrections",
    "case": "sop.acts.case_acts",
    "period": "sop.acts.period_acts",
    "program": "sop.acts.rejudge",
    "setting up": "sop.acts.setting_up",
    "people": "sop.acts.people_acts",
    "bidang": "sop.acts.bidang_acts",
    "settings": "sop.acts.settings_change",
    "calendar": "sop.acts.calendar_acts",
    "sop": "sop.acts.sop_acts",
    "file": "sop.acts.file_acts",
}
"""Family -> module, whose `DEEDS` holds the judge and the effect of each of its acts."""


def deed(act: Act) -> Deed:
    """Judge and effect of an act."""
    return _deeds(SPECS[act].family)[act]


@cache
def _deeds(family: str) -> Mapping[Act, Deed]:
    found: Mapping[Act, Deed] = import_module(FAMILIES[family]).DEEDS
    return found

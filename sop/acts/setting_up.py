"""Setting a year of an office up."""

from __future__ import annotations

from sop.acts.flow import Draft
from sop.acts.spec import Deed
from sop.model.events import Act, Event
from sop.model.state import PeriodPhase, PeriodState


def begin_year(draft: Draft, event: Event) -> None:
    """Its periods, none of them begun; a pure roll-up is open."""
    for item in event.data["periods"]:
        has_case = bool(item["has_case"])
        draft.put_period(
            PeriodState(key=item["key"], has_case=has_case, phase=PeriodPhase.BELUM if has_case else PeriodPhase.BUKA)
        )


DEEDS = {Act.SIAPKAN: Deed(None, begin_year)}

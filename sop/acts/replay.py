"""What a log makes: the state of a reporting year is its events, each taking effect after the one before it.

An event carries every fact that its effect depends on (effective time, frozen bidang list, verdict, calendar revision),
so replaying needs neither clock nor calendar. There is no other way to a state: an act that happens takes effect by the
same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sop.acts.families import deed
from sop.acts.flow import Draft
from sop.model.definition import Cadence, Sop
from sop.model.events import Act, Event, undone_by
from sop.model.state import YearState


def take_in(draft: Draft, event: Event, undone: bool = False) -> None:
    """Let an event take effect. One undone later only counts in the revisions; one of the office changes no case."""
    if event.act is Act.MULAI_ULANG:
        draft.carry_revisions(event)
    for entity in event.touches:
        draft.revisions[entity] = draft.revisions.get(entity, 0) + 1
    found = None if undone else deed(event.act)
    if found is not None:
        found.effect(draft, event)


def replay(events: Iterable[Event], versions: Mapping[int, Sop], cadence: Cadence | None) -> YearState:
    """The state of a reporting year after its events.

    Args:
        events: The year's events by sequence, the set-up first.
        versions: Version number -> SOP, for every version a case ran on.
        cadence: The office's choice where the SOP names no period.
    """
    return replayed(events, versions, cadence).freeze()


def replayed(events: Iterable[Event], versions: Mapping[int, Sop], cadence: Cadence | None) -> Draft:
    """As `replay`, but still open for one more event."""
    log = list(events)
    undone = undone_by(log)
    draft = Draft(versions, cadence)
    for event in log:
        take_in(draft, event, undone=event.sequence in undone)
    return draft

"""What a log makes: the state of a reporting year is its events, each taking effect after the one before it.

An event carries every fact that its effect depends on (effective time, frozen bidang list, verdict, calendar revision),
so replaying needs neither clock nor calendar. There is no other way to a state: an act that happens takes effect by the
same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sop.acts.families import deed
from sop.acts.flow import Draft
from sop.acts.office_flow import DefinitionOf, OfficeDraft
from sop.loading import load
from sop.model.act import DATA_ACTS, Act, Scope, acts_on
from sop.model.definition import Cadence, Sop
from sop.model.events import Event, undone_by
from sop.model.office import OfficeState
from sop.model.pelaksana import NO_OFFICE
from sop.model.state import YearState


def take_in(draft: Draft, event: Event, undone: bool = False) -> None:
    """Let an event take effect. One undone later only counts in the revisions; one of the office changes no case."""
    if event.act is Act.MULAI_ULANG:
        draft.carry_revisions(event)
    draft.raise_revisions(event.touches)
    if undone:
        return
    effect = deed(event.act).in_year if event.act in OFFICE_SCOPED else deed(event.act).effect
    if effect is not None:
        effect(draft, event)
    if (draft.data or "formulir" in event.data) and event.act not in DATA_ACTS:
        load(FOLLOW)(draft, event)


FOLLOW = "sop.acts.data_flow:follow"
"""What an act of the flow does to data: loaded for a year that has some."""
OFFICE_SCOPED = acts_on(Scope.OFFICE, Scope.FILE)
"""What is told of an office, and of a year only where it begins one."""


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


class ReplayedFile(NamedTuple):
    """What the log says of everything beside the years."""

    offices: dict[str, OfficeState]
    """Code (`NO_OFFICE` for what belongs to none) -> office."""
    since: int
    """Number of the event that states how things stood; what came before it is not told. 0 for a log that tells all."""


def replay_file(events: Iterable[tuple[str | None, Event]], definition: DefinitionOf) -> ReplayedFile:
    """The offices of a file after its events.

    Args:
        events: (code of the office, event) by sequence, those of the offices and of the file.
        definition: Finds an SOP by its hash.
    """
    log = list(events)
    since = max((event.sequence for _, event in log if event.act is Act.PANGKAL), default=0)
    offices: dict[str, OfficeState] = {}
    for code, event in log:
        if event.act is Act.PANGKAL and event.sequence == since:
            offices = {one["code"]: OfficeState.from_dict(one) for one in event.data["offices"]}
        elif event.sequence > since and event.act in OFFICE_SCOPED:
            draft = OfficeDraft(code or NO_OFFICE, offices, definition)
            deed(event.act).effect(draft, event)
            if draft.state != OfficeState(NO_OFFICE):
                offices[draft.state.code] = draft.state
    return ReplayedFile(offices, since)

"""One door for every act on an office: judge, event, and then the effect that replaying the log has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sop.acts.families import deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import Asked, OfficeContext, OfficeRuling
from sop.acts.rights import require_office_right
from sop.model.act import Act
from sop.model.definition import Sop
from sop.model.events import Event
from sop.model.office import OfficeState, Personal
from sop.model.pelaksana import Actor


class OfficeOutcome(NamedTuple):
    """An accepted act on an office."""

    event: Event
    office: OfficeState
    """After it."""
    personal: Personal | None
    """To be kept beside the event, of the person that it names; None for what stands."""
    sop: Sop | None
    """The definition that the event names by its hash, where it is new."""


def decide_on_office(
    act: Act, draft: OfficeDraft, details: Callable[[], Any], asked: Asked, actor: Actor, context: OfficeContext
) -> OfficeOutcome:
    """Judge one act on an office.

    Args:
        act: What is asked.
        draft: The office as it stands.
        details: Gathers what of it, once it is known whose act it is: see `sop/model/office_commands.py` and the act's
            family.
        asked: Reason, moment, what was seen.
        actor: Who asks, with the rights of the office; see `require_office_right`.
        context: Clock reading, calendar, what was touched how often.

    Raises:
        Refused: A rule stands in the way; `rule` names it.
        StaleRevision: Something moved on since it was seen.
        Unknown: A person (`orang`), lane, bidang, step or other name that stands for nothing.
        FaultyInput: Everything that cannot be taken, at once.
    """
    found = deed(act)
    assert found.judge is not None
    if asked.own is None or asked.own != actor.code:
        require_office_right(actor, act, draft.state)
    ruling = OfficeRuling(act, draft, details(), asked, actor, context)
    event = found.judge(ruling)
    found.effect(draft, event)
    return OfficeOutcome(event, draft.state, ruling.kept, ruling.kept_sop)

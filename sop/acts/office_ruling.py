"""The ground that every act on an office is judged on: who asks, when it counts, what moved on since it was seen.

An `OfficeRuling` holds what is asked against one office and gives the checks that acts share. The acts themselves stand
in the families (`families.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from sop.acts.office_flow import OfficeDraft
from sop.acts.ruling import LATE_SECONDS, raised
from sop.model.act import Act
from sop.model.commands import Typed
from sop.model.definition import Sop
from sop.model.events import Event
from sop.model.office import OfficeState, Personal
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule, StaleRevision
from sop.time.work_calendar import WorkCalendar
from sop.values import Frozen

AskedT = TypeVar("AskedT")

BIDANG_ENTITY = "b:"
"""How an event names the office's list of bidang."""


def person_entity(code: str) -> str:
    """How an event names a person."""
    return f"u:{code}"


def signer_entity(code: str) -> str:
    """How an event names an official who signs recaps."""
    return f"t:{code}"


class Asked(NamedTuple):
    """What stands beside the details of every act on an office."""

    reason: str | None = None
    """Cleaned."""
    seen: int | None = None
    """Revision that was on view; None for whatever stands."""
    at: Typed | None = None
    """Effective moment; None for now."""
    own: str | None = None
    """Code of the person whose own matter it is, which needs no role; None where it is nobody's."""


def _never(entity: str) -> int:
    """While nothing was ever recorded."""
    return 0


class OfficeContext(Frozen):
    """What an act on an office may know beside the state."""

    now: int
    """Reading of the clock, UTC epoch seconds."""
    sequence: int
    """The number the event will have."""
    calendar: Callable[[], WorkCalendar] | None = None
    """The office's calendar in force; None where there is no office, and so no working days to count."""
    bound: int | None = None
    """The last effective moment of such an act; None before the first."""
    revision: Callable[[str], int] = _never
    """How often an entity (`Event.touches`) was touched."""


class OfficeRuling(Generic[AskedT]):
    """One question put to one office."""

    def __init__(
        self,
        act: Act,
        draft: OfficeDraft,
        details: AskedT,
        asked: Asked,
        actor: Actor,
        context: OfficeContext,
    ) -> None:
        """
        Args:
            act: What is asked.
            draft: The office, nothing done yet.
            details: What of it, each act its own kind.
            asked: Reason, moment, what was seen.
            actor: Who asks, with the rights in force.
            context: The world it is judged in.
        """
        self.act = act
        self.draft = draft
        self.office: OfficeState = draft.state
        self.details = details
        self.asked = asked
        self.actor = actor
        self.context = context
        self.kept: Personal | None = None
        self.kept_sop: Sop | None = None
        self.at, self.is_late = self._effective()

    def _effective(self) -> tuple[int, bool]:
        """The effective moment, and whether it was recorded late (rule 6).

        Raises:
            Refused: It lies ahead, before the last such act, or so far back that it needs a reason.
        """
        typed, now, bound = self.asked.at, self.context.now, self.context.bound
        if typed is None:
            return now, False
        at = raised(typed, bound) if bound is not None else typed.at
        if typed.at > now:
            raise Refused(Rule.FUTURE, typed=typed.at, now=now)
        if bound is not None and at < bound:
            raise Refused(Rule.BEFORE_BOUND, typed=typed.at, bound=bound, set_by="kantor", act=self.act)
        late = now - at >= LATE_SECONDS
        if late and self.asked.reason is None and self.context.calendar is not None:
            days = self.office.settings.late_entry_days
            if self.context.calendar().add_working_days(at, days) < now:
                raise Refused(Rule.LATE_REASON_NEEDED, typed=at, days=days, act=self.act)
        return at, late

    def keep(self, personal: Personal) -> None:
        """Have a name and an account kept beside the event, which must not hold them."""
        self.kept = personal

    def keep_sop(self, sop: Sop) -> None:
        """Have a definition kept beside the event, which names it by its hash."""
        self.kept_sop = sop

    def refuse_stale(self, entity: str, found: int | None = None) -> None:
        """Raises StaleRevision where the entity moved on since it was seen.

        Args:
            entity: As in `Event.touches`.
            found: Its revision; None for how often it was touched.
        """
        now = self.context.revision(entity) if found is None else found
        if self.asked.seen is not None and self.asked.seen != now:
            raise StaleRevision(entity, self.asked.seen, now)

    def event(self, data: Mapping[str, Any], *, entity: str | None = None, step: int | None = None) -> Event:
        """The event of what was asked."""
        details = dict(data)
        if self.asked.reason is not None:
            details["reason"] = self.asked.reason
        return Event(
            sequence=self.context.sequence,
            act=self.act,
            at=self.at,
            recorded=self.context.now,
            by=self.actor.code,
            step=step,
            late_entry=self.is_late,
            touches=() if entity is None else (entity,),
            data=details,
        )

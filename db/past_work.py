"""Many steps of a past period recorded at once: all of them in one write transaction, or none; or, where that is asked,
those before what waits for data.

Checking and recording rehearse the same rows by the same rules (`sop.acts.past_work`); recording writes what came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from db import queries, recall
from db.log_chain import text_hash
from db.rows import Address, Head
from db.store import Store
from sop.acts.flow import case_entity
from sop.acts.past_work import OpenSlot, PastWork, Rehearsed, Told, open_slots, rehearse, tellable
from sop.acts.procedure import Procedure, procedure
from sop.json_text import json_text
from sop.model.context import Context
from sop.model.errors import SopError
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule, StaleRevision, Unknown
from sop.model.state import CaseState
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.values import asdict


class PastPeriod(NamedTuple):
    """What a period still lacks, and what was told of it before."""

    slots: tuple[OpenSlot, ...]
    """Those of which the person may tell; of a region that is not entered yet for every name of the office's list."""
    steps: Procedure
    opened: int | None
    """When its case was opened; None where it was not."""
    reason: str | None
    """Why the newest act of this person that was recorded late was; None where none was."""


class PastRecord(NamedTuple):
    """What became of rows."""

    refusals: tuple[SopError | None, ...]
    """Of each row; all None where everything was recorded, or would be."""
    acts: int = 0
    """How many there are now that were not before."""
    warnings: tuple[str, ...] = ()
    repeated: bool = False
    """Whether the token had done it already."""
    left: tuple[int, ...] = ()
    """The rows that wait for data, or for a row that does, in the order of their steps; empty where something else is
    wrong with any row, and nothing could be recorded."""


def past_period(store: Store, address: Address, period: str, actor: Actor) -> PastPeriod:
    """What is still to be told of a period.

    Raises:
        Unknown: There is no such period.
        Refused: It has no steps of its own.
        UnknownOffice, UnknownAdoption, UnknownYear, UnknownPerson: As `Store.apply`.
    """
    with store.database.read():
        _, loaded, who, context = store.rehearsal(address, period, actor)
        steps, case = _steps(loaded, period, context)
        told = (event for event in reversed(context.history()) if event.by == who.code and event.late_entry)
        reasons = (text for event in told if isinstance(text := event.data.get("reason"), str))
        return PastPeriod(
            tellable(open_slots(case, steps, context.listed), steps, who),
            steps,
            None if case is None else case.opened,
            next(reasons, None),
        )


def check_past(
    store: Store, address: Address, period: str, works: Sequence[PastWork | None], told: Told, actor: Actor
) -> PastRecord:
    """What would become of rows. Nothing is written.

    Raises as `past_period`.
    """
    with store.database.read():
        _, loaded, who, context = store.rehearsal(address, period, actor)
        done = _rehearsed(loaded, period, works, told, who, context)
        return PastRecord(done.refusals, left=done.left if done.may_be_begun else ())


def record_past(
    store: Store,
    address: Address,
    period: str,
    works: Sequence[PastWork],
    told: Told,
    actor: Actor,
    token: str,
    seen: int | None = None,
    *,
    up_to_data: bool = False,
) -> PastRecord:
    """Record rows, all of them or, where one is refused, none.

    Args:
        store: Of the file.
        address: The office and SOP.
        period: Which.
        works: In any order.
        told: Of all of them.
        actor: Who tells it.
        token: The same token records once.
        seen: Revision of the case that was on view; None for whichever it has.
        up_to_data: Whether, where nothing but data lacks, the rows that wait for none are recorded.

    Raises:
        Refused: The token did something else.
        StaleRevision: The case has another revision. Further as `past_period`, and as `Database.write`.
    """
    token = clean_or_none(token, "token", LONGEST_NAME - 8) or ""
    asked = text_hash(
        json_text(
            {
                "office": address.office,
                "sop": address.sop,
                "by": actor.code,
                "period": period,
                **told._asdict(),
                **({"up_to_data": True} if up_to_data else {}),
                "works": [{**asdict(work), "seen": None} for work in works],
            }
        )
    )
    with store.database.write():
        if store.earlier(_numbered(token, 0), asked) is not None:
            return PastRecord((None,) * len(works), repeated=True)
        year, loaded, who, context = store.rehearsal(address, period, actor)
        _, case = _steps(loaded, period, context)
        if seen is not None and case is not None and case.revision != seen:
            raise StaleRevision(case_entity(case.key), seen, case.revision)
        done = _rehearsed(loaded, period, works, told, who, context)
        left = done.left if done.may_be_begun else ()
        if not done.outcomes or not (done.may_be_recorded or (up_to_data and left)):
            return PastRecord(done.refusals, left=left)
        head = queries.head(store.database)
        for number, outcome in enumerate(done.outcomes):
            event = outcome.event
            digest = store.record(event, head, address.office, year.id, _numbered(token, number), asked)
            head = Head(event.sequence, digest)
        store.keep(loaded, done.outcomes[-1].state)
        warnings = tuple(dict.fromkeys(text for outcome in done.outcomes for text in outcome.warnings))
        return PastRecord(done.refusals, len(done.outcomes), warnings, left=left)


def _numbered(token: str, number: int) -> str:
    """The token of one of the acts that a larger question became."""
    return f"{token}.{number + 1}"


def _steps(loaded: recall.Recalled, period: str, context: Context) -> tuple[Procedure, CaseState | None]:
    if period not in loaded.state.periods:
        raise Unknown("periode", period, tuple(loaded.state.periods))
    case = loaded.state.case_of(period)
    version = context.current_version if case is None else case.sop_version
    steps = procedure(context.versions[version], period, context.cadence)
    if steps is None:
        raise Refused(Rule.NO_CASE, period=period)
    return steps, case


def _rehearsed(
    loaded: recall.Recalled,
    period: str,
    works: Sequence[PastWork | None],
    told: Told,
    actor: Actor,
    context: Context,
) -> Rehearsed:
    steps, _ = _steps(loaded, period, context)
    return rehearse(loaded.state, period, steps, works, told, actor, context)

"""One door for every act on a reporting year: `decide` says what a command makes of a state, or why it is refused.

Pure: the state given is never changed, so a refused command leaves it identical. Judge, event, and then the effect that
replaying the log has: there is no third way to a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sop.acts.closing import still_runs
from sop.acts.families import deed
from sop.acts.flow import Draft, case_entity, data_entity, period_entity, run_entity, run_label
from sop.acts.replay import replayed, take_in
from sop.acts.rights import require_a_place
from sop.acts.ruling import Ruling
from sop.loading import load
from sop.model.act import CASE_ACTS, DATA_ACTS, PERIOD_ACTS, Act
from sop.model.bidang import first_in_force
from sop.model.commands import Command
from sop.model.context import Context, Outcome
from sop.model.events import Event
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule
from sop.model.state import WARN_FROM_ATTEMPT, YearState
from sop.values import replace


def decide(state: YearState, command: Command, actor: Actor, context: Context) -> Outcome:
    """Judge one act of rules part 3.

    Args:
        state: The reporting year; its cases need runs only where the act looks (see `db.store`).
        command: What is asked.
        actor: Who asks.
        context: Clock reading, calendar, settings, SOP versions, bidang list, history.

    Returns:
        The event, complete but for its hash, and the state after it.

    Raises:
        Refused: A rule stands in the way; `rule` names it.
        StaleRevision: The entity moved on since `command.seen`.
        Unknown: A period, step, bidang, lane, item or version that does not exist.
        FaultyInput: A text or detail that cannot be taken.
        CalendarGap: A moment outside the calendar's years.
    """
    require_a_place(actor)
    from_log = partial(replayed, versions=context.versions, cadence=context.cadence)
    ruling = Ruling(state, command, actor, context, from_log)
    found = deed(command.act)
    if found.judge is None:
        raise Refused(Rule.MANAGER_ONLY, act=command.act)
    return _settled(ruling, found.judge(ruling))


def _settled(ruling: Ruling, event: Event) -> Outcome:
    """The event with what it touched, and the state after it.

    What is of the act on whatever changed raises its revision. A fresh entry of a region writes the bidang list down.
    """
    event, draft = _taken_in(ruling, event)
    touches: tuple[str, ...] = ()
    if event.act is not Act.KOMENTAR:
        touches = tuple(sorted({*draft.changed_since(ruling.state), _acted_on(event)}))
    draft.raise_revisions(touches)
    after = draft.freeze()
    uncounted = (f"uncounted:{child}:{step}" for child, step in event.data.get("uncounted", {}).items())
    early = _early(event, ruling.context.calendar.offset)
    return Outcome(replace(event, touches=touches), after, (*uncounted, *early, *_rounds(ruling.state, after)))


def _taken_in(ruling: Ruling, event: Event) -> tuple[Event, Draft]:
    """The event, and the year with its effect."""
    context = ruling.context
    if event.act is Act.URUNG:
        # What it takes back lies in the past, so the year is told anew.
        return event, ruling.replayed([*context.history(), event])
    listed = context.bidang_at(event.at)
    offered = replace(event, data={**event.data, "bidang_list": list(listed)})
    draft = Draft(context.versions, context.cadence, ruling.state)
    take_in(draft, offered)
    if not draft.entered_region:
        return _with_forms(ruling, event, draft), draft
    if not listed:
        first = first_in_force(context.listed, event.at)
        raise Refused(Rule.NO_BIDANG, period=ruling.period.key, at=event.at, first=first)
    return _with_forms(ruling, offered, draft), draft


def _with_forms(ruling: Ruling, event: Event, draft: Draft) -> Event:
    """The event with the forms that go out with it by themselves, which then have their effect too."""
    register = ruling.register_at(event.at) if event.act not in DATA_ACTS else None
    if register is None:
        return event
    forms = load(FORMS_DUE)(ruling, register, draft)
    if not forms:
        return event
    load(SEND_FORMS)(draft, forms)
    return replace(event, data={**event.data, "formulir": forms})


FORMS_DUE = "sop.acts.data_flow:forms_due"
SEND_FORMS = "sop.acts.data_flow:send_forms"
"""Loaded for an office with indicators alone."""


def _early(event: Event, offset: int) -> Iterator[str]:
    """Tells of a closing while the period still runs."""
    if event.act is Act.TUTUP and event.period is not None and still_runs(event.period, event.at, offset):
        yield f"early:{event.period}"


def _rounds(before: YearState, after: YearState) -> Iterator[str]:
    """Warns of runs that come round once too often, in whichever case the act opened them."""
    for key, case in after.cases.items():
        known = before.cases[key].runs if key in before.cases else {}
        for run in case.runs.values():
            if run.attempt >= WARN_FROM_ATTEMPT and run.key not in known:
                yield f"attempt:{run_label(run.key)}:{run.attempt}"


def _acted_on(event: Event) -> str:
    """The run, case or period whose revision the command is compared with."""
    assert event.period is not None
    if event.act in PERIOD_ACTS:
        return period_entity(event.period)
    if event.act in DATA_ACTS:
        return data_entity(event.period)
    if event.act in CASE_ACTS:
        return case_entity(event.case_key)
    assert event.step is not None
    return run_entity(event.case_key, (event.step, event.bidang))

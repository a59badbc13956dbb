"""Defining indicators of data kinerja and setting their targets: acts on the office, judged by `sop/kinerja`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling
from sop.kinerja.data_act import DataCommand, DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.defining import effect_indikator, effect_target, judge_indikator, judge_target
from sop.kinerja.form_fault import as_data
from sop.kinerja.register import register_of, with_register
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.errors import FaultyInput
from sop.model.events import Event


class Defining(NamedTuple):
    """indikator, target: what is asked, and what of the office's years the judge looks at."""

    command: DataCommand
    cadences: frozenset[Cadence]
    """Those that have steps in the office's SOPs."""
    closed: frozenset[str]
    """Keys of the periods that are closed."""


def indicator_entity(code: str) -> str:
    """How an event names an indicator; its revision is the number of its versions."""
    return f"ik:{code.casefold()}"


def target_entity(year: int, number: int) -> str:
    """How an event names a set of targets."""
    return f"tg:{year}/{number}"


def judge_indicator(ruling: OfficeRuling[Defining]) -> Event:
    indicator = ruling.details.command.indicator
    if indicator is not None:
        ruling.refuse_stale(indicator_entity(indicator.code))
    found = _judged(ruling, judge_indikator)
    return ruling.event(found.data, entity=indicator_entity(found.data["indicator"]["code"]))


def effect_indicator(draft: OfficeDraft, event: Event) -> None:
    _take_in(draft, event, effect_indikator)


def judge_targets(ruling: OfficeRuling[Defining]) -> Event:
    found = _judged(ruling, judge_target)
    entity = target_entity(found.data["year"], found.data["number"])
    ruling.refuse_stale(entity)
    return ruling.event(found.data, entity=entity)


def effect_targets(draft: OfficeDraft, event: Event) -> None:
    _take_in(draft, event, effect_target)


def _judged(ruling: OfficeRuling[Defining], judge: Callable[[DataRuling], DataEvent]) -> DataEvent:
    """What the rules of data say, in the words of all acts."""
    command, cadences, closed = ruling.details
    state = register_of(ruling.office, cadences, closed, ruling.at)
    try:
        return judge(DataRuling(state, command, ruling.actor, ruling.at))
    except FaultyInput as error:
        raise as_data(error) from None


def _take_in(draft: OfficeDraft, event: Event, effect: Callable[[KinerjaState, DataEvent], KinerjaState]) -> None:
    register = register_of(draft.state, (), (), event.at)
    after = effect(register, DataEvent(event.at, event.by, data=event.data))
    draft.state = with_register(draft.state, after)


DEEDS = {
    Act.INDIKATOR: Deed(judge_indicator, effect_indicator),
    Act.TARGET: Deed(judge_targets, effect_targets),
}

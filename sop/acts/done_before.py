"""When a refused act was done already: whoever asks for what stands is told who did it, not only that it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sop.acts.flow import case_entity, period_entity, run_entity
from sop.model.act import CASE_ACTS, PERIOD_ACTS, Act
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import YearState

_ASIDE = frozenset({Act.CENTANG, Act.DOKUMEN, Act.KOREKSI, Act.TUGASKAN})
"""Acts that leave a run where it is."""
_PAST_PERIOD = frozenset({Rule.PERIOD_CLOSED, Rule.PERIOD_IS_OPEN, Rule.NOTHING_TO_WAIVE})
_PAST_CASE = frozenset(
    {
        *(Rule.CASE_HELD, Rule.CASE_PHASE, Rule.NO_OPEN_REGION, Rule.BIDANG_PRESENT, Rule.NOT_REACHED),
        *(Rule.TARGET_NOT_FINISHED, Rule.NOTHING_CHANGED),
    }
)
_PAST_RUN = frozenset({Rule.WRONG_PHASE, Rule.PAUSED, Rule.ALREADY_TICKED})
"""The rules that say of what the act is on that it stands where the act leads, or beyond."""


def past(state: YearState, command: Command, refusal: SopError) -> tuple[str, int] | None:
    """What the act would have been on, where the refusal says that it may have been done to it before.

    Args:
        state: What the command was judged in.
        command: What was refused.
        refusal: Why.

    Returns:
        (entity as in `Event.touches`, its revision); None where something else stands in the way.
    """
    period, case = state.periods.get(command.period), state.case_of(command.period)
    rule = refusal.rule if isinstance(refusal, Refused) else None
    if command.act in PERIOD_ACTS:
        return (period_entity(period.key), period.revision) if period is not None and rule in _PAST_PERIOD else None
    if case is None:
        return None
    if command.act in CASE_ACTS:
        is_gone = isinstance(refusal, Unknown) and refusal.kind == "bidang"
        return (case_entity(case.key), case.revision) if rule in _PAST_CASE or is_gone else None
    if command.step is None or rule not in _PAST_RUN:
        return None
    bidang = refusal.facts.get("bidang")
    run = case.current((command.step, bidang if isinstance(bidang, str) else None))
    return None if run is None else (run_entity(case.key, run.slot), run.revision)


def repeats(command: Command, event: Event) -> bool:
    """Whether the command asks for what the event did: the same act, and of those that can be meant twice, the same."""
    if event.act is not command.act:
        return False
    means = _MEANS.get(command.act)
    return means is None or means(command, event.data)


def leaves_alone(act: Act, command: Command) -> bool:
    """Whether an act done since does not hide who did what the command asks for. A tick stands whatever is done."""
    return act in _ASIDE or command.act is Act.CENTANG


def _spelled(names: tuple[str, ...] | list[str]) -> set[str]:
    return {name.strip().casefold() for name in names}


def _same_bidang(command: Command, data: Mapping[str, Any]) -> bool:
    return _spelled(command.added) <= _spelled(data["added"]) and _spelled(command.removed) <= _spelled(data["removed"])


_MEANS: dict[Act, Callable[[Command, Mapping[str, Any]], bool]] = {
    Act.BEBASKAN: lambda command, data: (command.child or "").strip().upper() == data["child"],
    Act.CENTANG: lambda command, data: (command.item, command.on) == (data["item"], data["on"]),
    Act.KEMBALIKAN: lambda command, data: (
        command.target == data["target"] and _spelled(command.named) <= _spelled(data.get("bidang", ()))
    ),
    Act.PINDAH_VERSI: lambda command, data: command.version == data["sop_version"],
    Act.UBAH_BIDANG: _same_bidang,
}
"""Act -> whether its details are those of an event of it."""

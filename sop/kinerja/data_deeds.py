"""Every act on data with its judge and its effect, and the two doors to them.

Nothing else changes the data of an office but what `accompany.py` tells of the flow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sop.kinerja.checking import effect_tandai, effect_terima, judge_tandai, judge_terima
from sop.kinerja.data_act import DataCommand, DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.defining import effect_indikator, effect_target, judge_indikator, judge_target
from sop.kinerja.filling import effect_isi, effect_koreksi_nilai, judge_isi, judge_koreksi_nilai
from sop.kinerja.issuing import effect_formulir, judge_formulir
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.pelaksana import Actor


class DataDeed(NamedTuple):
    """One act."""

    judge: Callable[[DataRuling], DataEvent]
    effect: Callable[[KinerjaState, DataEvent], KinerjaState]


DATA_DEEDS: Mapping[Act, DataDeed] = {
    Act.INDIKATOR: DataDeed(judge_indikator, effect_indikator),
    Act.TARGET: DataDeed(judge_target, effect_target),
    Act.FORMULIR: DataDeed(judge_formulir, effect_formulir),
    Act.ISI: DataDeed(judge_isi, effect_isi),
    Act.KOREKSI_NILAI: DataDeed(judge_koreksi_nilai, effect_koreksi_nilai),
    Act.TANDAI: DataDeed(judge_tandai, effect_tandai),
    Act.TERIMA: DataDeed(judge_terima, effect_terima),
}


def judge(state: KinerjaState, command: DataCommand, actor: Actor, at: int) -> DataEvent:
    """What a command makes of a state. The state given is never changed.

    Args:
        state: All data of the office.
        command: What is asked.
        actor: Who asks.
        at: Effective moment, UTC epoch seconds.

    Raises:
        Refused: A rule stands in the way; `rule` names it.
        FaultyInput: Values that cannot be taken, all of them named.
        Unknown: An indicator or bidang that does not exist.
        UnknownPeriod: No period key.
    """
    return DATA_DEEDS[command.act].judge(DataRuling(state, command, actor, at))


def effect(state: KinerjaState, event: DataEvent) -> KinerjaState:
    """The state after an event: the same function whether it happens or is replayed."""
    return DATA_DEEDS[event.act].effect(state, event)


def replay_data(state: KinerjaState, events: Iterable[DataEvent]) -> KinerjaState:
    """The state after events that follow one another without a step of the flow between them."""
    for event in events:
        state = effect(state, event)
    return state

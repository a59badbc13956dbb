"""The register of an office: indicators with their versions and sets of targets, from the texts that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sop.json_text import json_text
from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form import indicator_from_json, indicator_to_json, target_from_json, target_to_json
from sop.kinerja.indicator import IndicatorVersion
from sop.kinerja.state import DataPeriod, KinerjaState
from sop.kinerja.target import TargetSet
from sop.model.bidang import Family
from sop.model.definition import Cadence
from sop.model.office import IndicatorText, OfficeState, TargetText
from sop.model.state import PeriodPhase
from sop.values import replace


def register_of(office: OfficeState, cadences: Iterable[Cadence], closed: Iterable[str], moment: int) -> KinerjaState:
    """What an office has of indicators and targets.

    Args:
        office: As it stands.
        cadences: Those that have steps in its SOPs.
        closed: Keys of the periods that are closed now.
        moment: A bidang that ended by then is nobody's any more.
    """
    indicators: dict[str, tuple[IndicatorVersion, ...]] = {}
    for kept in office.indicators:
        indicators[kept.indicator] = (*indicators.get(kept.indicator, ()), _version(kept))
    family = Family((each.name, each.successor) for each in office.bidang)
    return KinerjaState(
        cadences=frozenset(cadences) or frozenset(Cadence),
        bidang=tuple(each.name for each in office.bidang_from(moment)),
        successors={each.name: family.present_name(each.name) for each in office.bidang if each.successor is not None},
        settings=FigureSettings.of(office.settings),
        indicators=indicators,
        targets=tuple(_target_set(kept) for kept in office.targets),
        periods={key: DataPeriod(key, phase=PeriodPhase.TUTUP) for key in closed},
    )


def with_register(office: OfficeState, register: KinerjaState) -> OfficeState:
    """The office with the indicators and targets of a register. What is kept already keeps its text."""
    held = {(kept.indicator, kept.number): kept for kept in office.indicators}
    fresh = [
        _indicator_text(key, version)
        for key, versions in register.indicators.items()
        for version in versions
        if (key, version.number) not in held
    ]
    return replace(
        office,
        indicators=(*office.indicators, *fresh),
        targets=tuple(_target_text(each) for each in sorted(register.targets, key=lambda one: (one.year, one.number))),
    )


@lru_cache(maxsize=4096)
def _version(kept: IndicatorText) -> IndicatorVersion:
    """What a kept text says. Every act reads all of an office's, and a text that is kept never changes."""
    indicator = indicator_from_json(json.loads(kept.definition))
    return IndicatorVersion(kept.number, kept.since, indicator, frozenset(kept.closed))


def _indicator_text(key: str, version: IndicatorVersion) -> IndicatorText:
    text = json_text(indicator_to_json(version.indicator))
    return IndicatorText(key, version.number, version.since, tuple(sorted(version.closed)), text)


def _target_set(kept: TargetText) -> TargetSet:
    values = {place: target_from_json(json.loads(text)) for place, text in kept.values.items()}
    known = {place: value for place, value in values.items() if value is not None}
    return TargetSet(kept.year, kept.number, kept.document, kept.since, known)


def _target_text(held: TargetSet) -> TargetText:
    values: Mapping[tuple[str, str], str] = {
        place: json_text(target_to_json(value)) for place, value in sorted(held.values.items())
    }
    return TargetText(held.year, held.number, held.document, held.since, values)

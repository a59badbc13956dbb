"""indikator and target: versions and sets, each holding from a period on and never for what is closed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sop.kinerja.data_act import DataEvent
from sop.kinerja.data_ruling import DataRuling
from sop.kinerja.form import indicator_from_json, indicator_to_json, target_from_json, target_to_json
from sop.kinerja.form_fault import FormFault
from sop.kinerja.indicator import Indicator, IndicatorVersion, Jenis, TargetValue, indicator_faults
from sop.kinerja.number import canonical, exact, rounded
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import TargetKey, TargetSet, reported_in
from sop.model.errors import Fault, FaultyInput
from sop.model.periods import keys_of, split
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import LONGEST, clean, clean_or_none
from sop.values import replace

_TEXTS = ("name", "satuan", "sasaran", "document", "pembilang", "penyebut")


def judge_indikator(ruling: DataRuling) -> DataEvent:
    ruling.require_manager()
    command, state = ruling.command, ruling.state
    if command.indicator is None or command.since is None:
        raise FaultyInput((Fault("kode" if command.indicator is None else "sejak", FormFault.ISIAN_WAJIB.value),))
    split(command.since)
    indicator = command.indicator
    faults = indicator_faults(indicator, state.finest, state.settings.scales)
    if faults:
        raise FaultyInput(tuple(faults))
    if indicator.owner is not None and indicator.owner not in state.bidang:
        raise Unknown("bidang", indicator.owner, state.bidang)
    texts: dict[str, Any] = {name: clean(getattr(indicator, name)) for name in _TEXTS}
    indicator = replace(indicator, **texts)
    versions = state.indicators.get(indicator.key, ())
    if versions and not versions[-1].indicator.active:
        raise Refused(Rule.CODE_TAKEN, code=versions[-1].indicator.code)
    if versions:
        indicator = replace(indicator, code=versions[0].indicator.code)
        last = versions[-1]
        if (last.indicator, last.since) == (indicator, command.since):
            raise Refused(Rule.NOTHING_CHANGED, period=None, owner=indicator.owner)
    return ruling.event(
        {
            "indicator": indicator_to_json(indicator),
            "old": indicator_to_json(versions[-1].indicator) if versions else None,
            "number": len(versions) + 1,
            "since": command.since,
            "closed": sorted(state.closed),
        }
    )


def effect_indikator(state: KinerjaState, event: DataEvent) -> KinerjaState:
    indicator = indicator_from_json(event.data["indicator"])
    version = IndicatorVersion(
        int(event.data["number"]), event.data["since"], indicator, frozenset(event.data["closed"])
    )
    versions = (*state.indicators.get(indicator.key, ()), version)
    return replace(state, indicators={**state.indicators, indicator.key: versions})


def judge_target(ruling: DataRuling) -> DataEvent:
    ruling.require_manager()
    command, state = ruling.command, ruling.state
    wanted = {(code.casefold(), period): value for (code, period), value in command.targets.items()}
    year = _year_of(period for _, period in wanted)
    held = _set_of(state, year, command.number)
    numbers = [each.number for each in state.targets if each.year == year]
    if held is None and command.number != len(numbers) + 1:
        raise Refused(Rule.SET_ORDER, number=command.number, next=len(numbers) + 1)
    since = command.since or (f"{year:04d}-TW1" if held is None else held.since)
    if held is None:
        held = TargetSet(year, command.number, "", since)
    document = clean_or_none(command.document, "dokumen", LONGEST) or held.document
    faults: list[Fault] = []
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    for (key, period), value in wanted.items():
        if period in state.closed:
            raise Refused(Rule.PERIOD_CLOSED, period=period)
        indicator = _indicator(state, key)
        allowed = [each for each in keys_of(year) if reported_in(indicator, each) and held.holds_for(each)]
        if period not in allowed:
            faults.append(Fault(indicator.code, FormFault.PERIODE_BUKAN_KADENSNYA.value, period, tuple(allowed)))
            continue
        kept, fault = _value(state, indicator, value)
        if fault is not None:
            faults.append(fault)
        elif kept != held.values.get((key, period)):
            old[f"{key}@{period}"] = target_to_json(held.values.get((key, period)))
            new[f"{key}@{period}"] = target_to_json(kept)
    if faults:
        raise FaultyInput(tuple(faults))
    if not new and document == held.document:
        raise Refused(Rule.NOTHING_CHANGED, period=None, owner=None)
    return ruling.event(
        {"year": year, "number": held.number, "since": held.since, "document": document, "old": old, "new": new}
    )


def effect_target(state: KinerjaState, event: DataEvent) -> KinerjaState:
    data = event.data
    held = _set_of(state, data["year"], data["number"])
    values: dict[TargetKey, TargetValue] = {} if held is None else dict(held.values)
    for place, value in data["new"].items():
        key, _, period = place.rpartition("@")
        target = target_from_json(value)
        if target is None:
            values.pop((key, period), None)
        else:
            values[key, period] = target
    fresh = TargetSet(data["year"], data["number"], data["document"], data["since"], values)
    return replace(state, targets=(*(each for each in state.targets if each is not held), fresh))


def _set_of(state: KinerjaState, year: int, number: int) -> TargetSet | None:
    return next((each for each in state.targets if (each.year, each.number) == (year, number)), None)


def _year_of(periods: Iterable[str]) -> int:
    years = sorted({split(period)[0] for period in periods})
    if len(years) != 1:
        raise FaultyInput((Fault("periode", FormFault.ISIAN_WAJIB.value, known=tuple(map(str, years))),))
    return years[0]


def _indicator(state: KinerjaState, key: str) -> Indicator:
    versions = state.indicators.get(key)
    if not versions:
        raise Unknown("indikator", key, tuple(each[-1].indicator.code for each in state.indicators.values()))
    return versions[-1].indicator


def _value(
    state: KinerjaState, indicator: Indicator, value: TargetValue | None
) -> tuple[TargetValue | None, Fault | None]:
    """A target fit to keep, or what is wrong with it."""
    if value is None:
        return None, None
    if indicator.jenis is Jenis.PREDIKAT:
        graded = None if isinstance(value, Decimal) else state.settings.graded(indicator.satuan, value)
        if graded is None:
            scale = tuple(state.settings.scale_of(indicator.satuan))
            return None, Fault(indicator.code, FormFault.PREDIKAT_TAK_DIKENAL.value, str(value), scale)
        return graded[0], None
    if isinstance(value, str):
        return None, Fault(indicator.code, FormFault.BUKAN_ANGKA.value, value)
    if rounded(value, indicator.decimals) != value:
        places = (str(indicator.decimals),)
        return None, Fault(indicator.code, FormFault.TERLALU_BANYAK_DESIMAL.value, canonical(value), places)
    return exact(value), None

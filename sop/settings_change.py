"""Changing what an office may set: every value checked, every fault named at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from sop.deadline import ClockStart
from sop.errors import Fault, FaultyInput, UnknownPeriod
from sop.periods import key_of, split
from sop.refusals import Refused, Rule
from sop.settings import EvidenceRule, Settings

CLOCKS = frozenset({"count_first_day", "clock_starts"})
"""Settings that move due moments."""

MOST_LATE_DAYS = 30


def changed_settings(settings: Settings, asked: Mapping[str, Any]) -> Settings:
    """The settings with other values.

    Args:
        settings: As they are.
        asked: Name of a field -> value: `at_risk_percent` 1 to 100, `late_entry_days` 1 to 30, `count_first_day` a
            flag, `evidence` an EvidenceRule value, `clock_starts` {step: ClockStart value, or None for the unit's
            rule}, `targets` {period key: ISO date, or None for none}. Steps and periods left out stay as they are.

    Raises:
        FaultyInput: A name or value that cannot be taken, all of them named.
        Refused: Every value is what it was (NOTHING_CHANGED).
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, value in asked.items():
        reader = _READERS.get(name)
        if reader is None:
            faults.append(Fault(name, "nilai-tak-dikenal", name, tuple(_READERS)))
        else:
            values[name] = reader(settings, value, faults)
    if faults:
        raise FaultyInput(tuple(faults), source="pengaturan")
    after = replace(settings, **values)
    if after == settings:
        raise Refused(Rule.NOTHING_CHANGED)
    return after


def setting_changes(before: Settings, after: Settings) -> dict[str, dict[str, Any]]:
    """Name -> {before, after} of every setting that differs, as JSON values."""
    was, now = before.to_dict(), after.to_dict()
    return {
        item.name: {"before": was[item.name], "after": now[item.name]}
        for item in fields(after)
        if was[item.name] != now[item.name]
    }


def _number(name: str, least: int, most: int) -> Callable[[Settings, Any, list[Fault]], int]:
    def read(settings: Settings, value: Any, faults: list[Fault]) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            faults.append(Fault(name, "bilangan-di-luar-batas", str(value)[:40], (f"{least}-{most}",)))
        return value  # type: ignore[no-any-return]

    return read


def _flag(settings: Settings, value: Any, faults: list[Fault]) -> bool:
    if not isinstance(value, bool):
        faults.append(Fault("count_first_day", "not_a_flag", str(value)[:40], ("true", "false")))
    return value is True


def _evidence(settings: Settings, value: Any, faults: list[Fault]) -> EvidenceRule:
    try:
        return EvidenceRule(value)
    except ValueError:
        faults.append(Fault("evidence", "nilai-tak-dikenal", str(value)[:40], tuple(EvidenceRule)))
        return settings.evidence


def _clock_starts(settings: Settings, value: Mapping[Any, Any], faults: list[Fault]) -> Mapping[str, ClockStart]:
    starts = dict(settings.clock_starts)
    for step, begins in value.items():
        place = f"langkah {step}"
        if not str(step).isdigit():
            faults.append(Fault(place, "bukan-bilangan", str(step)[:40]))
        elif begins is None:
            starts.pop(str(step), None)
        else:
            try:
                starts[str(step)] = ClockStart(begins)
            except ValueError:
                faults.append(Fault(place, "nilai-tak-dikenal", str(begins)[:40], tuple(ClockStart)))
    return starts


def _targets(settings: Settings, value: Mapping[str, Any], faults: list[Fault]) -> Mapping[str, str]:
    targets = dict(settings.targets)
    for period, day in value.items():
        try:
            key = key_of(*split(str(period)))
            if day is None:
                targets.pop(key, None)
            else:
                targets[key] = dt.date.fromisoformat(str(day)).isoformat()
        except UnknownPeriod:
            faults.append(Fault("periode", "nilai-tak-dikenal", str(period)[:40], ("2026-TW1",)))
        except ValueError:
            faults.append(Fault(str(period), "not_a_date", str(day)[:40], ("2026-04-15",)))
    return targets


_READERS: dict[str, Callable[[Settings, Any, list[Fault]], Any]] = {
    "at_risk_percent": _number("at_risk_percent", 1, 100),
    "late_entry_days": _number("late_entry_days", 1, MOST_LATE_DAYS),
    "count_first_day": _flag,
    "evidence": _evidence,
    "clock_starts": _clock_starts,
    "targets": _targets,
}

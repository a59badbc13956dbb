"""Changing what an office may set: every value checked, every fault named at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, NamedTuple

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling
from sop.acts.redating import RunUnderClock, dues_data, redated
from sop.form.faults import FaultCode, shown
from sop.kinerja.figure_settings import read_scale
from sop.kinerja.number import canonical, exact
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput, UnknownPeriod
from sop.model.events import Event
from sop.model.periods import key_of, split
from sop.model.refusals import Refused, Rule
from sop.model.settings import CHOICES, Settings
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.deadline import ClockStart
from sop.values import fields, replace
from sop.words.settings import SETTING_WORDS

CLOCKS = frozenset({"count_first_day", "clock_starts"})
"""Settings that move due moments."""

BOUNDS: Mapping[str, tuple[int, int]] = {
    "at_risk_percent": (1, 100),
    "start_days": (1, 30),
    "late_entry_days": (1, 30),
    "idle_minutes": (1, 240),
    "daily_backups": (1, 60),
    "weekly_backups": (1, 60),
    "monthly_backups": (1, 60),
}
"""Setting that is a number -> the least and the most."""
MOST_TEXTS: Mapping[str, int] = {"signatories": 3, "letterhead": 4, "scales": 6}
"""Setting that is some texts -> how many at most."""
_MOST_PERCENT = 200


Steps = Mapping[str, frozenset[int]]
"""SOP code -> numbers of its steps, for the SOPs of an office."""


def changed_settings(settings: Settings, asked: Mapping[str, Any], steps: Steps | None = None) -> Settings:
    """The settings with other values.

    Args:
        settings: As they are.
        asked: Name of a field -> value: `at_risk_percent` 1 to 100, `start_days` and `late_entry_days` 1 to 30,
            `count_first_day` a flag, `evidence` an EvidenceRule value, `clock_starts` {`sop-code/step`, or a step of
            every SOP: ClockStart value, or None for the unit's rule}, `targets` {period key: ISO date, or None for
            none}, `decider_apart` a flag, `idle_minutes` 1 to 240, `glyphs` a GlyphChoice value, `paper` a PaperSize
            value, `signatories` up to 3 positions, `signing_place` a text, `letterhead` up to 4 lines, `electronic` a
            flag, `daily_backups`, `weekly_backups`, `monthly_backups` 1 to 60, `turun` a TurunFormula value, `row_cap`
            and `mean_cap` CapaianCap values, `predicate_words` a PredicateWords value, `predicate_limits` four falling
            numbers, `rows_required` a flag, `scales` up to 6 lines. Steps and periods left out stay as they are.
        steps: What `clock_starts` may name; None takes any.

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
            values[name] = reader(settings, name, value, faults)
    if steps is not None and not faults:
        faults += _unknown_steps(asked.get("clock_starts", {}), steps)
    if faults:
        raise FaultyInput(tuple(faults), source="pengaturan")
    after = replace(settings, **values)
    if after == settings:
        raise Refused(Rule.NOTHING_CHANGED)
    return after


def setting_changes(before: Settings, after: Settings) -> dict[str, dict[str, Any]]:
    """Name -> {before, after} of every setting that differs, as JSON values."""
    was, now = before.to_dict(), after.to_dict()
    return {name: {"before": was[name], "after": now[name]} for name in fields(after) if was[name] != now[name]}


def _place_of(name: str) -> str:
    """What a setting is called in a fault."""
    return SETTING_WORDS[name].label


def _number(settings: Settings, name: str, value: Any, faults: list[Fault]) -> int:
    least, most = BOUNDS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        faults.append(Fault(_place_of(name), "bilangan-di-luar-batas", str(value)[:40], (f"{least}-{most}",)))
    return value  # type: ignore[no-any-return]


def _flag(settings: Settings, name: str, value: Any, faults: list[Fault]) -> bool:
    if not isinstance(value, bool):
        faults.append(Fault(_place_of(name), FaultCode.JENIS_SALAH, shown(str(value)), ("ya atau tidak",)))
    return value is True


def _choice(settings: Settings, name: str, value: Any, faults: list[Fault]) -> Any:
    kind = CHOICES[name]
    try:
        return kind(value)
    except ValueError:
        faults.append(Fault(_place_of(name), "nilai-tak-dikenal", shown(str(value)), tuple(kind)))
        return getattr(settings, name)


def _place(settings: Settings, name: str, value: Any, faults: list[Fault]) -> str:
    return clean_or_none(str(value), _place_of(name), LONGEST_NAME) or ""


def _texts(settings: Settings, name: str, value: Any, faults: list[Fault]) -> tuple[str, ...]:
    """Empty ones are left out."""
    texts = tuple(clean_or_none(str(item), _place_of(name), LONGEST_NAME) for item in value)
    if len(texts) > MOST_TEXTS[name]:
        faults.append(Fault(_place_of(name), "bilangan-di-luar-batas", str(len(texts)), (f"0-{MOST_TEXTS[name]}",)))
    return tuple(text for text in texts if text is not None)


def _clock_starts(
    settings: Settings, name: str, value: Mapping[Any, Any], faults: list[Fault]
) -> Mapping[str, ClockStart]:
    starts = dict(settings.clock_starts)
    for key, begins in value.items():
        sop, number = _step_named(str(key))
        place = f"langkah {shown(str(key))}"
        if number is None:
            faults.append(Fault(place, "bukan-bilangan", shown(str(key).rpartition("/")[2])))
        elif begins is None:
            starts.pop(step_key(sop, number), None)
        else:
            try:
                starts[step_key(sop, number)] = ClockStart(begins)
            except ValueError:
                faults.append(Fault(place, "nilai-tak-dikenal", shown(str(begins)), tuple(ClockStart)))
    return starts


def step_key(sop: str, number: int) -> str:
    """The key of a step in `Settings.clock_starts`; an empty SOP is every one."""
    return f"{sop}/{number}" if sop else str(number)


def _step_named(key: str) -> tuple[str, int | None]:
    """`sop-code/3` -> ("sop-code", 3), `3` -> ("", 3); None for what is no step number."""
    sop, _, number = key.rpartition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= 4
    return sop, int(number) if is_number else None


def _unknown_steps(asked: Mapping[Any, Any], steps: Steps) -> Iterator[Fault]:
    """Steps that no SOP of the office has. What is taken back may be of an SOP that is no longer known."""
    for key, begins in asked.items():
        sop, number = _step_named(str(key))
        if begins is None:
            continue
        if sop and sop not in steps:
            yield Fault(f"langkah {key}", "nilai-tak-dikenal", shown(sop), tuple(steps))
        elif not any(number in steps[code] for code in ((sop,) if sop else steps)):
            known = sorted({each for code in ((sop,) if sop else steps) for each in steps[code]})
            yield Fault(f"langkah {key}", FaultCode.TUJUAN_TIDAK_ADA, str(number), tuple(map(str, known)))


def _targets(settings: Settings, name: str, value: Mapping[str, Any], faults: list[Fault]) -> Mapping[str, str]:
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
            faults.append(Fault(str(period), FaultCode.NILAI_TAK_DIKENAL, shown(str(day)), ("2026-04-15",)))
    return targets


def _limits(settings: Settings, name: str, value: Any, faults: list[Fault]) -> tuple[str, ...]:
    """Four numbers, each below the one before it."""
    texts = [str(item).strip().replace(",", ".") for item in value]
    try:
        limits = [exact(Decimal(text)) for text in texts]
    except InvalidOperation:
        limits = []
    falls = all(0 < low < high <= _MOST_PERCENT for high, low in pairwise(limits))
    if len(limits) != len(settings.predicate_limits) or not falls:
        faults.append(Fault(_place_of(name), "nilai-tak-dikenal", shown(" ".join(texts)), ("90 75 65 50",)))
        return settings.predicate_limits
    return tuple(map(canonical, limits))


def _scales(settings: Settings, name: str, value: Any, faults: list[Fault]) -> tuple[str, ...]:
    lines: dict[str, str] = {}
    for line in _texts(settings, name, value, faults):
        try:
            called, scale = read_scale(line)
        except ValueError:
            faults.append(Fault(_place_of(name), "nilai-tak-dikenal", shown(line), ("Opini: WTP=4, WDP=3",)))
            continue
        lines[called.casefold()] = (
            f"{called}: {', '.join(f'{word}={canonical(worth)}' for word, worth in scale.items())}"
        )
    return tuple(lines.values())


_READERS: dict[str, Callable[[Settings, str, Any, list[Fault]], Any]] = {
    "at_risk_percent": _number,
    "start_days": _number,
    "late_entry_days": _number,
    "count_first_day": _flag,
    "evidence": _choice,
    "clock_starts": _clock_starts,
    "targets": _targets,
    "decider_apart": _flag,
    "idle_minutes": _number,
    "glyphs": _choice,
    "paper": _choice,
    "signatories": _texts,
    "signing_place": _place,
    "letterhead": _texts,
    "electronic": _flag,
    "daily_backups": _number,
    "weekly_backups": _number,
    "monthly_backups": _number,
    "turun": _choice,
    "row_cap": _choice,
    "mean_cap": _choice,
    "predicate_words": _choice,
    "predicate_limits": _limits,
    "rows_required": _flag,
    "scales": _scales,
}


# ---------------------------------------------------------------------- the act

SETTINGS_ENTITY = "pengaturan"
"""How a stale view of the settings is named; its revision is how often they were changed."""


class SettingsAsked(NamedTuple):
    """pengaturan: as in `changed_settings`."""

    values: Mapping[str, Any]
    steps: Steps
    runs: Callable[[], Sequence[RunUnderClock]]
    """The open runs of the office."""


def judge_pengaturan(ruling: OfficeRuling[SettingsAsked]) -> Event:
    ruling.refuse_stale(SETTINGS_ENTITY)
    values, steps, runs = ruling.details
    before = ruling.office.settings
    after = changed_settings(before, values, steps)
    changed = setting_changes(before, after)
    dues: list[dict[str, Any]] = []
    if CLOCKS & changed.keys() and ruling.context.calendar is not None:
        calendar = ruling.context.calendar()
        dues = dues_data(redated(runs(), (calendar, before), (calendar, after), ruling.context.now))
    return ruling.event({"settings": changed, "due": dues})


def effect_pengaturan(draft: OfficeDraft, event: Event) -> None:
    values = {name: change["after"] for name, change in event.data["settings"].items()}
    draft.state = replace(draft.state, settings=Settings.from_dict({**draft.state.settings.to_dict(), **values}))


DEEDS = {Act.PENGATURAN: Deed(judge_pengaturan, effect_pengaturan)}

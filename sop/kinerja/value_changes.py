"""Which values were changed after they had been handed in: by filling again, or by koreksi-nilai."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sop.kinerja.isian import Isian

_FIGURES = ("keadaan", "value", "grade", "pembilang", "penyebut")
_ISI, _KOREKSI = "isi", "koreksi-nilai"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of one row, before and after."""

    key: str
    """Of the indicator."""
    is_correction: bool
    """By koreksi-nilai; else the row was filled again."""
    at: int
    """Effective moment, UTC epoch seconds."""
    by: str
    for_lane: str | None
    before: Isian | None
    after: Isian | None
    """None for a row that was emptied."""
    word: str | None
    """Why."""


@dataclass(frozen=True, slots=True)
class SavedRows:
    """What one isi or koreksi-nilai saved, as its event holds it."""

    act: str
    at: int
    by: str
    for_lane: str | None
    data: Mapping[str, Any]


def value_changes(saved: Iterable[SavedRows]) -> list[ValueChange]:
    """Every change of a figure that had been handed in, in the order of the log.

    What is typed over before the first handing in is no change that anybody has to answer for.
    """
    found = []
    for event in saved:
        if event.act not in (_ISI, _KOREKSI):
            continue
        is_first = (int(event.data["case"]), int(event.data["attempt"])) == (1, 1)
        if event.act == _ISI and is_first:
            continue
        for key, facts in event.data["rows"].items():
            before, after = _isian(facts["old"]), _isian(facts["new"])
            if before is None or _figures(before) == _figures(after):
                continue
            is_correction = event.act == _KOREKSI
            word = facts["word"]
            found.append(ValueChange(key, is_correction, event.at, event.by, event.for_lane, before, after, word))
    return found


def _isian(data: Mapping[str, Any] | None) -> Isian | None:
    return None if data is None else Isian.from_dict(data)


def _figures(isian: Isian | None) -> tuple[object, ...] | None:
    return None if isian is None else tuple(getattr(isian, name) for name in _FIGURES)

"""Which values were changed after they had been handed in, by filling again or by koreksi-nilai, and how marks were
answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sop.kinerja.isian import Isian
from sop.values import Frozen

_FIGURES = ("keadaan", "value", "grade", "pembilang", "penyebut")
_ISI, _KOREKSI, _TANDAI, _TERIMA = "isi", "koreksi-nilai", "tandai", "terima"
_ROW_ACTS = frozenset({_ISI, _KOREKSI, _TANDAI, _TERIMA})


class ValueChange(Frozen):
    """One value of one row, before and after; the same where a mark was answered and the value stays."""

    key: str
    """Of the indicator."""
    is_correction: bool
    """By koreksi-nilai; else the row was filled again."""
    at: int
    """Effective moment, UTC epoch seconds."""
    by: str
    before: Isian | None
    after: Isian | None
    """None for a row that was emptied."""
    word: str | None
    """Why."""
    mark: str | None = None
    """The note of the mark that this answers; None where none stood."""
    stays: bool = False
    """The figure is what it was: the mark was answered in words."""


class SavedRows(Frozen):
    """What one act on rows of data kinerja saved or marked, as its event holds it."""

    act: str
    at: int
    by: str
    data: Mapping[str, Any]


def value_changes(saved: Iterable[SavedRows]) -> list[ValueChange]:
    """Every change of a figure that had been handed in, and every answer to a mark, in the order of the log.

    What is typed over before the first handing in is no change that anybody has to answer for.
    """
    found: list[ValueChange] = []
    marks: dict[str, str] = {}
    said: dict[str, Isian | None] = {}
    for event in saved:
        if event.act not in _ROW_ACTS:
            continue
        if event.act in (_TANDAI, _TERIMA):
            for key in event.data["rows"]:
                marks.pop(key, None)
                if event.act == _TANDAI:
                    marks[key] = event.data["note"]
            continue
        is_correction = event.act == _KOREKSI
        is_first = not is_correction and (int(event.data["case"]), int(event.data["attempt"])) == (1, 1)
        for key, facts in event.data["rows"].items():
            before, after = _isian(facts["old"]), _isian(facts["new"])
            said[key] = after
            mark, is_same = marks.pop(key, None), _figures(before) == _figures(after)
            if is_first or before is None or (is_same and mark is None):
                continue
            who = event.at, event.by
            found.append(ValueChange(key, is_correction, *who, before, after, facts["word"], mark, is_same))
        for key, word in event.data.get("confirmed", {}).items():
            held, mark = said.get(key), marks.pop(key, None)
            who = event.at, event.by
            found.append(ValueChange(key, False, *who, held, held, word, mark, True))
    return found


def _isian(data: Mapping[str, Any] | None) -> Isian | None:
    return None if data is None else Isian.from_dict(data)


def _figures(isian: Isian | None) -> tuple[object, ...] | None:
    return None if isian is None else tuple(getattr(isian, name) for name in _FIGURES)

"""Reporting periods of one year: keys, parents and first days. Knows nothing of cases or of an office."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from sop.model.definition import Cadence
from sop.model.errors import UnknownPeriod

NAMES = ("TW1", "TW2", "TW3", "TW4", "S1", "S2", "TH")
"""Parts of a year in the order in which they close: children before parents within each half."""

CHILDREN: dict[str, tuple[str, ...]] = {"S1": ("TW1", "TW2"), "S2": ("TW3", "TW4"), "TH": ("S1", "S2")}
PARENT = {child: parent for parent, children in CHILDREN.items() for child in children}
FIRST_MONTH = {"TW1": 1, "TW2": 4, "TW3": 7, "TW4": 10, "S1": 1, "S2": 7, "TH": 1}
CADENCE = {
    name: Cadence.TRIWULAN if name.startswith("TW") else Cadence.TAHUNAN if name == "TH" else Cadence.SEMESTER
    for name in NAMES
}
_MONTHS_OF = {Cadence.TRIWULAN: 3, Cadence.SEMESTER: 6, Cadence.TAHUNAN: 12}
_NUMERALS = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_LONGEST = 40
_TYPED = re.compile(
    r"(?:(?P<before>\d{4})[- ])?(?:(?P<kind>TW|TRIWULAN|SMT|SEMESTER|S) ?(?P<number>[1-4]|I{1,3}|IV)"
    r"|(?P<year_word>TH|TAHUN|TAHUNAN))(?: (?P<after>\d{4}))?"
)
_KEY = re.compile(r"(\d{4})-(TW[1-4]|S[12]|TH)")


def split(key: str) -> tuple[int, str]:
    """`2026-TW1` -> (2026, "TW1"). Case is folded. Raises UnknownPeriod."""
    match = _KEY.fullmatch(key.strip().upper())
    if match is None:
        raise UnknownPeriod(key=key)
    return int(match[1]), match[2]


def period_typed(text: str, year: int | None = None) -> str:
    """What a person typed, or this program prints, for a period: `2026-tw3`, `TW III 2026`, `Triwulan III 2026`,
    `semester 1`, `Tahunan 2026`.

    Args:
        text: As typed.
        year: Meant where none is typed; None where one must be.

    Raises:
        UnknownPeriod: It names no period.
    """
    match = _TYPED.fullmatch(" ".join(text.split())[:_LONGEST].upper())
    named = None if match is None else match["before"] or match["after"]
    if match is None or (named is None and year is None) or (match["before"] and match["after"]):
        raise UnknownPeriod(key=text)
    if match["year_word"]:
        name = "TH"
    else:
        number = _NUMERALS.get(match["number"], match["number"])
        name = ("TW" if match["kind"] in ("TW", "TRIWULAN") else "S") + number
    return key_of(*split(f"{named or f'{year:04d}'}-{name}"))


def key_of(year: int, name: str) -> str:
    """(2026, "TW1") -> `2026-TW1`."""
    return f"{year:04d}-{name}"


def keys_of(year: int) -> list[str]:
    """All seven keys of a year."""
    return [key_of(year, name) for name in NAMES]


def cadence_of(key: str) -> Cadence:
    """The cadence whose steps a period's case runs."""
    return CADENCE[split(key)[1]]


def first_day(key: str) -> date:
    """The first calendar day of the period; a period is not opened before it."""
    year, name = split(key)
    return date(year, FIRST_MONTH[name], 1)


def last_day(key: str) -> date:
    """The last calendar day of the period."""
    first = first_day(key)
    return end_of_month(first.year, first.month + _MONTHS_OF[cadence_of(key)] - 1)


def end_of_month(year: int, month: int) -> date:
    """The last calendar day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def children_of(key: str) -> list[str]:
    """Keys of the periods directly below, in order."""
    year, name = split(key)
    return [key_of(year, child) for child in CHILDREN.get(name, ())]


def parent_of(key: str) -> str | None:
    """Key of the period directly above; None for the year."""
    year, name = split(key)
    return key_of(year, PARENT[name]) if name in PARENT else None


def ancestors_of(key: str) -> list[str]:
    """Keys above, nearest first."""
    above: list[str] = []
    parent = parent_of(key)
    while parent is not None:
        above.append(parent)
        parent = parent_of(parent)
    return above


def kept_names(cadences: Collection[Cadence]) -> list[str]:
    """The periods an SOP with these cadences keeps: those with steps at them or somewhere below them."""
    return [name for name in NAMES if _has_steps(name, cadences)]


def _has_steps(name: str, cadences: Collection[Cadence]) -> bool:
    return CADENCE[name] in cadences or any(_has_steps(child, cadences) for child in CHILDREN.get(name, ()))

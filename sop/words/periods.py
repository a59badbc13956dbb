"""The Indonesian words for periods, the same on paper and on screen. Light to import."""

from __future__ import annotations

import re

from sop.model.periods import split

_NAMES = {
    "TW1": "TW I",
    "TW2": "TW II",
    "TW3": "TW III",
    "TW4": "TW IV",
    "S1": "Semester I",
    "S2": "Semester II",
    "TH": "Tahun",
}
_NARROW = {"S1": "SMT I", "S2": "SMT II", "TH": "TAHUN"}
"""What stands where the name has no room; the other names are as short as can be."""
_KEY_IN_TEXT = re.compile(r"(?<![\w/.-])(\d{4}-(?:TW[1-4]|S[12]|TH))(?![\w-]|\.\w)")


def period_label(key: str) -> str:
    """`2026-TW1` -> `TW I 2026`, `2026-TH` -> `Tahun 2026`. Raises UnknownPeriod."""
    year, name = split(key)
    return f"{_NAMES[name]} {year}"


def period_name(key: str) -> str:
    """`2026-TW1` -> `TW I`, `2026-TH` -> `Tahun`: beside others of its year. Raises UnknownPeriod."""
    return _NAMES[split(key)[1]]


def period_short(key: str) -> str:
    """`2026-TW3` -> `TW III`, where the year is told beside it; a year is its number. Raises UnknownPeriod."""
    name = split(key)[1]
    return period_label(key) if name == "TH" else _NAMES[name]


def period_narrow(key: str) -> str:
    """`2026-S1` -> `SMT I`, for places of at most seven cells. Raises UnknownPeriod."""
    name = split(key)[1]
    return _NARROW.get(name, _NAMES[name])


def with_period_names(text: str) -> str:
    """A sentence with `TW III 2026` for `2026-TW3`; names of files stay as they are."""
    return _KEY_IN_TEXT.sub(lambda match: period_label(match[1]), text)

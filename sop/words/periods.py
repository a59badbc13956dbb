"""The Indonesian words for periods, the same on paper and on screen. Light to import."""

from __future__ import annotations

import re

from sop.model.periods import split

_LONG = {
    "TW1": "Triwulan I",
    "TW2": "Triwulan II",
    "TW3": "Triwulan III",
    "TW4": "Triwulan IV",
    "S1": "Semester I",
    "S2": "Semester II",
    "TH": "Tahunan",
}
_SHORT = {
    "TW1": "TW I",
    "TW2": "TW II",
    "TW3": "TW III",
    "TW4": "TW IV",
    "S1": "SMT I",
    "S2": "SMT II",
    "TH": "TAHUN",
}
_KEY_IN_TEXT = re.compile(r"(?<![\w/.-])(\d{4}-(?:TW[1-4]|S[12]|TH))(?![\w-]|\.\w)")


def period_label(key: str) -> str:
    """`2026-TW1` -> `Triwulan I 2026`. Raises UnknownPeriod."""
    year, name = split(key)
    return f"{_LONG[name]} {year}"


def period_short(key: str) -> str:
    """`2026-TW3` -> `TW III`. Raises UnknownPeriod."""
    return _SHORT[split(key)[1]]


def period_named(key: str) -> str:
    """`2026-TW3` -> `TW III 2026`. Raises UnknownPeriod."""
    return f"{period_short(key)} {split(key)[0]}"


def with_period_names(text: str) -> str:
    """A sentence with `TW III 2026` for `2026-TW3`; names of files stay as they are."""
    return _KEY_IN_TEXT.sub(lambda match: period_named(match[1]), text)

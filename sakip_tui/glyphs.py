"""The signs of the screen, in a set for UTF-8 terminals and a plain one for the others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sop.values import Frozen

_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "late": "!",
        "risk": "▲",
        "idle": "○",
        "paused": "=",
        "held": "%",
        "gate": "#",
        "stale": "~",
        "joint": "&",
        "late_entry": "*",
        "doubted": "^",
        "assumed": "?",
    }
)


class Glyphs(Frozen):
    """One set. Every sign is one cell wide in every terminal."""

    rule: str = "─"
    divider: str = "│"
    left_foot: str = "╰"
    right_foot: str = "╯"
    """The lower corners of a card."""
    cursor: str = "▌"
    full: str = "█"
    empty: str = "░"
    ellipsis: str = "…"
    done: str = "✓"
    dot: str = "·"
    more_above: str = "↑"
    more_below: str = "↓"
    marks: Mapping[str, str] = _MARKS
    """Name of a mark -> its sign."""


UNICODE = Glyphs()
ASCII = Glyphs(
    rule="-",
    divider="|",
    left_foot="+",
    right_foot="+",
    cursor=">",
    full="#",
    empty=".",
    ellipsis="~",
    done="v",
    dot=".",
    more_above="^",
    more_below="v",
    marks={**_MARKS, "risk": "+", "idle": "@", "doubted": ":"},
)

MARK_WORDS = {
    "late": "lewat waktu baku",
    "risk": "hampir habis waktunya",
    "idle": "belum dimulai, terlalu lama antre",
    "paused": "ditunda",
    "held": "berkasnya ditahan, waktunya berhenti",
    "gate": "menunggu periode lain ditutup",
    "stale": "masukan basi: periode di bawahnya dibuka kembali",
    "joint": "dikerjakan bersama",
    "late_entry": "dicatat susulan",
    "doubted": "jam diragukan",
    "assumed": "ada asumsi yang belum ditetapkan",
}
"""What each mark means, for the help and the line below the board."""

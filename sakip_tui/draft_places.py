"""What somebody was asked when they typed and did not send: the place that a draft is kept under, as a value."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sakip_tui.acts import FACES
from sop.json_text import json_text
from sop.model.errors import UnknownPeriod
from sop.model.texts import clean
from sop.words.periods import period_label

_PROMPTS = {face.draft_name: face.typed for face in FACES if face.typed} | {"another_time": "catatan susulan"}
"""Prompt of the board or the card page -> what one types there; the others are named by their act."""
BOARD = "papan"
_CARD = "Kartu"
"""What the version before named the card's page in its keys."""
_SCREENS = {
    "kalender": "Kalender",
    "sop": "SOP",
    "isi-sop": "Isi SOP",
    "pengaturan": "Pengaturan",
    "bidang": "Bidang",
    "data": "Data kinerja",
    "analisa": "Analisa",
    "indikator": "Indikator",
    "pengguna": "Pengguna",
    "susulan": "Tabel susulan",
}
"""Screen -> what it is called, for what is typed on it. On those that are missing one only looks for something."""
SURE = "yakin"
"""Comes after the name of a prompt, for the second one that asks whether the answer is meant."""


class DraftPlace(NamedTuple):
    """One prompt about one thing. Two places are the same only where every part is."""

    screen: str
    prompt: str
    office: str
    sop: str | None = None
    """None where it is about the office."""
    period: str | None = None
    step: int | None = None
    bidang: str | None = None
    about: tuple[str, ...] = ()
    """What else tells apart what was asked about: a day, a person's code, a setting."""

    @property
    def key(self) -> str:
        """What a draft is kept under: the same text for the same place only."""
        parts = {name: part for name, part in self._asdict().items() if part not in (None, ())}
        return json_text(parts)

    @property
    def former_keys(self) -> tuple[str, ...]:
        """What the version before kept a draft of this place under: at the prompt of the board, on the card's page."""
        if self.screen != BOARD or self.sop is None or self.period is None or self.about:
            return ()
        at = f"{self.prompt}/{self.period}/{self.step or 0}/{self.bidang or ''}"
        return (f"{self.office}/{self.sop}/{at}", f"{self.office}/{self.sop}/{_CARD}/{at}")

    @property
    def words(self) -> str:
        """What was being typed, and where; empty where one was only looking for something."""
        if self.screen != BOARD:
            return f"isian di layar {_SCREENS[self.screen]}" if self.screen in _SCREENS else ""
        if self.period is None:
            return ""
        named = clean(_PROMPTS.get(self.prompt, self.prompt.replace("-", " ")))
        card = f", langkah {self.step}" if self.step else ""
        bidang = f" ({clean(self.bidang)})" if self.bidang else ""
        return f"{named} untuk {period_label(self.period)}{card}{bidang}"


_TEXTS = frozenset(DraftPlace._fields) - {"step", "about"}


def place_of(key: str) -> DraftPlace | None:
    """The place that a draft is kept under, by this version or the one before; None for a text that no place has."""
    try:
        place = _read(key)
        is_sound = key in (place.key, *place.former_keys) and _is_of_its_kind(place)
        if place.period is not None:
            period_label(place.period)
    except (ValueError, TypeError, AttributeError, RecursionError, UnknownPeriod):
        return None
    return place if is_sound else None


def _read(key: str) -> DraftPlace:
    """The place in a key, whatever it is worth. Raises ValueError, TypeError, AttributeError, RecursionError."""
    if not key.startswith("{"):
        office, sop, *rest = key.split("/", 2)
        prompt, period, step, bidang = "".join(rest).removeprefix(f"{_CARD}/").split("/", 3)
        return DraftPlace(BOARD, prompt, office, sop, period, int(step) or None, bidang or None)
    parts: Any = json.loads(key)
    return DraftPlace(**{**parts, "about": tuple(parts.get("about", ()))})


def _is_of_its_kind(place: DraftPlace) -> bool:
    texts = [part for name in _TEXTS if (part := getattr(place, name)) is not None]
    return all(isinstance(text, str) for text in (*texts, *place.about)) and (
        place.step is None or type(place.step) is int
    )

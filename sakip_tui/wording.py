"""How the facts of an error are said: moments in the office's time, names, lists. Shared by all tables of sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sop.model.act import Act
from sop.time.instants import civil
from sop.words.labels import LABELS, listed, state_label, step_named, upper
from sop.words.people import person_called
from sop.words.time import clock, date_plain, date_short

Facts = Mapping[str, Any]


_NOBODY: Mapping[str, str] = MappingProxyType({})


class Wording:
    """How facts are said: moments in the office's time, people by name where names are known."""

    def __init__(self, offset: int, names: Mapping[str, str] = _NOBODY) -> None:
        """
        Args:
            offset: Seconds that the office's zone lies east of UTC.
            names: Code of a person -> name; a code without one is told as it is.
        """
        self.offset, self._names = offset, names

    def who(self, code: object) -> str:
        return person_called(self._names, str(code))

    def moment(self, t: object) -> str:
        """`Kam 15 Okt 2026 09.31`: always with the year, as a mistyped one is what such sentences are about."""
        if not isinstance(t, int):
            return "-"
        try:
            day = civil(t, self.offset).date()
        except (OverflowError, ValueError):
            return "di luar kalender"
        return f"{date_short(day)} {day.year} {clock(t, self.offset)}"

    def day(self, t: object) -> str:
        return date_plain(civil(t, self.offset).date()) if isinstance(t, int) else "-"


Maker = Callable[[Facts, Wording], tuple[str, str]]

LOOK_AGAIN = "Lihat keadaannya yang sekarang, lalu putuskan lagi."


def the_step(facts: Facts) -> str:
    """`Langkah 3 (Bidang A)`."""
    bidang = facts.get("bidang")
    return upper(step_named(facts.get("step"), bidang if isinstance(bidang, str) else None))


def lower(text: str) -> str:
    """With a small letter in front, within a sentence; names further on keep their capitals."""
    return text[:1].lower() + text[1:]


def joined(values: object, last: str = "dan") -> str:
    if isinstance(values, str) or not isinstance(values, Iterable):
        return str(values)
    return listed([str(value) for value in values], last)


def choices(known: object) -> str:
    """`Pilihannya: a, b atau c.`; empty where there is nothing to choose from."""
    words = joined(known, "atau")
    return f"Pilihannya: {words}." if words else ""


def act_words(value: object) -> str:
    return LABELS[Act].get(str(value), str(value)) if value is not None else "tindakan lain"


def states(values: object) -> str:
    return listed([state_label(str(value)) for value in values], "atau") if isinstance(values, Iterable) else ""


def entity(name: str) -> str:
    """The card, case or period that an event touched: `r:2026-TW1#1:3:Bidang A` -> `langkah 3 (Bidang A) 2026-TW1`."""
    kind, _, rest = name.partition(":")
    if kind == "kalender":
        return "kalender kerja"
    if kind == "pengaturan":
        return "pengaturan kantor"
    if kind == "u":
        return f"pengguna {rest}"
    if kind == "b":
        return "daftar bidang"
    if kind == "sop":
        return f"SOP {rest}"
    key, _, rest = rest.partition("#")
    _, _, slot = rest.partition(":")
    step, _, bidang = slot.partition(":")
    if kind == "r":
        return f"{step_named(step, bidang)} {key}"
    return f"berkas {key}" if kind == "c" else f"periode {key}"

"""What can be wrong or refused on the rules floor. Types carry facts; the sentences are made on the top floor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sop.values import Frozen

T = TypeVar("T")


class SopError(Exception):
    """Base of everything the rules floor raises on purpose.

    Subclasses are declared with keyword-only facts; `str()` is for logs, never for people.
    """

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.facts = facts


class UnknownZone(SopError):
    """`zone` is none of `known`, the three zones of Indonesia."""


class CalendarGap(SopError):
    """`instant` (UTC epoch seconds), or what was asked of it, lies outside the calendar's `first_year`..`last_year`."""


class UnknownPeriod(SopError):
    """`key` is not a period key such as `2026-TW1`."""


class Fault(Frozen):
    """One fault of an input: where it is, what is wrong, what would be right (codes and values, no prose)."""

    place: str
    """Path inside the input: `langkah 4 · waktu`."""
    code: str
    """Stable name of the kind of fault; `notices` turns it into a sentence."""
    found: str = ""
    known: tuple[str, ...] = ()
    """What would have been accepted, nearest first."""


class FaultyInput(SopError):
    """An input with one fault or more, all of them named at once."""

    def __init__(self, faults: tuple[Fault, ...], source: str = "") -> None:
        super().__init__(faults=faults, source=source)
        self.faults = faults
        self.source = source


class Gathering:
    """Faults of what was typed, met one after the other and told together: read everything, then `check`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tried(self, read: Callable[[], T]) -> T | None:
        """What a reading gives; None where it cannot be read."""
        try:
            return read()
        except FaultyInput as error:
            self.faults += error.faults
            return None

    def check(self) -> None:
        """Raises FaultyInput with all faults met, once each: the same words may be read twice."""
        if self.faults:
            raise FaultyInput(tuple(dict.fromkeys(self.faults)))


class UnknownSop(SopError):
    """`code` names no SOP of the catalog; `known` holds those there are, nearest first."""

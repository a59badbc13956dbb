"""Which bidang a typed name means.

A run keeps the name that was frozen when it was opened. Renaming or merging ends a name and points it at its
successor; names with the same last successor are one unit, and every one of them leads to it for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import Unknown

NamesOf = Callable[[str], tuple[str, ...]]
"""Every name that the unit of a name has had, this one among them."""


class Family:
    """Which names stand for one unit. Names are compared whatever their case."""

    def __init__(self, rows: Iterable[tuple[str, str | None]] = ()) -> None:
        """
        Args:
            rows: (name, the name that directly followed it) of the whole list, ended names included.
        """
        self._following: dict[str, str | None] = {}
        self._spelt: dict[str, str] = {}
        for name, following in rows:
            self._spelt[name.casefold()] = name
            self._following[name.casefold()] = None if following is None else following.casefold()
        self._units: dict[str, tuple[str, ...]] = {}
        for key, name in self._spelt.items():
            last = self._last(key)
            self._units[last] = (*self._units.get(last, ()), name)

    def _last(self, key: str) -> str:
        seen = {key}
        while (following := self._following.get(key)) is not None and following not in seen:
            key = following
            seen.add(key)
        return key

    @property
    def names(self) -> tuple[str, ...]:
        """Every name there is or was."""
        return tuple(self._spelt.values())

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name of the unit, this one among them; of a name that is not in the list, itself."""
        key = name.casefold()
        return self._units[self._last(key)] if key in self._spelt else (name,)

    def present_name(self, name: str) -> str:
        """The name under which the unit goes on today."""
        key = name.casefold()
        return self._spelt[self._last(key)] if key in self._spelt else name


NO_FAMILY = Family()
"""Of an office whose bidang were never renamed, or that has none."""


def listed_names(name: str, listed: Sequence[str], names_of: NamesOf) -> tuple[str, ...]:
    """Every name of a list that stands for the unit that a typed name means, in the list's order.

    Raises:
        Unknown: None of them does; it names the listed ones.
    """
    unit = {name.casefold(), *(other.casefold() for other in names_of(name))}
    found = tuple(each for each in listed if each.casefold() in unit)
    if not found:
        raise Unknown("bidang", name, tuple(listed))
    return found


def listed_name(name: str, listed: Sequence[str], names_of: NamesOf) -> str:
    """The one name of a list that a typed name means: the same where it is listed, else the one of its unit.

    Raises:
        Unknown: As `listed_names`.
        FaultyInput: Several of the list have become one unit since; it names them.
    """
    found = listed_names(name, listed, names_of)
    same = next((each for each in found if each.casefold() == name.casefold()), None)
    if same is None and len(found) > 1:
        raise FaultyInput((Fault("bidang", "bidang-perlu-disebut", found=name, known=found),))
    return same or found[0]

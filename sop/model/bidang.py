"""Which bidang a typed name means.

A run keeps the name that was frozen when it was opened. Renaming or merging ends a name and points it at its
successor; names with the same last successor are one unit, and every one of them leads to it for good.

A name stands in the office's list from a moment to a moment, either of them also ahead: what a fan-out freezes is the
list in force when it is entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sop.model.errors import Fault, FaultyInput
from sop.model.refusals import Unknown
from sop.values import Frozen

NamesOf = Callable[[str], tuple[str, ...]]
"""Every name that the unit of a name has had: other ones, this one, then those that followed it one after the other."""

_SHORTEST_PART = 3
"""Letters below which what was typed is a slip and no part of a name."""


class ListedBidang(Frozen):
    """One name of the office's list, and when it holds."""

    name: str
    since: int | None = None
    """None for as long as there has been a list."""
    until: int | None = None
    """The first moment at which it holds no more; None while nobody has ended it."""

    def holds_at(self, moment: int) -> bool:
        """Whether it stands in the list at that moment."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


def in_force(listed: Iterable[ListedBidang], moment: int) -> tuple[str, ...]:
    """The names of the list at a moment, in its order."""
    return tuple(each.name for each in listed if each.holds_at(moment))


def first_in_force(listed: Iterable[ListedBidang], moment: int) -> int | None:
    """The first moment after this one from which a name holds; None where none does."""
    ahead = (each.since for each in listed if each.since is not None and each.since > moment)
    return min(ahead, default=None)


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

    def _line(self, key: str) -> list[str]:
        """A name and those that followed it, one after the other."""
        line = [key]
        while (following := self._following.get(line[-1])) is not None and following not in line:
            line.append(following)
        return line

    def _last(self, key: str) -> str:
        return self._line(key)[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name there is or was."""
        return tuple(self._spelt.values())

    def names_of(self, name: str) -> tuple[str, ...]:
        """As `NamesOf`; of a name that is not in the list, itself."""
        key = name.casefold()
        if key not in self._spelt:
            return (name,)
        line = tuple(self._spelt[each] for each in self._line(key))
        return (*(other for other in self._units[self._last(key)] if other not in line), *line)

    def present_name(self, name: str) -> str:
        """The name under which the unit goes on today."""
        key = name.casefold()
        return self._spelt[self._last(key)] if key in self._spelt else name


NO_FAMILY = Family()
"""Of an office whose bidang were never renamed, or that has none."""


def listed_names(name: str, listed: Sequence[str], names_of: NamesOf, whole: Iterable[str] = ()) -> tuple[str, ...]:
    """Every name of a list that stands for the unit that a typed name means, in the list's order.

    Args:
        name: As typed: a whole name, or a part of one (see `_meant`).
        listed: The names that can be meant.
        names_of: See `NamesOf`.
        whole: Names that mean themselves although they are not in the list, and so are no part of a longer one.

    Raises:
        Unknown: None of them does; it names the listed ones.
        FaultyInput: It is a part of the names of several units; it names them.
    """
    return _of_unit(_spelt_out(name, listed, names_of, whole), listed, names_of)


def listed_name(name: str, listed: Sequence[str], names_of: NamesOf, whole: Iterable[str] = ()) -> str:
    """The one name of a list that a typed name means: the first listed of itself and those that followed it, else the
    one of its unit. Arguments as of `listed_names`.

    Raises:
        Unknown: As `listed_names`.
        FaultyInput: Several of the list became this one, or it is a part of several names; it names them.
    """
    name = _spelt_out(name, listed, names_of, whole)
    found = _of_unit(name, listed, names_of)
    spelt = {each.casefold(): each for each in found}
    unit = [other.casefold() for other in names_of(name)]
    line = unit[unit.index(name.casefold()) :] if name.casefold() in unit else [name.casefold()]
    meant = next((spelt[each] for each in line if each in spelt), None)
    if meant is None and len(found) > 1:
        raise FaultyInput((Fault("bidang", "bidang-perlu-disebut", found=name, known=found),))
    return meant or found[0]


def _spelt_out(name: str, listed: Sequence[str], names_of: NamesOf, whole: Iterable[str]) -> str:
    """What was typed where it is a whole name of a listed unit, else the listed name that it is a part of."""
    if _of_unit(name, listed, names_of):
        return name
    meant = None
    if name.casefold() not in {each.casefold() for each in whole}:
        meant = _meant(name, listed, names_of)
    if meant is None:
        raise Unknown("bidang", name, tuple(listed))
    return meant


def _of_unit(name: str, listed: Sequence[str], names_of: NamesOf) -> tuple[str, ...]:
    unit = {name.casefold(), *(other.casefold() for other in names_of(name))}
    return tuple(each for each in listed if each.casefold() in unit)


def _meant(part: str, listed: Sequence[str], names_of: NamesOf) -> str | None:
    """The listed name of which something was typed that no other unit's has: all but the word bidang, words of it one
    after the other, or its beginning. What is listed now goes before what it was called earlier. None for nothing.

    Raises:
        FaultyInput: Several units have it; it names them.
    """
    for is_earlier in (False, True):
        for is_meant in (_is_same, _is_part):
            found = [
                each
                for each in listed
                if any(is_meant(part, called) for called in (names_of(each) if is_earlier else (each,)))
            ]
            units = {frozenset(other.casefold() for other in names_of(each)) for each in found}
            if len(units) > 1:
                raise FaultyInput((Fault("bidang", "bidang-beberapa", found=part, known=tuple(found)),))
            if found:
                return found[0]
    return None


def _words(name: str) -> list[str]:
    """Its words without a leading bidang, whatever their case."""
    words = name.casefold().split()
    return words[1:] if words[:1] == ["bidang"] else words


def _is_same(part: str, name: str) -> bool:
    return bool(_words(part)) and _words(part) == _words(name)


def _is_part(part: str, name: str) -> bool:
    words, whole = _words(part), _words(name)
    text = " ".join(words)
    if len(text) < _SHORTEST_PART:
        return False
    places = range(len(whole) - len(words) + 1)
    return " ".join(whole).startswith(text) or any(whole[at : at + len(words)] == words for at in places)

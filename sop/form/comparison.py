"""Two versions of an SOP side by side: what differs, place by place, in the words of the file form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sop.form.toml_format import to_dict
from sop.model.definition import Sop

Place = tuple[str, ...]

_PASSED_OVER = frozenset({"format", "absent", "marks", "header", "kelengkapan"})
"""What is no content, or stands elsewhere too: the items of kelengkapan are those of its whole cell."""


class Difference(NamedTuple):
    """One value that is not the same."""

    place: Place
    """(area, key), as (`identity`, `nomor`) or (`langkah 3`, key); a basis is (`langkah 3`, `basis`, key)."""
    before: str | None
    """None where there was nothing."""
    after: str | None
    """None where there is nothing any more."""


def differences(before: Sop, after: Sop) -> tuple[Difference, ...]:
    """What differs between two versions, in the order of the document; steps are matched by number."""
    was, now = _values(before), _values(after)
    places = dict.fromkeys((*was, *now))
    found = (Difference(place, was.get(place), now.get(place)) for place in places)
    return tuple(sorted((each for each in found if each.before != each.after), key=lambda each: _order(each.place)))


def _order(place: Place) -> tuple[int, int]:
    """Head of the document, then the steps by number; within those the order they were met in stands."""
    area = place[0]
    return (1, int(area.removeprefix("langkah "))) if area.startswith("langkah ") else (0, 0)


def _values(sop: Sop) -> dict[Place, str]:
    document = to_dict(sop)
    steps = document.pop("steps")
    lanes = document.pop("pelaksana")
    found: dict[Place, str] = {("pelaksana",): "; ".join(lane["name"] for lane in lanes)}
    found.update(_leaves(document, ()))
    for step in steps:
        found.update(
            _leaves({key: value for key, value in step.items() if key != "number"}, (f"langkah {step['number']}",))
        )
    return found


def _leaves(value: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    for key, held in value.items():
        if key in _PASSED_OVER:
            continue
        here = (*place, key)
        if isinstance(held, Mapping) and "basis" in held:
            yield here, held["basis"]
        elif isinstance(held, Mapping) and "text" in held:
            yield here, _text(held)
        elif isinstance(held, Mapping):
            yield from _leaves(held, here)
        else:
            yield here, _text(held)


def _text(held: Any) -> str:
    if isinstance(held, bool):
        return "ya" if held else "tidak"
    if isinstance(held, Mapping):
        return str(held["text"])
    return "; ".join(_text(item) for item in held) if isinstance(held, list) else str(held)

"""What an SOP holds and its tables have no column for, as lines: printed originals, grounds, heads, notes.

A line is a place (`SOP`, `langkah 3`), a path as in the TOML form (`basis.pelaksana.note`) and a value. The lines of an
SOP are what must be set in the document that its other tables give, so that the document is that of the SOP. A line
that goes with a cell of those tables says what the cell read: once an office writes something else there, the printed
original and the grounds of before are not those of what it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sop.form.table_words import EMPTY_TEXT, NOT_THERE, WHOLE

_STEP = re.compile(r"langkah ([0-9]{1,3})", re.IGNORECASE)
_SEPARATOR = "."
_FREE = "marks"
"""The key beneath it is a pelaksana's name, which may hold the separator."""
_LISTS = "lists"
"""The key beneath which a list without items is something else than no list."""
_MOST_ITEMS = 200
_ABSENT = "absent"
"""The key beneath which lines name what the document does not have."""
_CELLS: Mapping[str, Path] = {
    "number_original": ("number",),
    "ya": ("decision", "ya"),
    "tidak": ("decision", "tidak"),
    "day_kind": ("waktu",),
    "kelengkapan": ("kelengkapan_text",),
}
"""Part of a step -> where its value stands, for the parts that stand elsewhere than under their own name."""
_WITHOUT_CELL = frozenset({"note", "marks", "data"})
"""Parts of a step that have no column: they go with the step, wherever it stands, and it is known by its title."""
_TITLE = ("title",)

Path = tuple[str, ...]


class Detail(NamedTuple):
    """One line."""

    place: str
    path: str
    value: str | int | float
    held: str = ""
    """What the cell reads that the line goes with, of one without a cell the title of its step; empty for one of the
    whole SOP that goes with none, and for one of an office."""


def details(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> list[Detail]:
    """The lines that make `wanted` of `given`; both are documents like that of `toml_format.to_dict`."""
    found = list(_differing(WHOLE, _without_steps(wanted), _without_steps(given)))
    others = {step["number"]: step for step in given["steps"]}
    for step in wanted["steps"]:
        found += _differing(f"langkah {step['number']}", step, others.get(step["number"], {}))
    return [detail._replace(held=_held(given, detail)) for detail in found]


def outdated_cell(document: Mapping[str, Any], detail: Detail) -> Path | None:
    """What a line goes with and what says something else by now, so that the line says nothing.

    Args:
        document: Of the tables alone.
        detail: As it stands in the workbook.

    Returns:
        The place of that cell, as faults of the document call it; None for a line that stands.
    """
    table, path, cell = _located(document, detail)
    if cell is None or _goes_with_step(path):
        return None
    now = _read(table, cell)
    is_of_nothing = _ABSENT in path or (detail.value == EMPTY_TEXT and path == cell)
    is_outdated = now != EMPTY_TEXT if is_of_nothing else detail.held not in ("", now)
    return (*_place(document, table), *cell) if is_outdated else None


def moved_steps(document: Mapping[str, Any], found: Iterable[Detail]) -> Mapping[str, str | None]:
    """Where steps stand by now whose number another has: an office puts one in between, or takes one out.

    Args:
        document: Of the tables alone.
        found: All lines of the workbook.

    Returns:
        Place of such a step in the lines -> its place now, None for one that is gone. One that is only called otherwise
        is none of them.
    """
    known = {line.place: line.held for line in found if line.held and _goes_with_step(_parts(line.path.strip()))}
    titles = [_read(step, _TITLE) for step in document["steps"]]
    # Of two that are called alike nobody can say which is which.
    places = {
        title: _place(document, step)[0]
        for title, step in zip(titles, document["steps"], strict=True)
        if titles.count(title) == 1
    }
    moved: dict[str, str | None] = {}
    for place, title in known.items():
        table = _table(document, place)
        now = None if table is None else _read(table, _TITLE)
        if now != title and (table is None or title in places or now in known.values()):
            moved[place] = places.get(title)
    return moved


def _held(document: Mapping[str, Any], detail: Detail) -> str:
    table, _, cell = _located(document, detail)
    return "" if cell is None else _read(table, cell)


def _located(document: Mapping[str, Any], detail: Detail) -> tuple[Any, Path, Path | None]:
    """(table of the place, path within it, path of the cell that the line goes with; None for none)."""
    table, path = _table(document, detail.place), _parts(detail.path.strip())
    if table is None:
        return None, path, None
    return table, path, _cell_of_sop(path, detail.value) if table is document else _cell_of_step(path)


def _place(document: Mapping[str, Any], table: Any) -> Path:
    return () if table is document else (f"langkah {table['number']}",)


def _cell_of_sop(path: Path, value: str | int | float) -> Path | None:
    match path:
        case ("zone_basis", *_):
            return ("zone",)
        case ("lists", "absent", *_):
            return ("lists", str(value))
        # Where a line has no head the document has no value for it either.
        case ("identity" | "headings", "absent", *_):
            return ("identity", str(value))
        case ("identity", *_):
            return path[:2]
        case ("lists", *_):
            return path[:3]
        case ("pelaksana", number, *_):
            return ("pelaksana", number, "name")
    return None


def _cell_of_step(path: Path) -> Path | None:
    match path:
        case _ if _goes_with_step(path):
            return _TITLE
        case ("decision", *_):
            return path[:2]
        case ("basis", part, *_) | (part, *_):
            return _CELLS.get(part, (part,))
    return None


def _goes_with_step(path: Path) -> bool:
    return path[path[:1] == ("basis",) :][:1] in [(part,) for part in _WITHOUT_CELL]


def _read(table: Any, where: Path) -> str:
    """What stands there, in one line."""
    for part in where:
        if isinstance(table, list):
            table = table[int(part) - 1] if part.isdecimal() and 0 < int(part) <= len(table) else None
        else:
            table = table.get(part) if isinstance(table, Mapping) else None
    if isinstance(table, Mapping):
        table = list(table.values())
    said = ", ".join(map(str, table)) if isinstance(table, list) else "" if table in (None, False) else str(table)
    return " ".join(said.split()) or EMPTY_TEXT


def _table(document: Any, place: str) -> Any:
    """The document itself, or the table of a step; None where there is no such place."""
    if place.strip().casefold() == WHOLE.casefold():
        return document
    match = _STEP.fullmatch(place.strip())
    number = None if match is None else int(match[1])
    return next((step for step in document["steps"] if number is not None and step.get("number") == number), None)


def put_detail(document: dict[str, Any], detail: Detail) -> Path | None:
    """Set one line in a document.

    Returns:
        Where it stands, as faults of the document call it; None where there is no such place or no such path.
    """
    table = _table(document, detail.place)
    path = _parts(detail.path.strip())
    if table is None or not all(path) or not _put(table, path, detail.value):
        return None
    return (*_place(document, table), *(f"ke-{part}" if part.isdecimal() else part for part in path))


def _without_steps(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "steps"}


def _differing(place: str, wanted: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Detail]:
    ours, theirs = dict(_leaves(wanted, ())), dict(_leaves(given, ()))
    for path, value in ours.items():
        if theirs.get(path) != value:
            yield Detail(place, _SEPARATOR.join(path), EMPTY_TEXT if value == "" else value)
    # The last item of a list goes first, or the numbers of the others would change.
    for path in reversed([path for path in theirs if path not in ours]):
        yield Detail(place, _SEPARATOR.join(path), NOT_THERE)


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every plain value with its path; what may be a text or a table stands under the path of the text."""
    if isinstance(value, Mapping):
        main = _main_key(path)
        for key, inner in value.items():
            yield from _leaves(inner, path if key == main else (*path, key))
    elif isinstance(value, list):
        if not value and path[0] == _LISTS:
            yield path, ""
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, (*path, str(number)))
    else:
        yield path, value


def _main_key(path: Path) -> str | None:
    """The key whose value alone may stand for a table at that path; None for a table that has none."""
    if path in ((), ("identity",), ("lists",), ("headings",), ("marks",), ("basis",), ("decision",)):
        return None
    if path[0] == "zone_basis" or (path[0] == "basis" and len(path) == 2):
        return "basis"
    return "name" if path[0] == "pelaksana" else "text"


def _parts(path: str) -> Path:
    first, separator, rest = path.partition(_SEPARATOR)
    if first == _FREE:
        return (first, rest) if separator else (first,)
    return tuple(path.split(_SEPARATOR))


def _put(table: Any, path: Path, value: str | int | float) -> bool:
    """Set or take away what stands at the path; whether that was possible."""
    holder = table
    for depth, part in enumerate(path[:-1], start=1):
        inner = _step_into(holder, part, path[:depth], path[depth])
        if inner is None:
            return False
        holder = inner
    last = path[-1]
    if value == NOT_THERE:
        return _take_away(holder, last)
    plain: Any = "" if value == EMPTY_TEXT else value
    if plain == "" and path[0] == _LISTS and len(path) == 2:
        plain = []
    if isinstance(holder, list):
        number = int(last) if last.isdecimal() else 0
        # Of what the document does not have some lines say nothing any more, and the others keep their numbers.
        if number < 1 or (number > len(holder) + 1 and path[-2] != _ABSENT):
            return False
        if int(last) > len(holder):
            holder.append(plain)
        else:
            holder[int(last) - 1] = _with_main(holder[int(last) - 1], path, plain)
    else:
        holder[last] = _with_main(holder.get(last), path, plain)
    return True


def _with_main(held: Any, path: Path, plain: Any) -> Any:
    main = _main_key(path)
    return {**held, main: plain} if isinstance(held, dict) and main is not None else plain


def _step_into(holder: Any, part: str, path: Path, following: str) -> Any:
    """The table or list at that part, made where there is none or only its text; None where that cannot be."""
    fresh: Any = [] if following.isdecimal() and path[0] != _FREE else {}
    if isinstance(holder, list):
        if not part.isdecimal() or not 0 < int(part) <= len(holder) or len(holder) > _MOST_ITEMS:
            return None
        index: Any = int(part) - 1
    elif isinstance(holder, dict):
        index = part
    else:
        return None
    held = holder[index] if isinstance(holder, list) else holder.get(index)
    if held is None:
        held = fresh
    elif not isinstance(held, dict | list):
        main = _main_key(path)
        if main is None:
            return None
        held = {main: held}
    holder[index] = held
    return held


def _take_away(holder: Any, last: str) -> bool:
    if isinstance(holder, list):
        if last.isdecimal() and 0 < int(last) <= len(holder):
            del holder[int(last) - 1]
            return True
        return False
    return isinstance(holder, dict) and holder.pop(last, None) is not None

"""Reading what forecasts and a status need of what is past and ahead. It knows neither calendar nor flow of cases."""

from __future__ import annotations

import json
from collections.abc import Iterable

from db import statements
from db.file.connection import Database, Row
from db.moments import MOMENTS
from db.rows import Address

LATEST_RUNS = 30
"""Past runs of a step that a forecast looks at, the latest ones."""

_CYCLE = 6
"""Place of `cycle_seconds` among the fields of a Verdict."""


def past_cycles(database: Database, address: Address) -> dict[tuple[int, int], tuple[int, ...]]:
    """What the latest runs of each step took, for forecasts.

    Returns:
        (SOP version, step) -> cycle times in working seconds, the latest first. Runs of one version stand for a step of
        another one that has the same title. Taken-over, skipped and overtaken runs are left out.
    """
    with database.read():
        rows = database.rows(statements.ENDED_RUNS, address)
        versions = {version for version, _, _ in rows}
        definitions = database.rows(statements.SOP_DEFINITIONS_OF_CODE, address)
    titles = _titles(definitions) if len(versions) > 1 or len(definitions) > 1 else None
    found: dict[object, list[int]] = {}
    for version, step, verdict in rows:
        name = step if titles is None else titles.get((version, step), (version, step))
        cycles = found.setdefault(name, [])
        if len(cycles) < LATEST_RUNS and (cycle := json.loads(verdict)[_CYCLE]) is not None:
            cycles.append(cycle)
    if titles is None:
        version = next(iter(versions), 1)
        return {(version, int(str(step))): tuple(cycles) for step, cycles in found.items()}
    return {place: tuple(found[name]) for place, name in titles.items() if name in found}


def office_bidang(database: Database, office: str) -> tuple[str, ...]:
    """The office's bidang once every date is past, in order: those that a region not entered yet will have."""
    with database.read():
        return tuple(name for (name,) in database.rows(statements.BIDANG_IN_FORCE_OF_CODE, (office, MOMENTS.stop)))


def _titles(definitions: Iterable[Row]) -> dict[tuple[int, int], object]:
    """(version, step) -> what the step is called there."""
    titles: dict[tuple[int, int], object] = {}
    for version, definition in definitions:
        seen: set[str] = set()
        for step in json.loads(definition)["steps"]:
            title = step["title"] if isinstance(step["title"], str) else step["title"]["text"]
            # A title that two steps share says nothing about which of them a run was.
            titles[version, step["number"]] = title if title not in seen else (version, step["number"])
            seen.add(title)
    return titles

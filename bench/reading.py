"""How soon a document or a line is read or refused, whatever stands in it: no size and no nesting makes it slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from time import perf_counter, process_time

from bench.figures import Figure
from sop.form import catalog, toml_format
from sop.model.errors import FaultyInput
from tests.sop.test_fuzz_inputs import KINDS, SHARES, given
from tests.sop.test_toml_format import HOSTILE

STORED_MILLISECONDS = 1.0
HOSTILE_SECONDS = 0.5
MADE_UP_SECONDS = 1.0


def figures() -> Iterator[Figure]:
    """The table."""
    stored = toml_format.to_dict(catalog.load("dpmptsp-balangan"))
    fastest = min(_seconds(lambda: toml_format.from_dict(stored), perf_counter) for _ in range(30))
    yield Figure("a stored definition, fastest of 30", fastest * 1000, "ms", STORED_MILLISECONDS)
    refused = max(_seconds(lambda text=text: toml_format.parse(text), process_time) for text, _ in HOSTILE.values())
    yield Figure(f"the slowest of {len(HOSTILE)} hostile documents: processor", refused, "s", HOSTILE_SECONDS)
    for kind, (_, take) in KINDS.items():
        made = [item for share in range(SHARES) for item in given(kind, share)]
        slowest = max(_seconds(lambda item=item, take=take: take(item), process_time) for item in made)
        yield Figure(f"the slowest of {len(made)} made-up inputs, {kind}: processor", slowest, "s", MADE_UP_SECONDS)


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    with suppress(FaultyInput):
        work()
    return clock() - began

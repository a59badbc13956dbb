"""Cases, periods and runs as rows and back. Which rows are wanted is asked elsewhere; here is only their form.

The columns and their shapes are those of the models. How a value of a shape is written and read stands here once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from db.moments import moment as of_moment
from db.statements import COLUMNS
from sop.json_text import json_text
from sop.model.state import (
    Answer,
    CasePhase,
    CaseState,
    Evidence,
    Interval,
    Opening,
    PeriodPhase,
    PeriodState,
    RunKey,
    RunPhase,
    RunState,
    Tick,
    Waiver,
)
from sop.time.deadline import Verdict
from sop.values import Frozen, asdict, fields

Values = tuple[Any, ...]
VERDICT_FIELDS = fields(Verdict)
_NONE = "[]"


# ---------------------------------------------------------------------- a value of each shape


class Codec(Frozen):
    """How a value that is there is kept."""

    write: Callable[[Any], Any] | None
    """None where it is kept as it is."""
    read: Callable[[Any], Any]


def _code(kind: type[StrEnum]) -> Codec:
    # Looked up, as an office with many bidang has thousands of runs: asking the enumeration takes ten times as long.
    return Codec(attrgetter("value"), {each.value: each for each in kind}.__getitem__)


def _list(values: object) -> str:
    return json_text(values) if values else _NONE


def _intervals(text: str) -> tuple[Interval, ...]:
    return tuple((of_moment(start), None if end is None else of_moment(end)) for start, end in json.loads(text))


@lru_cache(maxsize=1024)
def _run_keys(text: str) -> tuple[RunKey, ...]:
    """Kept, as all bidang of a region come from the same run."""
    return tuple((one[0], one[1], one[2]) for one in json.loads(text))


def verdict_values(verdict: Verdict) -> Values:
    """The fields in order."""
    return (
        verdict.due_at,
        verdict.late_seconds,
        verdict.judged,
        verdict.queue_seconds,
        verdict.work_seconds,
        verdict.decision_seconds,
        verdict.cycle_seconds,
        verdict.after_hours,
        verdict.calendar_revision,
        verdict.begins,
        verdict.count_first_day,
        None if verdict.waktu is None else asdict(verdict.waktu),
        int(verdict.pauses),
    )


def _verdict(text: str) -> Verdict:
    """From `verdict_values`; a list from before the clocks were kept ends with the calendar's revision."""
    return Verdict.from_dict(dict(zip(VERDICT_FIELDS, json.loads(text), strict=False)))


CODECS: Mapping[str, Codec] = {
    "moment": Codec(None, of_moment),
    "flag": Codec(int, bool),
    "period_key": Codec(None, str),
    "period_phase": _code(PeriodPhase),
    "case_phase": _code(CasePhase),
    "run_phase": _code(RunPhase),
    "opening": _code(Opening),
    "answer": _code(Answer),
    "intervals": Codec(_list, _intervals),
    "numbers": Codec(_list, lambda text: tuple(json.loads(text))),
    "run_keys": Codec(_list, _run_keys),
    "ticks": Codec(
        lambda ticks: _list([(tick.item, tick.by, tick.at) for tick in ticks]),
        lambda text: tuple(Tick(*one) for one in json.loads(text)),
    ),
    "evidence": Codec(
        lambda evidence: _list([tuple(asdict(one).values()) for one in evidence]),
        lambda text: tuple(Evidence(*one) for one in json.loads(text)),
    ),
    "inputs": Codec(json_text, lambda text: tuple((child, count) for child, count in json.loads(text))),
    "verdict": Codec(lambda verdict: json_text(verdict_values(verdict)), _verdict),
    "waivers": Codec(
        lambda waivers: json_text({child: [waiver.at, waiver.reopenings] for child, waiver in waivers.items()}),
        lambda text: {child: Waiver(*waiver) for child, waiver in json.loads(text).items()},
    ),
    "regions": Codec(
        lambda regions: json_text({str(first): list(frozen) for first, frozen in regions.items()}),
        lambda text: {int(first): tuple(frozen) for first, frozen in json.loads(text).items()},
    ),
    "region_floors": Codec(
        lambda floors: json_text({str(first): floor for first, floor in floors.items()}),
        lambda text: {int(first): floor for first, floor in json.loads(text).items()},
    ),
    "runs": Codec(
        lambda runs: _list([run_values(run) for run in runs]),
        lambda text: tuple(run_state(tuple(values)) for values in json.loads(text)),
    ),
    "vanished": Codec(
        lambda slots: _list(sorted([step, bidang or "", revision] for (step, bidang), revision in slots.items())),
        lambda text: {(step, bidang or None): revision for step, bidang, revision in json.loads(text)},
    ),
}
"""Shape -> how a value of it is kept, of the tables below. None is NULL, whatever the shape."""
_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("intervals", "numbers", "run_keys", "ticks", "evidence", "runs"), ()),
    "vanished": {},
}
"""Shape -> the empty list as it is read. It is asked for as NULL, else thousands of rows would each bring its text."""


# ---------------------------------------------------------------------- rows


class _Form:
    """The columns of a table that replaying gives: all but the row's own number and the row that it belongs to."""

    def __init__(self, table: str) -> None:
        shapes = list(COLUMNS[table].items())[2:]
        self.columns = tuple(name for name, _ in shapes)
        self._values = attrgetter(*self.columns)
        self._written: list[tuple[int, Callable[[Any], Any]]] = []
        self._read: list[tuple[int, Callable[[Any], Any]]] = []
        self._empty: list[tuple[int, Any, Callable[[Any], Any]]] = []
        for place, (_, shape) in enumerate(shapes):
            if shape is None or shape not in CODECS:
                continue
            codec = CODECS[shape]
            if codec.write is not None:
                self._written.append((place, codec.write))
            if shape in _EMPTY:
                self._empty.append((place, _EMPTY[shape], codec.read))
            else:
                self._read.append((place, codec.read))

    def written(self, state: object) -> list[Any]:
        """The values of a state in the order of the columns."""
        values = list(self._values(state))
        for place, write in self._written:
            if values[place] is not None:
                values[place] = write(values[place])
        return values

    def read(self, row: Values) -> list[Any]:
        """The fields of a state in the order of the columns."""
        values = list(row)
        for place, read in self._read:
            if values[place] is not None:
                values[place] = read(values[place])
        for place, empty, read in self._empty:
            text = values[place]
            values[place] = empty if text is None or text == _NONE else read(text)
        return values


_PERIOD, _CASE, _RUN = _Form("periods"), _Form("cases"), _Form("runs")
PERIOD_COLUMNS, CASE_COLUMNS, RUN_COLUMNS = _PERIOD.columns, _CASE.columns, _RUN.columns
_BIDANG = RUN_COLUMNS.index("bidang")


def period_values(period: PeriodState) -> Values:
    """In the order of PERIOD_COLUMNS."""
    return tuple(_PERIOD.written(period))


@lru_cache(maxsize=1024)
def period_state(row: Values) -> PeriodState:
    """From values in the order of PERIOD_COLUMNS."""
    return PeriodState(*_PERIOD.read(row))


def case_values(case: CaseState) -> Values:
    """In the order of CASE_COLUMNS."""
    return tuple(_CASE.written(case))


def case_state(period: str, row: Values, runs: Mapping[RunKey, RunState]) -> CaseState:
    """From values in the order of CASE_COLUMNS, and the runs in its view."""
    return CaseState(period=period, runs=runs, **dict(zip(CASE_COLUMNS, _CASE.read(row), strict=True)))


def run_values(run: RunState) -> Values:
    """In the order of RUN_COLUMNS."""
    values = _RUN.written(run)
    values[_BIDANG] = run.bidang or ""
    return tuple(values)


@lru_cache(maxsize=8192)
def run_of_row(row: Values) -> RunState:
    """From the row's id and its values in the order of RUN_COLUMNS.

    Kept by its values, as a long session reads the same rows over and over: reading is half of what an act costs.
    """
    return run_state(row[1:])


def run_state(row: Values) -> RunState:
    """From values in the order of RUN_COLUMNS."""
    values = _RUN.read(row)
    values[_BIDANG] = values[_BIDANG] or None
    return RunState(*values)

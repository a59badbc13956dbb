"""Pelaksana: load, punctuality, queue and work of each lane, then of each person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.rows import Recap
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, calendar_in, cases_of, events_of, lane_of, runs_of, sop_of, step_of
from exports.sheets.words import ASSUMED
from sop.definition import Basis, Field, Sop
from sop.events import Act, Event
from sop.figures import Figures, figures_of
from sop.state import RunState

COLUMNS = (
    Column("group", "Kelompok", width=11),
    Column("name", "Nama", width=30),
    Column("open", "Masih terbuka", Kind.INTEGER, width=10),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Bagian tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=9),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=9),
    Column("rework_seconds", "Biaya ulang (j:mm)", Kind.DURATION, width=9),
    Column("decided", "Memutus", Kind.INTEGER, width=10),
    Column("decision_seconds", "Waktu putusan (j:mm)", Kind.DURATION, width=10),
    Column("late_entries", "Dicatat susulan", Kind.INTEGER, width=10),
)
LANE = "Pelaksana"
PERSON = "Orang"
_ASSUMED = frozenset({Mark.ASSUMED})


def pelaksana(source: Source) -> Sheet | None:
    """One row a lane, in the columns' order of the SOP, then one a person by name; None without a case."""
    cases = cases_of(source.board)
    if not cases:
        return None
    sop = sop_of(source.board)
    case = cases[-1]
    lanes = lane_figures(source, source.recap)
    runs = runs_of(source, source.recap, case)
    events = events_of(source.recap)
    decided = _decisions(runs, events)
    assumed = assumed_lanes(sop)
    calendar = calendar_in(source, source.recap)
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for name in lanes:
        if name in assumed:
            marks[len(rows), "name"] = _ASSUMED
        mine = [run for run in runs if lane_of(run, step_of(source.board, case, run.step), events) == name]
        words = f"{name} {ASSUMED}" if name in assumed else name
        ruled = [run for run, event in decided if event.for_lane == name]
        rows.append(_row(LANE, words, lanes[name], mine, ruled))
    for person, mine in _by_person(runs, events).items():
        ruled = [run for run, event in decided if event.by == person]
        rows.append(_row(PERSON, person, figures_of(mine, case.holds, calendar), mine, ruled))
    return Sheet(
        "Pelaksana",
        COLUMNS,
        tuple(rows),
        ("Waktu kerja dihitung pada yang mengerjakan, waktu putusan pada yang memutus.",),
        (),
        marks,
        frozen_columns=2,
        table="pelaksana",
    )


def lane_figures(source: Source, recap: Recap) -> dict[str, Figures]:
    """Lane -> figures of its runs in the period's last case, in the order of the SOP's columns; only lanes that had
    one. Added up they are the period's own."""
    cases = cases_of(recap.board)
    if not cases:
        return {}
    case = cases[-1]
    events = events_of(recap)
    found: dict[str, list[RunState]] = {}
    for run in runs_of(source, recap, case):
        lane = lane_of(run, step_of(recap.board, case, run.step), events)
        if lane is not None:
            found.setdefault(lane, []).append(run)
    order = {name: place for place, name in enumerate(sop_of(recap.board).lane_names)}
    calendar = calendar_in(source, recap)
    return {
        lane: figures_of(found[lane], case.holds, calendar)
        for lane in sorted(found, key=lambda name: order.get(name, len(order)))
    }


def assumed_lanes(sop: Sop) -> frozenset[str]:
    """Lanes that hold a step by assumption only."""
    grounds: dict[str, set[Basis]] = {}
    for step in sop.steps:
        for lane in step.pelaksana:
            grounds.setdefault(lane, set()).add(step.ground(Field.PELAKSANA).basis)
    return frozenset(lane for lane, found in grounds.items() if Basis.ASUMSI in found)


def _decisions(runs: Iterable[RunState], events: Mapping[int, Event]) -> list[tuple[RunState, Event]]:
    """Valid decided runs, each with the event of its answer."""
    found = []
    for run in runs:
        if run.answer is not None and run.valid:
            answer = next((e for n in reversed(run.acts) if (e := events.get(n)) and e.act is Act.PUTUSKAN), None)
            if answer is not None:
                found.append((run, answer))
    return found


def _by_person(runs: Iterable[RunState], events: Mapping[int, Event]) -> dict[str, list[RunState]]:
    """Holder -> runs, by name; of a run that nobody holds the one who acted on it last."""
    found: dict[str, list[RunState]] = {}
    for run in runs:
        last = events.get(run.acts[-1]) if run.acts else None
        person = run.holder or (last.by if last is not None else None)
        if person is not None:
            found.setdefault(person, []).append(run)
    return dict(sorted(found.items()))


def _row(group: str, name: str, figures: Figures, runs: list[RunState], ruled: list[RunState]) -> Row:
    waited = [run.verdict.decision_seconds for run in ruled if run.verdict is not None]
    known = [seconds for seconds in waited if seconds is not None]
    return (
        group,
        name,
        sum(run.is_open for run in runs),
        figures.ended,
        figures.judged,
        figures.on_time,
        figures.late,
        figures.on_time_share,
        figures.queue_seconds,
        figures.work_seconds,
        figures.rework_seconds,
        len(ruled),
        sum(known) if known else None,
        figures.late_entries,
    )


def lanes_in(sheet: Sheet) -> int:
    """How many rows of the sheet are lanes: they stand first."""
    return sum(row[0] == LANE for row in sheet.rows)

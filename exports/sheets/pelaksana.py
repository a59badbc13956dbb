"""Pelaksana: load, punctuality, queue and work of each lane, then of each person."""

from __future__ import annotations

from collections.abc import Mapping

from db.rows import Recap
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import (
    Source,
    calendar_in,
    cases_of,
    events_of,
    lane_of,
    last_act,
    row_of,
    runs_of,
)
from exports.sheets.words import ASSUMED
from sop.look.figures import Portion, parted
from sop.look.year import sop_of
from sop.model.act import Act
from sop.model.definition import Basis, Field, Sop
from sop.model.events import Event
from sop.model.state import RunState
from sop.words.figures import REWORK_COLUMN, WORK_COLUMN, share_of

COLUMNS = (
    Column("group", "Kelompok", width=11),
    Column("name", "Nama", width=30),
    Column("open", "Masih terbuka", Kind.INTEGER, width=10),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=9),
    Column("work_seconds", WORK_COLUMN, Kind.DURATION, width=9),
    Column("rework_seconds", REWORK_COLUMN, Kind.DURATION, width=9),
    Column("decided", "Memutus (berlaku)", Kind.INTEGER, width=10),
    Column("decision_seconds", "Waktu putusan (j:mm)", Kind.DURATION, width=10),
    Column("late_entries", "Dicatat susulan", Kind.INTEGER, width=10),
)
LANE = "Pelaksana"
PERSON = "Orang"
NO_LANE = "(lajur tidak diketahui)"
NOBODY = "(belum dipegang siapa pun)"
LINES = (
    "Waktu kerja dihitung pada yang mengerjakan, waktu putusan pada yang memutus.",
    "Memutus hanya menghitung putusan yang masih berlaku; yang diulang ada di lembar Keputusan.",
)
_ASSUMED = frozenset({Mark.ASSUMED})


def pelaksana(source: Source) -> Sheet | None:
    """One row a lane, in the columns' order of the SOP, then one a person by name; None without a case.

    The lanes add up to the period, and so do the people: what nobody has in hand stands in a row of its own. Whoever
    has nothing of it, as where all of theirs was skipped, has no row.
    """
    if not cases_of(source.board):
        return None
    sop = sop_of(source.board, source.board.period)
    working, deciding = assumed_lanes(sop), _assumed_deciders(sop)
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for name, part in lane_parts(source, source.recap).items():
        if not _has_figures(part):
            continue
        is_assumed = name in (working if part.runs else deciding)
        if is_assumed:
            marks[len(rows), "name"] = _ASSUMED
        words = f"{name} {ASSUMED}" if is_assumed else name
        rows.append(_row(LANE, words or NO_LANE, part))
    rows += (
        _row(PERSON, source.named(name) or NOBODY, part)
        for name, part in _person_parts(source).items()
        if _has_figures(part)
    )
    return Sheet(
        "Pelaksana",
        COLUMNS,
        tuple(rows),
        LINES,
        (),
        marks,
        frozen_columns=2,
        table="pelaksana",
        about="Beban dan ketepatan tiap pelaksana dan orang",
        annex=True,
    )


def lane_parts(source: Source, recap: Recap) -> dict[str | None, Portion]:
    """Lane -> its part of the period's last case, in the order of the SOP's columns; only lanes that worked or decided
    in it. Added up they are the period's own. None, last, is what no lane can be named for."""
    cases = cases_of(recap.board)
    if not cases:
        return {}
    case, events = cases[-1], events_of(recap)
    parts = parted(
        runs_of(source, recap, case),
        case.holds,
        calendar_in(source, recap),
        lambda run: lane_of(run, row_of(recap.board, case, run), events),
        lambda run: _answer(run, events).for_lane,
    )
    order = {name: place for place, name in enumerate(sop_of(recap.board, recap.board.period).lane_names)}
    ordered = sorted(parts, key=lambda name: (name is None, order.get(name or "", len(order)), name or ""))
    return {name: parts[name] for name in ordered}


def _person_parts(source: Source) -> dict[str | None, Portion]:
    """Person -> part, by name: of a run its holder, else the one who acted on it last, of a decision who took it.
    None, last, is what nobody has had in hand."""
    case, events = cases_of(source.board)[-1], events_of(source.recap)

    def worked_by(run: RunState) -> str | None:
        last = last_act(run, events)
        return run.holder or (None if last is None else last.by)

    parts = parted(
        runs_of(source, source.recap, case),
        case.holds,
        calendar_in(source, source.recap),
        worked_by,
        lambda run: _answer(run, events).by,
    )
    return {name: parts[name] for name in sorted(parts, key=lambda name: (name is None, name or ""))}


def assumed_lanes(sop: Sop) -> frozenset[str]:
    """Lanes that hold a step by assumption only."""
    grounds: dict[str, set[Basis]] = {}
    for step in sop.steps:
        for lane in step.pelaksana:
            grounds.setdefault(lane, set()).add(step.ground(Field.PELAKSANA).basis)
    return frozenset(lane for lane, found in grounds.items() if Basis.ASUMSI in found)


def _assumed_deciders(sop: Sop) -> frozenset[str]:
    """Lanes that decide a step by assumption only."""
    return frozenset(
        step.decider
        for step in sop.steps
        if step.decider is not None and step.ground(Field.DECIDER).basis is Basis.ASUMSI
    )


def _answer(run: RunState, events: Mapping[int, Event]) -> Event:
    """The event of a run's valid answer."""
    found = (event for number in reversed(run.acts) if (event := events.get(number)) is not None)
    return next(event for event in found if event.act is Act.PUTUSKAN)


def _has_figures(part: Portion) -> bool:
    """Whether any figure of the part's row is more than nothing."""
    return any(_row("", "", part)[2:])


def _row(group: str, name: str, part: Portion) -> Row:
    figures = part.worked
    return (
        group,
        name,
        part.open,
        figures.ended,
        figures.judged,
        figures.on_time,
        figures.late,
        share_of(figures.on_time, figures.judged),
        figures.queue_seconds,
        figures.work_seconds,
        figures.rework_seconds,
        part.decided,
        part.decision_seconds,
        figures.late_entries,
    )


def lanes_in(sheet: Sheet) -> int:
    """How many rows of the sheet are lanes: they stand first."""
    return sum(row[0] == LANE for row in sheet.rows)

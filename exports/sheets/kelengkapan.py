"""Kelengkapan & Dokumen: each item a step needs, ticked by whom and when, and each paper that proves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from exports.sheet import Column, Kind, Row, Sheet
from exports.sheets.source import Source, cases_of, events_of, step_of
from sop.model.act import Act
from sop.model.events import Event
from sop.model.state import Evidence, RunState

COLUMNS = (
    Column("step", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=30, once=True),
    Column("bidang", "Bidang", width=18, once=True),
    Column("attempt", "Putaran", Kind.INTEGER, width=9),
    Column("kind", "Jenis", width=13),
    Column("item", "Kelengkapan atau nomor dokumen", width=36),
    Column("present", "Keadaan", Kind.TICKED, width=12),
    Column("dated", "Tanggal dokumen", Kind.DATE, width=16),
    Column("location", "Tempat", width=20),
    Column("file_name", "Nama berkas komputer", width=24),
    Column("by", "Oleh", width=14),
    Column("at", "Pada", Kind.INSTANT, width=16),
    Column("sha256", "Sidik berkas", width=20, off_paper=True),
)
ITEM = "Kelengkapan"
PAPER = "Dokumen"


def kelengkapan(source: Source) -> Sheet | None:
    """The valid runs of the last case; None without a case. An item nobody ticked stands as not ticked."""
    cases = cases_of(source.board)
    if not cases:
        return None
    case = cases[-1]
    found = _recorded(events_of(source.recap))
    rows: list[Row] = []
    runs = sorted(case.runs.values(), key=lambda run: (run.step, run.bidang or "", run.attempt))
    for run in runs:
        step = step_of(source.board, case, run.step)
        if step is None or not (run.valid or run.evidence or run.ticks):
            continue
        head = (run.step, step.title.text, run.bidang, run.attempt)
        ticks = {tick.item: tick for tick in run.ticks}
        for index, item in enumerate(step.mutu_baku.kelengkapan):
            tick = ticks.get(index)
            by, at = (None, None) if tick is None else (source.named(tick.by), tick.at)
            rows.append((*head, ITEM, item, tick is not None, None, None, None, by, at, None))
        rows += [(*head, *_paper(paper, _who(paper, run, found), source)) for paper in run.evidence]
    return Sheet(
        "Kelengkapan & Dokumen",
        COLUMNS,
        tuple(rows),
        ("Dokumen tidak disimpan di sini: yang dicatat nomor, tanggal, tempat dan sidiknya.",),
        frozen_columns=2,
        table="kelengkapan",
        about="Kelengkapan yang dicentang dan dokumen bukti",
        annex=True,
    )


def _paper(paper: Evidence, event: Event | None, source: Source) -> Iterator[str | int | bool | dt.date | None]:
    dated = None
    if paper.dated is not None:
        try:
            dated = dt.date.fromisoformat(paper.dated)
        except ValueError:
            dated = None
    yield PAPER
    # A date that is none is still what somebody typed.
    yield paper.number if dated is not None or paper.dated is None else f"{paper.number or ''} ({paper.dated})".strip()
    yield True
    yield dated
    yield paper.location
    yield paper.file_name
    yield None if event is None else source.named(event.by)
    yield None if event is None else event.at
    yield paper.sha256


_Key = tuple[int | None, str | None, int | None, Evidence]


def _recorded(events: Mapping[int, Event]) -> dict[_Key | Evidence, Event]:
    """Who recorded which paper: by its place, and by itself for runs that have moved to another row since."""
    found: dict[_Key | Evidence, Event] = {}
    for event in events.values():
        if event.act is Act.DOKUMEN:
            papers = [event.data["evidence"]]
        elif event.act is Act.KOREKSI:
            papers = event.data.get("evidence") or []
        else:
            continue
        for data in papers:
            paper = Evidence(**data)
            found[paper] = found[event.step, event.bidang, event.attempt, paper] = event
    return found


def _who(paper: Evidence, run: RunState, found: Mapping[_Key | Evidence, Event]) -> Event | None:
    return found.get((run.step, run.bidang, run.attempt, paper)) or found.get(paper)

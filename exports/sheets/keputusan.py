"""Keputusan: every Ya and Tidak, and every handing back."""

from __future__ import annotations

from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, cases_of, step_of
from exports.sheets.words import decider_words, is_assumed
from sop.model.act import Act
from sop.model.definition import Field, Step
from sop.model.events import Event, undone_by
from sop.model.state import Answer, RunState
from sop.words.events import remark_of
from sop.words.labels import label

COLUMNS = (
    Column("step", "No", Kind.INTEGER, width=5),
    Column("title", "Uraian", width=34),
    Column("kind", "Jenis", width=14),
    Column("decider", "Pemutus", width=20),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("handed_in_at", "Diajukan", Kind.INSTANT, width=15),
    Column("decided_at", "Diputuskan", Kind.INSTANT, width=15),
    Column("decision_seconds", "Waktu putusan (j:mm)", Kind.DURATION, width=11),
    Column("answer_words", "Putusan", width=9, words_of="answer"),
    Column("answer", "Putusan", programs=True),
    Column("target", "Ke langkah", Kind.INTEGER, width=8),
    Column("bidang", "Bidang", width=16),
    Column("note", "Catatan", width=34),
    Column("recorded_by", "Dicatat oleh", width=14),
    Column("for_lane", "Atas nama", width=18),
)
_ASSUMED = frozenset({Mark.ASSUMED})


def keputusan(source: Source) -> Sheet | None:
    """In the order of the log; None where nothing was decided."""
    board = source.board
    undone = undone_by(source.recap.events)
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for event in source.recap.events:
        if event.act not in (Act.PUTUSKAN, Act.KEMBALIKAN) or event.sequence in undone:
            continue
        case = board.state.cases.get((board.period, event.case or 0))
        step = step_of(board, case, event.step or 0) if case is not None else None
        run = case.runs.get((event.step or 0, event.bidang, event.attempt or 0)) if case is not None else None
        if event.act is Act.PUTUSKAN:
            if step is not None and step.decider is not None and is_assumed(step, Field.DECIDER):
                marks[len(rows), "decider"] = _ASSUMED
            if event.data.get("answer") == Answer.TIDAK and step is not None and is_assumed(step, Field.TIDAK):
                marks[len(rows), "target"] = _ASSUMED
            rows.append(_answer_row(event, step, run, source))
        else:
            rows.append(_return_row(event, step, source))
    if not rows:
        return None
    return Sheet(
        "Keputusan",
        COLUMNS,
        tuple(rows),
        marks=marks,
        frozen_columns=2,
        table="keputusan",
        about="Setiap Ya, Tidak, dan pengembalian",
        annex=True,
    )


def _answer_row(event: Event, step: Step | None, run: RunState | None, source: Source) -> Row:
    answer = Answer(event.data["answer"])
    refused = answer is Answer.TIDAK and step is not None and step.decision is not None
    return (
        event.step,
        step.title.text if step is not None else None,
        "Keputusan",
        decider_words(step),
        event.attempt,
        run.waits[-1][0] if run is not None and run.waits else None,
        event.at,
        run.verdict.decision_seconds if run is not None and run.verdict is not None else None,
        label(answer),
        answer.value,
        step.decision.tidak if refused and step is not None and step.decision is not None else None,
        _bidang(event, source),
        remark_of(event),
        source.named(event.by),
        event.for_lane,
    )


def _bidang(event: Event, source: Source) -> str | None:
    """Whom it sends back, where it names bidang."""
    named = event.data.get("bidang")
    if not named:
        return event.bidang
    cases = (case for case in cases_of(source.board) if case.number == event.case)
    if len(named) > 1 and any({*named} == {*names} for case in cases for names in case.regions.values()):
        return f"semua bidang ({len(named)})"
    return ", ".join(map(str, named))


def _return_row(event: Event, step: Step | None, source: Source) -> Row:
    return (
        event.step,
        step.title.text if step is not None else None,
        "Pengembalian",
        event.for_lane,
        event.attempt,
        None,
        event.at,
        None,
        None,
        None,
        event.data.get("target"),
        _bidang(event, source),
        remark_of(event),
        source.named(event.by),
        event.for_lane,
    )

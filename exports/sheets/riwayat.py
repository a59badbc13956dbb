"""Riwayat: the period's lines of the log, each as a sentence beside its typed values and its hash."""

from __future__ import annotations

from db.rows import LoggedEvent
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source
from sop.model.state import Answer
from sop.words.events import sentence_on_paper
from sop.words.labels import label

COLUMNS = (
    Column("sequence", "Urutan", Kind.INTEGER, width=8),
    Column("effective_at", "Waktu kejadian", Kind.INSTANT, width=15),
    Column("recorded_at", "Waktu dicatat", Kind.INSTANT, width=15),
    Column("act", "Tindakan", width=12),
    Column("case", "Berkas", Kind.INTEGER, width=7),
    Column("number", "Langkah", Kind.INTEGER, width=9),
    Column("bidang", "Bidang", width=12),
    Column("attempt", "Putaran", Kind.INTEGER, width=9),
    Column("by", "Oleh", width=10),
    Column("for_lane", "Atas nama", width=14),
    Column("sentence", "Uraian", width=40),
    Column("answer", "Putusan", width=9),
    Column("started_at", "Mulai yang dicatat", Kind.INSTANT, width=15),
    Column("ended_at", "Selesai yang dicatat", Kind.INSTANT, width=15),
    Column("late_entry", "Susulan", Kind.YES_NO, width=9),
    Column("doubted", "Jam diragukan", Kind.YES_NO, width=10),
    Column("undoes", "Mengurungkan", Kind.INTEGER, width=9),
    Column("hash", "Sidik", width=27),
)
_DOUBTED = frozenset({Mark.DOUBTFUL_CLOCK})
_LATE_ENTRY = frozenset({Mark.LATE_ENTRY})
_ANSWERS = {answer.value: label(answer) for answer in Answer}


def riwayat(source: Source) -> Sheet:
    """The oldest line first. An opening of a run has no line of its own: it follows from the line before."""
    lines = sorted(source.log, key=lambda line: line.event.sequence)
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for row, line in enumerate(lines):
        if line.event.doubted:
            marks[row, "doubted"] = _DOUBTED
        if line.event.late_entry:
            marks[row, "late_entry"] = _LATE_ENTRY
    return Sheet("Riwayat", COLUMNS, tuple(map(log_row, lines)), (), (), marks, frozen_columns=1, table="riwayat")


def log_row(line: LoggedEvent) -> Row:
    """One line of the log in the order of COLUMNS."""
    event, data = line.event, line.event.data
    return (
        event.sequence,
        event.at,
        event.recorded,
        label(event.act),
        event.case,
        event.step,
        event.bidang,
        event.attempt,
        event.by,
        event.for_lane,
        sentence_on_paper(event),
        _ANSWERS.get(data.get("answer", "")),
        data.get("started"),
        data.get("ended"),
        event.late_entry,
        event.doubted,
        data.get("undoes"),
        line.hash,
    )

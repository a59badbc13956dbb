"""Riwayat: the period's lines of the log, each as a sentence beside its typed values and its hash."""

from __future__ import annotations

from db.log_chain import mark_of
from db.rows import LoggedEvent
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, cases_of, offset_of
from sop.model.act import Act
from sop.model.events import Event
from sop.model.state import Answer
from sop.time.instants import civil
from sop.values import replace
from sop.words.events import sentence_on_paper
from sop.words.labels import label
from sop.words.time import clock, date_short
from sop.words.voice import PaperVoice

COLUMNS = (
    Column("sequence", "Urutan", Kind.INTEGER, width=7),
    Column("when", "Waktu", width=29, words_of="effective_at"),
    Column("sentence", "Uraian", width=60),
    Column("for_lane", "Atas nama", width=30),
    Column("mark", "Sidik", width=17),
    Column("effective_at", "Waktu kejadian", Kind.INSTANT, width=15, off_paper=True),
    Column("recorded_at", "Waktu dicatat", Kind.INSTANT, width=15, off_paper=True),
    Column("act_words", "Tindakan", width=12, off_paper=True, words_of="act"),
    Column("act", "Tindakan", programs=True),
    Column("case", "Berkas", Kind.INTEGER, width=7, off_paper=True),
    Column("step", "Langkah", Kind.INTEGER, width=9, off_paper=True),
    Column("bidang", "Bidang", width=16, off_paper=True),
    Column("attempt", "Putaran", Kind.INTEGER, width=9, off_paper=True),
    Column("by", "Oleh", width=14, off_paper=True),
    Column("answer_words", "Putusan", width=9, off_paper=True, words_of="answer"),
    Column("answer", "Putusan", programs=True),
    Column("started_at", "Mulai yang dicatat", Kind.INSTANT, width=15, off_paper=True),
    Column("ended_at", "Selesai yang dicatat", Kind.INSTANT, width=15, off_paper=True),
    Column("late_entry", "Susulan", Kind.YES_NO, width=8, off_paper=True),
    Column("doubted", "Jam diragukan", Kind.YES_NO, width=9, off_paper=True),
    Column("undoes", "Mengurungkan", Kind.INTEGER, width=12, off_paper=True),
    Column("hash", "Sidik lengkap", width=40, off_paper=True),
)
_NONE: frozenset[Mark] = frozenset()
_DOUBTED = frozenset({Mark.DOUBTFUL_CLOCK})
_LATE_ENTRY = frozenset({Mark.LATE_ENTRY})
_ANSWERS = {answer.value: label(answer) for answer in Answer}


def riwayat(source: Source) -> Sheet:
    """The oldest line first. An opening of a run has no line of its own: it follows from the line before."""
    regions = {frozenset(names) for case in cases_of(source.board) for names in case.regions.values()}
    lines = sorted((_told(line, regions) for line in source.log), key=lambda line: line.event.sequence)
    offset, voice = offset_of(source.board), PaperVoice(source.names)
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for row, line in enumerate(lines):
        found = (_DOUBTED if line.event.doubted else _NONE) | (_LATE_ENTRY if line.event.late_entry else _NONE)
        if found:
            marks[row, "when"] = found
    return Sheet(
        "Riwayat",
        COLUMNS,
        tuple(log_row(line, offset, voice) for line in lines),
        ("Sidik: 16 huruf pertama; yang lengkap di kolom Sidik lengkap, yang tidak ikut tercetak.",),
        marks=marks,
        frozen_columns=1,
        table="riwayat",
        about="Setiap catatan menurut urutannya",
        annex=True,
    )


def _told(line: LoggedEvent, regions: set[frozenset[str]]) -> LoggedEvent:
    """The line, without the names where it names every bidang of the region: `hanya` would be wrong of them."""
    event = line.event
    named = event.data.get("bidang")
    if event.act in (Act.PUTUSKAN, Act.KEMBALIKAN) and isinstance(named, list) and frozenset(named) in regions:
        return replace(line, event=replace(event, data={**event.data, "bidang": None}))
    return line


def log_row(line: LoggedEvent, offset: int, voice: PaperVoice, zone: str = "") -> Row:
    """One line of the log in the order of COLUMNS.

    Args:
        line: Of the log.
        offset: Seconds east of UTC.
        voice: Knows how people are named.
        zone: Told behind the moment where rows of several zones stand together.
    """
    event, data = line.event, line.event.data
    return (
        event.sequence,
        f"{_when(event, offset)} {zone}".rstrip(),
        sentence_on_paper(event, voice),
        event.for_lane,
        mark_of(line.hash),
        event.at,
        event.recorded,
        label(event.act),
        event.act.value,
        event.case,
        event.step,
        event.bidang,
        event.attempt,
        event.by,
        _ANSWERS.get(data.get("answer", "")),
        data.get("answer"),
        data.get("started"),
        data.get("ended"),
        event.late_entry,
        event.doubted,
        data.get("undoes"),
        line.hash,
    )


def _when(event: Event, offset: int) -> str:
    """`Rab 8 Apr 2026 09.30`, with when it was recorded where that is another minute."""
    words = _moment(event.at, offset)
    if event.at // 60 == event.recorded // 60:
        return words
    same = civil(event.at, offset).date() == civil(event.recorded, offset).date()
    return f"{words}, dicatat {clock(event.recorded, offset) if same else _moment(event.recorded, offset)}"


def _moment(t: int, offset: int) -> str:
    day = civil(t, offset).date()
    return f"{date_short(day)} {day.year} {clock(t, offset)}"

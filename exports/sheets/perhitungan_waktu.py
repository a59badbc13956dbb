"""Perhitungan waktu: how each due moment came about, told line by line so that the lines add up to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from exports.display import local
from exports.sheet import Column, Kind, Mark, Row, Sheet
from exports.sheets.source import Source, cases_of, offset_of, runs_of, step_of
from sop.look.explained import explained_run
from sop.model.definition import Step
from sop.model.state import CaseState, RunPhase, RunState
from sop.time.explain import CountedDay, Explanation, Part, Skip
from sop.time.work_calendar import DayRule
from sop.words.calendar import (
    CALENDAR_LABELS,
    line_words,
    pause_words,
    source_words,
    spans_words,
    standard_words,
    sum_words,
)
from sop.words.labels import label, listed, step_named
from sop.words.time import clock, date_short, moment_short

TITLE = "Perhitungan waktu"
COLUMNS = (
    Column("step", "No", Kind.INTEGER, width=5),
    Column("bidang", "Bidang", width=18, once=True),
    Column("attempt", "Putaran", Kind.INTEGER, width=7),
    Column("line", "Baris", width=15),
    Column("when", "Saat", width=18, words_of="moment"),
    Column("hours", "Jam kerja yang dilihat", width=20, words_of="spans"),
    Column("counted", "Dihitung", width=38),
    Column("added_seconds", "Menambah (j:mm)", Kind.DURATION, width=11),
    Column("paused_seconds", "Dijeda (j:mm)", Kind.DURATION, width=10),
    Column("grounds", "Dasar", width=36),
    Column("moment", "Waktu", Kind.INSTANT, width=16, off_paper=True),
    Column("day", "Hari", Kind.DATE, width=16, off_paper=True),
    Column("until_day", "Sampai hari", Kind.DATE, width=16, off_paper=True),
    Column("spans", "Jam kerja yang dilihat", programs=True),
    Column("calendar_revision", "Revisi kalender", Kind.INTEGER, width=10, off_paper=True),
)
START, DAY, PAUSE, DUE = "Mulai dihitung", "Hari", "Jeda", "Tenggat"
_WHEN, _COUNTED = 1, 3
"""Places of these columns in a row from *Baris* on."""
_IN_FULL = 3
"""Lines of a calculation that are told in full however often they come."""
_ESTIMATE = frozenset({Mark.ESTIMATE})
_LATE = frozenset({Mark.LATE})


def perhitungan_waktu(source: Source, now: int) -> Sheet | None:
    """Every run of the last case that has or had a clock; None without a case.

    Args:
        source: The period.
        now: Where pauses end that still last.
    """
    cases = cases_of(source.board)
    if not cases:
        return None
    case = cases[-1]
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    unknown: list[str] = []
    told: dict[tuple[int, int, tuple[tuple[Row, bool], ...]], list[RunState]] = {}
    for run in runs_of(source, source.recap, case):
        step = step_of(source.board, case, run.step)
        if step is None or run.taken_over or run.phase in (RunPhase.DILEWATI, RunPhase.DIBATALKAN):
            continue
        found = _explained(run, step, case, source, now)
        if found is None:
            unknown.append(f"langkah {run.step} putaran {run.attempt}: kalender revisi lama tidak terbaca")
        elif found.unexplained is not None:
            where = step_named(run.step, run.bidang)
            unknown.append(
                f"{where} putaran {run.attempt}: {CALENDAR_LABELS[type(found.unexplained)][found.unexplained]}"
            )
        else:
            lines = tuple(_lines(found, offset_of(source.board)))
            told.setdefault((run.step, run.attempt, lines), []).append(run)
    days_of: dict[tuple[int, tuple[tuple[Row, bool], ...]], str] = {}
    for (number, attempt, lines), runs in told.items():
        # Bidang that received their form together have one calculation in common.
        names = listed([run.bidang for run in runs if run.bidang is not None]) or None
        if len(lines) > _IN_FULL:
            # What began at another hour of the same day is counted by the same days.
            place = f"{runs[0].bidang}, putaran {attempt}" if runs[0].bidang else f"putaran {attempt}"
            like = days_of.setdefault((number, lines[1:]), place)
            if like != place:
                lines = (_like(lines, like),)
        for line, is_estimate in lines:
            if is_estimate:
                marks[len(rows), "when"] = _ESTIMATE
            rows.append((number, names, attempt, *line))
        if any(run.verdict is not None and run.verdict.is_late for run in runs):
            marks[len(rows) - 1, "when"] = _LATE
    notes = [f"Tanpa tenggat: {'; '.join(unknown)}."] if unknown else []
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(rows),
        ("Langkah yang sudah selesai dijelaskan menurut revisi kalender yang dipakai menilainya.",),
        tuple(notes),
        marks,
        frozen_columns=4,
        table="perhitungan_waktu",
        about="Bagaimana setiap tenggat dihitung",
        annex=True,
    )


def _explained(run: RunState, step: Step, case: CaseState, source: Source, now: int) -> Explanation | None:
    calendar = source.calendar_of(run.verdict)
    if calendar is None:
        return None
    clocks = source.board.settings.clocks_of(source.board.address.sop, run.step, run.verdict)
    return explained_run(run, step, case.holds, clocks, calendar, now)


def _lines(found: Explanation, offset: int) -> Iterator[tuple[Row, bool]]:
    """(row from the column *Baris* on, whether it rests on an estimate): the start, the days, the pauses, and the due
    moment with the sum."""
    revision = found.calendar_revision
    assert found.waktu is not None
    assert found.begins is not None
    if found.waktu.days is None and len(found.days) == 1 and not found.pauses:
        yield _in_one(found, offset, revision), not found.days[0].reason.certain
        return
    begun = f"{standard_words(found.waktu)}, dihitung {label(found.begins)}"
    yield _row(START, revision, offset, moment=found.starts_at, counted=begun), False
    for days in _folded(found.days):
        first = days[0]
        if len(days) > 1:
            ruling = next((day for day in days if day.number is not None), first)
            words = source_words(ruling) or None
            row = _row(
                DAY, revision, offset, days=(first.day, days[-1].day), counted=_folded_words(days), grounds=words
            )
            yield row, not ruling.reason.certain
        else:
            yield _day(first, offset, revision), not first.reason.certain
    for pause in found.pauses:
        words = pause_words(pause, offset)
        yield _row(PAUSE, revision, offset, moment=pause.start, counted=words, paused=pause.working_seconds), False
    total = found.counted_seconds if found.waktu.days is None else found.made_up_seconds or None
    words = sum_words(found) + (" Sebagian harinya masih perkiraan." if found.estimated else "")
    yield _row(DUE, revision, offset, moment=found.due_at, counted=words, added=total), False


def _like(lines: Sequence[tuple[Row, bool]], like: str) -> tuple[Row, bool]:
    """All in one row: when it began, whose days it shares, and when it was due."""
    (begun, _), (due, is_estimate) = lines[0], lines[-1]
    words = f"{begun[_COUNTED]} {begun[_WHEN]}; hari-harinya sama dengan {like}. {due[_COUNTED]}"
    return tuple(words if place == _COUNTED else cell for place, cell in enumerate(due)), is_estimate


def _in_one(found: Explanation, offset: int, revision: int) -> Row:
    """A standard in minutes or hours that runs out on the day it began: one row says all."""
    day = found.days[0]
    assert found.waktu is not None
    assert found.starts_at is not None
    return _row(
        DUE,
        revision,
        offset,
        moment=found.due_at,
        days=(day.day, None),
        hours=_spans(day, offset),
        spans=_spans_iso(day, offset),
        counted=f"{standard_words(found.waktu)} sejak {clock(found.starts_at, offset)}",
        added=found.counted_seconds or None,
        grounds=source_words(day) or None,
    )


def _spans(day: CountedDay, offset: int) -> str | None:
    """Each span on a line of its own: a fold would come inside of one."""
    return spans_words(day, offset).replace(" ", "\n") or None


def _spans_iso(day: CountedDay, offset: int) -> str | None:
    """The same for a program: intervals as ISO 8601 has them, apart by blanks."""
    hours = offset // 3600
    told = (f"{local(start, hours).isoformat()}/{local(end, hours).isoformat()}" for start, end in day.spans)
    return " ".join(told) or None


def _folded(days: Sequence[CountedDay]) -> Iterator[list[CountedDay]]:
    """Neighbouring days that say no more than each other: counted whole by number under one row of the calendar, with
    the weekends between them. Every other day stands alone."""
    group: list[CountedDay] = []
    for day in days:
        if group and not _joins(day, group):
            yield group
            group = []
        group.append(day)
    if group:
        yield group


def _joins(day: CountedDay, group: Sequence[CountedDay]) -> bool:
    if not (_is_plain(day) and _is_plain(group[-1])):
        return False
    ruling = next((one.reason.name for one in group if one.number is not None), None)
    return day.number is None or ruling is None or day.reason.name == ruling


def _is_plain(line: CountedDay) -> bool:
    """Whether a day is counted by number under a weekly or a range's hours, or closed as every week."""
    if line.number is not None:
        return line.reason.rule is not DayRule.SPECIAL
    return line.reason.rule is DayRule.WEEKLY and line.skip is Skip.CLOSED and line.part is Part.STANDARD


def _folded_words(days: Sequence[CountedDay]) -> str:
    """`hari ke-3 sampai hari ke-27; 10 hari bukan hari kerja`."""
    numbers = [day.number for day in days if day.number is not None]
    closed = sum(day.number is None for day in days)
    parts = []
    if numbers:
        first, last = f"hari ke-{numbers[0]}", f"hari ke-{numbers[-1]}"
        parts.append(first if first == last else f"{first} sampai {last}")
    if closed:
        parts.append(f"{closed} hari bukan hari kerja")
    return "; ".join(parts)


def _day(line: CountedDay, offset: int, revision: int) -> Row:
    words = line_words(line)
    return _row(
        DAY,
        revision,
        offset,
        days=(line.day, None),
        hours=_spans(line, offset),
        spans=_spans_iso(line, offset),
        counted=words,
        added=line.seconds or None,
        paused=line.paused_seconds or None,
        grounds=source_words(line) or None,
    )


def _row(
    line: str,
    revision: int,
    offset: int,
    *,
    moment: int | None = None,
    days: tuple[dt.date | None, dt.date | None] = (None, None),
    hours: str | None = None,
    spans: str | None = None,
    counted: str | None = None,
    added: int | None = None,
    paused: int | None = None,
    grounds: str | None = None,
) -> Row:
    when = _when(moment, *days, offset)
    return (line, when, hours, counted, added, paused, grounds, moment, *days, spans, revision)


def _when(moment: int | None, first: dt.date | None, last: dt.date | None, offset: int) -> str | None:
    """`Rab 8 Apr 08.25`, `Kam 9 Apr`, `Kam 9 Apr-Jum 10 Apr`."""
    if moment is not None:
        return moment_short(moment, offset)
    if first is None:
        return None
    return date_short(first) if last is None else f"{date_short(first)}-{date_short(last)}"

"""From the rows of a period to the sheets of its recap: Ringkasan, Langkah, Keputusan, Riwayat.

Pure: values in, `Report` out. What a sheet looks like on paper or on a screen is the writers' affair; how a figure is
worked out is `sop.figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from db.rows import Board, ClosingRow, LoggedEvent, Recap
from exports.sheet import Cell, Column, Kind, Mark, Paper, Report, Row, Sheet, Typed
from sop.cards import assumed_fields
from sop.deadline import Verdict
from sop.definition import Basis, Field, Sop, Step, Waktu, Written
from sop.errors import CalendarGap
from sop.events import Act, Event
from sop.figures import figures_of
from sop.instants import ZONES
from sop.labels import label, listed, period_label, state_label
from sop.periods import NAMES, children_of, split
from sop.procedure import procedure
from sop.rejudge import with_new_verdict
from sop.state import CasePhase, CaseState, Evidence, PeriodPhase, RunPhase, RunState
from sop.work_calendar import WorkCalendar

CalendarAt = Callable[[int], WorkCalendar]
"""The office's calendar as of a revision."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a period's recap is made of."""

    recap: Recap
    log: Sequence[LoggedEvent]
    """The period's lines of the log, any order."""
    below: Sequence[Recap] = ()
    """The periods below it that are kept, at every depth."""
    calendar_at: CalendarAt | None = None
    """For figures judged by an earlier revision; None where there is only the one in force."""
    rejudged: bool = False
    """Whether ended runs are judged anew by the calendar in force. Nothing that is kept changes."""


def recap_report(source: Source, now: int, paper: Paper = Paper.A4) -> Report:
    """The recap of a period.

    Args:
        source: Its rows.
        now: Moment of printing, UTC epoch seconds.
        paper: Sheet size.

    Returns:
        The report; provisional while the period is open. `file_name` is empty until somebody writes it.
    """
    board = source.recap.board
    period = board.state.periods[board.period]
    sop = _sop(board)
    sheets = [_summary(source), _steps(source), _decisions(source), _history(source)]
    return Report(
        title=f"Rekap SAKIP {period_label(board.period)}",
        office=board.office_name,
        sop=_written(sop.identity.get("nama")) or sop.code,
        period=period_label(board.period),
        state=state_words(board, source.rejudged),
        zone_offset_hours=ZONES[board.zone] // 3600,
        provisional=period.phase is not PeriodPhase.TUTUP,
        printed_at=now,
        log_hash=board.head.hash,
        file_name="",
        sheets=tuple(sheet for sheet in sheets if sheet is not None),
        paper=paper,
    )


def descendants(key: str, kept: Iterable[str]) -> list[str]:
    """The kept periods below one, children before their parent, in the order of the year."""
    known = set(kept)
    found: set[str] = set()
    waiting = children_of(key)
    while waiting:
        child = waiting.pop()
        if child in known:
            found.add(child)
        waiting += children_of(child)
    return sorted(found, key=lambda name: NAMES.index(split(name)[1]))


def state_words(board: Board, rejudged: bool = False) -> str:
    """`Tutup, revisi 1`."""
    period = board.state.periods[board.period]
    words = label(period.phase)
    text = f"{words[:1].upper()}{words[1:]}"
    if period.phase is PeriodPhase.TUTUP:
        text += f", revisi {period.closings}"
    return f"{text}; dinilai ulang menurut kalender revisi {board.calendar.revision}" if rejudged else text


# ---------------------------------------------------------------------- what is known of a period
def _sop(board: Board) -> Sop:
    case = board.state.case_of(board.period)
    return board.versions[board.newest_version if case is None else case.sop_version]


def _written(text: Written | None) -> str | None:
    return None if text is None else text.text or None


def _cases(board: Board) -> list[CaseState]:
    """Every case of the period in order; the last one is what the figures are of."""
    return sorted((case for case in board.state.cases.values() if case.period == board.period), key=_number)


def _number(case: CaseState) -> int:
    return case.number


def _frozen(recap: Recap) -> ClosingRow | None:
    """What the last closing froze, while the period is closed."""
    period = recap.board.state.periods[recap.board.period]
    return recap.closings[-1] if recap.closings and period.phase is PeriodPhase.TUTUP else None


def _figures(recap: Recap, source: Source) -> Mapping[str, Any] | None:
    """The figures of the period's last case: the frozen ones of a closed period, else as they are now."""
    frozen = _frozen(recap)
    if frozen is not None and not source.rejudged:
        return frozen.figures.get("own")
    cases = _cases(recap.board)
    if not cases:
        return None
    case = cases[-1]
    runs = [_judged_run(run, case, recap.board, source) for run in (*case.runs.values(), *case.retired)]
    return asdict(figures_of(runs, case.holds, recap.board.calendar))


def _judged_run(run: RunState, case: CaseState, board: Board, source: Source) -> RunState:
    """The run with the verdict to show: the frozen one, or one by the calendar in force."""
    if not source.rejudged:
        return run
    waktu = _standard(_step_of(board, case, run))
    clocks = board.settings.clocks_of(board.address.sop, run.step, run.verdict)
    return with_new_verdict(run, case.holds, waktu, board.calendar, clocks)


def _step_of(board: Board, case: CaseState, run: RunState) -> Step | None:
    """The row of the SOP; None for a run of a version that had another row there."""
    sop = board.versions.get(case.sop_version)
    return next((step for step in sop.steps if step.number == run.step), None) if sop is not None else None


def _standard(step: Step | None) -> Waktu | None:
    return None if step is None else step.mutu_baku.waktu


# ---------------------------------------------------------------------- Ringkasan
_FIGURES: tuple[tuple[str, str, Kind], ...] = (
    ("ended", "Langkah selesai dikerjakan", Kind.INTEGER),
    ("judged", "Dinilai waktunya", Kind.INTEGER),
    ("on_time", "Tepat waktu", Kind.INTEGER),
    ("late", "Terlambat", Kind.INTEGER),
    ("on_time_share", "Bagian tepat waktu", Kind.PERCENT),
    ("unjudged", "Tidak dinilai (tanpa mulai atau tanpa waktu baku)", Kind.INTEGER),
    ("skipped", "Dilewati", Kind.INTEGER),
    ("taken_over", "Memakai hasil lama", Kind.INTEGER),
    ("cancelled", "Dibatalkan", Kind.INTEGER),
    ("overtaken", "Terlampaui pengulangan", Kind.INTEGER),
    ("queue_seconds", "Waktu antre (jam:menit)", Kind.DURATION),
    ("work_seconds", "Waktu kerja (jam:menit)", Kind.DURATION),
    ("decision_seconds", "Waktu putusan (jam:menit)", Kind.DURATION),
    ("cycle_seconds", "Waktu siklus (jam:menit)", Kind.DURATION),
    ("decisions", "Keputusan pertama", Kind.INTEGER),
    ("first_pass", "Lolos pertama", Kind.INTEGER),
    ("first_pass_share", "Bagian lolos pertama", Kind.PERCENT),
    ("rework_seconds", "Biaya ulang (jam:menit)", Kind.DURATION),
    ("late_entries", "Dicatat susulan", Kind.INTEGER),
    ("doubted", "Jam diragukan", Kind.INTEGER),
)
_SHARES = {"on_time_share": ("on_time", "judged"), "first_pass_share": ("first_pass", "decisions")}


def _summary(source: Source) -> Sheet:
    """Key figures; a roll-up shows the periods below it side by side."""
    recaps = [*source.below, source.recap]
    columns = [Column("figure", "Ukuran", width=38)]
    for recap in recaps:
        key = recap.board.period
        columns.append(Column(key.lower().replace("-", "_"), key if source.below else "Nilai", Kind.MIXED, width=20))
    found = [_column_of(recap, source) for recap in recaps]
    titles = list(dict.fromkeys(title for column in found for title in column))
    rows: list[Row] = [(title, *(column.get(title) for column in found)) for title in titles]
    board = source.recap.board
    sop = _sop(board)
    lines = [f"SOP {sop.code} versi {_version(board)}" + (f", nomor {number}" if (number := _number_of(sop)) else "")]
    notes = list(_summary_notes(source))
    return Sheet("Ringkasan", tuple(columns), tuple(rows), tuple(lines), tuple(notes))


def _number_of(sop: Sop) -> str | None:
    return _written(sop.identity.get("nomor"))


def _version(board: Board) -> int:
    case = board.state.case_of(board.period)
    return board.newest_version if case is None else case.sop_version


def _column_of(recap: Recap, source: Source) -> dict[str, Typed | None]:
    """Title -> value of one period, in reading order."""
    board = recap.board
    cases = _cases(board)
    frozen = _frozen(recap)
    case = cases[-1] if cases else None
    steps = procedure(_sop(board), board.period, board.cadence)
    column: dict[str, Typed | None] = {
        "Keadaan periode": Typed(Kind.TEXT, state_words(board)),
        "Keadaan berkas": None if case is None else Typed(Kind.TEXT, label(case.phase)),
        "Dibuka": None if case is None else Typed(Kind.INSTANT, cases[0].opened),
        "Berkas berakhir": _instant(None if case is None else case.ended),
        "Ditutup": _instant(None if frozen is None else frozen.at),
        "Kalender revisi": Typed(Kind.INTEGER, _calendar_revision(board, frozen, source)),
        "Jumlah langkah": None if steps is None else Typed(Kind.INTEGER, len(steps.numbers)),
        "Berkas yang dihentikan": Typed(Kind.INTEGER, sum(one.phase is CasePhase.DIHENTIKAN for one in cases))
        if cases
        else None,
    }
    figures = _figures(recap, source)
    for key, title, kind in _FIGURES:
        value = None if figures is None else _figure(figures, key)
        column[title] = None if value is None else Typed(kind, value, 1 if kind is Kind.PERCENT else 0)
    return column


def _instant(t: int | None) -> Typed | None:
    return None if t is None else Typed(Kind.INSTANT, t)


def _calendar_revision(board: Board, frozen: ClosingRow | None, source: Source) -> int:
    return board.calendar.revision if frozen is None or source.rejudged else frozen.calendar_revision


def _figure(figures: Mapping[str, Any], key: str) -> int | float | None:
    if key not in _SHARES:
        return figures.get(key)
    part, whole = (figures.get(name) for name in _SHARES[key])
    return part / whole if part is not None and whole else None


def _summary_notes(source: Source) -> Iterator[str]:
    board = source.recap.board
    frozen = _frozen(source.recap)
    if frozen is not None:
        yield f"Angka dibekukan saat ditutup; sidik riwayat waktu itu {frozen.head_hash}."
    for child, waiver in sorted(board.state.periods[board.period].waivers.items()):
        if waiver.reopenings == board.state.periods[child].reopenings:
            yield f"{child} dibebaskan."
    year = split(board.period)[0]
    if not board.calendar.spec.has_holidays(year):
        yield f"Libur {year} belum diisi: waktu kerja dihitung menurut jam mingguan saja."
    assumed = [
        f"langkah {step.number} ({', '.join(label(Field(name)) for name in names)})"
        for step in _sop(board).steps
        if (names := assumed_fields(step))
    ]
    if assumed:
        yield f"Masih asumsi, bukan isi dokumen: {listed(assumed)}."


# ---------------------------------------------------------------------- Langkah
_STEP_COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=4),
    Column("title", "Uraian", width=34),
    Column("lane", "Pelaksana", width=20),
    Column("bidang", "Bidang", width=14),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("state", "Keadaan", width=12),
    Column("ready_at", "Siap", Kind.INSTANT),
    Column("started_at", "Mulai", Kind.INSTANT),
    Column("ended_at", "Selesai", Kind.INSTANT),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION),
    Column("decision_seconds", "Putusan (j:mm)", Kind.DURATION),
    Column("standard", "Mutu baku", width=12),
    Column("due_at", "Tenggat", Kind.INSTANT),
    Column("difference_seconds", "Selisih (menit)", Kind.DIFFERENCE),
    Column("on_time", "Tepat waktu", Kind.YES_NO),
    Column("answer", "Putusan", width=9),
    Column("note", "Catatan", width=28),
    Column("evidence", "Dokumen", width=22),
    Column("recorded_by", "Dicatat oleh", width=14),
    Column("for_lane", "Atas nama", width=18),
    Column("late_entry", "Susulan", Kind.YES_NO),
)


def _steps(source: Source) -> Sheet | None:
    """Every run the period ever had, by case, step, bidang and attempt; then the steps that nothing reached."""
    board = source.recap.board
    cases = _cases(board)
    if not cases and procedure(_sop(board), board.period, board.cadence) is None:
        return None
    events = {event.sequence: event for event in source.recap.events}
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for case in cases:
        for run in _in_order(case):
            step = _step_of(board, case, run)
            shown = _judged_run(run, case, board, source)
            for column, found in _run_marks(shown, step).items():
                marks[len(rows), column] = found
            rows.append(_run_row(shown, step, case, cases, events, board, source))
    rows += _unreached(board, cases)
    lines = ["Selisih: lewat tenggat bertanda tambah, lebih awal bertanda kurang, dalam waktu kerja."]
    if len(cases) > 1:
        lines.append("Berkas yang dihentikan berdiri di depan; angkanya tidak ikut dihitung.")
    return Sheet("Langkah", _STEP_COLUMNS, tuple(rows), tuple(lines), (), marks, frozen_columns=2)


def _in_order(case: CaseState) -> list[RunState]:
    runs = [*case.runs.values(), *case.retired]
    return sorted(runs, key=lambda run: (run.step, run.bidang or "", run.attempt))


def _run_row(
    run: RunState,
    step: Step | None,
    case: CaseState,
    cases: Sequence[CaseState],
    events: Mapping[int, Event],
    board: Board,
    source: Source,
) -> Row:
    verdict = run.verdict
    last = events.get(run.acts[-1]) if run.acts else None
    state = state_label(run.phase.value)
    if not run.valid and run.phase is RunPhase.SELESAI:
        state = "Terlampaui"
    if len(cases) > 1 and case is not cases[-1]:
        state += f" (berkas {case.number})"
    return (
        run.step,
        step.title.text if step is not None else None,
        _lane_words(step) if step is not None else None,
        run.bidang,
        run.attempt,
        state,
        run.ready,
        run.started,
        run.ended,
        None if verdict is None else verdict.queue_seconds,
        None if verdict is None else verdict.work_seconds,
        None if verdict is None else verdict.decision_seconds,
        None if step is None or step.mutu_baku.waktu is None else standard_words(step.mutu_baku.waktu),
        None if verdict is None else verdict.due_at,
        _difference(run, verdict, board, source),
        None if verdict is None or not verdict.judged or run.taken_over else not verdict.is_late,
        None if run.answer is None else label(run.answer),
        run.note,
        _evidence_words(run.evidence),
        None if last is None else last.by,
        None if last is None else last.for_lane,
        run.late_entry,
    )


def standard_words(waktu: Waktu) -> str:
    """The cell as the document has it; where only its head names the unit, the unit in brackets."""
    return waktu.text if not waktu.text.strip().isdigit() else f"{waktu.text} ({waktu.unit.value})"


def _difference(run: RunState, verdict: Verdict | None, board: Board, source: Source) -> int | None:
    """Working seconds from the due moment to the end; negative when it was early."""
    if verdict is None or not verdict.judged or verdict.due_at is None or run.ended is None or run.taken_over:
        return None
    if verdict.late_seconds:
        return verdict.late_seconds
    calendar = board.calendar
    if verdict.calendar_revision != calendar.revision:
        if source.calendar_at is None:
            return None
        calendar = source.calendar_at(verdict.calendar_revision)
    try:
        return min(0, calendar.diff(verdict.due_at, run.ended))
    except CalendarGap:
        return None


def _evidence_words(evidence: Sequence[Evidence]) -> str | None:
    papers = [
        ", ".join(part for part in (item.number, item.dated, item.location, item.file_name) if part)
        for item in evidence
    ]
    return "; ".join(papers) or None


def _run_marks(run: RunState, step: Step | None) -> dict[str, frozenset[Mark]]:
    found: dict[str, set[Mark]] = {}
    if run.verdict is not None and run.verdict.is_late and not run.taken_over:
        found.setdefault("difference_seconds", set()).add(Mark.LATE)
        found.setdefault("on_time", set()).add(Mark.LATE)
    if step is not None and step.ground(Field.PELAKSANA).basis is Basis.ASUMSI:
        found.setdefault("lane", set()).add(Mark.ASSUMED)
    if run.doubted:
        found.setdefault("ended_at", set()).add(Mark.DOUBTFUL_CLOCK)
    if run.late_entry:
        found.setdefault("late_entry", set()).add(Mark.LATE_ENTRY)
    if run.phase is RunPhase.DILEWATI:
        found.setdefault("state", set()).add(Mark.SKIPPED)
    if run.taken_over:
        found.setdefault("state", set()).add(Mark.TAKEN_OVER)
    if not run.valid:
        found.setdefault("state", set()).add(Mark.OVERTAKEN)
    return {column: frozenset(marks) for column, marks in found.items()}


def _lane_words(step: Step) -> str:
    return _with_ground(listed(step.pelaksana, "dan"), step, Field.PELAKSANA)


def _with_ground(name: str, step: Step, field: Field) -> str:
    """The value itself says that it is assumed: whoever copies the cell, or reads it by program, sees no mark."""
    return f"{name} (asumsi)" if step.ground(field).basis is Basis.ASUMSI else name


def _unreached(board: Board, cases: Sequence[CaseState]) -> Iterator[Row]:
    """Rows of the SOP that no run of the last case has reached."""
    steps = procedure(_sop(board), board.period, board.cadence)
    if steps is None or board.state.periods[board.period].phase is PeriodPhase.TUTUP:
        return
    reached = {run.step for run in cases[-1].runs.values()} if cases else set()
    empty: tuple[Cell, ...] = (None,) * len(_STEP_COLUMNS)
    for number in steps.numbers:
        if number not in reached:
            step = steps.steps[number]
            row = list(empty)
            row[0], row[1], row[2] = number, step.title.text, _lane_words(step)
            row[5] = state_label("menunggu")
            row[12] = None if step.mutu_baku.waktu is None else standard_words(step.mutu_baku.waktu)
            yield tuple(row)


# ---------------------------------------------------------------------- Keputusan
_DECISION_COLUMNS = (
    Column("number", "No", Kind.INTEGER, width=4),
    Column("title", "Uraian", width=34),
    Column("kind", "Jenis", width=14),
    Column("decider", "Pemutus", width=20),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("handed_in_at", "Diajukan", Kind.INSTANT),
    Column("decided_at", "Diputuskan", Kind.INSTANT),
    Column("decision_seconds", "Waktu putusan (j:mm)", Kind.DURATION),
    Column("answer", "Putusan", width=9),
    Column("target", "Ke langkah", Kind.INTEGER, width=8),
    Column("note", "Catatan", width=34),
    Column("recorded_by", "Dicatat oleh", width=14),
    Column("for_lane", "Atas nama", width=18),
)


def _decisions(source: Source) -> Sheet | None:
    """Every Ya and Tidak, and every handing back."""
    board = source.recap.board
    undone = {int(event.data["undoes"]) for event in source.recap.events if event.act is Act.URUNG}
    rows: list[Row] = []
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    entries = [
        event
        for event in source.recap.events
        if event.act in (Act.PUTUSKAN, Act.KEMBALIKAN) and event.sequence not in undone
    ]
    for event in entries:
        case = board.state.cases.get((board.period, event.case or 0))
        sop = board.versions.get(case.sop_version) if case is not None else None
        step = next((row for row in sop.steps if row.number == event.step), None) if sop is not None else None
        run = case.runs.get((event.step or 0, event.bidang, event.attempt or 0)) if case is not None else None
        if step is not None and step.decider is not None and step.ground(Field.DECIDER).basis is Basis.ASUMSI:
            marks[len(rows), "decider"] = frozenset({Mark.ASSUMED})
        rows.append(_decision_row(event, step, run))
    if not rows:
        return None
    return Sheet("Keputusan", _DECISION_COLUMNS, tuple(rows), (), (), marks, frozen_columns=2)


def _decider_words(step: Step | None) -> str | None:
    if step is None or step.decider is None:
        return None
    return _with_ground(step.decider, step, Field.DECIDER)


def _decision_row(event: Event, step: Step | None, run: RunState | None) -> Row:
    is_answer = event.act is Act.PUTUSKAN
    verdict = run.verdict if run is not None and is_answer else None
    target: int | None = None
    if not is_answer:
        target = event.data.get("target")
    elif event.data.get("answer") == "tidak" and step is not None and step.decision is not None:
        target = step.decision.tidak
    return (
        event.step,
        step.title.text if step is not None else None,
        "Keputusan" if is_answer else "Pengembalian",
        _decider_words(step) if is_answer else event.for_lane,
        event.attempt,
        run.waits[-1][0] if run is not None and run.waits and is_answer else None,
        event.at,
        None if verdict is None else verdict.decision_seconds,
        {"ya": "Ya", "tidak": "Tidak"}.get(str(event.data.get("answer"))) if is_answer else None,
        target,
        _said(event),
        event.by,
        event.for_lane,
    )


# ---------------------------------------------------------------------- Riwayat
_HISTORY_COLUMNS = (
    Column("sequence", "Urutan", Kind.INTEGER, width=8),
    Column("effective_at", "Waktu kejadian", Kind.INSTANT),
    Column("recorded_at", "Waktu dicatat", Kind.INSTANT),
    Column("act", "Tindakan", width=18),
    Column("number", "Langkah", Kind.INTEGER, width=8),
    Column("bidang", "Bidang", width=14),
    Column("attempt", "Putaran", Kind.INTEGER, width=8),
    Column("by", "Oleh", width=16),
    Column("for_lane", "Atas nama", width=18),
    Column("details", "Keterangan", width=40),
    Column("late_entry", "Susulan", Kind.YES_NO, width=8),
    Column("hash", "Sidik", width=64),
)


def _history(source: Source) -> Sheet:
    """The period's lines of the log, the oldest first."""
    lines = sorted(source.log, key=lambda line: line.event.sequence)
    marks = {
        (row, "effective_at"): frozenset({Mark.DOUBTFUL_CLOCK}) for row, line in enumerate(lines) if line.event.doubted
    }
    return Sheet("Riwayat", _HISTORY_COLUMNS, tuple(_log_row(line) for line in lines), (), (), marks)


def _log_row(line: LoggedEvent) -> Row:
    event = line.event
    return (
        event.sequence,
        event.at,
        event.recorded,
        label(event.act),
        event.step,
        event.bidang,
        event.attempt,
        event.by,
        event.for_lane,
        _details(event),
        event.late_entry,
        line.hash,
    )


def _said(event: Event) -> str | None:
    words = [text for name in ("note", "reason") if isinstance(text := event.data.get(name), str)]
    return "; ".join(dict.fromkeys(words)) or None


def _details(event: Event) -> str | None:
    """What an event carries beside who and when, in words."""
    data = event.data
    parts: list[str] = []
    if data.get("answer") is not None:
        parts.append({"ya": "Ya", "tidak": "Tidak"}.get(str(data["answer"]), str(data["answer"])))
    if data.get("target") is not None:
        parts.append(f"ke langkah {data['target']}")
    if data.get("child") is not None:
        parts.append(str(data["child"]))
    if event.act is Act.TUGASKAN and data.get("holder") is not None:
        parts.append(f"kepada {data['holder']}")
    if data.get("closing") is not None:
        parts.append(f"revisi {data['closing']}")
    if event.act is Act.URUNG:
        parts.append(f"mengurungkan urutan {data['undoes']}")
    if event.act is Act.CENTANG:
        parts.append(f"butir {data['item'] + 1}" + ("" if data.get("on", True) else " dihapus"))
    for name, word in (("missing", "tanpa"), ("added", "ditambah"), ("removed", "dihapus"), ("bidang", "hanya")):
        if isinstance(data.get(name), list) and data[name]:
            parts.append(f"{word} {listed([str(item) for item in data[name]])}")
    said = _said(event)
    if said is not None:
        parts.append(said)
    return "; ".join(parts) or None

"""Pengesahan: the page that the head of office signs. Did it go well, what went wrong and why, who stands for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.log_chain import mark_of
from db.rows import Recap
from exports.sheet import Column, Front, Headline, Kind, Row, Sheet, Signatory, Signature
from exports.sheets.bidang import handed_in, working_days
from exports.sheets.data_langkah import is_judged, state_words
from exports.sheets.findings import findings
from exports.sheets.remarks import is_corrected
from exports.sheets.revisions import changes
from exports.sheets.source import (
    Source,
    calendar_in,
    cases_of,
    events_of,
    frozen_of,
    kept_signer,
    key_figures,
    offset_of,
    runs_of,
)
from exports.sheets.tren import standing_of, summed
from exports.sheets.words import ASSUMED, lane_words, ran_words, standard_words, written
from sop.acts.handing import Handed
from sop.look.signers import acting_of, signing_positions
from sop.look.year import progress_of, steps_of
from sop.model.definition import Step, Unit
from sop.model.periods import split
from sop.model.state import CaseState, PeriodPhase, RunPhase, RunState
from sop.time.deadline import standard_of
from sop.time.instants import civil
from sop.words.figure_words import summary_sentences
from sop.words.figures import percent_words, share_of
from sop.words.labels import label, state_label
from sop.words.periods import period_name
from sop.words.sop import sop_name
from sop.words.time import MONTHS_SHORT, clock, date_plain, duration, full_minutes

TITLE = "Pengesahan"
_STEPS = (
    Column("step", "No", Kind.INTEGER, width=1),
    Column("title", "Langkah", width=8),
    Column("lane", "Pelaksana", width=5),
    Column("span", "Mulai-selesai", width=4, words_of="started_at"),
    Column("time", "Waktu", width=3, words_of="work_seconds"),
    Column("outcome", "Hasil", width=3, words_of="late_seconds"),
    Column("started_at", "Mulai", Kind.INSTANT, programs=True),
    Column("ended_at", "Selesai", Kind.INSTANT, programs=True),
    Column("work_seconds", "Kerja", Kind.DURATION, programs=True),
    Column("late_seconds", "Terlambat", Kind.DURATION, programs=True),
)
_PERIODS = (
    Column("period_words", "Periode", width=12, words_of="period"),
    Column("state_words", "Keadaan", width=9, words_of="period_state"),
    Column("done_words", "Langkah selesai", width=9, words_of="done"),
    Column("on_time_words", "Tepat waktu", width=10, words_of="on_time"),
    Column("late", "Terlambat", Kind.INTEGER, width=9),
    Column("bidang_words", "Bidang menyerahkan", width=13, words_of="handed_in"),
    Column("closed_words", "Ditutup", width=10, words_of="closed_at"),
    Column("period", "Periode", programs=True),
    Column("period_state", "Keadaan", programs=True),
    Column("closing_revision", "Revisi", Kind.INTEGER, programs=True),
    Column("done", "Langkah selesai", Kind.INTEGER, programs=True),
    Column("total", "Langkah", Kind.INTEGER, programs=True),
    Column("on_time", "Tepat waktu", Kind.INTEGER, programs=True),
    Column("judged", "Dinilai", Kind.INTEGER, programs=True),
    Column("handed_in", "Bidang menyerahkan", Kind.INTEGER, programs=True),
    Column("bidang", "Bidang", Kind.INTEGER, programs=True),
    Column("closed_at", "Ditutup", Kind.INSTANT, programs=True),
)
_ACKNOWLEDGED = "Mengetahui"
_MADE, _CHECKED = "Disusun oleh", "Diperiksa oleh"
_HEADINGS: dict[int, tuple[str, ...]] = {
    1: (_ACKNOWLEDGED,),
    2: (_MADE, _ACKNOWLEDGED),
    3: (_MADE, _CHECKED, _ACKNOWLEDGED),
}
_EMPTY = "-"


def pengesahan(source: Source) -> Sheet:
    """The page: of an open period a draft with the lines of `sakip ringkas` in place of findings, and nothing to
    sign."""
    board = source.board
    period = board.state.periods[board.period]
    draft = period.phase is not PeriodPhase.TUTUP
    case = board.state.case_of(board.period)
    told = ["Nomor: ……………………", *_versions(source)]
    if period.closings > 1 and not draft:
        told.append(f"revisi {period.closings}")
    frozen = frozen_of(source.recap)
    mark = mark_of(board.head.hash if frozen is None else frozen.head_hash)
    front = Front(
        letterhead=_letterhead(source),
        title=(f"Rekapitulasi Pelaksanaan SOP {sop_name(source.sop)}".upper(), period_words(board.period)),
        identity=" · ".join(told),
        draft=draft,
        headlines=tuple(_headlines(source)),
        findings_title="Keadaan sekarang" if draft and source.brief else "Temuan",
        findings=tuple(source.brief) if draft and source.brief else tuple(findings(source)),
        # All findings of a roll-up stand on Ringkasan, whether or not it has steps of its own.
        elsewhere=f"selengkapnya di lembar {'Ringkasan' if source.below or case is None else 'Langkah'}",
        cut=() if source.below else ("title", "lane"),
        uncut=ASSUMED,
        kinerja=() if source.kinerja is None else summary_sentences(source.kinerja.own),
        changes=changes(source),
        proof=f"Sidik riwayat {mark} · periksa dengan: sakip periksa --jangkar {mark}",
    )
    below = bool(source.below)
    columns, rows = _used(_PERIODS, [*_period_rows(source)]) if below else _used(_STEPS, [*_step_rows(source)])
    return Sheet(
        TITLE,
        columns,
        tuple(rows),
        signature=None if draft else _signature(source),
        table="pengesahan",
        about="Lembar yang ditandatangani",
        front=front,
    )


def _versions(source: Source) -> Iterator[str]:
    """`SOP 188/120, versi 1`; of several, which periods ran on each."""
    for version in source.ran_on:
        number = written(version.sop.identity.get("nomor"))
        # Some documents have the word in their number already.
        numbered = "SOP" if not number else number if number.startswith("SOP") else f"SOP {number}"
        words = f"{numbered.rstrip('. ')}{',' if number else ''} versi {version.number}"
        yield f"{words} ({ran_words(version.periods)})" if len(source.ran_on) > 1 else words


def period_words(key: str) -> str:
    """`Triwulan I Tahun 2026`, `Tahun 2026`: a page that is signed abbreviates nothing in its title."""
    year, name = split(key)
    if name == "TH":
        return f"Tahun {year}"
    return f"{period_name(key).replace('TW ', 'Triwulan ')} Tahun {year}"


def _letterhead(source: Source) -> tuple[str, ...]:
    return source.board.settings.letterhead or (source.board.office_name.upper(),)


# ---------------------------------------------------------------------- large figures
def _headlines(source: Source) -> Iterator[Headline]:
    recaps = (*source.below, source.recap)
    steps = [progress_of(recap.board, recap.board.period) for recap in recaps]
    done, total = map(sum, zip(*steps, strict=True))
    yield Headline(f"{done} dari {total}", "langkah selesai")
    found = [figures for recap in recaps if (figures := key_figures(source, recap)) is not None]
    figures = summed(found) if found else {}
    on_time, judged = figures.get("on_time") or 0, figures.get("judged") or 0
    part = share_of(on_time, judged)
    if part is None:
        yield Headline("0 langkah", "dinilai waktunya")
    else:
        yield Headline(percent_words(part), "tepat waktu", f"{on_time} dari {judged}")
    given = [one for recap in recaps for one in _handed(recap)]
    if given:
        yield _handing_headline(given)
    else:
        again = (figures.get("overtaken") or 0) + (figures.get("cancelled") or 0)
        yield Headline(str(again), "langkah diulang")
    yield _ending(source)


def _handing_headline(given: Sequence[Handed]) -> Headline:
    count, total = sum(one.handed_in for one in given), sum(one.total for one in given)
    skipped, missing = sum(one.skipped for one in given), sum(one.missing for one in given)
    beside = [f"{number} {word}" for number, word in ((skipped, "dilewati"), (missing, "belum")) if number]
    words = "bidang menyerahkan" if len(given) == 1 else "penyerahan bidang"
    return Headline(f"{count} dari {total}", words, ", ".join(beside))


def _ending(source: Source) -> Headline:
    """When it was done; of a roll-up when it was closed."""
    board = source.board
    cases = cases_of(board)
    frozen = frozen_of(source.recap)
    ended = cases[-1].ended if cases else None if frozen is None else frozen.at
    if ended is None:
        return Headline("Berjalan" if cases or source.below else "Belum dibuka", "belum selesai")
    day = date_plain(civil(ended, offset_of(board)).date())
    if not cases:
        return Headline(day, "ditutup")
    days = working_days(calendar_in(source, source.recap), cases[0].opened, ended)
    beside = "" if days is None else f"dalam {days} hari kerja" if days else "pada hari dibuka"
    return Headline(day, "selesai", beside)


def _handed(recap: Recap) -> Iterator[Handed]:
    """How far the bidang are in each region that the period's last case entered."""
    steps = steps_of(recap.board, recap.board.period)
    case = recap.board.state.case_of(recap.board.period)
    if steps is not None and case is not None:
        yield from (handed_in(case, region) for region in steps.regions if region.first in case.regions)


# ---------------------------------------------------------------------- the table
def _used(columns: tuple[Column, ...], rows: list[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """Without columns that no row has anything in."""
    if not rows:
        return columns, rows
    kept = [
        place
        for place, column in enumerate(columns)
        if column.programs or any(row[place] not in (None, _EMPTY) for row in rows)
    ]
    return tuple(columns[place] for place in kept), [tuple(row[place] for place in kept) for row in rows]


def _period_rows(source: Source) -> Iterator[Row]:
    offset = offset_of(source.board)
    for recap in (*source.below, source.recap):
        period = recap.board.state.periods[recap.board.period]
        figures = key_figures(source, recap)
        done, total = progress_of(recap.board, recap.board.period)
        given = list(_handed(recap))
        frozen = frozen_of(recap)
        words = label(period.phase) if frozen is None else "tutup"
        if frozen is not None and period.closings > 1:
            words += f", revisi {period.closings}"
        yield (
            period_name(recap.board.period),
            words,
            f"{done} dari {total}" if total else "rangkuman",
            _EMPTY if not figures else f"{figures['on_time']} dari {figures['judged']}",
            None if not figures else figures["late"],
            f"{sum(one.handed_in for one in given)} dari {sum(one.total for one in given)}" if given else _EMPTY,
            _EMPTY if frozen is None else _day(frozen.at, offset, year=True),
            *standing_of(recap),
            done,
            total,
            figures["on_time"] if figures else None,
            figures["judged"] if figures else None,
            sum(one.handed_in for one in given) if given else None,
            sum(one.total for one in given) if given else None,
            None if frozen is None else frozen.at,
        )


def _step_rows(source: Source) -> Iterator[Row]:
    steps = steps_of(source.board, source.board.period)
    if steps is None:
        return
    cases = cases_of(source.board)
    case = cases[-1] if cases else None
    runs = [] if case is None else [run for run in runs_of(source, source.recap, case) if run.valid]
    for number in steps.numbers:
        step = steps.steps[number]
        mine = [run for run in runs if run.step == number]
        is_of_bidang = steps.region_of(number) is not None
        yield (
            number,
            step.title.text,
            lane_words(step),
            _span(mine, offset_of(source.board)),
            _time(mine, step, source, is_of_bidang),
            _outcome(mine, case, source, is_of_bidang),
            *_lasted(mine),
            _longest(_finished(mine)),
            _latest(_finished(mine)),
        )


def _lasted(runs: Sequence[RunState]) -> tuple[int | None, int | None]:
    """When the first of the runs began and the last ended; None for what has not been."""
    starts = [run.started if run.started is not None else run.ready for run in runs]
    ends = [run.ended for run in runs if run.ended is not None]
    return min(starts, default=None), max(ends) if ends and len(ends) == len(runs) else None


def _finished(runs: Sequence[RunState]) -> list[RunState]:
    """Those whose work was measured."""
    return [run for run in runs if run.is_worked and run.verdict is not None]


def _longest(done: Sequence[RunState]) -> int | None:
    """Seconds of work of the run that took longest."""
    known = [run.verdict.work_seconds for run in done if run.verdict and run.verdict.work_seconds is not None]
    return max(known, default=None)


def _latest(done: Sequence[RunState]) -> int | None:
    """Seconds that the run which was latest was late; None where none of them was judged."""
    known = [run.verdict.late_seconds or 0 for run in done if run.verdict is not None and is_judged(run)]
    return max(known, default=None)


def _span(runs: Sequence[RunState], offset: int) -> str:
    """`9 Apr 07.35-07.40`, `9-14 Apr`."""
    first, last = _lasted(runs)
    if first is None:
        return _EMPTY
    if last is None:
        return f"sejak {_day(first, offset)}"
    if civil(first, offset).date() == civil(last, offset).date():
        return f"{_day(first, offset)} {clock(first, offset)}-{clock(last, offset)}"
    begun, done = civil(first, offset), civil(last, offset)
    if (begun.year, begun.month) == (done.year, done.month):
        return f"{begun.day}-{_day(last, offset)}"
    return f"{_day(first, offset)}-{_day(last, offset)}"


def _day(t: int, offset: int, *, year: bool = False) -> str:
    day = civil(t, offset).date()
    return f"{day.day} {MONTHS_SHORT[day.month - 1]}{f' {day.year}' if year else ''}"


def _time(runs: Sequence[RunState], step: Step, source: Source, is_of_bidang: bool) -> str:
    """What it took of its standard: `4 dari 15 menit`; of bidang the longest. The standard alone where nobody knows."""
    done = _finished(runs)
    if not done:
        return _EMPTY
    waktu = standard_of(step.mutu_baku.waktu, done[0].verdict)
    if waktu is not None and waktu.unit is Unit.HARI:
        calendar = calendar_in(source, source.recap)
        taken = [
            days for run in done if (days := working_days(calendar, run.ready, run.ended or run.ready)) is not None
        ]
        words = f"{max(taken)} hari" if taken else ""
    else:
        longest = _longest(done)
        words = "" if longest is None else duration(full_minutes(longest))
    standard = standard_words(waktu)
    if not words:
        return _EMPTY if standard is None else f"baku {standard.lower()}"
    number, _, unit = words.partition(" ")
    if standard and waktu is not None and unit == waktu.unit.value:
        # `1/2 hari` would be half a day.
        words = f"{number} dari {standard.lower()}" if waktu.unit is Unit.HARI else f"{number}/{standard.lower()}"
    elif standard:
        words = f"{words} dari {standard.lower()}"
    return f"terlama {words}" if is_of_bidang and len(done) > 1 else words


def _outcome(runs: Sequence[RunState], case: CaseState | None, source: Source, is_of_bidang: bool) -> str:
    if case is None or not runs:
        return state_label("menunggu").lower()
    late = [run.verdict.late_seconds for run in runs if run.verdict is not None and run.verdict.late_seconds]
    if is_of_bidang:
        return _outcome_of_bidang(runs, len(late))
    run = runs[-1]
    words = state_words(run).lower()
    if run.phase is RunPhase.SELESAI:
        if run.taken_over:
            words = "hasil lama"
        elif not is_judged(run):
            words = "tidak dinilai"
        elif late:
            words = f"lewat {duration(late[0])}"
        else:
            words = "tepat"
    if run.attempt > 1:
        words += f", putaran {run.attempt}"
    return f"{words}, dikoreksi" if is_corrected(run, events_of(source.recap)) else words


def _outcome_of_bidang(runs: Sequence[RunState], late: int) -> str:
    counts: dict[str, int] = {}
    for run in runs:
        words = state_label(run.phase.value).lower()
        counts[words] = counts.get(words, 0) + 1
    # `5 bidang selesai, 1 dilewati, 2 terlambat`.
    told = [f"{number}{'' if place else ' bidang'} {words}" for place, (words, number) in enumerate(counts.items())]
    return ", ".join([*told, *([f"{late} terlambat"] if late else [])])


# ---------------------------------------------------------------------- who signs
def _signature(source: Source) -> Signature:
    """Who signs where, under the date of the closing."""
    settings, positions = source.board.settings, signing_positions(source.board.settings, source.sop)
    frozen = frozen_of(source.recap)
    headings = _HEADINGS.get(len(positions), ("",) * (len(positions) - 1) + (_ACKNOWLEDGED,))
    return Signature(
        place=settings.signing_place,
        date=None if frozen is None else civil(frozen.at, offset_of(source.board)).date(),
        signatories=tuple(
            _signatory(source, heading, position) for heading, position in zip(headings, positions, strict=True)
        ),
        electronic=settings.electronic,
    )


def _signatory(source: Source, heading: str, position: str) -> Signatory:
    """Who signs in a position: whom the closing kept, whatever was said since."""
    row = kept_signer(source, position)
    if row is None or row.state.code in source.recap.lost_signers:
        return Signatory(heading, position)
    return Signatory(heading, row.state.position if acting_of(row.state.position) else position, *row.signer)

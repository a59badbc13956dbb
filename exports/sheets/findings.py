"""Temuan: what went wrong in a period, or must be known to trust its figures, in sentences by seriousness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from db.rows import Recap
from exports.sheets.remarks import reason_of
from exports.sheets.source import (
    Source,
    calendar_in,
    cases_of,
    events_of,
    key_figures,
    lane_of,
    offset_of,
    row_of,
    runs_of,
)
from exports.sheets.words import assumed_words
from sop.look.year import steps_of
from sop.model.act import Act
from sop.model.errors import CalendarGap
from sop.model.events import Event, undone_by
from sop.model.periods import split
from sop.model.state import Answer, CaseState, RunPhase, RunState
from sop.time.instants import civil
from sop.words.events import remark_of
from sop.words.labels import listed
from sop.words.periods import period_label
from sop.words.time import date_short, duration, moment_short


class FindingKind(IntEnum):
    """What a finding is of; the most serious first."""

    STOPPED = 0
    NOT_HANDED_IN = 1
    LATE = 2
    SKIPPED = 3
    WAIVED = 4
    REPEATED = 5
    HELD = 6
    CORRECTED = 7
    LATE_ENTRY = 8
    DOUBTED = 9
    UNJUDGED = 10
    PAUSED = 11
    TAKEN_OVER = 12
    CALENDAR = 13
    ASSUMED = 14


IN_TIME = "Semua langkah yang dinilai selesai tepat waktu"
NONE_JUDGED = "Tidak ada langkah yang waktunya dinilai"
ALL_HANDED_IN = "semua bidang menyerahkan"
NOT_HANDED_IN, NOT_YET = "Tidak menyerahkan", "Belum menyerahkan"
_FAULTS = frozenset({FindingKind.STOPPED, FindingKind.NOT_HANDED_IN, FindingKind.LATE, FindingKind.SKIPPED})
_NAMED_ONE_BY_ONE = 3
"""So many of a kind and step have a sentence each; more are counted."""
_MOST_REASONS = 3


class Finding(NamedTuple):
    """One sentence."""

    kind: FindingKind
    weight: int
    """The greater, the worse within its kind."""
    sentence: str


def findings(source: Source) -> list[str]:
    """Of the period, of a roll-up those of the periods below it too, each named; the most serious first. Where nothing
    is late, skipped or missing, the first sentence says so, as far as anything was judged."""
    found: list[Finding] = []
    for recap in (*source.below, source.recap):
        whose = f"{period_label(recap.board.period)}, " if source.below else ""
        found += [Finding(one.kind, one.weight, one.sentence.format(whose)) for one in _of_period(source, recap)]
    found += _of_all(source)
    found.sort(key=lambda one: (one.kind, -one.weight))
    sentences = [one.sentence for one in found]
    recaps = (*source.below, source.recap)
    measured = any(cases_of(recap.board) for recap in recaps)
    if measured and not any(one.kind in _FAULTS for one in found):
        has_bidang = any(case.regions for recap in recaps for case in cases_of(recap.board))
        figures = [each for recap in recaps if (each := key_figures(source, recap)) is not None]
        in_time = IN_TIME if any(each.get("judged") for each in figures) else NONE_JUDGED
        sentences.insert(0, f"{in_time}; {ALL_HANDED_IN}." if has_bidang else f"{in_time}.")
    return sentences


def _of_period(source: Source, recap: Recap) -> Iterator[Finding]:
    """Sentences with `{}` where the period is named."""
    cases = cases_of(recap.board)
    events = events_of(recap)
    undone = undone_by(recap.events)
    standing = [event for event in recap.events if event.sequence not in undone]
    for event in standing:
        if event.act is Act.HENTIKAN:
            yield Finding(FindingKind.STOPPED, 0, _sentence("Dihentikan", f"berkas {event.case}", remark_of(event)))
        elif event.act is Act.BEBASKAN:
            child = period_label(str(event.data.get("child")))
            yield Finding(FindingKind.WAIVED, 0, _sentence("Tidak ditunggu", child, remark_of(event)))
    if not cases:
        return
    case = cases[-1]
    runs = runs_of(source, recap, case)
    tell = _Teller(source, recap, case, events)
    yield from tell.not_handed_in()
    yield from tell.late(runs)
    yield from tell.skipped(runs)
    yield from tell.repeated(standing)
    yield from tell.held()
    yield from tell.corrected(standing)
    yield from tell.counted(runs)
    yield from tell.paused(runs)


class _Teller:
    """Tells of one case."""

    def __init__(self, source: Source, recap: Recap, case: CaseState, events: Mapping[int, Event]) -> None:
        self._source, self._recap, self._case, self._events = source, recap, case, events
        self._offset = offset_of(recap.board)
        self._calendar = calendar_in(source, recap)

    def not_handed_in(self) -> Iterator[Finding]:
        steps = steps_of(self._recap.board, self._recap.board.period)
        for region in () if steps is None else steps.regions:
            by_reason: dict[tuple[str, str | None], list[str]] = {}
            for name in self._case.regions.get(region.first, ()):
                run = self._case.valid_run((region.last, name))
                if run is not None and run.phase is RunPhase.SELESAI:
                    continue
                given_up = run is not None and run.phase is RunPhase.DILEWATI
                why = None if run is None else reason_of(run, self._events)
                by_reason.setdefault((NOT_HANDED_IN if given_up else NOT_YET, why), []).append(name)
            for (words, why), names in by_reason.items():
                yield Finding(FindingKind.NOT_HANDED_IN, len(names), _sentence(words, listed(names), why))

    def late(self, runs: Sequence[RunState]) -> Iterator[Finding]:
        by_step: dict[int, list[tuple[int, RunState]]] = {}
        for run in runs:
            verdict = run.verdict
            if run.is_worked and verdict is not None and verdict.judged and verdict.late_seconds:
                by_step.setdefault(run.step, []).append((verdict.late_seconds, run))
        for step, found in by_step.items():
            found.sort(key=lambda pair: -pair[0])
            worst, first = found[0]
            if len(found) <= _NAMED_ONE_BY_ONE:
                for seconds, run in found:
                    words = f"{self._place(run)}, lewat {duration(seconds)}"
                    yield Finding(FindingKind.LATE, seconds, _sentence("Terlambat", words, run.note))
            else:
                words = f"langkah {step}, {len(found)} bidang, terlama {first.bidang} lewat {duration(worst)}"
                yield Finding(FindingKind.LATE, worst, _sentence("Terlambat", words, None))

    def skipped(self, runs: Sequence[RunState]) -> Iterator[Finding]:
        """Steps; bidang that were not waited for are told as not handed in."""
        for run in runs:
            if run.valid and run.phase is RunPhase.DILEWATI and run.bidang is None:
                why = reason_of(run, self._events)
                yield Finding(FindingKind.SKIPPED, 0, _sentence("Dilewati", self._place(run), why))

    def repeated(self, standing: Sequence[Event]) -> Iterator[Finding]:
        for event in standing:
            if event.case != self._case.number:
                continue
            if event.act is Act.KEMBALIKAN:
                target = event.data.get("target")
            elif event.act is Act.PUTUSKAN and event.data.get("answer") == Answer.TIDAK:
                opened = [run.step for run in self._case.runs.values() if run.opened_by == event.sequence]
                target = min(opened, default=None)
            else:
                continue
            names = [str(name) for name in event.data.get("bidang") or ()]
            opened_runs = [run for run in self._case.runs.values() if run.opened_by == event.sequence]
            attempt = max((run.attempt for run in opened_runs), default=0)
            words = f"langkah {event.step}"
            if target not in (None, event.step):
                words = f"langkah {target} {'dan' if target == (event.step or 0) - 1 else 'sampai'} {event.step}"
            if names:
                words += f", {listed(names)}" if len(names) <= _NAMED_ONE_BY_ONE else f", {len(names)} bidang"
            if attempt:
                words += f" (putaran {attempt})"
            yield Finding(FindingKind.REPEATED, attempt, _sentence("Diulang", words, remark_of(event)))

    def held(self) -> Iterator[Finding]:
        why = [remark_of(event) for event in self._recap.events if event.act is Act.TAHAN]
        for place, (start, end) in enumerate(self._case.holds):
            words = f"berkas, {moment_short(start, self._offset)}"
            words += f" sampai {moment_short(end, self._offset)}" if end is not None else ", belum dilanjutkan"
            yield Finding(FindingKind.HELD, 0, _sentence("Ditahan", words, why[place] if place < len(why) else None))

    def corrected(self, standing: Sequence[Event]) -> Iterator[Finding]:
        found = [event for event in standing if event.act is Act.KOREKSI and event.case == self._case.number]
        for event in found[:_NAMED_ONE_BY_ONE]:
            day = date_short(civil(event.at, self._offset).date())
            whose = f" ({event.bidang})" if event.bidang else ""
            words = f"langkah {event.step}{whose}, {day}, oleh {self._source.named(event.by)}"
            yield Finding(FindingKind.CORRECTED, 0, _sentence("Dikoreksi", words, event.data.get("reason")))
        if len(found) > _NAMED_ONE_BY_ONE:
            more = len(found) - _NAMED_ONE_BY_ONE
            yield Finding(FindingKind.CORRECTED, -1, _sentence("Dikoreksi", f"{more} catatan lain", None))

    def counted(self, runs: Sequence[RunState]) -> Iterator[Finding]:
        """What is told by number alone."""
        late = [run for run in runs if run.late_entry]
        if late:
            reasons = dict.fromkeys(
                str(why)
                for event in self._events.values()
                if event.late_entry and event.step is not None and (why := event.data.get("reason"))
            )
            told = "; ".join(list(reasons)[:_MOST_REASONS]) + (
                "; dan lain-lain" if len(reasons) > _MOST_REASONS else ""
            )
            yield Finding(FindingKind.LATE_ENTRY, len(late), _sentence("Dicatat susulan", _steps(late), told or None))
        if doubted := [run for run in runs if run.doubted]:
            yield Finding(FindingKind.DOUBTED, len(doubted), _sentence("Jam diragukan", _steps(doubted), None))
        done = [run for run in runs if run.is_worked]
        unjudged = [run for run in done if run.verdict is None or not run.verdict.judged]
        if unjudged:
            words = f"{_steps(unjudged)}, tanpa waktu mulai atau tanpa waktu baku"
            yield Finding(FindingKind.UNJUDGED, len(unjudged), _sentence("Waktunya tidak dinilai", words, None))
        if taken := [run for run in runs if run.valid and run.taken_over]:
            words = _sentence("Memakai hasil putaran sebelumnya", _steps(taken), None)
            yield Finding(FindingKind.TAKEN_OVER, len(taken), words)

    def paused(self, runs: Sequence[RunState]) -> Iterator[Finding]:
        for run in runs:
            if not (run.valid and run.pauses):
                continue
            seconds = 0
            for start, end in run.pauses:
                try:
                    seconds += self._calendar.diff(start, end) if end is not None else 0
                except CalendarGap:
                    continue
            mine = (self._events.get(number) for number in run.acts)
            why = [remark_of(event) for event in mine if event is not None and event.act is Act.TUNDA]
            words = f"{self._place(run)}, {duration(seconds)} waktu kerja"
            if (since := next((start for start, end in run.pauses if end is None), None)) is not None:
                words = f"{self._place(run)}, sejak {moment_short(since, self._offset)} belum dilanjutkan"
            yield Finding(FindingKind.PAUSED, seconds, _sentence("Ditunda", words, why[0] if why else None))

    def _place(self, run: RunState) -> str:
        """`langkah 5, Kasubbag Program`; of a bidang `langkah 4, Bidang Ekonomi`."""
        if run.bidang is not None:
            return f"langkah {run.step}, {run.bidang}"
        lane = lane_of(run, row_of(self._recap.board, self._case, run), self._events)
        return f"langkah {run.step}, {lane}" if lane else f"langkah {run.step}"


def _of_all(source: Source) -> Iterator[Finding]:
    """What holds for the whole page."""
    year = split(source.board.period)[0]
    if not calendar_in(source, source.recap).spec.has_holidays(year):
        words = f"Libur {year} belum diisi: waktu kerja dihitung menurut jam mingguan saja."
        yield Finding(FindingKind.CALENDAR, 0, words)
    if source.rejudged:
        words = f"Bukan angka penutupan: dinilai ulang menurut kalender revisi {source.board.calendar.revision}."
        yield Finding(FindingKind.CALENDAR, 1, words)
    if told := assumed_words(source):
        yield Finding(FindingKind.ASSUMED, 0, f"Belum ditetapkan kantor, masih asumsi: {told}.")


def _sentence(kind: str, words: str, why: str | None) -> str:
    """`Terlambat: langkah 5, Kasubbag, lewat 3 jam. Alasan: …`, with a `{}` for the period."""
    text = f"{kind}: \0{words}."
    if why:
        text += f" Alasan: {why.strip().rstrip('.')}."
    # What people typed may hold braces.
    return text.replace("{", "{{").replace("}", "}}").replace("\0", "{}")


def _steps(runs: Sequence[RunState]) -> str:
    """`langkah 1, 3 (5 bidang) dan 5`: which steps, so that they agree with the table and with how many there are."""
    bidang: dict[int, set[str]] = {}
    for run in sorted(runs, key=lambda run: run.step):
        bidang.setdefault(run.step, set()).update(() if run.bidang is None else (run.bidang,))
    return (
        f"langkah {listed([f'{step} ({len(names)} bidang)' if names else str(step) for step, names in bidang.items()])}"
    )

"""Everything known of a step, as entries: what the SOP asks, how each attempt went, what was decided and said.

Pure: from state, definition and log to inked lines, each entry known by a key so that it can be picked.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from sakip_tui.glyphs import MARK_WORDS, Glyphs
from sakip_tui.text import wrapped
from sakip_tui.views.board import BoardView, CardView
from sakip_tui.views.card_words import Mood, due_text, joined_words, marks, sent_back_text, time_label, wait_text
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.spans import Line
from sop.acts.case_acts import missing_bidang
from sop.acts.procedure import Procedure, Region
from sop.acts.rejudge import is_judged_by_old_rule
from sop.look.card import Card, standing
from sop.model.definition import Basis, Field, Step
from sop.model.settings import Settings
from sop.model.state import Answer, CaseState, Evidence, RunState
from sop.model.texts import clean
from sop.time.explain import CountedDay, Explanation, Skip, Stop
from sop.time.step_time import is_worked_after_hours, step_time
from sop.time.work_calendar import WorkCalendar
from sop.words.calendar import (
    AFTER_HOURS,
    CALENDAR_LABELS,
    OLD_RULE,
    line_words,
    named_source,
    pause_effect,
    pause_span,
    source_words,
    spans_words,
    standard_words,
    step_time_rows,
    sum_words,
    unexplained_words,
)
from sop.words.labels import bidang_named, label, state_label
from sop.words.people import doer_called, person_called
from sop.words.periods import period_label
from sop.words.time import date_short, duration, full_minutes, moment_short, standard_text

if TYPE_CHECKING:
    from db.rows import LoggedEvent
    from sop.model.events import Event

_LABEL_CELLS = 18
_MOST = 400
"""Lines of one text: a note of 10,000 characters on the narrowest screen is shorter."""
TAKEN_BACK = "kemudian diurungkan"

TICK, PAPER, DUE = "kelengkapan", "dokumen", "tenggat"
"""First part of the key of an entry that an act belongs to, or that a key leads to."""


class CardPage:
    """Writes the entries of one card's page."""

    def __init__(
        self,
        view: CardView,
        board: BoardView,
        history: Sequence[LoggedEvent],
        now: int,
        calendar: WorkCalendar,
        settings: Settings,
        width: int,
        glyphs: Glyphs,
        names: Mapping[str, str],
        explained: Explanation | None = None,
        redone: Mapping[int, Event] = MappingProxyType({}),
        undone: Collection[int] = (),
    ) -> None:
        """
        Args:
            view: The card.
            board: The period it stands on.
            history: Events of the step, newest first.
            now: Moment of looking.
            calendar: The office's, in force.
            settings: Of the office.
            width: Cells of a line.
            glyphs: Signs that the terminal can show.
            names: Code of a person -> name; a code without one is told as it is.
            explained: How the due moment came about; None for a step that has not been reached.
            redone: Attempt -> the act that made it necessary.
            undone: Numbers of the events of the period that were taken back.
        """
        self.names, self.undone = names, undone
        self.explained, self.redone = explained, redone
        self.view, self.board, self.history = view, board, history
        self.now, self.calendar, self.settings = now, calendar, settings
        self.width, self.glyphs = width, glyphs
        self._count = 0

    def _called(self, code: str) -> str:
        return person_called(self.names, code)

    def _doer(self, code: str) -> str:
        return doer_called(self.names, code)

    @property
    def card(self) -> Card:
        return self.view.card

    def entries(self) -> list[Entry]:
        """The whole page."""
        step = self.board.step_of(self.card)
        parts: list[Entry] = [*self._heading(), *self._state()]
        if step is not None:
            parts += [*self._standard(step), *self._evidence(), *self._actors(step), *self._decision(step)]
        # At the end what is long: 120 days take two hundred lines.
        parts += [*self._attempts(), *self._remarks(), *self._log(), *self._due()]
        return parts

    def lines(self) -> list[Line]:
        """The same as lines alone."""
        return [line for entry in self.entries() for line in entry.lines]

    # ------------------------------------------------------------------ pieces
    def _section(self, title: str) -> Iterator[Entry]:
        name = f"{self.glyphs.rule} {title} "
        yield Entry(((), ((name + self.glyphs.rule * max(0, self.width - len(name)), "lane"),)))

    def _row(self, name: str, text: str, ink: str = "text", key: Hashable | None = None) -> Iterator[Entry]:
        """A name on the left, its text wrapped beside it; further to the right for a name as long as a whole date."""
        beside = max(_LABEL_CELLS, len(name) + 1)
        room = max(10, self.width - beside)
        lines = tuple(
            ((("" if index else name).ljust(beside), "muted"), (line, ink))
            for index, line in enumerate(wrapped(clean(text), room, _MOST))
        )
        self._count += 1
        yield Entry(lines, ("baris", self._count) if key is None else key)

    def _heading(self) -> Iterator[Entry]:
        title = wrapped(f"{self.card.step}  {clean(self.card.title)}", self.width, 4)
        where = period_label(self.board.period)
        if self.card.bidang is not None:
            where += f", {bidang_named(clean(self.card.bidang))}"
        yield Entry((*(((line, "strong"),) for line in title), ((where, "muted"),)))

    def _state(self) -> Iterator[Entry]:
        card = self.card
        yield from self._section("Keadaan")
        state = state_label(card.state)
        if (card.attempt or 1) > 1:
            state += f", putaran {card.attempt}"
        yield from self._row("Keadaan", state, "strong")
        if card.is_open:
            yield from self._cause(card.attempt, "risk")
        if card.waiting_for:
            yield from self._row("Menunggu", wait_text(card.waiting_for))
        if card.joined is not None:
            yield from self._row("Bidang", joined_words(card.joined, card.waiting_for))
        if card.data is not None:
            yield from self._row("Data kinerja", card.data.words)
        if card.holder_name:
            yield from self._row("Pemegang", card.holder_name)
        offset = self.calendar.offset
        for name, moment in (("Siap", card.ready_at), ("Mulai", card.started_at), ("Berakhir", card.ended_at)):
            if moment is not None:
                yield from self._row(name, moment_short(moment, offset, self.now))
        if card.attempt is not None:
            said = time_label(card, self.now, self.calendar, self.settings)
            ink = {Mood.LATE: "late", Mood.RISK: "risk", Mood.IDLE: "risk", Mood.DONE: "done"}.get(said.mood, "text")
            yield from self._row("Waktu", said.text, ink)
            due = due_text(card, standing(card, self.now, self.calendar, self.settings), self.now, self.calendar)
            if due:
                yield from self._row("Tenggat", due.removeprefix("tenggat "))
        for mark in marks(card, Mood.CALM):
            yield from self._row("Tanda", f"{self.glyphs.marks[mark]} {MARK_WORDS[mark]}")

    def _standard(self, step: Step) -> Iterator[Entry]:
        quality = step.mutu_baku
        yield from self._section("Mutu Baku")
        waktu = quality.waktu
        yield from self._row("Waktu", standard_text(waktu.text) if waktu is not None else "tidak disebut dalam dokumen")
        ticked: Mapping[int, tuple[str, int]] = {tick.item: (tick.by, tick.at) for tick in self.card.ticks}
        if not quality.kelengkapan:
            yield from self._row("Kelengkapan", "tidak disebut dalam dokumen")
        for index, item in enumerate(quality.kelengkapan):
            box = f"[{self.glyphs.done if index in ticked else ' '}] {item}"
            if index in ticked:
                by, at = ticked[index]
                box += f" ({self._called(by)}, {moment_short(at, self.calendar.offset, self.now)})"
            yield from self._row("" if index else "Kelengkapan", box, key=(TICK, index))
        output = quality.keluaran
        yield from self._row("Output", output.text if output is not None and output.text else "tidak disebut")
        if quality.keterangan is not None and quality.keterangan.text:
            yield from self._row("Keterangan", quality.keterangan.text)

    def _actors(self, step: Step) -> Iterator[Entry]:
        yield from self._section("Siapa")
        names = " dan ".join(step.pelaksana)
        if step.joint:
            names += " (bersama: salah satu boleh bertindak)"
        yield from self._row("Pelaksana", names + self._basis(step, Field.PELAKSANA))
        if step.decider is not None:
            yield from self._row("Pemutus", step.decider + self._basis(step, Field.DECIDER))
        if step.per_bidang:
            yield from self._row(
                "Per bidang", "ya, tiap bidang mengerjakan sendiri" + self._basis(step, Field.PER_BIDANG)
            )

    def _basis(self, step: Step, name: Field) -> str:
        ground = step.ground(name)
        if ground.basis is Basis.DITETAPKAN:
            return f" (ditetapkan oleh {self._doer(ground.confirmed_by or '-')})"
        return f" ({label(ground.basis)})"

    def _decision(self, step: Step) -> Iterator[Entry]:
        """What happens next, and for whom."""
        steps = self.board.steps
        if steps is None:
            return
        yield from self._section("Sesudahnya")
        following = steps.next_of(step.number)
        if step.decision is None:
            yield from self._row("Lanjut ke", self._onward(steps, step, following))
            return
        target = step.decision.tidak
        yield from self._row("Ya", self._onward(steps, step, following) + self._basis(step, Field.YA))
        back = f"kembali ke langkah {target}, {_lanes(steps.steps[target])}; langkah di antaranya diulang"
        if target == step.number:
            back = "langkah ini diulang"
        yield from self._row("Tidak", back + self._basis(step, Field.TIDAK))

    def _onward(self, steps: Procedure, step: Step, following: int | None) -> str:
        """The step that opens next, whose it is, and what it still waits for."""
        if following is None:
            return "berkas selesai; sesudah itu periode dapat ditutup dengan x di papan"
        said = f"langkah {following}, {_lanes(steps.steps[following])}"
        region = steps.region_joined_at(following)
        if region is not None and region.last == step.number:
            said += "; terbuka sesudah semua bidang menyerahkan"
            missing = self._missing(region)
            if missing:
                said += f" (belum: {', '.join(clean(name) for name in missing)})"
        elif steps.steps[following].per_bidang and not step.per_bidang:
            said += "; terbuka untuk tiap bidang"
        return said

    def _missing(self, region: Region) -> list[str]:
        case = self.board.case
        return [] if case is None or region.first not in case.regions else missing_bidang(case, region)

    def _evidence(self) -> Iterator[Entry]:
        yield from self._section("Dokumen bukti")
        if not self.card.evidence:
            yield from self._row("Dokumen", "belum ada yang dicatat", "muted", key=(PAPER, 0))
        for index, item in enumerate(self.card.evidence, 1):
            yield from self._row(f"Dokumen {index}", _evidence_text(item), key=(PAPER, index))

    def _attempts(self) -> Iterator[Entry]:
        case = self.board.case
        if case is None:
            return
        runs = sorted(
            (run for run in case.runs.values() if run.step == self.card.step and run.bidang == self.card.bidang),
            key=lambda run: run.attempt,
        )
        if not runs:
            return
        yield from self._section("Putaran")
        for run in runs:
            yield from self._row(f"Putaran {run.attempt}", self._run_text(run, case))
            yield from self._cause(run.attempt)
        spent = step_time(case, self.card.step, self.card.bidang, self.calendar, self.now)
        if spent is not None:
            for name, text in step_time_rows(spent):
                yield from self._row(name, text)

    def _cause(self, attempt: int | None, ink: str = "text") -> Iterator[Entry]:
        """Who had the step done again, from where, and what they wrote."""
        event = self.redone.get(attempt or 1)
        if event is not None:
            yield from self._row("Diulang karena", sent_back_text(event, self.names), ink)

    def _run_text(self, run: RunState, case: CaseState) -> str:
        offset = self.calendar.offset
        parts = [state_label(run.phase.value).casefold()]
        if run.started is not None:
            parts.append(f"mulai {moment_short(run.started, offset, self.now)}")
        if run.ended is not None:
            parts.append(f"berakhir {moment_short(run.ended, offset, self.now)}")
        if run.holder:
            parts.append(f"oleh {self._doer(run.holder)}")
        if run.answer is not None:
            parts.append(f"diputus {'Ya' if run.answer is Answer.YA else 'Tidak'}")
        verdict = run.verdict
        if verdict is not None:
            if not verdict.judged:
                parts.append("waktu tidak dinilai")
            elif verdict.is_late:
                parts.append(f"lewat {duration(verdict.late_seconds or 0)}")
            else:
                parts.append("tepat waktu")
            for name, seconds in (
                ("antre", verdict.queue_seconds),
                ("kerja", verdict.work_seconds),
                ("menunggu putusan", verdict.decision_seconds),
            ):
                if seconds is not None:
                    parts.append(f"{name} {duration(full_minutes(seconds))}")
            if is_judged_by_old_rule(run, case.holds):
                parts.append(OLD_RULE)
        if is_worked_after_hours(run, self.calendar):
            parts.append(AFTER_HOURS)
        if run.late_entry:
            parts.append("dicatat susulan")
        if not run.valid:
            parts.append("tidak berlaku lagi")
        return ", ".join(parts)

    def _own_events(self) -> list[LoggedEvent]:
        bidang = self.card.bidang
        return [item for item in self.history if item.event.bidang == bidang or bidang is None]

    def _remarks(self) -> Iterator[Entry]:
        found = [item for item in self._own_events() if item.event.data.get("note") or item.event.data.get("reason")]
        if not found:
            return
        yield from self._section("Catatan dan alasan")
        for item in found:
            event = item.event
            text = " / ".join(str(event.data[name]) for name in ("note", "reason") if event.data.get(name))
            when = moment_short(event.at, self.calendar.offset, self.now)
            yield from self._said(event, when, f"{self._called(event.by)}, {label(event.act)}: {text}")

    def _log(self) -> Iterator[Entry]:
        found = self._own_events()
        if not found:
            return
        yield from self._section("Riwayat, yang terbaru di atas")
        for item in found:
            event = item.event
            text = f"{label(event.act)} oleh {self._doer(event.by)}"
            if event.for_lane:
                text += f" atas nama {event.for_lane}"
            if event.bidang:
                text += f", {bidang_named(clean(event.bidang))}"
            if event.attempt and event.attempt > 1:
                text += f", putaran {event.attempt}"
            if event.data.get("answer"):
                text += f": {str(event.data['answer']).capitalize()}"
            if event.late_entry:
                text += f" (dicatat susulan {moment_short(event.recorded, self.calendar.offset, self.now)})"
            yield from self._said(event, moment_short(event.at, self.calendar.offset, self.now), text)

    def _said(self, event: Event, when: str, text: str) -> Iterator[Entry]:
        """A row about an act; of one that was taken back it is said."""
        is_over = event.sequence in self.undone
        return self._row(when, f"{text} ({TAKEN_BACK})" if is_over else text, "muted" if is_over else "text")

    def _due(self) -> Iterator[Entry]:
        """The due moment day by day: what counted, what did not and why, which pauses, which revision."""
        found = self.explained
        if found is None:
            return
        yield from self._section("Tenggat dihitung begini")
        if found.days:
            yield from self._row("Rincian", "hari demi hari di bawah ini", "muted", key=(DUE, 0))
        if found.waktu is None or found.begins is None or found.starts_at is None or found.due_at is None:
            yield from self._row("Tenggat", f"belum ada: {unexplained_words(found.unexplained)}")
            return
        offset = self.calendar.offset
        yield from self._row("Mutu baku", f"{standard_words(found.waktu)}, dihitung {label(found.begins)}")
        yield from self._row("Jam mulai", self._moment(found.starts_at))
        yield from self._row("Kalender", f"revisi {found.calendar_revision}")
        for line in found.days:
            year = f" {line.day.year}" if line.day.year != self.calendar.date_of(self.now).year else ""
            ink = "muted" if line.skip is not None else "text"
            yield from self._row(date_short(line.day) + year, _counted_text(line, offset), ink)
        for pause in found.pauses:
            text = f"{pause_span(pause, offset)}: {pause_effect(pause)}"
            yield from self._row(CALENDAR_LABELS[Stop][pause.stop], text)
        yield from self._row("Jumlah", sum_words(found).removeprefix("Jumlah: "))
        yield from self._row("Tenggat", self._moment(found.due_at), "strong")
        if found.estimated:
            yield from self._row("Perkiraan", "Sebagian harinya belum dipastikan; tenggat dapat bergeser.", "risk")

    def _moment(self, t: int) -> str:
        return moment_short(t, self.calendar.offset, self.now)


def _lanes(step: Step) -> str:
    """Whose step it is."""
    return clean(" atau ".join(step.pelaksana))


def _counted_text(line: CountedDay, offset: int) -> str:
    """`hari ke-1, 07.30-12.00 13.00-16.00`, `Cuti bersama Idulfitri (SKB 3 Menteri)`."""
    parts = [line_words(line)]
    if line.spans:
        parts.append(spans_words(line, offset))
    if line.skip is not Skip.CLOSED and line.reason.name:
        parts.append(source_words(line))
    text = ", ".join(parts)
    return f"{text} ({named_source(line.reason.source)})" if line.skip is Skip.CLOSED and line.reason.source else text


def _evidence_text(item: Evidence) -> str:
    named = (
        ("nomor", item.number),
        ("tanggal", item.dated),
        ("disimpan di", item.location),
        ("dokumen", item.file_name),
        ("SHA-256", item.sha256),
    )
    return ", ".join(f"{name} {value}" for name, value in named if value)

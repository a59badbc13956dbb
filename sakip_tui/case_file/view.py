"""Everything known of a step, as lines: what the SOP asks, how each attempt went, what was decided and said.

Pure: from state, definition and log to inked lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sakip_tui.board.labels import Mood, due_text, marks, period_short, time_label, wait_text
from sakip_tui.board.layout import wrapped
from sakip_tui.board.view import BoardView, CardView
from sakip_tui.glyphs import MARK_WORDS, Glyphs
from sakip_tui.widgets.ink import Line
from sop.cards import Card, standing
from sop.definition import Basis, Field, Step
from sop.labels import label, state_label
from sop.labels_time import duration, moment_short
from sop.procedure import normalise_target
from sop.settings import Settings
from sop.state import Answer, Evidence, RunState
from sop.texts import clean
from sop.work_calendar import WorkCalendar

if TYPE_CHECKING:
    from db.rows import LoggedEvent

_LABEL_CELLS = 18
_MOST = 400
"""Lines of one text: a note of 10,000 characters on the narrowest screen is shorter."""


class CardPage:
    """Writes the lines of one card's page."""

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
        """
        self.view, self.board, self.history = view, board, history
        self.now, self.calendar, self.settings = now, calendar, settings
        self.width, self.glyphs = width, glyphs

    @property
    def card(self) -> Card:
        return self.view.card

    def lines(self) -> list[Line]:
        """The whole page."""
        step = self.board.step_of(self.card)
        parts: list[Line] = [*self._heading(), *self._state()]
        if step is not None:
            parts += [*self._standard(step), *self._actors(step), *self._decision(step)]
        parts += [*self._evidence(), *self._attempts(), *self._remarks(), *self._log()]
        return parts

    # ------------------------------------------------------------------ pieces
    def _section(self, title: str) -> Iterator[Line]:
        yield ()
        name = f"{self.glyphs.rule} {title} "
        yield ((name + self.glyphs.rule * max(0, self.width - len(name)), "lane"),)

    def _row(self, name: str, text: str, ink: str = "text") -> Iterator[Line]:
        """A name on the left, its text wrapped beside it."""
        room = max(10, self.width - _LABEL_CELLS)
        for index, line in enumerate(wrapped(clean(text), room, _MOST)):
            yield ((("" if index else name).ljust(_LABEL_CELLS), "muted"), (line, ink))

    def _heading(self) -> Iterator[Line]:
        for line in wrapped(f"{self.card.step}  {clean(self.card.title)}", self.width, 4):
            yield ((line, "strong"),)
        where = period_short(self.board.period) + " " + self.board.period.partition("-")[0]
        if self.card.bidang is not None:
            where += f", bidang {clean(self.card.bidang)}"
        yield ((where, "muted"),)

    def _state(self) -> Iterator[Line]:
        card = self.card
        yield from self._section("Keadaan")
        state = state_label(card.state)
        if (card.attempt or 1) > 1:
            state += f", putaran {card.attempt}"
        yield from self._row("Keadaan", state, "strong")
        if card.waiting_for:
            yield from self._row("Menunggu", wait_text(card.waiting_for))
        if card.summary or card.joined is not None:
            through, total = card.joined or (0, 0)
            missing = [clean(wait.name) for wait in card.waiting_for if wait.kind == "bidang"]
            names = f"; belum: {', '.join(missing)}" if missing else ""
            yield from self._row("Bidang", f"{through} dari {total} sudah{names}")
        if card.holder:
            yield from self._row("Pemegang", card.holder)
        offset = self.calendar.offset
        for name, moment in (("Siap", card.ready_at), ("Mulai", card.started_at), ("Berakhir", card.ended_at)):
            if moment is not None:
                yield from self._row(name, moment_short(moment, offset, self.now))
        if card.attempt is not None:
            said = time_label(card, self.now, self.calendar, self.settings)
            ink = {Mood.LATE: "late", Mood.RISK: "risk", Mood.DONE: "done"}.get(said.mood, "text")
            yield from self._row("Waktu", said.text, ink)
            due = due_text(card, standing(card, self.now, self.calendar, self.settings), self.now, self.calendar)
            if due:
                yield from self._row("Tenggat", due.removeprefix("tenggat "))
        for mark in marks(card, Mood.CALM):
            yield from self._row("Tanda", f"{self.glyphs.marks[mark]} {MARK_WORDS[mark]}")

    def _standard(self, step: Step) -> Iterator[Line]:
        quality = step.mutu_baku
        yield from self._section("Mutu Baku")
        waktu = quality.waktu
        yield from self._row("Waktu", waktu.text if waktu is not None else "tidak disebut dalam dokumen")
        ticked: Mapping[int, tuple[str, int]] = {tick.item: (tick.by, tick.at) for tick in self.card.ticks}
        if not quality.kelengkapan:
            yield from self._row("Kelengkapan", "tidak disebut dalam dokumen")
        for index, item in enumerate(quality.kelengkapan):
            box = f"[{self.glyphs.done if index in ticked else ' '}] {item}"
            if index in ticked:
                by, at = ticked[index]
                box += f" ({by}, {moment_short(at, self.calendar.offset, self.now)})"
            yield from self._row("" if index else "Kelengkapan", box)
        output = quality.keluaran
        yield from self._row("Output", output.text if output is not None and output.text else "tidak disebut")
        if quality.keterangan is not None and quality.keterangan.text:
            yield from self._row("Keterangan", quality.keterangan.text)

    def _actors(self, step: Step) -> Iterator[Line]:
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
            return f" (ditetapkan oleh {ground.confirmed_by})"
        return f" ({label(ground.basis)})"

    def _decision(self, step: Step) -> Iterator[Line]:
        steps = self.board.steps
        if step.decision is None or steps is None:
            if steps is not None:
                following = steps.next_of(step.number)
                text = f"langkah {following}" if following is not None else "akhir berkas periode ini"
                yield from self._section("Sesudahnya")
                yield from self._row("Lanjut ke", text)
            return
        yield from self._section("Keputusan")
        following = steps.next_of(step.number)
        ya = f"langkah {following}" if following is not None else "akhir berkas periode ini"
        target = normalise_target(steps, step.decision.tidak, step.number, self.card.bidang, None)
        yield from self._row("Ya", ya + self._basis(step, Field.YA))
        yield from self._row("Tidak", f"kembali ke langkah {target}" + self._basis(step, Field.TIDAK))

    def _evidence(self) -> Iterator[Line]:
        if not self.card.evidence:
            return
        yield from self._section("Dokumen bukti")
        for index, item in enumerate(self.card.evidence, 1):
            yield from self._row(f"Dokumen {index}", _evidence_text(item))

    def _attempts(self) -> Iterator[Line]:
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
            yield from self._row(f"Putaran {run.attempt}", self._run_text(run))

    def _run_text(self, run: RunState) -> str:
        offset = self.calendar.offset
        parts = [state_label(run.phase.value).casefold()]
        if run.started is not None:
            parts.append(f"mulai {moment_short(run.started, offset, self.now)}")
        if run.ended is not None:
            parts.append(f"berakhir {moment_short(run.ended, offset, self.now)}")
        if run.holder:
            parts.append(f"oleh {run.holder}")
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
                    parts.append(f"{name} {duration(seconds - seconds % 60)}")
        if run.late_entry:
            parts.append("dicatat susulan")
        if not run.valid:
            parts.append("tidak berlaku lagi")
        return ", ".join(parts)

    def _own_events(self) -> list[LoggedEvent]:
        bidang = self.card.bidang
        return [item for item in self.history if item.event.bidang == bidang or bidang is None]

    def _remarks(self) -> Iterator[Line]:
        found = [item for item in self._own_events() if item.event.data.get("note") or item.event.data.get("reason")]
        if not found:
            return
        yield from self._section("Catatan dan alasan")
        for item in found:
            event = item.event
            text = " / ".join(str(event.data[name]) for name in ("note", "reason") if event.data.get(name))
            when = moment_short(event.at, self.calendar.offset, self.now)
            yield from self._row(when, f"{event.by}, {label(event.act)}: {text}")

    def _log(self) -> Iterator[Line]:
        found = self._own_events()
        if not found:
            return
        yield from self._section("Riwayat, yang terbaru di atas")
        for item in found:
            event = item.event
            text = f"{label(event.act)} oleh {event.by}"
            if event.for_lane:
                text += f" atas nama {event.for_lane}"
            if event.bidang:
                text += f", bidang {event.bidang}"
            if event.attempt and event.attempt > 1:
                text += f", putaran {event.attempt}"
            if event.data.get("answer"):
                text += f": {str(event.data['answer']).capitalize()}"
            if event.late_entry:
                text += f" (dicatat susulan {moment_short(event.recorded, self.calendar.offset, self.now)})"
            yield from self._row(moment_short(event.at, self.calendar.offset, self.now), text)


def _evidence_text(item: Evidence) -> str:
    named = (
        ("nomor", item.number),
        ("tanggal", item.dated),
        ("disimpan di", item.location),
        ("dokumen", item.file_name),
        ("SHA-256", item.sha256),
    )
    return ", ".join(f"{name} {value}" for name, value in named if value)

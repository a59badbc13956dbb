"""What the Alur shows: the SOP's drawing, and where the cases of its cadences stand on it.

Pure: from a year's rows and a moment to values. A period's drawing shows every cadence of the SOP: the period's own
steps, those it hands on to, and of those before it the period that was last at work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sakip_tui.views.card_words import Mood, due_text, joined_words, time_label, wait_text
from sop.acts.gates import waiting_children
from sop.acts.handing import Handed
from sop.look.card import WAITING, Card, standing
from sop.look.cards import StepCards, step_cards
from sop.look.flow_chart import ChartRow, FlowChart, flow_chart
from sop.look.year import progress_of, sop_of, steps_of, version_of
from sop.model.definition import Basis, Cadence, Field, Step
from sop.model.periods import ancestors_of, children_of
from sop.model.state import Answer, CasePhase, PeriodPhase, RunPhase, YearState
from sop.model.texts import clean
from sop.words.labels import LABELS, label, state_label, upper
from sop.words.people import doer_called
from sop.words.periods import period_short
from sop.words.time import standard_text

if TYPE_CHECKING:
    from db.rows import Board


class StepView(NamedTuple):
    """One step with where it stands."""

    step: Step
    period: str
    card: Card
    """Of a step done by each bidang the one that stands for all."""
    attempt: int
    """The highest one; 0 before the first."""
    mood: Mood
    time: str
    """What its time says: `12/15 menit`, `lewat 11 menit`."""
    due: str
    names: Mapping[str, str]
    """Code of a person -> name; a code without one is told as it is."""

    @property
    def share(self) -> Handed | None:
        """How far the bidang are, of a step that each bidang does itself."""
        return self.card.joined if self.step.per_bidang else None

    @property
    def mark(self) -> str | None:
        """Name of the sign that stands beside the state's: what presses most."""
        pressing = {Mood.LATE: "late", Mood.RISK: "risk", Mood.IDLE: "idle"}.get(self.mood)
        return pressing or ("stale" if self.card.stale else None)

    @property
    def words(self) -> str:
        """State, attempt and time in a few words: `Dikerjakan, putaran 2: 22/30 menit`."""
        if self.card.state == WAITING:
            return upper(wait_text(self.card.waiting_for)) or state_label(WAITING)
        parts = [state_label(self.card.state)]
        if self.card.answer is not None:
            parts.append("Ya" if self.card.answer is Answer.YA else "Tidak")
        if self.attempt > 1:
            parts.append(f"putaran {self.attempt}")
        return ", ".join(parts) + (f": {self.time}" if self.time else "")


class Stretch(NamedTuple):
    """The steps of one cadence, and the period whose case is shown on them."""

    period: str
    cadence: Cadence
    version: int
    """Of the SOP that these steps are of."""
    words: str
    """Where the period stands: `berjalan 3/5`, `belum dibuka`."""
    waits: tuple[str, ...]
    """Periods that its gate still waits for."""
    children: tuple[str, ...]
    """Periods that its gate looks at."""


class ChartView(NamedTuple):
    """The whole drawing."""

    name: str
    """Of the SOP."""
    period: str
    """The one asked for."""
    lanes: tuple[str, ...]
    sections: tuple[Stretch, ...]
    """In the order in which one leads to the next; empty where the SOP has no step at, above or below the period."""
    chart: FlowChart
    steps: Mapping[int, StepView]
    """Index of the row -> the step on it."""

    @property
    def stops(self) -> tuple[int, ...]:
        """Indices of the rows that can be selected."""
        return tuple(self.steps)

    def row_of(self, number: int | None, period: str) -> int | None:
        """The row of a step; without a number the first row of the period that is under way, or its first."""
        own = {row: view for row, view in self.steps.items() if view.period == period} or dict(self.steps)
        if number is not None:
            return next((row for row, view in own.items() if view.step.number == number), None)
        at_work = (row for row, view in own.items() if view.card.is_open)
        return next(at_work, next(iter(own), None))


def chart_view(rows: Board, period: str, now: int) -> ChartView:
    """The drawing for a period.

    Args:
        rows: A year with the newest case of every period.
        period: Key; one of the year's.
        now: Moment of looking.
    """
    sections: list[Stretch] = []
    parts: list[list[Step]] = []
    views: list[StepView] = []
    for key in _chain(rows, period):
        steps = steps_of(rows, key)
        if steps is None:
            continue
        cards = step_cards(rows, key)
        found = [_step_view(steps.steps[one.card.step], key, one, rows, now) for one in cards]
        sections.append(_section(rows, key, found))
        parts.append([view.step for view in found])
        views += found
    lanes = _lanes(rows, period, parts)
    chart = flow_chart(lanes, parts)
    on_rows = (index for index, row in enumerate(chart.rows) if row.step is not None)
    sop = sop_of(rows, period)
    name = sop.identity.get("nama")
    return ChartView(
        clean(name.text if name is not None and name.text else sop.code),
        period,
        lanes,
        tuple(sections),
        chart,
        dict(zip(on_rows, views, strict=True)),
    )


def _lanes(rows: Board, period: str, parts: Sequence[Sequence[Step]]) -> tuple[str, ...]:
    """The columns of the version on view; what only another version has comes after them."""
    names = dict.fromkeys(sop_of(rows, period).lane_names)
    for step in (step for steps in parts for step in steps):
        names |= dict.fromkeys((*step.pelaksana, *((step.decider,) if step.decider is not None else ())))
    return tuple(names)


def _chain(rows: Board, period: str) -> list[str]:
    """One period of each cadence, quarter first: those above, and of those below the one at work."""
    known = rows.state.periods
    below: list[str] = []
    key = period
    while children := [child for child in children_of(key) if child in known]:
        ranks = [_rank(rows.state, child) for child in children]
        best = max(ranks)
        # Of quarters alike the later one, as it is what comes in next; before any is opened the first.
        index = len(ranks) - 1 - ranks[::-1].index(best) if best else 0
        key = children[index]
        below.append(key)
    return [*reversed(below), period, *(above for above in ancestors_of(period) if above in known)]


def _rank(state: YearState, period: str) -> int:
    """2 where work goes on in a period or below it, 1 where there was some, 0 else."""
    own = state.periods[period]
    case = state.case_of(period)
    mine = 0
    if case is not None:
        mine = 2 if own.phase is PeriodPhase.BUKA and case.phase is not CasePhase.SELESAI else 1
    return max([mine, *(_rank(state, child) for child in children_of(period) if child in state.periods)])


def _step_view(step: Step, period: str, cards: StepCards, rows: Board, now: int) -> StepView:
    card = cards.card
    said = time_label(card, now, rows.calendar, rows.settings)
    time = "" if card.state == RunPhase.DILEWATI else said.text
    due = ""
    if not card.summary:
        due = due_text(card, standing(card, now, rows.calendar, rows.settings), now, rows.calendar)
    mood = _worst(cards.running, rows, now) or said.mood
    return StepView(step, period, card, cards.attempt, mood, time, due, rows.names)


def _worst(parts: Sequence[Card], rows: Board, now: int) -> Mood | None:
    """How the bidang that presses most stands; None where none presses."""
    found: Mood | None = None
    for part in parts:
        stands = standing(part, now, rows.calendar, rows.settings)
        if stands.late:
            return Mood.LATE
        found = Mood.RISK if stands.at_risk else found
    return found


def _section(rows: Board, key: str, views: Sequence[StepView]) -> Stretch:
    period, case = rows.state.periods[key], rows.state.case_of(key)
    done, total = progress_of(rows, key)
    if period.phase is PeriodPhase.TUTUP:
        words = "tutup"
    elif case is None:
        words = LABELS[PeriodPhase][PeriodPhase.BELUM]
    else:
        words = f"{LABELS[CasePhase][case.phase.value]} {done}/{total}"
    children = tuple(child for child in children_of(key) if child in rows.state.periods)
    waits = () if period.phase is PeriodPhase.TUTUP else tuple(waiting_children(period, rows.state.periods))
    step = views[0].step
    cadence = step.cadence or rows.cadence or Cadence.TRIWULAN
    return Stretch(key, cadence, version_of(rows, key), words, waits, children)


def is_assumed(step: Step, *fields: Field) -> bool:
    """Whether one of these fields of a step rests on an assumption that the office has not confirmed."""
    return any(step.ground(name).basis is Basis.ASUMSI for name in fields if name in step.grounded)


def page_words(section: Stretch) -> str:
    """What a pentagon leads to: `Lanjut ke SMT I (belum dibuka): tunggu TW I, TW II`."""
    where = f"Lanjut ke {period_short(section.period)} ({section.words})"
    names = ", ".join(period_short(key) for key in section.waits)
    return f"{where}: tunggu {names}" if names else where


def symbol_words(view: ChartView, row: ChartRow) -> str:
    """A row's symbols, read from left to right: `kotak di kolom Kepala Bidang, belah ketupat di kolom Sekretaris`."""
    return ", ".join(f"{label(one.shape)} di kolom {clean(view.lanes[one.lane])}" for one in row.symbols)


# ---------------------------------------------------------------------- everything about one step
def facts(view: StepView) -> Iterator[tuple[str, str]]:
    """(name, text) of all that is known of a step, what matters most first."""
    step, card = view.step, view.card
    parts = [
        view.words,
        view.due if card.is_open else "",
        f"dipegang {clean(card.holder_name)}" if card.holder_name else "",
    ]
    yield "Keadaan", "; ".join(part for part in parts if part)
    if card.stale:
        yield "Masukan basi", f"{', '.join(map(period_short, card.stale))} dibuka kembali sesudah dipakai di sini"
    if card.joined is not None and card.joined.total:
        yield "Bidang", joined_words(card.joined, card.waiting_for)
    names = " dan ".join(clean(name) for name in step.pelaksana)
    joint = ", bersama: salah satu boleh bertindak" if step.joint else ""
    yield "Pelaksana", f"{names}{joint}{_basis(view, Field.PELAKSANA)}"
    if step.per_bidang:
        yield "Per bidang", f"tiap bidang mengerjakannya sendiri{_basis(view, Field.PER_BIDANG)}"
    if step.decider is not None and step.decision is not None:
        yield "Pemutus", clean(step.decider) + _basis(view, Field.DECIDER)
        ya = "selesai untuk periode ini" if step.decision.ya is None else f"lanjut ke langkah {step.decision.ya}"
        yield "Ya", ya + _basis(view, Field.YA)
        yield "Tidak", f"kembali ke langkah {step.decision.tidak}{_basis(view, Field.TIDAK)}"
    quality = step.mutu_baku
    waktu = quality.waktu
    if waktu is None:
        yield "Waktu", "tidak disebut dalam dokumen"
    else:
        kind = f" {label(waktu.day_kind)}" if waktu.day_kind is not None else ""
        yield "Waktu", clean(standard_text(waktu.text)) + (f",{kind}{_basis(view, Field.DAY_KIND)}" if kind else "")
    if quality.kelengkapan_text is not None:
        yield "Kelengkapan", clean(quality.kelengkapan_text.text) or "tidak diisi dalam dokumen"
    if quality.keluaran is not None:
        yield "Output", clean(quality.keluaran.text) or "tidak diisi dalam dokumen"
    if quality.keterangan is not None and clean(quality.keterangan.text).strip("-"):
        yield "Keterangan", clean(quality.keterangan.text)
    for name in step.grounded:
        ground = step.ground(name)
        if ground.basis is Basis.ASUMSI:
            other = f" Bacaan lain: {', '.join(map(clean, ground.alternatives))}." if ground.alternatives else ""
            yield f"Asumsi {label(name)}", (clean(ground.note or "") or "Dokumen tidak menyebutnya.") + other
    if step.note:
        yield "Catatan", clean(step.note)


def _basis(view: StepView, name: Field) -> str:
    ground = view.step.ground(name)
    if ground.basis is Basis.DITETAPKAN and ground.confirmed_by:
        return f" (ditetapkan oleh {doer_called(view.names, ground.confirmed_by)})"
    return f" ({label(ground.basis)})"


def heading(view: StepView) -> str:
    """`Langkah 7 SMT I: Menyusun laporan semester`."""
    return f"Langkah {view.step.number} {period_short(view.period)}: {clean(view.step.title.text)}"

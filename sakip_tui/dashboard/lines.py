"""What each line of the dashboard says: one function for each kind of thing. Pure: values in, inked spans out."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len

from sakip_tui.glyphs import Glyphs
from sakip_tui.text import cut, fitted
from sakip_tui.views.dashboard_words import (
    NOT_YET,
    Chore,
    FigureRow,
    Pen,
    ahead_words,
    days_words,
    due_words,
    handing_words,
    period_state,
    target_line,
    who_words,
)
from sakip_tui.widgets.ink import Line, Span, spread, width_of
from sop.look.dashboard import Handing, LaneLoad, Pace, PeriodStand, Pressing
from sop.look.forecast import Forecast
from sop.look.standing import Urgency
from sop.model.state import PeriodPhase
from sop.model.texts import clean
from sop.words.calendar import standard_words
from sop.words.figures import FIRST_PASS, REWORK, WORK
from sop.words.periods import period_short
from sop.words.time import duration_short

_PERIOD = 12
"""Cells of the longest name of a period."""
_NAME, _SHORT_NAME = 33, 18
"""Cells of what a figure is called, where there is room and where there is not."""
_BAR = 8
_LEAST_HOLDERS = 8
"""Cells below which the names of those who hold cards tell nothing."""
_SHORT = {FIRST_PASS: "Langsung disetujui", WORK: "Kerja yang berlaku", REWORK: "Kerja yang diulang"}
"""What a figure is called where its name has no room."""
_TWO_BESIDE = 72
"""Cells below which a line stands beside another, as on half of a wide screen."""


def bar_of(share: float, glyphs: Glyphs, cells: int = _BAR) -> str:
    """A bar of so many cells; a share above nothing shows at least one cell, and one below all leaves one."""
    filled = round(max(0.0, min(1.0, share)) * cells)
    if share > 0:
        filled = max(filled, 1)
    if share < 1:
        filled = min(filled, cells - 1)
    return glyphs.full * filled + glyphs.empty * (cells - filled)


# ---------------------------------------------------------------------- what presses


def pressing_line(one: Pressing, pen: Pen, width: int) -> Line:
    """`! TW IV 2 Pengawasan   staf-4   lewat 3 j 20 m`."""
    late = one.urgency is Urgency.LATE
    sign, ink = {
        Urgency.LATE: (pen.glyphs.marks["late"], "late"),
        Urgency.RISK: (pen.glyphs.marks["risk"], "risk"),
        Urgency.NOT_STARTED: (pen.glyphs.marks["idle"], "risk"),
    }.get(one.urgency, (pen.glyphs.dot, "text"))
    words = f"lewat {duration_short(one.late_seconds)}" if late else due_words(one, pen)
    if width < _TWO_BESIDE:
        # The sign and the line above say that it has not begun.
        words = words.removeprefix("belum dimulai, ")
    place = f"{sign} {period_short(one.spot.period)} {one.spot.step} "
    what = clean(one.spot.bidang) if one.spot.bidang is not None else clean(one.title)
    who = who_words(one)
    room = max(8, width - cell_len(place) - cell_len(words) - 5)
    # Neither of the two takes room that the other one needs.
    first = max(room - cell_len(who), min(room // 2, cell_len(what)))
    return spread(
        [(place, ink), (fitted(what, first), "text"), ("  ", "text"), (cut(who, room - first), "lane")],
        [(words + " ", ink)],
        width,
    )


# ---------------------------------------------------------------------- whose turn it is


def lane_line(load: LaneLoad, pen: Pen, width: int) -> Line:
    """`Sub Koordinator Perencanaan  staf-3   antre 1 (3 hari kerja)  kerja 2  ! lewat 1`."""
    queue = f"antre {load.queue}  " if load.queue else ""
    waited = f"antre {load.queue} ({days_words(load.oldest_days)})  " if load.queue and load.oldest_days else queue
    active = f"kerja {load.active}  " if load.active else ""
    late = f"{pen.glyphs.marks['late']} lewat {load.late} " if load.late else ""
    holders = ", ".join(clean(name) for name in load.holders)
    lane = clean(load.lane)
    wanted = cell_len(lane) + (cell_len(holders) + 2 if holders else 0) + 1
    if wanted + cell_len(waited + active + late) <= width:
        queue = waited
    room = max(8, width - cell_len(queue + active + late) - 1)
    # The lane is told whole before who holds cards of it: they stand above, at what presses.
    left_over = room - cell_len(lane) - 2
    beside = min(cell_len(holders), left_over) if left_over >= _LEAST_HOLDERS else 0
    shown = cut(lane, room)
    left: list[Span] = [(shown, "strong")]
    if beside:
        left.append(("  " + cut(holders, room - cell_len(shown) - 2), "lane"))
    return spread(left, [(queue, "text"), (active, "text"), (late, "late")], width)


def chore_line(chore: Chore, pen: Pen, width: int) -> Line:
    return (("Pengelola  ", "strong"), (cut(chore.text, max(8, width - 12)), "text"))


# ---------------------------------------------------------------------- bidang


def handing_line(one: Handing, pen: Pen, width: int) -> Line:
    """`Pengawasan   ditunda, staf-4   menunggu 3 hari kerja`, `✓ Sekretariat   menyerahkan Sen 16 Nov 08.45`."""
    late = pen.glyphs.marks["late"]
    state, waited = handing_words(one, pen)
    if width < _TWO_BESIDE:
        waited = waited.removeprefix("menunggu ")
    if one.through_at is not None:
        said = waited + (f" {late} {state}" if state else "")
        sign, ink = (pen.glyphs.dot, "muted") if one.is_skipped else (pen.glyphs.done, "done")
        return _beside(f"{sign} {clean(one.bidang)}", ink, "", f"{said} ", "muted", width)
    ink = "late" if one.late else "text"
    return _beside(f"{late if one.late else ' '} {clean(one.bidang)}", ink, state, f"{waited} ", "text", width)


# ---------------------------------------------------------------------- periods


def period_line(one: PeriodStand, forecast: Forecast | None, pen: Pen, width: int) -> Line:
    """`TW III  ██████░░ 3/5  langkah 4   perkiraan 25 Nov   target 30 Nov: tercapai`."""
    name = period_short(one.key).ljust(_PERIOD)
    state, ink = period_state(one)
    share = one.done / one.total if one.total else 0.0
    bar = bar_of(share, pen.glyphs) if one.total else " " * _BAR
    count = f"{one.done}/{one.total}" if one.total else "rekap"
    left: list[Span] = [(name, "strong"), (bar, "done" if one.phase is PeriodPhase.TUTUP else "lane")]
    left.append((f" {count:<6}", "text"))
    room = width - width_of(left) - 1
    ahead = ahead_words(one, forecast, pen)
    target, target_ink = target_line(one, forecast, pen)
    if target and cell_len(state) + cell_len(ahead) + cell_len(target) + 4 > room:
        target = target.partition(":")[0]
    if target and cell_len(state) + cell_len(ahead) + cell_len(target) + 4 > room:
        # A missed target before a forecast, and a forecast before one that will be met.
        ahead, target = ("", target) if target_ink == "late" else (ahead, "")
    if cell_len(state) + cell_len(ahead) + cell_len(target) + 3 > room:
        ahead = ahead.replace("perkiraan", "perk.")
    right: list[Span] = [(ahead + " ", "muted")] if ahead else []
    if target:
        right.append((f" {target} ", target_ink))
    left.append((cut(state, max(6, room - width_of(right))), ink))
    return spread(left, right, width)


# ---------------------------------------------------------------------- figures


def figure_line(row: FigureRow, pen: Pen, width: int) -> Line:
    """Name, the period's figure and the year's, each with its bar where it is a share."""
    size = _NAME if width >= _NAME + 35 else _SHORT_NAME
    name = fitted(row.name if cell_len(row.name) <= size else _SHORT.get(row.name, row.name), size) + " "
    half = max(10, (width - cell_len(name) - 1) // 2)
    spans: list[Span] = [(name, "muted")]
    for text, share in ((row.own, row.own_share), (row.year, row.year_share)):
        bar = bar_of(share, pen.glyphs, 6) + " " if share is not None and half >= 24 else ""
        shown = fitted(text, half - cell_len(bar) - 1)
        spans += [(bar, "lane"), (shown + " ", "muted" if text == NOT_YET else "text")]
    return tuple(spans)


def pace_line(one: Pace, longest: int, pen: Pen, width: int) -> Line:
    """`7 Menyusun laporan   ███░░░░░  12 j 5 m  baku 30 menit`: of the bar the full part is work, the rest queue."""
    cells = max(1, round(one.cycle_seconds / longest * _BAR)) if one.cycle_seconds else 0
    work = one.work_seconds or 0
    full = min(cells, round(work / one.cycle_seconds * cells)) if one.cycle_seconds else 0
    bar = pen.glyphs.full * full + pen.glyphs.empty * (cells - full) + " " * (_BAR - cells)
    standard = f"baku {standard_words(one.waktu)}" if one.waktu is not None else "tanpa mutu baku"
    said = duration_short(one.cycle_seconds)
    right: list[Span] = [(bar, "lane"), (f" {said:>9} ", "text")]
    if width >= 60:
        right.append((f" {standard:<19}", "muted"))
    title = cut(f"{one.step} {clean(one.title)}", max(8, width - width_of(right) - 1))
    return spread([(title, "text")], right, width)


# ---------------------------------------------------------------------- headline


def headline(counts: Mapping[Urgency, int], missing: int, pen: Pen, width: int) -> Line:
    """`! 3 terlambat  ▲ 1 hampir habis  ○ 2 belum dimulai  2 jatuh tempo hari ini  2 bidang belum menyerahkan`: what
    presses most comes first, and of what is due the last is left out where it does not fit.
    """
    marks = pen.glyphs.marks
    said: list[Span] = []
    if counts[Urgency.LATE]:
        said.append((f" {marks['late']} {counts[Urgency.LATE]} terlambat ", "late"))
    if counts[Urgency.RISK]:
        said.append((f" {marks['risk']} {counts[Urgency.RISK]} hampir habis waktunya ", "risk"))
    if counts[Urgency.NOT_STARTED]:
        said.append((f" {marks['idle']} {counts[Urgency.NOT_STARTED]} belum dimulai ", "risk"))
    if counts[Urgency.TODAY]:
        said.append((f" {counts[Urgency.TODAY]} jatuh tempo hari ini ", "strong"))
    if counts[Urgency.WEEK]:
        said.append((f" {counts[Urgency.WEEK]} minggu ini ", "text"))
    if not said:
        said.append((" Tidak ada yang terlambat atau jatuh tempo minggu ini ", "done"))
    waited: list[Span] = [(f" {missing} bidang belum menyerahkan", "text")] if missing else []
    while len(said) > 1 and width_of([*said, *waited]) > width:
        said.pop()
    return tuple([*said, *waited] if width_of([*said, *waited]) <= width else said)


# ---------------------------------------------------------------------- cells


def _beside(left: str, ink: str, middle: str, right: str, right_ink: str, width: int) -> Line:
    """Three parts: the middle one gives way first, then the left one; it begins where it does on every such line."""
    room = max(8, width - cell_len(right) - 1)
    first = fitted(left, min(room, max(cell_len(left), width * 3 // 8)))
    rest = room - cell_len(first) - 2
    spans: list[Span] = [(first, ink)]
    if middle and rest >= 6:
        spans.append(("  " + cut(middle, rest), "lane"))
    return spread(spans, [(right, right_ink)], width)

"""What each line of the dashboard says: one function for each kind of thing. Pure: values in, inked spans out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from sakip_tui.board.labels import period_short
from sakip_tui.board.layout import cut
from sakip_tui.glyphs import Glyphs
from sakip_tui.widgets.ink import Line, Span, spread, width_of
from sop.dashboard import Handing, LaneLoad, Pace, PeriodStand, Pressing, RegionStand, Urgency
from sop.figures import Figures
from sop.forecast import Forecast
from sop.labels import LABELS, listed
from sop.labels_calendar import off_words, standard_words
from sop.labels_time import clock, date_short, duration, duration_short, moment_short
from sop.state import CasePhase, PeriodPhase, RunPhase
from sop.texts import clean
from sop.work_calendar import WorkCalendar

NOT_YET = "belum ada"
"""Stands for a figure that nothing has been measured for: missing is not zero."""
_BAR = 8


class Pen(NamedTuple):
    """What the words of a line depend on beside the thing itself."""

    now: int
    calendar: WorkCalendar
    glyphs: Glyphs

    def moment(self, t: int) -> str:
        """Of today only the time of day."""
        if self.calendar.date_of(t) == self.calendar.date_of(self.now):
            return f"pukul {clock(t, self.calendar.offset)}"
        return moment_short(t, self.calendar.offset, self.now)

    def date(self, t: int) -> str:
        """`25 Nov`, with the year where it is another one."""
        day = self.calendar.date_of(t)
        year = "" if day.year == self.calendar.date_of(self.now).year else f" {day.year}"
        return date_short(day).partition(" ")[2] + year

    def bar(self, share: float, cells: int = _BAR) -> str:
        """A bar of so many cells; a share above nothing shows at least one cell, and one below all leaves one."""
        filled = round(max(0.0, min(1.0, share)) * cells)
        if share > 0:
            filled = max(filled, 1)
        if share < 1:
            filled = min(filled, cells - 1)
        return self.glyphs.full * filled + self.glyphs.empty * (cells - filled)


class FigureRow(NamedTuple):
    """One figure, of the period on view and of the whole year."""

    name: str
    own: str
    own_share: float | None
    year: str
    year_share: float | None


class Chore(NamedTuple):
    """What waits for the pengelola and for nobody's lane."""

    period: str
    text: str


# ---------------------------------------------------------------------- what presses


def pressing_line(one: Pressing, pen: Pen, width: int) -> Line:
    """`! TW IV 2 Pengawasan   staf-4   lewat 3 j 20 m`."""
    late = one.urgency is Urgency.LATE
    sign, ink = {
        Urgency.LATE: (pen.glyphs.marks["late"], "late"),
        Urgency.RISK: (pen.glyphs.marks["risk"], "risk"),
    }.get(one.urgency, (pen.glyphs.dot, "text"))
    words = f"lewat {duration_short(_minutes(one.late_seconds))}" if late else due_words(one, pen)
    place = f"{sign} {period_short(one.spot.period)} {one.spot.step} "
    what = clean(one.spot.bidang) if one.spot.bidang is not None else clean(one.title)
    who = who_words(one)
    room = max(8, width - cell_len(place) - cell_len(words) - 4)
    first = max(room - cell_len(who), room // 2)
    return spread(
        [(place, ink), (_fit(what, first), "text"), ("  ", "text"), (cut(who, room - first), "lane")],
        [(words + " ", ink)],
        width,
    )


def due_words(one: Pressing, pen: Pen) -> str:
    """`hari ini 16.00`, `Kam 19 Nov 16.00`."""
    at = clock(one.due_at, pen.calendar.offset)
    due, today = pen.calendar.date_of(one.due_at), pen.calendar.date_of(pen.now)
    words = f"hari ini {at}" if due == today else f"{date_short(due)} {at}"
    return f"hampir habis, {words}" if one.urgency is Urgency.RISK else words


def who_words(one: Pressing) -> str:
    """The holder, or the lane whose turn it is."""
    return clean(one.holder) if one.holder and one.phase is not RunPhase.KEPUTUSAN else clean(one.lane)


# ---------------------------------------------------------------------- whose turn it is


def lane_line(load: LaneLoad, pen: Pen, width: int) -> Line:
    """`Sub Koordinator Perencanaan  staf-3   antre 1 (3 hari kerja)  kerja 2  ! lewat 1`."""
    queue = f"antre {load.queue}  " if load.queue else ""
    waited = f"antre {load.queue} ({_days(load.oldest_days)})  " if load.queue and load.oldest_days else queue
    active = f"kerja {load.active}  " if load.active else ""
    late = f"{pen.glyphs.marks['late']} lewat {load.late} " if load.late else ""
    holders = ", ".join(clean(name) for name in load.holders)
    lane = clean(load.lane)
    wanted = cell_len(lane) + (cell_len(holders) + 2 if holders else 0) + 1
    if wanted + cell_len(waited + active + late) <= width:
        queue = waited
    room = max(8, width - cell_len(queue + active + late) - 1)
    beside = min(cell_len(holders), max(room - cell_len(lane) - 2, room // 3)) if holders else 0
    shown = cut(lane, room - beside - 2 if beside else room)
    left: list[Span] = [(shown, "strong")]
    if beside:
        left.append(("  " + cut(holders, room - cell_len(shown) - 2), "lane"))
    return spread(left, [(queue, "text"), (active, "text"), (late, "late")], width)


def chore_line(chore: Chore, pen: Pen, width: int) -> Line:
    return (("Pengelola  ", "strong"), (cut(chore.text, max(8, width - 12)), "text"))


def chores_of(periods: Sequence[PeriodStand], pen: Pen) -> list[Chore]:
    """What only the pengelola can do next: close, open, go on."""
    found: list[Chore] = []
    for one in periods:
        name = period_short(one.key)
        if one.may_close and one.has_case:
            found.append(Chore(one.key, f"semua langkah {name} selesai, tinggal ditutup"))
        elif one.may_close:
            found.append(Chore(one.key, f"{name} dapat ditutup"))
        elif one.case_phase is CasePhase.DITAHAN:
            found.append(Chore(one.key, f"berkas {name} ditahan, menunggu dilanjutkan"))
        elif one.case_phase is CasePhase.DIHENTIKAN and one.phase is PeriodPhase.BUKA:
            found.append(Chore(one.key, f"berkas {name} dihentikan: mulai ulang, atau tutup periodenya"))
        elif one.opens_on is not None and one.has_case:
            found.append(Chore(one.key, f"{name} belum dibuka, boleh sejak {date_short(one.opens_on)}"))
    return found


# ---------------------------------------------------------------------- bidang


def handing_line(one: Handing, pen: Pen, width: int) -> Line:
    """`Pengawasan   ditunda, staf-4   menunggu 3 hari kerja`, `✓ Sekretariat   menyerahkan Sen 16 Nov 08.45`."""
    late = pen.glyphs.marks["late"]
    if one.handed_in_at is not None:
        word = "dilewati" if one.phase is RunPhase.DILEWATI else "menyerahkan"
        said = f"{word} {pen.moment(one.handed_in_at)}" + (f" {late} terlambat" if one.late else "")
        return _beside(f"{pen.glyphs.done} {clean(one.bidang)}", "done", "", f"{said} ", "muted", width)
    if one.phase is None:
        return _beside(f"  {clean(one.bidang)}", "text", "", "belum sampai ", "muted", width)
    sign = late if one.late else " "
    state = LABELS[RunPhase][one.phase.value].lower() if one.phase is not RunPhase.SIAP else "belum dimulai"
    holder = f", {clean(one.holder)}" if one.holder else ""
    waited = "sejak hari ini" if one.days == 0 else f"menunggu {_days(one.days)}"
    ink = "late" if one.late else "text"
    return _beside(f"{sign} {clean(one.bidang)}", ink, state + holder, f"{waited} ", ink, width)


def region_title(region: RegionStand) -> str:
    """`Bidang TW IV langkah 2`; with several steps `langkah 2-3`."""
    steps = f"{region.first}" if region.first == region.last else f"{region.first}-{region.last}"
    return f"Bidang {period_short(region.period)} langkah {steps}"


def region_count(region: RegionStand) -> str:
    return f"{region.through} dari {len(region.bidang)} menyerahkan"


# ---------------------------------------------------------------------- periods


def period_line(one: PeriodStand, forecast: Forecast | None, pen: Pen, width: int) -> Line:
    """`TW III  ██████░░ 3/5  langkah 4   perkiraan 25 Nov   target 30 Nov: tercapai`."""
    name = period_short(one.key).ljust(7)
    state, ink = period_state(one)
    share = one.done / one.total if one.total else 0.0
    bar = pen.bar(share) if one.total else " " * _BAR
    count = f"{one.done}/{one.total}" if one.total else "rekap"
    left: list[Span] = [(name, "strong"), (bar, "done" if one.phase is PeriodPhase.TUTUP else "lane")]
    left.append((f" {count:<6}", "text"))
    room = width - width_of(left) - 1
    ahead = ahead_words(one, forecast, pen)
    target, target_ink = target_words(forecast)
    if target and cell_len(state) + cell_len(ahead) + cell_len(target) + 4 > room:
        target = target.partition(":")[0]
    if target and cell_len(state) + cell_len(ahead) + cell_len(target) + 4 > room:
        # A missed target before a forecast, and a forecast before one that will be met.
        ahead, target = ("", target) if target_ink == "late" else (ahead, "")
    right: list[Span] = [(ahead + " ", "muted")] if ahead else []
    if target:
        right.append((f" {target} ", target_ink))
    left.append((cut(state, max(6, room - width_of(right))), ink))
    return spread(left, right, width)


def period_state(one: PeriodStand) -> tuple[str, str]:
    """(how the period stands in a few words, its ink)."""
    if one.phase is PeriodPhase.TUTUP:
        return (f"tutup, ke-{one.closings}" if one.closings > 1 else "tutup"), "done"
    if one.is_waived:
        return "dibebaskan", "muted"
    if one.phase is PeriodPhase.BELUM:
        return ("dapat dibuka", "risk") if one.opens_on is not None else ("belum dibuka", "muted")
    if one.case_phase is CasePhase.DIHENTIKAN:
        return "dihentikan", "risk"
    if one.case_phase is CasePhase.DITAHAN:
        return "ditahan", "risk"
    if one.may_close:
        return "tinggal ditutup", "strong"
    if one.waiting and not one.front:
        return "tunggu " + ", ".join(period_short(key) for key in one.waiting), "muted"
    return ("langkah " + ", ".join(str(step) for step in one.front)) if one.front else "berjalan", "text"


def ahead_words(one: PeriodStand, forecast: Forecast | None, pen: Pen) -> str:
    """`perkiraan 25 Nov`; empty where there is nothing to expect any more, or nobody can say."""
    if forecast is None or forecast.only_closing or one.is_waived or forecast.period_at is None:
        return ""
    return "" if one.phase is PeriodPhase.TUTUP else f"perkiraan {pen.date(forecast.period_at)}"


def target_words(forecast: Forecast | None) -> tuple[str, str]:
    """(`target Sen 30 Nov: tercapai, 3 hari kerja lebih awal`, its ink); empty without a target."""
    if forecast is None or forecast.target is None:
        return "", "muted"
    said = f": {off_words(forecast)}" if forecast.off_seconds is not None else ""
    return f"target {date_short(forecast.target).partition(' ')[2]}{said}", "late" if forecast.is_behind else "done"


# ---------------------------------------------------------------------- figures


def figure_rows(own: Figures | None, year: Figures | None) -> list[FigureRow]:
    """The figures of rules part 5; what has not been measured says so."""
    return [
        FigureRow(name, *_figure(name, own), *_figure(name, year))
        for name in ("Tepat waktu", "Lolos pertama", "Waktu antre", "Waktu kerja", "Waktu putusan", "Biaya ulang")
    ] + [FigureRow("Di luar hitungan", *_apart(own), *_apart(year))]


def _figure(name: str, found: Figures | None) -> tuple[str, float | None]:
    if found is None:
        return NOT_YET, None
    if name == "Tepat waktu":
        return _share(found.on_time_share, found.on_time, found.judged)
    if name == "Lolos pertama":
        return _share(found.first_pass_share, found.first_pass, found.decisions)
    if name == "Biaya ulang":
        if not (found.ended or found.overtaken or found.cancelled):
            return NOT_YET, None
        return (duration(_minutes(found.rework_seconds)) if found.rework_seconds else "tidak ada"), None
    seconds = {
        "Waktu antre": found.queue_seconds,
        "Waktu kerja": found.work_seconds,
        "Waktu putusan": found.decision_seconds,
    }[name]
    if seconds is None:
        return NOT_YET, None
    # Of queue and work each as its part of both: where the time goes.
    both = (found.queue_seconds or 0) + (found.work_seconds or 0)
    return duration(_minutes(seconds)), seconds / both if both and name != "Waktu putusan" else None


def _share(share: float | None, part: int, whole: int) -> tuple[str, float | None]:
    if share is None:
        return NOT_YET, None
    return f"{percent(share)} ({part} dari {whole})", share


def percent(share: float) -> str:
    """Whole per cent, rounded down but to 1 at the least: nothing short of all is told as 100 %."""
    whole = int(share * 100 + 1e-9)
    return f"{max(whole, 1) if share > 0 else 0} %"


def _apart(found: Figures | None) -> tuple[str, float | None]:
    if found is None:
        return NOT_YET, None
    counted = (
        (found.unjudged, "tidak dinilai"),
        (found.skipped, "dilewati"),
        (found.taken_over, "pakai hasil lama"),
        (found.cancelled, "dibatalkan"),
    )
    return ", ".join(f"{count} {word}" for count, word in counted if count) or "tidak ada", None


def figure_line(row: FigureRow, pen: Pen, width: int) -> Line:
    """Name, the period's figure and the year's, each with its bar where it is a share."""
    name = row.name.ljust(17)
    half = max(12, (width - cell_len(name) - 1) // 2)
    spans: list[Span] = [(name, "muted")]
    for text, share in ((row.own, row.own_share), (row.year, row.year_share)):
        bar = pen.bar(share, 6) + " " if share is not None and half >= 24 else ""
        shown = _fit(text, half - cell_len(bar) - 1)
        spans += [(bar, "lane"), (shown + " ", "muted" if text == NOT_YET else "text")]
    return tuple(spans)


def pace_line(one: Pace, longest: int, pen: Pen, width: int) -> Line:
    """`7 Menyusun laporan   ███░░░░░  12 j 5 m  baku 30 menit`: of the bar the full part is work, the rest queue."""
    cells = max(1, round(one.cycle_seconds / longest * _BAR)) if longest else 1
    work = one.work_seconds or 0
    full = min(cells, round(work / one.cycle_seconds * cells)) if one.cycle_seconds else 0
    bar = pen.glyphs.full * full + pen.glyphs.empty * (cells - full) + " " * (_BAR - cells)
    standard = f"baku {standard_words(one.waktu)}" if one.waktu is not None else "tanpa mutu baku"
    said = duration_short(_minutes(one.cycle_seconds))
    right: list[Span] = [(bar, "lane"), (f" {said:>9} ", "text")]
    if width >= 60:
        right.append((f" {standard:<17}", "muted"))
    title = cut(f"{one.step} {clean(one.title)}", max(8, width - width_of(right) - 1))
    return spread([(title, "text")], right, width)


# ---------------------------------------------------------------------- headline


def headline(counts: Mapping[Urgency, int], missing: int, pen: Pen) -> Line:
    """`! 3 terlambat  ▲ 1 hampir habis  · 2 jatuh tempo hari ini  · 4 minggu ini  2 bidang belum menyerahkan`."""
    marks = pen.glyphs.marks
    said: list[Span] = []
    if counts[Urgency.LATE]:
        said.append((f" {marks['late']} {counts[Urgency.LATE]} terlambat ", "late"))
    if counts[Urgency.RISK]:
        said.append((f" {marks['risk']} {counts[Urgency.RISK]} hampir habis waktunya ", "risk"))
    if counts[Urgency.TODAY]:
        said.append((f" {counts[Urgency.TODAY]} jatuh tempo hari ini ", "strong"))
    if counts[Urgency.WEEK]:
        said.append((f" {counts[Urgency.WEEK]} minggu ini ", "text"))
    if not said:
        said.append((" Tidak ada yang terlambat atau jatuh tempo minggu ini ", "done"))
    if missing:
        said.append((f" {missing} bidang belum menyerahkan", "text"))
    return tuple(said)


def figures_title(period: str, year: int) -> str:
    return f"Angka {listed([period_short(period), str(year)])}"


# ---------------------------------------------------------------------- cells


def _beside(left: str, ink: str, middle: str, right: str, right_ink: str, width: int) -> Line:
    """Three parts: the middle one gives way first, then the left one."""
    room = max(8, width - cell_len(right) - 1)
    first = _fit(left, min(room, max(cell_len(left), room // 2)))
    rest = room - cell_len(first) - 2
    spans: list[Span] = [(first, ink)]
    if middle and rest >= 6:
        spans.append(("  " + cut(middle, rest), "lane"))
    return spread(spans, [(right, right_ink)], width)


def _fit(text: str, width: int) -> str:
    """Exactly so many cells."""
    shown = cut(text, width)
    return shown + " " * max(0, width - cell_len(shown))


def _days(count: int | None) -> str:
    return "entah berapa lama" if count is None else f"{count} hari kerja"


def _minutes(seconds: int) -> int:
    """Whole minutes, so that a line changes once a minute at most; less than a minute stays seconds."""
    return seconds - seconds % 60 if seconds >= 60 else seconds

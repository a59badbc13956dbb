"""The words of the dashboard: how periods, bidang and figures are told, on the screen and at the command line alike.

Pure, and free of the screen's toolkit: the command line comes here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sakip_tui.glyphs import Glyphs
from sop.look.dashboard import Handing, PeriodStand, Pressing, RegionStand
from sop.look.figures import Figures
from sop.look.forecast import Forecast
from sop.look.standing import Urgency
from sop.model.state import CasePhase, PeriodPhase, RunPhase
from sop.model.texts import clean
from sop.model.turn import who_acts
from sop.time.work_calendar import WorkCalendar
from sop.words.figures import FIRST_PASS, REWORK, WORK, percent_words, share_of
from sop.words.forecast import target_words
from sop.words.labels import LABELS, listed
from sop.words.periods import period_short
from sop.words.time import clock, date_short, duration, duration_short, moment_near

NOT_YET = "belum ada"
"""Stands for a figure that nothing has been measured for: missing is not zero."""


class Pen(NamedTuple):
    """What the words of a line depend on beside the thing itself."""

    now: int
    calendar: WorkCalendar
    glyphs: Glyphs

    def moment(self, t: int) -> str:
        """Of today only the time of day."""
        return moment_near(t, self.calendar.offset, self.now)

    def date(self, t: int) -> str:
        """`25 Nov`, with the year where it is another one."""
        day = self.calendar.date_of(t)
        year = "" if day.year == self.calendar.date_of(self.now).year else f" {day.year}"
        return date_short(day).partition(" ")[2] + year


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
    step: int = 0
    """The step that it is about; 0 for the period."""


def due_words(one: Pressing, pen: Pen) -> str:
    """`hari ini 16.00`, `Kam 19 Nov 16.00`; of what nobody has started `belum dimulai, antre 9 jam`."""
    if one.due_at is None:
        return f"belum dimulai, antre {duration_short(one.queue_seconds)}"
    at = clock(one.due_at, pen.calendar.offset)
    due, today = pen.calendar.date_of(one.due_at), pen.calendar.date_of(pen.now)
    words = f"hari ini {at}" if due == today else f"{date_short(due)} {at}"
    return f"hampir habis, {words}" if one.urgency is Urgency.RISK else words


def who_words(one: Pressing) -> str:
    """The holder, or the lane whose turn it is."""
    return clean(who_acts(one.holder, one.lane, one.phase))


def chores_of(periods: Sequence[PeriodStand]) -> list[Chore]:
    """What only the pengelola can do next: close, open, go on."""
    found: list[Chore] = []
    for one in periods:
        name = period_short(one.key)
        if one.may_close and one.has_case:
            found.append(Chore(one.key, f"semua langkah {name} selesai, tinggal ditutup"))
        elif one.may_close:
            found.append(Chore(one.key, f"{name} dapat ditutup"))
        elif one.stale:
            again = listed([period_short(key) for key in one.stale])
            what = f"masukan {name} basi karena {again} dibuka kembali: ulangi, atau pilih Tidak menunggu"
            found.append(Chore(one.key, what))
        elif one.case_phase is CasePhase.DITAHAN:
            found.append(Chore(one.key, f"berkas {name} ditahan, menunggu dilanjutkan"))
        elif one.case_phase is CasePhase.DIHENTIKAN and one.phase is PeriodPhase.BUKA:
            found.append(Chore(one.key, f"berkas {name} dihentikan: mulai ulang, atau tutup periodenya"))
        elif one.opens_on is not None and one.has_case:
            found.append(Chore(one.key, f"{name} belum dibuka, boleh sejak {date_short(one.opens_on)}"))
        found += [
            Chore(one.key, f"langkah {step} {name} sudah putaran ke-{attempt}: periksa mengapa terus kembali", step)
            for step, attempt in one.rounds
        ]
    return found


def region_title(region: RegionStand) -> str:
    """`Bidang TW IV langkah 2`; with several steps `langkah 2-3`."""
    steps = f"{region.first}" if region.first == region.last else f"{region.first}-{region.last}"
    return f"Bidang {period_short(region.period)} langkah {steps}"


def region_count(region: RegionStand) -> str:
    """`2 menyerahkan, 3 belum`."""
    return region.handed.words


def period_state(one: PeriodStand) -> tuple[str, str]:
    """(how the period stands in a few words, its ink)."""
    if one.phase is PeriodPhase.TUTUP:
        return (f"tutup, ke-{one.closings}" if one.closings > 1 else "tutup"), "done"
    if one.is_waived:
        return "tidak ditunggu", "muted"
    if one.phase is PeriodPhase.BELUM:
        return ("dapat dibuka", "risk") if one.opens_on is not None else ("belum dibuka", "muted")
    if one.case_phase is CasePhase.DIHENTIKAN:
        return "dihentikan", "risk"
    if one.case_phase is CasePhase.DITAHAN:
        return "ditahan", "risk"
    if one.may_close:
        return "tinggal ditutup", "strong"
    if one.stale and not one.front:
        return "masukan basi", "risk"
    if one.waiting and not one.front:
        return "tunggu " + ", ".join(period_short(key) for key in one.waiting), "muted"
    return ("langkah " + ", ".join(str(step) for step in one.front)) if one.front else "berjalan", "text"


def ahead_words(one: PeriodStand, forecast: Forecast | None, pen: Pen) -> str:
    """`perkiraan 25 Nov`; empty where there is nothing to expect any more, or nobody can say."""
    if forecast is None or forecast.only_closing or one.is_waived or forecast.period_at is None:
        return ""
    return "" if one.phase is PeriodPhase.TUTUP else f"perkiraan {pen.date(forecast.period_at)}"


def target_line(one: PeriodStand, forecast: Forecast | None, pen: Pen) -> tuple[str, str]:
    """(`target 30 Nov: akan tercapai, 3 hari kerja lebih awal`, its ink); empty without a target."""
    target = None if forecast is None else forecast.target
    if forecast is None or target is None:
        return "", "muted"
    day = f"target {date_short(target).partition(' ')[2]}"
    if one.is_settled:
        return day, "done"
    is_missed = forecast.is_missed(pen.now, pen.calendar)
    return f"{day}: {target_words(forecast, target, pen.now, pen.calendar)}", "late" if is_missed else "done"


def figure_rows(own: Figures | None, year: Figures | None) -> list[FigureRow]:
    """The figures of rules part 5; what has not been measured says so."""
    return [
        FigureRow(name, *_figure(name, own), *_figure(name, year))
        for name in ("Tepat waktu", FIRST_PASS, "Waktu antre", WORK, "Waktu putusan", REWORK)
    ] + [FigureRow("Di luar hitungan", *_apart(own), *_apart(year))]


def _figure(name: str, found: Figures | None) -> tuple[str, float | None]:
    if found is None:
        return NOT_YET, None
    if name == "Tepat waktu":
        return _share(found.on_time, found.judged)
    if name == FIRST_PASS:
        return _share(found.first_pass, found.decisions)
    if name == REWORK:
        if not (found.ended or found.overtaken or found.cancelled):
            return NOT_YET, None
        return (duration(found.rework_seconds) if found.rework_seconds else "tidak ada"), None
    seconds = {
        "Waktu antre": found.queue_seconds,
        WORK: found.work_seconds,
        "Waktu putusan": found.decision_seconds,
    }[name]
    if seconds is None:
        return NOT_YET, None
    # Of queue and work each as its part of both: where the time goes.
    both = (found.queue_seconds or 0) + (found.work_seconds or 0)
    return duration(seconds), seconds / both if both and name != "Waktu putusan" else None


def _share(part: int, whole: int) -> tuple[str, float | None]:
    share = share_of(part, whole)
    return (NOT_YET, None) if share is None else (f"{percent_words(share)} ({part} dari {whole})", share)


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


def figures_title(period: str, year: int) -> str:
    """`Angka TW IV dan 2026`, or `Angka Tahun 2026`: what stands over the two columns of figures."""
    own = period_short(period)
    return f"Angka {own}" if str(year) in own else f"Angka {own} dan {year}"


def days_words(count: int | None) -> str:
    """`3 hari kerja`; None for more than the calendar knows."""
    return "entah berapa lama" if count is None else f"{count} hari kerja"


def handing_words(one: Handing, pen: Pen) -> tuple[str, str]:
    """(how a bidang stands, how long it has been waited for or when it handed in)."""
    if one.through_at is not None:
        word = "dilewati" if one.is_skipped else "menyerahkan"
        return "terlambat" if one.late else "", f"{word} {pen.moment(one.through_at)}"
    if one.phase is None:
        return "", "belum sampai"
    state = LABELS[RunPhase][one.phase.value].lower() if one.phase is not RunPhase.SIAP else "belum dimulai"
    holder = f", {clean(one.holder)}" if one.holder else ""
    return state + holder, "sejak hari ini" if one.days == 0 else f"menunggu {days_words(one.days)}"

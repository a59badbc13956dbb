"""The figures of data kinerja in words: values, capaian, what keeps a row out of means, how it is all computed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from sop.kinerja.achievement import Achievement
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS, FigureSettings, TurunFormula
from sop.kinerja.form import Owner
from sop.kinerja.indicator import Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Isian, realized
from sop.kinerja.number import canonical, printed
from sop.kinerja.report import PeriodReport, ReportRow, below_target
from sop.kinerja.reporting import leaves_to
from sop.kinerja.rollup import Figure, FigureStanding, Mean
from sop.words.kinerja import DATA_LABELS, predicate_words
from sop.words.labels import listed
from sop.words.periods import period_label, period_short

OFFICE_OWNER = "Kantor"
"""What the office is called as an owner of indicators."""
NO_VALUE = "-"
_MOST_NAMED = 6


def owner_words(owner: Owner) -> str:
    """A bidang by its name, the office as such."""
    return OFFICE_OWNER if owner is None else owner


def value_words(value: Fraction | None, indicator: Indicator, settings: FigureSettings) -> str:
    """A value or target as it is printed: of a predikat the word that it is worth; `-` for none."""
    if value is None:
        return NO_VALUE
    return grade_words(value, indicator, settings) or printed(value, indicator.decimals)


def grade_words(value: Fraction, indicator: Indicator, settings: FigureSettings) -> str | None:
    """The word of a predikat's scale that is worth so much; None for another jenis, and where no word is."""
    if indicator.jenis is not Jenis.PREDIKAT:
        return None
    scale = settings.scale_of(indicator.satuan)
    return next((word for word, worth in scale.items() if Fraction(worth) == value), None)


def isian_words(isian: Isian | None, indicator: Indicator, settings: FigureSettings) -> str:
    """What a row says: its value, or why it has none."""
    if isian is None:
        return DATA_LABELS[FigureStanding][FigureStanding.BELUM_DIISI]
    if not isian.is_filled:
        return DATA_LABELS[type(isian.keadaan)][isian.keadaan]
    words = value_words(realized(isian, indicator, settings), indicator, settings)
    if indicator.jenis is Jenis.RASIO and isian.pembilang is not None and isian.penyebut is not None:
        return f"{words} ({parts_words(isian.pembilang, isian.penyebut)})"
    return words


def parts_words(above: Decimal, below: Decimal) -> str:
    """`153/200`."""
    return "/".join(canonical(part).replace(".", ",") for part in (above, below))


def capaian_words(held: Achievement | None) -> str:
    """`90,00`, `1.388,90 (dihitung 100)`; `-` for none."""
    if held is None:
        return NO_VALUE
    words = printed(held.raw, CAPAIAN_DECIMALS)
    counted = printed(held.counted, CAPAIAN_DECIMALS)
    return words if words == counted else f"{words} (dihitung {counted.removesuffix(',00')})"


def standing_words(figure: Figure) -> str:
    """What keeps a row out of means, or must be seen beside it; empty for a plain figure."""
    match figure.standing:
        case FigureStanding.DIHITUNG:
            is_zero = figure.achievement is not None and figure.achievement.zero_target
            return "target 0" if is_zero else ""
        case FigureStanding.BELUM_LENGKAP:
            return f"belum lengkap ({figure.filled} dari {figure.of})"
        case standing:
            return DATA_LABELS[FigureStanding][standing]


def remark_words(row: ReportRow) -> str:
    """What stands beside a row: its standing, why it has no value, what the means take, its mark."""
    told = [standing_words(row.figure)]
    if row.isian is not None and row.isian.reason:
        told[0] = f"{told[0]}: {row.isian.reason}"
    held = row.figure.achievement
    if held is not None and held.raw != held.row:
        told.append(f"hitungan asli {printed(held.raw, CAPAIAN_DECIMALS)}")
    if row.marked:
        told.append(f"ditandai: {row.note}" if row.note else "ditandai")
    told.append(to_date_words(row))
    return "; ".join(part for part in told if part)


def to_date_words(row: ReportRow) -> str:
    """`s.d. dari TW I dan TW III`: which periods a figure to date is made of, where others have gone by as well.

    Empty where there are none, and for the last one of an indicator that takes the last.
    """
    indicator, counted = row.row.indicator, row.figure.to_date.periods
    gone = leaves_to(row.figure.period, indicator.cadence)
    due = gone[-1:] if indicator.konsolidasi is Konsolidasi.AKHIR else gone
    return f"s.d. dari {listed([*map(period_short, counted)])}" if counted and counted != due else ""


def mean_words(mean: Mean) -> str:
    """`84,20 (16 dari 18)`; `belum ada (0 dari 5)`."""
    value = "belum ada" if mean.value is None else printed(mean.value, CAPAIAN_DECIMALS)
    return f"{value} ({mean.counted} dari {mean.of})"


def capped_mean_words(mean: Mean, settings: FigureSettings) -> str:
    """The mean with what of each capaian it takes, where it stands beside capaian that are higher."""
    cap = "" if settings.mean_cap is None else f", tiap capaian dihitung paling tinggi {settings.mean_cap}"
    return f"Rata-rata {mean_words(mean)}{cap}."


def summary_sentences(report: PeriodReport) -> tuple[str, ...]:
    """How a period stands in a sentence or three: its mean, what lies below target, what is missing."""
    below = below_target(report.rows)
    told = [f"Capaian kinerja: rata-rata {mean_words(report.whole)}."]
    if below:
        names = [f"{row.row.indicator.code} ({capaian_words(row.figure.achievement)})" for row in below]
        told.append(f"Di bawah target: {_listed(names)}.")
    elif report.whole.counted:
        told.append("Tidak ada yang di bawah target.")
    out = Counter(row.figure.standing for row in report.rows if not row.figure.counts)
    if out:
        counts = [f"{number} {DATA_LABELS[FigureStanding][standing]}" for standing, number in out.items()]
        told.append(f"Di luar rata-rata: {listed(counts)}.")
    return tuple(told)


def _listed(names: list[str]) -> str:
    """The first ones, and how many more there are: a page that is signed has room for so many."""
    more = len(names) - _MOST_NAMED
    return listed(names if more <= 1 else [*names[:_MOST_NAMED], f"{more} lainnya"])


def formula_sentences(settings: FigureSettings) -> tuple[str, ...]:
    """How capaian, means and predikat are computed; printed under every report."""
    falling = DATA_LABELS[TurunFormula][settings.turun]
    row_cap = "" if settings.row_cap is None else f" Capaian satu baris paling tinggi {settings.row_cap}."
    mean_cap = (
        "Dalam rata-rata tidak ada batas atas."
        if settings.mean_cap is None
        else f"Dalam rata-rata, capaian di atas {settings.mean_cap} dihitung {settings.mean_cap}."
    )
    words = [predicate_words(level, settings.words) for level in type(settings.predicate_of(Fraction(0)))]
    limits = [f"{word} di atas {printed(limit, 0)}" for word, limit in zip(words, settings.limits, strict=False)]
    return (
        "Capaian: makin tinggi makin baik, realisasi / target x 100; makin rendah makin baik, "
        f"{falling}; dijaga tetap, 100 - selisih / target x 100; tidak kurang dari 0."
        f" Target 0: capaian 100 bila realisasi juga 0, selain itu 0.{row_cap}",
        f"Rata-rata adalah rata-rata biasa dari yang dapat dihitung, di sampingnya jumlah baris. {mean_cap}",
        f"Predikat: {', '.join(limits)}, selebihnya {words[-1]}; dinilai dari angka yang tercetak.",
    )


def periods_words(periods: tuple[str, ...]) -> str:
    """The periods that a figure to date is made of."""
    return listed([period_label(period) for period in periods]) if periods else NO_VALUE

"""Perubahan: who reopened a closed period, when and why, and which figures changed from one closing to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from exports.display import date_text, shown
from exports.sheet import Cast, Column, Kind, Row, Sheet
from exports.sheets.source import Source, frozen_of, key_figures, offset_of
from sop.kinerja.figure_settings import CAPAIAN_DECIMALS
from sop.kinerja.number import rounded
from sop.kinerja.report import PeriodReport
from sop.model.act import Act
from sop.model.events import Event
from sop.model.periods import children_of
from sop.model.state import PeriodPhase
from sop.time.instants import civil
from sop.words.events import remark_of
from sop.words.figure_words import grade_words, standing_words
from sop.words.figures import percent_words, share_of
from sop.words.labels import listed, upper
from sop.words.periods import period_label
from sop.words.time import date_plain, duration

TITLE = "Perubahan"
_TOLD: tuple[tuple[str, str, Kind], ...] = (
    ("ended", "langkah selesai", Kind.INTEGER),
    ("on_time", "tepat waktu", Kind.INTEGER),
    ("late", "terlambat", Kind.INTEGER),
    ("on_time_share", "persentase tepat waktu", Kind.PERCENT),
    ("unjudged", "tidak dinilai", Kind.INTEGER),
    ("skipped", "dilewati", Kind.INTEGER),
    ("taken_over", "memakai hasil lama", Kind.INTEGER),
    ("cancelled", "dibatalkan", Kind.INTEGER),
    ("overtaken", "diulang", Kind.INTEGER),
    ("queue_seconds", "waktu antre", Kind.DURATION),
    ("work_seconds", "waktu kerja yang berlaku", Kind.DURATION),
    ("decision_seconds", "waktu putusan", Kind.DURATION),
    ("cycle_seconds", "waktu siklus", Kind.DURATION),
    ("decisions", "keputusan pertama", Kind.INTEGER),
    ("first_pass", "disetujui pada pengajuan pertama", Kind.INTEGER),
    ("rework_seconds", "waktu kerja yang diulang", Kind.DURATION),
    ("late_entries", "dicatat susulan", Kind.INTEGER),
    ("doubted", "jam diragukan", Kind.INTEGER),
)
_MOST_VALUES = 4
"""So many figures of single indicators are told on the page that is signed; more are counted."""

Figures = Mapping[str, Cast | None]


class _Stage(NamedTuple):
    """The figures of a closing, or of now: what is the same as long as none of them changed."""

    name: str
    figures: Figures
    """By what each is called, missing ones as None."""
    values: Figures
    """Of single indicators."""


def changes(source: Source) -> tuple[str, ...]:
    """For the page that is signed: what the last reopening changed, in a sentence or two; empty for a first
    revision."""
    stages, reopened = _stages(source), _reopenings(source)
    if len(stages) < 2 or not reopened:
        return ()
    before, after = stages[-2:]
    event = reopened[-1]
    day = date_plain(civil(event.at, offset_of(source.board)).date())
    opening = f"Perubahan sejak {before.name.lower()}: dibuka kembali {day} oleh {source.named(event.by)}"
    why = remark_of(event)
    told = [_change_words(*change) for change in _differences(before.figures, after.figures)]
    # Where one of the two had no indicators the mean says it for all.
    both = before.values and after.values
    values = [_change_words(*change) for change in _differences(before.values, after.values)] if both else []
    if (more := len(values) - _MOST_VALUES) > 1:
        values[_MOST_VALUES:] = [f"{more} angka indikator lainnya (lembar {TITLE})"]
    words = upper(listed([*told, *values])) or "Angkanya tidak berubah"
    return (f"{opening}{f'. Alasan: {why}' if why else ''}. {words}.",)


def revisions(source: Source) -> Sheet | None:
    """Every figure that any reopening changed, a column a closing; None for a period never reopened."""
    stages = _stages(source)
    if len(stages) < 2:
        return None
    found = [{**stage.figures, **stage.values} for stage in stages]
    rows: list[Row] = [
        (upper(title), *cells)
        for title in dict.fromkeys(title for told in found for title in told)
        if len(set(cells := [told.get(title) for told in found])) > 1
    ]
    columns = (
        Column("figure", "Ukuran", width=40),
        *(Column(f"stage_{place}", stage.name, Kind.MIXED, width=15) for place, stage in enumerate(stages, start=1)),
    )
    offset = offset_of(source.board)
    lines = [
        f"Revisi {number} dibuka kembali {date_text(civil(event.at, offset).date())} oleh {source.named(event.by)}"
        + (f": {why}" if (why := remark_of(event)) else "")
        + "."
        for number, event in enumerate(_reopenings(source), start=1)
    ]
    return Sheet(
        TITLE,
        columns,
        tuple(rows),
        tuple(lines),
        () if rows else ("Tidak ada angka yang berubah.",),
        table="perubahan",
        about="Siapa membuka kembali, mengapa, dan angka yang berubah",
    )


def _stages(source: Source) -> list[_Stage]:
    """Each closing, then now where the period is open again."""
    recap, kinerja = source.recap, source.kinerja
    reports = {} if kinerja is None else {held.number: held.report for held in kinerja.earlier}
    found = [(f"Revisi {row.revision}", row.figures, reports.get(row.revision)) for row in recap.closings]
    last = None if kinerja is None else kinerja.own
    if found and frozen_of(recap) is None:
        found.append(("Sekarang", _figures_now(source), last))
    elif found:
        found[-1] = (*found[-1][:2], last)
    return [
        _Stage(name, {**_own(told.get("own") or {}), **_children(told), **_mean(report)}, _values(report))
        for name, told, report in found
    ]


def _figures_now(source: Source) -> Mapping[str, Any]:
    """What a closing would freeze of a period that is open again."""
    periods = source.board.state.periods
    below = {key: periods[key] for key in children_of(source.board.period) if key in periods}
    return {
        "own": key_figures(source, source.recap),
        "children": {key: one.closings if one.phase is PeriodPhase.TUTUP else None for key, one in below.items()},
    }


def _own(figures: Mapping[str, Any]) -> dict[str, Cast | None]:
    found: dict[str, Cast | None] = {}
    for key, title, kind in _TOLD:
        value = figures.get(key)
        if key == "on_time_share":
            value = share_of(figures.get("on_time") or 0, figures.get("judged") or 0)
        found[title] = None if value is None else Cast(kind, value, 1 if kind is Kind.PERCENT else 0)
    return found


def _children(figures: Mapping[str, Any]) -> dict[str, Cast | None]:
    return {
        f"revisi {period_label(key)}": None if number is None else Cast(Kind.INTEGER, number)
        for key, number in sorted((figures.get("children") or {}).items())
    }


def _mean(report: PeriodReport | None) -> dict[str, Cast | None]:
    if report is None:
        return {}
    mean = report.whole
    return {
        "rata-rata capaian": _number(mean.value, CAPAIAN_DECIMALS),
        "indikator dalam rata-rata": Cast(Kind.INTEGER, mean.counted),
    }


def _values(report: PeriodReport | None) -> dict[str, Cast | None]:
    """Target, realisasi and capaian of every indicator; in place of a missing realisasi why there is none."""
    found: dict[str, Cast | None] = {}
    if report is None:
        return found
    for row in report.rows:
        figure, indicator = row.figure, row.row.indicator
        for word, value in (("target", figure.target), ("realisasi", figure.value)):
            grade = None if value is None else grade_words(value, indicator, report.settings)
            exact = _number(value, indicator.decimals)
            found[f"{word} {indicator.code}"] = exact if grade is None else Cast(Kind.TEXT, grade)
        if figure.value is None and (why := standing_words(figure)):
            found[f"realisasi {indicator.code}"] = Cast(Kind.TEXT, why)
        held = figure.achievement
        found[f"capaian {indicator.code}"] = _number(None if held is None else held.raw, CAPAIAN_DECIMALS)
    return found


def _number(value: Fraction | None, decimals: int) -> Cast | None:
    return None if value is None else Cast(Kind.NUMBER, rounded(value, decimals), decimals)


def _reopenings(source: Source) -> list[Event]:
    return [event for event in source.recap.events if event.act is Act.BUKA_KEMBALI]


def _differences(before: Figures, after: Figures) -> Iterator[tuple[str, Cast | None, Cast | None]]:
    for title in dict.fromkeys((*before, *after)):
        was, now = before.get(title), after.get(title)
        if was != now:
            yield title, was, now


def _change_words(title: str, was: Cast | None, now: Cast | None) -> str:
    return f"{title} {_words(was)} menjadi {_words(now)}"


def _words(cell: Cast | None) -> str:
    match cell:
        case None:
            return "belum ada"
        case Cast(kind=Kind.PERCENT, value=float(share)):
            return percent_words(share)
        case Cast(kind=Kind.DURATION, value=int(seconds)):
            return duration(seconds)
    return shown(cell, 0)

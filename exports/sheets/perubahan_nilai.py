"""Perubahan nilai: which values were changed after they had been handed in, by whom and why, how marks were answered,
and what a reopening changed of the figures."""

from __future__ import annotations

from collections.abc import Iterator

from exports.sheet import Column, Kind, Row, Sheet
from exports.sheets.source import Source
from sop.kinerja.recap import KinerjaRecap
from sop.kinerja.report import ReportRow
from sop.kinerja.value_changes import SavedRows, value_changes
from sop.model.events import undone_by
from sop.words.figure_words import capaian_words, isian_words, owner_words, value_words
from sop.words.periods import period_label

TITLE = "Perubahan nilai"
COLUMNS = (
    Column("at", "Waktu", Kind.INSTANT),
    Column("period", "Periode", width=13),
    Column("code", "Kode", width=8),
    Column("indicator", "Indikator", width=26),
    Column("bidang", "Bidang", width=18),
    Column("kind", "Jenis", width=14),
    Column("mark", "Tandanya", width=22),
    Column("before", "Semula", width=16),
    Column("after", "Menjadi", width=16),
    Column("reason", "Alasan atau jawaban", width=26),
    Column("recorded_by", "Dicatat oleh", width=16),
)


def perubahan_nilai(source: Source) -> Sheet | None:
    """In the order of the log; None where nothing was changed."""
    kinerja = source.kinerja
    if kinerja is None:
        return None
    rows = (*_typed(source, kinerja), *_since_closing(kinerja))
    if not rows:
        return None
    return Sheet(
        TITLE,
        COLUMNS,
        rows,
        (
            "Nilai yang berubah sesudah diserahkan, dan jawaban atas baris yang ditandai. Baris tanpa waktu "
            "membandingkan revisi ini dengan yang sebelumnya.",
        ),
        table="perubahan_nilai",
        about="Nilai yang berubah sesudah diserahkan, dan jawaban atas tanda",
        annex=True,
    )


def _typed(source: Source, kinerja: KinerjaRecap) -> Iterator[Row]:
    for recap in (*source.below, source.recap):
        period = recap.board.period
        report = kinerja.of(period)
        held = {} if report is None else {row.row.key: row for row in report.rows}
        undone = undone_by(recap.events)
        saved = (
            SavedRows(event.act.value, event.at, event.by, event.data)
            for event in recap.events
            if event.sequence not in undone
        )
        for change in value_changes(saved):
            row = held.get(change.key)
            if row is None or report is None:
                continue
            words = [isian_words(isian, row.row.indicator, report.settings) for isian in (change.before, change.after)]
            kind = "koreksi nilai" if change.is_correction else "tetap" if change.stays else "diisi ulang"
            who = source.named(change.by)
            yield (change.at, *_place(row, period), kind, change.mark, *words, change.word, who)


def _place(row: ReportRow, period: str) -> tuple[str, str, str, str]:
    return period_label(period), row.row.indicator.code, row.row.indicator.name, owner_words(row.owner)


def _since_closing(kinerja: KinerjaRecap) -> Iterator[Row]:
    """The figures that differ from those of the closing before."""
    before = kinerja.before
    if before is None:
        return
    held = {row.row.key: row for row in before.rows}
    for row in kinerja.own.rows:
        was = held.get(row.row.key)
        if was is None:
            continue
        words = [_figure_words(each, kinerja) for each in (was, row)]
        if words[0] != words[1]:
            yield (None, *_place(row, kinerja.own.period), "sejak penutupan", None, *words, None, None)


def _figure_words(row: ReportRow, kinerja: KinerjaRecap) -> str:
    value = value_words(row.figure.value, row.row.indicator, kinerja.own.settings)
    return f"{value}, capaian {capaian_words(row.figure.achievement)}"

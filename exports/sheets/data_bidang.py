"""Data bidang: every row as the bidang handed it in, with all words."""

from __future__ import annotations

from exports.sheet import Column, Kind, Row, Sheet
from exports.sheets.source import Source
from sop.kinerja.report import ReportRow
from sop.model.periods import CADENCE, split
from sop.words.figure_words import isian_words, owner_words, remark_words

TITLE = "Data bidang"
COLUMNS = (
    Column("bidang", "Bidang", width=18),
    Column("code", "Kode", width=8),
    Column("indicator", "Indikator", width=26),
    Column("unit", "Satuan", width=8),
    Column("value", "Isian", width=12),
    Column("note", "Keterangan", width=16),
    Column("drivers", "Faktor pendorong", width=22),
    Column("obstacles", "Kendala", width=22),
    Column("follow_up", "Tindak lanjut", width=22),
    Column("pic", "Penanggung jawab", width=16),
    Column("deadline", "Batas waktu", Kind.DATE),
    Column("evidence", "Bukti", width=16),
)


def data_bidang(source: Source) -> Sheet | None:
    """What was handed in for the period itself; None where nothing is filled in it."""
    if source.kinerja is None:
        return None
    report = source.kinerja.own
    handed = [row for row in report.rows if row.row.indicator.cadence is CADENCE[split(report.period)[1]]]
    if not handed:
        return None
    return Sheet(
        TITLE,
        COLUMNS,
        tuple(_row(source, row) for owner in report.owners for row in handed if row.owner == owner),
        frozen_columns=2,
        table="data_bidang",
        about="Isian setiap bidang dengan semua katanya",
        annex=True,
    )


def _row(source: Source, row: ReportRow) -> Row:
    assert source.kinerja is not None
    indicator, isian = row.row.indicator, row.isian
    texts = (
        (None,) * 6
        if isian is None
        else (
            isian.pendorong,
            isian.kendala,
            isian.tindak_lanjut,
            source.named(isian.pic),
            isian.batas_waktu,
            isian.bukti,
        )
    )
    return (
        owner_words(row.owner),
        indicator.code,
        indicator.name,
        indicator.satuan,
        isian_words(isian, indicator, source.kinerja.own.settings),
        remark_words(row) or None,
        *texts,
    )

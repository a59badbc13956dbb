"""The recap of one period: which sheets, in which order, and what stands on all of them."""

from __future__ import annotations

from collections.abc import Iterable

from exports.sheet import Paper, Report
from exports.sheets.bidang import bidang
from exports.sheets.by_period import bidang_by_period, lanes_by_period
from exports.sheets.capaian import capaian, capaian_by_period
from exports.sheets.data_bidang import data_bidang
from exports.sheets.data_langkah import data_langkah
from exports.sheets.diagrams import diagrams
from exports.sheets.kelengkapan import kelengkapan
from exports.sheets.keputusan import keputusan
from exports.sheets.langkah import langkah
from exports.sheets.mutu_baku import mutu_baku
from exports.sheets.pelaksana import pelaksana
from exports.sheets.pengesahan import pengesahan
from exports.sheets.people_key import people_key
from exports.sheets.perhitungan_waktu import perhitungan_waktu
from exports.sheets.perubahan_nilai import perubahan_nilai
from exports.sheets.revisions import revisions
from exports.sheets.ringkasan import TITLE as SUMMARY
from exports.sheets.ringkasan import ringkasan, state_words
from exports.sheets.riwayat import riwayat
from exports.sheets.sop_form import sop_form
from exports.sheets.source import Source, offset_of
from exports.sheets.tindak_lanjut import tindak_lanjut
from exports.sheets.tren import TITLE as TREN
from exports.sheets.tren import tren
from exports.sheets.words import written
from sop.model.periods import NAMES, children_of, split
from sop.model.state import PeriodPhase
from sop.values import replace
from sop.words.periods import period_label


def recap_report(source: Source, now: int, paper: Paper | None = None) -> Report:
    """The recap of a period.

    Args:
        source: Its rows.
        now: Moment of printing, UTC epoch seconds.
        paper: Sheet size; None takes the office's setting.

    Returns:
        The report; provisional while the period is open. `file_name` is empty until somebody writes it. A sheet that
        would say nothing is left out.
    """
    board = source.board
    sop = source.sop
    name = written(sop.identity.get("nama")) or sop.code
    read = (
        revisions(source),
        tren(source),
        bidang_by_period(source),
        lanes_by_period(source),
        langkah(source, now),
        bidang(source, now),
        capaian(source),
        capaian_by_period(source),
        tindak_lanjut(source, now),
    )
    on_request = (
        data_bidang(source),
        perubahan_nilai(source),
        mutu_baku(source),
        pelaksana(source),
        keputusan(source),
        kelengkapan(source),
        perhitungan_waktu(source, now),
        sop_form(source),
        people_key(source),
        riwayat(source),
        data_langkah(source, now),
    )
    others = [sheet for sheet in (*read, *on_request) if sheet is not None]
    sheets = [pengesahan(source), ringkasan(source), *others]
    # The figures of several periods leave no room on their page; Tren, which such a recap has, does.
    place = next(place for place, sheet in enumerate(sheets) if sheet.title == (TREN if source.below else SUMMARY))
    sheets[place] = replace(sheets[place], charts=tuple(diagrams(others)))
    return Report(
        title=f"Rekap SAKIP {period_label(board.period)}",
        office=board.office_name,
        sop=name,
        period=period_label(board.period),
        state=state_words(board, source.rejudged),
        zone_offset_hours=offset_of(board) // 3600,
        provisional=board.state.periods[board.period].phase is not PeriodPhase.TUTUP,
        printed_at=now,
        log_hash=board.head.hash,
        file_name="",
        sheets=tuple(sheets),
        paper=paper or Paper(board.settings.paper.value),
        subject=f"{name}, {period_label(board.period)}",
    )


def descendants(key: str, kept: Iterable[str]) -> list[str]:
    """The kept periods below one, children before their parent, in the order of the year."""
    known = set(kept)
    found: set[str] = set()
    waiting = children_of(key)
    while waiting:
        child = waiting.pop()
        if child in known:
            found.add(child)
        waiting += children_of(child)
    return sorted(found, key=lambda name: NAMES.index(split(name)[1]))

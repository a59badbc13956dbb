"""Ringkasan: the key figures of a period, of a roll-up those of the periods below it beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.log_chain import mark_of
from db.rows import Board, ClosingRow, Recap
from exports.display import instant_text
from exports.sheet import Cast, Column, Kind, Mark, Row, Sheet
from exports.sheets import tren
from exports.sheets.findings import findings
from exports.sheets.pelaksana import assumed_lanes, lane_parts
from exports.sheets.source import (
    Source,
    calendar_in,
    cases_of,
    column_key,
    frozen_of,
    kept_signer,
    key_figures,
    offset_of,
)
from exports.sheets.words import ASSUMED, assumed_words, ran_words, written
from sop.look.signers import signer_for, signing_positions
from sop.look.year import sop_of
from sop.model.periods import split
from sop.model.state import CasePhase, PeriodPhase
from sop.values import replace
from sop.words.figures import FIRST_PASS, ON_TIME_SHARE, REWORK, WORK, share_of
from sop.words.labels import label, upper
from sop.words.periods import period_name

TITLE = "Ringkasan"
_FIGURES: tuple[tuple[str, str, Kind], ...] = (
    ("ended", "Langkah selesai dikerjakan", Kind.INTEGER),
    ("judged", "Dinilai waktunya", Kind.INTEGER),
    ("on_time", "Tepat waktu", Kind.INTEGER),
    ("late", "Terlambat", Kind.INTEGER),
    ("on_time_share", ON_TIME_SHARE, Kind.PERCENT),
    ("unjudged", "Tidak dinilai (tanpa mulai atau tanpa waktu baku)", Kind.INTEGER),
    ("skipped", "Dilewati", Kind.INTEGER),
    ("taken_over", "Memakai hasil lama", Kind.INTEGER),
    ("cancelled", "Dibatalkan", Kind.INTEGER),
    ("overtaken", "Diulang", Kind.INTEGER),
    ("queue_seconds", "Waktu antre (jam:menit)", Kind.DURATION),
    ("work_seconds", f"{WORK} (jam:menit)", Kind.DURATION),
    ("decision_seconds", "Waktu putusan (jam:menit)", Kind.DURATION),
    ("cycle_seconds", "Waktu siklus (jam:menit)", Kind.DURATION),
    ("decisions", "Keputusan pertama", Kind.INTEGER),
    ("first_pass", FIRST_PASS, Kind.INTEGER),
    ("first_pass_share", f"Persentase {FIRST_PASS.lower()}", Kind.PERCENT),
    ("rework_seconds", f"{REWORK} (jam:menit)", Kind.DURATION),
    ("late_entries", "Dicatat susulan", Kind.INTEGER),
    ("doubted", "Jam diragukan", Kind.INTEGER),
)
_SHARES = {"on_time_share": ("on_time", "judged"), "first_pass_share": ("first_pass", "decisions")}
TOTAL = "total"
"""Key of the column that adds up a roll-up."""
OF_LANE = f"{ON_TIME_SHARE}: "
STOPPED = "Berkas yang dihentikan"
_LATE = frozenset({Mark.LATE})
_ASSUMED = frozenset({Mark.ASSUMED})


def ringkasan(source: Source) -> Sheet:
    """Key figures, of a roll-up those of the periods below it side by side and added up. Figures judged anew have the
    frozen ones of a closed period beside them."""
    recaps = [*source.below, source.recap]
    columns = [Column("figure", "Ukuran", width=62)]
    for recap in recaps:
        # Seven periods and their sum share a page: their words fold.
        width = 9 if source.below else 17
        key = column_key(recap.board.period)
        columns.append(Column(key, _head(recap, source), Kind.MIXED, width=width, alike=True))
    found = [_values(recap, source) for recap in recaps]
    if source.rejudged:
        as_closed = replace(source, rejudged=False)
        # From the last one on: each frozen column stands right behind its period's.
        for place, recap in reversed([*enumerate(recaps, start=1)]):
            if frozen_of(recap) is not None:
                key, title = columns[place].key, f"{_head(recap, source)} dibekukan"
                columns.insert(place + 1, Column(f"{key}_frozen", title, Kind.MIXED, width=17))
                found.insert(place, _values(recap, as_closed))
    if source.below:
        columns.append(Column(TOTAL, "Seluruhnya", Kind.MIXED, width=17))
        found.append(_total(recaps, source))
    titles = _in_order(found)
    rows: list[Row] = [(title, *(column.get(title) for column in found)) for title in titles]
    return Sheet(
        TITLE,
        tuple(columns),
        tuple(rows),
        tuple(_identity(source)),
        (*_notes(source), *_findings(source)),
        _marks(rows, columns),
        table="ringkasan",
        about="Angka pokok",
        zeros_apart=True,
    )


def _findings(source: Source) -> Iterator[str]:
    """Of a roll-up all findings: the page that is signed has room for the most serious, and names this sheet."""
    if source.below:
        yield from (f"Temuan {number}: {text}" for number, text in enumerate(findings(source), start=1))


def _head(recap: Recap, source: Source) -> str:
    """Of a period's column; beside others its name, without the year that all share."""
    return period_name(recap.board.period) if source.below else "Nilai"


def _in_order(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every title once: what all periods have first, then what stands for one lane. Stopped cases are told only where
    there are any."""
    titles = list(dict.fromkeys(title for column in found for title in column))
    if not any(column.get(STOPPED) for column in found):
        titles.remove(STOPPED)
    return sorted(titles, key=lambda title: title.startswith(OF_LANE))


def _marks(rows: Sequence[Row], columns: Sequence[Column]) -> dict[tuple[int, str], frozenset[Mark]]:
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    for index, (title, *cells) in enumerate(rows):
        if str(title).endswith(ASSUMED):
            marks[index, "figure"] = _ASSUMED
        if title == "Terlambat":
            for column, cell in zip(columns[1:], cells, strict=True):
                if isinstance(cell, Cast) and cell.value:
                    marks[index, column.key] = _LATE
    return marks


def _identity(source: Source) -> Iterator[str]:
    """What the SOP is, in short, of several versions each with its periods; office, period and state stand on every
    sheet."""
    for version in source.ran_on:
        whose = f"{ran_words(version.periods)}: " if len(source.ran_on) > 1 else ""
        parts = [f"{whose}SOP versi {version.number}"]
        number, day, by = (
            "" if (text := written(version.sop.identity.get(key))) is None else text.rstrip(". ")
            for key in ("nomor", "tanggal_pengesahan", "disahkan_oleh")
        )
        if number:
            parts.append(f"nomor {number}")
        if day or by:
            parts.append(" ".join(filter(None, ("disahkan", day, f"oleh {by}" if by else ""))))
        yield ", ".join(parts)


def _values(recap: Recap, source: Source) -> dict[str, Cast | None]:
    """Title -> value of one period, in reading order."""
    board = recap.board
    cases = cases_of(board)
    case = cases[-1] if cases else None
    frozen = frozen_of(recap)
    stopped = sum(one.phase is CasePhase.DIHENTIKAN for one in cases)
    column: dict[str, Cast | None] = {
        "Keadaan periode": Cast(Kind.TEXT, state_words(board)),
        "Keadaan berkas": None if case is None else Cast(Kind.TEXT, label(case.phase)),
        "Dibuka": _instant(None if case is None else cases[0].opened, source),
        "Berkas berakhir": _instant(None if case is None else case.ended, source),
        "Ditutup": _instant(None if frozen is None else frozen.at, source),
        "Kalender revisi": Cast(Kind.INTEGER, _calendar_revision(board, frozen, source)),
        "Masih terbuka": None if case is None else Cast(Kind.INTEGER, len(case.open_runs())),
        STOPPED: Cast(Kind.INTEGER, stopped) if stopped else None,
    }
    return column | _measured(key_figures(source, recap), _of_lanes(recap, source))


def _total(recaps: Sequence[Recap], source: Source) -> dict[str, Cast | None]:
    """All periods added up: a roll-up without steps of its own has no other figures."""
    found = [figures for recap in recaps if (figures := key_figures(source, recap)) is not None]
    lanes: dict[str, tuple[int, int]] = {}
    for recap in recaps:
        for title, (on_time, judged) in _of_lanes(recap, source).items():
            before = lanes.get(title, (0, 0))
            lanes[title] = (before[0] + on_time, before[1] + judged)
    return _measured(tren.summed(found) if found else None, lanes)


def _measured(figures: Mapping[str, Any] | None, lanes: Mapping[str, tuple[int, int]]) -> dict[str, Cast | None]:
    """Title -> figure; a missing one is None."""
    column: dict[str, Cast | None] = {}
    for key, title, kind in _FIGURES:
        value = None if figures is None else _figure(figures, key)
        column[title] = None if value is None else Cast(kind, value, 1 if kind is Kind.PERCENT else 0)
    for title, (on_time, judged) in lanes.items():
        part = share_of(on_time, judged)
        column[title] = None if part is None else Cast(Kind.PERCENT, part, 1)
    return column


def _of_lanes(recap: Recap, source: Source) -> dict[str, tuple[int, int]]:
    """Title -> (on time, judged) of each lane."""
    assumed = assumed_lanes(sop_of(recap.board, recap.board.period))
    return {
        f"{OF_LANE}{lane} {ASSUMED}" if lane in assumed else f"{OF_LANE}{lane}": (
            part.worked.on_time,
            part.worked.judged,
        )
        for lane, part in lane_parts(source, recap).items()
        if lane is not None and part.runs
    }


def state_words(board: Board, rejudged: bool = False) -> str:
    """`Tutup, revisi 1`."""
    period = board.state.periods[board.period]
    text = upper(label(period.phase))
    if period.phase is PeriodPhase.TUTUP:
        text += f", revisi {period.closings}"
    return f"{text}; dinilai ulang menurut kalender revisi {board.calendar.revision}" if rejudged else text


def _instant(t: int | None, source: Source) -> Cast | None:
    """A moment; beside other periods people read the day alone, so that seven of them share a page with their names."""
    if t is None:
        return None
    day = instant_text(t, offset_of(source.board) // 3600).rpartition(" ")[0]
    return Cast(Kind.INSTANT, t, words=day if source.below else "")


def _calendar_revision(board: Board, frozen: ClosingRow | None, source: Source) -> int:
    return board.calendar.revision if frozen is None or source.rejudged else frozen.calendar_revision


def _signer_notes(source: Source) -> Iterator[str]:
    """Why the page that is signed has no name where one might look for it."""
    named = [row.state for row in source.signers]
    for position in signing_positions(source.board.settings, source.sop):
        kept = kept_signer(source, position)
        if kept is not None and kept.state.code in source.recap.lost_signers:
            yield f"Nama {position} saat ditutup tidak tersimpan, karena sesudahnya ditimpa; ditulis dengan tangan."
        elif kept is None and signer_for(named, position, source.board.period) is not None:
            yield f"Nama {position} belum disebut saat ditutup; ditulis dengan tangan."


def _figure(figures: Mapping[str, Any], key: str) -> int | float | None:
    return tren.share(figures, *_SHARES[key]) if key in _SHARES else figures.get(key)


def _notes(source: Source) -> Iterator[str]:
    """What must be known beside the figures; of a roll-up without what its findings say below."""
    board = source.board
    frozen = frozen_of(source.recap)
    if frozen is not None and source.rejudged:
        if not source.below:
            anew = f"semua lembar dinilai ulang menurut kalender revisi {board.calendar.revision}"
            yield f"Bukan angka penutupan: {anew}."
        yield (
            'Angka yang dibekukan saat ditutup hanya di kolom "dibekukan" lembar ini, menurut kalender revisi '
            f"{frozen.calendar_revision}; sidik riwayat waktu itu {mark_of(frozen.head_hash)}."
        )
    elif frozen is not None:
        yield f"Angka dibekukan saat ditutup; sidik riwayat waktu itu {mark_of(frozen.head_hash)}."
    if frozen is not None:
        yield from _signer_notes(source)
    if not source.below:
        yield from _beside_steps(source)


def _beside_steps(source: Source) -> Iterator[str]:
    """What the page that is signed has among its findings, for whoever reads the figures alone."""
    year = split(source.board.period)[0]
    if not calendar_in(source, source.recap).spec.has_holidays(year):
        yield f"Libur {year} belum diisi: waktu kerja dihitung menurut jam mingguan saja."
    if told := assumed_words(source):
        yield f"Masih asumsi, bukan isi dokumen: {told}."

"""One period of several offices: a comparison, then every run and every line of the log, read office by office while
they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from db.rows import LoggedEvent, Recap
from exports.sheet import Cell, Chart, ChartKind, Column, Kind, Mark, Paper, Report, Row, Sheet
from exports.sheets import data_langkah, riwayat
from exports.sheets.source import CalendarAt, Source, cases_of, key_figures
from exports.sheets.tren import share, summed
from sop.look.figures import total
from sop.model.state import PeriodPhase
from sop.time.instants import ZONES
from sop.values import Frozen, replace
from sop.words.figures import FIRST_PASS, REWORK_COLUMN, WORK_COLUMN
from sop.words.labels import label
from sop.words.periods import period_label
from sop.words.sop import sop_name
from sop.words.time import ZONE_LABELS
from sop.words.voice import PaperVoice


class OneOffice(Frozen):
    """One SOP of one office in the period asked for. What is read is read anew each time, so that no two offices are
    held at once."""

    read: Callable[[], Sequence[Recap]]
    """The periods below that are kept, then the period itself; their events need no details."""
    log: Callable[[], Iterable[LoggedEvent]]
    """Lines of the log of these periods, the oldest first."""
    log_length: int
    zone: str
    """IANA: its moments are shown in it."""
    calendar_at: CalendarAt | None = None


_CODE = Column("sop", "Kode SOP", width=14, off_paper=True)
COLUMNS = (
    Column("office", "Kantor", width=38),
    Column("sop_name", "SOP", width=26),
    Column("closed", "Periode ditutup", Kind.INTEGER, width=10),
    Column("open", "Langkah terbuka", Kind.INTEGER, width=10),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=10),
    Column("work_seconds", WORK_COLUMN, Kind.DURATION, width=10),
    Column("first_pass_share", FIRST_PASS, Kind.PERCENT, width=11, decimals=1),
    Column("rework_seconds", REWORK_COLUMN, Kind.DURATION, width=10),
    # One lying page holds no more.
    Column("zone", "Zona", width=6, off_paper=True),
    Column("state", "Keadaan periode", width=14, off_paper=True),
    Column("periods", "Periode seluruhnya", Kind.INTEGER, width=10, off_paper=True),
    Column("judged", "Dinilai", Kind.INTEGER, width=9, off_paper=True),
    Column("cycle_seconds", "Siklus (j:mm)", Kind.DURATION, width=10, off_paper=True),
    _CODE,
)
_OFFICE, _SOP = Column("office", "Kantor", width=24), Column("sop_name", "SOP", width=20)
_ZONE = Column("zone", "Zona", width=6)
_WHEN = (*data_langkah.PERIOD, _ZONE)
_WHOSE = (_OFFICE, _SOP, *_WHEN)
_ZONE_LINE = "Waktu setiap kantor menurut zonanya sendiri, yang disebut di kolom Zona."
_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
_CHARTED = 40
"""Bars that a page holds."""


class LazyRows(Frozen):
    """Rows made anew each time somebody passes through them."""

    length: int
    make: Callable[[], Iterator[Row]]

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Row]:
        return self.make()


def offices_report(
    period: str,
    offices: Sequence[OneOffice],
    now: int,
    *,
    log_hash: str,
    zone_offset_hours: int,
    paper: Paper = Paper.A4,
    rejudged: bool = False,
) -> Report:
    """A period of several offices side by side; a roll-up adds up everything below it.

    Args:
        period: Its key.
        offices: One entry for each SOP of each office that keeps the period, in the order to be shown.
        now: Moment of printing, UTC epoch seconds.
        log_hash: Head of the log.
        zone_offset_hours: The zone that the moment of printing is told in; rows are told in that of their office.
        paper: Sheet size.
        rejudged: Whether ended runs are judged anew by the calendar in force.

    Returns:
        The report; provisional while any of them is open.
    """
    rows: list[Row] = []
    names: list[_Named] = []
    measured: list[Mapping[str, Any]] = []
    steps = 0
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    provisional = False
    for office in offices:
        recaps = office.read()
        names.append(_named(recaps))
        found = _figures(office, recaps, rejudged)
        measured += found
        rows.append(_compared(office, names[-1], recaps, found))
        provisional |= _phase(recaps[-1]) is not PeriodPhase.TUTUP
        for recap in recaps:
            for _, of_row in data_langkah.marked_rows(_source(office, recap, rejudged), recap, now):
                for column, of_cell in of_row.items():
                    marks[steps, column] = of_cell
                steps += 1
    lines = sum(office.log_length for office in offices)
    # The paper of the log is narrow: it names the SOP where the office alone does not say which it is.
    named_apart = len({whose.office for whose in names}) < len(names)
    log_whose = (_OFFICE, *((_SOP,) if named_apart else ()), *data_langkah.PERIOD)
    log_rest = (replace(_ZONE, off_paper=True), *(() if named_apart else (replace(_SOP, off_paper=True),)), _CODE)
    closed = sum(row[_PLACES["state"]] == label(PeriodPhase.TUTUP) for row in rows)
    return Report(
        title=f"Rekap SAKIP {period_label(period)}, semua kantor",
        office="Semua kantor",
        sop="Semua SOP",
        period=period_label(period),
        state=f"{closed} dari {len(rows)} sudah tutup"
        + ("; dinilai ulang menurut kalender terbaru" if rejudged else ""),
        zone_offset_hours=zone_offset_hours,
        provisional=provisional,
        printed_at=now,
        log_hash=log_hash,
        file_name="",
        sheets=(
            _comparison(rows, _total(rows, measured)),
            Sheet(
                "Riwayat",
                (*log_whose, *riwayat.COLUMNS, *log_rest),
                LazyRows(lines, lambda: _log(offices, names, named_apart=named_apart)),
                ("Waktu setiap kantor menurut zonanya sendiri.",),
                frozen_columns=1,
                table="riwayat",
                zone="zone",
                about="Setiap catatan menurut urutannya",
                annex=True,
            ),
            Sheet(
                data_langkah.TITLE,
                (*_WHOSE, *data_langkah.COLUMNS, _CODE),
                LazyRows(steps, lambda: _steps(offices, now, rejudged)),
                (_ZONE_LINE, data_langkah.DIFFERENCE_LINE),
                (),
                marks,
                frozen_columns=len(_WHOSE),
                table="data_langkah",
                zone="zone",
                about="Semua langkah dengan semua kolom, untuk tabel pivot",
                for_data=True,
                annex=True,
            ),
        ),
        paper=paper,
        subject=f"Perbandingan kantor, {period_label(period)}",
    )


def _source(office: OneOffice, recap: Recap, rejudged: bool) -> Source:
    return Source(recap, (), calendar_at=office.calendar_at, rejudged=rejudged)


def _phase(recap: Recap) -> PeriodPhase:
    return recap.board.state.periods[recap.board.period].phase


class _Named(NamedTuple):
    """Whose rows these are."""

    office: str
    sop: str
    """As its document calls it."""
    code: str
    """Of the SOP."""


def _named(recaps: Sequence[Recap]) -> _Named:
    """Of the last of some periods, with the SOP that it ran on, or of a roll-up those below it."""
    *below, own = recaps
    board = own.board
    return _Named(board.office_name, sop_name(Source(own, (), below).sop), board.address.sop)


def _figures(office: OneOffice, recaps: Sequence[Recap], rejudged: bool) -> list[Mapping[str, Any]]:
    """The figures of the period and of everything below it; those that were not measured are left out."""
    found = (key_figures(_source(office, recap, rejudged), recap) for recap in recaps)
    return [figures for figures in found if figures is not None]


def _compared(office: OneOffice, whose: _Named, recaps: Sequence[Recap], found: Sequence[Mapping[str, Any]]) -> Row:
    """One row: the figures added up; missing where nothing was measured."""
    last_cases = [cases[-1] for recap in recaps if (cases := cases_of(recap.board))]
    return _row(
        found,
        office=whose.office,
        sop_name=whose.sop,
        zone=ZONE_LABELS[office.zone],
        state=label(_phase(recaps[-1])),
        closed=sum(_phase(recap) is PeriodPhase.TUTUP for recap in recaps),
        periods=len(recaps),
        open=sum(len(case.open_runs()) for case in last_cases) if last_cases else None,
        sop=whose.code,
    )


def _total(rows: Sequence[Row], found: Sequence[Mapping[str, Any]]) -> Row:
    """All of them together."""

    def added(key: str) -> int | None:
        return total(value for row in rows if isinstance(value := row[_PLACES[key]], int))

    counts = {key: added(key) for key in ("closed", "periods", "open")}
    return _row(found, office=f"Seluruhnya ({len(rows)})", **counts)


def _row(found: Sequence[Mapping[str, Any]], **known: Cell) -> Row:
    """A row in the order of COLUMNS: what is known, and these figures added up."""
    added = summed(found) if found else None
    figures = (
        {}
        if added is None
        else {
            **added,
            "on_time_share": share(added, "on_time", "judged"),
            "first_pass_share": share(added, "first_pass", "decisions"),
        }
    )
    return tuple(known.get(column.key, figures.get(column.key)) for column in COLUMNS)


def _comparison(rows: Sequence[Row], together: Row) -> Sheet:
    late = frozenset({Mark.LATE})
    shown = (*rows, together) if len(rows) > 1 else tuple(rows)
    charts: tuple[Chart, ...] = ()
    if sum(row[_PLACES["on_time_share"]] is not None for row in rows) > 1:
        charts = (
            Chart(
                ChartKind.BAR,
                "Persentase tepat waktu per kantor",
                "Diagram batang: bagian langkah yang selesai tepat waktu di tiap kantor. Angkanya di tabel ini.",
                "office",
                ("on_time_share",),
                rows=(0, min(len(rows), _CHARTED)),
            ),
        )
    return Sheet(
        "Perbandingan",
        COLUMNS,
        shown,
        ("Setiap baris satu SOP di satu kantor. Angka yang belum ada tetap kosong, bukan nol.",),
        (),
        {(index, "late"): late for index, row in enumerate(shown) if row[_PLACES["late"]]},
        charts=charts,
        table="perbandingan",
        about="Angka setiap kantor bersebelahan",
    )


def _steps(offices: Sequence[OneOffice], now: int, rejudged: bool) -> Iterator[Row]:
    for office in offices:
        zone = ZONE_LABELS[office.zone]
        for recap in office.read():
            whose = _named((recap,))
            named = (whose.office, whose.sop, period_label(recap.board.period), recap.board.period, zone)
            for row, _ in data_langkah.marked_rows(_source(office, recap, rejudged), recap, now):
                yield (*named, *row, whose.code)


def _log(offices: Sequence[OneOffice], names: Sequence[_Named], *, named_apart: bool) -> Iterator[Row]:
    voice = PaperVoice()
    for office, whose in zip(offices, names, strict=True):
        zone, offset = ZONE_LABELS[office.zone], ZONES[office.zone]
        before, after = ((whose.office, whose.sop), ()) if named_apart else ((whose.office,), (whose.sop,))
        for line in office.log():
            row = riwayat.log_row(line, offset, voice, zone)
            yield (*before, *_period(line.event.period), *row, zone, *after, whose.code)


def _period(key: str | None) -> tuple[str | None, str | None]:
    """In words, and its key."""
    return None if key is None else period_label(key), key

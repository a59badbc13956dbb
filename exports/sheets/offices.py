"""One period of several offices: a comparison, then every run and every line of the log, read office by office while
they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.rows import LoggedEvent, Recap
from exports.sheet import Chart, ChartKind, Column, Kind, Mark, Paper, Report, Row, Sheet
from exports.sheets import data_langkah, riwayat
from exports.sheets.source import CalendarAt, Source, cases_of, key_figures
from exports.sheets.tren import share, summed
from sop.model.state import PeriodPhase
from sop.time.instants import ZONES
from sop.words.figures import FIRST_PASS, REWORK
from sop.words.labels import label
from sop.words.periods import period_label
from sop.words.time import ZONE_LABELS


@dataclass(frozen=True, slots=True)
class OneOffice:
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


COLUMNS = (
    Column("office", "Kantor", width=38),
    Column("sop", "SOP", width=26),
    Column("zone", "Zona", width=6),
    Column("state", "Keadaan periode", width=14),
    Column("closed", "Periode ditutup", Kind.INTEGER, width=10),
    Column("periods", "dari", Kind.INTEGER, width=7),
    Column("open", "Langkah terbuka", Kind.INTEGER, width=10),
    Column("ended", "Selesai", Kind.INTEGER, width=9),
    Column("judged", "Dinilai", Kind.INTEGER, width=9),
    Column("on_time", "Tepat waktu", Kind.INTEGER, width=9),
    Column("late", "Terlambat", Kind.INTEGER, width=11),
    Column("on_time_share", "Persentase tepat waktu", Kind.PERCENT, width=11, decimals=1),
    Column("queue_seconds", "Antre (j:mm)", Kind.DURATION, width=10),
    Column("work_seconds", "Kerja (j:mm)", Kind.DURATION, width=10),
    Column("cycle_seconds", "Siklus (j:mm)", Kind.DURATION, width=10),
    Column("first_pass_share", FIRST_PASS, Kind.PERCENT, width=11, decimals=1),
    Column("rework_seconds", f"{REWORK} (j:mm)", Kind.DURATION, width=10),
)
_WHOSE = (
    Column("office", "Kantor", width=16),
    Column("sop", "SOP", width=14),
    Column("period", "Periode", width=9),
    Column("zone", "Zona", width=6),
)
_ZONE_LINE = "Waktu setiap kantor menurut zonanya sendiri, yang disebut di kolom Zona."
_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
_CHARTED = 40
"""Bars that a page holds."""


@dataclass(frozen=True, slots=True)
class LazyRows:
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
    steps = 0
    marks: dict[tuple[int, str], frozenset[Mark]] = {}
    provisional = False
    for office in offices:
        recaps = office.read()
        rows.append(_compared(office, recaps, rejudged))
        provisional |= _phase(recaps[-1]) is not PeriodPhase.TUTUP
        for recap in recaps:
            for _, found in data_langkah.marked_rows(_source(office, recap, rejudged), recap, now):
                for column, of_cell in found.items():
                    marks[steps, column] = of_cell
                steps += 1
    lines = sum(office.log_length for office in offices)
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
            _comparison(rows),
            Sheet(
                data_langkah.TITLE,
                (*_WHOSE, *data_langkah.COLUMNS),
                LazyRows(steps, lambda: _steps(offices, now, rejudged)),
                (_ZONE_LINE, data_langkah.DIFFERENCE_LINE),
                (),
                marks,
                frozen_columns=len(_WHOSE),
                table="data_langkah",
                zone="zone",
                for_data=True,
            ),
            Sheet(
                "Riwayat",
                (*_WHOSE, *riwayat.COLUMNS),
                LazyRows(lines, lambda: _log(offices)),
                (_ZONE_LINE,),
                frozen_columns=len(_WHOSE),
                table="riwayat",
                zone="zone",
            ),
        ),
        paper=paper,
        subject=f"Perbandingan kantor, {period_label(period)}",
    )


def _source(office: OneOffice, recap: Recap, rejudged: bool) -> Source:
    return Source(recap, (), calendar_at=office.calendar_at, rejudged=rejudged)


def _phase(recap: Recap) -> PeriodPhase:
    return recap.board.state.periods[recap.board.period].phase


def _compared(office: OneOffice, recaps: Sequence[Recap], rejudged: bool) -> Row:
    """One row: the figures of the period and of everything below it, added up; missing where nothing was measured."""
    board = recaps[-1].board
    found = [
        figures for recap in recaps if (figures := key_figures(_source(office, recap, rejudged), recap)) is not None
    ]
    total = summed(found) if found else None
    last_cases = [cases[-1] for recap in recaps if (cases := cases_of(recap.board))]

    def of(key: str) -> int | None:
        return None if total is None else total[key]

    return (
        board.office_name,
        board.address.sop,
        ZONE_LABELS[office.zone],
        label(_phase(recaps[-1])),
        sum(_phase(recap) is PeriodPhase.TUTUP for recap in recaps),
        len(recaps),
        sum(len(case.open_runs()) for case in last_cases) if last_cases else None,
        of("ended"),
        of("judged"),
        of("on_time"),
        of("late"),
        share(total, "on_time", "judged"),
        of("queue_seconds"),
        of("work_seconds"),
        of("cycle_seconds"),
        share(total, "first_pass", "decisions"),
        of("rework_seconds"),
    )


def _comparison(rows: Sequence[Row]) -> Sheet:
    late = frozenset({Mark.LATE})
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
        tuple(rows),
        ("Setiap baris satu SOP di satu kantor. Angka yang belum ada tetap kosong, bukan nol.",),
        (),
        {(index, "late"): late for index, row in enumerate(rows) if row[_PLACES["late"]]},
        charts=charts,
        table="perbandingan",
    )


def _steps(offices: Sequence[OneOffice], now: int, rejudged: bool) -> Iterator[Row]:
    for office in offices:
        for recap in office.read():
            board = recap.board
            whose = (board.office_name, board.address.sop, board.period, ZONE_LABELS[office.zone])
            for row, _ in data_langkah.marked_rows(_source(office, recap, rejudged), recap, now):
                yield (*whose, *row)


def _log(offices: Sequence[OneOffice]) -> Iterator[Row]:
    for office in offices:
        for line in office.log():
            yield (
                line.office,
                line.sop,
                line.event.period,
                ZONE_LABELS[office.zone],
                *riwayat.log_row(line, ZONES[office.zone]),
            )

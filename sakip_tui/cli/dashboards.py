"""`sakip dasbor`: what the dashboard shows, as plain tables in the same order; no bar carries anything alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from db.past_runs import past_cycles
from db.rows import Board
from sakip_tui.cli.layout import table, titled, wrapped
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso
from sakip_tui.cli.year_asked import year_asked
from sakip_tui.glyphs import UNICODE
from sakip_tui.views import dashboard_words as words
from sakip_tui.views.data_summary import data_summaries
from sop.look import dashboard as pure
from sop.look.dashboard import Dashboard
from sop.look.figures import Figures
from sop.look.forecast import Forecast
from sop.look.outlook import forecasts_of
from sop.look.standing import Urgency
from sop.values import asdict
from sop.words.calendar import standard_words
from sop.words.periods import period_short
from sop.words.time import duration, moment_short

if TYPE_CHECKING:
    from sop.kinerja.progress import DataProgress


def dashboard(session: Session) -> Reply:
    """`sakip dasbor [PERIODE]`: the year of that period, its figures beside the year's."""
    board, on_view = year_asked(session)
    found = pure.dashboard(board, session.now)
    forecasts = _forecasts(session, board)
    data = data_summaries(session.database, session.address, found.year, session.now)
    document = _document(found, forecasts, on_view, board, session.zone_offset)
    document["data"] = [{"period": key, **each._asdict()} for key, each in data.items()]
    told = found.by_name(board.names)
    return Reply(document, lambda: "\n\n".join((*_blocks(told, forecasts, on_view, board), *_data_blocks(data))))


def _forecasts(session: Session, board: Board) -> Mapping[str, Forecast]:
    return forecasts_of(board, past_cycles(session.database, session.address), session.now)


# ---------------------------------------------------------------------- for people


def _data_blocks(data: Mapping[str, DataProgress]) -> Iterator[str]:
    """Nothing for an office without indicators."""
    if data:
        rows = [(period_short(key), f"{one.filled}/{one.of}", one.below, one.marked) for key, one in data.items()]
        heads = ("Periode", "Indikator diisi", "Di bawah target", "Ditandai")
        yield titled("Data kinerja", table(heads, rows))


def _blocks(found: Dashboard, forecasts: Mapping[str, Forecast], on_view: str, board: Board) -> Iterator[str]:
    pen = words.Pen(found.now, board.calendar, UNICODE)
    heading = wrapped(f"Dasbor {board.office_name} {found.year}", 80)
    yield "\n".join([*heading, moment_short(found.now, board.calendar.offset)])
    rows: list[tuple[object, ...]] = []
    for one in found.periods:
        forecast = forecasts.get(one.key)
        target, _ = words.target_line(one, forecast, pen)
        done = f"{one.done}/{one.total}" if one.total else "rekap"
        state, _ = words.period_state(one)
        ahead = words.ahead_words(one, forecast, pen).removeprefix("perkiraan ")
        rows.append((period_short(one.key), done, state, ahead or None, target.removeprefix("target ") or None))
    heads: tuple[str, ...] = ("Periode", "Langkah", "Keadaan", "Perkiraan", "Target")
    yield titled(f"Periode {found.year}", table(heads, rows, flexible=(2, 4)))
    rows = []
    kinds = {
        Urgency.LATE: "terlambat",
        Urgency.RISK: "hampir habis",
        Urgency.NOT_STARTED: "belum dimulai",
        Urgency.TODAY: "hari ini",
        Urgency.WEEK: "minggu ini",
    }
    for card in found.pressing:
        late = f"lewat {duration(card.late_seconds)}" if card.late_seconds else ""
        due = f"antre {duration(card.queue_seconds)}"
        if card.due_at is not None:
            due = moment_short(card.due_at, board.calendar.offset, found.now)
        what = card.spot.bidang or card.title
        place = f"{period_short(card.spot.period)} {card.spot.step}"
        when = f"{due}, {late}" if late else due
        rows.append((kinds[card.urgency], place, what, words.who_words(card), when))
    pressing = table(("", "Langkah", "Apa", "Siapa", "Tenggat"), rows, flexible=(2, 3, 4))
    note = "Tidak ada yang terlambat atau jatuh tempo minggu ini."
    yield titled("Perlu perhatian", pressing if rows else note)
    rows = [
        (
            load.lane,
            load.queue,
            None if load.oldest_days is None else f"{load.oldest_days} hari",
            load.active,
            load.late,
            ", ".join(load.holders) or None,
        )
        for load in found.lanes
    ]
    heads = ("Lajur", "Antre", "Terlama", "Dikerjakan", "Terlambat", "Pemegang")
    chores = [f"Pengelola: {chore.text}." for chore in words.chores_of(found.periods)]
    turn = [table(heads, rows, flexible=(0, 5))] if rows else ["Tidak ada langkah yang terbuka."]
    yield titled("Giliran dan beban", "\n".join([*turn, *chores]))
    for region in found.regions:
        rows = []
        for handing in region.bidang:
            state, waited = words.handing_words(handing, pen)
            is_late = handing.late and handing.through_at is None
            rows.append((handing.bidang, f"{state}, terlambat" if is_late else state or None, waited))
        title = f"{words.region_title(region)}: {words.region_count(region)}"
        yield titled(title, table(("Bidang", "Keadaan", "Waktu"), rows, flexible=(0, 1, 2)))
    own = next((one.figures for one in found.periods if one.key == on_view), None)
    rows = [(row.name, row.own, row.year) for row in words.figure_rows(own, found.figures)]
    heads = ("Angka", period_short(on_view), str(found.year))
    yield titled(words.figures_title(on_view, found.year), table(heads, rows, flexible=(1, 2)))
    rows = [
        (
            pace.step,
            pace.title,
            duration(pace.cycle_seconds),
            _or_none(pace.queue_seconds),
            _or_none(pace.work_seconds),
            None if pace.waktu is None else standard_words(pace.waktu),
            pace.runs,
        )
        for pace in found.slowest
    ]
    heads = ("No", "Langkah", "Antre + kerja", "Antre", "Kerja", "Mutu baku", "Kali")
    slow = table(heads, rows, flexible=(1, 2, 3, 4, 5)) if rows else "Belum ada langkah yang selesai."
    yield titled("Langkah paling lama (median)", slow)


def _or_none(seconds: int | None) -> str | None:
    return None if seconds is None else duration(seconds)


# ---------------------------------------------------------------------- for programs


def _document(found: Dashboard, forecasts: Mapping[str, Forecast], on_view: str, board: Board, offset: int) -> Document:
    def figures(one: Figures | None) -> Document | None:
        if one is None:
            return None
        return asdict(one) | {"on_time_share": one.on_time_share, "first_pass_share": one.first_pass_share}

    def spot(period: str, step: int, bidang: str | None) -> Document:
        return {"period": period, "step": step, "bidang": bidang}

    def ahead(key: str) -> Document:
        forecast = forecasts.get(key)
        at = None if forecast is None else forecast.period_at
        target = None if forecast is None or forecast.target is None else forecast.target.isoformat()
        off = None if forecast is None else forecast.off_days
        return {"forecast_at": iso(at, offset), "target": target, "off_days": off}

    return {
        "now": iso(found.now, offset),
        "office": board.address.office,
        "office_name": board.office_name,
        "sop": board.address.sop,
        "year": found.year,
        "periods": [
            {
                "period": one.key,
                "period_state": one.phase.value,
                "closing_revision": one.closings,
                "state": None if one.case_phase is None else one.case_phase.value,
                "done": one.done,
                "total": one.total,
                "open_steps": list(one.front),
                "waiting_for": list(one.waiting),
                "waived": one.is_waived,
                "may_open_since": None if one.opens_on is None else one.opens_on.isoformat(),
                "may_close": one.may_close,
                "stale": list(one.stale),
                "figures": figures(one.figures),
                **ahead(one.key),
            }
            for one in found.periods
        ],
        "pressing": [
            {
                **spot(*one.spot),
                "title": one.title,
                "urgency": one.urgency.name.lower(),
                "lane": one.lane,
                "holder": one.holder,
                "state": one.phase.value,
                "due_at": iso(one.due_at, offset),
                "late_seconds": one.late_seconds,
                "queue_seconds": one.queue_seconds,
                "ready_at": iso(one.ready_at, offset),
            }
            for one in found.pressing
        ],
        "lanes": [
            {
                "lane": one.lane,
                "queue": one.queue,
                "oldest_days": one.oldest_days,
                "active": one.active,
                "late": one.late,
                "holders": list(one.holders),
                "first": spot(*one.first),
            }
            for one in found.lanes
        ],
        "regions": [
            {
                "period": region.period,
                "first": region.first,
                "last": region.last,
                "join": region.join,
                "joined": [region.handed.handed_in, region.handed.total],
                "skipped": region.handed.skipped,
                "bidang": [
                    {
                        "bidang": one.bidang,
                        "step": one.step,
                        "state": None if one.phase is None else one.phase.value,
                        "holder": one.holder,
                        "ready_at": iso(one.since, offset),
                        "waiting_days": one.days,
                        "handed_in_at": iso(one.handed_in_at, offset),
                        "skipped_at": iso(one.through_at, offset) if one.is_skipped else None,
                        "late": one.late,
                    }
                    for one in region.bidang
                ],
            }
            for region in found.regions
        ],
        "on_view": on_view,
        "figures": figures(found.figures),
        "slowest": [
            {
                "step": one.step,
                "title": one.title,
                "waktu": None if one.waktu is None else one.waktu.text,
                "runs": one.runs,
                "cycle_seconds": one.cycle_seconds,
                "queue_seconds": one.queue_seconds,
                "work_seconds": one.work_seconds,
            }
            for one in found.slowest
        ],
    }

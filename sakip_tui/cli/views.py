"""Looking: board, periods, status, a few lines to paste, the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import queries
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.views.brief import (
    DOUBTED,
    banners,
    brief_lines,
    is_worth_telling,
    overview_at,
    owed,
    stale_line,
    time_words,
)
from sakip_tui.views.status import Overview

if TYPE_CHECKING:
    from db.rows import Board, LoggedEvent
    from sakip_tui.cli.dealt import Dealt

Document = dict[str, Any]
LINES_OF_HISTORY = 40
"""How much of the log people are shown unless they ask for more; scripts get all of it."""


# ---------------------------------------------------------------------- the board
def open_board(session: Session) -> Reply | None:
    """`sakip` alone: the screen, or where there is no terminal the board as text."""
    if session.is_at_terminal:
        # The one place of the command line that may load the screen.
        from sakip_tui.app import run
        from sakip_tui.cli.people_identity import seat as seat_of

        seat = seat_of(session)
        run(
            session.path,
            person=seat.identity,
            asks_who=not seat.is_proven,
            account=session.account,
            is_locked=session.locked is not None,
            office=session.arguments.text("--opd"),
            sop=session.arguments.text("--sop-aktif"),
            clock=session.clock,
            host=session.host,
        )
        return None
    return _boards(session, _chosen_periods(session))


def board(session: Session) -> Reply:
    """`sakip papan [PERIODE]`."""
    given = session.arguments.text("PERIODE")
    if given is None:
        return _boards(session, _chosen_periods(session))
    return _boards(session, [session.period()])


def _chosen_periods(session: Session) -> list[str]:
    """The open periods that have a case; before the first opening, the first that can be opened."""
    periods = [period for period in queries.standing(session.database, session.address).periods if period.has_case]
    chosen = [period.key for period in periods if period.phase == "buka"]
    return chosen or [period.key for period in periods if period.phase == "belum"][:1] or [periods[-1].key]


def _boards(session: Session, periods: Sequence[str]) -> Reply:
    from sakip_tui.cli.dealt import board_document, deal

    session.know_zone(session.office.zone)
    offset, now = session.zone_offset, session.now
    drawn: list[tuple[Board, list[Dealt]]] = []
    for key in periods:
        found = _known_board(session, key)
        drawn.append((found, deal(found, key, now)))
    documents = [board_document(found, [one.document(offset) for one in dealt], now, offset) for found, dealt in drawn]
    # One period is what the contract knows; several open ones stand in a list beside the first.
    document = documents[0] if len(documents) == 1 else {**documents[0], "boards": documents}
    return Reply(document, lambda: "\n\n".join(_board_text(found, dealt, now, offset) for found, dealt in drawn))


def _known_board(session: Session, key: str) -> Board:
    from sop.model.refusals import Unknown

    found = queries.board(session.database, session.address, key)
    if key not in found.state.periods:
        raise Unknown("periode", key, tuple(found.state.periods))
    return found


def _board_text(found: Board, dealt: Sequence[Dealt], now: int, offset: int) -> str:
    from sakip_tui.cli.layout import table, wrapped
    from sop.look.year import closing_in, progress_of, version_of
    from sop.model.state import CasePhase
    from sop.words.labels import LABELS
    from sop.words.periods import period_label
    from sop.words.time import moment_short

    period = found.state.periods[found.period]
    case = found.state.case_of(found.period)
    state = {"belum": "belum dibuka", "buka": "buka", "tutup": f"tutup, revisi {period.closings}"}[period.phase.value]
    if case is not None:
        state += f"; berkas {LABELS[CasePhase][case.phase.value]}, revisi {case.revision}"
    heading = [*wrapped(found.office_name, 80), f"{period_label(found.period)} ({found.period}): {state}"]
    heading.append(f"{moment_short(now, offset)}. {found.address.sop}, versi {version_of(found, found.period)}.")
    if not dealt:
        return "\n".join([*heading, "Periode ini tidak punya langkah sendiri; isinya rangkuman periode di bawahnya."])
    done, total = progress_of(found, found.period)
    heading.append(f"{done} dari {total} langkah selesai.")
    stale = closing_in(found, found.period).stale
    heading += [stale_line(found.period, stale)] if stale else []
    ahead = any((moment or 0) > now for one in dealt for moment in (one.card.ready_at, one.card.ended_at))
    if ahead or any(one.card.doubted for one in dealt):
        heading += wrapped(DOUBTED, 80)
    rows = [_board_row(one, now, offset) for one in dealt]
    body = table(("No", "Langkah", "Lajur", "Keadaan", "Tenggat"), rows, flexible=(1, 2, 3, 4))
    notes = ["? lajur atau keputusannya masih asumsi."] if any(one.card.assumed for one in dealt) else []
    return "\n".join([*heading, "", body, *notes])


def _board_row(one: Dealt, now: int, offset: int) -> tuple[object, ...]:
    from sop.words.labels import label, state_label
    from sop.words.time import duration_short, moment_short

    card, standing = one.card, one.standing
    title = f"  {card.bidang}" if card.bidang else card.title
    state = state_label(card.state)
    if card.attempt is not None and card.attempt > 1:
        state += f", putaran {card.attempt}"
    if card.joined is not None:
        state += f", {card.joined.share} bidang: {card.joined.words}"
    if card.answer is not None:
        state += f", {label(card.answer)}"
    if card.holder and card.is_open:
        state += f", {card.holder}"
    if card.waiting_for:
        from sakip_tui.cli.shapes import wait_text

        state += f": {', '.join(wait_text(wait) for wait in card.waiting_for)}"
    marks = [word for held, word in ((card.late_entry, "susulan"), (card.doubted, "jam diragukan")) if held]
    if marks:
        state += f" ({', '.join(marks)})"
    due = "-" if standing.due_at is None else moment_short(standing.due_at, offset, now)
    if standing.late:
        due += f" terlambat {duration_short(standing.late_seconds or 0)}"
    elif standing.at_risk:
        due += " segera"
    lane = card.lane + (" ?" if card.assumed else "")
    return ("" if card.bidang else card.step, title, "" if card.bidang else lane, state, due)


# ---------------------------------------------------------------------- status
def overview_ahead(session: Session, year: int | None = None) -> Overview:
    """The overview with forecasts. Raises UnknownYear."""
    overview = overview_at(session.database, session.address, session.now, year)
    session.offset = overview.year.offset
    return overview


def status(session: Session) -> Reply:
    """`sakip status`."""
    overview = overview_ahead(session)
    document = overview.document() | {"banners": banners(overview)}
    return Reply(document, lambda: _status_text(document, overview))


def periods(session: Session) -> Reply:
    """`sakip periode daftar`."""
    overview = overview_ahead(session)
    rows = overview.periods()
    return Reply(rows, lambda: _periods_text(rows, overview))


def _periods_text(rows: Sequence[Document], overview: Overview) -> str:
    from sakip_tui.cli.layout import table
    from sop.model.state import CasePhase, PeriodPhase
    from sop.words.labels import LABELS
    from sop.words.periods import period_label

    cells = [
        (
            row["period"],
            period_label(row["period"]),
            LABELS[PeriodPhase][row["period_state"]]
            + (f", revisi {row['closing_revision']}" if row["period_state"] == "tutup" else ""),
            None if row["state"] is None else LABELS[CasePhase][row["state"]],
            f"{row['done']}/{row['total']}" if row["total"] else None,
            row["late"] or None,
            _target_cell(row, overview),
        )
        for row in rows
    ]
    heads = ("Periode", "Nama", "Keadaan", "Berkas", "Langkah", "Terlambat", "Target")
    if not any(row["target_at"] for row in rows):
        return table(heads[:-1], [cell[:-1] for cell in cells], flexible=(1, 2))
    return table(heads, cells, flexible=(1, 2))


def _target_cell(row: Document, overview: Overview) -> str | None:
    """`15 Apr 2026, terlewati 2 hari kerja`."""
    from sop.words.forecast import target_words
    from sop.words.time import date_plain

    if row["target_at"] is None:
        return None
    target = dt.datetime.fromisoformat(row["target_at"]).date()
    found = overview.forecasts.get(row["period"])
    if not row["target_passed"] or found is None:
        return date_plain(target)
    return f"{date_plain(target)}, {target_words(found, target, overview.now, overview.year.calendar)}"


def _status_text(document: Document, overview: Overview) -> str:
    from sakip_tui.cli.layout import wrapped
    from sop.words.time import moment_short

    opened = [row for row in document["periods"] if row["period_state"] == "buka"]
    lines = [*wrapped(document["office_name"], 80), moment_short(overview.now, overview.year.offset)]
    lines += [line for banner in document["banners"] for line in wrapped(banner, 80)]
    lines.append("")
    lines.append(_periods_text(opened, overview) if opened else "Tidak ada periode yang terbuka.")
    waiting = [row for row in opened if row["waiting_for"]]
    lines += [f"{row['period']} menunggu {', '.join(row['waiting_for'])}." for row in waiting]
    for period in overview.standing.periods:
        for region in overview.year.regions(period):
            lines.append(f"{period.key} langkah {region.last}, bidang: {region.handed.words}.")
    for title, cards in (
        ("Terlambat", document["late"]),
        ("Belum dimulai", document["not_started"]),
        ("Segera jatuh tempo", document["due"]),
    ):
        if cards:
            lines += ["", title, _cards_table(cards, overview)]
    if document["turn"]:
        lines += ["", "Giliran", *(f"  {lane}: {count} langkah" for lane, count in document["turn"].items())]
    return "\n".join(lines)


def _cards_table(cards: Sequence[Document], overview: Overview) -> str:
    from sakip_tui.cli.layout import table

    rows = [
        (
            card["period"],
            card["step"],
            card["title"] + (f" ({card['bidang']})" if card["bidang"] else ""),
            card["lane"],
            time_words(card, overview),
        )
        for card in cards
    ]
    last = "Antre" if all(card["not_started"] for card in cards) else "Tenggat"
    return table(("Periode", "No", "Langkah", "Lajur", last), rows, flexible=(2, 3, 4))


# ---------------------------------------------------------------------- a few lines to paste
def brief(session: Session) -> Reply:
    """`sakip ringkas [--bidang B] [--bila-perlu]`."""
    from db.bidang import unit_named
    from sop.model.texts import clean

    overview = overview_ahead(session)
    wanted = session.arguments.text("--bidang")
    only_needed = session.arguments.has("--bila-perlu")
    if wanted is None:
        said_first = banners(overview)
        document = overview.document() | {"banners": said_first}
        cards = [card for found in overview.cards.values() for card in found]
        is_told = not only_needed or is_worth_telling(overview, cards, overview.cards)
        lines = brief_lines(overview, document, said_first) if is_told else []
        return Reply({**document, "lines": lines}, lambda: "\n".join(lines))
    unit = unit_named(session.database, session.address.office, clean(wanted[:200]))
    owing = owed(overview, unit)
    mine = {card["period"] for card in owing.cards}
    lines = owing.lines if not only_needed or is_worth_telling(overview, owing.cards, mine) else []
    document = {
        "now": overview.document()["now"],
        "bidang": unit[-1],
        "names": list(unit),
        "cards": owing.cards,
        "received": owing.received,
        "skipped": owing.skipped,
        "lines": lines,
    }
    return Reply(document, lambda: "\n".join(lines))


# ---------------------------------------------------------------------- the log
def history(session: Session) -> Reply:
    """`sakip riwayat [PERIODE]`, newest first."""
    from db.bidang import unit_named
    from sakip_tui.cli.shapes import event_document
    from sakip_tui.cli.values import Values
    from sop.model.events import Act
    from sop.model.texts import clean

    values = Values(session)
    as_json = session.arguments.has("--json")
    since, until = values.moment_or_day("--sejak"), values.moment_or_day("--sampai")
    step, limit = values.number("--langkah", 0), values.number("--batas", 1)
    act = values.choice("--tindakan", tuple(Act))
    values.check()
    if limit is None and not as_json:
        limit = LINES_OF_HISTORY
    period = session.period() if session.arguments.text("PERIODE") is not None else None
    if period is not None:
        _require_year(session, period)
    wanted = session.arguments.text("--bidang")
    found = queries.log(
        session.database,
        session.address,
        period=period,
        step=step,
        bidang=None if wanted is None else unit_named(session.database, session.address.office, clean(wanted[:200])),
        act=None if act is None else Act(act),
        by=session.arguments.text("--oleh"),
        since=since,
        until=until,
        limit=limit,
    )
    offset = session.zone_offset
    return Reply([event_document(one, offset) for one in found], lambda: _history_text(session, found, limit))


def _require_year(session: Session, period: str) -> None:
    from sop.model.periods import split
    from sop.model.refusals import Unknown

    known = tuple(row.key for row in queries.standing(session.database, session.address, split(period)[0]).periods)
    if period not in known:
        raise Unknown("periode", period, known)


def _history_text(session: Session, found: Sequence[LoggedEvent], limit: int | None) -> str:
    from db import people
    from sakip_tui.cli.layout import printable, width, wrapped
    from sop.words.events import Teller

    if not found:
        return "Tidak ada catatan yang cocok."
    teller = Teller(session.zone_offset, session.now, people.names(session.database, session.address.office))
    widest = len(str(found[0].event.sequence))
    lines: list[str] = []
    for one in found:
        event = one.event
        head = f"{event.sequence:>{widest}}  {teller.moment(event.at):<16}  "
        lane = f", atas nama {event.for_lane}" if event.for_lane else ""
        told = printable(head + teller.sentence(event) + lane)
        lines += wrapped(told, width(), " " * len(head))
    if limit is not None and len(found) == limit and found[-1].event.sequence > 1:
        lines.append(f"Hanya {limit} yang terbaru; --batas menambah.")
    return "\n".join(lines)

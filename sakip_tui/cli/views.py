"""Looking: board, periods, status, a few lines to paste, the log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import queries
from sakip_tui.cli.entry import Answer
from sakip_tui.cli.overview import Overview
from sakip_tui.cli.session import Session, host_name

if TYPE_CHECKING:
    from db.rows import Board, LoggedEvent
    from sakip_tui.cli.dealt import Dealt

Document = dict[str, Any]
DOUBTED = "Jam diragukan: ada waktu yang tercatat lebih maju daripada jam komputer; periksa jam komputer ini."
LINES_OF_HISTORY = 40
"""How much of the log people are shown unless they ask for more; scripts get all of it."""


# ---------------------------------------------------------------------- the board
def open_board(session: Session) -> Answer | None:
    """`sakip` alone: the screen, or where there is no terminal the board as text."""
    if not session.arguments.has("--json") and sys.stdout.isatty() and sys.stdin.isatty():
        # The one place of the command line that may load the screen.
        from sakip_tui.app import run

        run(
            session.path,
            person=session.person,
            office=session.arguments.text("--opd"),
            sop=session.arguments.text("--sop-aktif"),
            clock=session.clock,
            host=host_name(),
        )
        return None
    return _boards(session, _chosen_periods(session))


def board(session: Session) -> Answer:
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


def _boards(session: Session, periods: Sequence[str]) -> Answer:
    from sakip_tui.cli.dealt import deal
    from sakip_tui.cli.shapes import board_document

    session.know_zone(session.office.zone)
    offset, now = session.zone_offset, session.now
    drawn: list[tuple[Board, list[Dealt]]] = []
    for key in periods:
        found = _known_board(session, key)
        drawn.append((found, deal(found, key, now)))
    documents = [board_document(found, [one.document(offset) for one in dealt], now, offset) for found, dealt in drawn]
    # One period is what the contract knows; several open ones stand in a list beside the first.
    document = documents[0] if len(documents) == 1 else {**documents[0], "boards": documents}
    return Answer(document, lambda: "\n\n".join(_board_text(found, dealt, now, offset) for found, dealt in drawn))


def _known_board(session: Session, key: str) -> Board:
    from sop.refusals import Unknown

    found = queries.board(session.database, session.address, key)
    if key not in found.state.periods:
        raise Unknown("periode", key, tuple(found.state.periods))
    return found


def _board_text(found: Board, dealt: Sequence[Dealt], now: int, offset: int) -> str:
    from sakip_tui.cli.layout import table, wrapped
    from sop.cards import progress
    from sop.labels import LABELS, period_label
    from sop.labels_time import moment_short
    from sop.state import CasePhase

    period = found.state.periods[found.period]
    case = found.state.case_of(found.period)
    state = {"belum": "belum dibuka", "buka": "buka", "tutup": f"tutup, revisi {period.closings}"}[period.phase.value]
    if case is not None:
        state += f"; berkas {LABELS[CasePhase][case.phase.value]}, revisi {case.revision}"
    heading = [*wrapped(found.office_name, 80), f"{period_label(found.period)} ({found.period}): {state}"]
    heading.append(f"{moment_short(now, offset)}. {found.address.sop}, versi {_version(found)}.")
    if not dealt:
        return "\n".join([*heading, "Periode ini tidak punya langkah sendiri; isinya rangkuman periode di bawahnya."])
    done, total = progress(one.card for one in dealt)
    heading.append(f"{done} dari {total} langkah selesai.")
    heading += _stale_lines(found.period, dealt)
    ahead = any((moment or 0) > now for one in dealt for moment in (one.card.ready_at, one.card.ended_at))
    if ahead or any(one.card.doubted for one in dealt):
        heading += wrapped(DOUBTED, 80)
    rows = [_board_row(one, now, offset) for one in dealt]
    body = table(("No", "Langkah", "Lajur", "Keadaan", "Tenggat"), rows, flexible=(1, 2, 3, 4))
    notes = ["? lajur atau keputusannya masih asumsi."] if any(one.card.assumed for one in dealt) else []
    return "\n".join([*heading, "", body, *notes])


def _version(found: Board) -> int:
    case = found.state.case_of(found.period)
    return found.newest_version if case is None else case.sop_version


def _board_row(one: Dealt, now: int, offset: int) -> tuple[object, ...]:
    from sop.labels import label, state_label
    from sop.labels_time import duration_short, moment_short

    card, standing = one.card, one.standing
    title = f"  {card.bidang}" if card.bidang else card.title
    state = state_label(card.state)
    if card.attempt is not None and card.attempt > 1:
        state += f", putaran {card.attempt}"
    if card.joined is not None:
        state += f", {card.joined[0]}/{card.joined[1]} bidang"
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


def _stale_lines(period: str, dealt: Sequence[Dealt]) -> list[str]:
    stale = sorted({child for one in dealt for child in one.card.stale})
    return [f"Masukan basi: {', '.join(stale)} dibuka kembali sesudah dipakai {period}."] if stale else []


# ---------------------------------------------------------------------- status
def _banners(session: Session, overview: Overview) -> list[str]:
    """What every reader must know first: input that is stale, and a clock that cannot be trusted."""
    from sop.periods import children_of

    known = {period.key: period for period in overview.standing.periods}
    opened = [period for period in known.values() if period.phase == "buka"]
    lines: list[str] = []
    for period in opened:
        # Only where a child was ever reopened: the flow of a case costs more than the rest of the answer.
        if period.has_case and any(known[key].reopenings for key in children_of(period.key) if key in known):
            from sakip_tui.cli.dealt import deal

            dealt = deal(_known_board(session, period.key), period.key, overview.now)
            lines += _stale_lines(period.key, dealt)
    moments = (moment for period in opened for run in period.runs for moment in (run.ready, run.started, run.ended))
    if any((moment or 0) > overview.now for moment in moments):
        lines.append(DOUBTED)
    return lines


def _overview(session: Session, year: int | None = None) -> Overview:
    overview = Overview(queries.standing(session.database, session.address, year), session.now)
    session.offset = overview.offset
    return overview


def overview_ahead(session: Session, year: int | None = None) -> Overview:
    """The overview with forecasts. Raises UnknownYear."""
    from db.calendar_queries import office_bidang, past_cycles
    from sakip_tui.cli.forecasts import Ahead

    overview = _overview(session, year)
    office = session.address.office
    overview.ahead = Ahead(office_bidang(session.database, office), past_cycles(session.database, session.address))
    return overview


def status(session: Session) -> Answer:
    """`sakip status`."""
    overview = overview_ahead(session)
    document = overview.document() | {"banners": _banners(session, overview)}
    return Answer(document, lambda: _status_text(document, overview))


def periods(session: Session) -> Answer:
    """`sakip periode daftar`."""
    rows = overview_ahead(session).periods()
    return Answer(rows, lambda: _periods_text(rows))


def _periods_text(rows: Sequence[Document]) -> str:
    from sakip_tui.cli.layout import table
    from sop.labels import LABELS, period_label
    from sop.state import CasePhase, PeriodPhase

    cells = [
        (
            row["period"],
            period_label(row["period"]),
            LABELS[PeriodPhase][row["period_state"]]
            + (f", revisi {row['closing_revision']}" if row["period_state"] == "tutup" else ""),
            None if row["state"] is None else LABELS[CasePhase][row["state"]],
            f"{row['done']}/{row['total']}" if row["total"] else None,
            row["late"] or None,
        )
        for row in rows
    ]
    return table(("Periode", "Nama", "Keadaan", "Berkas", "Langkah", "Terlambat"), cells, flexible=(1, 2))


def _status_text(document: Document, overview: Overview) -> str:
    from sakip_tui.cli.layout import wrapped
    from sop.labels_time import moment_short

    opened = [row for row in document["periods"] if row["period_state"] == "buka"]
    lines = [*wrapped(document["office_name"], 80), moment_short(overview.now, overview.offset)]
    lines += [line for banner in document["banners"] for line in wrapped(banner, 80)]
    lines.append("")
    lines.append(_periods_text(opened) if opened else "Tidak ada periode yang terbuka.")
    waiting = [row for row in opened if row["waiting_for"]]
    lines += [f"{row['period']} menunggu {', '.join(row['waiting_for'])}." for row in waiting]
    for title, cards in (("Terlambat", document["late"]), ("Segera jatuh tempo", document["due"])):
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
            _due_words(card, overview),
        )
        for card in cards
    ]
    return table(("Periode", "No", "Langkah", "Lajur", "Tenggat"), rows, flexible=(2, 3, 4))


def _due_words(card: Document, overview: Overview) -> str:
    from datetime import datetime

    from sop.labels_time import duration_short, moment_short

    if card["due_at"] is None:
        return "-"
    due = moment_short(int(datetime.fromisoformat(card["due_at"]).timestamp()), overview.offset, overview.now)
    return f"{due}, lewat {duration_short(card['late_seconds'])}" if card["late"] else due


# ---------------------------------------------------------------------- a few lines to paste
def brief(session: Session) -> Answer:
    """`sakip ringkas [--bidang B]`."""
    overview = _overview(session)
    wanted = session.arguments.text("--bidang")
    if wanted is None:
        document = overview.document() | {"banners": _banners(session, overview)}
        lines = _brief_lines(document, overview)
        return Answer({**document, "lines": lines}, lambda: "\n".join(lines))
    name = _known_bidang(session, wanted)
    cards = [card for found in overview.cards.values() for card in found if card["bidang"] == name]
    lines = _reminder(name, cards, overview)
    document = {"now": overview.document()["now"], "bidang": name, "cards": cards, "lines": lines}
    return Answer(document, lambda: "\n".join(lines))


def _known_bidang(session: Session, wanted: str) -> str:
    from sop.refusals import Unknown
    from sop.texts import clean

    name = clean(wanted[:200])
    known = dict.fromkeys(session.office.bidang)
    overview_names = (names for period in _overview(session).standing.periods for names in period.regions.values())
    known |= dict.fromkeys(bidang for names in overview_names for bidang in names)
    for candidate in known:
        if candidate.casefold() == name.casefold():
            return candidate
    raise Unknown("bidang", name, tuple(known))


def _brief_lines(document: Document, overview: Overview) -> list[str]:
    from sop.labels import period_label
    from sop.labels_time import moment_short

    lines = [f"SAKIP {document['office_name']}, {moment_short(overview.now, overview.offset)}", *document["banners"]]
    opened = [row for row in document["periods"] if row["period_state"] == "buka"]
    if not opened:
        return [*lines, "Tidak ada periode yang terbuka."]
    for row in opened:
        parts = [f"{row['done']} dari {row['total']} langkah selesai"] if row["total"] else ["rangkuman"]
        if row["waiting_for"]:
            parts.append(f"menunggu {', '.join(row['waiting_for'])}")
        if row["late"]:
            parts.append(f"{row['late']} terlambat")
        lines.append(f"{period_label(row['period'])}: {'; '.join(parts)}.")
    for word, cards in (("Terlambat", document["late"]), ("Segera", document["due"])):
        lines += [f"{word}: {_card_words(card)}, tenggat {_due_words(card, overview)}." for card in cards]
    if document["turn"]:
        turns = ", ".join(f"{lane} ({count})" for lane, count in document["turn"].items())
        lines.append(f"Giliran: {turns}.")
    return lines


def _card_words(card: Document) -> str:
    whose = f", {card['bidang']}" if card["bidang"] else ""
    return f"{card['period']} langkah {card['step']}{whose} ({card['lane']})"


def _reminder(name: str, cards: Sequence[Document], overview: Overview) -> list[str]:
    from sop.labels import period_label

    if not cards:
        return [f"{name}: tidak ada langkah SAKIP yang sedang ditunggu."]
    lines = [f"{name}, mohon diselesaikan:"]
    for card in cards:
        due = f" Tenggat {_due_words(card, overview)}." if card["due_at"] is not None else ""
        lines.append(f"- {period_label(card['period'])}, langkah {card['step']}: {card['title']}.{due}")
    return lines


# ---------------------------------------------------------------------- the log
def history(session: Session) -> Answer:
    """`sakip riwayat [PERIODE]`, newest first."""
    from sakip_tui.cli.shapes import event_document
    from sakip_tui.cli.values import Values
    from sop.events import Act

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
        bidang=None if wanted is None else _known_bidang(session, wanted),
        act=None if act is None else Act(act),
        by=session.arguments.text("--oleh"),
        since=since,
        until=until,
        limit=limit,
    )
    offset = session.zone_offset
    return Answer([event_document(one, offset) for one in found], lambda: _history_text(found, offset, limit))


def _require_year(session: Session, period: str) -> None:
    from sop.periods import split
    from sop.refusals import Unknown

    known = tuple(row.key for row in queries.standing(session.database, session.address, split(period)[0]).periods)
    if period not in known:
        raise Unknown("periode", period, known)


def _history_text(found: Sequence[LoggedEvent], offset: int, limit: int | None) -> str:
    from sakip_tui.cli.layout import table
    from sop.labels import label
    from sop.labels_time import moment_short

    if not found:
        return "Tidak ada catatan yang cocok."
    rows = []
    for one in found:
        event = one.event
        where = [event.period or ""]
        if event.step is not None:
            where.append(f"langkah {event.step}" + (f" ({event.bidang})" if event.bidang else ""))
        said = event.data.get("reason") or event.data.get("note")
        what = label(event.act) + (f": {event.data['answer']}" if event.data.get("answer") else "")
        if event.late_entry:
            what += " (susulan)"
        by = event.by + (f" untuk {event.for_lane}" if event.for_lane else "")
        when = moment_short(event.at, offset, 0)
        rows.append((event.sequence, when, " ".join(where).strip(), what, by, said))
    text = table(("No", "Waktu", "Tempat", "Tindakan", "Oleh", "Catatan"), rows, flexible=(2, 3, 4, 5))
    if limit is not None and len(found) == limit and found[-1].event.sequence > 1:
        text += f"\nHanya {limit} yang terbaru; --batas menambah."
    return text

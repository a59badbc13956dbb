"""`sakip riwayat`: the log, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from db import case_queries, people, queries
from db.bidang import unit_named
from db.rows import LoggedEvent
from sakip_tui.cli.event_shapes import event_document
from sakip_tui.cli.layout import printable, width, wrapped
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sop.model.act import Act
from sop.model.periods import split
from sop.model.refusals import Unknown
from sop.model.texts import clean
from sop.words.events import Teller

LINES_OF_HISTORY = 40
"""How much of the log people are shown unless they ask for more; scripts get all of it."""


def history(session: Session) -> Reply:
    """`sakip riwayat [PERIODE]`, newest first."""
    values = Values(session)
    as_json = session.arguments.has("--json")
    since, until = values.moment_or_day("--sejak"), values.moment_or_day("--sampai")
    step, limit = values.number("--langkah", 0), values.number("--batas", 1)
    act = values.choice("--tindakan", tuple(Act))
    values.check()
    if limit is None and not as_json:
        limit = LINES_OF_HISTORY
    period = session.period_given()
    if period is not None:
        _require_year(session, period)
    wanted = session.arguments.text("--bidang")
    found = case_queries.log(
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
    known = tuple(row.key for row in queries.standing(session.database, session.address, split(period)[0]).periods)
    if period not in known:
        raise Unknown("periode", period, known)


def _history_text(session: Session, found: Sequence[LoggedEvent], limit: int | None) -> str:
    if not found:
        return "Tidak ada catatan yang cocok."
    database = session.database
    named = people.names(database, session.address.office)
    teller = Teller(session.zone_offset, session.now, named, people.names_in_file(database))
    widest = len(str(found[0].event.sequence))
    lines: list[str] = []
    for one in found:
        event = one.event
        head = f"{event.sequence:>{widest}}  {teller.moment(event.at):<16}  "
        lane = f", atas nama {event.for_lane}" if event.for_lane else ""
        told = printable(head + teller.of(one.office).sentence(event) + lane)
        lines += wrapped(told, width(), " " * len(head))
    if limit is not None and len(found) == limit and found[-1].event.sequence > 1:
        lines.append(f"Hanya {limit} yang terbaru; --batas menambah.")
    return "\n".join(lines)

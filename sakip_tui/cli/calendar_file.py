"""`sakip kalender ics`: due moments and targets for the calendar of a phone or a mail program."""

from __future__ import annotations

from pathlib import Path

from sakip_tui.calendar_files import beside_words, calendar_read, count_words, write_calendar
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso
from sakip_tui.cli.streams import STANDARD_OUTPUT, remark, write_document
from sakip_tui.cli.values import Values
from sakip_tui.views.due_events import DueEvent


def calendar_file(session: Session) -> Reply | None:
    """`sakip kalender ics [PERIODE]`: to standard output, or a document, which is replaced as a whole."""
    values = Values(session)
    target = values.target()
    values.check()
    key = session.period_given()
    found = calendar_read(session.database, session.address, session.now, key)
    session.offset = found.offset
    document = {
        "now": iso(session.now, found.offset),
        "without_due": found.due.without_due,
        "events": [_event_document(one, found.offset) for one in found.due.events],
    }
    if target in (None, STANDARD_OUTPUT):
        if session.arguments.has("--json"):
            return Reply(document, str)
        write_document(session.arguments, found.whole)
        for said in beside_words(found.due):
            remark(said)
        return None
    assert target is not None
    write_calendar(found, Path(target))
    said = f"{count_words(found.due)}: {target}"
    return Reply(document | {"path": target}, lambda: said, beside_words(found.due))


def _event_document(one: DueEvent, offset: int) -> Document:
    event = one.event
    return {
        "uid": event.uid,
        "sequence": event.sequence,
        "period": one.period,
        "step": one.step,
        "bidang": one.bidang,
        "starts_at": iso(event.start, offset),
        "ends_at": iso(event.end, offset),
        "alarm_at": iso(event.alarm_at, offset),
        "summary": event.summary,
        "tentative": event.tentative,
    }

"""`sakip kalender ics`: due moments and targets for the calendar of a phone or a mail program."""

from __future__ import annotations

import sys
from pathlib import Path

from db import queries
from exports.files import new_document
from exports.icalendar import icalendar
from sakip_tui.cli.door import STANDARD_OUTPUT
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso
from sakip_tui.cli.streams import answering, remark
from sakip_tui.cli.values import Values
from sakip_tui.views.due_events import DueEvent, DueEvents, due_events
from sakip_tui.views.overview import overview_at
from sop.model.periods import split
from sop.model.refusals import Unknown


def calendar_file(session: Session) -> Reply | None:
    """`sakip kalender ics [PERIODE]`: to standard output, or a document, which is replaced as a whole."""
    values = Values(session)
    target = session.arguments.text("--keluaran")
    if target is not None and (not target.strip() or "\0" in target):
        values.fault("--keluaran", "nama-tak-terpakai")
    values.check()
    key = session.period() if session.arguments.text("PERIODE") is not None else None
    # The number of the newest event belongs to the rows that it led to.
    with session.database.read():
        sequence = queries.head(session.database).sequence
        overview = overview_at(session.database, session.address, session.now, None if key is None else split(key)[0])
    session.offset = overview.year.offset
    if key is not None and key not in overview.year.periods:
        raise Unknown("periode", key, tuple(overview.year.periods))
    found = due_events(overview, sequence, key)
    whole = icalendar(f"SAKIP {overview.standing.office_name}", (one.event for one in found.events), session.now)
    document = {
        "now": iso(session.now, overview.year.offset),
        "without_due": found.without_due,
        "events": [_event_document(one, overview.year.offset) for one in found.events],
    }
    if target in (None, STANDARD_OUTPUT):
        if session.arguments.has("--json"):
            return Reply(document, str)
        with answering(session.arguments):
            sys.stdout.flush()
            sys.stdout.buffer.write(whole)
            sys.stdout.buffer.flush()
        for said in _beside(found):
            remark(said)
        return None
    assert target is not None
    with new_document(Path(target), overwrite=True) as stream:
        stream.write(whole)
    said = f"{len(found.events)} tenggat dan target: {target}"
    return Reply(document | {"path": target}, lambda: said, _beside(found))


def _beside(found: DueEvents) -> tuple[str, ...]:
    """What is not in the calendar, and why."""
    if not found.without_due:
        return () if found.events else ("Tidak ada tenggat atau target yang terbuka; kalendernya kosong.",)
    return (
        f"{found.without_due} langkah terbuka belum punya tenggat (waktunya mulai berjalan saat langkahnya dikerjakan, "
        "atau dokumennya tidak menyebut waktu), jadi tidak ikut.",
    )


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

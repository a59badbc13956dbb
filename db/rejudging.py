"""Judging open periods anew where a file comes from a program that judged by an older rule.

What the log says stays: one event a reporting year lists every verdict that changes, as it was and as it is from now.
Closed periods keep theirs until they are opened again, and then that event lists them.
"""

from __future__ import annotations

from db import queries, recall, statements
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from sop.acts.flow import Draft
from sop.acts.rejudge import judged_anew, open_periods
from sop.acts.replay import take_in
from sop.model.act import Act
from sop.model.events import Event
from sop.values import replace

BY = "sakip"
"""Who did it: the program itself, and nobody who sat there when it was opened."""


def judge_open_periods(database: Database) -> None:
    """Bring the verdicts of every open period of the file to the rule in force, within a transaction of the caller.

    A file whose verdicts follow it already is left as it is. The moment is the engine's own reading: a file is opened
    in many places, and what comes of it depends on no clock.
    """
    store = Store(database, database.engine_time)
    for office, sop, number in database.rows(statements.ALL_YEARS):
        _judge_year(store, Address(office, sop), number)


def _judge_year(store: Store, address: Address, number: int) -> None:
    database = store.database
    year = recall.year(database, address, number)
    loaded = recall.load(database, year.id, None)
    versions = store.versions(year, address)
    judged = judged_anew(
        loaded.state,
        open_periods(loaded.state),
        versions,
        year.settings,
        lambda revision: store.calendar(year.office_id, revision),
    )
    if not judged:
        return
    head, now = queries.head(database), store.now()
    event = Event(head.sequence + 1, Act.ATURAN, now, now, BY, data={"judged": judged})
    draft = Draft(versions, year.cadence, loaded.state)
    take_in(draft, event)
    touches = draft.changed_since(loaded.state)
    draft.raise_revisions(touches)
    store.record(replace(event, touches=touches), head, address.office, year.id)
    store.keep(loaded, draft.freeze())

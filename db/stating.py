"""Stating once how the offices of a file stand whose events, of an older program, do not tell all of it.

From that event on the log tells of every row beside the cases; what came before it is not covered, and is never called
changed.
"""

from __future__ import annotations

from db.file.connection import Database
from db.office_rows import load
from db.queries import head, office_codes
from db.rejudging import BY
from db.store import Store
from sop.acts.file_acts import stated
from sop.model.act import Act
from sop.model.events import Event

TELLS_ALL = 5
"""Schema version of the first program whose events lack nothing."""


def state_offices(database: Database) -> None:
    """Record how every office stands, within a transaction of the caller; nothing in a file without any.

    Names, accounts and PINs of people stay out of the log, as ever. The moment is the engine's own reading.
    """
    offices = load(database)
    if not offices:
        return
    newest, now = head(database), database.engine_time()
    event = Event(newest.sequence + 1, Act.PANGKAL, now, now, BY, data=stated(offices.values()))
    codes = office_codes(database)
    # Of one office it stands in that office's log; several share it.
    Store(database, lambda: now).record(event, newest, codes[0] if len(codes) == 1 else None, None)

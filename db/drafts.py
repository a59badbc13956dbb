"""What somebody typed and has not sent: kept so that a dropped line loses nothing. Not part of the log.

A draft belongs to a person and a place: a text that says what was asked, made and read by the screens. One that was
sent or thrown away is forgotten; whatever is left is forgotten after a month. One that cannot be read any more is
passed over and stays where it is until then: it is no reason to keep anybody from working.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from db import schema, statements
from db.file.connection import Database
from sop.json_text import json_text

KEEP_SECONDS = 30 * 86_400
LARGEST = 100_000
"""Characters of JSON that one draft may hold; a longer one is not kept."""


def save(database: Database, person: str, place: str, content: Mapping[str, str], now: int) -> bool:
    """Keep what was typed, in place of what was kept there before. Drafts older than a month go.

    Args:
        database: Not in a transaction.
        person: Code of who typed.
        place: Where it was typed.
        content: Name of each field -> what was typed into it.
        now: UTC epoch seconds.

    Returns:
        False where it is too large to be kept; then what was kept there before stays.

    Raises:
        DatabaseBusy, DatabaseFull, DatabaseReadOnly, SchemaTooNew: As `Database.write`. But a newer program's file
            takes a draft as long as its table is the one known here: what is half written when an office goes over to
            that program is offered again there.
    """
    text = json_text(dict(content))
    if len(text) > LARGEST:
        return False
    with database.write(check_schema=False):
        if not schema.is_as_known(database, "drafts"):
            database.require_schema()
        database.rows(statements.FORGET_DRAFTS_BEFORE, (now - KEEP_SECONDS,))
        database.rows(statements.SAVE_DRAFT, (person, place, text, now))
    return True


def load(database: Database, person: str, place: str) -> dict[str, str] | None:
    """What was kept there; None for nothing, or for nothing that can be read."""
    with database.read():
        text = database.value(statements.DRAFT, (person, place))
    return None if text is None else _contents(text)


def _contents(text: bytes) -> dict[str, str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_typed = isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
    return found if is_typed else None


def places(database: Database, person: str) -> tuple[str, ...]:
    """Where this person left something unsent, the newest first; one whose contents cannot be read is left out."""
    with database.read():
        found = database.rows(statements.DRAFTS, (person,))
    return tuple(place.decode(errors="replace") for place, content in found if _contents(content) is not None)


def forget(database: Database, person: str, place: str) -> None:
    """Throw away what was kept there; nothing is written where nothing was. Raises as `Database.write`."""
    if load(database, person, place) is None:
        return
    with database.write():
        database.rows(statements.FORGET_DRAFT, (person, place))

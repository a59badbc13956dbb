"""What a file of ours is beside its tables: its mark, its version, the triggers; and making all of it in an empty file.

The tables themselves are those of `models.py`. Raises the version together with a new step in `migrations/`.
"""

from __future__ import annotations

import re

from db.file.connection import APPLICATION_ID, SCHEMA_VERSION, Database
from db.statements import SCHEMA

NEVER_CHANGED = ("events", "sop_versions", "calendar_revisions", "closings", "indicator_versions", "data_closings")
"""Tables whose rows are only added. Stops mistakes, not the owner of the file: for that there is the hash chain."""

TRIGGERS = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        for table in NEVER_CHANGED
        for verb in ("UPDATE", "DELETE")
    ),
    # Also stops INSERT OR REPLACE, which would get past the triggers above.
    "CREATE TRIGGER events_without_gap BEFORE INSERT ON events "
    "WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM events) "
    "BEGIN SELECT RAISE(ABORT, 'the next event has the next number'); END",
)
_NAME = re.compile(r'CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER) "?(\w+)')


def make(database: Database) -> None:
    """Make the tables of today in an empty file. In a write transaction."""
    database.mark(application_id=APPLICATION_ID, schema_version=SCHEMA_VERSION)
    for statement in (*SCHEMA, *TRIGGERS):
        database.rows(statement)


def differences(database: Database) -> tuple[str, ...]:
    """Tables, indexes and triggers that are not as this program makes them; empty for a sound file."""
    expected = {(_name(statement), _spaced(statement)) for statement in (*SCHEMA, *TRIGGERS)}
    found = {(name, _spaced(statement)) for name, statement in database.schema()}
    return tuple(sorted({name for name, _ in expected ^ found}))


def is_as_known(database: Database, table: str) -> bool:
    """Whether a table of the file, which may be a newer program's, is the one of this program."""
    expected = [statement for statement in SCHEMA if _name(statement) == table]
    found = [statement for name, statement in database.schema() if name == table]
    return [*map(_spaced, expected)] == [*map(_spaced, found)]


def _name(statement: str) -> str:
    found = _NAME.match(statement)
    assert found is not None
    return found[1]


def _spaced(statement: str) -> str:
    """Without what differs between a file of today and one that came through its migrations: the blanks."""
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(statement.split()))

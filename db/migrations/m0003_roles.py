"""Schema 3: a person may hold several roles. Everybody keeps the one that they have.

No table changes: one role alone is written as it was, several with commas between them, in the same column. It keeps
its name, since a screen of the version before that is open meanwhile still reads it until it finds the newer schema.
The version goes up so that no older program meets several roles.
"""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Nothing in the tables changes."""

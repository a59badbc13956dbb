"""Schema 3: a person may hold several roles. Everybody keeps the one that they have.

Frozen like every migration. One role alone is written as it was, so no row changes.
"""

from __future__ import annotations

from db.connection import Database


def apply(database: Database) -> None:
    """Change the tables of a file of schema 2. Runs inside the runner's transaction."""
    database.rows("ALTER TABLE people RENAME COLUMN role TO roles")

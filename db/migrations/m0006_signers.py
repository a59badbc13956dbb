"""Schema 6: the officials who sign recaps, in a table of their own beside the log.

Frozen like every migration.
"""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Make the table. Runs inside the runner's transaction."""
    for statement in _TABLES:
        database.rows(statement)


_TABLES = (
    """
    CREATE TABLE "signers" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "code" TEXT NOT NULL,
        "position" TEXT NOT NULL,
        "since" TEXT,
        "digest" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "rank" TEXT NOT NULL,
        "nip" TEXT NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "signers_office_id_code" ON "signers" ("office_id", "code")',
)

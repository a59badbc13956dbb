"""Schema 7: indicators of data kinerja with their versions, and their targets. Tables of their own; no row changes."""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Make the tables in a file of schema 6. Runs inside the runner's transaction."""
    for statement in _TABLES:
        database.rows(statement)


_TABLES = (
    """
    CREATE TABLE "indicator_versions" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "indicator" TEXT NOT NULL,
        "number" INTEGER NOT NULL,
        "since" TEXT NOT NULL,
        "closed" TEXT NOT NULL,
        "definition" TEXT NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "indicator_versions_office_id_indicator_number" ON '
    '"indicator_versions" ("office_id", "indicator", "number")',
    """
    CREATE TABLE "target_sets" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "year" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "document" TEXT NOT NULL,
        "since" TEXT NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "target_sets_office_id_year_number" ON "target_sets" ("office_id", "year", "number")',
    """
    CREATE TABLE "targets" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "target_set_id" INTEGER NOT NULL,
        "indicator" TEXT NOT NULL,
        "period" TEXT NOT NULL,
        "value" TEXT NOT NULL,
        FOREIGN KEY ("target_set_id") REFERENCES "target_sets" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "targets_target_set_id_indicator_period" ON '
    '"targets" ("target_set_id", "indicator", "period")',
    "CREATE TRIGGER indicator_versions_no_update BEFORE UPDATE ON indicator_versions "
    "BEGIN SELECT RAISE(ABORT, 'indicator_versions are never changed'); END",
    "CREATE TRIGGER indicator_versions_no_delete BEFORE DELETE ON indicator_versions "
    "BEGIN SELECT RAISE(ABORT, 'indicator_versions are never changed'); END",
)

"""Schema 8: forms, rows and frozen figures of data kinerja. Tables of their own; no row changes."""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Make the tables in a file of schema 7. Runs inside the runner's transaction."""
    for statement in _TABLES:
        database.rows(statement)


_TABLES = (
    """
    CREATE TABLE "data_periods" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "revision" INTEGER NOT NULL,
        "rolled" TEXT,
        "taken" TEXT,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "data_periods_period_id" ON "data_periods" ("period_id")',
    """
    CREATE TABLE "forms" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "owner" TEXT NOT NULL,
        "number" INTEGER NOT NULL,
        "rows" TEXT NOT NULL,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "forms_period_id_owner_number" ON "forms" ("period_id", "owner", "number")',
    """
    CREATE TABLE "data_rows" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "owner" TEXT NOT NULL,
        "case_number" INTEGER NOT NULL,
        "attempt" INTEGER NOT NULL,
        "indicator" TEXT NOT NULL,
        "isian" TEXT,
        "changes" TEXT NOT NULL,
        "word" TEXT,
        "mark" TEXT,
        "accepted" TEXT,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "data_rows_period_id_owner_case_number_attempt_indicator" ON '
    '"data_rows" ("period_id", "owner", "case_number", "attempt", "indicator")',
    """
    CREATE TABLE "data_closings" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "kept" TEXT NOT NULL,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "data_closings_period_id_number" ON "data_closings" ("period_id", "number")',
    "CREATE TRIGGER data_closings_no_update BEFORE UPDATE ON data_closings "
    "BEGIN SELECT RAISE(ABORT, 'data_closings are never changed'); END",
    "CREATE TRIGGER data_closings_no_delete BEFORE DELETE ON data_closings "
    "BEGIN SELECT RAISE(ABORT, 'data_closings are never changed'); END",
)

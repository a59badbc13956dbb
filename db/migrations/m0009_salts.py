"""Schema 9: a salt beside what is kept of an official. Those already named keep the hash that the log has of them."""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Make the table anew with the column. Runs inside the runner's transaction."""
    for statement in _STEPS:
        database.rows(statement)


_STEPS = (
    'ALTER TABLE "signers" RENAME TO "signers_before"',
    'DROP INDEX "signers_office_id_code"',
    """
    CREATE TABLE "signers" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "code" TEXT NOT NULL,
        "position" TEXT NOT NULL,
        "since" TEXT,
        "digest" TEXT NOT NULL,
        "salt" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "rank" TEXT NOT NULL,
        "nip" TEXT NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    """
    INSERT INTO "signers" ("id", "office_id", "code", "position", "since", "digest", "salt", "name", "rank", "nip")
    SELECT "id", "office_id", "code", "position", "since", "digest", '', "name", "rank", "nip" FROM "signers_before"
    """,
    'DROP TABLE "signers_before"',
    'CREATE UNIQUE INDEX "signers_office_id_code" ON "signers" ("office_id", "code")',
)

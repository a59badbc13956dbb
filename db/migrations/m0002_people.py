"""Schema 2: drafts, PINs apart from people, the kind of a membership, and what became of a bidang.

Frozen like every migration. Rows that were there keep their ids.
"""

from __future__ import annotations

from db.file.connection import Database


def apply(database: Database) -> None:
    """Change the tables of a file of schema 1. Runs inside the runner's transaction."""
    memberships = database.rows("SELECT id, person_id, lane, bidang, since, until FROM memberships")
    bidang = database.rows("SELECT id, office_id, name, position, active FROM bidang")
    # Neither table is pointed at by another one, so both can be made anew in the words that the models use.
    database.rows("DROP TABLE memberships")
    database.rows("DROP TABLE bidang")
    for statement in _TABLES:
        database.rows(statement)
    database.many(
        "INSERT INTO memberships (id, person_id, lane, bidang, since, until, kind) VALUES (?, ?, ?, ?, ?, ?, 'tetap')",
        memberships,
    )
    database.many("INSERT INTO bidang (id, office_id, name, position, active) VALUES (?, ?, ?, ?, ?)", bidang)


_TABLES = (
    """
    CREATE TABLE "bidang" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "position" INTEGER NOT NULL,
        "active" INTEGER NOT NULL,
        "since" INTEGER,
        "until" INTEGER,
        "successor_id" INTEGER,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id"),
        FOREIGN KEY ("successor_id") REFERENCES "bidang" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "bidang_office_id_name" ON "bidang" ("office_id", "name")',
    """
    CREATE TABLE "memberships" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "person_id" INTEGER NOT NULL,
        "lane" TEXT NOT NULL,
        "bidang" TEXT,
        "since" INTEGER NOT NULL,
        "until" INTEGER,
        "kind" TEXT NOT NULL,
        FOREIGN KEY ("person_id") REFERENCES "people" ("id")
    ) STRICT
    """,
    'CREATE INDEX "memberships_person_id" ON "memberships" ("person_id")',
    """
    CREATE TABLE "pins" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "person_id" INTEGER NOT NULL,
        "hash" TEXT NOT NULL,
        "failures" INTEGER NOT NULL,
        "locked_until" INTEGER,
        "changed" INTEGER NOT NULL,
        FOREIGN KEY ("person_id") REFERENCES "people" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "pins_person_id" ON "pins" ("person_id")',
    """
    CREATE TABLE "drafts" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "person" TEXT NOT NULL,
        "place" TEXT NOT NULL,
        "content" TEXT NOT NULL,
        "saved" INTEGER NOT NULL
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "drafts_person_place" ON "drafts" ("person", "place")',
)

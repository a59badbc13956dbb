"""Schema 1: every table of the first release.

Frozen: what it makes never changes, whatever becomes of `models.py`. A change of the tables is a new migration.
"""

from __future__ import annotations

from db.file.connection import APPLICATION_ID, Database

_NEVER_CHANGED = ("events", "sop_versions", "calendar_revisions", "closings")
"""Tables whose rows are only added. Stops mistakes, not the owner of the file: for that there is the hash chain."""


def apply(database: Database) -> None:
    """Make the tables in an empty file. Runs inside the runner's transaction."""
    database.rows(f"PRAGMA application_id={APPLICATION_ID}")
    for statement in _TABLES:
        database.rows(statement)
    for table in _NEVER_CHANGED:
        for verb in ("UPDATE", "DELETE"):
            database.rows(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
            )
    # Also stops INSERT OR REPLACE, which would get past the triggers above.
    database.rows(
        "CREATE TRIGGER events_without_gap BEFORE INSERT ON events "
        "WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM events) "
        "BEGIN SELECT RAISE(ABORT, 'the next event has the next number'); END"
    )


_TABLES = (
    """
    CREATE TABLE "offices" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "code" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "zone" TEXT NOT NULL,
        "settings" TEXT NOT NULL
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "offices_code" ON "offices" ("code")',
    """
    CREATE TABLE "bidang" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "position" INTEGER NOT NULL,
        "active" INTEGER NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "bidang_office_id_name" ON "bidang" ("office_id", "name")',
    """
    CREATE TABLE "calendar_revisions" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "revision" INTEGER NOT NULL,
        "spec" TEXT NOT NULL,
        "content_hash" TEXT NOT NULL,
        "recorded" INTEGER NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "calendar_revisions_office_id_revision" ON "calendar_revisions" ("office_id", "revision")',
    """
    CREATE TABLE "sop_versions" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER,
        "sop_code" TEXT NOT NULL,
        "version" INTEGER NOT NULL,
        "definition" TEXT NOT NULL,
        "content_hash" TEXT NOT NULL,
        "recorded" INTEGER NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX "sop_versions_office_id_sop_code_version"
    ON "sop_versions" ("office_id", "sop_code", "version")
    """,
    """
    CREATE TABLE "confirmations" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "sop_version_id" INTEGER NOT NULL,
        "step" INTEGER NOT NULL,
        "field" TEXT NOT NULL,
        "by_person" TEXT NOT NULL,
        "at" INTEGER NOT NULL,
        FOREIGN KEY ("sop_version_id") REFERENCES "sop_versions" ("id")
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX "confirmations_sop_version_id_step_field"
    ON "confirmations" ("sop_version_id", "step", "field")
    """,
    """
    CREATE TABLE "reporting_years" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "sop_code" TEXT NOT NULL,
        "year" INTEGER NOT NULL,
        "cadence" TEXT,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX "reporting_years_office_id_sop_code_year"
    ON "reporting_years" ("office_id", "sop_code", "year")
    """,
    """
    CREATE TABLE "periods" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "reporting_year_id" INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        "has_case" INTEGER NOT NULL,
        "phase" TEXT NOT NULL,
        "moment" INTEGER,
        "revision" INTEGER NOT NULL,
        "closings" INTEGER NOT NULL,
        "reopenings" INTEGER NOT NULL,
        "closed_at" INTEGER,
        "waivers" TEXT NOT NULL,
        "last_case" INTEGER NOT NULL,
        FOREIGN KEY ("reporting_year_id") REFERENCES "reporting_years" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "periods_reporting_year_id_key" ON "periods" ("reporting_year_id", "key")',
    """
    CREATE TABLE "cases" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "sop_version" INTEGER NOT NULL,
        "phase" TEXT NOT NULL,
        "opened" INTEGER NOT NULL,
        "moment" INTEGER NOT NULL,
        "revision" INTEGER NOT NULL,
        "ended" INTEGER,
        "holds" TEXT NOT NULL,
        "gate_since" INTEGER,
        "regions" TEXT NOT NULL,
        "region_floors" TEXT NOT NULL,
        "retired" TEXT NOT NULL,
        "vanished" TEXT NOT NULL,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "cases_period_id_number" ON "cases" ("period_id", "number")',
    """
    CREATE TABLE "runs" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "case_id" INTEGER NOT NULL,
        "step" INTEGER NOT NULL,
        "bidang" TEXT NOT NULL,
        "attempt" INTEGER NOT NULL,
        "phase" TEXT NOT NULL,
        "ready" INTEGER NOT NULL,
        "opened_by" INTEGER NOT NULL,
        "opening" TEXT NOT NULL,
        "origins" TEXT NOT NULL,
        "loop_target" INTEGER NOT NULL,
        "valid" INTEGER NOT NULL,
        "revision" INTEGER NOT NULL,
        "holder" TEXT,
        "started" INTEGER,
        "ended" INTEGER,
        "work" TEXT NOT NULL,
        "pauses" TEXT NOT NULL,
        "waits" TEXT NOT NULL,
        "paused_from" TEXT,
        "handed_in_by" TEXT,
        "answer" TEXT,
        "taken_over" INTEGER NOT NULL,
        "note" TEXT,
        "ticks" TEXT NOT NULL,
        "evidence" TEXT NOT NULL,
        "inputs" TEXT,
        "verdict" TEXT,
        "acts" TEXT NOT NULL,
        "cut_by" INTEGER,
        "late_entry" INTEGER NOT NULL,
        "doubted" INTEGER NOT NULL,
        FOREIGN KEY ("case_id") REFERENCES "cases" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "runs_case_id_step_bidang_attempt" ON "runs" ("case_id", "step", "bidang", "attempt")',
    'CREATE UNIQUE INDEX "runs_one_valid" ON "runs" ("case_id", "step", "bidang") WHERE valid = 1',
    """
    CREATE TABLE "events" (
        "sequence" INTEGER NOT NULL PRIMARY KEY,
        "recorded" INTEGER NOT NULL,
        "at" INTEGER NOT NULL,
        "act" TEXT NOT NULL,
        "office" TEXT,
        "reporting_year_id" INTEGER,
        "period" TEXT,
        "case_number" INTEGER,
        "step" INTEGER,
        "bidang" TEXT,
        "attempt" INTEGER,
        "by_person" TEXT NOT NULL,
        "for_lane" TEXT,
        "host" TEXT,
        "late_entry" INTEGER NOT NULL,
        "doubted" INTEGER NOT NULL,
        "touches" TEXT NOT NULL,
        "data" TEXT NOT NULL,
        "token" TEXT,
        "command_hash" TEXT,
        "previous_hash" TEXT NOT NULL,
        "hash" TEXT NOT NULL,
        FOREIGN KEY ("reporting_year_id") REFERENCES "reporting_years" ("id")
    ) STRICT
    """,
    'CREATE INDEX "events_reporting_year_id_period" ON "events" ("reporting_year_id", "period")',
    'CREATE UNIQUE INDEX "events_token" ON "events" ("token") WHERE token IS NOT NULL',
    """
    CREATE TABLE "closings" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "period_id" INTEGER NOT NULL,
        "revision" INTEGER NOT NULL,
        "event_id" INTEGER NOT NULL,
        "at" INTEGER NOT NULL,
        "figures" TEXT NOT NULL,
        "calendar_revision" INTEGER NOT NULL,
        "head_hash" TEXT NOT NULL,
        FOREIGN KEY ("period_id") REFERENCES "periods" ("id"),
        FOREIGN KEY ("event_id") REFERENCES "events" ("sequence")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "closings_period_id_revision" ON "closings" ("period_id", "revision")',
    """
    CREATE TABLE "people" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "office_id" INTEGER NOT NULL,
        "code" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "role" TEXT NOT NULL,
        "account" TEXT,
        "active" INTEGER NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "offices" ("id")
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "people_office_id_code" ON "people" ("office_id", "code")',
    'CREATE UNIQUE INDEX "people_office_id_account" ON "people" ("office_id", "account")',
    """
    CREATE TABLE "memberships" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "person_id" INTEGER NOT NULL,
        "lane" TEXT NOT NULL,
        "bidang" TEXT,
        "since" INTEGER NOT NULL,
        "until" INTEGER,
        FOREIGN KEY ("person_id") REFERENCES "people" ("id")
    ) STRICT
    """,
    'CREATE INDEX "memberships_person_id" ON "memberships" ("person_id")',
    """
    CREATE TABLE "anchors" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "sequence" INTEGER NOT NULL,
        "hash" TEXT NOT NULL,
        "verified" INTEGER NOT NULL
    ) STRICT
    """,
)

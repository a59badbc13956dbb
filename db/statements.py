"""Every statement that the program runs on its tables, as text. Written by `make sql`; do not change it by hand.

The tables are those of `models.py`, the statements are the queries of `sql/`: a test fails where this file is not what
they give. What a statement is given, in order, stands beneath it.
"""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA = (
    (
        'CREATE TABLE "offices" ("id" INTEGER NOT NULL PRIMARY KEY, "code" TEXT NOT NULL, "name" TEXT NOT NULL, '
        '"zone" TEXT NOT NULL, "settings" TEXT NOT NULL) STRICT'
    ),
    'CREATE UNIQUE INDEX "offices_code" ON "offices" ("code")',
    (
        'CREATE TABLE "bidang" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, "name" TEXT NOT '
        'NULL, "position" INTEGER NOT NULL, "active" INTEGER NOT NULL, "since" INTEGER, "until" INTEGER, '
        '"successor_id" INTEGER, FOREIGN KEY ("office_id") REFERENCES "offices" ("id"), FOREIGN KEY '
        '("successor_id") REFERENCES "bidang" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "bidang_office_id_name" ON "bidang" ("office_id", "name")'),
    (
        'CREATE TABLE "calendar_revisions" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, '
        '"revision" INTEGER NOT NULL, "spec" TEXT NOT NULL, "content_hash" TEXT NOT NULL, "recorded" INTEGER NOT '
        'NULL, FOREIGN KEY ("office_id") REFERENCES "offices" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "calendar_revisions_office_id_revision" ON "calendar_revisions" ("office_id", "revision")'),
    (
        'CREATE TABLE "sop_versions" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER, "sop_code" TEXT NOT '
        'NULL, "version" INTEGER NOT NULL, "definition" TEXT NOT NULL, "content_hash" TEXT NOT NULL, "recorded" '
        'INTEGER NOT NULL, FOREIGN KEY ("office_id") REFERENCES "offices" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "sop_versions_office_id_sop_code_version" ON "sop_versions" ("office_id", "sop_code", '
        '"version")'
    ),
    (
        'CREATE TABLE "confirmations" ("id" INTEGER NOT NULL PRIMARY KEY, "sop_version_id" INTEGER NOT NULL, "step"'
        ' INTEGER NOT NULL, "field" TEXT NOT NULL, "by_person" TEXT NOT NULL, "at" INTEGER NOT NULL, FOREIGN KEY '
        '("sop_version_id") REFERENCES "sop_versions" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "confirmations_sop_version_id_step_field" ON "confirmations" ("sop_version_id", '
        '"step", "field")'
    ),
    (
        'CREATE TABLE "reporting_years" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, '
        '"sop_code" TEXT NOT NULL, "year" INTEGER NOT NULL, "cadence" TEXT, FOREIGN KEY ("office_id") REFERENCES '
        '"offices" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "reporting_years_office_id_sop_code_year" ON "reporting_years" ("office_id", '
        '"sop_code", "year")'
    ),
    (
        'CREATE TABLE "periods" ("id" INTEGER NOT NULL PRIMARY KEY, "reporting_year_id" INTEGER NOT NULL, "key" '
        'TEXT NOT NULL, "has_case" INTEGER NOT NULL, "phase" TEXT NOT NULL, "moment" INTEGER, "revision" INTEGER '
        'NOT NULL, "closings" INTEGER NOT NULL, "reopenings" INTEGER NOT NULL, "closed_at" INTEGER, "waivers" TEXT '
        'NOT NULL, "last_case" INTEGER NOT NULL, FOREIGN KEY ("reporting_year_id") REFERENCES "reporting_years" '
        '("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "periods_reporting_year_id_key" ON "periods" ("reporting_year_id", "key")'),
    (
        'CREATE TABLE "cases" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "number" INTEGER '
        'NOT NULL, "sop_version" INTEGER NOT NULL, "phase" TEXT NOT NULL, "opened" INTEGER NOT NULL, "moment" '
        'INTEGER NOT NULL, "revision" INTEGER NOT NULL, "ended" INTEGER, "holds" TEXT NOT NULL, "gate_since" '
        'INTEGER, "regions" TEXT NOT NULL, "region_floors" TEXT NOT NULL, "retired" TEXT NOT NULL, "vanished" TEXT '
        'NOT NULL, FOREIGN KEY ("period_id") REFERENCES "periods" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "cases_period_id_number" ON "cases" ("period_id", "number")'),
    (
        'CREATE TABLE "runs" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "step" INTEGER NOT '
        'NULL, "bidang" TEXT NOT NULL, "attempt" INTEGER NOT NULL, "phase" TEXT NOT NULL, "ready" INTEGER NOT NULL,'
        ' "opened_by" INTEGER NOT NULL, "opening" TEXT NOT NULL, "origins" TEXT NOT NULL, "loop_target" INTEGER NOT'
        ' NULL, "valid" INTEGER NOT NULL, "revision" INTEGER NOT NULL, "holder" TEXT, "started" INTEGER, "ended" '
        'INTEGER, "work" TEXT NOT NULL, "pauses" TEXT NOT NULL, "waits" TEXT NOT NULL, "paused_from" TEXT, '
        '"handed_in_by" TEXT, "answer" TEXT, "taken_over" INTEGER NOT NULL, "note" TEXT, "ticks" TEXT NOT NULL, '
        '"evidence" TEXT NOT NULL, "inputs" TEXT, "verdict" TEXT, "acts" TEXT NOT NULL, "cut_by" INTEGER, '
        '"late_entry" INTEGER NOT NULL, "doubted" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "cases" '
        '("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "runs_case_id_step_bidang_attempt" ON "runs" ("case_id", "step", "bidang", "attempt")'),
    ('CREATE UNIQUE INDEX "runs_one_valid" ON "runs" ("case_id", "step", "bidang") WHERE valid = 1'),
    (
        'CREATE TABLE "events" ("sequence" INTEGER NOT NULL PRIMARY KEY, "recorded" INTEGER NOT NULL, "at" INTEGER '
        'NOT NULL, "act" TEXT NOT NULL, "office" TEXT, "reporting_year_id" INTEGER, "period" TEXT, "case_number" '
        'INTEGER, "step" INTEGER, "bidang" TEXT, "attempt" INTEGER, "by_person" TEXT NOT NULL, "for_lane" TEXT, '
        '"host" TEXT, "late_entry" INTEGER NOT NULL, "doubted" INTEGER NOT NULL, "touches" TEXT NOT NULL, "data" '
        'TEXT NOT NULL, "token" TEXT, "command_hash" TEXT, "previous_hash" TEXT NOT NULL, "hash" TEXT NOT NULL, '
        'FOREIGN KEY ("reporting_year_id") REFERENCES "reporting_years" ("id")) STRICT'
    ),
    ('CREATE INDEX "events_reporting_year_id_period" ON "events" ("reporting_year_id", "period")'),
    ('CREATE UNIQUE INDEX "events_token" ON "events" ("token") WHERE token IS NOT NULL'),
    (
        'CREATE TABLE "closings" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "revision" '
        'INTEGER NOT NULL, "event_id" INTEGER NOT NULL, "at" INTEGER NOT NULL, "figures" TEXT NOT NULL, '
        '"calendar_revision" INTEGER NOT NULL, "head_hash" TEXT NOT NULL, FOREIGN KEY ("period_id") REFERENCES '
        '"periods" ("id"), FOREIGN KEY ("event_id") REFERENCES "events" ("sequence")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "closings_period_id_revision" ON "closings" ("period_id", "revision")'),
    (
        'CREATE TABLE "people" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, "code" TEXT NOT '
        'NULL, "name" TEXT NOT NULL, "role" TEXT NOT NULL, "account" TEXT, "active" INTEGER NOT NULL, FOREIGN KEY '
        '("office_id") REFERENCES "offices" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "people_office_id_code" ON "people" ("office_id", "code")'),
    ('CREATE UNIQUE INDEX "people_office_id_account" ON "people" ("office_id", "account")'),
    (
        'CREATE TABLE "memberships" ("id" INTEGER NOT NULL PRIMARY KEY, "person_id" INTEGER NOT NULL, "lane" TEXT '
        'NOT NULL, "bidang" TEXT, "since" INTEGER NOT NULL, "until" INTEGER, "kind" TEXT NOT NULL, FOREIGN KEY '
        '("person_id") REFERENCES "people" ("id")) STRICT'
    ),
    'CREATE INDEX "memberships_person_id" ON "memberships" ("person_id")',
    (
        'CREATE TABLE "indicator_versions" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, '
        '"indicator" TEXT NOT NULL, "number" INTEGER NOT NULL, "since" TEXT NOT NULL, "closed" TEXT NOT NULL, '
        '"definition" TEXT NOT NULL, FOREIGN KEY ("office_id") REFERENCES "offices" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "indicator_versions_office_id_indicator_number" ON "indicator_versions" ("office_id", '
        '"indicator", "number")'
    ),
    (
        'CREATE TABLE "target_sets" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, "year" '
        'INTEGER NOT NULL, "number" INTEGER NOT NULL, "document" TEXT NOT NULL, "since" TEXT NOT NULL, FOREIGN KEY '
        '("office_id") REFERENCES "offices" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "target_sets_office_id_year_number" ON "target_sets" ("office_id", "year", "number")'),
    (
        'CREATE TABLE "targets" ("id" INTEGER NOT NULL PRIMARY KEY, "target_set_id" INTEGER NOT NULL, "indicator" '
        'TEXT NOT NULL, "period" TEXT NOT NULL, "value" TEXT NOT NULL, FOREIGN KEY ("target_set_id") REFERENCES '
        '"target_sets" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "targets_target_set_id_indicator_period" ON "targets" ("target_set_id", "indicator", '
        '"period")'
    ),
    (
        'CREATE TABLE "data_periods" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "revision" '
        'INTEGER NOT NULL, "rolled" TEXT, "taken" TEXT, FOREIGN KEY ("period_id") REFERENCES "periods" ("id")) '
        "STRICT"
    ),
    'CREATE UNIQUE INDEX "data_periods_period_id" ON "data_periods" ("period_id")',
    (
        'CREATE TABLE "forms" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "owner" TEXT NOT '
        'NULL, "number" INTEGER NOT NULL, "rows" TEXT NOT NULL, FOREIGN KEY ("period_id") REFERENCES "periods" '
        '("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "forms_period_id_owner_number" ON "forms" ("period_id", "owner", "number")'),
    (
        'CREATE TABLE "data_rows" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "owner" TEXT '
        'NOT NULL, "case_number" INTEGER NOT NULL, "attempt" INTEGER NOT NULL, "indicator" TEXT NOT NULL, "isian" '
        'TEXT, "changes" TEXT NOT NULL, "word" TEXT, "mark" TEXT, "accepted" TEXT, FOREIGN KEY ("period_id") '
        'REFERENCES "periods" ("id")) STRICT'
    ),
    (
        'CREATE UNIQUE INDEX "data_rows_period_id_owner_case_number_attempt_indicator" ON "data_rows" ("period_id",'
        ' "owner", "case_number", "attempt", "indicator")'
    ),
    (
        'CREATE TABLE "data_closings" ("id" INTEGER NOT NULL PRIMARY KEY, "period_id" INTEGER NOT NULL, "number" '
        'INTEGER NOT NULL, "kept" TEXT NOT NULL, FOREIGN KEY ("period_id") REFERENCES "periods" ("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "data_closings_period_id_number" ON "data_closings" ("period_id", "number")'),
    (
        'CREATE TABLE "pins" ("id" INTEGER NOT NULL PRIMARY KEY, "person_id" INTEGER NOT NULL, "hash" TEXT NOT '
        'NULL, "failures" INTEGER NOT NULL, "locked_until" INTEGER, "changed" INTEGER NOT NULL, FOREIGN KEY '
        '("person_id") REFERENCES "people" ("id")) STRICT'
    ),
    'CREATE UNIQUE INDEX "pins_person_id" ON "pins" ("person_id")',
    (
        'CREATE TABLE "signers" ("id" INTEGER NOT NULL PRIMARY KEY, "office_id" INTEGER NOT NULL, "code" TEXT NOT '
        'NULL, "position" TEXT NOT NULL, "since" TEXT, "digest" TEXT NOT NULL, "salt" TEXT NOT NULL, "name" TEXT '
        'NOT NULL, "rank" TEXT NOT NULL, "nip" TEXT NOT NULL, FOREIGN KEY ("office_id") REFERENCES "offices" '
        '("id")) STRICT'
    ),
    ('CREATE UNIQUE INDEX "signers_office_id_code" ON "signers" ("office_id", "code")'),
    (
        'CREATE TABLE "drafts" ("id" INTEGER NOT NULL PRIMARY KEY, "person" TEXT NOT NULL, "place" TEXT NOT NULL, '
        '"content" TEXT NOT NULL, "saved" INTEGER NOT NULL) STRICT'
    ),
    'CREATE UNIQUE INDEX "drafts_person_place" ON "drafts" ("person", "place")',
    (
        'CREATE TABLE "anchors" ("id" INTEGER NOT NULL PRIMARY KEY, "sequence" INTEGER NOT NULL, "hash" TEXT NOT '
        'NULL, "verified" INTEGER NOT NULL) STRICT'
    ),
)
"""What makes the tables and their indexes in an empty file."""

COLUMNS: Mapping[str, Mapping[str, str | None]] = {
    "offices": {
        "id": None,
        "code": None,
        "name": None,
        "zone": "zone",
        "settings": "settings",
    },
    "bidang": {
        "id": None,
        "office_id": None,
        "name": None,
        "position": None,
        "active": "flag",
        "since": "moment",
        "until": "moment",
        "successor_id": None,
    },
    "calendar_revisions": {
        "id": None,
        "office_id": None,
        "revision": None,
        "spec": "calendar_spec",
        "content_hash": None,
        "recorded": "moment",
    },
    "sop_versions": {
        "id": None,
        "office_id": None,
        "sop_code": None,
        "version": None,
        "definition": "definition",
        "content_hash": None,
        "recorded": "moment",
    },
    "confirmations": {
        "id": None,
        "sop_version_id": None,
        "step": None,
        "field": None,
        "by_person": None,
        "at": "moment",
    },
    "reporting_years": {
        "id": None,
        "office_id": None,
        "sop_code": None,
        "year": None,
        "cadence": "cadence",
    },
    "periods": {
        "id": None,
        "reporting_year_id": None,
        "key": "period_key",
        "has_case": "flag",
        "phase": "period_phase",
        "moment": "moment",
        "revision": None,
        "closings": None,
        "reopenings": None,
        "closed_at": "moment",
        "waivers": "waivers",
        "last_case": None,
    },
    "cases": {
        "id": None,
        "period_id": None,
        "number": None,
        "sop_version": None,
        "phase": "case_phase",
        "opened": "moment",
        "moment": "moment",
        "revision": None,
        "ended": "moment",
        "holds": "intervals",
        "gate_since": "moment",
        "regions": "regions",
        "region_floors": "region_floors",
        "retired": "runs",
        "vanished": "vanished",
    },
    "runs": {
        "id": None,
        "case_id": None,
        "step": None,
        "bidang": "slot_bidang",
        "attempt": None,
        "phase": "run_phase",
        "ready": "moment",
        "opened_by": None,
        "opening": "opening",
        "origins": "run_keys",
        "loop_target": "flag",
        "valid": "flag",
        "revision": None,
        "holder": None,
        "started": "moment",
        "ended": "moment",
        "work": "intervals",
        "pauses": "intervals",
        "waits": "intervals",
        "paused_from": "run_phase",
        "handed_in_by": None,
        "answer": "answer",
        "taken_over": "flag",
        "note": None,
        "ticks": "ticks",
        "evidence": "evidence",
        "inputs": "inputs",
        "verdict": "verdict",
        "acts": "numbers",
        "cut_by": None,
        "late_entry": "flag",
        "doubted": "flag",
    },
    "events": {
        "sequence": None,
        "recorded": "moment",
        "at": "moment",
        "act": "act",
        "office": None,
        "reporting_year_id": None,
        "period": "period_key",
        "case_number": None,
        "step": None,
        "bidang": None,
        "attempt": None,
        "by_person": None,
        "for_lane": None,
        "host": None,
        "late_entry": "flag",
        "doubted": "flag",
        "touches": "texts",
        "data": "object",
        "token": None,
        "command_hash": None,
        "previous_hash": None,
        "hash": None,
    },
    "closings": {
        "id": None,
        "period_id": None,
        "revision": None,
        "event_id": None,
        "at": "moment",
        "figures": "object",
        "calendar_revision": None,
        "head_hash": None,
    },
    "people": {
        "id": None,
        "office_id": None,
        "code": None,
        "name": None,
        "role": "roles",
        "account": None,
        "active": "flag",
    },
    "memberships": {
        "id": None,
        "person_id": None,
        "lane": None,
        "bidang": None,
        "since": "moment",
        "until": "moment",
        "kind": "membership_kind",
    },
    "indicator_versions": {
        "id": None,
        "office_id": None,
        "indicator": None,
        "number": None,
        "since": "period_key",
        "closed": "texts",
        "definition": "object",
    },
    "target_sets": {
        "id": None,
        "office_id": None,
        "year": None,
        "number": None,
        "document": None,
        "since": "period_key",
    },
    "targets": {
        "id": None,
        "target_set_id": None,
        "indicator": None,
        "period": "period_key",
        "value": "object",
    },
    "data_periods": {
        "id": None,
        "period_id": None,
        "revision": None,
        "rolled": "object",
        "taken": "object",
    },
    "forms": {
        "id": None,
        "period_id": None,
        "owner": None,
        "number": None,
        "rows": "object",
    },
    "data_rows": {
        "id": None,
        "period_id": None,
        "owner": None,
        "case_number": None,
        "attempt": None,
        "indicator": None,
        "isian": "object",
        "changes": "texts",
        "word": None,
        "mark": "object",
        "accepted": "object",
    },
    "data_closings": {
        "id": None,
        "period_id": None,
        "number": None,
        "kept": "object",
    },
    "pins": {
        "id": None,
        "person_id": None,
        "hash": None,
        "failures": None,
        "locked_until": "moment",
        "changed": "moment",
    },
    "signers": {
        "id": None,
        "office_id": None,
        "code": None,
        "position": None,
        "since": None,
        "digest": None,
        "salt": None,
        "name": None,
        "rank": None,
        "nip": None,
    },
    "drafts": {
        "id": None,
        "person": None,
        "place": None,
        "content": None,
        "saved": "moment",
    },
    "anchors": {
        "id": None,
        "sequence": None,
        "hash": None,
        "verified": "moment",
    },
}
"""Table -> column, in order -> its shape; None for one that is read as it lies."""

OFFICES = "SELECT t1.id, t1.code, t1.name, t1.zone FROM offices AS t1 ORDER BY t1.id"
"""Given nothing."""
OFFICE_CODES = "SELECT t1.code FROM offices AS t1 ORDER BY t1.id"
"""Given nothing."""
OFFICE_OF_CODE = "SELECT t1.id, t1.name, t1.zone, t1.settings FROM offices AS t1 WHERE (t1.code = ?1)"
"""Given: code."""
OFFICE_NAMES = "SELECT t1.code, t1.name, t1.zone FROM offices AS t1 WHERE (t1.id = ?1)"
"""Given: office_id."""
ZONE_OF_CODE_OR_FIRST = "SELECT t1.zone FROM offices AS t1 ORDER BY (t1.code = ?1) DESC, t1.id LIMIT 1"
"""Given: code."""
ZONES_AND_SETTINGS = "SELECT t1.zone, t1.settings FROM offices AS t1 ORDER BY t1.id"
"""Given nothing."""
BIDANG_IN_FORCE = (
    "SELECT t1.name FROM bidang AS t1 WHERE ((t1.office_id = ?1) AND (((t1.since IS NULL) OR (t1.since <= ?2)) AND "
    "((t1.until IS NULL) OR (t1.until > ?2)))) ORDER BY t1.position, t1.id"
)
"""Given: office_id, moment."""
BIDANG_IN_FORCE_OF_CODE = (
    "SELECT t1.name FROM bidang AS t1 INNER JOIN offices AS t2 ON (t1.office_id = t2.id) WHERE ((t2.code = ?1) AND "
    "(((t1.since IS NULL) OR (t1.since <= ?2)) AND ((t1.until IS NULL) OR (t1.until > ?2)))) ORDER BY t1.position, "
    "t1.id"
)
"""Given: office, moment."""
BIDANG_WITH_DATES = (
    "SELECT t1.name, t1.since, t1.until FROM bidang AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.position, t1.id"
)
"""Given: office_id."""
BIDANG_AND_SUCCESSORS = (
    "SELECT t1.name, t2.name FROM bidang AS t1 LEFT OUTER JOIN bidang AS t2 ON (t2.id = t1.successor_id) WHERE "
    "(t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
BIDANG_LIST = (
    "SELECT t1.name, t1.active, t1.since, t1.until, t2.name FROM bidang AS t1 INNER JOIN offices AS t3 ON "
    "(t1.office_id = t3.id) LEFT OUTER JOIN bidang AS t2 ON (t2.id = t1.successor_id) WHERE (t3.code = ?1) ORDER BY"
    " t1.active DESC, t1.position, t1.id"
)
"""Given: office."""
NEWEST_CALENDAR = (
    "SELECT t1.revision, t1.spec FROM calendar_revisions AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.revision DESC "
    "LIMIT 1"
)
"""Given: office_id."""
NEWEST_CALENDAR_NUMBER = (
    "SELECT t1.revision FROM calendar_revisions AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.revision DESC LIMIT 1"
)
"""Given: office_id."""
NEWEST_CALENDAR_OF_CODE = (
    "SELECT t1.id, MAX(t2.revision) FROM offices AS t1 INNER JOIN calendar_revisions AS t2 ON (t2.office_id = "
    "t1.id) WHERE (t1.code = ?1) GROUP BY t1.id"
)
"""Given: office."""
CALENDAR_SPEC = "SELECT t1.spec FROM calendar_revisions AS t1 WHERE ((t1.office_id = ?1) AND (t1.revision = ?2))"
"""Given: office_id, revision."""
CALENDAR_LIST = (
    "SELECT t1.revision, t1.recorded, t1.content_hash FROM calendar_revisions AS t1 WHERE (t1.office_id = ?1) ORDER"
    " BY t1.revision DESC"
)
"""Given: office_id."""
OFFICES_AND_SETTINGS = "SELECT t1.id, t1.code, t1.name, t1.zone, t1.settings FROM offices AS t1 ORDER BY t1.id"
"""Given nothing."""
BIDANG_OF_OFFICE = (
    "SELECT t1.name, t1.position, t1.active, t1.since, t1.until, t2.name FROM bidang AS t1 LEFT OUTER JOIN bidang "
    "AS t2 ON (t2.id = t1.successor_id) WHERE (t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
CALENDARS_OF_OFFICE = (
    "SELECT t1.revision, t1.content_hash FROM calendar_revisions AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.revision"
)
"""Given: office_id."""
ADOPTED_SOPS = (
    "SELECT t1.sop_code, MAX(t1.version) FROM sop_versions AS t1 WHERE (t1.office_id = ?1) GROUP BY t1.sop_code "
    "ORDER BY MIN(t1.id)"
)
"""Given: office_id."""
ADOPTED_SOPS_OF_CODE = (
    "SELECT t1.sop_code FROM sop_versions AS t1 INNER JOIN offices AS t2 ON (t1.office_id = t2.id) WHERE (t2.code ="
    " ?1) GROUP BY t1.sop_code ORDER BY MIN(t1.id)"
)
"""Given: office."""
IMPORTED_SOPS = "SELECT DISTINCT t1.sop_code FROM sop_versions AS t1 WHERE (t1.office_id IS NULL) ORDER BY t1.sop_code"
"""Given nothing."""
SOP_VERSION = (
    "SELECT t1.version, t1.definition FROM sop_versions AS t1 WHERE (((t1.office_id IS ?1) AND (t1.sop_code = ?2)) "
    "AND ((?3 IS NULL) OR (t1.version = ?3))) ORDER BY t1.version DESC LIMIT 1"
)
"""Given: office_id, code, version."""
NEWEST_SOP_NUMBER = (
    "SELECT t1.version FROM sop_versions AS t1 WHERE ((t1.office_id = ?1) AND (t1.sop_code = ?2)) ORDER BY "
    "t1.version DESC LIMIT 1"
)
"""Given: office_id, code."""
SOP_DEFINITION = (
    "SELECT t1.definition, t1.id FROM sop_versions AS t1 WHERE (((t1.office_id = ?1) AND (t1.sop_code = ?2)) AND "
    "(t1.version = ?3))"
)
"""Given: office_id, code, version."""
SOP_DEFINITIONS = (
    "SELECT t1.version, t1.definition FROM sop_versions AS t1 WHERE ((t1.office_id = ?1) AND (t1.sop_code = ?2)) "
    "ORDER BY t1.version"
)
"""Given: office_id, code."""
SOP_DEFINITIONS_OF_CODE = (
    "SELECT t1.version, t1.definition FROM sop_versions AS t1 INNER JOIN offices AS t2 ON (t1.office_id = t2.id) "
    "WHERE ((t2.code = ?1) AND (t1.sop_code = ?2)) ORDER BY t1.version"
)
"""Given: office, code."""
SOP_HISTORY = (
    "SELECT t1.version, t1.recorded FROM sop_versions AS t1 WHERE ((t1.office_id = ?1) AND (t1.sop_code = ?2)) "
    "ORDER BY t1.version DESC"
)
"""Given: office_id, code."""
CONFIRMED_FIELDS = "SELECT t1.step, t1.field FROM confirmations AS t1 WHERE (t1.sop_version_id = ?1)"
"""Given: sop_version_id."""
CONFIRMATIONS = (
    "SELECT t1.step, t1.field, t1.by_person, t1.at FROM confirmations AS t1 INNER JOIN sop_versions AS t2 ON "
    "(t1.sop_version_id = t2.id) WHERE (((t2.office_id = ?1) AND (t2.sop_code = ?2)) AND (t2.version = ?3)) ORDER "
    "BY t1.step, t1.field"
)
"""Given: office_id, code, version."""
YEAR_OF = (
    "SELECT t1.id, t1.cadence FROM reporting_years AS t1 WHERE (((t1.office_id = ?1) AND (t1.sop_code = ?2)) AND "
    "(t1.year = ?3))"
)
"""Given: office_id, code, year."""
YEARS_OF_OFFICE = "SELECT t1.sop_code, t1.year FROM reporting_years AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.year"
"""Given: office_id."""
YEARS_OF_SOP = (
    "SELECT t1.year, t1.id FROM reporting_years AS t1 INNER JOIN offices AS t2 ON (t1.office_id = t2.id) WHERE "
    "((t2.code = ?1) AND (t1.sop_code = ?2)) ORDER BY t1.year"
)
"""Given: office, code."""
OFFICES_WITH_SOP = (
    "SELECT DISTINCT t1.code FROM offices AS t1 INNER JOIN sop_versions AS t2 ON (t2.office_id = t1.id) WHERE "
    "(t2.sop_code = ?1)"
)
"""Given: code."""
VERSIONS_OF_OFFICE = (
    "SELECT t1.id, t1.sop_code, t1.version, t1.content_hash FROM sop_versions AS t1 WHERE (t1.office_id IS ?1) "
    "ORDER BY t1.sop_code, t1.version"
)
"""Given: office_id."""
DEFINITIONS_OF_OFFICE = (
    "SELECT t1.sop_code, t1.definition FROM sop_versions AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.sop_code, "
    "t1.version DESC"
)
"""Given: office_id."""
DEFINITION_OF_HASH = "SELECT t1.definition FROM sop_versions AS t1 WHERE (t1.content_hash = ?1) LIMIT 1"
"""Given: digest."""
CONFIRMATIONS_OF_VERSION = (
    "SELECT t1.step, t1.field, t1.by_person, t1.at FROM confirmations AS t1 WHERE (t1.sop_version_id = ?1)"
)
"""Given: sop_version_id."""
YEARS_AS_SET_UP = (
    "SELECT t1.sop_code, t1.year, t1.cadence FROM reporting_years AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
ALL_YEARS = (
    "SELECT t1.code, t2.sop_code, t2.year FROM reporting_years AS t2 INNER JOIN offices AS t1 ON (t2.office_id = "
    "t1.id) ORDER BY t2.id"
)
"""Given nothing."""
YEARS_WITH_OPEN_PERIODS = (
    "SELECT t1.id, t1.year, t1.cadence, (SELECT COUNT(t2.id) FROM periods AS t2 WHERE (((t2.reporting_year_id = "
    "t1.id) AND (t2.phase = 'buka')) AND (t2.has_case = 1))) FROM reporting_years AS t1 WHERE ((t1.office_id = ?1) "
    "AND (t1.sop_code = ?2)) ORDER BY t1.year"
)
"""Given: office_id, sop."""
YEAR_OF_PERIOD = (
    "SELECT t1.reporting_year_id FROM periods AS t1 INNER JOIN reporting_years AS t2 ON (t1.reporting_year_id = "
    "t2.id) INNER JOIN offices AS t3 ON (t2.office_id = t3.id) WHERE (((t3.code = ?1) AND (t2.sop_code = ?2)) AND "
    "(t1.key = ?3))"
)
"""Given: office, sop, key."""
PERIODS = (
    "SELECT t1.id, t1.key, t1.has_case, t1.phase, t1.moment, t1.revision, t1.closings, t1.reopenings, t1.closed_at,"
    " t1.waivers, t1.last_case FROM periods AS t1 WHERE (t1.reporting_year_id = ?1)"
)
"""Given: year_id."""
CASES = (
    "SELECT t1.id, t1.number, t1.sop_version, t1.phase, t1.opened, t1.moment, t1.revision, t1.ended, "
    "NULLIF(t1.holds, '[]'), t1.gate_since, t1.regions, t1.region_floors, NULLIF(t1.retired, '[]'), "
    "NULLIF(t1.vanished, '[]') FROM cases AS t1 WHERE (t1.period_id = ?1) ORDER BY t1.number"
)
"""Given: period_id."""
CASE_OF_NUMBER = (
    "SELECT t1.id, t1.number, t1.sop_version, t1.phase, t1.opened, t1.moment, t1.revision, t1.ended, "
    "NULLIF(t1.holds, '[]'), t1.gate_since, t1.regions, t1.region_floors, NULLIF(t1.retired, '[]'), "
    "NULLIF(t1.vanished, '[]') FROM cases AS t1 WHERE ((t1.period_id = ?1) AND (t1.number = ?2))"
)
"""Given: period_id, number."""
RUNS = (
    "SELECT t1.id, t1.step, t1.bidang, t1.attempt, t1.phase, t1.ready, t1.opened_by, t1.opening, NULLIF(t1.origins,"
    " '[]'), t1.loop_target, t1.valid, t1.revision, t1.holder, t1.started, t1.ended, NULLIF(t1.work, '[]'), "
    "NULLIF(t1.pauses, '[]'), NULLIF(t1.waits, '[]'), t1.paused_from, t1.handed_in_by, t1.answer, t1.taken_over, "
    "t1.note, NULLIF(t1.ticks, '[]'), NULLIF(t1.evidence, '[]'), t1.inputs, t1.verdict, NULLIF(t1.acts, '[]'), "
    "t1.cut_by, t1.late_entry, t1.doubted FROM runs AS t1 WHERE (t1.case_id = ?1) ORDER BY t1.step, t1.bidang, "
    "t1.attempt"
)
"""Given: case_id."""
STANDING_PERIODS = (
    "SELECT t1.key, t1.has_case, t1.phase, t1.revision, t1.closings, t1.reopenings, t1.waivers, t2.id, t2.phase, "
    "t2.revision, t2.sop_version, t2.gate_since, t2.holds, t2.regions FROM periods AS t1 LEFT OUTER JOIN cases AS "
    "t2 ON ((t2.period_id = t1.id) AND (t2.number = t1.last_case)) WHERE (t1.reporting_year_id = ?1) ORDER BY t1.id"
)
"""Given: year_id."""
STANDING_RUNS = (
    "SELECT t1.step, t1.bidang, t1.attempt, t1.phase, t1.revision, t1.holder, t1.ready, t1.started, t1.ended, "
    "t1.pauses FROM runs AS t1 WHERE ((t1.case_id = ?1) AND (t1.valid = 1)) ORDER BY t1.step, t1.id"
)
"""Given: case_id."""
RUNNING_CASES = (
    "SELECT t1.id, t2.key, t1.sop_version, t1.revision FROM cases AS t1 INNER JOIN periods AS t2 ON (t1.period_id ="
    " t2.id) INNER JOIN reporting_years AS t3 ON (t2.reporting_year_id = t3.id) WHERE ((((t3.office_id = ?1) AND "
    "(t3.sop_code = ?2)) AND (t2.phase = 'buka')) AND (t1.phase IN ('berjalan', 'ditahan'))) ORDER BY t2.key"
)
"""Given: office_id, sop."""
OPEN_STEPS = (
    "SELECT DISTINCT t1.step FROM runs AS t1 WHERE (((t1.case_id = ?1) AND (t1.valid = 1)) AND (t1.phase IN "
    "('dikerjakan', 'ditunda', 'keputusan', 'siap'))) ORDER BY t1.step"
)
"""Given: case_id."""
ENDED_RUNS = (
    "SELECT t1.sop_version, t2.step, t2.verdict FROM runs AS t2 INNER JOIN cases AS t1 ON (t2.case_id = t1.id) "
    "INNER JOIN periods AS t3 ON (t1.period_id = t3.id) INNER JOIN reporting_years AS t4 ON (t3.reporting_year_id ="
    " t4.id) INNER JOIN offices AS t5 ON (t4.office_id = t5.id) WHERE ((((((t5.code = ?1) AND (t4.sop_code = ?2)) "
    "AND (t2.phase = 'selesai')) AND (t2.valid = 1)) AND (t2.taken_over = 0)) AND (t2.verdict IS NOT NULL)) ORDER "
    "BY t2.ended DESC"
)
"""Given: office, sop."""
BIDANG_OF_CASES = (
    "SELECT DISTINCT t1.bidang FROM runs AS t1 INNER JOIN cases AS t2 ON (t1.case_id = t2.id) INNER JOIN periods AS"
    " t3 ON (t2.period_id = t3.id) INNER JOIN reporting_years AS t4 ON (t3.reporting_year_id = t4.id) WHERE "
    "((t4.office_id = ?1) AND (t1.bidang != ''))"
)
"""Given: office_id."""
OPEN_RUNS = (
    "SELECT t1.sop_code, t2.key, t3.number, t3.sop_version, t3.holds, t4.step, t4.bidang, t4.attempt, t4.ready, "
    "t4.started, t4.pauses FROM runs AS t4 INNER JOIN cases AS t3 ON (t4.case_id = t3.id) INNER JOIN periods AS t2 "
    "ON (t3.period_id = t2.id) INNER JOIN reporting_years AS t1 ON (t2.reporting_year_id = t1.id) WHERE "
    "((((t1.office_id = ?1) AND (t2.phase = 'buka')) AND (t4.valid = 1)) AND (t4.phase IN ('dikerjakan', 'ditunda',"
    " 'keputusan', 'siap'))) ORDER BY t1.sop_code, t2.key, t4.step, t4.bidang"
)
"""Given: office_id."""
OPEN_RUNS_OF_HOLDER = (
    "SELECT t1.sop_code, t2.key, t3.phase, t4.step, t4.bidang FROM runs AS t4 INNER JOIN cases AS t3 ON (t4.case_id"
    " = t3.id) INNER JOIN periods AS t2 ON ((t3.period_id = t2.id) AND (t3.number = t2.last_case)) INNER JOIN "
    "reporting_years AS t1 ON (t2.reporting_year_id = t1.id) WHERE (((((t1.office_id = ?1) AND (t2.phase = 'buka'))"
    " AND (t4.valid = 1)) AND (t4.holder = ?2)) AND (t4.phase IN ('dikerjakan', 'ditunda', 'keputusan', 'siap'))) "
    "ORDER BY t1.year, t1.sop_code, t2.id, t4.step, t4.bidang"
)
"""Given: office_id, holder."""
PERIOD_KEYS = (
    "SELECT DISTINCT t1.key FROM periods AS t1 INNER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) "
    "WHERE (t2.office_id = ?1)"
)
"""Given: office_id."""
HEAD = "SELECT t1.sequence, t1.hash FROM events AS t1 ORDER BY t1.sequence DESC LIMIT 1"
"""Given nothing."""
LAST_RECORDED = "SELECT t1.recorded FROM events AS t1 ORDER BY t1.sequence DESC LIMIT 1"
"""Given nothing."""
HASH_OF_EVENT = "SELECT t1.hash FROM events AS t1 WHERE (t1.sequence = ?1)"
"""Given: sequence."""
RECORDED_OF_EVENT = "SELECT t1.recorded FROM events AS t1 WHERE (t1.sequence = ?1)"
"""Given: sequence."""
EVENT = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data FROM events AS t1 WHERE ((t1.sequence ="
    " ?1) AND (t1.reporting_year_id = ?2))"
)
"""Given: sequence, year_id."""
EVENTS_OF_ACTS = (
    "SELECT t1.office, t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, "
    "t1.case_number, t1.step, t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data FROM events AS "
    "t1 WHERE (t1.act IN (SELECT value FROM json_each(?1))) ORDER BY t1.sequence"
)
"""Given: acts."""
EVENT_OF_TOKEN = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data, t1.hash, t1.command_hash FROM events "
    "AS t1 WHERE (t1.token = ?1)"
)
"""Given: token."""
HISTORY = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data FROM events AS t1 WHERE "
    "(t1.reporting_year_id = ?1) ORDER BY t1.sequence"
)
"""Given: year_id."""
HISTORY_OF_PERIOD = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data FROM events AS t1 WHERE "
    "((t1.reporting_year_id = ?1) AND (t1.period = ?2)) ORDER BY t1.sequence"
)
"""Given: year_id, period."""
WHO_AND_WHEN_OF_PERIOD = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted FROM events AS t1 WHERE ((t1.reporting_year_id = ?1) AND "
    "(t1.period = ?2)) ORDER BY t1.sequence"
)
"""Given: year_id, period."""
LINES_OF_PERIODS = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.data, t1.host, t1.hash FROM events AS t1 WHERE "
    "((t1.reporting_year_id = ?1) AND (t1.period IN (SELECT value FROM json_each(?2)))) ORDER BY t1.sequence"
)
"""Given: year_id, periods."""
LINE_COUNT_OF_PERIODS = (
    "SELECT count(*) FROM events AS t1 WHERE ((t1.reporting_year_id = ?1) AND (t1.period IN (SELECT value FROM "
    "json_each(?2))))"
)
"""Given: year_id, periods."""
TOUCHING = (
    "SELECT t1.sequence, t1.act, t1.by_person, t1.at, t1.recorded, t1.touches FROM events AS t1 WHERE "
    "((t1.reporting_year_id = ?1) AND (t1.touches LIKE ?2)) ORDER BY t1.sequence DESC"
)
"""Given: year_id, like."""
NEWEST_LINES = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data, t1.office, t2.sop_code, t1.host, "
    "t1.hash FROM events AS t1 LEFT OUTER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) WHERE "
    "((t1.sequence BETWEEN ?1 AND ?2) AND ((((?3 IS NULL) OR ((t1.office IS NULL) OR ((t1.office = ?3) AND "
    "((t1.reporting_year_id IS NULL) OR (t2.sop_code = ?4))))) AND ((?5 IS NULL) OR (t1.period = ?5))) AND "
    "(((((((?6 IS NULL) OR (t1.step = ?6)) AND ((?7 IS NULL) OR (t1.bidang IN (SELECT value FROM json_each(?7))))) "
    "AND ((?8 IS NULL) OR (t1.act IN (SELECT value FROM json_each(?8))))) AND ((?9 IS NULL) OR (t1.by_person = "
    "?9))) AND ((?10 IS NULL) OR (t1.recorded >= ?10))) AND ((?11 IS NULL) OR (t1.recorded < ?11))))) ORDER BY "
    "t1.sequence DESC LIMIT ?12"
)
"""Given: first, last, office, sop, period, step, bidang, acts, by, since, until, limit."""
OLDEST_LINES = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data, t1.office, t2.sop_code, t1.host, "
    "t1.hash FROM events AS t1 LEFT OUTER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) WHERE "
    "((t1.sequence BETWEEN ?1 AND ?2) AND ((((?3 IS NULL) OR ((t1.office IS NULL) OR ((t1.office = ?3) AND "
    "((t1.reporting_year_id IS NULL) OR (t2.sop_code = ?4))))) AND ((?5 IS NULL) OR (t1.period = ?5))) AND "
    "(((((((?6 IS NULL) OR (t1.step = ?6)) AND ((?7 IS NULL) OR (t1.bidang IN (SELECT value FROM json_each(?7))))) "
    "AND ((?8 IS NULL) OR (t1.act IN (SELECT value FROM json_each(?8))))) AND ((?9 IS NULL) OR (t1.by_person = "
    "?9))) AND ((?10 IS NULL) OR (t1.recorded >= ?10))) AND ((?11 IS NULL) OR (t1.recorded < ?11))))) ORDER BY "
    "t1.sequence ASC LIMIT ?12"
)
"""Given: first, last, office, sop, period, step, bidang, acts, by, since, until, limit."""
NEWEST_LINES_OF_PERIOD = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data, t1.office, t2.sop_code, t1.host, "
    "t1.hash FROM events AS t1 LEFT OUTER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) WHERE "
    "((t1.sequence BETWEEN ?1 AND ?2) AND (((t1.reporting_year_id = ?3) AND (t1.period = ?4)) AND (((((((?5 IS "
    "NULL) OR (t1.step = ?5)) AND ((?6 IS NULL) OR (t1.bidang IN (SELECT value FROM json_each(?6))))) AND ((?7 IS "
    "NULL) OR (t1.act IN (SELECT value FROM json_each(?7))))) AND ((?8 IS NULL) OR (t1.by_person = ?8))) AND ((?9 "
    "IS NULL) OR (t1.recorded >= ?9))) AND ((?10 IS NULL) OR (t1.recorded < ?10))))) ORDER BY t1.sequence DESC "
    "LIMIT ?11"
)
"""Given: first, last, year_id, period, step, bidang, acts, by, since, until, limit."""
OLDEST_LINES_OF_PERIOD = (
    "SELECT t1.sequence, t1.act, t1.at, t1.recorded, t1.by_person, t1.for_lane, t1.period, t1.case_number, t1.step,"
    " t1.bidang, t1.attempt, t1.late_entry, t1.doubted, t1.touches, t1.data, t1.office, t2.sop_code, t1.host, "
    "t1.hash FROM events AS t1 LEFT OUTER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) WHERE "
    "((t1.sequence BETWEEN ?1 AND ?2) AND (((t1.reporting_year_id = ?3) AND (t1.period = ?4)) AND (((((((?5 IS "
    "NULL) OR (t1.step = ?5)) AND ((?6 IS NULL) OR (t1.bidang IN (SELECT value FROM json_each(?6))))) AND ((?7 IS "
    "NULL) OR (t1.act IN (SELECT value FROM json_each(?7))))) AND ((?8 IS NULL) OR (t1.by_person = ?8))) AND ((?9 "
    "IS NULL) OR (t1.recorded >= ?9))) AND ((?10 IS NULL) OR (t1.recorded < ?10))))) ORDER BY t1.sequence ASC LIMIT"
    " ?11"
)
"""Given: first, last, year_id, period, step, bidang, acts, by, since, until, limit."""
TOLD_OF_SOP = (
    "SELECT t1.act, t1.step, t1.by_person, t1.at, t1.data FROM events AS t1 WHERE ((((t1.office = ?1) AND "
    "(t1.sequence <= ?2)) AND (t1.act IN ('siapkan', 'sop-impor', 'sop-tetapkan'))) AND (json_extract(t1.data, "
    "'$.sop.code') = ?3)) ORDER BY t1.sequence"
)
"""Given: office, sequence, code."""
TOLD_OF_SOPS = (
    "SELECT t1.by_person, t1.data FROM events AS t1 WHERE ((t1.office = ?1) AND (t1.act IN ('siapkan', 'sop-impor',"
    " 'sop-tetapkan'))) ORDER BY t1.sequence"
)
"""Given: office."""
TOLD_OF_CALENDARS = (
    "SELECT t1.act, t1.by_person, t1.data FROM events AS t1 WHERE ((t1.office = ?1) AND (t1.act IN ('kalender', "
    "'siapkan'))) ORDER BY t1.sequence DESC"
)
"""Given: office."""
TOLD_OF_THE_PAGE = (
    "SELECT t1.sequence, t1.data FROM events AS t1 WHERE (((t1.office = ?1) AND (t1.sequence > ?2)) AND (t1.act IN "
    "('pengaturan', 'pejabat'))) ORDER BY t1.sequence"
)
"""Given: office, sequence."""
TOLD_OF_PIN = (
    "SELECT t1.data FROM events AS t1 WHERE ((t1.act = 'pin') AND (t1.touches = ?1)) ORDER BY t1.sequence DESC LIMIT 1"
)
"""Given: touches."""
CLOSINGS = (
    "SELECT t1.key, t2.revision, t2.event_id, t2.at, t2.figures, t2.calendar_revision, t2.head_hash, "
    "json_extract(t3.data, '$.sop') FROM closings AS t2 INNER JOIN periods AS t1 ON (t2.period_id = t1.id) INNER "
    "JOIN events AS t3 ON (t2.event_id = t3.sequence) WHERE (t1.reporting_year_id = ?1) ORDER BY t1.key, "
    "t2.revision"
)
"""Given: year_id."""
TOUCHES_OF_ENTITY = (
    "SELECT t1.sequence, t1.act, t1.by_person, t1.at, t1.recorded FROM events AS t1 WHERE ((t1.office IS ?1) AND "
    "(t1.touches = ?2)) ORDER BY t1.sequence DESC"
)
"""Given: office, touches."""
TOUCHES_OF_ACTS = (
    "SELECT t1.sequence, t1.act, t1.by_person, t1.at, t1.recorded FROM events AS t1 WHERE ((t1.office IS ?1) AND "
    "(t1.act IN (SELECT value FROM json_each(?2)))) ORDER BY t1.sequence DESC"
)
"""Given: office, acts."""
TOUCHES_OF_SOP = (
    "SELECT t1.sequence, t1.act, t1.by_person, t1.at, t1.recorded FROM events AS t1 WHERE ((t1.office IS ?1) AND "
    "((t1.act IN ('siapkan', 'sop-impor', 'sop-tetapkan')) AND (json_extract(t1.data, '$.sop.code') = ?2))) ORDER "
    "BY t1.sequence DESC"
)
"""Given: office, code."""
LATEST_OF_ACT = "SELECT MAX(t1.at) FROM events AS t1 WHERE ((t1.office IS ?1) AND (t1.act = ?2))"
"""Given: office, act."""
CARDS_OF_QUESTION = (
    "SELECT t1.sequence, t2.sop_code, t1.period, t1.step, t1.bidang FROM events AS t1 INNER JOIN reporting_years AS"
    " t2 ON (t1.reporting_year_id = t2.id) WHERE (t1.command_hash = ?1) ORDER BY t1.sequence"
)
"""Given: command_hash."""
ANYBODY = "SELECT 1 FROM people AS t1 LIMIT 1"
"""Given nothing."""
ANYBODY_OF = "SELECT 1 FROM people AS t1 WHERE (t1.office_id = ?1) LIMIT 1"
"""Given: office_id."""
STAFFED_OFFICES = (
    "SELECT t1.code, t1.id FROM offices AS t1 WHERE (t1.id IN (SELECT t2.office_id FROM people AS t2)) ORDER BY t1.id"
)
"""Given nothing."""
ACTIVE_PERSON = (
    "SELECT t1.id, t1.role, t2.code FROM people AS t1 INNER JOIN offices AS t2 ON (t1.office_id = t2.id) WHERE "
    "(((t1.office_id = ?1) AND (t1.active = 1)) AND (t1.code = ?2))"
)
"""Given: office_id, code."""
ACTIVE_CODES = "SELECT t1.code FROM people AS t1 WHERE ((t1.office_id = ?1) AND (t1.active = 1)) ORDER BY t1.code"
"""Given: office_id."""
CODE_OF_ACCOUNT = (
    "SELECT t1.code FROM people AS t1 WHERE (((t1.office_id = ?1) AND (t1.active = 1)) AND (t1.account = ?2))"
)
"""Given: office_id, account."""
SIGNERS = (
    "SELECT t1.code, t1.position, t1.since, t1.digest, t1.name, t1.rank, t1.nip, t1.salt FROM signers AS t1 WHERE "
    "(t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
NAMES = "SELECT t1.code, t1.name FROM people AS t1 WHERE ((t1.office_id = ?1) AND (t1.name != ''))"
"""Given: office_id."""
REGISTER = (
    "SELECT t1.id, t1.code, t1.name, t1.role, t1.account, t1.active, (t2.id IS NOT NULL), t2.locked_until FROM "
    "people AS t1 LEFT OUTER JOIN pins AS t2 ON (t2.person_id = t1.id) WHERE (t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
LANES_OF_OFFICE = (
    "SELECT t1.person_id, t1.lane, t1.bidang, t1.kind, t1.since, t1.until FROM memberships AS t1 INNER JOIN people "
    "AS t2 ON (t1.person_id = t2.id) WHERE (t2.office_id = ?1) ORDER BY t1.since, t1.id"
)
"""Given: office_id."""
LANES_OF_PERSON = (
    "SELECT t1.lane, t1.bidang, t1.kind, t1.since, t1.until FROM memberships AS t1 WHERE (t1.person_id = ?1)"
)
"""Given: person_id."""
MEMBERS_AT = (
    "SELECT t1.code, t1.role, t2.lane, t2.bidang FROM memberships AS t2 INNER JOIN people AS t1 ON (t2.person_id = "
    "t1.id) WHERE (((t1.office_id = ?1) AND (t1.active = 1)) AND ((t2.since <= ?2) AND ((t2.until IS NULL) OR "
    "(t2.until > ?2))))"
)
"""Given: office_id, moment."""
LANES_EVER = (
    "SELECT t1.lane, t1.bidang FROM memberships AS t1 INNER JOIN people AS t2 ON (t1.person_id = t2.id) WHERE "
    "((((t2.office_id = ?1) AND (t2.code = ?2)) AND (t1.since <= ?3)) AND ((t1.until IS NULL) OR (t1.until > "
    "t1.since)))"
)
"""Given: office_id, code, moment."""
SETTINGS_OF_PIN_HOLDER = (
    "SELECT t1.settings FROM people AS t2 INNER JOIN offices AS t1 ON (t2.office_id = t1.id) INNER JOIN pins AS t3 "
    "ON (t3.person_id = t2.id) WHERE ((t1.code = ?1) AND (t2.code = ?2))"
)
"""Given: office, code."""
PIN = (
    "SELECT t1.id, t2.hash, t2.failures, t2.locked_until FROM people AS t1 LEFT OUTER JOIN pins AS t2 ON "
    "(t2.person_id = t1.id) WHERE (((t1.office_id = ?1) AND (t1.active = 1)) AND (t1.code = ?2))"
)
"""Given: office_id, code."""
COUNT_FAILURES = "UPDATE pins SET failures = ?1, locked_until = ?2 WHERE (pins.person_id = ?3)"
"""Given: failures, locked_until, person_id."""
FORGIVE = "UPDATE pins SET failures = 0, locked_until = NULL WHERE (pins.person_id = ?1)"
"""Given: person_id."""
FORGIVE_OF_HASH = "UPDATE pins SET failures = 0, locked_until = NULL WHERE ((pins.person_id = ?1) AND (pins.hash = ?2))"
"""Given: person_id, digest."""
PEOPLE_OF_OFFICE = (
    "SELECT t1.id, t1.code, t1.role, t1.active, (t2.id IS NOT NULL) FROM people AS t1 LEFT OUTER JOIN pins AS t2 ON"
    " (t2.person_id = t1.id) WHERE (t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
LANES_AS_GIVEN = (
    "SELECT t1.person_id, t1.lane, t1.bidang, t1.kind, t1.since, t1.until FROM memberships AS t1 INNER JOIN people "
    "AS t2 ON (t1.person_id = t2.id) WHERE (t2.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
NAMES_AND_ACCOUNTS = "SELECT t1.code, t1.name, t1.account FROM people AS t1 WHERE (t1.office_id = ?1) ORDER BY t1.id"
"""Given: office_id."""
NAME_AND_ACCOUNT = "SELECT t1.name, t1.account FROM people AS t1 WHERE ((t1.office_id = ?1) AND (t1.code = ?2))"
"""Given: office_id, code."""
NAMES_ELSEWHERE = "SELECT t1.code, t1.name FROM people AS t1 WHERE (t1.office_id != ?1)"
"""Given: office_id."""
PIN_OF_CODE = (
    "SELECT t1.hash, t1.failures, t1.locked_until, t1.changed FROM pins AS t1 INNER JOIN people AS t2 ON "
    "(t1.person_id = t2.id) INNER JOIN offices AS t3 ON (t2.office_id = t3.id) WHERE ((t3.code = ?1) AND (t2.code ="
    " ?2))"
)
"""Given: office, code."""
SAVE_DRAFT = (
    "INSERT INTO drafts (person, place, content, saved) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (person, place) DO "
    "UPDATE SET content = EXCLUDED.content, saved = EXCLUDED.saved"
)
"""Given: person, place, content, saved."""
DRAFT = "SELECT CAST(t1.content AS BLOB) FROM drafts AS t1 WHERE ((t1.person = ?1) AND (t1.place = ?2))"
"""Given: person, place."""
DRAFTS = (
    "SELECT CAST(t1.place AS BLOB), CAST(t1.content AS BLOB) FROM drafts AS t1 WHERE (t1.person = ?1) ORDER BY "
    "t1.saved DESC, t1.id DESC"
)
"""Given: person."""
FORGET_DRAFT = "DELETE FROM drafts WHERE ((drafts.person = ?1) AND (drafts.place = ?2))"
"""Given: person, place."""
FORGET_DRAFTS_BEFORE = "DELETE FROM drafts WHERE (drafts.saved < ?1) RETURNING drafts.id"
"""Given: moment."""
FORGET_DRAFTS_OF = (
    "DELETE FROM drafts WHERE ((drafts.person = ?1) AND (coalesce(CASE WHEN json_valid(drafts.place) THEN "
    "json_extract(drafts.place, '$.office') ELSE substr(drafts.place, 1, (instr(drafts.place, '/') - 1)) END, '') "
    "IN (?2, '')))"
)
"""Given: person, office."""
INDICATORS_OF_OFFICE = (
    "SELECT t1.indicator, t1.number, t1.since, t1.closed, t1.definition FROM indicator_versions AS t1 WHERE "
    "(t1.office_id = ?1) ORDER BY t1.id"
)
"""Given: office_id."""
TARGET_SETS_OF_OFFICE = (
    "SELECT t1.id, t1.year, t1.number, t1.document, t1.since FROM target_sets AS t1 WHERE (t1.office_id = ?1) ORDER"
    " BY t1.year, t1.number"
)
"""Given: office_id."""
TARGETS_OF_SET = (
    "SELECT t1.indicator, t1.period, t1.value FROM targets AS t1 WHERE (t1.target_set_id = ?1) ORDER BY "
    "t1.indicator, t1.period"
)
"""Given: target_set."""
CLOSED_PERIODS = (
    "SELECT DISTINCT t1.key FROM periods AS t1 INNER JOIN reporting_years AS t2 ON (t1.reporting_year_id = t2.id) "
    "WHERE ((t2.office_id = ?1) AND (t1.phase = 'tutup'))"
)
"""Given: office_id."""
HAS_INDICATORS = "SELECT t1.id FROM indicator_versions AS t1 WHERE (t1.office_id = ?1) LIMIT 1"
"""Given: office_id."""
DATA_PERIODS = (
    "SELECT t1.key, t2.revision, t2.rolled, t2.taken FROM data_periods AS t2 INNER JOIN periods AS t1 ON "
    "(t2.period_id = t1.id) WHERE (t1.reporting_year_id = ?1) ORDER BY t2.id"
)
"""Given: year_id."""
FORMS = (
    "SELECT t1.key, t2.owner, t2.number, t2.rows FROM forms AS t2 INNER JOIN periods AS t1 ON (t2.period_id = "
    "t1.id) WHERE (t1.reporting_year_id = ?1) ORDER BY t2.id"
)
"""Given: year_id."""
DATA_ROWS = (
    "SELECT t1.key, t2.owner, t2.case_number, t2.attempt, t2.indicator, t2.isian, t2.changes, t2.word, t2.mark, "
    "t2.accepted FROM data_rows AS t2 INNER JOIN periods AS t1 ON (t2.period_id = t1.id) WHERE "
    "(t1.reporting_year_id = ?1) ORDER BY t2.id"
)
"""Given: year_id."""
DATA_CLOSINGS = (
    "SELECT t1.key, t2.number, t2.kept FROM data_closings AS t2 INNER JOIN periods AS t1 ON (t2.period_id = t1.id) "
    "WHERE (t1.reporting_year_id = ?1) ORDER BY t2.id"
)
"""Given: year_id."""
ADD_DATA_PERIOD = "INSERT INTO data_periods (period_id, revision, rolled, taken) VALUES (?1, ?2, ?3, ?4)"
"""Given: period_id, revision, rolled, taken."""
CHANGE_DATA_PERIOD = (
    "UPDATE data_periods SET revision = ?1, rolled = ?2, taken = ?3 WHERE (data_periods.period_id = ?4)"
)
"""Given: revision, rolled, taken, period_id."""
ADD_FORM = "INSERT INTO forms (period_id, owner, number, rows) VALUES (?1, ?2, ?3, ?4)"
"""Given: period_id, owner, number, rows."""
FORGET_FORM = "DELETE FROM forms WHERE (((forms.period_id = ?1) AND (forms.owner = ?2)) AND (forms.number = ?3))"
"""Given: period_id, owner, number."""
ADD_DATA_ROW = (
    "INSERT INTO data_rows (period_id, owner, case_number, attempt, indicator, isian, changes, word, mark, "
    "accepted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
)
"""Given: period_id, owner, case_number, attempt, indicator, isian, changes, word, mark, accepted."""
CHANGE_DATA_ROW = (
    "UPDATE data_rows SET isian = ?1, changes = ?2, word = ?3, mark = ?4, accepted = ?5 WHERE "
    "(((((data_rows.period_id = ?6) AND (data_rows.owner = ?7)) AND (data_rows.case_number = ?8)) AND "
    "(data_rows.attempt = ?9)) AND (data_rows.indicator = ?10))"
)
"""Given: isian, changes, word, mark, accepted, period_id, owner, case_number, attempt, indicator."""
FORGET_DATA_ROW = (
    "DELETE FROM data_rows WHERE (((((data_rows.period_id = ?1) AND (data_rows.owner = ?2)) AND "
    "(data_rows.case_number = ?3)) AND (data_rows.attempt = ?4)) AND (data_rows.indicator = ?5))"
)
"""Given: period_id, owner, case_number, attempt, indicator."""
ADD_DATA_CLOSING = "INSERT INTO data_closings (period_id, number, kept) VALUES (?1, ?2, ?3)"
"""Given: period_id, number, kept."""
CALENDARS_OUT_OF_ORDER = (
    "SELECT t1.id FROM calendar_revisions AS t1 WHERE (t1.revision != (SELECT COUNT(t2.id) FROM calendar_revisions "
    "AS t2 WHERE ((t2.office_id = t1.office_id) AND (t2.id <= t1.id))))"
)
"""Given nothing."""
CONFIRMATIONS_WITHOUT_STEP = (
    "SELECT t1.id FROM confirmations AS t1 INNER JOIN sop_versions AS t2 ON (t1.sop_version_id = t2.id) WHERE "
    "NOT(EXISTS(SELECT 1 FROM json_each(t2.definition, '$.steps') AS step WHERE (json_extract(step.value, "
    "'$.number') = t1.step)))"
)
"""Given nothing."""
YEARS_WITHOUT_CADENCE = (
    "SELECT t1.id FROM reporting_years AS t1 INNER JOIN sop_versions AS t2 ON ((t2.office_id = t1.office_id) AND "
    "(t2.sop_code = t1.sop_code)) WHERE ((t1.cadence IS NULL) AND EXISTS(SELECT 1 FROM json_each(t2.definition, "
    "'$.steps') AS step WHERE (json_extract(step.value, '$.cadence') IS NULL)))"
)
"""Given nothing."""
CASES_WITHOUT_VERSION = (
    "SELECT t1.id FROM cases AS t1 INNER JOIN periods AS t2 ON (t1.period_id = t2.id) INNER JOIN reporting_years AS"
    " t3 ON (t2.reporting_year_id = t3.id) WHERE NOT(EXISTS(SELECT 1 FROM sop_versions AS t4 WHERE (((t4.office_id "
    "= t3.office_id) AND (t4.sop_code = t3.sop_code)) AND (t4.version = t1.sop_version))))"
)
"""Given nothing."""
CLOSINGS_WITHOUT_CALENDAR = (
    "SELECT t1.id FROM closings AS t1 INNER JOIN periods AS t2 ON (t1.period_id = t2.id) INNER JOIN reporting_years"
    " AS t3 ON (t2.reporting_year_id = t3.id) WHERE NOT(EXISTS(SELECT 1 FROM calendar_revisions AS t4 WHERE "
    "((t4.office_id = t3.office_id) AND (t4.revision = t1.calendar_revision))))"
)
"""Given nothing."""
CHAIN = (
    "SELECT t1.sequence, t1.recorded, t1.at, t1.act, t1.office, t1.reporting_year_id, t1.period, t1.case_number, "
    "t1.step, t1.bidang, t1.attempt, t1.by_person, t1.for_lane, t1.host, t1.late_entry, t1.doubted, t1.touches, "
    "t1.data, t1.token, t1.command_hash, t1.previous_hash, t1.hash FROM events AS t1 WHERE (t1.sequence > ?1) ORDER"
    " BY t1.sequence LIMIT ?2"
)
"""Given: after, limit."""
REFERRING_EVENTS = (
    "SELECT t1.sequence, t1.act, t1.at, t1.reporting_year_id, t1.period, t1.data FROM events AS t1 WHERE (t1.act IN"
    " ('siapkan', 'sop-impor', 'sop-tetapkan', 'kalender', 'tutup'))"
)
"""Given nothing."""
FROZEN_CLOSINGS = (
    "SELECT t1.reporting_year_id, t1.key, t2.revision, t2.event_id, t2.at, t2.figures, t2.calendar_revision, "
    "t2.head_hash FROM closings AS t2 LEFT OUTER JOIN periods AS t1 ON (t2.period_id = t1.id)"
)
"""Given nothing."""
DEFINITIONS_AND_HASHES = "SELECT t1.definition, t1.content_hash FROM sop_versions AS t1"
"""Given nothing."""
CALENDARS_AND_HASHES = "SELECT t1.spec, t1.content_hash FROM calendar_revisions AS t1"
"""Given nothing."""
EVENTS_OF_MARK = "SELECT t1.sequence FROM events AS t1 WHERE (SUBSTR(t1.hash, 1, LENGTH(?1)) = ?1)"
"""Given: beginning."""
ANCHORED_EVENT = (
    "SELECT t1.sequence, t1.hash, t1.recorded, t1.act, t1.by_person, t1.office FROM events AS t1 WHERE (t1.sequence"
    " = ?1)"
)
"""Given: sequence."""
LAST_ANCHOR = (
    "SELECT t1.sequence, t1.hash, t1.verified FROM anchors AS t1 ORDER BY t1.sequence DESC, t1.id DESC LIMIT 1"
)
"""Given nothing."""
FORGET_ANCHORS_FROM = "DELETE FROM anchors WHERE (anchors.sequence >= ?1)"
"""Given: sequence."""
ADD_ANCHOR = "INSERT INTO anchors (sequence, hash, verified) VALUES (?1, ?2, ?3)"
"""Given: sequence, hash, verified."""
EVERY_PERIOD = (
    "SELECT t1.key, t1.has_case, t1.phase, t1.moment, t1.revision, t1.closings, t1.reopenings, t1.closed_at, "
    "t1.waivers, t1.last_case FROM periods AS t1 WHERE (t1.reporting_year_id = ?1)"
)
"""Given: year_id."""
EVERY_CASE = (
    "SELECT t1.key, t2.number, t2.sop_version, t2.phase, t2.opened, t2.moment, t2.revision, t2.ended, t2.holds, "
    "t2.gate_since, t2.regions, t2.region_floors, t2.retired, t2.vanished FROM cases AS t2 INNER JOIN periods AS t1"
    " ON (t2.period_id = t1.id) WHERE (t1.reporting_year_id = ?1)"
)
"""Given: year_id."""
EVERY_RUN = (
    "SELECT t1.key, t2.number, t3.step, t3.bidang, t3.attempt, t3.phase, t3.ready, t3.opened_by, t3.opening, "
    "t3.origins, t3.loop_target, t3.valid, t3.revision, t3.holder, t3.started, t3.ended, t3.work, t3.pauses, "
    "t3.waits, t3.paused_from, t3.handed_in_by, t3.answer, t3.taken_over, t3.note, t3.ticks, t3.evidence, "
    "t3.inputs, t3.verdict, t3.acts, t3.cut_by, t3.late_entry, t3.doubted FROM runs AS t3 INNER JOIN cases AS t2 ON"
    " (t3.case_id = t2.id) INNER JOIN periods AS t1 ON (t2.period_id = t1.id) WHERE (t1.reporting_year_id = ?1)"
)
"""Given: year_id."""
ADD_EVENT = (
    "INSERT INTO events (sequence, recorded, at, act, office, reporting_year_id, period, case_number, step, bidang,"
    " attempt, by_person, for_lane, host, late_entry, doubted, touches, data, token, command_hash, previous_hash, "
    "hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "
    "?22)"
)
"""Given: sequence, recorded, at, act, office, reporting_year_id, period, case_number, step, bidang, attempt, by_person,
for_lane, host, late_entry, doubted, touches, data, token, command_hash, previous_hash, hash."""
ADD_CASE = (
    "INSERT INTO cases (period_id, number, sop_version, phase, opened, moment, revision, ended, holds, gate_since, "
    "regions, region_floors, retired, vanished) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
    "?14) RETURNING cases.id"
)
"""Given: period_id, number, sop_version, phase, opened, moment, revision, ended, holds, gate_since, regions,
region_floors, retired, vanished."""
ADD_RUN = (
    "INSERT INTO runs (case_id, step, bidang, attempt, phase, ready, opened_by, opening, origins, loop_target, "
    "valid, revision, holder, started, ended, work, pauses, waits, paused_from, handed_in_by, answer, taken_over, "
    "note, ticks, evidence, inputs, verdict, acts, cut_by, late_entry, doubted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
    " ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, "
    "?30, ?31)"
)
"""Given: case_id, step, bidang, attempt, phase, ready, opened_by, opening, origins, loop_target, valid, revision,
holder, started, ended, work, pauses, waits, paused_from, handed_in_by, answer, taken_over, note, ticks, evidence,
inputs, verdict, acts, cut_by, late_entry, doubted."""
ADD_CLOSING = (
    "INSERT INTO closings (period_id, revision, event_id, at, figures, calendar_revision, head_hash) VALUES (?1, "
    "?2, ?3, ?4, ?5, ?6, ?7)"
)
"""Given: period_id, revision, event_id, at, figures, calendar_revision, head_hash."""
ADD_PERIOD = (
    "INSERT INTO periods (reporting_year_id, key, has_case, phase, moment, revision, closings, reopenings, "
    "closed_at, waivers, last_case) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
)
"""Given: reporting_year_id, key, has_case, phase, moment, revision, closings, reopenings, closed_at, waivers,
last_case."""
CHANGE_PERIOD = (
    "UPDATE periods SET key = ?1, has_case = ?2, phase = ?3, moment = ?4, revision = ?5, closings = ?6, reopenings "
    "= ?7, closed_at = ?8, waivers = ?9, last_case = ?10 WHERE (periods.id = ?11)"
)
"""Given: key, has_case, phase, moment, revision, closings, reopenings, closed_at, waivers, last_case, id."""
CHANGE_CASE = (
    "UPDATE cases SET number = ?1, sop_version = ?2, phase = ?3, opened = ?4, moment = ?5, revision = ?6, ended = "
    "?7, holds = ?8, gate_since = ?9, regions = ?10, region_floors = ?11, retired = ?12, vanished = ?13 WHERE "
    "(cases.id = ?14)"
)
"""Given: number, sop_version, phase, opened, moment, revision, ended, holds, gate_since, regions, region_floors,
retired, vanished, id."""
CHANGE_RUN = (
    "UPDATE runs SET step = ?1, bidang = ?2, attempt = ?3, phase = ?4, ready = ?5, opened_by = ?6, opening = ?7, "
    "origins = ?8, loop_target = ?9, valid = ?10, revision = ?11, holder = ?12, started = ?13, ended = ?14, work = "
    "?15, pauses = ?16, waits = ?17, paused_from = ?18, handed_in_by = ?19, answer = ?20, taken_over = ?21, note = "
    "?22, ticks = ?23, evidence = ?24, inputs = ?25, verdict = ?26, acts = ?27, cut_by = ?28, late_entry = ?29, "
    "doubted = ?30 WHERE (runs.id = ?31)"
)
"""Given: step, bidang, attempt, phase, ready, opened_by, opening, origins, loop_target, valid, revision, holder,
started, ended, work, pauses, waits, paused_from, handed_in_by, answer, taken_over, note, ticks, evidence, inputs,
verdict, acts, cut_by, late_entry, doubted, id."""
FORGET_RUN = "DELETE FROM runs WHERE (runs.id = ?1)"
"""Given: run_id."""
ADD_OFFICE = "INSERT INTO offices (code, name, zone, settings) VALUES (:office, :name, :zone, :settings)"
"""Given: office, name, zone, settings."""
CHANGE_OFFICE = "UPDATE offices SET name = :name, zone = :zone, settings = :settings WHERE (offices.code = :office)"
"""Given: office, name, zone, settings."""
ADD_CALENDAR = (
    "INSERT INTO calendar_revisions (office_id, revision, spec, content_hash, recorded) VALUES ((SELECT t1.id FROM "
    "offices AS t1 WHERE (t1.code = :office)), :revision, :text, :hash, :now)"
)
"""Given: office, revision, text, hash, now."""
ADD_BIDANG = (
    "INSERT INTO bidang (office_id, name, position, active, since, until) VALUES ((SELECT t1.id FROM offices AS t1 "
    "WHERE (t1.code = :office)), :name, :position, :active, :since, :until)"
)
"""Given: office, name, position, active, since, until."""
CHANGE_BIDANG = (
    "UPDATE bidang SET position = :position, active = :active, since = :since, until = :until, successor_id = "
    "(SELECT t1.id FROM bidang AS t1 WHERE ((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = "
    ":office))) AND (t1.name = :successor))) WHERE ((bidang.office_id = (SELECT t2.id FROM offices AS t2 WHERE "
    "(t2.code = :office))) AND (bidang.name = :name))"
)
"""Given: office, name, position, active, since, until, successor."""
ADD_SOP_VERSION = (
    "INSERT INTO sop_versions (office_id, sop_code, version, definition, content_hash, recorded) VALUES ((SELECT "
    "t1.id FROM offices AS t1 WHERE (t1.code = :office)), :sop_code, :version, :text, :hash, :now)"
)
"""Given: office, sop_code, version, text, hash, now."""
ADD_CONFIRMATION = (
    "INSERT INTO confirmations (sop_version_id, step, field, by_person, at) VALUES ((SELECT t1.id FROM sop_versions"
    " AS t1 WHERE (((t1.office_id IS (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.sop_code "
    "= :sop_code)) AND (t1.version = :version))), :step, :field, :by_person, :at)"
)
"""Given: office, sop_code, version, step, field, by_person, at."""
CHANGE_CONFIRMATION = (
    "UPDATE confirmations SET by_person = :by_person, at = :at WHERE (((confirmations.sop_version_id = (SELECT "
    "t1.id FROM sop_versions AS t1 WHERE (((t1.office_id IS (SELECT t2.id FROM offices AS t2 WHERE (t2.code = "
    ":office))) AND (t1.sop_code = :sop_code)) AND (t1.version = :version)))) AND (confirmations.step = :step)) AND"
    " (confirmations.field = :field))"
)
"""Given: office, sop_code, version, step, field, by_person, at."""
ADD_YEAR = (
    "INSERT INTO reporting_years (office_id, sop_code, year, cadence) VALUES ((SELECT t1.id FROM offices AS t1 "
    "WHERE (t1.code = :office)), :sop_code, :year, :cadence)"
)
"""Given: office, sop_code, year, cadence."""
ADD_PERSON = (
    "INSERT INTO people (office_id, code, name, role, account, active) VALUES ((SELECT t1.id FROM offices AS t1 "
    "WHERE (t1.code = :office)), :person, :personal_name, :role, :account, :active)"
)
"""Given: office, person, personal_name, role, account, active."""
CHANGE_PERSON = (
    "UPDATE people SET name = COALESCE(:personal_name, people.name), role = :role, account = CASE WHEN "
    "(:personal_name IS NULL) THEN people.account ELSE :account END, active = :active WHERE ((people.office_id = "
    "(SELECT t1.id FROM offices AS t1 WHERE (t1.code = :office))) AND (people.code = :person))"
)
"""Given: office, person, personal_name, role, account, active."""
ADD_LANE = (
    "INSERT INTO memberships (person_id, lane, bidang, since, until, kind) VALUES ((SELECT t1.id FROM people AS t1 "
    "WHERE ((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.code = :person))),"
    " :lane, :bidang, :since, :until, :kind)"
)
"""Given: office, person, lane, bidang, since, until, kind."""
CHANGE_LANE = (
    "UPDATE memberships SET bidang = :bidang, since = :since, until = :until, kind = :kind WHERE (memberships.id = "
    "(SELECT t1.id FROM memberships AS t1 WHERE (t1.person_id = (SELECT t2.id FROM people AS t2 WHERE "
    "((t2.office_id = (SELECT t3.id FROM offices AS t3 WHERE (t3.code = :office))) AND (t2.code = :person)))) ORDER"
    " BY t1.id LIMIT 1 OFFSET :place))"
)
"""Given: office, person, place, bidang, kind, since, until."""
ADD_PIN = (
    "INSERT INTO pins (person_id, hash, failures, locked_until, changed) VALUES ((SELECT t1.id FROM people AS t1 "
    "WHERE ((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.code = :person))),"
    " :pin, :failures, :locked_until, :changed)"
)
"""Given: office, person, pin, failures, locked_until, changed."""
CHANGE_PIN = (
    "UPDATE pins SET hash = :pin, failures = :failures, locked_until = :locked_until, changed = :changed WHERE "
    "(pins.person_id = (SELECT t1.id FROM people AS t1 WHERE ((t1.office_id = (SELECT t2.id FROM offices AS t2 "
    "WHERE (t2.code = :office))) AND (t1.code = :person))))"
)
"""Given: office, person, pin, failures, locked_until, changed."""
FORGET_PIN = (
    "DELETE FROM pins WHERE (pins.person_id = (SELECT t1.id FROM people AS t1 WHERE ((t1.office_id = (SELECT t2.id "
    "FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.code = :person))))"
)
"""Given: office, person."""
ADD_SIGNER = (
    "INSERT INTO signers (office_id, code, position, since, digest, salt, name, rank, nip) VALUES ((SELECT t1.id "
    "FROM offices AS t1 WHERE (t1.code = :office)), :signer, :position, :since, :digest, :salt, :signer_name, "
    ":rank, :nip)"
)
"""Given: office, signer, position, since, digest, salt, signer_name, rank, nip."""
CHANGE_SIGNER = (
    "UPDATE signers SET position = :position, since = :since, digest = :digest, salt = :salt, name = :signer_name, "
    "rank = :rank, nip = :nip WHERE ((signers.office_id = (SELECT t1.id FROM offices AS t1 WHERE (t1.code = "
    ":office))) AND (signers.code = :signer))"
)
"""Given: office, signer, position, since, digest, salt, signer_name, rank, nip."""
ADD_INDICATOR_VERSION = (
    "INSERT INTO indicator_versions (office_id, indicator, number, since, closed, definition) VALUES ((SELECT t1.id"
    " FROM offices AS t1 WHERE (t1.code = :office)), :indicator, :number, :since, :closed, :definition)"
)
"""Given: office, indicator, number, since, closed, definition."""
ADD_TARGET_SET = (
    "INSERT INTO target_sets (office_id, year, number, document, since) VALUES ((SELECT t1.id FROM offices AS t1 "
    "WHERE (t1.code = :office)), :year, :number, :document, :since)"
)
"""Given: office, year, number, document, since."""
CHANGE_TARGET_SET = (
    "UPDATE target_sets SET document = :document WHERE (((target_sets.office_id = (SELECT t1.id FROM offices AS t1 "
    "WHERE (t1.code = :office))) AND (target_sets.year = :year)) AND (target_sets.number = :number))"
)
"""Given: office, year, number, document."""
ADD_TARGET = (
    "INSERT INTO targets (target_set_id, indicator, period, value) VALUES ((SELECT t1.id FROM target_sets AS t1 "
    "WHERE (((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.year = :year)) "
    "AND (t1.number = :number))), :indicator, :period, :value)"
)
"""Given: office, year, number, indicator, period, value."""
CHANGE_TARGET = (
    "UPDATE targets SET value = :value WHERE (((targets.target_set_id = (SELECT t1.id FROM target_sets AS t1 WHERE "
    "(((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.year = :year)) AND "
    "(t1.number = :number)))) AND (targets.indicator = :indicator)) AND (targets.period = :period))"
)
"""Given: office, year, number, indicator, period, value."""
FORGET_TARGET = (
    "DELETE FROM targets WHERE (((targets.target_set_id = (SELECT t1.id FROM target_sets AS t1 WHERE "
    "(((t1.office_id = (SELECT t2.id FROM offices AS t2 WHERE (t2.code = :office))) AND (t1.year = :year)) AND "
    "(t1.number = :number)))) AND (targets.indicator = :indicator)) AND (targets.period = :period))"
)
"""Given: office, year, number, indicator, period."""

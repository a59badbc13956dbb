"""Typed and unsent text: kept per person and place, replaced, forgotten when sent or after a month."""

from __future__ import annotations

from db import drafts
from db.file.connection import Database

DAY = 86_400
NOW = 1_769_994_000


def test_what_was_typed_comes_back_to_the_same_person_at_the_same_place(database: Database) -> None:
    assert drafts.save(database, "p1", "tidak:2026-TW1:7", {"catatan": "angka triwulan «keliru»", "n": "3"}, NOW)
    assert drafts.load(database, "p1", "tidak:2026-TW1:7") == {"catatan": "angka triwulan «keliru»", "n": "3"}
    assert drafts.load(database, "p2", "tidak:2026-TW1:7") is None
    assert drafts.load(database, "p1", "tidak:2026-TW1:8") is None


def test_a_later_draft_replaces_the_one_at_the_same_place(database: Database) -> None:
    drafts.save(database, "p1", "a", {"x": "1"}, NOW)
    drafts.save(database, "p1", "b", {"x": "2"}, NOW + 1)
    drafts.save(database, "p1", "a", {"x": "3"}, NOW + 2)
    assert drafts.load(database, "p1", "a") == {"x": "3"}
    assert drafts.places(database, "p1") == ("a", "b")


def test_a_draft_that_was_sent_is_gone_and_the_others_stay(database: Database) -> None:
    drafts.save(database, "p1", "a", {"x": "1"}, NOW)
    drafts.save(database, "p2", "a", {"x": "2"}, NOW)
    drafts.forget(database, "p1", "a")
    drafts.forget(database, "p1", "tidak ada")
    assert (drafts.load(database, "p1", "a"), drafts.load(database, "p2", "a")) == (None, {"x": "2"})


def test_drafts_are_forgotten_after_thirty_days_and_not_before(database: Database) -> None:
    drafts.save(database, "p1", "lama", {}, NOW)
    drafts.save(database, "p1", "cukup", {}, NOW + 1)
    drafts.save(database, "p2", "baru", {}, NOW + 30 * DAY + 1)
    assert drafts.load(database, "p1", "lama") is None
    assert drafts.load(database, "p1", "cukup") == {}
    drafts.save(database, "p2", "baru", {}, NOW + 30 * DAY + 2)
    assert drafts.places(database, "p1") == ()


def test_a_draft_that_is_too_large_is_not_kept_and_leaves_the_earlier_one(database: Database) -> None:
    drafts.save(database, "p1", "a", {"x": "kecil"}, NOW)
    assert not drafts.save(database, "p1", "a", {"x": "b" * drafts.LARGEST}, NOW + 1)
    assert drafts.load(database, "p1", "a") == {"x": "kecil"}


def test_a_draft_leaves_no_trace_in_the_log(database: Database) -> None:
    drafts.save(database, "p1", "a", {"x": "1"}, NOW)
    assert database.value("SELECT count(*) FROM events") == 0

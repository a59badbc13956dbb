"""Drafts."""

from __future__ import annotations

from peewee import EXCLUDED, SQL, Case, Query, fn

from db.models import SavedDraft


def save_draft(person: SQL, place: SQL, content: SQL, saved: SQL) -> Query:
    """In place of what was kept there before."""
    return SavedDraft.insert(person=person, place=place, content=content, saved=saved).on_conflict(
        conflict_target=[SavedDraft.person, SavedDraft.place],
        update={SavedDraft.content: EXCLUDED.content, SavedDraft.saved: EXCLUDED.saved},
    )


def draft(person: SQL, place: SQL) -> Query:
    """Its bytes: whoever asks passes over what is no text."""
    return SavedDraft.select(SavedDraft.content.cast("BLOB")).where(
        SavedDraft.person == person, SavedDraft.place == place
    )


def drafts(person: SQL) -> Query:
    """Place and text of everything that a person typed and never sent, the latest first, as bytes."""
    return (
        SavedDraft.select(SavedDraft.place.cast("BLOB"), SavedDraft.content.cast("BLOB"))
        .where(SavedDraft.person == person)
        .order_by(SavedDraft.saved.desc(), SavedDraft.id.desc())
    )


def forget_draft(person: SQL, place: SQL) -> Query:
    """What was kept there was sent, or given up."""
    return SavedDraft.delete().where(SavedDraft.person == person, SavedDraft.place == place)


def forget_drafts_before(moment: SQL) -> Query:
    """Those that nobody came back to; gives a row for each."""
    return SavedDraft.delete().where(SavedDraft.saved < moment).returning(SavedDraft.id)


def forget_drafts_of(person: SQL, office: SQL) -> Query:
    """All that a person of an office left there: not what stands at a place that names another office, where somebody
    else may have the same code."""
    place = SavedDraft.place
    of_before = fn.substr(place, 1, fn.instr(place, "/") - 1)
    named = Case(None, ((fn.json_valid(place), fn.json_extract(place, "$.office")),), of_before)
    return SavedDraft.delete().where(SavedDraft.person == person, fn.coalesce(named, "").in_((office, "")))

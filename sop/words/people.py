"""The Indonesian words for roles, and for when something that a person holds ends."""

from __future__ import annotations

from collections.abc import Iterable

from sop.model.pelaksana import Role
from sop.time.instants import civil
from sop.words.labels import LABELS, listed
from sop.words.time import date_short, moment_short


def roles_words(roles: Iterable[str]) -> str:
    """`pengelola dan admin`."""
    return listed([LABELS[Role].get(role, role) for role in roles])


def until_text(until: int, offset: int, now: int) -> str:
    """When something ends; where that is midnight, the last day that counts, as people say it."""
    if (until + offset) % 86_400:
        return moment_short(until, offset, now)
    day = civil(until - 1, offset).date()
    return date_short(day) if day.year == civil(now, offset).year else f"{date_short(day)} {day.year}"

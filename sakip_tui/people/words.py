"""How lanes held are said, on the screen and at the command line alike. Light to import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.people import HeldLane
from sop.model.pelaksana import MembershipKind, Role
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.labels import LABELS, label, listed
from sop.words.time import date_short, moment_short

BLANKED = "(dikosongkan)"
"""Shown where a name was blanked."""


def roles_words(roles: Iterable[str]) -> str:
    """`pengelola dan admin`."""
    return listed([LABELS[Role].get(role, role) for role in roles])


def current(lanes: Sequence[HeldLane], now: int) -> tuple[HeldLane, ...]:
    """The lanes that are held now or will be."""
    return tuple(held for held in lanes if held.until is None or held.until > max(now, held.since))


def lane_text(held: HeldLane, offset: int, now: int) -> str:
    """`Plt. Kepala Bidang (Penempatan) sejak Kam 15 Okt 09.31 sampai Jum 1 Jan`; dates where they say something."""
    text = held.lane if held.kind is MembershipKind.TETAP else f"{label(held.kind)} {held.lane}"
    if held.bidang is not None:
        text += f" ({clean(held.bidang)})"
    if held.since > now:
        text += f" sejak {moment_short(held.since, offset, now)}"
    if held.until is not None:
        text += f" sampai {until_text(held.until, offset, now)}"
    return text


def given_text(code: str, data: Mapping[str, Any], offset: int, now: int) -> str:
    """Which lane somebody holds by an act that gave it, from the data of its event."""
    kind = MembershipKind(data["kind"])
    held = HeldLane(data["lane"], data["bidang"], kind, data["since"], data["until"])
    return f"{code} memegang lajur {lane_text(held, offset, now)}."


def until_text(until: int, offset: int, now: int) -> str:
    """When something ends; where that is midnight, the last day that counts, as people say it."""
    if (until + offset) % 86_400:
        return moment_short(until, offset, now)
    day = civil(until - 1, offset).date()
    return date_short(day) if day.year == civil(now, offset).year else f"{date_short(day)} {day.year}"

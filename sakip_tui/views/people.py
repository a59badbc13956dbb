"""How lanes held are said, on the screen and at the command line alike. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sop.model.pelaksana import HeldLane, MembershipKind
from sop.model.texts import clean
from sop.words.labels import label
from sop.words.people import until_text
from sop.words.time import moment_short

BLANKED = "(dikosongkan)"
"""Shown where a name was blanked."""
_NOT_BEGUN = " Selama belum mulai, tanggalnya dibetulkan dengan memberikan lajur itu lagi."
_ROWS_ONLY = "Langkahnya tidak per bidang, jadi bidang itu hanya menentukan baris data siapa yang ikut diisinya."


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


def given_text(who: str, data: Mapping[str, Any], offset: int, now: int, *, per_bidang: bool) -> str:
    """Which lane somebody holds by an act that gave it, from the data of its event.

    Args:
        who: Name or code.
        data: Of the event.
        offset: Seconds that the office's zone lies east of UTC.
        now: Epoch seconds.
        per_bidang: Whether a step of the lane is done per bidang.
    """
    kind = MembershipKind(data["kind"])
    held = HeldLane(data["lane"], data["bidang"], kind, data["since"], data["until"])
    told = f"{who} memegang lajur {lane_text(held, offset, now)}"
    told += ", untuk semua bidang." if per_bidang and held.bidang is None else "."
    if held.bidang is not None and not per_bidang:
        # Every step of the lane is theirs then; the bidang says whose rows of data they fill as well.
        told += f" {_ROWS_ONLY}"
    return told + (_NOT_BEGUN if held.since > now else "")

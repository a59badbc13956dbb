"""The Indonesian words for people: what somebody is called, their roles, when something that they hold ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sop.model.pelaksana import Role
from sop.model.texts import clean
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


def person_called(names: Mapping[str, str], code: str) -> str:
    """The name of somebody; the code where none is known, or where what told of them was blanked.

    Args:
        names: Code of a person -> name.
        code: Whose.
    """
    return clean(names.get(code) or code)


def doer_called(names: Mapping[str, str], code: str) -> str:
    """What stands behind *oleh*: while nobody is registered an account of the computer, and a bare `root` says that to
    nobody. The rows of the log, where everybody stands in front, stay short. Arguments as of `person_called`."""
    return person_called(names, code) if names else f"akun {clean(code)}"


def entry_words(account: str | None, own: str) -> str:
    """How somebody without a PIN comes in from now on, who no longer does from the account in use.

    Args:
        account: Theirs at the operating system; None for none.
        own: The one in use.
    """
    if account is None:
        return "Tanpa akun komputer dan tanpa PIN orang ini tidak dapat masuk."
    return f"Orang ini masuk dari akun komputer {clean(account)}; dari akun {clean(own)}, yang sedang dipakai, tidak."


def forgotten_words(admins: Collection[str], code: str) -> str:
    """What comes of forgetting a PIN that was just made; empty where another admin can make a new one.

    Args:
        admins: Codes of the active ones.
        code: Whose PIN it is.
    """
    if set(admins) != {code}:
        return ""
    return "Belum ada admin lain yang dapat memasang yang baru bila PIN ini lupa; daftarkan admin kedua."

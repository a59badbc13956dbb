"""Writing the bidang list: adding, ending, renaming, merging. What may happen is `sop/acts/bidang_acts.py`."""

from __future__ import annotations

from collections.abc import Sequence

from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, register_act
from db.store import Store
from sop.model.act import Act
from sop.model.office_commands import Adding, Ending, Merging, Renaming
from sop.model.pelaksana import Actor


def add_bidang(
    store: Store, office: str, name: str, since: int | None, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Take a bidang up in the list from a moment on, also ahead; None for the moment of the act. One that ends later is
    kept on.

    Raises:
        FaultyInput: The name says nothing, or is or was another bidang's.
        Refused: Not an admin who asks.
        StaleCase: The list was changed since `given.seen`.
    """
    details = Adding(name, since)
    return register_act(store, office, actor, Act.BIDANG, ("tambah", name, since), given, lambda scene: details)


def end_bidang(
    store: Store, office: str, name: str, until: int | None, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let a bidang stand in the list no more from a moment on, also ahead; None for the moment of the act.

    Raises:
        Unknown: The list has no such bidang.
        FaultyInput: It would end before it begins.
        Refused: The list would be left without one; or not an admin who asks.
        StaleCase: The list was changed since `given.seen`.
    """
    details = Ending(name, until)
    return register_act(store, office, actor, Act.BIDANG, ("akhiri", name, until), given, lambda scene: details)


def rename_bidang(
    store: Store, office: str, name: str, new_name: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let a bidang go on under another name, from the moment of the act.

    Raises:
        Unknown: The list has no such bidang.
        FaultyInput: The new name says nothing, or is or was another bidang's.
        Refused: Not an admin who asks.
        StaleCase: The list was changed since `given.seen`.
    """
    details = Renaming(name, new_name)
    return register_act(store, office, actor, Act.BIDANG, ("ganti-nama", name, new_name), given, lambda scene: details)


def merge_bidang(
    store: Store, office: str, names: Sequence[str], into: str, actor: Actor, given: Given = NOTHING_GIVEN
) -> RegisterChanged:
    """Let several bidang go on as one: one of the list, or one of a new name.

    Raises:
        Unknown, FaultyInput, Refused, StaleCase: As `rename_bidang`.
    """
    details = Merging(tuple(names), into)
    return register_act(store, office, actor, Act.BIDANG, ("gabung", list(names), into), given, lambda scene: details)

"""Writing the bidang list: renaming and merging. What may happen is `sop/acts/bidang_acts.py`."""

from __future__ import annotations

from collections.abc import Sequence

from db.people_acts import NOTHING_GIVEN, Given, RegisterChanged, register_act
from db.store import Store
from sop.model.events import Act
from sop.model.office_commands import Merging, Renaming
from sop.model.pelaksana import Actor


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

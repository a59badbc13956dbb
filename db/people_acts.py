"""What acts on the register and on the bidang list share: what they are given, and what became of them.

The revision of a person (`u:<code>`) and of the bidang list (`b:`) is the number of events that touched it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from db.file.connection import Database
from db.office_acts import NOTHING_GIVEN, Fulfilled, Given, Scene, perform, question, touches_of
from db.office_rows import Supplement
from db.store import Store
from sop.acts.office_ruling import BIDANG_ENTITY, person_entity
from sop.model.act import Act
from sop.model.events import Event
from sop.model.pelaksana import Actor

__all__ = ["BIDANG_ENTITY", "NOTHING_GIVEN", "Given", "RegisterChanged", "person_entity", "register_act", "revision_of"]


class RegisterChanged(NamedTuple):
    """What became of such an act."""

    sequence: int
    hash: str
    data: dict[str, Any]
    """What the event carries."""
    repeated: bool = False

    @property
    def code(self) -> str:
        """Code of the person concerned."""
        return str(self.data["code"])


def revision_of(database: Database, office: str, entity: str) -> int:
    """How many events touched a person or the bidang list."""
    return len(touches_of(database, office, entity))


def register_act(
    store: Store,
    office: str,
    actor: Actor,
    act: Act,
    asked: tuple[Any, ...],
    given: Given,
    gather: Callable[[Scene], Any],
    *,
    own: str | None = None,
    fulfilled: Fulfilled | None = None,
    beside: Callable[[Scene, Event, Supplement], None] | None = None,
) -> RegisterChanged:
    """`office_acts.perform` of an act whose event names a person or the bidang list.

    `asked` are the JSON values that tell one question from another; no name and no PIN among them.
    """
    given = given.cleaned()
    digest = question(act.value, office, actor.code, given.reason, *asked)
    done = perform(store, act, office, actor, given, digest, gather, own=own, fulfilled=fulfilled, beside=beside)
    return RegisterChanged(done.sequence, done.hash, dict(done.event.data), done.repeated)

"""Which roles may do what on an office and with its cases: asked by every act, screen, key row and menu.

Acts in a lane depend on the run as well and ask `Ruling`. All of them refuse by default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sop.model.act import SPECS, Act
from sop.model.pelaksana import NO_OFFICE, Actor, Role
from sop.model.refusals import Refused, Rule

if TYPE_CHECKING:
    from sop.model.office import OfficeState

_PEOPLE = frozenset({Role.ADMIN})
RIGHTS: Mapping[Act, frozenset[Role]] = {act: spec.roles for act, spec in SPECS.items()}
"""Act -> the roles that may. A PIN of one's own needs no role, nor does a lane held (`ActSpec.own`)."""
SETTING_UP = _PEOPLE
"""Whose roles set a further office up in a file that has people, and register the first person of one without."""


def may(actor: Actor, act: Act) -> bool:
    """Whether one of the actor's roles lets them do an act, whatever else may stand in its way.

    In an office without people only its first person is registered, by whom another office vouches for.
    """
    if actor.is_outsider:
        return act is Act.PENGGUNA and actor.home is not None
    return actor.everybody or bool(actor.roles & RIGHTS.get(act, frozenset()))


def require_right(actor: Actor, act: Act) -> None:
    """Let pass whoever has a role for the act. Raises Refused."""
    if not may(actor, act):
        require_a_place(actor)
        raise _not_entitled(act, RIGHTS.get(act))


def require_office_right(actor: Actor, act: Act, office: OfficeState) -> None:
    """Let pass whose act on an office it is. Raises Refused.

    In a file that has people an office without any takes its first person, and a further one is set up, by an admin of
    the office that vouches; nothing else is done there before.

    Args:
        actor: Who asks, with the rights of the office, or where it has no people those of the one that vouches; without
            such a home while nobody is registered in the file.
        act: What is asked.
        office: On which; `NO_OFFICE` for what waits for one.
    """
    if office.people or actor.home is None:
        require_right(actor, act)
        return
    is_founding = act is Act.PENGGUNA or (act is Act.SIAPKAN and not office.calendars)
    if not is_founding and office.code != NO_OFFICE:
        raise Refused(Rule.OFFICE_WITHOUT_PEOPLE)
    roles = SETTING_UP if is_founding else RIGHTS[act]
    if not actor.roles & roles:
        raise _not_entitled(act, roles)


def require_manager(actor: Actor, act: Act) -> None:
    """Let pass the pengelola alone, where others may do the act as well but not like this. Raises Refused."""
    require_a_place(actor)
    if not actor.manages:
        raise Refused(Rule.MANAGER_ONLY, act=act)


def require_a_place(actor: Actor) -> None:
    """Keep out whoever only reads an office without people, of every act there is. Raises Refused."""
    if actor.is_outsider:
        raise Refused(Rule.OFFICE_WITHOUT_PEOPLE)


def _not_entitled(act: Act, roles: frozenset[Role] | None) -> Refused:
    return Refused(Rule.ADMIN_ONLY if roles == _PEOPLE else Rule.MANAGER_ONLY, act=act)

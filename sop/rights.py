"""Which roles may act on the office itself. Acts on runs, cases and periods ask `Ruling`; both refuse by default."""

from __future__ import annotations

from collections.abc import Mapping

from sop.events import Act
from sop.pelaksana import Actor, Role
from sop.refusals import Refused, Rule

_OFFICE = frozenset({Role.PENGELOLA, Role.ADMIN})
_PEOPLE = frozenset({Role.ADMIN})
OFFICE_RIGHTS: Mapping[Act, frozenset[Role]] = {
    Act.SIAPKAN: _OFFICE,
    Act.SOP_IMPOR: _OFFICE,
    Act.SOP_TETAPKAN: _OFFICE,
    Act.KALENDER: _OFFICE,
    Act.PENGATURAN: _OFFICE,
    Act.PULIHKAN: _OFFICE,
    Act.PENGGUNA: _PEOPLE,
    Act.HAK: _PEOPLE,
    Act.PIN: _PEOPLE,
    Act.BIDANG: _PEOPLE,
}
"""Act on the office -> roles. What is not named here is nobody's. A PIN of one's own needs no role."""


def require_office_right(actor: Actor, act: Act) -> None:
    """Let pass whoever may act on the office. Raises Refused."""
    allowed = OFFICE_RIGHTS.get(act, frozenset())
    if not actor.everybody and not actor.roles & allowed:
        raise Refused(Rule.ADMIN_ONLY if allowed == _PEOPLE else Rule.MANAGER_ONLY, act=act)

"""Who may act: roles, the lanes a person holds, and on whose behalf an act is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from sop.values import Frozen

NO_OFFICE = ""
"""Stands for the code of an office where an SOP was brought in and waits to be adopted by one."""


class Role(StrEnum):
    """What a person may do beside the lanes held."""

    PENGAMAT = "pengamat"
    """Reads, and may comment."""
    PELAKSANA = "pelaksana"
    """Acts in the lanes held."""
    PENGELOLA = "pengelola"
    """Manages; may record any act on behalf of a lane."""
    ADMIN = "admin"
    """Looks after people and office; acts only in the lanes held."""


FIRST_ROLES = frozenset({Role.PENGELOLA, Role.ADMIN})
"""What the first person of an office is: both at once, or nobody could open a period or register the next one."""


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Roles as they are kept and listed: each once, in the order of `Role`."""
    held = frozenset(roles)
    return tuple(role for role in Role if role in held)


class MembershipKind(StrEnum):
    """As what a lane is held."""

    TETAP = "tetap"
    PLT = "plt"
    """Pelaksana tugas: in place of a position that stands empty."""
    PLH = "plh"
    """Pelaksana harian: in place of somebody who is away."""


class Membership(Frozen):
    """A lane held, for one bidang or (None) for all of them."""

    lane: str
    bidang: str | None = None
    kind: MembershipKind = MembershipKind.TETAP


class HeldLane(NamedTuple):
    """A lane held by a person, now, before or later."""

    lane: str
    bidang: str | None
    """None for all of them."""
    kind: MembershipKind
    since: int
    until: int | None

    def holds_at(self, moment: int) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


class Actor(Frozen):
    """Somebody at the keyboard."""

    code: str
    """The person's code; the operating-system name while nobody is registered."""
    roles: frozenset[Role] = frozenset({Role.PELAKSANA})
    """Rights are the union of them."""
    memberships: frozenset[Membership] = frozenset()
    everybody: bool = False
    """True while no person is registered in the file: holds every lane and every right."""
    home: str | None = None
    """Code of the office in whose register the person stands, which vouches for them where an act is on no office. In
    an office without people: where they are an admin, None for nobody's admin."""

    @property
    def manages(self) -> bool:
        """Has the pengelola's rights."""
        return self.everybody or Role.PENGELOLA in self.roles

    @property
    def is_outsider(self) -> bool:
        """Reads an office that has no people yet: no role, and so no right."""
        return not self.everybody and not self.roles

    @property
    def only_looks(self) -> bool:
        """Has no role that lets anybody act in a lane."""
        return not self.everybody and self.roles <= {Role.PENGAMAT}

    def holds(self, lane: str, bidang: str | None) -> bool:
        """Is a member of that lane, for that bidang where the run is one bidang's."""
        if self.everybody:
            return True
        if self.only_looks:
            return False
        return any(
            held.lane == lane and (held.bidang is None or bidang is None or held.bidang == bidang)
            for held in self.memberships
        )

    def lane_among(self, lanes: Sequence[str], bidang: str | None) -> str | None:
        """The first of `lanes` that the actor holds; None when none is."""
        return next((lane for lane in lanes if self.holds(lane, bidang)), None)

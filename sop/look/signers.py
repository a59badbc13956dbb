"""Which official signs a period in a position, of those that were named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sop.model.definition import Sop
from sop.model.office import SignerState
from sop.model.pelaksana import MembershipKind
from sop.model.periods import split
from sop.model.settings import Settings
from sop.words.labels import label

ACTING = (label(MembershipKind.PLT), label(MembershipKind.PLH))
"""What stands before a position of whoever acts for its holder."""
_LAST_MONTH: Mapping[str, int] = {"TW1": 3, "TW2": 6, "S1": 6, "TW3": 9, "TW4": 12, "S2": 12, "TH": 12}


def signing_positions(settings: Settings, sop: Sop) -> tuple[str, ...]:
    """Who signs, as the office set it; else the SOP's approver alone, empty where its document names none."""
    approver = sop.identity.get("disahkan_oleh")
    return settings.signatories or ("" if approver is None else approver.text or "",)


def signer_for(signers: Iterable[SignerState], position: str, period: str) -> SignerState | None:
    """Who signs a period in a position: the one named from the latest period on that ends no later than it, of several
    whoever was named last, acting or not; None where nobody was."""
    end = _end(period)
    mine = [
        one for one in signers if position.casefold() in (one.position.casefold(), held_by(one.position).casefold())
    ]
    return max((one for one in reversed(mine) if _begins(one) <= end), key=_begins, default=None)


def acting_of(position: str) -> str:
    """`Plt.` of `Plt. Kepala Dinas`; empty for a position that somebody holds."""
    acting, _, rest = position.partition(" ")
    return acting.capitalize() if rest and acting.capitalize() in ACTING else ""


def held_by(position: str) -> str:
    """The position that somebody acts in: `Kepala Dinas` of `Plt. Kepala Dinas`; any other as it is."""
    return position.partition(" ")[2] if acting_of(position) else position


def frozen_signers(signers: Sequence[SignerState], period: str) -> dict[str, str]:
    """Position -> code of who signs a period in it, as its closing keeps it."""
    positions = (position for one in signers for position in (one.position, held_by(one.position)))
    found = {position: signer_for(signers, position, period) for position in positions}
    return {position: one.code for position, one in found.items() if one is not None}


def _begins(one: SignerState) -> tuple[int, int]:
    return (0, 0) if one.since is None else _end(one.since)


def _end(period: str) -> tuple[int, int]:
    """Year and last month."""
    year, name = split(period)
    return year, _LAST_MONTH[name]

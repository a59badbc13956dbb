"""Which official signs a period in a position, of those that were named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sop.model.office import SignerState
from sop.model.periods import split

_LAST_MONTH: Mapping[str, int] = {"TW1": 3, "TW2": 6, "S1": 6, "TW3": 9, "TW4": 12, "S2": 12, "TH": 12}


def signer_for(signers: Iterable[SignerState], position: str, period: str) -> SignerState | None:
    """Who signs a period in a position: the one named from the latest period on that ends no later than it; None where
    nobody was."""
    end = _end(period)
    mine = (one for one in signers if one.position.casefold() == position.casefold())
    return max((one for one in mine if _begins(one) <= end), key=_begins, default=None)


def frozen_signers(signers: Sequence[SignerState], period: str) -> dict[str, str]:
    """Position -> code of who signs a period in it, as its closing keeps it."""
    found = {one.position: signer_for(signers, one.position, period) for one in signers}
    return {position: one.code for position, one in found.items() if one is not None}


def _begins(one: SignerState) -> tuple[int, int]:
    return (0, 0) if one.since is None else _end(one.since)


def _end(period: str) -> tuple[int, int]:
    """Year and last month."""
    year, name = split(period)
    return year, _LAST_MONTH[name]

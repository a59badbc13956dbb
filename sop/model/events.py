"""What happened: the event that records one act.

An event carries every fact that its effect depends on (effective time, frozen bidang list, verdict, calendar revision).
What acts there are is `sop/model/act.py`; what a log makes is `sop/acts/replay.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sop.model.act import Act
from sop.values import Frozen, field

ENDING_ACTS = frozenset({Act.SELESAI, Act.PUTUSKAN, Act.LEWATI, Act.PAKAI_LAMA})
"""Acts that end a run."""


class Event(Frozen):
    """One accepted act of a reporting year."""

    sequence: int
    act: Act
    at: int
    """Effective moment."""
    recorded: int
    """Reading of the clock."""
    by: str
    """Who typed it."""
    for_lane: str | None = None
    period: str | None = None
    case: int | None = None
    step: int | None = None
    bidang: str | None = None
    attempt: int | None = None
    late_entry: bool = False
    """Recorded after the fact ("catat susulan")."""
    doubted: bool = False
    """The clock read earlier than what came before ("jam diragukan")."""
    touches: tuple[str, ...] = ()
    """Whose revision it raises: `c:<period>#<number>`, `r:<period>#<number>:<step>:<bidang>`, `p:<period>`."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the act carries beside, JSON values only."""

    @property
    def case_key(self) -> tuple[str, int]:
        """The case that it is on: an act on none has no such key."""
        assert self.period is not None
        assert self.case is not None
        return self.period, self.case


def undone_by(events: Iterable[Event]) -> frozenset[int]:
    """Sequence numbers that an urung took back."""
    return frozenset(int(event.data["undoes"]) for event in events if event.act is Act.URUNG)

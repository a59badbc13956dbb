"""Whose turn it is at a step, and whether it is anybody's.

Rows of an overview and of a board are judged by these before any flow of cases is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence

DECISION = "keputusan"
"""`RunPhase.KEPUTUSAN`."""
OPEN = ("siap", "dikerjakan", "ditunda", "keputusan")
"""`OPEN_PHASES`: somebody has to act on the run."""
DONE = ("selesai", "dilewati")
"""The phases of `RunState.is_done`: the next step follows."""


def lane_of(pelaksana: Sequence[str], decider: str | None, phase: str | None) -> str:
    """The lane that a step lies with: the decider's while a Ya or Tidak is asked for, else the first pelaksana's.

    Args:
        pelaksana: Lanes of the step, the first one in front.
        decider: The lane that decides; None for a step without a decision.
        phase: A `RunPhase` or its value; None for a step that nothing has opened.
    """
    return decider if phase == DECISION and decider else pelaksana[0]


def who_acts(holder: str | None, lane: str, phase: str | None) -> str:
    """Who is waited for: the holder, or while nobody holds it or a Ya or Tidak is asked for the lane."""
    return holder if holder and phase != DECISION else lane

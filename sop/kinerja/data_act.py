"""The acts of part 7: what is asked of the data, and what was made of it.

How each is judged and what it does stands side by side in `defining.py`, `issuing.py`, `filling.py` and `checking.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sop.kinerja.form import Owner
from sop.kinerja.indicator import Indicator, TargetValue
from sop.kinerja.isian import Isian
from sop.kinerja.target import TargetKey
from sop.model.act import Act
from sop.values import Frozen, field


class DataCommand(Frozen):
    """One act as it is asked for. Which fields an act reads stands beside them; the others are ignored."""

    act: Act
    period: str | None = None
    owner: Owner = None
    """isi, koreksi-nilai, tandai, terima: whose rows."""
    reason: str | None = None
    """koreksi-nilai: needed."""
    note: str | None = None
    """tandai: needed."""
    rows: Mapping[str, Isian | None] = field(default_factory=dict)
    """isi, koreksi-nilai: code -> what it shall say; None empties it."""
    words: Mapping[str, str] = field(default_factory=dict)
    """isi: code -> why it changes, or why a marked row stands as it is."""
    seen: Mapping[str, int] = field(default_factory=dict)
    """isi, koreksi-nilai: code -> revision of the row that was on view or in the form; a missing one trusts luck."""
    codes: tuple[str, ...] = ()
    """tandai, terima."""
    indicator: Indicator | None = None
    """indikator."""
    since: str | None = None
    """indikator, target (for a set that begins): the period from which it holds."""
    number: int = 1
    """target: of the set."""
    document: str | None = None
    """target: of the set; None keeps it."""
    targets: Mapping[TargetKey, TargetValue | None] = field(default_factory=dict)
    """target: (code, period) -> what is aimed at; None takes it back."""

    def to_dict(self) -> dict[str, Any]:
        """What an act on the data of a period asks, as JSON values: one question from another. What was seen may
        differ in a retry."""
        rows = {code: None if isian is None else isian.to_dict() for code, isian in sorted(self.rows.items())}
        return {"owner": self.owner, "rows": rows, "words": dict(self.words), "codes": list(self.codes)}


class DataEvent(Frozen):
    """One accepted act. Holds every fact that its effect depends on, as JSON values."""

    at: int
    """Effective moment, UTC epoch seconds."""
    by: str
    """Who typed it."""
    period: str | None = None
    owner: Owner = None
    for_lane: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

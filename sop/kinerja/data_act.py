"""The acts of part 7: what is asked, what happened, and the rules that an act can break.

How each is judged and what it does stands side by side in `defining.py`, `issuing.py`, `filling.py` and `checking.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sop.kinerja.form import Owner
from sop.kinerja.indicator import Indicator, TargetValue
from sop.kinerja.isian import Isian
from sop.kinerja.target import TargetKey


class DataAct(StrEnum):
    """The acts on data. Codes are stored and never change."""

    INDIKATOR = "indikator"
    """An indicator defined, or a new version of it."""
    TARGET = "target"
    FORMULIR = "formulir"
    """Rows and targets frozen and sent out."""
    ISI = "isi"
    KOREKSI_NILAI = "koreksi-nilai"
    TANDAI = "tandai"
    TERIMA = "terima"
    """A mark taken back."""


class DataRule(StrEnum):
    """Why an act on data is refused."""

    PERIOD_CLOSED = "period-closed"
    PERIOD_NOT_OPEN = "period-not-open"
    CASE_HELD = "case-held"
    NO_FORM = "no-form"
    """The owner was sent none in this period, or nothing is filled in it."""
    NOT_REACHED = "not-reached"
    """The run that the rows hang on is not open yet; `step` is to be reached first."""
    RUN_PAUSED = "run-paused"
    RUN_HANDED_IN = "run-handed-in"
    """It waits for Ya or Tidak."""
    RUN_ENDED = "run-ended"
    """Its rows change by kembalikan or koreksi-nilai."""
    NOT_HANDED_IN = "not-handed-in"
    """The act begins where the run is selesai."""
    NOT_MEMBER = "not-member"
    HOLDER_ONLY = "holder-only"
    MANAGER_ONLY = "manager-only"
    NO_PERIKSA = "no-periksa"
    """The cadence has no step that marks."""
    PERIKSA_DONE = "periksa-done"
    ROWS_STALE = "rows-stale"
    """Somebody else changed `rows` since: code -> by whom."""
    NOTHING_CHANGED = "nothing-changed"
    REASON_NEEDED = "reason-needed"
    NOTE_NEEDED = "note-needed"
    NOT_MARKED = "not-marked"
    ROWS_MISSING = "rows-missing"
    """`rows` are belum diisi."""
    ROWS_MARKED = "rows-marked"
    """`rows` are marked and not answered."""
    CODE_TAKEN = "code-taken"
    """Another indicator has or had that code."""
    SET_ORDER = "set-order"
    """Sets are numbered without a gap; `next` is the one that may begin."""


class DataRefused(Exception):
    """A rule refuses an act. The facts say what stands in the way and what would be allowed."""

    def __init__(self, rule: DataRule, **facts: object) -> None:
        super().__init__(rule.value, facts)
        self.rule = rule
        self.facts = facts


@dataclass(frozen=True, slots=True)
class DataCommand:
    """One act as it is asked for. Which fields an act reads stands beside them; the others are ignored."""

    act: DataAct
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


@dataclass(frozen=True, slots=True)
class DataEvent:
    """One accepted act. Holds every fact that its effect depends on, as JSON values."""

    act: DataAct
    at: int
    """Effective moment, UTC epoch seconds."""
    by: str
    """Who typed it."""
    period: str | None = None
    owner: Owner = None
    for_lane: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

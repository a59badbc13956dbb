"""What an office may set: thresholds and counting rules with their defaults (rules part 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from sop.time.deadline import AT_RISK_PERCENT, START_DAYS, Clocks, ClockStart, Verdict
from sop.values import Frozen, field, fields, replace

T = TypeVar("T")


class EvidenceRule(StrEnum):
    """What must be at hand before a step may be finished."""

    NONE = "tidak"
    DOCUMENT = "dokumen"
    """At least one piece of evidence."""
    CHECKLIST = "kelengkapan"
    """Every kelengkapan item ticked."""


class GlyphChoice(StrEnum):
    """Which signs the screens draw with."""

    AUTOMATIC = "otomatis"
    """Unicode where the terminal's character set has it."""
    UNICODE = "unicode"
    ASCII = "ascii"


class PaperSize(StrEnum):
    """Paper that a recap is laid out for."""

    A4 = "A4"
    F4 = "F4"
    """Folio as Indonesian offices buy it: 215 x 330 mm."""


class TurunFormula(StrEnum):
    """How an indicator that should fall is judged."""

    SELISIH = "selisih"
    """(2T - R) / T."""
    KEBALIKAN = "kebalikan"
    """T / R; 200 where R is 0."""


class PredicateWords(StrEnum):
    """Which words the five levels of capaian have."""

    TINGGI = "tinggi"
    """Sangat Tinggi to Sangat Rendah."""
    BAIK = "baik"
    """Sangat Baik to Sangat Kurang."""


class CapaianCap(StrEnum):
    """What a capaian may be held to, in percent."""

    NONE = "tanpa"
    AT_100 = "100"
    AT_120 = "120"
    AT_150 = "150"
    AT_200 = "200"

    @property
    def percent(self) -> int | None:
        return None if self is CapaianCap.NONE else int(self.value)


class Settings(Frozen):
    """The settings of one office."""

    at_risk_percent: int = AT_RISK_PERCENT
    start_days: int = START_DAYS
    """Working days after which a step that nobody has started needs attention, where its clock starts with the work."""
    late_entry_days: int = 1
    """Working days after which a late entry needs a reason."""
    count_first_day: bool = False
    """Whether hari kerja counts the day the clock starts."""
    clock_starts: Mapping[str, ClockStart] = field(default_factory=dict)
    """`sop-code/3` -> which moment starts the clock of that step, where it differs from the unit's rule. A bare step
    number stands for that step of every SOP that has no entry of its own.
    """
    evidence: EvidenceRule = EvidenceRule.NONE
    targets: Mapping[str, str] = field(default_factory=dict)
    """Period key -> ISO date by which the office wants the period closed; none by default."""
    decider_apart: bool = False
    """Whether who did the work may not decide on it, but where the SOP gives both to one lane."""
    idle_minutes: int = 5
    """Minutes without a key after which the screen locks where people sign in with a PIN."""
    glyphs: GlyphChoice = GlyphChoice.AUTOMATIC
    paper: PaperSize = PaperSize.A4
    signatories: tuple[str, ...] = ()
    """Positions that sign a recap, the last one under "Mengetahui"; empty for the SOP's approver alone."""
    signing_place: str = ""
    """Place beside the date of a signature; empty leaves it to be written by hand."""
    letterhead: tuple[str, ...] = ()
    """Lines at the head of the page that is signed: government, office, address; empty for the office's name alone."""
    electronic: bool = False
    """Whether that page is signed electronically, and says so."""
    daily_backups: int = 7
    weekly_backups: int = 4
    monthly_backups: int = 12
    turun: TurunFormula = TurunFormula.SELISIH
    row_cap: CapaianCap = CapaianCap.NONE
    """What a row's capaian is held to."""
    mean_cap: CapaianCap = CapaianCap.AT_100
    """What it is held to within means."""
    predicate_words: PredicateWords = PredicateWords.TINGGI
    predicate_limits: tuple[str, ...] = ("90", "75", "65", "50")
    """Above each of these, canonical decimals, a capaian has one of the four better predikat."""
    rows_required: bool = True
    """Whether a step is finished only when every row that hangs on it is filled."""
    scales: tuple[str, ...] = ()
    """Scales of predikat beside or in place of those that an office begins with: `Opini: WTP=4, WDP=3`."""

    def clock_start_of(self, sop: str, step: int) -> ClockStart | None:
        """Which moment starts the clock of a step; None for the unit's rule."""
        return of_step(self.clock_starts, sop, step)

    def clocks_of(self, sop: str, step: int, verdict: Verdict | None = None) -> Clocks:
        """How a step is counted: as its verdict froze it, else as the office has it set.

        Args:
            sop: Code of the SOP.
            step: Number of the step.
            verdict: Of an ended run. One from before the clocks were kept falls back on the setting.
        """
        frozen = None if verdict is None else verdict.clocks
        if frozen is not None:
            return frozen
        set_now = Clocks(self.clock_start_of(sop, step), self.count_first_day)
        return set_now if verdict is None else replace(set_now, pauses=verdict.pauses)

    def to_dict(self) -> dict[str, Any]:
        """JSON values, for the database."""
        return {name: _plain(getattr(self, name)) for name in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Settings:
        """Read what `to_dict` wrote; what is missing takes its default."""
        return cls(**{name: _READERS[name](value) for name, value in data.items() if name in _READERS})


DEFAULTS = Settings()
CHOICES: Mapping[str, type[StrEnum]] = {
    name: type(value) for name in fields(DEFAULTS) if isinstance(value := getattr(DEFAULTS, name), StrEnum)
}
"""Setting -> what it is one of."""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    **{name: type(getattr(DEFAULTS, name)) for name in fields(DEFAULTS)},
    **dict.fromkeys(("signatories", "letterhead", "predicate_limits", "scales"), _texts),
    "clock_starts": lambda value: {str(step): ClockStart(begins) for step, begins in value.items()},
    "targets": lambda value: {str(period): str(day) for period, day in value.items()},
}
"""Setting -> how a stored value of it is read: as one of the kind of its default."""


def of_step(starts: Mapping[str, T], sop: str, step: int) -> T | None:
    """The entry of a step in a mapping such as `Settings.clock_starts`; None where it has none."""
    return starts.get(f"{sop}/{step}", starts.get(str(step)))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value

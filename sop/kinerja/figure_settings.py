"""How an office computes its figures: formulas, caps, predikat, scales. Printed under reports, frozen in closings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sop.kinerja.number import canonical, exact, rounded
from sop.model.settings import PredicateWords as PredicateWords
from sop.model.settings import Settings
from sop.model.settings import TurunFormula as TurunFormula
from sop.values import Frozen, field


class Predicate(StrEnum):
    """The level of a capaian, best first."""

    PERTAMA = "1"
    KEDUA = "2"
    KETIGA = "3"
    KEEMPAT = "4"
    KELIMA = "5"


CAPAIAN_DECIMALS = 2
_LIMITS = (Decimal(90), Decimal(75), Decimal(65), Decimal(50))
_LEVELS = tuple(Predicate)
SCALES: Mapping[str, Mapping[str, Decimal]] = {
    "Opini": {"WTP": Decimal(4), "WDP": Decimal(3), "TMP": Decimal(2), "TW": Decimal(1)},
    "Predikat": {
        word: Decimal(value)
        for value, word in zip(range(7, 0, -1), ("AA", "A", "BB", "B", "CC", "C", "D"), strict=True)
    },
}
"""Scales that an office begins with: name -> word -> what it is worth."""


def read_scale(line: str) -> tuple[str, Mapping[str, Decimal]]:
    """A scale as it is typed and kept, `Opini: WTP=4, WDP=3`: its name, and what each word is worth, best first.

    Raises:
        ValueError: It is none: without a name, with fewer than two words, or with a worth that is no number.
    """
    name, _, words = line.partition(":")
    pairs = [part.partition("=") for part in words.split(",")]
    try:
        scale = {word.strip(): exact(Decimal(worth.strip().replace(",", "."))) for word, _, worth in pairs}
    except InvalidOperation:
        raise ValueError(line) from None
    if not name.strip() or len(scale) < 2 or len(scale) < len(pairs) or "" in scale:
        raise ValueError(line)
    if not all(worth.is_finite() and 0 <= worth < _MOST_WORTH for worth in scale.values()):
        raise ValueError(line)
    return name.strip(), dict(sorted(scale.items(), key=lambda pair: -pair[1]))


_MOST_WORTH = 1000


class FigureSettings(Frozen):
    """The settings that a figure depends on."""

    turun: TurunFormula = TurunFormula.SELISIH
    row_cap: int | None = None
    """What a row's capaian is held to."""
    mean_cap: int | None = 100
    """What it is held to within means."""
    words: PredicateWords = PredicateWords.TINGGI
    limits: tuple[Decimal, ...] = _LIMITS
    """Above each of these a capaian has one of the four better predikat, best first."""
    required: bool = True
    """Whether a step is finished only when every row is filled."""
    scales: Mapping[str, Mapping[str, Decimal]] = field(default_factory=lambda: SCALES)
    """Name -> word -> what it is worth, best first."""

    @classmethod
    def of(cls, settings: Settings) -> FigureSettings:
        """Those among the settings of an office that a figure depends on."""
        own = dict(read_scale(line) for line in settings.scales)
        named = {name.casefold() for name in own}
        kept = {name: scale for name, scale in SCALES.items() if name.casefold() not in named}
        return cls(
            settings.turun,
            settings.row_cap.percent,
            settings.mean_cap.percent,
            settings.predicate_words,
            tuple(Decimal(limit) for limit in settings.predicate_limits),
            settings.rows_required,
            kept | own,
        )

    def scale_of(self, satuan: str) -> Mapping[str, Decimal]:
        """The scale of that name, whatever its case; empty where there is none."""
        return next((scale for name, scale in self.scales.items() if name.casefold() == satuan.casefold()), {})

    def graded(self, satuan: str, text: str) -> tuple[str, Decimal] | None:
        """A word of the scale of that name as it is spelled there, and what it is worth; None for none of them."""
        words = self.scale_of(satuan).items()
        return next((each for each in words if each[0].casefold() == text.casefold()), None)

    def predicate_of(self, capaian: Fraction) -> Predicate:
        """The level of a capaian, judged on the figure as it is printed."""
        as_printed = rounded(capaian, CAPAIAN_DECIMALS)
        above = (level for limit, level in zip(self.limits, _LEVELS, strict=False) if as_printed > limit)
        return next(above, _LEVELS[-1])

    def to_dict(self) -> dict[str, Any]:
        """JSON values, for a closing."""
        return {
            "turun": self.turun.value,
            "row_cap": self.row_cap,
            "mean_cap": self.mean_cap,
            "words": self.words.value,
            "limits": [canonical(limit) for limit in self.limits],
            "required": self.required,
            "scales": {
                name: {word: canonical(worth) for word, worth in scale.items()} for name, scale in self.scales.items()
            },
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FigureSettings:
        """Read what `to_dict` wrote; what is missing takes its default."""
        plain = cls()
        return cls(
            turun=TurunFormula(data.get("turun", plain.turun)),
            row_cap=data.get("row_cap", plain.row_cap),
            mean_cap=data.get("mean_cap", plain.mean_cap),
            words=PredicateWords(data.get("words", plain.words)),
            limits=tuple(Decimal(limit) for limit in data["limits"]) if "limits" in data else plain.limits,
            required=bool(data.get("required", plain.required)),
            scales={
                str(name): {str(word): Decimal(worth) for word, worth in scale.items()}
                for name, scale in data["scales"].items()
            }
            if "scales" in data
            else plain.scales,
        )

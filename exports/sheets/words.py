"""Words that several sheets put into their cells. An assumption says so in the value itself: whoever copies the cell,
or reads it by program, sees no mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from exports.sheets.source import Source
from sop.look.cards import assumed_fields
from sop.model.definition import Basis, Field, Sop, Step, Waktu, Written
from sop.model.periods import split
from sop.words.labels import label, listed
from sop.words.periods import period_label
from sop.words.time import standard_text

ASSUMED = "(asumsi)"
_FIELDS: Mapping[Field, str] = MappingProxyType({Field.DAY_KIND: "cara menghitung hari"})
"""Words of paper, where those of the program would not be understood."""
_BASES: Mapping[Basis, str] = MappingProxyType({Basis.TERSIRAT: "dari kalimatnya"})


def written(text: Written | None) -> str | None:
    """The text of a cell of the document; None where it has none or an empty one."""
    return None if text is None else text.text or None


def field_words(field: Field) -> str:
    """What of a step rests on something: `pelaksana`, `cara menghitung hari`."""
    return _FIELDS.get(field, label(field))


def basis_words(basis: Basis) -> str:
    """What it rests on: `tertulis`, `dari kalimatnya`, `asumsi`, `ditetapkan`."""
    return _BASES.get(basis, label(basis))


def ran_words(periods: Sequence[str]) -> str:
    """`TW I dan TW II`: periods of one year that ran on a version."""
    return listed([period_label(key).removesuffix(f" {split(key)[0]}") for key in periods])


def assumed_words(source: Source) -> str:
    """`pelaksana langkah 2 dan 3, dan pemutus langkah 7`: what is only supposed of the version that was run; of several
    each with its number; empty for nothing."""
    found = [(one.number, words) for one in source.ran_on if (words := _assumed_of(one.sop))]
    return "; ".join(f"versi {number}, {words}" if len(source.ran_on) > 1 else words for number, words in found)


def _assumed_of(sop: Sop) -> str:
    steps_of: dict[str, list[str]] = {}
    for step in sop.steps:
        for name in assumed_fields(step):
            steps_of.setdefault(field_words(Field(name)), []).append(str(step.number))
    return listed([f"{name} langkah {listed(steps)}" for name, steps in steps_of.items()])


def is_assumed(step: Step, field: Field) -> bool:
    """Whether the SOP only supposes it, so that the office may still confirm it."""
    return step.ground(field).basis is Basis.ASUMSI


def with_ground(words: str, step: Step, field: Field) -> str:
    """`Kepala Bidang (asumsi)` where the document is silent and the office has not confirmed the value."""
    return f"{words} {ASSUMED}" if is_assumed(step, field) else words


def lane_words(step: Step) -> str:
    """Who does the work of a step."""
    return with_ground(listed(step.pelaksana, "dan"), step, Field.PELAKSANA)


def decider_words(step: Step | None) -> str | None:
    """Who decides; None where nobody does."""
    if step is None or step.decider is None:
        return None
    return with_ground(step.decider, step, Field.DECIDER)


def standard_words(waktu: Waktu | None) -> str | None:
    """The cell as the document has it, with a comma before its decimals; the unit in brackets where only its head names
    one."""
    if waktu is None:
        return None
    text = standard_text(waktu.text)
    return text if not text.strip().isdigit() else f"{text} ({waktu.unit.value})"

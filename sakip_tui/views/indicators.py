"""The register of indicators in words: what one is, which targets are in force, what does not fit among them.

Screen and command line tell the same.
"""

from __future__ import annotations

from decimal import Decimal

from sop.kinerja.form import target_words
from sop.kinerja.form_fault import CellFinding, as_data
from sop.kinerja.indicator import Indicator, Jenis, TargetValue
from sop.kinerja.number import canonical, read_number
from sop.kinerja.state import KinerjaState
from sop.kinerja.target import check_targets, reported_in, target_for
from sop.model.bidang import listed_name
from sop.model.errors import FaultyInput
from sop.model.periods import keys_of, split
from sop.words.figure_words import OFFICE_OWNER, owner_words
from sop.words.kinerja import DATA_LABELS
from sop.words.periods import period_label, period_short

NOTHING = "hapus"
"""Takes a target back."""


def period_of(text: str) -> str:
    """A period key. Raises UnknownPeriod."""
    key = text.strip().upper()
    split(key)
    return key


def owner_named(text: str, state: KinerjaState) -> str | None:
    """The bidang that hands an indicator in; None for the office itself. Raises Unknown, FaultyInput."""
    name = text.strip()
    if name.casefold() == OFFICE_OWNER.casefold():
        return None
    return listed_name(name, state.bidang, lambda each: (each,))


def target_of(text: str, indicator: Indicator, place: str) -> tuple[TargetValue | None, tuple[CellFinding, ...]]:
    """What is aimed at, and what is told of how it was read; None for `hapus`. Raises FaultyInput.

    Args:
        text: As typed.
        indicator: Whose unit and decimals count.
        place: Where it was typed, for the fault.
    """
    if text.strip().casefold() == NOTHING:
        return None, ()
    if indicator.jenis is Jenis.PREDIKAT:
        return text.strip(), ()
    return number_of(text, indicator.code, indicator.satuan, indicator.decimals, place)


def number_of(text: str, code: str, satuan: str, decimals: int, place: str) -> tuple[Decimal, tuple[CellFinding, ...]]:
    """The number that was typed, and what is told of how it was read. Raises FaultyInput.

    Args:
        text: As typed.
        code: Of the indicator that it is about.
        satuan: Its unit.
        decimals: Behind the comma at most.
        place: Where it was typed, for the fault.
    """
    try:
        value, echo = read_number(text, satuan, decimals, place)
    except FaultyInput as error:
        raise as_data(error) from None
    known = (canonical(value).replace(".", ","),)
    return value, () if echo is None else (CellFinding(echo, code=code, read=text.strip(), known=known),)


def targets_of(state: KinerjaState, indicator: Indicator, year: int) -> list[tuple[str, TargetValue]]:
    """(period, target in force) of an indicator, in order."""
    aims = ((period, target_for(state.targets, indicator.key, period)) for period in keys_of(year))
    return [(period, aim.value) for period, aim in aims if aim is not None and reported_in(indicator, period)]


def findings_of(state: KinerjaState, key: str, year: int) -> list[CellFinding]:
    """What does not fit among the targets of an indicator."""
    indicator = state.indicators[key][-1].indicator
    return [
        CellFinding(each.kind, code=each.code, read=f"{period_short(each.period)} {each.read}", known=(each.known,))
        for each in check_targets(indicator, state.targets, year, state.settings)
    ]


def target_line(state: KinerjaState, indicator: Indicator, year: int) -> str:
    """`TW I 25; TW II 50; TH 100`, `belum ada`."""
    aims = targets_of(state, indicator, year)
    return (
        "; ".join(f"{period_short(period)} {target_words(value, indicator)}" for period, value in aims) or "belum ada"
    )


def owner_line(state: KinerjaState, indicator: Indicator) -> str:
    """Who hands it in."""
    return owner_words(state.owner_of(indicator))


def definition_line(state: KinerjaState, key: str) -> str:
    """`angka, makin tinggi makin baik, dijumlahkan; triwulan; versi 2 sejak TW III 2026`."""
    newest = state.indicators[key][-1]
    one = newest.indicator
    words = [DATA_LABELS[type(each)][each] for each in (one.jenis, one.arah, one.konsolidasi)]
    since = period_label(newest.since)
    return f"{', '.join(words)}; {one.cadence.value}; versi {newest.number} sejak {since}"

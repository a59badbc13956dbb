"""Which periods an indicator is filled in, which version and which target hold there, and what targets do not fit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.kinerja.figure_settings import FigureSettings
from sop.kinerja.form_fault import FormWarning
from sop.kinerja.indicator import Indicator, IndicatorVersion, Jenis, Konsolidasi, TargetValue, indicator_faults
from sop.kinerja.reporting import Due, filled_in, holds, leaf_before, leaves_of, leaves_to, version_for
from sop.kinerja.target import TargetSet, check_targets, target_for
from sop.model.definition import Cadence
from sop.model.periods import keys_of
from sop.values import replace

TW, S, TH = Cadence
COUNT = Indicator("IK-1", "Jumlah peserta", "orang")


@pytest.mark.parametrize(
    ("period", "cadence", "leaves"),
    [
        ("2026-TW2", TW, ("2026-TW2",)),
        ("2026-TW2", S, ()),
        ("2026-S2", TW, ("2026-TW3", "2026-TW4")),
        ("2026-S1", S, ("2026-S1",)),
        ("2026-TH", TW, ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")),
        ("2026-TH", S, ("2026-S1", "2026-S2")),
        ("2026-TH", TH, ("2026-TH",)),
    ],
)
def test_a_period_is_made_of_leaves(period: str, cadence: Cadence, leaves: tuple[str, ...]) -> None:
    assert leaves_of(period, cadence) == leaves


def test_to_date_reaches_to_the_end_of_the_period() -> None:
    assert leaves_to("2026-TW3", TW) == ("2026-TW1", "2026-TW2", "2026-TW3")
    assert leaves_to("2026-TW3", S) == ("2026-S1",)
    assert leaves_to("2026-S2", TW) == leaves_of("2026-TH", TW)
    assert leaves_to("2026-TW1", TH) == ()


@pytest.mark.parametrize(
    ("leaf", "before"),
    [("2026-TW2", "2026-TW1"), ("2026-TW1", "2025-TW4"), ("2026-S2", "2026-S1"), ("2026-TH", "2025-TH")],
)
def test_a_leaf_follows_the_one_before(leaf: str, before: str) -> None:
    assert leaf_before(leaf) == before


def test_what_holds_from_the_third_quarter_holds_for_what_ends_no_earlier() -> None:
    held = [period for period in keys_of(2026) if holds("2026-TW3", frozenset(), period)]
    assert held == ["2026-TW3", "2026-TW4", "2026-S2", "2026-TH"]


def test_what_holds_never_holds_for_a_period_that_was_closed_at_the_time() -> None:
    assert not holds("2026-TW3", frozenset({"2026-TW3"}), "2026-TW3")


def test_the_newest_version_that_holds_is_taken() -> None:
    first, second = COUNT, replace(COUNT, name="Peserta yang lulus")
    versions = [
        IndicatorVersion(2, "2026-TW3", second, frozenset({"2026-TW3"})),
        IndicatorVersion(1, "2026-TW1", first),
    ]
    names = {period: version_for(versions, period) for period in ("2025-TW4", "2026-S1", "2026-TW3", "2026-TW4")}
    assert names["2025-TW4"] is None
    found = {period: held.number for period, held in names.items() if held is not None}
    assert found == {"2026-S1": 1, "2026-TW3": 1, "2026-TW4": 2}


@pytest.mark.parametrize(
    ("cadences", "period", "dues"),
    [
        ({TW, S, TH}, "2026-TW2", [("2026-TW2", TW)]),
        ({TW, S, TH}, "2026-S1", [("2026-S1", S)]),
        ({TW, S, TH}, "2026-TH", [("2026-TH", TH)]),
        ({TW}, "2026-TW1", [("2026-TW1", TW)]),
        ({TW}, "2026-TW2", [("2026-TW2", TW), ("2026-S1", S)]),
        ({TW}, "2026-TW4", [("2026-TW4", TW), ("2026-S2", S), ("2026-TH", TH)]),
        ({TW}, "2026-S1", []),
        ({TW, TH}, "2026-TW4", [("2026-TW4", TW), ("2026-S2", S)]),
        ({TW, S}, "2026-S2", [("2026-S2", S), ("2026-TH", TH)]),
        ({TH}, "2026-TW4", []),
        ({TH}, "2026-TH", [("2026-TH", TH)]),
    ],
)
def test_rows_without_a_step_of_their_own_are_filled_in_the_last_period_below(
    cadences: set[Cadence], period: str, dues: list[tuple[str, Cadence]]
) -> None:
    assert filled_in(period, cadences) == tuple(Due(*due) for due in dues)


@given(st.sets(st.sampled_from(Cadence), min_size=1))
def test_every_period_that_is_reported_is_filled_in_exactly_one_place(cadences: set[Cadence]) -> None:
    dues = [due.period for period in keys_of(2026) for due in filled_in(period, cadences)]
    finest = min(cadences, key=tuple(Cadence).index)
    reported = {leaf for cadence in Cadence for leaf in leaves_of("2026-TH", cadence)}
    finer = {
        leaf for cadence in tuple(Cadence)[: tuple(Cadence).index(finest)] for leaf in leaves_of("2026-TH", cadence)
    }
    assert sorted(dues) == sorted(reported - finer)


# --- targets ----------------------------------------------------------------------------------------------------------


def target_set(number: int, since: str, **values: str | None) -> TargetSet:
    held: dict[tuple[str, str], TargetValue] = {
        ("ik-1", f"2026-{name}"): Decimal(value) for name, value in values.items() if value is not None
    }
    return TargetSet(2026, number, f"Dokumen {number}", since, held)


FIRST = target_set(1, "2026-TW1", TW1="10", TW2="20", TW3="30", TW4="40", TH="100")
SECOND = target_set(2, "2026-TW3", TW1="99", TW3="35", TH="105")


def test_a_later_set_holds_from_its_period_on_and_only_where_it_speaks() -> None:
    found = {period: target_for([SECOND, FIRST], "ik-1", period) for period in keys_of(2026)}
    held = {period.removeprefix("2026-"): (str(aim.value), aim.number) for period, aim in found.items() if aim}
    assert held == {"TW1": ("10", 1), "TW2": ("20", 1), "TW3": ("35", 2), "TW4": ("40", 1), "TH": ("105", 2)}


def test_a_set_of_another_year_says_nothing() -> None:
    assert target_for([FIRST], "ik-1", "2027-TW1") is None


def findings(indicator: Indicator, *sets: TargetSet) -> list[tuple[FormWarning, str, str, str]]:
    found = check_targets(indicator, sets, 2026, FigureSettings())
    return [(each.kind, each.period, each.read, each.known) for each in found]


def test_targets_that_fit_are_not_told() -> None:
    assert findings(COUNT, FIRST) == []
    assert findings(COUNT, FIRST, SECOND) == []


@pytest.mark.parametrize(
    ("konsolidasi", "kind", "known"),
    [
        (Konsolidasi.JUMLAH, FormWarning.JUMLAH_TARGET_BERBEDA, "100"),
        (Konsolidasi.AKHIR, FormWarning.TARGET_AKHIR_BERBEDA, "40"),
        (Konsolidasi.RATA, FormWarning.RATA_TARGET_BERBEDA, "25"),
    ],
)
def test_a_yearly_target_that_does_not_fit_its_quarters_is_told(
    konsolidasi: Konsolidasi, kind: FormWarning, known: str
) -> None:
    odd = target_set(1, "2026-TW1", TW1="10", TW2="20", TW3="30", TW4="40", TH="90")
    indicator = replace(COUNT, konsolidasi=konsolidasi)
    assert findings(indicator, odd) == [(kind, "2026-TH", "90", known)]


def test_targets_of_a_ratio_are_held_to_their_mean_and_never_summed() -> None:
    """Rules part 7: a ratio of jumlah is reckoned against the mean T of the periods counted."""
    ratio = replace(COUNT, jenis=Jenis.RASIO, konsolidasi=Konsolidasi.JUMLAH)
    even = target_set(1, "2026-TW1", TW1="80", TW2="80", TW3="80", TW4="80", TH="80")
    assert findings(ratio, even) == []
    odd = target_set(1, "2026-TW1", TW1="80", TW2="80", TW3="80", TW4="80", TH="320")
    assert findings(ratio, odd) == [(FormWarning.RATA_TARGET_BERBEDA, "2026-TH", "320", "80")]


def test_a_semester_is_compared_as_well_and_an_unfinished_one_is_not() -> None:
    half = target_set(1, "2026-TW1", TW1="10", TW2="20", S1="31", TW3="30", TH="7")
    assert findings(COUNT, half) == [(FormWarning.JUMLAH_TARGET_BERBEDA, "2026-S1", "31", "30")]


def test_a_mean_that_is_no_whole_number_is_told_with_places() -> None:
    odd = target_set(1, "2026-TW1", TW1="10", TW2="20", TW3="30", TW4="41", TH="25")
    indicator = replace(COUNT, konsolidasi=Konsolidasi.RATA)
    assert findings(indicator, odd) == [(FormWarning.RATA_TARGET_BERBEDA, "2026-TH", "25", "25,25")]


def test_percentages_that_are_added_up_are_told() -> None:
    indicator = replace(COUNT, jenis=Jenis.PERSEN, satuan="%")
    assert findings(indicator, FIRST) == [(FormWarning.JUMLAH_PERSEN, "2026-TH", "%", "")]


def test_a_target_below_zero_is_told() -> None:
    assert findings(COUNT, target_set(1, "2026-TW1", TW1="-5")) == [(FormWarning.TARGET_NEGATIF, "2026-TW1", "-5", "")]


# --- definitions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"code": ""}, ["kode-tidak-sah"]),
        ({"code": "IK 1.1/a_b-c"}, []),
        ({"code": " IK"}, ["kode-tidak-sah"]),
        ({"code": "IK=1"}, ["kode-tidak-sah"]),
        ({"code": "x" * 31}, ["kode-tidak-sah"]),
        ({"name": " ", "satuan": ""}, ["isian-wajib", "isian-wajib"]),
        ({"decimals": 5}, ["di-luar-batas"]),
        ({"factor": 0}, ["di-luar-batas"]),
        ({"cadence": TW}, ["kadens-terlalu-halus"]),
        ({"jenis": Jenis.RASIO}, ["isian-wajib", "isian-wajib"]),
        ({"jenis": Jenis.PREDIKAT, "satuan": "Opini"}, ["predikat-bukan-akhir"]),
        ({"jenis": Jenis.PREDIKAT, "satuan": "opini", "konsolidasi": Konsolidasi.AKHIR}, []),
        ({"jenis": Jenis.PREDIKAT, "satuan": "XYZ", "konsolidasi": Konsolidasi.AKHIR}, ["skala-tak-dikenal"]),
        ({"jenis": Jenis.PERSEN}, ["persen-tanpa-satuan"]),
        ({"jenis": Jenis.PERSEN, "satuan": "persen"}, []),
    ],
)
def test_every_fault_of_a_definition_is_named(changes: dict[str, object], codes: list[str]) -> None:
    indicator = replace(COUNT, cadence=S, **changes) if "cadence" not in changes else replace(COUNT, **changes)  # type: ignore[arg-type]
    assert [fault.code for fault in indicator_faults(indicator, S, ("Opini", "Predikat"))] == codes

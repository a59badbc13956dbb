"""Capaian, to date, roll-up and means: by hand, and against an oracle in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.kinerja.achievement import achievement
from sop.kinerja.figure_settings import FigureSettings, Predicate, PredicateWords, TurunFormula
from sop.kinerja.indicator import Arah, Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Isian, Keadaan, isian_faults, realized
from sop.kinerja.number import printed
from sop.kinerja.reporting import leaves_of, leaves_to
from sop.kinerja.rollup import Figure, FigureStanding, Leaf, Mean, figure, mean_of, to_date
from sop.model.settings import CapaianCap
from sop.values import replace
from sop.words.kinerja import predicate_words
from tests.sop.kinerja import oracle
from tests.sop.kinerja.oracle import OracleLeaf

F = Fraction
CAPS = tuple(cap.percent for cap in CapaianCap)
PLAIN = FigureSettings()
KEBALIKAN = FigureSettings(turun=TurunFormula.KEBALIKAN)
YEAR = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")
COUNT = Indicator("IK-1", "Jumlah peserta", "orang", arah=Arah.NAIK, konsolidasi=Konsolidasi.JUMLAH)
LAST = replace(COUNT, konsolidasi=Konsolidasi.AKHIR)
AVERAGE = replace(COUNT, konsolidasi=Konsolidasi.RATA, decimals=2)
RATIO = Indicator("IK-2", "Lulusan terserap", "%", Jenis.RASIO, konsolidasi=Konsolidasi.RATA, decimals=2)
OPINION = Indicator("IK-3", "Opini", "Opini", Jenis.PREDIKAT, konsolidasi=Konsolidasi.AKHIR)


def shown(value: Fraction | None) -> str | None:
    return None if value is None else printed(value, 2)


# --- one capaian ------------------------------------------------------------------------------------------------------

ROWS = [
    # arah, realisasi, target, settings, raw, row, counted
    (Arah.NAIK, "76.5", "85", PLAIN, "90,00", "90,00", "90,00"),
    (Arah.NAIK, "0", "85", PLAIN, "0,00", "0,00", "0,00"),
    (Arah.NAIK, "1250", "90", PLAIN, "1.388,89", "1.388,89", "100,00"),
    (Arah.NAIK, "-5", "10", PLAIN, "-50,00", "0,00", "0,00"),
    (Arah.NAIK, "1250", "90", FigureSettings(row_cap=120), "1.388,89", "120,00", "100,00"),
    (Arah.NAIK, "1250", "90", FigureSettings(row_cap=120, mean_cap=None), "1.388,89", "120,00", "120,00"),
    (Arah.NAIK, "1250", "90", FigureSettings(mean_cap=None), "1.388,89", "1.388,89", "1.388,89"),
    (Arah.NAIK, "1250", "90", FigureSettings(mean_cap=200), "1.388,89", "1.388,89", "200,00"),
    (Arah.TURUN, "8", "10", PLAIN, "120,00", "120,00", "100,00"),
    (Arah.TURUN, "0", "10", PLAIN, "200,00", "200,00", "100,00"),
    (Arah.TURUN, "25", "10", PLAIN, "-50,00", "0,00", "0,00"),
    (Arah.TURUN, "8", "10", KEBALIKAN, "125,00", "125,00", "100,00"),
    (Arah.TURUN, "20", "10", KEBALIKAN, "50,00", "50,00", "50,00"),
    (Arah.TURUN, "0", "10", KEBALIKAN, "200,00", "200,00", "100,00"),
    (Arah.TETAP, "10", "10", PLAIN, "100,00", "100,00", "100,00"),
    (Arah.TETAP, "12", "10", PLAIN, "80,00", "80,00", "80,00"),
    (Arah.TETAP, "8", "10", PLAIN, "80,00", "80,00", "80,00"),
    (Arah.TETAP, "25", "10", PLAIN, "-50,00", "0,00", "0,00"),
    (Arah.NAIK, "0", "0", PLAIN, "100,00", "100,00", "100,00"),
    (Arah.NAIK, "1", "0", PLAIN, "0,00", "0,00", "0,00"),
    (Arah.TURUN, "0", "0", KEBALIKAN, "100,00", "100,00", "100,00"),
    (Arah.TURUN, "3", "0", PLAIN, "0,00", "0,00", "0,00"),
    (Arah.TETAP, "0", "0", PLAIN, "100,00", "100,00", "100,00"),
    (Arah.TETAP, "-1", "0", PLAIN, "0,00", "0,00", "0,00"),
]


@pytest.mark.parametrize(("arah", "value", "target", "settings", "raw", "row", "counted"), ROWS)
def test_a_capaian_is_what_the_hand_computes(
    arah: Arah, value: str, target: str, settings: FigureSettings, raw: str, row: str, counted: str
) -> None:
    found = achievement(arah, F(value), F(target), settings)
    assert found is not None
    assert (shown(found.raw), shown(found.row), shown(found.counted)) == (raw, row, counted)
    assert found.zero_target == (target == "0")


@pytest.mark.parametrize("arah", Arah)
def test_nothing_is_computed_against_a_target_below_zero(arah: Arah) -> None:
    assert achievement(arah, F(5), F(-1), PLAIN) is None


numbers = st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(Fraction)
settings_of = st.builds(
    FigureSettings, turun=st.sampled_from(TurunFormula), row_cap=st.sampled_from(CAPS), mean_cap=st.sampled_from(CAPS)
)


@given(st.sampled_from(Arah), numbers, numbers, settings_of)
def test_capaian_agrees_with_the_oracle(arah: Arah, value: F, target: F, settings: FigureSettings) -> None:
    found = achievement(arah, value, target, settings)
    raw = oracle.capaian(arah.value, value, target, settings.turun.value)
    if raw is None:
        assert found is None
        return
    assert found is not None
    assert found.raw == raw
    assert found.row == oracle.counted(raw, settings.row_cap, None)
    assert found.counted == oracle.counted(raw, settings.row_cap, settings.mean_cap)


@pytest.mark.parametrize(
    ("figure_text", "level", "word", "other"),
    [
        ("90.01", Predicate.PERTAMA, "Sangat Tinggi", "Sangat Baik"),
        ("90.005", Predicate.PERTAMA, "Sangat Tinggi", "Sangat Baik"),
        ("90.004", Predicate.KEDUA, "Tinggi", "Baik"),
        ("90", Predicate.KEDUA, "Tinggi", "Baik"),
        ("75.01", Predicate.KEDUA, "Tinggi", "Baik"),
        ("75", Predicate.KETIGA, "Sedang", "Cukup"),
        ("65", Predicate.KEEMPAT, "Rendah", "Kurang"),
        ("50.01", Predicate.KEEMPAT, "Rendah", "Kurang"),
        ("50.00499", Predicate.KELIMA, "Sangat Rendah", "Sangat Kurang"),
        ("0", Predicate.KELIMA, "Sangat Rendah", "Sangat Kurang"),
        ("1388.9", Predicate.PERTAMA, "Sangat Tinggi", "Sangat Baik"),
    ],
)
def test_a_predikat_is_judged_on_the_figure_as_printed(
    figure_text: str, level: Predicate, word: str, other: str
) -> None:
    found = PLAIN.predicate_of(F(figure_text))
    assert found is level
    assert predicate_words(found, PredicateWords.TINGGI) == word
    assert predicate_words(found, PredicateWords.BAIK) == other


@given(settings_of)
def test_settings_are_kept_as_json(settings: FigureSettings) -> None:
    assert FigureSettings.from_dict(settings.to_dict()) == settings
    assert FigureSettings.from_dict({}) == FigureSettings()


# --- what a row is worth ----------------------------------------------------------------------------------------------


def test_a_rasio_is_its_parts_and_not_what_was_typed_beside_them() -> None:
    row = Isian(Keadaan.TERISI, Decimal("66.67"), pembilang=Decimal(2), penyebut=Decimal(3))
    assert isian_faults(row, RATIO, PLAIN) == []
    assert realized(row, RATIO, PLAIN) == F(200, 3)


@pytest.mark.parametrize(("typed", "is_right"), [("66.67", True), ("66.7", True), ("67", True), ("66.66", False)])
def test_a_typed_rasio_must_agree_as_far_as_its_places_go(typed: str, is_right: bool) -> None:
    row = Isian(Keadaan.TERISI, Decimal(typed), pembilang=Decimal(2), penyebut=Decimal(3))
    faults = [(fault.code, fault.known) for fault in isian_faults(row, RATIO, PLAIN)]
    assert faults == ([] if is_right else [("rasio-berbeda", ("66,67",))])


def test_a_rasio_with_penyebut_zero_is_missing() -> None:
    row = Isian(Keadaan.TERISI, pembilang=Decimal(2), penyebut=Decimal(0))
    assert isian_faults(row, RATIO, PLAIN) == []
    assert realized(row, RATIO, PLAIN) is None
    assert [fault.code for fault in isian_faults(replace(row, value=Decimal(0)), RATIO, PLAIN)] == ["rasio-berbeda"]


def test_a_predikat_is_worth_what_the_scale_says() -> None:
    row = Isian(Keadaan.TERISI, grade="wdp")
    assert isian_faults(row, OPINION, PLAIN) == []
    assert realized(row, OPINION, PLAIN) == 3
    found = achievement(Arah.NAIK, F(3), F(4), PLAIN)
    assert found is not None
    assert shown(found.row) == "75,00"


def test_zero_is_filled_and_missing_is_not_zero() -> None:
    assert realized(Isian(Keadaan.TERISI, Decimal(0)), COUNT, PLAIN) == 0
    assert realized(Isian(Keadaan.BELUM_ADA, reason="menunggu rilis"), COUNT, PLAIN) is None
    assert realized(None, COUNT, PLAIN) is None


@pytest.mark.parametrize(
    ("row", "indicator", "codes"),
    [
        (Isian(Keadaan.TERISI), COUNT, ["nilai-belum-ada"]),
        (Isian(Keadaan.TERISI), OPINION, ["nilai-belum-ada"]),
        (Isian(Keadaan.TERISI, grade="X"), OPINION, ["predikat-tak-dikenal"]),
        (
            Isian(Keadaan.TERISI, Decimal(1), grade="WTP"),
            OPINION,
            [
                "predikat-tak-dikenal",
            ],
        ),
        (Isian(Keadaan.TERISI, Decimal(1)), RATIO, ["rasio-tidak-lengkap"]),
        (Isian(Keadaan.TERISI, pembilang=Decimal(1)), RATIO, ["rasio-tidak-lengkap"]),
        (Isian(Keadaan.TERISI, Decimal(1), pembilang=Decimal(1)), COUNT, ["bukan-rasio"]),
        (Isian(Keadaan.BELUM_ADA), COUNT, ["alasan-kurang"]),
        (Isian(Keadaan.TIDAK_BERLAKU), COUNT, ["alasan-kurang"]),
        (Isian(Keadaan.BELUM_ADA, Decimal(1), reason="x"), COUNT, ["terisi-dan-kosong"]),
        (Isian(Keadaan.BELUM_ADA, Decimal(1)), COUNT, ["terisi-dan-kosong", "alasan-kurang"]),
        (Isian(Keadaan.TERISI, Decimal("1.5")), COUNT, ["terlalu-banyak-desimal"]),
        (Isian(Keadaan.TERISI, Decimal(1), kendala="x" * 10_001), COUNT, ["teks-terlalu-panjang"]),
    ],
)
def test_every_fault_of_a_row_is_named(row: Isian, indicator: Indicator, codes: list[str]) -> None:
    assert [fault.code for fault in isian_faults(row, indicator, PLAIN)] == codes


@given(
    st.builds(
        Isian,
        st.sampled_from(Keadaan),
        value=st.none() | st.integers(-9999, 9999).map(lambda units: Decimal(units).scaleb(-2)),
        kendala=st.none() | st.text(min_size=1),
        batas_waktu=st.none() | st.dates(),
    )
)
def test_a_row_is_kept_as_json(row: Isian) -> None:
    kept = Isian.from_dict(row.to_dict())
    assert kept == row
    assert kept.to_dict() == row.to_dict()


# --- to date, longer periods ------------------------------------------------------------------------------------------


def filled(period: str, value: str, target: str | None) -> Leaf:
    return Leaf(period, Keadaan.TERISI, F(value), None if target is None else F(target))


def parts(period: str, above: str, below: str, target: str | None) -> Leaf:
    value = F(above) / F(below) * 100
    return Leaf(period, Keadaan.TERISI, value, None if target is None else F(target), F(above), F(below))


def test_to_date_of_a_sum_names_the_periods_that_have_both() -> None:
    leaves = [filled(YEAR[0], "74", "85"), filled(YEAR[1], "79", None), filled(YEAR[2], "76.5", "85"), Leaf(YEAR[3])]
    found = to_date(COUNT, leaves, PLAIN)
    assert (shown(found.value), shown(found.target), found.periods) == ("150,50", "170,00", (YEAR[0], YEAR[2]))
    assert found.achievement is not None
    assert shown(found.achievement.row) == "88,53"


def test_to_date_of_the_last_is_the_last_filled_one() -> None:
    leaves = [filled(YEAR[0], "74", "80"), filled(YEAR[1], "79", "85"), Leaf(YEAR[2], target=F(90))]
    found = to_date(LAST, leaves, PLAIN)
    assert (found.value, found.target, found.periods) == (79, 85, (YEAR[1],))


def test_to_date_of_a_mean_is_mean_over_mean() -> None:
    found = to_date(AVERAGE, [filled(YEAR[0], "80", "80"), filled(YEAR[1], "90", "100")], PLAIN)
    assert (found.value, found.target) == (85, 90)
    assert found.achievement is not None
    assert shown(found.achievement.row) == "94,44"


@pytest.mark.parametrize("konsolidasi", [Konsolidasi.JUMLAH, Konsolidasi.RATA])
def test_to_date_of_a_rasio_sums_its_parts_against_the_mean_target(konsolidasi: Konsolidasi) -> None:
    leaves = [parts(YEAR[0], "50", "100", "60"), parts(YEAR[1], "10", "10", "80"), parts(YEAR[2], "1", "1", None)]
    found = to_date(replace(RATIO, konsolidasi=konsolidasi), leaves, PLAIN)
    assert (found.value, found.target, found.periods) == (F(6000, 110), 70, YEAR[:2])


def test_to_date_of_a_rasio_that_ends_is_its_last() -> None:
    found = to_date(
        replace(RATIO, konsolidasi=Konsolidasi.AKHIR),
        [parts(YEAR[0], "50", "100", "60"), parts(YEAR[1], "9", "10", "80")],
        PLAIN,
    )
    assert (found.value, found.target) == (90, 80)


def test_to_date_of_nothing_is_nothing() -> None:
    found = to_date(COUNT, [Leaf(YEAR[0], target=F(5))], PLAIN)
    assert (found.value, found.achievement, found.periods) == (None, None, ())


def yearly(indicator: Indicator, leaves: list[Leaf], target: str | None = None) -> Figure:
    aim = None if target is None else F(target)
    return figure(indicator, "2026-TH", leaves, PLAIN, up_to=leaves, target=aim)


def test_a_year_is_its_quarters_against_its_own_target() -> None:
    leaves = [filled(period, value, "25") for period, value in zip(YEAR, ("20", "30", "25", "15"), strict=True)]
    found = yearly(COUNT, leaves, "120")
    assert (found.standing, found.value, found.target, found.filled, found.of) == (
        FigureStanding.DIHITUNG,
        90,
        120,
        4,
        4,
    )
    assert found.achievement is not None
    assert shown(found.achievement.row) == "75,00"


@pytest.mark.parametrize(
    ("indicator", "value", "target"), [(COUNT, "90", "100"), (LAST, "15", "25"), (AVERAGE, "22.5", "25")]
)
def test_a_year_without_a_target_takes_the_quarters_by_the_same_konsolidasi(
    indicator: Indicator, value: str, target: str
) -> None:
    leaves = [filled(period, part, "25") for period, part in zip(YEAR, ("20", "30", "25", "15"), strict=True)]
    found = yearly(indicator, leaves)
    assert (found.value, found.target) == (F(value), F(target))


def test_a_year_with_a_quarter_missing_says_so_and_stays_out_of_the_mean() -> None:
    leaves = [filled(period, "25", "25") for period in YEAR[:3]] + [Leaf(YEAR[3], target=F(25))]
    found = yearly(COUNT, leaves, "100")
    assert (found.standing, found.filled, found.of) == (FigureStanding.BELUM_LENGKAP, 3, 4)
    assert found.achievement is not None
    assert shown(found.achievement.row) == "75,00"
    assert mean_of([found]) == Mean(None, 0, 1)


def test_a_quarter_that_does_not_apply_is_not_missing() -> None:
    leaves = [filled(period, "25", "25") for period in YEAR[:3]] + [Leaf(YEAR[3], Keadaan.TIDAK_BERLAKU)]
    found = yearly(COUNT, leaves)
    assert (found.standing, found.filled, found.of, found.value, found.target) == (
        FigureStanding.DIHITUNG,
        3,
        3,
        75,
        75,
    )


@pytest.mark.parametrize(
    ("leaves", "standing"),
    [
        ([Leaf(YEAR[0]), Leaf(YEAR[1], Keadaan.BELUM_ADA)], FigureStanding.BELUM_DIISI),
        ([Leaf(YEAR[0], Keadaan.BELUM_ADA), Leaf(YEAR[1], Keadaan.TIDAK_BERLAKU)], FigureStanding.BELUM_ADA),
        ([Leaf(YEAR[0], Keadaan.TIDAK_BERLAKU), Leaf(YEAR[1], Keadaan.TIDAK_BERLAKU)], FigureStanding.TIDAK_BERLAKU),
        ([Leaf(YEAR[0], Keadaan.TERISI), Leaf(YEAR[1], Keadaan.TERISI)], FigureStanding.PENYEBUT_NOL),
        ([filled(YEAR[0], "5", "-1"), filled(YEAR[1], "5", "-1")], FigureStanding.TIDAK_DAPAT_DIHITUNG),
        ([filled(YEAR[0], "5", None), filled(YEAR[1], "5", "5")], FigureStanding.TANPA_TARGET),
    ],
)
def test_a_figure_says_what_keeps_it_out_of_means(leaves: list[Leaf], standing: FigureStanding) -> None:
    found = figure(COUNT, "2026-S1", leaves, PLAIN, up_to=leaves)
    assert found.standing is standing
    assert not found.counts


def test_a_mean_takes_capped_rows_and_says_of_how_many() -> None:
    leaves = {
        "a": filled(YEAR[0], "1250", "90"),
        "b": filled(YEAR[0], "40", "80"),
        "c": Leaf(YEAR[0], target=F(5)),
        "d": Leaf(YEAR[0], Keadaan.TIDAK_BERLAKU, target=F(5)),
        "e": filled(YEAR[0], "5", "-5"),
    }
    rows = [figure(COUNT, YEAR[0], [leaf], PLAIN, up_to=[leaf]) for leaf in leaves.values()]
    assert mean_of(rows) == Mean(F(75), 2, 5)
    assert mean_of(reversed(rows)) == mean_of(rows)
    assert mean_of([]) == Mean(None, 0, 0)


@st.composite
def oracle_leaves(draw: st.DrawFn, is_ratio: bool) -> list[OracleLeaf]:
    leaves = []
    for _ in range(4):
        kind = draw(st.sampled_from(["filled", "filled", "filled", "missing", "not"]))
        target = draw(st.none() | numbers)
        if kind != "filled":
            leaves.append(OracleLeaf(None, target, applies=kind == "missing"))
        elif is_ratio:
            above, below = draw(numbers), draw(numbers.filter(bool))
            leaves.append(OracleLeaf(above / below * 100, target, above, below))
        else:
            leaves.append(OracleLeaf(draw(numbers), target))
    return leaves


@given(st.data(), st.sampled_from(Konsolidasi), st.booleans(), st.none() | numbers, settings_of)
def test_roll_up_agrees_with_the_oracle(
    data: st.DataObject, konsolidasi: Konsolidasi, is_ratio: bool, own: F | None, settings: FigureSettings
) -> None:
    rows = data.draw(oracle_leaves(is_ratio))
    indicator = replace(RATIO if is_ratio else AVERAGE, konsolidasi=konsolidasi)
    leaves = [
        Leaf(
            period,
            Keadaan.TERISI if row.value is not None else None if row.applies else Keadaan.TIDAK_BERLAKU,
            *row[:4],
        )
        for period, row in zip(YEAR, rows, strict=True)
    ]
    found = figure(indicator, "2026-TH", leaves, settings, up_to=leaves, target=own)
    applying = [row for row in rows if row.applies]
    having = [row for row in applying if row.value is not None]
    assert found.value == oracle.combined(konsolidasi.value, is_ratio, 100, having)
    target = own if own is not None else oracle.aimed(konsolidasi.value, is_ratio, [row.target for row in applying])
    assert found.target == target
    assert (found.filled, found.of) == (len(having), len(applying))
    if found.value is None or target is None:
        assert found.achievement is None
    else:
        raw = oracle.capaian("naik", found.value, target, settings.turun.value)
        assert (found.achievement.raw if found.achievement else None) == raw
    assert found.counts == (
        len(having) == len(applying) > 0 and found.achievement is not None and found.value is not None
    )

    counted = having[-1:] if konsolidasi is Konsolidasi.AKHIR else [row for row in having if row.target is not None]
    to = found.to_date
    assert to.value == oracle.combined(konsolidasi.value, is_ratio, 100, counted)
    if to.value is not None:
        assert to.target == oracle.aimed(konsolidasi.value, is_ratio, [row.target for row in counted])
        assert to.periods == tuple(YEAR[rows.index(row)] for row in counted) or len(set(rows)) < 4


@given(st.lists(st.tuples(numbers, numbers), min_size=1), settings_of, st.randoms())
def test_a_mean_agrees_with_the_oracle_in_any_order(
    rows: list[tuple[F, F]], settings: FigureSettings, random: object
) -> None:
    leaves = [Leaf(YEAR[0], Keadaan.TERISI, value, target) for value, target in rows]
    figures = [figure(AVERAGE, YEAR[0], [leaf], settings, up_to=[leaf]) for leaf in leaves]
    raws = [oracle.capaian("naik", value, target, "selisih") for value, target in rows]
    counted = [oracle.counted(raw, settings.row_cap, settings.mean_cap) for raw in raws if raw is not None]
    random.shuffle(figures)  # type: ignore[attr-defined]
    assert mean_of(figures) == Mean(sum(counted, F(0)) / len(counted) if counted else None, len(counted), len(rows))


@given(st.lists(numbers, min_size=4, max_size=4), st.lists(numbers, min_size=4, max_size=4))
def test_a_year_of_sums_is_its_semesters(values: list[F], targets: list[F]) -> None:
    leaves = [Leaf(*row) for row in zip(YEAR, [Keadaan.TERISI] * 4, values, targets, strict=True)]
    halves = [
        figure(
            COUNT, key, [leaf for leaf in leaves if leaf.period in leaves_of(key, COUNT.cadence)], PLAIN, up_to=leaves
        )
        for key in ("2026-S1", "2026-S2")
    ]
    whole = yearly(COUNT, leaves)
    assert whole.value == sum(half.value for half in halves if half.value is not None)
    assert whole.target == sum(half.target for half in halves if half.target is not None)


def test_periods_to_date_grow_by_one() -> None:
    reach = [leaves_to(period, COUNT.cadence) for period in YEAR]
    assert [len(each) for each in reach] == [1, 2, 3, 4]
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(reach))

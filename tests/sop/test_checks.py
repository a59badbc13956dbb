from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from sop.form import catalog, checks, toml_format
from sop.model.definition import Basis, Cadence, DayKind, Decision, Ground, Lane, Sop, Step, Unit, Waktu, Written
from sop.model.errors import Fault, FaultyInput
from sop.values import replace
from tests.sop.generated_sops import SOPS

NINE = catalog.load("disnaker-kota-tangerang")
SEVEN = catalog.load("disperinaker-lima-puluh-kota")
JOINT = catalog.load("dpmd-nganjuk")


def with_step(sop: Sop, at: int, /, **changes: object) -> Sop:
    steps = tuple(replace(step, **changes) if step.number == at else step for step in sop.steps)
    return replace(sop, steps=steps)


def with_waktu(sop: Sop, number: int, **changes: object) -> Sop:
    standard = sop.step(number).mutu_baku
    assert standard.waktu is not None
    return with_step(sop, number, mutu_baku=replace(standard, waktu=replace(standard.waktu, **changes)))


def with_basis(sop: Sop, number: int, name: str, ground: Ground) -> Sop:
    return with_step(sop, number, bases={**sop.step(number).bases, name: ground})


def codes(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in faults]


UNSOUND: dict[str, tuple[Callable[[], Sop], list[tuple[str, str]]]] = {
    "no lane": (lambda: replace(SEVEN, lanes=()), [("pelaksana", "tanpa-pelaksana")]),
    "no step": (lambda: replace(NINE, steps=()), [("steps", "tanpa-langkah")]),
    "a lane twice": (
        lambda: replace(SEVEN, lanes=(*SEVEN.lanes, Lane("Staf"))),
        [("pelaksana · ke-6 · name", "pelaksana-ganda")],
    ),
    "a zone with summer time": (lambda: replace(NINE, zone="Europe/Berlin"), [("zone", "nilai-tak-dikenal")]),
    "an unknown actor": (
        lambda: with_step(SEVEN, 2, pelaksana=("Kepala Seksi",)),
        [("langkah 2 · pelaksana", "pelaksana-tak-dikenal")],
    ),
    "no actor": (lambda: with_step(SEVEN, 2, pelaksana=()), [("langkah 2 · pelaksana", "langkah-tanpa-pelaksana")]),
    "a mark in no column": (
        lambda: with_step(SEVEN, 2, marks={"Kepala Seksi": "Ya"}),
        [("langkah 2 · marks", "pelaksana-tak-dikenal")],
    ),
    "an alternative that is no lane": (
        lambda: with_basis(SEVEN, 2, "pelaksana", Ground(Basis.ASUMSI, alternatives=("Juru Ketik",))),
        [("langkah 2 · basis · pelaksana", "pelaksana-tak-dikenal")],
    ),
    "joint alone": (lambda: with_step(SEVEN, 2, joint=True), [("langkah 2 · joint", "bersama-satu-pelaksana")]),
    "two lanes and not joint": (
        lambda: with_step(JOINT, 3, joint=False),
        [("langkah 3 · joint", "banyak-pelaksana-tanpa-bersama")],
    ),
    "the same lane twice": (
        lambda: with_step(JOINT, 3, pelaksana=("Bidang", "Bidang")),
        [("langkah 3 · pelaksana", "pelaksana-ganda")],
    ),
    "a number twice": (lambda: with_step(SEVEN, 6, number=5), [("langkah 5 · number", "nomor-ganda")]),
    "a number out of order": (
        lambda: replace(SEVEN, steps=(*SEVEN.steps[:4], SEVEN.steps[5], SEVEN.steps[4], SEVEN.steps[6])),
        [("langkah 5 · number", "nomor-tak-urut")],
    ),
    "a cadence missing among others": (
        lambda: with_step(NINE, 5, cadence=None),
        [("langkah 5 · cadence", "kadens-campur")],
    ),
    "no decider": (lambda: with_step(NINE, 7, decider=None), [
        ("langkah 7 · decider", "pemutus-tidak-ada"),
        ("langkah 7 · basis · decider", "dasar-tanpa-nilai"),
    ]),
    "an unknown decider": (
        lambda: with_step(NINE, 7, decider="Bupati"),
        [("langkah 7 · decider", "pemutus-tak-dikenal")],
    ),
    "a decider with nothing to decide": (
        lambda: with_step(NINE, 5, decider="Kepala Bidang"),
        [("langkah 5 · decision", "pemutus-tanpa-keputusan")],
    ),
    "Ya to nowhere": (lambda: with_step(NINE, 7, decision=Decision(70, 6)), [
        ("langkah 7 · decision · ya", "tujuan-tidak-ada"),
        ("langkah 8", "langkah-tak-tercapai"),
        ("steps", "tanpa-akhir"),
    ]),
    "Ya over the end into another cadence": (lambda: with_step(NINE, 8, decision=Decision(9, 7)), [
        ("langkah 8 · decision · ya", "tujuan-kadens-lain"),
        ("steps", "tanpa-akhir"),
    ]),
    "Ya that ends too early": (lambda: with_step(NINE, 7, decision=Decision(None, 6)), [
        ("langkah 7 · decision · ya", "ya-bukan-berikutnya"),
        ("langkah 8", "langkah-tak-tercapai"),
    ]),
    "Ya that goes back": (lambda: with_step(NINE, 8, decision=Decision(7, 7)), [
        ("langkah 8 · decision · ya", "ya-bukan-berikutnya"),
        ("steps", "tanpa-akhir"),
    ]),
    "Tidak to nowhere": (
        lambda: with_step(NINE, 8, decision=Decision(None, 80)),
        [("langkah 8 · decision · tidak", "tujuan-tidak-ada")],
    ),
    "Tidak into another cadence": (
        lambda: with_step(NINE, 7, decision=Decision(8, 4)),
        [("langkah 7 · decision · tidak", "tujuan-kadens-lain")],
    ),
    "Tidak to a later step": (
        lambda: with_step(NINE, 7, decision=Decision(8, 8)),
        [("langkah 7 · decision · tidak", "tidak-ke-depan")],
    ),
    "a region at the end": (
        lambda: with_step(SEVEN, 7, per_bidang=True),
        [("langkah 7 · per_bidang", "wilayah-tanpa-gabung")],
    ),
    "a region at the end of one cadence": (
        lambda: with_step(NINE, 5, per_bidang=True),
        [("langkah 5 · per_bidang", "wilayah-tanpa-gabung")],
    ),
    "a decision in a region": (
        lambda: with_step(NINE, 7, per_bidang=True),
        [("langkah 7 · decision", "keputusan-dalam-wilayah")],
    ),
    "no title": (lambda: with_step(SEVEN, 2, title=Written(" ")), [("langkah 2 · title", "teks-kosong")]),
    "a time without a unit": (lambda: with_waktu(SEVEN, 1, text="30"), [("langkah 1 · waktu", "satuan-tidak-ada")]),
    "a unit nobody knows": (
        lambda: with_waktu(SEVEN, 4, text="1.5 lam"),
        [("langkah 4 · waktu", "satuan-tak-dikenal")],
    ),
    "a zero time": (lambda: with_waktu(SEVEN, 1, text="0 menit", value=0), [("langkah 1 · waktu", "waktu-nol")]),
    "a negative time": (
        lambda: with_waktu(SEVEN, 1, text="-5 menit", value=-5),
        [("langkah 1 · waktu", "waktu-negatif")],
    ),
    "a value beside its text": (
        lambda: with_waktu(SEVEN, 1, value=45),
        [("langkah 1 · waktu", "waktu-bertentangan")],
    ),
    "days that are no days": (
        lambda: with_waktu(SEVEN, 1, day_kind=DayKind.KERJA),
        [("langkah 1 · waktu · day_kind", "waktu-bertentangan")],
    ),
    "days of no kind": (lambda: with_waktu(SEVEN, 5, day_kind=None), [
        ("langkah 5 · waktu · day_kind", "waktu-bertentangan"),
    ]),
    "days of the other kind": (
        lambda: with_waktu(SEVEN, 5, text="2 hari kerja", day_kind=DayKind.KALENDER),
        [("langkah 5 · waktu · day_kind", "waktu-bertentangan")],
    ),
    "a basis for nothing": (
        lambda: with_basis(SEVEN, 2, "ya", Ground(Basis.ASUMSI)),
        [("langkah 2 · basis · ya", "dasar-tanpa-nilai")],
    ),
    "confirmed by nobody": (
        lambda: with_basis(SEVEN, 2, "pelaksana", Ground(Basis.DITETAPKAN)),
        [("langkah 2 · basis · pelaksana", "penetapan-tidak-lengkap")],
    ),
    "an assumption that somebody confirmed": (
        lambda: with_basis(SEVEN, 2, "pelaksana", Ground(Basis.ASUMSI, confirmed_by="a", confirmed_at=1)),
        [("langkah 2 · basis · pelaksana", "penetapan-tidak-lengkap")],
    ),
}  # fmt: skip


@pytest.mark.faults
@pytest.mark.parametrize("name", UNSOUND)
def test_unsound_definition_is_refused_for_what_is_wrong_with_it(name: str) -> None:
    build, expected = UNSOUND[name]
    assert codes(checks.faults(build())) == expected


@pytest.mark.parametrize("code", catalog.codes())
def test_shipped_definition_is_sound(code: str) -> None:
    assert checks.faults(catalog.load(code)) == ()


def test_days_may_be_set_to_calendar_days_where_the_paper_is_silent() -> None:
    assert checks.faults(with_waktu(SEVEN, 5, day_kind=DayKind.KALENDER)) == ()


def test_tidak_may_send_a_step_back_to_itself() -> None:
    assert checks.faults(with_step(NINE, 8, decision=Decision(None, 8))) == ()


def test_adopted_cadence_for_every_step_is_sound() -> None:
    adopted = replace(SEVEN, steps=tuple(replace(step, cadence=Cadence.TAHUNAN) for step in SEVEN.steps))
    assert checks.faults(adopted) == ()


def test_region_spans_neighbours_within_a_cadence_and_the_next_step_joins() -> None:
    interleaved = replace(
        SEVEN,
        steps=tuple(
            replace(step, cadence=Cadence.SEMESTER if step.number in (4, 6) else Cadence.TRIWULAN)
            for step in SEVEN.steps
        ),
    )
    assert checks.faults(interleaved) == ()
    assert [[step.number for step in steps] for steps in checks.sequences(interleaved)] == [[1, 2, 3, 5, 7], [4, 6]]


def test_nearest_lane_is_suggested_first() -> None:
    (fault,) = checks.faults(with_step(SEVEN, 4, pelaksana=("Kabld",)))
    assert (fault.found, fault.known[0]) == ("Kabld", "Kabid")


def test_right_target_of_ya_is_named() -> None:
    faults = checks.faults(with_step(NINE, 8, decision=Decision(7, 7)))
    assert faults[0].known == ("akhir",)


@given(SOPS)
@settings(max_examples=60)
def test_any_definition_is_judged_without_an_accident(sop: Sop) -> None:
    for fault in (*checks.faults(sop), *checks.warnings(sop)):
        assert fault.code
        assert fault.place


# Form and soundness together

EIGHT_FAULTS = """
format = 1
code = "dinas-contoh"
office = "Dinas Contoh"
zone = "Asia/Jakarta"
zone_basis = "asumsi"
pelaksana = ["Sekretaris", "Kepala Bidang", "Staf"]

[[steps]]
number = 1
title = "Mengumpulkan"
cadence = "triwulan"
pelaksana = ["Sekertaris"]
waktu = "15 menit"

[[steps]]
number = 2
title = "Mengisi"
cadence = "triwulan"
pelaksana = ["Staf"]
waktu = "1.5 lam"

[[steps]]
number = 3
title = "Merekap"
cadence = "triwulan"
pelaksana = ["Staf"]
waktu = "-2 hari"

[[steps]]
number = 3
title = "Memeriksa"
cadence = "triwulan"
pelaksana = ["Staf"]
wakto = "2 hari"

[[steps]]
number = 5
title = "Menyetujui"
cadence = "triwulan"
pelaksana = ["Sekretaris"]
decider = "Sekretaris"
decision = { ya = 6 }

[[steps]]
number = 6
title = "Menyampaikan"
cadence = "triwulan"
pelaksana = []
per_bidang = true

[[steps]]
number = 7
title = "Merekap semester"
cadence = "semester"
pelaksana = ["Staf"]
decider = "Staf"
decision = { ya = "akhir", tidak = 1 }
"""


def test_every_fault_of_a_file_is_named_at_once() -> None:
    with pytest.raises(FaultyInput) as caught:
        checks.read(EIGHT_FAULTS, "contoh.toml")
    assert caught.value.source == "contoh.toml"
    assert set(codes(caught.value.faults)) == {
        ("langkah 1 · pelaksana", "pelaksana-tak-dikenal"),
        ("langkah 2 · waktu", "satuan-tak-dikenal"),
        ("langkah 3 · waktu", "waktu-negatif"),
        ("langkah 3 · wakto", "kunci-tak-dikenal"),
        ("langkah 3 · number", "nomor-ganda"),
        ("langkah 5 · decision · tidak", "tidak-hilang"),
        ("langkah 6 · pelaksana", "langkah-tanpa-pelaksana"),
        ("langkah 6 · per_bidang", "wilayah-tanpa-gabung"),
        ("langkah 7 · decision · tidak", "tujuan-kadens-lain"),
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ya = 8", "ya = true", ("langkah 7 · decision · ya", "jenis-salah")),
        ("ya = 8, ", "", ("langkah 7 · decision · ya", "ya-hilang")),
        ('cadence = "semester"', 'cadence = "semster"', ("langkah 6 · cadence", "nilai-tak-dikenal")),
        ("number = 4\n", "", ("langkah ke-4 · number", "kunci-hilang")),
        ('pelaksana = ["Sekretaris Dinas"]\n', "pelaksana = 1\n", ("langkah 1 · pelaksana", "jenis-salah")),
        ('waktu = "2 Menit"', 'waktu = "2 Mnt"', ("langkah 3 · waktu", "satuan-tak-dikenal")),
    ],
)
def test_one_slip_in_a_good_file_gives_one_fault(old: str, new: str, expected: tuple[str, str]) -> None:
    text = catalog.text("disnaker-kota-tangerang")
    at = text.index(old, text.index("[[steps]]"))
    with pytest.raises(FaultyInput) as caught:
        checks.read(text[:at] + text[at:].replace(old, new, 1))
    assert codes(caught.value.faults) == [expected]


def test_a_file_that_is_no_toml_has_that_fault_alone() -> None:
    with pytest.raises(FaultyInput) as caught:
        checks.read("[[steps]\n")
    assert [fault.code for fault in caught.value.faults] == ["toml-kurung-satu"]


@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize("written", ["bulanan", "", None])
def test_one_wrong_cadence_is_one_fault(number: int, written: str | None) -> None:
    document = toml_format.to_dict(catalog.load("dpmptsp-balangan"))
    document["steps"][number - 1].pop("cadence")
    if written is None:
        document["steps"][number - 1]["basis"].pop("cadence")
    else:
        document["steps"][number - 1]["cadence"] = written
    with pytest.raises(FaultyInput) as caught:
        checks.read(document)
    assert [fault.place for fault in caught.value.faults] == [f"langkah {number} · cadence"]


@pytest.mark.parametrize("code", catalog.codes())
def test_exported_definition_can_be_handed_in_again(code: str) -> None:
    sop = catalog.load(code)
    assert checks.read(toml_format.dump(sop)) == sop


# Warnings


def bare(step: Step) -> Step:
    return replace(step, bases={})


DOUBTFUL: dict[str, tuple[Callable[[], Sop], tuple[str, str]]] = {
    "two minutes": (lambda: NINE, ("langkah 3 · waktu", "waktu-sangat-singkat")),
    "120 days": (lambda: NINE, ("langkah 7 · waktu", "waktu-sangat-lama")),
    "an idle lane": (lambda: NINE, ("pelaksana · Kepala Seksi", "pelaksana-tanpa-langkah")),
    "days under a head that says minutes": (lambda: JOINT, ("langkah 4 · waktu", "satuan-beda-dari-judul")),
    "no standard": (
        lambda: with_step(SEVEN, 2, mutu_baku=replace(SEVEN.step(2).mutu_baku, waktu=None)),
        ("langkah 2 · waktu", "waktu-tidak-ada"),
    ),
    "a number left out": (lambda: with_step(SEVEN, 7, number=9), ("langkah 9 · number", "nomor-melompat")),
    "a value without a basis": (
        lambda: replace(SEVEN, steps=tuple(map(bare, SEVEN.steps))),
        ("langkah 3 · basis · per_bidang", "dasar-tidak-disebut"),
    ),
    "written, but where": (
        lambda: with_basis(SEVEN, 2, "pelaksana", Ground(Basis.TERTULIS)),
        ("langkah 2 · basis · pelaksana", "tanda-tidak-disebut"),
    ),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_implausible_definition_is_pointed_out_and_not_refused(name: str) -> None:
    build, expected = DOUBTFUL[name]
    assert expected in codes(checks.warnings(build()))
    assert checks.faults(build()) == ()


def test_ordinary_hours_raise_no_doubt() -> None:
    standard = Waktu("1.5 jam", 1.5, Unit.JAM)
    sop = with_step(SEVEN, 2, mutu_baku=replace(SEVEN.step(2).mutu_baku, waktu=standard))
    assert all(not fault.place.startswith("langkah 2") for fault in checks.warnings(sop))


@pytest.mark.parametrize("tidak", [4, 80, 8])
def test_a_tidak_that_leads_nowhere_is_offered_only_steps_that_it_may_lead_to(tidak: int) -> None:
    """A target of another cadence was answered with all steps of its own, of which the later ones are refused too."""
    (fault,) = checks.faults(with_step(NINE, 7, decision=Decision(8, tidak)))
    assert fault.known == ("7", "6")
    for number in fault.known:
        assert not checks.faults(with_step(NINE, 7, decision=Decision(8, int(number))))

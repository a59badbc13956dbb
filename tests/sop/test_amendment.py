"""An office changes its SOP: what it types stands, what it leaves alone stays, and every fault is named at once."""

from __future__ import annotations

import pytest

from sop.acts.amendment import STEP_KEYS, Amendment, amended, written
from sop.form import catalog, checks
from sop.form.comparison import differences
from sop.form.toml_format import dump, parse
from sop.model.definition import IDENTITY_KEYS, LIST_KEYS, Basis, DayKind, Sop, Unit
from sop.model.errors import FaultyInput
from sop.values import replace

TANGERANG = "disnaker-kota-tangerang"
NGANJUK = "dpmd-nganjuk"
AT = 1_790_000_000


def changed(sop: Sop, *amendments: tuple[str, str, str]) -> Sop:
    return amended(sop, [Amendment(*each) for each in amendments], "kasubag", AT)


@pytest.mark.parametrize("code", catalog.codes())
def test_typing_what_stands_there_changes_nothing(code: str) -> None:
    sop = catalog.load(code)
    everything = [Amendment("identity", key, written(sop, "identity", key)) for key in IDENTITY_KEYS]
    everything += [Amendment("lists", key, written(sop, "lists", key)) for key in LIST_KEYS]
    for step in sop.steps:
        area = f"langkah {step.number}"
        everything += [Amendment(area, key, written(sop, area, key)) for key in STEP_KEYS]
    assert amended(sop, everything, "kasubag", AT) == sop


@pytest.mark.parametrize(
    ("area", "key", "typed"),
    [
        ("identity", "nomor", "065/123/2026"),
        ("lists", "peringatan", "Jangan terlambat\nJangan salah"),
        ("langkah 1", "title", "Mengumpulkan data kinerja dari tiap bidang"),
        ("langkah 2", "waktu", "45 menit"),
        ("langkah 3", "keluaran", "Rekap data"),
        ("langkah 8", "tidak", "6"),
        ("langkah 1", "kelengkapan", "Surat permintaan, Format isian"),
    ],
)
def test_what_is_typed_stands_there_and_nothing_else_differs(area: str, key: str, typed: str) -> None:
    sop = catalog.load(TANGERANG)
    renewed = changed(sop, (area, key, typed))
    assert written(renewed, area, key) == typed
    content = [each.place for each in differences(sop, renewed) if "basis" not in each.place]
    assert [place[0] for place in content] == [area]
    assert checks.faults(renewed) == ()
    assert parse(dump(renewed)) == renewed


def test_what_the_office_types_stands_on_its_word() -> None:
    renewed = changed(catalog.load(TANGERANG), ("langkah 8", "tidak", "6"))
    ground = renewed.step(8).ground("tidak")
    assert (ground.basis, ground.confirmed_by, ground.confirmed_at) == (Basis.DITETAPKAN, "kasubag", AT)


def test_a_standard_goes_from_days_to_minutes_and_back_with_its_kind_of_day() -> None:
    sop = catalog.load(NGANJUK)
    minutes = changed(sop, ("langkah 5", "waktu", "90 menit"))
    waktu = minutes.step(5).mutu_baku.waktu
    assert waktu is not None
    assert waktu.unit is Unit.MENIT
    days = changed(minutes, ("langkah 5", "waktu", "2 hari kalender"))
    waktu = days.step(5).mutu_baku.waktu
    assert waktu is not None
    assert (waktu.days, waktu.day_kind) == (2, DayKind.KALENDER)
    assert days.step(5).ground("day_kind").basis is Basis.DITETAPKAN


def test_a_flag_taken_away_takes_its_basis_along() -> None:
    sop = catalog.load(NGANJUK)
    numbers = [step.number for step in sop.steps if step.per_bidang]
    renewed = changed(sop, *((f"langkah {number}", "per_bidang", "tidak") for number in numbers))
    assert not any(step.per_bidang for step in renewed.steps)
    assert checks.faults(renewed) == ()


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(FaultyInput) as caught:
        changed(
            catalog.load(TANGERANG),
            ("langkah 2", "waktu", "1.5 lam"),
            ("langkah 3", "pelaksana", "Bupati"),
            ("langkah 4", "title", ""),
            ("langkah 5", "per_bidang", "mungkin"),
        )
    told = " ".join(fault.place for fault in caught.value.faults)
    assert [number for number in range(1, 10) if f"langkah {number}" in told] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("area", "key", "typed"),
    [
        ("langkah 3", "per_bidang", "mungkin"),
        ("langkah 1", "tidak", "x"),
        ("langkah 99", "title", "a"),
        ("x", "y", "z"),
    ],
)
def test_what_cannot_be_read_is_refused(area: str, key: str, typed: str) -> None:
    with pytest.raises(FaultyInput):
        changed(catalog.load(TANGERANG), (area, key, typed))


def test_the_same_version_twice_has_no_differences() -> None:
    for code in catalog.codes():
        assert differences(catalog.load(code), catalog.load(code)) == ()


def test_a_missing_step_is_told_as_missing_values() -> None:
    sop = catalog.load(TANGERANG)
    fewer = replace(sop, steps=sop.steps[:-1])
    told = differences(sop, fewer)
    assert {each.place[0] for each in told} == {"langkah 9"}
    assert all(each.after is None for each in told)

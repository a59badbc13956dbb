"""The shipped SOPs against what the documents print.

`printed_rows.tsv` was taken from the text of the five documents and not from the catalog: all 41 rows as printed,
errors included.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from sop.form import catalog, checks, toml_format
from sop.form.document import as_document
from sop.model.definition import Basis, Cadence, DayKind, Field, Sop, Step, Unit, Waktu, Written
from sop.model.errors import UnknownSop


class Row(NamedTuple):
    code: str
    number: str
    title: str
    waktu: str
    kelengkapan: str
    keluaran: str
    keterangan: str | None
    marks: dict[int, str]
    """Column of the lane, counted from 1 -> what is printed there."""


def printed_rows() -> list[Row]:
    lines = Path(__file__).with_name("printed_rows.tsv").read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines[1:]:
        *texts, marks = ("" if cell == "<empty>" else cell for cell in line.split("\t"))
        pairs = (mark.split("=") for mark in marks.split("; ") if mark)
        keterangan = None if texts[6] == "<none>" else texts[6]
        rows.append(Row(*texts[:6], keterangan, {int(column): mark for column, mark in pairs}))
    return rows


ROWS = printed_rows()


def as_printed(written: Written | Waktu | None) -> str | None:
    if written is None:
        return None
    return written.text if written.original is None else written.original


def test_five_sops_hold_41_steps() -> None:
    assert len(ROWS) == 41
    assert [len(catalog.load(code).steps) for code in catalog.codes()] == [9, 7, 9, 7, 9]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code}-{row.number}")
def test_row_is_kept_as_printed(row: Row) -> None:
    sop = catalog.load(row.code)
    step = sop.step(int(row.number.rstrip(".")))
    standard = step.mutu_baku
    assert (step.number_original or str(step.number)) == row.number
    assert as_printed(step.title) == row.title
    assert as_printed(standard.waktu) == row.waktu
    assert as_printed(standard.kelengkapan_text) == row.kelengkapan
    assert as_printed(standard.keluaran) == row.keluaran
    assert as_printed(standard.keterangan) == row.keterangan
    assert dict(step.marks) == {sop.lanes[column - 1].name: mark for column, mark in row.marks.items()}


STANDARDS = {
    **dict.fromkeys(
        ("dpmptsp-balangan", "bappedalitbang-balangan", "disnaker-kota-tangerang"),
        "15 menit|30 menit|2 menit|30 menit|30 menit|2 hari|120 hari|60 menit|15 menit",
    ),
    "disperinaker-lima-puluh-kota": "30 menit|3 jam|1.5 jam|1.5 jam|2 hari|3 hari|3 hari",
    "dpmd-nganjuk": "5 menit|5 menit|10 menit|2 hari|1 hari|1 hari|10 menit",
}


@pytest.mark.parametrize("code", catalog.codes())
def test_standard_times_are_those_of_the_document(code: str) -> None:
    standards = [step.mutu_baku.waktu for step in catalog.load(code).steps]
    assert "|".join(f"{waktu.value:g} {waktu.unit}" for waktu in standards if waktu) == STANDARDS[code]


# Who acts, decides and goes where, each with its basis. t, r, a: tertulis, tersirat, asumsi.

LANES = {
    "dpmptsp-balangan": "S:Sekretaris|B:Kepala Bidang|K:Kasubag Program|X:Kepala Seksi"
    "|T:Staf Penyusun Evaluasi Kinerja",
    "disperinaker-lima-puluh-kota": "D:Kepala Dinas|S:Sekretaris|B:Kabid"
    "|K:Sub Koordinator Program dan Pelaporan|T:Staf",
    "bappedalitbang-balangan": "S:Sekretaris|B:Kepala Bidang|K:Kasubbag Perencanaan dan Pelaporan|X:Kepala Seksi"
    "|T:Staf Penyusun Evaluasi Kinerja",
    "dpmd-nganjuk": "S:Sekretaris Dinas|K:Kasubbag Program dan Evaluasi"
    "|P:Penyusun Bahan Evaluasi, Rencana, Program dan Laporan|B:Bidang",
    "disnaker-kota-tangerang": "S:Sekretaris Dinas|B:Kepala Bidang|K:Sub Koordinator Perencanaan|X:Kepala Seksi"
    "|T:Staf Penyusun Evaluasi Kinerja",
}
ACTORS = {
    "dpmptsp-balangan": "St Ka Ta Ka Sa Ta Ka Sa Ka",
    "disperinaker-lima-puluh-kota": "Dr Kr Ka Br Ta Ka Ka",
    "bappedalitbang-balangan": "Sa Ka Ta Ka Sa Ta Ka Sa Ka",
    "dpmd-nganjuk": "St Kt PBt PBt Kt Kt St",
    "disnaker-kota-tangerang": "St Ka Ta Ka Sa Ta Ka St Kt",
}
LETTER = {Basis.TERTULIS: "t", Basis.TERSIRAT: "r", Basis.ASUMSI: "a", Basis.DITETAPKAN: "d"}
NINE = ("dpmptsp-balangan", "bappedalitbang-balangan", "disnaker-kota-tangerang")
SEVEN = ("disperinaker-lima-puluh-kota", "dpmd-nganjuk")


def lane_letters(code: str) -> dict[str, str]:
    return {name: letter for letter, name in (lane.split(":") for lane in LANES[code].split("|"))}


@pytest.mark.parametrize("code", catalog.codes())
def test_lanes_stand_in_column_order(code: str) -> None:
    assert catalog.load(code).lane_names == tuple(lane_letters(code))


@pytest.mark.parametrize("code", catalog.codes())
def test_each_step_has_its_lane_and_basis(code: str) -> None:
    letters = lane_letters(code)
    assert " ".join(
        "".join(letters[name] for name in step.pelaksana) + LETTER[step.ground(Field.PELAKSANA).basis]
        for step in catalog.load(code).steps
    ) == ACTORS[code]  # fmt: skip


@pytest.mark.parametrize("code", NINE)
def test_nine_step_sops_run_in_three_cadences_read_from_their_titles(code: str) -> None:
    steps = catalog.load(code).steps
    assert [step.cadence for step in steps] == [Cadence.TRIWULAN] * 5 + [Cadence.SEMESTER] * 3 + [Cadence.TAHUNAN]
    for step in steps:
        ground = step.ground(Field.CADENCE)
        assert ground.basis is Basis.TERSIRAT
        assert ground.mark is not None
        assert ground.mark in step.title.text


@pytest.mark.parametrize("code", SEVEN)
def test_seven_step_sops_leave_the_cadence_to_the_office(code: str) -> None:
    assert {step.cadence for step in catalog.load(code).steps} == {None}


EIGHT_DECIDES = {"dpmptsp-balangan": "BSa", "bappedalitbang-balangan": "SBa", "disnaker-kota-tangerang": "St"}
"""Row 8: who decides, then who else may by the paper, then the basis."""


@pytest.mark.parametrize("code", NINE)
def test_nine_step_sops_decide_at_7_and_8_only(code: str) -> None:
    sop = catalog.load(code)
    targets = {step.number: (step.decision.ya, step.decision.tidak) for step in sop.steps if step.decision is not None}
    assert targets == {7: (8, 6), 8: (None, 7)}
    lanes = lane_letters(code)
    bases = {number: sop.step(number).ground for number in (7, 8)}
    deciders = {
        number: "".join(
            lanes[name] for name in (sop.step(number).decider or "", *bases[number](Field.DECIDER).alternatives)
        )
        + LETTER[bases[number](Field.DECIDER).basis]
        for number in (7, 8)
    }
    assert deciders == {7: "BKa", 8: EIGHT_DECIDES[code]}
    for number in (7, 8):
        assert bases[number](Field.YA).basis is Basis.TERSIRAT
        assert bases[number](Field.TIDAK).basis is Basis.ASUMSI


@pytest.mark.parametrize("code", SEVEN)
def test_seven_step_sops_go_to_each_bidang_at_3_and_4_and_decide_nothing(code: str) -> None:
    steps = catalog.load(code).steps
    assert [step.number for step in steps if step.per_bidang] == [3, 4]
    assert all(step.ground(Field.PER_BIDANG).basis is Basis.TERSIRAT for step in steps if step.per_bidang)
    assert not any(step.decision or step.decider for step in steps)


def test_only_nganjuk_has_joint_steps_and_they_are_drawn() -> None:
    joint = {code: [step for step in catalog.load(code).steps if step.joint] for code in catalog.codes()}
    assert {code: [step.number for step in steps] for code, steps in joint.items() if steps} == {"dpmd-nganjuk": [3, 4]}
    assert {step.ground(Field.JOINT).basis for step in joint["dpmd-nganjuk"]} == {Basis.TERTULIS}


def every_step() -> list[tuple[Sop, Step]]:
    return [(catalog.load(code), step) for code in catalog.codes() for step in catalog.load(code).steps]


def test_every_value_the_paper_may_leave_open_says_what_it_rests_on() -> None:
    for sop, step in every_step():
        assert set(step.grounded) == set(step.bases), (sop.code, step.number)


def test_what_is_written_or_implied_is_quoted_from_its_own_row() -> None:
    """Another office's paper is no evidence, and neither is a mark that this row does not print."""
    for sop, step in every_step():
        row = [as_printed(step.title) or "", *step.marks.values()]
        if step.number == 8 and step.decision:
            row += sop.step(9).marks.values()
        if sop.code == "disperinaker-lima-puluh-kota" and step.number == 2:
            row.append(sop.step(1).title.text)
        for name, ground in step.bases.items():
            if ground.basis in (Basis.TERTULIS, Basis.TERSIRAT):
                assert ground.mark is not None, (sop.code, step.number, name)
                wanted = ground.mark.split()[0] if name == Field.JOINT else ground.mark
                assert any(wanted in text for text in row), (sop.code, step.number, name)


def test_days_count_as_working_days_by_assumption_only() -> None:
    in_days = [step for _, step in every_step() if step.mutu_baku.waktu and step.mutu_baku.waktu.unit is Unit.HARI]
    assert len(in_days) == 12
    for step in in_days:
        assert step.mutu_baku.waktu is not None
        assert step.mutu_baku.waktu.day_kind is DayKind.KERJA
        assert step.ground(Field.DAY_KIND).basis is Basis.ASUMSI


# The rest of the document

REPAIRED = {
    "dpmptsp-balangan": ["MUTU BUKU"],
    "disperinaker-lima-puluh-kota": ["1.5 lam", "Kabld", "N O", "dn data"],
    "bappedalitbang-balangan": [],
    "dpmd-nganjuk": ["mendakanjuti", "masing- masing", "menyampalkannya", "Lakiip", "Peralatan/Perengkapan", ""],
    "disnaker-kota-tangerang": [
        *("intansi", "pejabata", "Kinrja", "Menyususn", "seuai", "Persaratan", "Oprasional"),
    ],
}


@pytest.mark.parametrize("code", catalog.codes())
def test_each_repair_keeps_the_printed_form_beside_it(code: str) -> None:
    originals = as_document(catalog.load(code))["originals"]
    assert len(originals) == len(REPAIRED[code])
    for error in REPAIRED[code]:
        assert any(
            repair["original"] == error if error in ("", "N O") else error in repair["original"] for repair in originals
        )
    assert all(repair["text"] != repair["original"] for repair in originals)


def test_unit_in_the_head_is_kept_with_the_head() -> None:
    for step in catalog.load("dpmd-nganjuk").steps:
        assert step.mutu_baku.waktu is not None
        assert step.mutu_baku.waktu.header == "Waktu (menit)"


LIST_LENGTHS = {
    "dpmptsp-balangan": [6, 3, 2, 4, 1, 1],
    "disperinaker-lima-puluh-kota": [2, 4, 6, 8, 1, 1],
    "bappedalitbang-balangan": [2, 3, 3, 4, 1, 1],
    "dpmd-nganjuk": [5, 4, 4, 4, 1, 4],
    "disnaker-kota-tangerang": [2, 3, 1, 1, 1, 1],
}


@pytest.mark.parametrize("code", catalog.codes())
def test_lists_are_complete(code: str) -> None:
    lists = catalog.load(code).lists
    keys = ("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan")
    assert [len(lists[key] or ()) for key in keys] == LIST_LENGTHS[code]


IDENTITY = {
    "dpmptsp-balangan": ("2023", "10 Juli 2023", "-", "10 Juli 2023", None, "Pengumpulan Data Kinerja"),
    "disperinaker-lima-puluh-kota": (
        *("01/INAKER/1/2023", "01 Januari 2023", "", None, "01 Januari 2023", "PENGUMPULAN DATA KINERJA"),
    ),
    "bappedalitbang-balangan": (
        *("SOP \N{EN DASH} 01/BAPPEDALITBANG", "02 Juli 2023", "", None, "02 Juli 2023"),
        "SOP Mekanisme Pengumpulan Data Kinerja",
    ),
    "dpmd-nganjuk": (
        *("188 / 120 / K / 411.307 / 2019.", "19 September 2019", "", "", None),
        "Mekanisme Pengumpulan Data Kinerja",
    ),
    "disnaker-kota-tangerang": (
        *("PSM/DISNAKER-101", "8 Januari 2024", "", None, ""),
        "Penyusunan Laporan Kinerja dan Pengumpulan Data",
    ),
}


@pytest.mark.parametrize("code", catalog.codes())
def test_identity_block_keeps_its_gaps(code: str) -> None:
    identity = as_document(catalog.load(code))["identity"]
    keys = ("nomor", "tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif", "nama")
    assert tuple(identity[key] for key in keys) == IDENTITY[code]


@pytest.mark.parametrize("code", catalog.codes())
def test_approver_is_a_position_and_nobody_is_named(code: str) -> None:
    approver = as_document(catalog.load(code))["identity"]["disahkan_oleh"]
    assert approver.casefold().startswith("kepala")
    text = catalog.text(code)
    assert not re.search(r"\bNIP\b|\(nama\)|Pembina|Pembantu Tingkat|\d{8}", text)


@pytest.mark.parametrize("code", catalog.codes())
def test_zone_follows_from_the_place_named_in_the_document(code: str) -> None:
    sop = catalog.load(code)
    assert sop.zone == ("Asia/Makassar" if "balangan" in code else "Asia/Jakarta")
    assert sop.zone_ground.basis is Basis.TERSIRAT


# As a file and as JSON


@pytest.mark.parametrize("code", catalog.codes())
def test_shipped_file_is_what_an_export_would_write(code: str) -> None:
    assert toml_format.dump(catalog.load(code)) == catalog.text(code)


def test_unknown_code_suggests_the_nearest() -> None:
    with pytest.raises(UnknownSop) as caught:
        catalog.load("dpmd-nganjug")
    assert caught.value.facts["known"][0] == "dpmd-nganjuk"  # type: ignore[index]


@pytest.mark.parametrize("code", catalog.codes())
def test_document_is_plain_json_of_the_promised_shape(code: str) -> None:
    document = as_document(catalog.load(code), version=2)
    assert json.loads(json.dumps(document)) == document
    assert document.keys() >= {"code", "version", "identity", "pelaksana", "steps"}
    assert (document["code"], document["version"]) == (code, 2)
    for lane in document["pelaksana"]:
        assert lane.keys() >= {"name", "basis"}
    for step in document["steps"]:
        assert step.keys() >= {
            *("number", "title", "cadence", "pelaksana", "decider", "kelengkapan", "waktu", "keluaran"),
            *("keterangan", "per_bidang", "joint", "decision", "basis"),
        }
        assert step["waktu"].keys() >= {"text", "value", "unit"}
        assert set(step["basis"].values()) <= {basis.value for basis in Basis}


def test_document_writes_the_end_as_akhir_and_whole_numbers_whole() -> None:
    steps = as_document(catalog.load("disnaker-kota-tangerang"))["steps"]
    assert steps[7]["decision"] == {"ya": "akhir", "tidak": 7}
    assert json.dumps(steps[0]["waktu"]["value"]) == "15"
    assert as_document(catalog.load("disperinaker-lima-puluh-kota"))["steps"][3]["waktu"]["value"] == 1.5


def test_document_says_what_is_doubtful() -> None:
    warnings = as_document(catalog.load("dpmptsp-balangan"))["warnings"]
    assert [warning["place"] for warning in warnings] == [
        *("pelaksana · Kepala Seksi", "langkah 3 · waktu", "langkah 7 · waktu"),
    ]
    assert len(warnings) == len(checks.warnings(catalog.load("dpmptsp-balangan")))

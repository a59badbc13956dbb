"""SOPs as files: what is wrong with one is said at once and in full, whatever somebody hands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from sakip_tui.views.sops import unsettled
from sop.form import catalog
from tests.cli.conftest import BIDANG, NINE, SEVEN, Desk, run


def changed(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The DPMD file with some of its text replaced; returns its path."""
    text = catalog.text(SEVEN)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path = tmp_path / "sop.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


EIGHT = (
    ('code = "dpmd-nganjuk"', 'code = "DPMD Nganjuk"'),
    ('zone = "Asia/Jakarta"', 'zone = "Asia/Tokyo"'),
    ("number = 1\n", 'number = 1\nwarna = "merah"\n'),
    ("number = 2\n", "number = 1\n"),
    ('pelaksana = ["Sekretaris Dinas"]', 'pelaksana = ["Sekretaris Daerah"]'),
    ('text = "10 menit"', 'text = "10 lam"'),
    ("joint = true", 'joint = "ya"'),
    ("[headings]", "[headings]\nwaktu_baku = 3"),
)
TOLD = ("DPMD Nganjuk", "Asia/Tokyo", "warna", "Nomor langkah 1", "Sekretaris Daerah", "lam", "joint", "waktu_baku")


def test_file_with_eight_faults_names_all_eight(tmp_path: Path) -> None:
    said = run("sop", "periksa", changed(tmp_path, *EIGHT))
    assert (said.code, said.out) == (2, "")
    assert [word for word in TOLD if word not in said.err] == []
    assert f"Ada {said.err.count(chr(10) + '- ')} kesalahan" in said.err


def hostile(tmp_path: Path, kind: str) -> str:
    path = tmp_path / "sop.toml"
    if kind == "folder":
        return str(tmp_path)
    if kind == "device":
        return "/dev/zero"
    if kind == "missing":
        return str(tmp_path / "tidak-ada.toml")
    if kind == "wrong unit":
        return changed(tmp_path, ('text = "10 menit"', 'text = "1.5 lam"'))
    content = {
        "garbage": bytes(range(256)) * 20_000,
        "dotted key": ".".join(["a"] * 20_000).encode() + b" = 1\n",
        "brackets": b"a = " + b"[" * 60_000,
        "nul": catalog.text(SEVEN).encode().replace(b"Mekanisme", b"Meka\0nisme", 1),
        "empty": b"",
        "half a letter": b'code = "\xc3',
        "bomb": b'code = "x"\n' * 3_000,
    }[kind]
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize(
    "kind",
    [
        *("wrong unit", "garbage", "dotted key", "brackets", "nul", "folder", "missing", "empty", "half a letter"),
        "bomb",
        pytest.param("device", marks=pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")),
    ],
)
@pytest.mark.parametrize("verb", ["periksa", "impor"])
def test_hostile_file_exits_2(tmp_path: Path, kind: str, verb: str) -> None:
    path = hostile(tmp_path, kind)
    database = tmp_path / "lain" / "kantor.db"
    said = run("sop", verb, path, "--db", str(database))
    assert (said.code, said.out) == (2, ""), said
    assert said.err.strip()
    assert not database.exists()


def test_wrong_unit_is_answered_with_a_suggestion(tmp_path: Path) -> None:
    said = run("sop", "periksa", hostile(tmp_path, "wrong unit"))
    assert 'Satuan "lam" tidak dikenal. Mungkin maksudnya' in said.err


def test_sound_file_with_an_implausible_time_is_warned_of(tmp_path: Path) -> None:
    said = run("sop", "periksa", changed(tmp_path, ('text = "10 menit"', 'text = "2 menit"')), "--json")
    assert said.code == 0
    assert "waktu-sangat-singkat" in {warning["code"] for warning in said.json["warnings"]}


def test_own_sop_goes_in_and_comes_out_the_same(desk: Desk, tmp_path: Path) -> None:
    own = changed(tmp_path, ('code = "dpmd-nganjuk"', 'code = "dpmd-contoh"'))
    assert desk.do("sop impor", own)["version"] == 1
    assert desk.refused(3, "sop impor", own).startswith("Tidak ada yang berubah")
    exported = tmp_path / "keluar.toml"
    desk.do("sop ekspor dpmd-contoh -o", str(exported))
    assert run("sop", "periksa", str(exported), "--json").json["hash"] == desk.do("sop lihat dpmd-contoh")["hash"]
    desk.do("siapkan --sop dpmd-contoh --tahun 2025", *(word for name in BIDANG for word in ("--bidang", name)))
    assert desk.do("papan 2025-TW1")["sop"] == "dpmd-contoh"


def test_value_confirmed_as_it_stands_applies_at_once(nine: Desk) -> None:
    step = nine.do(f"sop lihat {NINE}")["steps"][3]
    assert step["basis"]["pelaksana"] == "asumsi"
    assert nine.do("papan 2025-TW1")["cards"][3]["assumed"] is True
    done = nine.do(f"sop tetapkan {NINE} 4 --pelaksana", step["pelaksana"][0])
    assert done["new_version"] is False
    assert nine.do(f"sop lihat {NINE}")["steps"][3]["basis"]["pelaksana"] == "ditetapkan"
    assert nine.do("papan 2025-TW1")["cards"][3]["assumed"] is False
    assert "Lajur Camat tidak dikenal" in nine.refused(2, f"sop tetapkan {NINE} 4 --pelaksana Camat")
    assert "tidak meminta keputusan" in nine.refused(3, f"sop tetapkan {NINE} 4 --tidak-ke 2")


def test_changed_value_makes_a_new_version(nine: Desk) -> None:
    done = nine.do(f"sop tetapkan {NINE} 8 --tidak-ke 6")
    assert (done["new_version"], done["version"]) == (True, 2)
    assert nine.do(f"sop lihat {NINE}")["steps"][7]["decision"] == {"ya": "akhir", "tidak": 6}
    assert [row["source"] for row in nine.do("sop daftar") if row["code"] == NINE] == ["katalog", "kantor"]


def test_an_adopted_version_stays_and_the_office_hears_that_the_catalog_reads_it_otherwise(
    nine: Desk, tmp_path: Path
) -> None:
    """As adopted when row 7's Ya was taken to imply its decider."""
    text = catalog.text(NINE)
    now = 'decider = { basis = "asumsi", mark = "Ya"'
    assert text.count(now) == 1
    then = tmp_path / "dulu.toml"
    then.write_text(text.replace(now, 'decider = { basis = "tersirat", mark = "Ya"'), encoding="utf-8")
    nine.do("sop impor", str(then))
    (own,) = [row for row in nine.do("sop daftar") if row["source"] == "kantor"]
    assert own["catalog_reads"] == [
        {
            "step": 7,
            "key": "decider",
            "own": "Kepala Bidang",
            "own_basis": "tersirat",
            "shipped": "Kepala Bidang",
            "shipped_basis": "asumsi",
        }
    ]
    said = " ".join(nine("sop", "daftar").out.split())
    assert (
        "Langkah 7, pemutus: di SOP kantor Kepala Bidang (tersirat), di katalog sekarang Kepala Bidang (asumsi)" in said
    )
    command = f'sop tetapkan {NINE} 7 --pemutus "Kepala Bidang"'
    assert f"sakip {command}" in said
    assert nine.do(f"sop tetapkan {NINE} 7 --pemutus", "Kepala Bidang")["new_version"] is False
    assert "katalog membacanya lain" not in nine("sop", "daftar").out


@pytest.mark.parametrize("code", catalog.codes())
def test_export_and_import_and_export_give_the_same_bytes(desk: Desk, tmp_path: Path, code: str) -> None:
    first = desk("sop", "ekspor", code).raw
    place = tmp_path / "a.toml"
    place.write_bytes(first)
    desk.do(f"sop impor {place}")
    assert desk("sop", "ekspor", code).raw == first


def test_two_versions_are_compared_place_by_place(nine: Desk) -> None:
    nine.do(f"sop tetapkan {NINE} 8 --tidak-ke 6")
    document = nine.do(f"sop banding {NINE}")
    assert (document["before"], document["after"]) == (1, 2)
    assert {"place": ["langkah 8", "decision", "tidak"], "before": "7", "after": "6"} in document["differences"]
    said = nine("sop", "banding", NINE, "1", "2").out
    assert "Langkah 8" in said
    assert "versi 1: 7" in said
    assert "sama" in nine("sop", "banding", NINE, "2", "2").out
    assert "1" in nine.refused(2, f"sop banding {NINE} 9")


def test_the_list_counts_what_is_not_settled_as_the_screen_does_and_names_the_way(tmp_path: Path) -> None:
    """One count, of what the document is silent on or only implies."""
    said = run("sop", "daftar")
    for code in catalog.codes():
        found = catalog.load(code)
        row = next(line for line in said.out.splitlines() if line.startswith(code[:12]))
        assert f" {unsettled(found)}" in row
    assert "sakip sop tetapkan KODE LANGKAH" in " ".join(said.out.split())

"""What stands around a command: no database yet, an output that takes nothing, a folder that is read-only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from sakip_tui.cli import office
from tests.cli.conftest import NINE, SEVEN, TOP, Desk
from tests.moved_clock import unmoved
from tests.waiting import SECONDS

COMMAND = (sys.executable, "-m", "sakip_tui")
TW1 = "2025-TW1"
ON_LINUX = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def said_by(desk: Desk, *words: str, out: IO[bytes] | None = None, closed: bool = False) -> tuple[int, str]:
    """(exit code, standard error) of a command whose output goes somewhere else, or nowhere."""
    done = subprocess.run(
        [*COMMAND, *words, "--db", str(desk.path), "--sebagai", desk.person],
        cwd=TOP,
        stdout=out,
        stderr=subprocess.PIPE,
        env=unmoved() if closed else None,
        check=False,
        preexec_fn=(lambda: os.close(1)) if closed else None,
    )
    return done.returncode, done.stderr.decode()


# ---------------------------------------------------------------------- no database yet
@pytest.mark.parametrize("line", [f"sop lihat {SEVEN}", "sop daftar", f"sop ekspor {SEVEN}"])
def test_the_catalog_is_read_without_a_database_and_none_is_made(desk: Desk, line: str) -> None:
    assert desk(*line.split(), "--json").code == 0
    assert not desk.path.exists()


def test_an_unknown_sop_without_a_database_names_the_catalog(desk: Desk) -> None:
    said = desk("sop", "lihat", "entah")
    assert said.code == 2
    assert SEVEN in said.err


def test_a_document_without_a_byte_becomes_an_office(desk: Desk) -> None:
    desk.path.touch()
    said = desk("status")
    assert said.code == 2
    assert "Belum ada kantor" in said.err
    assert desk.path.stat().st_size == 0
    desk.do(f"siapkan --sop {NINE} --tahun 2025")
    assert desk("status").code == 0


def test_a_refused_setting_up_leaves_the_place_as_it_was(desk: Desk) -> None:
    assert desk("siapkan", "--sop", SEVEN, "--tahun", "2025").code == 3
    assert list(desk.path.parent.iterdir()) == []
    desk.path.touch()
    assert desk("siapkan", "--sop", SEVEN, "--tahun", "2025").code == 3
    assert [(found.name, found.stat().st_size) for found in desk.path.parent.iterdir()] == [(desk.path.name, 0)]


@pytest.mark.parametrize("is_there", [False, True], ids=["nothing there", "a document without a byte"])
def test_a_refused_setting_up_leaves_what_somebody_else_has_set_up_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    adopt = office.adopt

    def overtaken(*given: Any) -> Any:
        other = desk.process("siapkan", "--sop", NINE, "--tahun", "2025")
        assert (other.communicate(timeout=SECONDS), other.returncode)[1] == 0
        return adopt(*given)

    if is_there:
        desk.path.touch()
    monkeypatch.setattr(office, "adopt", overtaken)
    said = desk("siapkan", "--sop", NINE, "--tahun", "2025")
    assert (said.code, "sudah disiapkan" in said.err) == (3, True)
    assert desk.do("status")["periods"]


# ---------------------------------------------------------------------- an output that takes nothing
@ON_LINUX
def test_an_act_whose_answer_is_lost_is_said_to_be_recorded(nine: Desk) -> None:
    with open("/dev/full", "wb") as full:
        code, err = said_by(nine, "periode", "buka", TW1, "--alasan", "dicatat kemudian", out=full)
    assert code == 5
    assert "sudah tercatat" in err
    assert "dibatalkan" not in err
    assert nine.do("riwayat")[0]["act"] == "buka"


@ON_LINUX
@pytest.mark.parametrize("line", ["papan", f"sop ekspor {SEVEN}", f"rekap {TW1} -o - --format csv"])
def test_a_lost_reading_is_told_in_one_line(nine: Desk, line: str) -> None:
    with open("/dev/full", "wb") as full:
        code, err = said_by(nine, *line.split(), out=full)
    assert code == 5
    assert "penuh" in err
    assert "tercatat" not in err
    assert len(err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors close differently there")
def test_a_closed_output_is_told_before_anything_is_done(nine: Desk) -> None:
    before = nine.dump()
    for line in ("papan", f"periode buka {TW1}"):
        code, err = said_by(nine, *line.split(), closed=True)
        assert code == 2
        assert "tertutup" in err
        assert "tidak terduga" not in err
    assert nine.dump() == before


# ---------------------------------------------------------------------- a place that is read-only
@pytest.mark.parametrize("kept", ["kantor.db", ""], ids=["document", "folder"])
@pytest.mark.parametrize(
    "line", ["status", f"papan {TW1}", "riwayat", "periksa --penuh", "jangkar", f"rekap {TW1} -o -"]
)
def test_a_place_that_is_read_only_is_read(nine: Desk, monkeypatch: pytest.MonkeyPatch, kept: str, line: str) -> None:
    before = nine(*line.split())
    closed = nine.path.parent / kept
    answer = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed and answer(path, mode))
    said = nine(*line.split())
    assert (said.code, said.err) == (before.code, before.err)
    if not line.startswith("rekap"):
        assert said.out == before.out


@pytest.mark.parametrize("kept", ["kantor.db", ""], ids=["document", "folder"])
@pytest.mark.parametrize("line", [f"periode buka {TW1}", f"siapkan --sop {NINE} --tahun 2026"])
def test_a_place_that_is_read_only_says_so(nine: Desk, monkeypatch: pytest.MonkeyPatch, kept: str, line: str) -> None:
    """Whoever runs the tests may be root, who is refused nothing: the system's answer is put in its mouth."""
    closed = nine.path.parent / kept
    answer = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed and answer(path, mode))
    said = nine(*line.split())
    assert said.code == 5
    assert "hanya dapat dibaca" in said.err
    assert "--db" in said.err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_setting_up_in_a_read_only_folder_is_no_accident(desk: Desk) -> None:
    desk.path.parent.chmod(0o500)
    try:
        said = desk("siapkan", "--sop", NINE, "--tahun", "2025")
    finally:
        desk.path.parent.chmod(0o700)
    assert said.code == 5
    assert "hanya dapat dibaca" in said.err

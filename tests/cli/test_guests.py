"""Who comes in by a key sees the office and none of its computer's documents, and only as long as they are somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Desk, Said, run

READING = ("status", "papan", "riwayat", "pengguna daftar", "rekap 2025-TW1 -o -", "sop daftar", "periksa")


@pytest.fixture
def staffed(nine: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """An office whose pengelola and pengamat come in by keys; the host's current folder is empty."""
    nine.do("pengguna tambah Wening --peran admin --kode adm --akun kasubag")
    for words in ("Bagas --peran pengelola --kode atur", "Citra --peran pengamat --kode amat"):
        assert call(nine, monkeypatch, "adm", f"pengguna tambah {words}").code == 0
    assert call(nine, monkeypatch, "adm", "pengguna ubah adm --peran admin").code == 0
    empty = tmp_path / "kosong"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return nine


def call(desk: Desk, monkeypatch: pytest.MonkeyPatch, person: str, words: str) -> Said:
    """What a command sent over the line answers."""
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", f"sakip {words}")
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.9 50000 10.0.0.5 22")
    return run("--pengguna", person, "--db", str(desk.path), now=desk.now)


def _ready_to_close(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("periode buka 2025-TW1", "berkas hentikan 2025-TW1 --alasan kosong"):
        said = call(desk, monkeypatch, "atur", words)
        assert said.code == 0, said.err


@pytest.mark.parametrize("words", READING)
def test_a_key_that_outlasts_its_person_opens_nothing(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    assert call(staffed, monkeypatch, "amat", words).raw
    assert call(staffed, monkeypatch, "adm", "pengguna ubah amat --nonaktif").code == 0
    for stranger in ("amat", "tidak-terdaftar"):
        said = call(staffed, monkeypatch, stranger, words)
        assert (said.code, said.raw) == (2, b"")
        assert f"{stranger} tidak terdaftar sebagai pengguna aktif" in said.err
        assert "--sebagai" not in said.err, "a guest cannot be anybody else"


def test_while_nobody_is_registered_every_key_works(nine: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(nine, monkeypatch, "amat", "status").code == 0


@pytest.mark.parametrize("words", ["cadangkan -", "sop periksa -", "sop impor -", "dokumen 2025-TW1 1 --berkas -"])
def test_a_dash_is_no_document_of_the_host(staffed: Desk, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    Path("-").write_text("rahasia", encoding="utf-8")
    said = call(staffed, monkeypatch, "atur", words)
    assert (said.code, said.out) == (2, "")
    assert "tidak dapat dibaca dari jauh" in said.err
    assert Path("-").read_text(encoding="utf-8") == "rahasia"


def test_the_line_that_fetches_a_recap_works_for_a_guest(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _ready_to_close(staffed, monkeypatch)
    said = call(staffed, monkeypatch, "atur", "periode tutup 2025-TW1")
    assert said.code == 0, said.err
    (line,) = [line for line in said.err.splitlines() if "ssh " in line]
    asked = line.partition("@10.0.0.5 sakip ")[2].partition(" > ")[0]
    assert call(staffed, monkeypatch, "atur", asked).raw.startswith(b"PK")


def test_a_recap_that_failed_is_repeated_by_a_guest_down_the_line(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (staffed.path.parent / "rekap").write_text("bukan map", encoding="utf-8")
    _ready_to_close(staffed, monkeypatch)
    said = call(staffed, monkeypatch, "atur", "periode tutup 2025-TW1")
    assert "belum tertulis" in said.err
    asked = said.err.partition("@10.0.0.5 sakip ")[2].partition(" > ")[0]
    assert call(staffed, monkeypatch, "atur", asked).raw.startswith(b"PK")


@pytest.mark.parametrize("words", ["pengaturan ubah --kunci-layar 9", "kalender libur 2026-12-01 Banjir", "cadangkan"])
def test_who_may_is_named_with_every_role_that_may(staffed: Desk, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    refused = call(staffed, monkeypatch, "amat", words)
    assert refused.code == 3
    assert "Hanya pengelola atau admin yang boleh" in refused.err
    assert call(staffed, monkeypatch, "adm", words).code == 0
    assert "Hanya pengelola yang boleh" in call(staffed, monkeypatch, "adm", "periode buka 2025-TW1").err

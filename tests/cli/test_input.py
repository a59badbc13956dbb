"""What people type is cleaned at the door and again on display: each command that takes a text, and bad ones."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from sop.model.texts import LONGEST, LONGEST_NAME
from tests.cli.conftest import LATE, Desk, Said, opened
from tests.cli.test_health import meddle

TW1 = "2025-TW1"
AT = ("--pada", "2025-04-21T08:30")

CORPUS: dict[str, str] = {
    "C0": "awal\x00\x01\x07\x08\x1b[31m\x1b]0;judul\x07\x7fakhir",
    "C1": "awal\x80\x85\x9b31m\x9d\x9fakhir",
    "line ends": "awal\r\n\x0b\x0c\u2028\u2029\takhir",
    "bidi": "awal\u202e\u202d\u2066\u2069\u200e\u200f\u061cakhir",
    "zero-width": "awal\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034fakhir",
    "lone surrogate": "awal\ud800\udfffakhir",
    "not of this world": "awal\ue000\ufffe\U0010ffff\U000e0001akhir",
    "combined": "awal e\u0301 e\u0301\u0301 akhir",
    "markup": "awal [/] [b]x[/i] [a=b c='] {0} %s \\ akhir",
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "komentar": ("komentar", TW1, "1", "{}"),
    "catatan": ("mulai", TW1, "1", "--catatan", "{}", *AT, *LATE),
    "alasan": ("selesai", TW1, "1", *AT, "--alasan", "{}"),
    "alasan of a period": ("periode", "buka", "2025-TW2", "--pada", "2025-07-21T08:30", "--alasan", "{}"),
    "alasan of a case": ("berkas", "tahan", TW1, *AT, "--alasan", "{}"),
    "token": ("komentar", TW1, "1", "catatan", "--token", "{}"),
    "penerima": ("tugaskan", TW1, "1", "{}", *LATE),
    "nomor": ("dokumen", TW1, "1", "--nomor", "{}", *LATE),
    "lokasi": ("dokumen", TW1, "1", "--lokasi", "{}", *LATE),
    "libur": ("kalender", "libur", "2026-06-15", "{}", *LATE),
    "nama kantor": ("siapkan", "--sop", "dpmd-nganjuk", "--tahun", "2026", "--bidang", "{}", "--nama", "{}"),
    "sebagai": ("komentar", TW1, "1", "catatan", "--sebagai", "{}"),
    "alasan pengaturan": ("pengaturan", "ubah", "--batas-segera", "70", "--alasan", "{}"),
    "pengguna": ("pengguna", "tambah", "{}", "--kode", "ani", "--peran", "admin"),
    "atas nama": ("mulai", TW1, "1", "--atas-nama", "{}", *AT, *LATE),
    "periode": ("papan", "{}"),
    "bidang": ("ringkas", "--bidang", "{}"),
    "cari": ("riwayat", "--oleh", "{}"),
    "sidik": ("periksa", "--jangkar", "{}"),
    "sop": ("sop", "lihat", "{}"),
    "opd": ("status", "--opd", "{}"),
}
READINGS = (("papan", TW1), ("riwayat",), ("status",), ("ringkas",), ("periode", "daftar"))
_SEPARATORS = {"\n", "\r", "\t"}


def harmful(text: str) -> set[str]:
    """Characters that hide, reorder or command: none may reach a table or a terminal."""
    return {
        char
        for char in set(text)
        if char not in _SEPARATORS and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    }


def shown(said: Said) -> str:
    return said.out + said.err


@pytest.fixture
def ready(nine: Desk) -> Desk:
    opened(nine, TW1, "2025-04-21T08:00")
    return nine


@pytest.mark.parametrize("bad", CORPUS)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_harmful_character_is_kept_or_shown(ready: Desk, name: str, bad: str) -> None:
    words = [CORPUS[bad] if word == "{}" else word for word in COMMANDS[name]]
    if "--sebagai" in words:
        said = Desk(ready.path, person=words.pop(words.index("--sebagai") + 1))(*words[: words.index("--sebagai")])
    else:
        said = ready(*words)
    assert said.code in {0, 2, 3, 5}, said
    assert "tidak terduga" not in said.err, said
    assert harmful(shown(said)) == set(), said
    kept = "\n".join(ready.dump())
    assert harmful(kept) == set()
    # Afterwards a person, or an office, has to be named.
    if name not in {"pengguna", "nama kantor"}:
        for reading in READINGS:
            said = ready(*reading)
            assert said.code == 0, said
            assert harmful(shown(said)) == set(), said


def test_what_is_kept_is_the_text_without_what_was_harmful(ready: Desk) -> None:
    for bad, kept in (
        ("C0", "awal[31m]0;judulakhir"),
        ("line ends", "awal akhir"),
        ("bidi", "awalakhir"),
        ("combined", "awal é é\u0301 akhir"),
        ("markup", CORPUS["markup"]),
    ):
        ready.do(f"komentar {TW1} 1", CORPUS[bad])
        assert ready.do("riwayat")[0]["details"]["note"] == kept


@pytest.mark.parametrize("bad", CORPUS)
def test_what_stands_in_the_file_all_the_same_is_not_shown(ready: Desk, bad: str) -> None:
    """As an older program, or somebody's own hand, may have left it there."""
    text = CORPUS[bad].encode("utf-8", "replace").decode().replace("'", "''").replace("\0", "")
    meddle(ready, f"UPDATE offices SET name = '{text}'", f"UPDATE events SET by_person = '{text}'")
    meddle(ready, f"UPDATE events SET data = json_set(data, '$.reason', '{text}')")
    for reading in READINGS:
        said = ready(*reading)
        assert said.code == 0, said
        assert harmful(shown(said)) == set(), (reading, said)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 200_000], ids=["longest", "one more", "much more"])
def test_sizes_are_bounded(ready: Desk, name: str, length: int) -> None:
    words = ["x" * length if word == "{}" else word for word in COMMANDS[name]]
    before = ready.path.stat().st_size
    said = ready(*words)
    assert said.code in {0, 2, 3, 5}, said.code
    assert "tidak terduga" not in said.err
    assert len(shown(said)) < 25_000, "a text that is too long is not shown in full to say so"
    if name == "cari":
        # A filter that nobody's name can pass.
        assert "Tidak ada catatan" in said.out
    elif length > LONGEST:
        assert said.code in {2, 3}, said
    elif said.code == 0:
        assert name in {"komentar", "catatan"} or name.startswith("alasan")
    assert ready.path.stat().st_size - before < 200_000
    assert LONGEST_NAME < LONGEST


@pytest.mark.skipif(sys.platform == "win32", reason="bytes on the command line are POSIX's")
def test_bytes_that_are_no_text_are_answered(ready: Desk, tmp_path: Path) -> None:
    import subprocess

    words = [b"komentar", TW1.encode(), b"1", b"awal\xff\xfe\x80akhir", b"--db", str(ready.path).encode()]
    done = subprocess.run(
        [sys.executable, "-m", "sakip_tui", *words], capture_output=True, cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 0, done.stderr
    assert harmful(done.stdout.decode()) == set()
    assert harmful("\n".join(ready.dump())) == set()

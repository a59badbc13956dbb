"""Pastes, floods and foreign bytes at the real program in a pseudo-terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from bench.paste import FLOODS
from bench.terminal import Terminal
from tests.fakes import office_file

ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 60.0
BEGINS, ENDS = "\x1b[200~", "\x1b[201~"
MOST_MEGABYTES = 50


@contextmanager
def board(path: Path) -> Iterator[Terminal]:
    """The board of an office, its cursor on the first card."""
    office_file(path)
    given = {"SAKIP_PENGGUNA": "budi", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "sakip_tui", "--db", str(path))
    with Terminal(command, (80, 24), given, str(path.parent)) as terminal:
        terminal.wait_for("Bantuan", LIMIT_SECONDS)
        yield terminal


@contextmanager
def note(path: Path) -> Iterator[Terminal]:
    """The form of a remark."""
    with board(path) as terminal:
        terminal.press("enter")
        terminal.wait_for("Kartu langkah", LIMIT_SECONDS)
        terminal.press("c")
        terminal.wait_for("Catatan untuk", LIMIT_SECONDS)
        yield terminal


def pour(terminal: Terminal, text: bytes) -> None:
    """Write more than a pseudo-terminal holds, taking what the program draws meanwhile."""
    at = 0
    while at < len(text):
        at += terminal.write(text[at : at + 4096])
        terminal.read(0)


def test_a_byte_that_is_no_utf8_is_a_letter(tmp_path: Path) -> None:
    with note(tmp_path / "kantor.db") as terminal:
        terminal.write(b"caf\xe9 sudah tutup")
        terminal.wait_for("café sudah tutup", LIMIT_SECONDS)
        terminal.write(b" \xe9\xff\xfe\x80 lagi")
        terminal.wait_for("lagi", LIMIT_SECONDS)


@pytest.mark.parametrize("marks", [(BEGINS, ENDS), ("", "")], ids=["in marks", "without marks"])
def test_pasted_lines_stay_words(tmp_path: Path, marks: tuple[str, str]) -> None:
    with note(tmp_path / "kantor.db") as terminal:
        terminal.type(f"{marks[0]}angka bidang satu\rangka bidang dua{marks[1]}")
        terminal.wait_for("angka bidang satu angka bidang dua", LIMIT_SECONDS)


def test_a_long_paste_is_cut_and_said(tmp_path: Path) -> None:
    with note(tmp_path / "kantor.db") as terminal:
        pour(terminal, (BEGINS + "abcdefgh " * 2000 + ENDS).encode())
        terminal.wait_for("hanya 10.000 huruf", LIMIT_SECONDS)


@pytest.mark.parametrize("kind", FLOODS)
def test_a_megabyte_of_rubbish_leaves_the_program_as_it_was(tmp_path: Path, kind: str) -> None:
    begins, goes_on, ends = FLOODS[kind]
    with board(tmp_path / "kantor.db") as terminal:
        process = psutil.Process(terminal.pid)
        before = process.memory_info().rss
        pour(terminal, begins + goes_on * (1_000_000 // len(goes_on)) + ends)
        # Pressed again until something comes of it: a sequence without an end swallows what comes right behind it.
        while "Bantuan: Papan" not in terminal.text():
            terminal.press("?")
            terminal.read(1.0)
        assert process.memory_info().rss - before < MOST_MEGABYTES << 20


def test_text_pasted_on_the_board_presses_no_key(tmp_path: Path) -> None:
    with board(tmp_path / "kantor.db") as terminal:
        terminal.type("mohon quartal ini segera dilengkapi, terima kasih")
        # An arrow between them, or what comes at once would all be one paste.
        terminal.press("down", "?")
        terminal.wait_for("Bantuan: Papan", LIMIT_SECONDS)

"""Every screen in terminals of every size and kind, with text of the worst sort, in a real pseudo-terminal."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from bench.terminal import Terminal
from db import connection
from sakip_tui.places import PLACES
from tests.tui.screens import PIN, WAYS, Way, busy_office
from tests.tui.year import demo_file

ROOT = Path(__file__).parents[2]
SIZES = ((60, 18), (62, 20), (79, 24), (80, 24), (120, 40), (200, 50), (200, 60))
HOSTILE = (
    "[/][@click=app.quit]buka[/]\x1b]52;c;aGFsbw==\x07\x1b[2J\x1b[31m\x9b31m\x9d0;judul\x9c\x00\x07\x7f\u202ekanan\u2066"
    "\u200btengah\ufeff\U000e0041\U000e007f\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f1ee\U0001f1e9\u2764\ufe0f\U0001f44d\U0001f3fd"
    "e\u0301\ua98f\ua9ba"
)
"""Markup that breaks or acts, escapes, OSC 52, C1, NUL, BEL, DEL, bidi, zero width, tags, emoji families, a flag."""
IN_AN_SOP = "[/][@click=app.quit]buka[/]\U0001f468\U0001f469\U0001f1ee\U0001f1e9\u00e9\ua98f\ua9ba" + "panjang " * 40
"""What of it may stand in an SOP: one with characters that nobody sees is not read at all, and says where they are."""
UNSEEN = "\x00\x07\x7f\u200b\u200d\u202e\u2066\ufeff\U000e0041\U000e007f" + "".join(map(chr, range(0x80, 0xA0)))
OURS = re.compile(
    rb"\x1b\[[<>=?]?[0-9;]*[ $]?[A-Za-z]|\x1b[=>78c]|\x1b[()][A-Z0-9]|\x1b\]22;[a-z]*\x07|\x1bP[^\x1b]*\x1b\\|[\r\n\t\x0e\x0f]",
)
"""What a program of this kind may send beside text."""
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""Our own copying of a summary."""
EVERYWHERE: dict[str, str] = {
    "menu": "Menu",
    "tindakan": "Tindakan sebagai",
    "saring": "Saring kartu",
    "cari": "Cari kartu",
    "kartu": "Kartu langkah",
    "bantuan": "Bantuan: Papan",
    "susulan": "Catat susulan",
    "catatan": "Catatan untuk",
    "ganti-orang": "Siapa Anda",
    "salinan": "Ringkasan",
    "rincian": "Catatan no.",
    "saring-riwayat": "Saring riwayat",
    "hari": "Tambah atau ubah",
    "isi-sop": "Identitas",
    "riwayat-pengaturan": "Riwayat pengaturan",
    "daftarkan": "Daftarkan orang",
    "pin": "PIN",
}
"""Screen -> words by which it is known once it is there; the name of its place for any other."""


@contextmanager
def office(path: Path, size: tuple[int, int] = (80, 24), **environment: str) -> Iterator[Terminal]:
    """The program on a database file."""
    given = {"SAKIP_PENGGUNA": "kasubag", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **environment}
    with Terminal((sys.executable, "-m", "sakip_tui", "--db", str(path)), size, given, str(path.parent)) as terminal:
        if "Siapa Anda" in terminal.wait_for(lambda shown: "Bantuan" in shown or "Siapa Anda" in shown):
            terminal.type(PIN + "\r")
        terminal.wait_for("Bantuan")
        terminal.settle()
        yield terminal


def keys_of(way: Way) -> list[str]:
    """The keys that lead to a screen from the board, as a keyboard sends them."""
    keys: list[str] = []
    for key, _ in way.stops:
        if key.startswith(":"):
            index = next(number for number, place in enumerate(PLACES) if place.code == key[1:])
            keys += ["n", "home", *["down"] * index, "enter"]
        else:
            keys.append({"slash": "/", "question_mark": "?"}.get(key, key))
    return keys


def visit(terminal: Terminal, way: Way) -> str:
    """Go to a screen from the board; what it shows."""
    for key in keys_of(way):
        terminal.press(key)
        terminal.settle(0.12)
    terminal.settle(0.2)
    return terminal.text()


def back(terminal: Terminal, way: Way) -> None:
    """To the board again."""
    for _ in way.stops:
        terminal.press("escape")
        # A terminal tells the key from the first byte of another by a silence.
        terminal.settle(0.25)
    terminal.press("escape")
    terminal.settle(0.25)


def stray(sent: bytes) -> list[str]:
    """Control bytes outside the sequences that are ours, and characters that hide or reorder."""
    text = OURS.sub(b"", COPIED.sub(b"", sent)).decode("utf-8", "replace")
    return sorted({repr(char) for char in text if char in UNSEEN or ord(char) < 32})


def poisoned(text: str, poison: str = HOSTILE) -> str:
    return text[:12] + poison + text[12:]


def poison(path: Path) -> None:
    """Put hostile text behind whatever a person or a document said, straight into the file.

    The same text becomes the same hostile text wherever it stands, so names still fit together.
    """

    def deep(value: Any, poison: str) -> Any:
        if isinstance(value, dict):
            return {key: part if key == "waktu" else deep(part, poison) for key, part in value.items()}
        if isinstance(value, list):
            return [deep(part, poison) for part in value]
        return poisoned(value, poison) if isinstance(value, str) and " " in value else value

    with connection.open(path) as database, database.write():
        guards = database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in guards:
            database.rows(f"DROP TRIGGER {name}")
        for table, column in (
            ("offices", "settings"),
            ("calendar_revisions", "spec"),
            ("sop_versions", "definition"),
            ("cases", "regions"),
            ("runs", "evidence"),
            ("runs", "ticks"),
            ("events", "data"),
        ):
            for number, text in database.rows(f"SELECT rowid, {column} FROM {table}"):
                if text:
                    poison = IN_AN_SOP if table == "sop_versions" else HOSTILE
                    changed = json.dumps(deep(json.loads(text), poison), ensure_ascii=False)
                    database.rows(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, number))
        for table, column in (
            ("offices", "name"),
            ("runs", "bidang"),
            ("runs", "note"),
            ("runs", "holder"),
            ("events", "bidang"),
            ("events", "by_person"),
            ("events", "for_lane"),
            ("events", "host"),
            ("people", "name"),
            ("bidang", "name"),
            ("memberships", "lane"),
        ):
            for number, text in database.rows(f"SELECT rowid, {column} FROM {table}"):
                if text:
                    is_name = column in ("bidang", "for_lane", "lane") or table == "bidang"
                    changed = poisoned(text) if " " in text or not is_name else text
                    database.rows(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, number))
        for _, made in guards:
            database.rows(made)


@pytest.mark.parametrize("people", [False, True], ids=["everybody", "people"])
def test_hostile_text_in_the_file_is_harmless_on_every_screen(tmp_path: Path, people: bool) -> None:
    path = tmp_path / "kantor.db"
    busy_office(path) if people else demo_file(path)
    poison(path)
    broken = []
    with office(path) as terminal:
        assert "buka" in terminal.text(), "the hostile name stands there, harmless"
        for way in WAYS:
            if way.stops[:1] == (("!", "LockScreen"),) or (way.needs_people != people and way.stops):
                continue
            shown = visit(terminal, way)
            assert terminal.ended(0.05) is None, way.name
            marker = EVERYWHERE.get(way.name)
            assert marker is None or marker in shown, f"{way.name}:\n{shown}"
            terminal.resize(81, 24)
            terminal.settle(0.2)
            terminal.resize(80, 24)
            terminal.settle(0.2)
            if terminal.text() != shown:
                broken.append(f"{way.name}:\n{shown}\n-- anew --\n{terminal.text()}")
            back(terminal, way)
        sent = b"".join(data for _, data in terminal.chunks)
    assert not stray(sent)
    for copied in COPIED.findall(sent):
        assert not stray(b64decode(copied).replace(b"\n", b"")), "what is pasted elsewhere is clean too"
    assert not broken, "\n".join(broken)

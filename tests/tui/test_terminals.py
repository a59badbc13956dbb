"""Every screen in terminals of every size and kind, with text of the worst sort, in a real pseudo-terminal."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are a Unix matter", allow_module_level=True)

from rich.cells import cell_len

from bench.terminal import Terminal
from db import opening
from sakip_tui.machine import account_name
from sakip_tui.screens import PLACES
from tests.tui.program import drawn_anew, program, sent_by
from tests.tui.screens import PIN, WAYS, Way, at, busy_office, go, seen, still
from tests.tui.started import words as words_of
from tests.tui.year import MONDAY, demo_file

SIZES = ((60, 18), (62, 20), (79, 24), (80, 24), (120, 40), (200, 50), (200, 60))
HOSTILE = (
    "[/][@click=app.quit]buka[/]\x1b]52;c;aGFsbw==\x07\x1b[2J\x1b[31m\x9b31m\x9d0;judul\x9c\x00\x07\x7f\u202ekanan\u2066"
    "\u200btengah\ufeff\U000e0041\U000e007f\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f1ee\U0001f1e9\u2764\ufe0f\U0001f44d\U0001f3fd"
    "e\u0301\ua98f"
)
"""Markup that breaks or acts, escapes, OSC 52, C1, NUL, BEL, DEL, bidi, zero width, tags, emoji families, a flag."""
IN_AN_SOP = "[/][@click=app.quit]buka[/]\U0001f468\U0001f469\U0001f1ee\U0001f1e9\u00e9\ua98f" + "panjang " * 40
"""What of it may stand in an SOP: one with characters that nobody sees is not read at all, and says where they are."""
UNSEEN = "\x00\x07\x7f\u200b\u200d\u202e\u2066\ufeff\U000e0041\U000e007f" + "".join(map(chr, range(0x80, 0xA0)))
OURS = re.compile(
    rb"\x1b\[[<>=?]?[0-9;]*[ $]?[A-Za-z]|\x1b[=>78c]|\x1b[()][A-Z0-9]|\x1b\]22;[a-z]*\x07"
    rb"|\x1bP[^\x1b]*\x1b\\|[\r\n\t\x0e\x0f]",
)
"""What a program of this kind may send beside text."""
COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""Our own copying of a summary."""
FLAGS = {0x1F1E6 + number: chr(ord("A") + number) for number in range(26)}
FRAME = re.compile(r"╭─|\+-")
FRAMED_MENU = re.compile(r"(╭─|\+-) Menu ")
"""What stands before the board, with the signs of any terminal."""
Pictures = dict[tuple[tuple[str, str], ...], str]
"""The stops on a way -> what is seen at the last of them."""


CHRISTMAS = MONDAY + 32 * 86_400
"""A day with a name, which stands in the prompt that asks about it."""


@contextmanager
def office(path: Path, now: int = MONDAY, **environment: str) -> Iterator[Terminal]:
    """The program on a database file, at the board."""
    with program(words_of(now), path, "kasubag", **environment) as terminal:
        if "Siapa Anda" in terminal.wait_for(lambda shown: "Bantuan" in shown or "Siapa Anda" in shown):
            terminal.type(PIN + "\r")
        terminal.wait_for("Bantuan")
        yield terminal


def pictures(path: Path, ways: Iterable[Way], now: int = MONDAY) -> Pictures:
    """What is to be seen on each way, from the same program without a terminal."""

    async def looked() -> Pictures:
        found: Pictures = {}
        for way in ways:
            async with at(Way("papan", ()), path, now=now, account=account_name(os.environ)) as pilot:
                found[()] = seen(pilot.app).text
                for number, stop in enumerate(await go(pilot, way), 1):
                    found[way.stops[:number]] = stop.text
        return found

    return asyncio.run(looked())


def keys_of(stop: str) -> list[str]:
    """The keys that lead to the next screen, as a keyboard sends them; to a place from the menu."""
    if stop.startswith(":"):
        return ["home", *["down"] * [place.code for place in PLACES].index(stop[1:]), "enter"]
    return [{"slash": "/", "question_mark": "?"}.get(stop, stop)] if stop else []


def runs(shown: str) -> list[list[str]]:
    """What stands in each line between the signs that a terminal is sent in another form or not at all."""
    printable = ("".join(filter(str.isprintable, line.translate(FLAGS))) for line in shown.rstrip().split("\n"))
    return [re.findall("[!-~─-╿]+", line) for line in printable]


def visit(terminal: Terminal, way: Way, known: Pictures, read: Callable[[str], object] = runs) -> str:
    """Go to a screen from the board, until what `read` takes from it is what is to be seen; what it shows."""
    for number in range(len(way.stops) + 1):
        stop = way.stops[number - 1][0] if number else ""
        if stop.startswith(":"):
            terminal.press("n")
            terminal.wait_for(FRAMED_MENU.search)
        terminal.press(*keys_of(stop))
        picture = known[way.stops[:number]]
        try:
            terminal.wait_for(lambda shown, picture=picture: read(shown) == read(picture))
        except TimeoutError as error:
            raise AssertionError(f"{error}\n-- wanted, {way.name}:\n{picture}") from error
    return terminal.text()


def back(terminal: Terminal, way: Way) -> None:
    """To the board again."""
    for _ in way.stops:
        before = terminal.text()
        terminal.press("escape")
        # A terminal tells the key from the first byte of another by what comes next, so that must not come too soon.
        terminal.wait_for(lambda shown, before=before: shown != before)
    terminal.wait_for(lambda shown: "? Bantuan" in shown and not FRAME.search(shown))


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

    with opening.open(path) as database, database.write():
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
    ways = [way for way in WAYS if not way.stops or (way.needs_people == people and way.stops[0][0] != "!")]
    # A field with the focus shows its end; the two pictures count the cells of signs that take none otherwise there.
    # Of the copies beside the file nothing shows what it holds, and the program makes one meanwhile.
    ways = [way for way in ways if way.name not in ("hari", "cadangan")]
    known = pictures(path, ways, CHRISTMAS)
    with office(path, CHRISTMAS) as terminal:
        assert "buka" in terminal.text(), "the hostile name stands there, harmless"
        for way in ways:
            drawn_anew(terminal, visit(terminal, way, known))
            back(terminal, way)
        sent = sent_by(terminal)
    assert not stray(sent)
    for copied in COPIED.findall(sent):
        assert not stray(b64decode(copied).replace(b"\n", b"")), "what is pasted elsewhere is clean too"


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
async def test_every_screen_fits_every_size_and_says_how_to_go_on(tmp_path: Path, way: Way) -> None:
    """One after the other in one session, as a window that is dragged; then smaller than any office has."""
    path = tmp_path / "kantor.db"
    busy_office(path) if way.needs_people else demo_file(path)
    async with at(way, path, SIZES[0]) as pilot:
        for width, height in (*SIZES, *reversed(SIZES), (59, 17), (30, 10), (5, 1), SIZES[0], (80, 24)):
            await pilot.resize_terminal(width, height)
            now = await still(pilot)
            cells = {sum(cell_len(text) for text, _ in line) for line in now.looks}
            assert cells == {width}, (width, height)
            if width >= SIZES[0][0] and height >= SIZES[0][1]:
                assert re.search(r"Esc|\bq Keluar|Ctrl\+Q", now.text), f"{width}x{height}:\n{now.text}"


KINDS: dict[str, dict[str, str]] = {
    "16 colours": {"TERM": "xterm"},
    "256 colours": {"TERM": "xterm-256color"},
    "true colour": {"COLORTERM": "truecolor"},
    "no colour": {"NO_COLOR": "1"},
    "not UTF-8": {"LANG": "id_ID.ISO-8859-1", "LC_ALL": "id_ID.ISO-8859-1", "PYTHONIOENCODING": "iso-8859-1"},
    "over ssh": {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "ESCDELAY": "100"},
}


def words(shown: str) -> list[str]:
    """The words on a screen, without signs, frames and the time."""
    return re.findall(r"[A-Za-z]{3,}", shown)


def test_every_kind_of_terminal_shows_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    demo_file(path)
    ways = [way for way in WAYS if way.name in ("papan", "menu", "kartu", "dasbor", "riwayat", "kalender", "isi-sop")]
    known = pictures(path, ways)
    for kind, environment in KINDS.items():
        with office(path, **environment) as terminal:
            for way in ways:
                visit(terminal, way, known, words)
                back(terminal, way)
            sent = sent_by(terminal)
            codes = {
                int(code) for found in re.findall(rb"\x1b\[([0-9;]*)m", sent) for code in found.split(b";") if code
            }
            if kind == "no colour":
                assert not codes - {0, 1, 2, 3, 4, 7}, codes
            if kind == "not UTF-8":
                assert OURS.sub(b"", COPIED.sub(b"", sent)).isascii()
            if kind == "over ssh":
                assert b"\x1b[?1000h" not in sent, "the mouse is left to the terminal"


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
async def test_nothing_moves_while_nobody_does_anything(tmp_path: Path, way: Way) -> None:
    """No cursor blinks and nothing turns, wherever one types: what runs by itself looks around, seconds apart."""
    path = tmp_path / "kantor.db"
    busy_office(path) if way.needs_people else demo_file(path)
    async with at(way, path) as pilot:
        pumps = [
            pilot.app,
            *(node for screen in pilot.app.screen_stack for node in screen.walk_children(with_self=True)),
        ]
        # One that was stopped has no task any more.
        running = [
            timer for pump in pumps for timer in pump._timers if timer._task is not None and timer._active.is_set()
        ]
        # The one that draws a screen runs while something is to be drawn.
        assert [timer for timer in running if timer._interval < 1 and timer.name != "screen_update"] == []


def test_a_name_that_is_no_text_is_harmless(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 arrive as lone surrogates."""
    path = tmp_path / "kantor.db"
    demo_file(path)
    with office(path, SAKIP_PENGGUNA=os.fsdecode(b"kas\xff\x9bubag\x1b[31m")) as terminal:
        # On a narrow line the name gives way to what is late.
        terminal.resize(120, 24)
        terminal.wait_for("belum terdaftar")
        terminal.press("c")
        terminal.wait_for("Catatan untuk")
        terminal.type("sudah\r")
        terminal.wait_for("Catatan tersimpan")
        for key, title in (("v", "Perlu perhatian"), ("y", "Riwayat")):
            terminal.press(key)
            terminal.wait_for(title)
            terminal.press("escape")
            terminal.wait_for(lambda shown, title=title: title not in shown)
        assert not stray(sent_by(terminal))

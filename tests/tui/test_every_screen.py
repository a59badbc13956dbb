"""What holds on every screen: each key answers, help names each key, capitals act, Esc leads back, no English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from sakip_tui.board.screen import BoardScreen
from sakip_tui.glyphs import ASCII, UNICODE
from sakip_tui.people.entrance import LockScreen
from sakip_tui.screens import PLACES
from sakip_tui.text import fitting
from sakip_tui.widgets.help import HelpScreen
from sakip_tui.widgets.hints import KEY_NAMES
from sakip_tui.widgets.ink import REPAINT_WORDS, Inked, InkedScreen, Lines
from sakip_tui.widgets.listing import ListScreen
from tests.fakes import until
from tests.tui.screens import WAYS, Seen, Way, at, busy_office, go, help_text, screen_bindings, seen, still
from tests.tui.year import demo_file

MOVES = frozenset(
    (*"hjkl01234567", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab")
)
MOVES |= {"less_than_sign", "greater_than_sign"}
"""Keys that go somewhere, so do nothing where one is there already: each is tried from several places."""
STARTS: tuple[tuple[str, ...], ...] = (
    (),
    ("end",),
    ("home",),
    ("down", "right"),
    ("pagedown",),
    ("tab",),
    ("right",),
    ("5", "end"),
)
WITHOUT_LINES = ("pengguna-kosong", "data", "analisa", "indikator")
NEEDS = {"ctrl+u": ("x",)}
"""Key -> what is pressed before it, where it does nothing otherwise: there is nothing to take away."""
LISTS = [way for way in WAYS if way.name in ("cadangan", "bidang", "data", "indikator", "pengaturan")]
"""Lists with a line of keys that has room for the arrows; some of them have no lines."""
SILENT: dict[tuple[str, str], str] = {
    ("papan", "escape"): "there is no filter to clear",
    ("cari", "up"): "there is one field only",
    ("cari", "down"): "there is one field only",
    ("catatan", "up"): "there is one field only",
    ("catatan", "down"): "there is one field only",
    **{(name, key): "there is no line to go to" for name in WITHOUT_LINES for key in MOVES},
}
"""(screen, key) that rightly changes nothing, and why."""
UNSEEN = ("m", "s", "x", "down", "enter", "escape", "tab", "n", "1", "enter", "ctrl+s", "ctrl+c")
LEAVING: dict[str, tuple[str, ...]] = {"papan": ("q", "Q"), "ganti-orang": ("ctrl+q",), "kunci": ("ctrl+q",)}
"""Keys that end the program."""
ENGLISH = re.compile(
    r"\b(the|and|press|quit|cancel|close|submit|select|selected|invalid|value|must|search|loading|error|failed|copied|"
    r"command|palette|help|page|focus|show|keys?|screenshot|theme|back|next|previous|exit|undo|cut|paste|delete|"
    r"toggle|minimize|maximize|widget|type|match|matches|found|empty|required|number|integer|length|traceback)\b",
    re.IGNORECASE,
)
"""Words of Textual's own bindings, validators, panels and notices, and of Python's errors."""
RED = re.compile(r"\bcolor\((1|9)\)|red\b")
"""In the style of what is drawn in red: as the terminal's own colour, or by name."""
MARGIN = 2
"""Cells at most that a form leaves free at each side of a screen of 80."""
EDGES = UNICODE.rule + UNICODE.divider + UNICODE.left_foot + UNICODE.right_foot
Offices = Callable[[Way], Path]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The demo office without and with people."""
    folder = tmp_path_factory.mktemp("contoh")
    demo_file(folder / "contoh.db")
    busy_office(folder / "orang.db")
    return {False: folder / "contoh.db", True: folder / "orang.db"}


@pytest.fixture
def office(kept: dict[bool, Path], tmp_path: Path) -> Offices:
    """A new copy of the office that a screen has something to say of."""
    return lambda way: Path(shutil.copy(kept[way.needs_people], tmp_path / "kantor.db"))


every_way = pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])


def says_nothing_english(what: Seen, where: str) -> None:
    found = ENGLISH.findall(what.text)
    assert not found, f"{where}: {found} in\n{what.text}"


async def back_to(way: Way, pilot: Pilot[None]) -> None:
    """To the board, whatever it says taken away, and to the screen anew."""
    if way.name == "kunci":
        # Nothing leads out of the lock.
        return
    for _ in range(8):
        if isinstance(pilot.app.screen, BoardScreen):
            break
        await pilot.press("escape")
        await still(pilot)
    # A menu that was opened leaves no notice behind.
    await pilot.press("n")
    await until(pilot, lambda: not isinstance(pilot.app.screen, BoardScreen))
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
    await go(pilot, way)
    await still(pilot)


async def answers(way: Way, pilot: Pilot[None], key: str) -> bool:
    """Whether a key changes what is seen, and leaves no English; a key that moves is tried from several places."""
    for start in STARTS if key.lower() in MOVES else (NEEDS.get(key, ()),):
        await back_to(way, pilot)
        await pilot.press(*start)
        before, screen = await still(pilot), pilot.app.screen
        await pilot.press(key)
        after = await still(pilot)
        says_nothing_english(after, f"{way.name}, {key}")
        if after != before or pilot.app.screen is not screen:
            return True
    return False


@pytest.mark.parametrize("capitals", [False, pytest.param(True, marks=pytest.mark.long)], ids=["small", "capital"])
@every_way
async def test_every_key_does_something_or_says_why_not(way: Way, capitals: bool, office: Offices) -> None:
    """Capitals too, as Caps Lock is on without anybody noticing; one rule serves them all, so they wait for long."""
    mute = []
    async with at(way, office(way)) as pilot:
        # To draw the same once more changes nothing here; see test_repaint.py.
        told = [item for item in screen_bindings(pilot.app.screen) if item.description != REPAINT_WORDS]
        keys = list(dict.fromkeys(item.key for item in told))
        assert keys
        if capitals:
            keys = [key.upper() for key in keys if re.fullmatch("[a-z]", key) and not way.is_typed_into]
        for key in keys:
            if key in LEAVING.get(way.name, ()) or (way.name, key.lower()) in SILENT:
                continue
            if not await answers(way, pilot, key):
                mute.append(key)
    assert not mute, f"{way.name}: nothing comes of {mute}"


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in LEAVING.items() for key in keys])
async def test_the_keys_that_leave_the_program_do(name: str, key: str, office: Offices) -> None:
    way = next(way for way in WAYS if way.name == name)
    async with at(way, office(way)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: pilot.app._exit)


@every_way
async def test_where_a_screen_has_no_room_nothing_is_done_unseen(way: Way, office: Offices) -> None:
    """A step was finished and the next one started by keys on a board that said only how large it has to be."""
    async with at(way, office(way)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, InkedScreen)
        width, height = screen.SMALLEST
        sizes = ((width - 1, height), (width, height - 1))
        looks: list[Seen] = []
        # Twice without a key: what a page scrolls to at the first change of size is no matter here.
        for keys, size in ((keys, size) for keys in ((), (), UNSEEN) for size in sizes):
            await pilot.resize_terminal(*size)
            assert f"{width} x {height}" in " ".join((await still(pilot)).text.split())
            if keys:
                await pilot.press(*keys)
                pilot.app.post_message(Paste("tempelan"))
                await pilot.click(offset=(1, 1))
            assert pilot.app.screen is screen
            await pilot.resize_terminal(*way.size)
            looks.append(await still(pilot))
            assert f"{width} x {height}" not in looks[-1].text
        assert looks[2:4] == looks[4:]


@every_way
async def test_escape_leads_back_to_the_board(way: Way, office: Offices) -> None:
    async with at(way, office(way)) as pilot:
        for _ in range(len(way.stops) + 1):
            await pilot.press("escape")
            await still(pilot)
        assert isinstance(pilot.app.screen, LockScreen if way.name == "kunci" else BoardScreen)


@every_way
async def test_help_names_every_key_with_what_it_does(way: Way, office: Offices) -> None:
    async with at(way, office(way), (120, 60)) as pilot:
        bindings = list(screen_bindings(pilot.app.screen))
        assert all(item.description for item in bindings), "a key without words"
        assert not [item.key for item in bindings if "alt+" in item.key], "Alt is not for keys"
        if way.is_typed_into or any(kind == "MenuPrompt" for _, kind in way.stops) or way.name == "bantuan":
            return
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        shown = help_text(pilot.app.screen)
        flat = " ".join(shown.split())
        for item in bindings:
            name = KEY_NAMES.get(item.key, item.key)
            rows = [line for line in shown.splitlines() if name in re.split(r", |  +", line.strip())]
            assert rows, f"{name} is not in the help:\n{shown}"
            assert item.description.partition(": ")[0] in flat
        await pilot.press("escape")
        await still(pilot)
        assert not isinstance(pilot.app.screen, HelpScreen)


def words(what: Seen) -> list[str]:
    """What stands there, without the plain signs that happen to be letters."""
    signs = {ASCII.done, ASCII.more_below}
    return [word for word in re.findall(r"[^\W_]+", what.text) if word not in signs]


@pytest.mark.parametrize("way", LISTS, ids=[way.name for way in LISTS])
async def test_a_list_names_arrows_where_there_is_something_to_pick_and_only_there(way: Way, office: Offices) -> None:
    async with at(way, office(way)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ListScreen)
        await still(pilot)
        assert ("panah Pilih" in screen.lines("#list-keys").text) == (len(screen._keys_in_order()) > 1)


@every_way
async def test_nothing_is_said_by_colour_alone(way: Way, office: Offices) -> None:
    """The ink of a word may differ only where the word, or a sign on its line, differs too."""
    path = office(way)
    async with at(way, path) as pilot:
        coloured = seen(pilot.app)
    async with at(way, path, glyphs=ASCII) as pilot:
        plain = seen(pilot.app)
    says_nothing_english(coloured, way.name)
    assert words(coloured)[:20] == words(plain)[:20], "the same words with plain signs"
    for line in coloured.looks:
        for text, style in line:
            # The edges of a late card stand around the line that says so; at a form's sides a letter or two look out
            # from a line behind it.
            if RED.search(style) and len(text.strip(f" {EDGES}")) > MARGIN:
                whole = "".join(part for part, _ in line)
                assert re.search(r"[!▲]|terlambat|lewat|habis|asumsi|tidak|belum|[Tt]erkunci|\d", whole), whole


def test_every_place_is_among_the_screens_tested() -> None:
    assert {place.code for place in PLACES} <= {stop[0][1:] for way in WAYS for stop in way.stops}


def written_hints(screen: Screen[Any]) -> Iterator[tuple[Lines, int, int, str, str]]:
    """Every key at a foot or in a line of periods: its lines, the cell it begins at, how it is written, the key."""
    for lines in screen.query(Lines):
        for y, line in enumerate(lines._lines[: lines.size.height]):
            x = 0
            for text, ink in line:
                base, _, key = ink.removesuffix("+picked").partition("@")
                if x + cell_len(text) <= lines.size.width and (key or (lines.id or "").endswith("keys")):
                    assert key or base != "key" or text.strip() == "huruf", f"{text!r} cannot be clicked"
                    if key:
                        yield lines, x, y, text.strip(), key
                x += cell_len(text)


@pytest.mark.parametrize("needs_people", [False, True])
async def test_every_key_written_on_a_screen_is_clicked_as_it_is_pressed(
    needs_people: bool, office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is what the keyboard calls the key, and the screen answers to it."""
    heard: list[str] = []
    ways = [way for way in WAYS if way.needs_people is needs_people and way.name != "kunci"]
    async with at(ways[0], office(ways[0]), (120, 40)) as pilot:
        for way in ways:
            await back_to(way, pilot)
            screen = pilot.app.screen
            bound = {item.key for item in screen_bindings(screen)} | screen.active_bindings.keys()
            hints = list(written_hints(screen))
            assert hints, way.name
            with monkeypatch.context() as patch:
                patch.setattr(type(screen), "press", lambda screen, key: heard.append(key))
                for lines, x, y, written, key in hints:
                    heard.clear()
                    await pilot.click(lines, offset=(x + (lines.id == "periods"), y))
                    assert heard == [key], f"{way.name}: {written}"
                    assert key in bound or screen.focused is not None, f"{way.name}: nothing answers to {written}"
            # And for good: the way back is clicked.
            assert [written for *_, written, _ in hints if written in ("Esc", "q")], way.name


async def test_a_clicked_key_does_what_the_key_does(office: Offices) -> None:
    """Period, menu, a row of it, a card, the help, a sentence: by the mouse alone."""
    board = next(way for way in WAYS if way.name == "papan")

    async def click(written: str) -> None:
        found = [(lines, x, y) for lines, x, y, text, _ in written_hints(pilot.app.screen) if text.startswith(written)]
        lines, x, y = found[0]
        await pilot.click(lines, offset=(x + 1, y))
        await still(pilot)

    def is_shown(name: str) -> bool:
        return type(pilot.app.screen).__name__ == name

    async with at(board, office(board), (120, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BoardScreen)
        await click("1 TW I")
        await until(pilot, lambda: screen.period.endswith("TW1"))
        selected = screen.selected
        assert selected is not None
        place = screen.picture.arrangement.places[selected]
        await pilot.click(f"#column-{place.column.name.lower()}", offset=(2, place.top - screen.picture.top))
        # A click on the selected card opens it.
        await until(pilot, lambda: is_shown("CardScreen"))
        await still(pilot)
        await click("Esc")
        await until(pilot, lambda: pilot.app.screen is screen)
        await click("n")
        await until(pilot, lambda: bool(pilot.app.screen.query("#menu-list")))
        await still(pilot)
        await pilot.click("#menu-list", offset=(4, 0))
        await until(pilot, lambda: is_shown("CalendarScreen"))
        await still(pilot)
        await click("Esc")
        await until(pilot, lambda: pilot.app.screen is screen)
        screen.announce("Tekan v untuk melihat semuanya.")
        await still(pilot)
        await pilot.click("#info", offset=(7, 1))
        await until(pilot, lambda: is_shown("DashboardScreen"))


async def test_c_copies_the_row_under_the_cursor_on_every_list(
    office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says how to do it by hand, since many terminals take nothing into their clipboard."""
    ways = [
        way for way in WAYS if way.name in ("kalender", "riwayat", "alur", "sop", "pengaturan", "bidang", "isi-sop")
    ]
    async with at(ways[0], office(ways[0]), (120, 40)) as pilot:
        for way in ways:
            await back_to(way, pilot)
            taken: list[str] = []
            monkeypatch.setattr(pilot.app, "copy_to_clipboard", taken.append)
            await pilot.press("c")
            shown = await still(pilot)
            assert len(taken) == 1, way.name
            assert "\n" not in taken[0].strip()
            assert taken[0][:12] in shown.text, way.name
            assert "tahan Shift sambil menyorot" in " ".join(shown.text.split()), way.name


CUT_WIDTHS = (80, 100, 120)


@pytest.mark.parametrize("needs_people", [False, True])
async def test_no_line_ends_in_the_middle_of_a_word_without_saying_so(
    needs_people: bool, office: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has no room ends in an ellipsis: a line longer than its widget would be cut wherever that ends."""
    lost: list[str] = []
    inked = Inked.inked

    def watched(widget: Inked, spans: Iterable[tuple[str, str]], width: int) -> Strip:
        kept = list(spans)
        text = "".join(part for part, _ in kept)
        beyond = text[len(fitting(text, width)) :]
        if width > 1 and beyond.strip():
            lost.append(f"{type(widget.screen).__name__} #{widget.id} {widget.screen.size.width}: {text!r} in {width}")
        return inked(widget, kept, width)

    monkeypatch.setattr(Inked, "inked", watched)
    ways = [way for way in WAYS if way.needs_people is needs_people and way.name != "kunci"]
    async with at(ways[0], office(ways[0]), (120, 30)) as pilot:
        for way in ways:
            await back_to(way, pilot)
            for width in CUT_WIDTHS:
                await pilot.resize_terminal(width, 30)
                await still(pilot)
                lost.clear()
                pilot.app.screen.refresh(layout=True)
                await still(pilot)
                assert not lost, "\n".join(dict.fromkeys(lost))
                assert not list(below_the_edge(pilot.app.screen)), way.name


def below_the_edge(screen: Screen[Any]) -> Iterator[str]:
    """Lines that were written and have no room: the second line of a refusal, say."""
    for lines in screen.query(Lines):
        if lines.display and lines.size.height:
            for line in lines._lines[lines.size.height :]:
                text = "".join(part for part, _ in line)
                if text.strip():
                    yield f"#{lines.id}: {text}"

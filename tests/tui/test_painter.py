"""Only what differs is sent, and the terminal still shows every frame."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from sakip_tui.painter import Painter
from sakip_tui.textual_workarounds import SparingApp

WIDTH, HEIGHT = 20, 4
STYLES = (None, Style(bold=True), Style(color="red"), Style(color="default", bgcolor="default"), Style(reverse=True))

STYLE_OF = {"": None, "1": STYLES[1], "31": STYLES[2], "7": STYLES[4]}

texts = st.text(st.sampled_from("ab │…界é"), min_size=1, max_size=WIDTH)
pieces = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), texts, st.sampled_from(STYLES))


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    screen.reset_mode(7 << 5)
    return screen, pyte.Stream(screen)


def cells(screen: pyte.Screen) -> list[tuple[str, bool, str, bool]]:
    """(text, bold, colour, reverse) of every cell; of the right half of a wide character nothing counts."""
    found = [screen.buffer[y][x] for y in range(HEIGHT) for x in range(WIDTH)]
    return [(cell.data, cell.bold, cell.fg, cell.reverse) if cell.data else ("", False, "", False) for cell in found]


def segments(text: str, style: Style | None) -> list[Segment]:
    return [Segment(text, style)]


@given(frames=st.lists(st.lists(pieces, max_size=6), min_size=1, max_size=6))
def test_sending_only_differences_shows_the_same_as_sending_everything(
    frames: list[list[tuple[int, int, str, Style | None]]],
) -> None:
    """A terminal that saw every frame's differences shows what one sees that is sent the last state as a whole."""
    sparing = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    screen, stream = terminal()
    for frame in frames:
        stream.feed(sparing.paint((x, y, segments(text, style)) for x, y, text, style in frame))
    afresh, afresh_stream = terminal()
    rows = (
        (0, y, [segment for text, codes in row for segment in segments(text, STYLE_OF[codes])])
        for y, row in enumerate(sparing.rows)
    )
    afresh_stream.feed(Painter(WIDTH, HEIGHT, ColorSystem.STANDARD).paint(rows))
    assert cells(screen) == cells(afresh)


def test_an_equal_frame_sends_nothing() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    frame = [(0, 0, segments("sama", Style(bold=True)))]
    assert painter.paint(frame)
    assert painter.paint(frame) == ""


def test_blank_cells_of_a_cleared_screen_are_not_sent() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    first = painter.paint([(0, y, segments(" " * WIDTH, Style(color="default", bgcolor="default"))) for y in range(4)])
    assert first == "\x1b[0m\x1b[H\x1b[2J"


def test_a_changed_word_costs_little_more_than_itself() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    painter.paint([(0, 1, segments("12/30 menit", None))])
    assert painter.paint([(0, 1, segments("13/30 menit", None))]) == "\x1b[2;2H3"


def test_after_forgetting_everything_is_sent_again() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    frame = [(0, 0, segments("sama", None))]
    painter.paint(frame)
    painter.forget()
    assert painter.paint(frame).endswith("sama")


def test_a_shorter_text_erases_the_rest_of_its_line() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    screen, stream = terminal()
    stream.feed(painter.paint([(0, 0, segments("panjang sekali".ljust(WIDTH), None))]))
    stream.feed(painter.paint([(0, 0, segments("pendek".ljust(WIDTH), None))]))
    assert screen.display[0].rstrip() == "pendek"


def test_a_terminal_without_utf8_gets_plain_signs_in_the_same_cells() -> None:
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD, plain=True)
    sent = painter.paint([(0, 0, segments("│ ✓ 界é…", None))])
    assert sent.isascii()
    assert sent.endswith("| v ???~")


def test_after_forgetting_a_change_of_one_line_brings_all_the_others_back() -> None:
    """What cleared the screen once left the lines that had not changed blank until the next full update."""
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    screen, stream = terminal()
    stream.feed(painter.paint([(0, y, segments(f"baris {y}", STYLES[y])) for y in range(HEIGHT)]))
    before = cells(screen)
    stream.feed("\x1b[H\x1b[2Jditulis orang lain")
    painter.forget()
    stream.feed(painter.paint([(0, 2, segments("baris 2", STYLES[2]))]))
    assert cells(screen) == before


@pytest.mark.parametrize(
    "sign", ["\u2764\ufe0f", "\U0001f44d\U0001f3fd", "\U0001f1ee\U0001f1e9", "1\ufe0f\u20e3", "\u2602\ufe0e"]
)
def test_signs_on_whose_width_terminals_differ_leave_the_rest_of_the_line_in_place(sign: str) -> None:
    """A chat's heart used to draw everything to its right one cell too far to the left."""
    painter = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD)
    screen, stream = terminal()
    text = f"a{sign}b"
    end = cell_len(text)
    stream.feed(painter.paint([(0, 0, segments(text + "." * (WIDTH - end - 1) + "|", None))]))
    assert (screen.buffer[0][end - 1].data, screen.buffer[0][WIDTH - 1].data) == ("b", "|")


@pytest.mark.parametrize("text", ["a\x1b]52;c;eA==\x07b", "a\x9b31mb", "\x00\x7fab", "a\u202eb\u200b", "a\x1b[2Jb"])
def test_no_control_in_a_text_is_obeyed_by_the_terminal(text: str) -> None:
    """Whatever widget drew it: a name from the file stands in a field that is typed in as it was written."""
    sent = Painter(WIDTH, HEIGHT, ColorSystem.STANDARD).paint([(0, 0, segments(text, None))])
    assert "".join(filter(str.isprintable, text)) in sent
    assert not [char for char in text if not char.isprintable() and char in sent.replace("\x1b[", "")]


class Shown(SparingApp[None]):
    """An app whose terminal is the test's."""

    is_headless = False

    def __init__(self) -> None:
        super().__init__()
        self.sent = ""

    def _send(self, output: str) -> None:
        self.sent += output

    def compose(self) -> ComposeResult:
        yield Static("kepala", id="head")
        yield Static("satu", id="part")


async def test_a_window_dragged_there_and_back_shows_everything() -> None:
    """A part changes between the two sizes, before the screen was told of the first: it must not stand alone."""
    app = Shown()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        for columns, text in ((WIDTH + 1, "dua"), (WIDTH, "tiga")):
            app._size = Size(columns, HEIGHT)
            app.query_one("#part", Static).update(text, layout=False)
            await pilot.pause()
        screen, stream = terminal()
        stream.feed(app.sent)
        assert [line.strip() for line in screen.display] == ["kepala", "tiga", "", ""]

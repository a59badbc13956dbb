"""What a terminal sends becomes keys and pasted text: pastes in one piece, floods cut, any byte borne."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sakip_tui.intake import (
    FLOOD_CHARACTERS,
    LOST_SECONDS,
    PASTE_BEGINS,
    PASTE_ENDS,
    QUIET_SECONDS,
    Intake,
    Pasted,
    Utf8OrLatin1,
)
from sop.model.texts import LONGEST

LINES = "Bidang Pelatihan\rdan Penempatan Kerja\r\nKabupaten"
ONE_LINE = "Bidang Pelatihan dan Penempatan Kerja Kabupaten"


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(*texts: str, seconds: Seconds | None = None) -> tuple[str, list[Pasted]]:
    """(everything typed, everything pasted) of texts that come one after the other."""
    intake = Intake(seconds or Seconds())
    pieces = [piece for text in texts for piece in intake.take(text)]
    return "".join(piece for piece in pieces if isinstance(piece, str)), [
        piece for piece in pieces if isinstance(piece, Pasted)
    ]


@given(st.text(alphabet="ab \x1b[20~1\r\n\t;\x9b\u00e9", max_size=60), st.lists(st.integers(0, 80), max_size=6))
def test_a_paste_is_the_same_however_the_line_tears_it(inside: str, cuts: list[int]) -> None:
    if PASTE_BEGINS in inside or PASTE_ENDS in inside:
        return
    whole = f"k{PASTE_BEGINS}{inside}{PASTE_ENDS}k"
    marks = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    typed, pasted = taken(*(whole[a:b] for a, b in pairwise(marks)))
    assert [piece.text for piece in pasted] == [piece.text for piece in taken(whole)[1]]
    assert not {*pasted[0].text} & {"\x1b", "\r", "\n", "\t", "\x9b"}
    # A torn mark leaves the parser an empty paste, which does nothing.
    assert typed.replace(PASTE_BEGINS + PASTE_ENDS, "") == "kk"


def test_line_ends_of_a_paste_become_blanks() -> None:
    assert taken(PASTE_BEGINS + LINES + PASTE_ENDS) == ("", [Pasted(ONE_LINE)])


def test_a_paste_without_marks_presses_nothing_and_glues_nothing() -> None:
    assert taken(LINES) == ("", [Pasted(ONE_LINE)])
    assert taken("satu\ndua") == ("satu dua", [])
    assert taken("satu\r\ndua") == ("satu dua", [])


def test_typed_keys_stay_keys() -> None:
    for keys in ("s", "\r", "\x1b", "\x1b[A", "n1\r", "8.15\r", "k" * 200, "\x1b[<0;10;12M\x1b[<0;10;12m", "\x1bOP"):
        assert taken(keys) == (keys, []), keys


def test_enter_after_text_that_came_at_once_is_still_enter() -> None:
    text = "dicatat kemudian dari buku agenda"
    assert taken(text + "\r") == ("\r", [Pasted(text)])


def test_of_a_flood_only_so_many_keys_are_taken_and_the_next_ones_again_after_a_pause() -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    flood = [piece for _ in range(300) for piece in intake.take("\x1b[A" * 1365)]
    assert sum(len(piece) for piece in flood if isinstance(piece, str)) == FLOOD_CHARACTERS
    seconds.now += QUIET_SECONDS
    assert list(intake.take("q")) == ["q"]


def test_a_million_escapes_are_a_handful_of_keys() -> None:
    assert taken("\x1b" * 1_000_000) == ("\x1b", [])
    assert taken(PASTE_BEGINS + "\x1b" * 1_000_000 + PASTE_ENDS) == ("", [Pasted("")])


def test_what_is_longer_than_a_note_is_cut_and_says_so() -> None:
    letters = "abcde" * (LONGEST // 5)
    assert taken(PASTE_BEGINS + letters + PASTE_ENDS) == ("", [Pasted(letters)])
    assert taken(PASTE_BEGINS + letters, "f", PASTE_ENDS) == ("", [Pasted(letters, is_cut=True)])
    assert taken(letters + "f") == ("", [Pasted(letters, is_cut=True)])


def test_a_paste_whose_end_is_lost_ends_after_a_while() -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    assert list(intake.take(PASTE_BEGINS + "laporan")) == []
    assert list(intake.waited()) == []
    seconds.now += LOST_SECONDS
    assert list(intake.waited()) == [Pasted("laporan")]
    assert list(intake.take("q")) == ["q"]


@given(st.binary(max_size=40))
def test_any_bytes_are_read(data: bytes) -> None:
    decoder = Utf8OrLatin1()
    text = "".join(decoder.decode(data[at : at + 1]) for at in range(len(data))) + decoder.rest()
    try:
        assert text == data.decode()
    except UnicodeDecodeError:
        assert len(text) <= len(data)


def test_a_letter_of_an_old_terminal_is_that_letter() -> None:
    decoder = Utf8OrLatin1()
    assert decoder.decode(b"caf\xe9 Rina") == "caf\u00e9 Rina"
    assert decoder.decode(b"\xe9") == ""
    assert decoder.rest() == "\u00e9"
    assert decoder.decode("é".encode()) == "é"

"""What a terminal sends becomes keys and pasted text: pastes in one piece, floods cut, any byte borne."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip_tui.intake import (
    CHARACTERS_A_SECOND,
    FEWEST_COUNTED,
    FLOOD_CHARACTERS,
    FLOOD_PASTED,
    LOST_SECONDS,
    PASTE_BEGINS,
    PASTE_ENDS,
    QUIET_SECONDS,
    RUBBISH_SECONDS,
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
    assert "".join(map(str, flood)) == "\x1b[A" * (FLOOD_CHARACTERS // 3), "no key is cut in two"
    seconds.now += QUIET_SECONDS
    assert list(intake.take("q")) == ["q"]


def test_a_flood_that_comes_in_many_goes_is_held_to_the_same_measure() -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    typed = 0
    for _ in range(10):
        typed += sum(len(piece) for piece in intake.take("1" * 4096) if isinstance(piece, str))
        seconds.now += QUIET_SECONDS
    assert typed <= FLOOD_CHARACTERS + 10 * QUIET_SECONDS * CHARACTERS_A_SECOND


@pytest.mark.parametrize(("key", "a_second"), [("\x1b[1;2B", 33), ("\x1b[B", 60), ("k", 100)])
def test_a_key_held_down_for_a_minute_is_pressed_all_the_while(key: str, a_second: int) -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    for _ in range(60 * a_second):
        seconds.now += 1 / a_second
        assert list(intake.take(key)) == [key]


def test_of_a_flood_of_pastes_so_much_is_taken_as_fits_in_a_few_fields() -> None:
    pieces = taken((PASTE_BEGINS + "abcdefgh" * 100 + PASTE_ENDS) * 1000)[1]
    assert sum(len(piece.text) for piece in pieces) == FLOOD_PASTED
    assert len(taken((PASTE_BEGINS + "ab" + PASTE_ENDS) * 20_000)[1]) == FLOOD_PASTED / FEWEST_COUNTED
    pieces = taken(*("kata lain " * 410 for _ in range(250)))[1]
    assert sum(len(piece.text) for piece in pieces) == FLOOD_PASTED
    assert pieces[-1].is_cut, "it is told that something was left out"


UNENDED = {
    "control sequence": ("\x1b[", "1;2?"),
    "title": ("\x1b]0;", "judul s\r"),
    "device": ("\x1bP", "q#0;2;7"),
    "start of string": ("\x1bX", "naskah\n"),
    "privacy": ("\x1b^", "pesan "),
    "program": ("\x1b_", "Gf=24;QUJD"),
    "control sequence of eight bits": ("\x9b", "1;"),
    "title of one letter": ("\x1b]0;", "q"),
}
"""Beginning, and what it goes on with for ever."""


@pytest.mark.parametrize("piece", [1, 7, 100, 4096])
@pytest.mark.parametrize("kind", UNENDED)
def test_a_sequence_without_an_end_presses_nothing(kind: str, piece: int) -> None:
    begins, goes_on = UNENDED[kind]
    text = begins + goes_on * 2000
    seconds = Seconds()
    intake = Intake(seconds)
    pieces = [found for at in range(0, len(text), piece) for found in intake.take(text[at : at + piece])]
    pressed = "".join(found for found in pieces if isinstance(found, str))
    # Where the escape came alone it was a key, and a control key within the first few letters breaks a string off.
    assert pressed in ("", "\x1b") or "\r" in goes_on or "\n" in goes_on
    # And none of it is waited for when somebody sits down at the keyboard.
    seconds.now += RUBBISH_SECONDS
    assert list(intake.waited()) == []
    assert list(intake.take("s")) == ["s"]


def test_sequences_that_begin_over_and_over_press_no_more_than_a_flood_does() -> None:
    for beginning in ("\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b[1;", "\x1bPabc\r", "\x1b[200", "\x9b1"):
        typed, pasted = taken(*(beginning * 400 for _ in range(100)))
        assert len(typed) <= FLOOD_CHARACTERS, beginning
        assert not pasted, beginning


def test_an_answer_that_nobody_asked_for_presses_nothing() -> None:
    for answer in (
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]0;judul\x07",
        "\x1bP>|XTerm(390)\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
    ):
        for cut in range(2, len(answer)):
            assert taken(f"m{answer[:cut]}", f"{answer[cut:]}s") == ("ms", []), (answer, cut)
        # Though its escape came alone, and was a key.
        assert taken("\x1b", answer[1:]) == ("\x1b", [])


def test_keys_that_look_like_the_beginning_of_a_sequence_are_handed_on_after_a_moment() -> None:
    for keys in ("\x1bP", "\x1b[", "\x1b]", "\x1b_abc", "\x1bXs\x1b", "\x1b[20"):
        seconds = Seconds()
        intake = Intake(seconds)
        assert "".join(map(str, intake.take(keys))) == ""
        seconds.now += QUIET_SECONDS
        assert "".join(map(str, intake.waited())) == keys
        assert "".join(map(str, intake.take("h"))) == "h"
        seconds.now += RUBBISH_SECONDS
        assert "".join(map(str, intake.take("i"))) == "i"


def test_a_key_that_the_line_tears_apart_is_that_key() -> None:
    for key in ("\x1b[A", "\x1b[1;5C", "\x1b[15~", "\x1bOP", "\x1b[<0;10;12M"):
        for cut in range(1, len(key)):
            seconds = Seconds()
            intake = Intake(seconds)
            pieces = list(intake.take(key[:cut]))
            seconds.now += QUIET_SECONDS
            pieces += intake.waited()
            pieces += intake.take(key[cut:])
            assert "".join(map(str, pieces)) == key


def test_an_escape_and_a_letter_some_time_later_are_two_keys() -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    assert list(intake.take("\x1b")) == ["\x1b"]
    seconds.now += QUIET_SECONDS
    assert list(intake.take("P")) == ["P"]
    assert list(intake.take("s")) == ["s"]


def test_enter_ends_what_was_typed_however_it_began() -> None:
    assert taken("\x1bPsatu\r") == ("\x1bPsatu\r", [])


def test_a_million_escapes_are_a_handful_of_keys() -> None:
    assert taken("\x1b" * 1_000_000) == ("\x1b", [])
    assert taken("\r" * 1_000_000) == ("\r", [])
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


def test_keys_after_a_paste_whose_end_is_lost_do_not_prolong_it() -> None:
    seconds = Seconds()
    intake = Intake(seconds)
    assert list(intake.take(PASTE_BEGINS + "laporan ")) == []
    for _ in range(9):
        seconds.now += LOST_SECONDS / 10
        assert list(intake.take("q")) == []
    seconds.now += LOST_SECONDS / 10
    assert list(intake.take("q")) == [Pasted("laporan qqqqqqqqq"), "q"]


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

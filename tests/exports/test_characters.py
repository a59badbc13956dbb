"""What a person typed, made visible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.characters import UNREADABLE, one_line, visible
from sop.model.texts import clean
from tests.exports.samples import HOSTILE


@given(st.text(st.characters(codec="utf-8") | st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn"])))
def test_nothing_that_acts_remains_and_nothing_vanishes(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Co") and c not in "\t\n"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\ufffe\uffff")
    assert len(shown) >= len(text.replace("\r\n", "\n"))
    shown.encode("utf-8")


@pytest.mark.parametrize("text", ["Rekap triwulan", "baris\nbaris\t2", "👨\u200d👩\u200d👧 🇮🇩", "ꦲꦏ꧀ꦱꦫ é ü", "لا"])
def test_readable_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_what_cannot_be_read_becomes_a_sign() -> None:
    assert visible("\x1b[2J\x00\x7f\x9b\u202e\ud800") == "␛[2J␀␡[U+009B][U+202E][U+D800]"
    assert visible("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_a_heading_is_one_line() -> None:
    assert one_line("  Rekap\r\n\tTW I ") == "Rekap TW I"
    assert all("\n" not in one_line(text) for text in HOSTILE)


def test_nothing_is_kept_that_paper_would_show_as_a_sign() -> None:
    """Else a form would come back with the sign in place of the character."""
    signs = "".join(filter(UNREADABLE.match, map(chr, range(0x110000))))
    assert len(signs) > 100_000
    assert clean(signs) == ""

"""Escape sequences in what a terminal sends: each in one piece, and one without an end swallowed.

A terminal that answers somebody else's question, a file read as if it were typed, a line that breaks within a sequence:
Textual's parser looks at 32 characters and makes a key of each, every time anew. Here a sequence that cannot become any
of those that the parser knows is left out, as long as it may be; so is an answer in words (OSC, DCS, SOS, PM, APC),
which nobody here asked for. Knows nothing of Textual, nor of pastes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sop.values import Frozen

ESCAPE = "\x1b"
LONGEST_SEQUENCE = 32
"""Characters that a parser looks at before it gives a sequence up."""

_BEGINNING = re.compile(r"\x1b[\[\]PX^_]|\x9b")
_EIGHT_BIT = "\x9b"
"""Begins a control sequence by itself, for terminals of before UTF-8. The parser knows none: they are swallowed."""
_CONTROL = "["
"""Begins a control sequence (CSI); the other beginnings are of strings."""
_BEGINNINGS = "[]PX^_"
_PARAMETERS = re.compile(r"[\x20-\x3f]*")
_STRING_ENDS, _CALLED_OFF = ("\x07", "\x9c"), ("\x18", "\x1a")
_STRING_OVER = re.compile(r"[\x07\x18\x1a\x1b\x9c]")
_STRING_BROKEN = re.compile(r"[\x00-\x1f\x9c]")
"""As long as a string may still be what somebody typed: Alt and P, and whatever came with it."""


class Sequence(Frozen):
    """A control sequence that came to its end."""

    whole: str
    rest: str
    """What of it was not handed on before: less than the whole where the line tore it apart."""


class Sequences:
    """Takes a stream of text apart. Holds a few dozen characters, whatever comes."""

    def __init__(self) -> None:
        self._begun = ""
        """The sequence so far, an introducing escape and all; empty between sequences."""
        self._handed = 0
        """Characters of it that were handed on before it was known what they are."""
        self._is_lost = False
        """Whether more came than any sequence has: the rest is swallowed."""
        self._ends_here = False
        """Whether an escape came that may be the first half of a string's end."""
        self._may_follow = ""
        """What would make a sequence of the escape that was handed on last; empty when it was something else."""

    def first(self, text: str, at: int) -> tuple[str | Sequence, int]:
        """
        Args:
            text: What came.
            at: Where to begin in it, before its end.

        Returns:
            (the next piece: keys, possibly none, or a sequence; where what is behind it begins).
        """
        if not self._begun:
            return self._between(text, at)
        if self._begun[1] == _CONTROL:
            return self._control(text, at)
        return self._string(text, at)

    def quiet(self) -> Iterator[str]:
        """For a moment nothing came: what was typed and only looked like a beginning is handed on."""
        self._may_follow = self._may_follow and _CONTROL
        if self._ends_here:
            yield self._broken_off() + ESCAPE
        elif self._begun and not self._is_lost:
            if rest := self._begun[self._handed :]:
                yield rest
            if self._begun[1] == _CONTROL:
                # A slow line tears a key apart; the parser has the first part now and waits for the second.
                self._handed = len(self._begun)
            else:
                self._forget()

    def silence(self) -> None:
        """For so long nothing came that whatever comes next has nothing to do with it."""
        self._may_follow = ""
        self._forget()

    def _forget(self) -> None:
        self._begun, self._handed, self._is_lost, self._ends_here = "", 0, False, False

    def _between(self, text: str, at: int) -> tuple[str | Sequence, int]:
        follows, self._may_follow = self._may_follow, ""
        if text[at] in follows:
            self._begun, self._handed = ESCAPE + text[at], 1
            return "", at + 1
        found = _BEGINNING.search(text, at)
        if found is None:
            if text[-1] == ESCAPE:
                self._may_follow = _BEGINNINGS
            return text[at:], len(text)
        self._is_lost = found[0] == _EIGHT_BIT
        self._begun = ESCAPE + _CONTROL if self._is_lost else found[0]
        return text[at : found.start()], found.end()

    def _control(self, text: str, at: int) -> tuple[str | Sequence, int]:
        found = _PARAMETERS.match(text, at)
        assert found is not None
        self._grow(text, at, found.end())
        at = found.end()
        if at == len(text):
            return "", at
        if not "\x40" <= text[at] <= "\x7e":
            # Broken off by a key, or another sequence.
            return self._broken_off(), at
        whole, handed, is_lost = self._begun + text[at], self._handed, self._is_lost
        self._forget()
        return "" if is_lost else Sequence(whole, whole[handed:]), at + 1

    def _string(self, text: str, at: int) -> tuple[str | Sequence, int]:
        if self._ends_here:
            if text[at] == "\\":
                self._forget()
                return "", at + 1
            self._may_follow = _BEGINNINGS
            return self._broken_off() + ESCAPE, at
        found = (_STRING_OVER if self._is_lost else _STRING_BROKEN).search(text, at)
        if found is None:
            self._grow(text, at, len(text))
            return "", len(text)
        self._grow(text, at, found.start())
        over, behind = found[0], found.end()
        if over == ESCAPE:
            self._ends_here = True
        elif over in _STRING_ENDS:
            self._forget()
        elif over in _CALLED_OFF or not self._is_lost:
            return self._broken_off(), found.start()
        return "", behind

    def _grow(self, text: str, begin: int, end: int) -> None:
        if not self._is_lost:
            self._is_lost = len(self._begun) + end - begin > LONGEST_SEQUENCE
            self._begun += text[begin : min(end, begin + LONGEST_SEQUENCE)]

    def _broken_off(self) -> str:
        """What stands there without an end: keys, where it is short enough to have been typed."""
        rest = "" if self._is_lost else self._begun[self._handed :]
        self._forget()
        return rest

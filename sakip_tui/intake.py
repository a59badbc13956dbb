"""What a terminal sends, made fit for Textual's parser: whole characters, no floods, pastes as one piece of text.

The parser reads a character at a time and makes a key event of each, those of a paste with an escape in it too: a
pasted page of them takes half a minute and a gigabyte. Here pastes are found, cut and cleaned before it sees them, and
floods of whatever kind are held to a measure. Knows nothing of Textual.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from time import monotonic

from sakip_tui.sequences import ESCAPE, LONGEST_SEQUENCE, Sequences
from sop.model.texts import LONGEST
from sop.values import Frozen

PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"
FLOOD_CHARACTERS, CHARACTERS_A_SECOND = 512, 1_000
"""Typed characters taken at once, and how many more with time: nobody types as fast, a held key neither. Few, as each
costs the parser time: a flood that comes in many goes must not hold a core."""
FLOOD_PASTED, PASTED_A_SECOND = 4 * LONGEST, LONGEST
"""The same of pasted ones."""
FEWEST_COUNTED = 100
"""So many characters a paste counts as at least: each costs what it does to put in, an empty one too."""
QUIET_SECONDS = 0.05
"""Whatever comes after so long a silence was not sent together with what came before."""
RUBBISH_SECONDS = 0.25
"""Whatever comes after so long a silence is typed anew, though a sequence before it never ended."""
LOST_SECONDS = 5.0
"""A paste whose end does not come within this time has ended: the line may have swallowed its mark."""
_FEWEST_POURED = 8
"""What is shorter may be keys, of somebody who sees nothing happen: a paste is not waited for because of it."""
_FEWEST_PASTED = 24
"""Characters in one go without marks that are a paste: over a slow line a dozen typed ones may arrive at once."""
_FEWEST_DIFFERENT = 4
"""Different ones among them: a held key repeats one, or two."""

_BREAK = re.compile(r"\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_REPEATED = re.compile(r"([\x1b\r])\1{2,}")
"""Keys that leave or open something, more often in one go than anybody presses them: once is enough."""
_PRINTED = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
"""A stretch of what is written and not pressed, line breaks within it."""


class Pasted(Frozen):
    """Text that was put in by one movement of the hand, on one line."""

    text: str
    is_cut: bool = False
    """Whether more was pasted than the longest note holds; the rest is left out."""


class Utf8OrLatin1:
    """Turns bytes into text as they come. A byte that is no UTF-8 is read as what an old terminal means by it."""

    def __init__(self) -> None:
        codecs.register_error("sakip-latin-1", _as_latin1)
        self._decoder = codecs.getincrementaldecoder("utf-8")("sakip-latin-1")

    def decode(self, data: bytes) -> str:
        """The whole characters so far; the beginning of another waits for its rest."""
        return self._decoder.decode(data)

    def rest(self) -> str:
        """What still waits, because nothing more came."""
        if not self._decoder.getstate()[0]:
            return ""
        text = self._decoder.decode(b"", True)
        self._decoder.reset()
        return text


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


class Measure:
    """How much of a flood is taken: some at once, and more as time goes by."""

    def __init__(self, most: float, a_second: float, seconds: float) -> None:
        self._most, self._a_second, self._seconds = most, a_second, seconds
        self._left = most

    def left(self, seconds: float) -> int:
        """What may be taken at that reading of the clock."""
        self._left = min(self._most, self._left + (seconds - self._seconds) * self._a_second)
        self._seconds = seconds
        return int(self._left)

    def took(self, amount: int) -> None:
        self._left -= amount


class Intake:
    """Tells what was typed from what was pasted."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """
        Args:
            seconds: Counts up.
        """
        self._seconds = seconds
        self._last = seconds()
        self._is_pasting = False
        self._poured = self._last
        """When something of the paste came for the last time."""
        self._kept: list[str] = []
        self._room = LONGEST
        self._is_cut = False
        self._held = ""
        """The beginning of what may be the mark of a paste's end."""
        self._sequences = Sequences()
        self._keys = Measure(FLOOD_CHARACTERS, CHARACTERS_A_SECOND, self._last)
        self._pastes = Measure(FLOOD_PASTED, PASTED_A_SECOND, self._last)

    def take(self, text: str) -> Iterator[str | Pasted]:
        """What the parser is to be fed with, and what was pasted, in their order."""
        yield from self.waited()
        at = 0
        while at < len(text):
            if self._is_pasting:
                if self._held:
                    text, at, self._held = self._held + text[at:], 0, ""
                end = text.find(PASTE_ENDS, at)
                if end >= 0:
                    self._keep(text, at, end)
                    yield from self._paste()
                    at = end + len(PASTE_ENDS)
                else:
                    self._held = _beginning(text, at, PASTE_ENDS)
                    self._keep(text, at, len(text) - len(self._held))
                    at = len(text)
                continue
            if len(text) - at > LONGEST_SEQUENCE > self._keys.left(self._seconds()):
                at = self._behind_the_flood(text, at)
                if at == len(text):
                    break
            piece, at = self._sequences.first(text, at)
            if isinstance(piece, str):
                yield from self._pressed(piece)
            elif piece.whole != PASTE_BEGINS:
                yield from self._within_measure(piece.rest, in_one_piece=True)
            else:
                if piece.rest != PASTE_BEGINS:
                    # The parser has seen a part of the mark already. With the rest and an end it has an empty paste.
                    yield piece.rest + PASTE_ENDS
                self._is_pasting, self._poured = True, self._seconds()
        self._last = self._seconds()
        if len(text) >= _FEWEST_POURED:
            self._poured = self._last

    def waited(self) -> Iterator[str | Pasted]:
        """Call while nothing comes: a paste or a sequence without an end is not waited for any longer."""
        waited = self._seconds() - self._last
        if waited >= QUIET_SECONDS:
            for keys in self._sequences.quiet():
                yield from self._within_measure(keys)
        if waited >= RUBBISH_SECONDS:
            self._sequences.silence()
        if self._is_pasting and self._seconds() - self._poured >= LOST_SECONDS:
            yield from self._paste()

    def _behind_the_flood(self, text: str, at: int) -> int:
        """Where to go on when no more keys are taken: at a paste, or at what may become whole with what comes next.

        Half a million sequences cost seconds even to leave them out one by one.
        """
        self._sequences.silence()
        begins = text.find(PASTE_BEGINS, at)
        if begins < 0:
            begins = text.rfind(ESCAPE, max(at, len(text) - LONGEST_SEQUENCE))
        return begins if begins >= 0 else len(text)

    def _keep(self, text: str, begin: int, end: int) -> None:
        if not self._room:
            self._is_cut = self._is_cut or end > begin
            return
        inside = _UNSEEN.sub("", _BREAK.sub(" ", text[begin:end]))
        self._is_cut = self._is_cut or len(inside) > self._room
        self._kept.append(inside[: self._room])
        self._room -= len(self._kept[-1])

    def _paste(self) -> Iterator[Pasted]:
        """What was pasted between marks, unless it is one of a flood of pastes."""
        pasted = Pasted("".join(self._kept), self._is_cut)
        self._kept.clear()
        self._is_pasting, self._room, self._is_cut, self._held = False, LONGEST, False, ""
        yield from self._measured(pasted)

    def _measured(self, pasted: Pasted) -> Iterator[Pasted]:
        left = self._pastes.left(self._seconds())
        if left > 0:
            # The one that is over the measure says that something is left out; those behind it come to nothing.
            taken = Pasted(pasted.text[:left], pasted.is_cut or len(pasted.text) > left)
            self._pastes.took(max(FEWEST_COUNTED, len(taken.text)))
            yield taken

    def _pressed(self, text: str) -> Iterator[str | Pasted]:
        """Keys, and stretches of text that came faster than anybody types."""
        text = _REPEATED.sub(r"\1", text)
        at = 0
        for found in _PRINTED.finditer(text):
            written = found[0].rstrip("\r\n")
            if found.start() and text[found.start() - 1] == "\x1b":
                # The rest of an escape sequence.
                continue
            spaced = _BREAK.sub(" ", written)
            if len(written) >= _FEWEST_PASTED and len(set(written)) >= _FEWEST_DIFFERENT:
                yield from self._within_measure(text[at : found.start()])
                yield from self._measured(Pasted(spaced[:LONGEST], len(spaced) > LONGEST))
            elif "\n" in written:
                # Enter sends a carriage return: a line feed comes of a paste, however short.
                yield from self._within_measure(text[at : found.start()] + re.sub(r"\r?\n", " ", written))
            else:
                continue
            at = found.start() + len(written)
        yield from self._within_measure(text[at:])

    def _within_measure(self, keys: str, *, in_one_piece: bool = False) -> Iterator[str]:
        left = max(0, self._keys.left(self._seconds()))
        taken = "" if in_one_piece and len(keys) > left else keys[:left]
        self._keys.took(len(taken))
        if taken:
            yield taken


def _beginning(text: str, at: int, mark: str) -> str:
    """What stands at the end of the text, from a place in it on, and may be the beginning of a mark."""
    for length in range(min(len(mark) - 1, len(text) - at), 0, -1):
        if text.endswith(mark[:length]):
            return mark[:length]
    return ""

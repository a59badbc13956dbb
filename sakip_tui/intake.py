"""What a terminal sends, made fit for Textual's parser: whole characters, no floods, pastes as one piece of text.

The parser reads a character at a time and makes a key event of each, those of a paste with an escape in it too: a
pasted page of them takes half a minute and a gigabyte. Here pastes are found, cut and cleaned before it sees them.
Knows nothing of Textual.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from sop.model.texts import LONGEST

PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"
FLOOD_CHARACTERS = 1_024
"""Typed characters taken in one go, a text longer than any field aside: nobody types as fast, a held key neither. Few,
as each costs the parser time: a flood that comes in many goes, an escape sequence without end, must not hold a core."""
QUIET_SECONDS = 0.05
"""Whatever comes after so long a silence is typed anew and belongs to no flood before it."""
LOST_SECONDS = 5.0
"""A paste whose end does not come within this time has ended: the line may have swallowed its mark."""
_FEWEST_PASTED = 24
"""Characters in one go without marks that are a paste: over a slow line a dozen typed ones may arrive at once."""
_FEWEST_DIFFERENT = 4
"""Different ones among them: a held key repeats one, or two."""

_BREAK = re.compile(r"\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ESCAPES = re.compile(r"\x1b{3,}")
_PRINTED = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
"""A stretch of what is written and not pressed, line breaks within it."""


@dataclass(frozen=True, slots=True)
class Pasted:
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
        self._kept: list[str] = []
        self._room = LONGEST
        self._is_cut = False
        self._handed_on = ""
        """The last few characters handed on as typed: a paste's mark may have been torn apart behind them."""
        self._held = ""
        """The beginning of what may be the mark of a paste's end."""
        self._typed = 0

    def take(self, text: str) -> Iterator[str | Pasted]:
        """What the parser is to be fed with, and what was pasted, in their order."""
        now = self._seconds()
        if now - self._last >= QUIET_SECONDS:
            self._typed = 0
        while text:
            if self._is_pasting:
                text = self._held + text
                self._held = ""
                inside, mark, text = text.partition(PASTE_ENDS)
                if not mark:
                    inside, self._held = _parted(inside, PASTE_ENDS)
                self._keep(inside)
                if mark:
                    yield self._paste()
                continue
            seen = self._handed_on
            begins = (seen + text).find(PASTE_BEGINS)
            if begins < 0:
                yield from self._pressed(text)
                break
            if begins < len(seen):
                # The parser has seen a part of the mark already. With the rest of it and an end it has an empty paste.
                cut = begins + len(PASTE_BEGINS) - len(seen)
                yield text[:cut] + PASTE_ENDS
                text = text[cut:]
            else:
                before, _, text = text.partition(PASTE_BEGINS)
                yield from self._pressed(before)
            self._is_pasting, self._handed_on = True, ""
        self._last = self._seconds()

    def waited(self) -> Iterator[Pasted]:
        """Call while nothing comes: a paste without an end is handed over."""
        if self._is_pasting and self._seconds() - self._last >= LOST_SECONDS:
            yield self._paste()

    def _keep(self, text: str) -> None:
        if not self._room:
            self._is_cut = self._is_cut or bool(text)
            return
        text = _UNSEEN.sub("", _BREAK.sub(" ", text))
        self._is_cut = self._is_cut or len(text) > self._room
        self._kept.append(text[: self._room])
        self._room -= len(self._kept[-1])

    def _paste(self) -> Pasted:
        pasted = Pasted("".join(self._kept), self._is_cut)
        self._kept.clear()
        self._is_pasting, self._room, self._is_cut, self._held = False, LONGEST, False, ""
        return pasted

    def _pressed(self, text: str) -> Iterator[str | Pasted]:
        """Keys, and stretches of text that came faster than anybody types."""
        text = _ESCAPES.sub("\x1b", text)
        self._handed_on = (self._handed_on + text)[1 - len(PASTE_BEGINS) :]
        at = 0
        for found in _PRINTED.finditer(text):
            written = found[0].rstrip("\r\n")
            if found.start() and text[found.start() - 1] == "\x1b":
                # The rest of an escape sequence.
                continue
            spaced = _BREAK.sub(" ", written)
            if len(written) >= _FEWEST_PASTED and len(set(written)) >= _FEWEST_DIFFERENT:
                yield from self._within_measure(text[at : found.start()])
                yield Pasted(spaced[:LONGEST], len(spaced) > LONGEST)
            elif "\n" in written:
                # Enter sends a carriage return: a line feed comes of a paste, however short.
                yield from self._within_measure(text[at : found.start()] + re.sub(r"\r?\n", " ", written))
            else:
                continue
            at = found.start() + len(written)
        yield from self._within_measure(text[at:])

    def _within_measure(self, keys: str) -> Iterator[str]:
        taken = keys[: max(0, FLOOD_CHARACTERS - self._typed)]
        self._typed += len(taken)
        if taken:
            yield taken


def _parted(text: str, mark: str) -> tuple[str, str]:
    """The text without what may be the beginning of a mark, and that."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], mark[:length]
    return text, ""

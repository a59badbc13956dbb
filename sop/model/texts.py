"""Text that people typed, made fit to keep: one door for screen, command line and import."""

from __future__ import annotations

import unicodedata

from sop.model.errors import Fault, FaultyInput

LONGEST = 10_000
"""Characters of a note or reason."""
LONGEST_NAME = 120
"""Characters of a name, a number or a place."""

_JOINERS_AND_MARKS = frozenset(map(chr, range(0xE0100, 0xE01F0))) | frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u061c\u200e\u200f\u2028\u2029"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
)
"""Zero-width and bidirectional controls, and the selectors of rare glyphs, in which a text can be hidden: they hide or
reorder what a reader sees. Most are of category Cf, as are the invisible tag characters; the rest stands here alone."""
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """NFC, without control, bidi, zero-width, private and unassigned characters; line ends and tabs become spaces."""
    spaced = "".join(" " if char in "\t\r\n\x0b\x0c\x85\u2028\u2029" else char for char in text)
    kept = "".join(
        char for char in spaced if char not in _JOINERS_AND_MARKS and unicodedata.category(char) not in _DROPPED
    )
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def clean_or_none(text: str | None, place: str, limit: int = LONGEST) -> str | None:
    """`clean`, an empty text as None. Raises FaultyInput when it is longer than `limit` characters."""
    if text is None:
        return None
    if len(text) > limit:
        raise FaultyInput((Fault(place, "teks-terlalu-panjang", found=str(len(text)), known=(str(limit),)),))
    return clean(text) or None


def needed_text(text: str | None, place: str) -> str:
    """A name made fit to keep. Raises FaultyInput when nothing is left of it, or it is too long."""
    found = clean_or_none(text, place, LONGEST_NAME)
    if found is None:
        raise FaultyInput((Fault(place, "teks-kosong"),))
    return found


def text_or_fault(text: str, place: str, faults: list[Fault], *, needed: bool = True) -> str:
    """As `needed_text`, with what is wrong among the faults; empty then, and for what may be missing and is."""
    try:
        return needed_text(text, place) if needed else clean_or_none(text, place, LONGEST_NAME) or ""
    except FaultyInput as error:
        faults += error.faults
        return ""

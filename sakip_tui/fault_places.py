"""Where a fault lies, as a screen calls it: the label of a form's field, else the word for its key.

A command names its options and a document its keys; those places stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from sop.model.errors import FaultyInput
from sop.values import replace
from sop.words.event_values import DETAIL_NAMES
from sop.words.labels import upper
from sop.words.sop import place_words

_APART = " \N{MIDDLE DOT} "
"""Between the parts of a place."""


def as_told(error: BaseException, labels: Mapping[str, str]) -> BaseException:
    """A faulty input with its places in words; any other error as it is.

    Args:
        error: What was raised.
        labels: Name of a field of the form that was answered -> its label.
    """
    if not isinstance(error, FaultyInput):
        return error
    faults = (replace(fault, place=place_told(fault.place, labels)) for fault in error.faults)
    return FaultyInput(tuple(faults), error.source)


def place_told(place: str, labels: Mapping[str, str]) -> str:
    """`Hari terakhir` for `sampai`, `Langkah 4, keputusan` for `langkah 4 · decision`. Arguments as of `as_told`."""
    parts = place.split(_APART)
    if len(parts) > 1:
        parts = [place_words((part,)) for part in parts]
    return upper(", ".join(_told(part, labels) for part in parts))


def _told(part: str, labels: Mapping[str, str]) -> str:
    word = DETAIL_NAMES.get(part, part)
    for name in (part.casefold(), word.casefold()):
        for known, label in labels.items():
            if name and (name == known.casefold() or f"{label.casefold()} ".startswith((f"{name} ", f"{name},"))):
                return label
    return word

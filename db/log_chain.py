"""The chain that makes a change of the log show: each event's hash covers its content and the hash before it.

`docs/LOG.md` publishes the recipe, so that an auditor needs neither this program nor its word.
"""

from __future__ import annotations

from typing import Any

from db.statements import COLUMNS
from sop.json_text import json_text

CONTENT = tuple(column for column in COLUMNS["events"] if column not in ("previous_hash", "hash"))
"""Columns of `events` that the hash covers: all but the two hashes."""
FIRST_PREVIOUS = "0" * 64
"""Stands before the first event."""


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    # Whoever only reads needs none of it: it brings a whole library of ciphers along.
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


MARK_DIGITS = 16
"""How many digits of a hash stand for the whole of it where there is no room: enough to find its event again."""


def mark_of(digest: str) -> str:
    """A hash in short, as it is printed."""
    return digest[:MARK_DIGITS]


def event_hash(previous: str, content: tuple[Any, ...]) -> str:
    """The hash of an event.

    Args:
        previous: The hash of the event before it, or `FIRST_PREVIOUS`.
        content: Values of the columns `CONTENT`, as stored.
    """
    return text_hash(previous + json_text(dict(zip(CONTENT, content, strict=True))))

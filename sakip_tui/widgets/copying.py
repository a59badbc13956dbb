"""Handing text to the terminal's clipboard; many terminals take nothing, so it is said how to do it by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.binding import Binding

from sakip_tui.text import cut
from sakip_tui.widgets.spans import Line
from sop.model.texts import clean

BY_HAND = "Bila tempelan kosong, tahan Shift sambil menyorot teksnya."
ROW_KEY = Binding("c", "copy_row", "Salin baris ini: untuk ditempel di percakapan atau surat")
_MOST_SHOWN = 60
"""Cells of what was copied that are said again."""


def copied(app: App[Any], text: str) -> str:
    """Hand text over; returns what to say of it."""
    app.copy_to_clipboard(text)
    return f"Disalin: {cut(clean(text), _MOST_SHOWN)} {BY_HAND}"


def text_of(lines: Iterable[Line]) -> str:
    """What stands on the lines of one row, as one line without the gaps of its columns."""
    return " ".join(" ".join(text for line in lines for text, _ in line).split())

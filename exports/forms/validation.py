"""What a cell of a form takes, as Excel checks it while somebody types."""

from __future__ import annotations

from typing import Any


def choice(words: list[str] | str) -> dict[str, Any]:
    """One of these words, or nothing; for xlsxwriter's `data_validation`.

    Words that an office chose stand in cells, whose range is given instead (`=Petunjuk!$A$5:$A$9`): Excel takes no list
    of more than 255 letters.
    """
    return {
        "validate": "list",
        "source": words,
        "error_title": "Pilih dari daftar",
        "error_message": "Pilih salah satu yang ada di daftar, atau kosongkan.",
    }

"""What a cell of a form takes, as Excel checks it while somebody types."""

from __future__ import annotations

from typing import Any


def choice(words: list[str]) -> dict[str, Any]:
    """One of these words, or nothing; for xlsxwriter's `data_validation`."""
    return {
        "validate": "list",
        "source": words,
        "error_title": "Pilih dari daftar",
        "error_message": "Pilih salah satu yang ada di daftar, atau kosongkan.",
    }

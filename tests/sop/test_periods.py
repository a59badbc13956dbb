"""What people type, and the program prints, for a period."""

from __future__ import annotations

import pytest

from sop.model.errors import UnknownPeriod
from sop.model.periods import keys_of, period_typed
from sop.words.periods import period_label


@pytest.mark.parametrize("key", keys_of(2026))
def test_whatever_the_program_prints_of_a_period_is_read_back(key: str) -> None:
    for text in (key, key.lower(), key.replace("-", " "), period_label(key), period_label(key)):
        assert period_typed(text) == key, text


@pytest.mark.parametrize(
    ("text", "key"),
    [("tw iii", "2026-TW3"), ("smt 2", "2026-S2"), ("Tahunan", "2026-TH"), ("2025-tw1", "2025-TW1"), ("s1", "2026-S1")],
)
def test_without_a_year_the_one_given_is_meant(text: str, key: str) -> None:
    assert period_typed(text, 2026) == key


@pytest.mark.parametrize("text", ["", "TW5 2026", "S3 2026", "2026", "TW III", "2025 TW1 2026", "TH 1 2026", "x" * 500])
def test_anything_else_names_no_period(text: str) -> None:
    with pytest.raises(UnknownPeriod):
        period_typed(text)

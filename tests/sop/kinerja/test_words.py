"""Every fault and warning is told in sentences that are fit to read, with the facts it carries."""

from __future__ import annotations

import pytest

from sop.kinerja.form_fault import CellFinding, FormFault, FormWarning
from sop.words.form_faults import finding_words


@pytest.mark.parametrize("kind", [*FormFault, *FormWarning])
def test_every_finding_has_two_sentences(kind: FormFault | FormWarning) -> None:
    words = finding_words(CellFinding(kind, "Isian!H7", "IK-1", "1.234", ("1234", "1,234")))
    for sentence in words:
        assert sentence[0].isupper() or not sentence[0].isalpha()
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert "{" not in sentence


def test_an_ambiguous_number_is_told_with_both_readings() -> None:
    words = finding_words(CellFinding(FormFault.ANGKA_MENDUA, "Isian!H7", "IK-1", "1.234", ("1234", "1,234")))
    assert words.problem == '"1.234" dapat berarti 1234 atau 1,234.'


def test_what_a_file_holds_is_never_taken_for_a_template() -> None:
    words = finding_words(CellFinding(FormFault.BUKAN_ANGKA, read="{known} {0} {x}"))
    assert words.problem == '"{known} {0} {x}" bukan angka.'

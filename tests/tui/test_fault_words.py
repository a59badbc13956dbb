from __future__ import annotations

from string import Formatter

import pytest

from sakip_tui.fault_words import FAULT_SENTENCES, fault_line
from sop.form import checks
from sop.form.faults import FaultCode
from sop.model.errors import Fault, FaultyInput


def test_every_code_has_a_sentence() -> None:
    assert set(FAULT_SENTENCES) == {code.value for code in FaultCode}


@pytest.mark.parametrize("code", FaultCode)
def test_sentence_is_plain(code: str) -> None:
    template = FAULT_SENTENCES[code]
    assert {name for _, name, _, _ in Formatter().parse(template) if name} <= {"found", "known", "nearest"}
    assert "!" not in template
    assert template[0].isupper()
    assert template.endswith((".", "{found}"))


def test_place_fault_and_suggestion_are_said() -> None:
    fault = Fault("langkah 4 · waktu", "satuan-tak-dikenal", "lam", ("jam", "hari", "menit"))
    assert fault_line(fault) == (
        'langkah 4 · waktu: Satuan "lam" tidak dikenal. Mungkin maksudnya jam. Yang ada: jam, hari, menit.'
    )


def test_fault_of_the_whole_document_names_no_place() -> None:
    with pytest.raises(FaultyInput) as caught:
        checks.read(b"x" * 100_000)
    assert fault_line(caught.value.faults[0]) == ("Dokumen ini 100000 bita; paling besar 65536. Periksa dokumennya.")


def test_braces_in_what_was_found_do_no_harm() -> None:
    assert "{known}" in fault_line(Fault("code", "kode-tidak-sah", "{known}"))


def test_code_of_another_list_is_shown_rather_than_hidden() -> None:
    assert fault_line(Fault("jam", "kode-asing", "Senin")) == "jam: kode-asing Senin"

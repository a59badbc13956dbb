"""The example forms beside PANDUAN: as the program writes them, taken in whole, refused with the mistakes named."""

from __future__ import annotations

from io import BytesIO
from types import ModuleType
from zipfile import ZipFile

import pytest

from sakip_tui.data_forms import ground_of
from sop.kinerja.form_reading import FormReading
from sop.kinerja.state import KinerjaState
from tests.cli.test_guide import DOCS, script
from tests.exports.forms.sent import faults, take_form, warned

ZONE = 7 * 3600
Example = tuple[ModuleType, KinerjaState, str]


@pytest.fixture(scope="module")
def example() -> Example:
    made = script("contoh/buat.py")
    return made, *made.demo_data()


def entries(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def read(example: Example, name: str) -> FormReading:
    made, state, _ = example
    content = (DOCS / "contoh" / name).read_bytes()
    return take_form(content, ground_of(state, made.OFFICE, "staf-3", made.NOW, ZONE, ("Kepala Bidang",), {}))


def test_the_documents_are_what_the_program_writes_today(example: Example) -> None:
    made, state, period = example
    drawn = made.examples(state, period)
    assert {path.name for path in (DOCS / "contoh").glob("*.xlsx")} == set(drawn)
    for name, content in drawn.items():
        assert entries((DOCS / "contoh" / name).read_bytes()) == entries(content), name


def test_the_form_as_sent_changes_nothing(example: Example) -> None:
    reading = read(example, "formulir.xlsx")
    assert not reading.faults
    assert reading.changes_nothing


def test_the_filled_form_is_taken_in_whole(example: Example) -> None:
    reading = read(example, "formulir-terisi.xlsx")
    assert (faults(reading), warned(reading)) == ([], [])
    assert sorted(reading.rows) == [f"IK-3.{number}" for number in range(1, 7)]


def test_the_faulty_form_is_refused_with_each_mistake_at_its_cell(example: Example) -> None:
    reading = read(example, "formulir-keliru.xlsx")
    assert sorted(faults(reading)) == [
        ("G6", "sel-terkunci-berubah"),
        ("K5", "rasio-tidak-lengkap"),
        ("L6", "bukan-angka"),
        ("L7", "angka-mendua"),
        ("L8", "terisi-dan-kosong"),
        ("R9", "tanggal-mustahil"),
        ("T10", "alasan-kurang"),
    ]

"""Tables of the command line: nothing lost, nothing beyond the width, columns in line."""

from __future__ import annotations

from random import Random

import pytest
from tabulate import tabulate

from sakip_tui.cli.layout import table

WORDS = (
    "Menyusun",
    "laporan",
    "kinerja",
    "antre",
    "20",
    "menit;",
    "é",
    "1.5",
    "08123",
    "Pertanggungjawabannya",
)


def text(random: Random, most: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(1, most)))


@pytest.mark.parametrize("seed", range(20))
def test_a_wrapped_table_keeps_every_word_within_the_width(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    random = Random(seed)
    rows = [[text(random, 12), text(random, 12)] for _ in range(4)]
    drawn = table(["Langkah", "Keadaan"], rows, [0, 1])
    assert max(map(len, drawn.splitlines())) <= 80
    for word in {word for row in rows for cell in row for word in cell.split()}:
        assert word in drawn


@pytest.mark.parametrize("seed", range(20))
def test_a_table_looks_as_in_an_export_to_text(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    random = Random(seed)
    rows = [[random.choice((None, "", text(random, 3))), text(random, 3), random.randint(0, 99)] for _ in range(5)]
    cells = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    heads = ["Langkah", "Keadaan", "Menit"]
    assert table(heads, rows) == tabulate(cells, headers=heads, tablefmt="simple", disable_numparse=True)


def test_wide_characters_keep_the_columns_in_line() -> None:
    lines = table(["Nama", "Langkah"], [["漢字", "satu"], ["huruf", "dua"]]).splitlines()
    assert lines[2] == "漢字    satu"
    assert lines[3] == "huruf   dua"


def test_a_table_without_rows_is_its_heads() -> None:
    assert table(["Nama", "Langkah"], []) == "Nama    Langkah\n------  ---------"

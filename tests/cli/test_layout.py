"""Tables of the command line in a narrow line."""

from __future__ import annotations

import pytest

from sakip_tui.cli import layout
from sop.form import catalog
from tests.cli.conftest import Desk


@pytest.fixture(autouse=True)
def eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_long_head_gives_way_before_a_word_is_cut() -> None:
    rows = [("k" * 30, "Ketenagakerjaan dan Penempatan", 9, 12)]
    shown = layout.table(("Kode", "Kantor", "Banyak langkah", "Belum ditetapkan"), rows, flexible=(1,))
    assert "Ketenagakerjaan" in shown
    assert max(map(len, shown.split("\n"))) <= 80


def test_codes_and_names_of_the_catalog_stay_whole(desk: Desk) -> None:
    shown = desk("sop", "daftar").out
    for code in catalog.codes():
        assert code in shown
    assert "Penanaman" in shown
    assert "Ketenagakerjaan" in shown
    assert max(map(len, shown.split("\n"))) <= 80

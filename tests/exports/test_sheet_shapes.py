"""A description that no writer could follow is refused where it is made."""

from __future__ import annotations

import pytest

from exports.sheet import Chart, ChartKind
from sop.values import replace
from tests.exports.samples import STEPS, report

DRAWN = Chart(ChartKind.COLUMN, "Kerja", "Diagram kolom waktu kerja.", "title", ("work_seconds",))


def test_chart_may_stand_on_another_sheet_than_its_figures() -> None:
    drawn = replace(DRAWN, source="Langkah")
    made = report(STEPS, replace(STEPS, title="Lain", charts=(drawn,)))
    assert made.sheets[1].charts == (drawn,)


@pytest.mark.parametrize(
    "chart",
    [
        replace(DRAWN, values=("nothing",)),
        replace(DRAWN, category="nothing"),
        replace(DRAWN, source="Tidak ada"),
    ],
)
def test_chart_of_columns_that_do_not_exist_is_refused(chart: Chart) -> None:
    with pytest.raises(ValueError, match="unknown columns"):
        report(replace(STEPS, charts=(chart,)))


def test_chart_without_words_for_the_blind_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot see"):
        replace(DRAWN, alt_text="")


@pytest.mark.parametrize("rows", [(2, 2), (-1, 3), (3, 1)])
def test_chart_of_no_rows_is_refused(rows: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no rows"):
        replace(DRAWN, rows=rows)

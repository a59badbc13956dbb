"""One figure has one value: on every sheet, in every format, on the dashboard and in the status, whatever is done to a
period afterwards."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest

from db import case_queries
from exports import FORMATS, write
from exports.sheet import Report
from sakip_tui.views.overview import overview_at
from sop.look.dashboard import dashboard
from sop.model.act import Act
from sop.model.definition import Field
from sop.words.figures import percent_words, share_of
from tests.exports.kantor import Kantor, dicts, figures, sheet_of
from tests.exports.test_sheets_frozen import change_everything, closed, confirm

__all__ = ["closed"]

PERIOD = "2026-TW1"


def told(kantor: Kantor) -> dict[str, int]:
    """The figures of the quarter by the dashboard, which reads no recap."""
    board = case_queries.year_board(kantor.database, kantor.address, 2026)
    found = next(one for one in dashboard(board, kantor.now).periods if one.key == PERIOD).figures
    assert found is not None
    line = next(line for line in overview_at(kantor.database, kantor.address, kantor.now).periods if line.key == PERIOD)
    return {
        "ended": found.ended,
        "judged": found.judged,
        "on_time": found.on_time,
        "late": found.late,
        "done": line.done,
        "total": line.total,
    }


def drawn(report: Report, name: str, sheet: str) -> str:
    stream = BytesIO()
    write(report, name, "-", sheet=sheet, stdout=stream)
    return re.sub(r"\s+", " ", stream.getvalue().decode("utf-8-sig"))


def assert_one_value(kantor: Kantor) -> dict[str, int]:
    """Compare everything that tells a figure of the quarter; returns the figures."""
    wanted = told(kantor)
    report = kantor.recap("TW1")
    own = figures(report)
    summary = {
        "ended": own["Langkah selesai dikerjakan"],
        "judged": own["Dinilai waktunya"],
        "on_time": own["Tepat waktu"],
        "late": own["Terlambat"],
    }
    assert summary == {name: wanted[name] for name in summary}
    share = share_of(wanted["on_time"], wanted["judged"])
    assert share is not None
    assert own["Persentase tepat waktu"] == share
    for title, group in (("Mutu Baku", None), ("Pelaksana", "Pelaksana"), ("Pelaksana", "Orang")):
        rows = [row for row in dicts(sheet_of(report, title)) if group in (None, row.get("group"))]
        assert {name: sum(row[name] or 0 for row in rows) for name in summary} == summary, (title, group)
    rows = [row for row in dicts(sheet_of(report, "Data Langkah")) if row["counted"]]
    assert (len(rows), sum(row["on_time"] is False for row in rows)) == (summary["ended"], summary["late"])
    told_late = [row for row in dicts(sheet_of(report, "Langkah")) if str(row["difference_words"]).startswith("lewat")]
    assert len(told_late) == summary["late"]
    front: Any = sheet_of(report, "Pengesahan").front
    large = [(one.figure, one.beside) for one in front.headlines[:2]]
    of = f"{wanted['on_time']} dari {wanted['judged']}"
    assert large == [(f"{wanted['done']} dari {wanted['total']}", ""), (percent_words(share), of)]
    for name in FORMATS:
        if name not in ("xlsx", "json"):
            assert f"{percent_words(share)} tepat waktu ({of})" in drawn(report, name, "Pengesahan"), name
    return wanted


def test_a_figure_has_one_value_whatever_is_done_afterwards(closed: Kantor) -> None:
    first = assert_one_value(closed)
    assert first["late"] > 0
    assert first["ended"] > first["judged"], "what is done and what was judged are two figures"
    closed.now += 60
    confirm(closed, 5, {})
    confirm(closed, 3, {Field.PER_BIDANG: True, Field.PELAKSANA: ("Bidang",), Field.JOINT: False})
    assert assert_one_value(closed) == first, "what is confirmed later changes nothing of a closing"
    change_everything(closed)
    assert assert_one_value(closed) == first, "nor do calendar, settings and SOP of later"
    closed.do(Act.BUKA_KEMBALI, "TW1", None, "10 15.10", reason="jam selesai salah ketik")
    reopened = assert_one_value(closed)
    assert reopened == first, "ended runs keep their verdicts"
    closed.do(Act.KOREKSI, "TW1", 1, "10 15.20", ended="5 08.12", reason="salah ketik")
    corrected = assert_one_value(closed)
    closed.do(Act.TUTUP, "TW1", None, "10 15.30")
    assert assert_one_value(closed) == corrected


@pytest.mark.parametrize("name", ["txt", "html", "md", "csv"])
def test_a_share_reads_the_same_on_the_page_that_is_signed_and_among_the_figures(closed: Kantor, name: str) -> None:
    report = closed.recap("TW1")
    share = figures(report)["Persentase tepat waktu"]
    assert f"{percent_words(share)} tepat waktu" in drawn(report, name, "Pengesahan")
    assert f"{share * 100:.1f}".replace(".", ",").removesuffix(",0") in drawn(report, name, "Ringkasan")

"""Each of the five SOPs from nothing to a closed year, by the command line alone."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from sop.form.catalog import codes, load
from tests.cli.conftest import BIDANG, LATE, Desk, opened

SENT_BACK = BIDANG[1]


class Hours:
    """A working day's moments one after the other, so that whatever is recorded stays in order."""

    def __init__(self, day: str) -> None:
        self._minutes: Iterator[int] = itertools.count(8 * 60, 7)
        self._day = day

    def next(self) -> str:
        minute = next(self._minutes)
        assert minute < 24 * 60
        return f"{self._day}T{minute // 60:02d}:{minute % 60:02d}"


def finish(desk: Desk, period: str, step: int, hours: Hours, *more: str) -> None:
    desk.do(f"selesai {period} {step} --mulai {hours.next()} --selesai {hours.next()}", *more, *LATE)


def decide(desk: Desk, period: str, step: int, hours: Hours, answer: str) -> None:
    desk.do(f"mulai {period} {step} --pada {hours.next()}", *LATE)
    desk.do(f"ajukan {period} {step} --pada {hours.next()}", *LATE)
    note = ("--catatan", "angka seksi belum lengkap") if answer == "tidak" else ()
    desk.do(f"putuskan {period} {step} {answer} --pada {hours.next()}", *note, *LATE)


def close(desk: Desk, period: str, hours: Hours) -> Path:
    answer = desk.do(f"periode tutup {period} --pada {hours.next()}", *LATE)
    assert answer["period"]["period_state"] == "tutup"
    assert answer["recap"], "closing writes the recap"
    return Path(answer["recap"])


def nine_step_year(desk: Desk) -> list[Path]:
    """A Tidak at 7 in S1 and at 8 in S2; the last quarter in January."""
    recaps = []
    quarter_days = {"TW1": "2025-04-21", "TW2": "2025-07-07", "TW3": "2025-10-06", "TW4": "2026-01-12"}
    for half, quarters, day in (("S1", ("TW1", "TW2"), "2025-07-14"), ("S2", ("TW3", "TW4"), "2026-01-19")):
        for quarter in quarters:
            hours = Hours(quarter_days[quarter])
            opened(desk, f"2025-{quarter}", hours.next())
            for step in range(1, 6):
                finish(desk, f"2025-{quarter}", step, hours)
            recaps.append(close(desk, f"2025-{quarter}", hours))
        hours = Hours(day)
        period = f"2025-{half}"
        opened(desk, period, hours.next())
        finish(desk, period, 6, hours)
        if half == "S1":
            decide(desk, period, 7, hours, "tidak")
            finish(desk, period, 6, hours)
            decide(desk, period, 7, hours, "ya")
        else:
            decide(desk, period, 7, hours, "ya")
            decide(desk, period, 8, hours, "tidak")
            decide(desk, period, 7, hours, "ya")
        decide(desk, period, 8, hours, "ya")
        recaps.append(close(desk, period, hours))
    hours = Hours("2026-01-26")
    opened(desk, "2025-TH", hours.next())
    finish(desk, "2025-TH", 9, hours)
    return [*recaps, close(desk, "2025-TH", hours)]


def seven_step_year(desk: Desk) -> list[Path]:
    """Five bidang, one of them sent back alone from step 4 to step 3 each quarter."""
    recaps = []
    days = {"TW1": "2025-04-21", "TW2": "2025-07-07", "TW3": "2025-10-06", "TW4": "2026-01-12"}
    for quarter, day in days.items():
        period, hours = f"2025-{quarter}", Hours(day)
        opened(desk, period, hours.next())
        for step in (1, 2):
            finish(desk, period, step, hours)
        for bidang in BIDANG:
            for step in (3, 4):
                finish(desk, period, step, hours, "--bidang", bidang)
        back = ("--bidang", SENT_BACK, "--catatan", "angka desa tertukar", "--pada", hours.next())
        desk.do(f"kembalikan {period} 5 --ke 3", *back, *LATE)
        board = desk.do(f"papan {period}")
        at_three = {card["bidang"]: card for card in board["cards"] if card["step"] == 3 and card["bidang"]}
        assert {name for name, card in at_three.items() if card["state"] == "siap"} == {SENT_BACK}
        assert next(card for card in board["cards"] if card["step"] == 5)["joined"] == [4, 5]
        for step in (3, 4):
            finish(desk, period, step, hours, "--bidang", SENT_BACK)
        for step in (5, 6, 7):
            finish(desk, period, step, hours)
        recaps.append(close(desk, period, hours))
        if quarter in ("TW2", "TW4"):
            recaps.append(close(desk, "2025-S1" if quarter == "TW2" else "2025-S2", hours))
    return [*recaps, close(desk, "2025-TH", Hours("2026-01-26"))]


def lived(code: str, desk: Desk) -> list[Path]:
    """The whole year of an SOP; returns the recaps its closings wrote."""
    per_bidang = any(step.per_bidang for step in load(code).steps)
    bidang = [word for name in BIDANG for word in ("--bidang", name)] if per_bidang else []
    desk.do(f"siapkan --sop {code} --tahun 2025", *bidang)
    return seven_step_year(desk) if len(load(code).steps) == 7 else nine_step_year(desk)


@pytest.mark.parametrize("code", codes())
def test_year_goes_from_set_up_to_closed_with_a_recap_of_every_period(code: str, desk: Desk) -> None:
    recaps = lived(code, desk)
    periods = desk.do("periode daftar")
    assert [(row["period_state"], row["state"] in ("selesai", None)) for row in periods] == [("tutup", True)] * 7
    assert all(row["done"] == row["total"] for row in periods)
    assert len(recaps) == len(set(recaps)) == 7
    for recap in recaps:
        book = openpyxl.load_workbook(recap, read_only=True)
        assert book.sheetnames[:2] == ["Pengesahan", "Ringkasan"]
        assert "Lampiran" in book.sheetnames
        assert book.sheetnames[-1] == "Data Langkah"
    log = desk.do("riwayat")
    assert [line["sequence"] for line in log] == list(range(len(log), 0, -1))
    assert not any(line["act"] == "lewati" for line in log)


def test_recap_says_the_same_in_every_format(desk: Desk, tmp_path: Path) -> None:
    lived("disperinaker-lima-puluh-kota", desk)
    report = json.loads(desk("rekap", "2025-TW1", "--format", "json").out)
    steps = next(sheet for sheet in report["sheets"] if sheet["title"] == "Data Langkah")
    assert len(steps["rows"]) == 5 + 2 * 5 + 3
    assert {row["bidang"] for row in steps["rows"] if row["attempt"] == 2 and row["step"] == 3} == {SENT_BACK}
    overtaken = [row for row in steps["rows"] if row["state"] == "selesai" and not row["counted"]]
    assert {(row["step"], row["bidang"]) for row in overtaken} == {(3, SENT_BACK), (4, SENT_BACK)}
    worked = [row for row in steps["rows"] if row["state"] != "dibatalkan"]
    assert len(worked) == len(steps["rows"]) - 1, "the join that was open when one bidang was sent back"
    assert all(row["late_entry"] and row["recorded_by"] == "kasubag" for row in worked)
    for name in ("csv", "md", "txt", "html", "xlsx"):
        target = tmp_path / f"rekap.{name}"
        assert desk("rekap", "2025-TW1", "-o", str(target)).code == 0
        assert target.stat().st_size > 1000
    again = desk("rekap", "2025-TW1", "-o", str(tmp_path / "rekap.csv"))
    assert (again.code, "Menggantikan" in again.err) == (0, True), (
        "a document that was named is replaced, and it is said"
    )
    assert desk("rekap", "2025-TW1", "-o", "-").raw.startswith(b"PK"), "a workbook on standard output"


def test_roll_up_shows_its_periods_side_by_side(desk: Desk) -> None:
    lived("dpmd-nganjuk", desk)
    report = json.loads(desk("rekap", "2025-TH", "--format", "json").out)
    summary = next(sheet for sheet in report["sheets"] if sheet["title"] == "Ringkasan")
    assert [column["key"] for column in summary["columns"]] == [
        "figure",
        *(f"2025_{name}" for name in ("tw1", "tw2", "tw3", "tw4", "s1", "s2", "th")),
        "total",
    ]
    done = next(row for row in summary["rows"] if row["figure"] == "Langkah selesai dikerjakan")
    assert done["2025_tw1"] == {"kind": "integer", "value": 5 + 2 * 5}
    assert done["2025_th"] is None, "a roll-up has no figures of its own; missing is not zero"
    assert done["total"] == {"kind": "integer", "value": 4 * (5 + 2 * 5)}


def test_decision_sheet_holds_the_tidak_and_first_pass_is_not_forgotten(desk: Desk) -> None:
    lived("disnaker-kota-tangerang", desk)
    report = json.loads(desk("rekap", "2025-S2", "--format", "json").out)
    decisions = next(sheet for sheet in report["sheets"] if sheet["title"] == "Keputusan")["rows"]
    assert [(row["step"], row["attempt"], row["answer"]) for row in decisions] == [
        (7, 1, "ya"),
        (8, 1, "tidak"),
        (7, 2, "ya"),
        (8, 2, "ya"),
    ]
    assert decisions[1]["target"] == 7
    assert decisions[1]["note"] == "angka seksi belum lengkap; dicatat kemudian"
    rows = next(sheet for sheet in report["sheets"] if sheet["title"] == "Ringkasan")["rows"]
    summary = {row["figure"]: row["2025_s2"] for row in rows}
    assert summary["Disetujui pada pengajuan pertama"]["value"] == 1
    assert summary["Keputusan pertama"]["value"] == 2
    assert report["provisional"] is False
    before = desk.dump()
    again = json.loads(desk("rekap", "2025-S2", "--format", "json", "--kalender", "terbaru").out)
    assert again["state"].startswith("Tutup, revisi 1; dinilai ulang menurut kalender revisi")
    steps = [
        next(sheet["rows"] for sheet in one["sheets"] if sheet["title"] == "Data Langkah") for one in (report, again)
    ]
    assert steps[0] == steps[1], "the same calendar gives the same verdicts"
    assert desk.dump() == before

"""What was frozen at closing stays, whatever the office changes afterwards."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from db import recall
from db.bidang_store import rename_bidang
from db.calendar_store import change_calendar
from db.confirmations import stand_at, stand_frozen
from db.file.connection import Database
from db.settings_store import change_settings
from db.sop_versions import confirm_sop, import_sop
from sop.acts import period_acts
from sop.form import catalog
from sop.model.act import Act
from sop.model.definition import Field, Unit
from sop.time.office_calendar import PutDay
from sop.time.work_calendar import SpecialDay
from sop.values import replace
from tests.db.office import EVERYBODY, NGANJUK
from tests.exports.kantor import Kantor, dicts, figures, sheet_of

NAMED = ("Keuangan", "Pemberdayaan")


@pytest.fixture
def closed(database: Database) -> Kantor:
    """A quarter over Friday and the week after, one step late, one never begun and so not judged, closed."""
    kantor = Kantor(database, NGANJUK, NAMED)
    do = kantor.do
    do(Act.BUKA, "TW1", None, "5 08.00")
    for step, late in ((1, "08.10"), (2, "08.20")):
        do(Act.MULAI, "TW1", step, f"5 {late}")
        do(Act.SELESAI, "TW1", step, f"5 {late[:3]}{int(late[3:]) + 4 * step:02d}")
    for minute, name in enumerate(NAMED):
        do(Act.MULAI, "TW1", 3, f"5 09.0{minute}", bidang=name)
        do(Act.SELESAI, "TW1", 3, f"5 09.1{minute}", bidang=name)
        do(Act.MULAI, "TW1", 4, f"5 09.2{minute}", bidang=name)
    for minute, name in enumerate(NAMED):
        do(Act.SELESAI, "TW1", 4, f"10 10.0{minute}", bidang=name)
    for step, hour in ((5, "11"), (6, "13"), (7, "14")):
        if step != 7:
            do(Act.MULAI, "TW1", step, f"10 {hour}.10")
        do(Act.SELESAI, "TW1", step, f"10 {hour}.15")
    do(Act.TUTUP, "TW1", None, "10 15.00")
    return kantor


def change_everything(kantor: Kantor) -> None:
    """Holidays over the whole quarter, other standards, another clock, another name."""
    for day in (6, 9, 10, 11):
        holiday = SpecialDay(dt.date(2026, 2, day), (), f"Libur daerah {day}", source="Surat edaran")
        change_calendar(kantor.store, kantor.address.office, [PutDay(holiday)], EVERYBODY)
    sop = catalog.load(kantor.sop)
    tight = tuple(
        replace(
            step,
            mutu_baku=replace(
                step.mutu_baku, waktu=replace(waktu, text="1 menit", value=1.0, unit=Unit.MENIT, day_kind=None)
            ),
            bases={name: ground for name, ground in step.bases.items() if name != "day_kind"},
        )
        if (waktu := step.mutu_baku.waktu) is not None
        else step
        for step in sop.steps
    )
    import_sop(kantor.store, replace(sop, steps=tight), EVERYBODY, office=kantor.address.office)
    change_settings(kantor.store, kantor.address.office, {"count_first_day": True}, EVERYBODY)
    rename_bidang(kantor.store, kantor.address.office, NAMED[0], "Keuangan dan Aset", EVERYBODY)


def test_closed_quarter_keeps_every_figure_after_everything_was_changed(closed: Kantor) -> None:
    before = closed.recap("TW1")
    change_everything(closed)
    after = closed.recap("TW1")
    assert figures(before)["Terlambat"] == 3, "the scenario has something to lose"
    assert figures(after) == figures(before)
    for title in ("Langkah", "Mutu Baku", "Pelaksana", "Bidang", "Keputusan", "Perhitungan waktu", "Riwayat"):
        kept = [sheet for sheet in before.sheets if sheet.title == title]
        if kept:
            assert dicts(sheet_of(after, title)) == dicts(kept[0]), title


def test_judging_anew_stands_beside_and_writes_nothing(closed: Kantor) -> None:
    before = closed.recap("TW1")
    change_everything(closed)
    anew = closed.recap("TW1", rejudged=True)
    assert figures(anew)["Terlambat"] != figures(before)["Terlambat"]
    assert anew.state.endswith("dinilai ulang menurut kalender revisi 5")
    assert figures(closed.recap("TW1")) == figures(before)


def test_figures_judged_anew_have_the_frozen_ones_in_the_next_column_and_do_not_pass_for_them(closed: Kantor) -> None:
    frozen = sheet_of(closed.recap("TW1"), "Ringkasan")
    change_everything(closed)
    anew = sheet_of(closed.recap("TW1", rejudged=True), "Ringkasan")
    assert [column.title for column in anew.columns] == ["Ukuran", "Nilai", "Nilai dibekukan"]
    kept = {row[0]: row[1] for row in frozen.rows}
    assert {row[0]: row[2] for row in anew.rows if row[2] is not None} == {
        title: value for title, value in kept.items() if value is not None
    }
    assert any(line.startswith("Bukan angka penutupan") for line in anew.notes)
    assert not any(line.startswith("Angka dibekukan saat ditutup") for line in anew.notes)
    year = sheet_of(closed.recap("TH", rejudged=True), "Ringkasan")
    titles = [column.title for column in year.columns]
    assert titles[1:3] == ["TW I", "TW I dibekukan"]
    assert len(set(titles)) == len(titles)


def test_a_year_takes_the_frozen_figures_of_its_quarters(closed: Kantor) -> None:
    change_everything(closed)
    own = figures(closed.recap("TW1"))
    summary = sheet_of(closed.recap("TH"), "Ringkasan")
    place = [column.key for column in summary.columns].index("2026_tw1")
    of_quarter = {row[0]: row[place] for row in summary.rows}
    assert of_quarter["Terlambat"] is not None
    assert getattr(of_quarter["Terlambat"], "value", None) == own["Terlambat"]


def told(kantor: Kantor, period: str) -> list[tuple[object, ...]]:
    """Everything that a recap says, but for when it was printed."""
    return [(sheet.title, sheet.rows, sheet.lines, sheet.notes, sheet.marks) for sheet in kantor.recap(period).sheets]


def confirm(kantor: Kantor, step: int, values: dict[Field, object]) -> None:
    confirm_sop(kantor.store, kantor.address, step, values, EVERYBODY)


@pytest.mark.parametrize("frozen", [True, False], ids=["frozen", "closed before the basis was frozen"])
def test_what_is_confirmed_or_changed_later_changes_no_closed_recap(
    closed: Kantor, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    """A quarter and a half year without steps of its own, whose SOP is the newest one of then."""
    if not frozen:
        monkeypatch.setattr(period_acts, "_sop_as_it_stands", lambda ruling: None)
    closed.now += 60
    confirm(closed, 3, {Field.PER_BIDANG: True})
    closed.do(Act.BUKA_KEMBALI, "TW1", None, "10 15.10", reason="lupa menetapkan")
    closed.do(Act.TUTUP, "TW1", None, "10 15.20")
    closed.do(Act.BEBASKAN, "S1", None, "10 15.30", child="2026-TW2", reason="sebelum program dipakai")
    closed.do(Act.TUTUP, "S1", None, "10 15.40")
    before = {period: told(closed, period) for period in ("TW1", "S1")}
    closed.now += 60
    confirm(closed, 5, {})
    confirm(closed, 3, {Field.PER_BIDANG: True, Field.PELAKSANA: ("Bidang",), Field.JOINT: False})
    confirm(closed, 4, {})
    assert {period: told(closed, period) for period in ("TW1", "S1")} == before
    with closed.database.read():
        events = {event.period: event for event in recall.history(closed.database, 1) if event.act is Act.TUTUP}
        for event in events.values():
            stand = stand_at(closed.database, closed.address.office, closed.address.sop, event.sequence)
            assert stand.version == 1
            assert {place[:2] for place in stand.confirmed[1]} == {(3, "per_bidang")}
            if frozen:
                assert stand_frozen(json.dumps(event.data["sop"])).confirmed == {1: stand.confirmed[1]}


def test_a_reopened_period_is_told_by_what_is_confirmed_now(closed: Kantor) -> None:
    closed.now += 60
    before = told(closed, "TW1")
    confirm(closed, 5, {})
    assert told(closed, "TW1") == before
    closed.do(Act.BUKA_KEMBALI, "TW1", None, "10 15.10", reason="diperiksa")
    assert told(closed, "TW1") != before

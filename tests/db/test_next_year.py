"""Preparing the next year of an office: it takes over what the office has, and changes nothing of another year."""

from __future__ import annotations

import datetime as dt

import pytest

from db import case_queries, queries
from db.adoption import Adoption, set_up
from db.calendar_store import change_calendar
from db.file.connection import Database
from db.office_acts import open_runs
from db.rows import Address
from db.settings_store import change_settings
from db.sop_versions import confirm_sop
from db.store import Store
from sop.acts.redating import Redated, redated
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.definition import Cadence, Field
from sop.model.errors import FaultyInput
from sop.time.office_calendar import PutDay
from sop.time.work_calendar import SpecialDay, SpecialKind
from tests.db.office import BIDANG, EVERYBODY, NGANJUK, TANGERANG, Clock, adopt

TW1 = "2026-TW1"
KEPT = (
    *("offices", "bidang", "sop_versions", "confirmations", "reporting_years", "periods", "cases", "runs", "closings"),
    *("people", "memberships", "calendar_revisions", "indicator_versions", "target_sets", "targets"),
)
"""Tables of which no row that is there may change, whatever year is prepared."""


@pytest.fixture
def running(store: Store) -> Address:
    """TW I of 2026 runs, before the step that each bidang does; settings, calendar and SOP are the office's own."""
    address = adopt(store, NGANJUK, bidang=BIDANG)
    confirm_sop(store, address, 3, {}, EVERYBODY)
    change_settings(store, address.office, {"at_risk_percent": 70}, EVERYBODY)
    flood = SpecialDay(dt.date(2026, 2, 5), (), "Banjir", "kantor", True, SpecialKind.LIBUR)
    change_calendar(store, address.office, [PutDay(flood)], EVERYBODY)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    return address


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in KEPT}


def dues(store: Store, address: Address) -> tuple[Redated, ...]:
    """When each open run is due; one that has no due moment is left out."""
    database = store.database
    settings = case_queries.year_board(database, address, 2026).settings
    with database.read():
        runs = open_runs(database, 1)
    stands = (case_queries.calendar(database, address.office), settings)
    return redated(runs, stands, stands, store.now())


@pytest.mark.parametrize("year", [2025, 2027, 2028])
@pytest.mark.parametrize("cadence", [None, Cadence.TAHUNAN])
@pytest.mark.parametrize("bidang", [(), BIDANG, BIDANG[:1]])
def test_nothing_that_is_there_changes(
    store: Store, running: Address, year: int, cadence: Cadence | None, bidang: tuple[str, ...]
) -> None:
    store.apply(running, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    before, due = rows(store.database), dues(store, running)
    assert [each.step for each in due] == [1]
    asked = Adoption(catalog.load(NGANJUK), year, bidang=bidang, cadence=cadence)
    assert set_up(store, asked, EVERYBODY).address == running
    after = rows(store.database)
    for table, kept in before.items():
        assert after[table][: len(kept)] == kept, table
    assert len(after["bidang"]) == len(BIDANG)
    assert dues(store, running) == due
    assert case_queries.year_board(store.database, running, 2026).settings.at_risk_percent == 70


@pytest.mark.parametrize("names", [("Baru",), (*BIDANG, "Baru"), ("Baru", "Lain")])
def test_another_bidang_is_refused_for_it_would_enter_the_running_year(
    store: Store, running: Address, names: tuple[str, ...]
) -> None:
    before = rows(store.database)
    with pytest.raises(FaultyInput) as faulty:
        set_up(store, Adoption(catalog.load(NGANJUK), 2027, bidang=names), EVERYBODY)
    assert {(fault.place, fault.code) for fault in faulty.value.faults} == {("bidang", "bidang-milik-kantor")}
    assert {fault.found for fault in faulty.value.faults} == set(names) - set(BIDANG)
    assert rows(store.database) == before


def test_the_fan_out_of_the_running_year_is_the_one_it_would_have_been(store: Store, running: Address) -> None:
    set_up(store, Adoption(catalog.load(NGANJUK), 2027), EVERYBODY)
    step = 1
    while not case_queries.board(store.database, running, TW1).state.cases[TW1, 1].regions:
        store.apply(running, Command(Act.SELESAI, TW1, step=step), EVERYBODY)
        step += 1
    (frozen,) = case_queries.board(store.database, running, TW1).state.cases[TW1, 1].regions.values()
    assert frozen == BIDANG


def test_an_office_without_a_list_gets_one_with_an_sop_that_needs_it(store: Store, clock: Clock) -> None:
    office = adopt(store, TANGERANG).office
    set_up(store, Adoption(catalog.load(NGANJUK), 2026, office, bidang=BIDANG), EVERYBODY)
    assert queries.offices(store.database)[0].bidang == BIDANG


def test_a_second_sop_of_the_office_leaves_the_first_alone(store: Store, running: Address) -> None:
    confirm_sop(store, running, 2, {Field.PER_BIDANG: False}, EVERYBODY)
    before = rows(store.database)
    set_up(store, Adoption(catalog.load(TANGERANG), 2026, running.office), EVERYBODY)
    after = rows(store.database)
    for table, kept in before.items():
        assert after[table][: len(kept)] == kept, table

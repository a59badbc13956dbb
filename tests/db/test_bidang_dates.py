"""The office's list of bidang has dates: a fan-out freezes the names in force at the effective moment of its entry."""

from __future__ import annotations

import pytest

from db import case_queries, row_audit
from db.adoption import Adoption, set_up
from db.bidang_store import add_bidang, end_bidang, merge_bidang, rename_bidang
from db.past_work import check_past, past_period, record_past
from db.rows import Address
from db.store import Store
from sakip_tui.notices import notice_of
from sop.acts.past_work import PastWork, Told, slots_asked
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.errors import FaultyInput
from sop.model.refusals import Refused, Rule, Unknown
from sop.time.instants import civil
from sop.time.office_calendar import period_span
from tests.db.office import BIDANG, EVERYBODY, MORNING, NGANJUK, Clock, adopt

DAY = 86_400
NEW = "Bidang Baru"


@pytest.fixture
def office(store: Store) -> Address:
    """Nganjuk with three bidang, two periods to be opened."""
    return adopt(store, NGANJUK, bidang=BIDANG)


def entered(store: Store, address: Address, period: str, at: int | None = None) -> tuple[str, ...]:
    """Go through a period up to the steps per bidang, and tell which were frozen."""
    typed = None if at is None else Typed(at)
    known = case_queries.sop_of(store.database, address.office, address.sop)
    assert known is not None
    first = next(step.number for step in known.sop.steps if step.per_bidang)
    store.apply(address, Command(Act.BUKA, period, at=typed, reason="dicatat kemudian"), EVERYBODY)
    for number in range(1, first):
        done = Command(Act.SELESAI, period, step=number, at=typed, started=typed, reason="dicatat kemudian")
        store.apply(address, done, EVERYBODY)
    case = case_queries.board(store.database, address, period).state.case_of(period)
    assert case is not None
    return case.regions[first]


def is_sound(store: Store) -> bool:
    """Whether every row is as the log tells."""
    offices = row_audit.offices_beside_the_log(store.database)
    return not row_audit.differing_years(store.database) and not offices.differing


def test_a_bidang_added_from_a_date_is_in_the_fan_outs_from_then_on(
    store: Store, office: Address, clock: Clock
) -> None:
    """ "those of the office's list in force at the effective moment of the entry" """
    add_bidang(store, office.office, NEW, MORNING + 10 * DAY, EVERYBODY)
    assert entered(store, office, "2026-TW1") == BIDANG
    clock.now = MORNING + 80 * DAY
    assert entered(store, office, "2026-TW2") == (*BIDANG, NEW)
    assert is_sound(store)


def test_a_bidang_ended_at_a_date_is_frozen_until_then(store: Store, office: Address, clock: Clock) -> None:
    end_bidang(store, office.office, BIDANG[1], MORNING + 10 * DAY, EVERYBODY)
    assert entered(store, office, "2026-TW1") == BIDANG
    clock.now = MORNING + 80 * DAY
    assert entered(store, office, "2026-TW2") == (BIDANG[0], BIDANG[2])
    assert is_sound(store)


def test_what_is_recorded_late_is_entered_with_the_list_of_its_day(store: Store, office: Address, clock: Clock) -> None:
    clock.now = MORNING + 80 * DAY
    add_bidang(store, office.office, NEW, None, EVERYBODY)
    end_bidang(store, office.office, BIDANG[0], None, EVERYBODY)
    rename_bidang(store, office.office, BIDANG[1], "Nama Lain", EVERYBODY)
    assert entered(store, office, "2026-TW1", MORNING + 3 * DAY) == BIDANG
    assert set(entered(store, office, "2026-TW2")) == {"Nama Lain", BIDANG[2], NEW}
    assert is_sound(store)


def test_an_older_period_that_is_entered_only_now_takes_the_list_of_now(
    store: Store, office: Address, clock: Clock
) -> None:
    """ "those of the office's list in force at the effective moment of the entry": the entry counts, not the period."""
    clock.now = MORNING + 120 * DAY
    add_bidang(store, office.office, NEW, MORNING + 110 * DAY, EVERYBODY)
    assert period_span("2026-TW1")[1] < civil(MORNING + 110 * DAY, 0).date()
    assert entered(store, office, "2026-TW1") == (*BIDANG, NEW)
    assert entered(store, office, "2026-TW2", MORNING + 109 * DAY) == BIDANG
    assert is_sound(store)


def test_a_frozen_list_stays_whatever_becomes_of_the_offices(store: Store, office: Address) -> None:
    assert entered(store, office, "2026-TW1") == BIDANG
    add_bidang(store, office.office, NEW, None, EVERYBODY)
    end_bidang(store, office.office, BIDANG[0], None, EVERYBODY)
    case = case_queries.board(store.database, office, "2026-TW1").state.case_of("2026-TW1")
    assert case is not None
    assert BIDANG in case.regions.values()
    assert is_sound(store)


def test_the_last_one_in_force_is_not_ended(store: Store, office: Address) -> None:
    """ "the last one in force is not ended" """
    for name in BIDANG[:2]:
        end_bidang(store, office.office, name, None, EVERYBODY)
    with pytest.raises(Refused) as refused:
        end_bidang(store, office.office, BIDANG[2], None, EVERYBODY)
    assert refused.value.rule is Rule.LAST_OF_LIST
    # With one that follows it without a gap it is.
    change = MORNING + 30 * DAY
    add_bidang(store, office.office, NEW, change, EVERYBODY)
    end_bidang(store, office.office, BIDANG[2], change, EVERYBODY)
    assert is_sound(store)


def test_a_gap_in_the_list_is_refused_whichever_end_makes_it(store: Store, office: Address) -> None:
    add_bidang(store, office.office, NEW, MORNING + 40 * DAY, EVERYBODY)
    for name in BIDANG[:2]:
        end_bidang(store, office.office, name, None, EVERYBODY)
    with pytest.raises(Refused):
        end_bidang(store, office.office, BIDANG[2], MORNING + 39 * DAY, EVERYBODY)
    with pytest.raises(Refused):
        merge_bidang(store, office.office, (BIDANG[2], NEW), NEW, EVERYBODY)


def test_where_none_is_in_force_the_act_is_refused_naming_the_first_date_that_has_one(
    store: Store, clock: Clock
) -> None:
    """ "where none is in force at the entry's moment the act that would enter is refused, naming the first date that
    has one" """
    first = adopt(store)
    clock.now = MORNING + 30 * DAY
    begins = MORNING + 20 * DAY
    add_bidang(store, first.office, NEW, begins, EVERYBODY)
    office = adopt_beside(store, first.office)
    with pytest.raises(Refused) as refused:
        entered(store, office, "2026-TW1", MORNING + 3 * DAY)
    assert refused.value.rule is Rule.NO_BIDANG
    assert refused.value.facts["first"] == begins


def adopt_beside(store: Store, office: str) -> Address:
    """The same office takes an SOP with steps per bidang up as well."""
    return set_up(store, Adoption(catalog.load(NGANJUK), 2026, office=office), EVERYBODY).address


def test_adding_one_that_ends_later_takes_its_end_back(store: Store, office: Address) -> None:
    end_bidang(store, office.office, BIDANG[0], MORNING + 10 * DAY, EVERYBODY)
    add_bidang(store, office.office, BIDANG[0].upper(), None, EVERYBODY)
    state = case_queries.year_board(store.database, office, 2026)
    assert state.bidang == BIDANG
    assert is_sound(store)


@pytest.mark.parametrize(("name", "code"), [(BIDANG[0], "bidang-ada"), (" ", "teks-kosong")])
def test_a_name_that_cannot_be_added_says_why(store: Store, office: Address, name: str, code: str) -> None:
    with pytest.raises(FaultyInput) as faulty:
        add_bidang(store, office.office, name, None, EVERYBODY)
    assert [fault.code for fault in faulty.value.faults] == [code]


def test_one_that_is_gone_is_not_in_the_list_and_its_name_is_no_other_units(store: Store, office: Address) -> None:
    end_bidang(store, office.office, BIDANG[0], MORNING + DAY // 24, EVERYBODY)
    later = Store(store.database, Clock(MORNING + 5 * DAY))
    with pytest.raises(Unknown):
        end_bidang(later, office.office, BIDANG[0], None, EVERYBODY)
    with pytest.raises(FaultyInput) as faulty:
        add_bidang(later, office.office, BIDANG[0], None, EVERYBODY)
    assert [fault.code for fault in faulty.value.faults] == ["bidang-pernah-ada"]


def test_one_does_not_end_before_it_begins(store: Store, office: Address) -> None:
    add_bidang(store, office.office, NEW, MORNING + 10 * DAY, EVERYBODY)
    with pytest.raises(FaultyInput) as faulty:
        end_bidang(store, office.office, NEW, MORNING + 9 * DAY, EVERYBODY)
    assert [fault.code for fault in faulty.value.faults] == ["bidang-belum-mulai"]


def test_under_another_name_it_keeps_its_dates(store: Store, office: Address, clock: Clock) -> None:
    change = MORNING + 10 * DAY
    end_bidang(store, office.office, BIDANG[0], change, EVERYBODY)
    rename_bidang(store, office.office, BIDANG[0], "Nama Lain", EVERYBODY)
    assert "Nama Lain" in case_queries.year_board(store.database, office, 2026, change - 1).bidang
    assert "Nama Lain" not in case_queries.year_board(store.database, office, 2026, change).bidang
    assert is_sound(store)


def test_past_work_asks_only_for_the_bidang_of_the_moment_at_which_they_begin(
    store: Store, office: Address, clock: Clock
) -> None:
    """ "those of the office's list in force at the effective moment of the entry" """
    clock.now = MORNING + 80 * DAY
    since = MORNING + 40 * DAY
    add_bidang(store, office.office, NEW, since, EVERYBODY)
    store.apply(office, Command(Act.BUKA, "2026-TW1", at=Typed(MORNING), reason="dari agenda"), EVERYBODY)
    found = past_period(store, office, "2026-TW1", EVERYBODY)
    first = found.steps.regions[0].first
    slots = slots_asked(found.slots, {first - 1: MORNING}, MORNING)
    assert [slot.bidang for slot in slots if slot.step == first] == list(BIDANG)
    assert NEW in {slot.bidang for slot in slots_asked(found.slots, {first - 1: since}, MORNING)}
    told = Told("dari agenda")
    works = [PastWork(slot.step, slot.bidang, Typed(MORNING), Typed(MORNING)) for slot in slots]
    another = PastWork(first, NEW, Typed(MORNING), Typed(MORNING))
    *sound, refused = check_past(store, office, "2026-TW1", [*works, another], told, EVERYBODY).refusals
    assert not any(sound)
    assert refused is not None
    said = str(notice_of(refused))
    assert said.startswith(f"{NEW} baru ada sejak ")
    record_past(store, office, "2026-TW1", works, told, EVERYBODY, "satu")
    assert past_period(store, office, "2026-TW1", EVERYBODY).slots == ()
    assert is_sound(store)

"""The calendar in the database: filling, editing, what a change re-dates, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from datetime import datetime

import pytest

from db import audit, case_queries, queries, row_audit
from db.adoption import Adoption, set_up
from db.calendar_queries import calendar_revisions, office_calendar
from db.calendar_store import change_calendar, preview
from db.errors import StaleCase
from db.file.connection import Database
from db.holiday_source import DECREES, filling
from db.office_acts import Given
from db.rows import Address
from db.store import Store
from sop.acts.rejudge import rejudged
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import DayKind, Unit, Waktu
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule
from sop.time.office_calendar import Confirm, DropDay, Gap, PutDay, gaps
from sop.time.work_calendar import CalendarSpec, SpecialDay, SpecialKind, WorkCalendar
from sop.values import replace
from tests.db.office import EVERYBODY, TANGERANG, Clock, adopt
from tests.sop.flow.shapes import sop_of, step

PROCLAMATION = SpecialDay(
    dt.date(2025, 8, 18), (), "Cuti bersama Proklamasi Kemerdekaan", "SKB 933/2025", True, SpecialKind.CUTI_BERSAMA
)


def at(text: str, zone: str = "+07:00") -> int:
    return int(datetime.fromisoformat(f"{text}{zone}").timestamp())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def lasting(number: int, days: int) -> object:
    """A step with a standard in working days."""
    made = step(number, "Staf")
    waktu = Waktu(f"{days} hari", days, Unit.HARI, DayKind.KERJA)
    return replace(made, mutu_baku=replace(made.mutu_baku, waktu=waktu))


@pytest.fixture
def clock() -> Clock:
    return Clock(at("2025-08-01 08:00"))


@pytest.fixture
def august(store: Store) -> Address:
    """An office of 2025 in which 18 August is still a working day, with steps of three days."""
    sop = sop_of([lasting(1, 3), lasting(2, 3)])  # type: ignore[list-item]
    address = set_up(store, Adoption(sop, 2025), EVERYBODY).address
    change_calendar(store, address.office, [DropDay(day("2025-08-18"))], EVERYBODY)
    return address


def do(
    store: Store, address: Address, act: Act, when: str, number: int | None = None, period: str = "2025-TW3"
) -> None:
    moment = at(when)
    store._clock.now = max(store._clock.now, moment)  # type: ignore[attr-defined]
    store.apply(address, Command(act, period, step=number, at=Typed(moment), reason="susulan"), EVERYBODY)


class TestEighteenthOfAugust:
    def test_the_decree_moves_the_open_run_by_a_day_and_leaves_the_ended_one_as_it_was(
        self, store: Store, database: Database, august: Address
    ) -> None:
        do(store, august, Act.BUKA, "2025-08-11 08:00")
        do(store, august, Act.MULAI, "2025-08-11 09:00", 1)
        do(store, august, Act.SELESAI, "2025-08-14 10:00", 1)
        ended_before = _run(database, august, 1)
        change = change_calendar(
            store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB 7 Agustus 2025")
        )
        assert [(due.step, due.before, due.after) for due in change.dues] == [
            (2, at("2025-08-19 16:00"), at("2025-08-20 16:00"))
        ]
        assert _run(database, august, 1) == ended_before
        assert ended_before.verdict is not None
        assert ended_before.verdict.calendar_revision == 2
        assert change.revision == 3

    def test_one_event_says_everything_and_the_log_stays_whole(
        self, store: Store, database: Database, august: Address
    ) -> None:
        do(store, august, Act.BUKA, "2025-08-14 10:00")
        before = len(case_queries.log(database, limit=None))
        change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB 7 Agustus 2025"))
        log = case_queries.log(database, limit=None)
        assert len(log) == before + 1
        event = log[0].event
        assert (event.act, event.period, event.touches) == (Act.KALENDER, None, ())
        assert event.data["calendar"]["before"] == 2
        assert event.data["reason"] == "SKB 7 Agustus 2025"
        assert event.data["due"] == [
            {
                "sop": "contoh",
                "period": "2025-TW3",
                "case": 1,
                "step": 1,
                "bidang": None,
                "attempt": 1,
                "before": at("2025-08-19 16:00"),
                "after": at("2025-08-20 16:00"),
            }
        ]
        assert event.data["changes"][0]["key"] == "2025-08-18"
        assert audit.verify_chain(database).problem is None
        assert row_audit.differing_years(database) == ()

    def test_the_ended_run_can_be_judged_anew_beside(self, store: Store, database: Database, august: Address) -> None:
        do(store, august, Act.BUKA, "2025-08-14 10:00")
        do(store, august, Act.MULAI, "2025-08-14 10:00", 1)
        do(store, august, Act.SELESAI, "2025-08-20 10:00", 1)
        change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB"))
        run = _run(database, august, 1)
        board = case_queries.board(database, august, "2025-TW3")
        waktu = board.versions[1].step(1).mutu_baku.waktu
        anew = rejudged(run, (), waktu, board.calendar, board.settings.clocks_of(august.sop, 1, run.verdict))
        assert run.verdict is not None
        assert anew is not None
        assert (run.verdict.is_late, anew.is_late) == (True, False)
        assert anew.due_at == at("2025-08-20 16:00")
        assert _run(database, august, 1) == run

    def test_a_koreksi_later_still_judges_by_the_old_revision(
        self, store: Store, database: Database, august: Address
    ) -> None:
        do(store, august, Act.BUKA, "2025-08-14 10:00")
        do(store, august, Act.MULAI, "2025-08-14 10:00", 1)
        do(store, august, Act.SELESAI, "2025-08-20 10:00", 1)
        change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB"))
        ended = Typed(at("2025-08-20 09:00"))
        store.apply(august, Command(Act.KOREKSI, "2025-TW3", step=1, ended=ended, reason="salah jam"), EVERYBODY)
        verdict = _run(database, august, 1).verdict
        assert verdict is not None
        assert (verdict.calendar_revision, verdict.is_late) == (2, True)


def _run(database: Database, address: Address, number: int):  # type: ignore[no-untyped-def]
    case = case_queries.board(database, address, "2025-TW3").state.case_of("2025-TW3")
    assert case is not None
    return case.current((number, None))


class TestScope:
    def test_every_year_and_sop_of_the_office_is_re_dated_and_no_other_office(
        self, store: Store, database: Database, august: Address
    ) -> None:
        set_up(store, Adoption(catalog.load(TANGERANG), 2025, office=august.office), EVERYBODY)
        other = set_up(store, Adoption(sop_of([lasting(1, 3)], "lain"), 2025, office="lain"), EVERYBODY).address  # type: ignore[list-item]
        for address in (august, other):
            do(store, address, Act.BUKA, "2025-08-14 10:00")
        change = change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB"))
        assert {(due.sop, due.period) for due in change.dues} == {("contoh", "2025-TW3")}
        assert office_calendar(database, "lain")[1] == 1

    def test_paused_and_held_runs_are_re_dated_with_their_pauses(self, store: Store, august: Address) -> None:
        do(store, august, Act.BUKA, "2025-08-14 10:00")
        do(store, august, Act.TUNDA, "2025-08-14 13:00", 1)
        do(store, august, Act.LANJUT, "2025-08-14 15:00", 1)
        change = change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB"))
        assert [(due.before, due.after) for due in change.dues] == [(at("2025-08-20 09:30"), at("2025-08-21 09:30"))]

    def test_a_preview_says_the_same_and_writes_nothing(
        self, store: Store, database: Database, august: Address
    ) -> None:
        do(store, august, Act.BUKA, "2025-08-14 10:00")
        before = queries.head(database)
        seen = preview(database, august.office, [PutDay(PROCLAMATION)], store.now())
        assert queries.head(database) == before
        done = change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(seen=seen.revision))
        assert (seen.changes, seen.dues) == (done.changes, done.dues)


class TestRefusals:
    def test_somebody_without_the_right_changes_nothing(
        self, store: Store, database: Database, august: Address
    ) -> None:
        before = queries.head(database)
        with pytest.raises(Refused) as refused:
            change_calendar(store, august.office, [PutDay(PROCLAMATION)], Actor("staf", frozenset({Role.PELAKSANA})))
        assert refused.value.rule is Rule.MANAGER_ONLY
        assert queries.head(database) == before

    def test_a_stale_revision_says_who_was_faster(self, store: Store, august: Address) -> None:
        with pytest.raises(StaleCase) as stale:
            change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(seen=1))
        assert (stale.value.facts["found"], stale.value.facts["by"]) == (2, "kasubag")

    def test_the_same_token_acts_once_and_for_one_question_only(self, store: Store, august: Address) -> None:
        first = change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(token="t"))
        again = change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(token="t"))
        assert (again.repeated, again.sequence, again.changes) == (True, first.sequence, first.changes)
        with pytest.raises(Refused) as refused:
            change_calendar(store, august.office, [DropDay(day("2025-08-17"))], EVERYBODY, Given(token="t"))
        assert refused.value.rule is Rule.TOKEN_REUSED

    @pytest.mark.parametrize(
        ("when", "reason", "rule"),
        [
            ("2030-01-01 08:00", "x", Rule.FUTURE),
            ("2025-07-01 08:00", "x", Rule.BEFORE_BOUND),
            ("2025-08-04 08:00", None, Rule.LATE_REASON_NEEDED),
        ],
    )
    def test_an_effective_moment_keeps_the_rules_of_order(
        self, store: Store, clock: Clock, august: Address, when: str, reason: str | None, rule: Rule
    ) -> None:
        clock.now = at("2025-08-08 10:00")
        with pytest.raises(Refused) as refused:
            change_calendar(
                store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason=reason, at=Typed(at(when)))
            )
        assert refused.value.rule is rule

    def test_a_late_entry_is_marked(self, store: Store, database: Database, clock: Clock, august: Address) -> None:
        clock.now = at("2025-08-08 10:00")
        moment = Typed(at("2025-08-07 14:00"), 60)
        change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(at=moment))
        event = case_queries.log(database, limit=1)[0].event
        assert (event.at, event.late_entry) == (at("2025-08-07 14:00"), True)


class TestFilling:
    def test_setting_up_fills_the_year_and_the_next_and_says_no_more_than_one_revision(
        self, store: Store, database: Database
    ) -> None:
        address = adopt(store)
        calendar, revision = office_calendar(database, address.office)
        assert revision == 1
        assert calendar.filled == {2026, 2027}
        assert gaps(calendar, 2026) == ()
        assert gaps(calendar, 2027) == (Gap.ESTIMATES,)
        assert gaps(calendar, 2028) == (Gap.HOLIDAYS,)

    def test_two_days_in_ramadan_of_a_new_office(self, store: Store, database: Database) -> None:
        sop = sop_of([lasting(1, 2)])  # type: ignore[list-item]
        address = set_up(store, Adoption(sop, 2026, zone="Asia/Makassar"), EVERYBODY).address
        calendar = case_queries.calendar(database, address.office)
        due = calendar.add_working_days(at("2026-02-19 09:00", "+08:00"), 2)
        assert due == at("2026-02-23 15:00", "+08:00")

    def test_the_next_year_fills_what_is_not_filled_in_the_same_event(self, store: Store, database: Database) -> None:
        address = adopt(store)
        change_calendar(store, address.office, [DropDay(day("2027-01-01"))], EVERYBODY)
        adopt(store, year=2027)
        calendar, revision = office_calendar(database, address.office)
        assert (calendar.filled, revision) == ({2026, 2027, 2028}, 3)
        assert calendar.day(day("2027-01-01")) is None
        event = case_queries.log(database, limit=1)[0].event
        assert event.act is Act.SIAPKAN
        assert event.data["calendar"]["revision"] == 3
        assert {change["kind"] for change in event.data["changes"]} == {"hari", "rentang", "tahun_diisi"}
        assert audit.verify_chain(database).problem is None

    def test_filling_twice_with_edits_between_loses_no_edit(self, store: Store, database: Database) -> None:
        address = adopt(store)
        edits = [
            DropDay(day("2026-12-24")),
            PutDay(
                SpecialDay(day("2026-05-15"), ((27000, 41400),), "Setengah hari", "Surat 1", True, SpecialKind.KHUSUS)
            ),
            PutDay(SpecialDay(day("2026-07-20"), (), "Banjir", "Surat 2")),
            Confirm(day("2027-03-10"), day("2027-03-10")),
        ]
        change_calendar(store, address.office, edits, EVERYBODY)
        kept = office_calendar(database, address.office)[0]
        change_calendar(store, address.office, [filling(2028)], EVERYBODY)
        for year in (2026, 2027):
            with pytest.raises(Refused):
                change_calendar(store, address.office, [filling(year)], EVERYBODY)
        after = office_calendar(database, address.office)[0]
        assert [item for item in after.spec.days if item.date.year < 2028] == list(kept.spec.days)

    def test_an_office_works_through_an_unfilled_year(self, store: Store, database: Database, clock: Clock) -> None:
        clock.now = at("2029-04-02 08:00")
        asked = Adoption(catalog.load(TANGERANG), 2029, calendar=CalendarSpec("Asia/Jakarta"))
        address = set_up(store, asked, EVERYBODY).address
        assert gaps(office_calendar(database, address.office)[0], 2029) == (Gap.HOLIDAYS,)
        do(store, address, Act.BUKA, "2029-04-02 08:10", period="2029-TW1")
        do(store, address, Act.MULAI, "2029-04-02 08:20", 1, period="2029-TW1")
        do(store, address, Act.SELESAI, "2029-04-02 08:30", 1, period="2029-TW1")
        run = case_queries.board(database, address, "2029-TW1").state.cases["2029-TW1", 1].runs[1, None, 1]
        assert run.verdict is not None
        assert run.verdict.judged

    def test_revisions_are_told_with_who_and_why(self, store: Store, database: Database, august: Address) -> None:
        change_calendar(store, august.office, [PutDay(PROCLAMATION)], EVERYBODY, Given(reason="SKB 7 Agustus"))
        rows = calendar_revisions(database, august.office)
        assert [(row.revision, row.act, row.reason) for row in rows] == [
            (3, "kalender", "SKB 7 Agustus"),
            (2, "kalender", None),
            (1, "siapkan", None),
        ]


class TestSources:
    @pytest.mark.parametrize(("year", "holidays", "leave"), [(2025, 17, 11), (2026, 17, 8)])
    def test_the_decrees_are_taken_to_the_day(self, year: int, holidays: int, leave: int) -> None:
        found = filling(year)
        kinds = Counter(item.kind for item in found.days)
        assert (kinds[SpecialKind.LIBUR], kinds[SpecialKind.CUTI_BERSAMA]) == (holidays, leave)
        assert all(item.certain and item.source == DECREES[year].source for item in found.days)
        assert len({item.date for item in found.days}) == holidays + leave

    @pytest.mark.parametrize("year", [2025, 2026])
    def test_the_package_lists_the_same_days_as_the_decrees(self, year: int) -> None:
        from holidays.countries.indonesia import Indonesia

        for category, kind in (("public", SpecialKind.LIBUR), ("government", SpecialKind.CUTI_BERSAMA)):
            listed = set(Indonesia(years=year, categories=(category,)))
            assert listed == {item.date for item in filling(year).days if item.kind is kind}

    def test_ramadan_is_known_or_estimated(self) -> None:
        ranges = {year: filling(year).ranges for year in (2025, 2026, 2027)}
        assert [(str(item.first), str(item.last), item.certain) for (item,) in ranges.values()] == [
            ("2025-03-01", "2025-03-30", True),
            ("2026-02-19", "2026-03-20", True),
            ("2027-02-08", "2027-03-09", False),
        ]
        assert ranges[2027][0].name == "Ramadan 1448 H"

    def test_a_year_may_hold_two_ramadans(self) -> None:
        assert [item.name for item in filling(2030).ranges] == ["Ramadan 1451 H", "Ramadan 1452 H"]

    @pytest.mark.parametrize("year", [2027, 2028])
    def test_years_ahead_are_estimates(self, year: int) -> None:
        found = filling(year)
        assert not any(item.certain for item in (*found.days, *found.ranges))
        assert all("perkiraan" not in item.name for item in found.days)
        assert all(item.source.startswith("paket holidays") for item in found.days)

    def test_2028_has_no_decree_on_leave_yet(self, store: Store, database: Database) -> None:
        address = adopt(store)
        change_calendar(store, address.office, [filling(2028)], EVERYBODY)
        calendar, _ = office_calendar(database, address.office)
        assert gaps(calendar, 2028) == (Gap.COLLECTIVE_LEAVE, Gap.ESTIMATES)

    def test_a_filled_calendar_counts_as_the_office_reads_it(self, store: Store, database: Database) -> None:
        address = adopt(store)
        calendar = case_queries.calendar(database, address.office)
        assert isinstance(calendar, WorkCalendar)
        assert calendar.day_reason(day("2026-03-20")).kind is SpecialKind.CUTI_BERSAMA
        assert calendar.day_reason(day("2026-03-18")).kind is SpecialKind.CUTI_BERSAMA
        assert calendar.day_reason(day("2026-03-17")).name == "Ramadan 1447 H"

"""One act is one transaction and one event: what is kept, what a refusal leaves, what a repeated command does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import audit, case_queries, case_rows, identity, queries, recap_queries, row_audit, statements
from db.adoption import Adoption, set_up
from db.errors import StaleCase, UnknownAdoption, UnknownOffice, UnknownPerson, UnknownYear
from db.file.connection import Database
from db.identity import Identity, Proof
from db.rows import Address
from db.sop_versions import confirm_sop, import_sop
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import Basis, Cadence, DayKind, Field, Unit, Waktu
from sop.model.errors import FaultyInput, UnknownPeriod
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import Answer, CaseState, PeriodState, RunState
from sop.time.deadline import PauseRule, Verdict
from sop.time.work_calendar import CalendarSpec, WorkCalendar
from sop.values import asdict, fields, replace
from tests.db.office import BIDANG, EVERYBODY, MORNING, NGANJUK, TANGERANG, Clock, adopt, dump

TW1 = "2026-TW1"


@pytest.fixture
def opened(store: Store, address: Address) -> Address:
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    return address


# --- rows and fields -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "state", "apart"),
    [
        (case_rows.RUN_COLUMNS, RunState, set()),
        (case_rows.CASE_COLUMNS, CaseState, {"period", "runs"}),
        (case_rows.PERIOD_COLUMNS, PeriodState, set()),
    ],
)
def test_every_field_of_a_state_has_its_column(columns: tuple[str, ...], state: type, apart: set[str]) -> None:
    names = set(fields(state))
    assert set(columns) == names - apart
    assert len(columns) == len(set(columns))


def test_a_verdict_is_stored_field_by_field() -> None:
    names = [*fields(Verdict)]
    waktu = Waktu("2 hari", 2, Unit.HARI, DayKind.KERJA)
    given = {**{name: name for name in names}, "waktu": waktu, "pauses": PauseRule.NEVER_LATE}
    verdict = Verdict(**given)  # type: ignore[arg-type]
    assert case_rows.verdict_values(verdict) == (*names[:-2], asdict(waktu), 2)
    assert names[-2:] == ["waktu", "pauses"]


# --- an act ----------------------------------------------------------------------------------------------------------


def test_an_accepted_act_is_one_event_and_the_rows_it_changed(store: Store, opened: Address, clock: Clock) -> None:
    before = queries.head(store.database)
    done = store.apply(opened, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    assert (done.sequence, done.repeated) == (before.sequence + 1, False)
    assert queries.head(store.database).hash == done.hash
    assert done.event.recorded == clock.now
    run = case_queries.board(store.database, opened, TW1).state.cases[TW1, 1].runs[1, None, 1]
    assert (run.phase, run.holder, run.started) == ("dikerjakan", "kasubag", clock.now)
    line = case_queries.log(store.database, opened, limit=1)[0]
    assert (line.event, line.host) == (done.event, "pc-uji")


def test_the_state_of_a_year_is_what_its_log_gives(store: Store, opened: Address) -> None:
    for step in range(1, 6):
        store.apply(opened, Command(Act.MULAI, TW1, step=step), EVERYBODY)
        store.apply(opened, Command(Act.SELESAI, TW1, step=step), EVERYBODY)
    store.apply(opened, Command(Act.KEMBALIKAN, TW1, step=5, target=3, note="ulang"), EVERYBODY)
    store.apply(opened, Command(Act.URUNG, TW1, step=3), EVERYBODY)
    assert row_audit.differing_years(store.database) == ()


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (Command(Act.SELESAI, TW1, step=2), Refused),
        (Command(Act.SELESAI, TW1, step=99), Unknown),
        (Command(Act.TUTUP, TW1), Refused),
        (Command(Act.BUKA, "2026-TW2"), Refused),
        (Command(Act.MULAI, "2026-TW9", step=1), UnknownPeriod),
        (Command(Act.MULAI, "2025-TW1", step=1), UnknownYear),
        (Command(Act.SELESAI, TW1, step=1, at=Typed(0)), Refused),
        (Command(Act.MULAI, TW1, step=1, seen=7), StaleCase),
        (Command(Act.KOMENTAR, TW1, step=1, note="x" * 20_000), FaultyInput),
        (Command(Act.URUNG, TW1, step=1), Refused),
    ],
)
def test_a_refused_act_leaves_the_file_as_it_was(
    store: Store, opened: Address, path: Path, command: Command, error: type[Exception]
) -> None:
    before = dump(path)
    with pytest.raises(error):
        store.apply(opened, command, EVERYBODY)
    assert dump(path) == before


def judged_by_their_own_calendars(store: Store, clock: Clock) -> None:
    """Two offices of one file, both on the first revision of their calendar, each in its own zone."""
    dues = []
    for day, (sop, zone) in enumerate(((TANGERANG, "Asia/Jakarta"), (NGANJUK, "Asia/Makassar"))):
        address = set_up(store, Adoption(catalog.load(sop), 2026, zone=zone, bidang=BIDANG), EVERYBODY).address
        store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
        # 14.57 in Jakarta, 15.57 in Makassar: three minutes before that office closes.
        clock.now = MORNING + day * 86_400 + 6 * 3600 + 57 * 60
        store.apply(address, Command(Act.MULAI, TW1, step=1), EVERYBODY)
        store.apply(address, Command(Act.SELESAI, TW1, step=1), EVERYBODY)
        run = case_queries.board(store.database, address, TW1).state.cases[TW1, 1].runs[1, None, 1]
        assert run.verdict is not None
        assert run.verdict.due_at is not None
        assert run.started is not None
        dues.append((run.verdict.calendar_revision, run.verdict.due_at - run.started))
    # Fifteen minutes before the day is over; five that go on after the night, at 07.30.
    assert dues == [(1, 15 * 60), (1, 5 * 60 + 15 * 3600 + 1800)]


def test_each_office_is_judged_by_its_own_calendar(store: Store, clock: Clock) -> None:
    judged_by_their_own_calendars(store, clock)


@pytest.mark.faults
def test_a_calendar_kept_by_its_revision_alone_is_noticed(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seeded: the store forgets whose calendar it keeps."""
    kept: dict[int, WorkCalendar] = {}
    read = Store.calendar

    def calendar(self: Store, office_id: int, revision: int) -> WorkCalendar:
        if revision not in kept:
            kept[revision] = read(self, office_id, revision)
        return kept[revision]

    monkeypatch.setattr(Store, "calendar", calendar)
    with pytest.raises(AssertionError):
        judged_by_their_own_calendars(store, clock)


def test_an_address_that_stands_for_nothing_says_which_part_and_what_there_is(store: Store, opened: Address) -> None:
    command = Command(Act.MULAI, TW1, step=1)
    with pytest.raises(UnknownOffice) as office:
        store.apply(Address("lain", TANGERANG), command, EVERYBODY)
    assert office.value.facts["known"] == (TANGERANG,)
    with pytest.raises(UnknownAdoption) as sop:
        store.apply(Address(TANGERANG, "lain"), command, EVERYBODY)
    assert sop.value.facts["known"] == (TANGERANG,)
    with pytest.raises(UnknownYear) as year:
        store.apply(opened, Command(Act.MULAI, "2027-TW1", step=1), EVERYBODY)
    assert year.value.facts["known"] == (2026,)


def test_who_was_faster_is_told_with_what_and_when(store: Store, opened: Address, path: Path) -> None:
    store.apply(opened, Command(Act.MULAI, TW1, step=1, seen=1), Actor("rekan", everybody=True))
    faster = store.apply(opened, Command(Act.KOMENTAR, TW1, step=1, note="tidak menaikkan revisi"), EVERYBODY)
    before = dump(path)
    with pytest.raises(StaleCase) as stale:
        store.apply(opened, Command(Act.MULAI, TW1, step=1, seen=1), EVERYBODY)
    facts = stale.value.facts
    assert (facts["seen"], facts["found"], facts["by"], facts["act"]) == (1, 2, "rekan", "mulai")
    assert facts["sequence"] == faster.sequence - 1
    assert dump(path) == before


def test_a_step_of_another_number_is_not_taken_for_the_one_that_moved(store: Store, opened: Address) -> None:
    """`:1:` stands inside `:11:` only by accident of writing; the entity is compared whole."""
    year_id = store.database.value("SELECT id FROM reporting_years")
    assert queries.touches(store.database, year_id, "r:2026-TW1#1:", 9) == []
    assert queries.touches(store.database, year_id, "p:2026-TW1", 9) != []


def test_another_calendar_may_be_given_and_stands_in_the_verdict(store: Store, opened: Address) -> None:
    calendar = WorkCalendar(CalendarSpec("Asia/Jakarta"), 7)
    store.apply(opened, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    done = store.apply(opened, Command(Act.SELESAI, TW1, step=1), EVERYBODY, calendar)
    assert done.state is not None
    verdict = done.state.cases[TW1, 1].runs[1, None, 1].verdict
    assert verdict is not None
    assert verdict.calendar_revision == 7


# --- tokens ----------------------------------------------------------------------------------------------------------


def test_the_same_token_acts_once_and_tells_what_it_did(store: Store, opened: Address, path: Path) -> None:
    command = Command(Act.MULAI, TW1, step=1, token="abc", seen=1)
    first = store.apply(opened, command, EVERYBODY)
    before = dump(path)
    again = store.apply(opened, command, EVERYBODY)
    assert (again.sequence, again.hash, again.event, again.repeated) == (
        first.sequence,
        first.hash,
        first.event,
        True,
    )
    assert dump(path) == before


@pytest.mark.parametrize(
    "other",
    [
        Command(Act.MULAI, TW1, step=2, token="abc"),
        Command(Act.SELESAI, TW1, step=1, token="abc"),
        Command(Act.MULAI, TW1, step=1, token="abc", note="lain"),
    ],
)
def test_a_token_used_for_something_else_is_refused(store: Store, opened: Address, other: Command, path: Path) -> None:
    store.apply(opened, Command(Act.MULAI, TW1, step=1, token="abc"), EVERYBODY)
    before = dump(path)
    with pytest.raises(Refused) as refused:
        store.apply(opened, other, EVERYBODY)
    assert refused.value.rule is Rule.TOKEN_REUSED
    assert dump(path) == before


def test_a_token_of_a_refused_act_is_free_again(store: Store, opened: Address) -> None:
    with pytest.raises(Refused):
        store.apply(opened, Command(Act.SELESAI, TW1, step=2, token="abc"), EVERYBODY)
    assert not store.apply(opened, Command(Act.MULAI, TW1, step=1, token="abc"), EVERYBODY).repeated


# --- people ----------------------------------------------------------------------------------------------------------


def register(
    database: Database, office: str, code: str, role: str, account: str | None = None, active: int = 1
) -> None:
    """A person as a row, without an event."""
    named = {"personal_name": code.title(), "role": role, "account": account, "active": active}
    database.rows(statements.ADD_PERSON, {"office": office, "person": code, **named})


@pytest.fixture
def staffed(store: Store, opened: Address) -> Address:
    """An office where two people are registered: a member of the first lane, until tomorrow, and an observer."""
    database, office = store.database, opened.office
    lane = catalog.load(TANGERANG).step(1).pelaksana[0]
    register(database, office, "ani", "pelaksana", account="ani01")
    register(database, office, "budi", "pengamat")
    register(database, office, "lama", "pengelola", active=0)
    now = case_queries.log(store.database)[0].event.recorded
    held = {"lane": lane, "bidang": None, "since": now, "until": now + 86_400, "kind": "tetap"}
    database.rows(statements.ADD_LANE, {"office": office, "person": "ani", **held})
    return opened


def test_once_people_are_registered_their_rights_count_and_not_what_the_caller_claims(
    store: Store, staffed: Address, clock: Clock
) -> None:
    with pytest.raises(UnknownPerson):
        store.apply(staffed, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    with pytest.raises(UnknownPerson):
        store.apply(staffed, Command(Act.MULAI, TW1, step=1), Actor("lama", frozenset({Role.PENGELOLA})))
    with pytest.raises(Refused):
        store.apply(staffed, Command(Act.MULAI, TW1, step=1), Actor("budi", everybody=True))
    with pytest.raises(UnknownPerson):
        store.apply(staffed, Command(Act.MULAI, TW1, step=1), Actor("ani01"))
    done = store.apply(staffed, Command(Act.MULAI, TW1, step=1), Actor("ani"))
    assert done.event.by == "ani"
    with pytest.raises(Refused) as managed:
        store.apply(staffed, Command(Act.TAHAN, TW1, reason="x"), Actor("ani", frozenset({Role.PENGELOLA})))
    assert managed.value.rule is Rule.MANAGER_ONLY
    clock.now += 2 * 86_400
    with pytest.raises(Refused) as over:
        store.apply(staffed, Command(Act.SELESAI, TW1, step=1), Actor("ani"))
    assert over.value.rule is Rule.NOT_MEMBER


def test_who_somebody_is_is_read_from_the_register(store: Store, opened: Address) -> None:
    nobody = identity.actor(store.database, opened.office, Identity("siapa saja", Proof.NAME), 0)
    assert nobody.everybody
    assert nobody.code == "siapa saja"


def test_a_card_goes_only_to_somebody_of_its_lane(store: Store, staffed: Address) -> None:
    register(store.database, staffed.office, "kasubag", "pengelola")
    with pytest.raises(Refused) as refused:
        store.apply(staffed, Command(Act.TUGASKAN, TW1, step=1, holder="budi"), EVERYBODY)
    assert refused.value.rule is Rule.NOT_IN_LANE
    store.apply(staffed, Command(Act.TUGASKAN, TW1, step=1, holder="ani"), EVERYBODY)


# --- setting up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", catalog.codes())
def test_each_shipped_sop_can_be_set_up(store: Store, code: str) -> None:
    sop = catalog.load(code)
    done = set_up(store, Adoption(sop, 2026, bidang=BIDANG), EVERYBODY)
    assert done.periods == tuple(f"2026-{name}" for name in ("TW1", "TW2", "TW3", "TW4", "S1", "S2", "TH"))
    office = queries.offices(store.database)[0]
    assert (office.code, office.name, office.zone, office.bidang) == (code, sop.office, sop.zone, BIDANG)
    assert queries.address_of(store.database) == done.address
    assert row_audit.differing_years(store.database) == ()
    assert audit.verify_chain(store.database).problem is None


def test_the_next_year_takes_over_what_the_office_has(store: Store, opened: Address) -> None:
    confirm_sop(store, opened, 8, {Field.TIDAK: 6}, EVERYBODY)
    done = set_up(store, Adoption(catalog.load(TANGERANG), 2027, bidang=("Baru",)), EVERYBODY)
    assert (done.new_office, done.address) == (False, opened)
    office = queries.offices(store.database)[0]
    assert (office.bidang, office.sops[0].version, office.sops[0].years) == (("Baru",), 2, (2026, 2027))
    store.apply(opened, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    assert case_queries.board(store.database, opened, "2027-TW1").versions[2].step(8).decision.tidak == 6  # type: ignore[union-attr]
    with pytest.raises(Refused) as refused:
        set_up(store, Adoption(catalog.load(TANGERANG), 2027), EVERYBODY)
    assert (refused.value.rule, refused.value.facts["year"]) == (Rule.YEAR_EXISTS, 2027)


def test_the_cadence_of_an_sop_that_names_none_is_the_offices(store: Store) -> None:
    sop = catalog.load(NGANJUK)
    first = set_up(store, Adoption(sop, 2026, bidang=BIDANG, cadence=Cadence.TAHUNAN), EVERYBODY)
    second = set_up(store, Adoption(sop, 2027), EVERYBODY)
    assert first.periods == ("2026-TH",)
    assert second.periods == ("2027-TH",)
    assert queries.standing(store.database, first.address, 2027).cadence == "tahunan"


def test_an_office_without_a_bidang_cannot_take_an_sop_that_needs_them(store: Store, path: Path) -> None:
    before = dump(path)
    with pytest.raises(Refused) as refused:
        adopt(store, NGANJUK)
    assert refused.value.rule is Rule.NO_BIDANG
    assert dump(path) == before


def test_everything_wrong_with_setting_up_is_named_at_once(store: Store, path: Path) -> None:
    before = dump(path)
    asked = Adoption(catalog.load(TANGERANG), 1999, zone="Asia/Tokyo", bidang=(" ",), cadence=Cadence.TAHUNAN)
    with pytest.raises(FaultyInput) as faulty:
        set_up(store, asked, EVERYBODY)
    assert {fault.place for fault in faulty.value.faults} == {"tahun", "zona", "bidang", "kadens"}
    assert dump(path) == before


def test_an_existing_office_keeps_its_name_and_zone(store: Store, address: Address) -> None:
    asked = Adoption(catalog.load(TANGERANG), 2027, name="Nama Lain", zone="Asia/Jayapura")
    with pytest.raises(FaultyInput) as faulty:
        set_up(store, asked, EVERYBODY)
    assert {fault.place for fault in faulty.value.faults} == {"nama", "zona"}


def test_names_are_cleaned_and_not_listed_twice(store: Store) -> None:
    bidang = ("Bidang\u202e Satu", " bidang  satu ", "Dua\x1b[2J")
    set_up(store, Adoption(catalog.load(NGANJUK), 2026, name="Dinas\tBaru\u200b", bidang=bidang), EVERYBODY)
    office = queries.offices(store.database)[0]
    assert (office.name, office.bidang) == ("Dinas Baru", ("Bidang Satu", "Dua[2J"))


def test_setting_up_twice_with_one_token_happens_once(store: Store, path: Path) -> None:
    asked = Adoption(catalog.load(TANGERANG), 2026, token="sekali")
    first = set_up(store, asked, EVERYBODY)
    before = dump(path)
    again = set_up(store, asked, EVERYBODY)
    assert again == replace(first, repeated=True)
    assert dump(path) == before
    with pytest.raises(Refused):
        set_up(store, replace(asked, year=2027), EVERYBODY)


def test_only_who_manages_may_set_up_import_or_settle(store: Store, address: Address, path: Path) -> None:
    reader = Actor("budi", frozenset({Role.PELAKSANA}))
    before = dump(path)
    sop = catalog.load(NGANJUK)
    for attempt in (
        lambda: set_up(store, Adoption(sop, 2026, bidang=BIDANG), reader),
        lambda: import_sop(store, sop, reader),
        lambda: confirm_sop(store, address, 6, {}, reader),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.rule is Rule.MANAGER_ONLY
    assert dump(path) == before


def test_two_offices_in_one_file_are_told_apart(store: Store, address: Address) -> None:
    other = adopt(store, NGANJUK, bidang=BIDANG)
    with pytest.raises(UnknownOffice):
        queries.address_of(store.database)
    assert queries.address_of(store.database, sop=NGANJUK) == other
    assert queries.address_of(store.database, office=TANGERANG) == address
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    assert case_queries.board(store.database, other, TW1).state.cases == {}


# --- SOPs ------------------------------------------------------------------------------------------------------------


def test_an_imported_sop_waits_for_an_office_and_becomes_its_first_version(store: Store) -> None:
    sop = catalog.load(NGANJUK)
    done = import_sop(store, sop, EVERYBODY)
    assert (done.version, queries.imported_codes(store.database)) == (1, (NGANJUK,))
    found = case_queries.sop_of(store.database, None, NGANJUK)
    assert found is not None
    assert found.sop == sop
    with pytest.raises(Refused) as same:
        import_sop(store, sop, EVERYBODY)
    assert same.value.rule is Rule.NOTHING_CHANGED
    address = set_up(store, Adoption(found.sop, 2026, bidang=BIDANG), EVERYBODY).address
    assert case_queries.sop_of(store.database, address.office, NGANJUK, 1) is not None


def test_a_newer_version_leaves_running_cases_on_theirs(store: Store, opened: Address) -> None:
    sop = catalog.load(TANGERANG)
    renewed = replace(sop, notes=("baru",))
    done = import_sop(store, renewed, EVERYBODY, office=opened.office)
    board = case_queries.board(store.database, opened, TW1)
    assert (done.version, board.newest_version, board.state.cases[TW1, 1].sop_version) == (2, 2, 1)
    assert [board.versions[number].notes for number in (1, 2)] == [sop.notes, ("baru",)]


def test_confirming_a_value_as_it_stands_counts_at_once_and_makes_no_version(store: Store, opened: Address) -> None:
    before = catalog.load(TANGERANG).step(6)
    done = confirm_sop(store, opened, 6, {Field.PELAKSANA: before.pelaksana[0].upper()}, EVERYBODY)
    assert (done.version, done.new_version) == (1, False)
    ground = case_queries.board(store.database, opened, TW1).versions[1].step(6).ground(Field.PELAKSANA)
    assert (ground.basis, ground.confirmed_by) == (Basis.DITETAPKAN, "kasubag")
    assert ground.note == before.ground(Field.PELAKSANA).note
    assert queries.standing(store.database, opened).confirmed == {1: frozenset({(6, "pelaksana")})}


def test_confirming_a_whole_step_takes_all_that_the_document_leaves_open(store: Store, address: Address) -> None:
    confirm_sop(store, address, 6, {}, EVERYBODY)
    found = case_queries.sop_of(store.database, address.office, TANGERANG)
    assert found is not None
    step = found.sop.step(6)
    assert {step.ground(name).basis for name in step.grounded} <= {Basis.TERTULIS, Basis.DITETAPKAN}
    done = json.loads(store.database.value("SELECT data FROM events ORDER BY sequence DESC LIMIT 1"))
    assert done["confirmed"] == sorted(
        name.value for name in step.grounded if catalog.load(TANGERANG).step(6).ground(name).basis is not Basis.TERTULIS
    )


def test_changing_a_value_makes_a_version_that_keeps_what_was_confirmed(store: Store, opened: Address) -> None:
    confirm_sop(store, opened, 6, {}, EVERYBODY)
    confirm_sop(store, opened, 8, {Field.TIDAK: 7}, EVERYBODY)
    done = confirm_sop(store, opened, 8, {Field.TIDAK: 6}, EVERYBODY)
    assert (done.version, done.new_version) == (2, True)
    standing = queries.standing(store.database, opened)
    assert standing.newest_version == 2
    assert (8, "tidak") in standing.confirmed[1]
    assert standing.confirmed[2] == standing.confirmed[1] - {(8, "tidak")}
    found = case_queries.sop_of(store.database, opened.office, TANGERANG)
    assert found is not None
    assert found.sop.step(8).ground(Field.TIDAK).basis is Basis.DITETAPKAN
    assert audit.verify_chain(store.database).problem is None


@pytest.mark.parametrize(
    ("step", "values", "error"),
    [
        (6, {Field.TIDAK: 5}, Refused),
        (99, {}, Unknown),
        (6, {Field.PELAKSANA: "Bukan Lajur"}, Unknown),
        (8, {Field.TIDAK: 9}, FaultyInput),
    ],
)
def test_a_change_that_is_not_sound_is_refused(
    store: Store, address: Address, path: Path, step: int, values: dict[Field, object], error: type[Exception]
) -> None:
    before = dump(path)
    with pytest.raises(error):
        confirm_sop(store, address, step, values, EVERYBODY)
    assert dump(path) == before


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_recap_holds_every_run_remark_and_closing(store: Store, opened: Address) -> None:
    for step in range(1, 6):
        store.apply(opened, Command(Act.SELESAI, TW1, step=step), EVERYBODY)
    store.apply(opened, Command(Act.TUTUP, TW1), EVERYBODY)
    store.apply(opened, Command(Act.KOMENTAR, TW1, step=2, note="sesudah tutup"), EVERYBODY)
    store.apply(opened, Command(Act.BUKA_KEMBALI, TW1, reason="salah"), EVERYBODY)
    store.apply(opened, Command(Act.TUTUP, TW1), EVERYBODY)
    (recap,) = recap_queries.recaps(store.database, opened, (TW1,))
    assert [closing.revision for closing in recap.closings] == [1, 2]
    assert recap.closings[0].figures["own"]["ended"] == 5
    assert recap.events[-3].data["note"] == "sesudah tutup"
    assert len(recap.board.state.cases[TW1, 1].runs) == 5
    assert recap.board.head == queries.head(store.database)


def test_a_stopped_case_stays_in_the_recap_beside_the_new_one(store: Store, opened: Address) -> None:
    store.apply(opened, Command(Act.MULAI, TW1, step=1), EVERYBODY)
    store.apply(opened, Command(Act.HENTIKAN, TW1, reason="salah mulai"), EVERYBODY)
    store.apply(opened, Command(Act.MULAI_ULANG, TW1, reason="mulai lagi"), EVERYBODY)
    (recap,) = recap_queries.recaps(store.database, opened, (TW1,))
    assert set(recap.board.state.cases) == {(TW1, 1), (TW1, 2)}
    assert set(case_queries.board(store.database, opened, TW1).state.cases) == {(TW1, 2)}
    assert row_audit.differing_years(store.database) == ()


def test_the_standing_shows_what_is_open_without_the_rest(store: Store, opened: Address) -> None:
    store.apply(opened, Command(Act.SELESAI, TW1, step=1), EVERYBODY)
    store.apply(opened, Command(Act.TUNDA, TW1, step=2, reason="menunggu data"), EVERYBODY)
    standing = queries.standing(store.database, opened)
    assert [period.key for period in standing.periods] == list(
        case_queries.board(store.database, opened, TW1).state.periods
    )
    first = standing.periods[0]
    assert [(run.step, run.phase) for run in first.runs] == [(1, "selesai"), (2, "ditunda")]
    assert first.runs[1].pauses[0][1] is None
    assert all(period.runs == () for period in standing.periods[1:])
    with pytest.raises(UnknownYear):
        queries.standing(store.database, opened, 2030)


def test_a_gate_says_which_children_it_waits_for(store: Store, opened: Address, clock: Clock) -> None:
    clock.now += 200 * 86_400
    store.apply(opened, Command(Act.BUKA, "2026-S1"), EVERYBODY)
    standing = queries.standing(store.database, opened)
    semester = next(period for period in standing.periods if period.key == "2026-S1")
    assert (semester.case_phase, semester.runs) == ("berjalan", ())
    assert semester.gate_since == clock.now


def test_a_decision_is_kept_with_its_answer(store: Store, clock: Clock) -> None:
    address = adopt(store, NGANJUK, bidang=BIDANG)
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    answers = []
    for _ in range(60):
        case = case_queries.board(store.database, address, TW1).state.cases[TW1, 1]
        if not case.open_runs():
            break
        run = case.open_runs()[0]
        if catalog.load(NGANJUK).step(run.step).decision is None:
            store.apply(address, Command(Act.SELESAI, TW1, step=run.step, bidang=run.bidang), EVERYBODY)
            continue
        store.apply(address, Command(Act.MULAI, TW1, step=run.step, bidang=run.bidang), EVERYBODY)
        command = Command(Act.PUTUSKAN, TW1, step=run.step, bidang=run.bidang, answer=Answer.YA)
        answers.append(store.apply(address, command, EVERYBODY).event.data["answer"])
    assert case_queries.board(store.database, address, TW1).state.cases[TW1, 1].phase == "selesai"
    stored = store.database.rows("SELECT answer FROM runs WHERE answer IS NOT NULL")
    assert [answer for (answer,) in stored] == answers
    assert row_audit.differing_years(store.database) == ()


def test_questions_leave_no_transaction_open(database: Database, address: Address) -> None:
    case_queries.board(database, address, TW1)
    queries.standing(database, address)
    case_queries.log(database, address)
    assert not database._connection.in_transaction

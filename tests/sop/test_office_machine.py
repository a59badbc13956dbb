"""Any work on the offices of a file keeps every sentence below, and each sentence has a fault that it catches.

The walks ask for every act there is on an office: setting up, people, lanes, PINs, bidang, settings, calendar and SOPs,
by people of every role, rightly and wrongly. Nothing but values: the log is a list, definitions lie in a mapping.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from sop.acts import bidang_acts, indicator_acts, office_decide, people_acts, replay, rights, settings_change, sop_acts
from sop.acts.calendar_acts import CalendarEdits
from sop.acts.deed import Deed
from sop.acts.file_acts import stated
from sop.acts.indicator_acts import Defining
from sop.acts.office_decide import decide_on_office
from sop.acts.office_flow import OfficeDraft, family_of
from sop.acts.office_ruling import Asked, OfficeContext, OfficeRuling
from sop.acts.replay import replay_file
from sop.acts.setting_up import cleaned, new_office
from sop.acts.settings_change import SettingsAsked
from sop.form import catalog, toml_format
from sop.kinerja.data_act import DataCommand
from sop.kinerja.indicator import Indicator
from sop.model.act import Act, Scope, acts_on
from sop.model.definition import Cadence, Field, Sop
from sop.model.errors import SopError
from sop.model.events import Event
from sop.model.office import OfficeState, Personal, Signer
from sop.model.office_commands import (
    Adding,
    Adoption,
    Alteration,
    Blanking,
    Ending,
    Founder,
    GivenLane,
    Importing,
    LaneEnded,
    LaneGiven,
    Merging,
    NewPerson,
    PersonChange,
    PinChange,
    Registration,
    Renaming,
    SettingUp,
    Settling,
    SignerBlanked,
    SignerNamed,
)
from sop.model.pelaksana import NO_OFFICE, Actor, Role
from sop.time.office_calendar import OfficeCalendar, PutDay, edited
from sop.time.work_calendar import CalendarSpec, SpecialDay, WorkCalendar
from sop.values import fields, replace

CODES = ("satu", "dua")
NAMES = ("Aset", "Desa", "Lembaga", "Umum", "Keuangan")
NINE, SEVEN = "disnaker-kota-tangerang", "dpmd-nganjuk"
PARTS: Mapping[Act, frozenset[str]] = {
    Act.PENGGUNA: frozenset({"people"}),
    Act.HAK: frozenset({"people"}),
    Act.PIN: frozenset({"people"}),
    Act.BIDANG: frozenset({"bidang"}),
    Act.PENGATURAN: frozenset({"settings"}),
    Act.KALENDER: frozenset({"calendars"}),
    Act.PEJABAT: frozenset({"signers"}),
    Act.INDIKATOR: frozenset({"indicators"}),
    Act.TARGET: frozenset({"targets"}),
    Act.SOP_IMPOR: frozenset({"sops"}),
    Act.SOP_TETAPKAN: frozenset({"sops"}),
}
"""Act -> what of an office it changes; setting up may change all of it."""
QUARTERLY = frozenset({Cadence.TRIWULAN})
STEPS, SEEDS = 120, 12


class File:
    """The offices of a file, their log, and what lies beside it."""

    def __init__(self) -> None:
        self.offices: dict[str, OfficeState] = {}
        self.log: list[tuple[str | None, Event]] = []
        self.texts: dict[str, Sop] = {}
        self.calendars: dict[str, OfficeCalendar] = {}
        self.personal: dict[str, dict[str, Personal]] = {code: {} for code in CODES}
        self.now = 1_770_000_000
        self.counts: Counter[str] = Counter()
        self.before: dict[str, OfficeState] = {}
        """As it was before the last act."""
        self.last: tuple[Act, Actor] | None = None

    def definition(self, digest: str) -> Sop:
        return self.texts[digest]

    def actor(self, office: str, chance: Random) -> Actor:
        """Who asks, with the rights of the register that speaks."""
        if not any(state.people for state in self.offices.values()):
            return Actor("siapa", everybody=True)
        home = office if office in self.offices and self.offices[office].people else None
        home = home or next(code for code, state in self.offices.items() if state.people)
        person = chance.choice([each for each in self.offices[home].people.values() if each.is_active])
        return Actor(person.code, frozenset(person.roles), home=home)

    def ask(self, act: Act, office: str, details: Any, actor: Actor, own: str | None = None) -> Event | None:
        """Try an act; a refusal must change nothing."""
        before, self.last = dict(self.offices), (act, actor)
        is_new = act is Act.SIAPKAN and office not in before
        start = {**before, office: new_office(office, details.asked)} if is_new else before
        draft = OfficeDraft(office, start, self.definition)
        wanted, context = Asked("sebab", own=own), self.context(office)
        try:
            done = decide_on_office(act, draft, lambda: details, wanted, actor, context)
        except SopError:
            self.counts[f"-{act}"] += 1
            assert self.offices == before, "a refused act changed an office"
            return None
        self.before = before
        event = done.event
        if done.sop is not None:
            self.texts[toml_format.content_hash(done.sop)] = done.sop
        if done.personal is not None:
            self.personal[office][event.data.get("person", event.data)["code"]] = done.personal
        self.offices[office] = done.office
        self.log.append((office or None, event))
        self.counts[act] += 1
        return event

    def context(self, office: str) -> OfficeContext:
        touched = Counter(entity for code, event in self.log if code == office for entity in event.touches)
        spec = self.calendars[office].spec if office in self.calendars else CalendarSpec("Asia/Jakarta")
        return OfficeContext(
            self.now, len(self.log) + 1, lambda: WorkCalendar(spec, 1), None, lambda entity: touched[entity]
        )


# ---------------------------------------------------------------------- what always holds


def replaying_the_log_gives_the_offices(file: File) -> None:
    """Replaying the log gives the stored state."""
    told = replay_file(file.log, file.definition)
    assert (told.offices, told.since) == (file.offices, 0)


def an_office_stated_once_is_replayed_from_there(file: File) -> None:
    """A pangkal in the middle of the log: what came before it is not needed, and not looked at."""
    begun = Event(len(file.log), Act.PANGKAL, file.now, file.now, "sakip", data=json_of(stated(file.before.values())))
    told = replay_file([*file.log[:-1], (None, begun), later(file.log[-1], begun.sequence + 1)], file.definition)
    assert (told.offices, told.since) == (file.offices, begun.sequence)


def somebody_active_is_admin(file: File) -> None:
    """Without an active admin nobody could ever register anybody again."""
    for office in file.offices.values():
        if office.people:
            assert any(each.is_active and Role.ADMIN in each.roles for each in office.people.values())


def a_name_that_ended_leads_to_one_in_force(file: File) -> None:
    """Renaming or merging keeps the unit."""
    for office in file.offices.values():
        active = {each.name for each in office.bidang if each.is_active}
        assert bool(active) == bool(office.bidang)
        for each in office.bidang:
            assert family_of(office).present_name(each.name) in active
            assert each.is_active == (each.successor is None)


def a_list_is_never_left_empty(file: File) -> None:
    """The last bidang in force is not ended: at no moment from now on does the list stand empty."""
    for office in file.offices.values():
        ends = [each.until for each in office.bidang if each.until is not None and each.until > file.now]
        for moment in (file.now, *ends):
            holds = [
                each.name
                for each in office.bidang
                if (each.since is None or each.since <= moment) and (each.until is None or moment < each.until)
            ]
            assert holds or not office.bidang


def numbers_have_no_gap(file: File) -> None:
    """Versions and revisions count from one; a confirmation is of a version and a step that are there."""
    for office in file.offices.values():
        assert [each.number for each in office.calendars] == list(range(1, len(office.calendars) + 1))
        for sop in office.sops.values():
            assert [each.number for each in sop.versions] == list(range(1, len(sop.versions) + 1))
            for version, words in sop.confirmed.items():
                rows = {row.number for row in file.definition(sop.versions[version - 1].hash).steps}
                assert {step for step, _ in words} <= rows


def no_event_holds_what_can_be_blanked(file: File) -> None:
    """The log holds the code of a person, never a name or an account."""
    text = json.dumps([event.data for _, event in file.log])
    assert "Pejabat" not in text
    for people in file.personal.values():
        for personal in people.values():
            assert not personal.name or personal.name not in text
            assert personal.account is None or personal.account not in text


def a_lane_is_held_as_the_event_says(file: File) -> None:
    """Since and until of a lane given, or put right in its place before it began; one that was ended lasts no longer
    than to the moment said."""
    office, event = file.log[-1]
    if event.act is not Act.HAK:
        return
    data, lanes = event.data, file.offices[office or NO_OFFICE].people[event.data["code"]].lanes
    if data["change"] == "beri":
        given = (data["lane"], data["bidang"], data["kind"], data["since"], data["until"])
        was = [tuple(held) for held in file.before[office or NO_OFFICE].people[event.data["code"]].lanes]
        if "before" in data:
            replaced = (data["lane"], *(data["before"][name] for name in ("bidang", "kind", "since", "until")))
            assert [tuple(held) for held in lanes] == [given if held == replaced else held for held in was]
            assert data["before"]["since"] > event.recorded
        else:
            assert [tuple(held) for held in lanes] == [*was, given]
        return
    units = family_of(file.offices[office or NO_OFFICE])
    names = (None,) if data["bidang"] is None else units.names_of(data["bidang"])
    for held in lanes:
        if held.lane == data["lane"] and held.bidang in names:
            assert held.until is not None
            assert held.until <= max(data["until"], held.since)


def a_pin_is_there_as_the_last_event_on_it_says(file: File) -> None:
    office, event = file.log[-1]
    if event.act is Act.PIN and event.data["change"] != "buka-kunci":
        person = file.offices[office or NO_OFFICE].people[event.data["code"]]
        assert person.has_pin == (event.data["change"] == "pasang")


def an_act_changes_its_part_of_its_office(file: File) -> None:
    """And no other office, and nothing else of it."""
    office, event = file.log[-1]
    for code, state in file.offices.items():
        was = file.before.get(code)
        if code != (office or NO_OFFICE):
            assert state == was
        elif event.act in PARTS:
            was = was or OfficeState(code)
            names = set(fields(OfficeState))
            assert {name for name in names if getattr(was, name) != getattr(state, name)} <= PARTS[event.act]


def a_setting_is_what_was_asked(file: File) -> None:
    """And every other one is what it was."""
    office, event = file.log[-1]
    if event.act is Act.PENGATURAN:
        code = office or NO_OFFICE
        was, now = file.before[code].settings.to_dict(), file.offices[code].settings.to_dict()
        told = {name: change["after"] for name, change in event.data["settings"].items()}
        assert now == {**was, **told}


def who_did_it_had_the_right(file: File) -> None:
    """docs/HAK.md; a further office, and the first person of one, are an admin's."""
    assert file.last is not None
    (office, event), (_, actor) = file.log[-1], file.last
    if actor.everybody or (event.act is Act.PIN and event.data["code"] == actor.code):
        return
    is_people = event.act in (Act.PENGGUNA, Act.HAK, Act.PIN, Act.BIDANG)
    is_founding = event.act is Act.SIAPKAN and event.data["office"]["new"]
    allowed = {Role.ADMIN} if is_people or is_founding else {Role.ADMIN, Role.PENGELOLA}
    assert actor.roles & allowed
    known = file.before.get(office or NO_OFFICE)
    assert is_founding or event.act is Act.PENGGUNA or office is None or (known is not None and known.people)


def versions_and_sets_keep_what_was(file: File) -> None:
    """Versions and sets count from one; a version is never changed, and a code that was ended never used again."""
    for code, office in file.offices.items():
        of_code: dict[str, list[int]] = {}
        for kept in office.indicators:
            of_code.setdefault(kept.indicator, []).append(kept.number)
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in of_code.values())
        of_year: dict[int, list[int]] = {}
        for each in office.targets:
            of_year.setdefault(each.year, []).append(each.number)
        assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in of_year.values())
        was = file.before.get(code)
        if was is not None:
            assert office.indicators[: len(was.indicators)] == was.indicators
            ended = {each.indicator for each in was.indicators if not json.loads(each.definition)["active"]}
            assert not ended & {each.indicator for each in office.indicators[len(was.indicators) :]}


SENTENCES: tuple[Callable[[File], None], ...] = (
    replaying_the_log_gives_the_offices,
    an_office_stated_once_is_replayed_from_there,
    somebody_active_is_admin,
    a_name_that_ended_leads_to_one_in_force,
    a_list_is_never_left_empty,
    numbers_have_no_gap,
    no_event_holds_what_can_be_blanked,
    a_lane_is_held_as_the_event_says,
    a_pin_is_there_as_the_last_event_on_it_says,
    an_act_changes_its_part_of_its_office,
    a_setting_is_what_was_asked,
    versions_and_sets_keep_what_was,
    who_did_it_had_the_right,
)


def json_of(value: Any) -> Any:
    """As it comes back from the log."""
    return json.loads(json.dumps(value))


def later(entry: tuple[str | None, Event], sequence: int) -> tuple[str | None, Event]:
    return entry[0], replace(entry[1], sequence=sequence)


# ---------------------------------------------------------------------- what is asked


@cache
def sop(code: str, edition: int = 0) -> Sop:
    read = catalog.load(code)
    return replace(read, notes=(f"edisi {edition}",)) if edition else read


def set_up(file: File, office: str, actor: Actor, chance: Random) -> None:
    code = chance.choice((NINE, SEVEN))
    bidang = tuple(chance.sample(NAMES, 3)) if office not in file.offices else ()
    asked = cleaned(Adoption(sop(code), chance.choice((2025, 2026, 2027)), office, None, None, bidang))
    state = file.offices.get(office)
    calendar = file.calendars.setdefault(office, OfficeCalendar(CalendarSpec("Asia/Jakarta")))
    revision = state.calendars[-1].number if state is not None else 1
    told = {"calendar": {"revision": revision, "hash": calendar.content_hash}}
    founder = None
    if state is None and actor.home is not None:
        person = file.offices[actor.home].people[actor.code]
        founder = Founder(person, file.personal[actor.home][actor.code], actor.home)
    file.ask(Act.SIAPKAN, office, SettingUp(asked, told, founder, tuple(file.offices)), actor)


def register(file: File, office: str, actor: Actor, chance: Random) -> None:
    state = file.offices[office]
    number = len(file.log)
    account = f"akun-{number}" if chance.random() < 0.5 or not state.people else None
    person = NewPerson(f"Bernama {number}", set(chance.sample(list(Role), chance.randint(1, 3))), None, account)
    elsewhere = tuple(
        (code, personal.name) for other in CODES if other != office for code, personal in file.personal[other].items()
    )
    founder = None
    if not state.people and actor.home is not None:
        home = file.offices[actor.home].people[actor.code]
        founder = Founder(home, file.personal[actor.home][actor.code], actor.home)
    file.ask(Act.PENGGUNA, office, Registration(person, file.personal[office], elsewhere, founder), actor)


def alter(file: File, office: str, actor: Actor, chance: Random) -> None:
    code = chance.choice(list(file.offices[office].people) or ["siapa"])
    change = PersonChange(
        f"Lain {len(file.log)}" if chance.random() < 0.3 else None,
        set(chance.sample(list(Role), chance.randint(1, 2))) if chance.random() < 0.6 else None,
        "" if chance.random() < 0.2 else None,
        chance.choice((None, None, True, False)),
    )
    file.ask(Act.PENGGUNA, office, Alteration(code, change, file.personal[office]), actor)


def blank(file: File, office: str, actor: Actor, chance: Random) -> None:
    code = chance.choice(list(file.offices[office].people) or ["siapa"])
    typed = code if chance.random() < 0.8 else "lain"
    file.ask(Act.PENGGUNA, office, Blanking(code, typed, file.personal[office], chance.choice((0, 0, 2))), actor)


def give(file: File, office: str, actor: Actor, chance: Random) -> None:
    state = file.offices[office]
    lanes = tuple(lane for code in state.sops for lane in sop(code).lane_names)
    code = chance.choice(list(state.people) or ["siapa"])
    since = chance.choice((None, file.now - 86_400, file.now + 86_400))
    until = chance.choice((None, None, file.now + 9 * 86_400, file.now - 9 * 86_400))
    lane = GivenLane(chance.choice(lanes), chance.choice((None, *NAMES)), since=since, until=until)
    file.ask(Act.HAK, office, LaneGiven(code, lane, lanes, frozenset(lanes)), actor)


def end(file: File, office: str, actor: Actor, chance: Random) -> None:
    held = [(code, lane) for code, person in file.offices[office].people.items() for lane in person.lanes]
    if held:
        code, lane = chance.choice(held)
        bidang = chance.choice((lane.bidang, lane.bidang, None))
        until = chance.choice((None, file.now + 86_400))
        file.ask(Act.HAK, office, LaneEnded(code, lane.lane, bidang, until), actor)


def pin(file: File, office: str, actor: Actor, chance: Random) -> None:
    code = chance.choice([*file.offices[office].people, actor.code])
    change = PinChange(code, chance.choice(("pasang", "pasang", "cabut", "buka-kunci")), chance.choice((0, 5)))
    file.ask(Act.PIN, office, change, actor, own=code if change.change != "buka-kunci" else None)


def rename(file: File, office: str, actor: Actor, chance: Random) -> None:
    names = [each.name for each in file.offices[office].bidang]
    asked = Renaming(chance.choice(names or NAMES), chance.choice((*names, f"Baru {len(file.log)}", " ")))
    file.ask(Act.BIDANG, office, asked, actor)


def add_or_end(file: File, office: str, actor: Actor, chance: Random) -> None:
    names = [each.name for each in file.offices[office].bidang]
    when = chance.choice((None, file.now, file.now + 86_400 * chance.randrange(-2, 40)))
    if chance.random() < 0.5:
        asked: Adding | Ending = Adding(chance.choice((*names, f"Tambahan {len(file.log)}", " ")), when)
    else:
        asked = Ending(chance.choice(names or NAMES), when)
    file.ask(Act.BIDANG, office, asked, actor)


def merge(file: File, office: str, actor: Actor, chance: Random) -> None:
    names = [each.name for each in file.offices[office].bidang]
    asked = Merging(tuple(chance.choices(names or NAMES, k=2)), chance.choice((*names, f"Gabungan {len(file.log)}")))
    file.ask(Act.BIDANG, office, asked, actor)


def configure(file: File, office: str, actor: Actor, chance: Random) -> None:
    values = dict(
        chance.sample(
            [
                ("at_risk_percent", chance.choice((60, 70, 0))),
                ("start_days", chance.choice((1, 2))),
                ("decider_apart", chance.random() < 0.5),
                ("count_first_day", chance.random() < 0.5),
                ("signing_place", chance.choice(("Kota", "Desa"))),
                ("targets", {"2026-TW1": chance.choice(("2026-04-15", None))}),
                ("clock_starts", {f"{NINE}/1": chance.choice(("ready", "started"))}),
            ],
            2,
        )
    )
    steps = {code: frozenset(row.number for row in sop(code).steps) for code in file.offices[office].sops}
    file.ask(Act.PENGATURAN, office, SettingsAsked(values, steps, tuple), actor)


def sign(file: File, office: str, actor: Actor, chance: Random) -> None:
    since = chance.choice((None, "2026-TW1", "2026-TW9"))
    asked = SignerNamed(chance.choice(("Kepala", "Sekretaris")), Signer(f"Pejabat {chance.randint(1, 3)}"), since)
    blanked = SignerBlanked(chance.choice(("t1", "t2", "t9")))
    file.ask(Act.PEJABAT, office, blanked if chance.random() < 0.3 else asked, actor)


def put_day(file: File, office: str, actor: Actor, chance: Random) -> None:
    before = file.calendars[office]
    edits = [PutDay(SpecialDay(dt.date(2026, 3, chance.randint(1, 28)), (), f"libur {len(file.log)}", "kantor"))]
    if file.ask(Act.KALENDER, office, CalendarEdits(edits, before, tuple), actor) is not None:
        file.calendars[office] = edited(before, edits)


def define(file: File, office: str, actor: Actor, chance: Random) -> None:
    indicator = Indicator(
        chance.choice(("IK-1", "ik-1", "IK-2", "IK 3", "!")),
        f"Ukuran {len(file.log)}",
        chance.choice(("orang", "%", "")),
        decimals=chance.choice((0, 2)),
        owner=chance.choice((None, *NAMES)),
        active=chance.random() < 0.9,
    )
    since = chance.choice(("2026-TW1", "2026-TW3", "2026-S2"))
    asked = Defining(DataCommand(Act.INDIKATOR, indicator=indicator, since=since), QUARTERLY, closed(chance))
    file.ask(Act.INDIKATOR, office, asked, actor)


def aim(file: File, office: str, actor: Actor, chance: Random) -> None:
    places = [(code, key) for code in ("IK-1", "IK-2") for key in ("2026-TW1", "2026-TW4", "2026-TH")]
    values = (Decimal(5), Decimal("7.5"), Decimal(-1), None)
    targets = {place: chance.choice(values) for place in chance.sample(places, chance.randint(1, 3))}
    number, since = chance.choice((1, 1, 2, 3)), chance.choice((None, "2026-TW3"))
    command = DataCommand(Act.TARGET, targets=targets, number=number, since=since, document=chance.choice((None, "PK")))
    file.ask(Act.TARGET, office, Defining(command, QUARTERLY, closed(chance)), actor)


def closed(chance: Random) -> frozenset[str]:
    return frozenset(chance.sample(("2026-TW1", "2026-TW2"), chance.randint(0, 1)))


def bring_in(file: File, office: str, actor: Actor, chance: Random) -> None:
    where = chance.choice((office, NO_OFFICE))
    file.ask(Act.SOP_IMPOR, where, Importing(sop(NINE, chance.randint(1, 4))), actor)


def settle(file: File, office: str, actor: Actor, chance: Random) -> None:
    if NINE not in file.offices[office].sops:
        return
    values: dict[Field, Any] = chance.choice(
        ({}, {Field.TIDAK: chance.choice((5, 6, 7))}, {Field.DECIDER: chance.choice(sop(NINE).lane_names)})
    )
    file.ask(Act.SOP_TETAPKAN, office, Settling(NINE, chance.choice((1, 7, 8)), values), actor)


KINDS: tuple[Callable[[File, str, Actor, Random], None], ...] = (
    *(set_up, register, register, alter, alter, blank, give, give, end, pin, rename, merge, configure, put_day),
    *(add_or_end, bring_in, settle, sign, define, define, aim, aim),
)


def stroll(seed: int, sentences: tuple[Callable[[File], None], ...] = SENTENCES, steps: int = STEPS) -> File:
    """One file under whatever comes."""
    file, chance = File(), Random(seed)
    for _ in range(steps):
        file.now += chance.choice((40, 600, 86_400))
        office = chance.choice(CODES) if file.offices else CODES[0]
        kind = chance.choice(KINDS) if office in file.offices else set_up
        written = len(file.log)
        # Nobody is registered for a while, in most files.
        if kind is register and len(file.log) < seed % 20:
            continue
        kind(file, office, file.actor(office, chance), chance)
        if len(file.log) > written:
            for sentence in sentences:
                sentence(file)
    return file


def strolls(*sentences: Callable[[File], None]) -> None:
    for seed in range(2 * SEEDS):
        stroll(seed, sentences)


def test_any_work_on_offices_keeps_every_sentence_and_meets_every_act() -> None:
    met: Counter[str] = Counter()
    for seed in range(SEEDS):
        met += stroll(seed).counts
    asked = acts_on(Scope.OFFICE)
    assert {act for act in asked if met[act] < 3} == set()
    assert {act for act in asked if met[f"-{act}"] < 3} == set()


# ---------------------------------------------------------------------- seeded faults

Patch = pytest.MonkeyPatch


def _with_effect(patch: Patch, deeds: dict[Act, Deed], act: Act, effect: Callable[[OfficeDraft, Event], None]) -> None:
    """Let an act do something else, when it happens and when it is replayed."""
    patch.setitem(deeds, act, deeds[act]._replace(effect=effect))


def _last_admin_let_go(patch: Patch) -> None:
    """Nothing keeps the last active admin."""
    patch.setattr(people_acts, "_keep_an_admin", lambda ruling, before, after: None)


def _end_of_a_lane_forgotten(patch: Patch) -> None:
    """A lane is given for good, whatever was said."""
    told = people_acts.effect_hak

    def effect(draft: OfficeDraft, event: Event) -> None:
        told(draft, replace(event, data={**event.data, "until": None}) if event.data["change"] == "beri" else event)

    _with_effect(patch, people_acts.DEEDS, Act.HAK, effect)


def _pin_outlives_its_end(patch: Patch) -> None:
    """A PIN taken away still counts as there."""

    def effect(draft: OfficeDraft, event: Event) -> None:
        if event.data["change"] == "pasang":
            draft.put_person(replace(draft.state.people[event.data["code"]], has_pin=True))

    _with_effect(patch, people_acts.DEEDS, Act.PIN, effect)


def _merged_name_left_standing(patch: Patch) -> None:
    """Of several names that are merged only the first ends."""
    told = bidang_acts.effect_bidang

    def effect(draft: OfficeDraft, event: Event) -> None:
        told(draft, event)
        kept = set(event.data["before"][1:])
        bidang = tuple(each._replace(is_active=True) if each.name in kept else each for each in draft.state.bidang)
        draft.state = replace(draft.state, bidang=bidang)

    _with_effect(patch, bidang_acts.DEEDS, Act.BIDANG, effect)


def _last_of_a_list_ended(patch: Patch) -> None:
    """Nothing keeps the last bidang in force."""
    patch.setattr(bidang_acts, "_refuse_an_empty_list", lambda ended, after, moment: None)


def _setting_brings_others_along(patch: Patch) -> None:
    """What was not asked for falls back to its default."""

    def effect(draft: OfficeDraft, event: Event) -> None:
        values = {name: change["after"] for name, change in event.data["settings"].items()}
        draft.state = replace(draft.state, settings=type(draft.state.settings).from_dict(values))

    _with_effect(patch, settings_change.DEEDS, Act.PENGATURAN, effect)


def _version_counted_twice(patch: Patch) -> None:
    """An import takes the number of the version that is there."""
    judged = sop_acts.judge_sop_impor

    def judge(ruling: OfficeRuling[Importing]) -> Event:
        event = judged(ruling)
        told = event.data["sop"]
        return replace(event, data={"sop": {**told, "version": told["version"] + 1}})

    patch.setitem(sop_acts.DEEDS, Act.SOP_IMPOR, sop_acts.DEEDS[Act.SOP_IMPOR]._replace(judge=judge))


def _name_in_the_log(patch: Patch) -> None:
    """What is kept beside an event stands in it as well."""
    settled = office_decide.OfficeRuling.event

    def event(self: OfficeRuling[Any], data: Mapping[str, Any], **more: Any) -> Event:
        return settled(self, {**data, "name": self.kept.name} if self.kept is not None else data, **more)

    patch.setattr(office_decide.OfficeRuling, "event", event)


def _pangkal_passed_over(patch: Patch) -> None:
    """Replaying begins at the log's start although a file was stated since."""
    patch.setattr(replay, "Act", _Without(PANGKAL=None))


def _confirmation_heard_once(patch: Patch) -> None:
    """A confirmation has its effect when it happens, and none when the log is replayed."""
    told = sop_acts.effect_sop_tetapkan
    heard: set[int] = set()

    def effect(draft: OfficeDraft, event: Event) -> None:
        if event.sequence not in heard:
            heard.add(event.sequence)
            told(draft, event)

    _with_effect(patch, sop_acts.DEEDS, Act.SOP_TETAPKAN, effect)


def _pengelola_sets_further_offices_up(patch: Patch) -> None:
    """Who manages one office may found another."""
    patch.setattr(rights, "SETTING_UP", frozenset({Role.ADMIN, Role.PENGELOLA}))


def _calendar_takes_a_year_away(patch: Patch) -> None:
    """A new revision of the calendar takes the newest year away."""
    added = OfficeDraft.add_calendar

    def add_calendar(self: OfficeDraft, revision: int, digest: str) -> None:
        added(self, revision, digest)
        if revision > 1:
            self.state = replace(self.state, years=self.state.years[:-1])

    patch.setattr(OfficeDraft, "add_calendar", add_calendar)


def _indicator_counted_twice(patch: Patch) -> None:
    """A version of an indicator skips a number."""
    told = indicator_acts.effect_indicator

    def effect(draft: OfficeDraft, event: Event) -> None:
        number = event.data["number"]
        told(draft, replace(event, data={**event.data, "number": number + (number > 1)}))

    _with_effect(patch, indicator_acts.DEEDS, Act.INDIKATOR, effect)


@dataclass(frozen=True)
class _Without:
    """The acts, some of them unknown."""

    PANGKAL: None = None
    MULAI_ULANG: Act = field(default=Act.MULAI_ULANG)


FAULTS: Mapping[Callable[[Patch], None], Callable[[File], None]] = {
    _last_admin_let_go: somebody_active_is_admin,
    _end_of_a_lane_forgotten: a_lane_is_held_as_the_event_says,
    _pin_outlives_its_end: a_pin_is_there_as_the_last_event_on_it_says,
    _merged_name_left_standing: a_name_that_ended_leads_to_one_in_force,
    _last_of_a_list_ended: a_list_is_never_left_empty,
    _setting_brings_others_along: a_setting_is_what_was_asked,
    _version_counted_twice: numbers_have_no_gap,
    _name_in_the_log: no_event_holds_what_can_be_blanked,
    _pangkal_passed_over: an_office_stated_once_is_replayed_from_there,
    _confirmation_heard_once: replaying_the_log_gives_the_offices,
    _pengelola_sets_further_offices_up: who_did_it_had_the_right,
    _calendar_takes_a_year_away: an_act_changes_its_part_of_its_office,
    _indicator_counted_twice: versions_and_sets_keep_what_was,
}
"""Fault -> the sentence that catches it."""


@pytest.mark.faults
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.lstrip("_"))
def test_a_seeded_fault_is_caught_by_its_sentence(fault: Callable[[Patch], None], monkeypatch: Patch) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError) as caught:
        strolls(FAULTS[fault])
    assert FAULTS[fault].__name__ in {entry.name for entry in caught.traceback}, fault.__doc__


def test_every_sentence_has_a_fault() -> None:
    assert set(FAULTS.values()) == set(SENTENCES)

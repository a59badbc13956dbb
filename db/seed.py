"""A demo office with a believable year around today, built through the store like any other office.

The same `now` gives the same file, act by act. The SOP is one of the catalog; the demo office has settled that one of
its steps is done per bidang, so that a fan-out can be seen beside a decision. What happened there is `seed_story.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from db import seed_story
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.holiday_source import filling
from db.office_acts import Given
from db.people_store import add_person, give_lane
from db.rows import Address
from db.seed_story import BIDANG, MANAGER, PER_BIDANG_STEP, StoryAct, StoryPlan
from db.sop_versions import confirm_sop
from db.store import Store
from sop.form import catalog
from sop.model.definition import DataRole, Field
from sop.model.office_commands import GivenLane, NewPerson
from sop.model.pelaksana import FIRST_ROLES, Actor, Role
from sop.time.instants import civil, offset_of
from sop.time.office_calendar import OfficeCalendar, edited
from sop.time.work_calendar import CalendarSpec, WorkCalendar

__all__ = ["BIDANG", "CODES", "MANAGER", "NAME", "OFFICE", "PER_BIDANG_STEP", "SOP", "build"]

SOP = "disnaker-kota-tangerang"
OFFICE = "contoh"
NAME = "Dinas Contoh Kota Tangerang"
_NAMES = {
    MANAGER: "Rina Astuti",
    seed_story.SECRETARY: "Hadi Prasetyo",
    seed_story.PLANNER: "Dewi Anggraini",
    seed_story.COORDINATOR: "Yusuf Maulana",
    seed_story.HEAD: "Surya Wibowo",
    **dict(
        zip(
            seed_story.STAFF,
            ("Budi Santoso", "Siti Rahmawati", "Agus Hidayat", "Lina Marlina", "Tono Wijaya"),
            strict=True,
        )
    ),
}
"""Code -> name: people who are made up."""
CODES = frozenset(_NAMES)
_LANES = {
    seed_story.SECRETARY: "Sekretaris Dinas",
    seed_story.PLANNER: "Staf Penyusun Evaluasi Kinerja",
    seed_story.COORDINATOR: "Sub Koordinator Perencanaan",
    seed_story.HEAD: "Kepala Bidang",
}


def build(database: Database, now: int, account: str | None = None) -> Address:
    """Fill an empty database with the demo office.

    Args:
        database: Open and without an office.
        now: What today is, UTC epoch seconds; nothing is recorded later than the last working day before it.
        account: Account at the operating system of whoever looks at it: they are its first person, and the others are
            registered with names. None leaves it without people, so that everybody holds every lane.

    Returns:
        The demo office and its SOP.
    """
    sop = catalog.load(SOP)
    today = civil(now, offset_of(sop.zone)).date()
    fillings = [filling(year) for year in range(today.year - 2, today.year + 1)]
    plan = StoryPlan(WorkCalendar(edited(OfficeCalendar(CalendarSpec(sop.zone)), fillings).spec, 1), now)
    moments: Iterator[int] = iter(())
    reading = 0
    # Acts that are played come each at their own moment, all others at the one that was read last.
    store = Store(database, lambda: next(moments, reading), "contoh")
    manager = Actor(MANAGER, everybody=True)
    address = Address(OFFICE, SOP)
    acts = seed_story.told(plan)
    with store.together():
        for at, year in seed_story.prepared(plan):
            acts, earlier = [act for act in acts if act.at >= at], [act for act in acts if act.at < at]
            moments = _moments(earlier)
            _play(store, address, earlier)
            reading = at
            set_up(store, Adoption(sop=sop, year=year, office=OFFICE, name=NAME, zone=sop.zone, bidang=BIDANG), manager)
            if year == plan.year:
                # From here on each bidang recaps and fills its indicators by itself, and people do what they hold under
                # their own names.
                reason = "tiap bidang merekap sendiri"
                confirm_sop(store, address, 1, {Field.DATA: None}, manager, Given(reason=reason))
                recapped = {Field.PER_BIDANG: True, Field.DATA: DataRole.ISIAN}
                confirm_sop(store, address, PER_BIDANG_STEP, recapped, manager, Given(reason=reason))
                confirm_sop(store, address, 4, {}, manager)
                if account is not None:
                    _register(store, account)
        moments = _moments(acts)
        _play(store, address, acts)
    return address


def _register(store: Store, account: str) -> None:
    """The people of the office, and the lane that each holds."""
    admin = Actor(MANAGER, everybody=True)
    for code, name in _NAMES.items():
        roles = FIRST_ROLES if code == MANAGER else frozenset({Role.PELAKSANA})
        add_person(store, OFFICE, NewPerson(name, roles, code, account if code == MANAGER else None), admin)
    for code, lane in _LANES.items():
        give_lane(store, OFFICE, code, GivenLane(lane), admin)
    lane = _LANES[seed_story.COORDINATOR]
    for code, bidang in zip(seed_story.STAFF, BIDANG, strict=True):
        give_lane(store, OFFICE, code, GivenLane(lane, bidang), admin)


def _moments(acts: list[StoryAct]) -> Iterator[int]:
    return iter([act.at for act in acts])


def _play(store: Store, address: Address, acts: list[StoryAct]) -> None:
    """Record what happened; the store asks its clock once for each act."""
    for year, some in groupby(acts, key=lambda act: int(act.command.period[:4])):
        store.play(address, year, [(act.command, Actor(act.by, everybody=True)) for act in some])

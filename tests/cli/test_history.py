"""What the log tells a script: moments as moments, durations as durations, whatever kind of act wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from db import opening
from db.people_store import NewPerson, add_person
from db.store import Store
from sop.model.pelaksana import Actor, Role
from tests.cli.conftest import FEBRUARY, LATE, NINE, SEVEN, Desk, finish, opened, run
from tests.cli.test_health import meddle

TW1 = "2025-TW1"
ISO = re.compile(r"2025-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


def numbers(value: Any, place: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number in a document with the keys that lead to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, place)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, value


@pytest.fixture
def busy(nine: Desk) -> Desk:
    """A quarter with a correction, a calendar change and a closing."""
    opened(nine, TW1, "2025-04-21T08:00")
    for step in range(1, 5):
        finish(nine, TW1, step, "2025-04-21")
    nine.do(f"koreksi {TW1} 4 --selesai 2025-04-21T09:22", *LATE)
    nine.do("kalender jam-khusus 2025-05-05 2025-05-09 --jam 08.00-12.00", *LATE)
    finish(nine, TW1, 5, "2025-04-21")
    nine.do(f"periode tutup {TW1} --pada 2025-04-21T10:00", *LATE)
    return nine


def test_no_moment_in_the_log_is_a_bare_number(busy: Desk) -> None:
    for row in busy.do("riwayat"):
        large = [(place, number) for place, number in numbers(row["details"]) if number > 10**8]
        assert large == [], row["act"]


def test_moments_carry_the_offset_and_durations_their_unit(busy: Desk) -> None:
    by_act = {row["act"]: row["details"] for row in reversed(busy.do("riwayat"))}
    fixed = by_act["koreksi"]
    assert ISO.fullmatch(fixed["before"]["ended"])
    assert ISO.fullmatch(fixed["after"]["ended"])
    assert fixed["ended"] == "2025-04-21T09:22:00+07:00"
    verdict = next(iter(by_act["selesai"]["verdicts"].values()))
    assert ISO.fullmatch(verdict["due_at"])
    assert verdict["work_seconds"] == 300


def test_hours_of_a_day_are_told_as_hours(busy: Desk) -> None:
    change = next(row for row in busy.do("riwayat") if row["act"] == "kalender")["details"]["changes"][0]
    assert change["after"]["weekly"][0] == [["08:00", "12:00"]]


def test_a_warning_is_a_sentence(nine: Desk) -> None:
    opened(nine, TW1, "2025-04-21T08:00")
    for attempt in range(1, 5):
        finish(nine, TW1, 1, f"2025-04-{20 + attempt}")
        done = nine.do(f"kembalikan {TW1} 2 --ke 1 --pada 2025-04-{20 + attempt}T10:00 --catatan ulang", *LATE)
    assert done["warnings"] == ["Perhatian: langkah 1 sudah putaran ke-5."]


# --- what was done to the whole file -------------------------------------------------------------------------------


def two_offices(desk: Desk) -> None:
    for code, sop in (("satu", NINE), ("dua", "bappedalitbang-balangan")):
        desk.do(f"siapkan --opd {code} --nama {code} --sop {sop} --tahun 2025")


def told_of(desk: Desk, office: str) -> str:
    """What the log of an office says, in one line."""
    return " ".join(desk("riwayat", "--opd", office).out.split())


def test_what_concerns_the_whole_file_stands_in_the_log_of_every_office(desk: Desk) -> None:
    """An SOP that no office uses yet, and a restore; whatever is done to one office stands in its own log alone."""
    two_offices(desk)
    toml = desk.path.with_name("sop.toml")
    toml.write_bytes(desk("sop", "ekspor", SEVEN).raw)
    desk.do("sop impor", str(toml))
    copy = desk.do("cadangkan")["path"]
    assert desk("pulihkan", copy, "--ya").code == 0
    for code, own in (("satu", 1), ("dua", 2)):
        found = desk.do(f"riwayat --opd {code}")
        assert [row["sequence"] for row in found] == [4, 3, own]
        assert [row["act"] for row in found] == ["pulihkan", "sop-impor", "siapkan"]
        assert "kasubag memulihkan basis data dari cadangan sampai catatan no. 3" in told_of(desk, code)
        assert [row["act"] for row in desk.do(f"riwayat --opd {code} --tindakan pulihkan")] == ["pulihkan"]


@pytest.mark.parametrize(("called", "told"), [("Rina", "Rina"), ("Budi", "kepala")])
def test_who_did_it_is_called_by_name_where_the_code_means_one_person_alone(desk: Desk, called: str, told: str) -> None:
    """In a file of before a code may be that of two people, and the log of the whole file names no office."""
    two_offices(desk)
    copy = desk.do("cadangkan")["path"]
    desk.person = "kepala"
    assert desk("pulihkan", copy, "--ya").code == 0
    with opening.open(desk.path) as database:
        store, roles = Store(database, lambda: FEBRUARY), {Role.PENGELOLA, Role.ADMIN}
        add_person(store, "satu", NewPerson("Rina", roles, "kepala", "akun"), Actor("siapa", everybody=True))
        own = NewPerson("Rina", roles, "kepala", "akun")
        add_person(store, "dua", own, Actor("kepala", frozenset(roles), home="satu"))
    meddle(desk, f"UPDATE people SET name = '{called}' WHERE office_id = 2")
    for code in ("satu", "dua"):
        said = run("riwayat", "--opd", code, "--db", str(desk.path)).out
        assert f"  {told} memulihkan basis data" in said

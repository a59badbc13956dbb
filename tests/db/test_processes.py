"""Several processes on one file: who is faster wins, and nobody starves. What kills do is in `test_kills.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from db import audit, queries
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY
from tests.waiting import holds

TOP = Path(__file__).resolve().parents[2]
TW1 = "2026-TW1"


@pytest.fixture
def opened(store: Store, address: Address) -> Address:
    store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    return address


def run(program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_of_two_processes_on_one_card_exactly_one_wins_and_the_other_learns_who(
    store: Store, opened: Address, path: Path
) -> None:
    program = """
import sys
from db import opening
from db.errors import StaleCase
from db.rows import Address
from db.store import Store
from sop.model.commands import Command
from sop.model.act import Act
from sop.model.pelaksana import Actor
name = {name!r}
database = opening.open({path!r})
store = Store(database, lambda: {now})
print("siap", flush=True)
sys.stdin.readline()
try:
    command = Command(Act.MULAI, "2026-TW1", step=1, seen=1)
    store.apply(Address({office!r}, {sop!r}), command, Actor(name, everybody=True))
    print("menang", name)
except StaleCase as stale:
    print("kalah", stale.facts["by"], stale.facts["act"], stale.facts["found"])
"""
    started = [
        run(program.format(name=name, path=str(path), now=1_770_000_000, office=opened.office, sop=opened.sop))
        for name in ("ani", "budi")
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "siap\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = sorted(process.communicate()[0].strip() for process in started)
    winner = answers[1].split()[1]
    assert answers == [f"kalah {winner} mulai 2", f"menang {winner}"]
    assert store.database.value("SELECT count(*) FROM events WHERE act = 'mulai'") == 1
    assert audit.verify_chain(store.database).problem is None


def test_one_token_from_many_processes_happens_once(store: Store, opened: Address, path: Path) -> None:
    program = f"""
from db import opening
from db.rows import Address
from db.store import Store
from sop.model.commands import Command
from sop.model.act import Act
from sop.model.pelaksana import Actor
store = Store(opening.open({str(path)!r}), lambda: 1_770_000_000)
command = Command(Act.MULAI, "2026-TW1", step=1, token="sama")
print(store.apply(Address({opened.office!r}, {opened.sop!r}), command, Actor("ani", everybody=True)).sequence)
"""
    started = [run(program) for _ in range(4)]
    assert {process.communicate()[0].strip() for process in started} == {"3"}
    assert store.database.value("SELECT count(*) FROM events") == 3


def test_no_writer_starves_beside_a_greedy_one(store: Store, opened: Address, path: Path, tmp_path: Path) -> None:
    arguments = [str(path), str(tmp_path / "rakus.txt"), "rakus", opened.office, opened.sop, TW1]
    greedy = subprocess.Popen(
        [sys.executable, "-m", "tests.db.worker", *arguments], cwd=TOP, stdout=subprocess.PIPE, text=True
    )
    try:
        assert greedy.stdout is not None
        assert greedy.stdout.readline() == "ready\n"
        passed: list[int] = []

        def has_met_it_often() -> bool:
            before = queries.head(store.database).sequence
            done = store.apply(opened, Command(Act.KOMENTAR, TW1, step=1, note="x"), EVERYBODY)
            passed.append(done.sequence - before - 1)
            own = store.database.value("SELECT count(*) FROM events WHERE by_person = 'rakus'")
            return len(passed) >= 20 and own >= 20

        holds(has_met_it_often)
    finally:
        greedy.kill()
        greedy.communicate()
    assert median(passed) <= 2, "acts of the greedy one between the asking and the doing"

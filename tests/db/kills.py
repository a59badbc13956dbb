"""Kills processes at their work and compares what they were promised with what is there.

`python -m tests.db.kills FOLDER KILLS [SEED] [pulihkan]` prints one JSON object. A program of its own, since it forks:
in a process with threads or an open database that would not be sound.

Four processes work at once: two act, one opens the file anew for each act, one makes backups. Each tells an act through
a pipe as soon as it is acknowledged, and all are killed after a moment that chance picks, so that kills hit opening,
committing, folding the log back, and copying. With `pulihkan` each kill hits a restore instead.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from db import audit, opening, queries, row_audit
from db.errors import StaleCase
from db.file import backup
from db.restoration import Restoration
from db.rows import Address, Head
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused
from tests import moved_clock
from tests.db.office import EVERYBODY, MORNING, Clock, adopt

TW1 = "2026-TW1"
LATER = MORNING + 3600
LONGEST_LIFE = 0.08
LONGEST_RESTORE = 0.15
ROUNDS_BETWEEN_CHECKS = 250


def acts(name: str) -> Iterator[Command]:
    """Remarks, and a card that is started and let go: events alone, and events with rows."""
    number = 0
    while True:
        token = f"{name}-{os.getpid()}-{number}"
        yield Command(Act.KOMENTAR, TW1, step=1, note=f"catatan {number}", token=token)
        yield Command(Act.MULAI if number % 2 == 0 else Act.LEPAS, TW1, step=1, token=f"{token}-kartu")
        number += 1


def act_on(store: Store, address: Address, command: Command, name: str, pipe: int) -> None:
    """Do an act and tell it; somebody else's card is none of ours."""
    with contextlib.suppress(StaleCase, Refused):
        done = store.apply(address, command, Actor(name, everybody=True))
        os.write(pipe, f"{command.token} {done.sequence} {done.hash}\n".encode())


def one_sitting(path: Path, address: Address, name: str, pipe: int) -> None:
    with opening.open(path, wait_seconds=60) as database:
        store = Store(database, lambda: LATER, name)
        for command in acts(name):
            act_on(store, address, command, name, pipe)


def many_sittings(path: Path, address: Address, name: str, pipe: int) -> None:
    for command in acts(name):
        with opening.open(path, wait_seconds=60) as database:
            act_on(Store(database, lambda: LATER, name), address, command, name, pipe)


def copying(path: Path, address: Address, name: str, pipe: int) -> None:
    with opening.open(path, wait_seconds=60) as database:
        number = 0
        while True:
            target = path.parent / f"salinan-{os.getpid()}-{number}.db"
            backup.copy(database, target)
            os.write(pipe, f"{target.name}\n".encode())
            number += 1


ROLES: tuple[tuple[str, Callable[[Path, Address, str, int], None]], ...] = (
    ("ani", one_sitting),
    ("budi", one_sitting),
    ("citra", many_sittings),
    ("dedi", copying),
)


def start(role: Callable[[Path, Address, str, int], None], path: Path, address: Address, name: str) -> tuple[int, int]:
    """A child at work: (process id, the pipe it tells through)."""
    told, telling = os.pipe()
    child = os.fork()
    if child:
        os.close(telling)
        return child, told
    os.close(told)
    try:
        role(path, address, name, telling)
    except BaseException as error:
        os.write(2, f"{name}: {type(error).__name__}: {error}\n".encode())
    os._exit(3)


def heard(pipe: int) -> list[str]:
    """All that a dead child has told; a line that its end tore off was not told."""
    parts = []
    while part := os.read(pipe, 65536):
        parts.append(part)
    os.close(pipe)
    return b"".join(parts).decode().split("\n")[:-1]


class Ledger:
    """What was promised, and what was found of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.promised: dict[str, tuple[int, str]] = {}
        self.copies: list[str] = []
        self.whole: Head | None = None
        self.missing: list[str] = []
        self.unsound: list[str] = []

    def hear(self, lines: list[str]) -> None:
        for line in lines:
            words = line.split()
            if len(words) == 3:
                self.promised[words[0]] = (int(words[1]), words[2])
            else:
                self.copies.append(line)

    def check(self) -> None:
        """What was promised is there, the file is sound, the chain whole; copies that were promised open and fit."""
        with opening.open(self.path) as database:
            self.unsound += [str(line) for (line,) in database.rows("PRAGMA integrity_check") if line != "ok"]
            report = audit.verify_chain(database, self.whole)
            if report.problem is not None:
                self.unsound.append(f"{report.problem} {report.broken_at}")
            self.whole = report.head
            stored = {
                token: (sequence, digest)
                for token, sequence, digest in database.rows(
                    "SELECT token, sequence, hash FROM events WHERE token IS NOT NULL"
                )
            }
        self.missing = [token for token, promise in self.promised.items() if stored.get(token) != promise]
        self.stored = len(stored)
        for name in self.copies:
            copied = self.path.parent / name
            with opening.open(copied) as database:
                if audit.verify_chain(database).problem is not None:
                    self.unsound.append(name)
        self.copies.clear()
        for left in self.path.parent.glob("salinan-*"):
            left.unlink()


def main(folder: Path, kills: int, seed: int) -> dict[str, object]:
    path = folder / "sakip.db"
    with opening.open(path, create=True) as database:
        store = Store(database, Clock())
        address = adopt(store)
        store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
    chance = random.Random(seed)
    ledger = Ledger(path)
    done = died_early = copies = 0
    for number in range(-(-kills // len(ROLES))):
        children = [start(role, path, address, name) for name, role in ROLES]
        if number % 2:
            # Every other round comes to its work, however slow the machine is, now and then to a whole copy; the others
            # may be cut off before that.
            waits_for_copy = number % 10 == 9
            select.select(
                [
                    pipe
                    for (_, pipe), (_, role) in zip(children, ROLES, strict=True)
                    if (role is copying) == waits_for_copy
                ],
                [],
                [],
            )
        time.sleep(chance.uniform(0.0, LONGEST_LIFE))
        for child, _ in children:
            os.kill(child, signal.SIGKILL)
        for child, pipe in children:
            _, status = os.waitpid(child, 0)
            died_early += not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
            ledger.hear(heard(pipe))
        done += len(children)
        if (number + 1) % ROUNDS_BETWEEN_CHECKS == 0:
            copies += len(ledger.copies)
            ledger.check()
    copies += len(ledger.copies)
    ledger.check()
    with opening.open(path) as database:
        differing = [str(year) for _, year in row_audit.differing_years(database)]
    return {
        "kills": done,
        "promised": len(ledger.promised),
        "missing": ledger.missing,
        "stored": ledger.stored,
        "copies": copies,
        "unsound": ledger.unsound,
        "differing_years": differing,
        "died_by_themselves": died_early,
    }


def restores(folder: Path, kills: int, seed: int) -> dict[str, object]:
    """Kill a restore at any moment: the database is the one before or the restored one, then with the other kept."""
    path = folder / "sakip.db"
    with opening.open(path, create=True) as database:
        store = Store(database, Clock())
        address = adopt(store)
        store.apply(address, Command(Act.BUKA, TW1), EVERYBODY)
        older = backup.copy(database, folder / "cadangan.db")
        for number in range(40):
            store.apply(address, Command(Act.KOMENTAR, TW1, step=1, note=f"{number} " * 200), EVERYBODY)
        newest = queries.head(database)
    content = path.read_bytes()
    chance = random.Random(seed)
    outcomes = {"before": 0, "restored": 0}
    unsound: list[str] = []
    for number in range(kills):
        child = os.fork()
        if not child:
            try:
                with Restoration(folder / "cadangan.db", path, Clock().now) as restoration:
                    restoration.carry_out("ani")
            except BaseException as error:
                os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(0)
        time.sleep(chance.uniform(0.0, LONGEST_RESTORE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with opening.open(path) as database:
            head = queries.head(database)
            unsound += [str(line) for (line,) in database.rows("PRAGMA integrity_check") if line != "ok"]
            report = audit.verify_chain(database)
            unsound += [f"{number}: {report.problem}"] if report.problem is not None else []
        if head == newest:
            outcomes["before"] += 1
        elif head.sequence == older.sequence + 1:
            outcomes["restored"] += 1
            (kept,) = (folder / "cadangan").glob("*sebelum-pulih*.db")
            with opening.open(kept) as database:
                unsound += [] if queries.head(database) == newest else [f"{number}: what was replaced is not whole"]
        else:
            unsound.append(f"{number}: head {head.sequence}")
        for left in [*folder.glob("sakip.db*"), *(folder / "cadangan").glob("*")]:
            left.unlink()
        path.write_bytes(content)
    return {"kills": kills, **outcomes, "unsound": unsound}


if __name__ == "__main__":
    moved_clock.keep_monotonic()
    work = restores if "pulihkan" in sys.argv[4:] else main
    sys.stdout.write(json.dumps(work(Path(sys.argv[1]), int(sys.argv[2]), int((sys.argv[3:] or ["1"])[0]))) + "\n")

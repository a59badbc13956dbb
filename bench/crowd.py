"""Fifty people on one file: 50 processes that stay open, one act a second each, for a minute.

`python -m bench.crowd [PEOPLE [SECONDS]]`, or `make crowd`. A 51st process makes bare commits on a file of its own
beside it: what the disk and the machine cost at that moment.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, sleep, time

import apsw

from bench.figures import Figure, show
from db import adoption, audit, case_queries, opening, row_audit
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor

PEOPLE, SECONDS = 50, 60
SOP, TW1 = "dpmd-nganjuk", "2026-TW1"
SLOWEST_SECONDS = 2.0
LIMIT = 30.0
"""Times a bare commit that the slowest act of a hundred may take."""
_ACTOR = Actor("bench", everybody=True)


def crowd(people: int = PEOPLE, seconds: int = SECONDS) -> Iterator[Figure]:
    """Every figure is 0, or held against the bare commit of the same minute."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("SAKIP_BENCH_FOLDER"), prefix="sakip-bench-") as place:
        path = Path(place) / "kantor.db"
        address, step = _office(path, people)
        bare = _start(lambda: _bare_commits(Path(place) / "lain.db", seconds))
        workers = [_start(lambda number=n: _person(path, address, step, number, seconds)) for n in range(people)]
        commits = _heard(bare)
        told = [_heard(worker) for worker in workers]
        took = sorted(each for one in told for each in one["took"])
        errors = [error for one in told for error in one["errors"]]
        tokens = [token for one in told for token in one["tokens"]]
        with opening.open(path) as database:
            kept = [token for (token,) in database.rows("SELECT token FROM events WHERE token LIKE 'o%'")]
            unsound = [str(line) for (line,) in database.rows("PRAGMA integrity_check") if line != "ok"]
            problem = audit.verify_chain(database).problem
            unsound += [problem] if problem is not None else []
            unsound += [f"rows of {address.sop} {year}" for address, year in row_audit.differing_years(database)]
    for error in [*errors[:5], *unsound[:5]]:
        print(f"    {error}", file=sys.stderr)
    commit = median(commits["took"])
    p99 = quantiles(took, n=100)[98]
    yield Figure("acts acknowledged", len(tokens), "")
    yield Figure("acts a second", len(tokens) / seconds, "")
    yield Figure("errors", len(errors), "", 0)
    yield Figure("lost", len(set(tokens) - set(kept)), "", 0)
    yield Figure("doubled", len(kept) - len(set(kept)) + len(set(kept) - set(tokens)), "", 0)
    yield Figure("what is unsound in file, chain and rows", len(unsound), "", 0)
    yield Figure("bare commit in the same minute", commit * 1000, "ms")
    yield Figure("the slowest of a hundred of them", quantiles(commits["took"], n=100)[98] * 1000, "ms")
    yield Figure("one act, median", median(took) * 1000, "ms")
    yield Figure("one act, slowest of a hundred", p99 * 1000, "ms")
    yield Figure("slowest of a hundred / bare commit", p99 / commit, "x", LIMIT)
    yield Figure("slowest act of all", took[-1], "s", SLOWEST_SECONDS)


def _office(path: Path, people: int) -> tuple[Address, int]:
    """An office with a bidang for each person, its per-bidang region open: every person has a card."""
    with opening.open(path, create=True) as database:
        store = Store(database, lambda: int(time()))
        bidang = tuple(f"Bidang {number:02}" for number in range(people))
        wanted = adoption.Adoption(catalog.load(SOP), 2026, bidang=bidang)
        address = adoption.set_up(store, wanted, _ACTOR).address
        region = next(step.number for step in catalog.load(SOP).steps if step.per_bidang)
        store.apply(address, Command(Act.BUKA, TW1), _ACTOR)
        for step in range(1, region):
            store.apply(address, Command(Act.SELESAI, TW1, step=step), _ACTOR)
        assert len(case_queries.board(database, address, TW1).state.cases[(TW1, 1)].runs) == people + region - 1
    return address, region


def _person(path: Path, address: Address, step: int, number: int, seconds: int) -> dict[str, list[object]]:
    """Start the card and let it go, remark, once a second at a moment of one's own; look for news as the board does."""
    took: list[object] = []
    tokens: list[object] = []
    errors: list[object] = []
    chance = random.Random(number)
    name, bidang = f"orang-{number}", f"Bidang {number:02}"
    with opening.open(path) as database:
        store = Store(database, lambda: int(time()), "pc")
        began = monotonic() + 1 + chance.random()
        for turn in range(seconds):
            sleep(max(0.0, began + turn - monotonic()))
            act = (Act.MULAI, Act.KOMENTAR, Act.LEPAS)[turn % 3]
            command = Command(act, TW1, step=step, bidang=bidang, note=f"catatan {turn}", token=f"{name}-{turn}")
            asked = monotonic()
            try:
                database.data_version()
                store.apply(address, command, Actor(name, everybody=True))
            except Exception as error:
                errors.append(f"{name} {turn}: {error!r}")
            else:
                took.append(monotonic() - asked)
                tokens.append(command.token)
    return {"took": took, "tokens": tokens, "errors": errors}


def _bare_commits(path: Path, seconds: int) -> dict[str, list[object]]:
    """The least that keeps anything, with the store's own pragmas, a few times a second."""
    took: list[object] = []
    engine = apsw.Connection(str(path))
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        engine.execute(f"PRAGMA {pragma}").fetchall()
    engine.execute("CREATE TABLE t (x INTEGER)")
    began = monotonic()
    while monotonic() - began < seconds + 1:
        asked = monotonic()
        engine.execute("BEGIN IMMEDIATE")
        engine.execute("INSERT INTO t VALUES (1)")
        engine.execute("COMMIT")
        took.append(monotonic() - asked)
        sleep(0.2)
    engine.close()
    return {"took": took}


def _start(work: Callable[[], dict[str, list[object]]]) -> tuple[int, int]:
    """A forked process: (id, the pipe that it tells its findings through)."""
    told, telling = os.pipe()
    child = os.fork()
    if child:
        os.close(telling)
        return child, told
    try:
        gc.freeze()
        with os.fdopen(telling, "w", encoding="utf-8") as pipe:
            json.dump(work(), pipe)
    except BaseException as error:
        os.write(2, f"{error!r}\n".encode())
    os._exit(0)


def _heard(started: tuple[int, int]) -> dict[str, list[float]]:
    child, told = started
    with os.fdopen(told, encoding="utf-8") as pipe:
        found: dict[str, list[float]] = json.load(pipe)
    os.waitpid(child, 0)
    return found


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]]
    sys.exit(show((__doc__ or "").splitlines()[0], crowd(*sizes)))

"""A monkey at the keyboard: keys, pastes, clicks and sizes by chance, the same for the same seed.

`python -m tests.tui.monkey write FILE SEED` is the other program that writes to the same file meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import PIPE, Popen
from time import monotonic
from typing import NamedTuple

import pyte

from bench.terminal import ANSWERS, Terminal, emulable
from db import opening, queries
from db.errors import DbError
from db.people_pins import set_pin, unlock_pin
from db.people_store import NewPerson, add_person
from db.settings_store import change_settings
from db.store import Store
from sakip_tui.screens import PLACES
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.pelaksana import Actor, Role
from sop.model.state import Answer
from tests.tui.year import demo_file

ROOT = Path(__file__).parents[2]
PIN = "481516"
PEOPLE = (
    ("admin-1", "Wening", Role.ADMIN),
    ("kasubag", "Bagas", Role.PENGELOLA),
    ("staf-3", "Citra", Role.PELAKSANA),
)
"""Code, name and role of whoever is registered."""
LIMIT = 120.0
"""Seconds within which what was pressed is answered, on a machine that others use too."""
KEPT_KEYS = 60
"""How many of the last keys a failure tells."""

ESCAPE = "\x1b\x1b[I"
"""The key, and what a terminal says that has the focus: so the key is told from the beginning of another."""
REPAINT = "\x1b[I\x0c"
CLEARED = b"\x1b[2J"
MOVES = ("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\t", "\x1b[Z")
ODD = (
    *("\x7f", "\x08", "\x1b[3~", "\x1b[2~", "\x1bOP", "\x1b[15~", "\x1b[24~", "\x1b[1;5C", "\x1b[1;2D", "\x1b[1;3A"),
    *(chr(number) for number in range(1, 32) if number not in (0x0C, 0x1B)),
    *("\x1b[I", "\x1b[O", "\x1b[999;999R", "\x1b[?62;22c", "\x1b]0;judul\x07", "\x1b[200;5u", "\x1bO", "\x1ba", "\x1b"),
    *("é", "ß", "漢", "\U0001f600", "\u202e", "\u200d", "\x9b"),
)
SENTENCES = (
    "menunggu data dari bidang",
    "10/12/2026",
    "8.00-12.00; Jumat 8.00-11.00",
    "1=1, 2=2, 3=4",
    "065/12/2026",
    "Banjir",
    "[/][@click=app.quit]x[/]",
    "31/2/2026 25.61",
    "-1",
    "9" * 60,
    "satu\r\ndua\r\n\ttiga\r\n",
    "naskah dari pengolah kata \u201csatu\u201d \u2013 dua\u2026 " * 40,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u0627\u0644 e\u0301 " * 10,
)
SIZES = ((80, 24), (80, 24), (120, 40), (60, 18), (200, 50), (300, 100), (1, 1), (2, 2), (10, 3), (300, 1), (1, 100))


_PLACES = len(PLACES)


def _menu(key: str, number: int) -> tuple[str, ...]:
    """Choose an item of a menu."""
    return (key, "\x1b[H", *("\x1b[B",) * number, "\r")


class Report(NamedTuple):
    """What a run came to."""

    keys: int
    early_mb: float
    """Resident memory at `Monkey.EARLY` keys, or at the end of a shorter run."""
    late_mb: float
    visited: frozenset[str]
    """Kinds of screens that came on view, and titles of prompts."""


class Fallen(AssertionError):
    """The program ended, or answers no more."""


class Monkey:
    """Presses keys on the real program in a pseudo-terminal until it falls, or until there were enough."""

    EARLY = 5_000

    def __init__(self, path: Path, seed: int) -> None:
        """
        Args:
            path: The database file; see `office`.
            seed: The same keys for the same seed. What the program makes of them also hangs on time.
        """
        self.seed = seed
        self._chance = random.Random(seed)
        self._keys: deque[str] = deque(maxlen=KEPT_KEYS)
        self._pressed = 0
        self._size = (80, 24)
        self._picture = bytearray()
        """What was sent since the screen was last cleared."""
        self._visited = path.with_name("dilihat.txt")
        self._visited.touch()
        self._log = path.with_name("data") / "sakip" / "kesalahan.log"
        given = {
            "SAKIP_PENGGUNA": "kasubag",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "XDG_DATA_HOME": str(path.with_name("data")),
            "SAKIP_MOUSE": "1",
        }
        command = (sys.executable, "-m", "tests.tui.caged", str(self._visited), "--db", str(path))
        self._terminal = Terminal(command, self._size, given, str(ROOT))

    def run(self, keys: int) -> Report:
        """Press that many keys. Raises Fallen with the seed and the last keys."""
        with self._terminal:
            self._answered()
            self._sign_in()
            self._tour()
            early = 0.0
            while self._pressed < keys:
                self._burst()
                if not early and self._pressed >= self.EARLY:
                    early = self._memory()
            late = self._memory()
        return Report(self._pressed, early or late, late, self._seen())

    def _sign_in(self) -> None:
        """As the second of the people, who manages the office."""
        end = monotonic() + LIMIT
        while "BoardScreen" not in self._seen():
            if monotonic() > end:
                raise self._fallen("lets nobody in")
            self._terminal.type(f"\x1b[A\x1b[A\x1b[B\x15{PIN}\r")
            self._answered()

    def _tour(self) -> None:
        """Every screen once, as it is meant to be come to; from then on by chance."""
        for keys in (("\r",), ("c",), ("?",), *(_menu("n", place) for place in range(_PLACES))):
            self._press((*(ESCAPE,) * 3, *keys))
            self._answered()

    def _press(self, keys: Sequence[str]) -> None:
        self._keys.extend(keys)
        self._pressed += len(keys)
        self._terminal.type("".join(keys))

    def _seen(self) -> frozenset[str]:
        return frozenset(self._visited.read_text(encoding="utf-8").splitlines())

    # ------------------------------------------------------------------ what is pressed
    def _burst(self) -> None:
        chance = self._chance
        if chance.random() < 1 / 25:
            self._resize(chance.choice(SIZES) if chance.random() < 0.7 else self._any_size())
        if chance.random() < 1 / 150:
            self._keys.append("<lock>")
            os.kill(self._terminal.pid, signal.SIGUSR1)
        self._press(list(self._some_keys()))
        if chance.random() < 0.9:
            # Else the next ones come while these are still being answered.
            self._answered()

    def _some_keys(self) -> Iterator[str]:
        chance = self._chance
        kind = chance.random()
        if kind < 0.18:
            # To a screen by the menu, from wherever one is.
            yield from (*(ESCAPE,) * 3, *_menu("n", chance.randrange(_PLACES + 3)))
        elif kind < 0.24:
            yield from (*(ESCAPE,) * 3, *_menu("i", chance.randrange(30)))
        elif kind < 0.28:
            yield from ("\x15", *PIN, "\r")
        elif kind < 0.33:
            yield self._paste()
        elif kind < 0.37:
            yield from self._clicks()
        elif kind < 0.43:
            # Typed into a form, and answered.
            yield from (*chance.choice(SENTENCES)[:40], *chance.choices(("\r", "\x13", "\t", ESCAPE), k=3))
        else:
            for _ in range(chance.randrange(1, 24)):
                yield self._key()

    def _key(self) -> str:
        chance = self._chance
        kind = chance.random()
        if kind < 0.40:
            return chance.choice("abcdefghijklmnopqrstuvwxyz")
        if kind < 0.60:
            return chance.choice(MOVES)
        if kind < 0.72:
            return "\r"
        if kind < 0.84:
            return ESCAPE
        if kind < 0.92:
            return chance.choice("0123456789?/.,<> +-=ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return chance.choice(ODD)

    def _paste(self) -> str:
        text = self._chance.choice(SENTENCES)
        return f"\x1b[200~{text}\x1b[201~" if self._chance.random() < 0.6 else text

    def _clicks(self) -> Iterator[str]:
        chance = self._chance
        for _ in range(chance.randrange(1, 5)):
            x, y = chance.randrange(1, self._size[0] + 3), chance.randrange(1, self._size[1] + 3)
            if chance.random() < 0.3:
                yield f"\x1b[<{chance.choice((35, 64, 65))};{x};{y}M"
            else:
                yield f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"

    def _any_size(self) -> tuple[int, int]:
        return self._chance.randint(1, 300), self._chance.randint(1, 100)

    def _resize(self, size: tuple[int, int]) -> None:
        self._size = size
        self._keys.append(f"<{size[0]}x{size[1]}>")
        self._terminal.resize(*size)

    # ------------------------------------------------------------------ what comes of it
    def _answered(self) -> None:
        """Until all is answered: the key that repaints is answered after those before it, on whatever screen.

        Pressed again where nothing comes: what is typed while the program still starts is nobody's.
        """
        end = monotonic() + LIMIT
        while True:
            self._terminal.type(REPAINT)
            again = monotonic() + 1.0
            while monotonic() < again:
                if self._read():
                    return
            if monotonic() > end:
                raise self._fallen("answers no more")

    def _read(self) -> bool:
        """Take what comes; whether the screen was cleared in it."""
        data = self._terminal.take(0.05)
        if not data:
            if not self._terminal.is_running():
                raise self._fallen(f"ended with {os.waitstatus_to_exitcode(self._terminal.ended())}")
            return False
        for question, answer in ANSWERS:
            if question in data:
                self._terminal.type(answer.decode())
        before = len(self._picture)
        self._picture += data
        cleared = self._picture.rfind(CLEARED, max(0, before - len(CLEARED)))
        if cleared < 0:
            return False
        del self._picture[:cleared]
        return True

    def _memory(self) -> float:
        """Resident megabytes, at the board and in a size that is always the same."""
        self._resize((80, 24))
        for _ in range(4):
            self._terminal.type(ESCAPE * 4 + "\x15" + PIN + "\r")
            self._answered()
        with open(f"/proc/{self._terminal.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def _fallen(self, how: str) -> Fallen:
        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(emulable(bytes(self._picture)))
        shown = "\n".join(line.rstrip() for line in screen.display)
        log = self._log.read_text(encoding="utf-8")[-4000:] if self._log.exists() else "nothing was kept"
        return Fallen(
            f"The program {how} after {self._pressed} keys. Seed {self.seed}, {self._size[0]}x{self._size[1]}.\n"
            f"The last keys: {list(self._keys)}\n{shown}\n{log}"
        )


def office(path: Path, now: int) -> None:
    """The demo office with people who have a PIN, so that nothing is missing on any screen."""
    address = demo_file(path, now)
    with opening.open(path) as database:
        store, nobody = Store(database, lambda: now), Actor("siapa", everybody=True)
        admin = Actor("admin-1", frozenset({Role.ADMIN}))
        for number, (code, name, role) in enumerate(PEOPLE):
            person = NewPerson(name, {role}, code, code)
            add_person(store, address.office, person, admin if number else nobody)
        for code, *_ in PEOPLE:
            set_pin(store, address.office, code, PIN, admin)


@contextlib.contextmanager
def somebody_else(path: Path, seed: int) -> Iterator[None]:
    """Another program that acts on the same file all the while."""
    command = (sys.executable, "-m", "tests.tui.monkey", "write", str(path), str(seed))
    writer = Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)
    try:
        yield
        written, _ = writer.communicate("\n", timeout=LIMIT)
        assert int(written) > 0, "the other program wrote"
    finally:
        writer.kill()
        writer.wait()


def write(path: Path, seed: int) -> int:
    """Act by chance until standard input says something; returns how many acts were done.

    Whoever was locked out by wrong PINs may try again, or the monkey would sit before the lock for the rest.
    """
    chance = random.Random(seed)
    done = 0
    with opening.open(path) as database:
        store = Store(database, lambda: int(time.time()), "lain")
        address = queries.address_of(database)
        other, admin = Actor("siti", everybody=True), Actor("admin-1", frozenset({Role.ADMIN}))
        periods = [f"{time.localtime().tm_year}-{name}" for name in ("TW1", "TW2", "TW3", "TW4", "S1", "S2", "TH")]
        while not select.select([sys.stdin], [], [], 0.25)[0]:
            try:
                if chance.random() < 0.2:
                    change_settings(store, address.office, {"at_risk_percent": chance.randrange(50, 95)}, admin)
                elif chance.random() < 0.3:
                    for code, *_ in PEOPLE:
                        with contextlib.suppress(SopError):
                            unlock_pin(store, address.office, code, admin)
                else:
                    store.apply(address, _act(chance, periods), other)
                done += 1
            except (SopError, DbError):
                # Refused, or busy: it tries something else.
                pass
    return done


def _act(chance: random.Random, periods: list[str]) -> Command:
    return Command(
        chance.choice((Act.KOMENTAR, Act.KOMENTAR, *Act)),
        chance.choice(periods),
        step=chance.randint(1, 9),
        reason="alasan lain",
        note="dari tempat lain",
        answer=chance.choice(tuple(Answer)),
        holder="staf-3",
        item=0,
        target=chance.randint(1, 9),
    )


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[2]), int(sys.argv[3]))}\n")

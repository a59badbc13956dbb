"""From the board to the dashboard, the log and the flow chart: bytes to the terminal and processor time, from outside.

One office whose TW I shows 2,000 cards and whose log holds 100,000 events, in a pseudo-terminal of 80x24. A switch is
from the key until silence, reading of the database included. Medians over `RUNS` starts: the first switch of a program
imports what it needs, and that is the one that counts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

from bench.board import SIZE, command
from bench.figures import Figure
from bench.installed import ENVIRONMENT
from bench.offices import OFFICE_TIME, PERIOD, SOP
from bench.terminal import Terminal, settle
from db import opening
from db.adoption import Adoption, set_up
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.pelaksana import Actor

CARDS, EVENTS = 2000, 100_000
RUNS = 5
MOST_BYTES, MOST_CPU_MS = 8000, 60
MOST_CLICK = 1.2
"""Bytes of a click against those of the key that it stands for."""
_OTHERS = 6
"""Cards beside those of the region step, as in `bench.offices`."""
_PEOPLE = tuple(Actor(name, everybody=True) for name in ("budi", "siti", "andi", "rini"))
_BOARD_TEXT = "MENUNGGU"


@dataclass(frozen=True, slots=True)
class Switch:
    """From one screen to another, until silence."""

    sent: int
    cpu_ms: float
    milliseconds: float
    """Until the last byte."""


def build(path: Path, cards: int = CARDS, events: int = EVENTS) -> Path:
    """An office with that many cards on view and events in its log, made by the store itself.

    Most events are remarks by four people, as their number and not their kind is what costs. Syncing is off while it is
    built: nothing here is worth keeping.
    """
    if path.exists():
        return path
    bidang = tuple(f"Bidang {number:04d}" for number in range(1, cards - _OTHERS + 1))
    morning = OFFICE_TIME - 7200
    now = OFFICE_TIME - 8 * 3600
    temporary = path.with_suffix(".part")
    with opening.open(temporary, create=True) as database:
        database.rows("PRAGMA synchronous = OFF")
        store = Store(database, lambda: now)
        address = set_up(store, Adoption(catalog.load(SOP), 2026, bidang=bidang), _PEOPLE[0]).address

        def act(kind: Act, step: int | None, at: int, who: int = 0, of: str | None = None, note: str = "") -> int:
            nonlocal now
            now = at
            asked = Command(kind, PERIOD, step=step, bidang=of, at=Typed(at), note=note or None)
            return store.apply(address, asked, _PEOPLE[who]).sequence

        count = act(Act.BUKA, None, morning)
        act(Act.MULAI, 1, morning + 900)
        while count < events - 16:
            note = "Menunggu data dari seksi; sudah diingatkan lewat telepon."
            count = act(Act.KOMENTAR, 1, morning + 900 + min(500, count // 200), who=count % 4, note=note)
        act(Act.SELESAI, 1, morning + 1500)
        act(Act.MULAI, 2, morning + 1800)
        act(Act.SELESAI, 2, morning + 2400)
        for index, name in enumerate(bidang[:8]):
            act(Act.MULAI, 3, OFFICE_TIME - 1200 + index * 7, of=name)
        database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    temporary.rename(path)
    return path


def switch(path: Path, key: str, text: str, then: tuple[str, ...] = ()) -> tuple[Switch, list[Switch]]:
    """Start on the board, press a key that opens a screen, then further keys there.

    Returns:
        (the opening, what each key of `then` took).
    """
    words = command("bench.screen_app", str(path))
    with Terminal(words, SIZE, ENVIRONMENT) as terminal:
        terminal.wait_for(_BOARD_TEXT)
        # What the board looks up after its first picture is not the switch's.
        settle(terminal, 2.0)
        opening = _pressed(terminal, key, text)
        return opening, [_pressed(terminal, each) for each in then]


def clicked(path: Path, hint: str, text: str) -> Switch:
    """Start on the board and click on a written key that opens a screen.

    Args:
        path: The office.
        hint: As it stands at the foot of the board.
        text: Stands on the screen that it opens.
    """
    words = command("bench.screen_app", str(path))
    with Terminal(words, SIZE, {**ENVIRONMENT, "SAKIP_MOUSE": "1"}) as terminal:
        terminal.wait_for(_BOARD_TEXT)
        settle(terminal, 2.0)
        row, line = next((y, line) for y, line in enumerate(terminal.text().split("\n")) if hint in line)
        sent, used, began = terminal.sent, terminal.usage().cpu_seconds, monotonic()
        for end in "Mm":
            terminal.type(f"\x1b[<0;{line.index(hint) + 1};{row + 1}{end}")
        terminal.wait_for(text)
        settle(terminal, 0.4)
        last = terminal.chunks[-1][0]
        return Switch(terminal.sent - sent, (terminal.usage().cpu_seconds - used) * 1000, (last - began) * 1000)


def _pressed(terminal: Terminal, key: str, text: str | None = None) -> Switch:
    sent, used, began = terminal.sent, terminal.usage().cpu_seconds, monotonic()
    terminal.press(key)
    if text is not None:
        # On a machine that is busy silence alone may be that nothing has begun.
        terminal.wait_for(text)
    settle(terminal, 0.4)
    last = terminal.chunks[-1][0] if terminal.sent > sent else began
    return Switch(terminal.sent - sent, (terminal.usage().cpu_seconds - used) * 1000, (last - began) * 1000)


def figures() -> Iterator[Figure]:
    """The table."""
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        home = Path(folder)
        yield from measured(build(home / "kantor.db"))


def measured(path: Path) -> Iterator[Figure]:
    """The figures of an office that is built already."""
    for name, key, text, then in (
        ("dashboard", "v", "Perlu perhatian", ("down", "pagedown", "tab")),
        ("log", "y", "Riwayat", ("down", "pagedown", "end")),
        ("flow chart", "z", "Uraian kegiatan", ("down", "right", "end")),
    ):
        # The first start compiles; an installed program is compiled already.
        switch(path, key, text)
        found = [switch(path, key, text, then) for _ in range(RUNS)]
        openings = [opening for opening, _ in found]
        yield Figure(f"to the {name}: sent", median(one.sent for one in openings), "B", MOST_BYTES)
        yield Figure(f"to the {name}: processor", median(one.cpu_ms for one in openings), "ms", MOST_CPU_MS)
        yield Figure(f"to the {name}: until the last byte", median(one.milliseconds for one in openings), "ms")
        if key == "v":
            clicks = median(clicked(path, "v Dasbor", text).sent for _ in range(RUNS))
            share = clicks / median(one.sent for one in openings)
            yield Figure(f"to the {name}, clicked: sent against the key", share, "x", MOST_CLICK)
        for index, pressed in enumerate(then):
            each = [rest[index] for _, rest in found]
            yield Figure(f"{name}, {pressed}: sent", median(one.sent for one in each), "B")
            yield Figure(f"{name}, {pressed}: processor", median(one.cpu_ms for one in each), "ms")

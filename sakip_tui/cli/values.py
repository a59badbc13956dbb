"""From the words of a command line to values, gathering every fault before any is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sakip_tui.cli.session import Session
from sakip_tui.cli.streams import STANDARD_OUTPUT
from sop.form.faults import shown
from sop.model.commands import Typed
from sop.model.errors import Fault, FaultyInput, Gathering
from sop.model.refusals import Unknown
from sop.time.instants import civil, midnight, parse_date, parse_instant

if TYPE_CHECKING:
    import datetime as dt

    from db.rows import Board

T = TypeVar("T")
LARGEST_NUMBER = 10**9


class Values(Gathering):
    """Reads the arguments of one command. Ask for everything, then `check`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def fault(self, place: str, code: str, found: str = "", known: Sequence[str] = ()) -> None:
        self.faults.append(Fault(place, code, shown(found), tuple(known)))

    def text(self, name: str) -> str | None:
        return self.session.arguments.text(name)

    def typed(self, name: str, read: Callable[[str], T]) -> T | None:
        """What is read out of a text; None when it was not given or is faulty."""
        given = self.text(name)
        return None if given is None else self.tried(lambda: read(given))

    def target(self) -> str | None:
        """Where a document goes, as it was named."""
        target = self.text("--keluaran")
        if target is not None and (not target.strip() or "\0" in target):
            self.fault("--keluaran", "nama-tak-terpakai")
        return target

    def keep_off_screen(self, target: str | None) -> None:
        """A workbook is nothing to look at in a terminal."""
        if target == STANDARD_OUTPUT and sys.stdout.isatty():
            self.fault("--keluaran", "bukan-untuk-layar")

    def number(self, name: str, least: int = 0, most: int = LARGEST_NUMBER) -> int | None:
        """A whole number; None when it was not given or is faulty."""
        given = self.text(name)
        if given is None:
            return None
        bare = given.strip()
        if not (bare.isascii() and bare.lstrip("-").isdigit() and len(bare) <= 12):
            self.fault(name, "bukan-bilangan", given)
            return None
        value = int(bare)
        if not least <= value <= most:
            self.fault(name, "bilangan-di-luar-batas", given, (f"{least} sampai {most}",))
            return None
        return value

    def moment(self, name: str) -> Typed | None:
        """A moment in the office's time; a typed minute covers its seconds."""
        return self.typed(
            name, lambda text: Typed(*parse_instant(text, self.session.zone_offset, self.session.now, name))
        )

    def moment_or_day(self, name: str, near: dt.date | None = None) -> int | None:
        """A moment; a day alone stands for its beginning. One without a year is read as `parse_date` does."""
        given = self.text(name)
        if given is None:
            return None
        offset, now = self.session.zone_offset, self.session.now
        try:
            day = parse_date(given, offset, now, name, near)
        except FaultyInput:
            typed = self.moment(name)
            return None if typed is None else typed.at
        return midnight(day, offset)

    @property
    def today(self) -> dt.date:
        """The office's own."""
        return civil(self.session.now, self.session.zone_offset).date()

    def day(self, name: str, near: dt.date | None = None) -> dt.date | None:
        return self.typed(name, lambda text: parse_date(text, self.session.zone_offset, self.session.now, name, near))

    def choice(self, name: str, known: Sequence[str]) -> str | None:
        """One of some words, whatever its case."""
        given = self.text(name)
        if given is None:
            return None
        word = given.strip().casefold()
        if word in known:
            return word
        self.fault(name, "pilihan-salah", given, known)
        return None

    def choices(self, name: str, known: Sequence[str]) -> tuple[str, ...] | None:
        """Some of some words, with commas between them, whatever their case; None when none was given or is known."""
        given = self.text(name)
        if given is None:
            return None
        words = [word.strip().casefold() for word in given.split(",")]
        foreign = [word for word in words if word not in known]
        for word in foreign:
            self.fault(name, "pilihan-salah", word, known)
        return None if foreign else tuple(words)

    def step_map(self, name: str) -> dict[int, int]:
        """`1=1,2=2,3=4`."""
        image: dict[int, int] = {}
        for pair in (self.text(name) or "").split(","):
            old, separator, new = (part.strip() for part in pair.partition("="))
            if not (separator and _is_number(old) and _is_number(new)):
                self.fault(name, "peta-tak-terbaca", self.text(name) or "")
                return {}
            if int(old) in image:
                self.fault(name, "peta-berulang", old)
            image[int(old)] = int(new)
        return image


def step_asked(session: Session) -> tuple[str, int, str | None]:
    """What `PERIODE LANGKAH [--bidang B]` names, as it was typed; the zone is known from here on.

    Raises:
        FaultyInput: The step is no number.
        Unknown: The period is none of this office.
    """
    values = Values(session)
    step = values.number("LANGKAH", 0)
    values.check()
    assert step is not None
    key = session.period()
    session.know_zone(session.office.zone)
    return key, step, values.text("--bidang")


def require_period(board: Board, key: str) -> None:
    """Raises Unknown, which names the periods of the year, where it has none of that key."""
    if key not in board.state.periods:
        raise Unknown("periode", key, tuple(board.state.periods))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6

"""How an event is told: to somebody at a screen or command line, or on a sheet that has columns for much of it.

The verbs stand in `act_verbs.py` and `people_verbs.py`, the whole sentence in `events.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from sop.model.events import Event
from sop.model.periods import split
from sop.model.texts import clean
from sop.time.instants import civil
from sop.words.labels import bidang_named, listed
from sop.words.people import person_called
from sop.words.periods import period_label, period_short
from sop.words.time import moment_short


class Voice:
    """Tells to somebody who reads one sentence: people by name, the period and the bidang in it."""

    on_paper = False

    def __init__(self, offset: int, now: int, names: Mapping[str, str]) -> None:
        """
        Args:
            offset: Seconds the office's zone lies east of UTC.
            now: Moment of looking: moments of its year go without the year.
            names: Code of a person -> name; who is not there is told by code.
        """
        self.offset, self.now, self.names = offset, now, names

    def who(self, code: str) -> str:
        return person_called(self.names, code)

    def moment(self, t: int) -> str:
        return moment_short(t, self.offset, self.now)

    def period(self, key: str) -> str:
        """`TW IV`, with the year where it is not that of now."""
        return period_short(key) if split(key)[0] == civil(self.now, self.offset).year else period_label(key)

    def bidang(self, names: Iterable[object]) -> str:
        """`bidang A dan bidang B`."""
        return listed([bidang_named(clean(str(name))) for name in names])

    def place(self, event: Event) -> str:
        """`langkah 2 TW IV bidang Pelatihan`; of an act on a case or period only the period."""
        parts = []
        if event.step is not None:
            parts.append(f"langkah {event.step}")
        if event.period is not None:
            parts.append(self.period(event.period))
        if event.bidang is not None:
            parts.append(bidang_named(clean(event.bidang)))
        return " ".join(parts)


class PaperVoice(Voice):
    """Tells in a row of the sheet Riwayat, where other columns hold period and marks."""

    on_paper = True

    def __init__(self, names: Mapping[str, str] = MappingProxyType({})) -> None:
        """
        Args:
            names: As of every voice.
        """
        super().__init__(0, 0, names)
        self._called: dict[str, str] = {}

    def who(self, code: str) -> str:
        # A long log names the same few people over and over.
        called = self._called.get(code)
        if called is None:
            called = self._called[code] = super().who(code)
        return called

    def period(self, key: str) -> str:
        return period_label(key)

    def bidang(self, names: Iterable[object]) -> str:
        return listed([str(name) for name in names])

    def place(self, event: Event) -> str:
        """`langkah 3 (Sekretariat) putaran 2`; of an act on a case or period nothing."""
        if event.step is None:
            return ""
        words = f"langkah {event.step}"
        if event.bidang:
            words += f" ({event.bidang})"
        return words if event.attempt is None or event.attempt == 1 else f"{words} putaran {event.attempt}"


Verb = Callable[[Voice, Event], str]
"""What an event says somebody did, with what it was done to."""


def plainly(verb: str, on_paper: str | None = None) -> Verb:
    """A verb with the place behind it.

    Args:
        verb: As it is told to somebody.
        on_paper: On a sheet, where that differs.
    """
    return lambda voice, event: f"{on_paper if voice.on_paper and on_paper else verb} {voice.place(event)}"

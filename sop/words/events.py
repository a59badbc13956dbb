"""What an event says in a sentence: who did what, to which step, why. The one teller of screen, paper and command
line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sop.model.events import Event
from sop.model.texts import clean
from sop.words.act_verbs import VERBS
from sop.words.labels import label
from sop.words.voice import PaperVoice, Voice


class Teller(Voice):
    """Tells events to somebody at a screen or at the command line."""

    def __init__(
        self, offset: int, now: int, names: Mapping[str, str], names_in_file: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """
        Args:
            offset, now, names: As for every voice; the names are those of one office.
            names_in_file: Code -> name of whom a code means whatever the office.
        """
        super().__init__(offset, now, names)
        self._names_in_file = names_in_file

    def of(self, office: str | None) -> Teller:
        """The one who tells what was done to an office, or (None) to the whole file, by a person of any office."""
        return self if office is not None else Teller(self.offset, self.now, self._names_in_file, self._names_in_file)

    def sentence(self, event: Event) -> str:
        """`Siti mulai mengerjakan langkah 2 TW IV bidang Pelatihan`, with reason and marks."""
        text = f"{self.who(event.by)} {_told(self, event)}"
        if (event.attempt or 1) > 1:
            text += f", putaran {event.attempt}"
        words = [clean(str(event.data[name])) for name in ("note", "reason") if event.data.get(name)]
        if words:
            text += ": " + " / ".join(f'"{word}"' for word in words)
        marks = self.marks(event)
        return text + (f" ({', '.join(marks)})" if marks else "")

    @staticmethod
    def marks(event: Event) -> list[str]:
        return [word for held, word in ((event.late_entry, "susulan"), (event.doubted, "jam diragukan")) if held]


def sentence_on_paper(event: Event, voice: PaperVoice) -> str:
    """`kasubag menyelesaikan langkah 3 (Sekretariat) putaran 2: angka sudah diperbaiki`."""
    words = f"{voice.who(event.by)} {_told(voice, event)}"
    remark = remark_of(event)
    return f"{words}: {remark}" if remark else words


def remark_of(event: Event) -> str | None:
    """What somebody wrote with an act."""
    words = [text for name in ("note", "reason") if isinstance(text := event.data.get(name), str)]
    return "; ".join(dict.fromkeys(words)) or None


def _told(voice: Voice, event: Event) -> str:
    if voice.on_paper and event.period is None:
        # Acts on an office are told at length on the screen that lists them, and by their label among those of a year.
        return label(event.act)
    # What an event does not say leaves a gap between two words.
    return " ".join(VERBS[event.act](voice, event).split())

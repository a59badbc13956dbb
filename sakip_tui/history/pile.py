"""The log as it is scrolled through: what of it is at hand, its lines, its filter in words. Pure, no Textual.

Only a window of the log is ever held. It grows at either end as somebody scrolls, and what lies far behind is let go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from db.log_queries import LogFilter
from sakip_tui.glyphs import Glyphs
from sakip_tui.history.kinds import KINDS, kind_of
from sakip_tui.text import cut, wrapped
from sakip_tui.widgets.hints import hints
from sakip_tui.widgets.ink import Line, spread
from sakip_tui.widgets.spans import picked, width_of
from sop.model.act import Act
from sop.model.errors import Fault, Gathering, UnknownPeriod
from sop.model.events import Event
from sop.model.periods import period_typed
from sop.model.refusals import Unknown
from sop.model.texts import clean
from sop.time.instants import civil, midnight, parse_date
from sop.words.event_values import details
from sop.words.events import Teller
from sop.words.labels import bidang_named, label
from sop.words.periods import period_label
from sop.words.time import date_plain, moment_short

if TYPE_CHECKING:
    import datetime as dt

    from db.log_queries import LogFilter, LogWindow
    from db.rows import LoggedEvent

MOST_HELD = 1000
"""Events at hand; more than any screen shows, and few enough to forget."""


class Pile:
    """A stretch of the log without a gap, newest first."""

    def __init__(self) -> None:
        self.events: list[LoggedEvent] = []
        self.newest = 0
        """Everything wanted up to this sequence number is at hand, down to `oldest`."""
        self.oldest = 0
        self.is_at_newest = False
        self.is_at_oldest = False

    def begin(self, window: LogWindow, newest: int) -> None:
        """Begin anew at the newest end.

        Args:
            window: What was found, going back from there.
            newest: The newest sequence number that was looked at.
        """
        self.events = list(window.events)
        self.newest, self.oldest = newest, window.reached
        self.is_at_newest, self.is_at_oldest = True, window.is_end

    def begin_at_oldest(self, window: LogWindow) -> None:
        """Begin anew at the oldest end."""
        self.events = list(window.events)
        self.newest, self.oldest = window.reached, 1
        self.is_at_newest, self.is_at_oldest = window.is_end, True

    def add_older(self, window: LogWindow) -> None:
        """Go on at the old end; what lies furthest from it may be let go."""
        self.events += window.events
        self.oldest, self.is_at_oldest = window.reached, window.is_end
        if len(self.events) > MOST_HELD:
            del self.events[: len(self.events) - MOST_HELD]
            self.newest, self.is_at_newest = self.events[0].event.sequence, False

    def add_newer(self, window: LogWindow) -> None:
        """Go on at the new end."""
        self.events[:0] = window.events
        self.newest, self.is_at_newest = max(self.newest, window.reached), window.is_end
        if len(self.events) > MOST_HELD:
            del self.events[MOST_HELD:]
            self.oldest, self.is_at_oldest = self.events[-1].event.sequence, False

    def index_of(self, sequence: int | None) -> int:
        """Where an event stands; of one that is not there, where the next older one does."""
        if sequence is None:
            return 0
        for index, one in enumerate(self.events):
            if one.event.sequence <= sequence:
                return index
        return max(0, len(self.events) - 1)


# ---------------------------------------------------------------------- lines


def event_line(one: LoggedEvent, teller: Teller, glyphs: Glyphs, width: int, is_selected: bool) -> Line:
    """`14 Apr 10.00  siti mulai mengerjakan langkah 2 …`, with signs for late entry and doubt."""
    event = one.event
    sign = glyphs.marks["doubted"] if event.doubted else glyphs.marks["late_entry"] if event.late_entry else " "
    number = f"{event.sequence:>7} " if width >= 100 else ""
    when = moment_short(event.at, teller.offset, teller.now).partition(" ")[2]
    lead = glyphs.cursor if is_selected else " "
    text = cut(teller.of(one.office).sentence(event), max(8, width - len(number) - len(when) - 6))
    said = ((number, "muted"), (f"{when:>12} ", "muted"), (f"{sign} ", "risk"), (text, "text"))
    return ((lead, "key"), *(picked(said) if is_selected else said))


def about_lines(one: LoggedEvent | None, teller: Teller, width: int, most: int) -> list[Line]:
    """The selected event in full: a heading, then its sentence over as many lines as there are."""
    if one is None:
        return [((" " * width, "banner"),), *[()] * (most - 1)]
    event = one.event
    lane = f"  atas nama {clean(event.for_lane)}" if event.for_lane else ""
    head = cut(f" No. {event.sequence}  berlaku {teller.moment(event.at)}{lane}", width)
    told = teller.of(one.office).sentence(event)
    if event.recorded - event.at >= 60:
        told += f". Dicatat {teller.moment(event.recorded)}"
    shown = wrapped(told, width - 2, most - 1)
    lines: list[Line] = [((head.ljust(width), "banner"),)]
    lines += [((" " + line, "text"),) for line in shown]
    return [*lines, *[()] * (most - len(lines))]


def title_line(office: str, pile: Pile, selected: int, newest: int, width: int) -> Line:
    """Whose log it is, and where in it one stands."""
    right = ""
    if pile.events:
        right = f"no. {pile.events[selected].event.sequence} dari {newest} "
    left = cut(f" Riwayat {clean(office)}", max(10, width - len(right) - 1))
    return spread([(left, "strong")], [(right, "text")], width)


_ALL = " Semua, terbaru di atas."
_NARROWING = (("p", "periode"), ("l", "langkah"), ("o", "orang"), ("t", "tindakan ini"))
"""The keys that show only what is as on the selected row."""


def filter_line(wanted: LogFilter, teller: Teller, width: int, searching: str = "") -> Line:
    """What is shown of the log, in words."""
    words = filter_words(wanted, teller)
    if not words:
        narrowing = hints(_NARROWING, before=f"{_ALL}{searching} Hanya: ")
        return narrowing if width_of(narrowing) <= width else ((_ALL + searching, "muted"),)
    return ((cut(f" Saringan: {', '.join(words)}. Esc menghapusnya.{searching}", width), "risk"),)


def filter_words(wanted: LogFilter, teller: Teller) -> list[str]:
    """Each part of a filter in a few words."""
    words: list[str] = []
    if wanted.period is not None:
        words.append(period_label(wanted.period))
    if wanted.step is not None:
        words.append(f"langkah {wanted.step}")
    if wanted.bidang is not None:
        words.append(bidang_named(clean(wanted.bidang)))
    if wanted.acts:
        words.append(acts_words(wanted.acts))
    if wanted.by is not None:
        words.append(f"oleh {teller.who(wanted.by)}")
    if wanted.since is not None:
        words.append(f"sejak {date_plain(_day(wanted.since, teller))}")
    if wanted.until is not None:
        words.append(f"sampai {date_plain(_day(wanted.until - 1, teller))}")
    return words


def acts_words(acts: Sequence[str]) -> str:
    """The kind that these acts make up, or their own names."""
    for name, kind in KINDS.values():
        if set(kind) == set(acts):
            return name.lower()
    return ", ".join(label(Act(act)) for act in acts)


def _day(t: int, teller: Teller) -> dt.date:
    return civil(t, teller.offset).date()


def entry_paragraphs(one: LoggedEvent, teller: Teller) -> list[tuple[str, str]]:
    """Everything that the log holds of an event, its hash at the end."""
    event, teller = one.event, teller.of(one.office)
    rows = [
        ("Berlaku", teller.moment(event.at)),
        ("Dicatat", teller.moment(event.recorded)),
        ("Oleh", event.by if teller.who(event.by) == event.by else f"{teller.who(event.by)} ({event.by})"),
        ("Atas nama", event.for_lane),
        ("Komputer", one.host),
        ("Periode", None if event.period is None else period_label(event.period)),
        ("Berkas ke", None if event.case is None else str(event.case)),
        ("Langkah", None if event.step is None else str(event.step)),
        ("Bidang", event.bidang),
        ("Putaran", None if event.attempt is None else str(event.attempt)),
        ("Tindakan", label(event.act)),
        ("Tanda", ", ".join(Teller.marks(event)) or None),
    ]
    found = [(teller.sentence(event), "strong"), ("", "text")]
    found += [(f"{name}: {value}", "text") for name, value in rows if value]
    carried = list(details(event.data, teller.offset))
    if carried:
        found += [("", "text"), ("Rincian", "lane"), *((line, "text") for line in carried)]
    return [*found, ("", "text"), ("Sidik catatan ini", "lane"), (one.hash, "text")]


# ---------------------------------------------------------------------- a filter that was typed


def period_asked(text: str, year: int) -> str:
    """The key of a period that was typed, of that year unless one was typed too. Raises Unknown where it names none."""
    try:
        return period_typed(text, year)
    except UnknownPeriod:
        raise Unknown("periode", clean(text[:60]), ("TW3", f"{year}-TW3", "S1", "TH")) from None


def filter_typed(
    values: Mapping[str, str], kind: str | None, year: int, teller: Teller, people: Mapping[str, str]
) -> LogFilter:
    """The filter that a form was filled in with.

    Args:
        values: Of the fields `period`, `step`, `bidang`, `by`, `since`, `until`; empty for all.
        kind: A key of `KINDS`; anything else for all.
        year: Meant where a period is typed without one.
        teller: Knows zone and moment.
        people: Code -> name of who may be meant by a name.

    Raises:
        Unknown: The period is none.
        FaultyInput: Every other fault of what was typed.
    """
    met = Gathering()
    given = {name: text.strip() for name, text in values.items() if text.strip()}
    period = period_asked(given["period"], year) if "period" in given else None
    moments: dict[str, int] = {}
    step: int | None = None
    if "step" in given:
        if given["step"].isdecimal() and len(given["step"]) < 4:
            step = int(given["step"])
        else:
            met.faults.append(Fault("langkah", "bukan-bilangan", given["step"][:20]))
    for name, place, days in (("since", "Sejak tanggal", 0), ("until", "Sampai tanggal", 1)):
        if name in given:
            day = met.tried(partial(parse_date, given[name], teller.offset, teller.now, place))
            if day is not None:
                moments[name] = midnight(day, teller.offset) + days * 86_400
    met.check()
    return LogFilter(
        period=period,
        step=step,
        bidang=clean(given["bidang"]) if "bidang" in given else None,
        acts=KINDS[kind][1] if kind is not None and kind in KINDS else (),
        by=_code_of(given["by"], people) if "by" in given else None,
        since=moments.get("since"),
        until=moments.get("until"),
    )


def _code_of(text: str, people: Mapping[str, str]) -> str:
    """The code of who is meant by a name or code, whatever the case; else as it was typed."""
    bare = clean(text)
    for code, name in people.items():
        if bare.casefold() in (code.casefold(), name.casefold()):
            return code
    return bare


def narrowed(wanted: LogFilter, part: str, event: Event) -> LogFilter:
    """The filter with one part taken from an event; where it is that already, without the part."""
    values: dict[str, Any] = {
        "period": event.period,
        "step": event.step,
        "bidang": event.bidang,
        "by": event.by,
        "acts": KINDS[kind_of(event.act)][1],
    }
    emptied = () if part == "acts" else None
    value = emptied if getattr(wanted, part) == values[part] else values[part]
    return LogFilter(**(wanted._asdict() | {part: value}))

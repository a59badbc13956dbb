"""What a card says of its time: the words, the share of the standard, and when the words change next.

Pure: every moment is an argument. Only whole minutes are said, so that a label changes once a minute at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from sop.acts.handing import Handed
from sop.look.card import WAITING, Card, Wait, standing
from sop.look.standing import Stand
from sop.model.act import Act
from sop.model.definition import Unit, Waktu
from sop.model.errors import CalendarGap
from sop.model.events import Event
from sop.model.settings import Settings
from sop.model.state import Answer, RunPhase
from sop.model.texts import clean
from sop.time.deadline import due_at, next_change_at, start_by
from sop.time.work_calendar import WorkCalendar
from sop.values import replace
from sop.words.people import doer_called
from sop.words.periods import period_short
from sop.words.time import clock, duration, full_minutes, moment_short

_MOST_DAYS = 4096
"""Beyond this a late step's days are not counted out."""


class Mood(StrEnum):
    """How urgent a label is; the words say it too."""

    CALM = "calm"
    IDLE = "idle"
    """Waited for too long, and nobody has started it; not late."""
    RISK = "risk"
    LATE = "late"
    DONE = "done"
    WAITING = "waiting"


class TimeLabel(NamedTuple):
    """What a card says of its time."""

    text: str
    short: str
    """The same for a narrow column."""
    mood: Mood
    share: float | None = None
    """Share of the standard used, for the bar; None where nothing runs."""
    more: str = ""
    """Who holds the card, and when it is due or ended, for a line of its own."""


def wait_text(waits: Iterable[Wait]) -> str:
    """What a card waits for, in a few words; empty for nothing."""
    groups: dict[str, list[str]] = {}
    for wait in waits:
        groups.setdefault(wait.kind, []).append(wait.name)
    if "buka" in groups:
        return "belum dibuka"
    parts: list[str] = []
    if "periode" in groups:
        parts.append("tunggu " + ", ".join(period_short(key) for key in groups["periode"]))
    if "ditahan" in groups:
        parts.append("berkas ditahan")
    if "langkah" in groups:
        parts.append("tunggu langkah " + ", ".join(groups["langkah"]))
    if "bidang" in groups:
        names = groups["bidang"]
        parts.append(f"tunggu {names[0]}" if len(names) == 1 else f"tunggu {len(names)} bidang")
    return ", ".join(parts)


def joined_words(share: Handed, waits: Iterable[Wait]) -> str:
    """How far the bidang are, and who is missing where all of those are waited for."""
    missing = [clean(wait.name) for wait in waits if wait.kind == "bidang"]
    return f"{share.words} ({', '.join(missing)})" if 0 < len(missing) == share.missing else share.words


def time_label(card: Card, now: int, calendar: WorkCalendar, settings: Settings) -> TimeLabel:
    """What the card says of its time at `now`."""
    if card.state == WAITING:
        text = wait_text(card.waiting_for)
        many = sum(wait.kind == "bidang" for wait in card.waiting_for)
        short = text.replace("tunggu langkah", "tunggu").replace(f"tunggu {many} bidang", f"{many} bidang lagi")
        return TimeLabel(text, short, Mood.WAITING)
    if card.summary:
        return _of_summary(card)
    if card.state == RunPhase.DIBATALKAN:
        return TimeLabel("dibatalkan", "batal", Mood.WAITING)
    if card.state == RunPhase.DILEWATI:
        return TimeLabel("dilewati", "dilewati", Mood.WAITING)
    if card.taken_over:
        return TimeLabel("pakai hasil lama", "hasil lama", Mood.DONE)
    label = _running(card, now, calendar, settings)
    if card.state == RunPhase.DITUNDA:
        return label._replace(text=joined_parts("ditunda", label.text), short="ditunda")
    if is_held(card):
        return label._replace(text=joined_parts("berkas ditahan", label.text), short="ditahan")
    return label


def is_held(card: Card) -> bool:
    """Whether the card's time stands still because its case is held."""
    return card.is_open and card.state != RunPhase.DITUNDA and any(end is None for _, end in card.stopped)


def joined_parts(*parts: str) -> str:
    """With commas between; empty ones are left out."""
    return ", ".join(part for part in parts if part)


def _of_summary(card: Card) -> TimeLabel:
    count = card.joined or Handed(0, 0, 0)
    short = f"{count.share} bidang"
    if card.state == RunPhase.SELESAI:
        return TimeLabel(count.words, short, Mood.DONE)
    return TimeLabel(count.words, short, Mood.CALM, count.handed_in / count.total if count.total else None)


def _running(card: Card, now: int, calendar: WorkCalendar, settings: Settings) -> TimeLabel:
    stands = standing(card, now, calendar, settings)
    return _counted(card, stands, now, calendar)._replace(more=_more(card, stands, now, calendar))


def _more(card: Card, stands: Stand, now: int, calendar: WorkCalendar) -> str:
    """`siti, tenggat 09.40`."""
    ended = f"selesai {moment_short(card.ended_at, calendar.offset, now)}" if card.ended_at is not None else ""
    return joined_parts(clean(card.holder_name or ""), ended or due_text(card, stands, now, calendar))


def _counted(card: Card, stands: Stand, now: int, calendar: WorkCalendar) -> TimeLabel:
    mood = _mood(card, stands)
    if card.ended_at is not None and (card.verdict is None or not card.verdict.judged):
        text = "waktu tidak dinilai" if card.waktu is not None else "selesai"
        return TimeLabel(text, "tak dinilai" if card.waktu is not None else "selesai", Mood.DONE)
    if card.waktu is not None and card.clock_from is not None and stands.due_at is not None:
        text, short = _against_standard(card, card.waktu, stands, now, calendar)
        return TimeLabel(text, short, mood, stands.used_share)
    if card.state == RunPhase.SIAP and card.ready_at is not None:
        waited = stands.queue_seconds
        if waited is None:
            return TimeLabel("siap", "siap", mood)
        said = f"antre {duration(full_minutes(waited))}"
        text = f"belum dimulai, {said}" if stands.not_started else said
        return TimeLabel(text, f"antre {_shortest(waited)}", mood)
    if card.waktu is not None and card.clock_from is None:
        return TimeLabel("waktu belum berjalan", "belum jalan", mood)
    return TimeLabel("tanpa waktu baku", "tanpa baku", mood)


def _mood(card: Card, stands: Stand) -> Mood:
    if stands.late:
        return Mood.LATE
    if card.ended_at is not None:
        return Mood.DONE
    if stands.at_risk:
        return Mood.RISK
    return Mood.IDLE if stands.not_started else Mood.CALM


def _shortest(seconds: int) -> str:
    """`85 m`, from ten hours on `12 j`: five cells at most."""
    return f"{seconds // 60} m" if seconds < 36_000 else f"{seconds // 3600} j"


def _hours_and_minutes(seconds: int) -> str:
    """`45m`, `9j`, `9j05m`, from ten hours on `12j`: five cells at most."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{minutes}m"
    return f"{hours}j{minutes:02d}m" if minutes and hours < 10 else f"{hours}j"


def _against_standard(card: Card, waktu: Waktu, stands: Stand, now: int, calendar: WorkCalendar) -> tuple[str, str]:
    """(text, short) of a clock that has started."""
    if waktu.days is not None:
        return _day_count(card, waktu, waktu.days, stands, now, calendar)
    late = stands.late_seconds or 0
    if late and card.ended_at is None:
        return _late_words(late)
    used, standard = (stands.used_seconds or 0) // 60, (waktu.seconds or 0) // 60
    return f"{used}/{standard} menit", f"{used}/{standard} m"


def _late_words(late: int) -> tuple[str, str]:
    if late < 60:
        return "lewat, kurang dari 1 menit", "lewat <1 m"
    return f"lewat {duration(full_minutes(late))}", f"lewat {_hours_and_minutes(late)}"


def _percent(share: float | None) -> str:
    """`40%`, `<1%`: the share of its standard that an ended step on time has used."""
    if share is None or share < 0.01:
        return "<1%"
    return f"{min(100, int(share * 100))}%"


def _day_count(
    card: Card, waktu: Waktu, allowed: int, stands: Stand, now: int, calendar: WorkCalendar
) -> tuple[str, str]:
    if card.ended_at is not None and not stands.late:
        # Which day it was says little of a step of minutes, and today's calendar may number them otherwise.
        used = _percent(stands.used_share)
        return f"tepat waktu, terpakai {used} dari {allowed} hari", f"{used}/{allowed} hr"
    if card.verdict is not None and card.verdict.calendar_revision != calendar.revision:
        return _late_words(stands.late_seconds or 0)
    number = day_number(card, waktu, now if card.ended_at is None else card.ended_at, calendar)
    if stands.late:
        over = max(1, number - allowed)
        return f"lewat {over} hari", f"lewat {over} hr"
    return f"hari ke-{number} dari {allowed}", f"hari {number}/{allowed}"


def day_number(card: Card, waktu: Waktu, until: int, calendar: WorkCalendar) -> int:
    """Which day of its standard a step is in at `until`, from 1: the first whose close of business is not over."""

    def closes(count: int) -> int | None:
        return due_at(
            replace(waktu, value=count, unit=Unit.HARI),
            card.clock_from,
            card.stopped,
            calendar,
            now=until,
            count_first_day=card.clocks.count_first_day,
            rule=card.clocks.pauses,
        )

    def is_over(count: int) -> bool:
        close = closes(count)
        return close is not None and close < until

    high = 1
    while is_over(high) and high < _MOST_DAYS:
        high *= 2
    low = high // 2
    # is_over(low), or low is 0; not is_over(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_over(middle) else (low, middle)
    return high


def next_change(card: Card, now: int, calendar: WorkCalendar, settings: Settings) -> int | None:
    """The earliest moment at which `time_label` may say something else; None when it will not on its own."""
    if not card.is_open or card.ready_at is None or card.summary or card.state == RunPhase.DITUNDA:
        return None
    if any(end is None for _, end in card.stopped):
        return None
    try:
        return _next_change(card, now, calendar, settings)
    except CalendarGap:
        return None


def _next_change(card: Card, now: int, calendar: WorkCalendar, settings: Settings) -> int | None:
    stands = standing(card, now, calendar, settings)
    if card.waktu is None or card.clock_from is None or stands.due_at is None:
        if card.state != RunPhase.SIAP or card.ready_at is None:
            return None
        minute = calendar.add(now, 60 - (stands.queue_seconds or 0) % 60)
        limit = start_by(card.ready_at, card.stopped, calendar, now=now, days=settings.start_days)
        return minute if card.waktu is None or limit is None or limit < now else min(minute, limit + 1)
    moments: list[int] = []
    change = next_change_at(card.clock_from, stands.due_at, now, card.stopped, calendar, settings.at_risk_percent)
    if change is not None and change > now:
        moments.append(change)
    if card.waktu.days is not None:
        # The count of days moves on when a working day's business is over.
        moments.append(calendar.add_working_days(now, 1, True) + 1)
    else:
        late = stands.late_seconds or 0
        counted = late if late else (stands.used_seconds or 0)
        moments.append(calendar.add(now, 60 - counted % 60))
    return min(moments)


def marks(card: Card, mood: Mood) -> list[str]:
    """Names of what stands out about a card, the most urgent first; the glyphs are `glyphs.py`'s."""
    stands_out = {
        "late": mood is Mood.LATE,
        "risk": mood is Mood.RISK,
        "idle": mood is Mood.IDLE,
        "paused": card.state == RunPhase.DITUNDA,
        "held": is_held(card),
        "gate": any(wait.kind == "periode" for wait in card.waiting_for),
        "stale": card.stale,
        "joint": len(card.lanes) > 1,
        "late_entry": card.late_entry,
        "doubted": card.doubted,
        "assumed": card.assumed,
    }
    return [name for name, does in stands_out.items() if does]


def due_text(card: Card, stands: Stand, now: int, calendar: WorkCalendar) -> str:
    """`tenggat 09.40` for today, `tenggat Sen 19 Okt 16.00` for another day; empty without a due moment."""
    if stands.due_at is None or card.ended_at is not None:
        return ""
    day = calendar.date_of(stands.due_at)
    when = clock(stands.due_at, calendar.offset)
    if day == calendar.date_of(now):
        return f"tenggat {when}"
    return f"tenggat {moment_short(stands.due_at, calendar.offset, now)}"


_SENT_BACK = {Act.PUTUSKAN: ("Diputus Tidak", "pada"), Act.KEMBALIKAN: ("Dikembalikan", "dari")}
"""Act -> what it did, and how the step it was done on is told."""


def sent_back_text(event: Event, names: Mapping[str, str]) -> str:
    """`Dikembalikan oleh Siti dari langkah 8: angka belum cocok`: why a step has to be done again.

    Args:
        event: The act that made another attempt necessary.
        names: Code of a person -> name; a code without one is told as it is.
    """
    what, way = _SENT_BACK.get(event.act, ("Daftar bidangnya diubah", "pada"))
    where = f" {way} langkah {event.step}" if event.step is not None else ""
    comment = clean(str(event.data.get("note") or event.data.get("reason") or ""))
    return f"{what} oleh {doer_called(names, event.by)}{where}" + (f": {comment}" if comment else "")


def answer_text(card: Card) -> str:
    """`diputus Ya`, for a decision that was taken."""
    if card.answer is None:
        return ""
    return "diputus Ya" if card.answer is Answer.YA else "diputus Tidak"

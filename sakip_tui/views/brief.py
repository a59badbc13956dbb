"""A few plain lines to paste into a chat: where the office stands, or what one bidang still owes.

The screen and `sakip ringkas` give the same text: both come here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from db.bidang import unit_named
from db.data_owed import unfilled
from sakip_tui.views.overview import OpenCard, Overview, PeriodLine, banners, overview_at, stale_line
from sakip_tui.views.plain_year import written
from sop.model.errors import CalendarGap
from sop.model.texts import clean
from sop.model.turn import who_acts
from sop.time.elapsed import working_days_since
from sop.words.forecast import target_words
from sop.words.periods import period_label
from sop.words.time import date_short, duration, full_minutes, moment_short

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address, StandingPeriod, StandingRun

_MOST = 8
"""Cards of a kind named one by one: a chat is read on a telephone."""
_MOST_WAITING = 3
"""As above, of cards that nobody has started."""


NOTHING_OWED: Mapping[str, Sequence[str]] = MappingProxyType({})


class Receipt(NamedTuple):
    """A bidang that is through a region of a case under way."""

    period: str
    step: int
    title: str | None
    is_handed_in: bool
    """False for one that was skipped."""
    ended_at: int
    next_step: int | None
    next_title: str | None
    missing: tuple[str, ...]
    """Bidang of the region that are not through."""


class Owed(NamedTuple):
    """What one bidang has before it, and what it has handed in."""

    cards: Sequence[OpenCard]
    """Its open cards."""
    received: Sequence[Receipt]
    """What it has handed in of regions under way."""
    skipped: Sequence[Receipt]
    """What was skipped of them."""
    lines: list[str]


def brief_of(database: Database, address: Address, now: int, bidang: str | None = None) -> list[str]:
    """The lines of `sakip ringkas`, or those of its reminder for one bidang, by any name that it has or had.

    Raises:
        UnknownYear, Unknown: There is no year, or no such bidang.
    """
    overview = overview_at(database, address, now)
    if bidang is not None:
        unit = unit_named(database, address.office, bidang)
        return owed(overview, unit, unfilled_by(database, overview, unit)).lines
    return brief_lines(overview)


def unfilled_by(database: Database, overview: Overview, unit: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Open period -> codes of a bidang's indicators that are belum diisi."""
    years = sorted({int(line.key[:4]) for line in overview.periods})
    return unfilled(database, overview.standing.address, years, overview.now, unit)


# ---------------------------------------------------------------------- the office


def brief_lines(overview: Overview) -> list[str]:
    """Where the office stands; its forecasts where the overview has them."""
    offset, now = overview.year.offset, overview.now
    lines = [f"SAKIP {overview.standing.office_name}, {moment_short(now, offset)}", *banners(overview)]
    opened = [line for line in overview.periods if line.is_open]
    if not opened:
        return [*lines, "Tidak ada periode yang terbuka."]
    lines += [_period_line(overview, line) for line in opened]
    for word, cards in (("Terlambat", overview.late), ("Segera jatuh tempo", overview.due)):
        if cards:
            lines.append(f"{word}:")
            lines += [f"- {_card_words(one)}: tenggat {due_words(one, overview)}" for one in cards[:_MOST]]
            if len(cards) > _MOST:
                lines.append(f"- dan {len(cards) - _MOST} langkah lain")
    lines += _not_started_lines(overview.not_started, overview)
    for period in overview.standing.periods:
        lines += _missing_lines(overview, period)
    if overview.turn:
        turns = ", ".join(f"{lane} ({count})" for lane, count in overview.turn.items())
        lines.append(f"Giliran: {turns}.")
    return [clean(line) for line in lines]


def draft_lines(overview: Overview, periods: Collection[str]) -> list[str]:
    """What a recap says of periods that are still open, a sentence a line: progress and forecast, stale input, what is
    late, due or not begun, who has not handed in, and whose turn it is.

    Args:
        overview: With forecasts.
        periods: Keys; those of them that are not open are passed over.
    """
    lines = [_period_line(overview, line) for line in overview.periods if line.is_open and line.key in periods]
    stale = {} if overview.ahead is None else overview.ahead.stale
    lines += [stale_line(key, children) for key, children in stale.items() if key in periods]
    for word, found in (("Terlambat", overview.late), ("Segera jatuh tempo", overview.due)):
        cards = [one for one in found if one.period in periods]
        lines += [f"{word}: {_card_words(one)}, tenggat {due_words(one, overview)}." for one in cards]
    waiting = [one for one in overview.not_started if one.period in periods]
    lines += [f"Belum dimulai: {_card_words(one)}, antre {time_words(one, overview)}." for one in waiting]
    for period in overview.standing.periods:
        if period.key in periods:
            lines += _missing_lines(overview, period)
    turns = Counter(one.card.lane for one in overview.all_cards if one.period in periods)
    if turns:
        lines.append(f"Giliran: {', '.join(f'{lane} ({count})' for lane, count in turns.items())}.")
    return [clean(line) for line in lines]


def _period_line(overview: Overview, line: PeriodLine) -> str:
    parts = [f"{line.done} dari {line.total} langkah selesai"] if line.total else ["rangkuman"]
    if line.waiting_for:
        parts.append(f"menunggu {', '.join(line.waiting_for)}")
    if line.late:
        parts.append(f"{line.late} terlambat")
    forecast = overview.forecasts.get(line.key)
    if forecast is not None and forecast.only_closing:
        parts.append("tinggal ditutup")
    elif line.forecast_at is not None:
        parts.append(f"perkiraan selesai {_day(overview.day_of(line.forecast_at), overview)}")
    if forecast is not None and line.target is not None and (line.target_passed or forecast.is_behind):
        said = target_words(forecast, line.target, overview.now, overview.year.calendar)
        parts.append(f"target {_day(line.target, overview)} {said}")
    return f"{period_label(line.key)}: {'; '.join(parts)}."


def _day(day: dt.date, overview: Overview) -> str:
    return date_short(day) + ("" if day.year == overview.today.year else f" {day.year}")


def _missing_lines(overview: Overview, period: StandingPeriod) -> Iterator[str]:
    """Who has not handed in and how many were skipped, region by region, with the working days they have been waited
    for."""
    if period.case_phase not in ("berjalan", "ditahan"):
        return
    for region in overview.year.regions(period):
        where = f"{period_label(period.key)} langkah {region.last}"
        if region.missing:
            names = [f"{name}{_waited(overview, run)}" for name, run in region.missing[:_MOST]]
            if len(region.missing) > _MOST:
                names.append(f"dan {len(region.missing) - _MOST} bidang lain")
            yield f"Belum menyerahkan {where} ({region.handed.words}): {', '.join(names)}."
        elif region.handed.skipped:
            yield f"Bidang {where}: {region.handed.words}."


def _waited(overview: Overview, run: StandingRun | None) -> str:
    days = None if run is None else _days_since(overview, run.ready)
    return f" ({days} hari kerja)" if days else ""


def _days_since(overview: Overview, moment: int) -> int | None:
    try:
        return working_days_since(moment, overview.now, overview.year.calendar)
    except CalendarGap:
        return None


def due_words(one: OpenCard, overview: Overview) -> str:
    """`Kam 19 Nov 14.30, lewat 9 jam`; `-` without a due moment."""
    if one.stand.due_at is None:
        return "-"
    due = moment_short(one.stand.due_at, overview.year.offset, overview.now)
    late = one.stand.late_seconds or 0
    return f"{due}, lewat {duration(late)}" if one.stand.late else due


def time_words(one: OpenCard, overview: Overview) -> str:
    """As `due_words`; of a card that waits to be started since when it does: `9 jam, siap Sen 16 Nov 08.00`."""
    if not one.stand.not_started or one.card.ready_at is None:
        return due_words(one, overview)
    since = f"siap {moment_short(one.card.ready_at, overview.year.offset, overview.now)}"
    queued = one.stand.queue_seconds
    return since if queued is None else f"{duration(full_minutes(queued))}, {since}"


def _not_started_lines(cards: Sequence[OpenCard], overview: Overview) -> Iterator[str]:
    """What waits to be started for too long, in one line: bidang among them are named again below."""
    if cards:
        told = [f"{_card_words(one)} antre {time_words(one, overview)}" for one in cards[:_MOST_WAITING]]
        if len(cards) > _MOST_WAITING:
            told.append(f"dan {len(cards) - _MOST_WAITING} langkah lain")
        yield f"Belum dimulai: {'; '.join(told)}."


def _card_words(one: OpenCard) -> str:
    card = one.card
    whose = f", {card.bidang}" if card.bidang else ""
    who = who_acts(card.holder_name, card.lane, card.state)
    return f"{period_label(one.period)} langkah {card.step}{whose} ({who})"


# ---------------------------------------------------------------------- one bidang


def owed(overview: Overview, unit: Sequence[str], unfilled: Mapping[str, Sequence[str]] = NOTHING_OWED) -> Owed:
    """What a bidang is reminded of, and the receipt of what it has handed in.

    Args:
        overview: With forecasts or without.
        unit: Every name that the bidang has or had, the present one last: a region keeps those it was entered with.
        unfilled: Open period -> codes of its indicators that are belum diisi.
    """
    name = unit[-1]
    cards = [one for one in overview.all_cards if one.card.bidang in unit]
    through = [receipt for each in unit for receipt in _receipts(overview, each)]
    received = [one for one in through if one.is_handed_in]
    skipped = [one for one in through if not one.is_handed_in]
    lines: list[str] = []
    if cards:
        office = overview.standing.office_name
        lines.append(f"Yth. {_addressed(name)}, mohon bantuannya untuk SAKIP {office}. Yang kami tunggu:")
        lines += [_reminder_line(one, overview, name) for one in cards]
        lines += [f"- Data kinerja {period_label(key)} belum diisi: {', '.join(unfilled[key])}." for key in unfilled]
        lines.append("Bila ada kendala, mohon kabari kami. Terima kasih.")
    for one in received:
        ended = moment_short(one.ended_at, overview.year.offset, overview.now)
        lines.append(
            f"Tanda terima untuk {_addressed(name)}: {period_label(one.period)}, langkah {one.step} "
            f"({one.title}) sudah diserahkan {ended}. {_next_words(one)}"
        )
    for one in skipped:
        ended = moment_short(one.ended_at, overview.year.offset, overview.now)
        lines.append(
            f"{period_label(one.period)}, langkah {one.step} ({one.title}) dilewati {ended} "
            f"untuk {_addressed(name)}: belum diserahkan, dan tidak ditunggu lagi."
        )
    if unfilled and not cards:
        lines += [
            f"Data kinerja {_addressed(name)} {period_label(key)} belum diisi: {', '.join(codes)}."
            for key, codes in unfilled.items()
        ]
    if not lines:
        lines.append(f"{name}: tidak ada langkah SAKIP yang sedang ditunggu.")
    return Owed(cards, received, skipped, [clean(line) for line in lines])


def _addressed(name: str) -> str:
    """`Bidang Pelatihan`; the word is said once."""
    return name if name.casefold().startswith(("bidang ", "sekretariat", "subbag")) else f"Bidang {name}"


def _reminder_line(one: OpenCard, overview: Overview, name: str) -> str:
    """`- TW IV 2026, langkah 2: Merekap laporan. Yang diserahkan: …. Ditunggu sejak …, tenggat …; belum dimulai.`"""
    card = one.card
    assert card.ready_at is not None
    step = overview.year.steps_of(overview.year.periods[one.period])[card.step]
    known_as = f" (tercatat sebagai {card.bidang})" if card.bidang != name else ""
    parts = [f"- {period_label(one.period)}, langkah {card.step}{known_as}: {card.title}."]
    output = written(step.get("keluaran"))
    if output:
        parts.append(f"Yang diserahkan: {output}.")
    days = _days_since(overview, card.ready_at)
    waited = f" ({days} hari kerja)" if days else ""
    parts.append(f"Ditunggu sejak {moment_short(card.ready_at, overview.year.offset, overview.now)}{waited}.")
    if one.stand.due_at is not None:
        parts.append(f"Tenggat {due_words(one, overview)}.")
    elif (waktu := written(step.get("waktu"))) is not None:
        parts.append(f"Mutu baku waktunya {waktu.lower()}.")
    waited_for = "Belum dimulai." + (" Mohon segera dikerjakan." if one.stand.not_started else "")
    state = {"siap": waited_for, "ditunda": "Sedang ditunda."}.get(card.state)
    if state is not None:
        parts.append(state)
    return " ".join(parts)


def _receipts(overview: Overview, name: str) -> Iterator[Receipt]:
    """Where the bidang is through a region that a case under way has entered."""
    for period in overview.standing.periods:
        steps = overview.year.steps_of(period)
        for region in overview.year.regions(period):
            run = region.done.get(name)
            if run is None or run.ended is None:
                continue
            following = next((number for number in steps if number > region.last), None)
            yield Receipt(
                period=period.key,
                step=run.step,
                title=written(steps[run.step]["title"]),
                is_handed_in=run.phase == "selesai",
                ended_at=run.ended,
                next_step=following,
                next_title=None if following is None else written(steps[following]["title"]),
                missing=tuple(other for other, _ in region.missing),
            )


def _next_words(one: Receipt) -> str:
    if one.next_step is None:
        return "Terima kasih."
    what = f"langkah {one.next_step} ({one.next_title})"
    count = len(one.missing)
    if count:
        return f"Berikutnya {what}, setelah {count} bidang lain menyerahkan. Terima kasih."
    return f"Berikutnya {what}. Terima kasih."

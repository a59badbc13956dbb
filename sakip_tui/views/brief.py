"""A few plain lines to paste into a chat: where the office stands, or what one bidang still owes.

The screen and `sakip ringkas` give the same text: both come here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from db import queries
from sakip_tui.views.ahead import Ahead
from sakip_tui.views.status import Overview
from sop.model.texts import clean
from sop.time.instants import civil, format_iso
from sop.words.time import date_short, duration, moment_short

if TYPE_CHECKING:
    from db.file.connection import Database
    from db.rows import Address, Standing, StandingPeriod, StandingRun

Document = dict[str, Any]
DOUBTED = "Jam diragukan: ada waktu yang tercatat lebih maju daripada jam komputer; periksa jam komputer ini."
_MOST = 8
"""Cards of a kind named one by one: a chat is read on a telephone."""
_MOST_WAITING = 3
"""As above, of cards that nobody has started."""


class Owed(NamedTuple):
    """What one bidang has before it, and what it has handed in."""

    cards: list[Document]
    """Its open cards, as in `sakip status`."""
    received: list[Document]
    """What it has handed in of regions under way: period, step, title, ended_at, next_step, next_title, missing."""
    skipped: list[Document]
    """What was skipped of them: the same keys."""
    lines: list[str]


def overview_at(database: Database, address: Address, now: int, year: int | None = None) -> Overview:
    """Where an office stands, with forecasts. Raises UnknownYear."""
    from db.calendar_queries import office_bidang, past_cycles

    standing = queries.standing(database, address, year)
    stale = stale_periods(database, address, standing)
    return Overview(
        standing, now, Ahead(office_bidang(database, address.office), past_cycles(database, address), stale)
    )


def stale_periods(database: Database, address: Address, standing: Standing) -> dict[str, tuple[str, ...]]:
    """Open periods whose input is stale -> the children that were reopened since it was taken in."""
    from sop.model.periods import children_of

    known = {period.key: period for period in standing.periods}
    found: dict[str, tuple[str, ...]] = {}
    for period in known.values():
        reopened = any(known[key].reopenings for key in children_of(period.key) if key in known)
        # Only where a child was ever reopened: the flow of a case costs more than the rest of the answer.
        if period.phase == "buka" and period.has_case and reopened:
            from sop.look.year import closing_in

            if stale := closing_in(queries.board(database, address, period.key), period.key).stale:
                found[period.key] = stale
    return found


def brief_of(database: Database, address: Address, now: int, bidang: str | None = None) -> list[str]:
    """The lines of `sakip ringkas`, or those of its reminder for one bidang, by any name that it has or had.

    Raises:
        UnknownYear, Unknown: There is no year, or no such bidang.
    """
    from db.bidang import unit_named

    overview = overview_at(database, address, now)
    if bidang is not None:
        return owed(overview, unit_named(database, address.office, bidang)).lines
    return brief_lines(overview, overview.document(), banners(overview))


def banners(overview: Overview) -> list[str]:
    """What every reader must know first: input that is stale, and a clock that cannot be trusted."""
    opened = [period for period in overview.standing.periods if period.phase == "buka"]
    stale = {} if overview.ahead is None else overview.ahead.stale
    found = [stale_line(key, children) for key, children in stale.items()]
    moments = (moment for period in opened for run in period.runs for moment in (run.ready, run.started, run.ended))
    if any((moment or 0) > overview.now for moment in moments):
        found.append(DOUBTED)
    return found


def stale_line(period: str, children: Sequence[str]) -> str:
    return f"Masukan basi: {', '.join(sorted(children))} dibuka kembali sesudah dipakai {period}."


# ---------------------------------------------------------------------- whether anybody has to be told


def is_worth_telling(overview: Overview, cards: Sequence[Document], periods: Collection[str]) -> bool:
    """Whether one of these open cards is late, waits to be started for too long or is due today, or one of these
    periods is past its target. Outside office hours nothing is: a warning waits until somebody is there to read it.

    Args:
        overview: Where they stand.
        cards: Of the whole office, or of one bidang.
        periods: Keys of the periods that are its business.
    """
    today = civil(overview.now, overview.year.offset).date().isoformat()
    return _is_open(overview) and (
        any(card["late"] or card["not_started"] or (card["due_at"] or "").startswith(today) for card in cards)
        or any(row["target_passed"] for row in overview.periods() if row["period"] in periods)
    )


def _is_open(overview: Overview) -> bool:
    from sop.model.errors import CalendarGap

    try:
        return overview.year.calendar.is_open(overview.now)
    except CalendarGap:
        return True


# ---------------------------------------------------------------------- the office


def brief_lines(overview: Overview, document: Document, said_first: Sequence[str]) -> list[str]:
    """Where the office stands.

    Args:
        overview: With forecasts or without.
        document: `overview.document()`.
        said_first: See `banners`.
    """
    lines = [f"SAKIP {document['office_name']}, {moment_short(overview.now, overview.year.offset)}", *said_first]
    opened = [row for row in document["periods"] if row["period_state"] == "buka"]
    if not opened:
        return [*lines, "Tidak ada periode yang terbuka."]
    lines += [_period_line(overview, row) for row in opened]
    for word, cards in (("Terlambat", document["late"]), ("Segera jatuh tempo", document["due"])):
        if cards:
            lines.append(f"{word}:")
            lines += [f"- {_card_words(card)}: tenggat {due_words(card, overview)}" for card in cards[:_MOST]]
            if len(cards) > _MOST:
                lines.append(f"- dan {len(cards) - _MOST} langkah lain")
    lines += _not_started_lines(document["not_started"], overview)
    for period in overview.standing.periods:
        lines += _missing_lines(overview, period)
    if document["turn"]:
        turns = ", ".join(f"{lane} ({count})" for lane, count in document["turn"].items())
        lines.append(f"Giliran: {turns}.")
    return [clean(line) for line in lines]


def _period_line(overview: Overview, row: Document) -> str:
    from sop.words.forecast import target_words
    from sop.words.periods import period_label

    parts = [f"{row['done']} dari {row['total']} langkah selesai"] if row["total"] else ["rangkuman"]
    if row["waiting_for"]:
        parts.append(f"menunggu {', '.join(row['waiting_for'])}")
    if row["late"]:
        parts.append(f"{row['late']} terlambat")
    forecast = overview.forecasts.get(row["period"])
    if forecast is not None and forecast.only_closing:
        parts.append("tinggal ditutup")
    elif row["forecast_at"] is not None:
        day = _date(row["forecast_at"])
        parts.append(f"perkiraan selesai {_day(day, overview)}")
    if forecast is not None and (row["target_passed"] or forecast.is_behind):
        target = _date(row["target_at"])
        said = target_words(forecast, target, overview.now, overview.year.calendar)
        parts.append(f"target {_day(target, overview)} {said}")
    return f"{period_label(row['period'])}: {'; '.join(parts)}."


def _date(iso: str) -> dt.date:
    return dt.datetime.fromisoformat(iso).date()


def _day(day: dt.date, overview: Overview) -> str:
    year = "" if day.year == overview.year.calendar.date_of(overview.now).year else f" {day.year}"
    return date_short(day) + year


def _missing_lines(overview: Overview, period: StandingPeriod) -> Iterator[str]:
    """Who has not handed in and how many were skipped, region by region, with the working days they have been waited
    for."""
    if period.case_phase not in ("berjalan", "ditahan"):
        return
    from sop.words.periods import period_label

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
    from sop.model.errors import CalendarGap
    from sop.time.elapsed import working_days_since

    try:
        return working_days_since(moment, overview.now, overview.year.calendar)
    except CalendarGap:
        return None


def due_words(card: Document, overview: Overview) -> str:
    """`Kam 19 Nov 14.30, lewat 9 jam`; `-` without a due moment."""
    if card["due_at"] is None:
        return "-"
    due = moment_short(_instant(card["due_at"]), overview.year.offset, overview.now)
    late = card["late_seconds"] or 0
    return f"{due}, lewat {duration(late - late % 60 if late >= 60 else late)}" if card["late"] else due


def time_words(card: Document, overview: Overview) -> str:
    """As `due_words`; of a card that waits to be started since when it does: `9 jam, siap Sen 16 Nov 08.00`."""
    if not card["not_started"]:
        return due_words(card, overview)
    since = f"siap {moment_short(_instant(card['ready_at']), overview.year.offset, overview.now)}"
    queued = card["queue_seconds"]
    return since if queued is None else f"{duration(queued - queued % 60)}, {since}"


def _not_started_lines(cards: Sequence[Document], overview: Overview) -> Iterator[str]:
    """What waits to be started for too long, in one line: bidang among them are named again below."""
    if cards:
        told = [f"{_card_words(card)} antre {time_words(card, overview)}" for card in cards[:_MOST_WAITING]]
        if len(cards) > _MOST_WAITING:
            told.append(f"dan {len(cards) - _MOST_WAITING} langkah lain")
        yield f"Belum dimulai: {'; '.join(told)}."


def _instant(iso: str) -> int:
    return int(dt.datetime.fromisoformat(iso).timestamp())


def _card_words(card: Document) -> str:
    from sop.words.periods import period_label

    whose = f", {card['bidang']}" if card["bidang"] else ""
    who = card["holder"] if card["holder"] and card["state"] != "keputusan" else card["lane"]
    return f"{period_label(card['period'])} langkah {card['step']}{whose} ({who})"


# ---------------------------------------------------------------------- one bidang


def owed(overview: Overview, unit: Sequence[str]) -> Owed:
    """What a bidang is reminded of, and the receipt of what it has handed in.

    Args:
        overview: With forecasts or without.
        unit: Every name that the bidang has or had, the present one last: a region keeps those it was entered with.
    """
    from sop.words.periods import period_label

    name = unit[-1]
    cards = [card for found in overview.cards.values() for card in found if card["bidang"] in unit]
    through = [(run.phase, told) for each in unit for run, told in _through(overview, each)]
    received = [told for phase, told in through if phase == "selesai"]
    skipped = [told for phase, told in through if phase != "selesai"]
    office = overview.standing.office_name
    lines: list[str] = []
    if cards:
        lines.append(f"Yth. {_addressed(name)}, mohon bantuannya untuk SAKIP {office}. Yang kami tunggu:")
        lines += [_reminder_line(card, overview, name) for card in cards]
        lines.append("Bila ada kendala, mohon kabari kami. Terima kasih.")
    for one in received:
        ended = moment_short(_instant(one["ended_at"]), overview.year.offset, overview.now)
        lines.append(
            f"Tanda terima untuk {_addressed(name)}: {period_label(one['period'])}, langkah {one['step']} "
            f"({one['title']}) sudah diserahkan {ended}. {_next_words(one)}"
        )
    for one in skipped:
        ended = moment_short(_instant(one["ended_at"]), overview.year.offset, overview.now)
        lines.append(
            f"{period_label(one['period'])}, langkah {one['step']} ({one['title']}) dilewati {ended} "
            f"untuk {_addressed(name)}: belum diserahkan, dan tidak ditunggu lagi."
        )
    if not lines:
        lines.append(f"{name}: tidak ada langkah SAKIP yang sedang ditunggu.")
    return Owed(cards, received, skipped, [clean(line) for line in lines])


def _addressed(name: str) -> str:
    """`Bidang Pelatihan`; the word is said once."""
    return name if name.casefold().startswith(("bidang ", "sekretariat", "subbag")) else f"Bidang {name}"


def _reminder_line(card: Document, overview: Overview, name: str) -> str:
    """`- Triwulan IV 2026, langkah 2: Merekap laporan. Keluaran: …. Ditunggu sejak …, tenggat …; belum dimulai.`"""
    from sop.words.periods import period_label

    period = next(one for one in overview.standing.periods if one.key == card["period"])
    step = overview.year.steps_of(period)[card["step"]]
    known_as = f" (tercatat sebagai {card['bidang']})" if card["bidang"] != name else ""
    parts = [f"- {period_label(card['period'])}, langkah {card['step']}{known_as}: {card['title']}."]
    output = _written(step.get("keluaran"))
    if output:
        parts.append(f"Yang diserahkan: {output}.")
    since = _instant(card["ready_at"])
    days = _days_since(overview, since)
    waited = f" ({days} hari kerja)" if days else ""
    parts.append(f"Ditunggu sejak {moment_short(since, overview.year.offset, overview.now)}{waited}.")
    if card["due_at"] is not None:
        parts.append(f"Tenggat {due_words(card, overview)}.")
    elif (waktu := _written(step.get("waktu"))) is not None:
        parts.append(f"Mutu baku waktunya {waktu.lower()}.")
    waited_for = "Belum dimulai." + (" Mohon segera dikerjakan." if card["not_started"] else "")
    state = {"siap": waited_for, "ditunda": "Sedang ditunda."}.get(card["state"])
    if state is not None:
        parts.append(state)
    return " ".join(parts)


def _written(value: Any) -> str | None:
    """The text of a cell of the SOP file; None for a gap."""
    text = value.get("text") if isinstance(value, Mapping) else value
    return str(text) if text else None


def _through(overview: Overview, name: str) -> Iterator[tuple[StandingRun, Document]]:
    """Where the bidang is through a region that a case under way has entered: its last run, and what is told of it."""
    for period in overview.standing.periods:
        steps = overview.year.steps_of(period)
        for region in overview.year.regions(period):
            run = region.done.get(name)
            if run is None or run.ended is None:
                continue
            following = next((number for number in steps if number > region.last), None)
            told = {
                "period": period.key,
                "step": run.step,
                "title": _written(steps[run.step]["title"]),
                "ended_at": format_iso(run.ended, overview.year.offset),
                "next_step": following,
                "next_title": None if following is None else _written(steps[following]["title"]),
                "missing": [other for other, _ in region.missing],
            }
            yield run, told


def _next_words(one: Document) -> str:
    if one["next_step"] is None:
        return "Terima kasih."
    what = f"langkah {one['next_step']} ({one['next_title']})"
    count = len(one["missing"])
    if count:
        return f"Berikutnya {what}, setelah {count} bidang lain menyerahkan. Terima kasih."
    return f"Berikutnya {what}. Terima kasih."

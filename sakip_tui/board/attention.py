"""What needs somebody, in the room that the cards of a period leave free on a large screen. Pure.

Late, not begun, due soon, waiting for an answer, not handed in, then what other periods say. The dashboard (`v`) tells
all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sakip_tui.glyphs import Glyphs
from sakip_tui.text import cut
from sakip_tui.views.board import BoardView, shown
from sakip_tui.views.card_words import due_text, joined_parts
from sakip_tui.widgets.spans import Line, ruled
from sop.loading import load
from sop.look.card import WAITING, Card, standing
from sop.look.standing import Urgency, urgency_of
from sop.look.year import Tally
from sop.model.state import PeriodPhase, RunPhase
from sop.model.texts import clean
from sop.model.turn import DONE, who_acts
from sop.words.periods import period_short
from sop.words.time import duration, full_minutes, moment_near

if TYPE_CHECKING:
    from db.rows import Board
    from sop.look.forecast import Forecast

FINISH = "sop.words.forecast:finish_words"
"""Loaded once forecasts were worked out."""
_LABEL = 22
"""Cells of what is said of a card, before the card."""
LEAST = 3
"""Lines below which the room is left alone: the heading and one entry say too little."""
_TITLE = 44
"""Cells of a card's number and title at least; on a wide screen a third of it."""


def attention(
    board: BoardView,
    rows: Board,
    forecasts: Mapping[str, Forecast],
    tallies: Mapping[str, Tally],
    now: int,
    width: int,
    most: int,
    glyphs: Glyphs,
) -> list[Line]:
    """A heading and at most `most` lines with it; empty where the period is not open or there is no room.

    Args:
        board: All of the period, whatever a filter shows of it.
        rows: Where it comes from.
        forecasts: Period -> when it will be finished, as far as that is known.
        tallies: Period -> what presses in it.
        now: The moment of looking.
        width: Cells of a line.
        most: Lines that are free.
        glyphs: Signs that the terminal can show.
    """
    if most < LEAST or board.current.phase is not PeriodPhase.BUKA:
        return []
    cards = list(_of_cards(board, rows, now, max(_TITLE, width // 3), glyphs))
    found = [*cards, *_of_others(board, rows, forecasts, tallies, now)]
    if not found:
        found = [("done", f"{glyphs.done} Tidak ada yang terlambat", "", "")]
    lines: list[Line] = [ruled("Perlu perhatian", width, glyphs.rule)]
    room = most - 1
    for ink, what, which, how in found[: room if len(found) <= room else room - 1]:
        lines.append(
            (
                (f" {what}".ljust(_LABEL), ink),
                (cut(f"{which}{' ' if which and how else ''}", width - _LABEL, glyphs.ellipsis), "text"),
                (cut(how, max(0, width - _LABEL - cell_len(which) - 2), glyphs.ellipsis), "muted"),
            )
        )
    if len(found) > room:
        # By what it is: a number alone reads as that of another list.
        kinds = [what[2:].lower() for _, what, *_ in cards[room - 1 :]]
        kinds += [what[2:] for _, what, *_ in found[max(room - 1, len(cards)) :]]
        rest = f"v Dasbor memuat juga: {', '.join(dict.fromkeys(kinds))}"
        lines.append(((" " * _LABEL + cut(rest, width - _LABEL, glyphs.ellipsis), "muted"),))
    return lines


_Found = tuple[str, str, str, str]
"""(ink, what is the matter, with which card, how it stands)."""


def _of_cards(board: BoardView, rows: Board, now: int, title: int, glyphs: Glyphs) -> Iterator[_Found]:
    late: list[_Found] = []
    waiting: list[_Found] = []
    soon: list[_Found] = []
    asked: list[_Found] = []
    for view in board.cards.values():
        card = view.card
        if not card.is_open or card.summary:
            continue
        which = cut(f"{card.step} {view.title}", title, glyphs.ellipsis)
        stands = standing(card, now, rows.calendar, rows.settings)
        who = clean(who_acts(card.holder_name, card.lane, card.state))
        if stands.late:
            over = f"lewat {duration(full_minutes(stands.late_seconds or 0))}" if stands.late_seconds else "lewat"
            due = due_text(card, stands, now, rows.calendar)
            late.append(("late", f"{glyphs.marks['late']} Terlambat", which, joined_parts(who, over, due)))
        elif card.state == RunPhase.KEPUTUSAN:
            since = moment_near(card.waits[-1][0], rows.calendar.offset, now) if card.waits else ""
            asked.append(("text", "  Menunggu jawaban", which, joined_parts(who, f"sejak {since}" if since else "")))
        elif stands.not_started:
            since = moment_near(card.ready_at, rows.calendar.offset, now) if card.ready_at is not None else ""
            what = f"{glyphs.marks['idle']} Belum dimulai"
            waiting.append(
                ("risk", what, which, joined_parts(f"giliran {who}", f"siap sejak {since}" if since else ""))
            )
        elif urgency_of(stands, now, rows.calendar) in (Urgency.RISK, Urgency.TODAY):
            what = f"{glyphs.marks['risk'] if stands.at_risk else ' '} Segera jatuh tempo"
            soon.append(("risk", what, which, joined_parts(who, due_text(card, stands, now, rows.calendar))))
    yield from (*late, *waiting, *soon, *asked)
    for step in sorted(board.foldable):
        names = _missing(board, step)
        if names:
            yield "text", "  Belum menyerahkan", f"langkah {step}: {', '.join(names)}", ""


def _missing(board: BoardView, step: int) -> list[str]:
    """The bidang that have not handed in a step that has begun."""
    cards = [view.card for view in board.cards.values() if view.card.step == step]
    waited = [
        shown(wait.name)
        for card in cards
        if card.state == WAITING
        for wait in card.waiting_for
        if wait.kind == "bidang"
    ]
    return [shown(card.bidang) for card in cards if card.bidang and not _is_done(card)] + waited


def _is_done(card: Card) -> bool:
    return card.state in DONE


def _of_others(
    board: BoardView, rows: Board, forecasts: Mapping[str, Forecast], tallies: Mapping[str, Tally], now: int
) -> Iterator[_Found]:
    """What the other periods say: what presses there, and when they will be finished."""
    for item in board.periods:
        if item.key == board.period or item.phase is not PeriodPhase.BUKA:
            continue
        tally = tallies.get(item.key, Tally())
        counted = ((tally.late, "terlambat"), (tally.not_started, "belum dimulai"), (tally.open, "terbuka"))
        presses = ", ".join(f"{count} {what}" for count, what in counted if count)
        found = forecasts.get(item.key)
        finish = "" if found is None else load(FINISH)(found, rows.calendar.offset, now)
        if presses or finish:
            ink = "late" if tally.late else "text"
            yield ink, f"  {period_short(item.key)}", f"{presses};" if presses and finish else presses, finish

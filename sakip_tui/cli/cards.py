"""`sakip kartu`: everything known of one step, in the lines of its page on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import case_queries
from db.rows import Board, LoggedEvent
from exports.text import Heading, PagePart, PageTable
from sakip_tui.cli.event_shapes import event_document
from sakip_tui.cli.explanations import bidang_asked, explanation_document, judging_calendar
from sakip_tui.cli.layout import width
from sakip_tui.cli.printable import in_format
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, card_document, iso
from sakip_tui.cli.values import require_period, step_asked
from sakip_tui.glyphs import UNICODE
from sakip_tui.views.board import BoardView, CardView, build_board
from sakip_tui.views.explained import explained, judged_by
from sakip_tui.views.offers import attempts_redone
from sop.loading import load
from sop.look.card import standing
from sop.model.refusals import Refused, Rule, Unknown
from sop.time.explain import Explanation
from sop.words.periods import period_label

if TYPE_CHECKING:
    from sakip_tui.views.card_page import CardPage
    from sop.model.bidang import Family

_SECTION = re.compile("\u2500 (.+?) \u2500+")
_PAIR = re.compile(r"(\S.*?) {2,}(\S.*)")
"""A name and, in a column of its own, what belongs to it."""
PAGE = MappingProxyType({"page": "sakip_tui.views.card_page:CardPage"})
"""What is loaded once it is known that people read the answer: it measures text in cells."""


def card(session: Session) -> Reply:
    """`sakip kartu PERIODE LANGKAH [--bidang B]`."""
    key, step, bidang = step_asked(session)
    rows = case_queries.year_board(session.database, session.address, int(key[:4]), session.now)
    require_period(rows, key)
    board = _board(rows, key, step)
    view = _wanted(board, step, bidang, rows.units)
    history = case_queries.log(session.database, session.address, period=key, step=step, limit=None)
    calendar = judging_calendar(session, rows.calendar, judged_by(view, board))
    found = explained(view, board, calendar, session.now)
    document = _document(session, rows, view, history, found)
    title = f"Kartu {period_label(key)} langkah {step}"

    def text() -> str:
        return _text(session, rows, board, view, history, found)

    return Reply(document, in_format(session, title, text, lambda: _parts(text())))


def _parts(text: str) -> Iterator[PagePart]:
    """The page of a card for paper: its sections as headings, names with what belongs to them as tables."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        heading, pair = _SECTION.fullmatch(line), _PAIR.fullmatch(line)
        if rows and line.startswith("  "):
            # Folded words go on; items of a list begin a line each.
            rows[-1][1] += ("\n" if line.strip().startswith("[") else " ") + line.strip()
        elif pair is not None and pair[1].isdigit():
            yield Heading(f"{pair[1]}. {pair[2]}")
        elif heading is None and pair is not None:
            rows.append([*pair.groups()])
        else:
            if rows:
                yield PageTable((), rows)
                rows = []
            if heading is not None:
                yield Heading(heading[1])
            elif line.strip():
                yield line.strip()
    if rows:
        yield PageTable((), rows)


def _board(rows: Board, period: str, step: int) -> BoardView:
    return build_board(rows, period, {step: True})


def _wanted(board: BoardView, step: int, bidang: str | None, units: Family) -> CardView:
    """The card that the command line names.

    Raises:
        Unknown, FaultyInput: No such step or bidang, or none named where there are several; they are named.
        Refused: The period has no steps.
    """
    mine = [view for view in board.cards.values() if view.card.step == step]
    if not mine:
        numbers = tuple(dict.fromkeys(str(view.card.step) for view in board.cards.values()))
        if not numbers:
            raise Refused(Rule.NO_CASE, period=board.period)
        raise Unknown("langkah", str(step), numbers)
    names = tuple(view.card.bidang for view in mine if view.card.bidang is not None)
    if not names:
        return mine[0]
    name = bidang_asked(bidang, names, units)
    return next(view for view in mine if view.card.bidang == name)


def _document(
    session: Session, rows: Board, view: CardView, history: tuple[LoggedEvent, ...], found: Explanation | None
) -> Document:

    offset, card = session.zone_offset, view.card
    now = standing(card, session.now, rows.calendar, rows.settings)
    return {
        "card": card_document(card, now, offset),
        "ticked": [{"item": tick.item + 1, "by": tick.by, "at": iso(tick.at, offset)} for tick in card.ticks],
        "due": None if found is None else explanation_document(found, offset),
        "history": [
            event_document(line, offset) for line in history if card.bidang is None or line.event.bidang == card.bidang
        ],
    }


def _text(
    session: Session,
    rows: Board,
    board: BoardView,
    view: CardView,
    history: tuple[LoggedEvent, ...],
    found: Explanation | None,
) -> str:
    redone = attempts_redone(board, view.card)
    acts = case_queries.told(session.database, session.address, board.period, redone.values())
    causes = {attempt: acts[number] for attempt, number in redone.items() if number in acts}
    undone = case_queries.undone(session.database, session.address, board.period)
    plain = (view, board, history, session.now, rows.calendar, rows.settings, width(), UNICODE, rows.names)
    page: CardPage = load(PAGE["page"])(*plain, found, causes, undone)
    return "\n".join("".join(text for text, _ in line).rstrip() for line in page.lines())

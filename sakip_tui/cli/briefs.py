"""`sakip ringkas`: a few lines to paste, of the office or for one bidang."""

from __future__ import annotations

from db.bidang import unit_named
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso, open_card_document
from sakip_tui.cli.status import overview_ahead, status_document
from sakip_tui.views.brief import Receipt, brief_lines, owed, unfilled_by
from sakip_tui.views.overview import is_worth_telling
from sop.model.texts import clean


def brief(session: Session) -> Reply:
    """`sakip ringkas [--bidang B] [--bila-perlu]`."""
    overview = overview_ahead(session)
    wanted = session.arguments.text("--bidang")
    only_needed = session.arguments.has("--bila-perlu")
    if wanted is None:
        is_told = not only_needed or is_worth_telling(overview, overview.all_cards, overview.cards)
        lines = brief_lines(overview) if is_told else []
        return Reply({**status_document(overview), "lines": lines}, lambda: "\n".join(lines))
    unit = unit_named(session.database, session.address.office, clean(wanted[:200]))
    unfilled = unfilled_by(session.database, overview, unit)
    owing = owed(overview, unit, unfilled)
    mine = {one.period for one in owing.cards}
    lines = owing.lines if not only_needed or is_worth_telling(overview, owing.cards, mine) else []
    offset = overview.year.offset
    document = {
        "now": iso(overview.now, offset),
        "bidang": unit[-1],
        "names": list(unit),
        "cards": [open_card_document(one, offset) for one in owing.cards],
        "received": [_receipt_document(one, offset) for one in owing.received],
        "skipped": [_receipt_document(one, offset) for one in owing.skipped],
        "unfilled": {key: list(codes) for key, codes in unfilled.items()},
        "lines": lines,
    }
    return Reply(document, lambda: "\n".join(lines))


def _receipt_document(one: Receipt, offset: int) -> Document:
    return {
        "period": one.period,
        "step": one.step,
        "title": one.title,
        "ended_at": iso(one.ended_at, offset),
        "next_step": one.next_step,
        "next_title": one.next_title,
        "missing": list(one.missing),
    }

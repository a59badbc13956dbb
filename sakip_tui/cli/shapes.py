"""The JSON shapes of `docs/PANDUAN.md` and the contract: cards and periods. Values in, JSON values out.

Events are `event_shapes.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sop.time.instants import format_iso

if TYPE_CHECKING:
    from db.rows import Applied, Board
    from sakip_tui.views.overview import OpenCard
    from sop.look.card import Card, Wait
    from sop.look.standing import Stand

Document = dict[str, Any]


def iso(t: int | None, offset: int) -> str | None:
    """ISO 8601 with the office's offset; None stays None."""
    return None if t is None else format_iso(t, offset)


def applied_document(applied: Applied, offset: int) -> Document:
    """What the answer to an act begins with."""
    event = applied.event
    return {
        "sequence": applied.sequence,
        "hash": applied.hash,
        "act": event.act.value,
        "effective_at": iso(event.at, offset),
        "recorded_at": iso(event.recorded, offset),
        "by": event.by,
        "for_lane": event.for_lane,
    }


def card_document(card: Card, stand: Stand, offset: int) -> Document:
    """One card as JSON values; the keys of the contract first."""
    verdict = card.verdict
    return {
        **_contract_keys(card, stand, offset),
        "assumed_fields": list(card.assumed),
        "lanes": list(card.lanes),
        "decider": card.decider,
        "answer": None if card.answer is None else card.answer.value,
        **_times(stand),
        "work_seconds": None if verdict is None else verdict.work_seconds,
        "judged": None if verdict is None else verdict.judged,
        "taken_over": card.taken_over,
        "late_entry": card.late_entry,
        "clock_doubted": card.doubted,
        "stale": list(card.stale),
        "note": card.note,
        "ticks": [tick.item + 1 for tick in card.ticks],
        "evidence": [
            {
                "number": item.number,
                "date": item.dated,
                "location": item.location,
                "file_name": item.file_name,
                "sha256": item.sha256,
            }
            for item in card.evidence
        ],
    }


def open_card_document(one: OpenCard, offset: int) -> Document:
    """One open card of an overview: the keys that no flow of cases is needed for."""
    return {**_contract_keys(one.card, one.stand, offset), **_times(one.stand), "period": one.period}


def _contract_keys(card: Card, stand: Stand, offset: int) -> Document:
    share = stand.used_share
    return {
        "step": card.step,
        "title": card.title,
        "bidang": card.bidang,
        "attempt": card.attempt,
        "state": card.state,
        "lane": card.lane,
        "holder": card.holder,
        "revision": card.revision,
        "ready_at": iso(card.ready_at, offset),
        "started_at": iso(card.started_at, offset),
        "ended_at": iso(card.ended_at, offset),
        "due_at": iso(stand.due_at, offset),
        "late": stand.late,
        "at_risk": stand.at_risk,
        "used_share": None if share is None else round(share, 4),
        "waiting_for": [wait_text(wait) for wait in card.waiting_for],
        "assumed": bool(card.assumed),
        "joined": None if card.joined is None else [card.joined.handed_in, card.joined.total],
        "skipped": None if card.joined is None else card.joined.skipped,
        "data": None if card.data is None else {"filled": card.data.filled, "of": card.data.of},
    }


def _times(stand: Stand) -> Document:
    return {
        "late_seconds": stand.late_seconds,
        "queue_seconds": stand.queue_seconds,
        "not_started": stand.not_started,
    }


def wait_text(wait: Wait) -> str:
    """What a card waits for, in words."""
    return {
        "langkah": f"langkah {wait.name}",
        "periode": f"{wait.name} ditutup",
        "bidang": wait.name,
        "buka": f"{wait.name} dibuka",
        "ditahan": "berkas dilanjutkan",
    }.get(wait.kind, wait.name)


def period_document(board: Board, key: str) -> Document:
    """The revisions and states of a period, as they stand in every answer to a writing command."""
    period = board.state.periods[key]
    case = board.state.case_of(key)
    return {
        "period": key,
        "period_state": period.phase.value,
        "period_revision": period.revision,
        "closing_revision": period.closings,
        "state": None if case is None else case.phase.value,
        "case_revision": None if case is None else case.revision,
    }

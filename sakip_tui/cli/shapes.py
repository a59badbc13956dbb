"""The JSON shapes of `docs/PANDUAN.md` and the contract: cards, periods, events. Values in, JSON values out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sop.time.instants import format_iso
from sop.words.event_values import plain

if TYPE_CHECKING:
    from db.rows import Board, LoggedEvent
    from sop.look.card import Card, Wait
    from sop.look.standing import Stand

Document = dict[str, Any]


def iso(t: int | None, offset: int) -> str | None:
    """ISO 8601 with the office's offset; None stays None."""
    return None if t is None else format_iso(t, offset)


def card_document(card: Card, standing: Stand, offset: int) -> Document:
    """One card as JSON values; the keys of the contract first."""
    share = standing.used_share
    verdict = card.verdict
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
        "due_at": iso(standing.due_at, offset),
        "late": standing.late,
        "at_risk": standing.at_risk,
        "used_share": None if share is None else round(share, 4),
        "waiting_for": [wait_text(wait) for wait in card.waiting_for],
        "assumed": bool(card.assumed),
        "joined": None if card.joined is None else [card.joined.handed_in, card.joined.total],
        "skipped": None if card.joined is None else card.joined.skipped,
        "assumed_fields": list(card.assumed),
        "lanes": list(card.lanes),
        "decider": card.decider,
        "answer": None if card.answer is None else card.answer.value,
        "late_seconds": standing.late_seconds,
        "queue_seconds": standing.queue_seconds,
        "not_started": standing.not_started,
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


def event_document(logged: LoggedEvent, offset: int) -> Document:
    """One line of the log."""
    event = logged.event
    return {
        "sequence": event.sequence,
        "recorded_at": iso(event.recorded, offset),
        "effective_at": iso(event.at, offset),
        "by": event.by,
        "for_lane": event.for_lane,
        "act": event.act.value,
        "period": event.period,
        "step": event.step,
        "bidang": event.bidang,
        "details": plain(event.data, offset),
        "hash": logged.hash,
        "attempt": event.attempt,
        "case": event.case,
        "late_entry": event.late_entry,
        "clock_doubted": event.doubted,
        "office": logged.office,
        "sop": logged.sop,
        "host": logged.host,
    }

"""The acts on a run, a case and a period: from arguments to a command, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from db import case_queries
from sakip_tui.act_face import ActFace
from sakip_tui.acts import FACES
from sakip_tui.cli.dealt import Dealt, deal
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, applied_document, period_document
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.notices import CLOCK_IN_DOUBT, warning_line
from sakip_tui.options import NOTE, WRITING, Operand, Option
from sop.loading import load
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.state import Answer, Evidence
from sop.words.forewarning import act_words
from sop.words.labels import label, state_label, step_named
from sop.words.time import clock, moment_short

if TYPE_CHECKING:
    from db.rows import Applied, Board


RECAP_OF_CLOSING = "sakip_tui.cli.closing_recap:recap_of_closing"
"""Loaded where a period was closed."""
EVIDENCE = "sakip_tui.cli.evidence:evidence"
"""Loaded where a document was named."""


_OF = MappingProxyType({face.words: face for face in FACES})


def record(session: Session) -> Reply:
    """Every act on a run, a case or a period: its values as its face names them, then the rules."""
    face, values = _OF[session.arguments.verb.words], Values(session)
    details = _details(face, values)
    values.check()
    command = Command(act=Act(face.act), period=session.period(), **details)
    session.know_zone(session.office.zone)
    if session.arguments.has("--coba"):
        return _rehearse(session, command)
    reply = _do(session, command)
    if command.act is not Act.TUTUP or reply.document["repeated"]:
        return reply
    place, remarks = load(RECAP_OF_CLOSING)(session, reply.document["period"]["period"])
    text = reply.text()
    lines = text if place is None else f"{text}\nRekap: {place}"
    document = {**reply.document, "recap": None if place is None else str(place)}
    return Reply(document, lambda: lines, (*reply.remarks, *remarks))


# ---------------------------------------------------------------------- what is asked
def _details(face: ActFace, values: Values) -> dict[str, Any]:
    """Field of the command -> what was given for it; what every act takes is read first."""
    common = (*WRITING, NOTE)
    own = (option for option in face.options if option not in common)
    entries: list[Option | Operand] = [*common, *face.operands, *own]
    given: dict[str, Any] = {}
    for each in entries:
        if each.field:
            given[each.field] = READERS[each.reads](values, each.name, given)
    return given


def _item(values: Values, name: str, given: Mapping[str, Any]) -> int | None:
    """People count from one."""
    number = values.number(name, 1, 10_000)
    return None if number is None else number - 1


def _end(values: Values, name: str, given: Mapping[str, Any]) -> Typed | None:
    """The end of a step is the moment of the act, however it was given."""
    ended, at = values.moment(name), given["at"]
    if at is not None and ended is not None:
        values.fault(name, "pada-atau-selesai")
    return ended if ended is not None else at


def _decision(values: Values, name: str, given: Mapping[str, Any]) -> Answer | None:
    word = values.choice(name, tuple(Answer))
    return None if word is None else Answer(word)


def _evidence(values: Values, name: str, given: Mapping[str, Any]) -> Evidence | None:
    found: Evidence | None = load(EVIDENCE)(values)
    return found


READERS: Mapping[str, Callable[[Values, str, Mapping[str, Any]], Any]] = MappingProxyType(
    {
        "text": lambda values, name, given: values.text(name),
        "texts": lambda values, name, given: values.session.arguments.texts(name),
        "number": lambda values, name, given: values.number(name, 0),
        "count": lambda values, name, given: values.number(name, 1),
        "moment": lambda values, name, given: values.moment(name),
        "unless": lambda values, name, given: not values.session.arguments.has(name),
        "step_map": lambda values, name, given: values.step_map(name),
        "item": _item,
        "end": _end,
        "answer": _decision,
        "evidence": _evidence,
    }
)
"""How the value of an option or operand is read, given what was read before it."""


# ---------------------------------------------------------------------- what becomes of it
def _do(session: Session, command: Command) -> Reply:
    applied = store(session).apply(session.address, command, actor(session))
    board = case_queries.board(session.database, session.address, command.period)
    dealt = deal(board, command.period, max(session.now, applied.event.recorded))
    warnings = (*_worth(command, applied, board, dealt, session.now), *map(warning_line, applied.warnings))
    document = _document(session, applied, board, dealt, warnings)
    remarks = (*warnings, CLOCK_IN_DOUBT) if applied.event.doubted else warnings
    return Reply(document, lambda: _said(session, applied, board, dealt), remarks)


def _worth(command: Command, applied: Applied, board: Board, dealt: list[Dealt], now: int) -> tuple[str, ...]:
    """What is to be known of moments that were typed: work outside working hours does not count."""
    found = _card_of(applied, dealt)
    if found is None or command.at is command.started is command.ended is None:
        return ()
    card = found.card
    told = act_words(command.act, applied.event.at, card.started_at, card.ended_at, board.calendar, now)
    return (told,) if told else ()


def _document(
    session: Session, applied: Applied, board: Board, dealt: list[Dealt], warnings: tuple[str, ...]
) -> Document:
    event, offset = applied.event, session.zone_offset
    document: Document = {
        **applied_document(applied, offset),
        "late_entry": event.late_entry,
        "clock_doubted": event.doubted,
        "repeated": applied.repeated,
        "warnings": list(warnings),
        "period": period_document(board, board.period),
    }
    if event.step is not None:
        card = _card_of(applied, dealt)
        document["card"] = None if card is None else card.document(offset)
    return document


def _card_of(applied: Applied, dealt: list[Dealt]) -> Dealt | None:
    """The card that was acted on; None for an act on the case or period."""
    event = applied.event
    return next((one for one in dealt if (one.card.step, one.card.bidang) == (event.step, event.bidang)), None)


def _said(session: Session, applied: Applied, board: Board, dealt: list[Dealt]) -> str:
    """One line on what happened, then what is open now."""
    event, offset = applied.event, session.zone_offset
    what = label(event.act)
    if event.step is not None:
        what += f" {step_named(event.step, event.bidang)}"
    if event.data.get("answer"):
        what += f": {label(Answer(event.data['answer']))}"
    when = moment_short(event.at, offset, session.now)
    again = " (token ini sudah dipakai; tidak ada yang ditambahkan)" if applied.repeated else ""
    late = ", dicatat susulan" if event.late_entry else ""
    lines = [f"{board.period}: {what}, {when}{late}.{again}"]
    period = period_document(board, board.period)
    if event.act in (Act.TUTUP, Act.BUKA_KEMBALI):
        lines.append(f"Periode {period['period_state']}, revisi penutupan {period['closing_revision']}.")
    lines += [_open_line(one, offset, session.now) for one in dealt if one.card.is_open and not one.card.summary]
    return "\n".join(lines)


def _open_line(one: Dealt, offset: int, now: int) -> str:
    card = one.card
    where = step_named(card.step, card.bidang)
    due = f", tenggat {moment_short(one.standing.due_at, offset, now)}" if one.standing.due_at is not None else ""
    ready = f" sejak {clock(card.ready_at, offset)}" if card.ready_at is not None and card.state == "siap" else ""
    return f"  {state_label(card.state)}: {where} di {card.lane}{ready}{due}"


def _rehearse(session: Session, command: Command) -> Reply:
    """pindah-versi on trial: judged by the same rules on what is stored, and nothing is written."""
    store(session).rehearse(session.address, command, actor(session))
    document = {
        "period": command.period,
        "sop_version": command.version,
        "steps": {str(old): new for old, new in sorted(command.image.items())},
        "possible": True,
    }
    said = f"{command.period}: dapat dipindah ke versi {command.version}. Belum ada yang diubah."
    return Reply(document, lambda: said)

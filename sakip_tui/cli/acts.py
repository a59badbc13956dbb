"""The acts on a run, a case and a period: from arguments to a command, and what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import queries
from sakip_tui.cli.dealt import Dealt, deal
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document, iso, period_document
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.digests import digesting
from sakip_tui.loading import load
from sakip_tui.notices import CLOCK_IN_DOUBT, warning_line
from sop.model.commands import Command, Typed
from sop.model.events import Act
from sop.model.state import Answer as Decision
from sop.model.state import Evidence
from sop.words.labels import label, state_label
from sop.words.time import clock, moment_short

if TYPE_CHECKING:
    from db.rows import Applied, Board


RECAP_OF_CLOSING = "sakip_tui.cli.closing_recap:recap_of_closing"
"""Loaded where a period was closed."""


def on_run(session: Session) -> Reply:
    """mulai, selesai, putuskan and their like."""
    values = Values(session)
    act = Act(session.arguments.verb.words[0])
    details = _common(values) | {"step": values.number("LANGKAH", 0)}
    if act is Act.PUTUSKAN:
        details["named"] = session.arguments.texts("--bidang")
    else:
        details["bidang"] = values.text("--bidang")
    if act is Act.SELESAI:
        details |= _finish(values, details["at"])
    elif act is Act.KOREKSI:
        details |= {"started": values.moment("--mulai"), "ended": values.moment("--selesai")}
        details["evidence"] = _evidence(values)
    elif act is Act.PUTUSKAN:
        answer = values.choice("PUTUSAN", tuple(Decision))
        details["answer"] = None if answer is None else Decision(answer)
    elif act is Act.TUGASKAN:
        details["holder"] = values.text("NAMA")
    elif act is Act.CENTANG:
        item = values.number("BUTIR", 1, 10_000)
        details |= {"item": None if item is None else item - 1, "on": not session.arguments.has("--hapus")}
    elif act is Act.DOKUMEN:
        details["evidence"] = _evidence(values)
    elif act is Act.KOMENTAR:
        details["note"] = values.text("TEKS")
    return _do(session, values, act, details)


def on_case(session: Session) -> Reply:
    """berkas tahan, lanjutkan, hentikan and their like; kembalikan."""
    values = Values(session)
    act = Act(session.arguments.verb.words[-1])
    details = _common(values)
    if act is Act.KEMBALIKAN:
        details |= {"step": values.number("LANGKAH", 0), "target": values.number("--ke", 0)}
        details["named"] = session.arguments.texts("--bidang")
    elif act is Act.UBAH_BIDANG:
        details["added"] = session.arguments.texts("--tambah")
        details["removed"] = session.arguments.texts("--hapus")
    elif act is Act.PINDAH_VERSI:
        details |= {"version": values.number("--ke", 1), "image": values.step_map("--peta")}
        if session.arguments.has("--coba"):
            return _rehearse(session, values, act, details)
    return _do(session, values, act, details)


def on_period(session: Session) -> Reply:
    """periode buka, tutup, buka-kembali, bebaskan."""
    values = Values(session)
    act = Act(session.arguments.verb.words[-1])
    details = _common(values)
    if act is Act.BEBASKAN:
        details["child"] = values.text("ANAK")
    if act is not Act.TUTUP:
        return _do(session, values, act, details)
    done = _do(session, values, act, details)
    if done.document["repeated"]:
        return done

    place, remark = load(RECAP_OF_CLOSING)(session, done.document["period"]["period"])
    said = done.text()
    lines = said if place is None else f"{said}\nRekap: {place}"
    document = {**done.document, "recap": None if place is None else str(place)}
    return Reply(document, lambda: lines, (*done.remarks, *remark))


# ---------------------------------------------------------------------- what is asked
def _common(values: Values) -> dict[str, Any]:
    """What every writing command takes."""
    return {
        "at": values.moment("--pada"),
        "reason": values.text("--alasan"),
        "note": values.text("--catatan"),
        "on_behalf": values.text("--atas-nama"),
        "seen": values.number("--revisi"),
        "token": values.text("--token"),
    }


def _finish(values: Values, at: Typed | None) -> dict[str, Any]:
    started, ended = values.moment("--mulai"), values.moment("--selesai")
    if at is not None and ended is not None:
        values.fault("--selesai", "pada-atau-selesai")
    return {"started": started, "at": ended if ended is not None else at}


def _evidence(values: Values) -> Evidence | None:
    """What was said of a document; the computer file itself is only looked at for its name and digest."""
    day = values.day("--tanggal")
    name, digest = _looked_at(values, values.text("--berkas"))
    given = (values.text("--nomor"), None if day is None else day.isoformat(), values.text("--lokasi"), name, digest)
    return Evidence(*given) if any(part is not None for part in given) else None


def _looked_at(values: Values, given: str | None) -> tuple[str | None, str | None]:
    if given is None:
        return None, None

    path = Path(given)
    try:
        if not path.is_file():
            values.fault("--berkas", "tak-terbaca", given, ("bukan dokumen biasa",))
            return None, None
        *_, digest = digesting(path)
    except (OSError, ValueError) as error:
        values.fault(
            "--berkas",
            "tak-terbaca",
            given,
            ("tidak ada, atau tidak diizinkan" if isinstance(error, OSError) else "namanya tidak dapat dipakai",),
        )
        return None, None
    return path.name, digest


# ---------------------------------------------------------------------- what becomes of it
def _do(session: Session, values: Values, act: Act, details: dict[str, Any]) -> Reply:
    values.check()
    command = Command(act=act, period=session.period(), **details)
    session.know_zone(session.office.zone)
    applied = store(session).apply(session.address, command, actor(session))
    board = queries.board(session.database, session.address, command.period)
    dealt = deal(board, command.period, max(session.now, applied.event.recorded))
    document = _document(session, applied, board, dealt)
    remarks = _remarks(applied)
    return Reply(document, lambda: _said(session, applied, board, dealt), remarks)


def _document(session: Session, applied: Applied, board: Board, dealt: list[Dealt]) -> Document:
    event, offset = applied.event, session.zone_offset
    document: Document = {
        "sequence": applied.sequence,
        "hash": applied.hash,
        "act": event.act.value,
        "effective_at": iso(event.at, offset),
        "recorded_at": iso(event.recorded, offset),
        "by": event.by,
        "for_lane": event.for_lane,
        "late_entry": event.late_entry,
        "clock_doubted": event.doubted,
        "repeated": applied.repeated,
        "warnings": list(_warnings(applied)),
        "period": period_document(board, board.period),
    }
    if event.step is not None:
        card = _card_of(applied, dealt)
        document["card"] = None if card is None else card.document(offset)
    return document


def _card_of(applied: Applied, dealt: list[Dealt]) -> Dealt | None:
    event = applied.event
    return next((one for one in dealt if (one.card.step, one.card.bidang) == (event.step, event.bidang)), None)


def _remarks(applied: Applied) -> tuple[str, ...]:
    if not applied.warnings and not applied.event.doubted:
        return ()

    return (*_warnings(applied), *((CLOCK_IN_DOUBT,) if applied.event.doubted else ()))


def _warnings(applied: Applied) -> tuple[str, ...]:
    """What the pengelola should hear of, as sentences."""
    if not applied.warnings:
        return ()

    return tuple(warning_line(warning) for warning in applied.warnings)


def _said(session: Session, applied: Applied, board: Board, dealt: list[Dealt]) -> str:
    """One line on what happened, then what is open now."""
    event, offset = applied.event, session.zone_offset
    what = label(event.act)
    if event.step is not None:
        what += f" langkah {event.step}" + (f" ({event.bidang})" if event.bidang else "")
    if event.data.get("answer"):
        what += f": {label(Decision(event.data['answer']))}"
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
    where = f"langkah {card.step}" + (f" ({card.bidang})" if card.bidang else "")
    due = f", tenggat {moment_short(one.standing.due_at, offset, now)}" if one.standing.due_at is not None else ""
    ready = f" sejak {clock(card.ready_at, offset)}" if card.ready_at is not None and card.state == "siap" else ""
    return f"  {state_label(card.state)}: {where} di {card.lane}{ready}{due}"


def _rehearse(session: Session, values: Values, act: Act, details: dict[str, Any]) -> Reply:
    """pindah-versi on trial: judged by the same rules on what is stored, and nothing is written."""
    values.check()
    command = Command(act=act, period=session.period(), **details)
    session.know_zone(session.office.zone)
    store(session).rehearse(session.address, command, actor(session))
    document = {
        "period": command.period,
        "sop_version": command.version,
        "steps": {str(old): new for old, new in sorted(command.image.items())},
        "possible": True,
    }
    said = f"{command.period}: dapat dipindah ke versi {command.version}. Belum ada yang diubah."
    return Reply(document, lambda: said)

"""`sakip papan`: the board of one period, or of every open one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db import case_queries, queries
from db.rows import Board
from exports.text import Heading, PagePart, PageTable
from sakip_tui.cli.dealt import Dealt, board_document, deal
from sakip_tui.cli.layout import table, wrapped
from sakip_tui.cli.printable import in_format
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import wait_text
from sakip_tui.cli.values import require_period
from sakip_tui.cli.year_asked import year_asked
from sakip_tui.views.overview import DOUBTED, stale_line
from sop.look.year import closing_in, progress_of, sop_of, version_of
from sop.model.state import CasePhase
from sop.words.labels import LABELS, label, state_label
from sop.words.periods import period_label
from sop.words.sop import sop_name
from sop.words.time import duration_short, moment_short

_HEADS = ("No", "Langkah", "Lajur", "Keadaan", "Tenggat")


def board(session: Session) -> Reply:
    """`sakip papan [PERIODE]`."""
    given = session.period_given()
    return open_boards(session) if given is None else _boards(session, [given])


def open_boards(session: Session) -> Reply:
    """The boards of the open periods that have a case; where none is open, of the one that the screen shows first."""
    periods = queries.standing(session.database, session.address).periods
    chosen = [period.key for period in periods if period.has_case and period.phase == "buka"]
    return _boards(session, chosen or [year_asked(session)[1]])


def _boards(session: Session, periods: Sequence[str]) -> Reply:
    offset, now = session.zone_offset, session.now
    drawn: list[tuple[Board, list[Dealt]]] = []
    for key in periods:
        found = _known_board(session, key)
        drawn.append((found, deal(found, key, now)))
    documents = [board_document(found, [one.document(offset) for one in dealt], now, offset) for found, dealt in drawn]
    # One period is what the contract knows; several open ones stand in a list beside the first.
    document = documents[0] if len(documents) == 1 else {**documents[0], "boards": documents}

    def text() -> str:
        return "\n\n".join(_board_text(found, dealt, now, offset) for found, dealt in drawn)

    title = f"Papan {', '.join(period_label(found.period) for found, _ in drawn)}"

    def parts() -> Iterator[PagePart]:
        for found, dealt in drawn:
            yield from _board_parts(found, dealt, now, offset)

    return Reply(document, in_format(session, title, text, parts))


def _known_board(session: Session, key: str) -> Board:
    found = case_queries.board(session.database, session.address, key)
    require_period(found, key)
    return found


def _board_text(found: Board, dealt: Sequence[Dealt], now: int, offset: int) -> str:
    heading = [line for words in _heading(found, dealt, now, offset) for line in wrapped(words, 80)]
    if not dealt:
        return "\n".join(heading)
    rows = [_board_row(one, now, offset) for one in dealt]
    return "\n".join([*heading, "", table(_HEADS, rows, flexible=(1, 2, 3, 4)), *_notes(dealt)])


def _board_parts(found: Board, dealt: Sequence[Dealt], now: int, offset: int) -> Iterator[PagePart]:
    """The same for a page that is printed."""
    yield Heading(period_label(found.period))
    yield from _heading(found, dealt, now, offset, on_paper=True)
    if dealt:
        rows = [["" if cell is None else str(cell).strip() for cell in _board_row(one, now, offset)] for one in dealt]
        yield PageTable(_HEADS, rows)
    yield from _notes(dealt)


def _notes(dealt: Sequence[Dealt]) -> list[str]:
    return ["? lajur atau keputusannya masih asumsi."] if any(one.card.assumed for one in dealt) else []


def _heading(found: Board, dealt: Sequence[Dealt], now: int, offset: int, *, on_paper: bool = False) -> list[str]:
    """What stands above the cards; what is typed into a command has no place on paper."""
    period = found.state.periods[found.period]
    case = found.state.case_of(found.period)
    state = {"belum": "belum dibuka", "buka": "buka", "tutup": f"tutup, revisi {period.closings}"}[period.phase.value]
    if case is not None:
        state += f"; berkas {LABELS[CasePhase][case.phase.value]}, revisi {case.revision}"
    named = period_label(found.period) if on_paper else f"{period_label(found.period)} ({found.period})"
    heading = [found.office_name, f"{named}: {state}"]
    # What has no steps of its own runs on no version.
    version = f", versi {version_of(found, found.period)}" if dealt else ""
    heading.append(f"{moment_short(now, offset)}. SOP {sop_name(sop_of(found, found.period))}{version}.")
    if not dealt:
        return [*heading, "Periode ini tidak punya langkah sendiri; isinya rangkuman periode di bawahnya."]
    done, total = progress_of(found, found.period)
    heading.append(f"{done} dari {total} langkah selesai.")
    stale = closing_in(found, found.period).stale
    heading += [stale_line(found.period, stale)] if stale else []
    ahead = any((moment or 0) > now for one in dealt for moment in (one.card.ready_at, one.card.ended_at))
    if ahead or any(one.card.doubted for one in dealt):
        heading.append(DOUBTED)
    return heading


def _board_row(one: Dealt, now: int, offset: int) -> tuple[object, ...]:
    card, standing = one.card, one.standing
    title = f"  {card.bidang}" if card.bidang else card.title
    state = state_label(card.state)
    if card.attempt is not None and card.attempt > 1:
        state += f", putaran {card.attempt}"
    if card.joined is not None:
        state += f", {card.joined.share} bidang: {card.joined.words}"
    if card.answer is not None:
        state += f", {label(card.answer)}"
    if card.holder_name and card.is_open:
        state += f", {card.holder_name}"
    if card.waiting_for:
        state += f": {', '.join(wait_text(wait) for wait in card.waiting_for)}"
    marks = [word for held, word in ((card.late_entry, "susulan"), (card.doubted, "jam diragukan")) if held]
    if marks:
        state += f" ({', '.join(marks)})"
    due = "-" if standing.due_at is None else moment_short(standing.due_at, offset, now)
    if standing.late:
        due += f" terlambat {duration_short(standing.late_seconds or 0)}"
    elif standing.at_risk:
        due += " segera"
    lane = card.lane + (" ?" if card.assumed else "")
    return ("" if card.bidang else card.step, title, "" if card.bidang else lane, state, due)

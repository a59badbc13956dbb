"""The lines around the columns: header, periods, column heads, what the selected card is, which keys apply.

Pure: from views and moments to inked lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from sakip_tui.board.layout import Layout
from sakip_tui.glyphs import MARK_WORDS, Glyphs
from sakip_tui.text import cut, padded, wrapped
from sakip_tui.views.board import COLUMN_NAMES, BoardView, CardColumn, CardView, PeriodView
from sakip_tui.views.card_words import TimeLabel, answer_text, due_text, joined_words, marks, wait_text
from sakip_tui.views.offers import Onlooker, blocked_close, unopened, unopened_words
from sakip_tui.widgets.hints import hint
from sakip_tui.widgets.ink import Line, Span, spread, width_of
from sop.acts.rights import may
from sop.look.card import WAITING, Card, standing
from sop.look.year import Tally
from sop.model.act import Act
from sop.model.periods import split
from sop.model.state import CasePhase, PeriodPhase, RunPhase
from sop.model.texts import clean
from sop.time.work_calendar import WorkCalendar
from sop.words.labels import state_label, upper
from sop.words.people import person_called
from sop.words.periods import period_narrow, period_short
from sop.words.time import clock, date_short, moment_near, standard_text

if TYPE_CHECKING:
    from db.rows import Board

_NOTHING = Tally()
_CLOSING, _CLOSED_BY_OTHERS = "Tekan x untuk menutup periode.", "Pengelola yang menutup periodenya."
_OFFICE = 18
"""Cells of an office's name that it keeps beside what is late."""
_SHORTEST = 10
"""Cells of it at least."""
_SEATED = 72
"""Cells from which on the head names who sits here."""
_GAP = 2
"""Cells that part the office from what stands beside it, which may begin with a number."""
_MOST_NAMED = 6
"""Bidang that are named where they are waited for; of more it is said how many."""
_YEAR = 6
"""Cells of the year before the periods."""


def seated(names: Mapping[str, str], person: str) -> str:
    """What to call who sits here; empty while nobody is registered, since the account's name says nothing to people.

    Args:
        names: Code -> name of those registered.
        person: Code of who sits here.
    """
    return person_called(names, person) if names else ""


def header(
    office: str, person: str, now: int, calendar: WorkCalendar, width: int, tally: Tally = _NOTHING, year: int = 0
) -> Line:
    """Office, how much presses, who sits here, date and time; with its year, where another one is on view.

    Where there is no room for all, what is late and who sits here stay, since several people may use one computer:
    that the office is shut goes first, then the end of the office's name, of the person's, and what is not late.
    """
    today = calendar.date_of(now)
    when = (
        f"{date_short(today)}{f' {today.year}' if year not in (0, today.year) else ''} {clock(now, calendar.offset)} "
    )
    shut = "" if calendar.is_open(now) else "di luar jam kerja  "
    pressing = pressing_words(tally)
    late = f"! {pressing}  " if tally.late else f"{pressing}  " if pressing else ""
    only_late = f"! {pressing_words(Tally(late=tally.late))}  " if tally.late else ""
    who, cut_who = (f"{sitting}  " if width >= _SEATED else "" for sitting in _sitting(person))
    name_room = min(_OFFICE if pressing else _SHORTEST, cell_len(office)) + 1 + _GAP
    tried = (
        (late, who, shut, name_room),
        (late, who, "", name_room),
        # That nobody is registered stands below the cards as well.
        *(() if person else ((late, "", "", _SHORTEST + _GAP),)),
        (late, who, "", _SHORTEST + _GAP),
        (late, cut_who, "", _SHORTEST + _GAP),
        (only_late, who, "", _SHORTEST + _GAP),
        (only_late, cut_who, "", 0),
    )
    for pressed, sitting, closed, room in tried:
        parts: list[Span] = [
            (pressed, "late" if tally.late else "risk"),
            (sitting, "muted"),
            ("" if width < 60 else closed, "risk"),
            (when, "text"),
        ]
        if width - width_of(parts) >= room:
            break
    name = cut(f" {clean(office)}", max(8, width - width_of(parts) - _GAP))
    return spread([(name, "strong")], parts, width)


def _sitting(person: str) -> tuple[str, str]:
    """Who sits here, and the same as short as it may be."""
    name = clean(person)
    return (f"sebagai {cut(name, 24)}", f"sebagai {cut(name, 14)}") if person else ("belum terdaftar", "")


def altogether(tallies: Iterable[Tally]) -> Tally:
    """Several periods as one."""
    return Tally(*(sum(counts) for counts in zip(*tallies, strict=True)))


def pressing_words(tally: Tally) -> str:
    """`2 terlambat, 1 belum dimulai`; empty where nothing is."""
    counted = ((tally.late, "terlambat"), (tally.not_started, "belum dimulai"))
    return ", ".join(f"{count} {what}" for count, what in counted if count)


def period_bar(
    periods: Sequence[PeriodView], current: str, tallies: Mapping[str, Tally], width: int, glyphs: Glyphs
) -> Line:
    """The year, and every period with its number, its state, its counts and whether something is late; the one on
    view stands out."""
    cells, _ = _period_cells(periods, tallies, width, glyphs)
    year = f" {current.partition('-')[0]} "
    spans: list[Span] = [(year, "strong")]
    room = width - cell_len(year)
    for number, (item, text) in enumerate(zip(periods, cells, strict=True), 1):
        ink = "text" if item.phase is PeriodPhase.BUKA and item.has_case else "muted"
        ink = "late" if _is_late(item, tallies) else ink
        # The brackets tell it where there is no colour.
        text = cut(f"[{text}]" if item.key == current else f" {text} ", room)
        # A click on the period is its number.
        spans.append((text, f"strong@{number}+picked" if item.key == current else f"{ink}@{number}"))
        room -= cell_len(text)
    return tuple(spans)


def _is_late(item: PeriodView, tallies: Mapping[str, Tally]) -> bool:
    return item.key in tallies and tallies[item.key].late > 0


def filter_line(what: str, shown: int, total: int, width: int) -> Line:
    """What the filter shows, and how many of all cards that are."""
    right: list[Span] = [(f"{shown} dari {total} kartu  ", "strong"), *hint("Esc", "tampilkan semua", behind=" ")]
    return spread([(cut(f" Saring: {what}", max(10, width - width_of(right) - 1)), "risk")], right, width)


def shows_numbers(periods: Sequence[PeriodView], tallies: Mapping[str, Tally], width: int, glyphs: Glyphs) -> bool:
    """Whether the periods' numbers have room in the bar."""
    return _period_cells(periods, tallies, width, glyphs)[1]


def _period_cells(
    periods: Sequence[PeriodView], tallies: Mapping[str, Tally], width: int, glyphs: Glyphs
) -> tuple[list[str], bool]:
    """The periods' texts in the longest form that fits, and whether their numbers are among them."""
    cells: list[str] = []
    for wordy, numbered, name_of in (
        (True, True, _tab_name),
        (False, True, _tab_name),
        (False, False, _tab_name),
        (False, False, period_narrow),
    ):
        cells = [
            (f"{number} " if numbered else "")
            + f"{name_of(item.key)} {_period_state(item, wordy, glyphs)}"
            + (f" {_lateness(tallies[item.key].late, wordy)}" if _is_late(item, tallies) else "")
            for number, item in enumerate(periods, 1)
        ]
        if _YEAR + sum(cell_len(text) + 2 for text in cells) <= width:
            return cells, numbered
    return cells, False


def _tab_name(key: str) -> str:
    """`TW I`, `Tahun`: the number of the year stands in front of the line."""
    return period_short(key).partition(f" {split(key)[0]}")[0]


def _lateness(late: int, wordy: bool) -> str:
    """`! 2 lewat`, `!`, or `!2` where it is short."""
    return f"! {late} lewat" if wordy else "!" if late == 1 else f"!{late}"


def _period_state(item: PeriodView, wordy: bool, glyphs: Glyphs) -> str:
    if item.phase is PeriodPhase.TUTUP:
        return "tutup" if wordy else glyphs.done
    if not item.has_case:
        return "rekap" if wordy else glyphs.dot
    if item.phase is PeriodPhase.BELUM:
        return "belum" if wordy else glyphs.dot
    if item.case_phase is CasePhase.DITAHAN:
        return "ditahan" if wordy else "="
    if item.case_phase is CasePhase.DIHENTIKAN:
        return "dihentikan" if wordy else "x"
    return f"{item.done}/{item.total}"


def _out_of_view(layout: Layout, column: CardColumn, top: int, visible: int, glyphs: Glyphs) -> tuple[str, str]:
    """`↑ 1 ↓ 2 lagi` and `↑1 ↓2`: cards above and below the edge; empty where all are in view."""
    above, below = layout.hidden(column, top, visible)
    found = [(sign, count) for sign, count in ((glyphs.more_above, above), (glyphs.more_below, below)) if count]
    if not found:
        return "", ""
    long = " ".join(f"{sign} {count}" for sign, count in found) + " lagi"
    return long, " ".join(f"{sign}{count}" for sign, count in found)


def column_heads(layout: Layout, shown: CardColumn, glyphs: Glyphs, top: int = 0, visible: int = 1_000_000) -> Line:
    """The columns' names over the columns, with counts, and how many cards lie beyond the edge.

    Args:
        layout: The board.
        shown: In narrow form the column on view: a strip of all names stands there.
        glyphs: Signs that the terminal can show.
        top: First visible line.
        visible: Visible lines.
    """
    counts = layout.board.counts
    if layout.is_narrow:
        spans: list[Span] = []
        for column in CardColumn:
            text = f" {COLUMN_NAMES[column]} {counts[column]} "
            if layout.width < 70:
                text = f" {COLUMN_NAMES[column][:5]}. {counts[column]} " if column != CardColumn.SIAP else text
            ink = "strong+picked" if column == shown else "text" if counts[column] else "muted"
            spans.append((text, ink))
        spans.append((" " + _out_of_view(layout, shown, top, visible, glyphs)[1], "muted"))
        return tuple(spans)
    spans = []
    for column in CardColumn:
        size = layout.widths[column]
        text = f"{COLUMN_NAMES[column].upper()} {counts[column]}" if counts[column] else COLUMN_NAMES[column].upper()
        inner = size - (column != CardColumn.SELESAI)
        beyond = _out_of_view(layout, column, top, visible, glyphs)
        more = next((m for m in beyond if cell_len(text + m) + 2 <= inner), "")
        short = beyond[1]
        # Where both have no room, what cannot be seen goes before the count.
        text = f"{text} {more}".rstrip() if more or not short else f"{COLUMN_NAMES[column].upper()} {short}"
        spans.append((cut(f" {text}", inner).ljust(inner), "strong" if counts[column] else "muted"))
        if column != CardColumn.SELESAI:
            spans.append((" " if layout.is_roomy else glyphs.divider, "rule"))
    return tuple(spans)


def lane_headings(board: BoardView, width: int, glyphs: Glyphs) -> tuple[str, ...]:
    """One line for each band, as wide as the board: the lane, and a rule."""
    found: list[str] = []
    for band in board.bands:
        cards = [view.card for cell in band.cells for view in cell]
        under_way = sum(card.is_open for card in cards)
        count = f" {under_way} terbuka dari {len(cards)} {glyphs.rule}" if under_way else f" {len(cards)} {glyphs.rule}"
        count = count if width >= 60 else ""
        room = max(8, width - cell_len(count) - 8)
        name = f"{glyphs.rule} {cut(band.lane, room, glyphs.ellipsis)}{' ?' if band.assumed else ''} "
        found.append(name + glyphs.rule * max(0, width - cell_len(name) - cell_len(count)) + count)
    return tuple(found)


class Glance(NamedTuple):
    """A board at one moment, for whoever sits before it."""

    board: BoardView
    rows: Board
    """What it is made from: calendar and settings."""
    onlooker: Onlooker
    now: int
    glyphs: Glyphs

    def near(self, t: int) -> str:
        """A moment; of today only the time of day."""
        return moment_near(t, self.rows.calendar.offset, self.now)


def about_card(
    glance: Glance, view: CardView, label: TimeLabel, width: int, place: str, most: int, lead: str = ""
) -> list[Line]:
    """A line on what the selected card is, and at most `most` on how it stands, in full words; `lead` comes first."""
    text = "; ".join(part.rstrip(".") for part in (lead, *_facts(glance, view, label)) if part)
    lines = wrapped(text, width - 2, most)
    ink = {"late": "late", "risk": "risk", "idle": "risk"}.get(label.mood.value, "text")
    return [card_heading(view, width, place), *(((" " + line, ink),) for line in lines)]


def card_heading(view: CardView, width: int, place: str) -> Line:
    """What a card is called, with its lane where there is room, and `place` at the end."""
    card = view.card
    lane = " & ".join(clean(name) for name in card.lanes)
    if card.state == RunPhase.KEPUTUSAN and card.decider:
        lane = f"pemutus {clean(card.decider)}"
    room, title = title_room(width, place), card_title(view)
    if cell_len(title) + cell_len(lane) + 3 <= room:
        title += f" ({lane})"
    return ((" " + padded(cut(title, room), room + 1), "banner"), (place + " ", "banner"))


def card_title(view: CardView) -> str:
    """Number and title of a card."""
    return f"{view.card.step} {view.title}"


def title_room(width: int, place: str) -> int:
    """Cells that a heading of so many leaves its title beside what stands at the end."""
    return width - cell_len(place) - 3


def _facts(glance: Glance, view: CardView, label: TimeLabel) -> Iterable[str]:
    card, rows = view.card, glance.rows
    yield _state_words(glance, card)
    if card.state != WAITING and not card.summary:
        yield label.text
        yield due_text(card, standing(card, glance.now, rows.calendar, rows.settings), glance.now, rows.calendar)
    # Of a siap card the label says already that nobody has begun.
    told = ("late", "paused", "gate", *(("idle",) if card.state == RunPhase.SIAP else ()))
    yield from (
        f"{glance.glyphs.marks[mark]} {MARK_WORDS[mark]}" for mark in marks(card, label.mood) if mark not in told
    )
    if view.share is not None and view.share.total:
        # Of a step shown one by one the card stands only for those that it has not reached.
        is_named = not card.bidang and view.share.missing <= _MOST_NAMED
        yield joined_words(view.share, card.waiting_for if is_named else ())
    if card.waktu is not None and card.state == WAITING:
        yield f"Mutu Baku {standard_text(card.waktu.text)}"
    yield answer_text(card)
    if (card.attempt or 1) > 1:
        yield f"putaran {card.attempt}"


def _state_words(glance: Glance, card: Card) -> str:
    holder = f" {clean(card.holder_name)}" if card.holder_name else ""
    if card.state == WAITING:
        if any(wait.kind == "buka" for wait in card.waiting_for):
            opening = unopened(glance.board, glance.onlooker)
            return unopened_words(glance.board.current.name, opening, ". Tekan o untuk membukanya")
        return upper(wait_text(card.waiting_for)) or "Menunggu"
    if card.summary:
        return "Spasi menampilkan tiap bidang"
    if card.state == RunPhase.DIKERJAKAN and card.started_at is not None:
        return f"Dikerjakan{holder} sejak {glance.near(card.started_at)}"
    if card.state == RunPhase.SELESAI and card.ended_at is not None:
        return f"Selesai{' oleh' + holder if holder else ''} {glance.near(card.ended_at)}"
    if card.state == RunPhase.SIAP and card.ready_at is not None:
        return f"Siap sejak {glance.near(card.ready_at)}"
    if card.state == RunPhase.KEPUTUSAN and card.waits:
        return f"Menunggu Ya atau Tidak sejak {glance.near(card.waits[-1][0])}"
    return state_label(card.state) + holder


def about_period(board: BoardView, onlooker: Onlooker) -> str:
    """What to know of a period beside its cards; empty for nothing special."""
    period, closes = board.current, may(onlooker.actor, Act.TUTUP)
    if not period.has_case:
        if period.phase is PeriodPhase.TUTUP:
            return f"{period.name} sudah ditutup. Tekan e untuk menulis rekapnya lagi."
        what = f"{period.name} tidak mempunyai langkah sendiri; isinya rekap dari periode di bawahnya."
        if board.closing.may_close:
            return f"{what} {_CLOSING if closes else _CLOSED_BY_OTHERS} Tekan e untuk menulis rekap."
        return f"{what} Belum dapat ditutup: {'; '.join(blocked_close(board))}. Tekan e untuk menulis rekap."
    if period.phase is PeriodPhase.TUTUP:
        return f"{period.name} sudah ditutup (penutupan ke-{period.closings}). Tekan e untuk menulis rekapnya lagi."
    if period.case_phase is CasePhase.SELESAI and not board.closing.may_close:
        return f"Semua langkah {period.name} selesai, tetapi belum dapat ditutup: {'; '.join(blocked_close(board))}."
    if period.case_phase is CasePhase.SELESAI:
        how = _CLOSING if closes else _CLOSED_BY_OTHERS
        return f"Semua langkah {period.name} selesai. {how.rstrip('.')}; rekapnya ditulis saat itu."
    if period.case_phase is CasePhase.DITAHAN:
        return f"Berkas {period.name} sedang ditahan; semua waktunya berhenti."
    if period.case_phase is CasePhase.DIHENTIKAN:
        return f"Berkas {period.name} dihentikan."
    return ""

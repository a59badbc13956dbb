"""Every act of the rules as a menu: which are possible now, and why the others are not.

Nothing is judged here: each act is put to the rules as a command that lacks nothing but what a form will ask, and the
refusals are theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sakip_tui.act_face import ActFace
from sakip_tui.acts import in_menu
from sakip_tui.screens import PAST_WORK, PLACES
from sakip_tui.views.board import BoardView
from sakip_tui.views.offers import Onlooker, for_all_bidang, offered, on_run
from sakip_tui.views.ways_back import ways_back
from sakip_tui.widgets.menu import MenuItem, headed_items
from sakip_tui.wording import the_step
from sop.acts.case_acts import open_region
from sop.look.card import Card
from sop.model.act import CASE_ACTS, Act
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.pelaksana import Actor
from sop.model.periods import children_of
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer, CasePhase, Evidence, PeriodPhase
from sop.model.texts import clean
from sop.values import replace
from sop.words.labels import step_named, upper
from sop.words.periods import period_label

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.desk import Desk

ANOTHER_TIME = "waktu-lain"
"""Chosen to record the selected step at another time."""
_ANY = "-"
"""Stands for a reason or remark that a form will ask for."""


_UNNAMED = "Langkah ini dikerjakan per bidang: tekan Esc, lalu spasi, lalu pilih bidangnya; w untuk semua bidang."
_ABOUT_THE_ANSWER = frozenset({Rule.MAP_UNSOUND, Rule.NOT_IN_LANE})
"""Refusals of what a form or screen is still going to ask."""


def faces_of(card: Card | None) -> tuple[ActFace, ...]:
    """The acts of the menu, those of the selected card in front."""
    return (*(in_menu(on_card=True) if card is not None else ()), *in_menu(on_card=False))


async def refusals_of(
    desk: Desk, rows: Board, view: BoardView, card: Card | None, faces: Sequence[ActFace], *, is_seen: bool = False
) -> list[SopError | None]:
    """Why each act would be refused whatever its form is answered; None for one that would be done.

    Args:
        desk: Who asks the rules.
        rows: What the board is made from.
        view: The board.
        card: The selected card; None where there is none.
        faces: The acts.
        is_seen: Whether it is refused as well where somebody else was faster than what is on view.
    """
    asked = [probes(view, card, face, rows.bidang, rows.newest_version) for face in faces]
    if is_seen and card is not None:
        asked = [[_seen(view, card, command) for command in each] for each in asked]
    answers = iter(await desk.obstacles([command for each in asked for command in each]))
    found = [[next(answers) for _ in each] for each in asked]
    return [None if None in each else each[0] for each in found]


def _seen(view: BoardView, card: Card, command: Command) -> Command:
    case = view.case
    seen = case.revision if command.act in CASE_ACTS and case is not None else on_run(command.act, view, card).seen
    return replace(command, seen=seen)


def probes(
    view: BoardView, card: Card | None, face: ActFace, bidang: Sequence[str] = (), newest_version: int = 1
) -> list[Command]:
    """The commands that ask the rules whether an act can be done: it can where one of them would be.

    Args:
        view: The board.
        card: The selected card; None where there is none.
        face: The act.
        bidang: The office's list.
        newest_version: Of the SOP.
    """
    act = Act(face.act)
    if not face.is_on_card or card is None:
        return [_on_case(view, act, bidang, newest_version)]
    asked = _on_card(view, card, act)
    if act is not Act.KEMBALIKAN:
        return [asked]
    # Whose it is depends on how far back it goes, and on whether one bidang or all of them do it again.
    ways = [
        replace(asked, step=way.source, target=way.target, named=_own(way.bidang, card))
        for way in ways_back(view.case, view.steps, card)
    ]
    return ways or [replace(asked, target=card.step)]


def _own(named: tuple[str, ...], card: Card) -> tuple[str, ...]:
    return (card.bidang,) if card.bidang in named else named[:1]


def _on_card(view: BoardView, card: Card, act: Act) -> Command:
    asked = Command(act, view.period, step=card.step, bidang=card.bidang, reason=_ANY, note=_ANY)
    match act:
        case Act.PUTUSKAN:
            # A No never needs evidence: whether it may be decided at all is what is asked here.
            return replace(asked, answer=Answer.TIDAK)
        case Act.TUGASKAN:
            return replace(asked, holder=card.holder or _ANY)
        case Act.CENTANG:
            return replace(asked, item=0, on=all(tick.item != 0 for tick in card.ticks))
        case Act.DOKUMEN:
            return replace(asked, evidence=Evidence(location=_ANY))
        case _:
            return asked


def _on_case(view: BoardView, act: Act, bidang: Sequence[str], newest_version: int) -> Command:
    asked = Command(act, view.period, reason=_ANY, note=_ANY)
    match act:
        case Act.BEBASKAN:
            children = (*view.waivable, *children_of(view.period), _ANY)
            return replace(asked, child=children[0])
        case Act.UBAH_BIDANG:
            region = open_region(view.case, view.steps) if view.case is not None and view.steps is not None else None
            frozen = view.case.regions[region.first] if view.case is not None and region is not None else ()
            name = "x"
            while name in frozen or name in bidang:
                name += "x"
            return replace(asked, added=(name,))
        case Act.PINDAH_VERSI:
            return replace(asked, version=newest_version)
        case _:
            return asked


def is_in_the_way(refusal: SopError) -> bool:
    """Whether a refusal stands in the way whatever the form would be answered."""
    return not (isinstance(refusal, Refused) and refusal.rule in _ABOUT_THE_ANSWER)


def why_not(
    view: BoardView, card: Card | None, face: ActFace, refusal: SopError | None, why: Callable[[SopError], str]
) -> str:
    """Why an act cannot be done now; empty where it can.

    Args:
        view: The board.
        card: The selected card.
        face: The act.
        refusal: What the rules say of it.
        why: A refusal as a sentence.
    """
    unnamed = card is not None and card.summary and view.case is not None
    if unnamed and face.is_on_card and face.act != Act.KOMENTAR:
        return _UNNAMED
    if face.act == Act.BEBASKAN and not view.waivable and not children_of(view.period):
        return f"{view.current.name} tidak menunggu periode lain."
    if refusal is None or not is_in_the_way(refusal):
        return ""
    if face.act == Act.PINDAH_VERSI and isinstance(refusal, Refused) and refusal.rule is Rule.NOTHING_CHANGED:
        return "Berkas ini sudah berjalan menurut versi SOP yang terbaru."
    reason = why(refusal)
    # What is spoken of stands over the list: a line that names it once more has no room for what is the matter.
    subject = f"{the_step({'step': card.step, 'bidang': card.bidang})} " if card is not None else ""
    return upper(reason.removeprefix(subject)) if subject else reason


def menu_items(
    view: BoardView,
    card: Card | None,
    refusals: Sequence[SopError | None],
    why: Callable[[SopError], str],
    onlooker: Onlooker,
) -> list[MenuItem]:
    """The menu: what is possible on the card, on the period, then the rest with its reason.

    Args:
        view: The board.
        card: The selected card.
        refusals: Of `faces_of` the card, in their order.
        why: A refusal as a sentence.
        onlooker: Who looks, and when.
    """
    parts = [(_of_card(card), in_menu(on_card=True))] if card is not None else []
    parts.append((f"Periode {period_label(view.period)}", in_menu(on_card=False)))
    answers = iter(refusals)
    now: list[MenuItem] = []
    later: list[MenuItem] = []
    for heading, faces in parts:
        possible: list[MenuItem] = []
        for face in faces:
            reason = why_not(view, card, face, next(answers), why)
            found = MenuItem(face.act, face.key or face.letter, face.name, reason or face.about, is_possible=not reason)
            (later if reason else possible).append(found)
        found = at_another_time(view, card, onlooker) if faces[0].is_on_card else _table(view, onlooker.actor)
        (possible if found.is_possible else later).append(found)
        now += headed_items(possible, heading)
    return _each_letter_once([*now, *headed_items(later, "Belum dapat sekarang")])


def _holds_any(view: BoardView, actor: Actor) -> bool:
    cards = (each.card for each in view.cards.values())
    return actor.manages or any(actor.holds(lane, card.bidang) for card in cards for lane in card.lanes)


def _each_letter_once(items: Sequence[MenuItem]) -> list[MenuItem]:
    """A letter that two acts share is that of the first: what can be done stands in front."""
    taken: set[str] = set()
    found: list[MenuItem] = []
    for item in items:
        found.append(item._replace(key="") if item.key in taken else item)
        taken.add(item.key)
    return found


def at_another_time(view: BoardView, card: Card | None, onlooker: Onlooker) -> MenuItem:
    """The key `w` on a card, with what it does there or why it can do nothing."""
    able = offered(view, card, onlooker)
    may_tell = able.start or able.finish or able.resume or able.decide or able.hand_in
    if card is not None and _holds_any(view, onlooker.actor) and for_all_bidang(view, card):
        return MenuItem(ANOTHER_TIME, "w", "Waktu lain", "Semua bidang langkah ini sekaligus, dalam satu tabel")
    about = "Yang sudah lewat: mulai, selesai, catatan"
    reason = "" if may_tell else "Tidak ada yang dapat dicatat pada langkah ini sekarang."
    return MenuItem(ANOTHER_TIME, "w", "Waktu lain", reason or about, is_possible=not reason)


def _table(view: BoardView, actor: Actor) -> MenuItem:
    place = next(each for each in PLACES if each.code == PAST_WORK)
    period = view.current
    reason = ""
    if period.phase is not PeriodPhase.BUKA:
        reason = f"{period.name} {'sudah ditutup' if period.phase is PeriodPhase.TUTUP else 'belum dibuka'}."
    elif period.case_phase is not CasePhase.BERJALAN:
        reason = f"Di {period.name} tidak ada langkah yang masih dapat dicatat."
    elif not _holds_any(view, actor):
        reason = f"Anda tidak memegang lajur di {period.name}."
    return MenuItem(PAST_WORK, "e", place.name, reason or place.purpose, is_possible=not reason)


def _of_card(card: Card) -> str:
    return f"{upper(step_named(card.step, card.bidang))}: {clean(card.title)}"

"""From a key to a transaction: what is asked first, what the rules say, and what is said of it afterwards.

The forms are `sakip_tui.prompts.questions`'s; the store checks rule and revision whatever was offered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from db.errors import DbError
from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board import words
from sakip_tui.board.after import board_after
from sakip_tui.views.board import BoardView, CardView, Key, done_words, opened_by, opened_since
from sakip_tui.views.offers import CanDo, Onlooker, act_to_undo, can_do, for_all_bidang, offered, on_run, unopened
from sop.loading import load
from sop.model.act import SPECS, Act, Undo
from sop.model.refusals import Refused, Rule, StaleRevision, Unknown
from sop.model.state import PeriodPhase
from sop.values import replace
from sop.words.labels import DONE_WORDS, label
from sop.words.periods import period_short

if TYPE_CHECKING:
    from sakip_tui.act_face import ActFace
    from sakip_tui.board.exporting import Recaps
    from sakip_tui.board.surface import Surface
    from sakip_tui.prompts.form import Response
    from sakip_tui.prompts.matter import Matter
    from sakip_tui.prompts.questions import Question
    from sop.model.commands import Command


LATER = MappingProxyType(
    {
        "refusals": "sakip_tui.board.act_menu:refusals_of",
        "in the way": "sakip_tui.board.act_menu:is_in_the_way",
        "matter": "sakip_tui.prompts.matter:Matter",
        "another_time": "sakip_tui.prompts.finishing:at_another_time",
        "signing": "sakip_tui.views.signing:signing",
        "warning": "sakip_tui.notices:warning_line",
    }
)
"""What the first key needs and the first picture does without; the forms themselves are named in `acts.py`."""


_WORK = frozenset({Act.MULAI, Act.SELESAI, Act.TUNDA, Act.LANJUT, Act.AJUKAN, Act.PUTUSKAN})
"""Acts of whoever works on a step; one that has ended takes none of them."""


def is_about_the_step(refusal: Exception) -> bool:
    """Whether an act is refused for what state its step is in, and not for its period or case."""
    return isinstance(refusal, Refused) and refusal.rule in (
        Rule.WRONG_PHASE,
        Rule.NOT_REACHED,
        Rule.GATE_CLOSED,
        Rule.NOTHING_TO_UNDO,
    )


class Acting:
    """Whoever acts on a board."""

    def __init__(self, screen: Surface, recaps: Recaps) -> None:
        """
        Args:
            screen: The board's screen.
            recaps: Where the recap of a period is written that was just closed.
        """
        self._screen, self._recaps = screen, recaps
        self._last_reason = ("", "")
        """Period of the last act that was recorded late, and why it was: offered for the next one of that period."""
        self._in_flight: set[tuple[object, ...]] = set()
        """Acts of which nothing was asked, by what they do where."""
        self._landed = asyncio.Event()
        """Set while none is in flight."""
        self._landed.set()

    @property
    def onlooker(self) -> Onlooker:
        """Who sits before the board, and on which day."""
        selection = self._screen.selection
        return Onlooker(selection.office.actor, selection.rows.calendar.date_of(self._screen.clock()))

    def offered(self) -> CanDo:
        """What the keys at the foot offer."""
        selection = self._screen.selection
        card = selection.card
        able = offered(selection.view, card.card if card is not None else None, self.onlooker)
        is_open = selection.view.current.phase is PeriodPhase.BUKA
        return replace(able, undo=True) if is_open and selection.just_done is not None else able

    async def by_key(self, code: str) -> None:
        """Begin the act of a key; where two acts share the key, the one that makes sense on the selected card."""
        face = FACE_OF[code]
        able = self._able()
        sharing = (each for each in keyed() if each.key == face.key and each.able and getattr(able, each.able))
        await self.begin(next(sharing, face))

    def _able(self) -> CanDo:
        selection = self._screen.selection
        return can_do(selection.view, selection.card.card if selection.card is not None else None)

    async def begin(self, face: ActFace) -> None:
        """Do an act, having asked what its form asks; where it makes no sense now, say what the rules say of it."""
        screen, selection = self._screen, self._screen.selection
        screen.hush()
        # A form is made from what was done before.
        if face.form and not await screen.is_free(self._landed):
            return
        card = None
        if face.is_on_card:
            if face.act == Act.URUNG and selection.just_done is not None:
                screen.select(selection.just_done)
            card = self._one_card()
            if card is None:
                return
            if face.act in _WORK and (told := done_words(selection.view, card.card)):
                screen.announce(told)
                return
        if face.act == Act.BEBASKAN and not selection.view.waivable:
            screen.announce("Periode ini tidak menunggu periode lain.")
            return
        try:
            makes_sense = self._makes_sense(face)
            # The rules are asked before a form is shown: what they refuse whatever is typed is not typed for nothing.
            if (not makes_sense or face.form) and await self._is_refused(face, card, makes_sense):
                return
            question: Question | None = load(face.form)(await self._matter(face, card)) if face.form else None
        except Exception as error:
            screen.announce_error(error)
            return
        if question is not None:
            await self._ask(face.draft_name, card.key if card is not None else None, question)
        elif card is not None:
            self._do(on_run(Act(face.act), selection.view, card.card), card.key)

    def _makes_sense(self, face: ActFace) -> bool:
        """Whether the form of an act is worth opening. An act without one goes to the rules at once."""
        selection = self._screen.selection
        period = selection.view.current
        match face.act:
            case Act.BUKA:
                # Before its first day no moment would do, so the form is not worth filling in.
                is_new = period.has_case and period.phase is PeriodPhase.BELUM
                return is_new and unopened(selection.view, self.onlooker).is_free
            case Act.TUTUP:
                return selection.view.closing.may_close
            case Act.BEBASKAN:
                return period.phase is not PeriodPhase.TUTUP
            case _:
                return not (face.form and face.able) or bool(getattr(self._able(), face.able))

    async def _is_refused(self, face: ActFace, card: CardView | None, makes_sense: bool) -> bool:
        """Whether the rules refuse an act, and say why. Where they do not and the board says that it makes no sense,
        the board is not what it was: read it anew."""
        screen, selection = self._screen, self._screen.selection
        at = card.card if card is not None else None
        ask = load(LATER["refusals"])
        try:
            (refusal,) = await ask(screen.desk, selection.rows, selection.view, at, [face], is_seen=makes_sense)
        except Exception:
            if makes_sense:
                # The form keeps what is typed, and says the same once it is sent.
                return False
            raise
        if makes_sense and isinstance(refusal, StaleRevision | Unknown):
            # The act itself is told who was faster.
            return False
        if refusal is None or (makes_sense and not load(LATER["in the way"])(refusal)):
            if not makes_sense:
                screen.reload()
            return not makes_sense
        if face.act == Act.URUNG and is_about_the_step(refusal):
            screen.announce("Belum ada tindakan yang dapat diurungkan pada langkah ini.", "late")
        else:
            screen.announce_error(refusal)
        return True

    async def _matter(self, face: ActFace | None, card: CardView | None) -> Matter:
        """What the form of an act is made from."""
        screen = self._screen
        desk, selection = screen.desk, screen.selection
        at = card.card if card is not None else None
        rows = selection.rows
        make: Callable[..., Matter] = load(LATER["matter"])
        matter = make(
            selection.view,
            at,
            face,
            bidang=rows.bidang,
            offset=rows.calendar.offset,
            calendar=rows.calendar,
            now=screen.clock(),
            read_day=screen.read_day,
            is_guest=desk.is_guest,
            onlooker=self.onlooker,
            last_reason=self._last_reason[1] if self._last_reason[0] == selection.period else "",
            names=rows.names,
        )
        if face is None or not face.needs:
            return matter
        if face.needs == "signers":
            return replace(matter, signing=load(LATER["signing"])(rows, selection.period, await desk.signers()))
        if at is None:
            return matter
        if face.needs == "members":
            return replace(matter, members=await desk.members(at.lanes, at.bidang))
        sequence = act_to_undo(selection.view, at)
        told = {} if sequence is None else await desk.told(selection.period, {sequence})
        return replace(matter, last=told.get(sequence or 0))

    async def at_another_time(self) -> None:
        """Ask for the moments of what the selected card has behind it."""
        screen = self._screen
        screen.hush()
        if not await screen.is_free(self._landed):
            return
        card = self._one_card()
        if card is None:
            return
        question: Question | None = load(LATER["another_time"])(await self._matter(None, card))
        if question is not None:
            await self._ask("another_time", card.key, question)
            return
        # What somebody else may do here says best whose it is.
        able = self._able()
        face = next((each for each in keyed() if Act(each.act) in _WORK and getattr(able, each.able)), None)
        if face is None or not await self._is_refused(face, card, makes_sense=True):
            screen.announce("Tidak ada tindakan pada langkah ini yang dapat dicatat susulan sekarang.")

    def _one_card(self) -> CardView | None:
        """The selected card, if it stands for one run and not for several bidang."""
        view, card = self._screen.selection.view, self._screen.selection.card
        if card is None:
            self._screen.announce(words.about_period(view, self.onlooker) or "Tidak ada kartu di periode ini.")
            return None
        if card.card.summary and view.case is not None:
            self._screen.announce(
                f"Langkah {card.card.step} dikerjakan per bidang. Tekan spasi, lalu pilih bidangnya"
                + ("; w mencatat semua bidang sekaligus." if for_all_bidang(view, card.card) else ".")
            )
            return None
        return card

    async def _ask(self, name: str, key: Key | None, question: Question) -> None:
        """Put the question of an act, and do the act.

        Args:
            name: Of the prompt; with the card it names the draft of what was typed.
            key: The card, or None for the period.
            question: The form, and what becomes of the answer.
        """
        screen = self._screen

        async def do(answer: Response, token: str) -> None:
            try:
                command = await question.command_of(answer, screen.read_moment, screen.announce)
                await self._apply(command, key, token)
            except DbError:
                raise
            except Exception:
                # It may be refused for what somebody else has done meanwhile.
                screen.reload()
                raise

        on_card = () if key is None else (str(key[0]), key[1])
        await screen.ask((name, screen.selection.period, *on_card), question.form_for(screen.read_moment), do)

    def _do(self, command: Command, key: Key) -> None:
        """Do an act of which nothing is asked, once, however often its key is pressed."""
        place = (command.act, command.period, key)
        if place not in self._in_flight:
            self._in_flight.add(place)
            self._landed.clear()
            self._screen.run_worker(self._act(command, key, place), group="act")

    async def _act(self, command: Command, key: Key, place: tuple[object, ...]) -> None:
        try:
            await self._apply(command, key, uuid4().hex)
        except Exception as error:
            self._screen.reload()
            self._screen.announce_error(error)
        finally:
            self._in_flight.discard(place)
            if not self._in_flight:
                self._landed.set()

    async def _apply(self, command: Command, key: Key | None, token: str) -> None:
        """Do an act; show and say what it left behind."""
        screen, selection = self._screen, self._screen.selection
        done = await screen.desk.apply(replace(command, token=token))
        board = board_after(selection.rows, done.after) or await screen.desk.board(selection.year)
        if done.event.late_entry and command.reason:
            self._last_reason = (command.period, command.reason)
        if screen.is_attached:
            before = selection.whole
            screen.put_act_on_view(board)
            opened = opened_by(before, selection.whole) if key is None else None
            if opened is not None:
                screen.show_card(*opened)
            if command.act is not Act.URUNG and key is not None:
                following = selection.following(before, key)
                if following is not None:
                    screen.select(following)
                    selection.has_come_from(key)
            screen.announce(self._done_text(command, done.warnings, before))
        if command.act == "tutup":
            # That the period still runs stood in the form.
            unsaid = (warning for warning in done.warnings if not warning.startswith("early:"))
            self._recaps.write(command.period, " ".join(map(load(LATER["warning"]), unsaid)))

    def _done_text(self, command: Command, warnings: tuple[str, ...], before: BoardView) -> str:
        act = DONE_WORDS.get(command.act) or label(command.act)
        if command.answer is not None:
            act = f"diputus {command.answer.value.capitalize()}"
        elif command.child is not None:
            act = f"{period_short(command.child)} tidak ditunggu lagi"
        if command.step is not None:
            where = f"Langkah {command.step}" + (f" ({command.bidang})" if command.bidang else "")
        else:
            where = self._screen.selection.view.current.name
        text = "Catatan tersimpan." if command.act == "komentar" else f"{where}: {act}. Tersimpan."
        if command.act is Act.KEMBALIKAN:
            text += f" Untuk menariknya: tekan u pada langkah {command.target}."
        elif SPECS[command.act].undo is Undo.ON_ITS_RUN:
            text += " Tekan u untuk mengurungkannya."
        ready = opened_since(before, self._screen.selection.whole)
        if ready and command.act.value != "urung":
            text += f" Berikutnya: {ready}."
        for warning in warnings:
            kind, _, rest = warning.partition(":")
            if kind == "attempt":
                text += f" Langkah ini sudah putaran ke-{rest.rpartition(':')[2]}; beri tahu pengelola."
        return text

"""From a key to a transaction: what is asked first, what the rules say, and what is said of it afterwards.

The forms are `sakip_tui.prompts.questions`'s; the store checks rule and revision whatever was offered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import work

from db.errors import DbError
from sakip_tui.act_face import ActFace
from sakip_tui.acts import FACE_OF, keyed
from sakip_tui.board import words
from sakip_tui.board.after import board_after
from sakip_tui.board.drafting import DraftingBoard
from sakip_tui.board.exporting import BEGUN, Exporting
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.prompts.drafts import KEPT
from sakip_tui.views.board import BoardView, CardView, Key, done_words, first_card, next_for, opened_since
from sakip_tui.views.offers import CanDo, act_to_undo, can_do
from sop.acts.rights import may
from sop.loading import load
from sop.model.act import SPECS, Act, Undo
from sop.model.commands import Command, Typed
from sop.model.periods import first_day
from sop.model.refusals import Refused, Rule
from sop.model.state import PeriodPhase
from sop.time.instants import parse_date, parse_instant
from sop.words.labels import LABELS
from sop.words.periods import period_short

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.draft_places import DraftPlace
    from sakip_tui.prompts.form import Response
    from sakip_tui.prompts.matter import Matter
    from sakip_tui.prompts.questions import Question
    from sop.look.card import Card


LATER = MappingProxyType(
    {
        "probe": "sakip_tui.board.act_menu:probe",
        "matter": "sakip_tui.prompts.matter:Matter",
        "another_time": "sakip_tui.prompts.questions:at_another_time",
        "warning": "sakip_tui.notices:warning_line",
        "failure": "sakip_tui.board.export_failures:failure_words",
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


def on_run(act: Act, view: BoardView, card: Card) -> Command:
    """An act on the run that a card shows, of which nothing is asked."""
    return Command(act, view.period, step=card.step, bidang=card.bidang, seen=card.revision)


class ActingBoard(DraftingBoard):
    """A board on which one acts."""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(desk, clock, office, board, glyphs)
        self._exporting: Exporting | None = None
        self._last_reason = ("", "")
        """Period of the last act that was recorded late, and why it was: offered for the next one of that period."""
        self._told_recap: str | None = None
        """Period whose recap was just said to be there: the next `e` writes another."""
        self._in_flight: set[tuple[object, ...]] = set()
        self._went_on: tuple[str, Key, Key] | None = None
        """Period, the card of the last act, and the card that the selection went on to by itself."""

    def select(self, key: Key | None) -> None:
        """As everywhere; from then on `u` means the selected card again."""
        self._went_on = None
        super().select(key)

    @property
    def _just_done(self) -> Key | None:
        """The card of the last act, while the selection stands where it went by itself."""
        if self._went_on is None:
            return None
        period, done, to = self._went_on
        return done if (period, to) == (self.period, self.selected) and done in self.view.cards else None

    def _offered(self) -> CanDo:
        able = super()._offered()
        is_open = self.view.current.phase is PeriodPhase.BUKA
        return able._replace(undo=True) if is_open and self._just_done is not None else able

    async def action_act(self, code: str) -> None:
        """Begin the act of a key; where two acts share the key, the one that makes sense on the selected card."""
        face = FACE_OF[code]
        able = can_do(self.view, self.card.card if self.card is not None else None)
        sharing = (each for each in keyed() if each.key == face.key and each.able and getattr(able, each.able))
        await self.begin(next(sharing, face))

    async def begin(self, face: ActFace) -> None:
        """Do an act, having asked what its form asks; where it makes no sense now, say what the rules say of it."""
        if face.is_on_card:
            if face.act == Act.URUNG and self._just_done is not None:
                self.select(self._just_done)
            card = self._one_card()
            if card is None:
                return
            if face.act in _WORK and (told := done_words(self.view, card.card)):
                self.announce(told)
                return
        else:
            self._hush()
            card = None
        if face.act == Act.BEBASKAN and not self.view.waivable:
            self.announce("Periode ini tidak menunggu periode lain.")
            return
        try:
            if not self._makes_sense(face, card):
                await self._refuse(face, card)
                return
            question: Question | None = load(face.form)(await self._matter(face, card)) if face.form else None
        except Exception as error:
            self.announce_error(error)
            return
        if question is not None:
            await self.ask(face.draft_name, card.key if card is not None else None, question)
        elif card is not None:
            self._act(on_run(Act(face.act), self.view, card.card), card.key)

    def _makes_sense(self, face: ActFace, card: CardView | None) -> bool:
        """Whether the form of an act is worth opening. An act without one goes to the rules at once."""
        period = self.view.current
        match face.act:
            case Act.BUKA:
                # Before its first day no moment would do, so the form is not worth filling in.
                today = self.rows.calendar.date_of(self.clock())
                return period.has_case and period.phase is PeriodPhase.BELUM and first_day(period.key) <= today
            case Act.TUTUP:
                # Its form says what still stands in the way.
                return period.phase is PeriodPhase.BUKA
            case Act.BEBASKAN:
                return period.phase is not PeriodPhase.TUTUP and may(self.office.actor, Act.BEBASKAN)
            case _:
                able = can_do(self.view, card.card if card is not None else None)
                return not (face.form and face.able) or bool(getattr(able, face.able))

    async def _refuse(self, face: ActFace, card: CardView | None) -> None:
        """Say the rule that an act would break. Where there is none by now, the board is not what it was: read anew."""
        command = load(LATER["probe"])(self.view, card.card if card is not None else None, face)
        (refusal,) = await self.desk.obstacles([command])
        if refusal is None:
            self.reload()
        elif face.act == Act.URUNG and is_about_the_step(refusal):
            self.announce("Belum ada tindakan yang dapat diurungkan pada langkah ini.", "late")
        else:
            self.announce_error(refusal)

    async def _matter(self, face: ActFace | None, card: CardView | None) -> Matter:
        """What the form of an act is made from."""
        at = card.card if card is not None else None
        rows = self.rows
        make: Callable[..., Matter] = load(LATER["matter"])
        matter = make(
            self.view,
            at,
            face,
            bidang=rows.bidang,
            offset=rows.calendar.offset,
            read_day=self._read_day,
            is_guest=self.desk.is_guest,
            manages=self.office.actor.manages,
            last_reason=self._last_reason[1] if self._last_reason[0] == self.period else "",
            names=rows.names,
        )
        if at is None or face is None or not face.needs:
            return matter
        if face.needs == "members":
            return replace(matter, members=await self.desk.members(at.lanes, at.bidang))
        sequence = act_to_undo(self.view, at)
        history = await self.desk.history(self.period)
        return replace(matter, last=next((one.event for one in history if one.event.sequence == sequence), None))

    async def action_at_another_time(self) -> None:
        card = self._one_card()
        if card is None:
            return
        question: Question | None = load(LATER["another_time"])(await self._matter(None, card))
        if question is not None:
            await self.ask("another_time", card.key, question)
        else:
            self.announce("Tidak ada tindakan pada langkah ini yang dapat dicatat susulan sekarang.")

    def action_export(self) -> None:
        self._hush()
        self._export_asked(self.period)

    @work(group="export asked", exclusive=True)
    async def _export_asked(self, period: str) -> None:
        """Write the recap; of a closed period that has one, only when asked a second time."""
        told, self._told_recap = self._told_recap, None
        if self._exporting is None and self.rows.state.periods[period].phase is PeriodPhase.TUTUP:
            kept = await self.desk.kept_recap(period)
            if kept is not None and told != period:
                self._told_recap = period
                self.announce(f"Rekap penutupan sudah ada: {kept}. Tekan e sekali lagi untuk menulis satu lagi.")
                return
        self._export(period)

    def _one_card(self) -> CardView | None:
        """The selected card, if it stands for one run and not for several bidang."""
        self._hush()
        card = self.card
        if card is None:
            self.announce(words.about_period(self.view) or "Tidak ada kartu di periode ini.")
            return None
        if card.card.summary and self.view.case is not None:
            self.announce(
                f"Langkah {card.card.step} dikerjakan per bidang. Tekan spasi untuk menampilkan tiap bidang, "
                "lalu pilih bidangnya."
            )
            return None
        return card

    async def ask(self, name: str, key: Key | None, question: Question, problem: str = "") -> None:
        """Put a question. Returns once it stands there: a key typed ahead goes to it, and not to the board.

        Args:
            name: Of the prompt; with the card it names the draft of what was typed.
            key: The card, or None for the period.
            question: The form, and what becomes of the answer.
            problem: Why the answer before could not be taken.
        """
        place = self._draft_place(name, self.period, key)
        prompt = await self.drafts.prompt(place, question.form, problem)

        def answered(answer: Response | None) -> None:
            if answer is not None:
                self._act_on(name, key, question, answer, place, prompt.unsent)
            elif prompt.unsent is not None:
                self.announce(KEPT)

        await self.app.push_screen(prompt, answered)

    @work(group="act")
    async def _act_on(
        self,
        name: str,
        key: Key | None,
        question: Question,
        answer: Response,
        place: DraftPlace,
        typed: Response | None,
    ) -> None:
        """Do what was answered. What the rules cannot take is asked again, with the reason and what was typed; what
        cannot be written now is kept for when the key is pressed again, today or after a broken line."""
        try:
            command = await question.command_of(answer, self._read_moment, self.announce)
            done = await self._apply(command, key, uuid4().hex)
        except Exception as error:
            notice = self._notice(error)
            if notice is None:
                raise
            self.reload()
            if self._is_hopeless(error):
                if typed is not None:
                    self.drafts.keep(place, typed)
                self.announce(str(notice).replace("\n", " "), "late")
            else:
                await self.ask(name, key, question, str(notice))
            return
        if done:
            self.drafts.forget(place)

    @staticmethod
    def _is_hopeless(error: Exception) -> bool:
        """Whether asking again cannot help: somebody was faster, or the database cannot be written."""
        return isinstance(error, DbError)

    @work(group="act")
    async def _act(self, command: Command, key: Key) -> None:
        try:
            await self._apply(command, key, uuid4().hex)
        except Exception as error:
            self.reload()
            self.announce_error(error)

    async def _apply(self, command: Command, key: Key | None, token: str) -> bool:
        """Do an act once, however often its key is pressed; False when it is under way already."""
        place = (command.act, command.period, key)
        if place in self._in_flight:
            return False
        self._in_flight.add(place)
        try:
            done = await self.desk.apply(replace(command, token=token))
            board = board_after(self.rows, done.after) or await self.desk.board(self.year)
        finally:
            self._in_flight.discard(place)
        if done.event.late_entry and command.reason:
            self._last_reason = (command.period, command.reason)
        if self.is_attached:
            before = self.whole
            self.put_act_on_view(board)
            if command.act == "buka" and command.period == self.period:
                self.select(first_card(self.view))
            self._go_on(command, key, before)
            self.announce(self._done_text(command, done.warnings, before))
        if command.act == "tutup":
            self._export(command.period, " ".join(map(load(LATER["warning"]), done.warnings)))
        return True

    def _go_on(self, command: Command, key: Key | None, before: BoardView) -> None:
        """Put the selection on what comes next for the person, unless it was moved meanwhile."""
        if command.act is Act.URUNG or key is None or self.selected != key or before.period != self.period:
            return
        # Where it stays, `u` means the act on this card, and no longer one on the card before.
        self._went_on = None
        following = next_for(before, self.view, key, self.office.actor)
        if following is not None:
            self.select(following)
            self._went_on = self.period, key, following

    def _done_text(self, command: Command, warnings: tuple[str, ...], before: BoardView) -> str:
        act = LABELS[type(command.act)].get(command.act, command.act.value)
        if command.answer is not None:
            act = f"diputus {command.answer.value.capitalize()}"
        elif command.child is not None:
            act = f"{period_short(command.child)} tidak ditunggu lagi"
        if command.step is not None:
            where = f"Langkah {command.step}" + (f" ({command.bidang})" if command.bidang else "")
        else:
            where = self.view.current.name
        text = "Catatan tersimpan." if command.act == "komentar" else f"{where}: {act}. Tersimpan."
        if command.act is Act.KEMBALIKAN:
            text += f" Untuk menariknya: tekan u pada langkah {command.target}."
        elif SPECS[command.act].undo is Undo.ON_ITS_RUN:
            text += " Tekan u untuk mengurungkannya."
        ready = opened_since(before, self.whole)
        if ready and command.act.value != "urung":
            text += f" Berikutnya: {ready}."
        for warning in warnings:
            kind, _, rest = warning.partition(":")
            if kind == "attempt":
                text += f" Langkah ini sudah putaran ke-{rest.rpartition(':')[2]}; beri tahu pengelola."
        return text

    @work(group="export")
    async def _export(self, period: str, remark: str = "") -> None:
        """Write the recap of a period; `remark` is what its closing told, said with the end of it."""
        if self._exporting is not None:
            self.announce(f"{BEGUN}. Tunggu sebentar, atau tekan Esc untuk membatalkannya.")
            return
        self.announce(f"{BEGUN}.")
        self._exporting = exporting = Exporting(self._say_progress)
        try:
            written = await self.desk.write_recap(period, exporting.heard, exporting.is_left)
        except Exception as error:
            is_closed = self.rows.state.periods[period].phase is PeriodPhase.TUTUP
            failure: tuple[str, str] | None = load(LATER["failure"])(error, self._notice(error), is_closed, remark)
            if failure is None:
                raise
            self.announce(*failure)
            return
        finally:
            self._exporting = None
        self.recaps[period] = str(written.path)
        fetch = f" Ambil dari komputer Anda: {written.fetch}" if written.fetch else ""
        self.announce(f"{remark} Rekap ditulis: {written.path}{fetch}".strip())

    def _say_progress(self, text: str) -> None:
        """Progress never takes the place of another notice."""
        if not self.said or self.said.startswith(BEGUN):
            self.announce(text)

    def _read_day(self, text: str, place: str) -> dt.date:
        return parse_date(text, self.rows.calendar.offset, self.clock(), place)

    def _read_moment(self, text: str, place: str) -> Typed:
        at, width = parse_instant(text, self.rows.calendar.offset, self.clock(), place)
        return Typed(at, width)

"""From a key to a transaction: what is asked first, what the rules say, and what is said of it afterwards.

The forms are `sakip_tui.prompts.questions`'s; the store checks rule and revision whatever was offered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from textual import work

from sakip_tui.board import words
from sakip_tui.board.drafting import DraftingBoard
from sakip_tui.board.exporting import BEGUN, Exporting
from sakip_tui.board.view import (
    BoardView,
    CardView,
    Key,
    act_to_undo,
    blocked_close,
    can_do,
    first_card,
    opened_since,
)
from sakip_tui.glyphs import UNICODE, Glyphs
from sakip_tui.messages import Loaded
from sakip_tui.prompts.drafts import KEPT
from sop.look.cards import WAITING
from sop.model.state import CasePhase, PeriodPhase, RunPhase
from sop.time.instants import parse_instant
from sop.words.periods import period_short

if TYPE_CHECKING:
    from db.rows import Board
    from sakip_tui.clock import Clock
    from sakip_tui.desk import Desk, Office
    from sakip_tui.draft_places import DraftPlace
    from sakip_tui.prompts.form import Answer
    from sakip_tui.prompts.questions import Question
    from sop.model.commands import Command, Typed
    from sop.model.events import Act


def is_about_the_step(refusal: Exception) -> bool:
    """Whether an act is refused for what state its step is in, and not for its period or case."""
    from sop.model.refusals import Refused, Rule

    return isinstance(refusal, Refused) and refusal.rule in (Rule.WRONG_PHASE, Rule.NOT_REACHED, Rule.GATE_CLOSED)


class ActingBoard(DraftingBoard):
    """A board on which one acts."""

    def __init__(self, desk: Desk, clock: Clock, office: Office, board: Board, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(desk, clock, office, board, glyphs)
        self._exporting: Exporting | None = None
        self._in_flight: set[tuple[object, ...]] = set()

    def action_start(self) -> None:
        from sop.model.events import Act

        self._plain(Act.MULAI)

    async def action_finish(self) -> None:
        from sop.model.events import Act

        card = self.card
        if card is not None and card.card.state == RunPhase.SIAP and can_do(self.view, card.card).finish:
            from sakip_tui.prompts import questions

            await self.ask("finish", card.key, questions.finish(self.view, card.card))
        else:
            self._plain(Act.SELESAI)

    def action_hand_in(self) -> None:
        from sop.model.events import Act

        self._plain(Act.AJUKAN)

    async def action_pause(self) -> None:
        from sop.model.events import Act

        card = self.card
        if card is not None and card.card.state == RunPhase.DITUNDA:
            self._plain(Act.LANJUT)
        else:
            await self._ask_on_card("pause", Act.TUNDA, "pause")

    async def action_decide(self) -> None:
        from sop.model.events import Act

        await self._ask_on_card("decide", Act.PUTUSKAN, "decide")

    async def action_hand_back(self) -> None:
        from sop.model.events import Act

        await self._ask_on_card("hand_back", Act.KEMBALIKAN, "hand_back")

    async def action_undo(self) -> None:
        from sakip_tui.prompts import questions
        from sop.model.events import Act

        card = self._one_card()
        if card is None:
            return
        sequence = act_to_undo(self.view, card.card)
        if not can_do(self.view, card.card).undo or sequence is None:
            reason = self._why_not(Act.URUNG, card)
            if is_about_the_step(reason):
                self.say("Belum ada tindakan yang dapat diurungkan pada langkah ini.", "late")
            else:
                self.tell(reason)
            return
        try:
            history = await self.desk.history(self.period)
        except Exception as error:
            self.tell(error)
            return
        last = next((item.event for item in history if item.event.sequence == sequence), None)
        await self.ask("undo", card.key, questions.undo(self.view, card.card, last))

    async def action_waive(self) -> None:
        from sakip_tui.prompts import questions
        from sop.acts.rights import require_right
        from sop.model.events import Act
        from sop.model.refusals import Refused, Rule

        self._hush()
        if not self.view.waivable:
            self.say("Periode ini tidak menunggu periode lain, jadi tidak ada yang dibebaskan.")
        elif self.view.current.phase is PeriodPhase.TUTUP:
            self.tell(Refused(Rule.PERIOD_CLOSED, period=self.period))
        else:
            try:
                require_right(self.office.actor, Act.BEBASKAN)
            except Refused as refused:
                self.tell(refused)
                return
            await self.ask("waive", None, questions.waive(self.view))

    async def action_note(self) -> None:
        from sop.model.events import Act

        await self._ask_on_card("note", Act.KOMENTAR, "note")

    async def action_at_another_time(self) -> None:
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is None:
            return
        codes = questions.timed_acts(can_do(self.view, card.card))
        if codes:
            await self.ask("another_time", card.key, questions.at_another_time(self.view, card.card, codes))
        else:
            self.say("Tidak ada tindakan pada langkah ini yang dapat dicatat susulan sekarang.")

    async def action_open_period(self) -> None:
        from sakip_tui.prompts import questions
        from sop.model.refusals import Refused, Rule

        self._hush()
        if not self.view.current.has_case:
            self.tell(Refused(Rule.NO_CASE, period=self.period))
        elif self.view.current.phase is not PeriodPhase.BELUM:
            self.tell(Refused(Rule.PERIOD_IS_OPEN, period=self.period))
        else:
            await self.ask("open", None, questions.open_period(self.view))

    async def action_close_period(self) -> None:
        from sakip_tui.prompts import questions
        from sop.model.refusals import Refused, Rule

        self._hush()
        phase = self.view.current.phase
        if phase is PeriodPhase.TUTUP:
            self.tell(Refused(Rule.PERIOD_CLOSED, period=self.period))
        elif phase is PeriodPhase.BELUM:
            self.tell(Refused(Rule.PERIOD_NOT_OPEN, period=self.period))
        else:
            await self.ask("close", None, questions.close_period(self.view, blocked_close(self.view)))

    def action_export(self) -> None:
        self._hush()
        self._export(self.period)

    def _one_card(self) -> CardView | None:
        """The selected card, if it stands for one run and not for several bidang."""
        self._hush()
        card = self.card
        if card is None:
            self.say(words.about_period(self.view) or "Tidak ada kartu di periode ini.")
            return None
        if card.card.summary and self.view.case is not None:
            self.say(
                f"Langkah {card.card.step} dikerjakan per bidang. Tekan spasi untuk menampilkan tiap bidang, "
                "lalu pilih bidangnya."
            )
            return None
        return card

    def _plain(self, act: Act) -> None:
        """An act without a question: the rules refuse it where it does not fit."""
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is not None:
            self._act(questions.plain(act, self.view, card.card), card.key)

    async def _ask_on_card(self, name: str, act: Act, flag: str) -> None:
        from sakip_tui.prompts import questions

        card = self._one_card()
        if card is None:
            return
        if not getattr(can_do(self.view, card.card), flag):
            self.tell(self._why_not(act, card))
            return
        make: Callable[[BoardView, Any], Question] = getattr(questions, name)
        await self.ask(name, card.key, make(self.view, card.card))

    def _why_not(self, act: Act, view: CardView) -> Exception:
        """The rule that an act would break, said before anything is asked."""
        from sop.model.events import Act
        from sop.model.refusals import Refused, Rule

        card, period = view.card, self.view.current
        if period.phase is PeriodPhase.TUTUP:
            return Refused(Rule.PERIOD_CLOSED, period=self.period)
        if self.view.case is None:
            return Refused(Rule.PERIOD_NOT_OPEN, period=self.period)
        if self.view.case.phase is CasePhase.DITAHAN:
            return Refused(Rule.CASE_HELD, period=self.period)
        if card.state == WAITING:
            front = tuple(sorted({run.step for run in self.view.case.open_runs()}))
            children = tuple(wait.name for wait in card.waiting_for if wait.kind == "periode")
            if children:
                return Refused(Rule.GATE_CLOSED, step=card.step, children=children)
            return Refused(Rule.NOT_REACHED, step=card.step, bidang=card.bidang, front=front)
        if act is Act.PUTUSKAN and not card.asks_decision:
            return Refused(Rule.NO_DECISION_STEP, step=card.step)
        if act is Act.PUTUSKAN and card.state == RunPhase.DIKERJAKAN:
            return Refused(Rule.NOT_HANDED_IN, step=card.step, decider=card.decider)
        if act is Act.KEMBALIKAN:
            return Refused(Rule.TARGET_NOT_EARLIER, step=card.step, target=card.step)
        allowed = {
            Act.TUNDA: (RunPhase.SIAP, RunPhase.DIKERJAKAN),
            Act.PUTUSKAN: (RunPhase.KEPUTUSAN,),
        }.get(act, ())
        return Refused(Rule.WRONG_PHASE, step=card.step, bidang=card.bidang, phase=card.state, allowed=allowed)

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

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self._act_on(name, key, question, answer, place, prompt.unsent)
            elif prompt.unsent is not None:
                self.say(KEPT)

        await self.app.push_screen(prompt, answered)

    @work(group="act")
    async def _act_on(
        self,
        name: str,
        key: Key | None,
        question: Question,
        answer: Answer,
        place: DraftPlace,
        typed: Answer | None,
    ) -> None:
        """Do what was answered. What the rules cannot take is asked again, with the reason and what was typed; what
        cannot be written now is kept for when the key is pressed again, today or after a broken line."""
        try:
            command = await question.command_of(answer, self._read_moment, self.say)
            done = await self._apply(command, key, uuid4().hex)
        except Exception as error:
            notice = self._notice(error)
            if notice is None:
                raise
            self.reload()
            if self._is_hopeless(error):
                if typed is not None:
                    self.drafts.keep(place, typed)
                self.say(str(notice).replace("\n", " "), "late")
            else:
                await self.ask(name, key, question, str(notice))
            return
        if done:
            self.drafts.forget(place)

    @staticmethod
    def _is_hopeless(error: Exception) -> bool:
        """Whether asking again cannot help: somebody was faster, or the database cannot be written."""
        from db.errors import DbError

        return isinstance(error, DbError)

    @work(group="act")
    async def _act(self, command: Command, key: Key) -> None:
        try:
            await self._apply(command, key, uuid4().hex)
        except Exception as error:
            self.reload()
            self.tell(error)

    async def _apply(self, command: Command, key: Key | None, token: str) -> bool:
        """Do an act once, however often its key is pressed; False when it is under way already."""
        place = (command.act, command.period, key)
        if place in self._in_flight:
            return False
        self._in_flight.add(place)
        try:
            done = await self.desk.apply(replace(command, token=token))
            board = await self.desk.board(self.year)
        finally:
            self._in_flight.discard(place)
        if self.is_attached:
            before = self.whole
            self.on_loaded(Loaded(board))
            if command.act == "buka" and command.period == self.period:
                self.select(first_card(self.view))
            self.say(self._done_text(command, done.warnings, before))
        if command.act == "tutup":
            from sakip_tui.notices import warning_line

            self._export(command.period, " ".join(map(warning_line, done.warnings)))
        return True

    def _done_text(self, command: Command, warnings: tuple[str, ...], before: BoardView) -> str:
        from sop.acts.spec import RUN_ACTS
        from sop.model.events import Act
        from sop.words.labels import LABELS

        act = LABELS[type(command.act)].get(command.act, command.act.value)
        if command.answer is not None:
            act = f"diputus {command.answer.value.capitalize()}"
        elif command.child is not None:
            act = f"{period_short(command.child)} dibebaskan"
        if command.step is not None:
            where = f"Langkah {command.step}" + (f" ({command.bidang})" if command.bidang else "")
        else:
            where = self.view.current.name
        text = "Catatan tersimpan." if command.act == "komentar" else f"{where}: {act}. Tersimpan."
        if command.act in RUN_ACTS - {Act.KOMENTAR, Act.URUNG}:
            text += " Tekan u untuk mengurungkannya."
        elif command.act is Act.KEMBALIKAN:
            text += f" Untuk menariknya: tekan u pada langkah {command.target}."
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
        from exports.errors import ExportCancelled

        if self._exporting is not None:
            self.say(f"{BEGUN}. Tunggu sebentar, atau tekan Esc untuk membatalkannya.")
            return
        self.say(f"{BEGUN}.")
        self._exporting = exporting = Exporting(self._say_progress)
        try:
            written = await self.desk.write_recap(period, exporting.heard, exporting.is_left)
        except ExportCancelled:
            self.say("Rekap dibatalkan; tidak ada dokumen yang dibuat. Tekan e untuk menulisnya.")
            return
        except Exception as error:
            notice = self._notice(error)
            if notice is None and not isinstance(error, OSError):
                raise
            reason = str(notice) if notice is not None else "Dokumennya tidak dapat ditulis."
            is_closed = self.rows.state.periods[period].phase is PeriodPhase.TUTUP
            kept = "Periode tetap tertutup, tetapi rekapnya" if is_closed else "Rekap"
            said = f"{remark} {kept} belum tertulis. {reason} Tekan e untuk mengulang.".strip()
            self.say(said.replace("\n", " "), "late")
            return
        finally:
            self._exporting = None
        self.recaps[period] = str(written.path)
        fetch = f" Ambil dari komputer Anda: {written.fetch}" if written.fetch else ""
        self.say(f"{remark} Rekap ditulis: {written.path}{fetch}".strip())

    def _say_progress(self, text: str) -> None:
        """Progress never takes the place of another notice."""
        if not self.said or self.said.startswith(BEGUN):
            self.say(text)

    def _read_moment(self, text: str, place: str) -> Typed:
        from sop.model.commands import Typed

        at, width = parse_instant(text, self.rows.calendar.offset, self.clock(), place)
        return Typed(at, width)

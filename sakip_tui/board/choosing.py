"""The act menu of the board, and the acts that have no key of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from textual import work

from sakip_tui.board.acting import ActingBoard
from sakip_tui.board.view import run_of
from sop.model.texts import clean
from sop.time.instants import parse_date

if TYPE_CHECKING:
    from sakip_tui.prompts.questions import Question
    from sop.look.cards import Card
    from sop.model.errors import SopError
    from sop.model.events import Act

_KEYED = {
    "mulai": "start",
    "selesai": "finish",
    "ajukan": "hand_in",
    "putuskan": "decide",
    "tunda": "pause",
    "lanjut": "pause",
    "kembalikan": "hand_back",
    "urung": "undo",
    "komentar": "note",
    "buka": "open_period",
    "tutup": "close_period",
    "bebaskan": "waive",
}
"""Code of an act -> the board's action that its key runs."""


class ChoosingBoard(ActingBoard):
    """A board whose acts can be chosen from a menu."""

    @work(group="menu", exclusive=True)
    async def action_acts(self) -> None:
        """Show every act of the rules: those possible now in front, the others with the reason."""
        from sakip_tui.board.act_menu import menu_items, probes
        from sakip_tui.prompts.menu import MenuPrompt

        self._hush()
        view, card = self.view, self.card.card if self.card is not None else None
        commands = probes(view, card, self.rows.bidang, self.rows.newest_version)
        try:
            refusals = await self.desk.obstacles(commands)
        except Exception as error:
            self.tell(error)
            return
        items = menu_items(view, card, refusals, self._reason)
        title = f"Tindakan sebagai {clean(self.desk.person)}"
        chosen = await self.app.push_screen_wait(MenuPrompt(title, items, self.glyphs))
        if chosen is not None:
            await self._begin(chosen)

    def _reason(self, refusal: SopError) -> str:
        notice = self._notice(refusal)
        assert notice is not None
        return str(notice).replace("\n", " ")

    async def _begin(self, code: str) -> None:
        """Begin the act of that code on the selected card, or on the period."""
        from sop.acts.spec import RUN_ACTS
        from sop.model.events import Act

        if code in _KEYED:
            await self.run_action(f"screen.{_KEYED[code]}")
        elif code == Act.PINDAH_VERSI:
            await self.run_action("screen.open_place('sop')")
        elif code in RUN_ACTS:
            card = self._one_card()
            if card is not None:
                question = await self._on_card(Act(code), card.card)
                if question is not None:
                    await self.ask(code, card.key, question)
        else:
            await self.ask(code, None, self._on_period(Act(code)))

    async def _on_card(self, act: Act, card: Card) -> Question | None:
        """The form of an act on a run; None where it has nothing to ask about, which is said."""
        from sakip_tui.prompts import act_questions as questions
        from sop.model.events import Act

        match act:
            case Act.LEPAS:
                return questions.release(self.view, card)
            case Act.TARIK:
                return questions.withdraw(self.view, card)
            case Act.LEWATI:
                return questions.skip(self.view, card)
            case Act.PAKAI_LAMA:
                return questions.take_over(self.view, card)
            case Act.CENTANG:
                return questions.tick(self.view, card)
            case Act.DOKUMEN:
                return questions.evidence(self.view, card, self._read_day, self.desk.is_guest)
            case Act.TUGASKAN:
                try:
                    people = await self.desk.members(card.lanes, card.bidang)
                except Exception as error:
                    self.tell(error)
                    return None
                return questions.assign(self.view, card, people, self.office.actor.manages)
            case _:
                run = run_of(self.view, card)
                assert run is not None
                offset = self.rows.calendar.offset
                return questions.correct(self.view, card, run, offset, self._read_day, self.desk.is_guest)

    def _on_period(self, act: Act) -> Question:
        from sakip_tui.prompts import act_questions as questions
        from sop.model.events import Act

        match act:
            case Act.GABUNG:
                return questions.join_without(self.view)
            case Act.UBAH_BIDANG:
                return questions.change_bidang(self.view, self.rows.bidang)
            case Act.BUKA_KEMBALI:
                return questions.reopen(self.view)
            case _:
                return questions.on_case(self.view, act)

    def _read_day(self, text: str, place: str) -> dt.date:
        return parse_date(text, self.rows.calendar.offset, self.clock(), place)

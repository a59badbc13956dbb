"""The card's page: everything known of one step, and what is ticked, noted and filed on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import work
from textual.binding import Binding, BindingType

from sakip_tui.draft_places import BOARD, DraftPlace
from sakip_tui.places import Here, Left
from sakip_tui.prompts.act_questions import evidence
from sakip_tui.prompts.form import Response
from sakip_tui.prompts.matter import Matter
from sakip_tui.prompts.questions import note
from sakip_tui.views.board import BoardView, CardView, build_board
from sakip_tui.views.card_page import DUE, TICK, CardPage
from sakip_tui.views.explained import explained, judged_by
from sakip_tui.views.offers import attempts_redone, can_do, on_run
from sakip_tui.widgets.entries import Entry
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed, turning
from sakip_tui.widgets.listing import Keys, ListScreen
from sop.acts.procedure import lanes_of
from sop.model.act import Act
from sop.model.state import Evidence
from sop.time.work_calendar import WorkCalendar
from sop.values import replace

if TYPE_CHECKING:
    from db.rows import Board, LoggedEvent
    from sakip_tui.prompts.questions import Question
    from sop.model.commands import Command
    from sop.model.events import Event


class CardScreen(ListScreen):
    """One card, read from its definition, its state and the log; read anew when somebody writes."""

    NAME = "Kartu"
    BINDINGS: ClassVar[list[BindingType]] = [
        *turning("Bagian berikutnya", "Bagian sebelumnya", "section"),
        Binding("y", "copy_row", "Salin baris ini: untuk ditempel di percakapan atau surat"),
    ]
    LEAVING = (Binding("enter", "leave", "Kembali ke papan"),)

    def __init__(self, here: Here, board: BoardView, card: CardView) -> None:
        """
        Args:
            here: What the board hands over.
            board: The period that the card stands on.
            card: The step.
        """
        super().__init__(here)
        self.board, self.card = board, card
        self.history: tuple[LoggedEvent, ...] = ()
        self.undone: Collection[int] = ()
        self.redone: Mapping[int, Event] = {}
        """Attempt of the step -> the act that made it necessary."""
        self.judged_calendar: WorkCalendar | None = None
        """The revision that an ended step was judged by, where it is not the one in force."""
        self._is_first = True

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        bidang = f" ({self.card.card.bidang})" if self.card.card.bidang else ""
        return f"Kartu langkah {self.card.card.step}{bidang}", self.board.current.name

    async def read(self) -> None:
        if not self._is_first:
            self._take(await self.desk.board(int(self.board.period[:4])))
        self._is_first = False
        self.history = await self.desk.history(self.board.period, self.card.card.step)
        self.undone = await self.desk.undone(self.board.period)
        redone = attempts_redone(self.board, self.card.card)
        acts = await self.desk.told(self.board.period, redone.values())
        self.redone = {attempt: acts[number] for attempt, number in redone.items() if number in acts}
        revision = judged_by(self.card, self.board)
        self.judged_calendar = None
        if revision is not None and revision != self.rows.calendar.revision:
            kept = await self.desk.kept_calendar(revision)
            self.judged_calendar = WorkCalendar(kept.calendar.spec, kept.revision)

    def _take(self, rows: Board) -> None:
        """Show the step as it stands now; a card that is gone stays as it was."""
        period, card = self.board.period, self.card.card
        forms = {card.step: card.bidang is not None}
        board = build_board(rows, period, forms)
        found = board.cards.get(self.card.key)
        if found is not None:
            self.rows, self.board, self.card = rows, board, found

    def listed(self, width: int) -> Sequence[Entry]:
        rows, now = self.rows, self.clock()
        calendar = self.judged_calendar or rows.calendar
        told = explained(self.card, self.board, calendar, now)
        return CardPage(
            self.card,
            self.board,
            self.history,
            now,
            rows.calendar,
            rows.settings,
            width - 1,
            self.glyphs,
            rows.names,
            told,
            self.redone,
            self.undone,
        ).entries()

    def about(self, width: int) -> Sequence[Line]:
        if isinstance(self.picked, tuple) and self.picked[0] == TICK and self._can_tick:
            return [((" Spasi mencentang butir ini bila sudah ada, dan menghapus centangnya bila belum.", "muted"),)]
        return ()

    def key_words(self) -> Sequence[Keys]:
        keys = [("Tab", "Bagian"), ("c", "Catatan")]
        if self._can_tick:
            keys[1:1] = [("spasi", "Centang"), ("d", "Dokumen")]
        if self.card.card.data is not None:
            keys.append(("=", "Data"))
        return [[*keys, ("t", "Tenggat"), ("Esc", "Papan"), ("?", "Bantuan")]]

    @property
    def _can_tick(self) -> bool:
        """Whether items are ticked and documents filed here by whoever looks: a lane's that works on it or decides."""
        card, actor = self.card.card, self.here.office.actor
        step = self.board.step_of(card)
        is_own = actor.manages or (step is not None and actor.lane_among(lanes_of(step), card.bidang) is not None)
        return is_own and can_do(self.board, card).note and card.attempt is not None

    # ------------------------------------------------------------------ acts
    @pressed("space", "Centang butir kelengkapan, atau hapus centangnya")
    def action_tick(self) -> None:
        if not (isinstance(self.picked, tuple) and self.picked[0] == TICK):
            self.announce("Pilih dulu sebuah butir kelengkapan dengan panah.")
            return
        item = int(self.picked[1])
        has_tick = any(tick.item == item for tick in self.card.card.ticks)
        if not self._busy:
            self._busy = True
            self._apply_plain(on_run(Act.CENTANG, self.board, self.card.card, item=item, on=not has_tick))

    @pressed("d", "Catat dokumen hasil: nomor, tanggal, tempat")
    async def action_file(self) -> None:
        # The rules are asked before a form is shown: what they refuse whatever is typed is not typed for nothing.
        asked = on_run(Act.DOKUMEN, self.board, self.card.card, evidence=Evidence(location="-"))
        refusals = await self.or_say(self.desk.obstacles([replace(asked, seen=None)]))
        if refusals is None:
            return
        if refusals[0] is not None:
            self.announce_error(refusals[0])
            return
        matter = Matter(self.board, self.card.card, read_day=self.read_day, is_guest=self.desk.is_guest)
        await self._put("dokumen", evidence(matter), "Dokumen dicatat.")

    @pressed("c", "Tulis catatan")
    async def action_note(self) -> None:
        await self._put("note", note(Matter(self.board, self.card.card)), "Catatan tersimpan.")

    async def _put(self, name: str, question: Question, said: str) -> None:
        async def do(answer: Response, token: str) -> str:
            await self._apply(await question.command_of(answer, self.read_moment, self.announce), token)
            return said

        await self.ask((name,), question.form, do)

    def draft_place(self, prompt: str, *about: str) -> DraftPlace:
        """As on the board: what was typed there is offered here, and the other way round."""
        card = self.card.card
        return DraftPlace(
            BOARD, prompt, *self.rows.address, period=self.board.period, step=card.step, bidang=card.bidang or None
        )

    @work(group="act")
    async def _apply_plain(self, command: Command) -> None:
        try:
            await self._apply(command, uuid4().hex)
        except Exception as error:
            self.announce_error(error)
        finally:
            self._busy = False
        self.reload()

    async def _apply(self, command: Command, token: str) -> None:
        await self.desk.apply(replace(command, token=token))
        self.is_changed = True

    # ------------------------------------------------------------------ moving about
    def action_section(self, step: int) -> None:
        """Pick the first entry of the next section, or of the one before."""
        firsts = [
            entry.key
            for before, entry in zip(self.entries, self.entries[1:], strict=False)
            if before.key is None and entry.key is not None
        ]
        keys = self._keys_in_order()
        if not firsts or self.picked not in keys:
            return
        here = keys.index(self.picked)
        places = [keys.index(key) for key in firsts]
        beyond = [place for place in places if (place > here if step > 0 else place < here)]
        if beyond:
            self.pick(keys[beyond[0] if step > 0 else beyond[-1]])

    @pressed("t", "Bagaimana tenggatnya dihitung")
    def action_go_to_due(self) -> None:
        keys = self._keys_in_order()
        if (DUE, 0) in keys:
            # Come to from below, it stands at the top, and the days that it announces are in view.
            self.pick(keys[-1])
            self.pick((DUE, 0))
        elif self.card.card.bidang is None and self.card.card.step in self.board.foldable:
            self.announce("Tiap bidang punya tenggat sendiri. Di papan, spasi menampilkan kartu tiap bidang.")
        else:
            self.announce("Langkah ini belum punya tenggat.")

    @pressed("equals_sign", "Data kinerja bidang dari kartu ini")
    def action_open_data(self) -> None:
        self.leave(Left(is_changed=self.is_changed, place="data"))

    @pressed("m,s,a,p,b,u,w,o,x,e,i", "Tindakan lain: di papan")
    def action_go_to_board(self) -> None:
        self.announce("Tekan Esc untuk kembali ke papan dulu; tindakan itu dilakukan di sana.")
